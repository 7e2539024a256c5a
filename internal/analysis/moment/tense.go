package moment

import (
	"sort"

	"synoptic/article"
)

// tense is when what a sentence tells takes place, seen from the day of
// publication.
type tense uint8

const (
	untold  tense = iota // no word tells
	behind               // it has taken place
	shown                // it takes place, as headlines, captions and reports of speech tell the past
	present              // it takes place, at a time that is known ahead
	coming               // it is still to take place
	either               // it may be behind or coming
)

// maxClimb bounds how far up the parse a moment looks, maxLook how far to both
// sides of a head, maxChain how many verbs behind "to" may hang in each other,
// and untilLook how far before a day its "until" may stand ("until about 10 p.m.
// on Friday").
const (
	maxClimb  = 12
	maxLook   = 40
	maxChain  = 3
	untilLook = 4
)

// tense reads off the parse when that takes place which the moment lex[i:next]
// dates: behind, coming, either or untold. The lowest word above it that tells
// decides. What is to come says nothing of a day that may belong to a noun: a
// ruling of the past can be spoken of tomorrow. Without a parse, the words before
// the moment tell.
func (f *finder) tense(i, next int) tense {
	if !f.n.Layers.Has(article.Arcs | article.Lemmas | article.Tags) {
		if f.ahead(i) {
			return coming
		}
		return untold
	}
	top := f.topOf(f.lex[i].Start, f.lex[next-1].End)
	if top < 0 {
		return untold
	}
	p := f.phrase(top)
	noun := p.names // the day belongs to a noun, as far as can be seen
	for at, step := top, 0; at >= 0 && step < maxClimb; step++ {
		switch t := f.tells(at, 0); t {
		case untold:
		case present, coming:
			// "will hold talks on Friday": whatever the parse makes of it, a
			// reader takes the day with the verb.
			if noun && (p.names || t == present || !p.on || at > top) {
				return either
			}
			return coming
		case behind:
			if p.until && !puts(f.n.Tokens[at].Lemma) {
				return either // what was shut until Friday, in the past or still
			}
			if p.until {
				return coming
			}
			return behind
		case shown:
			return behind
		default:
			return t
		}
		switch f.n.Arcs[at].Rel {
		case article.Nmod, article.NmodPoss, article.NmodUnmarked, article.Compound, article.Amod:
			noun = true
		}
		if f.n.Tokens[at].XTag == "VBG" && !opens(f.n.Tokens[at].Lemma) {
			noun, p.names = true, true // "beating Norwick on Friday", whenever that was
		}
		at = f.n.Arcs[at].Head
	}
	return untold
}

// topOf is the first token between two offsets whose head lies outside of them,
// -1 where there is none.
func (f *finder) topOf(start, end int) int {
	tokens := f.n.Tokens[f.s.First:f.s.Last]
	for k := sort.Search(len(tokens), func(k int) bool { return tokens[k].End > start }); k < len(tokens) && tokens[k].Start < end; k++ {
		head := f.n.Arcs[f.s.First+k].Head
		if head < 0 || f.n.Tokens[head].End <= start || f.n.Tokens[head].Start >= end {
			return f.s.First + k
		}
	}
	return -1
}

// phrase is what the words around a day say of how it is used.
type phrase struct {
	on    bool // "on Friday"
	until bool // "until Friday", "until noon on Friday"
	names bool // it tells which thing, or after what: "Friday's ruling", "the Friday ruling", "after Friday"
}

// phrase reads the words that hang from a day, which may stand with the first of
// several: "on Friday and Saturday".
func (f *finder) phrase(top int) (p phrase) {
	for f.n.Arcs[top].Rel == article.Conj && f.n.Arcs[top].Head >= 0 && f.n.Tokens[f.n.Arcs[top].Head].Tag == f.n.Tokens[top].Tag {
		top = f.n.Arcs[top].Head
	}
	first := top
	for i := max(f.s.First, top-maxLook); i < min(f.s.Last, top+maxLook); i++ {
		if f.n.Arcs[i].Head != top {
			continue
		}
		first = min(first, i)
		if f.n.Arcs[i].Rel == article.Case {
			switch f.n.Tokens[i].Lemma {
			case "on":
				p.on = true
			case "by", "until", "till", "from", "before", "for", "through", "in", "due", "at", "as":
			default:
				p.names = true
			}
		}
	}
	for i := first; i >= max(f.s.First, first-untilLook) && f.n.Tokens[i].Tag != article.VERB; i-- {
		p.until = p.until || f.n.Tokens[i].Lemma == "until" || f.n.Tokens[i].Lemma == "till"
	}
	if first == top && top+1 < f.s.Last {
		switch f.n.Tokens[top+1].Tag {
		case article.NOUN, article.PROPN, article.ADJ:
			p.names = true
		}
	}
	// "the ruling Friday may", "a plan backed Friday would"
	if f.n.Arcs[top].Head > top && first > f.s.First {
		switch f.n.Tokens[first-1].Tag {
		case article.PUNCT, article.CCONJ, article.SCONJ:
		default:
			p.names = true
		}
	}
	return p
}

// opens reports whether the participle of a verb dates what the verb above it
// tells: "starting on Friday".
func opens(lemma string) bool { return lemma == "start" || lemma == "begin" }

// tells is the tense of a word, by its form and by what hangs from it; chain is
// how many verbs behind "to" have been read on the way to it.
func (f *finder) tells(at, chain int) tense {
	var past, modal, would, able, perfect, now, is, not, to bool
	for i := max(f.s.First, at-maxLook); i < min(f.s.Last, at+maxLook); i++ {
		if f.n.Arcs[i].Head != at {
			continue
		}
		x := &f.n.Tokens[i]
		switch f.n.Arcs[i].Rel {
		case article.Aux, article.AuxPass, article.Cop:
			modal = modal || x.XTag == "MD"
			would = would || x.Lemma == "would"
			able = able || x.Lemma == "could"
			past = past || x.XTag == "VBD"
			perfect = perfect || x.Lemma == "have"
			now = now || x.XTag == "VBZ" || x.XTag == "VBP"
			is = is || f.n.Arcs[i].Rel == article.Cop
		case article.Advmod:
			not = not || x.Lemma == "not"
		case article.Mark:
			to = to || x.XTag == "TO"
		case article.Case:
			if x.Lemma == "due" { // of "due on Friday", which the parse takes for one preposition
				return coming
			}
		}
	}
	word := &f.n.Tokens[at]
	switch {
	case past && (to || forward(word.Lemma) || word.XTag == "VBG" && bound(word.Lemma)), would && not:
		return either // "was to meet", "had been planned", "would not say"
	case perfect && to && f.expected(at): // "is expected to have ended"
		return coming
	case past, perfect, able && not: // "could not be reached"
		return behind
	case modal:
		return coming
	case to:
		return f.infinitive(at, chain)
	case now && (forward(word.Lemma) || word.XTag == "VBG" && bound(word.Lemma)):
		return coming // "is due", "are going to meet"
	case now && word.XTag == "VBG":
		return either // "is meeting", also of what has begun
	case now && is:
		return f.present("be", at)
	case now:
		return f.present(word.Lemma, at)
	}
	switch word.XTag {
	case "VBD":
		return behind
	case "VBN":
		if forward(word.Lemma) {
			return coming
		}
		return behind
	case "VB":
		if word.Lemma == "come" && f.n.Arcs[at].Head < 0 { // "Come Friday, …"
			return coming
		}
	case "VBZ", "VBP":
		if forward(word.Lemma) {
			return coming
		}
		return f.present(word.Lemma, at)
	}
	return untold
}

// present is the tense of a word in the present: that of a verb whose events are
// known ahead ("the market opens on Friday") or wished for is to come, that of
// others has been, as in headlines, captions and reports of speech.
func (f *finder) present(lemma string, at int) tense {
	switch lemma {
	case "be", "begin", "start", "open", "reopen", "launch", "air", "end", "close", "finish", "expire", "hold", "host", "meet", "vote", "sit",
		"return", "resume", "play", "face", "speak", "testify", "leave", "depart", "arrive", "go", "come", "run", "take", "have",
		"want", "need", "hope", "intend", "aim":
	default:
		if f.n.Arcs[at].Rel != article.Advcl { // "if Norwick wins on Friday"
			return shown
		}
	}
	switch f.a.Paragraphs[f.s.Paragraph].Kind {
	case article.Headline, article.Caption:
		return either
	}
	return present
}

// infinitive is the tense of a verb behind "to", which the word above tells:
// "is due to sail", "a plan to sail", "began to sail".
func (f *finder) infinitive(at, chain int) tense {
	head := f.n.Arcs[at].Head
	if head < 0 || f.n.Arcs[head].Head < 0 && f.n.Tokens[head].Tag == article.NOUN { // "Talks to resume on Friday"
		return coming
	}
	if chain == maxChain {
		return untold
	}
	t := f.tells(head, chain+1)
	switch {
	case t == shown:
		return present // "has the right to speak", "needs to win"
	case t == behind && bound(f.n.Tokens[head].Lemma):
		return either // "agreed to meet"
	case t == untold && bound(f.n.Tokens[head].Lemma):
		return coming // "a promise to meet"
	}
	return t
}

// expected reports whether the word above puts a verb on a day.
func (f *finder) expected(at int) bool {
	head := f.n.Arcs[at].Head
	return head >= 0 && forward(f.n.Tokens[head].Lemma)
}

// forward reports whether a word puts something on a day.
func forward(lemma string) bool {
	switch lemma {
	case "due", "schedule", "plan", "expect", "set", "slate", "bill", "book", "postpone", "likely":
		return true
	}
	return false
}

// bound reports whether what a word says "to" do comes after it.
func bound(lemma string) bool {
	switch lemma {
	case "agree", "aim", "ask", "call", "decide", "demand", "go", "hope", "instruct", "intend", "invite", "offer", "order", "pledge", "prepare",
		"promise", "propose", "request", "tell", "threaten", "urge", "vow", "want":
		return true
	}
	return forward(lemma)
}

// puts reports whether a verb moves or grants what is "until" a day.
func puts(lemma string) bool {
	switch lemma {
	case "adjourn", "defer", "delay", "extend", "give", "postpone", "remand", "suspend":
		return true
	}
	return false
}
