// Package storetest is the suite that every database passes: what the store
// promises, asked of one implementation.
package storetest

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"synoptic/article"
	"synoptic/internal/store"
	"synoptic/text"
)

// Run asks all of stores that open makes. Each is new and empty, and closed by
// open's own clean-up.
func Run(t *testing.T, open func(t *testing.T) store.Store) {
	for _, test := range []struct {
		name string
		run  func(*testing.T, store.Store)
	}{
		{"articles round-trip", articlesRoundTrip},
		{"versions", versions},
		{"bad articles", badArticles},
		{"lists of articles", articleLists},
		{"outlets", outlets},
		{"findings", findings},
		{"findings of newest versions alone", newestFindings},
		{"search", search},
		{"search within an update", searchWithin},
		{"search by pages", searchPages},
		{"snippets", snippets},
		{"stories", stories},
		{"memberships", memberships},
		{"corrections", corrections},
		{"history", history},
		{"sources", sources},
		{"jobs", jobs},
		{"alerts", alerts},
		{"journal and settings", journal},
		{"forgetting", forgetting},
		{"forgetting stories", forgettingStories},
		{"cursors", cursors},
		{"odd words", oddWords},
		{"errors keep nothing", errorsKeepNothing},
		{"views see one moment", oneMoment},
		{"updates never overlap", updatesDoNotOverlap},
		{"cancelled", cancelled},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := open(t)
			test.run(t, s)
			if err := s.Verify(t.Context()); err != nil {
				t.Errorf("the store afterwards: %v", err)
			}
		})
	}
}

// noon is when everything happens, to the nanosecond.
var noon = time.Date(2026, 3, 1, 12, 30, 15, 123456789, time.UTC)

// view and update fail the test where the store does.
func view(t *testing.T, s store.Store, f func(context.Context, store.Reader)) {
	t.Helper()
	if err := s.View(t.Context(), func(r store.Reader) error { f(t.Context(), r); return nil }); err != nil {
		t.Fatal(err)
	}
}

func update(t *testing.T, s store.Store, f func(context.Context, store.Writer)) {
	t.Helper()
	if err := s.Update(t.Context(), func(w store.Writer) error { f(t.Context(), w); return nil }); err != nil {
		t.Fatal(err)
	}
}

// must is the value, where there is no error.
func must[T any](value T, err error) T {
	if err != nil {
		panic(err)
	}
	return value
}

// page is the list, where there is no error.
func page[T any](list []T, next string, err error) []T {
	if err != nil {
		panic(err)
	}
	return list
}

func no(err error) {
	if err != nil {
		panic(err)
	}
}

func same(t *testing.T, what string, got, want any, options ...cmp.Option) {
	t.Helper()
	if diff := cmp.Diff(want, got, options...); diff != "" {
		t.Errorf("%s: -want +got\n%s", what, diff)
	}
}

func is(t *testing.T, what string, got, want error) {
	t.Helper()
	if !errors.Is(got, want) {
		t.Errorf("%s: got error %v, want %v", what, got, want)
	}
}

// news is an article with a title and paragraphs.
func news(number int, outlet article.Outlet, published time.Time, paragraphs ...string) *article.Article {
	a := &article.Article{
		Place:        fmt.Sprintf("feed.jsonl:%d", number),
		Address:      fmt.Sprintf("https://%s/%d", outlet.Domain, number),
		Outlet:       outlet,
		Text:         strings.Join(paragraphs, "\n"),
		Language:     "en",
		Completeness: 1,
	}
	if !published.IsZero() {
		a.Published = article.Date{Time: published, Precision: article.Second}
	}
	at := 0
	for i, p := range paragraphs {
		kind := article.Body
		if i == 0 {
			kind = article.Headline
			a.Title = text.Span{End: len(p)}
		}
		a.Paragraphs = append(a.Paragraphs, article.Paragraph{Span: text.Span{Start: at, End: at + len(p)}, Kind: kind})
		at += len(p) + 1
	}
	a.SHA256 = sha256.Sum256([]byte(a.Text))
	return a
}

// Outlets of the tests.
var (
	courier = article.Outlet{Name: "The Norvane Courier", Domain: "courier.example", Country: "Norvane"}
	herald  = article.Outlet{Name: "Ilmar Herald", Domain: "news.herald.example"}
	station = article.Outlet{Name: "Radio Ösel"}
)

// put keeps articles and gives their ids.
func put(t *testing.T, s store.Store, articles ...*article.Article) []string {
	t.Helper()
	ids := make([]string, len(articles))
	update(t, s, func(ctx context.Context, w store.Writer) {
		for i, a := range articles {
			ids[i] = must(w.PutArticle(ctx, store.Kept{Article: a, Seen: noon}, nil)).ID
		}
	})
	return ids
}

func idsOf(list []store.Kept) []string {
	ids := []string{}
	for _, k := range list {
		ids = append(ids, k.ID)
	}
	return ids
}

// at is where words stand in an article, which holds them.
func at(a *article.Article, words string) text.Span {
	i := strings.Index(a.Text, words)
	if i < 0 {
		panic(fmt.Sprintf("%q is not in %s", words, a.Place))
	}
	return text.Span{Start: i, End: i + len(words)}
}
