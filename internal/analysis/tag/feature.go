package tag

import "synoptic/internal/model/word"

// edge stands for the tokens before the first and after the last.
var edge = word.Word{Form: word.Form{Norm: 1, Cased: 1, Shape: 1}, Entry: word.Entry{Class: 1<<16 - 1}}

// style says how a sentence uses capitals.
type style uint32

const (
	plain   style = iota // a capital means something
	shouted              // no small letters
	titled               // nearly every long word has one, as in headlines
	lowered              // no capital at all
)

// styleOf looks at the words of more than a few letters.
func styleOf(words []word.Word) style {
	letters, initial, upper := 0, 0, 0
	for i := range words {
		f := words[i].Flags
		if f&word.Letter == 0 || words[i].Suffix[3] == 0 {
			continue
		}
		letters++
		if f&word.Initial != 0 {
			initial++
		}
		if f&word.Upper != 0 {
			upper++
		}
	}
	switch {
	case letters < 2:
		return plain
	case upper*10 >= letters*8:
		return shouted
	case initial*10 >= letters*8 && letters > 2:
		return titled
	case initial == 0:
		return lowered
	}
	return plain
}

// class is what a neighbour counts as: the parts of speech it can take, or for
// a word that is not in the lexicon, its ending and whether it has a capital.
func class(w *word.Word) uint32 {
	if w.Class != 0 {
		return uint32(w.Class)
	}
	return w.Suffix[2] | 1<<20 ^ uint32(w.Flags&word.Initial)
}

// Features appends to to the hashes of what is asked about words[i], the words
// of one sentence.
func Features(to []uint32, words []word.Word, i int) []uint32 {
	return features(to, words, i, styleOf(words))
}

func features(to []uint32, words []word.Word, i int, s style) []uint32 {
	at := func(k int) *word.Word {
		if k < 0 || k >= len(words) {
			return &edge
		}
		return &words[k]
	}
	w, l, r, ll, rr := &words[i], at(i-1), at(i+1), at(i-2), at(i+2)
	question := uint32(0)
	ask := func(answer uint32) {
		question++
		to = append(to, word.Key(question, answer))
	}
	first := uint32(0)
	if i == 0 {
		first = 1
	}
	flags := uint32(w.Flags)<<4 | first<<2 | uint32(s)<<1&^1

	ask(0)
	ask(w.Norm)
	ask(w.Cased)
	ask(l.Norm)
	ask(r.Norm)
	ask(ll.Norm)
	ask(rr.Norm)
	ask(word.Pair(l.Norm, w.Norm))
	ask(word.Pair(w.Norm, r.Norm))
	ask(word.Pair(l.Norm, r.Norm))
	for _, h := range w.Suffix {
		ask(h)
	}
	for _, h := range w.Prefix {
		ask(h)
	}
	ask(l.Suffix[2])
	ask(r.Suffix[2])
	ask(l.Suffix[1])
	ask(r.Suffix[1])
	ask(w.Shape)
	ask(word.Pair(w.Shape, first|uint32(s)<<1))
	ask(word.Pair(l.Shape, w.Shape))
	ask(word.Pair(w.Shape, r.Shape))
	ask(flags)
	ask(word.Pair(w.Suffix[2], flags))
	ask(uint32(w.Fine))
	ask(uint32(w.Coarse))
	ask(uint32(w.Case)<<8 | uint32(w.Flags))
	ask(uint32(l.Fine))
	ask(uint32(r.Fine))
	ask(uint32(ll.Fine))
	ask(uint32(rr.Fine))
	ask(uint32(l.Coarse)<<16 | uint32(r.Coarse))
	ask(uint32(ll.Coarse)<<16 | uint32(l.Coarse))
	ask(uint32(r.Coarse)<<16 | uint32(rr.Coarse))
	c, cl, cr, cll, crr := class(w), class(l), class(r), class(ll), class(rr)
	ask(c)
	ask(cl)
	ask(cr)
	ask(word.Pair(cl, c))
	ask(word.Pair(c, cr))
	ask(word.Pair(cl, cr))
	ask(word.Pair(word.Pair(cl, c), cr))
	ask(word.Pair(cll, cl))
	ask(word.Pair(cr, crr))
	ask(word.Pair(w.Suffix[2], cl))
	ask(word.Pair(w.Suffix[2], cr))
	return to
}
