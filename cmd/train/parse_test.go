package main

import (
	"io"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"synoptic/article"
	"synoptic/internal/analysis/parse"
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

// toy is sentences of a small language: an article hangs from the noun after
// it, a noun before the verb is its subject, one after it its object.
func toy(r *rand.Rand, n int) []*tree {
	nouns, verbs := []string{"ferry", "mayor", "bridge", "harbour"}, []string{"closes", "sees", "opens"}
	var trees []*tree
	for range n {
		t := &tree{}
		add := func(word string, tag article.Tag, head int, rel article.Rel) {
			t.words, t.tags, t.xtags = append(t.words, word), append(t.tags, tag), append(t.xtags, "")
			t.heads, t.rels = append(t.heads, head), append(t.rels, rel)
		}
		noun := func(verb func() int, rel article.Rel) {
			if r.IntN(2) == 0 {
				add("the", article.DET, len(t.words)+1, article.Det)
			}
			add(nouns[r.IntN(len(nouns))], article.NOUN, verb(), rel)
		}
		noun(func() int { return len(t.words) + 1 }, article.Nsubj)
		root := len(t.words)
		add(verbs[r.IntN(len(verbs))], article.VERB, -1, article.Root)
		if r.IntN(3) > 0 {
			noun(func() int { return root }, article.Obj)
		}
		trees = append(trees, t)
	}
	return trees
}

// A small language is learnt, in whole numbers too, and twice in the same way.
func TestFit(t *testing.T) {
	trees := toy(rand.New(rand.NewPCG(3, 3)), 200)
	known, counts, totals := collect(trees, nil)
	vocabulary := parse.NewVocabulary(known)
	for _, tree := range trees {
		tree.rows = vocabulary.Lookup(nil, tree.words, tree.tags, tree.xtags)
	}
	o := parseSettings{
		shape: shape{width: 32, layers: 1, arc: 32, label: 32, rels: parse.Outputs},
		seed:  1, epochs: 12, rate: 0.01, drop: 0.1, batch: 50, extra: 1, counts: counts, log: io.Discard,
	}
	fit := func() *network {
		n := newNetwork(o.shape, vocabulary.Rows(), o.seed)
		n.fit(trees[:150], nil, o)
		return n.averaged()
	}
	first, second := fit(), fit()
	for i, w := range first.all() {
		if !slices.Equal(w.data, second.all()[i].data) {
			t.Fatalf("weights %d differ from one run to the next", i)
		}
	}
	if uas, las := first.score(trees[150:]); uas < 0.98 || las < 0.98 {
		t.Errorf("floats: UAS %.3f LAS %.3f", uas, las)
	}
	whole, err := first.whole(known, totals, len(known))
	if err != nil {
		t.Fatal(err)
	}
	if uas, las := attachment(whole, trees[150:]); uas < 0.98 || las < 0.98 {
		t.Errorf("whole numbers: UAS %.3f LAS %.3f", uas, las)
	}
	fewer, err := first.whole(known, totals, 3)
	if err != nil {
		t.Fatal(err)
	}
	if n := fewer.Vocabulary().Words(); n != 3 {
		t.Errorf("%d words kept, not 3", n)
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
