package collation

import (
	"cmp"
	"slices"
	"strings"

	"synoptic/article"
)

// timeline lists the dated sentences of points, earliest first. An event is one
// day of one point; where two points tell of the day in the same sentences they
// are one event. Its words are those of the earliest account; a headline and a
// caption only support.
func (c *Collation) timeline() []Event {
	var events []Event
	of := map[string][]int{} // events by their day
	for _, p := range c.Points {
		for _, x := range p.Passages {
			a := c.Accounts[x.account]
			kind := a.Paragraphs[a.ParagraphAt(x.span.Start)].Kind
			if kind != article.Body && kind != article.Summary {
				continue
			}
			moments := a.Analysis.Moments
			first, _ := slices.BinarySearchFunc(moments, x.span.Start, func(m article.Moment, at int) int { return cmp.Compare(m.Start, at) })
			for _, m := range moments[first:] {
				if m.Start >= x.span.End {
					break
				}
				if !x.span.Contains(m.Span) || m.Date.Precision < article.Day || roughly(m.Of(a.Text)) || signs(a.Text[x.span.Start:m.Start]) {
					continue
				}
				day := m.Date.String()
				at := slices.IndexFunc(of[day], func(e int) bool {
					return slices.ContainsFunc(events[e].Support, func(y Cite) bool {
						return y.account == x.account && y.span.Overlaps(x.span) || !x.Near && slices.ContainsFunc(p.Passages, func(z Passage) bool {
							return !z.Near && z.account == y.account && z.span.Overlaps(y.span)
						})
					})
				})
				if at < 0 {
					of[day] = append(of[day], len(events))
					events = append(events, Event{Date: m.Date, Text: x.Cite, Support: []Cite{x.Cite}})
					continue
				}
				e := &events[of[day][at]]
				if !slices.ContainsFunc(e.Support, func(y Cite) bool { return y.account == x.account && y.span.Overlaps(x.span) }) {
					e.Support = append(e.Support, x.Cite)
				}
			}
		}
	}
	for i := range events {
		slices.SortFunc(events[i].Support, compareCites)
		events[i].Text = events[i].Support[0]
	}
	slices.SortStableFunc(events, func(a, b Event) int { return a.Date.Compare(b.Date) })
	return events
}

// roughly reports whether words count back in weeks, months or years, which
// names no day ("two weeks ago").
func roughly(words string) bool {
	words = strings.ToLower(words)
	return strings.HasSuffix(words, " ago") && !strings.Contains(words, "day") && !strings.Contains(words, "hour")
}
