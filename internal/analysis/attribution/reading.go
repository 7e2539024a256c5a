package attribution

import "synoptic/article"

// The second chain is sure of most of what it labels, and in doubt about ends:
// is "on Monday" part of what was said? A reading is one way to label the units
// around a cue. A third model weighs the few likeliest readings as wholes, with
// questions that a chain cannot ask of one unit: whether the parse is cut
// through at the end of the content, what the last part of it and the first
// part after it hang on, how much there is of it.

// mostReadings bounds how many readings of a cue are weighed, and farthest by
// how much one may stand behind the best, in the unit of the weights.
const (
	mostReadings = 8
	farthest     = 100
)

// reading is one way to label a frame.
type reading struct {
	source  tokens
	content []tokens
	lag     int32 // how far the second chain has it behind its best labelling
	ahead   int32 // how far the second chain has it ahead of no labels at all
	odds    int32 // how far the third model has it ahead of being wrong
}

// spans sets the source and the content of r from the labels of the units of f.
func (f *frame) spans(labels []uint8, r *reading) {
	r.source, r.content = tokens{}, r.content[:0]
	var run tokens
	for u, l := range labels {
		switch l {
		case none:
			continue
		case sourceBegin, contentBegin, sourceSingle, contentSingle:
			run = f.units[u].tokens
		default:
			run.last = f.units[u].last
		}
		switch l {
		case sourceSingle, sourceEnd:
			if r.source.empty() {
				r.source = run
			}
		case contentSingle, contentEnd:
			r.content = append(r.content, run)
		}
	}
}

// site is where a token stands towards a reading.
type site uint32

const (
	nowhere site = iota // no token
	inContent
	inCue
	inSource
	aboveCue // the cue hangs on it
	elsewhere
)

func (d *document) site(i int, f *frame, r *reading) site {
	if i < 0 {
		return nowhere
	}
	if f.cue.has(i) {
		return inCue
	}
	for _, c := range r.content {
		if c.has(i) {
			return inContent
		}
	}
	if r.source.has(i) {
		return inSource
	}
	if v := &d.nodes[i]; int(v.first) <= f.head && f.head <= int(v.last) {
		return aboveCue
	}
	return elsewhere
}

// mute reports whether token i is no word.
func (d *document) mute(i int) bool { return d.nodes[i].mark || d.nodes[i].tag == article.PUNCT }

// sight is a reading as the questions about it see it.
type sight struct {
	*document
	f *frame
	r *reading
	q *asker
	s article.Sentence // of the cue

	cue         *node // its head
	first, last int   // first and last word of the content
	next        int   // the first token after it that is a word or of the cue
	local       bool  // the content lies in s
	side        uint32
	gap, lead   uint32 // lag and ahead, in steps
	shape       uint32 // parts, sentences and side of the content
	ends        uint32 // what comes after the content
	src         uint32 // where the source is
	top         int    // the head of the content, -1 where there is no parse
}

// Numbers of the first question of each kind, with room for more.
const (
	askEdges  = 40
	askTree   = 70
	askParts  = 110
	askOthers = 140
	askAbove  = 160
)

// readingFeatures appends to to the hashes of what is asked about the reading r
// of f.
func (d *document) readingFeatures(to []uint32, f *frame, r *reading) []uint32 {
	q := asker{to: to}
	v := sight{document: d, f: f, r: r, q: &q, s: d.analysis.Sentences[d.sentence[f.cue.first]], cue: &d.nodes[f.head], top: -1}
	v.settle()
	v.askWhole()
	q.question = askEdges
	v.askEdges()
	if v.cue.head < 0 && v.cue.kids == 0 {
		return q.to
	}
	q.question = askTree
	v.askTree()
	q.question = askParts
	v.askParts()
	q.question = askOthers
	v.askOthers()
	q.question = askAbove
	v.askAbove()
	return q.to
}

// settle fills in what several questions ask for.
func (v *sight) settle() {
	d, f, r := v.document, v.f, v.r
	v.first, v.last = r.content[0].first, r.content[len(r.content)-1].last-1
	for v.first < v.last && d.mute(v.first) {
		v.first++
	}
	for v.last > v.first && d.mute(v.last) {
		v.last--
	}
	v.gap, v.lead = steps(r.lag), steps(r.ahead)
	switch {
	case v.first >= f.cue.last:
		v.side = 1
	case v.last < f.cue.first:
		v.side = 2
	}
	from, to := d.sentence[v.first], d.sentence[v.last]
	v.local = from == to && from == d.sentence[f.cue.first]
	sentences := uint32(0)
	if !v.local {
		sentences = 1 + uint32(min(to-from, 2))
	}
	v.shape = pair(pair(uint32(min(len(r.content), 3)), sentences), v.side)
	switch {
	case r.source.empty():
	case r.source.last <= f.cue.first:
		v.src = 1
	case r.source.first >= f.cue.last:
		v.src = 2
	default:
		v.src = 3
	}
	v.next = v.last + 1
	for v.next < v.s.Last && v.next > v.s.First && d.mute(v.next) && !f.cue.has(v.next) {
		v.next++
	}
	switch {
	case !v.local:
		v.ends = 3
	case v.next >= v.s.Last:
		v.ends = 1
	case f.cue.has(v.next) || r.source.has(v.next):
		v.ends = 2
	}
}

// at is what token i is called where it stands at an edge: a mark or a word of
// grammar by its lemma, others by their tags.
func (v *sight) at(i int) uint32 {
	if i < v.s.First || i >= v.s.Last {
		return 1
	}
	n := &v.nodes[i]
	if n.mark {
		return n.lemma
	}
	switch n.tag {
	case article.PUNCT, article.SCONJ, article.ADP, article.CCONJ:
		return n.lemma
	}
	return n.xtag
}

// marks says how the edges of the content stand to quotation marks: a bit each
// for a first and a last word in marks, for both in the same, and for an edge
// that cuts through what is in marks.
func (v *sight) marks() uint32 {
	a, z := &v.nodes[v.first], &v.nodes[v.last]
	bits := uint32(0)
	if a.quote > 0 {
		bits |= 1
	}
	if z.quote > 0 {
		bits |= 2
	}
	if a.quote > 0 && a.quote == z.quote {
		bits |= 4
	}
	own := v.nodes[v.f.cue.first].quote
	if a.quote > 0 && a.quote != own && v.runs[a.quote-1].first < v.first-1 {
		bits |= 8
	}
	if z.quote > 0 && z.quote != own && v.runs[z.quote-1].last > v.last+2 {
		bits |= 8
	}
	return bits
}

// askWhole asks how likely the chains hold the reading, and how much of what it
// has.
func (v *sight) askWhole() {
	q, f, c := v.q, v.f, v.cue
	words := 0
	for _, p := range v.r.content {
		words += p.len()
	}
	size, marks, set := bucket(words), v.marks(), uint32(v.style[v.sentence[f.cue.first]])
	q.ask(v.gap)
	q.ask(v.lead)
	q.ask(pair(v.gap, v.lead))
	q.ask(f.sure)
	q.ask(pair(f.sure, v.lead))
	q.ask(pair(f.sure, v.gap))
	q.ask(v.shape)
	q.ask(pair(v.shape, v.gap))
	q.ask(pair(size, v.side))
	q.ask(pair(size, c.class))
	q.ask(pair(size, v.gap))
	q.ask(pair(v.src, v.side))
	q.ask(pair(v.src, c.xtag))
	q.ask(pair(v.src, c.class))
	q.ask(pair(v.src, v.lead))
	q.ask(c.lemma)
	q.ask(pair(c.lemma, v.side))
	q.ask(pair(c.lemma, v.src))
	q.ask(c.class)
	q.ask(pair(c.class, pair(c.xtag, v.side)))
	q.ask(pair(c.xtag, uint32(c.rel)))
	q.ask(uint32(c.fine))
	q.ask(uint32(f.cue.len()))
	q.ask(marks)
	q.ask(pair(marks, v.shape))
	q.ask(pair(marks, c.class))
	q.ask(set)
	q.ask(pair(set, pair(v.side, v.src)))
}

// askEdges asks about the words at the edges of the content, and about the
// source.
func (v *sight) askEdges() {
	q, c := v.q, v.cue
	a, z := &v.nodes[v.first], &v.nodes[v.last]
	before, after := v.at(v.first-1), v.at(v.last+1)
	q.ask(pair(a.xtag, v.side))
	q.ask(pair(a.lemma, v.side))
	q.ask(pair(a.xtag, pair(c.class, v.side)))
	q.ask(pair(before, v.side))
	q.ask(pair(before, a.xtag))
	q.ask(z.xtag)
	q.ask(z.lemma)
	q.ask(after)
	q.ask(pair(after, z.xtag))
	q.ask(pair(after, v.at(v.last+2)))
	q.ask(pair(after, pair(v.side, v.gap)))
	q.ask(pair(v.ends, v.side))
	q.ask(pair(v.ends, c.class))
	q.ask(pair(v.ends, v.gap))
	if r := v.r.source; !r.empty() {
		h := &v.nodes[v.headOf(r)]
		q.ask(pair(h.xtag, h.named&15))
		q.ask(h.lemma)
		q.ask(uint32(h.fine))
		q.ask(pair(uint32(h.rel), uint32(v.site(int(h.head), v.f, v.r))))
		q.ask(pair(bucket(r.len()), h.xtag))
		q.ask(pair(v.at(r.first-1), v.at(r.last)))
	}
}

// askTree asks about the head of the content, how many of its words hang on
// something outside, and how many outside hang on it.
func (v *sight) askTree() {
	q, c := v.q, v.cue
	roots, strays, late, early := 0, 0, 0, 0
	for i := max(v.s.First, v.f.cue.first-wide); i < min(v.s.Last, v.f.cue.last+wide); i++ {
		if v.mute(i) {
			continue
		}
		here, above := v.site(i, v.f, v.r), v.site(int(v.nodes[i].head), v.f, v.r)
		switch {
		case here == inContent && above != inContent:
			roots++
			if above != inCue {
				strays++
			}
			if v.top < 0 {
				v.top = i
			}
		case above != inContent || here == inContent || here == inCue || here == inSource:
		case i > v.last:
			late++
		default:
			early++
		}
	}
	cut := pair(uint32(min(roots, 3)), uint32(min(strays, 3)))
	loose := pair(uint32(min(late, 3)), uint32(min(early, 2)))
	q.ask(cut)
	q.ask(loose)
	q.ask(pair(cut, loose))
	q.ask(pair(cut, v.shape))
	q.ask(pair(loose, v.gap))
	q.ask(pair(cut, v.gap))
	q.ask(pair(uint32(min(late, 3)), pair(v.ends, c.class)))
	if v.top >= 0 {
		t := &v.nodes[v.top]
		hangs := pair(uint32(t.rel), uint32(v.site(int(t.head), v.f, v.r)))
		q.ask(hangs)
		q.ask(pair(hangs, t.xtag))
		q.ask(pair(hangs, c.class))
		q.ask(pair(hangs, c.lemma))
		q.ask(pair(hangs, v.nodes[v.first].xtag))
		q.ask(pair(hangs, v.src))
		q.ask(t.lemma)
		q.ask(uint32(t.fine))
	}
}

// askParts asks about the last part of the content, the largest that ends with
// it, and about the first part after it: what they are, what they hang on, and
// whether a comma parts them off.
func (v *sight) askParts() {
	if !v.local {
		return
	}
	k := v.last
	for range deepest {
		h := int(v.nodes[k].head)
		if h < v.first || h > v.last || int(v.nodes[h].last) > v.last || int(v.nodes[h].first) <= v.first {
			break
		}
		k = h
	}
	from := max(int(v.nodes[k].first), v.first)
	comma := uint32(0)
	if from > v.first && v.mute(from-1) {
		comma = 1
	}
	closing := v.askPart(k, from, comma)
	v.q.ask(pair(closing, bucket(v.last-from+1)))
	if v.ends != 0 {
		return
	}
	k = v.next
	for range deepest {
		h := int(v.nodes[k].head)
		if h <= v.last {
			break
		}
		k = h
	}
	following := v.askPart(k, v.next, uint32(v.next-v.last-1))
	v.q.ask(pair(following, closing))
	v.q.ask(pair(following, bucket(v.s.Last-v.next)))
}

// askPart asks about the part of the sentence that begins at from and whose head
// is k, and returns how it hangs.
func (v *sight) askPart(k, from int, comma uint32) uint32 {
	q, n := v.q, &v.nodes[k]
	hangs := pair(uint32(n.rel), uint32(v.site(int(n.head), v.f, v.r)))
	on := uint32(0)
	if h := int(n.head); h >= 0 {
		on = v.nodes[h].xtag
		if h == v.top {
			on = pair(on, 1)
		}
	}
	q.ask(pair(hangs, comma))
	q.ask(pair(hangs, pair(comma, v.gap)))
	q.ask(pair(hangs, v.at(from)))
	q.ask(pair(hangs, on))
	q.ask(pair(hangs, pair(v.cue.class, comma)))
	q.ask(pair(uint32(n.rel), pair(n.lemma, comma)))
	q.ask(pair(uint32(n.rel), pair(v.at(from), comma)))
	return hangs
}

// askOthers asks about the other cues of the sentence: whether the content holds
// them, or one of them this cue.
func (v *sight) askOthers() {
	q, f := v.q, v.f
	within, over := uint32(0), uint32(0)
	for _, o := range f.other {
		for _, p := range v.r.content {
			if p.has(o.first) {
				within = min(within+1, 2)
			}
		}
		if n := &v.nodes[v.headOf(o)]; int(n.first) <= f.head && f.head <= int(n.last) {
			over = 1 + uint32(v.cue.rel)
			if o.first > f.cue.first {
				over += 64
			}
		}
	}
	q.ask(pair(within, over))
	q.ask(over)
	q.ask(pair(over, f.sure))
	q.ask(pair(within, f.sure))
	q.ask(pair(within, v.gap))
	q.ask(pair(over, v.cue.class))
	q.ask(pair(uint32(min(len(f.other), 3)), v.side))
	if c := v.cue; c.head >= 0 {
		h := &v.nodes[c.head]
		q.ask(pair(h.lemma, uint32(c.rel)))
		q.ask(pair(h.class, uint32(c.rel)))
	}
}

// askAbove asks about what the cue hangs on.
func (v *sight) askAbove() {
	c, up := v.cue, uint32(0)
	if c.head >= 0 {
		up = v.nodes[c.head].xtag
	}
	v.q.ask(pair(up, uint32(c.rel)))
	v.q.ask(pair(up, pair(uint32(c.rel), c.class)))
}

// steps sorts a difference of scores into a few.
func steps(n int32) uint32 {
	k := uint32(0)
	for _, at := range [...]int32{-60, -30, -15, -5, 1, 6, 13, 22, 32, 45, 60, 80, 105, 140, 190, 260, 360, 500} {
		if n >= at {
			k++
		}
	}
	return k
}

// consider appends to f.readings the likeliest readings of a cue that have a
// content, best first.
func (f *Finder) consider(c cue, all []cue) {
	m := f.m.Frames
	f.doc.frame(&f.frame, c, all)
	f.path.Begin()
	nothing := int32(0)
	for u := range f.frame.units {
		f.features = f.doc.frameFeatures(f.features[:0], &f.frame, u)
		nothing += f.step(m) + m.Next(none, none)
	}
	n, best := len(f.readings), int32(0)
	for k, rival := range f.path.Rivals(m, mostReadings, farthest) {
		if k == 0 {
			best = rival.Score
		}
		if n < cap(f.readings) {
			f.readings = f.readings[:n+1] // and the memory of the content that was there
		} else {
			f.readings = append(f.readings, reading{})
		}
		r := &f.readings[n]
		if f.frame.spans(rival.Labels, r); len(r.content) > 0 {
			r.lag, r.ahead = best-rival.Score, rival.Score-nothing
			n++
		}
	}
	f.readings = f.readings[:n]
}
