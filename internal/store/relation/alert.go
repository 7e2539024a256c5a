package relation

import (
	"context"
	"fmt"

	"synoptic/internal/store"
)

const alertRows = `SELECT id, query, channel, target, secret, added, off, problem FROM alert`

func alertColumns(a *store.Alert) []any {
	return []any{&a.ID, &a.Query, &a.Channel, &a.Target, &a.Secret, clock{&a.Added}, &a.Off, &a.Problem}
}

// Alert implements store.AlertReader.
func (t *transaction) Alert(ctx context.Context, id string) (store.Alert, error) {
	var a store.Alert
	err := t.row(ctx, "alert "+id, alertColumns(&a), alertRows+` WHERE id = ?`, clean(id))
	return a, err
}

// Alerts implements store.AlertReader.
func (t *transaction) Alerts(ctx context.Context) ([]store.Alert, error) {
	return rows(ctx, t, "list alerts", alertColumns, nil, alertRows+` ORDER BY added, id`)
}

// Delivery implements store.AlertReader.
func (t *transaction) Delivery(ctx context.Context, alert, story string) (store.Delivery, error) {
	d := store.Delivery{Alert: alert, Story: story}
	err := t.row(ctx, fmt.Sprintf("delivery of story %s to alert %s", story, alert), []any{clock{&d.At}},
		`SELECT at FROM delivery WHERE alert = ? AND story = ?`, clean(alert), clean(story))
	return d, err
}

// PutAlert implements store.AlertWriter.
func (t *transaction) PutAlert(ctx context.Context, a store.Alert) error {
	_, err := t.exec(ctx, "keep alert "+a.ID,
		`INSERT INTO alert (id, query, channel, target, secret, added, off, problem) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (id) DO UPDATE SET query = excluded.query, channel = excluded.channel, target = excluded.target,
			secret = excluded.secret, added = excluded.added, off = excluded.off, problem = excluded.problem`,
		clean(a.ID), clean(a.Query), clean(a.Channel), clean(a.Target), clean(a.Secret), stamp(a.Added), a.Off, clean(a.Problem))
	return err
}

// DropAlert implements store.AlertWriter.
func (t *transaction) DropAlert(ctx context.Context, id string) error {
	doing := "drop alert " + id
	n, err := t.exec(ctx, doing, `DELETE FROM alert WHERE id = ?`, clean(id))
	if err == nil && n == 0 {
		err = t.db.wrap(doing, store.ErrNotFound)
	}
	return err
}

// PutDelivery implements store.AlertWriter.
func (t *transaction) PutDelivery(ctx context.Context, d store.Delivery) error {
	doing := fmt.Sprintf("keep the delivery of story %s to alert %s", d.Story, d.Alert)
	var n int
	if err := t.row(ctx, doing, []any{&n}, `SELECT 1 FROM alert WHERE id = ?`, clean(d.Alert)); err != nil {
		return err
	}
	_, err := t.exec(ctx, doing, `INSERT INTO delivery (alert, story, at) VALUES (?, ?, ?)
		ON CONFLICT (alert, story) DO UPDATE SET at = excluded.at`, clean(d.Alert), clean(d.Story), stamp(d.At))
	return err
}
