package report

import (
	"slices"
	"strings"
	"testing"

	"synoptic/article"
	"synoptic/collation"
	"synoptic/text"
)

// told is a collation of accounts with one paragraph each, every one its own
// origin.
func told(texts ...string) *collation.Collation {
	c := &collation.Collation{}
	for i, s := range texts {
		c.Accounts = append(c.Accounts, collation.Account{
			Article: &article.Article{Text: s, Completeness: 1, Paragraphs: []article.Paragraph{{Span: text.Span{End: len(s)}}}},
			Origin:  i,
		})
	}
	return c
}

func cite(t *testing.T, c *collation.Collation, account int, words string) collation.Cite {
	t.Helper()
	at := strings.Index(c.Accounts[account].Text, words)
	cite, err := c.NewCite(account, text.Span{Start: at, End: at + len(words)})
	if err != nil {
		t.Fatal(err)
	}
	return cite
}

// TestOddCells says which cells stand out of a row: those against the value of
// most origins, or all where there is no such value.
func TestOddCells(t *testing.T) {
	for _, test := range []struct {
		name   string
		values []float64
		want   []bool
	}{
		{"one against three", []float64{50, 50, 58, 50}, []bool{false, false, true, false}},
		{"two against two", []float64{50, 50, 58, 58}, []bool{true, true, true, true}},
		{"all apart", []float64{1, 2, 3}, []bool{true, true, true}},
	} {
		_, row := row(t, collation.Differ, test.values...)
		for i, want := range test.want {
			if got := row.cells[i][0].odd; got != want {
				t.Errorf("%s: cell %d: odd %v", test.name, i, got)
			}
		}
	}
}

// TestOddCellsCountOrigins lets a reprint add nothing to a value.
func TestOddCellsCountOrigins(t *testing.T) {
	c, _ := row(t, collation.Differ, 50, 50, 58)
	c.Accounts[1].Origin = 0
	if row := (view{c}).figureRow(0); !row.cells[0][0].odd || !row.cells[2][0].odd {
		t.Error("two accounts of one origin outvote another")
	}
}

// TestFigureOnce has what an account says twice in a row of figures once.
func TestFigureOnce(t *testing.T) {
	c := told("14 ships, then 14 ships, then 15")
	figure := &article.Figure{Value: 14, Low: 14, High: 14, Norm: article.Quantity{Value: 14}}
	again, err := c.NewCite(0, text.Span{Start: 15, End: 23})
	if err != nil {
		t.Fatal(err)
	}
	c.Figures = []collation.Figure{{Verdict: collation.Same, Cells: []collation.Cell{
		{Cite: cite(t, c, 0, "14 ships"), Figure: figure},
		{Cite: again, Figure: figure},
		{Cite: cite(t, c, 0, "15"), Figure: figure},
	}}}
	var words []string
	for _, cell := range (view{c}).figureRow(0).cells[0] {
		words = append(words, c.Words(cell.Cite))
	}
	if !slices.Equal(words, []string{"14 ships", "15"}) {
		t.Errorf("cells: %q", words)
	}
}

func TestUtterance(t *testing.T) {
	c := told(
		"“We stay,” she said, “and we fight.”", // broken, whole
		"“We stay and we fight,” she said.",    // spliced
		"“We stay,” she said.",                 // cut
		"She will stay, she said.",             // paraphrase
		"“We stay.”",                           // cut, as the third but for the stop
		"Nothing of it.",                       //
		"Cut off",                              // unknown
	)
	missing := []collation.Cite{cite(t, c, 0, "and we fight")}
	c.Quotes = []collation.Quote{{Variants: []collation.Variant{
		{Cite: cite(t, c, 0, "We stay,"), Kind: article.Direct, Relation: collation.Whole},
		{Cite: cite(t, c, 0, "and we fight."), Kind: article.Direct, Relation: collation.Whole},
		{Cite: cite(t, c, 1, "We stay and we fight,"), Kind: article.Direct, Relation: collation.Spliced},
		{Cite: cite(t, c, 2, "We stay,"), Kind: article.Direct, Relation: collation.Cut, Missing: missing},
		{Cite: cite(t, c, 3, "She will stay"), Kind: article.Indirect, Relation: collation.Paraphrase},
		{Cite: cite(t, c, 4, "We stay."), Kind: article.Direct, Relation: collation.Cut, Missing: missing},
	}}}
	c.Accounts[6].Completeness = 0.3
	v := view{c}
	u := v.utterance(0)
	if got := v.speech(u.full.variants); got != "“We stay,” … “and we fight.”" || !slices.Equal(u.full.accounts, []int{0}) {
		t.Errorf("full: %s by %v", got, u.full.accounts)
	}
	var rest []string
	for _, x := range u.rest {
		how, words := v.told(x)
		rest = append(rest, letters(x.accounts)+" "+how+": "+words)
	}
	want := []string{
		"b joins: “We stay and we fight,”",
		"c e keeps: “We stay,”", // shorter than what it leaves out
		"d paraphrases: She will stay",
	}
	if !slices.Equal(rest, want) {
		t.Errorf("rest: %q", rest)
	}
	if !slices.Equal(u.absent, []int{5}) {
		t.Errorf("absent: %v", u.absent)
	}
}

// TestChangedWord: what an account has otherwise is shown, though it leaves out
// words elsewhere.
func TestChangedWord(t *testing.T) {
	c := told("“We will stay. We fight,” she said.", "“We will not stay,” she said. “We fight.”")
	c.Quotes = []collation.Quote{{Variants: []collation.Variant{
		{Cite: cite(t, c, 0, "We will stay. We fight,"), Kind: article.Direct, Relation: collation.Whole},
		{Cite: cite(t, c, 1, "We fight."), Kind: article.Direct, Relation: collation.Cut, Missing: []collation.Cite{cite(t, c, 0, "We will stay.")}},
		{Cite: cite(t, c, 1, "We will not stay,"), Kind: article.Direct, Relation: collation.Differs},
	}}}
	v := view{c}
	if how, words := v.told(v.utterance(0).rest[0]); how != "words it" || !strings.Contains(words, "not stay") {
		t.Errorf("%s: %s", how, words)
	}
}

func TestCut(t *testing.T) {
	const body = "one two three four"
	span := func(words string) text.Span {
		at := strings.Index(body, words)
		return text.Span{Start: at, End: at + len(words)}
	}
	for _, test := range []struct {
		within string
		marked []text.Span
		want   string
	}{
		{"one two three four", nil, "one two three four"},
		{"one two three four", []text.Span{span("two")}, "one [two] three four"},
		{"two three", []text.Span{span("three four"), span("one two")}, "[two] [three]"},
		{"one two three", []text.Span{span("one two"), span("two three")}, "[one two][ three]"},
		{"one", []text.Span{span("four")}, "one"},
	} {
		var b strings.Builder
		for _, p := range cut(body, span(test.within), test.marked) {
			if p.marked {
				b.WriteString("[" + p.words + "]")
			} else {
				b.WriteString(p.words)
			}
		}
		if b.String() != test.want {
			t.Errorf("%s within %q: %q", test.marked, test.within, b.String())
		}
	}
}

func TestName(t *testing.T) {
	c := told("x", "x", "x")
	c.Accounts[0].Outlet = article.Outlet{Name: "The Quay", Domain: "quay.example"}
	c.Accounts[1].Outlet.Domain = "quay.example"
	c.Accounts[2].Place = "clippings/strike.txt"
	for i, want := range []string{"The Quay", "quay.example", "strike.txt"} {
		if got := (view{c}).name(i); got != want {
			t.Errorf("account %d is named %q", i, got)
		}
	}
}
