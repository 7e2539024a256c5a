package api

import (
	"context"

	"github.com/danielgtaylor/huma/v2"

	"synoptic/internal/store"
)

// State is what is kept in all.
type State struct {
	Version   string `json:"version" doc:"Of the program"`
	LastEvent int64  `json:"last_event" doc:"The number of the newest event"`
	Articles  int    `json:"articles"`
	Versions  int    `json:"versions" doc:"Of all articles"`
	Stories   int    `json:"stories"`
	Sources   int    `json:"sources"`
	Jobs      int    `json:"jobs" doc:"Work that waits"`
	Events    int    `json:"events"`
	Bytes     int64  `json:"bytes" doc:"Of the database"`
}

func (a *API) addState() {
	huma.Register(a.huma, get("/api/state", "getState", "changes", "What is kept in all", "Counts of what is kept, and the number of the newest event."),
		func(ctx context.Context, _ *struct{}) (*one[State], error) {
			out := &one[State]{}
			err := a.view(ctx, func(r store.Reader) error {
				t, err := r.Totals(ctx)
				if err != nil {
					return err
				}
				last, err := r.LastEvent(ctx)
				out.Body = State{a.Version, last, t.Articles, t.Versions, t.Stories, t.Sources, t.Jobs, t.Events, t.Bytes}
				return err
			})
			return out, err
		})
}
