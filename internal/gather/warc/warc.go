// Package warc reads and writes WARC files (ISO 28500, versions 1.0 and 1.1):
// what was fetched from the web, record after record, plain or with a gzip
// member a record. A reader can start at any record that an earlier one has
// told the position of, and goes on behind what is damaged.
package warc

import (
	"fmt"
	"time"
)

// Record is one record of a WARC file.
type Record struct {
	Type        string    // "response", "resource", "revisit", …; lower case
	ID          string    // with its angle brackets, as written
	Target      string    // the address that was asked for; "" where the type has none
	Date        time.Time // when the record's data were had; zero when not understood
	ContentType string    // of the block, as written
	Truncated   string    // why the block is not whole, in the crawler's words; "" when it is
	Length      int64     // of the block in bytes, as the record says
	Block       []byte    // valid until the next record is read; nil where it was not wanted
	Cut         bool      // the block is longer than the reader's limit, and its end is missing

	At   Position // where the record begins
	Next Position // where the next one does
}

// Position is where in a file a record begins. In a compressed file that is
// where its gzip member begins, and how many bytes of the unpacked member stand
// before the record: none in a file with a member a record.
type Position struct {
	Offset int64 // bytes of the file
	Within int64 // bytes of the unpacked member; 0 in a plain file
}

// String is the offset, and what stands before within the member.
func (p Position) String() string {
	if p.Within > 0 {
		return fmt.Sprintf("%d+%d", p.Offset, p.Within)
	}
	return fmt.Sprint(p.Offset)
}

// Error is what is wrong with a file at a position.
type Error struct {
	At   Position
	Next Position // where the next record begins, or the end of the file
	Err  error
}

// Error is the offset and the reason.
func (e *Error) Error() string { return fmt.Sprintf("at byte %v: %v", e.At, e.Err) }

// Unwrap is the reason.
func (e *Error) Unwrap() error { return e.Err }
