// Package alert tells people of stories that their saved searches find: events
// of the journal come in; webhooks, ntfy notifications and mails go out, one an
// alert and story, however many articles the story grows by.
//
// What is told is kept in the store: that a message is due is written in one
// transaction with how far the journal has been read, and that it was sent in
// one with the end of its job. So no message is lost, and none is sent twice
// unless the process or the store ends between a receiver's taking it and the
// note of that. Then it is sent again with the same ID (Webhook-Id,
// Idempotency-Key, Message-ID), by which a receiver can know it.
package alert

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"sync"
	"time"

	"synoptic/internal/store"
)

// Options are the settings of a runner. The zero value serves, and sends no
// mail.
type Options struct {
	Version      string // of the program
	Public       string // address of the server, for links; "" sends none
	AllowPrivate bool   // send to private, loopback and link-local addresses
	Mail         Mail
	Now          func() time.Time                                      // nil means the machine's clock
	Wait         func(ctx context.Context, after int64) (int64, error) // returns once an event is past after; nil looks now and then
	Log          *slog.Logger                                          // is told what could not be sent; nil logs nothing
	Tick         time.Duration                                         // how often to look for what is due; 0 means 5 s
	Timeout      time.Duration                                         // for one try; 0 means 30 s
}

// Runner finds what to tell and tells it. Several may run on one store.
type Runner struct {
	Options
	store  store.Store
	sender *sender

	mu   sync.Mutex
	busy map[string]bool // lanes that are sending
	done sync.WaitGroup
}

// New makes a runner.
func New(s store.Store, o Options) *Runner {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	o.Tick, o.Timeout = cmp.Or(o.Tick, 5*time.Second), cmp.Or(o.Timeout, sendTimeout)
	return &Runner{Options: o, store: s, sender: newSender(o), busy: map[string]bool{}}
}

const (
	jobKind   = "alert"
	position  = "alert.position" // setting: the last event that was looked at
	batch     = 500              // events of one transaction
	mostJobs  = 1000             // taken at once
	patience  = 5 * time.Minute  // how long a message waits for its story to be counted
	giveUp    = 24 * time.Hour
	pause     = time.Minute // after the store has failed
	leaseMore = time.Minute // beyond what the tries of a lane can take
)

// waits are how long to leave a receiver alone after each try that failed; the
// last one repeats.
var waits = [...]time.Duration{30 * time.Second, 2 * time.Minute, 10 * time.Minute, 30 * time.Minute, time.Hour, mostWait}

const mostWait = 3 * time.Hour

// wait is the pause after the n-th try, 1 for the first.
func wait(n int) time.Duration { return waits[min(max(n, 1), len(waits))-1] }

// job is what the store keeps of a message that is due.
type job struct {
	Alert string    `json:"alert"`
	Story string    `json:"story"`
	First time.Time `json:"first"` // when it became due
}

// Run finds and tells until ctx ends, and waits for the tries that are under
// way. What goes wrong in the store is logged and tried again: nothing of it is
// lost.
func (r *Runner) Run(ctx context.Context) error {
	defer r.done.Wait()
	for ctx.Err() == nil {
		at, err := r.find(ctx)
		if err == nil {
			err = r.dispatch(ctx)
		}
		switch {
		case ctx.Err() != nil:
			return nil
		case err != nil:
			r.Log.Error("alerts", "error", err)
			sleep(ctx, max(pause, r.Tick))
		default:
			r.rest(ctx, at)
		}
	}
	return nil
}

// rest waits for the next event or the next tick.
func (r *Runner) rest(ctx context.Context, at int64) {
	tick, cancel := context.WithTimeout(ctx, r.Tick)
	defer cancel()
	if r.Wait != nil {
		if _, err := r.Wait(tick, at); err == nil {
			return
		}
	}
	<-tick.Done()
}

func sleep(ctx context.Context, d time.Duration) {
	select {
	case <-ctx.Done():
	case <-time.After(d):
	}
}

// find reads the journal to its end and notes what there is to tell. It returns
// the number of the last event.
func (r *Runner) find(ctx context.Context) (int64, error) {
	for {
		var at int64
		var more bool
		err := r.store.Update(ctx, func(w store.Writer) (err error) {
			at, more, err = r.step(ctx, w)
			return err
		})
		if err != nil || !more {
			return at, err
		}
	}
}

// step notes what there is to tell of one batch of events.
func (r *Runner) step(ctx context.Context, w store.Writer) (at int64, more bool, err error) {
	kept, err := w.Value(ctx, position)
	if errors.Is(err, store.ErrNotFound) {
		// What happened before there was anybody to tell is old news.
		if at, err = w.LastEvent(ctx); err != nil {
			return 0, false, err
		}
		return at, false, setPosition(ctx, w, at)
	} else if err != nil {
		return 0, false, err
	}
	if err := json.Unmarshal(kept, &at); err != nil {
		return 0, false, fmt.Errorf("setting %s: %w", position, err)
	}
	events, err := w.Events(ctx, at, batch)
	if err != nil || len(events) == 0 {
		return at, false, err
	}
	alerts, err := w.Alerts(ctx)
	if err != nil {
		return at, false, err
	}
	before := at
	at = events[len(events)-1].Number
	touched := map[string]time.Time{} // stories, with when they were touched last
	for _, e := range events {
		if e.Story == "" {
			continue
		}
		touched[e.Story] = e.At
		if e.Other == "" {
			continue
		}
		for _, a := range alerts {
			if err := inherit(ctx, w, a.ID, e.Other, e.Story); err != nil {
				return at, false, err
			}
		}
	}
	for _, a := range alerts {
		if a.Off || len(touched) == 0 {
			continue
		}
		if err := r.match(ctx, w, a, before, touched); err != nil {
			return at, false, err
		}
	}
	return at, len(events) == batch, setPosition(ctx, w, at)
}

func setPosition(ctx context.Context, w store.Writer, at int64) error {
	b, err := json.Marshal(at)
	if err != nil {
		return err
	}
	return w.SetValue(ctx, position, b)
}

// inherit passes on that an alert has told of a story to one that has articles
// of it: a merge or a split is no news.
func inherit(ctx context.Context, w store.Writer, alert, from, to string) error {
	told, err := w.Delivery(ctx, alert, from)
	if errors.Is(err, store.ErrNotFound) || err == nil && told.At.IsZero() {
		return nil
	} else if err != nil {
		return err
	}
	if _, err := w.Delivery(ctx, alert, to); !errors.Is(err, store.ErrNotFound) {
		return err
	}
	return w.PutDelivery(ctx, store.Delivery{Alert: alert, Story: to, At: told.At})
}

// match notes a message for every story that was touched since before, fits the
// alert and was not told of yet.
func (r *Runner) match(ctx context.Context, w store.Writer, a store.Alert, before int64, touched map[string]time.Time) error {
	q, err := store.ParseQuery(a.Query)
	if err != nil {
		return setProblem(ctx, w, a, err.Error())
	}
	f := store.StoryFilter{Query: &q, Changed: before}
	for p := (store.Page{Limit: 200}); ; {
		stories, next, err := w.Stories(ctx, f, p)
		if err != nil {
			return err
		}
		for _, s := range stories {
			at, ok := touched[s.ID]
			if !ok || at.Before(a.Added) {
				continue
			}
			if _, err := w.Delivery(ctx, a.ID, s.ID); !errors.Is(err, store.ErrNotFound) {
				if err != nil {
					return err
				}
				continue
			}
			if err := r.due(ctx, w, a.ID, s.ID); err != nil {
				return err
			}
		}
		if next == "" {
			return nil
		}
		p.After = next
	}
}

func (r *Runner) due(ctx context.Context, w store.Writer, alert, story string) error {
	now := r.Now().UTC()
	b, err := json.Marshal(job{alert, story, now})
	if err != nil {
		return err
	}
	if err := w.PutDelivery(ctx, store.Delivery{Alert: alert, Story: story}); err != nil {
		return err
	}
	return w.PutJob(ctx, &store.Job{Kind: jobKind, Key: messageID(alert, story), Payload: b, Due: now})
}

// setProblem keeps what is wrong with an alert, "" for nothing.
func setProblem(ctx context.Context, w store.Writer, a store.Alert, problem string) error {
	if a.Problem == problem {
		return nil
	}
	a.Problem = problem
	return w.PutAlert(ctx, a)
}

// parcel is a message with the job that it does.
type parcel struct {
	store.Job
	job
	message Message
}

// dispatch takes the jobs that are due and sends their messages, each lane on
// its own, so that one receiver that hangs holds nobody else up.
func (r *Runner) dispatch(ctx context.Context) error {
	lanes := map[string][]parcel{}
	err := r.store.Update(ctx, func(w store.Writer) error {
		clear(lanes)
		now := r.Now().UTC()
		jobs, err := w.DueJobs(ctx, jobKind, now, mostJobs)
		if err != nil {
			return err
		}
		for _, j := range jobs {
			p, ok, err := r.pack(ctx, w, j, now)
			if err != nil {
				return err
			}
			if !ok {
				if err := w.DropJob(ctx, j.ID); err != nil {
					return err
				}
				continue
			}
			name := lane(p.message.Alert)
			if r.isBusy(name) {
				continue
			}
			if !p.message.Story.Counted() && now.Sub(p.First) < patience {
				// What it would say now is soon wrong, and no second message would mend it.
				p.Due = now.Add(r.Tick)
				if err := w.PutJob(ctx, &p.Job); err != nil {
					return err
				}
				continue
			}
			// Nobody else takes it while it is tried, and a process that ends meanwhile leaves it due.
			p.Tries++
			p.Due = now.Add(time.Duration(len(lanes[name])+1)*r.Timeout + leaseMore)
			if err := w.PutJob(ctx, &p.Job); err != nil {
				return err
			}
			lanes[name] = append(lanes[name], p)
		}
		return nil
	})
	if err != nil {
		return err
	}
	for name, parcels := range lanes {
		r.setBusy(name, true)
		r.done.Go(func() {
			defer r.setBusy(name, false)
			if err := r.deliver(ctx, parcels); err != nil {
				r.Log.Error("alerts", "error", err)
			}
		})
	}
	return nil
}

// lane is the receiver that an alert's messages go to one after the other.
func lane(a store.Alert) string {
	if u, err := url.Parse(a.Target); err == nil && a.Channel != store.Mail {
		return a.Channel + " " + u.Host
	}
	return a.Channel
}

func (r *Runner) isBusy(lane string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.busy[lane]
}

func (r *Runner) setBusy(lane string, busy bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if busy {
		r.busy[lane] = true
	} else {
		delete(r.busy, lane)
	}
}

// pack reads what a job is to tell; it is not ok where there is nothing left to
// tell.
func (r *Runner) pack(ctx context.Context, w store.Writer, j store.Job, now time.Time) (p parcel, ok bool, err error) {
	p.Job = j
	if err := json.Unmarshal(j.Payload, &p.job); err != nil {
		return p, false, fmt.Errorf("job %s: %w", j.Key, err)
	}
	a, err := w.Alert(ctx, p.Alert)
	if errors.Is(err, store.ErrNotFound) || err == nil && a.Off {
		return p, false, nil
	} else if err != nil {
		return p, false, err
	}
	s, err := w.Story(ctx, p.Story)
	if errors.Is(err, store.ErrNotFound) {
		return p, false, nil
	} else if err != nil {
		return p, false, err
	}
	if s.Into != "" {
		// It has become part of another, which is told of once like any.
		if _, err := w.Delivery(ctx, p.Alert, s.Into); !errors.Is(err, store.ErrNotFound) {
			return p, false, err
		}
		if err := w.PutDelivery(ctx, store.Delivery{Alert: p.Alert, Story: s.Into}); err != nil {
			return p, false, err
		}
		p.Story = s.Into
		if p.Payload, err = json.Marshal(p.job); err != nil {
			return p, false, err
		}
		if s, err = w.Story(ctx, s.Into); err != nil {
			return p, false, err
		}
	}
	if s.Articles == 0 {
		return p, false, nil
	}
	p.message = Message{ID: p.Key, At: now, Alert: a, Story: s, Link: link(r.Public, s.ID)}
	return p, true, nil
}

// deliver sends the messages of one lane, one after the other. Where the
// receiver cannot be reached the rest is put off without a try.
func (r *Runner) deliver(ctx context.Context, parcels []parcel) error {
	for i, p := range parcels {
		sent := r.sender.send(ctx, p.message)
		// What came of it is noted even when ctx has ended: a message that was taken is not sent again.
		note, cancel := context.WithTimeout(context.WithoutCancel(ctx), r.Timeout)
		err := r.store.Update(note, func(w store.Writer) error {
			if sent != nil && ctx.Err() != nil {
				return r.release(note, w, parcels[i:], r.Now().UTC(), "")
			}
			if err := r.settle(note, w, p, sent); err != nil {
				return err
			}
			var refusal *Refusal
			if sent != nil && !errors.As(sent, &refusal) && !errors.Is(sent, ErrGone) {
				return r.release(note, w, parcels[i+1:], r.Now().UTC().Add(wait(p.Tries)), sent.Error())
			}
			return nil
		})
		cancel()
		if err != nil {
			return err
		}
		if sent != nil {
			r.Log.Warn("alert not sent", "alert", p.job.Alert, "story", p.Story, "try", p.Tries, "error", sent)
			var refusal *Refusal
			if !errors.As(sent, &refusal) && !errors.Is(sent, ErrGone) {
				return nil
			}
		}
	}
	return nil
}

// release puts jobs off that were taken and not tried.
func (r *Runner) release(ctx context.Context, w store.Writer, parcels []parcel, due time.Time, problem string) error {
	for _, p := range parcels {
		p.Tries--
		p.Due = due
		if problem != "" {
			p.Job.Problem = problem
		}
		if due.Sub(p.First) > giveUp {
			if err := w.DropJob(ctx, p.Job.ID); err != nil {
				return err
			}
			continue
		}
		if err := w.PutJob(ctx, &p.Job); err != nil {
			return err
		}
	}
	return nil
}

// settle notes what came of a try.
func (r *Runner) settle(ctx context.Context, w store.Writer, p parcel, sent error) error {
	a, err := w.Alert(ctx, p.job.Alert)
	if errors.Is(err, store.ErrNotFound) {
		return w.DropJob(ctx, p.Job.ID)
	} else if err != nil {
		return err
	}
	now := r.Now().UTC()
	if sent == nil {
		if err := w.PutDelivery(ctx, store.Delivery{Alert: a.ID, Story: p.Story, At: now}); err != nil {
			return err
		}
		if err := setProblem(ctx, w, a, ""); err != nil {
			return err
		}
		return w.DropJob(ctx, p.Job.ID)
	}
	problem := sent.Error()
	pauseFor := wait(p.Tries)
	var refusal *Refusal
	if errors.As(sent, &refusal) {
		pauseFor = max(pauseFor, refusal.Wait)
	}
	p.Due = now.Add(pauseFor)
	switch {
	case errors.Is(sent, ErrGone):
		a.Off, problem = true, problem+": the alert is switched off"
	case p.Due.Sub(p.First) > giveUp:
		problem = fmt.Sprintf("gave up on story %s after %d tries: %s", p.Story, p.Tries, problem)
	default:
		p.Job.Problem = problem
		if err := w.PutJob(ctx, &p.Job); err != nil {
			return err
		}
		return setProblem(ctx, w, a, problem)
	}
	a.Problem = problem
	if err := w.PutAlert(ctx, a); err != nil {
		return err
	}
	return w.DropJob(ctx, p.Job.ID)
}
