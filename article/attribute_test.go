package article_test

import (
	"testing"

	"synoptic/article"
	"synoptic/text"
)

// TestAttribute gives a figure to the closest source that is named.
func TestAttribute(t *testing.T) {
	span := func(start, end int) text.Span { return text.Span{Start: start, End: end} }
	told := func(source text.Span, parent int, content ...text.Span) article.Attribution {
		return article.Attribution{Source: article.Source{Span: source, Entity: -1}, Content: content, Parent: parent}
	}
	n := article.Analysis{
		Figures: []article.Figure{{Span: span(2, 4)}, {Span: span(22, 24)}, {Span: span(32, 34)}, {Span: span(42, 44)}, {Span: span(48, 52)}},
		Attributions: []article.Attribution{
			told(span(10, 15), -1, span(20, 29), span(40, 50)), // a broken content; the last figure runs over its end
			told(span(0, 0), 0, span(21, 25)),                  // no source is named
			told(span(16, 18), 0, span(30, 36)),
			told(span(37, 39), 2, span(31, 35)), // the shorter of two
		},
	}
	n.Attributions = append(n.Attributions, told(span(0, 1), -1, span(1, 5)))
	n.Attributions[4].Class = "opposing" // does not give what it takes up
	n.Attribute()
	for i, want := range []int{-1, 0, 3, 0, -1} {
		if got := n.Figures[i].Source; got != want {
			t.Errorf("figure %d: given by %d, want %d", i, got, want)
		}
	}
}
