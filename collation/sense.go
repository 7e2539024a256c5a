package collation

import (
	_ "embed"
	"strings"
	"sync"
)

// sensesText lists words that news uses for one another, a group a line.
//
//go:embed senses.txt
var sensesText string

// senses maps the stem of a word to the groups that it stands in.
var senses = sync.OnceValue(func() map[string][]int32 {
	v := newVocabulary()
	table := map[string][]int32{}
	group := int32(0)
	for line := range strings.Lines(sensesText) {
		line, _, _ = strings.Cut(line, "#")
		words := strings.Fields(line)
		if len(words) < 2 {
			continue
		}
		for _, w := range words {
			stem := v.stem(w)
			if in := table[stem]; len(in) == 0 || in[len(in)-1] != group {
				table[strings.Clone(stem)] = append(in, group)
			}
		}
		group++
	}
	return table
})

// shareSense reports whether two stems are the same or stand in one group.
func shareSense(a, b string) bool {
	if a == b {
		return a != ""
	}
	for _, x := range senses()[a] {
		for _, y := range senses()[b] {
			if x == y {
				return true
			}
		}
	}
	return false
}
