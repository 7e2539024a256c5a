package api

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"synoptic/internal/store"
)

// Correction is what somebody changed about the grouping.
type Correction struct {
	ID       int64      `json:"id"`
	At       time.Time  `json:"at"`
	By       string     `json:"by,omitempty"`
	Kind     string     `json:"kind" enum:"merge,split,remove"`
	Story    string     `json:"story"`
	Other    string     `json:"other,omitempty" doc:"merge: the story that became a part of it; split and remove: the one that the articles went to"`
	Articles []string   `json:"articles" nullable:"false"`
	Undone   *time.Time `json:"undone,omitempty"`
}

func correctionOf(c store.Correction) Correction {
	return Correction{c.ID, c.At.UTC(), c.By, string(c.Kind), c.Story, c.Other, append([]string{}, c.Articles...), moment(c.Undone)}
}

// NewCorrection is a correction to make.
type NewCorrection struct {
	Kind     string   `json:"kind" enum:"merge,split,remove"`
	Story    string   `json:"story" minLength:"1" maxLength:"64"`
	Other    string   `json:"other,omitempty" maxLength:"64" doc:"merge: the story that is to become a part of it"`
	Articles []string `json:"articles,omitempty" maxItems:"1000" nullable:"false" doc:"split and remove: which"`
	Revision int64    `json:"revision,omitempty" minimum:"0" doc:"The story's revision that was seen; a story that has changed since is a conflict. 0 stands for any"`
}

// CorrectionID is which correction is asked for.
type CorrectionID struct {
	ID int64 `path:"id" minimum:"1"`
}

func (a *API) addCorrections() {
	huma.Register(a.huma, get("/api/corrections", "listCorrections", "corrections", "List corrections", "Oldest first."),
		func(ctx context.Context, in *struct {
			Story string `query:"story" maxLength:"64" doc:"Of one story alone"`
		},
		) (out *list[Correction], err error) {
			err = a.view(ctx, func(r store.Reader) error {
				found, err := r.Corrections(ctx, in.Story)
				out = whole(each(found, correctionOf))
				return err
			})
			return out, err
		})

	correct := op(http.MethodPost, "/api/corrections", "correct", "corrections", "Correct the grouping",
		"Two stories are one (merge), some articles are a story of their own (split), or do not belong (remove). It outranks the model until it is undone.")
	correct.DefaultStatus = http.StatusCreated
	huma.Register(a.huma, correct, func(ctx context.Context, in *struct {
		Signed
		Body NewCorrection
	},
	) (*one[Correction], error) {
		n := in.Body
		c := store.Correction{By: a.User(in.request), Kind: store.CorrectionKind(n.Kind), Story: n.Story, Other: n.Other, Articles: n.Articles}
		if err := a.checkCorrection(ctx, n); err != nil {
			return nil, err
		}
		if err := a.engine.Correct(ctx, &c, n.Revision); err != nil {
			return nil, a.problem(err)
		}
		return &one[Correction]{correctionOf(c)}, nil
	})

	huma.Register(a.huma, op(http.MethodPost, "/api/corrections/{id}/undo", "undoCorrection", "corrections", "Undo a correction",
		"Its articles return to where it took them from, those that are still where it put them."),
		func(ctx context.Context, in *struct {
			Signed
			CorrectionID
		},
		) (*one[Correction], error) {
			find := func() (c store.Correction, err error) {
				err = a.view(ctx, func(r store.Reader) error {
					all, err := r.Corrections(ctx, "")
					if err != nil {
						return err
					}
					i := slices.IndexFunc(all, func(c store.Correction) bool { return c.ID == in.ID })
					if i < 0 {
						return within("correction "+strconv.FormatInt(in.ID, 10), store.ErrNotFound)
					}
					c = all[i]
					return nil
				})
				return c, err
			}
			switch c, err := find(); {
			case err != nil:
				return nil, err
			case !c.Undone.IsZero():
				return nil, huma.Error409Conflict(fmt.Sprintf("correction %d has been undone already", in.ID))
			}
			if err := a.engine.Undo(ctx, in.ID, a.User(in.request)); err != nil {
				return nil, a.problem(err)
			}
			c, err := find()
			return &one[Correction]{correctionOf(c)}, err
		})
}

// checkCorrection says what could not be done whatever the engine thinks of it.
func (a *API) checkCorrection(ctx context.Context, n NewCorrection) error {
	if store.CorrectionKind(n.Kind) == store.Merged {
		switch {
		case n.Other == "":
			return invalid("body.other", errors.New("the other story is missing"))
		case n.Other == n.Story:
			return invalid("body.other", errors.New("a story cannot be merged with itself"))
		case len(n.Articles) > 0:
			return invalid("body.articles", errors.New("a merge takes all articles"))
		}
		return nil
	}
	if len(n.Articles) == 0 {
		return invalid("body.articles", errors.New("which articles is missing"))
	}
	return a.view(ctx, func(r store.Reader) error {
		members, err := r.Members(ctx, n.Story)
		if err != nil {
			return within("story "+n.Story, err)
		}
		if len(members) == 0 {
			return within("story "+n.Story, store.ErrNotFound)
		}
		named := map[string]bool{}
		for i, id := range n.Articles {
			if !slices.ContainsFunc(members, func(m store.Membership) bool { return m.Article == id }) {
				return invalid(fmt.Sprintf("body.articles[%d]", i), errors.New("it is not in the story"))
			}
			named[id] = true
		}
		if len(named) == len(members) {
			return invalid("body.articles", errors.New("nothing would be left of the story"))
		}
		return nil
	})
}

// Signed is a request whose sender matters.
type Signed struct{ request *http.Request }

// Resolve notes the request.
func (s *Signed) Resolve(ctx huma.Context) []error {
	s.request, _ = humago.Unwrap(ctx)
	return nil
}
