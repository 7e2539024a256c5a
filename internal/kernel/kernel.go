// Package kernel computes the layers of small networks in whole numbers. Bytes
// and 16-bit fractions come in and go out, with sums of 32 bits between, so
// that every processor gives the same answer: the assembly for AVX2 and
// AVX-512, chosen when the program starts, and the Go that stands in for it
// elsewhere agree to the bit.
//
// Three forms of numbers between -1 and 1 are used. An activation is a byte, x
// as round(63x)+64, from 1 to 127: one bit short, so that two products of such
// bytes with signed ones fit 16 bits, which AVX2 needs. A state is 16 bits
// with 1 as 1<<14. A gate, from 0 to 1, is 16 bits with 1 as 1<<15, less one
// where it is full.
package kernel

import "math"

// The numbers that stand for one, by form.
const (
	Activation = 63      // … of an activation, above Zero
	Zero       = 64      // the activation that stands for nothing
	State      = 1 << 14 // … of a state
	Sum        = 1 << 12 // … of a sum before a gate
	Half       = 1 << 13 // … of a sum before it is squashed
)

// Rows is what the number of rows that Multiply works on must be a multiple of,
// and Columns the same for columns.
const (
	Rows    = 8
	Columns = 32
)

// Matrix is signed bytes, packed for Multiply: for each 32 columns in turn, for
// each 4 rows in turn, 4 bytes a column.
type Matrix struct {
	In, Out int // rows, a multiple of 4, and columns, a multiple of 32
	Packed  []int8
}

// Pack makes a Matrix of weights that stand row after row.
func Pack(weights []int8, in, out int) Matrix {
	m := Matrix{In: in, Out: out, Packed: make([]int8, in*out)}
	for i := range in {
		for j := range out {
			m.Packed[m.at(i, j)] = weights[i*out+j]
		}
	}
	return m
}

func (m *Matrix) at(i, j int) int {
	return j/Columns*Columns*m.In + i/4*4*Columns + j%Columns*4 + i%4
}

// SetColumn fills column j of m with activations, m.In of them, as signed
// bytes, and returns what a bias must be for products of activations with it:
// the sum of column j times -Zero.
func (m *Matrix) SetColumn(j int, activations []uint8) (bias int32) {
	at, sum := m.at(0, j), int32(0)
	activations = activations[:m.In]
	for i := 0; i < len(activations); i += 4 {
		four := activations[i : i+4 : i+4]
		to := m.Packed[at : at+4 : at+4]
		a, b, c, d := int8(four[0]-Zero), int8(four[1]-Zero), int8(four[2]-Zero), int8(four[3]-Zero)
		to[0], to[1], to[2], to[3] = a, b, c, d
		sum += int32(a) + int32(b) + int32(c) + int32(d)
		at += 4 * Columns
	}
	return -Zero * sum
}

// SetSigned is SetColumn for bytes that are signed already.
func (m *Matrix) SetSigned(j int, bytes []int8) (bias int32) {
	sum := int32(0)
	for i, b := range bytes[:m.In] {
		m.Packed[m.at(i, j)] = b
		sum += int32(b)
	}
	return -Zero * sum
}

// Multiply sets dst, rows by m.Out, to bias plus the products of src, rows by
// m.In and stride bytes apart, with m. rows must be a multiple of 8. No byte of src
// may be above 127.
func Multiply(dst []int32, src []uint8, stride, rows int, m *Matrix, bias []int32) {
	if rows == 0 || m.Out == 0 {
		return
	}
	if rows%Rows != 0 || m.In%4 != 0 || m.Out%Columns != 0 || m.In == 0 {
		panic("kernel: shape of a product")
	}
	_, _, _, _ = dst[rows*m.Out-1], src[(rows-1)*stride+m.In-1], m.Packed[m.In*m.Out-1], bias[m.Out-1]
	multiply(dst, src, stride, rows, m, bias)
}

// multiplyGo takes eight rows at once, two of them in the halves of one 64-bit
// number: a product by a signed byte borrows from the upper half what the lower
// half's sign takes, and the sum's lower half tells how much that was.
func multiplyGo(dst []int32, src []uint8, stride, rows int, m *Matrix, bias []int32) {
	const depth = 256
	var pairs [depth][Rows / 2]int64
	for i := 0; i < rows; i += Rows {
		for r := range Rows {
			copy(dst[(i+r)*m.Out:(i+r+1)*m.Out], bias)
		}
		for from := 0; from < m.In; from += depth {
			some := min(depth, m.In-from)
			for r := range Rows / 2 {
				low, high := src[(i+2*r)*stride+from:][:some], src[(i+2*r+1)*stride+from:][:some]
				for k := range some {
					pairs[k][r] = int64(low[k]) | int64(high[k])<<32
				}
			}
			for j := range m.Out {
				weights := m.Packed[m.at(from, j):]
				var s0, s1, s2, s3 int64
				for k := 0; k < some; k += 4 {
					for e, w := range weights[k*Columns : k*Columns+4] {
						w, p := int64(w), &pairs[(k+e)%depth]
						s0 += w * p[0]
						s1 += w * p[1]
						s2 += w * p[2]
						s3 += w * p[3]
					}
				}
				for r, s := range [...]int64{s0, s1, s2, s3} {
					low := int32(s)
					dst[(i+2*r)*m.Out+j] += low
					dst[(i+2*r+1)*m.Out+j] += int32((s - int64(low)) >> 32)
				}
			}
		}
	}
}

// Scale sets each of dst to sums times factors, rounded to even where it lies
// between two and held to 16 bits. Rows of sums are as long as factors, a
// multiple of 32. The sums must be under 1<<24, so that they are exact as float32.
func Scale(dst []int16, sums []int32, factors []float32) {
	if len(sums) == 0 {
		return
	}
	if len(factors)%Columns != 0 || len(sums)%len(factors) != 0 {
		panic("kernel: shape of sums")
	}
	_ = dst[len(sums)-1]
	scale(dst, sums, factors)
}

func scaleGo(dst []int16, sums []int32, factors []float32) {
	for at := 0; at < len(sums); at += len(factors) {
		for j, f := range factors {
			x := math.RoundToEven(float64(float32(sums[at+j]) * f))
			dst[at+j] = int16(max(math.MinInt16, min(math.MaxInt16, x)))
		}
	}
}

// Embed adds the rows of table that are named, of one width, a multiple of 16,
// and leaves their squashed sum as states and as activations. 64 in the table stands
// for 1. At most 128 rows are added; those below 0 are left out.
func Embed(states []int16, activations []uint8, table []int8, rows []int32) {
	width := len(states)
	if width == 0 || width%16 != 0 || len(rows) > 128 {
		panic("kernel: shape of an embedding")
	}
	for _, r := range rows {
		if r >= 0 {
			_ = table[int(r)*width+width-1]
		}
	}
	_ = activations[width-1]
	embed(states, activations, table, rows)
}

func embedGo(states []int16, activations []uint8, table []int8, rows []int32) {
	width := len(states)
	clear(states)
	for _, r := range rows {
		if r < 0 {
			continue
		}
		for j, e := range table[int(r)*width : int(r+1)*width] {
			states[j] += int16(e)
		}
	}
	for j, s := range states {
		s = max(-128, min(128, s))
		s *= 256 - magnitude(s)
		states[j] = s
		activations[j] = activation(s)
	}
}

// Unit is one direction of a layer of simple recurrent units (Lei et al. 2018).
// With the state before, each lane takes in a candidate and two gates:
//
//	c   = f∘before + (1-f)∘candidate
//	out = r∘c + (1-r)∘in
//
// where what the peepholes find in before is added to the gates' sums.
type Unit struct {
	PeepForget, PeepOutput []int16 // 1 is 1<<13
}

// Run walks over n tokens, forwards or backwards. A row of sums is three times
// the width: the candidates (with 1 as Half), a width on the sums of the gates
// that forget, and of those that output (with 1 as Sum). Rows of states, which
// are the input and become the output, and of activations are a width apart.
// state has as many lanes as u, a multiple of 16, and holds c before and after.
// All states lie within ±State, and stay there.
func (u *Unit) Run(sums []int16, states []int16, activations []uint8, state []int16, width, n int, backwards bool) {
	lanes := len(state)
	if n == 0 || lanes == 0 {
		return
	}
	if lanes%16 != 0 || lanes > width {
		panic("kernel: shape of a recurrence")
	}
	_, _, _ = sums[(n-1)*3*width+2*width+lanes-1], states[(n-1)*width+lanes-1], activations[(n-1)*width+lanes-1]
	_, _ = u.PeepForget[lanes-1], u.PeepOutput[lanes-1]
	u.run(sums, states, activations, state, width, n, backwards)
}

func (u *Unit) runGo(sums, states []int16, activations []uint8, state []int16, width, n int, backwards bool) {
	for t := range n {
		i := t
		if backwards {
			i = n - 1 - t
		}
		u.step(sums[i*3*width:], states[i*width:], activations[i*width:], state, width)
	}
}

func (u *Unit) step(sums, states []int16, activations []uint8, state []int16, width int) {
	for j, before := range state {
		forget := saturate(int32(sums[width+j]) + int32(product(before, u.PeepForget[j])))
		output := saturate(int32(sums[2*width+j]) + int32(product(before, u.PeepOutput[j])))
		c := 2 * squash(sums[j])
		c = saturate(int32(c) + int32(product(gate(forget), saturate(int32(before)-int32(c)))))
		state[j] = c
		in := states[j]
		out := saturate(int32(in) + int32(product(gate(output), saturate(int32(c)-int32(in)))))
		states[j] = out
		activations[j] = activation(out)
	}
}

// Squash turns sums (with 1 as Half) into activations. Their number must be a
// multiple of 16.
func Squash(dst []uint8, sums []int16) {
	if len(sums)%16 != 0 {
		panic("kernel: shape of sums")
	}
	if len(sums) == 0 {
		return
	}
	_ = dst[len(sums)-1]
	squashAll(dst, sums)
}

func squashAllGo(dst []uint8, sums []int16) {
	for i, s := range sums {
		dst[i] = uint8(product(squash(s), 252) + Zero)
	}
}

// SquashSum does what Squash does with twice the sum of three rows (with 1 as Sum).
func SquashSum(dst []uint8, a, b, c []int16) {
	if len(a)%16 != 0 {
		panic("kernel: shape of sums")
	}
	if len(a) == 0 {
		return
	}
	_, _, _ = dst[len(a)-1], b[len(a)-1], c[len(a)-1]
	squashSum(dst, a, b, c)
}

func squashSumGo(dst []uint8, a, b, c []int16) {
	for i := range a {
		s := int32(saturate(int32(saturate(int32(a[i])+int32(b[i]))) + int32(c[i])))
		dst[i] = uint8(product(squash(saturate(2*s)), 252) + Zero)
	}
}

// squash follows x(1-|x|/4) between ±2, with 1 as Half on both sides.
func squash(x int16) int16 {
	x = max(-1<<14, min(1<<14, x))
	return product(x, math.MaxInt16-magnitude(x))
}

// gate is ½+½squash(x/2), of a sum with 1 as Sum.
func gate(x int16) int16 { return saturate(1<<14 + 2*int32(squash(x))) }

// product is a rounded fraction: x·y/2¹⁵.
func product(x, y int16) int16 { return int16((int32(x)*int32(y) + 1<<14) >> 15) }

// activation is the byte for a state.
func activation(x int16) uint8 { return uint8(product(x, 2*Activation) + Zero) }

func saturate(x int32) int16 { return int16(max(math.MinInt16, min(math.MaxInt16, x))) }

func magnitude(x int16) int16 {
	if x < 0 {
		return -x
	}
	return x
}
