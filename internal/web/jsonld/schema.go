package jsonld

import (
	"encoding/json"
	"net/url"

	"synoptic/collation"
	"synoptic/internal/newsroom"
	"synoptic/internal/store"
)

// Thing is one entry of a schema.org graph. Fields that do not apply are left
// out.
type Thing struct {
	Context   string  `json:"@context,omitempty"`
	Graph     []Thing `json:"@graph,omitempty"`
	Type      string  `json:"@type,omitempty"`
	ID        string  `json:"@id,omitempty"`
	Name      string  `json:"name,omitempty"`
	Headline  string  `json:"headline,omitempty"`
	URL       string  `json:"url,omitempty"`
	Language  string  `json:"inLanguage,omitempty"`
	Published string  `json:"datePublished,omitempty"`
	Modified  string  `json:"dateModified,omitempty"`
	Words     int     `json:"wordCount,omitempty"`
	Authors   []Thing `json:"author,omitempty"`
	Publisher *Thing  `json:"publisher,omitempty"`
	Text      string  `json:"text,omitempty"`
	Creator   *Thing  `json:"creator,omitempty"`
	PartOf    []Thing `json:"isPartOf,omitempty"`
	First     *Thing  `json:"firstAppearance,omitempty"`
	Appears   []Thing `json:"appearance,omitempty"`
}

const schemaOrg = "https://schema.org"

// Script is t as the content of <script type="application/ld+json">. Such an
// element is data and never run, so no policy on scripts forbids it; what would
// end it early ("</script>") is written with escapes.
func (t Thing) Script() ([]byte, error) {
	t.Context = schemaOrg
	return json.Marshal(t) // escapes <, > and &
}

// NewsArticle is an article as schema.org has it, without its text. Its @id is
// its page on the server that public begins the address of.
func NewsArticle(k store.Kept, public string) Thing {
	out := Thing{
		Type: "NewsArticle", ID: articleID(k, public), Headline: k.Headline(), URL: address(k), Language: k.Language,
		Published: k.Published.String(), Modified: k.Updated.String(), Words: k.Words(),
	}
	for _, name := range k.Authors {
		out.Authors = append(out.Authors, Thing{Type: "Person", Name: name})
	}
	if k.Outlet.Name != "" {
		out.Publisher = &Thing{Type: "NewsMediaOrganization", Name: k.Outlet.Name}
		if k.Outlet.Domain != "" {
			out.Publisher.URL = "https://" + k.Outlet.Domain
		}
	}
	return out
}

func articleID(k store.Kept, public string) string {
	return public + "/article/" + url.PathEscape(k.ID)
}

// Graph is a story: its accounts as NewsArticle, its quotations in marks as
// Quotation, its points as Claim with the articles that they appear in.
func Graph(laid *newsroom.Laid, public string) Thing {
	c, page := laid.Collation, public+StoryPath(laid.Story.ID)
	refs := make([]Thing, len(laid.Articles))
	var graph []Thing
	for i, k := range laid.Articles {
		refs[i] = Thing{ID: articleID(k, public)}
		graph = append(graph, NewsArticle(k, public))
	}
	for i, q := range c.Quotes {
		if whole := fullest(q); whole != nil {
			t := Thing{Type: "Quotation", ID: page + "#" + collation.QuoteID(i), Text: c.Words(whole.Cite)}
			if q.Speaker.Name != "" {
				t.Creator = &Thing{Type: "Person", Name: q.Speaker.Name}
			}
			seen := make([]bool, len(refs))
			for _, v := range q.Variants {
				if v.Relation != collation.Paraphrase && !seen[v.Account()] {
					seen[v.Account()] = true
					t.PartOf = append(t.PartOf, refs[v.Account()])
				}
			}
			graph = append(graph, t)
		}
	}
	for i, p := range c.Points {
		t := Thing{Type: "Claim", ID: page + "#" + collation.PointID(i), Text: c.Words(p.Text)}
		for _, root := range p.Roots {
			t.Authors = append(t.Authors, Thing{Type: "Thing", Name: root})
		}
		seen := make([]bool, len(refs))
		for _, x := range p.Saying() { // accounts stand in order of publication
			if !seen[x.Account()] {
				seen[x.Account()] = true
				t.Appears = append(t.Appears, refs[x.Account()])
			}
		}
		t.First = &t.Appears[0]
		graph = append(graph, t)
	}
	return Thing{Graph: graph}
}

// fullest is the variant of q that is whole and in quotation marks, nil where
// none is.
func fullest(q collation.Quote) *collation.Variant {
	for i, v := range q.Variants {
		if v.Relation == collation.Whole && v.Kind == "direct" {
			return &q.Variants[i]
		}
	}
	return nil
}
