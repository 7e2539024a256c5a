package moment_test

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"strings"
	"testing"

	"synoptic/article"
	"synoptic/internal/analysis"
	"synoptic/internal/analysis/entity"
	"synoptic/internal/analysis/moment"
	"synoptic/internal/analysis/parse"
	"synoptic/internal/analysis/tag"
	"synoptic/internal/analysis/token"
	"synoptic/text"
)

// account is an article of one line, published on a day.
func account(body, language, published string) *article.Article {
	a := &article.Article{Place: "test", Text: body, Language: language}
	if !strings.Contains(body, "\n") && body != "" {
		a.Paragraphs = []article.Paragraph{{Span: text.Span{End: len(body)}}}
	}
	a.Published, _ = article.ParseDate(published)
	return a
}

// words and parsed are the passes that a test goes through.
var (
	words  = []analysis.Pass{token.Pass, moment.Pass}
	parsed = []analysis.Pass{token.Pass, tag.Pass, tag.LemmaPass, entity.Pass, parse.Pass, moment.Pass}
)

func moments(t testing.TB, passes []analysis.Pass, a *article.Article) []article.Moment {
	t.Helper()
	p, err := analysis.New("test", passes...)
	if err != nil {
		t.Fatal(err)
	}
	n, err := p.Run(context.Background(), a)
	if err != nil {
		t.Fatal(err)
	}
	if err := n.Check(a); err != nil {
		t.Error(err)
	}
	return n.Moments
}

// describe writes moments as the page does: the words and the date, "open" for
// one that stays unknown.
func describe(a *article.Article, found []article.Moment) string {
	var out []string
	for _, m := range found {
		date := m.Date.String()
		if date == "" {
			date = "open"
		}
		out = append(out, fmt.Sprintf("`%s`: %s", m.Of(a.Text), date))
	}
	return strings.Join(out, "; ")
}

// published is the day on which the page's examples are taken to be published,
// a Wednesday.
const published = "2024-03-20"

func TestPage(t *testing.T) {
	const page = "../../../docs/moments.md"
	f, err := os.Open(page)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, table, passes := 0, false, words
	lines := bufio.NewScanner(f)
	for n := 1; lines.Scan(); n++ {
		line := lines.Text()
		if strings.HasPrefix(line, "| Sentence with a parse |") {
			passes = parsed
		}
		if !strings.HasPrefix(line, "|") || strings.HasPrefix(line, "| Sentence") {
			table = line != "" && line[0] == '|'
			continue
		}
		cells := strings.Split(line, " | ")
		if !table || len(cells) != 2 {
			continue
		}
		rows++
		want := strings.TrimSuffix(cells[1], " |")
		if strings.HasPrefix(want, "none:") {
			want = ""
		}
		a := account(strings.TrimPrefix(cells[0], "| "), "en", published)
		if got := describe(a, moments(t, passes, a)); got != want {
			t.Errorf("%s:%d:\n got %s\nwant %s", page, n, got, want)
		}
	}
	if rows < 55 {
		t.Errorf("%s: only %d rows", page, rows)
	}
}

// TestHeadline shows that the present of a headline or a caption does not tell
// of what is to come, and that "to" does.
func TestHeadline(t *testing.T) {
	for _, c := range []struct {
		kind       article.ParagraphKind
		body, want string
	}{
		{article.Headline, "Divers lift wreck on Saturday", "`Saturday`: 2024-03-16"},
		{article.Headline, "Union meets ministers on Saturday", "`Saturday`: open"},
		{article.Headline, "Union to meet ministers on Saturday", "`Saturday`: 2024-03-23"},
		{article.Caption, "The crews leave the harbour on Saturday.", "`Saturday`: open"},
		{article.Body, "The crews leave the harbour on Saturday.", "`Saturday`: 2024-03-23"},
	} {
		a := account(c.body, "en", published)
		a.Paragraphs[0].Kind = c.kind
		if got := describe(a, moments(t, parsed, a)); got != c.want {
			t.Errorf("%s: %s\n got %s\nwant %s", c.kind, c.body, got, c.want)
		}
	}
}

// TestUnanchored shows that a relative date needs the article's own day.
func TestUnanchored(t *testing.T) {
	a := account("On Monday, two weeks ago and on 3 May they met; in 2019 they had not.", "en", "")
	const want = "`Monday`: open; `two weeks ago`: open; `3 May`: open; `2019`: 2019"
	if got := describe(a, moments(t, words, a)); got != want {
		t.Errorf("got %s\nwant %s", got, want)
	}
}

// TestOrder shows how the outlet's country tells day and month apart.
func TestOrder(t *testing.T) {
	for _, c := range []struct{ country, language, body, want string }{
		{"United States", "en", "It was signed on 10/07/2023.", "2023-10-07"},
		{"United Kingdom", "en", "It was signed on 10/07/2023.", "2023-07-10"},
		{"", "en", "It was signed on 10/07/2023.", "open"},
		{"", "en", "It was signed on 23/07/2023.", "2023-07-23"},
		{"", "en-US", "It was signed on 10/07/2023.", "2023-10-07"},
		{"", "de", "Am 7.10.2023 wurde er erkannt.", "2023-10-07"},
		{"", "fr", "Signé le 2023-10-07.", "2023-10-07"},
	} {
		a := account(c.body, c.language, published)
		a.Outlet.Country = c.country
		if got := describe(a, moments(t, words, a)); !strings.HasSuffix(got, ": "+c.want) {
			t.Errorf("%q, %q, %q: got %s, want %s", c.country, c.language, c.body, got, c.want)
		}
	}
}

// TestSettle shows that a day takes its year from where the text tells it.
func TestSettle(t *testing.T) {
	a := account("The Oct. 7 attack began the war. On Oct. 7, 2021, rebels took the port.", "en", published)
	const want = "`Oct. 7`: 2021-10-07; `Oct. 7, 2021`: 2021-10-07"
	if got := describe(a, moments(t, words, a)); got != want {
		t.Errorf("got %s\nwant %s", got, want)
	}
}

func FuzzMoments(f *testing.F) {
	for _, s := range []string{
		"", "Oct. 7", "7/10/2023", "2023-10-07T10:00:00Z", "31 Feb", "99/99/9999", "Feb 29", "last last last", "two weeks before three days after Monday", "in 5000 years",
		"the 31st", "Monday 31", "Friday 13", "Sept. 20-24", "easter 1", "in a couple of", "nineteen nineteen", "May", "\x80May 5\xff", "Monday\x80", "20-20-20", "12.30pm.", "1:2:3",
		"Tue", "Dec31", "(Oct", "Monday (", "Tuesday,", "99999999", "00000000", "Feb 0", "0 days ago",
	} {
		f.Add(s, "en", published)
		f.Add(s, "de", "")
	}
	f.Fuzz(func(t *testing.T, body, language, published string) {
		for _, passes := range [][]analysis.Pass{words, parsed} {
			for _, m := range moments(t, passes, account(body, language, published)) {
				if m.Empty() {
					t.Errorf("%q: empty moment", body)
				}
			}
		}
	})
}

const news = "At least seven people were killed when a tram left the rails in Norwick on Tuesday, police said. The driver was arrested by 11.30am on 3 March. " +
	"The line carried 27 million passengers last year. A spokesman for the operator said that it would wait for the result of the inquiry, " +
	"which the minister had asked for within hours of the crash two weeks ago. Residents who had heard the noise came out with blankets and tea. " +
	"The council had set aside money for new rails between 2019 and 2023, but nobody could say how much of it was spent.\n"

func BenchmarkMoments(b *testing.B) {
	a := account("", "en", published)
	a.Text = strings.Repeat(news, 50)
	for at := 0; at < len(a.Text); at += len(news) {
		a.Paragraphs = append(a.Paragraphs, article.Paragraph{Span: text.Span{Start: at, End: at + len(news) - 1}})
	}
	n := &article.Analysis{}
	if err := token.Pass.Run(a, n); err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	b.SetBytes(int64(len(a.Text)))
	for b.Loop() {
		if err := moment.Pass.Run(a, n); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(len(strings.Fields(a.Text)))*float64(b.N)/b.Elapsed().Seconds(), "words/s")
}
