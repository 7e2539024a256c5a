// Package page reads an account: the bytes of an HTML page, of plain text
// copied from one, of Markdown or of a crawler's JSON record come in, with the
// place where they were found; an [article.Article] goes out.
//
// Main text and data come from the page itself. What pages set around an
// account is dropped by whole lines; what is kept is kept to the letter, with
// what it is to a reader: running text, summary, cross-heading, caption, note.
package page

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"path"
	"strings"
	"time"
	"unicode"

	"synoptic/article"
	"synoptic/internal/language"
	"synoptic/text"
)

// Input is an account as bytes.
type Input struct {
	Place     string    // a path, a path with a line ("crawl.jsonl:12"), or an address
	Address   string    // where it was fetched from, "" when it was not
	MediaType string    // as a server or a caller says, with or without parameters; "" when unknown
	Charset   string    // as a server says; "" when unknown
	Body      []byte    //
	Read      time.Time // when it was read; zero when unknown. No date of an article is after it.
	Listing   Listing   // what led to it says of it, for what it does not say itself
	Headlines bool      // a record that has a headline and no article stands for its headline alone, with completeness 0
}

// The reasons for which bytes are no account. Errors of Read wrap one of them
// or say what is malformed, after the place.
var (
	ErrEmpty     = errors.New("nothing to read")
	ErrBinary    = errors.New("binary data, not text")
	ErrNoArticle = errors.New("no article on the page")
)

// Read makes an article of in. Its errors begin with the place.
func Read(in Input) (*article.Article, error) {
	a, err := read(in)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", in.Place, err)
	}
	return a, nil
}

func read(in Input) (*article.Article, error) {
	d, err := draftOf(in)
	if err != nil {
		return nil, err
	}
	return d.article(in)
}

// draftOf decodes in and reads it by its kind.
func draftOf(in Input) (*draft, error) {
	if len(bytes.TrimSpace(in.Body)) == 0 {
		return nil, ErrEmpty
	}
	kind := kindOf(in)
	body, err := decode(in.Body, in.charset(), kind == htmlKind)
	if err != nil {
		return nil, err
	}
	if strings.TrimFunc(body, isSpace) == "" {
		return nil, ErrEmpty
	}
	d := &draft{address: in.Address, headlines: in.Headlines && kind == jsonKind}
	switch kind {
	case jsonKind:
		err = d.readRecord(body)
	case markdownKind:
		d.readMarkdown(body)
	case htmlKind:
		err = d.readHTML(body, in)
	case plainKind:
		d.addLines(body)
	}
	return d, err
}

// kind is the form of an input.
type kind uint8

const (
	plainKind kind = iota
	htmlKind
	jsonKind
	markdownKind
)

// kindOf goes by what the bytes look like where that is plain, then by the
// media type and the ending of the place.
func kindOf(in Input) kind {
	head := in.Body[:min(len(in.Body), 4096)]
	for _, mark := range []string{"\ufeff", "\xff\xfe", "\xfe\xff"} {
		head = bytes.TrimPrefix(head, []byte(mark))
	}
	head = bytes.TrimSpace(bytes.ReplaceAll(head, []byte{0}, nil)) // UTF-16, as far as it is ASCII
	low := strings.ToLower(string(head))
	media, _, _ := strings.Cut(strings.ToLower(in.MediaType), ";")
	media = strings.TrimSpace(media)
	name := in.Place
	if at := strings.LastIndexByte(name, ':'); at > 0 && strings.Trim(name[at+1:], "0123456789") == "" {
		name = name[:at]
	}
	ext := strings.ToLower(path.Ext(name))
	switch {
	case media == "application/json" || strings.HasSuffix(media, "+json") || ext == ".json" || ext == ".jsonl" || ext == ".ndjson":
		return jsonKind
	case strings.HasPrefix(low, "{") && strings.HasSuffix(strings.TrimSpace(string(in.Body[max(0, len(in.Body)-64):])), "}") && strings.Contains(low, `"`):
		return jsonKind
	case media == "text/html" || media == "application/xhtml+xml" || ext == ".html" || ext == ".htm" || ext == ".xhtml":
		return htmlKind
	case strings.HasPrefix(low, "<!doctype html") || strings.HasPrefix(low, "<html") || strings.HasPrefix(low, "<?xml") && strings.Contains(low, "<html") ||
		strings.HasPrefix(low, "<") && (strings.Contains(low, "<head") || strings.Contains(low, "<body") || strings.Contains(low, "<article") || strings.Contains(low, "<p>")):
		return htmlKind
	case media == "text/markdown" || ext == ".md" || ext == ".markdown":
		return markdownKind
	}
	return plainKind
}

// charset is the one that the input declares, or that its media type does.
func (in Input) charset() string {
	if in.Charset != "" {
		return in.Charset
	}
	if i := strings.Index(strings.ToLower(in.MediaType), "charset="); i >= 0 {
		c, _, _ := strings.Cut(in.MediaType[i+len("charset="):], ";")
		return strings.Trim(c, " \"'")
	}
	return ""
}

// article turns a draft into an article: its lines are classified, those that
// stay become paragraphs under the headline.
func (d *draft) article(in Input) (*article.Article, error) {
	d.title = oneLine(d.title)
	d.nameOutlet(in)
	d.classify()
	d.fill(in.Listing) // which knows no better than the account's own lines
	a := &article.Article{
		Place:     in.Place,
		Address:   d.address,
		Outlet:    d.outlet,
		Authors:   d.authors,
		Published: d.published,
		Updated:   d.updated,
		SHA256:    sha256.Sum256(in.Body),
	}
	var b strings.Builder
	add := func(s string) text.Span {
		if b.Len() > 0 {
			b.WriteByte('\n')
		}
		start := b.Len()
		b.WriteString(s)
		return text.Span{Start: start, End: b.Len()}
	}
	if d.title != "" {
		a.Title = add(d.title)
		a.Paragraphs = append(a.Paragraphs, article.Paragraph{Span: a.Title, Kind: article.Headline})
	}
	gap := false
	prose, captions := 0, 0
	for i := range d.lines {
		l := &d.lines[i]
		gap = gap || l.gap
		if l.drop {
			gap = gap || !l.silent
			continue
		}
		span := add(l.text)
		a.Paragraphs = append(a.Paragraphs, article.Paragraph{Span: span, Kind: l.kind, Gap: gap})
		gap = false
		switch l.kind {
		case article.Body:
			prose += l.words
		case article.Caption:
			captions += l.words
		case article.Headline, article.Summary, article.Heading, article.Note:
		}
		for _, m := range l.credits {
			a.Credits = append(a.Credits, article.Credit{
				Agency: m.agency,
				Role:   m.role,
				Span:   text.Span{Start: span.Start + m.span.Start, End: span.Start + m.span.End},
			})
		}
	}
	a.Text = b.String()
	if prose == 0 && captions < 100 || d.listing {
		if !d.headlines || a.Title.Empty() {
			return nil, ErrNoArticle
		}
		a.Text, a.Paragraphs, a.Credits = a.Headline(), a.Paragraphs[:1], nil
	}
	a.Credits = append(a.Credits, d.wireCredits(a)...)
	a.Credits = uniqueCredits(a.Credits, d.authors)
	a.Language = languageOf(a, d.language)
	a.Completeness = d.completeness(a)
	d.clampDates(a, in.Read)
	if err := a.Check(); err != nil {
		return nil, err
	}
	return a, nil
}

// clampDates forgets dates that lie after the reading, and an update before
// the publication.
func (d *draft) clampDates(a *article.Article, read time.Time) {
	if !read.IsZero() {
		if a.Published.Known() && a.Published.Time.After(read.Add(36*time.Hour)) {
			a.Published = article.Date{}
		}
		if a.Updated.Known() && a.Updated.Time.After(read.Add(36*time.Hour)) {
			a.Updated = article.Date{}
		}
	}
	if a.Updated.Known() && a.Published.Known() && a.Updated.Compare(a.Published) <= 0 {
		a.Updated = article.Date{}
	}
}

// languageOf trusts the words of the account before its page's declaration,
// which often is the template's; the declaration names the region.
func languageOf(a *article.Article, declared string) string {
	var b strings.Builder
	for _, p := range a.Paragraphs {
		if p.Kind == article.Body || p.Kind == article.Headline {
			b.WriteString(p.Of(a.Text))
			b.WriteByte('\n')
		}
		if b.Len() > 8000 {
			break
		}
	}
	found, _ := language.Of(b.String())
	if found == "" || language.Same(found, declared) {
		return declared
	}
	return found
}

// oneLine joins the words of s with single spaces where it runs over lines.
func oneLine(s string) string {
	s = strings.TrimFunc(s, isSpace)
	if strings.IndexFunc(s, func(r rune) bool { return isBreak(r) || r == '\t' }) < 0 {
		return s
	}
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return isBreak(r) || r == '\t' || r == ' ' }), " ")
}

// uniqueCredits keeps the first credit of each name in each role, and none of a
// writer.
func uniqueCredits(credits []article.Credit, authors []string) []article.Credit {
	type key struct {
		name string
		role article.Role
	}
	seen := map[key]bool{}
	for _, a := range authors {
		if _, known := agencyOf(a); !known {
			for _, r := range []article.Role{article.Wire, article.Distribution, article.Photo, article.Input, article.Reporting} {
				seen[key{bare(a), r}] = true
			}
		}
	}
	var out []article.Credit
	for _, c := range credits {
		k := key{bare(c.Agency), c.Role}
		if !seen[k] {
			seen[k] = true
			out = append(out, c)
		}
	}
	return out
}

// wireCredits credits an agency of which the page's own data say that the piece
// is its: it stands among the authors or in the address ("/reuters/2025/…"). A
// credit needs words, so the account must name the agency somewhere; where it
// does not, the authors alone tell.
func (d *draft) wireCredits(a *article.Article) []article.Credit {
	candidates := map[string]bool{}
	var order []string
	add := func(name string) {
		if !candidates[name] && !d.own[bare(name)] {
			candidates[name] = true
			order = append(order, name)
		}
	}
	for _, author := range d.authors {
		if name, ok := agencyOf(author); ok {
			add(name)
		}
	}
	folder := ""
	spelled := map[string]bool{} // agencies that the account must name in full
	for segment := range strings.FieldsFuncSeq(strings.ToLower(pathOf(d.address)), func(r rune) bool { return r == '/' }) {
		if name, ok := wireSegments[segment]; ok {
			add(name)
			spelled[name] = len(segment) <= 3 && !strings.Contains(folder, "wire") && !strings.Contains(folder, "agenc") // "/pa/" may be a state
		}
		folder = segment
	}
	for _, c := range a.Credits {
		if c.Role == article.Wire {
			delete(candidates, c.Agency)
		}
	}
	var credits []article.Credit
	for _, name := range order {
		if !candidates[name] {
			continue
		}
		if span := findAgency(a.Text, name, spelled[name]); !span.Empty() {
			credits = append(credits, article.Credit{Agency: name, Role: article.Wire, Span: span})
		}
	}
	return credits
}

// wireSegments are parts of addresses under which outlets print an agency's
// copy.
var wireSegments = map[string]string{
	"reuters": "Reuters", "afp": "AFP", "ap": "AP", "aponline": "AP", "apnews": "AP", "associated-press": "AP", "pa": "PA", "press-association": "PA",
	"dpa": "dpa", "ansa": "ANSA", "efe": "EFE", "aap": "AAP", "upi": "UPI", "bloomberg": "Bloomberg", "xinhua": "Xinhua", "ians": "IANS", "pti": "PTI", "ani": "ANI",
}

// findAgency is the first place where body names the agency as whole words, its
// acronym aside where it must be spelled out.
func findAgency(body, name string, spelled bool) text.Span {
	best := text.Span{}
	for form, short := range agencyForms() {
		if short != name || spelled && isAcronym(form) {
			continue
		}
		for from := 0; ; {
			i := strings.Index(body[from:], form)
			if i < 0 {
				break
			}
			i += from
			from = i + 1
			s := text.Span{Start: i, End: i + len(form)}
			if wordEdge(body, s) && (best.Empty() || s.Start < best.Start || s.Start == best.Start && s.End > best.End) {
				best = s
				break
			}
		}
	}
	return best
}

func wordEdge(body string, s text.Span) bool {
	isWord := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
	before := strings.LastIndexFunc(body[:s.Start], isWord)
	if before >= 0 && before == s.Start-1 {
		return false
	}
	return strings.IndexFunc(body[s.End:], isWord) != 0
}
