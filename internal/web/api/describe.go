package api

import (
	"bytes"
	"context"
	_ "embed"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"
)

//go:embed docs.css
var styles []byte

// describe serves the description of the API: for programs, and as a page that
// needs nothing from elsewhere. Both are made once, from the code.
func (a *API) describe() {
	o := a.huma.OpenAPI()
	asJSON, err := o.MarshalJSON()
	if err != nil {
		panic(err) // the code describes itself wrongly, whatever is asked: a test sees it
	}
	asYAML, err := o.YAML()
	if err != nil {
		panic(err)
	}
	var page bytes.Buffer
	if err := docsPage(o).Render(context.Background(), &page); err != nil {
		panic(err)
	}
	for path, f := range map[string]struct {
		mediaType string
		body      []byte
	}{
		"/api/openapi.json": {"application/openapi+json", asJSON},
		"/api/openapi.yaml": {"application/openapi+yaml", asYAML},
		"/api/docs.css":     {"text/css; charset=utf-8", styles},
		"/api/{$}":          {"text/html; charset=utf-8", page.Bytes()},
	} {
		a.mux.HandleFunc("GET "+path, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", f.mediaType)
			_, _ = w.Write(f.body) // the client may have gone
		})
	}
}

// Description is what the API says of itself.
func (a *API) Description() *huma.OpenAPI { return a.huma.OpenAPI() }

// operation is one method of one path, as the page lists it.
type operation struct {
	method string
	*huma.Operation
}

// operations are those with a tag, by path and method.
func operations(o *huma.OpenAPI, tag string) []operation {
	var out []operation
	for _, item := range o.Paths {
		for _, x := range []operation{{"GET", item.Get}, {"POST", item.Post}, {"DELETE", item.Delete}} {
			if x.Operation != nil && slices.Contains(x.Tags, tag) {
				out = append(out, x)
			}
		}
	}
	slices.SortFunc(out, func(a, b operation) int {
		if c := strings.Compare(a.Path, b.Path); c != 0 {
			return c
		}
		return strings.Compare(a.method, b.method)
	})
	return out
}

// shapes are the names of all schemas, sorted.
func shapes(o *huma.OpenAPI) []string {
	var names []string
	for name := range o.Components.Schemas.Map() {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// shape is a schema in short: its type in words, and the name of the schema that
// it refers to, "" for none.
func shape(s *huma.Schema) (kind, ref string) {
	switch {
	case s == nil:
		return "", ""
	case s.Ref != "":
		return "", s.Ref[strings.LastIndexByte(s.Ref, '/')+1:]
	case s.Type == huma.TypeArray:
		kind, ref := shape(s.Items)
		return "list of " + kind, ref
	case len(s.AnyOf) > 0:
		kind, ref := shape(s.AnyOf[0])
		return "null or " + kind, ref
	case s.Format != "" && s.Type == huma.TypeString:
		return s.Format, ""
	}
	return s.Type, ""
}

// limits are what a value must keep to, in words.
func limits(s *huma.Schema) string {
	var out []string
	if len(s.Enum) > 0 {
		var words []string
		for _, v := range s.Enum {
			words = append(words, fmt.Sprint(v))
		}
		out = append(out, "one of "+strings.Join(words, ", "))
	}
	if s.Minimum != nil {
		out = append(out, fmt.Sprintf("at least %g", *s.Minimum))
	}
	if s.Maximum != nil {
		out = append(out, fmt.Sprintf("at most %.0f", *s.Maximum))
	}
	if s.MaxLength != nil {
		out = append(out, fmt.Sprintf("at most %d characters", *s.MaxLength))
	}
	if s.MaxItems != nil {
		out = append(out, fmt.Sprintf("at most %d", *s.MaxItems))
	}
	if s.Default != nil {
		out = append(out, fmt.Sprintf("%v when left out", s.Default))
	}
	return strings.Join(out, "; ")
}

// body is what an operation reads and what it answers when all goes well.
func (x operation) body() *huma.Schema {
	if x.RequestBody == nil {
		return nil
	}
	for _, m := range x.RequestBody.Content {
		return m.Schema
	}
	return nil
}

func (x operation) answer() (status, mediaType string, s *huma.Schema) {
	for status, r := range x.Responses {
		if strings.HasPrefix(status, "2") {
			for mediaType, m := range r.Content {
				return status, mediaType, m.Schema
			}
			return status, "", nil
		}
	}
	return "", "", nil
}
