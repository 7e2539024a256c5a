package article

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"reflect"
	"strings"

	"synoptic/text"
)

// Encode writes what n found in a to w as one JSON object and a newline. Offsets
// count Unicode code points of the article's text. The lists are always there,
// if empty; fields of a token are left out where their layer is missing. The
// article itself, whose text the offsets count in, is only there if told is.
func Encode(w io.Writer, a *Article, n *Analysis, told bool) error {
	e := encoder{a: a, n: n, points: text.NewCodePoints(a.Text), out: bufio.NewWriterSize(w, 1<<15)}
	e.json = json.NewEncoder(&e.record)
	e.json.SetEscapeHTML(false)
	e.analysis(told)
	if err := e.out.Flush(); err != nil {
		return fmt.Errorf("%s: %w", a.Place, err)
	}
	return nil
}

// Contract is the type whose JSON Encode writes, for descriptions that are made
// from it.
func Contract() reflect.Type { return reflect.TypeFor[jsonAnalysis]() }

// The types below are the contract, in its order. Field names keep their
// meaning; more may be added.

type jsonAnalysis struct {
	Path         string            `json:"path"`
	Outlet       string            `json:"outlet,omitempty"`
	URL          string            `json:"url,omitempty"`
	Published    string            `json:"published,omitempty"`
	Language     string            `json:"language,omitempty"`
	Text         string            `json:"text,omitempty"`
	Layers       []string          `json:"layers"`
	Sentences    []jsonSpan        `json:"sentences"`
	Tokens       []jsonToken       `json:"tokens"`
	Entities     []jsonEntity      `json:"entities"`
	References   []jsonReference   `json:"references,omitempty"`
	Moments      []jsonMoment      `json:"moments"`
	Figures      []jsonFigure      `json:"figures"`
	Attributions []jsonAttribution `json:"attributions"`
}

type jsonSpan struct {
	Start int `json:"start"`
	End   int `json:"end"`
}

type jsonToken struct {
	jsonSpan
	Tag   string `json:"tag,omitempty"`
	XTag  string `json:"xtag,omitempty"`
	Lemma string `json:"lemma,omitempty"`
	Head  *int   `json:"head,omitempty"` // index into the tokens, -1 for a root
	Rel   string `json:"rel,omitempty"`
}

type jsonEntity struct {
	jsonSpan
	Type string `json:"type"`
	Name string `json:"name"`
}

// jsonReference is what stands for an entity without naming it.
type jsonReference struct {
	jsonSpan
	Form string `json:"form"`
	Type string `json:"type"`
	Name string `json:"name"` // of the entity
}

type jsonMoment struct {
	jsonSpan
	Value     string `json:"value,omitempty"`
	Precision string `json:"precision,omitempty"`
}

type jsonFigure struct {
	jsonSpan
	Text     string        `json:"text"`
	Value    *float64      `json:"value,omitempty"`
	Low      *float64      `json:"low,omitempty"`
	High     *float64      `json:"high,omitempty"`
	Unit     string        `json:"unit"`
	Norm     *jsonQuantity `json:"norm,omitempty"`
	Modifier string        `json:"modifier"`
	Of       string        `json:"of,omitempty"`
	Factual  string        `json:"factuality,omitempty"`
	AsOf     string        `json:"as_of,omitempty"`
	Source   *int          `json:"source,omitempty"` // index into the attributions
}

type jsonQuantity struct {
	Value float64 `json:"value"`
	Unit  string  `json:"unit"`
}

type jsonAttribution struct {
	Source  *jsonSource `json:"source"`
	Cue     *jsonSpan   `json:"cue"`
	Content []jsonSpan  `json:"content"`
	Kind    string      `json:"kind"`
	Class   string      `json:"class,omitempty"`
	Parent  int         `json:"parent"` // index into the attributions, -1 for none
}

// jsonSource stands for a source that words name here.
type jsonSource struct {
	jsonSpan
	Name string `json:"name,omitempty"`
	Role string `json:"role,omitempty"`
}

// encoder writes an analysis record by record: all the records of a long text at
// once, and their JSON, would take many times its memory.
type encoder struct {
	a      *Article
	n      *Analysis
	points *text.CodePoints
	out    *bufio.Writer // keeps its first error
	record bytes.Buffer  // the record at hand, which json writes
	json   *json.Encoder
}

// value writes one value.
func (e *encoder) value(v any) {
	e.record.Reset()
	if err := e.json.Encode(v); err != nil {
		panic(err) // strings, whole and finite numbers can always be written
	}
	_, _ = e.out.Write(bytes.TrimSuffix(e.record.Bytes(), []byte("\n"))) // Flush tells
}

func (e *encoder) raw(s string) { _, _ = e.out.WriteString(s) }

// list writes a field behind others, a list of n records.
func list[T any](e *encoder, name string, n int, record func(i int) T) {
	e.raw(`,"` + name + `":[`)
	r := new(T)
	for i := range n {
		if i > 0 {
			e.raw(",")
		}
		*r = record(i)
		e.value(r)
	}
	e.raw("]")
}

func (e *encoder) span(s text.Span) jsonSpan {
	start, end := e.points.Span(s)
	return jsonSpan{start, end}
}

// words are the words at s, fit for JSON.
func (e *encoder) words(s text.Span) string { return strings.ToValidUTF8(s.Of(e.a.Text), "\uFFFD") }

// analysis writes what jsonAnalysis describes.
func (e *encoder) analysis(told bool) {
	n := e.n
	field := func(name string, v any) {
		e.raw(`"` + name + `":`)
		e.value(v)
	}
	known := func(name, v string) {
		if v != "" {
			e.raw(",")
			field(name, v)
		}
	}
	e.raw("{")
	field("path", e.a.Place)
	if told {
		known("outlet", e.a.Outlet.Name)
		known("url", e.a.Address)
		known("published", e.a.Published.String())
	}
	known("language", e.a.Language)
	if told {
		known("text", e.a.Text)
	}
	e.raw(",")
	field("layers", append([]string{}, n.Layers.Names()...))
	list(e, "sentences", len(n.Sentences), func(i int) jsonSpan { return e.span(n.Sentences[i].Span) })
	list(e, "tokens", len(n.Tokens), e.token)
	list(e, "entities", len(n.Mentions), func(i int) jsonEntity {
		m := n.Mentions[i]
		name := m.Span
		if m.Entity >= 0 && m.Entity < len(n.Entities) {
			name = n.Entities[m.Entity].Name
		}
		return jsonEntity{e.span(m.Span), m.Kind.String(), e.words(name)}
	})
	if len(n.References) > 0 {
		list(e, "references", len(n.References), func(i int) jsonReference {
			r := n.References[i]
			entity := n.Entities[r.Entity]
			return jsonReference{e.span(r.Span), r.Form.String(), entity.Kind.String(), e.words(entity.Name)}
		})
	}
	list(e, "moments", len(n.Moments), func(i int) jsonMoment {
		m := n.Moments[i]
		return jsonMoment{e.span(m.Span), m.Date.String(), m.Date.Precision.String()}
	})
	list(e, "figures", len(n.Figures), func(i int) jsonFigure { return e.figure(&n.Figures[i]) })
	list(e, "attributions", len(n.Attributions), func(i int) jsonAttribution { return e.attribution(&n.Attributions[i]) })
	e.raw("}\n")
}

func (e *encoder) token(i int) jsonToken {
	t := &e.n.Tokens[i]
	out := jsonToken{jsonSpan: e.span(t.Span), Tag: t.Tag.String(), XTag: t.XTag, Lemma: t.Lemma}
	if e.n.Layers.Has(Arcs) {
		out.Head, out.Rel = &e.n.Arcs[i].Head, e.n.Arcs[i].Rel.String()
	}
	return out
}

func (e *encoder) figure(f *Figure) jsonFigure {
	out := jsonFigure{
		jsonSpan: e.span(f.Span), Text: e.words(f.Span), Value: finite(f.Value), Low: finite(f.Low), High: finite(f.High),
		Unit: f.Unit, Modifier: string(f.Modifier), Of: e.words(f.Of), Factual: string(f.Factuality), AsOf: f.AsOf.String(),
	}
	if f.Norm != (Quantity{}) && finite(f.Norm.Value) != nil {
		out.Norm = &jsonQuantity{f.Norm.Value, f.Norm.Unit}
	}
	if f.Source >= 0 && f.Source < len(e.n.Attributions) {
		out.Source = &f.Source
	}
	return out
}

// finite is x where JSON can hold it.
func finite(x float64) *float64 {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return nil
	}
	return &x
}

func (e *encoder) attribution(t *Attribution) jsonAttribution {
	out := jsonAttribution{Content: make([]jsonSpan, len(t.Content)), Kind: string(t.Kind), Class: t.Class, Parent: t.Parent}
	if s := t.Source; !s.Empty() {
		out.Source = &jsonSource{e.span(s.Span), s.Name, s.Role}
	}
	if !t.Cue.Empty() {
		at := e.span(t.Cue)
		out.Cue = &at
	}
	for i, s := range t.Content {
		out.Content[i] = e.span(s)
	}
	return out
}
