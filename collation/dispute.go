package collation

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"synoptic/article"
)

// disputes finds what stands against each other among the passages of the
// points: what is denied, another figure, another date. A point with a dispute
// is disputed. What two sides say must be one claim for certain, since a reader
// is told that they cannot both be right.
func (c *Collation) disputes(t *telling) {
	for n := range c.Points {
		if c.withinOrigin(c.Points[n].Passages) {
			continue
		}
		c.dispute(n, c.denial(t, n))
		if d := c.contradiction(t, n); len(d.Sides) > 1 {
			c.dispute(n, d)
			c.stand(t, n, d.Sides[0])
		}
		c.dispute(n, c.otherDate(t, n))
	}
	for i, f := range c.Figures {
		if f.Verdict == Differ {
			n, d := c.otherFigure(t, f.Cells)
			d.Figure = i
			c.dispute(n, d)
		}
	}
}

// stand lets a point stand in words of the side that most origins are on, with
// the roots of those.
func (c *Collation) stand(t *telling, n int, side []Cite) {
	p := &c.Points[n]
	if !slices.Contains(side, p.Text) {
		status, origins := p.Status, p.Origins
		c.standFor(t, p, t.points[n], side[0])
		p.Status, p.Origins = status, origins
	}
	var units []int32
	mine := *p
	mine.Passages = nil
	for k, x := range p.Passages {
		if !p.Opposed(x.Cite) {
			units, mine.Passages = append(units, t.points[n][k]), append(mine.Passages, x)
		}
	}
	c.root(t, &mine, units)
	p.Roots, p.Rooted = mine.Roots, mine.Rooted
}

func (c *Collation) dispute(point int, d Dispute) {
	if len(d.Sides) > 1 {
		p := &c.Points[point]
		p.Status = Disputed
		p.Origins = max(p.Origins, 2) // who says otherwise has not just copied
		p.Disputes = append(p.Disputes, d)
	}
}

// denial sets what is said without doubt against its denial. Two kinds of
// denials are known: passages that are the content of one ("denied that …"), and
// a sentence that denies the one before it ("denied it"). Where all passages are
// denials and nothing before them says what is denied there is no dispute: then
// the denial itself is what the accounts agree on. A "not" alone is none, since
// what is worded with it may be the same said the other way round.
func (c *Collation) denial(t *telling, n int) Dispute {
	var says, denies []Cite
	g := t.points[n]
	side := func(list *[]Cite, x Cite) {
		if !slices.Contains(*list, x) {
			*list = append(*list, x)
		}
	}
	for k, x := range c.Points[n].Passages {
		sayAsMuch := func() {
			for m, y := range c.Points[n].Passages {
				if t.probability(g[k], g[m]) >= contrary && !c.doubts(t.units[g[m]]) {
					side(&says, y.Cite)
				}
			}
		}
		if c.denied(x.Cite) {
			side(&denies, x.Cite)
			sayAsMuch()
		}
		if before := g[k] - 1; c.answers(t, g[k]) && !c.doubts(t.units[before]) {
			side(&denies, x.Cite)
			side(&says, c.cite(t.units[before].account, t.units[before].span))
		}
		if after := g[k] + 1; int(after) < len(t.units) && c.answers(t, after) && !c.doubts(t.units[g[k]]) && t.closest(g[k]) == n {
			side(&says, x.Cite)
			sayAsMuch()
			side(&denies, c.cite(t.units[after].account, t.units[after].span))
		}
	}
	if len(says) == 0 || len(denies) == 0 {
		return Dispute{}
	}
	slices.SortFunc(says, compareCites)
	slices.SortFunc(denies, compareCites)
	return Dispute{Kind: Denied, Sides: [][]Cite{says, denies}}
}

// contrary is the probability of one claim from which what one account says is
// taken to be what another has denied.
const contrary = 0.7

// denied reports whether most of a cite is a clause that is the content of a
// denial. What is denied as a noun ("denied the report") may be anything in it.
func (c *Collation) denied(x Cite) bool {
	a := c.Accounts[x.account]
	n := a.Analysis
	for _, t := range n.Attributions {
		if !startsWith(strings.ToLower(t.Cue.Of(a.Text)), denials) || 2*covered(t.Content, x.span) <= x.span.Len() || len(n.Arcs) != len(n.Tokens) {
			continue
		}
		for k, arc := range n.Arcs {
			if arc.Head >= 0 && t.Cue.Contains(n.Tokens[arc.Head].Span) && clausal[arc.Rel] && covered(t.Content, n.Tokens[k].Span) > 0 {
				return true
			}
		}
	}
	return false
}

// clausal are the relations by which a clause hangs from a verb or a noun of
// saying.
var clausal = map[article.Rel]bool{article.Ccomp: true, article.Xcomp: true, article.Advcl: true, article.Acl: true}

var denials = []string{"deny", "denie", "denial", "refute", "disput", "contradict"}

func startsWith(word string, stems []string) bool {
	return slices.ContainsFunc(stems, func(stem string) bool { return strings.HasPrefix(word, stem) })
}

// doubts reports whether the sentence of a unit takes back, wholly or in part,
// what it tells, so that it says neither side.
func (c *Collation) doubts(u unit) bool {
	a := c.Accounts[u.account]
	s := a.Analysis.Sentences[u.sentence]
	for _, token := range a.Analysis.Tokens[s.First:s.Last] {
		word := strings.ToLower(token.Of(a.Text))
		if takesBack[word] || startsWith(word, denials) || startsWith(word, []string{"reject", "dismiss", "refus"}) {
			return true
		}
	}
	return false
}

var takesBack = wordSet(`not n't n’t never no false untrue whether if`)

// answers reports whether a unit denies the sentence before it: what it denies
// is a word that points back ("the minister denied that").
func (c *Collation) answers(t *telling, i int32) bool {
	if i < 1 || t.units[i-1].account != t.units[i].account || t.units[i-1].sentence != t.units[i].sentence-1 {
		return false
	}
	u := t.units[i]
	a := c.Accounts[u.account]
	n := a.Analysis
	if u.kind != article.Body || t.units[i-1].kind != article.Body || len(n.Arcs) != len(n.Tokens) {
		return false
	}
	s := n.Sentences[u.sentence]
	for k := s.First; k+2 < s.Last; k++ {
		if n.Arcs[k].Head != -1 || n.Tokens[k].Lemma != "deny" && n.Tokens[k].Lemma != "dispute" ||
			!backAt[strings.ToLower(n.Tokens[k+1].Of(a.Text))] {
			continue
		}
		switch n.Tokens[k+2].Tag {
		case article.PUNCT, article.ADP, article.ADV, article.CCONJ:
			return !c.negated(u, k) && !c.governs(u, k, article.Ccomp)
		}
	}
	return false
}

var backAt = wordSet(`that it this`)

// negated reports whether a "not" hangs from a token of u.
func (c *Collation) negated(u unit, token int) bool {
	a := c.Accounts[u.account]
	s := a.Analysis.Sentences[u.sentence]
	for k := s.First; k < s.Last; k++ {
		if a.Analysis.Arcs[k].Head == token && takesBack[strings.ToLower(a.Analysis.Tokens[k].Of(a.Text))] {
			return true
		}
	}
	return false
}

// governs reports whether something hangs by rel from a token of u.
func (c *Collation) governs(u unit, token int, rel article.Rel) bool {
	n := c.Accounts[u.account].Analysis
	s := n.Sentences[u.sentence]
	return slices.ContainsFunc(n.Arcs[s.First:s.Last], func(arc article.Arc) bool { return arc.Head == token && arc.Rel == rel })
}

// closest is the point to whose passages a unit is most like, -1 for none.
func (t *telling) closest(i int32) int {
	best, most := -1, float32(0)
	for n, g := range t.points {
		at := slices.Index(g, i)
		if at < 0 {
			continue
		}
		if l := t.likeness(g)[at]; best < 0 || l > most {
			best, most = n, l
		}
	}
	return best
}

// otherFigure finds the point that cells of a row which differs stand in, and
// sets them against each other there. Two cells are against each other where
// their bounds have nothing in common, their sentences surely make one claim,
// and nothing explains the difference: no account gives both numbers, and what
// is counted does not grow while the story runs, as a toll does. The point is the
// one with most of the cells, and at least half of its accounts must give the
// figure: elsewhere it is something said by the way.
func (c *Collation) otherFigure(t *telling, cells []Cell) (point int, d Dispute) {
	if slices.ContainsFunc(cells, c.grows) || cells[0].Figure.Norm.Unit == "year of age" {
		return 0, Dispute{}
	}
	most := 0
	for n, p := range c.Points {
		if c.withinOrigin(p.Passages) {
			continue
		}
		var in []placedCell
		for _, x := range cells {
			if besides(c.Words(x.Cite)) {
				continue
			}
			k := slices.IndexFunc(p.Passages, func(y Passage) bool { return y.account == x.account && y.span.Contains(x.span) })
			if k >= 0 {
				in = append(in, placedCell{x, t.points[n][k]})
			}
		}
		if len(in) <= most {
			continue
		}
		sides := c.againstEachOther(t, in)
		if len(sides) < 2 {
			continue
		}
		all, _ := c.support(passageCites(p.Passages))
		if giving, _ := c.support(slices.Concat(sides...)); 2*giving < all {
			continue
		}
		point, most, d = n, len(in), Dispute{Kind: OtherFigure, Sides: sides}
	}
	return point, d
}

func passageCites(passages []Passage) []Cite {
	list := make([]Cite, len(passages))
	for i, x := range passages {
		list[i] = x.Cite
	}
	return list
}

// grows reports whether a cell counts people, as a toll does, or nothing that is
// named: a later account then gives another number without denying the earlier.
func (c *Collation) grows(x Cell) bool {
	if measure(x.Figure.Norm.Unit) != "" {
		return false
	}
	if deadly[x.Figure.Norm.Unit] {
		return true
	}
	what := cmp.Or(lastWord(strings.TrimSpace(x.Figure.Of.Of(c.Accounts[x.account].Text))), x.Figure.Norm.Unit)
	return what == "" || people()[newVocabulary().stem(what)] || unicode.IsUpper(firstRune(what))
}

// placedCell is a cell with the unit that it stands in.
type placedCell struct {
	Cell
	unit int32
}

// besides reports whether the words of a figure count what comes on top of
// something else ("another 40", "29 fellow passengers"), so that it is no total.
func besides(words string) bool {
	for w := range strings.FieldsSeq(strings.ToLower(words)) {
		switch w {
		case "another", "other", "others", "further", "fellow", "additional", "extra":
			return true
		}
	}
	return false
}

// againstEachOther parts cells by value: first those that the value which most
// origins give allows, then, a value a side, those that it does not. A side that
// is not surely about the same is left out.
func (c *Collation) againstEachOther(t *telling, in []placedCell) [][]Cite {
	byValue := map[float64][]Cite{}
	var values []float64
	for _, x := range in {
		v := x.Figure.Norm.Value
		if byValue[v] == nil {
			values = append(values, v)
		}
		byValue[v] = append(byValue[v], x.Cite)
	}
	slices.SortStableFunc(values, func(v, w float64) int {
		_, x := c.support(byValue[v])
		_, y := c.support(byValue[w])
		return cmp.Or(cmp.Compare(y, x), compareCites(byValue[v][0], byValue[w][0]))
	})
	usual := values[0]
	both := map[int]bool{} // accounts that give the usual value
	for _, x := range byValue[usual] {
		both[x.account] = true
	}
	sides := [][]Cite{nil}
	other := map[float64][]Cite{}
	for _, x := range in {
		conflict, surely := false, false
		for _, y := range in {
			if y.Figure.Norm.Value == usual && apart(x.Figure, y.Figure) && c.Accounts[x.account].Origin != c.Accounts[y.account].Origin {
				conflict = true
				surely = surely || t.probability(x.unit, y.unit) >= sure.Seed && !c.otherDays(t, x.unit, y.unit)
			}
		}
		switch {
		case x.Figure.Norm.Value == usual, !conflict:
			sides[0] = append(sides[0], x.Cite)
		case surely && !both[x.account]:
			other[x.Figure.Norm.Value] = append(other[x.Figure.Norm.Value], x.Cite)
		}
	}
	for _, v := range values[1:] {
		if len(other[v]) > 0 {
			sides = append(sides, other[v])
		}
	}
	return sides
}

// apart reports whether two figures cannot both be true, whatever their words
// leave open.
func apart(f, g *article.Figure) bool {
	a, b := bounds(f)
	x, y := bounds(g)
	return (b < x || y < a) && !converted(f, g)
}

// otherDays reports whether two units name days and none of these is in both,
// so that what they count may have changed in between.
func (c *Collation) otherDays(t *telling, i, k int32) bool {
	x, y := c.days(t.units[i]), c.days(t.units[k])
	return len(x) > 0 && len(y) > 0 && !slices.ContainsFunc(x, func(day string) bool { return slices.Contains(y, day) })
}

// days lists the days that the sentence of a unit names.
func (c *Collation) days(u unit) []string {
	var list []string
	for _, m := range c.Accounts[u.account].Analysis.Moments {
		if u.span.Contains(m.Span) && m.Date.Precision >= article.Day {
			list = append(list, m.Date.Time.Format("2006-01-02"))
		}
	}
	return list
}

// otherDate sets passages against each other that give what happened another
// day. Only dates that are written out count ("4 June"), one in each sentence,
// on the same verb.
func (c *Collation) otherDate(t *telling, n int) Dispute {
	type dated struct {
		cite Cite
		unit int32
		day  string
		verb string
	}
	var all []dated
	for k, x := range c.Points[n].Passages {
		u := t.units[t.points[n][k]]
		if day, verb, ok := c.dated(u); ok {
			all = append(all, dated{x.Cite, t.points[n][k], day, verb})
		}
	}
	for i, x := range all {
		for _, y := range all[:i] {
			if x.day != y.day && shareSense(x.verb, y.verb) && t.probability(x.unit, y.unit) >= repeats &&
				c.Accounts[x.cite.account].Origin != c.Accounts[y.cite.account].Origin {
				return Dispute{Kind: OtherDate, Sides: [][]Cite{{y.cite}, {x.cite}}}
			}
		}
	}
	return Dispute{}
}

// dated is the one day that a unit writes out and the stem of the verb that it
// hangs from; not ok where there is none, or several.
func (c *Collation) dated(u unit) (day, verb string, ok bool) {
	a := c.Accounts[u.account]
	n := a.Analysis
	if len(n.Arcs) != len(n.Tokens) {
		return "", "", false
	}
	s := n.Sentences[u.sentence]
	for _, m := range n.Moments {
		if !u.span.Contains(m.Span) {
			continue
		}
		if day != "" {
			return "", "", false
		}
		if !writtenOut(m.Of(a.Text)) || m.Date.Precision < article.Day {
			return "", "", false
		}
		day = m.Date.Time.Format("01-02") // the year is often left to the reader
		for k := s.First; k < s.Last; k++ {
			if !m.Contains(n.Tokens[k].Span) || m.Contains(n.Tokens[max(n.Arcs[k].Head, 0)].Span) {
				continue
			}
			if head := n.Arcs[k].Head; head >= 0 && n.Tokens[head].Tag == article.VERB {
				verb = strings.Clone(newVocabulary().stem(cmp.Or(n.Tokens[head].Lemma, n.Tokens[head].Of(a.Text))))
			}
		}
	}
	return day, verb, day != "" && verb != ""
}

// writtenOut reports whether words name a month and a day of it.
func writtenOut(words string) bool {
	month := slices.ContainsFunc(strings.Fields(strings.ToLower(words)), func(w string) bool {
		w = strings.TrimFunc(w, unicode.IsPunct)
		return months[w] && !strings.HasSuffix(w, "day")
	})
	return month && strings.ContainsFunc(words, unicode.IsDigit)
}
