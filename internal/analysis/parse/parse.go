// Package parse ties every token to its head by a universal dependency
// relation. Sentences, tokens and tags come in; one arc a token goes out: in
// each sentence a tree with one root.
package parse

import (
	"sync"

	"synoptic/article"
	"synoptic/internal/analysis"
	"synoptic/internal/model"
)

// Pass parses English.
var Pass = analysis.Pass{
	Name:     "parse",
	Doc:      "dependencies between words",
	Language: "en",
	Needs:    article.Sentences | article.Tokens | article.Tags,
	Gives:    article.Arcs,
	Run:      run,
}

var embedded = sync.OnceValues(func() (*Network, error) {
	m, err := model.Parser()
	if err != nil {
		return nil, err
	}
	return Load(m)
})

func run(a *article.Article, n *article.Analysis) error {
	network, err := embedded()
	if err != nil {
		return err
	}
	p := parsers.Get().(*parser)
	defer parsers.Put(p)
	p.parse(network, a, n)
	return nil
}

var parsers = sync.Pool{New: func() any { return new(parser) }}

// together is how many tokens are parsed at once, at least: rows of several
// short sentences fill the kernels better than those of one.
const together = 256

// parser parses one article at a time.
type parser struct {
	scratch Scratch
	words   []string
	tags    []article.Tag
	xtags   []string
}

func (p *parser) parse(network *Network, a *article.Article, n *article.Analysis) {
	if cap(n.Arcs) < len(n.Tokens) {
		n.Arcs = make([]article.Arc, len(n.Tokens))
	}
	n.Arcs = n.Arcs[:len(n.Tokens)]
	p.scratch.Reset()
	first := 0 // of the tokens in scratch
	flush := func() {
		network.Parse(&p.scratch)
		for i := range p.scratch.Len() {
			head, rel := p.scratch.Arc(i)
			if head >= 0 {
				head += first
			}
			n.Arcs[first+i] = article.Arc{Head: head, Rel: rel}
		}
		first += p.scratch.Len()
		p.scratch.Reset()
	}
	for _, s := range n.Sentences {
		for from := s.First; from < s.Last; {
			to := p.piece(n.Tokens[:s.Last], from)
			p.add(network.vocabulary, a, n.Tokens[from:to])
			from = to
			if p.scratch.Len() >= together {
				flush()
			}
		}
	}
	flush()
	for _, s := range n.Sentences {
		if s.Last-s.First > maxPiece {
			join(n.Arcs, s.First, s.Last)
		}
	}
	clear(p.words[:cap(p.words)])
	clear(p.xtags[:cap(p.xtags)])
}

// piece is where a piece of a sentence that begins at from ends: with the
// sentence, or where that is too far, after the last mark in reach.
func (p *parser) piece(tokens []article.Token, from int) int {
	if len(tokens)-from <= maxPiece {
		return len(tokens)
	}
	for to := from + maxPiece; to > from+maxPiece/2; to-- {
		if tokens[to-1].Tag == article.PUNCT {
			return to
		}
	}
	return from + maxPiece
}

func (p *parser) add(v *Vocabulary, a *article.Article, tokens []article.Token) {
	p.words, p.tags, p.xtags = p.words[:0], p.tags[:0], p.xtags[:0]
	for _, t := range tokens {
		p.words = append(p.words, t.Of(a.Text))
		p.tags = append(p.tags, t.Tag)
		p.xtags = append(p.xtags, t.XTag)
	}
	p.scratch.Add(v, p.words, p.tags, p.xtags)
}

// join hangs the roots of all pieces of the sentence first:last from that of
// the first piece.
func join(arcs []article.Arc, first, last int) {
	root := -1
	for i := first; i < last; i++ {
		switch {
		case arcs[i].Head >= 0:
		case root < 0:
			root = i
		default:
			arcs[i] = article.Arc{Head: root, Rel: article.Parataxis}
		}
	}
}
