package dense

import "math"

// Squash is an odd function from -1 to 1, close to tanh and made of two
// parabolas, so that whole numbers can follow it exactly.
func Squash(x float32) float32 {
	x = min(2, max(-2, x))
	return x * (1 - 0.25*abs(x))
}

// Slope is the derivative of Squash.
func Slope(x float32) float32 { return max(0, 1-0.5*abs(x)) }

// Gate is Squash from 0 to 1, and half as steep.
func Gate(x float32) float32 { return 0.5 + 0.5*Squash(0.5*x) }

func gateSlope(x float32) float32 { return 0.25 * Slope(0.5*x) }

func abs(x float32) float32 { return math.Float32frombits(math.Float32bits(x) &^ (1 << 31)) }

// Unit is one step of a row of simple recurrent units (Lei et al. 2018): with
// the state before, c = f∘before + (1-f)∘squash(Candidate) and
// out = r∘c + (1-r)∘in, where f and r are the gates of Forget and Output with
// PeepForget∘before and PeepOutput∘before added. All slices have one length, a
// multiple of 16.
type Unit struct {
	Candidate, Forget, Output []float32
	PeepForget, PeepOutput    []float32
	Before, State, In, Out    []float32
}

// Forward fills State and Out, and leaves in Forget and Output the sums.
func (u *Unit) Forward() {
	n := len(u.Candidate)
	if fast && n%16 == 0 {
		u.check(n)
		unitForward(u, n)
		return
	}
	for k := range n {
		b := u.Before[k]
		u.Forget[k] += u.PeepForget[k] * b
		u.Output[k] += u.PeepOutput[k] * b
		v := Squash(u.Candidate[k])
		v += Gate(u.Forget[k]) * (b - v)
		u.State[k] = v
		u.Out[k] = u.In[k] + Gate(u.Output[k])*(v-u.In[k])
	}
}

func (u *Unit) check(n int) {
	_, _, _, _, _, _, _, _ = u.Forget[n-1], u.Output[n-1], u.PeepForget[n-1], u.PeepOutput[n-1], u.Before[n-1], u.State[n-1], u.In[n-1], u.Out[n-1]
}

// UnitBack is the way back through a Unit after Forward. Grad holds the
// gradient of its output and is left with that part of In's which goes around
// the unit; Carry holds the gradient of its state from the step after and is
// left with that for the step before.
type UnitBack struct {
	Unit
	Grad, Carry                  []float32
	DCandidate, DForget, DOutput []float32 // are set
	DPeepForget, DPeepOutput     []float32 // are added to
}

// Backward goes back one step.
func (u *UnitBack) Backward() {
	n := len(u.Candidate)
	if fast && n%16 == 0 {
		_, _, _, _, _, _, _ = u.Grad[n-1], u.Carry[n-1], u.DCandidate[n-1], u.DForget[n-1], u.DOutput[n-1], u.DPeepForget[n-1], u.DPeepOutput[n-1]
		_, _, _, _, _, _, _ = u.Forget[n-1], u.Output[n-1], u.PeepForget[n-1], u.PeepOutput[n-1], u.Before[n-1], u.State[n-1], u.In[n-1]
		unitBackward(u, n)
		return
	}
	for k := range n {
		b, in, c := u.Before[k], u.In[k], u.State[k]
		r, f, v := Gate(u.Output[k]), Gate(u.Forget[k]), Squash(u.Candidate[k])
		dh := u.Grad[k]
		dr := dh * (c - in) * gateSlope(u.Output[k])
		dc := u.Carry[k] + dh*r
		df := dc * (b - v) * gateSlope(u.Forget[k])
		u.Grad[k] = dh * (1 - r)
		u.DCandidate[k] = dc * (1 - f) * Slope(u.Candidate[k])
		u.DForget[k], u.DOutput[k] = df, dr
		u.DPeepForget[k] += df * b
		u.DPeepOutput[k] += dr * b
		u.Carry[k] = dc*f + df*u.PeepForget[k] + dr*u.PeepOutput[k]
	}
}
