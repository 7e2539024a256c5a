package token

// manner is how an abbreviation is used.
type manner uint8

const (
	always  manner = 1 << iota // keeps its full stop wherever it stands
	numbers                    // keeps it before a digit only: "No. 10"
	names                      // stands before a name or another word, so that no sentence ends with it
	capital                    // must be written with a capital: "Sun."
	counted                    // keeps it behind a number only: "5 min."
	dates                      // keeps it before a digit or a month: "Sun. Oct. 1"
)

var abbreviations = map[string]manner{}

func init() {
	add := func(m manner, words ...string) {
		for _, w := range words {
			if m&capital == 0 {
				abbreviations[w] = m
			}
			abbreviations[string(w[0]&^0x20)+w[1:]] |= m
		}
	}
	add(always|names|capital, "mr", "mrs", "ms", "dr", "prof", "gen", "lt", "col", "maj", "sgt", "capt", "cmdr", "cpl", "pvt", "adm", "sen", "rep", "gov",
		"rev", "hon", "fr", "pres", "supt", "det", "brig", "messrs", "mme", "mlle", "st", "ste", "sens", "reps", "gens", "govs", "profs", "drs", "atty", "amb",
		"treas", "asst", "insp", "spc", "spec", "pfc", "mt", "ft", "del", "sr", "sra")
	add(always|capital, "jan", "feb", "aug", "sept", "oct", "nov", "dec", "tue", "tues", "thu", "thur", "thurs", "fri")
	add(always|capital, "wed", "apr")
	add(dates|capital, "mar", "jun", "jul", "sep", "mon", "sat", "sun")
	add(always|capital, "inc", "corp", "ltd", "bros", "cos", "co", "jr", "plc", "esq", "ave", "blvd", "hwy", "univ", "assn", "dept", "ph", "sc",
		"ala", "ariz", "calif", "colo", "conn", "fla", "ga", "kan", "ky", "md", "mich", "minn", "mo", "mont", "neb", "nev", "okla", "ore",
		"penn", "tenn", "tex", "va", "vt", "wis", "wisc", "wyo", "que", "ont", "sask", "alta", "ind", "ill", "la", "pa", "ark", "mass", "miss", "wash")
	add(always|names, "vs", "approx", "cf", "viz", "eg", "ie")
	add(always, "etc", "al", "est", "dept", "govt", "esp", "incl", "excl", "avg", "dist", "bldg", "intl", "natl", "attn", "oz",
		"lb", "lbs", "yrs", "hrs", "eds", "div", "ext", "mgr", "tel", "misc")
	add(numbers, "no", "nos", "fig", "figs", "vol", "vols", "pp", "ch", "sec", "art", "para", "p", "ca", "v", "op", "pt", "ver", "c", "b", "d", "m", "cap", "eq")
	add(counted, "min", "mins", "sec", "hr", "yr", "ft", "in", "sq", "mi", "km", "m")
}

// fullStop decides on the full stop at i behind the letters text[segment:i] of
// the word that began at start. It returns the end of the word with its stop and
// the kind of token; the kind mark where the word goes on behind the stop; and 0
// where the stop is a token of its own.
func (s *scanner) fullStop(start, segment, i, end int) (int, kind) {
	next := i + 1
	word := s.text[segment:i]
	inside := segment > start && s.text[segment-1] == '.'
	single := s.oneLetter(word)
	if next < end && s.is(next, letter) {
		if e := s.letters(next, end); single && e-next <= 2 && s.oneLetter(s.text[next:e]) && (e >= end || s.text[e] == '.' || !s.is(e, letter)) {
			return next, mark
		}
		if e := s.domainAt(i, end); e > 0 {
			return e, lower
		}
		if e := s.mailbox(i, end); e > 0 {
			return e, lower
		}
		if e := s.group(start, i, end); e > 0 {
			return e, lower
		}
		if word == "www" || word == "WWW" {
			return s.address(i, end), lower
		}
		if word == "Ph" || word == "M" || word == "B" {
			return next, mark
		}
		if m := s.manner(word); m&always != 0 || single && word[0] < 'a' && s.text[next] < 'a' {
			return next, abbreviationKind(m, single)
		}
		return 0, mark
	}
	if next < end && s.text[next] == '.' && (next+1 < end && s.text[next+1] == '.' || !inside && s.manner(word)&always == 0) {
		return 0, mark // an ellipsis; but in "Inc.." one of two is the word's
	}
	if inside && (single || word == "Sc" || word == "D") {
		w := s.text[start:next]
		if len(w) == 4 {
			switch string([]byte{w[0] | 0x20, w[2] | 0x20}) {
			case "am", "pm":
				return next, hour
			case "eg", "ie":
				return next, title
			}
		}
		return next, abbreviation
	}
	if segment != start {
		if s.text[segment-1] != '-' {
			return 0, mark
		}
	}
	if single {
		return s.initial(start, i, end)
	}
	m := s.manner(word)
	switch {
	case m&always != 0:
		if m&names == 0 && s.finishes(word, next, end) {
			return 0, mark
		}
		return next, abbreviationKind(m, false)
	case m&dates != 0 && (s.digitFollows(next, end) || months[s.nextWord(next, end)]):
		return next, title
	case m&numbers != 0 && s.digitFollows(next, end):
		return next, title
	case m&counted != 0 && len(s.kinds) > 0 && s.kinds[len(s.kinds)-1] == number && !s.capitalFollows(next, end):
		return next, abbreviation
	}
	return 0, mark
}

// finishes reports whether the full stop before i, of an abbreviation that may
// end a sentence, does so: nothing follows it, or a word that begins sentences.
func (s *scanner) finishes(word string, i, end int) bool {
	if i >= end || word == "etc" && s.capitalFollows(i, end) {
		return true
	}
	return s.is(i, space) && starters[s.nextWord(i, end)]
}

// nextWord is the letters behind the white space at i.
func (s *scanner) nextWord(i, end int) string {
	for n := 0; i < end && n < 4; n++ {
		k, w := classAt(s.text, i)
		if k == letter {
			return s.text[i:s.letters(i, min(end, i+16))]
		}
		if k != space {
			break
		}
		i += w
	}
	return ""
}

var months = set("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Sept", "Oct", "Nov", "Dec", "January", "February", "March", "April", "June",
	"July", "August", "September", "October", "November", "December")

func abbreviationKind(m manner, single bool) kind {
	switch {
	case single:
		return initial
	case m&names != 0:
		return title
	}
	return abbreviation
}

// initial decides on a single letter with a full stop: "John F. Kennedy" and "p.
// 12" keep it, "Plan B." does not.
func (s *scanner) initial(start, i, end int) (int, kind) {
	c := s.text[start]
	switch {
	case c >= 'a' && c <= 'z':
		if abbreviations[s.text[start:i]]&numbers != 0 && s.digitFollows(i+1, end) || c == 'v' ||
			start > 0 && s.text[start-1] == '(' && i+1 < end && s.is(i+1, space) {
			return i + 1, title
		}
		return 0, mark
	case c == 'I':
		if n := len(s.kinds); (n == 0 || s.kinds[n-1] == stop || n > 1 && s.kinds[n-1] == upper) && s.capitalFollows(i+1, end) {
			return i + 1, initial
		}
		return 0, mark
	case len(s.kinds) > 0 && s.kinds[len(s.kinds)-1] == initial:
		return i + 1, initial
	}
	if i+1 >= end || !s.capitalFollows(i+1, end) {
		if i+1 < end && (s.text[i+1] == ',' || s.text[i+1] == '\'' || s.smallFollows(i+1, end)) {
			return i + 1, initial
		}
		return 0, mark
	}
	return i + 1, initial
}

// manner is how the abbreviation that word may be is used, 0 where it is none.
func (s *scanner) manner(word string) manner {
	if len(word) > 6 || !s.english {
		return 0
	}
	var folded [6]byte
	folded[0] = word[0]
	for i := 1; i < len(word); i++ {
		folded[i] = word[i] | 0x20
	}
	m := abbreviations[string(folded[:len(word)])]
	if len(word) > 1 && word[1] < 'a' && m&(names|numbers) == 0 { // "EST", "VA" are no short forms
		return 0
	}
	return m
}

// oneLetter reports whether word is a single letter.
func (s *scanner) oneLetter(word string) bool {
	if len(word) == 1 {
		return true
	}
	return len(word) == 2 && word[0] >= 0x80
}

// digitFollows reports whether a digit is the first character behind white
// space at i.
func (s *scanner) digitFollows(i, end int) bool { return s.follows(i, end, digit) }

func (s *scanner) follows(i, end int, want class) bool {
	for n := 0; i < end && n < 4; n++ {
		k, w := classAt(s.text, i)
		if k != space {
			return k == want
		}
		i += w
	}
	return false
}

// capitalFollows reports whether a word with a capital is what stands behind
// white space at i, smallFollows the same of one without.
func (s *scanner) capitalFollows(i, end int) bool { return s.letterFollows(i, end, upper) }

func (s *scanner) smallFollows(i, end int) bool { return s.letterFollows(i, end, lower) }

func (s *scanner) letterFollows(i, end int, want kind) bool {
	for n := 0; i < end && n < 4; n++ {
		k, w := classAt(s.text, i)
		if k != space {
			return k == letter && s.wordKind(i) == want
		}
		i += w
	}
	return false
}
