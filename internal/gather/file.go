package gather

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"net/http"
	"os"
	"strings"
	"time"

	"github.com/klauspost/compress/gzip"
)

// readFile reads the document in a file, or those in it when it has a record a
// line. A record is at most limit bytes, and so is a file that is no such list.
func readFile(path string, limit int64) iter.Seq2[Document, error] {
	return func(yield func(Document, error) bool) {
		doc := Document{Place: path, Type: typeByEnding(path), Read: time.Now()}
		file, err := os.Open(path)
		if err != nil {
			yield(doc, withoutPath(err))
			return
		}
		defer file.Close()
		content, err := gunzipped(file)
		if err != nil {
			yield(doc, withoutPath(err))
			return
		}
		if doc.Type == typeLines {
			records(doc, content, limit)(yield)
			return
		}
		if doc.Body, err = readLimited(content, limit); err != nil {
			yield(doc, withoutPath(err))
			return
		}
		takeApart(doc, limit)(yield)
	}
}

// takeApart gives the records of a document that has one a line, and else the
// document as it is, if it holds text.
func takeApart(doc Document, limit int64) iter.Seq2[Document, error] {
	if doc.Type == typeLines || doc.Type == typeJSON && recordALine(doc.Body) {
		return records(doc, bytes.NewReader(doc.Body), limit)
	}
	return func(yield func(Document, error) bool) { yield(doc, checkText(doc)) }
}

// recordALine reports whether what is named JSON is really JSON Lines: its
// first line is a whole object, and another one begins below.
func recordALine(body []byte) bool {
	first, rest, _ := bytes.Cut(bytes.TrimSpace(bytes.TrimPrefix(body, bom)), []byte("\n"))
	rest = bytes.TrimSpace(rest)
	return len(first) > 0 && first[0] == '{' && len(rest) > 0 && rest[0] == '{' && json.Valid(first)
}

// checkText says what doc holds in place of text. It looks for what no text
// has; it does not decide what kind of text there is.
func checkText(doc Document) error {
	body := doc.Body
	if len(body) == 0 {
		return fmt.Errorf("%w: it is empty", ErrNoText)
	}
	if bytes.HasPrefix(body, []byte("%PDF-")) {
		return fmt.Errorf("%w but application/pdf", ErrNoText)
	}
	// UTF-16 and UTF-32 are full of zeros; they have a mark or are declared.
	wide := bytes.HasPrefix(body, []byte{0xFE, 0xFF}) || bytes.HasPrefix(body, []byte{0xFF, 0xFE}) ||
		bytes.HasPrefix(body, []byte{0, 0, 0xFE, 0xFF}) ||
		strings.HasPrefix(doc.Charset, "utf-16") || strings.HasPrefix(doc.Charset, "utf-32")
	if wide || bytes.IndexByte(body[:min(len(body), 8<<10)], 0) < 0 {
		return nil
	}
	// Names of kinds are only guessed for what is binary already: a text that
	// begins with "BMW" would pass for a bitmap.
	kind, _, _ := strings.Cut(http.DetectContentType(body), ";")
	if kind == "application/octet-stream" || strings.HasPrefix(kind, "text/") {
		return fmt.Errorf("%w but binary data", ErrNoText)
	}
	return fmt.Errorf("%w but %s", ErrNoText, kind)
}

// readLimited reads all of r, which must not be more than limit bytes.
func readLimited(r io.Reader, limit int64) ([]byte, error) {
	body, err := io.ReadAll(io.LimitReader(r, limit+1))
	if err != nil {
		return nil, err
	}
	if int64(len(body)) > limit {
		return nil, tooLarge(limit)
	}
	return body, nil
}

func tooLarge(limit int64) error {
	switch {
	case limit%(1<<20) == 0:
		return fmt.Errorf("%w: more than %d MiB", ErrTooLarge, limit>>20)
	case limit%(1<<10) == 0:
		return fmt.Errorf("%w: more than %d KiB", ErrTooLarge, limit>>10)
	}
	return fmt.Errorf("%w: more than %d bytes", ErrTooLarge, limit)
}

// gunzipped reads r, unpacked where it is gzip, whatever its name.
func gunzipped(r io.Reader) (io.Reader, error) {
	buffered := bufio.NewReaderSize(r, 64<<10)
	head, err := buffered.Peek(len(gzipMagic))
	if err != nil && err != io.EOF {
		return nil, err
	}
	if string(head) != gzipMagic {
		return buffered, nil
	}
	return gzip.NewReader(buffered)
}
