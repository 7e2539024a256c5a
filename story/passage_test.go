package story_test

import (
	"slices"
	"strings"
	"testing"

	"synoptic/article"
	"synoptic/story"
	"synoptic/text"
)

// TestSamePassage: a passage is copied where most of it is one long run of
// another's words, whatever stands around it, and not for what it quotes.
func TestSamePassage(t *testing.T) {
	const said = `“The water came so fast that we could not save a single chair from the school, and nobody had warned us,”`
	for _, test := range []struct {
		name   string
		x, y   string
		quotes string // what both quote without double marks
		want   bool
	}{
		{name: "word for word", x: flood[1], y: flood[1], want: true},
		{name: "with a word changed near its end", x: flood[1], y: strings.Replace(flood[1], "a kitchen", "two kitchens", 1), want: true},
		{
			name: "cut short", want: true, x: flood[3],
			y: `Trains between Telm and the coast will not run before Wednesday, the railway said.`,
		},
		{
			name: "rewritten", x: flood[3],
			y: `No trains will run between Telm and the coast until Wednesday at the earliest, the railway said in a statement.`,
		},
		{
			name: "nothing but an office and its holder",
			x:    `The deputy minister for rivers, harbours and coasts of Sarneland Orla Finch flew over the valley with two engineers from the dam.`,
			y:    `The deputy minister for rivers, harbours and coasts of Sarneland Orla Finch said that homes would be rebuilt before the winter.`,
		},
		{name: "said in the only way", x: `The lower town was under water by eight.`, y: `The lower town was under water by eight.`},
		{
			name: "one statement, and who made it",
			x:    said + ` the head teacher of the lower town’s only primary school told reporters.`,
			y:    said + ` the head teacher of the lower town’s only primary school told reporters.`,
		},
		{
			name: "copied beyond what it quotes", want: true,
			x: `“Stay at home,” Orla Finch told some forty people who had gathered in the rain in front of the closed town hall late on Sunday.`,
			y: `“Stay at home,” Orla Finch told some forty people who had gathered in the rain in front of the closed town hall late on Sunday.`,
		},
		{
			name: "one statement in other marks", quotes: `The water came so fast that we could not save a single chair from the school`,
			x: `‘The water came so fast that we could not save a single chair from the school,’ she said.`,
			y: `‘The water came so fast that we could not save a single chair from the school,’ she said.`,
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			articles := []*article.Article{
				printed(t, "Herald", slices.Concat(own(1, 3), []string{test.x}, own(2, 3))...),
				printed(t, "Echo", slices.Concat(own(3, 1), []string{test.y}, own(4, 6))...),
			}
			at := func(i int, words string) text.Span {
				start := strings.Index(articles[i].Text, words)
				return text.Span{Start: start, End: start + len(words)}
			}
			origins := story.Origins(articles)
			if len(origins) != 2 {
				t.Fatalf("%d origins", len(origins))
			}
			quotes := make([][]text.Span, 2)
			if test.quotes != "" {
				quotes = [][]text.Span{{at(0, test.quotes)}, {at(1, test.quotes)}}
			}
			c := story.NewCopies(articles, origins, quotes)
			x, y := at(0, test.x), at(1, test.y)
			if there, back := c.Same(0, x, 1, y), c.Same(1, y, 0, x); there != test.want || back != test.want {
				t.Errorf("copied is %v and, the other way, %v; want %v", there, back, test.want)
			}
			if before := articles[0].Paragraphs[0].Span; c.Shares(0, before) || c.Same(0, before, 1, y) {
				t.Error("a writer's own paragraph is told to be copied")
			}
		})
	}
}
