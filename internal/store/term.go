package store

import (
	"iter"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/english"
	"golang.org/x/text/unicode/norm"

	"synoptic/article"
	"synoptic/text"
)

// A term is a word as the index for search holds it. Databases are given terms,
// never text, so that each finds the same articles for the same query.
//
// Letters are compared without case and accents. A run of letters, digits and
// the marks upon them is a word; an apostrophe within it belongs to it, and so
// do the dots of "U.N." and the comma of "1,200". Scripts that write no blanks
// between words give a word a character. What is left of an inflected English
// word by the Snowball stemmer is its term; words of other languages pass the
// same stemmer, which does them little harm, since what is searched for passes
// it as well.

// maxTerm is how many bytes of a word count.
const maxTerm = 64

// Terms gives the terms of s in order, each with the bytes where its word
// stands. A term is letters, digits and marks alone and not empty.
func Terms(s string) iter.Seq2[string, text.Span] {
	return func(yield func(string, text.Span) bool) {
		env := snowballstem.NewEnv("")
		for word, at := range words(s) {
			if !yield(stem(env, word), at) {
				return
			}
		}
	}
}

// stem is the term of a word.
func stem(env *snowballstem.Env, word string) string {
	env.SetCurrent(word)
	english.Stem(env)
	term := strings.ReplaceAll(env.Current(), "'", "")
	if term == "" {
		term = strings.ReplaceAll(word, "'", "")
	}
	return term
}

// NameKey is what two spellings of one name have in common: its words without
// case, accents and marks, and without what article.Name leaves out around it.
func NameKey(kind article.MentionKind, name string) string {
	n := article.NewName(kind, name)
	if start, end := n.Bounds(); start < end {
		name = name[start:end]
	}
	return Folded(name)
}

// Folded is the words of s without case, accents and marks, a blank between
// each two.
func Folded(s string) string {
	var b strings.Builder
	for word := range words(s) {
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(strings.ReplaceAll(word, "'", ""))
	}
	return b.String()
}

// words gives the words of s in lower case and without accents, an apostrophe
// within them as "'", with the bytes where they stand.
func words(s string) iter.Seq2[string, text.Span] {
	return func(yield func(string, text.Span) bool) {
		var buffer [maxTerm + utf8.UTFMax]byte
		for at := 0; at < len(s); {
			word, span := next(s, at, buffer[:0])
			if span.Empty() {
				return
			}
			at = span.End
			if len(word) > 0 && !yield(string(word), span) {
				return
			}
		}
	}
}

// next is the first word of s at or behind a byte; the span is empty when there
// is none. The word is empty where nothing of it is left.
func next(s string, at int, word []byte) ([]byte, text.Span) {
	for at < len(s) {
		r, size := utf8.DecodeRuneInString(s[at:])
		if kind(r) != mark && kind(r) != blank {
			break
		}
		at += size
	}
	span := text.Span{Start: at, End: at}
	letters := 0 // of the run
	for span.End < len(s) {
		r, size := utf8.DecodeRuneInString(s[span.End:])
		k := kind(r)
		switch {
		case k == single:
			if span.Empty() {
				span.End += size
				return fold(word, r), span
			}
			return word, span
		case k == letter || k == digit || k == mark:
			word = fold(word, r)
			letters++
		case joins(s, span, r, size, letters):
			if r == '\'' || r == '’' || r == 'ʼ' {
				word = append(word, '\'')
			}
			if r == '.' {
				letters = 0
			}
		default:
			return cut(word), span
		}
		span.End += size
	}
	return cut(word), span
}

// joins reports whether a sign between two letters or digits belongs to the
// word before it.
func joins(s string, span text.Span, r rune, size, letters int) bool {
	after, width := utf8.DecodeRuneInString(s[span.End+size:])
	behind := kind(after)
	if span.Empty() || behind != letter && behind != digit {
		return false
	}
	switch r {
	case '\'', '’', 'ʼ':
		return behind == letter
	case '.': // an acronym: single letters, each with its dot
		if letters != 1 || behind != letter {
			return false
		}
		last := s[span.End+size+width:]
		return last == "" || last[0] == '.' || !wordy(last)
	case ',': // thousands
		rest := s[span.End+size:]
		digits := 0
		for digits < len(rest) && '0' <= rest[digits] && rest[digits] <= '9' {
			digits++
		}
		return digits == 3 && s[span.End-1] >= '0' && s[span.End-1] <= '9'
	}
	return false
}

func wordy(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	k := kind(r)
	return k == letter || k == digit || k == mark || r == '\'' || r == '’'
}

// The kinds of characters.
const (
	blank = iota // also punctuation and signs
	letter
	digit
	mark   // upon a letter
	single // a word of its own
)

func kind(r rune) int {
	switch {
	case 'a' <= r && r <= 'z', 'A' <= r && r <= 'Z':
		return letter
	case '0' <= r && r <= '9':
		return digit
	case r < utf8.RuneSelf || r == utf8.RuneError:
		return blank
	case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar):
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return single
		}
		if unicode.IsMark(r) {
			return mark
		}
		return blank
	case unicode.IsLetter(r):
		return letter
	case unicode.IsDigit(r):
		return digit
	case unicode.IsMark(r):
		return mark
	}
	return blank
}

// plain are letters that carry no accent apart from themselves.
var plain = map[rune]string{
	'ß': "ss", 'æ': "ae", 'œ': "oe", 'ø': "o", 'đ': "d", 'ð': "d", 'þ': "th", 'ł': "l", 'ħ': "h", 'ı': "i", 'ŧ': "t",
}

// fold appends r in lower case and without accents to the word, unless the word
// is long enough.
func fold(word []byte, r rune) []byte {
	if len(word) >= maxTerm {
		return word
	}
	if r < utf8.RuneSelf {
		if 'A' <= r && r <= 'Z' {
			r += 'a' - 'A'
		}
		return append(word, byte(r))
	}
	if s, ok := plain[unicode.ToLower(r)]; ok {
		return append(word, s...)
	}
	var buffer, apart [2 * utf8.UTFMax]byte
	n := utf8.EncodeRune(buffer[:], r)
	for _, r := range string(norm.NFKD.Append(apart[:0], buffer[:n]...)) {
		accent := 0x300 <= r && r <= 0x36f
		if k := kind(r); k != blank && !accent {
			word = utf8.AppendRune(word, unicode.ToLower(r))
		}
	}
	return word
}

// cut shortens a word to what counts of it.
func cut(word []byte) []byte {
	if len(word) <= maxTerm {
		return word
	}
	n := maxTerm
	for !utf8.RuneStart(word[n]) {
		n--
	}
	return word[:n]
}
