package main

import (
	"flag"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"strings"

	"synoptic/article"
	"synoptic/internal/analysis/entity"
	"synoptic/internal/analysis/tag"
	"synoptic/internal/model"
	"synoptic/internal/model/chain"
	"synoptic/internal/model/gazetteer"
	"synoptic/internal/model/word"
)

// domain is a corpus whose annotators drew names in their own way. Every
// feature is there once for all domains and once for its own (Daumé III 2007).
type domain struct {
	name string
	salt uint32 // 0: no copy
	sets []sentence
}

func (d *domain) copyOf(f uint32) uint32 { return word.Mix(f ^ d.salt) }

// nameSpans reads names off labels as the scorer does: an I- that follows
// nothing of its kind begins a name too.
func nameSpans(labels []string) []entity.Name {
	var out []entity.Name
	open, kind := -1, ""
	flush := func(end int) {
		if open >= 0 {
			out = append(out, entity.Name{First: open, Last: end, Kind: article.ParseMentionKind(kind)})
		}
		open = -1
	}
	for i, l := range labels {
		if open >= 0 && l != "I-"+kind {
			flush(i)
		}
		if open < 0 && l != "O" {
			open, kind = i, l[2:]
		}
	}
	flush(len(labels))
	return out
}

// nameLabels are the labels of the chain.
func nameLabels() []string {
	labels := []string{"O"}
	for _, kind := range []article.MentionKind{article.Person, article.Group, article.Location, article.People} {
		for _, p := range []entity.Place{entity.Begin, entity.Inside, entity.End, entity.Single} {
			labels = append(labels, entity.Label{Place: p, Kind: kind}.String())
		}
	}
	return labels
}

func forbidName(from, to string) bool {
	var before entity.Label
	if from != "" {
		before, _ = entity.ParseLabel(from)
	}
	l, _ := entity.ParseLabel(to)
	return !l.Follows(before)
}

// nameTokens is the tokens of a sentence with the tags that it carries.
func nameTokens(s *sentence, l *word.Lexicon, g *gazetteer.Gazetteer) []entity.Token {
	tokens := make([]entity.Token, s.len())
	for i, w := range s.words {
		tokens[i] = entity.Look(l, w, article.ParseTag(s.tags[i]), s.xtags[i])
	}
	entity.Prepare(g, tokens)
	return tokens
}

func nameSequences(d *domain, l *word.Lexicon, g *gazetteer.Gazetteer, labels []string) []sequence {
	number := map[string]uint8{}
	for i, l := range labels {
		number[l] = uint8(i)
	}
	var out []sequence
	for k := range d.sets {
		s := &d.sets[k]
		q := sequence{features: make([][]uint32, s.len()), labels: make([]uint8, s.len())}
		tokens := nameTokens(s, l, g)
		for i := range tokens {
			fs := entity.Features(nil, tokens, i)
			if d.salt != 0 {
				for _, f := range fs[:len(fs):len(fs)] {
					fs = append(fs, d.copyOf(f))
				}
			}
			q.features[i] = fs
		}
		for _, n := range nameSpans(s.names) {
			for i := n.First; i < n.Last; i++ {
				p := entity.Inside
				switch {
				case n.Last-n.First == 1:
					p = entity.Single
				case i == n.First:
					p = entity.Begin
				case i == n.Last-1:
					p = entity.End
				}
				q.labels[i] = number[entity.Label{Place: p, Kind: n.Kind}.String()]
			}
		}
		out = append(out, q)
	}
	return out
}

// fold adds what the copy of a domain weighs to the weights of all domains.
// With a share the copies of several domains are mixed.
func (w *weights) fold(domains []domain, share []float32) *weights {
	L := len(w.labels)
	at := make(map[uint32]int, len(w.features))
	for i, f := range w.features {
		at[f] = i
	}
	out := &weights{labels: w.labels, next: w.next}
	isCopy := make([]bool, len(w.features))
	for _, f := range w.features {
		for d := range domains {
			if i, ok := at[domains[d].copyOf(f)]; ok && domains[d].salt != 0 {
				isCopy[i] = true
			}
		}
	}
	for i, f := range w.features {
		if isCopy[i] {
			continue
		}
		row := append([]float32(nil), w.row[i*L:i*L+L]...)
		for d := range domains {
			k, ok := at[domains[d].copyOf(f)]
			if !ok || domains[d].salt == 0 {
				continue
			}
			for l, v := range w.row[k*L : k*L+L] {
				row[l] += share[d] * v
			}
		}
		out.features = append(out.features, f)
		out.row = append(out.row, row...)
	}
	return out
}

// tagAll replaces the tags of a set by the tagger's.
func tagAll(t *tag.Tagger, l *word.Lexicon, set []sentence) {
	tags, xtags := predict(t, l, set)
	for i := range set {
		set[i].tags, set[i].xtags = tags[i], xtags[i]
	}
}

// tagFrom gives sentences the tags of the same sentences in tagged, and those
// that are not there the tagger's.
func tagFrom(tagged []sentence, t *tag.Tagger, l *word.Lexicon, set []sentence) (missing int) {
	at := map[string]*sentence{}
	for i := range tagged {
		at[strings.Join(tagged[i].words, " ")] = &tagged[i]
	}
	for i := range set {
		if s := at[strings.Join(set[i].words, " ")]; s != nil {
			set[i].tags, set[i].xtags = s.tags, s.xtags
			continue
		}
		missing++
		tagAll(t, l, set[i:i+1])
	}
	return missing
}

// scoreNames prints precision, recall and F1 by kind, as the scorer counts them.
func scoreNames(w io.Writer, name string, n *entity.Namer, set []sentence, kinds ...article.MentionKind) float64 {
	type count struct{ found, gold, both int }
	counts := map[article.MentionKind]*count{0: {}}
	for _, k := range kinds {
		counts[k] = &count{}
	}
	var s entity.Scratch
	for _, sent := range set {
		s.Begin(sent.len())
		for i, word := range sent.words {
			s.Add(n, word, article.ParseTag(sent.tags[i]), sent.xtags[i])
		}
		gold := map[entity.Name]bool{}
		for _, g := range nameSpans(sent.names) {
			if counts[g.Kind] != nil {
				gold[g] = true
				counts[g.Kind].gold++
				counts[0].gold++
			}
		}
		for _, got := range n.Name(&s) {
			if counts[got.Kind] == nil {
				continue
			}
			counts[got.Kind].found++
			counts[0].found++
			if gold[got] {
				counts[got.Kind].both++
				counts[0].both++
			}
		}
	}
	f1 := 0.0
	fmt.Fprintf(w, "%-10s", name)
	for _, k := range append(kinds, 0) {
		c := counts[k]
		p, r := float64(c.both)/max(1, float64(c.found)), float64(c.both)/max(1, float64(c.gold))
		f1 = 2 * p * r / math.Max(p+r, 1e-9)
		label := "all"
		if k != 0 {
			label = k.String()
		}
		fmt.Fprintf(w, " %s %.3f/%.3f/%.4f", label, p, r, f1)
	}
	fmt.Fprintln(w)
	return f1
}

func trainNames(args []string, log io.Writer) error {
	o := fit{rounds: 5, averaged: 2, rate: 0.1, l2: 1e-7, drop: 0.2, small: 0.01, least: 3, seed: 1, log: log, forbid: forbidName}
	flags := flag.NewFlagSet("names", flag.ContinueOnError)
	corpora := flags.String("corpora", "../shared/corpora", "folder of the corpora")
	out := flags.String("o", "internal/model/weights", "folder that the weights are written to")
	jackknifed := flags.String("tags", "", "folder with the treebanks as `train tag -jackknife` writes them")
	every := flags.Int("every", 1, "fit on every so manieth sentence of the largest corpus, for trials")
	copies := flags.String("copies", "news,web", "domains with features of their own")
	seeds := flags.Int("seeds", 1, "")
	floor := flags.Float64("floor", 0.12, "")
	scale := flags.Float64("scale", 0.05, "")
	flags.IntVar(&o.rounds, "rounds", o.rounds, "")
	flags.IntVar(&o.averaged, "averaged", o.averaged, "")
	flags.IntVar(&o.least, "least", o.least, "")
	flags.Uint64Var(&o.seed, "seed", o.seed, "")
	flags.Float64Var(&o.rate, "rate", o.rate, "")
	flags.Float64Var(&o.drop, "drop", o.drop, "")
	flags.Float64Var(&o.l2, "l2", o.l2, "")
	flags.Float64Var(&o.small, "small", o.small, "")
	if err := flags.Parse(args); err != nil {
		return err
	}
	l, err := readLexicon(*out)
	if err != nil {
		return err
	}
	g, err := readModel(*out, "gazetteer", gazetteer.Read)
	if err != nil {
		return err
	}
	t, err := readModel(*out, "tag", func(m *model.Model) (*tag.Tagger, error) {
		c, err := chain.Read(m, "tag")
		if err != nil {
			return nil, err
		}
		return tag.New(l, c)
	})
	if err != nil {
		return err
	}
	gmb, err := readAll(readGMB, *corpora, "names/gmb-train.tsv", "names/gmb-dev.tsv")
	if err != nil {
		return err
	}
	uner, err := readAll(readUNER, *corpora, "names/uner-train.iob2", "names/uner-dev.iob2")
	if err != nil {
		return err
	}
	if *every > 1 {
		var kept []sentence
		for i := 0; i < len(gmb[0]); i += *every {
			kept = append(kept, gmb[0][i])
		}
		gmb[0] = kept
	}
	for _, set := range [][]sentence{gmb[0], gmb[1], uner[1]} {
		tagAll(t, l, set)
	}
	ewt, err := readConllu(filepath.Join(*jackknifed, "ewt-train.conllu"))
	if err != nil {
		return err
	}
	fmt.Fprintf(log, "%d sentences without jackknifed tags\n", tagFrom(ewt, t, l, uner[0]))

	domains := []domain{{name: "news", sets: gmb[0]}, {name: "web", sets: uner[0]}}
	for i := range domains {
		if strings.Contains(*copies, domains[i].name) {
			domains[i].salt = 0x9e3779b9 * uint32(i+1)
		}
	}
	o.labels = nameLabels()
	var models []*weights
	for k := range *seeds {
		f := o
		f.seed += uint64(k)
		var data []sequence
		for i := range domains {
			data = append(data, nameSequences(&domains[i], l, g, o.labels)...)
		}
		models = append(models, f.run(data))
	}
	w := mean(models)
	all := []article.MentionKind{article.Person, article.Group, article.Location, article.People}
	b := &model.Builder{Name: "names", About: namesCredit}
	for _, mix := range []struct {
		name  string
		share []float32
	}{{"news", []float32{1, 0}}, {"web", []float32{0, 1}}, {"shared", []float32{0, 0}}, {"half", []float32{0.5, 0.5}}, {"both", []float32{1, 1}}} {
		c, rows, err := w.fold(domains, mix.share).cut(float32(*floor), float32(*scale))
		if err != nil {
			return err
		}
		n, err := entity.New(l, g, c)
		if err != nil {
			return err
		}
		fmt.Fprintf(log, "%s: %d features of %d\n", mix.name, rows, len(w.features))
		scoreNames(log, "gmb-dev", n, gmb[1], all...)
		scoreNames(log, "uner-dev", n, uner[1], all[:3]...)
		c.AddTo(b, mix.name)
		if mix.name == "news" {
			c.AddTo(b, "names")
		}
	}
	return writeModel(b, filepath.Join(*out, "names.model"))
}

const namesCredit = "Fitted on the Groningen Meaning Bank (public domain texts) and on Universal NER's English Web Treebank (CC BY-SA 4.0). These weights: CC BY-SA 4.0."

// readModel is what read makes of a file of weights.
func readModel[T any](folder, name string, read func(*model.Model) (T, error)) (T, error) {
	var none T
	data, err := os.ReadFile(filepath.Join(folder, name+".model"))
	if err != nil {
		return none, err
	}
	m, err := model.Parse(string(data))
	if err != nil {
		return none, err
	}
	return read(m)
}
