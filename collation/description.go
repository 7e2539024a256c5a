package collation

import (
	"slices"
	"strings"

	"synoptic/article"
	"synoptic/text"
)

// describer finds what an account calls those whom it names when it does not
// name them.
type describer struct {
	account  int
	text     string
	analysis *article.Analysis
	named    []int       // the entity that is named at each token, -1 for none
	bears    []bool      // which entities have a name
	quoted   []text.Span // words that are not the account's own
}

// described lists the definite descriptions of whom an account names, in its own
// telling and beyond the labels it has already. Such a description says more
// than its noun and the name do, and is surely of the one who is named.
func (c *Collation) described(account int, labels []named) []named {
	a := c.Accounts[account]
	n := a.Analysis
	if !n.Layers.Has(article.Tags | article.Arcs | article.Entities) {
		return nil
	}
	d := describer{account: account, text: a.Text, analysis: n, named: make([]int, len(n.Tokens)), bears: make([]bool, len(n.Entities))}
	for i := range d.named {
		d.named[i] = -1
	}
	for _, m := range n.Mentions {
		for k := m.First; k < m.Last && m.Entity >= 0; k++ {
			d.named[k], d.bears[m.Entity] = m.Entity, true
		}
	}
	for _, t := range n.Attributions {
		d.quoted = append(d.quoted, t.Quoted...)
	}
	var list []named
	sentence := 0
	for i := range n.References {
		r := &n.References[i]
		for n.Sentences[sentence].Last <= r.First {
			sentence++
		}
		for n.Sentences[sentence].First > r.First {
			sentence--
		}
		e := &n.Entities[r.Entity]
		k := a.Paragraphs[n.Sentences[sentence].Paragraph].Kind
		if r.Form != article.Description || !d.bears[r.Entity] || e.Kind > article.Location || k != article.Body && k != article.Summary ||
			slices.ContainsFunc(d.quoted, r.Overlaps) {
			continue
		}
		name, ok := bearing(e.Name.Of(a.Text), e.Kind)
		if !ok || slices.ContainsFunc(labels, func(l named) bool { return l.label.Overlaps(r.Span) && l.label.End >= r.End }) {
			continue
		}
		if head := d.head(r); head >= 0 && d.tells(r, head) && d.sure(r, head, n.Sentences[sentence]) {
			list = append(list, named{account: account, name: name, label: r.Span})
		}
	}
	return list
}

// head is the noun of a description, -1 where it has none.
func (d *describer) head(r *article.Reference) int {
	n := d.analysis
	for k := r.First; k < r.Last; k++ {
		if h := n.Arcs[k].Head; h < r.First || h >= r.Last {
			if n.Tokens[k].Tag == article.NOUN {
				return k
			}
			return -1
		}
	}
	return -1
}

// comparing are words that say of what is described only that it is one of
// several.
var comparing = wordSet(`same other`)

// tells reports whether a description is definite and whole, and says more than
// its noun and the name.
func (d *describer) tells(r *article.Reference, head int) bool {
	n := d.analysis
	definite, more := d.word(r.First) == "the", false
	for k := r.First; k < r.Last; k++ {
		if n.Arcs[k].Head == head && n.Arcs[k].Rel == article.NmodPoss {
			if n.Tokens[k].Tag == article.PRON {
				return false // whose, is not said here
			}
			definite = true
		}
		if comparing[d.word(k)] || strings.ContainsAny(d.word(k), "“”\"") {
			return false
		}
		more = more || k != head && d.content(k) && !slices.Contains(strings.Fields(strings.ToLower(n.Entities[r.Entity].Name.Of(d.text))), d.word(k))
	}
	if k := r.Last; k < len(n.Tokens) && n.Arcs[k].Rel != article.Case { // a possessive adds nothing
		joined := n.Tokens[k].Start == r.End && d.word(k) == "-"
		if joined || n.Tokens[k].Tag != article.PUNCT && under(n.Arcs, k, head) {
			return false
		}
	}
	return definite && more
}

// sure reports whether the words themselves tie a description to the name: it
// stands in apposition to it or right before it, is said of it in the account's
// own voice, or repeats what is said of it elsewhere.
func (d *describer) sure(r *article.Reference, head int, s article.Sentence) bool {
	n := d.analysis
	if n.Arcs[head].Rel == article.Appos {
		return d.named[n.Arcs[head].Head] == r.Entity || r.First-2 >= s.First && d.named[r.First-2] == r.Entity
	}
	for k := s.First; k < s.Last; k++ {
		if n.Arcs[k].Head == head && n.Arcs[k].Rel == article.Appos && d.named[k] == r.Entity {
			return d.before(r, s)
		}
	}
	if r.Last < s.Last && d.named[r.Last] == r.Entity {
		return true
	}
	for k := s.First; k < s.Last; k++ {
		if n.Arcs[k].Head == head && n.Arcs[k].Rel == article.Cop {
			return d.saidOf(r, head, s)
		}
	}
	for k := r.First; k < r.Last; k++ {
		if k != head && d.content(k) && !d.said(r, k) {
			return false
		}
	}
	return true
}

// before reports whether a name of the description's entity comes right behind
// it, at most with a title: "the board's chair, Councillor Ana Prado".
func (d *describer) before(r *article.Reference, s article.Sentence) bool {
	n := d.analysis
	if r.Last == s.Last || !strings.Contains(",:—–", n.Tokens[r.Last].Of(d.text)) {
		return false
	}
	for k := r.Last + 1; k < s.Last; k++ {
		switch {
		case d.named[k] == r.Entity:
			return true
		case n.Tokens[k].Tag != article.DET && !d.content(k):
			return false
		}
	}
	return false
}

// saidOf reports whether the account itself says of the name that it is what the
// description says.
func (d *describer) saidOf(r *article.Reference, head int, s article.Sentence) bool {
	n := d.analysis
	if rel := n.Arcs[head].Rel; rel != article.Root && rel != article.AclRelcl {
		return false
	}
	for k := s.First; k < head; k++ {
		if n.Arcs[k].Head == head && n.Arcs[k].Rel == article.Nsubj {
			return d.named[k] == r.Entity || relative[d.word(k)] && d.named[n.Arcs[head].Head] == r.Entity
		}
	}
	return false
}

// said reports whether the word at token k of a description stands in another
// description of its entity, or where that is named.
func (d *describer) said(r *article.Reference, k int) bool {
	n := d.analysis
	for i := range n.References {
		if o := &n.References[i]; o.Entity == r.Entity && o.Form == article.Description && o.Span != r.Span && d.has(o.First, o.Last, k) {
			return true
		}
	}
	for _, s := range n.Sentences {
		if slices.Contains(d.named[s.First:s.Last], r.Entity) && d.has(s.First, s.Last, k) {
			return true
		}
	}
	return false
}

// has reports whether the word at token k is among those of first to last.
func (d *describer) has(first, last, k int) bool {
	for i := first; i < last; i++ {
		if i != k && d.word(i) == d.word(k) {
			return true
		}
	}
	return false
}

func (d *describer) word(k int) string { return strings.ToLower(d.analysis.Tokens[k].Of(d.text)) }

// content reports whether a token tells one thing from another.
func (d *describer) content(k int) bool {
	switch d.analysis.Tokens[k].Tag {
	case article.NOUN, article.PROPN, article.ADJ, article.NUM, article.VERB:
		return true
	}
	return false
}
