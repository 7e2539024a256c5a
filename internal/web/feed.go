package web

import (
	"bytes"
	"context"
	"crypto/sha1" //nolint:gosec // names of RFC 9562, version 5; nothing is kept safe by it
	"encoding/json"
	"encoding/xml"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"synoptic/article"
	"synoptic/internal/store"
)

// feed is a list of entries as feed readers take it.
type feed struct {
	id      string
	title   string
	page    string // address of the page that shows the same
	self    string // address of the feed
	updated time.Time
	entries []feedEntry

	unfinished bool // a story's digest is still to come
}

// feedEntry is a story, or an account of one.
type feedEntry struct {
	id        string
	title     string
	address   string // of our page
	elsewhere string // of the article at its outlet; "" for a story
	updated   time.Time
	published time.Time
	language  string
	authors   []string
	outlet    article.Outlet // whose headline it is
	content   string         // HTML of ours
}

// format is a form that feeds are written in.
type format struct {
	kind  string // media type
	write func(feed) ([]byte, error)
}

var (
	atom     = format{"application/atom+xml; charset=utf-8", feed.atom}
	jsonFeed = format{"application/feed+json; charset=utf-8", feed.json}
)

// feedEntries is how many entries a feed has.
const feedEntries = 30

// feed answers with a feed of what read finds.
func (s *Server) feed(f format, read func(ctx context.Context, r *http.Request, base string) (feed, error)) answer {
	return func(w http.ResponseWriter, r *http.Request) error {
		newest, _, err := s.journal.last(r.Context())
		if err != nil {
			return err
		}
		base := s.base(r)
		return s.held(w, r, "feed "+s.frame(r, "").rights()+" "+base+r.URL.Path+"?q="+r.URL.Query().Get("q"), newest, func(ctx context.Context) (*document, error) {
			x, err := read(ctx, r, base)
			if err != nil {
				return nil, err
			}
			x.self = base + r.URL.RequestURI()
			body, err := f.write(x)
			if err != nil {
				return nil, err
			}
			d := newDocument(f.kind, body)
			if x.unfinished {
				d.until = time.Now().Add(unfinishedFor)
			}
			return d, nil
		})
	}
}

// base is the address of the server, without a slash at its end.
func (s *Server) base(r *http.Request) string {
	if s.Public != "" {
		return strings.TrimSuffix(s.Public, "/")
	}
	scheme := "http"
	if r.TLS != nil {
		scheme = "https"
	}
	return (&url.URL{Scheme: scheme, Host: r.Host}).String()
}

// storyEntries is the stories as Today lists them, latest first.
func (s *Server) storyEntries(ctx context.Context, _ *http.Request, base string) (feed, error) {
	x := feed{id: "stories", title: "Synoptic: stories", page: base + "/"}
	err := s.view(ctx, func(from store.Reader) error {
		return x.stories(ctx, from, store.StoryFilter{MinArticles: 2, ByLatest: true}, base)
	})
	return x, err
}

// searchEntries is the stories that a search finds.
func (s *Server) searchEntries(ctx context.Context, r *http.Request, base string) (feed, error) {
	words := strings.TrimSpace(r.URL.Query().Get("q"))
	if words == "" {
		return feed{}, badRequest("?q= is what to search for.")
	}
	query, wrong := readQuery(words)
	if wrong != "" {
		return feed{}, badRequest(wrong)
	}
	x := feed{id: "search " + words, title: "Synoptic: " + words, page: base + searchAddress(words)}
	err := s.view(ctx, func(from store.Reader) error {
		return x.stories(ctx, from, store.StoryFilter{Query: &query, ByLatest: true}, base)
	})
	return x, err
}

// stories fills in an entry for each story.
func (x *feed) stories(ctx context.Context, from store.Reader, f store.StoryFilter, base string) error {
	list, _, err := from.Stories(ctx, f, store.Page{Limit: feedEntries})
	if err != nil {
		return err
	}
	for _, story := range list {
		h := newHeadline(story)
		x.unfinished = x.unfinished || h.unfinished()
		e := feedEntry{
			id: "story " + story.ID, title: h.name(), address: base + storyAddress(story.ID),
			published: story.First, language: story.Language,
		}
		if e.updated, err = h.changed(ctx, from); err != nil {
			return err
		}
		accounts, _, err := from.Articles(ctx, store.ArticleFilter{Story: story.ID}, store.Page{Limit: feedEntries})
		if err != nil {
			return err
		}
		for i, k := range accounts {
			if i == 0 || k.Headline() == story.Title {
				e.outlet = k.Outlet
			}
		}
		var b bytes.Buffer
		if err := feedStory(h, accounts, base).Render(ctx, &b); err != nil {
			return err
		}
		e.content = b.String()
		x.add(e)
	}
	return nil
}

// accountEntries is the accounts of one story, latest first.
func (s *Server) accountEntries(ctx context.Context, r *http.Request, base string) (feed, error) {
	row, err := s.row(ctx, r.PathValue("id"))
	if err != nil {
		return feed{}, err
	}
	if row.Into != "" {
		if row, err = s.row(ctx, row.Into); err != nil {
			return feed{}, err
		}
	}
	x := feed{id: "accounts of " + row.ID, title: "Synoptic: " + titleOf(row), page: base + storyAddress(row.ID), unfinished: !row.Counted()}
	err = s.view(ctx, func(from store.Reader) error {
		accounts, _, err := from.Articles(ctx, store.ArticleFilter{Story: row.ID}, store.Page{Limit: feedEntries})
		if err != nil {
			return err
		}
		for _, k := range accounts {
			e := feedEntry{
				id: "article " + k.ID, title: headOf(k), address: base + articleAddress(k.ID), published: k.Published.Time, updated: k.Seen,
				language: k.Language, authors: k.Authors, outlet: k.Outlet,
			}
			if webAddress(k.Address) {
				e.elsewhere = k.Address
			}
			var b bytes.Buffer
			if err := feedAccount(k).Render(ctx, &b); err != nil {
				return err
			}
			e.content = b.String()
			x.add(e)
		}
		return nil
	})
	return x, err
}

// webAddress reports whether s may stand as a link.
func webAddress(s string) bool {
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != ""
}

func (x *feed) add(e feedEntry) {
	if e.updated.IsZero() {
		e.updated = e.published
	}
	if e.updated.After(x.updated) {
		x.updated = e.updated
	}
	x.entries = append(x.entries, e)
}

// permanent is the name of a thing for feeds, the same wherever it is read: a
// UUID of RFC 9562, version 5, in a space of ours.
func permanent(thing string) string {
	sum := sha1.Sum([]byte("synoptic feed\x00" + thing)) //nolint:gosec // see the import
	sum[6] = sum[6]&0x0f | 0x50
	sum[8] = sum[8]&0x3f | 0x80
	return fmt.Sprintf("urn:uuid:%x-%x-%x-%x-%x", sum[:4], sum[4:6], sum[6:8], sum[8:10], sum[10:16])
}

// The elements of Atom (RFC 4287) that we write.
type (
	atomFeed struct {
		XMLName   xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
		ID        string      `xml:"id"`
		Title     string      `xml:"title"`
		Updated   string      `xml:"updated"`
		Author    *atomPerson `xml:"author"`
		Generator string      `xml:"generator"`
		Links     []atomLink  `xml:"link"`
		Entries   []atomEntry `xml:"entry"`
	}
	atomEntry struct {
		Lang      string       `xml:"xml:lang,attr,omitempty"`
		ID        string       `xml:"id"`
		Title     string       `xml:"title"`
		Updated   string       `xml:"updated"`
		Published string       `xml:"published,omitempty"`
		Authors   []atomPerson `xml:"author"`
		Links     []atomLink   `xml:"link"`
		Source    *atomSource  `xml:"source"`
		Content   atomText     `xml:"content"`
	}
	atomSource struct {
		ID      string     `xml:"id"`
		Title   string     `xml:"title"`
		Updated string     `xml:"updated"`
		Links   []atomLink `xml:"link"`
	}
	atomPerson struct {
		Name string `xml:"name"`
	}
	atomLink struct {
		Rel  string `xml:"rel,attr"`
		Type string `xml:"type,attr,omitempty"`
		Href string `xml:"href,attr"`
	}
	atomText struct {
		Type string `xml:"type,attr"`
		Text string `xml:",chardata"`
	}
)

func (x feed) atom() ([]byte, error) {
	if x.updated.IsZero() {
		x.updated = time.Unix(0, 0) // there must be a date, and readers know of none before
	}
	out := atomFeed{
		ID: permanent(x.id), Title: x.title, Updated: machine(x.updated), Author: &atomPerson{"Synoptic"}, Generator: "Synoptic",
		Links: []atomLink{{"self", "application/atom+xml", x.self}, {"alternate", "text/html", x.page}},
	}
	for _, e := range x.entries {
		entry := atomEntry{
			Lang: languageTag(e.language), ID: permanent(e.id), Title: e.title, Updated: machine(e.updated), Links: []atomLink{{"alternate", "text/html", e.address}},
			Content: atomText{"html", e.content},
		}
		if !e.published.IsZero() {
			entry.Published = machine(e.published)
		}
		for _, name := range e.authors {
			entry.Authors = append(entry.Authors, atomPerson{name})
		}
		if e.elsewhere != "" {
			entry.Links = append(entry.Links, atomLink{"via", "text/html", e.elsewhere})
		}
		if key := outletKey(e.outlet); key != "" {
			entry.Source = &atomSource{ID: permanent("outlet " + key), Title: outletOf(e.outlet), Updated: machine(e.updated)}
			if home := home(e.outlet); home != "" {
				entry.Source.ID = home
				entry.Source.Links = []atomLink{{"alternate", "text/html", home}}
			}
		}
		out.Entries = append(out.Entries, entry)
	}
	body, err := xml.MarshalIndent(out, "", "  ")
	if err != nil {
		return nil, err
	}
	return append([]byte(xml.Header), append(body, '\n')...), nil
}

// languageTag is a tag of BCP 47 as far as XML asks for one, "" for anything
// else.
func languageTag(s string) string {
	for _, r := range s {
		if !('a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9' || r == '-') {
			return ""
		}
	}
	return s
}

// home is the address of an outlet's own front page, "" where it is not known.
func home(o article.Outlet) string {
	address := "https://" + o.Domain + "/"
	if o.Domain == "" || strings.ContainsAny(o.Domain, "/?#@ ") || !webAddress(address) {
		return ""
	}
	return address
}

// The objects of JSON Feed 1.1 that we write.
type (
	jsonFeedTop struct {
		Version     string         `json:"version"`
		Title       string         `json:"title"`
		HomePageURL string         `json:"home_page_url"`
		FeedURL     string         `json:"feed_url"`
		Items       []jsonFeedItem `json:"items"`
	}
	jsonFeedItem struct {
		ID            string           `json:"id"`
		URL           string           `json:"url"`
		ExternalURL   string           `json:"external_url,omitempty"`
		Title         string           `json:"title"`
		ContentHTML   string           `json:"content_html"`
		DatePublished string           `json:"date_published,omitempty"`
		DateModified  string           `json:"date_modified"`
		Authors       []jsonFeedAuthor `json:"authors,omitempty"`
		Language      string           `json:"language,omitempty"`
		Source        *jsonFeedSource  `json:"_source,omitempty"`
	}
	jsonFeedAuthor struct {
		Name string `json:"name"`
	}
	jsonFeedSource struct {
		Title string `json:"title"`
		URL   string `json:"url,omitempty"`
	}
)

func (x feed) json() ([]byte, error) {
	out := jsonFeedTop{
		Version: "https://jsonfeed.org/version/1.1", Title: x.title, HomePageURL: x.page, FeedURL: x.self, Items: []jsonFeedItem{},
	}
	for _, e := range x.entries {
		item := jsonFeedItem{
			ID: permanent(e.id), URL: e.address, ExternalURL: e.elsewhere, Title: e.title, ContentHTML: e.content,
			DateModified: machine(e.updated), Language: e.language,
		}
		if !e.published.IsZero() {
			item.DatePublished = machine(e.published)
		}
		for _, name := range e.authors {
			item.Authors = append(item.Authors, jsonFeedAuthor{name})
		}
		if outletKey(e.outlet) != "" {
			item.Source = &jsonFeedSource{Title: outletOf(e.outlet), URL: home(e.outlet)}
		}
		out.Items = append(out.Items, item)
	}
	body, err := json.MarshalIndent(out, "", "  ")
	return append(body, '\n'), err
}

// opening is the first paragraph of an article's running text.
func opening(k store.Kept) string {
	for _, p := range k.Paragraphs {
		if p.Kind == article.Body || p.Kind == article.Summary {
			return p.Of(k.Text)
		}
	}
	return ""
}
