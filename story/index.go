package story

import (
	"cmp"
	"math"
	"slices"
)

// index finds the articles in the window that share something rare. Articles
// are known by number; a list is in their order, and those that leave the
// window do so from its front.
type index struct {
	slots  map[uint32]int32 // terms by hash
	terms  []posting
	free   []int32
	copies map[uint32][]int32 // articles by shingle
	count  int32              // articles

	logs []float32
}

// posting is what is known of a term in the window.
type posting struct {
	articles []int32 // those for which it is among the weightiest
	df       int32   // articles that have it at all
	rarity   uint8
}

// weighty is how many terms of an article it can be found by.
const weighty = 40

func (x *index) init() {
	x.slots, x.copies = map[uint32]int32{}, map[uint32][]int32{}
}

// add takes in article i and returns the slots of its terms.
func (x *index) add(i int32, s *Sketch) []int32 {
	x.count++
	slots := make([]int32, len(s.terms))
	for k, t := range s.terms {
		slot, ok := x.slots[t.hash]
		if !ok {
			if n := len(x.free); n > 0 {
				slot, x.free = x.free[n-1], x.free[:n-1]
			} else {
				slot = int32(len(x.terms))
				x.terms = append(x.terms, posting{})
			}
			x.terms[slot].rarity = t.rarity
			x.slots[t.hash] = slot
		}
		x.terms[slot].df++
		slots[k] = slot
	}
	for _, k := range heaviest(s) {
		p := &x.terms[slots[k]]
		p.articles = append(p.articles, i)
	}
	for _, h := range s.copies {
		x.copies[h] = append(x.copies[h], i)
	}
	return slots
}

// remove lets go of article i, the first of those there are.
func (x *index) remove(i int32, m *member) {
	x.count--
	for k, slot := range m.slots {
		p := &x.terms[slot]
		if len(p.articles) > 0 && p.articles[0] == i {
			p.articles = p.articles[1:]
		}
		if p.df--; p.df == 0 {
			delete(x.slots, m.sketch.terms[k].hash)
			*p = posting{}
			x.free = append(x.free, slot)
		}
	}
	for _, h := range m.sketch.copies {
		list := x.copies[h]
		if len(list) > 0 && list[0] == i {
			list = list[1:]
		}
		if len(list) == 0 {
			delete(x.copies, h)
		} else {
			x.copies[h] = list
		}
	}
}

// heaviest is the indexes of the terms that an article can be found by.
func heaviest(s *Sketch) []uint8 {
	order := make([]uint8, len(s.terms))
	for k := range order {
		order[k] = uint8(k)
	}
	if len(order) > weighty {
		slices.SortFunc(order, func(a, b uint8) int {
			return cmp.Or(cmp.Compare(s.terms[b].weight(), s.terms[a].weight()), cmp.Compare(a, b))
		})
		order = order[:weighty]
	}
	return order
}

// weight is how much a term tells: how rare it is in news at large, squared, a
// little more where few articles of the window have it.
func (x *index) weight(slot int32) float32 {
	p := &x.terms[slot]
	r := float32(p.rarity) / 255
	return r * r * (1 + x.log(x.count/max(p.df, 1))/4)
}

// log is the natural logarithm of 1+n.
func (x *index) log(n int32) float32 {
	for int32(len(x.logs)) <= min(n, 4095) {
		x.logs = append(x.logs, float32(math.Log(float64(1+len(x.logs)))))
	}
	if n < int32(len(x.logs)) {
		return x.logs[n]
	}
	return float32(math.Log(float64(1 + n)))
}
