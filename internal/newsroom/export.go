package newsroom

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"io"

	"synoptic/article"
	"synoptic/internal/store"
)

// exported is one article as an export writes it: a record in news-please form,
// which import reads again, with what is kept beside it.
type exported struct {
	Title     string           `json:"title"`
	Text      string           `json:"text"` // without the title
	URL       string           `json:"url,omitempty"`
	Domain    string           `json:"source_domain,omitempty"`
	Outlet    string           `json:"outlet,omitempty"`
	Authors   []string         `json:"authors,omitempty"`
	Published string           `json:"date_publish,omitempty"`
	Updated   string           `json:"date_modify,omitempty"`
	Language  string           `json:"language,omitempty"`
	ID        string           `json:"id"`
	Story     string           `json:"story,omitempty"`
	Credits   []exportedCredit `json:"credits,omitempty"`
	Complete  float64          `json:"completeness"`
	SHA256    string           `json:"sha256"`
	Earlier   []exported       `json:"earlier,omitempty"` // versions before this one, oldest first
}

type exportedCredit struct {
	Agency string       `json:"agency"`
	Role   article.Role `json:"role"`
	Text   string       `json:"text"`
}

// exportPage is how many articles are read at once.
const exportPage = 200

// Export writes every article with its versions as JSON Lines, in the order in
// which they came, and calls told with how many are written. It says nothing of
// when things were read or joined: the same articles that came in the same
// order give the same bytes.
func (n *Newsroom) Export(ctx context.Context, w io.Writer, told func(done int)) error {
	out := json.NewEncoder(w)
	out.SetEscapeHTML(false)
	done := 0
	return n.sequence(ctx, func(r store.Reader, k store.Kept) error {
		versions, err := r.Versions(ctx, k.ID)
		if err != nil {
			return err
		}
		line := record(k)
		for _, v := range versions[:len(versions)-1] {
			line.Earlier = append(line.Earlier, record(v))
		}
		if done++; told != nil {
			told(done)
		}
		return out.Encode(line)
	})
}

// sequence calls do with the newest version of every article, in the order in
// which they came. It reads them page by page, so that an update need not wait.
func (n *Newsroom) sequence(ctx context.Context, do func(store.Reader, store.Kept) error) error {
	var after int64
	for more := true; more; {
		err := n.Store.View(ctx, func(r store.Reader) error {
			list, last, err := r.Sequence(ctx, after, exportPage)
			if err != nil {
				return err
			}
			after, more = last, len(list) > 0
			for _, k := range list {
				if err := do(r, k); err != nil {
					return within("article "+k.ID, err)
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func record(k store.Kept) exported {
	e := exported{
		Title: k.Headline(), Text: body(k.Article), URL: k.Address, Domain: k.Outlet.Domain, Outlet: k.Outlet.Name,
		Authors: k.Authors, Published: k.Published.String(), Updated: k.Updated.String(), Language: k.Language,
		ID: k.ID, Story: k.Story, Complete: k.Completeness, SHA256: hex.EncodeToString(k.SHA256[:]),
	}
	for _, c := range k.Credits {
		e.Credits = append(e.Credits, exportedCredit{c.Agency, c.Role, c.Span.Of(k.Text)})
	}
	return e
}

// body is an article's text below its title.
func body(a *article.Article) string {
	if a.Title.Empty() {
		return a.Text
	}
	rest := a.Text[a.Title.End:]
	if len(rest) > 0 && rest[0] == '\n' {
		rest = rest[1:]
	}
	return a.Text[:a.Title.Start] + rest
}
