package web_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"synoptic/article"
	"synoptic/internal/newsroom"
	"synoptic/internal/store"
	"synoptic/internal/web"
	"synoptic/internal/web/webtest"
	"synoptic/text"
)

// attacks are what a hostile page might put into each of its fields.
var attacks = []string{
	`<script>alert(1)</script>`,
	`"><img src=x onerror=alert(1)>`,
	`'onmouseover='alert(1)`,
	`</title></textarea><svg onload=alert(1)>`,
	`javascript:alert(1)`,
	`{{constructor}} ${7*7} %0d%0aSet-Cookie:x=1`,
	"]]><x/>\u202egnp.exe\u0000\u0008",
}

// hostile is an article that is an attack in every field.
func hostile(i int, attack string) *article.Article {
	body := attack + " bridge " + fmt.Sprint(i)
	lines := []string{body, "“" + attack + "” said " + attack + " on Tuesday.", fmt.Sprintf("Some %d drivers use the bridge at %s.", 400+i, attack)}
	a := &article.Article{
		Place: attack + fmt.Sprint(i), Address: "https://x.example/" + attack + fmt.Sprint(i), Language: attack, Authors: []string{attack},
		Outlet: article.Outlet{Name: attack, Domain: attack, Country: attack}, Completeness: .9,
	}
	a.Text = strings.Join(lines, "\n")
	at := 0
	for j, line := range lines {
		p := article.Paragraph{Span: text.Span{Start: at, End: at + len(line)}}
		if j == 0 {
			p.Kind, a.Title = article.Headline, p.Span
		}
		a.Paragraphs = append(a.Paragraphs, p)
		at = p.End + 1
	}
	a.Credits = []article.Credit{{Agency: attack, Role: article.Wire, Span: a.Title}}
	copy(a.SHA256[:], fmt.Sprint(i))
	return a
}

// TestHostileWords shows attacks in every field as text: no element, attribute
// or address on any page is theirs.
func TestHostileWords(t *testing.T) {
	s := serve(t, web.Options{})
	const story = "0123456789abcdef"
	var articles []string
	s.Put(t, func(ctx context.Context, w store.Writer) error {
		begun := store.Event{At: webtest.Start, Kind: store.StoryBegun, Story: story}
		err := errors.Join(w.Record(ctx, &begun), w.PutStory(ctx, store.Story{ID: story, Articles: len(attacks), Revision: begun.Number}))
		for i, attack := range attacks {
			a := hostile(i, attack)
			found, e := s.Pipeline.Run(ctx, a)
			put, e2 := w.PutArticle(ctx, store.Kept{Article: a, Seen: webtest.Start}, nil)
			articles = append(articles, put.ID)
			err = errors.Join(err, e, e2,
				w.PutFindings(ctx, put.ID, put.Version, found, nil),
				w.Join(ctx, store.Membership{Article: put.ID, Story: story, Joined: webtest.Start, Why: attack}),
				w.PutSource(ctx, store.Source{ID: attack, Address: attack, Title: attack, Folder: attack, Problem: attack, Failures: 1, Tried: webtest.Start}),
				w.PutCorrection(ctx, &store.Correction{At: webtest.Start, By: attack, Kind: store.CorrectionKind(attack), Story: story, Other: attack}),
				w.Record(ctx, &store.Event{At: webtest.Start, Kind: store.EventKind(attack), Story: attack, Article: attack, Source: attack, Note: attack}),
			)
		}
		return err
	})
	if err := s.Digest(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	s.settle()
	for _, path := range []string{"/", "/story/" + story, "/sources", "/corrections"} {
		s.want(s.get(path), http.StatusOK, "&lt;script&gt;alert(1)")
	}
	paths := []string{"/", "/story/" + story, "/story/" + story + "/correct", "/name", "/outlet", "/sources", "/state", "/corrections", "/search?q=bridge"}
	for i, attack := range attacks {
		q := url.QueryEscape(attack)
		paths = append(paths, "/article/"+articles[i], "/outlet?of="+q, "/name?of="+q, "/name?find="+q, "/search?q="+q, "/story/"+url.PathEscape(attack),
			"/?lang="+q, "/?after="+q, "/story/"+story+"/correct?find="+q, "/login?to="+q, "/"+url.PathEscape(attack))
	}
	for _, path := range paths {
		r := s.get(path)
		if r.StatusCode >= 500 {
			t.Errorf("%s: %d", path, r.StatusCode)
		}
		check(t, path, r)
	}
	for _, attack := range attacks {
		for path, form := range map[string]url.Values{
			"/sources": {"address": {attack}}, "/add": {"addresses": {attack}}, "/story/" + story + "/merge": {"seen": {attack}, "other": {attack}},
			"/corrections/1/undo": {"to": {attack}},
		} {
			r := s.post(path, form)
			check(t, path+" "+attack, r)
			if to := r.Header.Get("Location"); to != "" && !strings.HasPrefix(to, "/") {
				t.Errorf("%s %q: leads to %s", path, attack, to)
			}
		}
		check(t, "upload "+attack, s.upload("/add", nil, "file", map[string]string{attack: "\x00"}))
	}
}

// check walks a page for what only an attack would have put there.
func check(t *testing.T, path string, r reply) {
	t.Helper()
	if len(r.Header.Values("Set-Cookie")) > 0 {
		t.Errorf("%s: sets a cookie", path)
	}
	if !strings.HasPrefix(r.Header.Get("Content-Type"), "text/html") {
		return
	}
	root, err := html.Parse(strings.NewReader(r.body))
	if err != nil {
		t.Fatal(err)
	}
	for n := range root.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		data := n.Data == "script" && n.FirstChild != nil && slices.Contains(n.Attr, html.Attribute{Key: "type", Val: "application/ld+json"})
		if data && !json.Valid([]byte(n.FirstChild.Data)) {
			t.Errorf("%s: data that is cut: %.60s", path, n.FirstChild.Data)
		}
		if n.Data == "img" || n.Data == "x" || n.Data == "script" && n.FirstChild != nil && !data {
			t.Errorf("%s: an element <%s>", path, n.Data)
		}
		for _, a := range n.Attr {
			if strings.HasPrefix(a.Key, "on") || a.Key == "style" {
				t.Errorf("%s: an attribute %s", path, a.Key)
			}
			if a.Key == "href" || a.Key == "src" || a.Key == "action" {
				u, err := url.Parse(a.Val)
				if err != nil || u.Scheme != "" && u.Scheme != "http" && u.Scheme != "https" && u.Scheme != "about" {
					t.Errorf("%s: leads to %q", path, a.Val)
				}
			}
		}
	}
}

// FuzzRequests sends any path, query and form: no answer is a mistake of ours,
// and no page holds what only an attack would put there.
func FuzzRequests(f *testing.F) {
	for _, attack := range attacks {
		f.Add("/search", "q="+url.QueryEscape(attack), "address="+url.QueryEscape(attack))
	}
	for _, path := range []string{"/", "/sources", "/story/x/merge", "/story/x/split", "/compare/x/1.html", "/corrections/1/undo", "/article/x", "/name", "/outlet", "/feed.atom", "/search/feed.json", "/login", "/add", "/live", "/static/../x", "//", "/..%2f"} {
		f.Add(path, "q=ferry&after=1&of=x&version=1&since=2", "seen=1&article=a&article=b&other=c&to=//x&addresses=a+b&text=x")
	}
	room := webtest.New(f)
	if _, err := room.Add(f.Context(), []newsroom.Upload{{Name: "a.txt", Body: []byte("Bridge shut\n\nThe bridge at Lunden is shut, the mayor, Ansa Tervik, said on Tuesday.")}}); err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, path, query, form string) {
		asked := url.URL{Path: path, RawQuery: query}
		if _, err := url.ParseRequestURI(asked.String()); err != nil || !strings.HasPrefix(path, "/") {
			t.Skip("no server would be asked for it")
		}
		server, err := web.New(web.Options{Engine: room, Version: "test"})
		if err != nil {
			t.Fatal(err)
		}
		for _, method := range []string{http.MethodGet, http.MethodPost} {
			if method == http.MethodGet && path == "/live" {
				continue // a stream has no end
			}
			r := httptest.NewRequest(method, "http://localhost/", strings.NewReader(form))
			r.URL = &url.URL{Scheme: "http", Host: "localhost", Path: path, RawQuery: query}
			r.RemoteAddr = "127.0.0.1:1"
			if method == http.MethodPost {
				r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			}
			w := httptest.NewRecorder()
			server.ServeHTTP(w, r)
			resp := w.Result()
			resp.Request = r
			if resp.StatusCode >= 500 {
				t.Errorf("%s %q ?%q %q: %d", method, path, query, form, resp.StatusCode)
			}
			check(t, path, reply{resp, w.Body.String()})
		}
	})
}
