package story

import (
	"cmp"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"synoptic/article"
	"synoptic/internal/match"
	"synoptic/internal/model/gazetteer"
	"synoptic/internal/model/word"
)

// How much of an article a sketch keeps.
const (
	mostTerms  = 128 // all words of the headline, then those of the text that weigh most
	mostTitle  = 40  // words of the headline
	mostPairs  = 32  // pairs of neighbouring words of the headline
	mostCopies = 16  // shingles, those with the smallest hashes (Broder 1997)
)

// Sketch is what grouping keeps of an article: its weightiest words as hashes,
// which of them are names, places or numbers, pairs of words of its headline,
// and a sample of its shingles by which copies are found. It takes about a
// kilobyte, and nobody can read the article from it.
type Sketch struct {
	terms    []term   // in order of hash
	pairs    []uint32 // in order
	copies   []uint32 // in order; the smallest of the shingles' hashes
	title    uint8    // words of the headline that count
	words    uint16   // words of the running text
	template uint32   // the headline without its serial number; 0 where it has none
	serial   uint32   // the number that counts editions ("Day 21": 21)
}

// term is a stem of an article.
type term struct {
	hash   uint32
	rarity uint8 // in news at large, of 255
	title  uint8 // how often it stands in the headline
	body   uint8 // how often it stands in the running text; 255 is that often or more
	kind   kind
}

// kind is what a stem is, as far as its writing tells.
type kind uint8

const (
	isName   kind = 1 << iota // written with a capital where other words are not
	isPlace                   // listed as a country, a people or a place
	isNumber                  // begins with a digit
	isDate                    // a day of the week or a month
	isSite                    // a name that something is said to be in or near
	kinds    = isName | isPlace | isNumber | isDate | isSite
)

// reader makes sketches. It is not for several goroutines.
type reader struct {
	stems   match.Stemmer
	lexicon *word.Lexicon
	places  *gazetteer.Gazetteer
	known   map[string]term  // words in small letters, without what their capitals tell
	at      map[uint32]int32 // index into terms, by hash
	terms   []term
	pieces  []uint32
}

var readers = sync.Pool{New: func() any {
	lexicon, places, err := lists()
	if err != nil {
		panic(err) // they are part of the binary: that they can be read is a test's matter
	}
	return &reader{stems: match.NewStemmer(), lexicon: lexicon, places: places, at: map[uint32]int32{}, known: map[string]term{}}
}}

// lists are what is known of words before any article is read.
func lists() (*word.Lexicon, *gazetteer.Gazetteer, error) {
	lexicon, err := word.Embedded()
	if err != nil {
		return nil, nil, err
	}
	places, err := gazetteer.Embedded()
	return lexicon, places, err
}

// NewSketch makes the sketch of a. Its cost is linear in words.
func NewSketch(a *article.Article) Sketch {
	r := readers.Get().(*reader)
	defer readers.Put(r)
	return r.sketch(a)
}

func (r *reader) sketch(a *article.Article) Sketch {
	clear(r.at)
	r.terms = r.terms[:0]
	var s Sketch
	r.headline(&s, a.Headline())
	titled := len(r.terms)
	for _, p := range a.Paragraphs {
		if p.Kind == article.Body || p.Kind == article.Summary {
			s.words += uint16(min(r.text(p.Of(a.Text)), int(^uint16(0)-s.words)))
		}
	}
	if body := r.terms[titled:]; len(r.terms) > mostTerms {
		slices.SortFunc(body, func(x, y term) int {
			return cmp.Or(cmp.Compare(y.weight(), x.weight()), cmp.Compare(x.hash, y.hash))
		})
		r.terms = r.terms[:mostTerms]
	}
	s.terms = slices.Clone(r.terms)
	slices.SortFunc(s.terms, func(x, y term) int { return cmp.Compare(x.hash, y.hash) })
	pieces := shingles(a)
	r.pieces = r.pieces[:0]
	for _, h := range pieces {
		r.pieces = append(r.pieces, word.Mix(uint32(h)^uint32(h>>32)))
	}
	slices.Sort(r.pieces)
	s.copies = slices.Clone(slices.Compact(r.pieces))
	if len(s.copies) > mostCopies {
		s.copies = slices.Clip(s.copies[:mostCopies])
	}
	return s
}

// weight is how much a term says of its article, before anything is known of
// others.
func (t term) weight() int {
	return int(t.rarity) * int(t.rarity) * int(tempered(t.count()))
}

// count is how often a term counts, a headline's word twice.
func (t term) count() int { return 2*int(t.title) + int(t.body) }

// headline counts the words of a headline, its pairs, and the number by which
// editions of one series differ.
func (r *reader) headline(s *Sketch, title string) {
	last, name := uint32(0), uint32(0)
	series := false
	for w := range words(title) {
		if s.title == mostTitle {
			break
		}
		t := r.term(w.text, false)
		if t.hash == 0 {
			continue
		}
		if series && t.kind&isNumber != 0 {
			s.serial, t.hash = t.hash, word.Mix(t.hash^0x5e71a1)
			name = word.Mix(name*31 + 1)
		} else {
			name = word.Mix(name*31 + t.hash)
		}
		series = serials[strings.ToLower(w.text)]
		if t.rarity < common {
			continue
		}
		r.count(t, true)
		s.title++
		if last != 0 && len(s.pairs) < mostPairs {
			s.pairs = append(s.pairs, word.Pair(last, t.hash))
		}
		last = t.hash
	}
	if s.serial != 0 {
		s.template = max(name, 1)
	}
	slices.Sort(s.pairs)
	s.pairs = slices.Compact(s.pairs)
}

// serials are words before a number that counts editions.
var serials = map[string]bool{
	"day": true, "week": true, "part": true, "episode": true, "ep": true, "season": true, "chapter": true, "round": true, "game": true,
	"no": true, "number": true, "volume": true, "vol": true, "issue": true, "edition": true, "stage": true, "night": true, "series": true,
}

// text counts the words of a paragraph and returns how many there are.
func (r *reader) text(p string) int {
	n := 0
	site := false // whether a name here is where something is
	for w := range words(p) {
		n++
		t := r.term(w.text, w.inside)
		switch w.text {
		case "in", "In", "near", "Near":
			site = true
		case "the": // "in the Alfama district"
		default:
			if site = site && t.kind&isName != 0; site {
				t.kind |= isSite
			}
		}
		if t.hash != 0 && t.rarity >= common {
			r.count(t, false)
		}
	}
	return n
}

// common is the rarity below which a stem says nothing: "the", "say".
const common = 255 / 4

// mostKnown is how many words a reader remembers.
const mostKnown = 1 << 15

// term is the stem of a word; its hash is 0 for what is no word. inside is
// whether a capital would be out of place but for a name.
func (r *reader) term(w string, inside bool) term {
	first, size := utf8.DecodeRuneInString(w)
	if size == len(w) && first < utf8.RuneSelf && !unicode.IsDigit(first) {
		return term{}
	}
	lower := strings.ToLower(w)
	t, ok := r.known[lower]
	if !ok {
		stem := r.stems.Stem(lower)
		t = term{hash: hash(stem), rarity: uint8(255 * match.Rarity(stem))}
		if digit(stem[0]) {
			t.kind, t.rarity = isNumber, numberRarity(stem)
		}
		if dates[lower] {
			t.kind = isDate
		}
		if len(r.known) == mostKnown {
			clear(r.known)
		}
		r.known[strings.Clone(lower)] = t
	}
	if unicode.IsUpper(first) {
		look := r.lexicon.Look(w)
		if inside || look.Case == 0 || look.Case >= 4 {
			t.kind |= isName
		}
		n, in := r.places.Longest(func(int) uint32 { return look.Norm }, 1)
		if n == 1 && in&(gazetteer.Country|gazetteer.Demonym|gazetteer.Place) != 0 {
			t.kind |= isPlace
		}
	}
	return t
}

// dates are the words that every article of a day or a month may have.
var dates = map[string]bool{
	"monday": true, "tuesday": true, "wednesday": true, "thursday": true, "friday": true, "saturday": true, "sunday": true,
	"january": true, "february": true, "march": true, "april": true, "may": true, "june": true, "july": true, "august": true,
	"september": true, "october": true, "november": true, "december": true,
}

func digit(c byte) bool { return '0' <= c && c <= '9' }

// numberRarity is less for what many articles have by chance: a small number,
// a year.
func numberRarity(digits string) uint8 {
	switch {
	case len(digits) == 4 && (digits[:2] == "19" || digits[:2] == "20"), len(digits) == 1:
		return 115
	case len(digits) == 2:
		return 140
	}
	return 180
}

func (r *reader) count(t term, title bool) {
	i, ok := r.at[t.hash]
	if !ok {
		i = int32(len(r.terms))
		r.at[t.hash] = i
		r.terms = append(r.terms, t)
	}
	have := &r.terms[i]
	have.kind |= t.kind
	if title {
		have.title++
	} else if have.body < 255 {
		have.body++
	}
}

// hash is FNV-1a with a last stir, never 0.
func hash(s string) uint32 {
	h := uint64(offset64)
	for i := range len(s) {
		h = (h ^ uint64(s[i])) * prime64
	}
	return max(word.Mix(uint32(h)^uint32(h>>32)), 1)
}

// spelled is a word as it stands.
type spelled struct {
	text   string
	inside bool // not the first word of a sentence or of what is quoted
}

// words gives the words of s: letters and digits in a row, with what a single
// apostrophe, point or comma ties to a digit. A possessive's "s" is left out.
func words(s string) func(yield func(spelled) bool) {
	return func(yield func(spelled) bool) {
		inside := false
		for i := 0; i < len(s); {
			r, n := utf8.DecodeRuneInString(s[i:])
			if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
				switch r {
				case '.', '!', '?', ':', '"', '“', '‘', '—', '|':
					inside = false
				}
				i += n
				continue
			}
			end := i
			for end < len(s) {
				r, n := utf8.DecodeRuneInString(s[end:])
				tied := (r == ',' || r == '.') && end > i && digit(s[end-1]) && end+1 < len(s) && digit(s[end+1])
				if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !tied {
					break
				}
				end += n
			}
			if !yield(spelled{s[i:end], inside}) {
				return
			}
			inside = true
			i = end
			for _, mark := range []string{"'s", "’s", "'S", "’S"} {
				if rest, ok := strings.CutPrefix(s[i:], mark); ok {
					if next, _ := utf8.DecodeRuneInString(rest); !unicode.IsLetter(next) {
						i = len(s) - len(rest)
					}
					break
				}
			}
		}
	}
}

// sketchForm is the first byte of a sketch; another form is another number.
const sketchForm = 1

// MarshalBinary writes the sketch: the form, the counts, then terms, pairs and
// copies as fixed little-endian numbers.
func (s Sketch) MarshalBinary() ([]byte, error) {
	out := make([]byte, 0, 16+8*len(s.terms)+4*len(s.pairs)+4*len(s.copies))
	out = append(out, sketchForm, uint8(len(s.terms)), uint8(len(s.pairs)), uint8(len(s.copies)), s.title)
	out = binary.LittleEndian.AppendUint16(out, s.words)
	out = binary.LittleEndian.AppendUint32(out, s.template)
	out = binary.LittleEndian.AppendUint32(out, s.serial)
	for _, t := range s.terms {
		out = binary.LittleEndian.AppendUint32(out, t.hash)
		out = append(out, t.rarity, t.title, t.body, uint8(t.kind))
	}
	for _, h := range s.pairs {
		out = binary.LittleEndian.AppendUint32(out, h)
	}
	for _, h := range s.copies {
		out = binary.LittleEndian.AppendUint32(out, h)
	}
	return out, nil
}

var errSketch = errors.New("malformed sketch")

// UnmarshalBinary reads what MarshalBinary wrote, and refuses anything else.
func (s *Sketch) UnmarshalBinary(data []byte) error {
	const head = 15
	if len(data) < head || data[0] != sketchForm {
		return fmt.Errorf("%w: no head of form %d", errSketch, sketchForm)
	}
	terms, pairs, copies := int(data[1]), int(data[2]), int(data[3])
	if terms > mostTerms || pairs > mostPairs || copies > mostCopies || data[4] > mostTitle || len(data) != head+8*terms+4*pairs+4*copies {
		return fmt.Errorf("%w: %d bytes for %d terms, %d pairs and %d copies", errSketch, len(data), terms, pairs, copies)
	}
	out := Sketch{
		title: data[4], words: binary.LittleEndian.Uint16(data[5:]),
		template: binary.LittleEndian.Uint32(data[7:]), serial: binary.LittleEndian.Uint32(data[11:]),
	}
	data = data[head:]
	for i := range terms {
		t := term{hash: binary.LittleEndian.Uint32(data), rarity: data[4], title: data[5], body: data[6], kind: kind(data[7])}
		if i > 0 && t.hash <= out.terms[i-1].hash || t.hash == 0 || t.kind&^kinds != 0 || t.count() == 0 {
			return fmt.Errorf("%w: term %d", errSketch, i)
		}
		out.terms = append(out.terms, t)
		data = data[8:]
	}
	read := func(n int) (list []uint32, ok bool) {
		for i := range n {
			h := binary.LittleEndian.Uint32(data)
			if i > 0 && h <= list[i-1] {
				return nil, false
			}
			list = append(list, h)
			data = data[4:]
		}
		return list, true
	}
	ok := [2]bool{}
	out.pairs, ok[0] = read(pairs)
	out.copies, ok[1] = read(copies)
	if !ok[0] || !ok[1] {
		return fmt.Errorf("%w: its hashes are out of order", errSketch)
	}
	*s = out
	return nil
}
