package main

import (
	"fmt"
	"io"
	"os"
	"time"

	"synoptic/internal/newsroom"

	"github.com/vbauerster/mpb/v8"
	"github.com/vbauerster/mpb/v8/decor"
	"golang.org/x/term"
)

// progress is a bar on a terminal, and nothing elsewhere.
type progress struct {
	out  *os.File
	bars *mpb.Progress
	bar  *mpb.Bar
}

func newProgress(w io.Writer, quiet bool) *progress {
	file, ok := w.(*os.File)
	if quiet || !ok || !term.IsTerminal(int(file.Fd())) {
		return &progress{}
	}
	return &progress{out: file}
}

// set shows how many of the sources have been read.
func (p *progress) set(done, total int) {
	if p.out == nil || total < 2 {
		return
	}
	if p.bar == nil {
		p.bars = mpb.New(mpb.WithOutput(p.out), mpb.WithWidth(40))
		p.bar = p.bars.AddBar(int64(total), mpb.BarRemoveOnComplete(),
			mpb.PrependDecorators(decor.Name("reading ")), mpb.AppendDecorators(decor.CountersNoUnit("%d of %d")))
	}
	p.bar.SetTotal(int64(total), false)
	p.bar.SetCurrent(int64(done))
}

// done takes the bar away.
func (p *progress) done() {
	if p.bar != nil {
		p.bar.Abort(true)
		p.bars.Wait()
	}
}

// importBar shows how far an import is: articles, bytes, how fast, how long
// still. Off a terminal it only tells problems.
type importBar struct {
	progress
	w     io.Writer
	began time.Time
	sum   newsroom.Imported
}

func newImportBar(w io.Writer, quiet bool) *importBar {
	return &importBar{progress: *newProgress(w, quiet), w: w, began: time.Now()}
}

// tell writes a line of its own, above the bar where there is one.
func (b *importBar) tell(problem string) {
	line := fmt.Sprintf("synoptic: %s\n", problem)
	if b.bars != nil {
		_, _ = io.WriteString(b.bars, line)
		return
	}
	_, _ = io.WriteString(b.w, line)
}

func (b *importBar) set(sum newsroom.Imported) {
	b.sum = sum
	if b.out == nil {
		return
	}
	if b.bar == nil {
		b.bars = mpb.New(mpb.WithOutput(b.out), mpb.WithWidth(30))
		b.bar = b.bars.AddBar(sum.Total, mpb.BarRemoveOnComplete(),
			mpb.PrependDecorators(decor.Any(func(decor.Statistics) string { return b.articles() })),
			mpb.AppendDecorators(decor.CountersKibiByte("% .1f of % .1f"), decor.Any(func(decor.Statistics) string { return b.left() })))
	}
	b.bar.SetTotal(sum.Total, false)
	b.bar.SetCurrent(sum.Done)
}

func (b *importBar) articles() string {
	n := b.sum.Articles + b.sum.Versions + b.sum.Unchanged
	return fmt.Sprintf("%d articles, %.0f a second ", n, float64(n)/time.Since(b.began).Seconds())
}

// left is how long the archive under way will still take, by what it took.
func (b *importBar) left() string {
	if b.sum.Done == 0 {
		return ""
	}
	took := time.Since(b.began)
	left := time.Duration(float64(took) * float64(b.sum.Total-b.sum.Done) / float64(b.sum.Done))
	return fmt.Sprintf(", %v left", left.Round(time.Second))
}

// digestBar counts stories that are laid side by side.
type digestBar struct{ progress }

func newDigestBar(w io.Writer, quiet bool) *digestBar {
	return &digestBar{*newProgress(w, quiet)}
}

func (b *digestBar) count(done int) {
	if b.out == nil {
		return
	}
	if b.bar == nil {
		b.bars = mpb.New(mpb.WithOutput(b.out))
		b.bar = b.bars.New(0, mpb.SpinnerStyle(), mpb.BarRemoveOnComplete(),
			mpb.AppendDecorators(decor.CountersNoUnit("laid %d stories side by side")))
	}
	b.bar.SetCurrent(int64(done))
}
