package collation_test

import (
	"slices"
	"strings"
	"testing"

	"synoptic/collation"
)

// heath is two accounts: what the second has in its headline and first sentence
// the first has in its seventh paragraph.
func heath(t *testing.T) *collation.Collation {
	return collation.Collate("test", []collation.Account{
		told(t, "a.txt", "2031-08-02",
			`Summer fair opens in Telm`,
			`The summer fair of Telm opened on Saturday under a clear sky.`,
			`Bakers from the whole valley brought bread and honey cakes.`,
			`A choir of two hundred children sang on the market square.`,
			`The brass band of the fire brigade played until dusk.`,
			`Tickets for the boat race were gone within an hour.`,
			`The fair runs until the end of the month.`,
			`Police arrested the treasurer of the rowing club on Friday over missing funds.`),
		told(t, "b.txt", "2031-08-02",
			`Treasurer of rowing club arrested over missing funds`,
			`The treasurer of the rowing club was arrested by police on Friday over missing funds, its chairwoman said.`,
			`The summer fair opened on Saturday all the same.`,
			`Nobody at the boathouse wanted to speak about the matter.`,
			`Auditors had looked at the books in July, people who know the club say, and had found receipts that nobody could explain.`,
			`The treasurer has held the office for nine years and works in a savings bank.`),
	}, nil)
}

func TestLeads(t *testing.T) {
	c := heath(t)
	whole(t, c)
	var opens []string
	for _, l := range c.Leads {
		opens = append(opens, c.Words(l.Text))
	}
	want := []string{
		`The summer fair of Telm opened on Saturday under a clear sky.`,
		`The treasurer of the rowing club was arrested by police on Friday over missing funds, its chairwoman said.`,
	}
	if !slices.Equal(opens, want) {
		t.Errorf("the accounts open with %q", opens)
	}
	arrest := slices.IndexFunc(c.Points, func(p collation.Point) bool {
		return p.Origins == 2 && strings.Contains(c.Words(p.Text), "arrested")
	})
	if arrest < 0 || slices.Contains(c.Leads[0].Points, arrest) || !slices.Contains(c.Leads[1].Points, arrest) {
		t.Errorf("leads carry the points %v and %v; the arrest is %d", c.Leads[0].Points, c.Leads[1].Points, arrest)
	}
}

func TestProminence(t *testing.T) {
	c := heath(t)
	if len(c.Prominence) != 1 {
		t.Fatalf("%d points stand high in one and low in another", len(c.Prominence))
	}
	p := c.Prominence[0]
	if len(p.Low) != 1 || p.Low[0].Account() != 0 || p.Low[0].Paragraph != 7 || p.Low[0].Of != 7 {
		t.Errorf("low: %+v", p.Low)
	}
	if len(p.High) != 1 || p.High[0].Account() != 1 || p.High[0].Paragraph > 1 {
		t.Errorf("high: %+v", p.High)
	}
	swapped := collation.Collate("test", lake(t), nil)
	if len(swapped.Prominence) != 0 {
		t.Errorf("short accounts have something low: %+v", swapped.Prominence)
	}
}

// TestDigest: the digest says more than the highlights, no sentence twice, each
// with support of its own, in the order in which the accounts tell it.
func TestDigest(t *testing.T) {
	c := collation.Collate("test", tellings(t, 12, 20), nil)
	whole(t, c)
	if len(c.Digest) <= len(c.Highlights) {
		t.Fatalf("%d sentences at length, %d highlights", len(c.Digest), len(c.Highlights))
	}
}
