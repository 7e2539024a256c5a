package collation_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"synoptic/collation"
	"synoptic/internal/analysis"
	"synoptic/internal/analysis/tag"
	"synoptic/internal/analysis/token"
)

// whole says what must hold of every collation, whatever went in.
func whole(t *testing.T, c *collation.Collation) {
	t.Helper()
	for i, p := range c.Points {
		if len(p.Passages) == 0 || p.Text.Zero() || p.Origins < 1 || p.Origins > len(c.Origins) {
			t.Errorf("point %d: %+v", i, p)
		}
		if !slices.ContainsFunc(p.Passages, func(x collation.Passage) bool { return x.Cite == p.Text && !x.Near }) {
			t.Errorf("point %d: %q stands for it and is none of the passages that say it", i, c.Words(p.Text))
		}
		if (p.Status == collation.Disputed) != (len(p.Disputes) > 0) {
			t.Errorf("point %d is %s with %d disputes", i, p.Status, len(p.Disputes))
		}
		for _, d := range p.Disputes {
			if len(d.Sides) < 2 || slices.ContainsFunc(d.Sides, func(side []collation.Cite) bool { return len(side) == 0 }) {
				t.Errorf("point %d: a dispute of %d sides, or an empty one", i, len(d.Sides))
			}
		}
		if (p.Status == collation.Single) != (p.Origins == 1) { // disputed points have several
			t.Errorf("point %d is %s with %d origins", i, p.Status, p.Origins)
		}
		if i > 0 && p.Origins > c.Points[i-1].Origins {
			t.Errorf("point %d has more origins than the one before it", i)
		}
	}
	for _, o := range c.Omissions {
		if n := len(o.Present) + len(o.Absent) + len(o.Unknown); n != len(c.Accounts) {
			t.Errorf("omission of point %d tells of %d accounts of %d", o.Point, n, len(c.Accounts))
		}
		for _, x := range c.Points[o.Point].Passages {
			has, near := slices.Contains(o.Present, x.Account()), slices.Contains(o.Unknown, x.Account())
			if !has && (!x.Near || !near) {
				t.Errorf("omission of point %d: account %d has %q, which is near: %t", o.Point, x.Account(), c.Words(x.Cite), x.Near)
			}
		}
	}
	if len(c.Highlights) > 6 {
		t.Errorf("%d highlights", len(c.Highlights))
	}
	if len(c.Digest) > 0 && len(c.Digest) <= len(c.Highlights) {
		t.Errorf("%d sentences at length say no more than %d highlights", len(c.Digest), len(c.Highlights))
	}
	said := map[collation.Cite]bool{}
	for _, h := range c.Digest {
		if said[h.Text] {
			t.Errorf("%q is said twice at length", c.Words(h.Text))
		}
		said[h.Text] = true
	}
	if len(c.Leads) > len(c.Accounts) {
		t.Errorf("%d accounts open in %d ways", len(c.Accounts), len(c.Leads))
	}
	for _, p := range c.Prominence {
		if len(p.High) == 0 || len(p.Low) == 0 || c.Points[p.Point].Origins < 2 {
			t.Errorf("prominence of point %d: %+v", p.Point, p)
		}
	}
	for _, h := range slices.Concat(c.Highlights, c.Digest) {
		if !slices.Contains(h.Support, h.Text) {
			t.Errorf("%q does not support itself", c.Words(h.Text))
		}
	}
	var b bytes.Buffer
	if err := collation.Encode(&b, c, true); err != nil {
		t.Error(err)
	}
}

// agreed lists the words of the points that several origins have.
func agreed(c *collation.Collation) []string {
	var words []string
	for _, p := range c.Points {
		if p.Status != collation.Single {
			words = append(words, c.Words(p.Text))
		}
	}
	return words
}

var mill = []string{
	`Fire guts paper mill in Harwen`,
	`A fire destroyed the paper mill in Harwen on Sunday night and injured three workers, the fire service said.`,
	`About 60 firefighters fought the flames until dawn.`,
	`The mill's owner, Petra Voss, said 140 people worked there.`,
}

var millAgain = []string{
	`Three hurt as Harwen mill burns`,
	`Three workers were hurt when a blaze ripped through Harwen's paper mill late on Sunday.`,
	`Sixty firefighters battled the blaze all night.`,
	`Some 140 people are employed at the mill, according to its owner, Petra Voss.`,
}

// TestTwoEvents: what is said of one event is not found in accounts of another.
func TestTwoEvents(t *testing.T) {
	budget := []string{
		`Senate of Lorvia passes budget`,
		`The Lorvian senate passed next year's budget by 41 votes to 38 on Monday after a debate of nine hours.`,
		`Finance minister Anselm Orde said that the vote gave schools their largest rise in a decade.`,
	}
	c := collation.Collate("test", []collation.Account{
		told(t, "mill.txt", "2031-03-02", mill...),
		told(t, "blaze.txt", "2031-03-02", millAgain...),
		told(t, "budget.txt", "2031-03-02", budget...),
	}, nil)
	whole(t, c)
	if len(agreed(c)) == 0 {
		t.Error("the two accounts of the fire agree on nothing")
	}
	for _, p := range c.Points {
		for _, x := range p.Passages {
			if p.Status != collation.Single && c.Accounts[x.Account()].Place == "budget.txt" {
				t.Errorf("the budget is found in the fire: %q", c.Words(x.Cite))
			}
		}
	}
	budgetAt := slices.IndexFunc(c.Accounts, func(a collation.Account) bool { return a.Place == "budget.txt" })
	for i, a := range c.Accounts {
		if a.Apart != (i == budgetAt) {
			t.Errorf("%s is apart: %t", a.Place, a.Apart)
		}
	}
	if len(c.Omissions) == 0 {
		t.Error("nothing is said of what the account of another event lacks")
	}
	for _, o := range c.Omissions {
		if !slices.Contains(o.Unknown, budgetAt) {
			t.Errorf("the account of another event is said to leave out point %d", o.Point)
		}
	}
}

// TestTwoEventsOfTwo: accounts of another event are told apart also where they
// have points in common with each other.
func TestTwoEventsOfTwo(t *testing.T) {
	c := collation.Collate("test", []collation.Account{
		told(t, "mill.txt", "2031-03-02", mill...),
		told(t, "blaze.txt", "2031-03-02", millAgain...),
		told(t, "burnt.txt", "2031-03-02", append([]string{`Mill fire at Orse`}, mill[1:]...)...),
		told(t, "budget.txt", "2031-03-03", append([]string{`Senate of Lorvia passes budget`, `The Lorvian senate passed next year's budget by 41 votes to 38 on Monday.`}, besides[0]...)...),
		told(t, "vote.txt", "2031-03-03", append([]string{`Lorvia has a budget`, `By 41 votes to 38 the senate of Lorvia passed the budget of next year on Monday.`}, besides[1]...)...),
	}, nil)
	whole(t, c)
	for _, a := range c.Accounts {
		if other := a.Place == "budget.txt" || a.Place == "vote.txt"; a.Apart != other {
			t.Errorf("%s is apart: %t", a.Place, a.Apart)
		}
	}
}

// TestOtherLanguage: an account in another language agrees with nothing that
// cannot be compared, and is not said to leave it out.
func TestOtherLanguage(t *testing.T) {
	german := told(t, "muehle.txt", "2031-03-03",
		`Papierfabrik in Harwen abgebrannt`,
		`Ein Feuer hat am Sonntagabend die Papierfabrik in Harwen zerstört und drei Arbeiter verletzt, wie die Feuerwehr mitteilte.`)
	german.Language = "de"
	british := told(t, "blaze.txt", "2031-03-02", millAgain...)
	british.Language = "en-GB"
	c := collation.Collate("test", []collation.Account{told(t, "mill.txt", "2031-03-02", mill...), british, german}, nil)
	whole(t, c)
	for i, a := range c.Accounts {
		if c.Untold(i) != (a.Language == "de") {
			t.Errorf("what the account in %s lacks is unknown: %t", a.Language, c.Untold(i))
		}
	}
	if len(agreed(c)) == 0 || len(c.Omissions) == 0 {
		t.Fatal("the English accounts agree on nothing")
	}
	for _, o := range c.Omissions {
		if slices.Contains(o.Absent, 2) {
			t.Errorf("the German account is said to leave out %q", c.Words(c.Points[o.Point].Text))
		}
	}
}

// TestDenial: what one account says and another has denied is disputed; what
// both say is not.
func TestDenial(t *testing.T) {
	c := collation.Collate("test", []collation.Account{
		told(t, "mill.txt", "2031-03-02", append(slices.Clone(mill), `The owner had locked the mill's fire doors on Sunday night.`)...),
		told(t, "blaze.txt", "2031-03-02", append(slices.Clone(millAgain), `Petra Voss denied that the owner locked the fire doors of the mill on Sunday night.`)...),
	}, nil)
	whole(t, c)
	found := false
	for _, p := range c.Points {
		found = found || p.Status == collation.Disputed && len(p.Passages) > 1
	}
	if !found {
		t.Error("the denial goes unseen")
	}
	c = collation.Collate("test", []collation.Account{told(t, "mill.txt", "2031-03-02", mill...), told(t, "blaze.txt", "2031-03-02", millAgain...)}, nil)
	for _, p := range c.Points {
		if p.Status == collation.Disputed {
			t.Errorf("%q is disputed", c.Words(p.Text))
		}
	}
}

// TestVersions: two versions of one article are one origin, and agree on
// nothing by themselves.
func TestVersions(t *testing.T) {
	later := append(slices.Clone(mill), `Police are looking into how the fire began.`)
	c := collation.Collate("test", []collation.Account{
		told(t, "mill.txt", "2031-03-02", mill...),
		told(t, "mill-later.txt", "2031-03-03", later...),
	}, nil)
	whole(t, c)
	if len(c.Origins) != 1 || len(agreed(c)) != 0 {
		t.Errorf("%d origins agree on %q", len(c.Origins), agreed(c))
	}
}

// TestOddAccounts: lists of headlines, a live blog, one long account, another
// language, lines without words.
func TestOddAccounts(t *testing.T) {
	list := []string{`The week in headlines`}
	blog := []string{`Harwen fire: as it happened`}
	long := slices.Clone(mill)
	for i := range 80 {
		list = append(list, fmt.Sprintf(`Minister %d visits town %d`, i, i))
		blog = append(blog, fmt.Sprintf(`%02d:%02d`, 6+i/60, i%60), fmt.Sprintf(`Smoke is still rising from hall %d of the mill.`, i))
		long = append(long, fmt.Sprintf(`In %d the mill made %d tonnes of paper for the printers of the valley.`, 1900+i, 100*i))
	}
	german := told(t, "muehle.txt", "2031-03-03",
		`Papierfabrik in Harwen abgebrannt`,
		`Ein Feuer hat am Sonntagabend die Papierfabrik in Harwen zerstört und drei Arbeiter verletzt, wie die Feuerwehr mitteilte.`)
	german.Language = "de"
	odd := map[string][]collation.Account{
		"list":     {told(t, "mill.txt", "2031-03-02", mill...), told(t, "list.txt", "2031-03-02", list...)},
		"blog":     {told(t, "mill.txt", "2031-03-02", mill...), told(t, "blog.txt", "2031-03-02", blog...)},
		"long":     {told(t, "blaze.txt", "2031-03-02", millAgain...), told(t, "long.txt", "2031-03-02", long...)},
		"language": {told(t, "mill.txt", "2031-03-02", mill...), german},
		"wordless": {told(t, "a.txt", "2031-03-02", `…`, `* * *`, `—`), told(t, "b.txt", "2031-03-02", `…`, `!`, `1`)},
	}
	for name, accounts := range odd {
		t.Run(name, func(t *testing.T) {
			c := collation.Collate("test", accounts, nil)
			whole(t, c)
			if name == "long" {
				return // it tells all that the other tells, and more
			}
			for _, words := range agreed(c) {
				if words != blog[0] && words != mill[0] { // the headlines name one fire
					t.Errorf("accounts with nothing in common agree on %q", words)
				}
			}
			for _, p := range c.Points {
				if len(p.Disputes) > 0 {
					t.Errorf("%q is disputed", c.Words(p.Text))
				}
			}
		})
	}
}

// tellings are n accounts of one event of so many lines: each says some of what there is to say
// in one of several ways, and something of its own.
func tellings(tb testing.TB, n, lines int) []collation.Account {
	subjects := []string{"the harbour", "the railway", "the school", "the old bridge", "the fish market", "the hospital", "the town hall", "the ferry", "the mill", "the museum"}
	verbs := []string{"closed", "flooded", "opened", "damaged", "searched", "repaired", "evacuated", "inspected", "emptied", "guarded"}
	whens := []string{"before dawn", "on Friday morning", "after the storm", "at high tide", "within hours", "by nightfall"}
	random := rand.New(rand.NewPCG(7, 7))
	var accounts []collation.Account
	for i := range n {
		said := []string{fmt.Sprintf("Storm floods Ravel harbour, report %d", i)}
		for range lines {
			s, v := random.IntN(len(subjects)), random.IntN(len(verbs))
			said = append(said, fmt.Sprintf("Officials in Ravel said that %s was %s %s, and about %d people from ward %s had to wait.",
				subjects[s], verbs[v], whens[random.IntN(len(whens))], 10+random.IntN(90), string(rune('A'+random.IntN(26)))+strings.Repeat("x", random.IntN(4))))
		}
		accounts = append(accounts, toldBy(tb, []analysis.Pass{token.Pass, tag.Pass, tag.LemmaPass}, fmt.Sprintf("outlet-%03d.txt", i), "2031-10-09", said...))
	}
	return accounts
}

// TestManyAccounts: two hundred accounts go in, and what holds of few holds.
func TestManyAccounts(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	whole(t, collation.Collate("test", tellings(t, 200, 10), nil))
}
