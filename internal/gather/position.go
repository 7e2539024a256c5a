package gather

import (
	"errors"
	"fmt"
	"net/url"
	"strconv"

	"synoptic/internal/gather/warc"
)

// Position is where in archives a run can go on: at the first document that was
// not read. The zero value is the beginning.
type Position struct {
	Path   string // the file
	Entry  string // the file in it, where it is a zip; "" where it is none
	Offset int64  // bytes of that file, as it is stored: where a WARC record, its gzip member, or a line begins
	Within int64  // bytes of what is unpacked from there on that come before
	Line   int    // lines, or records of a list, that come before
}

// String writes a position in one line, for ParsePosition.
func (p Position) String() string {
	v := url.Values{}
	v.Set("path", p.Path)
	if p.Entry != "" {
		v.Set("entry", p.Entry)
	}
	for name, n := range map[string]int64{"offset": p.Offset, "within": p.Within, "line": int64(p.Line)} {
		if n != 0 {
			v.Set(name, strconv.FormatInt(n, 10))
		}
	}
	return v.Encode() // sorted by name
}

var errPosition = errors.New("no position in an archive")

// ParsePosition reads what String wrote. "" is the beginning.
func ParsePosition(s string) (Position, error) {
	v, err := url.ParseQuery(s)
	if err != nil {
		return Position{}, fmt.Errorf("%q: %w", s, errPosition)
	}
	var p Position
	for name, values := range v {
		var n int64
		if name != "path" && name != "entry" {
			n, err = strconv.ParseInt(values[0], 10, 64)
		}
		switch {
		case err != nil, len(values) != 1, n < 0, name == "line" && n > 1<<31-1:
			return Position{}, fmt.Errorf("%q: %w", s, errPosition)
		case name == "path":
			p.Path = values[0]
		case name == "entry":
			p.Entry = values[0]
		case name == "offset":
			p.Offset = n
		case name == "within":
			p.Within = n
		case name == "line":
			p.Line = int(n)
		default:
			return Position{}, fmt.Errorf("%q: %w", s, errPosition)
		}
	}
	return p, nil
}

// at is p moved to a record of a WARC file.
func (p Position) at(r warc.Position) Position {
	p.Offset, p.Within = r.Offset, r.Within
	return p
}
