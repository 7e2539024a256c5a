package chain

import (
	"cmp"
	"math"
	"slices"
)

// Rival is one sequence of labels, by number, and its score in the unit of the
// weights.
type Rival struct {
	Labels []uint8
	Score  int32
}

// through is a label of a token with the score of the best sequence that has it.
type through struct {
	token     int
	candidate int32
	score     int32
}

// never is the score of what cannot be, far enough from the end of the range
// that weights may be added to it.
const never = math.MinInt32 / 4

// Rivals are the best sequence of labels since Begin, and then, from the best
// down, the best sequence through each label of each token that none before it
// has there: at most limit in all, none more than behind below the best. They
// are good until the next Begin.
func (p *Path) Rivals(c *Chain, limit int, behind int32) []Rival {
	n := len(p.starts) - 1
	if n == 0 {
		return nil
	}
	p.complete(c)
	best := int32(never)
	for _, r := range p.rest[:p.starts[1]] {
		best = max(best, r.score)
	}
	p.open = p.open[:0]
	for t := range n {
		for i := p.starts[t]; i < p.starts[t+1]; i++ {
			if sum := p.rest[i].score; sum >= best-behind {
				p.open = append(p.open, through{t, int32(i), sum})
			}
		}
	}
	slices.SortStableFunc(p.open, func(a, b through) int { return cmp.Compare(b.score, a.score) })
	p.rivals = p.rivals[:0]
	for _, o := range p.open {
		if len(p.rivals) == limit {
			break
		}
		label := p.candidates[o.candidate].label
		if !slices.ContainsFunc(p.rivals, func(r Rival) bool { return r.Labels[o.token] == label }) {
			p.add(o, n)
		}
	}
	return p.rivals
}

// add appends the best sequence through o. It takes up the memory of a rival of
// a sentence before.
func (p *Path) add(o through, n int) {
	k := len(p.rivals)
	if k < cap(p.rivals) {
		p.rivals = p.rivals[:k+1]
	} else {
		p.rivals = append(p.rivals, Rival{})
	}
	r := &p.rivals[k]
	r.Score, r.Labels = o.score, slices.Grow(r.Labels[:0], n)[:n]
	for t, i := o.token, o.candidate; t >= 0; t-- {
		r.Labels[t] = p.candidates[i].label
		i = p.candidates[i].back
	}
	for t, i := o.token+1, p.rest[o.candidate].next; t < n; t++ {
		r.Labels[t] = p.candidates[i].label
		i = p.rest[i].next
	}
}

// onward is the best way on from a candidate.
type onward struct {
	next  int32 // the candidate after it, -1 at the end
	after int32 // what comes after it adds
	score int32 // of the best sequence through it
}

// complete fills p.rest, once for the tokens since Begin.
func (p *Path) complete(c *Chain) {
	if len(p.rest) == len(p.candidates) {
		return
	}
	n, size := len(p.starts)-1, len(c.labels)
	p.rest = slices.Grow(p.rest[:0], len(p.candidates))[:len(p.candidates)]
	for t := n - 1; t >= 0; t-- {
		for i := p.starts[t]; i < p.starts[t+1]; i++ {
			from := &p.candidates[i]
			best := onward{next: -1}
			if t+1 < n {
				best.after = never
				for k := p.starts[t+1]; k < p.starts[t+2]; k++ {
					to := &p.candidates[k]
					next := c.next[int(from.label)*size+int(to.label)]
					if sum := int32(next) + to.own + p.rest[k].after; next != Never && sum > best.after {
						best.next, best.after = int32(k), sum
					}
				}
			}
			if best.after != never {
				best.score = from.score + best.after
			} else {
				best.score = never
			}
			p.rest[i] = best
		}
	}
}

// Lead tells how far the best sequence since Begin that gives token t another
// label than label is ahead of the best that gives it label, in the unit of the
// weights; very far where the other has been given up.
func (p *Path) Lead(c *Chain, t int, label uint8) int32 {
	p.complete(c)
	with, without := int32(never), int32(never)
	for i := p.starts[t]; i < p.starts[t+1]; i++ {
		if score := p.rest[i].score; p.candidates[i].label == label {
			with = max(with, score)
		} else {
			without = max(without, score)
		}
	}
	return without - with
}
