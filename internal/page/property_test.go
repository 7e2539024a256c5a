package page

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// checkArticle holds of everything that Read returns without an error.
func checkArticle(t *testing.T, in Input) {
	t.Helper()
	a, err := Read(in)
	if err != nil {
		if a != nil {
			t.Errorf("an article beside the error %v", err)
		}
		if !strings.HasPrefix(err.Error(), in.Place+": ") {
			t.Errorf("error %q does not begin with the place", err)
		}
		return
	}
	if err := a.Check(); err != nil {
		t.Error(err)
	}
	at := 0
	for i, p := range a.Paragraphs {
		if p.Empty() || p.Start != at {
			t.Errorf("paragraph %d at %v: the lines of the text are not covered", i, p.Span)
		}
		at = p.End + 1
	}
	if len(a.Text) > 0 && at != len(a.Text)+1 {
		t.Errorf("the last paragraph ends at %d of %d", at-1, len(a.Text))
	}
	for _, c := range a.Credits {
		if c.Span.Empty() || c.Agency == "" || c.Role == "" {
			t.Errorf("credit %+v lacks something", c)
		}
		if p := a.ParagraphAt(c.Span.Start); p < 0 || !a.Paragraphs[p].Contains(c.Span) {
			t.Errorf("credit of %s at %v does not lie within a paragraph", c.Agency, c.Span)
		}
	}
	b, err := Read(in)
	if err != nil || dump(a, nil) != dump(b, err) {
		t.Error("a second reading differs")
	}
}

// checkLetters holds of plain text: every line that is kept stands in the
// input, letter for letter.
func checkLetters(t *testing.T, in Input) {
	t.Helper()
	a, err := Read(in)
	if err != nil {
		return
	}
	for _, p := range a.Paragraphs {
		if !bytes.Contains(in.Body, []byte(p.Of(a.Text))) {
			t.Errorf("%q does not stand in the input", p.Of(a.Text))
		}
	}
}

func testFiles(t testing.TB) map[string][]byte {
	t.Helper()
	files, err := filepath.Glob("testdata/*.*")
	if err != nil {
		t.Fatal(err)
	}
	bodies := map[string][]byte{}
	for _, f := range files {
		if filepath.Ext(f) == ".golden" {
			continue
		}
		body, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		bodies[filepath.Base(f)] = body
	}
	return bodies
}

func TestEveryFileHolds(t *testing.T) {
	for name, body := range testFiles(t) {
		in := Input{Place: name, Body: body}
		checkArticle(t, in)
		if strings.HasSuffix(name, ".txt") {
			checkLetters(t, in)
		}
	}
}

// TestBrokenBytes reads every file of testdata cut off and with bytes changed.
func TestBrokenBytes(t *testing.T) {
	for name, body := range testFiles(t) {
		for _, cut := range []int{1, len(body) / 3, len(body) / 2, len(body) - 3} {
			checkArticle(t, Input{Place: name, Body: body[:cut]})
		}
		broken := bytes.Clone(body)
		for i := 40; i < len(broken); i += 97 {
			broken[i] = 0xff
		}
		checkArticle(t, Input{Place: name, Body: broken})
		for i := 41; i < len(broken); i += 97 {
			broken[i] = 0
		}
		checkArticle(t, Input{Place: name, Body: broken})
	}
}

func TestCharsets(t *testing.T) {
	const text = "Brücke gesperrt\n\nDie Brücke über den Fluss wurde am Dienstag gesperrt, teilte die Stadt mit. Das war die dritte Sperrung.\n"
	latin1 := []byte(strings.NewReplacer("ü", "\xfc", "Ü", "\xdc").Replace(text))
	wide := []byte{0xff, 0xfe}
	for _, r := range text {
		wide = append(wide, byte(r), byte(r>>8))
	}
	for name, in := range map[string]Input{
		"utf-8":             {Body: []byte(text)},
		"with a mark":       {Body: []byte("\ufeff" + text)},
		"declared latin-1":  {Body: latin1, Charset: "iso-8859-1"},
		"in the media type": {Body: latin1, MediaType: "text/plain; charset=ISO-8859-1"},
		"wrongly declared":  {Body: []byte(text), Charset: "iso-8859-1"},
		"undeclared":        {Body: latin1},
		"utf-16":            {Body: wide},
		"utf-16, no mark":   {Body: wide[2:]},
	} {
		in.Place = "a.txt"
		a, err := Read(in)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if a.Headline() != "Brücke gesperrt" {
			t.Errorf("%s: headline %q", name, a.Headline())
		}
	}
}

func TestDatesAfterReading(t *testing.T) {
	body := testFiles(t)["graph.html"]
	a, err := Read(Input{Place: "graph.html", Body: body, Read: time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC)})
	if err != nil {
		t.Fatal(err)
	}
	if a.Published.Known() || a.Updated.Known() {
		t.Errorf("published %v, updated %v, though read before", a.Published, a.Updated)
	}
}

func TestErrorsAreNamed(t *testing.T) {
	if _, err := Read(Input{Place: "x"}); !errors.Is(err, ErrEmpty) {
		t.Errorf("got %v", err)
	}
}

func fuzz(f *testing.F, ext string, in Input) {
	for name, body := range testFiles(f) {
		if filepath.Ext(name) == ext {
			f.Add(body)
		}
	}
	f.Add([]byte("\x00\xff"))
	f.Fuzz(func(t *testing.T, body []byte) {
		in.Body = body
		checkArticle(t, in)
	})
}

func FuzzPlain(f *testing.F)    { fuzz(f, ".txt", Input{Place: "a.txt"}) }
func FuzzMarkdown(f *testing.F) { fuzz(f, ".md", Input{Place: "a.md"}) }
func FuzzRecord(f *testing.F)   { fuzz(f, ".json", Input{Place: "a.json"}) }
func FuzzHTML(f *testing.F)     { fuzz(f, ".html", Input{Place: "a.html"}) }

func FuzzCredits(f *testing.F) {
	for _, s := range []string{
		"LARVIK, March 3 (Reuters) - Text.", "(AP Photo/Jo Bell, File)", "1/2 A Jo Bell/PA 2/2 B Cy Marsh", "© AFP 2031", "With input from A and B", "X contributed to this report", "É/AP/", "(/)", "Photo: ",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if strings.ContainsAny(s, "\n") {
			return
		}
		c := &crediting{own: map[string]bool{"": true}}
		for _, at := range []place{{}, {first: true}, {last: true}, {gallery: true}} {
			for _, m := range c.credits(s, at) {
				if err := m.span.Check(s); err != nil {
					t.Errorf("%q: %v", s, err)
				}
			}
		}
	})
}

func BenchmarkRead(b *testing.B) {
	files := testFiles(b)
	for _, name := range []string{"graph.html", "copied.txt", "record.json"} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(files[name])))
			b.ReportAllocs()
			for b.Loop() {
				if _, err := Read(Input{Place: name, Body: files[name]}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
