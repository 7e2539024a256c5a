package newsroom

import (
	"context"
	"iter"
	"time"

	"golang.org/x/sync/errgroup"
)

// patience is how long an article that has been analysed waits for others to be
// kept with it.
const patience = 250 * time.Millisecond

// run takes items through the newsroom: they are analysed by several workers
// and kept in their order by one. What is under way is bounded: whoever gives
// the items waits when the workers or the store are behind. It calls told after
// each batch is kept, and ends with the items, with ctx, or when the store
// fails; what was kept by then stays kept.
func (n *Newsroom) run(ctx context.Context, items iter.Seq[*item], told func([]*item, Added) error) error {
	g, ctx := errgroup.WithContext(ctx)
	queue := make(chan chan *item, 4*n.Jobs)
	g.Go(func() error {
		defer close(queue)
		workers := make(chan struct{}, n.Jobs)
		for it := range items {
			done := make(chan *item, 1)
			select {
			case queue <- done:
			case <-ctx.Done():
				return ctx.Err()
			}
			workers <- struct{}{}
			g.Go(func() error {
				n.work(ctx, it)
				done <- it
				<-workers
				return nil
			})
		}
		return nil
	})
	g.Go(func() error {
		for {
			items, more := collect(ctx, queue)
			if err := ctx.Err(); err != nil {
				return err
			}
			if len(items) > 0 {
				added, err := n.commit(ctx, items)
				if err != nil {
					return err
				}
				if err := told(items, added); err != nil {
					return err
				}
			}
			if !more {
				return nil
			}
		}
	})
	return g.Wait()
}

// collect takes the next items from the queue, in order: a whole batch, or
// those that are there when none has come for a while.
func collect(ctx context.Context, queue <-chan chan *item) (items []*item, more bool) {
	timer := time.NewTimer(patience)
	defer timer.Stop()
	for len(items) < batch {
		var late <-chan time.Time
		if len(items) > 0 {
			timer.Reset(patience)
			late = timer.C
		}
		select {
		case done, ok := <-queue:
			if !ok {
				return items, false
			}
			items = append(items, <-done) // a worker always gives it back
		case <-late:
			return items, true
		case <-ctx.Done():
			return nil, false
		}
	}
	return items, true
}
