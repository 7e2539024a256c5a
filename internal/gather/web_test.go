package gather

import (
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// sends is a handler that answers with a body under headers: name, value, name,
// value…
func sends(body string, headers ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		for i := 0; i < len(headers); i += 2 {
			w.Header().Set(headers[i], headers[i+1])
		}
		fmt.Fprint(w, body)
	}
}

// status is a handler that answers with a status and headers.
func status(code int, headers ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		for i := 0; i < len(headers); i += 2 {
			w.Header().Set(headers[i], headers[i+1])
		}
		w.WriteHeader(code)
	}
}

func redirect(to string) http.HandlerFunc { return status(http.StatusFound, "Location", to) }

func TestAnswers(t *testing.T) {
	t.Parallel()
	const html = "<p>The talks go on.</p>"
	large := strings.Repeat("x", 1<<20)
	host := serve(t, map[string]http.HandlerFunc{
		"/html":      sends(html, "Content-Type", "Text/HTML; Charset=\"ISO-8859-2\"; charset=utf-8"),
		"/gzip":      sends(gzipped(t, html), "Content-Type", "text/html", "Content-Encoding", "gzip"),
		"/brotli":    sends(brotlied(t, html), "Content-Type", "text/html", "Content-Encoding", "br"),
		"/lies":      sends(html, "Content-Type", "text/html", "Content-Encoding", "gzip"),
		"/bomb":      sends(gzipped(t, large), "Content-Type", "text/html", "Content-Encoding", "gzip"),
		"/a.jsonl":   sends("{}\n{", "Content-Type", "text/plain"),
		"/ndjson":    sends("{}\n{", "Content-Type", "application/x-ndjson"),
		"/b.md.gz":   sends(gzipped(t, "# Ferry"), "Content-Type", "application/gzip"),
		"/c.json":    sends("{}", "Content-Type", "application/json"),
		"/feed":      sends("<rss/>", "Content-Type", "application/rss+xml"),
		"/pdf":       sends("%PDF-1.7", "Content-Type", "application/pdf"),
		"/picture":   sends("<svg/>", "Content-Type", "image/svg+xml"),
		"/disguised": sends("\x89PNG\x0D\x0A\x1A\x0A\x00\x00", "Content-Type", "text/html"),
		"/empty":     sends("", "Content-Type", "text/html"),
		"/nothing":   status(http.StatusNoContent),
		"/gone":      status(http.StatusGone),
		"/forbidden": status(http.StatusForbidden),
		"/odd":       status(599),
		"/nowhere":   status(http.StatusFound),
		"/unasked":   status(http.StatusNotModified),
		"/declared":  sends(large, "Content-Type", "text/plain"),
		"/endless": func(w http.ResponseWriter, r *http.Request) {
			for r.Context().Err() == nil {
				fmt.Fprint(w, large)
			}
		},
		"/short": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "5000")
			fmt.Fprint(w, html)
		},
		"/long": func(w http.ResponseWriter, _ *http.Request) {
			c, _, err := http.NewResponseController(w).Hijack()
			if err != nil {
				return
			}
			defer c.Close()
			fmt.Fprintf(c, "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n\r\nFerry talks")
		},
		"/mute": func(w http.ResponseWriter, _ *http.Request) {
			if c, _, err := http.NewResponseController(w).Hijack(); err == nil {
				defer c.Close()
			}
		},
		"/garbage": func(w http.ResponseWriter, _ *http.Request) {
			if c, _, err := http.NewResponseController(w).Hijack(); err == nil {
				defer c.Close()
				fmt.Fprint(c, "ferry\r\n\r\n")
			}
		},
	})
	tests := [][2]string{
		{"/html", `text/html "<p>The talks go on.</p>"`},
		{"/gzip", `text/html "<p>The talks go on.</p>"`},
		{"/brotli", `text/html "<p>The talks go on.</p>"`},
		{"/lies", `text/html "<p>The talks go on.</p>"`},
		{"/bomb", `content encoding gzip: too large: more than 64 KiB`},
		{"/b.md.gz", `text/markdown "# Ferry"`},
		{"/c.json", `application/json "{}"`},
		{"/feed", `application/rss+xml "<rss/>"`},
		{"/pdf", `no text but application/pdf`},
		{"/picture", `no text but image/svg+xml`},
		{"/disguised", `no text but image/png`},
		{"/empty", `no text: it is empty`},
		{"/nothing", `no text: it is empty`},
		{"/missing", `404 Not Found`},
		{"/gone", `410 Gone`},
		{"/forbidden", `403 Forbidden`},
		{"/odd", `599`},
		{"/nowhere", `302 Found`},
		{"/unasked", `304 Not Modified`},
		{"/declared", `too large: more than 64 KiB`},
		{"/endless", `too large: more than 64 KiB`},
		{"/short", `the answer breaks off: unexpected EOF`},
		{"/long", `text/plain "Ferry"`},
		{"/mute", `the host hung up without an answer`},
		{"/garbage", `net/http: HTTP/1.x transport connection broken: malformed HTTP response "ferry"`},
	}
	var sources, want []string
	for _, test := range tests {
		sources = append(sources, host+test[0])
		want = append(want, test[0]+": "+test[1])
	}
	g := quick()
	g.Limit = 64 << 10
	check(t, outcome(t, g, []string{host}, sources...), want...)
	check(t, outcome(t, g, []string{host}, host+"/a.jsonl", host+"/ndjson"),
		`/a.jsonl:1: application/json "{}"`, `/a.jsonl:2: application/json "{"`,
		`/ndjson:1: application/json "{}"`, `/ndjson:2: application/json "{"`)

	for doc, err := range g.Read(t.Context(), host+"/html") {
		if err != nil || doc.Charset != "iso-8859-2" {
			t.Errorf("charset %q, %v: want the first that is declared", doc.Charset, err)
		}
	}
	for _, err := range g.Read(t.Context(), host+"/gone") {
		if code := StatusError(0); !errors.As(err, &code) || code != http.StatusGone {
			t.Errorf("%v is no StatusError", err)
		}
	}
}

func TestHostsThatAreNotThere(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(nil)
	server.Close()
	check(t, outcome(t, quick(), []string{server.URL}, server.URL+"/a"), `/a: connect: connection refused`)
}

func TestRedirects(t *testing.T) {
	t.Parallel()
	other := serve(t, map[string]http.HandlerFunc{
		"/page":   text("Elsewhere."),
		"/absent": status(http.StatusNotFound),
	})
	host := serve(t, map[string]http.HandlerFunc{
		"/page":   text("Here."),
		"/one":    redirect("page#top"),
		"/two":    redirect("/one"),
		"/other":  redirect(other + "/page"),
		"/absent": redirect(other + "/absent"),
		"/circle": redirect("/circle2"), "/circle2": redirect("/circle"),
		"/file":   redirect("file:///etc/passwd"),
		"/secret": redirect("http://reporter:secret@paper.example/"),
		"/broken": redirect("http://[::1"),
		"/consent": func(w http.ResponseWriter, r *http.Request) {
			if _, err := r.Cookie("seen"); err != nil {
				http.SetCookie(w, &http.Cookie{Name: "seen", Value: "1"})
				redirect("/consent")(w, r)
				return
			}
			text("Seen.")(w, r)
		},
	})
	hide := []string{host}
	check(t, outcome(t, quick(), hide, host+"/two", host+"/other", host+"/consent#part", host+"/absent",
		host+"/circle", host+"/file", host+"/secret"),
		`/two: text/plain "Here."`,
		`/other: text/plain "Elsewhere."`,
		`/consent#part: text/plain "Seen."`,
		`/absent: redirected to `+other+`/absent: 404 Not Found`,
		`/circle: redirected more than 10 times`,
		`/file: redirected to file:///etc/passwd: file addresses are not read, only http and https`,
		`/secret: redirected to http://reporter:xxxxx@paper.example/: addresses with a user name or password are not read`)
	if got := outcome(t, quick(), hide, host+"/broken"); !strings.HasPrefix(got, "/broken: ") || strings.Contains(got, "text/plain") {
		t.Errorf("a redirect to no address: %s", got)
	}
	for doc, err := range quick().Read(t.Context(), host+"/two") {
		if err != nil || doc.Place != host+"/two" || doc.Address != host+"/page" {
			t.Errorf("place %q, address %q, %v", doc.Place, doc.Address, err)
		}
	}
}

func TestGuard(t *testing.T) {
	t.Parallel()
	guard := newGuard(nil)
	for _, address := range []string{
		"0.0.0.0", "10.1.2.3", "100.64.0.1", "127.0.0.1", "127.8.8.8", "169.254.169.254", "172.31.0.1", "192.0.2.1", "192.168.1.1",
		"198.18.0.1", "224.0.0.1", "239.255.255.250", "255.255.255.255",
		"::", "::1", "::ffff:10.0.0.1", "::ffff:127.0.0.1", "64:ff9b::a00:1", "2001:db8::1", "2002:a00:1::", "fc00::1", "fd12::1", "fe80::1", "ff02::1",
	} {
		at := netip.AddrPortFrom(netip.MustParseAddr(address), 443)
		for _, network := range []string{"tcp4", "tcp6"} {
			if err := guard(network, at.String(), nil); !errors.Is(err, ErrPrivate) || !strings.HasSuffix(err.Error(), " "+address) {
				t.Errorf("%s over %s: %v", address, network, err)
			}
		}
	}
	for network, address := range map[string]string{"tcp4": "9.9.9.9:443", "tcp6": "[2620:fe::fe]:8080"} {
		if err := guard(network, address, nil); err != nil {
			t.Errorf("%s: %v", address, err)
		}
	}
}

func TestPrivateAddresses(t *testing.T) {
	t.Parallel()
	host := serve(t, map[string]http.HandlerFunc{
		"/page":       text("Here."),
		"/router":     redirect("http://192.168.1.1/"),
		"/metadata":   redirect("http://169.254.169.254/latest"),
		"/loopback":   redirect("http://127.0.0.2/"),
		"/robots.txt": sends("User-agent: *\nDisallow: /never"),
	})
	port := host[strings.LastIndex(host, ":"):]
	g := quick()
	g.AllowPrivate = false
	check(t, outcome(t, g, nil, host+"/page", "http://localhost"+port+"/page"),
		host+`/page: private address 127.0.0.1`,
		`http://localhost`+port+`/page: private address `+localhost(t))

	// As if the test server were a public one.
	trusting := quick()
	trusting.AllowPrivate = false
	trusting.trusted = []netip.Prefix{netip.MustParsePrefix("127.0.0.1/32")}
	check(t, outcome(t, trusting, []string{host}, host+"/page", host+"/router", host+"/metadata", host+"/loopback"),
		`/page: text/plain "Here."`,
		`/router: redirected to http://192.168.1.1/: private address 192.168.1.1`,
		`/metadata: redirected to http://169.254.169.254/latest: private address 169.254.169.254`,
		`/loopback: redirected to http://127.0.0.2/: private address 127.0.0.2`)
	for _, err := range trusting.Read(t.Context(), host+"/router") {
		if !errors.Is(err, ErrPrivate) {
			t.Errorf("%v is not ErrPrivate", err)
		}
	}
}

// localhost is the address that a dialer tries last for this machine's name.
func localhost(t *testing.T) string {
	t.Helper()
	_, err := (&net.Dialer{Control: newGuard(nil)}).DialContext(t.Context(), "tcp", "localhost:1")
	if !errors.Is(err, ErrPrivate) {
		t.Fatalf("localhost: %v", err)
	}
	_, after, _ := strings.Cut(err.Error(), ErrPrivate.Error()+" ")
	return after
}

func TestProxyDoesNotHidePrivateAddresses(t *testing.T) {
	t.Parallel()
	var carried atomic.Int32
	proxy := serve(t, map[string]http.HandlerFunc{"/": func(w http.ResponseWriter, r *http.Request) {
		carried.Add(1)
		text("By proxy: "+r.URL.Host)(w, r)
	}})
	through := func(g *Gatherer) *Gatherer {
		g.once.Do(g.setUp)
		u, err := url.Parse(proxy)
		if err != nil {
			t.Fatal(err)
		}
		g.web.transport.setProxy(http.ProxyURL(u))
		return g
	}
	guarded := through(&Gatherer{Delay: 1})
	check(t, outcome(t, guarded, nil, "http://10.0.0.1/page", "http://localhost/page", "http://[::ffff:127.0.0.1]/"),
		`http://10.0.0.1/page: private address 10.0.0.1`,
		`http://localhost/page: private address `+lookedUp(t),
		`http://[::ffff:127.0.0.1]/: private address 127.0.0.1`)
	if n := carried.Load(); n != 0 {
		t.Errorf("the proxy saw %d requests for private addresses", n)
	}
	check(t, outcome(t, guarded, nil, "http://9.9.9.9/page"), `http://9.9.9.9/page: text/plain "By proxy: 9.9.9.9"`)
	check(t, outcome(t, through(quick()), nil, "http://10.0.0.1/page"), `http://10.0.0.1/page: text/plain "By proxy: 10.0.0.1"`)
}

// lookedUp is the first address of this machine's name.
func lookedUp(t *testing.T) string {
	t.Helper()
	found, err := net.DefaultResolver.LookupNetIP(t.Context(), "ip", "localhost")
	if err != nil {
		t.Fatal(err)
	}
	return found[0].Unmap().String()
}

func TestTimeLimit(t *testing.T) {
	t.Parallel()
	stuck := func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }
	host := serve(t, map[string]http.HandlerFunc{
		"/quick":  text("Quick."),
		"/silent": stuck,
		"/slow": func(w http.ResponseWriter, r *http.Request) {
			for r.Context().Err() == nil {
				fmt.Fprint(w, "x")
				if err := http.NewResponseController(w).Flush(); err != nil {
					return
				}
				time.Sleep(5 * time.Millisecond)
			}
		},
	})
	noRules := serve(t, map[string]http.HandlerFunc{"/robots.txt": stuck, "/a": text("A.")})
	g := quick()
	g.Timeout = 400 * time.Millisecond
	check(t, outcome(t, g, []string{host, noRules}, host+"/silent", host+"/slow", noRules+"/a", host+"/quick"),
		`/silent: timed out after 400ms`, `/slow: timed out after 400ms`, `/a: timed out after 400ms`, `/quick: text/plain "Quick."`)
}

func TestBusyHosts(t *testing.T) {
	t.Parallel()
	var mu sync.Mutex
	asked := map[string]int{}
	times := func(n int, first, then http.HandlerFunc) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			mu.Lock()
			asked[r.URL.Path]++
			again := asked[r.URL.Path] > n
			mu.Unlock()
			if again {
				then(w, r)
			} else {
				first(w, r)
			}
		}
	}
	cut := func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "5000")
		fmt.Fprint(w, "The talks")
	}
	host := serve(t, map[string]http.HandlerFunc{
		"/later":  times(1, status(http.StatusTooManyRequests, "Retry-After", "1"), text("Later.")),
		"/soon":   times(2, status(http.StatusServiceUnavailable), text("Soon.")),
		"/never":  times(9, status(http.StatusServiceUnavailable, "Retry-After", "0"), text("Never.")),
		"/broken": times(1, cut, text("Mended.")),
		"/gone":   times(1, status(http.StatusInternalServerError), text("Not asked for.")),
	})
	start := time.Now()
	check(t, outcome(t, quick(), []string{host}, host+"/later", host+"/soon", host+"/never", host+"/broken", host+"/gone"),
		`/later: text/plain "Later."`,
		`/soon: text/plain "Soon."`,
		`/never: 503 Service Unavailable`,
		`/broken: text/plain "Mended."`,
		`/gone: 500 Internal Server Error`)
	if passed := time.Since(start); passed < time.Second {
		t.Errorf("Retry-After was not waited for: all took %v", passed)
	}
	for path, want := range map[string]int{"/later": 2, "/soon": 3, "/never": mostAttempts, "/broken": 2, "/gone": 1} {
		if asked[path] != want {
			t.Errorf("%s was asked for %d times, not %d", path, asked[path], want)
		}
	}
}

func TestHostThatAsksForALongPauseIsLeftAlone(t *testing.T) {
	t.Parallel()
	var asked atomic.Int32
	limited := func(w http.ResponseWriter, r *http.Request) {
		asked.Add(1)
		status(http.StatusTooManyRequests, "Retry-After", time.Now().Add(time.Hour).UTC().Format(http.TimeFormat))(w, r)
	}
	host := serve(t, map[string]http.HandlerFunc{"/a": limited, "/b": limited})
	g := quick()
	check(t, outcome(t, g, []string{host}, host+"/a"), `/a: 429 Too Many Requests`)
	check(t, outcome(t, g, []string{host}, host+"/b"), `/b: the host asks for a longer pause than 30s`)
	if n := asked.Load(); n != 1 {
		t.Errorf("the host was asked %d times", n)
	}
}

func TestOneRequestAHostWithAPauseBetween(t *testing.T) {
	t.Parallel()
	const delay = 30 * time.Millisecond
	var mu sync.Mutex
	atOnce, most := map[string]int{}, 0
	var began []time.Time
	handle := func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		began = append(began, time.Now())
		atOnce[r.Host]++
		here, all := atOnce[r.Host], 0
		for _, n := range atOnce {
			all += n
		}
		most = max(most, all)
		mu.Unlock()
		if here > 1 {
			t.Errorf("%d requests at once to one host", here)
		}
		time.Sleep(10 * time.Millisecond)
		mu.Lock()
		atOnce[r.Host]--
		mu.Unlock()
		text("A.")(w, r)
	}
	var sources []string
	for range 3 {
		host := serve(t, map[string]http.HandlerFunc{"/page/": handle})
		for n := range 3 {
			sources = append(sources, fmt.Sprintf("%s/page/%d", host, n))
		}
	}
	g := quick()
	g.Delay = delay
	g.Jobs = 2
	for _, err := range g.Read(t.Context(), sources...) {
		if err != nil {
			t.Error(err)
		}
	}
	if most > g.Jobs {
		t.Errorf("%d requests at once, with %d jobs", most, g.Jobs)
	}
	began = nil
	for _, err := range g.Read(t.Context(), sources[:2]...) {
		if err != nil {
			t.Error(err)
		}
	}
	if len(began) != 2 || began[1].Sub(began[0]) < delay {
		t.Errorf("requests at %v: less than %v apart", began, delay)
	}
}

func TestRequestNamesItself(t *testing.T) {
	t.Parallel()
	var mu sync.Mutex
	var agents []string
	note := func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		agents = append(agents, r.UserAgent())
		text("A.")(w, r)
	}
	host := serve(t, map[string]http.HandlerFunc{"/": note})
	g := quick()
	g.Version = "1.2.3"
	check(t, outcome(t, g, []string{host}, host+"/a"), `/a: text/plain "A."`)
	if len(agents) != 2 {
		t.Fatalf("%d requests, want one for the rules and one for the page", len(agents))
	}
	for _, agent := range agents {
		if !strings.HasPrefix(agent, "Synoptic/1.2.3 (") {
			t.Errorf("User-Agent %q", agent)
		}
	}
}

func TestRobotsAreAskedFor(t *testing.T) {
	t.Parallel()
	var asked atomic.Int32
	rules := sends("User-agent: *\nDisallow: /private\n")
	host := serve(t, map[string]http.HandlerFunc{
		"/robots.txt": func(w http.ResponseWriter, r *http.Request) { asked.Add(1); rules(w, r) },
		"/page":       text("A page."), "/private": text("Not for us."), "/{$}": text("Front."),
		"/way": redirect("/private?from=way"),
	})
	g := quick()
	check(t, outcome(t, g, []string{host}, host+"/private", host+"/page", host, host+"/way", host+"/%70rivate/x"),
		`/private: refused by robots.txt: "Disallow: /private"`,
		`/page: text/plain "A page."`,
		`: text/plain "Front."`,
		`/way: redirected to /private?from=way: refused by robots.txt: "Disallow: /private"`,
		`/%70rivate/x: refused by robots.txt: "Disallow: /private"`)
	if n := asked.Load(); n != 1 {
		t.Errorf("robots.txt was asked for %d times", n)
	}

	other := serve(t, map[string]http.HandlerFunc{"/r": rules})
	tests := []struct {
		name   string
		robots http.HandlerFunc
		want   string
	}{
		{"none", status(http.StatusNotFound), `/private: text/plain "Not for us."`},
		{"forbidden", status(http.StatusForbidden), `/private: text/plain "Not for us."`},
		{"a picture", sends("\x89PNG", "Content-Type", "image/png"), `/private: text/plain "Not for us."`},
		{"elsewhere", redirect(other + "/r"), `/private: refused by robots.txt: "Disallow: /private"`},
		{"in a circle", redirect("/robots.txt"), `/private: text/plain "Not for us."`},
		{"no address", redirect("mailto:editor@paper.example"), `/private: text/plain "Not for us."`},
		{"broken", status(http.StatusInternalServerError), `/private: refused by robots.txt, which is out of reach: 500 Internal Server Error`},
		{"too busy", status(http.StatusTooManyRequests), `/private: refused by robots.txt, which is out of reach: 429 Too Many Requests`},
		{"too large", sends(strings.Repeat("#", 1<<20)), `/private: refused by robots.txt, which is out of reach: too large: more than 512 KiB`},
	}
	for _, test := range tests {
		host := serve(t, map[string]http.HandlerFunc{"/robots.txt": test.robots, "/private": text("Not for us.")})
		g := quick()
		g.Limit = 512 << 10
		if got := outcome(t, g, []string{host}, host+"/private"); got != test.want+"\n" {
			t.Errorf("%s: got %s, want %s", test.name, got, test.want)
		}
	}
}
