package opml

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"
)

func show(l List) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%q", l.Title)
	for _, f := range l.Feeds {
		fmt.Fprintf(&b, "; %d %s %q", f.Line, f.Address, f.Title)
		if f.Home != "" {
			fmt.Fprintf(&b, " of %s", f.Home)
		}
		if f.Kind != "" {
			fmt.Fprintf(&b, " (%s)", f.Kind)
		}
		if f.Holds != "" {
			fmt.Fprintf(&b, " holds a %s", f.Holds)
		}
		if len(f.Category) > 0 {
			fmt.Fprintf(&b, " in %q", f.Category)
		}
	}
	return b.String()
}

func TestRead(t *testing.T) {
	t.Parallel()
	const open, end = `<opml version="2.0"><head><title>Mine</title></head><body>`, `</body></opml>`
	tests := []struct{ name, in, want string }{
		{"folders", `<?xml version="1.0" encoding="ISO-8859-1"?>
<opml version="1.1">
 <head><title> My
   feeds</title><ownerName>x</ownerName></head>
 <body>
  <outline text="Harbour" xmlUrl="https://harbour.example/feed" htmlUrl="https://harbour.example/" type="rss"/>
  <outline text="News"><outline title="Coast" text="c">
    <outline text="Quay" title="The Quay" xmlUrl=" https://quay.example/atom " type="Atom"><outline text="Below" xmlUrl="x"/></outline>
  </outline><outline text="Empty"/></outline>
  <outline text="K` + "\xf6" + `ln" xmlUrl="http://dead.invalid/"/>
 </body>
</opml>`, `"My feeds"; 6 https://harbour.example/feed "Harbour" of https://harbour.example/ (rss); 8 https://quay.example/atom "The Quay" (atom) in ["News" "Coast"]; 8 x "Below" in ["News" "Coast"]; 10 http://dead.invalid/ "Köln"`},
		{"spellings", open + `<OUTLINE TEXT="A" XMLURL="https://a.example/?x=1&y=2&copy=3"/><outline text="B" url="https://b.example/" /><outline type="link" text="C" url="https://c.example/"/><outline xmlUrl="d"/>` + end, `"Mine"; 1 https://a.example/?x=1&y=2&copy=3 "A"; 1 https://b.example/ "B"; 1 d ""`},
		{"HTML's characters", open + `<outline text="Caf&eacute; &amp; quay" xmlUrl="a"/>` + end, `"Mine"; 1 a "Café & quay"`},
		{"what is no feed", `<opml xmlns:s="urn:synoptic:opml" xmlns:o="urn:other"><outline xmlUrl="a" s:holds=" Page "/><outline xmlUrl="b" holds="page" o:holds="page"/></opml>`, `""; 1 a "" holds a page; 1 b ""`},
		{"no body", `<opml><outline text="A" xmlUrl="a"/></opml>`, `""; 1 a "A"`},
		{"it breaks off", open + "\n<outline text=\"A\" xmlUrl=\"a\"/>\n<outline text=\"B\"", `"Mine"; 2 a "A": f:3: it breaks off`},
		{"it breaks off in a folder", open + "\n<outline text=\"A\">\n<outline xmlUrl=\"a\"/>\n", `"Mine"; 3 a "" in ["A"]: f:4: it breaks off`},
		{"malformed", open + "\n<outline text=\"A\" xmlUrl=\"a\"/>\n<outline <outline/>", `"Mine"; 2 a "A": f:3: expected attribute name in element`},
		{"a page", "<html><body>\n", `"": f:1: no OPML list`},
		{"nothing", "", `"": f:1: no OPML list`},
		{"text", "Ferry", `"": f:1: no OPML list`},
		{"no feeds", open + `<outline text="A"/>` + end, `"Mine": f:1: no OPML list: it holds no feed`},
		{"too deep", open + strings.Repeat(`<outline text="A">`, 101), `"Mine": f:1: more than 100 folders within one another`},
		{"entities that expand", `<!DOCTYPE opml [<!ENTITY a "ferry">]><opml><outline text="&a;" xmlUrl="a"/></opml>`, `""; 1 a "&a;"`},
	}
	for _, test := range tests {
		l, err := Read("f", []byte(test.in), "")
		got := show(l)
		if err != nil {
			got += ": " + err.Error()
		}
		if got != test.want {
			t.Errorf("%s: %s\nwant %s", test.name, got, test.want)
		}
	}
	if _, err := Read("f", []byte("<html>"), ""); !errors.Is(err, ErrNoList) {
		t.Errorf("%v is not ErrNoList", err)
	}
}

func TestWrite(t *testing.T) {
	t.Parallel()
	l := List{"Mine & yours", []Feed{
		{Title: "Harbour", Address: "https://harbour.example/?a=1&b=2", Home: "https://harbour.example/", Kind: "rss"},
		{Title: "Quay \"<1>\"", Address: "https://quay.example/", Category: []string{"News", "Coast"}},
		{Address: "http://dead.invalid/", Kind: "atom"},
		{Title: "Tide", Address: "https://tide.example/", Category: []string{"News"}},
	}}
	var b strings.Builder
	if err := Write(&b, l); err != nil {
		t.Fatal(err)
	}
	want := `<?xml version="1.0" encoding="UTF-8"?>
<opml version="2.0">
  <head>
    <title>Mine &amp; yours</title>
  </head>
  <body>
    <outline text="Harbour" title="Harbour" type="rss" xmlUrl="https://harbour.example/?a=1&amp;b=2" htmlUrl="https://harbour.example/"></outline>
    <outline text="News" title="News">
      <outline text="Coast" title="Coast">
        <outline text="Quay &#34;&lt;1&gt;&#34;" title="Quay &#34;&lt;1&gt;&#34;" type="rss" xmlUrl="https://quay.example/"></outline>
      </outline>
      <outline text="Tide" title="Tide" type="rss" xmlUrl="https://tide.example/"></outline>
    </outline>
    <outline text="http://dead.invalid/" title="http://dead.invalid/" type="atom" xmlUrl="http://dead.invalid/"></outline>
  </body>
</opml>
`
	if b.String() != want {
		t.Errorf("got\n%s", b.String())
	}
}

// What is no feed is told in a namespace of its own, and comes back.
func TestWriteHolds(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	if err := Write(&b, List{"Mine", []Feed{{Title: "Notice", Address: "https://quay.example/notice", Holds: "page"}}}); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		`<opml version="2.0" xmlns:synoptic="urn:synoptic:opml">`,
		`type="rss" xmlUrl="https://quay.example/notice" synoptic:holds="page"`,
	} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("%s is not in\n%s", want, b.String())
		}
	}
	l, err := Read("f", []byte(b.String()), "")
	if got, want := show(l), `"Mine"; 7 https://quay.example/notice "Notice" (rss) holds a page`; err != nil || got != want {
		t.Errorf("%s: %v\nwant %s", got, err, want)
	}
}

// FuzzRead holds that what is read can be written and comes back, once it was
// written.
func FuzzRead(f *testing.F) {
	for _, seed := range []string{"<opml><outline xmlUrl='a'/></opml>", "<opml><body><outline text='A'><outline text='B' xmlUrl='b' type='atom'/></outline><outline xmlUrl='c", "<opml>&", "<opml><outline text='\n' xmlUrl='&#10;a'/>"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, in []byte) {
		l, err := Read("f", in, "")
		if err != nil && len(l.Feeds) == 0 {
			return
		}
		var first, second strings.Builder
		if err := Write(&first, l); err != nil {
			t.Fatal(err)
		}
		again, err := Read("f", []byte(first.String()), "")
		if err != nil {
			t.Fatalf("%v in\n%s", err, first.String())
		}
		if err := Write(&second, again); err != nil || first.String() != second.String() {
			t.Errorf("%v\n%s\nbecame\n%s", err, first.String(), second.String())
		}
		if len(again.Feeds) != len(l.Feeds) {
			t.Errorf("%d feeds became %d", len(l.Feeds), len(again.Feeds))
		}
		for i := range again.Feeds {
			again.Feeds[i].Line = 0
		}
		third, err := Read("f", []byte(second.String()), "")
		for i := range third.Feeds {
			third.Feeds[i].Line = 0
		}
		if err != nil || !reflect.DeepEqual(third, again) {
			t.Errorf("%v: %v became %v", err, again, third)
		}
	})
}
