package story

import (
	"math"
	"sync"

	"synoptic/internal/model"
	"synoptic/internal/model/forest"
)

// FeatureNames are what the features are called, in their order.
var FeatureNames = [...]string{
	"cosine", "headline cosine", "headline in story", "headline in core", "core in article",
	"headline words matched", "strongest word", "second word", "names in story", "places in story", "numbers in story",
	"pairs in story", "pairs matched", "best headline cosine", "best cosine", "days apart", "size", "words", "bodies",
	"tightness", "ahead of rivals", "headline length", "best headline words",
}

// Features are numbers that tell whether an article belongs to a story. None
// names a word. Shares are 0 to 1, or -1 where there is nothing to share.
type Features [len(FeatureNames)]float32

// The features of these names.
const (
	namesInStory = 8
	daysApart    = 15
)

// strangers is which part of its names an article with a running text must have
// in common with a story of such articles. One event is told with the names of
// one place and its people; what shares words alone is another of its kind, the
// next fire or the next set of results. The development events hold no two such
// events, so this cannot be fitted on them; a headline alone names too little.
const strangers = 0.08

// Rising says which features can only speak for a story (1), which only against
// it (-1) and which either way (0).
var Rising = [len(FeatureNames)]int8{
	1, 1, 1, 1, 1,
	1, 1, 1, 0, 0, 0,
	1, 1, 1, 1, -1, 0, 0, 0,
	0, 1, 0, 1,
}

// Judge is what turns features into the probability that an article belongs to
// a story.
type Judge = forest.Trees

// fitted is the weights of the binary, which are a test's matter to read.
var fitted = sync.OnceValue(func() *Judge {
	m, err := model.Group()
	if err != nil {
		panic(err)
	}
	t := forest.Read(m, "join")
	if m.Err() != nil {
		panic(m.Err())
	}
	return t
})

// probability is how likely article i belongs to story c, of which it may be a
// member already, judged as if it were not.
func (g *Grouper) probability(i int32, c *cluster) float32 {
	f := g.features(i, c)
	c.found.p, c.found.apart = g.Judge.Probability(f[:]), f[daysApart]
	if f[namesInStory] >= 0 && f[namesInStory] < strangers && g.article(i).sketch.words > 0 && c.bodies > 0 {
		c.found.p = 0
	}
	if c.found.p >= linked*g.prior() && g.sameTown(i, c) {
		c.found.p = 0
	}
	if g.Watch != nil {
		g.Watch(g.article(i).id, c.id, f)
	}
	return c.found.p
}

// features compares article i with story c, itself aside.
func (g *Grouper) features(i int32, c *cluster) (f Features) {
	if c.found.search != g.search.number {
		c.found = found{search: g.search.number, by: -1}
	}
	m := g.article(i)
	n := int32(len(c.members))
	own := int32(0)
	if m.story == c {
		own = 1
		n--
	}
	if n == 0 {
		return f
	}
	x := &g.index
	core := c.cored()
	var dot, all, mine float32                  // of weights over all words
	var dotT, allT, mineT float32               // over headlines
	var covered, inCore, words, matched float32 // over the words of the headline
	var coreIn, coreAll float32
	var names, namesIn, places, placesIn, numbers, numbersIn float32
	var first, second float32
	tight, tightAll := [5]float32{}, [5]float32{}

	k := 0
	for j, t := range m.sketch.terms {
		w := x.weight(m.slots[j])
		tf := float32(tempered(t.count())) / 16
		mine += sq(tf * w)
		if t.title > 0 {
			mineT += w * w
			words += w
		}
		for k < len(core) && core[k].hash < t.hash {
			other(core[k], x, n, &all, &allT, &coreAll, &tight, &tightAll)
			k++
		}
		share := float32(0)
		if k < len(core) && core[k].hash == t.hash {
			u := core[k]
			k++
			u.members -= own
			u.sum -= own * tempered(t.count())
			u.titles -= own * int32(min(t.title, 1))
			other(u, x, n, &all, &allT, &coreAll, &tight, &tightAll)
			share = float32(u.members) / float32(n)
			dot += tf * w * w * float32(u.sum) / 16
			if t.title > 0 {
				dotT += w * w * float32(u.titles)
			}
			coreIn += w * share
		}
		if t.title > 0 || m.sketch.title == 0 {
			covered += w * share
			if share >= 0.25 {
				inCore += w
			}
			if share > 0 {
				matched++
			}
			if v := w * share; v > first {
				first, second = v, first
			} else if v > second {
				second = v
			}
		}
		if t.kind&isName != 0 {
			names += tf * w
			namesIn += tf * w * share
		}
		if t.kind&isPlace != 0 {
			places++
			placesIn += share
		}
		if t.kind&isNumber != 0 {
			numbers++
			numbersIn += share
		}
	}
	for ; k < len(core); k++ {
		other(core[k], x, n, &all, &allT, &coreAll, &tight, &tightAll)
	}
	var pairs, pairsIn float32
	for _, h := range m.sketch.pairs {
		if u := c.pairs.find(h); u.members > own {
			pairs++
			pairsIn += float32(u.members-own) / float32(n)
		}
	}
	tightness := float32(0)
	for _, v := range tightAll {
		tightness += v / float32(len(tightAll))
	}
	f = Features{
		0:         ratio(dot, mine, all),
		1:         ratio(dotT, mineT, allT),
		2:         covered / max(words, 0.01),
		3:         inCore / max(words, 0.01),
		4:         coreIn / max(coreAll, 0.01),
		5:         min(matched, 8),
		6:         first,
		7:         second,
		8:         part(namesIn, names),
		9:         part(placesIn, places),
		10:        part(numbersIn, numbers),
		11:        pairsIn,
		12:        min(pairs, 6),
		daysApart: g.apart(m, c),
		16:        log1(n),
		17:        log1(int32(m.sketch.words)),
		18:        float32(c.bodies-int(own)*min(int(m.sketch.words), 1)) / float32(n),
		19:        tightness,
		20:        g.search.ahead(c),
		21:        float32(m.sketch.title),
	}
	if c.found.by >= 0 {
		f[13], f[14], f[22] = g.alike(m, g.article(c.found.by))
	}
	return f
}

// other adds a term of a story to what it has by itself.
func other(u tally, x *index, n int32, all, allT, coreAll *float32, tight, tightAll *[5]float32) {
	if u.members <= 0 {
		return
	}
	w := x.weight(u.slot)
	*all += sq(float32(u.sum) / 16 * w)
	*allT += sq(float32(u.titles) * w)
	share := float32(u.members) / float32(n)
	*coreAll += w * share
	v := w * share
	for k := range tight {
		if v > tight[k] {
			v, tight[k] = tight[k], v
			share, tightAll[k] = tightAll[k], share
		}
	}
}

// alike compares two articles: the cosines of their headlines and of all their
// words, and how many words of the headlines are the same.
func (g *Grouper) alike(a, b *member) (headline, whole, words float32) {
	var dot, mine, theirs, dotT, mineT, theirsT float32
	add := func(m *member, j int, all, title *float32) (tf, w float32) {
		t := m.sketch.terms[j]
		w = g.index.weight(m.slots[j])
		tf = float32(tempered(t.count())) / 16 * w
		*all += tf * tf
		if t.title > 0 {
			*title += w * w
		}
		return tf, w
	}
	j, k := 0, 0
	for j < len(a.sketch.terms) || k < len(b.sketch.terms) {
		switch {
		case k == len(b.sketch.terms) || j < len(a.sketch.terms) && a.sketch.terms[j].hash < b.sketch.terms[k].hash:
			add(a, j, &mine, &mineT)
			j++
		case j == len(a.sketch.terms) || a.sketch.terms[j].hash > b.sketch.terms[k].hash:
			add(b, k, &theirs, &theirsT)
			k++
		default:
			x, w := add(a, j, &mine, &mineT)
			y, _ := add(b, k, &theirs, &theirsT)
			dot += x * y
			if a.sketch.terms[j].title > 0 && b.sketch.terms[k].title > 0 {
				dotT += w * w
				words++
			}
			j++
			k++
		}
	}
	return ratio(dotT, mineT, theirsT), ratio(dot, mine, theirs), min(words, 8)
}

// newest is how many articles of a story are looked at for their time.
const newest = 32

// apart is the logarithm of the days between an article and the nearest of the
// newest of the story, itself aside. Half a day and less is one: how close together articles come within it
// tells how they were gathered, not what they tell.
func (g *Grouper) apart(m *member, c *cluster) float32 {
	least := math.Inf(1)
	for _, k := range c.members[max(0, len(c.members)-newest):] {
		if other := g.article(k); other != m {
			least = min(least, math.Abs(other.published.Sub(m.published).Hours()/24))
		}
	}
	return float32(math.Log(max(least, 0.5)))
}

func sq(x float32) float32 { return x * x }

func sqrt(x float32) float32 { return float32(math.Sqrt(float64(x))) }

func log1(n int32) float32 { return float32(math.Log(float64(1 + n))) }

// ratio is a cosine, given the product of two vectors and their squares.
func ratio(dot, a, b float32) float32 {
	if dot <= 0 {
		return 0
	}
	return dot / sqrt(a*b)
}

// part is how much of whole is in, -1 where there is no whole.
func part(in, whole float32) float32 {
	if whole == 0 {
		return -1
	}
	return in / whole
}
