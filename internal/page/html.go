package page

import (
	"fmt"
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"

	"codeberg.org/readeck/go-readability"
	"github.com/markusmobius/go-trafilatura"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// readHTML reads a page: its data, then its main text. What is main text,
// go-trafilatura says; the words come from the page itself, block by block, so
// that they are to the letter, that what was left out between two of them is
// known, and that captions, standfirsts and credits, which it drops, can stay.
func (d *draft) readHTML(body string, in Input) error {
	doc, err := html.Parse(strings.NewReader(body))
	if err != nil {
		return fmt.Errorf("parsing HTML: %w", err)
	}
	d.readMeta(doc, in)
	blocks := blocksOf(doc)
	main, err := mainText(doc, d.address)
	if err != nil {
		return err
	}
	d.section = true
	d.place(blocks, blocksOf(main))
	if len(d.lines) == 0 {
		return ErrNoArticle
	}
	return nil
}

// shortText is the length in characters under which a second extractor is
// asked.
const shortText = 400

// mainText is a tree of the main text of doc, which stays as it is.
func mainText(doc *html.Node, address string) (main *html.Node, err error) {
	defer func() {
		if r := recover(); r != nil { // a library on a stranger's page
			main, err = nil, fmt.Errorf("extraction failed: %v", r)
		}
	}()
	u, _ := url.Parse(address)
	result, err := trafilatura.ExtractDocument(doc, trafilatura.Options{OriginalURL: u, ExcludeComments: true, HtmlDateMode: trafilatura.Disabled})
	size := 0
	if err == nil && result != nil && result.ContentNode != nil {
		main = result.ContentNode
		size = utf8.RuneCountInString(nodeText(main))
	}
	if size < shortText {
		parser := readability.NewParser()
		if second, err := parser.ParseDocument(doc, u); err == nil && second.Node != nil && utf8.RuneCountInString(nodeText(second.Node)) > 2*size {
			return second.Node, nil
		}
	}
	if main == nil || size == 0 {
		return nil, ErrNoArticle
	}
	return main, nil
}

// block is a run of text of a page between two breaks.
type block struct {
	text  string
	key   string // text without white space, to find it again
	tail  int    // length of the link to the rest that ends the text, in bytes; 0 for none
	hint  hint
	boxed bool       // in an element that pages use for furniture
	root  *html.Node // the nearest article or main element, nil for none
}

// breaking elements begin and end a block.
var breaking = map[atom.Atom]bool{
	atom.P: true, atom.Div: true, atom.Section: true, atom.Article: true, atom.Main: true, atom.Header: true, atom.Footer: true, atom.Aside: true,
	atom.Nav: true, atom.H1: true, atom.H2: true, atom.H3: true, atom.H4: true, atom.H5: true, atom.H6: true, atom.Ul: true, atom.Ol: true,
	atom.Li: true, atom.Dl: true, atom.Dt: true, atom.Dd: true, atom.Blockquote: true, atom.Figure: true, atom.Figcaption: true, atom.Table: true,
	atom.Tr: true, atom.Td: true, atom.Th: true, atom.Caption: true, atom.Pre: true, atom.Form: true, atom.Fieldset: true, atom.Address: true,
	atom.Details: true, atom.Summary: true, atom.Br: true, atom.Hr: true, atom.Body: true, atom.Html: true, atom.Button: true, atom.Option: true,
	atom.Label: true,
}

// extracted are elements of the tree that go-trafilatura makes, which break
// lines too.
var extracted = map[string]bool{"list": true, "item": true, "head": true, "lb": true, "quote": true, "row": true, "cell": true}

// silent elements have no text for readers.
var silent = map[atom.Atom]bool{
	atom.Script: true, atom.Style: true, atom.Noscript: true, atom.Template: true, atom.Head: true, atom.Svg: true, atom.Iframe: true, atom.Textarea: true,
	atom.Select: true, atom.Object: true, atom.Math: true, atom.Audio: true, atom.Video: true, atom.Canvas: true,
}

// blocksOf lists the blocks of text under root in order.
func blocksOf(root *html.Node) []block {
	w := &blockWalk{}
	if root != nil {
		w.walk(root, 0)
		w.flush()
	}
	return w.blocks
}

type blockWalk struct {
	blocks []block
	text   strings.Builder
	link   [2]int // where in text the last link begins and ends
	hint   hint
	boxed  int
	root   *html.Node
}

// maxDepth is how deep elements nest before what is in them is left out.
const maxDepth = 400

func (w *blockWalk) walk(n *html.Node, depth int) {
	switch n.Type {
	case html.TextNode:
		w.text.WriteString(n.Data)
		return
	case html.ElementNode:
		if silent[tagOf(n)] || depth > maxDepth || hidden(n) {
			return
		}
	case html.DocumentNode:
	default:
		return
	}
	breaks := breaking[tagOf(n)] || extracted[n.Data]
	if breaks {
		w.flush()
	}
	hint, boxed, root := w.hint, w.boxed, w.root
	switch tagOf(n) {
	case atom.Figcaption, atom.Caption:
		w.hint = caption
	case atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		w.hint = heading
	case atom.Li:
		w.hint = bullet
	case atom.Article, atom.Main:
		w.root = n
	}
	class := strings.ToLower(attr(n, "class") + " " + attr(n, "id") + " " + attr(n, "data-testid") + " " + attr(n, "data-component"))
	if w.hint == plain || w.hint == bullet {
		switch {
		case breaks && captionClass(class):
			w.hint = caption
		case breaks && standfirstClass(class):
			w.hint = standfirst
		}
	}
	if boxedElement(n, class) {
		w.boxed++
	}
	start := w.text.Len()
	for c := range n.ChildNodes() {
		w.walk(c, depth+1)
	}
	if tagOf(n) == atom.A && w.text.Len() > start {
		w.link = [2]int{start, w.text.Len()}
	}
	if breaks {
		w.flush()
	}
	w.hint, w.boxed, w.root = hint, boxed, root
}

// tagOf is the tag of n, also of elements that were made without an atom.
func tagOf(n *html.Node) atom.Atom {
	if n.DataAtom == 0 && n.Type == html.ElementNode {
		return atom.Lookup([]byte(n.Data))
	}
	return n.DataAtom
}

func (w *blockWalk) flush() {
	raw, link := w.text.String(), w.link
	w.text.Reset()
	w.link = [2]int{}
	s := unbroken(raw)
	if s == "" {
		return
	}
	b := block{text: s, key: blockKey(s), hint: w.hint, boxed: w.boxed > 0, root: w.root}
	if link[1] > 0 && !hasWord(raw[link[1]:]) && readOnLink(unbroken(raw[link[0]:link[1]])) {
		b.tail = len(unbroken(raw[link[0]:]))
	}
	w.blocks = append(w.blocks, b)
}

// unbroken is s in one line, with single spaces.
func unbroken(s string) string {
	return strings.TrimFunc(strings.Join(strings.FieldsFunc(s, func(r rune) bool {
		return r == ' ' || r == '\n' || r == '\t' || r == '\r' || r == '\f' || isBreak(r) && r != '\u0085'
	}), " "), isSpace)
}

func blockKey(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsPunct(r) {
			return -1
		}
		return r
	}, s)
}

// nodeText is the text under n with single spaces.
func nodeText(n *html.Node) string {
	var parts []string
	for _, b := range blocksOf(n) {
		parts = append(parts, b.text)
	}
	if n.Type == html.TextNode {
		return strings.Join(strings.Fields(n.Data), " ")
	}
	return strings.Join(parts, " ")
}

// hidden reports whether n says that readers do not see it.
func hidden(n *html.Node) bool {
	for _, a := range n.Attr {
		switch a.Key {
		case "hidden":
			return true
		case "style":
			s := strings.ReplaceAll(strings.ToLower(a.Val), " ", "")
			return strings.Contains(s, "display:none") || strings.Contains(s, "visibility:hidden")
		case "class":
			if hasToken(strings.ToLower(a.Val), "visuallyhidden") || strings.Contains(strings.ToLower(a.Val), "screen-reader-text") ||
				strings.Contains(strings.ToLower(a.Val), "visually-hidden") || hasClass(a.Val, "sr-only") {
				return true
			}
		}
	}
	return false
}

func hasClass(class, name string) bool {
	for c := range strings.FieldsSeq(class) {
		if c == name {
			return true
		}
	}
	return false
}

func captionClass(class string) bool {
	for _, t := range []string{"caption", "figcaption"} {
		if hasToken(class, t) {
			return true
		}
	}
	return strings.Contains(class, "photo-credit") || strings.Contains(class, "image-credit") || strings.Contains(class, "media__caption") || strings.Contains(class, "image-caption")
}

func standfirstClass(class string) bool {
	for _, t := range []string{"standfirst", "dek", "deck", "subheadline", "subhead", "subtitle", "strapline", "teaser", "sapo", "chapo", "kicker"} {
		if hasToken(class, t) {
			return t != "kicker" && t != "teaser" || strings.Contains(class, "article")
		}
	}
	return strings.Contains(class, "article-summary") || strings.Contains(class, "article__summary") || strings.Contains(class, "entry-summary") ||
		strings.Contains(class, "key-points") || strings.Contains(class, "article-highlights")
}

// boxes are words of the classes that pages give to what they set around an
// account.
var boxes = set(`related newsletter newsletters promo promos promotion share sharing social recirc recirculation sidebar comments comment disqus advert
	advertisement ad ads adslot sponsored sponsor subscribe subscription paywall regwall outbrain taboola bio authorbio breadcrumb breadcrumbs
	nav navigation menu footer cookie cookies consent trending popular mostread recommended recommendations readmore signup toolbar
	pagination tags topics tag donate donation pullquote modal popup overlay widget teaserlist`)

// boxedElement reports whether n is furniture by its element, its role or its
// class. The body and the article itself are never.
func boxedElement(n *html.Node, class string) bool {
	switch n.DataAtom {
	case atom.Body, atom.Html, atom.Article, atom.Main:
		return false
	case atom.Nav, atom.Aside, atom.Footer, atom.Form, atom.Button:
		return true
	}
	switch strings.ToLower(attr(n, "role")) {
	case "navigation", "complementary", "contentinfo", "banner", "search", "dialog":
		return true
	}
	if n.DataAtom == atom.P || n.DataAtom == atom.A || n.DataAtom == atom.Span {
		return false
	}
	words := 0
	for w := range strings.FieldsFuncSeq(class, func(r rune) bool { return r == ' ' || r == '-' || r == '_' }) {
		if boxes[w] {
			return true
		}
		words++
		if words > 24 {
			break
		}
	}
	return false
}

// longestTail is how many bytes of a link to the rest may be hidden from readers,
// as a headline that is there for screen readers.
const longestTail = 200

// place sets the lines of the draft: the blocks of the page that the extractor
// chose, in its order, and between them captions, the standfirst and credits.
// Blocks in boxes go where they are the smaller part.
func (d *draft) place(page, main []block) {
	byKey := make(map[string][]int, len(page))
	var tailed []int // blocks that end in a link, of which the extractor may show more
	for i, b := range page {
		byKey[b.key] = append(byKey[b.key], i)
		if b.tail > 0 {
			tailed = append(tailed, i)
		}
	}
	at := make([]int, len(main)) // index into page, -1 where it has no such block
	next, boxed, open := 0, 0, 0
	for i, b := range main {
		at[i] = -1
		for _, j := range byKey[b.key] {
			if j >= next {
				at[i], next = j, j+1
				break
			}
		}
		for _, j := range tailed {
			if at[i] < 0 && j >= next && strings.HasPrefix(b.key, page[j].key) && len(b.key)-len(page[j].key) < longestTail {
				at[i], next = j, j+1
			}
		}
		if at[i] < 0 {
			continue
		}
		if page[at[i]].boxed {
			boxed += len(b.key)
		} else {
			open += len(b.key)
		}
	}
	keepBoxed := boxed > open
	chosen := map[int]bool{}
	lo, hi := len(page), -1
	root := map[*html.Node]int{} // how much of the chosen text each article element holds
	var home *html.Node
	for _, j := range at {
		if j >= 0 && (keepBoxed || !page[j].boxed) {
			chosen[j] = true
			lo, hi = min(lo, j), max(hi, j)
			root[page[j].root] += len(page[j].key)
			if r := page[j].root; r != nil && (home == nil || root[r] > root[home]) {
				home = r
			}
		}
	}
	if hi < 0 {
		for _, b := range main {
			d.add(b.text, b.hint)
		}
		return
	}
	title := bare(d.title)
	emit := func(j int, gap bool) {
		n := len(d.lines)
		d.add(page[j].text, page[j].hint)
		if n < len(d.lines) {
			d.lines[n].gap, d.lines[n].tail, d.lines[n].link = gap, page[j].tail, page[j].tail > 0
		}
	}
	gap := false
	pass := func(from, to int) { // page blocks that the extractor left out
		for j := from; j < to; j++ {
			if chosen[j] {
				continue
			}
			b := page[j]
			inside := j > lo && j < hi || home != nil && b.root == home
			switch {
			case bare(b.text) == title:
			case inside && b.hint == caption && !b.boxed, inside && j < lo && b.hint == standfirst && !b.boxed && j > lo-12,
				inside && !b.boxed && b.hint == heading && j > lo && j < hi && len(b.text) < 120:
				emit(j, gap)
				gap = false
			case inside && !b.boxed && creditBlock(b.text), j > hi && j < hi+12 && creditBlock(b.text):
				emit(j, gap || j > hi)
				gap = false
			case j > hi && j < hi+12 && cutBlock(b.text) && d.wordsSoFar() < fewWords:
				d.cut = true
			case j > lo && j < hi:
				gap = true
			}
		}
	}
	last := 0
	if home == nil {
		last = lo
	}
	for i, b := range main {
		j := at[i]
		if j < 0 {
			n := len(d.lines)
			d.add(b.text, b.hint)
			if n < len(d.lines) {
				d.lines[n].gap = gap
			}
			gap = false
			continue
		}
		if !chosen[j] {
			gap = true
			continue
		}
		pass(last, j)
		emit(j, gap)
		gap = false
		last = j + 1
	}
	pass(last, len(page))
}

func (d *draft) wordsSoFar() int {
	n := 0
	for i := range d.lines {
		n += len(strings.Fields(d.lines[i].text))
	}
	return n
}

// fewWords is how many words an account has at least of which a page gives more
// than a beginning.
const fewWords = 250

// creditBlock reports whether a block below the text is a credit or a note on
// the account, which extractors drop.
func creditBlock(s string) bool {
	l := line{text: s, folded: fold(s), words: len(strings.Fields(s)), end: endingOf(s)}
	if l.words > 60 {
		return false
	}
	c := &crediting{own: map[string]bool{"": true}}
	l.credits = c.credits(s, place{last: true})
	return len(l.credits) > 0 && (noteLine(&l) || wholeCredit(&l))
}

// cutBlock reports whether a block below the text says that there is more.
func cutBlock(s string) bool {
	l := line{text: s, folded: fold(s), words: len(strings.Fields(s)), end: endingOf(s)}
	f := l.folded
	if !cutLine(&l) {
		return false
	}
	for _, phrase := range []string{"continue reading", "keep reading", "to read the", "to read this", "to continue", "for subscribers", "to subscribers", "unlock", "rest of"} {
		if strings.Contains(f, phrase) {
			return true
		}
	}
	return false
}
