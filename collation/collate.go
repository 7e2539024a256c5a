package collation

import (
	"cmp"
	"slices"

	"synoptic/article"
	"synoptic/story"
	"synoptic/text"
)

// Collate lays accounts of one story side by side. The order of accounts does
// not matter: they are put in order of publication. Each must have passed
// article.Check and Analysis.Check.
func Collate(engine string, accounts []Account, problems []Problem) *Collation {
	c := &Collation{Engine: engine, Accounts: slices.Clone(accounts), Problems: slices.Clone(problems)}
	slices.SortFunc(c.Accounts, byPublication)
	slices.SortFunc(c.Problems, func(a, b Problem) int {
		return cmp.Or(cmp.Compare(a.Place, b.Place), cmp.Compare(a.Err.Error(), b.Err.Error()))
	})
	articles := make([]*article.Article, len(c.Accounts))
	for i, a := range c.Accounts {
		articles[i] = a.Article
	}
	c.Origins = story.Origins(articles)
	for i, o := range c.Origins {
		for _, k := range o.Articles {
			c.Accounts[k].Origin = i
		}
	}
	c.copies = story.NewCopies(articles, c.Origins, inMarks(c.Accounts))
	c.Language = commonest(c.Accounts)

	t := c.telling()
	c.Points = c.points(t)
	c.apart()
	c.Figures = c.figures(t)
	c.disputes(t)
	c.rank(t)
	c.Title = c.title(t)
	c.Highlights = c.highlights(t)
	c.Digest = c.digest(t)
	c.Quotes = c.quotes(t)
	c.Voices = c.voices(t)
	c.Naming = c.naming()
	c.Wording = c.wording()
	c.Positions = c.positions(t)
	c.Omissions = c.omissions(t)
	c.Leads = c.leads(t)
	c.Prominence = c.prominence(t)
	c.Timeline = c.timeline()
	return c
}

// inMarks is what each account has in quotation marks of any kind.
func inMarks(accounts []Account) [][]text.Span {
	quotes := make([][]text.Span, len(accounts))
	for i, a := range accounts {
		for _, t := range a.Analysis.Attributions {
			quotes[i] = append(quotes[i], t.Quoted...)
		}
	}
	return quotes
}

// apart marks the accounts that may tell another event: of the sets of accounts
// that hang together by points of several origins, those in all but the largest,
// of equals the one with the earliest account. Where no point is shared nothing
// tells which.
func (c *Collation) apart() {
	set := newSets(len(c.Accounts))
	for i := range set {
		for k := range i {
			if c.Accounts[k].Origin == c.Accounts[i].Origin {
				set.join(k, i)
			}
		}
	}
	shared := false
	for _, p := range c.Points {
		if c.withinOrigin(p.Passages) {
			continue
		}
		shared = true
		for _, x := range p.Passages[1:] {
			set.join(p.Passages[0].account, x.account)
		}
	}
	size := make([]int, len(set))
	for i := range set {
		size[set.of(i)]++
	}
	largest := slices.Index(size, slices.Max(append(size, 0)))
	for i := range c.Accounts {
		c.Accounts[i].Apart = shared && set.of(i) != largest
	}
}

func byPublication(a, b Account) int {
	return cmp.Or(
		a.Published.Compare(b.Published),
		cmp.Compare(a.Address, b.Address),
		cmp.Compare(a.Place, b.Place),
		slices.Compare(a.SHA256[:], b.SHA256[:]),
	)
}

// commonest is the tag that most accounts have, of those in the language that
// most accounts are in.
func commonest(accounts []Account) string {
	tags, languages := map[string]int{}, map[string]int{}
	for _, a := range accounts {
		tags[a.Language]++
		languages[primary(a.Language)]++
	}
	best := ""
	for tag := range tags {
		if d := cmp.Or(
			cmp.Compare(languages[primary(tag)], languages[primary(best)]),
			cmp.Compare(tags[tag], tags[best]),
			cmp.Compare(best, tag),
		); d > 0 {
			best = tag
		}
	}
	return best
}

// cite makes a cite of a span that the engine itself made from the account's
// spans; one that is no cite is a bug of the caller.
func (c *Collation) cite(account int, span text.Span) Cite {
	cite, err := c.NewCite(account, span)
	if err != nil {
		panic(err)
	}
	return cite
}

func compareCites(a, b Cite) int {
	return cmp.Or(cmp.Compare(a.account, b.account), a.span.Compare(b.span))
}
