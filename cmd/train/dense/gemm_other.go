//go:build !amd64

package dense

var fast = false

func unitForward(*Unit, int)      {}
func unitBackward(*UnitBack, int) {}

func dot(x, y *float32, n int) float32 { panic("dense: no assembly") }

func axpy(y *float32, f float32, x *float32, n int) { panic("dense: no assembly") }

func tiles(c []float32, ldc int, a []float32, rows, cols int, packed []float32, m, k int) {
	tilesGo(c, ldc, a, rows, cols, packed, m, k)
}

func roughly(w *Work, c []float32, ldc int, a []float32, rows, cols int, b []float32, ldb int, m, n, k int) bool {
	return false
}
