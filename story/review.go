package story

import (
	"cmp"
	"math"
	"slices"
)

// reviewed is how many articles of a story are asked where they belong when it
// is looked at again.
const reviewed = 12

// The thresholds of a review. They were chosen once and not tuned since.
const (
	margin = 0.2 // by how much another story must suit an article better than its own
	strays = 0.1 // probability below which an article leaves a story
)

// near is a story that articles of another may belong to.
type near struct {
	story *cluster
	votes float32
}

// review asks articles of a story where they belong now, up to most of them. One
// that suits another story better goes there; two stories whose articles suit
// each other become one.
func (g *Grouper) review(c *cluster, most int, a *Assignment) (changed bool) {
	var others []near
	asked := sample(c.members, most)
	for _, i := range asked {
		best, to := float32(-1), (*cluster)(nil)
		for _, other := range g.candidates(i) {
			if other == c {
				continue
			}
			p := g.probability(i, other)
			at := slices.IndexFunc(others, func(n near) bool { return n.story == other })
			if at < 0 {
				at = len(others)
				others = append(others, near{story: other})
			}
			others[at].votes += p
			if p > best && p >= g.enough(other) && g.allowed(i, other) {
				best, to = p, other
			}
		}
		if len(c.members) < 2 || g.bound(i) {
			continue
		}
		own := g.probability(i, c)
		if to != nil && best > own+margin {
			g.move(i, to, a)
			changed = true
		} else if own < strays*2*g.prior() {
			g.move(i, g.story(g.fresh(g.article(i).id, c.id)), a)
			changed = true
		}
	}
	slices.SortStableFunc(others, func(x, y near) int { return cmp.Compare(y.votes, x.votes) })
	for _, n := range others {
		if len(c.members) == 0 || len(n.story.members) == 0 || n.votes < 0.1*float32(len(asked)) {
			continue
		}
		if g.same(c, n.story, most) {
			c = g.merge(c, n.story, a)
			changed = true
		}
	}
	return changed
}

// same reports whether two stories are one: whether the articles of the smaller
// would join the larger, on average.
func (g *Grouper) same(a, b *cluster, most int) bool {
	if len(a.members) > len(b.members) || len(a.members) == len(b.members) && a.members[0] < b.members[0] {
		a, b = b, a
	}
	asked := sample(a.members, most)
	surplus := float32(0)
	if !g.fits(a, b) {
		return false
	}
	for _, i := range asked {
		g.candidates(i)
		surplus += g.probability(i, b) - g.enough(b)
	}
	return surplus >= 0
}

// merge makes two stories one, under the name of the one that began first.
func (g *Grouper) merge(x, y *cluster, a *Assignment) *cluster {
	if y.members[0] < x.members[0] {
		x, y = y, x
	}
	for _, i := range y.members {
		g.article(i).story = x
	}
	x.take(y)
	delete(g.open, y.id)
	for _, id := range append(y.former, y.id) {
		g.moved[id] = x.id
		x.former = append(x.former, id)
	}
	a.Merged = append(a.Merged, Change{y.id, y.id, x.id})
	return x
}

func (g *Grouper) move(i int32, to *cluster, a *Assignment) {
	m := g.article(i)
	a.Moved = append(a.Moved, Change{m.id, m.story.id, to.id})
	g.leave(i)
	g.join(i, to)
}

// sample is up to most of the numbers, evenly.
func sample(list []int32, most int) []int32 {
	if len(list) <= most {
		return slices.Clone(list)
	}
	out := make([]int32, most)
	for k := range out {
		out[k] = list[k*len(list)/most]
	}
	return out
}

// Settle looks at every story in the window again until nothing changes, a few
// times at most, and returns what did. It is for collections that come whole; a
// stream is settled as it goes.
func (g *Grouper) Settle() Assignment {
	var a Assignment
	for range settlings {
		changed := false
		for i := range g.articles {
			c := g.articles[i].story
			if c.members[0] == g.first+int32(i) && g.review(c, math.MaxInt, &a) {
				changed = true
			}
		}
		if !changed {
			break
		}
	}
	return a
}

const settlings = 3
