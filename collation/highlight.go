package collation

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"synoptic/article"
	"synoptic/text"
)

// How many sentences a reader gets before anything else.
const (
	leastHighlights = 3
	mostHighlights  = 6
)

// worthAdding is how much of what the first highlight covers a further one
// must add, once there are leastHighlights.
const worthAdding = 0.2

// mostDigest is how many sentences the digest has at most.
const mostDigest = 20

// repeats is the probability of one claim from which a sentence says what another
// says, so that it may be cited for the other's words: on stories with gold 95 of
// 100 do.
const repeats = 0.8

// highlights chooses sentences that together carry the points which most
// origins have, in the order in which they were chosen.
func (c *Collation) highlights(t *telling) []Highlight {
	rows, _ := c.choose(t, mostHighlights, func(chosen int, gain, first float64) bool {
		return chosen < leastHighlights || gain >= worthAdding*first
	})
	return rows
}

// digest chooses as highlights does, until every point of several origins is
// carried, and puts the sentences in the order in which the accounts mostly tell
// what they carry. It is empty where the highlights say as much.
func (c *Collation) digest(t *telling) []Highlight {
	rows, carried := c.choose(t, mostDigest, func(int, float64, float64) bool { return true })
	if len(rows) <= len(c.Highlights) {
		return nil
	}
	type placed struct {
		row Highlight
		at  float64
	}
	list := make([]placed, len(rows))
	for i, row := range rows {
		list[i] = placed{row, c.placeOf(t, carried[i])}
	}
	slices.SortStableFunc(list, func(x, y placed) int { return cmp.Compare(x.at, y.at) })
	for i, x := range list {
		rows[i] = x.row
	}
	return rows
}

// placeOf is where in an account a point is mostly first told, 0 at the
// beginning and 1 at the end: the median of the accounts that have it.
func (c *Collation) placeOf(t *telling, point int) float64 {
	var places []float64
	last := -1
	for _, i := range t.points[point] {
		if u := t.units[i]; u.account != last && u.kind == article.Body {
			last = u.account
			places = append(places, float64(u.span.Start)/float64(len(c.Accounts[u.account].Text)))
		}
	}
	if len(places) == 0 {
		return 0
	}
	slices.Sort(places)
	return places[len(places)/2]
}

// choose picks sentences until there are most, none adds anything, or goOn says
// no: each time the one that adds most support of points not yet carried for its
// length. None repeats another, and each can be read alone. With each comes the
// best supported point that it is the first to carry.
func (c *Collation) choose(t *telling, most int, goOn func(chosen int, gain, first float64) bool) (rows []Highlight, carried []int) {
	worth := make([]float64, len(t.points)) // of each point, until a sentence carries it
	in := map[int32][]int{}                 // points by unit
	for n, g := range t.points {
		if p := c.Points[n]; p.Status != Single {
			worth[n] = float64((p.Origins - 1) * p.Origins)
			for k, i := range g {
				backed := 0
				for _, j := range g {
					if t.units[j].account != t.units[i].account && t.backs(j, i) {
						backed++
					}
				}
				if 2*backed >= len(g)-1 && !p.Opposed(p.Passages[k].Cite) {
					in[i] = append(in[i], n)
				}
			}
		}
	}
	var units []int32
	for i := range t.units {
		if len(in[int32(i)]) > 0 && t.alone[i] && !c.pointsOut(t.units[i]) {
			units = append(units, int32(i))
		}
	}
	var chosen []int32
	first := 0.0
	for len(rows) < most {
		best, highest, gain := int32(-1), 0.0, 0.0
		for _, i := range units {
			sum := 0.0
			for _, n := range in[i] {
				sum += worth[n]
			}
			// What accounts open with is what they hold to be the news.
			u := t.units[i]
			lead := 1.5 - float64(u.span.Start)/float64(len(c.Accounts[u.account].Text))
			score := lead * sum / (120 + float64(u.span.Len()))
			if score > highest && !slices.ContainsFunc(chosen, func(k int32) bool { return k == i || t.probability(i, k) >= repeats }) {
				best, highest, gain = i, score, sum
			}
		}
		if best < 0 || !goOn(len(rows), gain, first) {
			break
		}
		if len(rows) == 0 {
			first = gain
		}
		row, point := c.highlight(t, best, in[best], worth)
		rows, carried, chosen = append(rows, row), append(carried, point), append(chosen, best)
		for _, n := range in[best] {
			worth[n] = 0
		}
	}
	return rows, carried
}

// highlight makes a highlight of a unit, supported by the passages of the best
// supported point that it is the first to carry.
func (c *Collation) highlight(t *telling, i int32, points []int, worth []float64) (h Highlight, best int) {
	u := t.units[i]
	h.Text = c.cite(u.account, c.withoutDateline(u))
	best = points[0]
	for _, n := range points {
		if worth[n] > worth[best] {
			best = n
		}
	}
	point := c.Points[best]
	point.Text = h.Text
	for k, x := range point.Passages {
		if point.Opposed(x.Cite) || !t.backs(t.points[best][k], i) {
			continue
		}
		if x.account == u.account && u.span.Contains(x.span) {
			x.Cite = h.Text
		}
		h.Support = append(h.Support, x.Cite)
	}
	h.Accounts, h.Origins = c.support(h.Support)
	return h, best
}

// backs reports whether unit j surely enough makes the claim of unit i to be cited
// for i's words: in a group some only come near.
func (t *telling) backs(j, i int32) bool {
	return i == j || t.probability(i, j) >= repeats
}

// readsAlone reports whether a reader understands a unit without the sentences
// around it: running text that does not begin with a word that points back, and
// no quotation that is cut in two.
func (c *Collation) readsAlone(u unit) bool {
	a := c.Accounts[u.account]
	if u.kind != article.Body && u.kind != article.Summary {
		return false
	}
	s := a.Analysis.Sentences[u.sentence]
	words := u.span.Of(a.Text)
	if s.Last-s.First < 6 || strings.Count(words, "“") != strings.Count(words, "”") || strings.Count(words, `"`)%2 == 1 {
		return false
	}
	end, _ := lastRune(strings.TrimRight(words, `"”’'`))
	if !strings.ContainsRune(".!?", end) {
		return false
	}
	named := false
	for k, token := range a.Analysis.Tokens[s.First:s.Last] {
		word := strings.ToLower(token.Of(a.Text))
		if k < 4 && pointing[word] || k == 0 && backward[word] || !named && persons[word] {
			return false
		}
		named = named || token.Tag == article.PROPN || token.Tag == article.NOUN && k > 0 && !persons[word]
	}
	for _, phrase := range []string{"the same.", "doing so", "did so", "he added", "she added", "he said", "she said", "they said"} {
		if strings.Contains(words, phrase) {
			return false
		}
	}
	return true
}

// pointsOut reports whether a personal pronoun of a unit stands for somebody whom
// the unit itself does not tell of: "he" or "she", tied to an entity that is not
// there, before which nobody is; or the object of a verb before which there is
// nothing but its subject, which it cannot mean ("The bosses offered them more").
func (c *Collation) pointsOut(u unit) bool {
	a := c.Accounts[u.account]
	n := a.Analysis
	s := n.Sentences[u.sentence]
	for _, r := range referencesIn(n, s) {
		if r.Form == article.Pronoun && singular[strings.ToLower(r.Of(a.Text))] && !c.tellsOf(u, r) {
			return true
		}
	}
	if !n.Layers.Has(article.Arcs | article.Tags) {
		return false
	}
	for i := s.First; i < s.Last; i++ {
		arc := n.Arcs[i]
		if n.Tokens[i].Tag != article.PRON || arc.Rel != article.Obj && arc.Rel != article.Iobj || !persons[strings.ToLower(n.Tokens[i].Of(a.Text))] {
			continue
		}
		subject := child(n, s, arc.Head, func(rel article.Rel) bool { return rel == article.Nsubj || rel == article.NsubjPass })
		open := true
		for k := s.First; k < i && open; k++ {
			tag := n.Tokens[k].Tag
			open = tag != article.NOUN && tag != article.PROPN || subject >= 0 && under(n.Arcs, k, subject)
		}
		if open {
			return true
		}
	}
	return false
}

// referencesIn is those that begin in a sentence.
func referencesIn(n *article.Analysis, s article.Sentence) []article.Reference {
	start := func(r article.Reference, at int) int { return cmp.Compare(r.Start, at) }
	first, _ := slices.BinarySearchFunc(n.References, s.Start, start)
	last, _ := slices.BinarySearchFunc(n.References, s.End, start)
	return n.References[first:last]
}

// tellsOf reports whether a unit tells of whom a pronoun in it stands for: by a
// name, a description, or some person before it, since not every description is
// tied to its entity.
func (c *Collation) tellsOf(u unit, pronoun article.Reference) bool {
	a := c.Accounts[u.account]
	n := a.Analysis
	s := n.Sentences[u.sentence]
	first, _ := slices.BinarySearchFunc(n.Mentions, s.Start, func(m article.Mention, at int) int { return cmp.Compare(m.Start, at) })
	for _, m := range n.Mentions[first:] {
		if m.Start >= s.End {
			break
		}
		if m.Entity == pronoun.Entity || m.Kind == article.Person && m.Start < pronoun.Start {
			return true
		}
	}
	for _, r := range referencesIn(n, s) {
		if r.Entity == pronoun.Entity && r.Form == article.Description {
			return true
		}
	}
	v := newVocabulary()
	for k := s.First; k < pronoun.First; k++ {
		if t := n.Tokens[k]; t.Tag == article.NOUN && people()[v.stem(t.Of(a.Text))] {
			return true
		}
	}
	return false
}

func lastRune(s string) (last rune, ok bool) {
	for _, r := range s {
		last, ok = r, true
	}
	return last, ok
}

// pointing words need someone or something named before; backward ones tie a
// sentence to the one before it.
var (
	pointing = wordSet(`he she it they him her them his hers its their theirs this these those i we my our me us you your such that`)
	backward = wordSet(`and but or so yet however also meanwhile instead still then later earlier afterwards moreover furthermore nevertheless therefore thus
		another other others both neither either here there as`)
)

// persons stand for somebody named before.
var persons = wordSet(`he she him her his hers they them`)

// singular ones stand for one person.
var singular = wordSet(`he she him her his hers`)

func wordSet(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}

// withoutDateline is the span of a unit without the place and agency that a
// wire piece opens with: "TARROW, June 4 (Wire) — ".
func (c *Collation) withoutDateline(u unit) text.Span {
	const most = 60 // bytes
	body := c.Accounts[u.account].Text
	words := u.span.Of(body)
	for _, dash := range []string{" — ", " – ", " - ", ") -", " -- "} {
		at := strings.Index(words, dash)
		if at < 0 || at > most {
			continue
		}
		first, _, _ := strings.Cut(words, " ")
		first = strings.TrimFunc(first, unicode.IsPunct)
		if len(first) < 3 || first != strings.ToUpper(first) || strings.ContainsAny(words[:at], ".!?:;") && !strings.Contains(words[:at], "(") {
			continue
		}
		rest := strings.TrimLeft(words[at+len(dash):], " ")
		return text.Span{Start: u.span.End - len(rest), End: u.span.End}
	}
	return u.span
}

// title chooses the headline that is closest to the points which most origins
// have, and of those the plainest.
func (c *Collation) title(t *telling) Cite {
	score := make([]float64, len(c.Accounts))
	for n, g := range t.points {
		p := c.Points[n]
		if p.Status == Single {
			continue
		}
		for _, i := range g {
			if u := t.units[i]; u.kind == article.Headline {
				score[u.account] += float64((p.Origins - 1) * p.Origins)
			}
		}
	}
	for _, e := range t.edges {
		for _, i := range []int32{e.A, e.B} {
			if u := t.units[i]; u.kind == article.Headline {
				score[u.account] += float64(e.Probability)
			}
		}
	}
	var best Cite
	most := -1.0
	for i, a := range c.Accounts {
		if a.Title.Empty() {
			continue
		}
		if s := score[i] / (1 + loudness(a.Headline())); s > most {
			most, best = s, c.cite(i, a.Title)
		}
	}
	return best
}

// loudness counts what makes a headline shout: capitals, exclamations,
// questions, dots that tease, quotation marks.
func loudness(headline string) float64 {
	loud := 0.0
	for _, w := range strings.Fields(headline) {
		if letters := strings.TrimFunc(w, unicode.IsPunct); len(letters) > 4 && letters == strings.ToUpper(letters) {
			loud++
		}
	}
	for _, mark := range []string{"!", "?", "...", "…", "'", "‘", `"`, "“"} {
		if strings.Contains(headline, mark) {
			loud += 0.5
		}
	}
	if n := len(headline); n > 110 {
		loud += float64(n-110) / 50
	}
	return loud
}
