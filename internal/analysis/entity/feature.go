package entity

import (
	"synoptic/internal/model/gazetteer"
	"synoptic/internal/model/word"
)

// Token is what the features ask about: the word, its part of speech, and what
// Prepare finds around it.
type Token struct {
	word.Word
	XTag  uint32 // hash of the Penn tag
	Lists uint32 // lists of the longest phrase over this token, and where in the phrase it stands
	Run   Run
}

// Run is a stretch of words with capitals, First to Last, both included; First
// is -1 for a token without one.
type Run struct {
	First, Last int32
	Hash        uint32 // of all its words
}

// edge stands for the tokens before the first and after the last of a sentence.
var edge = Token{Word: word.Word{Form: word.Form{Norm: 1, Cased: 1, Shape: 1}}, XTag: 1, Run: Run{First: -1}}

// Prepare fills what depends on other tokens. ends are the ends of the
// sentences of the text.
func Prepare(g *gazetteer.Gazetteer, tokens []Token, ends []int) {
	start := 0
	for _, end := range ends {
		listed(g, tokens[start:end])
		runs(tokens, start, end)
		start = end
	}
}

// Where a token stands in a listed phrase: the lower two bits of Lists.
const (
	middle = iota
	first
	last
	whole
)

// listed fills Lists in one sentence.
func listed(g *gazetteer.Gazetteer, tokens []Token) {
	for i := 0; i < len(tokens); {
		n, lists := g.Longest(func(k int) uint32 { return tokens[i+k].Norm }, len(tokens)-i)
		if n == 0 {
			tokens[i].Lists = 0
			i++
			continue
		}
		for k := range n {
			place := uint32(middle)
			switch {
			case n == 1:
				place = whole
			case k == 0:
				place = first
			case k == n-1:
				place = last
			}
			tokens[i+k].Lists = uint32(lists)<<2 | place
		}
		i += n
	}
}

// runs fills Run in the sentence from start to end.
func runs(tokens []Token, start, end int) {
	capital := func(i int) bool { return tokens[i].Flags&word.Initial != 0 }
	for i := start; i < end; {
		if !capital(i) {
			tokens[i].Run = Run{First: -1}
			i++
			continue
		}
		run := Run{First: int32(i)}
		for ; i < end && capital(i); i++ {
			run.Last = int32(i)
			run.Hash = word.Mix(run.Hash*31 + tokens[i].Norm)
		}
		for k := run.First; k <= run.Last; k++ {
			tokens[k].Run = run
		}
	}
}

// style says how a sentence uses capitals.
func style(tokens []Token) uint32 {
	letters, initial, upper := 0, 0, 0
	for i := range tokens {
		f := tokens[i].Flags
		if f&word.Letter == 0 || tokens[i].Suffix[3] == 0 {
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
		return 0
	case upper*10 >= letters*8:
		return 1
	case initial*10 >= letters*8 && letters > 2:
		return 2
	case initial == 0:
		return 3
	}
	return 0
}

// Features appends to to the hashes of what is asked about tokens[i], which
// stands in the sentence from start to end of a prepared text.
func Features(to []uint32, tokens []Token, start, end, i int) []uint32 {
	return features(to, tokens, start, end, i, style(tokens[start:end]))
}

func features(to []uint32, tokens []Token, start, end, i int, style uint32) []uint32 {
	at := func(k int) *Token {
		if k < start || k >= end {
			return &edge
		}
		return &tokens[k]
	}
	t, l, r, ll, rr := &tokens[i], at(i-1), at(i+1), at(i-2), at(i+2)
	question := uint32(64)
	ask := func(answer uint32) {
		question++
		to = append(to, word.Key(question, answer))
	}
	place := style
	if i == start {
		place |= 1 << 2
	}
	flags := uint32(t.Flags)<<4 | place

	ask(0)
	ask(t.Norm)
	ask(t.Cased)
	ask(l.Norm)
	ask(r.Norm)
	ask(ll.Norm)
	ask(rr.Norm)
	ask(word.Pair(l.Norm, t.Norm))
	ask(word.Pair(t.Norm, r.Norm))
	ask(word.Pair(ll.Norm, l.Norm))
	ask(word.Pair(r.Norm, rr.Norm))
	ask(word.Pair(l.Norm, uint32(t.Flags)))
	ask(word.Pair(r.Norm, uint32(t.Flags)))
	ask(t.Suffix[1])
	ask(t.Suffix[2])
	ask(t.Suffix[3])
	ask(t.Suffix[4])
	ask(t.Prefix[1])
	ask(t.Prefix[2])
	ask(flags)
	ask(word.Pair(t.Shape, place))
	ask(word.Pair(l.Shape, t.Shape))
	ask(word.Pair(t.Shape, r.Shape))
	ask(word.Pair(word.Pair(l.Shape, t.Shape), r.Shape))
	ask(t.XTag)
	ask(l.XTag)
	ask(r.XTag)
	ask(word.Pair(l.XTag, t.XTag))
	ask(word.Pair(t.XTag, r.XTag))
	ask(word.Pair(word.Pair(ll.XTag, l.XTag), t.XTag))
	ask(word.Pair(word.Pair(t.XTag, r.XTag), rr.XTag))
	ask(uint32(t.Case)<<12 | flags)
	ask(uint32(t.Case)<<16 | uint32(r.Case)<<8 | uint32(l.Case))
	ask(uint32(t.Fine))
	ask(uint32(l.Fine))
	ask(uint32(r.Fine))
	ask(uint32(l.Coarse)<<20 | uint32(t.Coarse)<<10 | uint32(r.Coarse))
	ask(word.Pair(t.Lists, uint32(t.Flags&(word.Initial|word.Upper))))
	ask(word.Pair(l.Lists, t.Lists))
	ask(word.Pair(t.Lists, r.Lists))
	ask(word.Pair(t.Lists, t.XTag))
	ask(word.Pair(l.Lists, t.Shape))
	ask(word.Pair(r.Lists, t.Shape))
	if t.Run.First >= 0 {
		from, to := int(t.Run.First), int(t.Run.Last)
		pos := uint32(min(i-from, 3))<<4 | uint32(min(to-i, 3))
		head := &tokens[to]
		ask(word.Pair(head.Norm, pos))
		ask(word.Pair(tokens[from].Norm, pos))
		ask(word.Pair(at(from-1).Norm, pos))
		ask(word.Pair(at(to+1).Norm, pos))
		ask(word.Pair(head.Suffix[2], pos))
		ask(word.Pair(head.Lists, pos))
		ask(word.Pair(tokens[from].Lists, pos))
		ask(word.Pair(at(from-1).XTag, at(to+1).XTag))
		ask(word.Pair(t.Run.Hash, pos))
		ask(word.Pair(word.Pair(t.Run.Hash, pos), l.Norm))
	} else {
		question += 10
		ask(word.Pair(r.Norm, uint32(l.Flags)<<8|uint32(r.Flags)))
		ask(word.Pair(t.Norm, uint32(l.Flags)<<8|uint32(r.Flags)))
	}
	return to
}
