package newsroom

import (
	"context"
	"slices"
	"time"

	"synoptic/internal/store"
)

// Forget removes articles for good, with their versions, what was found in them
// and their place in the search. A story that loses its last article goes too.
func (n *Newsroom) Forget(ctx context.Context, articles ...string) error {
	n.assigning.Lock()
	defer n.assigning.Unlock()
	err := n.assign(ctx, func(w store.Writer, _ *grouping) error { return n.forget(ctx, w, articles) })
	n.groups = nil
	return err
}

// ForgetAll removes every article that the filter fits, and says how many there
// were. It goes on where it stopped when it is called again after a failure.
func (n *Newsroom) ForgetAll(ctx context.Context, f store.ArticleFilter) (int, error) {
	done := 0
	for {
		var ids []string
		err := n.Store.View(ctx, func(r store.Reader) error {
			ids = nil
			list, _, err := r.Articles(ctx, f, store.Page{Limit: batch})
			for _, k := range list {
				ids = append(ids, k.ID)
			}
			return err
		})
		if err != nil || len(ids) == 0 {
			return done, err
		}
		if err := n.Forget(ctx, ids...); err != nil {
			return done, err
		}
		done += len(ids)
	}
}

// Before fits what was published before a day, for ForgetAll.
func Before(t time.Time) store.ArticleFilter { return store.ArticleFilter{To: t} }

func (n *Newsroom) forget(ctx context.Context, w store.Writer, articles []string) error {
	var stories []string
	for _, id := range articles {
		k, err := w.Article(ctx, id)
		if err != nil {
			return within("article "+id, err)
		}
		if k.Story != "" && !slices.Contains(stories, k.Story) {
			stories = append(stories, k.Story)
		}
	}
	if err := w.Forget(ctx, articles...); err != nil {
		return err
	}
	now := n.Now().UTC()
	for _, id := range articles {
		if err := w.Record(ctx, &store.Event{At: now, Kind: store.Forgotten, Article: id}); err != nil {
			return err
		}
	}
	for _, id := range stories {
		there, err := found(second(w.Story(ctx, id)))
		if err != nil {
			return err
		}
		e := store.Event{At: now, Kind: store.StoryEmptied, Story: id}
		if there {
			e.Kind = store.Forgotten
		}
		if err := w.Record(ctx, &e); err != nil {
			return err
		}
		if there {
			if err := n.recount(ctx, w, id, "", e.Number); err != nil {
				return err
			}
		}
	}
	return nil
}
