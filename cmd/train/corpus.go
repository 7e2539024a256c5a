package main

import (
	"bufio"
	"fmt"
	"os"
	"strconv"
	"strings"
)

// sentence is one sentence of a corpus, column by column; a column that the
// corpus does not have is nil.
type sentence struct {
	words  []string
	lemmas []string
	tags   []string // universal
	xtags  []string // Penn Treebank
	heads  []int    // index of the head in the sentence, -1 for a root or none
	misc   []string
	names  []string // B-PER, I-PER, …, O
}

func (s *sentence) len() int { return len(s.words) }

// readConllu reads the syntactic words of a CoNLL-U file.
func readConllu(path string) ([]sentence, error) {
	return readLines(path, func(s *sentence, c []string) error {
		if len(c) != 10 {
			return fmt.Errorf("%d columns, not 10", len(c))
		}
		if strings.ContainsAny(c[0], "-.") {
			return nil
		}
		s.words = append(s.words, c[1])
		s.lemmas = append(s.lemmas, c[2])
		s.tags = append(s.tags, c[3])
		s.xtags = append(s.xtags, c[4])
		head := 0
		if c[6] != "_" {
			n, err := strconv.Atoi(c[6])
			if err != nil {
				return fmt.Errorf("head: %w", err)
			}
			head = n
		}
		s.heads = append(s.heads, head-1)
		s.misc = append(s.misc, c[9])
		return nil
	})
}

// gmbKinds are the labels of the Groningen Meaning Bank that we keep.
var gmbKinds = map[string]string{"per": "PER", "org": "ORG", "geo": "LOC", "gpe": "NORP"}

// readGMB reads word, Penn tag and name tag of the Groningen Meaning Bank.
func readGMB(path string) ([]sentence, error) {
	return readLines(path, func(s *sentence, c []string) error {
		if len(c) != 3 {
			return fmt.Errorf("%d columns, not 3", len(c))
		}
		s.words = append(s.words, c[0])
		s.xtags = append(s.xtags, c[1])
		s.names = append(s.names, keepName(c[2], gmbKinds))
		return nil
	})
}

// unerKinds are the labels of Universal NER that are reliable in English.
var unerKinds = map[string]string{"PER": "PER", "ORG": "ORG", "LOC": "LOC"}

// readUNER reads the words and names of Universal NER.
func readUNER(path string) ([]sentence, error) {
	return readLines(path, func(s *sentence, c []string) error {
		if len(c) < 3 {
			return fmt.Errorf("%d columns, fewer than 3", len(c))
		}
		s.words = append(s.words, c[1])
		s.names = append(s.names, keepName(c[2], unerKinds))
		return nil
	})
}

func keepName(label string, kinds map[string]string) string {
	if len(label) > 2 {
		if kind := kinds[label[2:]]; kind != "" {
			return label[:2] + kind
		}
	}
	return "O"
}

// readLines cuts a file of tab-separated lines into sentences at empty lines,
// without the comments.
func readLines(path string, add func(*sentence, []string) error) ([]sentence, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var all []sentence
	var s sentence
	flush := func() {
		if s.len() > 0 {
			all = append(all, s)
		}
		s = sentence{}
	}
	in := bufio.NewScanner(f)
	in.Buffer(nil, 1<<20)
	for n := 1; in.Scan(); n++ {
		line := in.Text()
		switch {
		case line == "":
			flush()
		case !strings.HasPrefix(line, "# ") && line != "#":
			if err := add(&s, strings.Split(line, "\t")); err != nil {
				return nil, fmt.Errorf("%s:%d: %w", path, n, err)
			}
		}
	}
	flush()
	return all, in.Err()
}

// writeConllu writes words with their lemmas and tags; heads are left open.
func writeConllu(path string, set []sentence) error {
	var b strings.Builder
	for _, s := range set {
		for i, w := range s.words {
			fmt.Fprintf(&b, "%d\t%s\t%s\t%s\t%s\t_\t_\t_\t_\t_\n", i+1, w, s.lemmas[i], s.tags[i], s.xtags[i])
		}
		b.WriteByte('\n')
	}
	return os.WriteFile(path, []byte(b.String()), 0o644)
}
