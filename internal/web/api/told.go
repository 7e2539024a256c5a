package api

import (
	"errors"

	"synoptic/internal/store"
)

// placed is an error with what it is about, in words that a client may read.
type placed struct {
	what string
	err  error
}

// Error is the place and the reason.
func (p *placed) Error() string { return p.what + ": " + p.err.Error() }

// Unwrap is the reason.
func (p *placed) Unwrap() error { return p.err }

// Within says what an error is about ("story abc").
func Within(what string, err error) error {
	if err == nil {
		return nil
	}
	return &placed{what, err}
}

// Told is err as a client may read it: what Within says it is about, and the
// store's reason in the store's fixed words, since those around them name the
// database's file. It is "" for an error whose reason is not for a client.
func Told(err error) string {
	for _, reason := range []error{store.ErrNotFound, store.ErrConflict, store.ErrCursor, store.ErrReadOnly, store.ErrFull} {
		if !errors.Is(err, reason) {
			continue
		}
		var at *placed
		if errors.As(err, &at) {
			return at.what + ": " + reason.Error()
		}
		return reason.Error()
	}
	return ""
}
