package newsroom

import (
	"cmp"
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"time"

	"synoptic/internal/gather"
	"synoptic/internal/gather/feed"
	"synoptic/internal/gather/schedule"
	"synoptic/internal/store"
)

// rhythm is what is remembered of a source between visits.
type rhythm struct {
	Schedule schedule.Schedule
	// Listed has the entries that the source listed last, each with the start
	// of its digest: what is not there is new, what has another is changed.
	Listed map[string]string `json:",omitempty"`
}

func rhythmOf(s store.Source) rhythm {
	var r rhythm
	// What cannot be read is learned again.
	if json.Unmarshal(s.Rhythm, &r) != nil {
		r = rhythm{}
	}
	r.Schedule.Address = s.Address
	return r
}

// visit asks a source for what is new, and keeps what it says together with the
// work that follows from it. It reports whether the source answered well; the
// error is the store's.
func (n *Newsroom) visit(ctx context.Context, s store.Source) (well bool, err error) {
	f, err := n.Gatherer.Fetch(ctx, s.Address, gather.Validators{ETag: s.ETag, LastModified: s.LastModified})
	n.Counts.fetched(err)
	if ctx.Err() != nil {
		return false, ctx.Err()
	}
	now := n.Now().UTC()
	r := rhythmOf(s)
	was := r.Schedule.State()
	v := schedule.Visit{At: now, Answer: answerOf(f, err), Wait: f.Wait, MaxAge: f.MaxAge}
	var jobs []store.Job
	if v.Answer == schedule.Fresh {
		if s.Answered.IsZero() {
			s.Kind = foundKind(f.Document, s.Kind)
		}
		if s.Kind == store.Watched {
			jobs, err = []store.Job{pageJob(task{Source: s.ID, Address: s.Address}, now)}, nil
		} else {
			jobs, err = n.entries(ctx, s, f.Document, &r, &v)
		}
		if err != nil {
			v.Answer = schedule.Failed
		}
	}
	r.Schedule = r.Schedule.After(v)
	s.Tried, s.Failures, s.Gone = now, r.Schedule.Failures, false
	s.Problem = ""
	switch v.Answer {
	case schedule.Fresh, schedule.Same:
		well, s.Answered = true, now
		s.ETag, s.LastModified = f.Validators.ETag, f.Validators.LastModified
	case schedule.Busy, schedule.Failed, schedule.Refused, schedule.Gone:
		s.Problem = withoutPlace(err).Error()
	}
	next, again := r.Schedule.Next()
	s.Next, s.Gone = next, !again
	if s.Rhythm, err = json.Marshal(r); err != nil {
		return false, err
	}
	return well, n.visited(ctx, s, f.Moved, jobs, was, r.Schedule.State())
}

// visited keeps what came of a visit in one transaction.
func (n *Newsroom) visited(ctx context.Context, s store.Source, moved string, jobs []store.Job, was, is schedule.State) error {
	err := n.Store.Update(ctx, func(w store.Writer) error {
		if _, err := w.Source(ctx, s.ID); err != nil {
			if errors.Is(err, store.ErrNotFound) { // somebody has let go of it meanwhile
				return nil
			}
			return err
		}
		if moved != "" && moved != s.Address {
			s.Address = moved // its name stays: what it has led to is tied to that
		}
		if err := w.PutSource(ctx, s); err != nil {
			return err
		}
		for _, j := range jobs {
			if err := w.PutJob(ctx, &j); err != nil {
				return err
			}
		}
		dead := func(s schedule.State) bool { return s == schedule.Dead || s == schedule.Away }
		e := store.Event{At: s.Tried, Source: s.ID, Note: cmp.Or(s.Problem, s.Address)}
		switch {
		case dead(is) && !dead(was):
			e.Kind = store.SourceDead
		case dead(was) && !dead(is):
			e.Kind = store.SourceAlive
		default:
			return nil
		}
		return w.Record(ctx, &e)
	})
	return within(s.Address, err)
}

// answerOf says how a visit ended: with what could be fetched, or not at all.
func answerOf(f gather.Fetched, err error) schedule.Answer {
	if errors.Is(err, gather.ErrRobots) || errors.Is(err, gather.ErrPrivate) {
		return schedule.Refused
	}
	if f.NotModified {
		return schedule.Same
	}
	return schedule.AnswerTo(f.Status, err == nil)
}

// mostParts is how many sitemaps of an index are read in one visit: the newest.
const mostParts = 4

// entries makes jobs of what a source lists and has not listed before, or lists
// with other words now.
func (n *Newsroom) entries(ctx context.Context, s store.Source, d gather.Document, r *rhythm, v *schedule.Visit) ([]store.Job, error) {
	f, err := feed.Read(input(d))
	if err != nil {
		return nil, err
	}
	list := f.Entries
	for _, p := range f.Parts[:min(len(f.Parts), mostParts)] {
		part, err := n.Gatherer.Fetch(ctx, p.Address, gather.Validators{})
		n.Counts.fetched(err)
		if err != nil {
			continue // the next visit asks again
		}
		if of, err := feed.Read(input(part.Document)); err == nil {
			list = append(list, of.Entries...)
		}
	}
	v.Listed, v.Hints = f.Times(), f.Hints
	listed := make(map[string]string, len(list))
	var jobs []store.Job
	for _, e := range list {
		sum := e.Digest()
		digest := hex.EncodeToString(sum[:8])
		listed[e.ID] = digest
		before, known := r.Listed[e.ID]
		if known && before == digest {
			continue
		}
		if !known {
			v.New++
		}
		jobs = append(jobs, pageJob(task{Source: s.ID, Address: e.Address, Entry: &e}, v.At))
	}
	r.Listed = listed
	return jobs, nil
}

// pageJobs is the kind of the jobs that read a page.
const pageJobs = "page"

// task is what a page job is to do.
type task struct {
	Source  string
	Address string      // of the page; "" where an entry leads to none
	Entry   *feed.Entry // what stands where the page cannot be had; nil for none
	Again   int         // how often the page has been read before
	Gather  gather.Validators
}

// pageJob makes a job of a task. A page has one job at a time.
func pageJob(t task, due time.Time) store.Job {
	key := t.Address
	if key == "" {
		key = t.Source + " " + t.Entry.ID
	}
	payload, err := json.Marshal(t)
	if err != nil {
		panic(err) // a struct of strings and times
	}
	return store.Job{Kind: pageJobs, Key: key, Payload: payload, Due: due}
}
