package web

import (
	"cmp"
	"time"

	"synoptic/article"
)

// Dates are shown in UTC and in the order of ISO 8601, as reports have them, and
// as precise as they are known.

// clock is a moment to the minute: 2031-03-04 09:00 UTC; "" for the zero time.
func clock(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format("2006-01-02 15:04 UTC")
}

// dated is a date as exactly as it is known.
func dated(d article.Date) string {
	if d.Precision >= article.Minute {
		return clock(d.Time)
	}
	return d.String()
}

func orNoDate(d article.Date) string { return cmp.Or(dated(d), "no date") }

// span is from one day to another: 2031-03-04 to 2031-03-06.
func span(from, to time.Time) string {
	if from.IsZero() || to.IsZero() {
		return ""
	}
	first, last := from.UTC().Format(time.DateOnly), to.UTC().Format(time.DateOnly)
	if first == last {
		return last
	}
	return first + " to " + last
}

// machine is t for the datetime attribute and for feeds.
func machine(t time.Time) string { return t.UTC().Format(time.RFC3339) }
