package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"synoptic/internal/analysis/tag"
	"synoptic/internal/model"
	"synoptic/internal/model/chain"
	"synoptic/internal/model/word"

	"golang.org/x/sync/errgroup"
)

// tagLabel is how a token's two tags are one label of the chain.
func tagLabel(universal, penn string) string { return universal + " " + penn }

// tagLabels lists the pairs of tags that are seen at least so often.
func tagLabels(sets [][]sentence, least int) []string {
	count := map[string]int{}
	for _, set := range sets {
		for _, s := range set {
			for i := range s.words {
				count[tagLabel(s.tags[i], s.xtags[i])]++
			}
		}
	}
	var labels []string
	for l, n := range count {
		if universal, penn, _ := strings.Cut(l, " "); n >= least && universal != "_" && penn != "_" && penn != "" {
			labels = append(labels, l)
		}
	}
	slices.Sort(labels)
	return labels
}

// tagSequences asks the tagger's features of every sentence. A sentence with a
// pair of tags that is no label is left out.
func tagSequences(sets [][]sentence, l *word.Lexicon, labels []string, titled int) []sequence {
	number := map[string]uint8{}
	for i, l := range labels {
		number[l] = uint8(i)
	}
	var out []sequence
	for _, set := range sets {
	next:
		for _, s := range headlines(set, titled) {
			q := sequence{features: make([][]uint32, s.len()), labels: make([]uint8, s.len())}
			words := lookAll(l, s.words)
			for i := range words {
				n, ok := number[tagLabel(s.tags[i], s.xtags[i])]
				if !ok {
					continue next
				}
				q.features[i], q.labels[i] = tag.Features(nil, words, i), n
			}
			out = append(out, q)
		}
	}
	return out
}

func lookAll(l *word.Lexicon, words []string) []word.Word {
	out := make([]word.Word, len(words))
	for i, w := range words {
		out[i] = l.Look(w)
	}
	return out
}

// tagSettings are what the tagger is fitted with; flags change them for trials.
type tagSettings struct {
	fit
	floor, scale float64
	seeds        int
	titled       int // one sentence in so many is fitted as a headline, too
}

func (o *tagSettings) fitTagger(sets [][]sentence, l *word.Lexicon) (*weights, error) {
	o.labels = tagLabels(sets, 5)
	if len(o.labels) > chain.MaxLabels {
		return nil, fmt.Errorf("%d pairs of tags, more than %d", len(o.labels), chain.MaxLabels)
	}
	return o.fit.seeds(tagSequences(sets, l, o.labels, o.titled), o.seeds), nil
}

func (o *tagSettings) tagger(w *weights, l *word.Lexicon) (*tag.Tagger, *chain.Chain, error) {
	c, rows, err := w.cut(float32(o.floor), float32(o.scale))
	if err != nil {
		return nil, nil, err
	}
	t, err := tag.New(l, c)
	if err == nil && o.log != nil {
		b := &model.Builder{}
		c.AddTo(b, "tag")
		data, err := b.Bytes()
		if err != nil {
			return nil, nil, err
		}
		fmt.Fprintf(o.log, "%d features, %d kept, %d KB\n", len(w.features), rows, len(data)>>10)
	}
	return t, c, err
}

// predict tags every sentence of a set.
func predict(t *tag.Tagger, l *word.Lexicon, set []sentence) (tags, xtags [][]string) {
	var s tag.Scratch
	for _, sent := range set {
		s.Begin(sent.len())
		for _, w := range sent.words {
			s.Add(l, w)
		}
		var u, x []string
		for _, label := range t.Tag(&s) {
			tag, xtag := t.Label(label)
			u, x = append(u, tag.String()), append(x, xtag)
		}
		tags, xtags = append(tags, u), append(xtags, x)
	}
	return tags, xtags
}

// scoreTags prints the share of right tags.
func scoreTags(w io.Writer, name string, t *tag.Tagger, l *word.Lexicon, set []sentence) {
	tags, xtags := predict(t, l, set)
	n, right, xright := 0, 0, 0
	for i, s := range set {
		for k := range s.words {
			n++
			if tags[i][k] == s.tags[k] {
				right++
			}
			if xtags[i][k] == s.xtags[k] {
				xright++
			}
		}
	}
	fmt.Fprintf(w, "%-8s UPOS %.4f XPOS %.4f of %d words\n", name, float64(right)/float64(n), float64(xright)/float64(n), n)
}

func trainTag(args []string, log io.Writer) error {
	o := tagSettings{fit: fit{rounds: 6, averaged: 3, rate: 0.1, l2: 1e-7, drop: 0.3, least: 3, seed: 1, log: log}}
	flags := flag.NewFlagSet("tag", flag.ContinueOnError)
	corpora := flags.String("corpora", "../shared/corpora", "folder of the corpora")
	out := flags.String("o", "internal/model/weights", "folder that the weights are written to")
	folds := flags.Int("jackknife", 0, "tag the training part with models fitted on all but one of so many parts, instead")
	flags.IntVar(&o.titled, "headlines", 30, "fit one sentence in so many as a headline, too; 0 for none")
	flags.IntVar(&o.rounds, "rounds", o.rounds, "times that the data are gone through")
	flags.IntVar(&o.averaged, "averaged", o.averaged, "rounds at the end whose weights are averaged")
	flags.IntVar(&o.seeds, "seeds", 3, "fits to average")
	flags.IntVar(&o.least, "least", o.least, "a feature must be seen so often")
	flags.Uint64Var(&o.seed, "seed", o.seed, "first seed")
	flags.Float64Var(&o.rate, "rate", o.rate, "step of the gradient")
	flags.Float64Var(&o.drop, "drop", o.drop, "share of the features left out at each visit")
	flags.Float64Var(&o.l2, "l2", o.l2, "weight of the squared norm")
	flags.Float64Var(&o.floor, "floor", 0.12, "weights under it are dropped")
	flags.Float64Var(&o.small, "small", 0.01, "gradients under it are passed over")
	sweep := flags.Bool("sweep", false, "score other cuts, too")
	flags.Float64Var(&o.scale, "scale", 0.05, "one step of the integer weights")
	if err := flags.Parse(args); err != nil {
		return err
	}
	sets, err := readAll(readConllu, *corpora, "treebank/ewt-train.conllu", "treebank/gum-train.conllu", "treebank/ewt-dev.conllu", "treebank/gum-dev.conllu")
	if err != nil {
		return err
	}
	train, dev := sets[:2], sets[2:]
	l, err := readLexicon(*out)
	if err != nil {
		return err
	}
	if *folds > 0 {
		return o.jackknife(train, []string{"ewt-train.conllu", "gum-train.conllu"}, l, *folds, *out)
	}
	w, err := o.fitTagger(train, l)
	if err != nil {
		return err
	}
	if *sweep {
		for _, floor := range []float64{0.05, 0.08, 0.1, 0.12, 0.15, 0.2} {
			trial := o
			trial.floor = floor
			t, _, err := trial.tagger(w, l)
			if err != nil {
				return err
			}
			fmt.Fprintf(log, "floor %.2f\n", floor)
			scoreTags(log, "ewt-dev", t, l, dev[0])
			scoreTags(log, "gum-dev", t, l, dev[1])
		}
	}
	t, c, err := o.tagger(w, l)
	if err != nil {
		return err
	}
	scoreTags(log, "ewt-dev", t, l, dev[0])
	scoreTags(log, "gum-dev", t, l, dev[1])
	b := &model.Builder{Name: "tag", About: treebankCredit}
	c.AddTo(b, "tag")
	return writeModel(b, filepath.Join(*out, "tag.model"))
}

// jackknife writes each set with the tags that a tagger predicts which has not
// seen the sentence: what a later model sees at run time, for it to be fitted on.
func (o *tagSettings) jackknife(sets [][]sentence, names []string, l *word.Lexicon, folds int, folder string) error {
	guessed := make([][]sentence, len(sets))
	for i, set := range sets {
		guessed[i] = slices.Clone(set)
	}
	var all errgroup.Group
	for fold := range folds {
		all.Go(func() error {
			kept := make([][]sentence, len(sets))
			for i, set := range sets {
				for k, s := range set {
					if k%folds != fold {
						kept[i] = append(kept[i], s)
					}
				}
			}
			one := *o
			if fold > 0 {
				one.log = nil
			}
			w, err := one.fitTagger(kept, l)
			if err != nil {
				return err
			}
			t, _, err := one.tagger(w, l)
			if err != nil {
				return err
			}
			for i, set := range sets {
				tags, xtags := predict(t, l, set)
				for k := fold; k < len(set); k += folds {
					guessed[i][k].tags, guessed[i][k].xtags = tags[k], xtags[k]
				}
			}
			return nil
		})
	}
	if err := all.Wait(); err != nil {
		return err
	}
	for i, name := range names {
		if err := writeConllu(filepath.Join(folder, name), guessed[i]); err != nil {
			return err
		}
	}
	return nil
}

const treebankCredit = "Fitted on the Universal Dependencies English Web Treebank (CC BY-SA 4.0) and on GUM (annotations CC BY 4.0, texts CC BY or CC BY-SA). These weights: CC BY-SA 4.0."

func readAll(read func(string) ([]sentence, error), folder string, names ...string) ([][]sentence, error) {
	var sets [][]sentence
	for _, name := range names {
		set, err := read(filepath.Join(folder, name))
		if err != nil {
			return nil, err
		}
		sets = append(sets, set)
	}
	return sets, nil
}

func readLexicon(folder string) (*word.Lexicon, error) {
	data, err := os.ReadFile(filepath.Join(folder, "words.model"))
	if err != nil {
		return nil, err
	}
	m, err := model.Parse(string(data))
	if err != nil {
		return nil, err
	}
	return word.ReadLexicon(m)
}

func writeModel(b *model.Builder, path string) error {
	data, err := b.Bytes()
	if err != nil {
		return err
	}
	return os.WriteFile(path, data, 0o644)
}
