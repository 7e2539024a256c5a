package match

import (
	"cmp"
	"encoding/binary"
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"synoptic/article"
	"synoptic/text"
)

// Collection is passages that are compared with each other: the sentences of
// the accounts of a story, or just two sentences. Add the passages, call Weigh
// once, then ask. It may be asked by several goroutines, each with a [Pair] of
// its own.
type Collection struct {
	lexicon  *lexicon
	stemmer  Stemmer
	passages []passage
	words    []word  // of all passages
	tokens   []int32 // stems of all words of all passages, stop words among them
	places   []place // of those tokens
	stems    []stem
	senses   []met            // by sense
	ids      map[string]int32 // of stems
	forms    map[form]int32   // of words, to their stems
	accounts int
	cutting  []token // of the passage that is being added
	bonds    []bond  // of the clauses of all passages
	subject  []bool  // whether a token of that passage has one
	clauseAt []int16 // clause by token of that passage
	wordAt   []int16 // content word by token of that passage, -1 for none
}

// passage is one sentence, by its content words.
type passage struct {
	first, last int // its words are Collection.words[first:last]
	bonds       int // its clauses' begin here
	start, end  int // all that it says is Collection.tokens[start:end]
	account     int32
	clauses     int32
	headline    bool
	negated     bool
	place       float32 // 0 at the beginning of its account, 1 at its end
	story, news float32 // what its words weigh together, by rarity in the collection and in news at large
	storyNorm   float32 // square root of the sum of squares of its stems' weights
	newsNorm    float32
}

// word is a content word where it stands in a passage.
type word struct {
	span   text.Span
	stem   int32
	at     int16 // number of its token in the passage
	clause int16
	phrase int16 // sense of a phrase that begins here, -1 for none
	again  bool  // its stem stood in the passage before
	verb   bool  // it is one here; without tags, it names a happening
	tag    article.Tag
	role   role
	head   int16 // the content word above it in the parse, by its place in the passage; -1 for none
}

// role is what a word is to the word above it.
type role uint8

const (
	other role = iota
	agent      // who does it
	theme      // whom or what it is done to
	modifier
	circumstance // when, where, how
)

var roles = map[article.Rel]role{
	article.Nsubj: agent, article.Csubj: agent, article.OblAgent: agent,
	article.Obj: theme, article.NsubjPass: theme, article.CsubjPass: theme, article.Iobj: theme, article.Ccomp: theme, article.Xcomp: theme,
	article.Amod: modifier, article.Nmod: modifier, article.NmodPoss: modifier, article.Compound: modifier, article.Appos: modifier,
	article.Nummod: modifier, article.Acl: modifier, article.AclRelcl: modifier, article.Flat: modifier,
	article.Obl: circumstance, article.OblUnmarked: circumstance, article.Advmod: circumstance, article.Advcl: circumstance,
}

// stem is a word without its inflection, with what the collection knows of it.
type stem struct {
	text    string
	senses  []int16
	phrases []int32
	head    uint32  // its first four bytes, 0 for a shorter one
	kind    kind    //
	news    float32 // how rare it is in news at large, 0 to 1
	met
	upper, lower int32 // how often it was met with and without a capital, where that tells
}

type kind uint8

const (
	name   kind = 1 << iota // written with a capital
	number                  // in digits or words
	event                   // something that happens or is done
	stop                    // carries no content
)

// met counts where a stem or a sense was met.
type met struct {
	passages, accounts int32
	passage, account   int32   // one more than the number of the last
	story              float32 // how rare it is in the collection, 0 to 1
	share              float32 // the share of the accounts that have it
}

func (m *met) count(passage, account int32) {
	if m.passage != passage+1 {
		m.passage = passage + 1
		m.passages++
	}
	if m.account != account+1 {
		m.account = account + 1
		m.accounts++
	}
}

func (m *met) weigh(passages, accounts int) {
	if m.passages > 0 {
		m.story = float32(math.Log(float64(passages+1)/float64(m.passages)) / math.Log(float64(passages+1)))
		m.share = float32(m.accounts) / float32(accounts)
	}
}

// form is a word in lower case and its lemma.
type form struct{ lower, lemma string }

// place is where a token of a passage stands.
type place struct{ at, clause int16 }

// token is a word of the passage that is being added, stop words among them.
type token struct {
	span   text.Span
	stem   int32
	at     int16
	clause int16
	upper  bool
	verb   bool
	tag    article.Tag
}

// NewCollection makes an empty collection.
func NewCollection() *Collection {
	l := load()
	return &Collection{
		lexicon: l, stemmer: NewStemmer(), senses: make([]met, len(l.kinds)), ids: map[string]int32{}, forms: map[form]int32{},
	}
}

// Len is the number of passages.
func (c *Collection) Len() int { return len(c.passages) }

// Place is where a passage comes from.
type Place struct {
	Account  int
	Headline bool
	Share    float64 // of its account that stands before it, 0 to 1
}

// Add takes in a sentence as the next passage.
func (c *Collection) Add(a *article.Article, n *article.Analysis, sentence int, at Place) {
	c.add(a, n, n.Sentences[sentence], at)
}

// AddAll takes in all of an article as one passage.
func (c *Collection) AddAll(a *article.Article, n *article.Analysis, at Place) {
	c.add(a, n, article.Sentence{Span: text.Span{End: len(a.Text)}, Last: len(n.Tokens)}, at)
}

func (c *Collection) add(a *article.Article, n *article.Analysis, s article.Sentence, at Place) {
	bonds := len(c.bonds)
	c.cut(a, n, s)
	p := passage{first: len(c.words), start: len(c.tokens), bonds: bonds, account: int32(at.Account), headline: at.Headline, place: float32(at.Share)}
	c.accounts = max(c.accounts, at.Account+1)
	num := int32(len(c.passages))
	for k, t := range c.cutting {
		s := &c.stems[t.stem]
		p.clauses = max(p.clauses, int32(t.clause)+1)
		p.negated = p.negated || negations[s.text]
		c.tokens = append(c.tokens, t.stem)
		c.places = append(c.places, place{t.at, t.clause})
		phrase := c.phraseAt(c.cutting[k:])
		if s.kind&stop != 0 && phrase < 0 {
			continue
		}
		if k > 0 && !at.Headline {
			if t.upper {
				s.upper++
			} else {
				s.lower++
			}
		}
		again := s.passage == num+1
		s.count(num, p.account)
		for _, x := range s.senses {
			c.senses[x].count(num, p.account)
		}
		if phrase >= 0 {
			c.senses[phrase].count(num, p.account)
		}
		c.words = append(c.words, word{span: t.span, stem: t.stem, at: t.at, clause: t.clause, phrase: phrase, again: again, verb: t.verb, tag: t.tag, head: -1})
	}
	for len(c.bonds) < bonds+int(p.clauses) {
		c.bonds = append(c.bonds, bond{above: -1})
	}
	p.last, p.end = len(c.words), len(c.tokens)
	if len(n.Arcs) == len(n.Tokens) {
		c.arrange(n.Arcs[s.First:s.Last], s.First, c.words[p.first:p.last])
	}
	c.passages = append(c.passages, p)
}

// arrange ties each word to the content word above it: function words on the
// way are passed over, and the second of two words joined by "and" stands where
// the first does.
func (c *Collection) arrange(arcs []article.Arc, first int, words []word) {
	c.wordAt = c.wordAt[:0]
	for range arcs {
		c.wordAt = append(c.wordAt, -1)
	}
	for i, w := range words {
		c.wordAt[w.at] = int16(i)
	}
	for i := range words {
		w := &words[i]
		at := int(w.at)
		for arcs[at].Rel == article.Conj && arcs[at].Head >= 0 {
			at = arcs[at].Head - first
		}
		w.role = roles[arcs[at].Rel]
		for steps := 0; steps < 4 && arcs[at].Head >= 0; steps++ {
			at = arcs[at].Head - first
			if above := c.wordAt[at]; above >= 0 && int(above) != i {
				w.head = above
				break
			}
		}
	}
}

// cut fills c.cutting with the words of a sentence and the clauses they are in.
func (c *Collection) cut(a *article.Article, n *article.Analysis, s article.Sentence) {
	c.cutting = c.cutting[:0]
	parsed := len(n.Arcs) == len(n.Tokens)
	if parsed {
		c.clauses(a, n, s)
	}
	clause, content := int16(0), false
	for k, t := range n.Tokens[s.First:s.Last] {
		written := t.Of(a.Text)
		r, _ := utf8.DecodeRuneInString(written)
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '\'' && r != '’' {
			if content && strings.ContainsAny(written, ",;:—–-()") {
				clause, content = clause+1, false
			}
			continue
		}
		id := c.id(written, t.Lemma)
		if named := referent(a, n, s.First+k); named != "" {
			id = c.id(named, "")
		}
		st := &c.stems[id]
		if t.Tag == article.VERB {
			st.kind |= event
		}
		if content && st.kind&stop != 0 && openers[st.text] {
			clause, content = clause+1, false
		}
		content = content || st.kind&stop == 0
		word := token{
			span: t.Span, stem: id, at: int16(min(k, math.MaxInt16)), clause: clause, upper: unicode.IsUpper(r),
			tag: t.Tag, verb: t.Tag == article.VERB || t.Tag == article.NoTag && st.kind&event != 0,
		}
		if parsed {
			word.clause = c.clauseAt[k]
		}
		c.cutting = append(c.cutting, word)
	}
}

// referent is the last word of the name that a pronoun stands for, "" of a word
// that is no pronoun or stands for nothing known.
func referent(a *article.Article, n *article.Analysis, token int) string {
	if n.Tokens[token].Tag != article.PRON || len(n.References) == 0 {
		return ""
	}
	at, _ := slices.BinarySearchFunc(n.References, token, func(r article.Reference, token int) int { return cmp.Compare(r.First, token) })
	for ; at < len(n.References) && n.References[at].First == token; at++ {
		r := n.References[at]
		if r.Form == article.Pronoun && r.Last == token+1 && r.Entity >= 0 {
			words := strings.Fields(n.Entities[r.Entity].Name.Of(a.Text))
			if len(words) > 0 {
				return words[len(words)-1]
			}
		}
	}
	return ""
}

// clauses fills c.clauseAt with the clause of every token of a parsed sentence.
// A clause is what could stand as a sentence: it hangs from the root, or from a
// verb with a subject of its own that is joined to another, put beside it, or
// tells its time, reason or content. Conditions and relative clauses stay with
// what they belong to.
func (c *Collection) clauses(a *article.Article, n *article.Analysis, s article.Sentence) {
	arcs := n.Arcs[s.First:s.Last]
	c.clauseAt, c.subject = c.clauseAt[:0], c.subject[:0]
	for range arcs {
		c.clauseAt, c.subject = append(c.clauseAt, -1), append(c.subject, false)
	}
	for k, arc := range arcs {
		if arc.Head < 0 {
			continue
		}
		switch arc.Rel {
		case article.Nsubj, article.NsubjPass, article.Csubj, article.Expl:
			c.subject[arc.Head-s.First] = true
		case article.Mark:
			if conditions[strings.ToLower(n.Tokens[s.First+k].Of(a.Text))] {
				c.clauseAt[arc.Head-s.First] = -2
			}
		}
	}
	first := len(c.bonds)
	for k, arc := range arcs {
		switch arc.Rel {
		case article.Root:
		case article.Conj, article.Ccomp, article.Advcl, article.Parataxis:
			if !c.subject[k] || c.clauseAt[k] == -2 {
				continue
			}
		default:
			continue
		}
		c.clauseAt[k] = int16(len(c.bonds) - first)
		c.bonds = append(c.bonds, bond{above: -1})
	}
	for k := range arcs {
		at := k
		for steps := 0; c.clauseAt[at] < 0 && arcs[at].Head >= 0 && steps < len(arcs); steps++ {
			at = arcs[at].Head - s.First
		}
		c.clauseAt[k] = max(c.clauseAt[at], 0)
	}
	for k, arc := range arcs {
		if arc.Rel == article.Ccomp && arc.Head >= 0 && c.clauseAt[k] != c.clauseAt[arc.Head-s.First] {
			c.bonds[first+int(c.clauseAt[k])].above = c.clauseAt[arc.Head-s.First]
		}
	}
}

// bond is the clause that another is the content of, -1 for none: "said" is
// nothing without what was said.
type bond struct{ above int16 }

// conditions begin a clause that would say something else without them.
var conditions = set(`if unless whether lest`)

// id is the number of the stem of a word: of its lemma where there is one, and
// of the word as it is written elsewhere.
func (c *Collection) id(written, lemma string) int32 {
	lower := strings.ToLower(written)
	if id, ok := c.forms[form{lower, lemma}]; ok {
		return id
	}
	plain := strings.ReplaceAll(lower, "’", "'")
	stemmed := plain
	stops := stopwords[plain] || strings.HasPrefix(plain, "'")
	if !stops {
		stemmed = c.stemmer.Stem(cmp.Or(strings.ToLower(lemma), plain))
	}
	id, ok := c.ids[stemmed]
	if !ok {
		id = int32(len(c.stems))
		s := stem{text: strings.Clone(stemmed), senses: c.lexicon.senses[stemmed], phrases: c.lexicon.starts[stemmed], news: c.lexicon.news(stemmed)}
		if len(s.text) >= 5 {
			s.head = binary.LittleEndian.Uint32([]byte(s.text[:4]))
		}
		if stops {
			s.kind = stop
		}
		if s.text != "" && '0' <= s.text[0] && s.text[0] <= '9' {
			s.kind |= number
		}
		for _, x := range s.senses {
			s.kind |= c.lexicon.kinds[x]
		}
		c.ids[s.text] = id
		c.stems = append(c.stems, s)
	}
	if len(c.stems[id].senses) == 0 && len(plain) > 5 && (strings.HasSuffix(plain, "ed") || strings.HasSuffix(plain, "ing")) {
		c.stems[id].kind |= event
	}
	c.forms[form{lower, lemma}] = id
	return id
}

// phraseAt is the sense of a phrase that begins with the first token, -1 for
// none. Up to three tokens may stand between its words.
func (c *Collection) phraseAt(tokens []token) int16 {
	const gap = 3
	for _, k := range c.stems[tokens[0].stem].phrases {
		p := &c.lexicon.phrases[k]
		at, found := 0, 0
		for _, want := range p.rest {
			for i := at + 1; i < len(tokens) && i <= at+gap+1; i++ {
				if c.stems[tokens[i].stem].text == want {
					at = i
					found++
					break
				}
			}
		}
		if found == len(p.rest) {
			return p.sense
		}
	}
	return -1
}

// Weigh is called once, after the last Add.
func (c *Collection) Weigh() {
	alone := c.accounts <= 2 && len(c.passages) <= 2 // nothing to count rarity in
	for i := range c.senses {
		c.senses[i].weigh(len(c.passages), c.accounts)
	}
	for i := range c.stems {
		s := &c.stems[i]
		s.weigh(len(c.passages), c.accounts)
		if alone {
			s.story = s.news
		}
		if 2*s.upper > s.upper+s.lower {
			s.kind |= name
		}
		for _, x := range s.senses {
			s.share = max(s.share, c.senses[x].share)
		}
	}
	for i := range c.passages {
		p := &c.passages[i]
		var story, news float32
		for _, w := range c.words[p.first:p.last] {
			s := &c.stems[w.stem]
			p.story += s.story
			p.news += s.news
			if !w.again {
				story += s.story * s.story
				news += s.news * s.news
			}
		}
		p.storyNorm, p.newsNorm = float32(math.Sqrt(float64(story))), float32(math.Sqrt(float64(news)))
	}
}
