package moment

import (
	"time"

	"synoptic/article"
	"synoptic/internal/number"
)

// weekday reads what begins with the name of a day of the week.
func (f *finder) weekday(i int, e entry, n int) (article.Date, int) {
	j := i + n
	if f.in(anyOf, i-1) || f.in(eponyms, i-1) && f.upper(i-1) { // "on a Monday", "Super Tuesday"
		return article.Date{}, i
	}
	wd := time.Weekday(e.n)
	if e.kind == weekdayShort {
		p, _ := f.at(i - 1)
		c, _ := f.at(j)
		near := f.in(onWords, i-1) || p.kind == relative || p.kind == period || f.kind(j) == number.Digits || f.kind(j) == number.Ordinal || c.kind == monthName || c.kind == monthShort
		if !f.upper(i) || !near {
			return article.Date{}, i
		}
	}
	k := j
	if f.is(k, ',') || f.is(k, '-') || f.is(k, '(') {
		k++
	}
	// "Tuesday, March 7", "Friday 7/6", "Wednesday (5 May)"
	if k < len(f.lex) {
		if c, m := f.at(k); c.kind == monthName || c.kind == monthShort {
			if d, next := f.month(k, c, m); next > k+m && d.Precision != article.Month {
				return f.agree(d, wd), f.closed(j, next)
			}
		} else if f.kind(k) == number.Digits || f.kind(k) == number.Ordinal {
			if d, next := f.dayOf(k); next > k {
				return f.agree(d, wd), f.closed(j, next)
			}
			if d, next := f.numeric(k, wd, true); next > k {
				return d, f.closed(j, next)
			}
		}
	}
	if !f.is(j, ',') {
		// "Monday 21", "Tuesday the eleventh"
		k = j
		if f.says(k, kThe) {
			k++
		}
		if d, next := f.dayNumber(k); next > k && (f.kind(k) != number.Digits || f.kind(next) != number.Word && (!f.glued(next) || f.is(next, '!') || f.is(next, '?')) || next == len(f.lex)) {
			return f.dayOnWeekday(d, wd), next
		}
	}
	// "Monday of next week", "Thursday week"
	k = j
	if f.says(k, kOf) {
		k++
		if f.says(k, kThe) {
			k++
		}
		if r, _ := f.at(k); r.kind == relative {
			if p, m := f.at(k + 1); p.kind == period && p.n == weeks {
				return f.inWeek(wd, r.n), k + 1 + m
			}
		}
	}
	if d, next := f.offsetAfter(j); next > j { // "Monday two weeks from now"
		if d.Precision == article.Day {
			d = onDay(weekOf(d.Time, wd))
		}
		return d, next
	}
	next := f.part(j)
	if f.today.IsZero() {
		return article.Date{}, next
	}
	back := (int(f.today.Weekday()) - int(wd) + 7) % 7
	t := f.today.AddDate(0, 0, -back)
	if back > 0 {
		switch f.tense(i, next) {
		case coming:
			t = t.AddDate(0, 0, 7)
		case either:
			return article.Date{}, next
		}
	}
	return onDay(t), next
}

// closed takes the bracket that "Friday (June 15)" ends with.
func (f *finder) closed(open, next int) int {
	if f.is(open, '(') && f.is(next, ')') {
		return next + 1
	}
	return next
}

// agree finds the year of a day that is named with its weekday and without its
// year: the nearest in which it falls so.
func (f *finder) agree(d article.Date, wd time.Weekday) article.Date {
	n := len(f.bare)
	if n == 0 || f.bare[n-1].index != len(f.out) || f.today.IsZero() || d.Known() && d.Time.Weekday() == wd {
		return d
	}
	if d.Known() && d.Time.Sub(f.today).Abs() < 60*24*time.Hour {
		return d // the day is near, so it is the weekday that is wrong
	}
	b := f.bare[n-1]
	for _, y := range [...]int{0, -1, 1, -2, 2} {
		if t := day(f.today.Year()+y, b.month, b.day); t.Known() && t.Time.Weekday() == wd {
			f.bare = f.bare[:n-1]
			return t
		}
	}
	return d
}

// weekOf is the day wd of the week, Monday to Sunday, that t lies in.
func weekOf(t time.Time, wd time.Weekday) time.Time {
	monday := t.AddDate(0, 0, -(int(t.Weekday())+6)%7)
	return monday.AddDate(0, 0, (int(wd)+6)%7)
}

// inWeek is a weekday of the week that lies n weeks from today's.
func (f *finder) inWeek(wd time.Weekday, n int) article.Date {
	if f.today.IsZero() {
		return article.Date{}
	}
	return onDay(weekOf(f.today.AddDate(0, 0, 7*n), wd))
}

// dayOnWeekday is the day of a month nearest to today's in which it falls on a
// weekday.
func (f *finder) dayOnWeekday(d int, wd time.Weekday) article.Date {
	if f.today.IsZero() {
		return article.Date{}
	}
	for away := range 12 {
		for _, n := range [...]int{-away, away} {
			first := time.Date(f.today.Year(), f.today.Month()+time.Month(n), 1, 0, 0, 0, 0, time.UTC)
			if date := day(first.Year(), first.Month(), d); date.Known() && date.Time.Weekday() == wd {
				return date
			}
		}
	}
	return article.Date{}
}
