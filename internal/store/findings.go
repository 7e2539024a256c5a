package store

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"synoptic/article"
	"synoptic/text"
)

// Findings is what the search for words of people, figures and names needs of
// an analysis. Of each entry only what lies in the article itself is filled,
// not where the article comes from.
type Findings struct {
	Utterances []Said // in order of attribution
	Quantities []Found
	Names      []Named // each once, by place
}

// Said is an utterance with what its speaker is looked up by.
type Said struct {
	Utterance
	Key string // see NameKey; "" where it stays open who speaks
}

// Found is a quantity with the places of its words.
type Found struct {
	Quantity
	OfAt   text.Span // empty when it is not known
	Around text.Span // the sentence
}

// Named is a person, group or place that an article names. Who speaks as a
// description alone ("three sailors") is none: it stands with its utterances.
type Named struct {
	Key        string // see NameKey
	Name       string
	Kind       article.MentionKind
	Utterances int
}

// indexed are the kinds of what names are kept of.
var indexed = [...]article.MentionKind{article.Person, article.Group, article.Location}

// gapWithin is how many bytes may lie between two parts of a content for them
// to be shown in one, with what interrupts them ("…," she said, "…").
const gapWithin = 120

// FindingsOf draws the findings out of an analysis of a.
func FindingsOf(a *article.Article, n *article.Analysis) Findings {
	var f Findings
	names := make(map[string]int)
	note := func(kind article.MentionKind, name string) {
		if !slices.Contains(indexed[:], kind) {
			return
		}
		shown := properName(kind, name)
		key := Folded(shown)
		if key == "" {
			return
		}
		if _, ok := names[kind.String()+key]; !ok {
			names[kind.String()+key] = len(f.Names)
			f.Names = append(f.Names, Named{Key: key, Name: shown, Kind: kind})
		}
	}
	// speaker is the name of a source, nil where it has none: who is tied to an
	// entity has one, and who is called what the article names.
	speaker := func(s *article.Source) *Named {
		kinds, name := indexed[:], s.Name
		if s.Entity >= 0 {
			kinds, name = []article.MentionKind{n.Entities[s.Entity].Kind}, ownName(a, n, s)
			note(kinds[0], name)
		}
		for _, kind := range kinds {
			if at, ok := names[kind.String()+NameKey(kind, name)]; ok {
				return &f.Names[at]
			}
		}
		return nil
	}
	for _, m := range n.Mentions {
		if m.Entity >= 0 {
			e := n.Entities[m.Entity]
			note(e.Kind, e.Name.Of(a.Text))
		} else {
			note(m.Kind, m.Of(a.Text))
		}
	}
	for i := range n.Attributions {
		t := &n.Attributions[i]
		said := parts(a, t.Content)
		key := NameKey(article.Person, t.Source.Name)
		if who := speaker(&t.Source); who != nil {
			key = who.Key
			who.Utterances += len(said)
		}
		for _, s := range said {
			f.Utterances = append(f.Utterances, Said{
				Utterance: Utterance{
					Speaker: t.Source.Name, Role: t.Source.Role, Kind: t.Kind, Start: s.Start, End: s.End, Text: s.Of(a.Text),
				},
				Key: key,
			})
		}
	}
	sentence := 0
	for i := range n.Figures {
		g := &n.Figures[i]
		q := g.Norm
		if q == (article.Quantity{}) {
			q = article.Quantity{Value: g.Value, Unit: g.Unit}
		}
		if math.IsNaN(q.Value) || math.IsInf(q.Value, 0) {
			continue
		}
		for sentence > 0 && n.Sentences[sentence].Start > g.Start {
			sentence--
		}
		for sentence+1 < len(n.Sentences) && n.Sentences[sentence+1].Start <= g.Start {
			sentence++
		}
		passage := g.Span
		if sentence < len(n.Sentences) && n.Sentences[sentence].Contains(g.Span) {
			passage = n.Sentences[sentence].Span
		}
		f.Quantities = append(f.Quantities, Found{
			Quantity: Quantity{
				Start: g.Start, End: g.End, Text: g.Span.Of(a.Text), Value: q.Value, Unit: q.Unit,
				Of: g.Of.Of(a.Text), Passage: passage.Of(a.Text),
			},
			OfAt: g.Of, Around: passage,
		})
	}
	return f
}

// ownName is the name of a source that is tied to an entity, without words that
// describe it: "Blue House" of "the presidential Blue House".
func ownName(a *article.Article, n *article.Analysis, s *article.Source) string {
	e := &n.Entities[s.Entity]
	if e.Kind == article.Person {
		return s.Name
	}
	name := e.Name
	from, _ := slices.BinarySearchFunc(n.Mentions, s.Start, func(m article.Mention, at int) int { return cmp.Compare(m.Start, at) })
	for i := from; i < len(n.Mentions) && n.Mentions[i].End <= s.End; i++ {
		if n.Mentions[i].Entity == s.Entity {
			name = n.Mentions[i].Span
		}
	}
	return name.Of(a.Text)
}

// properName is a name without what stands around it ("Sen. Ana Prado's").
func properName(kind article.MentionKind, name string) string {
	n := article.NewName(kind, name)
	if start, end := n.Bounds(); start < end {
		name = name[start:end]
	}
	return strings.Join(strings.Fields(name), " ")
}

// parts joins the parts of a content that stand in one paragraph with little
// between them.
func parts(a *article.Article, content []text.Span) []text.Span {
	var out []text.Span
	for _, s := range content {
		if s.Empty() {
			continue
		}
		if k := len(out) - 1; k >= 0 && s.Start >= out[k].End && s.Start-out[k].End <= gapWithin &&
			!strings.ContainsRune(a.Text[out[k].End:s.Start], '\n') {
			out[k].End = s.End
			continue
		}
		out = append(out, s)
	}
	return out
}
