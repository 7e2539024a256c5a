package attribution

import (
	"unicode"
	"unicode/utf8"

	"synoptic/text"
)

// quotation is a stretch of one paragraph between quotation marks.
type quotation struct {
	inner  text.Span // without the marks
	outer  text.Span // with them
	single bool      // in single marks
	open   bool      // the closing mark is missing: it ends with its paragraph, or where the next one opens
	title  bool      // it gives the title of a work, and is nobody's words
}

// quotations finds what stands in quotation marks in one paragraph, in order.
// Marks are told by their place more than by their shape, since pages mix
// styles and turn marks the wrong way round: one that follows a space or an
// opening bracket and leans on a letter opens, one that leans on what is
// before it closes. Single marks count only where they close again in the same
// paragraph, so that apostrophes stay what they are. Marks within a quotation
// are part of it. The cost is linear in the paragraph.
func quotations(body string, paragraph text.Span, found []quotation) []quotation {
	first := len(found)
	var current quotation
	inside := false
	finish := func(inner, outer int) {
		current.inner.End, current.outer.End = inner, outer
		current.inner = current.inner.Trim(body, unicode.IsSpace)
		if !current.inner.Empty() {
			found = append(found, current)
		}
		inside = false
	}
	lastSingle := paragraph.Start // no single mark closes between here and where the last search for one gave up
	for i := paragraph.Start; i < paragraph.End; {
		r, n := utf8.DecodeRuneInString(body[i:paragraph.End])
		if r < utf8.RuneSelf && r != '"' && r != '\'' && r != '`' {
			i++
			continue
		}
		switch m := markAt(body, paragraph, i, r, &n); {
		case m == noMark:
		case m == doubleMark && !inside, m == doubleMark && inside && current.single:
			if inside {
				// A double mark in single ones: the single ones were none.
				inside = false
			}
			if opens(body, paragraph, i, n) {
				current = quotation{inner: text.Span{Start: i + n}, outer: text.Span{Start: i}}
				inside = true
			}
		case m == doubleMark:
			if closes(body, paragraph, i, n) {
				finish(i, i+n)
				break
			}
			// A mark that can only open while one is open: the closing one was forgotten.
			current.open = true
			finish(i, i)
			current = quotation{inner: text.Span{Start: i + n}, outer: text.Span{Start: i}}
			inside = true
		case m == singleMark && !inside:
			if i < lastSingle || !opens(body, paragraph, i, n) {
				break
			}
			if end := closingSingle(body, paragraph, i+n); end > 0 {
				current = quotation{inner: text.Span{Start: i + n}, outer: text.Span{Start: i}, single: true}
				inside = true
				_, size := utf8.DecodeRuneInString(body[end:])
				n = end + size - i
				finish(end, end+size)
			} else {
				lastSingle = paragraph.End
			}
		}
		i += n
	}
	if inside {
		current.open = true
		finish(paragraph.End, paragraph.End)
	}
	return dropNested(found, first)
}

type mark uint8

const (
	noMark mark = iota
	doubleMark
	singleMark
)

// markAt says what kind of mark r, the rune at i, is; TeX's “ and ” count as
// one double mark, and n is set to their length.
func markAt(body string, p text.Span, i int, r rune, n *int) mark {
	switch r {
	case '"', '“', '”', '„', '‟', '«', '»', '＂', '″':
		if r == '″' && i > p.Start && isDigit(body[i-1]) {
			return noMark // inches, seconds of arc
		}
		if r == '"' && i > p.Start && isDigit(body[i-1]) && !endsClause(body, p, i+1) && inch(body, p, i) {
			return noMark
		}
		return doubleMark
	case '\'', '`':
		if i+1 < p.End && body[i+1] == byte(r) {
			*n = 2
			return doubleMark
		}
		return singleMark
	case '‘', '’', '‚', '‛', '‹', '›':
		return singleMark
	}
	return noMark
}

func isDigit(b byte) bool { return '0' <= b && b <= '9' }

// inch reports whether the straight mark at i, which follows a digit, measures
// a length: the number before it stands alone (6", 5'6") and nothing that could
// be a quotation is open before it in the last few words.
func inch(body string, p text.Span, i int) bool {
	j := i
	for j > p.Start && (isDigit(body[j-1]) || body[j-1] == '.' || body[j-1] == '\'') {
		j--
	}
	if j > p.Start && body[j-1] != ' ' {
		return false
	}
	for k := j - 1; k >= p.Start && k > j-200; k-- {
		if body[k] == '"' {
			return false
		}
	}
	return true
}

// endsClause reports whether the text at i goes on with punctuation, or not at
// all.
func endsClause(body string, p text.Span, i int) bool {
	if i >= p.End {
		return true
	}
	switch body[i] {
	case '.', ',', ';', ':', '!', '?', ')':
		return true
	}
	return false
}

// opens reports whether the mark of n bytes at i can open: nothing, a space, an
// opening bracket or a dash stands before it and something but a space after.
func opens(body string, p text.Span, i, n int) bool {
	if i+n >= p.End {
		return false
	}
	after, _ := utf8.DecodeRuneInString(body[i+n : p.End])
	if unicode.IsSpace(after) {
		return false
	}
	if i == p.Start {
		return true
	}
	before, _ := utf8.DecodeLastRuneInString(body[p.Start:i])
	if unicode.IsSpace(before) || unicode.In(before, unicode.Ps, unicode.Pd, unicode.Pi) || before == ':' || before == '/' || before == ',' {
		return true
	}
	r, _ := utf8.DecodeRuneInString(body[i:])
	if r == '“' || r == '„' || r == '«' || r == '‘' {
		return !unicode.IsLetter(before) || unicode.IsUpper(after) // "said.“We" and "said“We": a space was lost
	}
	return before == '"' || before == '\'' || before == '’' || before == '”'
}

// closes reports whether the mark of n bytes at i, met inside of a quotation,
// closes it.
func closes(body string, p text.Span, i, n int) bool {
	r, _ := utf8.DecodeRuneInString(body[i:])
	if i+n >= p.End {
		return true
	}
	before, _ := utf8.DecodeLastRuneInString(body[p.Start:i])
	after, _ := utf8.DecodeRuneInString(body[i+n : p.End])
	switch r {
	case '”', '»':
		return true
	case '“', '„', '«':
		return !unicode.IsSpace(before) && (unicode.IsSpace(after) || unicode.IsPunct(after))
	}
	return !unicode.IsSpace(before) || unicode.IsSpace(after)
}

// longestSingle is how many bytes a quotation in single marks may have, so that
// looking for its end costs a bounded time.
const longestSingle = 2000

// closingSingle is the place of the single mark that closes a quotation which
// began before from, or 0 where there is none. A mark within a word is an
// apostrophe; one after an s and before a space may be a plural's, and closes
// only where no better one follows in the sentence.
func closingSingle(body string, p text.Span, from int) int {
	doubtful := 0
	end := min(p.End, from+longestSingle)
	for i := from; i < end; {
		r, n := utf8.DecodeRuneInString(body[i:p.End])
		switch r {
		case '"', '“', '”':
			return doubtful
		case '\'', '’', '›':
			if i == from || (i+n < p.End && letterAt(body, i+n)) {
				break
			}
			before, _ := utf8.DecodeLastRuneInString(body[from:i])
			if unicode.IsSpace(before) {
				break
			}
			if before != 's' && before != 'S' {
				return i
			}
			if doubtful == 0 {
				doubtful = i
			}
			if i+n >= p.End || body[i+n] != ' ' {
				return i
			}
		}
		i += n
	}
	return doubtful
}

func letterAt(body string, i int) bool {
	r, _ := utf8.DecodeRuneInString(body[i:])
	return unicode.IsLetter(r) || unicode.IsDigit(r)
}

// dropNested removes what lies within a quotation found before it.
func dropNested(found []quotation, first int) []quotation {
	kept := found[:first]
	for _, q := range found[first:] {
		if n := len(kept); n > first && kept[n-1].outer.Contains(q.outer) {
			continue
		}
		kept = append(kept, q)
	}
	return kept
}
