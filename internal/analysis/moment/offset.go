package moment

import (
	"math"

	"synoptic/article"
)

// offset reads a distance and what it is from: "two weeks ago", "three days
// after January 12", "in two months". Days and weeks that are counted from the
// day of publication give a day; months and years only a month and a year,
// because who says "two years ago" does not mean the day.
func (f *finder) offset(i int) (article.Date, int) {
	if !f.english {
		return article.Date{}, i
	}
	j := i
	in := f.says(i, kIn)
	if in {
		j++
	}
	n, unit, next := f.distance(j)
	if next == j {
		return article.Date{}, i
	}
	if d, to := f.anchored(n, unit, next); to > next {
		return d, to
	}
	if in && next < len(f.lex) {
		if (f.says(next, kS) || f.is(next, '\'') || f.is(next, '’')) && f.says(next+1, kTime) { // "in two weeks' time"
			return f.fromToday(n, unit), next + 2
		}
	}
	if in && f.future(i, next) {
		return f.fromToday(n, unit), next
	}
	return article.Date{}, i
}

// future reports whether "in two weeks" is a time ahead and not the time that
// something took: something must tell of what is to come.
func (f *finder) future(i, next int) bool {
	return f.ahead(i) || f.is(next, '?')
}

// offsetAfter reads an offset behind a weekday: "Monday two weeks from now".
func (f *finder) offsetAfter(i int) (article.Date, int) {
	n, unit, next := f.distance(i)
	if next == i {
		return article.Date{}, i
	}
	d, to := f.anchored(n, unit, next)
	if to == next {
		return article.Date{}, i
	}
	return d, to
}

// distance reads a number of periods.
func (f *finder) distance(i int) (n float64, unit, next int) {
	if i >= len(f.lex) || !f.reader.Starts(i) {
		return 0, 0, i
	}
	at := 0
	if f.says(i, kA) || f.says(i, kAn) {
		n, at = 1, i+1
		if num, ok := f.reader.Read(i); ok && num.Value == 2 && !num.Scaled {
			n, at = 2, num.Last
			if f.says(at, kOf) {
				at++
			}
		}
	} else {
		num, ok := f.reader.Read(i)
		if !ok || num.Vague() || num.Ratio {
			return 0, 0, i
		}
		n, at = num.Value, num.Last
	}
	e, m := f.at(at)
	if e.kind != period || e.n == weekends || n < 0 {
		return 0, 0, i
	}
	return n, e.n, at + m
}

// maxDepth bounds "two days after a week before …".
const maxDepth = 2

// anchored reads what a distance is counted from.
func (f *finder) anchored(n float64, unit, i int) (article.Date, int) {
	switch {
	case f.says(i, kAgo):
		return f.fromToday(-n, unit), i + 1
	case f.says(i, kFrom) && f.says(i+1, kNow):
		return f.fromToday(n, unit), i + 2
	case f.says(i, kLater), f.says(i, kEarlier):
		return article.Date{}, i + 1
	}
	if unit == hours {
		return article.Date{}, i // of "an hour after noon on Friday" only the day is a date
	}
	back := f.says(i, kBefore)
	if !back && !f.says(i, kFrom) && !f.says(i, kAfter) && !f.says(i, kSince) || i+1 >= len(f.lex) {
		return article.Date{}, i
	}
	if f.depth == maxDepth {
		return article.Date{}, i
	}
	saved := len(f.bare)
	f.depth++
	d, next := f.read(i + 1)
	f.depth--
	f.bare = f.bare[:saved]
	if next == i+1 {
		return article.Date{}, i
	}
	if f.says(i, kFrom) && d.Precision != article.Day {
		return article.Date{}, i
	}
	if d.Precision != article.Day || n != math.Trunc(n) || n > 5000 {
		return article.Date{}, next
	}
	if back {
		n = -n
	}
	return move(d.Time, int(n), unit), next
}

// fromToday is the date at a distance from the day of publication.
func (f *finder) fromToday(n float64, unit int) article.Date {
	if f.today.IsZero() || math.Abs(n) > 5000 {
		return article.Date{}
	}
	if unit == hours {
		return article.Date{}
	}
	if n != math.Trunc(n) {
		if unit != years {
			return article.Date{}
		}
		t := addMonths(f.today, int(n*12))
		return year(t.Year())
	}
	d := move(f.today, int(n), unit)
	switch unit {
	case months:
		return month(d.Time.Year(), d.Time.Month())
	case years:
		return year(d.Time.Year())
	case decades:
		return article.Date{}
	}
	return d
}
