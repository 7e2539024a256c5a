package newsroom

import (
	"context"
	"slices"
	"time"

	"synoptic/internal/store"
	"synoptic/story"
)

// grouping is the state of the model that puts articles to stories, and the
// last event that it has taken in.
type grouping struct {
	*story.Grouper
	known int64
}

// catchUp makes the grouping stand for what the store holds: it is built anew
// when the newsroom has just been opened, when an update has failed, and when
// another process has changed something.
func (n *Newsroom) catchUp(ctx context.Context, r store.Reader) error {
	last, err := r.LastEvent(ctx)
	if err != nil {
		return err
	}
	if n.groups != nil && n.groups.known == last {
		return nil
	}
	g := new(story.Grouper)
	corrections, err := r.Corrections(ctx, "")
	if err != nil {
		return err
	}
	constrain(g, corrections)
	var after int64
	for {
		sketches, err := r.Sketches(ctx, after, 1000)
		if err != nil {
			return err
		}
		if len(sketches) == 0 {
			break
		}
		records := make([]story.Record, len(sketches))
		for i, s := range sketches {
			at := s.Published
			if at.IsZero() {
				at = s.Seen
			}
			records[i] = story.Record{ID: s.Article, Published: at, Story: s.Story}
			if err := records[i].Sketch.UnmarshalBinary(s.Data); err != nil {
				return within("article "+s.Article, err)
			}
			after = s.Sequence
		}
		g.Restore(records)
	}
	n.groups = &grouping{Grouper: g, known: last}
	return nil
}

// constrain tells the model what people have corrected. The newest comes first:
// where two contradict each other, it outranks the older.
func constrain(g *story.Grouper, corrections []store.Correction) {
	for _, c := range slices.Backward(corrections) {
		if !c.Undone.IsZero() || len(c.Articles) == 0 {
			continue
		}
		first := c.Articles[0]
		if c.Kind == store.Parted {
			for _, id := range c.Articles[1:] {
				_, _ = g.Must(first, id) // what contradicts a newer one is left out
			}
		}
		for _, beside := range c.Beside {
			if c.Kind != store.Merged {
				_, _ = g.Cannot(beside, first)
				continue
			}
			for _, id := range c.Articles {
				_, _ = g.Must(beside, id)
			}
		}
	}
}

// place puts a new article to its story and tells of it.
func (n *Newsroom) place(ctx context.Context, w store.Writer, g *grouping, k store.Kept, data []byte) (string, error) {
	var sketch story.Sketch
	if err := sketch.UnmarshalBinary(data); err != nil {
		return "", err
	}
	at := publishedOr(k)
	began := time.Now()
	a := g.Add(k.ID, sketch, at)
	n.Counts.Grouping.since(began)
	now := n.Now().UTC()
	e := store.Event{At: now, Kind: store.StoryGrown, Story: a.Story, Article: k.ID, Version: k.Version, Source: k.Source}
	s, err := w.Story(ctx, a.Story)
	there, err := found(err)
	if err != nil {
		return "", within("story "+a.Story, err)
	}
	if !there {
		e.Kind = store.StoryBegun
		s = store.Story{ID: a.Story, Title: k.Headline(), Language: k.Language, First: at, Last: at}
	}
	if err := w.Record(ctx, &e); err != nil {
		return "", err
	}
	s.Articles++
	if at.Before(s.First) {
		s.First = at
	}
	if at.After(s.Last) {
		s.Last = at
	}
	s.Revision, s.Rank = e.Number, rank(support(s), s.Last)
	if err := w.PutStory(ctx, s); err != nil {
		return "", err
	}
	if err := w.Join(ctx, store.Membership{Article: k.ID, Story: a.Story, Joined: now, Why: a.Why}); err != nil {
		return "", err
	}
	if err := n.rearrange(ctx, w, g, a); err != nil {
		return "", err
	}
	for _, other := range a.Linked {
		if err := w.PutLink(ctx, store.Link{From: a.Story, To: other}); err != nil {
			return "", err
		}
	}
	return a.Story, nil
}

// rearrange keeps what later evidence has changed about articles that had their
// stories already. Those that have left the grouper's window stay where they
// are, unless their whole story went into another.
func (n *Newsroom) rearrange(ctx context.Context, w store.Writer, g *grouping, a story.Assignment) error {
	merged := map[string]bool{}
	var touched []string
	touch := func(c story.Change) {
		if !slices.Contains(touched, c.From) {
			touched = append(touched, c.From)
		}
	}
	for _, c := range a.Merged {
		merged[c.From] = true
		touch(c)
	}
	for _, c := range a.Moved {
		touch(c)
	}
	for _, from := range touched {
		members, err := w.Members(ctx, from)
		if err != nil {
			return err
		}
		var order []string
		moved := map[string][]string{}
		for _, m := range members {
			to := g.Story(m.Article)
			if to == "" && merged[from] {
				to = g.Resolve(from)
			}
			if to == "" || to == from {
				continue
			}
			if moved[to] == nil {
				order = append(order, to)
			}
			moved[to] = append(moved[to], m.Article)
		}
		for _, to := range order {
			how := move{event: store.StoryParted, why: "later accounts"}
			if merged[from] {
				how.event = store.StoryMerged
			}
			if err := n.moveTo(ctx, w, from, to, moved[to], how); err != nil {
				return err
			}
		}
	}
	return nil
}
