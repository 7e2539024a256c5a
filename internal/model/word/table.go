package word

import (
	"fmt"
	"math/bits"

	"synoptic/internal/model"
)

// Table maps 32-bit hashes to rows of numbers: open addressing, linear probing,
// at most three quarters full, so that a miss is as cheap as a hit. It is
// read-only once built.
type Table struct {
	keys   []uint32 // 0 is a free place
	values []uint16 // width a key
	width  int
	shift  uint
}

// NewTable lays out rows of width numbers; the row of keys[i] begins at
// values[i*width]. No key may be 0 or stand twice.
func NewTable(keys []uint32, values []uint16, width int) (*Table, error) {
	if len(values) != len(keys)*width {
		return nil, fmt.Errorf("word: %d values for %d rows of %d", len(values), len(keys), width)
	}
	size := 1 << bits.Len(uint(len(keys)+len(keys)/3))
	t := &Table{keys: make([]uint32, size), values: make([]uint16, size*width), width: width, shift: shiftFor(size)}
	for i, key := range keys {
		at, found := t.find(key)
		if found || key == 0 {
			return nil, fmt.Errorf("word: two rows of a table have the hash %#x", key)
		}
		t.keys[at] = key
		copy(t.values[at*width:(at+1)*width], values[i*width:])
	}
	return t, nil
}

// ReadTable is the table that AddTo put into m under name.
func ReadTable(m *model.Model, name string, width int) (*Table, error) {
	keys := model.Read[uint32](m, name+".keys", -1)
	size := len(keys.Data)
	values := model.Read[uint16](m, name+".values", size, width)
	if m.Err() != nil {
		return nil, m.Err()
	}
	if size == 0 || size&(size-1) != 0 {
		return nil, fmt.Errorf("word: table %s has %d places, not a power of two", name, size)
	}
	return &Table{keys: keys.Data, values: values.Data, width: width, shift: shiftFor(size)}, nil
}

// AddTo puts the table into b under name.
func (t *Table) AddTo(b *model.Builder, name string) {
	model.Add(b, name+".keys", model.Tensor[uint32]{Data: t.keys})
	model.Add(b, name+".values", model.Tensor[uint16]{Data: t.values, Shape: []int{len(t.keys), t.width}})
}

// Find is the row of key, nil where there is none.
func (t *Table) Find(key uint32) []uint16 {
	at, found := t.find(key)
	if !found {
		return nil
	}
	return t.values[at*t.width : at*t.width+t.width]
}

// find is the place of key, or the free place where it would go. Where every
// place is taken the search ends where it began.
func (t *Table) find(key uint32) (at int, found bool) {
	mask := len(t.keys) - 1
	first := int(key>>t.shift) & mask
	at = first
	for t.keys[at] != 0 {
		if t.keys[at] == key {
			return at, true
		}
		if at = (at + 1) & mask; at == first {
			break
		}
	}
	return at, false
}

func shiftFor(size int) uint { return uint(32 - bits.TrailingZeros(uint(size))) }
