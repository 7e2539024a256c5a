package page

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"synoptic/article"
)

// record is one object of a crawler in the form of news-please, whose fields
// other crawlers spell in their own ways.
type record map[string]json.RawMessage

// readRecord reads one JSON object. Its words are its title and its text.
func (d *draft) readRecord(body string) error {
	var r record
	dec := json.NewDecoder(strings.NewReader(body))
	if err := dec.Decode(&r); err != nil {
		return malformed(body, err)
	}
	if dec.More() {
		return errors.New("malformed record: more than one JSON value")
	}
	if r == nil {
		return errors.New("malformed record: null")
	}
	main, err := r.text("maintext", "text", "content", "body", "article_text", "articleBody", "full_text", "cleaned_text")
	if err != nil {
		return err
	}
	if d.title, err = r.text("title", "headline", "title_page"); err != nil {
		return err
	}
	d.title, _ = clean(d.title)
	d.title = strings.TrimFunc(d.title, isSpace)
	if strings.TrimSpace(main) == "" && (!d.headlines || d.title == "") {
		return errors.New("record without a text")
	}
	if address, _ := r.text("url", "canonical_link", "link", "source_url"); address != "" {
		d.address = strings.TrimSpace(address)
	}
	if domain, _ := r.text("source_domain", "domain", "publisher_domain"); domain != "" {
		d.outlet.Domain = cleanDomain(domain)
	}
	if name, _ := r.text("source", "outlet", "publisher", "site_name", "media_name", "source_name"); name != "" && nameLike(name) {
		d.outlet.Name = name
	}
	d.language, _ = r.text("language", "lang")
	d.language = languageTag(d.language)
	d.published = r.date("date_publish", "published", "publish_date", "date", "published_at", "publication_date", "pubDate", "datePublished")
	if !d.published.Known() {
		d.published = r.milliseconds("published_ms")
	}
	d.updated = r.date("date_modify", "modified", "date_modified", "updated", "updated_at", "dateModified")
	for _, name := range r.names("authors", "author", "byline") {
		if name = authorName(name); name != "" { // crawlers put dates, offices and menus among the names
			d.authors = merge(d.authors, []string{name})
		}
	}
	main, err = clean(main)
	if err != nil {
		return err
	}
	d.addLines(main)
	return nil
}

// malformed says at which byte a record breaks.
func malformed(body string, err error) error {
	var syntax *json.SyntaxError
	if errors.As(err, &syntax) {
		line := 1 + strings.Count(body[:min(int(syntax.Offset), len(body))], "\n")
		if line > 1 {
			return fmt.Errorf("malformed record: line %d, byte %d: %w", line, syntax.Offset, err)
		}
		return fmt.Errorf("malformed record: byte %d: %w", syntax.Offset, err)
	}
	return fmt.Errorf("malformed record: %w", err)
}

// text is the first of the fields that holds a string. null and empty strings
// are passed over.
func (r record) text(fields ...string) (string, error) {
	for _, f := range fields {
		raw, ok := r[f]
		if !ok || bytes.Equal(raw, []byte("null")) {
			continue
		}
		var s string
		if err := json.Unmarshal(raw, &s); err != nil {
			if raw[0] == '[' || raw[0] == '{' {
				if names := flatten(raw); len(names) == 1 {
					return names[0], nil
				}
			}
			return "", fmt.Errorf("malformed record: %s is not a string", f)
		}
		if s != "" {
			return s, nil
		}
	}
	return "", nil
}

// names is the first of the fields that holds a string or a list of strings or
// of objects with a name.
func (r record) names(fields ...string) []string {
	for _, f := range fields {
		if names := flatten(r[f]); len(names) > 0 {
			return names
		}
	}
	return nil
}

// flatten lists the strings of a JSON value, and of objects their names.
func flatten(raw json.RawMessage) []string {
	if len(raw) == 0 {
		return nil
	}
	var v any
	if json.Unmarshal(raw, &v) != nil {
		return nil
	}
	return flattenValue(v)
}

func flattenValue(v any) []string {
	switch v := v.(type) {
	case string:
		if strings.TrimSpace(v) != "" {
			return []string{v}
		}
	case []any:
		var out []string
		for _, e := range v {
			out = append(out, flattenValue(e)...)
		}
		return out
	case map[string]any:
		return flattenValue(v["name"])
	}
	return nil
}

func (r record) date(fields ...string) article.Date {
	for _, f := range fields {
		s, err := r.text(f)
		if err != nil || s == "" {
			continue
		}
		if d, ok := looseDate(s); ok {
			return d
		}
	}
	return article.Date{}
}

// milliseconds is the first of the fields that holds a time in milliseconds
// since 1970.
func (r record) milliseconds(fields ...string) article.Date {
	for _, f := range fields {
		var ms int64
		if raw, ok := r[f]; ok && json.Unmarshal(raw, &ms) == nil && ms > 0 {
			return article.Date{Time: time.UnixMilli(ms).UTC(), Precision: article.Second}
		}
	}
	return article.Date{}
}

// looseDate reads a machine's date, or one as people write it.
func looseDate(s string) (article.Date, bool) {
	s = strings.TrimSpace(s)
	if d, err := article.ParseDate(s); err == nil {
		return d, true
	}
	if d, _, ok := parseStamp(s); ok && d.Known() {
		return d, true
	}
	return article.Date{}, false
}

// languageTag is s as a BCP 47 tag, "" where it is none.
func languageTag(s string) string {
	s = strings.ReplaceAll(strings.TrimSpace(s), "_", "-")
	primary, rest, region := strings.Cut(s, "-")
	if len(primary) < 2 || len(primary) > 3 {
		return ""
	}
	for i := range len(primary) {
		if primary[i]|0x20 < 'a' || primary[i]|0x20 > 'z' {
			return ""
		}
	}
	primary = strings.ToLower(primary)
	if !region {
		return primary
	}
	if i := strings.IndexByte(rest, '-'); i >= 0 {
		rest = rest[:i]
	}
	switch len(rest) {
	case 2:
		return primary + "-" + strings.ToUpper(rest)
	case 4:
		return primary + "-" + strings.ToUpper(rest[:1]) + strings.ToLower(rest[1:])
	}
	return primary
}
