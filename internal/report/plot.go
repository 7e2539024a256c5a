package report

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"synoptic/article"
)

// plot is a figure row drawn as dots on one axis. All lengths are in pixels.
type plot struct {
	width, height float64
	axis          float64 // y of the axis
	dots          []dot
	flat          bool   // all dots stand for the same value
	least, most   string // what the ends of the axis stand for, the unit with the second where it is not that of the words
}

// dot is one cell.
type dot struct {
	row       int // index of the cell in its row
	account   int
	x, y      float64
	low, high float64 // ends of its range; both x where it is one number
	open      int     // -1 or 1 where nothing bounds it below or above
}

// The measures of a plot.
const (
	plotWidth  = 200.0
	radius     = 7.0
	plotMargin = 14.0 // on both sides, room for a dot and an arrow
	endHeight  = 13.0 // of the line of text below the axis
)

func (p plot) viewBox() string { return "0 0 " + px(p.width) + " " + px(p.height) }

// px writes a length to a tenth of a pixel.
func px(x float64) string { return strconv.FormatFloat(math.Round(x*10)/10, 'f', -1, 64) }

// arrow is the path of an open end.
func (d dot) arrow() string {
	edge, way := d.high, float64(d.open)
	if d.open < 0 {
		edge = d.low
	}
	tip := edge + way*(radius+6)
	return "M" + px(edge) + " " + px(d.y) + "H" + px(tip) + "m" + px(-3*way) + " -3l" + px(3*way) + " 3l" + px(-3*way) + " 3"
}

// plotFigure lays out the cells of a row. A dot stands as low as it can
// without touching one that stands already.
func (v view) plotFigure(row figureRow) plot {
	cells := slices.Concat(row.cells...)
	least, most := math.Inf(1), math.Inf(-1)
	for _, c := range cells {
		low, high := bounds(c.Figure)
		for _, x := range []float64{low, high, c.Figure.Norm.Value} {
			if !math.IsInf(x, 0) && !math.IsNaN(x) {
				least, most = min(least, x), max(most, x)
			}
		}
	}
	place := func(x float64) float64 {
		if most <= least {
			return plotWidth / 2
		}
		x = min(max(x, least), most)
		return plotMargin + (x-least)/(most-least)*(plotWidth-2*plotMargin)
	}
	p := plot{width: plotWidth, flat: most <= least, least: grouped(least), most: grouped(most)}
	if scale, ok := written(cells); ok {
		p.least, p.most = grouped(least*scale), grouped(most*scale)
	} else if row.Unit != "" {
		p.most += " " + row.Unit
	}
	for _, c := range cells {
		low, high := bounds(c.Figure)
		p.dots = append(p.dots, dot{
			row: c.index, account: c.Account(), open: open(c.Figure),
			x: place(c.Figure.Norm.Value), low: place(low), high: place(high),
		})
	}
	level := 0
	placed := make([]int, len(p.dots)) // level of each
	order := make([]int, len(p.dots))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(p.dots[a].x, p.dots[b].x) })
	for n, i := range order {
		for _, j := range order[:n] {
			if placed[i] <= placed[j] && p.dots[i].x-p.dots[j].x < 2*radius+1 {
				placed[i] = placed[j] + 1
			}
		}
		level = max(level, placed[i])
	}
	p.axis = float64(level+1)*(2*radius+1) + 1
	p.height = p.axis + endHeight
	for i := range p.dots {
		p.dots[i].y = p.axis - radius - 1 - float64(placed[i])*(2*radius+1)
	}
	return p
}

// written is what the base unit is multiplied by to give the unit that every
// cell is written in; there is none where they are written in several.
func written(cells []figureCell) (scale float64, ok bool) {
	for _, c := range cells {
		if c.Figure.Norm.Value == 0 {
			continue
		}
		s := c.Figure.Value / c.Figure.Norm.Value
		if ok && math.Abs(s-scale) > slack(scale) {
			return 0, false
		}
		scale, ok = s, true
	}
	return scale, ok
}

// open says on which side nothing bounds a figure.
func open(f *article.Figure) int {
	switch {
	case math.IsInf(f.High, 1) || f.Modifier == article.Over && f.Low == f.High:
		return 1
	case math.IsInf(f.Low, -1) || f.Modifier == article.Under && f.Low == f.High:
		return -1
	}
	return 0
}

// grouped writes a number with its thousands parted by commas and at most two
// decimals, or three digits that count where it is below one.
func grouped(x float64) string {
	shift := 100.0
	if size := math.Abs(x); size > 0 && size < 1 {
		shift = math.Pow(10, 2-math.Floor(math.Log10(size)))
	}
	s := strconv.FormatFloat(math.Round(x*shift)/shift, 'f', -1, 64)
	whole, decimals, _ := strings.Cut(strings.TrimPrefix(s, "-"), ".")
	for at := len(whole) - 3; at > 0; at -= 3 {
		whole = whole[:at] + "," + whole[at:]
	}
	if decimals != "" {
		whole += "." + decimals
	}
	if x < 0 {
		whole = "−" + whole
	}
	return whole
}

// strip is the timeline drawn to scale on one line.
type strip struct {
	events      []stroke
	accounts    []stroke // when the accounts were published
	first, last string   // the dates at the ends
}

// stroke is a moment or a period on a strip.
type stroke struct {
	row      int // index of the event or account
	from, to float64
}

// stripWidth is the width of a strip in its own units.
const stripWidth = 1000.0

// near is how far from the publications the scale of a strip reaches; what
// lies farther off stands at its ends, since to scale it would squeeze what
// matters into a point.
const near = 45 * 24 * time.Hour

// strip lays out the events and the publications of the accounts.
func (v view) strip() strip {
	var s strip
	first, last := v.Published()
	reach := func(t time.Time) bool {
		return !first.Known() || t.After(first.Time.Add(-near)) && t.Before(last.Time.Add(near))
	}
	var from, to time.Time
	widen := func(d article.Date) {
		begin, end := period(d)
		if !d.Known() || !reach(begin) || !reach(end) {
			return
		}
		if from.IsZero() || begin.Before(from) {
			from = begin
		}
		if to.IsZero() || end.After(to) {
			to = end
		}
	}
	for _, e := range v.Timeline {
		widen(e.Date)
	}
	for _, a := range v.Accounts {
		widen(a.Published)
	}
	length := to.Sub(from)
	if length <= 0 {
		return s
	}
	const gutter = 30
	place := func(t time.Time) float64 {
		switch {
		case t.Before(from):
			return gutter / 3
		case t.After(to):
			return stripWidth - gutter/3
		}
		return gutter + float64(t.Sub(from))/float64(length)*(stripWidth-2*gutter)
	}
	mark := func(i int, d article.Date) stroke {
		begin, end := period(d)
		return stroke{i, place(begin), place(end)}
	}
	for i, e := range v.Timeline {
		if e.Date.Known() {
			s.events = append(s.events, mark(i, e.Date))
		}
	}
	for i, a := range v.Accounts {
		if a.Published.Known() {
			s.accounts = append(s.accounts, mark(i, a.Published))
		}
	}
	s.first, s.last = from.UTC().Format(time.DateOnly), to.UTC().Format(time.DateOnly)
	for _, e := range v.Timeline {
		if begin, end := period(e.Date); e.Date.Known() && begin.Before(from) {
			s.first = "… " + strings.TrimPrefix(s.first, "… ")
		} else if e.Date.Known() && end.After(to) {
			s.last = strings.TrimSuffix(s.last, " …") + " …"
		}
	}
	return s
}

// period is the time that a date can stand for.
func period(d article.Date) (begin, end time.Time) {
	switch d.Precision {
	case article.Year:
		return d.Time, d.Time.AddDate(1, 0, 0).Add(-time.Second)
	case article.Month:
		return d.Time, d.Time.AddDate(0, 1, 0).Add(-time.Second)
	case article.Day:
		return d.Time, d.Time.AddDate(0, 0, 1).Add(-time.Second)
	}
	return d.Time, d.Time
}
