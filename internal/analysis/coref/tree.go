package coref

import (
	"slices"
	"unicode"
	"unicode/utf8"

	"synoptic/article"
)

// tree is the parse with its arcs turned round: the children of each token, in
// order.
type tree struct {
	arcs  []article.Arc
	child []int32 // of each token, its first child, -1 for none
	next  []int32 // of each token, the next child of the same head, -1 for none
}

func (t *tree) grow(n *article.Analysis) {
	t.arcs = n.Arcs
	t.child = fill(t.child, len(n.Arcs), -1)
	t.next = fill(t.next, len(n.Arcs), -1)
	for i := len(n.Arcs) - 1; i >= 0; i-- {
		if h := n.Arcs[i].Head; h >= 0 {
			t.next[i] = t.child[h]
			t.child[h] = int32(i)
		}
	}
}

func (t *tree) rel(i int32) article.Rel { return t.arcs[i].Rel }

// head is that of token i, -1 for a root.
func (t *tree) head(i int32) int32 { return int32(t.arcs[i].Head) }

// manyChildren is how many children of a token are looked at; no sentence that
// is one has more.
const manyChildren = 100

// find is the first child of i with one of the relations, -1 for none.
func (t *tree) find(i int32, rels ...article.Rel) int32 {
	for c, k := t.child[i], 0; c >= 0 && k < manyChildren; c, k = t.next[c], k+1 {
		if slices.Contains(rels, t.arcs[c].Rel) {
			return c
		}
	}
	return -1
}

// subject is that of the verb or predicate v; where it has none of its own, that
// of the verb it is coordinated with or is the open complement of. -1 for none.
func (t *tree) subject(v int32) int32 {
	for range 4 {
		if s := t.find(v, article.Nsubj, article.NsubjPass); s >= 0 {
			return s
		}
		if r := t.rel(v); r != article.Conj && r != article.Xcomp {
			return -1
		}
		v = t.head(v)
	}
	return -1
}

// quotations numbers, from 1, the stretches between quotation marks, and gives
// the number of each token, 0 outside. A plain mark opens where white space
// stands before it and closes where not. A mark that is not closed within a few
// sentences is taken to stand for nothing more.
func quotations(out []int32, body string, n *article.Analysis) []int32 {
	const longest = 12 // sentences
	out = fill(out, len(n.Tokens), 0)
	quote, inside, since := int32(0), false, 0
	for i, s := range n.Sentences {
		if inside && i-since > longest {
			inside = false
		}
		for t := s.First; t < s.Last; t++ {
			switch opens, closes := mark(body, n, t); {
			case closes && inside:
				inside = false
				out[t] = quote
				continue
			case opens:
				quote++
				inside, since = true, i
			}
			if inside {
				out[t] = quote
			}
		}
	}
	return out
}

// mark tells what token t is as a quotation mark.
func mark(body string, n *article.Analysis, t int) (opens, closes bool) {
	tok := n.Tokens[t].Span
	if tok.Len() > 4 {
		return false, false
	}
	switch tok.Of(body) {
	case "“", "„", "«", "``":
		return true, false
	case "”", "»", "''":
		return false, true
	case "\"":
		before, _ := utf8.DecodeLastRuneInString(body[:tok.Start])
		return tok.Start == 0 || unicode.IsSpace(before) || before == '(' || before == '[' || before == '—', tok.Start > 0 && !unicode.IsSpace(before)
	}
	return false, false
}
