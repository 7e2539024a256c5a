package moment

import (
	"time"

	"synoptic/article"
	"synoptic/internal/number"
)

// digits reads what begins with digits: a date in digits, a day before its
// month, an hour, a year.
func (f *finder) digits(i int) (article.Date, int) {
	if next := f.hour(i); next > i {
		return article.Date{}, next
	}
	if d, next := f.numeric(i, 0, false); next > i {
		return d, next
	}
	if f.english {
		if d, next := f.dayOf(i); next > i {
			return d, next
		}
	}
	return f.years(i)
}

// hour is the end of the clock time at lex[i]: "11.30am", "8:15", "2 p.m. ET".
func (f *finder) hour(i int) int {
	x := f.lex[i]
	if x.Kind != number.Digits || x.Form&number.Odd != 0 || x.Value >= 25 || x.Value < 0 || f.glued(i) && !f.is(i-1, '(') && !f.is(i-1, '-') && !f.is(i-1, '–') && !f.is(i-1, '—') {
		return i
	}
	next := i + 1
	minutes := x.Form == number.Decimal && x.End-x.Start >= 4
	if f.is(next, ':') && f.glued(next) && f.glued(next+1) && f.kind(next+1) == number.Digits && f.lex[next+1].End-f.lex[next+1].Start == 2 && f.lex[next+1].Value < 60 {
		next += 2
		if f.is(next, ':') || f.is(next, '.') && f.glued(next+1) { // a time that something took
			return i
		}
	} else if x.Form&^number.Zero != 0 && !minutes {
		return i
	}
	if e, n := f.at(next); e.kind == clock {
		next += n
		if zone(f.word(next)) {
			next++
		}
		return next
	}
	if f.is(i+1, ':') && next > i+1 && !f.glued(next) && (f.says(i-1, number.Key("at")) || f.says(i-1, kBy) || f.says(i-1, kFrom) || zone(f.word(next)) || f.word(next) == "hours") {
		return next
	}
	return i
}

// zone reports whether w is the usual name of a time zone.
func zone(w string) bool {
	switch w {
	case "GMT", "UTC", "ET", "EST", "EDT", "PT", "PST", "PDT", "CT", "CST", "CDT", "BST", "CET", "CEST", "IST", "AEST", "JST":
		return true
	}
	return false
}

// field is one part of a date in digits.
type field struct {
	n, width int
	month    bool // told by name
}

// numeric reads a date in digits: 2016-11-07, 20161107, 7/11/2016, 7.11.2016,
// 05-Aug-2016, and after a weekday or a word that asks for a date 7/11.
func (f *finder) numeric(i int, wd time.Weekday, onWeekday bool) (article.Date, int) {
	var parts [3]field
	n := 0
	next := i
	sep := rune(0)
	if f.glued(i) && !f.is(i-1, '(') && !f.is(i-1, '"') && !f.is(i-1, '-') {
		return article.Date{}, i
	}
	// Points make one lexeme of the digits that they part.
	if w := f.word(i); f.lex[i].Form&(number.Odd|number.Decimal) != 0 {
		start := 0
		for p := 0; p <= len(w); p++ {
			if p < len(w) && w[p] != '.' {
				continue
			}
			v, ok := digitsOf(w[start:p])
			if !ok || n == 3 {
				return article.Date{}, i
			}
			parts[n] = field{n: v, width: p - start}
			n++
			start = p + 1
		}
		sep, next = '.', i+1
		if n == 2 && !onWeekday {
			return article.Date{}, i
		}
	} else {
		for k := i; n < 3; {
			x := f.lex[k]
			switch {
			case x.Kind == number.Digits && x.Form&^number.Zero == 0:
				v, ok := digitsOf(f.word(k))
				if !ok {
					return article.Date{}, i
				}
				parts[n] = field{n: v, width: x.End - x.Start}
			case x.Kind == number.Word && f.english:
				e, _ := f.at(k)
				if e.kind != monthName && e.kind != monthShort {
					return article.Date{}, i
				}
				parts[n] = field{n: e.n, month: true}
			default:
				return article.Date{}, i
			}
			n++
			next = k + 1
			k++
			if k+1 >= len(f.lex) || !f.glued(k) || !f.glued(k+1) || !f.is(k, '/') && !f.is(k, '-') || sep != 0 && !f.is(k, sep) {
				break
			}
			if n < 3 {
				sep = f.lex[k].Rune
				k++
			}
		}
	}
	if n == 1 {
		return f.compact(i, parts[0])
	}
	if f.glued(next) && (f.kind(next) != number.Mark || f.is(next, '/') || f.is(next, '%') || f.is(next, '-') && sep == '-' && n < 3) {
		if f.kind(next) != number.Word || !f.upper(next) || f.word(next)[0] != 'T' || n < 3 {
			return article.Date{}, i
		}
		for f.glued(next) { // the time of an ISO date
			next++
		}
	}
	if n == 2 {
		return f.pair(i, next, parts[0], parts[1], sep, wd, onWeekday)
	}
	return f.triple(i, next, parts, wd, onWeekday)
}

// compact reads 20161107.
func (f *finder) compact(i int, p field) (article.Date, int) {
	if p.width != 8 || f.glued(i+1) && f.kind(i+1) == number.Word {
		return article.Date{}, i
	}
	y, m, d := p.n/10000, p.n/100%100, p.n%100
	if y < 1900 || y > 2100 || m < 1 || m > 12 || d < 1 {
		return article.Date{}, i
	}
	if date := day(y, time.Month(m), d); date.Known() {
		return date, i + 1
	}
	return article.Date{}, i
}

func (f *finder) triple(i, next int, p [3]field, wd time.Weekday, onWeekday bool) (article.Date, int) {
	year, a, b := p[0], p[1], p[2]
	switch {
	case p[0].width == 4: // 2016-11-07, 2020/23/Sep
		if a.month || b.month {
			if b.month {
				a, b = b, a
			}
			return f.valid(i, next, year.n, a.n, b.n)
		}
		return f.valid(i, next, year.n, a.n, b.n)
	case p[2].width == 4 || p[2].width == 2 && !p[0].month && !p[1].month && p[0].width > 0:
		year, a, b = p[2], p[0], p[1]
		if year.width == 2 {
			year.n = f.century(year.n)
		}
	case p[1].width == 4: // 23-2020-September
		year, a, b = p[1], p[0], p[2]
	default:
		return article.Date{}, i
	}
	m, d, ok := f.monthAndDay(a, b, year.n, wd, onWeekday)
	if !ok {
		if a.n > 12 && b.n > 12 || a.n > 31 || b.n > 31 || a.n < 1 || b.n < 1 {
			return article.Date{}, i
		}
		return article.Date{}, next // a date, but which?
	}
	return f.valid(i, next, year.n, m, d)
}

func (f *finder) valid(i, next, y, m, d int) (article.Date, int) {
	if m < 1 || m > 12 || d < 1 || y < 1000 || y > 2200 {
		return article.Date{}, i
	}
	if date := day(y, time.Month(m), d); date.Known() {
		return date, next
	}
	return article.Date{}, i
}

// monthAndDay tells which of two numbers is the month: the one that is named,
// the one that can be, the one that makes the weekday right, the one that the
// outlet's country puts first.
func (f *finder) monthAndDay(a, b field, y int, wd time.Weekday, onWeekday bool) (m, d int, ok bool) {
	switch {
	case a.month:
		return a.n, b.n, true
	case b.month:
		return b.n, a.n, true
	case a.n > 12 && b.n <= 12:
		return b.n, a.n, true
	case b.n > 12 && a.n <= 12, a.n == b.n:
		return a.n, b.n, true
	}
	if a.n < 1 || b.n < 1 || a.n > 12 {
		return 0, 0, false
	}
	if onWeekday {
		first := time.Date(y, time.Month(a.n), b.n, 0, 0, 0, 0, time.UTC).Weekday() == wd
		second := time.Date(y, time.Month(b.n), a.n, 0, 0, 0, 0, time.UTC).Weekday() == wd
		switch {
		case first && !second:
			return a.n, b.n, true
		case second && !first:
			return b.n, a.n, true
		}
	}
	switch f.order {
	case monthFirst:
		return a.n, b.n, true
	case dayFirst:
		return b.n, a.n, true
	}
	return 0, 0, false
}

// pair reads a day and a month without a year. Two numbers with a slash between
// them are a date only where a weekday or a word that asks for one says so.
func (f *finder) pair(i, next int, a, b field, sep rune, wd time.Weekday, onWeekday bool) (article.Date, int) {
	if a.month || b.month {
		if a.width > 2 || b.width > 2 {
			return article.Date{}, i
		}
		if a.month {
			a, b = b, a
		}
		return f.monthDay(i, time.Month(b.n), a.n, next)
	}
	if a.width > 2 || b.width > 2 || a.n < 1 || b.n < 1 || a.n > 31 || b.n > 31 || a.n > 12 && b.n > 12 {
		return article.Date{}, i
	}
	listed := f.in(onWords, i-1) || f.is(i-1, ',') && len(f.out) > 0 && f.lex[i].Start-f.out[len(f.out)-1].End <= 2
	if !onWeekday && (sep != '/' || !listed && i+3 < len(f.lex) || f.kind(next) == number.Word && !f.in(lead, next) && !f.in(onWords, next)) {
		return article.Date{}, i
	}
	if a.n == 9 && b.n == 11 {
		return article.Date{}, i // a name, of a day in 2001 more often than of any other
	}
	y := 0
	if !f.today.IsZero() {
		y = f.today.Year()
	}
	m, d, ok := f.monthAndDay(a, b, y, wd, onWeekday)
	if !ok {
		if onWeekday {
			return article.Date{}, next
		}
		return article.Date{}, i
	}
	if d > lengths[m-1] {
		return article.Date{}, i
	}
	return f.nearest(i, time.Month(m), d), next
}

// years reads a year that stands alone: "in 2016", "since 1991", "2015-16".
func (f *finder) years(i int) (article.Date, int) {
	y, next := f.yearNumber(i, false)
	if next == i || f.glued(i) && !f.is(i-1, '(') && !f.is(i-1, '-') {
		return article.Date{}, i
	}
	if (f.is(next, '-') || f.is(next, '–') || f.is(next, '/')) && f.glued(next) && f.glued(next+1) && f.kind(next+1) == number.Digits {
		if x := f.lex[next+1]; x.Form&^number.Zero == 0 && (x.Value == float64((y+1)%100) || x.Width == 4 && x.Value > float64(y) && x.Value < 2200) {
			return year(y), next + 2
		}
		return article.Date{}, i
	}
	if f.glued(next) && (f.is(next, '-') || f.is(next, '/') || f.is(next, '%')) || f.in(units, next) || y >= 2100 || y < 1600 {
		return article.Date{}, i
	}
	before := f.in(lead, i-1) || f.paired(i)
	if f.is(i-1, '-') && f.glued(i-1) { // "mid-2018"
		before = f.in(lead, i-2)
	}
	if y < 1900 && (!before || f.kind(next) == number.Word && !f.in(lead, next) && !f.in(onWords, next)) {
		return article.Date{}, i
	}
	if !before && (f.kind(next) == number.Word && !f.upper(next) && !f.in(lead, next) || i == 0 || f.kind(i-1) != number.Word || f.upper(i-1)) {
		return article.Date{}, i
	}
	if f.says(i-1, kTo) && f.kind(next) == number.Word && !f.in(lead, next) {
		return article.Date{}, i
	}
	return year(y), next
}

// paired reports whether the year at lex[i] is the second of two: "between 1600
// and 1900", "from 1998 to 2004".
func (f *finder) paired(i int) bool {
	if len(f.out) == 0 || !f.says(i-1, kAnd) && !f.says(i-1, kTo) && !f.is(i-1, '-') && !f.is(i-1, '–') {
		return false
	}
	m := f.out[len(f.out)-1]
	return m.Date.Precision == article.Year && i > 1 && m.End == f.lex[i-2].End
}
