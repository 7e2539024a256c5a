package storetest

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"synoptic/article"
	"synoptic/internal/store"
)

// library is the articles that searches look through, by number.
func library() []*article.Article {
	day := func(n int) time.Time { return time.Date(2026, 3, n, 9, 0, 0, 0, time.UTC) }
	list := []*article.Article{
		news(0, courier, day(1), "Ferry talks resume", "Negotiators met again in Norvane.", "The union called the talks useful."),
		news(1, herald, day(2), "Boats stay in port", "The ferries did not sail. Talks, the union said, had failed."),
		news(2, station, day(3), "Strike ends", "The strike of the crews ended. The ferry's captain was relieved."),
		news(3, courier, day(4), "Zoë Łukasz elected", "The naïve candidate won 1,200 votes in Köln, U.N. observers said."),
		news(4, herald, time.Time{}, "東京の天気", "東京は晴れ。 Tokyo weather is fine."),
		news(5, courier, day(6), "Talks about ferry", "About the ferry and talks."),
		news(6, courier, day(6), "State-of-the-art ships", "A well-known yard doesn't build ferries’ engines."),
	}
	list[1].Language = "en-GB"
	list[2].Language = "et"
	return list
}

func search(t *testing.T, s store.Store) {
	ids := put(t, s, library()...)
	number := make(map[string]int)
	for i, id := range ids {
		number[id] = i
	}
	update(t, s, func(ctx context.Context, w store.Writer) { // who speaks
		a := library()[0]
		n := &article.Analysis{Engine: "1", Attributions: []article.Attribution{
			{Source: article.Source{Name: "Ada Quill", Entity: -1}, Content: at1(a, "useful"), Kind: article.Indirect, Parent: -1},
			{Source: article.Source{Name: "Sen. Bo Marsh", Entity: -1}, Content: at1(a, "met again"), Kind: article.Indirect, Parent: -1},
		}}
		no(w.PutFindings(ctx, ids[0], 1, n, nil))
	})
	for _, c := range []struct {
		query string
		want  []int
	}{
		{`ferry`, []int{0, 1, 2, 5, 6}},
		{`FERRIES`, []int{0, 1, 2, 5, 6}},
		{`talked`, []int{0, 1, 5}},
		{`ferry talks`, []int{0, 1, 5}},
		{`"ferry talks"`, []int{0}},
		{`"talks ferry"`, nil},
		{`"the union"`, []int{0, 1}},
		{`ferry AND strike`, []int{2}},
		{`strike OR elected`, []int{2, 3}},
		{`ferry -strike`, []int{0, 1, 5, 6}},
		{`ferry NOT (strike OR union)`, []int{5, 6}},
		{`NOT ferry`, []int{3, 4}},
		{`-ferry -elected`, []int{4}},
		{`elected OR NOT ferry`, []int{3, 4}},
		{`NOT (ferry OR NOT tokyo)`, []int{4}},
		{`(ferry OR tokyo) (sail OR weather)`, []int{1, 4}},
		{`"ferry talks" OR (strike -union)`, []int{0, 2}},
		{`NOT "ferry talks"`, []int{1, 2, 3, 4, 5, 6}},
		{`naive`, []int{3}},
		{`zoe lukasz`, []int{3}},
		{`ZOË ŁUKASZ`, []int{3}},
		{`koln`, []int{3}},
		{`1200`, []int{3}},
		{`U.N.`, []int{3}},
		{`UN`, []int{3}},
		{`東京`, []int{4}},
		{`京東`, nil},
		{`state-of-the-art`, []int{6}},
		{`"state of the art"`, []int{6}},
		{`doesn't`, []int{6}},
		{`doesnt`, []int{6}},
		{`outlet:courier.example`, []int{0, 3, 5, 6}},
		{`outlet:herald.example`, []int{1, 4}},
		{`outlet:eraldexample`, nil},
		{`outlet:herald`, []int{1, 4}},
		{`outlet:"radio osel" outlet:herald`, []int{1, 2, 4}},
		{`ferry outlet:courier`, []int{0, 5, 6}},
		{`lang:en`, []int{0, 1, 3, 4, 5, 6}},
		{`lang:en-GB`, []int{1}},
		{`lang:e`, nil},
		{`from:2026-03-03`, []int{2, 3, 5, 6}},
		{`to:2026-03-02`, []int{0, 1}},
		{`from:2026-03-02 to:2026-03-03`, []int{1, 2}},
		{`from:2026 to:2026-03`, []int{0, 1, 2, 3, 5, 6}},
		{`to:2025`, nil},
		{`speaker:"Ada Quill"`, []int{0}},
		{`speaker:quill speaker:marsh`, []int{0}},
		{`speaker:quill speaker:vane`, nil},
		{`speaker:ill`, nil},
		{`talks speaker:"bo marsh" from:2026`, []int{0}},
		{`lang:et lang:en-GB`, []int{1, 2}},
		{`ferry NOT outlet:courier.example`, []int{1, 2}},
		{`-outlet:courier -outlet:herald`, []int{2}},
		{`speaker:quill OR speaker:vane`, []int{0}},
		{`speaker:vane OR outlet:"radio osel"`, []int{2}},
		{`strike OR outlet:herald.example`, []int{1, 2, 4}},
		{`elected OR speaker:"Ada Quill" ferry`, []int{0, 3}},
		{`ferry (outlet:herald OR from:2026-03-06)`, []int{1, 5, 6}},
		{`ferry (strike OR outlet:herald)`, []int{1, 2}},
		{`(strike OR elected) lang:en`, []int{3}},
		{`NOT (ferry OR outlet:herald)`, []int{3}},
		{`NOT from:2026-03-03`, []int{0, 1, 4}},
		{`NOT to:2026-03-05`, []int{4, 5, 6}},
		{`(to:2026-03-01 OR from:2026-03-06) NOT speaker:quill`, []int{5, 6}},
		{`from:2026-03-02 from:2026-03-06`, []int{5, 6}},
		{``, []int{0, 1, 2, 3, 4, 5, 6}},
	} {
		q, err := store.ParseQuery(c.query)
		if err != nil {
			t.Errorf("%s: %v", c.query, err)
			continue
		}
		view(t, s, func(ctx context.Context, r store.Reader) {
			got := map[int]bool{}
			hits := page(r.Search(ctx, q, store.Page{}))
			for _, h := range hits {
				got[number[h.ID]] = true
			}
			want := map[int]bool{}
			for _, i := range c.want {
				want[i] = true
			}
			if diff := cmp.Diff(want, got); diff != "" || len(hits) != len(want) {
				t.Errorf("%s: %d hits; -want +got\n%s", c.query, len(hits), diff)
			}
			same(t, c.query+" as a filter of stories", len(page(r.Stories(ctx, store.StoryFilter{Query: &q}, store.Page{}))), 0)
		})
	}
	view(t, s, func(ctx context.Context, r store.Reader) {
		q := must(store.ParseQuery("strike OR talks"))
		hits := page(r.Search(ctx, q, store.Page{}))
		best := map[int]bool{0: true, 2: true, 5: true}
		for _, h := range hits[:3] {
			if !best[number[h.ID]] {
				t.Errorf("%q is among the best three, words of its title are not what was asked for", h.Headline())
			}
		}
	})
	update(t, s, func(ctx context.Context, w store.Writer) { // only the newest version answers
		a := *library()[2]
		a.Text = strings.Replace(a.Text, "captain", "skipper", 1)
		p := must(w.PutArticle(ctx, store.Kept{Article: &a, Seen: noon}, nil))
		same(t, "version", p.Version, 2)
		for query, want := range map[string]int{"captain": 0, "skipper": 1} {
			same(t, query, len(page(w.Search(ctx, must(store.ParseQuery(query)), store.Page{}))), want)
		}
	})
}

// searchWithin changes the index several times in one update.
func searchWithin(t *testing.T, s store.Store) {
	put(t, s, library()[3:]...)
	update(t, s, func(ctx context.Context, w store.Writer) {
		count := func(query string, want int) {
			t.Helper()
			same(t, query, len(page(w.Search(ctx, must(store.ParseQuery(query)), store.Page{}))), want)
		}
		for _, a := range library()[:3] {
			_ = must(w.PutArticle(ctx, store.Kept{Article: a}, nil))
		}
		changed := *library()[0]
		changed.Text = strings.Replace(changed.Text, "useful", "useless", 1)
		_ = must(w.PutArticle(ctx, store.Kept{Article: &changed}, nil))
		no(w.Forget(ctx, store.ArticleID(library()[1])))
		count("ferry", 4)
		count("useful", 0)
		count("useless", 1)
		count("sail", 0)
		_ = must(w.PutArticle(ctx, store.Kept{Article: library()[0]}, nil))
		_ = must(w.PutArticle(ctx, store.Kept{Article: library()[1]}, nil))
		no(w.Forget(ctx, store.ArticleID(library()[2])))
		count("useful", 1)
		count("useless", 0)
		count("sail", 1)
		count("captain", 0)
		_ = must(w.PutArticle(ctx, store.Kept{Article: library()[2]}, nil))
	})
	view(t, s, func(ctx context.Context, r store.Reader) {
		same(t, "captain", len(page(r.Search(ctx, must(store.ParseQuery("captain")), store.Page{}))), 1)
	})
}

func searchPages(t *testing.T, s store.Store) {
	var all []*article.Article
	for i := range 40 { // of equal rank, and equal date by fours
		all = append(all, news(i, courier, noon.Add(time.Duration(i/4)*time.Hour), "Tram", strings.Repeat("tram line ", 1+i%3)))
	}
	all[7].Published = article.Date{}
	put(t, s, all...)
	for _, query := range []string{"tram", "tram -bus", "-bus", "tram lang:en", "tram OR lang:en", "tram (line OR lang:en)", ""} {
		q := must(store.ParseQuery(query))
		view(t, s, func(ctx context.Context, r store.Reader) {
			whole := page(r.Search(ctx, q, store.Page{Limit: 100}))
			if len(whole) != len(all) {
				t.Errorf("%q: %d hits", query, len(whole))
			}
			for _, size := range []int{1, 3, 7, 39, 40, 41} {
				parts := pages(t, size, func(p store.Page) ([]store.Hit, string, error) { return r.Search(ctx, q, p) })
				same(t, fmt.Sprintf("%q in pages of %d", query, size), hitIDs(parts), hitIDs(whole))
			}
		})
	}
}

func hitIDs(hits []store.Hit) []string {
	var ids []string
	for _, h := range hits {
		ids = append(ids, h.ID)
	}
	return ids
}

func snippets(t *testing.T, s store.Store) {
	long := strings.Repeat("Many words stand here before anything of note is said. ", 12) + "Then the ferry's crew began its strike, Zoë said, and the ferries lay still. " +
		strings.Repeat("And many more behind. ", 12)
	put(t, s, news(1, courier, noon, "Ferry strike", "Nothing here.", long), news(2, courier, noon, "Ferry alone", "Body without it."), news(3, courier, noon, ""))
	view(t, s, func(ctx context.Context, r store.Reader) {
		for _, h := range page(r.Search(ctx, must(store.ParseQuery(`ferry OR "its strike" OR zoe`)), store.Page{})) {
			if !strings.Contains(h.Text, h.Snippet) || h.Snippet == "" || len(h.Snippet) > 240 {
				t.Errorf("snippet %q", h.Snippet)
			}
			var marked []string
			for _, m := range h.Marks {
				marked = append(marked, h.Snippet[m.Start:m.End])
			}
			want := []string{"ferry's", "its strike", "Zoë", "ferries"}
			if h.Headline() == "Ferry alone" {
				want = nil
				same(t, "snippet", h.Snippet, "Body without it.")
			}
			same(t, "marks of "+h.Headline(), marked, want)
		}
	})
}
