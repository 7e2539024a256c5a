package collation

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"synoptic/article"
	"synoptic/text"
)

// word is one word of a quotation, folded for comparison.
type word struct {
	text.Span
	folded string
}

// folded lists the words at span in lower case, without marks and with plain
// apostrophes.
func folded(body string, span text.Span) []word {
	var words []word
	start := -1
	flush := func(end int) {
		if start < 0 {
			return
		}
		s := text.Span{Start: start, End: end}
		f := strings.ReplaceAll(strings.ToLower(s.Of(body)), "’", "'")
		words = append(words, word{Span: s, folded: strings.Trim(f, "'")})
		start = -1
	}
	for i := span.Start; i < span.End; {
		r, n := utf8.DecodeRuneInString(body[i:span.End])
		inWord := unicode.IsLetter(r) || unicode.IsDigit(r) || (r == '\'' || r == '’') && start >= 0
		switch {
		case inWord && start < 0:
			start = i
		case !inWord:
			flush(i)
		}
		i += n
	}
	flush(span.End)
	return slices.DeleteFunc(words, func(w word) bool { return w.folded == "" })
}

// utterance is one quotation of one account, on its way to a row.
type utterance struct {
	variant Variant
	words   []word
	role    string
	after   bool      // goes on with the utterance before it in the same account
	owned   ownership // how surely the words are the speaker's own
}

// quotes lays the quotations of the accounts in rows, one an utterance.
func (c *Collation) quotes() []Quote {
	all := c.utterances()
	joined := make([]int, len(all))
	for i := range joined {
		joined[i] = i
	}
	find := func(i int) int {
		for joined[i] != i {
			joined[i] = joined[joined[i]]
			i = joined[i]
		}
		return i
	}
	join := func(i, k int) {
		i, k = find(i), find(k)
		joined[max(i, k)] = min(i, k)
	}
	for i := range all {
		if all[i].after {
			join(i-1, i)
		}
	}
	for _, p := range candidates(all) {
		if sameUtterance(&all[p[0]], &all[p[1]]) {
			join(p[0], p[1])
		}
	}
	var order []int
	rows := map[int][]utterance{}
	for i := range all {
		r := find(i)
		if rows[r] == nil {
			order = append(order, r)
		}
		rows[r] = append(rows[r], all[i])
	}
	quotes := make([]Quote, 0, len(order))
	for _, r := range order {
		quotes = append(quotes, c.quoteRow(rows[r]))
	}
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
				all = append(all, utterance{variant: v, words: folded(a.Text, s), role: t.Source.Role, after: k > 0, owned: owned(a, t)})
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
func sameUtterance(x, y *utterance) bool {
	if len(x.words) > len(y.words) {
		x, y = y, x
	}
	if len(x.words) == 0 {
		return false
	}
	common := len(matches(x.words, y.words))
	share := float64(common) / float64(len(x.words))
	sameSpeaker := speakersAgree(x.variant.Speaker.Name, y.variant.Speaker.Name)
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
// or they end in the same word.
func speakersAgree(a, b string) bool {
	return a == "" || b == "" || strings.EqualFold(lastWord(a), lastWord(b))
}

func lastWord(s string) string { return s[strings.LastIndexByte(s, ' ')+1:] }

// longestAligned bounds the words of each side that are aligned, and so the
// cost, which is their product.
const longestAligned = 600

// matches aligns two lists of words in order (longest common subsequence) and
// gives the pairs of indexes that match.
func matches(a, b []word) [][2]int {
	a, b = a[:min(len(a), longestAligned)], b[:min(len(b), longestAligned)]
	width := len(b) + 1
	length := make([]int16, (len(a)+1)*width)
	for i := len(a) - 1; i >= 0; i-- {
		for k := len(b) - 1; k >= 0; k-- {
			if a[i].folded == b[k].folded {
				length[i*width+k] = length[(i+1)*width+k+1] + 1
			} else {
				length[i*width+k] = max(length[(i+1)*width+k], length[i*width+k+1])
			}
		}
	}
	var pairs [][2]int
	for i, k := 0, 0; i < len(a) && k < len(b); {
		switch {
		case a[i].folded == b[k].folded:
			pairs = append(pairs, [2]int{i, k})
			i++
			k++
		case length[(i+1)*width+k] >= length[i*width+k+1]:
			i++
		default:
			k++
		}
	}
	return pairs
}

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
		c.relate(us, mine, whole, account == fullest, fullest)
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

// relate sets the relation of one account's variants to the whole, and what of
// it they leave out: each gap on the variant that comes before it.
func (c *Collation) relate(us []utterance, mine []int, whole []word, isWhole bool, fullest int) {
	if isWhole {
		for _, i := range mine {
			us[i].variant.Relation = Whole
		}
		return
	}
	covered := make([]bool, len(whole))
	last := make([]int, len(mine)) // where in the whole each variant ends
	for n, i := range mine {
		v, words := &us[i].variant, us[i].words
		pairs := matches(words, whole)
		switch {
		case len(pairs) == len(words) && len(words) == len(whole):
			v.Relation = Whole
		case float64(len(pairs)) < 0.9*float64(len(words)):
			v.Relation = Differs
		case len(pairs) > 0 && jumps(pairs):
			v.Relation = Spliced
		default:
			v.Relation = Cut
		}
		for _, p := range pairs {
			covered[p[1]] = true
			last[n] = p[1]
		}
	}
	if len(mine) == 0 || us[mine[0]].variant.Relation == Differs {
		return
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
			if last[n] < at {
				owner = n
			}
		}
		v := &us[mine[owner]].variant
		v.Missing = append(v.Missing, c.stretches(fullest, whole[at:end])...)
		at = end
	}
}

// jumps reports whether matched words that follow each other in a variant
// stand more than a sentence's start apart in the whole.
func jumps(pairs [][2]int) bool {
	for i := 1; i < len(pairs); i++ {
		if pairs[i][0] == pairs[i-1][0]+1 && pairs[i][1] > pairs[i-1][1]+5 {
			return true
		}
	}
	return false
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
