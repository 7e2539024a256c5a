package story

// What two articles of one town have in common at most where they tell of two
// events. All the names that both have are of places, and no more than a town and
// its country; their headlines share one word beside those; and of what the
// shorter has to tell, by how rare its words are, less than told stands in the
// other. The development events hold no two such events, so this cannot be fitted
// on them: neither in full nor cut to their first 25 to 250 words do they lose by
// it.
const (
	mostPlaces    = 2
	mostHeadlines = 1
	told          = 0.25
)

// sameTown reports whether article i tells of another event than story c in the
// same town: it has no more than the place in common with any of the newest.
func (g *Grouper) sameTown(i int32, c *cluster) bool {
	others := false
	for _, k := range c.members[max(0, len(c.members)-newest):] {
		if k == i {
			continue
		}
		if others = true; !g.onlyPlace(g.article(i), g.article(k)) {
			return false
		}
	}
	return others
}

// onlyPlace reports whether two articles with a running text have a place in
// common and tell of different events there: "Port fire kills three", "Port
// striker signs for rival club".
func (g *Grouper) onlyPlace(a, b *member) bool {
	if a.sketch.words == 0 || b.sketch.words == 0 {
		return false
	}
	const where = isPlace | isSite
	var mine, theirs, both float32 // of words that are no places and no dates
	places, headline := 0, 0
	x, y := a.sketch.terms, b.sketch.terms
	for j, k := 0, 0; j < len(x) || k < len(y); {
		switch {
		case k == len(y) || j < len(x) && x[j].hash < y[k].hash:
			if x[j].kind&(where|isDate) == 0 {
				mine += g.index.weight(a.slots[j])
			}
			j++
		case j == len(x) || x[j].hash > y[k].hash:
			if y[k].kind&(where|isDate) == 0 {
				theirs += g.index.weight(b.slots[k])
			}
			k++
		default:
			switch kind := x[j].kind | y[k].kind; {
			case kind&isDate != 0:
			case kind&where != 0:
				places++
			case x[j].kind&y[k].kind&isName != 0:
				return false
			default:
				w := g.index.weight(a.slots[j])
				mine, theirs, both = mine+w, theirs+w, both+w
				if kind&isNumber == 0 && x[j].title > 0 && y[k].title > 0 {
					headline++
				}
			}
			j, k = j+1, k+1
		}
	}
	return 0 < places && places <= mostPlaces && headline <= mostHeadlines && both < told*min(mine, theirs)
}
