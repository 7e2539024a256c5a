package collation

import (
	"strings"
	"sync"
)

// quarter is the quarters of the compass that a sentence names, a bit each.
type quarter uint8

// compass is the quarters that a stem names.
var compass = sync.OnceValue(func() map[string]quarter {
	v := newVocabulary()
	table := map[string]quarter{}
	for word, q := range map[string]quarter{"north": 1, "south": 2, "east": 4, "west": 8, "northeast": 5, "northwest": 9, "southeast": 6, "southwest": 10} {
		for _, end := range []string{"", "ern"} {
			table[strings.Clone(v.stem(word+end))] = q
		}
	}
	return table
})

// quartersOf are those that the words around a figure name.
func quartersOf(words []nearby) (q quarter) {
	for i := range words {
		q |= compass()[words[i].stem]
	}
	return q
}

// apart reports whether both name quarters and none of them both.
func (q quarter) apart(p quarter) bool { return q != 0 && p != 0 && q&p == 0 }
