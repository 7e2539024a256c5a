package page

import (
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/markusmobius/go-dateparser"
	"github.com/markusmobius/go-htmldate"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"synoptic/article"
)

// attr is the value of an attribute of n, "" where it has none.
func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

// metaTags leads from the lower-case name, property or itemprop of a page's
// <meta> elements to their first content.
func metaTags(doc *html.Node) map[string]string {
	m := map[string]string{}
	for n := range doc.Descendants() {
		if n.DataAtom != atom.Meta {
			continue
		}
		content := strings.TrimSpace(attr(n, "content"))
		if content == "" {
			continue
		}
		for _, key := range []string{"property", "name", "itemprop", "http-equiv"} {
			for k := range strings.FieldsSeq(strings.ToLower(attr(n, key))) {
				if _, have := m[k]; !have {
					m[k] = content
				}
			}
		}
	}
	return m
}

func first(m map[string]string, keys ...string) string {
	for _, k := range keys {
		if v := m[k]; v != "" {
			return v
		}
	}
	return ""
}

// readMeta fills the draft with what the page says of itself: JSON-LD first,
// then <meta>, then the elements that readers see.
func (d *draft) readMeta(doc *html.Node, in Input) {
	meta := metaTags(doc)
	ogTitle := first(meta, "og:title", "twitter:title", "dc.title", "headline", "parsely-title", "sailthru.title")
	ld, things := ldArticle(doc, ogTitle)
	ldTitle := ld.text("headline")

	d.title = headline(doc, ldTitle, ogTitle, first(meta, "og:site_name", "application-name"))
	d.outlet.Name = publisher(ld, things)
	if d.outlet.Name == "" {
		d.outlet.Name = first(meta, "og:site_name", "application-name", "publisher", "dc.publisher", "copyright-holder")
	}
	if _, tagline, ok := strings.Cut(d.outlet.Name, " | "); ok && tagline != "" {
		d.outlet.Name, _, _ = strings.Cut(d.outlet.Name, " | ")
	}
	d.address = canonical(doc, in.Address, first(meta, "og:url"), ld)
	d.language = languageTag(firstOf(documentLanguage(doc), ld.text("inLanguage"), first(meta, "og:locale", "content-language", "language", "dc.language")))

	d.published = firstDate(ld.text("datePublished"), first(meta, "article:published_time", "og:published_time", "datepublished", "parsely-pub-date",
		"sailthru.date", "cxenseparse:recs:publishtime", "publishdate", "publish-date", "publish_date", "published_time", "pubdate", "dc.date.issued",
		"dcterms.issued", "dcterms.created", "dc.date", "dcterms.date", "date", "rnews:datepublished", "article.published", "iso-8601-publish-date"))
	d.updated = firstDate(ld.text("dateModified"), first(meta, "article:modified_time", "og:updated_time", "datemodified", "lastmod", "last-modified",
		"dcterms.modified", "dc.date.modified", "article.updated"))
	d.timeElements(doc)
	if !d.published.Known() {
		d.published = searchDate(doc, d.address, in.Read)
	}

	authors := ld.persons("author", things)
	if len(authors) == 0 {
		authors = ld.persons("creator", things)
	}
	for _, key := range []string{"author", "article:author", "parsely-author", "byl", "dc.creator", "sailthru.author", "citation_author", "article:author_name", "cxenseparse:author"} {
		if len(authors) == 0 && !strings.Contains(meta[key], "://") {
			authors = splitNames(meta[key])
		}
	}
	if len(authors) == 0 {
		authors = visibleAuthors(doc)
	}
	for _, name := range authors {
		if bare(name) != bare(d.outlet.Name) {
			d.authors = merge(d.authors, []string{name})
		}
	}

	if n, err := strconv.Atoi(strings.TrimSpace(number(ld["wordCount"]))); err == nil && n > 0 && n < 100_000 {
		d.words = n
	}
	switch free := ld["isAccessibleForFree"].(type) {
	case bool:
		d.free = &free
	case string:
		if v, err := strconv.ParseBool(strings.ToLower(free)); err == nil {
			d.free = &v
		}
	}
	if tier := strings.ToLower(first(meta, "article:content_tier", "content_tier")); tier == "locked" && d.free == nil {
		open := false
		d.free = &open
	}
}

func number(v any) string {
	switch v := v.(type) {
	case float64:
		return strconv.Itoa(int(v))
	case string:
		return strings.ReplaceAll(v, ",", "")
	}
	return ""
}

func firstOf(values ...string) string {
	for _, v := range values {
		if v != "" {
			return v
		}
	}
	return ""
}

func firstDate(values ...string) article.Date {
	for _, v := range values {
		if d, ok := looseDate(v); ok {
			return d
		}
	}
	return article.Date{}
}

func publisher(ld ldThing, things map[string]ldThing) string {
	v := ld["publisher"]
	if list, ok := v.([]any); ok && len(list) > 0 {
		v = list[0]
	}
	switch v := v.(type) {
	case string:
		if !strings.Contains(v, "://") {
			return strings.TrimSpace(html.UnescapeString(v))
		}
	case map[string]any:
		if name := ldThing(v).text("name"); name != "" {
			return name
		}
		return things[ldThing(v).text("@id")].text("name")
	}
	return ""
}

// headline chooses the words that readers see: the first-order heading nearest
// to what the page's data call the headline, else those data, else the title
// element without the site's name.
func headline(doc *html.Node, ld, og, site string) string {
	var title string
	var headings []string
	for n := range doc.Descendants() {
		switch n.DataAtom {
		case atom.H1:
			if s := nodeText(n); s != "" && !hidden(n) {
				headings = append(headings, s)
			}
		case atom.Title:
			if title == "" && n.Parent != nil && n.Parent.DataAtom == atom.Head {
				title = nodeText(n)
			}
		}
	}
	title = cutSite(title, site)
	og = cutSite(og, site)
	best, score := "", 0.0
	for _, h := range headings {
		for _, data := range []string{ld, og, title} {
			if s := likeness(h, data); s > score {
				best, score = h, s
			}
		}
	}
	if score >= 0.5 {
		return best
	}
	if ld == "" && og == "" && len(headings) == 1 && len(strings.Fields(headings[0])) >= 3 {
		return headings[0]
	}
	return firstOf(ld, og, title, strings.Join(headings[:min(1, len(headings))], ""))
}

// likeness is the share of the words of the longer that both have.
func likeness(a, b string) float64 {
	x, y := strings.Fields(bare(a)), strings.Fields(bare(b))
	if len(x) == 0 || len(y) == 0 {
		return 0
	}
	have := map[string]bool{}
	for _, w := range x {
		have[w] = true
	}
	both := 0
	for _, w := range y {
		if have[w] {
			both++
		}
	}
	return float64(both) / float64(max(len(x), len(y)))
}

// cutSite takes the site's name behind a headline away: "… | The Echo".
func cutSite(title, site string) string {
	for _, sep := range []string{" | ", " – ", " — ", " - ", " :: ", " · ", " • ", " « "} {
		if i := strings.LastIndex(title, sep); i > 0 {
			tail := title[i+len(sep):]
			if bare(tail) == bare(site) || likeness(tail, site) >= 0.5 || sep == " | " && len(strings.Fields(tail)) <= 4 {
				return cutSite(strings.TrimSpace(title[:i]), site)
			}
		}
	}
	return strings.TrimSpace(title)
}

// canonical is the address that the page gives for itself, if it is a whole one
// on its own and more than the site's root.
func canonical(doc *html.Node, address, og string, ld ldThing) string {
	base, _ := url.Parse(address)
	try := func(s string) string {
		u, err := url.Parse(strings.TrimSpace(s))
		if err != nil || s == "" {
			return ""
		}
		if base != nil && base.Host != "" {
			u = base.ResolveReference(u)
		}
		if u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.Path == "" || u.Path == "/" {
			return ""
		}
		u.Fragment = ""
		return u.String()
	}
	for n := range doc.Descendants() {
		if n.DataAtom == atom.Link && strings.EqualFold(attr(n, "rel"), "canonical") {
			if s := try(attr(n, "href")); s != "" {
				return s
			}
		}
	}
	for _, s := range []string{og, ld.text("url"), ldThing(asMap(ld["mainEntityOfPage"])).text("@id"), ld.text("mainEntityOfPage")} {
		if s = try(s); s != "" {
			return s
		}
	}
	return address
}

func asMap(v any) map[string]any {
	m, _ := v.(map[string]any)
	return m
}

func documentLanguage(doc *html.Node) string {
	for n := range doc.Descendants() {
		if n.DataAtom == atom.Html {
			return firstOf(attr(n, "lang"), attr(n, "xml:lang"))
		}
	}
	return ""
}

// timeElements reads <time> and elements marked as dates of the article.
func (d *draft) timeElements(doc *html.Node) {
	for n := range doc.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		prop := strings.ToLower(attr(n, "itemprop"))
		if n.DataAtom != atom.Time && prop != "datepublished" && prop != "datemodified" && !dateClass(n) {
			continue
		}
		if in := within(n, atom.Aside, atom.Nav, atom.Footer); in {
			continue
		}
		date := firstDate(attr(n, "datetime"), attr(n, "content"), nodeText(n))
		if !date.Known() {
			continue
		}
		mark := strings.ToLower(prop + " " + attr(n, "class") + " " + before(n))
		if strings.Contains(mark, "modif") || strings.Contains(mark, "updat") {
			if !d.updated.Known() {
				d.updated = date
			}
			continue
		}
		published := prop == "datepublished" || attr(n, "pubdate") != "" || n.DataAtom != atom.Time || strings.Contains(mark, "publi") || strings.Contains(mark, "posted") ||
			within(n, atom.Article, atom.Header, atom.Main)
		if !d.published.Known() && published {
			d.published = date
		}
	}
}

// dateClass reports whether n is a small element whose class says that it
// holds a date.
func dateClass(n *html.Node) bool {
	class := strings.ToLower(attr(n, "class"))
	if class == "" {
		return false
	}
	for _, token := range []string{"date", "pubdate", "published", "timestamp", "posted", "datetime"} {
		if hasToken(class, token) {
			return len(nodeText(n)) <= 60
		}
	}
	return false
}

// before is the text in front of n within its parent.
func before(n *html.Node) string {
	if n.PrevSibling != nil {
		return nodeText(n.PrevSibling)
	}
	return ""
}

func within(n *html.Node, tags ...atom.Atom) bool {
	for a := range n.Ancestors() {
		for _, t := range tags {
			if a.DataAtom == t {
				return true
			}
		}
	}
	return false
}

// searchDate lets go-htmldate look through the whole page.
func searchDate(doc *html.Node, address string, read time.Time) (date article.Date) {
	defer func() {
		if recover() != nil { // a library on a stranger's page
			date = article.Date{}
		}
	}()
	opts := htmldate.Options{
		UseOriginalDate:     true,
		URL:                 address,
		SkipExtensiveSearch: true, // see the package dateparser
		MaxDate:             time.Date(2199, 1, 1, 0, 0, 0, 0, time.UTC),
		// Dates without a year are completed from this one; it lies before the
		// earliest that htmldate takes for a page's, so that none is guessed.
		DateParserConfig: &dateparser.Configuration{CurrentTime: time.Date(1990, 1, 1, 0, 0, 0, 0, time.UTC)},
	}
	if !read.IsZero() {
		opts.MaxDate = read.Add(24 * time.Hour)
		opts.DateParserConfig.CurrentTime = read
	}
	found, err := htmldate.FromDocument(doc, opts)
	if err != nil || found.IsZero() {
		return article.Date{}
	}
	t := found.DateTime
	return article.Date{Time: time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC), Precision: article.Day}
}

// visibleAuthors reads the byline that readers see: rel=author, itemprop=author,
// elements whose class says byline or author.
func visibleAuthors(doc *html.Node) []string {
	var linked, marked []string
	for n := range doc.Descendants() {
		if n.Type != html.ElementNode || within(n, atom.Aside, atom.Footer, atom.Nav) {
			continue
		}
		rel := " " + strings.ToLower(attr(n, "rel")) + " "
		prop := strings.ToLower(attr(n, "itemprop"))
		class := strings.ToLower(attr(n, "class"))
		switch {
		case strings.Contains(rel, " author ") && n.DataAtom == atom.A, prop == "author":
			if s := nodeText(n); len(s) < 120 {
				linked = merge(linked, splitNames(s))
			}
		case len(marked) == 0 && (hasToken(class, "byline") || hasToken(class, "author") || hasToken(class, "authors") || hasToken(class, "writer")):
			s := nodeText(n)
			if len(s) > 200 || strings.Contains(class, "bio") {
				continue
			}
			if st, ok := stampOf(s, true); ok {
				marked = st.authors
			}
		}
	}
	if len(linked) > 0 {
		return linked
	}
	return marked
}

// hasToken reports whether one of the words of a class, cut at spaces, dashes
// and underlines, is token.
func hasToken(class, token string) bool {
	for w := range strings.FieldsFuncSeq(class, func(r rune) bool { return r == ' ' || r == '-' || r == '_' }) {
		if w == token {
			return true
		}
	}
	return false
}
