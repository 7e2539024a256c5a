package story

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode"

	"synoptic/article"
	"synoptic/internal/match"
)

// Prior is how much must speak for an article to join a story, as the cosine of
// weighted words. It is less where somebody has put the articles together than
// in a stream of all the news.
type Prior float64

// The priors. In a stream of 177 articles on 31 events Stream has a B-cubed
// precision of .93 and recall of .95.
const (
	Stream Prior = 0.17
	Picked Prior = 0.10
)

// Group puts articles that tell one event together. It reads them in order of
// publication and joins each to the story whose words are most like its own,
// or lets it begin a story. The result does not depend on the order given.
func Group(articles []*article.Article, prior Prior) []Story {
	order := make([]int, len(articles))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(i, k int) int {
		a, b := articles[i], articles[k]
		return cmp.Or(a.Published.Compare(b.Published), cmp.Compare(a.Address, b.Address),
			cmp.Compare(a.Place, b.Place), slices.Compare(a.SHA256[:], b.SHA256[:]))
	})
	vectors := weigh(articles)
	var stories []Story
	var centers []map[string]float64
	for _, i := range order {
		best, most := -1, float64(prior)
		for k, center := range centers {
			if s := cosine(vectors[i], center); s >= most && (best < 0 || s > most) {
				best, most = k, s
			}
		}
		if best < 0 {
			stories = append(stories, Story{Articles: []int{i}})
			centers = append(centers, vectors[i])
			continue
		}
		stories[best].Articles = append(stories[best].Articles, i)
		stories[best].Why = "shared words"
		centers[best] = add(centers[best], vectors[i])
	}
	return stories
}

// weigh counts the words of each article by their stems, those of the headline
// twice, against how rare they are in news at large and among these articles: a
// story may be compared on its own, so its own articles alone cannot tell.
func weigh(articles []*article.Article) []map[string]float64 {
	stems := match.NewStemmer()
	df := map[string]float64{}
	vectors := make([]map[string]float64, len(articles))
	for i, a := range articles {
		v := map[string]float64{}
		count := func(s string) {
			for _, w := range strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
				v[strings.Clone(stems.Stem(w))]++
			}
		}
		count(a.Headline())
		for _, p := range a.Paragraphs {
			if p.Kind == article.Body || p.Kind == article.Headline {
				count(p.Of(a.Text))
			}
		}
		for w := range v {
			df[w]++
		}
		vectors[i] = v
	}
	n := float64(len(articles))
	for _, v := range vectors {
		for w, count := range v {
			rarity := match.Rarity(w)
			v[w] = (1 + math.Log(count)) * float64(rarity*rarity) * (1 + math.Log(1+n/df[w])/4)
		}
	}
	return vectors
}

func add(a, b map[string]float64) map[string]float64 {
	sum := make(map[string]float64, len(a)+len(b))
	for w, x := range a {
		sum[w] = x
	}
	for w, x := range b {
		sum[w] += x
	}
	return sum
}

// cosine sums in the order of words, so that the same vectors always give the
// same bits.
func cosine(a, b map[string]float64) float64 {
	return dot(a, b) / math.Sqrt(dot(a, a)*dot(b, b)+1e-12)
}

func dot(a, b map[string]float64) float64 {
	if len(a) > len(b) {
		a, b = b, a
	}
	words := make([]string, 0, len(a))
	for w := range a {
		if _, ok := b[w]; ok {
			words = append(words, w)
		}
	}
	slices.Sort(words)
	sum := 0.0
	for _, w := range words {
		sum += float64(a[w] * b[w])
	}
	return sum
}
