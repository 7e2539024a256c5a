package relation

import (
	"context"
	"fmt"
	"time"

	"synoptic/internal/store"
)

// DueJobs implements store.JobReader.
func (t *transaction) DueJobs(ctx context.Context, kind string, now time.Time, limit int) ([]store.Job, error) {
	return rows(ctx, t, "list jobs that are due", func(j *store.Job) []any {
		return []any{&j.ID, &j.Kind, &j.Key, blob{&j.Payload}, clock{&j.Due}, &j.Tries, &j.Problem}
	}, nil, `SELECT id, kind, key, payload, due, tries, problem FROM job WHERE kind = ? AND due <= ? ORDER BY due, id LIMIT ?`,
		clean(kind), stamp(now), count(limit))
}

// NextJob implements store.JobReader.
func (t *transaction) NextJob(ctx context.Context) (time.Time, error) {
	var due time.Time
	err := t.row(ctx, "next job", []any{clock{&due}}, `SELECT COALESCE(MIN(due), '') FROM job`)
	return due, err
}

// PutJob implements store.JobWriter.
func (t *transaction) PutJob(ctx context.Context, j *store.Job) error {
	due := j.Due
	if due.IsZero() { // due at once, and not the time that stands for no job
		due = time.Unix(0, 0)
	}
	var payload any
	if j.Payload != nil {
		payload = j.Payload
	}
	return t.row(ctx, fmt.Sprintf("keep the job %s of %s", j.Kind, j.Key), []any{&j.ID},
		`INSERT INTO job (kind, key, payload, due, tries, problem) VALUES (?, ?, ?, ?, ?, ?)
		ON CONFLICT (kind, key) DO UPDATE SET payload = excluded.payload, due = excluded.due, tries = excluded.tries, problem = excluded.problem
		RETURNING id`, clean(j.Kind), clean(j.Key), payload, stamp(due), j.Tries, clean(j.Problem))
}

// DropJob implements store.JobWriter.
func (t *transaction) DropJob(ctx context.Context, id int64) error {
	doing := fmt.Sprintf("drop job %d", id)
	n, err := t.exec(ctx, doing, `DELETE FROM job WHERE id = ?`, id)
	if err == nil && n == 0 {
		err = t.db.wrap(doing, store.ErrNotFound)
	}
	return err
}
