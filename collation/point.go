package collation

import (
	"cmp"
	"slices"

	"synoptic/article"
	"synoptic/text"
)

// points makes one point of each group of units, and of each unit that is in
// none, the best supported first.
func (c *Collation) points(t *telling) []Point {
	var points []Point
	grouped := make([]bool, len(t.units))
	for _, g := range t.groups {
		for _, i := range g {
			grouped[i] = true
		}
		points = append(points, c.point(t, g))
	}
	for i, u := range t.units {
		if !grouped[i] && u.kind != article.Caption {
			points = append(points, c.point(t, []int32{int32(i)}))
		}
	}
	slices.SortStableFunc(points, func(a, b Point) int {
		return cmp.Or(cmp.Compare(b.Origins, a.Origins), compareCites(a.Passages[0].Cite, b.Passages[0].Cite))
	})
	return points
}

// point makes a point of the units of a group.
func (c *Collation) point(t *telling, g []int32) Point {
	p := Point{Status: Single}
	var cites []Cite
	for _, i := range g {
		u := t.units[i]
		cite := c.cite(u.account, u.span)
		cites = append(cites, cite)
		p.Passages = append(p.Passages, Passage{Cite: cite, Source: c.sourceOf(u.account, u.span)})
	}
	if _, p.Origins = c.support(cites); p.Origins > 1 {
		p.Status = Agreed
	}
	p.Roots = roots(p.Passages)
	u := t.units[t.central(g)]
	p.Text = c.cite(u.account, u.span)
	return p
}

// sourceOf is whose claim the words at span are: the source of an attribution
// whose content covers most of them.
func (c *Collation) sourceOf(account int, span text.Span) Source {
	for _, t := range c.Accounts[account].Analysis.Attributions {
		covered := 0
		for _, s := range t.Content {
			covered += s.Intersect(span).Len()
		}
		if 2*covered > span.Len() && t.Source.Name != "" {
			return Source{Name: t.Source.Name, Span: t.Source.Span}
		}
	}
	return Source{}
}

// roots lists the sources that are named, each once.
func roots(passages []Passage) []string {
	var names []string
	for _, p := range passages {
		if p.Source.Name != "" && !slices.Contains(names, p.Source.Name) {
			names = append(names, p.Source.Name)
		}
	}
	slices.Sort(names)
	return names
}

// central is the unit of a group that is most like the others; a sentence of
// the text goes before a headline or a caption, and of equals the shorter
// before the longer.
func (t *telling) central(g []int32) int32 {
	in := map[int32]float32{}
	for _, i := range g {
		in[i] = 0
	}
	for _, e := range t.edges {
		_, a := in[e.A]
		_, b := in[e.B]
		if a && b {
			in[e.A] += e.Probability
			in[e.B] += e.Probability
		}
	}
	best, most := g[0], float32(-1)
	for _, i := range g {
		sum := in[i]
		if k := t.units[i].kind; k == article.Headline || k == article.Caption {
			sum *= 0.5
		}
		if sum > most || sum == most && t.units[i].span.Len() < t.units[best].span.Len() {
			best, most = i, sum
		}
	}
	return best
}

// title chooses the headline that is most like what the other accounts say.
func (c *Collation) title(t *telling) Cite {
	score := make([]float32, len(c.Accounts))
	for _, e := range t.edges {
		for _, i := range []int32{e.A, e.B} {
			if u := t.units[i]; u.kind == article.Headline {
				score[u.account] += e.Probability
			}
		}
	}
	var best Cite
	most := float32(-1)
	for i, a := range c.Accounts {
		if !a.Title.Empty() && score[i] > most {
			most, best = score[i], c.cite(i, a.Title)
		}
	}
	return best
}

// incomplete is the completeness below which what an account lacks is unknown
// rather than left out.
const incomplete = 0.7

// omissions tells, for every point that more than one origin has, which
// accounts lack it.
func (c *Collation) omissions() []Omission {
	var rows []Omission
	for i, p := range c.Points {
		if p.Status == Single {
			continue
		}
		o := Omission{Point: i}
		for k, a := range c.Accounts {
			switch has := slices.ContainsFunc(p.Passages, func(x Passage) bool { return x.account == k }); {
			case has:
				o.Present = append(o.Present, k)
			case a.Completeness < incomplete:
				o.Unknown = append(o.Unknown, k)
			default:
				o.Absent = append(o.Absent, k)
			}
		}
		if len(o.Absent)+len(o.Unknown) > 0 {
			rows = append(rows, o)
		}
	}
	return rows
}

// mostHighlights is how many sentences a reader gets before anything else.
const mostHighlights = 5

// highlights shows the sentences of the points that most origins have, headlines
// apart.
func (c *Collation) highlights() []Highlight {
	var rows []Highlight
	for _, p := range c.Points {
		if p.Status == Single || len(rows) == mostHighlights {
			break
		}
		a := c.Accounts[p.Text.account]
		if a.Paragraphs[a.ParagraphAt(p.Text.span.Start)].Kind == article.Headline {
			continue
		}
		h := Highlight{Text: p.Text}
		for _, x := range p.Passages {
			h.Support = append(h.Support, x.Cite)
		}
		h.Accounts, h.Origins = c.support(h.Support)
		rows = append(rows, h)
	}
	return rows
}

// timeline lists the dated sentences of points, earliest first; a point stands
// once under each of its days.
func (c *Collation) timeline() []Event {
	var events []Event
	for _, p := range c.Points {
		first := len(events)
		for _, x := range p.Passages {
			for _, m := range c.Accounts[x.account].Analysis.Moments {
				if !x.span.Contains(m.Span) || m.Date.Precision < article.Day {
					continue
				}
				at := slices.IndexFunc(events[first:], func(e Event) bool { return e.Date.String() == m.Date.String() })
				if at < 0 {
					events = append(events, Event{Date: m.Date, Text: x.Cite})
					at = len(events) - 1 - first
				}
				if e := &events[first+at]; !slices.Contains(e.Support, x.Cite) {
					e.Support = append(e.Support, x.Cite)
				}
			}
		}
	}
	slices.SortStableFunc(events, func(a, b Event) int { return a.Date.Compare(b.Date) })
	return events
}
