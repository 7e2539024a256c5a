package collation

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"synoptic/article"
	"synoptic/story"
	"synoptic/text"
)

// Format names the shape of the JSON that Encode writes. Its field names are a
// contract: each keeps its name and meaning, and more may be added.
const Format = "synoptic/1"

// ID names the story by its accounts: the same bytes read give the same ID,
// in whatever order.
func (c *Collation) ID() string {
	sums := make([][sha256.Size]byte, len(c.Accounts))
	for i, a := range c.Accounts {
		sums[i] = a.SHA256
	}
	slices.SortFunc(sums, func(a, b [sha256.Size]byte) int { return slices.Compare(a[:], b[:]) })
	h := sha256.New()
	for _, sum := range sums {
		h.Write(sum[:])
	}
	return hex.EncodeToString(h.Sum(nil)[:8])
}

// AccountID is how the account with index i is named outside Go.
func AccountID(i int) string { return "a" + strconv.Itoa(i+1) }

// OriginID is how the origin with index i is named outside Go.
func OriginID(i int) string { return "o" + strconv.Itoa(i+1) }

// PointID is how the point with index i is named outside Go.
func PointID(i int) string { return "p" + strconv.Itoa(i+1) }

// FigureID is how the figure row with index i is named outside Go.
func FigureID(i int) string { return "f" + strconv.Itoa(i+1) }

// QuoteID is how the quote row with index i is named outside Go.
func QuoteID(i int) string { return "q" + strconv.Itoa(i+1) }

// Published is the first and the last day of publication among the accounts;
// both are unknown where no account has one.
func (c *Collation) Published() (first, last article.Date) {
	for _, a := range c.Accounts {
		if !a.Published.Known() {
			continue
		}
		if !first.Known() || a.Published.Compare(first) < 0 {
			first = a.Published
		}
		if !last.Known() || a.Published.Compare(last) > 0 {
			last = a.Published
		}
	}
	return first, last
}

// Encode writes c to w as one JSON object and a newline, in Format. Offsets
// count Unicode code points of the account's text. The accounts' texts are left
// out unless texts is set. Lists are always there, if empty; a scalar that is
// not known is left out.
func Encode(w io.Writer, c *Collation, texts bool) error {
	e := encoder{Collation: c, points: make([]*text.CodePoints, len(c.Accounts))}
	for i, a := range c.Accounts {
		e.points[i] = text.NewCodePoints(a.Text)
	}
	out := json.NewEncoder(w)
	out.SetEscapeHTML(false)
	if err := out.Encode(e.collation(texts)); err != nil {
		return fmt.Errorf("collation %s: %w", c.ID(), err)
	}
	return nil
}

// Contract is the type whose JSON Encode writes, for descriptions that are made
// from it.
func Contract() reflect.Type { return reflect.TypeFor[jsonCollation]() }

// The types below are the contract, in its order.

type jsonCollation struct {
	Format     string           `json:"format"`
	Engine     string           `json:"engine"`
	Story      jsonStory        `json:"story"`
	Accounts   []jsonAccount    `json:"accounts"`
	Origins    []jsonOrigin     `json:"origins"`
	Highlights []jsonHighlight  `json:"highlights"`
	Digest     []jsonHighlight  `json:"digest"`
	Points     []jsonPoint      `json:"points"`
	Figures    []jsonFigure     `json:"figures"`
	Quotes     []jsonQuote      `json:"quotes"`
	Voices     []jsonVoice      `json:"voices"`
	Naming     []jsonNaming     `json:"naming"`
	Wording    []jsonWording    `json:"wording"`
	Positions  []jsonPosition   `json:"positions"`
	Omissions  []jsonOmission   `json:"omissions"`
	Leads      []jsonLead       `json:"leads"`
	Prominence []jsonProminence `json:"prominence"`
	Timeline   []jsonEvent      `json:"timeline"`
	Problems   []jsonProblem    `json:"problems"`
}

type jsonStory struct {
	ID             string `json:"id"`
	Title          string `json:"title,omitempty"`
	Language       string `json:"language,omitempty"`
	FirstPublished string `json:"first_published,omitempty"`
	LastPublished  string `json:"last_published,omitempty"`
}

type jsonAccount struct {
	ID            string       `json:"id"`
	Path          string       `json:"path,omitempty"` // where it was read, unless that is URL
	URL           string       `json:"url,omitempty"`
	Outlet        string       `json:"outlet,omitempty"`
	Title         string       `json:"title,omitempty"`
	Authors       []string     `json:"authors"`
	Published     string       `json:"published,omitempty"`
	Updated       string       `json:"updated,omitempty"`
	Language      string       `json:"language,omitempty"`
	Words         int          `json:"words"`
	Completeness  number       `json:"completeness"`
	SHA256        string       `json:"sha256"`
	Origin        string       `json:"origin"`
	Apart         bool         `json:"apart,omitempty"`
	MissingLayers []string     `json:"missing_layers"`
	Credits       []jsonCredit `json:"credits"`
	Text          *string      `json:"text,omitempty"`
}

type jsonCredit struct {
	Agency string       `json:"agency"`
	Role   article.Role `json:"role"`
	Cite   *jsonCite    `json:"cite,omitempty"`
}

type jsonOrigin struct {
	ID       string     `json:"id"`
	Name     string     `json:"name,omitempty"`
	Accounts []string   `json:"accounts"`
	Shared   *number    `json:"shared,omitempty"`
	Why      story.Why  `json:"why,omitempty"`
	Copied   []jsonCite `json:"copied,omitempty"` // what stands in several of its accounts
}

type jsonHighlight struct {
	Text     string     `json:"text"`
	Support  []jsonCite `json:"support"`
	Accounts int        `json:"accounts"`
	Origins  int        `json:"origins"`
}

type jsonPoint struct {
	ID       string        `json:"id"`
	Text     string        `json:"text"`
	Status   Status        `json:"status"`
	Origins  int           `json:"origins"`
	Roots    []string      `json:"roots"`
	Passages []jsonPassage `json:"passages"`
	Disputes []jsonDispute `json:"disputes,omitempty"` // none but on a disputed point
	Rooted   int           `json:"root_count"`
}

type jsonDispute struct {
	Kind   DisputeKind  `json:"kind"`
	Figure string       `json:"figure,omitempty"`
	Sides  [][]jsonCite `json:"sides"`
}

type jsonPassage struct {
	jsonCite
	Source *jsonSource `json:"source,omitempty"`
	Near   bool        `json:"near,omitempty"`
}

type jsonFigure struct {
	ID      string     `json:"id"`
	Label   string     `json:"label,omitempty"`
	Unit    string     `json:"unit,omitempty"`
	Verdict Verdict    `json:"verdict"`
	Cells   []jsonCell `json:"cells"`
}

type jsonCell struct {
	jsonCite
	Passage  string             `json:"passage"`
	Value    *number            `json:"value,omitempty"`
	Low      *number            `json:"low,omitempty"`
	High     *number            `json:"high,omitempty"`
	Unit     string             `json:"unit,omitempty"`
	Norm     *jsonQuantity      `json:"norm,omitempty"`
	Modifier article.Modifier   `json:"modifier,omitempty"`
	Factual  article.Factuality `json:"factuality,omitempty"`
	AsOf     string             `json:"as_of,omitempty"`
	Source   *jsonSource        `json:"source,omitempty"`
}

type jsonQuantity struct {
	Value *number `json:"value,omitempty"`
	Unit  string  `json:"unit,omitempty"`
}

type jsonQuote struct {
	ID       string        `json:"id"`
	Speaker  *jsonSpeaker  `json:"speaker,omitempty"`
	Variants []jsonVariant `json:"variants"`
}

type jsonSpeaker struct {
	Name string `json:"name,omitempty"`
	Role string `json:"role,omitempty"`
}

type jsonVariant struct {
	jsonCite
	Kind     article.AttributionKind `json:"kind"`
	Relation Relation                `json:"relation"`
	Missing  []string                `json:"missing"`
	Cue      *jsonCite               `json:"cue,omitempty"`
	Speaker  *jsonSource             `json:"speaker,omitempty"`
}

type jsonVoice struct {
	Name     string     `json:"name"`
	Accounts []jsonTurn `json:"accounts"`
	Named    bool       `json:"named"`
}

type jsonTurn struct {
	Account     string `json:"account"`
	Quotations  int    `json:"quotations"`
	Words       int    `json:"words"`
	DirectWords int    `json:"direct_words"`
	Turns       int    `json:"turns"`
	Lead        int    `json:"lead"`
	Middle      int    `json:"middle"`
	End         int    `json:"end"`
}

type jsonNaming struct {
	Entity string      `json:"entity"`
	Labels []jsonLabel `json:"labels"`
}

type jsonLabel struct {
	Label string     `json:"label"`
	Cites []jsonCite `json:"cites"`
}

type jsonWording struct {
	Point    string       `json:"point"`
	Variants []jsonWorded `json:"variants"`
}

type jsonWorded struct {
	jsonCite
	Loaded []jsonCite `json:"loaded"`
}

type jsonPosition struct {
	Holder  string     `json:"holder"`
	Kind    string     `json:"kind"`
	Toward  string     `json:"toward,omitempty"`
	Cites   []jsonCite `json:"cites"`
	Opposed []jsonCite `json:"opposed,omitempty"`
}

type jsonOmission struct {
	Point   string   `json:"point"`
	Present []string `json:"present"`
	Absent  []string `json:"absent"`
	Unknown []string `json:"unknown"`
}

type jsonLead struct {
	jsonCite
	Points []string `json:"points"`
}

type jsonProminence struct {
	Point string      `json:"point"`
	High  []jsonPlace `json:"high"`
	Low   []jsonPlace `json:"low"`
}

type jsonPlace struct {
	jsonCite
	Paragraph int `json:"paragraph"` // of the running text, from 1; 0 for the headline
	Of        int `json:"of"`
}

type jsonEvent struct {
	Date      string     `json:"date,omitempty"`
	Precision string     `json:"precision,omitempty"`
	Text      string     `json:"text"`
	Support   []jsonCite `json:"support"`
}

type jsonProblem struct {
	Path  string `json:"path"`
	Error string `json:"error"`
}

// jsonCite is words of an account; the offsets count code points.
type jsonCite struct {
	Account string `json:"account"`
	jsonSpan
	Text string `json:"text"`
}

type jsonSpan struct {
	Start int `json:"start"`
	End   int `json:"end"`
}

// jsonSource has no offsets where nothing in the account mentions the source.
type jsonSource struct {
	Name string `json:"name,omitempty"`
	*jsonSpan
}

// number is written without an exponent.
type number float64

// MarshalJSON writes whole numbers without a fraction or an exponent.
func (n number) MarshalJSON() ([]byte, error) {
	return strconv.AppendFloat(nil, float64(n), 'f', -1, 64), nil
}

// finite is x, or nil where x is an open bound or no number.
func finite(x float64) *number {
	if math.IsInf(x, 0) || math.IsNaN(x) {
		return nil
	}
	n := number(x)
	return &n
}

// encoder turns a collation into the types of the contract.
type encoder struct {
	*Collation
	points []*text.CodePoints // one an account
}

func (e *encoder) collation(texts bool) jsonCollation {
	first, last := e.Published()
	return jsonCollation{
		Format: Format,
		Engine: e.Engine,
		Story: jsonStory{
			ID:             e.ID(),
			Title:          e.Words(e.Title),
			Language:       e.Language,
			FirstPublished: first.String(),
			LastPublished:  last.String(),
		},
		Accounts: indexed(e.Accounts, func(i int, a Account) jsonAccount {
			out := e.account(i, a)
			if texts {
				out.Text = &a.Text
			}
			return out
		}),
		Origins:    indexed(e.Origins, e.origin),
		Highlights: each(e.Highlights, e.highlight),
		Digest:     each(e.Digest, e.highlight),
		Points:     indexed(e.Points, e.point),
		Figures:    indexed(e.Figures, e.figure),
		Quotes:     indexed(e.Quotes, e.quote),
		Voices: each(e.Voices, func(v Voice) jsonVoice {
			return jsonVoice{v.Name, each(v.Turns, func(t Turn) jsonTurn {
				return jsonTurn{AccountID(t.Account), t.Quotations, t.Words, t.DirectWords, t.Times(), t.Lead, t.Middle, t.End}
			}), v.Named}
		}),
		Naming: each(e.Naming, func(n Naming) jsonNaming {
			return jsonNaming{n.Entity, each(n.Labels, func(l Label) jsonLabel {
				return jsonLabel{l.Text, each(l.Cites, e.cite)}
			})}
		}),
		Wording: each(e.Wording, func(w Wording) jsonWording {
			return jsonWording{PointID(w.Point), each(w.Variants, func(v Worded) jsonWorded {
				return jsonWorded{e.cite(v.Cite), each(v.Loaded, e.cite)}
			})}
		}),
		Positions: each(e.Positions, func(p Position) jsonPosition {
			return jsonPosition{p.Holder, p.Kind, p.Toward, each(p.Cites, e.cite), each(p.Opposed, e.cite)}
		}),
		Omissions: each(e.Omissions, func(o Omission) jsonOmission {
			return jsonOmission{
				PointID(o.Point), each(o.Present, AccountID), each(o.Absent, AccountID), each(o.Unknown, AccountID),
			}
		}),
		Leads: each(e.Leads, func(l Lead) jsonLead { return jsonLead{e.cite(l.Text), each(l.Points, PointID)} }),
		Prominence: each(e.Prominence, func(p Prominence) jsonProminence {
			return jsonProminence{PointID(p.Point), each(p.High, e.place), each(p.Low, e.place)}
		}),
		Timeline: each(e.Timeline, func(v Event) jsonEvent {
			return jsonEvent{v.Date.String(), v.Date.Precision.String(), e.Words(v.Text), each(v.Support, e.cite)}
		}),
		Problems: each(e.Problems, func(p Problem) jsonProblem { return jsonProblem{p.Place, p.Err.Error()} }),
	}
}

func (e *encoder) account(i int, a Account) jsonAccount {
	path, url := a.Place, a.Address
	if IsAddress(path) {
		path, url = "", cmp.Or(url, path)
	}
	return jsonAccount{
		ID:            AccountID(i),
		Path:          path,
		URL:           url,
		Outlet:        a.Outlet.Name,
		Title:         a.Headline(),
		Authors:       append([]string{}, a.Authors...),
		Published:     a.Published.String(),
		Updated:       a.Updated.String(),
		Language:      a.Language,
		Words:         a.Words(),
		Completeness:  number(a.Completeness),
		SHA256:        hex.EncodeToString(a.SHA256[:]),
		Origin:        OriginID(a.Origin),
		Apart:         a.Apart,
		MissingLayers: append([]string{}, a.Missing.Names()...),
		Credits: each(a.Credits, func(c article.Credit) jsonCredit {
			return jsonCredit{c.Agency, c.Role, e.optional(Cite{i, c.Span})}
		}),
	}
}

func (e *encoder) origin(i int, o story.Origin) jsonOrigin {
	out := jsonOrigin{ID: OriginID(i), Name: o.Name, Accounts: each(o.Articles, AccountID), Why: o.Why}
	if len(o.Articles) > 1 {
		out.Shared = finite(o.Shared)
	}
	for n, spans := range o.Copied {
		for _, span := range spans {
			out.Copied = append(out.Copied, e.cite(Cite{o.Articles[n], span}))
		}
	}
	return out
}

func (e *encoder) point(i int, p Point) jsonPoint {
	return jsonPoint{
		ID:      PointID(i),
		Text:    e.Words(p.Text),
		Status:  p.Status,
		Origins: p.Origins,
		Roots:   append([]string{}, p.Roots...),
		Passages: each(p.Passages, func(p Passage) jsonPassage {
			return jsonPassage{e.cite(p.Cite), e.source(p.account, p.Source), p.Near}
		}),
		Disputes: each(p.Disputes, e.dispute),
		Rooted:   p.Rooted,
	}
}

func (e *encoder) highlight(h Highlight) jsonHighlight {
	return jsonHighlight{e.Words(h.Text), each(h.Support, e.cite), h.Accounts, h.Origins}
}

func (e *encoder) dispute(d Dispute) jsonDispute {
	out := jsonDispute{Kind: d.Kind, Sides: each(d.Sides, func(side []Cite) []jsonCite { return each(side, e.cite) })}
	if d.Kind == OtherFigure {
		out.Figure = FigureID(d.Figure)
	}
	return out
}

func (e *encoder) place(p Place) jsonPlace { return jsonPlace{e.cite(p.Cite), p.Paragraph, p.Of} }

func (e *encoder) figure(i int, f Figure) jsonFigure {
	return jsonFigure{
		ID:      FigureID(i),
		Label:   f.Label,
		Unit:    f.Unit,
		Verdict: f.Verdict,
		Cells: each(f.Cells, func(c Cell) jsonCell {
			return jsonCell{
				jsonCite: e.cite(c.Cite),
				Passage:  e.Words(c.Passage),
				Value:    finite(c.Figure.Value),
				Low:      finite(c.Figure.Low),
				High:     finite(c.Figure.High),
				Unit:     c.Figure.Unit,
				Norm:     &jsonQuantity{finite(c.Figure.Norm.Value), c.Figure.Norm.Unit},
				Modifier: c.Figure.Modifier,
				Factual:  c.Figure.Factuality,
				AsOf:     c.Figure.AsOf.String(),
				Source:   e.source(c.account, c.Source),
			}
		}),
	}
}

func (e *encoder) quote(i int, q Quote) jsonQuote {
	out := jsonQuote{
		ID: QuoteID(i),
		Variants: each(q.Variants, func(v Variant) jsonVariant {
			return jsonVariant{
				jsonCite: e.cite(v.Cite),
				Kind:     v.Kind,
				Relation: v.Relation,
				Missing:  each(v.Missing, e.Words),
				Cue:      e.optional(v.Cue),
				Speaker:  e.source(v.account, v.Speaker),
			}
		}),
	}
	if q.Speaker != (Speaker{}) {
		out.Speaker = &jsonSpeaker{q.Speaker.Name, q.Speaker.Role}
	}
	return out
}

func (e *encoder) cite(c Cite) jsonCite {
	start, end := e.points[c.account].Span(c.span)
	return jsonCite{AccountID(c.account), jsonSpan{start, end}, e.Words(c)}
}

func (e *encoder) optional(c Cite) *jsonCite {
	if c.Zero() {
		return nil
	}
	out := e.cite(c)
	return &out
}

func (e *encoder) source(account int, s Source) *jsonSource {
	if s.Name == "" && s.Span.Empty() {
		return nil
	}
	out := &jsonSource{Name: s.Name}
	if !s.Span.Empty() {
		start, end := e.points[account].Span(s.Span)
		out.jsonSpan = &jsonSpan{start, end}
	}
	return out
}

// IsAddress reports whether place is an address of the web, and not a path.
func IsAddress(place string) bool {
	return strings.HasPrefix(place, "http://") || strings.HasPrefix(place, "https://")
}

// each is f of every element; it is never nil, so that JSON has a list.
func each[T, U any](list []T, f func(T) U) []U {
	out := make([]U, len(list))
	for i, x := range list {
		out[i] = f(x)
	}
	return out
}

// indexed is each for those that are known by their index.
func indexed[T, U any](list []T, f func(int, T) U) []U {
	out := make([]U, len(list))
	for i, x := range list {
		out[i] = f(i, x)
	}
	return out
}
