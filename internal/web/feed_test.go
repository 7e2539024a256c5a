package web_test

import (
	"context"
	"encoding/json"
	"encoding/xml"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"synoptic/internal/newsroom"
	"synoptic/internal/store"
)

// TestAtom holds the feeds against what RFC 4287 asks of a feed and of its
// entries.
func TestAtom(t *testing.T) {
	s := example(t)
	story, _ := two(t, s)
	for _, path := range []string{"/feed.atom", "/search/feed.atom?q=ferry", "/search/feed.atom?q=nothing-has-this", "/story/" + story + "/feed.atom"} {
		r := s.get(path)
		s.want(r, http.StatusOK)
		if kind := r.Header.Get("Content-Type"); !strings.HasPrefix(kind, "application/atom+xml") {
			t.Errorf("%s: %s", path, kind)
		}
		atomHolds(t, path, r.body)
		if strings.Contains(r.body, "0001-") {
			t.Errorf("%s is dated by nothing: %s", path, r.body)
		}
	}
}

type atomLink struct {
	Rel  string `xml:"rel,attr"`
	Href string `xml:"href,attr"`
}

type atomMeta struct {
	IDs     []string   `xml:"id"`
	Titles  []string   `xml:"title"`
	Updated []string   `xml:"updated"`
	Authors []string   `xml:"author>name"`
	Links   []atomLink `xml:"link"`
}

func atomHolds(t *testing.T, path, body string) {
	t.Helper()
	var f struct {
		XMLName xml.Name `xml:"http://www.w3.org/2005/Atom feed"`
		atomMeta
		Entries []struct {
			atomMeta
			Published []string   `xml:"published"`
			Sources   []atomMeta `xml:"source"`
			Contents  []struct {
				Type string `xml:"type,attr"`
				Text string `xml:",chardata"`
			} `xml:"content"`
		} `xml:"entry"`
	}
	d := xml.NewDecoder(strings.NewReader(body))
	if err := d.Decode(&f); err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	metaHolds(t, path+": feed", f.atomMeta) // 4.1.1
	if len(f.Authors) != 1 {
		t.Errorf("%s: the feed has %d authors, and entries may have none", path, len(f.Authors))
	}
	self := 0
	for _, l := range f.Links {
		if l.Rel == "self" {
			self++
		}
	}
	if self != 1 {
		t.Errorf("%s: %d links to itself", path, self)
	}
	seen := map[string]bool{}
	for _, e := range f.Entries { // 4.1.2
		metaHolds(t, path+": entry", e.atomMeta)
		if len(e.IDs) > 0 && seen[e.IDs[0]] {
			t.Errorf("%s: two entries are %s", path, e.IDs[0])
		}
		seen[e.IDs[0]] = true
		if len(e.Published) > 1 || len(e.Contents) != 1 || e.Contents[0].Type != "html" {
			t.Errorf("%s: %d dates of publication, %d contents", path, len(e.Published), len(e.Contents))
		}
		if len(e.Sources) != 1 {
			t.Errorf("%s: %d sources", path, len(e.Sources))
			continue
		}
		if x := e.Sources[0]; len(x.IDs) != 1 || len(x.Titles) != 1 || len(x.Updated) != 1 || strings.TrimSpace(x.Titles[0]) == "" {
			t.Errorf("%s: source %+v", path, x) // 4.2.11
		}
		htmlHolds(t, path, e.Contents[0].Text)
		alternate := 0
		for _, l := range e.Links {
			if l.Rel == "alternate" {
				alternate++
			}
		}
		if alternate != 1 {
			t.Errorf("%s: an entry with %d pages", path, alternate)
		}
	}
}

var absolute = regexp.MustCompile(`^(https?://[^/]+/|urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$)`)

func metaHolds(t *testing.T, where string, m atomMeta) {
	t.Helper()
	if len(m.IDs) != 1 || !absolute.MatchString(m.IDs[0]) {
		t.Errorf("%s: IDs %q", where, m.IDs)
	}
	if len(m.Titles) != 1 || strings.TrimSpace(m.Titles[0]) == "" {
		t.Errorf("%s: titles %q", where, m.Titles)
	}
	if len(m.Updated) != 1 {
		t.Errorf("%s: updated %q", where, m.Updated)
	} else if _, err := time.Parse(time.RFC3339, m.Updated[0]); err != nil {
		t.Errorf("%s: %v", where, err)
	}
	for _, l := range m.Links {
		if u, err := url.Parse(l.Href); err != nil || !u.IsAbs() {
			t.Errorf("%s: link %q", where, l.Href)
		}
	}
}

// htmlHolds checks that a content is HTML that needs no base and runs nothing.
func htmlHolds(t *testing.T, where, body string) {
	t.Helper()
	nodes, err := html.ParseFragment(strings.NewReader(body), nil)
	if err != nil || strings.TrimSpace(body) == "" {
		t.Errorf("%s: content %q: %v", where, body, err)
	}
	for _, top := range nodes {
		for n := range top.Descendants() {
			for _, a := range n.Attr {
				if a.Key == "href" && !strings.HasPrefix(a.Val, "http") {
					t.Errorf("%s: content links to %q", where, a.Val)
				}
			}
			if n.Data == "script" {
				t.Errorf("%s: a script", where)
			}
		}
	}
}

// TestJSONFeed holds the feeds against JSON Feed 1.1.
func TestJSONFeed(t *testing.T) {
	s := example(t)
	for _, path := range []string{"/feed.json", "/search/feed.json?q=ferry", "/search/feed.json?q=nothing-has-this", "/story/" + s.onlyStory() + "/feed.json"} {
		r := s.get(path)
		s.want(r, http.StatusOK)
		if kind := r.Header.Get("Content-Type"); !strings.HasPrefix(kind, "application/feed+json") {
			t.Errorf("%s: %s", path, kind)
		}
		var f map[string]any
		if err := json.Unmarshal([]byte(r.body), &f); err != nil {
			t.Fatal(err)
		}
		if f["version"] != "https://jsonfeed.org/version/1.1" || f["title"] == "" || f["feed_url"] != s.base+path {
			t.Errorf("%s: %v %v %v", path, f["version"], f["title"], f["feed_url"])
		}
		items, ok := f["items"].([]any)
		if !ok {
			t.Fatalf("%s: items are %T", path, f["items"])
		}
		seen := map[any]bool{}
		for _, x := range items {
			item := x.(map[string]any)
			id, _ := item["id"].(string)
			content, _ := item["content_html"].(string)
			if id == "" || seen[id] {
				t.Errorf("%s: ID %q", path, id)
			}
			seen[id] = true
			htmlHolds(t, path, content)
			for _, key := range []string{"date_published", "date_modified"} {
				if date, ok := item[key].(string); ok {
					if _, err := time.Parse(time.RFC3339, date); err != nil {
						t.Errorf("%s: %v", path, err)
					}
				}
			}
			if item["_source"] == nil {
				t.Errorf("%s: %s without its source", path, id)
			}
		}
	}
}

// TestFeedGrows gives one entry a story, updated as it grows.
func TestFeedGrows(t *testing.T) {
	s := example(t)
	entry := regexp.MustCompile(`(?s)<entry.*?<id>(.*?)</id>.*?<updated>(.*?)</updated>`)
	before := entry.FindAllStringSubmatch(s.get("/feed.atom").body, -1)
	if _, err := s.Add(t.Context(), []newsroom.Upload{{Name: "late.txt", Body: []byte(lateAccount)}}); err != nil {
		t.Fatal(err)
	}
	s.settle()
	after := entry.FindAllStringSubmatch(s.get("/feed.atom").body, -1)
	if len(before) != 1 || len(after) != 1 || before[0][1] != after[0][1] || after[0][2] <= before[0][2] {
		t.Errorf("before: %q\nafter: %q", before, after)
	}
}

// TestFeedUpdated dates an entry by the newest change of its story: what happens
// elsewhere leaves the date as it is, and so does a day of publication to come.
func TestFeedUpdated(t *testing.T) {
	s := example(t)
	ferry, bridge := two(t, s)
	entry := regexp.MustCompile(`(?s)<entry.*?<updated>(.*?)</updated>`)
	updated := func(path string) time.Time {
		t.Helper()
		s.settle()
		found := entry.FindStringSubmatch(s.get(path).body)
		if found == nil {
			t.Fatalf("%s has no entry", path)
		}
		at, err := time.Parse(time.RFC3339, found[1])
		if err != nil {
			t.Fatal(err)
		}
		return at
	}
	search := "/search/feed.atom?q=ferry"
	at := updated(search)
	same := func(what string) {
		t.Helper()
		if got := updated(search); !got.Equal(at) {
			t.Errorf("%s: %s, not %s as before", what, got, at)
		}
	}
	later := func(what string) {
		t.Helper()
		began := at
		if at = updated(search); !at.After(began) || at.After(s.Now()) {
			t.Errorf("%s: %s, after %s", what, at, began)
		}
		same("nothing")
	}
	same("nothing")
	s.Happen(t, store.Event{Kind: store.SourceAdded, Source: "x"})
	same("another source")
	s.Happen(t, store.Event{Kind: store.StoryGrown, Story: bridge})
	same("another story")

	add := func(name, text string) string {
		t.Helper()
		added, err := s.Add(t.Context(), []newsroom.Upload{{Name: name, Body: []byte(text)}})
		if err != nil || len(added.Stories) != 1 || added.Stories[0] != ferry {
			t.Fatalf("%+v %v", added, err)
		}
		return added.Articles[0].ID
	}
	late := add("late.txt", lateAccount)
	later("an account")
	add("late.txt", lateAccount)
	same("the same account again")
	s.Put(t, func(ctx context.Context, w store.Writer) error {
		x, err := w.Story(ctx, ferry)
		if err != nil {
			return err
		}
		x.Last = s.Now().AddDate(1, 0, 0)
		return w.PutStory(ctx, x)
	})
	s.Happen(t, store.Event{Kind: store.SourceAdded, Source: "y"}) // so that the feed is made anew
	same("an account dated a year ahead")
	account := "/story/" + ferry + "/feed.atom"
	was := updated(account)
	c := store.Correction{Kind: store.Removed, Story: ferry, Articles: []string{late}}
	if err := s.Correct(t.Context(), &c, s.Story(t, ferry).Revision); err != nil {
		t.Fatal(err)
	}
	later("an account taken out")
	if err := s.Undo(t.Context(), c.ID, ""); err != nil {
		t.Fatal(err)
	}
	later("and put back")
	if got := updated(account); !got.Equal(was) {
		t.Errorf("the account, which has not changed: %s, not %s", got, was)
	}
}

// TestUnfinishedFeed dates a story whose digest is still to come by its newest
// event.
func TestUnfinishedFeed(t *testing.T) {
	s := example(t)
	story := s.onlyStory()
	at := s.Now().UTC().Truncate(time.Second)
	s.Put(t, func(ctx context.Context, w store.Writer) error {
		return w.Record(ctx, &store.Event{At: at, Kind: store.StoryGrown, Story: story})
	})
	s.settle()
	s.want(s.get("/feed.atom"), http.StatusOK, "<updated>"+at.Format(time.RFC3339)+"</updated>")
}
