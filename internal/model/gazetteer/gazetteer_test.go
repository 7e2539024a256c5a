package gazetteer

import (
	"strings"
	"testing"

	"synoptic/internal/model/word"
)

func longest(g *Gazetteer, phrase string) (int, Lists) {
	words := strings.Fields(phrase)
	return g.Longest(func(i int) uint32 { return word.Of(words[i]).Norm }, len(words))
}

func TestLongest(t *testing.T) {
	g, err := New(
		[]string{"ilmar", "ilmar bay", "ilmar bay ferry company", "prado", "ilmar"},
		[]Lists{FirstName, Place, Organisation, Surname, Surname},
	)
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		phrase string
		n      int
		lists  Lists
	}{
		{"Ilmar said", 1, FirstName | Surname},
		{"Ilmar Bay", 2, Place},
		{"ILMAR BAY FERRY", 2, Place}, // the longer phrase is not all there
		{"Ilmar Bay Ferry Company said", 4, Organisation},
		{"Prado", 1, Surname},
		{"Bay", 0, 0},
		{"", 0, 0},
	}
	for _, test := range tests {
		if n, lists := longest(g, test.phrase); n != test.n || lists != test.lists {
			t.Errorf("%q: %d tokens, lists %b; want %d, %b", test.phrase, n, lists, test.n, test.lists)
		}
	}
}

func TestEmbedded(t *testing.T) {
	g, err := Embedded()
	if err != nil {
		t.Fatal(err)
	}
	for phrase, list := range map[string]Lists{
		"Norway":         Country,
		"New Zealand":    Country,
		"Norwegian":      Demonym,
		"Oslo":           Place,
		"Ingrid":         FirstName,
		"Hansen":         Surname,
		"Prime Minister": Title,
		"NATO":           Organisation,
		"The Guardian":   Outlet,
	} {
		if n, lists := longest(g, phrase); n != len(strings.Fields(phrase)) || lists&list == 0 {
			t.Errorf("%q: %d tokens, lists %b, want %b", phrase, n, lists, list)
		}
	}
}
