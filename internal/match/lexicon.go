package match

import (
	_ "embed"
	"slices"
	"strings"
	"sync"

	"synoptic/internal/model"
	"synoptic/internal/model/forest"
)

// senses.txt says what it holds, and in which form, at its head.
//
//go:embed senses.txt
var sensesFile string

// lexicon is what is known of words before any text is read. It never changes
// once it is loaded.
type lexicon struct {
	senses  map[string][]int16 // of a stem
	kinds   []kind             // of a sense
	phrases []phrase
	starts  map[string][]int32 // phrases by their first stem
	counted model.Strings      // stems, sorted
	rarity  model.Tensor[uint8]
}

// fitted is the trees.
type fitted struct {
	story *forest.Trees // two passages of a story stand in one point
	claim *forest.Trees // two sentences make the same claim
	grade *forest.Trees // how alike two sentences are, 0 to 5
}

// weights are part of the binary, so that they can be read is a test's matter.
var weights = sync.OnceValue(func() *fitted {
	m, err := model.Match()
	if err != nil {
		panic(err)
	}
	f := &fitted{forest.Read(m, "story"), forest.Read(m, "mrpc"), forest.Read(m, "sts")}
	if m.Err() != nil {
		panic(m.Err())
	}
	return f
})

// phrase is several words that share a sense: "lose … life".
type phrase struct {
	rest  []string // the stems after the first
	sense int16
}

var load = sync.OnceValue(func() *lexicon {
	l := &lexicon{senses: map[string][]int16{}, starts: map[string][]int32{}}
	l.readSenses(sensesFile)
	if err := l.readRarity(); err != nil {
		panic(err)
	}
	return l
})

// readSenses reads the groups of words that may stand for each other.
func (l *lexicon) readSenses(file string) {
	stems := NewStemmer()
	section := kind(0)
	for line := range strings.Lines(file) {
		line, _, _ = strings.Cut(line, "#")
		words := strings.Fields(line)
		if len(words) == 0 {
			continue
		}
		if strings.HasPrefix(words[0], "[") {
			section = 0
			if words[0] == "[events]" {
				section = event
			}
			continue
		}
		sense := int16(len(l.kinds))
		l.kinds = append(l.kinds, section)
		for _, w := range words {
			parts := strings.Split(w, "_")
			for i, p := range parts {
				parts[i] = strings.Clone(stems.Stem(p))
			}
			first := parts[0]
			if len(parts) == 1 {
				if !slices.Contains(l.senses[first], sense) {
					l.senses[first] = append(l.senses[first], sense)
				}
				continue
			}
			l.starts[first] = append(l.starts[first], int32(len(l.phrases)))
			l.phrases = append(l.phrases, phrase{rest: parts[1:], sense: sense})
		}
	}
}

// readRarity reads how rare stems are in news at large.
func (l *lexicon) readRarity() error {
	m, err := model.Rarity()
	if err != nil {
		return err
	}
	l.counted = m.Strings("stems")
	l.rarity = model.Read[uint8](m, "rarity", l.counted.Len())
	return m.Err()
}

// unknown is the rarity of a stem that the counts do not hold.
const unknown = 0.95

// news is how rare a stem is in news at large, 0 for one that stands in every
// sentence to 1 for one that stands in one alone.
func (l *lexicon) news(stem string) float32 {
	low, high := 0, l.counted.Len()
	for low < high {
		if mid := (low + high) / 2; l.counted.At(mid) < stem {
			low = mid + 1
		} else {
			high = mid
		}
	}
	if low < l.counted.Len() && l.counted.At(low) == stem {
		return float32(l.rarity.Data[low]) * l.rarity.Scale
	}
	return unknown
}

// Rarity is how rare a stem is in news at large, 0 for one that stands in every
// sentence to 1 for one that stands in one alone.
func Rarity(stem string) float64 { return float64(load().news(stem)) }

// Senses are the groups of words that news uses for one another in which a stem
// stands, in order. They must not be changed.
func Senses(stem string) []int16 { return load().senses[stem] }

// ShareSense reports whether two stems stand in one group of words that news
// uses for one another.
func ShareSense(a, b string) bool { return Meet(Senses(a), Senses(b)) }

// Meet reports whether two lists of senses have one in common.
func Meet(a, b []int16) bool {
	for _, x := range a {
		if slices.Contains(b, x) {
			return true
		}
	}
	return false
}
