package collation

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"synoptic/article"
	"synoptic/text"
)

// unsure are words that take a stance back into what may be: "could accept".
var unsure = wordSet(`would could might may should if unless whether can`)

// kindness is what is offered without taking a position.
var kindness = wordSet(`thought prayer condolence sympathy apology congratulation thanks word glimpse insight advice`)

// relative are words whose sentence says elsewhere whom they mean.
var relative = wordSet(`who which that`)

// silent are verbs of what is refused without taking a position.
var silent = wordSet(`say comment answer respond reply speak elaborate discuss talk`)

// stance is one place where a party takes a position.
type stance struct {
	holder, kind, toward string
	unit                 int32
	cite                 Cite
}

// positions lists who wants, demands, offers, accepts, refuses, pledges,
// accuses or denies something, from the verbs and subjects of the parse. The
// places of one position are those where the same holder does the same in
// passages that make one claim. A stance that is denied, asked, conditional or
// without a named holder is left out.
func (c *Collation) positions(t *telling) []Position {
	var rows []Position
	var units [][]int32
	for i, u := range t.units {
		if u.kind == article.Caption {
			continue
		}
		for _, s := range c.stances(u, int32(i)) {
			at := slices.IndexFunc(rows, func(p Position) bool {
				return p.Kind == s.kind && sameParty(p.Holder, s.holder) && (p.Toward == "" || s.toward == "" || sameParty(p.Toward, s.toward)) &&
					slices.ContainsFunc(units[slices.IndexFunc(rows, func(q Position) bool { return q.Cites[0] == p.Cites[0] })], func(k int32) bool {
						return k == s.unit || t.probability(k, s.unit) >= repeats
					})
			})
			if at < 0 {
				rows = append(rows, Position{Holder: s.holder, Kind: s.kind, Toward: s.toward, Cites: []Cite{s.cite}})
				units = append(units, []int32{s.unit})
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
			units[at] = append(units[at], s.unit)
		}
	}
	for i := range rows {
		slices.SortFunc(rows[i].Cites, compareCites)
	}
	slices.SortStableFunc(rows, func(a, b Position) int {
		_, x := c.support(a.Cites)
		_, y := c.support(b.Cites)
		return cmp.Or(cmp.Compare(y, x), compareCites(a.Cites[0], b.Cites[0]))
	})
	return rows
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

// stances finds the positions that a unit tells of.
func (c *Collation) stances(u unit, number int32) []stance {
	a := c.Accounts[u.account]
	n := a.Analysis
	if len(n.Arcs) != len(n.Tokens) || strings.Contains(u.span.Of(a.Text), "?") {
		return nil
	}
	s, told := n.Sentences[u.sentence], c.withoutDateline(u).Start
	var list []stance
	for v := s.First; v < s.Last; v++ {
		token := n.Tokens[v]
		kind := verbs[token.Lemma].stance
		if token.Tag != article.VERB || kind == "" {
			continue
		}
		subject, object, toward, denied := -1, -1, -1, false
		for k := s.First; k < s.Last; k++ {
			if n.Arcs[k].Head != v {
				continue
			}
			word := strings.ToLower(n.Tokens[k].Of(a.Text))
			switch n.Arcs[k].Rel {
			case article.Nsubj:
				subject = k
			case article.Obj, article.Ccomp, article.Xcomp:
				object = k
			case article.Iobj:
				toward = k
			case article.Obl:
				if object < 0 {
					object = k
				}
			case article.Advmod, article.Aux, article.Mark:
				denied = denied || unsure[word] || word == "not" || word == "n't" || word == "n’t" || word == "never"
			case article.NsubjPass, article.AuxPass:
				denied = true // whoever does it is not its subject
			}
		}
		if denied || subject < 0 || object < 0 || object < v && subject > object {
			continue
		}
		// "which rejected it" and "declined to comment" say nothing by themselves.
		if relative[strings.ToLower(n.Tokens[subject].Of(a.Text))] || n.Tokens[object].Tag == article.PRON || silent[n.Tokens[object].Lemma] ||
			n.Tokens[object].Tag == article.PART || n.Tokens[object].Tag == article.ADP {
			continue
		}
		if token.Lemma == "commit" && n.Arcs[object].Rel == article.Obj || n.Tokens[subject].Start < told {
			continue // a crime; and the place in a dateline
		}
		if kind == "offers" && kindness[n.Tokens[object].Lemma] {
			continue
		}
		holder := c.party(u.account, s, subject)
		if holder == "" {
			continue
		}
		if kind == "accuses" {
			toward = object
		}
		x := stance{holder: holder, kind: kind, unit: number}
		if toward >= 0 {
			x.toward = c.party(u.account, s, toward)
		}
		if kind == "accuses" && x.toward == "" {
			continue
		}
		span := subtree(n, s, v)
		span.Start = n.Tokens[leftmost(n, s, subject)].Start
		for span.End > span.Start && strings.ContainsRune(" .,;:—–-", rune(a.Text[span.End-1])) {
			span.End--
		}
		if !s.Contains(span) || span.Empty() || span.Check(a.Text) != nil {
			span = s.Span
		}
		x.cite = c.cite(u.account, span)
		list = append(list, x)
	}
	return list
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
