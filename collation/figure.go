package collation

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"synoptic/article"
)

// counted is a figure of one account, on its way to a row.
type counted struct {
	cell  Cell
	head  string    // stem of the last word of what is counted, "" when open
	human bool      // what is counted are people, as far as the words tell
	fate  string    // stem of what is said of it: "killed", "trapped"; "" when open
	said  string    // the same as worded
	about string    // the noun or verb that the figure belongs to: "pay rise of 9 percent"
	noun  bool      // it is a noun
	year  int       // the year that its sentence is about, 0 when open
	past  bool      // that year is not the one in which the account was published
	near  []nearby  // content words of its sentence, in the order of the text
	rare  float64   // 0 to 1: how rare its unit is among the figures of the story
	mates []float64 // values of the other figures of its sentence
}

// nearby is a content word near a figure.
type nearby struct {
	stem     string
	distance int  // tokens between it and the figure, 1 for a neighbour
	name     bool // it begins with a capital within a sentence
	weight   float64
}

// figures lays the quantities of the accounts in rows. Two stand in one row
// only where they measure one kind of thing and the words around them say much
// the same, so that numbers which merely share a unit stay apart; where the
// numbers differ, more of the words must agree.
func (c *Collation) figures() []Figure {
	cells := c.cells()
	type pair struct {
		a, b  int32
		score float64
	}
	var pairs []pair
	scores := map[[2]int32]float64{}
	for i := range cells {
		for k := range cells[:i] {
			if s, ok := likeness(&cells[k], &cells[i]); ok {
				p := pair{int32(k), int32(i), s}
				scores[[2]int32{p.a, p.b}] = s
				if s >= 0 {
					pairs = append(pairs, p)
				}
			}
		}
	}
	slices.SortFunc(pairs, func(x, y pair) int {
		return cmp.Or(cmp.Compare(y.score, x.score), cmp.Compare(x.a, y.a), cmp.Compare(x.b, y.b))
	})
	groups := make([][]int32, len(cells))
	of := make([]int32, len(cells))
	for i := range cells {
		groups[i], of[i] = []int32{int32(i)}, int32(i)
	}
	for _, p := range pairs {
		x, y := of[p.a], of[p.b]
		if x == y {
			continue
		}
		sum := 0.0
		for _, i := range groups[x] {
			for _, k := range groups[y] {
				s, ok := scores[[2]int32{min(i, k), max(i, k)}]
				if !ok {
					s = impossible
				}
				sum += s
			}
		}
		if sum < 0 {
			continue
		}
		x, y = min(x, y), max(x, y)
		for _, k := range groups[y] {
			of[k] = x
		}
		groups[x] = append(groups[x], groups[y]...)
		groups[y] = nil
	}
	var rows []Figure
	for _, g := range groups {
		if g == nil {
			continue
		}
		slices.Sort(g)
		rows = append(rows, c.figureRow(cells, g))
	}
	slices.SortStableFunc(rows, func(a, b Figure) int {
		_, x := c.support(cellCites(a.Cells))
		_, y := c.support(cellCites(b.Cells))
		return cmp.Or(cmp.Compare(y, x), compareCites(a.Cells[0].Cite, b.Cells[0].Cite))
	})
	return rows
}

func cellCites(cells []Cell) []Cite {
	list := make([]Cite, len(cells))
	for i, x := range cells {
		list[i] = x.Cite
	}
	return list
}

// figureRow makes a row of the cells of one group.
func (c *Collation) figureRow(cells []counted, g []int32) Figure {
	row := Figure{Label: c.label(cells, g), Unit: cells[g[0]].cell.Figure.Norm.Unit}
	for _, i := range g {
		row.Cells = append(row.Cells, cells[i].cell)
	}
	row.Verdict = verdict(row.Cells)
	return row
}

// cells lists the figures of the accounts, by account and place.
func (c *Collation) cells() []counted {
	v := newVocabulary()
	var cells []counted
	df := map[string]int{}
	for i, a := range c.Accounts {
		n := a.Analysis
		s := 0
		for k := range n.Figures {
			f := &n.Figures[k]
			for s < len(n.Sentences) && n.Sentences[s].End <= f.Start {
				s++
			}
			if s == len(n.Sentences) || !n.Sentences[s].Contains(f.Span) || a.Paragraphs[n.Sentences[s].Paragraph].Kind == article.Note || vague(f.Span.Of(a.Text)) {
				continue
			}
			sentence := n.Sentences[s]
			x := counted{cell: Cell{Cite: c.cite(i, f.Span), Passage: c.cite(i, sentence.Span), Figure: f}}
			if f.Source >= 0 {
				t := n.Attributions[f.Source]
				x.cell.Source = Source{Name: t.Source.Name, Span: t.Source.Span}
			}
			of := strings.TrimSpace(f.Of.Of(a.Text))
			x.head = strings.Clone(v.stem(lastWord(of)))
			x.human = people()[x.head] || of != "" && unicode.IsUpper(firstRune(lastWord(of)))
			x.near = v.nearby(a.Text, n.Tokens[sentence.First:sentence.Last], f)
			if x.said = fateOf(a.Text, n, sentence, f); x.said != "" {
				x.fate = strings.Clone(v.stem(x.said))
			}
			x.about, x.noun = aboutOf(a.Text, n, sentence, f)
			for _, w := range x.near {
				df[w.stem]++
			}
			x.year = yearOf(a.Article, n, sentence, f)
			x.past = x.year != 0 && x.year != a.Published.Time.Year()
			cells = append(cells, x)
		}
	}
	units := map[string]int{}
	for i := range cells {
		units[cells[i].cell.Figure.Norm.Unit]++
		for k := range cells {
			if k != i && cells[k].cell.Passage == cells[i].cell.Passage {
				cells[i].mates = append(cells[i].mates, cells[k].cell.Figure.Norm.Value)
			}
		}
	}
	for i := range cells {
		if f := cells[i].cell.Figure; f.Norm.Unit != "" {
			cells[i].rare = 1 / float64(1+units[f.Norm.Unit])
		}
		for k := range cells[i].near {
			w := &cells[i].near[k]
			w.weight = math.Log(1 + float64(len(cells))/float64(df[w.stem]))
		}
	}
	return cells
}

// vague reports whether a figure names no number but an order of one ("dozens
// more"): a reader cannot lay it beside another.
func vague(s string) bool {
	word, _, _ := strings.Cut(strings.ToLower(s), " ")
	switch word {
	case "dozens", "scores", "hundreds", "thousands", "millions", "billions", "tens":
		return true
	}
	return false
}

// fateOf is the word for what is said of what a figure counts: the counted
// words themselves where they say it ("seven dead"), the verb that the figure
// is the object of ("killing seven"), or the first verb after it ("seven people
// were killed"); "" where none is near.
func fateOf(body string, n *article.Analysis, s article.Sentence, f *article.Figure) string {
	if !n.Layers.Has(article.Tags) {
		return ""
	}
	first := s.First
	for first < s.Last && n.Tokens[first].End <= f.Start {
		first++
	}
	end := first
	for ; end < s.Last && n.Tokens[end].Start < f.End; end++ {
		if t := n.Tokens[end]; t.Tag == article.VERB {
			return t.Of(body)
		}
	}
	if end > first && fates[n.Tokens[end-1].Of(body)] {
		return n.Tokens[end-1].Of(body)
	}
	for i := first - 1; i >= s.First && i >= first-3; i-- {
		switch t := n.Tokens[i]; t.Tag {
		case article.VERB:
			if light[t.Lemma] {
				break
			}
			return t.Of(body)
		case article.DET, article.ADV, article.ADP, article.ADJ, article.PRON, article.PART:
			if t.Of(body) == "of" || t.Of(body) == "to" {
				break
			}
			continue
		}
		break
	}
	for i := end; i < s.Last && i < end+8; i++ {
		switch t := n.Tokens[i]; {
		case t.Tag == article.VERB && light[t.Lemma]:
		case t.Lemma == "lose" && i+2 < s.Last && (n.Tokens[i+2].Lemma == "life" || n.Tokens[i+1].Lemma == "life"):
			return "die"
		case t.Tag == article.VERB, fates[t.Of(body)]:
			return t.Of(body)
		case t.Tag == article.CCONJ, t.Tag == article.NUM:
			return ""
		}
	}
	return ""
}

// light are verbs that say nothing of what became of anybody.
var light = map[string]bool{
	"say": true, "tell": true, "report": true, "confirm": true, "announce": true, "believe": true, "think": true, "fear": true, "know": true,
	"be": true, "have": true, "do": true, "remain": true, "stay": true, "leave": true, "get": true, "see": true, "make": true, "go": true,
	"include": true, "involve": true, "become": true, "expect": true, "estimate": true, "add": true, "continue": true, "need": true,
}

// yearOf is the year of the date that stands nearest to a figure in its
// sentence, 0 where none is known.
func yearOf(a *article.Article, n *article.Analysis, s article.Sentence, f *article.Figure) int {
	year, nearest := 0, math.MaxInt
	for _, m := range n.Moments {
		if !m.Date.Known() || !s.Contains(m.Span) || m.Overlaps(f.Span) {
			continue
		}
		if d := max(m.Start-f.End, f.Start-m.End); d < nearest {
			year, nearest = m.Date.Time.Year(), d
		}
	}
	if year == 0 && a.Published.Known() {
		return a.Published.Time.Year()
	}
	return year
}

// fates are words other than verbs that say what became of people.
var fates = map[string]bool{
	"dead": true, "alive": true, "missing": true, "hostage": true, "homeless": true, "ill": true, "sick": true, "injured": true, "wounded": true,
	"hurt": true, "captive": true, "custody": true, "hospital": true, "stranded": true, "trapped": true, "present": true, "absent": true, "safe": true,
}

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

// nearby lists the content words of a figure's sentence, each stem once, at its
// nearest place. Other numbers are no content.
func (v *vocabulary) nearby(body string, tokens []article.Token, f *article.Figure) []nearby {
	first := 0
	for first < len(tokens) && tokens[first].End <= f.Start {
		first++
	}
	end := first
	for end < len(tokens) && tokens[end].Start < f.End {
		end++
	}
	var words []nearby
	for i := range tokens {
		w := tokens[i].Of(body)
		inside := first <= i && i < end
		if !unicode.IsLetter(firstRune(w)) || inside && !f.Of.Contains(tokens[i].Span) || stopwords[strings.ToLower(w)] {
			continue
		}
		x := nearby{stem: strings.Clone(v.stem(w)), name: i > 0 && unicode.IsUpper(firstRune(w))}
		switch {
		case i < first:
			x.distance = first - i
		case i >= end:
			x.distance = i - end + 1
		}
		at := slices.IndexFunc(words, func(y nearby) bool { return y.stem == x.stem })
		switch {
		case at < 0:
			words = append(words, x)
		case words[at].distance > x.distance:
			words[at].distance = x.distance
		}
	}
	return words
}

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
	likenesses
)

// weights of the parts: logistic regression over the pairs of cells of the
// three development stories and the example, on none of their words.
var weights = [likenesses]float64{
	lContext: 1.95, lSentence: 1.51, lNames: 0.18, lHead: -0.55, lOther: -2.09, lEqual: 2.20,
	lTelling: 0.88, lFits: -1.69, lApart: -3.06, lAge: -1.86, lFate: 0.43, lOtherFate: 0.04,
	lYear: -0.52, lOtherYear: -1.75, lClose: 1.41, lBound: 1.63, lMate: 1.18, lRare: -0.48,
	lContextEqual: 3.69, lContextApart: -1.47, lContextFits: -0.86, lAgeEqual: 5.26, lFateEqual: 0.41, lFateUnequal: -0.13,
	lOtherFateEqual: -0.68, lVeryClose: 3.20, lOtherYearEqual: 1.00, lMateApart: -0.16, lRareApart: -1.95, lSentenceApart: -2.12,
	lBoundApart: 1.17, lFateClose: 5.02, lSentenceClose: 6.27, lAgreeClose: 1.88,
}

// likely is what the weighted parts must come to for one row; impossible is
// what a pair counts against a group when its cells cannot be one quantity.
const (
	likely     = 2.93
	impossible = -3
)

// likeness says how much speaks for two cells giving one quantity: 0 or more is
// enough for a row. It is not ok where they cannot.
func likeness(x, y *counted) (score float64, ok bool) {
	parts, ok := compareCells(x, y)
	if !ok {
		return 0, false
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
	if x.cell.Passage == y.cell.Passage && f.Norm.Value != g.Norm.Value && !converted(f, g) {
		return parts, false // a sentence that gives two numbers means two things
	}
	parts[lContext], parts[lNames] = agree(x.near, y.near)
	parts[lSentence] = agreeFlat(x.near, y.near)
	if f.Modifier == g.Modifier && f.Modifier != article.Exact {
		parts[lBound] = 1
	}
	for _, v := range x.mates {
		if slices.Contains(y.mates, v) {
			parts[lMate] = 1
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
	if f.Norm.Unit == "year of age" {
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
	case f.Norm.Value == g.Norm.Value && stand(f, g) != Differ:
		parts[lEqual] = 1
		parts[lTelling] = digits(f.Value)
	case stand(f, g) == Compatible:
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
		"day", "year of age", "metre", "metre/second", "square metre", "cubic metre", "kilogram", "percent", "percentage point",
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
			for _, o := range side[1] {
				switch {
				case o.stem == w.stem:
					best = 1
				case best < 0.8 && shareSense(o.stem, w.stem):
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
			if slices.ContainsFunc(side[1], func(o nearby) bool { return shareSense(o.stem, w.stem) }) {
				shared += w.weight
			}
		}
	}
	if total == 0 {
		return 0
	}
	return shared / total
}

// people are stems of words for people and for what they have come to.
var people = stemSet(`
		people person persons man men woman women child children boy girl teenager adult baby infant
		killed dead died death deaths fatalities casualties victims injured wounded hurt missing trapped stranded arrested detained
		abducted kidnapped hostages hostage captives prisoners prisoner detainees inmates refugees migrants
		soldiers troops officers police firefighters paramedics medics civilians militants fighters rebels
		passengers patients workers employees members residents inhabitants islanders villagers students pupils teachers
		voters protesters demonstrators supporters fans players doctors nurses staff crew others demonstrators
		travellers travelers tourists visitors holidaymakers drivers lawmakers ministers negotiators delegates`)

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
	soldiers troops officers police firefighters paramedics medics militants fighters rebels prisoners detainees inmates refugees migrants
	passengers patients workers employees members residents inhabitants islanders villagers students pupils teachers voters protesters
	demonstrators supporters fans players doctors nurses travellers travelers tourists visitors holidaymakers drivers lawmakers ministers
	negotiators delegates hostages captives children boys girls babies`)

// bounds is the range in which the true value lies if a figure is right, in
// its base unit.
func bounds(f *article.Figure) (low, high float64) {
	scale := 1.0
	if f.Value != 0 {
		scale = f.Norm.Value / f.Value
	}
	low, high = f.Low*scale, f.High*scale
	switch f.Modifier {
	case article.Over:
		return low, math.Inf(1)
	case article.Under:
		return math.Inf(-1), high
	case article.About:
		return low * 0.9, high * 1.1
	case article.Nearly:
		return low * 0.8, high
	}
	return low, high
}

// stand compares two figures of one quantity by their bounds.
func stand(f, g *article.Figure) Verdict {
	if f.Norm.Value == g.Norm.Value && f.Low == g.Low && f.High == g.High {
		if bound(f) == bound(g) {
			return Same
		}
		return Compatible
	}
	if f.Modifier == g.Modifier && (f.Modifier == article.Over || f.Modifier == article.Under) {
		return Differ // two different bounds of one kind: a reader would ask
	}
	a, b := bounds(f)
	x, y := bounds(g)
	if a <= y && x <= b || converted(f, g) {
		return Compatible
	}
	return Differ
}

// bound is how a figure's number is bounded; a rise of 9 percent is as exact as
// 9 percent.
func bound(f *article.Figure) article.Modifier {
	if f.Modifier == article.Up || f.Modifier == article.Down {
		return article.Exact
	}
	return f.Modifier
}

// converted reports whether two figures are one in two units, the second
// rounded: "12 mph" and "20 km/h".
func converted(f, g *article.Figure) bool {
	const rounding = 0.05
	return f.Unit != g.Unit && measure(f.Norm.Unit) != "" &&
		math.Abs(f.Norm.Value-g.Norm.Value) <= rounding*max(math.Abs(f.Norm.Value), math.Abs(g.Norm.Value))
}

// verdict is how the cells of a row stand to each other: the worst of its pairs
// of different accounts.
func verdict(cells []Cell) Verdict {
	v := OneAccount
	for i, x := range cells {
		for _, y := range cells[:i] {
			if x.account == y.account {
				continue
			}
			switch s := stand(x.Figure, y.Figure); {
			case s == Differ:
				return Differ
			case s == Compatible, v == OneAccount:
				v = s
			}
		}
	}
	return v
}

// label names a row by what is counted and what is said of it, in the words of
// the cell that says most.
func (c *Collation) label(cells []counted, g []int32) string {
	best := ""
	for _, i := range g {
		x := &cells[i]
		of := strings.TrimSpace(x.cell.Figure.Of.Of(c.Accounts[x.cell.account].Text))
		words := []string{of}
		switch {
		case x.cell.Figure.Norm.Unit == "year of age":
			words = []string{"age", of}
		case measure(x.cell.Figure.Norm.Unit) != "" && x.noun:
			words = []string{x.about}
		case measure(x.cell.Figure.Norm.Unit) != "" && x.about != "":
			words = []string{x.cell.Figure.Unit, x.about}
		case x.said != "" && !strings.Contains(of, x.said):
			words = []string{of, x.said}
		}
		if l := strings.TrimSpace(strings.Join(words, " ")); len(l) > len(best) {
			best = l
		}
	}
	if best == "" {
		return cells[g[0]].cell.Figure.Unit
	}
	return best
}

// aboutOf is the word, with its compounds, that governs a figure in the parse:
// the noun that it measures ("pay rise") or the verb that it is an argument of
// ("offered"); "" where there is no parse or nothing governs it.
func aboutOf(body string, n *article.Analysis, s article.Sentence, f *article.Figure) (about string, noun bool) {
	if !n.Layers.Has(article.Arcs) {
		return "", false
	}
	for i := s.First; i < s.Last; i++ {
		if !f.Contains(n.Tokens[i].Span) {
			continue
		}
		head := n.Arcs[i].Head
		if head < 0 || f.Contains(n.Tokens[head].Span) {
			continue
		}
		t := n.Tokens[head]
		if t.Tag != article.NOUN && (t.Tag != article.VERB || light[t.Lemma]) {
			return "", false
		}
		span := t.Span
		for k := head - 1; k >= s.First && n.Arcs[k].Head == head && n.Arcs[k].Rel == article.Compound; k-- {
			span = n.Tokens[k].Cover(span)
		}
		if span.Overlaps(f.Span) {
			return "", false
		}
		return span.Of(body), t.Tag == article.NOUN
	}
	return "", false
}
