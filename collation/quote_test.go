package collation_test

import (
	"fmt"
	"strings"
	"testing"

	"synoptic/collation"
)

// quoteRows is the quotation rows of c, a line a variant, an empty line between two rows.
func quoteRows(c *collation.Collation) string {
	var b strings.Builder
	for i, q := range c.Quotes {
		if i > 0 {
			b.WriteByte('\n')
		}
		for _, v := range q.Variants {
			fmt.Fprintf(&b, "%s %s: %s", c.Accounts[v.Account()].Place, v.Relation, c.Words(v.Cite))
			for _, m := range v.Missing {
				fmt.Fprintf(&b, " -[%s]", c.Words(m))
			}
			b.WriteByte('\n')
		}
	}
	return b.String()
}

// quoted collates accounts of one story, a sentence each.
func quoted(t *testing.T, sentences ...string) *collation.Collation {
	t.Helper()
	var accounts []collation.Account
	for i, s := range sentences {
		accounts = append(accounts, told(t, string(rune('a'+i)), "2031-05-03", "Orrin bridge closes", s))
	}
	return collation.Collate("test", accounts, nil)
}

// TestTwoSpeakersAreNotOne: who shares a surname, or is a spokesman of somebody
// else, is another speaker; another form of one name is not.
func TestTwoSpeakersAreNotOne(t *testing.T) {
	for _, test := range []struct {
		a, b string
		same bool
	}{
		{"George Marlow", "Laura Marlow", false},
		{"George Marlow", "Marlow", true},
		{"Steve Marlow", "Steven Marlow", true},
		{"A company spokesman", "A police spokesman", false},
		{"A spokesman", "A police spokesman", false},
		{"A spokesman for the harbour police", "The harbour police", true},
		{"The Orrin river board", "The river board", true},
		{"The river board", "The school board", false},
	} {
		c := quoted(t, "“It was a good bridge,” "+test.a+" said on Monday.", "“It was a bad bridge,” "+test.b+" said on Monday.")
		if got := len(c.Quotes) == 1; got != test.same {
			t.Errorf("%s and %s in one row: %t\n%s", test.a, test.b, got, quoteRows(c))
		}
	}
}

// TestSurnameOfTwo: a surname that two speakers bear joins neither to the other.
func TestSurnameOfTwo(t *testing.T) {
	c := quoted(t, "“It was a good bridge,” George Marlow said on Monday.", "“It was a bad bridge,” Laura Marlow said on Monday.",
		"“It was a good bridge,” Marlow said on Monday.")
	if len(c.Quotes) != 3 {
		t.Errorf("%d rows:\n%s", len(c.Quotes), quoteRows(c))
	}
}

// TestRelations: a variant is cut only where all its words stand in the whole,
// spliced only where it joins sentences, and otherwise worded for a word of its
// own; what it leaves out is told in one piece.
func TestRelations(t *testing.T) {
	const said = ",” Ada Wren said on Monday."
	for _, test := range []struct{ whole, variant, want string }{
		{
			"We will answer every question that the river board puts to us here",
			"We will not answer every question that the river board puts to us",
			"differs: We will not answer every question that the river board puts to us,",
		},
		{
			"We travelled with the First Harbour crews to the centre of the town",
			"We traveled with the FirstHarbor [rescue] crews to the center",
			"cut: We traveled with the FirstHarbor [rescue] crews to the center, -[of the town]",
		},
		{
			"We saw the morning light on the river and all of us wept",
			"We saw the mourning light on the river and all of us wept",
			"differs: We saw the mourning light on the river and all of us wept,",
		},
		{
			"The bridge held in the storm. We closed the road. Then the pier gave way and the bridge fell",
			"[T]he pier gave way and the bridge fell",
			"cut: [T]he pier gave way and the bridge fell, -[The bridge held in the storm. We closed the road. Then]",
		},
		{
			"The bridge held in the storm. We closed the road at noon. Nobody was hurt by the water",
			"The bridge held in the storm and nobody was hurt by the water",
			"differs: The bridge held in the storm and nobody was hurt by the water,",
		},
		{
			"The bridge held in the storm. We closed the road at noon. Nobody was hurt by the water",
			"The bridge held in the storm, nobody was hurt by the water",
			"spliced: The bridge held in the storm, nobody was hurt by the water, -[We closed the road at noon]",
		},
		{
			"The bridge held in the storm. We closed the road at noon. Nobody was hurt by the water",
			"The bridge held in the storm … nobody was hurt by the water",
			"cut: The bridge held in the storm … nobody was hurt by the water, -[We closed the road at noon]",
		},
	} {
		c := quoted(t, "“"+test.whole+said, "“"+test.variant+said)
		_, got, _ := strings.Cut(quoteRows(c), "\nb ")
		if got = strings.TrimSpace(got); got != test.want || len(c.Quotes) != 1 {
			t.Errorf("%s\n got %s\nwant %s", test.whole, quoteRows(c), test.want)
		}
	}
}

// TestParaphrase: who gives without marks what another quotes, of the same
// speaker, stands in the row; who gives it to somebody else, or says something
// else of the speaker, does not.
func TestParaphrase(t *testing.T) {
	const quote = "“The Orrin bridge will stay closed to all traffic until the end of June,” Ada Wren said."
	for _, test := range []struct {
		told string
		want bool
	}{
		{"Ada Wren said the Orrin bridge would stay closed to all traffic until the end of June.", true},
		{"Wren said that the Orrin bridge will remain closed to traffic until the end of June.", true},
		{"Tomas Lind said the Orrin bridge would stay closed to all traffic until the end of June.", false},
		{"Ada Wren said the river board had found a crack in the eastern wall of the dam.", false},
	} {
		c := quoted(t, quote, test.told, "The village school stays open.")
		rows := quoteRows(c)
		if got := strings.Contains(rows, "\nb paraphrase: "); got != test.want || len(c.Quotes) != 1 {
			t.Errorf("%s: paraphrase %t\n%s", test.told, got, rows)
		}
	}
}
