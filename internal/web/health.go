package web

import (
	"context"
	"net/http"
	"runtime"
	"strconv"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"synoptic/internal/store"
)

// metrics is what /metrics tells of the server itself.
type metrics struct {
	requests *prometheus.CounterVec
	seconds  *prometheus.HistogramVec
	show     http.Handler
}

func newMetrics(s *Server) metrics {
	m := metrics{
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "synoptic_http_requests_total", Help: "Requests answered, by route and class of status.",
		}, []string{"route", "status"}),
		seconds: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "synoptic_http_request_seconds", Help: "Time until a request was answered, by route.",
			Buckets: []float64{.0005, .002, .01, .05, .25, 1, 5, 30},
		}, []string{"route"}),
	}
	s.Registry.MustRegister(m.requests, m.seconds, &gauges{s: s})
	m.show = promhttp.HandlerFor(s.Registry, promhttp.HandlerOpts{Timeout: 10 * time.Second})
	return m
}

// observe counts an answer of a route.
func (m metrics) observe(route string, status int, took time.Duration) {
	m.requests.WithLabelValues(route, strconv.Itoa(status/100)+"xx").Inc()
	m.seconds.WithLabelValues(route).Observe(took.Seconds())
}

// gauges are read when somebody asks for metrics.
type gauges struct{ s *Server }

// Describe says nothing: what is there depends on the store answering.
func (g *gauges) Describe(chan<- *prometheus.Desc) {}

// Collect reads the totals of the store and what the server holds.
func (g *gauges) Collect(out chan<- prometheus.Metric) {
	put := func(name, help string, kind prometheus.ValueType, value float64) {
		out <- prometheus.MustNewConstMetric(prometheus.NewDesc(name, help, nil, nil), kind, value)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	x, err := g.s.condition(ctx)
	if err == nil {
		put("synoptic_articles", "Articles kept.", prometheus.GaugeValue, float64(x.totals.Articles))
		put("synoptic_article_versions", "Versions of articles kept.", prometheus.GaugeValue, float64(x.totals.Versions))
		put("synoptic_stories", "Stories.", prometheus.GaugeValue, float64(x.totals.Stories))
		put("synoptic_sources", "Sources followed.", prometheus.GaugeValue, float64(x.totals.Sources))
		put("synoptic_jobs", "Jobs waiting.", prometheus.GaugeValue, float64(x.totals.Jobs))
		put("synoptic_database_bytes", "Size of the database.", prometheus.GaugeValue, float64(x.totals.Bytes))
		put("synoptic_last_event", "Number of the newest event of the journal.", prometheus.CounterValue, float64(x.last))
	}
	put("synoptic_event_streams", "Pages that listen for changes.", prometheus.GaugeValue, float64(x.streams))
	put("synoptic_page_cache_bytes", "Bytes of pages held in memory.", prometheus.GaugeValue, float64(x.heldBytes))
	put("synoptic_page_cache_hits_total", "Pages answered from memory.", prometheus.CounterValue, float64(x.hits))
	put("synoptic_page_cache_misses_total", "Pages that had to be made.", prometheus.CounterValue, float64(x.misses))
	put("synoptic_heap_bytes", "Bytes on the heap.", prometheus.GaugeValue, float64(x.heap))
	put("synoptic_goroutines", "Goroutines.", prometheus.GaugeValue, float64(runtime.NumGoroutine()))
}

// condition is the state that the software is in.
type condition struct {
	version      string
	now, started time.Time
	totals       store.Totals
	last         int64
	nextJob      time.Time
	sources      map[string]int    // by health
	names        map[string]string // of sources
	events       []store.Event     // latest first
	streams      int64
	heldPages    int
	heldBytes    int
	hits, misses int64
	heap         uint64
	api, mcp     bool // what else answers here
}

// journalShown is how many events the page of the state lists.
const journalShown = 40

// condition reads the state. What the server itself holds is there also when
// the store fails.
func (s *Server) condition(ctx context.Context) (condition, error) {
	x := condition{version: s.Version, now: s.Clock(), started: s.started, streams: s.live.Load(), sources: map[string]int{}, names: map[string]string{}}
	x.api, x.mcp = s.forProgram("/api/"), s.forProgram("/mcp")
	x.heldPages, x.heldBytes, x.hits, x.misses = s.pages.counts()
	var memory runtime.MemStats
	runtime.ReadMemStats(&memory)
	x.heap = memory.HeapAlloc
	err := s.view(ctx, func(r store.Reader) error {
		var err error
		if x.totals, err = r.Totals(ctx); err != nil {
			return err
		}
		if x.nextJob, err = r.NextJob(ctx); err != nil {
			return err
		}
		x.last, err = r.LastEvent(ctx)
		return err
	})
	return x, err
}

func (s *Server) state(w http.ResponseWriter, r *http.Request) error {
	x, err := s.condition(r.Context())
	if err != nil {
		return err
	}
	err = s.view(r.Context(), func(from store.Reader) error {
		sources, err := from.Sources(r.Context())
		if err != nil {
			return err
		}
		for _, source := range sources {
			state, _ := health(source, x.now)
			x.sources[state]++
			x.names[source.ID] = orAddress(source)
		}
		// Numbers may have gaps, so that this is at most so many.
		events, err := from.Events(r.Context(), max(x.last-journalShown, 0), journalShown)
		for i := len(events) - 1; i >= 0; i-- {
			x.events = append(x.events, events[i])
		}
		return err
	})
	if err != nil {
		return err
	}
	f := s.frame(r, "State")
	f.here = "/state"
	return s.show(w, r, http.StatusOK, statePage(f, x))
}

func (s *Server) showMetrics(w http.ResponseWriter, r *http.Request) error {
	s.metrics.show.ServeHTTP(w, r)
	return nil
}

// healthy says that the process answers.
func (s *Server) healthy(w http.ResponseWriter, r *http.Request) error {
	return plain(w, http.StatusOK, "ok\n")
}

// ready says that the store answers too.
func (s *Server) ready(w http.ResponseWriter, r *http.Request) error {
	ctx, cancel := context.WithTimeout(r.Context(), 3*time.Second)
	defer cancel()
	err := s.view(ctx, func(from store.Reader) error {
		_, err := from.LastEvent(ctx)
		return err
	})
	if err != nil {
		s.Logger.Error("not ready", "err", err)
		return plain(w, http.StatusServiceUnavailable, "the store does not answer\n")
	}
	return plain(w, http.StatusOK, "ready\n")
}

func plain(w http.ResponseWriter, status int, text string) error {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	setDefault(w.Header(), "Cache-Control", "no-store")
	w.WriteHeader(status)
	_, _ = w.Write([]byte(text))
	return nil
}

func (s *Server) robots(w http.ResponseWriter, r *http.Request) error {
	return plain(w, http.StatusOK, "User-agent: *\nDisallow: /\n")
}

// bytesOf is a size as people read it.
func bytesOf(n int64) string {
	const step = 1000
	x, unit := float64(n), 0
	for x >= step && unit < 4 {
		x /= step
		unit++
	}
	digits := 0
	if unit > 0 && x < 10 {
		digits = 1
	}
	return strconv.FormatFloat(x, 'f', digits, 64) + " " + [...]string{"bytes", "KB", "MB", "GB", "TB"}[unit]
}

// happened is the kind of an event in words.
func happened(kind store.EventKind) string { return strings.ReplaceAll(string(kind), "-", " ") }
