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
	units  []unit
	words  *match.Collection // a passage a unit
	edges  []match.Edge      // surest first
	pairs  []match.Edge      // the same edges, by passage
	groups [][]int32         // units that make one claim, by index; a unit may stand in several
	points [][]int32         // the units of each of the collation's points, one a passage

	parties map[string]string // one name for each name of a source
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
			if kind == article.Heading || kind == article.Note || inBrackets(s.Of(a.Text)) {
				continue
			}
			t.words.Add(a.Article, a.Analysis, k, match.Place{
				Account: i, Headline: kind == article.Headline, Share: float64(s.Start) / float64(len(a.Text)),
			})
			t.units = append(t.units, unit{account: i, sentence: k, kind: kind, span: s.Span})
			account = append(account, int32(i))
		}
	}
	t.words.Weigh()
	t.edges = t.words.Edges(sure.Each)
	t.pairs = slices.Clone(t.edges)
	slices.SortFunc(t.pairs, comparePairs)
	t.groups = match.Groups(t.edges, account, sure)
	return t
}

// inBrackets reports whether a sentence is a note put in brackets: "(Photo: …)".
func inBrackets(s string) bool {
	return strings.HasPrefix(s, "(") && strings.HasSuffix(strings.TrimRight(s, "."), ")") && strings.Count(s, "(") == 1
}
