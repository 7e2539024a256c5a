package main

import (
	"math"

	"synoptic/cmd/train/dense"
)

// share is one outcome with the part of the whole that it has.
type share struct {
	index int32
	part  float32
}

// target is what a token's arc should be: a share for each head it may have
// (the sentence's length stands for the root), and for each relation to the
// first of those heads.
type target struct {
	heads, rels []share
}

// loss adds the cross-entropy of a batch's arcs and relations to the gradients
// of the network, and returns its mean a token.
func (n *network) loss(targets [][]target) float64 {
	w, count := 2*(n.arc+n.label), n.spans[len(n.spans)-1]
	zero(&n.dq, count*w)
	var total float64
	var scratch, headsT, heads []float32
	for s := range len(n.spans) - 1 {
		first, last := n.spans[s], n.spans[s+1]
		length := last - first
		scores, stride := n.scores(s, &scratch, &headsT)
		for i := range length {
			row := scores[i*stride : (i+1)*stride]
			softmax(row)
			for _, t := range targets[s][i].heads {
				total -= float64(t.part) * math.Log(float64(row[t.index])+1e-12)
				row[t.index] -= t.part
			}
			for j, g := range row[:length+1] {
				if j != i {
					n.distance.grad[distanceClass(i, j, length)] += g
				}
			}
		}
		// Gradients of dependents: scores' · heads; of heads: scores'ᵀ · dependents.
		h := zero(&heads, stride*n.arc)
		for j := range length {
			copy(h[j*n.arc:(j+1)*n.arc], n.q[(first+j)*w+n.arc:])
		}
		copy(h[length*n.arc:(length+1)*n.arc], n.rootArc.data)
		dense.Gemm(n.dq[first*w:], w, scores, stride, 1, h, n.arc, length, n.arc, length+1)
		dense.Gemm(n.dq[first*w+n.arc:], w, scores, 1, stride, n.q[first*w:], w, length, n.arc, length)
		for i := range length {
			dense.Axpy(n.rootArc.grad, scores[i*stride+length], n.q[(first+i)*w:][:n.arc])
		}
	}
	total += n.relLoss(targets)
	return total / float64(count)
}

// relations fills z with the squashed hidden layer and its sums before for the
// arcs given, and logits with the scores of the relations; heads holds a head
// for each token of the batch, the sentence's length for the root.
func (n *network) relations(heads []int32, sums, z, logits *[]float32) {
	w, b, count := 2*(n.arc+n.label), n.label, n.spans[len(n.spans)-1]
	u, v := size(sums, count*b), size(z, count*b)
	for s := range len(n.spans) - 1 {
		first, last := n.spans[s], n.spans[s+1]
		for i := first; i < last; i++ {
			from, at := n.rootRel.data, u[i*b:(i+1)*b]
			head := int(heads[i])
			if head < last-first {
				from = n.q[(first+head)*w+2*n.arc+b:][:b]
			}
			d := distanceClass(i-first, head, last-first)
			way, own := n.relDist.data[d*b:(d+1)*b], n.q[i*w+2*n.arc:][:b]
			for k := range at {
				at[k] = own[k] + from[k] + way[k]
				v[i*b+k] = dense.Squash(at[k])
			}
		}
	}
	l := size(logits, count*n.rels)
	for i := range count {
		copy(l[i*n.rels:(i+1)*n.rels], n.outBias.data)
	}
	n.work.Rough(l, n.rels, v, b, 1, n.out.data, n.rels, count, n.rels, b)
}

func (n *network) relLoss(targets [][]target) float64 {
	w, b, count := 2*(n.arc+n.label), n.label, n.spans[len(n.spans)-1]
	heads := make([]int32, count)
	for s, sentence := range targets {
		for i, t := range sentence {
			heads[n.spans[s]+i] = t.heads[0].index
		}
	}
	var u, z, logits []float32
	n.relations(heads, &u, &z, &logits)
	var total float64
	for s, sentence := range targets {
		for i, t := range sentence {
			row := logits[(n.spans[s]+i)*n.rels:][:n.rels]
			softmax(row)
			if len(t.rels) == 0 {
				clear(row)
			}
			for _, r := range t.rels {
				total -= float64(r.part) * math.Log(float64(row[r.index])+1e-12)
				row[r.index] -= r.part
			}
			for k, g := range row {
				n.outBias.grad[k] += g
			}
		}
	}
	n.work.Rough(n.out.grad, n.rels, z, 1, b, logits, n.rels, b, n.rels, count)
	t := make([]float32, b*n.rels)
	for i := range b {
		for j := range n.rels {
			t[j*b+i] = n.out.data[i*n.rels+j]
		}
	}
	dz := make([]float32, count*b)
	n.work.Rough(dz, b, logits, n.rels, 1, t, b, count, b, n.rels)
	for s := range targets {
		first, last := n.spans[s], n.spans[s+1]
		for i := first; i < last; i++ {
			g := dz[i*b : (i+1)*b]
			for k := range g {
				g[k] *= dense.Slope(u[i*b+k])
			}
			head := int(heads[i])
			d := distanceClass(i-first, head, last-first)
			dense.Axpy(n.relDist.grad[d*b:(d+1)*b], 1, g)
			dense.Axpy(n.dq[i*w+2*n.arc:][:b], 1, g)
			if head < last-first {
				dense.Axpy(n.dq[(first+head)*w+2*n.arc+b:][:b], 1, g)
			} else {
				dense.Axpy(n.rootRel.grad, 1, g)
			}
		}
	}
	return total
}
