package page

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// lower is s with ASCII letters in lower case, so that offsets into it are
// offsets into s.
func lower(s string) string {
	for i := range len(s) {
		if 'A' <= s[i] && s[i] <= 'Z' {
			b := []byte(s)
			for j := i; j < len(b); j++ {
				if 'A' <= b[j] && b[j] <= 'Z' {
					b[j] += 'a' - 'A'
				}
			}
			return string(b)
		}
	}
	return s
}

var straight = strings.NewReplacer("“", `"`, "”", `"`, "„", `"`, "«", `"`, "»", `"`, "‘", "'", "’", "'", "´", "'",
	"–", "-", "—", "-", "‑", "-", "…", "...", "\u00ad", "", "\u200b", "")

// fold makes lines comparable: lower case, plain quotation marks and dashes,
// single spaces.
func fold(s string) string {
	return strings.Join(strings.Fields(strings.ToLower(straight.Replace(s))), " ")
}

// bare is fold without anything but letters, digits and single spaces.
func bare(s string) string {
	var b strings.Builder
	gap := false
	for _, r := range straight.Replace(s) {
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r):
			if gap && b.Len() > 0 {
				b.WriteByte(' ')
			}
			gap = false
			b.WriteRune(unicode.ToLower(r))
		case r == '\'' || r == '.':
		default:
			gap = true
		}
	}
	return b.String()
}

// trimName takes the article in front of a name and the forms of company law
// behind it away.
func trimName(s string) string {
	s = strings.Trim(s, " \t\u00a0.,;:*|-–—\"“”'")
	for _, p := range []string{"The ", "the "} {
		s = strings.TrimPrefix(s, p)
	}
	for _, suffix := range []string{", LLC", " LLC", ", Inc", " Inc", ", L.P", " L.P", " LP", " Ltd", ", Ltd", " GmbH", " plc"} {
		s = strings.TrimSuffix(s, suffix)
	}
	return strings.TrimSpace(s)
}

// capital reports whether word begins with a capital or a letter of a script
// that has none.
func capital(word string) bool {
	r, _ := utf8.DecodeRuneInString(strings.TrimLeft(word, "\"“‘'([@#"))
	return unicode.IsUpper(r) || unicode.IsTitle(r) || unicode.Is(unicode.Lo, r)
}

// particles may stand in lower case within a person's name.
var particles = set("de del della der den di da dos du la le van von bin bint ibn al el ben abu ter ten af e y zu")

// nameLike reports whether s could be the name of a person or a house: up to
// six words, capitals in front, no digits.
func nameLike(s string) bool {
	words := strings.Fields(s)
	if len(words) == 0 || len(words) > 6 || len(s) > 60 {
		return false
	}
	for i, w := range words {
		if strings.ContainsFunc(w, unicode.IsDigit) || strings.ContainsAny(w, "?!:\"“”()[]{}<>=") {
			return false
		}
		inside := i > 0 && (particles[w] || i < len(words)-1 && lowerInName[w])
		prefixed := strings.HasPrefix(w, "al-") || strings.HasPrefix(w, "el-") || strings.HasPrefix(w, "d'")
		if !capital(w) && !inside && !prefixed {
			return false
		}
	}
	return capital(words[0]) || len(words) > 1 && particles[words[0]]
}

// lowerInName may stand within the name of a house or an office.
var lowerInName = set("of the for and & at on in")

// personLike is nameLike for persons: two to four words, none of them a word
// of offices, months or streets.
func personLike(s string) bool {
	words := strings.Fields(s)
	if len(words) < 2 || len(words) > 5 || !nameLike(s) {
		return false
	}
	for _, w := range words {
		w = strings.Trim(w, ".,'’")
		if len(w) == 1 && isUpper(w) {
			continue // an initial
		}
		if notInPersons[strings.ToLower(w)] || len(w) > 2 && strings.Contains(w, ".") || lowerInName[w] && w != "and" {
			return false
		}
		if w == "and" || w == "&" || strings.ContainsAny(w, "/|@.,") && len(w) > 3 {
			return false
		}
	}
	last := words[len(words)-1]
	return utf8.RuneCountInString(strings.Trim(last, ".")) > 1 && capital(last)
}

var notInPersons = set(`the a an and of in on at to for from with by as is was news press media agency agencies photo photos image images
	video editor editorial editors reporter reporters correspondent writer staff team desk bureau service services network online
	published updated posted read min mins minutes story stories more about street avenue party police council committee
	department ministry university college hospital association union club united states new prime minister
	president january february july september october november december feb mar apr jul aug sep sept
	oct nov dec monday tuesday wednesday thursday friday saturday sunday world politics business sport sports opinion analysis
	breaking live latest home share subscribe newsletter advertisement comments highlights summary source sources`)

func set(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}

// ending is how a line ends.
type ending uint8

const (
	open     ending = iota // in a word, as headlines and captions do
	stopped                // in the end of a sentence
	colon                  // in a colon
	comma                  // in a comma, a semicolon or a dash
	trailing               // in dots that stand for more
)

// endingOf looks at the last characters of s, marks and brackets aside.
func endingOf(s string) ending {
	if t := strings.TrimRightFunc(s, unicode.IsSpace); strings.HasSuffix(t, ")") {
		// A bracket behind the end of a sentence: "… he said. (Reporting by Jo Bell)"
		if i := strings.LastIndexByte(t, '('); i > 0 && endingOf(t[:i]) == stopped {
			return stopped
		}
	}
	t := strings.TrimRightFunc(s, func(r rune) bool {
		return unicode.IsSpace(r) || strings.ContainsRune("\"'”’»›)]*“‟″", r)
	})
	r, _ := utf8.DecodeLastRuneInString(t)
	switch {
	case strings.HasSuffix(t, "...") || strings.HasSuffix(t, ". . .") || r == '…':
		return trailing
	case strings.ContainsRune(".!?。．！？।॥؟۔։።", r):
		return stopped
	case r == ':' || r == '：':
		return colon
	case strings.ContainsRune(",;-–—，、；", r):
		return comma
	}
	return open
}
