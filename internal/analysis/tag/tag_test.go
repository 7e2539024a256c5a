package tag_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"synoptic/article"
	"synoptic/internal/analysis"
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

func annotate(t testing.TB, body string) []article.Token {
	t.Helper()
	a, words := cut(body)
	p, err := analysis.New("test", words, tag.Pass, tag.LemmaPass)
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
	return n.Tokens
}

func TestTags(t *testing.T) {
	tests := []struct{ words, universal, penn, lemmas string }{
		{
			"The ferries were cancelled on Monday .",
			"DET NOUN AUX VERB ADP PROPN PUNCT",
			"DT NNS VBD VBN IN NNP .",
			"the ferry be cancel on Monday .",
		},
		{
			"“ We do n't know yet , ” Minister Ana Prado told reporters .",
			"PUNCT PRON AUX PART VERB ADV PUNCT PUNCT PROPN PROPN PROPN VERB NOUN PUNCT",
			"",
			"",
		},
		{
			"Officials say talks will resume in Oslo",
			"NOUN VERB NOUN AUX VERB ADP PROPN",
			"NNS VBP NNS MD VB IN NNP",
			"official say talk will resume in Oslo",
		},
		{
			"She left after the men 's wives had gone .",
			"PRON VERB ADP DET NOUN PART NOUN AUX VERB PUNCT",
			"",
			"she leave after the man 's wife have go .",
		},
	}
	for _, test := range tests {
		var universal, penn, lemmas []string
		for _, token := range annotate(t, test.words) {
			universal = append(universal, token.Tag.String())
			penn = append(penn, token.XTag)
			lemmas = append(lemmas, token.Lemma)
		}
		for _, c := range [][2]string{
			{test.universal, strings.Join(universal, " ")},
			{test.penn, strings.Join(penn, " ")},
			{test.lemmas, strings.Join(lemmas, " ")},
		} {
			if c[0] != "" && c[0] != c[1] {
				t.Errorf("%s\n got %s\nwant %s", test.words, c[1], c[0])
			}
		}
	}
}

// TestOddInput holds the passes to any tokens at all.
func TestOddInput(t *testing.T) {
	for _, body := range []string{
		"", "\n\n", ".", "\xff\xfe \x00", strings.Repeat("( ", 5000), strings.Repeat("x", 100000), "İSTANBUL ǅ ß", "日本 語",
	} {
		for i, token := range annotate(t, body) {
			if token.Tag == article.NoTag || token.XTag == "" {
				t.Errorf("%.20q: token %d has no tag", body, i)
			}
		}
	}
}

func FuzzTags(f *testing.F) {
	f.Add("The ferries were cancelled .\nWhy ?")
	f.Add("\xff A \xc3 B")
	f.Fuzz(func(t *testing.T, body string) {
		once, again := annotate(t, body), annotate(t, body)
		if fmt.Sprint(once) != fmt.Sprint(again) {
			t.Error("not the same twice")
		}
	})
}

func BenchmarkTag(b *testing.B) {
	body := strings.Repeat("The minister said on Monday that 1,200 people had left the islands before the storm .\n", 100)
	a, words := cut(body)
	n := &article.Analysis{}
	if err := words.Run(a, n); err != nil {
		b.Fatal(err)
	}
	for _, pass := range []analysis.Pass{tag.Pass, tag.LemmaPass} {
		b.Run(pass.Name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if err := pass.Run(a, n); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(len(n.Tokens)*b.N)/b.Elapsed().Seconds(), "words/s")
		})
	}
}
