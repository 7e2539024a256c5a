package token

import (
	"unicode"
	"unicode/utf8"

	"synoptic/article"
	"synoptic/text"

	"github.com/clipperhouse/uax29/v2/words"
)

// kind is what the finder of sentences needs to know of a token.
type kind uint8

const (
	lower        kind = iota // a word that begins with a small letter
	upper                    // one that begins with a capital
	caseless                 // one of a script without capitals
	number                   // a word that begins with a digit
	stop                     // . ! ? and runs of them
	ellipsis                 // … and runs of full stops
	title                    // an abbreviation that a name follows: "Gen."
	initial                  // a single letter with its full stop
	abbreviation             // another word that keeps its full stop
	hour                     // "a.m.", "p.m."
	item                     // the number of a list's item: "2."
	opener                   // an opening bracket or quotation mark
	closer                   // a closing one
	straight                 // a quotation mark that may be either
	mark                     // any other
)

// scanner cuts paragraphs into tokens; kinds has one entry for each token of
// the paragraph at hand.
type scanner struct {
	text    string
	english bool
	tokens  []article.Token
	kinds   []kind
	single  int    // quotations in single marks that are open in this paragraph
	base    int    // where this paragraph's tokens begin
	ends    []bool // for each token of the paragraph, whether a sentence ends before it
	view    view
}

func (s *scanner) emit(start, end int, k kind) {
	s.tokens = append(s.tokens, article.Token{Span: text.Span{Start: start, End: end}})
	s.kinds = append(s.kinds, k)
}

// emitWord adds the word text[start:end], with the kind that its first
// character gives it.
func (s *scanner) emitWord(start, end int) { s.emit(start, end, s.wordKind(start)) }

func (s *scanner) wordKind(i int) kind {
	c := s.text[i]
	switch {
	case 'a' <= c && c <= 'z':
		return lower
	case 'A' <= c && c <= 'Z':
		return upper
	case '0' <= c && c <= '9':
		return number
	case c < utf8.RuneSelf:
		return mark
	}
	r, _ := utf8.DecodeRuneInString(s.text[i:])
	switch {
	case unicode.IsUpper(r), unicode.IsTitle(r):
		return upper
	case unicode.IsLower(r):
		return lower
	case unicode.IsDigit(r):
		return number
	}
	return caseless
}

// scan adds the tokens of the paragraph text[i:end].
func (s *scanner) scan(i, end int) {
	s.single, s.base = 0, len(s.tokens)
	for i < end {
		c, n := classAt(s.text, i)
		if emotive[s.text[i]] {
			if e := s.emoticon(i, end); e > i {
				s.emit(i, e, mark)
				i = e
				continue
			}
		}
		switch c {
		case space, joiner:
			i += n
		case letter:
			i = s.word(i, end)
		case digit:
			i = s.number(i, end)
		case apostrophe:
			i = s.apostrophe(i, end, n)
		case quote:
			s.emit(i, i+n, straight)
			i += n
		case opening:
			s.emit(i, i+n, opener)
			i += n
		case closing:
			s.emit(i, i+n, closer)
			i += n
		case period:
			i = s.period(i, end)
		case stopping:
			i = s.stops(i, end)
		case hyphen, underscore, currency:
			e := s.repeat(i, end)
			s.emit(i, e, mark)
			i = e
		case ideograph:
			i = s.unspaced(i, end)
		default:
			i = s.other(i, end, n)
		}
	}
}

// other adds the symbol of n bytes at i, with what it is written in one piece with.
func (s *scanner) other(i, end, n int) int {
	switch c := s.text[i]; c {
	case '#', '@':
		if i+1 < end && s.is(i+1, letter) && !s.glued(i) {
			e := s.handle(i+1, end)
			s.emit(i, e, upper)
			return e
		}
	case '`':
		if i+1 < end && s.text[i+1] == '`' {
			s.emit(i, i+2, opener)
			return i + 2
		}
		return s.apostrophe(i, end, n)
	case '+':
		if i+1 < end && s.is(i+1, digit) && !s.glued(i) {
			e := s.digits(i+1, end)
			s.emit(i, e, number)
			return e
		}
		fallthrough
	case '*', '=', '~', '<', '>', '|':
		e := s.repeat(i, end)
		s.emit(i, e, mark)
		return e
	}
	s.emit(i, i+n, mark)
	return i + n
}

// glued reports whether a token ends at i.
func (s *scanner) glued(i int) bool {
	return len(s.tokens) > s.base && s.tokens[len(s.tokens)-1].End == i
}

// is reports whether the character at i is of class c.
func (s *scanner) is(i int, c class) bool {
	k, _ := classAt(s.text, i)
	return k == c
}

// repeat is the end of the run of the byte at i; of a character of several
// bytes it is its end.
func (s *scanner) repeat(i, end int) int {
	c := s.text[i]
	if c >= utf8.RuneSelf {
		_, n := utf8.DecodeRuneInString(s.text[i:])
		return i + n
	}
	for i < end && s.text[i] == c {
		i++
	}
	return i
}

// letters is the end of the run of letters, digits and what joins them at i.
func (s *scanner) letters(i, end int) int {
	for i < end {
		if c := s.text[i]; c < utf8.RuneSelf {
			if k := ascii[c]; k != letter && k != digit {
				return i
			}
			i++
			continue
		}
		k, n := classAt(s.text, i)
		if k != letter && k != digit && k != joiner {
			return i
		}
		i += n
	}
	return i
}

// handle is the end of the name behind an @ or a #.
func (s *scanner) handle(i, end int) int {
	for i < end {
		e := s.letters(i, end)
		if e < end && s.text[e] == '_' {
			i = e + 1
			continue
		}
		return e
	}
	return i
}

// unspaced adds the run at i of a script that is written without spaces, cut by
// UAX #29.
func (s *scanner) unspaced(i, end int) int {
	e := i
	for e < end {
		k, n := classAt(s.text, e)
		if k != ideograph && k != joiner {
			break
		}
		e += n
	}
	for w := words.FromString(s.text[i:e]); w.Next(); {
		s.emit(i+w.Start(), i+w.End(), caseless)
	}
	return e
}

// period adds the full stop or stops at i: a decimal without its nought, the
// ellipsis, the end of a sentence.
func (s *scanner) period(i, end int) int {
	if s.text[i] >= utf8.RuneSelf { // "…"
		_, n := utf8.DecodeRuneInString(s.text[i:])
		for i+n < end && s.text[i+n] == '.' {
			n++
		}
		s.emit(i, i+n, ellipsis)
		return i + n
	}
	e := s.repeat(i, end)
	if e == i+1 && e < end && (s.text[e] == '?' || s.text[e] == '!') {
		return s.stops(i, end)
	}
	switch {
	case e-i > 1:
		s.emit(i, e, ellipsis)
	case e < end && s.is(e, digit) && !s.glued(i):
		e = s.digits(e, end)
		s.emit(i, e, number)
	case e < end && s.is(e, letter) && !s.glued(i): // ".doc"
		if d := s.letters(e, end); domains[s.text[e:d]] {
			e = d
			s.emit(i, e, lower)
			return e
		}
		s.emit(i, e, stop)
	default:
		s.emit(i, e, stop)
	}
	return e
}

// stops adds the run of marks that end a sentence at i: "!", "?!", "!!!".
func (s *scanner) stops(i, end int) int {
	_, n := classAt(s.text, i)
	e := i + n
	for e < end {
		k, n := classAt(s.text, e)
		if k != stopping {
			break
		}
		e += n
	}
	s.emit(i, e, stop)
	return e
}

// emotive marks the bytes that emoticons begin with.
var emotive = [256]bool{':': true, ';': true, '=': true, '(': true}

// emoticon is the end of the face at i: eyes, perhaps a nose, and a mouth, with
// white space or the end around them.
func (s *scanner) emoticon(i, end int) int {
	e := i + 1
	if s.text[i] == '(' { // "(:"
		if e < end && s.text[e] == ':' && (e+1 == end || s.is(e+1, space)) {
			return e + 1
		}
		return i
	}
	nose := e < end && s.text[e] == '-'
	if nose {
		e++
	}
	if e >= end || s.glued(i) && !nose {
		return i
	}
	switch s.text[e] {
	case ')', '(', 'D', 'P', 'p', '/', '|', ']':
		if e++; e == end || s.is(e, space) || s.is(e, period) {
			return e
		}
	}
	return i
}
