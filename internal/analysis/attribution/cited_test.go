package attribution_test

import (
	"strings"
	"testing"

	"synoptic/article"
)

// TestCited holds that who is cited stands below who cites them, with the same
// words: each attribution is a chain of sources, outermost first, and a content.
func TestCited(t *testing.T) {
	p := pipeline(t)
	tests := []struct{ body, chain, content string }{
		{"The Times reported, citing two people familiar with the matter, that the deal was dead.", "The Times > two people familiar with the matter", "that the deal was dead"},
		{"The Times, citing two people familiar with the matter, reported that the deal was dead.", "The Times > two people familiar with the matter", "that the deal was dead"},
		{"The Times reported that the deal was dead, citing two people familiar with the matter.", "The Times > two people familiar with the matter", "that the deal was dead"},
		{"Quoting a diver, Reuters reported that the hull was cracked.", "Reuters > a diver", "that the hull was cracked"},
		{"Channel 12, which cited a Palestinian source, reported that the talks had failed.", "Channel 12 > a Palestinian source", "that the talks had failed"},
		{"The deal was dead, Kan News said, citing officials.", "Kan News > officials", "The deal was dead"},
		{"“The plan is dead,” Reuters reported, citing an official.", "Reuters > an official", "The plan is dead,"},
		{"Reuters quoted an official as saying the plan was dead.", "Reuters > an official", "the plan was dead"},
		{"The agency quoted the minister, Ruth Okello, as saying that the line would close.", "The agency > Ruth Okello", "that the line would close"},
		{"Kan News quoted a diver as telling reporters that the hull was cracked.", "Kan News > a diver", "that the hull was cracked"},
		{"The Bay Herald quoted Ana Prado as saying “the line is closed”.", "Bay Herald > Ana Prado", "the line is closed"},
		{"The minister was quoted by the Bay Herald as saying that the line would close.", "Bay Herald > The minister", "that the line would close"},
		{"The minister was quoted as saying that the line would close.", "The minister", "that the line would close"},
	}
	for _, test := range tests {
		t.Run(test.body, func(t *testing.T) {
			a := plain("Storm\n" + test.body)
			all := annotate(t, p, a).Attributions
			var lines []string
			for _, x := range all {
				if line := chain(all, x) + ": " + x.Content[0].Of(a.Text); len(x.Content) == 1 && line == test.chain+": "+test.content {
					return
				}
				lines = append(lines, show(a, x))
			}
			t.Errorf("want %s: %s, got\n%s", test.chain, test.content, strings.Join(lines, "\n"))
		})
	}
}

// chain names the sources of x, outermost first.
func chain(all []article.Attribution, x article.Attribution) string {
	if x.Parent < 0 {
		return x.Source.Name
	}
	return chain(all, all[x.Parent]) + " > " + x.Source.Name
}

// TestReasonCited holds that what only gives a reason is not given any words.
func TestReasonCited(t *testing.T) {
	p := pipeline(t)
	for _, body := range []string{
		"The firm said it would sell the ship, citing high costs.",
		"The board closed the line, citing an inspector.",
		"The firm said it would close the line, citing lawyers.",
	} {
		a := plain("Storm\n" + body)
		for _, x := range annotate(t, p, a).Attributions {
			if x.Cue.Of(a.Text) == "citing" && x.Source.Name != "The firm" && x.Source.Name != "The board" {
				t.Errorf("%q: %s", body, show(a, x))
			}
		}
	}
}
