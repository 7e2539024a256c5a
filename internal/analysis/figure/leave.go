package figure

import (
	"math"
	"strings"

	"synoptic/article"
	"synoptic/internal/number"
)

// counts reports whether an amount is a figure. It finds what the amount counts
// on the way.
func (f *finder) counts(a *amount) bool {
	if math.IsInf(a.value, 0) || math.IsNaN(a.value) || a.value != 0 && math.IsInf(1/a.value, 0) {
		return false
	}
	if f.decadeOfLife(a) {
		return true
	}
	if !a.money && f.partOfWord(a) {
		return false
	}
	if f.dated(a) || f.row(a) {
		return false
	}
	if a.first < f.inside && a.plain() { // "two new 747 jets"
		return false
	}
	if a.money {
		f.ofWhat(a)
		return true
	}
	if a.measured || a.age {
		return f.measure(a)
	}
	if a.num.Fraction || a.num.Ratio {
		return f.share(a)
	}
	if a.num.Words && a.num.Value == 1 && !a.num.Scaled && !a.num.Article && !a.ranged {
		return f.one(a)
	}
	if a.num.Words && a.num.Scaled && !a.num.Article && !a.num.Vague() && a.num.Last == a.num.First+1 { // "Million Dollar Man"
		return false
	}
	if a.num.Bare && f.in(zones, a.last) && !f.lower(a.last) { // "2107 GMT"
		return false
	}
	if f.says(a.first-1, kS) && f.says(a.first, kDozen) { // a baker's has thirteen
		return false
	}
	if f.couple(a) {
		return false
	}
	if f.ageOf(a) {
		return true
	}
	if a.num.Bare && !a.ranged && f.named(a) || f.spelledOut(a) {
		return false
	}
	if f.in(ranks, a.first-1) && f.kind(a.last) != number.Word || f.in(ranks, a.first-1) && f.in(closed, a.last) {
		return false
	}
	if f.listed(a) || f.street(a) {
		return false
	}
	f.ofWhat(a)
	return !a.idiom && !(f.year(a) || a.ranged && f.yearLike(a.low) && f.yearLike(a.high) && a.unit == "")
}

// zones are the names of time zones that stand behind the hour.
var zones = set("gmt utc bst cet cest est edt cst cdt mst mdt pst pdt jst kst ist aest")

// partOfWord reports whether letters, digits or marks are written to the number
// that make it a part of something else: "S23", "9/11", "3-2-1", "4:39",
// "COVID-19".
func (f *finder) partOfWord(a *amount) bool {
	i := a.first
	if f.glued(i) {
		p := i - 1
		switch x := f.lex[p]; {
		case x.Kind != number.Mark:
			return true
		case x.Rune == '-' || x.Rune == '–' || x.Rune == '‑':
			if f.glued(p) && (f.kind(p-1) != number.Mark || f.is(p-1, '-')) && !f.in(prefixes, p-1) {
				return true
			}
		case x.Rune == '#' || x.Rune == '.' || x.Rune == '_' || x.Rune == '*' || x.Rune == '=' || x.Rune == '^':
			return true
		case x.Rune == '/' || x.Rune == ':' || x.Rune == '+':
			if f.glued(p) && f.kind(p-1) != number.Mark {
				return true
			}
		case (x.Rune == '\'' || x.Rune == '’') && (f.says(a.last, kPlainS) || f.says(a.last, kS)):
			return true
		}
	}
	j := a.last
	if !f.glued(j) {
		return false
	}
	switch x := f.lex[j]; {
	case x.Kind == number.Digits, x.Kind == number.Ordinal:
		return true
	case x.Kind == number.Word:
		return true
	case x.Rune == '-' || x.Rune == '–' || x.Rune == '‑' || x.Rune == '/' || x.Rune == ':':
		if !f.glued(j + 1) {
			return x.Rune == '/'
		}
		if f.kind(j+1) == number.Digits || a.plain() && x.Rune == '/' || f.reader.Starts(j+1) && !f.says(j+1, kA) {
			return true
		}
		if x.Rune == '-' && f.says(j+1, kTo) { // "a million-to-one"
			return true
		}
		if f.kind(j+1) == number.Word && x.Rune == '-' && a.plain() && !a.num.Words && !f.lower(j+1) {
			return true // "3-D"
		}
	case x.Rune == '^' || x.Rune == '_' || x.Rune == '#' || x.Rune == '=':
		return true
	}
	return false
}

// row reports whether the number is one of several in a row that only
// telephone numbers and the like have: with noughts before other digits, or
// behind a plus sign.
func (f *finder) row(a *amount) bool {
	if !a.num.Bare && !a.signed || !a.plain() {
		return false
	}
	odd := a.signed && f.is(a.first, '+')
	n := 1
	for i := a.number - 1; f.kind(i) == number.Digits; i-- {
		odd = odd || f.lex[i].Form&number.Zero != 0 || f.is(i-1, '+')
		n++
	}
	for i := a.number + 1; f.kind(i) == number.Digits; i++ {
		odd = odd || f.lex[i].Form&number.Zero != 0
		n++
	}
	return n > 2 || n > 1 && odd
}

// prefixes are joined to a number with a hyphen and leave it a number.
var prefixes = set("sub minus mid over under nearly pre post about plus near")

func (f *finder) lower(i int) bool { return f.kind(i) == number.Word && !f.lex[i].Upper }

// dated reports whether a moment has claimed the number: then it is a day, a
// year or an hour. Only a duration may stand in a moment ("two weeks ago").
func (f *finder) dated(a *amount) bool {
	if a.measured && (a.base == day || a.money) || a.age {
		return false
	}
	at := f.lex[a.number].Start
	for f.passed < len(f.moments) && f.moments[f.passed].End <= at {
		f.passed++
	}
	return f.passed < len(f.moments) && f.moments[f.passed].Has(at)
}

// measure decides on an amount with a unit.
func (f *finder) measure(a *amount) bool {
	if a.num.Words && a.num.Value == 1 && a.base == day && !a.ranged && !a.num.Scaled {
		// "one day" and "a second" are adverbs and ordinals more often than counts.
		if !a.num.Article && f.says(a.behind, number.Key("day")) && !f.in(spans, a.first-1) {
			return false
		}
	}
	if a.num.Fraction && a.num.Article && a.base == day && a.factor >= 365 {
		return f.says(a.behind, kOf) || f.word(a.behind) == "century"
	}
	if a.num.Fraction && f.says(a.last, kOf) && f.fractionOf(a) {
		return true
	}
	if a.num.Bare && a.base == day && f.yearLike(a.num.Value) && a.factor != 1 && f.word(a.behind) != "years" {
		return false
	}
	f.ofWhat(a)
	return true
}

var spans = set("in within for than per after just only over under about nearly almost least least every")

// share decides on a fraction without a unit: "half of voters", "one in five",
// "two-thirds".
func (f *finder) share(a *amount) bool {
	j := a.last
	if a.num.Value >= 1 || a.num.Value <= -1 {
		f.ofWhat(a)
		return true
	}
	word := f.kind(j) == number.Word
	if f.fractionOf(a) {
		return true
	}
	switch {
	case a.num.Ratio:
	case !a.num.Words && f.is(a.number+1, '/') && j == a.number+3 && (j == len(f.lex) || f.lex[j].Upper): // "1/8 The scene": a picture's number
		return false
	case !a.num.Words: // ½, 3/4
		if f.glued(j) && word {
			return false
		}
	case f.in(notShares, a.first-1):
		return false
	case f.is(j, '-'), f.is(a.first-1, '-'):
		return false
	case f.says(a.first, kHalf) || a.num.Article:
		np, ok := f.counted(j, 2)
		switch {
		case f.says(j, kOf), f.says(j, kThe) && f.says(a.first, kHalf):
		case ok && np.first == j && f.says(a.first, kHalf) && f.plural(np.head):
		case !word && !f.says(a.first, kHalf) && !f.says(a.first+1, number.Key("quarter")) && !f.says(a.first+1, kHalf) && !f.says(a.first+1, number.Key("third")):
		case a.num.Article && j == len(f.lex):
		default:
			return false
		}
	}
	f.ofWhat(a)
	a.unit, a.base, a.factor = "", percent, 100
	return true
}

// fractionOf reads the unit of "1/16 of a pint", "a quarter of an hour".
func (f *finder) fractionOf(a *amount) bool {
	j := a.last
	if !f.says(j, kOf) || !f.says(j+1, kA) && !f.says(j+1, kAn) {
		return false
	}
	j += 2
	if w := f.word(j); w == "US" || w == "UK" {
		j++
	}
	u, n := spelled.Match(f.lex, j)
	if n == 0 || u.base == percent {
		return false
	}
	a.measured, a.base, a.factor, a.offset, a.last = true, u.base, u.factor, u.offset, j+n
	a.unit = f.unitText(j, j+n)
	return true
}

// ranks go before a number that tells places, not a count: "the top three".
var ranks = set("top bottom final")

var notShares = set("first second third last other final next better top bottom opening closing 's that this each best early late back front")

// one decides on the word "one", which is a pronoun as often as a number.
func (f *finder) one(a *amount) bool {
	i, j := a.first, a.last
	if f.in(oneBefore, i-1) || f.is(j, '-') || f.is(i-1, '-') || f.in(labels, i-1) {
		return false
	}
	if t, ok := f.tag(i); ok && t == article.PRON && !f.says(j, kOf) {
		return false
	}
	if f.says(j, kOf) {
		f.ofWhat(a)
		return a.unit != "" || f.kind(j+1) == number.Word && !f.in(partitive, j+1)
	}
	if f.kind(j) != number.Word || f.in(oneAfter, j) || f.in(closed, j) {
		return false
	}
	f.ofWhat(a)
	switch a.base {
	case "day", "morning", "afternoon", "evening", "night", "time": // "one recent afternoon"
		return false
	}
	return a.unit != ""
}

// partitive are pronouns that "one of" picks somebody out of rather than counts.
var partitive = set("them those these us you whom which it")

// couple reports whether "a couple" or "a pair" is the two of something that is
// counted as one, or two people who are married.
func (f *finder) couple(a *amount) bool {
	if !a.num.Article || a.num.Value != 2 || a.num.Scaled {
		return false
	}
	f.ofWhat(a)
	return a.unit == ""
}

// ageOf reads an age that has no unit: "Jane Roe, 42, a teacher", "aged 42",
// "she was 42", "in her mid-50s".
func (f *finder) ageOf(a *amount) bool {
	if a.num.Words && a.num.Value < 10 && !f.in(agers, a.first-1) || a.low < 0 || a.high > 120 || a.num.Scaled || a.num.Fraction || !f.english {
		return false
	}
	i, j := a.first, a.last
	if a.ranged && (f.says(i, kBetween) || f.says(i, kFrom)) {
		if f.in(agers, i-1) || f.ages(a.number) < a.number {
			a.setAge(age, j, 1)
		}
		return a.age
	}
	set := func() bool {
		a.setAge(age, a.last, 1)
		return true
	}
	switch {
	case f.in(agers, i-1), f.in(agers, i-2) && f.says(i-1, kOf):
		if f.kind(j) == number.Word && !f.in(closed, j) {
			return false
		}
		return set()
	case f.in(persons, i-2) && (f.says(i-1, kIs) || f.says(i-1, kWas)), f.in(persons, i-2) && f.says(i-1, kS),
		f.says(i-1, kTurned), f.says(i-1, kTurns):
		if a.value < 10 && a.num.Words || f.kind(j) == number.Word && !f.in(closed, j) || f.is(j, '-') || f.is(j, '/') || f.is(j, ':') {
			return false
		}
		return set()
	case f.says(j, kPlainS) || f.says(j, kS):
	case f.is(i-1, ',') && !f.glued(i) && a.num.Bare && a.value >= 1 && a.value == math.Trunc(a.value) && !a.ranged:
		if f.kind(i-2) != number.Word || f.in(closed, i-2) && !f.lex[i-2].Upper || f.in(months, i-2) {
			return false
		}
		ends := j == len(f.lex) || f.is(j, ',') || f.is(j, '.') || f.is(j, ';') || f.is(j, ')')
		if f.is(j, ',') && f.kind(j+1) == number.Digits {
			return false
		}
		return (ends || f.lex[i-2].Upper && (f.in(closed, j) && !f.in(beings, j))) && set()
	}
	return false
}

// ages is where "the ages of" begins that stands before lex[i], or i.
func (f *finder) ages(i int) int {
	k := i
	if f.says(k-1, kOf) && f.in(agers, k-2) {
		k -= 2
		if f.says(k-1, kThe) {
			k--
		}
	} else if f.in(agers, k-1) {
		k--
	}
	return k
}

// decadeOfLife reads "in her mid-50s": a range of years, because that is all
// that the words say.
func (f *finder) decadeOfLife(a *amount) bool {
	if !a.num.Bare || math.Mod(a.value, 10) != 0 || a.value < 10 || a.value > 100 || !f.glued(a.last) || !f.says(a.last, kPlainS) && !f.says(a.last, kS) {
		return false
	}
	i := a.first - 1
	if f.is(i, '-') {
		i--
	}
	low, high, first := 0., 9., a.first
	switch strings.ToLower(f.word(i)) {
	case "early":
		low, high, first = 1, 3, i
	case "mid":
		low, high, first = 4, 6, i
	case "late":
		low, high, first = 7, 9, i
	}
	if first == i {
		i--
	}
	if !f.in(possessives, i) {
		return false
	}
	a.low, a.high = a.value+low, a.value+high
	a.value += math.Floor((low + high) / 2)
	if low == 4 {
		a.value = a.low + 1
	}
	a.first, a.ranged, a.bound = first, true, article.About
	a.setAge(age, a.last+1, 1)
	return true
}

var (
	agers  = set("aged age ages")
	beings = set("are were have had per of")
)

// spelledOut reports whether a number is part of a name in words, with a capital
// behind a label: "Room Twelve". Without one it may count what follows: "on the
// train twelve were hurt".
func (f *finder) spelledOut(a *amount) bool {
	i, j := a.first, a.last
	return i > 0 && i == a.number && !a.num.Bare && !a.ranged && f.lex[i].Upper && f.kind(i) == number.Word &&
		f.kind(i-1) == number.Word && f.in(labels, i-1) && !(f.plural(j) && f.lower(j))
}

// named reports whether a number is part of a name: after a label ("Section
// 5"), after a capitalised word that it is written behind ("Falcon 9").
func (f *finder) named(a *amount) bool {
	i, j := a.first, a.last
	if i == 0 || a.first != a.number || f.in(adders, i-1) {
		return false
	}
	p := i - 1
	if f.lex[p].Is('.') && f.glued(p) && p > 0 && (f.word(p-1) == "No" || f.word(p-1) == "Nos" || f.word(p-1) == "no" || f.word(p-1) == "nos" || f.word(p-1) == "nr") {
		return true
	}
	if (f.lex[p].Is('(') && f.is(j, ')') || f.lex[p].Is('[') && f.is(j, ']')) && f.kind(p-1) != number.Digits {
		return true
	}
	if f.kind(p) != number.Word {
		return false
	}
	if w := f.word(j); w == "ZIP" || w == "zip" {
		return true
	}
	if f.in(labels, p) && !(f.plural(j) && f.lower(j)) {
		return true
	}
	if f.in(months, p) && f.lex[p].Upper {
		return true
	}
	if f.is(p-1, '-') && f.glued(p-1) && f.glued(p) { // "Mi-24"
		return false
	}
	np, ok := f.counted(j, a.value)
	counted := ok && np.first == j && f.plural(np.head) && f.lower(np.head)
	if w := f.word(p); f.in(makes, p) && (strings.ToLower(w) != w || !counted) {
		return true
	}
	if a.value != math.Trunc(a.value) || f.lex[a.number].Form != 0 {
		return false
	}
	if f.mention(a) || (!ok || f.lex[np.head].Upper && !f.plural(np.head)) && f.kind(j) == number.Word && f.lex[j].Upper && !f.headline() && !f.in(closed, j) && f.lex[a.number].Form == 0 {
		return true
	}
	if !f.lex[p].Upper || counted || f.in(closed, p) {
		return false
	}
	// A capital is also what a sentence or a headline begins with.
	return p > 0 && !f.sentenceStart(p) && !f.headline() && a.value < 10000
}

func (f *finder) sentenceStart(p int) bool {
	if p == 0 {
		return true
	}
	x := f.lex[p-1]
	return x.Kind == number.Mark && (x.Rune == '"' || x.Rune == '“' || x.Rune == ':' || x.Rune == '.' || x.Rune == '•') && p-1 == 0 || x.Is(':')
}

// headline reports whether most words of the sentence have a capital.
func (f *finder) headline() bool {
	if f.title == 0 {
		f.title = -1
		if f.mostlyUpper() {
			f.title = 1
		}
	}
	return f.title > 0
}

func (f *finder) mostlyUpper() bool {
	upper, all := 0, 0
	for i, x := range f.lex {
		if x.Kind == number.Word && !f.in(closed, i) {
			all++
			if x.Upper {
				upper++
			}
		}
	}
	return all > 2 && upper*4 > all*3
}

// mention reports whether the number lies in a name that an earlier pass found.
func (f *finder) mention(a *amount) bool {
	if !f.n.Layers.Has(article.Mentions) {
		return false
	}
	at := f.lex[a.number].Start
	low, high := 0, len(f.n.Mentions)
	for low < high {
		mid := (low + high) / 2
		if f.n.Mentions[mid].End <= at {
			low = mid + 1
		} else {
			high = mid
		}
	}
	return low < len(f.n.Mentions) && f.n.Mentions[low].Start < at && f.n.Mentions[low].Has(at)
}

// listed reports whether the number is the mark of a list: "1. First", "(2)".
func (f *finder) listed(a *amount) bool {
	j := a.last
	if a.first == 0 && a.num.Bare && f.glued(j) && (f.is(j, '.') || f.is(j, ')')) && j+1 < len(f.lex) && !f.glued(j+1) {
		return true
	}
	return a.first == 1 && a.num.Bare && f.is(0, '(') && f.is(j, ')')
}

// street reports whether an address begins with the number: up to four words
// and the name of a kind of street.
func (f *finder) street(a *amount) bool {
	if !a.num.Bare && !a.ranged || a.value >= 100000 {
		return false
	}
	for j := a.last; j < a.last+5 && j < len(f.lex); j++ {
		x := f.lex[j]
		if x.Kind == number.Ordinal {
			continue
		}
		if x.Kind != number.Word || !x.Upper {
			return false
		}
		if j > a.last && f.in(streets, j) || f.in(streetsFirst, j) {
			return true
		}
	}
	return false
}

// year reports whether four digits without a separator are a year rather than
// a count: what stands around them decides, and in doubt it is a year.
func (f *finder) year(a *amount) bool {
	v := a.num.Value
	if !a.num.Bare || !f.yearLike(v) || f.lex[a.number].Form != 0 || f.lex[a.number].Width != 4 {
		return false
	}
	if f.in(leadIns, a.first-1) {
		return true
	}
	if _, n := moves.Match(f.lex, a.first-1); n > 0 {
		return false
	}
	round := math.Mod(v, 100) == 0
	recent := v >= 1900 && v < 2100
	if a.unit != "" && f.lower(a.last-1) {
		return recent && !round
	}
	return recent || v < 1900 && !round
}

func (f *finder) yearLike(v float64) bool {
	return v >= 1100 && v < 2200 && v == math.Trunc(v)
}
