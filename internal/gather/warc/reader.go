package warc

import (
	"bufio"
	"bytes"
	"cmp"
	"errors"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/klauspost/compress/gzip"
)

const (
	magic      = "WARC/" // begins each record
	bufferSize = 256 << 10
	// mostHeader is how many bytes the head of a record may have.
	mostHeader = 64 << 10
	// probe is how many bytes of what may be a gzip member are looked at.
	probe = 2 << 10
	// growth is how much is read at a time of a block whose length only its
	// record tells.
	growth = 1 << 20
)

var (
	errNoRecord  = errors.New("no WARC record")
	errBreaksOff = errors.New("the record breaks off")
	errHeader    = errors.New("the head of the record is too long")
	errLength    = errors.New("the record does not tell its length")
)

// zipMagic begins each gzip member: two bytes, and the only method there is.
var zipMagic = []byte{0x1f, 0x8b, 8}

// Reader reads the records of a file in their order.
type Reader struct {
	// Want says whether the block of a record is to be read, by all that its
	// head tells; nil reads all.
	Want func(*Record) bool
	// Limit is how many bytes of a block are kept; 0 keeps all.
	Limit int64

	source counter       // the file
	file   *bufio.Reader // over source
	seeker io.Seeker     // the file too, where it can be moved in; nil where not
	first  int64         // offset in the file of the source's first byte

	zipped   bool // the records are in members, or in the one stream
	stream   bool // all of it is one stream (zstd), in which nothing can be found again
	unsure   bool // whether it is zipped: it begins with neither
	zip      *gzip.Reader
	unpacked counter       // zip
	packed   *bufio.Reader // over unpacked
	data     *bufio.Reader // the records: packed or file
	member   int64         // offset of the member that is open
	inMember bool

	begun  bool
	before int64 // bytes of the first member that stand before the position
	block  []byte
	later  error // to be told by the next call
	err    error // that ends it
}

// counter counts what is read, and keeps why no more can be.
type counter struct {
	r   io.Reader
	n   int64
	err error // but io.EOF
}

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += int64(n)
	if err != nil && err != io.EOF {
		c.err = err
	}
	return n, err
}

// NewReader reads a file from a position on. r gives the file's bytes from
// at.Offset on. Where r is an [io.Seeker] too, no record is lost that follows on
// a damaged one.
func NewReader(r io.Reader, at Position) *Reader {
	reader := &Reader{source: counter{r: r}, first: at.Offset}
	reader.seeker, _ = r.(io.Seeker)
	reader.file = bufio.NewReaderSize(&reader.source, bufferSize)
	reader.member = at.Offset
	reader.before = at.Within
	return reader
}

// Offset is how many bytes of the file have been read.
func (r *Reader) Offset() int64 { return r.first + r.source.n - int64(r.file.Buffered()) }

// Next reads the next record. At the end its error is io.EOF. An [*Error] tells
// of damage; the next call goes on with the first record behind it. Any other
// error is that of reading the file and ends it.
func (r *Reader) Next() (Record, error) {
	if r.err != nil {
		return Record{}, r.err
	}
	if !r.begun {
		r.begun = true
		if err := r.begin(); err != nil {
			return Record{}, r.failed(Position{r.member, r.before}, err)
		}
	}
	if r.later != nil {
		err := r.later
		r.later = nil
		return Record{}, r.failed(r.position(), err)
	}
	for {
		if err := r.open(); err != nil {
			return Record{}, r.failed(Position{Offset: r.member}, err)
		}
		over, err := r.skipBlank()
		at := r.position()
		if err != nil {
			return Record{}, r.failed(at, err)
		}
		if !over {
			rec, err := r.record()
			rec.At = at
			if err != nil {
				return Record{}, r.failed(at, err)
			}
			return rec, nil
		}
		if !r.zipped {
			return Record{}, r.end(io.EOF)
		}
		r.inMember = false
	}
}

func (r *Reader) end(err error) error {
	r.err = err
	return err
}

// failed sorts an error: the end, damage at a position, behind which it looks
// for the next record, or a file that cannot be read.
func (r *Reader) failed(at Position, err error) error {
	switch {
	case err == io.EOF:
		return r.end(err)
	case r.source.err != nil:
		return r.end(r.source.err)
	}
	if err == io.ErrUnexpectedEOF {
		err = errBreaksOff
	}
	r.member = at.Offset
	if err := r.resume(); err != nil {
		r.err = io.EOF // after this error
		if r.source.err != nil {
			r.err = r.source.err
		}
	}
	return &Error{at, Position{Offset: r.Offset()}, err}
}

// begin tells how the file is packed and skips what stands before the position.
func (r *Reader) begin() error {
	head, err := r.file.Peek(len(magic))
	if err != nil && err != io.EOF {
		return err
	}
	if isZstd(head) {
		r.zipped, r.stream = true, true
		if err := r.openStream(); err != nil {
			return err
		}
		return r.discard(r.before)
	}
	r.zipped = bytes.HasPrefix(head, zipMagic)
	r.unsure = !r.zipped && string(head) != magic
	if !r.zipped {
		r.data = r.file
		return nil
	}
	if err := r.open(); err != nil {
		return err
	}
	return r.discard(r.before)
}

// open begins the next gzip member where none is open.
func (r *Reader) open() error {
	if !r.zipped || r.inMember {
		return nil
	}
	if r.stream {
		return io.EOF
	}
	r.member = r.Offset()
	if _, err := r.file.Peek(1); err != nil {
		return err
	}
	var err error
	if r.zip == nil {
		r.zip, err = gzip.NewReader(r.file)
	} else {
		err = r.zip.Reset(r.file)
	}
	if err == io.EOF {
		err = io.ErrUnexpectedEOF
	}
	if err != nil {
		return err
	}
	r.zip.Multistream(false)
	r.unpackFrom(r.zip)
	return nil
}

// unpackFrom reads records from what unpacks them.
func (r *Reader) unpackFrom(from io.Reader) {
	r.unpacked = counter{r: from}
	if r.packed == nil {
		r.packed = bufio.NewReaderSize(&r.unpacked, 64<<10)
	} else {
		r.packed.Reset(&r.unpacked)
	}
	r.data = r.packed
	r.inMember = true
}

// position is where the data are read next.
func (r *Reader) position() Position {
	if r.zipped {
		return Position{r.member, r.unpacked.n - int64(r.data.Buffered())}
	}
	return Position{Offset: r.Offset()}
}

// skipBlank skips the line ends between records and tells whether the member,
// or the plain file, is over.
func (r *Reader) skipBlank() (over bool, err error) {
	for {
		c, err := r.data.ReadByte()
		switch {
		case err == io.EOF:
			return true, nil
		case err != nil:
			return false, err
		case c != '\r' && c != '\n':
			return false, r.data.UnreadByte()
		}
	}
}

// record reads a record from its first byte to where the next one begins.
func (r *Reader) record() (Record, error) {
	var rec Record
	if err := r.head(&rec); err != nil {
		return rec, err
	}
	keep := rec.Length
	if r.Limit > 0 && keep > r.Limit {
		keep, rec.Cut = r.Limit, true
	}
	if r.Want != nil && !r.Want(&rec) {
		keep, rec.Cut = 0, false
	} else {
		block, err := r.read(keep)
		if err != nil {
			return rec, err
		}
		rec.Block = block
	}
	if err := r.discard(rec.Length - keep); err != nil {
		return rec, err
	}
	over, err := r.skipBlank() // and so the checksum of the member is looked at
	if err != nil && !r.stream {
		return rec, err
	}
	r.later = err // in a stream it is what follows that cannot be unpacked
	if over && r.zipped {
		r.inMember = false
		rec.Next = Position{Offset: r.Offset()}
	} else {
		rec.Next = r.position()
	}
	return rec, nil
}

// read reads n bytes of a block into the buffer that blocks share. It does not
// believe the length before the bytes are there.
func (r *Reader) read(n int64) ([]byte, error) {
	if int64(cap(r.block)) >= n {
		r.block = r.block[:n]
		_, err := io.ReadFull(r.data, r.block)
		return r.block, breaksOff(err)
	}
	r.block = r.block[:0]
	for int64(len(r.block)) < n {
		part := int(min(n-int64(len(r.block)), growth))
		at := len(r.block)
		r.block = append(r.block, make([]byte, part)...)
		if _, err := io.ReadFull(r.data, r.block[at:]); err != nil {
			return nil, breaksOff(err)
		}
	}
	return r.block, nil
}

func (r *Reader) discard(n int64) error {
	for n > 0 {
		skipped, err := r.data.Discard(int(min(n, 1<<30)))
		if err != nil {
			return breaksOff(err)
		}
		n -= int64(skipped)
	}
	return nil
}

// breaksOff is err, where the end comes too early.
func breaksOff(err error) error {
	if err == io.EOF {
		return io.ErrUnexpectedEOF
	}
	return err
}

// head reads the lines before a block.
func (r *Reader) head(rec *Record) error {
	switch first, err := r.data.Peek(len(magic)); {
	case string(first) != magic[:len(first)]:
		return errNoRecord
	case err != nil:
		return breaksOff(err)
	}
	left := mostHeader
	if _, err := r.line(&left); err != nil {
		return err
	}
	rec.Length = -1
	for {
		line, err := r.line(&left)
		if err != nil {
			return err
		}
		if len(line) == 0 {
			break
		}
		name, value, found := bytes.Cut(line, []byte(":"))
		if !found || len(name) == 0 || name[0] == ' ' || name[0] == '\t' {
			continue // a line that goes on; none of ours does
		}
		rec.set(name, bytes.TrimSpace(value))
	}
	if rec.Length < 0 {
		return errLength
	}
	return nil
}

func (rec *Record) set(name, value []byte) {
	switch {
	case is(name, "warc-type"):
		rec.Type = strings.ToLower(string(value))
	case is(name, "warc-record-id"):
		rec.ID = string(value)
	case is(name, "warc-target-uri"):
		rec.Target = strings.Trim(string(value), "<>") // some writers follow the grammar of 1.0 to the letter
	case is(name, "warc-date"):
		rec.Date = date(string(value))
	case is(name, "content-type"):
		rec.ContentType = string(value)
	case is(name, "warc-truncated"):
		rec.Truncated = string(value)
	case is(name, "content-length"):
		if n, err := strconv.ParseInt(string(value), 10, 64); err == nil && n >= 0 {
			rec.Length = n
		}
	}
}

// is compares a name with one in lower case.
func is(name []byte, low string) bool {
	if len(name) != len(low) {
		return false
	}
	for i, c := range name {
		if 'A' <= c && c <= 'Z' {
			c |= 0x20
		}
		if c != low[i] {
			return false
		}
	}
	return true
}

// date reads a WARC-Date; old crawlers write the digits alone.
func date(s string) time.Time {
	for _, layout := range []string{time.RFC3339, "20060102150405"} {
		if t, err := time.Parse(layout, s); err == nil {
			return t.UTC()
		}
	}
	return time.Time{}
}

// line reads a line of a head without its end. It is valid until the next read.
func (r *Reader) line(left *int) ([]byte, error) {
	line, err := r.data.ReadSlice('\n')
	if *left -= len(line); *left < 0 || err == bufio.ErrBufferFull {
		return nil, errHeader
	}
	if err != nil {
		return nil, breaksOff(err)
	}
	return bytes.TrimRight(line, "\r\n"), nil
}

// resume moves to the first record behind the damage: the next gzip member that
// holds one, or the next line that begins one. Its error is io.EOF where there
// is none.
func (r *Reader) resume() error {
	if r.stream {
		_, err := io.Copy(io.Discard, r.file)
		return cmp.Or(err, io.EOF)
	}
	if r.seeker != nil {
		from := r.member + 1
		if _, err := r.seeker.Seek(from-r.first-r.source.n, io.SeekCurrent); err != nil {
			return err
		}
		r.source.n = from - r.first
		r.file.Reset(&r.source)
	}
	r.inMember = false
	for {
		window, err := r.file.Peek(bufferSize)
		if err != nil && err != io.EOF {
			return err
		}
		i, zipped := r.find(window)
		if i < 0 {
			if err == io.EOF {
				_ = r.skip(len(window)) // they are there
				return io.EOF
			}
			i = len(window) - len(magic) + 1 // half a mark may stand at the end
		}
		if err := r.skip(i); err != nil {
			return err
		}
		window = window[i:]
		switch {
		case zipped && bytes.HasPrefix(window, zipMagic) && r.memberHere():
			r.zipped, r.unsure = true, false
			return nil
		case !zipped && bytes.HasPrefix(window, []byte(magic)):
			r.zipped, r.unsure, r.data = false, false, r.file
			return nil
		case bytes.HasPrefix(window, zipMagic):
			if err := r.skip(1); err != nil {
				return err
			}
		}
	}
}

// find is where a record may begin in a window, -1 for nowhere, and whether it
// is a gzip member.
func (r *Reader) find(window []byte) (at int, zipped bool) {
	member, line := -1, -1
	if r.zipped || r.unsure {
		member = bytes.Index(window, zipMagic)
	}
	if !r.zipped {
		line = bytes.Index(window, []byte("\n"+magic)) + 1
		if line == 0 && !bytes.HasPrefix(window, []byte(magic)) {
			line = -1
		}
	}
	if line < 0 || member >= 0 && member < line {
		return member, true
	}
	return line, false
}

func (r *Reader) skip(n int) error {
	_, err := r.file.Discard(n)
	return err
}

// memberHere reports whether a gzip member that holds a record begins here.
func (r *Reader) memberHere() bool {
	head, _ := r.file.Peek(probe) // what is there is enough
	var first [len(magic)]byte
	src := bytes.NewReader(head)
	var err error
	if r.zip == nil {
		r.zip, err = gzip.NewReader(src)
	} else {
		err = r.zip.Reset(src)
	}
	if err != nil {
		return false
	}
	_, err = io.ReadFull(r.zip, first[:])
	return err == nil && string(first[:]) == magic
}
