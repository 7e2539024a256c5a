package gather

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/flate"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zlib"
)

// acceptEncoding names the content encodings that are asked for.
const acceptEncoding = "gzip, br"

// gzipMagic is how each gzip member begins.
const gzipMagic = "\x1f\x8b"

// mostEncodings is how many encodings may lie on one another.
const mostEncodings = 3

// unpack undoes what a Content-Encoding header lists, and gzip that it does not
// list. No step may give more than limit bytes. A body that is plain text in
// spite of the header is taken as it is: some servers declare what they only
// meant to do.
func unpack(encodings string, raw []byte, limit int64) ([]byte, error) {
	body, err := undo(encodings, raw, limit)
	if err != nil && plain(raw) {
		body, err = raw, nil
	}
	if err == nil && bytes.HasPrefix(body, []byte(gzipMagic)) {
		body, err = undo("gzip", body, limit)
	}
	return body, err
}

// beginning undoes as much as there is of what was cut off, nothing where it
// cannot be undone.
func beginning(encoding string, raw []byte, limit int64) []byte {
	r, err := decoder(strings.ToLower(strings.TrimSpace(encoding)), raw)
	if err != nil {
		return nil
	}
	body, _ := io.ReadAll(io.LimitReader(r, limit)) // the error is that it was cut off
	return body
}

func undo(encodings string, body []byte, limit int64) ([]byte, error) {
	if encodings == "" {
		return body, nil
	}
	names := strings.Split(strings.ToLower(encodings), ",")
	if len(names) > mostEncodings {
		return nil, fmt.Errorf("%d content encodings on one another", len(names))
	}
	for i := len(names) - 1; i >= 0; i-- {
		name := strings.TrimSpace(names[i])
		r, err := decoder(name, body)
		if err == nil {
			body, err = readLimited(r, limit)
		}
		if err != nil {
			return nil, fmt.Errorf("content encoding %s: %w", name, err)
		}
	}
	return body, nil
}

func decoder(name string, packed []byte) (io.Reader, error) {
	r := bytes.NewReader(packed)
	switch name {
	case "", "identity":
		return r, nil
	case "gzip", "x-gzip":
		return gzip.NewReader(r)
	case "br":
		return brotli.NewReader(r), nil
	case "deflate":
		// RFC 9110 means zlib; some servers send the bare stream.
		if len(packed) >= 2 && packed[0]&0x0f == 8 && (int(packed[0])<<8|int(packed[1]))%31 == 0 {
			return zlib.NewReader(r)
		}
		return flate.NewReader(r), nil
	}
	return nil, errors.New("it is not understood")
}

// plain reports whether body can only be text: compressed bytes are not valid
// UTF-8 for long, and hold zeros.
func plain(body []byte) bool { return utf8.Valid(body) && bytes.IndexByte(body, 0) < 0 }
