package store

import "time"

// Query is what to search for, as ParseQuery reads it.
type Query struct {
	Match    *Node     // over words; nil for any
	Outlets  []string  // outlet: domain or name, one of them
	Speakers []string  // speaker: every one of them speaks in the article
	Language string    // lang:
	From, To time.Time // from: included, to: the whole of that day included
}

// Node is a word, a phrase, or a combination.
type Node struct {
	Op    Op
	Words []string // of Word (one) and Phrase, as written
	Kids  []*Node  // of And, Or (two or more) and Not (one)
}

// Op is what a node does.
type Op uint8

// The operations.
const (
	Word Op = iota
	Phrase
	And
	Or
	Not
)
