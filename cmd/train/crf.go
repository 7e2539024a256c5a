package main

import (
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"slices"
	"sort"
	"sync"

	"synoptic/internal/model/chain"
)

// sequence is one sentence as the learner sees it.
type sequence struct {
	features [][]uint32 // of each token: hashes from a pass, then indexes from an index
	labels   []uint8
}

// fit says how a linear-chain conditional random field is fitted: stochastic
// gradient with a step per weight (AdaGrad, Duchi et al. 2011), features left
// out at random, the weights of the last rounds averaged.
type fit struct {
	labels   []string
	rounds   int
	averaged int     // how many of the last rounds are averaged
	rate     float64 // of AdaGrad
	l2       float64 // weight of the squared norm, a step
	small    float64 // a gradient under it is passed over
	drop     float64 // share of the features left out of a token, other ones at each visit
	least    int     // a feature must be seen so often
	seed     uint64
	forbid   func(from, to string) bool // transitions that cannot be; from is "" at the start
	log      io.Writer
}

// weights is a fitted model before it is cut down to small integers.
type weights struct {
	labels   []string
	features []uint32 // hashes
	row      []float32
	next     []float32
}

// index numbers the features that are seen at least so often, and rewrites the
// sequences to those numbers.
func index(data []sequence, least int) []uint32 {
	count := map[uint32]int32{}
	for _, s := range data {
		for _, fs := range s.features {
			for _, f := range fs {
				count[f]++
			}
		}
	}
	var kept []uint32
	for f, n := range count {
		if int(n) >= least {
			kept = append(kept, f)
		}
	}
	slices.Sort(kept)
	number := make(map[uint32]uint32, len(kept))
	for i, f := range kept {
		number[f] = uint32(i)
	}
	for _, s := range data {
		for t, fs := range s.features {
			out := make([]uint32, 0, len(fs))
			for _, f := range fs {
				if i, ok := number[f]; ok {
					out = append(out, i)
				}
			}
			s.features[t] = out
		}
	}
	return kept
}

// seeds fits as many models as asked for, with seeds that follow each other, and
// averages them. It turns the features of data into indexes.
func (o fit) seeds(data []sequence, count int) *weights {
	kept := index(data, o.least)
	models := make([]*weights, count)
	var all sync.WaitGroup
	for k := range models {
		one := o
		one.seed += uint64(k)
		if k > 0 {
			one.log = nil
		}
		all.Go(func() { models[k] = one.run(data, kept) })
	}
	all.Wait()
	return mean(models)
}

// run fits the weights on indexed data; kept are the features by index.
func (o fit) run(data []sequence, kept []uint32) *weights {
	L := len(o.labels)
	w := &weights{labels: o.labels, features: kept, row: make([]float32, len(kept)*L), next: make([]float32, (L+1)*L)}
	square := make([]float32, len(w.row))
	nextSquare := make([]float32, len(w.next))
	sum, nextSum := []float32(nil), []float32(nil)
	if o.averaged > 1 {
		sum, nextSum = make([]float32, len(w.row)), make([]float32, len(w.next))
	}
	banned := make([]bool, len(w.next))
	for a := range L + 1 {
		for b := range L {
			from := ""
			if a < L {
				from = o.labels[a]
			}
			banned[a*L+b] = o.forbid != nil && o.forbid(from, o.labels[b])
		}
	}
	random := rand.New(rand.NewPCG(o.seed, 1))
	order := random.Perm(len(data))
	g := &lattice{L: L, next: make([]float64, (L+1)*L), nextGrad: make([]float64, (L+1)*L)}
	rate, l2 := float32(o.rate), float32(o.l2)
	step := func(w, square *float32, grad float32) {
		grad += l2 * *w
		*square += grad * grad
		*w -= rate * grad / float32(math.Sqrt(float64(*square)+1e-8))
	}
	var active [][]uint32 // the features of each token that are left
	var left []uint32     // all of them
	drop := uint64(o.drop * 256)
	scores := make([]float32, L)
	for round := range o.rounds {
		random.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		loss, tokens := 0.0, 0
		for at, k := range order {
			s := data[k]
			n := len(s.labels)
			if n == 0 {
				continue
			}
			if at%4 == 0 {
				for i, v := range w.next {
					g.next[i] = math.Exp(float64(v))
					if banned[i] {
						g.next[i] = 0
					}
				}
			}
			active, left = active[:0], left[:0]
			for _, fs := range s.features {
				if o.drop > 0 {
					first := len(left)
					var bits uint64
					for k, f := range fs {
						if k%8 == 0 {
							bits = random.Uint64()
						}
						if bits&0xff >= drop {
							left = append(left, f)
						}
						bits >>= 8
					}
					fs = left[first:]
				}
				active = append(active, fs)
			}
			g.begin(n)
			for t, fs := range active {
				clear(scores)
				for _, f := range fs {
					for l, v := range w.row[int(f)*L : int(f)*L+L] {
						scores[l] += v
					}
				}
				for l, v := range scores {
					g.unary[t*L+l] = float64(v)
				}
			}
			loss += g.gradients(s.labels)
			tokens += n
			for t, fs := range active {
				for l, d := range g.grad[t*L : t*L+L] {
					if math.Abs(d) < o.small {
						continue
					}
					grad := float32(d)
					for _, f := range fs {
						i := int(f)*L + l
						step(&w.row[i], &square[i], grad)
					}
				}
			}
			for i, d := range g.nextGrad {
				if d != 0 && !banned[i] {
					step(&w.next[i], &nextSquare[i], float32(d))
				}
			}
		}
		if o.log != nil {
			fmt.Fprintf(o.log, "round %d: loss %.4f a token\n", round+1, loss/float64(tokens))
		}
		if sum != nil && round >= o.rounds-o.averaged {
			for i, v := range w.row {
				sum[i] += v
			}
			for i, v := range w.next {
				nextSum[i] += v
			}
		}
	}
	if sum != nil {
		for i, v := range sum {
			w.row[i] = v / float32(o.averaged)
		}
		for i, v := range nextSum {
			w.next[i] = v / float32(o.averaged)
		}
	}
	for i := range w.next {
		if banned[i] {
			w.next[i] = float32(math.Inf(-1))
		}
	}
	return w
}

// unlikely is the share of the paths to a token below which a label of it is not
// followed further. It makes many labels nearly as cheap as few.
const unlikely = 1e-5

// lattice holds the sums over all paths of one sentence (forward and backward,
// each column scaled to 1).
type lattice struct {
	L              int
	next, nextGrad []float64 // exp of the transitions; gradient of the loss
	unary, grad    []float64
	alpha, beta    []float64
	scale          []float64
	tmp            []float64
}

func (g *lattice) begin(n int) {
	size := n * g.L
	grow := func(s *[]float64, n int) {
		if cap(*s) < n {
			*s = make([]float64, n)
		}
		*s = (*s)[:n]
		clear(*s)
	}
	grow(&g.unary, size)
	grow(&g.grad, size)
	grow(&g.alpha, size)
	grow(&g.beta, size)
	grow(&g.scale, n)
	grow(&g.tmp, g.L)
	clear(g.nextGrad)
}

// gradients fills grad and nextGrad from unary for the given truth and returns
// the negative log likelihood.
func (g *lattice) gradients(truth []uint8) float64 {
	L, n := g.L, len(truth)
	loss := 0.0
	for t := range n {
		row := g.unary[t*L : t*L+L]
		top := slices.Max(row)
		loss -= row[truth[t]] - top
		for l, v := range row {
			row[l] = math.Exp(v - top)
		}
	}
	start := g.next[L*L:]
	for t := range n {
		a, u := g.alpha[t*L:t*L+L], g.unary[t*L:t*L+L]
		if t == 0 {
			for l := range a {
				a[l] = u[l] * start[l]
			}
		} else {
			prev := g.alpha[(t-1)*L : t*L]
			for from, p := range prev {
				if p < unlikely {
					continue
				}
				for l, v := range g.next[from*L : from*L+L] {
					a[l] += p * v
				}
			}
			for l := range a {
				a[l] *= u[l]
			}
		}
		sum := 0.0
		for _, v := range a {
			sum += v
		}
		g.scale[t] = sum
		loss += math.Log(sum)
		for l := range a {
			a[l] /= sum
		}
	}
	for t := n - 1; t >= 0; t-- {
		b := g.beta[t*L : t*L+L]
		if t == n-1 {
			for l := range b {
				b[l] = 1
			}
			continue
		}
		u, later := g.unary[(t+1)*L:(t+2)*L], g.beta[(t+1)*L:(t+2)*L]
		for l := range g.tmp {
			g.tmp[l] = u[l] * later[l] / g.scale[t+1]
		}
		for from := range b {
			sum := 0.0
			if g.alpha[t*L+from] >= unlikely {
				for l, v := range g.next[from*L : from*L+L] {
					sum += v * g.tmp[l]
				}
			}
			b[from] = sum
		}
		a := g.alpha[t*L : t*L+L]
		for from, p := range a {
			if p < unlikely {
				continue
			}
			row := g.nextGrad[from*L : from*L+L]
			for l, v := range g.next[from*L : from*L+L] {
				row[l] += p * v * g.tmp[l]
			}
		}
	}
	last := L
	for t, gold := range truth {
		grad := g.grad[t*L : t*L+L]
		for l := range grad {
			grad[l] = g.alpha[t*L+l] * g.beta[t*L+l]
			if t == 0 {
				g.nextGrad[L*L+l] += grad[l]
			}
		}
		grad[gold]--
		loss -= math.Log(max(g.next[last*L+int(gold)], 1e-300))
		g.nextGrad[last*L+int(gold)]--
		last = int(gold)
	}
	for i, d := range g.nextGrad {
		if math.Abs(d) < 1e-4 {
			g.nextGrad[i] = 0
		}
	}
	return loss
}

// mean averages models that were fitted on the same data with other seeds.
func mean(models []*weights) *weights {
	out := models[0]
	for _, m := range models[1:] {
		for i, v := range m.row {
			out.row[i] += v
		}
		for i, v := range m.next {
			out.next[i] += v
		}
	}
	for i := range out.row {
		out.row[i] /= float32(len(models))
	}
	for i := range out.next {
		out.next[i] /= float32(len(models))
	}
	return out
}

// cut turns weights into small integers: what lies under floor (in log
// probability) is dropped, and steps of scale are kept.
func (w *weights) cut(floor, scale float32) (*chain.Chain, int, error) {
	L := len(w.labels)
	var rows []chain.Row
	for i, f := range w.features {
		r := chain.Row{Feature: f}
		for l, v := range w.row[i*L : i*L+L] {
			q := int(math.Round(float64(v / scale)))
			if abs(v) < floor || q == 0 {
				continue
			}
			r.Labels = append(r.Labels, uint8(l))
			r.Weights = append(r.Weights, int8(min(max(q, -127), 127)))
		}
		if len(r.Labels) > 0 {
			rows = append(rows, r)
		}
	}
	sort.Slice(rows, func(i, j int) bool { return rows[i].Feature < rows[j].Feature })
	next := make([]int16, len(w.next))
	for i, v := range w.next {
		next[i] = chain.Never
		if !math.IsInf(float64(v), -1) {
			next[i] = int16(math.Round(float64(v / scale)))
		}
	}
	c, err := chain.New(w.labels, rows, next, scale)
	return c, len(rows), err
}

func abs(v float32) float32 {
	if v < 0 {
		return -v
	}
	return v
}
