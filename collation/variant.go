package collation

import (
	"cmp"
	"slices"
	"strings"

	"synoptic/article"
)

// relate sets the relation of one account's variants to the whole, which the
// account fullest gives, and what of it they leave out: each gap on the variant
// that comes before it. Where a variant has words of its own, what stands in
// their place is not left out, so none is told.
func (c *Collation) relate(us []utterance, mine []int, whole []word, fullest int) {
	if len(mine) > 0 && us[mine[0]].variant.account == fullest {
		for _, i := range mine {
			us[i].variant.Relation = Whole
		}
		return
	}
	covered := make([]bool, len(whole))
	last := make([]int, len(mine)) // where in the whole each variant ends
	differs, spliced := false, false
	for n, i := range mine {
		v, words := &us[i].variant, us[i].words
		pairs := matches(words, whole)
		own := ownWords(words, whole, pairs, covered)
		switch {
		case own:
			v.Relation, differs = Differs, true
		case c.joins(*v, words, whole, fullest, pairs):
			v.Relation, spliced = Spliced, true
		default:
			v.Relation = Cut
		}
		for _, p := range pairs {
			covered[p[1]] = true
			last[n] = p[1]
		}
	}
	if len(mine) == 0 || differs {
		return
	}
	if !spliced && !slices.Contains(covered, false) {
		for _, i := range mine {
			us[i].variant.Relation = Whole
		}
	}
	for at := 0; at < len(whole); at++ {
		if covered[at] {
			continue
		}
		end := at
		for end < len(whole) && !covered[end] {
			end++
		}
		owner := 0
		for n := range mine {
			if last[n] < at && (last[owner] >= at || last[n] > last[owner]) {
				owner = n
			}
		}
		v := &us[mine[owner]].variant
		v.Missing = append(v.Missing, c.stretches(fullest, whole[at:end])...)
		at = end
	}
}

// ownWords reports whether words have any that whole, to which pairs align them,
// has not in that place. Words that are only written apart or together, as "on
// to", are no others; covered marks where in whole they stand.
func ownWords(words, whole []word, pairs [][2]int, covered []bool) bool {
	own := false
	from := [2]int{}
	for n := range len(pairs) + 1 {
		to := [2]int{len(words), len(whole)}
		if n < len(pairs) {
			to = pairs[n]
		}
		if from[0] < to[0] {
			start, end := writtenAs(words[from[0]:to[0]], whole[from[1]:to[1]])
			own = own || start == end
			for k := start; k < end; k++ {
				covered[from[1]+k] = true
			}
		}
		from = [2]int{to[0] + 1, to[1] + 1}
	}
	return own
}

// writtenAs finds the words of long, from start to end, that have the letters of
// short one after the other; start and end are equal where there are none.
func writtenAs(short, long []word) (start, end int) {
	letters := lettersOf(short)
	for start = range long {
		rest := letters
		for end = start; end < len(long) && strings.HasPrefix(rest, long[end].folded); end++ {
			if rest = rest[len(long[end].folded):]; rest == "" {
				return start, end + 1
			}
		}
	}
	return 0, 0
}

func lettersOf(words []word) string {
	var b strings.Builder
	for _, w := range words {
		b.WriteString(w.folded)
	}
	return b.String()
}

// joins reports whether words of v that follow each other stand in two sentences
// of the whole with others between, and no dots in v tell of them.
func (c *Collation) joins(v Variant, words, whole []word, fullest int, pairs [][2]int) bool {
	for n := 1; n < len(pairs); n++ {
		p, q := pairs[n-1], pairs[n]
		if q[0] > p[0]+1 || q[1] == p[1]+1 {
			continue
		}
		between := c.Accounts[v.account].Text[words[p[0]].End:words[q[0]].Start]
		if strings.Contains(between, "…") || strings.Contains(between, "..") || strings.Contains(between, ". .") {
			continue
		}
		if c.sentenceAt(fullest, whole[p[1]].Start) != c.sentenceAt(fullest, whole[q[1]].Start) {
			return true
		}
	}
	return false
}

// sentenceAt is the index of the last sentence of an account that begins at or
// before the byte at; -1 before the first.
func (c *Collation) sentenceAt(account, at int) int {
	sentences := c.Accounts[account].Analysis.Sentences
	i, ok := slices.BinarySearchFunc(sentences, at, func(s article.Sentence, at int) int { return cmp.Compare(s.Start, at) })
	if !ok {
		i--
	}
	return i
}

// stretches cites runs of words of one account, cut where a paragraph or
// quotation ends.
func (c *Collation) stretches(account int, words []word) []Cite {
	a := c.Accounts[account]
	var cites []Cite
	for i := 0; i < len(words); {
		span, k := words[i].Span, i+1
		p := a.ParagraphAt(span.Start)
		for k < len(words) && a.ParagraphAt(words[k].Start) == p && words[k].Start-span.End <= 4 {
			span.End = words[k].End
			k++
		}
		cites = append(cites, c.cite(account, span))
		i = k
	}
	return cites
}
