package synoptic

import (
	"context"
	"errors"
	"log/slog"
	"strings"

	"synoptic/collation"
	"synoptic/examples"
	"synoptic/internal/newsroom"
	"synoptic/internal/store"
	"synoptic/internal/store/postgres"
	"synoptic/internal/store/sqlite"
)

// Collection is articles that are kept, grouped into the stories that they
// tell. It grows by Add, and by what it follows.
type Collection struct {
	*newsroom.Newsroom
	store store.Store
}

// OpenCollection opens the collection in a database, or begins one: a path
// names a SQLite file, an address that begins with postgres:// a PostgreSQL
// database.
func (e *Engine) OpenCollection(ctx context.Context, database string, log *slog.Logger) (*Collection, error) {
	var s store.Store
	var err error
	switch {
	case database == "":
		return nil, errors.New("no database is named")
	case strings.HasPrefix(database, "postgres://"), strings.HasPrefix(database, "postgresql://"):
		s, err = postgres.Open(ctx, database)
	default:
		s, err = sqlite.Open(ctx, database)
	}
	if err != nil {
		return nil, err
	}
	room := newsroom.New(newsroom.Parts{
		Version: Version, Store: s, Gatherer: &e.gatherer, Pipeline: e.pipeline, Jobs: e.jobs, Log: log, Example: examples.FerryTalks,
	})
	return &Collection{Newsroom: room, store: s}, nil
}

// AddSources reads accounts, as Read does, and keeps them.
func (c *Collection) AddSources(ctx context.Context, sources ...string) (newsroom.Added, error) {
	in := make([]newsroom.Upload, len(sources))
	for i, s := range sources {
		in[i].Address = s
	}
	return c.Add(ctx, in)
}

// Stories lists the stories that stand, the best supported and freshest first,
// at most limit of them.
func (c *Collection) Stories(ctx context.Context, limit int) ([]store.Story, error) {
	var list []store.Story
	err := c.View(ctx, func(r store.Reader) (err error) {
		list, _, err = r.Stories(ctx, store.StoryFilter{}, store.Page{Limit: limit})
		return err
	})
	return list, err
}

// Lay lays the articles of a story side by side.
func (c *Collection) Lay(ctx context.Context, story string) (*collation.Collation, error) {
	laid, err := c.Collate(ctx, story)
	if err != nil {
		return nil, err
	}
	return laid.Collation, nil
}

// Close ends the use of the collection.
func (c *Collection) Close() error { return errors.Join(c.Newsroom.Close(), c.store.Close()) }
