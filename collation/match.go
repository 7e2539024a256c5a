package collation

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
)

// alike is the weighted word overlap (cosine) from which two units are taken
// to say the same, fitted on the development stories.
const alike = 0.20

// overlap is the cosine of two units over their weighted terms, 0 to 1.
func overlap(a, b *unit) float64 {
	if a.norm == 0 || b.norm == 0 {
		return 0
	}
	sum := 0.0
	for i, k := 0, 0; i < len(a.terms) && k < len(b.terms); {
		switch x, y := a.terms[i], b.terms[k]; {
		case x.id < y.id:
			i++
		case x.id > y.id:
			k++
		default:
			sum += float64(x.weight * y.weight)
			i++
			k++
		}
	}
	return sum / (a.norm * b.norm)
}

// edge is two units of different accounts that are alike.
type edge struct {
	a, b  int32 // indexes of units, a before b
	score float64
}

// link finds the pairs of units of different accounts that are alike, the
// most alike first. Candidates come from an index of terms; a term that stands
// in more than crowd units is too common to bring two together.
func link(units []unit) []edge {
	const crowd = 64
	index := map[int32][]int32{}
	for i, u := range units {
		for _, t := range u.terms {
			index[t.id] = append(index[t.id], int32(i))
		}
	}
	var edges []edge
	met := make([]int32, len(units))
	for i := range met {
		met[i] = -1
	}
	for i := range units {
		u := &units[i]
		for _, t := range u.terms {
			in := index[t.id]
			if len(in) > crowd {
				continue
			}
			for _, k := range in {
				if int(k) >= i {
					break
				}
				if met[k] == int32(i) || units[k].account == u.account {
					continue
				}
				met[k] = int32(i)
				if s := overlap(&units[k], u); s >= alike {
					edges = append(edges, edge{a: k, b: int32(i), score: s})
				}
			}
		}
	}
	slices.SortFunc(edges, func(x, y edge) int {
		return cmp.Or(cmp.Compare(y.score, x.score), cmp.Compare(x.a, y.a), cmp.Compare(x.b, y.b))
	})
	return edges
}

// group puts units that are alike together, best pair first. Two groups are
// joined only where their units are alike on average, so that a chain of
// neighbours does not tie unlike things.
func group(units []unit, edges []edge) [][]int32 {
	of := make([]int32, len(units))
	groups := make([][]int32, len(units))
	for i := range units {
		of[i] = int32(i)
		groups[i] = []int32{int32(i)}
	}
	for _, e := range edges {
		x, y := of[e.a], of[e.b]
		if x == y {
			continue
		}
		sum, n := 0.0, 0
		for _, i := range groups[x] {
			for _, k := range groups[y] {
				sum += overlap(&units[i], &units[k])
				n++
			}
		}
		if sum/float64(n) < alike*0.8 {
			continue
		}
		x, y = min(x, y), max(x, y)
		for _, k := range groups[y] {
			of[k] = x
		}
		groups[x] = append(groups[x], groups[y]...)
		groups[y] = nil
	}
	kept := groups[:0]
	for _, g := range groups {
		if g != nil {
			slices.Sort(g)
			kept = append(kept, g)
		}
	}
	return kept
}

// Match says whether two sentences make the same claim, by the overlap of
// their words, and how alike they are, 0 to 1.
func Match(a, b string) (same bool, score float64) {
	v := newVocabulary()
	units := []unit{{terms: v.terms(splitWords(a), 0)}, {terms: v.terms(splitWords(b), 1)}}
	v.weigh(units)
	score = overlap(&units[0], &units[1])
	return score >= 0.5, score
}

func splitWords(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '\'' && r != '’' && r != '.' && r != ','
	})
}
