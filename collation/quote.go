package collation

import (
	"cmp"
	"slices"
	"strings"

	"synoptic/article"
	"synoptic/text"
)

// utterance is one quotation of one account, on its way to a row.
type utterance struct {
	variant Variant
	words   []word
	role    string
	after   bool      // goes on with the utterance before it in the same account
	owned   ownership // how surely the words are the speaker's own
}

// quotes lays the quotations of the accounts in rows, one an utterance.
func (c *Collation) quotes(t *telling) []Quote {
	all := c.utterances()
	joined := newSets(len(all))
	for i := range all {
		if all[i].after {
			joined.join(i-1, i)
		}
	}
	for _, p := range candidates(all) {
		if sameUtterance(t, &all[p[0]], &all[p[1]]) {
			joined.join(p[0], p[1])
		}
	}
	var order []int
	rows := map[int][]utterance{}
	for i := range all {
		r := joined.of(i)
		if rows[r] == nil {
			order = append(order, r)
		}
		rows[r] = append(rows[r], all[i])
	}
	quotes := make([]Quote, 0, len(order))
	for _, r := range order {
		quotes = append(quotes, c.quoteRow(rows[r]))
	}
	c.paraphrases(t, quotes)
	slices.SortStableFunc(quotes, func(a, b Quote) int {
		_, x := c.support(cites(a.Variants))
		_, y := c.support(cites(b.Variants))
		return cmp.Or(cmp.Compare(y, x), compareCites(a.Variants[0].Cite, b.Variants[0].Cite))
	})
	return quotes
}

func cites(variants []Variant) []Cite {
	list := make([]Cite, len(variants))
	for i, v := range variants {
		list[i] = v.Cite
	}
	return list
}

// utterances lists what stands in quotation marks, by account and place.
func (c *Collation) utterances() []utterance {
	var all []utterance
	for i, a := range c.Accounts {
		first := len(all)
		for _, t := range a.Analysis.Attributions {
			for k, s := range t.Quoted {
				v := Variant{
					Cite: c.cite(i, s), Kind: t.Kind,
					Speaker: Source{Name: t.Source.Name, Span: t.Source.Span},
				}
				if !t.Cue.Empty() {
					v.Cue = c.cite(i, t.Cue)
				}
				all = append(all, utterance{variant: v, words: said(a.Text, s), role: t.Source.Role, after: k > 0, owned: owned(a, t)})
			}
		}
		slices.SortStableFunc(all[first:], func(x, y utterance) int {
			return cmp.Or(compareCites(x.variant.Cite, y.variant.Cite), cmp.Compare(y.owned, x.owned))
		})
		all = append(all[:first], outermost(all[first:])...)
		for k := first + 1; k < len(all); k++ {
			all[k].after = all[k].after || goesOn(a.Article, all[k-1].variant, all[k].variant)
		}
	}
	return all
}

// ownership says how surely words in marks are those of who is given for them,
// where several are.
type ownership uint8

const (
	ofNobody ownership = iota
	ofNamed
	ofCited // somebody else is given for the same content, and cites them
)

func owned(a Account, t article.Attribution) ownership {
	switch {
	case t.Source.Name == "":
		return ofNobody
	case t.Parent >= 0 && slices.Equal(t.Content, a.Analysis.Attributions[t.Parent].Content):
		return ofCited
	}
	return ofNamed
}

// outermost leaves out, of utterances in order of place, those that lie within
// or run into the one before: words that are quoted twice are one quotation. Of
// those at one place the first is that of who said it, not of who passes it on.
func outermost(sorted []utterance) []utterance {
	kept := sorted[:0]
	for _, u := range sorted {
		if n := len(kept); n > 0 && u.variant.span.Start < kept[n-1].variant.span.End {
			continue
		}
		kept = append(kept, u)
	}
	return kept
}

// goesOn reports whether b takes up the utterance a where a few words of the
// writer's broke it ("…," he said, "…"), or where a paragraph ended within it.
func goesOn(a *article.Article, x, y Variant) bool {
	if x.Speaker.Name != y.Speaker.Name {
		return false
	}
	between := text.Span{Start: x.span.End, End: y.span.Start}
	if between.Empty() {
		return false
	}
	words := folded(a.Text, between)
	if len(words) == 0 {
		return true
	}
	said := x.Cue.span
	return len(words) <= 8 && between.Contains(said) && said == y.Cue.span
}

// candidates pairs the utterances that share a run of three words, or, where
// one is shorter, that hold all of it.
func candidates(all []utterance) [][2]int {
	const run = 3
	index := map[string][]int{} // runs of one to three words to the utterances that hold them
	for i, u := range all {
		for k := range u.words {
			for n := 1; n <= run && k+n <= len(u.words); n++ {
				key := runKey(u.words[k : k+n])
				if in := index[key]; len(in) == 0 || in[len(in)-1] != i {
					index[key] = append(in, i)
				}
			}
		}
	}
	var pairs [][2]int
	for i, u := range all {
		size := min(run, len(u.words))
		for k := 0; size > 0 && k+size <= len(u.words); k++ {
			for _, j := range index[runKey(u.words[k:k+size])] {
				if i != j {
					pairs = append(pairs, [2]int{min(i, j), max(i, j)})
				}
			}
		}
	}
	slices.SortFunc(pairs, func(a, b [2]int) int { return cmp.Or(cmp.Compare(a[0], b[0]), cmp.Compare(a[1], b[1])) })
	return slices.Compact(pairs)
}

func runKey(words []word) string {
	var b strings.Builder
	for _, w := range words {
		b.WriteString(w.folded)
		b.WriteByte(' ')
	}
	return b.String()
}

// sameUtterance reports whether two quotations give the same words of the same
// speaker. A short one must stand in the other whole; of longer ones most of
// the shorter must. A word or two are anybody's: of them both speakers must be
// known.
func sameUtterance(t *telling, x, y *utterance) bool {
	if len(x.words) > len(y.words) {
		x, y = y, x
	}
	if len(x.words) == 0 {
		return false
	}
	common := len(matches(x.words, y.words))
	share := float64(common) / float64(len(x.words))
	sameSpeaker := t.speakersAgree(x.variant.Speaker.Name, y.variant.Speaker.Name)
	switch {
	case len(x.words) < 3 && (x.variant.Speaker.Name == "" || y.variant.Speaker.Name == ""):
		return false
	case len(x.words) < 4:
		return sameSpeaker && contains(y.words, x.words)
	case sameSpeaker:
		return share >= 0.6
	}
	return len(x.words) >= 6 && share >= 0.85
}

func contains(long, short []word) bool {
	for i := 0; i+len(short) <= len(long); i++ {
		if slices.EqualFunc(long[i:i+len(short)], short, func(a, b word) bool { return a.folded == b.folded }) {
			return true
		}
	}
	return false
}

// speakersAgree reports whether two names can be of one speaker: one is open,
// or they are names of one party. "A spokesman" alone may be anybody's.
func (t *telling) speakersAgree(a, b string) bool {
	if a == "" || b == "" {
		return true
	}
	p := newParty(a)
	if len(p.words) == 1 && generic[p.words[0]] {
		return false
	}
	return t.party(a) == t.party(b)
}

func lastWord(s string) string { return s[strings.LastIndexByte(s, ' ')+1:] }

// quoteRow makes a row of the utterances of one group, with how each stands to
// the fullest.
func (c *Collation) quoteRow(us []utterance) Quote {
	var q Quote
	var whole []word
	fullest := c.fullest(us)
	for _, u := range us {
		if u.variant.account == fullest {
			whole = append(whole, u.words...)
		}
	}
	for account := range c.Accounts {
		var mine []int
		for i := range us {
			if us[i].variant.account == account {
				mine = append(mine, i)
			}
		}
		c.relate(us, mine, whole, fullest)
	}
	for i := range us {
		q.Variants = append(q.Variants, us[i].variant)
		if name := us[i].variant.Speaker.Name; len(name) > len(q.Speaker.Name) {
			q.Speaker.Name = name
		}
		if q.Speaker.Role == "" {
			q.Speaker.Role = us[i].role
		}
	}
	return q
}

// fullest is the account that gives the most words of an utterance, the
// earliest of equals.
func (c *Collation) fullest(us []utterance) int {
	words := make([]int, len(c.Accounts))
	for _, u := range us {
		words[u.variant.account] += len(u.words)
	}
	best := 0
	for i, n := range words {
		if n > words[best] {
			best = i
		}
	}
	return best
}
