// Package feed reads what a source lists: RSS, Atom, JSON Feed, news sitemaps
// and indexes of sitemaps become a [Feed] of entries. It tells what an address
// holds, finds the feeds that a page names, and makes of an entry whose page
// cannot be had a record that can be read as an account.
//
// A feed is read as far as it goes. Bytes become UTF-8 first, broken XML and
// JSON are mended, and what was wrong is told beside what was read. Entities
// that a feed defines are never expanded.
package feed

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"synoptic/internal/gather/schedule"
)

// Input is a feed as bytes.
type Input struct {
	Place   string    // for messages: a path or an address
	Address string    // where it was fetched from, through redirects; relative links start there
	Type    string    // media type, as a server says; "" when unknown
	Charset string    // as a server says; "" when unknown
	Body    []byte    // uncompressed
	Read    time.Time // when it was read; zero when unknown. Dates long after it count as unknown.
}

// Feed is what a source lists. Titles and names are plain text; addresses are
// absolute, http or https.
type Feed struct {
	Kind     Kind
	Title    string
	Home     string         // address of the pages that the feed is of; "" when it tells none
	Language string         // as declared
	Entries  []Entry        // in the feed's order, each ID once
	Parts    []Part         // of a sitemap index: the sitemaps
	Hints    schedule.Hints // when the feed wants to be asked

	// Broken says what was wrong first with a feed that could be read only
	// in part or only after mending; nil for a well-formed one.
	Broken error
}

// Entry is one item of a feed.
type Entry struct {
	ID        string // stable within its feed: the feed's own, or else the address, or else made of the title
	Address   string // of its page; "" when it has none
	Title     string
	Authors   []string
	Outlet    string    // the publication that a news sitemap names
	Language  string    // as declared for the entry
	Published time.Time // zero when unknown
	Updated   time.Time // zero when unknown
	Summary   string    // HTML
	Content   string    // HTML; "" when the feed gives a summary only
}

// Part is one sitemap of a sitemap index.
type Part struct {
	Address string
	Updated time.Time // zero when unknown
}

// ErrNoFeed says that bytes are no feed, sitemap or sitemap index.
var ErrNoFeed = errors.New("no feed")

// future is how far after the reading a date may lie: clocks and time zones are
// wrong by hours, embargoes end tomorrow; what lies beyond is a mistake.
const future = 36 * time.Hour

// Read reads a feed. Its errors begin with the place; they wrap ErrNoFeed where
// the bytes are something else.
func Read(in Input) (*Feed, error) {
	f, err := read(in)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", in.Place, err)
	}
	if f.Broken != nil {
		f.Broken = fmt.Errorf("%s:%w", in.Place, f.Broken)
	}
	return f, nil
}

func read(in Input) (*Feed, error) {
	text, err := decode(in.Body, in.Charset)
	if err != nil {
		return nil, err
	}
	var f *Feed
	kind, start := kindOf(text, in.Type)
	switch kind {
	case RSS, Atom, JSONFeed:
		f, err = readSyndication(kind, text[start:])
	case Sitemap, SitemapIndex:
		f, err = readSitemap(kind, text[start:])
	case Unknown, Page, OPML:
		return nil, fmt.Errorf("%w but %v", ErrNoFeed, kind)
	}
	if err != nil {
		return nil, err
	}
	if f.Broken != nil {
		f.Broken = brokenAt(text, start, f.Broken)
	}
	f.Kind = kind
	f.settle(in)
	return f, nil
}

// settle makes links absolute, forgets what cannot be and gives every entry an
// ID of its own.
func (f *Feed) settle(in Input) {
	f.Home = absolute(in.Address, f.Home)
	base := cmp.Or(f.Home, in.Address)
	if f.Kind == Atom { // RFC 4287 names xml:base and the feed's own address
		base = cmp.Or(in.Address, f.Home)
	}
	f.Title = plainLine(f.Title)
	for i := range f.Entries {
		e := &f.Entries[i]
		e.ID = strings.TrimSpace(e.ID)
		e.Address = absolute(base, e.Address)
		if e.Address == "" && strings.HasPrefix(e.ID, "http") {
			e.Address = absolute("", e.ID)
		}
		e.Title = oneLine(e.Title)
		e.Published = past(e.Published, in.Read)
		e.Updated = past(e.Updated, in.Read)
		if !e.Updated.IsZero() && !e.Updated.After(e.Published) {
			e.Updated = time.Time{}
		}
	}
	f.Entries = slices.DeleteFunc(f.Entries, Entry.empty)
	f.nameEntries()
	parts := f.Parts[:0]
	seen := map[string]bool{"": true}
	for _, p := range f.Parts {
		p.Address, p.Updated = absolute(in.Address, p.Address), past(p.Updated, in.Read)
		if !seen[p.Address] {
			seen[p.Address] = true
			parts = append(parts, p)
		}
	}
	f.Parts = parts
}

func (e Entry) empty() bool {
	return e.Address == "" && e.Title == "" && e.Summary == "" && e.Content == ""
}

// nameEntries gives every entry an ID that no other has. A feed that gives one
// ID to several pages has broken ones: there the addresses are the IDs. What is
// left twice is one entry, in its latest version.
func (f *Feed) nameEntries() {
	address := map[string]string{} // by ID
	shared := map[string]bool{}
	for _, e := range f.Entries {
		if first, ok := address[e.ID]; ok && first != e.Address {
			shared[e.ID] = true
		}
		address[e.ID] = e.Address
	}
	at := make(map[string]int, len(f.Entries))
	kept := f.Entries[:0]
	for _, e := range f.Entries {
		if e.ID == "" || shared[e.ID] {
			e.ID = e.Address
		}
		if e.ID == "" {
			sum := sha256.Sum256([]byte(cmp.Or(e.Title, e.Summary, e.Content)))
			e.ID = "sha256:" + hex.EncodeToString(sum[:16])
		}
		i, again := at[e.ID]
		switch {
		case !again:
			at[e.ID] = len(kept)
			kept = append(kept, e)
		case e.Time().After(kept[i].Time()):
			kept[i] = e
		}
	}
	clear(f.Entries[len(kept):])
	f.Entries = kept
}

// Time is when the entry was last changed, as far as it is known.
func (e Entry) Time() time.Time {
	if !e.Updated.IsZero() {
		return e.Updated
	}
	return e.Published
}

// Digest tells versions of an entry apart: it changes with the title, the text,
// the authors and the dates, and not with the entry's place in the feed.
func (e Entry) Digest() [sha256.Size]byte {
	h := sha256.New()
	part := func(s string) { _, _ = fmt.Fprintf(h, "%d:%s", len(s), s) } // a hash fails never
	for _, s := range []string{e.ID, e.Address, e.Title, e.Summary, e.Content, stamp(e.Published), stamp(e.Updated)} {
		part(s)
	}
	for _, a := range e.Authors {
		part(a)
	}
	return [sha256.Size]byte(h.Sum(nil))
}

// Times lists when entries were published, or updated where nothing else is
// known: what a schedule learns a source's rhythm from.
func (f *Feed) Times() []time.Time {
	var times []time.Time
	for _, e := range f.Entries {
		if t := e.Published; !t.IsZero() {
			times = append(times, t)
		} else if !e.Updated.IsZero() {
			times = append(times, e.Updated)
		}
	}
	return times
}

func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}

// past is t in UTC, or zero where t cannot be a date of what was read.
func past(t, read time.Time) time.Time {
	if t.Year() < 1970 || !read.IsZero() && t.After(read.Add(future)) || t.Year() > 9999 {
		return time.Time{}
	}
	return t.UTC()
}

// absolute is the address that a link leads to from a page at base, or "" where
// that is not on the web.
func absolute(base, link string) string {
	link = strings.TrimSpace(link)
	if link == "" {
		return ""
	}
	u, err := url.Parse(link)
	if err != nil {
		return ""
	}
	if !u.IsAbs() {
		from, err := url.Parse(base)
		if err != nil || from.Host == "" {
			return ""
		}
		u = from.ResolveReference(u)
	}
	if u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return ""
	}
	return u.String()
}
