package api

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/url"
	"reflect"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"synoptic/internal/store"
)

// Types of ours that other schemas refer to.
var (
	errorModel  = reflect.TypeFor[huma.ErrorModel]()
	problemType = reflect.TypeFor[Problem]()
	eventType   = reflect.TypeFor[Event]()
)

// writeProblem answers with a problem outside of huma.
func writeProblem(w http.ResponseWriter, status int, detail string) {
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(huma.ErrorModel{Status: status, Title: http.StatusText(status), Detail: detail})
}

// Paging is the part of a list that is asked for.
type Paging struct {
	After string `query:"after" maxLength:"1024" doc:"The cursor that the page before ended with"`
	Limit int    `query:"limit" minimum:"1" maximum:"200" default:"50" doc:"Most entries of a page"`

	address url.URL
}

// Resolve notes the address that was asked for.
func (p *Paging) Resolve(ctx huma.Context) []error {
	p.address = ctx.URL()
	return nil
}

func (p *Paging) page() store.Page { return store.Page{After: p.After, Limit: p.Limit} }

// link is the Link header (RFC 8288) to the page that begins after next.
func (p *Paging) link(next string) string {
	if next == "" {
		return ""
	}
	q := p.address.Query()
	q.Set("after", next)
	return "<" + p.address.EscapedPath() + "?" + q.Encode() + `>; rel="next"`
}

// page is a part of a list.
type page[T any] struct {
	Items []T    `json:"items" nullable:"false"`
	Next  string `json:"next,omitempty" doc:"The cursor of the next page, as parameter 'after'; left out on the last"`
}

// list is the answer to a request for a page.
type list[T any] struct {
	Link string `header:"Link" doc:"The address of the next page (RFC 8288)"`
	Body page[T]
}

func listed[T any](p *Paging, items []T, next string) *list[T] {
	if items == nil {
		items = []T{}
	}
	return &list[T]{Link: p.link(next), Body: page[T]{items, next}}
}

// whole is the answer to a request for a list that comes in one.
func whole[T any](items []T) *list[T] { return listed(&Paging{}, items, "") }

// one is the answer to a request for one thing.
type one[T any] struct {
	Body T
}

// made is the answer to a request that made something.
type made[T any] struct {
	Location string `header:"Location" doc:"Where it can be read from now on"`
	Body     T
}

// raw is an answer whose bytes are written elsewhere.
type raw struct {
	ContentType string `header:"Content-Type"`
	Body        []byte
}

const (
	jsonType   = "application/json"
	jsonLDType = "application/ld+json"
	textType   = "text/plain; charset=utf-8"
)

// answers says what an operation whose bytes are written elsewhere gives.
func answers(o huma.Operation, mediaType string, s *huma.Schema) huma.Operation {
	o.Responses = map[string]*huma.Response{
		"200": {Description: "OK", Content: map[string]*huma.MediaType{mediaType: {Schema: s}}},
	}
	return o
}

// each is f of every element, never nil.
func each[T, U any](in []T, f func(T) U) []U {
	out := make([]U, len(in))
	for i, x := range in {
		out[i] = f(x)
	}
	return out
}

// tagged answers a GET with an entity tag made of the answer's bytes, and with
// 304 alone where the client has them already. Everything that an answer
// depends on is in its bytes, so there is no tag that could be stale.
func tagged(h http.Handler, w http.ResponseWriter, r *http.Request) {
	b := buffer{header: w.Header(), status: http.StatusOK}
	h.ServeHTTP(&b, r)
	if b.status == http.StatusOK {
		sum := sha256.Sum256(b.body.Bytes())
		tag := `"` + base64.RawURLEncoding.EncodeToString(sum[:15]) + `"`
		w.Header().Set("ETag", tag)
		if matches(r.Header.Get("If-None-Match"), tag) {
			w.Header().Del("Content-Type")
			w.WriteHeader(http.StatusNotModified)
			return
		}
	}
	w.Header().Set("Content-Length", strconv.Itoa(b.body.Len()))
	w.WriteHeader(b.status)
	_, _ = w.Write(b.body.Bytes()) // the client may have gone
}

// matches compares weakly, as RFC 9110 has it for If-None-Match.
func matches(header, tag string) bool {
	for candidate := range strings.SplitSeq(header, ",") {
		candidate = strings.TrimSpace(candidate)
		if candidate == "*" || strings.TrimPrefix(candidate, "W/") == tag {
			return true
		}
	}
	return false
}

// buffer is a response that is held back until it is whole.
type buffer struct {
	header http.Header
	status int
	body   bytes.Buffer
}

// Header implements [http.ResponseWriter].
func (b *buffer) Header() http.Header { return b.header }

// WriteHeader implements [http.ResponseWriter].
func (b *buffer) WriteHeader(status int) { b.status = status }

// Write implements [http.ResponseWriter].
func (b *buffer) Write(p []byte) (int, error) { return b.body.Write(p) }
