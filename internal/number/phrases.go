package number

import (
	"math/bits"
	"strings"
	"sync"

	"synoptic/text"
)

// Phrases is a table of phrases of one or more words and marks, each with a
// value. It is asked for the longest that stands at a place.
//
// It is laid out when it is first asked, so that a program that reads no figures
// does not wait for it.
type Phrases[V any] struct {
	entries map[string]V
	back    bool // phrases are read from their last word to their first
	once    sync.Once
	slots   []slot[V]
}

type slot[V any] struct {
	key   uint64 // 0 for an empty slot
	value V
	whole bool // the words up to here are a phrase
	more  bool // they begin a longer one
}

// NewPhrases makes a table. Each key is a phrase in lower case; several may
// share a value, with "|" between them.
func NewPhrases[V any](entries map[string]V) *Phrases[V] { return &Phrases[V]{entries: entries} }

// NewEndings makes a table of phrases that are looked for backwards, from the
// lexeme that they end at.
func NewEndings[V any](entries map[string]V) *Phrases[V] {
	return &Phrases[V]{entries: entries, back: true}
}

func (p *Phrases[V]) lay() {
	n := 0
	for phrases := range p.entries {
		n += strings.Count(phrases, " ") + strings.Count(phrases, "|") + 2
	}
	p.slots = make([]slot[V], 2<<bits.Len(uint(2*n)))
	var lexer Lexer
	for phrases, v := range p.entries {
		for phrase := range strings.SplitSeq(phrases, "|") {
			lex := lexer.Lex(phrase, text.Span{End: len(phrase)})
			h := uint64(0)
			for i := range lex {
				x := lex[i]
				if p.back {
					x = lex[len(lex)-1-i]
				}
				h = chain(h, x.Key)
				s := p.find(h)
				s.key = h
				if i < len(lex)-1 {
					s.more = true
				} else {
					s.whole, s.value = true, v
				}
			}
		}
	}
}

func chain(h, key uint64) uint64 { return (bits.RotateLeft64(h, 23) ^ key) * hashPrime }

func (p *Phrases[V]) find(h uint64) *slot[V] {
	mask := uint64(len(p.slots) - 1)
	for i := h >> 7 & mask; ; i = (i + 1) & mask {
		if s := &p.slots[i]; s.key == h || s.key == 0 {
			return s
		}
	}
}

// Match finds the longest phrase that begins at lex[i], or ends there in a
// table of endings, and how many lexemes it takes; 0 where there is none.
func (p *Phrases[V]) Match(lex []Lexeme, i int) (v V, n int) {
	p.once.Do(p.lay)
	step := 1
	if p.back {
		step = -1
	}
	h := uint64(0)
	for k := 1; i >= 0 && i < len(lex); k++ {
		x := &lex[i]
		if x.Kind != Word && x.Kind != Mark {
			break
		}
		h = chain(h, x.Key)
		s := p.find(h)
		if s.key == 0 {
			break
		}
		if s.whole {
			v, n = s.value, k
		}
		if !s.more {
			break
		}
		i += step
	}
	return v, n
}

// One is the value of the one word or mark at lex[i], where it is a phrase by
// itself.
func (p *Phrases[V]) One(lex []Lexeme, i int) (v V, ok bool) {
	if i < 0 || i >= len(lex) || lex[i].Kind != Word && lex[i].Kind != Mark {
		return v, false
	}
	p.once.Do(p.lay)
	s := p.find(chain(0, lex[i].Key))
	if s.key == 0 || !s.whole {
		return v, false
	}
	return s.value, true
}
