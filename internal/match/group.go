package match

import (
	"cmp"
	"slices"
)

// Edge is two passages of different accounts that may make the same claim.
type Edge struct {
	A, B        int32 // A before B
	Probability float32
}

// near is a neighbour of a passage.
type near struct {
	to          int32
	probability float32
}

// Grouping says how sure a group of passages must be.
type Grouping struct {
	Seed float32 // probability of the pair that a group begins with
	Join float32 // mean probability of a passage with those of other accounts in the group
	Each float32 // least probability of a passage with any of those
	Same float32 // share of a group that stands in a larger one from which the two are one
	Late float32 // mean probability from which the rest of it joins, less than Join
}

// Groups covers the edges with groups of passages that make one claim. A
// passage that says several things may stand in several groups. A group begins
// with the surest pair that no group has yet, and takes in the passage that
// fits its members best on average, as long as one does: so a chain of
// neighbours ties no unlike things, and no member stands on one other alone.
// account gives the account of each passage. Edges come surest first.
//
// Where two groups become one, some passages fit only the one that is given up;
// they are grouped among themselves.
func Groups(edges []Edge, account []int32, g Grouping) [][]int32 {
	var groups [][]int32
	grouped := make([]bool, len(account))
	for len(edges) > 0 && edges[0].Probability >= g.Seed {
		more := groupsOf(edges, account, g)
		for _, group := range more {
			for _, i := range group {
				grouped[i] = true
			}
		}
		groups = append(groups, more...)
		left := make([]Edge, 0, len(edges))
		for _, e := range edges {
			if !grouped[e.A] && !grouped[e.B] {
				left = append(left, e)
			}
		}
		edges = left
	}
	return groups
}

// groupsOf are the groups that the edges make at once.
func groupsOf(edges []Edge, account []int32, g Grouping) [][]int32 {
	degree := make([]int32, len(account)+1)
	for _, e := range edges {
		degree[e.A+1]++
		degree[e.B+1]++
	}
	for i := range account {
		degree[i+1] += degree[i]
	}
	all := make([]near, 2*len(edges))
	fill := slices.Clone(degree)
	for _, e := range edges {
		all[fill[e.A]], all[fill[e.B]] = near{e.B, e.Probability}, near{e.A, e.Probability}
		fill[e.A]++
		fill[e.B]++
	}
	of := func(i int32) []near { return all[degree[i]:degree[i+1]] }
	covered := map[[2]int32]bool{}
	close := make([]int32, len(account)) // how many of the members are at least g.Each
	sum := make([]float32, len(account)) // of the probabilities of a candidate with the members
	member := make([]bool, len(account))
	accounts := int32(0)
	for _, a := range account {
		accounts = max(accounts, a+1)
	}
	size := make([]int32, accounts) // members by account
	var room, met []int32           // kept between groups
	var groups [][]int32
	for _, e := range edges {
		if e.Probability < g.Seed {
			break
		}
		if covered[[2]int32{e.A, e.B}] {
			continue
		}
		group, reached := room[:0], met[:0]
		clear(size)
		take := func(i int32) {
			group = append(group, i)
			member[i] = true
			size[account[i]]++
			for _, n := range of(i) {
				if sum[n.to] == 0 {
					reached = append(reached, n.to)
				}
				sum[n.to] += n.probability
				if n.probability >= g.Each {
					close[n.to]++
				}
			}
		}
		take(e.A)
		take(e.B)
		for {
			best, most := int32(-1), g.Join
			for _, i := range reached {
				others := int32(len(group)) - size[account[i]]
				if member[i] || others == 0 || close[i] < others {
					continue
				}
				if mean := sum[i] / float32(others); mean > most || mean == most && best >= 0 && i < best {
					best, most = i, mean
				}
			}
			if best < 0 {
				break
			}
			take(best)
		}
		slices.Sort(group)
		for x, i := range group {
			member[i] = false
			for _, k := range group[x+1:] {
				covered[[2]int32{i, k}] = true
			}
		}
		for _, i := range reached {
			sum[i], close[i] = 0, 0
		}
		groups = append(groups, slices.Clone(group))
		room, met = group, reached
	}
	return merge(groups, of, account, g)
}

// merge leaves of groups that say the same the largest: of the others it takes
// in the members that fit it.
func merge(groups [][]int32, of func(i int32) []near, account []int32, g Grouping) [][]int32 {
	slices.SortStableFunc(groups, func(a, b []int32) int { return cmp.Compare(len(b), len(a)) })
	in := make([][]int32, len(account)) // kept groups by member
	shared := map[int32]int{}
	var kept [][]int32
	for _, group := range groups {
		clear(shared)
		best := int32(-1)
		for _, i := range group {
			for _, k := range in[i] {
				shared[k]++
				if best < 0 || shared[k] > shared[best] || shared[k] == shared[best] && k < best {
					best = k
				}
			}
		}
		if best < 0 || float32(shared[best]) < g.Same*float32(len(group)) {
			for _, i := range group {
				in[i] = append(in[i], int32(len(kept)))
			}
			kept = append(kept, slices.Clone(group))
			continue
		}
		for _, i := range group {
			if slices.Contains(in[i], best) {
				continue
			}
			var sum float32
			others := 0
			for _, k := range kept[best] {
				if account[k] != account[i] {
					others++
				}
			}
			for _, n := range of(i) {
				if slices.Contains(in[n.to], best) {
					sum += n.probability
				}
			}
			if sum >= g.Late*float32(others) {
				kept[best] = append(kept[best], i)
				in[i] = append(in[i], best)
			}
		}
	}
	for _, group := range kept {
		slices.Sort(group)
	}
	return kept
}
