// Package tag gives every token its part of speech, universal and Penn
// Treebank, and its dictionary form. Sentences and tokens come in; the Tag,
// XTag and Lemma of each token go out.
package tag

import (
	"fmt"
	"strings"
	"sync"

	"synoptic/article"
	"synoptic/internal/analysis"
	"synoptic/internal/model"
	"synoptic/internal/model/chain"
	"synoptic/internal/model/word"
)

// Pass tags English.
var Pass = analysis.Pass{
	Name:     "tag",
	Doc:      "parts of speech",
	Language: "en",
	Needs:    article.Sentences | article.Tokens,
	Gives:    article.Tags,
	Run:      run,
}

var embedded = sync.OnceValues(func() (*Tagger, error) {
	lexicon, err := word.Embedded()
	if err != nil {
		return nil, err
	}
	weights, err := model.Tag()
	if err != nil {
		return nil, err
	}
	c, err := chain.Read(weights, "tag")
	if err != nil {
		return nil, err
	}
	return New(lexicon, c)
})

func run(a *article.Article, n *article.Analysis) error {
	t, err := embedded()
	if err != nil {
		return err
	}
	s := scratch.Get().(*Scratch)
	defer scratch.Put(s)
	for _, sentence := range n.Sentences {
		tokens := n.Tokens[sentence.First:sentence.Last]
		s.Begin(len(tokens))
		for i := range tokens {
			s.Add(t.lexicon, tokens[i].Of(a.Text))
		}
		for i, label := range t.Tag(s) {
			tokens[i].Tag, tokens[i].XTag = t.universal[label], t.penn[label]
		}
	}
	return nil
}

var scratch = sync.Pool{New: func() any { return new(Scratch) }}

// Tagger is a fitted model. It is read-only and may be used by several
// goroutines at once, each with a Scratch of its own.
type Tagger struct {
	lexicon   *word.Lexicon
	chain     *chain.Chain
	universal []article.Tag // by label
	penn      []string
}

// New is a tagger whose labels are pairs: a universal tag, a space, a Penn
// Treebank tag. One chain finds both, so they always fit each other.
func New(lexicon *word.Lexicon, c *chain.Chain) (*Tagger, error) {
	t := &Tagger{lexicon: lexicon, chain: c}
	for _, label := range c.Labels() {
		universal, penn, _ := strings.Cut(label, " ")
		tag := article.ParseTag(universal)
		if tag == article.NoTag || penn == "" {
			return nil, fmt.Errorf("tag: label %q is not a universal and a Penn tag", label)
		}
		t.universal = append(t.universal, tag)
		t.penn = append(t.penn, penn)
	}
	return t, nil
}

// Scratch is the words of one sentence and the memory to tag them in. The zero
// value is ready.
type Scratch struct {
	words    []word.Word
	features []uint32
	path     chain.Path
}

// Begin forgets the sentence before and makes room for n words.
func (s *Scratch) Begin(n int) {
	if cap(s.words) < n {
		s.words = make([]word.Word, 0, n)
	}
	s.words = s.words[:0]
}

// Add adds the next word of the sentence.
func (s *Scratch) Add(l *word.Lexicon, letters string) { s.words = append(s.words, l.Look(letters)) }

// Tag is the labels of the words in s, by number. They are good until the next
// Begin.
func (t *Tagger) Tag(s *Scratch) []uint8 {
	s.path.Begin()
	style := styleOf(s.words)
	for i := range s.words {
		s.features = features(s.features[:0], s.words, i, style)
		var scores chain.Scores
		t.chain.Add(&scores, s.features)
		s.path.Step(t.chain, &scores)
	}
	return s.path.End()
}

// Label is the universal and the Penn tag of a label.
func (t *Tagger) Label(label uint8) (article.Tag, string) { return t.universal[label], t.penn[label] }
