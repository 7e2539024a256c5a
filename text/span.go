// Package text says where words stand: half-open spans of UTF-8 bytes into a
// text that is never changed, what can be asked of them, and how they are
// counted outside Go, in Unicode code points.
package text

import (
	"fmt"
	"unicode/utf8"
)

// Span is a half-open range of bytes, [Start, End), of some text. The zero
// value is the empty span at the beginning.
type Span struct {
	Start, End int
}

// Len is the length in bytes.
func (s Span) Len() int { return s.End - s.Start }

// Empty reports whether no byte lies in s.
func (s Span) Empty() bool { return s.End <= s.Start }

// Of slices the words of s out of body, the text that s was made for.
func (s Span) Of(body string) string { return body[s.Start:s.End] }

// Contains reports whether o lies wholly in s.
func (s Span) Contains(o Span) bool { return s.Start <= o.Start && o.End <= s.End }

// Has reports whether the byte at offset lies in s.
func (s Span) Has(offset int) bool { return s.Start <= offset && offset < s.End }

// Overlaps reports whether s and o share at least one byte.
func (s Span) Overlaps(o Span) bool { return s.Start < o.End && o.Start < s.End }

// Intersect is the part that s and o share; it is empty when they share none.
func (s Span) Intersect(o Span) Span {
	both := Span{max(s.Start, o.Start), min(s.End, o.End)}
	if both.Empty() {
		return Span{both.Start, both.Start}
	}
	return both
}

// Cover is the smallest span that holds both s and o. An empty span adds
// nothing.
func (s Span) Cover(o Span) Span {
	switch {
	case s.Empty():
		return o
	case o.Empty():
		return s
	}
	return Span{min(s.Start, o.Start), max(s.End, o.End)}
}

// Compare orders spans by their start, the longer first where they start
// together, so that what contains comes before what is contained.
func (s Span) Compare(o Span) int {
	if s.Start != o.Start {
		return s.Start - o.Start
	}
	return o.End - s.End
}

// Check says what is wrong with s as a span of body: out of bounds, reversed,
// or not on the edges of runes. It returns nil for a span that can be sliced.
func (s Span) Check(body string) error {
	switch {
	case s.Start < 0 || s.End > len(body):
		return fmt.Errorf("span %v: outside of a text of %d bytes", s, len(body))
	case s.End < s.Start:
		return fmt.Errorf("span %v: ends before it starts", s)
	case !edge(body, s.Start) || !edge(body, s.End):
		return fmt.Errorf("span %v: cuts a character in two", s)
	}
	return nil
}

// String formats s as [start:end], in bytes.
func (s Span) String() string { return fmt.Sprintf("[%d:%d]", s.Start, s.End) }

func edge(body string, at int) bool { return at == 0 || at == len(body) || utf8.RuneStart(body[at]) }

// Trim shrinks s until it neither begins nor ends with a rune that drop
// accepts. It may come out empty, at the place where s started.
func (s Span) Trim(body string, drop func(rune) bool) Span {
	for !s.Empty() {
		r, n := utf8.DecodeRuneInString(body[s.Start:s.End])
		if !drop(r) {
			break
		}
		s.Start += n
	}
	for !s.Empty() {
		r, n := utf8.DecodeLastRuneInString(body[s.Start:s.End])
		if !drop(r) {
			break
		}
		s.End -= n
	}
	return s
}
