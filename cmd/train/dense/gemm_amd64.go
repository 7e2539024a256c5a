package dense

import "golang.org/x/sys/cpu"

var half = cpu.X86.HasAVX512BF16

var fast = cpu.X86.HasAVX512F && cpu.X86.HasAVX512DQ

// tile8 adds to 8 rows of 32 columns of c, tile1 to one. Strides are in bytes.
//
//go:noescape
func tile8(a *float32, rows, cols uintptr, packed, c *float32, ldc, k uintptr)

//go:noescape
func pairs8(a *uint32, rows, cols uintptr, packed *uint32, c *float32, ldc, k uintptr)

//go:noescape
func pairRows(dst *uint32, low, high *float32, n int)

//go:noescape
func pairColumns(dst *uint32, src *float32, n int)

//go:noescape
func tile1(a *float32, cols uintptr, packed, c *float32, k uintptr)

//go:noescape
func unitForward(u *Unit, n int)

//go:noescape
func unitBackward(u *UnitBack, n int)

//go:noescape
func dot(x, y *float32, n int) float32

//go:noescape
func axpy(y *float32, f float32, x *float32, n int)

func tiles(c []float32, ldc int, a []float32, rows, cols int, packed []float32, m, k int) {
	if !fast {
		tilesGo(c, ldc, a, rows, cols, packed, m, k)
		return
	}
	i := 0
	for ; i+8 <= m; i += 8 {
		tile8(&a[i*rows], uintptr(rows*4), uintptr(cols*4), &packed[0], &c[i*ldc], uintptr(ldc*4), uintptr(k))
	}
	for ; i < m; i++ {
		tile1(&a[i*rows], uintptr(cols*4), &packed[0], &c[i*ldc], uintptr(k))
	}
}

// roughly is Gemm with both matrices rounded to bfloat16, at twice the speed.
// It does nothing and says so where the processor or the shape does not allow it.
func roughly(w *Work, c []float32, ldc int, a []float32, rows, cols int, b []float32, ldb int, m, n, k int) bool {
	const block = 256 // pairs
	if !half || m < 32 || k < 32 {
		return false
	}
	pairs := (k + 1) / 2
	whole := m &^ 7
	var left []uint32 // of element i and pair p
	var leftRows, leftCols int
	switch {
	case cols == 1 && k%32 == 0:
		left, leftRows, leftCols = grow(&w.left, m*pairs), pairs, 1
		for i := range m {
			pairColumns(&left[i*pairs], &a[i*rows], k)
		}
	case rows == 1 && m%16 == 0:
		left, leftRows, leftCols = grow(&w.left, m*pairs), 1, m
		for p := range pairs {
			high := w.none(m)
			if 2*p+1 < k {
				high = a[(2*p+1)*cols:]
			}
			pairRows(&left[p*m], &a[2*p*cols], &high[0], m)
		}
	default:
		return false
	}
	packed := grow(&w.packed, block*panel)
	for p := 0; p < pairs; p += block {
		depth := min(block, pairs-p)
		for j := 0; j < n; j += panel {
			for q := range depth {
				high := w.none(panel)
				if row := 2*(p+q) + 1; row < k {
					high = b[row*ldb+j:]
				}
				pairRows(&packed[q*panel], &b[2*(p+q)*ldb+j], &high[0], panel)
			}
			for i := 0; i < whole; i += 8 {
				pairs8(&left[i*leftRows+p*leftCols], uintptr(leftRows*4), uintptr(leftCols*4), &packed[0], &c[i*ldc+j], uintptr(ldc*4), uintptr(depth))
			}
		}
	}
	if whole < m {
		Gemm(c[whole*ldc:], ldc, a[whole*rows:], rows, cols, b, ldb, m-whole, n, k)
	}
	return true
}
