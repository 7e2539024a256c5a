package chain

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"

	"synoptic/internal/model"
)

// toy is a chain of three labels where "b" never follows "a" or begins.
func toy(t testing.TB) *Chain {
	t.Helper()
	rows := []Row{
		{Feature: 1 << 31, Labels: []uint8{0}, Weights: []int8{10}},
		{Feature: 7, Labels: []uint8{1, 2}, Weights: []int8{20, -5}},
		{Feature: 8, Labels: []uint8{2}, Weights: []int8{127}},
	}
	next := []int16{0, Never, 3, 0, 1, 0, 0, 4, 0, 0, Never, 2}
	c, err := New([]string{"a", "b", "c"}, rows, next, 0.05)
	if err != nil {
		t.Fatal(err)
	}
	return kept(t, c)
}

// kept is c as it is read from what it was written to.
func kept(t testing.TB, c *Chain) *Chain {
	t.Helper()
	b := &model.Builder{Name: "toy"}
	c.AddTo(b, "toy")
	data, err := b.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	m, err := model.Parse(string(data))
	if err != nil {
		t.Fatal(err)
	}
	if c, err = Read(m, "toy"); err != nil {
		t.Fatal(err)
	}
	return c
}

// spread times a number below 1<<16 is a feature that no other such number's is
// taken for: they differ in their lower bits.
const spread = 1<<16 + 1

// random is a chain of such features, and what each of them weighs. Some weigh
// for all labels, others for some.
func random(t testing.TB, labels, features int) (*Chain, map[uint32]Scores) {
	t.Helper()
	r := rand.New(rand.NewPCG(uint64(labels), uint64(features)))
	weighs := map[uint32]Scores{}
	var rows []Row
	for len(rows) < features {
		row := Row{Feature: r.Uint32N(1<<16) * spread}
		if _, ok := weighs[row.Feature]; ok {
			continue
		}
		var s Scores
		some := r.IntN(2) == 0
		for l := range labels {
			if w := int8(r.IntN(256) - 128); !some || r.IntN(2) == 0 {
				s[l] = int32(w)
				row.Labels, row.Weights = append(row.Labels, uint8(l)), append(row.Weights, w)
			}
		}
		weighs[row.Feature] = s
		rows = append(rows, row)
	}
	names := make([]string, labels)
	for l := range names {
		names[l] = fmt.Sprint(l)
	}
	c, err := New(names, rows, make([]int16, (labels+1)*labels), 0.05)
	if err != nil {
		t.Fatal(err)
	}
	return kept(t, c), weighs
}

// TestAddForms compares sums with those of a map, for chains of few labels and
// of many, whose rows differ in form.
func TestAddForms(t *testing.T) {
	for _, labels := range []int{1, 2, 3, 8, 9, fewLabels, fewLabels + 1, MaxLabels} {
		c, weighs := random(t, labels, 3000)
		r := rand.New(rand.NewPCG(5, uint64(labels)))
		known := slices.Sorted(maps.Keys(weighs))
		for range 200 {
			features := make([]uint32, r.IntN(3*many))
			var want, got Scores
			for i := range features {
				features[i] = r.Uint32N(1<<16) * spread
				if r.IntN(3) > 0 {
					features[i] = known[r.IntN(len(known))]
				}
				w := weighs[features[i]]
				for l := range labels {
					want[l] += w[l]
				}
			}
			if c.Add(&got, features); got != want {
				t.Fatalf("%d labels: %v, want %v", labels, got[:labels], want[:labels])
			}
		}
	}
}

func TestAdd(t *testing.T) {
	c := toy(t)
	var s Scores
	c.Add(&s, []uint32{1 << 31, 7, 8, 9, 1<<31 | 7, 0})
	if want := []int32{10, 20, 122}; !slices.Equal(s[:3], want) {
		t.Errorf("scores %v, want %v", s[:3], want)
	}
}

// TestPath compares the path with the best of all sequences.
func TestPath(t *testing.T) {
	c := toy(t)
	random := rand.New(rand.NewPCG(1, 2))
	var p Path
	for range 500 {
		scores := make([]Scores, random.IntN(6))
		for i := range scores {
			for l := range c.labels {
				scores[i][l] = random.Int32N(60)
			}
		}
		var best []uint8
		top := int32(-1 << 31)
		all := 1
		for range scores {
			all *= len(c.labels)
		}
		for code := range all {
			labels := make([]uint8, len(scores))
			sum, last := int32(0), len(c.labels)
			for i := range labels {
				labels[i] = uint8(code % len(c.labels))
				code /= len(c.labels)
				sum += scores[i][labels[i]] + int32(c.next[last*len(c.labels)+int(labels[i])])
				last = int(labels[i])
			}
			if sum > top {
				best, top = labels, sum
			}
		}
		p.Begin()
		for i := range scores {
			p.Step(c, &scores[i])
		}
		got := p.End()
		sum, last := int32(0), len(c.labels)
		for i, l := range got {
			sum += scores[i][l] + int32(c.next[last*len(c.labels)+int(l)])
			last = int(l)
		}
		if sum != top || len(got) != len(scores) {
			t.Fatalf("path %v of sum %d, best is %v of %d", got, sum, best, top)
		}
	}
}

// BenchmarkAdd looks up the features of one token, of which most are known, in
// tables that do not fit into the cache next to the processor.
func BenchmarkAdd(b *testing.B) {
	for _, labels := range []int{3, 9, 89} {
		b.Run(fmt.Sprint(labels), func(b *testing.B) {
			c, weighs := random(b, labels, 1<<15)
			r := rand.New(rand.NewPCG(7, 8))
			features := slices.Sorted(maps.Keys(weighs))
			r.Shuffle(len(features), func(i, k int) { features[i], features[k] = features[k], features[i] })
			const token = 60
			at := 0
			b.ReportAllocs()
			for b.Loop() {
				var s Scores
				c.Add(&s, features[at:at+token])
				at = (at + token) % (len(features) - token)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/token, "ns/feature")
		})
	}
}

// TestNever holds that no path takes a transition that is none, whatever it would
// gain by it and however long it is.
func TestNever(t *testing.T) {
	c := toy(t)
	var p Path
	p.Begin()
	for range 1000 { // "b" never begins and never follows "a"
		p.Step(c, &Scores{1 << 18, 0, 0})
		p.Step(c, &Scores{0, 1 << 18, 0})
	}
	labels := p.End()
	last := len(c.labels)
	for i, l := range labels {
		if c.next[last*len(c.labels)+int(l)] == Never {
			t.Fatalf("%d follows %d at %d", l, last, i)
		}
		last = int(l)
	}
	if lead := p.Lead(c, 0, 1); lead < 1<<20 {
		t.Errorf("a beginning that cannot be is only %d behind", lead)
	}
}

func TestNewRefuses(t *testing.T) {
	if _, err := New([]string{"a", "b"}, nil, []int16{0, 0, Never, Never, 0, 0}, 1); err == nil {
		t.Error("a label that nothing can follow: no error")
	}
	if _, err := New(nil, nil, nil, 1); err == nil {
		t.Error("no labels: no error")
	}
	if _, err := New([]string{"a"}, nil, []int16{1}, 1); err == nil {
		t.Error("too few transitions: no error")
	}
}

// TestSums compares sums that go on from token to token with those of each token
// alone, also where the number of features changes, and the chain.
func TestSums(t *testing.T) {
	var sums Sums
	r := rand.New(rand.NewPCG(9, 10))
	for _, labels := range []int{3, 9, fewLabels, fewLabels + 1, 3} {
		c, weighs := random(t, labels, 2000)
		known := slices.Sorted(maps.Keys(weighs))
		features := make([]uint32, 0, 2*many)
		for range 500 {
			features = features[:min(len(features), r.IntN(many+10))]
			for i := range features {
				if r.IntN(3) == 0 {
					features[i] = known[r.IntN(len(known))]
				}
			}
			for range r.IntN(20) {
				features = append(features, r.Uint32N(1<<16)*spread)
			}
			var want, got Scores
			c.Add(&want, features)
			if sums.Add(c, &got, features); got != want {
				t.Fatalf("%d labels: %v, want %v", labels, got[:labels], want[:labels])
			}
		}
	}
}
