package attribution

import (
	"cmp"
	"slices"
	"strings"
	"sync"

	"synoptic/article"
)

// formulas adds the attributions of "Lee: …" in headlines, and of "in the words
// of Ann Lee" and "in her own words": set forms without a verb, too rare for the
// chains to learn. They take the place of what the chains read off the same
// words. The findings stay in order of their cues.
func (f *Finder) formulas() {
	d := &f.doc
	word := hash("word")
	for k, s := range d.analysis.Sentences {
		if k == 0 || d.style[k] == heading {
			if t, ok := d.headed(s); ok {
				f.put(t)
			}
		}
		for i := s.First + 2; i < s.Last; i++ {
			if d.nodes[i].lemma != word || d.nodes[i].quote > 0 || !d.is(i, "words") {
				continue
			}
			t, ok := d.inWords(i, s)
			if !ok {
				continue
			}
			f.put(t)
		}
	}
}

// put adds t to the findings of the chains in place of those whose cues overlap
// its own.
func (f *Finder) put(t finding) {
	f.found = slices.DeleteFunc(f.found, func(o finding) bool { return o.cue.first < t.cue.last && t.cue.first < o.cue.last })
	at, _ := slices.BinarySearchFunc(f.found, t.cue.first, func(o finding, at int) int { return cmp.Compare(o.cue.first, at) })
	f.found = slices.Insert(f.found, at, t)
}

// telling are the lemmas of what speaks in a headline before a colon without
// being named; a place, a topic or a kind of article ("Analysis:") does not.
var telling = sync.OnceValue(func() map[uint32]bool {
	set := map[uint32]bool{}
	for lemma := range strings.FieldsSeq(`adviser advisor analyst attorney chief coach doctor expert governor judge lawyer lawmaker mayor minister
		official police poll president prosecutor report researcher senator source spokesman spokesperson spokeswoman study survey union witness`) {
		set[hash(lemma)] = true
	}
	return set
})

// headed reads a headline that begins with its source and a colon: "Inspector:
// ferry firm knew of cracks". What follows must be a clause or open with a
// quotation mark, so that "Ann Lee: a life at sea" is none.
func (d *document) headed(s article.Sentence) (finding, bool) {
	colon := s.First + 1
	for colon < min(s.Last, s.First+longestOwner) && d.words(colon) != ":" {
		colon++
	}
	if colon+1 >= s.Last || d.words(colon) != ":" {
		return finding{}, false
	}
	source := tokens{s.First, colon}
	whole := d.phrase(s.First, colon) == source
	switch named := d.person(colon - 1); {
	case named && (whole || source.len() == 1):
	case whole && telling()[d.nodes[d.nounOf(source)].lemma]:
	default:
		return finding{}, false
	}
	content, clause := d.unstopped(tokens{colon + 1, s.Last}), d.nodes[colon+1].quote > 0
	for i := content.first; i < content.last; i++ {
		switch d.analysis.Tokens[i].XTag {
		case "VBZ", "VBP", "VBD", "MD":
			clause = true
		}
	}
	return finding{source: source, cue: tokens{colon, colon + 1}, content: []tokens{content}, heir: -1}, clause
}

// longestOwner is how many tokens may stand between "in" and "words".
const longestOwner = 8

// inWords reads the phrase of the sentence s whose "words" is token i. What it
// attributes is the quotation right after it, else the one right before it, else
// the rest of the sentence where it opens that and a comma follows.
func (d *document) inWords(i int, s article.Sentence) (t finding, ok bool) {
	t.heir = -1
	var phrase tokens
	if i+2 < s.Last && d.is(i-2, "in") && d.is(i-1, "the") && d.is(i+1, "of") {
		t.cue = tokens{i - 2, i + 2}
		t.source = d.phrase(i+2, min(s.Last, i+2+longestOwner))
		phrase = tokens{i - 2, t.source.last}
	} else {
		end := i
		if d.is(i-1, "own") {
			end--
		}
		if tag := d.analysis.Tokens[end-1].XTag; tag != "POS" && tag != "PRP$" {
			return t, false
		}
		in := end - 2
		for in > s.First && in > i-longestOwner && !d.is(in, "in") {
			in--
		}
		if in < s.First || !d.is(in, "in") {
			return t, false
		}
		t.cue, t.source = tokens{i, i + 1}, tokens{in + 1, end}
		phrase = tokens{in, i + 1}
	}
	if t.source.empty() {
		return t, false
	}
	before, next := phrase.first-1, d.over(phrase.last, s.Last)
	if next < s.Last && d.nodes[next].quote == 0 {
		// "in the words of Ann Lee, the chief inspector, …"
		for k := next; k < min(s.Last, next+longestOwner); k++ {
			if v := &d.nodes[k]; v.rel == article.Appos && t.source.has(int(v.head)) {
				next = d.over(int(v.last)+1, s.Last)
				break
			}
		}
	}
	if before >= s.First && d.words(before) == "," {
		before--
	}
	switch {
	case next < s.Last && d.nodes[next].quote > 0:
		t.content = []tokens{d.runs[d.nodes[next].quote-1]}
	case before >= s.First && d.nodes[before].quote > 0:
		t.content = []tokens{d.runs[d.nodes[before].quote-1]}
	case phrase.first == s.First && phrase.last < next && next < s.Last:
		t.content = []tokens{d.unstopped(tokens{next, s.Last})}
	default:
		return t, false
	}
	return t, true
}

// person reports whether token i ends the name of a person, here or somewhere
// else in the article: taggers are easily wrong about a name alone before a
// colon.
func (d *document) person(i int) bool {
	for _, m := range d.analysis.Mentions {
		if m.Kind == article.Person && d.nodes[m.Last-1].cased == d.nodes[i].cased {
			return true
		}
	}
	return false
}

// unstopped is r without the full stop at its end.
func (d *document) unstopped(r tokens) tokens {
	for r.len() > 1 && d.nodes[r.last-1].tag == article.PUNCT && d.nodes[r.last-1].quote == 0 {
		r.last--
	}
	return r
}

// over is i, or the token after it where i is a comma or a colon before end.
func (d *document) over(i, end int) int {
	if i < end && (d.words(i) == "," || d.words(i) == ":") {
		return i + 1
	}
	return i
}

// is reports whether token i is word, in capitals or not.
func (d *document) is(i int, word string) bool { return strings.EqualFold(d.words(i), word) }

// longestSignature is how many tokens may follow the dash of a signature.
const longestSignature = 12

// signed is the source of a quotation that is signed with a dash and a name:
// “…” — Ann Lee. The signature ends the paragraph of the quotation, or is the
// whole of the next.
func (d *document) signed(run tokens) (source, cue tokens) {
	at := run.last
	if at+1 >= len(d.nodes) || !d.dash(at) || d.nodes[at+1].tag != article.PROPN {
		return tokens{}, tokens{}
	}
	p := d.paragraph(at)
	if own := d.paragraph(run.first); p != own && (p != own+1 || d.paragraph(at-1) == p) {
		return tokens{}, tokens{}
	}
	end := at + 1
	for ; end < len(d.nodes) && d.paragraph(end) == p; end++ {
		if tag := d.nodes[end].tag; tag == article.VERB || tag == article.AUX || end > at+longestSignature {
			return tokens{}, tokens{}
		}
	}
	return d.phrase(at+1, end), tokens{at, at + 1}
}

// undersigned adds the finding of a quotation that is signed.
func (f *Finder) undersigned(run tokens) bool {
	source, cue := f.doc.signed(run)
	if source.empty() {
		return false
	}
	f.found = append(f.found, finding{source: source, cue: cue, content: []tokens{run}, heir: -1})
	return true
}

// dash reports whether token i is a dash.
func (d *document) dash(i int) bool {
	switch d.words(i) {
	case "—", "–", "-", "--", "―":
		return true
	}
	return false
}
