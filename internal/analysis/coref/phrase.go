package coref

import (
	"strings"
	"unicode/utf8"

	"synoptic/article"
)

// phrase is a noun phrase, or a pronoun.
type phrase struct {
	head        int32 // its head token
	first, last int32 // its tokens, without what only adds to it: relative clauses, appositions, the rest of a list
	title       int32 // the end of a title before a name, first where there is none
	sentence    int32
	mention     int32 // the name that it is, -1 for none
	entity      int32 // -1 while not known
	verb        int32 // the token that it depends on, past coordination and apposition; -1 for none
	quote       int32 // the quotation that it is in, 0 for none
	role        role
	form        formOf
	class       class
	number      number
	gender      gender
	joined      bool // the first of "A and B"
	mine        bool // "my mother": whose, depends on who speaks
	lead        bool // the first of its sentence that is not within another
}

// role is a phrase's place in its clause.
type role uint8

const (
	other role = iota
	subject
	object
	oblique
	possessor
	within    // a modifier of another noun
	predicate // "she is [a lawyer]"
)

// formOf is how a phrase begins.
type formOf uint8

const (
	bare formOf = iota
	name
	definite   // "the", "this"
	indefinite // "a", "some"
	owned      // "his", "Ilmar's"
	pronoun
)

// collect makes phrases of the sentence's nouns and pronouns.
func (r *resolver) collect(s int32) {
	n := r.analysis
	from := len(r.phrases)
	for t := int32(n.Sentences[s].First); t < int32(n.Sentences[s].Last); t++ {
		tag := n.Tokens[t].Tag
		m := r.named[t]
		switch {
		case m >= 0:
			if t != r.tops[m] {
				continue
			}
			if h := r.titled(t, m); h >= 0 {
				p := &r.phrases[r.at[h]]
				if p.mention < 0 {
					p.mention, p.form, p.title = m, name, h+1
					p.last = max(p.last, int32(n.Mentions[m].Last))
					r.at[t] = r.at[h]
					continue
				}
			}
		case tag == article.PRON:
			if _, ok := r.pronounOf(t); !ok {
				continue
			}
		case tag != article.NOUN && tag != article.PROPN:
			continue
		default:
			if addresses[r.lower(t)] && t+1 < int32(len(r.named)) && r.named[t+1] >= 0 {
				continue
			}
			switch r.tree.rel(t) {
			case article.Nmod:
				if h := r.tree.head(t); h > t && r.named[h] >= 0 && r.tree.find(t, article.Case) < 0 {
					continue // a title
				}
			case article.Compound, article.Flat, article.Fixed, article.Goeswith, article.Case, article.Mark, article.Cc, article.Advmod, article.Amod:
				continue
			}
		}
		r.at[t] = int32(len(r.phrases))
		r.phrases = append(r.phrases, r.phrase(t, s, m))
	}
	for i := from; i < len(r.phrases); i++ {
		if p := &r.phrases[i]; p.role == subject || p.role == object || p.role == oblique {
			p.lead = true
			break
		}
	}
}

// titled is the noun before the name m, whose top is t, that stands as its title
// and heads a phrase: "Prime [Minister] Ana Prado". -1 for none. A parser is not
// to be trusted alone here; what has no article and names an office is a title
// whatever the arcs say.
func (r *resolver) titled(t, m int32) int32 {
	mention := &r.analysis.Mentions[m]
	h := int32(mention.First) - 1
	if h < 0 || r.at[h] < 0 || r.named[h] >= 0 {
		return -1
	}
	if addresses[r.lower(h)] {
		return -1
	}
	tok := &r.analysis.Tokens[h]
	if tok.Tag != article.NOUN && tok.Tag != article.PROPN || tok.XTag == "NNS" {
		return -1
	}
	c := nouns()[r.lemma(h)]
	if r.tree.head(t) == h && titular(mention.Kind, c) {
		switch r.tree.rel(t) {
		case article.Flat, article.Compound, article.Appos:
			return h
		}
	}
	if mention.Kind == article.Person && c&human != 0 && r.phrases[r.at[h]].form == bare {
		return h
	}
	return -1
}

// titular reports whether a noun of class c can stand right before a name of the
// kind as what it is: "envoy Ana Prado", "the company Hartwell".
func titular(kind article.MentionKind, c class) bool {
	switch kind {
	case article.Person:
		return c&human != 0
	case article.Group:
		return c&(body|company|crowd) != 0
	case article.Location:
		return c&(country|settlement) != 0
	}
	return false
}

// phrase is the phrase with the head t.
func (r *resolver) phrase(t, s, m int32) phrase {
	n := r.analysis
	p := phrase{head: t, first: t, last: t + 1, sentence: s, mention: m, entity: -1, quote: r.marks[t]}
	if m >= 0 {
		p.first, p.last, p.form = int32(n.Mentions[m].First), int32(n.Mentions[m].Last), name
	}
	if n.Tokens[t].Tag == article.PRON && m < 0 {
		p.form = pronoun
		pro, _ := r.pronounOf(t)
		p.gender, p.number = pro.gender, pro.number
	} else {
		r.extend(&p)
		r.describeHead(&p)
	}
	for p.first < p.head && r.analysis.Tokens[p.first].Tag == article.PUNCT {
		p.first++
	}
	p.title = p.first
	if m >= 0 {
		p.title = r.titleBefore(&p)
		p.first = min(p.first, int32(n.Mentions[m].First))
	}
	p.verb, p.role = r.place(t)
	return p
}

// extend widens p to its articles, adjectives and complements.
func (r *resolver) extend(p *phrase) {
	p.first = min(p.first, r.opening(p.head, 3))
	for c := r.tree.child[p.head]; c >= 0; c = r.tree.next[c] {
		if c < p.head {
			continue
		}
		if c < p.last {
			if r.tree.rel(c) == article.Conj {
				p.joined = true
			}
			continue
		}
		switch r.tree.rel(c) {
		case article.Flat, article.Compound, article.Nmod, article.Nummod, article.Goeswith, article.Fixed, article.NmodUnmarked:
			if r.leftmost(c, 6) == p.last {
				p.last = r.rightmost(c, 3)
			}
		case article.Case: // the possessive 's
		case article.Conj:
			p.joined = true
			return
		default:
			return
		}
	}
}

// opening is the first token of the noun phrase with the head t, down to a depth.
func (r *resolver) opening(t int32, depth int) int32 {
	first := t
	for c := r.tree.child[t]; c >= 0 && c < t; c = r.tree.next[c] {
		switch r.tree.rel(c) {
		case article.Nmod: // a title
			if r.tree.find(c, article.Case) >= 0 {
				continue
			}
			fallthrough
		case article.Compound, article.NmodPoss, article.NmodUnmarked, article.Flat:
			if depth > 0 {
				first = min(first, r.opening(c, depth-1))
			}
		case article.Det, article.DetPredet, article.Amod, article.Nummod:
			first = min(first, r.leftmost(c, 6))
		}
	}
	return first
}

// leftmost is the first token of what depends on t, down to a depth.
func (r *resolver) leftmost(t int32, depth int) int32 {
	if c := r.tree.child[t]; depth > 0 && c >= 0 && c < t {
		return min(t, r.leftmost(c, depth-1))
	}
	return t
}

// rightmost is the end of the phrase with the head t, down to a depth.
func (r *resolver) rightmost(t int32, depth int) int32 {
	last := t + 1
	if m := r.named[t]; m >= 0 {
		last = int32(r.analysis.Mentions[m].Last)
	}
	for c := r.tree.child[t]; c >= 0; c = r.tree.next[c] {
		if c < last {
			continue
		}
		switch r.tree.rel(c) {
		case article.Flat, article.Compound, article.Nmod, article.Nummod, article.Goeswith, article.Fixed, article.NmodUnmarked, article.Case:
			if depth == 0 || r.leftmost(c, 6) != last {
				return last
			}
			last = r.rightmost(c, depth-1)
		default:
			return last
		}
	}
	return last
}

// describeHead says what the noun at p's head tells of what p stands for.
func (r *resolver) describeHead(p *phrase) {
	n := r.analysis
	tok := &n.Tokens[p.head]
	p.class = nouns()[r.lemma(p.head)]
	if p.class&male != 0 {
		p.gender = masculine
	} else if p.class&female != 0 {
		p.gender = feminine
	}
	if tok.XTag == "NNS" || tok.XTag == "NNPS" || r.lemma(p.head) == "people" {
		p.number = plural
	}
	if p.mention >= 0 {
		return
	}
	for c := r.tree.child[p.head]; c >= 0 && p.form == bare; c = r.tree.next[c] {
		switch r.tree.rel(c) {
		case article.NmodPoss:
			p.form = owned
			switch r.lower(c) {
			case "my", "our", "your":
				p.mine = true
			}
		case article.Det:
			switch r.lower(c) {
			case "the", "this", "these", "that", "those":
				p.form = definite
			case "which", "what", "no", "any", "every", "each", "either", "neither":
				p.form, p.class = indefinite, 0 // nobody in particular
			default:
				p.form = indefinite
			}
		}
	}
	// "Special Envoy Rowe", where nobody found the name.
	if c := p.head - 1; tok.Tag == article.PROPN && p.class == 0 && c >= 0 && r.named[c] < 0 && r.tree.head(c) == p.head && nouns()[r.lemma(c)]&human != 0 {
		p.class = human
	}
	// Whoever "who" can be said of is a person.
	if c := r.tree.find(p.head, article.AclRelcl, article.Acl); c > p.head && p.class == 0 && tok.Tag == article.NOUN {
		for t := p.head + 1; t < c && t < p.head+5; t++ {
			if w := r.lower(t); w == "who" || w == "whom" {
				p.class = human
			}
		}
	}
}

// above is the phrase that token t depends on, -1 for none.
func (r *resolver) above(t int32) int32 {
	if h := r.tree.head(t); h >= 0 {
		return r.at[h]
	}
	return -1
}

// place is the token that t depends on and the role in which it does, past
// coordination and apposition.
func (r *resolver) place(t int32) (verb int32, in role) {
	for range 8 {
		rel := r.tree.rel(t)
		if r.tree.head(t) < 0 || rel != article.Conj && rel != article.Appos && rel != article.Flat && rel != article.Compound {
			break
		}
		if rel == article.Compound {
			return r.tree.head(t), within
		}
		if h := r.tree.head(t); r.noun(h) {
			t = h
			continue
		}
		break
	}
	verb = r.tree.head(t)
	switch r.tree.rel(t) {
	case article.Nsubj, article.NsubjPass, article.Csubj:
		return verb, subject
	case article.Obj, article.Iobj:
		return verb, object
	case article.Obl, article.OblAgent, article.OblUnmarked:
		return verb, oblique
	case article.NmodPoss:
		return verb, possessor
	case article.Nmod, article.Amod, article.NmodUnmarked:
		return verb, within
	}
	if r.tree.find(t, article.Cop) >= 0 {
		return verb, predicate
	}
	return verb, other
}

func (r *resolver) noun(t int32) bool {
	tag := r.analysis.Tokens[t].Tag
	return tag == article.NOUN || tag == article.PROPN || tag == article.PRON
}

// titleBefore is the end of the title that stands before p's name, p.first where
// there is none; p is headed by a token of the name.
func (r *resolver) titleBefore(p *phrase) int32 {
	n := r.analysis
	m := &n.Mentions[p.mention]
	first := int32(m.First)
	if p.first >= first || r.named[first-1] >= 0 {
		return p.first
	}
	before := &n.Tokens[first-1]
	if before.Tag != article.NOUN && before.Tag != article.PROPN || before.XTag == "NNS" || r.tree.find(p.head, article.NmodPoss) == first-1 {
		return p.first
	}
	if !addresses[r.lower(first-1)] && titular(m.Kind, nouns()[r.lemma(first-1)]) {
		return first
	}
	return p.first
}

// lemma is that of token t in lower case, as the tables write it.
func (r *resolver) lemma(t int32) string {
	if r.lemmas[t] == "" {
		if r.lemmas[t] = lower(r.analysis.Tokens[t].Lemma); r.lemmas[t] == "" {
			r.lemmas[t] = r.lower(t)
		}
	}
	return r.lemmas[t]
}

func (r *resolver) lower(t int32) string {
	if r.lowers[t] == "" {
		r.lowers[t] = lower(r.word(t))
	}
	return r.lowers[t]
}

// lower is s in lower case; it allocates only where s has capitals.
func lower(s string) string {
	for i := 0; i < len(s); i++ {
		if c := s[i]; 'A' <= c && c <= 'Z' || c >= utf8.RuneSelf {
			return strings.ToLower(s)
		}
	}
	return s
}

// word is the letters of token t.
func (r *resolver) word(t int32) string { return r.analysis.Tokens[t].Of(r.article.Text) }

// proper reports whether token t is of a name.
func (r *resolver) proper(t int32) bool {
	return r.named[t] >= 0 || r.analysis.Tokens[t].Tag == article.PROPN
}
