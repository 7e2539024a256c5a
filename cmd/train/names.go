package main

import (
	"flag"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"slices"
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

func nameSequences(d *domain, l *word.Lexicon, g *gazetteer.Gazetteer, labels []string) []sequence {
	number := map[string]uint8{}
	for i, l := range labels {
		number[l] = uint8(i)
	}
	var tokens []entity.Token
	var ends []int
	for k := range d.sets {
		tokens = append(tokens, lookTokens(l, &d.sets[k])...)
		ends = append(ends, len(tokens))
	}
	entity.Prepare(g, tokens, ends)
	var out []sequence
	start := 0
	for k := range d.sets {
		s := &d.sets[k]
		q := sequence{features: make([][]uint32, s.len()), labels: make([]uint8, s.len())}
		for i := range s.words {
			fs := entity.Features(nil, tokens, start, ends[k], start+i)
			if d.salt != 0 {
				for _, f := range fs[:len(fs):len(fs)] {
					fs = append(fs, d.copyOf(f))
				}
			}
			q.features[i] = fs
		}
		start = ends[k]
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

// document is how many sentences the engine takes for one text when it reads
// CoNLL-U without marks of documents.
const document = 200

// scoreNames prints precision, recall and F1 by kind, as the scorer counts them.
func scoreNames(w io.Writer, name string, n *entity.Namer, set []sentence, kinds ...article.MentionKind) float64 {
	type count struct{ found, gold, both int }
	counts := map[article.MentionKind]*count{0: {}}
	for _, k := range kinds {
		counts[k] = &count{}
	}
	var s entity.Scratch
	for len(set) > 0 {
		text := set[:min(len(set), document)]
		set = set[len(text):]
		s.Begin()
		gold := map[entity.Name]bool{}
		start := 0
		for _, sent := range text {
			for i, word := range sent.words {
				s.Add(n, word, sent.xtags[i])
			}
			s.EndSentence()
			for _, g := range nameSpans(sent.names) {
				if counts[g.Kind] != nil {
					g.First, g.Last = g.First+start, g.Last+start
					gold[g] = true
					counts[g.Kind].gold++
					counts[0].gold++
				}
			}
			start += sent.len()
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
	for _, k := range append(slices.Clone(kinds), 0) {
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
	o := fit{rounds: 3, averaged: 2, rate: 0.1, l2: 1e-7, drop: 0.5, small: 0.01, least: 3, seed: 1, log: log, forbid: forbidName}
	flags := flag.NewFlagSet("names", flag.ContinueOnError)
	corpora := flags.String("corpora", "../shared/corpora", "folder of the corpora")
	out := flags.String("o", "internal/model/weights", "folder that the weights are written to")
	jackknifed := flags.String("tags", "", "folder with the treebanks as `train tag -jackknife` writes them")
	every := flags.Int("every", 1, "fit on every so manieth part of the largest corpus, for trials")
	titled := flags.Int("headlines", 20, "fit one sentence in so many as a headline, too; 0 for none")
	trial := flags.Bool("trial", false, "score each register's weights alone, and other cuts, too")
	without := flags.String("without", "", "domains to leave out")
	copies := flags.String("copies", "news,web,gum", "domains with features of their own")
	seeds := flags.Int("seeds", 3, "fits to average")
	floor := flags.Float64("floor", 0.2, "weights under it are dropped")
	scale := flags.Float64("scale", 0.05, "one step of the integer weights")
	flags.IntVar(&o.rounds, "rounds", o.rounds, "times that the data are gone through")
	flags.IntVar(&o.averaged, "averaged", o.averaged, "rounds at the end whose weights are averaged")
	flags.IntVar(&o.least, "least", o.least, "a feature must be seen so often")
	flags.Uint64Var(&o.seed, "seed", o.seed, "first seed")
	flags.Float64Var(&o.rate, "rate", o.rate, "step of the gradient")
	flags.Float64Var(&o.drop, "drop", o.drop, "share of the features left out at each visit")
	flags.Float64Var(&o.l2, "l2", o.l2, "weight of the squared norm")
	flags.Float64Var(&o.small, "small", o.small, "gradients under it are passed over")
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
	gum, err := readConllu(filepath.Join(*corpora, "treebank/gum-train.conllu"))
	if err != nil {
		return err
	}
	gumNames(gum, g)
	if *every > 1 {
		var kept []sentence
		for i, s := range gmb[0] {
			if i/500%*every == 0 {
				kept = append(kept, s)
			}
		}
		gmb[0] = kept
	}
	for _, set := range [][]sentence{gmb[0], gmb[1], uner[1]} {
		tagAll(t, l, set)
	}
	for name, set := range map[string][]sentence{"ewt": uner[0], "gum": gum} {
		tagged, err := readConllu(filepath.Join(*jackknifed, name+"-train.conllu"))
		if err != nil {
			return err
		}
		fmt.Fprintf(log, "%d sentences of %s without jackknifed tags\n", tagFrom(tagged, t, l, set), name)
		fmt.Fprintf(log, "%d peoples added\n", addPeoples(set, l, g))
	}

	domains := []domain{{name: "news", sets: gmb[0]}, {name: "web", sets: uner[0]}, {name: "gum", sets: gum}}
	domains = slices.DeleteFunc(domains, func(d domain) bool { return strings.Contains(*without, d.name) })
	for i := range domains {
		domains[i].sets = headlines(domains[i].sets, *titled)
		if strings.Contains(*copies, domains[i].name) {
			domains[i].salt = 0x9e3779b9 * uint32(i+1)
		}
	}
	register, err := fitRegister(o, gmb[0], uner[0], l)
	if err != nil {
		return err
	}
	o.labels = nameLabels()
	var data []sequence
	for i := range domains {
		data = append(data, nameSequences(&domains[i], l, g, o.labels)...)
	}
	w := o.seeds(data, *seeds)
	all := []article.MentionKind{article.Person, article.Group, article.Location, article.People}
	var folded []*weights
	for _, share := range [][]float32{{1, 0, 0}, {0, 1, 0}, {0, 0, 0}} {
		folded = append(folded, w.fold(domains, share))
	}
	build := func(news, web *weights, floor float64) (*model.Builder, error) {
		b := &model.Builder{Name: "names", About: namesCredit}
		for i, w := range []*weights{news, web} {
			c, rows, err := w.cut(float32(floor), float32(*scale))
			if err != nil {
				return nil, err
			}
			fmt.Fprintf(log, "%d features of %d  ", rows, len(w.features))
			c.AddTo(b, entity.Register(i).String())
		}
		register.AddTo(b, "register")
		data, err := b.Bytes()
		if err != nil {
			return nil, err
		}
		fmt.Fprintf(log, "%d KB\n", len(data)>>10)
		m, err := model.Parse(string(data))
		if err != nil {
			return nil, err
		}
		n, err := entity.Read(m, l, g)
		if err != nil {
			return nil, err
		}
		scoreNames(log, "gmb-dev", n, gmb[1], all...)
		scoreNames(log, "uner-dev", n, uner[1], all[:3]...)
		scoreRegister(log, n, gmb[1], uner[1])
		return b, nil
	}
	if *trial {
		for i, name := range []string{"news", "web", "shared"} {
			fmt.Fprintln(log, "always", name)
			if _, err := build(folded[i], folded[i], *floor); err != nil {
				return err
			}
		}
		for _, floor := range []float64{0.1, 0.12, 0.15, 0.2, 0.25} {
			fmt.Fprintf(log, "cut at %.2f\n", floor)
			if _, err := build(folded[0], folded[1], floor); err != nil {
				return err
			}
		}
	}
	b, err := build(folded[0], folded[1], *floor)
	if err != nil {
		return err
	}
	return writeModel(b, filepath.Join(*out, "names.model"))
}

// addPeoples marks nationalities in a corpus that does not: a corpus that is
// silent about a kind must not teach that there is none.
func addPeoples(set []sentence, l *word.Lexicon, g *gazetteer.Gazetteer) (added int) {
	for k := range set {
		s := &set[k]
		for i, w := range s.words {
			f := word.Of(w)
			n, lists := g.Longest(func(int) uint32 { return f.Norm }, 1)
			if s.names[i] == "O" && n == 1 && lists&gazetteer.Demonym != 0 && f.Flags&word.Initial != 0 {
				s.names[i] = "B-NORP"
				added++
			}
		}
	}
	return added
}

// fitRegister fits what tells news from the web, sentence by sentence.
func fitRegister(o fit, news, web []sentence, l *word.Lexicon) (*chain.Chain, error) {
	o.labels = []string{entity.News.String(), entity.Web.String()}
	o.forbid = nil
	o.least, o.rounds, o.averaged, o.drop = 20, 4, 1, 0.5
	var data []sequence
	add := func(set []sentence, label entity.Register, most int) {
		for i := range set {
			if i*most/len(set) != (i-1)*most/len(set) || i == 0 || most >= len(set) {
				tokens := lookTokens(l, &set[i])
				data = append(data, sequence{[][]uint32{entity.RegisterFeatures(nil, tokens)}, []uint8{uint8(label)}})
			}
		}
	}
	most := min(len(news), len(web)) // as many of each
	add(news, entity.News, most)
	add(web, entity.Web, most)
	w := o.seeds(data, 1)
	clear(w.next)
	c, _, err := w.cut(0.05, 0.05)
	return c, err
}

func lookTokens(l *word.Lexicon, s *sentence) []entity.Token {
	tokens := make([]entity.Token, s.len())
	for i, w := range s.words {
		tokens[i] = entity.Look(l, w, s.xtags[i])
	}
	return tokens
}

// scoreRegister prints how many pieces of each length are told apart.
func scoreRegister(w io.Writer, n *entity.Namer, news, web []sentence) {
	for _, length := range []int{1, 5, 20} {
		fmt.Fprintf(w, "register of %2d sentences:", length)
		for r, set := range [][]sentence{news, web} {
			right, all := 0, 0
			var s entity.Scratch
			for i := 0; i+length <= len(set); i += length {
				s.Begin()
				for _, sent := range set[i : i+length] {
					for k, word := range sent.words {
						s.Add(n, word, sent.xtags[k])
					}
					s.EndSentence()
				}
				all++
				if n.Register(&s) == entity.Register(r) {
					right++
				}
			}
			fmt.Fprintf(w, " %v %.3f", entity.Register(r), float64(right)/float64(all))
		}
		fmt.Fprintln(w)
	}
}

const namesCredit = "Fitted on the Groningen Meaning Bank (public domain texts), on Universal NER's English Web Treebank (CC BY-SA 4.0) and on GUM (annotations CC BY 4.0, texts CC BY or CC BY-SA). These weights: CC BY-SA 4.0."

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
