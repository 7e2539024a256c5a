package collation

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"synoptic/article"
	"synoptic/text"
)

// root sets the roots of a point of the units g: who stands at the end of its
// chains of attribution, each once, and how many they are with the origins that
// tell it as their own.
func (c *Collation) root(t *telling, p *Point, g []int32) {
	standing := slices.IndexFunc(p.Passages, func(x Passage) bool { return x.Cite == p.Text })
	var claim func(token int) bool
	if len(g) > 1 {
		claim = c.claim(t.units[g[standing]], p.Text.span)
	}
	var all, sourced, own []int // origins
	p.Roots = nil
	for k, x := range p.Passages {
		if x.Near {
			continue
		}
		origin := c.Accounts[x.account].Origin
		all = append(all, origin)
		name := c.rootName(t, g, k, standing, x.Cite, claim)
		switch kind := t.units[g[k]].kind; {
		case name == "" && kind != article.Headline && kind != article.Caption: // which have no room to say whose it is
			own = append(own, origin)
		case name != "":
			sourced = append(sourced, origin)
			if !slices.Contains(p.Roots, name) {
				p.Roots = append(p.Roots, name)
			}
		}
	}
	slices.Sort(p.Roots)
	p.Rooted = len(p.Roots)
	slices.Sort(all)
	for _, origin := range slices.Compact(all) {
		if slices.Contains(own, origin) || !slices.Contains(sourced, origin) {
			p.Rooted++
		}
	}
}

// rootName is who stands at the end of the chain of attribution of passage k of a
// point, "" where nobody surely does. Only a passage that surely makes the claim of
// the one which stands for the point is asked, and only where what it has of it is
// what somebody is given for: what else was joined to it, or stands in the same
// sentence, may be somebody else's words about something near. standing is the
// place of that one in the group.
func (c *Collation) rootName(t *telling, g []int32, k, standing int, x Cite, claim func(token int) bool) string {
	u := t.units[g[k]]
	if k != standing && !t.backs(g[k], g[standing]) || u.kind == article.Caption {
		return ""
	}
	root := c.rootOf(x.account, x.span)
	if root == nil || u.span.Contains(root.Source.Span) && root.Source.End <= c.withoutDateline(u).Start {
		return "" // the place in a dateline says nothing
	}
	if k != standing {
		given := c.given(u, root)
		if t.words.Held(g[k], g[standing], given, claim) < mostOfClaim || c.ofOthers(u, given, t.units[g[standing]], claim) {
			return ""
		}
	}
	return t.party(root.Source.Name)
}

// ofOthers reports whether what is claimed of somebody by name is told of
// something else in another unit: that one side has left is not said by who says
// that his negotiators have.
func (c *Collation) ofOthers(u unit, in func(token int) bool, claimed unit, of func(token int) bool) bool {
	names, _ := c.subject(claimed, of)
	doer, said := c.subject(u, in)
	return len(names) > 0 && said && !share(names, doer)
}

// subject is the names in the first subject among the tokens of a unit, and
// whether that is said in words of its own and not in a pronoun.
func (c *Collation) subject(u unit, in func(token int) bool) (names []string, said bool) {
	n := c.Accounts[u.account].Analysis
	if !n.Layers.Has(article.Arcs | article.Tags | article.Lemmas) {
		return nil, false
	}
	s := n.Sentences[u.sentence]
	for k := s.First; k < s.Last; k++ {
		if rel := n.Arcs[k].Rel; (rel == article.Nsubj || rel == article.NsubjPass) && in(k-s.First) {
			return c.namesIn(u, k), n.Tokens[k].Tag != article.PRON
		}
	}
	return nil, false
}

// mostOfClaim is the share of a claim that must stand in what a source is given
// for, so that it is the claim's root.
const mostOfClaim = 0.6

// claim tells which tokens of a unit are what its words at span claim: what
// somebody is given for where that is a good part of them, else all.
func (c *Collation) claim(u unit, span text.Span) func(token int) bool {
	a := c.Accounts[u.account]
	first := a.Analysis.Sentences[u.sentence].First
	content, most := []text.Span{span}, span.Len()/4
	for _, t := range a.Analysis.Attributions {
		if n := covered(t.Content, span); n > most {
			content, most = t.Content, n
		}
	}
	return func(token int) bool {
		s := a.Analysis.Tokens[first+token].Span
		return span.Contains(s) && covered(content, s) == s.Len()
	}
}

// given tells which tokens of a unit are surely what the source of t is given
// for. A relative clause that a comma sets off is the writer's as often: "…, the
// ministry said, since the flood, which killed 40".
func (c *Collation) given(u unit, t *article.Attribution) func(token int) bool {
	a := c.Accounts[u.account]
	first := a.Analysis.Sentences[u.sentence].First
	return func(token int) bool {
		s := a.Analysis.Tokens[first+token].Span
		return covered(t.Content, s) == s.Len() && !a.aside(first+token, t.Cue)
	}
}

// aside reports whether a token stands in a relative clause with a comma before
// it that does not hold cue.
func (a Account) aside(token int, cue text.Span) bool {
	n := a.Analysis
	if len(n.Arcs) == 0 {
		return false
	}
	for at := token; at >= 0; at = n.Arcs[at].Head {
		if n.Arcs[at].Rel != article.AclRelcl {
			continue
		}
		first := at // the comma hangs on the clause, or stands before it
		for first > 0 && under(n.Arcs, first-1, at) {
			first--
		}
		if n.Tokens[first].Start <= cue.Start && cue.End <= n.Tokens[at].End {
			return false // "the ministry, which reported 40 dead"
		}
		for _, t := range n.Tokens[max(first-1, 0) : first+1] {
			if t.Of(a.Text) == "," {
				return true
			}
		}
	}
	return false
}

// under reports whether token hangs on top, over however many arcs.
func under(arcs []article.Arc, token, top int) bool {
	for token >= 0 && token != top {
		token = arcs[token].Head
	}
	return token == top
}

// rootOf is the innermost attribution with a known source whose content covers
// most of the words at span: of "the paper reported that the board had said …"
// the board's. It is nil where there is none.
func (c *Collation) rootOf(account int, span text.Span) *article.Attribution {
	var root *article.Attribution
	deepest := -1
	attributions := c.Accounts[account].Analysis.Attributions
	for i := range attributions {
		t := &attributions[i]
		if t.Source.Name == "" || 2*covered(t.Content, span) <= span.Len() {
			continue
		}
		depth := 0
		for at := t.Parent; at >= 0 && depth < len(attributions); at = attributions[at].Parent {
			depth++
		}
		if depth > deepest {
			deepest, root = depth, t
		}
	}
	return root
}

// party is a source of a story, in a form in which it can be compared.
type party struct {
	name   string
	words  []string      // in lower case, without articles, titles, possessives and brackets
	short  string        // the initials of its capitalised words, in lower case
	person *article.Name // nil where it is not known to be a person's name
}

func newParty(name string) party {
	bare, _, _ := strings.Cut(name, " (")
	p := party{name: name}
	for i, w := range strings.Fields(bare) {
		w = strings.TrimFunc(w, func(r rune) bool { return unicode.IsPunct(r) })
		w = strings.TrimSuffix(strings.TrimSuffix(w, "’s"), "'s")
		lower := strings.ToLower(w)
		if w == "" || i == 0 && articles[lower] {
			continue
		}
		if r := firstRune(w); unicode.IsUpper(r) {
			p.short += strings.ToLower(string(r))
		}
		p.words = append(p.words, lower)
	}
	p.words = spokenFor(p.words)
	return p
}

// spokenFor is whom words name behind a spokesman, who speaks for another: of
// "a spokesman for the harbour police" the harbour police, of "a company
// spokesman" the company. A spokesman of nobody stays.
func spokenFor(words []string) []string {
	n := len(words)
	switch {
	case n > 2 && spokesmen[words[0]] && joining[words[1]]:
		if words = words[2:]; len(words) > 1 && articles[words[0]] {
			words = words[1:]
		}
	case n > 1 && spokesmen[words[n-1]]:
		words = words[:n-1]
	}
	return words
}

var spokesmen = wordSet(`spokesman spokeswoman spokesperson`)

var articles = wordSet(`the a an`)

// parties maps every name that a source has in the accounts to one name for its
// party: the name that it has most often, of those as frequent the shortest. The
// whole story is asked, since "the ministry" may only be told for one where no
// second ministry speaks.
func (c *Collation) parties() map[string]string {
	uses, persons := map[string]int{}, map[string]bool{}
	for _, a := range c.Accounts {
		for _, t := range a.Analysis.Attributions {
			if t.Source.Name != "" {
				uses[t.Source.Name]++
			}
		}
		for _, m := range a.Analysis.Mentions {
			if m.Kind == article.Person {
				persons[m.Of(a.Text)] = true
			}
		}
	}
	var all []party
	for name := range uses {
		p := newParty(name)
		if len(p.words) == 0 {
			continue
		}
		if persons[name] && !p.vague() {
			person := article.NewName(article.Person, name)
			p.person = &person
		}
		all = append(all, p)
	}
	// The fullest come first, so that what is short finds whom it may mean.
	slices.SortFunc(all, func(a, b party) int {
		return cmp.Or(cmp.Compare(len(b.words), len(a.words)), cmp.Compare(a.name, b.name))
	})
	var bearers [][]party // each with its fullest name first
	for _, p := range all {
		var mine []int
		for k, b := range bearers {
			if slices.Equal(b[0].words, p.words) {
				mine = []int{k}
				break
			}
			if p.mayBe(b[0]) {
				mine = append(mine, k)
			}
		}
		if len(mine) == 1 {
			bearers[mine[0]] = append(bearers[mine[0]], p)
		} else { // nobody, or one of several
			bearers = append(bearers, []party{p})
		}
	}
	names := map[string]string{}
	for _, b := range bearers {
		best := slices.MinFunc(b, func(x, y party) int {
			return cmp.Or(cmp.Compare(uses[y.name], uses[x.name]), cmp.Compare(len(x.name), len(y.name)), cmp.Compare(x.name, y.name))
		})
		for _, p := range b {
			names[p.name] = best.name
		}
	}
	return names
}

// party is the one name of the party that a source's name stands for.
func (t *telling) party(name string) string { return cmp.Or(t.parties[name], name) }

// mayBe reports whether p can be another name of full, or a shorter one: its
// initials, a name that the same person can bear, a surname behind a first name,
// or an office that full says more of.
func (p party) mayBe(full party) bool {
	if p.person != nil && full.person != nil {
		return p.person.Same(full.person)
	}
	n := len(p.words)
	if n == 1 && len(full.short) > 1 && p.words[0] == full.short {
		return true
	}
	if n >= len(full.words) || !slices.Equal(full.words[len(full.words)-n:], p.words) {
		return false
	}
	return !p.vague() && !full.joined()
}

// vague reports whether p ends in a word that names nobody in particular, or
// names one by another.
func (p party) vague() bool { return generic[p.words[len(p.words)-1]] || p.joined() }

// joined reports whether p names two, or one of another's.
func (p party) joined() bool {
	return slices.ContainsFunc(p.words, func(w string) bool { return joining[w] })
}

// joining are words by which a name names two, or one of another's.
var joining = wordSet(`and or of for from to in at on with close familiar`)

// generic are words that name nobody in particular, whatever stands in front of
// them.
var generic = wordSet(`official officials spokesman spokeswoman spokesperson source sources officer officers investigators investigator
	people person witness witnesses resident residents passenger passengers survivors critics supporters experts expert analysts analyst
	authorities family families relatives friends lawyers lawyer leader leaders member members workers reporters media statement office
	report reports figures mediators aides aide sides`)
