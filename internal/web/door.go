package web

import (
	"context"
	"net/http"
	"reflect"
	"sync"
	"time"

	"synoptic/internal/store"
)

// door knows who may come in. What is kept of it another process may change at
// any time: whoever shows a secret is held against what is kept at that moment,
// so that a token that is taken back opens nothing any more; who shows none,
// against what was kept a moment ago.
type door struct {
	engine   Engine
	password string // in place of the one that is kept; "" for that one

	mu      sync.Mutex
	now     Access
	seen    time.Time     // when now was kept; zero before it has been read
	changed chan struct{} // closed when now has changed
}

// aMoment is how old what a visitor without a secret is held against may be.
const aMoment = time.Second

// access is who may come in: as of now where it must be fresh, else as of a
// moment ago at most.
func (d *door) access(ctx context.Context, fresh bool) (Access, error) {
	d.mu.Lock()
	a, age := d.now, time.Since(d.seen)
	d.mu.Unlock()
	if !fresh && age < aMoment {
		return a, nil
	}
	return d.look(ctx)
}

// look reads who may come in.
func (d *door) look(ctx context.Context) (a Access, err error) {
	seen := time.Now()
	err = d.engine.View(ctx, func(r store.Reader) (err error) {
		a, err = ReadAccess(ctx, r)
		return err
	})
	if err != nil {
		return Access{}, err
	}
	if d.password != "" {
		a.Password = d.password
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if seen.Before(d.seen) {
		return a, nil // somebody has looked later meanwhile
	}
	if d.seen = seen; !reflect.DeepEqual(a, d.now) {
		d.now = a
		close(d.changed)
		d.changed = make(chan struct{})
	}
	return a, nil
}

// last is who might come in when somebody looked last.
func (d *door) last() Access {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.now
}

// changes is closed once somebody has seen that others may come in than now.
func (d *door) changes() <-chan struct{} {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.changed
}

// watch looks every moment until ctx ends, for those who were let in and stay:
// whileLetIn.
func (d *door) watch(ctx context.Context) error {
	tick := time.NewTicker(aMoment)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
			_, _ = d.look(ctx) // tried again in a moment; who comes meanwhile is told
		}
	}
}

// whileLetIn is r with a context that ends when its visitor may no longer do
// what is needed: a stream must not outlast the token that opened it.
func (s *Server) whileLetIn(r *http.Request, n need) (*http.Request, context.CancelFunc) {
	ctx, cancel := context.WithCancel(r.Context())
	changed := visitorOf(ctx).changed
	r = r.WithContext(ctx)
	go func() {
		for {
			select {
			case <-ctx.Done():
				return
			case <-changed:
			}
			v, err := s.visitor(r, n)
			if err != nil {
				cancel()
				return
			}
			changed = v.changed
		}
	}()
	return r, cancel
}
