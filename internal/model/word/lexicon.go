package word

import (
	"sync"

	"synoptic/internal/model"
)

// Entry is what raw text and a coarse tagging of it tell about a word. The zero
// value is a word that was not seen often enough.
type Entry struct {
	Fine   uint16 // cluster, of many
	Coarse uint16 // cluster, of few
	Class  uint16 // which parts of speech it takes, most frequent first
	Case   uint16 // how often it stands with a capital inside a sentence, in steps of a quarter, from 1
}

// Word is all that is known of one token.
type Word struct {
	Form
	Entry
}

// Lexicon maps words to entries, by their Norm.
type Lexicon struct {
	table *Table
}

// NewLexicon is the lexicon in which words[i] has entries[i].
func NewLexicon(words []uint32, entries []Entry) (*Lexicon, error) {
	var values []uint16
	for _, e := range entries {
		values = append(values, e.Fine, e.Coarse, e.Class, e.Case)
	}
	t, err := NewTable(words, values, 4)
	return &Lexicon{t}, err
}

// ReadLexicon is the lexicon that AddTo put into m.
func ReadLexicon(m *model.Model) (*Lexicon, error) {
	t, err := ReadTable(m, "words", 4)
	return &Lexicon{t}, err
}

// AddTo puts the lexicon into b.
func (l *Lexicon) AddTo(b *model.Builder) { l.table.AddTo(b, "words") }

// Look is the word for the letters s.
func (l *Lexicon) Look(s string) Word {
	w := Word{Form: Of(s)}
	if row := l.table.Find(w.Norm); row != nil {
		w.Entry = Entry{Fine: row[0], Coarse: row[1], Class: row[2], Case: row[3]}
	}
	return w
}

// Knows reports whether the lexicon has the word that stem and ending make, both
// in small letters.
func (l *Lexicon) Knows(stem []byte, ending string) bool {
	var memory [longest]byte
	return l.table.Find(Of(string(append(append(memory[:0], stem...), ending...))).Norm) != nil
}

// Embedded is the lexicon that comes with the binary, read when first asked for.
var Embedded = sync.OnceValues(func() (*Lexicon, error) {
	m, err := model.Words()
	if err != nil {
		return nil, err
	}
	return ReadLexicon(m)
})
