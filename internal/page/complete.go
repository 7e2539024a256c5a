package page

import (
	"strings"

	"synoptic/article"
)

// completeness guesses how much of the account is there, from 0 to 1. It
// starts from 1 and takes the worst of the signs: what the page declares, words
// of a paywall, dots or half a sentence at the end, a text of a few lines.
func (d *draft) completeness(a *article.Article) float64 {
	words := 0
	var last *article.Paragraph
	for i := range a.Paragraphs {
		if p := &a.Paragraphs[i]; p.Kind == article.Body {
			words += len(strings.Fields(p.Of(a.Text)))
			last = p
		}
	}
	complete := 1.0
	at := func(v float64) { complete = min(complete, v) }
	if d.words > 0 {
		at(float64(words) / (0.9 * float64(d.words))) // counts differ by a tenth with captions and notes
	}
	if d.cut {
		if words < 250 {
			at(0.3)
		} else {
			at(0.6)
		}
	}
	if d.free != nil && !*d.free && words < 250 {
		at(0.4)
	}
	if last != nil && d.unfinished {
		if endingOf(last.Of(a.Text)) == trailing {
			at(0.4)
		} else {
			at(0.6)
		}
	}
	switch {
	case words == 0 && d.headlines:
		at(0)
	case spaceless(a.Language):
	case words < 30:
		at(0.4)
	case words < 60:
		at(0.7)
	}
	return min(max(complete, 0), 1)
}

// spaceless tells languages that write no space between words.
func spaceless(tag string) bool {
	primary, _, _ := strings.Cut(tag, "-")
	switch primary {
	case "zh", "ja", "th", "lo", "km", "my":
		return true
	}
	return false
}
