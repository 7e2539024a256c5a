package figure

import "synoptic/article"

// maxClimb and maxLook bound how far up the parse and how far to both sides of
// a head words are looked at.
const (
	maxClimb = 16
	maxLook  = 40
)

// factualities reads off the parse whether what the sentence's figures count
// has come about.
func (f *finder) factualities() {
	if !f.parsed() {
		return
	}
	t := f.s.First
	for i := f.from; i < len(f.out); i++ {
		fig := &f.out[i]
		for t < f.s.Last && f.n.Tokens[t].End <= fig.Start {
			t++
		}
		if top := f.topOf(t, fig); top >= 0 {
			fig.Factuality = f.factuality(top, fig)
		}
	}
}

// parsed reports whether the passes before have left what is read off the parse.
func (f *finder) parsed() bool {
	return f.english && f.n.Layers.Has(article.Arcs|article.Lemmas|article.Tags)
}

// topOf is the token of a figure, from the token t on, whose head lies outside
// of it; -1 where it has none.
func (f *finder) topOf(t int, fig *article.Figure) int {
	for ; t < f.s.Last && f.n.Tokens[t].Start < fig.End; t++ {
		if head := f.n.Arcs[t].Head; head < 0 || !fig.Contains(f.n.Tokens[head].Span) {
			return t
		}
	}
	return -1
}

// factuality climbs from a figure's top word to the root of its sentence. The
// lowest word that tells decides: a negation, an auxiliary, a verb or noun of
// demand or plan that the figure is an object of, a condition. What stands
// above a clause that is told or that modifies another says nothing of it.
func (f *finder) factuality(top int, fig *article.Figure) article.Factuality {
	apart := false // at is joined to a clause that has a subject of its own
	for at, step := top, 0; step < maxClimb; step++ {
		head, rel := f.n.Arcs[at].Head, f.n.Arcs[at].Rel
		m := f.marks(at)
		switch {
		case apart:
			apart = false
		case m.denied:
			return article.Denied
		case m.mood != "":
			return m.mood
		case m.condition && rel == article.Advcl:
			return article.Possible
		}
		if head < 0 {
			break
		}
		switch rel {
		case article.Advcl, article.AclRelcl, article.Appos:
			return article.Stated
		case article.Conj:
			apart = f.subject(at)
		default:
			if x := f.wish(at, head, rel, fig); x != "" {
				if f.marks(head).denied {
					return article.Denied
				}
				return x
			}
		}
		switch rel {
		case article.Ccomp, article.Csubj, article.Parataxis:
			return article.Stated
		}
		at = head
	}
	return article.Stated
}

// markers are what the words that hang from a head say of it.
type markers struct {
	denied    bool
	condition bool
	mood      article.Factuality
}

func (f *finder) marks(head int) (m markers) {
	for i := max(f.s.First, head-maxLook); i < min(f.s.Last, head+maxLook); i++ {
		if f.n.Arcs[i].Head != head {
			continue
		}
		switch t := &f.n.Tokens[i]; f.n.Arcs[i].Rel {
		case article.Aux, article.AuxPass:
			switch t.Lemma {
			case "will", "would", "shall", "'ll", "wo", "'d":
				if m.mood == "" {
					m.mood = article.Planned
				}
			case "could", "may", "might", "can":
				m.mood = article.Possible
			case "must", "should":
				m.mood = article.Demanded
			}
		case article.Advmod, article.Det, article.Cc:
			switch t.Lemma {
			case "not", "never", "n't", "neither":
				m.denied = m.denied || !f.bounding(i+1)
			}
		case article.Mark:
			switch t.Lemma {
			case "if", "unless":
				m.condition = true
			}
		}
	}
	return m
}

// bounding reports whether the word makes a bound of a "not" before it: "not
// only 5", "not fewer than 5".
func (f *finder) bounding(word int) bool {
	if word >= f.s.Last {
		return false
	}
	switch f.n.Tokens[word].Lemma {
	case "only", "just", "even", "less", "few", "more", "much", "many":
		return true
	}
	return false
}

// subject reports whether a verb has a subject of its own.
func (f *finder) subject(verb int) bool {
	for i := max(f.s.First, verb-maxLook); i < min(f.s.Last, verb+maxLook); i++ {
		if f.n.Arcs[i].Head == verb {
			switch f.n.Arcs[i].Rel {
			case article.Nsubj, article.NsubjPass, article.Csubj, article.Expl:
				return true
			}
		}
	}
	return false
}

// wish is what a head that demands, plans or denies says of the word at, which
// hangs from it by rel; "" where it says nothing.
func (f *finder) wish(at, head int, rel article.Rel, fig *article.Figure) article.Factuality {
	lemma := f.n.Tokens[head].Lemma
	switch f.n.Tokens[head].Tag {
	case article.VERB:
		switch rel {
		case article.Obj, article.Iobj, article.Xcomp, article.Ccomp, article.NsubjPass:
			return wished(lemma, rel)
		case article.Obl:
			if fig.Norm.Unit != day && f.by(at, "for") {
				return sought(lemma)
			}
		}
	case article.NOUN:
		switch rel {
		case article.Nmod, article.Acl, article.Compound, article.Amod, article.Nummod:
			return meant(lemma)
		}
	}
	return ""
}

// by reports whether a word has the preposition p.
func (f *finder) by(word int, p string) bool {
	for i := max(f.s.First, word-maxLook); i < word; i++ {
		if f.n.Arcs[i].Head == word && f.n.Arcs[i].Rel == article.Case && f.n.Tokens[i].Lemma == p {
			return true
		}
	}
	return false
}

// wished is what a verb says of its object or its complement.
func wished(lemma string, rel article.Rel) article.Factuality {
	switch lemma {
	case "want", "demand", "ask", "urge", "request", "require", "seek", "insist", "order", "instruct", "call", "need", "press", "recommend":
		return article.Demanded
	case "plan", "intend", "aim", "propose", "offer", "hope", "pledge", "promise", "vow", "expect", "threaten", "schedule", "prepare", "mean", "agree", "bid":
		return article.Planned
	case "refuse", "decline", "fail":
		if rel == article.Xcomp {
			return article.Denied
		}
	case "deny", "dispute", "disprove", "refute":
		return article.Denied
	}
	return ""
}

// sought is what a verb says of what it is "for".
func sought(lemma string) article.Factuality {
	switch lemma {
	case "ask", "call", "appeal", "push", "press", "plead", "beg", "apply", "lobby":
		return article.Demanded
	case "hope", "plan", "aim", "prepare":
		return article.Planned
	}
	return ""
}

// meant is what a noun says of what it is of or for.
func meant(lemma string) article.Factuality {
	switch lemma {
	case "demand", "request", "call", "appeal", "ultimatum":
		return article.Demanded
	case "plan", "proposal", "offer", "goal", "target", "pledge", "promise", "intention", "threat", "bid", "forecast":
		return article.Planned
	case "denial":
		return article.Denied
	}
	return ""
}
