package collation

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"synoptic/text"
)

// word is one word of a quotation, folded for comparison.
type word struct {
	text.Span
	folded string
}

// folded lists the words at span in lower case, without marks and with plain
// apostrophes.
func folded(body string, span text.Span) []word {
	var words []word
	start := -1
	flush := func(end int) {
		if start < 0 {
			return
		}
		s := text.Span{Start: start, End: end}
		f := strings.ReplaceAll(strings.ToLower(s.Of(body)), "’", "'")
		words = append(words, word{Span: s, folded: strings.Trim(f, "'")})
		start = -1
	}
	for i := span.Start; i < span.End; {
		r, n := utf8.DecodeRuneInString(body[i:span.End])
		inWord := unicode.IsLetter(r) || unicode.IsDigit(r) || (r == '\'' || r == '’') && start >= 0
		switch {
		case inWord && start < 0:
			start = i
		case !inWord:
			flush(i)
		}
		i += n
	}
	flush(span.End)
	return slices.DeleteFunc(words, func(w word) bool { return w.folded == "" })
}

// said lists the words at span that its speaker said, spelt in one way. What the
// writer put in brackets is left out, but for letters of a word: "[W]e".
func said(body string, span text.Span) []word {
	words := folded(body, span)
	inserted := make([]bool, len(words))
	n, depth, end := 0, 0, span.Start
	for _, w := range words {
		between := body[end:w.Start]
		end = w.End
		depth += strings.Count(between, "[") + strings.Count(between, "(") - strings.Count(between, "]") - strings.Count(between, ")")
		if n > 0 && len(between) == 1 && strings.Contains("[]()", between) {
			words[n-1].End = w.End
			words[n-1].folded += w.folded
			inserted[n-1] = false
			continue
		}
		words[n], inserted[n] = w, depth > 0
		n++
	}
	kept := words[:0]
	for i, w := range words[:n] {
		if !inserted[i] {
			w.folded = spelling(w.folded)
			kept = append(kept, w)
		}
	}
	return kept
}

// spelling is a folded word in one of the ways in which English spells it, where
// a rule tells that without taking two words for one: "mourning" is not
// "morning", nor "filling" "filing".
func spelling(w string) string {
	const stem = 3 // letters that must stand before what is changed
	if at := strings.LastIndex(w, "our"); at >= stem {
		w = w[:at] + "or" + w[at+3:] // "harbour"
	}
	if at := strings.LastIndex(w, "is"); at >= stem && at+2 < len(w) && strings.ContainsRune("eia", rune(w[at+2])) {
		w = w[:at] + "iz" + w[at+2:] // "realised"
	}
	if at := strings.LastIndex(w, "ll"); at > stem {
		switch w[at+2:] {
		case "ing", "ed", "er", "ers":
			w = w[:at] + w[at+1:] // "travelling"
		}
	}
	switch {
	case strings.HasSuffix(w, "tre"):
		return w[:len(w)-2] + "er" // "centre"
	case strings.HasSuffix(w, "ence"):
		return w[:len(w)-2] + "se" // "defence"
	case w == "programme":
		return "program"
	case w == "grey":
		return "gray"
	}
	return w
}

// longestAligned bounds the words of the one list that are aligned, its square
// those of the one times those of the other, and so the cost.
const longestAligned = 600

// matches aligns two lists of words in order (longest common subsequence) and
// gives the pairs of indexes that match. Of alignments of most words it takes
// one of fewest runs, and of these the earliest, so that a stretch which stands
// together is found together.
func matches(a, b []word) [][2]int {
	a = a[:min(len(a), longestAligned)]
	b = b[:min(len(b), longestAligned*longestAligned/max(len(a), 1))]
	const matched = 1 << 12 // more than all runs together take off
	const none = -1 << 30
	width := len(b) + 1
	best := make([]int32, (len(a)+1)*width) // of a[:i] and b[:k]
	// run is best where a[i-1] and b[k-1] match, and its run is not yet counted.
	run, last := slices.Repeat([]int32{none}, width), slices.Repeat([]int32{none}, width)
	for i := 1; i <= len(a); i++ {
		run, last = last, run
		for k := 1; k <= len(b); k++ {
			at := i*width + k
			best[at] = max(best[at-width], best[at-1])
			if a[i-1].folded != b[k-1].folded {
				run[k] = none
				continue
			}
			run[k] = max(last[k-1], best[at-width-1]-1) + matched
			best[at] = max(best[at], run[k])
		}
	}
	var pairs [][2]int
	for i, k := len(a), len(b); i > 0 && k > 0; {
		switch at := i*width + k; best[at] {
		case best[at-width]:
			i--
		case best[at-1]:
			k--
		default:
			for i > 0 && k > 0 && a[i-1].folded == b[k-1].folded {
				i--
				k--
				pairs = append(pairs, [2]int{i, k})
			}
		}
	}
	slices.Reverse(pairs)
	return pairs
}
