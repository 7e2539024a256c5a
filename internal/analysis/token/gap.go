package token

import (
	"math/bits"
	"sync"
	"unicode"
	"unicode/utf8"

	"synoptic/article"
	"synoptic/internal/model"
)

// In a text that has lost its lines, headings, captions and items run into each
// other without a full stop, so a sentence may end between any two tokens. Each
// gap is scored by the sum of the weights of its features: the words on both
// sides and their shapes, what the rules say, how the sentence began and how
// long it is. A feature is a hash into a table of weights, fitted as a logistic
// regression.

// FeatureCount is the size of the table.
const FeatureCount = 1 << 18

// gapModel is the fitted table.
type gapModel struct {
	weights   []int8
	threshold int32 // a sum above it ends the sentence
}

// weights are loaded when the first text without lines is met.
var weights = sync.OnceValues(func() (*gapModel, error) {
	m, err := model.Token()
	if err != nil {
		return nil, err
	}
	g := &gapModel{weights: model.Read[int8](m, "weights", FeatureCount).Data}
	if threshold := model.Read[int32](m, "threshold", 1).Data; len(threshold) == 1 {
		g.threshold = threshold[0]
	}
	return g, m.Err()
})

// gaps decides on each gap of the paragraph that begins at first, from left to
// right; ends has what the rules say before, and the decisions after.
func (s *scanner) gaps(g *gapModel, first int) {
	s.view.look(s, first)
	begin, capitals := 0, true
	var features [features]uint32
	for t := 1; t < len(s.ends); t++ {
		capitals = capitals && s.kinds[t-1] != lower
		s.view.features(&features, t, begin, s.spaced(first+t), capitals)
		sum := int32(0)
		for _, f := range features {
			sum += int32(g.weights[f])
		}
		s.ends[t] = sum > g.threshold
		if s.ends[t] {
			begin, capitals = t, true
		}
	}
}

// Gaps calls yield with the features of each gap between the tokens of a text
// without lines, for fitting. Sentences are known to end at the bytes of ends.
func Gaps(a *article.Article, ends map[int]bool, yield func(features []uint32, end bool)) {
	s := scanner{text: a.Text, english: true}
	s.scan(0, len(a.Text))
	s.rules(0)
	s.view.look(&s, 0)
	begin, capitals := 0, true
	var features [features]uint32
	for t := 1; t < len(s.tokens); t++ {
		capitals = capitals && s.kinds[t-1] != lower
		s.view.features(&features, t, begin, s.spaced(t), capitals)
		end := ends[s.tokens[t-1].End]
		yield(features[:], end)
		if end {
			begin, capitals = t, true
		}
	}
}

// view is what the features see of the tokens of one paragraph.
type view struct {
	words    []uint32 // hash of each token in small letters, digits alike
	endings  []uint32 // its last three characters
	shapes   []uint32 // its capitals, digits, marks
	rule     []bool   // whether the rules end a sentence before it
	distance []uint8  // how far the next such place is, in steps
	inside   []uint8  // which brackets and quotation marks are open before it
}

// look fills v from the paragraph of s whose tokens begin at first.
func (v *view) look(s *scanner, first int) {
	v.words, v.endings, v.shapes, v.inside = v.words[:0], v.endings[:0], v.shapes[:0], v.inside[:0]
	v.rule = append(v.rule[:0], s.ends...)
	v.distance = append(v.distance[:0], make([]uint8, len(s.ends))...)
	depth, open := 0, false
	for t, k := range s.kinds {
		word, ending, shape := outline(s.tokens[first+t].Of(s.text))
		v.words, v.endings, v.shapes = append(v.words, word), append(v.endings, ending), append(v.shapes, shape)
		in := uint8(min(depth, 2))
		if open {
			in += 3
		}
		v.inside = append(v.inside, in)
		switch k {
		case opener:
			depth++
		case closer:
			depth = max(0, depth-1)
		case straight:
			open = !open
		}
	}
	const far = 40
	distance := far
	for t := len(s.ends) - 1; t >= 0; t-- {
		v.distance[t] = steps(distance)
		if distance++; v.rule[t] {
			distance = 1
		}
	}
}

// steps is n on a scale that gets coarser: 4 to 7 are one step, 8 to 15, …
func steps(n int) uint8 {
	if n < 4 {
		return uint8(n)
	}
	return uint8(2 + bits.Len(uint(min(n, 100))))
}

// outline is the hash (FNV-1a) of word in small letters, its end, and its shape.
func outline(word string) (hash, ending, shape uint32) {
	const (
		basis, prime = 2166136261, 16777619
		longest      = 40 // characters that are looked at
	)
	const (
		small = 1 << iota
		capital
		figure
		sign
	)
	hash = basis
	var seen uint32
	n, capitals := 0, 0
	for _, r := range word {
		if n == longest {
			break
		}
		n++
		kind := uint32(sign)
		switch {
		case 'a' <= r && r <= 'z':
			kind = small
		case 'A' <= r && r <= 'Z':
			kind, r = capital, r|0x20
		case '0' <= r && r <= '9':
			kind, r = figure, '0'
		case r < utf8.RuneSelf:
		case unicode.IsUpper(r):
			kind, r = capital, unicode.ToLower(r)
		case unicode.IsLetter(r):
			kind = small
		}
		if kind == capital {
			capitals++
		}
		seen |= kind
		if n == 1 {
			seen |= kind << 4
		}
		hash = (hash ^ uint32(r)) * prime
		ending = ending<<8 | uint32(r)&0xff
	}
	shape = seen
	switch {
	case seen == sign|sign<<4: // a mark is its own shape
		shape = 1<<16 | hash>>16
	case capitals == 1 && n == 1:
		shape |= 1 << 8
	case capitals > 1 && capitals == n:
		shape |= 2 << 8
	}
	return hash, ending & 0xffffff, shape
}

// features is how many features a gap has.
const features = 25

// features sets the features of the gap before token t of the paragraph, in a
// sentence that began at token begin: spaced says whether white space is there,
// capitals whether all words of the sentence so far have one.
func (v *view) features(into *[features]uint32, t, begin int, spaced, capitals bool) {
	const none = 7
	at := func(of []uint32, i int) uint32 {
		if i < 0 || i >= len(of) {
			return none
		}
		return of[i]
	}
	bit := func(b bool) uint32 {
		if b {
			return 1
		}
		return 0
	}
	rule, caps := bit(v.rule[t])|bit(spaced)<<1, bit(capitals)
	length, distance, inside := uint32(steps(t-begin)), uint32(v.distance[t]), uint32(v.inside[t])
	// Behind the gap: before3 before2 before | after after2 after3.
	before3, before2, before := at(v.shapes, t-3), at(v.shapes, t-2), at(v.shapes, t-1)
	after, after2, after3 := at(v.shapes, t), at(v.shapes, t+1), at(v.shapes, t+2)
	left2, left, right, right2 := at(v.words, t-2), at(v.words, t-1), at(v.words, t), at(v.words, t+1)
	for i, f := range [features][4]uint32{
		{rule},
		{rule, before, after},
		{left},
		{right},
		{left, right},
		{left2, left},
		{right, right2},
		{left, after},
		{before, right},
		{before2, before, after, after2},
		{before3, before2, before, after},
		{before, after, after2, after3},
		{rule, left},
		{rule, right},
		{length, rule, after},
		{length, caps, after, after2},
		{length, v.words[begin], after},
		{distance, before, after},
		{distance, caps, length, after},
		{inside, rule, after},
		{v.endings[t-1], after},
		{v.endings[t-1], v.endings[t]},
		{after, right2},
		{left2, before, after},
		{caps, before, right},
	} {
		h := uint32(i+1) * 0x9E3779B1
		for _, x := range f {
			h = bits.RotateLeft32((h^x)*0x85EBCA6B, 13)
		}
		h ^= h >> 15
		h *= 0xC2B2AE35
		into[i] = (h ^ h>>16) % FeatureCount
	}
}
