// Package entity finds where persons, groups, places and peoples are named.
// Sentences, tokens and their tags come in; mentions go out, each a run of
// tokens with its kind. Titles stand outside of names, as in the corpora:
// "President [Ana Prado]".
package entity

import (
	"fmt"
	"sync"

	"synoptic/article"
	"synoptic/internal/analysis"
	"synoptic/internal/model"
	"synoptic/internal/model/chain"
	"synoptic/internal/model/gazetteer"
	"synoptic/internal/model/word"
	"synoptic/text"
)

// Pass names the named in English.
var Pass = analysis.Pass{
	Name:     "entity",
	Doc:      "names of persons, groups, places and peoples",
	Language: "en",
	Needs:    article.Sentences | article.Tokens | article.Tags,
	Gives:    article.Mentions,
	Run:      run,
}

var embedded = sync.OnceValues(func() (*Namer, error) {
	lexicon, err := word.Embedded()
	if err != nil {
		return nil, err
	}
	lists, err := gazetteer.Embedded()
	if err != nil {
		return nil, err
	}
	weights, err := model.Names()
	if err != nil {
		return nil, err
	}
	c, err := chain.Read(weights, "names")
	if err != nil {
		return nil, err
	}
	return New(lexicon, lists, c)
})

func run(a *article.Article, n *article.Analysis) error {
	namer, err := embedded()
	if err != nil {
		return err
	}
	s := scratch.Get().(*Scratch)
	defer scratch.Put(s)
	for _, sentence := range n.Sentences {
		tokens := n.Tokens[sentence.First:sentence.Last]
		s.Begin(len(tokens))
		for i := range tokens {
			s.Add(namer, tokens[i].Of(a.Text), tokens[i].Tag, tokens[i].XTag)
		}
		for _, m := range namer.Name(s) {
			first, last := sentence.First+m.First, sentence.First+m.Last
			n.Mentions = append(n.Mentions, article.Mention{
				Span:   text.Span{Start: n.Tokens[first].Start, End: n.Tokens[last-1].End},
				First:  first,
				Last:   last,
				Kind:   m.Kind,
				Entity: -1,
			})
		}
	}
	return nil
}

var scratch = sync.Pool{New: func() any { return new(Scratch) }}

// Name is a name in one sentence: its tokens are First to Last, Last excluded.
type Name struct {
	First, Last int
	Kind        article.MentionKind
}

// Place is where in a name a token stands.
type Place uint8

// The places; the zero value is a token outside of names.
const (
	Outside Place = iota
	Begin
	Inside
	End
	Single
)

var places = [...]string{"O", "B", "I", "E", "S"}

// Label is one label of the chain.
type Label struct {
	Place Place
	Kind  article.MentionKind
}

// String writes the label as "B-PER" or "O".
func (l Label) String() string {
	if l.Place == Outside {
		return "O"
	}
	return places[l.Place] + "-" + l.Kind.String()
}

// ParseLabel is the label that String writes as s.
func ParseLabel(s string) (Label, error) {
	if s == "O" {
		return Label{}, nil
	}
	if len(s) > 2 && s[1] == '-' {
		for p, name := range places {
			if kind := article.ParseMentionKind(s[2:]); p > 0 && name == s[:1] && kind != 0 {
				return Label{Place(p), kind}, nil
			}
		}
	}
	return Label{}, fmt.Errorf("entity: label %q", s)
}

// Follows reports whether l can stand after before; a sentence begins and ends
// as if O stood around it.
func (l Label) Follows(before Label) bool {
	if before.Place == Begin || before.Place == Inside {
		return (l.Place == Inside || l.Place == End) && l.Kind == before.Kind
	}
	return l.Place != Inside && l.Place != End
}

// Namer is a fitted model. It is read-only and may be used by several
// goroutines at once, each with a Scratch of its own.
type Namer struct {
	lexicon *word.Lexicon
	lists   *gazetteer.Gazetteer
	chain   *chain.Chain
	labels  []Label
}

// New is a namer over a chain whose labels are written as by Label.String.
func New(lexicon *word.Lexicon, lists *gazetteer.Gazetteer, c *chain.Chain) (*Namer, error) {
	n := &Namer{lexicon: lexicon, lists: lists, chain: c}
	for _, s := range c.Labels() {
		l, err := ParseLabel(s)
		if err != nil {
			return nil, err
		}
		n.labels = append(n.labels, l)
	}
	return n, nil
}

// Scratch is the tokens of one sentence and the memory to name them in. The
// zero value is ready.
type Scratch struct {
	tokens   []Token
	features []uint32
	path     chain.Path
	names    []Name
}

// Begin forgets the sentence before and makes room for n tokens.
func (s *Scratch) Begin(n int) {
	if cap(s.tokens) < n {
		s.tokens = make([]Token, 0, n)
	}
	s.tokens = s.tokens[:0]
}

// Add adds the next token of the sentence.
func (s *Scratch) Add(n *Namer, letters string, tag article.Tag, penn string) {
	s.tokens = append(s.tokens, Look(n.lexicon, letters, tag, penn))
}

// Look is the token for the letters and tags given, before Prepare.
func Look(l *word.Lexicon, letters string, tag article.Tag, penn string) Token {
	return Token{Word: l.Look(letters), Tag: tag, XTag: pennHash(penn)}
}

// pennHash needs only to part some fifty tags of one to five letters.
func pennHash(s string) uint32 {
	h := uint32(7)
	for i := range len(s) {
		h = h*31 + uint32(s[i])
	}
	return h
}

// Name is the names of the sentence in s, in order. They are good until the
// next Begin.
func (n *Namer) Name(s *Scratch) []Name {
	Prepare(n.lists, s.tokens)
	s.path.Begin()
	style := style(s.tokens)
	for i := range s.tokens {
		s.features = features(s.features[:0], s.tokens, i, style)
		var scores chain.Scores
		for _, f := range s.features {
			n.chain.Add(&scores, f)
		}
		s.path.Step(n.chain, &scores)
	}
	s.names = s.names[:0]
	open := -1
	for i, label := range s.path.End() {
		l := n.labels[label]
		switch l.Place {
		case Begin:
			open = i
		case Single:
			s.names = append(s.names, Name{i, i + 1, l.Kind})
		case End:
			if open >= 0 {
				s.names = append(s.names, Name{open, i + 1, l.Kind})
			}
			open = -1
		case Outside:
			open = -1
		}
	}
	return s.names
}
