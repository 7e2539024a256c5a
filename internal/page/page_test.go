package page

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"synoptic/article"
)

func TestReadRefuses(t *testing.T) {
	for name, test := range map[string]struct {
		in   Input
		want error
		says string
	}{
		"empty":          {Input{Place: "a.txt"}, ErrEmpty, "a.txt: nothing to read"},
		"blank":          {Input{Place: "a.txt", Body: []byte(" \n\t\ufeff\n")}, ErrEmpty, "a.txt: nothing to read"},
		"picture":        {Input{Place: "a.png", Body: []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR")}, ErrBinary, "a.png: binary data, not text"},
		"zeros":          {Input{Place: "a.bin", Body: []byte("ab\x00\x00\x01\x02\x00\x03cd\x00")}, ErrBinary, "a.bin: binary data, not text"},
		"menu":           {Input{Place: "m.txt", Body: []byte("Home\nNews\nSport\nWeather\nSign in\n")}, ErrNoArticle, "m.txt: no article on the page"},
		"broken record":  {Input{Place: "r.json", Body: []byte("{\"title\": \"A\",\n \"text\": }")}, nil, "r.json: malformed record: line 2, byte "},
		"record without": {Input{Place: "c.jsonl:7", Body: []byte(`{"title": "A"}`)}, nil, "c.jsonl:7: record without a text"},
		"number as text": {Input{Place: "c.jsonl:8", Body: []byte(`{"title": "A", "text": 5}`)}, nil, "c.jsonl:8: malformed record: text is not a string"},
		"two records":    {Input{Place: "two.json", Body: []byte(`{"text": "A b."}{"text": "C d."}`)}, nil, "two.json: malformed record: more than one JSON value"},
	} {
		a, err := Read(test.in)
		if err == nil {
			t.Errorf("%s: read %q, want an error", name, a.Text)
			continue
		}
		if test.want != nil && !errors.Is(err, test.want) || !strings.HasPrefix(err.Error(), test.says) {
			t.Errorf("%s: error %q, want %q", name, err, test.says)
		}
	}
}

// creditsOf lists the credits of one line as "agency/role".
func creditsOf(t *testing.T, s string, at place, own ...string) []string {
	t.Helper()
	c := &crediting{own: map[string]bool{"": true}}
	for _, o := range own {
		c.own[bare(o)] = true
	}
	var got []string
	for _, m := range c.credits(s, at) {
		if err := m.span.Check(s); err != nil {
			t.Errorf("%q: credit of %s: %v", s, m.agency, err)
		}
		if m.span.Empty() {
			t.Errorf("%q: credit of %s has no words", s, m.agency)
		}
		got = append(got, m.agency+"/"+string(m.role))
	}
	slices.Sort(got)
	return slices.Compact(got)
}

func TestCredits(t *testing.T) {
	for line, want := range map[string]string{
		// datelines
		"LARVIK, Norway (AP) — The ferry line said on Friday that two crews had left.":               "AP/wire",
		"LARVIK, Norway, March 3 (Reuters) - The ferry line said on Friday that two crews had left.": "Reuters/wire",
		"OSLO: (ANI) The ferry line said on Friday that two crews had left.":                         "ANI/wire",
		"New Delhi [India], March 3 (ANI): The ferry line said on Friday that two crews had left.":   "ANI/wire",
		"BERGEN, March 3 (Xinhua) -- The ferry line said on Friday that two crews had left.":         "Xinhua/wire",
		"The mayor (AP) said nothing.":                                  "",
		"The line (founded 1902) — now bankrupt — once ran nine ships.": "",
		// copyright and distribution
		"© AFP 2031":   "AFP/wire",
		"- © AFP 2031": "AFP/wire",
		"Copyright 2031 The Associated Press. All rights reserved.":                                   "AP/wire",
		"©2031 Bloomberg L.P. Visit bloomberg.com. Distributed by Tribune Content Agency, LLC.":       "Bloomberg/wire Tribune Content Agency/distribution",
		"©2031 The Harbour Times. Visit harbourtimes.example. Distributed by Tribune Content Agency.": "The Harbour Times/wire Tribune Content Agency/distribution",
		"Copyright 2031 Larvik Echo. All rights reserved.":                                            "",
		// pictures
		"Image copyright EPA Image caption The ferry left the quay at noon":       "EPA/photo",
		"Image source, Jo Bell Image caption, The ferry left the quay at noon":    "Jo Bell/photo",
		"The ferry leaves the quay at noon. (AP Photo/Jo Bell, File)":             "AP/photo Jo Bell/photo",
		"The ferry leaves the quay at noon. (Jo Bell, File/Associated Press)":     "AP/photo Jo Bell/photo",
		"The ferry leaves the quay at noon (Reuters)":                             "Reuters/photo",
		"The ferry leaves the quay at noon. REUTERS/Jo Bell":                      "Jo Bell/photo Reuters/photo",
		"The ferry leaves the quay at noon. Photograph: Jo Bell/AFP/Getty Images": "AFP/photo Getty Images/photo Jo Bell/photo",
		"Getty Images A woman lays flowers at the gate of the yard":               "Getty Images/photo",
		"(Lea Ann Storm / The Harbour Times)":                                     "Lea Ann Storm/photo The Harbour Times/photo",
		"Source: AP Photo":                                                        "AP/photo",
		"Media caption Courtesy of Ann Field and Bo Hill":                         "Ann Field/photo Bo Hill/photo",
		"A sign at the quay, seen on March 3. (Photo: Larvik Police Department)":  "Larvik Police Department/photo",
		"Divers at work ©Ann Field (AFP)":                                         "AFP/photo Ann Field/photo",
		// help
		"(With assistance from Ann Field, Bo Hill and Cy Marsh.)":                                          "Ann Field/reporting Bo Hill/reporting Cy Marsh/reporting",
		"With input from Nordic Wire":                                                                      "Nordic Wire/input",
		"With inputs from agencies":                                                                        "",
		"The Associated Press contributed to this report.":                                                 "AP/reporting",
		"The Echo's Ann Field contributed to this report.":                                                 "Ann Field/reporting",
		"(Additional reporting by Ann Field in OSLO, Bo Hill in Bergen, Norway. Editing by Cy Marsh)":      "Ann Field/reporting Bo Hill/reporting",
		"The line will appeal, he said. (Reporting by Ann Field; Writing by Bo Hill; Editing by Cy Marsh)": "",
		"“We will appeal,” he said. —With Ann Field":                                                       "Ann Field/reporting",
		"This article originally appeared on Harbour Wire.":                                                "Harbour Wire/wire",
		// nothing of the kind
		"An Ansel Register/Bloomberg Politics poll put the party ahead.":       "",
		"The ferry at the quay. Handout/Reuters":                               "Reuters/photo",
		"A Reuters/Ipsos poll put the party four points ahead on Monday.":      "",
		"With assistance from his brother, he built the boat in a year.":       "",
		"He won courtesy of a late goal in the second half.":                   "",
		"The law covers loading and/or storage, and speeds of 12mph (20km/h).": "",
		"The captain told Reuters the engine had failed.":                      "",
		"The charge sheet was seen by Reuters on Monday.":                      "",
		"With Ann Field in the chair, the board met on Monday.":                "",
		"He contributed to this year's campaign, records show.":                "",
	} {
		if got := strings.Join(creditsOf(t, line, place{}), " "); got != want {
			t.Errorf("%q:\n got %q\nwant %q", line, got, want)
		}
	}
}

// TestCreditsAtTheEnd reads accounts that end in a line, as a note with credits
// or as a sentence of the account.
func TestCreditsAtTheEnd(t *testing.T) {
	for _, test := range [][2]string{
		{"Reporting by Ann Field and Bo Hill; editing by Cy Marsh", "note"},
		{"(Reporting by Ann Field)", "note"},
		{"Edited by Cy Marsh", "note"},
		{"With reporting by Ann Field in Oslo.", "note Ann Field/reporting"},
		{"Additional reporting: Ann Field, Bo Hill", "note Ann Field/reporting Bo Hill/reporting"},
		{"Contributed reporting: Ann Field", "note Ann Field/reporting"},
		{"Reporting was contributed by Ann Field from Oslo and Bo Hill from Bergen.", "note Ann Field/reporting Bo Hill/reporting"},
		{"With files from The Canadian Press", "note CP/input"},
		{"Associated Press writer Ann Field in Oslo contributed to this report.", "note Ann Field/reporting"},
		{"Associated Press writers Ann Field in Oslo and Bo Hill in Bergen, Norway, contributed to this report.", "note Ann Field/reporting Bo Hill/reporting"},
		{"AP Sports Writer Ann Field contributed to this report.", "note Ann Field/reporting"},
		{"Associated Press journalists Ann Field and Bo Hill contributed.", "note Ann Field/reporting Bo Hill/reporting"},
		{"The Associated Press and Ann Field of Harbour Wire contributed to this report.", "note AP/reporting Ann Field/reporting"},
		{"Ann Field contributed reporting from Oslo.", "note Ann Field/reporting"},
		{"Ann Field contributed reporting from Oslo, Bo Hill from Bergen and Cy Marsh from Moss.", "note Ann Field/reporting Bo Hill/reporting Cy Marsh/reporting"},
		{"Ann Field contributed from Bergen.", "note Ann Field/reporting"},
		{"Agencies contributed to this report.", "note"},
		{"Information from The Associated Press was used in this report.", "note AP/input"},
		{"This report includes information from The Associated Press.", "note AP/input"},
		{"This story includes reporting by The Associated Press.", "note AP/reporting"},
		{"This story was first published by Harbour Wire.", "note Harbour Wire/wire"},
		{"This article was first published by The Quay Review on March 3.", "note The Quay Review/wire"},
		{"This story was originally published in The Quay Review and is republished here with permission.", "note The Quay Review/wire"},
		{"This article is republished from The Quay Review under a Creative Commons license.", "note The Quay Review/wire"},
		{"This article originally appeared on Harbour Wire: Ferry talks fail", "note Harbour Wire/wire"},
		{"This article was produced by Harbour Wire, a newsroom on the coast.", "note Harbour Wire/wire"},
		{"A version of this article appeared in The Quay Review.", "note The Quay Review/wire"},
		{"An earlier version of this story was published by Harbour Wire.", "note Harbour Wire/wire"},
		{"A version of this article appears in print on March 4, 2031, on page 3 with the headline: Talks Fail.", "note"},
		{"Published under licence from Reuters", "note Reuters/wire"},
		{"Copyright 2031 Harbour Wire. All rights reserved.", "note"},
		{"Copyright 2031 AFP. All rights reserved.", "note AFP/wire"},
		{"AFP/Harbour Wire", "note AFP/wire Harbour Wire/wire"},
		{"ab/cd (AFP, dpa)", "note AFP/wire dpa/wire"},
		{"(AP)", "note AP/wire"},
		{"With AFP", "note AFP/reporting"},
		{"(With Reuters inputs)", "note Reuters/input"},
		// nothing of the kind
		{"He contributed reporting from Oslo for years.", "body"},
		{"Ann Field contributed from the bench, scoring twice.", "body"},
		{"Ann Field contributed from Oslo to the campaign of 2019.", "body"},
		{"Norway contributed from its reserves.", "body"},
		{"The union and the line contributed.", "body"},
		{"Rain over a week contributed to this report of a flood, the board said.", "body"},
		{"This was the year in which the ferry first appeared in Bergen.", "body"},
		{"The report was published by the Ministry of Fisheries.", "body"},
		{"The letter was first published by The Quay Review.", "body"},
		{"He said this article appeared in The Quay Review, and called it false.", "body"},
		{"This story appeared on Channel Nine, and the police saw it.", "body"},
		{"This piece appeared in Larvik last year and was sold for 300 crowns.", "body"},
		{"A version of this article of faith appeared in every church.", "body"},
		{"The leaflets were produced by Harbour Wire.", "body"},
		{"The evidence includes information from Reuters.", "body"},
		{"Information from the police was used in this trial.", "body"},
		{"With Reuters in the room, the minister said nothing.", "body"},
		{"Editing by the board took a year, she said.", "body"},
	} {
		line, want := test[0], test[1]
		a, got := kinds(t, Input{Place: "a.txt", Body: []byte("Ferry talks fail in Larvik\n\n" +
			"Talks to end the strike at the ferry line failed on Monday night, the union said after nine hours at the table, and more.\n\n" +
			"The line said it would not make another offer this month, and that it had nothing to add to what it said on Friday.\n\n" + line + "\n")})
		kind, words, _ := strings.Cut(got[len(got)-1], ": ")
		have := []string{kind}
		for _, c := range a.Credits {
			have = append(have, c.Agency+"/"+string(c.Role))
		}
		if strings.Join(have, " ") != want || words != line {
			t.Errorf("%q:\n got %q\nwant %q", line, strings.Join(have, " "), want)
		}
	}
}

func TestCreditsLeaveTheOutletOut(t *testing.T) {
	if got := creditsOf(t, "LARVIK, March 3 (Reuters) - The ferry line said so. REUTERS/Jo Bell", place{}, "Reuters"); strings.Join(got, " ") != "Jo Bell/photo" {
		t.Errorf("got %q", got)
	}
}

func TestGalleryCredits(t *testing.T) {
	got := creditsOf(t, "Larvik ferry 4 show all Larvik ferry 1/4 The ferry at the quay Jo Bell/PA 2/4 Divers at work in Larvik Cy Marsh 3/4 The yard at dawn @larvikeye 4/4 A crane, seen on Monday Getty Images", place{gallery: true})
	if want := "@larvikeye/photo Cy Marsh/photo Getty Images/photo Jo Bell/photo PA/photo"; strings.Join(got, " ") != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestStamps(t *testing.T) {
	for line, want := range map[string]string{
		"Jul 24, 2031, 8:14 PM":                    "2031-07-24T20:14Z",
		"Published: 3 March 2031 at 09:05 GMT":     "2031-03-03T09:05Z",
		"Thursday, March 3rd, 2031":                "2031-03-03",
		"Published 11:29 p.m. EST Dec 30, 2031":    "2031-12-30T23:29-05:00",
		"24.07.2031, 18:00 Uhr":                    "2031-07-24T18:00Z",
		"Publié le 3 mars 2031":                    "2031-03-03",
		"2031-03-03T09:05:11Z":                     "2031-03-03T09:05:11Z",
		"By Ann Field | 3 March 2031":              "2031-03-03",
		"04/05/2031":                               "",
		"3 hours ago":                              "",
		"Ann Field and Bo Hill, Bloomberg News on": "",
	} {
		st, ok := stampOf(line, true)
		if !ok || st.published.String() != want {
			t.Errorf("%q: %v %v, want %q", line, st.published, ok, want)
		}
	}
	for _, line := range []string{
		"By Friday the line had sold 300 tickets.", "March on the capital", "By the river", "Ferry talks fail in Larvik, 3 March", "In 2031",
	} {
		if st, ok := stampOf(line, false); ok {
			t.Errorf("%q is taken for %+v", line, st)
		}
	}
}

// kinds reads a text and lists its paragraphs as "kind: words", a "+" before
// those behind a gap.
func kinds(t *testing.T, in Input) (*article.Article, []string) {
	t.Helper()
	a, err := Read(in)
	if err != nil {
		t.Fatal(err)
	}
	if err := a.Check(); err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, p := range a.Paragraphs {
		s := p.Kind.String() + ": " + p.Of(a.Text)
		if p.Gap {
			s = "+" + s
		}
		out = append(out, s)
	}
	return a, out
}

func TestLinesKeepTheirKind(t *testing.T) {
	for name, test := range map[string]struct {
		text string
		want []string
	}{
		"gallery of another story": {
			"Ferry talks fail in Larvik\n\nTalks to end the strike at the ferry line failed on Monday night.\n\nSeals of the week\n2 show all Seals of the week\n" +
				"1/2 1 May 2029 A seal on the rocks PA\n2/2 2 May 2029 Two seals asleep Reuters\n\nThe line said it would not make another offer this month.\n",
			[]string{"headline: Ferry talks fail in Larvik", "body: Talks to end the strike at the ferry line failed on Monday night.", "+body: The line said it would not make another offer this month."},
		},
		"own gallery": {
			"Ferry talks fail in Larvik\n\nTalks to end the strike at the ferry line in Larvik failed on Monday night.\n\n" +
				"Larvik ferry talks 2 show all 1/2 The hall where they met Jo Bell/PA 2/2 The quay at dawn Cy Marsh\n\nThe line said it would not make another offer this month.\n",
			[]string{
				"headline: Ferry talks fail in Larvik", "body: Talks to end the strike at the ferry line in Larvik failed on Monday night.",
				"caption: Larvik ferry talks 2 show all 1/2 The hall where they met Jo Bell/PA 2/2 The quay at dawn Cy Marsh",
				"body: The line said it would not make another offer this month.",
			},
		},
		"box in the middle": {
			"Ferry talks fail in Larvik\n\nTalks to end the strike at the ferry line failed on Monday night.\n\nRelated stories\nHow a strike became a siege\nFive islands, one shop\n\n" +
				"The line said it would not make another offer this month, and that it had nothing to add.\n\nThe union said that its members would stay out until the summer if they had to.\n",
			[]string{
				"headline: Ferry talks fail in Larvik", "body: Talks to end the strike at the ferry line failed on Monday night.",
				"+body: The line said it would not make another offer this month, and that it had nothing to add.",
				"body: The union said that its members would stay out until the summer if they had to.",
			},
		},
		"sentences that look like furniture": {
			"Ferry talks fail in Larvik\n\nRead more widely, the law lets the minister step in, a judge said on Monday in Oslo.\n\nShare prices of the line fell by a tenth.\n\n" +
				"Watch officers had seen the ship turn at noon, the inquiry was told.\n\nCorrection officers at the jail nearby gave up their break to help.\n\n" +
				"“Subscribe to our newsletter,” the minister joked, “and you will be the first to know.”\n",
			[]string{
				"headline: Ferry talks fail in Larvik", "body: Read more widely, the law lets the minister step in, a judge said on Monday in Oslo.",
				"body: Share prices of the line fell by a tenth.", "body: Watch officers had seen the ship turn at noon, the inquiry was told.",
				"body: Correction officers at the jail nearby gave up their break to help.",
				"body: “Subscribe to our newsletter,” the minister joked, “and you will be the first to know.”",
			},
		},
	} {
		t.Run(name, func(t *testing.T) {
			if _, got := kinds(t, Input{Place: "a.txt", Body: []byte(test.text)}); !slices.Equal(got, test.want) {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(test.want, "\n"))
			}
		})
	}
}

// TestTails reads paragraphs that end in words that lead to the rest: they stay,
// and the words go where they are a link.
func TestTails(t *testing.T) {
	const (
		first = "The ferry line and its crews have been at odds since the spring over a new timetable and rest at sea."
		talks = "Talks to end the strike at the ferry line failed on Monday night, the union said after nine hours."
		line  = "The line said that it would not make another offer this month, and that it had nothing to add."
		mayor = "The mayor wants a new round of talks after Easter, and has offered the town hall for it."
		last  = "Two of the crews have left the harbour for good, and others are looking for work along the coast."
	)
	page := func(paragraphs ...string) string {
		return "<html><head><title>Ferry talks fail in Larvik</title></head><body><article><h1>Ferry talks fail in Larvik</h1><p>" +
			strings.Join(paragraphs, "</p>\n<p>") + "</p></article></body></html>"
	}
	text := func(lines ...string) string {
		return "Ferry talks fail in Larvik\n\n" + strings.Join(lines, "\n\n") + "\n"
	}
	for _, test := range []struct {
		name, place, body string
		want              []string
		cut               bool
	}{
		{"a line", "a.txt", text(first, talks+" Continue reading", line), []string{first, talks + " Continue reading", line}, false},
		{"a line with an arrow", "a.txt", text(first, line+" Read more »", last), []string{first, line + " Read more »", last}, false},
		{"the last line", "a.txt", text(first, line, last+" Continue reading"), []string{first, line, last + " Continue reading"}, true},
		{"a sentence's own words", "a.txt", text(first, "He was asked about the pupils, and said that they should read more", line), []string{
			first, "caption: He was asked about the pupils, and said that they should read more", line,
		}, false},
		{"a teaser", "a.txt", text(first, "Bridge closes for a year Read more", line), []string{first, "+" + line}, false},
		{"a link", "a.html", page(first, talks+` <a href="/x">Continue reading</a>`, line, last), []string{first, talks, "+" + line, last}, false},
		{"a link in brackets", "a.html", page(first, talks+` [<a href="/x">Read more</a>]`, line, last), []string{first, talks, "+" + line, last}, false},
		{"a link with a headline", "a.html", page(first, talks+` <a href="/x">Read more about the talks</a> →`, line, last), []string{first, talks, "+" + line, last}, false},
		{
			"a link with words for screen readers", "a.html", page(first, line, last+` <a href="/x">Continue reading <span class="sr-only">Ferry talks fail</span></a>`),
			[]string{first, line, last},
			true,
		},
		{"the last link, to another", "a.html", page(first, line, last+` <a href="/x">Read more about the talks</a>`), []string{first, line, last}, false},
		{"a link that is a sentence's own", "a.html", page(first, `Teachers in the town were told in a letter on Friday to <a href="/x">read more</a>.`, line, last), []string{
			first, "Teachers in the town were told in a letter on Friday to read more.", line, last,
		}, false},
		{"a link with words behind it", "a.html", page(first, mayor+` <a href="/x">Read more</a> on her plan in our guide.`, line, last), []string{
			first, mayor + " Read more on her plan in our guide.", line, last,
		}, false},
		{"a teaser in a link", "a.html", page(first, `Bridge closes for a year <a href="/x">Read more</a>`, line, last), []string{first, "+" + line, last}, false},
		{"Markdown", "a.md", "# Ferry talks fail in Larvik\n\n" + first + "\n\n" + talks + " [Continue reading](https://a.example/x)\n\n" + line + "\n", []string{first, talks, "+" + line}, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			a, got := kinds(t, Input{Place: test.place, Body: []byte(test.body)})
			for i := range got {
				got[i] = strings.Replace(got[i], "body: ", "", 1)
			}
			if !slices.Equal(got[1:], test.want) {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(got[1:], "\n"), strings.Join(test.want, "\n"))
			}
			if cut := a.Completeness < 0.7; cut != test.cut {
				t.Errorf("completeness %g", a.Completeness)
			}
		})
	}
	posts := page(first+` <a href="/1">Continue reading</a>`, talks+` <a href="/2">Continue reading</a>`, mayor+` <a href="/3">Continue reading</a>`)
	if a, err := Read(Input{Place: "posts.html", Body: []byte(posts)}); !errors.Is(err, ErrNoArticle) {
		t.Errorf("a list of posts: %v, %v", a, err)
	}
}

func TestCompleteness(t *testing.T) {
	body := strings.Repeat("The ferry line said on Friday that two of its crews had left the harbour for good. ", 12)
	for name, test := range map[string]struct {
		end      string
		low, top float64
	}{
		"whole":       {"The union disagreed.", 1, 1},
		"dots":        {"The union disagreed, and its leader said that the…", 0.1, 0.5},
		"broken off":  {"The union disagreed with this and its leader said that the members would not go back to the", 0.1, 0.7},
		"paywall":     {"The union disagreed.\n\nSubscribe to continue reading this article.", 0.1, 0.5},
		"developing":  {"The union disagreed.\n\nThis is a breaking news story and will be updated.", 1, 1},
		"just a note": {"The union disagreed.\n\n© AFP 2031", 1, 1},
	} {
		a, err := Read(Input{Place: "a.txt", Body: []byte("Ferry talks fail in Larvik\n\n" + body + "\n\n" + test.end + "\n")})
		if err != nil {
			t.Fatal(err)
		}
		if a.Completeness < test.low || a.Completeness > test.top {
			t.Errorf("%s: completeness %g, want %g to %g", name, a.Completeness, test.low, test.top)
		}
	}
}

// TestHeadlineAlone reads records that have no article, with and without leave
// to take their headline for it.
func TestHeadlineAlone(t *testing.T) {
	for name, body := range map[string]string{
		"no text":     `{"title": "Ferry talks fail in Larvik", "url": "https://a.example/1", "outlet": "Echo", "published_ms": 1619870400000}`,
		"only a menu": `{"title": "Ferry talks fail in Larvik", "url": "https://a.example/1", "outlet": "Echo", "published_ms": 1619870400000, "text": "Home\nNews\nSign in"}`,
	} {
		in := Input{Place: "c.jsonl:1", Body: []byte(body)}
		if a, err := Read(in); err == nil {
			t.Errorf("%s: read %q without leave", name, a.Text)
		}
		in.Headlines = true
		a, err := Read(in)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if a.Text != "Ferry talks fail in Larvik" || a.Completeness != 0 || a.Published.String() != "2021-05-01T12:00:00Z" || a.Outlet.Name != "Echo" {
			t.Errorf("%s: %+v", name, a)
		}
	}
}
