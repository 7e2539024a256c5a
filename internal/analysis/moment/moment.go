// Package moment finds the words of a text that name a day, a month, a year or
// an hour, and the date that they stand for. Sentences of an article and its
// own day of publication come in; moments go out. Dates in digits are read in
// any language, words in English.
//
// A moment that nothing anchors is kept with an unknown date: "two days later",
// "Thursday" in an article that tells no day of its own, a day without a year
// that may be of this year or another. Hours stay open too, because an account
// seldom tells its time zone; they are kept so that no pass takes them for
// counts.
package moment

import (
	"strings"
	"time"
	"unicode/utf8"

	"synoptic/article"
	"synoptic/internal/analysis"
	"synoptic/internal/number"
	"synoptic/text"
)

// Pass gives the moments of an article in any language. Where there are arcs it
// reads off them whether a day of the week is the last one or the next.
var Pass = analysis.Pass{
	Name:  "moment",
	Doc:   "words that name a date, with the date",
	Needs: article.Sentences,
	Gives: article.Moments,
	Run:   run,
}

func run(a *article.Article, n *article.Analysis) error {
	f := &finder{a: a, n: n, order: orderOf(a)}
	f.english = a.Language == "" || a.Language == "en" || strings.HasPrefix(a.Language, "en-")
	f.reader.Words = f.english
	if a.Published.Precision >= article.Day {
		y, m, d := a.Published.Time.Date()
		f.today = time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
	}
	for _, s := range n.Sentences {
		f.sentence(s)
	}
	f.settle()
	n.Moments = f.out
	return nil
}

// order is how a country writes a date in digits.
type order uint8

const (
	unsure order = iota
	dayFirst
	monthFirst
)

// orderOf tells the order of day and month by where the article was published.
// English without a country may be either.
func orderOf(a *article.Article) order {
	switch a.Outlet.Country {
	case "United States", "United States of America", "USA", "Philippines":
		return monthFirst
	case "":
	default:
		return dayFirst
	}
	primary, region, _ := strings.Cut(a.Language, "-")
	switch {
	case strings.HasSuffix(a.Outlet.Domain, ".uk"), strings.HasSuffix(a.Outlet.Domain, ".au"):
		return dayFirst
	case primary == "en" && region == "US":
		return monthFirst
	case primary != "en" && primary != "", region != "":
		return dayFirst
	}
	return unsure
}

// finder holds what the search of one article needs.
type finder struct {
	a       *article.Article
	n       *article.Analysis
	s       article.Sentence
	english bool
	order   order
	today   time.Time // the day of publication; zero when not known
	lexer   number.Lexer
	reader  number.Reader
	lex     []number.Lexeme
	out     []article.Moment
	bare    []yearless // moments of a day without a year
	depth   int        // of distances that are counted from other distances
}

// yearless is a moment whose year another place of the text may tell.
type yearless struct {
	index int
	month time.Month
	day   int
}

func (f *finder) sentence(s article.Sentence) {
	f.s = s
	f.lex = f.lexer.Lex(f.a.Text, s.Span)
	f.reader.Reset(f.lex)
	for i := 0; i < len(f.lex); {
		bare := len(f.bare)
		d, next := f.read(i)
		if next <= i {
			f.bare = f.bare[:bare]
			i++
			continue
		}
		f.add(i, next, d)
		i = next
	}
}

func (f *finder) add(i, next int, d article.Date) {
	span := text.Span{Start: f.lex[i].Start, End: f.lex[next-1].End}
	for span.End < len(f.a.Text) && !utf8.RuneStart(f.a.Text[span.End]) {
		span.End++ // broken UTF-8: no span may end inside of a character
	}
	f.out = append(f.out, article.Moment{Span: span, Date: d})
}

// settle gives days without a year the year that the same day has elsewhere in
// the text ("the Oct. 7 attack" where the text says "Oct. 7, 2023"), unless it
// has several there.
func (f *finder) settle() {
	if len(f.bare) == 0 {
		return
	}
	type date struct {
		month time.Month
		day   int
	}
	const several = -1
	years := map[date]int{}
	next := 0 // of f.bare, which is in the order of f.out
	for i, m := range f.out {
		for next < len(f.bare) && f.bare[next].index < i {
			next++
		}
		if m.Date.Precision != article.Day || next < len(f.bare) && f.bare[next].index == i {
			continue
		}
		_, month, day := m.Date.Time.Date()
		key := date{month, day}
		if y, ok := years[key]; ok && y != m.Date.Time.Year() {
			years[key] = several
		} else {
			years[key] = m.Date.Time.Year()
		}
	}
	for _, y := range f.bare {
		if year, ok := years[date{y.month, y.day}]; ok && year != several {
			f.out[y.index].Date = day(year, y.month, y.day)
		}
	}
}

// day is a date precise to the day, or an unknown one where there is no such
// day (30 February).
func day(y int, m time.Month, d int) article.Date {
	t := time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
	if t.Day() != d || t.Month() != m {
		return article.Date{}
	}
	return article.Date{Time: t, Precision: article.Day}
}

func onDay(t time.Time) article.Date { return article.Date{Time: t, Precision: article.Day} }

func month(y int, m time.Month) article.Date {
	return article.Date{Time: time.Date(y, m, 1, 0, 0, 0, 0, time.UTC), Precision: article.Month}
}

func year(y int) article.Date {
	return article.Date{Time: time.Date(y, 1, 1, 0, 0, 0, 0, time.UTC), Precision: article.Year}
}

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

func (f *finder) upper(i int) bool { return i >= 0 && i < len(f.lex) && f.lex[i].Upper }
