// Package gomoji stands in for the library of the same name, through a replace
// directive. go-trafilatura asks that library to take emoji out of the names of
// authors, which internal/page reads by itself; its table of every emoji costs
// every start 1 MB.
package gomoji

import (
	"strings"
	"unicode"
)

// RemoveEmojis takes out what is drawn rather than written: symbols of Unicode
// class So, variation selectors and joiners, and the white space around.
func RemoveEmojis(s string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if r > unicode.MaxLatin1 && (unicode.Is(unicode.So, r) || unicode.Is(unicode.Sk, r) || unicode.Is(unicode.Variation_Selector, r) || r == '\u200d') {
			return -1
		}
		return r
	}, s))
}
