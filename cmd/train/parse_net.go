package main

import (
	"math"
	"math/rand/v2"

	"synoptic/cmd/train/dense"
	"synoptic/internal/analysis/parse"
)

// shape is the size of a parser's network; see docs/parsing.md for what the
// parts do.
type shape struct {
	width  int // of a token's vector; half of it reads forwards, half backwards
	layers int
	arc    int // width of the vectors that are matched for arcs
	label  int // and of the layer that names relations
	rels   int // relations, padded to a multiple of 32
}

const (
	distances = parse.Distances
	negative  = -1e9   // the score of an arc that cannot be
	meanDecay = 0.9985 // what the running means of weights keep in a step
)

// weight is one block of weights with what Adam keeps of each: running means of
// its gradient and of the square. mean follows the weights slowly and is what
// is scored and shipped.
type weight struct {
	data, grad, m, v, mean []float32
	width                  int     // of a row, where only some rows are touched in a step; else 0
	touched                []int32 // rows with a gradient
	dirty                  []bool
	last                   []int32 // step in which a row's mean was brought up to date
}

func newWeight(r *rand.Rand, n int, scale float64) *weight {
	w := &weight{data: make([]float32, n), grad: make([]float32, n), m: make([]float32, n), v: make([]float32, n), mean: make([]float32, n)}
	if scale > 0 {
		for i := range w.data {
			w.data[i] = float32(r.NormFloat64() * scale)
		}
	}
	copy(w.mean, w.data)
	return w
}

func newTable(r *rand.Rand, rows, width int, scale float64) *weight {
	w := newWeight(r, rows*width, scale)
	w.width, w.dirty, w.last = width, make([]bool, rows), make([]int32, rows)
	return w
}

// layer is a bidirectional layer of simple recurrent units.
type layer struct {
	in   *weight // width by 3·width: candidates, forget gates, output gates
	bias *weight // 3·width
	peep *weight // 2·width: what the state before adds to the two gates
}

type network struct {
	shape
	table    *weight // rows of width
	layers   []layer
	heads    *weight // width by 2·(arc+label): dependents, heads, labelled dependents, labelled heads
	headBias *weight
	rootArc  *weight // arc: the root as a head
	rootRel  *weight // label
	distance *weight // distances: what the distance adds to an arc's score
	relDist  *weight // distances by label
	out      *weight // label by rels
	outBias  *weight
	step     int

	work dense.Work
	back []float32 // transposed weights, for gradients
	// One batch:
	spans  []int // sentence i is the tokens spans[i]:spans[i+1]
	rows   []int32
	slots  int
	x      [][]float32 // x[0] the summed embeddings after squashing, x[l+1] the output of layer l
	sum    []float32   // the sums before squashing
	dropX  [][]float32 // inputs of the layers and of the heads after dropout
	mask   [][]float32 // a mask a sentence for each of them
	gates  [][]float32 // before squashing
	states [][]float32
	p      []float32 // outputs of heads, before squashing
	q      []float32 // and after
	qmask  []float32
	dq     []float32
	dx, dy []float32
	dgates []float32
}

func newNetwork(s shape, rows int, seed uint64) *network {
	r := rand.New(rand.NewPCG(seed, 7))
	n := &network{shape: s}
	d := float64(s.width)
	n.table = newTable(r, rows, s.width, 0.15)
	for range s.layers {
		l := layer{in: newWeight(r, 3*s.width*s.width, 1.3/math.Sqrt(d)), bias: newWeight(r, 3*s.width, 0), peep: newWeight(r, 2*s.width, 0.1)}
		n.layers = append(n.layers, l)
	}
	n.heads = newWeight(r, s.width*2*(s.arc+s.label), 1.3/math.Sqrt(d))
	n.headBias = newWeight(r, 2*(s.arc+s.label), 0)
	n.rootArc = newWeight(r, s.arc, 0.1)
	n.rootRel = newWeight(r, s.label, 0.1)
	n.distance = newWeight(r, distances, 0)
	n.relDist = newWeight(r, distances*s.label, 0.1)
	n.out = newWeight(r, s.label*s.rels, 1/math.Sqrt(float64(s.label)))
	n.outBias = newWeight(r, s.rels, 0)
	return n
}

func (n *network) all() []*weight {
	w := []*weight{n.table, n.heads, n.headBias, n.rootArc, n.rootRel, n.distance, n.relDist, n.out, n.outBias}
	for _, l := range n.layers {
		w = append(w, l.in, l.bias, l.peep)
	}
	return w
}

// distanceClass is the class of the way from a token to its head.
func distanceClass(from, to, root int) int {
	if to == root {
		return distances - 1
	}
	return parse.Distance(to - from)
}

func size(b *[]float32, n int) []float32 {
	if cap(*b) < n {
		*b = make([]float32, n+n/4)
	}
	*b = (*b)[:n]
	return *b
}

func zero(b *[]float32, n int) []float32 { s := size(b, n); clear(s); return s }

// forward runs the network over a batch up to the vectors for arcs and labels.
// Rows below 0 are left out. With a source of chance it drops inputs.
func (n *network) forward(rows []int32, slots int, spans []int, r *rand.Rand, drop, dropHeads float32) {
	d, count := n.width, spans[len(spans)-1]
	n.rows, n.slots, n.spans = rows, slots, spans
	if len(n.x) == 0 {
		n.x = make([][]float32, n.shape.layers+1)
		n.dropX, n.mask = make([][]float32, n.shape.layers+1), make([][]float32, n.shape.layers+1)
		n.gates, n.states = make([][]float32, n.shape.layers), make([][]float32, n.shape.layers)
	}
	sum := zero(&n.sum, count*d)
	for i := range count {
		s := sum[i*d : (i+1)*d]
		for _, row := range rows[i*slots : (i+1)*slots] {
			if row >= 0 {
				e := n.table.data[int(row)*d : int(row+1)*d]
				for j := range s {
					s[j] += e[j]
				}
			}
		}
	}
	x := size(&n.x[0], count*d)
	for i, s := range sum {
		x[i] = dense.Squash(s)
	}
	for l := range n.layers {
		n.dropInput(l, r, drop)
		n.runLayer(l)
	}
	n.dropInput(n.shape.layers, r, dropHeads)
	w := 2 * (n.arc + n.label)
	p := size(&n.p, count*w)
	for i := range count {
		copy(p[i*w:(i+1)*w], n.headBias.data)
	}
	n.work.Rough(p, w, n.dropX[n.shape.layers], d, 1, n.heads.data, w, count, w, d)
	q := size(&n.q, count*w)
	arcs := 2 * n.arc
	for i := range count {
		for j := range arcs {
			q[i*w+j] = dense.Squash(p[i*w+j])
		}
		copy(q[i*w+arcs:(i+1)*w], p[i*w+arcs:(i+1)*w])
	}
	if r == nil {
		return
	}
	qmask := size(&n.qmask, (len(spans)-1)*arcs)
	for i := range qmask {
		qmask[i] = mask(r, dropHeads)
	}
	for s := range len(spans) - 1 {
		for i := spans[s]; i < spans[s+1]; i++ {
			for j, m := range qmask[s*arcs : (s+1)*arcs] {
				q[i*w+j] *= m
			}
		}
	}
}

func mask(r *rand.Rand, drop float32) float32 {
	if r.Float32() < drop {
		return 0
	}
	return 1 / (1 - drop)
}

func (n *network) dropInput(l int, r *rand.Rand, drop float32) {
	d := n.width
	if r == nil || drop == 0 {
		n.dropX[l] = append(n.dropX[l][:0], n.x[l]...)
		n.mask[l] = n.mask[l][:0]
		return
	}
	m := size(&n.mask[l], (len(n.spans)-1)*d)
	for i := range m {
		m[i] = mask(r, drop)
	}
	out := size(&n.dropX[l], len(n.x[l]))
	for s := range len(n.spans) - 1 {
		for i := n.spans[s]; i < n.spans[s+1]; i++ {
			for j, f := range m[s*d : (s+1)*d] {
				out[i*d+j] = n.x[l][i*d+j] * f
			}
		}
	}
}

// runLayer is c = f∘c' + (1-f)∘dense.Squash(u) and h = r∘c + (1-r)∘x, c' the state
// before (Lei et al. 2018); each value stays within ±1.
func (n *network) runLayer(l int) {
	d, h, count := n.width, n.width/2, n.spans[len(n.spans)-1]
	u := size(&n.gates[l], count*3*d)
	for i := range count {
		copy(u[i*3*d:(i+1)*3*d], n.layers[l].bias.data)
	}
	n.work.Rough(u, 3*d, n.dropX[l], d, 1, n.layers[l].in.data, 3*d, count, 3*d, d)
	states, y, x := size(&n.states[l], count*d), size(&n.x[l+1], count*d), n.x[l]
	peep := n.layers[l].peep.data
	none := make([]float32, h)
	for s := range len(n.spans) - 1 {
		first, last := n.spans[s], n.spans[s+1]
		for side := range 2 {
			before := none
			unit := dense.Unit{PeepForget: peep[side*h:][:h], PeepOutput: peep[d+side*h:][:h]}
			for t := range last - first {
				i := first + t
				if side == 1 {
					i = last - 1 - t
				}
				o := side * h
				unit.Candidate, unit.Forget, unit.Output = u[i*3*d+o:][:h], u[i*3*d+d+o:][:h], u[i*3*d+2*d+o:][:h]
				unit.State, unit.Out, unit.In = states[i*d+o:][:h], y[i*d+o:][:h], x[i*d+o:][:h]
				unit.Before = before
				unit.Forward()
				before = unit.State
			}
		}
	}
}

// backLayer turns the gradient of a layer's output, in n.dx, into that of its
// input, and adds to the gradients of the layer's weights.
func (n *network) backLayer(l int) {
	d, h, count := n.width, n.width/2, n.spans[len(n.spans)-1]
	u, states, x := n.gates[l], n.states[l], n.x[l]
	du := size(&n.dgates, count*3*d)
	peep, dpeep := n.layers[l].peep.data, n.layers[l].peep.grad
	dx := n.dx
	none, carry := make([]float32, h), make([]float32, h)
	for s := range len(n.spans) - 1 {
		first, last := n.spans[s], n.spans[s+1]
		for side := range 2 {
			clear(carry)
			o := side * h
			unit := dense.UnitBack{Carry: carry, DPeepForget: dpeep[o:][:h], DPeepOutput: dpeep[d+o:][:h]}
			unit.PeepForget, unit.PeepOutput = peep[o:][:h], peep[d+o:][:h]
			for t := last - first - 1; t >= 0; t-- {
				i, b := first+t, first+t-1
				if side == 1 {
					i = last - 1 - t
					b = i + 1
				}
				unit.Before = none
				if t > 0 {
					unit.Before = states[b*d+o:][:h]
				}
				unit.Candidate, unit.Forget, unit.Output = u[i*3*d+o:][:h], u[i*3*d+d+o:][:h], u[i*3*d+2*d+o:][:h]
				unit.DCandidate, unit.DForget, unit.DOutput = du[i*3*d+o:][:h], du[i*3*d+d+o:][:h], du[i*3*d+2*d+o:][:h]
				unit.State, unit.In, unit.Grad = states[i*d+o:][:h], x[i*d+o:][:h], dx[i*d+o:][:h]
				unit.Backward()
			}
		}
	}
	n.linearBack(n.layers[l].in, n.layers[l].bias, l, du, 3*d)
}

// linearBack adds to the gradients of a linear map from dropX[l], whose
// outputs' gradient is dy, and to n.dx what goes on below.
func (n *network) linearBack(w, bias *weight, l int, dy []float32, width int) {
	d, count := n.width, n.spans[len(n.spans)-1]
	n.work.Rough(w.grad, width, n.dropX[l], 1, d, dy, width, d, width, count)
	for i := range count {
		g := dy[i*width : (i+1)*width]
		for j := range g {
			bias.grad[j] += g[j]
		}
	}
	t := size(&n.back, width*d)
	for i := range d {
		for j := range width {
			t[j*d+i] = w.data[i*width+j]
		}
	}
	in := zero(&n.dy, count*d)
	n.work.Rough(in, d, dy, width, 1, t, d, count, d, width)
	if len(n.mask[l]) == 0 {
		for i := range in {
			n.dx[i] += in[i]
		}
		return
	}
	for s := range len(n.spans) - 1 {
		for i := n.spans[s]; i < n.spans[s+1]; i++ {
			for j, f := range n.mask[l][s*d : (s+1)*d] {
				n.dx[i*d+j] += in[i*d+j] * f
			}
		}
	}
}

// backward goes from the gradient of the heads' vectors, in n.dq, to all
// weights below.
func (n *network) backward() {
	d, count := n.width, n.spans[len(n.spans)-1]
	w, arcs := 2*(n.arc+n.label), 2*n.arc
	for s := range len(n.spans) - 1 {
		for i := n.spans[s]; i < n.spans[s+1]; i++ {
			for j := range arcs {
				n.dq[i*w+j] *= dense.Slope(n.p[i*w+j]) * n.qmask[s*arcs+j]
			}
		}
	}
	zero(&n.dx, count*d)
	n.linearBack(n.heads, n.headBias, n.shape.layers, n.dq, w)
	for l := n.shape.layers - 1; l >= 0; l-- {
		n.backLayer(l)
	}
	for i, s := range n.sum {
		n.dx[i] *= dense.Slope(s)
	}
	for i := range count {
		g := n.dx[i*d : (i+1)*d]
		for _, row := range n.rows[i*n.slots : (i+1)*n.slots] {
			if row >= 0 {
				n.table.touch(row)
				dense.Axpy(n.table.grad[int(row)*d:int(row+1)*d], 1, g)
			}
		}
	}
}

func (w *weight) touch(row int32) {
	if !w.dirty[row] {
		w.dirty[row] = true
		w.touched = append(w.touched, row)
	}
}

// scores fills out with the score of each head for each token of sentence s, a
// row of stride a token; the root comes after the last token.
func (n *network) scores(s int, out *[]float32, headsT *[]float32) (scores []float32, stride int) {
	first, last := n.spans[s], n.spans[s+1]
	count := last - first
	stride = (count + 1 + 31) / 32 * 32
	w := 2 * (n.arc + n.label)
	t := zero(headsT, n.arc*stride)
	for j := range count {
		for k, v := range n.q[(first+j)*w+n.arc : (first+j)*w+2*n.arc] {
			t[k*stride+j] = v
		}
	}
	for k, v := range n.rootArc.data {
		t[k*stride+count] = v
	}
	scores = zero(out, count*stride)
	for i := range count {
		row := scores[i*stride : (i+1)*stride]
		for j := range row {
			switch {
			case j > count || j == i:
				row[j] = negative
			default:
				row[j] = n.distance.data[distanceClass(i, j, count)]
			}
		}
	}
	dense.Gemm(scores, stride, n.q[first*w:], w, 1, t, stride, count, stride, n.arc)
	return scores, stride
}

// softmax turns scores into chances and returns the logarithm of their sum.
func softmax(x []float32) {
	top := x[0]
	for _, v := range x {
		top = max(top, v)
	}
	var sum float32
	for i, v := range x {
		if v < top-30 {
			x[i] = 0
			continue
		}
		x[i] = float32(math.Exp(float64(v - top)))
		sum += x[i]
	}
	for i := range x {
		x[i] /= sum
	}
}

// adam takes one step along the gradients, divided by scale, and clears them.
func (n *network) adam(rate, scale float32) {
	const b1, b2, epsilon = 0.9, 0.98, 1e-8
	n.step++
	c1 := 1 / (1 - float32(math.Pow(b1, float64(n.step))))
	c2 := 1 / (1 - float32(math.Pow(b2, float64(n.step))))
	var norm float64
	each := func(do func(w *weight, from, to int)) {
		for _, w := range n.all() {
			if w.width == 0 {
				do(w, 0, len(w.data))
				continue
			}
			for _, row := range w.touched {
				do(w, int(row)*w.width, int(row+1)*w.width)
			}
		}
	}
	each(func(w *weight, from, to int) {
		g := w.grad[from:to]
		norm += float64(dense.Dot(g, g))
	})
	if norm = math.Sqrt(norm) / float64(scale); norm > 5 {
		scale *= float32(norm / 5)
	}
	inverse := 1 / scale
	decay := min(meanDecay, float32(1+n.step)/float32(10+n.step))
	each(func(w *weight, from, to int) {
		data, grad, m, v, mean := w.data[from:to], w.grad[from:to], w.m[from:to], w.v[from:to], w.mean[from:to]
		keepMean := decay
		if w.width > 0 {
			row := from / w.width
			keepMean = float32(math.Pow(float64(decay), float64(n.step-int(w.last[row]))))
			w.last[row] = int32(n.step)
			w.dirty[row] = false
			// The mean of the steps in which the row stood still.
			for i := range mean {
				mean[i] = data[i] + keepMean*(mean[i]-data[i])
			}
			keepMean = decay
		}
		for i, g := range grad {
			g *= inverse
			m[i] = b1*m[i] + (1-b1)*g
			v[i] = b2*v[i] + (1-b2)*g*g
			data[i] -= rate * m[i] * c1 / (float32(math.Sqrt(float64(v[i]*c2))) + epsilon)
			mean[i] = data[i] + keepMean*(mean[i]-data[i])
			grad[i] = 0
		}
	})
	for _, w := range n.all() {
		w.touched = w.touched[:0]
	}
}

// averaged is the network with the running means of its weights.
func (n *network) averaged() *network {
	a := *n
	a.x, a.dropX, a.mask, a.gates, a.states = nil, nil, nil, nil, nil
	a.sum, a.p, a.q = nil, nil, nil
	copied := func(w *weight) *weight {
		c := &weight{data: append([]float32(nil), w.mean...)}
		if w.width > 0 {
			for row, last := range w.last {
				keep := float32(math.Pow(meanDecay, float64(n.step-int(last))))
				for i := row * w.width; i < (row+1)*w.width; i++ {
					c.data[i] = w.data[i] + keep*(w.mean[i]-w.data[i])
				}
			}
		}
		return c
	}
	a.table, a.heads, a.headBias, a.rootArc, a.rootRel = copied(n.table), copied(n.heads), copied(n.headBias), copied(n.rootArc), copied(n.rootRel)
	a.distance, a.relDist, a.out, a.outBias = copied(n.distance), copied(n.relDist), copied(n.out), copied(n.outBias)
	a.layers = nil
	for _, l := range n.layers {
		a.layers = append(a.layers, layer{copied(l.in), copied(l.bias), copied(l.peep)})
	}
	return &a
}
