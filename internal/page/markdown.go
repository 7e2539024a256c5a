package page

import (
	"strings"
	"unicode"
)

// readMarkdown reads the blocks of Markdown as lines: headings, list items and
// quoted lines lose their marks, and lines of one paragraph stay lines of their
// own, since the text is kept to the letter. Emphasis and links keep their
// marks but where a whole line is one. A block of front matter gives title,
// authors and dates.
func (d *draft) readMarkdown(body string) {
	body = d.frontMatter(body)
	fenced := false
	titled := d.title != ""
	blank := false
	for raw := range strings.SplitSeq(strings.ReplaceAll(body, "\r\n", "\n"), "\n") {
		s := strings.TrimFunc(raw, isSpace)
		if strings.HasPrefix(s, "```") || strings.HasPrefix(s, "~~~") {
			fenced = !fenced
			continue
		}
		if s == "" || fenced {
			blank = blank || s == ""
			continue
		}
		if strings.HasPrefix(s, "<!--") || strings.HasPrefix(s, "![") && strings.HasSuffix(s, ")") && strings.Count(s, "](") == 1 {
			if alt, _, _ := strings.Cut(strings.TrimPrefix(s, "!["), "]"); len(strings.Fields(alt)) > 3 && !strings.HasPrefix(s, "<") {
				d.add(alt, caption)
			}
			continue
		}
		h := plain
		if level := len(s) - len(strings.TrimLeft(s, "#")); level > 0 && level <= 6 && (len(s) == level || s[level] == ' ') {
			s = strings.TrimRight(strings.TrimSpace(s[level:]), "# ")
			h = heading
			if level == 1 && !titled {
				d.title, titled = unmark(s), true
				continue
			}
		}
		for strings.HasPrefix(s, ">") {
			s = strings.TrimSpace(s[1:])
		}
		if i := strings.IndexAny(s, ".)"); i > 0 && i < 4 && strings.Trim(s[:i], "0123456789") == "" && i+1 < len(s) && s[i+1] == ' ' {
			s, h = s[i+2:], bullet
		}
		if s = unmark(s); s == "" {
			continue
		}
		n := len(d.lines)
		d.add(s, h)
		if n < len(d.lines) {
			tail := markedTail(s)
			d.lines[n].blank, d.lines[n].tail, d.lines[n].link = blank, tail, tail > 0
		}
		blank = false
	}
}

// unmark takes emphasis around a whole line away, and of a line that is one
// link keeps the words.
func unmark(s string) string {
	for _, mark := range []string{"***", "**", "__", "*", "_"} {
		if len(s) > 2*len(mark) && strings.HasPrefix(s, mark) && strings.HasSuffix(s, mark) && !strings.Contains(s[len(mark):len(s)-len(mark)], mark) {
			s = s[len(mark) : len(s)-len(mark)]
		}
	}
	if strings.HasPrefix(s, "[") && strings.HasSuffix(s, ")") {
		if i := strings.Index(s, "]("); i > 0 && !strings.Contains(s[i+2:len(s)-1], "](") {
			return s[1:i]
		}
	}
	return strings.TrimFunc(s, unicode.IsSpace)
}

// markedTail is the length of the link to the rest of an account that ends the
// line s, 0 for none.
func markedTail(s string) int {
	i := strings.LastIndexByte(s, '[')
	if i <= 0 || !strings.HasSuffix(s, ")") {
		return 0
	}
	if words, address, ok := strings.Cut(s[i+1:], "]("); !ok || strings.ContainsRune(address, ' ') || !readOnLink(words) {
		return 0
	}
	return len(s) - i
}

// frontMatter reads "key: value" lines between two rules at the head, and
// gives the rest back.
func (d *draft) frontMatter(body string) string {
	rest, ok := strings.CutPrefix(body, "---\n")
	if !ok {
		return body
	}
	head, tail, ok := strings.Cut(rest, "\n---")
	if !ok {
		return body
	}
	for l := range strings.SplitSeq(head, "\n") {
		key, value, ok := strings.Cut(l, ":")
		value = strings.Trim(strings.TrimSpace(value), `"'`)
		if !ok || value == "" {
			continue
		}
		switch strings.ToLower(strings.TrimSpace(key)) {
		case "title":
			d.title = value
		case "author", "authors", "by":
			for name := range strings.FieldsFuncSeq(value, func(r rune) bool { return r == ',' || r == '[' || r == ']' }) {
				if name = authorName(strings.Trim(name, ` "'`)); name != "" {
					d.authors = merge(d.authors, []string{name})
				}
			}
		case "date", "published":
			d.published, _ = looseDate(value)
		case "updated", "modified", "lastmod":
			d.updated, _ = looseDate(value)
		case "url", "canonical", "link":
			d.address = value
		case "source", "outlet", "publisher":
			d.outlet.Name = value
		case "lang", "language":
			d.language = languageTag(value)
		}
	}
	return tail
}
