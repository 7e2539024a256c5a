package web

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"synoptic/internal/store"
	"synoptic/text"
)

// found is what a search found.
type found struct {
	words   string // as they were typed
	wrong   string // why they cannot be searched for
	stories []headline
	people  []store.NameCount
	hits    []store.Hit
	next    string // cursor
}

// How many of each a search shows.
const (
	hitsOnPage     = 20
	storiesInFound = 5
	peopleInFound  = 6
)

// longestQuery is how many bytes a query may have.
const longestQuery = 1000

func (s *Server) search(w http.ResponseWriter, r *http.Request) error {
	q := r.URL.Query()
	p := found{words: strings.TrimSpace(q.Get("q"))}
	f := s.frame(r, "Search")
	f.here, f.query = "/search", p.words
	if p.words == "" {
		return s.show(w, r, http.StatusOK, searchPage(f, p))
	}
	f.title = p.words + " · Search"
	query, wrong := readQuery(p.words)
	if wrong != "" {
		p.wrong = wrong
		return s.show(w, r, http.StatusBadRequest, searchPage(f, p))
	}
	f.feed = "/search/feed"
	err := s.view(r.Context(), func(from store.Reader) error { return p.read(r.Context(), from, query, q.Get("after")) })
	if err != nil {
		return err
	}
	return s.show(w, r, http.StatusOK, searchPage(f, p))
}

// readQuery reads what was typed; wrong is for whoever typed it.
func readQuery(words string) (query store.Query, wrong string) {
	if len(words) > longestQuery {
		return query, "This is too long to search for."
	}
	query, err := store.ParseQuery(words)
	var bad *store.QueryError
	switch {
	case errors.As(err, &bad):
		return query, sentence(bad.Problem)
	case err != nil:
		return query, sentence(err.Error())
	}
	return query, ""
}

// sentence is s with a capital and a full stop.
func sentence(s string) string {
	r, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[size:] + "."
}

func (p *found) read(ctx context.Context, from store.Reader, query store.Query, after string) (err error) {
	if p.hits, p.next, err = from.Search(ctx, query, store.Page{After: after, Limit: hitsOnPage}); err != nil || after != "" {
		return err
	}
	stories, _, err := from.Stories(ctx, store.StoryFilter{Query: &query, MinArticles: 2}, store.Page{Limit: storiesInFound})
	if err != nil {
		return err
	}
	p.stories = newHeadlines(stories)
	if query.Match != nil {
		p.people, _, err = from.Names(ctx, plainWords(query.Match), store.Page{Limit: peopleInFound})
	}
	return err
}

// plainWords is the words of a query that is nothing but words.
func plainWords(n *store.Node) string {
	switch n.Op {
	case store.Word, store.Phrase:
		return strings.Join(n.Words, " ")
	case store.And:
		var all []string
		for _, kid := range n.Kids {
			if kid.Op == store.Word || kid.Op == store.Phrase {
				all = append(all, kid.Words...)
			}
		}
		return strings.Join(all, " ")
	}
	return ""
}

// snippet is the words around what fits, cut at what fits.
func snippet(h store.Hit) []stretch {
	var list []stretch
	at := 0
	marks := slices.Clone(h.Marks)
	slices.SortFunc(marks, func(a, b store.Mark) int { return a.Start - b.Start })
	for _, m := range marks {
		if m.Start < at || m.End > len(h.Snippet) || m.End <= m.Start {
			continue
		}
		if (text.Span{Start: m.Start, End: m.End}).Check(h.Snippet) != nil {
			continue
		}
		list = append(list, stretch{words: h.Snippet[at:m.Start]}, stretch{words: h.Snippet[m.Start:m.End], class: "hit"})
		at = m.End
	}
	return append(list, stretch{words: h.Snippet[at:]})
}
