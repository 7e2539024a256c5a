package collation

import (
	"cmp"

	"synoptic/internal/match"
)

// measures reports whether two cells of two accounts are the only ones of their
// kind in their sentences and count or measure one kind of thing, so that they
// give one quantity where the sentences make one claim. What rises and falls, and
// what lasts, has too many numbers in a day for that.
func (t *telling) measures(i, k int32) bool {
	x, y := &t.cells[i], &t.cells[k]
	kind := x.kind()
	switch {
	case !t.sole[i] || !t.sole[k] || kind == "" || kind != y.kind() || x.cell.account == y.cell.account:
		return false
	case kind == aged || kind == "day" || moved(x.cell.Figure) || moved(y.cell.Figure) || x.rest != y.rest:
		return false
	case x.fate != "" && y.fate != "" && !shareSense(x.fate, y.fate):
		return false
	}
	return len(x.phrase) == 0 || len(y.phrase) == 0 || agreeStems(x.phrase, y.phrase)
}

// kind is the unit of what a cell measures, or the head of what it counts.
func (x *counted) kind() string {
	unit := x.cell.Figure.Norm.Unit
	return cmp.Or(measure(unit), x.head, unit)
}

// lay finds the unit that each cell stands in, and which cells are the only ones
// of their kind there.
func (t *telling) lay(cells []counted) {
	t.cells, t.unitOf, t.sole = cells, make([]int32, len(cells)), make([]bool, len(cells))
	unitOf := make(map[Cite]int32, len(t.units))
	for i, u := range t.units {
		unitOf[Cite{account: u.account, span: u.span}] = int32(i)
	}
	type place struct {
		unit int32
		kind string
	}
	many := map[place]int{}
	t.cellsOf = make([][]int32, len(t.units))
	for i := range cells {
		u, ok := unitOf[cells[i].cell.Passage]
		if !ok {
			t.unitOf[i] = -1
			continue
		}
		t.unitOf[i] = u
		many[place{u, cells[i].kind()}]++
		t.cellsOf[u] = append(t.cellsOf[u], int32(i))
	}
	for i := range cells {
		t.sole[i] = t.unitOf[i] >= 0 && many[place{t.unitOf[i], cells[i].kind()}] == 1
	}
}

// atOdds reports whether two sentences give numbers of one thing that cannot both
// be right, and either as of two days, or without being surely one claim or in a
// row together, where it would be told: neither supports the other then. What
// only grows is told otherwise from hour to hour.
func (t *telling) atOdds(e match.Edge) bool {
	for _, i := range t.cellsOf[e.A] {
		for _, k := range t.cellsOf[e.B] {
			x, y := &t.cells[i], &t.cells[k]
			if !t.measures(i, k) || !apart(x.cell.Figure, y.cell.Figure) || x.grows || y.grows {
				continue
			}
			if f, g := x.cell.Figure, y.cell.Figure; f.AsOf.Known() && g.AsOf.Known() && otherDay(f.AsOf, g.AsOf) {
				return true
			}
			if score, ok := likeness(x, y); e.Probability < repeats && (!ok || score < 0) {
				return true
			}
		}
	}
	return false
}
