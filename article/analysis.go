package article

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"synoptic/text"
)

// Layers is a set of the parts of an Analysis.
type Layers uint16

// The layers, in the order in which passes can fill them.
const (
	Sentences Layers = 1 << iota
	Tokens
	Tags
	Lemmas
	Mentions // names of persons, groups and places
	Arcs     // the dependency parse
	Entities // which mentions are one
	Moments
	Figures
	Attributions
)

var layerNames = [...]string{
	"sentences", "tokens", "tags", "lemmas", "mentions", "arcs", "entities", "moments", "figures", "attributions",
}

// All is every layer.
const All Layers = 1<<len(layerNames) - 1

// Has reports whether every layer of o is in l.
func (l Layers) Has(o Layers) bool { return l&o == o }

// Names lists the layers of l by name, in order.
func (l Layers) Names() []string {
	var names []string
	for i, name := range layerNames {
		if l&(1<<i) != 0 {
			names = append(names, name)
		}
	}
	return names
}

// String lists the names with commas.
func (l Layers) String() string { return strings.Join(l.Names(), ", ") }

// Analysis is what the passes found in one article. Its slices are flat; they
// refer to the article's text by span and to each other by index. A layer that
// no pass filled is empty, and Layers tells it from one that held nothing.
type Analysis struct {
	Engine       string // version of the engine that made it
	Layers       Layers // which of the slices below are filled
	Sentences    []Sentence
	Tokens       []Token
	Arcs         []Arc // one a token
	Mentions     []Mention
	Entities     []Entity
	References   []Reference // what stands for an entity without naming it; filled with the entities
	Moments      []Moment
	Figures      []Figure
	Attributions []Attribution
}

// Sentence is one sentence, headline, bullet or caption. It never runs over a
// paragraph.
type Sentence struct {
	text.Span
	First, Last int // its tokens are Tokens[First:Last]
	Paragraph   int // index into the article's paragraphs
}

// Token is one syntactic word as Universal Dependencies cut them: "don't" is
// two, "do" and "n't".
type Token struct {
	text.Span
	Tag   Tag    // universal part of speech
	XTag  string // Penn Treebank tag, "" when not tagged
	Lemma string // dictionary form, "" when not known
}

// Arc ties a token to its head.
type Arc struct {
	Head int // index of a token of the same sentence; -1 for the root of the sentence
	Rel  Rel // universal relation, with its subtype where the language pack has it
}

// MentionKind is the kind of thing that a name names.
type MentionKind uint8

// The kinds of named things.
const (
	Person   MentionKind = iota + 1 // PER
	Group                           // ORG
	Location                        // LOC, also countries and cities
	People                          // NORP: nationalities, religious and political groups
	Event                           // EVENT
	Work                            // WORK: titles of books, films, laws
	Product                         // PRODUCT
)

var mentionKinds = [...]string{"", "PER", "ORG", "LOC", "NORP", "EVENT", "WORK", "PRODUCT"}

// String is the label as corpora write it: PER, ORG, LOC, NORP, …
func (k MentionKind) String() string { return mentionKinds[k] }

// ParseMentionKind is the kind that String writes as s, or 0.
func ParseMentionKind(s string) MentionKind {
	for i, name := range mentionKinds {
		if i > 0 && name == s {
			return MentionKind(i)
		}
	}
	return 0
}

// Mention is one place where a named thing is named.
type Mention struct {
	text.Span
	First, Last int // its tokens are Tokens[First:Last]
	Kind        MentionKind
	Entity      int // index into Entities, -1 when not known
}

// Entity is one person, group or place, through all its mentions and
// references.
type Entity struct {
	Kind MentionKind
	Name text.Span // its fullest name in this text; where it has none, its first description ("a harbour pilot")
}

// ReferenceForm is how a reference stands for its entity.
type ReferenceForm uint8

// The forms of references.
const (
	Pronoun     ReferenceForm = iota + 1 // "she", "their", "who"
	Description                          // "the envoy"; also a title, an apposition or a predicate: "a lawyer from Ilmar"
)

var referenceForms = [...]string{"", "pronoun", "description"}

// String is the form in lower case.
func (f ReferenceForm) String() string { return referenceForms[f] }

// Reference is one place where words stand for an entity without naming it.
// References are in order of place and may lie in each other ("[[its] chief]").
type Reference struct {
	text.Span
	First, Last int // its tokens are Tokens[First:Last]
	Form        ReferenceForm
	Entity      int // index into Entities
}

// Moment is words that name a date or time, with the date they stand for.
type Moment struct {
	text.Span
	Date Date // unknown where nothing anchors the words
}

// Modifier is how a figure's number is bounded or moved.
type Modifier string

// The modifiers.
const (
	Exact  Modifier = "exact"
	About  Modifier = "about"
	Over   Modifier = "over" // more than, at least
	Under  Modifier = "under"
	Nearly Modifier = "nearly"
	Up     Modifier = "up"
	Down   Modifier = "down"
)

// Factuality is whether what a figure counts has come about, as the account
// words it.
type Factuality string

// The factualities. A figure has none where there is no parse to tell by.
const (
	Stated   Factuality = "stated"   // as past or present
	Planned  Factuality = "planned"  // is to come, is meant, offered or promised
	Demanded Factuality = "demanded" // somebody wants it of another
	Possible Factuality = "possible" // may be, or would be on a condition
	Denied   Factuality = "denied"   // is not so, or somebody says that it is not
)

// Quantity is a number in a unit.
type Quantity struct {
	Value float64
	Unit  string // singular, lower case ("hostage", "day", "USD"); "" for a bare number
}

// Figure is a quantity that an account gives.
type Figure struct {
	text.Span             // the number with its modifier and unit
	Value      float64    // as written, in Unit ("two weeks": 2)
	Low, High  float64    // the range that is meant; both Value where it is one number
	Unit       string     // as written ("weeks")
	Norm       Quantity   // in a base unit ("day")
	Modifier   Modifier   //
	Of         text.Span  // what is counted; empty when not known
	Factuality Factuality // "" when not known
	AsOf       Date       // the day that the number stands for
	Source     int        // index into Attributions of who gives it, -1 when the account itself does
}

// Attribute sets who gives each figure: of the attributions that name a source
// who stands by the content, the one whose content is the shortest that holds
// the figure. Figures are in order of place.
func (n *Analysis) Attribute() {
	length := make([]int, len(n.Figures)) // of the content around each, 0 for none
	for i := range n.Figures {
		n.Figures[i].Source = -1
	}
	for t := range n.Attributions {
		if n.Attributions[t].Source.Empty() || !n.Attributions[t].gives() {
			continue
		}
		for _, content := range n.Attributions[t].Content {
			i, _ := slices.BinarySearchFunc(n.Figures, content.Start, func(f Figure, start int) int { return cmp.Compare(f.Start, start) })
			for ; i < len(n.Figures) && n.Figures[i].Start < content.End; i++ {
				if content.Contains(n.Figures[i].Span) && (length[i] == 0 || content.Len() < length[i]) {
					n.Figures[i].Source, length[i] = t, content.Len()
				}
			}
		}
	}
}

// gives reports whether the source gives what the content says, rather than
// taking it up: who rejects an offer does not give its sum.
func (t *Attribution) gives() bool {
	switch t.Class {
	case "denying", "opposing", "supporting", "asking":
		return false
	}
	return true
}

// AttributionKind is how a source's content is given.
type AttributionKind string

// The kinds of attribution.
const (
	Direct   AttributionKind = "direct"   // whole, in quotation marks
	Partial  AttributionKind = "partial"  // a quoted phrase in a sentence of the writer's
	Mixed    AttributionKind = "mixed"    // in marks and out of them
	Indirect AttributionKind = "indirect" // in the writer's words
)

// Attribution is words that an account gives as somebody's: a source, a cue and
// a content, as in the literature on attribution relations (Pareti 2015).
type Attribution struct {
	Source  Source
	Cue     text.Span   // "said"; empty where nothing but marks attributes
	Content []text.Span // in order; several where the content is interrupted
	Quoted  []text.Span // what of the content stands in quotation marks, without the marks, in order
	Kind    AttributionKind
	Class   string // class of the cue: assertive, hedging, accusing, …; "" when not known
	Parent  int    // index into Attributions of the one whose content holds this; -1 for none
}

// Source is who is said to have said, thought or wanted something.
type Source struct {
	text.Span        // the words that name it here ("he"); empty when it is not named
	Name      string // the fullest name known ("Steve Witkoff"); "" where it stays open
	Role      string // office or description, as the account words it
	Entity    int    // index into Entities, -1 when not tied to one
}

// Check says what is wrong with the analysis of a: a span that cannot be
// sliced, one out of order, an index out of range, arcs that run in a circle.
func (n *Analysis) Check(a *Article) error {
	end := 0
	for i, t := range n.Tokens {
		if err := t.Check(a.Text); err != nil {
			return fmt.Errorf("%s: token %d: %w", a.Place, i, err)
		}
		if t.Start < end || t.Empty() {
			return fmt.Errorf("%s: token %d: %v is empty or begins before the one above ends", a.Place, i, t.Span)
		}
		end = t.End
	}
	if err := n.checkSentences(a); err != nil {
		return err
	}
	if err := n.checkArcs(a); err != nil {
		return err
	}
	for i, m := range n.Mentions {
		if m.First < 0 || m.Last > len(n.Tokens) || m.First >= m.Last {
			return fmt.Errorf("%s: mention %d: tokens %d to %d of %d", a.Place, i, m.First, m.Last, len(n.Tokens))
		}
		if m.Start != n.Tokens[m.First].Start || m.End != n.Tokens[m.Last-1].End {
			return fmt.Errorf("%s: mention %d: %v is not where its tokens are", a.Place, i, m.Span)
		}
		if m.Entity < -1 || m.Entity >= len(n.Entities) {
			return fmt.Errorf("%s: mention %d: entity %d of %d", a.Place, i, m.Entity, len(n.Entities))
		}
	}
	if err := n.checkReferences(a); err != nil {
		return err
	}
	return n.checkFindings(a)
}

func (n *Analysis) checkReferences(a *Article) error {
	for i, r := range n.References {
		if r.First < 0 || r.Last > len(n.Tokens) || r.First >= r.Last {
			return fmt.Errorf("%s: reference %d: tokens %d to %d of %d", a.Place, i, r.First, r.Last, len(n.Tokens))
		}
		if r.Start != n.Tokens[r.First].Start || r.End != n.Tokens[r.Last-1].End {
			return fmt.Errorf("%s: reference %d: %v is not where its tokens are", a.Place, i, r.Span)
		}
		if r.Entity < 0 || r.Entity >= len(n.Entities) {
			return fmt.Errorf("%s: reference %d: entity %d of %d", a.Place, i, r.Entity, len(n.Entities))
		}
		if i > 0 && n.References[i-1].Compare(r.Span) > 0 {
			return fmt.Errorf("%s: reference %d: %v comes before the one above", a.Place, i, r.Span)
		}
	}
	return nil
}

func (n *Analysis) checkSentences(a *Article) error {
	last, end := 0, 0
	for i, s := range n.Sentences {
		if err := s.Check(a.Text); err != nil {
			return fmt.Errorf("%s: sentence %d: %w", a.Place, i, err)
		}
		if s.Start < end {
			return fmt.Errorf("%s: sentence %d: %v begins before the one above ends", a.Place, i, s.Span)
		}
		if s.First != last || s.Last < s.First || s.Last > len(n.Tokens) {
			return fmt.Errorf("%s: sentence %d: tokens %d to %d do not follow %d", a.Place, i, s.First, s.Last, last)
		}
		for _, t := range n.Tokens[s.First:s.Last] {
			if !s.Contains(t.Span) {
				return fmt.Errorf("%s: sentence %d: token %v lies outside of %v", a.Place, i, t.Span, s.Span)
			}
		}
		last, end = s.Last, s.End
	}
	if last != len(n.Tokens) && len(n.Sentences) > 0 {
		return fmt.Errorf("%s: %d tokens belong to no sentence", a.Place, len(n.Tokens)-last)
	}
	return nil
}

func (n *Analysis) checkArcs(a *Article) error {
	if len(n.Arcs) == 0 {
		return nil
	}
	if len(n.Arcs) != len(n.Tokens) {
		return fmt.Errorf("%s: %d arcs for %d tokens", a.Place, len(n.Arcs), len(n.Tokens))
	}
	for i, s := range n.Sentences {
		roots := 0
		for t := s.First; t < s.Last; t++ {
			head := n.Arcs[t].Head
			if head == -1 {
				roots++
				continue
			}
			if head < s.First || head >= s.Last || head == t {
				return fmt.Errorf("%s: sentence %d: token %d has head %d", a.Place, i, t, head)
			}
			for steps := 0; head != -1; steps++ {
				if steps > s.Last-s.First {
					return fmt.Errorf("%s: sentence %d: the arcs above token %d run in a circle", a.Place, i, t)
				}
				head = n.Arcs[head].Head
			}
		}
		if roots != 1 && s.Last > s.First {
			return fmt.Errorf("%s: sentence %d: %d roots", a.Place, i, roots)
		}
	}
	return nil
}

func (n *Analysis) checkFindings(a *Article) error {
	check := func(what string, i int, spans ...text.Span) error {
		for _, s := range spans {
			if err := s.Check(a.Text); err != nil {
				return fmt.Errorf("%s: %s %d: %w", a.Place, what, i, err)
			}
		}
		return nil
	}
	for i, e := range n.Entities {
		if err := check("entity", i, e.Name); err != nil {
			return err
		}
	}
	for i, m := range n.Moments {
		if err := check("moment", i, m.Span); err != nil {
			return err
		}
	}
	for i, f := range n.Figures {
		if err := check("figure", i, f.Span, f.Of); err != nil {
			return err
		}
		if f.Source < -1 || f.Source >= len(n.Attributions) {
			return fmt.Errorf("%s: figure %d: attribution %d of %d", a.Place, i, f.Source, len(n.Attributions))
		}
	}
	for i, t := range n.Attributions {
		if err := check("attribution", i, slices.Concat([]text.Span{t.Source.Span, t.Cue}, t.Content, t.Quoted)...); err != nil {
			return err
		}
		if len(t.Content) == 0 {
			return fmt.Errorf("%s: attribution %d: no content", a.Place, i)
		}
		for _, q := range t.Quoted {
			if !slices.ContainsFunc(t.Content, func(c text.Span) bool { return c.Contains(q) }) {
				return fmt.Errorf("%s: attribution %d: quoted %v lies outside of its content", a.Place, i, q)
			}
		}
		if t.Parent < -1 || t.Parent >= len(n.Attributions) || t.Parent == i {
			return fmt.Errorf("%s: attribution %d: parent %d", a.Place, i, t.Parent)
		}
		if t.Source.Entity < -1 || t.Source.Entity >= len(n.Entities) {
			return fmt.Errorf("%s: attribution %d: entity %d of %d", a.Place, i, t.Source.Entity, len(n.Entities))
		}
	}
	return nil
}
