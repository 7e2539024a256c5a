package coref

import (
	"synoptic/article"
	"synoptic/internal/model/word"
)

// described is a description of an entity: a title, an apposition, a predicate,
// a phrase that stands for it, or the words of its name that say what it is.
type described struct {
	phrase      int32
	head        int32 // the noun
	first, last int32 // its tokens
}

// remember notes that the tokens from first to last, around the noun head,
// describe the entity of phrase i.
func (r *resolver) remember(i, head, first, last int32) {
	r.put(headKey(r.lemma(head)), int32(len(r.heads)))
	r.heads = append(r.heads, described{i, head, first, last})
	e := &r.entities[r.phrases[i].entity]
	c := nouns()[r.lemma(head)]
	if e.kind == article.Person {
		c &= human | male | female | vague
	}
	e.class |= c
	if e.gender == open && c&human != 0 {
		if c&male != 0 {
			e.gender = masculine
		} else if c&female != 0 {
			e.gender = feminine
		}
	}
}

func headKey(lemma string) uint32 { return word.Of(lemma).Norm ^ keyOfHead }

// apposed ties the phrases of a sentence, from phrase i on, to the names that
// they stand in apposition to: "Ana Prado, the mayor of Ilmar", "the mayor, Ana
// Prado,".
func (r *resolver) apposed(from int) {
	for i := from; i < len(r.phrases); i++ {
		b := &r.phrases[i]
		if r.tree.rel(b.head) != article.Appos {
			continue
		}
		h := r.above(b.head)
		if h < int32(from) || h == int32(i) {
			continue
		}
		a := &r.phrases[h]
		switch {
		case a.entity >= 0 && b.entity < 0 && b.mention < 0 && r.suits(a, b):
			b.entity = a.entity
			r.remember(int32(i), b.head, b.first, b.last)
		case b.entity >= 0 && a.entity < 0 && a.mention < 0 && a.form != pronoun && r.suits(b, a):
			a.entity = b.entity
			r.remember(h, a.head, a.first, a.last)
		}
	}
}

// suits reports whether d can describe what the phrase p names.
func (r *resolver) suits(p, d *phrase) bool {
	if p.joined || d.joined || d.number == plural || d.form == pronoun || p.number == plural {
		return false
	}
	e := &r.entities[p.entity]
	switch e.kind {
	case article.Person:
		return d.class&human != 0 && agree(e.gender, d.gender) && !(e.name < 0 && p.form == definite && d.form == definite) && !r.othersName(d)
	case article.Group:
		return d.class&(body|company|crowd) != 0
	case article.Location:
		return d.class&(country|settlement) != 0 || d.class == 0 && kindWords[r.lemma(d.head)]
	}
	return false
}

// othersName reports whether a person who is not said to be another's is named
// in the phrase d, so that it cannot describe somebody else: "deputy head Tom
// Ansel", but not "the aide to Tom Ansel".
func (r *resolver) othersName(d *phrase) bool {
	for t := d.first; t < d.last; t++ {
		m := r.named[t]
		if m < 0 || r.tops[m] != t || r.analysis.Mentions[m].Kind != article.Person {
			continue
		}
		if rel := r.tree.rel(t); rel != article.NmodPoss && (rel != article.Nmod || r.tree.find(t, article.Case) < 0) {
			return true
		}
	}
	return false
}

// describe ties phrase i, which no name is part of, to an entity: that of which
// it is said, the one that it describes again, or one of its own.
func (r *resolver) describe(i int32) {
	p := &r.phrases[i]
	if p.mention >= 0 {
		return // a name that could be several's
	}
	p.entity = r.saidOf(p)
	if p.entity < 0 {
		p.entity = r.again(p)
	}
	if p.entity < 0 {
		p.entity = int32(len(r.entities))
		e := entity{class: p.class, gender: p.gender, number: p.number, name: -1, first: i, public: -1}
		e.proper = p.class == 0 && p.number == singular && p.form == bare && r.proper(p.head) && (p.role == subject || p.role == possessor)
		switch {
		case p.class&human != 0 && p.number == singular:
			e.kind = article.Person
		case p.class&human != 0, p.class&(body|company|crowd) != 0:
			e.kind = article.Group
		}
		r.entities = append(r.entities, e)
	}
	r.remember(i, p.head, p.first, p.last)
}

// saidOf is the entity of the subject of which p is the predicate, or to which
// it is in apposition; -1 for none.
func (r *resolver) saidOf(p *phrase) int32 {
	if r.tree.rel(p.head) == article.Appos {
		if h := r.above(p.head); h >= 0 && r.phrases[h].entity >= 0 && r.phrases[h].form != pronoun && r.suits(&r.phrases[h], p) {
			return r.phrases[h].entity
		}
		return -1
	}
	if p.role != predicate {
		return -1
	}
	n := r.analysis
	for c := r.tree.child[p.head]; c >= 0; c = r.tree.next[c] {
		switch r.tree.rel(c) {
		case article.Case, article.Mark:
			if c < p.head {
				return -1
			}
		case article.Aux:
			if modal[r.lower(c)] {
				return -1
			}
		case article.Advmod:
			switch r.lower(c) {
			case "not", "n't", "never", "no", "hardly":
				return -1
			}
		case article.Cop:
			if r.lemma(c) != "be" {
				return -1
			}
		}
	}
	if last := n.Sentences[p.sentence].Last - 1; r.word(int32(last)) == "?" {
		return -1
	}
	s := r.tree.find(p.head, article.Nsubj)
	if s < 0 || s > p.head || r.at[s] < 0 {
		return -1
	}
	who := &r.phrases[r.at[s]]
	if who.entity < 0 || !r.suits(who, p) {
		return -1
	}
	return who.entity
}

// longestPhrase is how many words a description has at most that another is
// compared to.
const longestPhrase = 16

// again is the entity that p describes once more, -1 where none or more than one
// can be meant.
func (r *resolver) again(p *phrase) int32 {
	if p.form != definite && p.form != owned || p.last-p.first > longestPhrase || r.apart(p) {
		return -1
	}
	reach := int32(12)
	switch {
	case p.class&vague != 0:
		reach = 4
	case p.class&human == 0:
		reach = 6
	}
	best := choice{entity: -1}
	loose := choice{entity: -1}
	for k, at := r.chain(headKey(r.lemma(p.head))), 0; k >= 0 && at < longestChain; k, at = r.entries[k].next, at+1 {
		d := &r.heads[r.entries[k].value]
		q := &r.phrases[d.phrase]
		e := &r.entities[q.entity]
		if d.last-d.first > longestPhrase || r.lemma(d.head) != r.lemma(p.head) || p.number != e.number {
			continue
		}
		if e.name < 0 && p.sentence-r.phrases[e.last].sentence > reach {
			continue
		}
		if !agree(e.gender, p.gender) || !r.sameOwner(p, d) {
			continue
		}
		switch r.compare(p, d, e) {
		case 2:
			best.add(q.entity)
		case 1:
			loose.add(q.entity)
		}
	}
	switch {
	case best.entity >= 0 && !best.many:
		return best.entity
	case best.entity < 0 && loose.entity >= 0 && !loose.many:
		return loose.entity
	case best.entity >= 0 || loose.entity >= 0:
		return -1
	}
	return r.only(p)
}

// owner is the entity whose thing or relation the noun t is said to be; -1 where
// no possessive says so or where it stays open.
func (r *resolver) owner(t int32) int32 {
	if c := r.tree.find(t, article.NmodPoss); c >= 0 && r.at[c] >= 0 {
		return r.phrases[r.at[c]].entity
	}
	return -1
}

// sameOwner reports whether p may repeat d by their possessives: a pronoun in
// either must stand for the owner in the other.
func (r *resolver) sameOwner(p *phrase, d *described) bool {
	a, b := r.tree.find(p.head, article.NmodPoss), r.tree.find(d.head, article.NmodPoss)
	pronominal := func(t int32) bool { return t >= 0 && r.analysis.Tokens[t].Tag == article.PRON }
	if !pronominal(a) && !pronominal(b) {
		return true
	}
	x := r.owner(p.head)
	return x >= 0 && x == r.owner(d.head)
}

// apart reports whether p says itself that it is not one spoken of before, or is
// made definite by what comes behind it.
func (r *resolver) apart(p *phrase) bool {
	for c := r.tree.child[p.head]; c >= 0; c = r.tree.next[c] {
		switch r.tree.rel(c) {
		case article.AclRelcl, article.Acl, article.Conj, article.Nummod, article.Appos:
			return true
		case article.NmodPoss:
			if r.analysis.Tokens[c].Tag == article.PRON && r.owner(p.head) < 0 {
				return true
			}
		}
		if c < p.head && parting[r.lower(c)] {
			return true
		}
	}
	return false
}

// compare says how well p repeats the description d of e: 2 where all that it
// adds to its noun is part of d or of e's name, 1 where it adds something else
// that need not speak against it, 0 where it cannot be meant.
func (r *resolver) compare(p *phrase, d *described, e *entity) int {
	fit := 2
	for t := p.first; t < p.last; t++ {
		if t == p.head || !r.content(t) || r.tree.rel(t) == article.NmodPoss && r.tree.head(t) == p.head && r.owner(p.head) >= 0 && r.owner(p.head) == r.owner(d.head) {
			continue
		}
		if r.has(d.first, d.last, t) || e.name >= 0 && r.has(int32(r.analysis.Mentions[r.forms[e.name].mention].First), int32(r.analysis.Mentions[r.forms[e.name].mention].Last), t) {
			continue
		}
		if e.name < 0 || e.kind != article.Person || t > p.head || !r.proper(t) {
			return 0
		}
		fit = 1
	}
	for t := d.first; t < d.last; t++ {
		if fit == 1 && t != d.head && r.content(t) && r.proper(t) {
			return 0 // each has something that the other lacks
		}
	}
	// "the minister" is not "the deputy minister" of before.
	for t := d.first; t < d.head; t++ {
		if parting[r.lower(t)] && !r.has(p.first, p.last, t) && r.named[t] < 0 {
			return 0
		}
	}
	return fit
}

// content reports whether token t tells one thing from another.
func (r *resolver) content(t int32) bool {
	switch r.analysis.Tokens[t].Tag {
	case article.NOUN, article.PROPN, article.ADJ, article.NUM, article.VERB:
		return true
	}
	return false
}

// has reports whether the lemma of token t is among those of first to last.
func (r *resolver) has(first, last, t int32) bool {
	for i := first; i < last; i++ {
		if r.lemma(i) == r.lemma(t) {
			return true
		}
	}
	return false
}

// only is the one entity of the article so far that p can mean by its class:
// "the company" where one company was named.
func (r *resolver) only(p *phrase) int32 {
	if p.last-p.first > 2 || p.number == plural || p.class&(company|country|settlement) == 0 || p.class&human != 0 {
		return -1
	}
	c := choice{entity: -1}
	for at := len(r.forms) - 1; at >= 0 && at >= len(r.forms)-64; at-- {
		f := &r.forms[at]
		e := &r.entities[f.entity]
		switch {
		case p.class&company != 0 && e.kind == article.Group:
		case p.class&country != 0 && p.class&body == 0 && e.country:
		case p.class&settlement != 0 && e.kind == article.Location && !e.country:
		default:
			continue
		}
		c.add(f.entity)
	}
	if c.many || c.entity < 0 || p.sentence-r.phrases[r.entities[c.entity].last].sentence > 3 {
		return -1
	}
	return c.entity
}
