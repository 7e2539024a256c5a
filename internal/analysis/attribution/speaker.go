package attribution

import (
	"strings"
	"unicode"

	"synoptic/article"
	"synoptic/text"
)

// person is one person named in an article.
type person struct {
	full   text.Span // the longest form of the name
	tokens int       // how many it has
	gender gender
}

type gender uint8

const (
	unknown gender = iota
	male
	female
)

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
}

// read lists the persons of d. A name of one word is who was named in full with
// that last word most recently; a name in full that comes later serves for what
// stands before it too, where there is only one.
func (p *people) read(d *document) {
	p.d = d
	p.persons, p.namings = p.persons[:0], p.namings[:0]
	p.byLast, p.byFirst = map[string]int{}, map[string]int{}
	mentions := d.mentions()
	full := map[string]int{}
	// Names in full first, so that a headline's "Lee" finds its Ann Lee.
	for _, m := range mentions {
		if m.Kind != article.Person || m.Last-m.First < 2 {
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
				p.persons[i].full, p.persons[i].tokens = m.Span, m.Last-m.First
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
		p.persons = append(p.persons, person{full: m.Span, tokens: m.Last - m.First})
	}
	for _, m := range mentions {
		if m.Kind != article.Person {
			continue
		}
		who, ok := full[m.Of(d.article.Text)]
		first, last := p.ends(m)
		if !ok {
			if who, ok = p.byLast[last]; !ok {
				who, ok = p.byFirst[first]
			}
		}
		if !ok {
			who = len(p.persons)
			p.persons = append(p.persons, person{full: m.Span, tokens: 1})
			p.byLast[last] = who
		}
		if m.Last-m.First > 1 {
			p.byLast[last] = who // from here on the name alone means this one
		}
		if m.First > 0 {
			switch strings.TrimSuffix(d.words(m.First-1), ".") {
			case "Mr", "Sir", "Lord":
				p.persons[who].gender = male
			case "Mrs", "Ms", "Miss", "Lady", "Dame":
				p.persons[who].gender = female
			}
		}
		p.namings = append(p.namings, naming{run: tokens{m.First, m.Last}, person: who})
	}
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
	f       *Finder
	last    int    // the person who spoke last, -1 for none yet
	at      int    // the token where that was
	group   string // the group or office that spoke last
	groupAt int
}

// resolve sets the speaker of finding i.
func (t *tracker) resolve(i int) {
	f := t.f
	d := &f.doc
	x := &f.found[i]
	x.speaker.Entity = -1
	if x.source.empty() {
		if x.heir >= 0 && x.heir != i {
			from := f.found[x.heir].speaker
			x.speaker.Name, x.speaker.Entity = from.Name, from.Entity
		}
		return
	}
	x.speaker.Span = d.span(x.source).Trim(d.article.Text, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(`,"“”:;–—-`, r) })
	if x.speaker.Empty() {
		return
	}
	head := d.nounOf(x.source)
	h := &d.nodes[head]
	if h.tag == article.PRON {
		t.pronoun(x, head)
		return
	}
	if who, role := t.named(x.source, head); who >= 0 {
		t.set(x, who, x.source.first)
		x.speaker.Role = role
		return
	}
	s := d.description(x.source, head)
	x.speaker.Name = s.Of(d.article.Text)
	t.group, t.groupAt = x.speaker.Name, x.source.first
}

func (t *tracker) set(x *finding, who, at int) {
	p := &t.f.people.persons[who]
	x.speaker.Name = p.full.Of(t.f.doc.article.Text)
	t.last, t.at = who, at
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
		if s.Empty() {
			return ""
		}
		return strings.TrimSpace(s.Of(body))
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

// pronoun finds whom a pronoun in the source x stands for.
func (t *tracker) pronoun(x *finding, head int) {
	d, p := &t.f.doc, &t.f.people
	want := unknown
	switch strings.ToLower(d.words(head)) {
	case "he", "him", "his":
		want = male
	case "she", "her", "hers":
		want = female
	case "who", "whom", "which", "that", "whose":
		t.relative(x, head)
		return
	case "they", "their", "them", "it", "its":
		if t.group != "" && d.paragraph(head)-d.paragraph(t.groupAt) <= 1 && t.groupAt >= t.at {
			x.speaker.Name = t.group
			t.groupAt = head
		}
		return
	default: // "I", "we", "some", "others"
		if w := strings.ToLower(d.words(head)); w != "i" && w != "we" && w != "you" && w != "my" && w != "our" && w != "your" {
			x.speaker.Name = x.speaker.Of(d.article.Text)
		}
		return
	}
	if who := t.antecedent(head, want); who >= 0 {
		t.set(x, who, head)
		if p.persons[who].gender == unknown {
			p.persons[who].gender = want
		}
	}
}

// window is how many paragraphs above it a pronoun may look for its person.
const window = 3

// antecedent is the person that "he" or "she" at token at most likely means: who
// spoke last, or who has been named last outside of quotation marks since; -1
// where it is in doubt.
func (t *tracker) antecedent(at int, want gender) int {
	d, p := &t.f.doc, &t.f.people
	paragraph := d.paragraph(at)
	best := -1
	if t.last >= 0 && paragraph-d.paragraph(t.at) <= window && fits(p.persons[t.last].gender, want) {
		best = t.last
	}
	own := d.sentence[at]
	for k := p.before(at); k >= 0; k-- {
		n := p.namings[k]
		if paragraph-d.paragraph(n.run.first) > window || best >= 0 && n.run.first < t.at {
			break
		}
		if !fits(p.persons[n.person].gender, want) || d.nodes[n.run.first].quote > 0 {
			continue
		}
		if n.person == best {
			return best
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

func fits(have, want gender) bool { return have == unknown || have == want }

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
	return d.span(tokens{r.first, end}).Trim(d.article.Text, func(c rune) bool { return unicode.IsSpace(c) || strings.ContainsRune(`,"“”:;–—-`, c) })
}
