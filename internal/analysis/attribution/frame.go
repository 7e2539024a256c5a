package attribution

import (
	"synoptic/article"
)

// unit is what gets one label when the source and the content of a cue are
// looked for: a token of the cue's own sentence, a whole quotation that does
// not hold the cue, or, in the sentences around, a stretch in marks or between
// them.
type unit struct {
	tokens
	at     int32 // the token that stands for it: the one whose head lies outside
	offset int8  // how many sentences after the cue's, negative before
	kind   unitKind
	arg    uint32 // how it hangs towards the cue, as a hash
	below  int32  // how many steps below the dependent of the cue that holds it
	top    int32  // the dependent of the cue that holds it, -1 for none
	path   uint32 // relations met between top and the unit: clauses, conjuncts and modifiers, a bit each

	gap // what stands between it and the cue, in the cue's sentence
}

// gap counts what stands between a unit and the cue.
type gap struct {
	marks, verbs int
	tags         uint32 // a bit each
	cue          bool   // another cue
}

func (b *gap) add(v *node, cue bool) {
	if v.tag == article.PUNCT || v.mark {
		b.marks++
	}
	if v.tag == article.VERB {
		b.verbs++
	}
	b.tags |= 1 << v.tag
	b.cue = b.cue || cue
}

type unitKind uint8

const (
	single   unitKind = iota // one token
	quoted                   // a stretch in quotation marks
	unquoted                 // a stretch outside of them, in another sentence
	outside                  // beyond the first unit or the last
)

// frame is the surroundings of one cue, cut into units.
type frame struct {
	cue   tokens
	sure  uint32 // how sure the first chain was of the cue
	head  int    // the token of the cue that the others of it hang on
	units []unit
	own   tokens   // the units of the cue's own sentence
	cueAt int      // the unit where the cue begins
	other []tokens // the other cues of the sentence

	left, right, tail uint32 // what stands before and after the cue, and how far the sentence goes on
}

// around is how many sentences before and after a cue its frame reaches, within
// the paragraph.
const around = 4

// wide is how many tokens of its own sentence a frame reaches on each side of
// the cue, and how many a sentence around may have, so that the cost of a cue is
// bounded.
const wide = 120

// frame cuts the surroundings of c, which is one of all the cues of its
// paragraph.
func (d *document) frame(f *frame, c cue, all []cue) {
	n := d.analysis
	cue := c.tokens
	f.cue, f.sure, f.units = cue, c.sure, f.units[:0]
	own := int(d.sentence[cue.first])
	s := n.Sentences[own]
	f.head = cue.first
	for i := cue.first; i < cue.last; i++ {
		if h := int(d.nodes[i].head); h >= 0 && !cue.has(h) || d.nodes[i].rel == article.Root {
			f.head = i
			break
		}
	}
	first, last := own, own
	near := func(o article.Sentence) bool { return o.Paragraph == s.Paragraph && o.Last-o.First <= wide }
	for first > 0 && own-first < around && near(n.Sentences[first-1]) {
		first--
	}
	for last+1 < len(n.Sentences) && last-own < around && near(n.Sentences[last+1]) {
		last++
	}
	for k := first; k <= last; k++ {
		if k == own {
			f.own.first = len(f.units)
			d.cut(f, s)
			f.own.last = len(f.units)
			continue
		}
		d.stretches(f, n.Sentences[k], int8(k-own))
	}
	f.other = f.other[:0]
	for _, o := range all {
		if o.tokens != cue && o.first < min(s.Last, cue.last+wide) && o.last > max(s.First, cue.first-wide) {
			f.other = append(f.other, o.tokens)
		}
	}
	at := func(i int) uint32 {
		if i < s.First || i >= s.Last {
			return 1
		}
		if v := &d.nodes[i]; v.mark || v.tag == article.PUNCT || v.tag == article.SCONJ || v.tag == article.ADP {
			return v.lemma
		}
		return d.nodes[i].xtag
	}
	f.left, f.right, f.tail = at(cue.first-1), at(cue.last), bucket(s.Last-cue.last)
	for i := range f.units {
		if u := &f.units[i]; u.offset == 0 {
			u.arg, u.below, u.top = d.hang(int(u.at), f)
			u.path = d.way(u)
		}
	}
	var b gap
	last = cue.last
	for i := f.cueAt; i < f.own.last; i++ {
		u := &f.units[i]
		if u.first < cue.last {
			continue
		}
		for ; last < u.first; last++ {
			b.add(&d.nodes[last], f.foreign(last))
		}
		u.gap = b
	}
	b, first = gap{}, cue.first
	for i := f.cueAt - 1; i >= f.own.first; i-- {
		u := &f.units[i]
		for ; first > u.last; first-- {
			b.add(&d.nodes[first-1], f.foreign(first-1))
		}
		u.gap = b
	}
}

// foreign reports whether token i is in another cue.
func (f *frame) foreign(i int) bool {
	for _, c := range f.other {
		if c.has(i) {
			return true
		}
	}
	return false
}

// cut adds the units of the cue's own sentence.
func (d *document) cut(f *frame, s article.Sentence) {
	s.First, s.Last = max(s.First, f.cue.first-wide), min(s.Last, f.cue.last+wide)
	held := d.nodes[f.cue.first].quote
	for i := s.First; i < s.Last; {
		if i == f.cue.first {
			f.cueAt = len(f.units)
		}
		q := d.nodes[i].quote
		if q == 0 || q == held {
			f.units = append(f.units, unit{tokens: tokens{i, i + 1}, at: int32(i)})
			i++
			continue
		}
		k := i
		for k < s.Last && d.nodes[k].quote == q && !f.cue.has(k) {
			k++
		}
		if k == i {
			k++
		}
		f.units = append(f.units, unit{tokens: tokens{i, k}, at: d.top(i, k), kind: quoted})
		i = k
	}
}

// stretches adds the units of another sentence.
func (d *document) stretches(f *frame, s article.Sentence, offset int8) {
	for i := s.First; i < s.Last; {
		q := d.nodes[i].quote
		k := i
		for k < s.Last && d.nodes[k].quote == q {
			k++
		}
		kind := unquoted
		if q > 0 {
			kind = quoted
		}
		f.units = append(f.units, unit{tokens: tokens{i, k}, at: d.top(i, k), kind: kind, offset: offset})
		i = k
	}
}

// top is the token of [i, k) whose head lies outside, the first that is no
// punctuation; without a parse, the first that is a word.
func (d *document) top(i, k int) int32 {
	best := -1
	for t := i; t < k; t++ {
		v := &d.nodes[t]
		if v.tag == article.PUNCT || v.mark {
			continue
		}
		if best < 0 {
			best = t
		}
		if h := int(v.head); (h < i || h >= k) && v.rel != article.NoRel {
			return int32(t)
		}
	}
	if best < 0 {
		best = i
	}
	return int32(best)
}

// hang says how token t hangs towards the head of the cue: the steps up from
// the cue to what holds both, and the relation of the branch below that holds
// t; and how deep below that branch it stands.
func (d *document) hang(t int, f *frame) (arg uint32, below, top int32) {
	c := f.head
	if t == c {
		return 1, 0, -1
	}
	if d.nodes[t].head < 0 && d.nodes[c].head < 0 {
		return 0, 0, -1 // no parse
	}
	h := uint32(3)
	for range deepest {
		if int(d.nodes[c].first) <= t && t <= int(d.nodes[c].last) {
			// Does c hold t? Climb.
			up, n := t, int32(0)
			for up >= 0 && int(d.nodes[up].head) != c && n < deepest {
				up = int(d.nodes[up].head)
				n++
			}
			if up >= 0 && n < deepest {
				if t == c {
					return h, 0, -1
				}
				return pair(h, uint32(d.nodes[up].rel)), n, int32(up)
			}
			if t == c {
				return pair(h, 99), 0, -1
			}
		}
		h = pair(h, 100+uint32(d.nodes[c].rel))
		if d.nodes[c].head < 0 {
			return 2, 0, -1
		}
		c = int(d.nodes[c].head)
		if c == t {
			return pair(h, 99), 0, -1
		}
	}
	return 2, 0, -1
}

// way is the relations on the way from the unit's token up to its top.
func (d *document) way(u *unit) uint32 {
	mask := uint32(0)
	for t, n := u.at, int32(0); t >= 0 && t != u.top && n <= u.below && u.top >= 0; t, n = d.nodes[t].head, n+1 {
		switch d.nodes[t].rel {
		case article.Acl:
			mask |= 1
		case article.AclRelcl:
			mask |= 2
		case article.Advcl:
			mask |= 4
		case article.Conj:
			mask |= 8
		case article.Parataxis:
			mask |= 16
		case article.Appos:
			mask |= 32
		case article.Ccomp, article.Csubj:
			mask |= 64
		case article.Xcomp:
			mask |= 128
		case article.Obl, article.Advmod, article.OblUnmarked:
			mask |= 256
		case article.Nmod:
			mask |= 512
		}
	}
	return mask
}

// Labels of the units of a frame: begin, inside, end and single of a source and
// of a stretch of the content.
const (
	none uint8 = iota
	sourceBegin
	sourceInside
	sourceEnd
	sourceSingle
	contentBegin
	contentInside
	contentEnd
	contentSingle
)

func bucket(n int) uint32 {
	sign := uint32(0)
	if n < 0 {
		sign, n = 16, -n
	}
	switch {
	case n <= 4:
		return sign + uint32(n)
	case n <= 6:
		return sign + 5
	case n <= 9:
		return sign + 6
	case n <= 14:
		return sign + 7
	case n <= 24:
		return sign + 8
	}
	return sign + 9
}

// noUnit stands for what lies before the first unit and after the last.
var noUnit = unit{kind: outside}

// frameFeatures appends to to the hashes of what is asked about unit k of f.
func (d *document) frameFeatures(to []uint32, f *frame, k int) []uint32 {
	q := asker{to: to}
	u := &f.units[k]
	w := &d.nodes[u.at]
	c := &d.nodes[f.head]
	c0 := &d.nodes[f.cue.first]
	side := uint32(0)
	switch {
	case u.first >= f.cue.last:
		side = 2
	case f.cue.first < u.last:
		side = 1
	}
	kind := uint32(u.kind)<<4 | uint32(u.offset+8)<<8 | side
	if w.mark {
		kind |= 1 << 7
	}
	cueIn := uint32(0) // is the cue in quotation marks, and the unit in the same?
	if c0.quote > 0 {
		cueIn = 1
		if w.quote == c0.quote {
			cueIn = 2
		}
	}
	at := func(k int) (*unit, *node) {
		if k < 0 || k >= len(f.units) {
			return &noUnit, &edge
		}
		return &f.units[k], &d.nodes[f.units[k].at]
	}
	lu, l := at(k - 1)
	ru, r := at(k + 1)
	llu, ll := at(k - 2)
	rru, rr := at(k + 2)
	look := func(u *unit, v *node) uint32 {
		switch u.kind {
		case outside:
			return 1
		case single:
			return v.xtag
		}
		return 2 + uint32(u.kind)
	}
	t, lt, rt, llt, rrt := look(u, w), look(lu, l), look(ru, r), look(llu, ll), look(rru, rr)
	dist := bucket(k - f.cueAt)
	class := c.class
	set := uint32(d.style[d.sentence[f.cue.first]])
	foreign := uint32(0) // in another cue, or with one between
	switch {
	case u.offset != 0:
	case f.foreign(u.first):
		foreign = 1
	case u.cue:
		foreign = 2
	}
	commas, verbs := u.marks, u.verbs
	mask := u.tags
	if u.offset == 0 {
		mask |= uint32(min(verbs, 3)) << 20
	}
	comma := uint32(min(commas, 4))<<2 | side
	wordOf := uint32(0)
	if u.kind == single {
		wordOf = w.lemma
	}

	q.ask(kind)
	q.ask(pair(kind, cueIn))
	q.ask(pair(kind, dist))
	q.ask(pair(kind, foreign))
	q.ask(pair(kind, comma))
	q.ask(pair(comma, t))
	q.ask(pair(wordOf, side))
	q.ask(pair(t, dist))
	q.ask(pair(t, side))
	q.ask(pair(uint32(w.fine), side))
	q.ask(pair(pair(lt, t), side))
	q.ask(pair(pair(t, rt), side))
	q.ask(pair(pair(lt, t), pair(rt, side)))
	q.ask(pair(pair(lt, llt), pair(t, side)))
	q.ask(pair(pair(rt, rrt), pair(t, side)))
	q.ask(pair(l.lemma, side))
	q.ask(pair(r.lemma, side))
	q.ask(pair(kind, c.lemma))
	q.ask(pair(kind, c.xtag))
	q.ask(pair(kind, pair(c0.lemma, uint32(f.cue.len()))))
	q.ask(pair(pair(t, dist), c.xtag))
	q.ask(pair(pair(t, side), c.lemma))
	q.ask(pair(dist, c.lemma))
	q.ask(pair(kind, set))
	q.ask(pair(mask, side))
	q.ask(pair(mask, pair(t, side)))
	q.ask(pair(uint32(min(verbs, 3)), pair(pair(t, rt), side)))
	q.ask(pair(uint32(w.flags), pair(side, t)))
	if ru.offset != u.offset || lu.offset != u.offset {
		q.ask(pair(kind, pair(uint32(ru.offset+8), uint32(lu.offset+8))))
	}
	opens := uint32(0) // how the unit stands to the edges of its sentence
	if u.offset == 0 {
		if k == f.own.first {
			opens = 1
		}
		if k == f.own.last-1 || k == f.own.last-2 && ru.kind == single && r.tag == article.PUNCT {
			opens |= 2
		}
	}
	q.ask(pair(f.tail, pair(opens, side)))
	q.ask(pair(f.tail, pair(kind, dist)))
	q.ask(pair(f.left, pair(side, t)))
	q.ask(pair(f.right, pair(side, t)))
	q.ask(pair(pair(f.left, f.right), pair(opens, side)))
	q.ask(pair(f.left, pair(f.tail, side)))
	q.ask(pair(f.right, pair(c.lemma, side)))
	q.ask(pair(f.right, pair(dist, kind)))
	q.ask(pair(foreign, pair(f.left, pair(bucket(int(f.tail)), side))))
	q.ask(pair(foreign, pair(pair(f.left, f.right), side)))
	q.ask(pair(foreign, pair(c.lemma, side)))
	q.ask(pair(class, kind))
	q.ask(pair(class, pair(comma, t)))
	q.ask(pair(class, pair(f.right, pair(dist, kind))))
	q.ask(pair(w.named, pair(side, t)))
	q.ask(pair(w.named, dist))
	q.ask(pair(pair(l.named, w.named), pair(r.named, side)))
	q.ask(pair(w.named, pair(u.arg, side)))
	q.ask(pair(kind, f.sure))
	q.ask(pair(side, pair(f.sure, t)))
	q.ask(pair(dist, f.sure))
	q.question = 70
	if f.units[f.cueAt].arg != 0 {
		edgeL, edgeR := uint32(0), uint32(0)
		if lu.top != u.top {
			edgeL = 1
		}
		if ru.top != u.top {
			edgeR = 1
		}
		near := uint32(min(u.below, 3))
		q.ask(pair(u.arg, side))
		q.ask(pair(u.arg, pair(c.lemma, side)))
		q.ask(pair(u.arg, pair(c.xtag, side)))
		q.ask(pair(u.arg, pair(near, uint32(w.rel))))
		q.ask(pair(u.arg, pair(edgeL, edgeR|side<<1)))
		q.ask(pair(u.arg, wordOf))
		q.ask(pair(u.arg, pair(t, dist)))
		q.ask(pair(u.arg, pair(foreign, side)))
		q.ask(pair(u.arg, pair(f.left, side)))
		q.ask(pair(u.arg, pair(f.right, side)))
		q.ask(pair(u.arg, pair(f.tail, side)))
		q.ask(pair(pair(u.arg, opens), pair(near, side)))
		q.ask(pair(pair(u.arg, lu.arg), ru.arg))
		mark := uint32(min(commas, 2))
		q.ask(pair(u.path, pair(u.arg, side)))
		q.ask(pair(u.path, pair(u.arg, pair(mark, side))))
		q.ask(pair(u.path, pair(class, side)))
		q.ask(pair(pair(lu.path, u.path), pair(u.arg, side)))
		q.ask(pair(pair(u.path, ru.path), pair(u.arg, side)))
		q.ask(pair(pair(u.path, ru.path), pair(uint32(w.rel), side)))
		q.ask(pair(u.arg, pair(class, side)))
		q.ask(pair(u.arg, pair(class, pair(edgeL, edgeR|side<<1))))
		q.ask(pair(pair(u.arg, ru.arg), class))
		q.ask(pair(u.arg, pair(uint32(c.coarse), side)))
		q.ask(pair(uint32(w.rel), pair(t, side)))
		q.ask(pair(pair(edgeL, edgeR), pair(uint32(w.rel), pair(lt, rt))))
		q.ask(pair(pair(uint32(l.rel), uint32(w.rel)), uint32(r.rel)))
		q.ask(pair(u.arg, uint32(c.rel)))
		q.ask(pair(u.arg, c.kidsAsked()))
		if u.top >= 0 {
			b := &d.nodes[u.top]
			q.ask(pair(u.arg, pair(b.xtag, side)))
			q.ask(pair(u.arg, pair(b.lemma, edgeL)))
		}
	}
	return q.to
}
