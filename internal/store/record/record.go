// Package record is the form in which databases hold articles and analyses:
// whole numbers of few bytes, words that come again by their number, lists that
// hold one field of all entries after the other, and zstd over it. What comes
// out is what went in, nil and empty lists apart too.
package record

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"sync"
	"time"

	"github.com/klauspost/compress/zstd"

	"synoptic/article"
	"synoptic/text"
)

// ErrDamaged is what reading returns for bytes that no writing made.
var ErrDamaged = errors.New("the record is damaged")

// maxLen is how many bytes a record may have before compression.
const maxLen = 1 << 30

// codec compresses; both halves may be used by several goroutines at once.
var codec = sync.OnceValues(func() (*zstd.Encoder, *zstd.Decoder) {
	// Options that are constant cannot be refused.
	e, _ := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedDefault), zstd.WithWindowSize(1<<20), zstd.WithEncoderCRC(true))
	d, _ := zstd.NewReader(nil, zstd.WithDecoderConcurrency(0), zstd.WithDecoderMaxMemory(maxLen))
	return e, d
})

// Pack compresses bytes.
func Pack(b []byte) []byte {
	e, _ := codec()
	return e.EncodeAll(b, make([]byte, 0, len(b)/2+64))
}

// Unpack is what Pack was given.
func Unpack(b []byte) ([]byte, error) {
	_, d := codec()
	out, err := d.DecodeAll(b, nil)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	return out, nil
}

// writer appends the parts of a record.
type writer struct {
	b     []byte
	words map[string]int // numbers of words that have been written, from 1
}

func (w *writer) uint(n uint64)   { w.b = binary.AppendUvarint(w.b, n) }
func (w *writer) int(n int)       { w.b = binary.AppendVarint(w.b, int64(n)) }
func (w *writer) byte(n uint8)    { w.b = append(w.b, n) }
func (w *writer) float(f float64) { w.b = binary.LittleEndian.AppendUint64(w.b, math.Float64bits(f)) }
func (w *writer) bytes(s string)  { w.uint(uint64(len(s))); w.b = append(w.b, s...) }

// size is the length of a list, with nil apart from empty.
func (w *writer) size(n int, isNil bool) {
	if isNil {
		w.uint(0)
	} else {
		w.uint(uint64(n) + 1)
	}
}

// word writes a string that is likely to come again.
func (w *writer) word(s string) {
	if n, ok := w.words[s]; ok {
		w.uint(uint64(n))
		return
	}
	if w.words == nil {
		w.words = make(map[string]int, 64)
	}
	w.words[s] = len(w.words) + 1
	w.uint(0)
	w.bytes(s)
}

// span writes a span by how far it lies behind from.
func (w *writer) span(s text.Span, from int) {
	w.int(s.Start - from)
	w.int(s.End - s.Start)
}

// time writes a point in time with its distance from Greenwich in seconds.
func (w *writer) time(t time.Time) {
	w.b = binary.AppendVarint(w.b, t.Unix())
	w.uint(uint64(t.Nanosecond()))
	_, offset := t.Zone()
	w.int(offset)
}

func (w *writer) date(d article.Date) {
	w.byte(uint8(d.Precision))
	if d.Precision != article.Unknown || !d.Time.IsZero() {
		w.byte(1)
		w.time(d.Time)
	} else {
		w.byte(0)
	}
}

// reader takes the parts of a record off. After a failure all that it gives is
// zero.
type reader struct {
	b      []byte
	words  []string
	failed bool
}

func (r *reader) fail() {
	r.b, r.failed = nil, true
}

func (r *reader) uint() uint64 {
	n, size := binary.Uvarint(r.b)
	if size <= 0 {
		r.fail()
		return 0
	}
	r.b = r.b[size:]
	return n
}

func (r *reader) int() int {
	n, size := binary.Varint(r.b)
	if size <= 0 || int64(int(n)) != n {
		r.fail()
		return 0
	}
	r.b = r.b[size:]
	return int(n)
}

func (r *reader) byte() uint8 {
	if len(r.b) == 0 {
		r.fail()
		return 0
	}
	n := r.b[0]
	r.b = r.b[1:]
	return n
}

// upTo reads a number of a kind, of which last is the last.
func (r *reader) upTo(last uint8) uint8 {
	n := r.byte()
	if n > last {
		r.fail()
		return 0
	}
	return n
}

func (r *reader) float() float64 {
	if len(r.b) < 8 {
		r.fail()
		return 0
	}
	f := math.Float64frombits(binary.LittleEndian.Uint64(r.b))
	r.b = r.b[8:]
	return f
}

func (r *reader) bytes() string {
	n := r.uint()
	if n > uint64(len(r.b)) {
		r.fail()
		return ""
	}
	s := string(r.b[:n])
	r.b = r.b[n:]
	return s
}

func (r *reader) word() string {
	n := r.uint()
	if n == 0 {
		s := r.bytes()
		if !r.failed {
			r.words = append(r.words, s)
		}
		return s
	}
	if n > uint64(len(r.words)) {
		r.fail()
		return ""
	}
	return r.words[n-1]
}

func (r *reader) span(from int) text.Span {
	start := from + r.int()
	return text.Span{Start: start, End: start + r.int()}
}

func (r *reader) time() time.Time {
	seconds, size := binary.Varint(r.b)
	if size <= 0 {
		r.fail()
		return time.Time{}
	}
	r.b = r.b[size:]
	nanos := r.uint()
	offset := r.int()
	if nanos >= 1e9 || offset < -1e6 || offset > 1e6 {
		r.fail()
		return time.Time{}
	}
	t := time.Unix(seconds, int64(nanos)).UTC()
	if offset != 0 {
		t = t.In(time.FixedZone("", offset))
	}
	return t
}

func (r *reader) date() article.Date {
	d := article.Date{Precision: article.Precision(r.upTo(uint8(article.Second)))}
	if r.byte() != 0 {
		d.Time = r.time()
	}
	return d
}

// list reads a list whose entries take at least least bytes each; it is nil
// where nil was written.
func list[T any](r *reader, least int) []T {
	n := r.uint()
	if n == 0 {
		return nil
	}
	n--
	if n > uint64(len(r.b)/least) {
		r.fail()
		return nil
	}
	return make([]T, n)
}

// end is nil when all has been read and was well.
func (r *reader) end() error {
	if r.failed || len(r.b) > 0 {
		return ErrDamaged
	}
	return nil
}
