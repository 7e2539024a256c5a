package attribution

import (
	"synoptic/article"
	"synoptic/internal/model/word"
)

// edge stands for what lies before the first token of a sentence and after its
// last.
var edge = node{norm: 1, cased: 1, lemma: 1, xtag: 1}

// asker hashes answers to questions, which it numbers in the order asked.
type asker struct {
	to       []uint32
	question uint32
}

func (q *asker) ask(answer uint32) {
	q.question++
	q.to = append(q.to, word.Key(q.question, answer))
}

func pair(a, b uint32) uint32 { return word.Pair(a, b) }

// place is where a token stands towards the quotations of its sentence.
type place uint32

const (
	plain     place = iota
	inside          // in quotation marks
	marking         // a mark itself
	afterMark       // up to three tokens after a closing mark
	ahead           // up to three tokens before an opening mark
	between         // both
)

func (d *document) place(i int, s tokens) place {
	v := &d.nodes[i]
	switch {
	case v.mark:
		return marking
	case v.quote > 0:
		return inside
	}
	near := func(from, to, step int) bool {
		for k, n := from, 0; k != to && n < 3; k, n = k+step, n+1 {
			if d.nodes[k].quote > 0 {
				return true
			}
		}
		return false
	}
	after, before := near(i-1, s.first-1, -1), near(i+1, s.last, 1)
	switch {
	case after && before:
		return between
	case after:
		return afterMark
	case before:
		return ahead
	}
	return plain
}

// cueFeatures appends to to the hashes of what is asked about token i, of the
// sentence s, to tell whether it is a cue.
func (d *document) cueFeatures(to []uint32, i int, s tokens) []uint32 {
	at := func(k int) *node {
		if k < s.first || k >= s.last {
			return &edge
		}
		return &d.nodes[k]
	}
	w, l, r, ll, rr := at(i), at(i-1), at(i+1), at(i-2), at(i+2)
	where := uint32(d.place(i, s))
	set := uint32(d.style[d.sentence[i]])
	q := asker{to: to}
	first := uint32(0)
	if i == s.first {
		first = 1
	}
	q.ask(set)
	q.ask(w.norm)
	q.ask(w.lemma)
	q.ask(pair(w.lemma, w.xtag))
	q.ask(pair(w.lemma, where))
	q.ask(w.xtag)
	q.ask(pair(w.xtag, where))
	q.ask(pair(w.xtag, set))
	q.ask(uint32(w.fine))
	q.ask(uint32(w.coarse)<<8 | where)
	q.ask(w.end)
	q.ask(w.start)
	q.ask(uint32(w.flags)<<4 | first)
	q.ask(where)
	q.ask(l.lemma)
	q.ask(r.lemma)
	q.ask(ll.lemma)
	q.ask(rr.lemma)
	q.ask(l.xtag)
	q.ask(r.xtag)
	q.ask(uint32(l.fine))
	q.ask(uint32(r.fine))
	q.ask(pair(l.xtag, w.lemma))
	q.ask(pair(w.lemma, r.xtag))
	q.ask(pair(l.xtag, w.xtag))
	q.ask(pair(w.xtag, r.xtag))
	q.ask(pair(pair(l.xtag, w.xtag), r.xtag))
	q.ask(pair(pair(ll.xtag, l.xtag), w.xtag))
	q.ask(pair(pair(w.xtag, r.xtag), rr.xtag))
	q.ask(pair(pair(l.xtag, w.lemma), r.xtag))
	q.ask(pair(r.xtag, pair(rr.xtag, at(i+3).xtag)))
	q.ask(pair(l.xtag, pair(ll.xtag, at(i-3).xtag)))
	class := w.class
	q.ask(class)
	q.ask(pair(class, w.xtag))
	q.ask(pair(class, pair(where, w.xtag)))
	q.ask(pair(class, r.xtag))
	q.ask(pair(class, l.xtag))
	q.ask(pair(l.named&15, pair(class, r.xtag)))
	q.ask(pair(r.named&15, class))
	if d.nodes[i].head >= 0 || d.nodes[i].kids != 0 {
		d.cueTree(&q, i, where)
	}
	return q.to
}

// kidRels are the dependents that tell a cue.
const kidRels = 1<<article.Nsubj | 1<<article.NsubjPass | 1<<article.Ccomp | 1<<article.Xcomp | 1<<article.Obj | 1<<article.Obl |
	1<<article.Parataxis | 1<<article.OblAgent | 1<<article.Acl | 1<<article.Advcl | 1<<article.Mark | 1<<article.Case | 1<<article.Nmod | 1<<article.NmodPoss

// kidsAsked is which of kidRels the dependents of n have, as a hash.
func (n *node) kidsAsked() uint32 { return uint32(n.kids&kidRels) ^ uint32(n.kids&kidRels>>32)*31 }

// cueTree asks about the parse.
func (d *document) cueTree(q *asker, i int, where uint32) {
	w := &d.nodes[i]
	head := &edge
	up := article.Root
	if w.head >= 0 {
		head = &d.nodes[w.head]
		up = head.rel
	}
	kids := w.kidsAsked()
	q.ask(uint32(w.rel))
	q.ask(pair(w.lemma, uint32(w.rel)))
	q.ask(pair(w.xtag, uint32(w.rel)))
	q.ask(head.lemma)
	q.ask(pair(head.xtag, uint32(w.rel)))
	q.ask(pair(head.lemma, uint32(w.rel)))
	q.ask(uint32(w.rel)<<8 | uint32(up))
	q.ask(kids)
	q.ask(pair(kids, w.lemma))
	q.ask(pair(kids, w.xtag))
	q.ask(pair(kids, w.class))
	q.ask(pair(kids, where))
	// The subject, the clause and the object: what they are and where.
	var subject, clause, object uint32 = 0, 0, 0
	for k := int(w.first); k <= int(w.last); k++ {
		v := &d.nodes[k]
		if int(v.head) != i {
			continue
		}
		side := uint32(1)
		if k > i {
			side = 2
		}
		switch v.rel {
		case article.Nsubj, article.NsubjPass:
			subject = pair(pair(v.xtag, v.named&15), side)
			q.ask(uint32(v.fine))
			q.question--
			q.ask(v.lemma)
			q.question--
		case article.Ccomp, article.Parataxis, article.Xcomp, article.Advcl, article.Acl:
			quoted := uint32(0)
			if v.quote > 0 {
				quoted = 1
			}
			clause = uint32(v.rel)<<4 | side<<1 | quoted
			q.ask(pair(clause, v.xtag))
			q.question--
		case article.Obj:
			object = pair(v.xtag, side)
			q.ask(pair(v.lemma, 7))
			q.question--
			q.ask(pair(uint32(v.fine), 8))
			q.question--
		}
	}
	q.question++
	q.ask(subject)
	q.ask(clause)
	q.ask(object)
	q.ask(pair(subject, w.lemma))
	q.ask(pair(clause, w.lemma))
	q.ask(pair(object, w.lemma))
	q.ask(pair(subject, clause))
	q.ask(pair(clause, where))
	// What holds it: is it within what another is said to have said?
	above, relation := w.head, w.rel
	for n := 0; above >= 0 && n < deepest; n++ {
		if relation == article.Ccomp || relation == article.Parataxis || relation == article.Acl || relation == article.Advcl {
			v := &d.nodes[above]
			q.ask(pair(v.lemma, uint32(relation)))
			q.ask(pair(v.xtag, uint32(relation)))
			break
		}
		relation, above = d.nodes[above].rel, d.nodes[above].head
	}
}
