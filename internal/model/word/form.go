// Package word turns the letters of a token into what linear models ask about:
// hashes of its form and affixes, its shape, and, from a table fitted on raw
// text, the classes of words it belongs to. Strings come in, small integers go
// out; nothing is allocated.
package word

import (
	"unicode"
	"unicode/utf8"
)

// The longest affixes that a Form holds, in bytes.
const (
	Prefixes = 3
	Suffixes = 5
)

// Form is one token as integers. Hashes are of the normal form: lower case, every
// digit as 0, typographic quotation marks and apostrophes as plain ones.
type Form struct {
	Norm   uint32 // hash of the normal form
	Cased  uint32 // hash of the form as it stands, but for digits
	Shape  uint32 // hash of the character classes, runs of one class as one
	Prefix [Prefixes]uint32
	Suffix [Suffixes]uint32 // Suffix[i] is of the last i+1 bytes; 0 where the word is shorter
	Flags  Flags
}

// Flags are yes-or-no properties of a form.
type Flags uint8

// The properties.
const (
	Initial Flags = 1 << iota // begins with a capital
	Upper                     // has capitals and no small letter
	Lower                     // has small letters and no capital
	Digit                     // has a digit
	Hyphen                    // has a hyphen inside
	Letter                    // has a letter
)

const (
	offset uint32 = 2166136261 // FNV-1a
	prime  uint32 = 16777619
)

// longest is how many bytes of a token are looked at letter by letter; more
// than that is no word, and only its hash goes on.
const longest = 64

// Of looks at s.
func Of(s string) Form {
	var f Form
	var norm [longest + utf8.UTFMax]byte
	n := 0
	hash, cased, shape := offset, offset, offset
	last := byte(0)
	var seen Flags
	for i := 0; i < len(s) && n < longest; {
		c := s[i]
		low, class, size := c, c, 1
		switch {
		case 'a' <= c && c <= 'z':
			class = 'x'
		case 'A' <= c && c <= 'Z':
			low, class = c+'a'-'A', 'X'
		case '0' <= c && c <= '9':
			low, class = '0', '0'
			c = '0'
		case c >= utf8.RuneSelf:
			low = 0 // more than a byte: below
		}
		if low != 0 || c == 0 {
			cased = (cased ^ uint32(c)) * prime
			hash = (hash ^ uint32(low)) * prime
			norm[n] = low
			n++
			if n <= Prefixes {
				f.Prefix[n-1] = Mix(hash)
			}
		} else {
			var r, lower rune
			r, size = utf8.DecodeRuneInString(s[i:])
			lower, class = beyondASCII(r)
			cased = mixRune(cased, r)
			k := utf8.EncodeRune(norm[n:], lower)
			for _, b := range norm[n : n+k] {
				hash = (hash ^ uint32(b)) * prime
			}
			n += k
		}
		if i == 0 && class == 'X' {
			f.Flags |= Initial
		}
		seen |= classFlags(class, i)
		if class != last || class != 'x' && class != 'X' && class != '0' {
			shape = (shape ^ uint32(class)) * prime
		}
		last = class
		i += size
	}
	if seen&Lower != 0 && seen&Upper == 0 {
		f.Flags |= Lower
	}
	if seen&Upper != 0 && seen&Lower == 0 {
		f.Flags |= Upper
	}
	f.Flags |= seen & (Digit | Hyphen | Letter)
	f.Norm, f.Cased, f.Shape = Mix(hash), Mix(cased), Mix(shape)
	hash = offset
	for i := range min(n, Suffixes) {
		hash = (hash ^ uint32(norm[n-1-i])) * prime
		f.Suffix[i] = Mix(hash)
	}
	return f
}

// beyondASCII is the normal form of a letter of more than a byte, and the class
// that it has in a shape.
func beyondASCII(r rune) (lower rune, class byte) {
	lower = plain(unicode.ToLower(r))
	switch {
	case unicode.IsUpper(r):
		return lower, 'X'
	case unicode.IsLetter(r):
		return lower, 'x'
	case unicode.IsDigit(r):
		return '0', '0'
	case lower < utf8.RuneSelf:
		return lower, byte(lower)
	}
	return lower, '*'
}

func classFlags(class byte, at int) Flags {
	switch class {
	case 'x':
		return Lower | Letter
	case 'X':
		return Upper | Letter
	case '0':
		return Digit
	case '-':
		if at > 0 {
			return Hyphen
		}
	}
	return 0
}

func mixRune(hash uint32, r rune) uint32 {
	for ; r > 0; r >>= 8 {
		hash = (hash ^ uint32(r&0xff)) * prime
	}
	return hash
}

// plain is the typewriter's form of quotation marks, apostrophes and dashes.
func plain(r rune) rune {
	switch r {
	case '‘', '’', '‛', 'ʼ', '′':
		return '\''
	case '“', '”', '„', '‟', '«', '»', '″':
		return '"'
	case '‐', '‑', '‒', '–', '—', '―', '−':
		return '-'
	}
	return r
}

// Mix spreads a hash over all its bits (the finaliser of MurmurHash3, 2011).
func Mix(h uint32) uint32 {
	h ^= h >> 16
	h *= 0x85ebca6b
	h ^= h >> 13
	h *= 0xc2b2ae35
	return h ^ h>>16
}
