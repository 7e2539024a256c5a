package gather

import (
	"bytes"
	"strings"
	"testing"

	"github.com/klauspost/compress/gzip"
)

// gzipped packs a text.
func gzipped(t testing.TB, s string) string {
	t.Helper()
	var out bytes.Buffer
	w := gzip.NewWriter(&out)
	if _, err := w.Write([]byte(s)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestFiles(t *testing.T) {
	t.Parallel()
	packed := gzipped(t, "{\"title\": \"One\"}\n{\"title\": \"Two\"}\n")
	folder := write(t, map[string]string{
		"a.html.gz":       gzipped(t, "<p>Packed."),
		"b.txt":           gzipped(t, "Packed under another name."),
		"c.jsonl.gz":      packed + gzipped(t, `{"title": "Three, in a member of its own"}`),
		"d.json":          "\xEF\xBB\xBF{\"title\": \"One\"}\r\n\r\n{\"title\": \"Two\"}\r\n",
		"e.json":          "{\n  \"title\": \"One\"\n}\n",
		"f.txt":           "BMW recalls vans; OTTO follows.",
		"g.txt":           "\xFF\xFEF\x00l\x00o\x00o\x00d\x00",
		"bad/cut.html.gz": gzipped(t, strings.Repeat("<p>Water.", 1000))[:40],
		"bad/cut.jsonl":   packed[:len(packed)-12],
		"bad/empty.html":  "",
		"bad/empty.jsonl": "\n \n",
		"bad/large.txt":   strings.Repeat("x", 1<<10+1),
		"bad/large.gz":    gzipped(t, strings.Repeat("x", 1<<20)),
		"bad/pdf.txt":     "%PDF-1.7\nbinary",
		"bad/photo.txt":   "\x89PNG\x0D\x0A\x1A\x0A\x00\x00\x00\rIHDR",
		"bad/program.txt": "\x7fELF\x02\x01\x01\x00",
	})
	g := quick()
	g.Limit = 1 << 10
	hide := []string{folder + "/", "bad/"}
	check(t, outcome(t, g, hide, folder+"/[a-g].*"),
		`a.html.gz: text/html "<p>Packed."`,
		`b.txt: text/plain "Packed under another name."`,
		`c.jsonl.gz:1: application/json "{\"title\": \"One\"}"`,
		`c.jsonl.gz:2: application/json "{\"title\": \"Two\"}"`,
		`c.jsonl.gz:3: application/json "{\"title\": \"Three, in a member of its own\"}"`,
		`d.json:1: application/json "{\"title\": \"One\"}"`,
		`d.json:3: application/json "{\"title\": \"Two\"}"`,
		`e.json: application/json "{\n  \"title\": \"One\"\n}\n"`,
		`f.txt: text/plain "BMW recalls vans; OTTO follows."`,
		`g.txt: text/plain "\xff\xfeF\x00l\x00o\x00o\x00d\x00"`)
	check(t, outcome(t, g, hide, folder+"/bad/*"),
		`cut.html.gz: unexpected EOF`,
		`cut.jsonl:1: application/json "{\"title\": \"One\"}"`,
		`cut.jsonl:2: unexpected EOF`,
		`empty.html: no text: it is empty`,
		`empty.jsonl: no text: it is empty`,
		`large.gz: too large: more than 1 KiB`,
		`large.txt: too large: more than 1 KiB`,
		`pdf.txt: no text but application/pdf`,
		`photo.txt: no text but image/png`,
		`program.txt: no text but binary data`)
}

func FuzzTakeApart(f *testing.F) {
	f.Add("application/json", "", []byte("{\"title\": \"One\"}\n{\"title\": \"Two\"}"))
	f.Add("application/jsonl", "", []byte("\n{}\n{"))
	f.Add("text/html", "utf-16le", []byte("<\x00p\x00>\x00"))
	f.Add("", "", []byte("\x89PNG\x0D\x0A\x1A\x0A\x00"))
	f.Fuzz(func(t *testing.T, mediaType, charset string, body []byte) {
		const limit = 64
		for doc, err := range takeApart(Document{Place: "a", Type: mediaType, Charset: charset, Body: body}, limit) {
			switch {
			case !strings.HasPrefix(doc.Place, "a"):
				t.Errorf("place %q", doc.Place)
			case err == nil && (len(doc.Body) == 0 || !bytes.Contains(body, doc.Body)):
				t.Errorf("%s: %q is not in %q", doc.Place, doc.Body, body)
			case err == nil && doc.Place != "a" && len(doc.Body) > limit:
				t.Errorf("%s: a record of %d bytes", doc.Place, len(doc.Body))
			}
		}
	})
}
