// Package attribution finds who said what: a source, a cue and a content, as
// the literature on attribution relations has them (Pareti 2015). An article
// with its sentences and tokens comes in; attributions go out, in order of
// place. So far it finds what stands in quotation marks.
package attribution

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"synoptic/article"
	"synoptic/internal/analysis"
	"synoptic/text"
)

// Pass fills the attributions.
var Pass = analysis.Pass{
	Name:     "attribution",
	Doc:      "who said what in which words: quotations with their source and cue",
	Language: "en",
	Needs:    article.Sentences | article.Tokens,
	Gives:    article.Attributions,
	Run:      run,
}

func run(a *article.Article, n *article.Analysis) error {
	f := finder{article: a, analysis: n, names: fullNames(a.Text, n), last: article.Source{Entity: -1}}
	var marks []quotation
	for _, p := range a.Paragraphs {
		marks = quotations(a.Text, p.Span, marks[:0])
		f.paragraph(p.Span, marks)
		f.runsOn = len(marks) > 0 && marks[len(marks)-1].open
	}
	return nil
}

// finder walks the paragraphs of one article.
type finder struct {
	article  *article.Article
	analysis *article.Analysis
	names    map[string]string // last word of a name to the fullest form of it in the article
	token    int               // first token of the current paragraph
	last     article.Source    // the last source that was found
	runsOn   bool              // the last paragraph ended within a quotation
}

// paragraph attributes the quotations of one paragraph.
func (f *finder) paragraph(p text.Span, marks []quotation) {
	n := f.analysis
	for f.token < len(n.Tokens) && n.Tokens[f.token].Start < p.Start {
		f.token++
	}
	end := f.token
	for end < len(n.Tokens) && n.Tokens[end].End <= p.End {
		end++
	}
	tokens := n.Tokens[f.token:end]
	var inherited *article.Source
	for i, q := range marks {
		source, cue, found := f.attribute(tokens, marks, i)
		switch {
		case found:
			inherited = &source
		case i == 0 && f.runsOn && q.outer.Start == p.Start:
			source, found = f.last, true
		case inherited != nil && f.sentence(q.inner):
			source, found = *inherited, true
		case f.sentence(q.inner) && q.outer.Start == p.Start && f.last.Name != "":
			source, found = f.last, true
		}
		if !found && !f.sentence(q.inner) {
			continue // a title, a nickname, the writer's own marks
		}
		if !cue.Empty() || source.Name != "" {
			f.last = source
		}
		kind := article.Direct
		if !f.sentence(q.inner) {
			kind = article.Partial
		}
		n.Attributions = append(n.Attributions, article.Attribution{
			Source: source, Cue: cue, Content: []text.Span{q.inner},
			Kind: kind, Class: cues[strings.ToLower(cue.Of(f.article.Text))], Parent: -1,
		})
	}
	f.token = end
}

// sentence reports whether words could be a whole utterance: they begin as a
// sentence does and are at least four.
func (f *finder) sentence(s text.Span) bool {
	words := s.Of(f.article.Text)
	first, _ := utf8.DecodeRuneInString(strings.TrimLeft(words, "[(…. "))
	return (unicode.IsUpper(first) || unicode.IsDigit(first)) && strings.Count(words, " ") >= 3
}

// reach is how many tokens a cue may stand away from its quotation.
const reach = 14

// attribute looks for the cue and source of marks[i] after it and before it,
// within its sentences.
func (f *finder) attribute(tokens []article.Token, marks []quotation, i int) (source article.Source, cue text.Span, found bool) {
	q := marks[i]
	after, before := 0, 0
	for before < len(tokens) && tokens[before].End <= q.outer.Start {
		before++
	}
	for after < len(tokens) && tokens[after].Start < q.outer.End {
		after++
	}
	if s, c, ok := f.forward(tokens, after, stop(marks, i+1)); ok {
		return s, c, true
	}
	return f.backward(tokens, before)
}

func stop(marks []quotation, i int) int {
	if i < len(marks) {
		return marks[i].outer.Start
	}
	return int(^uint(0) >> 1)
}

// forward reads `said Ann Lee`, `Ann Lee said` and `according to Ann Lee` after
// a quotation.
func (f *finder) forward(tokens []article.Token, from, limit int) (article.Source, text.Span, bool) {
	s := article.Source{Entity: -1}
	for i := from; i < len(tokens) && i < from+reach && tokens[i].Start < limit; i++ {
		w := f.lower(tokens[i])
		if w == "." || w == "!" || w == "?" {
			break
		}
		if w == "according" && i+1 < len(tokens) && f.lower(tokens[i+1]) == "to" {
			return f.source(tokens, i+2, f.phraseEnd(tokens, i+2, limit)), text.Span{Start: tokens[i].Start, End: tokens[i+1].End}, true
		}
		if _, ok := cues[w]; !ok {
			continue
		}
		if i == from || i == from+1 && !f.wordy(tokens[from]) {
			s = f.source(tokens, i+1, f.phraseEnd(tokens, i+1, limit))
		}
		if s.Empty() {
			s = f.source(tokens, f.phraseStart(tokens, i, from), i)
		}
		return s, tokens[i].Span, true
	}
	return s, text.Span{}, false
}

// backward reads `Ann Lee said: ` and the like before a quotation.
func (f *finder) backward(tokens []article.Token, to int) (article.Source, text.Span, bool) {
	for i := to - 1; i >= 0 && i >= to-reach; i-- {
		w := f.lower(tokens[i])
		if (w == "." || w == "!" || w == "?") && i < to-1 {
			break
		}
		if _, ok := cues[w]; ok {
			return f.source(tokens, f.phraseStart(tokens, i, 0), i), tokens[i].Span, true
		}
	}
	return article.Source{Entity: -1}, text.Span{}, false
}

func (f *finder) lower(t article.Token) string { return strings.ToLower(t.Of(f.article.Text)) }

// phraseStart walks back from a cue to where its subject may begin.
func (f *finder) phraseStart(tokens []article.Token, cue, from int) int {
	i := cue
	for i > from {
		switch f.lower(tokens[i-1]) {
		case ".", "!", "?", ";", ":", "\"", "“", "”", "and", "but", "that", "as", "while", "who":
			return i
		}
		i--
	}
	return i
}

// phraseEnd walks forward to where a source may end.
func (f *finder) phraseEnd(tokens []article.Token, from, limit int) int {
	i := from
	for i < len(tokens) && tokens[i].Start < limit && i < from+reach {
		switch f.lower(tokens[i]) {
		case ".", "!", "?", ";", ":", ",", "\"", "“", "”", "in", "on", "at", "after", "as", "while", "who", "when":
			return i
		}
		i++
	}
	return i
}

// source names whom tokens[from:to] name: a person or group by the longest run
// of capitalised words, a pronoun by the source before it, or a description as
// it stands.
func (f *finder) source(tokens []article.Token, from, to int) article.Source {
	s := article.Source{Entity: -1}
	for from < to && !f.wordy(tokens[from]) {
		from++
	}
	for from < to && !f.wordy(tokens[to-1]) {
		to--
	}
	if from >= to {
		return s
	}
	switch f.lower(tokens[to-1]) {
	case "he", "she", "they", "it", "i", "we":
		s = f.last
		s.Span = tokens[to-1].Span
		return s
	}
	name := longestName(f.article.Text, tokens[from:to])
	if name.Empty() {
		if d := f.lower(tokens[from]); d == "the" || d == "a" || d == "an" {
			s.Span = text.Span{Start: tokens[from].Start, End: tokens[to-1].End}
			s.Name = s.Of(f.article.Text)
		}
		return s
	}
	s.Span = name
	s.Name = name.Of(f.article.Text)
	if full, ok := f.names[s.Name]; ok {
		s.Name = full
	}
	return s
}

func (f *finder) wordy(t article.Token) bool {
	r, _ := utf8.DecodeRuneInString(t.Of(f.article.Text))
	return unicode.IsLetter(r) || unicode.IsDigit(r)
}

// longestName is the longest run of capitalised tokens, the last of equals.
func longestName(body string, tokens []article.Token) text.Span {
	var best, run text.Span
	size, longest := 0, 0
	for _, t := range tokens {
		r, _ := utf8.DecodeRuneInString(t.Of(body))
		if !unicode.IsUpper(r) || titles[t.Of(body)] {
			size, run = 0, text.Span{}
			continue
		}
		run = run.Cover(t.Span)
		if size++; size >= longest {
			best, longest = run, size
		}
	}
	return best
}

// titles stand before a name and are no part of it.
var titles = map[string]bool{
	"The": true, "A": true, "An": true, "Mr": true, "Mrs": true, "Ms": true, "Dr": true, "Mr.": true, "Mrs.": true, "Ms.": true, "Dr.": true,
	"President": true, "Prime": true, "Minister": true, "Senator": true, "Sen.": true, "Rep.": true, "Gov.": true, "General": true, "Gen.": true,
}

// fullNames maps the last word of every run of capitalised words to the first
// such run of two or three words that ends so.
func fullNames(body string, n *article.Analysis) map[string]string {
	names := map[string]string{}
	for _, s := range n.Sentences {
		var run text.Span
		size := 0
		for i := s.First; i <= s.Last; i++ {
			if i < s.Last {
				t := n.Tokens[i]
				if r, _ := utf8.DecodeRuneInString(t.Of(body)); unicode.IsUpper(r) && !titles[t.Of(body)] {
					run = run.Cover(t.Span)
					size++
					continue
				}
			}
			if size == 2 || size == 3 {
				full := run.Of(body)
				last := full[strings.LastIndexByte(full, ' ')+1:]
				if _, ok := names[last]; !ok {
					names[last] = full
				}
			}
			run, size = text.Span{}, 0
		}
	}
	return names
}
