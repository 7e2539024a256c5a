package attribution

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"synoptic/article"
)

// speech gives what stands in quotation marks, and in no content yet, to who
// said it:
//
//   - a quotation that goes on with one before it, over the end of a paragraph
//     or over the writer's "he said", joins its attribution, and one that names
//     nobody joins that of the paragraph in which it ends;
//   - one signed with a dash and a name is attributed to it;
//   - one beside a verb of speech with a subject is attributed to that;
//   - one that follows on a content of the same sentence ends it;
//   - a whole utterance that opens a paragraph goes on with the speaker of the
//     paragraph above, if that was quoted too or led to it with a colon;
//   - any other whole utterance is an attribution without a source;
//   - a phrase in a sentence in which somebody is quoted already is theirs too.
//
// A phrase that none of these fits is a title, a nickname or the writer's own.
func (f *Finder) speech() {
	d := &f.doc
	holder := f.holders()
	f.read = len(f.found)
	open := -1 // the finding whose quotation was open at the end of the paragraph above
	last := -1 // the last finding with a quotation
	lastParagraph := -2
	for k, q := range d.quotes {
		run := d.runs[k]
		if run.empty() {
			continue
		}
		p := d.paragraph(run.first)
		if holder[k] < 0 && d.article.Paragraphs[p].Kind == article.Heading {
			continue // a crosshead has its words from anywhere below
		}
		starts := run.first == 0 || d.paragraph(run.first-1) != p
		above := d.above(p)
		if lastParagraph < above || !starts && lastParagraph < p {
			open = -1
		}
		at := holder[k]
		switch {
		case at >= 0:
		case open >= 0 && starts && f.nameless(open) && (f.undersigned(run) || f.beside(run)):
			at = len(f.found) - 1
		case open >= 0 && starts:
			at = open
			f.found[at].content = append(f.found[at].content, run)
		case last >= 0 && lastParagraph == p && d.utterance(q.inner) && f.joins(last, run):
			at = last
			f.found[at].content = append(f.found[at].content, run)
		case f.undersigned(run), f.beside(run):
			at = len(f.found) - 1
		case starts && f.announced(run, above) >= 0:
			at = f.announced(run, above)
			f.found[at].content = append(f.found[at].content, run)
		case f.within(run) >= 0:
			at = f.within(run)
			last := len(f.found[at].content) - 1
			f.found[at].content[last].last = run.last
		case !d.whole(q):
			h := f.sharing(run)
			if h < 0 || d.titled(q) {
				continue
			}
			f.found = append(f.found, finding{content: []tokens{run}, heir: h})
			at = len(f.found) - 1
		default:
			t := finding{content: []tokens{run}, heir: -1}
			if starts && lastParagraph == above && last >= 0 {
				t.heir = last
			} else if h := f.leads(run, above); h >= 0 {
				t.heir = h
			}
			f.found = append(f.found, t)
			at = len(f.found) - 1
		}
		if open >= 0 && starts && at != open && f.nameless(open) && f.found[at].content[0].first >= run.first {
			// Who speaks is named where the quotation ends.
			f.found[at].content = slices.Concat(f.found[open].content, f.found[at].content)
			f.found[open].content = nil
		}
		last, lastParagraph = at, p
		open = -1
		if q.open {
			open = at
		}
	}
}

// nameless reports whether the finding at is a quotation that nothing beside it
// attributes.
func (f *Finder) nameless(at int) bool { return f.found[at].source.empty() && f.found[at].cue.empty() }

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
			k, _ := slices.BinarySearchFunc(d.runs, c.first, func(r tokens, at int) int { return cmp.Compare(r.last, at+1) })
			for ; k < len(d.runs) && d.runs[k].first < c.last; k++ {
				if holder[k] >= 0 {
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
		if others++; others > reach {
			return false
		}
	}
	return true
}

// above is the paragraph before p that belongs to the telling; captions and the
// like that stand between are passed over, two at most.
func (d *document) above(p int) int {
	for k := p - 1; k >= max(0, p-3); k-- {
		if !d.aside(k) {
			return k
		}
	}
	return p - 1
}

// within is the finding whose cue and content stand before the quotation run in
// one sentence with it, with nothing but a few words between; -1 for none.
func (f *Finder) within(run tokens) int {
	d := &f.doc
	read := f.found[:f.read]
	from, _ := slices.BinarySearchFunc(read, run.first, func(t finding, at int) int { return cmp.Compare(t.cue.first, at) })
	if from == 0 || len(read[from-1].content) == 0 {
		return -1
	}
	t := &read[from-1]
	end := t.content[len(t.content)-1].last
	if t.cue.last > end || end > run.first || run.first-end > reach || d.sentence[t.cue.first] != d.sentence[run.first] {
		return -1
	}
	for i := end; i < run.first; i++ {
		if d.nodes[i].quote > 0 || d.words(i) == ";" {
			return -1
		}
	}
	return from - 1
}

// sharing is the finding before run in its sentence that has a source and words
// in marks; -1 for none.
func (f *Finder) sharing(run tokens) int {
	d := &f.doc
	read := f.found[:f.read]
	from, _ := slices.BinarySearchFunc(read, run.first, func(t finding, at int) int { return cmp.Compare(t.cue.first, at) })
	for i := from - 1; i >= max(0, from-backwards); i-- {
		t := &read[i]
		if d.sentence[t.cue.first] != d.sentence[run.first] {
			break
		}
		for _, c := range t.content {
			if !t.source.empty() && c.last <= run.first && d.nodes[c.last-1].quote > 0 {
				return i
			}
		}
	}
	return -1
}

// leadsOn reports whether a cue stands in a sentence that ends its paragraph
// with a colon: its content is what comes below.
func (d *document) leadsOn(cue tokens) bool {
	s := d.analysis.Sentences[d.sentence[cue.first]]
	return d.words(s.Last-1) == ":" && d.closes(cue.first)
}

// announced is the finding that leads to the quotation run, at the start of a
// paragraph, from the paragraph above; -1 for none.
func (f *Finder) announced(run tokens, above int) int {
	d := &f.doc
	read := f.found[:f.read]
	from, _ := slices.BinarySearchFunc(read, run.first, func(t finding, at int) int { return cmp.Compare(t.cue.first, at) })
	for i := from - 1; i >= max(0, from-backwards); i-- {
		if t := &read[i]; len(t.content) == 0 && d.paragraph(t.cue.first) == above {
			return i
		}
	}
	return -1
}

// backwards is how many findings before a quotation may lead to it.
const backwards = 8

// leads is the finding whose speaker the quotation run goes on with, if run has
// no cue of its own: the last in its paragraph before it, or, where run opens
// its paragraph, the last of the paragraph above, if that ends with the sentence
// of the finding.
func (f *Finder) leads(run tokens, above int) int {
	d := &f.doc
	if run.first == 0 {
		return -1
	}
	p := d.paragraph(run.first)
	read := f.found[:f.read]
	from, _ := slices.BinarySearchFunc(read, run.first, func(t finding, at int) int { return cmp.Compare(t.cue.first, at) })
	best, place := -1, -1
	for i := from - 1; i >= max(0, from-backwards); i-- {
		t := &read[i]
		if t.source.empty() || t.source.first >= run.first || t.source.first < place {
			continue
		}
		switch q := d.paragraph(t.source.first); {
		case q == p, q == above && d.closes(t.cue.first):
			best, place = i, t.source.first
		}
	}
	return best
}

// closes reports whether token i stands in the last sentence of its paragraph.
func (d *document) closes(i int) bool {
	s := int(d.sentence[i])
	return s+1 == len(d.analysis.Sentences) || d.analysis.Sentences[s+1].Paragraph != d.analysis.Sentences[s].Paragraph
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
		if source.empty() && (i == run.last || d.words(i-1) == "," && v.xtag != hash("VBG")) {
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
	if from < to {
		switch d.nodes[from].tag {
		case article.ADP, article.SCONJ, article.CCONJ, article.ADV:
			return tokens{}
		}
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
	if !d.utterance(q.inner) || strings.Count(q.inner.Of(d.article.Text), " ") < 2 {
		return false
	}
	if d.titled(q) {
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

// titled reports whether nearly every long word in marks has a capital, as in a
// title.
func (d *document) titled(q quotation) bool {
	words, capital := 0, 0
	for w := range strings.FieldsSeq(q.inner.Of(d.article.Text)) {
		if len(w) < 4 {
			continue
		}
		words++
		if r, _ := utf8.DecodeRuneInString(w); unicode.IsUpper(r) {
			capital++
		}
	}
	return capital*4 >= words*3 && words > 1
}
