package figure

import (
	"sort"

	"synoptic/article"
)

// standing is a phrase that tells for which day counts stand: "as of Tuesday",
// "by late Tuesday".
type standing struct {
	date  article.Date
	verb  int  // the token that the phrase hangs from
	by    bool // "by", which dates only what has come about
	opens bool // it opens its sentence
}

// asOfs gives the sentence's figures the day for which they are said to stand:
// where one phrase with such a day hangs from the verb that the figure is the
// subject or the object of, or from the figure itself. Where two do, it is not
// told which figure is whose.
func (f *finder) asOfs() {
	if len(f.out) == f.from || !f.parsed() {
		return
	}
	f.standings = f.standings[:0]
	for _, m := range f.moments {
		if m.Start >= f.s.End {
			break
		}
		if s, ok := f.standing(m); ok {
			f.standings = append(f.standings, s)
		}
	}
	if len(f.standings) == 0 {
		return
	}
	t := f.s.First
	for i := f.from; i < len(f.out); i++ {
		fig := &f.out[i]
		for t < f.s.Last && f.n.Tokens[t].End <= fig.Start {
			t++
		}
		top := f.topOf(t, fig)
		if top < 0 {
			continue
		}
		several := false
		for _, s := range f.standings {
			if !f.dates(s, top, fig) {
				continue
			}
			several = several || fig.AsOf.Known()
			fig.AsOf = s.date
		}
		if several {
			fig.AsOf = article.Date{}
		}
	}
}

// standing reads the words before a moment: "as of" or "by", and what may stand
// between ("late", "the end of", "6 p.m. on").
func (f *finder) standing(m article.Moment) (s standing, ok bool) {
	if !m.Date.Known() {
		return s, false
	}
	tokens := f.n.Tokens
	first := f.s.First + sort.Search(f.s.Last-f.s.First, func(i int) bool { return tokens[f.s.First+i].End > m.Start })
	at := first - 1
	for at >= f.s.First && at > first-maxBetween && (between(tokens[at].Lemma) || tokens[at].Lemma == "of" && at > f.s.First && tokens[at-1].Lemma == "end" || f.hour(tokens[at])) {
		at--
	}
	switch {
	case at >= f.s.First && tokens[at].Lemma == "by":
		s.by = true
	case at > f.s.First && tokens[at].Lemma == "of" && tokens[at-1].Lemma == "as":
		at--
	default:
		return s, false
	}
	s.date, s.opens = m.Date, at == f.s.First
	last := first
	for last < f.s.Last && tokens[last].Start < m.End {
		last++
	}
	s.verb = first
	for step := 0; s.verb >= at && s.verb < last && step < maxClimb; step++ {
		s.verb = f.n.Arcs[s.verb].Head
	}
	return s, s.verb >= 0 && (s.verb < at || s.verb >= last)
}

// maxBetween is how many words may stand between "by" and the day.
const maxBetween = 6

// between reports whether a word may stand between "by" and a day.
func between(lemma string) bool {
	switch lemma {
	case "late", "early", "mid", "the", "end", "on", "about", "around":
		return true
	}
	return false
}

// hour reports whether a token belongs to another moment of the sentence.
func (f *finder) hour(t article.Token) bool {
	for _, m := range f.moments {
		if m.Start >= t.End {
			break
		}
		if m.Contains(t.Span) {
			return true
		}
	}
	return false
}

// dates reports whether a phrase tells for which day a figure stands that hangs
// from the parse by its token top.
func (f *finder) dates(s standing, top int, fig *article.Figure) bool {
	clause := -1 // the verb that the figure is the subject or object of
	for at, step := top, 0; step < maxClimb; step++ {
		if at == s.verb {
			if clause < 0 {
				clause = at
			}
			return !s.by || fig.Factuality == article.Stated && f.done(clause)
		}
		head := f.n.Arcs[at].Head
		if head < 0 {
			return false
		}
		switch f.n.Arcs[at].Rel {
		case article.Nummod, article.Conj, article.Compound:
		case article.Nmod:
			if !f.by(at, "of") { // "the deaths of 40 people"
				return false
			}
		case article.Nsubj, article.NsubjPass, article.Obj:
			clause = head
		case article.Obl:
			if !(f.by(at, "to") && f.tracks(head, "to")) && !(f.by(at, "at") && f.tracks(head, "at")) {
				return false
			}
			clause = head
		case article.Ccomp: // "By Tuesday, police said that 40 had been found."
			if !s.opens {
				return false
			}
		default:
			return false
		}
		at = head
	}
	return false
}

// done reports whether a verb tells what has come about: it is in the past or
// perfect, and nothing makes it one that was still to come.
func (f *finder) done(verb int) bool {
	if f.n.Tokens[verb].Lemma == "due" {
		return false
	}
	past := f.n.Tokens[verb].XTag == "VBD"
	for i := max(f.s.First, verb-maxLook); i < min(f.s.Last, verb+maxLook); i++ {
		if f.n.Arcs[i].Head != verb {
			continue
		}
		switch f.n.Arcs[i].Rel {
		case article.Aux, article.AuxPass, article.Cop:
			if f.n.Tokens[i].XTag == "MD" {
				return false
			}
			past = past || f.n.Tokens[i].XTag == "VBD" || f.n.Tokens[i].Lemma == "have"
		case article.Mark:
			if f.n.Tokens[i].XTag == "TO" {
				return false
			}
		}
	}
	return past
}
