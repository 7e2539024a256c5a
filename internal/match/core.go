package match

import "math"

// enough is how many members tell what a group has in common.
const enough = 32

// Core finds, for every passage of a group, the clauses that say what the group
// has in common, and how much of what the passage says there that is, 0 to 1.
// The clauses are given as tokens of the sentence, from one to before another;
// where no clause stands for itself, it is all of them.
//
// A large group is asked through some of its members.
func (c *Collection) Core(group []int32) []Stretch {
	out := make([]Stretch, len(group))
	var weights []float32
	for n, i := range group {
		p := &c.passages[i]
		weights = zeros(weights, p.last-p.first)
		others := float32(0)
		for step := 0; step < len(group); step += 1 + len(group)/enough {
			q := &c.passages[group[step]]
			if q.account == p.account {
				continue
			}
			others++
			for x := range weights {
				best := float32(0)
				for y := q.first; y < q.last; y++ {
					best = max(best, c.like(&c.words[p.first+x], &c.words[y]).sim)
				}
				weights[x] += best
			}
		}
		for x := range weights {
			weights[x] = ratio(weights[x], others)
		}
		out[n] = c.stretch(p, weights)
	}
	return out
}

// Stretch is tokens of a sentence, from one to before another.
type Stretch struct {
	From, To int
	Whole    bool
	Density  float32 // the share of what it says that the group has in common
}

// stretch is the shortest run of clauses of p that holds most of what is
// weighed; each word's weight is the share of the others that have it.
func (c *Collection) stretch(p *passage, common []float32) Stretch {
	const (
		most  = 0.75 // of what the group has in common
		least = 4    // words, for a stretch that can stand for itself
	)
	if p.clauses == 0 {
		return Stretch{Whole: true}
	}
	n := int(p.clauses)
	shared, all := make([]float32, n), make([]float32, n)
	words, verbs := make([]int, n), make([]bool, n)
	from, to := make([]int, n), make([]int, n)
	for k := range n {
		from[k] = math.MaxInt
	}
	for _, t := range c.places[p.start:p.end] {
		from[t.clause], to[t.clause] = min(from[t.clause], int(t.at)), max(to[t.clause], int(t.at)+1)
		words[t.clause]++
	}
	total, weight := float32(0), float32(0)
	for x, share := range common {
		w := &c.words[p.first+x]
		rarity := c.stems[w.stem].news
		// What only a few have is not what the group is about.
		if share >= 0.5 {
			shared[w.clause] += share * rarity
			total += share * rarity
		}
		all[w.clause] += rarity
		weight += rarity
		verbs[w.clause] = verbs[w.clause] || w.verb
	}
	best := Stretch{From: from[0], To: 0, Whole: true, Density: ratio(total, weight)}
	for k := range n {
		best.From, best.To = min(best.From, from[k]), max(best.To, to[k])
	}
	if total == 0 {
		return best
	}
	length := best.To - best.From
	for x := range n {
		var s, a float32
		start, end, count, verb := math.MaxInt, 0, 0, false
		for y := x; y < n; y++ {
			s, a, count, verb = s+shared[y], a+all[y], count+words[y], verb || verbs[y]
			start, end = min(start, from[y]), max(end, to[y])
			if s >= most*total && c.complete(p, x, y) && count >= least && verb && end-start < length {
				best = Stretch{From: start, To: end, Density: ratio(s, a)}
				length = end - start
			}
		}
	}
	return best
}

// complete reports whether the clauses of p from x to y lack no content that
// one of them announces.
func (c *Collection) complete(p *passage, x, y int) bool {
	for k := range int(p.clauses) {
		if above := int(c.bonds[p.bonds+k].above); above >= x && above <= y && (k < x || k > y) {
			return false
		}
	}
	return true
}

// Held is how much of what passage k says passage i says too, 0 to 1, by how rare
// its words are in news. Of either passage the tokens count for which in and of
// report true. It is 0 where a number that both have does not stand among them.
func (c *Collection) Held(i, k int32, in, of func(token int) bool) float32 {
	p, q := &c.passages[i], &c.passages[k]
	held, all := float32(0), float32(0)
	for y := range c.words[q.first:q.last] {
		w := &c.words[q.first+y]
		if !of(int(w.at)) {
			continue
		}
		s := &c.stems[w.stem]
		inside, outside := float32(0), float32(0)
		for x := range c.words[p.first:p.last] {
			v := &c.words[p.first+x]
			if sim := c.like(w, v).sim; in(int(v.at)) {
				inside = max(inside, sim)
			} else {
				outside = max(outside, sim)
			}
		}
		if s.kind&number != 0 && outside > inside {
			return 0
		}
		held += inside * s.news
		all += s.news
	}
	return ratio(held, all)
}
