package collation

import (
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

// highlights chooses sentences that together carry the points which most
// origins have: each time the one that adds most for its length. None repeats
// another, and each can be read alone.
func (c *Collation) highlights(t *telling) []Highlight {
	worth := make([]float64, len(t.points)) // of each point, until a sentence carries it
	in := map[int32][]int{}                 // points by unit
	for n, g := range t.points {
		if p := c.Points[n]; p.Status != Single {
			worth[n] = float64((p.Origins - 1) * p.Origins)
			for _, i := range g {
				in[i] = append(in[i], n)
			}
		}
	}
	var units []int32
	for i, u := range t.units {
		if len(in[int32(i)]) > 0 && c.readsAlone(u) {
			units = append(units, int32(i))
		}
	}
	var rows []Highlight
	var chosen []int32
	first := 0.0
	for len(rows) < mostHighlights {
		best, most, gain := int32(-1), 0.0, 0.0
		for _, i := range units {
			if slices.ContainsFunc(chosen, func(k int32) bool { return t.units[k] == t.units[i] || t.probability(i, k) >= repeats }) {
				continue
			}
			sum := 0.0
			for _, n := range in[i] {
				sum += worth[n]
			}
			// What accounts open with is what they hold to be the news.
			u := t.units[i]
			lead := 1.5 - float64(u.span.Start)/float64(len(c.Accounts[u.account].Text))
			if score := lead * sum / (120 + float64(u.span.Len())); score > most {
				best, most, gain = i, score, sum
			}
		}
		if best < 0 || len(rows) >= leastHighlights && gain < worthAdding*first {
			break
		}
		if len(rows) == 0 {
			first = gain
		}
		rows = append(rows, c.highlight(t, best, in[best], worth))
		chosen = append(chosen, best)
		for _, n := range in[best] {
			worth[n] = 0
		}
	}
	return rows
}

// repeats is the probability of one claim from which a sentence says what
// another highlight has said.
const repeats = 0.8

// highlight makes a highlight of a unit, supported by the passages of the best
// supported point that it is the first to carry.
func (c *Collation) highlight(t *telling, i int32, points []int, worth []float64) Highlight {
	u := t.units[i]
	h := Highlight{Text: c.cite(u.account, c.withoutDateline(u))}
	best := points[0]
	for _, n := range points {
		if worth[n] > worth[best] {
			best = n
		}
	}
	for _, x := range c.Points[best].Passages {
		if x.account == u.account && u.span.Contains(x.span) {
			x.Cite = h.Text
		}
		h.Support = append(h.Support, x.Cite)
	}
	h.Accounts, h.Origins = c.support(h.Support)
	return h
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
