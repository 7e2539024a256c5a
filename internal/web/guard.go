package web

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"golang.org/x/time/rate"
)

// answer is a handler that returns what went wrong instead of showing it.
type answer func(w http.ResponseWriter, r *http.Request) error

// policy lets a page load our own style, script and pictures and talk to us,
// and nothing else, whatever an account's text may hold.
const policy = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; " +
	"form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// headers are sent with every answer.
var headers = map[string][]string{
	"Content-Security-Policy":      {policy},
	"X-Content-Type-Options":       {"nosniff"},
	"X-Frame-Options":              {"DENY"},
	"Referrer-Policy":              {"same-origin"},
	"Cross-Origin-Opener-Policy":   {"same-origin"},
	"Cross-Origin-Resource-Policy": {"same-origin"},
	"Permissions-Policy":           {"camera=(), geolocation=(), microphone=()"},
}

// chain is what every request goes through before it gets to the mux.
func (s *Server) chain(next http.Handler) http.Handler {
	cross := http.NewCrossOriginProtection()
	cross.SetDenyHandler(s.refuse(errCrossOrigin))
	next = cross.Handler(next)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer s.recover(w, r)
		h := w.Header()
		for name, value := range headers {
			h[name] = value
		}
		if err := s.admit(r); err != nil {
			s.fail(w, r, err)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// recover makes a page of a mistake of ours that would else cut the line.
func (s *Server) recover(w http.ResponseWriter, r *http.Request) {
	x := recover()
	if x == nil {
		return
	}
	if x == http.ErrAbortHandler {
		panic(x)
	}
	s.Logger.Error("panic", "path", r.URL.Path, "panic", x, "stack", string(debug.Stack()))
	s.fail(w, r, errors.New("panic"))
}

func (s *Server) refuse(err error) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { s.fail(w, r, err) })
}

// admit refuses a request under a name that is not ours, and one of too many.
func (s *Server) admit(r *http.Request) error {
	if s.local && !s.ours(r.Host) {
		return errHost
	}
	if !s.limits.allow(r) {
		return errTooMany
	}
	return nil
}

// ours reports whether a server on loopback goes by a name. A page elsewhere
// that has its own name lead here is refused by it, whatever the browser of the
// one who reads it lets through.
func (s *Server) ours(host string) bool {
	name := host
	if h, _, err := net.SplitHostPort(host); err == nil {
		name = h
	}
	name = strings.TrimSuffix(strings.Trim(name, "[]"), ".")
	if strings.EqualFold(name, "localhost") || slices.ContainsFunc(s.Hosts, func(h string) bool { return strings.EqualFold(h, name) }) {
		return true
	}
	at, err := netip.ParseAddr(name)
	return err == nil && at.IsLoopback()
}

// Bytes that the body of a request may have.
const (
	formBytes   = 1 << 20
	uploadBytes = 64 << 20
)

// answerWithin is how long an answer may take, unless it takes its own time.
const answerWithin = 50 * time.Second

// timed gives an answer an end.
func timed(a answer) answer {
	return func(w http.ResponseWriter, r *http.Request) error {
		ctx, cancel := context.WithTimeout(r.Context(), answerWithin)
		defer cancel()
		return a(w, r.WithContext(ctx))
	}
}

// route puts before an answer what its address asks for.
func (s *Server) route(pattern string, n need, a answer) http.Handler {
	changes := strings.HasPrefix(pattern, "POST ")
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		began := time.Now()
		out := &outcome{ResponseWriter: w, status: http.StatusOK}
		v, err := s.visitor(r, n)
		if err == nil {
			r = r.WithContext(context.WithValue(r.Context(), visitorKey{}, v))
			if changes {
				r.Body = http.MaxBytesReader(out, r.Body, bodyLimit(r))
				out.Header().Set("Cache-Control", "no-store")
			}
			err = a(out, r)
		}
		if err != nil {
			s.fail(out, r, err)
		}
		took := time.Since(began)
		s.metrics.observe(pattern, out.status, took)
		level := slog.LevelDebug
		if changes {
			level = slog.LevelInfo
		}
		s.Logger.Log(r.Context(), level, "request", "method", r.Method, "path", r.URL.Path, "status", out.status, "took", took)
	})
}

// bodyLimit lets only forms that carry files be large.
func bodyLimit(r *http.Request) int64 {
	if strings.HasPrefix(r.Header.Get("Content-Type"), "multipart/form-data") {
		return uploadBytes
	}
	return formBytes
}

// outcome notes the status of an answer.
type outcome struct {
	http.ResponseWriter
	status int
	begun  bool
}

// WriteHeader notes the first status that is sent.
func (o *outcome) WriteHeader(status int) {
	if !o.begun {
		o.status, o.begun = status, true
	}
	o.ResponseWriter.WriteHeader(status)
}

// Write sends the status that stands where none was sent.
func (o *outcome) Write(b []byte) (int, error) {
	o.begun = true
	return o.ResponseWriter.Write(b)
}

// Unwrap lets http.ResponseController through.
func (o *outcome) Unwrap() http.ResponseWriter { return o.ResponseWriter }

// limits is how often a client may ask.
type limits struct {
	clients *cache[*client]
}

// client is an address, or for IPv6 the network of a household.
type client struct {
	reads   *rate.Limiter
	changes *rate.Limiter
	logins  *rate.Limiter
}

// client is the client that r comes from.
func (l *limits) client(r *http.Request) *client {
	key := r.RemoteAddr
	if at, err := netip.ParseAddrPort(r.RemoteAddr); err == nil {
		a := at.Addr().Unmap()
		key = a.String()
		if a.Is6() {
			if p, err := a.Prefix(64); err == nil {
				key = p.String()
			}
		}
	}
	c, _ := l.clients.get(key, 0, func() (*client, error) {
		return &client{
			reads:   rate.NewLimiter(50, 200),
			changes: rate.NewLimiter(5, 40),
			logins:  rate.NewLimiter(rate.Every(5*time.Second), 5),
		}, nil
	})
	return c
}

// allow reports whether a client may have another answer. Who reads from this
// machine may do so as often as they like.
func (l *limits) allow(r *http.Request) bool {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		return l.client(r).changes.Allow()
	}
	return near(r.RemoteAddr) || l.client(r).reads.Allow()
}

// near reports whether a request comes from this machine: over loopback or a
// socket in the file system.
func near(address string) bool {
	return strings.HasPrefix(address, "127.") || strings.HasPrefix(address, "[::1]") || address == "@" || address == ""
}
