package web

import (
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"synoptic/article"
	"synoptic/internal/newsroom"
	"synoptic/internal/store"
	"synoptic/internal/web/jsonld"
	"synoptic/story"
)

// piece is an article with all that its page shows.
type piece struct {
	store.Kept
	versions []store.Kept
	analysis *article.Analysis // nil where the engine has not looked yet
	layers   []layer
	title    string // of the story; "" while it is in none
	copies   []twin
	origin   *story.Origin // that it shares with its copies
	since    *store.Kept   // the version that this one is compared with; nil for none
	changes  [][]change
}

// twin is another article that carries the same copy.
type twin struct{ store.Kept }

func (s *Server) article(w http.ResponseWriter, r *http.Request) error {
	id, ctx := r.PathValue("id"), r.Context()
	var p piece
	err := s.view(ctx, func(from store.Reader) error {
		var err error
		if p.versions, err = from.Versions(ctx, id); err != nil {
			return err
		}
		if len(p.versions) == 0 {
			return store.ErrNotFound
		}
		return nil
	})
	if err != nil {
		return err
	}
	if err := p.choose(r.URL.Query().Get("version"), r.URL.Query().Get("since")); err != nil {
		return err
	}
	p.analysis, err = s.Engine.Annotation(ctx, p.Kept)
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return err
	}
	p.layers = layersOf(p.Article, p.analysis)
	if p.Story != "" {
		laid, err := s.collate(ctx, p.Story)
		if err != nil && !errors.Is(err, store.ErrNotFound) {
			return err
		}
		p.place(laid)
	}
	f := s.frame(r, p.name())
	if err := s.describe(&f, func(public string) jsonld.Thing { return jsonld.NewsArticle(p.Kept, public) }); err != nil {
		return err
	}
	return s.show(w, r, http.StatusOK, articlePage(f, p))
}

// choose picks the version to show, the newest where none is named, and the
// one to compare it with.
func (p *piece) choose(version, since string) error {
	p.Kept = p.versions[len(p.versions)-1]
	find := func(number string) (store.Kept, error) {
		i := slices.IndexFunc(p.versions, func(k store.Kept) bool { return strconv.Itoa(k.Version) == number })
		if i < 0 {
			return store.Kept{}, store.ErrNotFound
		}
		return p.versions[i], nil
	}
	var err error
	if version != "" {
		if p.Kept, err = find(version); err != nil {
			return err
		}
	}
	if since == "" {
		return nil
	}
	older, err := find(since)
	if err != nil {
		return err
	}
	p.since = &older
	p.changes = difference(older.Text, p.Text)
	return nil
}

// place finds the article among the accounts of its story.
func (p *piece) place(laid *newsroom.Laid) {
	if laid == nil {
		return
	}
	p.title = titleOf(laid.Story)
	at := slices.IndexFunc(laid.Articles, func(k store.Kept) bool { return k.ID == p.ID })
	if at < 0 || at >= len(laid.Collation.Accounts) {
		return
	}
	o := laid.Collation.Origins[laid.Collation.Accounts[at].Origin]
	if len(o.Articles) < 2 {
		return
	}
	p.origin = &o
	for _, other := range o.Articles {
		if other != at {
			p.copies = append(p.copies, twin{laid.Articles[other]})
		}
	}
}

func (p piece) name() string { return headOf(p.Kept) }

// headOf is the headline of an article, or what stands for it.
func headOf(k store.Kept) string {
	for _, s := range []string{k.Headline(), k.Address, k.Place} {
		if s != "" {
			return s
		}
	}
	return "Untitled"
}

// outletOf is what an outlet is called.
func outletOf(o article.Outlet) string {
	switch {
	case o.Name != "":
		return o.Name
	case o.Domain != "":
		return o.Domain
	}
	return "Outlet not known"
}

// outletKey is what an outlet is asked for by, "" where nothing is known.
func outletKey(o article.Outlet) string {
	if o.Domain != "" {
		return o.Domain
	}
	return o.Name
}

// evidence says why accounts are taken to be one origin.
func evidence(w story.Why) string {
	switch w {
	case story.ByCredit:
		return "the same credit"
	case story.ByCopy:
		return "copied text"
	case story.ByBoth:
		return "the same credit and copied text"
	}
	return "unknown evidence"
}

func (s *Server) forget(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return badForm(err)
	}
	id := r.PathValue("id")
	err := s.view(r.Context(), func(from store.Reader) error {
		_, err := from.Article(r.Context(), id)
		return err
	})
	if err != nil {
		return err
	}
	if err := s.Engine.Forget(r.Context(), id); err != nil {
		return err
	}
	return s.seeOther(w, r, "/")
}

// articleFacts is when the article came out and how long it is.
func articleFacts(p piece) string {
	facts := []string{""}
	if p.Published.Known() {
		facts = append(facts, dated(p.Published))
	}
	if p.Updated.Known() {
		facts = append(facts, "updated "+dated(p.Updated))
	}
	facts = append(facts, counted(p.Words(), "word"))
	if p.Completeness < 1 {
		facts = append(facts, strconv.Itoa(int(p.Completeness*100+.5))+"% of it there")
	}
	return strings.Join(facts, " · ")
}
