package collation_test

import (
	"slices"
	"strings"
	"testing"

	"synoptic/collation"
)

// disputes lists what is disputed: the kind, and the words of each side.
func disputes(c *collation.Collation) []string {
	var list []string
	for _, p := range c.Points {
		for _, d := range p.Disputes {
			parts := []string{string(d.Kind)}
			for _, side := range d.Sides {
				var words []string
				for _, x := range side {
					words = append(words, c.Words(x))
				}
				parts = append(parts, strings.Join(words, " + "))
			}
			list = append(list, strings.Join(parts, " | "))
		}
	}
	return list
}

// besides is what each account tells and no other, so that what they share does
// not make them copies.
var besides = [][]string{
	{
		`Rain kept most people indoors over the weekend and the market stalls stood empty.`,
		`A new bakery has opened beside the railway station, with rye bread from its own oven.`,
		`The chess club looks for players who can travel to the northern league in autumn.`,
		`Swifts have come back to the church tower three days later than last year.`,
	},
	{
		`The public library will close at six o'clock on weekdays while its roof is mended.`,
		`Farmers hope for a dry summer after two wet harvests that spoiled much of the barley.`,
		`Pupils of the music school gave a concert for the residents of the home for the elderly.`,
		`A lorry shed its load of gravel at the crossroads and held up traffic for an hour.`,
	},
	{
		`The swimming pool has raised its prices for the first time in eleven years.`,
		`An exhibition of old maps can be seen in the foyer of the savings bank.`,
		`Volunteers planted forty lime trees along the road to the cemetery.`,
		`The volleyball team lost its last match of the season in five sets.`,
	},
}

// TestDisputes: a denial, another amount and another written date are told with
// both sides; what may have grown, what an account gives both ways, and what is
// merely worded with "not" are no dispute.
func TestDisputes(t *testing.T) {
	for _, test := range []struct {
		name   string
		a, b   []string
		kind   string
		has    [2]string // words of either side
		absent bool
	}{
		{
			name: "denied that",
			a:    []string{`Orse mayor under fire over quarry`, `The mayor of Orse sold the old quarry to his brother in March.`},
			b:    []string{`Mayor of Orse answers critics`, `The mayor of Orse denied that he had sold the old quarry to his brother in March.`},
			kind: "denial", has: [2]string{"sold the old quarry", "he had sold the old quarry"},
		},
		{
			name: "denied it",
			a:    []string{`Orse mayor under fire over quarry`, `The mayor of Orse sold the old quarry to his brother in March, the council said.`},
			b:    []string{`Council turns on mayor of Orse`, `The council said the mayor of Orse sold the old quarry to his brother in March. The mayor denied it on Friday.`},
			kind: "denial", has: [2]string{"sold the old quarry", "The mayor denied it"},
		},
		{
			name: "both deny",
			a:    []string{`Mayor speaks`, `The mayor of Orse denied that he had sold the old quarry to his brother in March.`},
			b:    []string{`Mayor of Orse answers critics`, `The mayor of Orse denied that he sold the old quarry to his brother in March.`},
			kind: "denial", absent: true,
		},
		{
			name: "another amount",
			a:    []string{`Bridge of Telm to be rebuilt`, `The council of Telm will pay 4 million crowns to rebuild the iron bridge over the Sarne.`},
			b:    []string{`Telm rebuilds bridge`, `The council of Telm will pay 7 million crowns to rebuild the iron bridge over the Sarne.`},
			kind: "figure", has: [2]string{"4 million crowns", "7 million crowns"},
		},
		{
			name: "a toll that grew",
			a:    []string{`Three dead in Telm landslide`, `Three people were killed when a landslide buried a farm near Telm on Sunday.`},
			b:    []string{`Five dead in Telm landslide`, `Five people were killed when a landslide buried a farm near Telm on Sunday.`},
			kind: "figure", absent: true,
		},
		{
			name: "another date",
			a:    []string{`Telm bridge to open`, `The iron bridge over the Sarne at Telm will open on 4 June, the council said.`},
			b:    []string{`Bridge at Telm opens soon`, `The iron bridge over the Sarne at Telm will open on 9 June, the council said.`},
			kind: "date", has: [2]string{"4 June", "9 June"},
		},
		{
			name: "so and not so",
			a:    []string{`Telm council meets`, `The minister attended the meeting of the council of Telm on Monday.`},
			b:    []string{`Council of Telm meets on bridge`, `The minister did not attend the meeting of the council of Telm on Monday.`},
			kind: "contradiction", has: [2]string{"The minister attended", "did not attend"},
		},
		{
			name: "opposed verbs",
			a:    []string{`Telm council meets`, `The ferry company Osprey Lines approved the plan for the harbour of Telm.`},
			b:    []string{`Council of Telm meets on harbour`, `The ferry company Osprey Lines rejected the plan for the harbour of Telm.`},
			kind: "contradiction", has: [2]string{"approved", "rejected"},
		},
		{
			name: "the same said the other way round",
			a:    []string{`Telm council meets`, `The ferry company Osprey Lines did not approve the plan for the harbour of Telm.`},
			b:    []string{`Council of Telm meets on harbour`, `The ferry company Osprey Lines rejected the plan for the harbour of Telm.`},
			kind: "contradiction", absent: true,
		},
		{
			name: "others",
			a:    []string{`Telm council meets`, `A spokesman for Ines Roe answered a request for comment on the harbour of Telm.`},
			b:    []string{`Council of Telm meets on harbour`, `A spokesman for Tomas Lind did not answer a request for comment on the harbour of Telm.`},
			kind: "contradiction", absent: true,
		},
		{
			name: "not before",
			a:    []string{`Osprey wins cup`, `The rowing club Osprey won the cup of Telm on Sunday.`},
			b:    []string{`Cup of Telm goes to Osprey`, `The rowing club Osprey had not won the cup of Telm since 1998.`},
			kind: "contradiction", absent: true,
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			c := collation.Collate("test", []collation.Account{
				told(t, "a.txt", "2031-05-05", append(test.a, besides[0]...)...), told(t, "b.txt", "2031-05-06", append(test.b, besides[1]...)...),
			}, nil)
			whole(t, c)
			found := slices.ContainsFunc(disputes(c), func(d string) bool {
				parts := strings.Split(d, " | ")
				return parts[0] == test.kind && strings.Contains(parts[1], test.has[0]) && strings.Contains(parts[2], test.has[1])
			})
			if found == test.absent {
				t.Errorf("found %q, want a %s with %q", disputes(c), test.kind, test.has)
			}
		})
	}
}

// TestAgainst: who says the opposite supports neither a point nor a highlight,
// and another number of one thing supports nothing.
func TestAgainst(t *testing.T) {
	c := collation.Collate("test", []collation.Account{
		told(t, "a.txt", "2031-05-05", append([]string{`Telm council meets`, `The minister did not attend the meeting of the council of Telm on Monday.`, `The repairs will cost 3 million crowns, Mayor Ines Roe told reporters.`}, besides[0]...)...),
		told(t, "b.txt", "2031-05-05", append([]string{`Council of Telm meets on bridge`, `The minister attended the meeting of the council of Telm on Monday.`, `Repairs will cost 9 million crowns, said Mayor Ines Roe.`}, besides[1]...)...),
		told(t, "c.txt", "2031-05-05", append([]string{`Telm bridge before council`, `On Monday the minister did not attend the council's meeting in Telm.`, `Mayor Ines Roe said that the repairs will cost 3 million crowns.`}, besides[2]...)...),
	}, nil)
	whole(t, c)
	for _, h := range c.Highlights {
		for _, x := range h.Support {
			words, not := c.Words(x), strings.Contains(c.Words(h.Text), "did not")
			if strings.Contains(words, "attend") && strings.Contains(words, "did not") != not || strings.Contains(c.Words(h.Text), "3 million") && strings.Contains(words, "9 million") {
				t.Errorf("%q is cited for %q", words, c.Words(h.Text))
			}
		}
	}
	for _, p := range c.Points {
		if strings.Contains(c.Words(p.Text), "attended") {
			t.Errorf("%q stands for what two of three deny", c.Words(p.Text))
		}
		for _, x := range p.Passages {
			if strings.Contains(c.Words(p.Text), "3 million") && strings.Contains(c.Words(x.Cite), "9 million") && !p.Opposed(x.Cite) {
				t.Errorf("%q supports %q", c.Words(x.Cite), c.Words(p.Text))
			}
		}
	}
}

// TestTwoDays: counts as of two days are two claims, and neither is cited for the
// other.
func TestTwoDays(t *testing.T) {
	c := collation.Collate("test", []collation.Account{
		told(t, "a.txt", "2031-05-07", append([]string{`Ferries stay in port`, `By Tuesday night, 214 sailings from Telm had been cancelled.`}, besides[0]...)...),
		told(t, "b.txt", "2031-05-08", append([]string{`Telm without ferries`, `By Thursday morning 228 sailings from Telm had been cancelled.`}, besides[1]...)...),
	}, nil)
	whole(t, c)
	for _, p := range c.Points {
		if p.Origins > 1 && strings.Contains(c.Words(p.Text), "sailings") {
			t.Errorf("%q has %d origins", c.Words(p.Text), p.Origins)
		}
	}
}

// TestRoots: what is joined to a point but says something else brings no root,
// and one office under two names is one.
func TestRoots(t *testing.T) {
	c := collation.Collate("test", []collation.Account{
		told(t, "a.txt", "2031-05-05", append([]string{`Fever in Telm`, `Ninety cases of river fever have been found in Telm since April, Lorvia's health ministry said.`}, besides[0]...)...),
		told(t, "b.txt", "2031-05-05", append([]string{`Telm fights river fever`, `The health ministry said that Telm has had ninety cases of river fever since April.`}, besides[1]...)...),
		told(t, "c.txt", "2031-05-05", append([]string{`River fever spreads`, `According to the health ministry, ninety people in Telm have caught river fever since April.`}, besides[2]...)...),
	}, nil)
	whole(t, c)
	for _, p := range c.Points {
		if p.Origins == 3 && (len(p.Roots) != 1 || p.Rooted != 1 || !p.OneRoot()) {
			t.Errorf("%q has the roots %q, %d of them", c.Words(p.Text), p.Roots, p.Rooted)
		}
	}
	if !slices.ContainsFunc(c.Points, func(p collation.Point) bool { return p.Origins == 3 && len(p.Roots) == 1 }) {
		t.Error("the three accounts agree on nothing that has a root")
	}
}

// TestOwnRoot: a point that one account gives as its own has not all from one
// source, and stands before one that has.
func TestOwnRoot(t *testing.T) {
	c := collation.Collate("test", []collation.Account{
		told(t, "a.txt", "2031-05-05", append([]string{`Fever in Telm`, `Ninety cases of river fever have been found in Telm since April, the health ministry said.`, `The bridge at Orsk was swept away by the flood on Sunday night.`}, besides[0]...)...),
		told(t, "b.txt", "2031-05-05", append([]string{`Telm fights river fever`, `The health ministry said that ninety cases of river fever were found since April in Telm.`, `The flood swept away the bridge at Orsk on Sunday night, the railway said.`}, besides[1]...)...),
	}, nil)
	whole(t, c)
	at := func(words string) int {
		return slices.IndexFunc(c.Points, func(p collation.Point) bool { return p.Origins == 2 && strings.Contains(c.Words(p.Text), words) })
	}
	bridge, fever := at("bridge"), at("cases")
	if bridge < 0 || fever < 0 {
		t.Fatal("the two accounts do not agree on the bridge and the fever")
	}
	if c.Points[bridge].OneRoot() || !c.Points[fever].OneRoot() {
		t.Errorf("one root: the bridge %v, the fever %v; want false, true", c.Points[bridge].OneRoot(), c.Points[fever].OneRoot())
	}
	if bridge > fever {
		t.Error("what two origins have from one source stands before what they have from two")
	}
}

// TestRootsOfAsides: whose words a sentence gives does not say whose claim is
// made in its relative clause.
func TestRootsOfAsides(t *testing.T) {
	c := collation.Collate("test", []collation.Account{
		told(t, "a.txt", "2031-05-05", append([]string{`Telm rebuilds`, `The flood in Telm killed 41 people in April.`}, besides[0]...)...),
		told(t, "b.txt", "2031-05-05", append([]string{`Homes for Telm`, `Some 300 homes have been built, according to the housing ministry, since the flood in Telm, which killed 41 people in April.`}, besides[1]...)...),
	}, nil)
	whole(t, c)
	at := slices.IndexFunc(c.Points, func(p collation.Point) bool { return p.Origins == 2 && strings.Contains(c.Words(p.Text), "killed 41") })
	if at < 0 {
		t.Fatal("the two accounts do not agree on the dead")
	}
	if p := c.Points[at]; len(p.Roots) > 0 {
		t.Errorf("%q has the roots %q", c.Words(p.Text), p.Roots)
	}
}

// TestRootOfOthers: who says of others what is claimed of somebody by name is no
// root of it.
func TestRootOfOthers(t *testing.T) {
	claimed := `Ana Prado withdrew her negotiators from the talks in Port Ansel.`
	for said, others := range map[string]bool{
		`The negotiators of Ana Prado left the talks in Port Ansel.`:       false,
		`We have withdrawn our negotiators from the talks in Port Ansel.`:  false,
		`The union withdrew its negotiators from the talks in Port Ansel.`: true,
		`His negotiators left the talks with Prado in Port Ansel.`:         true,
	} {
		c := collation.Collate("test", []collation.Account{
			told(t, "a.txt", "2031-05-05", `News in brief`, claimed), told(t, "b.txt", "2031-05-06", `Other news`, said),
		}, nil)
		if got := collation.OfOthers(c, 1, 0); got != others {
			t.Errorf("%s: told of others than Ana Prado: %t", said, got)
		}
	}
}
