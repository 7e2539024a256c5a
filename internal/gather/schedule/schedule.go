// Package schedule says when a source is to be asked again. It learns from the
// source's own rhythm, heeds what the source asks for, backs off where it fails,
// and tells when it counts as dead. It reads no clock and draws no lots: the
// same visits give the same times.
package schedule

import (
	"encoding/binary"
	"hash/fnv"
	"math"
	"slices"
	"time"
)

// The bounds of a schedule.
const (
	Least = 5 * time.Minute // between two visits, unless the source fails
	Most  = 24 * time.Hour

	first     = 30 * time.Minute // for a source of which nothing is known
	mostHint  = 6 * time.Hour    // what a source's hints can ask for at most: many come from a template
	aliveFor  = 7 * 24 * time.Hour
	deadAfter = 5  // failures, at least, before a source can count as dead
	goneAfter = 3  // answers that it is gone, before it is no longer asked
	jitterOf  = 10 // part of the pause

	// worth is the gap between entries at which the pause is as long.
	worth = 10 * time.Minute
)

// Hints is what a source says of when it wants to be asked.
type Hints struct {
	Every     time.Duration // not more often than this; 0 when it does not say
	SkipHours uint32        // bit h: not in hour h of the day, UTC
	SkipDays  uint8         // bit d: not on day d of the week, Sunday is 0
}

// Answer is how a visit ended.
type Answer uint8

// The answers.
const (
	Fresh   Answer = iota // a document came
	Same                  // the server says that nothing has changed
	Busy                  // 429 or 503: not now
	Failed                // 5xx, no connection, too slow, or what came is unreadable
	Refused               // 401, 403, 404 and other 4xx, or robots.txt
	Gone                  // 410
)

// AnswerTo is the answer that an HTTP status code is, 0 where there was none. A
// document that came and cannot be used is none: usable says which.
func AnswerTo(status int, usable bool) Answer {
	switch {
	case status == 304:
		return Same
	case status/100 == 2 && usable:
		return Fresh
	case status == 429, status == 503:
		return Busy
	case status == 410:
		return Gone
	case status/100 == 4 && status != 408:
		return Refused
	}
	return Failed
}

// Visit is one time that a source was asked.
type Visit struct {
	At     time.Time
	Answer Answer
	Wait   time.Duration // what Retry-After asks for
	MaxAge time.Duration // how long the answer holds, as the server says
	New    int           // entries not seen before
	Listed []time.Time   // when the entries that it lists were published, in any order
	Hints  Hints
}

// State is how a source stands.
type State uint8

// The states. A dead source is asked once a day and lives again when it answers.
const (
	Live    State = iota
	Failing       // the last visits failed
	Dead          // nothing but failures for a week
	Away          // gone, as it says itself
)

// String names the state.
func (s State) String() string { return [...]string{"live", "failing", "dead", "gone"}[s] }

// Schedule is what is remembered of a source between visits: kept as it is, in
// JSON or in columns. The zero value with an Address has not been visited.
type Schedule struct {
	Address  string        // of the source; jitter comes from it
	Last     time.Time     // visit
	Gap      time.Duration // between entries, as learned; 0 when unknown
	Failures int           // visits in a row that failed
	Since    time.Time     // the first of them
	Gone     int           // answers in a row that it is gone
	Due      time.Time     // next visit; zero: at once, or never where it is gone
}

// Next is when the source is to be asked, and false when it is not to be asked
// any more. A source that was never visited is due at the zero time.
func (s Schedule) Next() (time.Time, bool) {
	return s.Due, s.Gone < goneAfter
}

// State is how the source stands after its last visit.
func (s Schedule) State() State {
	switch {
	case s.Gone > 0:
		return Away
	case s.Failures >= deadAfter && s.Last.Sub(s.Since) >= aliveFor:
		return Dead
	case s.Failures > 0:
		return Failing
	}
	return Live
}

// After is the schedule after one more visit.
func (s Schedule) After(v Visit) Schedule {
	before := s.Last
	s.Last = v.At
	if v.Answer == Gone {
		s.Gone++
	} else {
		s.Gone = 0
	}
	var pause time.Duration
	if v.Answer == Fresh || v.Answer == Same {
		s.Failures, s.Since = 0, time.Time{}
		s.learn(v, before)
		pause = s.pause(v, before)
	} else {
		if s.Failures == 0 {
			s.Since = v.At
		}
		s.Failures++
		pause = s.backOff(v)
	}
	pause += s.jitter(v.At, pause)
	if pause > Most {
		pause = max(Most-(pause-Most), min(v.Wait, Most))
	}
	s.Due = v.Hints.open(v.At.Add(pause).UTC())
	return s
}

// learn takes the gap between entries from the dates that a source lists, and
// from what visits bring where it lists none. Half of what was known stays, so
// that one odd day does not turn the schedule over.
func (s *Schedule) learn(v Visit, before time.Time) {
	var seen time.Duration
	if times := listed(v); v.Answer == Fresh && len(times) >= 2 {
		seen = meanGap(times)
		// A source that has fallen silent: no entry for as long as this.
		seen = max(seen, v.At.Sub(times[0])/2)
	} else if !before.IsZero() && v.At.After(before) {
		elapsed := v.At.Sub(before)
		switch {
		case v.New > 0:
			seen = elapsed / time.Duration(v.New)
		case s.Gap > 0:
			seen = min(2*s.Gap, s.Gap+elapsed/2)
		default:
			seen = 2 * elapsed // nothing came in this time, and nothing else is known
		}
	}
	seen = min(seen, 30*24*time.Hour)
	switch {
	case seen <= 0:
	case s.Gap <= 0:
		s.Gap = seen
	default:
		s.Gap = (s.Gap + seen) / 2
	}
}

// pause is how long to wait after an answer. A visit costs the same whatever it
// brings, and an entry's delay costs by its length; so the pause that costs
// least goes with the root of the gap. Where half of the list was new since the
// visit before, the next one comes in half the time, lest entries leave the list
// unseen.
func (s *Schedule) pause(v Visit, before time.Time) time.Duration {
	pause := first
	if s.Gap > 0 {
		pause = time.Duration(math.Sqrt(float64(s.Gap) * float64(worth)))
	}
	if elapsed := v.At.Sub(before); !before.IsZero() && elapsed > 0 && v.New > 0 && 2*v.New >= len(v.Listed) && len(v.Listed) > 1 {
		pause = min(pause, elapsed/2)
	}
	least := max(Least, min(max(v.Hints.Every, v.MaxAge), mostHint), min(v.Wait, Most))
	return min(max(pause, least), Most)
}

// backOff is how long to wait after a failure: twice as long each time. A server
// that names a time gets it, and a source is never asked sooner for failing than
// it was for answering.
func (s *Schedule) backOff(v Visit) time.Duration {
	var start time.Duration
	switch v.Answer {
	case Busy:
		start = 15 * time.Minute
	case Refused:
		start = time.Hour
	case Gone:
		return Most
	case Failed, Fresh, Same:
		start = 10 * time.Minute
	}
	pause := min(start<<min(s.Failures-1, 10), Most)
	return max(pause, min(s.Gap/2, Most), min(v.Wait, Most))
}

// jitter is up to a tenth of the pause that comes on top, so that sources met at
// the same moment part.
func (s *Schedule) jitter(at time.Time, pause time.Duration) time.Duration {
	h := fnv.New64a()
	_, _ = h.Write([]byte(s.Address)) // a hash fails never
	var moment [8]byte
	binary.LittleEndian.PutUint64(moment[:], uint64(at.Unix()))
	_, _ = h.Write(moment[:])
	sum := h.Sum64()
	sum ^= sum >> 32 // FNV mixes its low bits badly into the high ones
	return pause / jitterOf * time.Duration(sum%1024) / 1024
}

// listed is the times of a visit that can be true, the latest first.
func listed(v Visit) []time.Time {
	times := make([]time.Time, 0, len(v.Listed))
	for _, t := range v.Listed {
		if !t.After(v.At) && v.At.Sub(t) < 365*24*time.Hour {
			times = append(times, t)
		}
	}
	slices.SortFunc(times, func(a, b time.Time) int { return b.Compare(a) })
	return times
}

// meanGap is the mean gap between the latest moments at which something was
// published: entries of one batch, which come within Least, are one.
func meanGap(times []time.Time) time.Duration {
	moments, last := 0, times[0]
	for _, t := range times[1:min(len(times), 50)] {
		if last.Sub(t) > Least {
			moments, last = moments+1, t
		}
	}
	if moments == 0 {
		return 0
	}
	return times[0].Sub(last) / time.Duration(moments)
}

// open is the first moment from t on at which the source may be asked. Hints
// that leave no hour of the week are none.
func (h Hints) open(t time.Time) time.Time {
	const hours, days = 1<<24 - 1, 1<<7 - 1
	skipHours, skipDays := h.SkipHours&hours, h.SkipDays&days
	if skipHours == hours || skipDays == days {
		return t
	}
	for skipHours>>t.Hour()&1 != 0 || skipDays>>t.Weekday()&1 != 0 {
		into := time.Duration(t.Minute())*time.Minute + time.Duration(t.Second())*time.Second + time.Duration(t.Nanosecond())
		t = t.Add(time.Hour - into)
	}
	return t
}
