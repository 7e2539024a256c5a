package article

import (
	"unicode"
	"unicode/utf8"

	"github.com/sergi/go-diff/diffmatchpatch"

	"synoptic/text"
)

// Edit is one change from one text to another: the bytes of Old gave way to the
// bytes of New, either of which may be empty.
type Edit struct {
	Old text.Span // in the old text
	New text.Span // in the new one
}

// maxCells bounds the work on one stretch, as old times new parts; a stretch
// beyond it is one edit.
const maxCells = 16 << 20

// Diff says what has changed from one version of a text to the next, by whole
// words, in order: what lies between two edits is the same in both. Edits that
// only marks and blanks lie between are one. The texts are compared line by line
// first, then word by word where lines differ (Myers 1986).
func Diff(before, after string) []Edit {
	d := differ{before: before, after: after}
	for _, e := range d.stretches(text.Span{End: len(before)}, text.Span{End: len(after)}, lineEnd) {
		for _, w := range d.stretches(e.Old, e.New, wordEnd) {
			d.add(w)
		}
	}
	return d.edits
}

type differ struct {
	before, after string
	edits         []Edit
}

// add appends an edit, or joins it to the one before where no word lies between.
func (d *differ) add(e Edit) {
	if k := len(d.edits) - 1; k >= 0 {
		last := &d.edits[k]
		if between := d.before[last.Old.End:e.Old.Start]; !wordy(between) && !lines(between) {
			last.Old.End, last.New.End = e.Old.End, e.New.End
			return
		}
	}
	d.edits = append(d.edits, e)
}

func wordy(s string) bool {
	for _, r := range s {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return true
		}
	}
	return false
}

func lines(s string) bool {
	for i := range len(s) {
		if s[i] == '\n' {
			return true
		}
	}
	return false
}

// stretches are the edits between a stretch of the old text and one of the new,
// both cut into parts by end, which gives the length of the first part.
func (d *differ) stretches(from, to text.Span, end func(string) int) []Edit {
	a, b := from.Of(d.before), to.Of(d.after)
	if a == b {
		return nil
	}
	numbers := make(map[string]rune)
	was, is := parts(a, end, numbers), parts(b, end, numbers)
	if len(was.runes)*len(is.runes) > maxCells || len(numbers) > maxNumbers {
		return []Edit{{from, to}}
	}
	machine := diffmatchpatch.New()
	machine.DiffTimeout = 0 // the same answer however long it takes
	var edits []Edit
	i, j := 0, 0 // parts that are behind us
	open := false
	for _, step := range machine.DiffMainRunes(was.runes, is.runes, false) {
		n := utf8.RuneCountInString(step.Text)
		if step.Type == diffmatchpatch.DiffEqual {
			i, j, open = i+n, j+n, false
			continue
		}
		if !open {
			edits = append(edits, Edit{
				text.Span{Start: from.Start + was.at[i], End: from.Start + was.at[i]}, text.Span{Start: to.Start + is.at[j], End: to.Start + is.at[j]},
			})
			open = true
		}
		last := &edits[len(edits)-1]
		if step.Type == diffmatchpatch.DiffDelete {
			i += n
			last.Old.End = from.Start + was.at[i]
		} else {
			j += n
			last.New.End = to.Start + is.at[j]
		}
	}
	return edits
}

// cutUp is a text as parts: a number for each, and where each begins, with the
// end of the last.
type cutUp struct {
	runes []rune
	at    []int
}

// Numbers of parts are runes, without those that are no characters.
const (
	surrogates = 0xd800
	maxNumbers = utf8.MaxRune - 0x800
)

func parts(s string, end func(string) int, numbers map[string]rune) cutUp {
	c := cutUp{at: []int{0}}
	for at := 0; at < len(s); {
		n := end(s[at:])
		part := s[at : at+n]
		number, ok := numbers[part]
		if !ok {
			if number = rune(len(numbers) + 1); number >= surrogates {
				number += 0x800
			}
			numbers[part] = number
		}
		at += n
		c.runes, c.at = append(c.runes, number), append(c.at, at)
	}
	return c
}

func lineEnd(s string) int {
	for i := range len(s) {
		if s[i] == '\n' {
			return i + 1
		}
	}
	return len(s)
}

// wordEnd is the length of the word that s begins with, with the apostrophes and
// the points of numbers in it; of the blanks; or of one sign.
func wordEnd(s string) int {
	first, size := utf8.DecodeRuneInString(s)
	inside := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) }
	switch {
	case first == '\n':
		return size
	case unicode.IsSpace(first):
		n := size
		for n < len(s) {
			r, w := utf8.DecodeRuneInString(s[n:])
			if !unicode.IsSpace(r) || r == '\n' {
				break
			}
			n += w
		}
		return n
	case !inside(first):
		return size
	}
	n := size
	for n < len(s) {
		r, w := utf8.DecodeRuneInString(s[n:])
		if !inside(r) {
			after, _ := utf8.DecodeRuneInString(s[n+w:])
			if (r == '\'' || r == '’') && unicode.IsLetter(after) || (r == '.' || r == ',') && unicode.IsDigit(after) {
				n += w
				continue
			}
			break
		}
		n += w
	}
	return n
}
