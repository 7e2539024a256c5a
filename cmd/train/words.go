package main

import (
	"cmp"
	"flag"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"synoptic/internal/model"
	"synoptic/internal/model/word"
)

// rare words get no entry: what is known of them from one or two places would
// look surer in fitting than it is.
const rare = 3

// lexicon fits the word classes on the raw text of the corpora and on the
// Groningen Meaning Bank's own part-of-speech tags.
func lexicon(sets [][]sentence, gmb []sentence, fine, coarse, rounds int, log io.Writer) (*word.Lexicon, error) {
	count := map[uint32]int{}
	capital, inside := map[uint32]int{}, map[uint32]int{}
	var hashed [][]uint32
	for _, set := range sets {
		for _, s := range set {
			row := make([]uint32, len(s.words))
			for i, w := range s.words {
				f := word.Of(w)
				row[i] = f.Norm
				count[f.Norm]++
				if i > 0 && f.Flags&word.Letter != 0 {
					inside[f.Norm]++
					if f.Flags&word.Initial != 0 {
						capital[f.Norm]++
					}
				}
			}
			hashed = append(hashed, row)
		}
	}
	var order []uint32
	for w, n := range count {
		if n >= rare {
			order = append(order, w)
		}
	}
	slices.SortFunc(order, func(a, b uint32) int {
		return cmp.Or(count[b]-count[a], cmp.Compare(a, b))
	})
	number := map[uint32]int32{}
	for i, w := range order {
		number[w] = int32(i)
	}
	// What is too rare is one word of its own, the last.
	text := make([][]int32, len(hashed))
	for i, row := range hashed {
		for _, w := range row {
			n, ok := number[w]
			if !ok {
				n = int32(len(order))
			}
			text[i] = append(text[i], n)
		}
	}
	fines := clusters(text, len(order)+1, fine, rounds, log)
	coarses := clusters(text, len(order)+1, coarse, rounds, log)
	classes := tagClasses(gmb)

	entries := make([]word.Entry, len(order))
	for i, w := range order {
		e := word.Entry{Fine: fines[i], Coarse: coarses[i], Class: classes[w]}
		if inside[w] >= rare {
			e.Case = uint16(1 + 4*capital[w]/inside[w])
		}
		entries[i] = e
	}
	return word.NewLexicon(order, entries)
}

// tagClasses numbers, for every word of a tagged corpus, the set of tags that
// make up at least a tenth of its uses, most frequent first.
func tagClasses(tagged []sentence) map[uint32]uint16 {
	uses := map[uint32]map[string]int{}
	for _, s := range tagged {
		for i, w := range s.words {
			h := word.Of(w).Norm
			if uses[h] == nil {
				uses[h] = map[string]int{}
			}
			uses[h][s.xtags[i]]++
		}
	}
	names := map[uint32]string{}
	size := map[string]int{}
	for w, tags := range uses {
		total := 0
		var kinds []string
		for t, n := range tags {
			total += n
			kinds = append(kinds, t)
		}
		if total < rare {
			continue
		}
		slices.SortFunc(kinds, func(a, b string) int { return cmp.Or(tags[b]-tags[a], strings.Compare(a, b)) })
		kinds = slices.DeleteFunc(kinds, func(t string) bool { return tags[t]*10 < total })
		names[w] = strings.Join(kinds, " ")
		size[names[w]] += total
	}
	var order []string
	for c := range size {
		order = append(order, c)
	}
	slices.SortFunc(order, func(a, b string) int { return cmp.Or(size[b]-size[a], strings.Compare(a, b)) })
	number := map[string]uint16{}
	for i, c := range order {
		number[c] = uint16(i + 1)
	}
	out := map[uint32]uint16{}
	for w, c := range names {
		out[w] = number[c]
	}
	return out
}

func printClusters(log io.Writer, sets [][]sentence, l *word.Lexicon, few int) {
	seen := map[uint16][]string{}
	done := map[string]bool{}
	for _, set := range sets {
		for _, s := range set {
			for _, w := range s.words {
				w = strings.ToLower(w)
				if e := l.Look(w); !done[w] && e.Fine != 0 && len(seen[e.Fine]) < 12 {
					done[w] = true
					seen[e.Fine] = append(seen[e.Fine], w)
				}
			}
		}
	}
	for c := uint16(1); int(c) <= few; c++ {
		fmt.Fprintln(log, c, seen[c])
	}
}

func trainWords(args []string, log io.Writer) error {
	flags := flag.NewFlagSet("words", flag.ContinueOnError)
	corpora := flags.String("corpora", "../shared/corpora", "folder of the corpora")
	out := flags.String("o", "internal/model/weights", "folder that the weights are written to")
	fine := flags.Int("fine", 400, "clusters of the fine clustering")
	coarse := flags.Int("coarse", 48, "clusters of the coarse one")
	rounds := flags.Int("rounds", 20, "rounds of the exchange algorithm at most")
	show := flags.Int("show", 0, "print words of so many clusters")
	if err := flags.Parse(args); err != nil {
		return err
	}
	sets, err := readAll(readConllu, *corpora, "treebank/ewt-train.conllu", "treebank/gum-train.conllu")
	if err != nil {
		return err
	}
	gmb, err := readGMB(filepath.Join(*corpora, "names/gmb-train.tsv"))
	if err != nil {
		return err
	}
	sets = append(sets, gmb)
	l, err := lexicon(sets, gmb, *fine, *coarse, *rounds, log)
	if err != nil {
		return err
	}
	printClusters(log, sets, l, *show)
	b := &model.Builder{Name: "words", About: wordsCredit}
	l.AddTo(b)
	return writeModel(b, filepath.Join(*out, "words.model"))
}

const wordsCredit = "Clusters of words from the raw text of the Universal Dependencies English Web Treebank (CC BY-SA 4.0), of GUM (texts CC BY or CC BY-SA) and of the Groningen Meaning Bank (public domain); classes of words from the latter's part-of-speech tags. These weights: CC BY-SA 4.0."
