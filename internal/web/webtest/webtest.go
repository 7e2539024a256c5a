// Package webtest is a collection for the tests of what serves one: the accounts
// of the example and a second, small story, read and analysed by the engine and
// kept in a database of the test's own. Nothing is grouped and nothing is read
// from the web.
package webtest

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"synoptic"
	"synoptic/article"
	"synoptic/collation"
	"synoptic/internal/newsroom"
	"synoptic/internal/page"
	"synoptic/internal/store"
	"synoptic/internal/store/sqlite"
)

// Example is the story of the example's accounts.
const Example = "ferrytalks000001"

// Other is the story of two accounts with characters beyond ASCII and text that
// would end a script element early.
const Other = "lighthouse000002"

// Accounts are the texts of Other.
var Accounts = []newsroom.Upload{
	{Name: "tarrow-echo.txt", Body: []byte(`Lighthouse keeper “will stay”, says Zoë Brandt

TARROW — The keeper of the Ørlund lighthouse will stay until spring, harbour master Zoë Brandt said on Monday.

“We shall keep the lamp lit, whatever it costs,” Brandt said. The repair will cost 240,000 euros, she said. 😀 </script><b>

The council had voted to close the tower in December.
`)},
	{Name: "ansel-courier.txt", Body: []byte(`Ørlund lighthouse to be repaired for 310,000 euros

ANSEL — The Ørlund lighthouse will be repaired for 310,000 euros and its keeper will stay until spring, the harbour office said.

“We shall keep the lamp lit,” said Zoë Brandt, the harbour master.

The council had voted to close the tower in December.
`)},
}

// Engine serves the collection. Everything may be called at once.
type Engine struct {
	store.Store
	engine *synoptic.Engine
}

// told is a story of the collection, analysed once for all tests.
type told struct {
	id       string
	accounts []collation.Account
}

type collected struct {
	engine  *synoptic.Engine
	stories []told
}

var shared = sync.OnceValues(func() (collected, error) {
	e, err := synoptic.Open(synoptic.Options{})
	if err != nil {
		return collected{}, err
	}
	_, file, _, _ := runtime.Caller(0)
	if !filepath.IsAbs(file) { // built with -trimpath
		file, _ = filepath.Abs("../webtest/webtest.go")
	}
	reading, err := e.Read(context.Background(), filepath.Join(filepath.Dir(file), "../../../examples/ferry-talks"))
	if err != nil {
		return collected{}, err
	}
	other, problems := read(Accounts)
	if problems = append(problems, reading.Problems...); len(problems) > 0 {
		return collected{}, problems[0].Err
	}
	out := collected{engine: e}
	for id, articles := range map[string][]*article.Article{Example: reading.Articles, Other: other} {
		c, err := e.Compare(context.Background(), articles)
		if err != nil {
			return collected{}, err
		}
		out.stories = append(out.stories, told{id, c.Accounts})
	}
	slices.SortFunc(out.stories, func(a, b told) int { return strings.Compare(a.id, b.id) })
	return out, nil
})

// New is a collection of its own.
func New(t testing.TB) *Engine {
	t.Helper()
	made, err := shared()
	if err != nil {
		t.Fatal(err)
	}
	s, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "news.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	e := &Engine{s, made.engine}
	e.update(t, func(ctx context.Context, w store.Writer) error {
		for _, s := range made.stories {
			if err := s.put(ctx, w); err != nil {
				return err
			}
		}
		return w.PutSource(ctx, store.Source{
			ID: store.SourceID("https://tarrow.example/feed"), Address: "https://tarrow.example/feed", Kind: store.Feed, Title: "Tarrow Evening Echo", Added: start,
		})
	})
	return e
}

func (e *Engine) update(t testing.TB, f func(context.Context, store.Writer) error) {
	t.Helper()
	if err := e.Update(t.Context(), func(w store.Writer) error { return f(t.Context(), w) }); err != nil {
		t.Fatal(err)
	}
}

var start = time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)

// put keeps a story with its articles, and what was found in them.
func (s told) put(ctx context.Context, w store.Writer) error {
	begun := store.Event{At: start, Kind: store.StoryBegun, Story: s.id}
	if err := w.Record(ctx, &begun); err != nil {
		return err
	}
	digest := newsroom.Digest{Grew: []newsroom.Step{{At: start.Format(time.RFC3339), Accounts: len(s.accounts)}}}
	for _, a := range s.accounts {
		digest.Outlets, digest.Origins = append(digest.Outlets, a.Outlet.Name), append(digest.Origins, a.Origin)
	}
	b, err := json.Marshal(digest)
	if err != nil {
		return err
	}
	err = w.PutStory(ctx, store.Story{
		ID: s.id, Title: s.accounts[0].Headline(), Language: "en", Articles: len(s.accounts), Origins: len(s.accounts), First: start,
		Last: start.Add(time.Hour), Rank: float64(len(s.accounts)), Revision: begun.Number, Digested: begun.Number, Digest: b,
	})
	if err != nil {
		return err
	}
	for _, a := range s.accounts {
		put, err := w.PutArticle(ctx, store.Kept{Article: a.Article, Seen: start}, nil)
		if err != nil {
			return err
		}
		if err := w.PutFindings(ctx, put.ID, put.Version, a.Analysis, nil); err != nil {
			return err
		}
		if err := w.Join(ctx, store.Membership{Article: put.ID, Story: s.id, Joined: start}); err != nil {
			return err
		}
		if err := w.Record(ctx, &store.Event{At: start, Kind: store.ArticleAdded, Story: s.id, Article: put.ID, Version: put.Version}); err != nil {
			return err
		}
	}
	return nil
}

// Happen records an event.
func (e *Engine) Happen(t testing.TB, v store.Event) {
	t.Helper()
	v.At = start
	e.update(t, func(ctx context.Context, w store.Writer) error { return w.Record(ctx, &v) })
}

// Collate compares anew each time.
func (e *Engine) Collate(ctx context.Context, id string) (*newsroom.Laid, error) {
	laid := &newsroom.Laid{}
	var kept []store.Kept
	err := e.View(ctx, func(r store.Reader) (err error) {
		if laid.Story, err = r.Story(ctx, id); err != nil {
			return err
		}
		kept, _, err = r.Articles(ctx, store.ArticleFilter{Story: id}, store.Page{Limit: 200})
		return err
	})
	if err != nil {
		return nil, err
	}
	in := make([]*article.Article, len(kept))
	byArticle := map[*article.Article]store.Kept{}
	for i, k := range kept {
		in[i], byArticle[k.Article] = k.Article, k
	}
	if laid.Collation, err = e.engine.Compare(ctx, in); err != nil {
		return nil, err
	}
	for _, a := range laid.Collation.Accounts {
		laid.Articles = append(laid.Articles, byArticle[a.Article])
	}
	return laid, nil
}

// Annotation analyses anew each time.
func (e *Engine) Annotation(ctx context.Context, k store.Kept) (*article.Analysis, error) {
	return e.engine.Annotate(ctx, k.Article)
}

// Compare lays everything that can be read side by side as one story.
func (e *Engine) Compare(ctx context.Context, in []newsroom.Upload) ([]*collation.Collation, []collation.Problem, error) {
	articles, problems := read(in)
	if len(articles) < 2 {
		return nil, problems, nil
	}
	c, err := e.engine.Compare(ctx, articles, problems...)
	return []*collation.Collation{c}, problems, err
}

// Add keeps nothing, and says what it would have.
func (e *Engine) Add(_ context.Context, in []newsroom.Upload) (newsroom.Added, error) {
	articles, problems := read(in)
	out := newsroom.Added{Problems: problems}
	for _, a := range articles {
		out.Articles = append(out.Articles, store.Put{ID: store.ArticleID(a), Version: 1, New: true})
		out.Stories = []string{Other}
	}
	return out, nil
}

// Follow adds a feed, unless its address says that nothing is there.
func (e *Engine) Follow(ctx context.Context, address, folder string) (store.Source, error) {
	if strings.Contains(address, "nothing") {
		return store.Source{}, errors.New("there is no feed, sitemap or page at it")
	}
	s := store.Source{ID: store.SourceID(address), Address: address, Folder: folder, Kind: store.Feed, Added: start}
	return s, e.Update(ctx, func(w store.Writer) error { return w.PutSource(ctx, s) })
}

// Unfollow drops a source.
func (e *Engine) Unfollow(ctx context.Context, id string) error {
	return e.Update(ctx, func(w store.Writer) error { return w.DropSource(ctx, id) })
}

// Correct notes a correction and moves nothing.
func (e *Engine) Correct(ctx context.Context, c *store.Correction, seen int64) error {
	return e.Update(ctx, func(w store.Writer) error {
		s, err := w.Story(ctx, c.Story)
		switch {
		case err != nil:
			return err
		case seen != 0 && seen != s.Revision:
			return store.ErrConflict
		}
		c.At = start
		return w.PutCorrection(ctx, c)
	})
}

// Undo notes that a correction is undone.
func (e *Engine) Undo(ctx context.Context, id int64, _ string) error {
	return e.Update(ctx, func(w store.Writer) error {
		all, err := w.Corrections(ctx, "")
		if err != nil {
			return err
		}
		for _, c := range all {
			if c.ID == id {
				c.Undone = start
				return w.PutCorrection(ctx, &c)
			}
		}
		return store.ErrNotFound
	})
}

// SetAlert keeps an alert.
func (e *Engine) SetAlert(ctx context.Context, a store.Alert) error {
	return e.Update(ctx, func(w store.Writer) error { return w.PutAlert(ctx, a) })
}

// DropAlert drops an alert.
func (e *Engine) DropAlert(ctx context.Context, id string) error {
	return e.Update(ctx, func(w store.Writer) error { return w.DropAlert(ctx, id) })
}

// Wait looks every few milliseconds.
func (e *Engine) Wait(ctx context.Context, after int64) (last int64, err error) {
	for {
		err := e.View(ctx, func(r store.Reader) (err error) {
			last, err = r.LastEvent(ctx)
			return err
		})
		if err != nil || last > after {
			return last, err
		}
		select {
		case <-time.After(5 * time.Millisecond):
		case <-ctx.Done():
			return last, ctx.Err()
		}
	}
}

func read(in []newsroom.Upload) (out []*article.Article, problems []collation.Problem) {
	for _, u := range in {
		a, err := page.Read(page.Input{Place: cmp.Or(u.Name, u.Address, "text"), Body: u.Body})
		if u.Address != "" {
			err = errors.New("nothing is read from the web here")
		}
		if err != nil {
			problems = append(problems, collation.Problem{Place: cmp.Or(u.Name, u.Address), Err: err})
			continue
		}
		out = append(out, a)
	}
	return out, problems
}
