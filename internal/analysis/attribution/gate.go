package attribution

import "synoptic/internal/model/chain"

// shut is the scores of a token that the gate keeps out: no label but cueNone is
// in the race.
var shut = chain.Scores{cueBegin: chain.Never, cueInside: chain.Never}

// couldBeCue reports whether token i of the sentence s could be of a cue. A few
// questions tell most that could not from those that could, and spare the first
// chain ten times as many.
func (f *Finder) couldBeCue(i int, s tokens) bool {
	if f.m.Gate == nil {
		return true
	}
	f.features = f.doc.gateFeatures(f.features[:0], i, s)
	return f.m.Gate.Odds(f.features) > 0
}

// gateFeatures appends to to the hashes of what is asked about token i, of the
// sentence s, to tell whether it could be of a cue.
func (d *document) gateFeatures(to []uint32, i int, s tokens) []uint32 {
	w, l, r, head := &d.nodes[i], &edge, &edge, &edge
	if i > s.first {
		l = &d.nodes[i-1]
	}
	if i+1 < s.last {
		r = &d.nodes[i+1]
	}
	if w.head >= 0 {
		head = &d.nodes[w.head]
	}
	q := asker{to: to}
	q.ask(w.lemma)
	q.ask(pair(w.lemma, uint32(w.rel)))
	q.ask(pair(w.class, uint32(d.place(i, s))))
	q.ask(pair(w.kidsAsked(), w.xtag))
	q.ask(pair(l.lemma, w.xtag))
	q.ask(pair(r.xtag, w.xtag))
	q.ask(pair(head.lemma, uint32(w.rel)))
	return q.to
}
