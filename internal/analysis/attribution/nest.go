package attribution

import (
	"cmp"
	"slices"

	"synoptic/article"
)

// nested adds the attributions within a content: "Kan News said [Hamas was
// insisting that …]". The chains are fitted on texts in which only the outermost
// is marked, so these are read off the parse: a verb of speech with a subject of
// its own and a clause that it governs.
func (f *Finder) nested() {
	d := &f.doc
	verbs := speech()
	outer := len(f.found)
	for i := range outer {
		for _, c := range f.found[i].content {
			if c.len() > 2*wide {
				continue
			}
			for t := c.first; t < c.last; t++ {
				v := &d.nodes[t]
				if v.quote > 0 || v.tag != article.VERB || !verbs[v.lemma] || v.kids&(1<<article.Nsubj) == 0 || v.kids&(1<<article.Ccomp|1<<article.Parataxis) == 0 {
					continue
				}
				if x, ok := d.clause(t, c); ok && !f.isCue(t) {
					f.found = append(f.found, x)
				}
			}
		}
	}
}

// clause is the attribution of the verb at t within a content: its subject and
// its clause, where both lie in the content.
func (d *document) clause(t int, content tokens) (finding, bool) {
	v := &d.nodes[t]
	x := finding{cue: tokens{t, t + 1}, heir: -1}
	for k := max(int(v.first), content.first); k <= int(v.last) && k < content.last; k++ {
		w := &d.nodes[k]
		if int(w.head) != t {
			continue
		}
		r := tokens{int(w.first), int(w.last) + 1}
		switch w.rel {
		case article.Nsubj:
			if w.lemma == hash("i") || w.lemma == hash("you") || w.tag == article.PRON && w.xtag != hash("PRP") {
				return x, false
			}
			x.source = r
		case article.Ccomp, article.Parataxis:
			if !r.has(t) && len(x.content) == 0 {
				x.content = []tokens{r}
			}
		}
	}
	if x.source.empty() || len(x.content) == 0 || x.content[0].len() < 3 {
		return x, false
	}
	inside := func(r tokens) bool { return content.first <= r.first && r.last <= content.last }
	return x, inside(x.source) && inside(x.content[0]) && !x.source.has(t) && (x.source.last <= x.content[0].first || x.content[0].last <= x.source.first)
}

// isCue reports whether token t is in a cue that the chains found.
func (f *Finder) isCue(t int) bool {
	read := f.found[:f.read]
	k, exact := slices.BinarySearchFunc(read, t, func(x finding, at int) int { return cmp.Compare(x.cue.first, at) })
	return exact || k > 0 && read[k-1].cue.has(t)
}
