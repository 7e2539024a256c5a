package entity

import "synoptic/internal/model/word"

// Register is the kind of writing a text is. Annotators of different kinds drew
// names in different ways, and writers use capitals in different ways, so each
// register has weights of its own.
type Register uint8

// The registers.
const (
	News Register = iota // as agencies write
	Web                  // as people write elsewhere, also in columns and portraits
)

var registers = [...]string{"news", "web"}

// String is the register in lower case.
func (r Register) String() string { return registers[r] }

// RegisterFeatures appends to to the hashes of what tells registers apart in one
// sentence: its words and shapes, never a name.
func RegisterFeatures(to []uint32, tokens []Token) []uint32 {
	const question = 1 << 12
	for i := range tokens {
		t := &tokens[i]
		if t.Flags&word.Initial == 0 || i == 0 {
			to = append(to, word.Key(question, t.Norm))
		}
		if i > 0 && t.Flags&word.Initial == 0 && tokens[i-1].Flags&word.Initial == 0 {
			to = append(to, word.Key(question+1, word.Pair(tokens[i-1].Norm, t.Norm)))
		}
		to = append(to, word.Key(question+2, t.Shape))
	}
	if n := len(tokens); n > 0 {
		to = append(to,
			word.Key(question+3, tokens[0].Shape),
			word.Key(question+4, tokens[n-1].Norm),
			word.Key(question+5, style(tokens)),
			word.Key(question+6, uint32(min(n/5, 8))))
	}
	return to
}
