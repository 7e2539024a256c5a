package chain

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// TestRivals compares rivals and leads with what all sequences say.
func TestRivals(t *testing.T) {
	c := toy(t)
	size := len(c.labels)
	random := rand.New(rand.NewPCG(3, 4))
	var p Path
	for range 300 {
		scores := make([]Scores, 1+random.IntN(5))
		p.Begin()
		for i := range scores {
			for l := range size {
				scores[i][l] = random.Int32N(60)
			}
			p.Step(c, &scores[i])
		}
		sum := func(labels []uint8) int32 {
			total, last := int32(0), size
			for i, l := range labels {
				next := c.next[last*size+int(l)]
				if next == Never {
					return never
				}
				total += scores[i][l] + int32(next)
				last = int(l)
			}
			return total
		}
		// best[i][l] is the sum of the best sequence with label l at token i.
		best := make([][3]int32, len(scores))
		for i := range best {
			best[i] = [3]int32{never, never, never}
		}
		codes := 1
		for range scores {
			codes *= size
		}
		for code := range codes {
			labels := make([]uint8, len(scores))
			for i := range labels {
				labels[i] = uint8(code % size)
				code /= size
			}
			for i, l := range labels {
				best[i][l] = max(best[i][l], sum(labels))
			}
		}
		top := slices.Max(best[0][:])

		rivals := p.Rivals(c, 4, 30)
		if !slices.Equal(rivals[0].Labels, p.End()) && rivals[0].Score != top {
			t.Fatalf("the best is %v of %d, want %v of %d", rivals[0].Labels, rivals[0].Score, p.End(), top)
		}
		for k, r := range rivals {
			if sum(r.Labels) != r.Score {
				t.Fatalf("%v has the sum %d, told as %d", r.Labels, sum(r.Labels), r.Score)
			}
			if r.Score < top-30 || k > 0 && r.Score > rivals[k-1].Score {
				t.Fatalf("rival %d is out of place: %d after %d, the best %d", k, r.Score, rivals[max(0, k-1)].Score, top)
			}
			for _, o := range rivals[:k] {
				if slices.Equal(o.Labels, r.Labels) {
					t.Fatalf("%v twice", r.Labels)
				}
			}
		}
		// What no rival has is worse than the last, or too far behind.
		for i := range best {
			for l, score := range best[i] {
				has := slices.ContainsFunc(rivals, func(r Rival) bool { return r.Labels[i] == uint8(l) })
				if !has && score >= top-30 && (len(rivals) < 4 || score > rivals[len(rivals)-1].Score) {
					t.Fatalf("token %d has no rival with label %d of score %d", i, l, score)
				}
			}
			for l := range size {
				others := int32(never)
				for o, score := range best[i] {
					if o != l {
						others = max(others, score)
					}
				}
				if got := p.Lead(c, i, uint8(l)); got != others-best[i][l] {
					t.Fatalf("token %d: label %d is told to be %d behind, want %d", i, l, got, others-best[i][l])
				}
			}
		}
	}
	p.Begin()
	if r := p.Rivals(c, 4, 30); len(r) != 0 {
		t.Errorf("no tokens have the rivals %v", r)
	}
}

func TestOdds(t *testing.T) {
	c := toy(t)
	// Weights 20 for label 1 and 0 for label 0; it never begins, which costs.
	if got, want := c.Odds([]uint32{7}), int32(20)+int32(c.next[3*3+1])-int32(c.next[3*3]); got != want {
		t.Errorf("odds %d, want %d", got, want)
	}
}
