package relation

import (
	"context"

	"synoptic/internal/store"
)

const eventRows = `SELECT number, at, kind, story, article, version, source, other, note FROM event`

func eventColumns(e *store.Event) []any {
	return []any{&e.Number, clock{&e.At}, &e.Kind, &e.Story, &e.Article, &e.Version, &e.Source, &e.Other, &e.Note}
}

// Events implements store.Reader.
func (t *transaction) Events(ctx context.Context, after int64, limit int) ([]store.Event, error) {
	return rows(ctx, t, "list events", eventColumns, nil, eventRows+` WHERE number > ? ORDER BY number LIMIT ?`, after, count(limit))
}

// History implements store.StoryReader.
func (t *transaction) History(ctx context.Context, story string, p store.Page) ([]store.Event, string, error) {
	var c conditions
	c.add("(story = ? AND story <> '' OR other = ? AND other <> '')", clean(story), clean(story))
	if p.After != "" {
		var number int64
		if err := readCursor("history", p.After, &number); err != nil {
			return nil, "", err
		}
		c.add("number < ?", number)
	}
	size := limit(p)
	list, err := rows(ctx, t, "history of story "+story, eventColumns, nil, eventRows+c.where()+` ORDER BY number DESC LIMIT ?`, append(c.args, size+1)...)
	if err != nil {
		return nil, "", err
	}
	list, next := page(list, size, func(e *store.Event) string { return cursor("history", e.Number) })
	return list, next, nil
}

// LastEvent implements store.Reader.
func (t *transaction) LastEvent(ctx context.Context) (n int64, err error) {
	err = t.row(ctx, "last event", []any{&n}, `SELECT COALESCE(MAX(number), 0) FROM event`)
	return n, err
}

// Record implements store.Writer.
func (t *transaction) Record(ctx context.Context, e *store.Event) error {
	err := t.row(ctx, "record an event", []any{&e.Number},
		`INSERT INTO event (at, kind, story, article, version, source, other, note) VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING number`,
		stamp(e.At), string(e.Kind), clean(e.Story), clean(e.Article), e.Version, clean(e.Source), clean(e.Other), clean(e.Note))
	if err != nil {
		return err
	}
	for _, story := range [...]string{e.Story, e.Other} {
		if story == "" {
			continue
		}
		if _, err := t.exec(ctx, "record an event", `UPDATE story SET revision = ? WHERE id = ?`, e.Number, clean(story)); err != nil {
			return err
		}
	}
	return nil
}

// Value implements store.Reader.
func (t *transaction) Value(ctx context.Context, name string) ([]byte, error) {
	var value []byte
	err := t.row(ctx, "setting "+name, []any{blob{&value}}, `SELECT value FROM setting WHERE name = ?`, clean(name))
	return value, err
}

// SetValue implements store.Writer.
func (t *transaction) SetValue(ctx context.Context, name string, value []byte) error {
	doing := "keep setting " + name
	if value == nil {
		_, err := t.exec(ctx, doing, `DELETE FROM setting WHERE name = ?`, clean(name))
		return err
	}
	_, err := t.exec(ctx, doing, `INSERT INTO setting (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value`, clean(name), value)
	return err
}

// Totals implements store.Reader.
func (t *transaction) Totals(ctx context.Context) (store.Totals, error) {
	var n store.Totals
	err := t.row(ctx, "count", []any{&n.Articles, &n.Versions, &n.Stories, &n.Sources, &n.Jobs, &n.Events},
		`SELECT (SELECT COUNT(*) FROM article), (SELECT COUNT(*) FROM version), (SELECT COUNT(*) FROM story WHERE into_id = ''),
			(SELECT COUNT(*) FROM source), (SELECT COUNT(*) FROM job), (SELECT COUNT(*) FROM event)`)
	if err == nil {
		err = t.row(ctx, "measure", []any{&n.Bytes}, t.db.dialect.Bytes)
	}
	return n, err
}
