package jsonld

import (
	"fmt"
	"net/url"

	"synoptic/collation"
	"synoptic/internal/newsroom"
	"synoptic/internal/store"
	"synoptic/text"
)

// Collection is an annotation collection of the Web Annotation model, with its
// one page in it.
type Collection struct {
	Context string `json:"@context"`
	ID      string `json:"id"`
	Type    string `json:"type"`
	Label   string `json:"label"`
	Total   int    `json:"total"`
	First   struct {
		Type   string       `json:"type"`
		PartOf string       `json:"partOf"`
		Items  []Annotation `json:"items"`
	} `json:"first"`
}

// Annotation ties one passage to what was found in it.
type Annotation struct {
	ID         string   `json:"id"`
	Type       string   `json:"type"`
	Motivation string   `json:"motivation"`
	Body       []Body   `json:"body"`
	Target     []Target `json:"target"`
}

// Body is what is said of a passage: the row that it belongs to, or its kind in
// fixed words.
type Body struct {
	ID      string `json:"id,omitempty"`
	Type    string `json:"type,omitempty"`
	Value   string `json:"value,omitempty"`
	Purpose string `json:"purpose,omitempty"`
}

// Target is a passage in one source. Positions count in the text that was
// extracted, so a page's own address is selected by words alone.
type Target struct {
	Source   string     `json:"source"`
	Selector []Selector `json:"selector"`
}

// ArticlePath is where a server has the text of one version of an article.
func ArticlePath(id string, version int) string {
	return fmt.Sprintf("/api/articles/%s/text?version=%d", url.PathEscape(id), version)
}

// StoryPath is where a server has the page of a story.
func StoryPath(id string) string { return "/story/" + url.PathEscape(id) }

// Annotations are the passages of every point, figure and quotation of a story.
// Addresses begin with public, "https://news.example"; with "" they are
// relative.
func Annotations(laid *newsroom.Laid, public string) Collection {
	a := annotator{Laid: laid, public: public, points: make([]*text.CodePoints, len(laid.Articles))}
	for i := range laid.Articles {
		a.points[i] = text.NewCodePoints(laid.Articles[i].Text)
	}
	c := laid.Collation
	for i, p := range c.Points {
		for _, x := range p.Saying() {
			a.add(collation.PointID(i), "point", string(p.Status), x)
		}
	}
	for i, f := range c.Figures {
		for _, x := range f.Cells {
			a.add(collation.FigureID(i), "figure", string(f.Verdict), x.Cite)
		}
	}
	for i, q := range c.Quotes {
		for _, x := range q.Variants {
			a.add(collation.QuoteID(i), "quotation", string(x.Relation), x.Cite)
		}
	}
	var out Collection
	out.Context = "http://www.w3.org/ns/anno.jsonld"
	out.ID = public + "/api/stories/" + url.PathEscape(laid.Story.ID) + "/annotations"
	out.Type, out.Label, out.Total = "AnnotationCollection", laid.Story.Title, len(a.out)
	out.First.Type, out.First.PartOf, out.First.Items = "AnnotationPage", out.ID, a.out
	if out.First.Items == nil {
		out.First.Items = []Annotation{}
	}
	return out
}

type annotator struct {
	*newsroom.Laid
	public string
	points []*text.CodePoints // one an account
	out    []Annotation
}

// add ties the words at c to a row. kind and tag are fixed words.
func (a *annotator) add(row, kind, tag string, c collation.Cite) {
	k := a.Articles[c.Account()]
	quote := Quote(k.Text, c.Span())
	targets := []Target{{
		Source:   a.public + ArticlePath(k.ID, k.Version),
		Selector: []Selector{quote, Position(a.points[c.Account()], c.Span())},
	}}
	if page := address(k); page != "" {
		targets = append(targets, Target{Source: page, Selector: []Selector{quote}})
	}
	page := a.public + StoryPath(a.Story.ID)
	a.out = append(a.out, Annotation{
		ID:   fmt.Sprintf("%s#%s-%d", page, row, len(a.out)+1),
		Type: "Annotation", Motivation: "classifying",
		Body: []Body{
			{ID: page + "#" + row},
			{Type: "TextualBody", Value: kind, Purpose: "classifying"},
			{Type: "TextualBody", Value: tag, Purpose: "tagging"},
		},
		Target: targets,
	})
}

// address is where an article can be read on the web, "" where it cannot.
func address(k store.Kept) string {
	if k.Address == "" && collation.IsAddress(k.Place) {
		return k.Place
	}
	return k.Address
}
