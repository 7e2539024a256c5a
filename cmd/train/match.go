package main

import (
	"bufio"
	"cmp"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"synoptic"
	"synoptic/article"
	"synoptic/internal/match"
	"synoptic/internal/model"
	"synoptic/internal/model/forest"
	"synoptic/text"
)

// trainMatch fits the trees that say whether two passages make the same claim:
// on the gold of stories for points, on the claims corpora for pairs of
// sentences that stand alone.
func trainMatch(args []string, log io.Writer) error {
	flags := flag.NewFlagSet("match", flag.ContinueOnError)
	corpora := flags.String("corpora", "../shared/corpora", "folder of the corpora")
	stories := flags.String("stories", "../shared/stories/*,examples/ferry-talks", "folders of stories with their gold, with commas")
	marks := flags.String("marks", "cmd/train/points/events.json", "which sentences of the events make one point")
	out := flags.String("out", "internal/model/weights/match.model", "file to write")
	wrong := flags.Int("wrong", 0, "print so many missed and wrong pairs a story")
	only := flags.String("only", "", "fit story, mrpc or sts alone and write nothing")
	if err := flags.Parse(args); err != nil {
		return err
	}
	engine, err := synoptic.Open(synoptic.Options{})
	if err != nil {
		return err
	}
	b := &model.Builder{Name: "match", About: "Boosted trees over features that name no words; fitted by train match on the Microsoft Research Paraphrase Corpus, the STS benchmark and stories with gold."}
	for _, fit := range []struct {
		name string
		fit  func() (*forest.Trees, error)
	}{
		{"story", func() (*forest.Trees, error) { return fitStories(engine, *stories, *marks, *corpora, *wrong, log) }},
		{"mrpc", func() (*forest.Trees, error) { return fitClaims(engine, *corpora, "mrpc", log) }},
		{"sts", func() (*forest.Trees, error) { return fitClaims(engine, *corpora, "sts", log) }},
	} {
		if *only != "" && *only != fit.name {
			continue
		}
		t, err := fit.fit()
		if err != nil {
			return err
		}
		t.Store(b, fit.name)
	}
	data, err := b.Bytes()
	if err != nil || *only != "" {
		return err
	}
	return os.WriteFile(*out, data, 0o644)
}

var (
	storyTrees = boosting{rounds: 150, depth: 4, rate: 0.06, ridge: 10, least: 2, features: 0.25, monotone: match.Rising[:]}
	claimTrees = boosting{rounds: 100, depth: 4, rate: 0.05, ridge: 4, least: 4, features: 0.25, linear: 0.003}
	gradeTrees = boosting{rounds: 300, depth: 4, rate: 0.05, ridge: 4, least: 8, features: 0.25, squared: true}
)

// told is a story whose passages have been read, with the pairs that gold ties.
type told struct {
	name     string
	passages []string
	account  []int32 // of each passage
	same     map[[2]int]bool
	examples []*example
	pairs    [][2]int // of examples
}

func fitStories(engine *synoptic.Engine, patterns, marks, corpora string, wrong int, log io.Writer) (*forest.Trees, error) {
	var stories []*told
	for _, pattern := range strings.Split(patterns, ",") {
		folders, err := filepath.Glob(pattern)
		if err != nil {
			return nil, err
		}
		for _, folder := range folders {
			gold := filepath.Join(folder, "gold.json")
			if _, err := os.Stat(gold); err != nil {
				gold = folder + ".gold.json"
			}
			if _, err := os.Stat(gold); err != nil {
				continue
			}
			s, err := readStory(engine, folder, gold, len(stories))
			if err != nil {
				return nil, err
			}
			stories = append(stories, s)
		}
	}
	if marks != "" {
		events, err := readEvents(engine, marks, corpora, len(stories))
		if err != nil {
			return nil, err
		}
		stories = append(stories, events...)
	}
	var all []*example
	for _, s := range stories {
		fmt.Fprintf(log, "%s: %d passages, %d gold pairs, %d candidates\n", s.name, len(s.passages), len(s.same), len(s.pairs))
		all = append(all, s.examples...)
	}
	fmt.Fprintln(log, "each story left out in turn:")
	var left [][]scored
	for i := range stories {
		var rest []*example
		for _, e := range all {
			if e.set != i {
				rest = append(rest, e)
			}
		}
		left = append(left, judge(stories[i], boost(rest, storyTrees)))
	}
	report(stories, left, log)
	t := boost(all, storyTrees)
	fmt.Fprintln(log, "all fitted together:")
	var seen [][]scored
	for _, s := range stories {
		seen = append(seen, judge(s, t))
	}
	report(stories, seen, log)
	for i, s := range stories {
		s.errors(left[i], wrong, log)
	}
	return t, nil
}

type scored struct {
	pair  [2]int
	score float32
	same  bool
}

func judge(s *told, t *forest.Trees) []scored {
	out := make([]scored, len(s.examples))
	for i, e := range s.examples {
		out[i] = scored{s.pairs[i], t.Probability(e.features), e.target > 0}
	}
	slices.SortStableFunc(out, func(a, b scored) int { return cmp.Compare(b.score, a.score) })
	return out
}

// report prints precision, recall and F1 of pairs at thresholds, and each
// story's best.
func report(stories []*told, results [][]scored, log io.Writer) {
	at := func(i int, threshold float32) (p, r, f float64) {
		right, found := 0, 0
		for _, x := range results[i] {
			if x.score >= threshold {
				found++
				if x.same {
					right++
				}
			}
		}
		p, r = float64(right)/max(float64(found), 1), float64(right)/float64(len(stories[i].same))
		return p, r, 2 * p * r / max(p+r, 1e-9)
	}
	for _, threshold := range []float32{0.3, 0.4, 0.45, 0.5, 0.55, 0.6, 0.7} {
		fmt.Fprintf(log, "  %.2f", threshold)
		for i := range stories {
			p, r, f := at(i, threshold)
			fmt.Fprintf(log, " %3.0f %3.0f %3.0f|", 100*p, 100*r, 100*f)
		}
		fmt.Fprintln(log)
	}
	fmt.Fprint(log, "  best")
	mean := 0.0
	for i := range stories {
		right, best := 0, 0.0
		for n, x := range results[i] {
			if x.same {
				right++
			}
			p, r := float64(right)/float64(n+1), float64(right)/float64(len(stories[i].same))
			best = max(best, 2*p*r/max(p+r, 1e-9))
		}
		fmt.Fprintf(log, " %11.0f|", 100*best)
		mean += best / float64(len(stories))
	}
	fmt.Fprintf(log, " mean %.3f\n", mean)
	for _, g := range []match.Grouping{
		{Seed: 0.5, Join: 0.5, Each: 0.2, Same: 0.7, Late: 0.4},
		{Seed: 0.6, Join: 0.6, Each: 0.3, Same: 0.7, Late: 0.4},
		{Seed: 0.7, Join: 0.6, Each: 0.3, Same: 0.7, Late: 0.4},
	} {
		fmt.Fprintf(log, "  groups %.2f %.2f %.2f %.2f %.2f", g.Seed, g.Join, g.Each, g.Same, g.Late)
		mean := 0.0
		for i, s := range stories {
			p, r, f, n := s.grouped(results[i], g)
			fmt.Fprintf(log, " %3.0f %3.0f %3.0f %2d|", 100*p, 100*r, 100*f, n)
			mean += f / float64(len(stories))
		}
		fmt.Fprintf(log, " mean %.3f\n", mean)
	}
}

// grouped measures the pairs that stand in one group.
func (s *told) grouped(results []scored, g match.Grouping) (p, r, f float64, groups int) {
	edges := make([]match.Edge, len(results))
	for i, x := range results {
		edges[i] = match.Edge{A: int32(x.pair[0]), B: int32(x.pair[1]), Probability: x.score}
	}
	found := map[[2]int]bool{}
	right := 0
	for _, group := range match.Groups(edges, s.account, g) {
		groups++
		for x, i := range group {
			for _, k := range group[x+1:] {
				pair := [2]int{int(i), int(k)}
				if s.account[i] == s.account[k] || found[pair] {
					continue
				}
				found[pair] = true
				if s.same[pair] {
					right++
				}
			}
		}
	}
	p, r = float64(right)/max(float64(len(found)), 1), float64(right)/float64(len(s.same))
	return p, r, 2 * p * r / max(p+r, 1e-9), groups
}

// errors prints the pairs that are furthest from right.
func (s *told) errors(results []scored, n int, log io.Writer) {
	if n == 0 {
		return
	}
	show := func(what string, x scored) {
		fmt.Fprintf(log, "%s %.3f\n  %s\n  %s\n", what, x.score, s.passages[x.pair[0]], s.passages[x.pair[1]])
	}
	count := 0
	for _, x := range results {
		if !x.same && count < n {
			show(s.name+" wrong", x)
			count++
		}
	}
	var missed []scored
	for _, x := range results {
		if x.same && x.score < 0.4 {
			missed = append(missed, x)
		}
	}
	for i := range min(n, len(missed)) {
		show(s.name+" missed", missed[i*len(missed)/min(n, len(missed))])
	}
}

// readStory reads the accounts of a folder and ties their passages by its gold.
func readStory(engine *synoptic.Engine, folder, goldFile string, set int) (*told, error) {
	var gold struct {
		Story    string
		Articles map[string]string
		Points   []struct{ Passages map[string][]string }
	}
	data, err := os.ReadFile(goldFile)
	if err != nil {
		return nil, err
	}
	if err := json.Unmarshal(data, &gold); err != nil {
		return nil, fmt.Errorf("%s: %w", goldFile, err)
	}
	accounts := map[string]*article.Article{}
	for letter, file := range gold.Articles {
		reading, err := engine.Read(context.Background(), filepath.Join(folder, file))
		if err != nil {
			return nil, err
		}
		if len(reading.Articles) != 1 {
			return nil, fmt.Errorf("%s: %v", file, reading.Problems)
		}
		accounts[letter] = reading.Articles[0]
	}
	points := make([]map[string][]text.Span, len(gold.Points))
	for p, point := range gold.Points {
		points[p] = map[string][]text.Span{}
		for letter, passages := range point.Passages {
			folded := fold(accounts[letter].Text)
			for _, words := range passages {
				if at, ok := folded.find(words); ok {
					points[p][letter] = append(points[p][letter], at)
				}
			}
		}
	}
	return tell(engine, gold.Story, accounts, points, set)
}

// readEvents reads the events whose points we have marked: of each sentence of
// a point, the byte at which it begins in its account.
func readEvents(engine *synoptic.Engine, marks, corpora string, first int) ([]*told, error) {
	var events []struct {
		Event    string
		Accounts map[string]string // address by letter
		Points   []map[string][]int
	}
	data, err := os.ReadFile(marks)
	if err != nil {
		return nil, err
	}
	if err := json.Unmarshal(data, &events); err != nil {
		return nil, fmt.Errorf("%s: %w", marks, err)
	}
	records := filepath.Join(corpora, "stories", "events-dev.jsonl")
	data, err = os.ReadFile(records)
	if err != nil {
		return nil, err
	}
	lines := map[string]string{} // place by address
	for i, line := range strings.Split(string(data), "\n") {
		var record struct{ URL string }
		if line != "" {
			if err := json.Unmarshal([]byte(line), &record); err != nil {
				return nil, fmt.Errorf("%s:%d: %w", records, i+1, err)
			}
			lines[record.URL] = fmt.Sprintf("%s:%d", records, i+1)
		}
	}
	reading, err := engine.Read(context.Background(), records)
	if err != nil {
		return nil, err
	}
	at := map[string]*article.Article{}
	for _, a := range reading.Articles {
		at[a.Place] = a
	}
	var stories []*told
	for _, e := range events {
		accounts := map[string]*article.Article{}
		for letter, address := range e.Accounts {
			if accounts[letter] = at[lines[address]]; accounts[letter] == nil {
				return nil, fmt.Errorf("%s: event %s: %s is not among the records", marks, e.Event, address)
			}
		}
		points := make([]map[string][]text.Span, len(e.Points))
		for p, point := range e.Points {
			points[p] = map[string][]text.Span{}
			for letter, starts := range point {
				for _, start := range starts {
					points[p][letter] = append(points[p][letter], text.Span{Start: start, End: start + 1})
				}
			}
		}
		s, err := tell(engine, "event "+e.Event, accounts, points, first+len(stories))
		if err != nil {
			return nil, err
		}
		stories = append(stories, s)
	}
	return stories, nil
}

// tell cuts accounts into passages and ties those of one point.
func tell(engine *synoptic.Engine, name string, accounts map[string]*article.Article, gold []map[string][]text.Span, set int) (*told, error) {
	s := &told{name: name, same: map[[2]int]bool{}}
	c := match.NewCollection()
	points := make([][]int, len(gold))
	for i, letter := range slices.Sorted(maps.Keys(accounts)) {
		a := accounts[letter]
		n, err := engine.Annotate(context.Background(), a)
		if err != nil {
			return nil, err
		}
		for k, x := range n.Sentences {
			kind := a.Paragraphs[x.Paragraph].Kind
			if kind == article.Note || kind == article.Heading {
				continue
			}
			for p, point := range gold {
				for _, at := range point[letter] {
					if both := x.Intersect(at).Len(); 10*both >= 6*min(x.Len(), at.Len()) && both > 0 {
						points[p] = append(points[p], len(s.passages))
					}
				}
			}
			c.Add(a, n, k, match.Place{Account: i, Headline: kind == article.Headline, Share: float64(x.Start) / float64(len(a.Text))})
			s.passages = append(s.passages, letter+": "+x.Of(a.Text))
			s.account = append(s.account, int32(i))
		}
	}
	c.Weigh()
	for _, members := range points {
		for _, i := range members {
			for _, k := range members {
				if i < k && s.account[i] != s.account[k] {
					s.same[[2]int{i, k}] = true
				}
			}
		}
	}
	var pair match.Pair
	c.Candidates(func(i, k int) {
		f := pair.Features(c, i, k)
		e := &example{features: f[:], set: set}
		if s.same[[2]int{i, k}] {
			e.target = 1
		}
		s.examples = append(s.examples, e)
		s.pairs = append(s.pairs, [2]int{i, k})
	})
	for _, e := range s.examples {
		e.weight = 8 / math.Sqrt(float64(len(s.examples))) // a long story counts for more, but not by its pairs
	}
	return s, nil
}

// folded is a text with white space and quotation marks made plain.
type folded struct {
	text string
	at   []int // where each byte stands in the text as it was
}

func fold(s string) folded {
	var b strings.Builder
	var at []int
	space := true
	for i, r := range s {
		if unicode.IsSpace(r) {
			if !space {
				b.WriteByte(' ')
				at = append(at, i)
			}
			space = true
			continue
		}
		space = false
		switch r {
		case '“', '”':
			r = '"'
		case '‘', '’':
			r = '\''
		}
		b.WriteRune(r)
		for range utf8.RuneLen(r) {
			at = append(at, i)
		}
	}
	return folded{b.String(), append(at, len(s))}
}

func (f folded) find(words string) (text.Span, bool) {
	words = strings.TrimRight(strings.TrimSpace(fold(words).text), ".")
	i := strings.Index(f.text, words)
	if i < 0 || words == "" {
		return text.Span{}, false
	}
	return text.Span{Start: f.at[i], End: f.at[i+len(words)]}, true
}

// fitClaims fits and measures on pairs of sentences.
func fitClaims(engine *synoptic.Engine, corpora, corpus string, log io.Writer) (*forest.Trees, error) {
	train, err := readClaims(engine, filepath.Join(corpora, "claims", corpus+"-train.tsv"), corpus == "sts", false)
	if err != nil {
		return nil, err
	}
	dev, err := readClaims(engine, filepath.Join(corpora, "claims", corpus+"-dev.tsv"), corpus == "sts", true)
	if err != nil {
		return nil, err
	}
	o := claimTrees
	if corpus == "sts" {
		o = gradeTrees
	}
	t := boost(train, o)
	if corpus != "sts" {
		t.Base -= float32(cutoff(train, o))
	}
	for name, set := range map[string][]*example{"train": train, "dev": dev} {
		if corpus == "sts" {
			var x, y []float64
			for _, e := range set {
				x, y = append(x, e.target), append(y, float64(t.Sum(e.features)))
			}
			fmt.Fprintf(log, "sts %s: %d pairs, Pearson %.4f\n", name, len(set), pearson(x, y))
			continue
		}
		right, both, found, gold := 0.0, 0.0, 0.0, 0.0
		for _, e := range set {
			same := t.Sum(e.features) >= 0
			if same == (e.target > 0) {
				right++
			}
			if same {
				found++
			}
			if same && e.target > 0 {
				both++
			}
			gold += e.target
		}
		fmt.Fprintf(log, "mrpc %s: %d pairs, accuracy %.4f, F1 %.4f\n", name, len(set), right/float64(len(set)), 2*both/(found+gold))
	}
	return t, nil
}

// cutoff is the log odds from which two sentences are best called the same, by
// accuracy and twice F1 together (a pair called the same counts more than one that is not), each fifth judged by what was fitted on the others.
func cutoff(examples []*example, o boosting) float64 {
	const parts = 5
	type judged struct {
		sum  float64
		same bool
	}
	var all []judged
	gold := 0
	for part := range parts {
		var rest []*example
		for i, e := range examples {
			if i%parts != part {
				rest = append(rest, e)
			}
		}
		t := boost(rest, o)
		for i, e := range examples {
			if i%parts == part {
				all = append(all, judged{float64(t.Sum(e.features)), e.target > 0})
				gold += int(e.target)
			}
		}
	}
	slices.SortFunc(all, func(a, b judged) int { return cmp.Compare(b.sum, a.sum) })
	right, best, at := 0, 0.0, 0.0
	for i, j := range all {
		if j.same {
			right++
		}
		found := i + 1
		accuracy := float64(right+len(all)-gold-(found-right)) / float64(len(all))
		if worth := accuracy + 4*float64(right)/float64(found+gold); worth > best {
			best, at = worth, j.sum
		}
	}
	return at
}

// readClaims reads pairs of sentences; of a graded corpus' dev file those of
// the news alone, as they are what is measured.
func readClaims(engine *synoptic.Engine, path string, graded, dev bool) ([]*example, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var examples []*example
	var pair match.Pair
	lines := bufio.NewScanner(f)
	for num := 1; lines.Scan(); num++ {
		cells := strings.Split(lines.Text(), "\t")
		e := &example{weight: 1}
		var a, b string
		switch {
		case graded && len(cells) >= 7:
			if dev && cells[0] != "main-news" {
				continue
			}
			if cells[0] != "main-news" {
				e.weight = 0.3
			}
			if e.target, err = strconv.ParseFloat(cells[4], 64); err != nil {
				return nil, fmt.Errorf("%s:%d: %w", path, num, err)
			}
			a, b = cells[5], cells[6]
		case !graded && num > 1 && len(cells) >= 5:
			if cells[0] == "1" {
				e.target = 1
			}
			a, b = cells[3], cells[4]
		default:
			continue
		}
		c := match.NewCollection()
		for i, s := range []string{a, b} {
			x := &article.Article{Text: s, Language: "en", Paragraphs: []article.Paragraph{{Span: text.Span{End: len(s)}}}}
			n, err := engine.Annotate(context.Background(), x)
			if err != nil {
				return nil, err
			}
			c.AddAll(x, n, match.Place{Account: i})
		}
		c.Weigh()
		f := pair.Features(c, 0, 1)
		e.features = f[:]
		examples = append(examples, e)
	}
	return examples, lines.Err()
}

func pearson(x, y []float64) float64 {
	var mx, my float64
	for i := range x {
		mx, my = mx+x[i]/float64(len(x)), my+y[i]/float64(len(y))
	}
	var xy, xx, yy float64
	for i := range x {
		xy, xx, yy = xy+(x[i]-mx)*(y[i]-my), xx+(x[i]-mx)*(x[i]-mx), yy+(y[i]-my)*(y[i]-my)
	}
	return xy / math.Sqrt(xx*yy)
}
