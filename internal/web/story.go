package web

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"

	"synoptic/collation"
	"synoptic/internal/newsroom"
	"synoptic/internal/report"
	"synoptic/internal/store"
	"synoptic/internal/web/jsonld"
)

// storyRow is a story as it stood when last looked at; missing stories are
// remembered too.
type storyRow struct {
	store.Story
	missing bool
}

// over reports whether the row must be looked at again though nothing has
// happened: its digest, which gives it its headline, is no event.
func (r storyRow) over() bool { return !r.missing && r.Into == "" && !r.Counted() }

// row is the story with an ID as pages show it now. It asks the store once an
// event, and until the story's digest is made.
func (s *Server) row(ctx context.Context, id string) (store.Story, error) {
	newest, _, err := s.journal.last(ctx)
	if err != nil {
		return store.Story{}, err
	}
	look := func() (row storyRow, err error) {
		err = s.view(ctx, func(r store.Reader) error {
			row.Story, err = r.Story(ctx, id)
			if errors.Is(err, store.ErrNotFound) {
				row.missing, err = true, nil
			}
			return err
		})
		return row, err
	}
	var row storyRow
	if len(id) <= longestKey {
		row, err = s.stories.get(id, newest, look)
	} else {
		row, err = look()
	}
	if err == nil && row.missing {
		err = store.ErrNotFound
	}
	return row.Story, err
}

// told is a story with all that its page shows.
type told struct {
	*newsroom.Laid
	members     map[string]store.Membership // by article
	corrections []store.Correction
	linked      []store.Story // that it follows, or that follow it
	changed     []store.Kept  // versions of its articles after their first, in order of time
}

func (s *Server) story(w http.ResponseWriter, r *http.Request) error {
	row, err := s.row(r.Context(), r.PathValue("id"))
	if err != nil {
		return err
	}
	if row.Into != "" {
		// Not for good: the merging may be undone.
		http.Redirect(w, r, storyAddress(row.Into), http.StatusFound)
		return nil
	}
	f := s.frame(r, titleOf(row))
	return s.held(w, r, "story "+f.rights()+" "+row.ID, row.Revision, func(ctx context.Context) (*document, error) {
		t, err := s.told(ctx, row.ID)
		if err != nil {
			return nil, err
		}
		f.report, f.title = true, titleOf(t.Story)
		f.feed = storyAddress(row.ID) + "/feed"
		f.live = "/live?story=" + row.ID + "&after=" + formatInt(t.Story.Revision)
		if err := s.describe(&f, func(public string) jsonld.Thing { return jsonld.Graph(t.Laid, public) }); err != nil {
			return nil, err
		}
		return rendered(ctx, storyPage(f, t))
	})
}

// told reads what the page of a story shows.
func (s *Server) told(ctx context.Context, id string) (told, error) {
	laid, err := s.collate(ctx, id)
	if err != nil {
		return told{}, err
	}
	t := told{Laid: laid, members: map[string]store.Membership{}}
	err = s.view(ctx, func(r store.Reader) error {
		members, err := r.Members(ctx, laid.Story.ID)
		if err != nil {
			return err
		}
		for _, m := range members {
			t.members[m.Article] = m
		}
		if t.corrections, err = r.Corrections(ctx, laid.Story.ID); err != nil {
			return err
		}
		for _, a := range laid.Articles {
			if a.Version == 1 {
				continue
			}
			versions, err := r.Versions(ctx, a.ID)
			if err != nil {
				return err
			}
			t.changed = append(t.changed, versions[1:]...)
		}
		slices.SortStableFunc(t.changed, func(a, b store.Kept) int { return a.Seen.Compare(b.Seen) })
		links, err := r.Links(ctx, laid.Story.ID)
		if err != nil {
			return err
		}
		for _, l := range links {
			other := l.From
			if other == laid.Story.ID {
				other = l.To
			}
			if x, err := r.Story(ctx, other); err == nil {
				t.linked = append(t.linked, x)
			} else if !errors.Is(err, store.ErrNotFound) {
				return err
			}
		}
		return nil
	})
	return t, err
}

// setting is what the page of the story's collation has beyond it.
func (t told) setting(f frame) report.Setting {
	set := report.Setting{
		Article: func(account int) string { return articleAddress(t.Articles[account].ID) },
		Person:  personAddress,
		Since:   make([]int64, len(t.Articles)),
		Tools:   storyTools(f, t),
	}
	for i, a := range t.Articles {
		set.Since[i] = a.Seen.UnixMilli()
		if m, ok := t.members[a.ID]; ok {
			set.Since[i] = max(set.Since[i], m.Joined.UnixMilli())
		}
	}
	if len(t.changed) > 0 {
		set.Parts = append(set.Parts, report.Part{ID: "changed", Heading: "Changed after it was published", Body: changedAccounts(t)})
	}
	if len(t.linked) > 0 {
		set.Parts = append(set.Parts, report.Part{ID: "linked", Heading: "Before and after", Body: linkedStories(t)})
	}
	if len(t.corrections) > 0 || f.may == write {
		set.Parts = append(set.Parts, report.Part{ID: "corrections", Heading: "Corrections", Body: storyCorrections(f, t)})
	}
	return set
}

// storyFile is the story as one file that needs no server.
func (s *Server) storyFile(w http.ResponseWriter, r *http.Request) error {
	row, err := s.row(r.Context(), r.PathValue("id"))
	if err != nil {
		return err
	}
	w.Header().Set("Content-Disposition", `attachment; filename="story-`+fileName(row.ID)+`.html"`)
	return s.held(w, r, "file "+s.frame(r, "").rights()+" "+row.ID, row.Revision, func(ctx context.Context) (*document, error) {
		laid, err := s.collate(ctx, row.ID)
		if err != nil {
			return nil, err
		}
		return fileOf(laid.Collation)
	})
}

// fileOf is a collation as a file. It is a page of its own, not of ours: it is
// sent to be kept, not shown, and has its own policy within.
func fileOf(c *collation.Collation) (*document, error) {
	var b bytes.Buffer
	if err := report.HTML(&b, c); err != nil {
		return nil, err
	}
	return newDocument(htmlType, b.Bytes()), nil
}

// fileName is what of s may stand in the name of a file.
func fileName(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r == '-' {
			return r
		}
		return -1
	}, s)
}
