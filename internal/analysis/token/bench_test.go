package token_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"synoptic/article"
	"synoptic/internal/analysis/token"
)

// news joins texts of the attribution corpus, or stands in for them.
func news(b *testing.B) string {
	paths, _ := filepath.Glob("../../../../shared/corpora/attribution/train/*.txt")
	var all strings.Builder
	for _, path := range paths[:min(len(paths), 100)] {
		text, err := os.ReadFile(path)
		if err != nil {
			b.Fatal(err)
		}
		all.Write(text)
	}
	if all.Len() == 0 {
		return strings.Repeat("The harbour board's chair, J. K. Ode, said on Sept. 3 that 1,200 berths (about 5%) wouldn't open before \"late autumn\".\n", 5000)
	}
	return all.String()
}

// BenchmarkPass reports words a second over news, on one core.
func BenchmarkPass(b *testing.B) {
	a := lines(news(b), "en")
	n := &article.Analysis{}
	if err := token.Pass.Run(a, n); err != nil {
		b.Fatal(err)
	}
	words := len(n.Tokens)
	b.SetBytes(int64(len(a.Text)))
	b.ReportAllocs()
	for b.Loop() {
		n := &article.Analysis{}
		if err := token.Pass.Run(a, n); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(words)*float64(b.N)/b.Elapsed().Seconds(), "words/s")
}
