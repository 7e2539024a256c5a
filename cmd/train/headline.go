package main

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// The corpora hold few headlines, and news has one an article. headlines adds,
// for one sentence in so many, a copy of it as a headline writer would set it:
// capitals on all but the small words, no full stop.
func headlines(set []sentence, every int) []sentence {
	out := set[:len(set):len(set)]
	if every == 0 {
		return out
	}
	for k := every / 2; k < len(set); k += every {
		s := set[k]
		n := s.len()
		if n > 4 && s.words[n-1] == "." {
			n--
		}
		if n < 4 || n > 20 {
			continue
		}
		words := make([]string, n)
		for i, w := range s.words[:n] {
			words[i] = w
			if i == 0 || !smallWords[w] {
				r, size := utf8.DecodeRuneInString(w)
				words[i] = string(unicode.ToUpper(r)) + w[size:]
			}
		}
		copied := sentence{words: words}
		for _, c := range []struct{ from, to *[]string }{
			{&s.lemmas, &copied.lemmas},
			{&s.tags, &copied.tags},
			{&s.xtags, &copied.xtags},
			{&s.misc, &copied.misc},
			{&s.names, &copied.names},
		} {
			if *c.from != nil {
				*c.to = (*c.from)[:n]
			}
		}
		out = append(out, copied)
	}
	return out
}

var smallWords = func() map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields("a an the of in on at to for by and or nor but as with from 's n't 'd 'll 've 're 'm via vs per") {
		m[w] = true
	}
	return m
}()
