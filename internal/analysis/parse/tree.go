package parse

// Decoder finds the heads of a sentence: of all trees with one root, the one whose
// arcs score most in sum. It keeps its buffers from one sentence to the next.
type Decoder struct {
	heads []int
	seen  []int
}

const (
	barred = -1 << 62 // the score of an arc that cannot be
	once   = 1 << 40  // what a second arc out of the root costs
)

// Heads gives the head of each of n tokens, -1 for the root. The score of head j
// for token i stands at scores[i*stride+j], that of the root at
// scores[i*stride+n]. Where each token's best head makes a tree, which is
// nearly always, the cost is the reading of the scores; else circles are
// contracted (Chu and Liu 1965, Edmonds 1967). Of heads that score the same the
// first is taken, and the root before all. The result is good until the next call.
func (d *Decoder) Heads(scores []int32, stride, n int) []int {
	if cap(d.heads) < n {
		d.heads, d.seen = make([]int, 2*n), make([]int, 2*n)
	}
	d.heads, d.seen = d.heads[:n], d.seen[:n]
	roots := 0
	for i := range d.heads {
		row := scores[i*stride : i*stride+n+1]
		best := n
		for j, s := range row {
			if s > row[best] && j != i {
				best = j
			}
		}
		if best == n {
			best = -1
			roots++
		}
		d.heads[i] = best
	}
	if roots == 1 && d.acyclic() {
		return d.heads
	}
	m := n + 1
	nodes := make([]int64, m*m) // dependent by head; node 0 is the root
	for i := range n {
		for j := range n {
			nodes[(i+1)*m+j+1] = int64(scores[i*stride+j])
		}
		nodes[(i+1)*m] = int64(scores[i*stride+n]) - once
	}
	for i, head := range span(nodes, m)[1:] {
		d.heads[i] = head - 1
	}
	return d.heads
}

// acyclic reports whether the heads above every token end at a root.
func (d *Decoder) acyclic() bool {
	clear(d.seen)
	for i := range d.heads {
		for j := i; j != -1 && d.seen[j] == 0; j = d.heads[j] {
			d.seen[j] = i + 1
			if next := d.heads[j]; next != -1 && d.seen[next] == i+1 {
				return false
			}
		}
	}
	return true
}

// span gives the heads of the tree out of node 0 that scores most; the score of
// head j for node i is scores[i*m+j].
func span(scores []int64, m int) []int {
	heads := make([]int, m)
	for i := 1; i < m; i++ {
		best := int64(barred)
		for j := range m {
			if s := scores[i*m+j]; j != i && s > best {
				best, heads[i] = s, j
			}
		}
	}
	inside := circle(heads)
	if inside == nil {
		return heads
	}
	// The circle becomes the last node of a smaller graph. An arc into it
	// counts for what it gains over the arc that it displaces.
	var outer []int
	for i := range m {
		if !inside[i] {
			outer = append(outer, i)
		}
	}
	k := len(outer) + 1
	smaller := make([]int64, k*k)
	enter, leave := make([]int, k), make([]int, k) // the circle's node that an outer head enters at, that an outer dependent hangs from
	for x, u := range outer {
		into, outOf := int64(barred), int64(barred)
		for v := range m {
			if !inside[v] {
				continue
			}
			if gain := scores[v*m+u] - scores[v*m+heads[v]]; gain > into {
				into, enter[x] = gain, v
			}
			if s := scores[u*m+v]; s > outOf {
				outOf, leave[x] = s, v
			}
		}
		smaller[(k-1)*k+x] = into
		smaller[x*k+k-1] = outOf
		for y, v := range outer {
			smaller[x*k+y] = scores[u*m+v]
		}
	}
	found := span(smaller, k)
	for x, u := range outer {
		if x == 0 {
			continue
		}
		if found[x] == k-1 {
			heads[u] = leave[x]
		} else {
			heads[u] = outer[found[x]]
		}
	}
	heads[enter[found[k-1]]] = outer[found[k-1]]
	return heads
}

// circle marks the nodes of one circle among the heads, nil when there is none.
func circle(heads []int) []bool {
	seen := make([]int, len(heads))
	for i := 1; i < len(heads); i++ {
		j := i
		for ; j != 0 && seen[j] == 0; j = heads[j] {
			seen[j] = i
		}
		if j == 0 || seen[j] != i {
			continue
		}
		inside := make([]bool, len(heads))
		for ; !inside[j]; j = heads[j] {
			inside[j] = true
		}
		return inside
	}
	return nil
}
