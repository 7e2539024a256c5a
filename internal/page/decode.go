package page

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"synoptic/internal/charset"
)

// decode turns bytes into UTF-8, as [charset.UTF8] does for all that is read.
//
// Characters that no text has (NUL, most controls) are left out; bytes that no
// character set explains become U+FFFD. Where either is frequent the bytes are
// no text.
func decode(body []byte, declared string, isHTML bool) (string, error) {
	if err := binary(body); err != nil {
		return "", err
	}
	s, err := charset.UTF8(body, declared, isHTML)
	if err != nil {
		return "", err
	}
	return clean(s)
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
	if bytes.HasPrefix(body, []byte{0xff, 0xfe}) || bytes.HasPrefix(body, []byte{0xfe, 0xff}) || charset.Wide(body) {
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
