package collation_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"math"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"synoptic/article"
	"synoptic/collation"
	"synoptic/story"
	"synoptic/text"
)

var update = flag.Bool("update", false, "write the golden files")

// account is an article whose first line is its headline.
func account(place, outlet string, lines ...string) *article.Article {
	a := &article.Article{
		Place:        place,
		Outlet:       article.Outlet{Name: outlet},
		Text:         strings.Join(lines, "\n"),
		Language:     "en",
		Completeness: 1,
	}
	at := 0
	for i, line := range lines {
		p := article.Paragraph{Span: text.Span{Start: at, End: at + len(line)}}
		if i == 0 {
			p.Kind = article.Headline
			a.Title = p.Span
		}
		a.Paragraphs = append(a.Paragraphs, p)
		at = p.End + 1
	}
	copy(a.SHA256[:], place)
	return a
}

// citer cites words by where they first stand.
func citer(t *testing.T, c *collation.Collation) func(account int, words string) collation.Cite {
	return func(account int, words string) collation.Cite {
		t.Helper()
		cite, err := c.NewCite(account, span(t, c.Accounts[account].Text, words))
		if err != nil {
			t.Fatal(err)
		}
		return cite
	}
}

func span(t *testing.T, body, words string) text.Span {
	t.Helper()
	at := strings.Index(body, words)
	if at < 0 {
		t.Fatalf("%q is not in %q", words, body)
	}
	return text.Span{Start: at, End: at + len(words)}
}

func day(year int, month time.Month, day int) article.Date {
	return article.Date{Time: time.Date(year, month, day, 0, 0, 0, 0, time.UTC), Precision: article.Day}
}

// dam is a story of three accounts in which every field of the contract is
// filled somewhere, with letters of two, three and four bytes before the cites.
func dam(t *testing.T) *collation.Collation {
	first := account("dam/gazette.html", "The Løgstad Gazette",
		"🌊 Dam at Løgstad “holds”, says mayor",
		"Ana Brandt said on Monday that over 1,200 people had left. “The dam holds, and it will hold,” she added.",
		"Photo: NPX")
	first.Address = "https://gazette.example/dam?a=1&b=<2>"
	first.Authors = []string{"Ida Holm"}
	first.Published = article.Date{Time: time.Date(2031, 5, 6, 8, 30, 0, 0, time.UTC), Precision: article.Minute}
	first.Updated = day(2031, 5, 7)
	first.Credits = []article.Credit{{Agency: "NPX", Role: article.Photo, Span: span(t, first.Text, "Photo: NPX")}}
	second := account("https://courier.example/løgstad", "Courier",
		"Løgstad dam",
		"“The dam holds,” the mayor claimed. Some 1.2 thousand residents fled the valley.")
	second.Published = day(2031, 5, 5)
	second.Completeness = 0.4
	third := account("notes.jsonl:3", "")
	third.Text, third.Paragraphs, third.Title, third.Language = "", nil, text.Span{}, ""

	c := &collation.Collation{
		Engine:   "0.0.1",
		Language: "en",
		Accounts: []collation.Account{
			{Article: first},
			{Article: second},
			{Article: third, Missing: article.Tags | article.Arcs, Origin: 1},
		},
		Origins: []story.Origin{
			{Articles: []int{0, 1}, Name: "NPX", Shared: 0.25, Why: story.ByCopy},
			{Articles: []int{2}},
		},
		Problems: []collation.Problem{{Place: "dam/empty.html", Err: errors.New("no text")}},
	}
	cite := citer(t, c)
	c.Title = cite(0, "🌊 Dam at Løgstad “holds”, says mayor")
	ana := collation.Source{Name: "Ana Brandt", Span: span(t, first.Text, "Ana Brandt")}
	mayor := collation.Source{Name: "Ana Brandt", Span: span(t, second.Text, "the mayor")}
	left := cite(0, "Ana Brandt said on Monday that over 1,200 people had left.")
	fled := cite(1, "Some 1.2 thousand residents fled the valley.")
	c.Highlights = []collation.Highlight{{Text: left, Support: []collation.Cite{left, fled}, Accounts: 2, Origins: 1}}
	c.Points = []collation.Point{
		{
			Status: collation.Agreed, Origins: 2, Roots: []string{"Ana Brandt"}, Rooted: 1, Text: left,
			Passages: []collation.Passage{{Cite: left, Source: ana}, {Cite: fled}},
		},
		{
			Status: collation.Single, Origins: 1, Rooted: 1, Text: fled,
			Passages: []collation.Passage{{Cite: fled, Source: collation.Source{Name: "residents"}}},
		},
	}
	c.Figures = []collation.Figure{{
		Label: "people who left", Unit: "person", Verdict: collation.Compatible,
		Cells: []collation.Cell{
			{
				Cite: cite(0, "over 1,200 people"), Passage: left, Source: ana,
				Figure: &article.Figure{
					Value: 1200, Low: 1200, High: math.Inf(1), Unit: "people",
					Norm: article.Quantity{Value: 1200, Unit: "person"}, Modifier: article.Over, AsOf: day(2031, 5, 5),
				},
			},
			{
				Cite: cite(1, "Some 1.2 thousand residents"), Passage: fled,
				Figure: &article.Figure{
					Value: 1.2, Low: 1.15, High: 1e21, Unit: "thousand",
					Norm: article.Quantity{Value: 1200, Unit: "person"}, Modifier: article.About,
				},
			},
		},
	}}
	c.Quotes = []collation.Quote{
		{
			Speaker: collation.Speaker{Name: "Ana Brandt", Role: "the mayor"},
			Variants: []collation.Variant{
				{Cite: cite(0, "The dam holds, and it will hold,"), Kind: article.Direct, Relation: collation.Whole, Cue: cite(0, "added"), Speaker: ana},
				{
					Cite: cite(1, "The dam holds,"), Kind: article.Direct, Relation: collation.Cut,
					Missing: []collation.Cite{cite(0, "and it will hold")}, Cue: cite(1, "claimed"), Speaker: mayor,
				},
			},
		},
		{Variants: []collation.Variant{{Cite: cite(0, "holds"), Kind: article.Partial, Relation: collation.Whole}}},
	}
	c.Voices = []collation.Voice{{Name: "Ana Brandt", Named: true, Turns: []collation.Turn{
		{Account: 0, Quotations: 2, Words: 15, DirectWords: 7, Lead: 1, End: 1}, {Account: 1, Quotations: 1, Words: 3, DirectWords: 3, Middle: 1},
	}}}
	c.Naming = []collation.Naming{{Entity: "Ana Brandt", Labels: []collation.Label{{Text: "the mayor", Cites: []collation.Cite{cite(1, "the mayor")}}}}}
	c.Wording = []collation.Wording{{Point: 0, Variants: []collation.Worded{{Cite: left}, {Cite: fled, Loaded: []collation.Cite{cite(1, "fled")}}}}}
	c.Positions = []collation.Position{
		{Holder: "Ana Brandt", Kind: "pledges", Cites: []collation.Cite{cite(0, "it will hold")}},
		{Holder: "Ana Brandt", Kind: "refuses", Cites: []collation.Cite{left}, Opposed: []collation.Cite{fled}},
	}
	c.Omissions = []collation.Omission{{Point: 0, Present: []int{0, 1}, Unknown: []int{2}}}
	c.Points[0].Status = collation.Disputed
	c.Points[0].Disputes = []collation.Dispute{
		{Kind: collation.OtherFigure, Figure: 0, Sides: [][]collation.Cite{{cite(0, "over 1,200 people")}, {cite(1, "Some 1.2 thousand residents")}}},
		{Kind: collation.Denied, Sides: [][]collation.Cite{{left}, {fled}}},
	}
	c.Accounts[2].Apart = true
	c.Digest = []collation.Highlight{{Text: fled, Support: []collation.Cite{fled}, Accounts: 1, Origins: 1}}
	c.Leads = []collation.Lead{{Text: left, Points: []int{0}}, {Text: cite(1, "“The dam holds,” the mayor claimed.")}}
	c.Prominence = []collation.Prominence{{
		Point: 0, High: []collation.Place{{Cite: left, Paragraph: 1, Of: 2}}, Low: []collation.Place{{Cite: fled, Paragraph: 8, Of: 9}},
	}}
	c.Timeline = []collation.Event{{Date: day(2031, 5, 5), Text: left, Support: []collation.Cite{left}}, {Text: fled, Support: []collation.Cite{fled}}}
	return c
}

func encode(t *testing.T, c *collation.Collation, texts bool) string {
	t.Helper()
	var b bytes.Buffer
	if err := collation.Encode(&b, c, texts); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestEncode(t *testing.T) {
	got := encode(t, dam(t), true)
	if !strings.HasSuffix(got, "}\n") || strings.Count(got, "\n") != 1 {
		t.Error("not one object on one line")
	}
	var b bytes.Buffer
	if err := json.Indent(&b, []byte(got), "", "  "); err != nil {
		t.Fatal(err)
	}
	const golden = "testdata/dam.json"
	if *update {
		if err := os.WriteFile(golden, b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(b.Bytes(), want) {
		t.Errorf("differs from %s (-update writes it):\n%s", golden, b.Bytes())
	}
}

// TestEncodeGrounds reads the JSON as a stranger to Go would: whatever names an
// account and a place must have the words of that place.
func TestEncodeGrounds(t *testing.T) {
	var document map[string]any
	if err := json.Unmarshal([]byte(encode(t, dam(t), true)), &document); err != nil {
		t.Fatal(err)
	}
	texts := map[string][]rune{}
	for _, a := range document["accounts"].([]any) {
		a := a.(map[string]any)
		body, _ := a["text"].(string)
		texts[a["id"].(string)] = []rune(body)
	}
	cites, sources := 0, 0
	var walk func(v any, account string)
	walk = func(v any, account string) {
		switch v := v.(type) {
		case []any:
			for _, x := range v {
				walk(x, account)
			}
		case map[string]any:
			if a, ok := v["account"].(string); ok {
				account = a
			}
			start, ok := v["start"].(float64)
			if ok {
				words := string(texts[account][int(start):int(v["end"].(float64))])
				if want, ok := v["text"].(string); ok {
					cites++
					if words != want {
						t.Errorf("%s[%v:%v] is %q, not %q", account, start, v["end"], words, want)
					}
				} else if sources++; words != "Ana Brandt" && words != "the mayor" {
					t.Errorf("source at %s[%v:%v] is %q", account, start, v["end"], words)
				}
			}
			for _, x := range v {
				walk(x, account)
			}
		}
	}
	walk(document, "")
	if cites < 20 || sources < 4 {
		t.Errorf("walked %d cites and %d sources", cites, sources)
	}
}

func TestEncodeWithoutTexts(t *testing.T) {
	var document struct{ Accounts []map[string]any }
	if err := json.Unmarshal([]byte(encode(t, dam(t), false)), &document); err != nil {
		t.Fatal(err)
	}
	for _, a := range document.Accounts {
		if _, ok := a["text"]; ok {
			t.Errorf("account %v has its text", a["id"])
		}
	}
}

func TestEncodeLists(t *testing.T) {
	for _, c := range []*collation.Collation{{}, dam(t)} {
		if got := encode(t, c, true); strings.Contains(got, "null") {
			t.Errorf("a list is null: %s", got)
		}
	}
}

func TestID(t *testing.T) {
	c := dam(t)
	id := c.ID()
	slices.Reverse(c.Accounts)
	if c.ID() != id {
		t.Error("the order of the accounts changes the ID")
	}
	c.Accounts[0].SHA256[0]++
	if c.ID() == id {
		t.Error("other bytes have the same ID")
	}
}
