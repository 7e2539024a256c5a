package gather

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// write makes files under a new folder, by path and content.
func write(t *testing.T, files map[string]string) string {
	t.Helper()
	folder := t.TempDir()
	for name, content := range files {
		path := filepath.Join(folder, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return folder
}

// serve starts a server on a loopback address; what has no handler is a 404,
// robots.txt too.
func serve(t *testing.T, handlers map[string]http.HandlerFunc) string {
	t.Helper()
	mux := http.NewServeMux()
	for path, handler := range handlers {
		mux.HandleFunc(path, handler)
	}
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	return server.URL
}

// text is a handler that answers with a plain text.
func text(body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/plain; charset=UTF-8")
		fmt.Fprint(w, body)
	}
}

// quick is a Gatherer that may read from test servers and does not tarry.
func quick() *Gatherer {
	return &Gatherer{AllowPrivate: true, Delay: time.Microsecond, Timeout: 5 * time.Second}
}

// outcome writes what reading the sources gives, a line a document or error:
// the place, what it holds or why not. The names in hide are cut out of it.
func outcome(t *testing.T, g *Gatherer, hide []string, sources ...string) string {
	t.Helper()
	var out strings.Builder
	for doc, err := range g.Read(t.Context(), sources...) {
		if err != nil {
			var at *Error
			if !errors.As(err, &at) || at.Place != doc.Place || doc.Body != nil {
				t.Errorf("%v: an error without its place, or with a document: %+v", err, doc)
			}
			fmt.Fprintf(&out, "%v\n", err)
			continue
		}
		if doc.Read.IsZero() {
			t.Errorf("%s: no time of reading", doc.Place)
		}
		fmt.Fprintf(&out, "%s: %s %q\n", doc.Place, doc.Type, doc.Body)
	}
	s := out.String()
	for _, name := range hide {
		s = strings.ReplaceAll(s, name, "")
	}
	return s
}

func check(t *testing.T, got string, want ...string) {
	t.Helper()
	if w := strings.Join(want, "\n") + "\n"; got != w {
		t.Errorf("got:\n%s\nwant:\n%s", got, w)
	}
}

func TestOrderIsThatOfTheSourcesForAnyNumberOfJobs(t *testing.T) {
	t.Parallel()
	// The first addresses are the slowest.
	folder := write(t, map[string]string{"between.txt": "A file between pages."})
	var hosts []string
	for range 4 {
		hosts = append(hosts, serve(t, map[string]http.HandlerFunc{"/page/{n}": func(w http.ResponseWriter, r *http.Request) {
			n, _ := strconv.Atoi(r.PathValue("n"))
			time.Sleep(time.Duration(40-n) * time.Millisecond / 4)
			text(fmt.Sprintf("Page %d.", n))(w, r)
		}}))
	}
	var sources []string
	var want strings.Builder
	for n := range 40 {
		address := fmt.Sprintf("%s/page/%d", hosts[n%len(hosts)], n)
		sources = append(sources, address)
		fmt.Fprintf(&want, "%s: text/plain \"Page %d.\"\n", address, n)
		if n == 20 {
			path := filepath.Join(folder, "between.txt")
			sources = append(sources, path)
			fmt.Fprintf(&want, "%s: text/plain \"A file between pages.\"\n", path)
		}
	}
	for _, jobs := range []int{1, 2, 8} {
		var told []int
		g := quick()
		g.Jobs = jobs
		g.Progress = func(done, total int) {
			if total != len(sources) {
				t.Errorf("%d jobs: progress tells of %d sources, not %d", jobs, total, len(sources))
			}
			told = append(told, done)
		}
		if got := outcome(t, g, nil, sources...); got != want.String() {
			t.Errorf("%d jobs: got:\n%s\nwant:\n%s", jobs, got, want.String())
		}
		if len(told) != len(sources)+1 || !slices.IsSorted(told) || told[len(told)-1] != len(sources) {
			t.Errorf("%d jobs: progress told %v", jobs, told)
		}
	}
}

func TestNothingRunsOnceTheSequenceHasEnded(t *testing.T) {
	release := make(chan struct{})
	host := serve(t, map[string]http.HandlerFunc{
		"/first": text("First."),
		"/stuck": func(_ http.ResponseWriter, r *http.Request) {
			select {
			case <-release:
			case <-r.Context().Done():
			}
		},
	})
	defer close(release)
	before := runtime.NumGoroutine()

	t.Run("the caller breaks off", func(t *testing.T) {
		for doc, err := range quick().Read(t.Context(), host+"/first", host+"/stuck") {
			if err != nil || string(doc.Body) != "First." {
				t.Errorf("got %q, %v", doc.Body, err)
			}
			break
		}
	})
	t.Run("the context ends", func(t *testing.T) {
		ctx, cancel := context.WithCancelCause(t.Context())
		defer cancel(nil)
		reason := errors.New("enough")
		var last error
		seen := 0
		for _, err := range quick().Read(ctx, host+"/first", host+"/stuck", host+"/never") {
			seen++
			last = err
			time.AfterFunc(50*time.Millisecond, func() { cancel(reason) })
		}
		if seen != 2 || last != reason {
			t.Errorf("%d answers, the last %v; want 2 and the context's cause", seen, last)
		}
	})
	// Connections of the server end a moment after ours.
	for range 100 {
		if runtime.NumGoroutine() <= before {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Errorf("%d goroutines before, %d after", before, runtime.NumGoroutine())
}

func TestReadIsSafeForSeveralCallers(t *testing.T) {
	t.Parallel()
	host := serve(t, map[string]http.HandlerFunc{"/a": text("A."), "/b": text("B.")})
	g := quick()
	results := make(chan string)
	for range 4 {
		go func() { results <- outcome(t, g, []string{host}, host+"/a", host+"/b") }()
	}
	for range 4 {
		check(t, <-results, `/a: text/plain "A."`, `/b: text/plain "B."`)
	}
}
