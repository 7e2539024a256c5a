package story

// fewCopies is how many shingles of an article must be known for copies of it
// to be told, and copiedShare which part of them two copies share.
const (
	fewCopies   = 8
	copiedShare = 0.5
)

// newestCopies is how many articles with one shingle are looked at.
const newestCopies = 16

// copied is the story of the article of which i is a near-copy, or nil.
func (g *Grouper) copied(i int32) *cluster {
	m := g.article(i)
	if len(m.sketch.copies) < fewCopies {
		return nil
	}
	s := &g.search
	s.touched = s.touched[:0]
	if n := len(g.articles); len(s.shared) < n {
		s.shared = append(s.shared, make([]float32, n-len(s.shared))...)
	}
	for _, h := range m.sketch.copies {
		list := g.index.copies[h]
		for _, k := range list[max(0, len(list)-newestCopies):] {
			at := k - g.first
			if s.shared[at] == 0 {
				s.touched = append(s.touched, at)
			}
			s.shared[at]++
		}
	}
	best, from := float32(copiedShare)*float32(len(m.sketch.copies)), (*cluster)(nil)
	oldest := int32(0)
	for _, at := range s.touched {
		got, c := s.shared[at], g.articles[at].story
		s.shared[at] = 0
		if c == nil || got < best || got == best && from != nil && at > oldest || !g.allowed(i, c) || !sameNames(&m.sketch, &g.articles[at].sketch) {
			continue
		}
		best, from, oldest = got, c, at
	}
	return from
}

// namesShared is which part of the names of the shorter of two articles stands
// in the other, by how rare they are, where one is a copy of the other. What is
// written by one pattern about other people and places (results, weather,
// notices) shares its sentences and not its names.
const namesShared = 0.5

func sameNames(a, b *Sketch) bool {
	var all [2]int
	shared, k := 0, 0
	for _, t := range b.terms {
		if t.kind&isName != 0 {
			all[1] += int(t.rarity) * int(t.rarity)
		}
	}
	for _, t := range a.terms {
		if t.kind&isName == 0 {
			continue
		}
		weight := int(t.rarity) * int(t.rarity)
		all[0] += weight
		for k < len(b.terms) && b.terms[k].hash < t.hash {
			k++
		}
		if k < len(b.terms) && b.terms[k].hash == t.hash {
			shared += weight
		}
	}
	return float64(shared) >= namesShared*float64(min(all[0], all[1]))
}
