package token

import (
	"unicode/utf8"
)

// word adds the words of what begins with the letter at i.
func (s *scanner) word(i, end int) int {
	start, segment := i, i // of the whole, of what follows its last hyphen or full stop
	for i < end {
		i = s.letters(i, end)
		if i >= end {
			break
		}
		c, n := classAt(s.text, i)
		next := i + n
		switch {
		case next >= end:
		case c == apostrophe && s.is(next, letter):
			i = next
			continue
		case c == hyphen && s.prefixed(start, segment, i, end) && s.alphanumeric(next),
			c == hyphen && n == 1 && postfixed(s.text[next:min(end, next+8)]):
			i, segment = next, next
			continue
		case c == underscore && s.alphanumeric(next):
			i = next
			continue
		}
		if n > 1 {
			break
		}
		switch s.text[i] {
		case '.':
			if e, k := s.fullStop(start, segment, i, end); e > i {
				if k == mark { // goes on
					i, segment = e, e
					continue
				}
				if k == upper || k == lower { // an address
					s.emitWord(start, e)
				} else {
					s.emit(start, e, k)
				}
				return e
			}
		case ':':
			if next+1 < end && s.text[next] == '/' && s.text[next+1] == '/' || s.text[start:i] == "mailto" || s.text[start:i] == "doi" {
				e := s.address(i, end)
				s.emitWord(start, e)
				return e
			}
		case '@':
			if next < end && s.alphanumeric(next) {
				e := s.address(i, end)
				s.emitWord(start, e)
				return e
			}
		case '-', '%', '+':
			if e := s.mailbox(i, end); e > 0 {
				s.emitWord(start, e)
				return e
			}
		case '&':
			if next < end && s.is(next, letter) && i-segment <= 3 && s.letters(next, end)-next <= 3 {
				i = next
				continue
			}
		case '*':
			if next < end && s.is(next, letter) && i > start {
				i = next
				continue
			}
		case '/':
			if s.slashed(start, i, end) {
				i = next
				continue
			}
		case '$':
			if i-start <= 3 && s.text[start] < 'a' && next < end && s.is(next, digit) {
				s.emit(start, next, mark)
				return next
			}
		}
		break
	}
	s.split(start, i)
	return i
}

// alphanumeric reports whether a letter or a digit stands at i.
func (s *scanner) alphanumeric(i int) bool {
	k, _ := classAt(s.text, i)
	return k == letter || k == digit
}

// slashed reports whether the slash at i belongs to the word that began at
// start: between single letters ("l/c") and in "w/o".
func (s *scanner) slashed(start, i, end int) bool {
	if i-start != 1 || i+1 >= end || !s.is(i+1, letter) {
		return false
	}
	return s.letters(i+1, end) == i+2 && (i+2 >= end || s.text[i+2] != '/') || s.text[start] == 'w'
}

// split adds the syntactic words of the orthographic word text[start:end].
func (s *scanner) split(start, end int) {
	if !s.english {
		s.emitWord(start, end)
		return
	}
	if at := contraction(s.text[start:end]); at > 0 {
		s.emitWord(start, start+at)
		s.emit(start+at, end, lower)
		return
	}
	stem := end
	var cuts [4]int
	n := 0
	for n < len(cuts) {
		at := s.cliticAt(start, stem)
		if at <= start {
			break
		}
		cuts[n] = at
		n++
		stem = at
	}
	s.emitWord(start, stem)
	for ; n > 0; n-- {
		to := end
		if n > 1 {
			to = cuts[n-2]
		}
		s.emit(cuts[n-1], to, lower)
	}
}

// cliticAt is where the last clitic of text[start:end] begins, or -1.
func (s *scanner) cliticAt(start, end int) int {
	for back := 1; back <= 3 && end-back > start; back++ {
		i := end - back
		for i > start && !utf8.RuneStart(s.text[i]) {
			i--
		}
		c, n := classAt(s.text, i)
		if c != apostrophe {
			continue
		}
		letters := s.text[i+n : end]
		if clitic(letters) {
			if letters == "s" && decades(s.text[start:i]) {
				return -1
			}
			return i
		}
		if (letters == "t" || letters == "T") && i-1 > start && s.text[i-1]|0x20 == 'n' {
			return i - 1
		}
		return -1
	}
	return -1
}

// decades reports whether word is a year that stands for ten: of "1960's" no
// clitic is cut.
func decades(word string) bool {
	for i := range len(word) {
		if word[i] < '0' || word[i] > '9' {
			return false
		}
	}
	return word[len(word)-1] == '0'
}

// contraction is where a word that is two without an apostrophe is cut, or 0.
func contraction(word string) int {
	if len(word) < 4 || len(word) > 7 {
		return 0
	}
	switch word[len(word)-1] | 0x20 {
	case 'a', 'e', 'o', 't', 's':
	default:
		return 0
	}
	var small [7]byte
	for i := range len(word) {
		small[i] = word[i] | 0x20
	}
	return contractions[string(small[:len(word)])]
}

// contractions says where to cut, as Universal Dependencies' English treebanks do.
var contractions = map[string]int{
	"cannot": 3, "gonna": 3, "gotta": 3, "wanna": 3, "gimme": 3, "lemme": 3, "outta": 3,
	"dont": 2, "didnt": 3, "doesnt": 4, "isnt": 2, "wasnt": 3, "werent": 4, "arent": 3, "havent": 4, "hasnt": 3, "hadnt": 3,
	"couldnt": 5, "wouldnt": 5, "shouldnt": 6, "cant": 2, "wont": 2, "aint": 2, "youre": 3, "theyre": 4, "thats": 4,
}

// prefixes stay with the word behind their hyphen; other words that a hyphen
// ties are three tokens. From counts over the training parts of EWT and GUM.
var prefixes = map[string]bool{
	"anti": true, "arch": true, "bi": true, "bio": true, "co": true, "counter": true, "cross": true, "de": true, "e": true, "ex": true,
	"extra": true, "hyper": true, "inter": true, "intra": true, "macro": true, "mega": true, "micro": true, "mid": true, "mini": true, "multi": true,
	"neo": true, "non": true, "over": true, "para": true, "post": true, "pre": true, "pro": true, "proto": true, "pseudo": true, "psycho": true,
	"re": true, "semi": true, "socio": true, "sub": true, "super": true, "trans": true, "tri": true, "ultra": true, "un": true,
	"uni": true, "uh": true, "mm": true,
}

// prefixed reports whether text[segment:i], in the word that began at start, is
// a prefix of what follows the hyphen at i. It is none inside a chain of hyphens
// (cul-de-sac), and "over" and its like are none at the head of one.
func (s *scanner) prefixed(start, segment, i, end int) bool {
	word := s.text[segment:i]
	if len(word) > 7 || len(word) == 0 || start > 0 && s.text[start-1] == '-' {
		return false
	}
	if word[0]|0x20 == 'o' || word[0]|0x20 == 'c' && len(word) > 2 { // over, cross, counter
		if e := s.letters(min(end, i+1), min(end, i+32)); e < end && s.text[e] == '-' {
			return false
		}
	}
	var small [7]byte
	for i := range len(word) {
		small[i] = word[i] | 0x20
	}
	return prefixes[string(small[:len(word)])]
}

// postfixed reports whether what follows a hyphen is an ending that stays with
// the word before it.
func postfixed(rest string) bool {
	for _, p := range [...]string{"esque", "wise", "fold", "ish"} {
		if len(rest) >= len(p) && rest[:len(p)] == p && (len(rest) == len(p) || ascii[rest[len(p)]&0x7f] != letter) {
			return true
		}
	}
	return false
}
