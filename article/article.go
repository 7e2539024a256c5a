// Package article holds what an outlet published and what the engine found in
// it. An [Article] comes in from a reader of pages, records or plain text and
// never changes afterwards; an [Analysis] goes out of the passes, refers to the
// article's text by span and to itself by index, and can be made again at any
// time from the article and the engine's version.
package article

import (
	"crypto/sha256"
	"fmt"
	"strings"

	"synoptic/text"
)

// Article is one account as its outlet published it.
//
// Text is the headline, a newline, and the body: paragraphs, each on a line of
// its own, in the order of the page. Extraction drops whole lines or blocks;
// what it keeps is kept to the letter.
type Article struct {
	Place        string            // where it was read: a path, a path with a line ("crawl.jsonl:12"), or an address
	Address      string            // canonical address, "" when unknown
	Outlet       Outlet            // who published it
	Text         string            // UTF-8
	Title        text.Span         // the headline within Text; empty when the account has none
	Paragraphs   []Paragraph       // cover Text line by line, the headline first
	Authors      []string          // names as the outlet gives them, in its order
	Credits      []Credit          // whose work the account says it used, in order of place
	Published    Date              // first publication
	Updated      Date              // last change that the outlet owns to
	Language     string            // BCP 47, "" when unknown
	Completeness float64           // 0 to 1: how much of the account seems to be there
	SHA256       [sha256.Size]byte // of the bytes read
}

// Outlet is who published an account.
type Outlet struct {
	Name    string // "The Guardian"
	Domain  string // "theguardian.com", "" when it was not read from the web
	Country string // in English, "" when unknown
}

// ParagraphKind says what a paragraph is to a reader.
type ParagraphKind uint8

// What paragraphs can be. Only Body and Headline carry the account's own
// telling; the others are kept because they hold words that a finding may cite.
const (
	Body     ParagraphKind = iota // running text
	Headline                      // the title
	Summary                       // a standfirst or a list of highlights above the text
	Heading                       // a cross-heading
	Caption                       // the words under a picture or a video
	Note                          // credits, copyright, corrections, notes on the making
)

var paragraphKinds = [...]string{"body", "headline", "summary", "heading", "caption", "note"}

// String is the kind in lower case.
func (k ParagraphKind) String() string { return paragraphKinds[k] }

// Paragraph is one line of an article's text.
type Paragraph struct {
	text.Span
	Kind ParagraphKind
	Gap  bool // the page had something between the paragraph before and this one that was dropped
}

// Role is what an account used another's work for.
type Role string

// The roles of a credit.
const (
	Wire         Role = "wire"         // an agency's piece, printed or rewritten
	Distribution Role = "distribution" // who passed the piece on
	Photo        Role = "photo"        // pictures and video
	Input        Role = "input"        // material, a stated source
	Reporting    Role = "reporting"    // people who helped to report
)

// Credit is the work of another that an account says it used.
type Credit struct {
	Agency string    // agency, outlet or person, by its usual short name ("AP")
	Role   Role      //
	Span   text.Span // the words that say so
}

// Headline is the words of the title, "" when there is none.
func (a *Article) Headline() string { return a.Title.Of(a.Text) }

// ParagraphAt is the index of the paragraph that holds the byte at offset, or
// -1 when none does.
func (a *Article) ParagraphAt(offset int) int {
	low, high := 0, len(a.Paragraphs)
	for low < high {
		mid := (low + high) / 2
		if a.Paragraphs[mid].End <= offset {
			low = mid + 1
		} else {
			high = mid
		}
	}
	if low < len(a.Paragraphs) && a.Paragraphs[low].Has(offset) {
		return low
	}
	return -1
}

// Words counts the words of the headline and the running text; captions,
// headings and notes do not count. Words are what white space parts.
func (a *Article) Words() int {
	n := 0
	for _, p := range a.Paragraphs {
		if p.Kind == Body || p.Kind == Headline || p.Kind == Summary {
			n += len(strings.Fields(p.Of(a.Text)))
		}
	}
	return n
}

// Check says what is wrong with a: a span that cannot be sliced, paragraphs
// out of order or across a line, a credit whose words are not there.
func (a *Article) Check() error {
	if err := a.Title.Check(a.Text); err != nil {
		return fmt.Errorf("%s: title: %w", a.Place, err)
	}
	end := 0
	for i, p := range a.Paragraphs {
		if err := p.Check(a.Text); err != nil {
			return fmt.Errorf("%s: paragraph %d: %w", a.Place, i, err)
		}
		if p.Start < end {
			return fmt.Errorf("%s: paragraph %d: %v begins before the one above ends", a.Place, i, p.Span)
		}
		if strings.ContainsRune(p.Of(a.Text), '\n') {
			return fmt.Errorf("%s: paragraph %d: %v runs over a line", a.Place, i, p.Span)
		}
		end = p.End
	}
	for _, c := range a.Credits {
		if err := c.Span.Check(a.Text); err != nil {
			return fmt.Errorf("%s: credit of %s: %w", a.Place, c.Agency, err)
		}
	}
	if a.Completeness < 0 || a.Completeness > 1 {
		return fmt.Errorf("%s: completeness %g: not between 0 and 1", a.Place, a.Completeness)
	}
	return nil
}
