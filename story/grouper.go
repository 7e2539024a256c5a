package story

import (
	"cmp"
	"crypto/sha256"
	"encoding/base32"
	"math"
	"slices"
	"strings"
	"time"
)

// Prior is how likely the model must hold it that an article belongs to a story
// for it to join: less where somebody has put the articles together than in a
// stream of all the news.
type Prior float64

// The priors. For Stream it is as likely as not; what a person has picked stays
// together unless the model is quite sure that it should not.
const (
	Stream Prior = 0.5
	Picked Prior = 0.2
)

// Grouper puts articles to stories as they come. The zero value is ready to
// use; its fields must not change after the first use. It is not for several
// goroutines.
//
// What it does depends on nothing but the articles in its window, in their order
// of arrival, the stories they stand in, and the corrections: see [Restore].
type Grouper struct {
	Prior  Prior         // 0 means Stream
	Window time.Duration // how long an article stays in the window; 0 means 60 days
	Least  int           // articles that stay whatever their age; 0 means 10,000

	Judge *Judge // nil means the weights of the binary

	// Watch, unless nil, is told of every judgement: of which article and story,
	// and what was known of the two. It serves to fit.
	Watch func(article, story string, f Features)

	clock    time.Time // the newest publication so far
	first    int32     // number of articles[0]: articles are numbered as they come
	articles []member
	at       map[string]int32 // articles by identifier
	open     map[string]*cluster
	moved    map[string]string // stories that went into another, by identifier
	index    index
	wishes   wishes
	search   search
}

// The defaults of a Grouper's fields.
const (
	defaultWindow = 60 * 24 * time.Hour
	defaultLeast  = 10_000
)

// member is an article in the window.
type member struct {
	id        string
	sketch    Sketch
	slots     []int32 // of the sketch's terms in the index
	published time.Time
	story     *cluster
}

// cluster is a story in the window, with what its articles have in common.
type cluster struct {
	id      string
	former  []string // stories that went into it
	members []int32  // numbers of articles, ascending
	tally   tallies  // of terms
	pairs   tallies  // of pairs of words in headlines
	series  []int32  // members whose headline has a serial number
	bodies  int      // members with running text
	core    []tally  // of the terms that weigh most, by hash; nil when to be made again

	found found // what the search under way has found of it
}

// Assignment is what came of an article.
type Assignment struct {
	Story  string   // identifier of its story
	New    bool     // the story begins with it
	Merged []Change // stories that went into another, by identifier
	Moved  []Change // articles that changed their story, by identifier
	Linked []string // stories that it bears on without being of them
	Why    string   // one of the reasons below; "" where New
}

// Why an article stands in a story.
const (
	byHand  = "correction"
	byCopy  = "copied text"
	byWords = "shared words"
)

// Change says that what was in one story, or was a story, is in another now.
type Change struct{ What, From, To string }

// Record is an article whose story is known.
type Record struct {
	ID        string
	Sketch    Sketch
	Published time.Time
	Story     string
}

// identifier is the identifier of the story that begins with an article.
func identifier(id string) string {
	sum := sha256.Sum256([]byte(id))
	return strings.ToLower(base32.StdEncoding.EncodeToString(sum[:10]))
}

// fresh is the identifier of a story that begins with an article, which left
// another story or came from none (""). No open story has it.
func (g *Grouper) fresh(id, left string) string {
	if left != "" {
		id += "\n" + left
	}
	name := identifier(id)
	for g.open[name] != nil {
		name = identifier(name)
	}
	return name
}

// Resolve leads from the identifier of a story that went into another, since
// the Grouper was made, to that of the other.
func (g *Grouper) Resolve(id string) string {
	if to, ok := g.moved[id]; ok {
		return to
	}
	return id
}

// Story is the story of an article in the window, "" for none.
func (g *Grouper) Story(id string) string {
	if i, ok := g.at[id]; ok {
		return g.article(i).story.id
	}
	return ""
}

// Members are the articles in the window that a story has, in their order of
// arrival; nil where there is no such story.
func (g *Grouper) Members(story string) []string {
	c := g.open[story]
	if c == nil {
		return nil
	}
	ids := make([]string, len(c.members))
	for k, i := range c.members {
		ids[k] = g.article(i).id
	}
	return ids
}

// Restore takes articles in with the stories that are known of them, in their
// order of arrival. Given what is in the window (or more), the corrections and
// the same weights, it leads to the state of a Grouper that never stopped.
func (g *Grouper) Restore(records []Record) {
	for _, r := range records {
		i, ok := g.enter(r.ID, r.Sketch, r.Published)
		if ok {
			g.join(i, g.story(r.Story))
		}
	}
}

// Add takes an article in and says to which story it belongs. An identifier
// that is in the window already changes nothing.
func (g *Grouper) Add(id string, s Sketch, published time.Time) Assignment {
	i, ok := g.enter(id, s, published)
	if !ok {
		return Assignment{Story: g.Story(id)}
	}
	var a Assignment
	to, why := g.place(i, &a)
	a.Why = why
	if to == nil {
		a.New = true
		to = g.story(g.fresh(id, ""))
	}
	g.join(i, to)
	if due(len(to.members)) {
		g.review(to, reviewed, &a)
	}
	a.Story = g.article(i).story.id
	a.Linked = slices.DeleteFunc(a.Linked, func(id string) bool { return g.open[id] == nil || id == a.Story })
	return a
}

// place finds the story for an article that has none; nil for a new one.
func (g *Grouper) place(i int32, a *Assignment) (to *cluster, why string) {
	if to := g.wished(i); to != nil {
		return to, byHand
	}
	if to := g.copied(i); to != nil {
		return to, byCopy
	}
	best := float32(0)
	for _, c := range g.candidates(i) {
		if p := g.probability(i, c); p > best && p >= g.enough(c) && g.allowed(i, c) {
			best, to = p, c
		}
	}
	for _, c := range g.search.ranked {
		if c != to && c.found.p >= linked*g.prior() && g.allowed(i, c) {
			a.Linked = append(a.Linked, c.id)
		}
	}
	if to != nil {
		why = byWords
	}
	return to, why
}

// linked is the share of the prior from which on an article is said to bear on
// a story that it does not join.
const linked = 0.5

func (g *Grouper) prior() float32 {
	if g.Prior == 0 {
		return float32(Stream)
	}
	return float32(g.Prior)
}

// What comes when a story has been silent for 30 days, whose logarithm is quiet,
// is rather a follow-up, to be linked: it joins only where the model is surer by
// the factor sure.
const (
	quiet = 3.4012
	sure  = 1.8
)

// enough is the probability from which on the article at hand joins story c.
func (g *Grouper) enough(c *cluster) float32 {
	if c.found.apart > quiet {
		return g.prior() * sure
	}
	return g.prior()
}

func (g *Grouper) article(i int32) *member { return &g.articles[i-g.first] }

// enter puts an article into the window, without a story, and lets go of those
// that leave it. It reports whether the article is new.
func (g *Grouper) enter(id string, s Sketch, published time.Time) (int32, bool) {
	if g.at == nil {
		g.at, g.open, g.moved = map[string]int32{}, map[string]*cluster{}, map[string]string{}
		g.index.init()
		if g.Judge == nil {
			g.Judge = fitted()
		}
	}
	if _, ok := g.at[id]; ok {
		return 0, false
	}
	if published.IsZero() {
		published = g.clock
	}
	if published.After(g.clock) {
		g.clock = published
	}
	g.expire()
	i := g.first + int32(len(g.articles))
	g.articles = append(g.articles, member{id: id, sketch: s, published: published})
	g.at[id] = i
	m := g.article(i)
	m.slots = g.index.add(i, &m.sketch)
	return i, true
}

// expire lets go of the articles that came first and are too old.
func (g *Grouper) expire() {
	window := cmp.Or(g.Window, defaultWindow)
	n := 0
	for n < len(g.articles)-cmp.Or(g.Least, defaultLeast) && g.articles[n].published.Before(g.clock.Add(-window)) {
		m := &g.articles[n]
		g.leave(g.first + int32(n))
		g.index.remove(g.first+int32(n), m)
		delete(g.at, m.id)
		n++
	}
	if n > 0 {
		clear(g.articles[:n])
		g.articles = g.articles[n:] // append makes room anew now and then
		g.first += int32(n)
	}
}

// story is the open story with an identifier, begun where there is none.
func (g *Grouper) story(id string) *cluster {
	c := g.open[id]
	if c == nil {
		c = &cluster{id: id}
		g.open[id] = c
		delete(g.moved, id)
	}
	return c
}

func (g *Grouper) join(i int32, c *cluster) {
	m := g.article(i)
	m.story = c
	at, _ := slices.BinarySearch(c.members, i)
	c.members = slices.Insert(c.members, at, i)
	if m.sketch.serial != 0 {
		c.series = append(c.series, i)
	}
	c.count(m, 1)
}

func (g *Grouper) leave(i int32) {
	m := g.article(i)
	c := m.story
	at, _ := slices.BinarySearch(c.members, i)
	c.members = slices.Delete(c.members, at, at+1)
	if m.sketch.serial != 0 {
		c.series = slices.DeleteFunc(c.series, func(k int32) bool { return k == i })
	}
	c.count(m, -1)
	m.story = nil
	if len(c.members) == 0 {
		delete(g.open, c.id)
		for _, id := range c.former {
			if g.moved[id] == c.id {
				delete(g.moved, id)
			}
		}
	}
}

// count adds an article to what is known of a story, or takes it away.
func (c *cluster) count(m *member, by int32) {
	c.core = nil
	if m.sketch.words > 0 {
		c.bodies += int(by)
	}
	c.tally.add(len(m.sketch.terms), func(k int) tally {
		t := m.sketch.terms[k]
		return tally{hash: t.hash, slot: m.slots[k], rarity: t.rarity, members: by, titles: by * int32(min(t.title, 1)), sum: by * tempered(t.count())}
	})
	c.pairs.add(len(m.sketch.pairs), func(k int) tally { return tally{hash: m.sketch.pairs[k], members: by} })
}

// take adds all that is known of another story.
func (c *cluster) take(other *cluster) {
	c.core = nil
	c.members = append(c.members, other.members...)
	slices.Sort(c.members)
	c.series = append(c.series, other.series...)
	c.bodies += other.bodies
	c.tally.add(len(other.tally), func(k int) tally { return other.tally[k] })
	c.pairs.add(len(other.pairs), func(k int) tally { return other.pairs[k] })
}

// tally is how often a story has a term.
type tally struct {
	hash    uint32
	slot    int32 // in the index
	members int32 // articles that have it
	titles  int32 // articles that have it in the headline
	sum     int32 // of its tempered counts
	rarity  uint8
}

// tallies are in order of hash, without zeros.
type tallies []tally

// add adds n tallies, which at gives in order of hash.
func (t *tallies) add(n int, at func(int) tally) {
	old := *t
	out := make(tallies, 0, len(old)+n)
	k := 0
	for i := range n {
		x := at(i)
		for k < len(old) && old[k].hash < x.hash {
			out = append(out, old[k])
			k++
		}
		if k < len(old) && old[k].hash == x.hash {
			x.members, x.titles, x.sum = x.members+old[k].members, x.titles+old[k].titles, x.sum+old[k].sum
			k++
		}
		if x.members > 0 {
			out = append(out, x)
		}
	}
	*t = append(out, old[k:]...)
}

// find is the tally of a hash, or the zero one.
func (t tallies) find(h uint32) tally {
	i, ok := slices.BinarySearchFunc(t, h, func(x tally, h uint32) int { return cmp.Compare(x.hash, h) })
	if !ok {
		return tally{}
	}
	return t[i]
}

// mostCore is how many terms of a story are looked at.
const mostCore = 128

// cored is the terms of a story that weigh most, by hash.
func (c *cluster) cored() []tally {
	if c.core != nil {
		return c.core
	}
	c.core = slices.Clone(c.tally)
	if len(c.core) > mostCore {
		weight := func(t tally) int64 { return int64(t.sum) * int64(t.rarity) * int64(t.rarity) }
		least := int64(0)
		kept := c.core[:0]
		prune := func() {
			slices.SortFunc(kept, func(x, y tally) int { return cmp.Or(cmp.Compare(weight(y), weight(x)), cmp.Compare(x.hash, y.hash)) })
			kept = kept[:min(len(kept), mostCore)]
			least = weight(kept[len(kept)-1])
		}
		for _, t := range c.core {
			if weight(t) >= least {
				if kept = append(kept, t); len(kept) == 2*mostCore {
					prune()
				}
			}
		}
		prune()
		c.core = slices.Clone(kept)
		slices.SortFunc(c.core, func(x, y tally) int { return cmp.Compare(x.hash, y.hash) })
	}
	return c.core
}

// tempered is 16 times 1 plus the logarithm of a count, in whole numbers, so
// that sums do not depend on their order.
func tempered(count int) int32 { return temper[min(count, len(temper)-1)] }

var temper = func() (t [512]int32) {
	for i := 1; i < len(t); i++ {
		t[i] = int32(math.Round(16 * (1 + math.Log(float64(i)))))
	}
	return t
}()

// due is whether a story that has grown to n articles is to be looked at again:
// at every size while small, then when it has grown by a third.
func due(n int) bool {
	if n < 2 {
		return false
	}
	at := 2
	for at < n {
		at = max(at+1, at*4/3)
	}
	return at == n
}
