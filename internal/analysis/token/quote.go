package token

import "unicode/utf8"

// apostrophe adds what begins with the apostrophe or single quotation mark of n
// bytes at i: a clitic behind a mark ("Inc.'s"), a year or a word cut at its
// front ('72, 'em), the mark of a quotation.
func (s *scanner) apostrophe(i, end, n int) int {
	next := i + n
	glued := s.glued(i)
	if next < end {
		if c, m := classAt(s.text, next); c == apostrophe && m == n { // ''
			k := closer
			if !glued && next+m < end && !s.is(next+m, space) {
				k = opener
			}
			s.emit(i, next+m, k)
			return next + m
		}
	}
	if glued {
		if e := s.letters(next, end); s.english && clitic(s.text[next:e]) {
			s.emit(i, e, lower)
			return e
		}
		if s.single > 0 {
			s.single--
		}
		s.emit(i, next, closer)
		return next
	}
	if next < end {
		e := s.letters(next, end)
		if word := s.text[next:e]; s.english && (cutFront[word] || decade(word) || clitic(word) && word[0]|0x20 != 'd') {
			s.emit(i, e, s.wordKind(next))
			return e
		}
		if k, _ := classAt(s.text, next); k != space {
			s.single++
			s.emit(i, next, opener)
			return next
		}
	}
	k := mark
	if s.single > 0 {
		s.single--
		k = closer
	}
	s.emit(i, next, k)
	return next
}

// cutFront holds words that are written with an apostrophe for a lost front.
var cutFront = map[string]bool{
	"em": true, "n": true, "til": true, "till": true, "cause": true, "bout": true, "Em": true, "N": true, "Til": true, "Cause": true, "un": true,
}

// decade reports whether word is what follows the apostrophe of a short year:
// "72", "60s".
func decade(word string) bool {
	return (len(word) == 2 || len(word) == 3 && word[2] == 's') && ascii[word[0]&0x7f] == digit && ascii[word[1]&0x7f] == digit
}

// clitic reports whether letters that follow an apostrophe are one: 's, 're, …
func clitic(letters string) bool {
	if len(letters) == 0 || len(letters) > 2 || letters[0] >= utf8.RuneSelf {
		return false
	}
	a := letters[0] | 0x20
	if len(letters) == 1 {
		return a == 's' || a == 'm' || a == 'd'
	}
	b := letters[1] | 0x20
	return b == 'e' && (a == 'r' || a == 'v') || a == 'l' && b == 'l'
}
