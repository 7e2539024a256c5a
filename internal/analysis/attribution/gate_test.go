package attribution

import (
	"context"
	"os"
	"reflect"
	"slices"
	"testing"

	"synoptic/article"
	"synoptic/internal/analysis"
	"synoptic/internal/analysis/entity"
	"synoptic/internal/analysis/parse"
	"synoptic/internal/analysis/tag"
	"synoptic/internal/analysis/token"
	"synoptic/text"
)

// TestGate holds that the gate keeps out more than half of the tokens of a page,
// and of what is found there without it at most one, a cue of which the chain is
// unsure.
func TestGate(t *testing.T) {
	body, err := os.ReadFile("testdata/page.txt")
	if err != nil {
		t.Fatal(err)
	}
	whole := text.Span{Start: 0, End: len(body)}
	a := &article.Article{Place: "page.txt", Text: string(body), Language: "en", Completeness: 1, Paragraphs: []article.Paragraph{{Span: whole}}}
	before, err := analysis.New("before", token.Pass, tag.Pass, tag.LemmaPass, entity.Pass, parse.Pass)
	if err != nil {
		t.Fatal(err)
	}
	n, err := before.Run(context.Background(), a)
	if err != nil {
		t.Fatal(err)
	}
	m, err := embedded()
	if err != nil {
		t.Fatal(err)
	}
	f := NewFinder(m)
	got := f.Find(a, n)
	passed := 0
	for _, s := range n.Sentences {
		for i := s.First; i < s.Last; i++ {
			if f.couldBeCue(i, tokens{s.First, s.Last}) {
				passed++
			}
		}
	}
	if passed == 0 || passed*2 > len(n.Tokens) {
		t.Errorf("%d of %d tokens pass the gate", passed, len(n.Tokens))
	}
	without := *m
	without.Gate = nil
	lost := 0
	for _, x := range NewFinder(&without).Find(a, n) {
		if !slices.ContainsFunc(got, func(y article.Attribution) bool { return reflect.DeepEqual(x.Content, y.Content) && x.Cue == y.Cue }) {
			lost++
		}
	}
	if lost > 1 {
		t.Errorf("%d attributions are lost at the gate", lost)
	}
}
