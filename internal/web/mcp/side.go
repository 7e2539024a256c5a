package mcp

import (
	"cmp"
	"fmt"
	"strings"

	"synoptic/collation"
	"synoptic/internal/store"
	"synoptic/text"
)

// Side is a story side by side, in short: the rows with most support.
type Side struct {
	Story     string         `json:"story,omitempty" jsonschema:"ID; left out where nothing is kept"`
	Title     string         `json:"title"`
	Accounts  []Account      `json:"accounts"`
	Points    []Point        `json:"points"`
	Figures   []Row          `json:"figures"`
	Quotes    []Quote        `json:"quotations"`
	Omissions []Omission     `json:"omissions"`
	More      map[string]int `json:"more,omitempty" jsonschema:"rows of each kind that are left out here"`
}

// Account is an article of the story.
type Account struct {
	Account   string `json:"account" jsonschema:"a1, a2, …: what cites name"`
	Article   string `json:"article,omitempty"`
	Outlet    string `json:"outlet,omitempty"`
	Title     string `json:"title,omitempty"`
	URL       string `json:"url,omitempty"`
	Published string `json:"published,omitempty"`
	Origin    string `json:"origin" jsonschema:"accounts of one origin carry the same copy"`
}

// Cite is words of an account.
type Cite struct {
	Account string `json:"account"`
	Outlet  string `json:"outlet,omitempty"`
	Article string `json:"article,omitempty"`
	Start   int    `json:"start" jsonschema:"code points of the account's text"`
	End     int    `json:"end"`
	Text    string `json:"text"`
}

// Point is one fact, or one statement of a party.
type Point struct {
	ID      string   `json:"id"`
	Status  string   `json:"status" jsonschema:"agreed, single or disputed"`
	Origins int      `json:"origins"`
	Roots   []string `json:"roots,omitempty" jsonschema:"who stands at the end of the chains of attribution"`
	Text    string   `json:"text"`
	Cites   []Cite   `json:"cites"`
}

// Row is one quantity as several accounts give it.
type Row struct {
	ID      string `json:"id"`
	Label   string `json:"label,omitempty"`
	Verdict string `json:"verdict" jsonschema:"same, compatible, superseded, differ or single"`
	Cells   []Cite `json:"cells"`
}

// Quote is one utterance in all its variants.
type Quote struct {
	ID       string    `json:"id"`
	Speaker  string    `json:"speaker,omitempty"`
	Variants []Variant `json:"variants"`
}

// Variant is an utterance as one account gives it.
type Variant struct {
	Relation string   `json:"relation" jsonschema:"whole, cut, spliced, differs or paraphrase"`
	Missing  []string `json:"missing,omitempty" jsonschema:"words that this variant leaves out"`
	Cite     Cite     `json:"cite"`
}

// Omission tells which accounts have a point.
type Omission struct {
	Point   string   `json:"point"`
	Present []string `json:"present"`
	Absent  []string `json:"absent"`
	Unknown []string `json:"unknown"`
}

// sideOf is c in short; articles are those of its accounts, nil where nothing is
// kept.
func sideOf(c *collation.Collation, articles []store.Kept, most int) Side {
	s := sider{c, articles, make([]*text.CodePoints, len(c.Accounts))}
	out := Side{Title: c.Words(c.Title), More: map[string]int{}}
	for i, a := range c.Accounts {
		s.points[i] = text.NewCodePoints(a.Text)
		x := Account{
			Account: collation.AccountID(i), Article: s.article(i), Outlet: cmp.Or(a.Outlet.Name, a.Place), Title: a.Headline(), URL: a.Address,
			Published: a.Published.String(), Origin: collation.OriginID(a.Origin),
		}
		out.Accounts = append(out.Accounts, x)
	}
	out.Points = top(out.More, "points", most, len(c.Points), func(i int) Point {
		p := c.Points[i]
		x := Point{collation.PointID(i), string(p.Status), p.Origins, p.Roots, c.Words(p.Text), nil}
		for _, y := range p.Saying() {
			x.Cites = append(x.Cites, s.cite(y))
		}
		return x
	})
	out.Figures = top(out.More, "figures", most, len(c.Figures), func(i int) Row {
		f := c.Figures[i]
		x := Row{ID: collation.FigureID(i), Label: f.Label, Verdict: string(f.Verdict)}
		for _, y := range f.Cells {
			x.Cells = append(x.Cells, s.cite(y.Cite))
		}
		return x
	})
	out.Quotes = top(out.More, "quotations", most, len(c.Quotes), func(i int) Quote {
		q := c.Quotes[i]
		x := Quote{ID: collation.QuoteID(i), Speaker: q.Speaker.Name}
		for _, y := range q.Variants {
			v := Variant{Relation: string(y.Relation), Cite: s.cite(y.Cite)}
			for _, m := range y.Missing {
				v.Missing = append(v.Missing, c.Words(m))
			}
			x.Variants = append(x.Variants, v)
		}
		return x
	})
	out.Omissions = top(out.More, "omissions", most, len(c.Omissions), func(i int) Omission {
		o := c.Omissions[i]
		return Omission{collation.PointID(o.Point), names(o.Present), names(o.Absent), names(o.Unknown)}
	})
	return out
}

// top is the first of n rows; what is left out is counted in more.
func top[T any](more map[string]int, kind string, most, n int, row func(int) T) []T {
	if n > most {
		more[kind] = n - most
	}
	out := make([]T, min(n, most))
	for i := range out {
		out[i] = row(i)
	}
	return out
}

func names(accounts []int) []string {
	out := make([]string, len(accounts))
	for i, a := range accounts {
		out[i] = collation.AccountID(a)
	}
	return out
}

type sider struct {
	*collation.Collation
	articles []store.Kept
	points   []*text.CodePoints
}

func (s sider) article(i int) string {
	if i < len(s.articles) {
		return s.articles[i].ID
	}
	return ""
}

func (s sider) cite(c collation.Cite) Cite {
	i := c.Account()
	start, end := s.points[i].Span(c.Span())
	a := s.Accounts[i]
	return Cite{collation.AccountID(i), cmp.Or(a.Outlet.Name, a.Place), s.article(i), start, end, s.Words(c)}
}

// text is the side as lines, each with its cites.
func (s Side) text() string {
	var b strings.Builder
	fmt.Fprintf(&b, "# %s\n", s.Title)
	if s.Story != "" {
		fmt.Fprintf(&b, "Story %s\n", s.Story)
	}
	b.WriteString("\n## Accounts\n")
	for _, a := range s.Accounts {
		fmt.Fprintf(&b, "- %s %s: %s", a.Account, a.Outlet, a.Title)
		if a.Published != "" {
			fmt.Fprintf(&b, ", %s", a.Published)
		}
		fmt.Fprintf(&b, ", origin %s", a.Origin)
		if a.Article != "" {
			fmt.Fprintf(&b, " [article %s]", a.Article)
		}
		b.WriteByte('\n')
	}
	section(&b, s.More, "points", "Points", len(s.Points))
	for _, p := range s.Points {
		fmt.Fprintf(&b, "- %s %s, %d origins: %s %s\n", p.ID, p.Status, p.Origins, oneLine(p.Text), cites(p.Cites))
	}
	section(&b, s.More, "figures", "Figures", len(s.Figures))
	for _, f := range s.Figures {
		fmt.Fprintf(&b, "- %s %s %s:", f.ID, f.Label, f.Verdict)
		for i, c := range f.Cells {
			if i > 0 {
				b.WriteByte(';')
			}
			fmt.Fprintf(&b, " “%s” %s", oneLine(c.Text), cites([]Cite{c}))
		}
		b.WriteByte('\n')
	}
	section(&b, s.More, "quotations", "Quotations", len(s.Quotes))
	for _, q := range s.Quotes {
		for _, v := range q.Variants {
			fmt.Fprintf(&b, "- %s %s, %s: “%s” %s\n", q.ID, cmp.Or(q.Speaker, "speaker not known"), v.Relation, oneLine(v.Cite.Text), cites([]Cite{v.Cite}))
		}
	}
	section(&b, s.More, "omissions", "Who has which point", len(s.Omissions))
	for _, o := range s.Omissions {
		fmt.Fprintf(&b, "- %s present in %s", o.Point, strings.Join(o.Present, ", "))
		if len(o.Absent) > 0 {
			fmt.Fprintf(&b, "; absent from %s", strings.Join(o.Absent, ", "))
		}
		if len(o.Unknown) > 0 {
			fmt.Fprintf(&b, "; unknown in %s", strings.Join(o.Unknown, ", "))
		}
		b.WriteByte('\n')
	}
	return b.String()
}

func section(b *strings.Builder, more map[string]int, kind, title string, n int) {
	if n == 0 {
		return
	}
	fmt.Fprintf(b, "\n## %s", title)
	if more[kind] > 0 {
		fmt.Fprintf(b, " (%d more)", more[kind])
	}
	b.WriteByte('\n')
}

// cites are cites in brackets: outlet, account or article, offsets.
func cites(list []Cite) string {
	var out []string
	for _, c := range list {
		where := c.Account
		if c.Article != "" {
			where = "article " + c.Article
		}
		out = append(out, fmt.Sprintf("%s, %s, %d–%d", c.Outlet, where, c.Start, c.End))
	}
	return "[" + strings.Join(out, "; ") + "]"
}
