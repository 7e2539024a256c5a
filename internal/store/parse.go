package store

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/blevesearch/snowballstem"

	"synoptic/article"
	"synoptic/text"
)

// Limits of a query.
const (
	maxQueryWords = 128
	maxQueryDepth = 32
)

// QueryError says what is wrong with a query, and where.
type QueryError struct {
	At      int    // bytes from the start of the query
	Problem string // in words a person understands
}

// Error is the problem with its place.
func (e *QueryError) Error() string { return fmt.Sprintf("query, byte %d: %s", e.At, e.Problem) }

// ParseQuery reads a query as people type it:
//
//	ferry talks            both words, in any form ("ferries", "talked")
//	"ferry talks"          the words in this order
//	ferry AND talks        the same as ferry talks
//	ferry OR boat          either; AND binds closer
//	NOT strike, -strike    none of it
//	(ferry OR boat) talks  parentheses
//	outlet:example.com     a domain or the words of a name; several: one of them
//	speaker:"Ada Quill"    somebody so named speaks in the article; several: all of them
//	from:2026-03-01        published on that day or later; a month or a year also serves
//	to:2026-03             published by the end of that day, month or year
//	lang:en                in that language; several: one of them
//
// AND, OR and NOT are written in capitals. A field stands wherever a word can:
//
//	strike NOT outlet:example.com
//	(ferry OR boat) (speaker:"Ada Quill" OR from:2026-03)
//
// Errors are of type *QueryError.
func ParseQuery(s string) (Query, error) {
	if !utf8.ValidString(s) {
		return Query{}, &QueryError{invalid(s), "this is not text in UTF-8"}
	}
	p := parser{in: s}
	p.step()
	match, err := p.either(0)
	if err != nil {
		return Query{}, err
	}
	if p.tok.kind == closing {
		return Query{}, p.wrong("this parenthesis was never opened")
	}
	if match == nil && strings.TrimSpace(s) != "" {
		return Query{}, &QueryError{0, "there is no word in it to search for"}
	}
	if match.never() {
		return Query{}, &QueryError{p.toAt, "to: is before from:, so nothing can be found"}
	}
	return Query{match}, nil
}

// never reports whether n wants days after others that it wants all days before.
func (n *Node) never() bool {
	var from, to time.Time
	for _, k := range n.Conjuncts() {
		switch {
		case k.Op == From && k.Day.After(from):
			from = k.Day
		case k.Op == To && (to.IsZero() || k.Day.Before(to)):
			to = k.Day
		}
	}
	return !to.IsZero() && to.Before(from)
}

// Conjuncts are the nodes that must all fit for n to fit; none for nil.
func (n *Node) Conjuncts() []*Node {
	switch {
	case n == nil:
		return nil
	case n.Op == And:
		return n.Kids
	}
	return []*Node{n}
}

// String is q as ParseQuery reads it.
func (q Query) String() string {
	if q.Match == nil {
		return ""
	}
	return q.Match.String()
}

func quoted(s string) string { return `"` + strings.ReplaceAll(s, `"`, "") + `"` }

// String is n as ParseQuery reads it, with parentheses around every combination.
func (n *Node) String() string {
	switch n.Op {
	case Word, Phrase:
		return quoted(strings.Join(n.Words, " "))
	case Not:
		return "NOT " + n.Kids[0].String()
	case Outlet:
		return "outlet:" + quoted(n.Value)
	case Speaker:
		return "speaker:" + quoted(n.Value)
	case Language:
		return "lang:" + n.Value
	case From:
		return "from:" + n.Day.Format(time.DateOnly)
	case To:
		return "to:" + n.Day.Format(time.DateOnly)
	case And, Or:
	}
	joint := " AND "
	if n.Op == Or {
		joint = " OR "
	}
	kids := make([]string, len(n.Kids))
	for i, k := range n.Kids {
		kids[i] = k.String()
	}
	return "(" + strings.Join(kids, joint) + ")"
}

// Terms are the terms of the node's words, in order.
func (n *Node) Terms() []string {
	var terms []string
	for term := range Terms(strings.Join(n.Words, " ")) {
		terms = append(terms, term)
	}
	return terms
}

// Wanted lists the words and phrases of n that an article may hold: those that
// stand under no Not.
func (n *Node) Wanted() []*Node {
	switch {
	case n == nil || n.Op == Not:
		return nil
	case n.Op == Word || n.Op == Phrase:
		return []*Node{n}
	}
	var wanted []*Node
	for _, k := range n.Kids {
		wanted = append(wanted, k.Wanted()...)
	}
	return wanted
}

// Worded reports whether n asks for words at all, and not for fields alone.
func (n *Node) Worded() bool {
	return n.Op == Word || n.Op == Phrase || slices.ContainsFunc(n.Kids, (*Node).Worded)
}

// Anchored reports whether every article that n fits holds a word or phrase that
// it wants. "NOT strike" and "ferry OR lang:en" are not.
func (n *Node) Anchored() bool {
	switch n.Op {
	case Word, Phrase:
		return true
	case And:
		return slices.ContainsFunc(n.Kids, (*Node).Anchored)
	case Or:
		return !slices.ContainsFunc(n.Kids, func(k *Node) bool { return !k.Anchored() })
	case Not, Outlet, Speaker, Language, From, To:
	}
	return false
}

// The kinds of tokens.
type tokenKind uint8

const (
	ended tokenKind = iota
	word
	phrase
	field // its value follows
	and
	or
	not
	opening
	closing
	broken // tok.words says why
)

type token struct {
	kind  tokenKind
	at    int    // where it starts
	words string // of word, phrase, field
}

type parser struct {
	in    string
	at    int // where the next token is looked for
	tok   token
	words int // terms and fields so far
	toAt  int // where the last to: stands outside of parentheses
}

func (p *parser) wrong(problem string) error { return &QueryError{p.tok.at, problem} }

// either is clauses with OR between them.
func (p *parser) either(depth int) (*Node, error) {
	if depth > maxQueryDepth {
		return nil, p.wrong(tooDeep)
	}
	var kids []*Node
	for {
		if k := p.tok.kind; k == or || k == and {
			return nil, p.wrong("a word is missing before " + p.tok.words)
		}
		kid, err := p.all(depth)
		if err != nil {
			return nil, err
		}
		if kid != nil {
			kids = append(kids, kid)
		}
		if p.tok.kind != or {
			return combine(Or, kids), nil
		}
		p.step()
		if k := p.tok.kind; k == ended || k == closing {
			return nil, p.wrong("a word is missing behind OR")
		}
	}
}

var tooDeep = fmt.Sprintf("parentheses and NOTs lie more than %d deep in each other", maxQueryDepth)

// all is clauses that must all hold.
func (p *parser) all(depth int) (*Node, error) {
	var kids []*Node
	for {
		switch p.tok.kind {
		case ended, closing, or:
			return oneOf(Language, oneOf(Outlet, combine(And, kids))), nil
		case and:
			p.step()
			if k := p.tok.kind; k == ended || k == closing || k == or || k == and {
				return nil, p.wrong("a word is missing behind AND")
			}
		}
		kid, err := p.clause(depth)
		if err != nil {
			return nil, err
		}
		if kid != nil {
			kids = append(kids, kid)
		}
	}
}

// clause is one word, phrase, field, group in parentheses, or what must not be.
// It is nil for signs that hold no word.
func (p *parser) clause(depth int) (*Node, error) {
	if depth > maxQueryDepth {
		return nil, p.wrong(tooDeep)
	}
	tok := p.tok
	switch tok.kind {
	case not:
		p.step()
		if k := p.tok.kind; k == ended || k == closing || k == or || k == and {
			return nil, p.wrong("a word is missing behind NOT")
		}
		kid, err := p.clause(depth + 1)
		if err != nil || kid == nil {
			return nil, err
		}
		if kid.Op == Not {
			return kid.Kids[0], nil
		}
		return &Node{Op: Not, Kids: []*Node{kid}}, nil
	case opening:
		p.step()
		kid, err := p.either(depth + 1)
		if err != nil {
			return nil, err
		}
		if p.tok.kind != closing {
			return nil, &QueryError{tok.at, "this parenthesis is never closed"}
		}
		p.step()
		return kid, nil
	case field:
		if tok.words == "to" && depth == 0 {
			p.toAt = tok.at
		}
		return p.field()
	case broken:
		return nil, p.wrong(tok.words)
	}
	p.step()
	return p.leaf(tok)
}

// leaf is the node of a word or phrase, nil where it holds no word.
func (p *parser) leaf(tok token) (*Node, error) {
	n := &Node{Op: Word, Words: strings.Fields(tok.words)}
	terms := len(n.Terms())
	if terms == 0 {
		return nil, nil
	}
	if terms > 1 || len(n.Words) > 1 { // "well-known" is two words that follow each other
		n.Op = Phrase
	}
	return n, p.count(tok, terms)
}

// count counts what a query asks for: databases have bounds.
func (p *parser) count(tok token, terms int) error {
	if p.words += terms; p.words > maxQueryWords {
		return &QueryError{tok.at, fmt.Sprintf("there are more than %d words and fields in it", maxQueryWords)}
	}
	return nil
}

// combine is kids under op; what is under the same op is drawn up, since it
// means the same.
func combine(op Op, kids []*Node) *Node {
	switch len(kids) {
	case 0:
		return nil
	case 1:
		return kids[0]
	}
	var flat []*Node
	for _, k := range kids {
		if k.Op == op {
			flat = append(flat, k.Kids...)
		} else {
			flat = append(flat, k)
		}
	}
	return &Node{Op: op, Kids: flat}
}

// oneOf draws those of n that ask for one field together, where they must all
// hold: an article has one outlet and one language, so several mean one of them.
func oneOf(op Op, n *Node) *Node {
	var alike, kids []*Node
	for _, k := range n.Conjuncts() {
		if k.Op == op {
			alike = append(alike, k)
		} else {
			kids = append(kids, k)
		}
	}
	if len(alike) < 2 {
		return n
	}
	return combine(And, append(kids, &Node{Op: Or, Kids: alike}))
}

// field reads a field with its value.
func (p *parser) field() (*Node, error) {
	name := p.tok
	p.step()
	if p.tok.kind == broken {
		return nil, p.wrong(p.tok.words)
	}
	if p.tok.kind != word && p.tok.kind != phrase || strings.TrimSpace(p.tok.words) == "" {
		return nil, &QueryError{name.at, fmt.Sprintf("%s: needs a value right behind it", name.words)}
	}
	n := &Node{Op: fields[name.words], Value: strings.Join(strings.Fields(p.tok.words), " ")}
	switch n.Op {
	case Outlet:
		if Folded(n.Value) == "" {
			return nil, p.wrong("outlet: needs a domain or a name")
		}
	case Speaker:
		if Folded(n.Value) == "" {
			return nil, p.wrong("speaker: needs a name")
		}
	case Language:
		if strings.ContainsFunc(n.Value, func(r rune) bool { return r != '-' && !letterOrDigit(r) }) || len(n.Value) > 35 {
			return nil, p.wrong("lang: needs the code of a language, as in lang:en")
		}
	case From, To:
		first, last, ok := days(n.Value)
		if !ok {
			return nil, p.wrong(fmt.Sprintf("%s: needs a day, a month or a year, as in %s:2026-03-01", name.words, name.words))
		}
		n.Value, n.Day = "", first
		if n.Op == To {
			n.Day = last
		}
	case Word, Phrase, And, Or, Not:
	}
	p.step()
	return n, p.count(name, 1)
}

func letterOrDigit(r rune) bool {
	return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9'
}

// days are the first and the last day of a day, month or year.
func days(s string) (first, last time.Time, ok bool) {
	if len(s) < 4 || len(s) > len("2006-01-02") {
		return first, last, false
	}
	d, err := article.ParseDate(s)
	if err != nil || d.Time.Year() < 1 {
		return first, last, false
	}
	first = d.Time
	switch d.Precision {
	case article.Year:
		last = first.AddDate(1, 0, -1)
	case article.Month:
		last = first.AddDate(0, 1, -1)
	case article.Day:
		last = first
	default:
		return first, last, false
	}
	return first, last, true
}

// fields are the names of fields, and what they ask for.
var fields = map[string]Op{"outlet": Outlet, "speaker": Speaker, "from": From, "to": To, "lang": Language}

// Quotation marks that open a phrase, and those that close it.
const (
	openMarks  = `"“”„«»`
	closeMarks = `"“”«»`
)

// step reads the next token.
func (p *parser) step() {
	for p.at < len(p.in) {
		r, size := utf8.DecodeRuneInString(p.in[p.at:])
		if !unicode.IsSpace(r) {
			break
		}
		p.at += size
	}
	p.tok = token{at: p.at}
	if p.at == len(p.in) {
		return
	}
	rest := p.in[p.at:]
	r, size := utf8.DecodeRuneInString(rest)
	switch {
	case r == '(':
		p.tok.kind = opening
		p.at += size
		return
	case r == ')':
		p.tok.kind = closing
		p.at += size
		return
	case strings.ContainsRune(openMarks, r):
		end := strings.IndexAny(rest[size:], closeMarks)
		if end < 0 {
			p.tok.kind, p.tok.words = broken, "this quotation mark is never closed"
			p.at = len(p.in)
			return
		}
		p.tok.kind, p.tok.words = phrase, rest[size:size+end]
		_, width := utf8.DecodeRuneInString(rest[size+end:])
		p.at += size + end + width
		return
	case r == '-' && len(rest) > 1 && !blankAt(rest, 1) && rest[1] != ')' && rest[1] != '-':
		p.tok.kind, p.tok.words = not, "-"
		p.at++
		return
	}
	end := strings.IndexFunc(rest, func(r rune) bool {
		return unicode.IsSpace(r) || r == '(' || r == ')' || strings.ContainsRune(openMarks, r)
	})
	if end < 0 {
		end = len(rest)
	}
	run := rest[:end]
	if colon := strings.IndexByte(run, ':'); colon > 0 {
		name := strings.ToLower(run[:colon])
		if _, known := fields[name]; known {
			p.tok.kind, p.tok.words = field, name
			p.at += colon + 1
			return
		} else if p.unknown(run[:colon], rest[colon+1:]) {
			p.tok.kind = broken
			p.tok.words = "there is nothing called " + strconv.Quote(run[:colon+1]) + " to ask for, only outlet:, speaker:, from:, to: and lang:; put quotation marks around it to search for the words"
			p.at += colon + 1
			return
		}
	}
	p.at += end
	p.tok.words = run
	switch run {
	case "AND":
		p.tok.kind = and
	case "OR":
		p.tok.kind = or
	case "NOT":
		p.tok.kind = not
	default:
		p.tok.kind = word
	}
}

// unknown reports whether name, a colon and what follows look like a field.
func (p *parser) unknown(name, value string) bool {
	for _, r := range name {
		if !unicode.IsLetter(r) {
			return false
		}
	}
	r, _ := utf8.DecodeRuneInString(value)
	return value != "" && (unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune(openMarks, r))
}

func blankAt(s string, at int) bool {
	r, _ := utf8.DecodeRuneInString(s[at:])
	return unicode.IsSpace(r)
}

// invalid is where s stops being UTF-8.
func invalid(s string) int {
	for i, r := range s {
		if r == utf8.RuneError {
			if _, size := utf8.DecodeRuneInString(s[i:]); size == 1 {
				return i
			}
		}
	}
	return 0
}

// Find gives the places in body of what a query wants, in order, none within
// another.
func (q Query) Find(body string) []Mark {
	wanted := q.Match.Wanted()
	if len(wanted) == 0 {
		return nil
	}
	phrases := make([][]string, len(wanted))
	longest := 0
	var begins [256]bool // what terms begin with
	for i, n := range wanted {
		phrases[i] = n.Terms()
		longest = max(longest, len(phrases[i]))
		for _, term := range phrases[i] {
			begins[term[0]] = true
		}
	}
	var marks []Mark
	var terms []string // the last ones read
	var spans []text.Span
	env := snowballstem.NewEnv("")
	for word, at := range words(body) {
		term := ""
		if begins[word[0]] { // which no stemming changes
			term = stem(env, word)
		}
		terms, spans = append(terms, term), append(spans, at)
		best := 0
		for _, ph := range phrases {
			if n := len(ph); n > best && n <= len(terms) && slices.Equal(terms[len(terms)-n:], ph) {
				best = n
			}
		}
		if best == 0 {
			continue
		}
		m := Mark{spans[len(spans)-best].Start, at.End}
		for len(marks) > 0 && m.Start <= marks[len(marks)-1].Start {
			marks = marks[:len(marks)-1]
		}
		if len(marks) == 0 || m.Start >= marks[len(marks)-1].End {
			marks = append(marks, m)
		}
		if len(terms) > 4096 { // what lies further back can begin no phrase
			terms, spans = slices.Delete(terms, 0, len(terms)-longest), slices.Delete(spans, 0, len(spans)-longest)
		}
	}
	return marks
}
