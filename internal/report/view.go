// Package report shows a collation to people: as text for a terminal, as
// Markdown, as one HTML file that asks nothing of the network, and section by
// section as CSV. A collation comes in, bytes go out. What is shown are words
// of the accounts and fixed labels; each line names the accounts that it stands
// on by their marks: a, b, c.
package report

import (
	"cmp"
	"math"
	"path"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"synoptic/article"
	"synoptic/collation"
	"synoptic/story"
	"synoptic/text"
)

// view is a collation with the questions that every renderer asks of it.
type view struct {
	*collation.Collation
}

// mark is the short name of an account: a to z, then aa, ab, …
func mark(account int) string {
	letter := string(rune('a' + account%26))
	if account < 26 {
		return letter
	}
	return mark(account/26-1) + letter
}

// name is the outlet of an account, or what stands for it: the domain, or the
// file's name.
func (v view) name(account int) string {
	a := v.Accounts[account]
	return clean(cmp.Or(a.Outlet.Name, a.Outlet.Domain, path.Base(a.Place)))
}

// names is the names of accounts, with commas.
func (v view) names(accounts []int) string {
	parts := make([]string, len(accounts))
	for i, a := range accounts {
		parts[i] = v.name(a)
	}
	return strings.Join(parts, ", ")
}

// missing says what could not be found in an account, for want of a pass for
// its language.
func missing(a collation.Account) string {
	language := "language not known"
	if a.Language != "" {
		language = "language " + clean(a.Language)
	}
	return language + ": no " + a.Missing.String()
}

// nearLabel stands before accounts that hold something like a point, and do not
// surely say it.
const nearLabel = "comes near:"

// apartLabel is said of an account that has no point in common with the rest.
const apartLabel = "shares no point with the rest: it may tell another event"

// address is where an account can be read on the web, "" where that is not
// known.
func (v view) address(account int) string {
	a := v.Accounts[account]
	for _, place := range []string{a.Address, a.Place} {
		if collation.IsAddress(place) {
			return place
		}
	}
	return ""
}

// title is the story's title, or what stands for it.
func (v view) title() string {
	return cmp.Or(v.words(v.Title), "Untitled")
}

// moment is a date as people read it: 2031-03-04 09:00 UTC.
func moment(d article.Date) string {
	switch d.Precision {
	case article.Minute, article.Second:
		return d.Time.UTC().Format("2006-01-02 15:04 UTC")
	}
	return d.String()
}

// words is the words of a cite, cleaned.
func (v view) words(c collation.Cite) string { return clean(v.Words(c)) }

// facts is what the story amounts to: how many accounts, and what in them asks
// for a look.
func (v view) facts() []string {
	facts := []string{counted(len(v.Accounts), "account"), counted(len(v.Origins), "origin")}
	if days := v.days(); days != "" {
		facts = append(facts, days)
	}
	if n := len(v.disputed()); n > 0 {
		facts = append(facts, counted(n, "point")+" disputed")
	}
	differ := 0
	for _, f := range v.Figures {
		if f.Verdict == collation.Differ {
			differ++
		}
	}
	if differ > 0 {
		verb := " that differ"
		if differ == 1 {
			verb = " that differs"
		}
		facts = append(facts, counted(differ, "figure")+verb)
	}
	return facts
}

// days is when the accounts were published, "" where none has a date.
func (v view) days() string {
	first, last := v.Published()
	from, to := dateOnly(first), dateOnly(last)
	if from == to {
		return from
	}
	return from + " to " + to
}

func dateOnly(d article.Date) string {
	if d.Precision > article.Day {
		d = article.Date{Time: d.Time.UTC(), Precision: article.Day}
	}
	return d.String()
}

// evidence says why accounts are taken to be one origin.
func evidence(w story.Why) string {
	switch w {
	case story.ByCredit:
		return "the same credit"
	case story.ByCopy:
		return "copied text"
	case story.ByBoth:
		return "the same credit, copied text"
	}
	return ""
}

// copied says how much of each account of an origin, by words, stands in another
// of them: "copied words: 96% of b, 61% of c"; "" where that is not known.
func (v view) copied(o story.Origin) string {
	var parts []string
	for n, spans := range o.Copied {
		a := v.Accounts[o.Articles[n]]
		words := 0
		for _, s := range spans {
			words += len(strings.Fields(s.Of(a.Text)))
		}
		parts = append(parts, percent(float64(words)/float64(max(a.Words(), 1)))+" of "+mark(o.Articles[n]))
	}
	if len(parts) == 0 {
		return ""
	}
	return "copied words: " + strings.Join(parts, ", ")
}

// origin says what makes accounts one origin.
func (v view) origin(o story.Origin) string {
	facts := []string{percent(o.Shared) + " shared", "by " + evidence(o.Why)}
	if copied := v.copied(o); copied != "" {
		facts = append(facts, copied)
	}
	return strings.Join(facts, "; ")
}

// who is the accounts that cites name, each once, in order.
func who(cites ...collation.Cite) []int {
	var accounts []int
	for _, c := range cites {
		accounts = append(accounts, c.Account())
	}
	slices.Sort(accounts)
	return slices.Compact(accounts)
}

// passages is the cites of a point's passages, near ones too.
func passages(p collation.Point) []collation.Cite {
	cites := make([]collation.Cite, len(p.Passages))
	for i, passage := range p.Passages {
		cites[i] = passage.Cite
	}
	return cites
}

// status is the indexes of the points with the status s, in order.
func (v view) status(s collation.Status) []int {
	var points []int
	for i, p := range v.Points {
		if p.Status == s {
			points = append(points, i)
		}
	}
	return points
}

// from says who is at the root of a point, and where that is one source for all
// its origins; "" where nobody is named.
func from(p collation.Point) string {
	switch {
	case len(p.Roots) == 0:
		return ""
	case p.OneRoot():
		return "all from " + clean(p.Roots[0])
	}
	return "from " + clean(strings.Join(p.Roots, "; "))
}

// others is the passages that say a point but its standing text, one of each
// wording.
func (v view) others(p collation.Point) []worded {
	var cites []collation.Cite
	for _, x := range p.Saying() {
		if x != p.Text && v.Words(x) != v.Words(p.Text) {
			cites = append(cites, x)
		}
	}
	return v.wordings(cites)
}

// wordings is cites with one of each wording, and the accounts that have it.
func (v view) wordings(cites []collation.Cite) []worded {
	var list []worded
	for _, c := range cites {
		words := v.Words(c)
		i := slices.IndexFunc(list, func(w worded) bool { return v.Words(w.Cite) == words })
		switch {
		case i < 0:
			list = append(list, worded{c, []int{c.Account()}})
		case !slices.Contains(list[i].accounts, c.Account()):
			list[i].accounts = append(list[i].accounts, c.Account())
		}
	}
	return list
}

// side is what one side of a dispute says, or one of its sentences.
type side struct {
	label string
	said  []worded
}

// sides is what stands against each other in a dispute of p, each with a label:
// a sentence a line, and all the words for one figure or day in a line. The words
// that stand for the point are not said again.
func (v view) sides(p collation.Point, d collation.Dispute) []side {
	var list []side
	for i, cites := range d.Sides {
		label, short := "≠", d.Kind == collation.OtherFigure || d.Kind == collation.OtherDate
		switch {
		case d.Kind == collation.Denied && i == 0:
			label = "said:"
		case d.Kind == collation.Denied:
			label = "denied:"
		}
		said := slices.DeleteFunc(v.wordings(cites), func(w worded) bool { return v.Words(w.Cite) == v.Words(p.Text) })
		if short && len(said) > 0 {
			list = append(list, side{label, said})
			continue
		}
		for k := range said {
			list = append(list, side{label, said[k : k+1]})
		}
	}
	return list
}

// agreed is the indexes of the points that several origins have, undisputed:
// those that say something of their own, and those of which more than half stands
// in one before them.
func (v view) agreed() (own, again []int) {
	for _, i := range v.status(collation.Agreed) {
		mine := v.Points[i].Saying()
		if slices.ContainsFunc(own, func(k int) bool { return 2*shared(mine, v.Points[k].Saying()) > len(mine) }) {
			again = append(again, i)
		} else {
			own = append(own, i)
		}
	}
	return own, again
}

// shared counts those of cites that overlap one of others.
func shared(cites, others []collation.Cite) (n int) {
	for _, c := range cites {
		if slices.ContainsFunc(others, func(o collation.Cite) bool { return o.Account() == c.Account() && o.Span().Overlaps(c.Span()) }) {
			n++
		}
	}
	return n
}

// disputed is the indexes of the points with disputes, in order.
func (v view) disputed() []int {
	var points []int
	for i, p := range v.Points {
		if len(p.Disputes) > 0 {
			points = append(points, i)
		}
	}
	return points
}

// opening is how accounts open: in the same words, and with what others open
// with too.
type opening struct {
	text     collation.Cite
	accounts []int
	how      string // how it stands to the rest, "" where all open with one thing
	like     []int  // others whose first paragraphs carry a point that this one carries
}

// openings is what the accounts open with, one of each wording. Where all open
// with one thing none is said to be like another.
func (v view) openings() []opening {
	var list []opening
	distinct := false
	for _, l := range v.Leads {
		if i := slices.IndexFunc(list, func(o opening) bool { return v.Words(o.text) == v.Words(l.Text) }); i >= 0 {
			list[i].accounts = append(list[i].accounts, l.Text.Account())
			continue
		}
		o := opening{text: l.Text, accounts: []int{l.Text.Account()}}
		for _, m := range v.Leads {
			if v.Words(m.Text) != v.Words(l.Text) && slices.ContainsFunc(l.Points, func(p int) bool { return slices.Contains(m.Points, p) }) {
				o.like = append(o.like, m.Text.Account())
			}
		}
		list = append(list, o)
	}
	for _, o := range list {
		distinct = distinct || len(o.like)+len(o.accounts) < len(v.Leads)
	}
	for i := range list {
		switch o := &list[i]; {
		case !distinct:
			o.like = nil
		case len(o.like) > 0:
			o.how = "opens like"
		case len(o.accounts) == 1:
			o.how = "opens like no other"
		}
	}
	return list
}

// place is where in its account a sentence stands.
func place(p collation.Place) string {
	if p.Paragraph == 0 {
		return "headline"
	}
	return "¶" + strconv.Itoa(p.Paragraph) + " of " + strconv.Itoa(p.Of)
}

// worded is words and the accounts that have them to the letter.
type worded struct {
	collation.Cite
	accounts []int
}

// group is indexes of rows that stand on the same accounts.
type group struct {
	accounts []int
	rows     []int
}

// byAccount groups rows by the accounts that they stand on, in order of the
// accounts; of gives those of a row.
func byAccount(rows []int, of func(row int) []int) []group {
	var groups []group
	for _, row := range rows {
		accounts := of(row)
		i := slices.IndexFunc(groups, func(g group) bool { return slices.Equal(g.accounts, accounts) })
		if i < 0 {
			i = len(groups)
			groups = append(groups, group{accounts: accounts})
		}
		groups[i].rows = append(groups[i].rows, row)
	}
	slices.SortStableFunc(groups, func(a, b group) int { return slices.Compare(a.accounts, b.accounts) })
	return groups
}

// singles is the points that one origin alone has, by account.
func (v view) singles() []group {
	return byAccount(v.status(collation.Single), v.pointAccounts)
}

// verdicts is the order in which figure rows are shown, with the sign of each:
// what a reader must look into comes first.
var verdicts = []struct {
	verdict collation.Verdict
	sign    string
}{
	{collation.Differ, "≠"},
	{collation.Superseded, "→"},
	{collation.Compatible, "≈"},
	{collation.Same, "="},
	{collation.OneAccount, "·"},
}

func rank(verdict collation.Verdict) int {
	for i, v := range verdicts {
		if v.verdict == verdict {
			return i
		}
	}
	return len(verdicts)
}

// sign is the mark of a verdict.
func sign(verdict collation.Verdict) string {
	if i := rank(verdict); i < len(verdicts) {
		return verdicts[i].sign
	}
	return "?"
}

// figureRow is a figure by account. What an account says twice in the same
// words is there once.
type figureRow struct {
	*collation.Figure
	index int
	cells [][]figureCell // one list an account
}

// figureCell is a cell that knows whether it stands out of its row.
type figureCell struct {
	collation.Cell
	index int // into the row's Cells
	odd   bool
}

// figures is the rows that several accounts have, in order of verdict, and the
// indexes of those in one account alone.
func (v view) figures() (rows []figureRow, singles []int) {
	for i := range v.Figures {
		if v.Figures[i].Verdict == collation.OneAccount {
			singles = append(singles, i)
			continue
		}
		rows = append(rows, v.figureRow(i))
	}
	slices.SortStableFunc(rows, func(a, b figureRow) int { return cmp.Compare(rank(a.Verdict), rank(b.Verdict)) })
	return rows, singles
}

func (v view) figureRow(i int) figureRow {
	f := &v.Figures[i]
	row := figureRow{f, i, make([][]figureCell, len(v.Accounts))}
	usual, ok := v.usual(f)
	for i, c := range f.Cells {
		said := &row.cells[c.Account()]
		if slices.ContainsFunc(*said, func(o figureCell) bool { return v.Words(o.Cite) == v.Words(c.Cite) && o.Source.Name == c.Source.Name }) {
			continue
		}
		low, high := bounds(c.Figure)
		odd := f.Verdict == collation.Differ && (!ok || usual < low-slack(low) || usual > high+slack(high))
		*said = append(*said, figureCell{c, i, odd})
	}
	return row
}

// usual is the value that most origins give, in the base unit; there is none
// where two values have as many.
func (v view) usual(f *collation.Figure) (value float64, ok bool) {
	type given struct {
		value   float64
		origins []int
	}
	var all []given
	for _, c := range f.Cells {
		value, origin := c.Figure.Norm.Value, v.Accounts[c.Account()].Origin
		i := slices.IndexFunc(all, func(g given) bool { return math.Abs(g.value-value) <= slack(value) })
		if i < 0 {
			all = append(all, given{value, []int{origin}})
		} else if !slices.Contains(all[i].origins, origin) {
			all[i].origins = append(all[i].origins, origin)
		}
	}
	slices.SortStableFunc(all, func(a, b given) int { return len(b.origins) - len(a.origins) })
	if len(all) > 1 && len(all[0].origins) == len(all[1].origins) {
		return 0, false
	}
	return all[0].value, len(all) > 0
}

// columns is the accounts that have a cell in one of rows.
func (v view) columns(rows []figureRow) []int {
	var columns []int
	for account := range v.Accounts {
		if slices.ContainsFunc(rows, func(r figureRow) bool { return len(r.cells[account]) > 0 }) {
			columns = append(columns, account)
		}
	}
	return columns
}

// asOf is the day that a cell stands for, where that explains the row.
func asOf(row figureRow, c figureCell) string {
	if row.Verdict != collation.Superseded && row.Verdict != collation.Differ || !c.Figure.AsOf.Known() {
		return ""
	}
	return "as of " + moment(c.Figure.AsOf)
}

// slack is the difference from x that is none but rounding.
func slack(x float64) float64 { return math.Abs(x) * 1e-9 }

// bounds is the range of a figure in its base unit; a side may be infinite.
func bounds(f *article.Figure) (low, high float64) {
	if f.Value == 0 {
		return f.Norm.Value, f.Norm.Value
	}
	scale := f.Norm.Value / f.Value
	low, high = f.Low*scale, f.High*scale
	return min(low, high), max(low, high)
}

// utterance is a quote row, told account by account.
type utterance struct {
	*collation.Quote
	index  int
	full   telling   // the fullest
	rest   []telling // the others
	absent []int     // accounts that do not give it, and seem to be all there
}

// telling is how one account, or several in the same words, give an utterance.
type telling struct {
	accounts []int
	relation collation.Relation  // that of the variant farthest from the fullest form
	variants []collation.Variant // of the first account; several where the utterance is broken
}

// relations is the order from the nearest to the fullest form to the farthest,
// with the label of each.
var relations = []struct {
	relation collation.Relation
	label    string
}{
	{collation.Whole, "in full"},
	{collation.Cut, "leaves out"},
	{collation.Spliced, "joins"},
	{collation.Differs, "words it"},
	{collation.Paraphrase, "paraphrases"},
}

func label(r collation.Relation) string {
	for _, known := range relations {
		if known.relation == r {
			return known.label
		}
	}
	return string(r)
}

// quotes is the utterances that several accounts give, and the indexes of
// those in one account alone.
func (v view) quotes() (rows []utterance, singles []int) {
	for i := range v.Quotes {
		if len(v.quoteAccounts(i)) == 1 {
			singles = append(singles, i)
			continue
		}
		rows = append(rows, v.utterance(i))
	}
	return rows, singles
}

func variantCites(variants []collation.Variant) []collation.Cite {
	cites := make([]collation.Cite, len(variants))
	for i, v := range variants {
		cites[i] = v.Cite
	}
	return cites
}

// pointAccounts is the accounts that have point i.
func (v view) pointAccounts(i int) []int {
	p := v.Points[i]
	return who(slices.DeleteFunc(p.Saying(), p.Opposed)...)
}

// nearAccounts is the accounts that come near point i, and do not surely say it
// or stand against it.
func (v view) nearAccounts(i int) []int {
	p := v.Points[i]
	says := who(p.Saying()...)
	return slices.DeleteFunc(who(slices.DeleteFunc(passages(p), p.Opposed)...), func(a int) bool { return slices.Contains(says, a) })
}

// figureAccounts is the accounts that have a cell of figure i.
func (v view) figureAccounts(i int) []int {
	var cites []collation.Cite
	for _, c := range v.Figures[i].Cells {
		cites = append(cites, c.Cite)
	}
	return who(cites...)
}

// quoteAccounts is the accounts that give quote i.
func (v view) quoteAccounts(i int) []int { return who(variantCites(v.Quotes[i].Variants)...) }

func (v view) utterance(i int) utterance {
	q := &v.Quotes[i]
	var tellings []telling
	for _, variant := range q.Variants {
		last := len(tellings) - 1
		if last < 0 || tellings[last].accounts[0] != variant.Account() {
			tellings = append(tellings, telling{[]int{variant.Account()}, variant.Relation, nil})
			last++
		}
		tellings[last].variants = append(tellings[last].variants, variant)
		if nearness(variant.Relation) > nearness(tellings[last].relation) {
			tellings[last].relation = variant.Relation
		}
	}
	full := 0
	for i, t := range tellings {
		if d := cmp.Compare(nearness(t.relation), nearness(tellings[full].relation)); d < 0 || d == 0 && t.size() > tellings[full].size() {
			full = i
		}
	}
	u := utterance{Quote: q, index: i, full: tellings[full]}
	has := []int{tellings[full].accounts[0]}
	for i, t := range tellings {
		if i == full {
			continue
		}
		has = append(has, t.accounts[0])
		if v.alike(t, u.full) {
			u.full.accounts = append(u.full.accounts, t.accounts[0])
			continue
		}
		if i := slices.IndexFunc(u.rest, func(o telling) bool { return v.alike(t, o) }); i >= 0 {
			u.rest[i].accounts = append(u.rest[i].accounts, t.accounts[0])
			continue
		}
		u.rest = append(u.rest, t)
	}
	slices.Sort(u.full.accounts)
	for account := range v.Accounts {
		if !slices.Contains(has, account) && !v.Untold(account) {
			u.absent = append(u.absent, account)
		}
	}
	return u
}

func nearness(r collation.Relation) int {
	for i, known := range relations {
		if known.relation == r {
			return i
		}
	}
	return len(relations)
}

// size is how many bytes of the utterance t gives.
func (t telling) size() int {
	n := 0
	for _, variant := range t.variants {
		n += variant.Span().Len()
	}
	return n
}

// missing is the words that t leaves out.
func (t telling) missing() []collation.Cite {
	var cites []collation.Cite
	for _, variant := range t.variants {
		cites = append(cites, variant.Missing...)
	}
	return cites
}

// alike reports whether two tellings are the same to a reader; a comma or full
// stop inside the marks makes no difference.
func (v view) alike(a, b telling) bool {
	return a.relation == b.relation && slices.EqualFunc(a.variants, b.variants, func(a, b collation.Variant) bool {
		return a.Kind == b.Kind && slices.Equal(a.Missing, b.Missing) &&
			plain.Replace(strings.TrimRight(v.Words(a.Cite), ",.")) == plain.Replace(strings.TrimRight(v.Words(b.Cite), ",."))
	})
}

// plain takes the style out of quotation marks and apostrophes.
var plain = strings.NewReplacer("’", "'", "‘", "'", "“", `"`, "”", `"`)

// speech is the words of variants with the marks that their account puts
// around them; what the writer said between them is shown as "…".
func (v view) speech(variants []collation.Variant) string {
	parts := make([]string, len(variants))
	for i, variant := range variants {
		parts[i] = v.words(variant.Cite)
		if variant.Kind == article.Direct || variant.Kind == article.Partial {
			parts[i] = "“" + parts[i] + "”"
		}
	}
	return strings.Join(parts, " … ")
}

// told says how a telling departs from the fullest, and in which words: those
// that it leaves out where it is cut, or keeps where they are fewer, and its
// own otherwise.
func (v view) told(t telling) (how, words string) {
	missing := t.missing()
	if t.relation != collation.Cut || len(missing) == 0 {
		return label(t.relation), v.speech(t.variants)
	}
	parts := make([]string, len(missing))
	size := 0
	for i, m := range missing {
		parts[i] = "“" + v.words(m) + "”"
		size += m.Span().Len()
	}
	if size > t.size() {
		return "keeps", v.speech(t.variants)
	}
	return label(t.relation), strings.Join(parts, " … ")
}

// speaker names whom an utterance is given to.
func speaker(s collation.Speaker) string {
	switch {
	case s.Name == "" && s.Role == "":
		return "Speaker not known"
	case s.Name == "" || s.Role == "":
		return s.Name + s.Role
	}
	return s.Name + ", " + s.Role
}

// where is the parts of an account in which a voice speaks: L the lead, M the
// middle, E the end.
func where(t collation.Turn) string {
	var b strings.Builder
	for _, part := range []struct {
		letter string
		times  int
	}{{"L", t.Lead}, {"M", t.Middle}, {"E", t.End}} {
		if part.times > 0 {
			b.WriteString(part.letter)
		}
	}
	return b.String()
}

// notNamed is said of a voice that is a description alone.
const notNamed = "not named"

// uses counts how often each account uses a label.
func (v view) uses(l collation.Label) []int {
	uses := make([]int, len(v.Accounts))
	for _, c := range l.Cites {
		uses[c.Account()]++
	}
	return uses
}

// unknown reports whether what account leaves out cannot be told, since part
// of it is not there.
func (v view) unknown(account int) bool {
	return slices.ContainsFunc(v.Omissions, func(o collation.Omission) bool { return slices.Contains(o.Unknown, account) })
}

// silence is the points that an account leaves out.
type silence struct {
	account int
	points  []int
}

// silences is what each account leaves out, and the accounts of which nothing
// can be told. A point that says little of its own is not told again.
func (v view) silences() (list []silence, unknown []int) {
	_, again := v.agreed()
	for account := range v.Accounts {
		var points []int
		for _, o := range v.Omissions {
			if slices.Contains(o.Absent, account) && !slices.Contains(again, o.Point) {
				points = append(points, o.Point)
			}
		}
		if len(points) > 0 {
			list = append(list, silence{account, points})
		} else if v.unknown(account) {
			unknown = append(unknown, account)
		}
	}
	return list, unknown
}

// clean makes foreign text safe to put on a line of its own: control
// characters, which could move a terminal's cursor, and marks that turn the
// direction of what follows are shown as U+FFFD.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r), '\u202a' <= r && r <= '\u202e', '\u2066' <= r && r <= '\u2069':
			return unicode.ReplacementChar
		}
		return r
	}, s)
}

func percent(share float64) string {
	return formatNumber(math.Round(share*100)) + "%"
}

// piece is a part of a passage, cleaned, and marked where a finding names it.
type piece struct {
	words  string
	marked bool
}

// pieces cuts the words of c at those of marked that lie within it.
func (v view) pieces(c collation.Cite, marked []collation.Cite) []piece {
	spans := make([]text.Span, 0, len(marked))
	for _, m := range marked {
		if m.Account() == c.Account() {
			spans = append(spans, m.Span())
		}
	}
	return cut(v.Accounts[c.Account()].Text, c.Span(), spans)
}

// cut parts within, a span of body, at the edges of marked; marked spans may
// overlap and lie in any order.
func cut(body string, within text.Span, marked []text.Span) []piece {
	marked = slices.SortedFunc(slices.Values(marked), text.Span.Compare)
	var pieces []piece
	at := within.Start
	for _, m := range marked {
		m = m.Intersect(text.Span{Start: at, End: within.End})
		if m.Empty() {
			continue
		}
		if at < m.Start {
			pieces = append(pieces, piece{clean(body[at:m.Start]), false})
		}
		pieces = append(pieces, piece{clean(m.Of(body)), true})
		at = m.End
	}
	if at < within.End {
		pieces = append(pieces, piece{clean(body[at:within.End]), false})
	}
	return pieces
}

// state says whether an account has the point of o: present, absent or
// unknown.
func state(o collation.Omission, account int) string {
	switch {
	case slices.Contains(o.Present, account):
		return "present"
	case slices.Contains(o.Absent, account):
		return "absent"
	}
	return "unknown"
}
