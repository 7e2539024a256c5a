package web_test

import (
	"bufio"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"synoptic/internal/store"
	"synoptic/internal/web"
	"synoptic/internal/web/webtest"
)

// TestRefusesOpenAddress does not listen beyond this machine where nobody need
// sign in.
func TestRefusesOpenAddress(t *testing.T) {
	l, err := net.Listen("tcp", "0.0.0.0:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	s, err := web.New(web.Options{Engine: webtest.New(t)})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Serve(t.Context(), l); !errors.Is(err, web.ErrOpen) {
		t.Errorf("listens on %s: %v", l.Addr(), err)
	}
	if _, err := web.New(web.Options{Engine: webtest.New(t), Password: "plain words"}); err == nil {
		t.Error("takes a password that is not hashed")
	}
}

// TestSignIn goes in by password, and out again.
func TestSignIn(t *testing.T) {
	s := serve(t, web.Options{}, web.Access{Password: web.HashPassword("tide table")})
	r := s.get("/sources?x=1")
	s.want(r, http.StatusSeeOther)
	if to := r.Header.Get("Location"); to != "/login?to=%2Fsources%3Fx%3D1" {
		t.Errorf("goes to %s", to)
	}
	for _, path := range []string{"/healthz", "/readyz", "/login", "/robots.txt"} {
		s.want(s.get(path), http.StatusOK)
	}
	s.want(s.post("/example", nil), http.StatusUnauthorized)
	bare := s.request(http.MethodGet, "/metrics", nil)
	bare.Header.Del("Accept")
	if r := s.do(bare); r.StatusCode != http.StatusUnauthorized || !strings.HasPrefix(r.Header.Get("Www-Authenticate"), "Basic") {
		t.Errorf("metrics: %d %q", r.StatusCode, r.Header)
	}
	s.want(s.post("/login", url.Values{"password": {"wrong"}, "to": {"/sources"}}), http.StatusUnauthorized, "not the password")
	r = s.post("/login", url.Values{"password": {"tide table"}, "to": {"//evil.example/x"}})
	s.want(r, http.StatusSeeOther)
	if to := r.Header.Get("Location"); to != "/" {
		t.Errorf("signing in leads to %s", to)
	}
	cookie := r.Header.Get("Set-Cookie")
	for _, words := range []string{"HttpOnly", "SameSite=Lax", "Path=/"} {
		if !strings.Contains(cookie, words) {
			t.Errorf("cookie without %s: %s", words, cookie)
		}
	}
	s.want(s.get("/sources"), http.StatusOK, "Sign out")
	s.want(s.post("/example", nil), http.StatusSeeOther)
	s.want(s.post("/logout", nil), http.StatusSeeOther)
	s.want(s.get("/sources"), http.StatusSeeOther)
}

// TestManyPasswords stops somebody who tries one after another.
func TestManyPasswords(t *testing.T) {
	s := serve(t, web.Options{}, web.Access{Tokens: []web.Token{{Hash: web.HashToken("x")}}})
	last := 0
	for i := range 12 {
		last = s.post("/login", url.Values{"password": {strconv.Itoa(i)}}).StatusCode
	}
	if last != http.StatusTooManyRequests {
		t.Errorf("the twelfth try: %d", last)
	}
}

// TestTokens lets programs in, to read or to write.
func TestTokens(t *testing.T) {
	reader, writer := web.NewToken(), web.NewToken()
	s := serve(t, web.Options{}, access(reader, writer))
	ask := func(method, path string, dress func(*http.Request)) int {
		r := s.request(method, path, nil)
		dress(r)
		return s.do(r).StatusCode
	}
	bearer := func(token string) func(*http.Request) {
		return func(r *http.Request) { r.Header.Set("Authorization", "Bearer "+token) }
	}
	for _, x := range []struct {
		method, path string
		dress        func(*http.Request)
		want         int
	}{
		{"GET", "/feed.atom", bearer(reader), http.StatusOK},
		{"GET", "/feed.atom", func(r *http.Request) { r.SetBasicAuth("anybody", reader) }, http.StatusOK},
		{"GET", "/feed.atom", bearer("syn_wrong"), http.StatusUnauthorized},
		{"GET", "/feed.atom", bearer(""), http.StatusUnauthorized},
		{"POST", "/example", bearer(reader), http.StatusForbidden},
		{"GET", "/add", bearer(reader), http.StatusForbidden},
		{"POST", "/example", bearer(writer), http.StatusSeeOther},
	} {
		if got := ask(x.method, x.path, x.dress); got != x.want {
			t.Errorf("%s %s: %d, not %d", x.method, x.path, got, x.want)
		}
	}
	// A person signs in with the token that reads, and sees no form that changes.
	s.want(s.post("/login", url.Values{"password": {reader}}), http.StatusSeeOther)
	r := s.get("/sources")
	s.want(r, http.StatusOK)
	if strings.Contains(r.body, `action="/sources"`) {
		t.Error("a form that would be refused")
	}
	r = s.get("/story/" + s.onlyStory())
	if strings.Contains(r.body, "/correct") {
		t.Error("offers corrections that would be refused")
	}
}

// access lets in a token that reads and one that writes.
func access(reader, writer string) web.Access {
	return web.Access{Tokens: []web.Token{{Name: "screen", Hash: web.HashToken(reader)}, {Name: "desk", Hash: web.HashToken(writer), Write: true}}}
}

// keep changes who may come in, as another process would.
func (s *site) keep(a web.Access) {
	s.Helper()
	s.Put(s, func(ctx context.Context, w store.Writer) error { return a.Keep(ctx, w) })
}

// as is the answer to a GET with a token, and no cookie.
func (s *site) as(token, path string) reply {
	s.Helper()
	jar := s.client.Jar
	defer func() { s.client.Jar = jar }()
	s.client.Jar = nil
	r := s.request(http.MethodGet, path, nil)
	r.Header.Set("Authorization", "Bearer "+token)
	return s.do(r)
}

// TestAccessWhileServing heeds at once what is made and taken back while the
// server runs, for tokens and for who is signed in with one or the password.
func TestAccessWhileServing(t *testing.T) {
	s := serve(t, web.Options{})
	s.want(s.get("/sources"), http.StatusOK)
	reader, writer := web.NewToken(), web.NewToken()
	s.keep(access(reader, writer))
	s.want(s.as(reader, "/sources"), http.StatusOK)
	s.want(s.as(web.NewToken(), "/sources"), http.StatusUnauthorized)
	s.want(s.get("/sources"), http.StatusSeeOther) // who shows a secret has let the door look

	s.want(s.post("/login", url.Values{"password": {reader}}), http.StatusSeeOther)
	s.want(s.get("/sources"), http.StatusOK, "Sign out")
	s.keep(web.Access{Tokens: access(reader, writer).Tokens[1:]})
	s.want(s.as(reader, "/sources"), http.StatusUnauthorized)
	s.want(s.get("/sources"), http.StatusSeeOther)
	s.want(s.as(writer, "/sources"), http.StatusOK)

	kept := web.Access{Password: web.HashPassword("tide table"), Tokens: access(reader, writer).Tokens}
	s.keep(kept)
	s.want(s.post("/login", url.Values{"password": {"tide table"}}), http.StatusSeeOther)
	s.want(s.get("/add"), http.StatusOK)
	kept.Tokens[1].Write = false
	s.keep(kept)
	s.want(s.as(writer, "/add"), http.StatusForbidden)
	s.want(s.get("/add"), http.StatusOK)
	kept.Password = web.HashPassword("another one")
	s.keep(kept)
	s.want(s.get("/add"), http.StatusSeeOther)
}

// TestStreamsEndWithTheirToken cuts off who listens with a token that is taken
// back, and nobody else.
func TestStreamsEndWithTheirToken(t *testing.T) {
	reader, writer := web.NewToken(), web.NewToken()
	both := access(reader, writer)
	s := serve(t, web.Options{Mounts: []web.Mount{{
		Path: "/api/", Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			_ = http.NewResponseController(w).Flush()
			<-r.Context().Done()
		}),
	}}}, both)
	listen := func(token, path string) chan struct{} {
		r := s.request(http.MethodGet, path, nil)
		r.Header.Set("Authorization", "Bearer "+token)
		got, err := s.client.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		if got.StatusCode != http.StatusOK {
			t.Fatalf("%s: %d", path, got.StatusCode)
		}
		ended := make(chan struct{})
		go func() {
			defer close(ended)
			defer got.Body.Close()
			_, _ = io.Copy(io.Discard, got.Body) // an error ends it too
		}()
		return ended
	}
	cut := []chan struct{}{listen(reader, "/live?after=0"), listen(reader, "/api/events")}
	stay := []chan struct{}{listen(writer, "/live?after=0"), listen(writer, "/api/events")}
	s.keep(web.Access{Tokens: both.Tokens[1:]})
	for _, ended := range cut {
		select {
		case <-ended:
		case <-time.After(10 * time.Second):
			t.Fatal("still listens")
		}
	}
	time.Sleep(1500 * time.Millisecond) // longer than it takes to see that others may come in
	for _, ended := range stay {
		select {
		case <-ended:
			t.Error("cut off too")
		default:
		}
	}
}

// TestNobodyLeft lets nobody in where the last token was taken back of a server
// that others reach.
func TestNobodyLeft(t *testing.T) {
	l, err := net.Listen("tcp", "0.0.0.0:0")
	if err != nil {
		t.Fatal(err)
	}
	room, token := webtest.New(t), web.NewToken()
	keep := func(a web.Access) {
		room.Put(t, func(ctx context.Context, w store.Writer) error { return a.Keep(ctx, w) })
	}
	keep(access(token, web.NewToken()))
	server, err := web.New(web.Options{Engine: room})
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- server.Serve(ctx, l) }()
	ask := func() int {
		r, _ := http.NewRequest(http.MethodGet, "http://"+l.Addr().String()+"/state", nil)
		r.Header.Set("Authorization", "Bearer "+token)
		got, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		_ = got.Body.Close()
		return got.StatusCode
	}
	if got := ask(); got != http.StatusOK {
		t.Errorf("with the token: %d", got)
	}
	keep(web.Access{})
	if got := ask(); got != http.StatusUnauthorized {
		t.Errorf("without any: %d", got)
	}
	stop()
	if err := <-done; err != nil {
		t.Error(err)
	}
}

// TestReadersCompare lets who may only read compare what they send, and gives
// them no way to have this machine ask for an address.
func TestReadersCompare(t *testing.T) {
	reader, writer := web.NewToken(), web.NewToken()
	s := serve(t, web.Options{}, access(reader, writer))
	for _, x := range []struct {
		token  string
		offers bool
		status int
	}{{reader, false, http.StatusForbidden}, {writer, true, http.StatusUnprocessableEntity}} {
		s.want(s.post("/login", url.Values{"password": {x.token}}), http.StatusSeeOther)
		r := s.get("/compare")
		s.want(r, http.StatusOK, `name="file"`)
		if strings.Contains(r.body, `name="addresses"`) != x.offers {
			t.Errorf("writer %t: addresses are offered: %t", x.offers, !x.offers)
		}
		s.want(s.post("/compare", url.Values{"addresses": {"http://127.0.0.1:1/"}}), x.status)
		s.want(s.post("/compare", url.Values{"text": {"Ferry talks resume\n\nThe ferry talks in Corrow go on, the harbour office said on Monday."}}), http.StatusUnprocessableEntity, "At least two accounts")
	}
}

// TestOtherSites refuses what the page of another site asks for, and answers to
// no name but its own.
func TestOtherSites(t *testing.T) {
	s := example(t)
	for _, headers := range []map[string]string{
		{"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Origin": "https://evil.example"}, {"Origin": "null"},
	} {
		r := s.request(http.MethodPost, "/example", nil)
		for name, value := range headers {
			r.Header.Set(name, value)
		}
		s.want(s.do(r), http.StatusForbidden, "another site")
	}
	r := s.request(http.MethodPost, "/article/none/forget", nil)
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	s.want(s.do(r), http.StatusNotFound)
	for host, status := range map[string]int{
		"evil.example": http.StatusMisdirectedRequest, "localhost.evil.example": http.StatusMisdirectedRequest, "": 0,
		"localhost": http.StatusOK, "LOCALHOST:1": http.StatusOK, "127.0.0.1:8484": http.StatusOK, "[::1]:8484": http.StatusOK, "10.0.0.1": http.StatusMisdirectedRequest,
	} {
		if status == 0 {
			continue
		}
		r := s.request(http.MethodGet, "/", nil)
		r.Host = host
		if got := s.do(r); got.StatusCode != status {
			t.Errorf("host %q: %d", host, got.StatusCode)
		}
	}
}

// TestHeaders checks what every answer carries, pages, errors and files alike.
func TestHeaders(t *testing.T) {
	s := example(t)
	for _, path := range []string{"/", "/none", "/story/" + s.onlyStory(), "/feed.atom", "/static/icon.svg", "/metrics", "/healthz"} {
		r := s.get(path)
		policy := r.Header.Get("Content-Security-Policy")
		if strings.Contains(policy, "unsafe") || !strings.Contains(policy, "default-src 'none'") || !strings.Contains(policy, "frame-ancestors 'none'") {
			t.Errorf("%s: policy %q", path, policy)
		}
		for name, want := range map[string]string{"X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin", "X-Frame-Options": "DENY"} {
			if got := r.Header.Get(name); got != want {
				t.Errorf("%s: %s %q", path, name, got)
			}
		}
		if strings.HasPrefix(r.Header.Get("Content-Type"), "text/html") {
			for _, inline := range []string{" style=", "<style", "<script>", " onclick", "javascript:"} {
				if strings.Contains(r.body, inline) {
					t.Errorf("%s: %s", path, inline)
				}
			}
		}
	}
}

// TestTooLarge refuses bodies beyond the limits.
func TestTooLarge(t *testing.T) {
	s := serve(t, web.Options{})
	r := s.request(http.MethodPost, "/sources", io.LimitReader(endless{}, 3<<20))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	s.want(s.do(r), http.StatusRequestEntityTooLarge)
}

type endless struct{}

func (endless) Read(b []byte) (int, error) {
	for i := range b {
		b[i] = 'a'
	}
	return len(b), nil
}

// TestTooMany slows down a client that changes too much at once.
func TestTooMany(t *testing.T) {
	s := serve(t, web.Options{})
	last := reply{}
	for range 60 {
		// One more is let through every fifth of a second.
		if last = s.post("/sources/none/drop", nil); last.StatusCode == http.StatusTooManyRequests {
			break
		}
	}
	s.want(last, http.StatusTooManyRequests, "Wait a moment")
	if last.Header.Get("Retry-After") == "" {
		t.Error("does not say when to try again")
	}
	s.want(s.get("/"), http.StatusOK)
}

// TestFarReaders slows down a client beyond this machine that only reads.
func TestFarReaders(t *testing.T) {
	f := webtest.New(t)
	s, err := web.New(web.Options{Engine: f})
	if err != nil {
		t.Fatal(err)
	}
	last := 0
	for range 300 {
		r := httptest.NewRequest(http.MethodGet, "http://localhost/healthz", nil)
		r.RemoteAddr = "192.0.2.9:4242"
		w := httptest.NewRecorder()
		s.ServeHTTP(w, r)
		last = w.Code
	}
	if last != http.StatusTooManyRequests {
		t.Errorf("the last of 300: %d", last)
	}
}

// TestSlowHeaders cuts off a client that never comes to the end of its request.
func TestSlowHeaders(t *testing.T) {
	if testing.Short() {
		t.Skip("takes ten seconds")
	}
	s := serve(t, web.Options{})
	c, err := net.Dial("tcp", strings.TrimPrefix(s.base, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if _, err := io.WriteString(c, "GET / HTTP/1.1\r\nHost: localhost\r\nX: "); err != nil {
		t.Fatal(err)
	}
	_ = c.SetReadDeadline(time.Now().Add(20 * time.Second))
	if _, err := bufio.NewReader(c).ReadString('\x00'); !errors.Is(err, io.EOF) {
		t.Errorf("still open: %v", err)
	}
}

// TestMounts lets others answer behind the same guard.
func TestMounts(t *testing.T) {
	reader, writer := web.NewToken(), web.NewToken()
	s := serve(t, web.Options{
		Mounts: []web.Mount{{
			Path: "/api/", Reads: func(r *http.Request) bool { return r.URL.Path == "/api/ask" },
			Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { _, _ = io.WriteString(w, "hello "+web.User(r)) }),
		}},
	}, access(reader, writer))
	for _, x := range []struct {
		method, path, token string
		status              int
		holds               string
	}{
		{"GET", "/api/x", "", http.StatusUnauthorized, `"title":"Sign in first"`},
		{"GET", "/api/x", reader, http.StatusOK, "hello screen"},
		{"POST", "/api/x", reader, http.StatusForbidden, `"status":403`},
		{"DELETE", "/api/x", reader, http.StatusForbidden, `"status":403`},
		{"POST", "/api/ask", reader, http.StatusOK, "hello screen"},
		{"DELETE", "/api/x", writer, http.StatusOK, "hello desk"},
	} {
		r := s.request(x.method, x.path, nil)
		if x.token != "" {
			r.Header.Set("Authorization", "Bearer "+x.token)
		}
		s.want(s.do(r), x.status, x.holds)
	}
}
