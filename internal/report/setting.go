package report

import (
	"strconv"

	"github.com/a-h/templ"

	"synoptic/collation"
)

// Setting is what a server adds to the page of a collation: links to pages of
// its own, and what it alone knows. The zero Setting adds nothing.
type Setting struct {
	Article func(account int) string // the address of the page of an account's article
	Person  func(name string) string // the address of the page about somebody who speaks
	Since   []int64                  // by account: a number that grows with what came later; nil where nothing is known
	Tools   templ.Component          // what stands below the key of the accounts; nil for nothing
	Parts   []Part                   // sections after those of the collation
}

// Part is a section of a server's own.
type Part struct {
	ID, Heading string
	Body        templ.Component
}

// Body is all of the page of c but what a server puts around it: a header, the
// sections with a list of them, and a footer. It needs [Style] and may have
// [Script].
func Body(c *collation.Collation, s Setting) templ.Component {
	p := newPage(c)
	p.Setting = s
	return body(p)
}

// Style is the style sheet of the page.
func Style() string { return style }

// Script is the script of the page, which works without it.
func Script() string { return script }

// person is the address of the page about somebody, "" where there is none.
func (p page) person(name string) templ.SafeURL {
	if p.Person == nil || name == "" {
		return ""
	}
	return templ.URL(p.Person(name))
}

// since is what is known of when an account came, "" for nothing.
func (p page) since(account int) string {
	if account >= len(p.Since) {
		return ""
	}
	return strconv.FormatInt(p.Since[account], 10)
}
