//go:build amd64

package kernel

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"testing"
)

// twins runs do by Go, by AVX2 and by AVX-512, as far as the machine has them,
// and wants the same results.
func twins(t *testing.T, do func() any) {
	t.Helper()
	has2, has512 := avx2, avx512
	defer func() { avx2, avx512 = has2, has512 }()
	avx2, avx512 = false, false
	want := do()
	for _, set := range []struct {
		name   string
		a2, a5 bool
	}{{"AVX2", has2, false}, {"AVX-512", has2, has512}} {
		if !set.a2 || set.name == "AVX-512" && !set.a5 {
			t.Logf("this machine has no %s", set.name)
			continue
		}
		avx2, avx512 = set.a2, set.a5
		if got := do(); !reflect.DeepEqual(got, want) {
			t.Fatalf("%s and Go differ", set.name)
		}
	}
}

func words(r *rand.Rand, n int) []int16 {
	x := make([]int16, n)
	for i := range x {
		switch x[i] = int16(r.Uint32()); r.IntN(8) {
		case 0:
			x[i] = -32768
		case 1:
			x[i] = 32767
		case 2, 3, 4:
			x[i] >>= 3
		}
	}
	return x
}

func signed(r *rand.Rand, n int) []int8 {
	x := make([]int8, n)
	for i := range x {
		if x[i] = int8(r.Uint32()); r.IntN(8) == 0 {
			x[i] = -128
		}
	}
	return x
}

func TestMultiply(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	for _, s := range []struct{ rows, in, out, stride int }{{8, 4, 32, 4}, {16, 64, 64, 70}, {24, 192, 96, 192}, {8, 256, 768, 256}} {
		t.Run(fmt.Sprint(s), func(t *testing.T) {
			src := make([]uint8, s.rows*s.stride)
			for i := range src {
				if src[i] = uint8(r.IntN(128)); r.IntN(4) == 0 {
					src[i] = 127
				}
			}
			weights := signed(r, s.in*s.out)
			m := Pack(weights, s.in, s.out)
			bias := make([]int32, s.out)
			for i := range bias {
				bias[i] = r.Int32N(1000) - 500
			}
			twins(t, func() any {
				dst := make([]int32, s.rows*s.out)
				Multiply(dst, src, s.stride, s.rows, &m, bias)
				return dst
			})
			dst := make([]int32, s.rows*s.out)
			Multiply(dst, src, s.stride, s.rows, &m, bias)
			for i := range s.rows {
				for j := range s.out {
					want := bias[j]
					for k := range s.in {
						want += int32(src[i*s.stride+k]) * int32(weights[k*s.out+j])
					}
					if got := dst[i*s.out+j]; got != want {
						t.Fatalf("row %d column %d: %d, want %d", i, j, got, want)
					}
				}
			}
		})
	}
}

func TestScale(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 1))
	for range 20 {
		sums, factors := make([]int32, 5*64), make([]float32, 64)
		for i := range sums {
			sums[i] = r.Int32N(1<<25) - 1<<24
			if i%2 == 0 {
				sums[i] >>= 10
			}
		}
		for i := range factors {
			factors[i] = r.Float32()
			if i%3 == 0 {
				factors[i] = 0.5 // halves are where rounding differs
			}
		}
		factors[1] = 64
		twins(t, func() any {
			dst := make([]int16, len(sums))
			Scale(dst, sums, factors)
			return dst
		})
	}
}

func TestEmbed(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 1))
	for _, width := range []int{16, 48, 192} {
		table := signed(r, 50*width)
		for _, n := range []int{0, 1, 7, 128} {
			rows := make([]int32, n)
			for i := range rows {
				rows[i] = r.Int32N(51) - 1
			}
			twins(t, func() any {
				states, activations := make([]int16, width), make([]uint8, width)
				Embed(states, activations, table, rows)
				return []any{states, activations}
			})
		}
	}
}

func TestRun(t *testing.T) {
	r := rand.New(rand.NewPCG(4, 1))
	for range 30 {
		const width, n = 64, 9
		for _, lanes := range []int{16, 32, 64} {
			u := Unit{PeepForget: words(r, lanes), PeepOutput: words(r, lanes)}
			sums, input := words(r, n*3*width), words(r, n*width)
			for i := range input {
				input[i] = max(-State, min(State, input[i]))
			}
			twins(t, func() any {
				states := append([]int16(nil), input...)
				activations, state := make([]uint8, n*width), make([]int16, lanes)
				u.Run(sums, states, activations, state, width, n, false)
				u.Run(sums[lanes%64:], states[lanes%64:], activations[lanes%64:], state, width, n-1, true)
				return []any{states, activations, state}
			})
		}
	}
}

func TestSquash(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 1))
	for range 50 {
		a, b, c := words(r, 96), words(r, 96), words(r, 96)
		twins(t, func() any {
			one, sum := make([]uint8, len(a)), make([]uint8, len(a))
			Squash(one, a)
			SquashSum(sum, a, b, c)
			return []any{one, sum}
		})
	}
}

// Activations must leave the top bit free whatever comes in: Multiply counts on it.
func TestActivationRange(t *testing.T) {
	for x := -1 << 15; x < 1<<15; x++ {
		if s := squash(int16(x)); s < -Half || s > Half {
			t.Fatalf("squash(%d) is %d", x, s)
		}
		var dst [16]uint8
		sums := make([]int16, 16)
		sums[0] = int16(x)
		Squash(dst[:], sums)
		if dst[0] < Zero-Activation || dst[0] > Zero+Activation {
			t.Fatalf("activation %d of %d", dst[0], x)
		}
	}
}

func BenchmarkMultiply(b *testing.B) {
	r := rand.New(rand.NewPCG(6, 1))
	const rows, in, out = 128, 192, 576
	m := Pack(signed(r, in*out), in, out)
	src, dst, bias := make([]uint8, rows*in), make([]int32, rows*out), make([]int32, out)
	has2, has512 := avx2, avx512
	defer func() { avx2, avx512 = has2, has512 }()
	for _, set := range []struct {
		name   string
		a2, a5 bool
	}{{"Go", false, false}, {"AVX2", has2, false}, {"AVX-512", has2, has512}} {
		b.Run(set.name, func(b *testing.B) {
			avx2, avx512 = set.a2, set.a5
			for b.Loop() {
				Multiply(dst, src, in, rows, &m, bias)
			}
			b.ReportMetric(float64(rows*in*out)*float64(b.N)/b.Elapsed().Seconds()/1e9, "Gmac/s")
		})
	}
}
