package jsonld_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"unicode/utf8"

	"synoptic/internal/newsroom"
	"synoptic/internal/web"
	"synoptic/internal/web/api"
	"synoptic/internal/web/jsonld"
	"synoptic/internal/web/webtest"
	"synoptic/text"
)

// laid is the stories of a filled newsroom, side by side.
func laid(t *testing.T) (all []*newsroom.Laid) {
	t.Helper()
	e := webtest.Filled(t)
	for _, story := range []string{e.Example, e.Other} {
		l, err := e.Collate(t.Context(), story)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, l)
	}
	return all
}

// refind is the one place where a quote selector fits.
func refind(t testing.TB, body string, q jsonld.Selector) text.Span {
	t.Helper()
	whole := q.Prefix + q.Exact + q.Suffix
	first := strings.Index(body, whole)
	if first < 0 || strings.LastIndex(body, whole) != first {
		t.Fatalf("%+v fits %d times", q, strings.Count(body, whole))
	}
	start := first + len(q.Prefix)
	return text.Span{Start: start, End: start + len(q.Exact)}
}

// Every passage is found again by its words, and by counting, and the two agree.
func TestAnnotations(t *testing.T) {
	for _, l := range laid(t) {
		bodies := map[string]string{}
		for _, k := range l.Articles {
			bodies["https://news.example"+jsonld.ArticlePath(k.ID, k.Version)] = k.Text
			bodies[k.Address] = k.Text
		}
		c := jsonld.Annotations(l, "https://news.example")
		if len(c.First.Items) < 10 || c.Total != len(c.First.Items) {
			t.Fatalf("%d annotations of %d", len(c.First.Items), c.Total)
		}
		ids := map[string]bool{}
		for _, a := range c.First.Items {
			if ids[a.ID] {
				t.Errorf("%s stands twice", a.ID)
			}
			ids[a.ID] = true
			for _, target := range a.Target {
				body, ok := bodies[target.Source]
				if !ok {
					t.Fatalf("nobody has %s", target.Source)
				}
				at := refind(t, body, target.Selector[0])
				if len(target.Selector) < 2 {
					continue
				}
				p := target.Selector[1]
				if got := string([]rune(body)[*p.Start:*p.End]); got != at.Of(body) {
					t.Errorf("counted %q, found %q", got, at.Of(body))
				}
			}
		}
	}
}

func TestPrefixStaysInItsLine(t *testing.T) {
	body := "Headline of it\nThe talks go on. They end."
	start := strings.Index(body, "talks")
	q := jsonld.Quote(body, text.Span{Start: start, End: start + 5})
	if q.Prefix != "The " || q.Suffix != " go on. They end." {
		t.Errorf("%+v", q)
	}
}

func FuzzQuote(f *testing.F) {
	f.Add("the same\nthe same\nthe same", 9, 17)
	f.Add(strings.Repeat("a", 500), 100, 101)
	f.Add("é\n\né", 0, 2)
	f.Add("😀 and 😀", 5, 8)
	f.Add("", 0, 0)
	f.Fuzz(func(t *testing.T, body string, start, end int) {
		s := text.Span{Start: start, End: end}
		if !utf8.ValidString(body) || s.Check(body) != nil {
			return
		}
		q := jsonld.Quote(body, s)
		if !utf8.ValidString(q.Prefix) || !utf8.ValidString(q.Suffix) {
			t.Errorf("%+v cuts a character in two", q)
		}
		if got := refind(t, body, q); got != s {
			t.Errorf("%v was selected, %v is found", s, got)
		}
	})
}

// The addresses that are given for stories and texts are answered.
func TestPaths(t *testing.T) {
	e := webtest.Filled(t)
	server, err := web.New(web.Options{Engine: e, Mounts: []web.Mount{{Path: "/api/", Handler: api.New(e, api.Options{})}}})
	if err != nil {
		t.Fatal(err)
	}
	l, err := e.Collate(t.Context(), e.Example)
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{
		jsonld.StoryPath(e.Example), jsonld.ArticlePath(l.Articles[0].ID, l.Articles[0].Version), jsonld.Annotations(l, "").ID,
	} {
		w := httptest.NewRecorder()
		server.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "http://localhost"+path, nil))
		if w.Code != http.StatusOK {
			t.Errorf("%s: %d", path, w.Code)
		}
	}
}

func TestGraph(t *testing.T) {
	for _, l := range laid(t) {
		b, err := jsonld.Graph(l, "https://news.example").Script()
		if err != nil {
			t.Fatal(err)
		}
		if bytes.ContainsAny(b, "<>&") {
			t.Error("the script element could end early")
		}
		var g struct {
			Context string `json:"@context"`
			Graph   []struct {
				Type       string `json:"@type"`
				ID         string `json:"@id"`
				Headline   string
				Text       string
				Appearance []struct {
					ID string `json:"@id"`
				}
			} `json:"@graph"`
		}
		if err := json.Unmarshal(b, &g); err != nil || g.Context != "https://schema.org" {
			t.Fatal(g.Context, err)
		}
		count, articles := map[string]int{}, map[string]bool{}
		for _, x := range g.Graph {
			count[x.Type]++
			switch x.Type {
			case "NewsArticle":
				articles[x.ID] = true
			case "Quotation", "Claim":
				found := false
				for _, k := range l.Articles {
					found = found || strings.Contains(k.Text, x.Text)
				}
				if !found || x.Text == "" {
					t.Errorf("%s %s: no account has the words %q", x.Type, x.ID, x.Text)
				}
				for _, a := range x.Appearance {
					if !articles[a.ID] {
						t.Errorf("%s appears in %s, which is not there", x.ID, a.ID)
					}
				}
			}
		}
		if count["NewsArticle"] != len(l.Articles) || count["Claim"] == 0 || count["Quotation"] == 0 {
			t.Errorf("%v", count)
		}
	}
}
