package newsroom

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"synoptic/collation"
	"synoptic/internal/gather"
	"synoptic/internal/gather/feed"
	"synoptic/internal/gather/opml"
	"synoptic/internal/page"
	"synoptic/internal/store"
)

// Follow adds a source; what its address holds is found out by asking. A page
// that names feeds stands for the first of them, and one that names none is
// watched itself. An address that is followed already changes nothing.
func (n *Newsroom) Follow(ctx context.Context, address, folder string) (store.Source, error) {
	address = strings.TrimSpace(address)
	if address != "" && !strings.Contains(address, "://") {
		address = "https://" + address
	}
	s, err := n.ask(ctx, address)
	if err != nil {
		return store.Source{}, err
	}
	s.Folder = folder
	return s, n.follow(ctx, &s)
}

// ask makes a source of what an address holds.
func (n *Newsroom) ask(ctx context.Context, address string) (store.Source, error) {
	f, err := n.Gatherer.Fetch(ctx, address, gather.Validators{})
	n.Counts.fetched(err)
	if err != nil {
		return store.Source{}, within(address, withoutPlace(err))
	}
	at := cmp.Or(f.Moved, address)
	s := store.Source{ID: store.SourceID(at), Address: at}
	switch held := heldBy(f.Document); held {
	case feed.RSS, feed.Atom, feed.JSONFeed, feed.Sitemap, feed.SitemapIndex:
		s.Kind = sourceKind(held)
		read, err := feed.Read(input(f.Document))
		if err != nil {
			return store.Source{}, err
		}
		s.Title = read.Title
		return s, nil
	case feed.Page:
		links := feed.Discover(f.Document.Address, f.Document.Body, f.Document.Charset)
		for _, l := range links {
			if found, err := n.ask(ctx, l.Address); err == nil && found.Kind != store.Watched {
				found.Title = cmp.Or(found.Title, l.Title)
				return found, nil
			}
		}
		s.Kind = sourceKind(held)
		return s, nil
	case feed.OPML:
		return store.Source{}, within(address, errors.New("it is a list of feeds: follow the list"))
	case feed.Unknown:
	}
	return store.Source{}, within(address, errors.New("neither a feed nor a page"))
}

func heldBy(d gather.Document) feed.Kind { return feed.KindOf(d.Body, d.Type, d.Charset) }

// sourceKind is the kind of a source that holds this; "" where it can be none.
func sourceKind(held feed.Kind) store.SourceKind {
	switch held {
	case feed.RSS, feed.Atom, feed.JSONFeed:
		return store.Feed
	case feed.Sitemap, feed.SitemapIndex:
		return store.Sitemap
	case feed.Page:
		return store.Watched
	case feed.OPML, feed.Unknown:
	}
	return ""
}

// foundKind is the kind of a source by its first answer: a list that it came in may
// not say, or say another. A page is one to watch only where it holds an account;
// behind the address of a feed that has died there often stands some page.
func foundKind(d gather.Document, thought store.SourceKind) store.SourceKind {
	kind := sourceKind(heldBy(d))
	if kind == store.Watched {
		if _, err := read(d, page.Listing{}, false); err != nil {
			return thought
		}
	}
	return cmp.Or(kind, thought)
}

func input(d gather.Document) feed.Input {
	return feed.Input{Place: d.Place, Address: d.Address, Type: d.Type, Charset: d.Charset, Body: d.Body, Read: d.Read}
}

// follow keeps a source that is new, to be asked at once; one that is followed
// already is given back as it stands.
func (n *Newsroom) follow(ctx context.Context, s *store.Source) error {
	err := n.Store.Update(ctx, func(w store.Writer) error {
		there, err := w.Source(ctx, s.ID)
		if ok, err := found(err); err != nil {
			return err
		} else if ok {
			*s = there
			return nil
		}
		now := n.Now().UTC()
		s.Added, s.Next = now, now
		if err := w.PutSource(ctx, *s); err != nil {
			return err
		}
		return w.Record(ctx, &store.Event{At: now, Kind: store.SourceAdded, Source: s.ID, Note: s.Address})
	})
	if err == nil {
		n.change.raise()
	}
	return err
}

// FollowList adds the sources of an OPML file, without asking them: a dead link
// is kept, and told when it has not answered. What an address holds is what the
// list says, until the first visit.
func (n *Newsroom) FollowList(ctx context.Context, list io.Reader) (added []store.Source, problems []collation.Problem, err error) {
	body, err := io.ReadAll(io.LimitReader(list, mostList))
	if err != nil {
		return nil, nil, err
	}
	read, err := opml.Read("list", body, "")
	if err != nil && len(read.Feeds) == 0 {
		return nil, nil, err
	}
	if err != nil {
		problems = append(problems, collation.Problem{Place: "list", Err: err}) // what stands before the fault is followed
	}
	for _, f := range read.Feeds {
		if err := gather.CheckAddress(f.Address); err != nil {
			problems = append(problems, collation.Problem{Place: fmt.Sprintf("list:%d", f.Line), Err: err})
			continue
		}
		s := store.Source{ID: store.SourceID(f.Address), Address: f.Address, Kind: store.Feed, Title: f.Title, Folder: strings.Join(f.Category, "/")}
		if kind := store.SourceKind(f.Holds); kind == store.Sitemap || kind == store.Watched {
			s.Kind = kind
		}
		if err := n.follow(ctx, &s); err != nil {
			return added, problems, err
		}
		added = append(added, s)
	}
	return added, problems, nil
}

// mostList is how many bytes of a list are read: some 40,000 feeds.
const mostList = 16 << 20

// WriteList writes sources as OPML.
func WriteList(w io.Writer, sources []store.Source) error {
	list := opml.List{Title: "Sources of Synoptic"}
	for _, s := range sources {
		f := opml.Feed{Title: cmp.Or(s.Title, s.Address), Address: s.Address}
		if s.Kind != store.Feed {
			f.Holds = string(s.Kind)
		}
		if s.Folder != "" {
			f.Category = strings.Split(s.Folder, "/")
		}
		list.Feeds = append(list.Feeds, f)
	}
	return opml.Write(w, list)
}

// Unfollow lets go of a source. What it has led to stays.
func (n *Newsroom) Unfollow(ctx context.Context, id string) error {
	err := n.Store.Update(ctx, func(w store.Writer) error {
		s, err := w.Source(ctx, id)
		if err != nil {
			return fmt.Errorf("source %s: %w", id, err)
		}
		if err := w.DropSource(ctx, id); err != nil {
			return err
		}
		return w.Record(ctx, &store.Event{At: n.Now().UTC(), Kind: store.SourceDropped, Source: id, Note: s.Address})
	})
	if err == nil {
		n.change.raise()
	}
	return err
}

// soon is never later than a time that is known.
func soon(times ...time.Time) time.Time {
	var least time.Time
	for _, t := range times {
		if !t.IsZero() && (least.IsZero() || t.Before(least)) {
			least = t
		}
	}
	return least
}
