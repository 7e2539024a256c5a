package collation

import (
	"slices"
	"strings"

	"synoptic/article"
	"synoptic/internal/match"
	"synoptic/text"
)

// unit is what is compared: a sentence of an account's own telling, or a
// caption.
type unit struct {
	account  int
	sentence int // index into the account's sentences
	kind     article.ParagraphKind
	span     text.Span
}

// telling is the units of all accounts in order of account and place, with
// which of them make the same claim.
type telling struct {
	units   []unit
	words   *match.Collection // a passage a unit
	edges   []match.Edge      // surest first
	pairs   []match.Edge      // the same edges, by passage
	groups  [][]int32         // units that make one claim, by index; a unit may stand in several
	near    [][]int32         // for each unit those that come near to it
	alone   []bool            // units that a reader understands by themselves
	grouped []bool            // units that are in a group, or came near to be; what is not is said by one account alone
	points  [][]int32         // the units of each of the collation's points, one a passage

	parties map[string]string // one name for each name of a source

	cells   []counted // the figures of the accounts
	unitOf  []int32   // the unit of each, -1 for none
	sole    []bool    // whether each is the only one of its kind in its unit
	cellsOf [][]int32 // the cells of each unit

	deeds [][]deed // of each unit, nil until they are asked for
}

// Units make the same claim from these probabilities on. Fitted on stories with
// gold, each judged by what was fitted on the others.
var sure = match.Grouping{Seed: 0.6, Join: 0.6, Each: 0.3, Same: 0.7, Late: 0.4}

// telling cuts the accounts' own telling into units and groups them.
func (c *Collation) telling() *telling {
	t := &telling{words: match.NewCollection(), parties: c.parties()}
	var account []int32
	for i, a := range c.Accounts {
		for k, s := range a.Analysis.Sentences {
			kind := a.Paragraphs[s.Paragraph].Kind
			if kind == article.Heading || kind == article.Note || inBrackets(s.Of(a.Text)) || isSignature(s.Of(a.Text)) {
				continue
			}
			if slideshow(s.Of(a.Text)) {
				kind = article.Caption
			}
			t.words.Add(a.Article, a.Analysis, k, match.Place{
				Account: i, Headline: kind == article.Headline, Share: float64(s.Start) / float64(len(a.Text)),
			})
			t.units = append(t.units, unit{account: i, sentence: k, kind: kind, span: s.Span})
			t.alone = append(t.alone, c.readsAlone(t.units[len(t.units)-1]))
			account = append(account, int32(i))
		}
	}
	t.words.Weigh()
	t.lay(c.cells())
	t.edges = slices.DeleteFunc(t.words.Edges(sure.Each), t.atOdds)
	t.pairs = slices.Clone(t.edges)
	slices.SortFunc(t.pairs, comparePairs)
	t.near = neighbours(t.edges, len(t.units))
	t.grouped = make([]bool, len(t.units))
	for _, g := range match.Groups(t.edges, account, sure) {
		for _, i := range g {
			t.grouped[i] = true
		}
		t.groups = append(t.groups, t.carried(g))
	}
	return t
}

// resembles is the probability from which a passage comes too near to a point
// for its account to be said to leave it out, or to tell it only later.
const resembles = 0.5

// neighbours lists for each of n units those that come near to it. Edges come
// surest first.
func neighbours(edges []match.Edge, n int) [][]int32 {
	counts := make([]int, n)
	total := 0
	for _, e := range edges {
		if e.Probability < resembles {
			break
		}
		counts[e.A]++
		counts[e.B]++
		total += 2
	}
	near := make([][]int32, n)
	room := make([]int32, total)
	for i, count := range counts {
		near[i], room = room[:0:count], room[count:]
	}
	for _, e := range edges[:total/2] {
		near[e.A] = append(near[e.A], e.B)
		near[e.B] = append(near[e.B], e.A)
	}
	return near
}

// crowded is how many sentences of one account a sentence of another can carry
// into a point: a headline alone does not make a point of all that follows from
// it in another account.
const crowded = 2

// carried is a group without the sentences of an account that outnumber those
// of the others; those most like the others stay.
func (t *telling) carried(g []int32) []int32 {
	size := map[int]int{}
	for _, i := range g {
		size[t.units[i].account]++
	}
	likeness := t.likeness(g)
	rank := map[int32]int{} // among those of its account
	for n, i := range g {
		for m, k := range g {
			if t.units[i].account == t.units[k].account && (likeness[m] > likeness[n] || likeness[m] == likeness[n] && k < i) {
				rank[i]++
			}
		}
	}
	return slices.DeleteFunc(slices.Clone(g), func(i int32) bool {
		return rank[i] >= crowded*(len(g)-size[t.units[i].account])
	})
}

// slideshow reports whether a sentence is the captions of a row of pictures,
// which are numbered: "1/8 The harbour 2/8 …".
func slideshow(s string) bool {
	numbered := 0
	for w := range strings.FieldsSeq(s) {
		n, of, ok := strings.Cut(w, "/")
		if ok && digitsOnly(n) && digitsOnly(of) {
			numbered++
		}
	}
	return numbered >= 3
}

func digitsOnly(s string) bool {
	return s != "" && len(s) <= 2 && strings.Trim(s, "0123456789") == ""
}

// inBrackets reports whether a sentence is a note put in brackets: "(Photo: …)".
func inBrackets(s string) bool {
	return strings.HasPrefix(s, "(") && strings.HasSuffix(strings.TrimRight(s, "."), ")") && strings.Count(s, "(") == 1
}
