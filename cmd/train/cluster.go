package main

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"math"
	"slices"
)

// clusters groups words so that the group of a word tells as much as can be
// about the group of the next one, by the exchange algorithm (Kneser and Ney
// 1993; Martin, Liermann and Ney 1998): every word in turn moves to the group
// where the likelihood of the text under a bigram model of groups is highest.
//
// text is sentences of word numbers, most frequent word first; count is the
// number of words. The sentence edge has a group of its own, 0, so words are in
// 1 to groups.
func clusters(text [][]int32, count, groups, rounds int, log io.Writer) []uint16 {
	type link struct {
		word int32
		n    int32
	}
	edge := int32(count)
	pairs := map[[2]int32]int32{}
	total := 0
	for _, s := range text {
		last := edge
		for _, w := range s {
			pairs[[2]int32{last, w}]++
			last = w
		}
		pairs[[2]int32{last, edge}]++
		total += len(s) + 1
	}
	// Sums of floating-point numbers depend on their order: fix it.
	bigrams := slices.SortedFunc(maps.Keys(pairs), func(a, b [2]int32) int { return cmp.Or(cmp.Compare(a[0], b[0]), cmp.Compare(a[1], b[1])) })
	right, left := make([][]link, count+1), make([][]link, count+1)
	self := make([]int32, count+1)
	size := make([]int32, count+1)
	for _, p := range bigrams {
		n := pairs[p]
		size[p[0]] += n
		if p[0] == p[1] {
			self[p[0]] = n
			continue
		}
		right[p[0]] = append(right[p[0]], link{p[1], n})
		left[p[1]] = append(left[p[1]], link{p[0], n})
	}
	xlogx := make([]float64, total+2)
	for i := 2; i < len(xlogx); i++ {
		xlogx[i] = float64(i) * math.Log(float64(i))
	}

	K := groups + 1
	of := make([]uint16, count+1)
	for w := range count {
		of[w] = uint16(1 + w%groups)
	}
	table := make([]int32, K*K)
	mass := make([]int32, K)
	for p, n := range pairs {
		table[int(of[p[0]])*K+int(of[p[1]])] += n
	}
	for w, n := range size {
		mass[of[w]] += n
	}
	out, in := make([]int32, K), make([]int32, K) // links of the word at hand, by group
	var outs, ins []int
	for round := range rounds {
		moves := 0
		for w := range count {
			outs, ins = outs[:0], ins[:0]
			for _, l := range right[w] {
				g := int(of[l.word])
				if out[g] == 0 {
					outs = append(outs, g)
				}
				out[g] += l.n
			}
			for _, l := range left[w] {
				g := int(of[l.word])
				if in[g] == 0 {
					ins = append(ins, g)
				}
				in[g] += l.n
			}
			from := int(of[w])
			shift := func(g int, sign int32) {
				for _, d := range outs {
					table[g*K+d] += sign * out[d]
				}
				for _, d := range ins {
					table[d*K+g] += sign * in[d]
				}
				table[g*K+g] += sign * self[w]
				mass[g] += sign * size[w]
			}
			shift(from, -1)
			best, top := from, math.Inf(-1)
			for g := 1; g < K; g++ {
				gain := 2 * (xlogx[mass[g]] - xlogx[mass[g]+size[w]])
				for _, d := range outs {
					if d != g {
						n := table[g*K+d]
						gain += xlogx[n+out[d]] - xlogx[n]
					}
				}
				for _, d := range ins {
					if d != g {
						n := table[d*K+g]
						gain += xlogx[n+in[d]] - xlogx[n]
					}
				}
				n := table[g*K+g]
				gain += xlogx[n+out[g]+in[g]+self[w]] - xlogx[n]
				if gain > top || gain == top && g == from {
					best, top = g, gain
				}
			}
			shift(best, 1)
			if best != from {
				of[w] = uint16(best)
				moves++
			}
			for _, d := range outs {
				out[d] = 0
			}
			for _, d := range ins {
				in[d] = 0
			}
		}
		if log != nil {
			fmt.Fprintf(log, "clusters: round %d moved %d of %d words\n", round+1, moves, count)
		}
		if moves*500 < count {
			break
		}
	}
	return of[:count]
}
