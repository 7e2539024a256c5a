package web

import (
	"context"
	"sync"
	"time"

	"synoptic/internal/store"
)

// journal knows the number of the newest event, so that a page that is held
// can be known to be fresh without asking the store.
type journal struct {
	engine Engine

	mu       sync.Mutex
	newest   int64
	changed  chan struct{} // closed when newest has changed
	watching bool
}

// pace is the least time between two looks at the journal: an import makes many
// events a second, and no page is made again for each.
const pace = 250 * time.Millisecond

// watch keeps the journal up to date until ctx ends.
func (j *journal) watch(ctx context.Context) error {
	if err := j.catchUp(ctx); err != nil {
		return quiet(ctx, err)
	}
	j.mu.Lock()
	j.watching = true
	at := j.newest
	j.mu.Unlock()
	defer func() {
		j.mu.Lock()
		j.watching = false
		j.mu.Unlock()
	}()
	for {
		newest, err := j.engine.Wait(ctx, at)
		if err != nil {
			return quiet(ctx, err)
		}
		if ctx.Err() != nil {
			return nil
		}
		at = max(at, newest)
		j.set(at)
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(pace):
		}
	}
}

// quiet is err unless ctx has ended, which is no mistake.
func quiet(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return nil
	}
	return err
}

func (j *journal) set(newest int64) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if newest > j.newest {
		j.newest = newest
		close(j.changed)
		j.changed = make(chan struct{})
	}
}

// catchUp asks the store: whoever has changed something sees it at once.
func (j *journal) catchUp(ctx context.Context) error {
	return j.engine.View(ctx, func(r store.Reader) error {
		newest, err := r.LastEvent(ctx)
		if err == nil {
			j.set(newest)
		}
		return err
	})
}

// last is the number of the newest event that pages show, and a channel that
// is closed when there is a newer one.
func (j *journal) last(ctx context.Context) (int64, <-chan struct{}, error) {
	j.mu.Lock()
	watching := j.watching
	j.mu.Unlock()
	if !watching {
		if err := j.catchUp(ctx); err != nil {
			return 0, nil, err
		}
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.newest, j.changed, nil
}
