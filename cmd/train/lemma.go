package main

import (
	"cmp"
	"flag"
	"fmt"
	"io"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"synoptic/internal/analysis/tag"
	"synoptic/internal/model"
	"synoptic/internal/model/word"
)

// lemmaOf is one use of a word, as the two tables of tag.Lemmas see it.
type lemmaOf struct {
	lower   string
	change  string // "drop add", of tag.Lemmas
	letters tag.LetterCase
	changes []uint32
	cases   []uint32
}

// lemmaUses reads off each token how its form becomes its lemma.
func lemmaUses(sets [][]sentence, numbers map[string]uint32) []lemmaOf {
	var uses []lemmaOf
	for _, set := range sets {
		for _, s := range set {
			for i, form := range s.words {
				lemma := s.lemmas[i]
				number, ok := numbers[s.xtags[i]]
				if !ok || lemma == "_" && form != "_" {
					continue
				}
				low, small := strings.ToLower(form), strings.ToLower(lemma)
				same := 0
				for same < min(len(low), len(small)) && low[same] == small[same] {
					same++
				}
				u := lemmaOf{lower: low, change: fmt.Sprintf("%d %s", len(low)-same, small[same:])}
				switch {
				case lemma == small:
					u.letters = tag.Small
				case len(form) == len(low) && strings.HasPrefix(lemma, form[:same]) && lemma[same:] == small[same:]:
					u.letters = tag.Kept
				case lemma == strings.ToUpper(small):
					u.letters = tag.Capitals
				case lemma[1:] == small[1:]:
					u.letters = tag.Capital
				default:
					continue // "Mcdonald" for "MCDONALD": no pattern of ours
				}
				u.changes = tag.Endings(nil, []byte(low), tag.ChangeRoot(number))
				u.cases = tag.Endings(nil, []byte(low), tag.CaseRoot(number, form, i == 0))
				uses = append(uses, u)
			}
		}
	}
	return uses
}

// decide makes the table of one question: an ending gets a row where most of
// the words that carry it answer otherwise than the next shorter ending does.
// Endings are decided by words, whole words by their uses.
func decide(uses []lemmaOf, keys func(*lemmaOf) []uint32, answer func(*lemmaOf) uint16, least int) (*word.Table, error) {
	votes := map[uint32]map[uint16]int{} // by ending, then answer
	length := map[uint32]int{}
	above := map[uint32]uint32{}
	type word1 struct {
		key    uint32
		answer uint16
	}
	counted := map[word1]bool{}
	for i := range uses {
		u := &uses[i]
		ks, a := keys(u), answer(u)
		whole := ks[len(ks)-1]
		fresh := !counted[word1{whole, a}]
		counted[word1{whole, a}] = true
		for k, key := range ks {
			if votes[key] == nil {
				votes[key] = map[uint16]int{}
				length[key] = k
				if k > 0 {
					above[key] = ks[k-1]
				}
			}
			if fresh || key == whole {
				votes[key][a]++
			}
		}
	}
	order := slices.SortedFunc(maps.Keys(votes), func(a, b uint32) int {
		return cmp.Or(length[a]-length[b], cmp.Compare(a, b))
	})
	said := map[uint32]uint16{} // what the table answers at an ending
	var rows []uint32
	var values []uint16
	whole := map[uint32]bool{}
	for i := range uses {
		ks := keys(&uses[i])
		whole[ks[len(ks)-1]] = true
	}
	for _, key := range order {
		top, most, total := uint16(0), 0, 0
		for _, a := range slices.Sorted(maps.Keys(votes[key])) {
			n := votes[key][a]
			total += n
			if n > most {
				top, most = a, n
			}
		}
		before, known := said[above[key]]
		if length[key] == 0 {
			known = false
		}
		if known && (top == before || !whole[key] && (total < least || most*2 <= total)) {
			said[key] = before
			continue
		}
		said[key] = top
		rows = append(rows, key)
		values = append(values, top)
	}
	return word.NewTable(rows, values, 1)
}

// fitLemmas makes both tables.
func fitLemmas(sets [][]sentence, least int) (*model.Builder, error) {
	count := map[string]int{}
	for _, set := range sets {
		for _, s := range set {
			for _, x := range s.xtags {
				count[x]++
			}
		}
	}
	tags := slices.Sorted(maps.Keys(count))
	numbers := map[string]uint32{}
	for i, x := range tags {
		numbers[x] = uint32(i + 1)
	}
	uses := lemmaUses(sets, numbers)
	kinds := map[string]int{}
	for _, u := range uses {
		kinds[u.change]++
	}
	edits := slices.SortedFunc(maps.Keys(kinds), func(a, b string) int {
		return cmp.Or(kinds[b]-kinds[a], strings.Compare(a, b))
	})
	edit := map[string]uint16{}
	for i, e := range edits {
		edit[e] = uint16(i)
	}
	changes, err := decide(uses, func(u *lemmaOf) []uint32 { return u.changes }, func(u *lemmaOf) uint16 { return edit[u.change] }, least)
	if err != nil {
		return nil, err
	}
	cases, err := decide(uses, func(u *lemmaOf) []uint32 { return u.cases }, func(u *lemmaOf) uint16 { return uint16(u.letters) }, least)
	if err != nil {
		return nil, err
	}
	b := &model.Builder{Name: "lemma", About: treebankCredit}
	b.AddStrings("edits", edits)
	b.AddStrings("tags", tags)
	changes.AddTo(b, "changes")
	cases.AddTo(b, "cases")
	return b, nil
}

// scoreLemmas prints the share of right lemmas, with the tags given.
func scoreLemmas(w io.Writer, name string, l *tag.Lemmas, set []sentence, xtags [][]string, show int) {
	n, right := 0, 0
	wrong := map[string]int{}
	for i, s := range set {
		for k, form := range s.words {
			got := string(l.Append(nil, form, xtags[i][k], k == 0))
			n++
			if got == s.lemmas[k] {
				right++
			} else {
				wrong[form+" "+xtags[i][k]+": "+got+", not "+s.lemmas[k]]++
			}
		}
	}
	fmt.Fprintf(w, "%-8s lemmas %.4f of %d words\n", name, float64(right)/float64(n), n)
	most := slices.SortedFunc(maps.Keys(wrong), func(a, b string) int { return cmp.Or(wrong[b]-wrong[a], strings.Compare(a, b)) })
	for _, m := range most[:min(len(most), show)] {
		fmt.Fprintf(w, "  %d %s", wrong[m], m)
	}
	fmt.Fprintln(w)
}

func trainLemma(args []string, log io.Writer) error {
	flags := flag.NewFlagSet("lemma", flag.ContinueOnError)
	corpora := flags.String("corpora", "../shared/corpora", "folder of the corpora")
	out := flags.String("o", "internal/model/weights", "folder that the weights are written to")
	show := flags.Int("show", 0, "print so many of the most frequent errors")
	least := flags.Int("least", 3, "an ending needs so many words")
	if err := flags.Parse(args); err != nil {
		return err
	}
	sets, err := readAll(readConllu, *corpora, "treebank/ewt-train.conllu", "treebank/gum-train.conllu", "treebank/ewt-dev.conllu", "treebank/gum-dev.conllu")
	if err != nil {
		return err
	}
	b, err := fitLemmas(sets[:2], *least)
	if err != nil {
		return err
	}
	data, err := b.Bytes()
	if err != nil {
		return err
	}
	m, err := model.Parse(string(data))
	if err != nil {
		return err
	}
	lexicon, err := readLexicon(*out)
	if err != nil {
		return err
	}
	l, err := tag.ReadLemmas(m, lexicon)
	if err != nil {
		return err
	}
	fmt.Fprintf(log, "%d KB\n", len(data)>>10)
	for i, name := range []string{"ewt-dev", "gum-dev"} {
		var gold [][]string
		for _, s := range sets[2+i] {
			gold = append(gold, s.xtags)
		}
		scoreLemmas(log, name+" (gold tags)", l, sets[2+i], gold, *show)
	}
	return writeModel(b, filepath.Join(*out, "lemma.model"))
}
