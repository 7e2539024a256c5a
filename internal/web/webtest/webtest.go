// Package webtest is a newsroom for the tests of what serves one. It is the real
// one, with real passes, the real grouping and a database in a file of the test's
// own, but for three things: a clock that only counts, digests that are made
// before a change returns and not some time after it, and a store that can be
// made to fail.
package webtest

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"synoptic"
	"synoptic/internal/newsroom"
	"synoptic/internal/store"
)

// Start is when the tests begin: soon after the last account of the example.
var Start = time.Date(2025, 3, 13, 16, 0, 0, 0, time.UTC)

// Room is a newsroom of one test. Everything may be called at once.
type Room struct {
	*synoptic.Collection
	// Example and Other are the IDs of the stories of a filled room: that of the
	// example's accounts, and that of Accounts.
	Example, Other string

	store *faulty
}

// Accounts are the texts of a small story, with characters beyond ASCII and text
// that would end a script element early.
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

// New is a newsroom that keeps nothing yet.
func New(t testing.TB) *Room {
	t.Helper()
	return start(t, filepath.Join(t.TempDir(), "news.db"))
}

// Filled is a newsroom with two stories and a source.
func Filled(t testing.TB) *Room {
	t.Helper()
	made, err := filled()
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "news.db")
	if err := os.WriteFile(path, made.file, 0o600); err != nil {
		t.Fatal(err)
	}
	r := start(t, path)
	r.Example, r.Other = made.example, made.other
	return r
}

// start opens the newsroom of the file at path until the test ends.
func start(t testing.TB, path string) *Room {
	t.Helper()
	r, end, err := open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := end(); err != nil {
			t.Error(err)
		}
	})
	return r
}

// filling is a database with two stories, made once for all tests of a package.
type filling struct {
	file           []byte
	example, other string
}

var filled = sync.OnceValues(func() (f filling, err error) {
	ctx := context.Background()
	dir, err := os.MkdirTemp("", "webtest")
	if err != nil {
		return f, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	path := filepath.Join(dir, "news.db")
	r, end, err := open(ctx, path)
	if err != nil {
		return f, err
	}
	err = r.fill(ctx, &f)
	if err = errors.Join(err, end()); err != nil {
		return f, err
	}
	f.file, err = os.ReadFile(path)
	return f, err
})

func (r *Room) fill(ctx context.Context, f *filling) error {
	example, err := r.AddExample(ctx)
	if err != nil {
		return err
	}
	other, err := r.Add(ctx, Accounts)
	if err != nil {
		return err
	}
	if len(example.Stories) != 1 || len(other.Stories) != 1 || len(example.Problems)+len(other.Problems) > 0 {
		return errors.New("the example and the other accounts are not two stories")
	}
	f.example, f.other = example.Stories[0], other.Stories[0]
	return r.Store.Update(ctx, func(w store.Writer) error {
		address := "https://tarrow.example/feed"
		return w.PutSource(ctx, store.Source{
			ID: store.SourceID(address), Address: address, Kind: store.Feed, Title: "Tarrow Evening Echo", Added: Start,
		})
	})
}

// open opens the newsroom of the file at path, and says how it is closed.
func open(ctx context.Context, path string) (*Room, func() error, error) {
	engine, err := synoptic.Open(synoptic.Options{AllowPrivate: true, Delay: time.Millisecond})
	if err != nil {
		return nil, nil, err
	}
	c, err := engine.OpenCollection(ctx, path, nil)
	if err != nil {
		return nil, nil, errors.Join(err, engine.Close())
	}
	r := &Room{Collection: c, store: &faulty{Store: c.Store}}
	c.Store, c.Now = r.store, clock()
	return r, func() error { return errors.Join(c.Close(), engine.Close()) }, nil
}

// clock is a clock that is a minute later each time it is asked, so that no two
// things happen at once.
func clock() func() time.Time {
	var mu sync.Mutex
	at := Start
	return func() time.Time {
		mu.Lock()
		defer mu.Unlock()
		at = at.Add(time.Minute)
		return at
	}
}

// faulty is a store that can be made to fail.
type faulty struct {
	store.Store
	mu  sync.Mutex
	err error
}

// View fails, or reads.
func (s *faulty) View(ctx context.Context, read func(store.Reader) error) error {
	s.mu.Lock()
	err := s.err
	s.mu.Unlock()
	if err != nil {
		return err
	}
	return s.Store.View(ctx, read)
}

// Break lets everything that is read from the store end in err from now on; nil
// mends it.
func (r *Room) Break(err error) {
	r.store.mu.Lock()
	defer r.store.mu.Unlock()
	r.store.err = err
}

// Add is the newsroom's, with the digests of what has changed.
func (r *Room) Add(ctx context.Context, in []newsroom.Upload) (newsroom.Added, error) {
	added, err := r.Collection.Add(ctx, in)
	return added, errors.Join(err, r.Digest(ctx, nil))
}

// AddExample is the newsroom's, with the digests of what has changed.
func (r *Room) AddExample(ctx context.Context) (newsroom.Added, error) {
	added, err := r.Collection.AddExample(ctx)
	return added, errors.Join(err, r.Digest(ctx, nil))
}

// Correct is the newsroom's, with the digests of what has changed.
func (r *Room) Correct(ctx context.Context, c *store.Correction, seen int64) error {
	return errors.Join(r.Collection.Correct(ctx, c, seen), r.Digest(ctx, nil))
}

// Undo is the newsroom's, with the digests of what has changed.
func (r *Room) Undo(ctx context.Context, correction int64, by string) error {
	return errors.Join(r.Collection.Undo(ctx, correction, by), r.Digest(ctx, nil))
}

// Forget is the newsroom's, with the digests of what has changed.
func (r *Room) Forget(ctx context.Context, articles ...string) error {
	return errors.Join(r.Collection.Forget(ctx, articles...), r.Digest(ctx, nil))
}

// Put writes to the store, past the newsroom.
func (r *Room) Put(t testing.TB, write func(ctx context.Context, w store.Writer) error) {
	t.Helper()
	if err := r.Store.Update(t.Context(), func(w store.Writer) error { return write(t.Context(), w) }); err != nil {
		t.Fatal(err)
	}
}

// Happen records an event, and makes the digest of the story that it changes.
func (r *Room) Happen(t testing.TB, e store.Event) {
	t.Helper()
	e.At = r.Now()
	r.Put(t, func(ctx context.Context, w store.Writer) error { return w.Record(ctx, &e) })
	if err := r.Digest(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
}

// Story is a story as the store has it.
func (r *Room) Story(t testing.TB, id string) (s store.Story) {
	t.Helper()
	err := r.View(t.Context(), func(from store.Reader) (err error) {
		s, err = from.Story(t.Context(), id)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// Outlet is the address of a site on this machine that has a feed at /feed.xml,
// whose robots.txt keeps /refused to itself, and that has nothing else.
func Outlet(t testing.TB) string {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.URL.Path == "/robots.txt":
			_, _ = io.WriteString(w, "User-agent: *\nDisallow: /refused\n")
		case strings.HasSuffix(r.URL.Path, "/feed.xml"):
			_, _ = io.WriteString(w, `<rss version="2.0"><channel><title>Ansel Courier</title></channel></rss>`)
		default:
			http.NotFound(w, r)
		}
	}))
	t.Cleanup(s.Close)
	return s.URL
}
