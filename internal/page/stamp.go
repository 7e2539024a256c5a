package page

import (
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"synoptic/article"
)

// stamp is what a line of names and dates says: who wrote the account and when
// it came out.
type stamp struct {
	authors   []string
	published article.Date
	updated   article.Date
	named     bool // the line says "by"
	agency    bool // one of the names is an agency
}

// stampOf reads a line that holds nothing but a byline, dates, and the words
// around them. loose takes bare names too, as they stand under a headline.
func stampOf(s string, loose bool) (stamp, bool) {
	var st stamp
	if len(s) > 400 {
		return st, false
	}
	for _, segment := range strings.FieldsFunc(s, func(r rune) bool { return r == '|' || r == '•' || r == '·' || r == '\t' }) {
		segment = strings.TrimSpace(segment)
		if segment == "" || labels()[fold(segment)] {
			continue
		}
		if st.dates(segment) || st.byline(segment, loose) {
			continue
		}
		return stamp{}, false
	}
	known := st.published.Known() || st.updated.Known() || st.named || len(st.authors) > 0
	return st, known || strings.ContainsAny(s, "0123456789") || onlyAges(s)
}

// dates reads a segment of nothing but dates and the words around them.
func (st *stamp) dates(s string) bool {
	date, updated, ok := parseStamp(s)
	if !ok {
		return false
	}
	switch {
	case !date.Known():
	case updated || st.published.Known() && date.Compare(st.published) > 0:
		st.updated = date
	case !st.published.Known():
		st.published = date
	}
	// "Published 3 March 2025, updated 4 March 2025" holds two.
	if i := strings.Index(lower(s), "updated"); i > 0 {
		if first, _, ok := parseStamp(s[:i]); ok && first.Known() {
			st.published = first
			if second, _, ok := parseStamp(s[i:]); ok && second.Known() {
				st.updated = second
			}
		}
	}
	return true
}

var bylineLeads = []string{
	"by ", "by: ", "written by ", "story by ", "words by ", "reported by ", "report by ", "text by ", "from ", "author: ", "authors: ", "reporter: ",
	"von ", "par ", "por ", "di ", "door ", "av ", "af ", "przez ", "текст: ", "автор: ",
}

// byline reads "By Ann Field and Bo Hill, Associated Press".
func (st *stamp) byline(s string, loose bool) bool {
	low := lower(s)
	named, rest := false, s
	for _, lead := range bylineLeads {
		if strings.HasPrefix(low, lead) && capital(s[len(lead):]) {
			named, rest = true, s[len(lead):]
			if lead == "from " || len(lead) <= 4 && lead != "by " {
				named = false // also words of a sentence: a name must follow
				loose = true
			}
			break
		}
	}
	if !named && !loose || len(rest) > 200 {
		return false
	}
	authors, agency, ok := bylineNames(rest, named)
	if !ok {
		return false
	}
	if !named && !agency && len(authors) == 0 {
		return false
	}
	st.authors = append(st.authors, authors...)
	st.named = st.named || named
	st.agency = st.agency || agency
	return true
}

// bylineNames cuts the names out of a byline. It fails where something is left
// that is neither a name, an agency nor an office. Where no "by" stands before
// them, nothing is cut off to make a name.
func bylineNames(s string, named bool) (authors []string, agency, ok bool) {
	s = strings.TrimRight(strings.TrimSpace(s), ".:")
	if endingOf(s) == trailing {
		return nil, false, false
	}
	for _, tail := range []string{" on", " and agencies", " with agencies", " and wire reports"} {
		s = strings.TrimSuffix(s, tail)
	}
	s = strings.NewReplacer(" and ", ", ", " & ", ", ", ";", ",", " AND ", ", ", " with ", ", ", " und ", ", ", " et ", ", ").Replace(s)
	for p := range strings.SplitSeq(s, ",") {
		p = strings.TrimSpace(p)
		if p == "" {
			continue
		}
		if _, known := agencyOf(p); known {
			agency = true
			authors = append(authors, p)
			continue
		}
		if date, _, isDate := parseStamp(p); isDate && date.Known() {
			continue
		}
		name := authorName(p)
		switch {
		case name != "" && (named || name == p && !isUpper(p) || officeLike(p)):
			authors = append(authors, name)
		case len(authors) > 0 && len(strings.Fields(p)) <= 6 && (named && nameLike(p) || officeLike(p)):
			// an office, a place or the outlet behind the name
		case officeLike(p) && len(strings.Fields(p)) <= 6:
		default:
			return nil, false, false
		}
	}
	return authors, agency, len(authors) > 0 || agency || officeLike(s)
}

func officeLike(s string) bool {
	low := " " + lower(s)
	for _, t := range []string{" correspondent", " reporter", " editor", " writer", " staff", " columnist", " producer", " contributor", " journalist", " desk", " bureau", " agencies", " team"} {
		if strings.Contains(low, t) {
			return true
		}
	}
	return false
}

// authorName cleans one name of a byline or of a page's data: offices, outlets
// and places behind it go. It is "" where nothing like a name is left.
func authorName(s string) string {
	s = strings.TrimSpace(strings.Trim(s, " \u00a0,.;:|()[]"))
	if strings.ContainsAny(s, "@/<>{}=_") || strings.Contains(s, "www.") || strings.Contains(s, "http") {
		return ""
	}
	low := lower(s)
	for _, lead := range []string{"by ", "by: ", "written by ", "von ", "par "} {
		if strings.HasPrefix(low, lead) {
			s, low = s[len(lead):], low[len(lead):]
		}
	}
	if _, known := agencyOf(s); known {
		return s
	}
	for _, tail := range []string{" for ", " in ", " at ", " of ", " - ", " – ", " | ", " (", " special to "} {
		if i := strings.Index(low, tail); i > 0 && personLike(strings.TrimSpace(s[:i])) {
			s, low = s[:i], low[:i]
		}
	}
	words := strings.Fields(s)
	for i, w := range words { // "Ann Field Political Correspondent", "Bo Hill Senior Editor"
		if i >= 2 && offices[strings.ToLower(strings.Trim(w, ",."))] {
			words = words[:i]
			break
		}
	}
	s = strings.Join(words, " ")
	if !personLike(s) || utf8.RuneCountInString(s) > 50 || houses[strings.ToLower(words[len(words)-1])] {
		return ""
	}
	return s
}

// houses end the names of outlets, which stand behind names of writers.
var houses = set("times herald tribune gazette chronicle observer globe journal telegraph guardian echo mail post daily weekly magazine radio tv television review")

var offices = set(`chief senior deputy assistant associate staff special foreign political crime sports sport health business science education
	environment security diplomatic royal legal economics city world news national international digital social media managing executive
	editor reporter correspondent writer columnist producer journalist contributor analyst freelance and for`)

// stampWords may stand around a date.
var stampWords = set(`published posted updated update last modified first on at date created issued edited filed of the time local a p
	ago hour hours hr hrs min mins minute minutes day days week weeks month months year years read reading second seconds just now today yesterday
	est. est edt et cst cdt ct mst mdt mt pst pdt pt gmt bst utc cet cest eet eest msk ist jst kst aest aedt sgt hkt pkt wib z am pm a.m p.m
	monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun
	veröffentlicht aktualisiert am um uhr stand publié le à mis jour publicado actualizado el a las de pubblicato aggiornato il alle
	gepubliceerd om bijgewerkt h hs montag dienstag mittwoch donnerstag freitag samstag sonntag lundi mardi mercredi jeudi vendredi samedi dimanche
	lunes martes miércoles jueves viernes sábado domingo lunedì martedì mercoledì giovedì venerdì sabato domenica`)

// monthTable is the months in the languages whose dates are read without a language pack.
var monthTable = [12]string{
	"january jan januar janvier janv enero ene gennaio gen janeiro januari",
	"february feb februar février févr fevrier febrero febbraio febr fevereiro fev februari",
	"march mar märz mars marzo março maart mrt",
	"april apr avril avr abril abr aprile",
	"may mai mayo maggio mag maio mei",
	"june jun juni juin junio giugno giu junho",
	"july jul juli juillet juil julio luglio lug julho",
	"august aug août aout agosto ago augustus",
	"september sep sept septembre septiembre settembre set setembro",
	"october oct oktober okt octobre octubre ottobre ott outubro out",
	"november nov novembre noviembre novembro",
	"december dec dezember dez décembre déc diciembre dic dicembre dezembro december",
}

// zones are the names of time zones that news pages print, in hours from UTC.
var zones = map[string]float64{
	"z": 0, "gmt": 0, "utc": 0, "bst": 1, "cet": 1, "cest": 2, "eet": 2, "eest": 3, "msk": 3, "ist": 5.5, "pkt": 5, "wib": 7, "sgt": 8, "hkt": 8,
	"jst": 9, "kst": 9, "aest": 10, "aedt": 11, "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7,
}

// monthNames leads from a folded name to its month. "ago" is left out: Spanish
// for August, but "3 hours ago" is commoner.
var monthNames = func() map[string]time.Month {
	m := map[string]time.Month{}
	for i, names := range monthTable {
		for n := range strings.FieldsSeq(names) {
			m[n] = time.Month(i + 1)
		}
	}
	delete(m, "ago")
	return m
}()

// parseStamp reads a text of nothing but one date and the words around it. ok
// is false where anything else stands in it.
func parseStamp(s string) (date article.Date, updated, ok bool) {
	if len(s) > 160 {
		return date, false, false
	}
	var year, day, hour, minute, second int
	var month time.Month
	hasTime, hasSecond, pm, am, iso, ambiguous := false, false, false, false, false, false
	offset, hasZone := 0.0, false
	seen := 0
	for _, f := range strings.FieldsFunc(s, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(",()|•·[]", r) }) {
		w := strings.ToLower(strings.Trim(f, ".:;-–—"))
		if w == "" {
			continue
		}
		if d, err := article.ParseDate(strings.ToUpper(strings.Trim(f, ".:;"))); err == nil && d.Precision >= article.Day {
			if !date.Known() {
				date, iso = d, true
			}
			seen++
			continue
		}
		if w == "updated" || w == "modified" || w == "aktualisiert" || w == "actualizado" || w == "aggiornato" {
			updated = true
		}
		if m, is := monthNames[w]; is {
			if month == 0 {
				month = m
			}
			seen++
			continue
		}
		if stampWords[w] {
			switch w {
			case "pm", "p.m":
				pm = true
			case "am", "a.m":
				am = true
			}
			if z, is := zones[w]; is && hasTime && !hasZone {
				offset, hasZone = z, true
			}
			seen++
			continue
		}
		if h, m, sec, withSec, half, is := clock(w); is {
			if !hasTime {
				hour, minute, second, hasSecond, hasTime = h, m, sec, withSec, true
				pm, am = pm || half == 'p', am || half == 'a'
			}
			seen++
			continue
		}
		if y, m, d, is := numeric(w); is {
			if year == 0 && y != 0 {
				year, month, day = y, m, d
			}
			ambiguous = ambiguous || y == 0
			seen++
			continue
		}
		n, err := strconv.Atoi(strings.TrimRight(w, "stndrhoaº°"))
		if err != nil || n < 0 {
			return article.Date{}, false, false
		}
		switch {
		case n >= 1900 && n < 2200 && len(w) == 4:
			if year == 0 {
				year = n
			}
		case n >= 1 && n <= 31 && day == 0:
			day = n
		case n > 999:
			return article.Date{}, false, false
		}
		seen++
	}
	if seen == 0 {
		return article.Date{}, false, false
	}
	if iso {
		if hasTime && date.Precision == article.Day {
			t := date.Time
			year, month, day = t.Year(), t.Month(), t.Day()
		} else {
			return date, updated, true
		}
	}
	if year == 0 || month == 0 {
		if year != 0 {
			return article.Date{}, false, false
		}
		return article.Date{}, updated, ambiguous || seen > 1 || onlyAges(s)
	}
	precision := article.Month
	if day > 0 {
		precision = article.Day
		if time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Day() != day {
			return article.Date{}, updated, true
		}
	} else {
		day = 1
	}
	zone := time.UTC
	if hasTime && precision == article.Day {
		if pm && hour < 12 {
			hour += 12
		}
		if am && hour == 12 {
			hour = 0
		}
		precision = article.Minute
		if hasSecond {
			precision = article.Second
		}
		if offset != 0 {
			zone = time.FixedZone("", int(offset*3600))
		}
	} else {
		hour, minute, second = 0, 0, 0
	}
	return article.Date{Time: time.Date(year, month, day, hour, minute, second, 0, zone), Precision: precision}, updated, true
}

// clock reads "8:14", "20:14:05", "8.14pm", "8pm", "20h14".
func clock(w string) (hour, minute, second int, withSecond bool, half byte, ok bool) {
	w = strings.ReplaceAll(w, ".m", "m")
	if t := strings.TrimSuffix(strings.TrimSuffix(w, "m"), "."); len(t) > 1 && (t[len(t)-1] == 'a' || t[len(t)-1] == 'p') && t[0] <= '9' {
		half, w = t[len(t)-1], t[:len(t)-1]
	}
	parts := strings.FieldsFunc(w, func(r rune) bool { return r == ':' || r == 'h' || r == '.' })
	if len(parts) == 0 || len(parts) > 3 || len(parts) == 1 && half == 0 {
		return
	}
	var n [3]int
	for i, p := range parts {
		v, err := strconv.Atoi(p)
		if err != nil || v < 0 || i == 0 && v > 23 || i > 0 && (v > 59 || len(p) != 2) {
			return
		}
		n[i] = v
	}
	return n[0], n[1], n[2], len(parts) == 3, half, true
}

// numeric reads 24.07.2025, 24/07/2025, 07/24/2025 and 2025/07/24. Where day
// and month could be exchanged it keeps the year alone.
func numeric(w string) (year int, month time.Month, day int, ok bool) {
	parts := strings.FieldsFunc(w, func(r rune) bool { return r == '/' || r == '.' || r == '-' })
	if len(parts) != 3 {
		return
	}
	var n [3]int
	for i, p := range parts {
		v, err := strconv.Atoi(p)
		if err != nil || v < 0 {
			return
		}
		n[i] = v
	}
	switch {
	case n[0] >= 1900 && n[0] < 2200 && n[1] >= 1 && n[1] <= 12 && n[2] >= 1 && n[2] <= 31:
		return n[0], time.Month(n[1]), n[2], true
	case n[2] < 1900 || n[2] >= 2200 || n[0] < 1 || n[0] > 31 || n[1] < 1 || n[1] > 31:
		return
	case strings.Contains(w, ".") && n[1] <= 12, n[0] > 12 && n[1] <= 12, n[0] == n[1]:
		return n[2], time.Month(n[1]), n[0], true
	case n[1] > 12 && n[0] <= 12:
		return n[2], time.Month(n[0]), n[1], true
	case n[0] <= 12 && n[1] <= 12:
		return 0, 0, 0, true
	}
	return
}

// onlyAges reports whether s is "3 hours ago", "5 min read" and the like.
func onlyAges(s string) bool {
	f := fold(s)
	return len(f) < 40 && (strings.HasSuffix(f, " ago") || strings.HasSuffix(f, " read") && strings.Contains(f, "min") ||
		strings.HasPrefix(f, "reading time") || f == "just now" || f == "yesterday" || f == "today") && strings.ContainsAny(f, "0123456789jyt")
}
