package moment

import (
	"math"
	"strings"
	"time"

	"synoptic/article"
	"synoptic/internal/number"
)

// at is the vocabulary's entry at lex[i], with how many lexemes it takes. A
// short form takes its full stop.
func (f *finder) at(i int) (entry, int) {
	if i < 0 || i >= len(f.lex) || f.lex[i].Kind != number.Word || !f.english {
		return entry{}, 0
	}
	e, n := vocabulary.Match(f.lex, i)
	if n == 1 && (e.kind == monthShort || e.kind == weekdayShort || e.kind == clock) && f.is(i+1, '.') && f.glued(i+1) {
		n++
	}
	return e, n
}

func (f *finder) says(i int, key uint64) bool {
	return i >= 0 && i < len(f.lex) && f.lex[i].Kind == number.Word && f.lex[i].Key == key
}

func (f *finder) in(s *number.Phrases[bool], i int) bool {
	_, ok := s.One(f.lex, i)
	return ok
}

// read reads the moment that begins at lex[i]: its date and the lexeme behind
// it, which is i where there is none.
func (f *finder) read(i int) (article.Date, int) {
	x := f.lex[i]
	switch x.Kind {
	case number.Digits, number.Ordinal:
		if d, next := f.digits(i); next > i {
			return d, next
		}
		if x.Kind == number.Ordinal {
			return f.theDay(i)
		}
		return f.offset(i)
	case number.Word:
	default:
		return article.Date{}, i
	}
	if !f.english {
		return article.Date{}, i
	}
	e, n := f.at(i)
	switch e.kind {
	case monthName, monthShort:
		return f.month(i, e, n)
	case weekday, weekdayShort:
		return f.weekday(i, e, n)
	case dayWord:
		next := f.part(i + n)
		return f.shift(e.n, days), next
	case relative:
		return f.relative(i, e)
	case holiday:
		return f.holiday(i, e, n)
	case noon:
		return article.Date{}, i + n
	}
	if d, next := f.dayOf(i); next > i {
		return d, next
	}
	if f.says(i, kThe) {
		return f.theDay(i)
	}
	return f.offset(i)
}

// part takes the part of a day behind one: "Monday night", "today at noon".
func (f *finder) part(i int) int {
	if e, n := f.at(i); e.kind == partWord {
		return i + n
	}
	return i
}

// shift moves from today by n periods.
func (f *finder) shift(n, unit int) article.Date {
	if f.today.IsZero() {
		return article.Date{}
	}
	return move(f.today, n, unit)
}

// move adds n periods to a day. Months and years keep the day of the month where
// it exists.
func move(t time.Time, n, unit int) article.Date {
	if n < -5000 || n > 5000 {
		return article.Date{}
	}
	switch unit {
	case days:
		return onDay(t.AddDate(0, 0, n))
	case weeks:
		return onDay(t.AddDate(0, 0, 7*n))
	case fortnights:
		return onDay(t.AddDate(0, 0, 14*n))
	case months:
		return onDay(addMonths(t, n))
	case years:
		return onDay(addMonths(t, 12*n))
	case decades:
		return onDay(addMonths(t, 120*n))
	}
	return article.Date{}
}

func addMonths(t time.Time, n int) time.Time {
	first := time.Date(t.Year(), t.Month()+time.Month(n), 1, 0, 0, 0, 0, time.UTC)
	last := first.AddDate(0, 1, -1).Day()
	return first.AddDate(0, 0, min(t.Day(), last)-1)
}

// dayNumber reads a day of a month at lex[i], in digits or words.
func (f *finder) dayNumber(i int) (d, next int) {
	if i < 0 || i >= len(f.lex) {
		return 0, i
	}
	x := f.lex[i]
	switch x.Kind {
	case number.Digits, number.Ordinal:
		// "01" is a day as good as "1".
		if x.Form&^number.Zero == 0 && x.Width <= 2 && x.Value >= 1 && x.Value <= 31 {
			if f.glued(i+1) && (f.kind(i+1) == number.Word || f.is(i+1, '%') || f.is(i+1, ':')) {
				if e, n := f.at(i + 1); n == 0 || e.kind != monthName && e.kind != monthShort {
					return 0, i
				}
			}
			return int(x.Value), i + 1
		}
		return 0, i
	case number.Word:
		if !f.english {
			return 0, i
		}
		if d, n := ordinals.Match(f.lex, i); n > 0 {
			return d, i + n
		}
	}
	return 0, i
}

// wordDay also reads cardinals ("May twenty nine").
func (f *finder) wordDay(i int) (d, next int) {
	if d, next = f.dayNumber(i); next > i {
		return d, next
	}
	if f.kind(i) != number.Word || !f.english {
		return 0, i
	}
	n, ok := f.reader.Read(i)
	if ok && n.Words && !n.Article && !n.Fraction && !n.Scaled && n.Value >= 1 && n.Value <= 31 && n.Value == math.Trunc(n.Value) {
		return int(n.Value), n.Last
	}
	return 0, i
}

// yearNumber reads a year at lex[i]: four digits, or words where loose is set,
// and then two digits too.
func (f *finder) yearNumber(i int, loose bool) (y, next int) {
	if i < 0 || i >= len(f.lex) {
		return 0, i
	}
	x := f.lex[i]
	if x.Kind == number.Digits {
		if x.Form == 0 && x.Width == 4 && x.Value >= 1000 && x.Value < 2200 && !(f.glued(i+1) && (f.kind(i+1) == number.Word || f.is(i+1, '%'))) {
			return int(x.Value), i + 1
		}
		if loose && x.Width == 2 && x.Form&^number.Zero == 0 {
			return f.century(int(x.Value)), i + 1
		}
		return 0, i
	}
	if !loose || x.Kind != number.Word || !f.english {
		return 0, i
	}
	n, ok := f.reader.Read(i)
	if !ok || n.Fraction || n.Article || n.Value != math.Trunc(n.Value) {
		return 0, i
	}
	v := n.Value
	if v >= 16 && v <= 20 {
		if m, ok := f.reader.Read(n.Last); ok && m.Words && m.Value >= 10 && m.Value < 100 {
			return int(v)*100 + int(m.Value), m.Last
		}
	}
	if v >= 1000 && v < 2200 {
		return int(v), n.Last
	}
	return 0, i
}

// century completes a year of two digits: the one that is not more than twenty
// years ahead.
func (f *finder) century(y int) int {
	now := f.today.Year()
	if f.today.IsZero() {
		now = 2020
	}
	y += now / 100 * 100
	if y > now+20 {
		y -= 100
	}
	return y
}

// yearBehind reads the year behind a day or a month: "2023", ", 2023", "of
// 2023", "in 2020".
func (f *finder) yearBehind(i int, loose bool) (y, next int) {
	j := i
	if f.is(j, ',') || f.says(j, kOf) || f.says(j, kIn) || f.is(j, '-') && f.glued(j) {
		j++
	} else if f.is(j, '/') && f.glued(j) {
		j++
	}
	y, next = f.yearNumber(j, loose && !f.is(i, ','))
	if next > j && j == i && f.kind(j) == number.Digits && f.lex[j].Width == 2 { // "12 December 27"
		return 0, i
	}
	if next == j {
		return 0, i
	}
	if j == i && f.kind(next) == number.Word && f.in(units, next) {
		return 0, i
	}
	return y, next
}

// month reads what begins with the name of a month.
func (f *finder) month(i int, e entry, n int) (article.Date, int) {
	m := time.Month(e.n)
	j := i + n
	if f.is(j, ',') || f.is(j, '-') && f.glued(j) || f.is(j, '/') && f.glued(j) {
		if d, next := f.dayNumber(j + 1); next > j+1 && (!f.is(j, ',') || f.kind(j+1) == number.Ordinal) {
			return f.monthDay(i, m, d, next)
		}
		if f.is(j, '-') { // September-2020-23
			if y, to := f.yearNumber(j+1, false); to > j+1 && f.is(to, '-') {
				if d, next := f.dayNumber(to + 1); next > to+1 {
					return day(y, m, d), next
				}
			}
		}
	}
	k := j
	if f.says(k, kThe) {
		k++
	}
	if d, next := f.wordDay(k); next > k && (e.kind == monthName || f.upper(i) || f.kind(k) != number.Word) && !(f.says(i, kMay) && !f.upper(i) && f.kind(k) == number.Word && d < 20) {
		// "Sept. 20-24" is several days, and of the month alone one can be sure.
		if (f.is(next, '-') || f.is(next, '–')) && f.glued(next) {
			if to, end := f.dayNumber(next + 1); end > next+1 && to > d {
				y, last := f.yearBehind(end, false)
				if last == end {
					if date := f.nearest(i, m, d); date.Known() {
						return month(date.Time.Year(), m), end
					}
					return article.Date{}, end
				}
				return month(y, m), last
			}
		}
		if m == time.May && f.in(units, next) { // "May 5 people come?"
			return article.Date{}, i
		}
		return f.monthDay(i, m, d, next)
	}
	if y, next := f.yearBehind(j, false); next > j {
		return month(y, m), next
	}
	if !f.in(lead, i-1) || !f.upper(i) && (e.kind == monthShort || m == time.May || m == time.March) || m == time.May && f.kind(i-1) == number.Word && (f.says(i-1, kTo) || f.says(i-1, kThis)) && !f.upper(i) {
		return article.Date{}, i
	}
	if f.today.IsZero() {
		return article.Date{}, j
	}
	y := f.today.Year()
	gap := int(m - f.today.Month())
	switch {
	case f.ahead(i):
		if gap < 0 {
			y++
		}
	case gap <= 0:
	case f.says(i-1, kSince), gap >= 12-3:
		y--
	default:
		return article.Date{}, j // of this year or of the last?
	}
	return month(y, m), j
}

// monthDay is the date of a day of a month with what year may follow.
func (f *finder) monthDay(i int, m time.Month, d, next int) (article.Date, int) {
	if y, to := f.yearBehind(next, true); to > next {
		// "12 March in 27 towns" has no year.
		if !f.says(next, kIn) || f.lex[next+1].Width == 4 {
			return f.valid(i, to, y, int(m), d)
		}
	}
	if d > lengths[m-1] {
		return article.Date{}, i
	}
	f.bare = append(f.bare, yearless{len(f.out), m, d})
	if f.in(attacks, next) {
		return article.Date{}, next
	}
	return f.nearest(i, m, d), next
}

var lengths = [...]int{31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}

// nearest is the year of a day that an account names without one. Outlets leave
// out the year of the current one; a day that would lie well ahead, in a
// sentence that tells of the past, stays open.
func (f *finder) nearest(i int, m time.Month, d int) article.Date {
	if f.today.IsZero() {
		return article.Date{}
	}
	y := f.today.Year()
	if m == time.February && d == 29 {
		for !time.Date(y, 2, 29, 0, 0, 0, 0, time.UTC).Before(f.today.AddDate(0, 0, 1)) || time.Date(y, 2, 29, 0, 0, 0, 0, time.UTC).Day() != 29 {
			y--
		}
		return day(y, m, d)
	}
	same := time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
	gap := int(same.Sub(f.today).Hours() / 24)
	ahead := f.ahead(i)
	switch {
	case ahead && gap < -180:
		return day(y+1, m, d)
	case gap <= 1 || ahead || gap <= 30:
		return onDay(same)
	case gap >= 365-90:
		return day(y-1, m, d)
	}
	return article.Date{}
}

// ahead reports whether the words before lex[i] tell of what is to come.
func (f *finder) ahead(i int) bool {
	for k := i - 1; k >= 0 && k > i-9; k-- {
		if f.in(ahead, k) {
			return true
		}
	}
	return false
}

// dayOf reads what begins with the day: "7 October 2023", "the 9th of May",
// "second of August", "18 and 19 June".
func (f *finder) dayOf(i int) (article.Date, int) {
	j := i
	if f.glued(j) && f.kind(j-1) == number.Mark && !f.is(j-1, '(') && !f.is(j-1, '"') && !f.is(j-1, ':') || f.is(j-1, '$') {
		return article.Date{}, i
	}
	if f.says(j, kThe) {
		j++
	}
	d, next := f.wordDay(j)
	if next == j {
		return article.Date{}, i
	}
	k := next
	if f.says(k, kOf) || f.is(k, '-') && f.glued(k) || f.is(k, '/') && f.glued(k) {
		k++
	}
	e, n := f.at(k)
	if e.kind == monthName || e.kind == monthShort {
		if f.kind(j) == number.Word && k == next && !f.upper(k) {
			return article.Date{}, i // "second may", "five march"
		}
		if e.n == 5 && !f.upper(k) && f.kind(j) != number.Ordinal && f.kind(k-1) == number.Digits && !f.glued(k) { // "5 may follow"
			return article.Date{}, i
		}
		return f.monthDay(i, time.Month(e.n), d, k+n)
	}
	// "23-2020-September"
	if f.is(next, '-') && f.glued(next) {
		if y, to := f.yearNumber(next+1, false); to > next+1 && f.is(to, '-') {
			if e, n := f.at(to + 1); e.kind == monthName || e.kind == monthShort {
				return day(y, time.Month(e.n), d), to + 1 + n
			}
		}
	}
	// "18 and 19 June", "18-22 June"
	if f.kind(j) != number.Word && (f.says(next, kAnd) || f.says(next, kOr) || f.says(next, kTo) || f.is(next, '-') || f.is(next, '–') || f.is(next, ',')) {
		if to, end := f.dayNumber(next + 1); end > next+1 && to > d {
			if e, n := f.at(end); e.kind == monthName || e.kind == monthShort {
				if f.is(next, '-') || f.is(next, '–') {
					y, last := f.yearBehind(end+n, false)
					if last == end+n {
						date := f.nearest(i, time.Month(e.n), d)
						if !date.Known() {
							return date, end + n
						}
						y = date.Time.Year()
					}
					return month(y, time.Month(e.n)), last
				}
				if y, last := f.yearBehind(end+n, false); last > end+n {
					return day(y, time.Month(e.n), d), next
				}
				return f.nearest(i, time.Month(e.n), d), next
			}
		}
	}
	return article.Date{}, i
}

// relative reads what begins with "last", "this" or "next".
func (f *finder) relative(i int, e entry) (article.Date, int) {
	j := i + 1
	if f.says(i, number.Key("past")) {
		return article.Date{}, i // "the past two years" is a duration
	}
	c, n := f.at(j)
	switch c.kind {
	case weekday, weekdayShort:
		if d, next := f.weekday(j, c, n); next > j+n && d.Known() && f.kind(j+n) != number.Word {
			return d, next
		}
		return f.inWeek(time.Weekday(c.n), e.n), f.part(j + n)
	case monthName, monthShort:
		if d, next := f.month(j, c, n); next > j+n {
			return d, next
		}
		if f.today.IsZero() {
			return article.Date{}, j + n
		}
		y := f.today.Year()
		switch m := time.Month(c.n); {
		case e.n < 0 && m >= f.today.Month():
			y--
		case e.n < 0 && f.today.Month()-m < 6: // "last July", in September: the one just gone, or the one before?
			return article.Date{}, j + n
		case e.n > 0 && m <= f.today.Month():
			y++
		}
		return month(y, time.Month(c.n)), j + n
	case period:
		if f.word(j) != "" && strings.HasSuffix(f.word(j), "s") {
			return article.Date{}, i
		}
		return f.period(i, e.n, c.n, j+n)
	case holiday:
		next := j + n
		if f.today.IsZero() {
			return article.Date{}, next
		}
		y := f.today.Year()
		t := holidayIn(c.n, y)
		switch {
		case e.n < 0 && !t.Before(f.today):
			y--
		case e.n > 0 && !t.After(f.today):
			y++
		}
		return onDay(holidayIn(c.n, y)), next
	case dayWord, partWord:
		return article.Date{}, i
	}
	if f.kind(j) == number.Digits && e.n >= 0 {
		if d, next := f.numeric(j, 0, false); next > j {
			if e.n > 0 && d.Known() && !f.today.IsZero() && d.Time.Before(f.today) && f.kind(next-1) == number.Digits && f.lex[next-1].Width != 4 {
				d = day(d.Time.Year()+1, d.Time.Month(), d.Time.Day())
			}
			return d, next
		}
	}
	if (f.kind(j) == number.Ordinal || f.kind(j) == number.Digits) && e.n > 0 {
		if d, next := f.dayOf(j); next > j {
			if d.Known() && !f.today.IsZero() && d.Time.Before(f.today) {
				d = day(d.Time.Year()+1, d.Time.Month(), d.Time.Day())
			}
			return d, next
		}
	}
	return article.Date{}, i
}

// period reads "last week Monday", "this month", "next year".
func (f *finder) period(i, n, unit, next int) (article.Date, int) {
	switch unit {
	case weeks:
		k := next
		if f.says(k, kOn) || f.is(k, '-') {
			k++
		}
		if c, m := f.at(k); c.kind == weekday || c.kind == weekdayShort && f.upper(k) {
			return f.inWeek(time.Weekday(c.n), n), f.part(k + m)
		}
		return article.Date{}, next
	case days:
		if n == 0 {
			return article.Date{}, i
		}
		return article.Date{}, next // the day after what?
	case months:
		if f.today.IsZero() {
			return article.Date{}, next
		}
		t := time.Date(f.today.Year(), f.today.Month()+time.Month(n), 1, 0, 0, 0, 0, time.UTC)
		return month(t.Year(), t.Month()), next
	case years:
		if f.today.IsZero() {
			return article.Date{}, next
		}
		return year(f.today.Year() + n), next
	case weekends, fortnights, decades:
		return article.Date{}, next
	}
	return article.Date{}, i
}

// holiday reads a holiday with its year, or the nearest.
func (f *finder) holiday(i int, e entry, n int) (article.Date, int) {
	next := i + n
	if !f.upper(i) && !f.in(lead, i-1) && f.kind(next) == number.Word && !f.in(lead, next) {
		if _, ok := f.at(next); ok == 0 && i > 0 {
			return article.Date{}, i
		}
	}
	if y, to := f.yearBehind(next, false); to > next {
		return onDay(holidayIn(e.n, y)), to
	}
	if f.says(next, kOf) { // "of this year"
		if r, _ := f.at(next + 1); r.kind == relative {
			if p, m := f.at(next + 2); p.kind == period && p.n == years && !f.today.IsZero() {
				return onDay(holidayIn(e.n, f.today.Year()+r.n)), next + 2 + m
			}
		}
	}
	if f.today.IsZero() {
		return article.Date{}, next
	}
	best := time.Time{}
	for y := f.today.Year() - 1; y <= f.today.Year()+1; y++ {
		t := holidayIn(e.n, y)
		if best.IsZero() || t.Sub(f.today).Abs() < best.Sub(f.today).Abs() {
			best = t
		}
	}
	return onDay(best), next
}

// theDay reads what begins with "the" or an ordinal: "the second of March", and
// behind "on" the 18th of this month or the last.
func (f *finder) theDay(i int) (article.Date, int) {
	j := i
	if f.says(j, kThe) {
		j++
	}
	if f.kind(j) == number.Ordinal || f.kind(j) == number.Digits {
		if d, next := f.dayOf(j); next > j {
			return d, next
		}
	} else if d, next := ordinals.Match(f.lex, j); next > 0 && f.says(j+next, kOf) {
		if e, n := f.at(j + next + 1); e.kind == monthName {
			return f.monthDay(i, time.Month(e.n), d, j+next+1+n)
		}
	}
	if f.kind(j) != number.Ordinal || !f.in(onWords, i-1) || j == i && !f.says(i-1, kOn) {
		return article.Date{}, i
	}
	d, next := f.dayNumber(j)
	if next == j || next < len(f.lex) && f.kind(next) == number.Word && !f.in(lead, next) && !f.in(onWords, next) {
		return article.Date{}, i
	}
	if f.today.IsZero() {
		return article.Date{}, next
	}
	t := time.Date(f.today.Year(), f.today.Month(), 1, 0, 0, 0, 0, time.UTC)
	if d > f.today.Day() && !f.ahead(i) {
		t = t.AddDate(0, -1, 0)
	}
	return day(t.Year(), t.Month(), d), next
}
