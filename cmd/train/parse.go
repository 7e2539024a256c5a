package main

import (
	"bufio"
	"flag"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"synoptic/article"
	"synoptic/internal/analysis/parse"
	"synoptic/internal/analysis/tag"
	"synoptic/internal/model"
	"synoptic/internal/model/chain"
)

// tree is one sentence of a treebank; a head of -1 is the root.
type tree struct {
	words []string
	gold  []article.Tag
	tags  []article.Tag // as a tagger would set them
	xtags []string      // Penn Treebank's, likewise
	heads []int
	rels  []article.Rel
	rows  []int32
	soft  []target
}

func readTrees(path string) ([]*tree, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var trees []*tree
	t := &tree{}
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for n := 1; lines.Scan(); n++ {
		line := lines.Text()
		if line == "" {
			if len(t.words) > 0 {
				trees, t = append(trees, t), &tree{}
			}
			continue
		}
		if line[0] == '#' {
			continue
		}
		c := strings.Split(line, "\t")
		if len(c) != 10 {
			return nil, fmt.Errorf("%s:%d: %d columns", path, n, len(c))
		}
		if strings.ContainsAny(c[0], "-.") {
			continue
		}
		head, err := strconv.Atoi(c[6])
		if err != nil {
			return nil, fmt.Errorf("%s:%d: head %q", path, n, c[6])
		}
		tag := article.ParseTag(c[3])
		t.words = append(t.words, c[1])
		t.gold = append(t.gold, tag)
		t.tags = append(t.tags, tag)
		t.xtags = append(t.xtags, c[4])
		t.heads = append(t.heads, head-1)
		t.rels = append(t.rels, article.ParseRel(c[7]))
	}
	return trees, lines.Err()
}

// sentences is the words of trees, for a tagger.
func sentences(trees []*tree) []sentence {
	set := make([]sentence, len(trees))
	for i, t := range trees {
		set[i].words = t.words
	}
	return set
}

// setTags puts the tags of tagged in the place of those of the same sentences.
func setTags(trees []*tree, tagged []sentence) error {
	if len(tagged) != len(trees) {
		return fmt.Errorf("%d sentences with tags, %d without", len(tagged), len(trees))
	}
	for i, t := range trees {
		if !slices.Equal(t.words, tagged[i].words) {
			return fmt.Errorf("sentence %d with tags is another", i)
		}
		t.xtags = tagged[i].xtags
		for j, name := range tagged[i].tags {
			t.tags[j] = article.ParseTag(name)
		}
	}
	return nil
}

// parseSettings is what the parser is fitted with.
type parseSettings struct {
	shape   shape
	seed    uint64
	epochs  int
	rate    float64
	drop    float64
	batch   int   // words a step, at least
	extra   int   // parts that running text is cut into, one for each time over the treebanks
	counts  []int // of each known word in the treebanks, from 1 on
	totals  []int // and with the news
	most    int
	detail  bool
	log     io.Writer
	devs    []string
	devSets [][]*tree
}

func trainParse(args []string, log io.Writer) error {
	o := parseSettings{shape: shape{rels: parse.Outputs}, log: log, devs: []string{"ewt", "gum"}}
	flags := flag.NewFlagSet("parse", flag.ContinueOnError)
	corpora := flags.String("corpora", "../shared/corpora", "`folder` of the corpora")
	weights := flags.String("weights", "internal/model/weights", "`folder` of the tagger's weights")
	out := flags.String("o", "", "`file` that the weights are written to")
	jackknifed := flags.String("tags", "", "`folder` with the treebanks as train tag -jackknife writes them")
	vectors := flags.String("vectors", "", "`file` of word vectors to start from; where it is not there they are fitted and written")
	kept := flags.String("floats", "", "`file` that the weights go to as floats, for -teachers and -quantise")
	teachers := flags.String("teachers", "", "`files` of floats, with commas, that teach on the treebanks and on the words of names/gmb-train.tsv")
	from := flags.String("from", "", "`file` of floats to go on from")
	whole := flags.String("quantise", "", "`file` of floats to write as weights; nothing is fitted")
	flags.BoolVar(&o.detail, "detail", false, "print how each relation comes out")
	flags.Uint64Var(&o.seed, "seed", 1, "seed of chance")
	flags.IntVar(&o.most, "words", 12_000, "words that keep a row of their own in the weights")
	flags.IntVar(&o.epochs, "epochs", 15, "times over the treebanks")
	flags.Float64Var(&o.rate, "rate", 0.003, "highest rate of learning")
	flags.Float64Var(&o.drop, "drop", 0.25, "share of inputs dropped")
	flags.IntVar(&o.batch, "batch", 700, "words a step")
	flags.IntVar(&o.extra, "parts", 4, "parts of the running text, one of which is read with each time over the treebanks")
	flags.IntVar(&o.shape.width, "width", 256, "width of a token's vector")
	flags.IntVar(&o.shape.layers, "layers", 4, "layers")
	flags.IntVar(&o.shape.arc, "arc", 128, "width of arc vectors")
	flags.IntVar(&o.shape.label, "label", 128, "width of relation vectors")
	if err := flags.Parse(args); err != nil {
		return err
	}
	l, err := readLexicon(*weights)
	if err != nil {
		return err
	}
	t, err := readModel(*weights, "tag", func(m *model.Model) (*tag.Tagger, error) {
		c, err := chain.Read(m, "tag")
		if err != nil {
			return nil, err
		}
		return tag.New(l, c)
	})
	if err != nil {
		return err
	}
	var trees []*tree
	for _, bank := range []string{"ewt", "gum"} {
		some, err := readTrees(filepath.Join(*corpora, "treebank", bank+"-train.conllu"))
		if err != nil {
			return err
		}
		if *jackknifed != "" {
			tagged, err := readConllu(filepath.Join(*jackknifed, bank+"-train.conllu"))
			if err != nil {
				return err
			}
			if err := setTags(some, tagged); err != nil {
				return fmt.Errorf("%s: %w", bank, err)
			}
		}
		trees = append(trees, some...)
		dev, err := readTrees(filepath.Join(*corpora, "treebank", bank+"-dev.conllu"))
		if err != nil {
			return err
		}
		tagged := sentences(dev)
		tagAll(t, l, tagged)
		if err := setTags(dev, tagged); err != nil {
			return err
		}
		o.devSets = append(o.devSets, dev)
	}
	news, err := readGMB(filepath.Join(*corpora, "names", "gmb-train.tsv"))
	if err != nil {
		return err
	}
	known, counts, totals := collect(trees, news)
	o.counts, o.totals = counts, totals
	vocabulary := parse.NewVocabulary(known)
	for _, set := range append(o.devSets, trees) {
		for _, t := range set {
			t.rows = vocabulary.Lookup(nil, t.words, t.tags, t.xtags)
		}
	}
	if *whole != "" {
		n, err := loadNetwork(*whole)
		if err != nil {
			return err
		}
		return o.quantise(n, known, *out)
	}
	n := newNetwork(o.shape, vocabulary.Rows(), o.seed)
	fmt.Fprintf(log, "%d sentences, %d words known, %d rows\n", len(trees), vocabulary.Words(), vocabulary.Rows())
	if *from != "" {
		start, err := loadNetwork(*from)
		if err != nil {
			return err
		}
		if err := n.take(start); err != nil {
			return fmt.Errorf("%s: %w", *from, err)
		}
	} else if *vectors != "" {
		if err := n.startFrom(*vectors, vocabulary, trees, news, o); err != nil {
			return err
		}
	}
	var extra []*tree
	if *teachers != "" {
		tagAll(t, l, news)
		for _, s := range news {
			t := &tree{words: s.words, xtags: s.xtags}
			for _, name := range s.tags {
				t.tags = append(t.tags, article.ParseTag(name))
			}
			t.rows = vocabulary.Lookup(nil, t.words, t.tags, t.xtags)
			extra = append(extra, t)
		}
		if err := o.teach(strings.Split(*teachers, ","), trees, extra); err != nil {
			return err
		}
	}
	n.fit(trees, extra, o)
	n = n.averaged()
	if *kept != "" {
		if err := n.save(*kept); err != nil {
			return err
		}
	}
	return o.quantise(n, known, *out)
}

// collect gives a row to each word that the treebanks hold twice, or the
// treebanks and the news three times in all, and tells how often the treebanks
// hold each, and how often all do.
func collect(trees []*tree, news []sentence) (known []uint32, counts, totals []int) {
	count, all := map[uint32]int{}, map[uint32]int{}
	for _, t := range trees {
		for _, w := range t.words {
			count[parse.Hash(w)]++
			all[parse.Hash(w)]++
		}
	}
	for _, s := range news {
		for _, w := range s.words {
			all[parse.Hash(w)]++
		}
	}
	for key, n := range all {
		if count[key] >= 2 || n >= 3 {
			known = append(known, key)
		}
	}
	slices.Sort(known)
	counts, totals = make([]int, 1+len(known)), make([]int, 1+len(known))
	for i, key := range known {
		counts[i+1], totals[i+1] = count[key], all[key]
	}
	return known, counts, totals
}

// fit trains on the trees, and with each time over them on another part of the
// extra ones, and says every few times how the development sets come out.
func (n *network) fit(trees, extra []*tree, o parseSettings) {
	r := rand.New(rand.NewPCG(o.seed, 11))
	r.Shuffle(len(extra), func(i, j int) { extra[i], extra[j] = extra[j], extra[i] })
	words := 0
	for _, t := range trees {
		words += len(t.words)
	}
	for _, t := range extra {
		words += len(t.words) / o.extra
	}
	total := o.epochs * words
	done := 0
	start := time.Now()
	for epoch := range o.epochs {
		part := epoch % o.extra
		order := slices.Concat(trees, extra[len(extra)*part/o.extra:len(extra)*(part+1)/o.extra])
		r.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		var loss float64
		batches := 0
		for len(order) > 0 {
			var rows []int32
			var targets [][]target
			spans := []int{0}
			for len(order) > 0 && spans[len(spans)-1] < o.batch {
				t := order[0]
				order = order[1:]
				rows = append(rows, thin(t.rows, o.counts, r)...)
				targets = append(targets, t.targets())
				spans = append(spans, spans[len(spans)-1]+len(t.words))
			}
			n.forward(rows, parse.Slots, spans, r, float32(o.drop), float32(o.drop)+0.05)
			loss += n.loss(targets)
			n.backward()
			batches++
			done += spans[len(spans)-1]
			rate := o.rate * min(1, float64(n.step+1)/200) * max(0.01, 0.5*(1+math.Cos(math.Pi*min(1, float64(done)/float64(total)))))
			n.adam(float32(rate), float32(spans[len(spans)-1]))
		}
		fmt.Fprintf(o.log, "epoch %d loss %.4f %s", epoch+1, loss/float64(batches), time.Since(start).Round(time.Second))
		if epoch%3 == 2 || epoch == o.epochs-1 {
			a := n.averaged()
			o.report("", a.score)
		}
		fmt.Fprintln(o.log)
	}
}

// report prints attachment on the development sets.
func (o *parseSettings) report(name string, score func([]*tree) (uas, las float64)) {
	fmt.Fprint(o.log, name)
	for i, set := range o.devSets {
		uas, las := score(set)
		fmt.Fprintf(o.log, "  %s UAS %.4f LAS %.4f", o.devs[i], uas, las)
	}
}

// thin leaves out some of the rows of a sentence, so that no one of them is
// relied on: rare words are read as unknown, now and then a slot is empty.
func thin(rows []int32, counts []int, r *rand.Rand) []int32 {
	out := append([]int32(nil), rows...)
	for i := 0; i < len(out); i += parse.Slots {
		word := &out[i]
		if c := float32(counts[*word]); *word != 0 && r.Float32() < 0.05+0.25/(0.25+c)*0.8 {
			*word = 0
		}
		for j := 1; j < 5; j++ {
			if r.Float32() < 0.05 {
				out[i+j] = -1
			}
		}
		if r.Float32() < 0.03 {
			out[i+5], out[i+6] = -1, -1
		}
		if r.Float32() < 0.1 {
			out[i+6] = -1
		}
		if r.Float32() < 0.1 {
			out[i+7] = -1
		}
	}
	return out
}

// outcome is the head of token i as targets count it.
func (t *tree) outcome(i int) int32 {
	if t.heads[i] < 0 {
		return int32(len(t.words))
	}
	return int32(t.heads[i])
}

func (t *tree) targets() []target {
	if t.soft != nil {
		return t.soft
	}
	for i := range t.words {
		t.soft = append(t.soft, target{heads: []share{{t.outcome(i), 1}}, rels: []share{{int32(t.rels[i]), 1}}})
	}
	return t.soft
}

// score is the unlabelled and labelled attachment of the trees, relations
// without their subtypes.
func (n *network) score(trees []*tree) (uas, las float64) {
	words, heads, both := 0, 0, 0
	n.annotate(trees, func(t *tree, found []int, rels []article.Rel) {
		for i := range t.words {
			words++
			if found[i] == t.heads[i] {
				heads++
				if base(rels[i]) == base(t.rels[i]) {
					both++
				}
			}
		}
	})
	return float64(heads) / float64(words), float64(both) / float64(words)
}

func base(r article.Rel) string {
	b, _, _ := strings.Cut(r.String(), ":")
	return b
}

func (n *network) annotate(trees []*tree, do func(t *tree, heads []int, rels []article.Rel)) {
	var d parse.Decoder
	var scratch, headsT, u, z, logits []float32
	for at := 0; at < len(trees); {
		from := at
		var rows []int32
		spans := []int{0}
		for ; at < len(trees) && spans[len(spans)-1] < 1000; at++ {
			rows = append(rows, trees[at].rows...)
			spans = append(spans, spans[len(spans)-1]+len(trees[at].words))
		}
		n.forward(rows, parse.Slots, spans, nil, 0, 0)
		var all []int32
		for s := range len(spans) - 1 {
			scores, stride := n.scores(s, &scratch, &headsT)
			whole := make([]int32, len(scores))
			for i, v := range scores {
				whole[i] = int32(max(v, -1e5) * 4096)
			}
			for _, h := range d.Heads(whole, stride, spans[s+1]-spans[s]) {
				if h < 0 {
					h = spans[s+1] - spans[s]
				}
				all = append(all, int32(h))
			}
		}
		n.relations(all, &u, &z, &logits)
		for s := range len(spans) - 1 {
			length := spans[s+1] - spans[s]
			heads, rels := make([]int, length), make([]article.Rel, length)
			for i := range length {
				row := logits[(spans[s]+i)*n.rels:][:n.rels]
				heads[i] = int(all[spans[s]+i])
				if heads[i] == length {
					heads[i], rels[i] = -1, article.Root
					continue
				}
				best := 1
				for k := 1; k <= int(article.Xcomp); k++ {
					if k != int(article.Root) && row[k] > row[best] {
						best = k
					}
				}
				rels[i] = article.Rel(best)
			}
			do(trees[from+s], heads, rels)
		}
	}
}
