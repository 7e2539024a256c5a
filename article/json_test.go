package article_test

import (
	"bytes"
	"encoding/json"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"synoptic/article"
	"synoptic/text"
)

// at is the place of the words in body.
func at(t *testing.T, body, words string) text.Span {
	t.Helper()
	i := strings.Index(body, words)
	if i < 0 {
		t.Fatalf("%q is not in %q", words, body)
	}
	return text.Span{Start: i, End: i + len(words)}
}

func encode(t *testing.T, a *article.Article, n *article.Analysis) string {
	t.Helper()
	if err := n.Check(a); err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := article.Encode(&b, a, n, false); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestEncodeWordsAlone(t *testing.T) {
	body := "Né à Zoë."
	a := &article.Article{Place: "a.txt", Text: body}
	n := &article.Analysis{Layers: article.Sentences | article.Tokens}
	for _, w := range []string{"Né", "à", "Zoë", "."} {
		n.Tokens = append(n.Tokens, article.Token{Span: at(t, body, w)})
	}
	n.Sentences = []article.Sentence{{Span: text.Span{Start: 0, End: len(body)}, Last: 4}}
	want := `{"path":"a.txt","layers":["sentences","tokens"],"sentences":[{"start":0,"end":9}],` +
		`"tokens":[{"start":0,"end":2},{"start":3,"end":4},{"start":5,"end":8},{"start":8,"end":9}],` +
		`"entities":[],"moments":[],"figures":[],"attributions":[]}` + "\n"
	if got := encode(t, a, n); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestEncodeNothing(t *testing.T) {
	want := `{"path":"empty.txt","layers":[],"sentences":[],"tokens":[],"entities":[],"moments":[],"figures":[],"attributions":[]}` + "\n"
	if got := encode(t, &article.Article{Place: "empty.txt"}, &article.Analysis{}); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestEncodeReferences(t *testing.T) {
	body := "Zoë Ode said her crew left."
	a := &article.Article{Place: "a.txt", Text: body}
	her := at(t, body, "her")
	n := &article.Analysis{
		Tokens:     []article.Token{{Span: at(t, body, "Zoë Ode")}, {Span: her}},
		Mentions:   []article.Mention{{Span: at(t, body, "Zoë Ode"), Last: 1, Kind: article.Person}},
		Entities:   []article.Entity{{Kind: article.Person, Name: at(t, body, "Zoë Ode")}},
		References: []article.Reference{{Span: her, First: 1, Last: 2, Form: article.Pronoun}},
	}
	want := `"references":[{"start":13,"end":16,"form":"pronoun","type":"PER","name":"Zoë Ode"}]`
	if got := encode(t, a, n); !strings.Contains(got, want) {
		t.Errorf("got %s\nwithout %s", got, want)
	}
	n.References[0].Entity = 1
	if n.Check(a) == nil {
		t.Error("an entity that is not there passes the check")
	}
}

// TestEncodeKeepsContract holds that the fields which Encode writes, piece by
// piece, are those of the type that describes them, in its order.
func TestEncodeKeepsContract(t *testing.T) {
	body := "Zoë Ode left."
	a := &article.Article{Place: "a.html", Text: body, Language: "en", Address: "https://a.example/1"}
	a.Outlet.Name = "The Herald"
	a.Published = article.Date{Time: time.Date(2031, 5, 3, 0, 0, 0, 0, time.UTC), Precision: article.Day}
	zoe := at(t, body, "Zoë Ode")
	n := &article.Analysis{
		Tokens:     []article.Token{{Span: zoe}},
		Entities:   []article.Entity{{Kind: article.Person, Name: zoe}},
		References: []article.Reference{{Span: zoe, Last: 1, Form: article.Description}},
	}
	var b bytes.Buffer
	if err := article.Encode(&b, a, n, true); err != nil {
		t.Fatal(err)
	}
	var want []string
	for f := range article.Contract().Fields() {
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		want = append(want, name)
	}
	var got []string
	d := json.NewDecoder(&b)
	if _, err := d.Token(); err != nil {
		t.Fatal(err)
	}
	for d.More() {
		name, err := d.Token()
		if err != nil {
			t.Fatal(err)
		}
		var value json.RawMessage
		if err := d.Decode(&value); err != nil {
			t.Fatal(err)
		}
		got = append(got, name.(string))
	}
	if !slices.Equal(got, want) {
		t.Errorf("got  %v\nwant %v", got, want)
	}
}

func TestEncodeFindings(t *testing.T) {
	body := "Zoë Ode said about 50 crews left on 3 May."
	a := &article.Article{Place: "a.txt", Text: body, Language: "en"}
	n := &article.Analysis{
		Layers:    article.All,
		Tokens:    []article.Token{{Span: at(t, body, "Zoë"), Tag: article.PROPN, XTag: "NNP", Lemma: "Zoë"}, {Span: at(t, body, "Ode"), Tag: article.PROPN}},
		Sentences: []article.Sentence{{Span: text.Span{Start: 0, End: len(body)}, Last: 2}},
		Arcs:      []article.Arc{{Head: -1, Rel: article.Root}, {Head: 0, Rel: article.Flat}},
		Mentions:  []article.Mention{{Span: at(t, body, "Zoë Ode"), Last: 2, Kind: article.Person, Entity: 0}},
		Entities:  []article.Entity{{Kind: article.Person, Name: at(t, body, "Zoë Ode")}},
		Moments:   []article.Moment{{Span: at(t, body, "3 May"), Date: article.Date{Time: time.Date(2025, 5, 3, 0, 0, 0, 0, time.UTC), Precision: article.Day}}},
		Figures: []article.Figure{{
			Span: at(t, body, "about 50 crews"), Value: 50, Low: 50, High: math.Inf(1), Unit: "crews", Norm: article.Quantity{Value: 50, Unit: "crew"},
			Modifier: article.About, Of: at(t, body, "crews"), Source: 0,
		}},
		Attributions: []article.Attribution{
			{Source: article.Source{Span: at(t, body, "Zoë Ode"), Name: "Zoë Ode", Entity: 0}, Cue: at(t, body, "said"), Content: []text.Span{at(t, body, "about 50 crews left")}, Kind: article.Indirect, Parent: -1},
			{Source: article.Source{Entity: -1}, Content: []text.Span{at(t, body, "left")}, Kind: article.Direct, Parent: 0},
		},
	}
	var got struct {
		Tokens []struct {
			Head *int
			Rel  string
		}
		Entities []struct {
			Start, End int
			Type, Name string
		}
		Moments      []struct{ Value, Precision string }
		Figures      []map[string]any
		Attributions []struct {
			Source, Cue *struct {
				Start, End int
				Name       string
			}
			Content []struct{ Start, End int }
			Parent  int
		}
	}
	if err := json.Unmarshal([]byte(encode(t, a, n)), &got); err != nil {
		t.Fatal(err)
	}
	if got.Tokens[0].Head == nil || *got.Tokens[0].Head != -1 || *got.Tokens[1].Head != 0 || got.Tokens[1].Rel != "flat" {
		t.Errorf("tokens %+v", got.Tokens)
	}
	if e := got.Entities[0]; e.Start != 0 || e.End != 7 || e.Type != "PER" || e.Name != "Zoë Ode" {
		t.Errorf("entity %+v", e)
	}
	if m := got.Moments[0]; m.Value != "2025-05-03" || m.Precision != "day" {
		t.Errorf("moment %+v", m)
	}
	f := got.Figures[0]
	if _, open := f["high"]; open {
		t.Errorf("figure %v: an unbounded end has a number", f)
	}
	if f["text"] != "about 50 crews" || f["value"] != 50.0 || f["low"] != 50.0 || f["unit"] != "crews" || f["modifier"] != "about" || f["of"] != "crews" || f["source"] != 0.0 {
		t.Errorf("figure %v", f)
	}
	first, second := got.Attributions[0], got.Attributions[1]
	if first.Source == nil || first.Source.Name != "Zoë Ode" || first.Source.End != 7 || first.Cue == nil || first.Cue.Start != 8 || first.Parent != -1 {
		t.Errorf("attribution %+v", first)
	}
	if second.Source != nil || second.Cue != nil || second.Parent != 0 || second.Content[0].End-second.Content[0].Start != 4 {
		t.Errorf("attribution %+v", second)
	}
}
