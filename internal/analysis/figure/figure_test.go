package figure_test

import (
	"bufio"
	"cmp"
	"context"
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"

	"synoptic/article"
	"synoptic/internal/analysis"
	"synoptic/internal/analysis/entity"
	"synoptic/internal/analysis/figure"
	"synoptic/internal/analysis/moment"
	"synoptic/internal/analysis/parse"
	"synoptic/internal/analysis/tag"
	"synoptic/internal/analysis/token"
	"synoptic/text"
)

// whole is a pass that makes each paragraph a sentence, so that the tests of
// words alone need no other pass.
var whole = analysis.Pass{
	Name: "whole", Gives: article.Sentences,
	Run: func(a *article.Article, n *article.Analysis) error {
		for i, p := range a.Paragraphs {
			n.Sentences = append(n.Sentences, article.Sentence{Span: p.Span, Paragraph: i})
		}
		return nil
	},
}

func pipeline(t testing.TB, passes ...analysis.Pass) *analysis.Pipeline {
	t.Helper()
	p, err := analysis.New("test", passes...)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func words(t testing.TB) *analysis.Pipeline { return pipeline(t, whole, moment.Pass, figure.Pass) }

func tagged(t testing.TB) *analysis.Pipeline {
	return pipeline(t, token.Pass, tag.Pass, moment.Pass, figure.Pass)
}

func parsed(t testing.TB) *analysis.Pipeline {
	return pipeline(t, token.Pass, tag.Pass, tag.LemmaPass, entity.Pass, parse.Pass, moment.Pass, figure.Pass)
}

// account is an article of one paragraph a line.
func account(body, language string) *article.Article {
	a := &article.Article{Place: "test", Text: body, Language: language}
	for start := 0; start < len(body); {
		end := start + strings.IndexByte(body[start:]+"\n", '\n')
		if end > start {
			a.Paragraphs = append(a.Paragraphs, article.Paragraph{Span: text.Span{Start: start, End: end}})
		}
		start = end + 1
	}
	return a
}

func figures(t testing.TB, p *analysis.Pipeline, a *article.Article) []article.Figure {
	t.Helper()
	n, err := p.Run(context.Background(), a)
	if err != nil {
		t.Fatal(err)
	}
	if err := n.Check(a); err != nil {
		t.Error(err)
	}
	return n.Figures
}

// describe writes figures as the page of constructions does: the words, the
// modifier unless it is exact, and the number in its base unit.
func describe(a *article.Article, found []article.Figure) string {
	var out []string
	for _, f := range found {
		var b strings.Builder
		fmt.Fprintf(&b, "`%s`:", f.Span.Of(a.Text))
		if f.Modifier != article.Exact {
			fmt.Fprintf(&b, " %s", f.Modifier)
		}
		number := func(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }
		if f.Low == f.High {
			fmt.Fprintf(&b, " %s", number(f.Norm.Value))
		} else {
			scale := f.Norm.Value / f.Value
			fmt.Fprintf(&b, " %s–%s", number(f.Low*scale), number(f.High*scale))
		}
		if f.Norm.Unit != "" {
			fmt.Fprintf(&b, " %s", f.Norm.Unit)
		}
		out = append(out, b.String())
	}
	return strings.Join(out, "; ")
}

// TestPage holds the page of constructions to its word, by words alone and with
// tags.
func TestPage(t *testing.T) {
	const page = "../../../docs/figures.md"
	f, err := os.Open(page)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	byWords, byTags := words(t), tagged(t)
	rows, table, parsed := 0, false, false
	lines := bufio.NewScanner(f)
	for n := 1; lines.Scan(); n++ {
		line := lines.Text()
		if strings.HasPrefix(line, "## ") {
			parsed = line == "## Whether it has come about" // TestFactualities holds it to that
		}
		if !strings.HasPrefix(line, "|") || strings.HasPrefix(line, "| Sentence |") {
			table = line != "" && line[0] == '|'
			continue
		}
		cells := strings.Split(line, " | ")
		if !table || parsed || len(cells) != 2 {
			continue
		}
		rows++
		body := strings.TrimPrefix(cells[0], "| ")
		want := strings.TrimSuffix(cells[1], " |")
		if strings.HasPrefix(want, "none:") {
			want = ""
		}
		a := account(body, "en")
		if got := describe(a, figures(t, byWords, a)); got != want {
			t.Errorf("%s:%d: by words\n got %s\nwant %s", page, n, got, want)
		}
		if got := describe(a, figures(t, byTags, a)); got != want {
			t.Errorf("%s:%d: with tags\n got %s\nwant %s", page, n, got, want)
		}
	}
	if rows < 60 {
		t.Errorf("%s: only %d rows", page, rows)
	}
}

func TestOf(t *testing.T) {
	for _, c := range []struct{ body, want string }{
		{"Guards freed 200 Arelian security prisoners on Monday.", "Arelian security prisoners"},
		{"The town lost 112 tram-related jobs.", "tram-related jobs"},
		{"Of the 251 passengers taken off, some said, 49 are still in the hall.", "passengers|passengers"},
		{"The pact frees 200 prisoners and another 2,000 held since May.", "prisoners|prisoners"},
		{"They took 60 hostages, including 27 said to be dead.", "hostages|hostages"},
		{"Three of the wounded miners died.", "wounded miners"},
		{"Crews sent eight fire engines and four rescue units.", "fire engines|rescue units"},
		{"Two women passengers died.", "women passengers"},
		{"It cost $5 million and 3% of sales.", "|sales"},
	} {
		for name, p := range map[string]*analysis.Pipeline{"words": words(t), "tags": tagged(t)} {
			a := account(c.body, "en")
			var got []string
			for _, f := range figures(t, p, a) {
				got = append(got, f.Of.Of(a.Text))
			}
			if strings.Join(got, "|") != c.want {
				t.Errorf("%s: %q by %s: got %q, want %q", "of", c.body, name, strings.Join(got, "|"), c.want)
			}
		}
	}
}

// TestSubjects shows what numbers are of that are said of a subject or a noun, with
// the base unit, and which nouns take none.
func TestSubjects(t *testing.T) {
	p := parsed(t)
	for _, c := range []struct{ body, want string }{
		{"The death toll is 12, police said.", "death toll/death"},
		{"The death toll from the sinking of the ferry Osprey off Norwick is 19, police said.", "death toll/death"},
		{"The death toll, put at 31 by the mayor, is to rise.", "death toll/death"},
		{"The death toll, now 31, may rise.", "death toll/death"},
		{"The toll rose to 14.", "toll/death"},
		{"The toll has risen to at least 14.", "toll/death"},
		{"The toll climbed from 9 to 14.", "-|toll/death"},
		{"The blast left a death toll of at least 12.", "death toll/death"},
		{"Officials put the death toll at 9.", "death toll/death"},
		{"With the death toll at 31, crews went on searching.", "death toll/death"},
		{"More than 30 people died, taking the toll to more than 40.", "people/person|toll/death"},
		{"Death toll rises to 31", "Death toll/death"},
		{"Flood toll climbs to 40", "Flood toll/death"},
		{"Toll hits 31 in ferry disaster", "Toll/death"},
		{"Deaths totalled 31.", "Deaths/death"},
		{"Casualties reached 31, the army said.", "Casualties/casualty"},
		{"The number of people killed rose to 14.", "people/person"},
		{"The number of people who died rose to 14.", "people/person"},
		{"The number of those injured was 40.", "injured/injured"},
		{"The number killed was 31.", "killed/killed"},
		{"The count of missing stands at 23.", "missing/missing"},
		{"The number of confirmed cases in Norwick topped 4,200.", "confirmed cases/case"},
		{"That took the number of arrests to 55.", "arrests/arrest"},
		{"Unemployment was 5.2 percent in June.", "Unemployment/percent"},
		{"The jobless rate was unchanged at 5.1 percent.", "jobless rate/percent"},
		{"The share of women fell to 12 percent.", "women/percent"},
		{"Damage was put at $3 million.", "Damage/USD"},
		{"The quake had a magnitude of 6.1.", "magnitude/"},
		{"Attendance was 12,300.", "Attendance/"},
		{"The toll on the bridge is 12 crowns.", "toll/crown"},

		{"The road toll at the tunnel is 12.", "-"},
		{"The toll for lorries rose to 14.", "-"},
		{"The bridge toll rose to 14.", "-"},
		{"The death toll among soldiers is 19.", "-"},
		{"The number of dead and injured rose to 50.", "-"},
		{"The number is 5.", "-"},
		{"The number of the page is 300.", "-"},
		{"The room number is 12.", "-"},
		{"The meeting is at 12.", "-"},
		{"The answer is 42.", "-"},
		{"The final count was 312 to 290.", "-|-"},
		{"The death toll is 31, with more than 40 in hospital.", "death toll/death|-"},
		{"The income of the richest 1 percent grew.", "-"},
		{"The toll rose by 12.", "-"},
		{"He is 12.", "-"},
		{"The team is 12th, and the score is 2-1.", ""},
		{"One of them left.", ""},
	} {
		a := account(c.body, "en")
		var got []string
		for _, f := range figures(t, p, a) {
			if f.Of.Empty() {
				got = append(got, "-")
				continue
			}
			got = append(got, f.Of.Of(a.Text)+"/"+f.Norm.Unit)
		}
		if strings.Join(got, "|") != c.want {
			t.Errorf("%q: got %q, want %q", c.body, strings.Join(got, "|"), c.want)
		}
	}
}

// arcs lays a dependency tree over the tokens that the words pass finds.
func TestOfByArcs(t *testing.T) {
	body := "Rebels hold 40 mostly elderly people hostage"
	a := account(body, "en")
	n := &article.Analysis{Layers: article.Sentences | article.Tokens | article.Tags | article.Arcs | article.Moments}
	rel := []article.Arc{{Head: 1, Rel: article.Nsubj}, {Head: -1, Rel: article.Root}, {Head: 5, Rel: article.Nummod}, {Head: 4, Rel: article.Advmod}, {Head: 5, Rel: article.Amod}, {Head: 1, Rel: article.Obj}, {Head: 1, Rel: article.Xcomp}}
	tags := []article.Tag{article.NOUN, article.VERB, article.NUM, article.ADV, article.ADJ, article.NOUN, article.NOUN}
	at := 0
	for i, w := range strings.Fields(body) {
		n.Tokens = append(n.Tokens, article.Token{Span: text.Span{Start: at, End: at + len(w)}, Tag: tags[i]})
		n.Arcs = append(n.Arcs, rel[i])
		at += len(w) + 1
	}
	n.Sentences = []article.Sentence{{Span: text.Span{End: len(body)}, Last: len(n.Tokens)}}
	if err := figure.Pass.Run(a, n); err != nil {
		t.Fatal(err)
	}
	if len(n.Figures) != 1 || n.Figures[0].Of.Of(body) != "mostly elderly people" || n.Figures[0].Norm.Unit != "person" {
		t.Errorf("got %+v", n.Figures)
	}
}

func TestDollar(t *testing.T) {
	for _, c := range []struct{ country, body, want string }{
		{"", "It cost $5.", "USD"},
		{"Australia", "It cost $5.", "AUD"},
		{"Canada", "It cost US$5.", "USD"},
		{"", "It cost $5 (US$3).", "dollar USD"},
		{"United Kingdom", "It cost C$5 and 20 cents.", "CAD USD"},
	} {
		a := account(c.body, "en")
		a.Outlet.Country = c.country
		var got []string
		for _, f := range figures(t, words(t), a) {
			got = append(got, f.Norm.Unit)
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%q in %q: got %v, want %s", c.body, c.country, got, c.want)
		}
	}
}

// TestLanguages shows what is read without a language pack.
func TestLanguages(t *testing.T) {
	for _, c := range []struct{ language, body, want string }{
		{"de", "Der Preis stieg um 3,5 % auf 1.250 € am 7.10.2023.", "`3,5 %`: 3.5 percent; `1.250 €`: 1250 EUR"},
		{"fr", "Il a vendu 12 500 kg pour 40 000 €.", "`12 500 kg`: 12500 kilogram; `40 000 €`: 40000 EUR"},
		{"es", "Unos 300 km y 1,5 kg.", "`300 km`: 300000 metre; `1,5 kg`: 1.5 kilogram"},
		{"ja", "価格は100円です。", "`100円`: 100 JPY"},
	} {
		a := account(c.body, c.language)
		if got := describe(a, figures(t, words(t), a)); got != c.want {
			t.Errorf("%s: %q\n got %s\nwant %s", c.language, c.body, got, c.want)
		}
	}
}

// TestAsOf shows which phrases date a figure, and which figure: what is still to
// be done by a day does not stand for it.
func TestAsOf(t *testing.T) {
	p := parsed(t)
	for _, c := range []struct{ body, want string }{
		{"As of 3 May 2023 the toll was 40. It rose on 5 May 2023 to 50.", "2023-05-03 -"},
		{"By 4 May 2023 the toll had risen to 46.", "2023-05-04"},
		{"By 4 May 2023 the toll had risen from 40 to 46.", "- 2023-05-04"},
		{"The number of injured stood at 90 by 4 May 2023.", "2023-05-04"},
		{"By Tuesday night, 31 wells had been closed.", "2024-03-19"},
		{"Some 31 wells had been closed by late Monday, the mayor said.", "2024-03-18"},
		{"By the end of Monday, 12 villages were still without power.", "2024-03-18"},
		{"As of late Monday 40 wells were dry.", "2024-03-18"},
		{"Police had found 40 bodies by 6 p.m. Tuesday.", "2024-03-19"},
		{"By Monday, police said that 40 bodies had been found.", "2024-03-18"},
		{"The deaths of 40 people had been confirmed by Monday.", "2024-03-18"},
		{"By Monday, 31 wells that served 3,000 people had been closed.", "2024-03-18 -"},
		{"The herd stood at 200 in 1972 and has grown to 900 sheep as of 2008.", "- 2008"},
		{"Crews had closed 31 wells by Monday and 45 by Tuesday.", "- -"},
		{"By Monday the 42-year-old driver had been freed.", "-"},
		{"The mill is to hire 40 workers by 4 May 2023.", "-"},
		{"By Monday, 31 wells must be closed.", "-"},
		{"The court told Norrack to pay 40 crowns by Monday.", "-"},
		{"The firm agreed to free 40 workers by Monday.", "-"},
		{"The firm had planned 40 sailings by Monday.", "-"},
		{"Some 40 homes were due by Monday.", "-"},
		{"Standby 4 May 2023: the toll had risen to 46.", "-"},
		{"The toll had risen to 46 on Monday.", "-"},
	} {
		a := account(c.body, "en")
		a.Published, _ = article.ParseDate("2024-03-20")
		var got []string
		for _, f := range figures(t, p, a) {
			got = append(got, cmp.Or(f.AsOf.String(), "-"))
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%q: got %v, want %s", c.body, got, c.want)
		}
	}
}

// TestFactualities holds the page's sentences to what it says of them.
func TestFactualities(t *testing.T) {
	page, err := os.ReadFile("../../../docs/figures.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(page), "## Whether it has come about")
	rest, _, _ = strings.Cut(rest, "\n## ")
	p := parsed(t)
	rows := 0
	for line := range strings.Lines(rest) {
		cells := strings.Split(strings.Trim(line, "| \n"), " | ")
		if len(cells) != 2 || cells[0] == "Sentence" {
			continue
		}
		rows++
		a := account(cells[0], "en")
		var got []string
		for _, f := range figures(t, p, a) {
			got = append(got, fmt.Sprintf("`%s`: %s", f.Span.Of(a.Text), f.Factuality))
		}
		if g := strings.Join(got, "; "); g != cells[1] {
			t.Errorf("%s\n got %s\nwant %s", cells[0], g, cells[1])
		}
	}
	if rows < 15 {
		t.Errorf("the page has %d sentences", rows)
	}
}

func FuzzFigures(f *testing.F) {
	for _, s := range []string{
		"", "$", "1.234.567,89 and 1,234,567.89", "10^9", "1e400", "½", "１２３", "٤٢", "3-2-1", "9/11", "24/7", "20-year-old", "$ 5", "5$", "A$5m",
		"between 5 and", "from $5 to", "minus minus five", "one in", "half a", "a couple of", "5 ft 2 in", "7- or 8-", "tens of tens of", "\x80\x815\xff%", "5\u00a0000",
		"hundred hundred hundred million billion thousand", "5x10^99999", "1/0", "0/0", "in her mid-50s", "more than a", "As of 3 May, 5", "1^1^1^1", "(5", "-", "€€€5€", "5 (kg)",
		"0 A\x8b", "if not 5, they want 6 and will get 7", strings.Repeat("9", 400), strings.Repeat("1,", 50), strings.Repeat("one and ", 50),
	} {
		f.Add(s, "en")
		f.Add(s, "de")
	}
	byWords, byTags, byArcs := words(f), tagged(f), parsed(f)
	f.Fuzz(func(t *testing.T, body, language string) {
		for _, p := range []*analysis.Pipeline{byWords, byTags, byArcs} {
			a := account(body, language)
			if p == byWords && a.Check() != nil {
				continue
			}
			for _, x := range figures(t, p, a) {
				if x.Low > x.High || x.Value != x.Value || x.Span.Empty() {
					t.Errorf("%q: %+v", body, x)
				}
			}
		}
	})
}

// news is running text of invented events, with about as many figures as news
// has.
const news = "At least seven people were killed and more than 50 injured when a tram left the rails at 40mph in Norwick on Tuesday, police said. " +
	"The driver, Tom Reed, 42, was arrested. Crews sent eight fire engines, and 31 patients were taken to two hospitals by 11.30am. " +
	"The line carried 27 million passengers last year. A spokesman for the operator said that it would wait for the result of the inquiry, " +
	"which the minister had asked for within hours of the crash. Residents who had heard the noise came out with blankets and tea. " +
	"The council had set aside $4.2bn, or 3% of its budget, for new rails between 2019 and 2023, but nobody could say how much of it was spent.\n"

func BenchmarkFigures(b *testing.B) {
	for _, c := range []struct {
		name   string
		passes []analysis.Pass
	}{
		{"tags", []analysis.Pass{token.Pass, tag.Pass, moment.Pass}},
		{"arcs", []analysis.Pass{token.Pass, tag.Pass, tag.LemmaPass, entity.Pass, parse.Pass, moment.Pass}},
	} {
		b.Run(c.name, func(b *testing.B) {
			a := account(strings.Repeat(news, 50), "en")
			n := &article.Analysis{}
			for _, p := range c.passes {
				if err := p.Run(a, n); err != nil {
					b.Fatal(err)
				}
				n.Layers |= p.Gives
			}
			b.ReportAllocs()
			b.SetBytes(int64(len(a.Text)))
			for b.Loop() {
				if err := figure.Pass.Run(a, n); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(len(strings.Fields(a.Text)))*float64(b.N)/b.Elapsed().Seconds(), "words/s")
		})
	}
}
