package coref

import (
	"bytes"
	"flag"
	"fmt"
	"go/format"
	"math"
	"math/bits"
	"os"
	"testing"
)

var fit = flag.Bool("fit", false, "fit the weights of pronouns on the treebank and write weights.go")

// sample is one pronoun of the corpus with its rivals and those that are right.
type sample struct {
	null   features
	rivals []features
	right  []bool
	none   bool // that no rival is right
}

// samples are the pronouns of docs by kind. Each is tied to what the corpus says
// before the next is looked at.
func samples(t *testing.T, docs []goldDocument) (out [kinds][]sample) {
	t.Helper()
	for i := range docs {
		d := &docs[i]
		gold := map[int32]string{}
		for _, p := range d.phrases {
			gold[int32(d.head(p))] = p.entity
		}
		for _, m := range d.analysis.Mentions {
			if e := d.entityAt(m.First, m.Last); e != "" {
				for t := m.First; t < m.Last; t++ {
					if _, ok := gold[int32(t)]; !ok {
						gold[int32(t)] = e
					}
				}
			}
		}
		r := &resolver{index: map[uint32]int32{}}
		r.oracle = func(i int32, kind kind, null features) int {
			s := sample{null: null, none: true}
			id, marked := gold[r.phrases[i].head]
			best := -1
			for k, x := range r.rivals {
				right := marked && x.entity >= 0 && gold[r.phrases[x.phrase].head] == id
				s.rivals, s.right = append(s.rivals, x.features), append(s.right, right)
				if right {
					s.none = false
					if best < 0 {
						best = k
					}
				}
			}
			out[kind] = append(out[kind], s)
			return best
		}
		r.begin(d.article, d.analysis)
		for s := range d.analysis.Sentences {
			r.sentence(int32(s))
		}
	}
	return out
}

func train(set []sample) [featureCount]float64 {
	var w, sum [featureCount]float64
	scores := make([]float64, 0, 64)
	dot := func(f features) float64 {
		s := 0.0
		for ; f != 0; f &= f - 1 {
			s += w[bits.TrailingZeros64(uint64(f))]
		}
		return s
	}
	const epochs, rate, decay = 300, 0.5, 5.0
	for range epochs {
		var grad [featureCount]float64
		add := func(f features, by float64) {
			for ; f != 0; f &= f - 1 {
				grad[bits.TrailingZeros64(uint64(f))] += by
			}
		}
		for i := range set {
			s := &set[i]
			scores = append(scores[:0], dot(s.null))
			for _, f := range s.rivals {
				scores = append(scores, dot(f))
			}
			top := scores[0]
			for _, x := range scores {
				top = max(top, x)
			}
			all, right := 0.0, 0.0
			for k, x := range scores {
				e := math.Exp(x - top)
				scores[k] = e
				all += e
				if k == 0 && s.none || k > 0 && s.right[k-1] {
					right += e
				}
			}
			for k, e := range scores {
				by := -e / all
				if k == 0 && s.none || k > 0 && s.right[k-1] {
					by += e / right
				}
				if k == 0 {
					add(s.null, by)
				} else {
					add(s.rivals[k-1], by)
				}
			}
		}
		for k := range w {
			g := grad[k] - decay*w[k]
			sum[k] += g * g
			if sum[k] > 0 {
				w[k] += rate * g / math.Sqrt(sum[k])
			}
		}
	}
	return w
}

func TestFit(t *testing.T) {
	if !*fit {
		t.Skip("run with -fit to write weights.go")
	}
	// The corpus's own layers and the engine's, which the pass will stand on.
	genres := []string{"news", "interview", "bio", "speech", "voyage", "textbook", "academic", "court"}
	docs := readGUM(t, corpus("gum-train.conllu"), genres...)
	sets := samples(t, docs)
	docs = readGUM(t, corpus("gum-train.conllu"), genres...)
	for i := range docs {
		docs[i].retag(t)
	}
	for k, set := range samples(t, docs) {
		sets[k] = append(sets[k], set...)
	}
	var w [kinds][featureCount]float64
	for k, set := range sets {
		w[k] = train(set)
		t.Logf("kind %d: %d pronouns", k, len(set))
	}
	var b bytes.Buffer
	b.WriteString(`package coref

// weights are those of the features for "he" and "she", "it", and "they", in
// hundredths of a natural logarithm of odds. They are fitted on the training
// part of GUM by go test -run Fit -fit; docs/coreference.md has the figures.
var weights = [featureCount][kinds]int32{
`)
	for f := range featureCount {
		fmt.Fprintf(&b, "\t%s: {%.0f, %.0f, %.0f},\n", featureNames[f], 100*w[one][f], 100*w[thing][f], 100*w[many][f])
	}
	b.WriteString("}\n")
	out, err := format.Source(b.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile("weights.go", out, 0o644); err != nil {
		t.Fatal(err)
	}
}

var featureNames = [featureCount]string{
	"sameSentence",
	"sentenceBefore",
	"twoBefore",
	"threeBefore",
	"asOther",
	"asSubject",
	"asObject",
	"asOblique",
	"asPossessor",
	"asWithin",
	"asPredicate",
	"byBare",
	"byName",
	"byDefinite",
	"byIndefinite",
	"byOwned",
	"byPronoun",
	"sameRole",
	"isLead",
	"commands",
	"owner",
	"reports",
	"sexKnown",
	"otherQuote",
	"saysBefore",
	"once",
	"twice",
	"often",
	"always",
	"isPerson",
	"isGroup",
	"isPlace",
	"isNamed",
	"isNothing",
	"isCrowd",
	"isBody",
	"isPlural",
	"isJoined",
	"nearest",
	"far",
	"wasSubject",
	"wasLead",
	"isTopic",
	"follows",
	"blockedPlace",
	"nullBias",
	"nullQuote",
	"nullSubject",
	"nullObject",
	"nullOblique",
	"nullPossessor",
	"nullLead",
	"nullFirst",
}
