package dense

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

func random(r *rand.Rand, n int) []float32 {
	x := make([]float32, n)
	for i := range x {
		x[i] = r.Float32() - 0.5
	}
	return x
}

// The product must hold whatever the shape, also where rows and depth fill no
// tile, and for a transposed left side.
func TestGemm(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for _, s := range []struct{ m, n, k int }{{1, 32, 1}, {7, 32, 5}, {8, 64, 300}, {19, 96, 513}} {
		for _, transposed := range []bool{false, true} {
			t.Run(fmt.Sprint(s, transposed), func(t *testing.T) {
				a, b, c := random(r, s.m*s.k), random(r, s.k*s.n), random(r, s.m*s.n)
				rows, cols := s.k, 1
				if transposed {
					rows, cols = 1, s.m
				}
				want := make([]float64, len(c))
				for i := range s.m {
					for j := range s.n {
						want[i*s.n+j] = float64(c[i*s.n+j])
						for p := range s.k {
							want[i*s.n+j] += float64(a[i*rows+p*cols]) * float64(b[p*s.n+j])
						}
					}
				}
				Gemm(c, s.n, a, rows, cols, b, s.n, s.m, s.n, s.k)
				for i := range c {
					if math.Abs(float64(c[i])-want[i]) > 1e-4 {
						t.Fatalf("element %d: %g, want %g", i, c[i], want[i])
					}
				}
			})
		}
	}
}

// The assembly of the recurrent units does what the Go beside it does.
func TestUnit(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	const n = 48
	fill := func() UnitBack {
		var s [16][]float32
		for i := range s {
			s[i] = random(r, n)
			for j := range s[i] {
				s[i][j] *= 8
			}
		}
		return UnitBack{
			Unit: Unit{s[0], s[1], s[2], s[3], s[4], s[5], s[6], s[7], s[8]}, Grad: s[9], Carry: s[10],
			DCandidate: s[11], DForget: s[12], DOutput: s[13], DPeepForget: s[14], DPeepOutput: s[15],
		}
	}
	all := func(u *UnitBack) []float32 {
		return slices.Concat(u.Forget, u.Output, u.State, u.Out, u.Grad, u.Carry, u.DCandidate, u.DForget, u.DOutput, u.DPeepForget, u.DPeepOutput)
	}
	copied := func(u UnitBack) UnitBack {
		for _, s := range []*[]float32{&u.Candidate, &u.Forget, &u.Output, &u.State, &u.Out, &u.Grad, &u.Carry, &u.DCandidate, &u.DForget, &u.DOutput, &u.DPeepForget, &u.DPeepOutput} {
			*s = slices.Clone(*s)
		}
		return u
	}
	for range 20 {
		a := fill()
		b := copied(a)
		a.Forward()
		a.Backward()
		defer func(was bool) { fast = was }(fast)
		fast = false
		b.Forward()
		b.Backward()
		fast = true
		x, y := all(&a), all(&b)
		for i := range x {
			if math.Abs(float64(x[i]-y[i])) > 1e-3 {
				t.Fatalf("number %d: %g by assembly, %g by Go", i, x[i], y[i])
			}
		}
	}
}

// A rough product is close to a whole one, in every shape that it may take.
func TestRough(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	var w Work
	for _, s := range []struct{ m, n, k int }{{32, 32, 32}, {100, 64, 64}, {64, 96, 999}, {48, 32, 1100}, {3, 32, 64}} {
		for _, transposed := range []bool{false, true} {
			a, b, c := random(r, s.m*s.k), random(r, s.k*s.n), random(r, s.m*s.n)
			rows, cols := s.k, 1
			if transposed {
				rows, cols = 1, s.m
			}
			want := slices.Clone(c)
			Gemm(want, s.n, a, rows, cols, b, s.n, s.m, s.n, s.k)
			w.Rough(c, s.n, a, rows, cols, b, s.n, s.m, s.n, s.k)
			for i := range c {
				if math.Abs(float64(c[i]-want[i])) > 0.004*math.Sqrt(float64(s.k)) {
					t.Fatalf("%v transposed %v: element %d is %g, want %g", s, transposed, i, c[i], want[i])
				}
			}
		}
	}
}

func BenchmarkRough(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 2))
	const m, n, k = 1000, 768, 256
	var w Work
	x, y, z := random(r, m*k), random(r, k*n), make([]float32, m*n)
	for b.Loop() {
		w.Rough(z, n, x, k, 1, y, n, m, n, k)
	}
	b.ReportMetric(2*m*n*k*float64(b.N)/b.Elapsed().Seconds()/1e9, "Gflop/s")
}

func TestDotAxpy(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for _, n := range []int{0, 1, 16, 31, 64} {
		x, y := random(r, n), random(r, n)
		var want float64
		sum := slices.Clone(y)
		for i := range x {
			want += float64(x[i]) * float64(y[i])
			sum[i] += 0.5 * x[i]
		}
		if got := Dot(x, y); math.Abs(float64(got)-want) > 1e-5 {
			t.Errorf("Dot of %d numbers: %g, want %g", n, got, want)
		}
		Axpy(y, 0.5, x)
		for i := range y {
			if math.Abs(float64(y[i]-sum[i])) > 1e-6 {
				t.Errorf("Axpy of %d numbers: %g, want %g", n, y[i], sum[i])
			}
		}
	}
}

func BenchmarkGemm(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 2))
	const m, n, k = 1000, 576, 192
	x, y, z := random(r, m*k), random(r, k*n), make([]float32, m*n)
	for b.Loop() {
		Gemm(z, n, x, k, 1, y, n, m, n, k)
	}
	b.ReportMetric(2*m*n*k*float64(b.N)/b.Elapsed().Seconds()/1e9, "Gflop/s")
}
