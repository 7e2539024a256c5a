package collation_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"slices"
	"strings"
	"testing"

	"synoptic/article"
	"synoptic/collation"
	"synoptic/internal/analysis"
	"synoptic/internal/analysis/attribution"
	"synoptic/internal/analysis/coref"
	"synoptic/internal/analysis/entity"
	"synoptic/internal/analysis/figure"
	"synoptic/internal/analysis/moment"
	"synoptic/internal/analysis/parse"
	"synoptic/internal/analysis/tag"
	"synoptic/internal/analysis/token"
	"synoptic/text"

	"github.com/google/go-cmp/cmp"
)

// told makes an account of a headline and paragraphs, analysed by all passes.
func told(t testing.TB, place, date string, lines ...string) collation.Account {
	t.Helper()
	return toldBy(t, []analysis.Pass{
		token.Pass, tag.Pass, tag.LemmaPass, entity.Pass, parse.Pass, coref.Pass, moment.Pass, figure.Pass, attribution.Pass,
	}, place, date, lines...)
}

func toldBy(t testing.TB, passes []analysis.Pass, place, date string, lines ...string) collation.Account {
	t.Helper()
	body := strings.Join(lines, "\n")
	a := &article.Article{Place: place, Text: body, Language: "en", Completeness: 1, SHA256: sha256.Sum256([]byte(body))}
	a.Outlet.Name = place
	var err error
	if a.Published, err = article.ParseDate(date); err != nil {
		t.Fatal(err)
	}
	at := 0
	for i, line := range lines {
		p := article.Paragraph{Span: text.Span{Start: at, End: at + len(line)}}
		if i == 0 {
			p.Kind = article.Headline
			a.Title = p.Span
		}
		a.Paragraphs = append(a.Paragraphs, p)
		at += len(line) + 1
	}
	if err := a.Check(); err != nil {
		t.Fatal(err)
	}
	pipeline, err := analysis.New("test", passes...)
	if err != nil {
		t.Fatal(err)
	}
	n, err := pipeline.Run(context.Background(), a)
	if err != nil {
		t.Fatal(err)
	}
	return collation.Account{Article: a, Analysis: n}
}

// lake is four accounts of one event; the last is a copy of the second.
func lake(t *testing.T) []collation.Account {
	wire := []string{
		`Engineers lower Orrin lake after crack is found`,
		`Engineers began to lower the water behind the Orrin dam on Monday after a crack was found in its eastern wall, the river board said.`,
		`“The wall is safe today. We are lowering the lake so that it is safe tomorrow. Nobody needs to leave home,” said Ada Wren, who chairs the board.`,
		`Farmers below the dam were told to move their cattle to higher ground before the spillway opens on Tuesday morning.`,
	}
	return []collation.Account{
		told(t, "valley.txt", "2031-05-06",
			`Crack in Orrin dam alarms valley`,
			`A crack in the eastern wall of the Orrin dam has alarmed people in the valley, and engineers are lowering the lake.`,
			`“The wall is safe today,” Wren told the valley council. “Nobody needs to leave home.”`,
			`The village school stays open.`),
		told(t, "wire.txt", "2031-05-05", wire...),
		told(t, "coast.txt", "2031-05-07",
			`Orrin: board plays down crack`,
			`Ada Wren, chair of the river board, said the wall “is safe today, and we lower the lake so that it stays safe tomorrow”.`),
		told(t, "reprint.txt", "2031-05-06", wire...),
	}
}

func TestOriginsAndOrder(t *testing.T) {
	c := collation.Collate("test", lake(t), nil)
	var places []string
	for _, a := range c.Accounts {
		places = append(places, a.Place)
	}
	if diff := cmp.Diff([]string{"wire.txt", "reprint.txt", "valley.txt", "coast.txt"}, places); diff != "" {
		t.Errorf("order of accounts (-want +got):\n%s", diff)
	}
	var origins [][]int
	for _, o := range c.Origins {
		origins = append(origins, o.Articles)
	}
	if diff := cmp.Diff([][]int{{0, 1}, {2}, {3}}, origins); diff != "" {
		t.Errorf("origins (-want +got):\n%s", diff)
	}
}

// TestPointsCountOrigins: what a wire piece and its reprint say has one origin.
func TestPointsCountOrigins(t *testing.T) {
	c := collation.Collate("test", lake(t), nil)
	status := map[string]collation.Status{}
	for _, p := range c.Points {
		for _, x := range p.Passages {
			status[c.Words(x.Cite)] = p.Status
		}
		if p.Origins > len(c.Origins) || p.Origins < 1 {
			t.Errorf("%q has %d origins", c.Words(p.Text), p.Origins)
		}
	}
	for words, want := range map[string]collation.Status{
		`Farmers below the dam were told to move their cattle to higher ground before the spillway opens on Tuesday morning.`: collation.Single,
		`The village school stays open.`: collation.Single,
		`A crack in the eastern wall of the Orrin dam has alarmed people in the valley, and engineers are lowering the lake.`: collation.Agreed,
	} {
		got := collation.Status("")
		for passage, s := range status { // a passage is a clause of the sentence, or all of it
			if strings.Contains(words, passage) {
				got = s
			}
		}
		if got != want {
			t.Errorf("%q is %s, want %s", words, got, want)
		}
	}
}

func TestQuoteRow(t *testing.T) {
	c := collation.Collate("test", lake(t), nil)
	var got []string
	for _, q := range c.Quotes {
		for _, v := range q.Variants {
			var missing []string
			for _, m := range v.Missing {
				missing = append(missing, c.Words(m))
			}
			got = append(got, fmt.Sprintf("%s %s: %q missing %q", c.Accounts[v.Account()].Place, v.Relation, c.Words(v.Cite), missing))
		}
	}
	want := []string{
		`wire.txt whole: "The wall is safe today. We are lowering the lake so that it is safe tomorrow. Nobody needs to leave home," missing []`,
		`reprint.txt whole: "The wall is safe today. We are lowering the lake so that it is safe tomorrow. Nobody needs to leave home," missing []`,
		`valley.txt cut: "The wall is safe today," missing ["We are lowering the lake so that it is safe tomorrow"]`,
		`valley.txt cut: "Nobody needs to leave home." missing []`,
		`coast.txt differs: "is safe today, and we lower the lake so that it stays safe tomorrow" missing []`,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestOrderFree: the same accounts give the same bytes in any order.
func TestOrderFree(t *testing.T) {
	accounts := lake(t)
	var want bytes.Buffer
	if err := collation.Encode(&want, collation.Collate("test", accounts, nil), true); err != nil {
		t.Fatal(err)
	}
	for range len(accounts) {
		accounts = append(accounts[1:], accounts[0])
		slices.Reverse(accounts[1:])
		var got bytes.Buffer
		if err := collation.Encode(&got, collation.Collate("test", accounts, nil), true); err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(want.Bytes(), got.Bytes()) {
			t.Fatal("another order of the accounts gives other bytes")
		}
	}
}

// TestNewCite: nothing can be cited but words of one paragraph.
func TestNewCite(t *testing.T) {
	c := collation.Collate("test", lake(t), nil)
	title := c.Accounts[0].Title
	for _, bad := range []text.Span{{}, {Start: -1, End: 2}, {Start: 5, End: 3}, {Start: 0, End: title.End + 5}, {Start: 0, End: 1 << 20}} {
		if _, err := c.NewCite(0, bad); err == nil {
			t.Errorf("%v could be cited", bad)
		}
	}
	if _, err := c.NewCite(len(c.Accounts), title); err == nil {
		t.Error("an account that is not there could be cited")
	}
	if _, err := c.NewCite(0, title); err != nil {
		t.Error(err)
	}
}

// TestQuoteOfAWord: a word in marks is not taken for that of a long quotation
// whose speaker is open.
func TestQuoteOfAWord(t *testing.T) {
	c := collation.Collate("test", []collation.Account{
		told(t, "a.example", "2031-05-03", "Storm over Norwick", "The letter was read out at the town hall on Monday.", "“The reckless sale of the ferry Osprey has cost this town its harbour and its good name.”"),
		told(t, "b.example", "2031-05-03", "Norwick votes", "The minister, Ines Roe, called the vote in Norwick “reckless” on Tuesday."),
	}, nil)
	if len(c.Quotes) != 2 {
		t.Errorf("%d rows of quotations: %+v", len(c.Quotes), c.Quotes)
	}
}

// TestQuoteOfWhoIsCited: words that a paper has from somebody are theirs.
func TestQuoteOfWhoIsCited(t *testing.T) {
	c := collation.Collate("test", []collation.Account{
		told(t, "a.example", "2031-05-03", "Storm over Norwick", "“The ferry line is closed for good,” Reuters reported, citing an official."),
		told(t, "b.example", "2031-05-03", "Norwick votes", "The minister, Ines Roe, called the vote in Norwick “reckless” on Tuesday."),
	}, nil)
	for _, q := range c.Quotes {
		if v := q.Variants[0]; c.Words(v.Cite) == "The ferry line is closed for good," {
			if v.Speaker.Name != "an official" {
				t.Errorf("given to %q", v.Speaker.Name)
			}
			return
		}
	}
	t.Error("not found")
}
