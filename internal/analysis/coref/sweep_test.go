package coref

import "testing"

func TestSweep(t *testing.T) {
	for _, f := range []string{"gum-dev.conllu", "gum-train.conllu"} {
		docs := readGUM(t, corpus(f), "news", "interview")
		all := readGUM(t, corpus(f), "bio", "speech", "court", "textbook", "voyage", "academic")
		for _, l := range []int32{0, 30, 60, 90, 120, 150, 200, 250} {
			for k := range lead {
				lead[k] = l
			}
			p, d, _, _ := measure(t, docs, false)
			q, _, _, _ := measure(t, all, false)
			t.Log(f, l, p, d, "other genres", q)
		}
	}
}
