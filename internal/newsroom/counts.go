package newsroom

import (
	"sync/atomic"
	"time"

	"synoptic/internal/store"
)

// Counts is what a newsroom has done since it was opened.
type Counts struct {
	Articles  atomic.Int64 // kept that were new
	Versions  atomic.Int64 // kept that were new versions
	Unchanged atomic.Int64 // read and known already
	Problems  atomic.Int64 // documents that could not be read
	Fetches   atomic.Int64 // requests of sources and pages
	Failures  atomic.Int64 // of those, failed
	Digests   atomic.Int64

	// Time spent in each stage, summed over workers.
	Reading, Analysing, Grouping, Storing Stopwatch
}

// Stopwatch is time spent on something, in nanoseconds.
type Stopwatch struct{ atomic.Int64 }

// since adds the time since a start and returns the time now.
func (s *Stopwatch) since(start time.Time) time.Time {
	now := time.Now()
	s.Add(int64(now.Sub(start)))
	return now
}

func (c *Counts) kept(p store.Put) {
	switch {
	case p.New:
		c.Articles.Add(1)
	case p.Changed:
		c.Versions.Add(1)
	default:
		c.Unchanged.Add(1)
	}
}

func (c *Counts) fetched(err error) {
	c.Fetches.Add(1)
	if err != nil {
		c.Failures.Add(1)
	}
}
