package main

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"synoptic/internal/model/chain"
	"synoptic/internal/model/word"
)

// toySequences have tokens of which half show their label and half show none:
// these have the label of the token before them.
func toySequences(n int) []sequence {
	random := rand.New(rand.NewPCG(7, 7))
	var data []sequence
	for range n {
		var s sequence
		last := uint8(0)
		for i := range 6 {
			features := []uint32{word.Mix(100)}
			if i == 0 || random.IntN(2) == 0 {
				last = uint8(random.IntN(3))
				features = []uint32{word.Mix(uint32(last) + 1), word.Mix(200)}
			}
			s.features = append(s.features, features)
			s.labels = append(s.labels, last)
		}
		data = append(data, s)
	}
	return data
}

func toyFit() fit {
	return fit{labels: []string{"a", "b", "c"}, rounds: 6, averaged: 2, rate: 0.1, drop: 0.1, small: 0.01, least: 1, seed: 1}
}

func TestFitLearns(t *testing.T) {
	c, _, err := toyFit().seeds(toySequences(200), 2).cut(0.1, 0.05)
	if err != nil {
		t.Fatal(err)
	}
	var p chain.Path
	right, all := 0, 0
	for _, s := range toySequences(50) {
		p.Begin()
		for _, features := range s.features {
			var scores chain.Scores
			c.Add(&scores, features)
			p.Step(c, &scores)
		}
		for i, label := range p.End() {
			all++
			if label == s.labels[i] {
				right++
			}
		}
	}
	// Without the transitions 72 in 100 would be right: what shows its label, and a
	// third of the rest.
	if right*100 < all*85 {
		t.Errorf("%d of %d labels are right", right, all)
	}
}

func TestFitRepeats(t *testing.T) {
	once, again := toyFit().seeds(toySequences(50), 3), toyFit().seeds(toySequences(50), 3)
	if !slices.Equal(once.row, again.row) || !slices.Equal(once.next, again.next) {
		t.Error("the same data and seed gave other weights")
	}
}

func TestFitForbids(t *testing.T) {
	o := toyFit()
	o.forbid = func(from, to string) bool { return from == "" && to == "c" }
	var data []sequence
	for _, s := range toySequences(100) {
		if s.labels[0] != 2 {
			data = append(data, s)
		}
	}
	w := o.seeds(data, 1)
	if v := w.next[3*3+2]; !math.IsInf(float64(v), -1) {
		t.Errorf("what cannot be weighs %v", v)
	}
}

// TestLatticeGradients compares the lattice's gradients with differences of its loss.
func TestLatticeGradients(t *testing.T) {
	const L, n, h = 3, 4, 1e-6
	random := rand.New(rand.NewPCG(3, 4))
	unary, next := make([]float64, n*L), make([]float64, (L+1)*L)
	for i := range unary {
		unary[i] = random.NormFloat64()
	}
	for i := range next {
		next[i] = random.NormFloat64()
	}
	truth := []uint8{2, 0, 0, 1}
	loss := func() (float64, []float64, []float64) {
		g := &lattice{L: L, next: make([]float64, (L+1)*L), nextGrad: make([]float64, (L+1)*L)}
		g.begin(n)
		copy(g.unary, unary)
		for i, v := range next {
			g.next[i] = math.Exp(v)
		}
		l := g.gradients(truth)
		return l, g.grad, g.nextGrad
	}
	base, grad, nextGrad := loss()
	check := func(name string, at *float64, want float64) {
		old := *at
		*at = old + h
		moved, _, _ := loss()
		*at = old
		if got := (moved - base) / h; math.Abs(got-want) > 1e-3 {
			t.Errorf("%s: gradient %.5f, the loss moves by %.5f", name, want, got)
		}
	}
	for i := range unary {
		check("unary", &unary[i], grad[i])
	}
	for i := range next {
		check("next", &next[i], nextGrad[i])
	}
}

func TestClusters(t *testing.T) {
	// Words 0 and 1 stand before 2 and 3, in any pairing: two groups explain it.
	var text [][]int32
	for i := range 40 {
		text = append(text, []int32{int32(i % 2), int32(2 + i/2%2), int32((i + 1) % 2), int32(2 + i/4%2)})
	}
	of := clusters(text, 4, 2, 10, nil)
	if of[0] != of[1] || of[2] != of[3] || of[0] == of[2] {
		t.Errorf("groups %v", of)
	}
	if again := clusters(text, 4, 2, 10, nil); !slices.Equal(of, again) {
		t.Errorf("groups %v, then %v", of, again)
	}
}
