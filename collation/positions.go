package collation

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"synoptic/article"
	"synoptic/text"
)

// standing is a position while its places are gathered.
type standing struct {
	Position
	described bool     // its holder has no name
	stances   []stance // where it is told
}

// positions lists who wants, demands, offers, accepts, refuses, pledges,
// accuses or denies something, from the verbs of the parse and who does what
// they say. The places of one position are those where the same holder does the
// same in passages that make one claim. A stance that is denied, asked or
// conditional is left out, and one whose holder has no name ("the union") unless
// several origins tell it of the same words, or the story has one such holder.
func (c *Collation) positions(t *telling) []Position {
	var rows []standing
	for i, u := range t.units {
		if u.kind == article.Caption {
			continue
		}
		for _, s := range c.stances(u, int32(i)) {
			at := slices.IndexFunc(rows, func(p standing) bool { return p.takes(&s, t) })
			if at < 0 {
				rows = append(rows, standing{Position{Holder: s.holder, Kind: s.kind, Toward: s.toward, Cites: []Cite{s.cite}}, s.described, []stance{s}})
				continue
			}
			p := &rows[at]
			p.Toward = cmp.Or(p.Toward, s.toward)
			if len(s.holder) > len(p.Holder) && len(s.holder) < 40 {
				p.Holder = s.holder
			}
			if !slices.Contains(p.Cites, s.cite) {
				p.Cites = append(p.Cites, s.cite)
			}
			p.stances = append(p.stances, s)
		}
	}
	ones := c.ones()
	rows = slices.DeleteFunc(rows, func(p standing) bool {
		_, origins := c.support(p.Cites)
		return p.described && origins < 2 && !ones[p.Holder]
	})
	c.oppose(rows, ones, t)
	var list []Position
	for _, p := range rows {
		slices.SortFunc(p.Cites, compareCites)
		slices.SortFunc(p.Opposed, compareCites)
		list = append(list, p.Position)
	}
	slices.SortStableFunc(list, func(a, b Position) int {
		_, x := c.support(a.Cites)
		_, y := c.support(b.Cites)
		return cmp.Or(cmp.Compare(y, x), compareCites(a.Cites[0], b.Cites[0]))
	})
	return list
}

// takes reports whether s is told of the same position.
func (p *standing) takes(s *stance, t *telling) bool {
	if p.Kind != s.kind || p.described != s.described || p.Toward != "" && s.toward != "" && !sameParty(p.Toward, s.toward) {
		return false
	}
	if p.described && p.Holder != s.holder || !p.described && !sameParty(p.Holder, s.holder) {
		return false
	}
	return slices.ContainsFunc(p.stances, func(o stance) bool { return o.unit == s.unit || t.probability(o.unit, s.unit) >= repeats })
}

// sameParty reports whether two names of one story name one party: they are
// equal, or one is a shorter form of the other.
func sameParty(a, b string) bool {
	p, q := newParty(a), newParty(b)
	if len(p.words) > len(q.words) {
		p, q = q, p
	}
	return len(p.words) > 0 && (slices.Equal(p.words, q.words) || p.mayBe(q))
}

// party is the name that a token heads, "" where it names nobody.
func (c *Collation) party(account int, s article.Sentence, head int) string {
	a := c.Accounts[account]
	n := a.Analysis
	for _, m := range n.Mentions {
		if m.First <= head && head < m.Last {
			if m.Entity >= 0 {
				return n.Entities[m.Entity].Name.Of(a.Text)
			}
			return m.Of(a.Text)
		}
	}
	for _, r := range n.References {
		if r.First <= head && head < r.Last && r.Form == article.Pronoun {
			return n.Entities[r.Entity].Name.Of(a.Text)
		}
	}
	if n.Tokens[head].Tag != article.PROPN {
		return ""
	}
	capital := func(k int) bool {
		t := n.Tokens[k]
		return t.Tag != article.DET && t.Tag != article.ADP && unicode.IsUpper([]rune(t.Of(a.Text))[0])
	}
	first, last := head, head
	for first > s.First && capital(first-1) {
		first--
	}
	for last+1 < s.Last && n.Tokens[last+1].Tag == article.PROPN {
		last++
	}
	return untitled(text.Span{Start: n.Tokens[first].Start, End: n.Tokens[last].End}.Of(a.Text))
}

// titles stand in front of names and are no part of them.
var titles = wordSet(`mr mrs ms miss dr prof sir lord lady president vice premier prime minister secretary senator representative congressman
	congresswoman mayor governor king queen prince princess pope judge justice attorney general colonel major captain lieutenant sergeant
	admiral chief constable superintendent inspector commissioner officer director chairman chairwoman chairperson envoy ambassador
	special deputy assistant acting former spokesman spokeswoman spokesperson chancellor foreign defence defense interior transport health
	finance us u.s uk eu middle east state department news coach professor`)

// untitled is a name of several words without the titles in front of it.
func untitled(name string) string {
	words := strings.Fields(name)
	for k := len(words) - 2; k >= 0; k-- {
		if w := strings.ToLower(strings.Trim(words[k], ".,")); titles[w] {
			return strings.Join(words[k+1:], " ")
		}
	}
	return name
}

// subtree is the span of a token with all that hangs from it.
func subtree(n *article.Analysis, s article.Sentence, head int) text.Span {
	span := n.Tokens[head].Span
	for k := s.First; k < s.Last; k++ {
		for at, steps := k, 0; at >= 0 && steps < 40; at, steps = n.Arcs[at].Head, steps+1 {
			if at == head {
				span.Start, span.End = min(span.Start, n.Tokens[k].Start), max(span.End, n.Tokens[k].End)
				break
			}
		}
	}
	return span
}

// leftmost is the first token of what hangs from head.
func leftmost(n *article.Analysis, s article.Sentence, head int) int {
	span := subtree(n, s, head)
	for k := s.First; k < s.Last; k++ {
		if n.Tokens[k].Start >= span.Start {
			return k
		}
	}
	return head
}
