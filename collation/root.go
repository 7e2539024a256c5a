package collation

import (
	"cmp"
	"iter"
	"slices"
	"strings"
	"unicode"

	"synoptic/article"
	"synoptic/text"
)

// roots lists who stands at the end of the chains of attribution of a point,
// each once. Only passages that surely make the claim of the one which stands
// for the point are asked: what else was joined to them may be somebody else's
// words about something near. Nor does a passage say whose claim a number is that
// it has in an aside. standing is its place in the group.
func (c *Collation) roots(t *telling, g []int32, passages []Passage, standing int) []string {
	var names []string
	for k, x := range passages {
		if t.units[g[k]].kind == article.Caption {
			continue
		}
		if k != standing && (t.probability(g[k], g[standing]) < repeats || c.numberAside(x, passages[standing])) {
			continue
		}
		s, u := c.rootOf(x.account, x.span), t.units[g[k]]
		if s.Name == "" || u.span.Contains(s.Span) && s.Span.End <= c.withoutDateline(u).Start {
			continue // the place in a dateline says nothing
		}
		if name := cmp.Or(t.parties[s.Name], s.Name); !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// numberAside reports whether x has a number of standing in a relative clause that
// a comma sets off. Such a clause is the writer's as often as it is the source's
// of the sentence: "…, the ministry said, since the flood, which killed 40".
func (c *Collation) numberAside(x, standing Passage) bool {
	theirs, a := c.Accounts[standing.account], c.Accounts[x.account]
	numbers := map[string]bool{}
	for i := range theirs.numbers(standing.span) {
		numbers[theirs.Analysis.Tokens[i].Of(theirs.Text)] = true
	}
	for i := range a.numbers(x.span) {
		if numbers[a.Analysis.Tokens[i].Of(a.Text)] && a.aside(i) {
			return true
		}
	}
	return false
}

// numbers yields the tokens within span that are numerals, by index.
func (a Account) numbers(span text.Span) iter.Seq[int] {
	return func(yield func(int) bool) {
		tokens := a.Analysis.Tokens
		first, _ := slices.BinarySearchFunc(tokens, span.Start, func(t article.Token, at int) int { return cmp.Compare(t.Start, at) })
		for i := first; i < len(tokens) && tokens[i].End <= span.End; i++ {
			if tokens[i].Tag == article.NUM && !yield(i) {
				return
			}
		}
	}
}

// aside reports whether a token stands in a relative clause with a comma before
// it.
func (a Account) aside(token int) bool {
	arcs := a.Analysis.Arcs
	if len(arcs) == 0 {
		return false
	}
	for at := token; at >= 0; at = arcs[at].Head {
		if arcs[at].Rel != article.AclRelcl {
			continue
		}
		first := at // the comma hangs on the clause, or stands before it
		for first > 0 && under(arcs, first-1, at) {
			first--
		}
		for _, t := range a.Analysis.Tokens[max(first-1, 0) : first+1] {
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

// rootOf is the source of the innermost attribution whose content covers most
// of the words at span: of "the paper reported that the board had said …" the
// board.
func (c *Collation) rootOf(account int, span text.Span) Source {
	var root Source
	deepest := -1
	attributions := c.Accounts[account].Analysis.Attributions
	for _, t := range attributions {
		if t.Source.Name == "" || 2*covered(t.Content, span) <= span.Len() {
			continue
		}
		depth := 0
		for at := t.Parent; at >= 0 && depth < len(attributions); at = attributions[at].Parent {
			depth++
		}
		if depth > deepest {
			deepest, root = depth, Source{Name: t.Source.Name, Span: t.Source.Span}
		}
	}
	return root
}

// party is a source of a story, in a form in which it can be compared.
type party struct {
	name  string
	words []string // in lower case, without articles, titles, possessives and brackets
	short string   // the initials of its capitalised words, in lower case
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
	return p
}

var articles = wordSet(`the a an`)

// parties maps every name that a source has in the accounts to one name for its
// party: the name that it has most often, of those as frequent the shortest. The
// whole story is asked, since "the ministry" may only be told for one where no
// second ministry speaks.
func (c *Collation) parties() map[string]string {
	uses := map[string]int{}
	for _, a := range c.Accounts {
		for _, t := range a.Analysis.Attributions {
			if t.Source.Name != "" {
				uses[t.Source.Name]++
			}
		}
	}
	var all []party
	for name := range uses {
		if p := newParty(name); len(p.words) > 0 {
			all = append(all, p)
		}
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

// mayBe reports whether p can be a shorter name of full: its initials, a
// surname behind a first name, or an office that full says more of.
func (p party) mayBe(full party) bool {
	n := len(p.words)
	if n == 1 && len(full.short) > 1 && p.words[0] == full.short {
		return true
	}
	if n >= len(full.words) || !slices.Equal(full.words[len(full.words)-n:], p.words) {
		return false
	}
	return !generic[p.words[n-1]] && !slices.ContainsFunc(full.words, func(w string) bool { return joining[w] })
}

// joining are words by which a name names two, or one of another's.
var joining = wordSet(`and or of for from to in at on with close familiar`)

// generic are words that name nobody in particular, whatever stands in front of
// them.
var generic = wordSet(`official officials spokesman spokeswoman spokesperson source sources officer officers investigators investigator
	people person witness witnesses resident residents passenger passengers survivors critics supporters experts expert analysts analyst
	authorities family families relatives friends lawyers lawyer leader leaders member members workers reporters media statement office
	report reports figures mediators aides aide sides`)
