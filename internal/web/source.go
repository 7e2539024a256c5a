package web

import (
	"bytes"
	"cmp"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"time"

	"synoptic/collation"
	"synoptic/internal/newsroom"
	"synoptic/internal/store"
)

// followed is what the page of the sources shows.
type followed struct {
	sources  []store.Source
	added    []store.Source // by the form that was just sent
	problems []collation.Problem
	address  string // that could not be added
	now      time.Time
}

// health is how a source does, as the page says it.
func health(x store.Source, now time.Time) (state, detail string) {
	switch {
	case x.Gone:
		return "gone", "It says that it is gone for good, and is not asked again."
	case x.Failures > 0:
		return "failing", counted(x.Failures, "failure") + " in a row: " + x.Problem
	case x.Tried.IsZero():
		return "new", "Not asked yet."
	case x.Problem != "":
		return "doubtful", x.Problem
	}
	return "well", ""
}

func (s *Server) sources(w http.ResponseWriter, r *http.Request) error {
	return s.showSources(w, r, http.StatusOK, followed{})
}

func (s *Server) showSources(w http.ResponseWriter, r *http.Request, status int, p followed) error {
	p.now = s.Clock()
	err := s.view(r.Context(), func(from store.Reader) (err error) {
		p.sources, err = from.Sources(r.Context())
		return err
	})
	if err != nil {
		return err
	}
	f := s.frame(r, "Sources")
	f.here = "/sources"
	return s.show(w, r, status, sourcesPage(f, p))
}

func (s *Server) followSource(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return badForm(err)
	}
	address := strings.TrimSpace(r.PostForm.Get("address"))
	if !strings.Contains(address, "://") && strings.Contains(address, ".") {
		address = "https://" + address
	}
	if address == "" {
		return s.showSources(w, r, http.StatusBadRequest, followed{problems: []collation.Problem{{Place: "the address", Err: errors.New("it is empty")}}})
	}
	if !collation.IsAddress(address) {
		return s.showSources(w, r, http.StatusBadRequest, followed{address: address, problems: []collation.Problem{{Place: address, Err: errors.New("not an address on the web")}}})
	}
	if _, err := s.Engine.Follow(r.Context(), address, strings.TrimSpace(r.PostForm.Get("folder"))); err != nil {
		if explain(err).status != http.StatusInternalServerError {
			return err
		}
		// What is wrong is most often at the other end.
		return s.showSources(w, r, http.StatusUnprocessableEntity, followed{address: address, problems: []collation.Problem{{Place: address, Err: err}}})
	}
	return s.seeOther(w, r, "/sources")
}

func (s *Server) followList(w http.ResponseWriter, r *http.Request) error {
	file, _, err := r.FormFile("list")
	if err != nil {
		return badForm(err)
	}
	defer file.Close()
	added, problems, err := s.Engine.FollowList(r.Context(), file)
	if err != nil {
		if explain(err).status != http.StatusInternalServerError {
			return err
		}
		return s.showSources(w, r, http.StatusUnprocessableEntity, followed{problems: []collation.Problem{{Place: "the list", Err: err}}})
	}
	if len(problems) == 0 {
		return s.seeOther(w, r, "/sources")
	}
	if err := s.journal.catchUp(r.Context()); err != nil {
		return err
	}
	return s.showSources(w, r, http.StatusOK, followed{added: added, problems: problems})
}

func (s *Server) writeList(w http.ResponseWriter, r *http.Request) error {
	var b bytes.Buffer
	err := s.view(r.Context(), func(from store.Reader) error {
		sources, err := from.Sources(r.Context())
		if err != nil {
			return err
		}
		return newsroom.WriteList(&b, sources)
	})
	if err != nil {
		return err
	}
	w.Header().Set("Content-Disposition", `attachment; filename="synoptic.opml"`)
	newDocument("text/x-opml; charset=utf-8", b.Bytes()).write(w, r, http.StatusOK)
	return nil
}

func (s *Server) dropSource(w http.ResponseWriter, r *http.Request) error {
	if err := s.Engine.Unfollow(r.Context(), r.PathValue("id")); err != nil {
		return err
	}
	return s.seeOther(w, r, "/sources")
}

// healthOrder is the states of sources in the order in which they are counted.
var healthOrder = []string{"well", "new", "doubtful", "failing", "gone"}

// orAddress is what a source is called.
func orAddress(x store.Source) string { return cmp.Or(x.Title, x.Address) }

func escapedPath(s string) string { return url.PathEscape(s) }
