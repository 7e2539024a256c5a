package coref

import (
	"cmp"
	"slices"
	"unicode"
	"unicode/utf8"

	"synoptic/article"
	"synoptic/internal/model/gazetteer"
	"synoptic/internal/model/given"
	"synoptic/internal/model/word"
)

// form is one way in which an entity's name is written.
type form struct {
	text    string
	name    article.Name
	kind    article.MentionKind
	entity  int32
	mention int32 // the first mention that is written so
}

// Keys of the index are hashes; these keep those of different questions apart.
const (
	keyOfName   uint32 = 0x9e3779b9
	keyOfText   uint32 = 0x85ebca6b
	keyOfGiven  uint32 = 0xc2b2ae35
	keyOfHead   uint32 = 0x27d4eb2f
	keyOfFamily uint32 = 0x165667b1
)

// longestChain is how many entries of one key are looked at, the last first.
const longestChain = 24

// choice is what a search for an entity comes to.
type choice struct {
	entity int32 // -1 for none
	many   bool  // several fit
}

func (c *choice) add(e int32) {
	switch {
	case c.entity < 0:
		c.entity = e
	case c.entity != e:
		c.many = true
	}
}

// name ties the named phrase i to its entity, a new one where none has such a
// name, and none where several could be meant.
func (r *resolver) name(i int32) {
	p := &r.phrases[i]
	m := &r.analysis.Mentions[p.mention]
	f := form{text: m.Of(r.article.Text), kind: m.Kind, entity: -1, mention: p.mention}
	f.name = article.NewName(m.Kind, f.text)
	sex := r.bearer(p, &f)
	c, known := r.known(&f, sex)
	if c.many {
		return
	}
	if c.entity < 0 {
		c.entity = r.abbreviated(p, &f)
	}
	if c.entity < 0 {
		c.entity = int32(len(r.entities))
		e := entity{kind: m.Kind, name: -1, first: i, public: -1, number: p.number}
		switch m.Kind {
		case article.Person:
			e.class, e.number = human, singular
		case article.People:
			e.number = plural
		case article.Group:
			e.number = singular
		case article.Location:
			e.country = r.isCountry(m)
		}
		r.entities = append(r.entities, e)
	}
	e := &r.entities[c.entity]
	if e.gender == open {
		e.gender = sex
	}
	p.entity = c.entity
	if !known {
		r.written(f, c.entity)
	}
	if t := r.ranked(&f); t > int32(m.First) {
		p.title = t
	}
	if p.title > p.first {
		r.remember(i, p.title-1, p.first, p.title)
	}
	if t := r.kindWord(m); t >= 0 {
		r.remember(i, t, int32(m.First), int32(m.Last))
	}
}

// ranked is the end of the title that a person's name has in it: "[Senator Ana
// Prado]". It is the start of the name where there is none.
func (r *resolver) ranked(f *form) int32 {
	n := r.analysis
	m := &n.Mentions[f.mention]
	if f.kind != article.Person {
		return int32(m.First)
	}
	t := m.First
	start, _ := f.name.Bounds()
	for at := m.Start + start; t < m.Last-1 && n.Tokens[t].Start < at; t++ {
		if addresses[r.lower(int32(t))] {
			return int32(m.First)
		}
	}
	return int32(t)
}

// kindWord is the word of a group's or place's name that says what it is:
// "Ministry" of Fisheries, Ferry "Commission". -1 for none.
func (r *resolver) kindWord(m *article.Mention) int32 {
	last := m.Last - 1
	switch m.Kind {
	case article.Group, article.Location:
		for t := m.First + 1; t < m.Last-1; t++ {
			if w := r.lower(int32(t)); w == "of" || w == "for" {
				last = t - 1
				break
			}
		}
	default:
		return -1
	}
	w := r.lower(int32(last))
	if m.Last-m.First > 1 && (kindWords[w] || nouns()[w]&(body|company|country|settlement|crowd) != 0) {
		return int32(last)
	}
	return -1
}

// written notes that e is written as f.
func (r *resolver) written(f form, e int32) {
	f.entity = e
	id := int32(len(r.forms))
	r.forms = append(r.forms, f)
	for _, key := range f.name.Keys() {
		if key != 0 {
			r.put(key^keyOfName, id)
		}
	}
	r.put(textKey(f.text), id)
	if given := f.name.Given(); given != "" {
		r.put(textKey(given)^keyOfGiven, id)
	}
	x := &r.entities[e]
	if x.name < 0 || fuller(&f, &r.forms[x.name]) {
		x.name = id
	}
}

// fuller reports whether a says more than b.
func fuller(a, b *form) bool {
	if a.kind == article.Person {
		if (a.name.Given() == "") != (b.name.Given() == "") {
			return b.name.Given() == ""
		}
	}
	return a.name.Len() > b.name.Len()
}

func textKey(s string) uint32 { return word.Of(s).Cased ^ keyOfText }

// known looks for the entity that f is a name of; written tells whether it has
// been written so before.
func (r *resolver) known(f *form, sex gender) (c choice, written bool) {
	exact := choice{entity: -1}
	for k, at := r.chain(textKey(f.text)), 0; k >= 0 && at < longestChain; k, at = r.entries[k].next, at+1 {
		g := &r.forms[r.entries[k].value]
		if g.text == f.text && sameKinds(f, g) && !apartKinds(f.kind, r.entities[g.entity].kind) && agree(sex, r.entities[g.entity].gender) {
			exact.add(g.entity)
		}
	}
	if exact.entity >= 0 {
		return exact, true
	}
	c = choice{entity: -1}
	keys := f.name.Keys()
	for _, key := range keys {
		if key == 0 {
			continue
		}
		for k, at := r.chain(key^keyOfName), 0; k >= 0 && at < longestChain; k, at = r.entries[k].next, at+1 {
			g := &r.forms[r.entries[k].value]
			e := &r.entities[g.entity]
			if g.kind == f.kind && f.name.Same(&g.name) && agree(sex, e.gender) && f.name.Same(&r.forms[e.name].name) {
				c.add(g.entity)
			}
		}
	}
	if c.entity >= 0 || f.kind != article.Person || f.name.Len() != 1 {
		return c, false
	}
	for k, at := r.chain(textKey(f.text)^keyOfGiven), 0; k >= 0 && at < longestChain; k, at = r.entries[k].next, at+1 {
		if g := &r.forms[r.entries[k].value]; g.name.Given() == f.text {
			c.add(g.entity)
		}
	}
	return c, false
}

// sameKinds reports whether one thing can be given the two kinds under one name.
// A namer errs in kind, but hardly over a person and a place; and a single word
// may be both a founder and the firm.
func sameKinds(f, g *form) bool {
	if f.kind == g.kind {
		return true
	}
	if f.kind == article.People || g.kind == article.People {
		return false
	}
	if f.kind == article.Person || g.kind == article.Person {
		return f.name.Len() > 1 && !apartKinds(f.kind, g.kind)
	}
	return true
}

// apartKinds reports whether one is of a person and the other of a place.
func apartKinds(a, b article.MentionKind) bool {
	return a == article.Person && b == article.Location || a == article.Location && b == article.Person
}

func agree(a, b gender) bool { return a == open || b == open || a == b }

// bearer is the gender that the words before a name and the given name tell.
func (r *resolver) bearer(p *phrase, f *form) gender {
	if f.kind != article.Person {
		return open
	}
	n := r.analysis
	first := n.Mentions[f.mention].First
	for t := first - 1; t >= n.Sentences[p.sentence].First && t >= first-3; t-- {
		if g := titleGender[r.lower(int32(t))]; g != open {
			return g
		}
		if tag := n.Tokens[t].Tag; tag != article.NOUN && tag != article.PROPN {
			break
		}
		if c := nouns()[r.lemma(int32(t))]; c&male != 0 {
			return masculine
		} else if c&female != 0 {
			return feminine
		}
	}
	if g := titleGender[lower(n.Tokens[first].Of(r.article.Text))]; g != open {
		return g
	}
	return given.Of(cmp.Or(f.name.Given(), f.text))
}

// abbreviated is the entity named just before the brackets in which f stands,
// where f can be its acronym: "the Board of Rail Inquiries (BoRI)".
func (r *resolver) abbreviated(p *phrase, f *form) int32 {
	n := r.analysis
	m := &n.Mentions[f.mention]
	open := m.First - 1
	if open <= n.Sentences[p.sentence].First || m.Last >= n.Sentences[p.sentence].Last || r.word(int32(open)) != "(" || r.word(int32(m.Last)) != ")" {
		return -1
	}
	before := r.named[open-1]
	if before < 0 || n.Mentions[before].Kind == article.Person || m.Kind == article.Person {
		return -1
	}
	for k, at := r.chain(textKey(n.Mentions[before].Of(r.article.Text))), 0; k >= 0 && at < longestChain; k, at = r.entries[k].next, at+1 {
		g := &r.forms[r.entries[k].value]
		if g.text == n.Mentions[before].Of(r.article.Text) && acronym(f.text, g.text) {
			return g.entity
		}
	}
	return -1
}

// acronym reports whether the letters of short are capitals for the most part
// and stand in long in this order, the first as its first.
func acronym(short, long string) bool {
	capitals, letters := 0, 0
	rest := long
	for _, c := range short {
		if !unicode.IsLetter(c) {
			continue
		}
		if unicode.IsUpper(c) {
			capitals++
		}
		found := false
		for i, d := range rest {
			if unicode.ToLower(c) == unicode.ToLower(d) {
				rest, found = rest[i+utf8.RuneLen(d):], true
				break
			}
			if letters == 0 && unicode.IsUpper(d) {
				return false
			}
		}
		if !found {
			return false
		}
		letters++
	}
	return letters >= 2 && 2*capitals > letters
}

// isCountry reports whether m is in the list of countries.
func (r *resolver) isCountry(m *article.Mention) bool {
	lists, err := gazetteer.Embedded()
	if err != nil {
		return false
	}
	first := m.First
	if m.Last-first > 1 && r.lower(int32(first)) == "the" {
		first++
	}
	n, l := lists.Longest(func(i int) uint32 { return word.Of(r.word(int32(first + i))).Norm }, m.Last-first)
	return n == m.Last-first && l&gazetteer.Country != 0
}

// missed names a person again where a family name stands alone that the namer
// found with a given name elsewhere in the article, and not here. A namer sees
// one sentence; what it knows of the others is worth more than how it reads a
// bare surname.
func (r *resolver) missed() {
	n := r.analysis
	before := len(n.Mentions)
	for i := range before {
		m := &n.Mentions[i]
		if m.Kind != article.Person || m.Last-m.First < 2 {
			continue
		}
		if name := article.NewName(article.Person, m.Of(r.article.Text)); name.Given() != "" {
			r.put(textKey(name.Family())^keyOfFamily, int32(m.First))
		}
	}
	for t := range n.Tokens {
		tok := &n.Tokens[t]
		if tok.Tag != article.PROPN || r.named[t] >= 0 || tok.XTag == "NNPS" || len(r.entries) == 0 || r.chain(textKey(r.word(int32(t)))^keyOfFamily) < 0 {
			continue
		}
		if r.beside(t-1, true) || r.beside(t+1, false) {
			continue
		}
		switch r.tree.rel(int32(t)) {
		case article.Nsubj, article.NsubjPass, article.NmodPoss, article.Flat:
		default:
			continue
		}
		r.named[t] = int32(len(n.Mentions))
		n.Mentions = append(n.Mentions, article.Mention{Span: tok.Span, First: t, Last: t + 1, Kind: article.Person, Entity: -1})
	}
	if len(n.Mentions) == before {
		return
	}
	slices.SortStableFunc(n.Mentions, func(a, b article.Mention) int { return a.First - b.First })
	for i := range n.Mentions {
		for t := n.Mentions[i].First; t < n.Mentions[i].Last; t++ {
			r.named[t] = int32(i)
		}
	}
}

// beside reports whether token t, next to a bare family name, makes it part of
// something longer: "Rowe Street". Before the name a title does not.
func (r *resolver) beside(t int, before bool) bool {
	if t < 0 || t >= len(r.named) || r.analysis.Tokens[t].Tag != article.PROPN {
		return false
	}
	return !before || !addresses[r.lower(int32(t))] && nouns()[r.lemma(int32(t))]&human == 0
}
