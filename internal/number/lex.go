// Package number cuts a line of text into words, numbers and marks, and reads
// the numbers among them, in digits of any script and in English words. Bytes
// of a sentence come in; lexemes and numerals, which say where they stand, go
// out. What a number counts, or whether it is a date, is for the passes that
// read the lexemes.
package number

import (
	"unicode"
	"unicode/utf8"

	"synoptic/text"
)

// Kind is what a lexeme is.
type Kind uint8

// The kinds of lexemes. A possessive ending is a word of its own, and so is the
// unit that is written to a number ("12mph" is two lexemes).
const (
	Word    Kind = iota + 1
	Digits       // a number in digits, with its grouping and decimals
	Ordinal      // digits with an ordinal ending: "21st"
	Mark         // any other character
)

// Form is how a number in digits is written.
type Form uint8

// The forms, which add up.
const (
	Grouped  Form = 1 << iota // with separators between thousands
	Decimal                   // with a decimal part
	Zero                      // an integer with a zero before other digits ("007")
	Glyph                     // a fraction in one character ("½")
	Odd                       // not to be read: an address of a machine, an outline number, more digits than anyone counts
	Computed                  // with an exponent or a power
)

// Lexeme is a word, a number or a mark, with what the readers need to know of
// it.
type Lexeme struct {
	text.Span
	Kind  Kind
	Form  Form
	Glued bool    // nothing stands between it and the lexeme before
	Upper bool    // it begins with a capital
	Width int     // digits before the decimal sign
	Rune  rune    // the character of a mark
	Key   uint64  // hash of a word in lower case, or of the mark
	Value float64 // of Digits and Ordinal
}

// Is reports whether l is the mark r.
func (l Lexeme) Is(r rune) bool { return l.Kind == Mark && l.Rune == r }

// Lexer cuts text. It keeps its buffer between calls; the zero value is ready.
type Lexer struct {
	DecimalComma bool // the text's language writes "1,5" for one and a half
	buf          []Lexeme
	start        int // of the number that is being read
}

// Lex cuts the part of body that lies in span. The lexemes are good until the
// next call.
func (l *Lexer) Lex(body string, span text.Span) []Lexeme {
	l.buf = l.buf[:0]
	glued := false
	for i := span.Start; i < span.End; {
		c := body[i]
		var x Lexeme
		switch {
		case c == ' ' || c == '\t' || c == '\n' || c == '\r':
			i++
			glued = false
			continue
		case c-'0' <= 9 || c == '.' && i+1 < span.End && body[i+1]-'0' <= 9 && !l.touching(glued):
			x = l.digits(body, i, span.End)
		case c|0x20-'a' <= 25:
			x = word(body, i, span.End)
		case c < utf8.RuneSelf:
			x = Lexeme{Span: text.Span{Start: i, End: i + 1}, Kind: Mark, Rune: rune(c), Key: markKey(rune(c))}
			if n := possessive(body, i, span.End); n > 0 && glued {
				x = Lexeme{Span: text.Span{Start: i, End: i + n}, Kind: Word, Key: possessiveKey}
			}
		default:
			r, n := utf8.DecodeRuneInString(body[i:span.End])
			switch {
			case unicode.IsSpace(r) || r == '\u200b' || r == '\ufeff':
				i += n
				glued = false
				continue
			case unicode.IsDigit(r):
				x = l.digits(body, i, span.End)
			case glyphs[r] != 0:
				x = Lexeme{Span: text.Span{Start: i, End: i + n}, Kind: Digits, Form: Glyph | Decimal, Value: glyphs[r]}
			case r == '円' || r == '元': // units that no space parts from the words behind them
				x = Lexeme{Span: text.Span{Start: i, End: i + n}, Kind: Mark, Rune: r, Key: markKey(r)}
			case unicode.IsLetter(r):
				x = word(body, i, span.End)
			default:
				x = Lexeme{Span: text.Span{Start: i, End: i + n}, Kind: Mark, Rune: r, Key: markKey(r)}
				if n := possessive(body, i, span.End); n > 0 && glued {
					x = Lexeme{Span: text.Span{Start: i, End: i + n}, Kind: Word, Key: possessiveKey}
				}
			}
		}
		x.Glued = glued
		glued = true
		l.buf = append(l.buf, x)
		i = x.End
	}
	return l.buf
}

// touching reports whether the next lexeme would stand right after a word or a
// number, so that a point there is no decimal sign.
func (l *Lexer) touching(glued bool) bool {
	return glued && len(l.buf) > 0 && l.buf[len(l.buf)-1].Kind != Mark
}

// glyphs are the fractions that are one character.
var glyphs = map[rune]float64{
	'¼': 1. / 4, '½': 1. / 2, '¾': 3. / 4, '⅐': 1. / 7, '⅑': 1. / 9, '⅒': 1. / 10, '⅓': 1. / 3, '⅔': 2. / 3, '⅕': 1. / 5,
	'⅖': 2. / 5, '⅗': 3. / 5, '⅘': 4. / 5, '⅙': 1. / 6, '⅚': 5. / 6, '⅛': 1. / 8, '⅜': 3. / 8, '⅝': 5. / 8, '⅞': 7. / 8,
}

// FNV-1a with 64 bits (Fowler, Noll, Vo). The tables of words compare hashes
// alone: at this width a collision with one of a few thousand entries is not
// to be expected in any text.
const (
	hashStart = 14695981039346656037
	hashPrime = 1099511628211
)

func markKey(r rune) uint64 { return (hashStart ^ uint64(r)) * hashPrime * hashPrime }

var possessiveKey = Key("'s")

// Key is the hash that a lexeme of the one word or mark s has.
func Key(s string) uint64 {
	if r, n := utf8.DecodeRuneInString(s); n == len(s) && !unicode.IsLetter(r) {
		return markKey(r)
	}
	h := uint64(hashStart)
	for _, r := range s {
		h = add(h, unicode.ToLower(r))
	}
	return h
}

func add(h uint64, r rune) uint64 { return (h ^ uint64(r)) * hashPrime }

// word reads letters, with apostrophes between them ("didn't"), points in
// abbreviations ("p.m", the last one left out) and the exponent of a unit
// ("m2"). A possessive ending is left to a word of its own.
func word(body string, i, end int) Lexeme {
	x := Lexeme{Span: text.Span{Start: i}, Kind: Word}
	h := uint64(hashStart)
	letters := 0 // since the last point
	for i < end {
		c := body[i]
		if c|0x20-'a' <= 25 {
			if letters == 0 && i == x.Start {
				x.Upper = c <= 'Z'
			}
			h = add(h, rune(c|0x20))
			i++
			letters++
			continue
		}
		if c == '.' && letters == 1 && i+1 < end && body[i+1]|0x20-'a' <= 25 && !letterAt(body, i+2, end) {
			h = add(h, '.')
			i++
			letters = 0
			continue
		}
		if c == '\'' && i+1 < end && body[i+1]|0x20-'a' <= 25 {
			if possessive(body, i, end) > 0 {
				break
			}
			h = add(h, '\'')
			i++
			continue
		}
		if c < utf8.RuneSelf {
			break
		}
		r, n := utf8.DecodeRuneInString(body[i:end])
		if r == '’' && letterAt(body, i+n, end) {
			if possessive(body, i, end) > 0 {
				break
			}
			r = '\''
		} else if !unicode.IsLetter(r) && !unicode.IsMark(r) {
			break
		}
		if i == x.Start {
			x.Upper = unicode.IsUpper(r)
		}
		h = add(h, unicode.ToLower(r))
		i += n
		letters++
	}
	if p := power(body, i, end); p > 0 && raised(body[x.Start:i]) {
		h = add(h, p)
		_, n := utf8.DecodeRuneInString(body[i:end])
		i += n
	}
	x.End, x.Key = i, h
	return x
}

// raised reports whether a unit is written with an exponent for its square or
// cube.
func raised(unit string) bool {
	switch unit {
	case "m", "km", "cm", "mm", "ft", "in", "yd", "mi":
		return true
	}
	return false
}

func letterAt(body string, i, end int) bool {
	if i >= end {
		return false
	}
	r, _ := utf8.DecodeRuneInString(body[i:end])
	return unicode.IsLetter(r)
}

// power is the 2 or 3 of "km2", "m³"; 0 when there is none.
func power(body string, i, end int) rune {
	if i >= end {
		return 0
	}
	r, n := utf8.DecodeRuneInString(body[i:end])
	switch r {
	case '²', '2':
		r = '2'
	case '³', '3':
		r = '3'
	default:
		return 0
	}
	if i+n < end {
		if next, _ := utf8.DecodeRuneInString(body[i+n : end]); unicode.IsLetter(next) || unicode.IsDigit(next) ||
			next == '.' && i+n+1 < end && body[i+n+1]-'0' <= 9 {
			return 0
		}
	}
	return r
}

// possessive is the length of the "'s" at i, 0 where there is none.
func possessive(body string, i, end int) int {
	n := 0
	switch {
	case body[i] == '\'':
		n = 1
	case len(body)-i >= len("’") && body[i:i+len("’")] == "’":
		n = len("’")
	default:
		return 0
	}
	if i+n < end && body[i+n]|0x20 == 's' && !letterAt(body, i+n+1, end) {
		return n + 1
	}
	return 0
}
