package collation_test

import (
	"fmt"
	"slices"
	"testing"

	"synoptic/collation"
)

// heard lists the voices of one account, each with its words, those in marks, its
// place and whether it is named.
func heard(t *testing.T, lines ...string) []string {
	t.Helper()
	c := collation.Collate("test", []collation.Account{told(t, "a.txt", "2031-05-05", lines...)}, nil)
	whole(t, c)
	list := []string{}
	for _, v := range c.Voices {
		x := v.Turns[0]
		list = append(list, fmt.Sprintf("%s %d/%d %d-%d-%d %v", v.Name, x.Words, x.DirectWords, x.Lead, x.Middle, x.End, v.Named))
	}
	slices.Sort(list)
	return list
}

// TestVoices: all who speak are heard, with or without marks and names; what is
// wanted, believed or not said is no speech; a word counts for one voice.
func TestVoices(t *testing.T) {
	for _, test := range []struct {
		name  string
		lines []string
		want  []string
	}{
		{
			"in the writer's words",
			[]string{`Fever in Telm`, `Ninety cases have been found in Telm, the health ministry said.`},
			[]string{"the health ministry 7/0 1-0-0 true"},
		},
		{
			"without a name",
			[]string{`Fever in Telm`, `Two people familiar with the matter said that the wells had been closed.`},
			[]string{"Two people familiar with the matter 6/0 1-0-0 false"},
		},
		{
			"in marks and out of them",
			[]string{`Fever in Telm`, `Mayor Ana Brandt said that the town was “not prepared” for the fever.`},
			[]string{"Ana Brandt 9/2 1-0-0 true"},
		},
		{
			"within another's words",
			[]string{`Fever in Telm`, `The Telm Gazette reported that the mayor, Ana Brandt, had said that the wells would be closed for a month.`, `The fever came with the flood in April, when the river rose over the wells of the old town.`},
			[]string{"Ana Brandt 9/0 1-0-0 true", "The Telm Gazette 7/0 1-0-0 true"},
		},
		{
			"not spoken",
			[]string{`Fever in Telm`, `Ana Brandt wants the wells to be closed.`, `Otto Lind fears that the fever will spread.`, `The hospital declined to comment on the deaths.`},
			[]string{},
		},
		{
			"at the end",
			[]string{`Fever in Telm`, `The fever came with the flood in April, when the river rose over the wells of the old town.`, `Many families have left since then, and the school is closed.`, `Lorvia has seen no such fever in thirty years, and few doctors know how to treat it.`, `“We are tired,” said Ana Brandt.`},
			[]string{"Ana Brandt 3/3 0-0-1 true"},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := heard(t, test.lines...); !slices.Equal(got, test.want) {
				t.Errorf("heard %q, want %q", got, test.want)
			}
		})
	}
}

// TestVoicesOverAccounts: one party under two names is one voice.
func TestVoicesOverAccounts(t *testing.T) {
	c := collation.Collate("test", []collation.Account{
		told(t, "a.txt", "2031-05-05", `Fever in Telm`, `Ninety cases have been found in Telm, Lorvia's health ministry said.`),
		told(t, "b.txt", "2031-05-05", `Telm fights fever`, `The health ministry said that it would close the wells.`),
	}, nil)
	whole(t, c)
	if len(c.Voices) != 1 || len(c.Voices[0].Turns) != 2 {
		t.Errorf("heard %+v, want one voice in both accounts", c.Voices)
	}
}
