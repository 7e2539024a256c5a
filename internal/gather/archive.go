package gather

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/klauspost/compress/gzip"

	"synoptic/internal/gather/warc"
)

// Item is a document of an archive.
type Item struct {
	Document Document
	Next     Position // for a later run, to start right after this document
	Done     int64    // bytes of the archives that are read, as they are stored
	Total    int64    // bytes that there are
	Passed   int      // records passed over in this run: requests, redirects, pictures, what was seen before
}

// Archive reads archives: WARC files, WACZ files, JSON Lines, pages, and folders
// and patterns of these, in the order in which they are named and by name within
// a folder, from a position on. What comes before it is not read again, but for
// what shares its gzip member or its compressed list.
//
// An error is an [*Error] and concerns one place; the rest goes on. Behind a
// damaged part of a WARC file that is the next record that can be found. Only
// when ctx ends does the sequence end early, and its last error is the context's.
func (g *Gatherer) Archive(ctx context.Context, from Position, paths ...string) iter.Seq2[Item, error] {
	return func(yield func(Item, error) bool) {
		g.once.Do(g.setUp)
		a := archive{limit: g.Limit, yield: yield}
		x := expansion{seen: map[string]bool{}}
		for _, name := range paths {
			x.add(name)
		}
		if from.Path != "" {
			i := slices.IndexFunc(x.sources, func(s source) bool { return s.place == from.Path })
			if i < 0 {
				a.give(Document{Place: from.Path}, from, errors.New("the position to go on from is in none of the archives"))
				return
			}
			for _, s := range x.sources[:i] {
				a.passed += size(s)
			}
			a.item.Total = a.passed
			x.sources = x.sources[i:]
		}
		for _, s := range x.sources {
			a.item.Total += size(s)
		}
		for _, s := range x.sources {
			if s.place != from.Path {
				from = Position{Path: s.place}
			}
			a.item.Done = a.passed
			if !a.source(ctx, s, from) {
				return
			}
			a.passed += size(s)
			from = Position{}
		}
	}
}

func size(s source) int64 {
	info, err := os.Stat(s.place)
	if s.err != nil || s.address != nil || err != nil {
		return 0
	}
	return info.Size()
}

// archive is one call of Archive.
type archive struct {
	limit  int64
	yield  func(Item, error) bool
	item   Item  // counts
	passed int64 // bytes of the files before
}

// give gives a document, or why there is none, and reports whether to go on.
func (a *archive) give(doc Document, next Position, err error) bool {
	item := a.item
	item.Document, item.Next = doc, next
	if err != nil {
		item.Document, err = Document{Place: doc.Place}, &Error{doc.Place, err}
	}
	return a.yield(item, err)
}

// source reads one file from a position on and reports whether to go on.
func (a *archive) source(ctx context.Context, s source, from Position) bool {
	end := Position{Path: s.place, Offset: size(s)}
	switch {
	case ctx.Err() != nil:
		a.yield(Item{Next: from}, context.Cause(ctx))
		return false
	case s.err == nil && s.address != nil:
		s.err = errors.New("archives are files")
	}
	if s.err != nil {
		return a.give(Document{Place: s.place}, end, s.err)
	}
	file, err := os.Open(s.place)
	if err != nil {
		return a.give(Document{Place: s.place}, end, withoutPath(err))
	}
	defer file.Close()
	if from.Entry == "" && from.Offset > end.Offset {
		return a.give(Document{Place: s.place}, end, fmt.Errorf("it has %d bytes; the position to go on from is behind them", end.Offset))
	}
	if end.Offset == 0 {
		end.Line = 1 // so that it is not told again
		return from.Line > 0 || a.give(Document{Place: s.place}, end, fmt.Errorf("%w: it is empty", ErrNoText))
	}
	kind, err := archiveKind(s.place, file)
	switch {
	case err != nil:
		return a.give(Document{Place: s.place}, end, withoutPath(err))
	case kind == typeWARC:
		if _, err := file.Seek(from.Offset, io.SeekStart); err != nil {
			return a.give(Document{Place: s.place}, end, withoutPath(err))
		}
		return a.warc(ctx, s.place, file, from, end, func(offset int64) int64 { return offset })
	case kind == typeWACZ:
		return a.wacz(ctx, s.place, file, from, end)
	case kind == typeLines:
		return a.lines(ctx, s.place, file, from, end)
	}
	return a.pages(ctx, s.place, from, end)
}

// The media types of archives.
const (
	typeWARC = "application/warc"
	typeWACZ = "application/wacz"
)

// archiveType is the media type that the name of an archive tells, or "".
func archiveType(name string) string {
	name = strings.ToLower(filepath.Base(name))
	switch {
	case strings.HasSuffix(name, ".warc"), strings.HasSuffix(name, ".warc.gz"), strings.HasSuffix(name, ".warc.zst"):
		return typeWARC
	case strings.HasSuffix(name, ".wacz"):
		return typeWACZ
	}
	return typeByEnding(name)
}

// documents is what an archive holds, from its beginning, as Read gives it.
func (g *Gatherer) documents(ctx context.Context, place string) iter.Seq2[Document, error] {
	return func(yield func(Document, error) bool) {
		for item, err := range g.Archive(ctx, Position{}, place) {
			var at *Error
			if errors.As(err, &at) {
				err = at.Err // Read names the place
			}
			if !yield(item.Document, err) {
				return
			}
		}
	}
}

// archiveKind is the media type of a file, by its first bytes where its name
// tells none. It leaves the file at its beginning.
func archiveKind(name string, file io.ReadSeeker) (string, error) {
	if kind := archiveType(name); kind != "" {
		return kind, nil
	}
	head := make([]byte, 4<<10)
	n, err := io.ReadFull(file, head)
	if err != nil && err != io.EOF && err != io.ErrUnexpectedEOF {
		return "", err
	}
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return "", err
	}
	head = head[:n]
	if bytes.HasPrefix(head, []byte("PK\x03\x04")) {
		return typeWACZ, nil
	}
	if unpacked, err := gunzipped(bytes.NewReader(head)); err == nil {
		first := make([]byte, len("WARC/"))
		if _, err := io.ReadFull(unpacked, first); err == nil && string(first) == "WARC/" {
			return typeWARC, nil
		}
	}
	return "", nil
}

// wacz reads the WARC files in a WACZ file (1.1.1), in their order in it.
func (a *archive) wacz(ctx context.Context, place string, file *os.File, from, end Position) bool {
	if from.Entry == "" && from.Offset > 0 {
		return true // it is done
	}
	packed, err := zip.NewReader(file, end.Offset)
	if err != nil {
		return a.give(Document{Place: place}, end, fmt.Errorf("no WACZ file: %w", err))
	}
	var entries []*zip.File
	for _, f := range packed.File {
		if archiveType(f.Name) == typeWARC {
			entries = append(entries, f)
		}
	}
	if len(entries) == 0 {
		return a.give(Document{Place: place}, end, errors.New("no WACZ file: it holds no WARC file"))
	}
	first := 0
	if from.Entry != "" {
		first = slices.IndexFunc(entries, func(f *zip.File) bool { return f.Name == from.Entry })
	}
	if first < 0 {
		return a.give(Document{Place: place}, end, fmt.Errorf("it holds no %q, where the position to go on from is", from.Entry))
	}
	for i := first; i < len(entries); i++ {
		f := entries[i]
		start := Position{Path: place, Entry: f.Name}
		if i == first && from.Entry != "" {
			start = from
		}
		after := end
		if i+1 < len(entries) {
			after = Position{Path: place, Entry: entries[i+1].Name}
		}
		if !a.waczEntry(ctx, place, file, f, start, after) {
			return false
		}
	}
	return true
}

func (a *archive) waczEntry(ctx context.Context, place string, file *os.File, f *zip.File, from, end Position) bool {
	inner := place + "/" + f.Name
	offset, err := f.DataOffset()
	if err != nil {
		return a.give(Document{Place: inner}, end, err)
	}
	if f.Method == zip.Store { // as the format asks for
		if from.Offset > int64(f.CompressedSize64) {
			return a.give(Document{Place: inner}, end, errors.New("the position to go on from is behind its end"))
		}
		section := io.NewSectionReader(file, offset+from.Offset, int64(f.CompressedSize64)-from.Offset)
		return a.warc(ctx, inner, section, from, end, func(done int64) int64 { return offset + done })
	}
	content, err := f.Open()
	if err != nil {
		return a.give(Document{Place: inner}, end, err)
	}
	defer content.Close()
	if _, err := io.CopyN(io.Discard, content, from.Offset); err != nil {
		return a.give(Document{Place: inner}, end, err)
	}
	return a.warc(ctx, inner, struct{ io.Reader }{content}, from, end, func(done int64) int64 {
		return offset + int64(float64(done)/float64(max(f.UncompressedSize64, 1))*float64(f.CompressedSize64))
	})
}

// warc reads the records of a WARC file. done says how many bytes of the whole
// file are read when so many of the WARC file are.
func (a *archive) warc(ctx context.Context, place string, content io.Reader, from, end Position, done func(int64) int64) bool {
	r := warc.NewReader(content, warc.Position{Offset: from.Offset, Within: from.Within})
	r.Limit = a.limit
	r.Want = func(rec *warc.Record) bool {
		switch rec.Type {
		case "response", "resource", "conversion":
			return true
		}
		return false
	}
	for {
		if ctx.Err() != nil {
			a.yield(Item{Next: from}, context.Cause(ctx))
			return false
		}
		rec, err := r.Next()
		a.item.Done = a.passed + done(r.Offset())
		var damage *warc.Error
		switch {
		case err == io.EOF:
			return true
		case errors.As(err, &damage):
			from = from.at(damage.Next)
			if !a.give(Document{Place: place}, from, err) {
				return false
			}
			continue
		case err != nil:
			return a.give(Document{Place: place}, end, withoutPath(err))
		}
		from = from.at(rec.Next)
		doc, err := recorded(rec, a.limit)
		if errors.Is(err, errPassed) {
			a.item.Passed++
			continue
		}
		doc.Place = place + ":" + rec.At.String()
		if !a.give(doc, from, err) {
			return false
		}
	}
}

// errPassed says that a record holds no document and that nothing is wrong.
var errPassed = errors.New("passed over")

// recorded is the document that a WARC record holds.
func recorded(rec warc.Record, limit int64) (Document, error) {
	doc := Document{Read: rec.Date, Truncated: rec.Truncated != ""}
	web := strings.HasPrefix(rec.Target, "http://") || strings.HasPrefix(rec.Target, "https://")
	if web {
		doc.Address = rec.Target
	}
	name := path.Base(strings.SplitN(rec.Target, "?", 2)[0])
	declared := rec.ContentType
	encoding := ""
	body := rec.Block
	switch {
	case rec.Type == "response" && web:
		m, err := warc.ParseMessage(rec.Block)
		if err != nil {
			return doc, err
		}
		if m.Status/100 != 2 {
			return doc, errPassed
		}
		declared, encoding, body = m.Header.Get("Content-Type"), strings.Join(m.Header.Values("Content-Encoding"), ","), m.Body
	case rec.Type == "resource", rec.Type == "conversion":
	default:
		return doc, errPassed
	}
	doc.Type, doc.Charset = contentType(declared)
	if !readable(doc.Type) {
		return doc, errPassed
	}
	doc.Type = typeOfPage(doc.Type, name)
	if rec.Cut {
		return doc, tooLarge(limit)
	}
	unpacked, err := unpack(encoding, body, limit)
	if err != nil {
		if !doc.Truncated || errors.Is(err, ErrTooLarge) {
			return doc, err
		}
		unpacked = beginning(encoding, body, limit)
	}
	doc.Body = bytes.Clone(unpacked) // the block is the reader's
	if checkText(doc) != nil {
		return doc, errPassed
	}
	return doc, nil
}

// lines reads a list of records, one a line. In a compressed one what comes
// before the position is unpacked again.
func (a *archive) lines(ctx context.Context, place string, file *os.File, from, end Position) bool {
	doc := Document{Place: place, Type: typeJSON, Read: time.Now()}
	source := &counter{r: file}
	content, err := gunzipped(source)
	_, packed := content.(*gzip.Reader)
	start := from
	switch {
	case err != nil:
	case !packed:
		content, source.n = file, from.Offset
		_, err = file.Seek(from.Offset, io.SeekStart)
	case from.Offset > 0:
		return true // it is done
	default:
		_, err = io.CopyN(io.Discard, content, from.Within)
	}
	if err != nil {
		return a.give(doc, end, withoutPath(err))
	}
	for line, err := range lines(content, a.limit) {
		if ctx.Err() != nil {
			a.yield(Item{Next: from}, context.Cause(ctx))
			return false
		}
		from.Line = start.Line + line.number
		if packed {
			from.Within = start.Within + line.end
			a.item.Done = a.passed + source.n
		} else {
			from.Offset = start.Offset + line.end
			a.item.Done = a.passed + from.Offset
		}
		doc.Place, doc.Body = fmt.Sprintf("%s:%d", place, from.Line), line.text
		if !a.give(doc, from, withoutPath(err)) {
			return false
		}
	}
	if from == (Position{Path: place}) {
		return a.give(doc, end, fmt.Errorf("%w: it is empty", ErrNoText)) // but for white space
	}
	return true
}

// counter counts what is read.
type counter struct {
	r io.Reader
	n int64
}

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += int64(n)
	return n, err
}

// pages reads a file as Read does: a page, or a list in a file that is named
// otherwise.
func (a *archive) pages(ctx context.Context, place string, from, end Position) bool {
	if from.Offset > 0 {
		return true // it is done
	}
	n := 0
	for doc, err := range readFile(place, a.limit) {
		if ctx.Err() != nil {
			a.yield(Item{Next: from}, context.Cause(ctx))
			return false
		}
		if n++; n <= from.Line {
			continue
		}
		from.Line = n
		a.item.Done = a.passed + end.Offset
		if !a.give(doc, from, err) {
			return false
		}
	}
	return true
}
