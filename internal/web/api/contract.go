package api

import (
	"reflect"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"synoptic/article"
	"synoptic/collation"
	"synoptic/story"
)

// words are the values of the contract's string types, which a description lists.
var words = map[reflect.Type][]any{
	reflect.TypeFor[collation.Status]():        {"agreed", "single", "disputed"},
	reflect.TypeFor[collation.Verdict]():       {"same", "compatible", "superseded", "differ", "single"},
	reflect.TypeFor[collation.Relation]():      {"whole", "cut", "spliced", "differs", "paraphrase"},
	reflect.TypeFor[article.AttributionKind](): {"direct", "partial", "mixed", "indirect"},
	reflect.TypeFor[article.Modifier]():        {"exact", "about", "over", "under", "nearly", "up", "down"},
	reflect.TypeFor[article.Role]():            {"wire", "distribution", "photo", "input", "reporting"},
	reflect.TypeFor[story.Why]():               {"credit", "copied text", "both"},
}

// contract reads the schema of a JSON contract off the types that write it.
// Huma's own reader passes over embedded types that are not exported, which is
// where the contracts keep their offsets.
type contract struct {
	schemas huma.Registry
	name    string // of the whole; its parts are named after it
}

// schema is a reference to t's schema, which is registered with all it holds.
func (c contract) schema(t reflect.Type) *huma.Schema {
	switch t.Kind() {
	case reflect.Pointer:
		return c.schema(t.Elem())
	case reflect.Slice:
		return &huma.Schema{Type: huma.TypeArray, Items: c.schema(t.Elem())}
	case reflect.String:
		return &huma.Schema{Type: huma.TypeString, Enum: words[t]}
	case reflect.Int:
		return &huma.Schema{Type: huma.TypeInteger}
	case reflect.Float64:
		return &huma.Schema{Type: huma.TypeNumber}
	case reflect.Struct:
		name := c.of(t)
		if c.schemas.Map()[name] == nil {
			s := &huma.Schema{Type: huma.TypeObject, Properties: map[string]*huma.Schema{}}
			c.schemas.Map()[name] = s
			c.fields(s, t)
		}
		return &huma.Schema{Ref: "#/components/schemas/" + name}
	}
	return &huma.Schema{Type: huma.TypeBoolean}
}

// of is the name of a part: CollationPoint of jsonPoint.
func (c contract) of(t reflect.Type) string {
	if name := strings.TrimPrefix(t.Name(), "json"); name != c.name {
		return c.name + name
	}
	return c.name
}

func (c contract) fields(s *huma.Schema, t reflect.Type) {
	for f := range t.Fields() {
		name, options, tagged := strings.Cut(f.Tag.Get("json"), ",")
		if f.Anonymous && name == "" {
			if f.Type.Kind() == reflect.Pointer { // its fields are there together or not at all
				required := s.Required
				c.fields(s, f.Type.Elem())
				s.Required = required
			} else {
				c.fields(s, f.Type)
			}
			continue
		}
		p := c.schema(f.Type)
		if !tagged || !strings.Contains(options, "omitempty") {
			s.Required = append(s.Required, name)
			if f.Type.Kind() == reflect.Pointer {
				p = &huma.Schema{AnyOf: []*huma.Schema{p, {Type: "null"}}}
			}
		}
		s.Properties[name] = p
	}
}
