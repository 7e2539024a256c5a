package collation

import (
	"cmp"
	"slices"
	"strings"

	"synoptic/article"
)

// colours are words that colour what they tell, by lemma: they judge, hedge or
// accuse where another would state. Collected by hand; the cue verbs are those
// of the literature on biased language (Recasens, Danescu-Niculescu-Mizil and
// Jurafsky 2013). A word of a quotation is its speaker's and is not marked.
var colours = wordSet(`
	abruptly appalling astonishing atrocity barbaric blatant bloodbath bloody bombshell brazen brutal brutally carnage catastrophic chaos
	chilling cowardly crackdown crisis cruel damning deadly desperate despicable devastating dire disastrous disgraceful disturbing dramatic
	dramatically extremist fanatic feared fierce fiery firebrand furious fury ghastly gruesome hardline harrowing heinous heroic
	historic horrendous horrible horrific horrifying horror humiliating icon infamous landmark lethal massacre massive mayhem mob monstrous
	murderous nightmare notorious outrage outrageous panic plunge radical rampage ravage regime relentless ruthless savage scandal shameful
	shocking shock slaughter slaughter staggering strongman stunning swarm terrifying terror terrorist thug thuggish tragedy tragic tragically
	unprecedented vicious violent warlord wreak
	blast decry demonise denounce lambast lash slam smear vilify accuse allege blame condemn
	allegedly alleged apparently claim purport purportedly reportedly so-called supposedly seemingly insist admit concede
	defiant embattled controversial disgraced
`)

// wording lays the accounts' words of a point side by side, each account's most
// coloured passage, where any colours what it says in a way that no point before
// it has shown.
func (c *Collation) wording() []Wording {
	var rows []Wording
	shown := map[Cite]bool{} // coloured words
	for i, p := range c.Points {
		if p.Status == Single {
			continue
		}
		w := Wording{Point: i}
		for _, x := range p.Saying() {
			v := Worded{Cite: x, Loaded: c.coloured(x)}
			last := len(w.Variants) - 1
			switch {
			case last < 0 || w.Variants[last].account != v.account:
				w.Variants = append(w.Variants, v)
			case len(v.Loaded) > len(w.Variants[last].Loaded):
				w.Variants[last] = v
			}
		}
		unseen := false
		for _, v := range w.Variants {
			for _, x := range v.Loaded {
				unseen = unseen || !shown[x]
				shown[x] = true
			}
		}
		if unseen && len(w.Variants) > 1 {
			rows = append(rows, w)
		}
	}
	return rows
}

// coloured lists the words of a cite that colour it, outside quotations.
func (c *Collation) coloured(x Cite) []Cite {
	a := c.Accounts[x.account]
	var list []Cite
	tokens := a.Analysis.Tokens
	first, _ := slices.BinarySearchFunc(tokens, x.span.Start, func(t article.Token, at int) int { return cmp.Compare(t.Start, at) })
	for _, t := range tokens[first:] {
		if t.End > x.span.End {
			break
		}
		lemma := t.Lemma
		if lemma == "" || t.Tag == article.ADV || t.Tag == article.ADJ {
			lemma = t.Of(a.Text)
		}
		if colours[strings.ToLower(lemma)] && !quoted(a.Analysis, t) {
			list = append(list, c.cite(x.account, t.Span))
		}
	}
	return list
}

// quoted reports whether a token stands between quotation marks of a source.
func quoted(n *article.Analysis, t article.Token) bool {
	for _, at := range n.Attributions {
		for _, q := range at.Quoted {
			if q.Contains(t.Span) {
				return true
			}
		}
	}
	return false
}
