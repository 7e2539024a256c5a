package api_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"synoptic/collation"
	"synoptic/internal/analysis/figure"
	"synoptic/internal/newsroom"
	"synoptic/internal/store"
	"synoptic/internal/web"
	"synoptic/internal/web/api"
	"synoptic/internal/web/webtest"
)

// Whatever pages read through serves the API.
var _ api.Engine = web.Engine(nil)

func newAPI(t testing.TB) (*api.API, *webtest.Room) {
	e := webtest.Filled(t)
	return api.New(e, api.Options{Version: "0.0.0-test", Public: "https://news.example", Beat: 20 * time.Millisecond, Most: 2, Editor: anybody, Units: figure.Bases}), e
}

func anybody(*http.Request) bool { return true }

type answer struct {
	status int
	header http.Header
	body   []byte
}

func ask(t testing.TB, h http.Handler, method, target, body string, header ...string) answer {
	t.Helper()
	r := httptest.NewRequest(method, target, strings.NewReader(body))
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return answer{w.Code, w.Header(), w.Body.Bytes()}
}

// read decodes the answer of a GET that must be there.
func read[T any](t testing.TB, h http.Handler, target string) T {
	t.Helper()
	var out T
	a := ask(t, h, "GET", target, "")
	if a.status != http.StatusOK {
		t.Fatalf("GET %s: %d %s", target, a.status, a.body)
	}
	if err := json.Unmarshal(a.body, &out); err != nil {
		t.Fatalf("GET %s: %v", target, err)
	}
	return out
}

type pageOf[T any] struct {
	Items []T
	Next  string
}

// quiet asks for everything that the description has a GET of.
func quiet(t testing.TB, h http.Handler, e *webtest.Room) []string {
	article := read[pageOf[api.Article]](t, h, "/api/articles").Items[0].ID
	source := read[pageOf[api.Source]](t, h, "/api/sources").Items[0].ID
	return []string{
		"/api/state", "/api/stories", "/api/stories?q=lighthouse&order=latest&min_articles=2", "/api/stories/" + e.Example,
		"/api/stories/" + e.Example + "/collation", "/api/stories/" + e.Other + "/collation?texts=true",
		"/api/stories/" + e.Other + "/accounts", "/api/stories/" + e.Other + "/events", "/api/stories/" + e.Other + "/annotations",
		"/api/articles", "/api/articles?story=" + e.Other, "/api/articles/" + article, "/api/articles/" + article + "?version=1",
		"/api/articles/" + article + "/versions", "/api/articles/" + article + "/analysis", "/api/articles/" + article + "/text",
		"/api/search?q=ferry", "/api/quotations", "/api/quotations?q=lamp", "/api/figures?unit=EUR", "/api/names", "/api/names/Zo%C3%AB%20Brandt/articles",
		"/api/outlets", "/api/sources", "/api/sources/" + source, "/api/corrections", "/api/alerts",
	}
}

// What nobody has counted yet is left out, of one story as of lists.
func TestUncounted(t *testing.T) {
	a, e := newAPI(t)
	e.Put(t, func(ctx context.Context, w store.Writer) error {
		return w.Record(ctx, &store.Event{At: webtest.Start, Kind: store.StoryGrown, Story: e.Other})
	})
	for _, s := range append(read[pageOf[api.Story]](t, a, "/api/stories").Items, read[api.Story](t, a, "/api/stories/"+e.Other)) {
		known := s.ID == e.Example
		if (s.Origins != nil) != known || (s.Disputed != nil) != known || (s.Differing != nil) != known || s.Articles < 2 {
			t.Errorf("%+v", s)
		}
	}
}

// Speakers are found by words of their names and figures by any name of their
// unit, as many as by the whole name and the base.
func TestFindingsByOtherNames(t *testing.T) {
	a, _ := newAPI(t)
	for asked, same := range map[string]string{
		"quotations?speaker=Brandt": "quotations?speaker=Zo%C3%AB%20Brandt", "quotations?speaker=zoe": "quotations?speaker=Zo%C3%AB%20Brandt",
		"figures?unit=euros": "figures?unit=EUR", "figures?unit=%E2%82%AC": "figures?unit=EUR", "figures?unit=hours": "figures?unit=day",
	} {
		got, want := read[pageOf[any]](t, a, "/api/"+asked).Items, read[pageOf[any]](t, a, "/api/"+same).Items
		if len(got) == 0 || !reflect.DeepEqual(got, want) {
			t.Errorf("%s gives %d, %s %d", asked, len(got), same, len(want))
		}
	}
}

// What is answered has the shape that the description states, for every path.
func TestShapes(t *testing.T) {
	a, e := newAPI(t)
	o := a.Description()
	seen := map[string]bool{}
	for _, target := range quiet(t, a, e) {
		got := ask(t, a, "GET", target, "")
		if got.status != http.StatusOK {
			t.Fatalf("GET %s: %d %s", target, got.status, got.body)
		}
		path, _, _ := strings.Cut(target, "?")
		described, item := find(o, path)
		if item == nil {
			t.Fatalf("%s is not described", path)
		}
		seen[described] = true
		mediaType, _, _ := strings.Cut(got.header.Get("Content-Type"), ";")
		m := item.Get.Responses["200"].Content[mediaType]
		if m == nil {
			t.Errorf("GET %s: %q is not a type that is described", target, mediaType)
			continue
		}
		if strings.HasSuffix(mediaType, "json") {
			validate(t, o, target, m.Schema, got.body)
		}
	}
	for path, item := range o.Paths {
		if item.Get != nil && !seen[path] && path != "/api/events" && path != "/api/alerts/{id}" {
			t.Errorf("%s was not asked for", path)
		}
	}
}

func validate(t testing.TB, o *huma.OpenAPI, what string, s *huma.Schema, body []byte) {
	t.Helper()
	var v any
	if err := json.Unmarshal(body, &v); err != nil {
		t.Fatalf("%s: %v", what, err)
	}
	var result huma.ValidateResult
	huma.Validate(o.Components.Schemas, s, huma.NewPathBuffer([]byte{}, 0), huma.ModeReadFromServer, v, &result)
	for _, err := range result.Errors {
		t.Errorf("%s: %v", what, err)
	}
}

// find is the described path that a request's path fits.
func find(o *huma.OpenAPI, path string) (string, *huma.PathItem) {
	for described, item := range o.Paths {
		if ok, _ := regexp.MatchString("^"+regexp.MustCompile(`\{\w+\}`).ReplaceAllString(described, "[^/]+")+"$", path); ok {
			return described, item
		}
	}
	return "", nil
}

func TestCollationIsTheContract(t *testing.T) {
	a, e := newAPI(t)
	laid, err := e.Collate(t.Context(), e.Other)
	if err != nil {
		t.Fatal(err)
	}
	var want bytes.Buffer
	if err := collation.Encode(&want, laid.Collation, true); err != nil {
		t.Fatal(err)
	}
	if got := ask(t, a, "GET", "/api/stories/"+e.Other+"/collation?texts=true", ""); !bytes.Equal(got.body, want.Bytes()) {
		t.Errorf("got  %.300s\nwant %.300s", got.body, want.Bytes())
	}
}

func TestETag(t *testing.T) {
	a, e := newAPI(t)
	for _, target := range quiet(t, a, e) {
		first := ask(t, a, "GET", target, "")
		tag := first.header.Get("ETag")
		for _, header := range []string{tag, `"other", W/` + tag, "*"} {
			got := ask(t, a, "GET", target, "", "If-None-Match", header)
			if got.status != http.StatusNotModified || len(got.body) > 0 || got.header.Get("ETag") != tag {
				t.Errorf("GET %s with %s: %d, %d bytes", target, header, got.status, len(got.body))
			}
		}
	}
	tag := ask(t, a, "GET", "/api/state", "").header.Get("ETag")
	e.Happen(t, store.Event{Kind: store.SourceDead})
	if got := ask(t, a, "GET", "/api/state", "", "If-None-Match", tag); got.status != http.StatusOK {
		t.Errorf("state after an event: %d", got.status)
	}
	if got := ask(t, a, "GET", "/api/stories/none", ""); got.header.Get("ETag") != "" {
		t.Error("a problem has an entity tag")
	}
}

// Walking along next and along Link gives what one big page gives.
func TestPages(t *testing.T) {
	a, _ := newAPI(t)
	next := regexp.MustCompile(`^<(.*)>; rel="next"$`)
	for _, list := range []string{"/api/articles?", "/api/quotations?q=the&", "/api/stories?order=latest&", "/api/names?", "/api/search?q=ferry&"} {
		all := read[pageOf[json.RawMessage]](t, a, list+"limit=200")
		if all.Next != "" || len(all.Items) < 2 {
			t.Fatalf("%s: %d entries, next %q", list, len(all.Items), all.Next)
		}
		var walked []json.RawMessage
		for target := list + "limit=1"; target != ""; {
			got := ask(t, a, "GET", target, "")
			var p pageOf[json.RawMessage]
			if err := json.Unmarshal(got.body, &p); err != nil {
				t.Fatal(err)
			}
			walked = append(walked, p.Items...)
			target = ""
			if m := next.FindStringSubmatch(got.header.Get("Link")); m != nil {
				target = m[1]
				u, _ := url.Parse(target)
				if u.Query().Get("after") != p.Next {
					t.Errorf("link %s, next %q", target, p.Next)
				}
			} else if p.Next != "" {
				t.Errorf("next %q and no link", p.Next)
			}
		}
		if !slices.EqualFunc(walked, all.Items, func(a, b json.RawMessage) bool { return bytes.Equal(a, b) }) {
			t.Errorf("%s: %d entries one by one, %d at once", list, len(walked), len(all.Items))
		}
	}
}

// Offsets count code points of the article's text, and cut out exactly the words.
func TestOffsets(t *testing.T) {
	a, e := newAPI(t)
	check := func(c api.Cite) {
		t.Helper()
		body := []rune(read[api.Article](t, a, "/api/articles/"+c.Article).Text)
		if got := string(body[c.Start:c.End]); got != c.Text {
			t.Errorf("%d to %d is %q, not %q", c.Start, c.End, got, c.Text)
		}
	}
	quotations := read[pageOf[api.Quotation]](t, a, "/api/quotations?limit=200&story="+e.Other).Items
	for _, q := range quotations {
		check(q.Cite)
	}
	figures := read[pageOf[api.Figure]](t, a, "/api/figures?limit=200&unit=EUR").Items
	for _, f := range figures {
		check(f.Cite)
	}
	if len(quotations) == 0 || len(figures) == 0 {
		t.Fatal("nothing to look at")
	}
	for _, h := range read[pageOf[api.Hit]](t, a, "/api/search?q=%C3%98rlund").Items {
		for _, m := range h.Marks {
			if got := string([]rune(h.Snippet)[m.Start:m.End]); got != "Ørlund" {
				t.Errorf("a mark of %q is %q", h.Snippet, got)
			}
		}
		if len(h.Marks) == 0 {
			t.Errorf("nothing is marked in %q", h.Snippet)
		}
	}
}

func TestProblems(t *testing.T) {
	a, e := newAPI(t)
	long := strings.Repeat("x", 2000)
	document := `{"text":"` + strings.Repeat("y", 1000) + `"}`
	for _, c := range []struct {
		method, target, body string
		status               int
		where                string // location of the first error, "" for none
	}{
		{"GET", "/api/nothing", "", 404, ""},
		{"GET", "/api/stories/", "", 404, ""},
		{"GET", "/api/stories/none", "", 404, ""},
		{"GET", "/api/stories/none/collation", "", 404, ""},
		{"GET", "/api/stories/none/annotations", "", 404, ""},
		{"GET", "/api/stories/none/events", "", 404, ""},
		{"GET", "/api/stories/" + long, "", 422, "path.id"},
		{"GET", "/api/articles/none", "", 404, ""},
		{"GET", "/api/articles/none/versions", "", 404, ""},
		{"GET", "/api/articles/none?version=-1", "", 422, "query.version"},
		{"GET", "/api/articles/none?version=99999999999999999999", "", 422, "query.version"},
		{"DELETE", "/api/stories", "", 405, ""},
		{"PATCH", "/api/alerts/x", "", 405, ""},
		{"GET", "/api/stories?limit=0", "", 422, "query.limit"},
		{"GET", "/api/stories?limit=-5", "", 422, "query.limit"},
		{"GET", "/api/stories?limit=100000", "", 422, "query.limit"},
		{"GET", "/api/stories?limit=many", "", 422, "query.limit"},
		{"GET", "/api/stories?after=made-up", "", 422, "query.after"},
		{"GET", "/api/stories?after=" + long, "", 422, "query.after"},
		{"GET", "/api/stories?order=random", "", 422, "query.order"},
		{"GET", "/api/stories?min_articles=-1", "", 422, "query.min_articles"},
		{"GET", "/api/stories?from=yesterday", "", 422, "query.from"},
		{"GET", "/api/stories?from=2026-03-02&to=2026-03-01", "", 422, "query.to"},
		{"GET", "/api/stories?q=%22open", "", 422, "query.q"},
		{"GET", "/api/stories?q=%ff%fe", "", 422, "query.q"},
		{"GET", "/api/stories?colour=red", "", 422, "query.colour"},
		{"GET", "/api/search", "", 400, "query.q"},
		{"GET", "/api/search?q=", "", 400, "query.q"},
		{"GET", "/api/search?q=%20%09", "", 400, "query.q"},
		{"GET", "/api/search?q=(((", "", 422, "query.q"},
		{"GET", "/api/events?after=-2", "", 422, "query.after"},
		{"POST", "/api/compare", "", 400, ""},
		{"POST", "/api/compare", "[]", 422, "body"},
		{"POST", "/api/compare", `{"documents":"x"}`, 422, "body.documents"},
		{"POST", "/api/compare", `{"documents":[{"text":7}]}`, 422, "body.documents[0].text"},
		{"POST", "/api/compare", `{"documents":[`, 400, "body"},
		{"POST", "/api/compare", `{}`, 422, "body"},
		{"POST", "/api/compare", `{"addresses":["file:///etc/passwd"]}`, 422, "body.addresses[0]"},
		{"POST", "/api/compare", `{"documents":[` + strings.Repeat(document+",", 64) + document + `]}`, 422, "body.documents"},
		{"POST", "/api/compare", `{"documents":[{"text":"` + strings.Repeat("z", 17<<20) + `"}]}`, 413, ""},
		{"POST", "/api/articles", `{"documents":[{"text":""}]}`, 422, "body.documents[0].text"},
		{"POST", "/api/sources", `{"address":"javascript:alert(1)"}`, 422, "body.address"},
		{"POST", "/api/sources", `{"address":"` + webtest.Outlet(t) + `/nothing"}`, 422, "body.address"},
		{"DELETE", "/api/sources/none", "", 404, ""},
		{"POST", "/api/corrections", `{"kind":"merge","story":"a","other":"a"}`, 422, "body.other"},
		{"POST", "/api/corrections", `{"kind":"merge","story":"a"}`, 422, "body.other"},
		{"POST", "/api/corrections", `{"kind":"swap","story":"a"}`, 422, "body.kind"},
		{"POST", "/api/corrections", `{"kind":"split","story":"none","articles":["x"]}`, 404, ""},
		{"POST", "/api/corrections", `{"kind":"split","story":"` + e.Other + `","articles":["x"]}`, 422, "body.articles[0]"},
		{"POST", "/api/corrections", `{"kind":"merge","story":"` + e.Other + `","other":"` + e.Example + `","revision":1}`, 409, ""},
		{"POST", "/api/corrections/7/undo", "", 404, ""},
		{"POST", "/api/corrections/x/undo", "", 422, "path.id"},
		{"POST", "/api/alerts", `{"query":" ","channel":"mail","target":"desk@example.org"}`, 422, "body.query"},
		{"POST", "/api/alerts", `{"query":"(","channel":"mail","target":"desk@example.org"}`, 422, "body.query"},
		{"POST", "/api/alerts", `{"query":"ferry","channel":"mail","target":"nobody"}`, 422, "body.target"},
		{"POST", "/api/alerts", `{"query":"ferry","channel":"mail","target":"desk@example.org"}`, 422, "body.channel"}, // no mail server is set
		{"POST", "/api/alerts", `{"query":"ferry","channel":"pigeon","target":"loft"}`, 422, "body.channel"},
		{"DELETE", "/api/alerts/none", "", 404, ""},
	} {
		got := ask(t, a, c.method, c.target, c.body)
		name := c.method + " " + c.target[:min(60, len(c.target))] + " " + c.body[:min(60, len(c.body))]
		var p huma.ErrorModel
		if err := json.Unmarshal(got.body, &p); err != nil || got.header.Get("Content-Type") != "application/problem+json" {
			t.Errorf("%s: %d %q, no problem: %.200s", name, got.status, got.header.Get("Content-Type"), got.body)
			continue
		}
		if bytes.Contains(got.body, []byte("news.db")) {
			t.Errorf("%s: the database's file is told: %s", name, got.body)
		}
		where := ""
		if len(p.Errors) > 0 {
			where = p.Errors[0].Location
		}
		if got.status != c.status || p.Status != c.status || where != c.where {
			t.Errorf("%s: %d at %q: %.300s", name, got.status, where, got.body)
		}
	}
	for path, want := range map[string]string{"/api/alerts": "GET, HEAD, POST", "/api/compare": "POST", "/api/sources/x": "GET, HEAD, DELETE"} {
		if got := ask(t, a, "PUT", path, ""); got.header.Get("Allow") != want {
			t.Errorf("%s allows %q", path, got.header.Values("Allow"))
		}
	}
	words := strings.Repeat("ferry ", 1000)
	for kind, body := range map[string]string{
		"application/json": `{"documents":[{"text":"` + words + `"}],"colour":"red"}`, "text/plain": words, "application/json; x=1": words,
	} {
		got := ask(t, a, "POST", "/api/compare", body, "Content-Type", kind)
		if got.status < 400 || len(got.body) > 1000 {
			t.Errorf("a body of %d bytes as %s: %d, %d bytes", len(body), kind, got.status, len(got.body))
		}
	}
	if got := ask(t, a, "GET", "/api/stories?q="+strings.Repeat("ferry+", 1000), ""); got.status != http.StatusUnprocessableEntity || len(got.body) > 1000 {
		t.Errorf("a long query: %d, %d bytes", got.status, len(got.body))
	}
	if got := ask(t, a, "POST", "/api/compare", "a=b", "Content-Type", "application/x-www-form-urlencoded"); got.status < 400 {
		t.Errorf("a form of another site was read: %d", got.status)
	}
}

func TestCompare(t *testing.T) {
	a, _ := newAPI(t)
	address := webtest.Outlet(t) + "/refused"
	in := api.Uploads{Addresses: []string{address}}
	for _, u := range webtest.Accounts {
		in.Documents = append(in.Documents, api.Document{Name: u.Name, Text: string(u.Body)})
	}
	body, _ := json.Marshal(in)
	got := ask(t, a, "POST", "/api/compare?texts=true", string(body))
	o := a.Description()
	validate(t, o, "compare", o.Paths["/api/compare"].Post.Responses["200"].Content["application/json"].Schema, got.body)
	var out struct {
		Collations []struct{ Accounts []struct{ Text string } }
		Problems   []api.Problem
	}
	if err := json.Unmarshal(got.body, &out); err != nil || got.status != 200 || len(out.Collations) != 1 || len(out.Collations[0].Accounts) != 2 {
		t.Fatalf("%d %v: %.300s", got.status, err, got.body)
	}
	if len(out.Problems) != 1 || out.Problems[0].Path != address {
		t.Errorf("problems %+v", out.Problems)
	}
}

func TestWrites(t *testing.T) {
	a, e := newAPI(t)
	do := func(method, target, body string, status int, into any) http.Header {
		t.Helper()
		got := ask(t, a, method, target, body)
		if got.status != status {
			t.Fatalf("%s %s: %d %s", method, target, got.status, got.body)
		}
		if into != nil {
			if err := json.Unmarshal(got.body, into); err != nil {
				t.Fatal(err)
			}
		}
		return got.header
	}
	var alert api.Alert
	at := do("POST", "/api/alerts", `{"query":"ferry","channel":"webhook","target":"https://desk.example/hook"}`, 201, &alert).Get("Location")
	if !strings.HasPrefix(alert.Secret, store.SecretPrefix) {
		t.Errorf("secret %q", alert.Secret)
	}
	again := read[api.Alert](t, a, at)
	if again.Secret != "" || again.Query != "ferry" {
		t.Errorf("read again: %+v", again)
	}
	do("DELETE", at, "", 204, nil)
	do("GET", at, "", 404, nil)
	a.Mail = true
	do("POST", "/api/alerts", `{"query":"ferry","channel":"mail","target":"desk@example.org"}`, 201, &alert)

	var source api.Source
	at = do("POST", "/api/sources", `{"address":"`+webtest.Outlet(t)+`/feed.xml","folder":"Coast/North"}`, 201, &source).Get("Location")
	if read[api.Source](t, a, at).Folder != "Coast/North" {
		t.Error("the folder is lost")
	}
	do("DELETE", at, "", 204, nil)
	do("DELETE", at, "", 404, nil)

	var c api.Correction
	do("POST", "/api/corrections", `{"kind":"merge","story":"`+e.Example+`","other":"`+e.Other+`"}`, 201, &c)
	do("POST", "/api/corrections/1/undo", "", 200, &c)
	if c.Undone == nil {
		t.Error("not undone")
	}
	do("POST", "/api/corrections/1/undo", "", 409, nil)

	var added api.Added
	do("POST", "/api/articles", `{"documents":[{"text":"Ferry talks resume\n\nThe talks go on."}]}`, 200, &added)
	if len(added.Articles) != 1 || len(added.Stories) != 1 {
		t.Errorf("added %+v", added)
	}
}

// guarded is the API behind a server that asks for a token: one that reads, or
// one that writes.
func guarded(t *testing.T, e *webtest.Room) (server *web.Server, reader, writer string) {
	t.Helper()
	reader, writer = web.NewToken(), web.NewToken()
	e.Put(t, func(ctx context.Context, w store.Writer) error {
		return web.Access{Tokens: []web.Token{
			{Name: "screen", Hash: web.HashToken(reader)}, {Name: "desk", Hash: web.HashToken(writer), Write: true},
		}}.Keep(ctx, w)
	})
	server, err := web.New(web.Options{
		Engine: e, Mounts: []web.Mount{{
			Path: "/api/", Handler: api.New(e, api.Options{User: web.User, Editor: web.Editor}),
			Reads: func(r *http.Request) bool { return r.URL.Path == "/api/compare" },
		}},
	})
	if err != nil {
		t.Fatal(err)
	}
	return server, reader, writer
}

// Who may only read learns that there is an alert and what it watches, and not
// who is told, nor why that failed; who may change alerts sees both, and the
// secret nobody.
func TestAlertsTellReadersNoTargets(t *testing.T) {
	e := webtest.Filled(t)
	server, reader, writer := guarded(t, e)
	kept := store.NewAlert("ferry", store.Webhook, "https://desk.example/hook/sesame")
	kept.Problem = "dial tcp: lookup desk.example: no such host"
	if err := e.SetAlert(t.Context(), kept); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"/api/alerts", "/api/alerts/" + kept.ID} {
		for _, token := range []string{reader, writer} {
			got := ask(t, server, "GET", "http://localhost"+path, "", "Authorization", "Bearer "+token)
			if got.status != http.StatusOK || !bytes.Contains(got.body, []byte(`"query":"ferry"`)) || !bytes.Contains(got.body, []byte(`"channel":"webhook"`)) {
				t.Errorf("GET %s: %d %s", path, got.status, got.body)
			}
			told := bytes.Contains(got.body, []byte("sesame")) && bytes.Contains(got.body, []byte("no such host"))
			hint := bytes.Contains(got.body, []byte("desk.example")) || bytes.Contains(got.body, []byte("target"))
			if told != (token == writer) || hint != (token == writer) || bytes.Contains(got.body, []byte(kept.Secret)) {
				t.Errorf("GET %s, writer %t: %s", path, token == writer, got.body)
			}
		}
	}
	if got := ask(t, api.New(e, api.Options{}), "GET", "/api/alerts", ""); bytes.Contains(got.body, []byte("desk.example")) {
		t.Errorf("an API that knows of no editors tells %s", got.body)
	}
}

// A key in the address of a source, or of an article that was read there, is told
// to who may change things, and to nobody who only reads: not on pages, nor in
// feeds, lists, events and answers, whoever asked for the same before.
func TestReadersSeeNoKeys(t *testing.T) {
	e := webtest.Filled(t)
	server, reader, writer := guarded(t, e)
	outlet := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.URL.Query().Get("token") != "sesame":
			http.Error(w, "no", http.StatusForbidden)
		case r.URL.Path == "/feed.xml":
			_, _ = io.WriteString(w, `<rss version="2.0"><channel></channel></rss>`)
		default:
			_, _ = io.WriteString(w, `<!doctype html><html lang="en"><head><title>Lighthouse keeper stays</title></head><body><article><h1>Lighthouse keeper stays</h1>`+
				`<p>The keeper of the Ørlund lighthouse will stay until spring, harbour master Zoë Brandt said on Monday. The repair will cost 240,000 euros.</p>`+
				`<p>The council had voted to close the tower in December, and the harbour office had asked it to think again.</p></article></body></html>`)
		}
	}))
	t.Cleanup(outlet.Close)
	source, err := e.Follow(t.Context(), outlet.URL+"/feed.xml?token=sesame&format=rss", "")
	if err != nil {
		t.Fatal(err)
	}
	added, err := e.Add(t.Context(), []newsroom.Upload{{Address: outlet.URL + "/news/1?token=sesame"}})
	if err != nil || len(added.Articles) != 1 || len(added.Problems) > 0 || added.Stories[0] != e.Other {
		t.Fatalf("%+v %v", added, err)
	}
	article, story := added.Articles[0].ID, added.Stories[0]
	for _, with := range []string{"", `, "documents": [{"text": "Lighthouse keeper stays\n\nThe keeper of the Ørlund lighthouse will stay until spring, harbour master Zoë Brandt said on Monday."}]`} {
		got := ask(t, server, "POST", "http://localhost/api/compare", `{"articles": ["`+article+`"]`+with+`}`, "Authorization", "Bearer "+reader)
		if got.status != http.StatusOK || bytes.Contains(got.body, []byte("sesame")) {
			t.Errorf("comparing a kept article: %d %s", got.status, got.body)
		}
	}
	for _, x := range []struct {
		path  string
		tells bool // who may change things is told the address
	}{
		{"/sources", true},
		{"/sources.opml", true},
		{"/state", true},
		{"/article/" + article, true},
		{"/story/" + story, true},
		{"/story/" + story + "/page.html", true},
		{"/story/" + story + "/feed.atom", true},
		{"/story/" + story + "/feed.json", true},
		{"/feed.atom", false},
		{"/search?q=lighthouse", false},
		{"/api/sources", true},
		{"/api/sources/" + source.ID, true},
		{"/api/articles?story=" + story, true},
		{"/api/articles/" + article, true},
		{"/api/articles/" + article + "/versions", true},
		{"/api/articles/" + article + "/analysis", true},
		{"/api/search?q=lighthouse", true},
		{"/api/stories/" + story + "/collation", true},
		{"/api/stories/" + story + "/accounts", true},
		{"/api/stories/" + story + "/annotations", true},
		{"/api/stories/" + story + "/events", false},
		{"/api/names/Zo%C3%AB%20Brandt/articles", true},
	} {
		for _, token := range []string{writer, reader} {
			got := ask(t, server, "GET", "http://localhost"+x.path, "", "Authorization", "Bearer "+token)
			if got.status != http.StatusOK {
				t.Errorf("GET %s: %d", x.path, got.status)
			}
			if told := bytes.Contains(got.body, []byte("sesame")); told != (x.tells && token == writer) {
				t.Errorf("GET %s, writer %t: the key is told: %t", x.path, token == writer, told)
			}
			if strings.HasPrefix(x.path, "/sources") && !bytes.Contains(got.body, []byte("format=rss")) {
				t.Errorf("GET %s, writer %t: the rest of the address is not told", x.path, token == writer)
			}
		}
	}
	site := httptest.NewServer(server)
	t.Cleanup(site.Close)
	for _, token := range []string{writer, reader} {
		l := listen(t, site.URL+"/api/events?after=0", "Authorization", "Bearer "+token)
		told, at := false, false
		for line := range l.lines {
			told = told || strings.Contains(line, "sesame")
			if at = at || strings.Contains(line, "source-added"); at && line == "" {
				break
			}
		}
		l.leave()
		if told != (token == writer) {
			t.Errorf("events, writer %t: the key is told: %t", token == writer, told)
		}
	}
	// What is followed is asked for with its key.
	kept, err := e.Gather(t.Context())
	if err != nil || kept.Sources == 0 || kept.Failed > 1 { // the source of a filled room has no host
		t.Errorf("gathered %+v, %v", kept, err)
	}
}

// Who may only read compares texts and articles that are kept, and does not make
// the server ask for an address; who may change things does.
func TestReadersCompareWithoutAddresses(t *testing.T) {
	e := webtest.Filled(t)
	server, reader, writer := guarded(t, e)
	asked := make(chan string, 100)
	outlet := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked <- r.URL.Path
		http.NotFound(w, r)
	}))
	t.Cleanup(outlet.Close)
	compare := func(token, body string) answer {
		return ask(t, server, "POST", "http://localhost/api/compare", body, "Authorization", "Bearer "+token)
	}
	var ids []string
	for _, a := range read[pageOf[api.Article]](t, api.New(e, api.Options{}), "/api/articles?story="+e.Other).Items {
		ids = append(ids, a.ID)
	}
	named, err := json.Marshal(map[string]any{"articles": ids})
	if err != nil {
		t.Fatal(err)
	}
	texts, err := json.Marshal(map[string]any{"documents": []map[string]string{{"text": string(webtest.Accounts[0].Body)}, {"text": string(webtest.Accounts[1].Body)}}})
	if err != nil {
		t.Fatal(err)
	}
	addresses := `{"addresses":["` + outlet.URL + `/a"],"articles":["` + ids[0] + `"]}`
	for _, token := range []string{reader, writer} {
		for what, body := range map[string][]byte{"articles": named, "documents": texts} {
			got := compare(token, string(body))
			if got.status != http.StatusOK || !bytes.Contains(got.body, []byte(`"collations":[{`)) || !bytes.Contains(got.body, []byte(`"problems":[]`)) {
				t.Errorf("%s, writer %t: %d %.300s", what, token == writer, got.status, got.body)
			}
		}
	}
	got := compare(reader, addresses)
	if got.status != http.StatusForbidden || !bytes.Contains(got.body, []byte("only for who may change things")) ||
		!bytes.Contains(got.body, []byte(`"body.addresses"`)) || got.header.Get("Content-Type") != "application/problem+json" {
		t.Errorf("%d %s", got.status, got.body)
	}
	if len(asked) > 0 {
		t.Errorf("asked for %s", <-asked)
	}
	if got := compare(writer, addresses); got.status != http.StatusOK || len(asked) == 0 {
		t.Errorf("who may change things: %d %s, asked %d", got.status, got.body, len(asked))
	}
	if op := api.New(e, api.Options{}).Description().Paths["/api/compare"].Post; op.Responses["403"] == nil || !strings.Contains(op.Description, "only read") {
		t.Errorf("described as %q, %v", op.Description, op.Responses)
	}
}

// listening is one that has an event stream open.
type listening struct {
	lines  chan string
	header http.Header
	leave  context.CancelFunc // waits until the stream has ended here
}

// listen opens an event stream. The server may not have noticed yet that those
// before have left, so a refusal is taken for an answer only after a while.
func listen(t *testing.T, address string, header ...string) listening {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	for end := time.Now().Add(20 * time.Second); ; {
		r, err := http.NewRequestWithContext(ctx, "GET", address, nil)
		if err != nil {
			t.Fatal(err)
		}
		for i := 0; i < len(header); i += 2 {
			r.Header.Set(header[i], header[i+1])
		}
		got, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		if got.StatusCode == http.StatusServiceUnavailable && time.Now().Before(end) {
			_ = got.Body.Close()
			time.Sleep(5 * time.Millisecond)
			continue
		}
		l := listening{lines: make(chan string), header: got.Header}
		go func() {
			defer close(l.lines)
			defer got.Body.Close()
			for in := bufio.NewScanner(got.Body); in.Scan(); {
				l.lines <- in.Text()
			}
		}()
		l.leave = func() {
			cancel()
			for range l.lines { // what was on its way
				continue
			}
		}
		t.Cleanup(l.leave)
		return l
	}
}

// until reads lines until one has the prefix.
func (l listening) until(t *testing.T, prefix string) string {
	t.Helper()
	patience := time.After(20 * time.Second)
	for {
		select {
		case line, ok := <-l.lines:
			if !ok {
				t.Fatalf("the stream ended before %q", prefix)
			}
			if rest, ok := strings.CutPrefix(line, prefix); ok {
				return rest
			}
		case <-patience:
			t.Fatalf("no %q", prefix)
		}
	}
}

func TestEvents(t *testing.T) {
	a, e := newAPI(t)
	server := httptest.NewServer(a)
	t.Cleanup(server.Close) // once those who listen have left
	first := listen(t, server.URL+"/api/events")
	if first.header.Get("Content-Type") != "text/event-stream" || first.header.Get("ETag") != "" {
		t.Errorf("%v", first.header)
	}
	first.until(t, ": alive") // nothing of what happened before
	e.Happen(t, store.Event{Kind: store.StoryGrown, Story: e.Other})
	id := first.until(t, "id: ")
	if kind := first.until(t, "event: "); kind != "story-grown" {
		t.Error(kind)
	}
	var v api.Event
	if err := json.Unmarshal([]byte(first.until(t, "data: ")), &v); err != nil || v.Story != e.Other {
		t.Errorf("%+v %v", v, err)
	}
	first.leave()

	// What happened while nobody listened is not lost, and nothing comes twice.
	e.Happen(t, store.Event{Kind: store.SourceDead, Source: "x"})
	again := listen(t, server.URL+"/api/events", "Last-Event-ID", id)
	if kind := again.until(t, "event: "); kind != "source-dead" {
		t.Error(kind)
	}
	again.leave()
	if number := listen(t, server.URL+"/api/events?after=0").until(t, "id: "); number != "1" {
		t.Error(number)
	}
}

// More streams than are allowed are refused, not queued.
func TestTooManyStreams(t *testing.T) {
	a, _ := newAPI(t)
	server := httptest.NewServer(a)
	t.Cleanup(server.Close)
	for range 2 {
		listen(t, server.URL+"/api/events").until(t, ": alive")
	}
	got := ask(t, a, "GET", "/api/events", "")
	if got.status != http.StatusServiceUnavailable || got.header.Get("Retry-After") == "" || !bytes.Contains(got.body, []byte("too many")) {
		t.Errorf("%d %s", got.status, got.body)
	}
}

// The page needs nothing but its own style sheet: no script, no style in it,
// nothing from elsewhere.
func TestDocs(t *testing.T) {
	a, _ := newAPI(t)
	got := ask(t, a, "GET", "/api/", "")
	page := string(got.body)
	for _, bad := range []string{"<script", "style=", "<style", "src=", "//unpkg", "onclick"} {
		if strings.Contains(page, bad) {
			t.Errorf("the page has %q", bad)
		}
	}
	for _, m := range regexp.MustCompile(`href="([^"]*)"`).FindAllStringSubmatch(page, -1) {
		target, local := strings.CutPrefix(m[1], "#")
		switch {
		case local && !strings.Contains(page, `id="`+target+`"`):
			t.Errorf("a link to %s leads nowhere", m[1])
		case !local && ask(t, a, "GET", m[1], "").status != 200:
			t.Errorf("a link to %s leads nowhere", m[1])
		}
	}
	for path, item := range a.Description().Paths {
		if !strings.Contains(page, path) {
			t.Errorf("%s is not on the page", path)
		}
		if item.Get != nil && item.Get.Responses["4XX"] == nil {
			t.Errorf("%s has no problem", path)
		}
	}
	if bytes.Contains(ask(t, a, "GET", "/api/stories", "").body, []byte("$schema")) {
		t.Error("an answer links to a schema")
	}
}

// Whatever the parameters are, the answer is what was asked for or a problem.
func FuzzParameters(f *testing.F) {
	a, e := newAPI(f)
	paths := quiet(f, a, e)
	for _, q := range []string{"limit=1&after=1", "q=%22a%22+OR+b", "from=2026-02-30&to=9999", "texts=maybe&version=0", "after=%00", "limit=1e3", "q=" + strings.Repeat("(", 200), "from=2026&to=2026&min_origins=9223372036854775807"} {
		for i := range paths {
			f.Add(uint8(i), "", q)
		}
	}
	f.Add(uint8(3), "../../state", "")
	f.Add(uint8(3), "%2e%2e%2f", "")
	f.Fuzz(func(t *testing.T, which uint8, id, query string) {
		path, own, _ := strings.Cut(paths[int(which)%len(paths)], "?")
		if id != "" {
			path = path[:strings.LastIndexByte(path, '/')+1] + url.PathEscape(id)
		}
		if query == "" {
			query = own
		}
		r := httptest.NewRequest("GET", "/", nil)
		u, err := url.Parse(path)
		if err != nil {
			return
		}
		u.RawQuery = query
		r.URL = u
		w := httptest.NewRecorder()
		if u.Path == "/api/events" {
			return
		}
		a.ServeHTTP(w, r)
		switch {
		case w.Code >= 500:
			t.Errorf("GET %s: %d %s", u, w.Code, w.Body)
		case w.Code >= 400 && w.Header().Get("Content-Type") != "application/problem+json":
			t.Errorf("GET %s: %d without a problem: %s", u, w.Code, w.Body)
		case w.Code == 200 && strings.HasSuffix(w.Header().Get("Content-Type"), "json") && !json.Valid(w.Body.Bytes()):
			t.Errorf("GET %s: no JSON: %s", u, w.Body)
		}
	})
}
