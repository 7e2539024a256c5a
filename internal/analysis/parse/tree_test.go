package parse

import (
	"math/rand/v2"
	"testing"
)

// exhaustive is the best sum of any tree with one root over n tokens.
func exhaustive(scores []int32, stride, n int) int {
	best := -1 << 40
	heads := make([]int, n)
	var try func(i int)
	try = func(i int) {
		if i == n {
			if sum, ok := sumOf(heads, scores, stride); ok {
				best = max(best, sum)
			}
			return
		}
		for h := -1; h < n; h++ {
			if h != i {
				heads[i] = h
				try(i + 1)
			}
		}
	}
	try(0)
	return best
}

// sumOf is what the arcs score, false where they are no tree with one root.
func sumOf(heads []int, scores []int32, stride int) (int, bool) {
	sum, roots := 0, 0
	for i, h := range heads {
		if h == -1 {
			sum += int(scores[i*stride+len(heads)])
			roots++
		} else {
			sum += int(scores[i*stride+h])
		}
		steps := 0
		for j := i; j != -1; j = heads[j] {
			if steps++; steps > len(heads) {
				return 0, false
			}
		}
	}
	return sum, roots == 1
}

func TestHeads(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	var d Decoder
	for range 3000 {
		n := 1 + r.IntN(5)
		stride := n + 1 + r.IntN(3)
		scores := make([]int32, n*stride)
		for i := range scores {
			scores[i] = r.Int32N(21) - 10
			if r.IntN(4) == 0 {
				scores[i] *= 50_000
			}
		}
		heads := d.Heads(scores, stride, n)
		sum, ok := sumOf(heads, scores, stride)
		if !ok {
			t.Fatalf("%v is no tree with one root", heads)
		}
		if want := exhaustive(scores, stride, n); sum != want {
			t.Fatalf("%v of %v scores %d, the best tree %d", heads, scores, sum, want)
		}
	}
}

// A chain of circles within circles is the worst case, and must stay bounded.
func TestHeadsOfManyCircles(t *testing.T) {
	const n = maxPiece
	r := rand.New(rand.NewPCG(1, 3))
	scores := make([]int32, n*(n+1))
	for i := range scores {
		scores[i] = r.Int32N(1 << 20)
	}
	for i := range n {
		scores[i*(n+1)+n] = -1 << 20
		scores[i*(n+1)+i^1] += 1 << 21
	}
	var d Decoder
	if _, ok := sumOf(d.Heads(scores, n+1, n), scores, n+1); !ok {
		t.Fatal("no tree with one root")
	}
}
