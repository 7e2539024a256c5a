package page

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"synoptic/article"
)

// classify decides of every line whether it is kept and as what. It goes from
// signs that hold of a line alone to those that need its neighbours; a full
// sentence that nothing speaks against stays running text.
func (d *draft) classify() {
	d.own = d.ownNames()
	d.tails()
	for i := range d.lines {
		l := &d.lines[i]
		l.folded = fold(l.text)
		l.bare = bare(l.text)
		l.words = len(strings.Fields(l.text))
		l.end = endingOf(l.beforeTail())
	}
	c := &crediting{own: d.own}
	first, last := d.firstProse(), d.lastProse()
	for i := range d.lines {
		l := &d.lines[i]
		at := place{first: i < 4 || i < first && d.datedBeside(i), last: i >= last, gallery: len(counters(l.text)) > 0}
		l.credits = c.credits(l.text, at)
	}
	if d.title == "" {
		d.findTitle()
	}
	d.alone()
	d.galleries()
	d.sections()
	d.stamps()
	d.openLines()
	d.biographies()
	d.repeated()
	d.sandwiched()
	d.edges()
}

// decide settles a line once; later rules leave it alone.
func (l *line) decide(kind article.ParagraphKind, drop bool, rule string) {
	if l.rule == "" {
		l.kind, l.drop, l.rule = kind, drop, rule
	}
}

func (l *line) dropped(rule string) { l.decide(article.Body, true, rule) }

func (l *line) kept(kind article.ParagraphKind, rule string) { l.decide(kind, false, rule) }

// undecided reports whether no rule has settled the line yet.
func (l *line) undecided() bool { return l.rule == "" }

// lastProse is the index of the last line that is plainly running text.
func (d *draft) lastProse() int {
	for i := len(d.lines) - 1; i >= 0; i-- {
		if solid(&d.lines[i]) {
			return i
		}
	}
	return len(d.lines)
}

// trimLabel takes what decorates a label away: colons, arrows, counts.
func trimLabel(folded string) string {
	return strings.Trim(folded, " :.…»›>→▸▶+-–—|*#[]()<0123456789×_\u00a0")
}

// addresses reports whether a folded line speaks to its reader or of the house
// that made the page: by a pronoun, or by an order at its head where those
// count.
func addresses(folded string, orders bool) bool {
	for w := range strings.FieldsSeq(folded) {
		switch strings.Trim(w, ",.:;!?()\"") {
		case "you", "your", "you'd", "you've", "you'll", "you're", "our", "us", "we", "we've", "we'll", "me":
			return true
		}
	}
	first, _, _ := strings.Cut(folded, " ")
	return orders && imperatives[strings.Trim(first, ",.:;!")]
}

var imperatives = set(`read watch listen click tap sign subscribe follow like join share download get register enter log login support donate
	contact email e-mail call send visit see view show please enable help tell buy shop order start try unlock continue scroll swipe add
	become vote rate comment leave post check find connect catch stay keep don't turn create choose select browse discover explore learn`)

// quoted reports whether s holds a pair of quotation marks.
func quoted(s string) bool {
	return strings.ContainsAny(s, "“”„«»") || strings.Count(s, `"`) >= 2
}

// furnitureLine reports whether a line by itself is furniture. It is asked
// often and remembers the answer.
func furnitureLine(l *line) bool {
	if l.furniture == 0 {
		l.furniture = -1
		if isFurniture(l) {
			l.furniture = 1
		}
	}
	return l.furniture > 0
}

func isFurniture(l *line) bool {
	f := l.folded
	if labels()[trimLabel(f)] || labels()[f] || sections()[trimLabel(f)] {
		return true
	}
	sentence := l.end == stopped && l.words > 7
	if cutLine(l) {
		return true
	}
	if strongTrie().in(f) && (l.words <= 12 || addresses(f, true) && !quoted(l.text)) {
		return true
	}
	if headTrie().heads(f) && !strings.HasPrefix(f, "for more than") {
		if !sentence && (l.words <= 25 || !quoted(l.text)) {
			return l.end != colon || l.words <= 5
		}
		return addresses(f, l.words <= 12) && !quoted(l.text) && l.words <= 60
	}
	return false
}

// cutLine reports whether a line says that the rest is kept from the reader.
func cutLine(l *line) bool {
	return cutTrie().in(l.folded) && l.words <= 45 && !quoted(l.text) && (l.words <= 12 || addresses(l.folded, true))
}

// alone settles what a line shows by itself.
func (d *draft) alone() {
	title := bare(d.title)
	for i := range d.lines {
		l := &d.lines[i]
		f := l.folded
		switch {
		case !hasWord(l.text):
			l.dropped("rule")
			l.silent = true
		case repeats(l, title):
			if len(l.credits) > 0 {
				l.kept(article.Note, "headline with credit")
				break
			}
			l.dropped("headline")
			l.silent = true
		case d.own[l.bare]:
			l.dropped("name of the outlet")
		case summaryLabels()[trimLabel(f)]:
			l.dropped("summary label")
		case strings.HasPrefix(f, "story highlights "):
			l.kept(article.Summary, "summary")
		case noteLine(l):
			l.kept(article.Note, "note")
		case cutLine(l):
			d.cut = true
			l.dropped("cut")
		case l.hint == caption:
			d.settleCaption(l)
		case captionLine(l):
			d.settleCaption(l)
		case crumbs(l.text) != "" && l.end != stopped:
			l.dropped("breadcrumb")
		case furnitureLine(l):
			l.dropped("furniture")
		case l.teaser:
			l.dropped("read more")
		case strings.HasPrefix(l.text, "[") && strings.HasSuffix(l.text, "]") && l.words <= 40:
			if l.end == stopped && l.words > 12 {
				l.kept(article.Note, "note in brackets")
				break
			}
			l.dropped("link in brackets")
		case linkOnly(l):
			l.dropped("link")
		case l.hint == standfirst:
			l.kept(article.Summary, "standfirst")
		case transcriptHost(l):
			l.dropped("speaker list")
		case wholeCredit(l):
			l.kept(article.Note, "credit")
		}
	}
}

// settleCaption keeps the words under a picture, and drops a caption that is
// nothing but the player's own.
func (d *draft) settleCaption(l *line) {
	rest := l.folded
	for _, lead := range []string{
		"media playback is unsupported on your device", "media playback is not supported on this device", "media playback is not supported on your device",
		"enlarge this image", "toggle caption", "facebook twitter pinterest", "image caption", "media caption", "view image in fullscreen", "close",
	} {
		rest = strings.TrimSpace(strings.TrimPrefix(rest, lead))
	}
	if !hasWord(rest) {
		l.dropped("player")
		return
	}
	if wholeCredit(l) {
		l.kept(article.Note, "credit")
		return
	}
	l.kept(article.Caption, "caption")
}

// noteLine reports whether a line is on the making of the account.
func noteLine(l *line) bool {
	f := strings.TrimLeft(l.folded, "[*_-• (")
	if strings.HasPrefix(l.folded, "(") && noteTrie().heads(l.folded) {
		f = l.folded
	}
	if l.words <= 8 && (strings.HasSuffix(f, " contributed to this report.") || strings.HasSuffix(f, " contributed to this story.") || strings.HasSuffix(f, " contributed to this article.")) {
		return true // "Agencies contributed to this report."
	}
	if !noteTrie().heads(f) {
		return strings.Contains(f, "all rights reserved") && l.words <= 80
	}
	if len(l.credits) > 0 && l.credits[0].role == article.Photo && l.words > 8 && strings.HasPrefix(f, "©") {
		return false // a caption behind its credit
	}
	first, rest, _ := strings.Cut(f, " ")
	switch strings.Trim(first, ":.,") {
	case "correction", "corrections", "clarification", "disclaimer":
		head, _, colon := strings.Cut(f, ":")
		return colon && len(head) <= 40 || strings.HasPrefix(rest, "(") || strings.HasPrefix(rest, "-") || rest == ""
	case "reporting", "writing", "editing", "(reporting", "(writing", "(editing":
		if by, of, ok := strings.Cut(l.text, " by "); ok && !strings.ContainsRune(by, ' ') {
			return capital(strings.TrimPrefix(of, "the ")) // "Editing by the board took a year"
		}
	case "a":
		return len(l.credits) > 0 || strings.Contains(f, " in print ")
	case "copyright":
		return l.words <= 120 && (strings.ContainsAny(rest, "0123456789©") || strings.Contains(rest, "reserved") || len(l.credits) > 0)
	case "source", "sources", "image", "photo", "photograph", "(with", "with", "published", "developing", "updates", "(updates", "(adds", "reprinted", "distributed", "republished", "edited", "translated", "views", "opinions":
		return len(l.credits) > 0 && (l.words <= 14 || l.end != stopped || textCredit(l)) || strings.HasPrefix(f, "(updates ") ||
			strings.HasPrefix(f, "(adds ") || strings.HasPrefix(first, "edited") && l.words <= 8 || strings.HasPrefix(first, "translated") && l.words <= 10 ||
			strings.Contains(f, "expressed") && strings.Contains(f, "author") || strings.HasPrefix(first, "source") && l.words <= 4 && strings.Contains(first, ":")
	}
	return true
}

// textCredit reports whether nearly all of a line is taken up by credits.
func textCredit(l *line) bool {
	n := 0
	at := 0
	for _, m := range l.credits {
		if m.span.Start >= at {
			n += m.span.Len()
			at = m.span.End
		}
	}
	return 10*n >= 6*len(strings.Trim(l.text, " ()[]*_-–—."))
}

// wholeCredit reports whether a line is nothing but a credit.
func wholeCredit(l *line) bool {
	if len(l.credits) == 0 || l.words > 40 {
		return false
	}
	return textCredit(l) && (l.words <= 12 || l.credits[0].role != article.Photo)
}

// captionLine reports whether a line alone shows that it stands under a
// picture: by its first words, or by a picture's credit at its end or head.
func captionLine(l *line) bool {
	f := strings.TrimLeft(l.folded, "([")
	if captionTrie().heads(f) {
		switch {
		case strings.HasPrefix(f, "file - "), strings.HasPrefix(f, "image copyright"), strings.HasPrefix(f, "image source"),
			strings.HasPrefix(f, "media playback"), strings.HasPrefix(f, "enlarge this image"), strings.HasPrefix(f, "image caption"), strings.HasPrefix(f, "media caption"):
			return true
		case strings.HasPrefix(f, "close "):
			return strings.HasPrefix(l.text, "CLOSE ") && l.words > 3
		case strings.HasPrefix(f, "this image"), strings.HasPrefix(f, "this photo"), strings.HasPrefix(f, "this handout"), strings.HasPrefix(f, "an image"),
			strings.HasPrefix(f, "a photo issued"), strings.HasPrefix(f, "in this"), strings.HasPrefix(f, "photo shows"):
			return l.end == open || photoTail(l)
		}
		return l.words > 2 && (l.words <= 90)
	}
	if photoTail(l) && l.words <= 110 {
		return true
	}
	for _, m := range l.credits {
		if m.role == article.Photo && m.span.Start < 8 && l.end == open && l.words <= 60 {
			return true
		}
	}
	for _, sign := range []string{"(pictured", "(file photo)", "(file image)", "(file picture)", "file photo.", " is pictured", " are pictured", " pictured left", " pictured right", "hide caption", "(c-r)", "(c-l)"} {
		if strings.Contains(l.folded, sign) && (l.end == open || sign != " is pictured" && sign != " are pictured") {
			return true
		}
	}
	return false
}

// photoTail reports whether the last words of a line credit a picture.
func photoTail(l *line) bool {
	for _, m := range l.credits {
		if m.role == article.Photo && m.tail {
			return true
		}
	}
	return false
}

// linkOnly reports whether a line is an address, a handle, or an invitation
// with little besides.
func linkOnly(l *line) bool {
	f := l.folded
	if l.words <= 6 && (strings.Contains(f, "http://") || strings.Contains(f, "https://") || strings.HasPrefix(f, "www.") || strings.HasPrefix(f, "@") || strings.HasPrefix(f, "pic.twitter.com")) {
		return true
	}
	if strings.HasPrefix(f, "follow ") && (strings.Contains(f, " on twitter") || strings.Contains(f, " on x") || strings.Contains(f, "@") || strings.Contains(f, " on facebook") || strings.Contains(f, " on instagram")) {
		return l.words <= 20
	}
	return strings.Contains(f, "@") && l.words <= 8 && l.end == open && !strings.Contains(f, "\"") && !tweet(l)
}

// transcriptHost reports whether a line only names who speaks next: "ANN FIELD,
// HOST:".
func transcriptHost(l *line) bool {
	return l.end == colon && l.words <= 6 && isUpper(l.text) && (strings.HasSuffix(l.folded, "host:") || strings.HasSuffix(l.folded, "byline:"))
}

// tweet reports whether a line is a post that the account embeds: words, a
// dash, a name and a handle in brackets.
func tweet(l *line) bool {
	i := strings.LastIndex(l.text, "(@")
	return i > 0 && (strings.Contains(l.text[max(0, i-60):i], "—") || strings.Contains(l.text[max(0, i-60):i], "- "))
}

// galleries settles picture galleries: those of this story are captions, those
// of another (its title shares little with the account, or its pictures have
// other dates) go, with the lines that announce them.
func (d *draft) galleries() {
	for i := 0; i < len(d.lines); i++ {
		l := &d.lines[i]
		if c := counters(l.text); len(c) > 0 && (len(c) > 1 || c[0].Start == 0) {
			end := i + 1
			for end < len(d.lines) {
				if c := counters(d.lines[end].text); len(c) == 0 || c[0].Start != 0 {
					break
				}
				end++
			}
			if len(c) == 1 && end == i+1 {
				continue
			}
			header := l.text[:c[0].Start]
			start := i
			if strings.TrimSpace(header) == "" {
				for start > 0 && i-start < 2 && d.lines[start-1].end == open && d.lines[start-1].words <= 12 && d.lines[start-1].undecided() {
					start--
					header += " " + d.lines[start].text
				}
			}
			own := d.ownGallery(header) && !d.otherDates(d.lines[i:end])
			for j := start; j < end; j++ {
				g := &d.lines[j]
				if own && j >= i {
					g.rule = ""
					g.kept(article.Caption, "gallery")
				} else {
					g.rule = ""
					g.dropped("gallery of another story")
				}
			}
			i = end - 1
		}
	}
	// "Photos: TITLE caption Hide Caption 3 of 30"
	var slides []int
	for i := range d.lines {
		if strings.Contains(d.lines[i].folded, "hide caption") {
			slides = append(slides, i)
		}
	}
	if len(slides) == 0 {
		return
	}
	header := d.lines[slides[0]].text
	for _, i := range slides[1:] {
		header = header[:common(header, d.lines[i].text)]
	}
	if len(slides) == 1 {
		if i := strings.Index(header[min(7, len(header)):], "Photos:"); i > 0 {
			header = header[:i]
		}
		if words := strings.Fields(header); len(words) > 12 {
			header = strings.Join(words[:12], " ")
		}
	}
	own := d.ownGallery(header)
	for _, i := range slides {
		d.lines[i].rule = ""
		if own {
			d.lines[i].kept(article.Caption, "gallery")
		} else {
			d.lines[i].dropped("gallery of another story")
		}
	}
}

func common(a, b string) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n
}

// ownGallery reports whether the words that announce a gallery are those of
// the story: half of its long words stand in the headline or in the first
// paragraphs.
func (d *draft) ownGallery(header string) bool {
	story := map[string]bool{}
	collect := func(s string) {
		for w := range strings.FieldsSeq(bare(s)) {
			if utf8.RuneCountInString(w) >= 4 {
				story[prefix(w, 5)] = true
			}
		}
	}
	collect(d.title)
	n := 0
	for i := range d.lines {
		if l := &d.lines[i]; solid(l) && n < 6 && len(counters(l.text)) == 0 && !strings.Contains(l.folded, "hide caption") {
			collect(l.text)
			n++
		}
	}
	words, shared := 0, 0
	seen := map[string]bool{}
	for w := range strings.FieldsSeq(bare(header)) {
		if utf8.RuneCountInString(w) < 4 || galleryWords[w] || seen[w] {
			continue
		}
		seen[w] = true
		words++
		if story[prefix(w, 5)] {
			shared++
		}
	}
	if words == 0 {
		return strings.TrimSpace(header) == "" // nothing announces it: it stands in the story
	}
	return 2*shared >= words
}

var galleryWords = set("news pictures photos images gallery show week world photo picture slideshow view best from with this that today year")

func prefix(s string, n int) string {
	for i := range s {
		if n == 0 {
			return s[:i]
		}
		n--
	}
	return s
}

// otherDates reports whether most slides carry dates more than a month from
// the account's own.
func (d *draft) otherDates(slides []line) bool {
	if !d.published.Known() {
		return false
	}
	dated, far := 0, 0
	for _, s := range slides {
		c := counters(s.text)
		if len(c) == 0 {
			continue
		}
		words := strings.Fields(s.text[c[0].End:])
		if len(words) < 3 {
			continue
		}
		date, _, ok := parseStamp(strings.Join(words[:3], " "))
		if !ok || date.Precision < article.Day {
			continue
		}
		dated++
		if days := date.Time.Sub(d.published.Time).Hours() / 24; days > 31 || days < -31 {
			far++
		}
	}
	return dated > 0 && 2*far > dated
}

// sections drops what stands under "You may also like", "Comments" and the
// like, until the account resumes: two paragraphs of running text in a row. It
// takes the lines under "Highlights" and the like as the summary.
func (d *draft) sections() {
	const (
		none = iota
		others
		final
		summary
	)
	mode, taken, bullets := none, 0, false
	prose := d.proseAfter()
	for i := range d.lines {
		l := &d.lines[i]
		label := trimLabel(l.folded)
		switch {
		case l.rule == "summary label" && prose[i] > 0:
			mode, taken, bullets = summary, 0, i+1 < len(d.lines) && d.lines[i+1].hint == bullet
			continue
		case (sections()[label] || l.words <= 8 && l.end != stopped && sectionTrie().heads(l.folded)) && l.hint != caption && l.rule != "note" && l.rule != "headline":
			mode = others
			if finalSections()[label] || prose[i] == 0 {
				mode = final
			}
			l.rule = ""
			l.dropped("section")
			continue
		}
		switch mode {
		case summary:
			if l.rule == "furniture" || l.rule == "section" || l.rule == "headline" || bullets && l.hint != bullet || !bullets && (l.end == stopped && taken > 0 && l.words > 30 || taken > 6) {
				mode = none
				continue
			}
			if !bullets && l.end == stopped && l.words > 60 {
				mode = none
				continue
			}
			if l.undecided() {
				l.kept(article.Summary, "summary")
				taken++
			}
		case others, final:
			if !l.undecided() {
				continue
			}
			if mode == others && resumes(d.lines[i:]) {
				mode = none
				continue
			}
			l.dropped("other stories")
		}
	}
}

var finalSections = lines(`
comments
reader comments
leave a comment
leave a reply
post a comment
about the author
about the authors
around the web
from around the web
sponsored links
sponsored stories
promoted stories
`)

// proseAfter counts, for each line, the lines of running text below it.
func (d *draft) proseAfter() []int {
	n := make([]int, len(d.lines)+1)
	for i := len(d.lines) - 1; i >= 0; i-- {
		n[i] = n[i+1]
		if l := &d.lines[i]; solid(l) && (l.undecided() || !l.drop && l.kind == article.Body) {
			n[i]++
		}
	}
	return n[1:]
}

// resumes reports whether running text starts again at the first of lines: it
// and the next undecided line are sentences, and one of them is long.
func resumes(rest []line) bool {
	if rest[0].hint == heading && len(rest) > 2 && solid(&rest[1]) {
		return resumes(rest[1:]) // a cross-heading
	}
	if !solid(&rest[0]) {
		return false
	}
	for i := 1; i < len(rest); i++ {
		l := &rest[i]
		if !l.undecided() {
			continue
		}
		return l.end != open && l.words >= 6 && rest[0].words+l.words >= 24
	}
	return rest[0].words >= 24
}

// stamps settles bylines and dates. They stand at the head or at the foot; a
// bare name counts under the headline alone.
func (d *draft) stamps() {
	first := d.firstProse()
	last := d.lastProse()
	for i := range d.lines {
		l := &d.lines[i]
		if !l.undecided() || i > first && i < last || l.hint == caption {
			continue
		}
		st, ok := stampOf(l.text, i < first && !d.beforeTitle(i))
		if !ok {
			continue
		}
		if !st.named && !st.agency && len(st.authors) == 1 && !st.published.Known() && !d.datedBeside(i) {
			continue // as likely a place or a section
		}
		l.stamp = st
		wired := false
		for _, m := range l.credits {
			wired = wired || m.role == article.Wire
		}
		if wired || st.agency {
			d.creditByline(l)
		}
		if len(l.credits) > 0 {
			l.kept(article.Note, "byline")
		} else {
			l.dropped("stamp")
		}
		d.authors = merge(d.authors, st.authors)
		if !d.published.Known() {
			d.published = st.published
		} else if st.published.Known() && !d.updated.Known() && st.published.Compare(d.published) > 0 && d.title != "" && st.published.Time.Sub(d.published.Time).Hours() < 24*30 {
			d.updated = st.published
		}
		if !d.updated.Known() {
			d.updated = st.updated
		}
	}
}

// datedBeside reports whether the line above or below i holds a date or a
// byline.
func (d *draft) datedBeside(i int) bool {
	for _, j := range []int{i - 1, i + 1} {
		if j >= 0 && j < len(d.lines) {
			if st, ok := stampOf(d.lines[j].text, false); ok && (st.published.Known() || st.updated.Known()) {
				return true
			}
		}
	}
	return false
}

// creditByline credits the agencies of a byline as the wires of the account.
func (d *draft) creditByline(l *line) {
	parts := strings.FieldsFunc(l.text, func(r rune) bool { return strings.ContainsRune(",|•·()/", r) })
	at := 0
	for _, p := range parts {
		i := at + strings.Index(l.text[at:], p)
		at = i + len(p)
		trimmed := strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(p), " on"))
		for _, lead := range []string{"By ", "by ", "BY ", "From ", "from "} {
			trimmed = strings.TrimPrefix(trimmed, lead)
		}
		name, ok := agencyOf(trimmed)
		if !ok || d.own[bare(name)] || d.own[bare(trimmed)] {
			continue
		}
		have := false
		for _, m := range l.credits {
			have = have || m.agency == name
		}
		if !have {
			start := i + strings.Index(p, trimmed)
			m := mention{agency: name, role: article.Wire}
			m.span.Start, m.span.End = start, start+len(trimmed)
			l.credits = append(l.credits, m)
		}
	}
}

// beforeTitle reports whether the line at i stands above the headline, where
// names are of sections.
func (d *draft) beforeTitle(i int) bool {
	if d.title == "" {
		return false
	}
	title := bare(d.title)
	for j := i; j < len(d.lines) && j < i+30; j++ {
		if d.lines[j].bare == title {
			return true
		}
	}
	return false
}

// firstProse is the index of the first line of running text that no rule has
// taken.
func (d *draft) firstProse() int {
	for i := range d.lines {
		if l := &d.lines[i]; l.undecided() && solid(l) {
			return i
		}
	}
	return len(d.lines)
}

// openLines settles lines without the end of a sentence by what stands around
// them: navigation above the headline, a standfirst under it, cross-headings
// and captions between paragraphs, teasers below.
func (d *draft) openLines() {
	first, last := d.firstProse(), -1
	closed, long := 0, 0
	for i := range d.lines {
		l := &d.lines[i]
		if !l.undecided() {
			continue
		}
		if solid(l) {
			last = i
		}
		if l.words >= 8 {
			long++
			if l.end != open {
				closed++
			}
		}
	}
	if last < 0 && d.sentences() == 0 {
		d.listing = true
		return
	}
	if last < 0 || long > 0 && 5*closed < long {
		return // the text, or its script, does without
	}
	for i := range d.lines {
		l := &d.lines[i]
		if !l.undecided() {
			continue
		}
		if l.end == stopped && l.words <= 15 && i < last && (l.hint == heading && !strings.HasSuffix(l.text, ".") || isUpper(l.text) && l.words <= 8 && i > first && !quoted(l.text)) {
			l.kept(article.Heading, "heading")
			continue
		}
		if l.end == stopped || l.end == trailing || l.end == comma {
			continue
		}
		if l.end == colon && (l.words > 3 || i > first && i < last) || l.words >= 8 && cutShort(l.text) || tweet(l) || speech(l) || broken(d.lines, i) {
			continue
		}
		switch {
		case i < first && d.beforeTitle(i):
			l.dropped("navigation")
		case i < first:
			d.aboveText(i)
		case i > last:
			if l.hint != heading && l.words >= 7 && determined(l) && d.openRun(i) < 4 {
				l.kept(article.Caption, "caption below")
			} else {
				l.dropped("below")
			}
		case l.hint == heading || isUpper(l.text) && l.words <= 8:
			l.kept(article.Heading, "heading")
		case d.openRun(i) >= 5 && !d.determinedRun(i):
			l.dropped("teasers")
		case d.openRun(i) == 1 && (l.words <= 6 || l.words <= 12 && (isUpper(l.text) || whollyQuoted(l.text))):
			l.kept(article.Heading, "heading")
		case d.section && l.words >= 12:
			// a paragraph of a page whose writer forgot the stop
		case l.words <= 3:
			l.dropped("label")
		default:
			l.kept(article.Caption, "caption between")
		}
	}
}

// sentences counts the undecided lines that end as sentences do or read like
// one, or are in a script that shows no capitals and may do without.
func (d *draft) sentences() int {
	n := 0
	for i := range d.lines {
		l := &d.lines[i]
		if l.undecided() && (l.end == stopped && l.words >= 4 || l.words >= 10 && determined(l) || strings.ContainsFunc(l.text, func(r rune) bool { return unicode.Is(unicode.Lo, r) })) {
			n++
		}
	}
	return n
}

// aboveText settles an open line between the headline and the first paragraph.
func (d *draft) aboveText(i int) {
	l := &d.lines[i]
	switch {
	case l.words < 6 && l.hint != bullet:
		l.dropped("navigation")
	case d.openRun(i) == 1 && !d.again(i):
		l.kept(article.Summary, "standfirst")
	case l.hint == bullet:
		l.kept(article.Summary, "standfirst")
	case determined(l) || d.openRun(i) < 4:
		l.kept(article.Caption, "caption above")
	default:
		l.dropped("navigation")
	}
}

// again reports whether the line at i comes once more below.
func (d *draft) again(i int) bool {
	for j := i + 1; j < len(d.lines); j++ {
		if d.lines[j].folded == d.lines[i].folded {
			return true
		}
	}
	return false
}

// openRun is how many open lines stand in a row around i.
func (d *draft) openRun(i int) int {
	isOpen := func(l *line) bool {
		return l.end == open && (l.undecided() || l.rule == "heading" || strings.HasPrefix(l.rule, "caption") || l.rule == "teasers" || l.rule == "label" || l.rule == "below" || l.rule == "navigation")
	}
	n := 1
	for j := i - 1; j >= 0 && isOpen(&d.lines[j]); j-- {
		n++
	}
	for j := i + 1; j < len(d.lines) && isOpen(&d.lines[j]); j++ {
		n++
	}
	return n
}

// determinedRun reports whether at least half of the open lines around i read
// like captions rather than headlines.
func (d *draft) determinedRun(i int) bool {
	n, with := 0, 0
	for j := i; j < len(d.lines) && d.lines[j].end == open; j++ {
		n++
		if determined(&d.lines[j]) {
			with++
		}
	}
	for j := i - 1; j >= 0 && d.lines[j].end == open; j-- {
		n++
		if determined(&d.lines[j]) {
			with++
		}
	}
	return 2*with >= n
}

// determined reports whether a line has an article or a possessive, which
// captions have and headlines lack.
func determined(l *line) bool {
	for w := range strings.FieldsSeq(l.folded) {
		switch strings.Trim(w, ",.:;'\"()") {
		case "the", "a", "an", "his", "her", "their", "its", "seen", "pictured", "were", "was", "left", "right", "der", "die", "das", "la", "le", "el":
			return true
		}
	}
	return false
}

// speech reports whether an open line is a sentence that lost its stop: it
// quotes, and says who speaks, or says according to whom.
func speech(l *line) bool {
	low := l.folded
	if strings.Contains(low, " according to ") && l.words >= 12 {
		return true
	}
	if l.words < 8 {
		return false
	}
	if l.words >= 40 && len(l.credits) == 0 || digitsAtEnd(l.text) >= 7 {
		return true // a paragraph; a number to call
	}
	for _, dash := range []string{"” ― ", "” — ", "” – ", "\" - ", "\" — ", "\" – "} {
		if i := strings.LastIndex(l.text, dash); i > 0 && nameLike(l.text[i+len(dash):]) {
			return true // words, and whose they are
		}
	}
	for _, w := range []string{" said", " told ", " says", " added", " tweeted", " wrote"} {
		if strings.Contains(low, w) && (quoted(l.text) || strings.Contains(low, ", said ")) {
			return true
		}
	}
	return false
}

// cutShort reports whether the last word of s is one that no line ends in.
func cutShort(s string) bool {
	return unending[s[strings.LastIndexByte(s, ' ')+1:]]
}

var unending = set(`the a an of to and or for from with by as at into that which who whose their its his her my our was were is are has have had
	will would than because although der die das und oder von mit für le la les des du et un une el los las de y con un una il lo gli e di`)

// digitsAtEnd counts the digits of the number that s ends in.
func digitsAtEnd(s string) int {
	n := 0
	for i := len(s) - 1; i >= 0; i-- {
		switch {
		case '0' <= s[i] && s[i] <= '9':
			n++
		case s[i] != ' ' && s[i] != '-' && s[i] != '.':
			return n
		}
	}
	return n
}

// broken reports whether the line at i is the head of a sentence that the next
// line ends, or its tail.
func broken(lines []line, i int) bool {
	for j := i + 1; j < len(lines); j++ {
		if !hasWord(lines[j].text) {
			continue
		}
		r, _ := utf8.DecodeRuneInString(lines[j].text)
		return unicode.IsLower(r) && lines[i].words >= 6 && lines[j].words >= 3
	}
	return false
}

func whollyQuoted(s string) bool {
	return strings.HasPrefix(s, "“") && strings.HasSuffix(s, "”") || strings.HasPrefix(s, "‘") && strings.HasSuffix(s, "’") ||
		len(s) > 2 && (s[0] == '\'' || s[0] == '"') && s[len(s)-1] == s[0]
}

// biographies drops what an account says of its writers below the text.
func (d *draft) biographies() {
	known := map[string]bool{}
	for _, a := range d.authors {
		known[bare(a)] = true
	}
	prose := d.proseAfter()
	for i := range d.lines {
		l := &d.lines[i]
		if l.drop && l.rule != "below" || l.words < 2 || 2*i < len(d.lines) || l.kind == article.Note && !l.undecided() {
			continue
		}
		name := headRun(strings.TrimPrefix(l.text, "By "))
		n := len(strings.Fields(name))
		if n < 2 || n > 4 {
			continue
		}
		alone := i > 0 && bare(strings.TrimPrefix(d.lines[i-1].text, "By ")) == bare(name)
		about := " " + l.folded
		role := false
		for _, w := range []string{" journalist", " reporter", " correspondent", " editor", " columnist", " writer", " author ", " producer", " freelance", " contributor", " covers ", " has covered", " writes about", " has worked", " can be reached", " joined "} {
			role = role || strings.Contains(about, w)
		}
		is := false
		for _, w := range []string{" is a", " is the", " is an", " is our", " covers ", " has covered", " writes ", " was a", " has been", " can be reached", " joined "} {
			is = is || strings.HasPrefix(strings.TrimPrefix(about, " "+fold(name)), w)
		}
		if role && is && l.words >= 6 && (known[bare(name)] || alone || prose[i] == 0 && strings.Contains(about, " for ")) {
			l.rule = ""
			l.dropped("biography")
			if alone {
				d.lines[i-1].rule = ""
				d.lines[i-1].dropped("byline below")
				d.authors = merge(d.authors, []string{name})
			}
		}
	}
}

// repeated drops lines that say again what was kept above: captions shown
// twice, pull quotes cut from the text.
func (d *draft) repeated() {
	seen := map[string]*line{}
	for i := range d.lines {
		l := &d.lines[i]
		if l.drop || l.words < 5 {
			continue
		}
		me := l.bare
		if first := seen[me]; first != nil {
			if first.kind == article.Body && l.words <= 40 && d.besideCaption(i) {
				first.kind, first.rule = article.Caption, "caption shown twice"
			}
			l.rule = ""
			l.dropped("repeat")
			continue
		}
		seen[me] = l
	}
	for i := range d.lines {
		l := &d.lines[i]
		if l.drop || l.words < 5 || l.words > 40 || l.end == stopped && l.kind == article.Body || l.kind == article.Note || l.kind == article.Summary || l.kind == article.Heading || len(l.credits) > 0 {
			continue
		}
		me := strings.Trim(l.folded, "\"' ")
		for j := range d.lines {
			if o := &d.lines[j]; j != i && !o.drop && o.kind == article.Body && o.words > l.words+2 && strings.Contains(o.folded, me) {
				l.rule = ""
				l.dropped("pull quote")
				break
			}
		}
	}
}

// underPicture reports whether a line is a caption, or repeats one.
func underPicture(l *line) bool {
	return l.kind == article.Caption && !l.drop || l.rule == "repeat" || l.rule == "pull quote"
}

// besideCaption reports whether the line above or below i is a caption.
func (d *draft) besideCaption(i int) bool {
	return i > 0 && underPicture(&d.lines[i-1]) || i+1 < len(d.lines) && underPicture(&d.lines[i+1])
}

// amongCaptions reports whether the lines on both sides of i are captions, or
// at the end the two above it.
func (d *draft) amongCaptions(i int) bool {
	if i == 0 || !underPicture(&d.lines[i-1]) {
		return false
	}
	if i+1 == len(d.lines) {
		return i > 1 && underPicture(&d.lines[i-2])
	}
	return underPicture(&d.lines[i+1])
}

// sandwiched takes a sentence between captions for one of them.
func (d *draft) sandwiched() {
	for i := range d.lines {
		if l := &d.lines[i]; l.undecided() && l.words <= 40 && !quoted(l.text) && d.amongCaptions(i) {
			l.kept(article.Caption, "caption among captions")
		}
	}
}

// edges drops headings with nothing below them, and notes what shows that the
// text breaks off.
func (d *draft) edges() {
	below := false
	for i := len(d.lines) - 1; i >= 0; i-- {
		l := &d.lines[i]
		switch {
		case l.drop:
		case l.kind == article.Heading && !below:
			l.rule = ""
			l.dropped("heading with nothing below")
		case l.kind == article.Body && (l.undecided() || l.rule == ""):
			if !below {
				d.unfinished = l.end == trailing || l.end == comma || l.tail > 0 || l.end == open && l.words > 12 && !tweet(l)
			}
			below = true
		case l.kind == article.Body:
			below = true
		}
	}
}

// merge appends the names of more that names lacks.
func merge(names, more []string) []string {
next:
	for _, m := range more {
		for _, n := range names {
			if bare(n) == bare(m) {
				continue next
			}
		}
		names = append(names, m)
	}
	return names
}
