package collation

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"synoptic/article"
	"synoptic/text"

	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/english"
)

// unit is what is compared: a sentence of an account's own telling.
type unit struct {
	account  int
	sentence int // index into the account's sentences, -1 where it has none
	kind     article.ParagraphKind
	span     text.Span
	terms    []term // by id
	norm     float64
}

// term is a content word of a unit by its stem.
type term struct {
	id     int32
	weight float64
}

// vocabulary gives stems small numbers and counts the units that they stand in.
type vocabulary struct {
	ids  map[string]int32
	df   []int
	env  *snowballstem.Env
	seen []int32 // the unit that each stem was last met in
}

func newVocabulary() *vocabulary {
	return &vocabulary{ids: map[string]int32{}, env: snowballstem.NewEnv("")}
}

// id is the number of a word's stem, -1 for words that carry no content.
func (v *vocabulary) id(word string) int32 {
	word = strings.ToLower(word)
	if stopwords[word] {
		return -1
	}
	stem := v.stem(word)
	id, ok := v.ids[stem]
	if !ok {
		id = int32(len(v.df))
		v.ids[strings.Clone(stem)] = id
		v.df = append(v.df, 0)
		v.seen = append(v.seen, -1)
	}
	return id
}

// stem is a word without its inflection, in lower case (Porter's English
// stemmer, Snowball).
func (v *vocabulary) stem(word string) string {
	v.env.SetCurrent(strings.ReplaceAll(strings.ToLower(word), "’", "'"))
	english.Stem(v.env)
	return v.env.Current()
}

// terms lists the stems of words, each once, and counts them as met in unit n.
func (v *vocabulary) terms(words []string, n int32) []term {
	list := make([]term, 0, len(words))
	for _, w := range words {
		r, _ := utf8.DecodeRuneInString(w)
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			continue
		}
		id := v.id(w)
		if id < 0 || v.seen[id] == n {
			continue
		}
		v.seen[id] = n
		v.df[id]++
		list = append(list, term{id: id})
	}
	slices.SortFunc(list, func(a, b term) int { return cmp.Compare(a.id, b.id) })
	return list
}

// weigh gives every term of every unit the logarithm of how rare it is, and
// every unit its length.
func (v *vocabulary) weigh(units []unit) {
	n := float64(len(units))
	for i := range units {
		u := &units[i]
		sum := 0.0
		for k := range u.terms {
			w := math.Log(1 + n/float64(v.df[u.terms[k].id]))
			u.terms[k].weight = w
			sum += float64(w * w)
		}
		u.norm = math.Sqrt(sum)
	}
}

// units cuts the accounts' own telling into sentences, in order of account and
// place.
func (c *Collation) units() []unit {
	v := newVocabulary()
	var units []unit
	var words []string
	for i, a := range c.Accounts {
		for k, s := range a.Analysis.Sentences {
			kind := a.Paragraphs[s.Paragraph].Kind
			if kind != article.Body && kind != article.Headline && kind != article.Summary {
				continue
			}
			words = words[:0]
			for _, t := range a.Analysis.Tokens[s.First:s.Last] {
				words = append(words, t.Of(a.Text))
			}
			u := unit{account: i, sentence: k, kind: kind, span: s.Span, terms: v.terms(words, int32(len(units)))}
			if len(u.terms) > 0 {
				units = append(units, u)
			}
		}
	}
	v.weigh(units)
	return units
}

// stopwords are English words that say nothing of what a sentence is about.
var stopwords = func() map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(`
		a an the this that these those some any each every no such
		i me my we us our you your he him his she her it its they them their who whom whose which what
		is are was were be been being am has have had having do does did doing will would shall should can could may might must
		ca wo n't not 's s 'll 're 've 'd ’s n’t
		and or but nor so yet if because as while when where than then there here how why
		of in on at by for with from to into onto about over under after before since until during between among against
		through out up down off per via also too very just only even more most much many other another
		said says say saying told tell added according mr mrs ms dr`) {
		set[w] = true
	}
	return set
}()
