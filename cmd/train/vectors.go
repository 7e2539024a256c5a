package main

import (
	"encoding/gob"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"math/rand/v2"
	"os"

	"synoptic/article"
	"synoptic/cmd/train/dense"
	"synoptic/internal/analysis/parse"
)

// Structured skip-gram (Ling et al. 2015): the sum of a word's rows learns to
// tell which words stand one, two or three before and after it, each place with
// weights of its own, so that words which fill the same places come to lie close
// together.
var places = [...]int{-3, -2, -1, 1, 2, 3}

const (
	noise     = 4 // wrong words for each right one
	frequency = 2e-4
)

// startFrom reads the embedding table from a file, or fits it on the words of
// the treebanks and the news and writes it there.
func (n *network) startFrom(path string, v *parse.Vocabulary, trees []*tree, news []sentence, o parseSettings) error {
	f, err := os.Open(path)
	if err == nil {
		defer f.Close()
		var data []float32
		if err := gob.NewDecoder(f).Decode(&data); err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		if len(data) != len(n.table.data) {
			return fmt.Errorf("%s: %d numbers, not %d", path, len(data), len(n.table.data))
		}
		copy(n.table.data, data)
		copy(n.table.mean, data)
		return nil
	}
	if !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	var texts [][]int32
	add := func(words []string) {
		rows := v.Lookup(nil, words, make([]article.Tag, len(words)), make([]string, len(words)))
		for i := range rows {
			if i%parse.Slots >= parse.Slots-3 {
				rows[i] = -1 // tags
			}
		}
		texts = append(texts, rows)
	}
	for _, t := range trees {
		add(t.words)
	}
	for _, s := range news {
		add(s.words)
	}
	n.pretrain(texts, v.Words(), 4, o.seed, o.log)
	copy(n.table.mean, n.table.data)
	if f, err = os.Create(path); err != nil {
		return err
	}
	if err := gob.NewEncoder(f).Encode(n.table.data); err != nil {
		f.Close()
		return fmt.Errorf("%s: %w", path, err)
	}
	return f.Close()
}

// pretrain starts the embedding table of n from running text. Each text is the
// rows of one sentence, with tags left out.
func (n *network) pretrain(texts [][]int32, words, epochs int, seed uint64, log io.Writer) {
	r := rand.New(rand.NewPCG(seed, 13))
	d := n.width
	total := 0
	counts := make([]int, words+1)
	for _, t := range texts {
		for i := 0; i < len(t); i += parse.Slots {
			counts[t[i]]++
			total++
		}
	}
	draw := make([]int32, 1<<22)
	var mass float64
	for _, c := range counts {
		mass += math.Pow(float64(c), 0.75)
	}
	at, sum := 0, 0.0
	for i := range draw {
		for at < len(counts)-1 && sum+math.Pow(float64(counts[at]), 0.75) < mass*float64(i)/float64(len(draw)) {
			sum += math.Pow(float64(counts[at]), 0.75)
			at++
		}
		draw[i] = int32(at)
	}
	outputs := make([]float32, len(places)*len(counts)*d)
	sums, in, grad := make([]float32, d), make([]float32, d), make([]float32, d)
	data := n.table.data
	done := 0
	var lossSum float64
	lossN := 0
	order := r.Perm(len(texts))
	for epoch := range epochs {
		r.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		for _, o := range order {
			t := texts[o]
			length := len(t) / parse.Slots
			for i := range length {
				done++
				own := t[i*parse.Slots : (i+1)*parse.Slots]
				share := float64(counts[own[0]]) / float64(total)
				if keep := math.Sqrt(frequency/share) + frequency/share; own[0] != 0 && r.Float64() > keep {
					continue
				}
				rate := float32(0.04 * max(0.01, 1-float64(done)/float64(epochs*total)))
				clear(sums)
				for _, row := range own {
					if row >= 0 {
						dense.Axpy(sums, 1, data[int(row)*d:int(row+1)*d])
					}
				}
				for j, s := range sums {
					in[j] = dense.Squash(s)
				}
				clear(grad)
				for p, place := range places {
					if i+place < 0 || i+place >= length {
						continue
					}
					for k := range 1 + noise {
						target, label := t[(i+place)*parse.Slots], float32(1)
						if k > 0 {
							target, label = draw[r.IntN(len(draw))], 0
						}
						from := (p*len(counts) + int(target)) * d
						out := outputs[from : from+d]
						pr := sigmoid(dense.Dot(in, out))
						if k == 0 {
							lossSum -= math.Log(float64(pr) + 1e-9)
							lossN++
						}
						g := rate * (label - pr)
						dense.Axpy(grad, g, out)
						dense.Axpy(out, g, in)
					}
				}
				for j := range grad {
					grad[j] *= dense.Slope(sums[j])
				}
				for _, row := range own {
					if row >= 0 {
						dense.Axpy(data[int(row)*d:int(row+1)*d], 1, grad)
					}
				}
			}
		}
		var sq float64
		for _, x := range data[:words*d] {
			sq += float64(x * x)
		}
		fmt.Fprintf(log, "vectors %d: loss %.4f rms %.3f\n", epoch, lossSum/float64(lossN), math.Sqrt(sq/float64(words*d)))
		lossSum, lossN = 0, 0
	}
}

func sigmoid(x float32) float32 { return float32(1 / (1 + math.Exp(-float64(x)))) }
