package web_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"synoptic/internal/newsroom"
	"synoptic/internal/store"
	"synoptic/internal/web"
	"synoptic/internal/web/webtest"
)

// site is a server that runs, and a client of it.
type site struct {
	testing.TB
	*webtest.Room
	server *web.Server
	base   string
	client *http.Client
}

// serve starts a server on a port of loopback until the test ends; only who is
// given access may come in, or anybody where that is left out.
func serve(t testing.TB, o web.Options, a ...web.Access) *site {
	t.Helper()
	room := webtest.New(t)
	for _, a := range a {
		room.Put(t, func(ctx context.Context, w store.Writer) error { return a.Keep(ctx, w) })
	}
	o.Engine, o.Version = room, "test"
	s, err := web.New(o)
	if err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- s.Serve(ctx, l) }()
	t.Cleanup(func() {
		cancel()
		if err := <-done; err != nil {
			t.Errorf("serve: %v", err)
		}
	})
	jar, _ := cookiejar.New(nil)
	return &site{TB: t, Room: room, server: s, base: "http://" + l.Addr().String(), client: &http.Client{
		Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }, Timeout: time.Minute,
	}}
}

// example serves with the example read.
func example(t testing.TB) *site {
	t.Helper()
	s := serve(t, web.Options{})
	if _, err := s.AddExample(t.Context()); err != nil {
		t.Fatal(err)
	}
	s.settle()
	return s
}

// settle waits until the server knows of the newest event.
func (s *site) settle() {
	s.Helper()
	time.Sleep(2 * web.Pace)
}

// onlyStory is the ID of the one story there is.
func (s *site) onlyStory() string {
	s.Helper()
	list, err := s.Stories(s.Context(), 2)
	if err != nil || len(list) != 1 {
		s.Fatalf("%d stories: %v", len(list), err)
	}
	return list[0].ID
}

// members are the IDs of a story's articles.
func (s *site) members(story string) (ids []string) {
	s.Helper()
	err := s.View(s.Context(), func(r store.Reader) error {
		list, err := r.Members(s.Context(), story)
		for _, m := range list {
			ids = append(ids, m.Article)
		}
		return err
	})
	if err != nil {
		s.Fatal(err)
	}
	return ids
}

// totals is how much is kept.
func (s *site) totals() (t store.Totals) {
	s.Helper()
	err := s.View(s.Context(), func(r store.Reader) (err error) {
		t, err = r.Totals(s.Context())
		return err
	})
	if err != nil {
		s.Fatal(err)
	}
	return t
}

// reply is an answer that was read to its end.
type reply struct {
	*http.Response
	body string
}

func (s *site) do(r *http.Request) reply {
	s.Helper()
	resp, err := s.client.Do(r)
	if err != nil {
		s.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		s.Fatal(err)
	}
	return reply{resp, string(body)}
}

func (s *site) request(method, path string, body io.Reader) *http.Request {
	s.Helper()
	r, err := http.NewRequestWithContext(s.Context(), method, s.base+path, body)
	if err != nil {
		s.Fatal(err)
	}
	r.Header.Set("Accept", "text/html")
	return r
}

func (s *site) get(path string) reply {
	s.Helper()
	return s.do(s.request(http.MethodGet, path, nil))
}

func (s *site) post(path string, form url.Values) reply {
	s.Helper()
	r := s.request(http.MethodPost, path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return s.do(r)
}

// upload posts files and fields as a form with files does.
func (s *site) upload(path string, fields url.Values, field string, files map[string]string) reply {
	s.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for name, values := range fields {
		for _, v := range values {
			_ = w.WriteField(name, v)
		}
	}
	for name, body := range files {
		part, err := w.CreateFormFile(field, name)
		if err != nil {
			s.Fatal(err)
		}
		_, _ = io.WriteString(part, body)
	}
	_ = w.Close()
	r := s.request(http.MethodPost, path, &b)
	r.Header.Set("Content-Type", w.FormDataContentType())
	return s.do(r)
}

func (s *site) want(r reply, status int, holds ...string) {
	s.Helper()
	if r.StatusCode != status {
		s.Errorf("%s %s: status %d, not %d: %.300s", r.Request.Method, r.Request.URL, r.StatusCode, status, r.body)
	}
	for _, words := range holds {
		if !strings.Contains(r.body, words) {
			s.Errorf("%s %s: no %q", r.Request.Method, r.Request.URL, words)
		}
	}
}

// TestPages asks for every page of a collection.
func TestPages(t *testing.T) {
	s := example(t)
	story := s.onlyStory()
	id := s.members(story)[0]
	for path, words := range map[string]string{
		"/":                                   "6 accounts",
		"/?order=latest&with=single":          "6 accounts",
		"/story/" + story:                     `id="points"`,
		"/story/" + story + "/page.html":      "<style>",
		"/story/" + story + "/correct":        "Split off",
		"/story/" + story + "/feed.atom":      "<entry",
		"/story/" + story + "/feed.json":      "jsonfeed.org",
		"/article/" + id:                      "Who speaks",
		"/article/" + id + "?version=1":       "Who speaks",
		"/name":                               "Hollin",
		"/name?of=Greta+Hollin":               "Greta Hollin",
		"/name?find=hollin":                   "Greta Hollin",
		"/outlet":                             "Daily Lantern",
		"/outlet?of=www.dailylantern.example": "",
		"/outlet?of=Daily+Lantern":            "What it carries",
		"/search":                             "both words",
		"/search?q=ferry":                     "<mark>",
		"/search/feed.atom?q=ferry":           "<entry",
		"/search/feed.json?q=ferry":           "jsonfeed.org",
		"/sources":                            "No source",
		"/sources.opml":                       "<opml",
		"/state":                              "Journal",
		"/corrections":                        "Nobody has corrected",
		"/compare":                            "Nothing of them is kept",
		"/add":                                "Addresses",
		"/feed.atom":                          "<entry",
		"/feed.json":                          "jsonfeed.org",
		"/metrics":                            "synoptic_articles 6",
		"/healthz":                            "ok",
		"/readyz":                             "ready",
		"/robots.txt":                         "Disallow: /",
	} {
		if words != "" {
			s.want(s.get(path), http.StatusOK, words)
		}
	}
}

// TestNames: the index is of persons, groups and places that are named. Who is
// counted or described stands there under no kind, and what they said is kept.
func TestNames(t *testing.T) {
	s := serve(t, web.Options{})
	if _, err := s.Add(t.Context(), []newsroom.Upload{{Name: "norwick-echo.txt", Body: []byte(`Crews split over Norwick ferry offer

The Ministry of Transport said on Monday that the ferries would sail. “We shall see,” said Greta Hollin, a deckhand.

Three sailors said the offer was too low. The company said it had no more money. 87 percent of crew members said they would strike.

A spokesman for the Ministry of Transport said talks went on.
`)}}); err != nil {
		t.Fatal(err)
	}
	var got []string
	err := s.View(t.Context(), func(r store.Reader) error {
		names, _, err := r.Names(t.Context(), "", store.Page{})
		for _, n := range names {
			got = append(got, fmt.Sprintf("%s %s %d", n.Name, n.Kind, n.Utterances))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(got)
	if want := []string{"Greta Hollin PER 1", "Ministry of Transport ORG 1", "Norwick LOC 0"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	s.want(s.get("/name"), http.StatusOK, "Ministry of Transport")
	s.want(s.get("/name?of=Ministry+of+Transport"), http.StatusOK, "the ferries would sail")
	s.want(s.get("/name?find=sailors"), http.StatusOK, "Nobody of that name")
	s.want(s.get("/name?of=Three+sailors"), http.StatusOK, "the offer was too low")
}

// TestState: the page of the state counts in words that fit, and leads programs
// to what answers them.
func TestState(t *testing.T) {
	s := serve(t, web.Options{Mounts: []web.Mount{{Path: "/api/", Handler: http.NotFoundHandler()}, {Path: "/mcp", Handler: http.NotFoundHandler()}}})
	s.get("/")
	s.want(s.get("/state"), http.StatusOK, "made 1 time<", `<a href="/api/">`, `<a href="/api/alerts">`, "<code>/mcp</code>")
	if a := serve(t, web.Options{}).get("/state"); strings.Contains(a.body, "/api/") || strings.Contains(a.body, "/mcp") {
		t.Error("the page names what is not there")
	}
}

// TestDescribed: the page of a story says what it shows as schema.org has it, and
// what that names is there: the pages of the articles, the rows of the page.
func TestDescribed(t *testing.T) {
	s := example(t)
	story := "/story/" + s.onlyStory()
	page := s.get(story)
	_, rest, _ := strings.Cut(page.body, `<script type="application/ld+json">`)
	data, _, found := strings.Cut(rest, "</script>")
	var about struct {
		Graph []struct {
			Type string `json:"@type"`
			ID   string `json:"@id"`
		} `json:"@graph"`
	}
	if err := json.Unmarshal([]byte(data), &about); err != nil || !found {
		t.Fatalf("%v in %.100q", err, data)
	}
	count := map[string]int{}
	for _, x := range about.Graph {
		count[x.Type]++
		if x.Type == "NewsArticle" {
			s.want(s.get(x.ID), http.StatusOK, `"@type":"NewsArticle"`)
			continue
		}
		path, row, _ := strings.Cut(x.ID, "#")
		if path != story || !strings.Contains(page.body, `id="`+row+`"`) {
			t.Errorf("%s %s is not on the page", x.Type, x.ID)
		}
	}
	if count["NewsArticle"] != 6 || count["Claim"] == 0 || count["Quotation"] == 0 {
		t.Errorf("%v are told", count)
	}
}

// TestNothingThere asks for what is not there: a page with a search box.
func TestNothingThere(t *testing.T) {
	s := example(t)
	id := s.members(s.onlyStory())[0]
	for _, path := range []string{
		"/no-such-page", "/story/none", "/story/none/correct", "/story/none/page.html", "/story/none/feed.atom", "/article/none",
		"/article/" + id + "?version=9", "/article/" + id + "?since=x", "/outlet?of=none", "/compare/none", "/compare/none/2",
		"/name?of=Nobody+Known", "/static/none.js", "/story/..%2f..%2fetc%2fpasswd", "/article/%00", "/story/" + strings.Repeat("x", 3000),
		"/live?story=none&after=1",
	} {
		r := s.get(path)
		s.want(r, http.StatusNotFound, `role="search"`)
	}
	for _, path := range []string{"/story/../../../etc/passwd", "/../x", "/static/../../go.mod", "//etc/passwd"} {
		if r := s.get(path); r.StatusCode < 300 || r.StatusCode >= 500 || r.StatusCode == http.StatusOK {
			t.Errorf("%s: %d", path, r.StatusCode)
		}
	}
	for _, path := range []string{"/corrections/7/undo", "/corrections/x/undo", "/sources/none/drop", "/article/none/forget"} {
		s.want(s.post(path, nil), http.StatusNotFound)
	}
}

// TestMethods: the wrong method is not an address that is not there.
func TestMethods(t *testing.T) {
	s := example(t)
	for _, x := range []struct{ method, path, allow string }{
		{"POST", "/", "GET, HEAD"},
		{"PUT", "/sources", "GET, HEAD, POST"},
		{"DELETE", "/story/none", "GET, HEAD"},
		{"GET", "/example", "POST"},
		{"HEAD", "/story/none/merge", "POST"},
		{"OPTIONS", "/state", "GET, HEAD"},
		{"POST", "/healthz", "GET, HEAD"},
	} {
		a := s.do(s.request(x.method, x.path, nil))
		s.want(a, http.StatusMethodNotAllowed)
		if got := a.Header.Get("Allow"); got != x.allow {
			t.Errorf("%s %s: Allow %q, not %q", x.method, x.path, got, x.allow)
		}
	}
	a := s.do(s.request("DELETE", "/no-such-page", nil))
	s.want(a, http.StatusNotFound)
	if a.Header.Get("Allow") != "" {
		t.Error("what is not there allows something")
	}
}

// TestBadWords gives parameters that no page sends.
func TestBadWords(t *testing.T) {
	s := example(t)
	for path, status := range map[string]int{
		"/?after=%00":                             http.StatusBadRequest,
		"/?after=999999":                          http.StatusBadRequest,
		"/name?of=Greta+Hollin&after=x":           http.StatusBadRequest,
		"/search?q=ferry&after=-1":                http.StatusBadRequest,
		"/search?q=%22":                           0,
		"/search?q=((((":                          http.StatusBadRequest,
		"/search?q=" + strings.Repeat("a+", 2000): http.StatusBadRequest,
		"/search/feed.atom":                       http.StatusBadRequest,
		"/search/feed.json?q=(":                   http.StatusBadRequest,
		"/live":                                   http.StatusBadRequest,
		"/live?after=x":                           http.StatusBadRequest,
		"/?lang=" + strings.Repeat("x", 5000):     http.StatusOK,
	} {
		r := s.get(path)
		if status != 0 && r.StatusCode != status || r.StatusCode >= 500 {
			t.Errorf("%s: %d, not %d", path, r.StatusCode, status)
		}
	}
}

// TestStoreFails shows a page also where the store does not answer.
func TestStoreFails(t *testing.T) {
	for err, status := range map[error]int{
		errors.New("out of order"): http.StatusInternalServerError,
		store.ErrReadOnly:          http.StatusServiceUnavailable,
		store.ErrFull:              http.StatusInsufficientStorage,
	} {
		s := example(t)
		s.Break(err)
		s.want(s.get("/sources"), status, "<h1>")
		s.want(s.get("/readyz"), http.StatusServiceUnavailable)
		s.want(s.get("/healthz"), http.StatusOK)
		if r := s.get("/state"); strings.Contains(r.body, "out of order") {
			t.Error("the page tells strangers what is wrong within")
		}
		s.Break(nil)
	}
}

// TestConditional asks again for what has not changed, and packed.
func TestConditional(t *testing.T) {
	s := example(t)
	story := s.onlyStory()
	for _, path := range []string{"/", "/story/" + story, "/feed.atom", "/sources", "/article/" + s.members(story)[0]} {
		first := s.get(path)
		tag := first.Header.Get("Etag")
		r := s.request(http.MethodGet, path, nil)
		r.Header.Set("If-None-Match", tag)
		r.Header.Set("Accept-Encoding", "gzip")
		again := s.do(r)
		if tag == "" || again.StatusCode != http.StatusOK && again.StatusCode != http.StatusNotModified {
			t.Errorf("%s: tag %q, then %d", path, tag, again.StatusCode)
		}
		r = s.request(http.MethodGet, path, nil)
		r.Header.Set("Accept-Encoding", "identity")
		plain := s.do(r)
		r = s.request(http.MethodGet, path, nil)
		r.Header.Set("Accept-Encoding", "identity")
		r.Header.Set("If-None-Match", `"x", `+plain.Header.Get("Etag"))
		if again := s.do(r); again.StatusCode != http.StatusNotModified || again.body != "" {
			t.Errorf("%s: %d with %d bytes", path, again.StatusCode, len(again.body))
		}
	}
}

// TestDigestComesLater shows what lists say of a story soon after it has been
// found out, though that is no event.
func TestDigestComesLater(t *testing.T) {
	s := example(t)
	story := s.onlyStory()
	bare := s.Story(t, story)
	bare.Digest, bare.Digested, bare.Origins = nil, 0, 0
	s.Put(t, func(ctx context.Context, w store.Writer) error {
		return errors.Join(w.PutStory(ctx, bare), w.Record(ctx, &store.Event{At: webtest.Start, Kind: store.StoryGrown, Story: story}))
	})
	time.Sleep(time.Second) // a change that another process made is looked for once a second
	s.settle()
	for _, path := range []string{"/", "/feed.atom"} {
		a := s.get(path)
		s.want(a, http.StatusOK, "6 accounts")
		if strings.Contains(a.body, " origin") {
			t.Errorf("%s tells of origins before they are counted", path)
		}
	}
	if err := s.Digest(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	time.Sleep(1100 * time.Millisecond)
	for _, path := range []string{"/", "/feed.atom"} {
		s.want(s.get(path), http.StatusOK, "5 origins")
	}
}

// TestHeadlineComesLater calls a story everywhere as its digest does, which may be
// otherwise than by its first account, also where somebody has looked before.
func TestHeadlineComesLater(t *testing.T) {
	s := serve(t, web.Options{})
	added, err := s.Collection.AddExample(t.Context())
	if err != nil || len(added.Stories) != 1 {
		t.Fatalf("%+v %v", added, err)
	}
	story := "/story/" + added.Stories[0]
	s.settle()
	begun := s.Story(t, added.Stories[0]).Title
	s.want(s.get(story+"/feed.atom"), http.StatusOK, "<title>Synoptic: "+begun+"</title>")
	laid := s.get(story)
	if err := s.Digest(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	title := s.Story(t, added.Stories[0]).Title
	if title == begun {
		t.Fatal("the digest calls it as its first account does")
	}
	s.want(laid, http.StatusOK, "<title>"+title)
	time.Sleep(1100 * time.Millisecond)
	s.want(s.get(story+"/feed.atom"), http.StatusOK, "<title>Synoptic: "+title+"</title>")
	s.want(s.get(story+"/correct"), http.StatusOK, "<bdi>"+title+"</bdi></a></p>", "<title>Correct: "+title)
}
