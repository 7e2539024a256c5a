package newsroom

import (
	"context"

	"synoptic/internal/store"
)

// SetAlert keeps an alert, new or changed.
func (n *Newsroom) SetAlert(ctx context.Context, a store.Alert) error {
	return n.Store.Update(ctx, func(w store.Writer) error { return w.PutAlert(ctx, a) })
}

// DropAlert lets go of an alert.
func (n *Newsroom) DropAlert(ctx context.Context, id string) error {
	return n.Store.Update(ctx, func(w store.Writer) error { return w.DropAlert(ctx, id) })
}
