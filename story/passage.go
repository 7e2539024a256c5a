package story

import (
	"cmp"
	"slices"

	"synoptic/article"
	"synoptic/text"
)

// A passage is copied where a run of at least copiedWords words makes up
// copiedPassage of it. Fewer words are an office with its holder's name, or what
// there is only one way to say ("The driver of the tram has been arrested").
const (
	copiedWords   = 10
	copiedPassage = 0.7
)

// Copies tells which passages of articles of different origins are one copy, as
// those are that a writer has spliced into reporting of their own.
type Copies struct {
	runs [][]run // of each article, those that stand in an article of another origin too, in order
}

// run is a run of words where it stands.
type run struct {
	text.Span
	hash uint64
	at   int // among all runs of the article
}

// NewCopies looks for what articles of different origins have in common. What
// lies in quotes is left out as what stands in double marks is: two who heard one
// statement give the same words. The cost is linear in words.
func NewCopies(articles []*article.Article, origins []Origin, quotes [][]text.Span) *Copies {
	c := &Copies{runs: make([][]run, len(articles))}
	const several = -1
	holder := map[uint64]int{} // the one origin that has a run, or several
	for o, origin := range origins {
		for _, i := range origin.Articles {
			at := 0
			runs(articles[i], func(h uint64, span text.Span) {
				c.runs[i] = append(c.runs[i], run{span, h, at})
				at++
				if other, known := holder[h]; known && other != o {
					holder[h] = several
				} else {
					holder[h] = o
				}
			})
		}
	}
	for i := range c.runs {
		kept := c.runs[i][:0]
		for _, r := range c.runs[i] {
			if holder[r.hash] == several && !slices.ContainsFunc(quotes[i], r.Overlaps) {
				kept = append(kept, r)
			}
		}
		c.runs[i] = slices.Clone(kept) // mostly few of many
	}
	return c
}

// Shares reports whether a passage of article i has any run of five words in
// common with an article of another origin.
func (c *Copies) Shares(i int, passage text.Span) bool { return len(c.within(i, passage)) > 0 }

// Same reports whether passage x of article i and passage y of article k are one
// copy: most of the shorter is one run of words of the other's.
func (c *Copies) Same(i int, x text.Span, k int, y text.Span) bool {
	theirs := c.within(k, y)
	if len(theirs) == 0 {
		return false
	}
	var stretch text.Span
	words, last := 0, -1 // last is the run before
	for _, r := range c.within(i, x) {
		if !slices.ContainsFunc(theirs, func(t run) bool { return t.hash == r.hash }) {
			continue
		}
		if words > 0 && r.at == last+1 && stretch.Overlaps(r.Span) {
			stretch, words = stretch.Cover(r.Span), words+1
		} else {
			stretch, words = r.Span, shingle
		}
		last = r.at
		if words >= copiedWords && float64(stretch.Len()) >= copiedPassage*float64(min(x.Len(), y.Len())) {
			return true
		}
	}
	return false
}

// within is the runs that lie in a passage of article i.
func (c *Copies) within(i int, passage text.Span) []run {
	list := c.runs[i]
	first, _ := slices.BinarySearchFunc(list, passage.Start, func(r run, at int) int { return cmp.Compare(r.Start, at) })
	last := first
	for last < len(list) && list[last].End <= passage.End {
		last++
	}
	return list[first:last]
}
