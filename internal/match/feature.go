package match

import (
	"math"
	"strings"

	"synoptic/article"
)

// Features are the numbers that tell whether two passages make the same claim.
// None of them names a word. Rarity is 0 to 1, in the collection ("story") or
// in news at large ("news"); a shared word counts as much as the two are alike.
type Features [featureCount]float32

const (
	hardStory      = iota // cosine of stems by rarity
	hardNews              //
	softStory             // what is found of both in the other, by rarity
	softNews              //
	lessStory             // the share found of the passage that is covered less
	moreStory             // and of the one that is covered more
	lessNews              //
	moreNews              //
	clauseStory           // the two most alike clauses: twice what is shared by what both weigh
	clauseNews            //
	clauseShared          // what those two share, in rarity in news
	pairStory             // the rarest pair of neighbours that both have
	pairNews              //
	pairSum               // all pairs of neighbours that both have, by length
	pairCount             //
	eventNews             // the rarest happening that both have
	eventShare            // the share of accounts that have that happening
	eventCount            // happenings that both have
	eventPair             // the rarest pair of a happening and a neighbour
	eventPairShare        // how common among the accounts that pair's words are
	eventLeft             // the share of happenings of the shorter that the other lacks
	nameStory             // the rarest name that both have
	nameCount             // names that both have
	nameLeft              // the share of names of the one with fewer that the other lacks
	numberCount           // numbers that both have
	numberLeft            // the share of numbers of the one with fewer that the other lacks
	rarest                // the rarest word that both have, in the collection
	sumStory              // all that is shared
	sumNews               //
	run                   // the longest run of the same words
	neighbours            // content words that follow each other in both, as a share of the shorter
	negation              // one of the two denies
	headlines             // how many of the two are headlines
	short                 // words of the shorter
	long                  // and of the longer
	apart                 // how far apart they stand in their accounts
	early                 // how early the earlier stands
	late                  // and the later
	letters               // sequences of three letters that both have
	verbNews              // the rarest verb that the other has too, as a verb or not
	verbStory             // the same by rarity in the collection
	verbShare             // the share of the accounts that have it
	verbCount             // verbs of both that the other has
	verbLeft              // the share of verbs of the passage with fewer that the other lacks
	verbPair              // the rarest pair of such a verb and a neighbour
	verbPairShare         // how common among the accounts that pair's words are
	clausePair            // the rarest pair of words in one clause on both sides
	clauseVerbPair        // the same with a verb
	leftLess              // what is not shared of the passage that has less of that, by rarity in news
	leftMore              // and of the other
	nameExtra             // names that one of the two lacks
	numberExtra           // numbers that one of the two lacks
	twos                  // sequences of two words, stop words among them
	threes                // sequences of three
	subsequence           // the longest sequence of words that stand in both in one order
	lengths               // words of the shorter by words of the longer
	ones                  // words, stop words among them
	stretch               // the longest stretch of the same words, as a share of the shorter
	leftWords             // content words of the passage with fewer of those that the other lacks
	leftWordsMore         // and of the other
	nounExtra             // nouns that one of the two lacks
	verbExtra             // verbs
	properExtra           // proper nouns
	otherExtra            // other content words
	changed               // words shared by sense or by spelling alone, as a share of those shared
	arcNews               // the rarest pair of words tied in the parse of both
	arcStory              // the same by rarity in the collection
	arcRole               // the rarest such pair in the same role
	arcVerb               // the rarest such pair with a verb
	arcVerbShare          // how common among the accounts that pair's words are
	arcCount              // such pairs
	heads                 // words at the top of both, or of a clause of both, that are alike, by rarity
	featureCount
)

// FeatureNames names the features, for those who fit.
var FeatureNames = [featureCount]string{
	"hardStory", "hardNews", "softStory", "softNews", "lessStory", "moreStory", "lessNews", "moreNews", "clauseStory", "clauseNews",
	"clauseShared", "pairStory", "pairNews", "pairSum", "pairCount", "eventNews", "eventShare", "eventCount", "eventPair",
	"eventPairShare", "eventLeft", "nameStory", "nameCount", "nameLeft", "numberCount", "numberLeft", "rarest", "sumStory", "sumNews", "run",
	"neighbours", "negation", "headlines", "short", "long", "apart", "early", "late", "letters",
	"verbNews", "verbStory", "verbShare", "verbCount", "verbLeft", "verbPair", "verbPairShare", "clausePair", "clauseVerbPair", "leftLess", "leftMore", "nameExtra", "numberExtra", "twos", "threes", "subsequence", "lengths",
	"ones", "stretch", "leftWords", "leftWordsMore",
	"nounExtra", "verbExtra", "properExtra", "otherExtra", "changed",
	"arcNews", "arcStory", "arcRole", "arcVerb", "arcVerbShare", "arcCount", "heads",
}

// Rising says of each feature whether more of it can only speak for one claim
// (1), only against (-1), or either (0).
var Rising = [featureCount]int8{1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 1, 1, 0, -1, 1, 0, -1, 1, -1, 1, 1, 1, 1, 1, -1, 0, 0, 0, 0, 0, 0, 1, 1, 1, 0, 1, -1, 1, 0, 1, 1, -1, -1, -1, -1, 1, 1, 1, 0, 1, 1, -1, -1, -1, -1, -1, -1, 0, 1, 1, 1, 1, 0, 1, 1}

// How alike two words are that are not the same stem.
const (
	bySense    = 0.8
	bySpelling = 0.6
)

// link is a word of one passage that is alike to one of the other.
type link struct {
	i, k        int16 // places among the words of the passages
	sim         float32
	story, news float32 // rarity of what they share
	share       float32
	kind        kind
	verb        bool // one of the two is a verb
}

// Pair compares two passages of a collection, again and again in the same
// memory. The zero value serves.
type Pair struct {
	links        []link
	bestA, bestB []float32
	above, row   []float32
	runsAbove    []float32
	runs         []float32
	clauses      [mostClauses * mostClauses]float32
	clausesNews  [mostClauses * mostClauses]float32
}

const mostClauses = 12

// like says how alike two words are, 0 for not at all.
func (c *Collection) like(a, b *word) link {
	s, t := &c.stems[a.stem], &c.stems[b.stem]
	l := link{kind: s.kind | t.kind}
	if a.stem == b.stem {
		l.sim, l.story, l.news, l.share = 1, s.story, s.news, s.share
		if s.kind&stop == 0 || a.phrase == b.phrase {
			return l
		}
	}
	if x := c.shareSense(a, b, s, t); x >= 0 {
		m := &c.senses[x]
		l.sim, l.share, l.kind = bySense, m.share, l.kind|c.lexicon.kinds[x]
		l.story, l.news = m.story, min(s.news, t.news)
		if a.phrase == x || b.phrase == x {
			l.news = max(s.news, t.news)
		}
		if c.accounts <= 2 && len(c.passages) <= 2 {
			l.story = l.news
		}
		return l
	}
	if s.head != 0 && s.head == t.head && (s.kind|t.kind)&number == 0 && samePrefix(s.text, t.text) {
		l.sim, l.story, l.news, l.share = bySpelling, min(s.story, t.story), min(s.news, t.news), max(s.share, t.share)
		return l
	}
	return link{}
}

func (c *Collection) shareSense(a, b *word, s, t *stem) int16 {
	if s.kind&stop == 0 && t.kind&stop == 0 {
		for _, x := range s.senses {
			for _, y := range t.senses {
				if x == y {
					return x
				}
			}
		}
	}
	if a.phrase >= 0 {
		if a.phrase == b.phrase {
			return a.phrase
		}
		for _, y := range t.senses {
			if a.phrase == y {
				return y
			}
		}
	}
	if b.phrase >= 0 {
		for _, x := range s.senses {
			if x == b.phrase {
				return x
			}
		}
	}
	return -1
}

// samePrefix reports whether two stems begin with the same letters, at least
// five and most of the longer.
func samePrefix(a, b string) bool {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n >= 5 && 3*n >= 2*max(len(a), len(b))
}

// link finds the words that two passages share.
func (p *Pair) link(c *Collection, a, b *passage) {
	p.links = p.links[:0]
	p.bestA, p.bestB = zeros(p.bestA, a.last-a.first), zeros(p.bestB, b.last-b.first)
	for i := range c.words[a.first:a.last] {
		u := &c.words[a.first+i]
		for k := range c.words[b.first:b.last] {
			l := c.like(u, &c.words[b.first+k])
			if l.sim == 0 {
				continue
			}
			l.i, l.k = int16(i), int16(k)
			l.verb = u.verb || c.words[b.first+k].verb
			p.links = append(p.links, l)
			p.bestA[i], p.bestB[k] = max(p.bestA[i], l.sim), max(p.bestB[k], l.sim)
		}
	}
}

func zeros(s []float32, n int) []float32 {
	if cap(s) < n {
		s = make([]float32, n, 2*n)
	}
	s = s[:n]
	clear(s)
	return s
}

// Features turns the passages i and k of c into numbers. It is the same for k
// and i.
func (p *Pair) Features(c *Collection, i, k int) (f Features) {
	a, b := &c.passages[i], &c.passages[k]
	if a.last-a.first > b.last-b.first || a.last-a.first == b.last-b.first && i > k {
		a, b = b, a
	}
	p.link(c, a, b)
	p.cover(c, a, b, &f)
	p.within(c, a, b, &f)
	p.near(c, a, b, &f)
	p.kinds(c, a, b, &f)
	p.sequence(c, a, b, &f)
	p.order(c, a, b, &f)
	p.extra(c, a, b, &f)
	if a.negated != b.negated {
		f[negation] = 1
	}
	for _, x := range []*passage{a, b} {
		if x.headline {
			f[headlines]++
		}
	}
	f[short], f[long] = float32(a.last-a.first), float32(b.last-b.first)
	f[apart] = abs(a.place - b.place)
	f[early], f[late] = min(a.place, b.place), max(a.place, b.place)
	return f
}

// cover measures how much of either passage the other holds.
func (p *Pair) cover(c *Collection, a, b *passage, f *Features) {
	var storyA, newsA, storyB, newsB float32
	for i, sim := range p.bestA {
		s := &c.stems[c.words[a.first+i].stem]
		storyA, newsA = storyA+sim*s.story, newsA+sim*s.news
	}
	for k, sim := range p.bestB {
		s := &c.stems[c.words[b.first+k].stem]
		storyB, newsB = storyB+sim*s.story, newsB+sim*s.news
	}
	var hardS, hardN float32
	for _, l := range p.links {
		u, v := &c.words[a.first+int(l.i)], &c.words[b.first+int(l.k)]
		if u.stem == v.stem && !u.again && !v.again {
			s := &c.stems[u.stem]
			hardS, hardN = hardS+s.story*s.story, hardN+s.news*s.news
		}
		f[rarest] = max(f[rarest], l.sim*l.story)
	}
	f[hardStory], f[hardNews] = ratio(hardS, a.storyNorm*b.storyNorm), ratio(hardN, a.newsNorm*b.newsNorm)
	f[softStory], f[softNews] = ratio(storyA+storyB, a.story+b.story), ratio(newsA+newsB, a.news+b.news)
	x, y := ratio(storyA, a.story), ratio(storyB, b.story)
	f[lessStory], f[moreStory] = min(x, y), max(x, y)
	x, y = ratio(newsA, a.news), ratio(newsB, b.news)
	f[lessNews], f[moreNews] = min(x, y), max(x, y)
	f[sumStory], f[sumNews] = (storyA+storyB)/2, (newsA+newsB)/2
	x, y = a.news-newsA, b.news-newsB
	f[leftLess], f[leftMore] = min(x, y), max(x, y)
	x, y = left(p.bestA), left(p.bestB)
	f[leftWords], f[leftWordsMore] = min(x, y), max(x, y)
}

// extra counts the words that one passage alone has by their part of speech.
func (p *Pair) extra(c *Collection, a, b *passage, f *Features) {
	shared := float32(0)
	for _, side := range []struct {
		at   *passage
		best []float32
	}{{a, p.bestA}, {b, p.bestB}} {
		for i, sim := range side.best {
			if sim > 0 {
				shared++
				if sim < 1 {
					f[changed]++
				}
				continue
			}
			switch c.words[side.at.first+i].tag {
			case article.NOUN:
				f[nounExtra]++
			case article.VERB:
				f[verbExtra]++
			case article.PROPN:
				f[properExtra]++
			default:
				f[otherExtra]++
			}
		}
	}
	f[changed] = ratio(f[changed], shared)
}

// left counts the words for which the other passage has none.
func left(best []float32) (n float32) {
	for _, sim := range best {
		if sim == 0 {
			n++
		}
	}
	return n
}

// within finds the clause of a and the clause of b that are most alike.
func (p *Pair) within(c *Collection, a, b *passage, f *Features) {
	var storyA, newsA, storyB, newsB [mostClauses]float32
	weigh := func(x *passage, story, news *[mostClauses]float32) int {
		n := 0
		for _, w := range c.words[x.first:x.last] {
			k := min(int(w.clause), mostClauses-1)
			story[k] += c.stems[w.stem].story
			news[k] += c.stems[w.stem].news
			n = max(n, k+1)
		}
		return n
	}
	n, m := weigh(a, &storyA, &newsA), weigh(b, &storyB, &newsB)
	clear(p.clauses[:n*m])
	clear(p.clausesNews[:n*m])
	last, best := int16(-1), [mostClauses]float32{}
	flush := func() {
		if last < 0 {
			return
		}
		w := &c.words[a.first+int(last)]
		s, row := &c.stems[w.stem], min(int(w.clause), mostClauses-1)*m
		for k, sim := range best[:m] {
			p.clauses[row+k] += sim * s.story
			p.clausesNews[row+k] += sim * s.news
		}
		best = [mostClauses]float32{}
	}
	for _, l := range p.links { // by word of a
		if l.i != last {
			flush()
			last = l.i
		}
		k := min(int(c.words[b.first+int(l.k)].clause), mostClauses-1)
		best[k] = max(best[k], l.sim)
	}
	flush()
	for x := range n {
		for y := range m {
			f[clauseStory] = max(f[clauseStory], ratio(2*p.clauses[x*m+y], storyA[x]+storyB[y]))
			f[clauseNews] = max(f[clauseNews], ratio(2*p.clausesNews[x*m+y], newsA[x]+newsB[y]))
			f[clauseShared] = max(f[clauseShared], p.clausesNews[x*m+y])
		}
	}
}

// near finds pairs of words that stand near each other in both passages, or are
// tied in the parse of both.
func (p *Pair) near(c *Collection, a, b *passage, f *Features) {
	const window = 7 // tokens
	pairs, arcs, sum := 0, 0, float32(0)
	for x := range p.links {
		l := &p.links[x]
		u, v := &c.words[a.first+int(l.i)], &c.words[b.first+int(l.k)]
		for y := x + 1; y < len(p.links); y++ {
			m := &p.links[y]
			if l.i == m.i || l.k == m.k {
				continue
			}
			u2, v2 := &c.words[a.first+int(m.i)], &c.words[b.first+int(m.k)]
			tied := (u.head == m.i || u2.head == l.i) && (v.head == m.k || v2.head == l.k)
			d := v2.at - v.at
			close := u2.at-u.at <= window && d <= window && d >= -window
			if !tied && !close {
				continue
			}
			sim := l.sim * m.sim
			story, news := sim*sqrt(l.story*m.story), sim*sqrt(l.news*m.news)
			verb := l.verb || m.verb
			if tied {
				arcs++
				f[arcNews], f[arcStory] = max(f[arcNews], news), max(f[arcStory], story)
				if u.head == m.i && v.head == m.k && u.role == v.role || u2.head == l.i && v2.head == l.k && u2.role == v2.role {
					f[arcRole] = max(f[arcRole], news)
				}
				if verb && news > f[arcVerb] {
					f[arcVerb], f[arcVerbShare] = news, l.share*m.share
				}
			}
			if !close {
				continue
			}
			pairs++
			sum += story
			f[pairStory], f[pairNews] = max(f[pairStory], story), max(f[pairNews], news)
			if (l.kind|m.kind)&event != 0 && news > f[eventPair] {
				f[eventPair], f[eventPairShare] = news, l.share*m.share
			}
			if verb && news > f[verbPair] {
				f[verbPair], f[verbPairShare] = news, l.share*m.share
			}
			if u.clause == u2.clause && v.clause == v2.clause {
				f[clausePair] = max(f[clausePair], story)
				if verb {
					f[clauseVerbPair] = max(f[clauseVerbPair], news)
				}
			}
		}
		if u.tag == article.VERB && v.tag == article.VERB || u.head < 0 && v.head < 0 {
			f[heads] = max(f[heads], l.sim*l.news)
		}
	}
	f[pairSum] = sum / sqrt(float32(a.last-a.first)+1)
	f[pairCount] = float32(math.Log1p(float64(pairs)))
	f[arcCount] = float32(math.Log1p(float64(arcs)))
}

// kinds compares happenings, names and numbers.
func (p *Pair) kinds(c *Collection, a, b *passage, f *Features) {
	for _, l := range p.links {
		if l.kind&event != 0 && l.sim*l.news > f[eventNews] {
			f[eventNews], f[eventShare] = l.sim*l.news, l.share
		}
		if l.verb && l.sim*l.news > f[verbNews] {
			f[verbNews], f[verbStory], f[verbShare] = l.sim*l.news, l.sim*l.story, l.share
		}
		if l.kind&name != 0 {
			f[nameStory] = max(f[nameStory], l.sim*l.story)
		}
	}
	left := func(count, share, extra int, is func(w *word) bool) {
		inA, foundA := countOf(c, a, p.bestA, is)
		inB, foundB := countOf(c, b, p.bestB, is)
		f[count] = min(foundA, foundB)
		if extra > 0 {
			f[extra] = inA + inB - foundA - foundB
		}
		if inA > 0 && inB > 0 {
			if inA > inB {
				inA, foundA = inB, foundB
			}
			f[share] = 1 - foundA/inA
		}
	}
	of := func(k kind) func(w *word) bool { return func(w *word) bool { return c.stems[w.stem].kind&k != 0 } }
	left(eventCount, eventLeft, 0, of(event))
	left(nameCount, nameLeft, nameExtra, of(name))
	left(numberCount, numberLeft, numberExtra, of(number))
	left(verbCount, verbLeft, 0, func(w *word) bool { return w.verb })
}

// countOf counts the words of x that are of a kind, and those of them that the
// other passage has.
func countOf(c *Collection, x *passage, best []float32, is func(w *word) bool) (in, found float32) {
	for i, sim := range best {
		if is(&c.words[x.first+i]) {
			in++
			if sim > 0 {
				found++
			}
		}
	}
	return in, found
}

// sequence compares the order of words, and their letters.
func (p *Pair) sequence(c *Collection, a, b *passage, f *Features) {
	shared, longest := 0, float32(0)
	p.runs, p.runsAbove = zeros(p.runs, b.last-b.first+1), zeros(p.runsAbove, b.last-b.first+1)
	for i := range a.last - a.first {
		row, above := p.runs, p.runsAbove
		p.runs, p.runsAbove = above, row
		follows := false
		for k := range b.last - b.first {
			row[k+1] = 0
			if c.words[a.first+i].stem == c.words[b.first+k].stem {
				row[k+1] = above[k] + 1
				longest = max(longest, row[k+1])
				follows = follows || row[k+1] > 1
			}
		}
		if follows {
			shared++
		}
	}
	f[run] = longest
	f[neighbours] = float32(shared) / float32(max(a.last-a.first-1, 1))
	// Spelling tells names in two transcriptions and compounds apart from other words.
	found, all := 0, 0
	for i, w := range c.words[a.first:a.last] {
		t := c.stems[w.stem].text
		if len(t) < 4 {
			continue
		}
		all++
		if p.bestA[i] > 0 {
			found++
			continue
		}
		for _, v := range c.words[b.first:b.last] {
			if u := c.stems[v.stem].text; len(u) >= 4 && (strings.Contains(u, t[:4]) || strings.Contains(t, u[:4])) {
				found++
				break
			}
		}
	}
	f[letters] = ratio(float32(found), float32(all))
}

// order compares all that the passages say, stop words too.
func (p *Pair) order(c *Collection, a, b *passage, f *Features) {
	x, y := c.tokens[a.start:a.end], c.tokens[b.start:b.end]
	if len(x) == 0 || len(y) == 0 {
		return
	}
	f[lengths] = float32(min(len(x), len(y))) / float32(max(len(x), len(y)))
	one, two, three, longest := 0, 0, 0, float32(0)
	p.runs, p.runsAbove = zeros(p.runs, len(y)+1), zeros(p.runsAbove, len(y)+1)
	p.above, p.row = zeros(p.above, len(y)+1), zeros(p.row, len(y)+1)
	for i, t := range x {
		has1, has2, has3 := false, false, false
		for k, u := range y {
			if t != u {
				p.row[k+1] = max(p.row[k], p.above[k+1])
				p.runs[k+1] = 0
				continue
			}
			has1 = true
			p.row[k+1] = p.above[k] + 1
			p.runs[k+1] = p.runsAbove[k] + 1
			longest = max(longest, p.runs[k+1])
			if i > 0 && k > 0 && x[i-1] == y[k-1] {
				has2 = true
				has3 = has3 || i > 1 && k > 1 && x[i-2] == y[k-2]
			}
		}
		if has1 {
			one++
		}
		if has2 {
			two++
		}
		if has3 {
			three++
		}
		p.above, p.row = p.row, p.above
		p.runsAbove, p.runs = p.runs, p.runsAbove
	}
	both := float32(len(x) + len(y))
	f[subsequence] = 2 * p.above[len(y)] / both
	f[ones], f[stretch] = 2*float32(one)/both, longest/float32(min(len(x), len(y)))
	f[twos], f[threes] = 2*float32(two)/both, 2*float32(three)/both
}

func ratio(a, b float32) float32 {
	if b == 0 {
		return 0
	}
	return a / b
}

func sqrt(x float32) float32 { return float32(math.Sqrt(float64(x))) }

func abs(x float32) float32 { return max(x, -x) }
