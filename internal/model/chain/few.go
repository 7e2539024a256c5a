package chain

import "encoding/binary"

// fewLabels is up to how many labels have a weight in each row. As many bytes are
// read of any; rows of noughts follow the last, so that reading never runs past
// the end, and so that there is a row for what has none.
const fewLabels = 16

// lanes are sums of weights for up to fewLabels labels, four to a word. Each
// weight has bias added, which makes it positive, and many of them do not run
// over.
type lanes struct {
	even, odd         uint64 // of labels 0 2 4 6 and of 1 3 5 7, the first lowest
	evenHigh, oddHigh uint64 // of labels 8 10 12 14 and of 9 11 13 15
}

const bias = 0x80

// weights are those of the row at at, as lanes.
func (c *Chain) weights(at uint32) (w lanes) {
	const (
		low  = 0x00ff00ff00ff00ff
		sign = bias * 0x0101010101010101
	)
	row := c.rows[at+2:][:fewLabels]
	first := binary.LittleEndian.Uint64(row) ^ sign
	w.even, w.odd = first&low, first>>8&low
	if c.length > 2+8 {
		second := binary.LittleEndian.Uint64(row[8:]) ^ sign
		w.evenHigh, w.oddHigh = second&low, second>>8&low
	}
	return w
}

func (l *lanes) add(w lanes) {
	l.even += w.even
	l.odd += w.odd
	l.evenHigh += w.evenHigh
	l.oddHigh += w.oddHigh
}

func (l *lanes) take(w lanes) {
	l.even -= w.even
	l.odd -= w.odd
	l.evenHigh -= w.evenHigh
	l.oddHigh -= w.oddHigh
}

// addTo adds to s the sums of n weights a label.
func (l *lanes) addTo(s *Scores, labels, n int) {
	words := [fewLabels / 4]uint64{l.even, l.odd, l.evenHigh, l.oddHigh}
	for i := range labels {
		sum := words[i/8*2+i%2] >> (i % 8 / 2 * 16)
		s[i] += int32(uint16(sum)) - int32(n*bias)
	}
}

// nothing is where a row begins that weighs nothing.
func (c *Chain) nothing() uint32 { return c.starts[len(c.starts)-1] }

// row is where the row of a feature begins in its bucket, that which weighs
// nothing where it has none.
func (c *Chain) row(b *bucket, feature uint32) uint32 {
	at, head := b.at, b.head
	for at < b.end && uint16(head) != uint16(feature) {
		at += c.length
		head = c.head(at)
	}
	if at >= b.end {
		return c.nothing()
	}
	return at
}

func (c *Chain) addFew(s *Scores, features []uint32, memory *[many]bucket) {
	var sum lanes
	for i, f := range features {
		sum.add(c.weights(c.row(&memory[i%many], f)))
	}
	sum.addTo(s, len(c.labels), len(features))
}

// Sums sums up what the features of one token after another weigh. Much of what
// is asked about a token has the answer that it had for the token before; a
// feature that is the same at the same place is not looked up again. The zero
// value is ready, for one goroutine at a time.
type Sums struct {
	chain    *Chain
	n        int
	features [many]uint32 // of the token before, the first n
	rows     [many]uint32 // where their rows begin
	sum      lanes        // what they weigh
	places   [many]uint8  // of the features that changed
	changed  [many]uint32
	buckets  [many]bucket
}

// Add adds to s what the features of the next token weigh, the same as c.Add.
func (t *Sums) Add(c *Chain, s *Scores, features []uint32) {
	if c.length == 0 || len(features) > many {
		c.Add(s, features)
		return
	}
	if t.chain != c {
		t.chain, t.n, t.sum = c, 0, lanes{}
	}
	for ; t.n > len(features); t.n-- {
		t.sum.take(c.weights(t.rows[t.n-1]))
	}
	for ; t.n < len(features); t.n++ {
		t.features[t.n] = ^features[t.n]
		t.rows[t.n] = c.nothing()
		t.sum.add(c.weights(t.rows[t.n]))
	}
	n := 0
	for i, f := range features { // without a branch: nobody foresees what changes
		t.places[n%many], t.changed[n%many] = uint8(i), f
		before := t.features[i%many]
		t.features[i%many] = f
		if f != before {
			n++
		}
	}
	changed := t.changed[:n]
	c.open(&t.buckets, changed)
	for i, f := range changed {
		row := &t.rows[t.places[i%many]%many]
		t.sum.take(c.weights(*row))
		*row = c.row(&t.buckets[i%many], f)
		t.sum.add(c.weights(*row))
	}
	t.sum.addTo(s, len(c.labels), len(features))
}

// Odds is c.Odds of the features of the next token, which stands alone.
func (t *Sums) Odds(c *Chain, features []uint32) int32 {
	var s Scores
	t.Add(c, &s, features)
	return c.ahead(&s)
}
