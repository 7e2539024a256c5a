package figure

import (
	"math"
	"strings"

	"synoptic/article"
	"synoptic/internal/number"
	"synoptic/text"
)

// amount is a number with its currency or unit, before it is known whether it
// counts anything.
type amount struct {
	first, last int // its lexemes, currency and unit among them
	number      int // the lexeme that the number itself begins at
	behind      int // the lexeme behind the number
	num         number.Numeral
	value       float64
	low, high   float64
	scale       float64 // the power of ten that is part of value, 1 for none
	unit        string  // as written
	base        string  // of the norm
	factor      float64 // from value to the norm
	offset      float64
	money       bool
	measured    bool // has a unit of measure
	age         bool
	idiom       bool             // a hyphen joins it to a word that it does not count: "two-fold"
	signed      bool             // a plus or minus sign is written to it
	ranged      bool             // low and high were both given
	bound       article.Modifier // by the words behind it
	of          text.Span
}

// plain reports whether nothing tells what kind of quantity a is.
func (a *amount) plain() bool { return !a.money && !a.measured && !a.age && a.unit == "" }

// norm is the value in the base unit. A difference of temperatures has no
// offset.
func (a *amount) norm(m article.Modifier) float64 {
	v := a.value*a.factor + a.offset
	if m == article.Up || m == article.Down {
		v = a.value * a.factor
	}
	return clean(v)
}

// clean drops the noise of binary fractions: 15 digits are kept.
func clean(v float64) float64 {
	if v == 0 || math.IsInf(v, 0) || math.IsNaN(v) {
		return v
	}
	p := math.Pow10(14 - int(math.Floor(math.Log10(math.Abs(v)))))
	if math.IsInf(p, 0) || p == 0 {
		return v
	}
	return math.Round(v*p) / p
}

// amount reads a currency, a number and its unit at lex[i].
func (f *finder) amount(i int) (amount, bool) {
	a := amount{first: i, scale: 1, factor: 1}
	cur, at := f.currencyBefore(i)
	if at > i {
		a.money = true
	}
	if f.says(i, kTwice) {
		if !f.says(i+1, kAs) && !f.says(i+1, kThe) || !f.lower(i+2) {
			return a, false
		}
		a.num = number.Numeral{First: i, Last: i + 1, Value: 2, Low: 2, High: 2, Words: true}
		a.number, a.last, a.behind, a.value, a.low, a.high = i, i+1, i+1, 2, 2, 2
		a.measured, a.unit, a.base = true, times, times
		return a, true
	}
	num, ok := f.reader.Read(at)
	if !ok {
		if num, ok = f.article(at); !ok {
			return a, false
		}
	}
	a.num, a.number = num, at
	a.value, a.low, a.high = num.Value, num.Low, num.High
	a.last = num.Last
	f.signBefore(&a)
	f.abbreviated(&a)
	if num.Scaled {
		a.scale = scaleOf(num.Value)
	}
	if m, n := after.Match(f.lex, a.last); n > 0 && f.english && f.reallyAfter(a.last, n) {
		a.bound = m
		a.last += n
	}
	a.behind = a.last
	if a.money {
		f.currencyTail(&a, &cur)
		f.setMoney(&a, cur, at)
		return a, true
	}
	f.units(&a)
	return a, true
}

// article reads the one in "less than a fortnight". Without a bound an article
// counts nothing.
func (f *finder) article(i int) (number.Numeral, bool) {
	if !f.says(i, kA) && !f.says(i, kAn) {
		return number.Numeral{}, false
	}
	u, n := spelled.Match(f.lex, i+1)
	if n != 1 || u.base != day {
		return number.Numeral{}, false
	}
	if m, n := before.Match(f.lex, i-1); n == 0 || m == article.Exact {
		return number.Numeral{}, false
	}
	return number.Numeral{First: i, Last: i + 1, Value: 1, Low: 1, High: 1, Words: true, Article: true}, true
}

// scaleOf is the largest power of a thousand in v, or its hundreds.
func scaleOf(v float64) float64 {
	for _, s := range []float64{1e12, 1e9, 1e6, 1e3, 1e2} {
		if v >= s {
			return s
		}
	}
	return 1
}

// signBefore takes a sign that is written to the number. A hyphen is one only
// where nothing stands right before it.
func (f *finder) signBefore(a *amount) {
	i := a.number - 1
	if a.first < a.number { // "-$5": the sign is before the currency
		i = a.first - 1
	}
	if i < 0 || a.num.Words {
		return
	}
	minus := f.is(i, '-') || f.is(i, '−') || f.is(i, '–')
	if !minus && !f.is(i, '+') || f.lex[i].Glued && !f.is(i-1, '(') {
		return
	}
	if !f.lex[i+1].Glued && (i > 0 || !f.is(i, '-')) {
		return
	}
	if f.kind(i-1) == number.Digits && (!f.lex[i+1].Glued || !f.is(a.last, '%')) { // "75 -300mm"
		return
	}
	a.signed = true
	a.first = i
	if minus {
		a.value = -a.value
		a.low, a.high = -a.high, -a.low
	}
}

// abbreviated takes a letter that stands for a power of ten: "1.2m", "$4b",
// "10k".
func (f *finder) abbreviated(a *amount) {
	if a.num.Words || f.kind(a.last) != number.Word || !f.lex[a.last].Glued && !a.money && f.word(a.last) != "k" {
		return
	}
	s := 0.0
	switch w := f.word(a.last); w {
	case "k", "K":
		s = 1e3
	case "m":
		if a.money || f.million(a) {
			s = 1e6
		}
	case "M", "MM", "Mn":
		s = 1e6
	case "mm":
		if a.money {
			s = 1e6
		}
	case "b", "B":
		s = 1e9
	case "t", "T":
		if a.money {
			s = 1e12
		}
	case "tr":
		s = 1e12
	}
	if s == 0 || !f.lex[a.last].Glued && f.glued(a.last+1) {
		return
	}
	a.value, a.low, a.high, a.scale = a.value*s, a.low*s, a.high*s, s
	a.value, a.low, a.high = clean(a.value), clean(a.low), clean(a.high)
	a.num.Scaled, a.num.Bare = true, false
	a.last++
}

// million reports whether the m that is written to a number counts millions and
// not metres: where a plural or another unit follows, or a currency.
func (f *finder) million(a *amount) bool {
	j := a.last + 1
	if f.glued(j) || f.kind(j) != number.Word {
		return false
	}
	if _, n := spelled.Match(f.lex, j); n > 0 {
		return true
	}
	if _, n := names.Match(f.lex, j); n > 0 {
		return true
	}
	if _, ok := codes[f.word(j)]; ok {
		return true
	}
	np, ok := f.bySurface(j, a.value)
	return ok && f.plural(np.head)
}

// reallyAfter keeps words from being read as a bound where they join something
// else: "3 plus 4", "40 badges plus keys", "more or less than".
func (f *finder) reallyAfter(i, n int) bool {
	if f.is(i, '+') {
		return f.lex[i].Glued && f.kind(i+1) != number.Digits
	}
	if f.is(i, '-') && !f.lex[i].Glued {
		return false
	}
	if f.says(i, kPlus) && f.kind(i+n) == number.Word && !f.in(closed, i+n) {
		t, ok := f.tag(i + n) // "40 badges plus spare keys", but "40 guests plus were there"
		return ok && t != article.NOUN && t != article.ADJ && t != article.PROPN && t != article.DET && t != article.NUM
	}
	return !f.reader.Starts(i + n)
}

// units reads what follows the number: an age, a currency, a unit of measure.
func (f *finder) units(a *amount) {
	at := a.last
	j := f.suspended(f.hyphen(at))
	// "a couple of weeks", "hundreds of thousands of dollars", "half an hour"
	if f.says(j, kOf) && (a.num.Vague() || a.num.Article || a.num.Scaled && a.num.Words) {
		j++
	} else if a.num.Value == .5 && a.num.Words && (f.says(j, kA) || f.says(j, kAn)) {
		j++
	}
	if f.aged(a, j) {
		return
	}
	if c, to, ok := f.currencyAfter(a, j); ok {
		a.money = true
		a.last = to
		if s := f.lex[to-1]; s.Kind == number.Word {
			if n, ok := f.reader.Scale(to); ok && !a.num.Scaled { // "75 USD million"
				a.value, a.low, a.high, a.scale = a.value*n, a.low*n, a.high*n, n
				a.last++
			}
		}
		f.setMoney(a, c, j)
		f.smallChange(a, c)
		return
	}
	if u, to, ok := f.unitAt(j, a); ok {
		if j > at && f.is(at, '-') && f.glued(to) && f.is(to, '-') && f.english { // "the 12-inch-wide"
			if f.kind(to+1) == number.Word && !f.says(to+1, kA) {
				to += 2
			}
		}
		a.measured = true
		a.base, a.factor, a.offset = u.base, u.factor, u.offset
		a.unit = f.unitText(j, to)
		if a.base == percent && to > j+1 {
			a.unit = percent // "per cent"
		}
		if f.ahead > 0 { // the unit belongs to a later number too
			return
		}
		a.last = to
		f.inches(a)
		f.perUnit(a)
	}
}

// suspended finds the unit of "7-" in "7- or 8-inch" and of "four-" in "four-,
// five- and six-cylinder": it stands behind the last of the numbers.
func (f *finder) suspended(j int) int {
	f.ahead = 0
	for range 4 {
		if !f.is(j, '-') || !f.glued(j) || f.glued(j+1) && !f.is(j+1, ',') {
			return j
		}
		k := j + 1
		if f.is(k, ',') {
			k++
		}
		if f.says(k, kOr) || f.says(k, kAnd) || f.says(k, kTo) {
			k++
		}
		n, ok := f.reader.Read(k)
		if !ok {
			return j
		}
		f.ahead++
		j = f.hyphen(n.Last)
	}
	return j
}

// unitText is the words of a unit, the brackets around it left out.
func (f *finder) unitText(from, to int) string {
	return strings.Trim(f.a.Text[f.lex[from].Start:f.lex[to-1].End], "()[]{}<>")
}

// hyphen is the place behind a hyphen that ties a unit to its number, or i.
func (f *finder) hyphen(i int) int {
	if (f.is(i, '-') || f.is(i, '‑')) && f.glued(i) && f.kind(i+1) == number.Word && f.glued(i+1) {
		return i + 1
	}
	return i
}

// aged reads "year-old", "years old", "years of age", "yo" at lex[j].
func (f *finder) aged(a *amount, j int) bool {
	if f.says(j, kYo) && (f.glued(j) || f.kind(j+1) == number.Word) && a.num.Bare {
		a.setAge(f.word(j), j+1, 1)
		return true
	}
	u, n := spelled.Match(f.lex, j)
	if n != 1 || u.base != day || u.factor < 1 || !f.english {
		return false
	}
	k := j + 1
	if f.is(k, '-') {
		k++
	}
	switch {
	case f.says(k, kOld), f.says(k, kOlds):
	case f.says(k, kOf) && f.says(k+1, kAge):
		k++
	default:
		return false
	}
	a.setAge(f.unitText(j, k+1), k+1, clean(u.factor/365))
	if u.factor == 30 {
		a.factor = 1. / 12
	}
	return true
}

func (a *amount) setAge(unit string, last int, factor float64) {
	a.age, a.unit, a.base, a.factor, a.last = true, unit, age, factor, last
}

// unitAt finds the unit of measure at lex[j].
func (f *finder) unitAt(j int, a *amount) (unit, int, bool) {
	if j+1 < len(f.lex) && (f.word(j) == "US" || f.word(j) == "UK") { // "a US gallon"
		if u, n := spelled.Match(f.lex, j+1); n > 0 && u.shared {
			return u, j + 1 + n, true
		}
	}
	if j >= len(f.lex) {
		return unit{}, j, false
	}
	if closing := map[rune]rune{'(': ')', '[': ']', '{': '}', '<': '>'}[f.lex[j].Rune]; closing != 0 && f.lex[j].Kind == number.Mark && f.is(j+2, closing) {
		if u, ok := symbols[f.word(j+1)]; ok && !u.quiet {
			return u, j + 3, true
		}
		return unit{}, j, false
	}
	if p, n := powers.Match(f.lex, j); n > 0 {
		k := j + n
		if f.is(k, '.') || f.is(k, '-') {
			k++
		}
		u, m := spelled.Match(f.lex, k)
		if m == 0 {
			u = symbols[f.word(k)]
			m = 1
		}
		if u.base == metre && p == 2 {
			return unit{base: area, factor: u.factor * u.factor}, k + m, true
		} else if u.base == metre {
			return unit{base: volume, factor: u.factor * u.factor * u.factor}, k + m, true
		}
	}
	u, n := spelled.Match(f.lex, j)
	if n > 0 && (f.english || n == 1) {
		return u, j + n, true
	}
	s, ok := symbols[f.word(j)]
	if ok && s.decimal && a.value == math.Trunc(a.value) {
		return unit{}, j, false
	}
	if !ok || s.quiet && !f.glued(j) || f.is(j+1, '.') && f.glued(j+1) && f.glued(j+2) {
		if f.word(j) == "m" && !f.glued(j+1) && a.num.Bare {
			return symbols["m"], j + 1, true
		}
		if q := f.lex[j]; q.Kind == number.Mark && (q.Rune == '″' || q.Rune == '"' && f.word(j+1) == "long") {
			return unit{base: metre, factor: .0254}, j + 1, true
		}
		return unit{}, j, false
	}
	if f.kind(j+1) == number.Digits && f.glued(j+1) || f.kind(j+1) == number.Word && f.glued(j+1) {
		return unit{}, j, false
	}
	return s, j + 1, true
}

// inches adds the inches to "5 ft 2 in" and "5 feet and 2 inches".
func (f *finder) inches(a *amount) {
	if a.base != metre || a.factor != foot {
		return
	}
	j := a.last
	if f.says(j, kAnd) {
		j++
	}
	if f.kind(j) != number.Digits || f.lex[j].Form != 0 || f.lex[j].Value >= 12 {
		return
	}
	switch f.word(j + 1) {
	case "in", "ins", "inch", "inches":
		a.value += f.lex[j].Value / 12
		a.low, a.high = a.value, a.value
		a.last = j + 2
	}
}

// perUnit reads "an hour", "per square foot", "/day", "a-year" behind a unit.
func (f *finder) perUnit(a *amount) {
	j := a.last
	each := false
	switch {
	case f.is(j, '-') && (f.says(j+1, kA) || f.says(j+1, kAn)) && f.is(j+2, '-'):
		j += 3
	case f.says(j, kPer):
		each = true
		j++
	case f.says(j, kA) || f.says(j, kAn):
		j++
		if f.is(j, '-') {
			j++
		}
	case f.is(j, '/') && f.glued(j) && f.glued(j+1):
		each = true
		j++
	case f.is(j, '-') && f.says(j+1, kPer) && f.is(j+2, '-'):
		each = true
		j += 3
	default:
		return
	}
	if a.base == day && !each {
		return // "two hours a day" counts hours, and "five years a slave" none at all
	}
	u, to, ok := f.unitAt(j, a)
	if ok && f.in(sequels, to) { // "a week earlier"
		return
	}
	name := ""
	switch {
	case ok && u.base != percent && (each || u.base == day || a.money):
		name = u.base
		if u.base == day {
			name = singular1(strings.ToLower(f.word(to - 1)))
		} else {
			a.factor /= u.factor
		}
	case f.in(shares, j) && (each || a.money):
		name = strings.ToLower(f.word(j))
		to = j + 1
	case each && f.kind(j) == number.Word && !f.in(closed, j) && f.english:
		name = strings.ToLower(f.word(j))
		to = j + 1
	default:
		return
	}
	a.unit = strings.TrimPrefix(a.unit+f.a.Text[f.lex[a.last-1].End:f.lex[to-1].End], " ")
	a.last = to
	if a.base == metre && u.base == day && u.factor <= hour {
		a.base, a.factor = speed, a.factor/(u.factor*86400)
		return
	}
	a.base += "/" + name
}
