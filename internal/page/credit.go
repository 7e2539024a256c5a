package page

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"synoptic/article"
	"synoptic/text"
)

// mention is a credit that one line gives. Its span lies within the line.
type mention struct {
	agency string
	role   article.Role
	span   text.Span
	tail   bool // it stands at the end of the line, as under a picture
	whole  bool // the line is nothing but the credit
}

// crediting finds credits line by line. It knows who must not be credited: the
// outlet itself and the writers.
type crediting struct {
	own map[string]bool // bare forms
}

// place tells where a line stands, as far as credits depend on it.
type place struct {
	first, last bool // among the first or the last lines of the account
	gallery     bool
}

// credits lists what the line s credits, in order of place.
func (c *crediting) credits(s string, at place) []mention {
	l := &creditLine{crediting: c, s: s, low: lower(s), at: at, end: endingOf(s)}
	l.dateline()
	l.markers()
	l.assistance()
	l.contributed()
	l.copyright()
	l.slashes()
	l.brackets()
	if at.gallery {
		l.slides()
	} else {
		l.leading()
		l.trailing()
	}
	slices.SortStableFunc(l.found, func(a, b mention) int { return a.span.Start - b.span.Start })
	return l.found
}

// creditLine is one line while it is read.
type creditLine struct {
	*crediting
	s, low string
	at     place
	end    ending
	found  []mention
}

// add records one name, unless it is noise, the outlet itself, or known
// already.
func (l *creditLine) add(name string, role article.Role, span text.Span) bool {
	if a, ok := agencyOf(name); ok {
		name = a
	}
	name = strings.Trim(name, " \t\u00a0.,;:*|-–—\"“”'")
	if name == "" || l.own[bare(trimName(name))] {
		return false
	}
	span = span.Trim(l.s, unicode.IsSpace)
	if span.Empty() {
		return false
	}
	for i, m := range l.found {
		if bare(m.agency) == bare(name) {
			if m.role == role || span.Overlaps(m.span) {
				l.found[i].tail = m.tail || span.End >= len(l.s)-1
				return true
			}
		}
	}
	l.found = append(l.found, mention{
		agency: name, role: role, span: span,
		tail:  span.End >= len(strings.TrimRight(l.s, " .)]*\u00a0")),
		whole: span.Len()+12 >= len(l.s) && span.Start < 12,
	})
	return true
}

// addAll records every name of an expression such as "Jo Bell/PA" or "Ann
// Field, Bo Hill and Cy Marsh". It records nothing when one part is no name.
func (l *creditLine) addAll(expr string, role article.Role, span text.Span, loose bool) bool {
	names, ok := creditNames(expr, loose)
	if !ok {
		return false
	}
	for _, n := range names {
		l.add(n, role, span)
	}
	return true
}

// noise is what stands among the names of a credit and is none.
var creditNoise = set(`file pool stringer handout ho staff contributor contributed archive archives archiv twitter facebook instagram linkedin
	youtube tiktok telegram x screengrab screenshot via agencies agency agences agencias wires wire reports others supplied provided
	courtesy internet undated representational representative stock photo photos image images picture pictures video
	photographer photograph photographs supplier submitted collected reproduction getty-pool afp/file all inputs desk bureau`)

// pronouns begin sentences and are no names.
var pronouns = set("I He She It We You They This That These Those Who Others Many Some Several All Both Neither None Each")

var nameSeparators = []string{"/", ";", ", and ", " and ", " & ", " via ", " for ", " • ", " | ", " - ", " und ", " et ", " y ", " e ", ","}

// creditNames cuts an expression of credits into names. In a loose one, where a
// marker such as "Photo:" stands before it, any single name will do; elsewhere
// parts that are neither agencies nor names of persons spoil it.
func creditNames(expr string, loose bool) (names []string, ok bool) {
	parts := []string{expr}
	for _, sep := range nameSeparators {
		var next []string
		for _, p := range parts {
			if _, known := agencyOf(p); known {
				next = append(next, p)
				continue
			}
			next = append(next, strings.Split(p, sep)...)
		}
		parts = next
	}
	afterPlace := false
	for _, p := range parts {
		p = strings.Trim(p, " \t\u00a0.,;:()[]*\"“”_")
		for _, lead := range []string{"and ", "photo by ", "Photo by ", "Photo ", "photo ", "Photos by ", "Photographs by ", "by ", "By ", "from ", "courtesy of ", "Courtesy of ", "Courtesy "} {
			p = strings.TrimPrefix(p, lead)
		}
		inPlace := false
		for _, at := range []string{" in ", " from "} {
			if i := strings.Index(p, at); i > 0 && nameLike(p[:i]) {
				p, inPlace = p[:i], true // "Ann Field in Oslo"
				break
			}
		}
		if afterPlace && !inPlace && len(strings.Fields(p)) == 1 {
			continue // "…, Norway"
		}
		afterPlace = inPlace
		if i := strings.LastIndexByte(p, '-'); i > 0 && personLike(p[:i]) {
			if a, known := agencyOf(p[i+1:]); known { // "Jo Bell-USA TODAY Sports"
				names = append(names, p[:i], a)
				continue
			}
		}
		if pronouns[p] {
			return nil, false
		}
		if p == "" || creditNoise[strings.ToLower(p)] || isNumber(p) {
			continue
		}
		if a, known := agencyOf(p); known {
			names = append(names, a)
			continue
		}
		if i := strings.Index(p, "'s "); i > 0 && nameLike(p[:i]) && personLike(p[i+3:]) {
			p = p[i+3:] // "The Echo's Ann Field"
		} else if i := strings.Index(p, "’s "); i > 0 && nameLike(p[:i]) && personLike(p[i+len("’s "):]) {
			p = p[i+len("’s "):]
		}
		if i := strings.Index(p, " of "); i > 0 && personLike(p[:i]) {
			p = p[:i] // "Ann Field of the Echo"
		}
		p = dropPlace(p)
		switch {
		case strings.HasPrefix(p, "@") && !strings.Contains(p, " "):
		case personLike(p):
		case loose && nameLike(p):
		default:
			return nil, false
		}
		names = append(names, p)
	}
	return names, len(names) > 0
}

// dropPlace takes a place in capitals behind a name away: "Ann Field OSLO".
func dropPlace(p string) string {
	words := strings.Fields(p)
	if len(words) < 3 || isUpper(words[0]) {
		return p
	}
	n := len(words)
	for n > 2 && isUpper(words[n-1]) && len(words[n-1]) > 3 {
		n--
	}
	return strings.Join(words[:n], " ")
}

func isUpper(s string) bool { return strings.ToUpper(s) == s && strings.ToLower(s) != s }

func isNumber(s string) bool {
	return s != "" && !strings.ContainsFunc(s, func(r rune) bool { return !unicode.IsDigit(r) && !strings.ContainsRune("./- ", r) })
}

// dateline reads "OSLO, Jan 1 (Reuters) - " and its kin at the head of a line.
func (l *creditLine) dateline() {
	s := l.s
	start := strings.IndexByte(s, '(')
	if start < 0 || start > 90 {
		return
	}
	stop := strings.IndexByte(s[start:], ')')
	if stop < 0 || stop > 60 {
		return
	}
	stop += start
	before, inside, after := s[:start], s[start+1:stop], strings.TrimLeft(s[stop+1:], " \u00a0")
	dash := false
	for _, d := range []string{"-", "–", "—", "―", ":", ".—"} {
		dash = dash || strings.HasPrefix(after, d)
	}
	if after == "" || !dash && (strings.TrimSpace(before) == "" || !strings.ContainsAny(before, ",:0123456789") && !isUpper(before)) {
		return
	}
	for _, w := range strings.Fields(before) {
		if !capital(w) && !strings.ContainsFunc(w, unicode.IsDigit) && !particles[w] && !lowerInName[w] {
			return
		}
	}
	names, ok := creditNames(inside, false)
	if !ok {
		return
	}
	for _, n := range names {
		if _, known := agencyOf(n); known {
			l.add(n, article.Wire, text.Span{Start: start + 1, End: stop})
		}
	}
}

// marker is words that lead a credit in.
type marker struct {
	words string
	role  article.Role
	head  bool // only at the head of a line, of a bracket or after a sentence's end
	line  bool // only at the head of a line or a bracket
	close bool // only at the end of an account
}

var markers = []marker{
	{words: "image copyright ", role: article.Photo, head: true},
	{words: "image source, ", role: article.Photo, head: true},
	{words: "image source: ", role: article.Photo, head: true},
	{words: "image credit: ", role: article.Photo},
	{words: "image credits: ", role: article.Photo},
	{words: "photo credit: ", role: article.Photo},
	{words: "photo credits: ", role: article.Photo},
	{words: "video credit: ", role: article.Photo},
	{words: "photograph: ", role: article.Photo},
	{words: "photographs: ", role: article.Photo},
	{words: "photographer: ", role: article.Photo},
	{words: "photograph by ", role: article.Photo, head: true},
	{words: "photographs by ", role: article.Photo, head: true},
	{words: "photo courtesy of ", role: article.Photo, head: true},
	{words: "photos courtesy of ", role: article.Photo, head: true},
	{words: "image courtesy of ", role: article.Photo, head: true},
	{words: "video courtesy of ", role: article.Photo, head: true},
	{words: "photo courtesy ", role: article.Photo, head: true},
	{words: "photo by: ", role: article.Photo},
	{words: "photo by ", role: article.Photo, head: true},
	{words: "photos by ", role: article.Photo, head: true},
	{words: "image by ", role: article.Photo, head: true},
	{words: "picture by ", role: article.Photo, head: true},
	{words: "pictures by ", role: article.Photo, head: true},
	{words: "video by ", role: article.Photo, head: true},
	{words: "illustration by ", role: article.Photo, head: true},
	{words: "graphic by ", role: article.Photo, head: true},
	{words: "photo: ", role: article.Photo, head: true},
	{words: "photo/", role: article.Photo, head: true},
	{words: "foto: ", role: article.Photo, head: true},
	{words: "fotos: ", role: article.Photo, head: true},
	{words: "bild: ", role: article.Photo, head: true},
	{words: "crédit photo : ", role: article.Photo},
	{words: "crédit : ", role: article.Photo, head: true},
	{words: "picture: ", role: article.Photo, head: true},
	{words: "pictures: ", role: article.Photo, head: true},
	{words: "pic: ", role: article.Photo, head: true},
	{words: "image: ", role: article.Photo, head: true},
	{words: "credit: ", role: article.Photo, head: true},
	{words: "credits: ", role: article.Photo, head: true},
	{words: "courtesy of ", role: article.Photo, head: true},
	{words: "courtesy: ", role: article.Photo, head: true},
	{words: "courtesy ", role: article.Photo, head: true, line: true},
	{words: "source: ", role: article.Input, head: true, line: true},
	{words: "sources: ", role: article.Input, head: true, line: true},
	{words: "quelle: ", role: article.Input, head: true, line: true},
	{words: "fuente: ", role: article.Input, head: true, line: true},
	{words: "distributed by ", role: article.Distribution, head: true},
	{words: "syndicated by ", role: article.Distribution, head: true},
	{words: "originally appeared on ", role: article.Wire},
	{words: "originally appeared in ", role: article.Wire},
	{words: "first appeared on ", role: article.Wire},
	{words: "first appeared in ", role: article.Wire},
	{words: "originally published by ", role: article.Wire},
	{words: "originally published in ", role: article.Wire},
	{words: "originally published on ", role: article.Wire},
	{words: "first published by ", role: article.Wire},
	{words: "first published in ", role: article.Wire},
	{words: "first published on ", role: article.Wire},
	{words: "appeared in ", role: article.Wire, close: true},
	{words: "appeared on ", role: article.Wire, close: true},
	{words: "published by ", role: article.Wire, close: true},
	{words: "published in ", role: article.Wire, close: true},
	{words: "produced by ", role: article.Wire, close: true},
	{words: "supplied by ", role: article.Wire, close: true},
	{words: "provided by ", role: article.Wire, close: true},
	{words: "published under licence from ", role: article.Wire, head: true},
	{words: "published under license from ", role: article.Wire, head: true},
	{words: "republished from ", role: article.Wire},
	{words: "reprinted from ", role: article.Wire},
}

// markers reads what stands behind "Photo:", "Courtesy of", "Distributed by"
// and the like.
func (l *creditLine) markers() {
	for _, m := range markers {
		for from := 0; ; {
			i := strings.Index(l.low[from:], m.words)
			if i < 0 {
				break
			}
			i += from
			from = i + len(m.words)
			if !l.headAt(i, m.line) && (m.head || i > 0 && !strings.ContainsAny(l.s[i-1:i], " ([\n.")) {
				continue
			}
			end := l.expressionEnd(from)
			span := text.Span{Start: i, End: end}
			if m.role == article.Wire {
				start, ok := l.ofAccount(i)
				switch {
				case ok:
					span.Start = start
				case m.close || !l.headAt(i, true):
					continue
				}
				if m.close && !l.at.last {
					continue
				}
				end = from + wireEnd(l.s[from:end])
			}
			role := m.role
			expr := l.s[from:end]
			if m.role == article.Input {
				if end-from > 70 || strings.Contains(strings.TrimRight(l.s[end:], " ."), ".") {
					continue
				}
				if strings.Contains(lower(expr), "photo") {
					role = article.Photo
				}
			}
			if !l.addAll(expr, role, span, true) && !m.close {
				l.longestName(from, end, i, role)
			}
		}
	}
}

// ofAccount is where a sentence on the account itself begins whose verb is at i:
// "A version of this article was first published by …".
func (l *creditLine) ofAccount(i int) (start int, ok bool) {
	words := strings.Fields(l.low[:i])
	n := len(words)
	for n > 0 && accountVerbs[words[n-1]] {
		n--
	}
	if n < 2 || !accountNames[words[n-1]] || words[n-2] != "this" {
		return 0, false
	}
	for n -= 2; n > 0 && versions[words[n-1]]; {
		n--
	}
	start = strings.LastIndex(l.low[:i], strings.Join(words[n:], " "))
	return start, start >= 0 && l.headAt(start, false)
}

var (
	accountVerbs = set("was is has been first originally also previously")
	accountNames = set("article story report piece post column essay interview dispatch analysis feature item content editorial commentary obituary")
	versions     = set("a an the of version earlier longer shorter different similar edited")
)

// wireEnd is where the name ends of who published an account, in s, which may
// run on: "The Quay Review on March 3", "The Quay Review under a licence".
func wireEnd(s string) int {
	end := len(s)
	for _, stop := range []string{" on ", " and is ", " and was ", " and has ", " and republished", " and reprinted", " and distributed", " under ", " with permission", " with the permission", " as part of ", " in partnership", ": ", ", a ", ", an ", ", the ", ", which ", ", where "} {
		if i := strings.Index(s[:end], stop); i > 0 {
			end = i
		}
	}
	return end
}

// longestName records the agency or the name at the head of an expression that
// runs on into other words: "Image copyright PA Image caption …" of a page that
// forgot its colon.
func (l *creditLine) longestName(from, end, phrase int, role article.Role) {
	if name, size := leadingAgency(l.s[from:end]); size > 0 {
		l.add(name, role, text.Span{Start: phrase, End: from + size})
		return
	}
	if i := strings.IndexAny(l.s[from:end], ",(–—"); i > 0 {
		l.addAll(l.s[from:from+i], role, text.Span{Start: phrase, End: from + i}, true)
	}
}

// headAt reports whether i is the head of the line, of a bracket, or, unless
// strict, of a sentence.
func (l *creditLine) headAt(i int, strict bool) bool {
	before := strings.TrimRight(l.s[:i], " \u00a0\t*_-–—•|\"“")
	if before == "" || strings.HasSuffix(before, "(") || strings.HasSuffix(before, "[") {
		return true
	}
	if strict {
		return false
	}
	switch endingOf(before) {
	case stopped, trailing, colon:
		return true
	case comma:
		return strings.HasSuffix(before, ";")
	case open:
	}
	low := lower(before)
	return strings.HasSuffix(before, ")") || strings.HasSuffix(before, "©") ||
		strings.HasSuffix(low, "media caption") || strings.HasSuffix(low, "image caption") || strings.HasSuffix(low, "toggle caption")
}

// expressionEnd is where a credit that starts at from ends: a bracket, a
// sentence's end, the words that lead a caption in, or the line's end.
func (l *creditLine) expressionEnd(from int) int {
	end := len(l.s)
	for _, stop := range []string{")", "]", " image caption", " media caption", "; ", " hide caption", " (", " | "} {
		if i := strings.Index(l.low[from:end], stop); i >= 0 {
			end = from + i
		}
	}
	for at := from; ; {
		i := strings.Index(l.s[at:end], ".")
		if i < 0 {
			break
		}
		i += at
		at = i + 1
		word := l.s[strings.LastIndexAny(l.s[:i], " /")+1 : i]
		initial := utf8.RuneCountInString(word) == 1 || abbreviated[word]
		if at >= end || l.s[at] == ' ' && !initial {
			end = i
			break
		}
	}
	return end
}

var abbreviated = set("Jr Sr St Dr Mr Mrs Ms Inc Corp Co Ltd L.P")

var assistances = []string{
	"with input from ", "with inputs from ", "with inputs by ", "with input by ", "inputs from ", "with assistance from ", "with assistance by ",
	"with additional assistance from ", "with help from ", "with additional reporting by ", "with additional reporting from ",
	"with reporting by ", "with reporting from ", "with files from ", "with contributions from ", "with contributions by ",
	"with material from ", "with information from ", "with agency inputs from ", "with additional input from ",
	"additional reporting by ", "additional reporting from ", "additional reporting: ", "additional material by ", "additional material from ",
	"further reporting by ", "extra reporting by ", "supplementary reporting by ", "reporting was contributed by ", "research was contributed by ",
	"reporting assistance by ", "contributed reporting: ", "reporting contributed by ", "includes reporting by ", "includes reporting from ",
	"includes material from ", "includes information from ", "contains reporting from ", "contains material from ", "contains information from ",
	"material from ", "information from ", "mit material von ", "mit agenturmaterial von ", "avec ", "con información de ", "con informacion de ", "com informações de ",
	"con notizie di ", "met medewerking van ", "with ",
}

// assistance reads "With input from …", "Additional reporting by …": at the
// head of a line, a bracket or a sentence, and with nothing but names behind.
func (l *creditLine) assistance() {
	for _, words := range assistances {
		for from := 0; ; {
			i := strings.Index(l.low[from:], words)
			if i < 0 {
				break
			}
			i += from
			from = i + len(words)
			short := words == "with " || words == "avec "
			end := l.expressionEnd(from)
			span := text.Span{Start: i, End: end}
			switch {
			case strings.HasPrefix(words, "includes ") || strings.HasPrefix(words, "contains "):
				if start, ok := l.ofAccount(i); ok {
					span.Start = start
				} else if !l.headAt(i, true) {
					continue
				}
			case short && !l.signedOff(i) && !l.onlyAgencies(i, from, end) || !l.headAt(i, false):
				continue
			case words == "material from " || words == "information from ":
				used := strings.Index(l.low[from:end], " used in this ")
				if used < 0 {
					continue
				}
				end = from + used
				for _, verb := range []string{" was", " were"} {
					end = from + len(strings.TrimSuffix(l.s[from:end], verb))
				}
			}
			role := article.Reporting
			if strings.Contains(words, "input") || strings.Contains(words, "material") || strings.Contains(words, "files") ||
				strings.Contains(words, "inform") || strings.Contains(words, "notizie") {
				role = article.Input
			}
			expr := l.s[from:end]
			for _, tail := range []string{" inputs", " input"} { // "with Reuters inputs"
				if t := strings.TrimSuffix(expr, tail); short && t != expr {
					expr, role = t, article.Input
				}
			}
			l.addAll(expr, role, span, !short)
		}
	}
}

// onlyAgencies reports whether the last line is a bare "With" at i, with or
// without brackets, and agencies from from to end: "(With AFP inputs)".
func (l *creditLine) onlyAgencies(i, from, end int) bool {
	if !l.at.last || !l.headAt(i, true) || strings.Trim(l.s[end:], " .)]") != "" {
		return false
	}
	expr := strings.TrimSuffix(strings.TrimSuffix(l.s[from:end], " inputs"), " input")
	names, ok := creditNames(expr, false)
	return ok && allAgencies(names)
}

func allAgencies(names []string) bool {
	return !slices.ContainsFunc(names, func(name string) bool {
		_, known := agencyOf(name)
		return !known
	})
}

// signedOff reports whether a bare "With" at i is a sign-off: a dash before it,
// no more than a line of names behind it, and the text at its end.
func (l *creditLine) signedOff(i int) bool {
	before := strings.TrimRight(l.s[:i], " \u00a0")
	return (strings.HasSuffix(before, "—") || strings.HasSuffix(before, "–") || strings.HasSuffix(before, "--")) && len(l.s)-i < 200
}

var contributions = []string{
	" contributed to this report", " contributed to this story", " contributed to this article", " contributed to this post",
	" contributed to this piece", " contributed to this dispatch", " contributed reporting", " contributed additional reporting",
	" contributed to the report", " contributed to reporting", " assisted with reporting", " contributed research", " contributed from ", " contributed.",
}

// jobs stand between a house and its writer: "Associated Press writer Ann Field".
var jobs = []string{
	" writers ", " writer ", " reporters ", " reporter ", " journalists ", " journalist ", " correspondents ", " correspondent ", " photographer ",
	" producers ", " producer ", " researchers ", " researcher ",
}

// contributed reads "Ann Field and Bo Hill contributed to this report".
func (l *creditLine) contributed() {
	for _, words := range contributions {
		i := strings.Index(l.low, words)
		if i < 0 {
			continue
		}
		start := 0
		for at := i; at > 0; at-- {
			if endingOf(l.s[:at]) == stopped && l.s[at] == ' ' {
				word := l.s[strings.LastIndexByte(l.s[:at-1], ' ')+1 : at-1]
				if utf8.RuneCountInString(word) > 1 && !abbreviated[word] && !strings.Contains(word, ".") {
					start = at
					break
				}
			}
		}
		expr := strings.TrimLeft(l.s[start:i], " (*_-–—•\u00a0")
		from := i - len(expr)
		for _, lead := range []string{"Correspondents ", "Correspondent ", "Reporters ", "Reporter ", "Writers ", "Writer ", "Staff writers ", "Staff writer "} {
			expr = strings.TrimPrefix(expr, lead)
		}
		employed, low := false, lower(expr)
		for _, job := range jobs {
			at := strings.Index(low, job)
			if at > 0 && nameLike(expr[:at]) && !strings.Contains(expr[:at], ",") && !strings.Contains(expr[:at], " and ") {
				expr = expr[at+len(job):]
				employed = true
				break
			}
		}
		if words == " contributed." && !employed || words == " contributed from " && !l.at.last {
			continue
		}
		expr = strings.TrimSuffix(strings.TrimSuffix(strings.TrimRight(expr, ","), " also"), " all")
		expr = strings.NewReplacer(" reporters ", " and ", " correspondents ", " and ", " of The ", " and ", " of the ", " and ").Replace(expr)
		end := i + len(strings.TrimSuffix(strings.TrimSuffix(words, " from "), "."))
		more, rest := l.alsoFrom(end)
		bare := words == " contributed from " // "Ann Field contributed from the bench"
		if bare && rest == end {
			continue
		}
		span := text.Span{Start: from, End: rest}
		if l.addAll(expr, article.Reporting, span, !bare) {
			for _, n := range more {
				l.add(n, article.Reporting, span)
			}
		}
		return
	}
}

// alsoFrom reads the places behind "contributed reporting", and who else did
// from where: " from Oslo, and Bo Hill from Bergen". It gives those names, and
// where the last place ends, or at where other words stand there.
func (l *creditLine) alsoFrom(at int) (names []string, end int) {
	rest, ok := strings.CutPrefix(l.s[at:l.expressionEnd(at)], " from ")
	if !ok {
		return nil, at
	}
	end = at + len(" from ") + len(rest)
	places := strings.Split(rest, " from ")
	for i, place := range places {
		if i+1 < len(places) {
			cut := max(strings.LastIndex(place, ", "), strings.LastIndex(place, " and "))
			if cut < 0 {
				return nil, at
			}
			name := strings.TrimPrefix(strings.TrimLeft(place[cut:], ", "), "and ")
			if !personLike(name) {
				return nil, at
			}
			names, place = append(names, name), place[:cut]
		}
		if place, _, _ = strings.Cut(place, ","); !nameLike(place) {
			return nil, at
		}
	}
	return names, end
}

// copyright reads "© AFP 2025", "Copyright 2018 The Associated Press", and
// "©2025 The Echo. … Distributed by …". A holder that is no agency is taken to
// be the outlet itself unless the piece was distributed.
func (l *creditLine) copyright() {
	for _, sign := range []string{"copyright", "©", "(c) "} {
		for at := 0; ; {
			i := strings.Index(l.low[at:], sign)
			if i < 0 {
				break
			}
			i += at
			at = i + len(sign)
			if strings.HasPrefix(l.low[i:], "copyright ©") || strings.HasPrefix(l.low[i:], "copyright (c)") || strings.HasPrefix(l.low, "image copyright") {
				continue
			}
			from := i + len(sign)
			for from < len(l.s) && strings.ContainsRune(" \u00a0©0123456789,-–/", rune(l.s[from])) || from < len(l.s) && strings.HasPrefix(l.s[from:], "\u00a0") {
				from++
			}
			for from < len(l.s) && !utf8.RuneStart(l.s[from]) {
				from++
			}
			rest := l.s[from:]
			rest = strings.TrimPrefix(rest, "by ")
			from = len(l.s) - len(rest)
			bareHolder := strings.TrimPrefix(strings.TrimPrefix(rest, "The "), "the ")
			if name, size := leadingAgency(bareHolder); size > 0 {
				rest, from = bareHolder, len(l.s)-len(bareHolder)
				role := article.Wire
				if next := strings.TrimLeft(rest[size:], " "); strings.HasPrefix(next, "/") || l.end == open && len(l.s) > 60 && i > 0 {
					role = article.Photo
				}
				l.add(name, role, text.Span{Start: i, End: from + size})
				continue
			}
			end := l.expressionEnd(from)
			if strings.Contains(l.low, "distributed by") {
				l.addAll(l.s[from:end], article.Wire, text.Span{Start: i, End: end}, true)
				continue
			}
			if open := strings.IndexByte(rest, '('); open > 0 && open < 60 {
				if closing := strings.IndexByte(rest[open:], ')'); closing > 0 {
					if a, ok := agencyOf(rest[open+1 : open+closing]); ok { // "©Ann Field (AFP)"
						span := text.Span{Start: i, End: from + open + closing + 1}
						if name := strings.TrimSpace(rest[:open]); personLike(name) {
							l.add(name, article.Photo, span)
						}
						l.add(a, article.Photo, span)
					}
				}
			}
		}
	}
}

// brackets reads credits in brackets at the end of a line: "(AP Photo/Jo Bell,
// File)", "(Jo Bell / The Echo)", "(Reuters)", "[Photo/Agencies]".
func (l *creditLine) brackets() {
	s := strings.TrimRight(l.s, " \u00a0*")
	for range 3 {
		if !strings.HasSuffix(s, ")") && !strings.HasSuffix(s, "]") {
			return
		}
		start := strings.LastIndexAny(s, "([")
		if start < 0 {
			return
		}
		inside := s[start+1 : len(s)-1]
		before := strings.TrimRight(s[:start], " \u00a0")
		span := text.Span{Start: start + 1, End: len(s) - 1}
		if len(inside) > 120 {
			return
		}
		if !l.bracket(inside, before, span) {
			return
		}
		s = before
	}
}

func (l *creditLine) bracket(inside, before string, span text.Span) bool {
	low := lower(inside)
	for _, m := range markers {
		if strings.HasPrefix(low, m.words) {
			return true // read as a marker
		}
	}
	if strings.Contains(low, "reporting by") || strings.Contains(low, "editing by") {
		return true
	}
	names, ok := creditNames(inside, strings.Contains(inside, "/") && !strings.ContainsFunc(inside, unicode.IsDigit))
	if !ok {
		return false
	}
	known, person := false, false
	for _, n := range names {
		if _, is := agencyOf(n); is {
			known = true
		} else if personLike(n) || strings.HasPrefix(n, "@") {
			person = true
		}
	}
	built := strings.Contains(inside, "/") || strings.Contains(low, " via ") || strings.Contains(low, ", file")
	if !known && (!built || !person) {
		return false
	}
	role := article.Photo
	if !built && !person && (endingOf(before) == stopped || before == "") {
		role = article.Wire
	}
	if !built && l.at.last && signs(before) {
		role, span.Start = article.Wire, 0 // "ab/cd (AFP, dpa)"
	}
	if len(names) == 1 && !built && l.at.first && endingOf(before) == open && strings.ContainsFunc(before, unicode.IsDigit) &&
		strings.Contains(lower(before), "updated") {
		role = article.Wire // a headline with its date: "… Updated: 2025-03-02 06:50 (Xinhua)"
	}
	for _, n := range names {
		l.add(n, role, span)
	}
	return true
}

// signs reports whether s is nothing but the signs of writers, "ab/cd".
func signs(s string) bool {
	for sign := range strings.FieldsFuncSeq(s, func(r rune) bool { return r == '/' || r == ',' || r == ' ' }) {
		if len(sign) > 4 || sign != lower(sign) {
			return false
		}
	}
	return len(s) <= 12
}

// slashes reads "REUTERS/Jo Bell" and "Jo Bell/AFP/Getty Images" anywhere in a
// line: one side of a slash must be an agency.
func (l *creditLine) slashes() {
	for at := 0; ; {
		i := strings.IndexByte(l.s[at:], '/')
		if i < 0 {
			return
		}
		i += at
		at = i + 1
		left := strings.TrimRight(l.s[:i], " ")
		right := strings.TrimLeft(l.s[i+1:], " ")
		rightAt := len(l.s) - len(right)
		leftAgency, leftStart := trailingAgency(left)
		rightAgency, rightSize := leadingAgency(right)
		if polled(right) {
			continue // "a Reuters/Ipsos poll"
		}
		switch {
		case leftAgency != "" && rightAgency != "":
			span := text.Span{Start: leftStart, End: rightAt + rightSize}
			l.add(leftAgency, article.Photo, span)
			l.add(rightAgency, article.Photo, span)
		case leftAgency != "":
			name := headRun(right)
			span := text.Span{Start: leftStart, End: rightAt + len(name)}
			word, _, _ := strings.Cut(right, " ")
			person := dropPlace(trimName(name))
			switch {
			case personLike(person):
				l.add(person, article.Photo, span)
			case creditNoise[strings.ToLower(strings.Trim(word, ".,)]"))]:
				span.End = rightAt + len(word)
			case !l.tailAt(span.End):
				continue
			}
			l.add(leftAgency, article.Photo, span)
		case rightAgency != "":
			span := text.Span{Start: i, End: rightAt + rightSize}
			name, start := tailRun(left)
			if name != "" {
				span.Start = start
				l.add(name, article.Photo, span)
			} else if !l.tailAt(span.End) {
				continue
			}
			l.add(rightAgency, article.Photo, span)
		}
	}
}

// polled reports whether a poll is named within the first words of s.
func polled(s string) bool {
	n := 0
	for w := range strings.FieldsSeq(s) {
		w = strings.ToLower(strings.Trim(w, ".,;:)"))
		if w == "poll" || w == "polls" || w == "survey" || w == "polling" || w == "pollsters" {
			return true
		}
		if n++; n == 5 {
			break
		}
	}
	return false
}

// tailAt reports whether nothing but marks or another credit stands behind at.
func (l *creditLine) tailAt(at int) bool {
	rest := strings.TrimLeft(l.s[at:], " ")
	return strings.Trim(rest, " .)]*") == "" || strings.HasPrefix(rest, ")") || strings.HasPrefix(rest, "]") || strings.HasPrefix(rest, "/")
}

// headRun is the words with capitals at the head of s, at most three of them.
func headRun(s string) string {
	end := 0
	for n := 0; n < 4; n++ {
		rest := s[end:]
		skip := len(rest) - len(strings.TrimLeft(rest, " "))
		stop := strings.IndexAny(rest[skip:], " ,.;:)]/|")
		if stop < 0 {
			stop = len(rest) - skip
		}
		word := rest[skip : skip+stop]
		if word == "" || !capital(word) && !particles[word] || creditNoise[strings.ToLower(word)] {
			break
		}
		if n > 1 && isUpper(word) && len(word) > 2 && !isUpper(s[:end]) {
			break // a caption's next words: "Jo Bell TPX IMAGES"
		}
		initial := utf8.RuneCountInString(word) == 1 && strings.HasPrefix(rest[skip+stop:], ".")
		if initial {
			stop++
		}
		end += skip + stop
		if !initial && end < len(s) && s[end] != ' ' {
			break
		}
	}
	return s[:end]
}

// tailRun is the name at the tail of s: the words with capitals behind the last
// mark or, where words in small letters run into it, the last two of them.
func tailRun(s string) (name string, start int) {
	t := strings.TrimRight(s, " ")
	for _, noise := range []string{", File", ", FILE", " File", ", Pool", " via", " for", " -"} {
		t = strings.TrimSuffix(t, noise)
	}
	bounded := false
	at := len(t)
	words := 0
	for at > 0 && words < 5 {
		next := strings.LastIndexAny(t[:at], " ,.;:(/[©|'\"“”)") + 1
		if t[at-1] == '.' && at == len(t) {
			break
		}
		if next == at && t[at-1] != ' ' {
			if t[at-1] == '.' && at >= 2 && isInitial(t[:at]) { // "Patrick T. Fallon"
				at -= 2
				words++
				for at > 0 && t[at-1] == ' ' {
					at--
				}
				continue
			}
			bounded = true
			break
		}
		word := t[next:at]
		if word == "" {
			at = next - 1
			continue
		}
		if !capital(word) && !particles[word] {
			break
		}
		at = next
		words++
		if at == 0 {
			bounded = true
			break
		}
		if t[at-1] != ' ' {
			bounded = true
			break
		}
		at--
	}
	run := strings.TrimLeft(t[at:], " ,.;:(/[©|'\"“”)")
	if _, size := leadingAgency(run); size > 0 && size < len(run) && run[size] == ' ' {
		run = strings.TrimLeft(run[size:], " ")
	}
	fields := strings.Fields(run)
	if len(fields) > 2 && (!bounded || len(fields) > 4) {
		keep := 2
		if n := len(fields); n >= 3 && (isInitial(fields[n-2]) || particles[fields[n-2]]) {
			keep = 3
		}
		fields = fields[len(fields)-keep:]
	}
	if len(fields) == 2 && fields[0] == fields[1] {
		fields = fields[1:]
	}
	if len(fields) == 0 {
		return "", len(s)
	}
	name = strings.Join(fields, " ")
	if creditNoise[strings.ToLower(name)] {
		return "", len(s)
	}
	start = strings.LastIndex(t, fields[0])
	if i := strings.LastIndex(t, name); i >= 0 {
		start = i
	}
	_, known := agencyOf(name)
	if known || personLike(name) || bounded && len(fields) == 1 && nameLike(name) {
		return name, start
	}
	return "", len(s)
}

// isInitial reports whether s ends in a capital and a point.
func isInitial(s string) bool {
	s = strings.TrimSuffix(s, ".")
	r, n := utf8.DecodeLastRuneInString(s)
	if !unicode.IsUpper(r) {
		return false
	}
	before, _ := utf8.DecodeLastRuneInString(s[:len(s)-n])
	return len(s) == n || before == ' ' || before == '.'
}

// leading reads the agency in front of a caption: "Getty Images A woman lays
// flowers at the gate". Only a line without a stop at its end is one.
func (l *creditLine) leading() {
	if l.end == stopped || l.end == colon {
		return
	}
	at := 0
	for range 3 { // "SWNS • PA A man …"
		name, size := leadingAgency(l.s[at:])
		if size == 0 {
			return
		}
		rest := strings.TrimLeft(l.s[at+size:], " •")
		if rest == "" {
			return // nothing but agencies
		}
		if !strings.HasPrefix(l.s[at+size:], " ") || !capital(rest) && !strings.ContainsFunc(rest[:1], unicode.IsDigit) {
			return
		}
		if len(strings.Fields(rest)) < 3 {
			return
		}
		l.add(name, article.Photo, text.Span{Start: at, End: at + size})
		at = len(l.s) - len(rest)
	}
}

// trailing reads the agency behind a caption ("… in the harbour. Reuters") and
// lines that hold nothing but agencies or a name with one.
func (l *creditLine) trailing() {
	s := strings.TrimRight(l.s, " \u00a0.")
	trimmed := strings.Trim(s, " \u00a0()[]-–—_*|")
	if left, right, ok := strings.Cut(trimmed, "/"); ok && len(trimmed) <= 50 && personLike(strings.TrimSpace(left)) && nameLike(strings.TrimSpace(right)) {
		l.addAll(trimmed, article.Photo, text.Span{Start: 0, End: len(s)}, true) // "Jo Bell/The Echo"
		return
	}
	if left, right, ok := strings.Cut(trimmed, "/"); ok && len(l.found) == 0 && l.at.last && nameLike(left) && nameLike(right) {
		_, before := agencyOf(left)
		if _, behind := agencyOf(right); before != behind { // "AFP/The Echo"
			l.addAll(trimmed, article.Wire, text.Span{Start: 0, End: len(s)}, true)
			return
		}
	}
	if len(trimmed) <= 60 {
		if names, ok := creditNames(trimmed, false); ok && allAgencies(names) {
			role := article.Photo
			if l.at.first || l.at.last {
				role = article.Wire
			}
			for _, n := range names {
				l.add(n, role, text.Span{Start: 0, End: len(s)})
			}
			return
		}
	}
	if l.end == stopped && !strings.HasSuffix(l.s, ".") || len(s) != len(strings.TrimRight(l.s, " \u00a0")) {
		return
	}
	name, start := trailingAgency(s)
	if name == "" || start == 0 {
		return
	}
	before := strings.TrimRight(s[:start], " ")
	if endingOf(before) == stopped && len(before) > 20 {
		l.add(name, article.Photo, text.Span{Start: start, End: len(s)})
	}
}

// slides reads the credits of a gallery in one line: "1/3 The bridge at dawn Jo
// Bell/PA 2/3 Divers at work Cy Marsh 3/3 …".
func (l *creditLine) slides() {
	bounds := counters(l.s)
	if len(bounds) == 0 {
		return
	}
	credited := 0
	type slide struct {
		end  int
		name string
		at   int
	}
	var plain []slide
	for i, b := range bounds {
		end := len(l.s)
		if i+1 < len(bounds) {
			end = bounds[i+1].Start
		}
		body := strings.TrimRight(l.s[b.End:end], " \u00a0.")
		at := b.End + len(body)
		if name, start := trailingAgency(body); name != "" && start > 0 {
			if before := strings.TrimRight(body[:start], " "); !strings.HasSuffix(before, "/") {
				l.add(name, article.Photo, text.Span{Start: b.End + start, End: at})
			}
			credited++
			continue
		}
		if j := strings.LastIndexByte(body, '@'); j > 0 && !strings.Contains(body[j:], " ") {
			l.add(body[j:], article.Photo, text.Span{Start: b.End + j, End: at})
			credited++
			continue
		}
		if name, start := tailRun(body); personLike(name) && start > 0 {
			plain = append(plain, slide{at, name, b.End + start})
		}
	}
	if credited == 0 {
		return
	}
	for _, p := range plain {
		l.add(p.name, article.Photo, text.Span{Start: p.at, End: p.end})
	}
}

// counters finds the numbers of slides, "1/8", "2/8", …, where each has the
// same total.
func counters(s string) []text.Span {
	var spans []text.Span
	total, want := "", 1
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' || i > 0 && s[i-1] != ' ' {
			continue
		}
		j := i
		n := 0
		for j < len(s) && '0' <= s[j] && s[j] <= '9' && j-i < 4 {
			n = 10*n + int(s[j]-'0')
			j++
		}
		if j >= len(s) || s[j] != '/' {
			i = j
			continue
		}
		k := j + 1
		m := 0
		for k < len(s) && '0' <= s[k] && s[k] <= '9' && k-j < 5 {
			m = 10*m + int(s[k]-'0')
			k++
		}
		if k == j+1 || k < len(s) && s[k] != ' ' || m < 2 || n > m || n < 1 {
			i = j
			continue
		}
		if total == "" {
			total, want = s[j+1:k], n
		}
		if s[j+1:k] == total && n == want {
			spans = append(spans, text.Span{Start: i, End: k})
			want++
		}
		i = k
	}
	return spans
}
