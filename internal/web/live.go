package web

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"synoptic/internal/store"
)

// Limits of event streams.
const (
	mostStreams  = 512
	streamLength = 30 * time.Minute // then the browser asks again
	heartbeat    = 25 * time.Second // finds out who has gone, and keeps proxies from hanging up
)

// follow tells a page, as server-sent events, when what it shows has changed:
// ?story= that one story has, or any event. Each message has the number of the
// event as its ID, so that a browser that lost the line misses nothing.
func (s *Server) follow(w http.ResponseWriter, r *http.Request) error {
	q := r.URL.Query()
	story := q.Get("story")
	after, err := strconv.ParseInt(q.Get("after"), 10, 64)
	if err != nil {
		return badRequest("?after= is the number of an event.")
	}
	if id := r.Header.Get("Last-Event-Id"); id != "" {
		if seen, err := strconv.ParseInt(id, 10, 64); err == nil {
			after = max(after, seen)
		}
	}
	if story != "" {
		if _, err := s.row(r.Context(), story); err != nil {
			return err
		}
	}
	if s.live.Add(1) > mostStreams {
		s.live.Add(-1)
		return errBusy
	}
	defer s.live.Add(-1)
	r, leave := s.whileLetIn(r, read)
	defer leave()
	h := w.Header()
	h.Set("Content-Type", "text/event-stream")
	h.Set("Cache-Control", "no-store")
	h.Set("X-Accel-Buffering", "no")
	ctx, cancel := context.WithTimeout(r.Context(), streamLength)
	defer cancel()
	return s.stream(ctx, http.NewResponseController(w), w, story, after)
}

// stream writes a message for each change until ctx ends or the line breaks,
// neither of which anybody is left to be told of.
func (s *Server) stream(ctx context.Context, control *http.ResponseController, w http.ResponseWriter, story string, after int64) error {
	send := func(message string) bool {
		if err := control.SetWriteDeadline(time.Now().Add(heartbeat)); err != nil && !errors.Is(err, http.ErrNotSupported) {
			return false
		}
		if _, err := w.Write([]byte(message)); err != nil {
			return false
		}
		return control.Flush() == nil
	}
	if !send("retry: 2000\n\n") {
		return nil
	}
	tick := time.NewTicker(heartbeat)
	defer tick.Stop()
	for {
		newest, changed, err := s.journal.last(ctx)
		if err != nil {
			return nil
		}
		at := newest
		if story != "" {
			row, err := s.row(ctx, story)
			switch {
			case errors.Is(err, store.ErrNotFound):
			case err != nil:
				return nil
			default:
				at = row.Revision
			}
		}
		if at > after {
			after = at
			if !send(fmt.Sprintf("event: changed\nid: %d\ndata: %d\n\n", at, at)) {
				return nil
			}
		}
		select {
		case <-ctx.Done():
			return nil
		case <-changed:
		case <-tick.C:
			if !send(": still here\n\n") {
				return nil
			}
		}
	}
}
