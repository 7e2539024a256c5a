package word

// Key is the hash of a feature: a question, by its number, and its answer.
func Key(question, answer uint32) uint32 {
	return Mix(answer*0x9e3779b1 + question*0x61c88647 + question<<24)
}

// Pair is one answer of two.
func Pair(a, b uint32) uint32 { return Mix(a*0x85ebca77+0x27d4eb2f) ^ b*0xc2b2ae3d }
