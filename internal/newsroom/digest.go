package newsroom

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"maps"
	"math"
	"slices"
	"time"

	"golang.org/x/sync/errgroup"

	"synoptic/collation"
	"synoptic/internal/store"
)

// Digest makes the digests of the stories that have changed, until none is
// left, and calls told after each with how many it has made. A story that
// changes meanwhile comes again; one whose digest cannot be made is told in the
// error, and the rest goes on.
func (n *Newsroom) Digest(ctx context.Context, told func(done int)) error {
	done := 0
	failed := map[string]error{}
	for {
		var stale []store.Story
		err := n.Store.View(ctx, func(r store.Reader) (err error) {
			stale, err = r.Undigested(ctx, batch+len(failed))
			return err
		})
		if err != nil {
			return err
		}
		stale = slices.DeleteFunc(stale, func(s store.Story) bool { return failed[s.ID] != nil })
		if len(stale) == 0 {
			var all []error
			for _, id := range slices.Sorted(maps.Keys(failed)) {
				all = append(all, failed[id])
			}
			return errors.Join(all...)
		}
		for _, s := range stale {
			if err := n.digest(ctx, s); err != nil {
				if ctx.Err() != nil {
					return err
				}
				failed[s.ID] = err
				continue
			}
			if done++; told != nil {
				told(done)
			}
		}
	}
}

// reanalyse looks again at the articles that this version of the engine has not
// looked at: what people said, figures and names are found anew, and stories
// are laid out from it. They stay in their stories.
func (n *Newsroom) reanalyse(ctx context.Context) error {
	for {
		var old []store.Kept
		err := n.Store.View(ctx, func(r store.Reader) (err error) {
			old, err = r.Unanalysed(ctx, n.Version, batch)
			return err
		})
		if err != nil || len(old) == 0 {
			return err
		}
		items := make([]*item, len(old))
		g, analysing := errgroup.WithContext(ctx)
		g.SetLimit(n.Jobs)
		for i, k := range old {
			g.Go(func() (err error) {
				items[i] = &item{article: k.Article}
				return n.analyse(analysing, items[i])
			})
		}
		if err := g.Wait(); err != nil {
			return err
		}
		err = n.Store.Update(ctx, func(w store.Writer) error {
			for i, k := range old {
				if err := w.PutFindings(ctx, k.ID, k.Version, items[i].analysis, items[i].sketch); err != nil {
					return within("article "+k.ID, err)
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
}

// digest makes one digest. A story that is gone needs none.
func (n *Newsroom) digest(ctx context.Context, s store.Story) error {
	laid, err := n.Collate(ctx, s.ID)
	if errors.Is(err, store.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	d := digestOf(laid)
	d.Made = n.Now().UTC()
	kept, err := json.Marshal(d)
	if err != nil {
		return err
	}
	err = n.Store.Update(ctx, func(w store.Writer) error {
		now, err := w.Story(ctx, laid.Story.ID)
		if err != nil || now.Revision != laid.Story.Revision {
			return err // it has changed meanwhile and will be asked for again
		}
		c := laid.Collation
		now.Title, now.Language = laid.Story.Title, laid.Story.Language
		now.Origins = len(c.Origins)
		now.Disputed, now.Differing = len(disputed(c)), len(differing(c))
		now.Digest, now.Digested = kept, now.Revision
		now.Rank = rank(now.Origins, now.Last)
		return w.PutStory(ctx, now)
	})
	if err == nil {
		n.Counts.Digests.Add(1)
		n.change.raise()
	}
	return within("story "+s.ID, err)
}

// halfLife is how much older a story may be that has twice the origins of
// another for the two to stand side by side in lists.
const halfLife = 12 * time.Hour

// support is how many origins a story is ranked by. Until they are counted it is
// as many as there can be: a story that is well supported should not stand behind
// all others for as long as its digest takes.
func support(s store.Story) int { return cmp.Or(s.Origins, s.Articles) }

// rank orders stories by independent support and freshness. It need not be
// counted anew as time goes by, since all stories age alike.
func rank(origins int, last time.Time) float64 {
	return math.Log2(1+float64(origins)) + float64(last.Unix())/halfLife.Seconds()
}

// mostLines is how many lines of a kind a digest holds, mostSteps how many
// steps of growth.
const (
	mostLines = 3
	mostSteps = 24
)

func digestOf(laid *Laid) Digest {
	c := laid.Collation
	d := Digest{}
	for i, a := range c.Accounts {
		d.Outlets = append(d.Outlets, cmp.Or(a.Outlet.Name, a.Outlet.Domain, laid.Articles[i].Place))
		d.Origins = append(d.Origins, a.Origin)
	}
	line := func(x collation.Cite, origins int) Line {
		return Line{Text: c.Words(x), Article: laid.Articles[x.Account()].ID, Origins: origins}
	}
	for _, p := range head(disputed(c)) {
		d.Disputed = append(d.Disputed, line(p.Text, p.Origins))
	}
	for _, f := range head(differing(c)) {
		l := line(f.Cells[0].Passage, 0)
		l.Text = f.Label
		for _, cell := range f.Cells {
			if words := c.Words(cell.Cite); !slices.Contains(l.Values, words) {
				l.Values = append(l.Values, words)
			}
		}
		d.Differing = append(d.Differing, l)
	}
	for _, h := range c.Highlights {
		d.Highlights = append(d.Highlights, line(h.Text, h.Origins))
	}
	d.Grew = growth(laid.Articles)
	return d
}

func head[T any](list []T) []T { return list[:min(len(list), mostLines)] }

func disputed(c *collation.Collation) []collation.Point {
	var out []collation.Point
	for _, p := range c.Points {
		if p.Status == collation.Disputed {
			out = append(out, p)
		}
	}
	return out
}

func differing(c *collation.Collation) []collation.Figure {
	var out []collation.Figure
	for _, f := range c.Figures {
		if f.Verdict == collation.Differ {
			out = append(out, f)
		}
	}
	return out
}

// growth tells how many accounts a story had when, thinned evenly to what a
// small drawing shows.
func growth(published []store.Kept) []Step {
	every := (len(published) + mostSteps - 1) / mostSteps
	var steps []Step
	for i, k := range published {
		if (len(published)-1-i)%every == 0 {
			steps = append(steps, Step{At: publishedOr(k).UTC().Format(time.RFC3339), Accounts: i + 1})
		}
	}
	return steps
}
