package collation

import "synoptic/internal/match"

// Match says whether two accounts, each of one sentence, make the same claim,
// and how alike they are, 0 to 1.
func Match(a, b Account) (same bool, score float64) {
	return match.Sentences(a.Article, a.Analysis, b.Article, b.Analysis)
}
