// Command prose compares our analysis, first by half (sentences, tokens, tags,
// lemmas, names) and then whole (with the parse and who is who), with github.com/jdkato/prose (tokens, tags, names; one model
// for all documents) on the same texts in the same run, on one core. It stands
// in a module of its own, so that nothing else depends on prose.
//
//	cd bench/prose && go run . [-folder ../../../shared/corpora/attribution/train] [-n 200]
//
// Words are what white space parts, so that both are counted alike. The clock
// is the processor time of this process, so that other work on the machine
// slows neither more than the other; the two take turns, text by text.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"time"

	"github.com/jdkato/prose/v2"

	"synoptic/article"
	"synoptic/internal/analysis"
	"synoptic/internal/analysis/coref"
	"synoptic/internal/analysis/entity"
	"synoptic/internal/analysis/parse"
	"synoptic/internal/analysis/tag"
	"synoptic/internal/analysis/token"
	"synoptic/internal/kernel"
	"synoptic/text"
)

func main() {
	folder := flag.String("folder", "../../../shared/corpora/attribution/train", "texts to read, as .txt files")
	most := flag.Int("n", 200, "texts at most")
	flag.Parse()
	if err := compare(*folder, *most); err != nil {
		fmt.Fprintln(os.Stderr, "prose:", err)
		os.Exit(1)
	}
}

func compare(folder string, most int) error {
	paths, err := filepath.Glob(filepath.Join(folder, "*.txt"))
	if err != nil {
		return err
	}
	if len(paths) == 0 {
		return fmt.Errorf("%s: no .txt files", folder)
	}
	first := []analysis.Pass{token.Pass, tag.Pass, tag.LemmaPass, entity.Pass}
	half, err := analysis.New("bench", first...)
	if err != nil {
		return err
	}
	whole, err := analysis.New("bench", append(first, parse.Pass, coref.Pass)...)
	if err != nil {
		return err
	}
	runtime.GOMAXPROCS(1)

	ours := func(p *analysis.Pipeline, a *article.Article) error {
		_, err := p.Run(context.Background(), a)
		return err
	}
	var model *prose.Model
	theirs := func(body string) error {
		options := []prose.DocOpt{prose.WithSegmentation(false)}
		if model != nil {
			options = append(options, prose.UsingModel(model))
		}
		doc, err := prose.NewDocument(body, options...)
		if err == nil && model == nil {
			model = doc.Model
		}
		return err
	}

	// Models are loaded outside of the measurement.
	if err := ours(whole, read("warm up", "The ferry left on Monday .")); err != nil {
		return err
	}
	if err := theirs("The ferry left on Monday ."); err != nil {
		return err
	}
	words := 0
	var halfTime, wholeTime, theirTime time.Duration
	for _, path := range paths[:min(len(paths), most)] {
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		body := string(data)
		words += len(strings.Fields(body))
		a := read(path, body)
		for _, turn := range []struct {
			time *time.Duration
			run  func() error
		}{
			{&halfTime, func() error { return ours(half, a) }},
			{&wholeTime, func() error { return ours(whole, a) }},
			{&theirTime, func() error { return theirs(body) }},
		} {
			start := processor()
			if err := turn.run(); err != nil {
				return err
			}
			*turn.time += processor() - start
		}
	}
	rate := func(t time.Duration) float64 { return float64(words) / t.Seconds() }
	their := rate(theirTime)
	fmt.Printf("%d words, one core, %s\n", words, kernel.Using())
	fmt.Printf("synoptic  segment, tag, lemma, names  %8.0f words/s  %4.1f times\n", rate(halfTime), rate(halfTime)/their)
	fmt.Printf("  and the parse, and who is who       %8.0f words/s  %4.1f times\n", rate(wholeTime), rate(wholeTime)/their)
	fmt.Printf("prose v2  tokens, tags, names         %8.0f words/s\n", their)
	return nil
}

// read makes an article of plain text, a paragraph a line.
func read(place, body string) *article.Article {
	a := &article.Article{Place: place, Text: body, Language: "en"}
	at := 0
	for _, line := range strings.SplitAfter(body, "\n") {
		span := text.Span{Start: at, End: at + len(strings.TrimRight(line, "\n"))}
		if !span.Empty() {
			a.Paragraphs = append(a.Paragraphs, article.Paragraph{Span: span})
		}
		at += len(line)
	}
	return a
}

// processor is the processor time that this process has used.
func processor() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
