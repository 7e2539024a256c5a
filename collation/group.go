package collation

import (
	"slices"
	"strings"

	"synoptic/article"
	"synoptic/text"
)

// crowds are the many who act as one.
var crowds = wordSet(`activist ambassador authority campaigner creditor critic crew defendant delegate developer diplomat doctor driver employee
	employer expert family farmer fisherman guard islander judge investigator investor landlord lawmaker lawyer lender manufacturer member
	minister negotiator nurse official opponent organiser organizer owner parent passenger pilot player politician prosecutor protester
	protestor rebel regulator relative resident retailer sailor scientist senator shareholder shopkeeper soldier striker student supporter
	survivor teacher tenant trader trustee victim villager voter worker`)

// called is what an account calls a group or an office without a name: "the
// union", "island residents". A headline may leave the article out. It is ""
// where the words leave open who of several is meant, or where the noun at head
// is of neither.
func (a Account) called(s article.Sentence, head int, headline bool) string {
	n := a.Analysis
	lemma, many := n.Tokens[head].Lemma, n.Tokens[head].XTag == "NNS"
	if n.Tokens[head].Tag != article.NOUN || !(many && crowds[lemma]) && !(bodies[lemma] && (!many || lemma == "police")) {
		return ""
	}
	first, definite := head, many || headline || lemma == "police"
	for k := s.First; k < s.Last; k++ {
		if n.Arcs[k].Head != head {
			continue
		}
		switch n.Arcs[k].Rel {
		case article.Det:
			if !strings.EqualFold(n.Tokens[k].Of(a.Text), "the") {
				return ""
			}
			definite = true
			continue
		case article.Amod, article.Compound:
			first = min(first, leftmost(n, s, k))
		case article.Case, article.Punct:
		default:
			return ""
		}
	}
	if !definite {
		return ""
	}
	words := strings.ToLower(text.Span{Start: n.Tokens[first].Start, End: n.Tokens[head].End}.Of(a.Text))
	if many {
		return words
	}
	return bodyCalled(lemma, words)
}

// ways is how the accounts of a story speak of the body or office of one noun.
type ways struct {
	origins []int    // that speak of "the union"
	named   party    // the one with the noun in its name
	closer  []string // words that say more closely which is meant
	several bool     // there is more than one
}

// ones lists the bodies and offices of which a story has one, as called has them:
// at least two origins speak of "the union", no words tell it from another but
// those of its name, and nothing tells of a second.
func (c *Collation) ones() map[string]bool {
	of := map[string]*ways{}
	for _, a := range c.Accounts {
		if n := a.Analysis; len(n.Arcs) == len(n.Tokens) {
			a.ways(of)
		}
	}
	ones := map[string]bool{}
	for lemma, w := range of {
		more := slices.ContainsFunc(w.closer, func(word string) bool { return !slices.Contains(w.named.words, word) })
		if !w.several && !more && len(w.origins) > 1 {
			ones[bodyCalled(lemma, lemma)] = true
		}
	}
	return ones
}

// bodyCalled is how words for a body or an office with the noun stand in a list.
func bodyCalled(noun, words string) string {
	if noun == "police" {
		return words
	}
	return "the " + words
}

// ways adds how an account speaks of bodies and offices.
func (a Account) ways(of map[string]*ways) {
	n := a.Analysis
	way := func(lemma string) *ways {
		if of[lemma] == nil {
			of[lemma] = &ways{}
		}
		return of[lemma]
	}
	named := make([]bool, len(n.Tokens))
	for _, m := range n.Mentions {
		name := newParty(m.Of(a.Text))
		for k := m.First; k < m.Last; k++ {
			named[k] = true
			if lemma := strings.ToLower(n.Tokens[k].Lemma); bodies[lemma] && len(name.words) > 1 {
				w := way(lemma)
				w.several = w.several || len(w.named.words) > 0 && !sameParty(w.named.name, name.name)
				if len(name.words) > len(w.named.words) {
					w.named = name
				}
			}
		}
	}
	for _, s := range n.Sentences {
		if kind := a.Paragraphs[s.Paragraph].Kind; kind != article.Body && kind != article.Summary {
			continue
		}
		for k := s.First; k < s.Last; k++ {
			t := n.Tokens[k]
			if t.Tag == article.NOUN && bodies[t.Lemma] && !named[k] && (k+1 == s.Last || !named[k+1]) && n.Arcs[k].Rel != article.Compound {
				way(t.Lemma).add(a, s, k)
			}
		}
	}
}

// add adds the noun at head of a sentence.
func (w *ways) add(a Account, s article.Sentence, head int) {
	n := a.Analysis
	police := n.Tokens[head].Lemma == "police"
	the, closer := police, false
	w.several = w.several || !police && n.Tokens[head].XTag == "NNS"
	for k := s.First; k < s.Last; k++ {
		if n.Arcs[k].Head != head {
			continue
		}
		word := strings.ToLower(n.Tokens[k].Of(a.Text))
		switch n.Arcs[k].Rel {
		case article.Det:
			the = the || word == "the"
			w.several = w.several || word != "the" && !oneOf[word]
		case article.Nummod:
			w.several = true
		case article.Amod, article.Compound, article.Nmod, article.NmodPoss:
			if n.Tokens[k].Tag != article.PRON {
				closer = true
				w.closer = append(w.closer, word)
			}
		}
	}
	if the && !closer && !slices.Contains(w.origins, a.Origin) {
		w.origins = append(w.origins, a.Origin)
	}
}

// oneOf are articles that tell of no second.
var oneOf = wordSet(`a an this that`)
