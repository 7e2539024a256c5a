package storetest

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"synoptic/internal/store"
)

func cursors(t *testing.T, s store.Store) {
	put(t, s, library()...)
	view(t, s, func(ctx context.Context, r store.Reader) {
		_, articles, err := r.Articles(ctx, store.ArticleFilter{}, store.Page{Limit: 1})
		no(err)
		_, hits, err := r.Search(ctx, must(store.ParseQuery("ferry")), store.Page{Limit: 1})
		no(err)
		bad := []string{
			"x", "%%%", articles + "x", articles[:len(articles)-4], "bnVsbA", base64.RawURLEncoding.EncodeToString([]byte(`["articles",null,null]`)),
			base64.RawURLEncoding.EncodeToString([]byte(`["articles","\u0000","x"]`)), base64.RawURLEncoding.EncodeToString([]byte(`["articles",{},[]]`)),
			strings.Repeat("A", 1<<20),
		}
		for _, c := range []struct {
			name    string
			foreign string
			list    func(store.Page) error
		}{
			{"articles", hits, func(p store.Page) error { _, _, err := r.Articles(ctx, store.ArticleFilter{}, p); return err }},
			{"search", articles, func(p store.Page) error { _, _, err := r.Search(ctx, store.Query{}, p); return err }},
			{"named", hits, func(p store.Page) error { _, _, err := r.NamedIn(ctx, "x", p); return err }},
			{"utterances", hits, func(p store.Page) error { _, _, err := r.Utterances(ctx, store.FindingFilter{}, p); return err }},
			{"quantities", hits, func(p store.Page) error { _, _, err := r.Quantities(ctx, store.FindingFilter{}, p); return err }},
			{"names", hits, func(p store.Page) error { _, _, err := r.Names(ctx, "", p); return err }},
			{"stories", hits, func(p store.Page) error { _, _, err := r.Stories(ctx, store.StoryFilter{}, p); return err }},
			{"history", hits, func(p store.Page) error { _, _, err := r.History(ctx, "x", p); return err }},
		} {
			for _, after := range append(bad, c.foreign) {
				is(t, fmt.Sprintf("%s after %.30q", c.name, after), c.list(store.Page{After: after}), store.ErrCursor)
			}
			if err := c.list(store.Page{Limit: -5}); err != nil {
				t.Errorf("%s, a limit below nothing: %v", c.name, err)
			}
		}
	})
}

// oddWords asks for and keeps what is not meant for a database.
func oddWords(t *testing.T, s store.Store) {
	put(t, s, library()...)
	for _, odd := range []string{"\x00", "a\x00b", "\xff", "' OR 1=1 --", `"; DROP TABLE article; --`, "%", "_", "\\", "*", `""`, "{title} : x", "a NEAR b", "$1", "?", "ﷺ", strings.Repeat("x", 1<<16)} {
		update(t, s, func(ctx context.Context, w store.Writer) {
			no(w.PutStory(ctx, store.Story{ID: odd, Title: odd, Language: odd}))
			no(w.PutSource(ctx, store.Source{ID: odd, Address: odd, Title: odd}))
			no(w.PutAlert(ctx, store.Alert{ID: odd, Query: odd}))
			no(w.PutJob(ctx, &store.Job{Kind: odd, Key: odd, Problem: odd}))
			no(w.Record(ctx, &store.Event{Kind: store.Corrected, Story: odd, Note: odd}))
			no(w.SetValue(ctx, odd, []byte(odd)))
			no(w.PutCorrection(ctx, &store.Correction{By: odd, Articles: []string{odd}}))
			same(t, odd, must(w.Value(ctx, odd)), []byte(odd))
			_ = must(w.Story(ctx, odd))
			_ = must(w.Source(ctx, odd))
			_ = must(w.Alert(ctx, odd))
			_, err := w.Article(ctx, odd)
			is(t, odd, err, store.ErrNotFound)
			for _, q := range []store.Query{
				{Match: &store.Node{Op: store.Word, Words: []string{odd}}},
				{Match: &store.Node{Op: store.Phrase, Words: []string{odd, "x"}}},
				{Match: &store.Node{Op: store.Outlet, Value: odd}},
				{Match: &store.Node{Op: store.Speaker, Value: odd}},
				{Match: &store.Node{Op: store.Language, Value: odd}},
			} {
				if _, _, err := w.Search(ctx, q, store.Page{}); err != nil {
					t.Errorf("search for %.20q: %v", odd, err)
				}
				if _, _, err := w.Stories(ctx, store.StoryFilter{Query: &q, Language: odd}, store.Page{}); err != nil {
					t.Errorf("stories of %.20q: %v", odd, err)
				}
			}
			_ = page(w.Utterances(ctx, store.FindingFilter{Words: odd, Speaker: odd, Speakers: odd, Story: odd, Outlet: odd}, store.Page{}))
			_ = page(w.Quantities(ctx, store.FindingFilter{Words: odd, Units: []string{odd}}, store.Page{}))
			_ = page(w.Names(ctx, odd, store.Page{}))
			_ = page(w.NamedIn(ctx, odd, store.Page{}))
			_ = page(w.Articles(ctx, store.ArticleFilter{Outlet: odd, Language: odd, Story: odd}, store.Page{}))
			_ = must(w.Unanalysed(ctx, odd, 5))
			no(w.Forget(ctx, odd))
		})
	}
}

func errorsKeepNothing(t *testing.T, s store.Store) {
	own := errors.New("own")
	err := s.Update(t.Context(), func(w store.Writer) error {
		_ = must(w.PutArticle(t.Context(), store.Kept{Article: library()[0]}, nil))
		return own
	})
	if err != own { //nolint:errorlint // as it is
		t.Errorf("got error %v", err)
	}
	if err := s.View(t.Context(), func(store.Reader) error { return own }); err != own { //nolint:errorlint // as it is
		t.Errorf("got error %v", err)
	}
	func() {
		defer func() {
			if recover() == nil {
				t.Error("the panic is lost")
			}
		}()
		_ = s.Update(t.Context(), func(w store.Writer) error {
			_ = must(w.PutArticle(t.Context(), store.Kept{Article: library()[1]}, nil))
			panic("halfway")
		})
	}()
	view(t, s, func(ctx context.Context, r store.Reader) {
		same(t, "articles", must(r.Totals(ctx)).Articles, 0)
		same(t, "hits", len(page(r.Search(ctx, must(store.ParseQuery("ferry")), store.Page{}))), 0)
	})
}

// oneMoment reads again and again, in one view, what updates change meanwhile.
func oneMoment(t *testing.T, s store.Store) {
	update(t, s, func(ctx context.Context, w store.Writer) {
		no(w.SetValue(ctx, "a", []byte("0")))
		no(w.SetValue(ctx, "b", []byte("0")))
	})
	ctx := t.Context()
	done := make(chan struct{})
	var g sync.WaitGroup
	g.Go(func() {
		defer close(done)
		for i := 1; i <= 100; i++ {
			if err := s.Update(ctx, func(w store.Writer) error {
				return errors.Join(w.SetValue(ctx, "a", []byte(strconv.Itoa(i))), w.SetValue(ctx, "b", []byte(strconv.Itoa(i))))
			}); err != nil {
				t.Error(err)
			}
		}
	})
	for range 4 {
		g.Go(func() {
			for running := true; running; {
				select {
				case <-done:
					running = false
				default:
				}
				if err := s.View(ctx, func(r store.Reader) error {
					a, err := r.Value(ctx, "a")
					if err != nil {
						return err
					}
					time.Sleep(time.Millisecond)
					b, err := r.Value(ctx, "b")
					if err == nil && string(a) != string(b) {
						t.Errorf("a view sees %s and then %s", a, b)
					}
					return err
				}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	g.Wait()
	// A view within an update sees what was before, and waits for nothing.
	update(t, s, func(ctx context.Context, w store.Writer) {
		no(w.SetValue(ctx, "a", []byte("new")))
		view(t, s, func(ctx context.Context, r store.Reader) { same(t, "outside", string(must(r.Value(ctx, "a"))), "100") })
		same(t, "inside", string(must(w.Value(ctx, "a"))), "new")
	})
}

func updatesDoNotOverlap(t *testing.T, s store.Store) {
	update(t, s, func(ctx context.Context, w store.Writer) { no(w.SetValue(ctx, "n", []byte("0"))) })
	Count(t, s, 4, 25)
	view(t, s, func(ctx context.Context, r store.Reader) { same(t, "count", string(must(r.Value(ctx, "n"))), "100") })
}

// Count raises the setting n by workers times rounds, one by one, each in an
// update of its own that reads it first. Several processes may do so at once.
func Count(t *testing.T, s store.Store, workers, rounds int) {
	ctx := t.Context()
	var g sync.WaitGroup
	for range workers {
		g.Go(func() {
			for range rounds {
				if err := s.Update(ctx, func(w store.Writer) error {
					value, err := w.Value(ctx, "n")
					if err != nil {
						return err
					}
					n, err := strconv.Atoi(string(value))
					if err != nil {
						return err
					}
					return w.SetValue(ctx, "n", []byte(strconv.Itoa(n+1)))
				}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	g.Wait()
}

func cancelled(t *testing.T, s store.Store) {
	ended, stop := context.WithCancel(t.Context())
	stop()
	if err := s.Update(ended, func(store.Writer) error { return nil }); !errors.Is(err, context.Canceled) {
		t.Errorf("got error %v", err)
	}
	if err := s.View(ended, func(store.Reader) error { return nil }); !errors.Is(err, context.Canceled) {
		t.Errorf("got error %v", err)
	}
	// One that waits for another update gives up when its context ends.
	update(t, s, func(ctx context.Context, w store.Writer) {
		no(w.SetValue(ctx, "a", []byte("1")))
		soon, stop := context.WithTimeout(ctx, 50*time.Millisecond)
		defer stop()
		if err := s.Update(soon, func(store.Writer) error { return nil }); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("got error %v", err)
		}
	})
}
