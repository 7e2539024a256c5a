package collation

import (
	"cmp"
	"slices"
	"strings"

	"synoptic/article"
	"synoptic/internal/match"
	"synoptic/text"
)

// points makes one point of each group of units, and of each unit that is in
// none, the best supported first.
func (c *Collation) points(t *telling) []Point {
	type made struct {
		point Point
		units []int32
		texts []Cite // passages that may stand for the point, the fittest first
	}
	var all []made
	for _, g := range t.groups {
		if !slices.ContainsFunc(g, func(i int32) bool { return t.units[i].kind != article.Caption }) {
			continue // captions support what is told; they tell nothing by themselves
		}
		p, texts := c.point(t, g)
		all = append(all, made{p, g, texts})
	}
	for i, u := range t.units {
		if !t.grouped[i] && u.kind != article.Caption {
			g := []int32{int32(i)}
			p, texts := c.point(t, g)
			all = append(all, made{p, g, texts})
		}
	}
	for i := range all {
		c.standFor(t, &all[i].point, all[i].units, all[i].texts[0])
	}
	slices.SortStableFunc(all, func(a, b made) int {
		return cmp.Or(
			cmp.Compare(b.point.Origins, a.point.Origins),
			cmp.Compare(min(b.point.Rooted, b.point.Origins), min(a.point.Rooted, a.point.Origins)),
			cmp.Compare(len(b.units), len(a.units)),
			compareCites(a.point.Passages[0].Cite, b.point.Passages[0].Cite),
		)
	})
	points := make([]Point, len(all))
	used := map[Cite]bool{}
	for n, m := range all {
		p := &points[n]
		*p = m.point
		for _, x := range m.texts { // two points are not shown in the same words
			if !used[x] {
				c.standFor(t, p, m.units, x)
				break
			}
		}
		used[p.Text] = true
		t.points = append(t.points, m.units)
	}
	return points
}

// standFor lets a point of the units g stand in the words of x, one of its
// passages: who surely says them supports it, and the other passages come near.
func (c *Collation) standFor(t *telling, p *Point, g []int32, x Cite) {
	if p.Text == x {
		return
	}
	p.Text = x
	at := slices.IndexFunc(p.Passages, func(y Passage) bool { return y.Cite == x })
	for k := range p.Passages {
		p.Passages[k].Near = !t.backs(g[k], g[at])
	}
	for k := range p.Passages {
		// Sentences of one account are not compared: another one of the same account
		// says it too where somebody else who says it says the same.
		if p.Passages[k].account == x.account && k != at {
			p.Passages[k].Near = !slices.ContainsFunc(g, func(j int32) bool { return t.backs(j, g[at]) && t.backs(j, g[k]) && j != g[k] })
		}
	}
	p.Status = Single
	if _, p.Origins = c.support(p.Saying()); p.Origins > 1 {
		p.Status = Agreed
	}
	c.root(t, p, g)
}

// Saying is the passages of p that surely say it.
func (p *Point) Saying() []Cite {
	list := make([]Cite, 0, len(p.Passages))
	for _, x := range p.Passages {
		if !x.Near {
			list = append(list, x.Cite)
		}
	}
	return list
}

// point makes a point of the units of a group. A passage is the clauses of its
// unit that say what the group has in common, where they can stand alone.
func (c *Collation) point(t *telling, g []int32) (p Point, texts []Cite) {
	var cites []Cite
	worth := map[Cite]float32{}
	likeness := t.likeness(g)
	for n, stretch := range t.words.Core(g) {
		u := t.units[g[n]]
		cite := c.stretch(u, stretch)
		cites = append(cites, cite)
		p.Passages = append(p.Passages, Passage{Cite: cite, Source: c.sourceOf(u.account, cite.span)})
		// What stands for the point is most like the others and says little else.
		worth[cite] = likeness[n] * (0.5 + stretch.Density)
		switch {
		case u.kind == article.Headline, u.kind == article.Caption:
			worth[cite] *= 0.5
		case !t.alone[g[n]]:
			worth[cite] *= 0.75
		}
	}
	for n, backed := range c.backed(t, g) {
		worth[cites[n]] *= backed
	}
	slices.SortStableFunc(cites, func(a, b Cite) int {
		return cmp.Or(cmp.Compare(worth[b], worth[a]), cmp.Compare(a.span.Len(), b.span.Len()))
	})
	return p, cites
}

// stretch cites tokens of a unit, without the marks at their edges; all of the
// unit where the words stand in the account twice, or cut a quotation in two.
func (c *Collation) stretch(u unit, s match.Stretch) Cite {
	if s.Whole {
		return c.cite(u.account, c.closed(u.account, c.withoutDateline(u)))
	}
	a := c.Accounts[u.account]
	n := a.Analysis
	begin, end := n.Sentences[u.sentence].First+s.From, n.Sentences[u.sentence].First+s.To
	for s.From > 0 && end-begin > 1 && joins(n, begin, end, a.Text) {
		begin++
	}
	tokens := n.Tokens[begin:end]
	span := text.Span{Start: tokens[0].Start, End: tokens[len(tokens)-1].End}
	words := span.Of(a.Text)
	if strings.Count(a.Text, words) > 1 || strings.Count(words, "“") != strings.Count(words, "”") ||
		strings.Count(words, `"`)%2 == 1 || strings.Count(words, "(") != strings.Count(words, ")") {
		return c.cite(u.account, c.closed(u.account, u.span))
	}
	return c.cite(u.account, span)
}

// joins reports whether the first of some tokens only joins them to what stands
// before, so that they say the same without it: "after the talks had failed", not
// "if they fail", nor "when the talks had failed, they left".
func joins(n *article.Analysis, first, end int, body string) bool {
	t := n.Tokens[first]
	word := strings.ToLower(t.Of(body))
	if t.Tag != article.SCONJ && t.Tag != article.CCONJ && word != "when" || conditional[word] {
		return false
	}
	if !n.Layers.Has(article.Arcs) || word == "that" {
		return true
	}
	head := n.Arcs[first].Head
	if head < first || head >= end {
		return true
	}
	above := n.Arcs[head].Head
	return above < first || above >= end
}

// conditional words make what follows a thing that may be, or may not.
var conditional = wordSet(`if unless whether until till lest nor once`)

// closed is a span without a quotation mark at either end that nothing in it
// opens or closes, as the sentences of a long quotation have.
func (c *Collation) closed(account int, span text.Span) text.Span {
	words := span.Of(c.Accounts[account].Text)
	for _, marks := range [][2]string{{"“", "”"}, {`"`, `"`}} {
		opening, closing := strings.Count(words, marks[0]), strings.Count(words, marks[1])
		open := opening > closing || marks[0] == marks[1] && opening%2 == 1
		shut := closing > opening || marks[0] == marks[1] && opening%2 == 1
		switch {
		case len(words) <= len(marks[0]): // a mark alone, parted from what it stands at
		case open && strings.HasPrefix(words, marks[0]) && opening-closing <= 1:
			span.Start += len(marks[0])
		case shut && strings.HasSuffix(words, marks[1]) && closing-opening <= 1:
			span.End -= len(marks[1])
		}
		words = span.Of(c.Accounts[account].Text)
	}
	return span
}

// likeness is how sure it is, on average, that each unit of a group makes the
// claim of the others.
func (t *telling) likeness(g []int32) []float32 {
	sums := make([]float32, len(g))
	for i := range g {
		n := 0
		for k := range g {
			if t.units[g[i]].account == t.units[g[k]].account {
				continue
			}
			n++
			sums[i] += t.probability(g[i], g[k])
		}
		sums[i] /= float32(max(n, 1))
	}
	return sums
}

// backed is for each unit of a group in how many of its origins somebody surely
// makes its claim, as a share.
func (c *Collation) backed(t *telling, g []int32) []float32 {
	shares := make([]float32, len(g))
	seen := make([]bool, len(c.Origins))
	origins := func(in func(j int32) bool) (n float32) {
		clear(seen)
		for _, j := range g {
			if o := c.Accounts[t.units[j].account].Origin; !seen[o] && in(j) {
				seen[o] = true
				n++
			}
		}
		return n
	}
	all := origins(func(int32) bool { return true })
	for k, i := range g {
		shares[k] = origins(func(j int32) bool { return t.backs(j, i) }) / all
	}
	return shares
}

// probability is that two units make one claim, 0 where they were not found
// alike.
func (t *telling) probability(i, k int32) float32 {
	if i > k {
		i, k = k, i
	}
	at, ok := slices.BinarySearchFunc(t.pairs, match.Edge{A: i, B: k}, comparePairs)
	if !ok {
		return 0
	}
	return t.pairs[at].Probability
}

func comparePairs(x, y match.Edge) int { return cmp.Or(cmp.Compare(x.A, y.A), cmp.Compare(x.B, y.B)) }

// sourceOf is whose claim the words at span are: the source of an attribution
// whose content covers most of them.
func (c *Collation) sourceOf(account int, span text.Span) Source {
	for _, t := range c.Accounts[account].Analysis.Attributions {
		if t.Source.Name != "" && 2*covered(t.Content, span) > span.Len() {
			return Source{Name: t.Source.Name, Span: t.Source.Span}
		}
	}
	return Source{}
}

// covered is how many bytes of span lie in the parts of a content.
func covered(content []text.Span, span text.Span) int {
	n := 0
	for _, s := range content {
		n += s.Intersect(span).Len()
	}
	return n
}
