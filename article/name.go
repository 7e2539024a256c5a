package article

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Name is a name cut up for comparison with names that other accounts, or other
// places of the same one, use. Two names are compared by [Name.Same]; an index
// over [Name.Keys] finds those worth comparing.
//
// Letters are compared without case, accents and dots. Left out are an article
// in front and a possessive "'s" behind, honorifics and offices in front of a
// person's name, and the legal form of a company.
type Name struct {
	kind        MentionKind
	words       [maxNameWords]string // slices of the name
	starts      [maxNameWords]int    // where in the name they begin
	end         int                  // where the last of all words ends
	n           int
	family      int    // index of the first word of a person's family name
	familyFirst bool   // "Xi Jinping"
	generation  string // "Jr", "III"
	acronym     bool   // one word of capitals: "RAIB", "U.N."
}

// maxNameWords is how many words of a name are looked at.
const maxNameWords = 10

// NewName cuts up s, the name of something of the given kind.
func NewName(kind MentionKind, s string) Name {
	m := Name{kind: kind}
	for rest := s; m.n < maxNameWords; {
		var w string
		if w, rest = cutWord(rest); w == "" {
			break
		}
		m.words[m.n] = w
		m.starts[m.n] = len(s) - len(rest) - len(w)
		m.n++
	}
	if m.n > 0 {
		last := &m.words[m.n-1]
		if cut := possessive(*last); cut < len(*last) {
			*last = (*last)[:len(*last)-cut]
		}
		m.end = m.starts[m.n-1] + len(*last)
	}
	if m.n > 1 && nameTables.articles.has(m.words[0]) {
		m.drop(1)
	}
	switch kind {
	case Person:
		m.person()
	case Group, Product:
		for m.n > 1 && nameTables.forms.has(m.words[m.n-1]) {
			m.n--
		}
	}
	m.acronym = m.n == 1 && capitals(m.words[0]) >= 2
	return m
}

// Bounds are where in the string that was cut up the name itself begins and
// ends: behind an article, honorifics and offices, and before marks and a
// possessive. "Sen. Ana Prado's" has 5 and 14. Who bears one name keeps the rank:
// "Queen Ada". Both are 0 where the string has no word.
func (m *Name) Bounds() (start, end int) {
	if m.n == 0 {
		return 0, 0
	}
	return m.starts[0], m.end
}

// drop forgets the first k words.
func (m *Name) drop(k int) {
	copy(m.words[:], m.words[k:m.n])
	copy(m.starts[:], m.starts[k:m.n])
	m.n -= k
}

// person takes off what is no part of a person's own name and finds where the
// family name begins.
func (m *Name) person() {
	reign, reigns := 0, false
	for m.n > 1 && nameTables.honorifics.has(m.words[0]) {
		reign, reigns = m.starts[0], nameTables.reigns.has(m.words[0])
		m.drop(1)
	}
	if m.n > 1 && nameTables.generations.has(m.words[m.n-1]) {
		m.generation = m.words[m.n-1]
		m.n--
	}
	if m.n == 1 && reigns {
		m.starts[0] = reign
	}
	m.family = max(m.n-1, 0)
	if m.n >= 2 && m.n <= 3 && nameTables.familyFirst.has(m.words[0]) {
		m.familyFirst, m.family = true, 0
		return
	}
	for m.family > 1 && nameTables.particles.has(m.words[m.family-1]) {
		m.family--
	}
	if m.family == 1 && nameTables.particles.has(m.words[0]) && (m.n > 2 || small(m.words[0]) || nameTables.sureParticles.has(m.words[0])) {
		m.family = 0 // "von der Leyen" and "bin Salman" on their own, but not "Al Rowe"
	}
}

// Len is how many words the name has, without those left out.
func (m *Name) Len() int { return m.n }

// Given is a person's first given name; "" where only the family name is there.
func (m *Name) Given() string {
	switch {
	case m.familyFirst:
		return m.words[1]
	case m.kind == Person && m.family > 0:
		return m.words[0]
	}
	return ""
}

// Family is a person's family name without particles: "Leyen". "" for others.
func (m *Name) Family() string {
	switch {
	case m.kind != Person || m.n == 0:
		return ""
	case m.familyFirst:
		return m.words[0]
	}
	return m.words[m.n-1]
}

// Keys are two hashes, 0 where there is none: names that are the same have at
// least one in common, in any place.
func (m *Name) Keys() [2]uint32 {
	if m.n == 0 {
		return [2]uint32{}
	}
	if m.kind == Person {
		keys := [2]uint32{hashWord(hashStart, stem(m.words[m.n-1]))}
		if m.familyFirst {
			keys[1] = hashWord(hashStart, m.words[0])
		}
		return keys
	}
	whole, listed := m.whole()
	if !listed {
		whole = hashStart
		for _, w := range m.words[:m.core()] {
			if !nameTables.joints.has(w) {
				whole = hashWord(whole, w)
			}
		}
	}
	if m.n < 2 {
		return [2]uint32{whole}
	}
	return [2]uint32{whole, m.initials()}
}

// core is how many words are left of a group's or place's name without the
// generic words behind.
func (m *Name) core() int {
	n := m.n
	generic := &nameTables.generic
	if m.kind == Location {
		generic = &nameTables.places
	}
	for n > 1 && generic.has(m.words[n-1]) {
		n--
	}
	return n
}

// whole is the hash of all words in order, or that of the name which stands for
// the same thing in the table of aliases.
func (m *Name) whole() (hash uint32, listed bool) {
	h := hashWords(m.words[:m.n])
	if first, ok := nameTables.aliases[h]; ok {
		return first, true
	}
	return h, false
}

// initials is the hash of the acronym that the words make up, without those
// that join them.
func (m *Name) initials() uint32 {
	h := uint32(hashStart)
	for _, w := range m.words[:m.n] {
		if r, _ := nextLetter(w); r != 0 && !nameTables.joints.has(w) {
			h = (h ^ uint32(r)) * hashPrime
		}
	}
	return h
}

// Same reports whether m and o can name one thing. They must be of one kind.
// For persons the family names are equal and nothing in the given names speaks
// against it: "Steve Witkoff", "Steven Witkoff", "S. Witkoff" and "Witkoff" are
// the same, "Melania Trump" and "Donald Trump" are not. For groups the words
// are equal, or one is the acronym of the other. Since "Trump" is the same as
// either of two Trumps, a caller that finds several must leave it open.
func (m *Name) Same(o *Name) bool {
	if m.kind != o.kind || m.n == 0 || o.n == 0 {
		return false
	}
	if m.kind == Person {
		return m.samePerson(o)
	}
	if m.acronym && o.n >= 2 && capitals(m.words[0]) >= 3 && hashWord(hashStart, m.words[0]) == o.initials() {
		return true
	}
	if o.acronym && m.n >= 2 && capitals(o.words[0]) >= 3 && hashWord(hashStart, o.words[0]) == m.initials() {
		return true
	}
	if m.sameWords(m.n, o, o.n) {
		return true
	}
	if a, b := m.core(), o.core(); (a == m.n || b == o.n) && m.sameWords(a, o, b) && !m.acronym && !o.acronym {
		return true
	}
	a, listed := m.whole()
	b, also := o.whole()
	return listed && also && a == b
}

// sameWords compares the first a words of m to the first b of o, without those
// that join words.
func (m *Name) sameWords(a int, o *Name, b int) bool {
	i, j := 0, 0
	for {
		for i < a && nameTables.joints.has(m.words[i]) {
			i++
		}
		for j < b && nameTables.joints.has(o.words[j]) {
			j++
		}
		if i == a || j == b {
			return i == a && j == b
		}
		if !sameWord(m.words[i], o.words[j]) {
			return false
		}
		i, j = i+1, j+1
	}
}

func (m *Name) samePerson(o *Name) bool {
	if given, other := m.Given() != "", o.Given() != ""; given && !other || given == other && m.n > o.n {
		m, o = o, m
	}
	given := m.Given()
	if given == "" { // m is a family name alone
		if o.familyFirst && m.n == 1 && sameWord(m.words[0], o.words[0]) {
			return true
		}
		if !sameWord(stem(m.words[m.n-1]), stem(o.words[o.n-1])) {
			return false
		}
		for i := range m.n - 1 { // with its particles: "bin Salman"
			if k := o.n - m.n + i; k >= o.family && !sameWord(m.words[i], o.words[k]) {
				return false
			}
		}
		return true
	}
	if m.familyFirst != o.familyFirst || !sameWord(m.generation, o.generation) {
		return false
	}
	if m.familyFirst {
		return m.sameWords(m.n, o, o.n)
	}
	return sameWord(stem(m.words[m.n-1]), stem(o.words[o.n-1])) && sameGiven(given, o.Given()) && m.sameMiddle(o)
}

// sameMiddle reports whether the names between the given and the family name
// can be the same: each must match where both names have as many.
func (m *Name) sameMiddle(o *Name) bool {
	if m.family-1 != o.family-1 {
		return m.family == 1 || o.family == 1
	}
	for i := 1; i < m.family; i++ {
		if !sameGiven(m.words[i], o.words[i]) {
			return false
		}
	}
	return true
}

// SameName reports whether a and b can name one thing of the given kind; see
// [Name.Same].
func SameName(kind MentionKind, a, b string) bool {
	m, o := NewName(kind, a), NewName(kind, b)
	return m.Same(&o)
}

// sameGiven reports whether two given names can be one person's: equal, one the
// initial of the other, or one a usual short form of the other.
func sameGiven(a, b string) bool {
	if sameWord(a, b) {
		return true
	}
	ra, restA := nextLetter(a)
	rb, restB := nextLetter(b)
	if next, _ := nextLetter(restA); next == 0 && ra == rb {
		return true
	}
	if next, _ := nextLetter(restB); next == 0 && ra == rb {
		return true
	}
	for _, row := range nameTables.short[hashWord(hashStart, a)] {
		for _, other := range nameTables.short[hashWord(hashStart, b)] {
			if row == other {
				return true
			}
		}
	}
	return false
}

// cutWord is the next word of s and what comes behind it. A hyphen belongs to a
// word, other marks end it.
func cutWord(s string) (word, rest string) {
	start := -1
	for i, r := range s {
		inside := unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mn, r) || r == '&' ||
			start >= 0 && (r == '-' || r == '.' || r == '\'' || r == '’' || r == '‑')
		switch {
		case inside && start < 0:
			start = i
		case !inside && start >= 0:
			return s[start:i], s[i:]
		}
	}
	if start < 0 {
		return "", ""
	}
	return s[start:], ""
}

// possessive is the length of the "'s" or "'" that ends w, 0 where none does.
func possessive(w string) int {
	for _, end := range [...]string{"'s", "’s", "'", "’"} {
		if strings.HasSuffix(w, end) {
			return len(end)
		}
	}
	return 0
}

// stem is a family name without the Arabic article before it.
func stem(w string) string {
	if len(w) > 4 && (w[0] == 'a' || w[0] == 'A' || w[0] == 'e' || w[0] == 'E') && (w[1] == 'l' || w[1] == 'L') && w[2] == '-' {
		return w[3:]
	}
	return w
}

// small reports whether w begins with a small letter.
func small(w string) bool {
	r, _ := utf8.DecodeRuneInString(w)
	return unicode.IsLower(r)
}

// capitals counts the letters of a word that has no small one, else 0.
func capitals(w string) int {
	n := 0
	for _, r := range w {
		switch {
		case unicode.IsLower(r):
			return 0
		case unicode.IsLetter(r):
			n++
		}
	}
	return n
}

// nextLetter is the first letter or digit of s, lower case and without accents,
// and what comes behind it; 0 at the end. Where "y" ends a word as "yy", "iy" or
// "ij" only the first letter of the ending counts, as y: "Zelenskyy".
func nextLetter(s string) (rune, string) {
	for s != "" {
		r, size := rune(s[0]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(s)
		}
		at := s
		s = s[size:]
		switch {
		case 'a' <= r && r <= 'z', '0' <= r && r <= '9', r == '&':
		case 'A' <= r && r <= 'Z':
			r += 'a' - 'A'
		case r < utf8.RuneSelf:
			continue
		default:
			if r = unaccented(unicode.ToLower(r)); !unicode.IsLetter(r) && !unicode.IsDigit(r) {
				continue
			}
		}
		if (r == 'y' || r == 'i') && (at[1:] == "y" || r == 'i' && at[1:] == "j") {
			return 'y', ""
		}
		return r, s
	}
	return 0, ""
}

// sameWord compares two words letter by letter, as nextLetter gives them.
func sameWord(a, b string) bool {
	for {
		var ra, rb rune
		ra, a = nextLetter(a)
		rb, b = nextLetter(b)
		if ra != rb {
			return false
		}
		if ra == 0 {
			return true
		}
	}
}

const (
	hashStart = 2166136261 // FNV-1a
	hashPrime = 16777619
)

// hashWords is the hash of words with a blank between each two.
func hashWords(words []string) uint32 {
	h := uint32(hashStart)
	for i, w := range words {
		if i > 0 {
			h = (h ^ ' ') * hashPrime
		}
		h = hashWord(h, w)
	}
	return h
}

func hashWord(h uint32, w string) uint32 {
	for r, rest := nextLetter(w); r != 0; r, rest = nextLetter(rest) {
		h = (h ^ uint32(r)) * hashPrime
	}
	return h
}

// unaccented is the plain letter under the accents of a Latin letter in lower case.
func unaccented(r rune) rune {
	const from = "àáâãäåāăąæçćĉċčďđðèéêëēĕėęěĝğġģĥħìíîïĩīĭįıĵķĺļľŀłñńņňŉòóôõöøōŏőœŕŗřśŝşšșţťŧțùúûüũūŭůűųŵýÿŷźżžß"
	const to = "aaaaaaaaaacccccdddeeeeeeeeegggghhiiiiiiiiijklllllnnnnnooooooooooorrrssssstttt" + "uuuuuuuuuuwyyyzzzs"
	if r < 'ß' || r > 'ț' {
		return r
	}
	i := 0
	for _, f := range from {
		if f == r {
			return rune(to[i])
		}
		i++
	}
	return r
}
