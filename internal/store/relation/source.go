package relation

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"synoptic/internal/store"
)

const sourceRows = `SELECT s.id, s.address, s.kind, s.title, s.folder, s.added, s.next, s.tried, s.answered, s.failures, s.problem, s.gone,
	s.etag, s.last_modified, s.rhythm, (SELECT COUNT(*) FROM article a WHERE a.source = s.id AND a.source <> '') FROM source s`

func (t *transaction) sourceRows(ctx context.Context, doing, query string, args ...any) ([]store.Source, error) {
	return rows(ctx, t, doing, func(s *store.Source) []any {
		return []any{
			&s.ID, &s.Address, &s.Kind, &s.Title, &s.Folder,
			clock{&s.Added},
			clock{&s.Next},
			clock{&s.Tried},
			clock{&s.Answered},
			&s.Failures, &s.Problem, &s.Gone, &s.ETag, &s.LastModified,
			blob{&s.Rhythm},
			&s.Articles,
		}
	}, nil, query, args...)
}

// Source implements store.SourceReader.
func (t *transaction) Source(ctx context.Context, id string) (store.Source, error) {
	doing := "source " + id
	list, err := t.sourceRows(ctx, doing, sourceRows+` WHERE s.id = ?`, clean(id))
	if err != nil {
		return store.Source{}, err
	}
	if len(list) == 0 {
		return store.Source{}, t.db.wrap(doing, store.ErrNotFound)
	}
	return list[0], nil
}

// Sources implements store.SourceReader.
func (t *transaction) Sources(ctx context.Context) ([]store.Source, error) {
	list, err := t.sourceRows(ctx, "list sources", sourceRows)
	slices.SortFunc(list, func(a, b store.Source) int {
		return cmp.Or(cmp.Compare(strings.ToLower(a.Title), strings.ToLower(b.Title)), cmp.Compare(a.Address, b.Address), cmp.Compare(a.ID, b.ID))
	})
	return list, err
}

// DueSources implements store.SourceReader.
func (t *transaction) DueSources(ctx context.Context, now time.Time, limit int) ([]store.Source, error) {
	return t.sourceRows(ctx, "list sources that are due", sourceRows+` WHERE s.next <= ? AND NOT s.gone ORDER BY s.next, s.id LIMIT ?`, stamp(now), count(limit))
}

// PutSource implements store.SourceWriter.
func (t *transaction) PutSource(ctx context.Context, s store.Source) error {
	var rhythm any
	if s.Rhythm != nil {
		rhythm = s.Rhythm
	}
	_, err := t.exec(ctx, "keep source "+s.Address,
		`INSERT INTO source (id, address, kind, title, folder, added, next, tried, answered, failures, problem, gone, etag, last_modified, rhythm)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (id) DO UPDATE SET address = excluded.address, kind = excluded.kind, title = excluded.title, folder = excluded.folder,
			added = excluded.added, next = excluded.next, tried = excluded.tried, answered = excluded.answered, failures = excluded.failures,
			problem = excluded.problem, gone = excluded.gone, etag = excluded.etag, last_modified = excluded.last_modified, rhythm = excluded.rhythm`,
		clean(s.ID), clean(s.Address), string(s.Kind), clean(s.Title), clean(s.Folder), stamp(s.Added), stamp(s.Next), stamp(s.Tried), stamp(s.Answered),
		s.Failures, clean(s.Problem), s.Gone, clean(s.ETag), clean(s.LastModified), rhythm)
	return err
}

// DropSource implements store.SourceWriter.
func (t *transaction) DropSource(ctx context.Context, id string) error {
	doing := "drop source " + id
	n, err := t.exec(ctx, doing, `DELETE FROM source WHERE id = ?`, clean(id))
	if err == nil && n == 0 {
		err = t.db.wrap(doing, store.ErrNotFound)
	}
	return err
}
