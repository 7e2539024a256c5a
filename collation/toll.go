package collation

import (
	"slices"
	"strings"

	"synoptic/article"
)

// toll is how a cell counts people who died.
type toll struct {
	dead   bool     // it counts them, of no kind
	all    bool     // it counts all who died of one thing, as so, and not of a year that is past
	torn   bool     // its account gives another number of those
	former bool     // its sentence tells of what came before another thing: "in an earlier blast"
	before []nearby // words of the sentence before, where that must tell what they died of
}

// deadly are units whose things are people who died.
var deadly = map[string]bool{"death": true, "fatality": true}

// anybody are stems of words for people of no kind, and for those who died.
var anybody = stemSet(`people person victim dead killed death fatality`)

// taken are stems of words for what is done to lives that are lost.
var taken = stemSet(`claimed cost lost take taken die`)

// spanning are words for a time in which more than one thing happens, and for more
// than one of them.
var spanning = wordSet(`since month months year years decade decades weekly monthly yearly annual combined cumulative overall`)

// former are adjectives for what came before another thing.
var former = wordSet(`earlier previous former similar`)

// neutral are stems of words that say of any happening that it is bad.
var neutral = stemSet(`disaster tragedy incident accident catastrophe calamity`)

// deaths finds whether a cell of sentence s counts all who died, and makes one of
// the words for deaths: "toll", "death toll", "fatalities", "lives".
func (x *counted) deaths(v *vocabulary, a Account, s int) {
	f, n := x.cell.Figure, a.Analysis
	if deadly[f.Norm.Unit] || taken()[x.fate] && x.head == v.stem("lives") {
		x.head = strings.Clone(v.stem("death"))
		x.fate, x.human = x.head, true
		if f.Unit == "" {
			x.phrase = nil
		}
	}
	x.toll.dead = shareSense(x.fate, v.stem("die")) && anybody()[x.head]
	if !x.toll.dead {
		return
	}
	x.toll.all = !x.past && !x.rest && !moved(f) && factual(f) == article.Stated
	for _, t := range n.Tokens[n.Sentences[s].First:n.Sentences[s].Last] {
		word := strings.ToLower(t.Of(a.Text))
		x.toll.former = x.toll.former || t.Tag == article.ADJ && former[word]
		x.toll.all = x.toll.all && !x.toll.former && !spanning[word]
	}
	if s == 0 || !x.toll.all {
		return
	}
	own := 0
	for _, w := range x.near {
		if !people()[w.stem] && !shareSense(w.stem, x.fate) {
			own++
		}
	}
	if !x.said && own > 2 {
		return
	}
	before := n.Sentences[s-1]
	x.toll.before = v.nearby(a.Text, n.Tokens[before.First:before.Last], &article.Figure{})
	for _, m := range n.Moments {
		if x.said && before.Contains(m.Span) && m.Date.Known() && m.Date.Time.Year() != a.Published.Time.Year() {
			x.toll.all = false // "A quake hit in 1998. The death toll was 31."
		}
	}
}

// otherToll reports whether x counts the dead and y, which gives another number,
// counts some of them ("nine children"), or those of another year or of an earlier
// thing.
func (x *counted) otherToll(y *counted) bool {
	return deadly[x.cell.Figure.Norm.Unit] && y.human && !anybody()[y.head] || x.toll.dead && x.said && (x.past != y.past || x.toll.former != y.toll.former)
}

// oneToll reports whether two cells of two accounts surely count all who died of
// one thing: at least one is said of the toll, what it is the toll of is told by
// the other too, and neither account gives another number of dead.
func (c *Collation) oneToll(x, y *counted) bool {
	if x.toll.torn || y.toll.torn || !x.toll.all || !y.toll.all || !x.said && !y.said || x.cell.account == y.cell.account {
		return false
	}
	v, w := x.cell.Figure.Norm.Value, y.cell.Figure.Norm.Value
	return 2*min(v, w) >= max(v, w) && (!x.said || c.tollOf(x, y)) && (!y.said || c.tollOf(y, x))
}

// tear finds the tolls of which their account gives another.
func tear(cells []counted) {
	for i := range cells {
		for k := range i {
			x, y := &cells[i], &cells[k]
			if x.toll.all && y.toll.all && x.cell.account == y.cell.account && standBounds(x.cell.Figure, y.cell.Figure) == Differ {
				x.toll.torn, y.toll.torn = true, true
			}
		}
	}
}

// tollOf reports whether y tells what x is said to be the toll of: its account has
// the names, and around y stand most of the things; or, where x names none, words
// that stand around x too.
func (c *Collation) tollOf(x, y *counted) bool {
	if !c.namesAll(y.cell.account, x.names) {
		return false
	}
	all, shared := 0, 0
	for _, w := range x.things {
		if neutral()[w.stem] {
			continue
		}
		all++
		if y.tells(w) {
			shared++
		}
	}
	if all > 0 {
		return 2*shared >= all
	}
	for _, words := range [][]nearby{x.near, x.toll.before} {
		for _, w := range words {
			if !people()[w.stem] && !shareSense(w.stem, x.fate) && y.tells(w) {
				shared++
			}
		}
	}
	return shared > 1
}

// tells reports whether a word stands in the sentence of a toll or in the one
// before.
func (x *counted) tells(w nearby) bool {
	means := func(o nearby) bool { return w.means(&o) }
	return slices.ContainsFunc(x.near, means) || slices.ContainsFunc(x.toll.before, means)
}
