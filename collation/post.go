package collation

import "strings"

// Accounts that quote posts of a network carry their signatures along: "— Ana
// Prado (@anaprado) March 3, 2031".

// isSignature reports whether a sentence is the signature of a post alone.
func isSignature(sentence string) bool {
	rest, dashed := strings.CutPrefix(strings.TrimSpace(sentence), "—")
	return dashed && strings.Contains(rest, "(@")
}

// signs reports whether words end in the handle of who posted something, so that
// a date behind them is that of the post.
func signs(before string) bool {
	before, closed := strings.CutSuffix(strings.TrimRight(before, " \u00a0,"), ")")
	open := strings.LastIndexByte(before, '(')
	return closed && open >= 0 && strings.HasPrefix(before[open+1:], "@")
}
