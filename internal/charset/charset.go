// Package charset turns the bytes of pages, feeds and lists into UTF-8.
package charset

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/unicode"
)

// UTF8 turns bytes into UTF-8. A byte-order mark decides, then the zero bytes of
// UTF-16 without one. Bytes that are valid UTF-8 as a whole are taken as that,
// whatever is declared: declarations are wrong more often than that test. Then
// come the declared character set, "" for none, and, for HTML, what the page
// says of itself or looks like. What is left is windows-1252.
//
// Bytes that the character set does not explain become U+FFFD; those of what is
// UTF-8 but for a few broken bytes are left as they are.
func UTF8(body []byte, declared string, isHTML bool) (string, error) {
	if rest, ok := bytes.CutPrefix(body, []byte("\ufeff")); ok {
		return string(rest), nil
	}
	if bytes.HasPrefix(body, []byte{0xff, 0xfe}) || bytes.HasPrefix(body, []byte{0xfe, 0xff}) {
		return convert(body, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM))
	}
	if e := wide(body); e != nil {
		return convert(body, e)
	}
	if utf8.Valid(body) {
		return string(body), nil
	}
	if declared != "" {
		if e, err := htmlindex.Get(strings.TrimSpace(declared)); err == nil {
			if name, _ := htmlindex.Name(e); name != "utf-8" {
				return convert(body, e)
			}
		}
	}
	if invalidShare(body) < 0.01 {
		return string(body), nil // UTF-8 with a few broken bytes; whoever cleans the text marks them
	}
	if isHTML {
		e, _, _ := charset.DetermineEncoding(body, "")
		return convert(body, e)
	}
	e, err := htmlindex.Get("windows-1252")
	if err != nil {
		return "", err
	}
	return convert(body, e)
}

func convert(body []byte, e encoding.Encoding) (string, error) {
	out, err := e.NewDecoder().Bytes(body)
	if err != nil {
		return "", fmt.Errorf("decoding: %w", err)
	}
	return string(out), nil
}

// Wide reports whether body looks like UTF-16 without a byte-order mark.
func Wide(body []byte) bool { return wide(body) != nil }

// wide tells UTF-16 without a mark by the zero bytes of its Latin characters.
func wide(body []byte) encoding.Encoding {
	sample := body[:min(len(body), 2048)]
	if len(sample) < 8 {
		return nil
	}
	var zero [2]int
	for i, b := range sample {
		if b == 0 {
			zero[i%2]++
		}
	}
	half := len(sample) / 2
	switch {
	case zero[1] > half*7/10 && zero[0] < half/10:
		return unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)
	case zero[0] > half*7/10 && zero[1] < half/10:
		return unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
	}
	return nil
}

func invalidShare(body []byte) float64 {
	bad, total := 0, 0
	for i := 0; i < len(body); {
		r, n := utf8.DecodeRune(body[i:])
		if r == utf8.RuneError && n == 1 {
			bad++
		}
		if r >= utf8.RuneSelf {
			total++
		}
		i += n
	}
	if total == 0 {
		return 0
	}
	return float64(bad) / float64(total)
}
