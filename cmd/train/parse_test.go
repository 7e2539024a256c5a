package main

import (
	"math"
	"math/rand/v2"
	"testing"
)

// The gradients that the network finds must be what the loss does when a
// weight moves a little.
func TestGradients(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	n := newNetwork(shape{width: 32, layers: 2, arc: 32, label: 32, rels: 64}, 20, 1)
	const slots = 2
	spans := []int{0, 5, 6, 12}
	rows := make([]int32, 12*slots)
	for i := range rows {
		rows[i] = r.Int32N(20)
	}
	rows[3] = -1
	var targets [][]target
	for s := range len(spans) - 1 {
		length := int32(spans[s+1] - spans[s])
		var sentence []target
		for i := range length {
			head := (i + 1 + r.Int32N(length)) % (length + 1)
			if head == i {
				head = length
			}
			sentence = append(sentence, target{
				heads: []share{{head, 0.75}, {length, 0.25}},
				rels:  []share{{r.Int32N(50), 0.5}, {50 + r.Int32N(10), 0.5}},
			})
		}
		targets = append(targets, sentence)
	}
	loss := func() float64 {
		n.forward(rows, slots, spans, rand.New(rand.NewPCG(2, 2)), 0.2, 0.2)
		return n.loss(targets) * 12
	}
	loss()
	n.backward()
	grads := make([][]float32, len(n.all()))
	for i, w := range n.all() {
		grads[i] = append([]float32(nil), w.grad...)
	}
	for i, w := range n.all() {
		for range 12 {
			at := r.IntN(len(w.data))
			const step = 4e-3
			was := w.data[at]
			w.data[at] = was + step
			up := loss()
			w.data[at] = was - step
			down := loss()
			w.data[at] = was
			want := (up - down) / (2 * step)
			if got := float64(grads[i][at]); math.Abs(got-want) > 0.02+0.08*math.Abs(want) {
				t.Errorf("weights %d, number %d: gradient %.4f, the loss moves by %.4f", i, at, got, want)
			}
		}
	}
}

func TestMix(t *testing.T) {
	got := mix([]share{{3, 0.7}, {5, 0.3}}, 5)
	if len(got) != 2 || got[0].index != 5 || math.Abs(float64(got[0].part)-(gold+0.3*(1-gold))) > 1e-6 {
		t.Errorf("%v", got)
	}
	var sum float32
	for _, s := range got {
		sum += s.part
	}
	if math.Abs(float64(sum)-1) > 1e-6 {
		t.Errorf("shares sum to %g", sum)
	}
}

func TestLikeliest(t *testing.T) {
	got := likeliest([]float32{0.01, 0.5, 0.3, 0.001, 0.1, 0.05, 0.04}, 3)
	if len(got) != 4 || got[0].index != 3 || got[1].index != 1 || got[3].index != 4 {
		t.Errorf("%v", got)
	}
}

// Numbers are held to what a byte takes, and halves go to the even side.
func TestWhole(t *testing.T) {
	for _, c := range []struct {
		x    float32
		want int
	}{{0.5, 32}, {9, 127}, {-9, -127}, {0, 0}, {0.5 / 64, 0}, {1.5 / 64, 2}} {
		if got := whole(c.x, 64, 127); got != c.want {
			t.Errorf("%g is %d, want %d", c.x, got, c.want)
		}
	}
}
