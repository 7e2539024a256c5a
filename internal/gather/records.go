package gather

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"iter"
)

// bom is the mark that some tools put before UTF-8.
var bom = []byte("\xEF\xBB\xBF")

// records gives each line of a JSON Lines file as a document of its own, at the
// place "PATH:LINE". Whether a line is JSON is not looked at, so that a
// malformed one is told where records are read and the others are kept.
func records(file Document, content io.Reader, limit int64) iter.Seq2[Document, error] {
	return func(yield func(Document, error) bool) {
		none := true
		for line, err := range lines(content, limit) {
			none = false
			doc := file
			doc.Place = fmt.Sprintf("%s:%d", file.Place, line.number)
			doc.Type = typeJSON
			doc.Body = line.text
			if !yield(doc, err) {
				return
			}
		}
		if none {
			yield(file, fmt.Errorf("%w: it is empty", ErrNoText))
		}
	}
}

// line is a line of a text and its number, from 1.
type line struct {
	number int
	text   []byte
	end    int64 // bytes of the text up to the next line
}

// lines gives the lines of r that are not blank, without white space around
// them. A line of more than limit bytes is an error in its place, and the next
// one follows; what r fails with is the last error. The receiver may keep text.
func lines(r io.Reader, limit int64) iter.Seq2[line, error] {
	return func(yield func(line, error) bool) {
		buffered := bufio.NewReaderSize(r, 64<<10)
		end := int64(0)
		for number := 1; ; number++ {
			text, n, err := readLine(buffered, limit)
			end += n
			if number == 1 {
				text = bytes.TrimPrefix(text, bom)
			}
			text = bytes.TrimSpace(text)
			last := err == io.EOF
			if last {
				err = nil
			}
			if (len(text) > 0 || err != nil) && !yield(line{number, text, end}, err) {
				return
			}
			if last || err != nil && !errors.Is(err, ErrTooLarge) {
				return
			}
		}
	}
}

// readLine reads up to the next newline, so many bytes. It reads on to the end of
// a line that is too long, without keeping it.
func readLine(r *bufio.Reader, limit int64) (text []byte, n int64, err error) {
	long := false
	for {
		part, err := r.ReadSlice('\n')
		n += int64(len(part))
		switch {
		case long:
		case int64(len(text)+len(bytes.TrimRight(part, "\r\n"))) > limit:
			long, text = true, nil
		default:
			text = append(text, part...)
		}
		switch {
		case err == bufio.ErrBufferFull:
			continue
		case err != nil && err != io.EOF:
			return nil, n, err
		case long:
			return nil, n, tooLarge(limit) // at the end of r the next call finds nothing more
		}
		return text, n, err
	}
}
