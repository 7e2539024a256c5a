package newsroom

import (
	"context"
	"errors"
	"slices"
	"time"

	"synoptic/collation"
	"synoptic/internal/store"
)

// batch is how many articles are kept in one transaction at most. A transaction
// costs the disk some milliseconds, whatever is in it.
const batch = 64

// commit keeps what came of some items, puts new articles to their stories, and
// notes how far their archives are read and that their jobs are done, all in
// one transaction.
func (n *Newsroom) commit(ctx context.Context, items []*item) (Added, error) {
	n.assigning.Lock()
	defer n.assigning.Unlock()
	var added Added
	began, before := time.Now(), n.Counts.Grouping.Load()
	err := n.assign(ctx, func(w store.Writer, g *grouping) error {
		added = Added{}
		for _, it := range items {
			if err := n.put(ctx, w, g, it, &added); err != nil {
				return err
			}
		}
		return notePositions(ctx, w, items)
	})
	if err != nil {
		return Added{}, err
	}
	n.Counts.Storing.since(began)
	n.Counts.Storing.Add(before - n.Counts.Grouping.Load())
	for _, put := range added.Articles {
		n.Counts.kept(put)
	}
	n.Counts.Problems.Add(int64(len(added.Problems)))
	return added, nil
}

// assign runs an update with the state of the grouping as the store has it. The
// caller holds assigning.
func (n *Newsroom) assign(ctx context.Context, write func(store.Writer, *grouping) error) error {
	err := n.Store.Update(ctx, func(w store.Writer) error {
		if err := n.catchUp(ctx, w); err != nil {
			return err
		}
		if err := write(w, n.groups); err != nil {
			return err
		}
		last, err := w.LastEvent(ctx)
		n.groups.known = last
		return err
	})
	if err != nil {
		n.groups = nil // it may have seen what was not kept
		return err
	}
	n.change.raise()
	return nil
}

// put keeps one item, with the versions before it that are not kept yet.
func (n *Newsroom) put(ctx context.Context, w store.Writer, g *grouping, it *item, added *Added) error {
	if it.job != 0 {
		if err := n.finish(ctx, w, it); err != nil {
			return err
		}
	}
	if it.same {
		n.Counts.Unchanged.Add(1)
	}
	if it.same || it.later {
		return nil
	}
	if it.err != nil {
		added.Problems = append(added.Problems, collation.Problem{Place: it.document.Place, Err: it.err})
		return nil
	}
	if it.known != nil {
		added.Articles = append(added.Articles, store.Put{ID: it.known.ID, Version: it.known.Version})
		added.join(it.known.Story)
		return nil
	}
	id := store.ArticleID(it.article)
	versions, err := unkept(ctx, w, id, it.earlier)
	if err != nil {
		return within(it.document.Place, err)
	}
	for _, version := range versions {
		if err := n.keep(ctx, w, g, version, id, added); err != nil {
			return err
		}
	}
	return n.keep(ctx, w, g, it, id, added)
}

// keep keeps what an item holds as the newest version of an article.
func (n *Newsroom) keep(ctx context.Context, w store.Writer, g *grouping, it *item, article string, added *Added) error {
	if it.err != nil {
		added.Problems = append(added.Problems, collation.Problem{Place: it.document.Place, Err: it.err})
		return nil
	}
	kept := store.Kept{Article: it.article, ID: article, Seen: n.Now().UTC(), Source: it.source}
	put, err := w.PutArticle(ctx, kept, it.capture())
	if err != nil {
		return within(it.document.Place, err)
	}
	added.Articles = append(added.Articles, put)
	if !put.New && !put.Changed {
		return nil
	}
	if err := w.PutFindings(ctx, put.ID, put.Version, it.analysis, it.sketch); err != nil {
		return within(it.document.Place, err)
	}
	kept.ID, kept.Version = put.ID, put.Version
	var story string
	if put.New {
		story, err = n.place(ctx, w, g, kept, it.sketch)
	} else {
		story, err = n.renew(ctx, w, kept)
	}
	if err != nil {
		return within(it.document.Place, err)
	}
	added.join(story)
	return nil
}

// join notes that an article is in a story.
func (a *Added) join(story string) {
	if !slices.Contains(a.Stories, story) {
		a.Stories = append(a.Stories, story)
	}
}

// capture is the bytes of an item, nil where they are not to be kept.
func (it *item) capture() *store.Capture {
	if !it.whole || len(it.document.Body) == 0 {
		return nil
	}
	d := it.document
	return &store.Capture{Address: d.Address, Type: d.Type, Charset: d.Charset, Read: d.Read, Body: d.Body}
}

// renew tells that an article has a new version.
func (n *Newsroom) renew(ctx context.Context, w store.Writer, k store.Kept) (string, error) {
	now, err := w.Article(ctx, k.ID)
	if err != nil {
		return "", err
	}
	e := store.Event{At: n.Now().UTC(), Kind: store.ArticleChanged, Story: now.Story, Article: k.ID, Version: k.Version, Source: k.Source}
	return now.Story, w.Record(ctx, &e) // which raises the story's revision
}

// positionPrefix begins the names of the settings that say how far an archive
// has been read.
const positionPrefix = "import "

// notePositions keeps how far each archive is read that the items are of.
func notePositions(ctx context.Context, w store.Writer, items []*item) error {
	for i, it := range items {
		if it.mark == nil || slices.ContainsFunc(items[i+1:], func(o *item) bool { return o.mark != nil && o.mark.archive == it.mark.archive }) {
			continue
		}
		if err := w.SetValue(ctx, positionPrefix+it.mark.archive, []byte(it.mark.next.String())); err != nil {
			return err
		}
	}
	return nil
}

// publishedOr is when an article was published, or else when it was seen.
func publishedOr(k store.Kept) time.Time {
	if k.Published.Known() {
		return k.Published.Time
	}
	return k.Seen
}

// found reports whether err tells of something else than that nothing is there.
func found(err error) (bool, error) {
	if errors.Is(err, store.ErrNotFound) {
		return false, nil
	}
	return err == nil, err
}
