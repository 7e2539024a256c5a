// Package newsroom runs a kept collection. Addresses, files, feeds and archives
// come in; each article is read, analysed, kept and put to its story in one
// transaction; stories are laid side by side when somebody asks. What people
// correct stays corrected. All state is in the store: a newsroom that is opened
// again goes on where the last one stopped, wherever that was.
package newsroom

import (
	"time"

	"synoptic/collation"
	"synoptic/internal/store"
)

// Upload is an address, a text that was pasted, or a file that was dropped.
type Upload struct {
	Address string // "" for a document
	Name    string // of the file; "" for a text
	Body    []byte
}

// Added is what came of adding.
type Added struct {
	Articles []store.Put // also of those that are kept already and have not changed
	Stories  []string    // that the articles are in now, each once
	Problems []collation.Problem
}

// Laid is a story with its collation, which gives it its title and language.
type Laid struct {
	Story     store.Story
	Collation *collation.Collation
	Articles  []store.Kept // one an account, in the collation's order
}

// Digest is what lists show of a story, made whenever the story has changed and
// kept with it as JSON. Words are those of the accounts.
type Digest struct {
	Outlets    []string `json:"outlets"`              // of each account, in order of publication
	Origins    []int    `json:"origins"`              // of each account: which origin it belongs to, from 0
	Disputed   []Line   `json:"disputed,omitempty"`   // the best supported disputed points, three at most
	Differing  []Line   `json:"differing,omitempty"`  // the best supported figures that differ, three at most
	Highlights []Line   `json:"highlights,omitempty"` // as in the collation
	Grew       []Step   `json:"grew"`                 // how it grew: at most 24 steps, the last one now

	Made time.Time `json:"made,omitzero"` // after the story had changed last; zero where an earlier version made it
}

// Line is words of an account, with how many stand behind them.
type Line struct {
	Text    string   `json:"text"`
	Article string   `json:"article"` // whose words they are
	Origins int      `json:"origins"`
	Values  []string `json:"values,omitempty"` // of a figure: its cells' words, each once
}

// Step is how many accounts a story had at a time.
type Step struct {
	At       string `json:"at"` // RFC 3339, UTC
	Accounts int    `json:"accounts"`
}
