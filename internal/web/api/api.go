// Package api answers programs: requests come in; JSON goes out, together with
// a description of itself (OpenAPI 3.1) that is made from the code. Lists come
// in pages with a cursor, what has not changed costs no transfer, what goes
// wrong is a problem (RFC 9457), and changes are told as they happen.
package api

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"synoptic/article"
	"synoptic/collation"
	"synoptic/internal/newsroom"
	"synoptic/internal/store"
)

// Engine is what the API reads and changes through; see web.Engine, of which it
// is a part.
type Engine interface {
	View(ctx context.Context, read func(store.Reader) error) error
	Collate(ctx context.Context, story string) (*newsroom.Laid, error)
	Annotation(ctx context.Context, k store.Kept) (*article.Analysis, error)
	Compare(ctx context.Context, in []newsroom.Upload, kept ...string) ([]*collation.Collation, []collation.Problem, error)
	Add(ctx context.Context, in []newsroom.Upload) (newsroom.Added, error)
	Follow(ctx context.Context, address, folder string) (store.Source, error)
	Unfollow(ctx context.Context, id string) error
	Correct(ctx context.Context, c *store.Correction, seen int64) error
	Undo(ctx context.Context, correction int64, by string) error
	SetAlert(ctx context.Context, a store.Alert) error
	DropAlert(ctx context.Context, id string) error
	Wait(ctx context.Context, after int64) (int64, error)
}

// Options are the settings of an API. The zero value serves.
type Options struct {
	Version string                     // of the program
	Public  string                     // how others reach the server ("https://news.example"); "" leaves addresses relative
	Log     *slog.Logger               // is told what went wrong here; nil logs nothing
	User    func(*http.Request) string // who asks, for corrections; nil knows nobody
	Editor  func(*http.Request) bool   // whether who asks may change things, and so see where alerts go; nil: nobody may
	Units   func(string) []string      // the base units that a unit is kept in; nil takes it for the base itself
	Mail    bool                       // messages of alerts can go out by mail
	Beat    time.Duration              // how often an event stream shows that it is alive; 0 means 15 s
	Most    int                        // event streams at once; 0 means 256
}

// Limits of requests.
const (
	maxBody   = 16 << 20 // bytes of a request
	maxTexts  = 64       // texts and addresses of one request
	bodyTime  = time.Minute
	streamCap = 256
)

// API answers everything below /api/. It changes something for POST, PUT, PATCH
// and DELETE alone, but for POST /api/compare, which keeps nothing.
type API struct {
	Options
	engine  Engine
	huma    huma.API
	mux     *http.ServeMux
	streams atomic.Int64
}

// New makes an API. Requests reach it with their whole path, /api/ and on.
func New(engine Engine, o Options) *API {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.User == nil {
		o.User = func(*http.Request) string { return "" }
	}
	if o.Editor == nil {
		o.Editor = func(*http.Request) bool { return false }
	}
	if o.Units == nil {
		o.Units = func(unit string) []string { return []string{unit} }
	}
	if o.Beat <= 0 {
		o.Beat = 15 * time.Second
	}
	if o.Most <= 0 {
		o.Most = streamCap
	}
	a := &API{Options: o, engine: engine, mux: http.NewServeMux()}
	a.huma = humago.New(a.mux, a.config())
	a.addState()
	a.addStories()
	a.addArticles()
	a.addFindings()
	a.addSources()
	a.addCorrections()
	a.addAlerts()
	a.addCompare()
	a.addEvents()
	a.describe()
	return a
}

// config is huma's, without what it serves of its own accord: its page of
// documentation loads scripts from elsewhere, and its links to schemas add a
// field to every answer.
func (a *API) config() huma.Config {
	c := huma.DefaultConfig("Synoptic", a.Version)
	c.CreateHooks = nil
	c.DocsPath, c.OpenAPIPath, c.SchemasPath = "", "", ""
	c.RejectUnknownQueryParameters = true
	c.Transformers = append(c.Transformers, shortened)
	c.OpenAPI.OnAddOperation = append(c.OpenAPI.OnAddOperation, failures)
	c.Info.Description = `What a collection of news holds: stories, the articles that tell them, and what several outlets' accounts of one event
agree on, differ in, quote and leave out. Offsets count Unicode code points of an article's text, end exclusive.`
	c.Info.License = &huma.License{Name: "MIT", Identifier: "MIT"}
	c.Servers = []*huma.Server{{URL: "/", Description: "The server that this description comes from"}}
	c.Components.SecuritySchemes = map[string]*huma.SecurityScheme{
		"token": {Type: "http", Scheme: "bearer", Description: "A token of the server, where it asks for one. One that may only read does for GET, and for POST /api/compare without addresses."},
	}
	c.Security = []map[string][]string{{}, {"token": {}}}
	c.Tags = []*huma.Tag{
		{Name: "stories", Description: "Articles that tell one event, and their accounts side by side"},
		{Name: "articles", Description: "What outlets published, in every version that was read"},
		{Name: "findings", Description: "Search, and what was found in the articles: quotations, figures, names"},
		{Name: "compare", Description: "Side by side, without keeping anything"},
		{Name: "sources", Description: "Addresses that are asked for what is new"},
		{Name: "corrections", Description: "What people changed about the grouping"},
		{Name: "alerts", Description: "Searches that somebody is told of"},
		{Name: "changes", Description: "What happens, as it happens, and what is kept in all"},
	}
	return c
}

// longestValue is how many bytes of a wrong value a problem repeats.
const longestValue = 200

// shortened keeps a problem from sending back what was sent: a body that does not
// fit is known to whoever sent it, and may be all that a request can hold.
func shortened(_ huma.Context, _ string, v any) (any, error) {
	p, ok := v.(*huma.ErrorModel)
	if !ok {
		return v, nil
	}
	for _, e := range p.Errors {
		switch x := e.Value.(type) {
		case string:
			if len(x) > longestValue {
				e.Value = nil
			}
		case map[string]any, []any, []byte:
			e.Value = nil
		}
	}
	return v, nil
}

// failures says what an operation may answer beside what it is for.
func failures(o *huma.OpenAPI, op *huma.Operation) {
	schema := o.Components.Schemas.Schema(errorModel, true, "Error")
	for _, f := range []struct{ status, what string }{
		{"4XX", "The request cannot be answered; the problem says why"},
		{"5XX", "The server cannot answer"},
	} {
		op.Responses[f.status] = &huma.Response{
			Description: f.what, Content: map[string]*huma.MediaType{"application/problem+json": {Schema: schema}},
		}
	}
	delete(op.Responses, "default")
}

// editing marks the context of a request whose sender may change things.
type editing struct{}

// editor reports whether whoever asks may change things.
func editor(ctx context.Context) bool { return ctx.Value(editing{}) != nil }

// reader is r as whoever asks may see it.
func reader(ctx context.Context, r store.Reader) store.Reader {
	if editor(ctx) {
		return r
	}
	return store.Veiled(r)
}

// ServeHTTP answers one request.
func (a *API) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if a.Editor(r) {
		r = r.WithContext(context.WithValue(r.Context(), editing{}, true))
	}
	w.Header().Set("Cache-Control", "private, no-cache")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	if _, pattern := a.mux.Handler(r); pattern == "" {
		a.nowhere(w, r)
		return
	}
	if r.URL.Path == eventsPath || r.Method != http.MethodGet && r.Method != http.MethodHead {
		a.mux.ServeHTTP(w, r)
		return
	}
	tagged(a.mux, w, r)
}

// nowhere is the problem of a path that there is not, or not for the method.
func (a *API) nowhere(w http.ResponseWriter, r *http.Request) {
	var allowed []string
	for _, method := range []string{http.MethodGet, http.MethodPost, http.MethodDelete} {
		other := r.Clone(r.Context())
		other.Method = method
		if _, pattern := a.mux.Handler(other); pattern != "" {
			allowed = append(allowed, method)
		}
	}
	if allowed == nil {
		writeProblem(w, http.StatusNotFound, "there is nothing at this path: see /api/openapi.json")
		return
	}
	if allowed[0] == http.MethodGet {
		allowed = slices.Insert(allowed, 1, http.MethodHead)
	}
	w.Header().Set("Allow", strings.Join(allowed, ", "))
	writeProblem(w, http.StatusMethodNotAllowed, "this path does not take "+r.Method)
}

// view reads what is kept, as whoever asks may see it, and turns what goes wrong
// into a problem.
func (a *API) view(ctx context.Context, read func(store.Reader) error) error {
	return a.problem(a.engine.View(ctx, func(r store.Reader) error { return read(reader(ctx, r)) }))
}

// problem is err as a client is told it. What is the client's doing is told in
// full; what is not is logged, and the client hears that it happened.
func (a *API) problem(err error) error {
	var told huma.StatusError
	var query *store.QueryError
	var refusal newsroom.Refusal
	switch {
	case err == nil:
		return nil
	case errors.As(err, &refusal):
		return huma.Error422UnprocessableEntity(refusal.Error())
	case errors.As(err, &told):
		return told
	case errors.As(err, &query):
		return invalid("query.q", query)
	case errors.Is(err, store.ErrNotFound):
		return huma.Error404NotFound(Told(err))
	case errors.Is(err, store.ErrConflict):
		return huma.Error409Conflict(Told(err))
	case errors.Is(err, store.ErrCursor):
		return invalid("query.after", store.ErrCursor)
	case errors.Is(err, store.ErrReadOnly):
		return huma.NewError(http.StatusServiceUnavailable, Told(err))
	case errors.Is(err, store.ErrFull):
		return huma.NewError(http.StatusInsufficientStorage, Told(err))
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return huma.NewError(http.StatusServiceUnavailable, "the request was ended before it was answered")
	}
	a.Log.Error("api", "error", err)
	return huma.NewError(http.StatusInternalServerError, "something went wrong here; the log says what")
}

// invalid is the problem of a value that does not fit where it stands
// ("query.after", "body.query").
func invalid(where string, err error) huma.StatusError {
	return huma.Error422UnprocessableEntity("validation failed", &huma.ErrorDetail{Location: where, Message: err.Error()})
}

// op is an operation for huma, tagged with what it is about.
func op(method, path, id, tag, summary, description string) huma.Operation {
	return huma.Operation{
		Method: method, Path: path, OperationID: id, Tags: []string{tag}, Summary: summary, Description: description,
		MaxBodyBytes: maxBody, BodyReadTimeout: bodyTime,
	}
}

func get(path, id, tag, summary, description string) huma.Operation {
	return op(http.MethodGet, path, id, tag, summary, description)
}
