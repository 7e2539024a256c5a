package page

import (
	"slices"
	"testing"
	"time"

	"synoptic/article"
)

// A listing says what the page leaves open, and nothing else.
func TestListing(t *testing.T) {
	const told = "<p>Crews of the ferries walked out on Wednesday, Reuters said.</p><p>Talks had failed the day before, and no new ones are planned.</p>"
	listing := Listing{
		Published: article.Date{Time: time.Date(2026, 3, 18, 7, 5, 0, 0, time.UTC), Precision: article.Second},
		Authors:   []string{"desk@outlet.example", "By Greta Hollin", "Reuters"},
		Outlet:    "The Ansel\n Courier",
	}
	for name, test := range map[string]struct {
		head              string
		published, outlet string
		authors           []string
		wire              bool
	}{
		"a page that says nothing": {"", "2026-03-18T07:05:00Z", "The Ansel Courier", []string{"Greta Hollin", "Reuters"}, true},
		"a page that says all": {
			`<meta name="author" content="Edda Marsh"><meta property="article:published_time" content="2026-03-15"><meta property="og:site_name" content="Radio Brevany">`,
			"2026-03-15", "Radio Brevany",
			[]string{"Edda Marsh"},
			false,
		},
	} {
		in := Input{
			Place: "p", Address: "https://outlet.example/news/1", MediaType: "text/html", Listing: listing,
			Body: []byte("<!doctype html><html><head><title>Ferries stop</title>" + test.head + "</head><body><article><h1>Ferries stop</h1>" + told + "</article></body></html>"),
		}
		a, err := Read(in)
		if err != nil {
			t.Fatal(err)
		}
		if a.Published.String() != test.published || a.Outlet.Name != test.outlet || !slices.Equal(a.Authors, test.authors) {
			t.Errorf("%s: published %v by %q, %q", name, a.Published, a.Outlet.Name, a.Authors)
		}
		wire := slices.ContainsFunc(a.Credits, func(c article.Credit) bool { return c.Agency == "Reuters" && c.Role == article.Wire })
		if wire != test.wire {
			t.Errorf("%s: credits %v", name, a.Credits)
		}
	}
}
