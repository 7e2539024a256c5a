package newsroom

import (
	"context"
	"encoding/json"
	"errors"
	"iter"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"synoptic/internal/gather/schedule"
	"synoptic/internal/store"
)

// fetches is how many sources and pages are asked for at once. The gatherer
// asks a host for one thing at a time, so most of them wait.
const fetches = 32

// Gathered is what came of a pass over the sources.
type Gathered struct {
	Sources  int // asked
	Failed   int // of those, did not answer well
	Added    int // articles that are new
	Changed  int // articles with a new version
	Problems int // pages that could not be read
}

// Gather asks every source that is due, once, and reads the pages that they
// lead to. Pages that fail are tried again in later passes.
func (n *Newsroom) Gather(ctx context.Context) (Gathered, error) {
	var sum Gathered
	var err error
	if sum.Sources, sum.Failed, err = n.visitAll(ctx); err != nil {
		return sum, err
	}
	err = n.run(ctx, n.pages(ctx), func(_ []*item, added Added) error {
		for _, put := range added.Articles {
			switch {
			case put.New:
				sum.Added++
			case put.Changed:
				sum.Changed++
			}
		}
		sum.Problems += len(added.Problems)
		return nil
	})
	return sum, err
}

// visitAll asks the sources that are due.
func (n *Newsroom) visitAll(ctx context.Context) (asked, failed int, err error) {
	var due []store.Source
	err = n.Store.View(ctx, func(r store.Reader) (err error) {
		due, err = r.DueSources(ctx, n.Now().UTC(), 1000)
		return err
	})
	if err != nil {
		return 0, 0, err
	}
	var mu sync.Mutex
	g, within := errgroup.WithContext(ctx)
	g.SetLimit(fetches)
	for _, s := range due {
		g.Go(func() error {
			well, err := n.visit(within, s)
			if err != nil {
				return err
			}
			mu.Lock()
			defer mu.Unlock()
			if asked++; !well {
				failed++
			}
			return nil
		})
	}
	err = g.Wait()
	return asked, failed, err
}

// pages reads the pages whose jobs are due now, several at once, and gives them
// as they come.
func (n *Newsroom) pages(ctx context.Context) iter.Seq[*item] {
	return func(yield func(*item) bool) {
		ctx, cancel := context.WithCancel(ctx)
		defer cancel()
		var jobs []store.Job
		err := n.Store.View(ctx, func(r store.Reader) (err error) {
			jobs, err = r.DueJobs(ctx, pageJobs, n.Now().UTC(), 4096)
			return err
		})
		if err != nil {
			if ctx.Err() == nil {
				n.Log.Error("jobs cannot be read", "error", err)
			}
			return
		}
		read := make(chan *item)
		var fetching errgroup.Group
		fetching.SetLimit(fetches + 1)
		fetching.Go(func() error {
			for _, j := range jobs {
				if ctx.Err() != nil {
					break
				}
				fetching.Go(func() error {
					it := n.page(ctx, j)
					select {
					case read <- it:
					case <-ctx.Done():
					}
					return nil
				})
			}
			return nil
		})
		go func() {
			_ = fetching.Wait()
			close(read)
		}()
		for it := range read {
			if !yield(it) {
				cancel()
				for range read { // until those that fetch have ended
				}
				return
			}
		}
	}
}

// retries is how long to wait after each failure to read a page, and rereads
// when to look at one again for what its outlet has changed without telling.
var (
	retries = []time.Duration{10 * time.Minute, time.Hour, 6 * time.Hour}
	rereads = []time.Duration{time.Hour, 12 * time.Hour, 72 * time.Hour}
)

// page does a page job as far as reading: it gives the page, or the entry that
// stands for it, or why there is neither, with the job that comes after it.
func (n *Newsroom) page(ctx context.Context, j store.Job) *item {
	it := &item{job: j.ID, whole: true}
	var t task
	if err := json.Unmarshal(j.Payload, &t); err != nil {
		it.document.Place, it.err = j.Key, err
		return it
	}
	it.source, it.document.Place = t.Source, t.Address
	it.entry = t.Entry
	it.first = t.Again == 0 // a page that was had once and is gone now keeps what it said
	if t.Address == "" {
		it.document.Place = t.Source
		it.err = errors.New("the entry leads to no page")
		return it
	}
	f, err := n.Gatherer.Fetch(ctx, t.Address, t.Gather)
	n.Counts.fetched(err)
	now := n.Now().UTC()
	switch answer := answerOf(f, err); answer {
	case schedule.Fresh, schedule.Same:
		it.document, it.same = f.Document, f.NotModified
		if t.Again < len(rereads) {
			due := now.Add(rereads[t.Again])
			t.Again++
			t.Gather = f.Validators
			next := pageJob(t, due)
			it.next = &next
		}
	case schedule.Busy, schedule.Failed:
		it.err = withoutPlace(err)
		if j.Tries < len(retries) {
			next := j
			next.ID, next.Tries, next.Problem = 0, j.Tries+1, it.err.Error()
			next.Due = now.Add(max(retries[j.Tries], f.Wait))
			it.next, it.later = &next, true
		}
	case schedule.Refused, schedule.Gone:
		it.err = withoutPlace(err)
	}
	return it
}

// finish drops the job of an item and puts the one that comes after it.
func (n *Newsroom) finish(ctx context.Context, w store.Writer, it *item) error {
	if err := w.DropJob(ctx, it.job); err != nil {
		return err
	}
	if it.next == nil {
		return nil
	}
	return w.PutJob(ctx, it.next)
}

// idle is how long a running newsroom sleeps at most: other processes may have
// added sources.
const idle = 30 * time.Second

// settling is how long a running newsroom lets stories grow before it lays them
// side by side again: many articles often come at once.
const settling = 3 * time.Second

// Tend looks again at what an earlier version of the engine has looked at, and
// then lays the stories that change side by side, until ctx ends.
func (n *Newsroom) Tend(ctx context.Context) error {
	renewed := false
	return n.repeat(ctx, "digest", settling, func(ctx context.Context) error {
		if !renewed {
			if err := n.reanalyse(ctx); err != nil {
				return err
			}
			renewed = true
		}
		return n.Digest(ctx, nil)
	})
}

// Run asks the sources that are due and reads their pages until ctx ends.
func (n *Newsroom) Run(ctx context.Context) error {
	return n.repeat(ctx, "gather", time.Second, n.gatherDue)
}

func (n *Newsroom) gatherDue(ctx context.Context) error {
	began := n.Now()
	sum, err := n.Gather(ctx)
	if sum != (Gathered{}) {
		n.Log.Info("gathered", "sources", sum.Sources, "added", sum.Added, "changed", sum.Changed, "problems", sum.Problems,
			"seconds", n.Now().Sub(began).Seconds())
	}
	return err
}

// repeat does something now, and again whenever something has changed or is
// due, with a rest between. What fails is told and tried again, with growing pauses: a full disk or
// a database that restarts must not end a newsroom.
func (n *Newsroom) repeat(ctx context.Context, name string, rest time.Duration, do func(context.Context) error) error {
	pause := time.Second
	for {
		changed := n.change.wait()
		err := do(ctx)
		if ctx.Err() != nil {
			return nil
		}
		wait := n.untilDue(ctx)
		if err != nil {
			n.Log.Error(name+" failed", "error", err, "again in", pause)
			changed, wait = nil, pause
			pause = min(2*pause, 5*time.Minute)
		} else {
			pause = time.Second
		}
		select {
		case <-changed:
			select {
			case <-time.After(rest):
			case <-ctx.Done():
				return nil
			}
		case <-time.After(wait):
		case <-ctx.Done():
			return nil
		}
	}
}

// untilDue is how long it is until a source or a job is due, idle at most.
func (n *Newsroom) untilDue(ctx context.Context) time.Duration {
	var next time.Time
	err := n.Store.View(ctx, func(r store.Reader) error {
		job, err := r.NextJob(ctx)
		if err != nil {
			return err
		}
		sources, err := r.Sources(ctx)
		next = job
		for _, s := range sources {
			if !s.Gone {
				next = soon(next, s.Next)
			}
		}
		return err
	})
	if err != nil || next.IsZero() {
		return idle
	}
	return min(max(next.Sub(n.Now()), 200*time.Millisecond), idle)
}
