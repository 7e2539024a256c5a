package moment

import (
	"strconv"
	"time"

	"synoptic/internal/number"
)

type kind uint8

const (
	monthName kind = iota + 1
	monthShort
	weekday
	weekdayShort
	dayWord  // n is the distance from today
	partWord // morning, night
	relative // n is -1, 0 or 1
	period   // n is one of the periods below
	clock    // a.m., p.m.
	noon
	holiday
)

// The periods that relative words go with.
const (
	days = iota + 1
	weeks
	months
	years
	fortnights
	decades
	weekends
	hours // and shorter: never a date
)

type entry struct {
	kind kind
	n    int
}

// vocabulary is the words that moments are made of.
var vocabulary = number.NewPhrases(map[string]entry{
	"january": {monthName, 1}, "february": {monthName, 2}, "march": {monthName, 3}, "april": {monthName, 4}, "may": {monthName, 5},
	"june": {monthName, 6}, "july": {monthName, 7}, "august": {monthName, 8}, "september": {monthName, 9}, "october": {monthName, 10},
	"november": {monthName, 11}, "december": {monthName, 12},
	"jan": {monthShort, 1}, "feb": {monthShort, 2}, "mar": {monthShort, 3}, "apr": {monthShort, 4}, "jun": {monthShort, 6},
	"jul": {monthShort, 7}, "aug": {monthShort, 8}, "sep|sept": {monthShort, 9}, "oct": {monthShort, 10}, "nov": {monthShort, 11}, "dec": {monthShort, 12},
	"sunday": {weekday, 0}, "monday": {weekday, 1}, "tuesday": {weekday, 2}, "wednesday": {weekday, 3}, "thursday": {weekday, 4},
	"friday": {weekday, 5}, "saturday": {weekday, 6},
	"sun": {weekdayShort, 0}, "mon": {weekdayShort, 1}, "tue|tues": {weekdayShort, 2}, "wed": {weekdayShort, 3}, "thu|thur|thurs": {weekdayShort, 4},
	"fri": {weekdayShort, 5}, "sat": {weekdayShort, 6},
	"today|tonight|this morning|this afternoon|this evening": {dayWord, 0}, "yesterday|last night": {dayWord, -1},
	"tomorrow|tmrw": {dayWord, 1}, "the day before yesterday|day before yesterday": {dayWord, -2}, "the day after tomorrow|day after tomorrow": {dayWord, 2},
	"morning|afternoon|evening|night|lunchtime|midday": {partWord, 0},
	"last|previous|past": {relative, -1}, "this": {relative, 0}, "next|following|coming": {relative, 1},
	"day|days": {period, days}, "week|weeks": {period, weeks}, "month|months": {period, months}, "year|years": {period, years},
	"fortnight|fortnights": {period, fortnights}, "decade|decades": {period, decades}, "weekend|weekends": {period, weekends},
	"hour|hours|minute|minutes|second|seconds": {period, hours},
	"am|pm|a.m|p.m": {clock, 0}, "noon|midnight": {noon, 0},
	"christmas day|christmas": {holiday, 1225}, "christmas eve": {holiday, 1224}, "boxing day": {holiday, 1226},
	"new year's day|new year day|new year": {holiday, 101}, "new year's eve|new year eve|new years eve": {holiday, 1231},
	"valentine's day|valentines day": {holiday, 214}, "st patrick's day|saint patrick's day|st. patrick's day|saint patrick": {holiday, 317},
	"independence day|fourth of july|july fourth": {holiday, 704}, "juneteenth|freedom day|jubilee day": {holiday, 619}, "halloween": {holiday, 1031}, "earth day": {holiday, 422},
	"may day|international workers' day": {holiday, 501}, "armistice day": {holiday, 1111}, "bastille day": {holiday, 714},
	"easter|easter sunday": {holiday, easterSunday}, "easter monday": {holiday, easterSunday + 1}, "good friday": {holiday, easterSunday - 2},
	"thanksgiving|thanksgiving day": {holiday, thanksgiving}, "black friday": {holiday, thanksgiving + 1},
})

// Holidays that move are numbers above every month and day.
const (
	easterSunday = 10000
	thanksgiving = 20000
)

// holidayIn is the day of a holiday in a year.
func holidayIn(code, y int) time.Time {
	switch {
	case code > thanksgiving-100: // the fourth Thursday of November
		first := time.Date(y, 11, 1, 0, 0, 0, 0, time.UTC)
		back := (int(time.Thursday) - int(first.Weekday()) + 7) % 7
		return first.AddDate(0, 0, back+21+code-thanksgiving)
	case code > easterSunday-100:
		return easter(y).AddDate(0, 0, code-easterSunday)
	}
	return time.Date(y, time.Month(code/100), code%100, 0, 0, 0, 0, time.UTC)
}

// easter is the Sunday of the Gregorian Easter (the anonymous algorithm, Nature
// 13, 1876; Meeus, Astronomical Algorithms, chapter 8).
func easter(y int) time.Time {
	a, b, c := y%19, y/100, y%100
	d, e := b/4, b%4
	f := (b + 8) / 25
	g := (b - f + 1) / 3
	h := (19*a + b - d - g + 15) % 30
	i, k := c/4, c%4
	l := (32 + 2*e + 2*i - h - k) % 7
	m := (a + 11*h + 22*l) / 451
	n := h + l - 7*m + 114
	return time.Date(y, time.Month(n/31), n%31+1, 0, 0, 0, 0, time.UTC)
}

// ordinals are the days of a month in words.
var ordinals = func() *number.Phrases[int] {
	names := []string{
		"", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth", "thirteenth",
		"fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth", "twentieth",
	}
	entries := map[string]int{"thirtieth": 30}
	for d, name := range names[1:] {
		entries[name] = d + 1
		if d < 9 {
			entries["twenty "+name+"|twenty - "+name] = 21 + d
		}
		if d < 1 {
			entries["thirty "+name+"|thirty - "+name] = 31 + d
		}
	}
	return number.NewPhrases(entries)
}()

func set(words ...string) *number.Phrases[bool] {
	entries := map[string]bool{}
	for _, w := range words {
		entries[w] = true
	}
	return number.NewPhrases(entries)
}

var (
	// lead goes before a month or a year that stands alone.
	lead = set("in", "since", "last", "next", "this", "until", "till", "by", "early", "late", "mid", "from", "through", "before", "after", "during", "between", "to", "for", "of",
		"year", "circa", "on")
	// ahead tells that what a sentence says is still to come.
	ahead = set("will", "shall", "'ll", "won't", "due", "scheduled", "plans", "planned", "upcoming", "until", "expected", "next", "expires", "deadline",
		"i'll", "we'll", "he'll", "she'll", "they'll", "it'll")
	// attacks follow a day that has become the name of what happened on it.
	attacks = set("attack", "attacks", "massacre", "assault", "atrocities", "hijackings", "bombings", "bombing", "terror", "terrorist", "onslaught", "uprising", "coup", "revolution", "riot", "riots", "movement")
	// counted follow a four-digit number that is no year.
	units = set("people", "metres", "meters", "miles", "km", "kg", "feet", "tonnes", "tons", "troops", "soldiers", "men", "women", "children", "dollars", "euros", "pounds", "percent", "calories", "jobs", "homes",
		"hires", "rounds", "points", "votes", "megawatts", "square", "sq", "hours", "days", "words", "million", "billion", "hp", "cc")
	// of named days: "Super Tuesday"
	eponyms = set("super", "black", "good", "ash", "cyber", "giving", "fat", "shrove", "bloody", "palm", "easter")
	anyOf   = set("a", "an", "any", "every", "each", "most", "some", "no")
	onWords = set("on", "by", "until", "from", "before", "after", "since", "and", "or")
)

var (
	kOf, kThe, kAgo, kIn, kOn      = number.Key("of"), number.Key("the"), number.Key("ago"), number.Key("in"), number.Key("on")
	kFrom, kAfter, kBefore         = number.Key("from"), number.Key("after"), number.Key("before")
	kNow, kAnd, kLater, kEarlier   = number.Key("now"), number.Key("and"), number.Key("later"), number.Key("earlier")
	kOr, kSince                    = number.Key("or"), number.Key("since")
	kS, kTime                      = number.Key("'s"), number.Key("time")
	kTo, kA, kAn, kThis, kMay, kBy = number.Key("to"), number.Key("a"), number.Key("an"), number.Key("this"), number.Key("may"), number.Key("by")
)

// digitsOf reads up to nine ASCII digits, as a date in digits is made of.
func digitsOf(s string) (int, bool) {
	if len(s) == 0 || len(s) > 9 {
		return 0, false
	}
	n, err := strconv.Atoi(s)
	return n, err == nil && n >= 0 && s[0] != '+'
}
