package dense

import "golang.org/x/sys/cpu"

var fast = cpu.X86.HasAVX512F && cpu.X86.HasAVX512DQ

// tile8 adds to 8 rows of 32 columns of c, tile1 to one. Strides are in bytes.
//
//go:noescape
func tile8(a *float32, rows, cols uintptr, packed, c *float32, ldc, k uintptr)

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
