package collation

import (
	"slices"

	"synoptic/article"
)

// leads tells what each account opens with: the first sentence of its running
// text that is one, and which points of several origins its first paragraph
// carries.
func (c *Collation) leads(t *telling) []Lead {
	var rows []Lead
	for i, u := range t.units {
		if len(rows) > 0 && rows[len(rows)-1].Text.account == u.account || u.kind != article.Body || !c.sentenceLike(u) {
			continue
		}
		row := Lead{Text: c.cite(u.account, c.withoutDateline(u))}
		paragraph := c.paragraphOf(u)
		for n, p := range c.Points {
			if p.Status == Single {
				continue
			}
			if slices.ContainsFunc(t.points[n], func(k int32) bool {
				x := t.units[k]
				return int(k) >= i && x.account == u.account && c.paragraphOf(x) == paragraph
			}) {
				row.Points = append(row.Points, n)
			}
		}
		rows = append(rows, row)
	}
	return rows
}

// sentenceLike reports whether a unit is a sentence of running text, and not a
// time, a place or a name on a line of its own.
func (c *Collation) sentenceLike(u unit) bool {
	n := c.Accounts[u.account].Analysis
	s := n.Sentences[u.sentence]
	verb := !n.Layers.Has(article.Tags) || slices.ContainsFunc(n.Tokens[s.First:s.Last], func(t article.Token) bool {
		return t.Tag == article.VERB || t.Tag == article.AUX
	})
	return verb && s.Last-s.First >= 6
}

func (c *Collation) paragraphOf(u unit) int {
	return c.Accounts[u.account].Analysis.Sentences[u.sentence].Paragraph
}

// What stands high and low in an account.
const (
	highest = 2   // paragraphs of running text from the first, which are high
	fewest  = 5   // paragraphs of an account in which anything is high but the headline
	lowest  = 6   // the first paragraph that can be low
	deep    = 0.5 // the share of an account's paragraphs before one that is low
)

// prominence lists the points that stand high in one account, in its headline or
// its first paragraphs, and low in another. An account has a point low only
// where nothing that it tells before comes near the point; and what is high and
// what is low must surely be one claim, of two origins.
func (c *Collation) prominence(t *telling) []Prominence {
	rank, last := c.ranks()
	place := func(i int32) Place {
		u := t.units[i]
		return Place{c.cite(u.account, c.withoutDateline(u)), rank[u.account][c.paragraphOf(u)], last[u.account]}
	}
	isHigh := func(i int32) bool {
		u := t.units[i]
		return u.kind == article.Headline || u.kind == article.Body && rank[u.account][c.paragraphOf(u)] <= highest && last[u.account] >= fewest
	}
	isLow := func(i int32) bool {
		u := t.units[i]
		at := rank[u.account][c.paragraphOf(u)]
		return u.kind == article.Body && at >= lowest && float64(at-1) >= deep*float64(last[u.account])
	}
	var rows []Prominence
	told := map[int32]bool{} // units that a row shows low
	first := map[int]int32{} // the first unit of each account that comes near the point
	for n, g := range t.points {
		if c.Points[n].Status == Single {
			continue
		}
		clear(first)
		meet := func(i int32) {
			u := t.units[i]
			if at, ok := first[u.account]; u.kind != article.Caption && (!ok || i < at) {
				first[u.account] = i
			}
		}
		for _, i := range g {
			meet(i)
			for _, k := range t.near[i] {
				meet(k)
			}
		}
		row := Prominence{Point: n}
		for _, i := range g {
			if !isLow(i) || first[t.units[i].account] != i || told[i] {
				continue
			}
			low := false
			for _, k := range g {
				if !isHigh(k) || t.probability(i, k) < repeats || c.sameOrigin(t.units[i], t.units[k]) {
					continue
				}
				low = true
				if !slices.ContainsFunc(row.High, func(p Place) bool { return p.account == t.units[k].account }) {
					row.High = append(row.High, place(k))
				}
			}
			if low {
				told[i] = true
				row.Low = append(row.Low, place(i))
			}
		}
		if len(row.Low) > 0 {
			slices.SortFunc(row.High, func(a, b Place) int { return compareCites(a.Cite, b.Cite) })
			rows = append(rows, row)
		}
	}
	return rows
}

func (c *Collation) sameOrigin(u, v unit) bool {
	return c.Accounts[u.account].Origin == c.Accounts[v.account].Origin
}

// ranks numbers the paragraphs of running text of each account from one, 0 for
// any other, and says how many there are.
func (c *Collation) ranks() (rank [][]int, last []int) {
	rank, last = make([][]int, len(c.Accounts)), make([]int, len(c.Accounts))
	for i, a := range c.Accounts {
		rank[i] = make([]int, len(a.Paragraphs))
		for k, p := range a.Paragraphs {
			if p.Kind == article.Body {
				last[i]++
				rank[i][k] = last[i]
			}
		}
	}
	return rank, last
}
