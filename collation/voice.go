package collation

import (
	"cmp"
	"slices"

	"synoptic/article"
)

// voices counts who speaks in which account.
func (c *Collation) voices() []Voice {
	var voices []Voice
	at := map[string]int{}
	for _, q := range c.Quotes {
		if q.Speaker.Name == "" {
			continue
		}
		i, ok := at[q.Speaker.Name]
		if !ok {
			i = len(voices)
			at[q.Speaker.Name] = i
			voices = append(voices, Voice{Name: q.Speaker.Name})
		}
		for _, v := range q.Variants {
			k := slices.IndexFunc(voices[i].Turns, func(t Turn) bool { return t.Account == v.account })
			if k < 0 {
				k = len(voices[i].Turns)
				voices[i].Turns = append(voices[i].Turns, Turn{Account: v.account})
			}
			t := &voices[i].Turns[k]
			n := len(folded(c.Accounts[v.account].Text, v.span))
			t.Quotations++
			t.Words += n
			if v.Kind != article.Indirect {
				t.DirectWords += n
			}
		}
	}
	for i := range voices {
		slices.SortFunc(voices[i].Turns, func(a, b Turn) int { return cmp.Compare(a.Account, b.Account) })
	}
	slices.SortStableFunc(voices, func(a, b Voice) int {
		return cmp.Or(cmp.Compare(len(b.Turns), len(a.Turns)), cmp.Compare(spoken(b), spoken(a)), cmp.Compare(a.Name, b.Name))
	})
	return voices
}

func spoken(v Voice) int {
	n := 0
	for _, t := range v.Turns {
		n += t.Words
	}
	return n
}
