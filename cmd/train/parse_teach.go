package main

import (
	"fmt"
	"math"
	"sort"

	"synoptic/article"
	"synoptic/internal/analysis/parse"
)

// least is the smallest share that a teacher's opinion is kept for.
const least = 0.02

// teach gives trees the targets that several networks agree on: the mean of
// their chances, cut to the four likeliest. Treebank trees keep their gold arcs
// for the greater part; the others have nothing else.
func (o *parseSettings) teach(paths []string, trees, extra []*tree) error {
	var teachers []*network
	for _, path := range paths {
		n, err := loadNetwork(path)
		if err != nil {
			return err
		}
		teachers = append(teachers, n)
	}
	for _, set := range o.devSets {
		consensus(teachers, set, nil)
		words, both, heads := 0, 0, 0
		for _, t := range set {
			for i := range t.words {
				words++
				if t.soft[i].heads[0].index != t.outcome(i) {
					continue
				}
				heads++
				if base(relOf(t.soft[i])) == base(t.rels[i]) {
					both++
				}
			}
			t.soft = nil
		}
		fmt.Fprintf(o.log, "teachers together: UAS %.4f LAS %.4f\n", float64(heads)/float64(words), float64(both)/float64(words))
	}
	consensus(teachers, trees, func(t *tree, i int) int { return t.heads[i] })
	for _, t := range trees {
		for i := range t.soft {
			t.soft[i].heads = mix(t.soft[i].heads, t.outcome(i))
			t.soft[i].rels = mix(t.soft[i].rels, int32(t.rels[i]))
		}
	}
	consensus(teachers, extra, nil)
	return nil
}

func relOf(t target) article.Rel { return article.Rel(t.rels[0].index) }

// gold is the part of a target that the treebank has.
const gold = 0.6

// mix puts the truth in front of opinions.
func mix(opinions []share, truth int32) []share {
	out := []share{{truth, gold}}
	for _, s := range opinions {
		s.part *= 1 - gold
		if s.index == truth {
			out[0].part += s.part
		} else {
			out = append(out, s)
		}
	}
	return out
}

// consensus sets the soft targets of trees. given tells the head that the
// relation is wanted for; without it that is the head in the best tree.
func consensus(teachers []*network, trees []*tree, given func(t *tree, i int) int) {
	var d parse.Decoder
	var scratch, headsT, u, z, logits []float32
	for at := 0; at < len(trees); {
		from := at
		var rows []int32
		spans := []int{0}
		for ; at < len(trees) && spans[len(spans)-1] < 1000; at++ {
			rows = append(rows, trees[at].rows...)
			spans = append(spans, spans[len(spans)-1]+len(trees[at].words))
		}
		chances := make([][]float32, len(spans)-1)
		strides := make([]int, len(chances))
		for _, n := range teachers {
			n.forward(rows, parse.Slots, spans, nil, 0, 0)
			for s := range chances {
				scores, stride := n.scores(s, &scratch, &headsT)
				strides[s] = stride
				if chances[s] == nil {
					chances[s] = make([]float32, len(scores))
				}
				for i := 0; i < len(scores); i += stride {
					softmax(scores[i : i+stride])
				}
				for i, p := range scores {
					chances[s][i] += p / float32(len(teachers))
				}
			}
		}
		var all []int32
		for s := range chances {
			t, length, stride := trees[from+s], spans[s+1]-spans[s], strides[s]
			whole := make([]int32, len(chances[s]))
			for i, p := range chances[s] {
				whole[i] = int32(math.Log(float64(p)+1e-9) * 4096)
			}
			t.soft = make([]target, length)
			for i, h := range d.Heads(whole, stride, length) {
				if given != nil {
					h = given(t, i)
				}
				if h < 0 {
					h = length
				}
				all = append(all, int32(h))
				t.soft[i].heads = likeliest(chances[s][i*stride:i*stride+length+1], int32(h))
			}
		}
		mean := make([]float32, len(all)*teachers[0].rels)
		for _, n := range teachers {
			n.relations(all, &u, &z, &logits)
			for i := range all {
				row := logits[i*n.rels : (i+1)*n.rels]
				softmax(row)
				for k, p := range row {
					mean[i*n.rels+k] += p / float32(len(teachers))
				}
			}
		}
		for s := range chances {
			for i := range trees[from+s].soft {
				row := mean[(spans[s]+i)*teachers[0].rels:][:teachers[0].rels]
				trees[from+s].soft[i].rels = likeliest(row, -1)
			}
		}
	}
}

// likeliest is the outcomes with the greatest chances, made to sum to 1, the
// one that is wanted first.
func likeliest(chances []float32, first int32) []share {
	var out []share
	for i, p := range chances {
		if p >= least || int32(i) == first {
			out = append(out, share{int32(i), p})
		}
	}
	sort.SliceStable(out, func(i, j int) bool {
		if (out[i].index == first) != (out[j].index == first) {
			return out[i].index == first
		}
		return out[i].part > out[j].part
	})
	out = out[:min(4, len(out))]
	var sum float32
	for _, s := range out {
		sum += s.part
	}
	for i := range out {
		out[i].part /= sum
	}
	return out
}
