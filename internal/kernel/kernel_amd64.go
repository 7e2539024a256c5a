package kernel

import (
	"unsafe"

	"golang.org/x/sys/cpu"
)

// What the processor has. Tests switch them off by turns.
var (
	avx2   = cpu.X86.HasAVX2
	avx512 = avx2 && cpu.X86.HasAVX512F && cpu.X86.HasAVX512VNNI
)

// Using names the instructions that the kernels use on this machine.
func Using() string {
	switch {
	case avx512:
		return "AVX-512"
	case avx2:
		return "AVX2"
	}
	return "Go"
}

//go:noescape
func multiply512(dst *int32, src *uint8, stride int, panel *int8, bias *int32, in, out int)

//go:noescape
func multiply256(dst *int32, src *uint8, stride int, panel *int8, bias *int32, in, out int)

//go:noescape
func scale256(dst *int16, sums *int32, factors *float32, n int)

//go:noescape
func embed256(states *int16, activations *uint8, table *int8, rows *int32, width, n int)

//go:noescape
func run256(r *recurrence)

//go:noescape
func squash256(dst *uint8, sums *int16, n int)

//go:noescape
func squashSum256(dst *uint8, a, b, c *int16, n int)

func multiply(dst []int32, src []uint8, stride, rows int, m *Matrix, bias []int32) {
	if !avx2 {
		multiplyGo(dst, src, stride, rows, m, bias)
		return
	}
	for p := 0; p < m.Out; p += Columns {
		panel := &m.Packed[p*m.In]
		for i := 0; i < rows; i += Rows {
			if avx512 {
				multiply512(&dst[i*m.Out+p], &src[i*stride], stride, panel, &bias[p], m.In, m.Out)
				continue
			}
			for j := i; j < i+Rows; j += 2 {
				multiply256(&dst[j*m.Out+p], &src[j*stride], stride, panel, &bias[p], m.In, m.Out)
			}
		}
	}
}

func scale(dst []int16, sums []int32, factors []float32) {
	if !avx2 {
		scaleGo(dst, sums, factors)
		return
	}
	for at := 0; at < len(sums); at += len(factors) {
		scale256(&dst[at], &sums[at], &factors[0], len(factors))
	}
}

func embed(states []int16, activations []uint8, table []int8, rows []int32) {
	if !avx2 || len(rows) == 0 {
		embedGo(states, activations, table, rows)
		return
	}
	embed256(&states[0], &activations[0], &table[0], &rows[0], len(states), len(rows))
}

// recurrence is the arguments of run256, at the offsets that it reads.
type recurrence struct {
	sums, states           *int16
	activations            *uint8
	state, forget, output  *int16
	lanes, width, n, apart int
}

var _ [80]byte = [unsafe.Sizeof(recurrence{})]byte{}

func (u *Unit) run(sums, states []int16, activations []uint8, state []int16, width, n int, backwards bool) {
	if !avx2 {
		u.runGo(sums, states, activations, state, width, n, backwards)
		return
	}
	r := recurrence{&sums[0], &states[0], &activations[0], &state[0], &u.PeepForget[0], &u.PeepOutput[0], len(state), width, n, width}
	if backwards {
		last := n - 1
		r.sums, r.states, r.activations, r.apart = &sums[last*3*width], &states[last*width], &activations[last*width], -width
	}
	run256(&r)
}

func squashAll(dst []uint8, sums []int16) {
	if !avx2 {
		squashAllGo(dst, sums)
		return
	}
	squash256(&dst[0], &sums[0], len(sums))
}

func squashSum(dst []uint8, a, b, c []int16) {
	if !avx2 {
		squashSumGo(dst, a, b, c)
		return
	}
	squashSum256(&dst[0], &a[0], &b[0], &c[0], len(a))
}
