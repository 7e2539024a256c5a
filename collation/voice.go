package collation

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"synoptic/article"
	"synoptic/text"
)

// voices counts who speaks in which account, in quotation marks or in the
// writer's words, by name or as a description alone.
func (c *Collation) voices(t *telling) []Voice {
	var voices []Voice
	index := map[string]int{}
	names := c.names()
	for account, a := range c.Accounts {
		said := a.Analysis.Attributions
		party := func(x int) string { return t.party(said[x].Source.Name) }
		words := folded(a.Text, text.Span{End: len(a.Text)})
		begun := make([]bool, len(said))
		quoted := map[text.Span]bool{}
		for w, x := range a.spokenBy(words) {
			if x < 0 {
				continue
			}
			k, ok := index[party(x)]
			if !ok {
				k = len(voices)
				index[party(x)] = k
				voices = append(voices, Voice{Name: party(x)})
			}
			v := &voices[k]
			if n := len(v.Turns); n == 0 || v.Turns[n-1].Account != account {
				v.Turns = append(v.Turns, Turn{Account: account})
			}
			turn := &v.Turns[len(v.Turns)-1]
			turn.Words++
			if q := slices.IndexFunc(said[x].Quoted, func(q text.Span) bool { return q.Contains(words[w].Span) }); q >= 0 {
				turn.DirectWords++
				if !quoted[said[x].Quoted[q]] {
					quoted[said[x].Quoted[q]] = true
					turn.Quotations++
				}
			}
			if begun[x] {
				continue
			}
			begun[x] = true
			v.Named = v.Named || hasName(said[x].Source.Name, names)
			if p := said[x].Parent; p >= 0 && begun[p] && party(p) == party(x) {
				continue // "she said …, accusing …" is one time
			}
			switch share := a.told(start(&said[x])); {
			case share < 0.2:
				turn.Lead++
			case share < 0.8:
				turn.Middle++
			default:
				turn.End++
			}
		}
	}
	slices.SortStableFunc(voices, func(a, b Voice) int {
		return cmp.Or(cmp.Compare(len(b.Turns), len(a.Turns)), cmp.Compare(spoken(b), spoken(a)), cmp.Compare(a.Name, b.Name))
	})
	return voices
}

func spoken(v Voice) int {
	n := 0
	for _, t := range v.Turns {
		n += t.Words
	}
	return n
}

// spokenBy tells for each word of an account the attribution that gives it as
// spoken, -1 for none. A word is given once: of "the paper reported that the
// board had said …" the last words are the board's, whose content is the
// shorter.
func (a Account) spokenBy(words []word) []int {
	by := make([]int, len(words))
	for w := range by {
		by[w] = -1
	}
	said := a.Analysis.Attributions
	var order []int
	for x := range said {
		if a.speaks(&said[x]) {
			order = append(order, x)
		}
	}
	slices.SortStableFunc(order, func(x, y int) int { return cmp.Compare(length(said[y].Content), length(said[x].Content)) })
	for _, x := range order {
		for _, s := range said[x].Content {
			w, _ := slices.BinarySearchFunc(words, s.Start, func(w word, at int) int { return cmp.Compare(w.Start, at) })
			for ; w < len(words) && words[w].End <= s.End; w++ {
				by[w] = x
			}
		}
	}
	return by
}

// length is how many bytes a content has.
func length(content []text.Span) int {
	n := 0
	for _, s := range content {
		n += s.Len()
	}
	return n
}

// start is where an attribution begins: with its content, its source or its cue.
func start(t *article.Attribution) int {
	at := t.Content[0].Start
	for _, s := range []text.Span{t.Source.Span, t.Cue} {
		if !s.Empty() {
			at = min(at, s.Start)
		}
	}
	return at
}

// told is how much of an account's running text is told before the byte at
// offset, from 0 to 1.
func (a Account) told(offset int) float64 {
	before, all := 0, 0
	for _, p := range a.Paragraphs {
		if p.Kind != article.Body && p.Kind != article.Summary {
			continue
		}
		all += p.Len()
		before += min(max(offset-p.Start, 0), p.Len())
	}
	return float64(before) / float64(max(all, 1))
}

// speaks reports whether t gives words that its source spoke or wrote: what
// stands in quotation marks, or what is told by a verb of speech. What somebody
// believes, wants or fears is not spoken, nor what they did not or may yet say.
// An outlet's notes on its own work are no part of its account.
func (a Account) speaks(t *article.Attribution) bool {
	first, _, _ := strings.Cut(strings.ToLower(t.Source.Name), " ")
	if first == "" || nobody[first] || a.Paragraphs[a.ParagraphAt(t.Content[0].Start)].Kind == article.Note {
		return false
	}
	if t.Kind == article.Direct {
		return true
	}
	tokens := a.Analysis.Tokens
	from, _ := slices.BinarySearchFunc(tokens, t.Cue.Start, func(t article.Token, at int) int { return cmp.Compare(t.Start, at) })
	spoke := speaking[t.Class] || len(t.Quoted) > 0
	for i := from; i < len(tokens) && tokens[i].End <= t.Cue.End; i++ {
		lemma := cmp.Or(tokens[i].Lemma, strings.ToLower(tokens[i].Of(a.Text)))
		if tokens[i].XTag == "MD" || unsaid[lemma] {
			return false
		}
		spoke = spoke || saying[lemma]
	}
	return spoke
}

// speaking are the classes of cues that tell of speech.
var speaking = wordSet(`assertive hedging accusing denying demanding promising asking`)

// saying are the lemmas of speech in classes that tell of other things too, or
// in none.
var saying = wordSet(`accord according acknowledge admit admission concede confess confession confirm confirmation disclose disclosure divulge
	point reveal revelation applaud commend congratulate hail laud praise thank`)

// unsaid are the lemmas by which a cue tells of no speech, though its class
// does: that nothing was said, or whom it rests on, or what was done or a thing shows.
var unsaid = wordSet(`not n't never decline refuse refusal cite attack hit sue target investigate depict underscore underline`)

// nobody are the words that begin a source which did not speak.
var nobody = wordSet(`neither no nobody none`)

// names lists what is named in the accounts and can speak, each by its words as
// a party has them.
func (c *Collation) names() map[string]bool {
	names := map[string]bool{}
	for _, a := range c.Accounts {
		for _, m := range a.Analysis.Mentions {
			switch m.Kind {
			case article.Person, article.Group, article.Location:
				words := newParty(m.Of(a.Text)).words
				names[strings.Join(words, " ")] = true
				if n := len(words); n > 1 && m.Kind == article.Person {
					names[words[n-1]] = true // a surname
				}
			}
		}
	}
	return names
}

// hasName reports whether a source is a name, or an office or body that "the"
// tells from others. All else is a description, of one or of many: "a source
// close to the talks", "two officials", "residents".
func hasName(source string, names map[string]bool) bool {
	if names[strings.Join(newParty(source).words, " ")] {
		return true
	}
	words := strings.Fields(source)
	if len(words) == 0 || indefinite[strings.ToLower(words[0])] || generic[strings.ToLower(words[len(words)-1])] {
		return false
	}
	head := 0 // "the Office" of "the Office of Rail and Road"
	for head+1 < len(words) && !clause[words[head+1]] && !joining[words[head+1]] && !strings.HasSuffix(words[head], ",") {
		head++
	}
	for head > 0 && unicode.IsDigit(firstRune(words[head])) { // "Channel 12"
		head--
	}
	last := strings.TrimFunc(words[head], unicode.IsPunct)
	lower := strings.ToLower(last)
	return bodies[lower] || head > 0 && !generic[lower] && unicode.IsUpper(firstRune(last))
}

// clause are words that begin a clause about what stands before them.
var clause = wordSet(`who which that whose`)

// indefinite are the first words of a description that tells nobody from others.
var indefinite = wordSet(`a an another any each every few many more most one other several some such two three four five six seven eight
	nine ten dozens scores hundreds thousands`)

// bodies are bodies, and offices of one person, that "the" tells from others.
var bodies = wordSet(`administration agency army authority board broadcaster cabinet chancellor commission committee company council court
	department embassy fund government hospital institute magazine mayor military minister ministry navy newspaper office organisation
	organization parliament party police president service station treasury tribunal union university`)
