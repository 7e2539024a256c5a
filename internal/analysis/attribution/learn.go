package attribution

import (
	"slices"
	"unicode"
	"unicode/utf8"

	"synoptic/article"
	"synoptic/internal/model/word"
	"synoptic/text"
)

// Relation is an attribution as a person marked it in an article.
type Relation struct {
	Source, Cue, Content []text.Span
}

// Sequence is what one of the chains is fitted on: the features of each
// position and its label.
type Sequence struct {
	Features [][]uint32
	Labels   []uint8
}

// GateLabels, CueLabels, FrameLabels and ReadingLabels name the labels of the
// chains.
var (
	GateLabels    = []string{"-", "+"}
	CueLabels     = []string{"O", "B", "I"}
	FrameLabels   = []string{"O", "SB", "SI", "SE", "S", "CB", "CI", "CE", "C"}
	ReadingLabels = []string{"-", "+"}
)

// Labels of the tokens of a sentence.
const (
	cueNone uint8 = iota
	cueBegin
	cueInside
)

// Forbid reports whether the label to cannot follow from, which is "" at the
// start of a sequence.
func Forbid(from, to string) bool {
	if len(from)+len(to) > 0 && (to == "I" || from == "B" || from == "I") && len(to) == 1 {
		return to == "I" && from != "B" && from != "I"
	}
	open := from == "SB" || from == "SI" || from == "CB" || from == "CI"
	goesOn := to == "SI" || to == "SE" || to == "CI" || to == "CE"
	if open != goesOn {
		return true
	}
	return open && from[0] != to[0]
}

// Learner turns annotated articles into sequences.
type Learner struct {
	Lexicon *word.Lexicon
	doc     document
}

// Gate are the sequences of the gate, one a token.
func (l *Learner) Gate(a *article.Article, n *article.Analysis, gold []Relation) []Sequence {
	labels := l.cues(a, n, gold)
	out := make([]Sequence, 0, len(labels))
	for _, s := range n.Sentences {
		for i := s.First; i < s.Last; i++ {
			features := l.doc.gateFeatures(nil, i, tokens{s.First, s.Last})
			out = append(out, Sequence{Features: [][]uint32{features}, Labels: []uint8{min(labels[i], 1)}})
		}
	}
	return out
}

// Cues are the sequences of the first chain, one a sentence.
func (l *Learner) Cues(a *article.Article, n *article.Analysis, gold []Relation) []Sequence {
	labels := l.cues(a, n, gold)
	var out []Sequence
	for _, s := range n.Sentences {
		q := Sequence{Labels: labels[s.First:s.Last]}
		for i := s.First; i < s.Last; i++ {
			q.Features = append(q.Features, l.doc.cueFeatures(nil, i, tokens{s.First, s.Last}))
		}
		out = append(out, q)
	}
	return out
}

// cues lays an article out and labels its tokens for the first chain.
func (l *Learner) cues(a *article.Article, n *article.Analysis, gold []Relation) []uint8 {
	l.doc.lay(l.Lexicon, a, n)
	labels := make([]uint8, len(n.Tokens))
	for _, r := range gold {
		c := l.doc.within(r.Cue)
		for i := c.first; i < c.last; i++ {
			labels[i] = cueInside
			if i == c.first {
				labels[i] = cueBegin
			}
		}
	}
	return labels
}

// Frames are the sequences of the second chain: one for each cue that was
// marked, and one without source and content for each of found, cues that the
// first chain found, where no person did. How sure the first chain was comes
// from found; it is 0 for a cue that it missed.
func (l *Learner) Frames(a *article.Article, n *article.Analysis, gold []Relation, found []FoundCue) []Sequence {
	l.doc.lay(l.Lexicon, a, n)
	d := &l.doc
	var all []cue
	var of []int
	for k, r := range gold {
		if c := d.within(r.Cue); !c.empty() {
			all = append(all, cue{tokens: c})
			of = append(of, k)
		}
	}
	marked := len(all)
	for _, s := range found {
		c := cue{tokens: d.within([]text.Span{s.Span}), sure: s.Sure}
		free := !c.empty()
		for i := range marked {
			if o := &all[i]; o.first < c.last && c.first < o.last {
				free = false
				if o.sure == 0 {
					o.sure = c.sure
				}
			}
		}
		if free {
			all = append(all, c)
			of = append(of, -1)
		}
	}
	var out []Sequence
	var f frame
	for k, c := range all {
		d.frame(&f, c, all)
		q := Sequence{Labels: make([]uint8, len(f.units))}
		if of[k] >= 0 {
			d.label(q.Labels, &f, gold[of[k]])
		}
		for u := range f.units {
			q.Features = append(q.Features, d.frameFeatures(nil, &f, u))
		}
		out = append(out, q)
	}
	return out
}

// label sets the labels of the units of f.
func (d *document) label(labels []uint8, f *frame, r Relation) {
	part := make([]uint8, len(f.units))
	for k := range f.units {
		if f.units[k].first >= f.cue.first && f.units[k].last <= f.cue.last {
			continue
		}
		switch s := d.span(f.units[k].tokens); {
		case d.covers(r.Source, s):
			part[k] = 1
		case d.covers(r.Content, s):
			part[k] = 2
		}
	}
	// Marks between two units of one part belong to it, others to none.
	for k := range part {
		if d.letters(d.span(f.units[k].tokens)) > 0 {
			continue
		}
		l, r := k-1, k+1
		for l >= 0 && d.letters(d.span(f.units[l].tokens)) == 0 {
			l--
		}
		for r < len(part) && d.letters(d.span(f.units[r].tokens)) == 0 {
			r++
		}
		part[k] = 0
		inCue := f.units[k].first >= f.cue.first && f.units[k].last <= f.cue.last
		if l >= 0 && r < len(part) && part[l] == part[r] && !inCue && (l >= f.cueAt || r < f.cueAt) {
			part[k] = part[l]
		}
	}
	for k := range part {
		if part[k] == 0 {
			continue
		}
		before, after := k > 0 && part[k-1] == part[k], k+1 < len(part) && part[k+1] == part[k]
		base := sourceBegin
		if part[k] == 2 {
			base = contentBegin
		}
		switch {
		case before && after:
			base++
		case before:
			base += 2
		case !after:
			base += 3
		}
		labels[k] = base
	}
}

// letters counts the letters and digits in s.
func (d *document) letters(s text.Span) int {
	n := 0
	for i := s.Start; i < s.End; {
		r, size := utf8.DecodeRuneInString(d.article.Text[i:])
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			n++
		}
		i += size
	}
	return n
}

// covers reports whether most of the letters of s lie in spans.
func (d *document) covers(spans []text.Span, s text.Span) bool {
	in := 0
	for _, o := range spans {
		if s.Overlaps(o) {
			in += d.letters(s.Intersect(o))
		}
	}
	return in > 0 && in*2 > d.letters(s)
}

// within is the run of tokens that spans cover together; marks at its edges do
// not count where there are words.
func (d *document) within(spans []text.Span) tokens {
	r := tokens{-1, -1}
	for _, s := range spans {
		for i := d.tokenAt(s.Start); i < len(d.nodes) && d.analysis.Tokens[i].Start < s.End; i++ {
			if !s.Overlaps(d.analysis.Tokens[i].Span) {
				continue
			}
			if r.first < 0 {
				r.first = i
			}
			r.last = i + 1
		}
	}
	if r.first < 0 {
		return tokens{}
	}
	for r.len() > 1 && !d.wordy(r.last-1) {
		r.last--
	}
	for r.len() > 1 && !d.wordy(r.first) {
		r.first++
	}
	if s := d.analysis.Sentences[d.sentence[r.first]]; r.last > s.Last {
		r.last = s.Last
	}
	return r
}

// tokenAt is the first token that ends after offset.
func (d *document) tokenAt(offset int) int {
	low, high := 0, len(d.analysis.Tokens)
	for low < high {
		mid := (low + high) / 2
		if d.analysis.Tokens[mid].End <= offset {
			low = mid + 1
		} else {
			high = mid
		}
	}
	return low
}

// Readings are the sequences of the third model, of one position each: three
// for each likely reading of each cue that f finds. The label of the first says
// whether the content is that of a marked attribution with this cue, letter for
// letter; that of the second, whether the two overlap by half; that of the
// third, whether the sources do too.
func (f *Finder) Readings(a *article.Article, n *article.Analysis, gold []Relation) []Sequence {
	d := &f.doc
	d.lay(f.m.Lexicon, a, n)
	f.findCues()
	var out []Sequence
	for c, all := range f.eachCue {
		f.readings = f.readings[:0]
		f.consider(c, all)
		for i := range f.readings {
			r := &f.readings[i]
			features := d.readingFeatures(nil, &f.frame, r)
			for _, right := range d.right(c.tokens, r, gold) {
				q := Sequence{Features: [][]uint32{slices.Clone(features)}, Labels: []uint8{0}}
				if right {
					q.Labels[0] = 1
				}
				out = append(out, q)
			}
		}
	}
	return out
}

// Choice is what the trees are fitted on: a reading among the others, and the
// share that holds of what is asked of it in Readings.
type Choice struct {
	Features []float32
	Worth    float64
}

// Choices are the readings of the cues of an article.
func (f *Finder) Choices(a *article.Article, n *article.Analysis, gold []Relation) []Choice {
	f.doc.lay(f.m.Lexicon, a, n)
	f.findCues()
	f.weigh()
	var out []Choice
	for k := range f.weighed {
		w := &f.weighed[k]
		f.kin = f.besideArticle(f.kin[:0], k)
		for i := w.first; i < w.last; i++ {
			c := Choice{Features: f.choiceFeatures(nil, k, i)}
			for _, right := range f.doc.right(w.tokens, &f.readings[i], gold) {
				if right {
					c.Worth += 1. / 3
				}
			}
			out = append(out, c)
		}
	}
	return out
}

// right tells whether a reading of the cue c has the content of one of gold,
// more than half of it, and more than half of its source.
func (d *document) right(c tokens, r *reading, gold []Relation) (right [3]bool) {
	content := make([]text.Span, len(r.content))
	for i, part := range r.content {
		content[i] = d.span(part)
	}
	for _, g := range gold {
		if both, _ := d.shared([]text.Span{d.span(c)}, g.Cue); both == 0 {
			continue
		}
		both, either := d.shared(content, g.Content)
		if both*2 < either {
			continue
		}
		right[0] = right[0] || both == either
		right[1] = true
		both, either = d.shared([]text.Span{d.span(r.source)}, g.Source)
		right[2] = right[2] || both*2 >= either
	}
	return right
}

// shared counts the letters in both of two sets of spans, and in either.
func (d *document) shared(a, b []text.Span) (both, either int) {
	for _, s := range a {
		either += d.letters(s)
		for _, o := range b {
			if s.Overlaps(o) {
				both += d.letters(s.Intersect(o))
			}
		}
	}
	for _, o := range b {
		either += d.letters(o)
	}
	return both, either - both
}
