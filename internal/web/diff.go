package web

import "strings"

// changeKind is what happened to words from one version to another.
type changeKind uint8

const (
	kept changeKind = iota
	removed
	added
)

// change is words in a row that were kept, removed or added.
type change struct {
	kind  changeKind
	words string
}

// mostWords bounds how much is compared word by word: the work grows with the
// square of what lies between the first and the last difference.
const mostWords = 3000

// difference is the text of newer by paragraph, with what it lost and gained
// since older.
func difference(older, newer string) [][]change {
	a, b := wordsOf(older), wordsOf(newer)
	head := 0
	for head < len(a) && head < len(b) && a[head] == b[head] {
		head++
	}
	tail := 0
	for tail < len(a)-head && tail < len(b)-head && a[len(a)-1-tail] == b[len(b)-1-tail] {
		tail++
	}
	var w differ
	w.put(kept, a[:head]...)
	w.middle(a[head:len(a)-tail], b[head:len(b)-tail])
	w.put(kept, a[len(a)-tail:]...)
	return w.out
}

// wordsOf is s in pieces that together are s: words with the blank after them,
// and line ends.
func wordsOf(s string) []string {
	var words []string
	for line := range strings.Lines(s) {
		line, ended := strings.CutSuffix(line, "\n")
		words = append(words, strings.SplitAfter(line, " ")...)
		if ended {
			words = append(words, "\n")
		}
	}
	return words
}

// differ gathers changes paragraph by paragraph.
type differ struct{ out [][]change }

func (w *differ) put(kind changeKind, words ...string) {
	for _, word := range words {
		if len(w.out) == 0 {
			w.out = append(w.out, nil)
		}
		if word == "\n" {
			w.out = append(w.out, nil)
			continue
		}
		last := &w.out[len(w.out)-1]
		if n := len(*last); n > 0 && (*last)[n-1].kind == kind {
			(*last)[n-1].words += word
		} else {
			*last = append(*last, change{kind, word})
		}
	}
}

// middle compares by the longest common subsequence of words; what is too long
// for that is given as removed and added whole.
func (w *differ) middle(a, b []string) {
	if len(a) > mostWords || len(b) > mostWords {
		w.put(removed, a...)
		w.put(added, b...)
		return
	}
	width := len(b) + 1
	common := make([]uint16, (len(a)+1)*width) // of a[i:] and b[j:]
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if a[i] == b[j] {
				common[i*width+j] = common[(i+1)*width+j+1] + 1
			} else {
				common[i*width+j] = max(common[(i+1)*width+j], common[i*width+j+1])
			}
		}
	}
	i, j := 0, 0
	for i < len(a) && j < len(b) {
		switch {
		case a[i] == b[j]:
			w.put(kept, a[i])
			i, j = i+1, j+1
		case common[(i+1)*width+j] >= common[i*width+j+1]:
			w.put(removed, a[i])
			i++
		default:
			w.put(added, b[j])
			j++
		}
	}
	w.put(removed, a[i:]...)
	w.put(added, b[j:]...)
}
