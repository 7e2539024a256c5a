package newsroom

import (
	"cmp"
	"container/list"
	"context"
	"errors"
	"slices"
	"sync"

	"golang.org/x/sync/errgroup"

	"synoptic/article"
	"synoptic/collation"
	"synoptic/internal/store"
)

// shelfSize is how many collations are kept at hand. One of ten accounts takes
// a few megabytes.
const shelfSize = 64

// shelf keeps the collations that were asked for last, and lets those who ask
// for the same one at the same time wait for one making of it.
type shelf struct {
	mu    sync.Mutex
	order *list.List // of *laying, newest first
	by    map[edition]*list.Element
}

// edition is a story as of one revision.
type edition struct {
	story    string
	revision int64
}

type laying struct {
	edition
	once sync.Once
	laid *Laid
	err  error
}

func newShelf() shelf {
	return shelf{order: list.New(), by: map[edition]*list.Element{}}
}

func (s *shelf) clear() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.order.Init()
	clear(s.by)
}

func (s *shelf) get(e edition) *laying {
	s.mu.Lock()
	defer s.mu.Unlock()
	if at, ok := s.by[e]; ok {
		s.order.MoveToFront(at)
		return at.Value.(*laying)
	}
	l := &laying{edition: e}
	s.by[e] = s.order.PushFront(l)
	if s.order.Len() > shelfSize {
		s.drop(s.order.Back())
	}
	return l
}

// forget takes a laying that failed away, so that the next one tries again.
func (s *shelf) forget(l *laying) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if at, ok := s.by[l.edition]; ok && at.Value == l {
		s.drop(at)
	}
}

func (s *shelf) drop(at *list.Element) {
	delete(s.by, at.Value.(*laying).edition)
	s.order.Remove(at)
}

// mostMerges is how often a story can have become a part of another in turn;
// more is a circle, which the store should not hold.
const mostMerges = 100

// Collate lays the articles of a story side by side as they stand. The result
// is shared and must not be changed. It is store.ErrNotFound for a story that
// is not there; one that has become part of another gives the other's.
func (n *Newsroom) Collate(ctx context.Context, id string) (*Laid, error) {
	s, err := n.standing(ctx, id)
	if err != nil {
		return nil, err
	}
	l := n.laid.get(edition{s.ID, s.Revision})
	l.once.Do(func() {
		// Others may be waiting for it who have not been cancelled.
		l.laid, l.err = n.lay(context.WithoutCancel(ctx), s)
	})
	if l.err != nil {
		n.laid.forget(l)
		return nil, l.err
	}
	return l.laid, nil
}

// standing is the story with the id, or the one that it has become part of.
func (n *Newsroom) standing(ctx context.Context, id string) (store.Story, error) {
	var s store.Story
	err := n.Store.View(ctx, func(r store.Reader) (err error) {
		for range mostMerges {
			if s, err = r.Story(ctx, id); err != nil || s.Into == "" {
				return err
			}
			id = s.Into
		}
		return errors.New("the story has become part of itself")
	})
	return s, within("story "+id, err)
}

// lay makes the collation of a story as the store has it.
func (n *Newsroom) lay(ctx context.Context, s store.Story) (*Laid, error) {
	var kept []store.Kept
	var found []*article.Analysis
	err := n.Store.View(ctx, func(r store.Reader) error {
		kept, found = nil, nil
		members, err := r.Members(ctx, s.ID)
		if err != nil {
			return err
		}
		for _, m := range members {
			k, err := r.Article(ctx, m.Article)
			if err != nil {
				return err
			}
			a, err := r.Analysis(ctx, k.ID, k.Version, n.Version)
			if err != nil && !errors.Is(err, store.ErrNotFound) {
				return err
			}
			kept, found = append(kept, k), append(found, a)
		}
		return nil
	})
	if err != nil {
		return nil, within("story "+s.ID, err)
	}
	if len(kept) == 0 {
		return nil, within("story "+s.ID, store.ErrNotFound)
	}
	accounts := make([]collation.Account, len(kept))
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(n.Jobs)
	for i, k := range kept {
		g.Go(func() (err error) {
			if found[i] == nil { // an earlier version of the engine looked at it
				if found[i], err = n.Pipeline.Run(ctx, k.Article); err != nil {
					return err
				}
			}
			accounts[i] = collation.Account{Article: k.Article, Analysis: found[i], Missing: n.Pipeline.Missing(k.Language)}
			return nil
		})
	}
	if err := g.Wait(); err != nil {
		return nil, within("story "+s.ID, err)
	}
	c := collation.Collate(n.Version, accounts, nil)
	// The store learns of them when the digest is made from this.
	s.Title, s.Language = cmp.Or(c.Words(c.Title), s.Title), c.Language
	return &Laid{Story: s, Collation: c, Articles: inOrder(kept, c)}, nil
}

// Veiled is l for who may only read; see [store.Veiled].
func (l *Laid) Veiled() *Laid {
	c, articles := *l.Collation, slices.Clone(l.Articles)
	c.Accounts = slices.Clone(c.Accounts)
	same := true
	for i, k := range articles {
		articles[i] = k.Veiled()
		same = same && articles[i].Article == k.Article
		c.Accounts[i].Article = articles[i].Article
	}
	if same {
		return l
	}
	return &Laid{Story: l.Story, Collation: &c, Articles: articles}
}

// inOrder is the articles in the order of a collation's accounts.
func inOrder(kept []store.Kept, c *collation.Collation) []store.Kept {
	at := make(map[*article.Article]int, len(c.Accounts))
	for i, a := range c.Accounts {
		at[a.Article] = i
	}
	sorted := slices.Clone(kept)
	slices.SortFunc(sorted, func(a, b store.Kept) int { return cmp.Compare(at[a.Article], at[b.Article]) })
	return sorted
}

// Annotation is what the engine found in one version of an article.
func (n *Newsroom) Annotation(ctx context.Context, k store.Kept) (*article.Analysis, error) {
	var found *article.Analysis
	err := n.Store.View(ctx, func(r store.Reader) (err error) {
		found, err = r.Analysis(ctx, k.ID, k.Version, n.Version)
		return err
	})
	if errors.Is(err, store.ErrNotFound) {
		return n.Pipeline.Run(ctx, k.Article)
	}
	return found, err
}
