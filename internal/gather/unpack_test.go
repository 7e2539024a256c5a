package gather

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/flate"
	"github.com/klauspost/compress/zlib"
)

// packed runs a text through a writer that packs.
func packed(t testing.TB, s string, by func(io.Writer) io.WriteCloser) string {
	t.Helper()
	var out bytes.Buffer
	w := by(&out)
	if _, err := io.WriteString(w, s); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func brotlied(t testing.TB, s string) string {
	return packed(t, s, func(w io.Writer) io.WriteCloser { return brotli.NewWriter(w) })
}

func deflated(t testing.TB, s string) string {
	return packed(t, s, func(w io.Writer) io.WriteCloser {
		f, err := flate.NewWriter(w, 6)
		if err != nil {
			t.Fatal(err)
		}
		return f
	})
}

func zlibbed(t testing.TB, s string) string {
	return packed(t, s, func(w io.Writer) io.WriteCloser { return zlib.NewWriter(w) })
}

func TestUnpack(t *testing.T) {
	t.Parallel()
	const page = "<p>The ferry company's talks with the union go on.</p>"
	const limit = 1 << 10
	bomb := strings.Repeat("x", 1<<20)
	tests := []struct {
		name, encodings, in string
		want                string // "" for an error
		err                 string
	}{
		{"none", "", page, page, ""},
		{"identity", "identity", page, page, ""},
		{"gzip", "gzip", gzipped(t, page), page, ""},
		{"in capitals, under its old name", "X-GZIP", gzipped(t, page), page, ""},
		{"brotli", "br", brotlied(t, page), page, ""},
		{"deflate as zlib", "deflate", zlibbed(t, page), page, ""},
		{"deflate as a bare stream", "deflate", deflated(t, page), page, ""},
		{"two, the last one undone first", "br, gzip", gzipped(t, brotlied(t, page)), page, ""},
		{"gzip that is not declared", "", gzipped(t, page), page, ""},
		{"gzip twice, declared once", "gzip", gzipped(t, gzipped(t, page)), page, ""},
		{"gzip declared, not done", "gzip", page, page, ""},
		{"brotli declared, not done", "br", page, page, ""},
		{"no encoding but a charset", "utf-8", page, page, ""},
		{"brotli declared, gzip done", "br", gzipped(t, page), "", "content encoding br: "},
		{"unknown", "zstd", "\x28\xb5\x2f\xfd\x00", "", "content encoding zstd: it is not understood"},
		{"too many", "gzip,gzip,gzip,gzip", gzipped(t, page), "", "4 content encodings on one another"},
		{"cut gzip", "gzip", gzipped(t, page)[:30], "", "content encoding gzip: unexpected EOF"},
		{"cut brotli", "br", brotlied(t, bomb)[:8], "", "content encoding br: unexpected EOF"},
		{"a gzip bomb", "gzip", gzipped(t, bomb), "", "content encoding gzip: too large: more than 1 KiB"},
		{"a gzip bomb that is not declared", "", gzipped(t, bomb), "", "content encoding gzip: too large: more than 1 KiB"},
		{"a bomb in a bomb", "gzip, gzip", gzipped(t, gzipped(t, bomb)), "", "content encoding gzip: too large: more than 1 KiB"},
		{"a brotli bomb", "br", brotlied(t, bomb), "", "content encoding br: too large: more than 1 KiB"},
		{"a deflate bomb", "deflate", zlibbed(t, bomb), "", "content encoding deflate: too large: more than 1 KiB"},
	}
	for _, test := range tests {
		got, err := unpack(test.encodings, []byte(test.in), limit)
		switch {
		case test.err == "" && (err != nil || string(got) != test.want):
			t.Errorf("%s: got %q, %v", test.name, got, err)
		case test.err != "" && (err == nil || !strings.HasPrefix(err.Error(), test.err)):
			t.Errorf("%s: got error %v, want %s", test.name, err, test.err)
		}
	}
}

func FuzzUnpack(f *testing.F) {
	const page = "<p>The ferry company's talks with the union go on.</p>"
	f.Add("", []byte(page))
	f.Add("gzip", []byte(gzipped(f, page)))
	f.Add("br", []byte(brotlied(f, page)))
	f.Add("deflate", []byte(zlibbed(f, page)))
	f.Add("deflate", []byte(deflated(f, page)))
	f.Add("gzip, br", []byte(brotlied(f, gzipped(f, page))))
	f.Add("gzip", []byte(gzipped(f, strings.Repeat("x", 1<<20))))
	f.Fuzz(func(t *testing.T, encodings string, raw []byte) {
		const limit = 1 << 16
		body, err := unpack(encodings, raw, limit)
		if err == nil && len(body) > max(limit, len(raw)) {
			t.Errorf("%d bytes out of %d, over the limit", len(body), len(raw))
		}
		if err != nil && plain(raw) && !errors.Is(err, ErrTooLarge) {
			t.Errorf("plain text is refused: %v", err)
		}
	})
}
