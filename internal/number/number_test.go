package number_test

import (
	"math"
	"strings"
	"testing"

	"synoptic/internal/number"
	"synoptic/text"
)

func lex(s string) []number.Lexeme {
	var l number.Lexer
	return l.Lex(s, text.Span{End: len(s)})
}

func TestLex(t *testing.T) {
	for _, c := range []struct{ body, want string }{
		{"12mph in U.S. rain", "12 mph in U.S . rain"},
		{"the clerk's 1,234.5m²", "the clerk 's 1,234.5 m²"},
		{"don’t—stop", "don’t — stop"},
		{"60-day, 3-2", "60 - day , 3 - 2"},
		{"20-year-old at 9p.m.", "20 - year - old at 9 p.m ."},
		{"１２３ and 1\u202f234", "１２３ and 1\u202f234"},
		{"S23 cost €5", "S 23 cost € 5"},
		{"21st 5th.", "21st 5th ."},
	} {
		var got []string
		for _, x := range lex(c.body) {
			got = append(got, x.Of(c.body))
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%q: got %q, want %q", c.body, strings.Join(got, " "), c.want)
		}
	}
}

// TestDigits shows how digits are read; what is marked Odd is read as nothing.
func TestDigits(t *testing.T) {
	odd := math.NaN()
	for _, c := range []struct {
		body  string
		comma bool
		want  float64
	}{
		{"1,234,567.89", false, 1234567.89},
		{"1.234.567,89", false, 1234567.89},
		{"12,34,567", false, 1234567},
		{"1'234'567", false, 1234567},
		{"1 234 567", false, 1234567},
		{"40 000", false, 40000},
		{"12 500", true, 12500},
		{"1.234", false, 1.234},
		{"1.234", true, 1234},
		{"1,234", false, 1234},
		{"1,234", true, 1.234},
		{"5,00", false, 5},
		{".25", false, .25},
		{"10^9", false, 1e9},
		{"2.5^-1", false, .4},
		{"1.3x10^6", false, 1.3e6},
		{"3×10⁻⁴", false, 3e-4},
		{"12e-1", false, 1.2},
		{"½", false, .5},
		{"٤٢", false, 42},
		{"१२", false, 12},
		{"192.168.1.2", false, odd},
		{"2,000,3,000", false, odd},
		{"1e301", false, 1},
		{strings.Repeat("9", 400), false, odd},
	} {
		l := number.Lexer{DecimalComma: c.comma}
		x := l.Lex(c.body, text.Span{End: len(c.body)})[0]
		switch {
		case math.IsNaN(c.want):
			if x.Form&number.Odd == 0 {
				t.Errorf("%q: got %g, want it to be odd", c.body, x.Value)
			}
		case x.Form&number.Odd != 0 || math.Abs(x.Value-c.want) > 1e-9*math.Abs(c.want):
			t.Errorf("%q: got %g (form %b), want %g", c.body, x.Value, x.Form, c.want)
		}
	}
}

func TestNumerals(t *testing.T) {
	for _, c := range []struct {
		body      string
		value     float64
		low, high float64
		words     int // lexemes that it takes
	}{
		{"twenty-one", 21, 21, 21, 3},
		{"three hundred and thirty one boats", 331, 331, 331, 5},
		{"two hundred and two thousand", 202000, 202000, 202000, 5},
		{"4 thousand 3 hundred and 21", 4321, 4321, 4321, 6},
		{"3 hundred and 2 hundred", 300, 300, 300, 2},
		{"five million and three others", 5e6, 5e6, 5e6, 2},
		{"half a million", 5e5, 5e5, 5e5, 3},
		{"two and a half million", 2.5e6, 2.5e6, 2.5e6, 5},
		{"one million and a half", 1.5e6, 1.5e6, 1.5e6, 5},
		{"half a dozen", 6, 6, 6, 3},
		{"two dozen", 24, 24, 24, 2},
		{"three-quarters", .75, .75, .75, 3},
		{"10 1/2 miles", 10.5, 10.5, 10.5, 4},
		{"two hundred point zero three", 200.03, 200.03, 200.03, 5},
		{"tens of thousands of", 1e4, 1e4, 1e5, 3},
		{"a few hundred", 300, 200, 900, 3},
		{"a couple of hundred", 200, 200, 200, 4},
		{"one in five", .2, .2, .2, 3},
		{"9 out of 10", .9, .9, .9, 4},
		{"five out of three", 5, 5, 5, 1},
		{"minus twenty", -20, -20, -20, 2},
		{"3 lakh crore", 3e12, 3e12, 3e12, 3},
	} {
		r := number.Reader{Words: true}
		r.Reset(lex(c.body))
		n, ok := r.Read(0)
		if !ok || math.Abs(n.Value-c.value) > 1e-9 || n.Low != c.low && math.Abs(n.Low-c.low) > 1e-9 || math.Abs(n.High-c.high) > 1e-6 || n.Last != c.words {
			t.Errorf("%q: got %+v, %t", c.body, n, ok)
		}
	}
	for _, body := range []string{"twenty-first", "boats", "a boat", "third", "one hundred thousandth", ""} {
		r := number.Reader{Words: true}
		r.Reset(lex(body))
		if n, ok := r.Read(0); ok {
			t.Errorf("%q: got %+v, want nothing", body, n)
		}
	}
	r := number.Reader{}
	r.Reset(lex("twenty"))
	if _, ok := r.Read(0); ok {
		t.Error("words are read without being asked for")
	}
}

func TestPhrases(t *testing.T) {
	ahead := number.NewPhrases(map[string]int{"more": 1, "more than": 2, "at least|a minimum of": 3, "%": 4})
	back := number.NewEndings(map[string]int{"than": 1, "more than": 2})
	body := "no More THAN a minimum of 5 %"
	x := lex(body)
	for i, want := range []struct{ value, n int }{{0, 0}, {2, 2}, {0, 0}, {3, 3}, {0, 0}, {0, 0}, {0, 0}, {4, 1}} {
		if v, n := ahead.Match(x, i); v != want.value || n != want.n {
			t.Errorf("ahead from %d: got %d, %d, want %+v", i, v, n, want)
		}
	}
	if v, n := back.Match(x, 2); v != 2 || n != 2 {
		t.Errorf("back: got %d, %d", v, n)
	}
	if _, n := back.Match(x, -1); n != 0 {
		t.Error("a match before the first lexeme")
	}
}

func BenchmarkLex(b *testing.B) {
	body := strings.Repeat("At least 1,200 people, most of them from the north, had left the town's 12 camps by Monday night. ", 100)
	var l number.Lexer
	b.ReportAllocs()
	b.SetBytes(int64(len(body)))
	for b.Loop() {
		l.Lex(body, text.Span{End: len(body)})
	}
}
