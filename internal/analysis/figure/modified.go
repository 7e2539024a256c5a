package figure

import (
	"strings"

	"synoptic/article"
	"synoptic/internal/number"
)

// modified finds how an amount is bounded or moved, and the lexeme that the
// words for it begin at.
func (f *finder) modified(a *amount) (article.Modifier, int) {
	m := article.Exact
	first := a.first
	if a.num.Vague() || a.num.Loose {
		m = article.About
	}
	if a.bound != "" {
		m = a.bound
	}
	if f.english || f.kind(first-1) == number.Mark {
		for range 3 {
			at := first - 1
			b, n := before.Match(f.lex, at)
			if n == 0 {
				break
			}
			if b != article.Exact {
				m = b
			}
			first = at - n + 1
		}
	}
	if f.is(first-1, '-') && f.in(prefixes, first-2) && f.says(first-2, kSub) {
		m = article.Under
		first -= 2
	}
	if a.age || a.base == day { // "over the age of 21"
		if k := first - 1; f.says(k, kOf) && f.says(k-1, kAge) {
			if f.says(k-2, kThe) {
				k--
			}
			if b, n := before.Match(f.lex, k-2); n > 0 {
				m, first = b, k-2-n+1
			}
		}
	}
	if u, ok := f.moved(first-1, a); ok {
		m = u
	}
	if a.signed && a.base == percent && m == article.Exact {
		m = article.Up
		if a.value < 0 {
			m = article.Down
		}
	}
	return m, first
}

var kSub = number.Key("sub")

// moved reads a verb of change at lex[i], with an adverb behind it that does
// not matter.
func (f *finder) moved(i int, a *amount) (article.Modifier, bool) {
	if i < 0 || !f.english {
		return "", false
	}
	if f.kind(i) == number.Word && strings.HasSuffix(f.word(i), "ly") {
		i--
	}
	v, n := moves.Match(f.lex, i)
	if n == 0 && f.says(i, kBy) && i > 1 { // "rose sharply by"
		if v, n = moves.Match(f.lex, i-1); n == 0 && strings.HasSuffix(f.word(i-1), "ly") {
			v, n = moves.Match(f.lex, i-2)
		}
	}
	part := a.base == percent || a.base == points || a.base == "point"
	switch {
	case n == 0, v.of == parts && !part, v.of == measured && !part && !a.measured && !a.ranged && a.unit != "":
		return "", false
	case a.num.Vague() && v.of != every:
		return "", false
	}
	return v.modifier, true
}

// carry gives the figures of a sentence that name nothing themselves what an
// earlier one counts, where words say that it is the same: "another 2,000",
// "27 of them", "including 27", and in a sentence that opens with "of the 251
// hostages", the bare numbers behind it.
func (f *finder) carry() {
	for i := f.from; i < len(f.out); i++ {
		fig := &f.out[i]
		if !fig.Of.Empty() || fig.Norm.Unit != "" || !f.continued(f.places[i-f.from]) {
			continue
		}
		for k := i - 1; k >= max(f.previous, i-maxCarry); k-- {
			p := &f.out[k]
			if !p.Of.Empty() && !f.said[k] && f.a.Text[p.Of.Start-1] != '-' && p.Norm.Unit != percent && p.Norm.Unit != day && p.Norm.Unit != "" {
				fig.Of, fig.Norm.Unit = p.Of, p.Norm.Unit
				break
			}
		}
	}
}

// maxCarry bounds how many figures lie between one and what it continues.
const maxCarry = 8

// continued reports whether the words around a figure tie it to one before.
func (f *finder) continued(p place) bool {
	for k := p.first; k < p.last; k++ {
		if f.in(adders, k) {
			return true
		}
	}
	if f.says(p.last, kOf) && f.in(anaphors, p.last+1) {
		return true
	}
	if f.in(continuers, p.first-1) || f.in(anaphors, p.first-1) && f.says(p.first-2, kOf) {
		return true
	}
	// "Of the 251 hostages, 49 …"
	return f.says(0, kOf) && p.first > 2
}

var (
	adders     = set("another additional further extra more others")
	anaphors   = set("them whom which those these")
	continuers = set("including with leaving")
)
