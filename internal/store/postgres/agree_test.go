package postgres_test

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"synoptic/article"
	"synoptic/internal/store"
	"synoptic/internal/store/sqlite"
	"synoptic/internal/store/storetest"
	"synoptic/text"
)

// TestDatabasesAgree asks both databases the same made-up queries about the same
// made-up articles, some of them so long that vectors cannot hold all places.
func TestDatabasesAgree(t *testing.T) {
	pg := open(t, storetest.Postgres(t)(t))
	lite, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "synoptic.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = lite.Close() })
	r := rand.New(rand.NewPCG(7, 7))
	words := []string{"ferry", "Ferries", "talks", "the", "of", "crew's", "U.N.", "1,200", "Zoë", "東京", "state-of-the-art", "strike", "didn't", "x", "ﬁne", "हिन्दी", "ж"}
	some := func(n int) string {
		var list []string
		for range n {
			list = append(list, words[r.IntN(len(words))])
		}
		return strings.Join(list, " ")
	}
	both := func(f func(s store.Store)) { f(lite); f(pg) }
	var articles []*article.Article
	for i := range 60 {
		title := some(r.IntN(4))
		body := some(r.IntN(30))
		switch i {
		case 0:
			body = strings.Repeat("of the ", 12000) + "last words talks ferry"
		case 1:
			body = strings.Repeat("filler ", 17000) + "ferry talks of strike"
		case 2: // more words than are indexed
			var b strings.Builder
			for n := range 60000 {
				fmt.Fprintf(&b, "w%dq ", n)
			}
			body = b.String() + "strike ferry"
		}
		a := &article.Article{
			Place: fmt.Sprint(i), Text: title + "\n" + body, Title: text.Span{End: len(title)}, Language: []string{"en", "en-GB", "de"}[r.IntN(3)],
			Outlet:    article.Outlet{Name: some(1), Domain: []string{"a.example", "b.a.example", "ba.example"}[r.IntN(3)]},
			Published: article.Date{Time: time.Date(2026, 3, 1+r.IntN(5), 0, 0, 0, 0, time.UTC), Precision: article.Day},
		}
		articles = append(articles, a)
	}
	both(func(s store.Store) {
		if err := s.Update(t.Context(), func(w store.Writer) error {
			for _, a := range articles {
				if _, err := w.PutArticle(t.Context(), store.Kept{Article: a}, nil); err != nil {
					return err
				}
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
	})
	var query func(depth int) string
	query = func(depth int) string {
		switch k := r.IntN(9); {
		case depth > 3 || k < 3:
			return words[r.IntN(len(words))]
		case k == 3:
			return `"` + some(1+r.IntN(3)) + `"`
		case k == 4:
			return "NOT " + query(depth+1)
		case k == 8:
			return []string{"outlet:a.example", "outlet:ferry", "lang:en-GB", "from:2026-03-03", "to:2026-03-02", "speaker:ferry"}[r.IntN(6)]
		case k == 5:
			return "(" + query(depth+1) + " OR " + query(depth+1) + ")"
		default:
			return "(" + query(depth+1) + " " + query(depth+1) + ")"
		}
	}
	found, ranked := 0, 0
	for i := range 300 {
		s := query(0)
		switch i % 5 {
		case 0:
			s = "(" + s + ") outlet:a.example"
		case 1:
			s = "(" + s + ") from:2026-03-02 to:2026-03-04 lang:en"
		}
		if i == 1 {
			s = `"last words" OR "ferry talks" OR "strike ferry" OR w59999q OR w100q`
		}
		q, err := store.ParseQuery(s)
		if err != nil {
			t.Fatalf("%s: %v", s, err)
		}
		var ids [2][]string
		for k, db := range [...]store.Store{lite, pg} {
			if err := db.View(t.Context(), func(r store.Reader) error {
				hits, _, err := r.Search(t.Context(), q, store.Page{Limit: 1000})
				for _, h := range hits {
					ids[k] = append(ids[k], h.ID)
				}
				return err
			}); err != nil {
				t.Fatalf("%s: %v", s, err)
			}
		}
		if len(ids[0]) > 0 {
			found++
			if ids[0][0] == ids[1][0] {
				ranked++
			}
		}
		slices.Sort(ids[0])
		slices.Sort(ids[1])
		if diff := cmp.Diff(ids[0], ids[1]); diff != "" {
			t.Errorf("%s: -sqlite +postgres\n%s", s, diff)
		}
	}
	if found < 150 {
		t.Errorf("only %d queries find anything", found)
	}
	t.Logf("%d queries find something, for %d of them both databases put the same article first", found, ranked)
}
