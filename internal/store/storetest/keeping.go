package storetest

import (
	"context"
	"testing"
	"time"

	"synoptic/internal/store"
)

func sources(t *testing.T, s store.Store) {
	full := store.Source{
		ID: "a", Address: "https://courier.example/feed", Kind: store.Feed, Title: "courier", Folder: "north/daily", Added: noon, Next: noon.Add(time.Hour),
		Tried: noon, Answered: noon, Failures: 3, Problem: "timeout \x00", Gone: false, ETag: `"x"`, LastModified: "Mon", Rhythm: []byte{1, 2},
	}
	list := []store.Source{full, {ID: "b", Address: "https://b.example/", Kind: store.Watched, Title: "Before"}, {ID: "c", Address: "https://c.example/", Gone: true}}
	update(t, s, func(ctx context.Context, w store.Writer) {
		for _, src := range list {
			no(w.PutSource(ctx, src))
		}
		_ = must(w.PutArticle(ctx, store.Kept{Article: library()[0], Source: "a"}, nil))
		_ = must(w.PutArticle(ctx, store.Kept{Article: library()[1], Source: "a"}, nil))
	})
	list[0].Articles, list[0].Problem = 2, "timeout \uFFFD"
	view(t, s, func(ctx context.Context, r store.Reader) {
		same(t, "source", must(r.Source(ctx, "a")), list[0])
		same(t, "sources", must(r.Sources(ctx)), []store.Source{list[2], list[1], list[0]})
		same(t, "due", must(r.DueSources(ctx, noon, 10)), list[1:2])
		same(t, "due later", must(r.DueSources(ctx, noon.Add(time.Hour), 10)), []store.Source{list[1], list[0]})
		same(t, "due, at most one", must(r.DueSources(ctx, noon.Add(time.Hour), 1)), list[1:2])
		_, err := r.Source(ctx, "none")
		is(t, "no source", err, store.ErrNotFound)
	})
	update(t, s, func(ctx context.Context, w store.Writer) {
		src := list[0]
		src.Title, src.Rhythm, src.Failures = "New", nil, 0
		no(w.PutSource(ctx, src))
		same(t, "changed", must(w.Source(ctx, "a")), src)
		no(w.DropSource(ctx, "a"))
		is(t, "dropped twice", w.DropSource(ctx, "a"), store.ErrNotFound)
		same(t, "left", must(w.Totals(ctx)).Sources, 2)
		same(t, "its articles", must(w.Totals(ctx)).Articles, 2)
	})
}

func jobs(t *testing.T, s store.Store) {
	a := store.Job{Kind: "read", Key: "x", Payload: []byte{0, 1}, Due: noon, Tries: 1, Problem: "not there"}
	b := store.Job{Kind: "read", Key: "y", Due: noon.Add(time.Nanosecond)}
	c := store.Job{Kind: "tell", Key: "x", Payload: []byte{}, Due: noon.Add(-time.Hour)}
	now := store.Job{Kind: "now", Key: ""}
	view(t, s, func(ctx context.Context, r store.Reader) {
		same(t, "next of none", must(r.NextJob(ctx)), time.Time{})
	})
	update(t, s, func(ctx context.Context, w store.Writer) {
		for _, j := range []*store.Job{&b, &a, &c} {
			no(w.PutJob(ctx, j))
		}
	})
	view(t, s, func(ctx context.Context, r store.Reader) {
		same(t, "due", must(r.DueJobs(ctx, "read", noon, 10)), []store.Job{a})
		same(t, "due a moment later", must(r.DueJobs(ctx, "read", noon.Add(time.Nanosecond), 10)), []store.Job{a, b})
		same(t, "due, at most one", must(r.DueJobs(ctx, "read", noon.Add(time.Hour), 1)), []store.Job{a})
		same(t, "due of another kind", must(r.DueJobs(ctx, "tell", noon, 10)), []store.Job{c})
		same(t, "next", must(r.NextJob(ctx)), c.Due)
	})
	update(t, s, func(ctx context.Context, w store.Writer) {
		again := store.Job{Kind: "read", Key: "x", Due: noon.Add(time.Hour), Tries: 2}
		no(w.PutJob(ctx, &again))
		same(t, "the same job", again.ID, a.ID)
		same(t, "put off", must(w.DueJobs(ctx, "read", noon.Add(time.Minute), 10)), []store.Job{b})
		no(w.DropJob(ctx, c.ID))
		is(t, "dropped twice", w.DropJob(ctx, c.ID), store.ErrNotFound)
		same(t, "next", must(w.NextJob(ctx)), b.Due)
		no(w.PutJob(ctx, &now))
		if due := must(w.NextJob(ctx)); due.IsZero() || due.After(noon) {
			t.Errorf("a job that is due at once is due %v", due)
		}
		same(t, "jobs", must(w.Totals(ctx)).Jobs, 3)
	})
}

func alerts(t *testing.T, s store.Store) {
	a := store.Alert{ID: "a", Query: `"ferry talks" from:2026`, Channel: "webhook", Target: "https://desk.example/", Secret: "s", Added: noon, Problem: "no answer"}
	b := store.Alert{ID: "b", Added: noon.Add(-time.Hour), Off: true}
	update(t, s, func(ctx context.Context, w store.Writer) {
		no(w.PutAlert(ctx, a))
		no(w.PutAlert(ctx, b))
		no(w.PutDelivery(ctx, store.Delivery{Alert: "a", Story: "one"}))
		is(t, "delivery of no alert", w.PutDelivery(ctx, store.Delivery{Alert: "none", Story: "one"}), store.ErrNotFound)
	})
	view(t, s, func(ctx context.Context, r store.Reader) {
		same(t, "alert", must(r.Alert(ctx, "a")), a)
		same(t, "alerts", must(r.Alerts(ctx)), []store.Alert{b, a})
		same(t, "delivery", must(r.Delivery(ctx, "a", "one")), store.Delivery{Alert: "a", Story: "one"})
		_, err := r.Delivery(ctx, "a", "two")
		is(t, "no delivery", err, store.ErrNotFound)
		_, err = r.Alert(ctx, "none")
		is(t, "no alert", err, store.ErrNotFound)
	})
	update(t, s, func(ctx context.Context, w store.Writer) {
		no(w.PutDelivery(ctx, store.Delivery{Alert: "a", Story: "one", At: noon}))
		same(t, "told", must(w.Delivery(ctx, "a", "one")).At, noon)
		a.Off, a.Problem = true, ""
		no(w.PutAlert(ctx, a))
		same(t, "changed", must(w.Alert(ctx, "a")), a)
		same(t, "still told", must(w.Delivery(ctx, "a", "one")).At, noon)
		no(w.DropAlert(ctx, "a"))
		is(t, "dropped twice", w.DropAlert(ctx, "a"), store.ErrNotFound)
		_, err := w.Delivery(ctx, "a", "one")
		is(t, "delivery of a dropped alert", err, store.ErrNotFound)
	})
}

func journal(t *testing.T, s store.Store) {
	var want []store.Event
	for _, kind := range []store.EventKind{store.ArticleAdded, store.SourceDead, store.Undone} {
		e := store.Event{At: noon, Kind: kind, Story: "s", Article: "a", Version: 2, Source: "src", Other: "o", Note: "note"}
		update(t, s, func(ctx context.Context, w store.Writer) {
			no(w.Record(ctx, &e))
			same(t, "last", must(w.LastEvent(ctx)), e.Number)
		})
		want = append(want, e)
	}
	view(t, s, func(ctx context.Context, r store.Reader) {
		got := must(r.Events(ctx, 0, 10))
		same(t, "events", got, want)
		if got[0].Number <= 0 || got[1].Number <= got[0].Number {
			t.Errorf("numbers: %d, %d", got[0].Number, got[1].Number)
		}
		same(t, "events after one", must(r.Events(ctx, got[0].Number, 1)), want[1:2])
		same(t, "events after all", len(must(r.Events(ctx, got[2].Number, 10))), 0)
		_, err := r.Value(ctx, "name")
		is(t, "no setting", err, store.ErrNotFound)
	})
	for _, value := range [][]byte{{1, 0, 255}, {}, []byte("other")} {
		update(t, s, func(ctx context.Context, w store.Writer) { no(w.SetValue(ctx, "name", value)) })
		view(t, s, func(ctx context.Context, r store.Reader) { same(t, "setting", must(r.Value(ctx, "name")), value) })
	}
	update(t, s, func(ctx context.Context, w store.Writer) {
		no(w.SetValue(ctx, "name", nil))
		no(w.SetValue(ctx, "never", nil))
		_, err := w.Value(ctx, "name")
		is(t, "removed", err, store.ErrNotFound)
	})
}
