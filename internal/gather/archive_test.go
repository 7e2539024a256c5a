package gather

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/klauspost/compress/zstd"

	"synoptic/internal/gather/warc"
)

// record writes a WARC record without compression.
func record(kind, target, block string, more ...string) string {
	return fmt.Sprintf("WARC/1.1\r\nWARC-Type: %s\r\nWARC-Target-URI: %s\r\nWARC-Date: 2025-03-04T08:00:00Z\r\n%sContent-Length: %d\r\n\r\n%s\r\n\r\n",
		kind, target, strings.Join(more, ""), len(block), block)
}

func response(target, body string, headers ...string) string {
	return record("response", target, "HTTP/1.1 200 OK\r\n"+strings.Join(headers, "")+"\r\n"+body, "Content-Type: application/http; msgtype=response\r\n")
}

const isHTML = "Content-Type: text/html; charset=ISO-8859-1\r\n"

// crawl is records of all kinds.
func crawl(t testing.TB) []string {
	return []string{
		record("warcinfo", "", "software: ferry\r\n"),
		record("request", "https://ferry.example/1", "GET /1 HTTP/1.1\r\n\r\n"),
		response("https://ferry.example/1", "<p>One", isHTML),
		response("https://ferry.example/2", gzipped(t, "<p>Two"), isHTML, "Content-Encoding: gzip\r\n"),
		response("https://ferry.example/3", "3\r\n<p>\r\n5\r\nThree\r\n0\r\n\r\n", isHTML, "Transfer-Encoding: chunked\r\n"),
		response("https://ferry.example/4", "<p>Four", isHTML, "Transfer-Encoding: chunked\r\n", "Content-Encoding: gzip\r\n"), // undone by the crawler
		response("https://ferry.example/a.png", "\x89PNG", "Content-Type: image/png\r\n"),
		record("response", "https://ferry.example/5", "HTTP/1.1 404 Not Found\r\n"+isHTML+"\r\n<p>Not here"),
		record("response", "dns:ferry.example", "20250304 ferry.example A 203.0.113.1", "Content-Type: text/dns\r\n"),
		record("revisit", "https://ferry.example/1", "HTTP/1.1 200 OK\r\n\r\n", "WARC-Profile: http://netpreserve.org/warc/1.1/revisit/identical-payload-digest\r\n"),
		record("resource", "file:///notes/6.txt", "Six", "Content-Type: text/plain\r\n"),
		record("conversion", "https://ferry.example/7", "Seven", "Content-Type: text/plain\r\n"),
		record("response", "https://ferry.example/8", "HTTP/1.1 200 OK\r\n"+isHTML+"Content-Encoding: gzip\r\n\r\n"+gzipped(t, "<p>Eight"+strings.Repeat(" and more", 999))[:40], "WARC-Truncated: length\r\n"),
		response("https://ferry.example/bomb", gzipped(t, strings.Repeat(" ", 1<<20)), isHTML, "Content-Encoding: gzip\r\n"),
		record("response", "https://ferry.example/9", "ferry"),
		response("https://ferry.example/10", "<p>Ten"+strings.Repeat(" x", 1<<16), isHTML),
		response("https://ferry.example/11", "\x00\x01\x02", isHTML),
		response("https://ferry.example/12", "", isHTML),
		response("https://ferry.example/13.jsonl", "{\"title\": \"Thirteen\"}", "Content-Type: application/json\r\n"),
	}
}

// zippedUp is a zip file with a WARC file and others.
func zippedUp(t testing.TB, method uint16, files ...string) string {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i := 0; i < len(files); i += 2 {
		entry, err := w.CreateHeader(&zip.FileHeader{Name: files[i], Method: method})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := entry.Write([]byte(files[i+1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// members compresses parts one by one.
func members(t testing.TB, parts ...string) string {
	var b strings.Builder
	for _, part := range parts {
		b.WriteString(gzipped(t, part))
	}
	return b.String()
}

func zstded(t testing.TB, parts ...string) string {
	t.Helper()
	return packed(t, strings.Join(parts, ""), func(w io.Writer) io.WriteCloser {
		z, err := zstd.NewWriter(w)
		if err != nil {
			t.Fatal(err)
		}
		return z
	})
}

func archives(t testing.TB) map[string]string {
	all := crawl(t)
	damaged := []byte(members(t, all...))
	start := len(members(t, all[:3]...))
	damaged[start+40] ^= 0xff
	return map[string]string{
		"a.jsonl":       "{\"a\": 1}\n\n {\"a\": 2}\r\n" + strings.Repeat("x", 70<<10) + "\n{\"a\": 3}",
		"b.jsonl.gz":    members(t, "{\"b\": 1}\n{\"b\"", ": 2}\n\n{\"b\": 3}\n\n"),
		"c.html":        "<p>Page",
		"c/empty.jsonl": "",
		"c/list.json":   "{\"c\": 1}\n{\"c\": 2}\n",
		"c/readme.pdf":  "%PDF-1.7",
		"d.warc":        strings.Join(all, ""),
		"e.warc.gz":     members(t, all...),
		"f.warc.gz":     gzipped(t, strings.Join(all, "")),
		"g.warc.gz":     string(damaged),
		"h.warc.gz":     members(t, all[:4]...)[:len(members(t, all[:4]...))-9],
		"i.wacz":        zippedUp(t, zip.Store, "datapackage.json", "{}", "archive/b.warc.gz", members(t, all[:4]...), "archive/a.warc", strings.Join(all[2:5], "")),
		"j.wacz":        zippedUp(t, zip.Deflate, "archive/data.warc.gz", members(t, all[:4]...), "pages/pages.jsonl", "{}"),
		"k.wacz":        zippedUp(t, zip.Store, "pages/pages.jsonl", "{}"),
		"l.wacz":        "no zip",
		"m.warc":        "",
		"n.warc":        "<p>no WARC",
		"o.warc.zst":    zstded(t, all[:5]...),
		"z.md":          "# Last",
	}
}

type given struct {
	text string
	item Item
}

// all gives what an archive gives from a position on.
func all(ctx context.Context, t testing.TB, from Position, paths ...string) []given {
	t.Helper()
	g := Gatherer{Limit: 64 << 10}
	var found []given
	for item, err := range g.Archive(ctx, from, paths...) {
		doc := item.Document
		text := strings.TrimPrefix(doc.Place, filepath.Dir(paths[0])+"/")
		if err != nil {
			text += " " + strings.ReplaceAll(err.Error(), filepath.Dir(paths[0])+"/", "")
		} else {
			text += fmt.Sprintf(" %s %s %s %.24q", doc.Address, doc.Type, doc.Charset, doc.Body)
			if doc.Truncated {
				text += " truncated"
			}
			if strings.Contains(doc.Place, "warc") && !doc.Read.Equal(time.Date(2025, 3, 4, 8, 0, 0, 0, time.UTC)) {
				t.Errorf("%s was read %v", doc.Place, doc.Read)
			}
		}
		found = append(found, given{text, item})
		if len(found) > 1000 {
			t.Fatal("it never ends")
		}
	}
	return found
}

func TestArchive(t *testing.T) {
	t.Parallel()
	folder := filepath.Join(write(t, nil), "in")
	for name, content := range archives(t) {
		path := filepath.Join(folder, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	whole := all(t.Context(), t, Position{}, folder)
	var got strings.Builder
	var last int64
	for i, g := range whole {
		fmt.Fprintln(&got, strings.TrimPrefix(g.text, "in/"))
		if g.item.Done < last || g.item.Done > g.item.Total || g.item.Total != whole[0].item.Total {
			t.Errorf("%s: %d of %d bytes after %d", g.text, g.item.Done, g.item.Total, last)
		}
		last = g.item.Done

		// A later run starts right after any document.
		position, err := ParsePosition(g.item.Next.String())
		if err != nil || position != g.item.Next {
			t.Fatalf("%v came back as %v, %v", g.item.Next, position, err)
		}
		rest := all(t.Context(), t, position, folder)
		if len(rest) != len(whole)-i-1 {
			t.Errorf("after %s (%v): %d documents, want %d", g.text, position, len(rest), len(whole)-i-1)
			continue
		}
		for k, r := range rest {
			if w := whole[i+1+k]; r.text != w.text || r.item.Next != w.item.Next || r.item.Total != w.item.Total || r.item.Done != w.item.Done {
				t.Errorf("after %s: %s (%v, %d of %d), want %s (%v, %d of %d)", g.text, r.text, r.item.Next, r.item.Done, r.item.Total, w.text, w.item.Next, w.item.Done, w.item.Total)
				break
			}
		}
	}
	golden, err := os.ReadFile("testdata/archive.golden")
	if os.Getenv("UPDATE") != "" {
		golden, err = []byte(got.String()), errors.Join(os.MkdirAll("testdata", 0o755), os.WriteFile("testdata/archive.golden", []byte(got.String()), 0o644))
	}
	if err != nil || got.String() != string(golden) {
		t.Errorf("%v, got\n%s", err, got.String())
	}
}

func TestArchiveThatIsNotThere(t *testing.T) {
	t.Parallel()
	folder := write(t, map[string]string{"a.jsonl": "{}\n{}\n", "noname": members(t, crawl(t)[2]), "b.jsonl": "{}\n"})
	a := filepath.Join(folder, "a.jsonl")
	tests := []struct {
		from  Position
		paths []string
		want  string
	}{
		{Position{}, []string{filepath.Join(folder, "none.warc"), a}, `none.warc none.warc: no such file or folder; a.jsonl:1  application/json  "{}"; a.jsonl:2  application/json  "{}"`},
		{Position{}, []string{filepath.Join(folder, "noname")}, `noname:0 https://ferry.example/1 text/html iso-8859-1 "<p>One"`},
		{Position{Path: "elsewhere"}, []string{a}, `elsewhere elsewhere: the position to go on from is in none of the archives`},
		{Position{Path: a, Offset: 99}, []string{a, filepath.Join(folder, "b.jsonl")}, `a.jsonl a.jsonl: it has 6 bytes; the position to go on from is behind them; b.jsonl:1  application/json  "{}"`},
		{Position{}, []string{a, "https://ferry.example/x.warc"}, `a.jsonl:1  application/json  "{}"; a.jsonl:2  application/json  "{}"; https://ferry.example/x.warc https://ferry.example/x.warc: archives are files`},
	}
	for _, test := range tests {
		var got []string
		for _, g := range all(t.Context(), t, test.from, test.paths...) {
			got = append(got, g.text)
		}
		if strings.Join(got, "; ") != test.want {
			t.Errorf("%s\nwant %s", strings.Join(got, "; "), test.want)
		}
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	var g Gatherer
	n := 0
	for _, err := range g.Archive(ended, Position{}, folder) {
		if n++; n > 1 || !errors.Is(err, context.Canceled) {
			t.Errorf("%d: %v", n, err)
		}
	}
}

// TestArchiveReadsWhatWasWritten holds that an export comes back.
func TestArchiveReadsWhatWasWritten(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	day := time.Date(2025, 3, 4, 8, 0, 0, 0, time.UTC)
	w, err := warc.NewWriter(&b, "Synoptic/test", day)
	if err == nil {
		err = w.Write(warc.Response{Address: "https://ferry.example/1", Date: day, Type: "text/html; charset=iso-8859-1", Body: []byte("<p>F\xe4hre")})
	}
	if err != nil {
		t.Fatal(err)
	}
	folder := write(t, map[string]string{"a.warc.gz": b.String()})
	found := all(t.Context(), t, Position{}, filepath.Join(folder, "a.warc.gz"))
	if len(found) != 1 || !strings.HasSuffix(found[0].text, ` https://ferry.example/1 text/html iso-8859-1 "<p>F\xe4hre"`) {
		t.Errorf("%v", found)
	}
}

// FuzzPosition holds that positions survive being written, and that an archive
// can be read from any: it gives documents or errors, and ends.
func FuzzPosition(f *testing.F) {
	folder := f.TempDir()
	for name, content := range archives(f) {
		if err := os.WriteFile(filepath.Join(folder, filepath.Base(name)), []byte(content), 0o644); err != nil {
			f.Fatal(err)
		}
	}
	for _, seed := range []string{"", "path=a", "path=a.jsonl&offset=3&line=1", "offset=-1", "path=%zz", "path=e.warc.gz&offset=77&within=9", "path=i.wacz&entry=archive%2Fb.warc.gz&offset=12", "path=a&path=b", "line=1&x=2"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		p, err := ParsePosition(s)
		if err != nil {
			return
		}
		if again, err := ParsePosition(p.String()); err != nil || again != p {
			t.Fatalf("%+v came back as %+v, %v", p, again, err)
		}
		path := filepath.Join(folder, filepath.Base(p.Path))
		if info, err := os.Stat(path); err != nil || info.IsDir() {
			return
		}
		p.Path = path
		all(t.Context(), t, p, path)
	})
}

func BenchmarkArchive(b *testing.B) {
	var file bytes.Buffer
	w, err := warc.NewWriter(&file, "test", time.Time{})
	if err != nil {
		b.Fatal(err)
	}
	body := []byte(strings.Repeat("<p>The ferry talks go on at the quay, and nobody left.</p>\n", 1000))
	for i := range 200 {
		if err := w.Write(warc.Response{Address: fmt.Sprintf("https://ferry.example/%d", i), Type: "text/html", Body: body}); err != nil {
			b.Fatal(err)
		}
	}
	path := filepath.Join(b.TempDir(), "a.warc.gz")
	if err := os.WriteFile(path, file.Bytes(), 0o644); err != nil {
		b.Fatal(err)
	}
	var g Gatherer
	b.SetBytes(int64(200 * len(body)))
	b.ReportAllocs()
	for b.Loop() {
		n := 0
		for _, err := range g.Archive(b.Context(), Position{}, path) {
			if err != nil {
				b.Fatal(err)
			}
			n++
		}
		if n != 200 {
			b.Fatal(n)
		}
	}
}
