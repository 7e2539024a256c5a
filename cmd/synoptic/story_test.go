package main

import (
	"testing"

	"synoptic/internal/store"
)

// The list says nothing of origins that nobody has counted.
func TestSupport(t *testing.T) {
	for want, s := range map[string]store.Story{
		" 6 accounts, 5 origins": {Articles: 6, Origins: 5, Revision: 3, Digested: 3},
		" 6 accounts":            {Articles: 6, Origins: 1, Revision: 3, Digested: 1}, // counted when it was one
		" 1 account":             {Articles: 1, Revision: 1},
	} {
		if got := support(s); got != want {
			t.Errorf("%q, not %q", got, want)
		}
	}
}
