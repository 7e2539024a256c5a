package web

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"io"
	"net/http"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"synoptic/collation"
	"synoptic/internal/newsroom"
	"synoptic/internal/report"
	"synoptic/internal/store"
)

// Limits of what is added at once.
const (
	mostUploads   = 200
	readingWithin = 3 * time.Minute
)

// uploads reads a parsed form that brings addresses, a text that was pasted, and
// files.
func uploads(r *http.Request) ([]newsroom.Upload, error) {
	var in []newsroom.Upload
	for line := range strings.FieldsSeq(r.PostForm.Get("addresses")) {
		if !collation.IsAddress(line) {
			return nil, badRequest("“" + shorten(line) + "” is not an address on the web. Give one address a line.")
		}
		in = append(in, newsroom.Upload{Address: line})
	}
	if text := r.PostForm.Get("text"); strings.TrimSpace(text) != "" {
		in = append(in, newsroom.Upload{Body: []byte(text)})
	}
	if r.MultipartForm != nil {
		for _, header := range r.MultipartForm.File["file"] {
			if header.Size == 0 {
				continue
			}
			file, err := header.Open()
			if err != nil {
				return nil, err
			}
			body, err := io.ReadAll(file)
			file.Close()
			if err != nil {
				return nil, err
			}
			in = append(in, newsroom.Upload{Name: path.Base(header.Filename), Body: body})
		}
	}
	switch {
	case len(in) == 0:
		return nil, badRequest("There is nothing in it: give addresses, a text or files.")
	case len(in) > mostUploads:
		return nil, badRequest("At most " + strconv.Itoa(mostUploads) + " can be read at once.")
	}
	return in, nil
}

// shorten is the beginning of s.
func shorten(s string) string {
	const most = 80
	if len(s) <= most {
		return s
	}
	end := 0
	for i := range s {
		if i > most {
			break
		}
		end = i
	}
	return s[:end] + "…"
}

// read lets few read documents at a time, and gives each a while.
func (s *Server) read(w http.ResponseWriter, r *http.Request, do func(ctx context.Context, in []newsroom.Upload) error) error {
	control := http.NewResponseController(w)
	for _, set := range []func(time.Time) error{control.SetReadDeadline, control.SetWriteDeadline} {
		if err := set(time.Now().Add(readingWithin + 30*time.Second)); err != nil && !errors.Is(err, http.ErrNotSupported) {
			return err
		}
	}
	ctx, cancel := context.WithTimeout(r.Context(), readingWithin)
	defer cancel()
	// Whoever sends slowly holds up nobody else.
	if err := r.ParseMultipartForm(8 << 20); err != nil && !errors.Is(err, http.ErrNotMultipart) {
		return badForm(err)
	}
	if r.MultipartForm != nil {
		defer func() { _ = r.MultipartForm.RemoveAll() }() // what the system clears anyway
	}
	select {
	case s.reading <- struct{}{}:
		defer func() { <-s.reading }()
	case <-ctx.Done():
		return errBusy
	}
	in, err := uploads(r)
	if err != nil {
		return err
	}
	return do(ctx, in)
}

func (s *Server) addForm(w http.ResponseWriter, r *http.Request) error {
	f := s.frame(r, "Add accounts")
	f.here = "/add"
	return s.show(w, r, http.StatusOK, addPage(f, newsroom.Added{}))
}

func (s *Server) add(w http.ResponseWriter, r *http.Request) error {
	return s.read(w, r, func(ctx context.Context, in []newsroom.Upload) error {
		added, err := s.Engine.Add(ctx, in)
		if err != nil {
			return err
		}
		return s.showAdded(w, r, added)
	})
}

func (s *Server) addExample(w http.ResponseWriter, r *http.Request) error {
	added, err := s.Engine.AddExample(r.Context())
	if err != nil {
		return err
	}
	return s.showAdded(w, r, added)
}

// showAdded goes to the story that was added to, or says what came of it.
func (s *Server) showAdded(w http.ResponseWriter, r *http.Request, added newsroom.Added) error {
	if len(added.Problems) == 0 && len(added.Stories) > 0 {
		if len(added.Stories) == 1 {
			return s.seeOther(w, r, storyAddress(added.Stories[0]))
		}
		return s.seeOther(w, r, "/?order=latest&with=single")
	}
	if err := s.journal.catchUp(r.Context()); err != nil {
		return err
	}
	f := s.frame(r, "Add accounts")
	f.here = "/add"
	status := http.StatusOK
	if len(added.Articles) == 0 {
		status = http.StatusUnprocessableEntity
	}
	return s.show(w, r, status, addPage(f, added))
}

// comparison is what came of comparing documents: nothing of it is kept but
// here, for an hour at most.
type comparison struct {
	id       string
	made     time.Time
	stories  []*collation.Collation
	problems []collation.Problem
}

// comparisonKept is how long a comparison can be looked at.
const comparisonKept = time.Hour

func (s *Server) compareForm(w http.ResponseWriter, r *http.Request) error {
	f := s.frame(r, "Compare")
	f.here = "/compare"
	return s.show(w, r, http.StatusOK, comparePage(f, nil))
}

func (s *Server) compare(w http.ResponseWriter, r *http.Request) error {
	return s.read(w, r, func(ctx context.Context, in []newsroom.Upload) error {
		// Else whoever reads could have this machine ask for any address.
		if !Editor(r) && slices.ContainsFunc(in, func(u newsroom.Upload) bool { return u.Address != "" }) {
			return errAddresses
		}
		c := &comparison{id: strings.ToLower(rand.Text()), made: s.Clock()}
		var err error
		if c.stories, c.problems, err = s.Engine.Compare(ctx, in); err != nil {
			return err
		}
		if len(c.stories) == 0 {
			f := s.frame(r, "Compare")
			f.here = "/compare"
			return s.show(w, r, http.StatusUnprocessableEntity, comparePage(f, c))
		}
		s.results.put(c.id, 0, c)
		http.Redirect(w, r, "/compare/"+c.id, http.StatusSeeOther)
		return nil
	})
}

// compared shows one of the stories of a comparison.
func (s *Server) compared(w http.ResponseWriter, r *http.Request) error {
	c, ok := s.results.held(r.PathValue("result"), 0)
	if !ok || s.Clock().Sub(c.made) > comparisonKept {
		return problem{http.StatusNotFound, "No longer here", "A comparison is held for an hour, then it is gone: nothing of it is kept. Compare again to see it."}
	}
	at := 1
	if story := r.PathValue("story"); story != "" {
		var err error
		if at, err = strconv.Atoi(strings.TrimSuffix(story, ".html")); err != nil || at < 1 || at > len(c.stories) {
			return errNoPage
		}
		if strings.HasSuffix(story, ".html") {
			d, err := fileOf(c.stories[at-1])
			if err != nil {
				return err
			}
			w.Header().Set("Content-Disposition", `attachment; filename="comparison.html"`)
			d.write(w, r, http.StatusOK)
			return nil
		}
	}
	f := s.frame(r, "Comparison")
	f.here, f.report = "/compare", true
	return s.show(w, r, http.StatusOK, comparedPage(f, c, at-1))
}

// outcomeOf is what came of one article.
func outcomeOf(p store.Put) string {
	switch {
	case p.New:
		return "New article"
	case p.Changed:
		return "Version " + strconv.Itoa(p.Version) + " of an article"
	}
	return "An article that was there already"
}

func comparedAddress(c *comparison, at int) string {
	return "/compare/" + c.id + "/" + strconv.Itoa(at+1)
}

func comparisonTitle(c *collation.Collation) string { return cmp.Or(c.Words(c.Title), "Untitled") }

// comparedParts is what else came of a comparison: other stories, and what
// was not compared.
func comparedParts(c *comparison, at int) []report.Part {
	var parts []report.Part
	if len(c.stories) > 1 {
		parts = append(parts, report.Part{ID: "others", Heading: "Other stories among them", Body: otherComparisons(c, at)})
	}
	if len(c.problems) > 0 && len(c.stories[at].Problems) == 0 {
		parts = append(parts, report.Part{ID: "unread", Heading: "Not compared", Body: unreadOf(c.problems)})
	}
	return parts
}
