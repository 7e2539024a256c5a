package figure

import (
	"sort"
	"strings"

	"synoptic/article"
	"synoptic/text"
)

// death is the base unit of what a toll counts.
const death = "death"

// subjects gives the figures of a sentence that name nothing themselves what
// they are said of: the subject of a copula or of a verb of measure ("the death
// toll stood at 12", "unemployment was 5 percent"), what somebody puts at a
// number or takes to one, or the noun that the number hangs from ("a death toll
// of 12"). Only nouns of number and of measure take one; of anything else ("the
// meeting is at 12", "the answer is 5") it counts nothing.
func (f *finder) subjects() {
	if len(f.out) == f.from || !f.parsed() {
		return
	}
	t := f.s.First
	for i := f.from; i < len(f.out); i++ {
		fig := &f.out[i]
		for t < f.s.Last && f.n.Tokens[t].End <= fig.Start {
			t++
		}
		if !fig.Of.Empty() || fig.Norm.Unit == age || fig.Modifier == article.Up || fig.Modifier == article.Down || f.says(f.places[i-f.from].last, kOf) {
			continue
		}
		if top := f.topOf(t, fig); top >= 0 {
			if noun := f.saidOf(top, fig, f.places[i-f.from].first-1); noun >= 0 && noun < top && !f.figured(noun) {
				f.name(fig, noun)
				f.said[i] = !fig.Of.Empty()
			}
		}
	}
}

// saidOf is the noun that a figure is said of which hangs from the parse by its
// token top and stands behind lex[i], -1 for none.
func (f *finder) saidOf(top int, fig *article.Figure, i int) int {
	head, rel := f.n.Arcs[top].Head, f.n.Arcs[top].Rel
	by := strings.ToLower(f.word(i))
	switch by {
	case "to", "at", "of":
	default:
		by = ""
		if k := f.child(top, article.Case); k >= 0 && !fig.Contains(f.n.Tokens[k].Span) { // "of the richest 1 percent"
			return -1
		}
	}
	switch {
	case f.child(top, article.Cop) >= 0, f.n.Tokens[top].Tag == article.VERB: // "is 12", "topped 12"
		if by == "" || by == "at" {
			return f.subjectOf(top)
		}
	case head < 0:
	case f.n.Tokens[head].Tag == article.NOUN && head > f.s.First && f.n.Arcs[head-1] == (article.Arc{Head: head, Rel: article.Compound}) &&
		(by == "" && f.reaches(head) || by != "" && f.tracks(head, by)): // "Toll hits 31", where the verb of a headline passes for a noun
		return head - 1
	case rel == article.Obj || rel == article.Obl:
		noun := f.child(head, article.Obj)
		switch {
		case by == "" && f.reaches(head):
			return f.subjectOf(head)
		case by == "of" && noun >= 0 && noun == f.token(i)-1: // "left a toll of at least 12"
			return noun
		case by != "" && f.tracks(head, by) && noun >= 0 && noun != top:
			return noun
		case by != "" && f.tracks(head, by):
			return f.subjectOf(head)
		}
	case rel == article.Appos && by == "" && fig.Norm.Unit == "": // "the death toll, now 31"
		return head
	case rel == article.Nmod && (by == "at" || by == "of" && !f.by(head, "in")): // but "a fall in turnout of 40 percent"
		return head
	}
	return -1
}

// subjectOf is the noun that a verb or predicate has for its subject, also where
// it shares that of the verb above it ("has gone on to rise") or says something
// of the noun that it hangs from ("the toll, put at 12"); -1 for none.
func (f *finder) subjectOf(verb int) int {
	for range maxClimb {
		i := f.child(verb, article.Nsubj)
		if i < 0 {
			i = f.child(verb, article.NsubjPass)
		}
		head, rel := f.n.Arcs[verb].Head, f.n.Arcs[verb].Rel
		switch {
		case i >= 0 && f.n.Tokens[i].Tag == article.NOUN:
			return i
		case rel == article.Acl && f.n.Tokens[verb].Tag == article.VERB, rel == article.AclRelcl && i >= 0 && (f.n.Tokens[i].XTag == "WDT" || f.n.Tokens[i].Lemma == "that"):
			return head
		case i < 0 && rel == article.AclRelcl: // "the number of people who died rose", where "rose" passes for another thing that they did
			if f.n.Arcs[head].Rel == article.Nmod {
				head = f.n.Arcs[head].Head
			}
			return head
		case i < 0 && (rel == article.Xcomp || rel == article.Conj || rel == article.Ccomp && verb < head): // a long subject passes for that of "said" behind it
			verb = head
		default:
			return -1
		}
	}
	return -1
}

// child is the first word that hangs from head by rel, -1 for none.
func (f *finder) child(head int, rel article.Rel) int {
	for i := max(f.s.First, head-maxLook); i < min(f.s.Last, head+maxLook); i++ {
		if f.n.Arcs[i].Head == head && f.n.Arcs[i].Rel == rel {
			return i
		}
	}
	return -1
}

// name gives a figure what it counts or measures, where the noun that it is said
// of tells.
func (f *finder) name(fig *article.Figure, noun int) {
	i := f.lexeme(noun)
	if i < 0 {
		return
	}
	one, bare := f.singular(i), fig.Norm.Unit == ""
	switch {
	case bare && tallies(one):
		of, several := f.complement(noun)
		switch {
		case of >= 0:
			fig.Of, fig.Norm.Unit = f.phraseOf(of, true), f.singular(f.lexeme(of))
		case several, one == "number", f.plural(i): // "the number is 5", "tolls rose to 14"
		default:
			if unit := f.toll(noun, one); unit != "" {
				fig.Of, fig.Norm.Unit = f.phraseOf(noun, false), unit
			}
		}
	case bare && outcomes(one) && f.plural(i):
		fig.Of, fig.Norm.Unit = f.phraseOf(noun, true), one
	case gauges(one):
		if of, _ := f.complement(noun); of >= 0 && fig.Norm.Unit == percent { // "the share of women"
			noun = of
		}
		fig.Of = f.phraseOf(noun, one == "rate")
	}
}

// toll is the unit of what a toll, count or total counts by its own words:
// deaths, where it is a death toll, that of a peril, or just a toll that is taken
// nowhere; "" where it does not tell, or is that among some kind of people.
func (f *finder) toll(noun int, one string) string {
	bare := noun == f.s.First || f.n.Arcs[noun-1].Head != noun || f.n.Arcs[noun-1].Rel != article.Compound
	if f.after(noun, func(i int) bool {
		return f.by(i, "among") || bare && (f.by(i, "on") || f.by(i, "at") || f.by(i, "for"))
	}) >= 0 {
		return ""
	}
	if bare {
		if one == "toll" {
			return death
		}
		return ""
	}
	switch at := f.lexeme(noun - 1); {
	case at < 0:
	case outcomes(f.singular(at)):
		return f.singular(at)
	case one == "toll" && perils(f.singular(at)): // "flood toll"
		return death
	}
	return ""
}

// complement is the word for what a noun of number is of: "people" in "the number
// of people", "injured" in "the number of those injured" and in "the number
// injured"; -1 where it is of nothing that is counted, or of several things.
func (f *finder) complement(noun int) (of int, several bool) {
	of = f.after(noun, func(i int) bool { return f.n.Arcs[i].Rel == article.Nmod && f.by(i, "of") })
	if of < 0 || f.n.Tokens[of].Tag == article.PRON {
		of = f.after(max(of, noun), f.fate)
	}
	if of < 0 {
		return -1, false
	}
	if part := f.after(of, f.fate); f.child(of, article.Conj) >= 0 || part >= 0 && f.child(part, article.Conj) >= 0 {
		return -1, true
	}
	if i := f.lexeme(of); i < 0 || !f.plural(i) && !f.in(nominal, i) {
		return -1, false
	}
	return of, false
}

// fate reports whether a word that hangs from a noun says what became of
// people: "killed" in "people killed".
func (f *finder) fate(i int) bool {
	rel := f.n.Arcs[i].Rel
	return (rel == article.Acl || rel == article.Amod) && f.in(nominal, f.lexeme(i))
}

// after is the first word behind a head that hangs from it and is what is wanted,
// -1 for none.
func (f *finder) after(head int, wanted func(int) bool) int {
	for i := head + 1; i < min(f.s.Last, head+maxLook); i++ {
		if f.n.Arcs[i].Head == head && wanted(i) {
			return i
		}
	}
	return -1
}

// phraseOf is a noun with the nouns that are joined to it, and with its adjectives
// where they are wanted.
func (f *finder) phraseOf(noun int, adjectives bool) text.Span {
	first := noun
	for i := noun - 1; i >= f.s.First && f.n.Arcs[i].Head == noun && !f.figured(i); i-- {
		if rel := f.n.Arcs[i].Rel; rel != article.Compound && (rel != article.Amod || !adjectives) {
			break
		}
		first = i
	}
	start, _ := f.chunk(f.n.Tokens[first].Start) // "caucus-goers"
	if !strings.HasSuffix(f.a.Text[start:f.n.Tokens[first].Start], "-") {
		start = f.n.Tokens[first].Start
	}
	return f.characters(text.Span{Start: start, End: f.n.Tokens[noun].End})
}

// figured reports whether a token lies in a figure of the sentence.
func (f *finder) figured(token int) bool {
	for i := f.from; i < len(f.out); i++ {
		if f.out[i].Contains(f.n.Tokens[token].Span) {
			return true
		}
	}
	return false
}

// lexeme is the lexeme that a token begins with, -1 for none.
func (f *finder) lexeme(token int) int {
	at := f.n.Tokens[token].Start
	i := sort.Search(len(f.lex), func(i int) bool { return f.lex[i].Start >= at })
	if i == len(f.lex) || f.lex[i].Start != at {
		return -1
	}
	return i
}

// tracks reports whether a verb with a preposition tells how far a count or measure
// has come: "rose to 40", "put the toll at 12".
func (f *finder) tracks(verb int, by string) bool {
	switch f.verb(verb) {
	case "rise", "risen", "climb", "grow", "increase", "mount", "swell", "swollen", "soar", "surge", "jump", "go", "come", "creep", "edge", "tick", "inch",
		"fall", "drop", "decline", "decrease", "dwindle", "sink", "shrink", "shrunk", "slow", "ease", "slip", "slide", "plunge", "narrow", "widen",
		"raise", "lower", "bring", "take", "push", "lift", "revise", "cut", "reduce", "drive", "update", "correct", "double", "triple":
		return by == "to"
	case "stand", "stay", "remain", "hold", "peak", "put", "estimate", "place", "fix", "set", "keep", "reckon", "unchanged", "steady", "flat", "stable":
		return by == "at"
	}
	return false
}

// reaches reports whether what a verb has for its object is as much as its
// subject comes to.
func (f *finder) reaches(verb int) bool {
	switch f.verb(verb) {
	case "reach", "hit", "total", "totalled", "number", "top", "exceed", "pass", "surpass", "near", "approach", "equal", "equalled", "average":
		return true
	}
	return false
}

// verb is the lemma of a verb, or the word itself where it is a participle with
// an ending of its own.
func (f *finder) verb(token int) string {
	switch word := f.n.Tokens[token].Of(f.a.Text); word {
	case "risen", "swollen", "shrunk", "totalled", "equalled":
		return word
	}
	return f.n.Tokens[token].Lemma
}

// tallies reports whether a noun, in the singular, is a number of what it is of.
func tallies(noun string) bool {
	switch noun {
	case "number", "toll", "count", "tally", "total":
		return true
	}
	return false
}

// outcomes reports whether a noun, in the singular, is for what happens to people
// and things time and again and is told by number.
func outcomes(noun string) bool {
	switch noun {
	case death, "fatality", "casualty", "injury", "victim", "killing", "murder", "homicide", "suicide", "drowning",
		"arrest", "detention", "conviction", "charge", "indictment", "deportation", "execution", "abduction", "kidnapping",
		"case", "infection", "hospitalisation", "hospitalization", "admission", "diagnosis", "vaccination", "birth",
		"accident", "crash", "collision", "shooting", "stabbing", "attack", "incident", "fire", "outage", "closure", "cancellation",
		"layoff", "redundancy", "application", "complaint", "claim", "arrival", "departure", "crossing", "evacuation", "eviction", "rescue":
		return true
	}
	return false
}

// perils reports whether a noun, in the singular, is for what people die of.
func perils(noun string) bool {
	switch noun {
	case "flood", "flooding", "quake", "earthquake", "storm", "hurricane", "cyclone", "typhoon", "tornado", "tsunami", "landslide", "mudslide", "avalanche",
		"fire", "wildfire", "blaze", "heatwave", "drought", "famine", "war", "battle", "virus", "pandemic", "epidemic", "outbreak", "blast", "explosion", "bombing",
		"attack", "raid", "shooting", "massacre", "crash", "collision", "derailment", "collapse", "stampede", "crush", "accident", "disaster":
		return true
	}
	return false
}

// gauges reports whether a noun, in the singular, names a measure.
func gauges(noun string) bool {
	switch noun {
	case "rate", "unemployment", "joblessness", "inflation", "turnout", "attendance", "membership", "enrolment", "enrollment", "population", "workforce",
		"magnitude", "intensity", "temperature", "speed", "wind", "gust", "rainfall", "snowfall", "level", "height", "depth", "length", "width", "distance",
		"altitude", "elevation", "weight", "capacity", "range", "index",
		"damage", "loss", "cost", "price", "value", "fare", "fee", "fine", "bail", "tax", "tariff", "levy", "toll", "ransom", "reward", "wage", "salary", "rent",
		"debt", "deficit", "surplus", "budget", "revenue", "income", "profit", "turnover", "sale", "output", "production", "spending", "growth",
		"share", "stake", "proportion", "percentage", "chance", "probability", "delay":
		return true
	}
	return false
}
