package web

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"

	"synoptic/article"
	"synoptic/text"
)

// layer is one kind of findings that can be shown upon an article's text.
type layer struct {
	id, label string
	marks     []layerMark // in order of place
	entries   []layerEntry
}

// layerMark is words of the text that a finding stands on.
type layerMark struct {
	text.Span
	note string // what was found
}

// layerEntry is a finding in the list beside the text.
type layerEntry struct {
	label  string
	detail string
	href   string // "" for none
	count  int    // of its marks
}

// layersOf is what can be shown upon a: who speaks, figures, names, moments.
// Those of which nothing was found are left out.
func layersOf(a *article.Article, n *article.Analysis) []layer {
	if n == nil {
		return nil
	}
	all := []layer{speech(a, n), figures(a, n), names(a, n), moments(a, n)}
	return slices.DeleteFunc(all, func(l layer) bool { return len(l.marks) == 0 })
}

func speech(a *article.Article, n *article.Analysis) layer {
	l := layer{id: "speech", label: "Who speaks"}
	for _, t := range n.Attributions {
		who := cmp.Or(t.Source.Name, t.Source.Role, t.Source.Of(a.Text))
		href := ""
		if t.Source.Name != "" {
			href = personAddress(t.Source.Name)
		}
		if who == "" {
			who = "not known"
		}
		for _, span := range t.Content {
			l.marks = append(l.marks, layerMark{span, who + ", " + string(t.Kind)})
		}
		l.add(who, t.Source.Role, href)
	}
	l.sort()
	return l
}

func figures(a *article.Article, n *article.Analysis) layer {
	l := layer{id: "figures", label: "Figures"}
	for _, f := range n.Figures {
		note := valueOf(f)
		if of := f.Of.Of(a.Text); of != "" && !f.Span.Contains(f.Of) {
			note += ", " + of
		}
		l.marks = append(l.marks, layerMark{f.Span, note})
		l.add(f.Span.Of(a.Text), note, "")
	}
	l.sort()
	return l
}

// valueOf is a figure in its base unit.
func valueOf(f article.Figure) string {
	value := strconv.FormatFloat(math.Round(f.Norm.Value*100)/100, 'f', -1, 64)
	if f.Norm.Unit != "" {
		value += " " + f.Norm.Unit
	}
	if f.Modifier != "" && f.Modifier != article.Exact {
		value = string(f.Modifier) + " " + value
	}
	return value
}

var nameKinds = map[article.MentionKind]string{
	article.Person: "person", article.Group: "group", article.Location: "place", article.People: "people",
	article.Event: "event", article.Work: "work", article.Product: "product",
}

func names(a *article.Article, n *article.Analysis) layer {
	l := layer{id: "names", label: "Names"}
	for _, m := range n.Mentions {
		name := m.Span.Of(a.Text)
		if m.Entity >= 0 {
			name = n.Entities[m.Entity].Name.Of(a.Text)
		}
		l.marks = append(l.marks, layerMark{m.Span, name + ", " + nameKinds[m.Kind]})
		href := ""
		if m.Kind == article.Person || m.Kind == article.Group || m.Kind == article.Location {
			href = personAddress(name)
		}
		l.add(name, nameKinds[m.Kind], href)
	}
	l.sort()
	return l
}

func moments(a *article.Article, n *article.Analysis) layer {
	l := layer{id: "moments", label: "Moments"}
	for _, m := range n.Moments {
		note := cmp.Or(dated(m.Date), "day not known")
		l.marks = append(l.marks, layerMark{m.Span, note})
		l.add(m.Span.Of(a.Text), note, "")
	}
	l.sort()
	return l
}

// add notes a finding in the list, once however often it is there.
func (l *layer) add(label, detail, href string) {
	for i, e := range l.entries {
		if e.label == label && (e.href != "" || e.detail == detail) {
			l.entries[i].count++
			l.entries[i].detail = cmp.Or(e.detail, detail)
			return
		}
	}
	l.entries = append(l.entries, layerEntry{label, detail, href, 1})
}

func (l *layer) sort() {
	slices.SortStableFunc(l.marks, func(a, b layerMark) int { return a.Span.Compare(b.Span) })
}

// stretch is words that the same findings stand on.
type stretch struct {
	words string
	class string // of the layers, with blanks; "" for none
	notes string
}

// stretches cuts a span of body wherever a mark of a layer begins or ends.
func stretches(body string, within text.Span, layers []layer) []stretch {
	cuts := []int{within.Start, within.End}
	type open struct {
		layerMark
		class string
	}
	var marks []open
	for _, l := range layers {
		for _, m := range l.marks {
			if m.Span = m.Intersect(within); !m.Empty() {
				marks = append(marks, open{m, "l-" + l.id})
				cuts = append(cuts, m.Start, m.End)
			}
		}
	}
	slices.Sort(cuts)
	cuts = slices.Compact(cuts)
	var list []stretch
	for i := 0; i+1 < len(cuts); i++ {
		x := stretch{words: body[cuts[i]:cuts[i+1]]}
		var classes, notes []string
		for _, m := range marks {
			if m.Start <= cuts[i] && m.End >= cuts[i+1] {
				if !slices.Contains(classes, m.class) {
					classes = append(classes, m.class)
				}
				notes = append(notes, m.note)
			}
		}
		x.class, x.notes = strings.Join(classes, " "), strings.Join(notes, " · ")
		list = append(list, x)
	}
	return list
}

// layerEntries is how many of a list are shown at once.
const layerEntries = 10
