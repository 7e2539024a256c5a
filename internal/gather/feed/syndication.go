package feed

import (
	"bytes"
	"fmt"
	"html"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/mmcdole/gofeed"
	"github.com/mmcdole/gofeed/atom"
	ext "github.com/mmcdole/gofeed/extensions"
	"github.com/mmcdole/gofeed/json"
	"github.com/mmcdole/gofeed/rss"

	"synoptic/internal/gather/schedule"
)

// readSyndication reads RSS, Atom and JSON Feed, mended first. The library has
// been seen to panic on a feed; that is an error of this feed and stops no other.
func readSyndication(kind Kind, text string) (f *Feed, err error) {
	defer func() {
		if failure := recover(); failure != nil {
			f, err = nil, fmt.Errorf("the feed cannot be read: %v", failure)
		}
	}()
	f = &Feed{}
	if kind == JSONFeed {
		return f, f.readJSON(text)
	}
	mended, wrong := mend(text)
	if wrong != nil {
		f.Broken = wrong
	}
	if kind == Atom {
		return f, f.readAtom(mended)
	}
	return f, f.readRSS(mended)
}

func (f *Feed) readRSS(text []byte) error {
	original, err := new(rss.Parser).Parse(bytes.NewReader(text))
	if err != nil {
		return err
	}
	f.Hints = hintsOf(original)
	return f.take(new(gofeed.DefaultRSSTranslator).Translate(original))
}

func (f *Feed) readAtom(text []byte) error {
	original, err := new(atom.Parser).Parse(bytes.NewReader(text))
	if err != nil {
		return err
	}
	if err := f.take(new(gofeed.DefaultAtomTranslator).Translate(original)); err != nil {
		return err
	}
	for i, e := range original.Entries {
		if e.PublishedParsed == nil {
			f.Entries[i].Published = time.Time{} // the library takes the update for it
		}
	}
	return nil
}

func (f *Feed) readJSON(text string) error {
	original, err := new(json.Parser).Parse(strings.NewReader(text))
	if err != nil {
		f.Broken = &fault{0, err.Error()}
		if original, err = new(json.Parser).Parse(strings.NewReader(mendJSON(text))); err != nil {
			return err
		}
	}
	nobody := func(a *json.Author) bool { return a == nil }
	original.Authors = slices.DeleteFunc(original.Authors, nobody)
	original.Items = slices.DeleteFunc(original.Items, func(i *json.Item) bool { return i == nil })
	for _, i := range original.Items {
		i.Authors = slices.DeleteFunc(i.Authors, nobody)
	}
	if err := f.take(new(gofeed.DefaultJSONTranslator).Translate(original)); err != nil {
		return err
	}
	for i, o := range original.Items {
		if o.ContentHTML == "" && o.ContentText != "" {
			f.Entries[i].Content = paragraphs(o.ContentText)
		}
	}
	return nil
}

// take takes what the library made of a feed.
func (f *Feed) take(found *gofeed.Feed, err error) error {
	if err != nil {
		return err
	}
	f.Title, f.Home, f.Language = found.Title, found.Link, found.Language
	f.Entries = make([]Entry, len(found.Items))
	for i, item := range found.Items {
		f.Entries[i] = entryOf(item)
	}
	return nil
}

// paragraphs makes HTML of plain text with a paragraph a line.
func paragraphs(text string) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" {
			b.WriteString("<p>" + html.EscapeString(line) + "</p>")
		}
	}
	return b.String()
}

// mostAuthors is how many names of an entry are read.
const mostAuthors = 50

func entryOf(item *gofeed.Item) Entry {
	e := Entry{
		ID:        item.GUID,
		Address:   item.Link,
		Title:     plainLine(item.Title),
		Published: known(item.PublishedParsed),
		Updated:   known(item.UpdatedParsed),
		Summary:   strings.TrimSpace(item.Description),
		Content:   strings.TrimSpace(item.Content),
	}
	if original := extension(item.Extensions, "feedburner", "origLink"); original != "" {
		e.Address = original // the link itself leads through a counter
	}
	if item.DublinCoreExt != nil && len(item.DublinCoreExt.Language) > 0 {
		e.Language = item.DublinCoreExt.Language[0]
	}
	for _, p := range item.Authors[:min(len(item.Authors), mostAuthors)] {
		if p == nil {
			continue
		}
		if name := oneLine(p.Name); name != "" && !slices.Contains(e.Authors, name) {
			e.Authors = append(e.Authors, name)
		}
	}
	return e
}

func known(t *time.Time) time.Time {
	if t == nil {
		return time.Time{}
	}
	return *t
}

// hintsOf reads when a feed wants to be asked: RSS's ttl, skipHours and
// skipDays, and the syndication module's period and frequency.
func hintsOf(f *rss.Feed) schedule.Hints {
	var h schedule.Hints
	if minutes, err := strconv.Atoi(strings.TrimSpace(f.TTL)); err == nil && minutes > 0 {
		h.Every = time.Duration(min(minutes, 7*24*60)) * time.Minute
	}
	for _, s := range f.SkipHours {
		if hour, err := strconv.Atoi(strings.TrimSpace(s)); err == nil && hour >= 0 && hour <= 24 {
			h.SkipHours |= 1 << (hour % 24) // the specification has both 0 and 24
		}
	}
	for _, s := range f.SkipDays {
		for day := time.Sunday; day <= time.Saturday; day++ {
			if strings.EqualFold(strings.TrimSpace(s), day.String()) {
				h.SkipDays |= 1 << day
			}
		}
	}
	period := map[string]time.Duration{
		"hourly": time.Hour, "daily": 24 * time.Hour, "weekly": 7 * 24 * time.Hour,
		"monthly": 30 * 24 * time.Hour, "yearly": 365 * 24 * time.Hour,
	}[strings.ToLower(extension(f.Extensions, "sy", "updatePeriod"))]
	if period > 0 {
		frequency, err := strconv.Atoi(extension(f.Extensions, "sy", "updateFrequency"))
		if err != nil || frequency < 1 {
			frequency = 1
		}
		h.Every = max(h.Every, period/time.Duration(frequency))
	}
	return h
}

// extension is the text of an extension's first element.
func extension(e ext.Extensions, prefix, name string) string {
	if found := e[prefix][name]; len(found) > 0 {
		return strings.TrimSpace(found[0].Value)
	}
	return ""
}
