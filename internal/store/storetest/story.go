package storetest

import (
	"context"
	"fmt"
	"testing"
	"time"

	"synoptic/internal/store"
)

func stories(t *testing.T, s store.Store) {
	var all []store.Story
	for i := range 9 {
		all = append(all, store.Story{
			ID: fmt.Sprintf("story%d", i), Title: "Títle", Language: "en", Articles: i, Origins: i / 2, Disputed: 1, Differing: 2,
			First: noon, Last: noon.Add(time.Duration(i%4) * time.Hour), Rank: float64(i%3) / 3, Revision: int64(i), Digested: int64(i), Digest: []byte(`{"x":1}`),
		})
	}
	all[1].Language, all[1].Digest, all[1].First, all[1].Last = "et", nil, time.Time{}, time.Time{}
	all[2].Digest = []byte{}
	all[3].Into = "story4"
	all[5].Digested = 4
	update(t, s, func(ctx context.Context, w store.Writer) {
		for _, st := range all {
			no(w.PutStory(ctx, st))
		}
	})
	view(t, s, func(ctx context.Context, r store.Reader) {
		for _, st := range all {
			same(t, st.ID, must(r.Story(ctx, st.ID)), st)
		}
		_, err := r.Story(ctx, "none")
		is(t, "no story", err, store.ErrNotFound)
		same(t, "to digest", must(r.Undigested(ctx, 10)), all[5:6])
		for _, latest := range []bool{false, true} {
			f := store.StoryFilter{ByLatest: latest}
			whole := page(r.Stories(ctx, f, store.Page{}))
			if len(whole) != 8 {
				t.Errorf("%d stories stand", len(whole))
			}
			for i := 1; i < len(whole); i++ {
				a, b := whole[i-1], whole[i]
				if latest && a.Last.Before(b.Last) || !latest && a.Rank < b.Rank {
					t.Errorf("%s comes before %s", a.ID, b.ID)
				}
			}
			for size := 1; size < 10; size++ {
				same(t, "in pages", pages(t, size, func(p store.Page) ([]store.Story, string, error) { return r.Stories(ctx, f, p) }), whole)
			}
		}
		for _, c := range []struct {
			filter store.StoryFilter
			want   int
		}{
			{store.StoryFilter{Language: "et"}, 1},
			{store.StoryFilter{MinArticles: 7}, 2},
			{store.StoryFilter{MinOrigins: 1}, 8},
			{store.StoryFilter{MinOrigins: 3}, 3},
			{store.StoryFilter{From: noon.Add(3 * time.Hour)}, 1},
			{store.StoryFilter{To: noon.Add(time.Hour)}, 3},
			{store.StoryFilter{Changed: 6}, 2},
		} {
			same(t, fmt.Sprintf("%+v", c.filter), len(page(r.Stories(ctx, c.filter, store.Page{}))), c.want)
		}
	})
	update(t, s, func(ctx context.Context, w store.Writer) {
		st := all[8]
		st.Title, st.Revision, st.Digested, st.Digest = "New title", 3, 8, nil
		no(w.PutStory(ctx, st))
		st.Revision = 8 // it never goes back
		same(t, "changed", must(w.Story(ctx, st.ID)), st)
	})
}

func memberships(t *testing.T, s store.Store) {
	ids := put(t, s, library()[:4]...)
	update(t, s, func(ctx context.Context, w store.Writer) {
		is(t, "no story", w.Join(ctx, store.Membership{Article: ids[0], Story: "one"}), store.ErrNotFound)
		no(w.PutStory(ctx, store.Story{ID: "one"}))
		no(w.PutStory(ctx, store.Story{ID: "two"}))
		is(t, "no article", w.Join(ctx, store.Membership{Article: "none", Story: "one"}), store.ErrNotFound)
		for _, i := range []int{2, 0, 1} {
			no(w.Join(ctx, store.Membership{Article: ids[i], Story: "one", Joined: noon, Why: "same words"}))
		}
		is(t, "link to nothing", w.PutLink(ctx, store.Link{From: "one", To: "none"}), store.ErrNotFound)
		no(w.PutLink(ctx, store.Link{From: "one", To: "two"}))
		no(w.PutLink(ctx, store.Link{From: "one", To: "two"}))
	})
	member := func(i int, story string) store.Membership {
		return store.Membership{Article: ids[i], Story: story, Joined: noon, Why: "same words"}
	}
	view(t, s, func(ctx context.Context, r store.Reader) {
		same(t, "members", must(r.Members(ctx, "one")), []store.Membership{member(2, "one"), member(0, "one"), member(1, "one")})
		same(t, "links", must(r.Links(ctx, "two")), []store.Link{{From: "one", To: "two"}})
		same(t, "story of an article", must(r.Article(ctx, ids[0])).Story, "one")
		same(t, "articles of a story", len(page(r.Articles(ctx, store.ArticleFilter{Story: "one"}, store.Page{}))), 3)
		q := must(store.ParseQuery(`"ferry talks"`))
		list := page(r.Stories(ctx, store.StoryFilter{Query: &q}, store.Page{}))
		if len(list) != 1 || list[0].ID != "one" {
			t.Errorf("stories of a query: %+v", list)
		}
		q = must(store.ParseQuery(`NOT ferry`))
		same(t, "stories of another", len(page(r.Stories(ctx, store.StoryFilter{Query: &q}, store.Page{}))), 0)
		q = must(store.ParseQuery(`outlet:herald`))
		same(t, "stories of an outlet", len(page(r.Stories(ctx, store.StoryFilter{Query: &q}, store.Page{}))), 1)
	})
	update(t, s, func(ctx context.Context, w store.Writer) {
		moved := member(2, "two")
		moved.Person, moved.Why = true, "by hand"
		no(w.Join(ctx, moved))
		again := member(0, "one")
		again.Why = "same names" // stays where it is in the order
		no(w.Join(ctx, again))
		same(t, "members left", must(w.Members(ctx, "one")), []store.Membership{again, member(1, "one")})
		same(t, "members of the other", must(w.Members(ctx, "two")), []store.Membership{moved})
	})
}

func corrections(t *testing.T, s store.Store) {
	split := &store.Correction{At: noon, By: "desk", Kind: store.Parted, Story: "one", Other: "two", Articles: []string{"b", "a"}, Beside: []string{"d", "c"}}
	merge := &store.Correction{At: noon.Add(time.Hour), Kind: store.Merged, Story: "three", Other: "one"}
	update(t, s, func(ctx context.Context, w store.Writer) {
		no(w.PutCorrection(ctx, split))
		no(w.PutCorrection(ctx, merge))
		is(t, "no such correction", w.PutCorrection(ctx, &store.Correction{ID: 99}), store.ErrNotFound)
	})
	if split.ID == 0 || merge.ID <= split.ID {
		t.Errorf("numbers %d and %d", split.ID, merge.ID)
	}
	merge.Undone = noon.Add(2 * time.Hour)
	update(t, s, func(ctx context.Context, w store.Writer) { no(w.PutCorrection(ctx, merge)) })
	view(t, s, func(ctx context.Context, r store.Reader) {
		same(t, "all", must(r.Corrections(ctx, "")), []store.Correction{*split, *merge})
		same(t, "of one", must(r.Corrections(ctx, "one")), []store.Correction{*split, *merge})
		same(t, "of two", must(r.Corrections(ctx, "two")), []store.Correction{*split})
		same(t, "of none", len(must(r.Corrections(ctx, "none"))), 0)
	})
}

func history(t *testing.T, s store.Store) {
	update(t, s, func(ctx context.Context, w store.Writer) {
		no(w.PutStory(ctx, store.Story{ID: "one"}))
		no(w.PutStory(ctx, store.Story{ID: "two"}))
		for i, e := range []store.Event{
			{Kind: store.StoryBegun, Story: "one"},
			{Kind: store.StoryBegun, Story: "two"},
			{Kind: store.SourceAdded, Source: "x"},
			{Kind: store.StoryGrown, Story: "one", Article: "a", Version: 1},
			{Kind: store.StoryMerged, Story: "one", Other: "two"},
		} {
			e.At, e.Note = noon, fmt.Sprint("note ", i)
			no(w.Record(ctx, &e))
		}
	})
	view(t, s, func(ctx context.Context, r store.Reader) {
		all := must(r.Events(ctx, 0, 10))
		same(t, "events", len(all), 5)
		same(t, "history", page(r.History(ctx, "two", store.Page{})), []store.Event{all[4], all[1]})
		same(t, "history in pages", pages(t, 1, func(p store.Page) ([]store.Event, string, error) { return r.History(ctx, "one", p) }),
			[]store.Event{all[4], all[3], all[0]})
		same(t, "history of none", len(page(r.History(ctx, "", store.Page{}))), 0)
		for _, id := range []string{"one", "two"} { // a change raises the revision
			same(t, "revision", must(r.Story(ctx, id)).Revision, all[4].Number)
		}
		same(t, "to digest", len(must(r.Undigested(ctx, 10))), 2)
		same(t, "changed", len(page(r.Stories(ctx, store.StoryFilter{Changed: all[3].Number}, store.Page{}))), 2)
	})
}
