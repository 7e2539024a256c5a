package gather

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"synoptic/internal/gather/feed"
)

const feedHead = `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>Harbour</title>`

// told says what came of asking a source, and of reading its feed.
func told(g *Gatherer, t *testing.T, host, path string, known Validators) string {
	f, err := g.Fetch(t.Context(), host+path, known)
	var b strings.Builder
	fmt.Fprintf(&b, "%d", f.Status)
	if f.NotModified {
		b.WriteString(" same")
	}
	if f.Moved != "" {
		fmt.Fprintf(&b, " moved %s", strings.TrimPrefix(f.Moved, host))
	}
	if f.Wait > 0 {
		fmt.Fprintf(&b, " wait %v", f.Wait.Round(time.Second))
	}
	if f.MaxAge > 0 {
		fmt.Fprintf(&b, " holds %v", f.MaxAge)
	}
	if f.Validators != (Validators{}) {
		fmt.Fprintf(&b, " %v", f.Validators)
	}
	if err != nil {
		return b.String() + ": " + strings.ReplaceAll(err.Error(), host, "")
	}
	if f.NotModified {
		return b.String()
	}
	doc := f.Document
	read, err := feed.Read(feed.Input{Place: path, Address: doc.Address, Type: doc.Type, Charset: doc.Charset, Body: doc.Body, Read: doc.Read})
	if err != nil {
		return b.String() + ": " + err.Error()
	}
	fmt.Fprintf(&b, ": %q", read.Title)
	for _, e := range read.Entries {
		fmt.Fprintf(&b, " %s %q", strings.TrimPrefix(e.ID, host), e.Title)
		if !e.Published.IsZero() {
			fmt.Fprintf(&b, " on %s", e.Published.Format(time.DateOnly))
		}
	}
	if read.Broken != nil {
		fmt.Fprintf(&b, ", broken %v", read.Broken)
	}
	return b.String()
}

// TestMisbehavingFeeds asks sources of one server that misbehave in every way
// beside ones that do not, all at once.
func TestMisbehavingFeeds(t *testing.T) {
	t.Parallel()
	good := feedHead + `<item><guid>1</guid><title>Ferry talks</title></item></channel></rss>`
	xml := "application/rss+xml"
	handlers := map[string]http.HandlerFunc{
		"/good": sends(good, "Content-Type", xml, "ETag", `"v1"`, "Cache-Control", "public, max-age=600", "Age", "60"),
		"/slow": func(w http.ResponseWriter, r *http.Request) {
			for i := 0; r.Context().Err() == nil && i < len(good); i++ {
				fmt.Fprint(w, good[i:i+1])
				w.(http.Flusher).Flush()
				time.Sleep(20 * time.Millisecond)
			}
		},
		"/endless": func(w http.ResponseWriter, r *http.Request) {
			for fmt.Fprint(w, feedHead); r.Context().Err() == nil; {
				fmt.Fprint(w, strings.Repeat("<item><guid>1</guid></item>", 1000))
			}
		},
		"/short": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "5000")
			fmt.Fprint(w, good)
		},
		"/circle":  redirect("/circle2"),
		"/circle2": status(http.StatusMovedPermanently, "Location", "/circle"),
		"/same":    status(http.StatusNotModified, "ETag", `"v2"`),
		"/gone":    status(http.StatusGone),
		"/missing": status(http.StatusNotFound),
		"/busy":    status(http.StatusTooManyRequests, "Retry-After", "3600"),
		"/down":    status(http.StatusInternalServerError),
		"/bomb":    sends(gzipped(t, feedHead+strings.Repeat(" ", 4<<20)), "Content-Type", xml, "Content-Encoding", "gzip"),
		"/charset": sends("<?xml version=\"1.0\" encoding=\"utf-8\"?><rss><channel><title>K\xf6ln</title></channel></rss>", "Content-Type", xml+"; charset=utf-8"),
		"/expand":  sends(`<!DOCTYPE rss [<!ENTITY a "`+strings.Repeat("ferry ", 100)+`"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>`+`<rss><channel><title>&b;</title></channel></rss>`, "Content-Type", xml),
		"/unclosed": sends(feedHead+`<item><guid>1</guid><title>One<item><guid>2</guid><title>Two</title></item></channel>`,
			"Content-Type", xml),
		"/twice": sends(feedHead+`<item><guid>x</guid><link>/1</link><title>One</title></item><item><guid>x</guid><link>/2</link><title>Two</title></item></channel></rss>`,
			"Content-Type", "text/html"),
		"/future": sends(feedHead+`<item><guid>1</guid><title>One</title><pubDate>Mon, 06 Jan 2200 08:00:00 GMT</pubDate></item><item><guid>2</guid><title>Two</title><pubDate>Mon, 06 Jan 2020 08:00:00 GMT</pubDate></item></channel></rss>`,
			"Content-Type", xml),
		"/page":       sends("<!doctype html><p>Ferry", "Content-Type", "text/html"),
		"/picture":    sends("\x89PNG", "Content-Type", "image/png"),
		"/secret":     sends(good),
		"/robots.txt": sends("User-agent: *\nDisallow: /secret"),
		"/moved":      status(http.StatusMovedPermanently, "Location", "/moved2"),
		"/moved2":     status(http.StatusPermanentRedirect, "Location", "/moved3"),
		"/moved3":     status(http.StatusFound, "Location", "/good"),
		"/lost":       status(http.StatusMovedPermanently, "Location", "/missing"),
	}
	g := quick()
	g.Timeout = 400 * time.Millisecond
	g.Limit = 1 << 20
	defer g.Close()
	tests := []struct{ path, want string }{
		{"/good", `200 holds 9m0s {"v1" }: "Harbour" 1 "Ferry talks"`},
		{"/slow", `200: /slow: timed out after 400ms`},
		{"/endless", `200: /endless: too large: more than 1 MiB`},
		{"/short", `200: /short: the answer breaks off: unexpected EOF`},
		{"/circle", `302: /circle: redirected more than 10 times`},
		{"/same", `304 same {"v2" }`},
		{"/gone", `410: /gone: 410 Gone`},
		{"/missing", `404: /missing: 404 Not Found`},
		{"/down", `500: /down: 500 Internal Server Error`},
		{"/bomb", `200: /bomb: content encoding gzip: too large: more than 1 MiB`},
		{"/charset", `200: "Köln"`},
		{"/expand", `200: "&b;", broken /expand:1: an & that begins no known reference`},
		{"/unclosed", `200: "Harbour" 1 "One" 2 "Two", broken /unclosed:1: <item> within <title>`},
		{"/twice", `200: "Harbour" /1 "One" /2 "Two"`},
		{"/future", `200: "Harbour" 1 "One" 2 "Two" on 2020-01-06`},
		{"/page", `200: /page: no feed but a page`},
		{"/picture", `200: /picture: no text but image/png`},
		{"/secret", `0: /secret: refused by robots.txt: "Disallow: /secret"`},
		{"/moved", `200 moved /moved3 holds 9m0s {"v1" }: "Harbour" 1 "Ferry talks"`},
		{"/moved2", `200 moved /moved3 holds 9m0s {"v1" }: "Harbour" 1 "Ferry talks"`},
		{"/lost", `404: /lost: redirected to /missing: 404 Not Found`},
	}
	var all sync.WaitGroup
	for _, test := range tests {
		host := serve(t, handlers) // one each: on one host a busy one would hold up the others
		all.Go(func() {
			if got := told(g, t, host, test.path, Validators{ETag: `"v0"`}); got != test.want {
				t.Errorf("%s\nwant %s", got, test.want)
			}
		})
	}
	all.Wait()

	host := serve(t, handlers)
	if got, want := told(g, t, host, "/same", Validators{}), `304 {"v2" }: /same: 304 Not Modified`; got != want {
		t.Errorf("%s\nwant %s", got, want) // nothing was known
	}
	if got, want := told(g, t, host, "/busy", Validators{}), `429 wait 1h0m0s: /busy: 429 Too Many Requests`; got != want {
		t.Errorf("%s\nwant %s", got, want)
	}
	if got, want := told(g, t, host, "/gone", Validators{}), `0 wait 1h0m0s: /gone: the host asks for a longer pause than 30s`; got != want {
		t.Errorf("%s\nwant %s", got, want) // the host is not asked again
	}
	if _, err := g.Fetch(t.Context(), serve(t, handlers)+"/gone", Validators{}); !errors.Is(err, ErrGone) {
		t.Errorf("%v is not ErrGone", err)
	}
}

// TestFetchAsksWithValidators holds that what a server gave comes back to it,
// and that a changed source comes whole.
func TestFetchAsksWithValidators(t *testing.T) {
	t.Parallel()
	version := 1
	host := serve(t, map[string]http.HandlerFunc{"/feed": func(w http.ResponseWriter, r *http.Request) {
		tag := fmt.Sprintf(`"v%d"`, version)
		w.Header().Set("ETag", tag)
		w.Header().Set("Last-Modified", "Tue, 04 Mar 2025 08:00:00 GMT")
		switch {
		case !strings.HasPrefix(r.Header.Get("Accept"), "application/rss+xml"):
			w.WriteHeader(http.StatusNotAcceptable)
		case r.Header.Get("If-None-Match") == tag && r.Header.Get("If-Modified-Since") != "":
			w.WriteHeader(http.StatusNotModified)
		default:
			fmt.Fprintf(w, feedHead+`<item><guid>1</guid><title>Version %d</title></item></channel></rss>`, version)
		}
	}})
	g := quick()
	defer g.Close()
	first, err := g.Fetch(t.Context(), host+"/feed", Validators{})
	if err != nil || first.NotModified {
		t.Fatal(first, err)
	}
	second, err := g.Fetch(t.Context(), host+"/feed", first.Validators)
	if err != nil || !second.NotModified || second.Validators != first.Validators || second.Document.Address != host+"/feed" {
		t.Error(second, err)
	}
	version = 2
	third, err := g.Fetch(t.Context(), host+"/feed", second.Validators)
	if err != nil || third.NotModified || !strings.Contains(string(third.Document.Body), "Version 2") {
		t.Error(third, err)
	}
}

func TestFetchRefusesPrivateAddresses(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(nil)
	t.Cleanup(server.Close)
	g := &Gatherer{}
	defer g.Close()
	if f, err := g.Fetch(t.Context(), server.URL, Validators{}); !errors.Is(err, ErrPrivate) || f.Status != 0 {
		t.Error(f, err)
	}
	for _, address := range []string{"", "ftp://ferry.example/", "https://a:b@ferry.example/", "feed"} {
		if _, err := g.Fetch(t.Context(), address, Validators{}); err == nil || strings.Contains(err.Error(), ":b@") {
			t.Errorf("%q: %v", address, err)
		}
	}
}

func TestMaxAge(t *testing.T) {
	t.Parallel()
	tests := []struct {
		control, age string
		want         time.Duration
	}{
		{"", "", 0},
		{"max-age=300", "", 5 * time.Minute},
		{"Public, Max-Age=\"300\"", "60", 4 * time.Minute},
		{"max-age=300, no-cache", "", 0},
		{"max-age=300", "400", 0},
		{"max-age=99999999999999999999", "", 0},
		{"max-age=9999999999", "", mostMaxAge},
		{"max-age=-5", "x", 0},
	}
	for _, test := range tests {
		header := http.Header{}
		header.Set("Cache-Control", test.control)
		header.Set("Age", test.age)
		if got := maxAge(header); got != test.want {
			t.Errorf("%q, %q: %v, want %v", test.control, test.age, got, test.want)
		}
	}
}

// TestFetchesTakeTurns holds that a host is asked for one thing at a time, by
// Fetch and Read together.
func TestFetchesTakeTurns(t *testing.T) {
	t.Parallel()
	var now, most atomic.Int32
	host := serve(t, map[string]http.HandlerFunc{"/": func(w http.ResponseWriter, _ *http.Request) {
		most.Store(max(most.Load(), now.Add(1)))
		time.Sleep(2 * time.Millisecond)
		now.Add(-1)
		fmt.Fprint(w, "Ferry talks")
	}})
	g := quick()
	defer g.Close()
	var all sync.WaitGroup
	for i := range 20 {
		all.Go(func() {
			if _, err := g.Fetch(t.Context(), fmt.Sprintf("%s/%d", host, i), Validators{}); err != nil {
				t.Error(err)
			}
		})
	}
	for _, err := range g.Read(t.Context(), host+"/a", host+"/b") {
		if err != nil {
			t.Error(err)
		}
	}
	all.Wait()
	if most.Load() != 1 {
		t.Errorf("%d requests at once", most.Load())
	}
}
