package feed

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"
)

// wellFormed says why XML is not well-formed.
func wellFormed(doc []byte) error {
	d := xml.NewDecoder(bytes.NewReader(doc))
	depth := 0
	for {
		token, err := d.RawToken()
		if err == io.EOF {
			if depth != 0 {
				return errors.New("it ends within an element")
			}
			return nil
		}
		if err != nil {
			return err
		}
		switch token.(type) {
		case xml.StartElement:
			depth++
		case xml.EndElement:
			depth--
		}
	}
}

func TestMend(t *testing.T) {
	t.Parallel()
	tests := []struct{ in, want string }{
		{`<a b="c">d</a>`, `<a b="c">d</a>`},
		{`<a b=c d e='"'>x<br>y<img src=z></a>`, `<a b="c" d="" e="&#34;">x<br/>y<img src="z"/></a>`},
		{`<a>1 < 2 && 3 &copy; &#x41; &#0; &unknown; &amp;</a>`, `<a>1 &lt; 2 &amp;&amp; 3 © A ` + "\ufffd" + ` &amp;unknown; &amp;</a>`},
		{`<a><b><c></b>d</a>e`, `<a><b><c></c></b>d</a>`},
		{`<a><B>x</b></a>`, `<a><B>x</B></a>`},
		{`<a><!-- <b> --><?php <c> ?><![CDATA[<d>]]></a>`, `<a><![CDATA[<d>]]></a>`},
		{`<a><description><p>x</p><br></description><link>y</a>`, `<a><description><p>x</p><br/></description><link>y</link></a>`},
		{`<a><b c="<d>">e</b></a>`, `<a><b c="&lt;d&gt;">e</b></a>`},
		{`<a><b c <d/></a>`, `<a><b c=""><d/></b></a>`},
	}
	for _, test := range tests {
		got, _ := mend(test.in)
		if want := `<?xml version="1.0" encoding="UTF-8"?>` + test.want; string(got) != want {
			t.Errorf("%s: %s\nwant %s", test.in, got, want)
		}
		if err := wellFormed(got); err != nil {
			t.Errorf("%s: %v", test.in, err)
		}
	}
}

// TestMendIsLinear feeds what would make a careless mender look at everything
// again and again.
func TestMendIsLinear(t *testing.T) {
	t.Parallel()
	for _, s := range []string{"<![CDATA[</a>", "<a", "<a b='", "&", "<a>", "</b>", "<!--", "<!x[", "<item>", "<title><p>", "<"} {
		in := "<a>" + strings.Repeat(s, 1<<20/len(s))
		if out, _ := mend(in); len(out) > 8*len(in) {
			t.Errorf("%s: %d bytes became %d", s, len(in), len(out))
		}
	}
}

func BenchmarkMend(b *testing.B) {
	in := "<rss><channel>" + strings.Repeat("<item><title>Ferry talks &amp; rain</title><description>"+strings.Repeat("The talks go on. ", 40)+"</description></item>\n", 500) + "</channel></rss>"
	b.SetBytes(int64(len(in)))
	b.ReportAllocs()
	for b.Loop() {
		if _, wrong := mend(in); wrong != nil {
			b.Fatal(wrong)
		}
	}
}

func BenchmarkRead(b *testing.B) {
	entry := `<item><guid isPermaLink="false">n</guid><link>https://ferry.example/n</link><title>Ferry talks go on</title><pubDate>Tue, 04 Mar 2025 08:00:00 GMT</pubDate><description>` +
		strings.Repeat("The talks go on. ", 40) + `</description></item>`
	body := []byte(`<rss version="2.0"><channel><title>Harbour</title>` + strings.Repeat(entry, 50) + `</channel></rss>`)
	b.SetBytes(int64(len(body)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Read(Input{Body: body}); err != nil {
			b.Fatal(err)
		}
	}
}
