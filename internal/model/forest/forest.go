// Package forest runs boosted regression trees: numbers that describe
// something come in, a log odds or a grade goes out.
package forest

import (
	"math"

	"synoptic/internal/model"
)

// Trees are boosted regression trees of one depth (Friedman 2001), each a full
// binary tree: node n asks a question, and its answers lead to nodes 2n+1 (no)
// and 2n+2 (yes). The sum of the leaves is a log odds, or a grade.
type Trees struct {
	Depth     int
	Base      float32
	Feature   []uint8   // of each question; 2^Depth-1 a tree
	Threshold []float32 // a question asks whether the feature is above this
	Leaf      []float32 // 2^Depth a tree
	Weight    []float32 // of every feature, then of every feature's square root, added to the sum; may be empty
}

// Sum runs f down every tree. It must hold as many features as the trees were
// fitted on.
func (t *Trees) Sum(f []float32) float32 {
	sum, inner := t.Base, 1<<t.Depth-1
	if len(t.Weight) == 2*len(f) {
		for i, x := range f {
			sum += t.Weight[i]*x + t.Weight[len(f)+i]*float32(math.Sqrt(float64(max(x, 0))))
		}
	}
	for tree := 0; tree*(inner+1) < len(t.Leaf); tree++ {
		n := 0
		for range t.Depth {
			q := tree*inner + n
			n = 2*n + 1
			if f[t.Feature[q]] > t.Threshold[q] {
				n++
			}
		}
		sum += t.Leaf[tree*(inner+1)+n-inner]
	}
	return sum
}

// Probability is the sum as a probability.
func (t *Trees) Probability(f []float32) float32 {
	return float32(1 / (1 + math.Exp(-float64(t.Sum(f)))))
}

// Store adds the trees to a file of weights.
func (t *Trees) Store(b *model.Builder, name string) {
	model.Add(b, name+".feature", model.Tensor[uint8]{Data: t.Feature})
	model.Add(b, name+".threshold", model.Tensor[float32]{Data: t.Threshold})
	model.Add(b, name+".weight", model.Tensor[float32]{Data: t.Weight})
	model.Add(b, name+".leaf", model.Tensor[float32]{Data: append([]float32{t.Base, float32(t.Depth)}, t.Leaf...)})
}

// Read is the trees that Store added under name; what is wrong with them m.Err
// tells.
func Read(m *model.Model, name string) *Trees {
	t := &Trees{Feature: model.Read[uint8](m, name+".feature").Data, Threshold: model.Read[float32](m, name+".threshold").Data}
	t.Weight = model.Read[float32](m, name+".weight").Data
	if leaf := model.Read[float32](m, name+".leaf").Data; len(leaf) > 2 {
		t.Base, t.Depth, t.Leaf = leaf[0], int(leaf[1]), leaf[2:]
	}
	return t
}
