package api

import (
	"context"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"synoptic/article"
	"synoptic/internal/store"
	"synoptic/text"
)

// Hit is an article that a search found.
type Hit struct {
	Article Article `json:"article"`
	Snippet string  `json:"snippet" doc:"Words around what fits, cut from the text"`
	Marks   []Mark  `json:"marks" nullable:"false" doc:"What fits, in code points of the snippet"`
}

// Mark is a range of code points.
type Mark struct {
	Start int `json:"start"`
	End   int `json:"end" doc:"Exclusive"`
}

// Cite is words of an article, with where they stand.
type Cite struct {
	Article   string `json:"article"`
	Version   int    `json:"version"`
	Outlet    Outlet `json:"outlet"`
	Title     string `json:"title,omitempty"`
	Published string `json:"published,omitempty"`
	Story     string `json:"story,omitempty"`
	Start     int    `json:"start" doc:"Code points of the article's text"`
	End       int    `json:"end" doc:"Exclusive"`
	Text      string `json:"text" doc:"Exactly those words"`
}

// Quotation is words that an article gives as somebody's.
type Quotation struct {
	Cite    Cite   `json:"cite"`
	Speaker string `json:"speaker,omitempty" doc:"Left out where it stays open"`
	Role    string `json:"role,omitempty"`
	Kind    string `json:"kind" enum:"direct,partial,mixed,indirect"`
}

// Figure is a quantity that an article gives.
type Figure struct {
	Cite    Cite    `json:"cite"`
	Value   float64 `json:"value" doc:"In unit"`
	Unit    string  `json:"unit,omitempty" doc:"Base unit; left out for a bare number"`
	Of      string  `json:"of,omitempty" doc:"What is counted"`
	Passage string  `json:"passage" doc:"The sentence that it stands in"`
}

// Name is a person, group or place that articles name.
type Name struct {
	Name       string `json:"name"`
	Kind       string `json:"kind" doc:"PER, ORG, LOC, NORP, EVENT, WORK, PRODUCT"`
	Articles   int    `json:"articles" doc:"That name it"`
	Quotations int    `json:"quotations" doc:"That it is the speaker of"`
}

// OutletCount is an outlet with how many articles of it are kept.
type OutletCount struct {
	Outlet   Outlet     `json:"outlet"`
	Articles int        `json:"articles"`
	Latest   *time.Time `json:"latest,omitempty" doc:"Publication of its latest article"`
}

// Search lists newest versions that q fits, best first.
func Search(ctx context.Context, r store.Reader, q store.Query, p store.Page) (hits []Hit, next string, err error) {
	found, next, err := r.Search(ctx, q, p)
	return each(found, hitOf), next, err
}

// Quotations lists what articles give as somebody's words.
func Quotations(ctx context.Context, r store.Reader, f store.FindingFilter, p store.Page) (list []Quotation, next string, err error) {
	found, next, err := r.Utterances(ctx, f, p)
	if err != nil {
		return nil, "", err
	}
	t := textsOf(r)
	list = make([]Quotation, len(found))
	for i, u := range found {
		c := Cite{Article: u.Article, Version: u.Version, Outlet: Outlet(u.Outlet), Title: u.Title, Story: u.Story, Text: u.Text}
		if c, err = t.cite(ctx, c, u.Published, text.Span{Start: u.Start, End: u.End}); err != nil {
			return nil, "", err
		}
		list[i] = Quotation{c, u.Speaker, u.Role, string(u.Kind)}
	}
	return list, next, nil
}

// Figures lists quantities that articles give.
func Figures(ctx context.Context, r store.Reader, f store.FindingFilter, p store.Page) (list []Figure, next string, err error) {
	found, next, err := r.Quantities(ctx, f, p)
	if err != nil {
		return nil, "", err
	}
	t := textsOf(r)
	list = make([]Figure, len(found))
	for i, q := range found {
		c := Cite{Article: q.Article, Version: q.Version, Outlet: Outlet(q.Outlet), Title: q.Title, Story: q.Story, Text: q.Text}
		if c, err = t.cite(ctx, c, q.Published, text.Span{Start: q.Start, End: q.End}); err != nil {
			return nil, "", err
		}
		list[i] = Figure{c, q.Value, q.Unit, q.Of, q.Passage}
	}
	return list, next, nil
}

func hitOf(h store.Hit) Hit {
	points := text.NewCodePoints(h.Snippet)
	return Hit{brief(h.Kept), h.Snippet, each(h.Marks, func(m store.Mark) Mark {
		start, end := points.Span(text.Span{Start: m.Start, End: m.End})
		return Mark{start, end}
	})}
}

// FindingsInput is what a list of findings is narrowed by.
type FindingsInput struct {
	Paging
	Words  string `query:"q" maxLength:"1000" doc:"Words that must stand in it"`
	Story  string `query:"story" maxLength:"64"`
	Outlet string `query:"outlet" maxLength:"255" doc:"Domain or name"`
}

func (in *FindingsInput) filter() store.FindingFilter {
	return store.FindingFilter{Words: in.Words, Story: in.Story, Outlet: in.Outlet}
}

// cite is a place in an article's text as a client is told it.
func (t texts) cite(ctx context.Context, c Cite, published article.Date, s text.Span) (Cite, error) {
	var err error
	c.Published = published.String()
	c.Start, c.End, err = t.span(ctx, c.Article, c.Version, s)
	return c, err
}

func (a *API) addFindings() {
	huma.Register(a.huma, get("/api/search", "search", "findings", "Search articles", "Newest versions that the query fits, best first."),
		func(ctx context.Context, in *struct {
			Paging
			Query string `query:"q" maxLength:"1000" example:"\"ferry talks\" outlet:aldmoor-register.example" doc:"Words, phrases in quotation marks, AND, OR, NOT, outlet:, speaker:, from:, to:, lang:"`
		},
		) (out *list[Hit], err error) {
			// Missing or blank, it must not list everything, nor be told in two ways.
			if strings.TrimSpace(in.Query) == "" {
				return nil, huma.Error400BadRequest("the query is empty", &huma.ErrorDetail{Location: "query.q", Message: "words to search for are needed", Value: in.Query})
			}
			q, err := store.ParseQuery(in.Query)
			if err != nil {
				return nil, a.problem(err)
			}
			err = a.view(ctx, func(r store.Reader) error {
				found, next, err := Search(ctx, r, q, in.page())
				out = listed(&in.Paging, found, next)
				return err
			})
			return out, err
		})

	for _, p := range a.huma.OpenAPI().Paths["/api/search"].Get.Parameters {
		if p.Name == "q" {
			p.Required = true
		}
	}

	huma.Register(a.huma, get("/api/quotations", "listQuotations", "findings", "Search quotations", "Words that articles give as somebody's, in marks or reported."),
		func(ctx context.Context, in *struct {
			FindingsInput
			Speaker string `query:"speaker" maxLength:"255" example:"Ada Quill" doc:"Of speakers in whose names these words stand in a row"`
		},
		) (out *list[Quotation], err error) {
			f := in.filter()
			f.Speakers = in.Speaker
			err = a.view(ctx, func(r store.Reader) error {
				found, next, err := Quotations(ctx, r, f, in.page())
				out = listed(&in.Paging, found, next)
				return err
			})
			return out, err
		})

	huma.Register(a.huma, get("/api/figures", "listFigures", "findings", "Search figures", "Quantities that articles give."),
		func(ctx context.Context, in *struct {
			FindingsInput
			Unit string `query:"unit" maxLength:"64" example:"EUR" doc:"Of one unit alone, by any of its names or its sign: what is kept in days is found by hours too"`
		},
		) (out *list[Figure], err error) {
			f := in.filter()
			if in.Unit != "" {
				f.Units = a.Units(in.Unit)
			}
			err = a.view(ctx, func(r store.Reader) error {
				found, next, err := Figures(ctx, r, f, in.page())
				out = listed(&in.Paging, found, next)
				return err
			})
			return out, err
		})

	huma.Register(a.huma, get("/api/names", "listNames", "findings", "List who and what is named", "Most first."),
		func(ctx context.Context, in *struct {
			Paging
			Words string `query:"q" maxLength:"255" doc:"Words that must stand in the name"`
		},
		) (out *list[Name], err error) {
			err = a.view(ctx, func(r store.Reader) error {
				found, next, err := r.Names(ctx, in.Words, in.page())
				out = listed(&in.Paging, each(found, func(n store.NameCount) Name {
					return Name{n.Name, n.Kind.String(), n.Articles, n.Utterances}
				}), next)
				return err
			})
			return out, err
		})

	huma.Register(a.huma, get("/api/names/{name}/articles", "listNamedIn", "findings", "List the articles that name somebody", "Latest first."),
		func(ctx context.Context, in *struct {
			Paging
			Name string `path:"name" maxLength:"255" example:"Ada Quill"`
		},
		) (out *list[Article], err error) {
			err = a.view(ctx, func(r store.Reader) error {
				found, next, err := r.NamedIn(ctx, in.Name, in.page())
				out = listed(&in.Paging, each(found, brief), next)
				return err
			})
			return out, err
		})

	huma.Register(a.huma, get("/api/outlets", "listOutlets", "findings", "List outlets", "With how many articles of each are kept, most first."),
		func(ctx context.Context, _ *struct{}) (out *list[OutletCount], err error) {
			err = a.view(ctx, func(r store.Reader) error {
				found, err := r.Outlets(ctx)
				out = whole(each(found, func(o store.OutletCount) OutletCount {
					return OutletCount{Outlet(o.Outlet), o.Articles, moment(o.Latest)}
				}))
				return err
			})
			return out, err
		})
}
