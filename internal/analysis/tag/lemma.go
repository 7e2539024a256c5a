package tag

import (
	"fmt"
	"strconv"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"synoptic/article"
	"synoptic/internal/analysis"
	"synoptic/internal/model"
	"synoptic/internal/model/word"
)

// LemmaPass gives tokens their dictionary forms.
var LemmaPass = analysis.Pass{
	Name:     "lemma",
	Doc:      "dictionary forms",
	Language: "en",
	Needs:    article.Sentences | article.Tokens | article.Tags,
	Gives:    article.Lemmas,
	Run:      runLemmas,
}

var embeddedLemmas = sync.OnceValues(func() (*Lemmas, error) {
	lexicon, err := word.Embedded()
	if err != nil {
		return nil, err
	}
	m, err := model.Lemma()
	if err != nil {
		return nil, err
	}
	return ReadLemmas(m, lexicon)
})

func runLemmas(a *article.Article, n *article.Analysis) error {
	l, err := embeddedLemmas()
	if err != nil {
		return err
	}
	// The lemmas stand end to end in one string.
	b := make([]byte, 0, len(a.Text))
	ends := make([]int, 0, len(n.Tokens))
	for _, sentence := range n.Sentences {
		for i := sentence.First; i < sentence.Last; i++ {
			t := &n.Tokens[i]
			b = l.Append(b, t.Of(a.Text), t.XTag, i == sentence.First)
			ends = append(ends, len(b))
		}
	}
	all, start := string(b), 0
	for i, end := range ends {
		n.Tokens[i].Lemma = all[start:end]
		start = end
	}
	return nil
}

// Lemmas finds dictionary forms by two questions, each answered by the longest
// known ending of the word that carries its tag, the whole word being the
// longest: how the ending changes, and which letters are capitals. Unknown words
// so follow the words that look most like them.
type Lemmas struct {
	lexicon *word.Lexicon
	changes *word.Table // to an index into edits
	cases   *word.Table // to a letterCase
	edits   []edit
	tags    map[string]uint32
}

// edit is how a form becomes its lemma: drop bytes from the end, then add.
type edit struct {
	drop int
	add  string
}

// LetterCase says which letters of a lemma are capitals.
type LetterCase uint16

// The cases.
const (
	Small    LetterCase = iota // none
	Kept                       // those of the form
	Capital                    // the first
	Capitals                   // all
)

// ReadLemmas is the lemmas that cmd/train put into m.
func ReadLemmas(m *model.Model, lexicon *word.Lexicon) (*Lemmas, error) {
	edits, tags := m.Strings("edits"), m.Strings("tags")
	changes, err := word.ReadTable(m, "changes", 1)
	if err != nil {
		return nil, err
	}
	cases, err := word.ReadTable(m, "cases", 1)
	if err != nil {
		return nil, err
	}
	l := &Lemmas{lexicon: lexicon, changes: changes, cases: cases, tags: map[string]uint32{}}
	for i := range edits.Len() {
		drop, add, _ := strings.Cut(edits.At(i), " ")
		n, err := strconv.Atoi(drop)
		if err != nil {
			return nil, fmt.Errorf("tag: edit %q: %w", edits.At(i), err)
		}
		l.edits = append(l.edits, edit{n, add})
	}
	if len(l.edits) == 0 {
		return nil, fmt.Errorf("tag: lemmas without edits")
	}
	for i := range tags.Len() {
		l.tags[tags.At(i)] = uint32(i + 1)
	}
	return l, nil
}

// endings is the longest ending, in bytes, that stands for other words too; the
// next key is the whole word's.
const endings = 6

// Endings appends to keys one for each ending of lower, a form in small letters,
// under root: of no letter first, of the whole word last.
func Endings(keys []uint32, lower []byte, root uint32) []uint32 {
	h := word.Mix(root*2 + 1)
	keys = append(keys, word.Mix(h))
	for i := len(lower) - 1; i >= 0; i-- {
		h = (h ^ uint32(lower[i])) * 16777619
		if len(lower)-i <= endings {
			keys = append(keys, word.Mix(h))
		}
	}
	return append(keys, word.Mix(h^0x5bd1e995))
}

// ChangeRoot and CaseRoot are the roots of the two questions for a form under
// the Penn tag with a number; first is whether it begins a sentence.
func ChangeRoot(tag uint32) uint32 { return tag << 3 }

// CaseRoot asks apart for forms with no capital, with the first letter one at
// the beginning of a sentence and inside of it, and for capitals throughout, of
// a few letters (most are acronyms) and of more.
func CaseRoot(tag uint32, form string, first bool) uint32 {
	manner := uint32(2)
	r, n := utf8.DecodeRuneInString(form)
	switch {
	case !unicode.IsUpper(r):
		manner = 1
	case len(form) > n && strings.ToUpper(form) == form && len(form) <= 4:
		manner = 4
	case len(form) > n && strings.ToUpper(form) == form:
		manner = 5
	case !first:
		manner = 3
	}
	return tag<<3 | manner
}

// Append appends to b the lemma of form under a Penn Treebank tag; first is
// whether the form begins a sentence.
func (l *Lemmas) Append(b []byte, form, penn string, first bool) []byte {
	start := len(b)
	for _, r := range form {
		b = utf8.AppendRune(b, unicode.ToLower(r))
	}
	var memory [endings + 2]uint32
	tag := l.tags[penn]
	keys := Endings(memory[:0], b[start:], ChangeRoot(tag))
	change := l.change(keys, b[start:])
	keys = Endings(memory[:0], b[start:], CaseRoot(tag, form, first))
	letters := Small
	for i := len(keys) - 1; i >= 0; i-- {
		if row := l.cases.Find(keys[i]); row != nil {
			letters = LetterCase(row[0])
			break
		}
	}
	stem := max(len(b)-change.drop, start)
	for stem < len(b) && stem > start && !utf8.RuneStart(b[stem]) {
		stem-- // the ending is cut by bytes, the letter before it may be longer
	}
	if letters == Kept && len(form) == len(b)-start {
		copy(b[start:], form)
	}
	if stem == start && change.add == "" {
		return append(b[:start], strings.ToValidUTF8(form, "\uFFFD")...) // an edit for longer words
	}
	b = append(b[:stem], change.add...)
	switch letters {
	case Capital:
		b = raise(b, start, 1)
	case Capitals:
		b = raise(b, start, len(b))
	}
	return b
}

// change is the edit of the longest ending. An ending speaks for words it was
// not fitted on, so where what it makes is no word that the lexicon knows, the
// longest ending that makes a known one is heard instead.
func (l *Lemmas) change(keys []uint32, lower []byte) edit {
	best := edit{}
	for i := len(keys) - 1; i >= 0; i-- {
		row := l.changes.Find(keys[i])
		if row == nil {
			continue
		}
		e := l.edits[int(row[0])%len(l.edits)]
		if i == len(keys)-1 || e.drop < len(lower) && l.lexicon.Knows(lower[:len(lower)-e.drop], e.add) {
			return e
		}
		if best == (edit{}) {
			best = e
		}
	}
	return best
}

// raise turns the first count letters of b[start:] into capitals.
func raise(b []byte, start, count int) []byte {
	if count == 1 && b[start] < utf8.RuneSelf {
		if 'a' <= b[start] && b[start] <= 'z' {
			b[start] -= 'a' - 'A'
		}
		return b
	}
	letters := []rune(string(b[start:]))
	for i := range min(count, len(letters)) {
		letters[i] = unicode.ToUpper(letters[i])
	}
	return append(b[:start], string(letters)...)
}
