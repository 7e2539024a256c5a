package collation

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"synoptic/article"
	"synoptic/text"
)

// named is a name where it stands, with the words that describe it there.
type named struct {
	account int
	name    string
	label   text.Span // the name with what stands before it, or an apposition alone
	plain   bool      // nothing describes it
}

// naming lists, for the persons, groups and places that at least two accounts
// name, how each labels them, where any does more than name. Labels are the
// names themselves, words that describe in front of a name ("militant group
// …"), appositions behind it, and what else stands for whom they name ("the
// Ilmar envoy").
func (c *Collation) naming() []Naming {
	var all []named
	for i := range c.Accounts {
		list := c.named(i)
		all = append(append(all, list...), c.described(i, list)...)
	}
	groups := map[string][]named{} // by the last word of the name
	for _, x := range all {
		key := strings.ToLower(lastWord(x.name))
		groups[key] = append(groups[key], x)
	}
	var rows []Naming
	for _, group := range groups {
		for _, bearer := range bearers(group) {
			if row, ok := c.labels(bearer); ok {
				rows = append(rows, row)
			}
		}
	}
	slices.SortFunc(rows, func(a, b Naming) int {
		_, x := c.support(labelCites(a))
		_, y := c.support(labelCites(b))
		return cmp.Or(cmp.Compare(y, x), cmp.Compare(len(b.Labels), len(a.Labels)), cmp.Compare(a.Entity, b.Entity))
	})
	return rows
}

func labelCites(n Naming) []Cite {
	var list []Cite
	for _, l := range n.Labels {
		list = append(list, l.Cites...)
	}
	return list
}

// bearers parts names that end in one word by who bears them: the words of one
// name stand in the other. A bare last word is left out where several bear it.
func bearers(group []named) [][]named {
	var parted [][]named
	var full [][]string // the fullest name of each
	var bare []named
	for _, x := range group {
		words := strings.Fields(strings.ToLower(x.name))
		if len(words) == 1 {
			bare = append(bare, x)
			continue
		}
		k := slices.IndexFunc(full, func(have []string) bool { return subset(words, have) || subset(have, words) })
		if k < 0 {
			parted, full = append(parted, []named{x}), append(full, words)
			continue
		}
		parted[k] = append(parted[k], x)
		if len(words) > len(full[k]) {
			full[k] = words
		}
	}
	switch len(parted) {
	case 0:
		return [][]named{bare}
	case 1:
		parted[0] = append(parted[0], bare...)
	}
	return parted
}

func subset(a, b []string) bool {
	return !slices.ContainsFunc(a, func(w string) bool { return !slices.Contains(b, w) })
}

// labels makes a row of names that end in one word, false where there is
// nothing to lay side by side.
func (c *Collation) labels(group []named) (Naming, bool) {
	var row Naming
	described := false
	at := map[string]int{}
	var cites []Cite
	for _, x := range group {
		words := x.label.Of(c.Accounts[x.account].Text)
		key := strings.ReplaceAll(strings.ToLower(words), "’", "'")
		k, ok := at[key]
		if !ok {
			k = len(row.Labels)
			at[key] = k
			row.Labels = append(row.Labels, Label{Text: words})
		}
		cite := c.cite(x.account, x.label)
		row.Labels[k].Cites = append(row.Labels[k].Cites, cite)
		cites = append(cites, cite)
		described = described || !x.plain
		if n := strings.Count(x.name, " "); row.Entity == "" || n > strings.Count(row.Entity, " ") && n < 3 {
			row.Entity = x.name // the fullest; of the fullest the first
		}
	}
	accounts, _ := c.support(cites)
	if !described || accounts < 2 || len(row.Labels) < 2 {
		return Naming{}, false
	}
	slices.SortStableFunc(row.Labels, func(a, b Label) int {
		return cmp.Or(cmp.Compare(len(b.Cites), len(a.Cites)), compareCites(a.Cites[0], b.Cites[0]))
	})
	return row, true
}

// named finds the names of an account's own telling: its mentions where that
// layer is there, runs of proper nouns elsewhere.
func (c *Collation) named(account int) []named {
	a := c.Accounts[account]
	n := a.Analysis
	if !n.Layers.Has(article.Tags | article.Arcs) {
		return nil
	}
	var list []named
	mention := 0
	for _, s := range n.Sentences {
		if k := a.Paragraphs[s.Paragraph].Kind; k != article.Body && k != article.Summary {
			continue
		}
		for i := s.First; i < s.Last; {
			end, kind := i, article.Person
			if n.Layers.Has(article.Mentions) {
				for mention < len(n.Mentions) && n.Mentions[mention].First < i {
					mention++
				}
				if mention < len(n.Mentions) && n.Mentions[mention].First == i && n.Mentions[mention].Kind <= article.Location {
					end, kind = n.Mentions[mention].Last, n.Mentions[mention].Kind
				}
			} else {
				for end < s.Last && n.Tokens[end].Tag == article.PROPN {
					end++
				}
			}
			if end == i {
				i++
				continue
			}
			beside := mention > 0 && mention < len(n.Mentions) && n.Mentions[mention].Kind == article.Person && n.Mentions[mention-1].Last == i
			list = c.describe(list, account, s, i, end, kind, beside)
			i = end
		}
	}
	return list
}

// describe adds the name of tokens first to end with what describes it. The words
// before a name without a title that stands beside another do not: "envoy to the
// Middle East Ana Prado".
func (c *Collation) describe(list []named, account int, s article.Sentence, first, end int, kind article.MentionKind, beside bool) []named {
	a := c.Accounts[account]
	n := a.Analysis
	span := text.Span{Start: n.Tokens[first].Start, End: n.Tokens[end-1].End}
	name, ok := bearing(span.Of(a.Text), kind)
	if !ok {
		return list
	}
	front := first
	for front > s.First && first-front < 6 && !(beside && name == span.Of(a.Text)) {
		t := n.Tokens[front-1]
		if t.Tag != article.NOUN && t.Tag != article.ADJ && t.Tag != article.PROPN && !(t.Tag == article.PUNCT && t.Of(a.Text) == "-") {
			break
		}
		if head := n.Arcs[front-1].Head; head < front-1 || head >= end {
			break
		}
		front--
	}
	for front < first && (n.Tokens[front].Tag == article.PUNCT || quarters[strings.ToLower(n.Tokens[front].Of(a.Text))]) {
		front++
	}
	plain := !slices.ContainsFunc(n.Tokens[front:first], func(t article.Token) bool { return t.Tag == article.NOUN })
	plain = plain && name == span.Of(a.Text) // a title describes
	list = append(list, named{account: account, name: name, label: text.Span{Start: n.Tokens[front].Start, End: span.End}, plain: plain})
	for k := end; k < s.Last; k++ {
		if n.Arcs[k].Rel != article.Appos || n.Arcs[k].Head < first || n.Arcs[k].Head >= end || n.Tokens[k].Tag != article.NOUN {
			continue
		}
		label := subtree(n, s, k)
		for label.Start < label.End && strings.ContainsRune(" ,;:(–-", rune(a.Text[label.Start])) {
			label.Start++
		}
		if label.Start >= span.End && label.Len() <= 90 && s.Contains(label) {
			list = append(list, named{account: account, name: name, label: label})
		}
	}
	return list
}

// bearing is a name, a person's without titles ("Envoy Air" is a company), false
// where it may be none.
func bearing(words string, kind article.MentionKind) (name string, ok bool) {
	name = words
	if kind == article.Person {
		name = untitled(words)
	}
	last := strings.ToLower(lastWord(name))
	return name, utf8.RuneCountInString(last) >= 3 && !months[last] && !titles[strings.ToLower(name)]
}

// quarters say where in a place something is; they do not describe it.
var quarters = wordSet(`south southern north northern east eastern west western central southeast southeastern southwest southwestern
	northeast northeastern northwest northwestern nearby new old`)

var months = wordSet(`january february march april may june july august september october november december
	monday tuesday wednesday thursday friday saturday sunday jan feb mar apr jun jul aug sept sep oct nov dec`)
