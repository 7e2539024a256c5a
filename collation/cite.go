package collation

import (
	"fmt"

	"synoptic/text"
)

// NewCite cites the words at span of the account with index account. It fails
// where span cannot be sliced from the account's text, is empty, or runs from
// one paragraph into another, since lines of the page may have been dropped
// between them.
func (c *Collation) NewCite(account int, span text.Span) (Cite, error) {
	if account < 0 || account >= len(c.Accounts) {
		return Cite{}, fmt.Errorf("cite of account %d of %d", account, len(c.Accounts))
	}
	a := c.Accounts[account]
	if err := span.Check(a.Text); err != nil {
		return Cite{}, fmt.Errorf("%s: cite: %w", a.Place, err)
	}
	if span.Empty() {
		return Cite{}, fmt.Errorf("%s: cite: %v is empty", a.Place, span)
	}
	if p := a.ParagraphAt(span.Start); p < 0 || !a.Paragraphs[p].Contains(span) {
		return Cite{}, fmt.Errorf("%s: cite: %v does not lie within a paragraph", a.Place, span)
	}
	return Cite{account, span}, nil
}

// Words is the text that cite names, "" of one that cites nothing.
func (c *Collation) Words(cite Cite) string {
	if cite.Zero() {
		return ""
	}
	return cite.span.Of(c.Accounts[cite.account].Text)
}
