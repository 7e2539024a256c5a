package storetest

import (
	"context"
	"testing"

	"synoptic/internal/store"
)

func forgetting(t *testing.T, s store.Store) {
	a, n := spoken(1, noon)
	b, m := spoken(2, noon)
	ids := put(t, s, a, b)
	update(t, s, func(ctx context.Context, w store.Writer) {
		changed := *a
		changed.Text += "!"
		_ = must(w.PutArticle(ctx, store.Kept{Article: &changed}, &store.Capture{Body: []byte("page")}))
		no(w.PutFindings(ctx, ids[0], 1, n, []byte("x")))
		no(w.PutFindings(ctx, ids[0], 2, n, []byte("x")))
		no(w.PutFindings(ctx, ids[1], 1, m, []byte("y")))
		no(w.Record(ctx, &store.Event{Kind: store.ArticleAdded, Article: ids[0], Note: "Ferry halts"}))
		no(w.Record(ctx, &store.Event{Kind: store.ArticleAdded, Article: ids[1], Note: "Ferry halts"}))
	})
	update(t, s, func(ctx context.Context, w store.Writer) {
		no(w.Forget(ctx, ids[0], "nobody", ids[0]))
		no(w.Forget(ctx))
	})
	view(t, s, func(ctx context.Context, r store.Reader) {
		_, err := r.Article(ctx, ids[0])
		is(t, "article", err, store.ErrNotFound)
		_, err = r.Versions(ctx, ids[0])
		is(t, "versions", err, store.ErrNotFound)
		_, err = r.Capture(ctx, ids[0], 2)
		is(t, "capture", err, store.ErrNotFound)
		_, err = r.Analysis(ctx, ids[0], 1, "1")
		is(t, "analysis", err, store.ErrNotFound)
		for _, query := range []string{"ferry", "NOT strike", "speaker:quill", ""} {
			hits := page(r.Search(ctx, must(store.ParseQuery(query)), store.Page{}))
			if len(hits) != 1 || hits[0].ID != ids[1] {
				t.Errorf("%q finds %d", query, len(hits))
			}
		}
		same(t, "utterances", len(page(r.Utterances(ctx, store.FindingFilter{}, store.Page{}))), 3)
		same(t, "quantities", len(page(r.Quantities(ctx, store.FindingFilter{}, store.Page{}))), 2)
		for _, name := range page(r.Names(ctx, "", store.Page{})) {
			if name.Articles != 1 || name.Utterances > 1 {
				t.Errorf("name %+v", name)
			}
		}
		same(t, "sketches", len(must(r.Sketches(ctx, 0, 10))), 1)
		totals := must(r.Totals(ctx))
		same(t, "articles and versions", []int{totals.Articles, totals.Versions}, []int{1, 1})
		events := must(r.Events(ctx, 0, 10))
		same(t, "the journal's words", []string{events[0].Note, events[1].Note}, []string{"", "Ferry halts"})
	})
	update(t, s, func(ctx context.Context, w store.Writer) { // it may come again, behind all others
		p := must(w.PutArticle(ctx, store.Kept{Article: a}, nil))
		same(t, "put again", p, store.Put{ID: ids[0], Version: 1, New: true, Sequence: p.Sequence})
		list, _, err := w.Sequence(ctx, 0, 10)
		no(err)
		same(t, "sequence", idsOf(list), []string{ids[1], ids[0]})
		no(w.Forget(ctx, ids...))
		same(t, "names", len(page(w.Names(ctx, "", store.Page{}))), 0)
		same(t, "articles", must(w.Totals(ctx)).Articles, 0)
	})
}

func forgettingStories(t *testing.T, s store.Store) {
	ids := put(t, s, library()[:4]...)
	update(t, s, func(ctx context.Context, w store.Writer) {
		for _, st := range []store.Story{{ID: "one"}, {ID: "two"}, {ID: "merged", Into: "one"}, {ID: "deeper", Into: "merged"}, {ID: "into two", Into: "two"}} {
			no(w.PutStory(ctx, st))
		}
		for i, story := range []string{"one", "one", "two"} {
			no(w.Join(ctx, store.Membership{Article: ids[i], Story: story}))
		}
		no(w.PutLink(ctx, store.Link{From: "one", To: "two"}))
		no(w.PutAlert(ctx, store.Alert{ID: "a"}))
		no(w.PutDelivery(ctx, store.Delivery{Alert: "a", Story: "one"}))
		no(w.PutCorrection(ctx, &store.Correction{Kind: store.Merged, Story: "one", Other: "merged"}))
		no(w.PutCorrection(ctx, &store.Correction{Kind: store.Parted, Story: "two", Other: "three", Articles: []string{ids[0], ids[1]}}))
		no(w.PutCorrection(ctx, &store.Correction{Kind: store.Removed, Story: "two", Other: "four", Articles: []string{ids[0]}}))
		no(w.Forget(ctx, ids[0]))
		same(t, "stands with one article left", must(w.Story(ctx, "one")).ID, "one")
		list := must(w.Corrections(ctx, "two"))
		if len(list) != 1 || len(list[0].Articles) != 1 || list[0].Articles[0] != ids[1] {
			t.Errorf("corrections: %+v", list)
		}
		no(w.Forget(ctx, ids[1]))
		for _, id := range []string{"one", "merged", "deeper"} {
			_, err := w.Story(ctx, id)
			is(t, id, err, store.ErrNotFound)
		}
		same(t, "another story", must(w.Story(ctx, "two")).ID, "two")
		same(t, "what became a part of it", must(w.Story(ctx, "into two")).ID, "into two")
		same(t, "links", len(must(w.Links(ctx, "two"))), 0)
		same(t, "corrections", len(must(w.Corrections(ctx, ""))), 0)
		_, err := w.Delivery(ctx, "a", "one")
		is(t, "delivery", err, store.ErrNotFound)
	})
}
