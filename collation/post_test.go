package collation_test

import (
	"slices"
	"strings"
	"testing"

	"synoptic/collation"
)

// TestPosts: the signature of a post is no point, and its date no event.
func TestPosts(t *testing.T) {
	side := collation.Collate("test", []collation.Account{told(t, "a.example", "2031-03-04", `Green light over Norwick`,
		`A green light was seen over the harbour of Norwick on 2 March 2031.`,
		`“What was that?” — Ana Prado (@anaprado) March 3, 2031`,
		`— Tomas Lind (@lind_t) March 3, 2031`,
		`The observatory (founded in 1903) said on March 4, 2031 that it had been a stone.`)}, nil)
	for _, p := range side.Points {
		if words := side.Words(p.Text); strings.HasPrefix(words, "—") {
			t.Errorf("a point: %s", words)
		}
	}
	var days []string
	for _, e := range side.Timeline {
		days = append(days, e.Date.String())
	}
	if want := []string{"2031-03-02", "2031-03-04"}; !slices.Equal(days, want) {
		t.Errorf("events of %v, want %v", days, want)
	}
}
