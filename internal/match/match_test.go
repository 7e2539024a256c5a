package match_test

import (
	"context"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"synoptic/article"
	"synoptic/internal/analysis"
	"synoptic/internal/analysis/parse"
	"synoptic/internal/analysis/tag"
	"synoptic/internal/analysis/token"
	"synoptic/internal/match"
	"synoptic/text"
)

// pipeline has the passes whose layers matching uses.
func pipeline(t testing.TB) *analysis.Pipeline {
	t.Helper()
	p, err := analysis.New("test", token.Pass, tag.Pass, tag.LemmaPass, parse.Pass)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func read(t testing.TB, p *analysis.Pipeline, s string) (*article.Article, *article.Analysis) {
	t.Helper()
	a := &article.Article{Place: "test", Text: s, Language: "en", Paragraphs: []article.Paragraph{{Span: text.Span{End: len(s)}}}}
	n, err := p.Run(context.Background(), a)
	if err != nil {
		t.Fatal(err)
	}
	return a, n
}

// collect makes a collection of sentences, each of an account of its own.
func collect(t testing.TB, sentences ...string) *match.Collection {
	t.Helper()
	p := pipeline(t)
	c := match.NewCollection()
	for i, s := range sentences {
		a, n := read(t, p, s)
		c.AddAll(a, n, match.Place{Account: i})
	}
	c.Weigh()
	return c
}

func TestStem(t *testing.T) {
	stems := match.NewStemmer()
	for _, pair := range [][2]string{
		{"withdrew", "withdraw"},
		{"withdrawn", "withdraws"},
		{"negotiators", "negotiation"},
		{"seven", "7"},
		{"1,200", "1200"},
		{"women", "woman"},
		{"derailment", "derailed"},
		{"indictment", "indicts"},
	} {
		first := string([]byte(stems.Stem(pair[0])))
		if second := stems.Stem(pair[1]); first != second {
			t.Errorf("%s gives %s, %s gives %s", pair[0], first, pair[1], second)
		}
	}
}

func TestSentences(t *testing.T) {
	tests := []struct {
		a, b string
		same bool
	}{
		{`The council closed the pier on Monday after a storm tore away its railings.`, `After a storm tore away its railings, the pier was closed by the council on Monday.`, true},
		{`Ferries to the islands will run again from Friday, the company said.`, `The company said ferries to the islands would run again from Friday.`, true},
		{`The council closed the pier on Monday.`, `A bakery in the old town won the national prize for bread.`, false},
	}
	p := pipeline(t)
	for _, test := range tests {
		a, n := read(t, p, test.a)
		b, m := read(t, p, test.b)
		same, score := match.Sentences(a, n, b, m)
		back, backScore := match.Sentences(b, m, a, n)
		if same != test.same || same != back || score != backScore || score < 0 || score > 1 {
			t.Errorf("%q and %q: %v %.3f, the other way %v %.3f", test.a, test.b, same, score, back, backScore)
		}
	}
}

// TestNothingShared: passages without a word in common are never compared, nor
// are two of one account.
func TestNothingShared(t *testing.T) {
	c := collect(t, `The pier was closed.`, `A baker won prizes.`, ``, `…`)
	c.Candidates(func(i, k int) { t.Errorf("%d and %d are compared", i, k) })
	if edges := c.Edges(0); len(edges) != 0 {
		t.Errorf("%v", edges)
	}
}

// TestGroupsDoNotChain: a passage that says two things stands in two groups and
// ties those that say one each together no more than they are.
func TestGroupsDoNotChain(t *testing.T) {
	edges := []match.Edge{{0, 1, 0.9}, {1, 2, 0.9}, {3, 4, 0.8}, {1, 3, 0.2}}
	got := match.Groups(edges, []int32{0, 1, 2, 0, 1, 2}, match.Grouping{Seed: 0.6, Join: 0.6, Each: 0.3, Same: 0.7, Late: 0.4})
	slices.SortFunc(got, slices.Compare[[]int32])
	if diff := cmp.Diff([][]int32{{0, 1}, {1, 2}, {3, 4}}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestGroupsGather: passages that are alike one and all are one group.
func TestGroupsGather(t *testing.T) {
	var edges []match.Edge
	var account []int32
	for i := range int32(6) {
		account = append(account, i)
		for k := range i {
			edges = append(edges, match.Edge{A: k, B: i, Probability: 0.7})
		}
	}
	got := match.Groups(edges, account, match.Grouping{Seed: 0.6, Join: 0.6, Each: 0.3, Same: 0.7, Late: 0.4})
	if diff := cmp.Diff([][]int32{{0, 1, 2, 3, 4, 5}}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestGroupsOfWhatIsLeft: two passages that were alike stay together where the
// group that held them is given up for a larger one that they do not fit.
func TestGroupsOfWhatIsLeft(t *testing.T) {
	const both, large, all = 5, 8, 10 // 0 to 4 are in both groups, 5 to 7 in the large one, 8 and 9 in the small one
	var edges []match.Edge
	var account []int32
	for i := range int32(all) {
		account = append(account, i)
		for k := range i {
			e := match.Edge{A: k, B: i, Probability: 0.9}
			switch {
			case k >= large:
				e.Probability = 0.95
			case i >= large && k >= both:
				continue
			case i >= large:
				e.Probability = 0.62
			case k >= both:
				e.Probability = 0.97
			}
			edges = append(edges, e)
		}
	}
	slices.SortStableFunc(edges, func(x, y match.Edge) int {
		return int(1000*y.Probability) - int(1000*x.Probability)
	})
	got := match.Groups(edges, account, match.Grouping{Seed: 0.6, Join: 0.6, Each: 0.3, Same: 0.7, Late: 0.4})
	if diff := cmp.Diff([][]int32{{0, 1, 2, 3, 4, 5, 6, 7}, {8, 9}}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestCore: of each sentence the clause is found that says what they share.
func TestCore(t *testing.T) {
	sentences := []string{
		`The council closed the pier on Monday after a storm damaged its railings.`,
		`Shops along the front stayed shut, because a storm damaged the railings of the pier.`,
		`Fishermen complained, but the storm had damaged the railings.`,
	}
	c := collect(t, sentences...)
	p := pipeline(t)
	want := []string{`a storm damaged its railings`, `a storm damaged the railings of the pier`, `the storm had damaged the railings`}
	for i, s := range c.Core([]int32{0, 1, 2}) {
		a, n := read(t, p, sentences[i])
		span := text.Span{Start: n.Tokens[s.From].Start, End: n.Tokens[s.To-1].End}
		got := span.Of(a.Text)
		if s.Whole || len(got) > len(want[i])+8 || got[len(got)-len(want[i]):] != want[i] {
			t.Errorf("%q: %q", sentences[i], got)
		}
	}
}

// TestHeld: what one passage holds of another is told for chosen tokens of
// either, and not at all where a number that both have is left out.
func TestHeld(t *testing.T) {
	c := collect(t, `Forty boats sank in the harbour, the pilot said, after a storm that killed nine sailors.`, `The storm killed nine sailors.`)
	all := func(int) bool { return true }
	first := func(token int) bool { return token < 6 } // "Forty boats sank in the harbour"
	last := func(token int) bool { return token > 10 } // "a storm that killed nine sailors"
	if got := c.Held(0, 1, last, all); got != 1 {
		t.Errorf("the end of the first holds %.2f of the second", got)
	}
	if got := c.Held(0, 1, first, all); got != 0 {
		t.Errorf("the beginning of the first holds %.2f of the second", got)
	}
	if got := c.Held(1, 0, all, all); got <= 0.2 || got >= 0.8 {
		t.Errorf("the second holds %.2f of the first", got)
	}
	if got := c.Held(1, 0, all, first); got != 0 {
		t.Errorf("the second holds %.2f of the beginning of the first", got)
	}
	nine := func(token int) bool { return token != 16 }
	if got := c.Held(0, 1, nine, all); got != 0 {
		t.Errorf("without the number that both have, %.2f is held", got)
	}
}

func FuzzCollection(f *testing.F) {
	f.Add("The pier was closed.", "The council closed the pier, a spokesman said.")
	f.Add("", "…")
	f.Add("n't n't n't", "1,2,3 ''' -- (")
	p := pipeline(f)
	f.Fuzz(func(t *testing.T, x, y string) {
		c := match.NewCollection()
		for i, s := range []string{x, y} {
			a := &article.Article{Place: "fuzz", Text: s, Language: "en", Paragraphs: []article.Paragraph{{Span: text.Span{End: len(s)}}}}
			if a.Check() != nil {
				return
			}
			n, err := p.Run(context.Background(), a)
			if err != nil {
				t.Skip(err)
			}
			c.AddAll(a, n, match.Place{Account: i})
		}
		c.Weigh()
		for _, e := range c.Edges(0) {
			if !(e.Probability >= 0 && e.Probability <= 1) {
				t.Errorf("probability %v", e.Probability)
			}
		}
		c.Core([]int32{0, 1})
	})
}

func BenchmarkFeatures(b *testing.B) {
	c := collect(b,
		`Ferries to the islands will run again from Friday after crews and owners agreed on pay, the company said on Wednesday.`,
		`Crews of the island ferries go back to work on Friday, their union said, once members have voted on a pay deal that was struck on Wednesday.`)
	var pair match.Pair
	b.ReportAllocs()
	for b.Loop() {
		pair.Features(c, 0, 1)
	}
}
