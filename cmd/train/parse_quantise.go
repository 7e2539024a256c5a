package main

import (
	"fmt"
	"math"
	"slices"

	"synoptic/internal/analysis/parse"
	"synoptic/internal/kernel"
	"synoptic/internal/model"
)

// whole is the network in whole numbers. Of the words known it keeps the most
// frequent; the others become unknown.
func (n *network) whole(known []uint32, totals []int, most int) (*parse.Network, error) {
	w := &parse.Network{Shape: parse.Shape{Width: n.width, Layers: n.shape.layers, Arc: n.arc, Rel: n.label}}
	order := make([]int, len(known))
	for i := range order {
		order[i] = i + 1
	}
	slices.SortStableFunc(order, func(i, j int) int { return totals[j] - totals[i] })
	order = order[:min(most, len(order))]
	slices.Sort(order)
	row := func(i int) {
		for _, x := range n.table.data[i*n.width : (i+1)*n.width] {
			w.Table = append(w.Table, int8(whole(x, 64, 127)))
		}
	}
	row(0)
	for _, i := range order {
		w.Words = append(w.Words, known[i-1])
		row(i)
	}
	for i := len(known) + 1; i < len(n.table.data)/n.width; i++ {
		row(i)
	}
	half := n.width / 2
	for _, l := range n.layers {
		peep := fractions(l.peep.data, 1<<13)
		w.Layers = append(w.Layers, parse.Layer{
			In: linear(l.in.data, l.bias.data, n.width, func(column int) float64 {
				if column < n.width {
					return kernel.Half
				}
				return kernel.Sum
			}),
			Forward:  kernel.Unit{PeepForget: peep[:half], PeepOutput: peep[2*half : 3*half]},
			Backward: kernel.Unit{PeepForget: peep[half : 2*half], PeepOutput: peep[3*half:]},
		})
	}
	w.Heads = linear(n.heads.data, n.headBias.data, n.width, func(column int) float64 {
		if column < 2*n.arc {
			return kernel.Half
		}
		return kernel.Sum
	})
	w.RootArc = make([]int8, n.arc)
	for i, x := range n.rootArc.data {
		w.RootArc[i] = int8(whole(x, kernel.Activation, 127))
	}
	w.RootRel = fractions(n.rootRel.data, kernel.Sum)
	w.RelDistance = fractions(n.relDist.data, kernel.Sum)
	for _, x := range n.distance.data {
		w.Distance = append(w.Distance, int32(whole(x, kernel.Activation*kernel.Activation, 1<<24)))
	}
	w.Out = linear(n.out.data, n.outBias.data, n.label, func(int) float64 { return 1 })
	return w, w.Prepare()
}

// whole is x in units of 1/one, at most most to either side.
func whole(x float32, one, most float64) int {
	return int(max(-most, min(most, math.RoundToEven(float64(x)*one))))
}

func fractions(x []float32, one float64) []int16 {
	out := make([]int16, len(x))
	for i, v := range x {
		out[i] = int16(whole(v, one, math.MaxInt16))
	}
	return out
}

// linear gives each column of weights a scale of its own, the finest at which
// its largest weight fits a byte and its bias stays exact as float32.
func linear(weights, bias []float32, in int, one func(column int) float64) parse.Linear {
	columns := len(bias)
	l := parse.Linear{Bias: make([]int32, columns), Factors: make([]float32, columns)}
	bytes := make([]int8, len(weights))
	for j := range columns {
		var most float64
		for i := range in {
			most = max(most, math.Abs(float64(weights[i*columns+j])))
		}
		scale := max(most/127, math.Abs(float64(bias[j]))*kernel.Activation/(1<<22), 1e-9)
		sum := 0
		for i := range in {
			q := whole(weights[i*columns+j], 1/scale, 127)
			bytes[i*columns+j] = int8(q)
			sum += q
		}
		l.Bias[j] = int32(math.RoundToEven(float64(bias[j])*kernel.Activation/scale)) - int32(kernel.Zero*sum)
		l.Factors[j] = float32(scale / kernel.Activation * one(j))
	}
	l.Matrix = kernel.Pack(bytes, in, columns)
	return l
}

// attachment is the unlabelled and labelled attachment of trees as the network
// in whole numbers parses them.
func attachment(n *parse.Network, trees []*tree) (uas, las float64) {
	var s parse.Scratch
	words, heads, both := 0, 0, 0
	for _, t := range trees {
		s.Reset()
		s.Add(n.Vocabulary(), t.words, t.tags, t.xtags)
		n.Parse(&s)
		for i := range t.words {
			words++
			if head, rel := s.Arc(i); head == t.heads[i] {
				heads++
				if base(rel) == base(t.rels[i]) {
					both++
				}
			}
		}
	}
	return float64(heads) / float64(words), float64(both) / float64(words)
}

// quantise says what whole numbers cost, and writes them where out names a file.
func (o *parseSettings) quantise(n *network, known []uint32, out string) error {
	w, err := n.whole(known, o.totals, o.most)
	if err != nil {
		return err
	}
	o.report("floats", n.score)
	fmt.Fprintln(o.log)
	o.report("whole ", func(trees []*tree) (uas, las float64) { return attachment(w, trees) })
	fmt.Fprintln(o.log)
	if o.detail {
		o.confusion(w)
	}
	if out == "" {
		return nil
	}
	b := &model.Builder{Name: "parse", About: parseCredit}
	w.Add(b)
	return writeModel(b, out)
}

const parseCredit = "Fitted on the Universal Dependencies English Web Treebank (CC BY-SA 4.0), on GUM (annotations CC BY 4.0, texts CC BY or CC BY-SA) and on words of the Groningen Meaning Bank (public domain texts). These weights: CC BY-SA 4.0."
