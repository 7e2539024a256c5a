package web

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"synoptic/internal/store"
)

// correcting is what the page for correcting a story shows.
type correcting struct {
	told
	find  string        // words that the stories to merge with must have
	found []store.Story // the stories to merge with
	wrong string        // why the words cannot be searched for
}

// candidates is how many stories are offered to merge with.
const candidates = 15

func (s *Server) correctForm(w http.ResponseWriter, r *http.Request) error {
	row, err := s.row(r.Context(), r.PathValue("id"))
	if err != nil {
		return err
	}
	if row.Into != "" {
		http.Redirect(w, r, storyAddress(row.Into)+"/correct", http.StatusFound)
		return nil
	}
	c := correcting{find: strings.TrimSpace(r.URL.Query().Get("find"))}
	if c.told, err = s.told(r.Context(), row.ID); err != nil {
		return err
	}
	f := store.StoryFilter{ByLatest: true}
	if c.find != "" {
		query, wrong := readQuery(c.find)
		c.wrong, f.Query = wrong, &query
	}
	if c.wrong == "" {
		err := s.view(r.Context(), func(from store.Reader) error {
			c.found, _, err = from.Stories(r.Context(), f, store.Page{Limit: candidates + 1})
			return err
		})
		if err != nil {
			return err
		}
	}
	if c.find == "" {
		c.found = append(slices.Clone(c.linked), c.found...)
	}
	seen := map[string]bool{row.ID: true}
	c.found = slices.DeleteFunc(c.found, func(x store.Story) bool {
		again := seen[x.ID]
		seen[x.ID] = true
		return again
	})
	c.found = c.found[:min(len(c.found), candidates)]
	return s.show(w, r, http.StatusOK, correctPage(s.frame(r, "Correct: "+titleOf(row)), c))
}

// ask reads the form of a correction: the story, the revision that whoever
// corrects has seen, and what to do.
func (s *Server) ask(r *http.Request, kind store.CorrectionKind) (c *store.Correction, seen int64, err error) {
	if err := r.ParseForm(); err != nil {
		return nil, 0, badForm(err)
	}
	if seen, err = strconv.ParseInt(r.PostForm.Get("seen"), 10, 64); err != nil {
		return nil, 0, badRequest("The form lacks the revision of the story. Open the story again.")
	}
	return &store.Correction{
		Kind: kind, Story: r.PathValue("id"), Articles: r.PostForm["article"],
		At: s.Clock(), By: visitorOf(r.Context()).by,
	}, seen, nil
}

// correct does what was asked, and shows the story as it stands then.
func (s *Server) correct(w http.ResponseWriter, r *http.Request, c *store.Correction, seen int64) error {
	if err := s.Engine.Correct(r.Context(), c, seen); err != nil {
		return err
	}
	return s.seeOther(w, r, storyAddress(c.Story)+"#corrections")
}

func (s *Server) merge(w http.ResponseWriter, r *http.Request) error {
	c, seen, err := s.ask(r, store.Merged)
	if err != nil {
		return err
	}
	c.Articles = nil
	c.Other = storyNamed(r.PostForm.Get("address"))
	if c.Other == "" {
		c.Other = r.PostForm.Get("other")
	}
	if c.Other == "" || c.Other == c.Story {
		return badRequest("Choose the other story, or give its address.")
	}
	return s.correct(w, r, c, seen)
}

// storyNamed is the ID of the story at an address of ours, or the ID itself.
func storyNamed(address string) string {
	address = strings.TrimSpace(address)
	if u, err := url.Parse(address); err == nil {
		address = u.Path
	}
	if _, after, ok := strings.Cut(address, "story/"); ok {
		address = after
	}
	id, _, _ := strings.Cut(address, "/")
	return id
}

func (s *Server) split(w http.ResponseWriter, r *http.Request) error {
	c, seen, err := s.ask(r, store.Parted)
	if err != nil {
		return err
	}
	if len(c.Articles) == 0 {
		return badRequest("Choose the accounts that are a story of their own.")
	}
	return s.correct(w, r, c, seen)
}

func (s *Server) remove(w http.ResponseWriter, r *http.Request) error {
	c, seen, err := s.ask(r, store.Removed)
	if err != nil {
		return err
	}
	if len(c.Articles) != 1 {
		return badRequest("Choose the account that does not belong.")
	}
	return s.correct(w, r, c, seen)
}

// correction is one with the headlines of the stories that it is about.
type correction struct {
	store.Correction
	story, other string // headlines; "" where the story is gone
}

// corrections is everything that people have changed, latest first.
func (s *Server) corrections(w http.ResponseWriter, r *http.Request) error {
	var all []correction
	err := s.view(r.Context(), func(from store.Reader) error {
		list, err := from.Corrections(r.Context(), "")
		if err != nil {
			return err
		}
		slices.Reverse(list)
		for _, c := range list[:min(len(list), 500)] {
			all = append(all, correction{c, headlineOf(r.Context(), from, c.Story), headlineOf(r.Context(), from, c.Other)})
		}
		return nil
	})
	if err != nil {
		return err
	}
	return s.show(w, r, http.StatusOK, correctionsPage(s.frame(r, "Corrections"), all))
}

func headlineOf(ctx context.Context, r store.Reader, id string) string {
	if id == "" {
		return ""
	}
	story, err := r.Story(ctx, id)
	if err != nil {
		return ""
	}
	return titleOf(story)
}

func (s *Server) undo(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return badForm(err)
	}
	id, err := strconv.ParseInt(r.PathValue("id"), 10, 64)
	if err != nil {
		return errNoPage
	}
	if err := s.Engine.Undo(r.Context(), id, visitorOf(r.Context()).by); err != nil {
		return err
	}
	return s.seeOther(w, r, local(r.PostForm.Get("to")))
}

// deed is what a correction did, in words.
func deed(c store.Correction) string {
	switch c.Kind {
	case store.Merged:
		return "merged with"
	case store.Parted:
		return counted(len(c.Articles), "account") + " made a story of their own"
	case store.Removed:
		return counted(len(c.Articles), "account") + " taken out"
	}
	return string(c.Kind)
}

// otherStory is the story that a correction ties to the one with the ID here.
func otherStory(c store.Correction, here string) string {
	if c.Other == here {
		return c.Story
	}
	return c.Other
}
