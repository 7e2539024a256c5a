package api

import (
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"synoptic/internal/store"
)

// Alert is a search that somebody is told of, one message a story.
type Alert struct {
	ID      string     `json:"id"`
	Query   string     `json:"query"`
	Channel string     `json:"channel" enum:"webhook,ntfy,mail"`
	Target  string     `json:"target,omitempty" doc:"An address, or a mailbox; left out for who may not change alerts"`
	Secret  string     `json:"secret,omitempty" doc:"Told once, when the alert is made: what webhooks are signed with"`
	Added   *time.Time `json:"added,omitempty"`
	Off     bool       `json:"off" doc:"It tells nobody for now"`
	Problem string     `json:"problem,omitempty" doc:"Why the last message could not be sent; left out for who may not change alerts"`
}

// alertOf leaves the secret out.
func alertOf(a store.Alert) Alert {
	return Alert{a.ID, a.Query, a.Channel, a.Target, "", moment(a.Added), a.Off, a.Problem}
}

// shownTo is how alerts are shown to whoever asks. Who may only read learns what is
// watched, and not who is told of it: the address of a webhook or a topic is
// often as good as a password, a mailbox is somebody's own, and what could not
// be sent names either.
func shownTo(ctx context.Context) func(store.Alert) Alert {
	if editor(ctx) {
		return alertOf
	}
	return func(x store.Alert) Alert {
		x.Target, x.Problem = "", ""
		return alertOf(x)
	}
}

// NewAlert is an alert to make.
type NewAlert struct {
	Query   string `json:"query" minLength:"1" maxLength:"1000" example:"\"ferry talks\"" doc:"As in search"`
	Channel string `json:"channel" enum:"webhook,ntfy,mail"`
	Target  string `json:"target" minLength:"1" maxLength:"2048" example:"https://desk.example/hook" doc:"webhook: an address; ntfy: the address of a topic; mail: a mailbox"`
	Secret  string `json:"secret,omitempty" maxLength:"512" doc:"webhook: what to sign with, made up here where it is left out; ntfy: an access token"`
}

// AlertID is which alert is asked for.
type AlertID struct {
	ID string `path:"id" maxLength:"64" doc:"Of the alert"`
}

func (a *API) addAlerts() {
	huma.Register(a.huma, get("/api/alerts", "listAlerts", "alerts", "List alerts", "Without their secrets. Who may not change alerts sees what they watch, and not who is told."),
		func(ctx context.Context, _ *struct{}) (out *list[Alert], err error) {
			err = a.view(ctx, func(r store.Reader) error {
				found, err := r.Alerts(ctx)
				out = whole(each(found, shownTo(ctx)))
				return err
			})
			return out, err
		})

	huma.Register(a.huma, get("/api/alerts/{id}", "getAlert", "alerts", "Read an alert", "Without its secret. Who may not change alerts sees what it watches, and not who is told."),
		func(ctx context.Context, in *AlertID) (*one[Alert], error) {
			var out one[Alert]
			err := a.view(ctx, func(r store.Reader) error {
				found, err := r.Alert(ctx, in.ID)
				out.Body = shownTo(ctx)(found)
				return Within("alert "+in.ID, err)
			})
			return &out, err
		})

	create := op(http.MethodPost, "/api/alerts", "createAlert", "alerts", "Make an alert", "Whoever it names is told once of every story that fits and changes from now on.")
	create.DefaultStatus = http.StatusCreated
	huma.Register(a.huma, create, func(ctx context.Context, in *struct{ Body NewAlert }) (*made[Alert], error) {
		n := store.NewAlert(in.Body.Query, in.Body.Channel, in.Body.Target)
		n.Added = time.Now().UTC()
		if in.Body.Secret != "" {
			n.Secret = in.Body.Secret
		}
		if err := n.Check(); err != nil {
			where := "body.target"
			if query := new(store.QueryError); errors.As(err, &query) {
				where = "body.query"
			}
			return nil, invalid(where, err)
		}
		if n.Channel == store.Mail && !a.Mail {
			return nil, invalid("body.channel", errors.New("no mail server is set: the server must be started with --mail-server"))
		}
		if err := a.engine.SetAlert(ctx, n); err != nil {
			return nil, a.problem(err)
		}
		out := alertOf(n)
		out.Secret = n.Secret
		return &made[Alert]{"/api/alerts/" + n.ID, out}, nil
	})

	huma.Register(a.huma, op(http.MethodDelete, "/api/alerts/{id}", "dropAlert", "alerts", "Drop an alert", ""),
		func(ctx context.Context, in *AlertID) (*struct{}, error) {
			err := a.view(ctx, func(r store.Reader) error {
				_, err := r.Alert(ctx, in.ID)
				return Within("alert "+in.ID, err)
			})
			if err != nil {
				return nil, err
			}
			return nil, a.problem(a.engine.DropAlert(ctx, in.ID))
		})
}
