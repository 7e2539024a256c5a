package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"

	"synoptic/article"
	"synoptic/internal/analysis/token"
	"synoptic/internal/conllu"
	"synoptic/internal/model"
	"synoptic/text"
)

const tokenAbout = "Sentence ends in texts without lines. Fitted on the training parts of the Universal Dependencies English Web Treebank " +
	"(CC BY-SA 4.0) and GUM (annotations CC BY 4.0; texts of the genres kept CC BY or CC BY-SA). The weights are CC BY-SA 4.0."

// gap is one example: the features of a gap between two tokens, and whether a
// sentence ends there.
type gap struct {
	features []uint32
	end      bool
}

// trainToken fits the weights of the sentence finder: a logistic regression by
// AdaGrad, with an L2 penalty and features left out at random.
func trainToken(args []string, log io.Writer) error {
	flags := flag.NewFlagSet("train token", flag.ContinueOnError)
	var (
		corpus    = flags.String("corpus", "../shared/corpora/treebank", "folder of the treebanks")
		out       = flags.String("o", "internal/model/weights/token.model", "file to write")
		epochs    = flags.Int("epochs", 6, "passes over the data")
		rate      = flags.Float64("rate", 0.1, "step size of AdaGrad")
		penalty   = flags.Float64("l2", 3e-4, "L2 penalty")
		drop      = flags.Float64("drop", 0.15, "share of features left out of an example")
		least     = flags.Int("least", 4, "times that a feature must be seen")
		runs      = flags.Int("runs", 8, "fits from other seeds, whose weights are averaged")
		threshold = flags.Float64("threshold", -1.1, "logit above which a sentence ends")
		seed      = flags.Uint64("seed", 1, "seed of the first run: the order and what is left out")
	)
	if err := flags.Parse(args); err != nil {
		return err
	}
	var gaps []gap
	for _, name := range []string{"ewt-train.conllu", "gum-train.conllu"} {
		flat, ends, err := flatText(filepath.Join(*corpus, name))
		if err != nil {
			return err
		}
		token.Gaps(flat, ends, func(features []uint32, end bool) {
			gaps = append(gaps, gap{append([]uint32(nil), features...), end})
		})
	}
	seen := make([]int, token.FeatureCount)
	for _, g := range gaps {
		for _, f := range g.features {
			seen[f]++
		}
	}
	mean := make([]float64, token.FeatureCount)
	for run := range *runs {
		weights := make([]float64, token.FeatureCount)
		loss := gapFit{*epochs, *rate, *penalty, *drop, *least}.run(gaps, seen, weights, rand.New(rand.NewPCG(*seed+uint64(run), 0)))
		for i, w := range weights {
			mean[i] += w / float64(*runs)
		}
		fmt.Fprintf(log, "run %d: %d gaps, loss %.4f\n", run+1, len(gaps), loss)
	}
	data, err := tokenModel(mean, *threshold)
	if err != nil {
		return err
	}
	return os.WriteFile(*out, data, 0o644)
}

// gapFit is how one run goes.
type gapFit struct {
	epochs              int
	rate, penalty, drop float64
	least               int
}

// run fits weights and returns the loss a gap in the last epoch.
func (f gapFit) run(gaps []gap, seen []int, weights []float64, random *rand.Rand) float64 {
	squares := make([]float64, len(weights))
	var kept []uint32
	loss := 0.0
	for range f.epochs {
		random.Shuffle(len(gaps), func(i, j int) { gaps[i], gaps[j] = gaps[j], gaps[i] })
		loss = 0
		for _, g := range gaps {
			kept = kept[:0]
			logit := 0.0
			for _, feature := range g.features {
				if seen[feature] >= f.least && random.Float64() >= f.drop {
					kept = append(kept, feature)
					logit += weights[feature]
				}
			}
			logit /= 1 - f.drop
			p, y := 1/(1+math.Exp(-logit)), 0.0
			if g.end {
				y = 1
			}
			loss -= math.Log(1 - math.Abs(p-y) + 1e-12)
			for _, feature := range kept {
				d := p - y + f.penalty*weights[feature]
				squares[feature] += d * d
				weights[feature] -= f.rate * d / (math.Sqrt(squares[feature]) + 1e-6)
			}
		}
	}
	return loss / float64(len(gaps))
}

// tokenModel rounds the weights to bytes.
func tokenModel(weights []float64, threshold float64) ([]byte, error) {
	most := 0.0
	for _, w := range weights {
		most = max(most, math.Abs(w))
	}
	scale := most / math.MaxInt8
	small := make([]int8, len(weights))
	for i, w := range weights {
		small[i] = int8(math.Round(w / scale))
	}
	b := model.Builder{Name: "token", About: tokenAbout}
	model.Add(&b, "weights", model.Tensor[int8]{Data: small, Scale: float32(scale)})
	model.Add(&b, "threshold", model.Tensor[int32]{Data: []int32{int32(math.Round(threshold / scale))}, Scale: float32(scale)})
	return b.Bytes()
}

// flatText reads a treebank as one paragraph, its sentences with a blank between
// them, and the bytes at which they end.
func flatText(path string) (*article.Article, map[int]bool, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, nil, err
	}
	defer file.Close()
	r := conllu.NewReader(path, file)
	var body strings.Builder
	ends := map[int]bool{}
	for {
		d, err := r.Document(200)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, nil, err
		}
		a, n := d.Article("en")
		for _, s := range n.Sentences {
			body.WriteString(s.Of(a.Text))
			ends[body.Len()] = true
			body.WriteByte(' ')
		}
	}
	a := &article.Article{Place: path, Text: body.String(), Language: "en"}
	a.Paragraphs = []article.Paragraph{{Span: text.Span{End: len(a.Text)}}}
	return a, ends, nil
}
