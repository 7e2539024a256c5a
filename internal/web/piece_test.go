package web

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"synoptic/article"
	"synoptic/internal/newsroom"
	"synoptic/internal/store"
	"synoptic/text"
)

// toldChanges is changes as one line: [-lost-] and {+gained+}, paragraphs with a bar.
func toldChanges(paragraphs [][]change) string {
	var b strings.Builder
	for i, p := range paragraphs {
		if i > 0 {
			b.WriteString("|")
		}
		for _, c := range p {
			b.WriteString([...]string{"", "[-", "{+"}[c.kind] + c.words + [...]string{"", "-]", "+}"}[c.kind])
		}
	}
	return b.String()
}

func TestDifference(t *testing.T) {
	for _, x := range []struct{ older, newer, want string }{
		{"", "", ""},
		{"the ferry sailed", "the ferry sailed", "the ferry sailed"},
		{"the ferry sailed at noon", "the ferry never sailed at noon", "the ferry {+never +}sailed at noon"},
		{"eleven hours of talks", "12 hours of talks", "[-eleven-]{+12+} hours of talks"},
		{"a\nb b\nc", "a\nc", "a|[-b b-]|c"},
	} {
		if got := toldChanges(difference(x.older, x.newer)); got != x.want {
			t.Errorf("%.40q to %.40q: %q, not %q", x.older, x.newer, got, x.want)
		}
	}
}

// FuzzDifference gives back both texts from what was kept, lost and gained.
func FuzzDifference(f *testing.F) {
	f.Add("a b\nc", "a c\n\nb")
	f.Add("\n", " ")
	f.Fuzz(func(t *testing.T, older, newer string) {
		var was, is strings.Builder
		for _, p := range difference(older, newer) {
			for _, c := range p {
				if c.kind != added {
					was.WriteString(c.words)
				}
				if c.kind != removed {
					is.WriteString(c.words)
				}
			}
		}
		flat := func(s string) string { return strings.ReplaceAll(s, "\n", "") }
		if was.String() != flat(older) || is.String() != flat(newer) {
			t.Errorf("%q, %q", was.String(), is.String())
		}
	})
}

func TestStretches(t *testing.T) {
	body := "Ada Quill said 12 boats left."
	layers := []layer{
		{id: "speech", marks: []layerMark{{text.Span{Start: 15, End: 29}, "Ada Quill, indirect"}}},
		{id: "figures", marks: []layerMark{{text.Span{Start: 15, End: 23}, "12 boat"}}},
	}
	want := []stretch{
		{words: "Quill said "},
		{"12 boats", "l-speech l-figures", "Ada Quill, indirect · 12 boat"},
		{" left", "l-speech", "Ada Quill, indirect"},
	}
	got := stretches(body, text.Span{Start: 4, End: 28}, layers)
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(stretch{})); diff != "" {
		t.Error(diff)
	}
}

func TestBar(t *testing.T) {
	brief, err := json.Marshal(newsroom.Digest{Outlets: []string{"A", "B", "C", "B"}, Origins: []int{0, 1, 2, 1}, Grew: []newsroom.Step{
		{At: "2031-03-04T09:00:00Z", Accounts: 1}, {At: "2031-03-04T10:00:00Z", Accounts: 2}, {At: "2031-03-04T11:00:00Z", Accounts: 4},
	}})
	if err != nil {
		t.Fatal(err)
	}
	h := newHeadline(store.Story{Digest: brief})
	blocks, width := h.bar()
	want := []block{{0, "o1"}, {10, "o1"}, {24, "o0"}, {38, "o2"}}
	if diff := cmp.Diff(want, blocks, cmp.AllowUnexported(block{})); diff != "" || width != 47 {
		t.Errorf("%d wide\n%s", width, diff)
	}
	if got := h.growth(); got != "M0 26H0.0V20.0H66.0V14.0H132.0V2.0V26Z" {
		t.Error(got)
	}
	for _, bad := range []string{"", "{", `{"outlets":["A"]}`, `{"grew":[{"at":"x"},{"at":"y"}]}`} {
		h := newHeadline(store.Story{Digest: []byte(bad)})
		if blocks, _ := h.bar(); len(blocks) > 0 || h.growth() != "" {
			t.Errorf("%q is drawn", bad)
		}
	}
}

func TestCache(t *testing.T) {
	c := newCache(100, func(s string) int { return len(s) })
	made := 0
	get := func(key string, version int64, size int) string {
		t.Helper()
		v, err := c.get(key, version, func() (string, error) {
			made++
			return strings.Repeat("x", size), nil
		})
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	get("a", 1, 20)
	get("a", 1, 20)
	if made != 1 {
		t.Errorf("made %d times", made)
	}
	get("a", 2, 21)
	if v := get("a", 2, 0); made != 2 || len(v) != 21 {
		t.Errorf("made %d times, %d long", made, len(v))
	}
	for i := range 50 {
		get(fmt.Sprint(i), 1, 20)
		if entries, used, _, _ := c.counts(); used > 100 || entries > 5 {
			t.Fatalf("holds %d bytes in %d entries", used, entries)
		}
	}
	get("large", 1, 90)
	if _, ok := c.held("large", 1); ok {
		t.Error("one entry pushes out the rest")
	}
	if _, err := c.get("bad", 1, func() (string, error) { return "", errors.New("no") }); err == nil {
		t.Error("no error")
	}
	if _, ok := c.held("bad", 1); ok {
		t.Error("an error is held")
	}
	c.over = func(s string) bool { return len(s) == 7 }
	get("over", 1, 7)
	before := made
	if get("over", 1, 8); made != before+1 {
		t.Error("what is over is held")
	}
}

// TestCacheTogether makes a value once for many who ask at once.
func TestCacheTogether(t *testing.T) {
	c := newCache(100, func(int) int { return 1 })
	var made atomic.Int32
	var wait sync.WaitGroup
	for range 20 {
		wait.Go(func() {
			_, _ = c.get("a", 1, func() (int, error) {
				made.Add(1)
				time.Sleep(50 * time.Millisecond)
				return 1, nil
			})
		})
	}
	wait.Wait()
	if made.Load() != 1 {
		t.Errorf("made %d times", made.Load())
	}
}

func TestPassword(t *testing.T) {
	hash := HashPassword("tide table")
	p, err := parsePassword(hash)
	if err != nil || !p.fits("tide table") || p.fits("tide tables") {
		t.Errorf("%s: %v", hash, err)
	}
	if HashPassword("tide table") == hash {
		t.Error("no salt")
	}
	// Made by the reference implementation: echo -n password | argon2 somesalt -id -t 2 -m 16 -p 4 -l 32
	p, err = parsePassword("$argon2id$v=19$m=65536,t=2,p=4$c29tZXNhbHQ$GpZ3sK/oH9p7VIiV56G/64Zo/8GaUw434IimaPqxwCo")
	if err != nil || !p.fits("password") {
		t.Errorf("the hash of another program: %v", err)
	}
	for _, bad := range []string{"", "x", "$argon2i$v=19$m=65536,t=2,p=4$c29tZXNhbHQ$aaaa", "$argon2id$v=19$m=99999999,t=2,p=4$c29tZXNhbHQ$" + strings.Repeat("a", 43), "$argon2id$v=19$m=65536,t=0,p=4$c29tZXNhbHQ$" + strings.Repeat("a", 43), hash[:len(hash)-30]} {
		if _, err := parsePassword(bad); err == nil {
			t.Errorf("%q is taken", bad)
		}
	}
}

func TestLocal(t *testing.T) {
	for to, want := range map[string]string{
		"/sources?x=1": "/sources?x=1", "": "/", "//evil.example": "/", "https://evil.example": "/", `/\evil.example`: "/", "javascript:x": "/", "/a\nb": "/", "sources": "/",
	} {
		if got := local(to); got != want {
			t.Errorf("%q: %q, not %q", to, got, want)
		}
	}
}

func TestHealth(t *testing.T) {
	at := time.Date(2031, 3, 4, 9, 0, 0, 0, time.UTC)
	for want, x := range map[string]store.Source{
		"gone": {Gone: true, Failures: 3}, "failing": {Failures: 3, Tried: at, Problem: "x"}, "new": {}, "doubtful": {Tried: at, Problem: "x"}, "well": {Tried: at},
	} {
		if got, _ := health(x, at); got != want {
			t.Errorf("%+v: %s", x, got)
		}
	}
}

func TestWords(t *testing.T) {
	for got, want := range map[string]string{
		counted(1, "story"): "1 story", counted(2, "story"): "2 stories", counted(1234567, "article"): "1,234,567 articles", grouped(-1234): "-1,234", grouped(999): "999",
		bytesOf(0): "0 bytes", bytesOf(1500): "1.5 KB", bytesOf(64 << 20): "67 MB",
		span(time.Time{}, time.Time{}): "", dated(article.Date{}): "",
	} {
		if got != want {
			t.Errorf("%q, not %q", got, want)
		}
	}
}
