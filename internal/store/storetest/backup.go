package storetest

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"time"

	"synoptic/internal/store"
)

// Fill keeps something of everything.
func Fill(t testing.TB, s store.Store) {
	t.Helper()
	ctx := t.Context()
	if err := s.Update(ctx, func(w store.Writer) error {
		a, n := spoken(1, noon)
		b, _ := spoken(2, noon)
		p := must(w.PutArticle(ctx, store.Kept{Article: a, Seen: noon, Source: "src"}, &store.Capture{Address: "x", Read: noon, Body: []byte("page")}))
		other := full()
		other.Address += "/other"
		_ = must(w.PutArticle(ctx, store.Kept{Article: other, Seen: noon}, nil))
		gone := must(w.PutArticle(ctx, store.Kept{Article: b, Seen: noon}, nil))
		no(w.Forget(ctx, gone.ID))
		no(w.PutFindings(ctx, p.ID, 1, n, []byte("sketch")))
		changed := *a
		changed.Text += "!"
		_ = must(w.PutArticle(ctx, store.Kept{Article: &changed, Seen: noon.Add(time.Hour)}, nil))
		no(w.PutFindings(ctx, p.ID, 2, n, nil))
		for _, st := range []store.Story{{ID: "one", Digest: []byte("{}"), Rank: 0.1, First: noon}, {ID: "two", Into: "one"}} {
			no(w.PutStory(ctx, st))
		}
		no(w.Join(ctx, store.Membership{Article: p.ID, Story: "one", Joined: noon, Why: "why", Person: true}))
		no(w.PutLink(ctx, store.Link{From: "one", To: "two"}))
		no(w.PutCorrection(ctx, &store.Correction{At: noon, Kind: store.Parted, Story: "one", Articles: []string{p.ID}, Beside: []string{"x"}}))
		no(w.PutSource(ctx, store.Source{ID: "src", Address: "https://src.example/", Gone: true, Rhythm: []byte{}}))
		no(w.PutJob(ctx, &store.Job{Kind: "k", Key: "x", Due: noon, Payload: []byte{0}}))
		no(w.PutAlert(ctx, store.Alert{ID: "a", Off: true, Added: noon}))
		no(w.PutDelivery(ctx, store.Delivery{Alert: "a", Story: "one"}))
		no(w.SetValue(ctx, "name", []byte{}))
		return w.Record(ctx, &store.Event{At: noon, Kind: store.StoryBegun, Story: "one", Article: p.ID})
	}); err != nil {
		t.Fatal(err)
	}
}

// Contents is all that can be read, in words.
func Contents(t testing.TB, s store.Store) []string {
	t.Helper()
	ctx := t.Context()
	var out []string
	say := func(format string, args ...any) { out = append(out, fmt.Sprintf(format, args...)) }
	if err := s.View(ctx, func(r store.Reader) error {
		list, _, err := r.Sequence(ctx, 0, 1000)
		no(err)
		for _, k := range list {
			for _, v := range must(r.Versions(ctx, k.ID)) {
				say("article %s %d %v %s %s %+v", v.ID, v.Version, v.Seen, v.Source, v.Story, *v.Article)
				if c, err := r.Capture(ctx, v.ID, v.Version); err == nil {
					say("capture %+v", c)
				} else if !errors.Is(err, store.ErrNotFound) {
					return err
				}
				if n, err := r.Analysis(ctx, v.ID, v.Version, "1"); err == nil {
					say("analysis %+v", *n)
				}
			}
		}
		for _, k := range must(r.Sketches(ctx, 0, 1000)) {
			k.Sequence = 0
			say("sketch %+v", k)
		}
		for _, query := range []string{"ferry", `"walked out"`, "-ferry"} {
			for _, h := range page(r.Search(ctx, must(store.ParseQuery(query)), store.Page{})) {
				say("search %s: %s", query, h.ID)
			}
		}
		say("%+v", page(r.Utterances(ctx, store.FindingFilter{}, store.Page{})))
		say("%+v", page(r.Quantities(ctx, store.FindingFilter{}, store.Page{})))
		say("%+v", page(r.Names(ctx, "", store.Page{})))
		for _, id := range []string{"one", "two"} {
			say("%+v %+v %+v", must(r.Story(ctx, id)), must(r.Members(ctx, id)), must(r.Links(ctx, id)))
		}
		say("%+v", must(r.Corrections(ctx, "")))
		say("%+v", must(r.Sources(ctx)))
		say("%+v", must(r.DueJobs(ctx, "k", noon, 9)))
		say("%+v %+v", must(r.Alerts(ctx)), must(r.Delivery(ctx, "a", "one")))
		say("%+v %+v", must(r.Events(ctx, 0, 1000)), must(r.Value(ctx, "name")))
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return out
}

// Backup asks of a store that its copy, which open opens, holds all, as of one
// moment, and is written to no file that is there.
func Backup(t *testing.T, s store.Store, open func(path string) store.Store) {
	Fill(t, s)
	path := filepath.Join(t.TempDir(), "copy.db")
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() { // it is in use meanwhile
		defer close(done)
		for i := 0; ctx.Err() == nil; i++ {
			_ = s.Update(ctx, func(w store.Writer) error {
				return errors.Join(w.SetValue(ctx, "left", fmt.Append(nil, i)), w.SetValue(ctx, "right", fmt.Append(nil, i)))
			})
		}
	}()
	err := s.Backup(t.Context(), path)
	stop()
	<-done
	if err != nil {
		t.Fatal(err)
	}
	copied := open(path)
	same(t, "the copy", Contents(t, copied), Contents(t, s))
	view(t, copied, func(ctx context.Context, r store.Reader) {
		left, err := r.Value(ctx, "left")
		right, also := r.Value(ctx, "right")
		if string(left) != string(right) || (err == nil) != (also == nil) {
			t.Errorf("the copy holds half an update: %s and %s", left, right)
		}
	})
	if err := copied.Verify(t.Context()); err != nil {
		t.Error(err)
	}
	update(t, copied, func(ctx context.Context, w store.Writer) { // it goes on where the first stands
		e := store.Event{Kind: store.Undone}
		last := must(w.LastEvent(ctx))
		no(w.Record(ctx, &e))
		same(t, "next event", e.Number, last+1)
	})
	is(t, "a file that is there", s.Backup(t.Context(), path), fs.ErrExist)
	if err := s.Backup(t.Context(), filepath.Join(t.TempDir(), "no", "folder.db")); err == nil {
		t.Error("a backup into no folder")
	}
	left, err := os.ReadDir(filepath.Dir(path))
	for _, f := range left {
		if name := f.Name(); name != "copy.db" && name != "copy.db-wal" && name != "copy.db-shm" {
			t.Errorf("left behind: %s, %v", name, err)
		}
	}
}
