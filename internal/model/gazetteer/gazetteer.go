// Package gazetteer knows names and words about names from public lists:
// countries with their people and capitals, first names and surnames, outlets
// and agencies, organisations, titles and offices. Tokens come in, as hashes of
// their normal form; the longest listed phrase at a place goes out, with the
// lists that have it.
//
// A listing is a hint, not a finding: "Jordan" is a country, a first name and a
// surname.
package gazetteer

import (
	"strings"
	"sync"

	"synoptic/internal/model"
	"synoptic/internal/model/word"
)

// Lists is a set of lists.
type Lists uint16

// The lists.
const (
	Country      Lists = 1 << iota // names of countries
	Demonym                        // peoples and their adjectives
	Place                          // capitals and other places of Phoenix
	FirstName                      // first names
	Surname                        // surnames
	Person                         // whole names of leaders and envoys
	Organisation                   // international bodies, armed groups, firms
	Outlet                         // newspapers, broadcasters, agencies
	Title                          // offices and occupations

	longer Lists = 1 << 15 // the phrase is the beginning of another
)

// Gazetteer holds phrases by hash. It is read-only and may be used by several
// goroutines at once.
type Gazetteer struct {
	phrases *word.Table
}

// start is the hash of the phrase without words.
const start = 0x2545f491

// extend is the hash of a phrase with one more word.
func extend(phrase, norm uint32) uint32 { return word.Mix(phrase*31 + norm) }

// New is the gazetteer of phrases, words between single spaces, with the lists
// that have them.
func New(phrases []string, lists []Lists) (*Gazetteer, error) {
	at := map[uint32]int{}
	var keys []uint32
	var values []uint16
	add := func(key uint32, l Lists) {
		i, ok := at[key]
		if !ok {
			i = len(keys)
			at[key] = i
			keys, values = append(keys, key), append(values, 0)
		}
		values[i] |= uint16(l)
	}
	for i, phrase := range phrases {
		words := strings.Split(phrase, " ")
		h := uint32(start)
		for k, w := range words {
			h = extend(h, word.Of(w).Norm)
			if k < len(words)-1 {
				add(h, longer)
			}
		}
		add(h, lists[i])
	}
	t, err := word.NewTable(keys, values, 1)
	return &Gazetteer{t}, err
}

// Read is the gazetteer that AddTo put into m.
func Read(m *model.Model) (*Gazetteer, error) {
	t, err := word.ReadTable(m, "phrases", 1)
	return &Gazetteer{t}, err
}

// AddTo puts the gazetteer into b.
func (g *Gazetteer) AddTo(b *model.Builder) { g.phrases.AddTo(b, "phrases") }

// Longest is how many of the tokens, given by the hashes of their normal forms,
// make up the longest phrase that begins with the first of them, and which lists
// have it; 0 tokens where none does.
func (g *Gazetteer) Longest(norm func(i int) uint32, tokens int) (int, Lists) {
	h := uint32(start)
	best, lists := 0, Lists(0)
	for i := range tokens {
		h = extend(h, norm(i))
		row := g.phrases.Find(h)
		if row == nil {
			break
		}
		l := Lists(row[0])
		if l&^longer != 0 {
			best, lists = i+1, l&^longer
		}
		if l&longer == 0 {
			break
		}
	}
	return best, lists
}

// Embedded is the gazetteer that comes with the binary, read when first asked
// for.
var Embedded = sync.OnceValues(func() (*Gazetteer, error) {
	m, err := model.Gazetteer()
	if err != nil {
		return nil, err
	}
	return Read(m)
})
