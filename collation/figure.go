package collation

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"synoptic/article"
	"synoptic/internal/match"
)

// counted is a figure of one account, on its way to a row.
type counted struct {
	cell     Cell
	head     string       // stem of the last word of what is counted, "" when open
	human    bool         // what is counted are people, as far as the words tell
	fate     string       // stem of what is said of it: "killed", "trapped"; "" when open
	label    string       // what is counted and what is said of it, as worded
	year     int          // the year that its sentence is about, 0 when open
	past     bool         // that year is not the one in which the account was published
	rest     bool         // it counts others than those already named: "another 40", "29 fellow travellers"
	grows    bool         // what it counts only becomes more
	told     article.Date // the day that it says it stands for, else that of the account
	near     []nearby     // content words of its sentence, in the order of the text
	rare     float64      // 0 to 1: how rare its unit is among the figures of the story
	mates    []mate       // the other figures of its sentence
	subject  []string     // stems of the subject of the nearest verb above it
	phrase   []string     // stems of the words that narrow down what is counted
	bearer   []string     // words of the name of the person whose age it is
	said     bool         // it is said of what it counts or measures: "the toll is 12"
	things   []nearby     // then, what narrows that down: "blast" of "the toll of the blast"
	names    []string     // and the names among that
	toll     toll         // how it counts people who died
	quarters quarter      // which its sentence names
}

// mate is what another figure of the same sentence gives.
type mate struct {
	value float64
	head  string
}

// nearby is a content word near a figure.
type nearby struct {
	stem     string
	senses   []int16 // in which the stem stands
	distance int     // tokens between it and the figure, 1 for a neighbour
	name     bool    // it begins with a capital within a sentence
	weight   float64
}

// means reports whether two words are the same or stand for one another.
func (x nearby) means(y *nearby) bool {
	return x.stem == y.stem && x.stem != "" || match.Meet(x.senses, y.senses)
}

// figures lays the quantities of the accounts in rows. Two stand in one row
// only where they measure one kind of thing and the words around them say much
// the same, so that numbers which merely share a unit stay apart; where the
// numbers differ, more of the words must agree.
func (c *Collation) figures(t *telling) []Figure {
	cells := t.cells
	var rows []Figure
	like := func(i, k int32) (float64, bool) {
		score, ok := likeness(&cells[i], &cells[k])
		if !ok || c.otherSubject(&cells[i], &cells[k]) {
			return score, false
		}
		if score < 0 && score != slight && (t.measures(i, k) && t.probability(t.unitOf[i], t.unitOf[k]) >= repeats && !c.otherDays(t, t.unitOf[i], t.unitOf[k]) || c.oneToll(&cells[i], &cells[k])) {
			score = 0
		}
		return score, true
	}
	for _, g := range join(len(cells), like) {
		rows = append(rows, c.figureRow(cells, g))
	}
	slices.SortStableFunc(rows, func(a, b Figure) int {
		_, x := c.support(cellCites(a.Cells))
		_, y := c.support(cellCites(b.Cells))
		return cmp.Or(cmp.Compare(y, x), compareCites(a.Cells[0].Cite, b.Cells[0].Cite))
	})
	return rows
}

// join groups n cells, the likest pair first, where the pairs of two groups
// speak for one quantity on average. Like says how much speaks for two of them,
// the first before the second. Groups and their cells are in order.
func join(n int, like func(i, k int32) (score float64, ok bool)) [][]int32 {
	type pair struct {
		a, b  int32
		score float64
	}
	var pairs []pair
	scores := make([]float64, n*(n-1)/2) // of the pair i < k at k*(k-1)/2 + i
	for k := range int32(n) {
		for i := range k {
			s, ok := like(i, k)
			if !ok {
				s = impossible
			}
			scores[k*(k-1)/2+i] = s
			if ok && s >= 0 {
				pairs = append(pairs, pair{i, k, s})
			}
		}
	}
	slices.SortFunc(pairs, func(x, y pair) int {
		return cmp.Or(cmp.Compare(y.score, x.score), cmp.Compare(x.a, y.a), cmp.Compare(x.b, y.b))
	})
	groups := make([][]int32, n)
	of := make([]int32, n)
	for i := range n {
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
				low, high := min(i, k), max(i, k)
				sum += scores[high*(high-1)/2+low]
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
	groups = slices.DeleteFunc(groups, func(g []int32) bool { return g == nil })
	for _, g := range groups {
		slices.Sort(g)
	}
	return groups
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
	row := Figure{Label: label(cells, g), Unit: cells[g[0]].cell.Figure.Norm.Unit}
	for _, i := range g {
		row.Cells = append(row.Cells, cells[i].cell)
	}
	row.Verdict = verdict(cells, g)
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
			x.human = people()[x.head] || of != "" && unicode.IsUpper(firstRune(lastWord(of))) && f.Of.Start > n.Sentences[s].Start
			x.near = v.nearby(a.Text, n.Tokens[sentence.First:sentence.Last], f)
			x.quarters = quartersOf(x.near)
			x.phrase = v.narrowing(of)
			words := wording{a.Text, n, sentence, f, of}
			if said, ok := predicationOf(n, sentence, k); ok {
				x.predicate(v, words, said)
			} else {
				x.label = words.label()
				if fate := fateOf(a.Text, n, sentence, f); fate != "" {
					x.fate = strings.Clone(v.stem(fate))
				}
			}
			if f.Norm.Unit == aged {
				x.bearer = strings.Fields(words.name())
			}
			x.subject = v.subject(a.Text, n, sentence, f)
			for _, w := range x.near {
				df[w.stem]++
			}
			x.year = yearOf(a.Article, n, sentence, f)
			x.past = x.year != 0 && x.year != a.Published.Time.Year()
			x.rest = rest(a.Text, n.Tokens[sentence.First:sentence.Last], f)
			x.deaths(v, c.Accounts[i], s)
			x.grows = growing()[x.fate] || growing()[x.head]
			if x.told = f.AsOf; !x.told.Known() {
				x.told = a.Published
			}
			cells = append(cells, x)
		}
	}
	units := map[string]int{}
	for i := range cells {
		units[cells[i].cell.Figure.Norm.Unit]++
		for k := range cells {
			if k != i && cells[k].cell.Passage == cells[i].cell.Passage {
				cells[i].mates = append(cells[i].mates, mate{cells[k].cell.Figure.Norm.Value, cells[k].head})
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
	tear(cells)
	return cells
}

// narrowing is the stems of the words of a phrase but the last.
func (v *vocabulary) narrowing(phrase string) []string {
	words := strings.FieldsFunc(phrase, func(r rune) bool { return !unicode.IsLetter(r) && r != '\'' && r != '’' })
	var stems []string
	for i := 0; i+1 < len(words); i++ {
		if !stopwords[strings.ToLower(words[i])] {
			stems = append(stems, strings.Clone(v.stem(words[i])))
		}
	}
	return stems
}

// subject is the stems of the words for who or what does the verb that a figure
// hangs from, or the verb above it where that has no subject of its own ("gave
// up gains to fall 3%"); none where it is a pronoun or the figure itself.
func (v *vocabulary) subject(body string, n *article.Analysis, s article.Sentence, f *article.Figure) []string {
	if !n.Layers.Has(article.Arcs | article.Tags) {
		return nil
	}
	subject := func(rel article.Rel) bool { return rel == article.Nsubj || rel == article.NsubjPass }
	const steps = 8
	at := topOf(n, s, f)
	for range steps {
		if at < 0 || n.Arcs[at].Head < 0 {
			return nil
		}
		at = n.Arcs[at].Head
		if n.Tokens[at].Tag != article.VERB {
			continue
		}
		if i := child(n, s, at, subject); i >= 0 {
			if n.Tokens[i].Tag == article.PRON || n.Tokens[i].Overlaps(f.Span) {
				return nil
			}
			return v.named(body, n, s, i)
		}
		if rel := n.Arcs[at].Rel; rel != article.Xcomp && rel != article.Advcl && rel != article.Conj {
			return nil
		}
	}
	return nil
}

// child is the first token that hangs from head by a relation that is wanted,
// -1 for none.
func child(n *article.Analysis, s article.Sentence, head int, wanted func(article.Rel) bool) int {
	for i := s.First; i < s.Last; i++ {
		if n.Arcs[i].Head == head && wanted(n.Arcs[i].Rel) {
			return i
		}
	}
	return -1
}

// named is the stems of the names in the phrase of a noun, or of its nouns where
// it has no name: "arelian", "line" of "shares of Arelian Lines".
func (v *vocabulary) named(body string, n *article.Analysis, s article.Sentence, noun int) []string {
	const deep = 4
	var names, nouns []string
	for i := s.First; i < s.Last; i++ {
		t := n.Tokens[i]
		if t.Tag != article.PROPN && t.Tag != article.NOUN {
			continue
		}
		at := i
		for steps := 0; at >= 0 && at != noun && steps < deep; steps++ {
			at = n.Arcs[at].Head
		}
		switch {
		case at != noun:
		case t.Tag == article.PROPN:
			names = append(names, strings.Clone(v.stem(t.Of(body))))
		default:
			nouns = append(nouns, strings.Clone(v.stem(t.Of(body))))
		}
	}
	if len(names) > 0 {
		return names
	}
	return nouns
}

// topOf is the token of a figure whose head lies outside of it; -1 where there
// is none.
func topOf(n *article.Analysis, s article.Sentence, f *article.Figure) int {
	for i := s.First; i < s.Last && n.Tokens[i].Start < f.End; i++ {
		if !f.Contains(n.Tokens[i].Span) {
			continue
		}
		if head := n.Arcs[i].Head; head < 0 || !f.Contains(n.Tokens[head].Span) {
			return i
		}
	}
	return -1
}

// rest reports whether a figure counts those who are left beside others.
func rest(body string, tokens []article.Token, f *article.Figure) bool {
	for i, t := range tokens {
		if !f.Contains(t.Span) && !f.Of.Contains(t.Span) {
			continue
		}
		switch strings.ToLower(t.Of(body)) {
		case "another", "other", "others", "fellow", "further", "additional":
			return true
		case "more":
			if i+1 == len(tokens) || tokens[i+1].Of(body) != "than" {
				return true
			}
		}
	}
	return false
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
	"include": true, "involve": true, "become": true, "face": true, "expect": true, "estimate": true, "add": true, "continue": true, "need": true,
}

// yearOf is the year of the date that stands nearest to a figure in its
// sentence, or the year that a noun there is of ("the 1998 flood"), 0 where none is
// known.
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
	for i := s.First; i+1 < s.Last; i++ {
		t := n.Tokens[i]
		counts := func(g article.Figure) bool { return g.Overlaps(t.Span) } // "2000 villages"
		if y := yearNumber(t.Of(a.Text)); y != 0 && n.Tokens[i+1].Tag == article.NOUN && len(n.Arcs) > i && n.Arcs[i].Head > i && !slices.ContainsFunc(n.Figures, counts) {
			if d := max(t.Start-f.End, f.Start-t.End); d < nearest {
				year, nearest = y, d
			}
		}
	}
	if year == 0 && a.Published.Known() {
		return a.Published.Time.Year()
	}
	return year
}

// yearNumber is the year that a word of four digits may be, 0 for none.
func yearNumber(word string) int {
	if len(word) != 4 || word[0] != '1' && word[0] != '2' { // Atoi makes an error of every other word
		return 0
	}
	if y, err := strconv.Atoi(word); err == nil && y >= 1900 && y < 2100 {
		return y
	}
	return 0
}

// fates are words other than verbs that say what became of people.
var fates = map[string]bool{
	"dead": true, "alive": true, "missing": true, "hostage": true, "homeless": true, "ill": true, "sick": true, "injured": true, "wounded": true,
	"hurt": true, "captive": true, "custody": true, "prison": true, "jail": true, "hospital": true, "stranded": true, "trapped": true, "present": true, "absent": true, "safe": true,
}

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

// word is a word by itself.
func (v *vocabulary) word(w string) nearby {
	stem := strings.Clone(v.stem(w))
	return nearby{stem: stem, senses: match.Senses(stem)}
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
		x := v.word(w)
		x.name = i > 0 && unicode.IsUpper(firstRune(w))
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

// stand compares two figures of one quantity: by their bounds, then by what
// keeps numbers that are far apart from contradicting each other.
func stand(x, y *counted) Verdict {
	f, g := x.cell.Figure, y.cell.Figure
	switch v := standBounds(f, g); {
	case v != Differ:
		return v
	case factual(f) != factual(g):
		return Compatible // what is wanted or planned may be other than what is so
	case x.rest != y.rest && math.Abs(f.Norm.Value-g.Norm.Value) <= few:
		return Compatible // "she and 22 others" are 23
	case later(x, y):
		return Superseded
	}
	return Differ
}

// few is how many may be told apart from those whom a figure calls the others.
const few = 2

// standBounds compares two figures of one quantity by their bounds.
func standBounds(f, g *article.Figure) Verdict {
	if f.Norm.Value == g.Norm.Value && f.Low == g.Low && f.High == g.High {
		if bound(f) == bound(g) {
			return Same
		}
		return Compatible
	}
	if rounds(f, g) || rounds(g, f) {
		return Compatible
	}
	if f.Modifier == g.Modifier && (f.Modifier == article.Over || f.Modifier == article.Under) && !nearly(f, g) {
		return Differ // two different bounds of one kind: a reader would ask
	}
	a, b := bounds(f)
	x, y := bounds(g)
	if a <= y && x <= b || converted(f, g) {
		return Compatible
	}
	return Differ
}

// factual is the factuality of a figure; one without a parse is taken at its
// word.
func factual(f *article.Figure) article.Factuality { return cmp.Or(f.Factuality, article.Stated) }

// later reports whether one of two counts that differ is a later one: both say
// for which day they stand, and the days differ; or what is counted only grows
// and the account of the larger number is a day or more younger.
func later(x, y *counted) bool {
	if x.cell.Figure.AsOf.Known() && y.cell.Figure.AsOf.Known() {
		return otherDay(x.cell.Figure.AsOf, y.cell.Figure.AsOf)
	}
	if x.cell.Figure.Norm.Value > y.cell.Figure.Norm.Value {
		x, y = y, x
	}
	return x.grows && y.grows && otherDay(x.told, y.told) && x.told.Compare(y.told) < 0
}

// otherDay reports whether two dates are surely of two days.
func otherDay(a, b article.Date) bool {
	const day = 24 * time.Hour
	between := a.Time.Sub(b.Time).Abs()
	if a.Precision == article.Day && b.Precision == article.Day {
		return between >= day
	}
	return a.Precision >= article.Day && b.Precision >= article.Day && between >= 2*day || a.Precision > article.Day && b.Precision > article.Day && between >= day
}

// growing are stems of words for what becomes of more and more people or
// things, and never of fewer.
var growing = stemSet(`
	killed dead died death deaths fatalities casualties victims injured wounded hurt arrested detained evacuated displaced infected cases
	destroyed damaged affected exposed stolen lost toll`)

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
	return f.Unit != g.Unit && measure(f.Norm.Unit) != "" && nearly(f, g)
}

// nearly reports whether two numbers are no farther apart than a reader would
// put down to rounding.
func nearly(f, g *article.Figure) bool {
	const rounding = 0.05
	return math.Abs(f.Norm.Value-g.Norm.Value) <= rounding*max(math.Abs(f.Norm.Value), math.Abs(g.Norm.Value))
}

// rounds reports whether f is g with fewer digits: 5.1 for 5.13 million. Counts
// below a million are told one by one, so that 1,200 is not 1,195.
func rounds(f, g *article.Figure) bool {
	const countless = 1e6
	v, w := f.Norm.Value, g.Norm.Value
	if w == math.Trunc(w) && math.Abs(w) < countless {
		return false
	}
	short, _, _ := strings.Cut(strconv.FormatFloat(v, 'e', -1, 64), "e")
	_, digits, ok := strings.Cut(short, ".")
	return ok && strconv.FormatFloat(w, 'e', len(digits), 64) == strconv.FormatFloat(v, 'e', len(digits), 64)
}

// verdict is how the cells of a row stand to each other: the worst of what stands
// between two accounts. Two that give one number do not contradict each other,
// whatever else they give: of "Ann, 49, and Ben, 47" one is not the other's age.
func verdict(cells []counted, g []int32) Verdict {
	type accounts [2]int
	worst, agree := map[accounts]Verdict{}, map[accounts]bool{}
	for n, i := range g {
		for _, k := range g[:n] {
			x, y := &cells[i], &cells[k]
			if x.cell.account == y.cell.account {
				continue
			}
			two := accounts{min(x.cell.account, y.cell.account), max(x.cell.account, y.cell.account)}
			worst[two] = worse(worst[two], stand(x, y))
			f, g := x.cell.Figure, y.cell.Figure
			agree[two] = agree[two] || f.Norm.Value == g.Norm.Value || converted(f, g)
		}
	}
	v := OneAccount
	for two, s := range worst {
		if agree[two] && s != Same {
			s = Compatible
		}
		v = worse(v, s)
	}
	return v
}

// worse is the worse of two verdicts; none is the mildest.
func worse(a, b Verdict) Verdict {
	if slices.Index(severity, b) > slices.Index(severity, a) {
		return b
	}
	return a
}

// severity is the verdicts from the mildest to the worst.
var severity = []Verdict{OneAccount, Same, Compatible, Superseded, Differ}
