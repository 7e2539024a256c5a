package story

import (
	"cmp"
	"slices"
)

// The bounds of a search, which keep its cost apart from how much is in the
// window.
const (
	mostPostings = 512 // articles looked at, those of the rarest terms first
	mostOfTerm   = 128 // of one term, the newest
	mostStories  = 16  // candidates
)

// found is what a search has found of a story.
type found struct {
	search uint32  // which search
	sum    float32 // of what its articles share with the one at hand
	best   float32 // the most that one of them shares
	by     int32   // that article
	score  float32 // what it is ranked by: the most that one shares, and what all share
	p      float32 // that the article at hand belongs to it
	apart  float32 // the feature "days apart"
}

// search is the memory of the search under way.
type search struct {
	number  uint32
	shared  []float32 // of each article in the window
	touched []int32
	ranked  []*cluster // candidates, best first
	order   []query
}

type query struct {
	slot   int32
	df     int32
	weight float32
	hash   uint32
}

// candidates are the stories whose articles share the most with article i.
func (g *Grouper) candidates(i int32) []*cluster {
	s := &g.search
	s.number++
	s.ranked, s.order, s.touched = s.ranked[:0], s.order[:0], s.touched[:0]
	if n := len(g.articles); len(s.shared) < n {
		s.shared = append(s.shared, make([]float32, n-len(s.shared))...)
	}
	m := g.article(i)
	for _, k := range heaviest(&m.sketch) {
		slot := m.slots[k]
		w := g.index.weight(slot)
		if m.sketch.terms[k].title > 0 {
			w *= 2
		}
		s.order = append(s.order, query{slot, int32(len(g.index.terms[slot].articles)), w, m.sketch.terms[k].hash})
	}
	slices.SortFunc(s.order, func(a, b query) int {
		return cmp.Or(cmp.Compare(a.df, b.df), cmp.Compare(a.hash, b.hash))
	})
	left := mostPostings
	for _, q := range s.order {
		list := g.index.terms[q.slot].articles
		if n := min(left, mostOfTerm); len(list) > n {
			list = list[len(list)-n:]
		}
		left -= len(list)
		for k := len(list) - 1; k >= 0; k-- {
			at := list[k] - g.first
			if s.shared[at] == 0 {
				s.touched = append(s.touched, at)
			}
			s.shared[at] += q.weight
		}
	}
	slices.Sort(s.touched)
	for _, at := range s.touched {
		got := s.shared[at]
		s.shared[at] = 0
		c := g.articles[at].story
		if c == nil || at+g.first == i {
			continue
		}
		if c.found.search != s.number {
			c.found = found{search: s.number, by: -1}
			s.ranked = append(s.ranked, c)
		}
		c.found.sum += got
		if got >= c.found.best {
			c.found.best, c.found.by = got, at+g.first
		}
	}
	for _, c := range s.ranked {
		c.found.score = c.found.best + c.found.sum/sqrt(float32(len(c.members)))
	}
	slices.SortFunc(s.ranked, func(a, b *cluster) int {
		if a.found.score != b.found.score {
			return cmp.Compare(b.found.score, a.found.score)
		}
		return cmp.Compare(a.members[0], b.members[0])
	})
	if len(s.ranked) > mostStories {
		s.ranked = s.ranked[:mostStories]
	}
	return s.ranked
}

// ahead is how far a story is ahead of the best other candidate, 0 to 1.
func (s *search) ahead(c *cluster) float32 {
	rival := float32(0)
	for _, other := range s.ranked[:min(2, len(s.ranked))] {
		if other != c {
			rival = max(rival, other.found.score)
		}
	}
	return c.found.score / max(c.found.score+rival, 0.01)
}
