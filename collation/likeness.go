package collation

import (
	"math"
	"slices"
	"strings"
	"sync"

	"synoptic/article"
)

// The parts of a likeness. The first ones are measured, the products behind
// them let agreement count differently for equal and for other numbers.
const (
	lContext      = iota // share of the words around both that agree, the nearest counting most
	lSentence            // share of all words of both sentences that agree
	lNames               // share of the names around both that agree
	lHead                // what is counted is the same, or of one sense
	lOther               // what is counted is another
	lEqual               // the numbers are the same
	lTelling             // how telling that is: 59,587 says more than 2
	lFits                // other numbers, but both can be true
	lApart               // the numbers cannot both be true
	lAge                 // both are ages
	lFate                // the same is said of both
	lOtherFate           // something else is said of them
	lYear                // both are of one year, not that of publication
	lOtherYear           // they are of two years
	lClose               // of numbers that are not the same, the smaller over the larger
	lBound               // both are bounded or moved in the same way
	lMate                // other figures of both sentences are the same
	lRare                // how rare their unit is
	lContextEqual        // products
	lContextApart
	lContextFits
	lAgeEqual
	lFateEqual
	lFateUnequal
	lOtherFateEqual
	lVeryClose // lClose to the fourth
	lOtherYearEqual
	lFateClose // fate times the square of lClose
	lSentenceClose
	lAgreeClose // lVeryClose where nothing else is said of them, times lSentence
	lBoundApart
	lSentenceApart
	lRareApart
	lMateApart
	lList // both stand in lists that share an item, and are one kind of thing
	likenesses
)

// impossible is what a pair counts against a group when its cells cannot be one
// quantity.
const impossible = -3

// slight is what a pair counts against a group that says nothing of it.
const slight = -0.01

// otherwise reports whether one of two numbers that are apart is wanted or
// planned and the other is so. They are no pair; but since a parse does not
// always see what is planned ("has offered 1,500", "the answer is 1,200"), they
// stand in one row where others of it join them.
func otherwise(x, y *counted) bool {
	f, g := x.cell.Figure, y.cell.Figure
	return factual(f) != factual(g) && standBounds(f, g) == Differ
}

// likeness says how much speaks for two cells giving one quantity: 0 or more is
// enough for a row. It is not ok where they cannot.
func likeness(x, y *counted) (score float64, ok bool) {
	parts, ok := compareCells(x, y)
	switch {
	case !ok:
		return 0, false
	case otherwise(x, y):
		return slight, true
	}
	for i, p := range parts {
		score += float64(weights[i] * p)
	}
	return score - likely, true
}

func compareCells(x, y *counted) (parts [likenesses]float64, ok bool) {
	f, g := x.cell.Figure, y.cell.Figure
	if measure(f.Norm.Unit) != measure(g.Norm.Unit) {
		return parts, false
	}
	if moved(f) && moved(g) && f.Norm.Value != g.Norm.Value && len(x.subject) > 0 && len(y.subject) > 0 && !agreeStems(x.subject, y.subject) {
		return parts, false // "X fell 3%", "Y fell 7%"
	}
	if x.cell.Passage == y.cell.Passage && f.Norm.Value != g.Norm.Value && !converted(f, g) {
		return parts, false // a sentence that gives two numbers means two things
	}
	if len(x.bearer) > 0 && len(y.bearer) > 0 && !slices.ContainsFunc(x.bearer, func(w string) bool { return slices.Contains(y.bearer, w) }) {
		return parts, false // Ann is 47, Ben 49
	}
	if standBounds(f, g) == Differ && (x.otherToll(y) || y.otherToll(x) || x.quarters.apart(y.quarters)) {
		return parts, false
	}
	parts[lContext], parts[lNames] = agree(x.near, y.near)
	parts[lSentence] = agreeFlat(x.near, y.near)
	if f.Modifier == g.Modifier && f.Modifier != article.Exact {
		parts[lBound] = 1
	}
	listed := false // they stand with a number of things that is the same in both sentences
	for _, m := range x.mates {
		for _, o := range y.mates {
			if m.value == o.value {
				parts[lMate] = 1
				listed = listed || m.head != "" && m.head == o.head
			}
		}
	}
	parts[lRare] = min(x.rare, y.rare)
	if measure(f.Norm.Unit) == "" {
		switch {
		case x.head == "" || y.head == "":
		case shareSense(x.head, y.head):
			parts[lHead] = 1
		case !(x.human && y.human), calling()[x.head] && calling()[y.head]:
			parts[lOther] = 1
		}
	}
	if f.Norm.Unit == aged {
		parts[lAge] = 1
	}
	switch {
	case x.fate == "" || y.fate == "":
	case shareSense(x.fate, y.fate):
		parts[lFate] = 1
	default:
		parts[lOtherFate] = 1
	}
	switch {
	case x.year == 0 || y.year == 0:
	case x.year != y.year:
		parts[lOtherYear] = 1
	case x.past && y.past:
		parts[lYear] = 1
	}
	if a, b := math.Abs(f.Norm.Value), math.Abs(g.Norm.Value); a != b {
		parts[lClose] = min(a, b) / max(a, b)
	}
	switch {
	case f.Norm.Value == g.Norm.Value && standBounds(f, g) != Differ:
		parts[lEqual] = 1
		parts[lTelling] = digits(f.Value)
	case standBounds(f, g) == Compatible:
		parts[lFits] = 1
	default:
		parts[lApart] = 1
	}
	parts[lContextEqual] = float64(parts[lContext] * parts[lEqual])
	parts[lContextApart] = float64(parts[lContext] * parts[lApart])
	parts[lContextFits] = float64(parts[lContext] * parts[lFits])
	parts[lAgeEqual] = float64(parts[lAge] * parts[lEqual])
	parts[lFateEqual] = float64(parts[lFate] * parts[lEqual])
	parts[lFateUnequal] = float64(parts[lFate] * (1 - parts[lEqual]))
	parts[lOtherFateEqual] = float64(parts[lOtherFate] * parts[lEqual])
	parts[lVeryClose] = float64(parts[lClose]*parts[lClose]) * float64(parts[lClose]*parts[lClose])
	parts[lMateApart] = float64(parts[lMate] * parts[lApart])
	parts[lRareApart] = float64(parts[lRare] * parts[lApart])
	parts[lSentenceApart] = float64(parts[lSentence] * parts[lApart])
	parts[lBoundApart] = float64(parts[lBound] * parts[lApart])
	parts[lFateClose] = float64(parts[lFate] * float64(parts[lClose]*parts[lClose]))
	parts[lSentenceClose] = float64(parts[lSentence] * parts[lClose])
	parts[lAgreeClose] = float64(float64((1-parts[lOtherFate])*parts[lVeryClose]) * parts[lSentence])
	if listed && parts[lHead] == 1 && agreeStems(x.phrase, y.phrase) {
		parts[lList] = parts[lClose] // 0 for equal numbers, which need no list
	}
	parts[lOtherYearEqual] = float64(parts[lOtherYear] * parts[lEqual])
	return parts, true
}

// digits is how telling an equal number is: 0 for one figure that matters (2,
// 50, 3,000), 1 for three or more (412, 59,587).
func digits(value float64) float64 {
	if value != math.Trunc(value) {
		return 1
	}
	n := int64(math.Abs(value))
	for n > 0 && n%10 == 0 {
		n /= 10
	}
	switch {
	case n < 10:
		return 0
	case n < 100:
		return 0.5
	}
	return 1
}

// measure is the unit of what is measured, "" of what is counted.
func measure(unit string) string {
	if measured[unit] || len(unit) == 3 && unit == strings.ToUpper(unit) {
		return unit
	}
	return ""
}

// measured are the base units; what is in none of them counts things, and
// currencies are three capitals.
var measured = func() map[string]bool {
	set := map[string]bool{}
	for _, u := range []string{
		"day", aged, "metre", "metre/second", "square metre", "cubic metre", "kilogram", "percent", "percentage point",
		"degree celsius", "kelvin", "byte", "watt", "joule", "hertz", "litre", "degree",
	} {
		set[u] = true
	}
	return set
}()

// agree is how much of the words around two figures is the same or of one
// sense. A word counts by how rare it is and how near it stands.
func agree(x, y []nearby) (all, names float64) {
	var shared, total, sharedNames, totalNames float64
	for _, side := range [][2][]nearby{{x, y}, {y, x}} {
		for _, w := range side[0] {
			weight := w.weight / (1 + 0.02*float64(w.distance*w.distance))
			total += weight
			if w.name {
				totalNames += weight
			}
			best := 0.0
			for i := range side[1] {
				o := &side[1][i]
				switch {
				case o.stem == w.stem:
					best = 1
				case best < 0.8 && w.means(o):
					best = 0.8
				}
			}
			shared += float64(best * weight)
			if w.name {
				sharedNames += float64(best * weight)
			}
		}
	}
	if total > 0 {
		all = shared / total
	}
	if totalNames > 0 {
		names = sharedNames / totalNames
	}
	return all, names
}

// agreeFlat is agree without regard to distance or names.
func agreeFlat(x, y []nearby) float64 {
	var shared, total float64
	for _, side := range [][2][]nearby{{x, y}, {y, x}} {
		for _, w := range side[0] {
			total += w.weight
			for i := range side[1] {
				if w.means(&side[1][i]) {
					shared += w.weight
					break
				}
			}
		}
	}
	if total == 0 {
		return 0
	}
	return shared / total
}

// agreeStems reports whether a stem of one list stands for one of the other.
func agreeStems(x, y []string) bool {
	return slices.ContainsFunc(x, func(w string) bool {
		return slices.ContainsFunc(y, func(o string) bool { return shareSense(o, w) })
	})
}

// moved reports whether a figure says how far something rose or fell.
func moved(f *article.Figure) bool {
	return f.Modifier == article.Up || f.Modifier == article.Down
}

// people are stems of words for people and for what they have come to.
var people = stemSet(`
		people person persons man men woman women child children boy girl teenager adult baby infant
		killed dead died death deaths fatalities casualties victims injured wounded hurt missing trapped stranded arrested detained
		abducted kidnapped hostages hostage captives prisoners prisoner detainees inmates refugees migrants
		soldiers troops officers police firefighters paramedics medics civilians militants fighters rebels
		passengers patients workers employees members residents inhabitants islanders villagers students pupils teachers
		voters protesters demonstrators supporters fans players doctors nurses staff crew others demonstrators
		travellers travelers tourists visitors holidaymakers drivers lawmakers ministers negotiators delegates
		consumers customers clients users subscribers buyers citizens defendants suspects`)

// stemSet is the stems of the words of s, made when first asked for.
func stemSet(s string) func() map[string]bool {
	return sync.OnceValue(func() map[string]bool {
		v := newVocabulary()
		set := map[string]bool{}
		for _, w := range strings.Fields(s) {
			set[strings.Clone(v.stem(w))] = true
		}
		return set
	})
}

// calling are stems of words for people by what they do: two of them that are
// of no one sense are two kinds of people.
var calling = stemSet(`
	soldiers troops officers police firefighters paramedics medics civilians militants fighters rebels prisoners detainees inmates refugees migrants
	passengers patients workers employees members residents inhabitants islanders villagers students pupils teachers voters protesters
	demonstrators supporters fans players doctors nurses travellers travelers tourists visitors holidaymakers drivers lawmakers ministers
	negotiators delegates hostages captives children boys girls babies`)
