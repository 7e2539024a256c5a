package chain

import (
	"math/rand/v2"
	"slices"
	"testing"

	"synoptic/internal/model"
)

// toy is a chain of three labels where "b" never follows "a" or begins.
func toy(t *testing.T) *Chain {
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

func TestNewRefuses(t *testing.T) {
	if _, err := New(nil, nil, nil, 1); err == nil {
		t.Error("no labels: no error")
	}
	if _, err := New([]string{"a"}, nil, []int16{1}, 1); err == nil {
		t.Error("too few transitions: no error")
	}
}
