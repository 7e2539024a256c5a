package main

import (
	"cmp"
	"math"
	"slices"

	"synoptic/internal/model/forest"
)

// example is something to be judged, such as a pair of passages, with what is known of it.
type example struct {
	features []float32
	target   float64 // 0 or 1 for a claim, a grade otherwise
	weight   float64
	margin   float64 // sum of the trees so far
	set      int     // what is left out together in cross-validation
}

// boosting is how trees are fitted: Newton steps on the logistic or the squared
// loss, as in Chen and Guestrin (2016), over thresholds at quantiles.
type boosting struct {
	rounds, depth int
	rate          float64
	ridge         float64 // added to the curvature of a leaf
	least         float64 // curvature that a leaf needs
	features      float64 // share of the features that a tree may ask about
	squared       bool
	linear        float64 // what weights of a linear model cost, which the trees then mend; 0 for none
	monotone      []int8  // 1: the sum may only rise with the feature, -1: only fall, 0: either
}

const quantiles = 48

// boost fits trees. Which features a tree may ask about follows from its number
// alone.
func boost(examples []*example, o boosting) *forest.Trees {
	n := len(examples[0].features)
	cuts := make([][]float32, n)
	bins := make([][]uint8, n)
	values := make([]float32, len(examples))
	for f := range n {
		for i, e := range examples {
			values[i] = e.features[f]
		}
		slices.Sort(values)
		for q := 1; q < quantiles; q++ {
			v := values[len(values)*q/quantiles]
			if v < values[len(values)-1] && (len(cuts[f]) == 0 || v > cuts[f][len(cuts[f])-1]) {
				cuts[f] = append(cuts[f], v)
			}
		}
		if len(cuts[f]) == 0 || cuts[f][0] > values[0] {
			cuts[f] = slices.Insert(cuts[f], 0, values[0])
		}
		bins[f] = make([]uint8, len(examples))
		for i, e := range examples {
			at, _ := slices.BinarySearchFunc(cuts[f], e.features[f], cmp.Compare[float32])
			bins[f][i] = uint8(at) // cuts before at are below the value
		}
	}
	var sum, total float64
	for _, e := range examples {
		sum, total = sum+e.weight*e.target, total+e.weight
	}
	base := sum / total
	if !o.squared {
		base = math.Log(base / (1 - base))
	}
	t := &forest.Trees{Depth: o.depth, Base: float32(base)}
	if o.linear > 0 {
		t.Base, t.Weight = regress(examples, o.linear)
	}
	for _, e := range examples {
		e.margin = float64(t.Sum(e.features))
	}
	node := make([]int, len(examples))
	grad, curve := make([]float64, len(examples)), make([]float64, len(examples))
	seed := uint64(1)
	inner := 1<<o.depth - 1
	for range o.rounds {
		for i, e := range examples {
			node[i] = 0
			if o.squared {
				grad[i], curve[i] = e.weight*(e.target-e.margin), e.weight
				continue
			}
			p := 1 / (1 + math.Exp(-e.margin))
			grad[i], curve[i] = e.weight*(e.target-p), e.weight*p*(1-p)
		}
		allowed := make([]bool, n)
		for f := range allowed {
			seed = seed*6364136223846793005 + 1442695040888963407
			allowed[f] = float64(seed>>40)/float64(1<<24) < o.features
		}
		feature, threshold := make([]uint8, inner), make([]float32, inner)
		low, high := make([]float64, 2*inner+1), make([]float64, 2*inner+1)
		for k := range low {
			low[k], high[k] = math.Inf(-1), math.Inf(1)
		}
		for level := range o.depth {
			first, count := 1<<level-1, 1<<level
			best := make([]float64, count)
			at := make([]int, count)
			middle := make([]float64, count)
			for k := range threshold[first : first+count] {
				threshold[first+k] = float32(math.Inf(1))
			}
			var g, h [64][quantiles + 2]float64
			for f := range n {
				if !allowed[f] {
					continue
				}
				for k := range count {
					clear(g[k][:])
					clear(h[k][:])
				}
				for i, b := range bins[f] {
					k := node[i] - first
					g[k][b] += grad[i]
					h[k][b] += curve[i]
				}
				for k := range count {
					var gAll, hAll, gLow, hLow float64
					for b := range len(cuts[f]) + 1 {
						gAll, hAll = gAll+g[k][b], hAll+h[k][b]
					}
					for b := range len(cuts[f]) {
						gLow, hLow = gLow+g[k][b], hLow+h[k][b]
						gHigh, hHigh := gAll-gLow, hAll-hLow
						if hLow < o.least || hHigh < o.least {
							continue
						}
						if sign := o.sign(f); sign != 0 && float64(sign)*(gHigh/(hHigh+o.ridge)-gLow/(hLow+o.ridge)) < 0 {
							continue
						}
						gain := gLow*gLow/(hLow+o.ridge) + gHigh*gHigh/(hHigh+o.ridge) - gAll*gAll/(hAll+o.ridge)
						if gain > best[k]+1e-9 {
							best[k], at[k] = gain, b
							feature[first+k], threshold[first+k] = uint8(f), cuts[f][b]
							middle[k] = (bound(gLow/(hLow+o.ridge), low[first+k], high[first+k]) + bound(gHigh/(hHigh+o.ridge), low[first+k], high[first+k])) / 2
						}
					}
				}
			}
			for k := first; k < first+count; k++ {
				for child := 2*k + 1; child <= 2*k+2; child++ {
					low[child], high[child] = low[k], high[k]
				}
				if math.IsInf(float64(threshold[k]), 1) {
					continue
				}
				switch o.sign(int(feature[k])) {
				case 1:
					high[2*k+1], low[2*k+2] = middle[k-first], middle[k-first]
				case -1:
					low[2*k+1], high[2*k+2] = middle[k-first], middle[k-first]
				}
			}
			for i := range node {
				k := node[i]
				next := 2*k + 1
				if !math.IsInf(float64(threshold[k]), 1) && int(bins[feature[k]][i]) > at[k-first] {
					next++
				}
				node[i] = next
			}
		}
		leafG, leafH := make([]float64, inner+1), make([]float64, inner+1)
		for i := range node {
			leafG[node[i]-inner] += grad[i]
			leafH[node[i]-inner] += curve[i]
		}
		leaf := make([]float32, inner+1)
		for k := range leaf {
			leaf[k] = float32(o.rate * bound(leafG[k]/(leafH[k]+o.ridge), low[inner+k], high[inner+k]))
		}
		for i, e := range examples {
			e.margin += float64(leaf[node[i]-inner])
		}
		t.Feature, t.Threshold, t.Leaf = append(t.Feature, feature...), append(t.Threshold, threshold...), append(t.Leaf, leaf...)
	}
	return t
}

func (o *boosting) sign(feature int) int8 {
	if o.monotone == nil {
		return 0
	}
	return o.monotone[feature]
}

func bound(x, low, high float64) float64 { return min(max(x, low), high) }

// regress fits a logistic regression on the features and their square roots, by
// gradient descent with momentum over standardised values.
func regress(examples []*example, cost float64) (base float32, weight []float32) {
	const rounds, rate, momentum = 400, 0.05, 0.9
	n := len(examples[0].features)
	rows := make([][]float64, len(examples))
	for i, e := range examples {
		rows[i] = make([]float64, 2*n)
		for f, x := range e.features {
			rows[i][f], rows[i][n+f] = float64(x), math.Sqrt(max(float64(x), 0))
		}
	}
	mean, spread := make([]float64, 2*n), make([]float64, 2*n)
	for j := range mean {
		var sum, squares float64
		for i := range rows {
			sum, squares = sum+rows[i][j], squares+rows[i][j]*rows[i][j]
		}
		mean[j] = sum / float64(len(rows))
		spread[j] = math.Sqrt(max(squares/float64(len(rows))-mean[j]*mean[j], 0)) + 1e-6
		for i := range rows {
			rows[i][j] = (rows[i][j] - mean[j]) / spread[j]
		}
	}
	w, pace := make([]float64, 2*n+1), make([]float64, 2*n+1)
	for range rounds {
		slope := make([]float64, 2*n+1)
		for i, row := range rows {
			z := w[2*n]
			for j, x := range row {
				z += w[j] * x
			}
			miss := examples[i].target - 1/(1+math.Exp(-z))
			for j, x := range row {
				slope[j] += miss * x
			}
			slope[2*n] += miss
		}
		for j := range w {
			pace[j] = momentum*pace[j] + rate*(slope[j]/float64(len(rows))-cost*w[j])
			w[j] += pace[j]
		}
	}
	weight = make([]float32, 2*n)
	b := w[2*n]
	for j := range weight {
		weight[j] = float32(w[j] / spread[j])
		b -= w[j] * mean[j] / spread[j]
	}
	return float32(b), weight
}
