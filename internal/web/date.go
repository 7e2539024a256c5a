package web

import (
	"cmp"
	"time"

	"synoptic/article"
)

// Dates are shown in UTC, day first, as precise as they are known.

// clock is a moment to the minute: 4 Mar 2031, 09:00 UTC.
func clock(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format("2 Jan 2006, 15:04 UTC")
}

// dated is a date as exactly as it is known.
func dated(d article.Date) string {
	switch d.Precision {
	case article.Minute, article.Second:
		return clock(d.Time)
	case article.Day:
		return d.Time.Format("2 Jan 2006")
	case article.Month:
		return d.Time.Format("Jan 2006")
	}
	return d.String()
}

// span is from one day to another, each part that they share once: 4 to 6 Mar
// 2031.
func span(from, to time.Time) string {
	if from.IsZero() || to.IsZero() {
		return ""
	}
	from, to = from.UTC(), to.UTC()
	last := to.Format("2 Jan 2006")
	switch {
	case from.Format("2 Jan 2006") == last:
		return last
	case from.Format("Jan 2006") == to.Format("Jan 2006"):
		return from.Format("2") + " to " + last
	case from.Year() == to.Year():
		return from.Format("2 Jan") + " to " + last
	}
	return from.Format("2 Jan 2006") + " to " + last
}

// machine is t for the datetime attribute.
func machine(t time.Time) string { return t.UTC().Format(time.RFC3339) }

func orNoDate(d article.Date) string { return cmp.Or(dated(d), "no date") }
