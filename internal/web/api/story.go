package api

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"synoptic/article"
	"synoptic/collation"
	"synoptic/internal/newsroom"
	"synoptic/internal/store"
	"synoptic/internal/web/jsonld"
)

// Story is articles that tell one event.
type Story struct {
	ID        string           `json:"id"`
	Title     string           `json:"title" doc:"A headline of one of its articles"`
	Language  string           `json:"language,omitempty" doc:"BCP 47"`
	Articles  int              `json:"articles"`
	Origins   *int             `json:"origins,omitempty" doc:"Groups of articles that carry the same copy; left out, like disputed and differing, until they are counted"`
	Disputed  *int             `json:"disputed,omitempty" doc:"Points that an account denies"`
	Differing *int             `json:"differing,omitempty" doc:"Rows of figures that differ"`
	First     *time.Time       `json:"first_published,omitempty"`
	Last      *time.Time       `json:"last_published,omitempty"`
	Revision  int64            `json:"revision" doc:"The number of the event that changed it last"`
	Into      string           `json:"into,omitempty" doc:"The story that it has become a part of"`
	Digest    *newsroom.Digest `json:"digest,omitempty" doc:"What lists show of it, in words of its accounts"`
}

// StoryOf is a story as clients are told it.
func StoryOf(s store.Story) Story {
	out := Story{
		ID: s.ID, Title: s.Title, Language: s.Language, Articles: s.Articles,
		First: moment(s.First), Last: moment(s.Last), Revision: s.Revision, Into: s.Into,
	}
	if s.Counted() {
		out.Origins, out.Disputed, out.Differing = new(s.Origins), new(s.Disputed), new(s.Differing)
	}
	var d newsroom.Digest
	if json.Unmarshal(s.Digest, &d) == nil {
		out.Digest = &d
	}
	return out
}

// moment is t, or nil where it is not known.
func moment(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	t = t.UTC()
	return &t
}

// Event is one entry of the journal.
type Event struct {
	Number  int64     `json:"number"`
	At      time.Time `json:"at"`
	Kind    string    `json:"kind" doc:"article-added, article-changed, story-begun, story-grown, story-merged, story-parted, story-emptied, corrected, undone, source-added, source-dropped, source-dead, source-alive, forgotten"`
	Story   string    `json:"story,omitempty"`
	Article string    `json:"article,omitempty"`
	Version int       `json:"version,omitempty"`
	Source  string    `json:"source,omitempty"`
	Other   string    `json:"other,omitempty" doc:"The other story of a merge or a split"`
	Note    string    `json:"note,omitempty"`
}

func eventOf(e store.Event) Event {
	return Event{e.Number, e.At.UTC(), string(e.Kind), e.Story, e.Article, e.Version, e.Source, e.Other, e.Note}
}

// Account is an article of a story by the name that the collation gives it.
type Account struct {
	Account string  `json:"account" doc:"As the collation names it: a1, a2, …"`
	Article Article `json:"article"`
}

// StoryID is which story is asked for.
type StoryID struct {
	ID string `path:"id" maxLength:"64" doc:"Of the story"`
}

// Days is a range of publication.
type Days struct {
	From string `query:"from" maxLength:"40" example:"2026-03-01" doc:"Published then or later: a day, a month, a year, or a time"`
	To   string `query:"to" maxLength:"40" example:"2026-03" doc:"Published by the end of it"`
}

// span is the range as the store takes it: from included, to not.
func (d Days) span() (from, to time.Time, err error) {
	if d.From != "" {
		date, err := article.ParseDate(d.From)
		if err != nil {
			return from, to, invalid("query.from", err)
		}
		from = date.Time
	}
	if d.To != "" {
		date, err := article.ParseDate(d.To)
		if err != nil {
			return from, to, invalid("query.to", err)
		}
		to = after(date)
	}
	if !from.IsZero() && !to.IsZero() && !from.Before(to) {
		return from, to, invalid("query.to", errors.New("it ends before it begins"))
	}
	return from, to, nil
}

// after is the first moment that is past d.
func after(d article.Date) time.Time {
	switch d.Precision {
	case article.Year:
		return d.Time.AddDate(1, 0, 0)
	case article.Month:
		return d.Time.AddDate(0, 1, 0)
	case article.Day:
		return d.Time.AddDate(0, 0, 1)
	case article.Minute:
		return d.Time.Add(time.Minute)
	}
	return d.Time.Add(time.Second)
}

type storiesInput struct {
	Paging
	Days
	Query       string `query:"q" maxLength:"1000" example:"ferry talks" doc:"Stories with an article that fits; words, phrases in quotation marks, AND, OR, NOT, outlet:, speaker:, from:, to:, lang:"`
	Language    string `query:"language" maxLength:"35" example:"en"`
	MinArticles int    `query:"min_articles" minimum:"0" maximum:"1000000"`
	MinOrigins  int    `query:"min_origins" minimum:"0" maximum:"1000000"`
	Order       string `query:"order" enum:"rank,latest" default:"rank" doc:"Highest rank first, or latest article first"`
}

func (in *storiesInput) filter() (f store.StoryFilter, err error) {
	f = store.StoryFilter{
		Language: in.Language, MinArticles: in.MinArticles, MinOrigins: in.MinOrigins, ByLatest: in.Order == "latest",
	}
	if f.From, f.To, err = in.span(); err != nil {
		return f, err
	}
	if in.Query != "" {
		q, err := store.ParseQuery(in.Query)
		if err != nil {
			return f, invalid("query.q", err)
		}
		f.Query = &q
	}
	return f, nil
}

func (a *API) addStories() {
	huma.Register(a.huma, get("/api/stories", "listStories", "stories", "List stories", "Stories as they stand now, without those that have become part of another."),
		func(ctx context.Context, in *storiesInput) (out *list[Story], err error) {
			f, err := in.filter()
			if err != nil {
				return nil, err
			}
			err = a.view(ctx, func(r store.Reader) error {
				found, next, err := r.Stories(ctx, f, in.page())
				out = listed(&in.Paging, each(found, StoryOf), next)
				return err
			})
			return out, err
		})

	huma.Register(a.huma, get("/api/stories/{id}", "getStory", "stories", "Read a story", "A story that has become part of another says which one in 'into'."),
		func(ctx context.Context, in *StoryID) (*one[Story], error) {
			var out one[Story]
			err := a.view(ctx, func(r store.Reader) error {
				s, err := r.Story(ctx, in.ID)
				out.Body = StoryOf(s)
				return Within("story "+in.ID, err)
			})
			return &out, err
		})

	shape := contract{a.huma.OpenAPI().Components.Schemas, "Collation"}.schema(collation.Contract())
	huma.Register(a.huma, answers(get("/api/stories/{id}/collation", "getCollation", "stories", "Read a story's accounts side by side",
		"The same JSON that compare prints. Accounts are named a1, a2, …; /accounts says which article each one is."), jsonType, shape),
		func(ctx context.Context, in *struct {
			StoryID
			Texts bool `query:"texts" doc:"With the accounts' texts"`
		},
		) (*raw, error) {
			laid, err := a.laid(ctx, in.ID)
			if err != nil {
				return nil, err
			}
			var b bytes.Buffer
			err = collation.Encode(&b, laid.Collation, in.Texts)
			return &raw{jsonType, b.Bytes()}, a.problem(err)
		})

	huma.Register(a.huma, get("/api/stories/{id}/accounts", "listAccounts", "stories", "List a story's accounts", "The articles of a story, in the order of its collation."),
		func(ctx context.Context, in *StoryID) (*list[Account], error) {
			laid, err := a.laid(ctx, in.ID)
			if err != nil {
				return nil, err
			}
			out := make([]Account, len(laid.Articles))
			for i, k := range laid.Articles {
				out[i] = Account{collation.AccountID(i), ArticleOf(k, false)}
			}
			return whole(out), nil
		})

	huma.Register(a.huma, get("/api/stories/{id}/events", "listStoryEvents", "stories", "List what happened to a story", "Newest first."),
		func(ctx context.Context, in *struct {
			StoryID
			Paging
		},
		) (out *list[Event], err error) {
			err = a.view(ctx, func(r store.Reader) error {
				if _, err := r.Story(ctx, in.ID); err != nil {
					return Within("story "+in.ID, err)
				}
				found, next, err := r.History(ctx, in.ID, in.page())
				out = listed(&in.Paging, each(found, eventOf), next)
				return err
			})
			return out, err
		})

	huma.Register(a.huma, answers(get("/api/stories/{id}/annotations", "getAnnotations", "stories", "Read a story's findings as web annotations",
		"An annotation collection of the W3C Web Annotation model: every passage with a TextQuoteSelector and a TextPositionSelector, so that it can be found again."),
		jsonLDType, &huma.Schema{Type: huma.TypeObject, AdditionalProperties: true}),
		func(ctx context.Context, in *StoryID) (*raw, error) {
			laid, err := a.laid(ctx, in.ID)
			if err != nil {
				return nil, err
			}
			b, err := json.Marshal(jsonld.Annotations(laid, a.Public))
			return &raw{jsonLDType, b}, a.problem(err)
		})
}

// laid is a story side by side, or the problem.
func (a *API) laid(ctx context.Context, id string) (*newsroom.Laid, error) {
	laid, err := a.engine.Collate(ctx, id)
	if err != nil {
		return nil, a.problem(Within("story "+id, err))
	}
	if !editor(ctx) {
		laid = laid.Veiled()
	}
	return laid, nil
}
