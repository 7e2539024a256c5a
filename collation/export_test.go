package collation

import "synoptic/text"

// Likenesses is how many parts a likeness has.
const Likenesses = int(likenesses)

// FigureSet is the figures of a collation before they are in rows.
type FigureSet struct{ cells []counted }

// FiguresOf is the figures of c.
func FiguresOf(c *Collation) *FigureSet { return &FigureSet{c.cells()} }

// Len is the number of figures.
func (s *FigureSet) Len() int { return len(s.cells) }

// At is where a figure stands.
func (s *FigureSet) At(i int) (account int, at text.Span) {
	return s.cells[i].cell.account, s.cells[i].cell.span
}

// Passage is the sentence of a figure.
func (s *FigureSet) Passage(i int) text.Span { return s.cells[i].cell.Passage.span }

// Parts is the likeness of two figures, part by part.
func (s *FigureSet) Parts(i, k int) ([Likenesses]float64, bool) {
	x, y := &s.cells[i], &s.cells[k]
	if otherwise(x, y) {
		return [Likenesses]float64{}, false
	}
	return compareCells(x, y)
}

// Verdict is that of a row.
func (s *FigureSet) Verdict(g []int32) Verdict { return verdict(s.cells, g) }

// Join puts n figures in rows.
func Join(n int, like func(i, k int32) (float64, bool)) [][]int32 { return join(n, like) }

// LikenessWeights is the weights as they stand.
func LikenessWeights() ([Likenesses]float64, float64) { return weights, likely }

// ReadsAlone reports whether a sentence of an account may be a highlight.
func ReadsAlone(c *Collation, account, sentence int) bool {
	a := c.Accounts[account]
	s := a.Analysis.Sentences[sentence]
	u := unit{account: account, sentence: sentence, kind: a.Paragraphs[s.Paragraph].Kind, span: s.Span}
	return c.readsAlone(u) && !c.pointsOut(u)
}

// OfOthers reports whether the last sentence of an account tells of others than the
// last one of another, which names somebody.
func OfOthers(c *Collation, account, claimed int) bool {
	last := func(account int) unit {
		a := c.Accounts[account]
		return unit{account: account, sentence: len(a.Analysis.Sentences) - 1}
	}
	all := func(int) bool { return true }
	return c.ofOthers(last(account), all, last(claimed), all)
}
