// Package story says which articles tell one event and which of them carry the
// same copy. Articles come in; stories and origins go out, by index into what
// came in.
package story

import "synoptic/text"

// Story is articles that tell one event.
type Story struct {
	ID       string // made of what identifies its first article
	Articles []int  // indexes, in the order in which they were read
	Why      string // on what evidence the first two stand together
}

// Why tells on what evidence accounts are taken to be one origin.
type Why string

// The evidence for an origin of several accounts.
const (
	ByCredit Why = "credit"      // they credit the same wire
	ByCopy   Why = "copied text" // they share word sequences
	ByBoth   Why = "both"
)

// Origin is accounts that carry the same copy: a wire piece and its reprints.
// Most origins have one account.
type Origin struct {
	Articles []int         // indexes, in the order given
	Name     string        // the agency or outlet whose copy it is
	Shared   float64       // 0 to 1: how much of the shortest account stands in another
	Why      Why           // "" where the origin has one account
	Copied   [][]text.Span // for each of Articles the parts that stand in another of them; nil where there is one
}
