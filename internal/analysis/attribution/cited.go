package attribution

import (
	"strings"
	"sync"

	"synoptic/article"
	"synoptic/internal/model/gazetteer"
)

// cited turns chains with "cite" and "quote" the right way round. Who is cited
// gives the words, and who cites them passes them on: of "the paper reported,
// citing two officials, that …" the paper is the source of "reported", and
// within it the officials are the source of "citing", of the same content. In
// "the paper quoted an official as saying …" the official is the source of
// "saying".
//
// Who is cited must be somebody, or a document that somebody wrote: "citing high
// costs" gives a reason and stays as it was read.
func (f *Finder) cited() {
	d := &f.doc
	cite, quote := hash("cite"), hash("quote")
	var owner []int // of each token, 1 + the finding whose cue it is in
	for t := range d.nodes {
		v := &d.nodes[t]
		if v.lemma != cite && v.lemma != quote || v.tag != article.VERB || v.quote > 0 {
			continue
		}
		whom := d.whomCited(t)
		if whom.empty() {
			continue
		}
		if owner == nil {
			owner = make([]int, len(d.nodes))
			for i := range f.found {
				f.own(owner, i)
			}
		}
		if saying := d.asSaying(t, whom); saying > 0 {
			f.quotedAs(owner, t, saying, whom)
		} else if teller := d.teller(t); teller >= 0 {
			f.citing(owner, t, teller, whom)
		}
	}
}

// own notes the tokens of the cue of finding i as its own.
func (f *Finder) own(owner []int, i int) {
	for t := f.found[i].cue.first; t < f.found[i].cue.last; t++ {
		owner[t] = i + 1
	}
}

// of is the finding that owns token t; a new one with t as its cue where none
// does.
func (f *Finder) of(owner []int, t int) int {
	if owner[t] == 0 {
		f.found = append(f.found, finding{cue: tokens{t, t + 1}, heir: -1})
		f.own(owner, len(f.found)-1)
	}
	return owner[t] - 1
}

// quotedAs reads "the paper quoted an official as saying …", and "the official
// was quoted by the paper as saying …".
func (f *Finder) quotedAs(owner []int, t, saying int, whom tokens) {
	d := &f.doc
	content := d.governed(saying)
	at := owner[t] - 1
	if content == nil && at >= 0 && len(f.found[at].content) > 0 && d.nodes[f.found[at].content[0].first].quote > 0 {
		content = f.found[at].content // “…”, the paper quoted an official as saying.
	}
	if content == nil {
		return
	}
	by := d.subject(t)
	if by.empty() && (at < 0 || owner[saying] == owner[t]) {
		// Nobody is named who quotes: the whole is one cue.
		i := f.of(owner, saying)
		f.found[i].source, f.found[i].content = whom, content
		return
	}
	at = f.of(owner, t)
	inner := f.of(owner, saying)
	if inner == at { // one cue for both
		f.found[at].cue = tokens{t, t + 1}
		f.found = append(f.found, finding{cue: tokens{saying, saying + 1}, heir: -1})
		inner = len(f.found) - 1
		owner[saying] = inner + 1
	}
	outer := &f.found[at]
	if !by.empty() {
		outer.source = by
	}
	outer.content = content
	f.found[inner].source, f.found[inner].content, f.found[inner].by = whom, content, at+1
}

// citing reads "the paper reported, citing an official, that …" and "the paper,
// which cited an official, reported that …", where teller is "reported".
func (f *Finder) citing(owner []int, t, teller int, whom tokens) {
	d := &f.doc
	s := d.analysis.Sentences[d.sentence[t]]
	phrase := tokens{t, whom.last} // the words that cite, with the commas around them
	if phrase.first > s.First && d.nodes[phrase.first-1].tag == article.PRON {
		phrase.first--
	}
	if phrase.first > s.First && d.words(phrase.first-1) == "," {
		phrase.first--
	}
	if phrase.last < s.Last && d.words(phrase.last) == "," {
		phrase.last++
	}
	var content []tokens
	if at := owner[teller] - 1; at >= 0 {
		for _, c := range f.found[at].content {
			content = append(content, c.without(phrase)...)
		}
	}
	if len(content) == 0 && phrase.last < s.Last && d.is(phrase.last, "that") && d.words(phrase.last-1) == "," {
		content = []tokens{d.unstopped(tokens{phrase.last, s.Last})}
	}
	if len(content) == 0 {
		return
	}
	at := f.of(owner, teller)
	outer := &f.found[at]
	outer.content = content
	if outer.source.empty() {
		outer.source = d.subject(teller)
	}
	if outer.source.empty() && phrase.last <= teller {
		if r := d.phrase(s.First, phrase.first); r == (tokens{s.First, phrase.first}) {
			outer.source = r // what the parse took for no subject
		}
	}
	inner := f.of(owner, t)
	if inner == at {
		return
	}
	f.found[inner].source, f.found[inner].content, f.found[inner].by = whom, content, at+1
}

// without is what is left of r outside of cut.
func (r tokens) without(cut tokens) []tokens {
	var out []tokens
	for _, part := range [...]tokens{{r.first, min(r.last, cut.first)}, {max(r.first, cut.last), r.last}} {
		if !part.empty() {
			out = append(out, part)
		}
	}
	return out
}

// citeReach is how many tokens may stand between a verb that cites and what it is
// read with, in its sentence.
const citeReach = 2 * wide

// whomCited is who is cited by the verb at t: its object, or its subject where
// it is passive; empty where that can say nothing.
func (d *document) whomCited(t int) tokens {
	v := &d.nodes[t]
	for k := max(int(v.first), t-citeReach); k <= min(int(v.last), t+citeReach); k++ {
		w := &d.nodes[k]
		if int(w.head) == t && (w.rel == article.Obj || w.rel == article.Iobj || w.rel == article.NsubjPass) && w.quote == 0 {
			if w.tag == article.PRON || !d.speaks(k) {
				return tokens{}
			}
			return d.untailed(k)
		}
	}
	return tokens{}
}

// untailed is the noun phrase of the noun at head up to a comma, but with who is
// named beside it or after it: "the minister, Ruth Okello".
func (d *document) untailed(head int) tokens {
	v := &d.nodes[head]
	r := tokens{max(int(v.first), head-citeReach), min(int(v.last), head+citeReach) + 1}
	beside := head // the last token of what is named beside it
	for k := head + 1; k < r.last; k++ {
		w := &d.nodes[k]
		if int(w.head) == head && (w.rel == article.Appos || w.rel == article.Conj) {
			beside = int(w.last)
		}
		if w.quote > 0 || d.is(k, "as") || d.words(k) == "," && k > beside && !d.named(head, k+1) {
			r.last = k
		}
	}
	return r
}

// named reports whether the noun at head is named, or joined by another, in the
// words that begin at from.
func (d *document) named(head, from int) bool {
	for k := from; k < min(len(d.nodes), from+tail); k++ {
		if w := &d.nodes[k]; int(w.head) == head {
			switch w.rel {
			case article.Appos, article.Conj:
				return int(w.first) <= from
			case article.Punct, article.Cc:
			default:
				return false
			}
		}
	}
	return false
}

// asSaying is the "saying" of "quoted an official as saying", -1 for none.
func (d *document) asSaying(t int, whom tokens) int {
	verbs := speech()
	v := &d.nodes[t]
	for k := max(t, whom.first) + 1; k <= min(int(v.last), t+citeReach); k++ {
		if w := &d.nodes[k]; w.xtag == hash("VBG") && w.quote == 0 && verbs[w.lemma] && d.is(k-1, "as") {
			return k
		}
	}
	return -1
}

// governed is the clause or the quotation that the verb at t governs, nil for
// none.
func (d *document) governed(t int) []tokens {
	v := &d.nodes[t]
	for k := t + 1; k <= min(int(v.last), t+citeReach); k++ {
		if w := &d.nodes[k]; int(w.head) == t && (w.rel == article.Ccomp || w.rel == article.Parataxis || w.rel == article.Obj && w.quote > 0) {
			from := max(int(w.first), t+1)
			if d.nodes[from].quote > 0 {
				from = min(from, max(t+1, d.runs[d.nodes[from].quote-1].first))
			}
			return []tokens{d.unstopped(tokens{from, int(w.last) + 1})}
		}
	}
	for k := t + 1; k < min(int(v.last), t+tail); k++ {
		if d.nodes[k].xtag == hash("IN") && d.is(k, "that") { // "telling reporters that …": the parse hangs it on whom it is told to
			return []tokens{d.unstopped(tokens{k, int(v.last) + 1})}
		}
	}
	return nil
}

// teller is the verb of speech that the words cited by the verb at t are passed
// on with: "reported" in "the paper reported, citing …" and in "the paper, which
// cited …, reported"; -1 where there is none.
func (d *document) teller(t int) int {
	verbs := speech()
	v := &d.nodes[t]
	if v.xtag != hash("VBG") && v.rel != article.AclRelcl {
		return -1
	}
	up := int(v.head)
	for n := 0; up >= 0 && n < 3; n++ {
		w := &d.nodes[up]
		if w.quote > 0 || n > 0 && v.rel == article.AclRelcl && w.tag != article.VERB {
			return -1
		}
		if w.tag == article.VERB && verbs[w.lemma] {
			return up
		}
		switch {
		case w.rel == article.Ccomp && d.pronoun(d.subject(up)):
			return -1 // "it said it would close the line, citing …": who closes gives a reason
		case n > 0 && w.rel != article.Ccomp && w.rel != article.Nsubj:
			return -1
		}
		up = int(w.head)
	}
	return -1
}

// subject is who does what the verb at t tells: its subject, or "by" whom where
// it is passive; empty where there is none.
func (d *document) subject(t int) tokens {
	v := &d.nodes[t]
	passive := v.kids&(1<<article.NsubjPass) != 0
	for k := max(int(v.first), t-citeReach); k <= min(int(v.last), t+citeReach); k++ {
		w := &d.nodes[k]
		if int(w.head) != t {
			continue
		}
		if !passive && w.rel == article.Nsubj {
			return d.untailed(k)
		}
		if passive && w.rel == article.OblAgent {
			r := d.untailed(k)
			if d.is(r.first, "by") {
				r.first++
			}
			return r
		}
	}
	return tokens{}
}

// pronoun reports whether r is a pronoun.
func (d *document) pronoun(r tokens) bool {
	return r.len() == 1 && d.nodes[r.first].tag == article.PRON
}

// speaks reports whether the noun or name at head can say something: a person, a
// body, one of a list, or who holds an office.
func (d *document) speaks(head int) bool {
	v := &d.nodes[head]
	switch article.MentionKind(v.named & 15) {
	case article.Person, article.Group, article.People:
		return true
	}
	if speaking()[v.lemma] || telling()[v.lemma] {
		return true
	}
	lists, err := gazetteer.Embedded()
	if err != nil || v.tag != article.NOUN {
		return false
	}
	_, in := lists.Longest(func(int) uint32 { return v.lemma }, 1)
	return in&gazetteer.Title != 0
}

// speaking are the lemmas of people, and of documents, that news cites; those
// that headlines have stand in telling.
var speaking = sync.OnceValue(func() map[uint32]bool {
	set := map[uint32]bool{}
	for lemma := range strings.FieldsSeq(`activist agency aide ally authority captain colleague commander court critic department diplomat document diver driver
		employee executive family father filing friend insider inspector investigator journalist lawsuit letter man memo ministry
		mother neighbor neighbour newspaper officer organisation organization outlet passenger people person police paper relative reporter
		resident sailor scientist soldier statement student teacher transcript victim woman worker`) {
		set[hash(lemma)] = true
	}
	return set
})
