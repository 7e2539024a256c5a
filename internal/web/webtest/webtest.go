// Package webtest is a collection for the tests of what serves one: the accounts
// of the example and a second, small story, read and analysed by the engine and
// held in memory. It answers as the store promises, in the plainest way.
package webtest

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
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

// Engine is a collection in memory. Everything may be called at once.
type Engine struct {
	engine *synoptic.Engine

	mu          sync.Mutex
	changed     chan struct{}
	kept        []store.Kept
	analyses    map[string]*article.Analysis
	stories     []store.Story
	events      []store.Event
	sources     []store.Source
	corrections []store.Correction
	alerts      []store.Alert
}

var shared = sync.OnceValues(func() (*Engine, error) {
	e, err := synoptic.Open(synoptic.Options{})
	if err != nil {
		return nil, err
	}
	_, file, _, _ := runtime.Caller(0)
	if !filepath.IsAbs(file) { // built with -trimpath
		file, _ = filepath.Abs("../webtest/webtest.go")
	}
	reading, err := e.Read(context.Background(), filepath.Join(filepath.Dir(file), "../../../examples/ferry-talks"))
	if err != nil || len(reading.Articles) == 0 {
		return nil, errors.Join(err, fmt.Errorf("read %d articles: %v", len(reading.Articles), reading.Problems))
	}
	out := &Engine{engine: e, changed: make(chan struct{}), analyses: map[string]*article.Analysis{}}
	if err := out.keep(Example, reading.Articles); err != nil {
		return nil, err
	}
	other, problems := read(Accounts)
	if len(problems) > 0 {
		return nil, problems[0].Err
	}
	return out, out.keep(Other, other)
})

// New is a collection of its own.
func New(t testing.TB) *Engine {
	t.Helper()
	made, err := shared()
	if err != nil {
		t.Fatal(err)
	}
	return &Engine{
		engine: made.engine, changed: make(chan struct{}), kept: slices.Clone(made.kept), analyses: made.analyses,
		stories: slices.Clone(made.stories), events: slices.Clone(made.events),
		sources: []store.Source{{ID: store.SourceID("https://tarrow.example/feed"), Address: "https://tarrow.example/feed", Kind: store.Feed, Title: "Tarrow Evening Echo", Added: start}},
	}
}

var start = time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)

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

func (e *Engine) keep(story string, articles []*article.Article) error {
	c, err := e.engine.Compare(context.Background(), articles)
	if err != nil {
		return err
	}
	digest := newsroom.Digest{Grew: []newsroom.Step{{At: start.Format(time.RFC3339), Accounts: len(articles)}}}
	for _, a := range c.Accounts {
		k := store.Kept{Article: a.Article, ID: store.ArticleID(a.Article), Version: 1, Seen: start, Story: story}
		e.kept = append(e.kept, k)
		e.analyses[k.ID] = a.Analysis
		e.record(store.Event{At: start, Kind: store.ArticleAdded, Story: story, Article: k.ID, Version: 1})
		digest.Outlets = append(digest.Outlets, a.Outlet.Name)
		digest.Origins = append(digest.Origins, a.Origin)
	}
	e.record(store.Event{At: start, Kind: store.StoryBegun, Story: story})
	b, err := json.Marshal(digest)
	e.stories = append(e.stories, store.Story{
		ID: story, Title: c.Words(c.Title), Language: c.Language, Articles: len(c.Accounts), Origins: len(c.Origins), First: start,
		Last: start.Add(time.Hour), Rank: float64(len(c.Accounts)), Revision: e.last(), Digest: b,
	})
	return err
}

func (e *Engine) record(v store.Event) {
	v.Number = e.last() + 1
	e.events = append(e.events, v)
}

func (e *Engine) last() int64 {
	if len(e.events) == 0 {
		return 0
	}
	return e.events[len(e.events)-1].Number
}

// Happen records an event.
func (e *Engine) Happen(v store.Event) {
	e.mu.Lock()
	defer e.mu.Unlock()
	v.At = start
	e.record(v)
	close(e.changed)
	e.changed = make(chan struct{})
}

// View reads, as of one moment.
func (e *Engine) View(_ context.Context, f func(store.Reader) error) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	return f(reader{e: e})
}

// Collate compares anew each time.
func (e *Engine) Collate(ctx context.Context, id string) (*newsroom.Laid, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	i := slices.IndexFunc(e.stories, func(s store.Story) bool { return s.ID == id })
	if i < 0 {
		return nil, store.ErrNotFound
	}
	var in []*article.Article
	byArticle := map[*article.Article]store.Kept{}
	for _, k := range e.kept {
		if k.Story == id {
			in = append(in, k.Article)
			byArticle[k.Article] = k
		}
	}
	c, err := e.engine.Compare(ctx, in)
	if err != nil {
		return nil, err
	}
	laid := &newsroom.Laid{Story: e.stories[i], Collation: c}
	for _, a := range c.Accounts {
		laid.Articles = append(laid.Articles, byArticle[a.Article])
	}
	return laid, nil
}

// Annotation is what was found when the article was kept.
func (e *Engine) Annotation(_ context.Context, k store.Kept) (*article.Analysis, error) {
	return e.analyses[k.ID], nil
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

// Follow adds a feed.
func (e *Engine) Follow(_ context.Context, address, folder string) (store.Source, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if strings.Contains(address, "nothing") {
		return store.Source{}, errors.New("there is no feed, sitemap or page at it")
	}
	s := store.Source{ID: store.SourceID(address), Address: address, Folder: folder, Kind: store.Feed, Added: start}
	e.sources = append(e.sources, s)
	return s, nil
}

// Unfollow drops a source.
func (e *Engine) Unfollow(_ context.Context, id string) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	n := len(e.sources)
	e.sources = slices.DeleteFunc(e.sources, func(s store.Source) bool { return s.ID == id })
	if len(e.sources) == n {
		return store.ErrNotFound
	}
	return nil
}

// Correct notes a correction and moves nothing.
func (e *Engine) Correct(_ context.Context, c *store.Correction, seen int64) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	i := slices.IndexFunc(e.stories, func(s store.Story) bool { return s.ID == c.Story })
	switch {
	case i < 0:
		return store.ErrNotFound
	case seen != 0 && seen != e.stories[i].Revision:
		return store.ErrConflict
	}
	c.ID, c.At = int64(len(e.corrections)+1), start
	e.corrections = append(e.corrections, *c)
	return nil
}

// Undo notes that a correction is undone.
func (e *Engine) Undo(_ context.Context, id int64, _ string) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	for i := range e.corrections {
		if e.corrections[i].ID == id {
			e.corrections[i].Undone = start
			return nil
		}
	}
	return store.ErrNotFound
}

// SetAlert keeps an alert.
func (e *Engine) SetAlert(_ context.Context, a store.Alert) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.alerts = append(e.alerts, a)
	return nil
}

// DropAlert drops an alert.
func (e *Engine) DropAlert(_ context.Context, id string) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.alerts = slices.DeleteFunc(e.alerts, func(a store.Alert) bool { return a.ID == id })
	return nil
}

// Wait returns once something has happened after.
func (e *Engine) Wait(ctx context.Context, after int64) (int64, error) {
	for {
		e.mu.Lock()
		last, changed := e.last(), e.changed
		e.mu.Unlock()
		if last > after {
			return last, nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return last, ctx.Err()
		}
	}
}

// reader reads under the engine's lock. What it has no answer for is not asked
// in the tests, and would be a nil dereference.
type reader struct {
	store.Reader
	e *Engine
}

// cut is the page of all that is asked for; cursors are numbers.
func cut[T any](all []T, p store.Page) ([]T, string, error) {
	from, limit := 0, cmp.Or(p.Limit, 50)
	if p.After != "" {
		n, err := strconv.Atoi(p.After)
		if err != nil || n <= 0 || n > len(all) {
			return nil, "", store.ErrCursor
		}
		from = n
	}
	to := min(len(all), from+limit)
	next := ""
	if to < len(all) {
		next = strconv.Itoa(to)
	}
	return all[from:to], next, nil
}

func fits(k store.Kept, n *store.Node) bool {
	if n == nil {
		return true
	}
	every := func(f func(*store.Node) bool) bool {
		return !slices.ContainsFunc(n.Kids, func(k *store.Node) bool { return !f(k) })
	}
	switch n.Op {
	case store.And:
		return every(func(c *store.Node) bool { return fits(k, c) })
	case store.Or:
		return slices.ContainsFunc(n.Kids, func(c *store.Node) bool { return fits(k, c) })
	case store.Not:
		return !fits(k, n.Kids[0])
	}
	return strings.Contains(strings.ToLower(k.Text), strings.ToLower(strings.Join(n.Words, " ")))
}

func (r reader) Article(_ context.Context, id string) (store.Kept, error) {
	for _, k := range r.e.kept {
		if k.ID == id {
			return k, nil
		}
	}
	return store.Kept{}, store.ErrNotFound
}

func (r reader) Versions(ctx context.Context, id string) ([]store.Kept, error) {
	k, err := r.Article(ctx, id)
	return []store.Kept{k}, err
}

func (r reader) Articles(_ context.Context, f store.ArticleFilter, p store.Page) ([]store.Kept, string, error) {
	var out []store.Kept
	for _, k := range r.e.kept {
		if (f.Story == "" || f.Story == k.Story) && (f.Outlet == "" || f.Outlet == k.Outlet.Name) && (f.From.IsZero() || !k.Published.Time.Before(f.From)) {
			out = append(out, k)
		}
	}
	return cut(out, p)
}

func (r reader) Search(_ context.Context, q store.Query, p store.Page) ([]store.Hit, string, error) {
	var out []store.Hit
	for _, k := range r.e.kept {
		if fits(k, q.Match) {
			out = append(out, store.Hit{Kept: k, Snippet: "— " + k.Headline(), Marks: []store.Mark{{Start: 4, End: 4 + len(k.Headline())}}})
		}
	}
	return cut(out, p)
}

func (r reader) Outlets(context.Context) ([]store.OutletCount, error) {
	var out []store.OutletCount
	for _, k := range r.e.kept {
		out = append(out, store.OutletCount{Outlet: k.Outlet, Articles: 1, Latest: k.Published.Time})
	}
	return out, nil
}

func (r reader) Utterances(_ context.Context, f store.FindingFilter, p store.Page) ([]store.Utterance, string, error) {
	var out []store.Utterance
	for _, k := range r.e.kept {
		for _, t := range r.e.analyses[k.ID].Attributions {
			s := t.Content[0]
			if (f.Words == "" || strings.Contains(s.Of(k.Text), f.Words)) && (f.Speaker == "" || f.Speaker == t.Source.Name) && (f.Story == "" || f.Story == k.Story) {
				out = append(out, store.Utterance{
					Article: k.ID, Version: 1, Outlet: k.Outlet, Title: k.Headline(), Published: k.Published, Speaker: t.Source.Name, Role: t.Source.Role,
					Kind: t.Kind, Start: s.Start, End: s.End, Text: s.Of(k.Text), Story: k.Story,
				})
			}
		}
	}
	return cut(out, p)
}

func (r reader) Quantities(_ context.Context, f store.FindingFilter, p store.Page) ([]store.Quantity, string, error) {
	var out []store.Quantity
	for _, k := range r.e.kept {
		n := r.e.analyses[k.ID]
		for _, q := range n.Figures {
			i := slices.IndexFunc(n.Sentences, func(s article.Sentence) bool { return s.Contains(q.Span) })
			if i < 0 || f.Words != "" && !strings.Contains(n.Sentences[i].Of(k.Text), f.Words) || f.Unit != "" && f.Unit != q.Norm.Unit {
				continue
			}
			out = append(out, store.Quantity{
				Article: k.ID, Version: 1, Outlet: k.Outlet, Title: k.Headline(), Published: k.Published, Start: q.Start, End: q.End,
				Text: q.Span.Of(k.Text), Value: q.Norm.Value, Unit: q.Norm.Unit, Of: q.Of.Of(k.Text), Passage: n.Sentences[i].Of(k.Text), Story: k.Story,
			})
		}
	}
	return cut(out, p)
}

func (r reader) Names(_ context.Context, words string, p store.Page) ([]store.NameCount, string, error) {
	count := map[string]int{}
	for _, k := range r.e.kept {
		n := r.e.analyses[k.ID]
		for _, x := range n.Entities {
			if name := x.Name.Of(k.Text); x.Kind == article.Person && strings.Contains(name, words) {
				count[name]++
			}
		}
	}
	var out []store.NameCount
	for name, n := range count {
		out = append(out, store.NameCount{Name: name, Kind: article.Person, Articles: n})
	}
	slices.SortFunc(out, func(a, b store.NameCount) int { return cmp.Or(b.Articles-a.Articles, strings.Compare(a.Name, b.Name)) })
	return cut(out, p)
}

func (r reader) NamedIn(_ context.Context, name string, p store.Page) ([]store.Kept, string, error) {
	var out []store.Kept
	for _, k := range r.e.kept {
		if strings.Contains(k.Text, name) {
			out = append(out, k)
		}
	}
	return cut(out, p)
}

func (r reader) Story(_ context.Context, id string) (store.Story, error) {
	for _, s := range r.e.stories {
		if s.ID == id {
			return s, nil
		}
	}
	return store.Story{}, store.ErrNotFound
}

func (r reader) Stories(_ context.Context, f store.StoryFilter, p store.Page) ([]store.Story, string, error) {
	var out []store.Story
	for _, s := range r.e.stories {
		fit := f.Query == nil || slices.ContainsFunc(r.e.kept, func(k store.Kept) bool { return k.Story == s.ID && fits(k, f.Query.Match) })
		if fit && s.Articles >= f.MinArticles && (f.From.IsZero() || !s.Last.Before(f.From)) && (f.To.IsZero() || s.Last.Before(f.To)) && (f.Language == "" || f.Language == s.Language) {
			out = append(out, s)
		}
	}
	slices.SortStableFunc(out, func(a, b store.Story) int { return cmp.Compare(b.Rank, a.Rank) })
	return cut(out, p)
}

func (r reader) Members(_ context.Context, story string) ([]store.Membership, error) {
	var out []store.Membership
	for _, k := range r.e.kept {
		if k.Story == story {
			out = append(out, store.Membership{Article: k.ID, Story: story, Joined: start})
		}
	}
	return out, nil
}

func (r reader) History(_ context.Context, story string, p store.Page) ([]store.Event, string, error) {
	var out []store.Event
	for _, v := range slices.Backward(r.e.events) {
		if v.Story == story || v.Other == story {
			out = append(out, v)
		}
	}
	return cut(out, p)
}

func (r reader) Corrections(_ context.Context, story string) ([]store.Correction, error) {
	var out []store.Correction
	for _, c := range r.e.corrections {
		if story == "" || story == c.Story {
			out = append(out, c)
		}
	}
	return out, nil
}

func (r reader) Source(_ context.Context, id string) (store.Source, error) {
	for _, s := range r.e.sources {
		if s.ID == id {
			return s, nil
		}
	}
	return store.Source{}, store.ErrNotFound
}

func (r reader) Sources(context.Context) ([]store.Source, error) { return r.e.sources, nil }
func (r reader) Alerts(context.Context) ([]store.Alert, error)   { return r.e.alerts, nil }

func (r reader) Alert(_ context.Context, id string) (store.Alert, error) {
	for _, a := range r.e.alerts {
		if a.ID == id {
			return a, nil
		}
	}
	return store.Alert{}, store.ErrNotFound
}

func (r reader) Events(_ context.Context, after int64, limit int) ([]store.Event, error) {
	var out []store.Event
	for _, v := range r.e.events {
		if v.Number > after && len(out) < limit {
			out = append(out, v)
		}
	}
	return out, nil
}

func (r reader) LastEvent(context.Context) (int64, error) { return r.e.last(), nil }

func (r reader) Totals(context.Context) (store.Totals, error) {
	return store.Totals{Articles: len(r.e.kept), Versions: len(r.e.kept), Stories: len(r.e.stories), Sources: len(r.e.sources), Events: len(r.e.events)}, nil
}
