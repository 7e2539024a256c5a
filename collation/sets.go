package collation

// sets parts the numbers below its length into sets: of each, another of its set
// that is no larger, the least of it for itself (union by least member).
type sets []int

func newSets(n int) sets {
	s := make(sets, n)
	for i := range s {
		s[i] = i
	}
	return s
}

// of is the least member of the set of i.
func (s sets) of(i int) int {
	for s[i] != i {
		s[i] = s[s[i]]
		i = s[i]
	}
	return i
}

// join makes one set of those of i and k.
func (s sets) join(i, k int) {
	i, k = s.of(i), s.of(k)
	s[max(i, k)] = min(i, k)
}
