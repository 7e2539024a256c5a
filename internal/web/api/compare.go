package api

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"synoptic/collation"
)

func (a *API) addCompare() {
	schemas := a.huma.OpenAPI().Components.Schemas
	whole := contract{schemas, "Collation"}.schema(collation.Contract())
	shape := &huma.Schema{
		Type: huma.TypeObject, Required: []string{"collations", "problems"},
		Properties: map[string]*huma.Schema{
			"collations": {Type: huma.TypeArray, Items: whole, Description: "One a story that two accounts or more tell"},
			"problems":   {Type: huma.TypeArray, Items: schemas.Schema(problemType, true, "Problem"), Description: "What could not be read"},
		},
	}
	schemas.Map()["Comparison"] = shape
	huma.Register(a.huma, answers(op(http.MethodPost, "/api/compare", "compare", "compare", "Lay accounts side by side",
		"Reads documents and addresses and lays those that tell one event side by side. Nothing is kept."),
		jsonType, &huma.Schema{Ref: "#/components/schemas/Comparison"}),
		func(ctx context.Context, in *struct {
			Texts bool `query:"texts" doc:"With the accounts' texts"`
			Body  Uploads
		},
		) (*raw, error) {
			up, err := in.Body.List()
			if err != nil {
				return nil, err
			}
			found, problems, err := a.engine.Compare(ctx, up)
			if err != nil {
				return nil, a.refused("body", err)
			}
			var b bytes.Buffer
			b.WriteString(`{"collations":[`)
			for i, c := range found {
				if i > 0 {
					b.WriteByte(',')
				}
				if err := collation.Encode(&b, c, in.Texts); err != nil {
					return nil, a.problem(err)
				}
			}
			told, err := json.Marshal(each(problems, problemOf))
			if err != nil {
				return nil, a.problem(err)
			}
			b.WriteString(`],"problems":`)
			b.Write(told)
			b.WriteString("}\n")
			return &raw{jsonType, b.Bytes()}, nil
		})
}
