package report

import (
	"context"
	"crypto/sha256"
	_ "embed" // the style and the script of the page
	"encoding/base64"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"synoptic/article"
	"synoptic/collation"
	"synoptic/text"
)

//go:generate go tool templ generate -f page.templ

//go:embed page.css
var style string

//go:embed page.js
var script string

// policy allows the page its own style and script and nothing else: no request
// leaves it, whatever an account's text may hold.
var policy = "default-src 'none'; style-src " + hash(style) + "; script-src " + hash(script) +
	"; base-uri 'none'; form-action 'none'"

func hash(s string) string {
	sum := sha256.Sum256([]byte(s))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}

// HTML writes c as one page that stands alone: it asks nothing of the network,
// works without its script, and prints.
func HTML(w io.Writer, c *collation.Collation) error {
	return document(newPage(c)).Render(context.Background(), w)
}

// page is a view with what only a page asks.
type page struct {
	view
	Setting
	cited   [][]endnote   // by account: the paragraphs that a finding stands on
	shared  [][]text.Span // by account: what stands in another of its origin, in order
	loudest int           // words of the longest turn
}

// endnote is a paragraph that findings stand on.
type endnote struct {
	index int    // into the account's paragraphs
	words string // as HTML
}

func newPage(c *collation.Collation) page {
	p := page{view: view{c}, cited: make([][]endnote, len(c.Accounts)), shared: make([][]text.Span, len(c.Accounts))}
	for _, o := range c.Origins {
		for n, spans := range o.Copied {
			p.shared[o.Articles[n]] = spans
		}
	}
	p.cite()
	for _, v := range c.Voices {
		for _, t := range v.Turns {
			p.loudest = max(p.loudest, t.Words)
		}
	}
	return p
}

// cite fills p.cited. Only labels are marked there: to mark whatever is cited
// would be to mark nearly all.
func (p page) cite() {
	stands := make([][]bool, len(p.Accounts))
	for i, a := range p.Accounts {
		stands[i] = make([]bool, len(a.Paragraphs))
	}
	add := func(cites ...collation.Cite) {
		for _, c := range cites {
			stands[c.Account()][p.paragraph(c)] = true
		}
	}
	for _, h := range p.Highlights {
		add(h.Support...)
	}
	for _, h := range p.Digest {
		add(firsts(h.Support)...)
	}
	for _, point := range p.Points {
		add(passages(point)...)
		for _, d := range point.Disputes {
			add(slices.Concat(d.Sides...)...)
		}
	}
	for _, l := range p.Leads {
		add(l.Text)
	}
	for _, row := range p.Prominence {
		for _, x := range slices.Concat(row.High, row.Low) {
			add(x.Cite)
		}
	}
	for _, f := range p.Figures {
		for _, c := range f.Cells {
			add(c.Cite)
		}
	}
	for _, q := range p.Quotes {
		add(variantCites(q.Variants)...)
	}
	for _, position := range p.Positions {
		add(position.Cites...)
	}
	labels := make([][]text.Span, len(p.Accounts))
	for _, n := range p.Naming {
		for _, l := range n.Labels {
			add(l.Cites...)
			for _, c := range l.Cites {
				labels[c.Account()] = append(labels[c.Account()], c.Span())
			}
		}
	}
	for _, w := range p.Wording {
		for _, v := range w.Variants {
			add(v.Cite)
		}
	}
	for _, e := range p.Timeline {
		add(support(e)...)
	}
	for i, a := range p.Accounts {
		for j, paragraph := range a.Paragraphs {
			if stands[i][j] {
				p.cited[i] = append(p.cited[i], endnote{j, p.marked(i, paragraph.Span, labels[i])})
			}
		}
	}
}

// contents is the sections that have something to say.
func (p page) contents() []heading {
	return slices.DeleteFunc(slices.Clone(sections), func(h heading) bool { return h.section.rows(p.Collation) == 0 })
}

// colors is how many colours the style has for origins; they start again after
// the last.
const colors = 8

// color is the class that gives an account the colour of its origin.
func (p page) color(account int) string {
	return "o" + strconv.Itoa(p.Accounts[account].Origin%colors)
}

// voice is the attributes of an element that holds words of an account: their
// language and direction, where they are not those of the page.
func (p page) voice(account int) templ.Attributes {
	if account >= len(p.Accounts) || p.Accounts[account].Language == pageLanguage {
		return nil
	}
	return templ.Attributes{"dir": "auto", "lang": p.Accounts[account].Language}
}

// pageLanguage is the language of the labels.
const pageLanguage = "en"

func fragment(id string) templ.SafeURL { return templ.SafeURL("#" + id) }

// paragraph is the index of the paragraph that c stands in.
func (p page) paragraph(c collation.Cite) int {
	return p.Accounts[c.Account()].ParagraphAt(c.Span().Start)
}

func (p page) paragraphID(c collation.Cite) string { return paragraphID(c.Account(), p.paragraph(c)) }

func paragraphID(account, paragraph int) string {
	return collation.AccountID(account) + "-" + strconv.Itoa(paragraph+1)
}

// ref is where a passage is found among the endnotes: account and paragraph.
type ref struct {
	account, paragraph int  // the paragraph counts from one
	again              bool // the account has a ref before this one
}

// refs is the paragraphs that cites stand in, each once, in order.
func (p page) refs(cites []collation.Cite) []ref {
	var refs []ref
	for _, c := range cites {
		refs = append(refs, ref{account: c.Account(), paragraph: p.paragraph(c) + 1})
	}
	slices.SortFunc(refs, func(a, b ref) int {
		if a.account != b.account {
			return a.account - b.account
		}
		return a.paragraph - b.paragraph
	})
	refs = slices.Compact(refs)
	for i := 1; i < len(refs); i++ {
		refs[i].again = refs[i].account == refs[i-1].account
	}
	return refs
}

// ref is the place of c as the endnotes have it: a3.
func (p page) ref(c collation.Cite) string {
	return mark(c.Account()) + strconv.Itoa(p.paragraph(c)+1)
}

// within is those of cites that name account.
func within(cites []collation.Cite, account int) []collation.Cite {
	return slices.DeleteFunc(slices.Clone(cites), func(c collation.Cite) bool { return c.Account() != account })
}

// stands says of each account whether it has point i: present, absent or
// unknown.
func (p page) stands(i int) []string {
	has := p.pointAccounts(i)
	var unknown []int
	if at := slices.IndexFunc(p.Omissions, func(o collation.Omission) bool { return o.Point == i }); at >= 0 {
		unknown = p.Omissions[at].Unknown
	}
	states := make([]string, len(p.Accounts))
	for account := range states {
		switch {
		case slices.Contains(has, account):
			states[account] = "present"
		case slices.Contains(unknown, account), p.Untold(account):
			states[account] = "unknown"
		default:
			states[account] = "absent"
		}
	}
	return states
}

// passage is a cite and, where it is known, whose words or claim it is.
type passage struct {
	cite   collation.Cite
	source string
	near   bool
}

func sourced(point collation.Point) []passage {
	list := make([]passage, len(point.Passages))
	for i, x := range point.Passages {
		list[i] = passage{x.Cite, x.Source.Name, x.Near}
	}
	return list
}

func unsourced(cites []collation.Cite) []passage {
	list := make([]passage, len(cites))
	for i, c := range cites {
		list[i] = passage{cite: c}
	}
	return list
}

func figurePassages(f collation.Figure) []passage {
	list := make([]passage, len(f.Cells))
	for i, c := range f.Cells {
		list[i] = passage{c.Cite, c.Source.Name, false}
	}
	return list
}

// tellingCites is the cites of every account that tells u as t does.
func (p page) tellingCites(u utterance, t telling) []collation.Cite {
	var cites []collation.Cite
	for _, v := range u.Variants {
		if slices.Contains(t.accounts, v.Account()) {
			cites = append(cites, v.Cite)
		}
	}
	return cites
}

// support is the passages of an event, its text first where they do not have
// it.
func support(e collation.Event) []collation.Cite {
	if slices.Contains(e.Support, e.Text) {
		return e.Support
	}
	return append([]collation.Cite{e.Text}, e.Support...)
}

// context is the words of a passage, marked, in their paragraph as HTML; but of
// an account that has spoken above in the list the words alone, with the
// paragraph a click away, so that a point that many sentences tell keeps the page
// small.
func (p page) context(list []passage, i int) string {
	c := list[i].cite
	around := c.Span()
	if !again(list, i) {
		around = p.Accounts[c.Account()].Paragraphs[p.paragraph(c)].Span
	}
	return p.marked(c.Account(), around, []text.Span{c.Span()})
}

// marked is the words of an account at span as HTML, those at marks marked and
// what it has copied underlined.
func (p page) marked(account int, span text.Span, marks []text.Span) string {
	underlined := func(part text.Span) string {
		return highlighted(cut(p.Accounts[account].Text, part, p.shared[account]), `u class="copied"`)
	}
	var b strings.Builder
	at := span.Start
	for _, m := range slices.SortedFunc(slices.Values(marks), text.Span.Compare) {
		if m = m.Intersect(text.Span{Start: at, End: span.End}); m.Empty() {
			continue
		}
		b.WriteString(underlined(text.Span{Start: at, End: m.Start}) + "<mark>" + underlined(m) + "</mark>")
		at = m.End
	}
	b.WriteString(underlined(text.Span{Start: at, End: span.End}))
	return b.String()
}

// again reports whether the account of list[i] has spoken above in the list.
func again(list []passage, i int) bool {
	return slices.ContainsFunc(list[:i], func(x passage) bool { return x.cite.Account() == list[i].cite.Account() })
}

// most is the first few references of one account to its paragraphs: enough to
// find a point on paper, where each has its number.
func most(refs []ref) []ref { return refs[:min(len(refs), 2)] }

// firsts is the first cite of each account: a highlight's other passages stand
// with its point.
func firsts(cites []collation.Cite) []collation.Cite {
	var list []collation.Cite
	for _, c := range cites {
		if !slices.ContainsFunc(list, func(x collation.Cite) bool { return x.Account() == c.Account() }) {
			list = append(list, c)
		}
	}
	return list
}

// highlighted is pieces as HTML, the marked ones in an element: its name, with
// attributes if need be.
func highlighted(pieces []piece, element string) string {
	name, _, _ := strings.Cut(element, " ")
	var b strings.Builder
	for _, piece := range pieces {
		if piece.marked {
			b.WriteString("<" + element + ">" + inText.Replace(piece.words) + "</" + name + ">")
		} else {
			b.WriteString(inText.Replace(piece.words))
		}
	}
	return b.String()
}

// inText escapes what is markup within an element; quotation marks are not.
var inText = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")

// greyed is the fullest telling of u as HTML with what t leaves out as deleted;
// "" where t is not a cut of it.
func (p page) greyed(u utterance, t telling) string {
	missing := t.missing()
	if t.relation != collation.Cut || len(missing) == 0 {
		return ""
	}
	var parts []string
	inside := 0
	for _, v := range u.full.variants {
		for _, m := range missing {
			if m.Account() == v.Account() && v.Span().Contains(m.Span()) {
				inside++
			}
		}
		words := highlighted(p.pieces(v.Cite, missing), "del")
		if v.Kind == article.Direct || v.Kind == article.Partial {
			words = "“" + words + "”"
		}
		parts = append(parts, words)
	}
	if inside < len(missing) {
		return ""
	}
	return strings.Join(parts, " … ")
}

// letters is the marks of accounts as running text.
func letters(accounts []int) string {
	parts := make([]string, len(accounts))
	for i, a := range accounts {
		parts[i] = mark(a)
	}
	return strings.Join(parts, " ")
}

// first is the rows of a long list that are shown at once.
func first(rows []int) []int { return rows[:min(len(rows), 8)] }

// capVoices is how many voices are shown at once: those that several accounts
// hear, and the loudest of the others.
const capVoices = 8

// turns is the turn that each account gives a voice, zero where it gives none.
func (p page) turns(v collation.Voice) []collation.Turn {
	turns := make([]collation.Turn, len(p.Accounts))
	for _, t := range v.Turns {
		turns[t.Account] = t
	}
	return turns
}

// barLength is how long the bar of so many words is, of 40.
func (p page) barLength(words int) float64 {
	return 40 * float64(words) / float64(max(p.loudest, 1))
}
