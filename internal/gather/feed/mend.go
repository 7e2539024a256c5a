package feed

import (
	"fmt"
	"html"
	"strings"
	"unicode/utf8"
)

// deepest is how many elements may lie in one another; no feed needs a tenth.
const deepest = 100

// fault is what was wrong first, at a byte of the text.
type fault struct {
	at   int
	what string
}

func (f *fault) Error() string { return f.what }

// brokenAt gives a fault in text[start:] its line.
func brokenAt(text string, start int, err error) error {
	at := start
	if f, ok := err.(*fault); ok {
		at += f.at
	}
	return fmt.Errorf("%d: %w", 1+strings.Count(text[:min(at, len(text))], "\n"), err)
}

// mender writes XML again so that it is well-formed: it closes what is left
// open, drops ends of what was never opened, escapes what must be, and leaves
// out declarations, comments and instructions. So a document of which the end
// is missing keeps what stands before.
type mender struct {
	in    string
	out   []byte
	open  []string // names of the elements that are open
	over  int      // elements too deep to be kept that are open
	bare  bool     // no CDATA section ends from here on
	fault *fault
}

// mend makes XML that begins with its first element well-formed. The fault is
// nil if it was.
func mend(in string) ([]byte, *fault) {
	m := mender{in: in, out: make([]byte, 0, len(in)+1024)}
	m.out = append(m.out, `<?xml version="1.0" encoding="UTF-8"?>`...)
	at := 0
	for at < len(in) {
		i := strings.IndexByte(in[at:], '<')
		if i < 0 {
			i = len(in) - at
		}
		m.text(at, in[at:at+i])
		at += i
		if at == len(in) {
			break
		}
		rest := in[at:]
		switch {
		case strings.HasPrefix(rest, "<!--"):
			at += after(rest, "-->")
		case strings.HasPrefix(rest, "<![CDATA["):
			at += m.cdata(at, rest)
		case strings.HasPrefix(rest, "<!"):
			at += declarationEnd(rest)
		case strings.HasPrefix(rest, "<?"):
			at += after(rest, "?>")
		case strings.HasPrefix(rest, "</"):
			at += m.end(at, rest)
		case len(rest) > 1 && nameStart(rest[1]):
			at += m.start(at, rest)
		default:
			m.wrong(at, "a < that begins no tag")
			m.out = append(m.out, "&lt;"...)
			at++
		}
		if len(m.open) == 0 {
			break // the first element is over; what follows is none of it
		}
	}
	if len(m.open) > 0 {
		m.wrong(at, "it ends within <%s>", m.open[len(m.open)-1])
		m.close(0)
	}
	return m.out, m.fault
}

func (m *mender) wrong(at int, what string, args ...any) {
	if m.fault == nil {
		m.fault = &fault{at, fmt.Sprintf(what, args...)}
	}
}

// close closes the open elements from one on.
func (m *mender) close(from int) {
	for len(m.open) > from {
		last := len(m.open) - 1
		m.out = append(append(append(m.out, "</"...), m.open[last]...), '>')
		m.open = m.open[:last]
	}
}

// text adds character data as it stands between elements.
func (m *mender) text(at int, s string) {
	if len(m.open) == 0 {
		return
	}
	m.escape(at, s)
}

// escape adds character data: references that XML knows stay, HTML's become
// their characters, other ampersands are escaped. What a document defines
// itself is not looked up, so nothing grows.
func (m *mender) escape(at int, s string) {
	for i := 0; i < len(s); {
		run := i
		for i < len(s) && s[i] >= ' ' && s[i] < utf8.RuneSelf && s[i] != '&' && s[i] != '<' && s[i] != '>' && s[i] != '"' {
			i++
		}
		m.out = append(m.out, s[run:i]...)
		if i == len(s) {
			break
		}
		c := s[i]
		switch {
		case c == '&':
			n := m.reference(at+i, s[i:])
			i += n
		case c == '<':
			m.out = append(m.out, "&lt;"...)
			i++
		case c == '>': // it may follow two brackets
			m.out = append(m.out, "&gt;"...)
			i++
		case c == '"':
			m.out = append(m.out, "&#34;"...)
			i++
		case c < ' ' && c != '\t' && c != '\n' && c != '\r':
			i++
		case c < utf8.RuneSelf:
			m.out = append(m.out, c)
			i++
		default:
			r, n := utf8.DecodeRuneInString(s[i:])
			if r == 0xFFFE || r == 0xFFFF {
				r = utf8.RuneError
			}
			m.out = utf8.AppendRune(m.out, r)
			i += n
		}
	}
}

// reference adds what s begins with, an ampersand, and gives its length.
func (m *mender) reference(at int, s string) int {
	end := strings.IndexByte(s[:min(len(s), 40)], ';')
	if end > 1 {
		whole := s[:end+1]
		switch whole {
		case "&amp;", "&lt;", "&gt;", "&quot;", "&apos;":
			m.out = append(m.out, whole...)
			return len(whole)
		}
		if plain := html.UnescapeString(whole); plain != whole && !strings.HasSuffix(plain, ";") {
			m.escapePlain(plain)
			return len(whole)
		}
	}
	m.wrong(at, "an & that begins no known reference")
	m.out = append(m.out, "&amp;"...)
	return 1
}

// escapePlain adds text in which an ampersand is one.
func (m *mender) escapePlain(s string) {
	for _, r := range s {
		switch {
		case r == '&':
			m.out = append(m.out, "&amp;"...)
		case r == '<':
			m.out = append(m.out, "&lt;"...)
		case r == '"':
			m.out = append(m.out, "&#34;"...)
		case r < ' ' && r != '\t' && r != '\n' && r != '\r', r == 0xFFFE, r == 0xFFFF:
		default:
			m.out = utf8.AppendRune(m.out, r)
		}
	}
}

// cdata adds a CDATA section, whole or up to the end of its element.
func (m *mender) cdata(at int, rest string) int {
	const mark = "<![CDATA["
	body := rest[len(mark):]
	n := len(mark)
	end := -1
	if !m.bare {
		end = strings.Index(body, "]]>")
	}
	if end >= 0 {
		n += end + len("]]>")
	} else {
		m.bare = true
		m.wrong(at, "a CDATA section that does not end")
		end = len(body)
		if len(m.open) > 0 {
			if i := strings.Index(body, "</"+m.open[len(m.open)-1]+">"); i >= 0 {
				end = i
			}
		}
		n += end
	}
	if len(m.open) == 0 {
		return n
	}
	m.out = append(m.out, mark...)
	for _, r := range body[:end] {
		if r >= ' ' && r != 0xFFFE && r != 0xFFFF || r == '\t' || r == '\n' || r == '\r' {
			m.out = utf8.AppendRune(m.out, r)
		}
	}
	m.out = append(m.out, "]]>"...)
	return n
}

// end closes an element and all in it that is open still.
func (m *mender) end(at int, rest string) int {
	name, _ := cutName(rest[2:])
	n := after(rest, ">")
	switch {
	case len(m.open) == 0 || void[name]:
		return n
	case m.over > 0:
		m.over--
		return n
	}
	for i := len(m.open) - 1; i >= 0; i-- {
		if strings.EqualFold(m.open[i], name) {
			if i < len(m.open)-1 {
				m.wrong(at, "</%.40s> within <%.40s>", name, m.open[len(m.open)-1])
			}
			m.close(i)
			return n
		}
	}
	m.wrong(at, "</%.40s> that was not opened", name)
	return n
}

// void are the elements that HTML never closes.
var void = map[string]bool{"br": true, "hr": true, "img": true, "wbr": true, "input": true, "embed": true}

// Where a tag is missing, the next element tells. An item holds no item. What
// holds a line of text holds none of the others, and what holds an account
// holds none of those that HTML does not know.
var (
	ofLine    = set("title link guid id pubDate published updated lastBuildDate loc lastmod ttl language name uri email comments category dc:date dc:creator")
	ofAccount = set("description summary content content:encoded")
	ofFeed    = set("guid pubDate published updated lastBuildDate content:encoded dc:date dc:creator item entry")
)

func set(names string) map[string]bool {
	m := map[string]bool{}
	for _, name := range strings.Fields(names) {
		m[name] = true
	}
	return m
}

// closeFor closes what cannot hold an element of this name.
func (m *mender) closeFor(at int, name string) {
	top := len(m.open) - 1
	if top >= 0 && ofLine[m.open[top]] && (ofLine[name] || ofAccount[name] || ofFeed[name]) {
		m.wrong(at, "<%s> within <%s>", name, m.open[top])
		m.close(top)
	}
	if !ofFeed[name] {
		return
	}
	item := name == "item" || name == "entry"
	for i, open := range m.open {
		if ofAccount[open] || item && (open == "item" || open == "entry") {
			m.wrong(at, "<%s> within <%s>", name, open)
			m.close(i)
			return
		}
	}
}

// start adds a start tag with its attributes.
func (m *mender) start(at int, rest string) int {
	name, tail := cutName(rest[1:])
	m.closeFor(at, name)
	before := len(m.out)
	m.out = append(append(m.out, '<'), name...)
	for {
		tail = strings.TrimLeft(tail, " \t\r\n")
		switch {
		case tail == "":
			m.wrong(at, "a tag <%.40s that does not end", name)
			m.out = m.out[:before]
			return len(rest)
		case tail[0] == '<': // the tag before was cut
			m.wrong(at, "a tag <%.40s that does not end", name)
			m.opened(at, before, name, false)
			return len(rest) - len(tail)
		case tail[0] == '>':
			m.opened(at, before, name, void[name])
			return len(rest) - len(tail) + 1
		case strings.HasPrefix(tail, "/>"):
			m.opened(at, before, name, true)
			return len(rest) - len(tail) + 2
		case !nameStart(tail[0]):
			tail = tail[1:]
		default:
			tail = m.attribute(len(m.in)-len(tail), tail)
		}
	}
}

// opened ends a start tag that was begun at a byte of the output.
func (m *mender) opened(at, before int, name string, closed bool) {
	switch {
	case len(m.open) >= deepest:
		m.wrong(at, "more than %d elements within one another", deepest)
		m.out = m.out[:before]
		if !closed {
			m.over++
		}
	case closed:
		m.out = append(m.out, "/>"...)
	default:
		m.out = append(m.out, '>')
		m.open = append(m.open, name)
	}
}

// attribute adds one attribute and gives what follows it.
func (m *mender) attribute(at int, tail string) string {
	name, tail := cutName(tail)
	value := ""
	if rest := strings.TrimLeft(tail, " \t\r\n"); strings.HasPrefix(rest, "=") {
		tail = strings.TrimLeft(rest[1:], " \t\r\n")
		if tail != "" && (tail[0] == '"' || tail[0] == '\'') {
			value, tail, _ = strings.Cut(tail[1:], tail[:1])
		} else {
			end := strings.IndexAny(tail, " \t\r\n<>")
			if end < 0 {
				end = len(tail)
			}
			value, tail = strings.TrimSuffix(tail[:end], "/"), tail[end:]
		}
	}
	m.out = append(append(append(m.out, ' '), name...), `="`...)
	m.escape(at, value)
	m.out = append(m.out, '"')
	return tail
}

// after is the index after the first mark in s, or the length of s.
func after(s, mark string) int {
	if i := strings.Index(s, mark); i >= 0 {
		return i + len(mark)
	}
	return len(s)
}

// declarationEnd is where a declaration ends, with the ones within its brackets.
func declarationEnd(s string) int {
	depth := 0
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '[':
			depth++
		case ']':
			depth--
		case '>':
			if depth <= 0 {
				return i + 1
			}
		case '"', '\'':
			if end := strings.IndexByte(s[i+1:], s[i]); end >= 0 && depth > 0 {
				i += end + 1
			}
		}
	}
	return len(s)
}

func nameStart(c byte) bool {
	return c|0x20 >= 'a' && c|0x20 <= 'z' || c == '_'
}

// cutName cuts the name off that s begins with: of ASCII characters, as all
// names in feeds are, with one prefix at most.
func cutName(s string) (name, rest string) {
	i, prefixed := 0, false
	for ; i < len(s); i++ {
		c := s[i]
		if c == ':' && !prefixed {
			prefixed = true
		} else if !nameStart(c) && (c < '0' || c > '9') && c != '-' && c != '.' {
			break
		}
	}
	return s[:i], s[i:]
}

// local is a name without its prefix.
func local(name string) string {
	return name[strings.LastIndexByte(name, ':')+1:]
}
