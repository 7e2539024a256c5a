package web_test

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
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
	"synoptic/internal/store"
	"synoptic/internal/web"
)

// fake is an engine that keeps everything in memory. It groups by topic: the
// articles that hold one word of topics are one story. What it finds in them
// the real passes found.
type fake struct {
	passes *synoptic.Engine
	dir    string
	clock  func() time.Time
	fail   error // what View returns, if anything

	mu          sync.Mutex
	articles    map[string][]store.Kept // versions, oldest first
	sequence    []string
	analyses    map[string]*article.Analysis
	stories     map[string]store.Story
	members     map[string][]store.Membership // by story
	corrections []store.Correction
	undo        map[int64]func()
	sources     []store.Source
	events      []store.Event
	laid        map[string]*newsroom.Laid // by story and revision
	wake        chan struct{}
}

var _ web.Engine = (*fake)(nil)

var topics = []string{"norrack", "bridge", "orchard", "glacier"}

// noon is when the tests take place.
var noon = time.Date(2031, 3, 14, 12, 0, 0, 0, time.UTC)

func newFake(t testing.TB) *fake {
	t.Helper()
	passes, err := synoptic.Open(synoptic.Options{AllowPrivate: true})
	if err != nil {
		t.Fatal(err)
	}
	at := noon
	var mu sync.Mutex
	return &fake{
		passes: passes, dir: t.TempDir(), articles: map[string][]store.Kept{}, analyses: map[string]*article.Analysis{},
		stories: map[string]store.Story{}, members: map[string][]store.Membership{}, undo: map[int64]func(){},
		laid: map[string]*newsroom.Laid{}, wake: make(chan struct{}),
		clock: func() time.Time {
			mu.Lock()
			defer mu.Unlock()
			at = at.Add(time.Minute)
			return at
		},
	}
}

// record notes what happened; f.mu is held.
func (f *fake) record(e store.Event) int64 {
	e.Number, e.At = int64(len(f.events)+1), f.clock()
	f.events = append(f.events, e)
	close(f.wake)
	f.wake = make(chan struct{})
	return e.Number
}

// change raises the revision of a story; f.mu is held.
func (f *fake) change(id string, kind store.EventKind, at string) {
	s := f.stories[id]
	s.ID = id
	s.Revision = f.record(store.Event{Kind: kind, Story: id, Article: at})
	s.Articles = len(f.members[id])
	f.stories[id] = s
}

// digest fills in what lists show of a story; f.mu is held.
func (f *fake) digest(ctx context.Context, id string) {
	s := f.stories[id]
	if s.Into != "" || len(f.members[id]) == 0 {
		return
	}
	laid, err := f.collate(ctx, id)
	if err != nil {
		panic(err)
	}
	c := laid.Collation
	d := newsroom.Digest{}
	s.Title, s.Language, s.Origins, s.Disputed, s.Differing = c.Words(c.Title), c.Language, len(c.Origins), 0, 0
	first, last := c.Published()
	s.First, s.Last, s.Rank = first.Time, last.Time, float64(len(c.Origins))
	for i, a := range c.Accounts {
		d.Outlets = append(d.Outlets, cmp.Or(a.Outlet.Name, a.Outlet.Domain))
		d.Origins = append(d.Origins, a.Origin)
		d.Grew = append(d.Grew, newsroom.Step{At: a.Published.Time.UTC().Format(time.RFC3339), Accounts: i + 1})
	}
	for _, p := range c.Points {
		if p.Status == collation.Disputed {
			d.Disputed = append(d.Disputed, newsroom.Line{Text: c.Words(p.Text), Origins: p.Origins})
			s.Disputed++
		}
	}
	for _, x := range c.Figures {
		if x.Verdict == collation.Differ {
			line := newsroom.Line{Text: x.Label}
			for _, cell := range x.Cells {
				if words := c.Words(cell.Cite); !slices.Contains(line.Values, words) {
					line.Values = append(line.Values, words)
				}
			}
			d.Differing = append(d.Differing, line)
			s.Differing++
		}
	}
	s.Digest, _ = json.Marshal(d)
	s.Digested = s.Revision
	f.stories[id] = s
}

// keep puts an article; f.mu is held.
func (f *fake) keep(ctx context.Context, a *article.Article) (store.Put, string, error) {
	id := store.ArticleID(a)
	versions := f.articles[id]
	put := store.Put{ID: id, Version: len(versions) + 1, New: len(versions) == 0, Changed: len(versions) > 0}
	if n := len(versions); n > 0 && versions[n-1].Text == a.Text {
		return store.Put{ID: id, Version: n}, versions[n-1].Story, nil
	}
	n, err := f.passes.Annotate(ctx, a)
	if err != nil {
		return put, "", err
	}
	k := store.Kept{Article: a, ID: id, Version: put.Version, Seen: f.clock()}
	topic := a.Headline()
	for _, word := range topics {
		if strings.Contains(strings.ToLower(a.Text), word) {
			topic = word
			break
		}
	}
	k.Story = fmt.Sprintf("%x", topic)[:min(16, 2*len(topic))]
	if !put.New {
		k.Story = versions[0].Story
	}
	f.articles[id] = append(versions, k)
	f.analyses[id+"@"+strconv.Itoa(k.Version)] = n
	kind := store.ArticleChanged
	if put.New {
		kind = store.ArticleAdded
		f.sequence = append(f.sequence, id)
		f.members[k.Story] = append(f.members[k.Story], store.Membership{Article: id, Story: k.Story, Joined: f.clock(), Why: "topic"})
	}
	f.change(k.Story, kind, id)
	return put, k.Story, nil
}

// place moves an article from one story to another; f.mu is held.
func (f *fake) place(id, to string) {
	versions := f.articles[id]
	from := versions[0].Story
	f.members[from] = slices.DeleteFunc(slices.Clone(f.members[from]), func(m store.Membership) bool { return m.Article == id })
	f.members[to] = append(slices.Clone(f.members[to]), store.Membership{Article: id, Story: to, Joined: f.clock(), Person: true})
	for i := range versions {
		versions[i].Story = to
	}
}

// read makes articles of uploads.
func (f *fake) read(ctx context.Context, in []newsroom.Upload) ([]*article.Article, []collation.Problem, error) {
	var from []string
	for i, u := range in {
		if u.Address != "" {
			from = append(from, u.Address)
			continue
		}
		dir, err := os.MkdirTemp(f.dir, "")
		if err != nil {
			return nil, nil, err
		}
		name := filepath.Join(dir, filepath.Base(cmp.Or(u.Name, "pasted-"+strconv.Itoa(i)+".txt")))
		if err := os.WriteFile(name, u.Body, 0o600); err != nil {
			return nil, []collation.Problem{{Place: u.Name, Err: errors.New("not a name")}}, nil
		}
		from = append(from, name)
	}
	reading, err := f.passes.Read(ctx, from...)
	return reading.Articles, reading.Problems, err
}

func (f *fake) Add(ctx context.Context, in []newsroom.Upload) (added newsroom.Added, err error) {
	articles, problems, err := f.read(ctx, in)
	if err != nil {
		return added, err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	added.Problems = problems
	for _, a := range articles {
		put, story, err := f.keep(ctx, a)
		if err != nil {
			return added, err
		}
		added.Articles = append(added.Articles, put)
		if !slices.Contains(added.Stories, story) {
			added.Stories = append(added.Stories, story)
		}
	}
	for _, id := range added.Stories {
		f.digest(ctx, id)
	}
	return added, nil
}

func (f *fake) AddExample(ctx context.Context) (newsroom.Added, error) {
	var in []newsroom.Upload
	names, err := filepath.Glob("../../examples/ferry-talks/*")
	if err != nil {
		return newsroom.Added{}, err
	}
	for _, name := range names {
		body, err := os.ReadFile(name)
		if err != nil {
			return newsroom.Added{}, err
		}
		in = append(in, newsroom.Upload{Name: filepath.Base(name), Body: body})
	}
	return f.Add(ctx, in)
}

func (f *fake) Compare(ctx context.Context, in []newsroom.Upload) ([]*collation.Collation, []collation.Problem, error) {
	articles, problems, err := f.read(ctx, in)
	if err != nil || len(articles) < 2 {
		return nil, problems, err
	}
	byTopic := map[string][]*article.Article{}
	for _, a := range articles {
		topic := ""
		for _, word := range topics {
			if strings.Contains(strings.ToLower(a.Text), word) {
				topic = word
				break
			}
		}
		byTopic[topic] = append(byTopic[topic], a)
	}
	var all []*collation.Collation
	for _, topic := range slices.Sorted(maps.Keys(byTopic)) {
		if len(byTopic[topic]) > 1 {
			c, err := f.passes.Compare(ctx, byTopic[topic])
			if err != nil {
				return nil, problems, err
			}
			all = append(all, c)
		}
	}
	return all, problems, nil
}

func (f *fake) Collate(ctx context.Context, id string) (*newsroom.Laid, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.collate(ctx, id)
}

func (f *fake) collate(ctx context.Context, id string) (*newsroom.Laid, error) {
	s, ok := f.stories[id]
	if !ok {
		return nil, store.ErrNotFound
	}
	if s.Into != "" {
		return f.collate(ctx, s.Into)
	}
	key := id + "@" + strconv.FormatInt(s.Revision, 10)
	if laid, ok := f.laid[key]; ok {
		laid := *laid
		laid.Story = s
		return &laid, nil
	}
	var articles []*article.Article
	byText := map[string]store.Kept{}
	for _, m := range f.members[id] {
		versions := f.articles[m.Article]
		k := versions[len(versions)-1]
		articles = append(articles, k.Article)
		byText[k.Place+k.Text] = k
	}
	var c *collation.Collation
	if len(articles) == 1 {
		n, err := f.passes.Annotate(ctx, articles[0])
		if err != nil {
			return nil, err
		}
		c = collation.Collate(synoptic.Version, []collation.Account{{Article: articles[0], Analysis: n}}, nil)
	} else {
		var err error
		if c, err = f.passes.Compare(ctx, articles); err != nil {
			return nil, err
		}
	}
	laid := &newsroom.Laid{Story: s, Collation: c}
	for _, a := range c.Accounts {
		laid.Articles = append(laid.Articles, byText[a.Place+a.Text])
	}
	f.laid[key] = laid
	return laid, nil
}

func (f *fake) Annotation(_ context.Context, k store.Kept) (*article.Analysis, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	n, ok := f.analyses[k.ID+"@"+strconv.Itoa(k.Version)]
	if !ok {
		return nil, store.ErrNotFound
	}
	return n, nil
}

func (f *fake) Follow(_ context.Context, address, folder string) (store.Source, error) {
	if strings.Contains(address, "refused") {
		return store.Source{}, errors.New("robots.txt asks not to be read")
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	s := store.Source{ID: store.SourceID(address), Address: address, Kind: store.Feed, Folder: folder, Added: f.clock()}
	f.sources = append(f.sources, s)
	f.record(store.Event{Kind: store.SourceAdded, Source: s.ID})
	return s, nil
}

func (f *fake) FollowList(ctx context.Context, opml io.Reader) (added []store.Source, problems []collation.Problem, err error) {
	body, err := io.ReadAll(opml)
	if err != nil {
		return nil, nil, err
	}
	if !strings.Contains(string(body), "<opml") {
		return nil, nil, errors.New("not OPML")
	}
	for _, part := range strings.Split(string(body), `xmlUrl="`)[1:] {
		address, _, _ := strings.Cut(part, `"`)
		s, err := f.Follow(ctx, address, "")
		if err != nil {
			problems = append(problems, collation.Problem{Place: address, Err: err})
			continue
		}
		added = append(added, s)
	}
	return added, problems, nil
}

func (f *fake) WriteList(_ context.Context, w io.Writer) error {
	_, err := io.WriteString(w, `<opml version="2.0"></opml>`)
	return err
}

func (f *fake) Unfollow(_ context.Context, id string) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	n := len(f.sources)
	f.sources = slices.DeleteFunc(f.sources, func(s store.Source) bool { return s.ID == id })
	if len(f.sources) == n {
		return store.ErrNotFound
	}
	f.record(store.Event{Kind: store.SourceDropped, Source: id})
	return nil
}

func (f *fake) Correct(ctx context.Context, c *store.Correction, seen int64) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	s, ok := f.stories[c.Story]
	if !ok {
		return store.ErrNotFound
	}
	if s.Revision != seen {
		return store.ErrConflict
	}
	c.ID = int64(len(f.corrections) + 1)
	moved := c.Articles
	from := map[string]string{}
	to := c.Story
	if c.Kind == store.Merged {
		other, ok := f.stories[c.Other]
		if !ok || other.Into != "" {
			return store.ErrNotFound
		}
		for _, m := range f.members[c.Other] {
			moved = append(moved, m.Article)
		}
	} else {
		to = store.StoryID(c.Articles[0], c.ID)
		c.Other = to
	}
	for _, id := range moved {
		versions, ok := f.articles[id]
		if !ok {
			return store.ErrNotFound
		}
		from[id] = versions[0].Story
		f.place(id, to)
	}
	f.change(to, store.Corrected, "")
	if c.Kind == store.Merged {
		other := f.stories[c.Other]
		other.Into = c.Story
		f.stories[c.Other] = other
		f.change(c.Other, store.StoryMerged, "")
	} else {
		f.change(c.Story, store.StoryParted, "")
	}
	f.corrections = append(f.corrections, *c)
	f.digest(ctx, c.Story)
	f.digest(ctx, c.Other)
	f.undo[c.ID] = func() {
		for id, was := range from {
			f.place(id, was)
		}
		if c.Kind == store.Merged {
			other := f.stories[c.Other]
			other.Into = ""
			f.stories[c.Other] = other
		}
		for _, id := range []string{c.Story, c.Other} {
			f.change(id, store.Undone, "")
		}
		f.digest(context.Background(), c.Story)
		f.digest(context.Background(), c.Other)
	}
	return nil
}

func (f *fake) Undo(_ context.Context, id int64, _ string) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	undo, ok := f.undo[id]
	if !ok {
		return store.ErrNotFound
	}
	undo()
	delete(f.undo, id)
	f.corrections[id-1].Undone = f.clock()
	return nil
}

func (f *fake) Forget(ctx context.Context, ids ...string) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, id := range ids {
		versions, ok := f.articles[id]
		if !ok {
			return store.ErrNotFound
		}
		story := versions[0].Story
		f.members[story] = slices.DeleteFunc(f.members[story], func(m store.Membership) bool { return m.Article == id })
		delete(f.articles, id)
		f.sequence = slices.DeleteFunc(f.sequence, func(x string) bool { return x == id })
		if len(f.members[story]) == 0 {
			delete(f.stories, story)
			f.record(store.Event{Kind: store.Forgotten, Article: id})
			continue
		}
		f.change(story, store.Forgotten, id)
		f.digest(ctx, story)
	}
	return nil
}

func (f *fake) SetAlert(context.Context, store.Alert) error    { return nil }
func (f *fake) DropAlert(context.Context, string) error        { return nil }
func (f *fake) SetValue(context.Context, string, []byte) error { return nil }
func (f *fake) Wait(ctx context.Context, after int64) (int64, error) {
	for {
		f.mu.Lock()
		newest, wake := int64(len(f.events)), f.wake
		f.mu.Unlock()
		if newest > after {
			return newest, nil
		}
		select {
		case <-ctx.Done():
			return newest, ctx.Err()
		case <-wake:
		}
	}
}

func (f *fake) View(_ context.Context, read func(store.Reader) error) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.fail != nil {
		return f.fail
	}
	return read(reader{f: f})
}

// reader answers what pages ask; the interface within is nil, so that what they
// do not ask is found out.
type reader struct {
	store.Reader
	f *fake
}

// page cuts a list at a cursor, which is a place in it.
func page[T any](list []T, p store.Page) ([]T, string, error) {
	at := 0
	if p.After != "" {
		var err error
		if at, err = strconv.Atoi(p.After); err != nil || at < 1 || at > len(list) {
			return nil, "", store.ErrCursor
		}
	}
	limit := cmp.Or(p.Limit, 50)
	list = list[at:]
	if len(list) > limit {
		return list[:limit], strconv.Itoa(at + limit), nil
	}
	return list, "", nil
}

func (r reader) newest() []store.Kept {
	var list []store.Kept
	for _, id := range r.f.sequence {
		versions := r.f.articles[id]
		list = append(list, versions[len(versions)-1])
	}
	slices.SortStableFunc(list, func(a, b store.Kept) int { return b.Published.Time.Compare(a.Published.Time) })
	return list
}

func (r reader) Totals(context.Context) (store.Totals, error) {
	t := store.Totals{Articles: len(r.f.articles), Stories: len(r.f.stories), Sources: len(r.f.sources), Events: len(r.f.events), Bytes: 123456}
	for _, v := range r.f.articles {
		t.Versions += len(v)
	}
	return t, nil
}

func (r reader) LastEvent(context.Context) (int64, error) { return int64(len(r.f.events)), nil }

func (r reader) Events(_ context.Context, after int64, limit int) ([]store.Event, error) {
	list := r.f.events[min(after, int64(len(r.f.events))):]
	return slices.Clone(list[:min(len(list), limit)]), nil
}

func (r reader) Article(_ context.Context, id string) (store.Kept, error) {
	v, ok := r.f.articles[id]
	if !ok {
		return store.Kept{}, store.ErrNotFound
	}
	return v[len(v)-1], nil
}

func (r reader) Versions(_ context.Context, id string) ([]store.Kept, error) {
	v, ok := r.f.articles[id]
	if !ok {
		return nil, store.ErrNotFound
	}
	return slices.Clone(v), nil
}

func (r reader) Articles(_ context.Context, f store.ArticleFilter, p store.Page) ([]store.Kept, string, error) {
	return page(slices.DeleteFunc(r.newest(), func(k store.Kept) bool {
		return f.Story != "" && k.Story != f.Story || f.Outlet != "" && f.Outlet != k.Outlet.Domain && f.Outlet != k.Outlet.Name
	}), p)
}

func fits(n *store.Node, s string) bool {
	if n == nil {
		return true
	}
	each := func(k *store.Node) bool { return fits(k, s) }
	switch n.Op {
	case store.Word, store.Phrase:
		return strings.Contains(s, strings.ToLower(strings.Join(n.Words, " ")))
	case store.And:
		return !slices.ContainsFunc(n.Kids, func(k *store.Node) bool { return !each(k) })
	case store.Or:
		return slices.ContainsFunc(n.Kids, each)
	}
	return !each(n.Kids[0])
}

func (r reader) Search(_ context.Context, q store.Query, p store.Page) ([]store.Hit, string, error) {
	var hits []store.Hit
	for _, k := range r.newest() {
		if !fits(q.Match, strings.ToLower(k.Text)) {
			continue
		}
		h := store.Hit{Kept: k}
		if q.Match != nil && len(q.Match.Words) > 0 {
			if at := strings.Index(strings.ToLower(k.Text), strings.ToLower(q.Match.Words[0])); at >= 0 {
				start := max(0, at-60)
				for start > 0 && k.Text[start-1] != ' ' {
					start--
				}
				end := min(len(k.Text), at+100)
				for end < len(k.Text) && k.Text[end] != ' ' {
					end++
				}
				h.Snippet = k.Text[start:end]
				h.Marks = []store.Mark{{Start: at - start, End: at - start + len(q.Match.Words[0])}}
			}
		}
		hits = append(hits, h)
	}
	return page(hits, p)
}

func (r reader) Outlets(context.Context) ([]store.OutletCount, error) {
	var list []store.OutletCount
	for _, k := range r.newest() {
		i := slices.IndexFunc(list, func(o store.OutletCount) bool { return o.Outlet == k.Outlet })
		if i < 0 {
			i = len(list)
			list = append(list, store.OutletCount{Outlet: k.Outlet, Latest: k.Published.Time})
		}
		list[i].Articles++
	}
	return list, nil
}

func (r reader) Utterances(_ context.Context, f store.FindingFilter, p store.Page) ([]store.Utterance, string, error) {
	var list []store.Utterance
	for _, k := range r.newest() {
		n := r.f.analyses[k.ID+"@"+strconv.Itoa(k.Version)]
		for _, a := range n.Attributions {
			if a.Source.Name != f.Speaker {
				continue
			}
			list = append(list, store.Utterance{
				Article: k.ID, Version: k.Version, Outlet: k.Outlet, Title: k.Headline(), Published: k.Published, Speaker: a.Source.Name,
				Kind: a.Kind, Start: a.Content[0].Start, End: a.Content[0].End, Text: a.Content[0].Of(k.Text), Story: k.Story,
			})
		}
	}
	return page(list, p)
}

func (r reader) Names(_ context.Context, words string, p store.Page) ([]store.NameCount, string, error) {
	var list []store.NameCount
	for _, k := range r.newest() {
		n := r.f.analyses[k.ID+"@"+strconv.Itoa(k.Version)]
		for _, e := range n.Entities {
			name := e.Name.Of(k.Text)
			if words != "" && !strings.Contains(strings.ToLower(name), strings.ToLower(words)) || e.Kind > article.Location {
				continue
			}
			i := slices.IndexFunc(list, func(c store.NameCount) bool { return c.Name == name })
			if i < 0 {
				i = len(list)
				list = append(list, store.NameCount{Name: name, Kind: e.Kind})
			}
			list[i].Articles++
		}
	}
	slices.SortStableFunc(list, func(a, b store.NameCount) int { return b.Articles - a.Articles })
	return page(list, p)
}

func (r reader) NamedIn(_ context.Context, name string, p store.Page) ([]store.Kept, string, error) {
	return page(slices.DeleteFunc(r.newest(), func(k store.Kept) bool { return !strings.Contains(k.Text, name) }), p)
}

func (r reader) Story(_ context.Context, id string) (store.Story, error) {
	s, ok := r.f.stories[id]
	if !ok {
		return s, store.ErrNotFound
	}
	return s, nil
}

func (r reader) Stories(_ context.Context, f store.StoryFilter, p store.Page) ([]store.Story, string, error) {
	list := slices.DeleteFunc(slices.Collect(maps.Values(r.f.stories)), func(s store.Story) bool {
		if s.Into != "" || s.Articles == 0 || s.Articles < f.MinArticles || f.Language != "" && f.Language != s.Language {
			return true
		}
		return f.Query != nil && !slices.ContainsFunc(r.f.members[s.ID], func(m store.Membership) bool {
			v := r.f.articles[m.Article]
			return fits(f.Query.Match, strings.ToLower(v[len(v)-1].Text))
		})
	})
	slices.SortFunc(list, func(a, b store.Story) int {
		if f.ByLatest {
			return cmp.Or(b.Last.Compare(a.Last), cmp.Compare(a.ID, b.ID))
		}
		return cmp.Or(cmp.Compare(b.Rank, a.Rank), cmp.Compare(a.ID, b.ID))
	})
	return page(list, p)
}

func (r reader) Members(_ context.Context, story string) ([]store.Membership, error) {
	return slices.Clone(r.f.members[story]), nil
}

func (r reader) Links(context.Context, string) ([]store.Link, error) { return nil, nil }

func (r reader) Corrections(_ context.Context, story string) ([]store.Correction, error) {
	return slices.DeleteFunc(slices.Clone(r.f.corrections), func(c store.Correction) bool {
		return story != "" && c.Story != story && c.Other != story
	}), nil
}

func (r reader) Sources(context.Context) ([]store.Source, error) {
	return slices.Clone(r.f.sources), nil
}

func (r reader) NextJob(context.Context) (time.Time, error) { return noon, nil }
