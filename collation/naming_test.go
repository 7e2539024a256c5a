package collation_test

import (
	"slices"
	"testing"

	"synoptic/collation"
)

// TestDescriptions: what an account calls somebody without the name is a label
// where the words themselves say whom it means.
func TestDescriptions(t *testing.T) {
	for _, test := range []struct{ words, label string }{
		{"The board's envoy, Ines Roe, went to Norwick.", "The board's envoy"},
		{"Talks with Norwick's mayor, Professor Ines Roe, went on.", "Norwick's mayor"},
		{"Harbour envoy Ines Roe went to Norwick. The harbour envoy returned on Monday.", "The harbour envoy"},
		{"Ines Roe is the board's new envoy.", "the board's new envoy"},
		{"Ines Roe, who is the board's new envoy, went to Norwick.", "the board's new envoy"},
		{"Envoy Ines Roe went to Norwick. The envoy returned on Monday.", ""},                         // a bare noun
		{"Envoy Ines Roe went to Norwick. The harbour envoy returned on Monday.", ""},                 // may be another
		{"Harbour envoy Ines Roe went to Norwick. The former harbour envoy returned on Monday.", ""},  // is another
		{"Harbour envoy Ines Roe went to Norwick. “The harbour envoy is gone,” said Tomas Lind.", ""}, // Lind's words
		{"Ines Roe is not the board's new envoy.", ""},
		{"Ines Roe may be the board's new envoy.", ""},
		{"Tomas Lind says that Ines Roe is the best envoy of the year.", ""},                                    // Lind says so
		{"Her friend, Ines Roe, went to Norwick.", ""},                                                          // whose, is not said
		{"A friend of Tomas Lind, Ines Roe, went to Norwick.", ""},                                              // indefinite
		{"Ines Roe is the only envoy to walk to Norwick.", ""},                                                  // cut
		{"The Norwick Ferry Board met Ines Roe. The ferry board was pleased.", ""},                              // the name's own words
		{"The same envoy, Ines Roe, went to Norwick.", ""},                                                      // says nothing
		{"The board sent its envoy to Ines Roe. The mayor's envoy went to Norwick with the board's money.", ""}, // nobody's
	} {
		c := collation.Collate("test", []collation.Account{
			told(t, "a.example", "2031-05-03", "News in brief", test.words),
			told(t, "b.example", "2031-05-03", "Other news", "Ines Roe spoke for an hour. The Norwick Ferry Board listened."),
		}, nil)
		var got []string
		for _, n := range c.Naming {
			for _, l := range n.Labels {
				if l.Text != "Ines Roe" && l.Text != "Norwick Ferry Board" && l.Text != "Harbour envoy Ines Roe" && l.Text != "Envoy Ines Roe" && l.Text != "Professor Ines Roe" {
					got = append(got, l.Text)
				}
			}
		}
		if want := []string{test.label}; test.label == "" && len(got) > 0 || test.label != "" && !slices.Equal(got, want) {
			t.Errorf("%q: %q, want %q", test.words, got, test.label)
		}
	}
}

// TestBesideName: what stands right before a name and is a name itself does not
// describe it.
func TestBesideName(t *testing.T) {
	c := collation.Collate("test", []collation.Account{
		told(t, "a.example", "2031-05-03", "News in brief", "US special envoy to the Middle East Peter Lind said talks were over. Norwick's mayor, Peter Lind, went home."),
		told(t, "b.example", "2031-05-03", "Other news", "Peter Lind spoke for an hour."),
	}, nil)
	var got []string
	for _, n := range c.Naming {
		for _, l := range n.Labels {
			got = append(got, l.Text)
		}
	}
	if want := []string{"Peter Lind", "Norwick's mayor"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

// TestTitleInName: a company that has a title in its name keeps it, and two offices
// of one kind are two.
func TestTitleInName(t *testing.T) {
	c := collation.Collate("test", []collation.Account{
		told(t, "a.example", "2031-05-03", "News in brief", "The Envoy Air Company, a small firm from Norwick, flew on Monday. The Interior Ministry of Arel said so."),
		told(t, "b.example", "2031-05-03", "Other news", "The Envoy Air Company flew on Monday. The Foreign Ministry of Arel said so."),
	}, nil)
	for _, n := range c.Naming {
		if n.Entity != "Envoy Air Company" {
			t.Errorf("a row of %s", n.Entity)
		}
	}
	if len(c.Naming) != 1 {
		t.Errorf("%d rows, want that of the company", len(c.Naming))
	}
}
