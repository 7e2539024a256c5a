package attribution

import (
	"strings"
	"unicode"

	"synoptic/article"
	"synoptic/internal/model/word"
)

// speech gives what stands in quotation marks, and in no content yet, to who
// said it:
//
//   - a quotation that goes on with one before it, over the end of a paragraph
//     or over the writer's "he said", joins its attribution;
//   - one beside a verb of speech with a subject is attributed to it;
//   - a whole utterance that opens a paragraph goes on with the speaker of the
//     paragraph above, if that was quoted too or led to it with a colon;
//   - any other whole utterance is an attribution without a source.
//
// A phrase that none of these fits is a title, a nickname or the writer's own.
func (f *Finder) speech() {
	d := &f.doc
	holder := f.holders()
	open := -1 // the finding whose quotation was open at the end of the paragraph above
	last := -1 // the last finding with a quotation
	lastParagraph := -2
	for k, q := range d.quotes {
		run := d.runs[k]
		if run.empty() {
			continue
		}
		p := d.paragraph(run.first)
		starts := run.first == 0 || d.paragraph(run.first-1) != p
		if lastParagraph < p-1 || !starts && lastParagraph < p {
			open = -1
		}
		at := holder[k]
		switch {
		case at >= 0:
		case open >= 0 && starts:
			at = open
			f.found[at].content = append(f.found[at].content, run)
		case last >= 0 && lastParagraph == p && d.utterance(q.inner) && f.joins(last, run):
			at = last
			f.found[at].content = append(f.found[at].content, run)
		case f.beside(run):
			at = len(f.found) - 1
		case !d.whole(q):
			continue
		default:
			t := finding{content: []tokens{run}, heir: -1}
			if starts && lastParagraph == p-1 && last >= 0 {
				t.heir = last
			} else if h := f.leads(run); h >= 0 {
				t.heir = h
			}
			f.found = append(f.found, t)
			at = len(f.found) - 1
		}
		last, lastParagraph = at, p
		open = -1
		if q.open {
			open = at
		}
	}
}

// holders tells for each quotation which finding's content has most of it, -1
// where none has.
func (f *Finder) holders() []int {
	d := &f.doc
	holder := make([]int, len(d.quotes))
	for k := range holder {
		holder[k] = -1
	}
	for i := range f.found {
		for _, c := range f.found[i].content {
			for t := c.first; t < c.last; t++ {
				k := int(d.nodes[t].quote) - 1
				if k < 0 || holder[k] >= 0 {
					continue
				}
				if held := min(c.last, d.runs[k].last) - max(c.first, d.runs[k].first); held*2 > d.runs[k].len() {
					holder[k] = i
				}
			}
		}
	}
	return holder
}

// joins reports whether the quotation run takes up the utterance of the finding
// at: nothing but words that belong to that finding, and at most a few others,
// stand between.
func (f *Finder) joins(at int, run tokens) bool {
	t := &f.found[at]
	end := 0
	for _, c := range t.content {
		if c.last <= run.first {
			end = max(end, c.last)
		}
	}
	others := 0
	for i := end; i < run.first; i++ {
		if t.cue.has(i) || t.source.has(i) || !f.doc.wordy(i) {
			continue
		}
		others++
	}
	return others <= 12
}

// leads is the finding in the same paragraph before run whose speaker run goes
// on with: one whose sentence ends right before it, or leads to it with a
// colon.
func (f *Finder) leads(run tokens) int {
	d := &f.doc
	if run.first == 0 {
		return -1
	}
	p := d.paragraph(run.first)
	colon := d.words(run.first-1) == ":"
	best, place := -1, -1
	for i := range f.found {
		t := &f.found[i]
		if t.source.empty() || t.source.first >= run.first || t.source.first < place {
			continue
		}
		switch q := d.paragraph(t.source.first); {
		case q == p, colon && q == p-1:
			best, place = i, t.source.first
		}
	}
	return best
}

// reach is how many tokens a verb of speech may stand away from a quotation
// that it attributes by rule.
const reach = 10

// beside looks for a verb of speech beside a quotation, with its subject: `…,"
// said Ann Lee`, `…," Ann Lee said`, `Ann Lee said: "…`. It adds a finding where
// there is one.
func (f *Finder) beside(run tokens) bool {
	d := &f.doc
	s := d.analysis.Sentences[d.sentence[run.last-1]]
	verbs := speech()
	for i := run.last; i < min(s.Last, run.last+reach); i++ {
		v := &d.nodes[i]
		if v.quote > 0 || v.tag == article.PUNCT && i > run.last && d.words(i) != "," {
			break
		}
		if v.tag != article.VERB || !verbs[v.lemma] {
			continue
		}
		source := d.phrase(run.last, i)
		if source.empty() && i == run.last {
			source = d.phrase(i+1, min(s.Last, i+1+reach))
		}
		if !source.empty() {
			f.found = append(f.found, finding{source: source, cue: tokens{i, i + 1}, content: []tokens{run}, heir: -1})
			return true
		}
	}
	s = d.analysis.Sentences[d.sentence[run.first]]
	if run.first > s.First && !f.doc.wordy(run.first-1) || run.first > s.First && verbs[d.nodes[run.first-1].lemma] {
		for i := run.first - 1; i >= max(s.First, run.first-reach/2); i-- {
			v := &d.nodes[i]
			if v.quote > 0 {
				break
			}
			if v.tag != article.VERB || !verbs[v.lemma] {
				continue
			}
			from := i
			for from > s.First && d.nodes[from-1].tag != article.PUNCT && d.nodes[from-1].tag != article.SCONJ && d.nodes[from-1].tag != article.VERB {
				from--
			}
			if source := d.phrase(from, i); !source.empty() {
				f.found = append(f.found, finding{source: source, cue: tokens{i, i + 1}, content: []tokens{run}, heir: -1})
				return true
			}
		}
	}
	return false
}

// phrase is the noun phrase that [from, to) begins with, with what follows it
// up to a mark or a verb; it is empty where a name, noun or pronoun is missing.
func (d *document) phrase(from, to int) tokens {
	for from < to && !d.wordy(from) {
		from++
	}
	end, noun := from, false
	for i := from; i < to; i++ {
		switch d.nodes[i].tag {
		case article.NOUN, article.PROPN, article.PRON:
			noun = true
			end = i + 1
			continue
		case article.DET, article.ADJ, article.NUM, article.PART, article.ADP, article.CCONJ, article.SYM:
			continue
		}
		if word := d.words(i); word == "." || word == "-" {
			continue
		}
		break
	}
	if !noun {
		return tokens{}
	}
	return tokens{from, end}
}

// whole reports whether a quotation is an utterance of its own: it begins as a
// sentence, ends as one, and is not set as a title is.
func (d *document) whole(q quotation) bool {
	if !d.utterance(q.inner) {
		return false
	}
	words, capital := 0, 0
	for w := range strings.FieldsSeq(q.inner.Of(d.article.Text)) {
		if len(w) < 4 {
			continue
		}
		words++
		if unicode.IsUpper([]rune(w)[0]) {
			capital++
		}
	}
	if capital*4 >= words*3 && words > 1 {
		return false
	}
	end := q.outer.End
	inner := q.inner.Of(d.article.Text)
	closed := strings.ContainsAny(inner[len(inner)-1:], ".!?,") || strings.HasSuffix(inner, "…") || strings.HasSuffix(inner, "—")
	if !closed && end < len(d.article.Text) {
		closed = strings.ContainsAny(d.article.Text[end:end+1], ".!?,\n")
	}
	return closed || q.open
}

var _ = word.Letter
