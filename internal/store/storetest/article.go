package storetest

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"synoptic/article"
	"synoptic/internal/store"
	"synoptic/text"
)

// full is an article with all that an article can have.
func full() *article.Article {
	a := news(1, courier, time.Time{}, "Ferry crews walk out at Norvane", "Crews of the Norvane ferry walked out on Monday.", "© Norvane Courier")
	a.Paragraphs[1].Gap = true
	a.Paragraphs[2].Kind = article.Note
	a.Authors = []string{"Ada Quill", "Bo Ærø"}
	a.Credits = []article.Credit{{Agency: "ILA", Role: article.Wire, Span: at(a, "Courier")}}
	a.Published = article.Date{Time: time.Date(2026, 2, 3, 0, 0, 0, 0, time.FixedZone("", 7200)), Precision: article.Day}
	a.Updated = article.Date{Time: time.Date(2026, 2, 3, 14, 5, 9, 987654321, time.FixedZone("", -12600)), Precision: article.Second}
	a.Completeness = 0.875
	return a
}

func articlesRoundTrip(t *testing.T, s store.Store) {
	empty := &article.Article{Place: "empty.txt"}
	bare := &article.Article{Place: "bare.txt", Text: "One line alone", Authors: []string{}, Credits: []article.Credit{}, Paragraphs: []article.Paragraph{}}
	year := news(3, herald, time.Time{}, "A year in brief")
	year.Published = article.Date{Time: time.Date(6030, 1, 1, 0, 0, 0, 0, time.UTC), Precision: article.Year}
	odd := news(4, article.Outlet{Name: "Nul\x00 \xff", Domain: "nul\x00.example"}, noon, "Odd\x00 bytes", "are kept\x00 to the letter")
	ancient := news(5, herald, time.Time{}, "Before all")
	ancient.Published = article.Date{Time: time.Date(-40, 3, 15, 0, 0, 0, 0, time.UTC), Precision: article.Day}
	far := news(6, herald, time.Time{}, "After all")
	far.Published = article.Date{Time: time.Date(12026, 3, 15, 0, 0, 0, 0, time.UTC), Precision: article.Day}
	want := []*article.Article{full(), empty, bare, year, odd, ancient, far}
	capture := &store.Capture{Address: "https://courier.example/1?utm=1", Type: "text/html", Charset: "iso-8859-1", Read: noon, Body: []byte(strings.Repeat("<p>\x00\xff</p>", 1000))}
	var ids []string
	update(t, s, func(ctx context.Context, w store.Writer) {
		for i, a := range want {
			var c *store.Capture
			if i == 0 {
				c = capture
			}
			p := must(w.PutArticle(ctx, store.Kept{Article: a, Seen: noon.Add(time.Duration(i)), Source: "src"}, c))
			same(t, "what came of it", p, store.Put{ID: store.ArticleID(a), Version: 1, New: true, Sequence: p.Sequence})
			ids = append(ids, p.ID)
			same(t, "read in the same transaction", must(w.Article(ctx, p.ID)).Article, a)
		}
	})
	view(t, s, func(ctx context.Context, r store.Reader) {
		for i, a := range want {
			same(t, a.Place, must(r.Article(ctx, ids[i])), store.Kept{Article: a, ID: ids[i], Version: 1, Seen: noon.Add(time.Duration(i)), Source: "src"})
			same(t, a.Place+": its date", must(r.Article(ctx, ids[i])).Published.String(), a.Published.String())
		}
		c := *capture
		c.Article, c.Version = ids[0], 1
		same(t, "capture", must(r.Capture(ctx, ids[0], 1)), c)
		_, err := r.Capture(ctx, ids[1], 1)
		is(t, "no capture", err, store.ErrNotFound)
		_, err = r.Article(ctx, "nobody")
		is(t, "no article", err, store.ErrNotFound)
		_, err = r.Versions(ctx, "nobody")
		is(t, "no versions", err, store.ErrNotFound)
	})
}

func versions(t *testing.T, s store.Store) {
	first := news(1, courier, noon, "Tram derails", "Three people were hurt.")
	for i, step := range []struct {
		change       func(a *article.Article)
		version      int
		new, changed bool
	}{
		{func(*article.Article) {}, 1, true, false},
		{func(a *article.Article) { a.Authors = []string{"Ada Quill"}; a.Completeness = 0.5 }, 1, false, false},
		{func(a *article.Article) { a.Text = strings.Replace(a.Text, "Three", "Seven", 1) }, 2, false, true},
		{func(a *article.Article) { a.Title.End = 4 }, 3, false, true},
		{func(*article.Article) {}, 4, false, true}, // back to what it was
		{func(*article.Article) {}, 4, false, false},
	} {
		a := *first
		step.change(&a)
		if i == 2 || i == 3 {
			a.Text = strings.Replace(a.Text, "Three", "Seven", 1)
		}
		update(t, s, func(ctx context.Context, w store.Writer) {
			c := &store.Capture{Body: []byte(fmt.Sprint(i))}
			got := must(w.PutArticle(ctx, store.Kept{Article: &a, Seen: noon.Add(time.Duration(i) * time.Hour)}, c))
			same(t, fmt.Sprintf("step %d", i), got, store.Put{ID: store.ArticleID(first), Version: step.version, New: step.new, Changed: step.changed, Sequence: got.Sequence})
		})
	}
	view(t, s, func(ctx context.Context, r store.Reader) {
		list := must(r.Versions(ctx, store.ArticleID(first)))
		var got []string
		for _, k := range list {
			got = append(got, fmt.Sprintf("%d %s %s", k.Version, k.Seen.Format("15h"), k.Text))
		}
		same(t, "versions", got, []string{
			"1 12h Tram derails\nThree people were hurt.", "2 14h Tram derails\nSeven people were hurt.",
			"3 15h Tram derails\nSeven people were hurt.", "4 16h Tram derails\nThree people were hurt.",
		})
		same(t, "capture of the second", string(must(r.Capture(ctx, store.ArticleID(first), 2)).Body), "2")
		totals := must(r.Totals(ctx))
		if totals.Articles != 1 || totals.Versions != 4 || totals.Bytes <= 0 {
			t.Errorf("totals: %+v", totals)
		}
	})
}

func badArticles(t *testing.T, s store.Store) {
	bad := news(1, courier, noon, "Title", "Body")
	bad.Title = text.Span{Start: 3, End: 99}
	for _, k := range []store.Kept{{Article: bad}, {}} {
		if err := s.Update(t.Context(), func(w store.Writer) error {
			_, err := w.PutArticle(t.Context(), k, nil)
			return err
		}); err == nil {
			t.Error("kept what cannot be sliced")
		}
	}
}

func articleLists(t *testing.T, s store.Store) {
	var all []*article.Article
	for i := range 7 {
		all = append(all, news(i, courier, noon.Add(time.Duration(i%3)*time.Hour), fmt.Sprint("Title ", i)))
	}
	all[2].Outlet, all[2].Language = herald, "en-GB"
	all[3].Published = article.Date{}
	all[4].Outlet, all[4].Language = station, "et"
	ids := put(t, s, all...)
	view(t, s, func(ctx context.Context, r store.Reader) {
		list := page(r.Articles(ctx, store.ArticleFilter{}, store.Page{}))
		for i := 1; i < len(list); i++ {
			a, b := list[i-1], list[i]
			if a.Published.Compare(b.Published) < 0 && a.Published.Known() && b.Published.Known() || !a.Published.Known() ||
				a.Published == b.Published && a.ID >= b.ID {
				t.Errorf("entry %d, %v %s, comes before %v %s", i, a.Published, a.ID, b.Published, b.ID)
			}
		}
		for size := 1; size <= 8; size++ {
			same(t, fmt.Sprintf("in pages of %d", size), idsOf(pages(t, size, func(p store.Page) ([]store.Kept, string, error) {
				return r.Articles(ctx, store.ArticleFilter{}, p)
			})), idsOf(list))
		}
		for _, c := range []struct {
			filter store.ArticleFilter
			want   []int
		}{
			{store.ArticleFilter{Outlet: "courier.example"}, []int{5, 1, 0, 6, 3}},
			{store.ArticleFilter{Outlet: "ilmar herald"}, []int{2}},
			{store.ArticleFilter{Outlet: "radio osel"}, []int{4}},
			{store.ArticleFilter{Outlet: "radio"}, nil},
			{store.ArticleFilter{Language: "EN"}, []int{2, 5, 1, 0, 6, 3}},
			{store.ArticleFilter{Language: "en-gb"}, []int{2}},
			{store.ArticleFilter{From: noon.Add(time.Hour)}, []int{1, 4, 2, 5}},
			{store.ArticleFilter{To: noon.Add(time.Hour)}, []int{0, 6}},
			{store.ArticleFilter{From: noon.Add(time.Hour), To: noon.Add(2 * time.Hour)}, []int{1, 4}},
			{store.ArticleFilter{Story: "none"}, nil},
		} {
			want := map[string]bool{}
			for _, i := range c.want {
				want[ids[i]] = true
			}
			got := map[string]bool{}
			for _, k := range page(r.Articles(ctx, c.filter, store.Page{})) {
				got[k.ID] = true
			}
			same(t, fmt.Sprintf("%+v", c.filter), got, want)
		}
		var sequence []string
		after := int64(0)
		for {
			part, last, err := r.Sequence(ctx, after, 3)
			no(err)
			if len(part) == 0 {
				if last != 0 {
					t.Errorf("the sequence ends with %d", last)
				}
				break
			}
			if last <= after {
				t.Fatalf("the sequence goes from %d to %d", after, last)
			}
			after = last
			sequence = append(sequence, idsOf(part)...)
		}
		same(t, "sequence", sequence, ids)
	})
}

// pages reads a list page by page.
func pages[T any](t *testing.T, size int, list func(store.Page) ([]T, string, error)) []T {
	t.Helper()
	var all []T
	p := store.Page{Limit: size}
	for {
		part, next, err := list(p)
		if err != nil {
			t.Fatal(err)
		}
		if len(part) > size {
			t.Fatalf("a page of %d has %d entries", size, len(part))
		}
		all = append(all, part...)
		if next == "" {
			return all
		}
		if len(part) == 0 {
			t.Fatal("a page is empty and not the last")
		}
		p.After = next
	}
}

func outlets(t *testing.T, s store.Store) {
	other := herald
	other.Name = "Herald of Ilmar"
	put(t, s, news(1, courier, noon, "A"), news(2, courier, noon.Add(time.Hour), "B"), news(3, courier, time.Time{}, "C"),
		news(4, herald, noon, "D"), news(5, other, noon, "E"), news(6, station, time.Time{}, "F"))
	view(t, s, func(ctx context.Context, r store.Reader) {
		same(t, "outlets", must(r.Outlets(ctx)), []store.OutletCount{
			{Outlet: courier, Articles: 3, Latest: noon.Add(time.Hour)},
			{Outlet: herald, Articles: 2, Latest: noon},
			{Outlet: station, Articles: 1},
		})
	})
}
