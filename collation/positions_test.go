package collation_test

import (
	"slices"
	"testing"

	"synoptic/collation"
)

// TestPositions: a position has who takes it; what is denied, done or asked for
// by nobody in particular is none.
func TestPositions(t *testing.T) {
	for _, test := range []struct {
		words string
		want  []string
	}{
		{"Ines Roe accused Tomas Lind of hiding the report.", []string{"Ines Roe accuses Tomas Lind"}},
		{"Tomas Lind pledged to open the bridge by June.", []string{"Tomas Lind pledges"}},
		{"Ines Roe refused the offer on Monday.", []string{"Ines Roe refuses"}},
		{"Ines Roe did not accept the offer.", nil},
		{"Tomas Lind could accept the offer.", nil},
		{"Tomas Lind committed suicide in June.", nil},
		{"Tomas Lind committed the crime, the court found.", nil},
		{"Ines Roe declined to comment.", nil},
		{"Would Tomas Lind accept the offer?", nil},
		{"The offer was rejected.", nil},
	} {
		c := collation.Collate("test", []collation.Account{
			told(t, "a.example", "2031-05-03", "News in brief", test.words),
			told(t, "b.example", "2031-05-03", "Other news", "The harbour was quiet."),
		}, nil)
		var got []string
		for _, p := range c.Positions {
			words := p.Holder + " " + p.Kind
			if p.Toward != "" {
				words += " " + p.Toward
			}
			got = append(got, words)
		}
		if !slices.Equal(got, test.want) {
			t.Errorf("%q: %q, want %q", test.words, got, test.want)
		}
	}
}

// TestPositionsBehindDateline: the place in a dateline takes no position, even
// where the parser has it for the subject.
func TestPositionsBehindDateline(t *testing.T) {
	c := collation.Collate("test", []collation.Account{
		told(t, "a.example", "2031-05-03", "News in brief", "NEW NORWICK — Actress Ines Roe, in long-awaited remarks, has accused embattled producer Tomas Lind of hiding the report."),
		told(t, "b.example", "2031-05-03", "Other news", "The harbour was quiet."),
	}, nil)
	for _, p := range c.Positions {
		if p.Holder != "Ines Roe" {
			t.Errorf("%s %s", p.Holder, p.Kind)
		}
	}
}

// TestPositionsOfNamesakes: two holders who share a surname take two positions.
func TestPositionsOfNamesakes(t *testing.T) {
	const offer = " rejected the offer of the Norwick harbour board on Monday."
	c := collation.Collate("test", []collation.Account{
		told(t, "a.example", "2031-05-03", "News in brief", "George Marlow"+offer),
		told(t, "b.example", "2031-05-03", "Other news", "Laura Marlow"+offer),
	}, nil)
	if len(c.Positions) != 2 {
		t.Errorf("%d positions: %+v", len(c.Positions), c.Positions)
	}
}
