package collation

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"synoptic/article"
	"synoptic/text"
)

// Two cells stand in one row from these likenesses of what is around them on,
// fitted on the development stories: less will do where the numbers agree.
const (
	alikeEqual  = 0.30
	alikeFits   = 0.40
	alikeDiffer = 0.50
)

// counted is a figure of one account, on its way to a row.
type counted struct {
	cell Cell
	head string // last word of what is counted, by its stem
	near *unit  // the words around it, of its sentence
}

// figures lays the quantities of the accounts in rows. Two stand in one row
// only where their unit is the same and the words around them say much the
// same, so that numbers which merely share a unit stay apart.
func (c *Collation) figures() []Figure {
	cells := c.cells()
	type pair struct {
		a, b  int
		score float64
	}
	var pairs []pair
	for i := range cells {
		for k := range cells[:i] {
			if s, ok := sameQuantity(&cells[k], &cells[i]); ok {
				pairs = append(pairs, pair{k, i, s})
			}
		}
	}
	slices.SortFunc(pairs, func(x, y pair) int {
		return cmp.Or(cmp.Compare(y.score, x.score), cmp.Compare(x.a, y.a), cmp.Compare(x.b, y.b))
	})
	groups := make([][]int, len(cells))
	of := make([]int, len(cells))
	for i := range cells {
		groups[i], of[i] = []int{i}, i
	}
	for _, p := range pairs {
		x, y := of[p.a], of[p.b]
		if x == y || !allFit(cells, groups[x], groups[y]) {
			continue
		}
		x, y = min(x, y), max(x, y)
		for _, k := range groups[y] {
			of[k] = x
		}
		groups[x] = append(groups[x], groups[y]...)
		groups[y] = nil
	}
	var rows []Figure
	for _, g := range groups {
		if g == nil {
			continue
		}
		slices.Sort(g)
		row := Figure{Label: c.label(&cells[g[0]]), Unit: cells[g[0]].cell.Figure.Norm.Unit}
		for _, i := range g {
			row.Cells = append(row.Cells, cells[i].cell)
		}
		row.Verdict = verdict(row.Cells)
		rows = append(rows, row)
	}
	slices.SortStableFunc(rows, func(a, b Figure) int {
		_, x := c.support(cellCites(a.Cells))
		_, y := c.support(cellCites(b.Cells))
		return cmp.Or(cmp.Compare(y, x), compareCites(a.Cells[0].Cite, b.Cells[0].Cite))
	})
	return rows
}

func cellCites(cells []Cell) []Cite {
	list := make([]Cite, len(cells))
	for i, x := range cells {
		list[i] = x.Cite
	}
	return list
}

// window is how many words to each side of a figure tell what it is about.
const window = 10

// cells lists the figures of the accounts, by account and place.
func (c *Collation) cells() []counted {
	v := newVocabulary()
	var cells []counted
	var near []unit
	var words []string
	for i, a := range c.Accounts {
		n := a.Analysis
		s := 0
		for k := range n.Figures {
			f := &n.Figures[k]
			for s < len(n.Sentences) && n.Sentences[s].End <= f.Start {
				s++
			}
			if s == len(n.Sentences) || !n.Sentences[s].Contains(f.Span) || a.Paragraphs[n.Sentences[s].Paragraph].Kind == article.Note {
				continue
			}
			sentence := n.Sentences[s]
			x := counted{cell: Cell{Cite: c.cite(i, f.Span), Passage: c.cite(i, sentence.Span), Figure: f}}
			if f.Source >= 0 {
				t := n.Attributions[f.Source]
				x.cell.Source = Source{Name: t.Source.Name, Span: t.Source.Span}
			}
			words = words[:0]
			for _, t := range around(n.Tokens[sentence.First:sentence.Last], f.Span) {
				if !f.Contains(t.Span) || f.Of.Contains(t.Span) {
					words = append(words, t.Of(a.Text))
				}
			}
			x.head = v.stem(lastWord(strings.TrimSpace(f.Of.Of(a.Text))))
			near = append(near, unit{terms: v.terms(words, int32(len(near)))})
			cells = append(cells, x)
		}
	}
	v.weigh(near)
	for i := range cells {
		cells[i].near = &near[i]
	}
	return cells
}

// around is the tokens within a window of span.
func around(tokens []article.Token, span text.Span) []article.Token {
	first, last := 0, len(tokens)
	for first < last && tokens[first].End <= span.Start {
		first++
	}
	end := first
	for end < last && tokens[end].Start < span.End {
		end++
	}
	return tokens[max(0, first-window):min(last, end+window)]
}

// sameQuantity says how likely two cells give one quantity, and whether it is
// enough to lay them in one row.
func sameQuantity(x, y *counted) (float64, bool) {
	f, g := x.cell.Figure, y.cell.Figure
	if f.Norm.Unit != g.Norm.Unit && (f.Norm.Unit != "" && g.Norm.Unit != "") {
		return 0, false
	}
	score := overlap(x.near, y.near)
	if x.head != "" && x.head == y.head {
		score += 0.1
	}
	need := alikeDiffer
	switch stand(f, g) {
	case Same:
		need = alikeEqual
	case Compatible:
		need = alikeFits
	}
	return score - need, score >= need
}

// allFit reports whether no cell of one group stands apart from every cell of
// the other.
func allFit(cells []counted, a, b []int) bool {
	fits, all := 0, 0
	for _, i := range a {
		for _, k := range b {
			all++
			if _, ok := sameQuantity(&cells[i], &cells[k]); ok {
				fits++
			}
		}
	}
	return 2*fits >= all
}

// bounds is the range in which the true value lies if a figure is right, in
// its base unit.
func bounds(f *article.Figure) (low, high float64) {
	scale := 1.0
	if f.Value != 0 {
		scale = f.Norm.Value / f.Value
	}
	low, high = f.Low*scale, f.High*scale
	switch f.Modifier {
	case article.Over:
		return low, math.Inf(1)
	case article.Under:
		return math.Inf(-1), high
	case article.About:
		return low * 0.9, high * 1.1
	case article.Nearly:
		return low * 0.8, high
	}
	return low, high
}

// stand compares two figures of one quantity by their bounds.
func stand(f, g *article.Figure) Verdict {
	if f.Norm.Value == g.Norm.Value && f.Low == g.Low && f.High == g.High {
		if f.Modifier == g.Modifier {
			return Same
		}
		return Compatible
	}
	if f.Modifier == g.Modifier && (f.Modifier == article.Over || f.Modifier == article.Under) {
		return Differ // two different bounds of one kind: a reader would ask
	}
	a, b := bounds(f)
	x, y := bounds(g)
	if a <= y && x <= b {
		return Compatible
	}
	return Differ
}

// verdict is how the cells of a row stand to each other: the worst of its pairs
// of different accounts.
func verdict(cells []Cell) Verdict {
	v := OneAccount
	for i, x := range cells {
		for _, y := range cells[:i] {
			if x.account == y.account {
				continue
			}
			switch s := stand(x.Figure, y.Figure); {
			case s == Differ:
				return Differ
			case s == Compatible, v == OneAccount:
				v = s
			}
		}
	}
	return v
}

// label names a quantity by what its first cell counts.
func (c *Collation) label(x *counted) string {
	f := x.cell.Figure
	a := c.Accounts[x.cell.account]
	if !f.Of.Empty() {
		return f.Of.Of(a.Text)
	}
	if f.Unit != "" {
		return f.Unit
	}
	return f.Of.Of(a.Text)
}
