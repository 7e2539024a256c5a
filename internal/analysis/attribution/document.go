package attribution

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"synoptic/article"
	"synoptic/internal/model/word"
	"synoptic/text"
)

// node is one token as the models see it.
type node struct {
	norm  uint32 // of what the word looks like, as [word.Form] has it
	cased uint32
	start uint32 // prefix of three bytes
	end   uint32 // suffix of three bytes
	lemma uint32 // hash of the dictionary form, of the normal form where no lemma is known
	xtag  uint32 // hash of the Penn tag
	class uint32 // hash of the class of cues that the lemma is of
	named uint32 // kind of the name that it is in, and 16 more on its first token; 0 for none
	head  int32  // token, -1 for a root or where there is no parse
	kids  uint64 // relations of its dependents, a bit each
	first int32  // first and last token of what hangs on it
	last  int32
	quote int32 // 1 + the quotation that it stands in, 0 for none

	fine   uint16 // clusters of words that it is of, as [word.Entry] has them
	coarse uint16
	flags  word.Flags
	tag    article.Tag
	rel    article.Rel
	long   bool // of four bytes or more

	mark  bool // it is an outer mark of that quotation
	title bool // it stands in marks that give a title
}

// document is one article laid out for the models: nodes beside the tokens of
// its analysis, and its quotations.
type document struct {
	article  *article.Article
	analysis *article.Analysis
	nodes    []node
	quotes   []quotation
	runs     []tokens // of each quotation, with its marks; empty for a title
	sentence []int32  // the sentence of each token
	style    []style  // of each sentence
}

// tokens is a run of tokens, half open.
type tokens struct{ first, last int }

func (t tokens) len() int       { return t.last - t.first }
func (t tokens) has(i int) bool { return t.first <= i && i < t.last }
func (t tokens) empty() bool    { return t.last <= t.first }

// style says how a sentence is set.
type style uint8

const (
	running style = iota
	heading       // no full stop, capitals on nearly every long word, or first in the article
	open          // no full stop at its end
)

// lay fills d from an article and its analysis. The memory of d is reused.
func (d *document) lay(l *word.Lexicon, a *article.Article, n *article.Analysis) {
	d.article, d.analysis = a, n
	if cap(d.nodes) < len(n.Tokens) {
		d.nodes = make([]node, len(n.Tokens))
		d.sentence = make([]int32, len(n.Tokens))
	}
	d.nodes, d.sentence = d.nodes[:len(n.Tokens)], d.sentence[:len(n.Tokens)]
	d.quotes, d.style = d.quotes[:0], d.style[:0]
	for _, p := range a.Paragraphs {
		d.quotes = quotations(a.Text, p.Span, d.quotes)
	}
	d.runs = slices.Grow(d.runs[:0], len(d.quotes))[:len(d.quotes)]
	clear(d.runs)
	table := classes()
	parsed := len(n.Arcs) == len(n.Tokens)
	quote := 0
	for i := range n.Tokens {
		t, v := &n.Tokens[i], &d.nodes[i]
		w := l.Look(t.Of(a.Text))
		*v = node{
			norm: w.Norm, cased: w.Cased, start: w.Prefix[2], end: w.Suffix[2], long: w.Suffix[3] != 0, flags: w.Flags, fine: w.Fine, coarse: w.Coarse,
			lemma: w.Norm, xtag: hash(t.XTag), tag: t.Tag, head: -1, first: int32(i), last: int32(i),
		}
		if t.Lemma != "" {
			v.lemma = hash(t.Lemma)
		}
		v.class = hash(table[v.lemma])
		if parsed {
			v.head, v.rel = int32(n.Arcs[i].Head), n.Arcs[i].Rel
		}
		for quote < len(d.quotes) && d.quotes[quote].outer.End <= t.Start {
			quote++
		}
		if quote < len(d.quotes) && d.quotes[quote].outer.Overlaps(t.Span) {
			q := &d.quotes[quote]
			if d.runs[quote].empty() && !q.title {
				q.title = d.ofWork(*q, i)
			}
			if q.title {
				v.title = true
				continue
			}
			v.quote = int32(quote + 1)
			if d.runs[quote].empty() {
				d.runs[quote].first = i
			}
			d.runs[quote].last = i + 1
			v.mark = !d.quotes[quote].inner.Overlaps(t.Span)
		}
	}
	for _, m := range n.Mentions {
		for i := m.First; i < m.Last; i++ {
			d.nodes[i].named = uint32(m.Kind)
		}
		d.nodes[m.First].named |= 16
	}
	for i := 1; i < len(d.runs); i++ {
		if d.runs[i].empty() {
			d.runs[i] = tokens{d.runs[i-1].last, d.runs[i-1].last}
		}
	}
	for i, s := range n.Sentences {
		for t := s.First; t < s.Last; t++ {
			d.sentence[t] = int32(i)
		}
		d.style = append(d.style, d.styleOf(i))
		if parsed {
			d.subtrees(s)
		}
	}
}

// subtrees sets kids, first and last of the tokens of one sentence. A tree of n
// tokens is climbed from each of them, at most deepest steps.
func (d *document) subtrees(s article.Sentence) {
	for i := s.First; i < s.Last; i++ {
		v := &d.nodes[i]
		if v.head < 0 {
			continue
		}
		d.nodes[v.head].kids |= 1 << v.rel
		up := v.head
		for range deepest {
			h := &d.nodes[up]
			h.first, h.last = min(h.first, int32(i)), max(h.last, int32(i))
			if h.head < 0 {
				break
			}
			up = h.head
		}
	}
}

// deepest bounds the steps up a tree.
const deepest = 40

func (d *document) styleOf(sentence int) style {
	s := d.analysis.Sentences[sentence]
	if s.First == s.Last {
		return running
	}
	long, capital := 0, 0
	for i := s.First; i < s.Last; i++ {
		f := &d.nodes[i]
		if f.flags&word.Letter == 0 || !f.long {
			continue
		}
		long++
		if f.flags&word.Initial != 0 {
			capital++
		}
	}
	switch r, _ := utf8.DecodeLastRuneInString(s.Of(d.article.Text)); {
	case r == '.' || r == '!' || r == '?' || r == '"' || r == '”' || r == '\'' || r == '’' || r == ')':
		return running
	case sentence == 0 || capital*4 >= long*3 && long > 2:
		return heading
	}
	return open
}

func (d *document) words(i int) string { return d.analysis.Tokens[i].Of(d.article.Text) }

// span is the words of a run of tokens.
func (d *document) span(r tokens) text.Span {
	if r.empty() {
		return text.Span{}
	}
	return text.Span{Start: d.analysis.Tokens[r.first].Start, End: d.analysis.Tokens[r.last-1].End}
}

func (d *document) wordy(i int) bool {
	r, _ := utf8.DecodeRuneInString(d.words(i))
	return unicode.IsLetter(r) || unicode.IsDigit(r)
}

// hash is of a string as it is (FNV-1a, mixed).
func hash(s string) uint32 {
	h := uint32(2166136261)
	for i := range len(s) {
		h = (h ^ uint32(s[i])) * 16777619
	}
	return word.Mix(h)
}

func (d *document) paragraph(token int) int {
	return d.analysis.Sentences[d.sentence[token]].Paragraph
}

// headOf is the token of r that the others of it hang on; without a parse the
// last verb, else the first token.
func (d *document) headOf(r tokens) int {
	for i := r.first; i < r.last; i++ {
		v := &d.nodes[i]
		if v.rel != article.NoRel && v.tag != article.PUNCT && (v.head < 0 || !r.has(int(v.head))) {
			return i
		}
	}
	for i := r.last - 1; i >= r.first; i-- {
		if d.nodes[i].tag == article.VERB {
			return i
		}
	}
	return r.first
}

// aside reports whether a paragraph is no part of the telling: a caption, a
// heading, a note, or a line that does not end as a sentence does.
func (d *document) aside(paragraph int) bool {
	p := d.article.Paragraphs[paragraph]
	switch p.Kind {
	case article.Caption, article.Heading, article.Note:
		return true
	}
	words := strings.TrimRight(p.Of(d.article.Text), " \t\u00a0")
	return len(words) < 120 && !strings.HasSuffix(words, ".") && !strings.ContainsAny(words[max(0, len(words)-1):], "!?:\"'") &&
		!strings.HasSuffix(words, "”") && !strings.HasSuffix(words, "’")
}
