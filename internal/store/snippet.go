package store

import (
	"unicode/utf8"

	"synoptic/article"
	"synoptic/text"
)

// snippetLen is how many bytes a snippet has at most.
const snippetLen = 240

// Snippet cuts the words out of a that show best why a query fits, within one
// paragraph, with what fits in them. Where nothing in the body does, it is how
// the account begins.
func Snippet(a *article.Article, q Query) (string, []Mark) {
	marks := q.Find(a.Text)
	var best text.Span
	most := -1
	at := 0
	for _, p := range a.Paragraphs {
		for at < len(marks) && marks[at].Start < p.Start {
			at++
		}
		if p.Kind == article.Headline || p.Kind == article.Note || p.Empty() {
			continue
		}
		if most < 0 {
			best, most = window(a.Text, p.Span, p.Start), 0
		}
		for i := at; i < len(marks) && marks[i].End <= p.End; i++ {
			w := window(a.Text, p.Span, marks[i].Start)
			if n := distinct(a.Text, marks[i:], w); n > most {
				best, most = w, n
			}
		}
	}
	if most < 0 {
		best = window(a.Text, text.Span{End: len(a.Text)}, 0)
	}
	var within []Mark
	for _, m := range marks {
		if best.Start <= m.Start && m.End <= best.End {
			within = append(within, Mark{m.Start - best.Start, m.End - best.Start})
		}
	}
	return best.Of(a.Text), within
}

// window is the part of a paragraph to show for a mark at a byte: a little
// before it and what fits in behind it, between words.
func window(body string, paragraph text.Span, at int) text.Span {
	if paragraph.Len() <= snippetLen {
		return paragraph
	}
	start := max(paragraph.Start, min(at-snippetLen/4, paragraph.End-snippetLen))
	if start > paragraph.Start {
		for start < at && body[start] != ' ' {
			start++
		}
		for start < at && (body[start] == ' ' || !utf8.RuneStart(body[start])) {
			start++
		}
	}
	end := min(start+snippetLen, paragraph.End)
	if end < paragraph.End {
		cut := end
		for cut > start+snippetLen/2 && body[cut] != ' ' {
			cut--
		}
		if cut > start+snippetLen/2 {
			end = cut
		}
		for !utf8.RuneStart(body[end]) {
			end--
		}
	}
	return text.Span{Start: start, End: end}
}

// distinct counts the different words among the marks within w, and a little for
// each one that comes again.
func distinct(body string, marks []Mark, w text.Span) int {
	n := 0
	for i, m := range marks {
		if m.End > w.End {
			break
		}
		score := 8
		for _, o := range marks[:i] {
			if Folded(body[o.Start:o.End]) == Folded(body[m.Start:m.End]) {
				score = 1
				break
			}
		}
		n += score
		if i > 16 {
			break
		}
	}
	return n
}
