package report_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"synoptic/article"
	"synoptic/collation"
	"synoptic/story"
	"synoptic/text"
)

// longWord and longTitle are what no layout is made for.
var (
	longWord  = strings.Repeat("pilot", 80)
	longTitle = strings.TrimSpace(strings.Repeat("All that is known of the strike so far ", 16))[:600]
)

// The accounts of the story, in order of publication.
const (
	herald = iota
	wire
	times
	tagblatt
	mina
	minato
	note
)

// told is an account under construction: lines[0] is its headline.
type told struct {
	article.Article
	lines []string
	notes int // how many of the last lines are notes
}

func (a told) article() *article.Article {
	a.Text = strings.Join(a.lines, "\n")
	at := 0
	for i, line := range a.lines {
		p := article.Paragraph{Span: text.Span{Start: at, End: at + len(line)}}
		switch {
		case i == 0:
			p.Kind = article.Headline
			a.Title = p.Span
		case i >= len(a.lines)-a.notes:
			p.Kind = article.Note
		}
		a.Paragraphs = append(a.Paragraphs, p)
		at = p.End + 1
	}
	copy(a.SHA256[:], a.Place)
	return &a.Article
}

func at(day, hour int) article.Date {
	return article.Date{Time: time.Date(2031, 3, day, hour, 0, 0, 0, time.UTC), Precision: article.Minute}
}

func day(d int) article.Date {
	return article.Date{Time: time.Date(2031, 3, d, 0, 0, 0, 0, time.UTC), Precision: article.Day}
}

// strike is an invented story of seven accounts from six origins that fills
// every section, with names, titles and texts that try to break out of each
// format.
func strike(t testing.TB) *collation.Collation {
	accounts := []told{
		herald: {
			Article: article.Article{
				Place: "strike/herald.html", Address: "https://herald.example/pilots?a=1&b=<2>", Outlet: article.Outlet{Name: "The Merrow Herald"},
				Authors: []string{"Ines Falk", "Tom Adair"}, Published: at(4, 9), Updated: at(4, 15), Language: "en", Completeness: 1,
			},
			lines: []string{
				"Pilots’ strike shuts Port Merrow",
				"Harbour pilots walked out at Port Merrow on Monday, leaving 14 ships at anchor, the port authority said. No ship has entered since noon.",
				"“We will not take a ship past the bar tonight, and we will not take one tomorrow,” union leader Dara Quill told reporters at the gate.",
				"The union wants a second pilot on every tanker. The port authority has offered a bonus of 900 crowns, its director said.",
				"The strike costs the port 2.5 million crowns a day, according to the shippers’ federation. Last year the port handled 31 million tonnes.",
				"Fruit worth nearly 600,000 crowns will rot by Thursday, an importer said.",
				"The ferry to Halden runs as usual.",
			},
		},
		wire: {
			Article: article.Article{
				Place: "https://coastline.example/2031/strike", Outlet: article.Outlet{Name: "Coastline Wire", Domain: "coastline.example"},
				Published: at(4, 11), Language: "en", Completeness: 1,
			},
			lines: []string{
				"Strike by pilots leaves ships waiting off Merrow",
				"MERROW (CLW) — At least 14 ships were waiting off Port Merrow on Monday after pilots stopped work, the port authority said.",
				"“We will not take a ship past the bar tonight,” said Dara Quill, who leads the pilots’ union. Her members are “tired of promises”.",
				"The union said it had been offered nothing. The federation of shippers put the loss at 4 million crowns a day.",
				"The militant union has struck three times since 2028.",
			},
		},
		times: {
			Article: article.Article{
				Place: "strike/times.html", Outlet: article.Outlet{Name: "Halden Times"}, Published: at(4, 12), Language: "en", Completeness: 1,
			},
			lines: []string{
				"Ships wait as pilots strike",
				"At least 14 ships were waiting off Port Merrow on Monday after pilots stopped work, the port authority said.",
				"“We will not take a ship past the bar tonight,” said Dara Quill, who leads the pilots’ union.",
				"Distributed by Coastline Wire",
			},
			notes: 1,
		},
		tagblatt: {
			Article: article.Article{
				Place: "strike/tagblatt.html", Outlet: article.Outlet{Name: `Tagblatt <b>Küste</b> & Hafen "Nord"`},
				Published: day(5), Language: "de", Completeness: 0.95,
			},
			lines: []string{
				`Lotsenstreik: <script>alert("1")</script> & andere Sorgen | *Küste* _heute_`,
				"Am Montag lagen 17 Schiffe vor Port Merrow, am Dienstag schon 22. <img src=x onerror=alert(1)> [Mehr](javascript:alert(1))",
				"„Heute Nacht fährt keiner“, sagte Dara Quill.",
			},
		},
		mina: {
			Article: article.Article{
				Place: "strike/mina.html", Outlet: article.Outlet{Name: "صحيفة الميناء"}, Published: day(5), Language: "ar", Completeness: 1,
			},
			lines: []string{
				"إضراب المرشدين البحريين يغلق ميناء ميرو",
				"بقيت 14 سفينة في عرض البحر يوم الاثنين بعد إضراب المرشدين في ميناء ميرو.",
			},
		},
		minato: {
			Article: article.Article{
				Place: "strike/minato.json", Outlet: article.Outlet{Name: "港新聞 🚢"}, Published: day(5), Language: "ja", Completeness: 1,
			},
			lines: []string{
				"水先人のストライキで港が閉鎖 🚢⚓️",
				"メロー港では月曜日、水先人のストライキにより14隻の船が沖合で待機している。港湾当局が発表した。",
			},
		},
		note: {
			Article: article.Article{Place: "strike/untitled clipping.txt", Language: "en", Completeness: 0.3},
			lines: []string{
				longTitle,
				"=SUM(A1:A9) is what the clerk wrote, \x1b[31min red\x1b[0m, above " + longWord + ".",
				"Sixteen ships waited off Merrow \u202eon Monday. Continue reading…",
			},
		},
	}
	c := &collation.Collation{
		Engine:   "0.1.0",
		Language: "en",
		Origins: []story.Origin{
			{Articles: []int{herald}, Name: "The Merrow Herald"},
			{Articles: []int{wire, times}, Name: "Coastline Wire", Shared: 0.94, Why: story.ByBoth},
			{Articles: []int{tagblatt}, Name: accounts[tagblatt].Outlet.Name},
			{Articles: []int{mina}, Name: accounts[mina].Outlet.Name},
			{Articles: []int{minato}, Name: accounts[minato].Outlet.Name},
			{Articles: []int{note}},
		},
		Problems: []collation.Problem{
			{Place: "strike/empty.html", Err: errors.New("no text")},
			{Place: "https://gone.example/<strike>", Err: errors.New("404 Not Found")},
		},
	}
	for i, a := range accounts {
		c.Accounts = append(c.Accounts, collation.Account{Article: a.article(), Analysis: &article.Analysis{}})
		for o, origin := range c.Origins {
			for _, of := range origin.Articles {
				if of == i {
					c.Accounts[i].Origin = o
				}
			}
		}
	}
	for _, i := range []int{tagblatt, mina, minato} {
		c.Accounts[i].Missing = article.Tags | article.Arcs | article.Attributions
	}
	f := filler{t, c}
	c.Accounts[wire].Credits = []article.Credit{{Agency: "CLW", Role: article.Wire, Span: f.span(wire, "(CLW)")}}
	c.Accounts[times].Credits = []article.Credit{{Agency: "Coastline Wire", Role: article.Distribution, Span: f.span(times, "Distributed by Coastline Wire")}}
	waiting := "At least 14 ships were waiting off Port Merrow on Monday after pilots stopped work, the port authority said"
	c.Origins[1].Copied = [][]text.Span{{f.span(wire, waiting)}, {f.span(times, waiting)}}
	c.Title = f.cite(herald, "Pilots’ strike shuts Port Merrow")
	f.points()
	f.figures()
	f.quotes()
	f.rest()
	for _, a := range c.Accounts {
		if err := a.Check(); err != nil {
			t.Fatal(err)
		}
	}
	return c
}

// filler puts findings into a collation.
type filler struct {
	testing.TB
	c *collation.Collation
}

// span is where words stand first in an account.
func (f filler) span(account int, words string) text.Span {
	f.Helper()
	at := strings.Index(f.c.Accounts[account].Text, words)
	if at < 0 {
		f.Fatalf("account %d has no %q", account, words)
	}
	return text.Span{Start: at, End: at + len(words)}
}

func (f filler) cite(account int, words string) collation.Cite {
	f.Helper()
	cite, err := f.c.NewCite(account, f.span(account, words))
	if err != nil {
		f.Fatal(err)
	}
	return cite
}

// source is name as words of the account mention it; words may be empty.
func (f filler) source(account int, name, words string) collation.Source {
	f.Helper()
	s := collation.Source{Name: name}
	if words != "" {
		s.Span = f.span(account, words)
	}
	return s
}

func (f filler) points() {
	ships := []collation.Cite{
		f.cite(herald, "Harbour pilots walked out at Port Merrow on Monday, leaving 14 ships at anchor, the port authority said."),
		f.cite(wire, "At least 14 ships were waiting off Port Merrow on Monday after pilots stopped work, the port authority said."),
		f.cite(times, "At least 14 ships were waiting off Port Merrow on Monday after pilots stopped work, the port authority said."),
		f.cite(tagblatt, "Am Montag lagen 17 Schiffe vor Port Merrow, am Dienstag schon 22."),
		f.cite(mina, "بقيت 14 سفينة في عرض البحر يوم الاثنين بعد إضراب المرشدين في ميناء ميرو."),
		f.cite(minato, "メロー港では月曜日、水先人のストライキにより14隻の船が沖合で待機している。"),
		f.cite(note, "Sixteen ships waited off Merrow \u202eon Monday."),
	}
	port := "the port authority"
	f.c.Highlights = []collation.Highlight{{Text: ships[0], Support: ships, Accounts: 7, Origins: 6}}
	f.c.Points = []collation.Point{
		{
			Status: collation.Agreed, Origins: 6, Roots: []string{port, "港湾当局"}, Rooted: 6, Text: ships[0],
			Passages: []collation.Passage{
				{Cite: ships[0], Source: f.source(herald, port, port)},
				{Cite: ships[1], Source: f.source(wire, port, port)},
				{Cite: ships[2], Source: f.source(times, port, port)},
				{Cite: ships[3]},
				{Cite: ships[4]},
				{Cite: ships[5], Source: f.source(minato, "港湾当局", "港湾当局")},
				{Cite: ships[6]},
			},
		},
		{
			Status: collation.Agreed, Origins: 2, Roots: []string{"the union"}, Rooted: 1, Text: f.cite(herald, "Harbour pilots walked out"),
			Passages: []collation.Passage{
				{Cite: f.cite(herald, "Harbour pilots walked out")},
				{Cite: f.cite(wire, "pilots stopped work")},
				{Cite: f.cite(times, "pilots stopped work")},
			},
		},
		{
			Status: collation.Disputed, Origins: 2, Roots: []string{"the port’s director", "the union"},
			Text: f.cite(herald, "The port authority has offered a bonus of 900 crowns, its director said."),
			Passages: []collation.Passage{
				{Cite: f.cite(herald, "The port authority has offered a bonus of 900 crowns, its director said."), Source: f.source(herald, "the port’s director", "its director")},
				{Cite: f.cite(wire, "The union said it had been offered nothing."), Source: f.source(wire, "the union", "The union")},
			},
			Disputes: []collation.Dispute{{Kind: collation.Denied, Sides: [][]collation.Cite{
				{f.cite(herald, "The port authority has offered a bonus of 900 crowns, its director said.")},
				{f.cite(wire, "The union said it had been offered nothing.")},
			}}},
		},
	}
	for _, single := range []struct {
		account int
		words   string
	}{
		{herald, "The ferry to Halden runs as usual."},
		{herald, "No ship has entered since noon."},
		{wire, "The militant union has struck three times since 2028."},
		{tagblatt, "<img src=x onerror=alert(1)> [Mehr](javascript:alert(1))"},
		{note, "=SUM(A1:A9) is what the clerk wrote, \x1b[31min red\x1b[0m, above " + longWord + "."},
	} {
		cite := f.cite(single.account, single.words)
		f.c.Points = append(f.c.Points, collation.Point{
			Status: collation.Single, Origins: 1, Text: cite, Passages: []collation.Passage{{Cite: cite}},
		})
	}
	f.c.Points = append(f.c.Points, collation.Point{
		Status: collation.Disputed, Origins: 2, Text: f.cite(herald, "The strike costs the port 2.5 million crowns a day"),
		Passages: []collation.Passage{
			{Cite: f.cite(herald, "The strike costs the port 2.5 million crowns a day")},
			{Cite: f.cite(wire, "The federation of shippers put the loss at 4 million crowns a day.")},
		},
		Disputes: []collation.Dispute{{Kind: collation.OtherFigure, Figure: 1, Sides: [][]collation.Cite{
			{f.cite(herald, "2.5 million crowns a day")},
			{f.cite(wire, "4 million crowns a day")},
		}}},
	})
	f.c.Omissions = []collation.Omission{
		{Point: 1, Present: []int{herald, wire, times}, Absent: []int{tagblatt, mina, minato}, Unknown: []int{note}},
		{Point: 2, Present: []int{herald, wire}, Absent: []int{times, tagblatt, mina, minato}, Unknown: []int{note}},
	}
}

func (f filler) figures() {
	cell := func(account int, words, passage string, value float64, unit string, m article.Modifier) collation.Cell {
		f.Helper()
		return collation.Cell{
			Cite: f.cite(account, words), Passage: f.cite(account, passage),
			Figure: &article.Figure{
				Value: value, Low: value, High: value, Unit: unit, Modifier: m, Source: -1,
				Norm: article.Quantity{Value: value, Unit: unit},
			},
		}
	}
	second := cell(tagblatt, "22", "Am Montag lagen 17 Schiffe vor Port Merrow, am Dienstag schon 22.", 22, "ship", article.Exact)
	second.Figure.AsOf = day(5)
	range14 := cell(wire, "At least 14 ships", "At least 14 ships were waiting off Port Merrow on Monday", 14, "ship", article.Over)
	range14.Figure.High = 20
	range14.Source = f.source(wire, "the port authority", "the port authority")
	million := func(account int, words, passage string, value float64, by string) collation.Cell {
		c := cell(account, words, passage, value, "million", article.Exact)
		c.Figure.Norm = article.Quantity{Value: value * 1e6, Unit: "crown"}
		c.Source = f.source(account, by, by)
		return c
	}
	f.c.Figures = []collation.Figure{
		{
			Label: "ships waiting", Unit: "ship", Verdict: collation.Differ,
			Cells: []collation.Cell{
				cell(herald, "14 ships", "leaving 14 ships at anchor, the port authority said.", 14, "ship", article.Exact),
				range14,
				cell(times, "At least 14 ships", "At least 14 ships were waiting off Port Merrow on Monday", 14, "ship", article.Over),
				cell(tagblatt, "17 Schiffe", "Am Montag lagen 17 Schiffe vor Port Merrow, am Dienstag schon 22.", 17, "ship", article.Exact),
				second,
				cell(mina, "14 سفينة", "بقيت 14 سفينة في عرض البحر يوم الاثنين بعد إضراب المرشدين في ميناء ميرو.", 14, "ship", article.Exact),
				cell(minato, "14隻", "メロー港では月曜日、水先人のストライキにより14隻の船が沖合で待機している。", 14, "ship", article.Exact),
				cell(note, "Sixteen ships", "Sixteen ships waited off Merrow \u202eon Monday.", 16, "ship", article.Exact),
			},
		},
		{
			Label: "cost a day", Unit: "crown", Verdict: collation.Differ,
			Cells: []collation.Cell{
				million(herald, "2.5 million crowns a day", "The strike costs the port 2.5 million crowns a day, according to the shippers’ federation.", 2.5, "the shippers’ federation"),
				million(wire, "4 million crowns a day", "The federation of shippers put the loss at 4 million crowns a day.", 4, "The federation of shippers"),
			},
		},
		{
			Label: "ships at Port Merrow", Unit: "ship", Verdict: collation.Compatible,
			Cells: []collation.Cell{
				cell(herald, "14 ships", "leaving 14 ships at anchor, the port authority said.", 14, "ship", article.Exact),
				range14,
			},
		},
		{
			Label: "bonus", Unit: "crown", Verdict: collation.OneAccount,
			Cells: []collation.Cell{cell(herald, "900 crowns", "The port authority has offered a bonus of 900 crowns, its director said.", 900, "crown", article.Exact)},
		},
		{
			Label: "tonnes last year", Unit: "kg", Verdict: collation.OneAccount,
			Cells: []collation.Cell{cell(herald, "31 million tonnes", "Last year the port handled 31 million tonnes.", 31, "million", article.Exact)},
		},
	}
}

func (f filler) quotes() {
	whole := "We will not take a ship past the bar tonight, and we will not take one tomorrow,"
	short := "We will not take a ship past the bar tonight,"
	missing := []collation.Cite{f.cite(herald, "and we will not take one tomorrow")}
	quill := func(account int) collation.Source { return f.source(account, "Dara Quill", "Dara Quill") }
	f.c.Quotes = []collation.Quote{
		{
			Speaker: collation.Speaker{Name: "Dara Quill", Role: "union leader"},
			Variants: []collation.Variant{
				{Cite: f.cite(herald, whole), Kind: article.Direct, Relation: collation.Whole, Cue: f.cite(herald, "told"), Speaker: quill(herald)},
				{Cite: f.cite(wire, short), Kind: article.Direct, Relation: collation.Cut, Missing: missing, Cue: f.cite(wire, "said Dara"), Speaker: quill(wire)},
				{Cite: f.cite(times, short), Kind: article.Direct, Relation: collation.Cut, Missing: missing, Speaker: quill(times)},
				{Cite: f.cite(tagblatt, "Heute Nacht fährt keiner"), Kind: article.Direct, Relation: collation.Differs, Cue: f.cite(tagblatt, "sagte"), Speaker: quill(tagblatt)},
			},
		},
		{
			Variants: []collation.Variant{
				{Cite: f.cite(wire, "tired of promises"), Kind: article.Partial, Relation: collation.Whole},
			},
		},
	}
	f.c.Voices = []collation.Voice{
		{Name: "Dara Quill", Named: true, Turns: []collation.Turn{
			{Account: herald, Quotations: 1, Words: 17, DirectWords: 17, Middle: 1},
			{Account: wire, Quotations: 2, Words: 15, DirectWords: 12, Lead: 1, End: 2},
			{Account: times, Quotations: 1, Words: 10, DirectWords: 10, Middle: 1},
			{Account: tagblatt, Quotations: 1, Words: 4, DirectWords: 4, End: 1},
		}},
		{Name: "the port authority", Named: true, Turns: []collation.Turn{{Account: herald, Words: 14, Middle: 1}, {Account: wire, Words: 13, Lead: 1}}},
		{Name: "the clerk", Turns: []collation.Turn{{Account: note, Words: 1, Lead: 1}}},
	}
}

func (f filler) rest() {
	f.c.Positions = []collation.Position{
		{Holder: "the union", Kind: "wants", Toward: "the port authority", Cites: []collation.Cite{f.cite(herald, "a second pilot on every tanker")}},
		{Holder: "the port authority", Kind: "offers", Cites: []collation.Cite{f.cite(herald, "a bonus of 900 crowns")}},
		{Holder: "the union", Kind: "refuses", Cites: []collation.Cite{
			f.cite(herald, "We will not take a ship past the bar tonight"), f.cite(wire, "We will not take a ship past the bar tonight"),
			f.cite(times, "We will not take a ship past the bar tonight"),
		}, Opposed: []collation.Cite{f.cite(herald, "a bonus of 900 crowns")}},
	}
	f.c.Naming = []collation.Naming{
		{Entity: "the pilots’ union", Labels: []collation.Label{
			{Text: "the union", Cites: []collation.Cite{f.cite(herald, "The union wants"), f.cite(wire, "The union said")}},
			{Text: "the pilots’ union", Cites: []collation.Cite{f.cite(wire, "the pilots’ union"), f.cite(times, "the pilots’ union")}},
			{Text: "militant union", Cites: []collation.Cite{f.cite(wire, "militant union")}},
		}},
		{Entity: "Dara Quill", Labels: []collation.Label{
			{Text: "union leader", Cites: []collation.Cite{f.cite(herald, "union leader")}},
			{Text: "who leads the pilots’ union", Cites: []collation.Cite{f.cite(wire, "who leads the pilots’ union"), f.cite(times, "who leads the pilots’ union")}},
		}},
	}
	f.c.Wording = []collation.Wording{{Point: 1, Variants: []collation.Worded{
		{Cite: f.cite(herald, "Harbour pilots walked out at Port Merrow on Monday"), Loaded: []collation.Cite{f.cite(herald, "walked out")}},
		{Cite: f.cite(wire, "after pilots stopped work")},
	}}}
	f.c.Digest = []collation.Highlight{
		f.c.Highlights[0],
		{Text: f.cite(herald, "The ferry to Halden runs as usual."), Support: []collation.Cite{f.cite(herald, "The ferry to Halden runs as usual.")}, Accounts: 1, Origins: 1},
	}
	f.c.Leads = []collation.Lead{
		{Text: f.cite(herald, "Harbour pilots walked out at Port Merrow on Monday, leaving 14 ships at anchor, the port authority said."), Points: []int{0, 1}},
		{Text: f.cite(wire, "At least 14 ships were waiting off Port Merrow on Monday after pilots stopped work, the port authority said."), Points: []int{0, 1}},
		{Text: f.cite(times, "At least 14 ships were waiting off Port Merrow on Monday after pilots stopped work, the port authority said."), Points: []int{0, 1}},
		{Text: f.cite(tagblatt, "Am Montag lagen 17 Schiffe vor Port Merrow, am Dienstag schon 22."), Points: []int{0}},
		{Text: f.cite(note, "=SUM(A1:A9) is what the clerk wrote")},
	}
	f.c.Prominence = []collation.Prominence{{
		Point: 0,
		High:  []collation.Place{{Cite: f.c.Points[0].Text, Of: 9}, {Cite: f.c.Points[0].Passages[1].Cite, Paragraph: 1, Of: 6}},
		Low:   []collation.Place{{Cite: f.c.Points[0].Passages[6].Cite, Paragraph: 9, Of: 11}},
	}}
	f.c.Timeline = []collation.Event{
		{Date: article.Date{Time: time.Date(2028, 1, 1, 0, 0, 0, 0, time.UTC), Precision: article.Year}, Text: f.cite(wire, "The militant union has struck three times since 2028."), Support: []collation.Cite{f.cite(wire, "The militant union has struck three times since 2028.")}},
		{Date: day(3), Text: f.c.Points[0].Text, Support: f.c.Highlights[0].Support},
		{Date: day(4), Text: f.cite(tagblatt, "am Dienstag schon 22"), Support: []collation.Cite{f.cite(tagblatt, "am Dienstag schon 22")}},
		{Date: day(6), Text: f.cite(herald, "Fruit worth nearly 600,000 crowns will rot by Thursday, an importer said."), Support: []collation.Cite{f.cite(herald, "Fruit worth nearly 600,000 crowns will rot by Thursday, an importer said.")}},
	}
}
