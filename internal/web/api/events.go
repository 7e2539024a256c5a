package api

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"synoptic/internal/store"
)

const (
	eventsPath = "/api/events"
	eventBatch = 256
	// stuck is how long a client may take to read what it is sent.
	stuck = 30 * time.Second
)

type eventsInput struct {
	Last  int64 `header:"Last-Event-ID" minimum:"0" doc:"The number of the last event that was received: the stream goes on after it"`
	After int64 `query:"after" minimum:"-1" default:"-1" doc:"The same, for clients that cannot set a header; left out, the stream begins with what happens from now on"`
}

func (a *API) addEvents() {
	description := `Server-sent events: what happens, as it happens. Each has the event's number as its id, its kind as its name, and the
event as JSON. A stream that breaks is taken up again after the last number that was received. Comments in between show that
the stream is alive.`
	shape := a.huma.OpenAPI().Components.Schemas.Schema(eventType, true, "Event")
	o := answers(get(eventsPath, "streamEvents", "changes", "Follow what happens", description), "text/event-stream",
		&huma.Schema{Type: huma.TypeString, Description: "data: lines hold an Event", Extensions: map[string]any{"x-event-data": shape}})
	huma.Register(a.huma, o, func(ctx context.Context, in *eventsInput) (*huma.StreamResponse, error) {
		if a.streams.Add(1) > int64(a.Most) {
			a.streams.Add(-1)
			busy := huma.NewError(http.StatusServiceUnavailable, "too many event streams are open")
			return nil, huma.ErrorWithHeaders(busy, http.Header{"Retry-After": {"30"}})
		}
		at := max(in.Last, in.After)
		if in.Last == 0 && in.After < 0 {
			err := a.view(ctx, func(r store.Reader) (err error) {
				at, err = r.LastEvent(ctx)
				return err
			})
			if err != nil {
				a.streams.Add(-1)
				return nil, err
			}
		}
		return &huma.StreamResponse{Body: func(hc huma.Context) {
			defer a.streams.Add(-1)
			_, w := humago.Unwrap(hc)
			if err := a.stream(hc.Context(), w, at); err != nil && hc.Context().Err() == nil {
				a.Log.Warn("api: event stream", "error", err)
			}
		}}, nil
	})
}

// stream sends events until ctx ends or the client can be sent no more.
func (a *API) stream(ctx context.Context, w http.ResponseWriter, at int64) error {
	control := http.NewResponseController(w)
	send := func(b []byte) error {
		// A server that cannot set deadlines is one whose own must do.
		if err := control.SetWriteDeadline(time.Now().Add(stuck)); err != nil && !errors.Is(err, http.ErrNotSupported) {
			return err
		}
		if _, err := w.Write(b); err != nil {
			return err
		}
		return control.Flush()
	}
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("X-Accel-Buffering", "no") // a proxy that buffers would hold events back
	if err := send([]byte("retry: 3000\n\n")); err != nil {
		return err
	}
	for {
		var events []store.Event
		err := a.engine.View(ctx, func(r store.Reader) (err error) {
			events, err = reader(ctx, r).Events(ctx, at, eventBatch)
			return err
		})
		if err != nil {
			return err
		}
		if len(events) > 0 {
			var b bytes.Buffer
			for _, e := range events {
				data, err := json.Marshal(eventOf(e))
				if err != nil {
					return err
				}
				fmt.Fprintf(&b, "id: %d\nevent: %s\ndata: %s\n\n", e.Number, e.Kind, data)
				at = e.Number
			}
			if err := send(b.Bytes()); err != nil {
				return err
			}
			continue
		}
		beat, cancel := context.WithTimeout(ctx, a.Beat)
		_, err = a.engine.Wait(beat, at)
		quiet := beat.Err() != nil
		cancel()
		switch {
		case ctx.Err() != nil:
			return nil
		case quiet:
			if err := send([]byte(": alive\n\n")); err != nil {
				return err
			}
		case err != nil:
			return err
		}
	}
}
