// Package coref finds which words of an article stand for one person, group or
// place: names that are written in several ways, titles and appositions,
// descriptions such as "the envoy", and pronouns. Sentences, tokens with tags
// and lemmas, names and the parse come in; entities and references go out, and
// each name is tied to its entity, among them a few family names that had been
// missed. What is doubtful is left open: a name without an entity, a pronoun
// without a reference.
package coref

import (
	"slices"
	"sync"

	"synoptic/article"
	"synoptic/internal/analysis"
	"synoptic/internal/model/given"
	"synoptic/text"
)

// Pass finds entities in English.
var Pass = analysis.Pass{
	Name:     "coref",
	Doc:      "which names, descriptions and pronouns are one person, group or place",
	Language: "en",
	Needs:    article.Sentences | article.Tokens | article.Tags | article.Lemmas | article.Mentions | article.Arcs,
	Gives:    article.Entities,
	Run:      run,
}

var resolvers = sync.Pool{New: func() any { return &resolver{index: map[uint32]int32{}} }}

func run(a *article.Article, n *article.Analysis) error {
	r := resolvers.Get().(*resolver)
	defer resolvers.Put(r)
	r.begin(a, n)
	for i := range n.Sentences {
		r.sentence(int32(i))
	}
	r.end()
	r.forget()
	return nil
}

// resolver walks one article from its first word to its last. Every noun phrase
// becomes a phrase and is of one entity; those that turn out to name nothing
// and to be spoken of once are dropped in the end.
type resolver struct {
	article  *article.Article
	analysis *article.Analysis
	tree     tree
	named    []int32  // of each token, the mention that it is in, -1 for none
	tops     []int32  // of each mention, the token that the others depend on
	marks    []int32  // of each token, the quotation that it is in, 0 for none
	lemmas   []string // of each token, in lower case, "" while not asked for
	lowers   []string // the letters of each token, likewise
	at       []int32  // of each token, the phrase that it heads, -1 for none
	phrases  []phrase
	entities []entity
	forms    []form           // the names of entities, each way of writing one
	heads    []described      // the descriptions of entities
	entries  []entry          // of the index, in chains
	index    map[uint32]int32 // of a key to the last of its entries
	found    []article.Reference
	rivals   []rival                                     // memory of the choice for a pronoun
	oracle   func(i int32, kind kind, null features) int // stands in for best where weights are fitted
}

// entity is one thing that the article speaks of.
type entity struct {
	kind    article.MentionKind
	class   class
	gender  gender
	number  number
	name    int32 // its fullest name, as an index into forms; -1 for none
	first   int32 // its first phrase
	last    int32 // its last phrase so far
	phrases int32 // how many it has
	public  int32 // its index in the analysis, -1 where it has none
	country bool
	proper  bool // it has a name that nobody found, and may be a person
}

// gender is what a pronoun must agree with.
type gender = given.Gender

const (
	open      = given.Unknown
	masculine = given.Male
	feminine  = given.Female
)

// number is that of a noun phrase.
type number uint8

const (
	singular number = iota
	plural
)

// entry is one element of a chain of the index.
type entry struct {
	key   uint32
	value int32
	next  int32 // the entry before of the same key, -1 at the end
}

// put adds value under key.
func (r *resolver) put(key uint32, value int32) {
	next, ok := r.index[key]
	if !ok {
		next = -1
	}
	r.index[key] = int32(len(r.entries))
	r.entries = append(r.entries, entry{key, value, next})
}

// chain is the last entry under key, -1 for none.
func (r *resolver) chain(key uint32) int32 {
	if i, ok := r.index[key]; ok {
		return i
	}
	return -1
}

func (r *resolver) begin(a *article.Article, n *article.Analysis) {
	r.article, r.analysis = a, n
	r.tree.grow(n)
	r.named = fill(r.named, len(n.Tokens), -1)
	r.at = fill(r.at, len(n.Tokens), -1)
	for i := range n.Mentions {
		for t := n.Mentions[i].First; t < n.Mentions[i].Last; t++ {
			r.named[t] = int32(i)
		}
	}
	r.lemmas = slices.Grow(r.lemmas[:0], len(n.Tokens))[:len(n.Tokens)]
	r.lowers = slices.Grow(r.lowers[:0], len(n.Tokens))[:len(n.Tokens)]
	r.phrases, r.entities, r.forms, r.heads = r.phrases[:0], r.entities[:0], r.forms[:0], r.heads[:0]
	r.entries, r.found = r.entries[:0], r.found[:0]
	clear(r.index)
	r.missed()
	r.tops = fill(r.tops, len(n.Mentions), -1)
	for i := range n.Mentions {
		m := &n.Mentions[i]
		m.Entity = -1
		for t := m.First; t < m.Last && r.tops[i] < 0; t++ {
			if h := n.Arcs[t].Head; h < m.First || h >= m.Last {
				r.tops[i] = int32(t)
			}
		}
	}
	r.marks = quotations(r.marks, a.Text, n)
}

// forget lets go of the article, so that a resolver at rest holds none.
func (r *resolver) forget() {
	r.article, r.analysis, r.tree.arcs = nil, nil, nil
	clear(r.lemmas)
	clear(r.lowers)
	clear(r.forms)
}

// fill is a slice of n times value, in the memory of s where that is enough.
func fill(s []int32, n int, value int32) []int32 {
	s = slices.Grow(s[:0], n)[:n]
	for i := range s {
		s[i] = value
	}
	return s
}

// sentence resolves what stands in one sentence. Names come first, since an
// apposition may name what stands before it.
func (r *resolver) sentence(s int32) {
	from := len(r.phrases)
	r.collect(s)
	for i := from; i < len(r.phrases); i++ {
		p := &r.phrases[i]
		if p.mention >= 0 && p.entity < 0 {
			r.name(int32(i))
		}
	}
	r.apposed(from)
	for i := from; i < len(r.phrases); i++ {
		switch p := &r.phrases[i]; {
		case p.form == pronoun:
			r.pronoun(int32(i))
		case p.entity < 0:
			r.describe(int32(i))
		}
		if p := &r.phrases[i]; p.entity >= 0 {
			r.seen(p.entity, int32(i))
		}
	}
}

// seen counts phrase i for e.
func (r *resolver) seen(e, i int32) {
	x := &r.entities[e]
	x.last = i
	x.phrases++
}

// end writes what was found into the analysis: entities that have a name, and
// those of a kind that were spoken of more than once.
func (r *resolver) end() {
	n := r.analysis
	n.Entities, n.References = n.Entities[:0], n.References[:0]
	for i := range r.phrases {
		p := &r.phrases[i]
		if p.entity < 0 {
			continue
		}
		e := &r.entities[p.entity]
		if e.kind == 0 || e.name < 0 && e.phrases < 2 {
			continue
		}
		if e.public < 0 {
			e.public = int32(len(n.Entities))
			n.Entities = append(n.Entities, article.Entity{Kind: e.kind, Name: r.fullest(e)})
		}
		if p.mention >= 0 {
			n.Mentions[p.mention].Entity = int(e.public)
		} else if p.form == pronoun {
			r.refer(p.first, p.last, article.Pronoun, e.public)
		} else {
			r.refer(p.first, p.last, article.Description, e.public)
		}
		if p.title > p.first {
			r.refer(p.first, p.title, article.Description, e.public)
		}
	}
	slices.SortStableFunc(r.found, func(a, b article.Reference) int { return a.Compare(b.Span) })
	n.References = append(n.References, r.found...)
}

// fullest is the words of e's fullest name, or of its first phrase.
func (r *resolver) fullest(e *entity) text.Span {
	if e.name >= 0 {
		f := &r.forms[e.name]
		s := r.analysis.Mentions[f.mention].Span
		if start, end := f.name.Bounds(); start < end {
			return text.Span{Start: s.Start + start, End: s.Start + end}
		}
		return s
	}
	p := &r.phrases[e.first]
	return r.span(p.first, p.last)
}

func (r *resolver) span(first, last int32) text.Span {
	return text.Span{Start: r.analysis.Tokens[first].Start, End: r.analysis.Tokens[last-1].End}
}

func (r *resolver) refer(first, last int32, form article.ReferenceForm, e int32) {
	r.found = append(r.found, article.Reference{
		Span: r.span(first, last), First: int(first), Last: int(last), Form: form, Entity: int(e),
	})
}
