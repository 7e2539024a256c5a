package attribution

// The third model weighs a reading by itself. Trees then see it beside the
// others of its cue, beside what the cues around it are read as, and beside the
// whole article, and choose: a cue within what another is said to have said is
// hardly ever marked as one of its own, two cues seldom share a content, and
// what the author of an article is quoted for once is likely to be quoted again.
// The reading that they hold for the likeliest is taken; where none is likely
// enough to be worth it, the cue was none.

// weighed is a cue with its readings.
type weighed struct {
	cue
	head        int // the token of the cue that the others of it hang on
	first, last int // f.readings[first:last] are of it
	best        int // the reading that the third model likes best, -1 for none
	lemma       uint32
}

// unread stands for the odds of a reading where there is none.
const unread = -300

// likely turns odds into a probability, roughly, and without a function that
// processors round differently.
func likely(odds int32) float32 {
	const soft = 60
	return (1 + float32(odds)/float32(max(odds, -odds)+soft)) / 2
}

// weigh gives every cue its readings and their odds, in order of place.
func (f *Finder) weigh() {
	f.readings, f.weighed = f.readings[:0], f.weighed[:0]
	f.likely = 0
	for c, all := range f.eachCue {
		w := weighed{cue: c, first: len(f.readings), last: len(f.readings), best: -1}
		if c.sure >= worthLook {
			f.consider(c, all)
			w.head, w.last = f.frame.head, len(f.readings)
			w.lemma = f.doc.nodes[w.head].lemma
		}
		for k := w.first; k < w.last; k++ {
			r := &f.readings[k]
			f.features = f.doc.readingFeatures(f.features[:0], &f.frame, r)
			r.odds = f.whole.Odds(f.m.Readings, f.features)
			if w.best < 0 || r.odds > f.readings[w.best].odds {
				w.best = k
			}
		}
		if w.best >= 0 {
			f.likely += likely(f.readings[w.best].odds)
		}
		f.weighed = append(f.weighed, w)
	}
}

// sourced is what a source adds to the log odds of a reading where two are likely
// enough: of two that are as good as each other, the one that tells who spoke
// serves a reader.
const sourced = 0.1

// choose is the reading of weighed cue k that is taken.
func (f *Finder) choose(k int) (reading, bool) {
	w, best, odds := &f.weighed[k], -1, float32(0)
	f.kin = f.besideArticle(f.kin[:0], k)
	for i := w.first; i < w.last; i++ {
		f.facts = f.choiceFeatures(f.facts[:0], k, i)
		o := f.m.Choice.Sum(f.facts)
		if o > 0 && !f.readings[i].source.empty() {
			o += sourced
		}
		if o > odds {
			best, odds = i, o
		}
	}
	if best < 0 {
		return reading{}, false
	}
	return f.readings[best], true
}

// choiceFeatures appends to to what the trees are asked about reading i of
// weighed cue k, f.kin last, which is of the cue.
func (f *Finder) choiceFeatures(to []float32, k, i int) []float32 {
	d, w, r := &f.doc, &f.weighed[k], &f.readings[i]
	s := d.analysis.Sentences[d.sentence[w.tokens.first]]
	words := size(r.content)
	first, last := r.content[0].first, r.content[len(r.content)-1].last
	marked := 0
	for _, c := range r.content {
		for t := c.first; t < c.last; t++ {
			if d.nodes[t].quote > 0 {
				marked++
			}
		}
	}
	to = append(to, float32(r.odds), float32(r.lag), float32(r.ahead), float32(w.lead),
		float32(words), float32(r.source.len()), float32(w.len()), float32(len(r.content)),
		float32(first-w.tokens.last), float32(last-w.tokens.first), float32(first-s.First), float32(s.Last-last), float32(s.Last-s.First),
		float32(marked)/float32(words), float32(w.tokens.first)/float32(len(d.nodes)), float32(d.nodes[w.head].tag))
	to = f.besideReadings(to, w, r, words)
	to = f.besideCues(to, k, r, words)
	return append(to, f.kin...)
}

// besideReadings asks how r stands among the readings of its cue: how far the
// best is ahead, how good the best is that has another content, and how much of
// what is likely has about the same.
func (f *Finder) besideReadings(to []float32, w *weighed, r *reading, words int) []float32 {
	rival, alike, all := int32(unread), float32(0), float32(0)
	for k := w.first; k < w.last; k++ {
		o := &f.readings[k]
		p := likely(o.odds)
		all += p
		if half(common(r.content, o.content), words, size(o.content)) {
			alike += p
		} else {
			rival = max(rival, o.odds)
		}
	}
	return append(to, float32(f.readings[w.best].odds-r.odds), float32(rival), float32(w.last-w.first), alike, alike/all)
}

// beside is how many cues before and after one its readings are seen beside.
const beside = 12

// besideCues asks about the best readings of the cues around: of the likeliest
// that holds this cue, how likely it is, how far away and how much of the content
// it has; of those that this one holds, how many there are; of the others,
// whether they take the same content, another part of it, or the same source.
func (f *Finder) besideCues(to []float32, k int, r *reading, words int) []float32 {
	w := &f.weighed[k]
	holder, within, clash, same, sharer := int32(unread), int32(unread), int32(unread), int32(unread), int32(unread)
	away, held, holds := 0, float32(0), 0
	for j := max(0, k-beside); j < min(len(f.weighed), k+beside+1); j++ {
		o := &f.weighed[j]
		if j == k || o.best < 0 {
			continue
		}
		b := &f.readings[o.best]
		both := common(r.content, b.content)
		in, over := b.holds(w.tokens.first), r.holds(o.tokens.first)
		switch {
		case in && !over:
			if b.odds > holder {
				holder, away, held = b.odds, j-k, float32(both)/float32(words)
			}
		case over && !in:
			within = max(within, b.odds)
			holds++
		case !in && half(both, words, size(b.content)):
			same = max(same, b.odds)
		case both > 0 || in:
			clash = max(clash, b.odds)
		}
		if !r.source.empty() && b.source == r.source {
			sharer = max(sharer, b.odds)
		}
	}
	return append(to, float32(holder), float32(away), held, float32(within), float32(holds), float32(clash), float32(same), float32(sharer))
}

// besideArticle asks how much is attributed in the article, and how likely other
// cues with the lemma of this one are.
func (f *Finder) besideArticle(to []float32, k int) []float32 {
	w := &f.weighed[k]
	kin, sum, best := 0, float32(0), int32(unread)
	for j := max(0, k-nearby); j < min(len(f.weighed), k+nearby+1); j++ {
		if o := &f.weighed[j]; j != k && o.best >= 0 && o.lemma == w.lemma {
			odds := f.readings[o.best].odds
			kin, sum, best = kin+1, sum+likely(odds), max(best, odds)
		}
	}
	return append(to, f.likely/float32(len(f.weighed)), f.likely/float32(len(f.doc.nodes)),
		float32(kin), sum/float32(max(kin, 1)), float32(best))
}

// holds reports whether the content of r has token i.
func (r *reading) holds(i int) bool {
	for _, c := range r.content {
		if c.has(i) {
			return true
		}
	}
	return false
}

// size counts the tokens of a content.
func size(content []tokens) int {
	n := 0
	for _, c := range content {
		n += c.len()
	}
	return n
}

// common counts the tokens that two contents share.
func common(a, b []tokens) int {
	n := 0
	for _, x := range a {
		for _, y := range b {
			n += max(0, min(x.last, y.last)-max(x.first, y.first))
		}
	}
	return n
}

// half reports whether two sets of a and of b things, of which both have so many,
// have at least half of what is in either.
func half(both, a, b int) bool { return both*2 >= a+b-both }
