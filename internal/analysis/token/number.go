package token

// digits is the end of the run of digits at i, with the commas, full stops,
// colons and slashes between them: 1,200 or 3.5 or 7:30 or 9/11.
func (s *scanner) digits(i, end int) int {
	for i < end {
		c, n := classAt(s.text, i)
		switch c {
		case digit:
			i += n
			continue
		case period, pausing:
			if n > 1 || s.text[i] == ';' {
				return i
			}
		default:
			if s.text[i] != '/' {
				return i
			}
		}
		if i+1 >= end || !s.is(i+1, digit) {
			return i
		}
		if s.text[i] == ',' && !s.thousand(i+1, end) {
			return i
		}
		i++
	}
	return i
}

// thousand reports whether three digits or, as in India, two and a comma stand at i.
func (s *scanner) thousand(i, end int) bool {
	n := 0
	for i+n < end && n < 4 && s.is(i+n, digit) {
		n++
	}
	return n == 3 || n == 2 && i+2 < end && s.text[i+2] == ','
}

// number adds the words of what begins with the digit at i.
func (s *scanner) number(i, end int) int {
	start := i
	i = s.digits(i, end)
	if e := s.dashed(start, i, end); e > i {
		s.emit(start, e, number)
		return e
	}
	if i < end && s.is(i, letter) {
		e := s.letters(i, end)
		if e < end && (s.text[e] == '@' || s.text[e] == '.' && s.domainAt(e, end) > 0) {
			e = s.address(e, end)
			s.emit(start, e, number)
			return e
		}
		unit := s.text[i:e]
		switch {
		case (unit == "p" || unit == "a" || unit == "P" || unit == "A") && e+2 < end && s.text[e] == '.' && s.text[e+1]|0x20 == 'm':
			s.emit(start, i, number)
			return i
		case units[unit]:
			s.emit(start, i, number)
			s.emit(i, e, lower)
			return e
		case e < end && s.is(e, hyphen): // "4A-class"
		case unit == "s" || unit == "th":
		}
		if e < end {
			if c, n := classAt(s.text, e); c == apostrophe && e+n < end && s.is(e+n, letter) {
				e = s.letters(e+n, end)
				s.split(start, e)
				return e
			}
		}
		s.emit(start, e, number)
		return e
	}
	if i < end {
		if c, n := classAt(s.text, i); c == apostrophe && i+n < end && s.text[i+n] == 's' && s.letters(i+n, end) == i+n+1 && decades(s.text[start:i]) {
			s.emit(start, i+n+1, number)
			return i + n + 1
		}
		if s.text[i] == '_' && i+1 < end && s.alphanumeric(i+1) || s.text[i] == '@' && i+1 < end && s.is(i+1, letter) {
			return s.word(start, end)
		}
		if s.text[i] == '.' && s.itemAt(start, i, end) {
			s.emit(start, i+1, item)
			return i + 1
		}
		if s.text[i] == '.' {
			if e := s.domainAt(i, end); e > 0 {
				s.emit(start, e, number)
				return e
			}
		}
	}
	s.emit(start, i, number)
	return i
}

// itemAt reports whether the number text[start:i], with the full stop behind it,
// counts an item of a list: it begins the paragraph or follows the end of a
// sentence, and a word with a capital follows it.
func (s *scanner) itemAt(start, i, end int) bool {
	if i-start > 5 || i+1 >= end || !s.is(i+1, space) {
		return false
	}
	if len(s.kinds) == 0 {
		return true
	}
	k := s.kinds[len(s.kinds)-1]
	return (k == stop || k == closer || k == mark && s.text[start-1] == ' ' && s.text[s.tokens[len(s.tokens)-1].Start] == ':') && s.capitalFollows(i+1, end)
}

// dashed is the end of groups of digits with hyphens between them that are one
// word, as telephone numbers and dates are (713-555-0199, 2016-11-07), or 0:
// "3-1" and "1999-2000" are not.
func (s *scanner) dashed(start, i, end int) int {
	groups, last := 1, i-start
	for groups < 5 && i+1 < end && s.text[i] == '-' && s.is(i+1, digit) {
		e := i + 1
		for e < end && s.text[e] >= '0' && s.text[e] <= '9' {
			e++
		}
		before := last
		groups, last, i = groups+1, e-i-1, e
		if groups == 2 && last == 4 && (before == 3 || before == 5) && (e+1 >= end || s.text[e] != '-') {
			return e
		}
	}
	if groups < 3 {
		return 0
	}
	return i
}

// units are split from the number before them: "5kg" is "5" and "kg".
var units = map[string]bool{
	"m": true, "mm": true, "cm": true, "km": true, "kg": true, "g": true, "mg": true, "ml": true, "l": true, "lb": true, "lbs": true, "ft": true, "in": true,
	"mi": true, "k": true, "K": true, "M": true, "MM": true, "b": true, "bn": true, "B": true, "tn": true, "mn": true, "mph": true, "kph": true, "kmh": true,
	"am": true, "pm": true, "AM": true, "PM": true, "Hz": true, "kHz": true, "MHz": true, "GHz": true, "kb": true, "KB": true, "MB": true,
	"GB": true, "TB": true, "Mb": true, "Gb": true, "kW": true, "MW": true, "GW": true, "kWh": true, "MWh": true, "t": true, "oz": true, "yd": true,
	"x": true, "hrs": true, "hr": true, "min": true, "mins": true, "sec": true, "secs": true, "yrs": true, "yr": true, "pc": true, "percent": true,
	"ha": true, "sq": true, "hh": true, "p": true, "c": true, "ºC": true, "ºF": true, "º": true, "cc": true, "hp": true, "ppm": true, "ms": true,
	"million": true, "billion": true, "days": true, "years": true, "minutes": true, "hours": true, "pts": true,
}
