package analysis_test

import (
	"context"
	"strings"
	"testing"

	"synoptic/article"
	"synoptic/internal/analysis"
)

// TestMistake holds that a mistake in a pass is an error of its article, with a
// place and the pass, and stops nothing else.
func TestMistake(t *testing.T) {
	p, err := analysis.New("test", analysis.Pass{
		Name: "odd", Gives: article.Sentences,
		Run: func(a *article.Article, n *article.Analysis) error {
			if strings.Contains(a.Text, "odd") {
				n.Sentences[len(n.Sentences)].First = 0
			}
			return nil
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.Run(context.Background(), &article.Article{Place: "a.txt", Text: "odd"}); err == nil || !strings.HasPrefix(err.Error(), "a.txt: pass odd: ") {
		t.Errorf("error %v", err)
	}
	if _, err := p.Run(context.Background(), &article.Article{Place: "b.txt", Text: "even"}); err != nil {
		t.Error(err)
	}
}
