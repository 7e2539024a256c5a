package page

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// findTitle looks for the headline in a text that does not say which line it
// is: among the lines above the first paragraph, one without the end of a
// sentence that is no furniture. A line that the page repeats, whole or behind
// "Home »", wins; then the one most like a headline. A text that starts with
// its first paragraph has none.
func (d *draft) findTitle() {
	limit := min(len(d.lines), 25)
	best, score := -1, 0
	for i := range limit {
		l := &d.lines[i]
		if solid(l) {
			break
		}
		s := d.headlineScore(i)
		if s > score {
			best, score = i, s
		}
	}
	if best >= 0 {
		d.title = d.lines[best].text
	}
}

// solid reports whether a line is plainly running text: a sentence or more.
func solid(l *line) bool {
	switch l.end {
	case stopped, trailing:
		title := strings.HasSuffix(l.text, "?") || l.words <= 20 && titleCase(l.text)
		return l.words >= 9 && !title && !furnitureLine(l) && !captionTrie().heads(l.folded)
	case colon:
		return l.words >= 12
	case open, comma:
		return l.words >= 30
	}
	return false
}

func (d *draft) headlineScore(i int) int {
	l := &d.lines[i]
	if l.words < 2 || l.words == 2 && !connects(l) || l.words > 30 || utf8.RuneCountInString(l.text) > 220 || l.hint == bullet {
		return 0
	}
	if furnitureLine(l) || labels()[trimLabel(l.folded)] || noteTrie().heads(l.folded) || crumbs(l.text) != "" || captionTrie().heads(l.folded) {
		return 0
	}
	if _, ok := stampOf(l.text, true); ok {
		return 0
	}
	if len(l.credits) > 0 {
		return 0
	}
	first, _ := utf8.DecodeRuneInString(strings.TrimLeft(l.text, "\"'“‘«‹¿¡("))
	if unicode.IsLower(first) {
		return 0
	}
	score := 10
	switch l.end {
	case stopped:
		if strings.HasSuffix(l.text, ".") {
			if l.words > 14 && !titleCase(l.text) {
				return 0
			}
			score -= 7
		}
	case comma, colon:
		return 0
	case trailing:
		score -= 2
	case open:
	}
	me := l.bare
	for j := range min(len(d.lines), 40) {
		if j == i {
			continue
		}
		o := &d.lines[j]
		other := o.bare
		if other == me || strings.HasSuffix(other, me) && (crumbs(o.text) != "" || o.words <= l.words+6) {
			score += 10
		}
	}
	if l.hint == heading {
		score += 6
	}
	if l.words >= 5 {
		score += 2
	}
	if connects(l) {
		score += 4
	} else if l.words < 6 {
		score -= 6 // a row of names of sections
	}
	if i+1 < len(d.lines) {
		next := &d.lines[i+1]
		if _, ok := stampOf(next.text, true); ok {
			score += 3
		} else if solid(next) {
			score += 2
		}
	}
	if i == 0 {
		score++
	}
	return score
}

// titleCase reports whether nearly all of the longer words of s, and at least
// four, have capitals.
func titleCase(s string) bool {
	n, capitals := 0, 0
	for w := range strings.FieldsSeq(s) {
		if utf8.RuneCountInString(w) >= 5 {
			n++
			if r, _ := utf8.DecodeRuneInString(strings.TrimLeft(w, "\"'“‘(")); unicode.IsUpper(r) {
				capitals++
			}
		}
	}
	return n >= 4 && 10*capitals >= 9*n
}

// connects reports whether a line has a small word that rows of names lack.
func connects(l *line) bool {
	for w := range strings.FieldsSeq(l.folded) {
		if connecting[strings.Trim(w, ",.:;'\"?!")] || strings.HasSuffix(w, "'s") || strings.HasSuffix(w, "'") {
			return true
		}
		if strings.ContainsFunc(w, unicode.IsDigit) {
			return true
		}
	}
	lower := 0
	for w := range strings.FieldsSeq(l.text) {
		if r, _ := utf8.DecodeRuneInString(w); unicode.IsLower(r) {
			lower++
		}
	}
	return lower >= 2 || lower == 1 && l.words <= 4 || l.end == stopped
}

var connecting = set(`a an the of in on at to for from with by as is are was were be been has have had will would can could may might must
	after before over under amid against into out off up down not no but if when while who how why what says said say than that this his her
	its their he she it they we you i or and der die das und in im mit von für auf nach bei zu le la les un une des du et à en dans pour sur par
	el los las una y con para por il lo gli i e di per che`)

// crumbs is what stands behind the last arrow of a breadcrumb line, "" where
// the line is none.
func crumbs(s string) string {
	for _, arrow := range []string{"»", "›", "→", "❯", " > ", " / ", " :: "} {
		if i := strings.LastIndex(s, arrow); i >= 0 {
			head := fold(s[:strings.Index(s, arrow)])
			first := len(strings.Fields(head)) <= 3
			if first && (labels()[head] || strings.Count(s, arrow) > 1 && allShort(strings.Split(s[:i], arrow)) || arrow == "»" && head != "" && !strings.Contains(s, "«")) {
				last := strings.TrimSpace(s[i+len(arrow):])
				if last == "" {
					last = strings.TrimSpace(s[:i])
				}
				return last
			}
		}
	}
	return ""
}

func allShort(parts []string) bool {
	for _, p := range parts {
		if len(strings.Fields(p)) > 4 {
			return false
		}
	}
	return true
}

// repeats reports whether a line says the headline again, alone or with a date,
// a section or the site's name around it.
func repeats(l *line, title string) bool {
	if title == "" {
		return false
	}
	me := l.bare
	if me == title {
		return true
	}
	if len(title) < 12 {
		return false
	}
	if rest, ok := strings.CutPrefix(me, title); ok {
		if len(strings.Fields(rest)) <= 4 && l.end == open {
			return true
		}
		if at := len(l.text) - len(rest); at > 0 {
			tail := l.text[max(0, at-2):]
			_, _, dated := parseStamp(strings.TrimLeft(tail, " -–—|:"))
			return dated || strings.HasPrefix(rest, " updated") || strings.HasPrefix(rest, " published")
		}
	}
	if strings.HasSuffix(me, title) && crumbs(l.text) != "" {
		return true
	}
	// A record may cut its headline short: "Minister resigns after…"
	return false
}
