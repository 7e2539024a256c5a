package story

import (
	"errors"
	"slices"
)

// ErrContradiction is what Must and Cannot return where what is asked for and
// what was asked for before cannot both hold.
var ErrContradiction = errors.New("contradicts an earlier correction")

// wishes are corrections that people made. They outrank the model, also for
// articles that are still to come.
type wishes struct {
	with    map[string][]string // articles that belong together
	without map[string][]string // articles that do not
}

// Must makes a and b stand in one story, now and whenever both are in the
// window: the stories they stand in become one. It takes back a Cannot of the
// same two.
func (g *Grouper) Must(a, b string) (Assignment, error) {
	w := &g.wishes
	if a == b {
		return Assignment{}, nil
	}
	w.drop(&w.without, a, b)
	if others := w.tied(b); slices.ContainsFunc(w.tied(a), func(x string) bool { return w.refuses(x, others) }) {
		return Assignment{}, ErrContradiction
	}
	w.keep(&w.with, a, b)
	var done Assignment
	x, y := g.standing(a), g.standing(b)
	if x != nil && y != nil && x != y {
		if g.fits(y, x) {
			x = g.merge(x, y, &done)
		} else {
			x = g.bring(b, x, &done)
		}
		done.Story, done.Why = x.id, byHand
	}
	return done, nil
}

// Cannot makes a and b stand in two stories, now and whenever both are in the
// window: b leaves with what belongs to it. It takes back a Must of the same two.
func (g *Grouper) Cannot(a, b string) (Assignment, error) {
	w := &g.wishes
	w.drop(&w.with, a, b)
	if a == b || slices.Contains(w.tied(a), b) {
		return Assignment{}, ErrContradiction
	}
	w.keep(&w.without, a, b)
	var done Assignment
	if x, y := g.standing(a), g.standing(b); x != nil && x == y {
		i := g.at[b]
		best, to := float32(-1), (*cluster)(nil)
		for _, c := range g.candidates(i) {
			if p := g.probability(i, c); c != x && p > best && p >= g.enough(c) && g.allowed(i, c) {
				best, to = p, c
			}
		}
		if to == nil {
			to = g.story(g.fresh(b, x.id))
		}
		g.bring(b, to, &done)
		done.Story, done.Why = to.id, byHand
	}
	return done, nil
}

// bring moves an article and what belongs to it into a story.
func (g *Grouper) bring(id string, to *cluster, done *Assignment) *cluster {
	for _, x := range g.wishes.tied(id) {
		if i, ok := g.at[x]; ok && g.article(i).story != to {
			g.move(i, to, done)
		}
	}
	return to
}

// standing is the story of an article in the window, or nil.
func (g *Grouper) standing(id string) *cluster {
	if i, ok := g.at[id]; ok {
		return g.article(i).story
	}
	return nil
}

// tied is an article and all that belong to it, by any number of steps.
func (w *wishes) tied(id string) []string {
	all := []string{id}
	for k := 0; k < len(all); k++ {
		for _, other := range w.with[all[k]] {
			if !slices.Contains(all, other) {
				all = append(all, other)
			}
		}
	}
	return all
}

// refuses reports whether an article does not belong to one of others.
func (w *wishes) refuses(id string, others []string) bool {
	return slices.ContainsFunc(w.without[id], func(x string) bool { return slices.Contains(others, x) })
}

func (w *wishes) keep(wish *map[string][]string, a, b string) {
	if *wish == nil {
		*wish = map[string][]string{}
	}
	if !slices.Contains((*wish)[a], b) {
		(*wish)[a], (*wish)[b] = append((*wish)[a], b), append((*wish)[b], a)
	}
}

func (w *wishes) drop(wish *map[string][]string, a, b string) {
	for _, p := range [][2]string{{a, b}, {b, a}} {
		if list := slices.DeleteFunc((*wish)[p[0]], func(x string) bool { return x == p[1] }); len(list) > 0 {
			(*wish)[p[0]] = list
		} else {
			delete(*wish, p[0])
		}
	}
}

// wished is the story of an article that i must stand beside, or nil.
func (g *Grouper) wished(i int32) *cluster {
	id := g.article(i).id
	if len(g.wishes.with[id]) == 0 {
		return nil
	}
	for _, other := range g.wishes.tied(id) {
		if c := g.standing(other); c != nil {
			return c
		}
	}
	return nil
}

// bound reports whether a person has said with what an article belongs.
func (g *Grouper) bound(i int32) bool { return len(g.wishes.with[g.article(i).id]) > 0 }

// allowed reports whether the model may put article i into story c: nobody has
// said that it does not belong there, and no article of the story has the same
// headline with another serial number.
func (g *Grouper) allowed(i int32, c *cluster) bool {
	m := g.article(i)
	if m.sketch.serial != 0 {
		for _, k := range c.series {
			if s := &g.article(k).sketch; k != i && s.template == m.sketch.template && s.serial != m.sketch.serial {
				return false
			}
		}
	}
	if len(g.wishes.without) == 0 {
		return true
	}
	for _, id := range g.wishes.tied(m.id) {
		for _, foe := range g.wishes.without[id] {
			for _, x := range g.wishes.tied(foe) {
				if g.standing(x) == c {
					return false
				}
			}
		}
	}
	return true
}

// fits reports whether every article of story a may stand in b.
func (g *Grouper) fits(a, b *cluster) bool {
	return !slices.ContainsFunc(a.members, func(i int32) bool { return !g.allowed(i, b) })
}
