package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"synoptic/article"
	"synoptic/internal/analysis"
	"synoptic/internal/analysis/attribution"
	"synoptic/internal/analysis/entity"
	"synoptic/internal/analysis/parse"
	"synoptic/internal/analysis/tag"
	"synoptic/internal/analysis/token"
	"synoptic/internal/model"
	"synoptic/internal/model/chain"
	"synoptic/internal/model/word"
	"synoptic/text"
)

// attributed is one article of the corpus with what a person marked in it.
type attributed struct {
	article   *article.Article
	analysis  *article.Analysis
	relations []attribution.Relation
}

// readAttributions reads a folder of texts with standoff and analyses each
// text.
func readAttributions(folder string, p *analysis.Pipeline) ([]attributed, error) {
	files, err := filepath.Glob(filepath.Join(folder, "*.ann"))
	if err != nil || len(files) == 0 {
		return nil, fmt.Errorf("%s: no .ann files: %w", folder, err)
	}
	seen := map[string]bool{}
	var out []attributed
	for _, file := range files {
		name := file[:strings.LastIndexByte(file, '_')] + ".txt"
		if seen[name] {
			continue // marked by two: the first counts
		}
		seen[name] = true
		body, err := os.ReadFile(name)
		if err != nil {
			return nil, err
		}
		marks, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		x := attributed{article: plainArticle(name, string(body)), relations: standoff(string(marks), string(body))}
		if x.analysis, err = p.Run(context.Background(), x.article); err != nil {
			return nil, err
		}
		out = append(out, x)
	}
	return out, nil
}

// plainArticle is a text whose lines are its paragraphs.
func plainArticle(name, body string) *article.Article {
	a := &article.Article{Place: name, Text: body, Language: "en", Completeness: 1}
	at := 0
	for line := range strings.Lines(body) {
		s := text.Span{Start: at, End: at + len(line)}.Trim(body, unicode.IsSpace)
		at += len(line)
		if s.Empty() {
			continue
		}
		a.Paragraphs = append(a.Paragraphs, article.Paragraph{Span: s})
	}
	return a
}

// standoff reads brat's form, whose offsets count code points.
func standoff(marks, body string) []attribution.Relation {
	bytes := make([]int, 0, len(body)+1)
	for i := range body {
		bytes = append(bytes, i)
	}
	bytes = append(bytes, len(body))
	place := map[string][]text.Span{}
	var out []attribution.Relation
	for line := range strings.Lines(marks) {
		id, rest, ok := strings.Cut(strings.TrimRight(line, "\r\n"), "\t")
		if !ok {
			continue
		}
		switch {
		case strings.HasPrefix(id, "T"):
			head, _, _ := strings.Cut(rest, "\t")
			_, offsets, _ := strings.Cut(head, " ")
			for part := range strings.SplitSeq(offsets, ";") {
				from, to, _ := strings.Cut(part, " ")
				s, err1 := strconv.Atoi(from)
				e, err2 := strconv.Atoi(to)
				if err1 != nil || err2 != nil || s > e || e >= len(bytes) {
					continue
				}
				place[id] = append(place[id], text.Span{Start: bytes[s], End: bytes[e]})
			}
		case strings.HasPrefix(id, "E"):
			var r attribution.Relation
			for _, part := range strings.Fields(rest)[1:] {
				role, t, _ := strings.Cut(part, ":")
				switch strings.TrimRight(role, "0123456789") {
				case "Source":
					r.Source = append(r.Source, place[t]...)
				case "Cue":
					r.Cue = append(r.Cue, place[t]...)
				case "Content":
					r.Content = append(r.Content, place[t]...)
				}
			}
			out = append(out, r)
		}
	}
	return out
}

// attributionSettings are what the chains are fitted with; flags change them for
// trials. With more seeds than the one that a fold has, a chain is less sure of
// itself than what reads after it was fitted for, and contents get worse.
type attributionSettings struct {
	gate, cues, frames, readings fit
	seeds                        int     // of the gate and the readings
	foldSeeds                    int     // of the readings of a fold
	chainSeeds                   int     // of the cues and the frames
	folds                        int     // parts of the training part, each read by chains that have not seen it
	gateBias                     float64 // log odds added to a token being of a cue
	cueBias                      float64 // log odds added to the beginning of a cue
	frameBias                    float64 // log odds added to the beginning of a source or a content
	choice                       boosting
	choiceBias                   float64 // log odds added to a reading
}

func trainAttribution(args []string, log io.Writer) error {
	o := attributionSettings{
		gate:     fit{labels: attribution.GateLabels, rounds: 4, averaged: 2, rate: 0.05, l2: 1e-4, small: 1e-3, drop: 0.2, least: 20, seed: 1},
		cues:     fit{labels: attribution.CueLabels, rounds: 6, averaged: 2, rate: 0.05, l2: 1e-4, small: 1e-3, drop: 0.3, least: 10, seed: 1, forbid: attribution.Forbid},
		frames:   fit{labels: attribution.FrameLabels, rounds: 8, averaged: 3, rate: 0.03, l2: 3e-4, small: 1e-3, drop: 0.3, least: 14, seed: 1, forbid: attribution.Forbid},
		readings: fit{labels: attribution.ReadingLabels, rounds: 8, averaged: 4, rate: 0.015, l2: 3e-4, small: 1e-4, drop: 0.5, least: 30, seed: 1},
		seeds:    8, foldSeeds: 3, chainSeeds: 1, folds: 4, gateBias: 4.4, cueBias: 3.2, frameBias: 1,
		choice:     boosting{rounds: 150, depth: 4, rate: 0.06, ridge: 10, least: 5, features: 0.4},
		choiceBias: 1,
	}
	flags := flag.NewFlagSet("attribution", flag.ContinueOnError)
	corpora := flags.String("corpora", "../shared/corpora", "folder of the corpora")
	out := flags.String("o", "internal/model/weights", "folder that the weights are written to")
	flags.IntVar(&o.cues.rounds, "cue-rounds", o.cues.rounds, "")
	flags.IntVar(&o.cues.least, "cue-least", o.cues.least, "")
	flags.IntVar(&o.frames.rounds, "rounds", o.frames.rounds, "")
	flags.IntVar(&o.frames.least, "least", o.frames.least, "")
	flags.IntVar(&o.readings.rounds, "reading-rounds", o.readings.rounds, "")
	flags.IntVar(&o.readings.least, "reading-least", o.readings.least, "")
	flags.IntVar(&o.seeds, "seeds", o.seeds, "")
	flags.IntVar(&o.chainSeeds, "chain-seeds", o.chainSeeds, "")
	flags.IntVar(&o.folds, "folds", o.folds, "")
	flags.Float64Var(&o.gateBias, "gate-bias", o.gateBias, "")
	flags.Float64Var(&o.cueBias, "cue-bias", o.cueBias, "")
	flags.Float64Var(&o.frameBias, "bias", o.frameBias, "")
	flags.Float64Var(&o.choiceBias, "choice-bias", o.choiceBias, "")
	if err := flags.Parse(args); err != nil {
		return err
	}
	p, err := analysis.New("", token.Pass, tag.Pass, tag.LemmaPass, entity.Pass, parse.Pass)
	if err != nil {
		return err
	}
	train, err := readAttributions(filepath.Join(*corpora, "attribution/train"), p)
	if err != nil {
		return err
	}
	dev, err := readAttributions(filepath.Join(*corpora, "attribution/dev"), p)
	if err != nil {
		return err
	}
	lexicon, err := readLexicon(*out)
	if err != nil {
		return err
	}
	m, err := o.fit(train, lexicon)
	if err != nil {
		return err
	}
	scoreAttributions(log, m, dev)
	b := &model.Builder{Name: "attribution", About: attributionCredit}
	m.Gate.AddTo(b, "gate")
	m.Cues.AddTo(b, "cues")
	m.Frames.AddTo(b, "frames")
	m.Readings.AddTo(b, "readings")
	m.Choice.Store(b, "choice")
	return writeModel(b, filepath.Join(*out, "attribution.model"))
}

const attributionCredit = "Weights over single lemmas, tags, relations and positions, fitted on the training part of PolNeAR (no licence stated; none of its text is here)."

// attributionFolds is a training part cut into folds by article. Each model but the first
// is fitted on what the ones before it make of articles that they have not seen,
// so that it learns what they get wrong.
type attributionFolds struct {
	train   []attributed
	folds   int
	learner attribution.Learner
	found   [][]attribution.FoundCue // in each article, by a chain that has not seen it
	read    [][]attribution.Sequence // the readings of each, by chains that have not seen it
}

// all stands for a fold where none is left out.
const all = -1

// but are the sequences that get makes of all articles but a fold's.
func (d *attributionFolds) but(fold int, get func(i int, x attributed) []attribution.Sequence) []sequence {
	var data []sequence
	for i, x := range d.train {
		if i%d.folds != fold {
			data = appendSequences(data, get(i, x))
		}
	}
	return data
}

func (d *attributionFolds) gate(_ int, x attributed) []attribution.Sequence {
	return d.learner.Gate(x.article, x.analysis, x.relations)
}

func (d *attributionFolds) cues(_ int, x attributed) []attribution.Sequence {
	return d.learner.Cues(x.article, x.analysis, x.relations)
}

func (d *attributionFolds) frames(i int, x attributed) []attribution.Sequence {
	return d.learner.Frames(x.article, x.analysis, x.relations, d.found[i])
}

func (d *attributionFolds) readings(i int, _ attributed) []attribution.Sequence { return d.read[i] }

func appendSequences(to []sequence, all []attribution.Sequence) []sequence {
	for _, s := range all {
		to = append(to, sequence{features: slices.Clone(s.Features), labels: s.Labels})
	}
	return to
}

func (o *attributionSettings) fit(train []attributed, lexicon *word.Lexicon) (*attribution.Model, error) {
	d := &attributionFolds{
		train: train, folds: o.folds, learner: attribution.Learner{Lexicon: lexicon},
		found: make([][]attribution.FoundCue, len(train)), read: make([][]attribution.Sequence, len(train)),
	}
	blind := make([]attribution.Model, o.folds) // each has not seen one fold
	var err error
	// read lets the finder of a fold read the articles that it has not seen.
	read := func(fold int, look func(f *attribution.Finder, i int, x attributed)) {
		finder := attribution.NewFinder(&blind[fold])
		for i := fold; i < len(train); i += o.folds {
			look(finder, i, train[i])
		}
	}
	for fold := range blind {
		m := &blind[fold]
		m.Lexicon = lexicon
		if m.Cues, err = biased(o.cues.seeds(d.but(fold, d.cues), 1), o.cueBias, cueStarts); err != nil {
			return nil, err
		}
		read(fold, func(f *attribution.Finder, i int, x attributed) { d.found[i] = f.FindCues(x.article, x.analysis) })
	}
	for fold := range blind {
		if blind[fold].Frames, err = biased(o.frames.seeds(d.but(fold, d.frames), 1), o.frameBias, partStarts); err != nil {
			return nil, err
		}
		read(fold, func(f *attribution.Finder, i int, x attributed) {
			d.read[i] = f.Readings(x.article, x.analysis, x.relations)
		})
	}
	var choices []*example
	for fold := range blind {
		if blind[fold].Readings, err = biased(o.readings.seeds(d.but(fold, d.readings), o.foldSeeds), 0, right); err != nil {
			return nil, err
		}
		read(fold, func(f *attribution.Finder, _ int, x attributed) {
			for _, c := range f.Choices(x.article, x.analysis, x.relations) {
				choices = append(choices, &example{features: c.Features, target: c.Worth, weight: 1})
			}
		})
	}
	m := &attribution.Model{Lexicon: lexicon}
	if m.Gate, err = biased(o.gate.seeds(d.but(all, d.gate), o.seeds), o.gateBias, right); err != nil {
		return nil, err
	}
	if m.Cues, err = biased(o.cues.seeds(d.but(all, d.cues), o.chainSeeds), o.cueBias, cueStarts); err != nil {
		return nil, err
	}
	if m.Frames, err = biased(o.frames.seeds(d.but(all, d.frames), o.chainSeeds), o.frameBias, partStarts); err != nil {
		return nil, err
	}
	if m.Readings, err = biased(o.readings.seeds(d.but(all, d.readings), o.seeds), 0, right); err != nil {
		return nil, err
	}
	m.Choice = boost(choices, o.choice)
	m.Choice.Base += float32(o.choiceBias)
	return m, nil
}

// cueStarts and partStarts are the labels that begin a cue, and a source or a
// content; right is that of a token that may pass, and of a reading that is right.
var (
	cueStarts  = []string{"B"}
	partStarts = []string{"SB", "S", "CB", "C"}
	right      = []string{"+"}
)

// biased adds by to the log odds of every label in starts, wherever it stands:
// precision is given for recall.
func biased(w *weights, by float64, starts []string) (*chain.Chain, error) {
	size := len(w.labels)
	for i := range w.next {
		if slices.Contains(starts, w.labels[i%size]) {
			w.next[i] += float32(by)
		}
	}
	c, _, err := w.cut(0.03, 0.04)
	return c, err
}

// scoreAttributions prints precision, recall and F1 of sources, cues and
// contents: exact, letters and digits only, and with an overlap of a half.
func scoreAttributions(w io.Writer, m *attribution.Model, set []attributed) {
	f := attribution.NewFinder(m)
	var exact, near [3][3]int
	for _, x := range set {
		var gold, have [3]map[string][]int
		for k := range 3 {
			gold[k], have[k] = map[string][]int{}, map[string][]int{}
		}
		add := func(to map[string][]int, spans []text.Span) {
			var at []int
			for _, s := range spans {
				for i := s.Start; i < s.End; {
					r, n := utf8.DecodeRuneInString(x.article.Text[i:])
					if unicode.IsLetter(r) || unicode.IsDigit(r) {
						at = append(at, i)
					}
					i += n
				}
			}
			slices.Sort(at)
			if at = slices.Compact(at); len(at) > 0 {
				to[fmt.Sprint(at)] = at
			}
		}
		for _, r := range x.relations {
			add(gold[0], r.Source)
			add(gold[1], r.Cue)
			add(gold[2], r.Content)
		}
		for _, t := range f.Find(x.article, x.analysis) {
			add(have[0], []text.Span{t.Source.Span})
			add(have[1], []text.Span{t.Cue})
			add(have[2], t.Content)
		}
		for k := range 3 {
			left := map[string][]int{}
			for key, v := range have[k] {
				left[key] = v
				if gold[k][key] != nil {
					exact[k][2]++
				}
			}
			exact[k][0] += len(have[k])
			exact[k][1] += len(gold[k])
			near[k][0], near[k][1] = exact[k][0], exact[k][1]
			for _, g := range gold[k] {
				best, key := 0.0, ""
				for name, h := range left {
					if v := jaccard(g, h); v > best || v == best && name < key {
						best, key = v, name
					}
				}
				if best >= 0.5 {
					near[k][2]++
					delete(left, key)
				}
			}
		}
	}
	for k, name := range []string{"source", "cue", "content"} {
		p, r, f1 := prf(exact[k])
		np, nr, nf := prf(near[k])
		fmt.Fprintf(w, "%-8s exact %.3f %.3f F1 %.4f   overlap %.3f %.3f F1 %.4f\n", name, p, r, f1, np, nr, nf)
	}
}

func prf(c [3]int) (p, r, f float64) {
	p, r = float64(c[2])/float64(max(c[0], 1)), float64(c[2])/float64(max(c[1], 1))
	return p, r, 2 * p * r / max(p+r, 1e-9)
}

func jaccard(a, b []int) float64 {
	both, i, k := 0, 0, 0
	for i < len(a) && k < len(b) {
		switch {
		case a[i] == b[k]:
			both++
			i++
			k++
		case a[i] < b[k]:
			i++
		default:
			k++
		}
	}
	return float64(both) / float64(len(a)+len(b)-both)
}
