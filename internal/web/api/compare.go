package api

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"synoptic/collation"
)

// ReadsNoAddresses is why addresses are not read for somebody.
const ReadsNoAddresses = "the server reads addresses only for who may change things: send what stands there as documents, or name articles that are kept"

func (a *API) addCompare() {
	schemas := a.huma.OpenAPI().Components.Schemas
	whole := contract{schemas, "Collation"}.schema(collation.Contract())
	shape := &huma.Schema{
		Type: huma.TypeObject, Required: []string{"collations", "problems"},
		Properties: map[string]*huma.Schema{
			"collations": {Type: huma.TypeArray, Items: whole, Description: "One a story that two accounts or more tell"},
			"problems":   {Type: huma.TypeArray, Items: schemas.Schema(problemType, true, "Problem"), Description: "What was not compared, and why: it could not be read, or tells another event than the rest"},
		},
	}
	schemas.Map()["Comparison"] = shape
	o := answers(op(http.MethodPost, "/api/compare", "compare", "compare", "Lay accounts side by side",
		`Lays documents, articles that are kept, and what stands at addresses side by side, those that tell one event. Nothing is kept.
Who may only read may give documents and articles. The server reads addresses only for who may change things.`),
		jsonType, &huma.Schema{Ref: "#/components/schemas/Comparison"})
	o.Responses["403"] = &huma.Response{
		Description: "Addresses are given by somebody who may only read",
		Content:     map[string]*huma.MediaType{"application/problem+json": {Schema: schemas.Schema(errorModel, true, "Error")}},
	}
	huma.Register(a.huma, o,
		func(ctx context.Context, in *struct {
			Texts bool `query:"texts" doc:"With the accounts' texts"`
			Body  Compared
		},
		) (*raw, error) {
			// Else whoever reads could have this machine ask for any address.
			if len(in.Body.Addresses) > 0 && !editor(ctx) {
				return nil, huma.Error403Forbidden(ReadsNoAddresses, &huma.ErrorDetail{Location: "body.addresses", Message: "not for a token that only reads"})
			}
			up, err := in.Body.List()
			if err != nil {
				return nil, err
			}
			found, problems, err := a.engine.Compare(ctx, up, in.Body.Articles...)
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
