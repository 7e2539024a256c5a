package newsroom

import (
	"context"
	"errors"

	"synoptic/article"
	"synoptic/internal/gather"
	"synoptic/internal/gather/feed"
	"synoptic/internal/page"
	"synoptic/internal/store"
)

// listing is what a feed says of a page beside its words; nothing where no feed
// led to it. When an entry was updated is left out: that is when its list was
// written again, as often as not.
func listing(e *feed.Entry) page.Listing {
	if e == nil {
		return page.Listing{}
	}
	l := page.Listing{Authors: e.Authors, Outlet: e.Outlet}
	if !e.Published.IsZero() {
		l.Published = article.Date{Time: e.Published, Precision: article.Second}
	}
	return l
}

// standIn lets what a feed says of a page stand for the page that cannot be had.
// It never takes the place of an article that is kept: that says more. Where
// there is no entry to read, why the page cannot be had is the better reason.
func (n *Newsroom) standIn(ctx context.Context, it *item) {
	d := gather.Document{Place: it.document.Place, Type: "application/json", Body: it.entry.Record(), Read: n.Now()}
	a, err := read(d, page.Listing{}, true)
	if err != nil {
		return
	}
	err = n.Store.View(ctx, func(r store.Reader) error {
		_, err := r.Article(ctx, store.ArticleID(a))
		return err
	})
	if !errors.Is(err, store.ErrNotFound) {
		return
	}
	a.Completeness = min(a.Completeness, it.entry.Completeness())
	it.article, it.document, it.err = a, d, nil
}
