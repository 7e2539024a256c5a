package store

import "time"

// Query is what to search for, as ParseQuery reads it.
type Query struct {
	Match *Node // nil for any article
}

// Node is one thing that is asked of an article, or a combination of such.
type Node struct {
	Op    Op
	Words []string  // of Word (one) and Phrase, as written
	Value string    // of Outlet, Speaker and Language
	Day   time.Time // of From and To
	Kids  []*Node   // of And, Or (two or more) and Not (one)
}

// Op is what a node does.
type Op uint8

// The operations. From Outlet on they ask for what is known of an article beside
// its words.
const (
	Word Op = iota
	Phrase
	And
	Or
	Not
	Outlet   // by its domain, or by words of its name
	Speaker  // somebody so named speaks in the article
	Language // or a regional form of it
	From     // published on that day or later
	To       // published by the end of that day
)
