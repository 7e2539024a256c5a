package report

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"charm.land/lipgloss/v2"

	"synoptic/article"
	"synoptic/collation"
)

// Options is how a terminal wants its report.
type Options struct {
	Width int  // columns, held between 60 and 200; 0 stands for 80
	Color bool // whether to style by escape sequences; nothing is told by them alone
	All   bool // whether to show long lists whole
}

// The widths that a report is laid out for.
const (
	minWidth     = 60
	defaultWidth = 80
	maxWidth     = 200
)

// Text writes c for a terminal. No line is wider than o.Width and each closes
// the styles that it opens, so that a pager can start at any line.
func Text(w io.Writer, c *collation.Collation, o Options) error {
	t := &terminal{view: view{c}, width: min(max(cmp.Or(o.Width, defaultWidth), minWidth), maxWidth), color: o.Color, all: o.All}
	t.head()
	for _, s := range sections {
		if s.section.rows(c) == 0 || s.section == Digest && !o.All {
			continue
		}
		t.heading(s.heading)
		t.section(s.section)
	}
	_, err := w.Write(t.out.Bytes())
	return err
}

type terminal struct {
	view
	out   bytes.Buffer
	width int
	color bool
	all   bool
}

func (t *terminal) section(s Section) {
	switch s {
	case Highlights:
		t.highlights()
	case Digest:
		for _, h := range t.Digest {
			t.item("• ", t.words(h.Text)+" "+t.marks(who(h.Support...)))
		}
	case Accounts:
		t.accounts()
	case Disputes:
		t.disputes()
	case Points:
		t.points()
	case Figures:
		t.figureTable()
	case Quotes:
		t.quotations()
	case Positions:
		t.positions()
	case Voices:
		t.voices()
	case Naming:
		t.naming()
	case Wording:
		t.wording()
	case Omissions:
		t.omissions()
	case Leads:
		t.leads()
	case Prominence:
		t.prominence()
	case Timeline:
		t.timeline()
	case Problems:
		for _, p := range t.Problems {
			t.item("  ", clean(p.Place)+": "+clean(p.Err.Error()))
		}
	}
}

// How many rows of a list are shown unless all are asked for. The first screens
// belong to what several accounts say.
const (
	capPoints  = 15
	capSingles = 3 // an account
	capFigures = 12
	capQuotes  = 10
	capRows    = 8
)

// most cuts n to limit, and afterwards says how many are left.
func (t *terminal) most(n, limit int) int {
	if t.all {
		return n
	}
	return min(n, limit)
}

func (t *terminal) more(indent string, n int) {
	if n > 0 {
		t.item(indent, t.faint(fmt.Sprintf("and %d more (--all)", n)))
	}
}

// Styles, by the parameters of the escape sequence.
const (
	bold  = "1"
	faint = "2"
)

// originColors tell the origins apart; they start again after the last.
var originColors = []string{"36", "33", "35", "32", "34", "31"}

func (t *terminal) style(parameters, s string) string {
	if !t.color || s == "" {
		return s
	}
	return "\x1b[" + parameters + "m" + s + "\x1b[m"
}

func (t *terminal) bold(s string) string  { return t.style(bold, s) }
func (t *terminal) faint(s string) string { return t.style(faint, s) }

func (t *terminal) mark(account int) string {
	return t.style(originColors[t.Accounts[account].Origin%len(originColors)], "["+mark(account)+"]")
}

func (t *terminal) marks(accounts []int) string {
	var b strings.Builder
	for _, a := range accounts {
		b.WriteString(t.mark(a))
	}
	return b.String()
}

// breaks are the characters after which a line may end, beside white space.
const breaks = "-/"

// item writes s after first, with the lines below indented as deep.
func (t *terminal) item(first, s string) {
	indent := strings.Repeat(" ", lipgloss.Width(first))
	for i, line := range strings.Split(lipgloss.Wrap(s, t.width-len(indent), breaks), "\n") {
		if i > 0 {
			first = indent
		}
		t.line(first + line)
	}
}

func (t *terminal) line(s string) {
	t.out.WriteString(strings.TrimRight(s, " "))
	t.out.WriteByte('\n')
}

func (t *terminal) heading(s string) {
	t.line("")
	t.line(t.faint("── ") + t.bold(s) + t.faint(" "+strings.Repeat("─", t.width-4-len(s))))
}

func (t *terminal) head() {
	t.item("", t.bold(t.title()))
	t.item("", strings.Join(t.facts(), " · "))
	var key strings.Builder
	column := 0
	for i := range t.Accounts {
		s := t.mark(i) + " " + t.name(i)
		if column += lipgloss.Width(s) + 2; i > 0 && column > t.width {
			column = lipgloss.Width(s) + 2
			key.WriteByte('\n')
		}
		key.WriteString(s + "  ")
	}
	t.item("", key.String())
}

func (t *terminal) highlights() {
	for _, h := range t.Highlights {
		t.item("• ", t.words(h.Text)+" "+t.marks(who(h.Support...)))
	}
	if n := len(t.Digest); n > 0 && !t.all {
		t.item("  ", t.faint(fmt.Sprintf("at length in %d sentences (--all)", n)))
	}
}

func (t *terminal) accounts() {
	for i, a := range t.Accounts {
		facts := []string{t.bold(t.name(i))}
		facts = append(facts, cmp.Or(moment(a.Published), "no date"))
		if a.Updated.Known() {
			facts = append(facts, "updated "+moment(a.Updated))
		}
		facts = append(facts, counted(a.Words(), "word"))
		if a.Completeness < 1 {
			facts = append(facts, percent(a.Completeness)+" of it there")
		}
		indent := strings.Repeat(" ", len(mark(i))+3)
		t.item(t.mark(i)+" ", strings.Join(facts, " · "))
		if title := []rune(clean(a.Headline())); len(title) > 2*t.width && !t.all {
			t.item(indent, string(title[:2*t.width-len(indent)-1])+"…")
		} else if len(title) > 0 {
			t.item(indent, string(title))
		}
		if len(a.Credits) > 0 {
			t.item(indent, t.faint("credits "+clean(credits(a.Credits))))
		}
		if a.Missing != 0 {
			t.item(indent, t.faint(missing(a)))
		}
		if a.Apart {
			t.item(indent, apartLabel)
		}
	}
	for _, o := range t.Origins {
		if len(o.Articles) > 1 {
			t.item(t.marks(o.Articles)+" ", "one origin: "+clean(o.Name)+"; "+t.origin(o))
		}
	}
}

// credits is a list like "AP (wire), B. Lee (photo)".
func credits(list []article.Credit) string {
	parts := make([]string, len(list))
	for i, c := range list {
		parts[i] = fmt.Sprintf("%s (%s)", c.Agency, c.Role)
	}
	return strings.Join(parts, ", ")
}

func (t *terminal) points() {
	t.agreedPoints()
	groups := t.singles()
	if len(groups) > 0 {
		t.line(t.bold("In one origin"))
	}
	for _, g := range groups {
		t.item("  ", t.marks(g.accounts)+" "+t.names(g.accounts))
		n := t.most(len(g.rows), capSingles)
		for _, p := range g.rows[:n] {
			t.item("    · ", t.words(t.Points[p].Text)+t.near(p))
		}
		t.more("      ", len(g.rows)-n)
	}
}

func (t *terminal) agreedPoints() {
	own, again := t.agreed()
	if len(own) == 0 {
		return
	}
	t.line(t.bold("Agreed, by origins"))
	n := t.most(len(own), capPoints)
	for _, i := range own[:n] {
		t.agreedPoint(i)
	}
	t.more("    ", len(own)-n)
	if t.all && len(again) > 0 {
		t.line(t.bold(againHeading))
		for _, i := range again {
			t.agreedPoint(i)
		}
	}
}

func (t *terminal) agreedPoint(i int) {
	p := t.Points[i]
	said := who(p.Text)
	if !t.all {
		said = t.pointAccounts(i)
	}
	t.point(i, said)
	if t.all {
		for _, o := range t.others(p) {
			t.item("    · ", t.words(o.Cite)+" "+t.marks(o.accounts))
		}
	}
	t.roots(p)
}

// point writes a point with the accounts that say it and those that come near.
func (t *terminal) point(i int, said []int) {
	p := t.Points[i]
	t.item(fmt.Sprintf("%3d ", p.Origins), t.words(p.Text)+" "+t.marks(said)+t.near(i))
}

// near is the accounts that come near point i, "" for none.
func (t *terminal) near(i int) string {
	if near := t.nearAccounts(i); len(near) > 0 {
		return " " + t.faint(nearLabel) + " " + t.marks(near)
	}
	return ""
}

func (t *terminal) roots(p collation.Point) {
	if s := from(p); s != "" {
		t.item("    ", t.faint(s))
	}
}

func (t *terminal) disputes() {
	for _, i := range t.disputed() {
		p := t.Points[i]
		t.point(i, t.pointAccounts(i))
		for _, d := range p.Disputes {
			for _, side := range t.sides(p, d) {
				said := make([]string, len(side.said))
				for i, x := range side.said {
					said[i] = t.words(x.Cite) + " " + t.marks(x.accounts)
				}
				t.item("    ", t.bold(side.label)+" "+strings.Join(said, " · "))
			}
		}
		t.roots(p)
	}
}

func (t *terminal) figureTable() {
	rows, singles := t.figures()
	if len(rows) > 0 {
		t.item("", t.faint("≠ differ  → superseded  ≈ compatible  = same"))
	}
	n := t.most(len(rows), capFigures)
	columns := t.columns(rows[:n])
	label := min(max(t.width/5, 16), 30)
	if width := (t.width - label) / max(len(columns), 1); width >= 15 {
		t.sideBySide(rows[:n], columns, label, width)
	} else {
		t.stacked(rows[:n])
	}
	t.more("  ", len(rows)-n)
	if len(singles) > 0 {
		t.line(t.bold("In one account"))
	}
	for _, g := range byAccount(singles, t.figureAccounts) {
		n := t.most(len(g.rows), capSingles)
		var parts []string
		for _, i := range g.rows[:n] {
			f := t.Figures[i]
			part := t.words(f.Cells[0].Cite)
			if f.Label != "" {
				part = clean(f.Label) + ": " + part
			}
			parts = append(parts, part)
		}
		first := "  " + t.marks(g.accounts) + " "
		t.item(first, strings.Join(parts, "; "))
		t.more(strings.Repeat(" ", lipgloss.Width(first)), len(g.rows)-n)
	}
}

// cell is a figure with what is needed to judge it.
func (t *terminal) cell(row figureRow, c figureCell) string {
	s := t.words(c.Cite)
	if c.odd {
		s = t.bold("≠ " + s)
	}
	if at := asOf(row, c); at != "" {
		s += " " + at
	}
	if c.Source.Name != "" {
		s += t.faint(" (" + clean(c.Source.Name) + ")")
	}
	return s
}

// sideBySide has one column an account; label and width are in columns of the
// terminal and include a gap of two.
func (t *terminal) sideBySide(rows []figureRow, columns []int, label, width int) {
	head := make([]string, len(columns)+1)
	for i, account := range columns {
		head[i+1] = t.mark(account) + " " + t.name(account)
	}
	t.tableRow(head, label, width)
	for _, row := range rows {
		cells := make([]string, len(columns)+1)
		cells[0] = sign(row.Verdict) + " " + t.bold(clean(row.Label))
		for i, account := range columns {
			var lines []string
			for _, c := range row.cells[account] {
				lines = append(lines, t.cell(row, c))
			}
			cells[i+1] = strings.Join(lines, "\n")
		}
		t.tableRow(cells, label, width)
	}
}

func (t *terminal) tableRow(cells []string, first, width int) {
	wrapped := make([][]string, len(cells))
	height := 0
	for i, s := range cells {
		w := width
		if i == 0 {
			w = first
		}
		wrapped[i] = strings.Split(lipgloss.Wrap(s, w-2, breaks), "\n")
		height = max(height, len(wrapped[i]))
	}
	for y := range height {
		var b strings.Builder
		for i, lines := range wrapped {
			w, s := width, ""
			if i == 0 {
				w = first
			}
			if y < len(lines) {
				s = strings.TrimRight(lines[y], " ")
			}
			b.WriteString(s + strings.Repeat(" ", max(w-lipgloss.Width(s), 0)))
		}
		t.line(b.String())
	}
}

// stacked has a line a cell, where the terminal is too narrow for a table.
// Accounts that give the same are on one line.
func (t *terminal) stacked(rows []figureRow) {
	for _, row := range rows {
		t.item(sign(row.Verdict)+" ", t.bold(clean(row.Label)))
		var lines []string
		accounts := map[string][]int{}
		for account, cells := range row.cells {
			for _, c := range cells {
				s := t.cell(row, c)
				if accounts[s] == nil {
					lines = append(lines, s)
				}
				accounts[s] = append(accounts[s], account)
			}
		}
		for _, s := range lines {
			t.item("    ", s+" "+t.marks(accounts[s]))
		}
	}
}

func (t *terminal) quotations() {
	rows, singles := t.quotes()
	n := t.most(len(rows), capQuotes)
	for _, u := range rows[:n] {
		t.item("", t.bold(clean(speaker(u.Speaker))))
		t.item("  ", t.speech(u.full.variants)+" "+t.marks(u.full.accounts))
		for _, rest := range u.rest {
			how, words := t.told(rest)
			t.item("    ", t.marks(rest.accounts)+" "+how+": "+words)
		}
		if len(u.absent) > 0 {
			t.item("    ", t.faint("not in ")+t.marks(u.absent))
		}
	}
	t.more("  ", len(rows)-n)
	if len(singles) > 0 {
		t.line(t.bold("In one account"))
	}
	for _, g := range byAccount(singles, t.quoteAccounts) {
		t.item("  ", t.marks(g.accounts)+" "+t.names(g.accounts))
		n := t.most(len(g.rows), capSingles)
		for _, i := range g.rows[:n] {
			q := t.Quotes[i]
			t.item("    · ", clean(cmp.Or(q.Speaker.Name, q.Speaker.Role, "speaker not known"))+": "+t.speech(q.Variants))
		}
		t.more("      ", len(g.rows)-n)
	}
}

func (t *terminal) positions() {
	n := t.most(len(t.Positions), capRows)
	for _, p := range t.Positions[:n] {
		s := t.bold(clean(p.Holder)) + " " + p.Kind
		if p.Toward != "" {
			s += ", toward " + clean(p.Toward)
		}
		t.item("• ", s+": "+t.words(p.Cites[0])+" "+t.marks(who(p.Cites...)))
		if len(p.Opposed) > 0 {
			t.item("    ", t.bold("but "+p.Contrary()+":")+" "+t.words(p.Opposed[0])+" "+t.marks(who(p.Opposed...)))
		}
	}
	t.more("  ", len(t.Positions)-n)
}

func (t *terminal) voices() {
	t.item("", t.faint("times / words / words in quotation marks; L in the lead (headline and first fifth), M the middle, E the end (last fifth)"))
	n := t.most(len(t.Voices), capRows)
	for _, v := range t.Voices[:n] {
		row := t.bold(clean(v.Name))
		if !v.Named {
			row += t.faint(" (" + notNamed + ")")
		}
		column := 2 + lipgloss.Width(row)
		for _, turn := range v.Turns { // none is broken over two lines
			s := fmt.Sprintf("  %s %d/%d/%d %s", t.mark(turn.Account), turn.Times(), turn.Words, turn.DirectWords, where(turn))
			if column += lipgloss.Width(s); column > t.width {
				s = "\n" + strings.TrimLeft(s, " ")
				column = 2 + lipgloss.Width(s)
			}
			row += s
		}
		t.item("• ", row)
	}
	t.more("  ", len(t.Voices)-n)
}

func (t *terminal) naming() {
	n := t.most(len(t.Naming), capRows)
	for _, name := range t.Naming[:n] {
		t.item("• ", t.bold(clean(name.Entity)))
		for _, l := range name.Labels {
			s := clean(l.Text)
			for account, n := range t.uses(l) {
				if n == 0 {
					continue
				}
				s += " " + t.mark(account)
				if n > 1 {
					s += fmt.Sprintf("×%d", n)
				}
			}
			t.item("    ", s)
		}
	}
	t.more("  ", len(t.Naming)-n)
}

func (t *terminal) wording() {
	t.item("", t.faint("*words that colour what they say*"))
	n := t.most(len(t.Wording), capRows)
	for _, w := range t.Wording[:n] {
		first := "• "
		for _, v := range w.Variants {
			var b strings.Builder
			for _, piece := range t.pieces(v.Cite, v.Loaded) {
				if piece.marked {
					b.WriteString("*" + t.bold(piece.words) + "*")
				} else {
					b.WriteString(piece.words)
				}
			}
			t.item(first, t.mark(v.Account())+" "+b.String())
			first = "  "
		}
	}
	t.more("  ", len(t.Wording)-n)
}

func (t *terminal) omissions() {
	list, unknown := t.silences()
	for _, s := range list {
		t.item("", t.mark(s.account)+" "+t.bold(t.name(s.account))+" "+counted(len(s.points), "point"))
		n := t.most(len(s.points), capSingles)
		for _, p := range s.points[:n] {
			t.item("    · ", t.words(t.Points[p].Text)+" "+t.marks(t.pointAccounts(p)))
		}
		t.more("      ", len(s.points)-n)
	}
	if len(unknown) > 0 {
		t.item("", "cannot be told: "+t.marks(unknown))
	}
}

func (t *terminal) leads() {
	for _, o := range t.openings() {
		first := t.marks(o.accounts) + " "
		t.item(first, t.words(o.text))
		if o.how != "" {
			t.item(strings.Repeat(" ", lipgloss.Width(first)), strings.TrimSpace(t.faint(o.how)+" "+t.marks(o.like)))
		}
	}
}

func (t *terminal) prominence() {
	n := t.most(len(t.Prominence), capRows)
	for _, p := range t.Prominence[:n] {
		first := "• "
		for _, x := range slices.Concat(p.High, p.Low) {
			t.item(first, t.mark(x.Account())+" "+t.faint(place(x))+" "+t.words(x.Cite))
			first = "  "
		}
	}
	t.more("  ", len(t.Prominence)-n)
}

func (t *terminal) timeline() {
	n := t.most(len(t.Timeline), 2*capRows)
	for _, e := range t.Timeline[:n] {
		date := cmp.Or(moment(e.Date), "no date")
		t.item(fmt.Sprintf("%-11s ", date), t.words(e.Text)+" "+t.marks(who(append([]collation.Cite{e.Text}, e.Support...)...)))
	}
	t.more("            ", len(t.Timeline)-n)
}
