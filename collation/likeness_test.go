package collation_test

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"synoptic"
	"synoptic/article"
	"synoptic/collation"
	"synoptic/text"
)

var (
	fit  = flag.Bool("fit", false, "fit the likeness of figures anew and print its weights, and how well each story does that was left out")
	show = flag.String("show", "", "print what is wrong in the rows of the story of this name")
)

// laid is a story with its figures and the rows that a careful reader put them
// in.
type laid struct {
	name    string
	c       *collation.Collation
	set     *collation.FigureSet
	row     []int // of each figure; -1 where no row of the gold holds it, -2 where the gold leaves it open
	verdict []string
	gold    int // pairs of figures of two accounts in one row of the gold
	pairs   []likePair
	at      []int32 // index into pairs by two figures, first*figures+second; -1 for none
	account []int
	scores  []float64 // of pairs, by the weights at hand
}

type likePair struct {
	a, b  int
	parts [collation.Likenesses]float64
	same  bool
}

// goldRow is one quantity: cells by account letter.
type goldRow struct {
	verdict string
	cells   map[string][]text.Span
}

func layStory(t *testing.T, engine *synoptic.Engine, name string, articles map[string]*article.Article, rows []goldRow, open map[string][]text.Span) *laid {
	t.Helper()
	list := slices.Collect(maps.Values(articles))
	c, err := engine.Compare(context.Background(), list)
	if err != nil {
		t.Fatal(err)
	}
	s := &laid{name: name, c: c, set: collation.FiguresOf(c)}
	s.row = make([]int, s.set.Len())
	letter := map[string]string{}
	for l, a := range articles {
		letter[a.Place] = l
	}
	count := make([]map[string]int, len(rows))
	for r, row := range rows {
		s.verdict = append(s.verdict, row.verdict)
		count[r] = map[string]int{}
		for l, cells := range row.cells {
			count[r][l] = len(cells)
		}
	}
	for i := range s.row {
		account, at := s.set.At(i)
		l := letter[c.Accounts[account].Place]
		s.row[i] = -1
		for _, x := range open[l] {
			if x.Overlaps(at) {
				s.row[i] = -2
			}
		}
		for r, row := range rows {
			for _, x := range row.cells[l] {
				if x.Overlaps(at) {
					s.row[i] = r
				}
			}
		}
	}
	for r := range rows {
		all, within := 0, 0
		for _, n := range count[r] {
			all += n
			within += n * n
		}
		s.gold += (all*all - within) / 2
	}
	for i := range s.row {
		for k := range s.row[:i] {
			x, _ := s.set.At(i)
			y, _ := s.set.At(k)
			if s.row[i] == -2 || s.row[k] == -2 || x == y && s.row[i] != s.row[k] {
				continue
			}
			if parts, ok := s.set.Parts(k, i); ok {
				s.pairs = append(s.pairs, likePair{k, i, parts, s.row[i] >= 0 && s.row[i] == s.row[k]})
			}
		}
	}
	n := s.set.Len()
	s.at = make([]int32, n*n)
	s.scores = make([]float64, len(s.pairs))
	for i := range s.at {
		s.at[i] = -1
	}
	for i := range n {
		a, _ := s.set.At(i)
		s.account = append(s.account, a)
	}
	for i, p := range s.pairs {
		s.at[p.a*n+p.b] = int32(i)
	}
	return s
}

// weigh scores all pairs.
func (s *laid) weigh(w *[collation.Likenesses]float64) {
	for i := range s.pairs {
		sum := 0.0
		for k, x := range s.pairs[i].parts {
			sum += w[k] * x
		}
		s.scores[i] = sum
	}
}

type likeResult struct {
	p, r, f      float64
	told, differ int // rows of the gold that differ, and those that are told
	wrong        int // rows told to differ that do not
}

func (s *laid) judge(w *[collation.Likenesses]float64, likely float64, show func(string, ...any)) likeResult {
	s.weigh(w)
	return s.group(likely, show)
}

// group puts the figures in rows by the scores at hand and counts.
func (s *laid) group(likely float64, show func(string, ...any)) likeResult {
	n := s.set.Len()
	groups := collation.Join(n, func(i, k int32) (float64, bool) {
		at := s.at[int(i)*n+int(k)]
		if at < 0 {
			return 0, false
		}
		return s.scores[at] - likely, true
	})
	found, right := 0, 0
	told := map[int]bool{}
	var out likeResult
	for _, g := range groups {
		if len(g) == 1 {
			continue
		}
		v := s.set.Verdict(g)
		accounts := map[int]map[int]bool{}
		differ := false
		for x, i := range g {
			a := s.account[i]
			if r := s.row[i]; r >= 0 {
				if accounts[r] == nil {
					accounts[r] = map[int]bool{}
				}
				accounts[r][a] = true
				differ = differ || s.verdict[r] == "differ" || s.verdict[r] == "superseded"
			}
			for _, k := range g[x+1:] {
				if a == s.account[k] || s.row[i] == -2 || s.row[k] == -2 {
					continue
				}
				found++
				if s.row[i] >= 0 && s.row[i] == s.row[k] {
					right++
				} else if show != nil {
					show("%s joined: %s\n   %s", s.name, s.words(int(i)), s.words(int(k)))
				}
			}
		}
		if v == collation.Differ || v == collation.Superseded {
			for r, in := range accounts {
				if s.verdict[r] == "differ" || s.verdict[r] == "superseded" {
					told[r] = told[r] || len(in) > 0
				}
			}
			if !differ && v == collation.Differ {
				out.wrong++
				if show != nil {
					for _, i := range g {
						show("%s wrong differ: %s", s.name, s.words(int(i)))
					}
				}
			}
		}
	}
	for r, v := range s.verdict {
		if v == "differ" || v == "superseded" {
			out.differ++
			if told[r] {
				out.told++
			} else if show != nil {
				for i := range s.row {
					if s.row[i] == r {
						show("%s not told: %s", s.name, s.words(i))
					}
				}
			}
		}
	}
	out.p, out.r = float64(right)/max(float64(found), 1), float64(right)/max(float64(s.gold), 1)
	out.f = 2 * out.p * out.r / max(out.p+out.r, 1e-9)
	return out
}

func (s *laid) words(i int) string {
	a, at := s.set.At(i)
	body := s.c.Accounts[a].Text
	p := s.set.Passage(i)
	start, end := max(p.Start, at.Start-110), min(p.End, at.End+110)
	return fmt.Sprintf("[%s] %s", at.Of(body), strings.ToValidUTF8(body[start:end], ""))
}

// regress fits a logistic regression by Newton's method: each story counts for
// the root of its pairs, and the ridge keeps weights near those from before.
func regress(stories []*laid, prior *[collation.Likenesses]float64, bar, ridge float64) (w [collation.Likenesses]float64, likely float64) {
	const n = collation.Likenesses + 1
	var v, before [n]float64
	copy(before[:], prior[:])
	before[n-1] = -bar
	v = before
	for range 30 {
		var grad [n]float64
		hess := make([][collation.Likenesses + 2]float64, n)
		for _, s := range stories {
			if len(s.pairs) == 0 {
				continue
			}
			weight := 20 / math.Sqrt(float64(len(s.pairs)))
			for i := range s.pairs {
				p := &s.pairs[i]
				sum := v[n-1]
				for k, x := range p.parts {
					sum += x * v[k]
				}
				q := 1 / (1 + math.Exp(-sum))
				miss := q
				if p.same {
					miss = q - 1
				}
				curve := weight * max(q*(1-q), 1e-6)
				var nonzero [n]int
				count := 0
				for k, x := range p.parts {
					if x != 0 {
						nonzero[count] = k
						count++
					}
				}
				nonzero[count] = n - 1
				count++
				at := func(k int) float64 {
					if k == n-1 {
						return 1
					}
					return p.parts[k]
				}
				for _, k := range nonzero[:count] {
					x := at(k)
					grad[k] += weight * miss * x
					for _, l := range nonzero[:count] {
						hess[k][l] += curve * x * at(l)
					}
				}
			}
		}
		for k := range n {
			grad[k] += ridge * (v[k] - before[k])
			hess[k][k] += ridge
			hess[k][n] = grad[k]
		}
		moved := 0.0
		for k, d := range solve(hess) {
			v[k] -= max(-1, min(1, d))
			moved = max(moved, math.Abs(d))
		}
		if moved < 1e-6 {
			break
		}
	}
	copy(w[:], v[:])
	return w, -v[n-1]
}

// solve is x in Ax = b by Gauss, b being the last column.
func solve(m [][collation.Likenesses + 2]float64) []float64 {
	n := len(m)
	for k := range n {
		best := k
		for i := k + 1; i < n; i++ {
			if math.Abs(m[i][k]) > math.Abs(m[best][k]) {
				best = i
			}
		}
		m[k], m[best] = m[best], m[k]
		for i := range n {
			if i == k || m[i][k] == 0 {
				continue
			}
			f := m[i][k] / m[k][k]
			for j := k; j <= n; j++ {
				m[i][j] -= f * m[k][j]
			}
		}
	}
	x := make([]float64, n)
	for k := range n {
		x[k] = m[k][n] / m[k][k]
	}
	return x
}

// TestFigureRows measures the rows of figures on the stories that the weights
// were fitted on and on the events that they have not seen.
func TestFigureRows(t *testing.T) {
	stories := readLaid(t)
	weights, likely := collation.LikenessWeights()
	now := func(int) (*[collation.Likenesses]float64, float64) { return &weights, likely }
	if all := report(t, "weights as they stand", stories, now); all.p < 0.92 || all.f < 0.81 || all.told < 9 || all.wrong > 1 {
		t.Errorf("rows got worse: mean precision %.3f, F1 %.3f, %d of %d told to differ, %d wrongly", all.p, all.f, all.told, all.differ, all.wrong)
	}
	if !*fit {
		return
	}
	const ridge = 1000
	left := make([][collation.Likenesses]float64, len(stories))
	bars := make([]float64, len(stories))
	for i := range stories {
		left[i], bars[i] = regress(slices.Delete(slices.Clone(stories), i, i+1), &weights, likely, ridge)
	}
	report(t, "each left out", stories, func(i int) (*[collation.Likenesses]float64, float64) { return &left[i], bars[i] })
	fitted, bar := regress(stories, &weights, likely, ridge)
	report(t, "all fitted together", stories, func(int) (*[collation.Likenesses]float64, float64) { return &fitted, bar })
	t.Logf("likely = %.2f", bar)
	for i, name := range likenessNames {
		t.Logf("%s: %.2f,", name, fitted[i])
	}
}

// report prints how good the rows of each story are by its weights, and the mean
// of all.
func report(t *testing.T, what string, stories []*laid, at func(i int) (*[collation.Likenesses]float64, float64)) (all likeResult) {
	for i, s := range stories {
		var print func(string, ...any)
		if *show == s.name {
			print = t.Logf
		}
		w, likely := at(i)
		r := s.judge(w, likely, print)
		t.Logf("%-16s %3d figures, %3d pairs: %.2f %.2f %.2f, told %d of %d, wrongly %d", s.name, s.set.Len(), s.gold, r.p, r.r, r.f, r.told, r.differ, r.wrong)
		all.p += r.p / float64(len(stories))
		all.f += r.f / float64(len(stories))
		all.told, all.differ, all.wrong = all.told+r.told, all.differ+r.differ, all.wrong+r.wrong
	}
	t.Logf("%s: mean precision %.3f, F1 %.3f, told %d of %d, wrongly %d", what, all.p, all.f, all.told, all.differ, all.wrong)
	return all
}

// readLaid reads the stories with gold, the example, and the events whose
// figures are marked.
func readLaid(t *testing.T) []*laid {
	t.Helper()
	engine, err := synoptic.Open(synoptic.Options{})
	if err != nil {
		t.Fatal(err)
	}
	read := func(path string) []*article.Article {
		r, err := engine.Read(context.Background(), path)
		if err != nil || len(r.Articles) == 0 {
			t.Fatal(path, err, r.Problems)
		}
		return r.Articles
	}
	var stories []*laid
	folders, err := filepath.Glob("../../shared/stories/*")
	if err != nil || len(folders) == 0 {
		t.Skip("no stories next to the checkout")
	}
	for _, folder := range append(folders, "../examples/ferry-talks") {
		goldFile := filepath.Join(folder, "gold.json")
		if _, err := os.Stat(goldFile); err != nil {
			goldFile = folder + ".gold.json"
		}
		if _, err := os.Stat(goldFile); err != nil {
			continue
		}
		var gold struct {
			Story    string
			Articles map[string]string
			Figures  []struct {
				Verdict string
				Cells   map[string][]struct{ Text, In string }
			}
		}
		load(t, goldFile, &gold)
		articles := map[string]*article.Article{}
		for letter, file := range gold.Articles {
			articles[letter] = read(filepath.Join(folder, file))[0]
		}
		var rows []goldRow
		for _, f := range gold.Figures {
			row := goldRow{f.Verdict, map[string][]text.Span{}}
			for letter, cells := range f.Cells {
				for _, x := range cells {
					if at, ok := locate(articles[letter].Text, x.In, x.Text); ok {
						row.cells[letter] = append(row.cells[letter], at)
					}
				}
			}
			rows = append(rows, row)
		}
		stories = append(stories, layStory(t, engine, gold.Story, articles, rows, nil))
	}
	var events []struct {
		Event    string
		Accounts map[string]string
		Open     map[string][]int
		Figures  []struct {
			Verdict string
			Cells   map[string][]int
		}
	}
	load(t, "testdata/figures.json", &events)
	at := map[string]*article.Article{}
	for _, a := range read("../../shared/corpora/stories/events-dev.jsonl") {
		at[a.Address] = a
	}
	spans := func(starts map[string][]int) map[string][]text.Span {
		out := map[string][]text.Span{}
		for letter, list := range starts {
			for _, start := range list {
				out[letter] = append(out[letter], text.Span{Start: start, End: start + 1})
			}
		}
		return out
	}
	for _, e := range events {
		articles := map[string]*article.Article{}
		for letter, address := range e.Accounts {
			if articles[letter] = at[address]; articles[letter] == nil {
				t.Fatalf("event %s: %s is not among the records", e.Event, address)
			}
		}
		var rows []goldRow
		for _, f := range e.Figures {
			rows = append(rows, goldRow{f.Verdict, spans(f.Cells)})
		}
		stories = append(stories, layStory(t, engine, "event "+e.Event, articles, rows, spans(e.Open)))
	}
	return stories
}

func load(t *testing.T, path string, to any) {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, to); err != nil {
		t.Fatalf("%s: %v", path, err)
	}
}

// locate finds words, inside of longer words where they are given, white space
// and the style of quotation marks aside.
func locate(body, in, words string) (text.Span, bool) {
	from := text.Span{End: len(body)}
	if in != "" {
		at, ok := find(body, in, 0)
		if !ok {
			return text.Span{}, false
		}
		from = at
	}
	return find(body, words, from.Start)
}

func find(body, words string, from int) (text.Span, bool) {
	plain := strings.NewReplacer("“", `"`, "”", `"`, "‘", "'", "’", "'", "\u00a0", " ")
	fields := strings.Fields(plain.Replace(words))
	for start := from; start < len(body); start++ {
		at, ok := start, true
		for i, f := range fields {
			if i > 0 {
				rest := strings.TrimLeft(body[at:], " \n\t\u00a0")
				ok = len(rest) < len(body)-at
				at = len(body) - len(rest)
			}
			for _, r := range f {
				if !ok {
					break
				}
				width := 0
				for _, b := range body[at:] {
					width = len(string(b))
					ok = plain.Replace(string(b)) == string(r)
					break
				}
				ok = ok && width > 0
				at += width
			}
			if !ok {
				break
			}
		}
		if ok {
			return text.Span{Start: start, End: at}, true
		}
	}
	return text.Span{}, false
}

var likenessNames = [collation.Likenesses]string{
	"lContext", "lSentence", "lNames", "lHead", "lOther", "lEqual", "lTelling", "lFits", "lApart", "lAge", "lFate", "lOtherFate",
	"lYear", "lOtherYear", "lClose", "lBound", "lMate", "lRare", "lContextEqual", "lContextApart", "lContextFits", "lAgeEqual",
	"lFateEqual", "lFateUnequal", "lOtherFateEqual", "lVeryClose", "lOtherYearEqual", "lFateClose", "lSentenceClose", "lAgreeClose",
	"lBoundApart", "lSentenceApart", "lRareApart", "lMateApart",
	"lList",
}
