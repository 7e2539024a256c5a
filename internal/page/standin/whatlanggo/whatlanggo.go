// Package whatlanggo stands in for the library of the same name, through a
// replace directive. go-trafilatura asks that library for the language of every
// page, which internal/page finds by itself; its profiles cost every start
// 350 kB. This one knows none.
package whatlanggo

// Lang is a language.
type Lang int

// DetectLang finds none.
func DetectLang(string) Lang { return 0 }

// Iso6391 is "": not known.
func (Lang) Iso6391() string { return "" }
