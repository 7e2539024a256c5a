package web

import (
	"strings"

	"synoptic/article"
)

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

// difference is the text of newer by paragraph, with what it lost and gained
// since older.
func difference(older, newer string) [][]change {
	var d marked
	at := 0 // in newer
	for _, e := range article.Diff(older, newer) {
		d.put(kept, newer[at:e.New.Start])
		d.put(removed, e.Old.Of(older))
		d.put(added, e.New.Of(newer))
		at = e.New.End
	}
	d.put(kept, newer[at:])
	return d.paragraphs
}

// marked gathers changes paragraph by paragraph.
type marked struct{ paragraphs [][]change }

func (d *marked) put(kind changeKind, words string) {
	for i, line := range strings.Split(words, "\n") {
		if i > 0 || len(d.paragraphs) == 0 {
			d.paragraphs = append(d.paragraphs, nil)
		}
		if line != "" {
			last := &d.paragraphs[len(d.paragraphs)-1]
			*last = append(*last, change{kind, line})
		}
	}
}
