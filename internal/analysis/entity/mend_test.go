package entity

import (
	"slices"
	"strings"
	"testing"

	"synoptic/article"
	"synoptic/internal/model/gazetteer"
	"synoptic/internal/model/word"
	"synoptic/text"
)

func TestMends(t *testing.T) {
	lexicon, err := word.NewLexicon(nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	lists, err := gazetteer.New([]string{"norway"}, []gazetteer.Lists{gazetteer.Country})
	if err != nil {
		t.Fatal(err)
	}
	const person, group, place = article.Person, article.Group, article.Location
	full := Name{0, 2, person}
	tests := []struct {
		name        string
		words       string
		names, want []Name
	}{
		{"a surname alone", "Mara Ode said Ode left", []Name{full, {3, 4, group}}, []Name{full, {3, 4, person}}},
		{"before the full name", "Ode met Mara Ode", []Name{{0, 1, group}, {2, 4, person}}, []Name{{0, 1, group}, {2, 4, person}}},
		{"a place of that name", "Mara Norway left Norway", []Name{full, {3, 4, place}}, []Name{full, {3, 4, place}}},
		{"a longer name", "Mara Ode runs Ode Ferries", []Name{full, {3, 5, group}}, []Name{full, {3, 5, group}}},
		{"another word", "Mara Ode left Ilmar", []Name{full, {3, 4, place}}, []Name{full, {3, 4, place}}},
		{"twice", "MARA ODE Mara Ode met Ode Ode", []Name{{0, 4, person}, {5, 7, group}}, []Name{{2, 4, person}, {6, 7, person}}},
		{"not twice", "Ode Mara Ode left", []Name{{0, 3, person}}, []Name{{0, 3, person}}},
		{"no person", "Ode Ferries said Ferries left", []Name{{0, 2, group}, {3, 4, place}}, []Name{{0, 2, group}, {3, 4, place}}},
		{
			"far away", "Mara Ode " + strings.Repeat("rows ", nearby) + "Ode",
			[]Name{full, {nearby + 2, nearby + 3, group}},
			[]Name{full, {nearby + 2, nearby + 3, group}},
		},
	}
	for _, test := range tests {
		var s Scratch
		for _, w := range strings.Fields(test.words) {
			s.tokens = append(s.tokens, Look(lexicon, w, "NNP"))
		}
		Prepare(lists, s.tokens, []int{len(s.tokens)})
		s.names = slices.Clone(test.names)
		s.twice()
		s.surnames()
		if !slices.Equal(s.names, test.want) {
			t.Errorf("%s: %v, want %v", test.name, s.names, test.want)
		}
	}
}

func TestCutTitle(t *testing.T) {
	lexicon, err := word.NewLexicon(nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	lists, err := gazetteer.New([]string{"prime minister", "prado"}, []gazetteer.Lists{gazetteer.Title, gazetteer.Surname})
	if err != nil {
		t.Fatal(err)
	}
	var s Scratch
	for _, w := range strings.Fields("Prime Minister Ana Prado") {
		s.tokens = append(s.tokens, Look(lexicon, w, "NNP"))
	}
	Prepare(lists, s.tokens, []int{len(s.tokens)})
	for name, want := range map[Name]bool{
		{0, 1, article.Person}: true,
		{0, 2, article.Person}: false,
		{0, 4, article.Person}: false,
		{3, 4, article.Person}: false,
		{0, 1, article.Group}:  false,
	} {
		if got := s.cutTitle(name); got != want {
			t.Errorf("%v: %v, want %v", name, got, want)
		}
	}
}

func TestGiven(t *testing.T) {
	tests := []struct {
		words string // parted by spaces; ~ parts tokens that no space stands between
		last  int    // of a name that begins the words
		want  string
	}{
		{"Roe Tae~-~min left", 2, "Roe Tae-min"},
		{"Roe Tae~-~in left", 2, "Roe Tae-in"},
		{"Ines Roe~-~era laws fell", 2, "Ines Roe"},
		{"Ines Roe~-~Marl left", 2, "Ines Roe"},
		{"Ines Roe - in short - left", 2, "Ines Roe"},
		{"Ines Roe~-~supported laws fell", 2, "Ines Roe"},
		{"Roe Tae~-~In left", 3, "Roe Tae-In"},
		{"Roe Tae~-~In left", 2, "Roe Tae"},
		{"Ines Roe~-~led laws fell", 3, "Ines Roe"},
		{"Ines Roe~- left", 3, "Ines Roe"},
		{"- Roe", 1, "-"},
		{"Roe~-~min left", 1, "Roe"},
		{"Ines Roe~-", 2, "Ines Roe"},
		{"Ines Roe", 2, "Ines Roe"},
	}
	for _, test := range tests {
		body := strings.ReplaceAll(test.words, "~", "")
		var tokens []article.Token
		at := 0
		for _, w := range strings.FieldsFunc(test.words, func(r rune) bool { return r == ' ' || r == '~' }) {
			at += strings.Index(body[at:], w)
			tokens = append(tokens, article.Token{Span: text.Span{Start: at, End: at + len(w)}})
			at += len(w)
		}
		m := given(Name{0, test.last, article.Person}, body, tokens)
		got := text.Span{Start: tokens[m.First].Start, End: tokens[m.Last-1].End}.Of(body)
		if got != test.want {
			t.Errorf("%s: %q, want %q", test.words, got, test.want)
		}
	}
}
