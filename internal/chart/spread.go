package chart

import (
	"cmp"
	"slices"
	"strconv"
)

// Spread shows how lengths of time are spread: a point for each, or bars where
// there are too many for that, above a box from quartile to quartile with the
// median in it.
type Spread struct {
	ID    string // unique on the page
	Title string
	Desc  string
	Scale Durations
	Dots  []Dot
	Bins  []Bin // in place of the points
	Box   *Box  // nil where there are too few lengths for one
}

// Dot is one length.
type Dot struct {
	Seconds float64
	Hollow  bool   // known from words and not from times
	Name    string // "INC-2026-014: 23 min"
	URL     string
}

// Bin is how many lengths lie from one to another.
type Bin struct {
	From, To float64 // in seconds
	N        int
	Name     string // "from 8 to 15 min: 12 incidents"
}

// Box is five numbers that a spread is summed up in, in seconds.
type Box struct {
	Low, Q1, Median, Q3, High float64
}

// Heights and sizes in pixels.
const (
	spreadTop  = 4.0
	numberRoom = 18.0 // for a number on the highest bar
	pointSize  = 4.5  // the radius, as in chart.css
	pointStep  = 10.0
	pointsMost = 110.0 // how high a heap of points may be
	binsHeight = 90.0
	boxHeight  = 16.0
	// Points that are nearer to each other than this, in percent, are heaped up.
	heap = 2.0
)

// SVG draws the spread.
func (s Spread) SVG() SVG {
	var d drawing
	var places []float64
	var levels []int
	top, plot, step := numberRoom, binsHeight, pointStep
	if len(s.Bins) == 0 {
		var highest int
		places, levels, highest = s.heaps()
		if float64(highest)*step > pointsMost {
			step = pointsMost / float64(highest)
		}
		top, plot = spreadTop, max(float64(highest)*step, pointStep)
	}
	base := top + plot
	height := base + 4
	if s.Box != nil {
		height += boxHeight + 6
	}
	role := "img"
	if slices.ContainsFunc(s.Dots, func(p Dot) bool { return p.URL != "" }) && len(s.Bins) == 0 {
		role = "group" // what is in a picture cannot be reached
	}
	d.open("svg", "class", "drawing spread", "width", "100%", "height", num(height+20), "role", role, "aria-labelledby", s.ID+"-title", "aria-describedby", s.ID+"-desc")
	d.text("title", s.Title, "id", s.ID+"-title")
	d.text("desc", s.Desc, "id", s.ID+"-desc")
	s.axis(&d, height)
	most := 0
	for _, b := range s.Bins {
		most = max(most, b.N)
	}
	for _, b := range s.Bins {
		s.bin(&d, b, most, base)
	}
	if len(s.Bins) == 0 {
		for i, p := range s.Dots {
			s.point(&d, p, places[i], base-pointSize-float64(levels[i])*step)
		}
	}
	if s.Box != nil {
		s.box(&d, base+6)
	}
	d.close("svg")
	return d.svg()
}

func (s Spread) axis(d *drawing, height float64) {
	d.open("g", "aria-hidden", "true", "class", "scale")
	for i, t := range s.Scale.Ticks {
		x, anchor := s.Scale.at(t.At), "middle"
		switch i {
		case 0:
			anchor = ""
		case len(s.Scale.Ticks) - 1:
			anchor = "end"
		}
		d.empty("line", "x1", pct(x), "x2", pct(x), "y2", num(height))
		d.text("text", t.Label, "x", pct(x), "y", num(height+14), "text-anchor", anchor)
	}
	d.empty("line", "x2", "100%", "y1", num(height), "y2", num(height))
	d.close("g")
}

// heaps puts points that would hide each other upon each other, in the middle of
// where they are: none is moved by more than half the width of a heap. It returns
// the place of each across, its level, from 0, and how many levels there are.
func (s Spread) heaps() (places []float64, levels []int, highest int) {
	places, levels = make([]float64, len(s.Dots)), make([]int, len(s.Dots))
	order := make([]int, len(s.Dots))
	for i, p := range s.Dots {
		order[i], places[i] = i, s.Scale.at(p.Seconds)
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(places[a], places[b]) })
	for len(order) > 0 {
		n := 1
		for n < len(order) && places[order[n]]-places[order[0]] < heap {
			n++
		}
		middle := (places[order[0]] + places[order[n-1]]) / 2
		for level, i := range order[:n] {
			places[i], levels[i] = middle, level
		}
		highest, order = max(highest, n), order[n:]
	}
	return places, levels, highest
}

// point draws one length. A page may have many, so they are written shortly: the
// theme knows how large they are.
func (s Spread) point(d *drawing, p Dot, x, y float64) {
	class := ""
	if p.Hollow {
		class = "hollow"
	}
	x = min(max(x, .7), 99.3) // no half points at the ends
	if p.URL != "" {
		d.open("a", "href", p.URL)
	}
	d.open("circle", "class", class, "cx", pct(x), "cy", num(y))
	d.text("title", p.Name)
	d.close("circle")
	if p.URL != "" {
		d.close("a")
	}
}

func (s Spread) bin(d *drawing, b Bin, most int, base float64) {
	if b.N == 0 {
		return
	}
	from, to := s.Scale.at(b.From), s.Scale.at(b.To)
	high := max(binsHeight*float64(b.N)/float64(most), 1)
	d.open("rect", "class", "bin", "x", pct(from), "y", num(base-high), "width", pct(max(to-from, .5)), "height", num(high))
	d.text("title", b.Name)
	d.close("rect")
	if most < 1000 || b.N == most { // a larger number is wider than its bar may be
		d.text("text", strconv.Itoa(b.N), "class", "number", "x", pct((from+to)/2), "y", num(base-high-4), "text-anchor", "middle", "aria-hidden", "true")
	}
}

func (s Spread) box(d *drawing, y float64) {
	at := s.Scale.at
	middle := num(y + boxHeight/2)
	q1, q3 := at(s.Box.Q1), at(s.Box.Q3)
	d.open("g", "class", "box", "aria-hidden", "true")
	d.empty("line", "x1", pct(at(s.Box.Low)), "x2", pct(at(s.Box.High)), "y1", middle, "y2", middle)
	d.empty("rect", "x", pct(q1), "y", num(y), "width", pct(max(q3-q1, .2)), "height", strconv.Itoa(boxHeight), "rx", "2")
	d.empty("line", "class", "median", "x1", pct(at(s.Box.Median)), "x2", pct(at(s.Box.Median)), "y1", num(y-2), "y2", num(y+boxHeight+2))
	d.close("g")
}
