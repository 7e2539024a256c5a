package parse

import (
	"unicode"
	"unicode/utf8"

	"synoptic/article"
)

// What a token is made of before the network sees its neighbours: one row of
// the embedding table for each of these, added up. Affixes share rows by hash,
// so that no list of them is kept.
const (
	wordSlot    = iota // the word itself, lower case, its digits as 0
	suffix2Slot        // its last two letters
	suffix3Slot        // its last three letters
	prefixSlot         // its first three letters
	shapeSlot          // capitals, digits, marks, and whether it opens the sentence
	tagSlot            // its part of speech
	xtagSlot           // its Penn Treebank tag
	aroundSlot         // its part of speech with those on both sides
	Slots              // how many rows make a token
)

const (
	suffix2Rows = 1 << 10
	suffix3Rows = 1 << 12
	prefixRows  = 1 << 11
	shapeRows   = 1 << 6
	tagRows     = 18
	xtagRows    = 1 << 8
	aroundRows  = tagRows * tagRows * tagRows
)

// Vocabulary says which row of the embedding table stands for what. Words are
// kept as hashes in an open-addressed table: a row for each known word, row 0
// for all others.
type Vocabulary struct {
	keys []uint32 // a power of two of them, half empty; 0 is free
	rows []uint16
	n    int // words known, and the rows 1 to n
}

// NewVocabulary gives each hash of words a row of its own, from 1 on; there are
// fewer than 65,536.
func NewVocabulary(words []uint32) *Vocabulary {
	size := 1
	for size < 2*len(words)+2 {
		size *= 2
	}
	v := &Vocabulary{keys: make([]uint32, size), rows: make([]uint16, size), n: len(words)}
	for i, key := range words {
		at := v.find(key)
		v.keys[at], v.rows[at] = key, uint16(i+1)
	}
	return v
}

func (v *Vocabulary) find(key uint32) int {
	mask := uint32(len(v.keys) - 1)
	at := key & mask
	for v.keys[at] != 0 && v.keys[at] != key {
		at = (at + 1) & mask
	}
	return int(at)
}

// Row is the row of the word with that hash, 0 for one that is not known.
func (v *Vocabulary) Row(key uint32) int { return int(v.rows[v.find(key)]) }

// Words is how many words have a row of their own; they are the rows 1 to
// Words.
func (v *Vocabulary) Words() int { return v.n }

// Rows is how many rows the embedding table has.
func (v *Vocabulary) Rows() int {
	return 1 + v.n + suffix2Rows + suffix3Rows + prefixRows + shapeRows + tagRows + xtagRows + aroundRows
}

// Lookup appends to dst the rows of each word of a sentence, Slots a word.
// Universal and Penn Treebank tags come with the words.
func (v *Vocabulary) Lookup(dst []int32, words []string, tags []article.Tag, xtags []string) []int32 {
	suffix2 := 1 + v.n
	suffix3 := suffix2 + suffix2Rows
	prefix := suffix3 + suffix3Rows
	shapes := prefix + prefixRows
	tagAt := shapes + shapeRows
	xtagAt := tagAt + tagRows
	around := xtagAt + xtagRows
	var buffer [64]byte
	before := article.NoTag
	for i, word := range words {
		after := article.NoTag
		if i+1 < len(words) {
			after = tags[i+1]
		}
		low, shape := fold(buffer[:0], word)
		if i == 0 {
			shape |= 1
		}
		dst = append(dst,
			int32(v.Row(hash(low))),
			int32(suffix2+int(hash(low[tail(low, 2):])%suffix2Rows)),
			int32(suffix3+int(hash(low[tail(low, 3):])%suffix3Rows)),
			int32(prefix+int(hash(low[:head(low, 3)])%prefixRows)),
			int32(shapes+shape),
			int32(tagAt+int(tags[i])),
			int32(xtagAt+int(hash([]byte(xtags[i]))%xtagRows)),
			int32(around+(int(before)*tagRows+int(tags[i]))*tagRows+int(after)))
		before = tags[i]
	}
	return dst
}

// Hash is the key of a word in a Vocabulary: of its lower case, with digits as
// 0, so that numbers of one length are one word.
func Hash(word string) uint32 {
	var buffer [64]byte
	low, _ := fold(buffer[:0], word)
	return hash(low)
}

// fold appends word in lower case with its digits as 0, and tells its shape: a
// number under shapeRows, the lowest bit left free.
func fold(dst []byte, word string) (low []byte, shape int) {
	const (
		upperFirst = 1 << (iota + 1)
		upperLater
		digit
		lower
		mark
	)
	for i, r := range word {
		switch {
		case 'a' <= r && r <= 'z':
			shape |= lower
			dst = append(dst, byte(r))
		case 'A' <= r && r <= 'Z':
			if i == 0 {
				shape |= upperFirst
			} else {
				shape |= upperLater
			}
			dst = append(dst, byte(r)+'a'-'A')
		case '0' <= r && r <= '9':
			shape |= digit
			dst = append(dst, '0')
		case r < utf8.RuneSelf:
			shape |= mark
			dst = append(dst, byte(r))
		default:
			switch {
			case unicode.IsUpper(r) && i == 0:
				shape |= upperFirst
			case unicode.IsUpper(r):
				shape |= upperLater
			case unicode.IsLetter(r):
				shape |= lower
			case unicode.IsDigit(r):
				shape |= digit
			default:
				shape |= mark
			}
			dst = utf8.AppendRune(dst, unicode.ToLower(r))
		}
	}
	return dst, shape
}

// tail is where the last n runes of b begin, head where the first n end.
func tail(b []byte, n int) int {
	at := len(b)
	for ; n > 0 && at > 0; n-- {
		_, size := utf8.DecodeLastRune(b[:at])
		at -= size
	}
	return at
}

func head(b []byte, n int) int {
	at := 0
	for ; n > 0 && at < len(b); n-- {
		_, size := utf8.DecodeRune(b[at:])
		at += size
	}
	return at
}

// hash is FNV-1a with its bits mixed once more; never 0.
func hash(b []byte) uint32 {
	h := uint64(14695981039346656037)
	for _, c := range b {
		h = (h ^ uint64(c)) * 1099511628211
	}
	h ^= h >> 32
	h *= 0x9e3779b97f4a7c15
	h ^= h >> 29
	return max(1, uint32(h>>32))
}
