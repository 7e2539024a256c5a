// Package jsonld says what was found in the words of others: passages as the
// selectors of the W3C Web Annotation model, so that any reader can find them
// again, and articles, quotations and claims as schema.org has them. A story
// laid side by side comes in; values that marshal to JSON-LD go out.
package jsonld

import (
	"strings"
	"unicode/utf8"

	"synoptic/text"
)

// Selector finds words in a text: a TextQuoteSelector by the words around them,
// a TextPositionSelector by counting.
type Selector struct {
	Type   string `json:"type"`
	Exact  string `json:"exact,omitempty"`
	Prefix string `json:"prefix,omitempty"`
	Suffix string `json:"suffix,omitempty"`
	Start  *int   `json:"start,omitempty"` // code points
	End    *int   `json:"end,omitempty"`
}

// around is how many code points of a prefix or suffix serve where the words
// stand once with them; where they do not, it doubles.
const around = 32

// Quote selects s by its words, with as much before and after as it takes to
// tell it from the same words elsewhere in body. The words around stay within
// the line of s as long as they can: lines are apart on a page.
func Quote(body string, s text.Span) Selector {
	out := Selector{Type: "TextQuoteSelector", Exact: s.Of(body)}
	line := text.Span{Start: strings.LastIndexByte(body[:s.Start], '\n') + 1, End: len(body)}
	if i := strings.IndexByte(body[s.End:], '\n'); i >= 0 {
		line.End = s.End + i
	}
	for n := around; ; n *= 2 {
		within := text.Span{Start: back(body, s.Start, n), End: forth(body, s.End, n)}
		if cut := within.Intersect(line); n == around || within.Start >= line.Start && within.End <= line.End {
			within = cut
		}
		out.Prefix, out.Suffix = body[within.Start:s.Start], body[s.End:within.End]
		if whole := within.Of(body); within.Start == 0 && within.End == len(body) || once(body, whole) {
			return out
		}
	}
}

// once reports whether words stand in body a single time, overlaps counted.
func once(body, words string) bool {
	first := strings.Index(body, words)
	return first == strings.LastIndex(body, words)
}

// back is the offset n code points before at, or the beginning.
func back(body string, at, n int) int {
	for ; n > 0 && at > 0; n-- {
		_, size := utf8.DecodeLastRuneInString(body[:at])
		at -= size
	}
	return at
}

// forth is the offset n code points after at, or the end.
func forth(body string, at, n int) int {
	for ; n > 0 && at < len(body); n-- {
		_, size := utf8.DecodeRuneInString(body[at:])
		at += size
	}
	return at
}

// Position selects s by counting code points; points is of the text.
func Position(points *text.CodePoints, s text.Span) Selector {
	start, end := points.Span(s)
	return Selector{Type: "TextPositionSelector", Start: &start, End: &end}
}
