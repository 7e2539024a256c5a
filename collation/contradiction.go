package collation

import (
	"slices"
	"strings"

	"synoptic/article"
)

// deed is a verb of a unit that is said to be so or not to be so, and of whom.
type deed struct {
	lemma  string
	not    bool
	agent  []string // lemmas of who does it; none where it is not said
	pro    bool     // who does it stands in a pronoun
	theme  []string // lemmas of whom or what it is done to
	doers  []string // names in what does it
	things []string // names in what it is done to
	status verb
}

// contradiction sets passages against each other of which one says that
// something is so and the other, of the same verb or its opposite, of the same
// doer and the same thing, that it is not. An account that says both, as one
// does that tells of a dispute, is on neither side.
func (c *Collation) contradiction(t *telling, n int) Dispute {
	g, p := t.points[n], c.Points[n]
	side := make([]int, len(g)) // 1 and 2 for the sides, 0 for neither, 3 for both
	apart := false              // two origins contradict each other
	for k, i := range g {
		for m, j := range g[:k] {
			if t.units[i].account == t.units[j].account || t.probability(i, j) < repeats {
				continue
			}
			switch said, against := contradict(c.deeds(t, i), c.deeds(t, j)); {
			case said:
				side[k], side[m] = side[k]|1, side[m]|2
			case against:
				side[k], side[m] = side[k]|2, side[m]|1
			default:
				continue
			}
			apart = apart || !c.sameOrigin(t.units[i], t.units[j])
		}
	}
	if !apart {
		return Dispute{}
	}
	var sides [2][]Cite
	torn := map[int]int{} // sides by account
	for k := range g {
		torn[p.Passages[k].account] |= side[k]
	}
	for k := range g {
		if s := side[k]; s != 0 && torn[p.Passages[k].account] != 3 {
			sides[s-1] = append(sides[s-1], p.Passages[k].Cite)
		}
	}
	if len(sides[0]) == 0 || len(sides[1]) == 0 {
		return Dispute{}
	}
	accounts, origins := c.support(sides[0])
	if a, o := c.support(sides[1]); o > origins || o == origins && a > accounts {
		sides[0], sides[1] = sides[1], sides[0]
	}
	return Dispute{Kind: Contradicted, Sides: sides[:]}
}

// Opposed reports whether a passage of p stands against the words for it: there
// is a dispute with these words on one side and the passage on another.
func (p *Point) Opposed(x Cite) bool {
	if len(p.Disputes) == 0 {
		return false
	}
	on := func(side []Cite, x Cite) bool {
		return slices.ContainsFunc(side, func(y Cite) bool { return x.account == y.account && x.span.Overlaps(y.span) })
	}
	return slices.ContainsFunc(p.Disputes, func(d Dispute) bool {
		mine := slices.IndexFunc(d.Sides, func(side []Cite) bool { return on(side, p.Text) })
		if mine < 0 || on(d.Sides[mine], x) {
			return false
		}
		return slices.ContainsFunc(d.Sides, func(side []Cite) bool { return on(side, x) })
	})
}

// side tells which of two sides a deed is on.
func (d *deed) side() bool { return d.status.other != d.not }

// contradict reports whether a deed of x is so that one of y says is not so, or
// the other way round.
func contradict(x, y []deed) (said, against bool) {
	for i := range x {
		for k := range y {
			a, b := &x[i], &y[k]
			same := a.lemma == b.lemma || a.status.pair != 0 && a.status.pair == b.status.pair
			if same && a.side() != b.side() && a.alike(b) {
				return !a.side(), a.side()
			}
		}
	}
	return false, false
}

// alike reports whether two deeds are of the same doer and the same thing, as far
// as both say. Something of them must be the same.
func (d *deed) alike(o *deed) bool {
	if others(d.doers, o.doers) || others(d.things, o.things) {
		return false
	}
	theme := share(d.theme, o.theme)
	if !theme && len(d.theme)+len(o.theme) > 0 {
		return false
	}
	return share(d.agent, o.agent) || theme && (d.pro || o.pro || len(d.agent) == 0 || len(o.agent) == 0)
}

// others reports whether both have names and none in common.
func others(x, y []string) bool { return len(x) > 0 && len(y) > 0 && !share(x, y) }

func share(x, y []string) bool {
	return slices.ContainsFunc(x, func(w string) bool { return slices.Contains(y, w) })
}

// hedged are words that take a "not" or a verb back into what may be, or until
// when, or how far. "Had not" tells of an earlier time.
var hedged = wordSet(`would could might may should must if unless whether until till yet only just always necessarily fully entirely all every
	both immediately before again longer initially first had`)

// deeds are those of a unit, read when first asked for.
func (c *Collation) deeds(t *telling, i int32) []deed {
	if t.deeds == nil {
		t.deeds = make([][]deed, len(t.units))
	}
	if t.deeds[i] == nil {
		t.deeds[i] = c.readDeeds(t.units[i])
	}
	return t.deeds[i]
}

// readDeeds lists the verbs of a unit that tell what is so, or is not so: those that
// nothing hedges, that are not asked, and that hang at most from a verb of
// saying. The list is never nil.
func (c *Collation) readDeeds(u unit) []deed {
	a := c.Accounts[u.account]
	n := a.Analysis
	if len(n.Arcs) != len(n.Tokens) || strings.Contains(u.span.Of(a.Text), "?") {
		return []deed{}
	}
	s := n.Sentences[u.sentence]
	list := []deed{}
	for v := s.First; v < s.Last; v++ {
		token := n.Tokens[v]
		if token.Tag != article.VERB || !asserted(n, v) {
			continue
		}
		d := deed{lemma: token.Lemma, status: verbs[token.Lemma]}
		hedge := false
		for k := s.First; k < s.Last; k++ {
			if n.Arcs[k].Head != v {
				continue
			}
			word := strings.ToLower(n.Tokens[k].Of(a.Text))
			hedge = hedge || hedged[word] || d.not && n.Arcs[k].Rel == article.Advcl
			switch n.Arcs[k].Rel {
			case article.Nsubj, article.OblAgent:
				d.agent = c.lemmas(u, k)
				d.doers = append(d.doers, c.namesIn(u, k)...)
				d.pro = n.Tokens[k].Tag == article.PRON
			case article.Obj, article.NsubjPass, article.Ccomp, article.Xcomp:
				d.theme = append(d.theme, c.lemmas(u, k)...)
				d.things = append(d.things, c.namesIn(u, k)...)
			case article.Cc, article.CcPreconj:
				hedge = hedge || word == "neither" || word == "nor" // it is not so, and hangs on another verb's words
			case article.Advmod, article.Det, article.Aux:
				d.not = d.not != (word == "not" || word == "n't" || word == "n’t" || word == "never")
			}
		}
		if !hedge && (d.not || d.status.pair != 0 || len(d.agent)+len(d.theme) > 0) {
			list = append(list, d)
		}
	}
	return list
}

// asserted reports whether a verb tells what is so: it is the head of its
// sentence, or joined to it, or the content of a saying.
func asserted(n *article.Analysis, v int) bool {
	for at, steps := v, 0; steps < 8; steps++ {
		head := n.Arcs[at].Head
		if head < 0 {
			return true
		}
		switch n.Arcs[at].Rel {
		case article.Ccomp, article.Parataxis:
			if !affirming[n.Tokens[head].Lemma] {
				return false
			}
		case article.Conj:
		default:
			return false
		}
		at = head
	}
	return false
}

// affirming are verbs whose content is told as so.
var affirming = wordSet(`say report tell announce confirm state add write declare note explain show find`)

// lemmas are those of the content words of a token and what names or numbers
// it more closely.
func (c *Collation) lemmas(u unit, token int) []string {
	n := c.Accounts[u.account].Analysis
	s := n.Sentences[u.sentence]
	var list []string
	for k := s.First; k < s.Last; k++ {
		close := k == token
		if n.Arcs[k].Head == token {
			switch n.Arcs[k].Rel {
			case article.Compound, article.Flat, article.Appos:
				close = true
			}
		}
		if t := n.Tokens[k]; close && (t.Tag == article.NOUN || t.Tag == article.PROPN || t.Tag == article.VERB) {
			list = append(list, strings.ToLower(t.Lemma))
		}
	}
	return list
}

// namesIn is the lemmas of the names in what hangs from a token.
func (c *Collation) namesIn(u unit, token int) []string {
	n := c.Accounts[u.account].Analysis
	s := n.Sentences[u.sentence]
	var list []string
	for k := s.First; k < s.Last; k++ {
		if n.Tokens[k].Tag == article.PROPN && under(n.Arcs, k, token) {
			list = append(list, strings.ToLower(n.Tokens[k].Lemma))
		}
	}
	return list
}
