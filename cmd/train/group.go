package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"synoptic"
	"synoptic/internal/model"
	"synoptic/internal/model/forest"
	"synoptic/story"
)

var joinTrees = boosting{rounds: 150, depth: 4, rate: 0.06, ridge: 10, least: 2, features: 0.3, monotone: story.Rising[:]}

// trainGroup fits the trees that say whether an article belongs to a story, on
// the stories that gold tells of full articles and of headlines. What they are
// fitted on are the judgements that a Grouper has had to make by a rule of one
// question and by every forest since (Ross, Gordon and Bagnell 2011).
func trainGroup(args []string, log io.Writer) error {
	flags := flag.NewFlagSet("group", flag.ContinueOnError)
	corpora := flags.String("corpora", "../shared/corpora", "folder of the corpora")
	out := flags.String("out", "internal/model/weights/group.model", "file to write")
	rounds := flags.Int("rounds", 2, "times that the judgements are made anew")
	folds := flags.Int("folds", 5, "parts that stories are divided into for cross-validation; 0 for none")
	seeds := flags.Int("seeds", 3, "divisions that cross-validation is averaged over")
	wrong := flags.Int("wrong", 0, "print so many articles that stand wrong in each stream")
	if err := flags.Parse(args); err != nil {
		return err
	}
	engine, err := synoptic.Open(synoptic.Options{Headlines: true})
	if err != nil {
		return err
	}
	var streams []*stream
	for _, name := range []string{"events-dev", "headlines-dev"} {
		s, err := readStream(engine, filepath.Join(*corpora, "stories", name+".jsonl"))
		if err != nil {
			return err
		}
		streams = append(streams, s)
	}
	sum := make([][3]float64, len(streams))
	for seed := range *seeds * min(*folds, 1) {
		for _, s := range streams {
			s.fold(*folds, seed)
			s.left = s.left[:0]
		}
		for fold := range *folds {
			t := fitJoin(streams, fold, *rounds, nil)
			for _, s := range streams {
				s.left = append(s.left, s.measure(s.group(t, nil), fold))
			}
		}
		for k, s := range streams {
			p, r, f := together(s.left)
			fmt.Fprintf(log, "left out, seed %d, %s: B-cubed %.4f %.4f %.4f\n", seed, s.name, p, r, f)
			for j, v := range []float64{p, r, f} {
				sum[k][j] += v / float64(*seeds)
			}
		}
	}
	if *folds > 0 {
		for k, s := range streams {
			fmt.Fprintf(log, "left out, mean, %s: B-cubed %.4f %.4f %.4f\n", s.name, sum[k][0], sum[k][1], sum[k][2])
		}
	}
	t := fitJoin(streams, -1, *rounds, log)
	for _, s := range streams {
		got := s.group(t, nil)
		p, r, f := together([]score{s.measure(got, -1)})
		fmt.Fprintf(log, "fitted together, %s: B-cubed %.4f %.4f %.4f\n", s.name, p, r, f)
		s.errors(got, *wrong, log)
	}
	b := &model.Builder{Name: "group", About: "Boosted trees over features that name no words; fitted by train group on the Giveme5W1H news clusters and the UCI News Aggregator."}
	t.Store(b, "join")
	data, err := b.Bytes()
	if err != nil {
		return err
	}
	return os.WriteFile(*out, data, 0o644)
}

// stream is articles in order of arrival, with the stories that gold tells.
type stream struct {
	name     string
	records  []story.Record
	titles   []string
	gold     []int
	stories  int
	thin     int            // one judgement of so many is kept
	at       map[string]int // index of a record by its identifier
	part     []int          // of each story
	examples []*example
	left     []score
}

func readStream(engine *synoptic.Engine, path string) (*stream, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	s := &stream{name: strings.TrimSuffix(filepath.Base(path), ".jsonl"), at: map[string]int{}}
	told := map[string]int{}
	goldOf := map[string]int{}
	for i, line := range strings.Split(strings.TrimSpace(string(data)), "\n") {
		var r struct{ Story any }
		if err := json.Unmarshal([]byte(line), &r); err != nil {
			return nil, fmt.Errorf("%s:%d: %w", path, i+1, err)
		}
		key := fmt.Sprint(r.Story)
		if _, ok := told[key]; !ok {
			told[key] = len(told)
		}
		goldOf[fmt.Sprintf("%s:%d", path, i+1)] = told[key]
	}
	s.stories = len(told)
	s.thin = 1 + len(goldOf)/500
	reading, err := engine.Read(context.Background(), path)
	if err != nil {
		return nil, err
	}
	for i, a := range reading.Articles {
		id := a.Place
		s.at[id] = i
		s.records = append(s.records, story.Record{ID: id, Sketch: story.NewSketch(a), Published: a.Published.Time})
		s.titles = append(s.titles, a.Headline())
		s.gold = append(s.gold, goldOf[a.Place])
	}
	return s, nil
}

// fold divides the stories into parts, by lot.
func (s *stream) fold(parts, seed int) {
	s.part = make([]int, s.stories)
	order := make([]int, s.stories)
	lot := uint64(seed)*977 + 1
	for i := range order {
		order[i] = i
		lot = lot*6364136223846793005 + 1442695040888963407
		k := int(lot>>33) % (i + 1)
		order[i], order[k] = order[k], order[i]
	}
	for i, k := range order {
		s.part[k] = i % parts
	}
}

// group puts the articles to stories by t and returns the story of each.
func (s *stream) group(t *story.Judge, watch func(g *story.Grouper, article, of string, f story.Features)) []string {
	g := &story.Grouper{Judge: t}
	if watch != nil {
		g.Watch = func(article, of string, f story.Features) { watch(g, article, of, f) }
	}
	for _, r := range s.records {
		g.Add(r.ID, r.Sketch, r.Published)
	}
	g.Settle()
	got := make([]string, len(s.records))
	for i, r := range s.records {
		got[i] = g.Story(r.ID)
	}
	return got
}

// fitJoin fits trees without the judgements about stories of a part.
func fitJoin(streams []*stream, fold, rounds int, log io.Writer) *story.Judge {
	t := rule()
	for _, s := range streams {
		s.examples = s.examples[:0]
	}
	for range rounds {
		var all []*example
		for _, s := range streams {
			n := 0
			s.group(t, func(g *story.Grouper, article, of string, f story.Features) {
				if n++; n%s.thin == 0 {
					s.judge(article, g.Members(of), f, fold)
				}
			})
			for _, e := range s.examples {
				e.weight = 4000 / float64(len(s.examples))
			}
			all = append(all, s.examples...)
		}
		t = boost(all, joinTrees)
		if log != nil {
			for _, s := range streams {
				p, r, f := together([]score{s.measure(s.group(t, nil), -1)})
				fmt.Fprintf(log, "  %s: %d judgements; B-cubed %.4f %.4f %.4f\n", s.name, len(s.examples), p, r, f)
			}
		}
	}
	return t
}

// judge keeps a judgement with what gold says of it: the share of the story's
// articles that tell the event of the one at hand.
func (s *stream) judge(article string, others []string, f story.Features, fold int) {
	event := s.gold[s.at[article]]
	same, out := 0, fold >= 0 && s.part[event] == fold
	counts := map[int]int{}
	n := 0
	for _, o := range others {
		if o == article {
			continue
		}
		n++
		k := s.gold[s.at[o]]
		if k == event {
			same++
		}
		counts[k]++
	}
	for k, c := range counts {
		out = out || fold >= 0 && s.part[k] == fold && 2*c > n
	}
	if out || n == 0 {
		return
	}
	s.examples = append(s.examples, &example{features: slices.Clone(f[:]), target: float64(same) / float64(n)})
}

// rule is the trees to begin with: one question, whether the cosine of all
// words, the first feature, is above 0.2.
func rule() *story.Judge {
	return &forest.Trees{Depth: 1, Feature: []uint8{0}, Threshold: []float32{0.2}, Leaf: []float32{-3, 3}}
}

// score is sums of B-cubed precision and recall over articles.
type score struct{ p, r, n float64 }

func together(scores []score) (p, r, f float64) {
	n := 0.0
	for _, s := range scores {
		p, r, n = p+s.p, r+s.r, n+s.n
	}
	p, r = p/n, r/n
	return p, r, 2 * p * r / (p + r)
}

// measure scores the articles of a part's stories, or all of them where fold is
// -1.
func (s *stream) measure(got []string, fold int) (sum score) {
	found, gold, both := map[string]int{}, map[int]int{}, map[string]int{}
	key := func(i int) string { return fmt.Sprint(got[i], s.gold[i]) }
	for i := range got {
		found[got[i]]++
		gold[s.gold[i]]++
		both[key(i)]++
	}
	for i := range got {
		if fold < 0 || s.part[s.gold[i]] == fold {
			sum.p += float64(both[key(i)]) / float64(found[got[i]])
			sum.r += float64(both[key(i)]) / float64(gold[s.gold[i]])
			sum.n++
		}
	}
	return sum
}

// errors prints articles that stand among others of another event.
func (s *stream) errors(got []string, n int, log io.Writer) {
	if n == 0 {
		return
	}
	members := map[string][]int{}
	for i, id := range got {
		members[id] = append(members[id], i)
	}
	var order []string
	for id := range members {
		order = append(order, id)
	}
	slices.SortFunc(order, func(a, b string) int { return len(members[b]) - len(members[a]) })
	size := map[int]int{}
	for _, e := range s.gold {
		size[e]++
	}
	for _, id := range order {
		counts := map[int]int{}
		example := map[int]int{}
		for _, i := range members[id] {
			counts[s.gold[i]]++
			example[s.gold[i]] = i
		}
		var events []int
		for e := range counts {
			events = append(events, e)
		}
		slices.SortFunc(events, func(a, b int) int { return counts[b] - counts[a] })
		if n--; n < 0 {
			break
		}
		fmt.Fprintf(log, "%s: %d articles\n", s.name, len(members[id]))
		for _, e := range events {
			fmt.Fprintf(log, "    %4d of %4d of event %d: %s\n", counts[e], size[e], e, s.titles[example[e]])
		}
	}
}
