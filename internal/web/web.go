package web

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"sync/atomic"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"golang.org/x/sync/errgroup"
)

// Options are what a server is made of.
type Options struct {
	Engine   Engine
	Version  string
	Logger   *slog.Logger         // nil: nothing is logged
	Registry *prometheus.Registry // where metrics are registered and read from; nil makes one
	Password string               // as HashPassword writes it, in place of the one that is kept; "" for that one
	Hosts    []string             // names, beside localhost, that a server on loopback answers to: those of a proxy before it
	Public   string               // "https://news.example": how others reach it; "" takes each request's own host
	Mounts   []Mount              // what else answers
	Clock    func() time.Time     // nil is time.Now
}

// Server answers requests. It is made by New, and may serve once.
type Server struct {
	Options
	handler  http.Handler
	journal  *journal
	pages    *cache[*document]
	stories  *cache[storyRow]
	results  *cache[*comparison] // what /compare made, for a while
	door     *door
	sessions sessions
	limits   limits
	metrics  metrics
	live     atomic.Int64  // event streams that are open
	hashing  chan struct{} // lets one password be tried at a time: each takes 64 MiB
	reading  chan struct{} // lets few read and compare documents at a time
	local    bool          // listens where nobody else can reach it
	started  time.Time
}

// ErrOpen is why a server refuses to start.
var ErrOpen = errors.New("listening beyond this machine needs a password or tokens")

// How much is held in memory.
const (
	pageBytes   = 64 << 20
	storyRows   = 10_000
	resultCount = 16
)

// New makes a server. It answers as on loopback until Serve says where it
// listens.
func New(o Options) (*Server, error) {
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	if o.Registry == nil {
		o.Registry = prometheus.NewRegistry()
	}
	if o.Clock == nil {
		o.Clock = time.Now
	}
	if o.Password != "" {
		if _, err := parsePassword(o.Password); err != nil {
			return nil, err
		}
	}
	s := &Server{
		Options:  o,
		journal:  &journal{engine: o.Engine, changed: make(chan struct{})},
		pages:    newCache(pageBytes, (*document).size),
		stories:  newCache(storyRows, func(storyRow) int { return 1 }),
		results:  newCache(resultCount, func(*comparison) int { return 1 }),
		door:     &door{engine: o.Engine, password: o.Password, changed: make(chan struct{})},
		sessions: sessions{clock: o.Clock, open: map[[32]byte]session{}},
		limits:   limits{clients: newCache(4096, func(*client) int { return 1 })},
		hashing:  make(chan struct{}, 1),
		reading:  make(chan struct{}, 2),
		local:    true,
		started:  o.Clock(),
	}
	s.pages.over = (*document).over
	s.stories.over = storyRow.over
	s.metrics = newMetrics(s)
	s.handler = s.chain(s.mux())
	return s, nil
}

// ServeHTTP answers one request.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.handler.ServeHTTP(w, r) }

// Serve answers requests on l until ctx ends; those that are being answered
// then have ten seconds. It refuses with ErrOpen to listen beyond this machine
// where nobody need sign in.
func (s *Server) Serve(ctx context.Context, l net.Listener) error {
	if err := s.May(ctx, l.Addr()); err != nil {
		return err
	}
	s.local = loopback(l.Addr())
	g, ctx := errgroup.WithContext(ctx)
	server := &http.Server{
		Handler:           s,
		ReadHeaderTimeout: 10 * time.Second,
		ReadTimeout:       time.Minute,
		WriteTimeout:      time.Minute,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    32 << 10,
		BaseContext:       func(net.Listener) context.Context { return ctx },
		ErrorLog:          slog.NewLogLogger(s.Logger.Handler(), slog.LevelDebug),
	}
	g.Go(func() error { return s.journal.watch(ctx) })
	g.Go(func() error { return s.door.watch(ctx) })
	g.Go(func() error {
		if err := server.Serve(l); !errors.Is(err, http.ErrServerClosed) {
			return err
		}
		return nil
	})
	g.Go(func() error {
		<-ctx.Done()
		end, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
		defer cancel()
		if err := server.Shutdown(end); err != nil {
			return server.Close()
		}
		return nil
	})
	return g.Wait()
}

// May is ErrOpen where a server must not listen at an address: beyond this
// machine, where nobody need sign in.
func (s *Server) May(ctx context.Context, a net.Addr) error {
	kept, err := s.door.look(ctx)
	if err != nil {
		return err
	}
	if !loopback(a) && !kept.guards() {
		return fmt.Errorf("%s: %w", a, ErrOpen)
	}
	return nil
}

// loopback reports whether nobody beyond this machine can reach an address.
func loopback(a net.Addr) bool {
	if a.Network() == "unix" {
		return true
	}
	at, err := netip.ParseAddrPort(a.String())
	return err == nil && at.Addr().Unmap().IsLoopback()
}

// need is what a request must be allowed to do.
type need uint8

const (
	open  need = iota // anybody may
	read              // those who are signed in, where somebody must
	write             // those who may change things
)

// mux is every address that is answered.
func (s *Server) mux() http.Handler {
	mux := http.NewServeMux()
	handle := func(pattern string, n need, a answer) { mux.Handle(pattern, s.route(pattern, n, timed(a))) }
	long := func(pattern string, n need, a answer) { mux.Handle(pattern, s.route(pattern, n, a)) }

	handle("GET /{$}", read, s.today)
	handle("GET /story/{id}", read, s.story)
	handle("GET /story/{id}/page.html", read, s.storyFile)
	handle("GET /story/{id}/correct", write, s.correctForm)
	handle("POST /story/{id}/merge", write, s.merge)
	handle("POST /story/{id}/split", write, s.split)
	handle("POST /story/{id}/remove", write, s.remove)
	handle("GET /corrections", read, s.corrections)
	handle("POST /corrections/{id}/undo", write, s.undo)
	long("GET /live", read, s.follow)

	handle("GET /article/{id}", read, s.article)
	handle("POST /article/{id}/forget", write, s.forget)
	handle("GET /name", read, s.name)
	handle("GET /outlet", read, s.outlet)
	handle("GET /search", read, s.search)

	handle("GET /sources", read, s.sources)
	handle("POST /sources", write, s.followSource)
	handle("POST /sources/list", write, s.followList)
	handle("GET /sources.opml", read, s.writeList)
	handle("POST /sources/{id}/drop", write, s.dropSource)
	handle("GET /add", write, s.addForm)
	long("POST /add", write, s.add)
	handle("POST /example", write, s.addExample)
	handle("GET /compare", read, s.compareForm)
	long("POST /compare", read, s.compare)
	handle("GET /compare/{result}", read, s.compared)
	handle("GET /compare/{result}/{story}", read, s.compared)

	handle("GET /feed.atom", read, s.feed(atom, s.storyEntries))
	handle("GET /feed.json", read, s.feed(jsonFeed, s.storyEntries))
	handle("GET /search/feed.atom", read, s.feed(atom, s.searchEntries))
	handle("GET /search/feed.json", read, s.feed(jsonFeed, s.searchEntries))
	handle("GET /story/{id}/feed.atom", read, s.feed(atom, s.accountEntries))
	handle("GET /story/{id}/feed.json", read, s.feed(jsonFeed, s.accountEntries))

	handle("GET /state", read, s.state)
	handle("GET /metrics", read, s.showMetrics)
	handle("GET /healthz", open, s.healthy)
	handle("GET /readyz", open, s.ready)
	handle("GET /login", open, s.loginForm)
	handle("POST /login", open, s.login)
	handle("POST /logout", open, s.logout)
	handle("GET /static/{file}", open, s.static)
	handle("GET /favicon.ico", open, s.icon)
	handle("GET /robots.txt", open, s.robots)
	for _, m := range s.Mounts {
		mux.Handle(m.Path, s.mount(m))
	}
	handle("/", read, func(w http.ResponseWriter, r *http.Request) error {
		methods := methodsOf(mux, r)
		if len(methods) == 0 {
			return errNoPage
		}
		w.Header().Set("Allow", strings.Join(methods, ", "))
		return errMethod
	})
	return mux
}

// methodsOf are the methods that the address of r takes. The mux tells only of
// what fits none of its patterns, and "/" fits everything.
func methodsOf(mux *http.ServeMux, r *http.Request) (methods []string) {
	for _, method := range []string{http.MethodGet, http.MethodHead, http.MethodPost} {
		asked := *r
		asked.Method = method
		if _, pattern := mux.Handler(&asked); strings.HasPrefix(pattern, "GET ") || strings.HasPrefix(pattern, "POST ") {
			methods = append(methods, method)
		}
	}
	return methods
}
