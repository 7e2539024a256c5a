package collation

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"synoptic/article"
)

// label names a row in the words that most of its cells have for it, the
// fullest first: those of several words that stand as a phrase, then those with
// the number left out, then one word.
func label(cells []counted, g []int32) string {
	counts := map[string]int{}
	for _, i := range g {
		counts[cells[i].label]++
	}
	full := func(l string) int {
		switch {
		case !strings.Contains(l, " "):
			return 0
		case strings.Contains(l, elided):
			return 1
		}
		return 2
	}
	best := ""
	for _, i := range g {
		l := cells[i].label
		if cmp.Or(cmp.Compare(full(l), full(best)), cmp.Compare(counts[l], counts[best]), cmp.Compare(len(l), len(best))) > 0 {
			best = l
		}
	}
	return cmp.Or(best, cells[g[0]].cell.Figure.Unit)
}

// wording is a figure in its sentence, to be put into a few words. Of is what it
// counts.
type wording struct {
	body     string
	n        *article.Analysis
	sentence article.Sentence
	f        *article.Figure
	of       string
}

// aged is the unit of ages.
const aged = "year of age"

// elided stands where a label leaves a number out.
const elided = "…"

// label is what a figure counts and what is said of it, in words of the account,
// the number left out: "people killed", "trapping … people", "pay rise", "slid
// for … seconds", "age of Ines Roe". Without a parse it is what is counted.
func (w wording) label() string {
	if w.f.Norm.Unit == aged {
		if whose := cmp.Or(w.of, w.name()); whose != "" {
			return "age of " + whose
		}
		return "age"
	}
	if !w.n.Layers.Has(article.Arcs | article.Tags) {
		return w.of
	}
	if measure(w.f.Norm.Unit) != "" || w.of == "" && w.f.Norm.Unit != "" {
		return w.measured()
	}
	return cmp.Or(w.counted(), w.of)
}

// name is the name that an age stands beside: "Ines Roe, 37".
func (w wording) name() string {
	for _, m := range w.n.Mentions {
		if m.Kind == article.Person && m.End <= w.f.Start && w.f.Start <= m.End+2 && w.sentence.Contains(m.Span) {
			return m.Of(w.body)
		}
	}
	return ""
}

// measured is the label of a duration, a sum, a share, a distance: the noun that
// it measures, or the verb that it goes with.
func (w wording) measured() string {
	at, first := w.top()
	if at < 0 || w.n.Arcs[first].Head < 0 {
		return cmp.Or(w.of, w.unit())
	}
	head, tail := w.n.Arcs[first].Head, ""
	if t := w.n.Tokens[head]; (t.Tag == article.ADV || t.Tag == article.ADP || t.Tag == article.SCONJ) && w.n.Arcs[head].Head >= 0 { // "ago", "later"
		tail, head = " "+t.Of(w.body), w.n.Arcs[head].Head
	}
	for w.n.Arcs[head].Head >= 0 && w.figured(head) { // "9 percent over two years"
		head = w.n.Arcs[head].Head
	}
	switch t := w.n.Tokens[head]; {
	case w.f.Overlaps(t.Span), w.figured(head):
		return cmp.Or(w.of, w.unit())
	case t.Tag == article.NOUN:
		return w.compound(head)
	case t.Tag == article.VERB && !light[t.Lemma]:
		return t.Of(w.body) + w.preposition(at) + " " + elided + " " + w.unit() + tail
	}
	return cmp.Or(w.of, w.unit()) + tail
}

// figured reports whether a token stands in another figure.
func (w wording) figured(token int) bool {
	t := w.n.Tokens[token].Span
	i, _ := slices.BinarySearchFunc(w.n.Figures, t.Start+1, func(f article.Figure, start int) int { return cmp.Compare(f.Start, start) })
	return i > 0 && w.n.Figures[i-1].Contains(t) && w.n.Figures[i-1].Span != w.f.Span
}

// top is the token that a figure hangs from its sentence by, and the first of
// those that it is joined to by "and", which tells what both hang from; -1 for
// none.
func (w wording) top() (at, first int) {
	at = topOf(w.n, w.sentence, w.f)
	for first = at; first >= 0 && w.n.Arcs[first].Rel == article.Conj && w.n.Arcs[first].Head >= 0; {
		first = w.n.Arcs[first].Head
	}
	return at, first
}

// unit is the figure's unit, with a sign of money or percent in words.
func (w wording) unit() string {
	switch w.f.Unit {
	case "%":
		return "percent"
	case "$", "€", "£", "¥", "US$":
		return cmp.Or(monies[w.f.Norm.Unit], w.f.Norm.Unit)
	}
	return w.f.Unit
}

// monies are the words for the currencies that a sign alone stands for.
var monies = map[string]string{"USD": "dollars", "EUR": "euros", "GBP": "pounds", "JPY": "yen"}

// preposition is the one of the word at, with a blank before it, "" for none.
func (w wording) preposition(at int) string {
	is := func(r article.Rel) bool { return r == article.Case }
	if i := child(w.n, w.sentence, at, is); i >= 0 && i < at {
		return " " + strings.ToLower(w.n.Tokens[i].Of(w.body))
	}
	return ""
}

// predicate is a noun or adjective from its preposition on: "at the scene".
func (w wording) predicate(head int) string {
	span := w.n.Tokens[head].Span
	if i := child(w.n, w.sentence, head, func(r article.Rel) bool { return r == article.Case }); i >= 0 && i < head {
		span = w.n.Tokens[i].Cover(span)
	}
	return span.Of(w.body)
}

// compound is a noun with the nouns that are joined to it.
func (w wording) compound(noun int) string {
	span := w.n.Tokens[noun].Span
	for k := noun - 1; k >= w.sentence.First && w.n.Arcs[k].Head == noun && w.n.Arcs[k].Rel == article.Compound; k-- {
		t := w.n.Tokens[k]
		if first, _ := utf8.DecodeRuneInString(t.Of(w.body)); !unicode.IsLetter(first) || w.f.Overlaps(t.Span) || strings.HasSuffix(w.body[:t.Start], "-") {
			break
		}
		span = t.Cover(span)
	}
	return span.Of(w.body)
}

// counted is the label of a count, "" where nothing is said of what is counted.
func (w wording) counted() string {
	at, first := w.top()
	if at < 0 || w.of == "" || slices.ContainsFunc(strings.Fields(w.of), func(word string) bool { return fates[word] }) {
		return ""
	}
	if part := w.participle(at); part != "" {
		return w.of + " " + part
	}
	rel, head := w.n.Arcs[first].Rel, w.n.Arcs[first].Head
	if head < 0 {
		return ""
	}
	t := w.n.Tokens[head]
	verb := t.Tag == article.VERB && !light[t.Lemma]
	switch rel {
	case article.NsubjPass:
		if verb {
			return w.of + " " + t.Of(w.body)
		}
	case article.Nsubj:
		if verb {
			return w.of + " " + t.Of(w.body) + w.object(head)
		}
		if t.Tag != article.VERB && w.is(head, article.Cop) { // "hostages are in Gaza"
			return w.of + " " + w.predicate(head)
		}
	case article.Obj, article.Obl:
		if verb && (rel == article.Obj && strings.HasSuffix(t.Of(w.body), "ed") || at < head && w.preposition(at) == "") {
			return w.of + " " + t.Of(w.body)
		}
		if verb {
			return t.Of(w.body) + w.preposition(at) + " " + elided + " " + w.of
		}
	case article.Nmod:
		if t.Tag == article.NOUN && w.preposition(at) != "" {
			return w.compound(head) + w.preposition(at) + " " + elided + " " + w.of
		}
	}
	return ""
}

// participle is the word for what has become of what is counted where it stands
// behind it: "taken" of "hostages taken".
func (w wording) participle(noun int) string {
	i := child(w.n, w.sentence, noun, func(r article.Rel) bool { return r == article.Acl })
	if i < noun || i > noun+2 || w.n.Tokens[i].Tag != article.VERB {
		return ""
	}
	return w.n.Tokens[i].Of(w.body) + w.object(i)
}

// object is the object of a verb with a blank before it, where it stands close
// behind the verb; "" otherwise.
func (w wording) object(verb int) string {
	const near = 4
	i := child(w.n, w.sentence, verb, func(r article.Rel) bool { return r == article.Obj })
	if i < verb || i > verb+near {
		return ""
	}
	span := w.n.Tokens[verb+1].Cover(w.n.Tokens[i].Span)
	return " " + span.Of(w.body)
}

// is reports whether something hangs from head by rel.
func (w wording) is(head int, rel article.Rel) bool {
	return child(w.n, w.sentence, head, func(r article.Rel) bool { return r == rel }) >= 0
}
