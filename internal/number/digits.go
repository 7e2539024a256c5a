package number

import (
	"math"
	"unicode"
	"unicode/utf8"

	"synoptic/text"
)

// longest is how many digits a number may have before its decimal sign; what
// is longer names something and counts nothing.
const longest = 15

// digit reads one digit of any script at i: its value, -1 for none, and its
// length in bytes.
func digit(body string, i, end int) (value, size int) {
	if i >= end {
		return -1, 0
	}
	if c := body[i]; c < utf8.RuneSelf {
		if c-'0' <= 9 {
			return int(c - '0'), 1
		}
		return -1, 1
	}
	r, n := utf8.DecodeRuneInString(body[i:end])
	if !unicode.IsDigit(r) {
		return -1, n
	}
	// Decimal digits stand in the standard in runs of ten, zero first.
	for _, run := range unicode.Nd.R16 {
		if rune(run.Lo) <= r && r <= rune(run.Hi) {
			return int(r-rune(run.Lo)) % 10, n
		}
	}
	for _, run := range unicode.Nd.R32 {
		if rune(run.Lo) <= r && r <= rune(run.Hi) {
			return int(r-rune(run.Lo)) % 10, n
		}
	}
	return -1, n
}

// group is a run of digits and the sign that stands before it.
type group struct {
	sign  rune // 0 for the first
	width int
	start int // of the digits
	end   int
}

// maxGroups is enough for every number of longest digits in groups of two.
const maxGroups = 10

// digits reads the number at i: digits in groups, a decimal part, an exponent,
// a power, or an ordinal ending.
func (l *Lexer) digits(body string, i, end int) Lexeme {
	var groups [maxGroups]group
	n := 0
	x := Lexeme{Span: text.Span{Start: i}, Kind: Digits}
	l.start = i
	if body[i] == '.' {
		groups[0] = group{start: i, end: i}
		n = 1
	}
	at := i
	for {
		sign, size := rune(0), 0
		if n > 0 {
			sign, size = separator(body, at, end)
			if sign == 0 || sign == ' ' && !three(body, at+size, end) {
				break
			}
		}
		g := group{sign: sign, start: at + size}
		at += size
		for {
			v, size := digit(body, at, end)
			if v < 0 {
				break
			}
			g.width++
			at += size
		}
		g.end = at
		if g.width == 0 { // only the first can be
			break
		}
		if n == maxGroups {
			x.Form |= Odd
			continue
		}
		groups[n] = g
		n++
	}
	if x.Form&Odd != 0 {
		x.End = at
		return x
	}
	used := l.shape(body, groups[:n], &x)
	x.End = groups[used-1].end
	if x.Form&Odd != 0 {
		return x
	}
	x.Value, x.Form = value(body, groups[:used], x)
	x.Width = groups[0].width
	for _, g := range groups[1:used] {
		if x.Form&Grouped != 0 && !(x.Form&Decimal != 0 && g.end == groups[used-1].end) {
			x.Width += g.width
		}
	}
	if x.Width > longest {
		x.Form |= Odd
		return x
	}
	if first, _ := digit(body, groups[0].start, end); first == 0 && x.Width > 1 {
		x.Form |= Zero
	}
	if x.Form&^(Grouped|Zero) == 0 {
		if e := ordinal(body, x.End, end); e > 0 {
			x.Kind = Ordinal
			x.End = e
			return x
		}
	}
	exponent(body, end, &x)
	return x
}

// separator is the sign between two groups of digits at i, with its length; 0
// where no digit follows. A space of any kind counts as one.
func separator(body string, i, end int) (sign rune, size int) {
	if i >= end {
		return 0, 0
	}
	r, n := utf8.DecodeRuneInString(body[i:end])
	switch r {
	case ',', '.', '\'', ' ':
	case '’':
		r = '\''
	case '٬': // Arabic thousands separator
		r = ','
	case '٫': // Arabic decimal separator
		r = '.'
	case '\u00a0', '\u2009', '\u202f', '\u2007':
		r = '\u00a0'
	default:
		return 0, 0
	}
	if v, _ := digit(body, i+n, end); v < 0 {
		return 0, 0
	}
	return r, n
}

// shape finds how many of the groups are one number and whether its signs part
// thousands or decimals. Where the signs fit no way of writing numbers, all of
// them are marked as Odd.
func (l *Lexer) shape(body string, g []group, x *Lexeme) int {
	if len(g) == 1 {
		return 1
	}
	sign := g[1].sign
	run := 1 // groups that the first sign parts
	for run < len(g) && g[run].sign == sign {
		run++
	}
	threes, indian := g[0].width >= 1 && g[0].width <= 3, g[0].width >= 1 && g[0].width <= 2
	for i, h := range g[1:run] {
		threes = threes && h.width == 3
		indian = indian && (h.width == 2 || i == run-2 && h.width == 3)
	}
	indian = indian && sign == ',' && run > 2 && g[run-1].width == 3
	switch sign {
	case ' ', '\u00a0', '\'':
		return l.spaced(body, g, run, threes, x)
	}
	if run == len(g) || g[run].sign == ' ' || g[run].sign == '\'' { // one kind of sign
		decimal := '.'
		if l.DecimalComma {
			decimal = ','
		}
		switch {
		case threes && (run > 2 || sign != decimal):
			x.Form |= Grouped
		case indian:
			x.Form |= Grouped
		case run == 2 && !l.listing() && (sign == '.' || l.DecimalComma || g[1].width <= 2 && g[0].width <= 3):
			x.Form |= Decimal
		case sign == '.':
			x.Form |= Odd // 192.168.1.2, 3.1.4
			return run
		default:
			for _, h := range g[1:run] {
				if h.width == 3 { // "2,000,3,000": a list, but of what?
					x.Form |= Odd
					return run
				}
			}
			return 1 // a list: "22,24,26"
		}
		return run
	}
	// Thousands, then the other sign and decimals: 1,234.5 or 1.234,5.
	if (threes || indian) && g[run].sign != sign {
		x.Form |= Grouped
		if run+1 == len(g) || g[run+1].sign == ' ' || g[run+1].sign == '\u00a0' {
			x.Form |= Decimal
			return run + 1
		}
		if g[run].sign == ',' { // "1.234,5,6"
			x.Form |= Odd
			return len(g)
		}
		x.Form |= Odd
		return run + 1
	}
	if run == 2 && sign == '.' && g[2].sign == ',' { // a list of decimals without spaces
		x.Form |= Decimal
		return 2
	}
	if sign == ',' {
		return 1
	}
	x.Form |= Odd
	return run
}

// listing reports whether the number at hand follows another and a comma
// without a space between them: then a comma parts numbers, not decimals.
func (l *Lexer) listing() bool {
	n := len(l.buf)
	return n > 1 && l.buf[n-1].Is(',') && l.buf[n-1].Glued && l.buf[n-2].Kind == Digits && l.buf[n-1].End == l.start
}

// spaced reads groups that spaces or apostrophes part. In English a common
// space stands more often between two numbers, so it parts thousands only where
// that is sure: two groups of three or more, or a group of three noughts.
func (l *Lexer) spaced(body string, g []group, run int, threes bool, x *Lexeme) int {
	if !threes || g[1].sign == ' ' && run == 2 && !l.DecimalComma && body[g[1].start:g[1].end] != "000" {
		return 1
	}
	x.Form |= Grouped
	if run < len(g) && (g[run].sign == '.' || g[run].sign == ',') && (run+1 == len(g) || g[run+1].sign == ' ') {
		x.Form |= Decimal
		return run + 1
	}
	return run
}

// three reports whether exactly three digits stand at i.
func three(body string, i, end int) bool {
	for range 3 {
		v, n := digit(body, i, end)
		if v < 0 {
			return false
		}
		i += n
	}
	v, _ := digit(body, i, end)
	return v < 0
}

// value adds up the groups.
func value(body string, g []group, x Lexeme) (float64, Form) {
	whole := g
	var part group
	if x.Form&Decimal != 0 {
		whole, part = g[:len(g)-1], g[len(g)-1]
	}
	v := 0.0
	n := 0
	for _, h := range whole {
		for at := h.start; at < h.end; {
			d, size := digit(body, at, h.end)
			v = v*10 + float64(max(d, 0))
			at += size
			n++
		}
	}
	if n > longest {
		return 0, x.Form | Odd
	}
	scale := 1.0
	for at := part.start; at < part.end; {
		d, size := digit(body, at, part.end)
		at += size
		if n++; n > longest { // more than a float holds
			continue
		}
		v = v*10 + float64(max(d, 0))
		scale *= 10
	}
	return v / scale, x.Form // both exact, so the quotient is correctly rounded
}

// ordinal is the end of the ordinal ending at i, 0 where there is none.
func ordinal(body string, i, end int) int {
	if i+2 > end || letterAt(body, i+2, end) {
		return 0
	}
	switch string([]byte{body[i] | 0x20, body[i+1] | 0x20}) {
	case "st", "nd", "rd", "th":
		return i + 2
	}
	return 0
}

// exponent reads what may follow a number: "e10", "x10^6", "×10⁻⁸", "^23".
func exponent(body string, end int, x *Lexeme) {
	at := x.End
	if at >= end {
		return
	}
	switch c := body[at]; {
	case c|0x20 == 'e':
		if p, to, ok := power10(body, at+1, end); ok {
			raise(x, to, x.Value*math.Pow10(p))
		}
	case c == '^':
		negative, to := sign(body, at+1, end)
		v, stop := plain(body, to, end)
		if stop == to {
			x.Form |= Odd
			return
		}
		if negative {
			v = -v
		}
		raise(x, stop, math.Pow(x.Value, v))
	default:
		to := spaces(body, at, end)
		r, n := utf8.DecodeRuneInString(body[to:end])
		if r != 'x' && r != '×' && r != '*' && r != '·' {
			return
		}
		to = spaces(body, to+n, end)
		if to+3 > end || body[to:to+2] != "10" {
			return
		}
		to += 2
		if body[to] == '^' {
			to++
		} else if r, _ := utf8.DecodeRuneInString(body[to:end]); r != '−' && superscript(r) < 0 && r != '⁻' {
			return
		}
		if p, to, ok := power10(body, to, end); ok {
			raise(x, to, x.Value*math.Pow10(p))
		}
	}
}

func raise(x *Lexeme, end int, v float64) {
	x.End = end
	x.Value = v
	x.Form = x.Form&^(Zero|Grouped) | Computed
	if math.IsInf(v, 0) || math.IsNaN(v) {
		x.Form |= Odd
	}
}

func spaces(body string, i, end int) int {
	for i < end && body[i] == ' ' {
		i++
	}
	return i
}

func sign(body string, i, end int) (negative bool, next int) {
	if i < end {
		switch r, n := utf8.DecodeRuneInString(body[i:end]); r {
		case '-', '−', '⁻':
			return true, i + n
		case '+', '⁺':
			return false, i + n
		}
	}
	return false, i
}

// power10 reads a small whole exponent, plain or raised, that no letter or
// digit follows.
func power10(body string, i, end int) (p, next int, ok bool) {
	negative, at := sign(body, i, end)
	from := at
	for at < end && at-from < 9 {
		r, n := utf8.DecodeRuneInString(body[at:end])
		d := superscript(r)
		if d < 0 && r >= '0' && r <= '9' {
			d = int(r - '0')
		}
		if d < 0 {
			break
		}
		p = p*10 + d
		at += n
	}
	if at == from || p > 300 || letterAt(body, at, end) {
		return 0, 0, false
	}
	if negative {
		p = -p
	}
	return p, at, true
}

// superscript is the value of a raised digit, -1 for anything else.
func superscript(r rune) int {
	switch r {
	case '⁰':
		return 0
	case '¹':
		return 1
	case '²':
		return 2
	case '³':
		return 3
	}
	if r >= '⁴' && r <= '⁹' {
		return int(r-'⁴') + 4
	}
	return -1
}

// plain reads ASCII digits with at most one decimal point.
func plain(body string, i, end int) (v float64, next int) {
	scale := 0.0
	for i < end {
		c := body[i]
		switch {
		case c-'0' <= 9:
			v = v*10 + float64(c-'0')
			scale *= 10
		case c == '.' && scale == 0 && i+1 < end && body[i+1]-'0' <= 9:
			scale = 1
		default:
			return v / max(scale, 1), i
		}
		i++
	}
	return v / max(scale, 1), i
}
