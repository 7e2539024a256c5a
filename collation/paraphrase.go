package collation

import (
	"cmp"
	"slices"

	"synoptic/article"
	"synoptic/text"
)

// paraphrases adds to the rows the accounts that give in indirect speech what
// others quote: the source is the one who is quoted, and the two sentences, most
// of which each gives, surely make one claim. Who has the words in quotation
// marks is not asked, and one sentence goes to one row.
func (c *Collation) paraphrases(t *telling, quotes []Quote) {
	type place struct{ row, variant int }
	quoted := map[int32][]place{} // by unit that is mostly in quotation marks
	for row, q := range quotes {
		for i, v := range q.Variants {
			if v.Speaker.Name == "" {
				continue
			}
			for k := max(t.unitAt(v.account, v.span.Start), 0); k < len(t.units); k++ {
				u := t.units[k]
				if u.account > v.account || u.account == v.account && u.span.Start >= v.span.End {
					break
				}
				if u.account == v.account && 2*covered([]text.Span{v.span}, u.span) > u.span.Len() {
					quoted[int32(k)] = append(quoted[int32(k)], place{row, i})
				}
			}
		}
	}
	for account, a := range c.Accounts {
		for _, x := range a.Analysis.Attributions {
			if x.Kind != article.Indirect || x.Source.Name == "" || len(x.Content) != 1 || takesUp[x.Class] {
				continue
			}
			k := t.unitAt(account, x.Content[0].Start)
			if k < 0 || 2*covered(x.Content, t.units[k].span) <= t.units[k].span.Len() {
				continue
			}
			row, surest := -1, float32(repeats)
			for _, n := range t.near[k] {
				p := t.probability(int32(k), n)
				for _, at := range quoted[n] {
					q := &quotes[at.row]
					if p >= surest && t.speakersAgree(q.Variants[at.variant].Speaker.Name, x.Source.Name) && !q.in(account) {
						row, surest = at.row, p
					}
				}
			}
			if row < 0 {
				continue
			}
			v := Variant{
				Cite: c.cite(account, x.Content[0]), Kind: x.Kind, Relation: Paraphrase,
				Speaker: Source{Name: x.Source.Name, Span: x.Source.Span},
			}
			if !x.Cue.Empty() {
				v.Cue = c.cite(account, x.Cue)
			}
			quotes[row].Variants = append(quotes[row].Variants, v)
		}
	}
	for i := range quotes {
		slices.SortStableFunc(quotes[i].Variants, func(x, y Variant) int { return compareCites(x.Cite, y.Cite) })
	}
}

// takesUp are the classes of cues by which a source takes up what another says.
var takesUp = wordSet(`denying opposing supporting asking`)

// in reports whether an account has a variant of q.
func (q *Quote) in(account int) bool {
	return slices.ContainsFunc(q.Variants, func(v Variant) bool { return v.account == account })
}

// unitAt is the index of the last unit of an account that begins at or before
// the byte at; -1 where there is none.
func (t *telling) unitAt(account, at int) int {
	k, ok := slices.BinarySearchFunc(t.units, at, func(u unit, at int) int {
		return cmp.Or(cmp.Compare(u.account, account), cmp.Compare(u.span.Start, at))
	})
	if !ok {
		k--
	}
	if k >= 0 && t.units[k].account != account {
		return -1
	}
	return k
}
