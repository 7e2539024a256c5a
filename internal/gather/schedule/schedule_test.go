package schedule

import (
	"encoding/json"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
	"time"
)

var start = time.Date(2025, 3, 3, 0, 0, 0, 0, time.UTC) // a Monday

// rhythm lists when a source publishes, the earliest first, for some days.
type rhythm struct {
	name    string
	listed  int // entries in the feed
	publish func(r *rand.Rand, days int) []time.Time
}

func at(day int, hour float64) time.Time {
	return start.Add(time.Duration((float64(day)*24 + hour) * float64(time.Hour)))
}

// poisson publishes n a day between two hours of the day.
func poisson(n float64, from, to float64) func(*rand.Rand, int) []time.Time {
	return func(r *rand.Rand, days int) []time.Time {
		var times []time.Time
		for day := range days {
			for hour := from; ; {
				hour += r.ExpFloat64() * (to - from) / n
				if hour >= to {
					break
				}
				times = append(times, at(day, hour))
			}
		}
		return times
	}
}

var rhythms = []rhythm{
	{"agency, 400 a day", 50, poisson(400, 0, 24)},
	{"daily paper, 60 from 6 to 22", 30, poisson(60, 6, 22)},
	{"weekly magazine, 2 a day", 20, poisson(2, 8, 18)},
	{"batch of 20 at 6", 20, func(_ *rand.Rand, days int) []time.Time {
		var times []time.Time
		for day := range days {
			for i := range 20 {
				times = append(times, at(day, 6).Add(time.Duration(i)*time.Second))
			}
		}
		return times
	}},
	{"blog, 1 in 8 days", 10, func(r *rand.Rand, days int) []time.Time {
		var times []time.Time
		for hour := 0.0; hour < float64(24*days); hour += r.ExpFloat64() * 8 * 24 {
			times = append(times, at(0, hour))
		}
		return times
	}},
}

// outcome is what a way to ask cost and brought.
type outcome struct {
	visits float64       // a day
	delay  time.Duration // of an entry, on average
	lost   float64       // share of entries that left the list unseen
}

// simulate asks a source for days, by a schedule or, where fixed is not 0, by
// the clock.
func simulate(r rhythm, fixed time.Duration) outcome {
	const days, warm = 40, 10
	times := r.publish(rand.New(rand.NewPCG(1, 2)), days)
	s := Schedule{Address: "https://ferry.example/feed"}
	var o outcome
	seen, found, before := 0, 0, 0
	var delay time.Duration
	for now := at(2, 0); now.Before(at(days, 0)); {
		published, _ := slices.BinarySearchFunc(times, now, time.Time.Compare)
		list := times[max(0, published-r.listed):published]
		fresh := min(published-seen, len(list))
		if now.After(at(warm, 0)) {
			o.visits++
			found += fresh
			before += published - seen
			for _, t := range list[len(list)-fresh:] {
				delay += now.Sub(t)
			}
		}
		seen = published
		answer := Fresh
		if fresh == 0 {
			answer = Same
		}
		s = s.After(Visit{At: now, Answer: answer, New: fresh, Listed: list})
		now = s.Due
		if fixed > 0 {
			now = s.Last.Add(fixed)
		}
	}
	o.visits /= days - warm
	o.delay = delay / time.Duration(max(found, 1))
	o.lost = float64(before-found) / float64(max(before, 1))
	return o
}

// TestRhythms holds the learned schedule against asking every half hour: fewer
// visits where little is published, less delay where much is.
func TestRhythms(t *testing.T) {
	t.Parallel()
	bounds := []outcome{{160, 6 * time.Minute, 0}, {75, 12 * time.Minute, 0}, {16, time.Hour, 0}, {24, 50 * time.Minute, 0}, {6, 5 * time.Hour, 0}}
	for i, r := range rhythms {
		learned, clock := simulate(r, 0), simulate(r, 30*time.Minute)
		t.Logf("%-30s learned %5.1f visits a day, delay %8v, lost %.3f; half-hourly %5.1f, %8v, %.3f", r.name,
			learned.visits, learned.delay.Round(time.Second), learned.lost, clock.visits, clock.delay.Round(time.Second), clock.lost)
		if b := bounds[i]; learned.visits > b.visits || learned.delay > b.delay || learned.lost > b.lost {
			t.Errorf("%s: %.1f visits a day, delay %v, lost %.3f; want at most %v", r.name, learned.visits, learned.delay, learned.lost, b)
		}
	}
}

// TestFailures holds pauses after failures to their table, jitter apart.
func TestFailures(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		answer Answer
		wait   time.Duration
		want   []time.Duration
	}{
		{"no connection", Failed, 0, []time.Duration{10 * time.Minute, 20 * time.Minute, 40 * time.Minute, 80 * time.Minute}},
		{"busy", Busy, 0, []time.Duration{15 * time.Minute, 30 * time.Minute, time.Hour}},
		{"busy, for an hour", Busy, time.Hour, []time.Duration{time.Hour, time.Hour, time.Hour, 2 * time.Hour}},
		{"busy, for a month", Busy, 30 * 24 * time.Hour, []time.Duration{Most}},
		{"down, for five hours", Failed, 5 * time.Hour, []time.Duration{5 * time.Hour}},
		{"forbidden", Refused, 0, []time.Duration{time.Hour, 2 * time.Hour, 4 * time.Hour, 8 * time.Hour, 16 * time.Hour, Most, Most}},
	}
	for _, test := range tests {
		s := Schedule{Address: "https://ferry.example/feed"}
		now := start
		for i, want := range test.want {
			s = s.After(Visit{At: now, Answer: test.answer, Wait: test.wait})
			next, ok := s.Next()
			pause := next.Sub(now)
			if !ok || pause < min(want, Most-Most/jitterOf) || pause > min(want+want/jitterOf, Most) || test.wait > 0 && pause < min(test.wait, Most) {
				t.Errorf("%s, failure %d: %v, want %v and a tenth", test.name, i+1, pause, want)
			}
			now = next
		}
		if s.State() != Failing {
			t.Errorf("%s: %v", test.name, s.State())
		}
		if s = s.After(Visit{At: now, Answer: Same}); s.State() != Live || s.Failures != 0 {
			t.Errorf("%s: %v after an answer", test.name, s.State())
		}
	}
}

func TestAnswerTo(t *testing.T) {
	t.Parallel()
	for status, want := range map[int]Answer{0: Failed, 200: Fresh, 304: Same, 302: Failed, 401: Refused, 404: Refused, 408: Failed, 410: Gone, 429: Busy, 500: Failed, 503: Busy} {
		if got := AnswerTo(status, true); got != want {
			t.Errorf("%d is %v, want %v", status, got, want)
		}
	}
	if got := AnswerTo(200, false); got != Failed {
		t.Errorf("a document that cannot be used is %v", got)
	}
}

func TestDeadAndGone(t *testing.T) {
	t.Parallel()
	s := Schedule{Address: "https://ferry.example/feed"}
	now := start
	for s.State() != Dead {
		s = s.After(Visit{At: now, Answer: Failed})
		now, _ = s.Next()
		if now.Sub(start) > 9*24*time.Hour {
			t.Fatalf("not dead after %v", now.Sub(start))
		}
	}
	if alive := s.Last.Sub(start); alive < aliveFor {
		t.Errorf("dead after %v", alive)
	}
	if next, ok := s.Next(); !ok || next.Sub(s.Last) > Most {
		t.Errorf("a dead source is asked in %v, %v", next.Sub(s.Last), ok)
	}
	if s = s.After(Visit{At: now, Answer: Fresh}); s.State() != Live {
		t.Errorf("%v after an answer", s.State())
	}
	for i := range goneAfter {
		if _, ok := s.Next(); !ok || i > 0 && s.State() != Away {
			t.Errorf("%d answers of 410: %v, asked %v", i, s.State(), ok)
		}
		s = s.After(Visit{At: now, Answer: Gone})
		now = now.Add(Most)
	}
	if _, ok := s.Next(); ok {
		t.Error("a source that said it is gone is asked for ever")
	}
}

func TestHints(t *testing.T) {
	t.Parallel()
	list := []time.Time{start, start.Add(-time.Minute), start.Add(-2 * time.Minute), start.Add(-20 * time.Minute)}
	tests := []struct {
		name     string
		visit    Visit
		from, to string // of the week, in hours after the start
	}{
		{"no hint", Visit{}, "14m", "16m"},
		{"not more often than hourly", Visit{Hints: Hints{Every: time.Hour}}, "60m", "66m"},
		{"yearly, from a template", Visit{Hints: Hints{Every: 365 * 24 * time.Hour}}, "6h", "6h36m"},
		{"an answer that holds 40 minutes", Visit{MaxAge: 40 * time.Minute}, "40m", "44m"},
		{"not at night", Visit{Hints: Hints{SkipHours: 0b111111}}, "6h", "6h"},
		{"not on Monday", Visit{Hints: Hints{SkipDays: 1 << time.Monday}}, "24h", "24h"},
		{"only on Sunday at noon", Visit{Hints: Hints{SkipDays: 0b1111110, SkipHours: 0xffffff &^ (1 << 12)}}, "156h", "156h"},
		{"never", Visit{Hints: Hints{SkipHours: 0xffffff, SkipDays: 0x7f}}, "14m", "16m"},
	}
	for _, test := range tests {
		test.visit.At, test.visit.Listed = start, list
		s := Schedule{Address: "https://ferry.example/feed"}.After(test.visit)
		from, _ := time.ParseDuration(test.from)
		to, _ := time.ParseDuration(test.to)
		if got := s.Due.Sub(start); got < from || got > to {
			t.Errorf("%s: after %v, want %v to %v", test.name, got, from, to)
		}
	}
}

// TestAnyVisits holds what must hold after any visits: the bounds, the same
// times again, and nothing lost on the way through JSON.
func TestAnyVisits(t *testing.T) {
	t.Parallel()
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(seed, 0))
		a := Schedule{Address: string(rune('a' + seed%26))}
		b := a
		now := start
		for range 60 {
			v := Visit{
				At:     now,
				Answer: Answer(r.IntN(6)),
				Wait:   time.Duration(r.Int64N(int64(100*time.Hour))) - 10*time.Hour,
				MaxAge: time.Duration(r.Int64N(int64(9000*time.Hour))) - time.Hour,
				New:    r.IntN(30),
			}
			for range r.IntN(40) {
				v.Listed = append(v.Listed, now.Add(-time.Duration(r.Int64N(int64(1e17)))+30*24*time.Hour))
			}
			a = a.After(v)
			slices.Reverse(v.Listed)
			b = b.After(v)
			if !reflect.DeepEqual(a, b) {
				t.Fatalf("seed %d: %+v and then %+v", seed, a, b)
			}
			next, ok := a.Next()
			if pause := next.Sub(now); pause < Least || pause > Most {
				t.Fatalf("seed %d: a pause of %v after %+v", seed, pause, v)
			}
			if a.Failures > 0 != (a.State() != Live) {
				t.Fatalf("seed %d: %v after %d failures", seed, a.State(), a.Failures)
			}
			body, err := json.Marshal(a)
			var kept Schedule
			if err == nil {
				err = json.Unmarshal(body, &kept)
			}
			if err != nil || !reflect.DeepEqual(kept, a) {
				t.Fatalf("seed %d: %+v was kept as %+v, %v", seed, a, kept, err)
			}
			if !ok {
				break
			}
			now = next.Add(time.Duration(r.Int64N(int64(time.Hour))))
		}
	}
}

// TestJitterParts holds that sources met at one moment do not meet again.
func TestJitterParts(t *testing.T) {
	t.Parallel()
	due := map[time.Time]int{}
	for i := range 600 {
		s := Schedule{Address: "https://ferry.example/" + string(rune('a'+i%26)) + string(rune('a'+i/26))}
		s = s.After(Visit{At: start, Answer: Same})
		due[s.Due.Truncate(10*time.Second)]++
	}
	for at, n := range due {
		if n > 100 {
			t.Errorf("%d of 600 sources are due within ten seconds of %v", n, at)
		}
	}
}

func BenchmarkAfter(b *testing.B) {
	s := Schedule{Address: "https://ferry.example/feed"}
	v := Visit{At: start, New: 3}
	for i := range 50 {
		v.Listed = append(v.Listed, start.Add(-time.Duration(i*i)*time.Minute))
	}
	b.ReportAllocs()
	for b.Loop() {
		s = s.After(v)
	}
}

// TestSilence holds that a page of which nothing is known but that it does not
// change is asked more and more rarely.
func TestSilence(t *testing.T) {
	t.Parallel()
	s := Schedule{Address: "https://ferry.example/"}
	now, visits := start, 0
	for ; now.Before(start.Add(7 * 24 * time.Hour)); now = s.Due {
		s = s.After(Visit{At: now, Answer: Same})
		visits++
	}
	if pause := s.Due.Sub(s.Last); pause < 2*time.Hour || visits > 150 {
		t.Errorf("%d visits in a week, the last pause is %v", visits, pause)
	}
}
