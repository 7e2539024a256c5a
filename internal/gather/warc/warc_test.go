package warc

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

var when = time.Date(2025, 3, 4, 8, 0, 0, 0, time.UTC)

// plain writes one record without compression.
func plain(kind, target, block string, more ...string) string {
	return fmt.Sprintf("WARC/1.0\r\nWARC-Type: %s\r\nWARC-Target-URI: %s\r\nWARC-Date: 2025-03-04T08:00:00Z\r\n%sContent-Length: %d\r\n\r\n%s\r\n\r\n",
		kind, target, strings.Join(more, ""), len(block), block)
}

func zipped(t testing.TB, parts ...string) string {
	t.Helper()
	var b bytes.Buffer
	for _, part := range parts {
		w := gzip.NewWriter(&b)
		if _, err := w.Write([]byte(part)); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
	}
	return b.String()
}

func zstded(t testing.TB, parts ...string) string {
	t.Helper()
	w, err := zstd.NewWriter(nil)
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	var b []byte
	for _, part := range parts {
		b = w.EncodeAll([]byte(part), b)
	}
	return string(b)
}

// list reads all records from a position on: type, target and block of each,
// and what is damaged.
func list(r io.Reader, at Position, set func(*Reader)) (records []string, starts []Position, err error) {
	reader := NewReader(r, at)
	next := Position{Offset: -1} // where the record before, or damage, says that this one begins
	if set != nil {
		set(reader)
	}
	for range 10_000 {
		rec, err := reader.Next()
		var damage *Error
		switch {
		case err == io.EOF:
			return records, starts, nil
		case errors.As(err, &damage):
			records = append(records, "! "+damage.Error())
			starts = append(starts, damage.At)
			next = damage.Next
			continue
		case err != nil:
			return records, starts, err
		}
		s := fmt.Sprintf("%s %s %.20q", rec.Type, rec.Target, rec.Block)
		if rec.Truncated != "" {
			s += " truncated by " + rec.Truncated
		}
		if rec.Cut {
			s += " cut"
		}
		if next.Offset >= 0 && rec.At != next {
			return records, starts, fmt.Errorf("a record at %v and not at %v", rec.At, next)
		}
		next = rec.Next
		records = append(records, s)
		starts = append(starts, rec.At)
	}
	return records, starts, errors.New("it never ends")
}

func TestReader(t *testing.T) {
	t.Parallel()
	one, two, three := plain("warcinfo", "", "software: ferry"), plain("response", "https://ferry.example/1", "one"), plain("Revisit", "<https://ferry.example/2>", "", "WARC-Truncated: length\r\n")
	want := `warcinfo  "software: ferry"; response https://ferry.example/1 "one"; revisit https://ferry.example/2 "" truncated by length`
	after := `response https://ferry.example/1 "one"; revisit https://ferry.example/2 "" truncated by length`
	gz := zipped(t, one, two, three)
	second := len(zipped(t, one))
	damaged := []byte(gz)
	damaged[second+30] ^= 0x55
	lying := strings.Replace(two, "Content-Length: 3", "Content-Length: 3000", 1)
	tests := []struct{ name, in, want string }{
		{"empty", "", ""},
		{"plain", one + two + three, want},
		{"lines that end without returns", strings.ReplaceAll(one+two+three, "\r", ""), want},
		{"no blank lines at the end", strings.TrimRight(one+two+three, "\r\n") + "\r\n\r\n", want},
		{"a member a record", gz, want},
		{"one member", zipped(t, one+two+three), want},
		{"zstd", zstded(t, one, two, three), want},
		{"zstd that breaks off", zstded(t, one, two+strings.Repeat(three, 999))[:len(zstded(t, one))+40], `warcinfo  "software: ferry"; ! at byte 0+124: the record breaks off`},
		{"zstd with a dictionary that is none", "\x5d\x2a\x4d\x18\xff\xff\xff\x0fferry", `! at byte 0: the dictionary of the file is damaged`},
		{"members of several records", zipped(t, one+two, three), want},
		{"a plain record that breaks off", one + two[:len(two)-6], `warcinfo  "software: ferry"; ! at byte 124: the record breaks off`},
		{"a member that breaks off", gz[:second+40], fmt.Sprintf(`warcinfo  "software: ferry"; ! at byte %d: the record breaks off`, second)},
		{"a member that is damaged", string(damaged), fmt.Sprintf(`warcinfo  "software: ferry"; ! at byte %d: *; revisit https://ferry.example/2 "" truncated by length`, second)},
		{"rubbish between members", zipped(t, one) + "rubbish\x1f\x8b\x08rubbish" + zipped(t, two, three), fmt.Sprintf(`warcinfo  "software: ferry"; ! at byte %d: gzip: invalid header; `, second) + after},
		{"a length that lies", one + lying + three + two + three, `warcinfo  "software: ferry"; ! at byte 124: the record breaks off; revisit https://ferry.example/2 "" truncated by length; ` + after},
		{"no length", strings.Replace(one, "Content-Length", "Length", 1) + two, `! at byte 0: the record does not tell its length; response https://ferry.example/1 "one"`},
		{"another file", "<html>\n<p>Ferry\nWARC/1.0", `! at byte 0: no WARC record; ! at byte 16: the record breaks off`},
		{"a head without end", "WARC/1.0\r\n" + strings.Repeat("A: b\r\n", 1<<15) + two, `! at byte 0: the head of the record is too long; response https://ferry.example/1 "one"`},
		{"a negative length", strings.Replace(one, "Length: 15", "Length: -15", 1), `! at byte 0: the record does not tell its length`},
		{"a length beyond the file", strings.Replace(one, "Length: 15", "Length: 9223372036854775807", 1), `! at byte 0: the record breaks off`},
	}
	for _, test := range tests {
		records, starts, err := list(strings.NewReader(test.in), Position{}, nil)
		got := strings.Join(records, "; ")
		want := test.want
		if head, tail, any := strings.Cut(want, "*"); any && strings.HasPrefix(got, head) && strings.HasSuffix(got, tail) {
			want = got
		}
		if err != nil || got != want {
			t.Errorf("%s: %s, %v\nwant %s", test.name, got, err, want)
			continue
		}
		for i, at := range starts {
			rest, _, err := list(strings.NewReader(test.in[at.Offset:]), at, nil)
			want := strings.Join(records[i:], "; ")
			if strings.HasPrefix(records[i], "!") && len(rest) > 0 { // in other words, as it is met by itself
				want = strings.Join(append([]string{rest[0]}, records[i+1:]...), "; ")
			}
			if got := strings.Join(rest, "; "); err != nil || got != want {
				t.Errorf("%s, from %v: %s, %v\nwant %s", test.name, at, got, err, want)
			}
		}
		if strings.Contains(test.want, "!") {
			continue
		}
		// A stream that cannot be moved in gives the same where nothing is damaged.
		if streamed, _, err := list(io.MultiReader(strings.NewReader(test.in)), Position{}, nil); err != nil || strings.Join(streamed, "; ") != got {
			t.Errorf("%s, streamed: %v, %v", test.name, streamed, err)
		}
	}
}

// TestDictionary reads a file whose first frame holds the dictionary of the
// others, as it is and compressed itself.
func TestDictionary(t *testing.T) {
	t.Parallel()
	var contents [][]byte
	for i := range 200 {
		contents = append(contents, []byte(plain("response", fmt.Sprintf("https://ferry.example/%d", i*i*7919), strings.Repeat(fmt.Sprint(i, " ferry "), i%9))))
	}
	dictionary, err := zstd.BuildDict(zstd.BuildDictOptions{ID: 7, Contents: contents, History: bytes.Join(contents[:20], nil), Offsets: [3]int{1, 4, 8}})
	if err != nil {
		t.Fatal(err)
	}
	w, err := zstd.NewWriter(nil, zstd.WithEncoderDict(dictionary))
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	var records []byte
	for _, c := range contents {
		records = w.EncodeAll(c, records)
	}
	for _, frame := range []string{string(dictionary), zstded(t, string(dictionary))} {
		head := binary.LittleEndian.AppendUint32([]byte("\x5d\x2a\x4d\x18"), uint32(len(frame)))
		file := string(head) + frame + string(records)
		found, starts, err := list(strings.NewReader(file), Position{}, nil)
		if err != nil || len(found) != len(contents) {
			t.Fatalf("%d records, %v: %.200v", len(found), err, found)
		}
		rest, _, err := list(strings.NewReader(file), starts[150], nil)
		if err != nil || len(rest) != 50 || rest[0] != found[150] {
			t.Errorf("%d records from %v, %v", len(rest), starts[150], err)
		}
	}
}

func TestReaderKeepsWhatIsWanted(t *testing.T) {
	t.Parallel()
	in := plain("response", "a", "0123456789") + plain("request", "b", "0123456789") + plain("response", "c", "0123")
	records, _, err := list(strings.NewReader(in), Position{}, func(r *Reader) {
		r.Limit = 4
		r.Want = func(rec *Record) bool { return rec.Type == "response" }
	})
	if got, want := strings.Join(records, "; "), `response a "0123" cut; request b ""; response c "0123"`; err != nil || got != want {
		t.Errorf("%s, %v, want %s", got, err, want)
	}
	broken := errors.New("the disk is gone")
	if _, _, err := list(io.MultiReader(strings.NewReader(in), failing{broken}), Position{}, nil); err != broken {
		t.Errorf("%v, want %v", err, broken)
	}
}

type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }

func TestParseMessage(t *testing.T) {
	t.Parallel()
	tests := []struct{ in, want string }{
		{"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\ncontent-length: 3\r\n\r\nFerry", `200 text/html "Ferry"`},
		{"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nFer\r\n2\r\nry\r\n0\r\n\r\n", `200  "Ferry"`},
		{"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nFer\r\n2", `200  "Fer"`},
		{"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n<p>Ferry", `200  "<p>Ferry"`},
		{"HTTP/2 404\nA\n\nx", `404  "x"`},
		{"HTTP/1.1 200 OK\r\nContent-Type: text/html", `200  ""`},
		{"HTTP/1.1 ferry\r\n\r\n", `0  "": the block holds no HTTP answer`},
		{"", `0  "": the block holds no HTTP answer`},
	}
	for _, test := range tests {
		m, err := ParseMessage([]byte(test.in))
		got := fmt.Sprintf("%d %s %q", m.Status, m.Header.Get("Content-Type"), m.Body)
		if err != nil {
			got += ": " + err.Error()
		}
		if got != test.want {
			t.Errorf("%q: %s, want %s", test.in, got, test.want)
		}
	}
}

// written is a file of some responses.
func written(t testing.TB, responses ...Response) []byte {
	t.Helper()
	var b bytes.Buffer
	w, err := NewWriter(&b, "Synoptic/test\n", when)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range responses {
		if err := w.Write(r); err != nil {
			t.Fatal(err)
		}
	}
	return b.Bytes()
}

func TestWriter(t *testing.T) {
	t.Parallel()
	responses := []Response{
		{"https://ferry.example/1", when, "text/html; charset=utf-8", []byte("<p>One")},
		{"https://ferry.example/2?a=ä", when.Add(time.Hour), "", nil},
	}
	first, second := written(t, responses...), written(t, responses...)
	if !bytes.Equal(first, second) {
		t.Error("the same responses gave other bytes")
	}
	z, err := gzip.NewReader(bytes.NewReader(first))
	if err != nil {
		t.Fatal(err)
	}
	all, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	golden, err := os.ReadFile("testdata/written.golden")
	got := strings.ReplaceAll(string(all), "\r\n", "\n")
	if os.Getenv("UPDATE") != "" {
		err = os.WriteFile("testdata/written.golden", []byte(got), 0o644)
		golden = []byte(got)
	}
	if err != nil || got != string(golden) {
		t.Errorf("%v\n%s", err, got)
	}
	r := NewReader(bytes.NewReader(first), Position{})
	if rec, err := r.Next(); err != nil || rec.Type != "warcinfo" {
		t.Error(rec, err)
	}
	for _, want := range responses {
		rec, err := r.Next()
		if err != nil {
			t.Fatal(err)
		}
		m, err := ParseMessage(rec.Block)
		if err != nil || rec.Target != want.Address || !rec.Date.Equal(want.Date) || m.Header.Get("Content-Type") != want.Type || !bytes.Equal(m.Body, want.Body) {
			t.Errorf("%+v came back as %+v %+v, %v", want, rec, m, err)
		}
	}
	w, err := NewWriter(io.Discard, "", when)
	if err != nil {
		t.Fatal(err)
	}
	for _, address := range []string{"", "https://ferry.example/\r\nWARC-Type: x", "a b"} {
		if err := w.Write(Response{Address: address}); !errors.Is(err, errAddress) {
			t.Errorf("%q: %v", address, err)
		}
	}
}

// FuzzReader holds what must hold of any file: reading ends, each position that
// is told leads to the same record, and positions go forward.
func FuzzReader(f *testing.F) {
	one, two := plain("response", "https://ferry.example/1", "one"), plain("resource", "b", "")
	for _, seed := range []string{"", one + two, zipped(f, one, two), zipped(f, one+two), one + "x" + two, zipped(f, one)[:40] + zipped(f, two), zstded(f, one, two), "WARC/", "\x1f\x8b\x08", "WARC/\n:\n"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, in []byte) {
		records, starts, err := list(bytes.NewReader(in), Position{}, nil)
		if err != nil {
			t.Fatal(err)
		}
		last := Position{Offset: -1}
		for i, at := range starts {
			if at.Offset < last.Offset || at.Offset == last.Offset && at.Within <= last.Within || at.Offset > int64(len(in)) {
				t.Fatalf("position %v after %v of %d bytes", at, last, len(in))
			}
			last = at
			if i > 20 {
				continue
			}
			again, _, _ := list(bytes.NewReader(in[at.Offset:]), at, nil)
			if len(again) == 0 || again[0] != records[i] && records[i][0] != '!' {
				t.Fatalf("at %v: %v, want %s", at, again, records[i])
			}
		}
	})
}

// benchmarkFile is a file of pages, and how many bytes they have unpacked.
func benchmarkFile(b *testing.B) (file []byte, size int64) {
	b.Helper()
	r := rand.New(rand.NewPCG(1, 2))
	words := strings.Fields("ferry talks harbour quay tide council vote night rain boat mayor the a of and to in on for with")
	var responses []Response
	for i := range 500 {
		var body strings.Builder
		for body.Len() < 60_000 {
			fmt.Fprintf(&body, `<p class="c%d">`, r.IntN(9999))
			for range 30 {
				body.WriteString(words[r.IntN(len(words))] + " ")
			}
			body.WriteString("</p>\n")
		}
		size += int64(body.Len())
		responses = append(responses, Response{fmt.Sprintf("https://ferry.example/%d", i), when, "text/html", []byte(body.String())})
	}
	return written(b, responses...), size
}

func BenchmarkReader(b *testing.B) {
	file, size := benchmarkFile(b)
	b.SetBytes(size)
	b.ReportAllocs()
	for b.Loop() {
		reader := NewReader(bytes.NewReader(file), Position{})
		n := 0
		for {
			_, err := reader.Next()
			if err == io.EOF {
				break
			}
			if err != nil {
				b.Fatal(err)
			}
			n++
		}
		if n != 501 {
			b.Fatal(n)
		}
	}
}

// BenchmarkGzip is what unpacking alone takes of the same file.
func BenchmarkGzip(b *testing.B) {
	file, size := benchmarkFile(b)
	b.SetBytes(size)
	for b.Loop() {
		z, err := gzip.NewReader(bytes.NewReader(file))
		if err != nil {
			b.Fatal(err)
		}
		if _, err := io.Copy(io.Discard, z); err != nil {
			b.Fatal(err)
		}
	}
}
