package api

import (
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"synoptic/collation"
	"synoptic/internal/store"
)

// Source is an address that is asked for what is new.
type Source struct {
	ID       string     `json:"id"`
	Address  string     `json:"address"`
	Kind     string     `json:"kind" enum:"feed,sitemap,page"`
	Title    string     `json:"title,omitempty"`
	Folder   string     `json:"folder,omitempty" doc:"Folders with slashes between"`
	Added    *time.Time `json:"added,omitempty"`
	Next     *time.Time `json:"next,omitempty" doc:"When it is asked again"`
	Tried    *time.Time `json:"tried,omitempty" doc:"When it was asked last"`
	Answered *time.Time `json:"answered,omitempty" doc:"When it answered well last"`
	Failures int        `json:"failures" doc:"In a row"`
	Problem  string     `json:"problem,omitempty" doc:"What went wrong last"`
	Gone     bool       `json:"gone" doc:"It is not asked any more"`
	Articles int        `json:"articles" doc:"That it has led to"`
}

func sourceOf(s store.Source) Source {
	return Source{
		s.ID, s.Address, string(s.Kind), s.Title, s.Folder, moment(s.Added), moment(s.Next), moment(s.Tried), moment(s.Answered),
		s.Failures, s.Problem, s.Gone, s.Articles,
	}
}

// NewSource is a source to follow.
type NewSource struct {
	Address string `json:"address" minLength:"1" maxLength:"2048" example:"https://aldmoor-register.example/feed" doc:"Of a feed, a sitemap or a page; which one is found out by asking"`
	Folder  string `json:"folder,omitempty" maxLength:"255"`
}

type sourceID struct {
	ID string `path:"id" maxLength:"64" doc:"Of the source"`
}

func (a *API) addSources() {
	huma.Register(a.huma, get("/api/sources", "listSources", "sources", "List sources", "By title and address."),
		func(ctx context.Context, _ *struct{}) (out *list[Source], err error) {
			err = a.view(ctx, func(r store.Reader) error {
				found, err := r.Sources(ctx)
				out = whole(each(found, sourceOf))
				return err
			})
			return out, err
		})

	huma.Register(a.huma, get("/api/sources/{id}", "getSource", "sources", "Read a source", ""),
		func(ctx context.Context, in *sourceID) (*one[Source], error) {
			var out one[Source]
			err := a.view(ctx, func(r store.Reader) error {
				s, err := r.Source(ctx, in.ID)
				out.Body = sourceOf(s)
				return within("source "+in.ID, err)
			})
			return &out, err
		})

	follow := op(http.MethodPost, "/api/sources", "followSource", "sources", "Follow a source", "What the address holds is found out by asking.")
	follow.DefaultStatus = http.StatusCreated
	huma.Register(a.huma, follow, func(ctx context.Context, in *struct{ Body NewSource }) (*made[Source], error) {
		if !collation.IsAddress(in.Body.Address) {
			return nil, invalid("body.address", errors.New("an address begins with https:// or http://"))
		}
		s, err := a.engine.Follow(ctx, in.Body.Address, in.Body.Folder)
		if err != nil {
			return nil, a.refused("body.address", err)
		}
		return &made[Source]{"/api/sources/" + s.ID, sourceOf(s)}, nil
	})

	huma.Register(a.huma, op(http.MethodDelete, "/api/sources/{id}", "unfollowSource", "sources", "Follow a source no longer", "What it has led to is kept."),
		func(ctx context.Context, in *sourceID) (*struct{}, error) {
			return nil, a.problem(within("source "+in.ID, a.engine.Unfollow(ctx, in.ID)))
		})
}

// refused is the problem of a value that the engine could do nothing with: its
// reasons are for whoever gave the value, unless they lie in the store or with
// the request.
func (a *API) refused(where string, err error) error {
	for _, own := range []error{
		store.ErrNotFound, store.ErrConflict, store.ErrReadOnly, store.ErrFull, context.Canceled, context.DeadlineExceeded,
	} {
		if errors.Is(err, own) {
			return a.problem(err)
		}
	}
	return invalid(where, err)
}
