package feed

import (
	"bytes"
	"encoding/xml"
	"io"
	"strings"
	"time"
)

// place is an element of a sitemap: <url>, with Google's news extension, or
// <sitemap>. Names of any namespace are taken: many sitemaps declare none, or
// that of another version.
type place struct {
	Loc     string `xml:"loc"`
	Lastmod string `xml:"lastmod"`
	News    *struct {
		Publication struct {
			Name     string `xml:"name"`
			Language string `xml:"language"`
		} `xml:"publication"`
		Date  string `xml:"publication_date"`
		Title string `xml:"title"`
	} `xml:"news"`
}

// readSitemap reads a sitemap or an index of sitemaps (sitemaps.org 0.9).
func readSitemap(kind Kind, text string) (*Feed, error) {
	f := &Feed{}
	mended, wrong := mend(text)
	if wrong != nil {
		f.Broken = wrong
	}
	d := xml.NewDecoder(bytes.NewReader(mended))
	d.Strict = false
	for {
		token, err := d.Token()
		if err == io.EOF {
			return f, nil
		}
		if err != nil {
			return nil, err
		}
		element, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		var p place
		switch name := strings.ToLower(element.Name.Local); {
		case name == "url" && kind == Sitemap, name == "sitemap" && kind == SitemapIndex:
			if err := d.DecodeElement(&p, &element); err != nil {
				return nil, err
			}
		default:
			continue
		}
		if kind == SitemapIndex {
			f.Parts = append(f.Parts, Part{Address: strings.TrimSpace(p.Loc), Updated: w3cDate(p.Lastmod)})
			continue
		}
		e := Entry{Address: strings.TrimSpace(p.Loc), Updated: w3cDate(p.Lastmod)}
		if p.News != nil {
			e.Title = plainLine(p.News.Title)
			e.Outlet = oneLine(p.News.Publication.Name)
			e.Language = strings.TrimSpace(p.News.Publication.Language)
			e.Published = w3cDate(p.News.Date)
		}
		if e.Address != "" { // a place without an address leads nowhere
			f.Entries = append(f.Entries, e)
		}
	}
}

// w3cLayouts are the forms of a date that sitemaps may have, and the ones that
// they have without being allowed to.
var w3cLayouts = []string{
	time.RFC3339, "2006-01-02T15:04Z07:00", "2006-01-02T15:04:05Z0700", "2006-01-02T15:04:05", "2006-01-02 15:04:05",
	"2006-01-02", "2006-01", "2006", time.RFC1123Z, time.RFC1123,
}

// w3cDate reads a date; one that is not understood is unknown.
func w3cDate(s string) time.Time {
	s = strings.TrimSpace(s)
	for _, layout := range w3cLayouts {
		if t, err := time.Parse(layout, s); err == nil {
			return t
		}
	}
	return time.Time{}
}
