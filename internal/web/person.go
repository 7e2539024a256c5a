package web

import (
	"context"
	"net/http"
	"strings"

	"synoptic/article"
	"synoptic/internal/store"
)

// person is what is kept of somebody, or of a group.
type person struct {
	name  string
	words []speechDay // what they said, latest first
	next  string      // cursor
	named []store.Kept
	more  bool // named by more articles than are shown
}

// speechDay is what was said on one day, as far as outlets date it.
type speechDay struct {
	day  string
	said []store.Utterance
}

// people is who is named, most first.
type people struct {
	find string
	list []store.NameCount
	next string
}

// How long the lists of these pages are.
const (
	utterancesOnPage = 60
	namedOnPage      = 20
	namesOnPage      = 100
)

func (s *Server) name(w http.ResponseWriter, r *http.Request) error {
	q := r.URL.Query()
	of := strings.TrimSpace(q.Get("of"))
	if of == "" {
		return s.names(w, r, strings.TrimSpace(q.Get("find")), q.Get("after"))
	}
	p := person{name: of}
	err := s.view(r.Context(), func(from store.Reader) error { return p.read(r.Context(), from, q.Get("after")) })
	if err != nil {
		return err
	}
	f := s.frame(r, of)
	f.here = "/name"
	status := http.StatusOK
	if len(p.words) == 0 && len(p.named) == 0 {
		status = http.StatusNotFound
	}
	return s.show(w, r, status, personPage(f, p))
}

func (p *person) read(ctx context.Context, from store.Reader, after string) error {
	said, next, err := from.Utterances(ctx, store.FindingFilter{Speaker: p.name}, store.Page{After: after, Limit: utterancesOnPage})
	if err != nil {
		return err
	}
	p.next = next
	for _, u := range said {
		day := "No date"
		if u.Published.Known() {
			day = span(u.Published.Time, u.Published.Time)
		}
		if n := len(p.words); n == 0 || p.words[n-1].day != day {
			p.words = append(p.words, speechDay{day: day})
		}
		last := &p.words[len(p.words)-1]
		last.said = append(last.said, u)
	}
	if after != "" {
		return nil
	}
	p.named, next, err = from.NamedIn(ctx, p.name, store.Page{Limit: namedOnPage})
	p.more = next != ""
	return err
}

func (s *Server) names(w http.ResponseWriter, r *http.Request, find, after string) error {
	p := people{find: find}
	err := s.view(r.Context(), func(from store.Reader) (err error) {
		p.list, p.next, err = from.Names(r.Context(), find, store.Page{After: after, Limit: namesOnPage})
		return err
	})
	if err != nil {
		return err
	}
	f := s.frame(r, "People and groups")
	f.here = "/name"
	return s.show(w, r, http.StatusOK, peoplePage(f, p))
}

// spoken is what somebody said; what is given whole in quotation marks has them
// here too.
func spoken(u store.Utterance) string {
	if u.Kind == article.Direct {
		return "“" + strings.Trim(u.Text, "“”\"") + "”"
	}
	return u.Text
}
