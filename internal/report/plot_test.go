package report

import (
	"math"
	"slices"
	"testing"
	"time"

	"synoptic/article"
	"synoptic/collation"
)

func TestGrouped(t *testing.T) {
	for x, want := range map[float64]string{
		0: "0", 7: "7", 999: "999", 1000: "1,000", 59587: "59,587", 2500000: "2,500,000",
		1e15: "1,000,000,000,000,000", 2.5: "2.5", 1234.567: "1,234.57", -1234: "−1,234",
		0.5: "0.5", 0.000115740740: "0.000116", -0.25: "−0.25",
	} {
		if got := grouped(x); got != want {
			t.Errorf("grouped(%g) = %q, not %q", x, got, want)
		}
	}
}

func TestBounds(t *testing.T) {
	for _, test := range []struct {
		name      string
		figure    article.Figure
		low, high float64
		open      int
	}{
		{"one number", article.Figure{Value: 14, Low: 14, High: 14, Norm: article.Quantity{Value: 14}}, 14, 14, 0},
		{"weeks in days", article.Figure{Value: 2, Low: 2, High: 3, Norm: article.Quantity{Value: 14}}, 14, 21, 0},
		{"over", article.Figure{Value: 5, Low: 5, High: math.Inf(1), Norm: article.Quantity{Value: 5}}, 5, math.Inf(1), 1},
		{"over, with no range", article.Figure{Value: 5, Low: 5, High: 5, Norm: article.Quantity{Value: 5}, Modifier: article.Over}, 5, 5, 1},
		{"under", article.Figure{Value: 5, Low: math.Inf(-1), High: 5, Norm: article.Quantity{Value: 5}}, math.Inf(-1), 5, -1},
		{"none at all", article.Figure{Norm: article.Quantity{Value: 0}}, 0, 0, 0},
		{"below zero", article.Figure{Value: -2, Low: -3, High: -2, Norm: article.Quantity{Value: -20}}, -30, -20, 0},
	} {
		low, high := bounds(&test.figure)
		if low != test.low || high != test.high || open(&test.figure) != test.open {
			t.Errorf("%s: %g to %g, open %d", test.name, low, high, open(&test.figure))
		}
	}
}

// row is a figure of accounts that each give a value.
func row(t *testing.T, verdict collation.Verdict, values ...float64) (*collation.Collation, figureRow) {
	t.Helper()
	c := told(slices.Repeat([]string{"x"}, len(values))...)
	f := collation.Figure{Verdict: verdict}
	for i, x := range values {
		f.Cells = append(f.Cells, collation.Cell{
			Cite:   cite(t, c, i, "x"),
			Figure: &article.Figure{Value: x, Low: x, High: x, Norm: article.Quantity{Value: x}},
		})
	}
	c.Figures = []collation.Figure{f}
	return c, view{c}.figureRow(0)
}

// TestPlotKeepsDotsApart holds every pair of dots to a distance of a dot, and
// all of them to the picture.
func TestPlotKeepsDotsApart(t *testing.T) {
	for _, values := range [][]float64{
		{1}, {1, 1, 1, 1}, {1, 2, 3}, {100, 101, 102, 9000}, {5, 5, 5.01, 5.02, 5.5, 6, 6}, {-4, 0, 4}, {0, 0},
	} {
		c, row := row(t, collation.Same, values...)
		p := view{c}.plotFigure(row)
		if len(p.dots) != len(values) {
			t.Errorf("%v: %d dots", values, len(p.dots))
		}
		for i, a := range p.dots {
			if a.x < radius || a.x > p.width-radius || a.y < radius || a.y > p.axis {
				t.Errorf("%v: dot %d lies at %g, %g", values, i, a.x, a.y)
			}
			for j, b := range p.dots[:i] {
				if math.Hypot(a.x-b.x, a.y-b.y) < 2*radius {
					t.Errorf("%v: dots %d and %d touch", values, j, i)
				}
			}
		}
	}
}

// TestPlotNamesUnit says in which unit the axis is where it is not the one that
// the accounts write.
func TestPlotNamesUnit(t *testing.T) {
	c, row := row(t, collation.Differ, 2, 3)
	row.Unit = "day"
	if p := (view{c}).plotFigure(row); p.least != "2" || p.most != "3" {
		t.Errorf("from %q to %q", p.least, p.most)
	}
	for _, cell := range c.Figures[0].Cells { // both in seconds
		cell.Figure.Norm.Value = cell.Figure.Value / 86400
		cell.Figure.Low, cell.Figure.High = cell.Figure.Value, cell.Figure.Value
	}
	if p := (view{c}).plotFigure(row); p.least != "2" || p.most != "3" {
		t.Errorf("both in seconds: from %q to %q", p.least, p.most)
	}
	c.Figures[0].Cells[0].Figure.Norm.Value = 14 // one in weeks
	c.Figures[0].Cells[1].Figure.Norm.Value = 3
	if p := (view{c}).plotFigure(row); p.least != "3" || p.most != "14 day" {
		t.Errorf("from %q to %q", p.least, p.most)
	}
}

func TestStrip(t *testing.T) {
	date := func(y int, m time.Month, d int, p article.Precision) article.Date {
		return article.Date{Time: time.Date(y, m, d, 0, 0, 0, 0, time.UTC), Precision: p}
	}
	c := &collation.Collation{
		Accounts: []collation.Account{{Article: &article.Article{Published: date(2031, 3, 4, article.Minute)}}},
		Timeline: []collation.Event{
			{Date: date(1999, 1, 1, article.Year)},
			{Date: date(2031, 3, 3, article.Day)},
			{},
			{Date: date(2031, 3, 5, article.Day)},
		},
	}
	s := view{c}.strip()
	if s.first != "… 2031-03-03" || s.last != "2031-03-05" {
		t.Errorf("from %q to %q", s.first, s.last)
	}
	if len(s.events) != 3 || len(s.accounts) != 1 {
		t.Fatalf("%d events, %d accounts", len(s.events), len(s.accounts))
	}
	if s.events[0].to >= s.events[1].from || s.events[1].to >= s.events[2].from || s.events[2].row != 3 {
		t.Errorf("out of order: %v", s.events)
	}
	if x := s.accounts[0].from; x < s.events[1].to || x > s.events[2].from {
		t.Errorf("the account stands at %g, events at %v", x, s.events)
	}
	if s := (view{&collation.Collation{}}).strip(); len(s.events) > 0 {
		t.Error("a strip of nothing")
	}
}
