package collation_test

import (
	"slices"
	"strings"
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
		{"Ines Roe did not come, nor did Tomas Lind accept the offer.", nil},
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

// TestPassivePositions: who takes a position by a passive is told behind "by".
func TestPassivePositions(t *testing.T) {
	for _, test := range []struct {
		words string
		want  []string
	}{
		{"The offer was rejected by Ines Roe on Monday.", []string{"Ines Roe refuses: The offer was rejected by Ines Roe on Monday"}},
		{"The offer was drawn up by Tomas Lind and rejected by Ines Roe.", []string{"Ines Roe refuses: The offer was drawn up by Tomas Lind and rejected by Ines Roe"}},
		{"Tomas Lind was accused by Ines Roe of hiding the report.", []string{"Ines Roe accuses Tomas Lind: Tomas Lind was accused by Ines Roe of hiding the report"}},
		{"Tomas Lind was promised a ferry by Ines Roe.", []string{"Ines Roe pledges Tomas Lind: Tomas Lind was promised a ferry by Ines Roe"}},
		{"The end of an offer rejected by Ines Roe was near.", []string{"Ines Roe refuses: an offer rejected by Ines Roe"}},
		{"The offer was rejected on Monday.", nil},
		{"The offer was rejected by a wide margin.", nil},
		{"The offer was not rejected by Ines Roe.", nil},
		{"The offer would be rejected by Ines Roe.", nil},
		{"The offer will be rejected by Ines Roe.", nil},
		{"The offer is no longer rejected by Ines Roe.", nil},
		{"Any offer rejected by Ines Roe is dead.", nil},
		{"The harbour was accused by Ines Roe.", nil},
		{"Tomas Lind was denied bail by Ines Roe.", nil},
		{"Tomas Lind is wanted by Ines Roe.", nil},
		{"The crime was committed by Ines Roe.", nil},
		{"Was the offer rejected by Ines Roe?", nil},
	} {
		got := positions(t, test.words, "The harbour was quiet.")
		if !slices.Equal(got, test.want) {
			t.Errorf("%q: %q, want %q", test.words, got, test.want)
		}
	}
}

// TestDescribedHolders: a body or an office without a name takes a position where
// the story has one of it, and a group where two origins tell it of the same.
func TestDescribedHolders(t *testing.T) {
	const (
		demand = "The union demanded a rise of nine percent from the harbour board on Monday."
		offer  = "Residents rejected the harbour board's offer of a bridge on Monday."
	)
	for _, test := range []struct {
		name, first, second string
		want                []string
	}{
		{"one union", demand, "The union went home.", []string{"the union demands: " + demand[:len(demand)-1]}},
		{"its name", demand, "The Norwick Sailors Union is small. The sailors union met. The union went home.", []string{"the union demands: " + demand[:len(demand)-1]}},
		{"told by one", demand, "The harbour was quiet.", nil},
		{"two unions", demand, "The union went home. The teachers' union stayed.", nil},
		{"two numbers", demand, "The union went home. Both unions met.", nil},
		{"two names", demand, "The union went home. The Norwick Sailors Union and the Tarrow Teachers Union met.", nil},
		{"another", demand, "The union went home. Another union stayed.", nil},
		{"a union", "A union demanded a rise of nine percent on Monday.", "The union went home.", nil},
		{"its union", "Its union demanded a rise of nine percent on Monday.", "The union went home.", nil},
		{"many", offer, "Residents have refused the bridge that was on offer from the harbour board.", []string{
			"residents refuses: " + offer[:len(offer)-1] + " | Residents have refused the bridge that was on offer from the harbour board",
		}},
		{"others", offer, "Local residents have refused the bridge that was on offer from the harbour board.", nil},
		{"some", "Some r" + offer[1:], "Some residents have refused the bridge that was on offer from the harbour board.", nil},
		{"many of one", offer, "Residents went home.", nil},
		{"things", "The offer demanded a lot of patience on Monday.", "The offer was good.", nil},
	} {
		got := positions(t, test.first, test.second)
		if !slices.Equal(got, test.want) {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
}

// TestOpposedPositions: what one account tells that a holder accepts and another
// that it refuses stands against each other where it is surely the same, on the
// same day.
func TestOpposedPositions(t *testing.T) {
	for _, test := range []struct {
		name, first, second string
		opposed             bool
	}{
		{"one day", "The union accepted the ferry offer on Monday.", "The union rejected the ferry offer on Monday.", true},
		{"passive", "Ines Roe approved the ferry offer on Monday.", "The ferry offer was rejected by Ines Roe on Monday.", true},
		{"surname", "Ines Roe approved the ferry offer on Monday.", "Ines Roe spoke. Roe rejected the ferry offer on Monday.", true},
		{"told by the way", "Ines Roe accepted the ferry offer.", "Ines Roe refused the ferry offer.", true},
		{"other days", "The union accepted the ferry offer on Monday.", "The union rejected the ferry offer on Sunday.", false},
		{"one day open", "The union accepted the ferry offer on Monday.", "The union rejected the ferry offer.", false},
		{"other offers", "The union accepted the ferry offer on Monday.", "The union rejected the harbour offer on Monday.", false},
		{"more said of one", "The union accepted the offer on Monday.", "The union rejected the last offer on Monday.", false},
		{"any offer", "The union accepted an offer on Monday.", "The union rejected an offer on Monday.", false},
		{"other holders", "Ines Roe accepted the ferry offer on Monday.", "Tomas Lind rejected the ferry offer on Monday.", false},
		{"a turn", "The union first rejected the ferry offer on Monday.", "The union accepted the ferry offer on Monday.", false},
		{"both in one", "Ines Roe approved the ferry offer on Monday. Roe rejected the ferry offer on Monday.", "The ferry offer was rejected by Ines Roe on Monday.", false},
		{"feared", "Tomas Lind fears that the union rejected the ferry offer on Monday.", "The union accepted the ferry offer on Monday.", false},
		{"many", "Democrats accepted the ferry offer on Monday.", "Democrats rejected the ferry offer on Monday.", false},
		{"two unions", "The union accepted the ferry offer on Monday.", "The union rejected the ferry offer on Monday. Both unions met.", false},
	} {
		c := collation.Collate("test", []collation.Account{
			told(t, "a.example", "2031-05-06", "News in brief", test.first),
			told(t, "b.example", "2031-05-06", "Other news", test.second),
		}, nil)
		opposed := 0
		for _, p := range c.Positions {
			for _, x := range p.Opposed {
				if slices.Contains(p.Cites, x) || x.Account() == p.Cites[0].Account() {
					t.Errorf("%s: %+v stands against itself", test.name, p)
				}
				opposed++
			}
		}
		if want := map[bool]int{true: 2}[test.opposed]; opposed != want {
			t.Errorf("%s: %d words stand against others, want %d: %+v", test.name, opposed, want, c.Positions)
		}
	}
}

// positions lists those of two accounts, with their words.
func positions(t *testing.T, first, second string) (list []string) {
	c := collation.Collate("test", []collation.Account{
		told(t, "a.example", "2031-05-03", "News in brief", first),
		told(t, "b.example", "2031-05-03", "Other news", second),
	}, nil)
	for _, p := range c.Positions {
		words := p.Holder + " " + p.Kind
		if p.Toward != "" {
			words += " " + p.Toward
		}
		var cites []string
		for _, x := range p.Cites {
			cites = append(cites, x.Span().Of(c.Accounts[x.Account()].Text))
		}
		list = append(list, words+": "+strings.Join(cites, " | "))
	}
	return list
}
