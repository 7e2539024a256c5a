package feed

import (
	"cmp"
	"slices"
	"strings"

	"golang.org/x/net/html"

	"synoptic/internal/charset"
)

// Link is a feed that a page names.
type Link struct {
	Address string
	Title   string // "" when the page gives none
	Type    string // media type, lower case
}

// feedTypes are the media types by which pages name feeds.
var feedTypes = []string{"application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml"}

// Discover lists the feeds that a page names (<link rel="alternate">), in the
// page's order, feeds of comments last. Relative links start at the page's
// <base> or else at address.
func Discover(address string, body []byte, declared string) []Link {
	text, err := charset.UTF8(body, declared, true)
	if err != nil {
		return nil
	}
	base := address
	var links []Link
	seen := map[string]bool{"": true}
	z := html.NewTokenizer(strings.NewReader(text))
	for {
		switch z.Next() {
		case html.ErrorToken:
			slices.SortStableFunc(links, func(a, b Link) int { return cmp.Compare(ofComments(a), ofComments(b)) })
			return links
		case html.StartTagToken, html.SelfClosingTagToken:
		default:
			continue
		}
		name, more := z.TagName()
		tag := string(name)
		if tag != "link" && tag != "base" {
			continue
		}
		var href, rel, kind, title string
		for more {
			var key, value []byte
			key, value, more = z.TagAttr()
			switch string(key) {
			case "href":
				href = string(value)
			case "rel":
				rel = strings.ToLower(string(value))
			case "type":
				kind, _, _ = strings.Cut(strings.ToLower(string(value)), ";")
			case "title":
				title = string(value)
			}
		}
		kind = strings.TrimSpace(kind)
		switch {
		case tag == "base":
			if to := absolute(address, href); to != "" && base == address {
				base = to
			}
		case namesFeed(rel, kind):
			if to := absolute(base, href); !seen[to] {
				seen[to] = true
				links = append(links, Link{Address: to, Title: oneLine(title), Type: kind})
			}
		}
	}
}

func namesFeed(rel, kind string) bool {
	alternate, feed, style := false, false, false
	for word := range strings.FieldsSeq(rel) {
		alternate = alternate || word == "alternate"
		feed = feed || word == "feed"
		style = style || word == "stylesheet"
	}
	return feed || alternate && !style && slices.Contains(feedTypes, kind)
}

func ofComments(l Link) int {
	if strings.Contains(strings.ToLower(l.Title), "comment") || strings.Contains(strings.ToLower(l.Address), "/comments/") {
		return 1
	}
	return 0
}
