package newsroom

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"path"
	"slices"

	"golang.org/x/sync/errgroup"

	"synoptic/article"
	"synoptic/collation"
	"synoptic/internal/gather"
	"synoptic/internal/page"
	"synoptic/internal/store"
	"synoptic/story"
)

// Add reads documents and addresses and keeps what they hold.
func (n *Newsroom) Add(ctx context.Context, in []Upload) (Added, error) {
	var all Added
	var joined []string
	err := n.run(ctx, n.uploads(ctx, in), func(_ []*item, added Added) error {
		all.Articles = append(all.Articles, added.Articles...)
		all.Problems = append(all.Problems, added.Problems...)
		joined = append(joined, added.Stories...)
		return nil
	})
	if err != nil {
		return all, err
	}
	// An article can make one story of two that those before it joined.
	for _, id := range joined {
		s, err := n.standing(ctx, id)
		if errors.Is(err, store.ErrNotFound) { // somebody has forgotten its articles meanwhile
			continue
		}
		if err != nil {
			return all, err
		}
		all.join(s.ID)
	}
	return all, nil
}

// AddExample keeps the example that comes with the program.
func (n *Newsroom) AddExample(ctx context.Context) (Added, error) {
	if n.Example == nil {
		return Added{}, errors.New("this program comes without an example")
	}
	var in []Upload
	err := fs.WalkDir(n.Example, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		body, err := fs.ReadFile(n.Example, name)
		in = append(in, Upload{Name: path.Base(name), Body: body})
		return err
	})
	if err != nil {
		return Added{}, err
	}
	return n.Add(ctx, in)
}

// Compare reads documents and addresses and lays those of one event side by
// side, with articles that are kept already, by their IDs: one collation a story,
// the largest first. Nothing is kept. An account that stands alone, or tells
// another event than the rest, is a problem. Few are at it at once, and others
// wait for as long as ctx lets them.
func (n *Newsroom) Compare(ctx context.Context, in []Upload, kept ...string) ([]*collation.Collation, []collation.Problem, error) {
	if err := n.comparing.Acquire(ctx, 1); err != nil {
		return nil, nil, err
	}
	defer n.comparing.Release(1)
	var items []*item
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(n.Jobs)
	for _, id := range slices.Compact(slices.Sorted(slices.Values(kept))) {
		it := &item{document: gather.Document{Place: "article " + id}}
		items = append(items, it)
		g.Go(func() error {
			it.article, it.analysis, it.err = n.recall(ctx, id)
			return nil
		})
	}
	for it := range n.uploads(ctx, in) {
		items = append(items, it)
		g.Go(func() error {
			// Not work, which looks at nothing that is kept already.
			if it.err == nil {
				it.article, it.err = read(it.document, page.Listing{}, false)
			}
			if it.err == nil {
				it.err = n.analyse(ctx, it)
			}
			return nil
		})
	}
	_ = g.Wait() // what goes wrong is kept in the items
	var articles []*article.Article
	var accounts []collation.Account
	var problems []collation.Problem
	for _, it := range items {
		if it.err != nil {
			problems = append(problems, collation.Problem{Place: it.document.Place, Err: it.err})
			continue
		}
		articles = append(articles, it.article)
		accounts = append(accounts, collation.Account{
			Article: it.article, Analysis: it.analysis, Missing: n.Pipeline.Missing(it.article.Language),
		})
	}
	var collations []*collation.Collation
	for _, s := range story.Group(articles, story.Picked) {
		if len(s.Articles) < 2 {
			why := errors.New("tells another event than the rest")
			if len(articles) == 1 {
				why = errors.New("stands alone: there is no other account to lay beside it")
			}
			problems = append(problems, collation.Problem{Place: articles[s.Articles[0]].Place, Err: why})
			continue
		}
		members := make([]collation.Account, len(s.Articles))
		for i, k := range s.Articles {
			members[i] = accounts[k]
		}
		collations = append(collations, collation.Collate(n.Version, members, nil))
	}
	slices.SortStableFunc(collations, func(a, b *collation.Collation) int {
		return cmp.Compare(len(b.Accounts), len(a.Accounts))
	})
	return collations, problems, nil
}

// recall is the newest version of an article that is kept, with what the engine
// found in it, for whoever may compare: without keys in its address.
func (n *Newsroom) recall(ctx context.Context, id string) (*article.Article, *article.Analysis, error) {
	var k store.Kept
	err := n.Store.View(ctx, func(r store.Reader) (err error) {
		k, err = store.Veiled(r).Article(ctx, id)
		return err
	})
	if errors.Is(err, store.ErrNotFound) {
		return nil, nil, errors.New("no such article is kept")
	}
	if err != nil {
		return nil, nil, err
	}
	found, err := n.Annotation(ctx, k)
	return k.Article, found, err
}

// uploads turns what somebody gave into items.
func (n *Newsroom) uploads(ctx context.Context, in []Upload) iter.Seq[*item] {
	return func(yield func(*item) bool) {
		for i, u := range in {
			for d, err := range n.read(ctx, u, i) {
				if !yield(&item{document: d, err: err, whole: true}) {
					return
				}
			}
		}
	}
}

func (n *Newsroom) read(ctx context.Context, u Upload, i int) iter.Seq2[gather.Document, error] {
	if u.Address != "" {
		return func(yield func(gather.Document, error) bool) {
			for d, err := range n.Gatherer.Read(ctx, u.Address) {
				if err = withoutPlace(err); !yield(d, err) {
					return
				}
			}
		}
	}
	name := cmp.Or(u.Name, fmt.Sprintf("text %d", i+1))
	return n.Gatherer.Given(ctx, gather.Document{Place: name, Body: u.Body, Read: n.Now()})
}

// withoutPlace is the reason alone of what a gatherer says, which names the
// place too.
func withoutPlace(err error) error {
	var at *gather.Error
	if errors.As(err, &at) {
		return at.Err
	}
	return err
}
