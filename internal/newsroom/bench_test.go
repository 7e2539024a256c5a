package newsroom_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"synoptic"
	"synoptic/collation"
	"synoptic/examples/stream"
	"synoptic/internal/newsroom"
)

// BenchmarkImport reads an invented stream from JSON Lines, analyses, keeps and
// groups it, on all processors, and says how many articles that makes a second
// and what share each stage has of the time.
func BenchmarkImport(b *testing.B) {
	const articles = 2000
	crawl := filepath.Join(b.TempDir(), "crawl.jsonl")
	file, err := os.Create(crawl)
	if err != nil {
		b.Fatal(err)
	}
	if err := stream.Write(file, articles); err != nil {
		b.Fatal(err)
	}
	if err := file.Close(); err != nil {
		b.Fatal(err)
	}
	engine, err := synoptic.Open(synoptic.Options{})
	if err != nil {
		b.Fatal(err)
	}
	var spent [4]time.Duration
	done := 0
	for b.Loop() {
		c, err := engine.OpenCollection(b.Context(), filepath.Join(b.TempDir(), "bench.db"), nil)
		if err != nil {
			b.Fatal(err)
		}
		sum, err := c.Import(b.Context(), []string{crawl}, func(newsroom.Imported, []collation.Problem) {})
		if err != nil || sum.Articles != articles {
			b.Fatal(sum, err)
		}
		done += sum.Articles
		n := &c.Counts
		for i, s := range []*newsroom.Stopwatch{&n.Reading, &n.Analysing, &n.Grouping, &n.Storing} {
			spent[i] += time.Duration(s.Load())
		}
		if err := c.Close(); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(done)/b.Elapsed().Seconds(), "articles/s")
	whole := spent[0] + spent[1] + spent[2] + spent[3]
	for i, name := range []string{"reading-%", "analysing-%", "grouping-%", "storing-%"} {
		b.ReportMetric(100*float64(spent[i])/float64(whole), name)
	}
}
