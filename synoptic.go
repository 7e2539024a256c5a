// Package synoptic reads several outlets' accounts of one event and lays them
// side by side: what they agree on, where their figures differ, who said what
// in which words, and what each leaves out, every line with the exact words
// that support it.
//
// Open makes an [Engine]; Read turns files, pages and records into articles;
// Annotate says what is in one; Compare lays several side by side.
package synoptic

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"time"

	"golang.org/x/sync/errgroup"

	"synoptic/article"
	"synoptic/collation"
	"synoptic/internal/analysis"
	"synoptic/internal/analysis/attribution"
	"synoptic/internal/analysis/coref"
	"synoptic/internal/analysis/entity"
	"synoptic/internal/analysis/figure"
	"synoptic/internal/analysis/moment"
	"synoptic/internal/analysis/parse"
	"synoptic/internal/analysis/tag"
	"synoptic/internal/analysis/token"
	"synoptic/internal/gather"
	"synoptic/internal/page"
	"synoptic/story"
)

// Version is the version of the engine. Analyses made by one version are the
// same wherever and whenever they are made.
const Version = "0.1.0"

// Options are the settings of an engine. The zero value serves.
type Options struct {
	Jobs         int                   // articles read and analysed at once; 0 means one a processor
	AllowPrivate bool                  // read from private, loopback and link-local addresses
	Headlines    bool                  // a record that has a headline and no article stands for its headline alone
	Delay        time.Duration         // pause between two requests to one host; 0 means half a second
	Cache        string                // folder that pages read from the web are kept in; "" keeps none
	Input        io.Reader             // where the source "-" reads its list of sources from; nil makes "-" an error
	Progress     func(done, total int) // called after each source is read, never by two goroutines at once
}

// Engine reads, analyses and compares. It may be used by several goroutines at
// once.
type Engine struct {
	jobs      int
	headlines bool
	gatherer  gather.Gatherer
	pipeline  *analysis.Pipeline
}

// Open makes an engine.
func Open(o Options) (*Engine, error) {
	if o.Jobs <= 0 {
		o.Jobs = runtime.GOMAXPROCS(0)
	}
	pipeline, err := analysis.New(Version,
		token.Pass, tag.Pass, tag.LemmaPass, entity.Pass, parse.Pass, coref.Pass, moment.Pass, figure.Pass, attribution.Pass)
	if err != nil {
		return nil, err
	}
	return &Engine{
		jobs:      o.Jobs,
		headlines: o.Headlines,
		pipeline:  pipeline,
		gatherer: gather.Gatherer{
			Version: Version, AllowPrivate: o.AllowPrivate, Delay: o.Delay, Cache: o.Cache, Jobs: o.Jobs, Stdin: o.Input, Progress: o.Progress,
		},
	}, nil
}

// Close lets go of what the engine holds.
func (e *Engine) Close() error { return nil }

// Reading is what came of a list of sources: articles in the order of the
// sources, and what could not be read.
type Reading struct {
	Articles []*article.Article
	Problems []collation.Problem
}

// Read reads accounts: files, folders, globs, addresses of pages, and "-" for a
// list of these on the engine's input. One that cannot be read is a problem,
// with its place and the reason, and the rest goes on; Read fails only when ctx
// ends.
func (e *Engine) Read(ctx context.Context, sources ...string) (Reading, error) {
	type result struct {
		article *article.Article
		problem collation.Problem
	}
	var results []*result
	var g errgroup.Group
	g.SetLimit(e.jobs)
	for d, err := range e.gatherer.Read(ctx, sources...) {
		r := new(result)
		results = append(results, r)
		if err != nil {
			r.problem = unread(err)
			continue
		}
		g.Go(func() error {
			a, err := page.Read(page.Input{
				Place: d.Place, Address: d.Address, MediaType: d.Type, Charset: d.Charset, Body: d.Body, Read: d.Read, Headlines: e.headlines,
			})
			if err != nil {
				r.problem = collation.Problem{Place: d.Place, Err: errors.Unwrap(err)} // the place is told apart
				return nil
			}
			r.article = a
			return nil
		})
	}
	_ = g.Wait() // what goes wrong is kept in the results
	if err := ctx.Err(); err != nil {
		return Reading{}, err
	}
	var reading Reading
	for _, r := range results {
		if r.article != nil {
			reading.Articles = append(reading.Articles, r.article)
		} else {
			reading.Problems = append(reading.Problems, r.problem)
		}
	}
	return reading, nil
}

// unread is the problem that an error of the gatherer tells of.
func unread(err error) collation.Problem {
	var at *gather.Error
	if errors.As(err, &at) {
		return collation.Problem{Place: at.Place, Err: at.Err}
	}
	return collation.Problem{Err: err}
}

// ErrTooFew is what Compare returns for fewer than two articles.
var ErrTooFew = errors.New("at least two accounts are needed to compare")

// Annotate analyses one article. A language that the engine has few passes for
// gives an analysis with few layers, not an error.
func (e *Engine) Annotate(ctx context.Context, a *article.Article) (*article.Analysis, error) {
	return e.pipeline.Run(ctx, a)
}

// Compare lays the articles of one story side by side. Problems met on the way
// are kept in the collation. The order of the articles does not matter.
func (e *Engine) Compare(ctx context.Context, articles []*article.Article, problems ...collation.Problem) (*collation.Collation, error) {
	if len(articles) < 2 {
		return nil, fmt.Errorf("%w, and %d could be read", ErrTooFew, len(articles))
	}
	accounts := make([]collation.Account, len(articles))
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(e.jobs)
	for i, a := range articles {
		g.Go(func() error {
			n, err := e.Annotate(ctx, a)
			if err != nil {
				return err
			}
			accounts[i] = collation.Account{Article: a, Analysis: n, Missing: e.pipeline.Missing(a.Language)}
			return nil
		})
	}
	if err := g.Wait(); err != nil {
		return nil, err
	}
	return collation.Collate(Version, accounts, problems), nil
}

// Match says whether two articles, each of one sentence, make the same claim,
// and how alike they are, 0 to 1.
func (e *Engine) Match(ctx context.Context, a, b *article.Article) (same bool, score float64, err error) {
	n, err := e.Annotate(ctx, a)
	if err != nil {
		return false, 0, err
	}
	m, err := e.Annotate(ctx, b)
	if err != nil {
		return false, 0, err
	}
	same, score = collation.Match(collation.Account{Article: a, Analysis: n}, collation.Account{Article: b, Analysis: m})
	return same, score, nil
}

// Gather puts a collection of articles, in their order of arrival, to the events
// that they tell.
func (e *Engine) Gather(articles []*article.Article) []story.Story {
	return story.Gather(articles)
}

// Group puts articles that somebody has put together to the events that they
// tell.
func (e *Engine) Group(articles []*article.Article, prior story.Prior) []story.Story {
	return story.Group(articles, prior)
}
