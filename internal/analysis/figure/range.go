package figure

import (
	"strings"

	"synoptic/internal/number"
)

// rangeFrom reads the second end of a range that a begins: "20 to 30 people",
// "between 1 and 2 thousand", "$5-$10", "8- or 9-inch". Two numbers that "from"
// and a verb of change join are no range: they are a number before and one
// after.
func (f *finder) rangeFrom(a amount) (amount, bool) {
	if a.num.Vague() || a.num.Ratio || a.age || a.bound != "" {
		return a, false
	}
	j := a.last
	first := f.ages(a.first) // "between the ages of 18 and 29"
	between, from := f.says(first-1, kBetween), f.says(first-1, kFrom)
	dash := false
	switch {
	case f.says(j, kTo), f.says(j, kAnd) && between, f.says(j, kOr) && (!a.money || f.english):
		j++
	case f.is(j, '-') || f.is(j, '–') || f.is(j, '‑') || f.is(j, '−'):
		if f.glued(j) != f.glued(j+1) && !a.measured {
			return a, false
		}
		// A hyphen between spaces is a dash, and what follows another clause.
		if f.is(j, '-') && !f.glued(j) && !f.glued(j+1) {
			return a, false
		}
		dash = true
		j++
	default:
		return a, false
	}
	if j >= len(f.lex) || !f.opens(j) {
		return a, false
	}
	b, ok := f.amount(j)
	if !ok || b.num.Vague() || b.num.Ratio || b.signed || b.num.Article && !b.num.Scaled {
		return a, false
	}
	or := f.says(j-1, kOr)
	// "two or three people", "40 or 50 years"
	if or && (a.measured || a.money || a.num.Scaled != b.num.Scaled && !b.num.Scaled || b.value != a.value+1 && !(b.measured && b.value <= 2*a.value) && !b.num.Scaled) {
		return a, false
	}
	if (a.num.Value >= 1100 && f.year(&a) || b.num.Value >= 1100 && f.year(&b)) && !b.measured && !b.money {
		return a, false
	}
	if from && f.changes(a.first-1) {
		return a, false
	}
	if _, n := moves.Match(f.lex, a.first-1); n > 0 && a.measured && !f.says(a.first-1, kBy) { // "rose 0.3% to 5.1%"
		return a, false
	}
	if a.num.Fraction != b.num.Fraction && dash || !f.same(&a, &b) {
		return a, false
	}
	if b.scale > 1 && a.scale == 1 && a.value < b.value/b.scale { // "$89 to 93 billion"
		a.value *= b.scale
	}
	if !(a.value < b.value) {
		return a, false
	}
	if b.plain() && !a.money && !between {
		np, found := f.counted(b.last, b.value)
		named := found && (f.plural(np.head) || f.tagged()) && !f.lex[np.head].Upper
		if !named && (dash || !from && !f.in(rangers, a.first-1)) {
			return a, false
		}
		if dash && (f.glued(b.last) && f.is(b.last, '-') || f.glued(a.first)) {
			return a, false
		}
	}
	r := b
	r.first, r.number, r.num.First = a.first, a.number, a.num.First
	r.value, r.low, r.num.Value = a.value, a.value, a.value
	r.signed, r.ranged, r.num.Bare = a.signed, true, false
	if between || from {
		r.first = first - 1
	}
	if a.money && !b.money {
		r.money, r.unit, r.base, r.factor = true, a.unit, a.base, a.factor
	}
	return r, true
}

// rangers are words before a range that is of no unit.
var rangers = set("ranging range ranges ranged about around roughly approximately between")

// same makes the units of the two ends of a range one, and reports whether they
// can be.
func (f *finder) same(a, b *amount) bool {
	switch {
	case a.money && b.money:
		if b.base != a.base && strings.HasPrefix(b.unit, "$") && strings.HasSuffix(a.unit, "$") { // "US$1 to $2"
			b.base, b.unit = a.base, a.unit
		}
		return a.base == b.base || strings.HasPrefix(b.base, a.base+"/")
	case a.money:
		return b.plain()
	case b.money:
		return a.plain() && f.kind(b.number-1) == number.Word || a.plain() && b.first == b.number
	case a.measured && b.measured:
		return a.base == b.base && a.factor == b.factor
	case a.measured:
		return false
	}
	return true
}

// changes reports whether a verb of change stands before "from" at lex[i].
func (f *finder) changes(i int) bool {
	for k := i - 1; k >= 0 && k >= i-3; k-- {
		if _, n := moves.Match(f.lex, k); n > 0 {
			return true
		}
		if f.in(changers, k) {
			return true
		}
		if f.lex[k].Kind == number.Mark {
			return false
		}
	}
	return false
}

// changers are verbs of change that take no amount of their own.
var changers = set("slow slowed narrowed narrow widened widen went go gone going moved move cut raised raise lowered lower reduced reduce lifted expanded doubled halved " +
	"revised changed improved worsened dwindled swelled swollen extended shortened back")
