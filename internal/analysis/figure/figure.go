// Package figure finds the quantities of a text: how much, in which unit, how
// bounded, of what. Sentences and moments of an article come in, and tags and
// arcs where earlier passes gave them; figures go out. Amounts in digits are
// read in any language, amounts in words, modifiers and what is counted in
// English.
//
// What has digits and counts nothing is left alone: years and dates, clock
// times, telephone numbers, addresses, scores of games, names of models, roads
// and indexes, numbers of lists and sections.
package figure

import (
	"strings"
	"unicode/utf8"

	"synoptic/article"
	"synoptic/internal/analysis"
	"synoptic/internal/number"
	"synoptic/text"
)

// Pass gives the figures of an article in any language. It reads tags and arcs
// where they are there, and finds what is counted by the words alone where they
// are not.
var Pass = analysis.Pass{
	Name:  "figure",
	Doc:   "quantities with their units, bounds and what they count",
	Needs: article.Sentences | article.Moments,
	Gives: article.Figures,
	Run:   run,
}

func run(a *article.Article, n *article.Analysis) error {
	f := &finder{a: a, n: n, dollar: dollarOf(a)}
	f.english = a.Language == "" || a.Language == "en" || strings.HasPrefix(a.Language, "en-")
	f.lexer.DecimalComma = decimalComma(a.Language)
	f.reader.Words = f.english
	for i, s := range n.Sentences {
		f.sentence(i, s)
	}
	n.Figures = f.out
	return nil
}

// decimalComma reports whether a language writes one and a half as "1,5"
// (Unicode CLDR, decimal symbols).
func decimalComma(language string) bool {
	primary, _, _ := strings.Cut(language, "-")
	switch primary {
	case "bg", "ca", "cs", "da", "de", "el", "es", "et", "fi", "fr", "hr", "hu", "id", "is", "it", "lt", "lv", "nb", "nl", "nn", "no", "pl", "pt", "ro", "ru", "sk", "sl", "sr", "sv", "tr", "uk", "vi":
		return language != "es-MX"
	}
	return false
}

// dollarOf is the currency that a plain "$" stands for: the outlet's own where
// its country is known, the American one otherwise; but where the text itself
// marks American dollars, a plain one is probably another, and stays open.
func dollarOf(a *article.Article) string {
	if code, ok := local[a.Outlet.Country]; ok {
		return code
	}
	for _, mark := range []string{"US$", "$US", "US $"} {
		if strings.Contains(a.Text, mark) {
			return dollar
		}
	}
	return "USD"
}

// finder holds what the search of one article needs.
type finder struct {
	a         *article.Article
	n         *article.Analysis
	english   bool
	dollar    string
	lexer     number.Lexer
	reader    number.Reader
	lex       []number.Lexeme
	s         article.Sentence
	moments   []article.Moment // from the first that ends in the sentence or behind it
	out       []article.Figure
	from      int        // the sentence's first figure in out
	previous  int        // the first figure of the sentence before
	said      []bool     // whether each figure in out has what it counts from what it is said of
	places    []place    // of the sentence's figures
	passed    int        // moments that end before the number at hand
	standings []standing // phrases of the sentence that tell for which day counts stand
	title     int8       // whether the sentence is a headline: 1 yes, -1 no, 0 not yet known
	inside    int        // the end of the last phrase for what is counted
	ahead     int        // numbers between the one at hand and the unit that they share
	pending   int        // figure that takes the unit of the next ("280 million of the 1.5 billion shekels"), -1 for none
}

func (f *finder) sentence(index int, s article.Sentence) {
	f.lex = f.lexer.Lex(f.a.Text, s.Span)
	f.reader.Reset(f.lex)
	f.s = s
	if index == 0 {
		f.moments = f.n.Moments
	}
	for len(f.moments) > 0 && f.moments[0].End <= s.Start {
		f.moments = f.moments[1:]
	}
	f.previous, f.from, f.pending, f.inside, f.passed, f.title = f.from, len(f.out), -1, 0, 0, 0
	f.places = f.places[:0]
	for i := 0; i < len(f.lex); {
		if f.opens(i) {
			if next := f.read(i); next > i {
				i = next
				continue
			}
		}
		i++
	}
	f.subjects()
	f.carry()
	f.factualities()
	f.asOfs()
}

// opens reports whether an amount may begin at lex[i].
func (f *finder) opens(i int) bool {
	x := f.lex[i]
	switch x.Kind {
	case number.Digits:
		return true
	case number.Mark:
		_, ok := signs[x.Rune]
		return ok
	case number.Word:
		return f.english && (f.reader.Starts(i) || f.says(i, kTwice)) || x.Upper && f.codeBefore(i) || f.english && f.marked(i)
	}
	return false
}

// word is the text of lex[i], "" past the ends.
func (f *finder) word(i int) string {
	if i < 0 || i >= len(f.lex) {
		return ""
	}
	return f.lex[i].Of(f.a.Text)
}

func (f *finder) kind(i int) number.Kind {
	if i < 0 || i >= len(f.lex) {
		return 0
	}
	return f.lex[i].Kind
}

func (f *finder) is(i int, r rune) bool { return i >= 0 && i < len(f.lex) && f.lex[i].Is(r) }

func (f *finder) glued(i int) bool { return i > 0 && i < len(f.lex) && f.lex[i].Glued }

// in reports whether lex[i] is one of the words of s.
func (f *finder) in(s *number.Phrases[bool], i int) bool {
	_, ok := s.One(f.lex, i)
	return ok
}

// says reports whether lex[i] is the word w, in lower case.
func (f *finder) says(i int, w uint64) bool {
	return i >= 0 && i < len(f.lex) && f.lex[i].Kind == number.Word && f.lex[i].Key == w
}

// Keys of words that the rules name.
var (
	kA, kAn, kAnd, kAs    = number.Key("a"), number.Key("an"), number.Key("and"), number.Key("as")
	kAge, kOld, kOlds     = number.Key("age"), number.Key("old"), number.Key("olds")
	kBetween, kBy, kFrom  = number.Key("between"), number.Key("by"), number.Key("from")
	kDozen, kHalf, kTwice = number.Key("dozen"), number.Key("half"), number.Key("twice")
	kIs, kWas, kYo        = number.Key("is"), number.Key("was"), number.Key("yo")
	kOf, kOr, kPer, kTo   = number.Key("of"), number.Key("or"), number.Key("per"), number.Key("to")
	kPlus                 = number.Key("plus")
	kS, kPlainS           = number.Key("'s"), number.Key("s")
	kThe                  = number.Key("the")
	kTurned, kTurns       = number.Key("turned"), number.Key("turns")
)

// read reads the amount at lex[i], with the range that it may begin, and keeps
// it as a figure. It returns the lexeme to go on from.
func (f *finder) read(i int) int {
	if f.machine(f.lex[i].Start) {
		return f.chunkEnd(i)
	}
	a, ok := f.amount(i)
	if !ok {
		return f.skip(i)
	}
	if r, ok := f.rangeFrom(a); ok {
		a = r
	}
	if !f.counts(&a) {
		return max(a.last, i+1)
	}
	f.add(a)
	return max(a.last, i+1)
}

// skip passes over what is written to the number at i, so that no part of it is
// read by itself.
func (f *finder) skip(i int) int {
	if f.lex[i].Kind != number.Digits {
		return i + 1
	}
	i++
	for i < len(f.lex) && f.lex[i].Glued && f.lex[i].Kind == number.Digits {
		i++
	}
	return i
}

// machine reports whether the run of characters without white space around the
// byte at offset is an address or a name that people do not read as words.
func (f *finder) machine(offset int) bool {
	start, end := f.chunk(offset)
	c := f.a.Text[start:end]
	return strings.Contains(c, "://") || strings.HasPrefix(c, "www.") || strings.ContainsAny(c, "@_#") || strings.Contains(c, "%2") || strings.Contains(c, "=\"")
}

// maxChunk bounds how far the search for white space goes.
const maxChunk = 200

func (f *finder) chunk(offset int) (start, end int) {
	start, end = offset, offset
	for start > f.s.Start && start > offset-maxChunk && !blank(f.a.Text[start-1]) {
		start--
	}
	for end < f.s.End && end < offset+maxChunk && !blank(f.a.Text[end]) {
		end++
	}
	return start, end
}

func blank(c byte) bool { return c == ' ' || c == '\n' || c == '\t' }

func (f *finder) chunkEnd(i int) int {
	_, end := f.chunk(f.lex[i].Start)
	for i < len(f.lex) && f.lex[i].Start < end {
		i++
	}
	return i
}

// add keeps an amount as a figure.
func (f *finder) add(a amount) {
	m, first := f.modified(&a)
	span := f.characters(text.Span{Start: f.lex[first].Start, End: f.lex[a.last-1].End})
	a.of = f.characters(a.of)
	fig := article.Figure{
		Span: span, Value: a.value, Low: a.low, High: a.high, Unit: a.unit, Modifier: m, Of: a.of, Source: -1,
		Norm: article.Quantity{Value: a.norm(m), Unit: a.base},
	}
	if f.pending >= 0 {
		p := &f.out[f.pending]
		if a.money && f.lex[a.first].Start-p.End < 20 {
			p.Unit, p.Norm, p.Of = fig.Unit, article.Quantity{Value: p.Value * a.factor, Unit: fig.Norm.Unit}, text.Span{}
		}
		f.pending = -1
	}
	if !a.measured && !a.age && !a.num.Fraction && f.says(a.last, kOf) {
		f.pending = len(f.out)
	}
	f.out = append(f.out, fig)
	f.said = append(f.said, false)
	f.places = append(f.places, place{first, a.last})
}

// characters is a span that does not end inside of a character, which it can
// where the UTF-8 is broken.
func (f *finder) characters(s text.Span) text.Span {
	for !s.Empty() && s.End < len(f.a.Text) && !utf8.RuneStart(f.a.Text[s.End]) {
		s.End++
	}
	return s
}

// place is the lexemes of a figure.
type place struct{ first, last int }
