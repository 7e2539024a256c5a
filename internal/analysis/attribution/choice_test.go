package attribution

import (
	"slices"
	"testing"
)

// TestBesideCues tells how the reading of a cue is seen beside that of another:
// the cue is tokens 4 and 5, its content tokens 6 to 9 and its source 3.
func TestBesideCues(t *testing.T) {
	const odds = 70
	tests := []struct {
		name string
		cue  int
		read reading
		want []float32 // holder, away, held, within, holds, clash, same, sharer
	}{
		{"apart", 20, reading{content: []tokens{{22, 30}}}, []float32{unread, 0, 0, unread, 0, unread, unread, unread}},
		{"holds it", 1, reading{content: []tokens{{2, 10}}}, []float32{odds, 1, 1, unread, 0, unread, unread, unread}},
		{"holds half of it", 1, reading{content: []tokens{{2, 8}}}, []float32{odds, 1, 0.5, unread, 0, unread, unread, unread}},
		{"held", 7, reading{content: []tokens{{8, 10}}}, []float32{unread, 0, 0, odds, 1, unread, unread, unread}},
		{"the same", 12, reading{content: []tokens{{6, 11}}}, []float32{unread, 0, 0, unread, 0, unread, odds, unread}},
		{"an end of it", 12, reading{content: []tokens{{9, 12}}}, []float32{unread, 0, 0, unread, 0, odds, unread, unread}},
		{"each in the other", 8, reading{content: []tokens{{4, 7}}}, []float32{unread, 0, 0, unread, 0, odds, unread, unread}},
		{"one source", 20, reading{source: tokens{3, 4}, content: []tokens{{22, 30}}}, []float32{unread, 0, 0, unread, 0, unread, unread, odds}},
	}
	for _, test := range tests {
		f := new(Finder)
		test.read.odds = odds
		f.readings = []reading{{source: tokens{3, 4}, content: []tokens{{6, 10}}}, test.read}
		f.weighed = []weighed{
			{cue: cue{tokens: tokens{4, 6}}, first: 0, last: 1, best: 0},
			{cue: cue{tokens: tokens{test.cue, test.cue + 1}}, first: 1, last: 2, best: 1},
		}
		r := &f.readings[0]
		if got := f.besideCues(nil, 0, r, size(r.content)); !slices.Equal(got, test.want) {
			t.Errorf("%s: %v, want %v", test.name, got, test.want)
		}
		f.weighed[1].best = -1
		if got, want := f.besideCues(nil, 0, r, size(r.content)), tests[0].want; !slices.Equal(got, want) {
			t.Errorf("%s, but unread: %v, want %v", test.name, got, want)
		}
	}
}
