package attribution

import (
	"cmp"
	"slices"
	"strings"
	"sync"
	"unicode"

	"synoptic/article"
	"synoptic/internal/model/gazetteer"
	"synoptic/internal/model/given"
	"synoptic/internal/model/word"
	"synoptic/text"
)

// person is one person named in an article.
type person struct {
	full   text.Span // the longest form of the name
	tokens int       // how many it has
	entity int       // index into Entities, -1 when not known
	gender given.Gender
}

// naming is one place where a person is named.
type naming struct {
	run    tokens
	person int
}

// people is who is named in one article, and where, in order.
type people struct {
	d       *document
	persons []person
	namings []naming
	byLast  map[string]int // last word of a name, folded, to the person named last so
	byFirst map[string]int
	buffer  []article.Mention
}

// read lists the persons of d. A name of one word is who was named in full with
// that last word most recently; a name in full that comes later serves for what
// stands before it too, where there is only one.
func (p *people) read(d *document) {
	p.d = d
	p.persons, p.namings = p.persons[:0], p.namings[:0]
	p.byLast, p.byFirst = map[string]int{}, map[string]int{}
	mentions := p.mentions()
	full := map[string]int{}
	// Names in full first, so that a headline's "Lee" finds its Ann Lee.
	for _, m := range mentions {
		if m.Last-m.First < 2 {
			continue
		}
		name := m.Of(d.article.Text)
		if _, ok := full[name]; ok {
			continue
		}
		first, last := p.ends(m)
		i, ok := p.byLast[last]
		if ok && p.same(p.persons[i], m, first) {
			full[name] = i
			if m.Last-m.First > p.persons[i].tokens {
				p.persons[i] = p.person(m)
			}
			continue
		}
		full[name] = len(p.persons)
		if !ok {
			p.byLast[last] = len(p.persons)
		}
		if _, ok := p.byFirst[first]; !ok {
			p.byFirst[first] = len(p.persons)
		}
		p.persons = append(p.persons, p.person(m))
	}
	for _, m := range mentions {
		who, ok := full[m.Of(d.article.Text)]
		first, last := p.ends(m)
		if !ok {
			if who, ok = p.byLast[last]; !ok {
				who, ok = p.byFirst[first]
			}
		}
		if !ok {
			who = len(p.persons)
			p.persons = append(p.persons, p.person(m))
			p.byLast[last] = who
		}
		if m.Last-m.First > 1 {
			p.byLast[last] = who // from here on the name alone means this one
		}
		if m.First > 0 {
			switch strings.TrimSuffix(d.words(m.First-1), ".") {
			case "Mr", "Sir", "Lord":
				p.persons[who].gender = given.Male
			case "Mrs", "Ms", "Miss", "Lady", "Dame":
				p.persons[who].gender = given.Female
			}
		}
		p.namings = append(p.namings, naming{run: tokens{m.First, m.Last}, person: who})
	}
}

// person is who is named at m, with the gender that the given name tells.
func (p *people) person(m article.Mention) person {
	words := m.Of(p.d.article.Text)
	name := article.NewName(article.Person, words)
	return person{full: m.Span, tokens: m.Last - m.First, entity: m.Entity, gender: given.Of(cmp.Or(name.Given(), words))}
}

// mentions are the persons named in the article, without the titles that a name
// may carry in front ("Prime Minister", "Special Envoy").
func (p *people) mentions() []article.Mention {
	d := p.d
	lists, err := gazetteer.Embedded()
	if err != nil {
		lists = new(gazetteer.Gazetteer)
	}
	out := p.buffer[:0]
	for _, m := range d.analysis.Mentions {
		if m.Kind != article.Person {
			continue
		}
		from := m.First
		for i := m.First; i < m.Last; i++ {
			n, in := lists.Longest(func(k int) uint32 { return d.nodes[i+k].norm }, m.Last-i)
			if in&gazetteer.Title == 0 && !honorifics[strings.TrimSuffix(d.words(i), ".")] {
				continue
			}
			if n = max(n, 1); i+n < m.Last && d.wordy(i+n) {
				from = i + n
			}
			i += n - 1
		}
		m.First = from
		m.Start = d.analysis.Tokens[from].Start
		out = append(out, m)
	}
	p.buffer = out
	return out
}

// addresses are how one is spoken to.
var addresses = map[string]bool{"mr": true, "mrs": true, "ms": true, "miss": true, "mx": true}

// honorifics stand before a name and are no part of it; the gazetteer has the
// offices.
var honorifics = map[string]bool{
	"Mr": true, "Mrs": true, "Ms": true, "Miss": true, "Dr": true, "Sir": true, "Lord": true, "Lady": true, "Dame": true, "Prof": true,
	"Sen": true, "Rep": true, "Gov": true, "Gen": true, "Col": true, "Lt": true, "Sgt": true, "Capt": true, "Maj": true, "Cmdr": true,
	"Asst": true, "Ch": true, "Con": true, "Supt": true, "Insp": true, "Det": true, "Rev": true, "Hon": true, "Cllr": true, "Pres": true,
}

// ends are the first and the last word of a name, folded.
func (p *people) ends(m article.Mention) (first, last string) {
	end := m.Last - 1
	for end > m.First && !p.d.wordy(end) {
		end--
	}
	return strings.ToLower(p.d.words(m.First)), strings.ToLower(p.d.words(end))
}

// same reports whether a name in full may be that of who: the first words agree,
// or one is the other's initial.
func (p *people) same(who person, m article.Mention, first string) bool {
	other := strings.ToLower(who.full.Of(p.d.article.Text))
	other, _, _ = strings.Cut(other, " ")
	return other == first || strings.HasPrefix(other, strings.TrimSuffix(first, ".")) || strings.HasPrefix(first, strings.TrimSuffix(other, "."))
}

// in is the person named first in r whose name has a token at or before stop,
// -1 for none.
func (p *people) in(r tokens) int {
	low, high := 0, len(p.namings)
	for low < high {
		mid := (low + high) / 2
		if p.namings[mid].run.last <= r.first {
			low = mid + 1
		} else {
			high = mid
		}
	}
	if low < len(p.namings) && p.namings[low].run.first < r.last {
		return low
	}
	return -1
}

// speakers ties the source of each finding to a name.
func (f *Finder) speakers() {
	t := tracker{f: f, last: -1}
	for i := range f.found {
		t.resolve(i)
	}
}

// tracker follows who speaks through an article.
type tracker struct {
	f           *Finder
	last        int      // the person who spoke last, -1 for none yet
	at          int      // the token where that was
	said        []tokens // what they said there
	group       string   // the group or office that spoke last
	groupEntity int      // its entity, -1 when not known
	groupAt     int
}

// resolve sets the speaker of finding i.
func (t *tracker) resolve(i int) {
	f := t.f
	d := &f.doc
	x := &f.found[i]
	x.speaker.Entity = -1
	if x.source.empty() {
		heir := x.heir
		if !x.cue.empty() {
			heir = t.governor(i)
		}
		if heir >= 0 && heir != i {
			from := f.found[heir].speaker
			x.speaker.Name, x.speaker.Entity = from.Name, from.Entity
		}
		return
	}
	x.speaker.Span = d.span(x.source).Trim(d.article.Text, edgeOfSource)
	if x.speaker.Empty() {
		return
	}
	source := d.untimed(x.source)
	head := d.nounOf(source)
	h := &d.nodes[head]
	if h.tag == article.PRON {
		t.pronoun(x, head)
		return
	}
	who, role := t.named(source, head)
	if who < 0 {
		who, role = t.surname(source, head)
	}
	if who >= 0 {
		t.set(x, who, source.first)
		x.speaker.Role = role
		return
	}
	if who := t.referent(head); who >= 0 {
		t.set(x, who, head)
		x.speaker.Role = d.span(source).Trim(d.article.Text, edgeOfSource).Of(d.article.Text)
		return
	}
	if d.age(source) {
		if who := t.antecedent(source.first, given.Unknown); who >= 0 {
			t.set(x, who, source.first)
			return
		}
	}
	s := d.description(source, head)
	x.speaker.Name = s.Of(d.article.Text)
	x.speaker.Entity = d.bearer(s, head)
	t.group, t.groupEntity, t.groupAt = x.speaker.Name, x.speaker.Entity, source.first
}

// edgeOfSource are the marks that do not belong to a source at its edges.
func edgeOfSource(r rune) bool {
	return unicode.IsSpace(r) || strings.ContainsRune(`,"“”:;–—-`, r)
}

// untimed is a source without the day at its end, which says when it spoke: "the
// mayor Tuesday said".
func (d *document) untimed(r tokens) tokens {
	for r.len() > 1 && days()[d.nodes[r.last-1].norm] {
		r.last--
	}
	return r
}

// days are the words that name a day by themselves.
var days = sync.OnceValue(func() map[uint32]bool {
	set := map[uint32]bool{}
	for day := range strings.FieldsSeq("today yesterday tonight monday tuesday wednesday thursday friday saturday sunday") {
		set[word.Of(day).Norm] = true
	}
	return set
})

// governor is the finding before i whose cue the cue of i hangs on, as "saying"
// hangs on "refused" in "She refused, saying …"; -1 for none.
func (t *tracker) governor(i int) int {
	d := &t.f.doc
	head := d.headOf(t.f.found[i].cue)
	if tag := d.analysis.Tokens[head].XTag; tag != "VBG" && tag != "VBD" && tag != "VBZ" && tag != "VBP" {
		return -1
	}
	for k := i - 1; k >= max(0, i-4); k-- {
		o := &t.f.found[k]
		if o.cue.empty() || o.speaker.Empty() || d.sentence[o.cue.first] != d.sentence[head] {
			continue
		}
		up := int(d.nodes[head].head)
		for n := 0; up >= 0 && n < 3; n++ {
			if o.cue.has(up) {
				return k
			}
			up = int(d.nodes[up].head)
		}
	}
	return -1
}

func (t *tracker) set(x *finding, who, at int) {
	p := &t.f.people.persons[who]
	x.speaker.Name, x.speaker.Entity = p.full.Of(t.f.doc.article.Text), p.entity
	t.last, t.at, t.said = who, at, x.content
}

// named is the person that a source names, and how it describes them; -1 where
// it names none, or several, or where a person's name only helps to describe
// another ("a friend of Ann Lee").
func (t *tracker) named(r tokens, head int) (who int, role string) {
	d, p := &t.f.doc, &t.f.people
	k := p.in(r)
	if k < 0 {
		return -1, ""
	}
	n := p.namings[k]
	body := d.article.Text
	describe := func(r tokens) string {
		s := d.span(r).Trim(body, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(`,"“”:;–—-()`, r) })
		words := strings.TrimSpace(s.Of(body))
		if addresses[strings.ToLower(strings.TrimSuffix(words, "."))] {
			return "" // how one is spoken to tells no role
		}
		return words
	}
	if k+1 < len(p.namings) && p.namings[k+1].run.first < r.last {
		for i := n.run.last; i < p.namings[k+1].run.first; i++ {
			if d.nodes[i].tag == article.CCONJ {
				return -1, ""
			}
		}
	}
	if n.run.last < r.last && d.words(n.run.last) == "'s" || n.run.last < r.last && d.words(n.run.last) == "’s" {
		if n.run.last == r.last-1 {
			return n.person, ""
		}
		return -1, ""
	}
	if n.run.has(head) || n.run.first == r.first {
		role = describe(tokens{r.first, n.run.first})
		if role == "" && n.run.last < r.last {
			role = describe(tokens{n.run.last, r.last})
		}
		return n.person, role
	}
	// "a spokesman, Ann Lee," and "spokesman Ann Lee": nothing that leads away
	// stands before the name.
	for i := r.first; i < n.run.first; i++ {
		switch d.nodes[i].tag {
		case article.VERB, article.SCONJ, article.AUX:
			return -1, ""
		}
	}
	before := &d.nodes[n.run.first-1]
	if before.tag == article.ADP || before.tag == article.CCONJ || before.tag == article.PART {
		return -1, ""
	}
	return n.person, describe(tokens{r.first, n.run.first})
}

// referent is the person that coreference found the words at head to stand for,
// -1 where there is none.
func (t *tracker) referent(head int) int {
	d := &t.f.doc
	n := d.analysis
	k, _ := slices.BinarySearchFunc(n.References, n.Tokens[head].Start, func(r article.Reference, at int) int { return cmp.Compare(r.Start, at+1) })
	for i := k - 1; i >= max(0, k-backwards); i-- {
		r := &n.References[i]
		if r.Last <= head || d.headOf(tokens{r.First, r.Last}) != head {
			continue
		}
		if e := &n.Entities[r.Entity]; e.Kind == article.Person && !e.Name.Empty() {
			return t.f.people.at(e.Name)
		}
		break
	}
	return -1
}

// bearer is the entity whose name a description with the noun head ends in, -1
// where it ends in none or where others are named with it.
func (d *document) bearer(s text.Span, head int) int {
	n := d.analysis
	k, _ := slices.BinarySearchFunc(n.Mentions, head, func(m article.Mention, at int) int { return cmp.Compare(m.Last, at+1) })
	if k == len(n.Mentions) || n.Mentions[k].First > head || n.Mentions[k].Start < s.Start {
		return -1
	}
	if rest := strings.TrimSpace(d.article.Text[min(n.Mentions[k].End, s.End):s.End]); rest != "" && rest[0] != '(' {
		return -1
	}
	return n.Mentions[k].Entity
}

// at is the person whose name stands at s, -1 for none.
func (p *people) at(s text.Span) int {
	k := p.in(tokens{p.d.tokenAt(s.Start), p.d.tokenAt(s.End-1) + 1})
	if k < 0 {
		return -1
	}
	return p.namings[k].person
}

// surname is the person whose last name the head of a source is, where the name
// was not seen as one ("US Special Envoy Witkoff"), with what stands before it.
func (t *tracker) surname(r tokens, head int) (who int, role string) {
	d, p := &t.f.doc, &t.f.people
	last := head
	for last+1 < r.last && d.nodes[last+1].tag == article.PROPN {
		last++
	}
	if d.nodes[last].tag != article.PROPN || last == r.first {
		return -1, ""
	}
	k, ok := p.byLast[strings.ToLower(d.words(last))]
	if !ok {
		return -1, ""
	}
	return k, strings.TrimSpace(d.span(tokens{r.first, last}).Of(d.article.Text))
}

// pronoun finds whom a pronoun in the source x stands for.
func (t *tracker) pronoun(x *finding, head int) {
	d, p := &t.f.doc, &t.f.people
	var want given.Gender
	switch strings.ToLower(d.words(head)) {
	case "he", "him", "his":
		want = given.Male
	case "she", "her", "hers":
		want = given.Female
	case "who", "whom", "which", "that", "whose":
		t.relative(x, head)
		return
	case "they", "their", "them", "it", "its":
		if t.group != "" && d.paragraph(head)-d.paragraph(t.groupAt) <= 1 && t.groupAt >= t.at {
			x.speaker.Name, x.speaker.Entity = t.group, t.groupEntity
			t.groupAt = head
		}
		return
	default: // "I", "we", "some", "others"
		if w := strings.ToLower(d.words(head)); w != "i" && w != "we" && w != "you" && w != "my" && w != "our" && w != "your" {
			x.speaker.Name = x.speaker.Of(d.article.Text)
		}
		return
	}
	if who := t.whom(x, head, want); who >= 0 {
		t.set(x, who, head)
		if p.persons[who].gender == given.Unknown {
			p.persons[who].gender = want
		}
	}
}

// whom is the person that "he" or "she" at head stands for: who spoke last, if
// that was in this paragraph; else who both the run of speakers and coreference
// point to, or the one of them that points to somebody. Where they differ it
// stays open.
func (t *tracker) whom(x *finding, head int, want given.Gender) int {
	d := &t.f.doc
	mine := t.antecedent(head, want)
	other := t.referent(head)
	switch {
	case other < 0 || !fits(t.f.people.persons[other].gender, want):
		return mine
	case mine == other || mine < 0:
		return other
	case mine == t.last && d.paragraph(t.at) == d.paragraph(head):
		return mine
	}
	return -1
}

// window is how many paragraphs above it a pronoun may look for its person.
const window = 3

// antecedent is the person that "he" or "she" at token at most likely means: who
// spoke last, or who has been named last outside of quotation marks since; -1
// where it is in doubt.
func (t *tracker) antecedent(at int, want given.Gender) int {
	d, p := &t.f.doc, &t.f.people
	paragraph := d.paragraph(at)
	best := -1
	if t.last >= 0 && paragraph-d.paragraph(t.at) <= window && fits(p.persons[t.last].gender, want) {
		best = t.last
	}
	own := d.sentence[at]
	for k, steps := p.before(at), 0; k >= 0 && steps < wide; k, steps = k-1, steps+1 {
		n := p.namings[k]
		if paragraph-d.paragraph(n.run.first) > window || best >= 0 && n.run.first < t.at {
			break
		}
		if !fits(p.persons[n.person].gender, want) || d.nodes[n.run.first].quote > 0 || d.aside(d.paragraph(n.run.first)) {
			continue
		}
		if n.person == best {
			return best
		}
		if best >= 0 && slices.ContainsFunc(t.said, func(r tokens) bool { return r.has(n.run.first) }) {
			continue // whom they speak of does not take over from who speaks
		}
		// A person named since who opens their sentence is the one talked of.
		s := d.analysis.Sentences[d.sentence[n.run.first]]
		if subject := d.opens(n.run, s); subject && (d.sentence[n.run.first] != own || best < 0) {
			return n.person
		}
	}
	return best
}

// opens reports whether a name is the first noun of its sentence, or its
// subject.
func (d *document) opens(r tokens, s article.Sentence) bool {
	for i := r.first; i < r.last; i++ {
		if rel := d.nodes[i].rel; rel == article.Nsubj || rel == article.NsubjPass {
			return true
		}
	}
	for i := s.First; i < r.first; i++ {
		switch d.nodes[i].tag {
		case article.VERB, article.PRON:
			return false
		}
	}
	return true
}

func fits(have, want given.Gender) bool {
	return have == given.Unknown || want == given.Unknown || have == want
}

// before is the last naming that ends at or before token at.
func (p *people) before(at int) int {
	low, high := 0, len(p.namings)
	for low < high {
		mid := (low + high) / 2
		if p.namings[mid].run.last <= at {
			low = mid + 1
		} else {
			high = mid
		}
	}
	return low - 1
}

// relative ties "who" and "which" to the name right before them.
func (t *tracker) relative(x *finding, head int) {
	d, p := &t.f.doc, &t.f.people
	before := head
	for before > 0 && !d.wordy(before-1) {
		before--
	}
	if k := p.before(before); k >= 0 && p.namings[k].run.last == before {
		t.set(x, p.namings[k].person, head)
	}
}

// nounOf is the token that a source is about: the last noun or name before what
// leads on from it ("of", "who", a comma).
func (d *document) nounOf(r tokens) int {
	if h := d.headOf(r); d.nodes[h].rel != article.NoRel {
		return h
	}
	best := r.first
	seen := false
	for i := r.first; i < r.last; i++ {
		switch d.nodes[i].tag {
		case article.NOUN, article.PROPN, article.PRON:
			best, seen = i, true
		case article.ADP, article.SCONJ, article.VERB, article.PUNCT:
			if seen {
				return best
			}
		case article.PART:
			if seen && d.words(i) != "to" { // a possessive: what follows is the noun
				continue
			}
		}
	}
	return best
}

// age reports whether a source is "the 76-year-old", which news uses for a
// person just named.
func (d *document) age(r tokens) bool {
	words := strings.ToLower(d.span(r).Of(d.article.Text))
	rest, ok := strings.CutPrefix(words, "the ")
	return ok && unicode.IsDigit(rune(rest[0])) && strings.HasSuffix(rest, "-year-old")
}

// description is a source that is no person's name, word for word, without a
// relative clause or what a comma parts off, and without a possessive at its
// end.
func (d *document) description(r tokens, head int) text.Span {
	end := r.last
	for i := head + 1; i < r.last; i++ {
		w := d.words(i)
		if w == "," || d.nodes[i].tag == article.PRON && (w == "who" || w == "which" || w == "that") {
			end = i
			break
		}
	}
	for end > r.first+1 && (!d.wordy(end-1) && d.words(end-1) != ")" || d.words(end-1) == "’s" || d.words(end-1) == "'s") {
		end--
	}
	if s := d.span(tokens{r.first, end}).Of(d.article.Text); strings.Count(s, "(") > strings.Count(s, ")") {
		if end < len(d.nodes) && d.words(end) == ")" {
			end++
		}
	}
	return d.span(tokens{r.first, end}).Trim(d.article.Text, edgeOfSource)
}
