package web

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"synoptic/internal/newsroom"
	"synoptic/internal/store"
)

// headline is a story as lists show it.
type headline struct {
	store.Story
	brief newsroom.Digest // zero where the engine has not written it yet
}

func newHeadline(s store.Story) headline {
	h := headline{Story: s}
	if json.Unmarshal(s.Digest, &h.brief) != nil || len(h.brief.Outlets) != len(h.brief.Origins) {
		h.brief = newsroom.Digest{}
	}
	return h
}

func newHeadlines(stories []store.Story) []headline {
	list := make([]headline, len(stories))
	for i, s := range stories {
		list[i] = newHeadline(s)
	}
	return list
}

// changed is when what lists show of the story has changed last: with its digest,
// or, while that is still to come, with the story itself.
func (h headline) changed(ctx context.Context, from store.Reader) (time.Time, error) {
	if h.Counted() && !h.brief.Made.IsZero() {
		return h.brief.Made, nil
	}
	events, _, err := from.History(ctx, h.ID, store.Page{Limit: 1})
	if err != nil || len(events) == 0 {
		return h.Last, err
	}
	return events[0].At, nil
}

// name is the story's headline, or what stands for it.
func (h headline) name() string { return titleOf(h.Story) }

func titleOf(s store.Story) string {
	if s.Title == "" {
		return "Untitled"
	}
	return s.Title
}

// outlets is the names of who tells the story, each once, and how many more
// there are.
func (h headline) outlets() (names []string, more int) {
	const most = 8
	seen := map[string]bool{}
	for _, name := range h.brief.Outlets {
		if seen[name] {
			continue
		}
		seen[name] = true
		if len(names) < most {
			names = append(names, name)
		} else {
			more++
		}
	}
	return names, more
}

// support is how many tell the story, of origins only once they are counted.
func (h headline) support() []string {
	support := []string{counted(h.Articles, "account")}
	if h.Counted() {
		support = append(support, counted(h.Origins, "origin"))
	}
	return support
}

// facts is the story in numbers.
func (h headline) facts() []string {
	facts := h.support()
	if days := span(h.First, h.Last); days != "" {
		facts = append(facts, days)
	}
	return facts
}

// block is an account in the bar of a story: its place and the colour of its
// origin.
type block struct {
	x     int
	color string
}

// The sizes of the bar, in pixels.
const (
	blockWidth  = 9
	blockGap    = 1 // between accounts of one origin
	originGap   = 5
	blockHeight = 10
	mostBlocks  = 24
)

// bar is the accounts of a story by origin, those of the origin that has most
// first, and how wide they are together.
func (h headline) bar() (blocks []block, width int) {
	sizes := map[int]int{}
	var order []int
	for _, origin := range h.brief.Origins {
		if sizes[origin] == 0 {
			order = append(order, origin)
		}
		sizes[origin]++
	}
	// Origins of one size stand in order of publication.
	for i := 1; i < len(order); i++ {
		for j := i; j > 0 && sizes[order[j]] > sizes[order[j-1]]; j-- {
			order[j], order[j-1] = order[j-1], order[j]
		}
	}
	x := 0
	for _, origin := range order {
		for range sizes[origin] {
			if len(blocks) == mostBlocks {
				return blocks, x
			}
			blocks = append(blocks, block{x, "o" + strconv.Itoa(origin%8)})
			x += blockWidth + blockGap
		}
		width = x - blockGap
		x += originGap - blockGap
	}
	return blocks, width
}

// The sizes of the line that shows how a story grew, in pixels.
const (
	growthWidth  = 132
	growthHeight = 26
)

// growth is the steps of a story's growth as the path of an SVG, "" where
// there was one step alone.
func (h headline) growth() string {
	type step struct {
		at time.Time
		n  int
	}
	var steps []step
	for _, g := range h.brief.Grew {
		at, err := time.Parse(time.RFC3339, g.At)
		if err != nil {
			return ""
		}
		steps = append(steps, step{at, g.Accounts})
	}
	if len(steps) < 2 {
		return ""
	}
	first, last := steps[0].at, steps[len(steps)-1].at
	most := 1
	for _, g := range steps {
		most = max(most, g.n)
	}
	whole := last.Sub(first).Seconds()
	if whole <= 0 || most < 2 {
		return ""
	}
	var path strings.Builder
	path.WriteString("M0 " + strconv.Itoa(growthHeight))
	for _, g := range steps {
		x := growthWidth * g.at.Sub(first).Seconds() / whole
		y := growthHeight - float64(growthHeight-2)*float64(g.n)/float64(most)
		path.WriteString("H" + px(x) + "V" + px(y))
	}
	return path.String() + "V" + strconv.Itoa(growthHeight) + "Z"
}

func px(x float64) string { return strconv.FormatFloat(x, 'f', 1, 64) }

// listing is which stories a page lists.
type listing struct {
	latest   bool   // newest first
	single   bool   // also those that one account alone tells
	language string // "" for any
	after    string // the cursor of the page before
}

func readListing(q url.Values) listing {
	return listing{
		latest: q.Get("order") == "latest", single: q.Get("with") == "single",
		language: q.Get("lang"), after: q.Get("after"),
	}
}

// address is where the list stands, with more after a cursor.
func (l listing) address() string {
	q := url.Values{}
	if l.latest {
		q.Set("order", "latest")
	}
	if l.single {
		q.Set("with", "single")
	}
	if l.language != "" {
		q.Set("lang", l.language)
	}
	if l.after != "" {
		q.Set("after", l.after)
	}
	if len(q) == 0 {
		return "/"
	}
	return "/?" + q.Encode()
}

func (l listing) filter() store.StoryFilter {
	f := store.StoryFilter{Language: l.language, ByLatest: l.latest}
	if !l.single {
		f.MinArticles = 2
	}
	return f
}

func (l listing) on(latest bool) listing {
	l.latest, l.after = latest, ""
	return l
}

func (l listing) with(single bool) listing {
	l.single, l.after = single, ""
	return l
}

func (l listing) from(cursor string) listing {
	l.after = cursor
	return l
}

// storiesOnPage is how many stories a page of a list has.
const storiesOnPage = 30

// listed is a page of stories.
type listed struct {
	listing
	stories []headline
	next    string // cursor
	totals  store.Totals
}

func (s *Server) today(w http.ResponseWriter, r *http.Request) error {
	l := readListing(r.URL.Query())
	newest, _, err := s.journal.last(r.Context())
	if err != nil {
		return err
	}
	f := s.frame(r, "Today")
	f.here, f.feed = "/", "/feed"
	f.live = "/live?after=" + formatInt(newest)
	return s.held(w, r, "today "+f.rights()+" "+l.address(), newest, func(ctx context.Context) (*document, error) {
		page, err := s.listStories(ctx, l)
		if err != nil {
			return nil, err
		}
		if page.totals.Articles == 0 {
			f.title = "Welcome"
			return rendered(ctx, welcomePage(f, page.totals))
		}
		d, err := rendered(ctx, todayPage(f, page))
		if err == nil && page.unfinished() {
			d.until = time.Now().Add(unfinishedFor)
		}
		return d, err
	})
}

// unfinishedFor is how long a page is held that shows a story whose digest is
// still to come: that one comes is no event.
const unfinishedFor = time.Second

// unfinished reports whether the digest of the story as it stands is still to
// come.
func (h headline) unfinished() bool { return h.Digested < h.Revision }

func (l listed) unfinished() bool {
	return slices.ContainsFunc(l.stories, headline.unfinished)
}

// listStories reads a page of stories; where no story has two accounts yet,
// those that one account tells.
func (s *Server) listStories(ctx context.Context, l listing) (listed, error) {
	page := listed{listing: l}
	err := s.view(ctx, func(r store.Reader) error {
		var err error
		if page.totals, err = r.Totals(ctx); err != nil {
			return err
		}
		stories, next, err := r.Stories(ctx, page.filter(), store.Page{After: l.after, Limit: storiesOnPage})
		if err == nil && len(stories) == 0 && l.after == "" && !l.single {
			page.single = true
			stories, next, err = r.Stories(ctx, page.filter(), store.Page{Limit: storiesOnPage})
		}
		page.stories, page.next = newHeadlines(stories), next
		return err
	})
	return page, err
}

// glance is the first two of a list, enough for one.
func glance(lines []newsroom.Line) []newsroom.Line { return lines[:min(len(lines), 2)] }

// joint is what stands after the name with index i of n, where more are not
// named.
func joint(i, n, more int) string {
	switch {
	case i < n-1:
		return ", "
	case more > 0:
		return " and " + strconv.Itoa(more) + " more"
	}
	return ""
}

// facts is a story in numbers, on one line.
func facts(s store.Story) string { return strings.Join(newHeadline(s).facts(), " · ") }
