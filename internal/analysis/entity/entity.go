// Package entity finds where persons, groups, places and peoples are named.
// Sentences, tokens and their tags come in; mentions go out, each a run of
// tokens with its kind. Where a text is written as agencies write, a title is
// part of the name, "[President Ana Prado]", as in the corpus of such texts;
// elsewhere it is not, "President [Ana Prado]".
package entity

import (
	"errors"
	"fmt"
	"slices"
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
	return Read(weights, lexicon, lists)
})

func run(a *article.Article, n *article.Analysis) error {
	namer, err := embedded()
	if err != nil {
		return err
	}
	s := scratch.Get().(*Scratch)
	defer scratch.Put(s)
	s.Begin()
	s.tokens = slices.Grow(s.tokens, len(n.Tokens))
	for _, sentence := range n.Sentences {
		for _, t := range n.Tokens[sentence.First:sentence.Last] {
			s.Add(namer, t.Of(a.Text), t.XTag)
		}
		s.EndSentence()
	}
	for _, m := range namer.Name(s) {
		m = given(m, a.Text, n.Tokens)
		n.Mentions = append(n.Mentions, article.Mention{
			Span:   text.Span{Start: n.Tokens[m.First].Start, End: n.Tokens[m.Last-1].End},
			First:  m.First,
			Last:   m.Last,
			Kind:   m.Kind,
			Entity: -1,
		})
	}
	return nil
}

var scratch = sync.Pool{New: func() any { return new(Scratch) }}

// Name is a name: the tokens from First on, Last excluded.
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
	lexicon  *word.Lexicon
	lists    *gazetteer.Gazetteer
	chains   [2]*chain.Chain // by register
	register *chain.Chain
	labels   []Label
}

// Read is the namer whose weights m holds: a chain for each register, with
// labels written as by Label.String, and one that tells registers apart.
func Read(m *model.Model, lexicon *word.Lexicon, lists *gazetteer.Gazetteer) (*Namer, error) {
	n := &Namer{lexicon: lexicon, lists: lists}
	for r, name := range registers {
		c, err := chain.Read(m, name)
		if err != nil {
			return nil, err
		}
		n.chains[r] = c
	}
	for _, s := range n.chains[News].Labels() {
		l, err := ParseLabel(s)
		if err != nil {
			return nil, err
		}
		n.labels = append(n.labels, l)
	}
	if !slices.Equal(n.chains[News].Labels(), n.chains[Web].Labels()) {
		return nil, errors.New("entity: the registers have different labels")
	}
	c, err := chain.Read(m, "register")
	if err != nil {
		return nil, err
	}
	if !slices.Equal(c.Labels(), registers[:]) {
		return nil, fmt.Errorf("entity: registers %v, not %v", c.Labels(), registers)
	}
	n.register = c
	return n, nil
}

// Scratch is the tokens of one text and the memory to name them in. The zero
// value is ready.
type Scratch struct {
	tokens   []Token
	ends     []int // of sentences, in tokens
	features []uint32
	path     chain.Path
	names    []Name
	full     map[uint32]int // last words of full names of persons, and where they ended last
}

// Begin forgets the text before.
func (s *Scratch) Begin() { s.tokens, s.ends = s.tokens[:0], s.ends[:0] }

// Add adds the next token.
func (s *Scratch) Add(n *Namer, letters, penn string) {
	s.tokens = append(s.tokens, Look(n.lexicon, letters, penn))
}

// EndSentence ends the sentence that the tokens since the last one make up.
func (s *Scratch) EndSentence() { s.ends = append(s.ends, len(s.tokens)) }

// Look is the token for the letters and the Penn tag given, before Prepare.
func Look(l *word.Lexicon, letters, penn string) Token {
	return Token{Word: l.Look(letters), XTag: pennHash(penn)}
}

// pennHash needs only to part some fifty tags of one to five letters.
func pennHash(s string) uint32 {
	h := uint32(7)
	for i := range len(s) {
		h = h*31 + uint32(s[i])
	}
	return h
}

// Register is the register of the text in s. A sentence counts for what it
// shows, but no sentence for more than a few.
func (n *Namer) Register(s *Scratch) Register {
	sum, start := int32(0), 0
	for _, end := range s.ends {
		s.features = RegisterFeatures(s.features[:0], s.tokens[start:end])
		var scores chain.Scores
		n.register.Add(&scores, s.features)
		sum += min(max(scores[Web]-scores[News], -surest), surest)
		start = end
	}
	if sum > 0 {
		return Web
	}
	return News
}

// surest is how much one sentence can say, in steps of the register's weights.
const surest = 100

// Name is the names of the text in s, in order. They are good until the next
// Begin.
func (n *Namer) Name(s *Scratch) []Name {
	Prepare(n.lists, s.tokens, s.ends)
	c := n.chains[n.Register(s)]
	s.names = s.names[:0]
	start := 0
	for _, end := range s.ends {
		n.sentence(s, c, start, end)
		start = end
	}
	s.twice()
	s.surnames()
	s.names = slices.DeleteFunc(s.names, s.cutTitle)
	return s.names
}

func (n *Namer) sentence(s *Scratch, c *chain.Chain, start, end int) {
	s.path.Begin()
	style := style(s.tokens[start:end])
	for i := start; i < end; i++ {
		s.features = features(s.features[:0], s.tokens, start, end, i, style)
		var scores chain.Scores
		c.Add(&scores, s.features)
		s.path.Step(c, &scores)
	}
	open := -1
	for i, label := range s.path.End() {
		l := n.labels[label]
		switch l.Place {
		case Begin:
			open = start + i
		case Single:
			s.names = append(s.names, Name{start + i, start + i + 1, l.Kind})
		case End:
			if open >= 0 {
				s.names = append(s.names, Name{open, start + i + 1, l.Kind})
			}
			open = -1
		case Outside:
			open = -1
		}
	}
}
