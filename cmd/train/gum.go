package main

import (
	"strings"

	"synoptic/internal/model/gazetteer"
	"synoptic/internal/model/word"
)

// gumKinds are GUM's types of entities whose names we take.
var gumKinds = map[string]string{"person": "PER", "organization": "ORG", "place": "LOC"}

// gumNames fills the names of sentences read from GUM, which marks every phrase
// that refers to something: "(8-organization-…" opens a phrase, "8)" closes it.
// A phrase is taken as a name where it is headed by a proper noun; the name is
// the proper nouns around that head, without article, title and apposition.
func gumNames(set []sentence, g *gazetteer.Gazetteer) {
	type phrase struct {
		id, kind string
		first    int
	}
	var open []phrase // some run over the end of their sentence
	for k := range set {
		s := &set[k]
		s.names = make([]string, s.len())
		for i := range s.names {
			s.names[i] = "O"
		}
		for i := range open {
			open[i].first = 0
		}
		for i := range s.words {
			marks := ""
			for _, m := range strings.Split(s.misc[i], "|") {
				if v, ok := strings.CutPrefix(m, "Entity="); ok {
					marks = v
				}
			}
			for len(marks) > 0 {
				opens := marks[0] == '('
				end := strings.IndexAny(marks[1:], "()") + 1
				if end == 0 {
					end = len(marks)
				}
				closes := end < len(marks) && marks[end] == ')'
				fields := strings.Split(strings.Trim(marks[:end], "()"), "-")
				if opens && len(fields) > 1 {
					open = append(open, phrase{fields[0], fields[1], i})
				}
				if closes {
					end++
					for j := len(open) - 1; j >= 0; j-- {
						if open[j].id == fields[0] {
							s.gumName(g, open[j].first, i+1, gumKinds[open[j].kind])
							open = append(open[:j], open[j+1:]...)
							break
						}
					}
				}
				marks = marks[end:]
			}
		}
	}
}

// gumName marks the name in the phrase of tokens first to end, if it has one.
func (s *sentence) gumName(g *gazetteer.Gazetteer, first, end int, kind string) {
	head := -1
	for i := first; i < end; i++ {
		if s.heads[i] < first || s.heads[i] >= end {
			head = i
			break
		}
	}
	if kind == "" || head < 0 || s.tags[head] != "PROPN" {
		return
	}
	proper := func(i int) bool { return s.tags[i] == "PROPN" }
	joins := func(i int) bool {
		switch strings.ToLower(s.words[i]) {
		case "-", "of", "&", "and", "for", "the", ".", "de", "al":
			return true
		}
		return s.tags[i] == "ADJ" || s.tags[i] == "NUM" || s.tags[i] == "NOUN"
	}
	from, to := head, head+1
	for i := head - 1; i >= first && (proper(i) || joins(i) && kind != "PER" || s.words[i] == "-"); i-- {
		if proper(i) {
			from = i
		}
	}
	for i := head + 1; i < end && (proper(i) || joins(i) && kind == "ORG" || s.words[i] == "-"); i++ {
		if proper(i) {
			to = i + 1
		}
	}
	for kind == "PER" && from < to-1 {
		n, lists := g.Longest(func(i int) uint32 { return word.Of(s.words[from+i]).Norm }, to-from-1)
		if lists&gazetteer.Title == 0 || lists&gazetteer.FirstName != 0 {
			break
		}
		from += n
	}
	for i := from; i < to; i++ {
		if s.names[i] != "O" && kind != "ORG" {
			return
		}
	}
	for i := from; i < to; i++ {
		s.names[i] = "I-" + kind
	}
	s.names[from] = "B-" + kind
	// What a longer name has swallowed in part ends where that one begins.
	if to < s.len() && strings.HasPrefix(s.names[to], "I-") {
		s.names[to] = "B-" + s.names[to][2:]
	}
}
