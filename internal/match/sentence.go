package match

import (
	"synoptic/article"
)

// Sentences says whether two texts, each taken as one passage, make the same
// claim, and how alike they are, 0 to 1. The two answers come of different
// corpora: whether of pairs that people called the same or not, how much of
// pairs that they graded.
func Sentences(a *article.Article, n *article.Analysis, b *article.Article, m *article.Analysis) (same bool, score float64) {
	c := NewCollection()
	c.AddAll(a, n, Place{Account: 0})
	c.AddAll(b, m, Place{Account: 1})
	c.Weigh()
	var pair Pair
	f := pair.Features(c, 0, 1)
	w := weights()
	return w.claim.Sum(f[:]) >= 0, float64(min(max(w.grade.Sum(f[:])/5, 0), 1))
}
