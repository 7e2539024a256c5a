package figure

import (
	"strings"

	"synoptic/article"
	"synoptic/internal/number"
	"synoptic/text"
)

// phrase is the words for what is counted: lex[first:last], with the head noun
// among them.
type phrase struct{ first, last, head int }

// maxPhrase bounds how many words of a phrase are looked at.
const maxPhrase = 8

// ofWhat finds what an amount counts and takes it into the amount: as its unit
// where it has none, and as what it is of.
func (f *finder) ofWhat(a *amount) {
	if !f.english {
		return
	}
	j := a.last
	if k := f.suspended(j); k > j && f.ahead > 0 && a.plain() {
		if f.kind(k) == number.Word && !f.in(closed, k) {
			a.unit, a.base, a.of = f.word(k), strings.ToLower(f.word(k)), f.lex[k].Span
		}
		return
	}
	if k := f.hyphen(j); k > j && a.plain() {
		f.compound(a, k)
		return
	}
	of := false
	if f.says(j, kOf) {
		of = true
		j++
		for f.in(determiners, j) {
			j++
		}
		// "of the 251 hostages": the noun is behind the other number
		if j < len(f.lex) && f.reader.Starts(j) && !f.says(j, kA) {
			if n, ok := f.reader.Read(j); ok {
				j = n.Last
			}
		}
	}
	if a.measured && !of {
		return
	}
	value := a.value
	if of {
		value = 2 // what one is of is many
	}
	np, ok := f.counted(j, value)
	if !ok {
		return
	}
	np.last = max(np.last, f.whole(np.head))
	if u, n := spelled.Match(f.lex, np.head); n == 1 && u.base == day && a.base == day {
		return // "six months of this year"
	}
	a.of = text.Span{Start: f.lex[np.first].Start, End: f.lex[np.last-1].End}
	if a.measured || a.age {
		return
	}
	a.unit = f.a.Text[f.lex[np.head].Start:f.lex[f.whole(np.head)-1].End]
	a.base = f.singular(np.head)
	f.asUnit(a, np)
	if f.inside = np.last; f.split(np) {
		return
	}
	if !of || a.num.Vague() || a.num.Article || a.num.Scaled && f.lex[a.last].Key == kOf && j == a.last+1 {
		a.last = np.last
		f.perCount(a)
	}
	if m, n := after.Match(f.lex, a.last); n > 0 && a.bound == "" && f.reallyAfter(a.last, n) {
		a.bound = m
		a.last += n
	}
}

// whole is the lexeme behind the word that begins at lex[i]: letters and digits
// written together are several lexemes ("A320s").
func (f *finder) whole(i int) int {
	for i++; i < len(f.lex) && f.lex[i].Glued && f.lex[i].Kind != number.Mark && !f.says(i, kS); i++ {
	}
	return i
}

// split reports whether another number stands in the phrase: "eight million
// 250ml bottles". The first figure ends before it then.
func (f *finder) split(np phrase) bool {
	for k := np.first; k < np.head; k++ {
		if f.kind(k) == number.Digits {
			return true
		}
	}
	return false
}

// asUnit keeps a head that is itself a unit of measure from passing for a
// thing: "two more years".
func (f *finder) asUnit(a *amount, np phrase) {
	if u, n := spelled.Match(f.lex, np.head); n == 1 && u.base == day {
		a.base, a.factor = u.base, u.factor
		a.measured = true
	}
}

// perCount reads "a day" behind what is counted: "1,200 trucks a day".
func (f *finder) perCount(a *amount) {
	j := a.last
	if !f.says(j, kPer) && !f.says(j, kA) && !f.says(j, kAn) {
		return
	}
	u, n := spelled.Match(f.lex, j+1)
	if n != 1 || u.base != day || f.in(sequels, j+2) {
		return
	}
	a.unit += f.a.Text[f.lex[a.last-1].End:f.lex[j+1].End]
	a.base += "/" + singular1(strings.ToLower(f.word(j+1)))
	a.last = j + 2
}

// compound reads the noun in "two-carriage": it is in the singular.
func (f *finder) compound(a *amount, k int) {
	if a.ranged || f.in(closed, k) || f.in(notCounted, k) {
		a.idiom = true
		return
	}
	a.last = k + 1
	a.unit = f.word(k)
	a.base = strings.ToLower(a.unit)
	a.of = f.lex[k].Span
}

// notCounted are words that a hyphen joins to a number without being counted.
var notCounted = set("fold way one on nil all up off down star hander handed time times love")

var determiners = set("the these those its his her their our your my this that them us whom which")

// counted finds the noun phrase that begins at lex[i], after a number. A name
// before a slash is that of a credit: "injuring 40 Jane Parsons/PA".
func (f *finder) counted(i int, value float64) (phrase, bool) {
	np, ok := f.nounPhrase(i, value)
	if ok && f.is(np.head+1, '/') && f.glued(np.head+1) && !f.lower(np.first) && !f.headline() {
		return phrase{}, false
	}
	return np, ok
}

// nounPhrase finds the noun phrase that begins at lex[i]: by the parse where
// there is one, else by the tags, else by the words alone.
func (f *finder) nounPhrase(i int, value float64) (phrase, bool) {
	if f.n.Layers.Has(article.Arcs) {
		if np, ok := f.byArcs(i); ok {
			return np, ok
		}
	}
	if !f.tagged() {
		return f.bySurface(i, value)
	}
	np, ok := f.byTags(i)
	if ok && value != 1 && np.head > np.first && !f.plural(np.head) {
		// "a 12 page document": one document, of so many pages
		if t, tagged := f.tag(np.first); tagged && t == article.NOUN && !f.is(np.first+1, '-') {
			return phrase{np.first, np.first + 1, np.first}, true
		}
	}
	return np, ok
}

func (f *finder) tagged() bool { return f.n.Layers.Has(article.Tags) }

// token is the index of the token that lex[i] lies in, -1 for none.
func (f *finder) token(i int) int {
	if i < 0 || i >= len(f.lex) {
		return -1
	}
	at := f.lex[i].Start
	low, high := f.s.First, f.s.Last
	for low < high {
		mid := (low + high) / 2
		if f.n.Tokens[mid].End <= at {
			low = mid + 1
		} else {
			high = mid
		}
	}
	if low < f.s.Last && f.n.Tokens[low].Has(at) {
		return low
	}
	return -1
}

// tag is the part of speech of lex[i], where the layer is there.
func (f *finder) tag(i int) (article.Tag, bool) {
	if !f.tagged() {
		return 0, false
	}
	t := f.token(i)
	if t < 0 {
		return 0, false
	}
	return f.n.Tokens[t].Tag, true
}

// byArcs follows the arc of the number before lex[i] to the noun that it
// counts.
func (f *finder) byArcs(i int) (phrase, bool) {
	t := f.token(i - 1)
	if t < 0 || i >= len(f.lex) {
		return phrase{}, false
	}
	arc := f.n.Arcs[t]
	for arc.Rel == article.Compound || arc.Rel == article.Flat { // "8 million"
		if arc.Head < 0 || arc.Head >= len(f.n.Tokens) || f.n.Tokens[arc.Head].Tag != article.NUM {
			break
		}
		arc = f.n.Arcs[arc.Head]
	}
	if arc.Rel != article.Nummod || arc.Head <= t {
		return phrase{}, false
	}
	end := f.n.Tokens[arc.Head].End
	for j := i; j < len(f.lex) && j < i+maxPhrase; j++ {
		if f.lex[j].End == end {
			return phrase{i, j + 1, j}, true
		}
		if x := f.lex[j]; x.Is(',') || x.Is('(') || x.Is(';') {
			break
		}
	}
	return phrase{}, false
}

// byTags takes the adjectives and nouns at lex[i] up to the last noun of the
// first run of nouns.
func (f *finder) byTags(i int) (phrase, bool) {
	np := phrase{first: i, head: -1}
	named := false
	for j := i; j < len(f.lex) && j < i+maxPhrase; j++ {
		x := f.lex[j]
		if x.Is('-') && f.glued(j) && f.glued(j+1) {
			continue
		}
		if f.says(j, kS) && (np.head < 0 || !f.plural(np.head)) { // "one of the firm's five directors"
			j = f.behind(j) - 1
			np.first, np.head, named = j+1, -1, false
			continue
		}
		if x.Is('.') && f.glued(j) && strings.Contains(f.word(j-1), ".") { // "U.S. citizens"
			continue
		}
		if f.inner(j, i) || f.is(j+1, '-') && f.glued(j+1) && f.glued(j+2) && f.kind(j+2) == number.Word {
			continue
		}
		t, ok := f.tag(j)
		if !ok || x.Kind != number.Word || f.says(j, kS) {
			break
		}
		switch t {
		case article.NOUN:
			if named && np.head >= 0 && f.plural(np.head) {
				return np, true
			}
			np.head, np.last = j, j+1
			named = false
		case article.PROPN:
			if np.head >= 0 && !named {
				return np, true
			}
			np.head, np.last = j, j+1
			named = true
		case article.ADJ:
			if np.head >= 0 && !named {
				return np, true
			}
			if f.in(nominal, j) && np.head < 0 && !f.before(j, article.NOUN) {
				np.head, np.last = j, j+1
			}
		case article.VERB, article.ADV:
			if np.head >= 0 && !(named && !f.plural(np.head) && f.before(j, article.NOUN)) {
				return np, true
			}
			if f.in(nominal, j) && !f.before(j, article.NOUN) {
				return phrase{i, j + 1, j}, true
			}
			if next, ok := f.tag(j + 1); !ok || next != article.NOUN && next != article.ADJ && next != article.VERB {
				return phrase{}, false
			}
		default:
			return np, np.head >= 0
		}
	}
	return np, np.head >= 0
}

// before reports whether the word behind lex[i] has the tag t.
func (f *finder) before(i int, t article.Tag) bool {
	next, ok := f.tag(i + 1)
	return ok && next == t
}

// behind is the place after the possessive ending at lex[i] and a number that
// may follow it.
func (f *finder) behind(i int) int {
	if n, ok := f.reader.Read(i + 1); ok {
		return n.Last
	}
	return i + 1
}

// inner reports whether lex[j] is a number, or its unit, within a phrase that
// begins at lex[i]: "two new 747 jets", "eight million 250ml bottles".
func (f *finder) inner(j, i int) bool {
	x := f.lex[j]
	if x.Kind == number.Word && j > i {
		return x.Glued && f.kind(j-1) == number.Digits
	}
	return x.Kind == number.Digits && x.Form&number.Odd == 0 && x.Width <= 3 && (j > i || f.glued(j+1) && f.kind(j+1) == number.Word)
}

// bySurface takes words up to the first that looks like a plural, or, after
// one, up to the first that can be a noun.
func (f *finder) bySurface(i int, value float64) (phrase, bool) {
	for j := i; j < len(f.lex) && j < i+maxPhrase; j++ {
		x := f.lex[j]
		if x.Is('-') && f.glued(j) && f.glued(j+1) && j > i {
			continue
		}
		if f.inner(j, i) || x.Is('.') && f.glued(j) && strings.Contains(f.word(j-1), ".") {
			continue
		}
		if f.says(j, kS) {
			j = f.behind(j) - 1
			i = j + 1
			continue
		}
		if x.Kind != number.Word || f.in(closed, j) {
			return phrase{}, false
		}
		if value == 1 && !(f.is(j+1, '-') && f.glued(j+1)) {
			// No plural follows "one", so what looks like one is a verb.
			if f.kind(j+1) != number.Word || f.in(closed, j+1) || f.plural(j+1) || !adjective(f.word(j)) {
				return phrase{i, j + 1, j}, true
			}
		}
		if j == i && f.in(nominal, j) {
			if !f.plural(j+1) || f.in(closed, j+1) {
				return phrase{i, j + 1, j}, true
			}
			continue
		}
		if f.is(j+1, '-') && f.glued(j+1) && f.glued(j+2) {
			continue
		}
		if f.plural(j) {
			if x.Upper && j > i && !f.headline() { // "another 40 Jane Parsons/PA"
				return phrase{}, false
			}
			last := j
			if f.in(attributive, j) && f.plural(j+1) && f.lower(j+1) {
				last++
			}
			return phrase{i, last + 1, last}, true
		}
	}
	return phrase{}, false
}

// attributive are plurals that stand before another noun.
var attributive = set("women men sales sports arms goods news")

// adjective reports whether a word ends as adjectives do.
func adjective(w string) bool {
	for _, end := range []string{"al", "ous", "ic", "ful", "ive", "less", "ary", "able", "ible", "ern", "ish", "ian", "ese", "est", "ed", "ing"} {
		if len(w) > len(end)+2 && strings.HasSuffix(w, end) {
			return true
		}
	}
	switch strings.ToLower(w) {
	case "most", "least", "best", "worst", "new", "old", "big", "small", "large", "young", "good", "bad", "more", "such", "major", "senior", "long", "short", "single", "high", "low", "top", "key", "main", "white", "black", "clear", "simple":
		return true
	}
	return false
}

// plural reports whether lex[i] looks like a noun in the plural.
func (f *finder) plural(i int) bool {
	if f.kind(i) != number.Word {
		return false
	}
	w := f.word(i)
	if f.in(plurals, i) || men(strings.ToLower(w)) {
		return true
	}
	if len(w) < 3 || w[len(w)-2] == '.' || w[len(w)-1]|0x20 != 's' {
		return false
	}
	switch w[len(w)-2] | 0x20 {
	case 's', '\'':
		return false
	case 'u', 'i':
		return len(w) > 4 && (w[len(w)-2]|0x20 == 'i' && w[len(w)-3] != 's' || strings.HasSuffix(w, "ious")) && w[len(w)-2]|0x20 == 'i' && !f.in(singular, i)
	}
	return !f.in(singular, i) && !f.in(closed, i)
}

// singular is the dictionary form of the noun at lex[i].
func (f *finder) singular(i int) string {
	if s, ok := irregular[strings.ToLower(f.word(i))]; ok {
		return s
	}
	return singular1(strings.ToLower(f.word(i)))
}

// men reports whether w is a compound of men: "gentlemen".
func men(w string) bool {
	switch w {
	case "specimen", "regimen", "abdomen", "omen", "acumen", "semen", "yemen", "amen":
		return false
	}
	return strings.HasSuffix(w, "men")
}

var irregular = map[string]string{
	"people": "person", "men": "man", "women": "woman", "children": "child", "feet": "foot", "teeth": "tooth", "mice": "mouse", "lives": "life",
	"wives": "wife", "knives": "knife", "thieves": "thief", "wolves": "wolf", "halves": "half", "leaves": "leaf", "shelves": "shelf", "criteria": "criterion",
	"phenomena": "phenomenon", "bacteria": "bacterium", "crises": "crisis", "analyses": "analysis", "bases": "base",
	"series": "series", "species": "species", "movies": "movie", "ties": "tie", "cookies": "cookie", "grandchildren": "grandchild", "schoolchildren": "schoolchild",
	"geese": "goose", "oxen": "ox", "calories": "calorie",
	"buses": "bus", "viruses": "virus", "campuses": "campus", "bonuses": "bonus", "gases": "gas", "shoes": "shoe", "heroes": "hero", "potatoes": "potato", "tomatoes": "tomato",
	"volcanoes": "volcano", "torpedoes": "torpedo", "houses": "house", "horses": "horse", "nurses": "nurse", "headquarters": "headquarters",
}

// singular1 is the singular of a noun in lower case, by its ending.
func singular1(w string) string {
	if s, ok := irregular[w]; ok {
		return s
	}
	if men(w) {
		return w[:len(w)-2] + "an"
	}
	cut := func(n int) string { return w[:len(w)-n] }
	switch {
	case len(w) < 4 || !strings.HasSuffix(w, "s") || strings.HasSuffix(w, "ss") || strings.HasSuffix(w, "us") || strings.HasSuffix(w, "is"):
		return w
	case strings.HasSuffix(w, "ies"):
		return cut(3) + "y"
	case strings.HasSuffix(w, "sses"), strings.HasSuffix(w, "shes"), strings.HasSuffix(w, "ches"), strings.HasSuffix(w, "xes"), strings.HasSuffix(w, "zzes"):
		return cut(2)
	}
	return cut(1)
}
