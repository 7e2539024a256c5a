//go:build !amd64

package kernel

// Using names the instructions that the kernels use on this machine.
func Using() string { return "Go" }

func multiply(dst []int32, src []uint8, stride, rows int, m *Matrix, bias []int32) {
	multiplyGo(dst, src, stride, rows, m, bias)
}

func scale(dst []int16, sums []int32, factors []float32) { scaleGo(dst, sums, factors) }

func embed(states []int16, activations []uint8, table []int8, rows []int32) {
	embedGo(states, activations, table, rows)
}

func (u *Unit) run(sums, states []int16, activations []uint8, state []int16, width, n int, backwards bool) {
	u.runGo(sums, states, activations, state, width, n, backwards)
}

func squashAll(dst []uint8, sums []int16) { squashAllGo(dst, sums) }

func squashSum(dst []uint8, a, b, c []int16) { squashSumGo(dst, a, b, c) }
