package collation

import (
	"slices"
	"strings"

	"synoptic/article"
)

// Contrary is the kind of position that stands against p: "refuses" against
// "accepts", and the other way round; "" for the others.
func (p Position) Contrary() string {
	switch p.Kind {
	case "accepts":
		return "refuses"
	case "refuses":
		return "accepts"
	}
	return ""
}

// oppose sets positions of one holder against each other of which some accounts
// tell that it accepts and others that it refuses, surely the same and on the
// same day. An account that tells both is on neither side. Of the holders without
// a name only those count of which the story has one.
func (c *Collation) oppose(rows []standing, ones map[string]bool, t *telling) {
	one := func(x, y *standing) bool {
		if x.described || y.described {
			return x.described && y.described && x.Holder == y.Holder && ones[x.Holder]
		}
		return sameParty(x.Holder, y.Holder)
	}
	// torn reports whether an account tells that the holder does the contrary too.
	torn := func(x *standing, s *stance) bool {
		return slices.ContainsFunc(rows, func(y standing) bool {
			return y.Kind == x.Contrary() && one(x, &y) && slices.ContainsFunc(y.stances, func(o stance) bool {
				return o.cite.account == s.cite.account && o.matter == s.matter
			})
		})
	}
	for i := range rows {
		for k := range rows[:i] {
			x, y := &rows[i], &rows[k]
			if x.Contrary() != y.Kind || !one(x, y) {
				continue
			}
			for _, s := range x.stances {
				for _, o := range y.stances {
					if s.matter != "" && s.matter == o.matter && s.day != "" && s.day == o.day && !c.sameOrigin(t.units[s.unit], t.units[o.unit]) &&
						!torn(x, &s) && !torn(y, &o) {
						x.against(o.cite)
						y.against(s.cite)
					}
				}
			}
		}
	}
}

// against adds words that stand against the position.
func (p *standing) against(x Cite) {
	if !slices.Contains(p.Opposed, x) {
		p.Opposed = append(p.Opposed, x)
	}
}

// turning are words by which a verb tells of a turn: "first rejected", "has now
// accepted".
var turning = wordSet(`now later then since finally eventually already previously earlier once originally still`)

// once reports whether a verb tells what is so, and no turn of it.
func (a Account) once(s article.Sentence, v int) bool {
	n := a.Analysis
	for k := s.First; k < s.Last; k++ {
		if word := strings.ToLower(n.Tokens[k].Of(a.Text)); n.Arcs[k].Head == v && (hedged[word] || turning[word]) {
			return false
		}
	}
	return asserted(n, v)
}

// matter is the words of the thing at a token that tell it from others, in order
// of the alphabet: "ferry offer" of "the ferry offer". It is "" where it is not a
// certain one ("an offer", "on Monday"), and where the verb v is part of it.
func (a Account) matter(s article.Sentence, v, object int) string {
	n := a.Analysis
	if t := n.Tokens[object]; t.Tag != article.NOUN && t.Tag != article.PROPN || under(n.Arcs, v, object) || a.timed(object) {
		return ""
	}
	certain := n.Tokens[object].Tag == article.PROPN
	var words []string
	for k := s.First; k < s.Last; k++ {
		if !under(n.Arcs, k, object) {
			continue
		}
		direct := n.Arcs[k].Head == object
		switch n.Arcs[k].Rel {
		case article.Det:
			certain = certain || direct && strings.EqualFold(n.Tokens[k].Of(a.Text), "the")
		case article.NmodPoss:
			certain = certain || direct
		case article.Conj:
			return "" // of two one may be meant
		}
		switch n.Tokens[k].Tag {
		case article.NOUN, article.PROPN, article.ADJ, article.NUM, article.VERB:
			words = append(words, strings.ToLower(n.Tokens[k].Lemma))
		}
	}
	if !certain {
		return ""
	}
	slices.Sort(words)
	return strings.Join(words, " ")
}

// timed reports whether a token is of words that name a time.
func (a Account) timed(token int) bool {
	return slices.ContainsFunc(a.Analysis.Moments, func(m article.Moment) bool { return m.Contains(a.Analysis.Tokens[token].Span) })
}

// day is the day of what a unit tells: the one that it names, or where it names
// no time that of publication, which is the same only for another that names
// none. It is "" where it is not known.
func (c *Collation) day(u unit) string {
	a := c.Accounts[u.account]
	times := 0
	for _, m := range a.Analysis.Moments {
		if u.span.Contains(m.Span) {
			times++
		}
	}
	days := c.days(u)
	switch {
	case times == 1 && len(days) == 1:
		return days[0]
	case times == 0 && a.Published.Precision >= article.Day:
		return "published " + a.Published.Time.Format("2006-01-02")
	}
	return ""
}
