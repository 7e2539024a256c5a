package page

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

// decode turns bytes into UTF-8. Bytes that are valid UTF-8 as a whole are
// taken as that, whatever is declared: declarations are wrong more often than
// that test. Then come a byte-order mark, the declared character set, and, for
// HTML, what the page says of itself or looks like.
//
// Characters that no text has (NUL, most controls) are left out; bytes that no
// character set explains become U+FFFD. Where either is frequent the bytes are
// no text.
func decode(body []byte, declared string, isHTML bool) (string, error) {
	if err := binary(body); err != nil {
		return "", err
	}
	s, err := toUTF8(body, declared, isHTML)
	if err != nil {
		return "", err
	}
	return clean(s)
}

func toUTF8(body []byte, declared string, isHTML bool) (string, error) {
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
		return string(body), nil // UTF-8 with a few broken bytes; clean marks them
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

// signatures begin files that are no text and may look like it.
var signatures = []string{
	"\x89PNG", "GIF8", "\xff\xd8\xff", "%PDF-", "PK\x03\x04", "\x1f\x8b", "RIFF", "OggS", "ID3", "\x7fELF", "MZ\x90", "wOFF", "wOF2", "\x00\x00\x00\x18ftyp",
	"\x28\xb5\x2f\xfd", "BZh9", "\xfd7zXZ", "SQLite format 3",
}

// binary reports bytes that are no text: by their signature, or because zero
// bytes and controls are frequent and it is not UTF-16.
func binary(body []byte) error {
	for _, s := range signatures {
		if bytes.HasPrefix(body, []byte(s)) {
			return ErrBinary
		}
	}
	if bytes.HasPrefix(body, []byte{0xff, 0xfe}) || bytes.HasPrefix(body, []byte{0xfe, 0xff}) || wide(body) != nil {
		return nil
	}
	sample := body[:min(len(body), 64<<10)]
	odd := 0
	for _, b := range sample {
		if b < 0x20 && b != '\t' && b != '\n' && b != '\r' && b != '\f' && b != 0x1b {
			odd++
		}
	}
	if 20*odd > len(sample) {
		return ErrBinary
	}
	return nil
}

// clean leaves controls out and marks invalid bytes. A text with many marks is
// none.
func clean(s string) (string, error) {
	dirty := !utf8.ValidString(s)
	if !dirty {
		dirty = strings.ContainsFunc(s, control)
	}
	if dirty {
		s = strings.Map(func(r rune) rune {
			if control(r) {
				return -1
			}
			return r
		}, strings.ToValidUTF8(s, "\ufffd"))
	}
	if n := strings.Count(s, "\ufffd"); n > 20 && 20*n > utf8.RuneCountInString(s) {
		return "", ErrBinary
	}
	return s, nil
}

func control(r rune) bool {
	return r < 0x20 && r != '\t' && r != '\n' && r != '\r' && r != '\v' && r != '\f' || r == 0x7f || 0x80 <= r && r < 0xa0 && r != 0x85
}
