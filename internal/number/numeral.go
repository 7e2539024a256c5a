package number

import "synoptic/text"

// Numeral is a number that several lexemes may make up: "two and a half
// million", "10 1/2", "tens of thousands", "one in five".
type Numeral struct {
	First, Last int     // its lexemes are lex[First:Last]
	Value       float64 // the number, or the anchor of a vague one
	Low, High   float64 // what it may stand for; both Value but in a vague one
	Words       bool    // it begins with a word, not with a digit
	Fraction    bool    // less than one, written as a fraction
	Ratio       bool    // "one in five"
	Article     bool    // its number is an article: "a dozen"
	Bare        bool    // digits alone, with no scale, sign or fraction
	Loose       bool    // "a couple"
	Scaled      bool    // a word for a power of ten is part of it
}

// Span is where the numeral stands.
func (n Numeral) Span(lex []Lexeme) text.Span {
	return text.Span{Start: lex[n.First].Start, End: lex[n.Last-1].End}
}

// Vague reports whether the words leave the number open ("dozens").
func (n Numeral) Vague() bool { return n.Low != n.High }

type class uint8

const (
	unit class = iota + 1 // 1 to 9, and nought
	teen                  // 10 to 19
	ten                   // 20, 30, …
	hundred
	scale   // thousand and above
	dozen   // counts like a scale, but takes no number below it
	article // a, an
	and
	point
	minus
	half
	quarter
	ordinalWord  // first, second: never a part of a fraction
	denominator  // third, fifth
	denominators // thirds, fifths, halves
	several      // a few, several: only with a scale
	couple       // a couple, a pair
	plural       // dozens, hundreds, millions
	of
	in
	out
	over
)

// about marks the two of "a couple", which is not always two.
const about = -2

type numberWord struct {
	class class
	value float64
}

var words = NewPhrases(map[string]numberWord{
	"zero|nought|naught": {unit, 0}, "one": {unit, 1}, "two": {unit, 2}, "three": {unit, 3}, "four": {unit, 4},
	"five": {unit, 5}, "six": {unit, 6}, "seven": {unit, 7}, "eight": {unit, 8}, "nine": {unit, 9},
	"ten": {teen, 10}, "eleven": {teen, 11}, "twelve": {teen, 12}, "thirteen": {teen, 13}, "fourteen": {teen, 14},
	"fifteen": {teen, 15}, "sixteen": {teen, 16}, "seventeen": {teen, 17}, "eighteen": {teen, 18}, "nineteen": {teen, 19},
	"twenty": {ten, 20}, "thirty": {ten, 30}, "forty|fourty": {ten, 40}, "fifty": {ten, 50}, "sixty": {ten, 60},
	"seventy": {ten, 70}, "eighty": {ten, 80}, "ninety": {ten, 90},
	"hundred": {hundred, 100}, "thousand": {scale, 1e3}, "million": {scale, 1e6}, "billion": {scale, 1e9},
	"trillion": {scale, 1e12}, "lakh": {scale, 1e5}, "crore": {scale, 1e7}, "quadrillion": {scale, 1e15},
	"mln|mn|mil": {scale, 1e6}, "bln|bn": {scale, 1e9}, "tln|trn": {scale, 1e12},
	"dozen|dz": {dozen, 12}, "a|an": {article, 1}, "and": {and, 0}, "point": {point, 0}, "minus|negative": {minus, 0},
	"half": {half, .5}, "quarter": {quarter, .25}, "halves": {denominators, 2}, "quarters": {denominators, 4},
	"first|firsts|second": {ordinalWord, 0},
	"third":               {denominator, 3}, "fourth": {denominator, 4}, "fifth": {denominator, 5}, "sixth": {denominator, 6},
	"seventh": {denominator, 7}, "eighth": {denominator, 8}, "ninth": {denominator, 9}, "tenth": {denominator, 10},
	"twelfth": {denominator, 12}, "fifteenth": {denominator, 15}, "sixteenth": {denominator, 16}, "twentieth": {denominator, 20},
	"thirtieth": {denominator, 30}, "fiftieth": {denominator, 50}, "hundredth": {denominator, 100},
	"thousandth": {denominator, 1e3}, "millionth": {denominator, 1e6}, "billionth": {denominator, 1e9},
	"trillionth": {denominator, 1e12},
	"thirds":     {denominators, 3}, "fourths": {denominators, 4}, "fifths": {denominators, 5}, "sixths": {denominators, 6},
	"sevenths": {denominators, 7}, "eighths": {denominators, 8}, "ninths": {denominators, 9}, "tenths": {denominators, 10},
	"twelfths": {denominators, 12}, "sixteenths": {denominators, 16}, "twentieths": {denominators, 20},
	"hundredths": {denominators, 100}, "thousandths": {denominators, 1e3}, "millionths": {denominators, 1e6},
	"billionths": {denominators, 1e9}, "trillionths": {denominators, 1e12},
	"several|few": {several, 0}, "couple": {couple, about}, "pair": {couple, 2},
	"dozens|dozs|dzs": {plural, 12}, "scores": {plural, 20}, "tens": {plural, 10}, "hundreds": {plural, 100},
	"thousands": {plural, 1e3}, "millions": {plural, 1e6}, "billions": {plural, 1e9}, "trillions": {plural, 1e12},
	"lakhs": {plural, 1e5}, "crores": {plural, 1e7},
	"of": {of, 0}, "in": {in, 0}, "out": {out, 0}, "over": {over, 0},
})

// Reader reads the numerals of one text.
type Reader struct {
	Words bool // English number words are read, not digits alone
	lex   []Lexeme
}

// Reset points the reader to the lexemes of another sentence.
func (r *Reader) Reset(lex []Lexeme) { r.lex = lex }

func (r *Reader) word(i int) numberWord {
	if !r.Words || i < 0 || i >= len(r.lex) || r.lex[i].Kind != Word {
		return numberWord{}
	}
	v, _ := words.One(r.lex, i)
	return v
}

func (r *Reader) is(i int, c class) bool { return r.word(i).class == c }

func (r *Reader) digits(i int) bool {
	return i < len(r.lex) && r.lex[i].Kind == Digits && r.lex[i].Form&(Odd|Zero) == 0
}

// joint is the place after a hyphen that joins two parts of one number, or i.
func (r *Reader) joint(i int) int {
	if i+1 < len(r.lex) && r.lex[i].Is('-') {
		return i + 1
	}
	return i
}

// Read reads the numeral that begins at lex[i]. Where none does, the result
// takes no lexeme.
func (r *Reader) Read(i int) (Numeral, bool) {
	n := Numeral{First: i}
	at := i
	negative := false
	switch {
	case r.is(i, minus) && r.Starts(i):
		negative = true
		at = r.joint(i + 1)
	case !r.Starts(i):
		return Numeral{}, false
	}
	n.Words = r.lex[at].Kind == Word
	n.Article = r.is(at, article)
	var ok bool
	if ok = r.vague(at, &n); !ok {
		if n.Value, n.Last, ok = r.cardinal(at, &n); !ok {
			return Numeral{}, false
		}
		if n.Words && r.ordinal(n.Last) {
			return Numeral{}, false
		}
		r.ratio(&n)
	}
	n.Bare = !n.Words && n.Last == at+1 && !negative && n.Low == 0
	if negative {
		n.Value = -n.Value
	}
	if n.Low == 0 && n.High == 0 {
		n.Low, n.High = n.Value, n.Value
	}
	return n, true
}

// ordinal reports whether the word at lex[i] makes an ordinal or a fraction of
// the number before it that is not to be read: "twenty-first", "a hundred
// thousandth".
func (r *Reader) ordinal(i int) bool {
	switch r.word(r.joint(i)).class {
	case denominator, denominators, ordinalWord:
		return true
	}
	return false
}

// Starts reports whether a numeral may begin at lex[i].
func (r *Reader) Starts(i int) bool {
	if r.digits(i) {
		return true
	}
	switch r.word(i).class {
	case minus:
		j := r.joint(i + 1)
		switch r.word(j).class {
		case unit, teen, ten, hundred:
			return true
		}
		return r.digits(j)
	case unit, teen, ten, hundred, scale, dozen, article, half, quarter, several, couple, plural:
		return true
	}
	return false
}

// vague reads words that leave a number open: "dozens", "tens of thousands",
// "a few hundred", "a couple of hundred". The range is from the amount itself
// to the next such word.
func (r *Reader) vague(i int, n *Numeral) bool {
	switch w := r.word(i); {
	case w.class == plural:
		base, at := w.value, i+1
		for r.is(at, of) && r.word(at+1).class == plural {
			base *= r.word(at + 1).value
			at += 2
		}
		*n = Numeral{First: n.First, Last: at, Value: base, Low: base, High: 10 * base, Words: true, Scaled: true}
		return true
	case w.class == several || w.class == article && r.is(i+1, several):
		at := i + 1
		if w.class == article {
			at++
		}
		base := r.word(at)
		switch base.class {
		case hundred, scale, dozen, plural:
			at++
		default:
			return false
		}
		v := base.value
		for r.is(at, scale) {
			v *= r.word(at).value
			at++
		}
		*n = Numeral{First: n.First, Last: at, Value: 3 * v, Low: 2 * v, High: 9 * v, Words: true, Scaled: true}
		return true
	}
	return false
}

// Scale is the power of ten that the word at lex[i] stands for by itself.
func (r *Reader) Scale(i int) (float64, bool) {
	w := r.word(i)
	return w.value, w.class == scale
}

// cardinal reads a number with its scales: groups below a thousand, each with a
// smaller scale than the one before, and a fraction of the last scale.
func (r *Reader) cardinal(i int, n *Numeral) (v float64, next int, ok bool) {
	v, at, ok := r.group(i, n)
	if !ok {
		return 0, i, false
	}
	if n.Fraction && !r.is(at, scale) && !r.is(at, hundred) && !r.is(at, dozen) {
		// "two thirds of a million"
		if r.is(at, of) && r.is(at+1, article) && r.word(at+2).class == scale {
			n.Fraction = false
			n.Scaled = true
			return v * r.word(at+2).value, at + 3, true
		}
		return v, at, true
	}
	limit := 1e18
	total := 0.0
	for {
		s, to := r.scales(at)
		if s == 0 {
			total += v
			return total, at, true
		}
		if s >= limit { // "3 hundred thousand 2 million": the last is another number
			return total, at, total != 0
		}
		n.Scaled, n.Fraction = true, false
		total += v * s
		limit, at = s, to
		if f, to, ok := r.fraction(at, true); ok && !r.is(to, scale) {
			return total + f*s, to, true
		}
		next := at
		if r.is(next, and) {
			next++
		}
		if next >= len(r.lex) || r.lex[next].Kind == Digits && !r.scaled(next) {
			return total, at, true
		}
		var sub Numeral
		w, to, ok := r.group(next, &sub)
		if !ok || r.is(next, article) && next == at {
			return total, at, true
		}
		s2, _ := r.scales(to)
		small := next > at && limit >= 1e6 && w*max(s2, 1) < 100 // "five million and three others"
		if s2 >= limit || w*max(s2, 1) >= limit || w == 0 || small {
			return total, at, true
		}
		v, at = w, to
	}
}

// scaled reports whether a scale follows the digits at i.
func (r *Reader) scaled(i int) bool {
	c := r.word(i + 1).class
	return r.digits(i) && (c == scale || c == hundred)
}

// scales multiplies the scales at i: "hundred thousand" after a group is two,
// "lakh crore" too. It is 0 where there is none.
func (r *Reader) scales(i int) (float64, int) {
	s, at := 0.0, i
	for range 4 {
		at2 := r.joint(at)
		w := r.word(at2)
		if w.class != scale && w.class != dozen || w.class == dozen && s == 0 && at2 != at {
			if w.class == plural && s == 0 && w.value >= 12 && at2 == at && i > 0 && w.value != 20 && !r.is(i-2, and) {
				return w.value, at + 1 // "3 dozens", "two thousands"
			}
			return s, at
		}
		s = max(s, 1) * w.value
		at = at2 + 1
	}
	return s, at
}

// group reads a number below a thousand in words, or any number in digits, with
// hundreds, decimals and a fraction of its own.
func (r *Reader) group(i int, n *Numeral) (v float64, next int, ok bool) {
	if r.digits(i) {
		v, at := r.mixed(i, n)
		if r.is(at, hundred) {
			n.Scaled = true
			v, at = r.hundreds(v*100, at+1)
		}
		return v, at, true
	}
	if f, to, ok := r.fraction(i, false); ok {
		n.Fraction = true
		return f, to, true
	}
	w := r.word(i)
	at := i + 1
	switch w.class {
	case unit, teen, ten:
		v, at = r.tens(i)
	case article:
		switch r.word(at).class {
		case hundred, scale, dozen:
			v = 1
		case couple:
			n.Loose = r.word(at).value == about
			at++
			v = 2
			if r.is(at, of) {
				switch r.word(at + 1).class {
				case hundred, scale, dozen:
					at++
				}
			}
		default:
			return 0, i, false
		}
	case hundred, scale, dozen:
		v, at = 1, i
	case couple:
		return 0, i, false
	default:
		return 0, i, false
	}
	if to := r.joint(at); r.is(to, hundred) {
		n.Scaled = true
		v, at = r.hundreds(v*100, to+1)
	}
	if r.is(at, point) {
		if d, to, ok := r.decimals(at + 1); ok {
			return v + d, to, true
		}
	}
	if f, to, ok := r.fraction(at, true); ok {
		return v + f, to, true
	}
	// "three fifths", "one-third"; "one hundred thirty fifths" may be two things
	if v >= 100 && r.is(at-1, ten) {
		return v, at, true
	}
	to := r.joint(at)
	if d := r.word(to); d.class == denominators && (v != 1) || d.class == denominator && v == 1 ||
		d.class == quarter && v == 1 || d.class == half && v == 1 {
		if d.class == quarter || d.class == half {
			d.value = 1 / d.value
		}
		n.Fraction = true
		return v / d.value, to + 1, true
	}
	return v, at, true
}

// hundreds adds what may follow "two hundred": tens and units, unless they
// belong to another number or count the parts of a fraction.
func (r *Reader) hundreds(v float64, i int) (float64, int) {
	at := i
	if r.is(at, and) {
		at++
	}
	var w float64
	var to int
	switch c := r.word(at).class; {
	case c == unit || c == teen || c == ten:
		w, to = r.tens(at)
	case at > i && r.digits(at) && r.lex[at].Form == 0 && r.lex[at].Value < 100 && r.lex[at].Value > 0:
		w, to = r.lex[at].Value, at+1
	default:
		return v, i
	}
	switch r.word(r.joint(to)).class {
	case hundred:
		return v, i
	case denominators, denominator:
		if at > i && r.word(r.joint(to)).class == denominators || w == 1 {
			return v, i
		}
	case quarter:
		if w == 1 {
			return v, i
		}
	}
	return v + w, to
}

// tens reads 0 to 99.
func (r *Reader) tens(i int) (float64, int) {
	w := r.word(i)
	if w.class != ten {
		return w.value, i + 1
	}
	to := r.joint(i + 1)
	if u := r.word(to); u.class == unit && u.value > 0 {
		return w.value + u.value, to + 1
	}
	return w.value, i + 1
}

// decimals reads what follows "point".
func (r *Reader) decimals(i int) (float64, int, bool) {
	switch r.word(i).class {
	case ten, teen:
		v, at := r.tens(i)
		return v / 100, at, true
	case unit:
	default:
		return 0, i, false
	}
	v, f := 0.0, .1
	for r.is(i, unit) {
		v += f * r.word(i).value
		f /= 10
		i++
	}
	return v, i, true
}

// mixed reads a number in digits with the fraction that may follow it.
func (r *Reader) mixed(i int, n *Numeral) (float64, int) {
	x := r.lex[i]
	if f, to, ok := r.slash(i); ok {
		n.Fraction = true
		return f, to
	}
	n.Fraction = x.Form&Glyph != 0
	if x.Form == 0 {
		if at := r.joint(i + 1); at < len(r.lex) {
			if r.lex[at].Form&Glyph != 0 {
				return x.Value + r.lex[at].Value, at + 1
			}
			if f, to, ok := r.slash(at); ok {
				return x.Value + f, to
			}
		}
	}
	if r.is(i+1, and) && x.Form == 0 && x.Width <= 3 {
		if f, to, ok := r.fraction(i+1, true); ok {
			return x.Value + f, to
		}
	}
	return x.Value, i + 1
}

// slash reads a fraction in digits. Few denominators are used for fractions;
// two numbers with a slash between them are many other things.
func (r *Reader) slash(i int) (float64, int, bool) {
	if i+2 >= len(r.lex) || !r.digits(i) || !r.digits(i+2) || !r.lex[i+1].Glued || !r.lex[i+2].Glued ||
		!r.lex[i+1].Is('/') && !r.lex[i+1].Is('⁄') || r.lex[i].Form != 0 || r.lex[i+2].Form != 0 {
		return 0, i, false
	}
	a, b := r.lex[i].Value, r.lex[i+2].Value
	if a == 0 || a >= b {
		return 0, i, false
	}
	if r.lex[i+1].Is('/') {
		switch b {
		case 2, 3, 4, 5, 6, 8, 10, 16, 32, 64, 100, 1000:
		default:
			return 0, i, false
		}
	}
	if i+3 < len(r.lex) && r.lex[i+3].Glued && (r.lex[i+3].Is('/') || r.lex[i+3].Kind == Digits) {
		return 0, i, false
	}
	return a / b, i + 3, true
}

// fraction reads "half", "a quarter", "three quarters", and where added is set
// the same after "and": what "two and a half" adds to two.
func (r *Reader) fraction(i int, added bool) (float64, int, bool) {
	if added {
		if !r.is(i, and) {
			return 0, i, false
		}
		i++
		if r.digits(i) {
			if f, to, ok := r.slash(i); ok {
				return f, to, true
			}
			if r.lex[i].Form&Glyph != 0 {
				return r.lex[i].Value, i + 1, true
			}
			return 0, i, false
		}
	}
	w := r.word(i)
	switch {
	case w.class == half:
		// "half a million", "half-dozen"
		if at := r.joint(i + 1); r.is(at, scale) || r.is(at, dozen) {
			return .5, at, true
		}
		if r.is(i+1, article) && (r.is(i+2, scale) || r.is(i+2, dozen)) {
			return .5, i + 2, true
		}
		return .5, i + 1, true
	case w.class == quarter && r.is(i+1, scale):
		return .25, i + 1, true
	case w.class == article:
		at := r.joint(i + 1)
		switch d := r.word(at); d.class {
		case half, quarter:
			return d.value, at + 1, true
		case denominator:
			return 1 / d.value, at + 1, true
		}
	case added && w.class == unit && w.value > 0:
		at := r.joint(i + 1)
		switch d := r.word(at); {
		case d.class == denominators && w.value > 1, d.class == denominator && w.value == 1:
			return w.value / d.value, at + 1, true
		case (d.class == half || d.class == quarter) && w.value == 1:
			return d.value, at + 1, true
		}
	}
	return 0, i, false
}

// ratio turns "one in five" and "nine out of ten" into the share that they are.
func (r *Reader) ratio(n *Numeral) {
	at := n.Last
	if n.Fraction || n.Scaled || n.Article || n.Value < 1 {
		return
	}
	apart := false
	switch {
	case r.is(at, in):
		at++
	case r.is(at, out) && r.is(at+1, of):
		at += 2
		apart = true
	case r.is(at, over) && n.Value == 1:
		at++
	default:
		return
	}
	if at >= len(r.lex) || r.is(at, article) || !r.Starts(at) {
		return
	}
	var m Numeral
	whole, to, ok := r.cardinal(at, &m)
	if !ok || whole <= n.Value || m.Fraction {
		return
	}
	if r.is(at-1, over) {
		// "One over ten people" is no fraction.
		if to < len(r.lex) && r.lex[to].Kind != Mark {
			return
		}
	} else if !apart {
		// "in" joins a place or a time just as often.
		if n.Value > 10 || !m.Words && n.Value != 1 && !round(whole) || !m.Scaled && r.lex[at].Kind == Digits && whole >= 1100 {
			return
		}
	}
	n.Value /= whole
	n.Last, n.Ratio, n.Fraction = to, true, true
}

func round(v float64) bool {
	switch v {
	case 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 20, 50, 100, 1000, 10000, 100000:
		return true
	}
	return false
}
