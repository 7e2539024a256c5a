// Package conllu reads and writes CoNLL-U, the form in which Universal
// Dependencies keeps treebanks: a line a word with ten columns, an empty line
// after each sentence (https://universaldependencies.org/format.html). Lines
// come in one sentence at a time; a [Document] of them becomes an article and
// an analysis with just these sentences and tokens, so that passes can run on
// words that were cut elsewhere, and what the passes found goes out again.
package conllu

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Sentence is the lines of one sentence.
type Sentence struct {
	Line     int      // of its first line, from 1
	Comments []string // with their "#"
	Rows     []Row    // in the order of the lines
}

// Kind tells the three kinds of rows apart.
type Kind uint8

// The kinds of rows.
const (
	Word  Kind = iota // a syntactic word, ID "7"
	Range             // the orthographic word that the next few words make up, ID "7-8"
	Empty             // a word that is not in the text, ID "7.1"
)

// The columns of a row, as indexes into Row.Columns.
const (
	ID = iota
	Form
	Lemma
	UPOS
	XPOS
	Feats
	Head
	Deprel
	Deps
	Misc
	columns
)

// Row is one line of a sentence. An empty column is "_".
type Row struct {
	Kind    Kind
	Last    int // ID of the last word of a Range
	Columns [columns]string
}

// SpaceAfter reports whether the text has white space behind the row.
func (r *Row) SpaceAfter() bool {
	for item := range strings.SplitSeq(r.Columns[Misc], "|") {
		if item == "SpaceAfter=No" {
			return false
		}
	}
	return true
}

// Reader reads sentences from a stream.
type Reader struct {
	place string
	in    *bufio.Reader
	line  int
	next  *Sentence // read ahead by Document
}

// NewReader reads from r; place names it in errors.
func NewReader(place string, r io.Reader) *Reader {
	return &Reader{place: place, in: bufio.NewReaderSize(r, 1<<16)}
}

func (r *Reader) errorf(format string, args ...any) error {
	return fmt.Errorf("%s:%d: %w", r.place, r.line, fmt.Errorf(format, args...))
}

// Read is the next sentence, or io.EOF after the last. Comments that no word
// follows are dropped. After any other error nothing more can be read.
func (r *Reader) Read() (*Sentence, error) {
	if s := r.next; s != nil {
		r.next = nil
		return s, nil
	}
	s := &Sentence{}
	words := 0
	for {
		line, err := r.in.ReadString('\n')
		if err != nil && !errors.Is(err, io.EOF) {
			r.line++
			return nil, r.errorf("%w", err)
		}
		if line == "" {
			if words > 0 {
				return s, r.complete(s, words)
			}
			return nil, io.EOF
		}
		r.line++
		line = strings.TrimSuffix(strings.TrimSuffix(line, "\n"), "\r")
		switch {
		case line == "":
			if words > 0 {
				return s, r.complete(s, words)
			}
			*s = Sentence{}
			continue
		case s.Line == 0:
			s.Line = r.line
		}
		if line[0] == '#' && len(s.Rows) == 0 {
			s.Comments = append(s.Comments, line)
			continue
		}
		row, err := r.row(line, words)
		if err != nil {
			return nil, err
		}
		if row.Kind == Word {
			words++
		}
		s.Rows = append(s.Rows, row)
	}
}

// row reads one line behind so many words.
func (r *Reader) row(line string, words int) (Row, error) {
	var row Row
	if !utf8.ValidString(line) {
		return row, r.errorf("not UTF-8")
	}
	n := 0
	for column := range strings.SplitSeq(line, "\t") {
		if n < columns {
			row.Columns[n] = column
		}
		n++
	}
	if n != columns {
		return row, r.errorf("%d columns, not %d", n, columns)
	}
	id := row.Columns[ID]
	if strings.TrimSpace(row.Columns[Form]) == "" {
		return row, r.errorf("word %s has no form", id)
	}
	switch first, last, ranged := strings.Cut(id, "-"); {
	case ranged:
		row.Kind = Range
		from, err := strconv.Atoi(first)
		to, err2 := strconv.Atoi(last)
		if err != nil || err2 != nil || from != words+1 || to < from {
			return row, r.errorf("range %q does not begin with word %d", id, words+1)
		}
		row.Last = to
	case strings.Contains(id, "."):
		row.Kind = Empty
		if !strings.HasPrefix(id, strconv.Itoa(words)+".") {
			return row, r.errorf("empty word %q does not follow word %d", id, words)
		}
	case id != strconv.Itoa(words+1):
		return row, r.errorf("word %q where %d was expected", id, words+1)
	}
	return row, nil
}

// complete checks what only the whole sentence can tell.
func (r *Reader) complete(s *Sentence, words int) error {
	for i := range s.Rows {
		row := &s.Rows[i]
		switch {
		case row.Kind == Range && row.Last > words:
			return r.errorf("range %s runs past the last word, %d", row.Columns[ID], words)
		case row.Kind == Word && row.Columns[Head] != "_":
			if head, err := strconv.Atoi(row.Columns[Head]); err != nil || head < 0 || head > words {
				return r.errorf("word %s has the head %q in a sentence of %d words", row.Columns[ID], row.Columns[Head], words)
			}
		}
	}
	return nil
}

// Writer writes sentences to a stream.
type Writer struct{ out *bufio.Writer }

// NewWriter writes to w; Flush when done.
func NewWriter(w io.Writer) *Writer { return &Writer{bufio.NewWriterSize(w, 1<<16)} }

// Write writes one sentence and the empty line behind it.
func (w *Writer) Write(s *Sentence) error {
	for _, c := range s.Comments {
		_, _ = w.out.WriteString(c)
		_ = w.out.WriteByte('\n')
	}
	for i := range s.Rows {
		for j, column := range s.Rows[i].Columns {
			if j > 0 {
				_ = w.out.WriteByte('\t')
			}
			if column == "" {
				column = "_"
			}
			_, _ = w.out.WriteString(column)
		}
		_ = w.out.WriteByte('\n')
	}
	return w.out.WriteByte('\n') // bufio keeps the first error and gives it again
}

// Flush writes what is still held back.
func (w *Writer) Flush() error { return w.out.Flush() }
