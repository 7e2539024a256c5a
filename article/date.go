package article

import (
	"fmt"
	"time"
)

// Precision is how exactly a date is known.
type Precision uint8

// From not at all to the second. A date is never more precise than what the
// account says.
const (
	Unknown Precision = iota
	Year
	Month
	Day
	Minute
	Second
)

var precisions = [...]string{"", "year", "month", "day", "minute", "second"}

// String is the precision in lower case, "" for Unknown.
func (p Precision) String() string { return precisions[p] }

// Date is a point in time as exactly as it is known. The zero value is an
// unknown date.
type Date struct {
	Time      time.Time
	Precision Precision
}

// Known reports whether anything is known of d.
func (d Date) Known() bool { return d.Precision != Unknown }

// String is d as ISO 8601, cut to what is known: 2016, 2016-11, 2016-11-07,
// 2016-11-07T14:05Z, 2016-11-07T14:05:09Z; "" when nothing is.
func (d Date) String() string {
	switch d.Precision {
	case Year:
		return d.Time.Format("2006")
	case Month:
		return d.Time.Format("2006-01")
	case Day:
		return d.Time.Format("2006-01-02")
	case Minute:
		return d.Time.Format("2006-01-02T15:04Z07:00")
	case Second:
		return d.Time.Format(time.RFC3339)
	}
	return ""
}

// Compare orders dates by time; what is unknown comes last.
func (d Date) Compare(o Date) int {
	switch {
	case !d.Known() && !o.Known():
		return 0
	case !d.Known():
		return 1
	case !o.Known():
		return -1
	}
	return d.Time.Compare(o.Time)
}

// layouts are the forms that ParseDate reads, each with what it is precise to.
var layouts = []struct {
	layout    string
	precision Precision
}{
	{time.RFC3339, Second},
	{"2006-01-02T15:04:05.999999999", Second},
	{"2006-01-02T15:04:05-0700", Second},
	{"2006-01-02 15:04:05Z07:00", Second},
	{"2006-01-02 15:04:05", Second},
	{"2006-01-02T15:04Z07:00", Minute},
	{"2006-01-02T15:04", Minute},
	{"2006-01-02 15:04", Minute},
	{"2006-01-02", Day},
	{"2006-01", Month},
	{"2006", Year},
}

// ParseDate reads the machine-made dates of pages and records: ISO 8601, with
// or without a time and a zone (none means UTC). Midnight on the second with no
// zone is what tools write when they know the day alone, and is read so.
func ParseDate(s string) (Date, error) {
	for _, l := range layouts {
		t, err := time.Parse(l.layout, s)
		if err != nil {
			continue
		}
		d := Date{Time: t, Precision: l.precision}
		naive := l.layout == "2006-01-02T15:04:05.999999999" || l.layout == "2006-01-02 15:04:05"
		if naive && t.Equal(t.Truncate(24*time.Hour)) {
			d.Precision = Day
		}
		return d, nil
	}
	return Date{}, fmt.Errorf("date %q: not a form that is known", s)
}
