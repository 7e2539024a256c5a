package collation

import (
	"slices"
	"sort"
	"strings"

	"synoptic/article"
)

// predication is how a figure is said of what it counts: tokens of its sentence,
// -1 for those that it does without.
type predication struct {
	of     int // the last of what is counted: "people" of "the number of people killed rose to 12"
	number int // the noun of number over it: "number"
	verb   int // "rose"
}

// predicationOf is how figure k, which stands in the sentence, is said of what it
// counts. It is not ok where the figure has that from its own words or from those
// of another.
func predicationOf(n *article.Analysis, s article.Sentence, k int) (x predication, ok bool) {
	f := &n.Figures[k]
	if f.Of.Empty() || f.Of.End > f.Start || !s.Contains(f.Of) || !n.Layers.Has(article.Arcs|article.Tags) {
		return x, false
	}
	for i := k - 1; i >= 0 && n.Figures[i].Start >= s.Start; i-- {
		if g := &n.Figures[i]; g.Of == f.Of || g.Overlaps(f.Of) {
			return x, false
		}
	}
	x = predication{s.First + sort.Search(s.Last-s.First, func(i int) bool { return n.Tokens[s.First+i].End >= f.Of.End }), -1, -1}
	if rel := n.Arcs[x.of].Rel; rel == article.Nmod || rel == article.Acl {
		x.number = n.Arcs[x.of].Head
	}
	if top := topOf(n, s, f); top >= 0 && n.Arcs[top].Head >= 0 && n.Tokens[n.Arcs[top].Head].Tag == article.VERB {
		x.verb = n.Arcs[top].Head
	}
	return x, true
}

// predicate puts into a cell what its figure is said of: that stands by the figure,
// and the words that join the two ("the number of … rose to") tell nothing.
func (x *counted) predicate(v *vocabulary, w wording, by predication) {
	for _, at := range []int{by.number, by.verb} {
		if at >= 0 {
			stem := v.stem(w.n.Tokens[at].Of(w.body))
			x.near = slices.DeleteFunc(x.near, func(y nearby) bool { return y.stem == stem })
		}
	}
	for at := by.of; at >= w.sentence.First && w.f.Of.Contains(w.n.Tokens[at].Span); at-- {
		stem := v.stem(w.n.Tokens[at].Of(w.body))
		for i := range x.near {
			if x.near[i].stem == stem {
				x.near[i].distance = 0
			}
		}
	}
	x.label = w.of
	if part := w.participle(by.of); part != "" {
		x.label += " " + part
	}
	if w.f.Unit != "" {
		x.head, x.human = "", false
		if unit := w.f.Norm.Unit; measure(unit) == "" { // crowns are counted, and not the fares that they are
			x.head = strings.Clone(v.stem(unit))
		}
	}
	if x.human {
		x.fate = strings.Clone(v.stem(w.became(by.of, !growing()[x.head])))
	}
	x.said = true
	x.narrow(v, w, by)
}

// narrow keeps in a cell what narrows down what its figure is said of.
func (x *counted) narrow(v *vocabulary, w wording, by predication) {
	for at := w.sentence.First; at < w.sentence.Last; at++ {
		t := w.n.Tokens[at]
		if t.Tag != article.NOUN && t.Tag != article.PROPN || t.Overlaps(w.f.Of) || t.Overlaps(w.f.Span) || !w.narrows(at, by) {
			continue
		}
		word := t.Of(w.body)
		switch name := t.Tag == article.PROPN; {
		case name && months[strings.ToLower(word)]:
		case name:
			x.names = append(x.names, word)
		default:
			x.things = append(x.things, v.word(word))
		}
	}
}

// narrows reports whether a word belongs to what narrows down what a figure is
// said of: "blast" of "the toll of the blast" and "Norwick" of "the toll rose to 12
// in Norwick".
func (w wording) narrows(word int, by predication) bool {
	noun := by.of
	if by.number >= 0 {
		noun = by.number
	}
	for at := word; at >= 0 && at != noun; at = w.n.Arcs[at].Head {
		head, rel := w.n.Arcs[at].Head, w.n.Arcs[at].Rel
		if head == noun {
			return true
		}
		if (head == by.verb || head >= 0 && w.f.Contains(w.n.Tokens[head].Span)) && (rel == article.Obl || rel == article.Nmod) {
			switch w.preposition(at) {
			case " in", " of", " from", " after":
				return true
			}
			return false
		}
	}
	return false
}

// otherSubject reports whether two figures that are both said of something, and
// give other numbers, are said of two things: something else has become of them,
// or each is of a name that the other's account does not have.
func (c *Collation) otherSubject(x, y *counted) bool {
	if !x.said || !y.said || standBounds(x.cell.Figure, y.cell.Figure) != Differ {
		return false
	}
	return x.fate != "" && y.fate != "" && !shareSense(x.fate, y.fate) ||
		!c.namesAll(y.cell.account, x.names) && !c.namesAll(x.cell.account, y.names)
}

// namesAll reports whether an account has all of some names.
func (c *Collation) namesAll(account int, names []string) bool {
	return !slices.ContainsFunc(names, func(name string) bool { return !strings.Contains(c.Accounts[account].Text, name) })
}

// became is the word for what has become of those whom a count is said of:
// "killed" of "the number of people killed" and of "the number of killed", and
// where they are people of whom anything may be said also "hospital" of "the
// number of people in hospital"; "" where nothing is said.
func (w wording) became(said int, open bool) string {
	for i := said; i >= w.sentence.First && w.f.Of.Contains(w.n.Tokens[i].Span); i-- {
		if t := w.n.Tokens[i]; t.Tag == article.VERB || fates[t.Of(w.body)] {
			return t.Of(w.body)
		}
	}
	for i := said + 1; i < w.sentence.Last && under(w.n.Arcs, i, said); i++ {
		if t := w.n.Tokens[i]; t.Tag == article.VERB && !light[t.Lemma] || open && t.Tag == article.NOUN || fates[t.Of(w.body)] {
			return t.Of(w.body)
		}
	}
	return ""
}
