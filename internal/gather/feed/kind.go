package feed

import (
	"strings"

	"synoptic/internal/charset"
)

// Kind is what an address holds.
type Kind uint8

// The kinds. Unknown is text or data of no kind that leads to articles.
const (
	Unknown Kind = iota
	Page
	RSS
	Atom
	JSONFeed
	Sitemap
	SitemapIndex
	OPML
)

// String names the kind as messages do.
func (k Kind) String() string {
	switch k {
	case Page:
		return "a page"
	case RSS:
		return "an RSS feed"
	case Atom:
		return "an Atom feed"
	case JSONFeed:
		return "a JSON Feed"
	case Sitemap:
		return "a sitemap"
	case SitemapIndex:
		return "an index of sitemaps"
	case OPML:
		return "a list of feeds"
	case Unknown:
	}
	return "something else"
}

// KindOf tells what bytes hold. The bytes decide, by their first element; the
// media type, which servers often get wrong, only where they do not.
func KindOf(body []byte, mediaType, declared string) Kind {
	text, err := decode(body[:min(len(body), headSize)], declared)
	if err != nil {
		return Unknown
	}
	kind, _ := kindOf(text, mediaType)
	return kind
}

// headSize is how many bytes are looked at for the first element.
const headSize = 64 << 10

// roots are the first elements of what is read here, by local name.
var roots = map[string]Kind{
	"rss":          RSS,
	"rdf":          RSS, // RSS 1.0
	"feed":         Atom,
	"urlset":       Sitemap,
	"sitemapindex": SitemapIndex,
	"opml":         OPML,
	"html":         Page,
}

// kindOf is KindOf for UTF-8; start is where the first element begins.
func kindOf(text, mediaType string) (kind Kind, start int) {
	head := text[:min(len(text), headSize)]
	if brace := strings.TrimLeft(head, "\ufeff \t\r\n"); strings.HasPrefix(brace, "{") {
		if strings.Contains(head, "jsonfeed.org/version") || mediaType == "application/feed+json" {
			return JSONFeed, 0
		}
		return Unknown, 0
	}
	name, start := firstElement(head, 0)
	if kind, ok := roots[name]; ok {
		return kind, start
	}
	// Programs that fail print their messages in front of the feed.
	if i := strings.LastIndex(head[:min(len(head), 8<<10)], "<?xml"); i > 0 {
		name, start := firstElement(head, i)
		if kind, ok := roots[name]; ok {
			return kind, start
		}
	}
	low := strings.ToLower(head[:min(len(head), 1<<10)])
	switch {
	case strings.Contains(low, "<!doctype html"), mediaType == "text/html", mediaType == "application/xhtml+xml",
		name == "head", name == "body", name == "meta", name == "article":
		return Page, 0
	}
	return Unknown, 0
}

// firstElement is the local name, lower case, of the first element at or after
// a byte of text, and where it begins.
func firstElement(text string, at int) (name string, start int) {
	for at < len(text) {
		i := strings.IndexByte(text[at:], '<')
		if i < 0 {
			break
		}
		at += i
		rest := text[at:]
		switch {
		case strings.HasPrefix(rest, "<!--"):
			at += after(rest, "-->")
		case strings.HasPrefix(rest, "<!"):
			at += declarationEnd(rest)
		case strings.HasPrefix(rest, "<?"):
			at += after(rest, "?>")
		case len(rest) > 1 && nameStart(rest[1]):
			name, _ := cutName(rest[1:])
			return strings.ToLower(local(name)), at
		default:
			at++
		}
	}
	return "", 0
}

// decode makes a feed UTF-8: as its bytes show, as the server says, or as the
// document says of itself.
func decode(body []byte, declared string) (string, error) {
	if declared == "" {
		declared = declaredEncoding(body)
	}
	text, err := charset.UTF8(body, declared, false)
	return strings.TrimPrefix(text, "\ufeff"), err
}

// declaredEncoding is the encoding that an XML declaration names, lower case.
func declaredEncoding(body []byte) string {
	head := string(body[:min(len(body), 256)])
	_, head, found := strings.Cut(head, "<?xml")
	head, _, _ = strings.Cut(head, "?>")
	_, value, named := strings.Cut(head, "encoding")
	value = strings.TrimLeft(value, " \t\r\n=")
	if !found || !named || value == "" || value[0] != '"' && value[0] != '\'' {
		return ""
	}
	value, _, _ = strings.Cut(value[1:], value[:1])
	return strings.ToLower(strings.TrimSpace(value))
}
