package gather

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// versions serves a page that changes when told to, and counts how it is asked.
type versions struct {
	body, etag, control string
	whole, unchanged    int
}

func (v *versions) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Cache-Control", v.control)
	if v.etag != "" {
		w.Header().Set("ETag", v.etag)
	}
	if v.etag != "" && r.Header.Get("If-None-Match") == v.etag {
		v.unchanged++
		w.WriteHeader(http.StatusNotModified)
		return
	}
	v.whole++
	w.Header().Set("Content-Type", "text/html; charset=koi8-r")
	fmt.Fprint(w, v.body)
}

func TestCacheRevalidates(t *testing.T) {
	t.Parallel()
	v := &versions{body: "One.", etag: `"1"`}
	host := serve(t, map[string]http.HandlerFunc{"/a": v.ServeHTTP})
	folder := filepath.Join(t.TempDir(), "new", "cache")
	read := func(want string, whole, unchanged int) {
		t.Helper()
		g := quick()
		g.Cache = folder
		for doc, err := range g.Read(t.Context(), host+"/a") {
			if err != nil || string(doc.Body) != want || doc.Type != "text/html" || doc.Charset != "koi8-r" || doc.Address != host+"/a" {
				t.Errorf("got %+v, %v; want %s", doc, err, want)
			}
		}
		if v.whole != whole || v.unchanged != unchanged {
			t.Errorf("sent whole %d times and unchanged %d times, want %d and %d", v.whole, v.unchanged, whole, unchanged)
		}
	}
	kept := func() []string {
		t.Helper()
		names, err := filepath.Glob(folder + "/*")
		if err != nil {
			t.Fatal(err)
		}
		return names
	}
	read("One.", 1, 0)
	read("One.", 1, 1)
	v.body, v.etag = "Two.", `"2"`
	read("Two.", 2, 1)
	read("Two.", 2, 2)

	files := kept()
	if len(files) != 1 {
		t.Fatalf("the cache holds %q, want one file", files)
	}
	content, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	for name, damaged := range map[string]string{
		"cut": string(content[:len(content)-1]), "changed": strings.Replace(string(content), "Two.", "Six.", 1), "empty": "", "no JSON": "x\nTwo.",
	} {
		if err := os.WriteFile(files[0], []byte(damaged), 0o600); err != nil {
			t.Fatal(err)
		}
		whole := v.whole
		t.Log(name)
		read("Two.", whole+1, 2)
	}

	v.control = "private, No-Store"
	read("Two.", v.whole, 3)
	if files := kept(); len(files) != 0 {
		t.Errorf("no-store, and the cache holds %q", files)
	}
	read("Two.", v.whole+1, 3)
	v.control, v.etag = "", ""
	read("Two.", v.whole+1, 3)
	if files := kept(); len(files) != 0 {
		t.Errorf("nothing to ask by, and the cache holds %q", files)
	}
}

func TestCacheAsksByDate(t *testing.T) {
	t.Parallel()
	const date = "Thu, 24 Jul 2025 20:14:00 GMT"
	var unchanged atomic.Int32
	host := serve(t, map[string]http.HandlerFunc{"/a": func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("If-Modified-Since") == date {
			unchanged.Add(1)
			w.WriteHeader(http.StatusNotModified)
			return
		}
		sends("One.", "Content-Type", "text/plain", "Last-Modified", date)(w, r)
	}})
	g := quick()
	g.Cache = t.TempDir()
	for range 2 {
		check(t, outcome(t, g, []string{host}, host+"/a"), `/a: text/plain "One."`)
	}
	if n := unchanged.Load(); n != 1 {
		t.Errorf("unchanged %d times, want once", n)
	}
}

func TestCacheThatCannotBeWrittenCostsNoDocument(t *testing.T) {
	t.Parallel()
	host := serve(t, map[string]http.HandlerFunc{
		"/a": sends("A.", "Content-Type", "text/plain", "ETag", `"1"`),
		"/b": sends("B.", "Content-Type", "text/plain", "ETag", `"2"`),
	})
	folder := write(t, map[string]string{"file": ""})
	g := quick()
	g.Cache = folder + "/file"
	for range 2 {
		check(t, outcome(t, g, []string{host, folder}, host+"/a", host+"/b"),
			`/a: text/plain "A."`, `/b: text/plain "B."`, `/file: pages cannot be kept: not a directory`)
	}
}

func TestCacheRemovesWhatIsOld(t *testing.T) {
	t.Parallel()
	host := serve(t, map[string]http.HandlerFunc{"/a": sends("A.", "Content-Type", "text/plain", "ETag", `"1"`)})
	old := strings.Repeat("0", 64)
	folder := write(t, map[string]string{old: "", "new-1": "", "theirs": "", strings.Repeat("1", 64): ""})
	long := time.Now().Add(-cacheAge - time.Hour)
	for _, name := range []string{old, "new-1", "theirs"} {
		if err := os.Chtimes(filepath.Join(folder, name), long, long); err != nil {
			t.Fatal(err)
		}
	}
	g := quick()
	g.Cache = folder
	check(t, outcome(t, g, []string{host}, host+"/a"), `/a: text/plain "A."`)
	for name, want := range map[string]bool{old: false, "new-1": false, "theirs": true, strings.Repeat("1", 64): true} {
		if _, err := os.Stat(filepath.Join(folder, name)); (err == nil) != want {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func FuzzCacheEntry(f *testing.F) {
	folder := f.TempDir()
	c := cache{folder: folder}
	c.store("https://paper.example/", answer{body: []byte("One.\nTwo."), header: http.Header{"Etag": {`"1"`}}})
	content, err := os.ReadFile(c.path("https://paper.example/"))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(content)
	f.Add([]byte("{}\n"))
	f.Add([]byte(`{"SHA256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"}`))
	f.Fuzz(func(t *testing.T, content []byte) {
		e, err := parseEntry(content)
		if err == nil && len(e.body) > len(content) {
			t.Errorf("a body of %d bytes out of %d", len(e.body), len(content))
		}
	})
}
