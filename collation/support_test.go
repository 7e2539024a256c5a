package collation_test

import (
	"slices"
	"strings"
	"testing"

	"synoptic/collation"
)

// spliced is an account of seven paragraphs of its writer's own and two, those
// named by number, that are taken word for word from the second, a wire's; the
// third has the same news in other words, and quotes the same statement as the
// wire.
func spliced(t *testing.T, first, second int) *collation.Collation {
	t.Helper()
	wire := []string{
		`A cargo train ran into a herd of cattle near Brenlow on Thursday and left the rails, the railway of the province said.`,
		`Nine wagons loaded with fertiliser lie in the river Ansa, from which four towns further down draw their drinking water.`,
		`“Nobody should drink from the tap until we have looked at the water twice,” said the head of the water board, Pia Holm.`,
		`The driver braked when he saw the animals behind a bend, but with two thousand tonnes behind him he could not stop in time.`,
		`It will take cranes from the port until Sunday to lift the wagons, and longer to mend the bridge and the rails.`,
	}
	return collation.Collate("test", []collation.Account{
		told(t, "echo.txt", "2031-09-05", slices.Concat([]string{`Brenlow without water`}, besides[0], []string{wire[first], wire[second]}, besides[1][:3])...),
		told(t, "wire.txt", "2031-09-04", slices.Concat([]string{`Cargo train derails near Brenlow`}, wire, besides[2])...),
		told(t, "star.txt", "2031-09-06",
			`Train in the river`,
			`Near Brenlow a cargo train that had hit cattle left the rails on Thursday.`,
			`“Nobody should drink from the tap until we have looked at the water twice,” Pia Holm of the water board told the Star.`),
	}, nil)
}

// TestCopiedSupport: what a writer has spliced in from a wire is no second
// origin of what the wire says; what a third says in other words is.
func TestCopiedSupport(t *testing.T) {
	c := spliced(t, 0, 1)
	whole(t, c)
	if len(c.Origins) != 3 {
		t.Fatalf("%d origins", len(c.Origins))
	}
	for _, test := range []struct {
		words    string
		accounts int
		origins  int
		status   collation.Status
	}{
		{"Nine wagons loaded with fertiliser", 2, 1, collation.Single},
		{"left the rails", 3, 2, collation.Agreed},
		{"Nobody should drink from the tap", 2, 2, collation.Agreed},
	} {
		at := slices.IndexFunc(c.Points, func(p collation.Point) bool {
			return slices.ContainsFunc(p.Passages, func(x collation.Passage) bool { return strings.Contains(c.Words(x.Cite), test.words) })
		})
		if at < 0 {
			t.Errorf("no point has %q", test.words)
			continue
		}
		p := c.Points[at]
		var accounts []int
		for _, x := range p.Passages {
			if !slices.Contains(accounts, x.Account()) {
				accounts = append(accounts, x.Account())
			}
		}
		if len(accounts) != test.accounts || p.Origins != test.origins || p.Status != test.status {
			t.Errorf("%q: %d accounts, %d origins, %s; want %d, %d, %s", test.words, len(accounts), p.Origins, p.Status, test.accounts, test.origins, test.status)
		}
		for _, o := range c.Omissions {
			if o.Point == at && test.status == collation.Single {
				t.Errorf("%q is told to be left out", test.words)
			}
		}
	}
	for _, h := range append(slices.Clone(c.Highlights), c.Digest...) {
		if h.Origins > 2 {
			t.Errorf("%q is told to have %d origins", c.Words(h.Text), h.Origins)
		}
	}
}

// TestCopiedNotApart: who shares nothing with the others but copied sentences
// tells the same event.
func TestCopiedNotApart(t *testing.T) {
	for _, a := range spliced(t, 1, 3).Accounts {
		if a.Apart {
			t.Errorf("%s is told to stand apart", a.Place)
		}
	}
}

// TestOwnWordsBesideCopy: two accounts that share a sentence and also say it in
// words of their own, in running text, are two origins of it.
func TestOwnWordsBesideCopy(t *testing.T) {
	copied := `Nine wagons loaded with fertiliser lie in the river Ansa near Brenlow, the railway of the province said on Thursday.`
	both := func(own bool) int {
		a := []string{`Wagons in the Ansa`, copied}
		b := []string{`Brenlow: wagons with fertiliser in river`, copied}
		if own {
			a = append(a, `The railway said the nine wagons that lie in the river Ansa near Brenlow were loaded with fertiliser.`)
			b = append(b, `Nine wagons that were loaded with fertiliser are lying in the river Ansa near Brenlow, said the railway.`)
		}
		c := collation.Collate("test", []collation.Account{
			told(t, "a.txt", "2031-09-05", append(a, besides[0]...)...), told(t, "b.txt", "2031-09-06", append(b, besides[1]...)...),
		}, nil)
		if len(c.Origins) != 2 {
			t.Fatalf("%d origins", len(c.Origins))
		}
		most := 0
		for _, p := range c.Points {
			if strings.Contains(c.Words(p.Text), "wagons") {
				most = max(most, p.Origins)
			}
		}
		return most
	}
	if got := both(false); got != 1 {
		t.Errorf("a sentence that is copied has %d origins, whatever its headlines", got)
	}
	if got := both(true); got != 2 {
		t.Errorf("%d origins where both say it in their own words too", got)
	}
}

// TestDisputedCopy: of a copy in which one account has another date each is an
// origin of its own, and the point stands before those of one origin.
func TestDisputedCopy(t *testing.T) {
	shared := `Divers of the fire brigade recovered a church bell from the harbour of Brenlow.`
	c := collation.Collate("test", []collation.Account{
		told(t, "a.txt", "2031-05-05", append([]string{`News from the coast`, shared, `The iron bridge over the Sarne at Telm will open on 4 June, the council said.`}, besides[0]...)...),
		told(t, "b.txt", "2031-05-06", append([]string{`Short and mixed`, shared, `The iron bridge over the Sarne at Telm will open on 9 June, the council said.`}, besides[1]...)...),
		told(t, "c.txt", "2031-05-06", append([]string{`Briefly noted`, shared}, besides[2]...)...),
	}, nil)
	whole(t, c)
	if len(c.Origins) != 3 {
		t.Fatalf("%d origins", len(c.Origins))
	}
	if p := c.Points[0]; p.Status != collation.Disputed || p.Origins != 2 {
		t.Errorf("%q comes first, %s with %d origins", c.Words(p.Text), p.Status, p.Origins)
	}
}
