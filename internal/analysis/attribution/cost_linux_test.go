package attribution_test

import (
	"context"
	"os"
	"path/filepath"
	"runtime"
	"syscall"
	"testing"
	"time"

	"synoptic/article"
	"synoptic/internal/analysis"
	"synoptic/internal/analysis/attribution"
	"synoptic/internal/analysis/coref"
	"synoptic/internal/analysis/entity"
	"synoptic/internal/analysis/parse"
	"synoptic/internal/analysis/tag"
	"synoptic/internal/analysis/token"
)

// corpus is where the articles lie that docs/attribution.md has the cost for.
const corpus = "../../../../shared/corpora/attribution/dev"

// BenchmarkShare tells what share of the processor time of the passes before it
// the pass adds. It counts the time of its own thread and takes the best of the
// rounds for each of the two, so that other work on the machine weighs little.
func BenchmarkShare(b *testing.B) {
	files, err := filepath.Glob(filepath.Join(corpus, "*.txt"))
	if err != nil || len(files) == 0 {
		b.Skip("the corpus is not beside the checkout: ", err)
	}
	before, err := analysis.New("before", token.Pass, tag.Pass, tag.LemmaPass, parse.Pass, entity.Pass, coref.Pass)
	if err != nil {
		b.Fatal(err)
	}
	var articles []*article.Article
	words := 0
	for _, file := range files {
		body, err := os.ReadFile(file)
		if err != nil {
			b.Fatal(err)
		}
		articles = append(articles, plain(string(body)))
		words += articles[len(articles)-1].Words()
	}
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	annotate(b, before, articles[0]) // the weights are read once
	if err := attribution.Pass.Run(articles[0], annotate(b, before, articles[0])); err != nil {
		b.Fatal(err)
	}
	engine, pass := time.Hour, time.Hour
	b.ReportAllocs()
	for b.Loop() {
		var first, second time.Duration
		for _, a := range articles {
			start := spent(b)
			n, err := before.Run(context.Background(), a)
			if err != nil {
				b.Fatal(err)
			}
			laid := spent(b)
			if err := attribution.Pass.Run(a, n); err != nil {
				b.Fatal(err)
			}
			first += laid - start
			second += spent(b) - laid
		}
		engine, pass = min(engine, first), min(pass, second)
	}
	b.ReportMetric(pass.Seconds()/engine.Seconds(), "share")
	b.ReportMetric(float64(pass.Microseconds())/float64(words), "us/word")
	b.ReportMetric(float64(engine.Microseconds())/float64(words), "engine-us/word")
}

// spent is the processor time that this thread has used.
func spent(b *testing.B) time.Duration {
	b.Helper()
	const thread = 1 // RUSAGE_THREAD
	var u syscall.Rusage
	if err := syscall.Getrusage(thread, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
