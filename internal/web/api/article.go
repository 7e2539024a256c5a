package api

import (
	"bytes"
	"cmp"
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"synoptic/article"
	"synoptic/collation"
	"synoptic/internal/newsroom"
	"synoptic/internal/store"
	"synoptic/text"
)

// Outlet is who published an article.
type Outlet struct {
	Name    string `json:"name,omitempty"`
	Domain  string `json:"domain,omitempty"`
	Country string `json:"country,omitempty" doc:"In English"`
}

// Article is one version of what an outlet published.
type Article struct {
	ID           string    `json:"id" doc:"Through all its versions"`
	Version      int       `json:"version" doc:"1 for the first"`
	URL          string    `json:"url,omitempty" doc:"Canonical address"`
	Path         string    `json:"path,omitempty" doc:"Where it was read, unless that is an address"`
	Outlet       Outlet    `json:"outlet"`
	Title        string    `json:"title,omitempty"`
	Authors      []string  `json:"authors" nullable:"false"`
	Published    string    `json:"published,omitempty" doc:"ISO 8601, cut to what is known"`
	Updated      string    `json:"updated,omitempty"`
	Language     string    `json:"language,omitempty" doc:"BCP 47"`
	Words        int       `json:"words"`
	Completeness float64   `json:"completeness" doc:"0 to 1: how much of it seems to be there"`
	SHA256       string    `json:"sha256" doc:"Of the bytes that were read"`
	Seen         time.Time `json:"seen" doc:"When this version was first read"`
	Source       string    `json:"source,omitempty" doc:"The source that led to it"`
	Story        string    `json:"story,omitempty" doc:"The story that it tells"`
	Text         string    `json:"text,omitempty" doc:"The title, a newline, and the body; what offsets count in"`
}

// ArticleOf is an article as clients are told it, with its text where body is
// set.
func ArticleOf(k store.Kept, body bool) Article {
	out := Article{
		ID: k.ID, Version: k.Version, URL: k.Address, Path: k.Place, Outlet: Outlet(k.Outlet), Title: k.Headline(),
		Authors: append([]string{}, k.Authors...), Published: k.Published.String(), Updated: k.Updated.String(),
		Language: k.Language, Words: k.Words(), Completeness: k.Completeness, SHA256: hex.EncodeToString(k.SHA256[:]),
		Seen: k.Seen.UTC(), Source: k.Source, Story: k.Story,
	}
	if collation.IsAddress(k.Place) {
		out.Path, out.URL = "", cmp.Or(k.Address, k.Place)
	}
	if body {
		out.Text = k.Text
	}
	return out
}

// brief is ArticleOf without the text.
func brief(k store.Kept) Article { return ArticleOf(k, false) }

// ArticleID is which article is asked for.
type ArticleID struct {
	ID string `path:"id" maxLength:"64" doc:"Of the article"`
}

// OneVersion is a version of an article.
type OneVersion struct {
	ArticleID
	Version int `query:"version" minimum:"0" maximum:"1000000" doc:"0, or left out, for the newest"`
}

// read is the version that is asked for.
func (v OneVersion) read(ctx context.Context, r store.Reader) (store.Kept, error) {
	if v.Version == 0 {
		k, err := r.Article(ctx, v.ID)
		return k, Within("article "+v.ID, err)
	}
	all, err := r.Versions(ctx, v.ID)
	if err != nil {
		return store.Kept{}, Within("article "+v.ID, err)
	}
	for _, k := range all {
		if k.Version == v.Version {
			return k, nil
		}
	}
	return store.Kept{}, Within(fmt.Sprintf("article %s, version %d", v.ID, v.Version), store.ErrNotFound)
}

// Document is a text, a page or a record, as it would stand in a file.
type Document struct {
	Name string `json:"name,omitempty" maxLength:"255" example:"aldmoor-register.html" doc:"Of the file; its ending says what it holds. Left out for plain text"`
	Text string `json:"text" minLength:"1" doc:"What the file holds"`
}

// Uploads is what is to be read.
type Uploads struct {
	Documents []Document `json:"documents,omitempty" maxItems:"64" nullable:"false"`
	Addresses []string   `json:"addresses,omitempty" maxItems:"64" nullable:"false" doc:"Of pages, http or https; the server reads them"`
}

// List is u for the engine; what is wrong with it is a problem with its place.
func (u Uploads) List() ([]newsroom.Upload, error) {
	if n := len(u.Documents) + len(u.Addresses); n == 0 || n > maxTexts {
		return nil, invalid("body", fmt.Errorf("between 1 and %d documents and addresses are needed", maxTexts))
	}
	return u.list()
}

// Compared is what is to be laid side by side.
type Compared struct {
	Uploads
	Articles []string `json:"articles,omitempty" maxItems:"64" nullable:"false" doc:"IDs of articles that are kept, in their newest versions"`
}

// List is the documents and addresses of c for the engine.
func (c Compared) List() ([]newsroom.Upload, error) {
	if n := len(c.Documents) + len(c.Addresses) + len(c.Articles); n == 0 || n > maxTexts {
		return nil, invalid("body", fmt.Errorf("between 1 and %d documents, articles and addresses are needed", maxTexts))
	}
	return c.list()
}

func (u Uploads) list() ([]newsroom.Upload, error) {
	var out []newsroom.Upload
	for _, d := range u.Documents {
		out = append(out, newsroom.Upload{Name: d.Name, Body: []byte(d.Text)})
	}
	for i, address := range u.Addresses {
		if !collation.IsAddress(address) {
			return nil, invalid(fmt.Sprintf("body.addresses[%d]", i), errors.New("an address begins with https:// or http://"))
		}
		out = append(out, newsroom.Upload{Address: address})
	}
	return out, nil
}

// Problem is an input that could not be read.
type Problem struct {
	Path  string `json:"path" doc:"Its address or name"`
	Error string `json:"error"`
}

func problemOf(p collation.Problem) Problem { return Problem{p.Place, p.Err.Error()} }

// Put is what came of keeping an article.
type Put struct {
	ID      string `json:"id"`
	Version int    `json:"version"`
	New     bool   `json:"new" doc:"It was not kept before"`
	Changed bool   `json:"changed" doc:"It was, and this is a new version"`
}

// Added is what came of adding.
type Added struct {
	Articles []Put     `json:"articles" nullable:"false"`
	Stories  []string  `json:"stories" nullable:"false" doc:"That the articles joined"`
	Problems []Problem `json:"problems" nullable:"false" doc:"What could not be read"`
}

type articlesInput struct {
	Paging
	Days
	Story    string `query:"story" maxLength:"64"`
	Outlet   string `query:"outlet" maxLength:"255" example:"aldmoor-register.example" doc:"Domain or name"`
	Language string `query:"language" maxLength:"35"`
}

func (a *API) addArticles() {
	huma.Register(a.huma, get("/api/articles", "listArticles", "articles", "List articles", "Newest versions, latest publication first."),
		func(ctx context.Context, in *articlesInput) (out *list[Article], err error) {
			f := store.ArticleFilter{Story: in.Story, Outlet: in.Outlet, Language: in.Language}
			if f.From, f.To, err = in.span(); err != nil {
				return nil, err
			}
			err = a.view(ctx, func(r store.Reader) error {
				found, next, err := r.Articles(ctx, f, in.page())
				out = listed(&in.Paging, each(found, brief), next)
				return err
			})
			return out, err
		})

	huma.Register(a.huma, op("POST", "/api/articles", "addArticles", "articles", "Add articles",
		"Reads documents and addresses, keeps what they hold and puts each to its story. One that cannot be read is a problem in the answer, and the rest goes on."),
		func(ctx context.Context, in *struct{ Body Uploads }) (*one[Added], error) {
			up, err := in.Body.List()
			if err != nil {
				return nil, err
			}
			added, err := a.engine.Add(ctx, up)
			if err != nil {
				return nil, a.problem(err)
			}
			return &one[Added]{Added{
				each(added.Articles, func(p store.Put) Put { return Put{p.ID, p.Version, p.New, p.Changed} }),
				append([]string{}, added.Stories...), each(added.Problems, problemOf),
			}}, nil
		})

	huma.Register(a.huma, get("/api/articles/{id}", "getArticle", "articles", "Read an article", "With its text."),
		func(ctx context.Context, in *OneVersion) (*one[Article], error) {
			var out one[Article]
			err := a.view(ctx, func(r store.Reader) error {
				k, err := in.read(ctx, r)
				if err == nil {
					out.Body = ArticleOf(k, true)
				}
				return err
			})
			return &out, err
		})

	huma.Register(a.huma, answers(get("/api/articles/{id}/text", "getText", "articles", "Read an article's text",
		"The text alone, which the offsets of all findings count in: the source of the annotations' position selectors."),
		"text/plain", &huma.Schema{Type: huma.TypeString}),
		func(ctx context.Context, in *OneVersion) (*raw, error) {
			out := &raw{ContentType: textType}
			err := a.view(ctx, func(r store.Reader) error {
				k, err := in.read(ctx, r)
				if err == nil {
					out.Body = []byte(k.Text)
				}
				return err
			})
			return out, err
		})

	huma.Register(a.huma, get("/api/articles/{id}/versions", "listVersions", "articles", "List an article's versions", "Oldest first."),
		func(ctx context.Context, in *struct {
			ArticleID
			Texts bool `query:"texts" doc:"With their texts"`
		},
		) (out *list[Article], err error) {
			err = a.view(ctx, func(r store.Reader) error {
				all, err := r.Versions(ctx, in.ID)
				if err == nil && len(all) == 0 {
					err = store.ErrNotFound
				}
				if err != nil {
					return Within("article "+in.ID, err)
				}
				out = whole(each(all, func(k store.Kept) Article { return ArticleOf(k, in.Texts) }))
				return nil
			})
			return out, err
		})

	shape := contract{a.huma.OpenAPI().Components.Schemas, "Analysis"}.schema(article.Contract())
	huma.Register(a.huma, answers(get("/api/articles/{id}/analysis", "getAnalysis", "articles", "Read what was found in an article",
		"The same JSON that annotate prints: sentences, tokens, names, times, figures, attributions."), jsonType, shape),
		func(ctx context.Context, in *OneVersion) (*raw, error) {
			var k store.Kept
			err := a.view(ctx, func(r store.Reader) (err error) {
				k, err = in.read(ctx, r)
				return err
			})
			if err != nil {
				return nil, err
			}
			n, err := a.engine.Annotation(ctx, k)
			if err != nil {
				return nil, a.problem(err)
			}
			var b bytes.Buffer
			err = article.Encode(&b, k.Article, n, false)
			return &raw{jsonType, b.Bytes()}, a.problem(err)
		})
}

// texts are the texts of articles, each read once, for counting code points.
type texts struct {
	store.Reader
	read map[string]counted // by article and version
}

func textsOf(r store.Reader) texts { return texts{r, map[string]counted{}} }

// counted is a text with its code points.
type counted struct {
	body   string
	points *text.CodePoints
}

// span is a span of an article's text in code points.
func (t texts) span(ctx context.Context, id string, number int, s text.Span) (start, end int, err error) {
	key := fmt.Sprint(id, "/", number)
	c, ok := t.read[key]
	if !ok {
		k, err := t.Article(ctx, id) // findings are of newest versions
		if err == nil && k.Version != number {
			k, err = OneVersion{ArticleID{id}, number}.read(ctx, t.Reader)
		}
		if err != nil {
			return 0, 0, Within("article "+id, err)
		}
		c = counted{k.Text, text.NewCodePoints(k.Text)}
		t.read[key] = c
	}
	if err := s.Check(c.body); err != nil {
		return 0, 0, Within("article "+key, err)
	}
	start, end = c.points.Span(s)
	return start, end, nil
}
