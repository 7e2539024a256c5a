package newsroom

import (
	"context"
	"fmt"
	"slices"
	"time"

	"synoptic/internal/store"
)

// Refusal is why a correction cannot be made or undone, in words for whoever
// wants it. Nothing has changed.
type Refusal string

// Error is the reason.
func (r Refusal) Error() string { return string(r) }

// The refusals.
const (
	errSame   Refusal = "a story cannot be merged with itself"
	errNobody Refusal = "no article of the story is named"
	errAll    Refusal = "all articles of the story are named: nothing would be left of it"
	errOne    Refusal = "articles are removed one at a time"
	errUndone Refusal = "the correction has been undone already"
)

// Correct merges, splits or removes, and gives the correction its number. It is
// store.ErrConflict when the story is no longer at the revision that the one
// who corrects has seen; 0 stands for any.
func (n *Newsroom) Correct(ctx context.Context, c *store.Correction, seen int64) error {
	n.assigning.Lock()
	defer n.assigning.Unlock()
	err := n.assign(ctx, func(w store.Writer, _ *grouping) error {
		s, err := w.Story(ctx, c.Story)
		if err != nil {
			return within("story "+c.Story, err)
		}
		if s.Into != "" || seen != 0 && s.Revision != seen {
			return within("story "+c.Story, store.ErrConflict)
		}
		c.At = n.Now().UTC()
		switch c.Kind {
		case store.Merged:
			err = n.correctMerge(ctx, w, c)
		case store.Parted, store.Removed:
			err = n.correctSplit(ctx, w, c)
		default:
			err = Refusal(fmt.Sprintf("there is no correction %q: it is one of merge, split, remove", c.Kind))
		}
		return err
	})
	n.groups = nil // what people say changes what the model may do
	return err
}

func (n *Newsroom) correctMerge(ctx context.Context, w store.Writer, c *store.Correction) error {
	if c.Other == c.Story {
		return errSame
	}
	other, err := w.Story(ctx, c.Other)
	if err != nil {
		return within("story "+c.Other, err)
	}
	if other.Into != "" {
		return within("story "+c.Other, store.ErrConflict)
	}
	members, err := w.Members(ctx, c.Other)
	if err != nil {
		return err
	}
	c.Articles = articlesOf(members)
	standing, err := w.Members(ctx, c.Story)
	if err != nil {
		return err
	}
	c.Beside = articlesOf(standing)[:min(1, len(standing))]
	if err := w.PutCorrection(ctx, c); err != nil {
		return err
	}
	return n.merge(ctx, w, c.Story, c.Other, move{event: store.Corrected, why: "merged by hand", person: true})
}

func (n *Newsroom) correctSplit(ctx context.Context, w store.Writer, c *store.Correction) error {
	members, err := w.Members(ctx, c.Story)
	if err != nil {
		return err
	}
	var named, rest []string
	for _, m := range members {
		if slices.Contains(c.Articles, m.Article) {
			named = append(named, m.Article)
		} else {
			rest = append(rest, m.Article)
		}
	}
	switch {
	case len(named) == 0 || len(named) < len(c.Articles):
		return errNobody
	case len(rest) == 0:
		return errAll
	case c.Kind == store.Removed && len(named) > 1:
		return errOne
	}
	c.Articles, c.Beside = named, rest
	if err := w.PutCorrection(ctx, c); err != nil {
		return err
	}
	c.Other = store.StoryID(named[0], c.ID)
	if err := w.PutCorrection(ctx, c); err != nil {
		return err
	}
	return n.moveTo(ctx, w, c.Story, c.Other, named, move{event: store.Corrected, why: "parted by hand", person: true})
}

// Undo takes a correction back: its articles return to where it took them from,
// those that are still where it put them.
func (n *Newsroom) Undo(ctx context.Context, correction int64, by string) error {
	n.assigning.Lock()
	defer n.assigning.Unlock()
	err := n.assign(ctx, func(w store.Writer, _ *grouping) error {
		all, err := w.Corrections(ctx, "")
		if err != nil {
			return err
		}
		i := slices.IndexFunc(all, func(c store.Correction) bool { return c.ID == correction })
		if i < 0 {
			return fmt.Errorf("correction %d: %w", correction, store.ErrNotFound)
		}
		c := all[i]
		if !c.Undone.IsZero() {
			return errUndone
		}
		c.Undone = n.Now().UTC()
		if err := w.PutCorrection(ctx, &c); err != nil {
			return err
		}
		from, to := c.Other, c.Story
		if c.Kind == store.Merged {
			from, to = c.Story, c.Other
		}
		members, err := w.Members(ctx, from)
		if err != nil {
			return err
		}
		var back []string
		for _, m := range members {
			if slices.Contains(c.Articles, m.Article) {
				back = append(back, m.Article)
			}
		}
		note := ""
		if by != "" {
			note = "by " + by
		}
		return n.moveTo(ctx, w, from, to, back, move{event: store.Undone, why: "returned by hand", person: true, note: note})
	})
	n.groups = nil
	return err
}

// move says why articles change their story.
type move struct {
	event  store.EventKind
	why    string
	person bool
	note   string
}

// merge makes other a part of into.
func (n *Newsroom) merge(ctx context.Context, w store.Writer, into, other string, m move) error {
	members, err := w.Members(ctx, other)
	if err != nil {
		return err
	}
	return n.moveTo(ctx, w, other, into, articlesOf(members), m)
}

func articlesOf(members []store.Membership) []string {
	articles := make([]string, len(members))
	for i, m := range members {
		articles[i] = m.Article
	}
	return articles
}

// moveTo puts articles of one story into another, which begins with them where
// it is not there. A story that is left empty becomes part of the other.
func (n *Newsroom) moveTo(ctx context.Context, w store.Writer, from, to string, articles []string, m move) error {
	now := n.Now().UTC()
	e := store.Event{At: now, Kind: m.event, Story: to, Other: from, Note: m.note}
	if err := w.Record(ctx, &e); err != nil {
		return err
	}
	if ok, err := found(second(w.Story(ctx, to))); err != nil {
		return err
	} else if !ok {
		if err := w.PutStory(ctx, store.Story{ID: to, Revision: e.Number}); err != nil {
			return err
		}
	}
	for _, id := range articles {
		if err := w.Join(ctx, store.Membership{Article: id, Story: to, Joined: now, Why: m.why, Person: m.person}); err != nil {
			return err
		}
	}
	if err := n.recount(ctx, w, to, "", e.Number); err != nil {
		return err
	}
	return n.recount(ctx, w, from, to, e.Number)
}

// recount writes down what can be counted of a story without a collation. One
// that has no articles leads to into from now on.
func (n *Newsroom) recount(ctx context.Context, w store.Writer, id, into string, revision int64) error {
	s, err := w.Story(ctx, id)
	if err != nil {
		return within("story "+id, err)
	}
	members, err := w.Members(ctx, id)
	if err != nil {
		return err
	}
	if len(members) < s.Articles {
		s.Origins = 0 // which of them are left is counted with the digest
	}
	s.Articles, s.First, s.Last = len(members), time.Time{}, time.Time{}
	for i, m := range members {
		k, err := w.Article(ctx, m.Article)
		if err != nil {
			return err
		}
		at := publishedOr(k)
		if i == 0 {
			s.Title, s.Language = k.Headline(), k.Language
		}
		if s.First.IsZero() || at.Before(s.First) {
			s.First = at
		}
		if at.After(s.Last) {
			s.Last = at
		}
	}
	s.Into = ""
	if len(members) == 0 {
		s.Into = into
	}
	s.Rank = rank(support(s), s.Last)
	s.Revision = revision
	return w.PutStory(ctx, s)
}

// second is the error of a pair.
func second[T any](_ T, err error) error { return err }
