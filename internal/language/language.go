// Package language tells which language a text is in: a text comes in, a BCP 47
// tag and how sure it is go out. It knows some sixty languages: those with a
// script of their own by the script, the others by their small words, common
// words of news and letters. The tables were written by hand.
package language

import (
	"math"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// enough is how many letters are looked at. More do not change the answer.
const enough = 6000

// unsure is the confidence under which no language is named.
const unsure = 0.3

// Of names the language of text, with a confidence from 0 to 1. The tag is ""
// where the text has too little to go by or speaks for two languages alike.
func Of(text string) (tag string, confidence float64) {
	var count [scripts]int
	letters := 0
	for _, r := range text {
		if r < unicode.MaxASCII {
			if 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' {
				count[latin]++
				letters++
			}
		} else if unicode.IsLetter(r) {
			count[scriptOf(r)]++
			letters++
		}
		if letters == enough {
			break
		}
	}
	if letters < 2 {
		return "", 0
	}
	main := script(0)
	for s := range script(scripts) {
		if count[s] > count[main] {
			main = s
		}
	}
	// Chinese characters with kana are Japanese, with hangul Korean.
	if main == han || main == kana || main == hangul {
		all := count[han] + count[kana] + count[hangul]
		switch {
		case 20*count[kana] > all:
			main = kana
		case 4*count[hangul] > all:
			main = hangul
		}
		count[main] = all
	}
	share := float64(count[main]) / float64(letters)
	if share < 0.5 {
		return "", share
	}
	if only := single[main]; only != "" {
		return only, share
	}
	if main == other {
		return "", 0
	}
	tag, confidence = byWords(text, main)
	confidence *= share
	if confidence < unsure {
		return "", confidence
	}
	return tag, confidence
}

// Same reports whether two tags name the same language, or two that Of does not
// tell apart.
func Same(a, b string) bool {
	a, b = primary(a), primary(b)
	return a == b || group(a) != "" && group(a) == group(b)
}

func primary(tag string) string {
	tag, _, _ = strings.Cut(tag, "-")
	return strings.ToLower(tag)
}

func group(tag string) string {
	switch tag {
	case "no", "nb", "nn":
		return "nb"
	case "hr", "sr", "bs", "sh":
		return "hr"
	case "id", "ms":
		return "id"
	case "tl", "fil":
		return "tl"
	case "he", "iw":
		return "he"
	}
	return ""
}

// profile is what speaks for one language.
type profile struct {
	tag     string
	script  script
	words   string // small words, and common ones of headlines
	letters string // letters that few others of the script have
	endings string // ends of words
}

// evidence is how much a word or a letter speaks for each language that has it.
type evidence struct {
	words   map[string][]uint8 // indexes into profiles
	letters map[rune][]uint8
	endings map[string][]uint8
}

// What one word, letter or ending weighs where one language alone has it.
const (
	wordWeight   = 1
	letterWeight = 0.6
	endingWeight = 0.3
)

// longestEnding is the bytes of the longest ending.
const longestEnding = 12

var tables = sync.OnceValue(func() evidence {
	e := evidence{words: map[string][]uint8{}, letters: map[rune][]uint8{}, endings: map[string][]uint8{}}
	for i, p := range profiles {
		for w := range strings.FieldsSeq(p.words) {
			if has := e.words[w]; len(has) == 0 || has[len(has)-1] != uint8(i) {
				e.words[w] = append(has, uint8(i))
			}
		}
		for w := range strings.FieldsSeq(p.endings) {
			e.endings[w] = append(e.endings[w], uint8(i))
		}
		for _, r := range p.letters {
			if has := e.letters[r]; len(has) == 0 || has[len(has)-1] != uint8(i) {
				e.letters[r] = append(has, uint8(i))
			}
		}
	}
	return e
})

// byWords weighs the words and letters of text among the languages of a script.
// A word counts the less the more languages have it.
func byWords(text string, s script) (string, float64) {
	e := tables()
	var score [maxProfiles]float64
	var hits [maxProfiles]int // words that spoke for a language
	words, start, seen := 0, -1, 0
	var buf [64]byte
	take := func(word string) {
		words++
		w := folded(buf[:0], word)
		vote := func(has []uint8, weight float64) {
			n := 0
			for _, i := range has {
				if profiles[i].script == s {
					n++
				}
			}
			for _, i := range has {
				if profiles[i].script == s {
					score[i] += weight / float64(n*n)
					hits[i]++
				}
			}
		}
		if has := e.words[string(w)]; has != nil {
			vote(has, wordWeight)
		} else {
			for i := max(1, len(w)-longestEnding); i < len(w); i++ {
				if has := e.endings[string(w[i:])]; has != nil {
					vote(has, endingWeight)
					break
				}
			}
		}
		for i := 0; i < len(w); {
			r, n := utf8.DecodeRune(w[i:])
			i += n
			if r < utf8.RuneSelf {
				continue
			}
			if has := e.letters[r]; has != nil {
				vote(has, letterWeight)
				break // one letter a word
			}
		}
	}
	for i, r := range text {
		if unicode.IsLetter(r) || unicode.IsMark(r) {
			if start < 0 {
				start = i
			}
			seen++
			if seen == enough {
				break
			}
			continue
		}
		if start >= 0 {
			take(text[start:i])
			start = -1
		}
	}
	if start >= 0 {
		take(text[start:])
	}
	best, second := -1, -1
	for i := range profiles {
		switch {
		case profiles[i].script != s:
		case best < 0 || score[i] > score[best]:
			best, second = i, best
		case second < 0 || score[i] > score[second]:
			second = i
		}
	}
	if best < 0 || words == 0 || score[best] == 0 {
		return "", 0
	}
	rival := 0.0
	if second >= 0 {
		rival = score[second]
	}
	margin := (score[best] - rival) / score[best]
	if hits[best] < 2 {
		return profiles[best].tag, min(unsure/2, margin)
	}
	// Two plain words of one language are evidence; a sixth of all words is what
	// running text has at the least.
	amount := min(1, score[best]/2)
	dense := min(1, 6*score[best]/float64(words))
	return profiles[best].tag, min(1, 1.5*margin) * amount * math.Sqrt(dense)
}

// folded appends word in lower case to b.
func folded(b []byte, word string) []byte {
	for _, r := range word {
		b = utf8.AppendRune(b, unicode.ToLower(r))
	}
	return b
}
