package entity_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"synoptic/article"
	"synoptic/internal/analysis"
	"synoptic/internal/analysis/entity"
	"synoptic/internal/analysis/tag"
	"synoptic/text"
)

// cut makes an article whose words stand between single spaces, a sentence a
// line, and a pass that finds them. The text of an article is UTF-8.
func cut(body string) (*article.Article, analysis.Pass) {
	a := &article.Article{Place: "test", Text: strings.ToValidUTF8(body, "\uFFFD"), Language: "en"}
	return a, analysis.Pass{
		Name:  "cut",
		Gives: article.Sentences | article.Tokens,
		Run: func(a *article.Article, n *article.Analysis) error {
			at := 0
			for _, line := range strings.SplitAfter(a.Text, "\n") {
				s := article.Sentence{Span: text.Span{Start: at, End: at + len(strings.TrimSuffix(line, "\n"))}, First: len(n.Tokens)}
				for _, w := range strings.SplitAfter(line, " ") {
					if word := strings.TrimRight(w, " \n"); word != "" {
						n.Tokens = append(n.Tokens, article.Token{Span: text.Span{Start: at, End: at + len(word)}})
					}
					at += len(w)
				}
				s.Last = len(n.Tokens)
				n.Sentences = append(n.Sentences, s)
			}
			return nil
		},
	}
}

func annotate(t testing.TB, body string) (*article.Article, *article.Analysis) {
	t.Helper()
	a, words := cut(body)
	p, err := analysis.New("test", words, tag.Pass, entity.Pass)
	if err != nil {
		t.Fatal(err)
	}
	n, err := p.Run(context.Background(), a)
	if err != nil {
		t.Fatal(err)
	}
	if err := n.Check(a); err != nil {
		t.Fatal(err)
	}
	return a, n
}

func TestNames(t *testing.T) {
	tests := []struct {
		words string
		names []string
	}{
		{
			"The Norwegian government said on Monday that talks would resume in Oslo .",
			[]string{"NORP Norwegian", "LOC Oslo"},
		},
		{
			"Maria Hansen told Reuters that the United Nations would send aid to Kenya .",
			[]string{"PER Maria Hansen", "ORG Reuters", "ORG United Nations", "LOC Kenya"},
		},
		{"The talks ended without a deal .", nil},
		{"He left .", nil},
	}
	for _, test := range tests {
		a, n := annotate(t, test.words)
		var got []string
		for _, m := range n.Mentions {
			got = append(got, m.Kind.String()+" "+m.Of(a.Text))
			if m.Entity != -1 {
				t.Errorf("%s: entity %d before any was made", test.words, m.Entity)
			}
		}
		if !slices.Equal(got, test.names) {
			t.Errorf("%s\n got %q\nwant %q", test.words, got, test.names)
		}
	}
}

func TestLabels(t *testing.T) {
	for _, s := range []string{"O", "B-PER", "I-ORG", "E-LOC", "S-NORP"} {
		if l, err := entity.ParseLabel(s); err != nil || l.String() != s {
			t.Errorf("%s: %v, %v", s, l, err)
		}
	}
	for _, s := range []string{"", "B", "B-", "X-PER", "B-CITY", "O-PER"} {
		if l, err := entity.ParseLabel(s); err == nil {
			t.Errorf("%q is read as %v", s, l)
		}
	}
	follows := map[[2]string]bool{
		{"O", "B-PER"}: true, {"O", "I-PER"}: false, {"O", "E-PER"}: false, {"B-PER", "E-PER"}: true, {"B-PER", "E-ORG"}: false,
		{"B-PER", "O"}: false, {"I-PER", "I-PER"}: true, {"E-PER", "S-LOC"}: true, {"S-LOC", "B-PER"}: true, {"S-LOC", "I-LOC"}: false,
	}
	for pair, want := range follows {
		before, _ := entity.ParseLabel(pair[0])
		l, _ := entity.ParseLabel(pair[1])
		if l.Follows(before) != want {
			t.Errorf("%s after %s: %v, want %v", pair[1], pair[0], !want, want)
		}
	}
}

// TestOddInput holds the pass to any tokens at all; annotate checks the result.
func TestOddInput(t *testing.T) {
	for _, body := range []string{
		"", "\n\n", ".", "\xff\xfe \x00", strings.Repeat("A ", 5000), strings.Repeat("Oslo ", 3000) + "\n" + strings.Repeat("Xx ", 3000),
		strings.Repeat("X", 100000), "İSTANBUL ǅ ß", "日本 語",
	} {
		annotate(t, body)
	}
}

func FuzzNames(f *testing.F) {
	f.Add("Ana Prado left Oslo .\nPrado said so .")
	f.Add("\xff A \xc3 B")
	f.Fuzz(func(t *testing.T, body string) {
		_, once := annotate(t, body)
		_, again := annotate(t, body)
		if fmt.Sprint(once.Mentions) != fmt.Sprint(again.Mentions) {
			t.Error("not the same twice")
		}
	})
}

func BenchmarkNames(b *testing.B) {
	body := strings.Repeat("Minister Maria Hansen said on Monday that 1,200 people had left the islands for Bergen before the storm .\n", 100)
	a, words := cut(body)
	n := &article.Analysis{}
	for _, pass := range []analysis.Pass{words, tag.Pass} {
		if err := pass.Run(a, n); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportAllocs()
	for b.Loop() {
		n.Mentions = n.Mentions[:0]
		if err := entity.Pass.Run(a, n); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(len(n.Tokens)*b.N)/b.Elapsed().Seconds(), "words/s")
}
