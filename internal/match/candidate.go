package match

import (
	"cmp"
	"slices"
)

// A passage is compared with at most mostCandidates others, those with which
// it shares most; and a stem or a sense that stands in more than crowd passages
// is too common to bring two together. So the cost of a story is about linear
// in its passages.
const (
	mostCandidates = 96
	crowd          = 400
)

// Edges compares the passages of different accounts that share something, and
// gives the pairs that make the same claim with a probability of at least
// least, surest first.
func (c *Collection) Edges(least float32) []Edge {
	var edges []Edge
	var pair Pair
	trees := weights().story
	c.Candidates(func(i, k int) {
		f := pair.Features(c, i, k)
		if p := trees.Probability(f[:]); p >= least {
			edges = append(edges, Edge{int32(i), int32(k), p})
		}
	})
	slices.SortFunc(edges, func(x, y Edge) int {
		return cmp.Or(cmp.Compare(y.Probability, x.Probability), cmp.Compare(x.A, y.A), cmp.Compare(x.B, y.B))
	})
	return edges
}

// Candidates calls do once for every two passages of different accounts that
// are worth comparing, the first before the second.
func (c *Collection) Candidates(do func(i, k int)) {
	postings := c.post()
	chosen := make([][]int32, len(c.passages)) // later passages, by the earlier one
	shared := make([]float32, len(c.passages))
	var met []int32
	for i := range c.passages {
		met = met[:0]
		add := func(key int, weight float32) {
			if len(postings[key]) > crowd {
				return
			}
			for _, k := range postings[key] {
				if c.passages[k].account == c.passages[i].account {
					continue
				}
				if shared[k] == 0 {
					met = append(met, k)
				}
				shared[k] += weight * weight
			}
		}
		c.keys(&c.passages[i], add)
		slices.SortFunc(met, func(x, y int32) int {
			return cmp.Or(cmp.Compare(shared[y], shared[x]), cmp.Compare(x, y))
		})
		for n, k := range met {
			shared[k] = 0
			if n < mostCandidates {
				first, second := min(int32(i), k), max(int32(i), k)
				chosen[first] = append(chosen[first], second)
			}
		}
	}
	for i, list := range chosen {
		slices.Sort(list)
		for _, k := range slices.Compact(list) {
			do(i, int(k))
		}
	}
}

// keys calls do for the stems and the senses of a passage, each once; a sense
// is numbered after the stems.
func (c *Collection) keys(p *passage, do func(key int, weight float32)) {
	var senses [64]int16
	seen := senses[:0]
	sense := func(x int16) {
		if !slices.Contains(seen, x) {
			seen = append(seen, x)
			do(len(c.stems)+int(x), bySense*c.senses[x].story)
		}
	}
	for _, w := range c.words[p.first:p.last] {
		s := &c.stems[w.stem]
		if w.phrase >= 0 {
			sense(w.phrase)
		}
		if w.again || s.kind&stop != 0 {
			continue
		}
		do(int(w.stem), s.story)
		for _, x := range s.senses {
			sense(x)
		}
	}
}

// post lists, for every stem and every sense, the passages that have it.
func (c *Collection) post() [][]int32 {
	postings := make([][]int32, len(c.stems)+len(c.senses))
	counts := make([]int32, len(postings))
	total := 0
	for i := range c.passages {
		c.keys(&c.passages[i], func(key int, _ float32) { counts[key]++; total++ })
	}
	room := make([]int32, total)
	for key, n := range counts {
		postings[key], room = room[:0:n], room[n:]
	}
	for i := range c.passages {
		c.keys(&c.passages[i], func(key int, _ float32) { postings[key] = append(postings[key], int32(i)) })
	}
	return postings
}
