package page

import "strings"

// readOns are the first words of links to the rest of an account, or to another
// on its matter; plainReadOns are those that are known without a link.
var (
	readOns      = lines("continue reading\nkeep reading\nread more\nread on\nread full\nread the full\nread the rest\nread the whole")
	plainReadOns = []string{"continue reading", "read more"}
)

// readOnLink reports whether s, the words of a link, lead to the rest.
func readOnLink(s string) bool { return len(strings.Fields(s)) <= 15 && readOnTrie().heads(fold(s)) }

// readOnTail is the length of the words that lead to the rest at the end of the
// line s, of which it is not known whether they are a link. A capital tells them
// from a sentence's own: "… pupils should read more".
func readOnTail(s string) int {
	t := strings.TrimRight(s, " \u00a0.…»›→▸>])")
	for _, words := range plainReadOns {
		i := len(t) - len(words)
		if i > 0 && strings.EqualFold(t[i:], words) && isUpper(t[i:i+1]) && strings.ContainsAny(t[i-1:i], " [(") {
			return len(s) - i
		}
	}
	return 0
}

// tails finds the lines that end in words that lead to the rest of an account:
// "… on Monday. Continue reading". Behind a sentence they end a paragraph of the
// account, which is kept: without them where they are a link, which is a block
// of its own, else to the letter. Behind anything else they end a teaser, and so
// they do where half of the paragraphs end in them, as in a list of posts.
func (d *draft) tails() {
	prose := make([]bool, len(d.lines)) // whether each is a paragraph, its tail aside
	paragraphs, tailed := 0, 0
	for i := range d.lines {
		l := &d.lines[i]
		if l.tail == 0 {
			l.tail = readOnTail(l.text)
		}
		before := l.beforeTail()
		end := endingOf(before)
		if prose[i] = (end == stopped || end == trailing) && len(strings.Fields(before)) >= 8; prose[i] {
			paragraphs++
			if l.tail > 0 {
				tailed++
			}
		}
	}
	list := tailed >= 3 && 2*tailed >= paragraphs
	for i := range d.lines {
		l := &d.lines[i]
		switch {
		case l.tail == 0:
		case list || !prose[i]:
			l.teaser, l.tail = readOnTail(l.text) > 0, 0
		case l.link:
			another := strings.HasPrefix(fold(l.text[len(l.text)-l.tail:]), "read more ") // "Read more about the crews"
			l.text, l.tail = l.beforeTail(), 0
			if i+1 < len(d.lines) {
				d.lines[i+1].gap = true
			} else if !another && d.wordsSoFar() < fewWords {
				d.cut = true
			}
		}
	}
}

// beforeTail is the line without the words that lead to the rest.
func (l *line) beforeTail() string {
	return strings.TrimRight(l.text[:len(l.text)-l.tail], " \u00a0[(")
}
