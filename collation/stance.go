package collation

import (
	"strings"

	"synoptic/article"
)

// unsure are words that take a stance back into what may be: "could accept".
var unsure = wordSet(`would could might may should if unless whether can`)

// kindness is what is offered without taking a position.
var kindness = wordSet(`thought prayer condolence sympathy apology congratulation thanks word glimpse insight advice`)

// relative are words whose sentence says elsewhere whom they mean.
var relative = wordSet(`who which that`)

// silent are verbs of what is refused without taking a position.
var silent = wordSet(`say comment answer respond reply speak elaborate discuss talk`)

// negating are words by which a stance is not taken.
var negating = wordSet(`not n't n’t never longer neither nor hardly`)

// notPassive are verbs that tell something else in the passive: "required by
// law", "committed by robbers".
var notPassive = wordSet(`require commit insist`)

// unreal are words before a noun of which it is not said that there is one.
var unreal = wordSet(`any no every each either neither`)

// stance is one place where a party takes a position.
type stance struct {
	holder, kind, toward string
	described            bool // the holder has no name
	unit                 int32
	cite                 Cite
	matter               string // what is accepted or refused, "" where it is not sure
	day                  string // when, "" where it is not sure
}

// taking is the tokens of a verb by which a position is taken, -1 for what is
// not there.
type taking struct {
	first  int // with whose phrase it begins
	holder int // who takes it
	object int // what it is about
	toward int // whom it is turned to
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
		x, ok := a.takes(s, v, kind)
		if !ok || n.Tokens[x.first].Start < told {
			continue // the place in a dateline
		}
		// "which rejected it" and "declined to comment" say nothing by themselves.
		switch o := n.Tokens[x.object]; {
		case relative[strings.ToLower(n.Tokens[x.holder].Of(a.Text))], silent[o.Lemma], kind == "offers" && kindness[o.Lemma]:
			continue
		case o.Tag == article.PRON, o.Tag == article.PART, o.Tag == article.ADP:
			continue
		}
		p := stance{holder: c.party(u.account, s, x.holder), kind: kind, unit: number}
		if p.holder == "" {
			p.holder = a.called(s, x.holder, u.kind == article.Headline)
			p.described = true
		}
		if p.holder == "" {
			continue
		}
		if x.toward >= 0 {
			p.toward = c.party(u.account, s, x.toward)
		}
		if kind == "accuses" && p.toward == "" {
			continue
		}
		first := leftmost(n, s, x.first)
		for first < x.first && n.Tokens[first].Tag == article.ADP {
			first++ // "the end [of an offer rejected by residents]"
		}
		span := subtree(n, s, v)
		span.Start = n.Tokens[first].Start
		for span.End > span.Start && strings.ContainsRune(" .,;:—–-", rune(a.Text[span.End-1])) {
			span.End--
		}
		if !s.Contains(span) || span.Empty() || span.Check(a.Text) != nil {
			span = s.Span
		}
		p.cite = c.cite(u.account, span)
		if one := !strings.HasSuffix(n.Tokens[x.holder].XTag, "S"); one && verbs[token.Lemma].pair == consent && a.once(s, v) {
			p.matter, p.day = a.matter(s, v, x.object), c.day(u)
		}
		list = append(list, p)
	}
	return list
}

// takes reads whose position the verb v tells, which is of the kind, and of
// what; not ok where it tells none.
func (a Account) takes(s article.Sentence, v int, kind string) (taking, bool) {
	n := a.Analysis
	subject, about, agent, object, oblique, recipient := -1, -1, -1, -1, -1, -1 // about is the subject of a passive
	passive := false
	for k := s.First; k < s.Last; k++ {
		if n.Arcs[k].Head != v {
			continue
		}
		word := strings.ToLower(n.Tokens[k].Of(a.Text))
		switch n.Arcs[k].Rel {
		case article.Nsubj:
			subject = k
		case article.NsubjPass:
			about, passive = k, true
		case article.OblAgent:
			agent, passive = k, true
		case article.Obj, article.Ccomp, article.Xcomp:
			object = k
		case article.Iobj:
			recipient = k
		case article.Obl:
			if oblique < 0 {
				oblique = k
			}
		case article.AuxPass:
			passive = true
			if n.Tokens[k].XTag == "VB" {
				return taking{}, false // is to be, or will be
			}
		case article.Advmod, article.Aux, article.Mark, article.Cc, article.CcPreconj:
			if unsure[word] || negating[word] {
				return taking{}, false
			}
		}
	}
	if passive {
		if about < 0 {
			about = a.passed(s, v)
		}
		return a.suffered(v, kind, about, agent, object)
	}
	if object < 0 {
		object = oblique
	}
	if subject < 0 || object < 0 || object < v && subject > object {
		return taking{}, false
	}
	if n.Tokens[v].Lemma == "commit" && n.Arcs[object].Rel == article.Obj {
		return taking{}, false // a crime
	}
	if kind == "accuses" {
		recipient = object
	}
	return taking{first: subject, holder: subject, object: object, toward: recipient}, true
}

// suffered reads a passive of which it is told by whom: "the offer was rejected
// by the union", "Lind was offered a post by the board".
func (a Account) suffered(v int, kind string, about, agent, object int) (taking, bool) {
	n := a.Analysis
	x := taking{first: about, holder: agent, object: about, toward: -1}
	if about < 0 || agent < 0 || kind == "wants" || notPassive[n.Tokens[v].Lemma] {
		return x, false
	}
	switch {
	case kind == "accuses":
		x.toward = about
	case object >= 0 && n.Arcs[object].Rel == article.Obj:
		if kind == "denies" {
			return x, false // is refused something
		}
		x.object, x.toward = object, about
	case object >= 0:
		x.object = object
	}
	return x, true
}

// passed is the token that a passive without a subject of its own is said of:
// the noun that it modifies, or the subject of the passive that it is joined to.
// It is -1 where there is none.
func (a Account) passed(s article.Sentence, v int) int {
	n := a.Analysis
	head := n.Arcs[v].Head
	if head < 0 || n.Tokens[v].XTag != "VBN" {
		return -1
	}
	noun := n.Tokens[head].Tag == article.NOUN || n.Tokens[head].Tag == article.PROPN
	for k := s.First; k < s.Last; k++ {
		if n.Arcs[k].Head != head {
			continue
		}
		switch rel := n.Arcs[k].Rel; {
		case n.Arcs[v].Rel == article.Conj && rel == article.NsubjPass:
			return k
		case rel == article.Det && unreal[strings.ToLower(n.Tokens[k].Of(a.Text))]:
			noun = false
		}
	}
	if n.Arcs[v].Rel == article.Acl && noun {
		return head
	}
	return -1
}
