package collation

import (
	"cmp"
	"slices"

	"synoptic/article"
)

// support counts the accounts and the origins among some cites. Origins that
// have but copied each other's passages count once, as a writer does who puts two
// paragraphs of a wire into a report of their own.
func (c *Collation) support(cites []Cite) (accounts, origins int) {
	var have, from []int
	sharing := 0
	for _, x := range cites {
		if !slices.Contains(have, x.account) {
			have = append(have, x.account)
		}
		if o := c.Accounts[x.account].Origin; !slices.Contains(from, o) {
			from = append(from, o)
		}
		if c.copies.Shares(x.account, x.span) {
			sharing++
		}
	}
	if len(from) < 2 || sharing < 2 {
		return len(have), len(from)
	}
	return len(have), c.independent(cites, from)
}

// independent counts the origins from, of which cites are, so that those which
// hang together by copied passages count once, or as often as there are some
// among them with running text of their own: whoever says a thing in other words
// too does not rest on the copy.
func (c *Collation) independent(cites []Cite, from []int) int {
	at := func(x Cite) int { return slices.Index(from, c.Accounts[x.account].Origin) }
	group := newSets(len(from)) // those that hang together
	own := make([]bool, len(from))
	for _, x := range cites {
		i, copied := at(x), false
		for _, y := range cites {
			k := at(y)
			if i == k || !c.copies.Same(x.account, x.span, y.account, y.span) {
				continue
			}
			copied = true
			group.join(i, k)
		}
		if !copied && c.kindOf(x) == article.Body { // headlines are made from what stands below them
			own[i] = true
		}
	}
	count := 0
	counted := make([]bool, len(from)) // groups of which one origin at least counts
	for i := range group {
		if own[i] {
			count++
			counted[group.of(i)] = true
		}
	}
	for i := range group {
		if g := group.of(i); !counted[g] {
			count++
			counted[g] = true
		}
	}
	return count
}

// withinOrigin reports whether all passages stand in accounts of one origin.
func (c *Collation) withinOrigin(passages []Passage) bool {
	first := c.Accounts[passages[0].account].Origin
	return !slices.ContainsFunc(passages, func(x Passage) bool { return c.Accounts[x.account].Origin != first })
}

// rank puts the points in order of origins again, since a dispute between
// copies makes two of one.
func (c *Collation) rank(t *telling) {
	type ranked struct {
		point Point
		units []int32
	}
	all := make([]ranked, len(c.Points))
	for i, p := range c.Points {
		all[i] = ranked{p, t.points[i]}
	}
	slices.SortStableFunc(all, func(a, b ranked) int { return cmp.Compare(b.point.Origins, a.point.Origins) })
	for i, x := range all {
		c.Points[i], t.points[i] = x.point, x.units
	}
}

// kindOf is the kind of the paragraph in which a cite stands.
func (c *Collation) kindOf(x Cite) article.ParagraphKind {
	a := c.Accounts[x.account]
	return a.Paragraphs[a.ParagraphAt(x.span.Start)].Kind
}
