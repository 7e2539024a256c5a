// Package token cuts an article's paragraphs into sentences and words. The text
// of an article comes in; spans of sentences, and of words as Universal
// Dependencies cut them ("don't" is "do" and "n't", "5%" is "5" and "%"), go
// out. The text itself is never changed.
//
// A scanner of our own walks the text once. It knows what English, and other
// languages written with an alphabet, do with letters, digits and marks; runs in
// scripts that need Unicode's own rules (ideographs, Thai, emoji) are cut by UAX
// #29. Sentences are found on the words, by what stands before and behind each
// full stop. No step looks at a byte more than a fixed number of times.
package token

import (
	"slices"
	"strings"
	"unicode/utf8"

	"synoptic/article"
	"synoptic/internal/analysis"
)

// Pass gives the sentences and the tokens of an article in any language. Where
// the language is English, or not known, English clitics are split.
var Pass = analysis.Pass{
	Name:  "token",
	Doc:   "sentences and words with their places",
	Gives: article.Sentences | article.Tokens,
	Run:   run,
}

// bytesPerToken is a low guess, so that one allocation usually holds all tokens.
const bytesPerToken = 4

func run(a *article.Article, n *article.Analysis) error {
	s := scanner{
		text:    a.Text,
		english: a.Language == "" || a.Language == "en" || strings.HasPrefix(a.Language, "en-"),
		tokens:  slices.Grow(n.Tokens[:0], len(a.Text)/bytesPerToken+1),
	}
	n.Sentences = slices.Grow(n.Sentences[:0], len(a.Text)/100+len(a.Paragraphs))
	for i, p := range a.Paragraphs {
		first := len(s.tokens)
		s.kinds = s.kinds[:0]
		s.scan(p.Start, p.End)
		if len(s.tokens) == first {
			continue
		}
		if err := s.divide(first); err != nil {
			return err
		}
		n.Sentences = s.sentences(n.Sentences, first, i)
	}
	n.Tokens = s.tokens
	if !utf8.ValidString(a.Text) {
		onEdges(a.Text, n)
	}
	return nil
}

// onEdges moves the ends of spans in a text with broken UTF-8 to where a span
// may end: before a byte that does not continue a rune. Tokens that come out
// empty are dropped.
func onEdges(body string, n *article.Analysis) {
	move := func(at int) int {
		for at < len(body) && !utf8.RuneStart(body[at]) {
			at++
		}
		return at
	}
	kept := n.Tokens[:0]
	sentences := n.Sentences[:0]
	for _, s := range n.Sentences {
		first := len(kept)
		for _, t := range n.Tokens[s.First:s.Last] {
			t.Start, t.End = move(t.Start), move(t.End)
			if !t.Empty() {
				kept = append(kept, t)
			}
		}
		if s.First, s.Last = first, len(kept); s.First < s.Last {
			s.Start, s.End = kept[s.First].Start, kept[s.Last-1].End
			sentences = append(sentences, s)
		}
	}
	n.Tokens, n.Sentences = kept, sentences
}
