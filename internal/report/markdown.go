package report

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"synoptic/collation"
)

// Markdown writes c as GitHub-flavoured Markdown. A mark like [a] is a link to
// its account where that has an address.
func Markdown(w io.Writer, c *collation.Collation) error {
	m := &markdown{view: view{c}}
	m.printf("# %s\n\n%s\n", escape(m.title()), strings.Join(m.facts(), " · "))
	for _, s := range sections {
		if s.section.rows(c) == 0 {
			continue
		}
		m.printf("\n## %s\n\n", s.heading)
		m.section(s.section)
	}
	m.links()
	_, err := w.Write(m.out.Bytes())
	return err
}

type markdown struct {
	view
	out bytes.Buffer
}

func (m *markdown) printf(format string, args ...any) { fmt.Fprintf(&m.out, format, args...) }

// special is what Markdown, or a forge's additions to it, read as more than
// text.
const special = "\\`*_{}[]<>#|~$&!"

// escape makes s stand for itself on a line of Markdown, wherever it begins.
func escape(s string) string {
	var b strings.Builder
	s = strings.TrimSpace(clean(s))
	if s != "" && strings.ContainsRune("+-=:", rune(s[0])) {
		b.WriteByte('\\')
	}
	list := numbered(s)
	for i, r := range s {
		if strings.ContainsRune(special, r) || i == list && i > 0 {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// numbered is where the stop stands that makes s begin like an item of an
// ordered list ("3. "), or 0.
func numbered(s string) int {
	at := len(s) - len(strings.TrimLeft(s, "0123456789"))
	if at == len(s) || s[at] != '.' && s[at] != ')' || at+1 < len(s) && s[at+1] != ' ' {
		return 0
	}
	return at
}

// words is the words of a cite, escaped.
func (m *markdown) words(c collation.Cite) string { return escape(m.Words(c)) }

// marks names accounts; a space parts them, since two brackets side by side
// are one link.
func marks(accounts []int) string {
	parts := make([]string, len(accounts))
	for i, a := range accounts {
		parts[i] = "[" + mark(a) + "]"
	}
	return strings.Join(parts, " ")
}

// row writes a row of a table.
func (m *markdown) row(cells ...string) {
	m.printf("| %s |\n", strings.Join(cells, " | "))
}

// table begins one.
func (m *markdown) table(heads ...string) {
	m.row(heads...)
	m.printf("|%s\n", strings.Repeat(" --- |", len(heads)))
}

func (m *markdown) section(s Section) {
	switch s {
	case Highlights:
		for _, h := range m.Highlights {
			m.printf("- %s %s\n", m.words(h.Text), marks(who(h.Support...)))
		}
	case Digest:
		m.printf("<details><summary>%s in reading order</summary>\n\n", counted(len(m.Digest), "sentence"))
		for _, h := range m.Digest {
			m.printf("- %s %s\n", m.words(h.Text), marks(who(h.Support...)))
		}
		m.printf("\n</details>\n")
	case Accounts:
		m.accounts()
	case Disputes:
		m.disputes()
	case Points:
		m.points()
	case Figures:
		m.figureTable()
	case Quotes:
		m.quotations()
	case Positions:
		for _, p := range m.Positions {
			toward := ""
			if p.Toward != "" {
				toward = ", toward " + escape(p.Toward)
			}
			m.printf("- **%s** %s%s: %s %s\n", escape(p.Holder), p.Kind, toward, m.words(p.Cites[0]), marks(who(p.Cites...)))
			if len(p.Opposed) > 0 {
				m.printf("  - but %s: %s %s\n", p.Contrary(), m.words(p.Opposed[0]), marks(who(p.Opposed...)))
			}
		}
	case Voices:
		m.voices()
	case Naming:
		m.naming()
	case Wording:
		m.wording()
	case Omissions:
		m.omissions()
	case Leads:
		for _, o := range m.openings() {
			m.printf("- %s %s", marks(o.accounts), m.words(o.text))
			if o.how != "" {
				m.printf(" (%s)", strings.TrimSpace(o.how+" "+marks(o.like)))
			}
			m.printf("\n")
		}
	case Prominence:
		for _, p := range m.Prominence {
			first := "- "
			for _, x := range slices.Concat(p.High, p.Low) {
				m.printf("%s%s %s: %s\n", first, marks([]int{x.Account()}), place(x), m.words(x.Cite))
				first = "  - "
			}
		}
	case Timeline:
		m.table("Date", "", "")
		for _, e := range m.Timeline {
			m.row(cmp.Or(moment(e.Date), "no date"), m.words(e.Text), marks(who(append([]collation.Cite{e.Text}, e.Support...)...)))
		}
	case Problems:
		for _, p := range m.Problems {
			m.printf("- %s: %s\n", escape(p.Place), escape(p.Err.Error()))
		}
	}
}

func (m *markdown) accounts() {
	m.table("", "Outlet", "Title", "Published", "Words", "There", "Credits")
	for i, a := range m.Accounts {
		m.row(marks([]int{i}), escape(m.name(i)), escape(a.Headline()), cmp.Or(moment(a.Published), "no date"),
			formatNumber(float64(a.Words())), percent(a.Completeness), escape(credits(a.Credits)))
	}
	m.printf("\n")
	for _, o := range m.Origins {
		if len(o.Articles) > 1 {
			m.printf("- %s one origin: %s; %s\n", marks(o.Articles), escape(o.Name), m.origin(o))
		}
	}
	for i, a := range m.Accounts {
		if a.Missing != 0 {
			m.printf("- %s %s\n", marks([]int{i}), escape(missing(a)))
		}
		if a.Apart {
			m.printf("- %s %s\n", marks([]int{i}), apartLabel)
		}
	}
}

func (m *markdown) disputes() {
	for _, i := range m.disputed() {
		m.point(i)
		for _, d := range m.Points[i].Disputes {
			for _, side := range m.sides(m.Points[i], d) {
				said := make([]string, len(side.said))
				for i, x := range side.said {
					said[i] = m.words(x.Cite) + " " + marks(x.accounts)
				}
				m.printf("  - %s %s\n", side.label, strings.Join(said, " · "))
			}
		}
	}
}

// point writes the item of a point: its words, the accounts that have them to
// the letter, how many origins say it and who is at its root.
func (m *markdown) point(i int) {
	p := m.Points[i]
	root := from(p)
	if root != "" {
		root = "; " + escape(root)
	}
	m.printf("- %s %s (%s%s)%s\n", m.words(p.Text), marks(who(p.Text)), counted(p.Origins, "origin"), root, m.near(i))
}

// near is the accounts that come near point i, "" for none.
func (m *markdown) near(i int) string {
	if near := m.nearAccounts(i); len(near) > 0 {
		return "; " + nearLabel + " " + marks(near)
	}
	return ""
}

func (m *markdown) points() {
	own, again := m.agreed()
	for _, part := range []struct {
		heading string
		points  []int
	}{{"Agreed", own}, {againHeading, again}} {
		if len(part.points) == 0 {
			continue
		}
		m.printf("### %s\n\n", part.heading)
		for _, i := range part.points {
			m.point(i)
			for _, o := range m.others(m.Points[i]) {
				m.printf("  - %s %s\n", m.words(o.Cite), marks(o.accounts))
			}
		}
		m.printf("\n")
	}
	groups := m.singles()
	if len(groups) > 0 {
		m.printf("### In one origin\n\n")
	}
	for _, g := range groups {
		m.printf("- %s %s\n", marks(g.accounts), escape(m.names(g.accounts)))
		for _, i := range g.rows {
			m.printf("  - %s%s\n", m.words(m.Points[i].Text), m.near(i))
		}
	}
}

func (m *markdown) figureTable() {
	rows, singles := m.figures()
	columns := m.columns(rows)
	if len(rows) > 0 {
		m.printf("≠ differ, → superseded, ≈ compatible, = same\n\n")
		heads := []string{"", ""}
		for _, account := range columns {
			heads = append(heads, marks([]int{account}))
		}
		m.table(heads...)
	}
	for _, row := range rows {
		cells := []string{sign(row.Verdict), escape(row.Label)}
		for _, account := range columns {
			var parts []string
			for _, c := range row.cells[account] {
				s := m.words(c.Cite)
				if c.odd {
					s = "**≠ " + s + "**"
				}
				if at := asOf(row, c); at != "" {
					s += " " + at
				}
				if c.Source.Name != "" {
					s += " (" + escape(c.Source.Name) + ")"
				}
				parts = append(parts, s)
			}
			cells = append(cells, strings.Join(parts, "; "))
		}
		m.row(cells...)
	}
	if len(singles) > 0 {
		m.printf("\n### In one account\n\n")
	}
	for _, i := range singles {
		f := m.Figures[i]
		m.printf("- %s: %s %s\n", escape(cmp.Or(f.Label, f.Unit)), m.words(f.Cells[0].Cite), marks(m.figureAccounts(i)))
	}
}

func (m *markdown) quotations() {
	rows, singles := m.quotes()
	for _, u := range rows {
		m.printf("**%s**\n\n> %s %s\n\n", escape(speaker(u.Speaker)), escape(m.speech(u.full.variants)), marks(u.full.accounts))
		for _, rest := range u.rest {
			how, words := m.told(rest)
			m.printf("- %s %s: %s\n", marks(rest.accounts), how, escape(words))
		}
		if len(u.absent) > 0 {
			m.printf("- not in %s\n", marks(u.absent))
		}
		m.printf("\n")
	}
	if len(singles) > 0 {
		m.printf("### In one account\n\n")
	}
	for _, i := range singles {
		q := m.Quotes[i]
		m.printf("- %s: %s %s\n", escape(speaker(q.Speaker)), escape(m.speech(q.Variants)), marks(m.quoteAccounts(i)))
	}
}

func (m *markdown) voices() {
	m.printf("Times / words / words in quotation marks; L in the lead (headline and first fifth), M the middle, E the end (last fifth)\n\n")
	heads := []string{""}
	for account := range m.Accounts {
		heads = append(heads, marks([]int{account}))
	}
	m.table(heads...)
	for _, v := range m.Voices {
		cells := make([]string, len(m.Accounts)+1)
		cells[0] = escape(v.Name)
		if !v.Named {
			cells[0] += " (" + notNamed + ")"
		}
		for _, turn := range v.Turns {
			cells[turn.Account+1] = fmt.Sprintf("%d / %d / %d %s", turn.Times(), turn.Words, turn.DirectWords, where(turn))
		}
		m.row(cells...)
	}
}

func (m *markdown) naming() {
	heads := []string{"", ""}
	for account := range m.Accounts {
		heads = append(heads, marks([]int{account}))
	}
	m.table(heads...)
	for _, n := range m.Naming {
		for i, l := range n.Labels {
			cells := []string{"", escape(l.Text)}
			if i == 0 {
				cells[0] = "**" + escape(n.Entity) + "**"
			}
			for _, uses := range m.uses(l) {
				if uses == 0 {
					cells = append(cells, "")
				} else {
					cells = append(cells, fmt.Sprint(uses))
				}
			}
			m.row(cells...)
		}
	}
}

func (m *markdown) wording() {
	for _, w := range m.Wording {
		for j, v := range w.Variants {
			var b strings.Builder
			for _, p := range m.pieces(v.Cite, v.Loaded) {
				if p.marked {
					b.WriteString("**" + escape(p.words) + "**")
				} else {
					b.WriteString(escapeWithin(p.words))
				}
			}
			indent := "1. - "
			if j > 0 {
				indent = "   - "
			}
			m.printf("%s%s %s\n", indent, marks([]int{v.Account()}), b.String())
		}
	}
}

// escapeWithin is escape for a part of a line, whose outer spaces count.
func escapeWithin(s string) string {
	trimmed := strings.TrimSpace(s)
	if trimmed == "" {
		return s
	}
	before, after, _ := strings.Cut(s, trimmed)
	return before + escape(trimmed) + after
}

func (m *markdown) omissions() {
	list, unknown := m.silences()
	for _, s := range list {
		m.printf("- %s %s\n", marks([]int{s.account}), escape(m.name(s.account)))
		for _, p := range s.points {
			m.printf("  - %s %s\n", m.words(m.Points[p].Text), marks(m.pointAccounts(p)))
		}
	}
	if len(unknown) > 0 {
		m.printf("- cannot be told: %s\n", marks(unknown))
	}
}

// links defines what the marks link to.
func (m *markdown) links() {
	first := true
	for i := range m.Accounts {
		address := m.address(i)
		if address == "" {
			continue
		}
		if first {
			m.printf("\n")
			first = false
		}
		m.printf("[%s]: <%s>\n", mark(i), inBrackets.Replace(clean(address)))
	}
}

// inBrackets writes an address so that it stays within < and >.
var inBrackets = strings.NewReplacer("<", "%3C", ">", "%3E", "\\", "%5C", " ", "%20")
