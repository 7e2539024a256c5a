package story

import (
	"cmp"
	"slices"
	"strconv"

	"synoptic/article"
)

// Group puts articles that somebody has put together to the events that they
// tell. The result does not depend on the order given: they are read in order of
// publication.
func Group(articles []*article.Article, prior Prior) []Story {
	order := make([]int, len(articles))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, k int) int {
		a, b := articles[i], articles[k]
		return cmp.Or(a.Published.Compare(b.Published), cmp.Compare(a.Address, b.Address),
			cmp.Compare(a.Place, b.Place), slices.Compare(a.SHA256[:], b.SHA256[:]))
	})
	return gather(articles, order, prior)
}

// Gather puts a collection of articles to the events that they tell, read in
// the order given, their order of arrival.
func Gather(articles []*article.Article) []Story {
	order := make([]int, len(articles))
	for i := range order {
		order[i] = i
	}
	return gather(articles, order, Stream)
}

// gather gives articles to a Grouper in an order, and settles them. Stories are
// in the order of their first articles.
func gather(articles []*article.Article, order []int, prior Prior) []Story {
	g := Grouper{Prior: prior, Least: len(articles)} // none leaves the window
	names := make([]string, len(articles))
	why := make([]string, len(articles))
	for k, i := range order {
		a := articles[i]
		name := cmp.Or(a.Address, a.Place)
		for n := 2; g.Story(name) != ""; n++ { // read twice, or in two versions
			name = cmp.Or(a.Address, a.Place) + "\n" + strconv.Itoa(n)
		}
		names[k] = name
		why[k] = g.Add(name, NewSketch(a), a.Published.Time).Why
	}
	g.Settle()
	var stories []Story
	at := map[string]int{}
	for k, i := range order {
		id := g.Story(names[k])
		n, ok := at[id]
		if !ok {
			n = len(stories)
			at[id] = n
			stories = append(stories, Story{ID: id})
		}
		stories[n].Articles = append(stories[n].Articles, i)
		stories[n].Why = cmp.Or(stories[n].Why, why[k])
	}
	return stories
}
