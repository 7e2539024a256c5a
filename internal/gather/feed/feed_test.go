package feed

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"synoptic/internal/page"
)

var read0 = time.Date(2025, 3, 5, 12, 0, 0, 0, time.UTC)

// show writes a feed for comparison, a line an entry.
func show(f *Feed) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%v %q home=%s lang=%s", f.Kind, f.Title, f.Home, f.Language)
	if f.Hints.Every != 0 || f.Hints.SkipHours != 0 || f.Hints.SkipDays != 0 {
		fmt.Fprintf(&b, " every=%v skip=%x,%x", f.Hints.Every, f.Hints.SkipHours, f.Hints.SkipDays)
	}
	if f.Broken != nil {
		fmt.Fprintf(&b, " broken=%v", f.Broken)
	}
	b.WriteByte('\n')
	for _, e := range f.Entries {
		fmt.Fprintf(&b, "- %s %s %q", e.ID, e.Address, e.Title)
		if len(e.Authors) > 0 {
			fmt.Fprintf(&b, " by %s", strings.Join(e.Authors, "; "))
		}
		if e.Outlet != "" || e.Language != "" {
			fmt.Fprintf(&b, " in %s (%s)", e.Outlet, e.Language)
		}
		if !e.Published.IsZero() {
			fmt.Fprintf(&b, " on %s", e.Published.Format(time.RFC3339))
		}
		if !e.Updated.IsZero() {
			fmt.Fprintf(&b, " upd %s", e.Updated.Format(time.RFC3339))
		}
		if e.Summary != "" {
			fmt.Fprintf(&b, " sum=%q", e.Summary)
		}
		if e.Content != "" {
			fmt.Fprintf(&b, " con=%q", e.Content)
		}
		b.WriteByte('\n')
	}
	for _, p := range f.Parts {
		fmt.Fprintf(&b, "+ %s", p.Address)
		if !p.Updated.IsZero() {
			fmt.Fprintf(&b, " upd %s", p.Updated.Format(time.RFC3339))
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// TestGolden reads every feed in testdata and compares with the file beside it.
func TestGolden(t *testing.T) {
	t.Parallel()
	paths, err := filepath.Glob("testdata/*.feed")
	if err != nil || len(paths) == 0 {
		t.Fatal("no feeds", err)
	}
	for _, path := range paths {
		body, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		f, err := Read(Input{Place: filepath.Base(path), Address: "https://ferry.example/feeds/news", Body: body, Read: read0})
		if err != nil {
			got = err.Error() + "\n"
		} else {
			got = show(f)
		}
		golden := strings.TrimSuffix(path, ".feed") + ".golden"
		if os.Getenv("UPDATE") != "" {
			if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(golden)
		if err != nil || got != string(want) {
			t.Errorf("%s: got\n%s\nwant\n%s%v", path, got, want, err)
		}
	}
}

const item = `<item><guid>a</guid><link>/a</link><title>Ferry talks go on</title><pubDate>Tue, 04 Mar 2025 08:00:00 GMT</pubDate></item>`

func TestBrokenFeeds(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, body, want string }{
		{"empty", "", `f: no feed but something else`},
		{"a page", "<!DOCTYPE html><html><body><p>Ferry", `f: no feed but a page`},
		{"a list of feeds", `<opml version="2.0"><body/></opml>`, `f: no feed but a list of feeds`},
		{"no items", `<rss version="2.0"><channel><title>Harbour</title></channel></rss>`, `an RSS feed "Harbour"`},
		{"entities that expand", `<!DOCTYPE rss [<!ENTITY a "ferry"><!ENTITY b "&a;&a;&a;&a;">]><rss version="2.0"><channel><title>&b;</title>` + item + `</channel></rss>`, `an RSS feed "&b;" 1 entries, broken f:1: an & that begins no known reference`},
		{"an entity of a file", `<!DOCTYPE rss [<!ENTITY f SYSTEM "file:///etc/passwd">]><rss version="2.0"><channel><title>&f;</title></channel></rss>`, `an RSS feed "&f;", broken f:1: an & that begins no known reference`},
		{"HTML's entities", `<rss version="2.0"><channel><title>Caf&eacute;&nbsp;&amp; quay</title></channel></rss>`, `an RSS feed "Café & quay"`},
		{"messages before it", "Warning: x <b>y</b> on line 3\n<?xml version=\"1.0\"?>\n<rss version=\"2.0\"><channel><title>Harbour</title></channel></rss>", `an RSS feed "Harbour"`},
		{"something after it", `<rss version="2.0"><channel><title>Harbour</title></channel></rss><script>1 < 2</script>`, `an RSS feed "Harbour"`},
		{"unclosed line", "<rss version=\"2.0\"><channel><title>Harbour\n<link>https://ferry.example/</link>" + item + `</channel></rss>`, `an RSS feed "Harbour" 1 entries, broken f:2: <link> within <title>`},
		{"unclosed item", `<rss version="2.0"><channel><title>Harbour</title><item><title>One</title><link>/1</link>` + item + `</channel></rss>`, `an RSS feed "Harbour" 2 entries, broken f:1: <item> within <item>`},
		{"unclosed description", `<rss version="2.0"><channel><title>Harbour</title><item><link>/1</link><description>One <b>two<pubDate>Tue, 04 Mar 2025 08:00:00 GMT</pubDate></item>` + item + `</channel></rss>`, `an RSS feed "Harbour" 2 entries, broken f:1: <pubDate> within <description>`},
		{"end tags too many", `<rss version="2.0"></b><channel><title>Harbour</title>` + item + `</div></channel></rss>`, `an RSS feed "Harbour" 1 entries, broken f:1: </b> that was not opened`},
		{"cut in an item", `<rss version="2.0"><channel><title>Harbour</title>` + item + `<item><title>Two</title><link>/2</li`, `an RSS feed "Harbour" 2 entries, broken f:1: </li> that was not opened`},
		{"cut in a tag", `<rss version="2.0"><channel><title>Harbour</title>` + item + `<item><title>Two</title><enclosure url="x`, `an RSS feed "Harbour" 2 entries, broken f:1: a tag <enclosure that does not end`},
		{"cut in CDATA", `<rss version="2.0"><channel><title>Harbour</title>` + item + `<item><title><![CDATA[Two`, `an RSS feed "Harbour" 2 entries, broken f:1: a CDATA section that does not end`},
		{"deep", `<rss version="2.0"><channel><title>Harbour</title>` + strings.Repeat("<x:a>", 1<<20) + item + strings.Repeat("</x:a>", 1<<20) + `</channel></rss>`, `an RSS feed "Harbour", broken f:1: more than 100 elements within one another`},
		{"control characters", "<rss version=\"2.0\"><channel><title>Har\x00bo\x0bur\x1f</title>" + item + `</channel></rss>`, `an RSS feed "Harbour" 1 entries`},
		{"invalid UTF-8", "<?xml version=\"1.0\" encoding=\"utf-8\"?><rss version=\"2.0\"><channel><title>K\xf6ln</title>" + item + `</channel></rss>`, `an RSS feed "Köln" 1 entries`},
		{"a namespace that is not declared", `<rss version="2.0"><channel><title>Harbour</title><item><link>/1</link><content:encoded>One</content:encoded><dc:creator>A. Pell</dc:creator></item></channel></rss>`, `an RSS feed "Harbour" 1 entries`},
		{"JSON that is cut", `{"version": "https://jsonfeed.org/version/1.1", "title": "Harbour", "items": [{"id": "1", "url": "/1", "title": "One"}, {"id": "2", "url`, `a JSON Feed "Harbour" 1 entries, broken f:1: unexpected end of JSON input`},
		{"JSON with a hole", `{"version": "https://jsonfeed.org/version/1", "title": "Harbour", "items": [null, {"id": "1"}, {"id": "2", "title": "Two", "authors": [null]}]}`, `a JSON Feed "Harbour" 1 entries`},
		{"JSON of other types", `{"version": "https://jsonfeed.org/version/1", "title": 7, "items": [{"id": 2.5, "title": {"a": 1}}, {"id": "2", "content_text": "x"}]}`, `a JSON Feed "" 1 entries, broken f:1: json: cannot unmarshal object into Go struct field .alias.items.alias.title of type string`},
		{"JSON that is none", `{"version": "https://jsonfeed.org/version/1.1", `, `f: unexpected end of JSON input`},
		{"a sitemap that is cut", `<urlset><url><loc>https://ferry.example/1</loc></url><url><loc>https://ferry.ex`, `a sitemap "" 2 entries, broken f:1: it ends within <loc>`},
	}
	for _, test := range tests {
		f, err := Read(Input{Place: "f", Address: "https://ferry.example/", Body: []byte(test.body), Read: read0})
		var got string
		if err != nil {
			got = err.Error()
		} else {
			got = fmt.Sprintf("%v %q", f.Kind, f.Title)
			if len(f.Entries) > 0 {
				got += fmt.Sprintf(" %d entries", len(f.Entries))
			}
			if f.Broken != nil {
				got += ", broken " + f.Broken.Error()
			}
		}
		if got != test.want {
			t.Errorf("%s: %s\nwant %s", test.name, got, test.want)
		}
	}
	if _, err := Read(Input{Body: []byte("ferry")}); !errors.Is(err, ErrNoFeed) {
		t.Errorf("%v is not ErrNoFeed", err)
	}
}

func rssOf(items string) *Feed {
	body := `<rss version="2.0"><channel><title>Harbour</title>` + items + `</channel></rss>`
	f, err := Read(Input{Place: "f", Address: "https://ferry.example/feed", Read: read0, Body: []byte(body)})
	if err != nil {
		panic(err)
	}
	return f
}

func TestIDs(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, items, want string }{
		{"one entry twice: the later version", `<item><guid>a</guid><link>/a</link><title>Old</title><pubDate>Tue, 04 Mar 2025 08:00:00 GMT</pubDate></item>` + `<item><guid>a</guid><link>/a</link><title>New</title><pubDate>Tue, 04 Mar 2025 09:00:00 GMT</pubDate></item>`, `a "New" `},
		{"without dates: the first", `<item><guid>a</guid><link>/a</link><title>One</title></item><item><guid>a</guid><link>/a</link><title>Two</title></item>`, `a "One" `},
		{"one ID for all pages", `<item><guid>a</guid><link>/1</link><title>One</title></item><item><guid>a</guid><link>/2</link><title>Two</title></item><item><guid>b</guid><link>/3</link><title>Three</title></item>`, `https://ferry.example/1 "One" https://ferry.example/2 "Two" b "Three" `},
		{"no ID", `<item><link>/1</link><title>One</title></item>`, `https://ferry.example/1 "One" `},
		{"neither ID nor link", `<item><title>One</title></item><item><title>Two</title></item>`, `sha256:8ac2baa5f9c6219d4ae2b4fd9ad94ffb "One" sha256: "Two" `},
		{"the ID is the link", `<item><guid isPermaLink="true">https://ferry.example/1</guid><title>One</title></item>`, `https://ferry.example/1 "One" `},
		{"nothing at all", `<item></item><item><guid>x</guid></item>`, ``},
	}
	for _, test := range tests {
		var got strings.Builder
		for i, e := range rssOf(test.items).Entries {
			id := e.ID
			if i > 0 && strings.HasPrefix(id, "sha256:") {
				id = "sha256:"
			}
			fmt.Fprintf(&got, "%s %q ", id, e.Title)
		}
		if i := strings.Index(test.want, "sha256:8"); i >= 0 {
			if !strings.HasPrefix(got.String(), "sha256:") || !strings.HasSuffix(got.String(), `sha256: "Two" `) {
				t.Errorf("%s: %s", test.name, got.String())
			}
			continue
		}
		if got.String() != test.want {
			t.Errorf("%s: %s, want %s", test.name, got.String(), test.want)
		}
	}
}

// TestChangedTitle holds that a changed entry keeps its ID and changes its digest.
func TestChangedTitle(t *testing.T) {
	t.Parallel()
	old := rssOf(`<item><guid>a</guid><link>/a</link><title>Ferry talks fail</title></item>`).Entries[0]
	now := rssOf(`<item><guid>b</guid><link>/b</link><title>Rain</title></item><item><guid>a</guid><link>/a</link><title>Ferry talks resume</title></item>`).Entries[1]
	same := rssOf(`<item><guid>b</guid><link>/b</link><title>Rain</title></item><item><guid>a</guid><link>/a</link><title>Ferry talks fail</title></item>`).Entries[1]
	if old.ID != now.ID || old.Digest() == now.Digest() || old.Digest() != same.Digest() {
		t.Errorf("%q %x, %q %x, %x", old.ID, old.Digest(), now.ID, now.Digest(), same.Digest())
	}
}

func TestDates(t *testing.T) {
	t.Parallel()
	tests := []struct{ in, want string }{
		{"Tue, 04 Mar 2025 08:00:00 +0100", "2025-03-04T07:00:00Z"},
		{"Thu, 06 Mar 2025 20:00:00 GMT", "2025-03-06T20:00:00Z"}, // a clock that is wrong by hours
		{"Tue, 04 Mar 2035 08:00:00 GMT", ""},
		{"Mon, 01 Jan 0001 00:00:00 GMT", ""},
		{"soon", ""},
	}
	for _, test := range tests {
		e := rssOf(`<item><link>/1</link><pubDate>` + test.in + `</pubDate></item>`).Entries[0]
		if got := stamp(e.Published); got != test.want {
			t.Errorf("%s: %s, want %s", test.in, got, test.want)
		}
	}
	if times := rssOf(item).Times(); len(times) != 1 || !times[0].Equal(time.Date(2025, 3, 4, 8, 0, 0, 0, time.UTC)) {
		t.Errorf("times %v", times)
	}
}

func TestLinks(t *testing.T) {
	t.Parallel()
	tests := []struct{ channel, item, want string }{
		{"", "/1", "https://ferry.example/1"},
		{"<link>https://harbour.example/news/</link>", "1.html", "https://harbour.example/news/1.html"},
		{"<link>/news/</link>", "1.html", "https://ferry.example/news/1.html"},
		{"", " https://harbour.example/1 ", "https://harbour.example/1"},
		{"", "//harbour.example/1", "https://harbour.example/1"},
		{"", "javascript:alert(1)", ""},
		{"", "file:///etc/passwd", ""},
		{"", "https://", ""},
	}
	for _, test := range tests {
		if got := rssOf(test.channel + `<item><title>One</title><link>` + test.item + `</link></item>`).Entries[0].Address; got != test.want {
			t.Errorf("%s %s: %q, want %q", test.channel, test.item, got, test.want)
		}
	}
}

func TestKindOf(t *testing.T) {
	t.Parallel()
	tests := []struct {
		body, media string
		want        Kind
	}{
		{"<rss>", "text/html", RSS},
		{"<?xml version='1.0'?><!-- a --><!DOCTYPE x [<!ENTITY a '>'>]><rdf:RDF>", "", RSS},
		{"\ufeff\n<feed xmlns='http://www.w3.org/2005/Atom'>", "text/plain", Atom},
		{"\xff\xfe<\x00f\x00e\x00e\x00d\x00>\x00", "", Atom},
		{`{"version": "https://jsonfeed.org/version/1"}`, "application/json", JSONFeed},
		{`{"items": []}`, "application/feed+json", JSONFeed},
		{`{"items": []}`, "application/json", Unknown},
		{"<urlset>", "", Sitemap},
		{"<sitemapindex>", "", SitemapIndex},
		{"<opml>", "", OPML},
		{"<!doctype html><title>Rss", "", Page},
		{"<html><body><rss>", "application/rss+xml", Page},
		{"<p>The talks", "text/html", Page},
		{"Ferry talks", "text/plain", Unknown},
		{"", "", Unknown},
	}
	for _, test := range tests {
		if got := KindOf([]byte(test.body), test.media, ""); got != test.want {
			t.Errorf("%q as %s is %v, want %v", test.body, test.media, got, test.want)
		}
	}
}

func TestDiscover(t *testing.T) {
	t.Parallel()
	page := `<html><head><base href="/en/"><link rel="stylesheet alternate" href="a.css" type="application/rss+xml">
		<link rel="alternate" type="application/rss+xml" title="Comments on all" href="comments/feed">
		<LINK REL="Alternate" TYPE="application/rss+xml; charset=utf-8" title="Harbour &amp; quay" href="feed"/>
		<link rel=alternate type=application/atom+xml href=https://quay.example/atom><link rel="alternate" hreflang="de" href="/de/">
		<link rel="alternate" type="application/rss+xml" href="feed"><link rel="alternate" type="application/rss+xml" href="mailto:x"></head>`
	got := fmt.Sprint(Discover("https://ferry.example/", []byte(page), ""))
	want := "[{https://ferry.example/en/feed Harbour & quay application/rss+xml} {https://quay.example/atom  application/atom+xml}" +
		" {https://ferry.example/en/comments/feed Comments on all application/rss+xml}]"
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

// FuzzRead holds what must hold of any feed: no failure but an error, IDs of
// their own, addresses on the web, and the same again.
func FuzzRead(f *testing.F) {
	paths, _ := filepath.Glob("testdata/*.feed")
	for _, path := range paths {
		if body, err := os.ReadFile(path); err == nil {
			f.Add(body)
		}
	}
	f.Add([]byte(`<rss><channel><item><title>a<link>b<description><![CDATA[x</description></item>`))
	f.Add([]byte(`{"version": "https://jsonfeed.org/version/1", "items": [{"id": 1}, {"id"`))
	f.Add([]byte(`{"version": "https://jsonfeed.org/version/1.1", "authors": [null], "author": null, "hubs": [null], "items": [null, {"author": {"name": "a"}, "tags": [null], "attachments": [null], "image": null}]}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		in := Input{Place: "f", Address: "https://ferry.example/", Body: body, Read: read0}
		feed, err := Read(in)
		if err != nil {
			if strings.Contains(err.Error(), "runtime error") {
				t.Error(err)
			}
			return
		}
		ids := map[string]bool{}
		for _, e := range feed.Entries {
			if e.ID == "" || ids[e.ID] {
				t.Errorf("ID %q again", e.ID)
			}
			ids[e.ID] = true
			if e.Address != "" && !strings.HasPrefix(e.Address, "http://") && !strings.HasPrefix(e.Address, "https://") {
				t.Errorf("address %q", e.Address)
			}
			if e.Published.After(read0.Add(future)) || e.Updated.After(read0.Add(future)) {
				t.Errorf("%q lies in the future", e.ID)
			}
			if e.Record() == nil {
				t.Errorf("%q gives no record", e.ID)
			}
		}
		again, err := Read(in)
		if err != nil || show(again) != show(feed) {
			t.Errorf("%v: not the same again", err)
		}
	})
}

// FuzzMend holds that mended XML is well-formed to the strict parser of the
// standard library, and that mending it again finds nothing.
func FuzzMend(f *testing.F) {
	for _, seed := range []string{"<a>b</a>", "<a b='c", "<rss><item><title>x<item>", "<a>&lt;&foo;&nbsp;]]></a>", "<a><![CDATA[", "<a:b:c d:e:f=g/>", "<a><a.-><b></a>"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, in string) {
		if len(in) < 2 || in[0] != '<' || !nameStart(in[1]) {
			return
		}
		out, _ := mend(in)
		if err := wellFormed(out); err != nil {
			t.Errorf("%q became %q: %v", in, out, err)
		}
	})
}

func TestAccounts(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("<p>The talks went on at the quay through the night, and nobody left.</p>", 25)
	tests := []struct {
		name string
		in   Entry
		want float64
		text string // how the record's text ends
	}{
		{"a whole account", Entry{Content: long}, 1, "and nobody left."},
		{"with WordPress's line", Entry{Content: long + `<p>The post <a href="x">Talks</a> appeared first on <a href="y">Post</a>.</p>`}, 1, "and nobody left."},
		{"with a link to the rest", Entry{Content: long + `<p><a href="x">Read more</a></p>`}, 0.3, "and nobody left."},
		{"with a link to the rest at the end of a paragraph", Entry{Content: long + `<p>The mayor … <a href="x">Continue reading <span>Talks</span></a></p>`}, 0.3, "The mayor …"},
		{"with such a link in brackets", Entry{Content: long + `<p>The mayor left. [<a href="x">Read more</a>]</p>`}, 0.3, "The mayor left."},
		{"with a link that is a sentence's own", Entry{Content: long + `<p>Pupils should <a href="x">read more</a>.</p>`}, 1, "Pupils should read more."},
		{"with such a link and words behind it", Entry{Content: long + `<p>It sank. <a href="x">Read more</a> on the ferry.</p>`}, 1, "It sank. Read more on the ferry."},
		{"cut off", Entry{Content: long + `<p>The mayor [&#8230;]</p>`}, 0.3, "The mayor […]"},
		{"a teaser as content", Entry{Content: "<p>The talks go on.</p>"}, 0.3, "The talks go on."},
		{"a summary", Entry{Summary: "The talks <b>go</b> on.<br>More soon"}, 0.3, "The talks go on.\nMore soon"},
		{"an account as summary", Entry{Summary: long}, 1, "and nobody left."},
		{"a headline", Entry{Title: "Talks"}, 0.1, ""},
		{"a picture", Entry{Summary: `<img src="x"><script>alert("x")</script><style>p {}</style>`}, 0.1, ""},
	}
	for _, test := range tests {
		text, _ := test.in.text()
		if got := test.in.Completeness(); got != test.want || !strings.HasSuffix(text, test.text) {
			t.Errorf("%s: %v %q, want %v", test.name, got, text[max(0, len(text)-60):], test.want)
		}
	}
	e := Entry{Title: "Talks", Address: "https://ferry.example/1", Content: "<p>One &amp; two</p><p>three</p>", Authors: []string{"Ada Pell"}, Outlet: "Harbour Post", Published: read0}
	want := `{"title":"Talks","maintext":"One \u0026 two\nthree","url":"https://ferry.example/1","source":"Harbour Post","date_publish":"2025-03-05T12:00:00Z","authors":["Ada Pell"]}`
	if got := string(e.Record()); got != want {
		t.Errorf("%s\nwant %s", got, want)
	}
}

// TestRecordsAreRead holds that an entry's record is an account to the reader of
// pages.
func TestRecordsAreRead(t *testing.T) {
	t.Parallel()
	e := rssOf(`<item><link>https://harbour.example/1</link><title>Ferry talks go on</title><dc:creator>Ada Pell</dc:creator><pubDate>Tue, 04 Mar 2025 08:00:00 GMT</pubDate>` +
		`<description>&lt;p&gt;Talks on the ferry went on at Port Ellery on Tuesday.&lt;/p&gt;&lt;p&gt;Nobody left, the mayor said.&lt;/p&gt;</description></item>`).Entries[0]
	a, err := page.Read(page.Input{Place: e.Address, Address: e.Address, MediaType: "application/json", Body: e.Record(), Read: read0})
	if err != nil {
		t.Fatal(err)
	}
	want := "Ferry talks go on\nTalks on the ferry went on at Port Ellery on Tuesday.\nNobody left, the mayor said."
	if a.Text != want || a.Address != e.Address || len(a.Authors) != 1 || !a.Published.Time.Equal(e.Published) {
		t.Errorf("%q %s %v %v", a.Text, a.Address, a.Authors, a.Published)
	}
}
