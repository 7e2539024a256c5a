package mcp

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"

	"synoptic/collation"
	"synoptic/internal/newsroom"
	"synoptic/internal/store"
	"synoptic/internal/web/api"
)

type tools struct {
	engine Engine
	log    *slog.Logger
	units  func(string) []string
	editor bool // whoever calls may change things
}

// view reads what is kept, as whoever calls may see it.
func (t tools) view(ctx context.Context, read func(store.Reader) error) error {
	return t.engine.View(ctx, func(r store.Reader) error {
		if !t.editor {
			r = store.Veiled(r)
		}
		return read(r)
	})
}

// collate lays a story side by side, as whoever calls may see it.
func (t tools) collate(ctx context.Context, story string) (*newsroom.Laid, error) {
	laid, err := t.engine.Collate(ctx, story)
	if err == nil && !t.editor {
		laid = laid.Veiled()
	}
	return laid, err
}

// part is how much of a list is asked for.
type part struct {
	Limit  int    `json:"limit,omitempty" jsonschema:"most entries, 1 to 100; 20 when left out"`
	Cursor string `json:"cursor,omitempty" jsonschema:"the cursor that the part before ended with"`
}

func (p part) page() (store.Page, error) {
	if p.Limit < 0 || p.Limit > 100 {
		return store.Page{}, &inputError{fmt.Errorf("limit %d: it is between 1 and 100", p.Limit)}
	}
	if p.Limit == 0 {
		p.Limit = 20
	}
	return store.Page{After: p.Cursor, Limit: p.Limit}, nil
}

// found is a part of a list.
type found[T any] struct {
	Items []T    `json:"items"`
	Next  string `json:"next,omitempty" jsonschema:"the cursor of the next part; left out on the last"`
}

// lines are a part of a list as text.
func lines[T any](items []T, next string, line func(T) string) string {
	var b strings.Builder
	for _, x := range items {
		fmt.Fprintf(&b, "- %s\n", line(x))
	}
	switch {
	case len(items) == 0:
		b.WriteString("Nothing fits.\n")
	case next != "":
		fmt.Fprintf(&b, "There is more: cursor %s\n", next)
	}
	return b.String()
}

// query reads a query, nil for none.
func query(s string) (*store.Query, error) {
	if strings.TrimSpace(s) == "" {
		return nil, nil
	}
	q, err := store.ParseQuery(s)
	return &q, err
}

type listInput struct {
	part
	Query      string `json:"query,omitempty" jsonschema:"stories with an article that fits: words, \"phrases\", AND, OR, NOT, outlet:, speaker:, from:2026-03-01, to:2026-03, lang:"`
	Language   string `json:"language,omitempty" jsonschema:"BCP 47, such as en"`
	MinOrigins int    `json:"min_origins,omitempty" jsonschema:"told by at least so many origins; an origin is outlets that carry the same copy"`
	Latest     bool   `json:"latest,omitempty" jsonschema:"latest first, not highest rank"`
}

func (t tools) listStories(ctx context.Context, in listInput) (string, found[api.Story], error) {
	var out found[api.Story]
	p, err := in.page()
	if err != nil {
		return "", out, err
	}
	f := store.StoryFilter{Language: in.Language, MinOrigins: in.MinOrigins, ByLatest: in.Latest}
	if f.Query, err = query(in.Query); err != nil {
		return "", out, err
	}
	err = t.view(ctx, func(r store.Reader) error {
		stories, next, err := r.Stories(ctx, f, p)
		out = found[api.Story]{[]api.Story{}, next}
		for _, s := range stories {
			out.Items = append(out.Items, api.StoryOf(s))
		}
		return err
	})
	return lines(out.Items, out.Next, storyLine), out, err
}

func storyLine(s api.Story) string {
	line := fmt.Sprintf("%s [story %s]: %d articles", s.Title, s.ID, s.Articles)
	if s.Origins != nil {
		line += fmt.Sprintf(", %d origins", *s.Origins)
	}
	if s.Disputed != nil && *s.Disputed > 0 {
		line += fmt.Sprintf(", %d points disputed", *s.Disputed)
	}
	if s.Differing != nil && *s.Differing > 0 {
		line += fmt.Sprintf(", %d figures differ", *s.Differing)
	}
	if s.Last != nil {
		line += ", last published " + s.Last.Format("2006-01-02")
	}
	return line
}

type storyInput struct {
	Story string `json:"story" jsonschema:"ID of the story, as list_stories gives it"`
	Most  int    `json:"most,omitempty" jsonschema:"most rows of each kind, 1 to 200; 15 when left out"`
}

func (t tools) readStory(ctx context.Context, in storyInput) (string, Side, error) {
	most, err := rows(in.Most)
	if err != nil {
		return "", Side{}, err
	}
	laid, err := t.collate(ctx, in.Story)
	if err != nil {
		return "", Side{}, api.Within("story "+in.Story, err)
	}
	side := sideOf(laid.Collation, laid.Articles, most)
	side.Story = laid.Story.ID
	return side.text(), side, nil
}

func rows(n int) (int, error) {
	switch {
	case n < 0 || n > 200:
		return 0, &inputError{fmt.Errorf("most %d: it is between 1 and 200", n)}
	case n == 0:
		return 15, nil
	}
	return n, nil
}

type collationInput struct {
	Story string   `json:"story" jsonschema:"ID of the story"`
	Parts []string `json:"parts,omitempty" jsonschema:"some of accounts, origins, highlights, points, figures, quotes, voices, naming, wording, positions, omissions, timeline, problems; all when left out"`
	Texts bool     `json:"texts,omitempty" jsonschema:"with the accounts' texts"`
}

// always are the parts without which the others cannot be read.
var always = []string{"format", "engine", "story", "accounts"}

func (t tools) readCollation(ctx context.Context, in collationInput) (string, map[string]any, error) {
	laid, err := t.collate(ctx, in.Story)
	if err != nil {
		return "", nil, api.Within("story "+in.Story, err)
	}
	var b bytes.Buffer
	if err := collation.Encode(&b, laid.Collation, in.Texts); err != nil {
		return "", nil, err
	}
	var out map[string]any
	if err := json.Unmarshal(b.Bytes(), &out); err != nil {
		return "", nil, err
	}
	for _, p := range in.Parts {
		if _, ok := out[p]; !ok {
			return "", nil, &inputError{fmt.Errorf("part %q: there is none of that name", p)}
		}
	}
	if len(in.Parts) > 0 {
		for name := range out {
			if !slices.Contains(in.Parts, name) && !slices.Contains(always, name) {
				delete(out, name)
			}
		}
	}
	// Accounts say which article they are, so that cites lead to it.
	if accounts, ok := out["accounts"].([]any); ok && len(accounts) == len(laid.Articles) {
		for i, a := range accounts {
			if a, ok := a.(map[string]any); ok {
				a["article"] = laid.Articles[i].ID
			}
		}
	}
	text, err := json.Marshal(out)
	return string(text), out, err
}

type articleInput struct {
	Article string `json:"article" jsonschema:"ID of the article, as cites give it"`
}

func (t tools) readArticle(ctx context.Context, in articleInput) (string, api.Article, error) {
	var out api.Article
	err := t.view(ctx, func(r store.Reader) error {
		k, err := r.Article(ctx, in.Article)
		if err != nil {
			return api.Within("article "+in.Article, err)
		}
		out = api.ArticleOf(k, true)
		return nil
	})
	head := fmt.Sprintf("%s, published %s, version %d [%s, article %s]", out.Outlet.Name, out.Published, out.Version, out.URL, out.ID)
	return head + "\n\n" + out.Text, out, err
}

// compared is what came of comparing.
type compared struct {
	Stories  []Side        `json:"stories" jsonschema:"one a story that two accounts or more tell"`
	Problems []api.Problem `json:"problems" jsonschema:"what was not compared, and why"`
}

type compareInput struct {
	Documents []document `json:"documents,omitempty" jsonschema:"texts, each one account of an event"`
	Articles  []string   `json:"articles,omitempty" jsonschema:"IDs of articles that are kept"`
	Addresses []string   `json:"addresses,omitempty" jsonschema:"of pages, https or http; read from the web, for who may change things"`
	Most      int        `json:"most,omitempty" jsonschema:"most rows of each kind, 1 to 200; 15 when left out"`
}

type document struct {
	Name string `json:"name,omitempty" jsonschema:"such as the outlet's; file names that end in .html or .json are read as that"`
	Text string `json:"text" jsonschema:"the whole account, its headline on the first line"`
}

func (t tools) compare(ctx context.Context, in compareInput) (string, compared, error) {
	out := compared{[]Side{}, []api.Problem{}}
	most, err := rows(in.Most)
	if err != nil {
		return "", out, err
	}
	if len(in.Addresses) > 0 && !t.editor {
		return "", out, &inputError{errors.New(api.ReadsNoAddresses)}
	}
	up := api.Compared{Uploads: api.Uploads{Addresses: in.Addresses}, Articles: in.Articles}
	for _, d := range in.Documents {
		if strings.TrimSpace(d.Text) == "" {
			return "", out, &inputError{errors.New("a document has no text")}
		}
		up.Documents = append(up.Documents, api.Document{Name: d.Name, Text: d.Text})
	}
	list, err := up.List()
	if err != nil {
		return "", out, &inputError{errors.New("between 1 and 64 documents, articles and addresses are needed, addresses with https:// or http://")}
	}
	collations, problems, err := t.engine.Compare(ctx, list, in.Articles...)
	if err != nil {
		return "", out, err
	}
	var b strings.Builder
	for _, c := range collations {
		side := sideOf(c, nil, most)
		out.Stories = append(out.Stories, side)
		b.WriteString(side.text())
		b.WriteByte('\n')
	}
	if len(collations) == 0 {
		b.WriteString("No two of these tell one event.\n")
	}
	for _, p := range problems {
		out.Problems = append(out.Problems, api.Problem{Path: p.Place, Error: p.Err.Error()})
		fmt.Fprintf(&b, "Not compared: %s\n", p)
	}
	return b.String(), out, nil
}

type searchInput struct {
	part
	Query string `json:"query" jsonschema:"words, \"phrases\", AND, OR, NOT, outlet:, speaker:, from:2026-03-01, to:2026-03, lang:"`
}

func (t tools) searchArticles(ctx context.Context, in searchInput) (string, found[api.Hit], error) {
	var out found[api.Hit]
	p, err := in.page()
	if err != nil {
		return "", out, err
	}
	if strings.TrimSpace(in.Query) == "" {
		return "", out, &inputError{errors.New("query: it is empty, words to search for are needed")}
	}
	q, err := store.ParseQuery(in.Query)
	if err != nil {
		return "", out, err
	}
	err = t.view(ctx, func(r store.Reader) (err error) {
		out.Items, out.Next, err = api.Search(ctx, r, q, p)
		return err
	})
	return lines(out.Items, out.Next, func(h api.Hit) string {
		line := fmt.Sprintf("%s: %s [%s, article %s", h.Article.Title, oneLine(h.Snippet), h.Article.Outlet.Name, h.Article.ID)
		if h.Article.Story != "" {
			line += ", story " + h.Article.Story
		}
		return line + "]"
	}), out, err
}

// narrow is what a search for findings is narrowed by.
type narrow struct {
	part
	Words  string `json:"words,omitempty" jsonschema:"words that must stand in it"`
	Outlet string `json:"outlet,omitempty" jsonschema:"domain or name"`
	Story  string `json:"story,omitempty" jsonschema:"ID of a story"`
}

func (n narrow) filter() store.FindingFilter {
	return store.FindingFilter{Words: n.Words, Outlet: n.Outlet, Story: n.Story}
}

type quotationsInput struct {
	narrow
	Speaker string `json:"speaker,omitempty" jsonschema:"words in a row of the speaker's name, such as a family name"`
}

func (t tools) searchQuotations(ctx context.Context, in quotationsInput) (string, found[api.Quotation], error) {
	var out found[api.Quotation]
	p, err := in.page()
	if err != nil {
		return "", out, err
	}
	f := in.filter()
	f.Speakers = in.Speaker
	err = t.view(ctx, func(r store.Reader) (err error) {
		out.Items, out.Next, err = api.Quotations(ctx, r, f, p)
		return err
	})
	return lines(out.Items, out.Next, func(q api.Quotation) string {
		who := q.Speaker
		if who == "" {
			who = "speaker not known"
		}
		if q.Role != "" {
			who += " (" + q.Role + ")"
		}
		return fmt.Sprintf("%s, %s: “%s” %s", who, q.Kind, oneLine(q.Cite.Text), bracket(q.Cite))
	}), out, err
}

type figuresInput struct {
	narrow
	Unit string `json:"unit,omitempty" jsonschema:"such as EUR, people, hours, crews"`
}

func (t tools) searchFigures(ctx context.Context, in figuresInput) (string, found[api.Figure], error) {
	var out found[api.Figure]
	p, err := in.page()
	if err != nil {
		return "", out, err
	}
	f := in.filter()
	if in.Unit != "" {
		f.Units = t.units(in.Unit)
	}
	err = t.view(ctx, func(r store.Reader) (err error) {
		out.Items, out.Next, err = api.Figures(ctx, r, f, p)
		return err
	})
	return lines(out.Items, out.Next, func(x api.Figure) string {
		return fmt.Sprintf("“%s” in “%s” %s", x.Cite.Text, oneLine(x.Passage), bracket(x.Cite))
	}), out, err
}

// bracket is a cite at the end of a line.
func bracket(c api.Cite) string {
	return fmt.Sprintf("[%s, article %s, %d–%d]", c.Outlet.Name, c.Article, c.Start, c.End)
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
