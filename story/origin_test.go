package story_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"synoptic/article"
	"synoptic/story"
	"synoptic/text"

	"github.com/google/go-cmp/cmp"
)

// printed makes an article of paragraphs of running text.
func printed(tb testing.TB, outlet string, paragraphs ...string) *article.Article {
	tb.Helper()
	a := &article.Article{Place: outlet, Text: strings.Join(paragraphs, "\n"), Language: "en", Completeness: 1}
	a.Outlet.Name = outlet
	at := 0
	for _, p := range paragraphs {
		a.Paragraphs = append(a.Paragraphs, article.Paragraph{Span: text.Span{Start: at, End: at + len(p)}})
		at += len(p) + 1
	}
	if err := a.Check(); err != nil {
		tb.Fatal(err)
	}
	return a
}

// wired credits an agency's wire.
func wired(a *article.Article, agency string) *article.Article {
	a.Credits = append(a.Credits, article.Credit{Agency: agency, Role: article.Wire})
	return a
}

// own is what one writer has written: paragraphs that no other seed gives.
func own(seed uint64, paragraphs int) []string {
	random := rand.New(rand.NewPCG(seed, seed))
	var list []string
	for range paragraphs {
		words := make([]string, 24)
		for i := range words {
			words[i] = fmt.Sprintf("w%d", random.IntN(5000))
		}
		list = append(list, strings.Join(words, " ")+".")
	}
	return list
}

var flood = []string{
	`The river Sarne broke its banks above Telm on Sunday night and flooded the lower town within an hour.`,
	`Two hundred people spent the night in the sports hall, where the Red Cross had set up camp beds and a kitchen.`,
	`The mayor, Orla Finch, asked everyone to stay away from the iron bridge until engineers have looked at its piers.`,
	`Trains between Telm and the coast will not run before Wednesday, the railway said, and buses take the long road over the pass.`,
	`Forecasters expect the water to fall from Tuesday, though more rain may come at the end of the week.`,
}

// rewritten is the flood with a word changed here and there.
func rewritten() []string {
	change := strings.NewReplacer("on Sunday night", "late on Sunday", "camp beds", "cots", "asked everyone", "told everyone", "expect", "think")
	list := slices.Clone(flood)
	for i := range list {
		list[i] = change.Replace(list[i])
	}
	return list
}

func TestOrigins(t *testing.T) {
	said := `“The water came so fast that we could not save a single chair from the school, and nobody had warned us before it was there,” the head teacher said.`
	for _, test := range []struct {
		name     string
		articles []*article.Article
		want     [][]int
		least    float64 // of what is shared by the first origin
		why      story.Why
		origin   string
	}{
		{
			name: "whole", articles: []*article.Article{printed(t, "Herald", flood...), printed(t, "Echo", flood...)},
			want: [][]int{{0, 1}}, least: 1, why: story.ByCopy, origin: "Herald",
		},
		{
			name: "cut", articles: []*article.Article{printed(t, "Herald", flood...), printed(t, "Echo", flood[:2]...)},
			want: [][]int{{0, 1}}, least: 1, why: story.ByCopy, origin: "Herald",
		},
		{
			name: "lightly rewritten", articles: []*article.Article{printed(t, "Herald", flood...), printed(t, "Echo", rewritten()...)},
			want: [][]int{{0, 1}}, least: 0.6, why: story.ByCopy, origin: "Herald",
		},
		{
			name: "spliced into own reporting",
			articles: []*article.Article{
				printed(t, "Herald", flood...),
				printed(t, "Echo", slices.Concat(own(1, 6), flood[1:4], own(2, 6))...),
			},
			want: [][]int{{0, 1}}, least: 0.45, why: story.ByCopy, origin: "Herald",
		},
		{
			name: "a third of a wire, credited by both",
			articles: []*article.Article{
				wired(printed(t, "Herald", flood...), "Coastwire"),
				wired(printed(t, "Echo", slices.Concat(own(3, 8), flood[3:])...), "Coastwire"),
			},
			want: [][]int{{0, 1}}, least: 0.3, why: story.ByBoth, origin: "Coastwire",
		},
		{
			name: "a third, credited by nobody",
			articles: []*article.Article{
				printed(t, "Herald", flood...),
				printed(t, "Echo", slices.Concat(own(3, 8), flood[3:])...),
			},
			want: [][]int{{0}, {1}}, origin: "Herald",
		},
		{
			name: "the same credit over other words",
			articles: []*article.Article{
				wired(printed(t, "Herald", flood...), "Coastwire"), wired(printed(t, "Echo", own(4, 6)...), "Coastwire"),
			},
			want: [][]int{{0}, {1}}, origin: "Herald",
		},
		{
			name: "one statement quoted by both",
			articles: []*article.Article{
				printed(t, "Herald", append(own(5, 1), said)...), printed(t, "Echo", append(own(6, 1), said)...),
			},
			want: [][]int{{0}, {1}}, origin: "Herald",
		},
		{
			name: "copies of copies are one origin",
			articles: []*article.Article{
				printed(t, "Herald", flood...), printed(t, "Gazette", own(7, 5)...), printed(t, "Echo", flood[:4]...), printed(t, "Post", flood[:3]...),
			},
			want: [][]int{{0, 2, 3}, {1}}, least: 1, why: story.ByCopy, origin: "Herald",
		},
		{
			name: "nothing to compare", articles: []*article.Article{printed(t, "Herald", "Flood in Telm."), printed(t, "Echo", "Flood in Telm.")},
			want: [][]int{{0}, {1}}, origin: "Herald",
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			origins := story.Origins(test.articles)
			var got [][]int
			for _, o := range origins {
				got = append(got, o.Articles)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Fatalf("(-want +got):\n%s", diff)
			}
			first := origins[0]
			for n, spans := range first.Copied {
				a := test.articles[first.Articles[n]]
				if len(spans) == 0 {
					t.Errorf("nothing of %s is said to be copied", a.Place)
				}
				for _, span := range spans {
					if p := a.ParagraphAt(span.Start); !a.Paragraphs[p].Contains(span) || len(strings.Fields(span.Of(a.Text))) < 5 {
						t.Errorf("%s: %q is said to be copied", a.Place, span.Of(a.Text))
					}
				}
			}
			if first.Shared < test.least || first.Shared > 1 || first.Why != test.why || first.Name != test.origin {
				t.Errorf("%.2f shared by %q, of %s; want at least %.2f by %q, of %s", first.Shared, first.Why, first.Name, test.least, test.why, test.origin)
			}
		})
	}
}

// TestOriginsOfAny: every article is in one origin, whatever the order, and the
// same articles are together in every order.
func TestOriginsOfAny(t *testing.T) {
	articles := []*article.Article{
		printed(t, "a", flood...), printed(t, "b", own(1, 3)...), printed(t, "c", rewritten()...), printed(t, "d"), printed(t, "e", flood[2:]...),
	}
	together := func(order []int) string {
		list := make([]*article.Article, len(order))
		for i, k := range order {
			list[i] = articles[k]
		}
		var groups []string
		seen := 0
		for _, o := range story.Origins(list) {
			var names []string
			for _, i := range o.Articles {
				names = append(names, list[i].Place)
				seen++
			}
			slices.Sort(names)
			groups = append(groups, strings.Join(names, "+"))
		}
		if seen != len(list) {
			t.Errorf("%d of %d articles have an origin", seen, len(list))
		}
		slices.Sort(groups)
		return strings.Join(groups, " ")
	}
	order := []int{0, 1, 2, 3, 4}
	want := together(order)
	random := rand.New(rand.NewPCG(1, 2))
	for range 10 {
		random.Shuffle(len(order), func(i, k int) { order[i], order[k] = order[k], order[i] })
		if got := together(order); got != want {
			t.Fatalf("in the order %v the origins are %s, else %s", order, got, want)
		}
	}
}

// TestOriginsCost: twice the articles cost twice the allocations, or a little
// more.
func TestOriginsCost(t *testing.T) {
	cost := func(n int) float64 {
		var articles []*article.Article
		for i := range n {
			articles = append(articles, printed(t, fmt.Sprint(i), own(uint64(100+i), 20)...))
		}
		return testing.AllocsPerRun(3, func() { story.Origins(articles) })
	}
	if one, two := cost(50), cost(100); two > 2.3*one {
		t.Errorf("%.0f allocations for 50 articles, %.0f for 100", one, two)
	}
}

func BenchmarkOrigins(b *testing.B) {
	for _, n := range []int{25, 50, 100, 200} {
		var articles []*article.Article
		for i := range n {
			paragraphs := own(uint64(i), 15)
			if i%4 == 0 {
				paragraphs = append(paragraphs, flood...)
			}
			articles = append(articles, printed(b, fmt.Sprint(i), paragraphs...))
		}
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				story.Origins(articles)
			}
		})
	}
}

// TestCopied: of a copy spliced into a writer's own reporting, only the copy is
// shown as shared.
func TestCopied(t *testing.T) {
	echo := printed(t, "Echo", slices.Concat(own(1, 2), flood[1:4], own(2, 2))...)
	origins := story.Origins([]*article.Article{printed(t, "Herald", flood...), echo})
	if len(origins) != 1 {
		t.Fatalf("%d origins", len(origins))
	}
	var copied []string
	for _, span := range origins[0].Copied[1] {
		copied = append(copied, span.Of(echo.Text)+".")
	}
	if diff := cmp.Diff(flood[1:4], copied); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
