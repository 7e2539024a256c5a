// Package web serves what is kept and found to browsers, feed readers and
// programs: requests come in; pages, JSON, feeds and metrics go out. It keeps
// nothing itself and reads through [Engine].
package web

import (
	"context"
	"io"

	"synoptic/article"
	"synoptic/collation"
	"synoptic/internal/newsroom"
	"synoptic/internal/store"
)

// Engine is what pages read and change. A newsroom is one. Everything
// may be called by several goroutines at once.
type Engine interface {
	// View reads what is kept, as of one moment.
	View(ctx context.Context, read func(store.Reader) error) error

	// Collate lays the articles of a story side by side as they stand. The
	// result is shared and must not be changed. ErrNotFound for a story that is
	// not there; one that has become part of another gives the other's.
	Collate(ctx context.Context, story string) (*newsroom.Laid, error)
	// Annotation is what the engine found in one version of an article.
	Annotation(ctx context.Context, k store.Kept) (*article.Analysis, error)

	// Compare reads documents and addresses and lays those of one event side by
	// side, with articles that are kept, by their IDs: one collation a story.
	// Nothing is kept.
	Compare(ctx context.Context, in []newsroom.Upload, kept ...string) ([]*collation.Collation, []collation.Problem, error)
	// Add reads documents and addresses and keeps what they hold.
	Add(ctx context.Context, in []newsroom.Upload) (newsroom.Added, error)
	// AddExample keeps the example that comes with the program.
	AddExample(ctx context.Context) (newsroom.Added, error)

	// Follow adds a source; what its address holds is found out by asking.
	Follow(ctx context.Context, address, folder string) (store.Source, error)
	// FollowList adds the sources of an OPML file.
	FollowList(ctx context.Context, opml io.Reader) (added []store.Source, problems []collation.Problem, err error)
	Unfollow(ctx context.Context, id string) error

	// Correct merges, splits or removes, and gives the correction its number.
	// ErrConflict when the story is no longer at the revision that the one who
	// corrects has seen.
	Correct(ctx context.Context, c *store.Correction, seen int64) error
	Undo(ctx context.Context, correction int64, by string) error
	// Forget removes articles for good.
	Forget(ctx context.Context, articles ...string) error

	// SetAlert, DropAlert and SetValue change what the pages of the software's
	// own state change.
	SetAlert(ctx context.Context, a store.Alert) error
	DropAlert(ctx context.Context, id string) error
	SetValue(ctx context.Context, name string, value []byte) error

	// Wait returns the number of the newest event once it is past after, or
	// when ctx ends.
	Wait(ctx context.Context, after int64) (int64, error)
}

// view reads what is kept, as whoever asks may see it.
func (s *Server) view(ctx context.Context, do func(store.Reader) error) error {
	return s.Engine.View(ctx, func(r store.Reader) error {
		if visitorOf(ctx).may < write {
			r = store.Veiled(r)
		}
		return do(r)
	})
}

// collate lays a story side by side, as whoever asks may see it.
func (s *Server) collate(ctx context.Context, story string) (*newsroom.Laid, error) {
	laid, err := s.Engine.Collate(ctx, story)
	if err == nil && visitorOf(ctx).may < write {
		laid = laid.Veiled()
	}
	return laid, err
}
