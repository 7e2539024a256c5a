package feed

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
)

// The most that an account made of an entry can be complete.
const (
	ofWhole    = 1.0
	ofSummary  = 0.3
	ofHeadline = 0.1
)

// A content of fewer runes is taken for a teaser, whatever element it stands
// in, and a description of fewer for a summary: feeds put either into both.
const (
	shortestContent     = 600
	shortestDescription = 1500
)

// Record is the entry as a JSON record in the form of news-please, for where its
// page cannot be had: title, text, address, dates, authors, and the outlet where
// the feed names it. The text is the content, or else the summary, in plain
// paragraphs; an entry with neither has none.
func (e Entry) Record() []byte {
	text, _ := e.text()
	record := struct {
		Title     string   `json:"title,omitempty"`
		Text      string   `json:"maintext,omitempty"`
		Address   string   `json:"url,omitempty"`
		Outlet    string   `json:"source,omitempty"`
		Language  string   `json:"language,omitempty"`
		Published string   `json:"date_publish,omitempty"`
		Updated   string   `json:"date_modify,omitempty"`
		Authors   []string `json:"authors,omitempty"`
	}{e.Title, text, e.Address, e.Outlet, e.Language, stamp(e.Published), stamp(e.Updated), e.Authors}
	body, err := json.Marshal(record)
	if err != nil {
		return nil // strings always can be written
	}
	return body
}

// Completeness is how much of the account the entry can hold at most, from 0 to
// 1: all of it, a summary or no more than a headline. Who reads the record lowers
// the article's completeness to that.
func (e Entry) Completeness() float64 {
	text, cut := e.text()
	runes := utf8.RuneCountInString(text)
	switch {
	case runes == 0:
		return ofHeadline
	case cut, e.Content == "" && runes < shortestDescription, runes < shortestContent:
		return ofSummary
	}
	return ofWhole
}

// text is the account that the entry holds, a paragraph a line, and whether it
// says itself that there is more.
func (e Entry) text() (text string, cut bool) {
	lines := strings.Split(Text(cmp.Or(e.Content, e.Summary)), "\n")
	for len(lines) > 0 {
		last := len(lines) - 1
		switch line := strings.TrimLeft(strings.ToLower(lines[last]), "[("); {
		case strings.HasPrefix(line, "the post ") && strings.Contains(line, " appeared first on "):
			lines = lines[:last] // WordPress says so below everything
			continue
		case len(line) < 60 && readsOn(line):
			lines, cut = lines[:last], true
			continue
		}
		break
	}
	text = strings.Join(lines, "\n")
	end := strings.TrimRight(text, " ]")
	if strings.HasSuffix(end, "…") || strings.HasSuffix(end, "...") {
		cut = true
	}
	return text, cut
}

// readsOn reports whether a line, in lower case, is a link to the rest.
func readsOn(line string) bool {
	for _, s := range []string{"read more", "continue reading", "read the full", "read full", "full story", "more…", "more...", "[more]", "keep reading"} {
		if strings.HasPrefix(line, s) {
			return true
		}
	}
	return false
}

// blocks are the elements that begin a new line of a text, and hidden the ones
// whose text is not shown.
var (
	blocks = set(`address article aside blockquote br dd div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section
		table td th tr ul`)
	hidden = set("script style template noscript iframe object svg")
)

// Text is HTML as plain text: a paragraph a line, white space folded. A link to
// the rest that ends a paragraph is a line of its own.
func Text(body string) string {
	var b strings.Builder
	var links [][2]int // to the rest, as far as their words tell: where each begins and ends
	link := 0          // where the link at hand begins
	z := html.NewTokenizer(strings.NewReader(body))
	depth := 0 // of hidden elements
	space, line := false, false
	for {
		kind := z.Next()
		switch kind {
		case html.ErrorToken:
			return partLinks(b.String(), links)
		case html.TextToken:
			if depth > 0 {
				continue
			}
			s := string(z.Text())
			for s != "" {
				i := strings.IndexFunc(s, isSpace)
				if i != 0 {
					if i < 0 {
						i = len(s)
					}
					switch {
					case line && b.Len() > 0:
						b.WriteByte('\n')
					case space && b.Len() > 0:
						b.WriteByte(' ')
					}
					line, space = false, false
					b.WriteString(s[:i])
					s = s[i:]
					continue
				}
				_, n := utf8.DecodeRuneInString(s)
				space, s = true, s[n:]
			}
		case html.StartTagToken, html.EndTagToken, html.SelfClosingTagToken:
			name, _ := z.TagName()
			switch {
			case hidden[string(name)] && kind == html.StartTagToken:
				depth++
			case hidden[string(name)] && kind == html.EndTagToken:
				depth = max(depth-1, 0)
			case blocks[string(name)]:
				line = true
			case string(name) == "a" && kind == html.StartTagToken:
				link = b.Len()
			case string(name) == "a" && readsOn(strings.ToLower(strings.TrimLeft(b.String()[link:], " \n[("))):
				links = append(links, [2]int{link, b.Len()})
			}
		case html.CommentToken, html.DoctypeToken:
		}
	}
}

// partLinks begins a new line before each of the links that ends a line behind a
// sentence, or behind the dots of a part of one.
func partLinks(text string, links [][2]int) string {
	for _, link := range slices.Backward(links) {
		before, after := strings.TrimRight(text[:link[0]], " [("), text[link[1]:]
		end, _ := utf8.DecodeLastRuneInString(before)
		rest, _, _ := strings.Cut(after, "\n")
		if before != "" && strings.ContainsRune(".!?…\"”’»)]", end) && !strings.ContainsFunc(rest, unicode.IsLetter) && text[link[0]] != '\n' {
			text = before + "\n" + strings.TrimLeft(text[len(before):], " ")
		}
	}
	return text
}

func isSpace(r rune) bool {
	switch r {
	case ' ', '\t', '\n', '\r', '\f', '\v', '\u00a0', '\u0085', '\u2028', '\u2029':
		return true
	}
	return false
}

// plainLine is a title as plain text: feeds put HTML into titles, some without
// saying so.
func plainLine(s string) string {
	if strings.ContainsAny(s, "<&") {
		s = Text(s)
	}
	return oneLine(s)
}

// oneLine folds white space.
func oneLine(s string) string { return strings.Join(strings.FieldsFunc(s, isSpace), " ") }
