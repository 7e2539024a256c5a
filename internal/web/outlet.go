package web

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"synoptic/collation"
	"synoptic/internal/newsroom"
	"synoptic/internal/store"
)

// outlet is what is kept of an outlet.
type outlet struct {
	key      string
	title    string
	articles []carried
	next     string // cursor
	copies   int    // of the articles: how many carry the copy of another outlet's
	compared int    // of the articles: how many stand beside others'
	naming   []labels
}

// carried is an article of the outlet with where it stands.
type carried struct {
	store.Kept
	story string // headline
	tells int    // accounts of that story
	alike []string
}

// labels is how the outlet calls somebody, beside how others do.
type labels struct {
	entity  string
	story   store.Story
	here    []string
	others  []labelElsewhere
	carries bool
}

// labelElsewhere is a label and who uses it.
type labelElsewhere struct {
	text    string
	outlets []string
}

// How long the lists of the page are, and from how many stories its naming is
// gathered.
const (
	articlesOnPage = 50
	namingStories  = 6
	namingRows     = 12
)

func (s *Server) outlet(w http.ResponseWriter, r *http.Request) error {
	q := r.URL.Query()
	key := strings.TrimSpace(q.Get("of"))
	if key == "" {
		return s.outlets(w, r)
	}
	o := outlet{key: key, title: key}
	stories := map[string]headline{}
	err := s.view(r.Context(), func(from store.Reader) error { return o.read(r.Context(), from, q.Get("after"), stories) })
	if err != nil {
		return err
	}
	if len(o.articles) == 0 {
		return store.ErrNotFound
	}
	if q.Get("after") == "" {
		if err := s.readNaming(r.Context(), &o); err != nil {
			return err
		}
	}
	f := s.frame(r, o.title)
	f.here = "/outlet"
	return s.show(w, r, http.StatusOK, outletPage(f, o))
}

// read fills in what the outlet carries and which of it others carry too.
func (o *outlet) read(ctx context.Context, from store.Reader, after string, stories map[string]headline) error {
	list, next, err := from.Articles(ctx, store.ArticleFilter{Outlet: o.key}, store.Page{After: after, Limit: articlesOnPage})
	if err != nil {
		return err
	}
	o.next = next
	for _, k := range list {
		o.title = outletOf(k.Outlet)
		c := carried{Kept: k}
		if k.Story != "" {
			h, ok := stories[k.Story]
			if !ok {
				row, err := from.Story(ctx, k.Story)
				if err != nil && !errors.Is(err, store.ErrNotFound) {
					return err
				}
				h = newHeadline(row)
				stories[k.Story] = h
			}
			c.story, c.tells = h.name(), h.Articles
			c.alike = h.alike(o.title)
		}
		if c.tells > 1 {
			o.compared++
			if len(c.alike) > 0 {
				o.copies++
			}
		}
		o.articles = append(o.articles, c)
	}
	return nil
}

// alike is the other outlets that carry the same copy as an outlet does.
func (h headline) alike(outlet string) []string {
	var names []string
	for i, name := range h.brief.Outlets {
		if name != outlet {
			continue
		}
		for j, other := range h.brief.Outlets {
			if other != outlet && h.brief.Origins[i] == h.brief.Origins[j] && !slices.Contains(names, other) {
				names = append(names, other)
			}
		}
	}
	return names
}

// readNaming gathers, from the latest stories that others tell too, how the
// outlet calls those whom others call otherwise.
func (s *Server) readNaming(ctx context.Context, o *outlet) error {
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	var done []string
	for _, a := range o.articles {
		if a.tells < 2 || slices.Contains(done, a.Story) {
			continue
		}
		if len(done) == namingStories || len(o.naming) >= namingRows {
			break
		}
		done = append(done, a.Story)
		laid, err := s.collate(ctx, a.Story)
		if err != nil {
			if errors.Is(err, store.ErrNotFound) {
				continue
			}
			return err
		}
		o.naming = append(o.naming, namingIn(laid, o.title)...)
	}
	o.naming = o.naming[:min(len(o.naming), namingRows)]
	return nil
}

// namingIn is the rows of a story's naming in which an outlet and another call
// one otherwise.
func namingIn(laid *newsroom.Laid, title string) []labels {
	outletOf := func(c collation.Cite) string { return outletOf(laid.Collation.Accounts[c.Account()].Outlet) }
	var rows []labels
	for _, n := range laid.Collation.Naming {
		row := labels{entity: n.Entity, story: laid.Story}
		for _, l := range n.Labels {
			var elsewhere []string
			for _, c := range l.Cites {
				name := outletOf(c)
				if name == title {
					row.carries = true
					if !slices.Contains(row.here, l.Text) {
						row.here = append(row.here, l.Text)
					}
				} else if !slices.Contains(elsewhere, name) {
					elsewhere = append(elsewhere, name)
				}
			}
			if len(elsewhere) > 0 {
				row.others = append(row.others, labelElsewhere{l.Text, elsewhere})
			}
		}
		row.others = slices.DeleteFunc(row.others, func(l labelElsewhere) bool { return slices.Contains(row.here, l.text) })
		if row.carries && len(row.others) > 0 {
			slices.SortStableFunc(row.others, func(a, b labelElsewhere) int { return cmp.Compare(len(b.outlets), len(a.outlets)) })
			rows = append(rows, row)
		}
	}
	return rows
}

// outlets is every outlet, those with most articles first.
func (s *Server) outlets(w http.ResponseWriter, r *http.Request) error {
	var list []store.OutletCount
	err := s.view(r.Context(), func(from store.Reader) (err error) {
		list, err = from.Outlets(r.Context())
		return err
	})
	if err != nil {
		return err
	}
	f := s.frame(r, "Outlets")
	f.here = "/outlet"
	return s.show(w, r, http.StatusOK, outletsPage(f, list))
}

// share says how much of what stands beside others' is a copy; a percentage of
// a handful would say more than is known.
func (o outlet) share() string {
	const enough = 5
	s := strconv.Itoa(o.copies) + " of " + counted(o.compared, "article") + " below that stand beside others' carry the same copy as another outlet"
	if o.compared < enough {
		return s + "."
	}
	return s + ": " + strconv.Itoa((100*o.copies+o.compared/2)/o.compared) + "%."
}
