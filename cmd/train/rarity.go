package main

import (
	"bufio"
	"flag"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"synoptic/internal/match"
	"synoptic/internal/model"
)

// trainRarity counts in how many sentences of the news and web corpora each
// stem stands.
func trainRarity(args []string, log io.Writer) error {
	flags := flag.NewFlagSet("rarity", flag.ContinueOnError)
	corpora := flags.String("corpora", "../shared/corpora", "folder of the corpora")
	out := flags.String("out", "internal/model/weights/rarity.model", "file to write")
	if err := flags.Parse(args); err != nil {
		return err
	}
	counts, sentences := map[string]int{}, 0
	stems := match.NewStemmer()
	count := func(words []string) {
		sentences++
		seen := map[string]bool{}
		for _, w := range words {
			s := stems.Stem(strings.ReplaceAll(strings.ToLower(w), "’", "'"))
			if !seen[s] {
				seen[s] = true
				counts[strings.Clone(s)]++
			}
		}
	}
	for _, name := range []string{"names/gmb-train.tsv", "treebank/gum-train.conllu", "treebank/ewt-train.conllu"} {
		column := 1
		if strings.HasSuffix(name, ".tsv") {
			column = 0
		}
		if err := sentencesOf(filepath.Join(*corpora, name), column, count); err != nil {
			return err
		}
	}
	const rare = 2
	var kept []string
	for s, n := range counts {
		if n >= rare && strings.IndexFunc(s, func(r rune) bool { return r >= 'a' && r <= 'z' }) >= 0 {
			kept = append(kept, s)
		}
	}
	slices.Sort(kept)
	rarity := make([]uint8, len(kept))
	for i, s := range kept {
		rarity[i] = uint8(255 * math.Log(float64(sentences)/float64(counts[s])) / math.Log(float64(sentences)))
	}
	b := &model.Builder{Name: "rarity", About: "In how many sentences of the Groningen Meaning Bank (public domain texts), GUM (CC BY 4.0, texts CC BY and CC BY-SA) and the English Web Treebank (CC BY-SA 4.0) each stem stands. Made by train rarity; CC BY-SA 4.0."}
	b.AddStrings("stems", kept)
	model.Add(b, "rarity", model.Tensor[uint8]{Data: rarity, Scale: 1. / 255})
	data, err := b.Bytes()
	if err != nil {
		return err
	}
	fmt.Fprintf(log, "%d sentences, %d stems, %d bytes\n", sentences, len(kept), len(data))
	return os.WriteFile(*out, data, 0o644)
}

// sentencesOf hands the words of every sentence of a file of columns to do.
func sentencesOf(path string, column int, do func(words []string)) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	var words []string
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		line := lines.Text()
		if line == "" {
			if len(words) > 0 {
				do(words)
			}
			words = words[:0]
			continue
		}
		cells := strings.Split(line, "\t")
		if strings.HasPrefix(line, "#") && len(cells) == 1 || column == 1 && strings.ContainsAny(cells[0], "-.") || len(cells) <= column {
			continue
		}
		words = append(words, cells[column])
	}
	if len(words) > 0 {
		do(words)
	}
	return lines.Err()
}
