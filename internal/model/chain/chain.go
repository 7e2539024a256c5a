// Package chain is a linear-chain model: each token has features, each feature
// adds weights to some labels, each pair of labels that follow each other adds
// one more, and the sequence of labels with the highest sum wins (a conditional
// random field, Lafferty et al. 2001, at its most probable path). Hashes of
// features come in, labels go out.
//
// Weights are small integers and sums are exact, so every processor gives the
// same labels.
package chain

import (
	"encoding/binary"
	"fmt"
	"math"
	"math/bits"
	"slices"

	"synoptic/internal/model"
)

// MaxLabels is how many labels a chain can have.
const MaxLabels = 128

// Chain is the weights of one linear-chain model. It is read-only and may be
// used by several goroutines at once.
//
// The features that share the upper bits of their hash lie in one bucket of
// rows, one after the other. A row begins with the lower 16 bits of the hash. In
// a chain of few labels a weight for each label follows, so that all rows are of
// one length; else the number n of labels, n labels and n weights. A feature that
// no row names weighs nothing.
type Chain struct {
	labels []string
	starts []uint32 // rows[starts[b]:starts[b+1]] is bucket b
	rows   []byte
	length uint32  // of a row, where all are of one
	shift  uint    // a hash shifted by it is its bucket
	next   []int16 // next[a*L+b] is added where label b follows a; row L is the start of a sentence
	margin int32
}

// Never is a transition that no path takes.
const Never = -1 << 15

// margin, in units of log probability: a label that is so far behind the best
// label of its token before transitions is out of the race. Trained weights of
// transitions stay well below it.
const margin = 9

// Row is what one feature adds to which labels.
type Row struct {
	Feature uint32
	Labels  []uint8
	Weights []int8
}

// New lays out rows. The value of a weight is the weight times scale, in log
// probability; next holds the transitions in the same scale, len(labels)+1 rows
// of len(labels).
func New(labels []string, rows []Row, next []int16, scale float32) (*Chain, error) {
	if len(labels) == 0 || len(labels) > MaxLabels || len(next) != (len(labels)+1)*len(labels) {
		return nil, fmt.Errorf("chain: %d labels with %d transitions", len(labels), len(next))
	}
	width := max(bits.Len(uint(len(rows)))-1, 1) // one or two rows a bucket
	if width > 24 {
		return nil, fmt.Errorf("chain: %d features are too many", len(rows))
	}
	c := &Chain{labels: labels, next: next, shift: uint(32 - width), margin: int32(margin / scale)}
	if len(labels) <= fewLabels {
		c.length = uint32(2 + len(labels))
	}
	buckets := make([][]Row, 1<<width)
	for _, r := range rows {
		b := r.Feature >> c.shift
		buckets[b] = append(buckets[b], r)
	}
	for _, bucket := range buckets {
		c.starts = append(c.starts, uint32(len(c.rows)))
		for _, r := range bucket {
			c.rows = binary.LittleEndian.AppendUint16(c.rows, uint16(r.Feature))
			if c.length > 0 {
				c.rows = append(c.rows, make([]byte, len(labels))...)
				weights := c.rows[len(c.rows)-len(labels):]
				for i, l := range r.Labels {
					weights[l] = byte(r.Weights[i])
				}
				continue
			}
			c.rows = append(c.rows, uint8(len(r.Labels)))
			c.rows = append(c.rows, r.Labels...)
			for _, w := range r.Weights {
				c.rows = append(c.rows, byte(w))
			}
		}
	}
	if err := c.goesOn(); err != nil {
		return nil, err
	}
	c.starts = append(c.starts, uint32(len(c.rows)))
	if c.length > 0 {
		beyond := (2+fewLabels-1)/c.length + 1
		c.rows = append(c.rows, make([]byte, beyond*c.length)...)
	}
	return c, nil
}

// Read is the chain that AddTo put into m under name.
func Read(m *model.Model, name string) (*Chain, error) {
	labels := m.Strings(name + ".labels")
	n := labels.Len()
	starts := model.Read[uint32](m, name+".starts", -1)
	rows := model.Read[uint8](m, name+".rows")
	next := model.Read[int16](m, name+".next", n+1, n)
	if m.Err() != nil {
		return nil, m.Err()
	}
	c := &Chain{starts: starts.Data, rows: rows.Data, next: next.Data, margin: int32(margin / next.Scale)}
	size := len(c.starts) - 1
	if n == 0 || n > MaxLabels || size < 2 || size&(size-1) != 0 {
		return nil, fmt.Errorf("chain: %s: %d labels, %d buckets", name, n, size)
	}
	c.shift = uint(32 - bits.TrailingZeros(uint(size)))
	if len(rows.Shape) > 1 {
		c.length = uint32(2 + n)
		if end := int(c.starts[size]); n > fewLabels || rows.Shape[1] != 2+n || end+2+fewLabels > len(c.rows) {
			return nil, fmt.Errorf("chain: %s: rows of shape %v for %d labels, in use to byte %d", name, rows.Shape, n, end)
		}
	}
	for i := range n {
		c.labels = append(c.labels, labels.At(i))
	}
	if err := c.goesOn(); err != nil {
		return nil, fmt.Errorf("%w: %s", err, name)
	}
	return c, nil
}

// goesOn checks that a sentence can begin, and go on after every label, so that
// there is always a path.
func (c *Chain) goesOn() error {
	n := len(c.labels)
	for from := range n + 1 {
		if !slices.ContainsFunc(c.next[from*n:(from+1)*n], func(next int16) bool { return next != Never }) {
			return fmt.Errorf("chain: no label can follow label %d of %d", from, n)
		}
	}
	return nil
}

// AddTo puts the chain into b under name.
func (c *Chain) AddTo(b *model.Builder, name string) {
	n := len(c.labels)
	b.AddStrings(name+".labels", c.labels)
	model.Add(b, name+".starts", model.Tensor[uint32]{Data: c.starts})
	rows := model.Tensor[uint8]{Data: c.rows}
	if c.length > 0 {
		rows.Shape = []int{len(c.rows) / int(c.length), int(c.length)}
	}
	model.Add(b, name+".rows", rows)
	model.Add(b, name+".next", model.Tensor[int16]{Data: c.next, Shape: []int{n + 1, n}, Scale: margin / float32(c.margin)})
}

// Next is what label to weighs where it follows from.
func (c *Chain) Next(from, to uint8) int32 { return int32(c.next[int(from)*len(c.labels)+int(to)]) }

// Odds is how far label 1 is ahead of label 0 for a token that stands alone, in
// the unit of the weights.
func (c *Chain) Odds(features []uint32) int32 {
	var s Scores
	c.Add(&s, features)
	return c.ahead(&s)
}

// ahead is how far label 1 is ahead of label 0 for a token with the scores s that
// stands alone.
func (c *Chain) ahead(s *Scores) int32 {
	n := len(c.labels)
	return s[1] + int32(c.next[n*n+1]) - s[0] - int32(c.next[n*n])
}

// Labels are the labels by number.
func (c *Chain) Labels() []string { return c.labels }

// Scores are the sums of one token, by label.
type Scores [MaxLabels]int32

// Add adds to s what features weigh.
func (c *Chain) Add(s *Scores, features []uint32) {
	var memory [many]bucket
	for len(features) > 0 {
		some := features[:min(len(features), many)]
		features = features[len(some):]
		c.open(&memory, some)
		if c.length > 0 {
			c.addFew(s, some, &memory)
		} else {
			c.addMany(s, some, &memory)
		}
	}
}

// many is how many features are looked up at once.
const many = 128

// bucket is where the next row of a bucket begins, and where the last ends.
type bucket struct {
	at, end uint32
	head    uint32 // of the row at at
}

// open finds the buckets of features. It looks up where all begin, and reads the
// first bytes of all, before anything goes through one, so that the processor
// waits for memory once and not for each.
func (c *Chain) open(memory *[many]bucket, features []uint32) {
	for i, f := range features {
		b := f >> c.shift
		memory[i%many] = bucket{at: c.starts[b], end: c.starts[b+1]}
	}
	for i := range features {
		b := &memory[i%many]
		b.head = c.head(b.at)
	}
}

// head is the first bytes of the row at at: the lower 16 bits of its feature,
// and the number of its labels where rows have one.
func (c *Chain) head(at uint32) uint32 {
	if int(at)+4 > len(c.rows) {
		return 0
	}
	return binary.LittleEndian.Uint32(c.rows[at:])
}

func (c *Chain) addMany(s *Scores, features []uint32, memory *[many]bucket) {
	for i, f := range features {
		b := &memory[i%many]
		for b.at < b.end {
			n := b.head >> 16 & 0xff
			if b.at+3+2*n > b.end {
				break
			}
			if uint16(b.head) == uint16(f) {
				row := c.rows[b.at+3:][:2*n]
				labels, weights := row[:n], row[n:][:n]
				for i, l := range labels {
					s[l%MaxLabels] += int32(int8(weights[i]))
				}
				break
			}
			b.at += 3 + 2*n
			b.head = c.head(b.at)
		}
	}
}

// Path finds the best sequence of labels. Its memory is reused; the zero value
// is ready, for one goroutine at a time.
type Path struct {
	candidates []candidate
	starts     []int // the candidates of token i are candidates[starts[i]:starts[i+1]]
	labels     []uint8
	rest       []onward // of each candidate, where it was asked for
	open       []through
	rivals     []Rival
}

type candidate struct {
	label uint8
	back  int32 // index of the candidate before it on the best path to here
	own   int32 // what the features of its token add
	score int32
}

// Begin forgets the sentence before.
func (p *Path) Begin() {
	p.rest = p.rest[:0]
	p.candidates = p.candidates[:0]
	p.starts = append(p.starts[:0], 0)
}

// Step adds a token with its scores.
func (p *Path) Step(c *Chain, s *Scores) {
	n := len(c.labels)
	best := s[0]
	for _, v := range s[1:n] {
		best = max(best, v)
	}
	p.extend(c, s[:n], best-c.margin)
	if len(p.candidates) == p.starts[len(p.starts)-1] {
		p.extend(c, s[:n], math.MinInt32) // what is in the race cannot follow
	}
	p.starts = append(p.starts, len(p.candidates))
}

// extend adds the labels of a token that score at least floor and can follow one
// of the token before.
func (p *Path) extend(c *Chain, scores []int32, floor int32) {
	n := len(scores)
	first := len(p.starts) - 2
	if first < 0 {
		for l, v := range scores {
			if next := c.next[n*n+l]; v >= floor && next != Never {
				p.candidates = append(p.candidates, candidate{uint8(l), -1, v, v + int32(next)})
			}
		}
		return
	}
	from, base := p.candidates[p.starts[first]:p.starts[first+1]], p.starts[first]
	for l, v := range scores {
		if v < floor {
			continue
		}
		top, back := int32(math.MinInt32), -1
		for i := range from {
			next := c.next[int(from[i].label)*n+l]
			if sum := from[i].score + int32(next); next != Never && sum > top {
				top, back = sum, i
			}
		}
		if back >= 0 {
			p.candidates = append(p.candidates, candidate{uint8(l), int32(base + back), v, v + top})
		}
	}
}

// End is the best labels of the tokens since Begin, by number. The slice is
// good until the next Begin.
func (p *Path) End() []uint8 {
	n := len(p.starts) - 1
	p.labels = append(p.labels[:0], make([]uint8, n)...)
	if n == 0 {
		return p.labels
	}
	last := p.starts[n-1]
	for i := last + 1; i < p.starts[n]; i++ {
		if p.candidates[i].score > p.candidates[last].score {
			last = i
		}
	}
	for i := n - 1; i >= 0; i-- {
		p.labels[i] = p.candidates[last].label
		last = int(p.candidates[last].back)
	}
	return p.labels
}
