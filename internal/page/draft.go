package page

import (
	"strings"
	"unicode"

	"synoptic/article"
)

// draft is an account on its way from bytes to an Article: what the page says
// of itself, and its lines, of which the classifier keeps some.
type draft struct {
	title      string
	lines      []line
	authors    []string
	published  article.Date
	updated    article.Date
	address    string
	outlet     article.Outlet
	language   string          // as declared
	section    bool            // the reader saw signs of structure: lines come from blocks of a page
	words      int             // as declared; 0 when not
	free       *bool           // as declared: whether the whole account is open to all
	cut        bool            // the page says that the rest is kept back
	unfinished bool            // the last paragraph breaks off
	own        map[string]bool // bare names of the outlet itself
	headlines  bool            // the headline alone will do
	listing    bool            // no line is a sentence: a menu, a list of links
}

// hint is what the structure of a page says of a line.
type hint uint8

const (
	plain hint = iota
	heading
	caption
	bullet
	standfirst
)

// line is one line of a page, trimmed of white space.
type line struct {
	text  string
	hint  hint
	blank bool // a blank line stood before it
	gap   bool // the reader dropped something before it
	tail  int  // length of the words at its end that lead to the rest of an account, in bytes; 0 for none
	link  bool // they are known to be a link

	folded    string
	bare      string
	furniture int8 // 1 yes, -1 no, 0 not asked yet
	words     int
	end       ending
	kind      article.ParagraphKind
	drop      bool
	teaser    bool   // of another story, or of the next of a list
	silent    bool   // dropped without leaving a gap: repeats of the headline, rules
	rule      string // which rule decided, for tests and debugging
	credits   []mention
	stamp     stamp
}

// addLines splits s where lines end and adds what is not blank.
func (d *draft) addLines(s string) {
	blank := false
	for len(s) > 0 {
		i := strings.IndexFunc(s, isBreak)
		var raw string
		if i < 0 {
			raw, s = s, ""
		} else {
			n := len(string([]rune(s[i:min(i+4, len(s))])[:1]))
			raw, s = s[:i], s[i+n:]
		}
		before := len(d.lines)
		d.add(raw, plain)
		if len(d.lines) == before {
			blank = true
			continue
		}
		d.lines[before].blank = blank
		blank = false
	}
}

// isBreak reports whether a line ends at r, as in Unicode's line breaking
// classes BK, CR, LF and NL.
func isBreak(r rune) bool {
	switch r {
	case '\n', '\r', '\v', '\f', '\u0085', '\u2028', '\u2029':
		return true
	}
	return false
}

// add adds one line, without the white space and the bullet around it.
func (d *draft) add(raw string, h hint) {
	s := strings.TrimFunc(raw, isSpace)
	for _, b := range []string{"•", "‣", "◦", "▪", "●", "■", "➤", "►", "- ", "* ", "– ", "— "} {
		if t, ok := strings.CutPrefix(s, b); ok && t != "" {
			t = strings.TrimFunc(t, isSpace)
			if b != "— " || len(t) < 200 {
				s = t
				if h == plain {
					h = bullet
				}
			}
			break
		}
	}
	if s != "" {
		d.lines = append(d.lines, line{text: s, hint: h})
	}
}

// isSpace is white space and the characters that only shape it.
func isSpace(r rune) bool {
	return unicode.IsSpace(r) || r == '\u200b' || r == '\u200e' || r == '\u200f' || r == '\ufeff' || r == '\u2060'
}

// hasWord reports whether s holds a letter or a digit.
func hasWord(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) })
}
