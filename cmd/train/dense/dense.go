// Package dense multiplies matrices of float32 for fitting weights. Slices of
// numbers come in with their strides, sums go out. It is used for training
// alone: what ships computes in integers.
package dense

// panel is how many columns of the right-hand matrix the kernels take at once.
const panel = 32

// Gemm adds A·B to C. A is m by k: element (i, p) stands at a[i*rows+p*cols],
// so that swapping the two strides reads it transposed. B is k by n and C is m
// by n, row after row, ldb and ldc elements apart. n must be a multiple of 32.
func Gemm(c []float32, ldc int, a []float32, rows, cols int, b []float32, ldb int, m, n, k int) {
	const block = 256
	if m == 0 || n == 0 || k == 0 {
		return
	}
	if n%panel != 0 {
		panic("dense: the number of columns is no multiple of 32")
	}
	_, _, _ = c[(m-1)*ldc+n-1], a[(m-1)*rows+(k-1)*cols], b[(k-1)*ldb+n-1]
	var packed [block * panel]float32
	for p := 0; p < k; p += block {
		depth := min(block, k-p)
		for j := 0; j < n; j += panel {
			for q := range depth {
				copy(packed[q*panel:(q+1)*panel], b[(p+q)*ldb+j:])
			}
			tiles(c[j:], ldc, a[p*cols:], rows, cols, packed[:depth*panel], m, depth)
		}
	}
}

// Work is room that Rough needs, kept from one product to the next.
type Work struct {
	left, packed []uint32
	zeros        []float32
}

func (w *Work) none(n int) []float32 {
	if len(w.zeros) < n {
		w.zeros = make([]float32, n)
	}
	return w.zeros
}

func grow(s *[]uint32, n int) []uint32 {
	if cap(*s) < n {
		*s = make([]uint32, n+n/4)
	}
	*s = (*s)[:n]
	return *s
}

// Rough is Gemm that may round the elements of both matrices to bfloat16, with
// 8 bits of each number kept, where that is faster. Sums are of full length.
func (w *Work) Rough(c []float32, ldc int, a []float32, rows, cols int, b []float32, ldb int, m, n, k int) {
	if n%panel != 0 {
		panic("dense: the number of columns is no multiple of 32")
	}
	if m > 0 && n > 0 && k > 0 {
		_, _, _ = c[(m-1)*ldc+n-1], a[(m-1)*rows+(k-1)*cols], b[(k-1)*ldb+n-1]
	}
	if !roughly(w, c, ldc, a, rows, cols, b, ldb, m, n, k) {
		Gemm(c, ldc, a, rows, cols, b, ldb, m, n, k)
	}
}

// tilesGo is what the assembly does, for processors without AVX-512.
func tilesGo(c []float32, ldc int, a []float32, rows, cols int, packed []float32, m, k int) {
	for i := range m {
		sums := c[i*ldc : i*ldc+panel]
		for p := range k {
			x := a[i*rows+p*cols]
			for j, y := range packed[p*panel : (p+1)*panel] {
				sums[j] += float32(x * y)
			}
		}
	}
}

// Dot is the sum of the products of x and y, of equal length.
func Dot(x, y []float32) float32 {
	var s0, s1, s2, s3 float32
	y = y[:len(x)]
	if fast && len(x) > 0 && len(x)%16 == 0 {
		return dot(&x[0], &y[0], len(x))
	}
	i := 0
	for ; i+4 <= len(x); i += 4 {
		s0 += float32(x[i] * y[i])
		s1 += float32(x[i+1] * y[i+1])
		s2 += float32(x[i+2] * y[i+2])
		s3 += float32(x[i+3] * y[i+3])
	}
	for ; i < len(x); i++ {
		s0 += float32(x[i] * y[i])
	}
	return s0 + s1 + s2 + s3
}

// Axpy adds f times x to y.
func Axpy(y []float32, f float32, x []float32) {
	x = x[:len(y)]
	if fast && len(x) > 0 && len(x)%16 == 0 {
		axpy(&y[0], f, &x[0], len(x))
		return
	}
	for i := range y {
		y[i] += float32(f * x[i])
	}
}
