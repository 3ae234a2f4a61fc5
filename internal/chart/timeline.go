package chart

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"time"
)

// Timeline is the course of an incident. Its drawing is as wide as there is room:
// places are in percent and texts have the size of the page, so that it reads on
// a phone as well.
type Timeline struct {
	Zone   *time.Location // of the axis
	Phases []Phase
	Labels []Label
	Points []Point
}

// Phase is a band along the axis.
type Phase struct {
	From, To time.Time
	Class    string // for the theme
}

// Label names a moment.
type Label struct {
	At   time.Time
	Text string
}

// Point is something that happened.
type Point struct {
	At, Until time.Time // Until is zero for a single moment
	About     bool      // the time is only roughly known
	Marked    bool      // it is one of the moments that have a name
	Evidence  bool      // something shows it; points without are paler where others have some
	Href      string    // where its text is, or empty
	Title     string    // shown beside the pointer
}

// The measures of the drawing, in pixels downwards and in percent across. A
// phone is taken to be 320 pixels wide.
const (
	labelRow  = 16
	laneFew   = 12 // distance of points that lie above each other
	laneMany  = 8
	many      = 60 // points from which on they are drawn smaller
	maxLanes  = 18
	band      = 14
	axisRow   = 15
	perChar   = 2.1  // of a label
	perTick   = 14   // the least distance of ticks
	tickLabel = 11.5 // what the label of one takes
	edge      = 2.0
	cutWidth  = 9.0
)

// SVG draws the timeline. It is empty with fewer than three different times, since
// one length says as much as a drawing of it. The drawing is hidden from screen
// readers and from the keyboard: the page has the same as a list.
func (t Timeline) SVG() SVG {
	s, ok := t.scale()
	if !ok {
		return ""
	}
	d := &drawing{}
	rows, places := t.placeLabels(s)
	lanes, of := t.placePoints(s)
	lane, radius := laneFew, "4.5"
	if len(t.Points) > many {
		lane, radius = laneMany, "3"
	}
	top := rows * labelRow
	base := top + lanes*lane + 6 // top of the band
	height := base + band + 2*axisRow + 8

	d.open("svg", "class", "course", "width", "100%", "height", strconv.Itoa(height), "aria-hidden", "true", "focusable", "false")
	d.empty("rect", "class", "axis", "x", percent(s.from()), "y", strconv.Itoa(base+band/2-1), "width", percent(s.to()-s.from()), "height", "2")
	for _, p := range t.Phases {
		if from, to := s.at(p.From), s.at(p.To); to > from {
			d.empty("rect", "class", "phase "+p.Class, "x", percent(from), "y", strconv.Itoa(base), "width", percent(to-from), "height", strconv.Itoa(band))
		}
	}
	for _, c := range s.cuts {
		drawCut(d, c, base)
	}
	for _, l := range places {
		x := percent(l.x)
		d.empty("line", "class", "stem", "x1", x, "x2", x, "y1", strconv.Itoa(l.row*labelRow+15), "y2", strconv.Itoa(base+band))
	}
	for _, l := range places { // over the stems
		anchor := ""
		if l.end {
			anchor = "end"
		}
		d.text("text", l.text, "class", "label", "x", percent(l.x), "y", strconv.Itoa(l.row*labelRow+12), "text-anchor", anchor)
	}
	mixed := slices.ContainsFunc(t.Points, func(p Point) bool { return p.Evidence })
	for i, p := range t.Points {
		if of[i] >= 0 {
			drawPoint(d, s, p, mixed && !p.Evidence, base-lane/2-2-of[i]*lane, radius)
		}
	}
	t.ticks(d, s, base+band)
	d.close("svg")
	return d.svg()
}

func percent(x float64) string {
	return strconv.FormatFloat(math.Round(x*100)/100, 'f', -1, 64) + "%"
}

// drawCut interrupts the band and says how long nothing happened.
func drawCut(d *drawing, c cut, base int) {
	d.empty("rect", "class", "cut", "x", percent(c.x+0.6), "y", strconv.Itoa(base-3), "width", percent(cutWidth-1.2), "height", strconv.Itoa(band+6))
	for _, x := range []float64{c.x + 0.6, c.x + cutWidth - 0.6} {
		d.open("svg", "class", "torn", "x", percent(x), "y", strconv.Itoa(base-4), "overflow", "visible")
		d.empty("path", "d", "M2 0-2 7 2 14-2 22")
		d.close("svg")
	}
	d.text("text", short(c.length), "class", "left-out", "x", percent(c.x+cutWidth/2), "y", strconv.Itoa(base+band-3), "text-anchor", "middle")
}

// short writes a length of seconds in its largest unit.
func short(seconds int64) string {
	for _, u := range []struct {
		length int64
		name   string
	}{{365 * 86400, "y"}, {86400, "d"}, {3600, "h"}, {60, "min"}} {
		if n := float64(seconds) / float64(u.length); n >= 1 {
			if n < 9.95 && u.name != "min" {
				return num(n) + " " + u.name
			}
			return strconv.Itoa(int(math.Round(n))) + " " + u.name
		}
	}
	return strconv.FormatInt(seconds, 10) + " s"
}

func drawPoint(d *drawing, s *scale, p Point, bare bool, y int, radius string) {
	class := "point"
	if p.About {
		class += " about"
	}
	if p.Marked {
		class += " marked"
	}
	if bare {
		class += " bare"
	}
	link := p.Href != ""
	if link {
		d.open("a", "href", p.Href, "tabindex", "-1")
	} else {
		d.open("g")
	}
	x, at := percent(s.at(p.At)), strconv.Itoa(y)
	if p.Until.After(p.At) {
		d.empty("line", "class", "range", "x1", x, "x2", percent(s.at(p.Until)), "y1", at, "y2", at)
	}
	d.empty("circle", "class", class, "cx", x, "cy", at, "r", radius)
	d.text("title", p.Title)
	if link {
		d.close("a")
	} else {
		d.close("g")
	}
}

// placed is a label with its place.
type placed struct {
	text string
	x    float64
	row  int
	end  bool // it ends at x
}

// placeLabels puts each label into the first row from below where it covers no
// other one.
func (t Timeline) placeLabels(s *scale) (rows int, list []placed) {
	var taken [][][2]float64
	labels := slices.Clone(t.Labels)
	slices.SortStableFunc(labels, func(a, b Label) int { return a.At.Compare(b.At) })
	for _, l := range labels {
		p := placed{text: l.Text, x: s.at(l.At)}
		width := float64(len(l.Text)+1) * perChar
		from, to := p.x, p.x+width
		if to > 100 {
			p.end, from, to = true, p.x-width, p.x
		}
		for ; p.row < len(taken); p.row++ {
			if !slices.ContainsFunc(taken[p.row], func(o [2]float64) bool { return from < o[1] && o[0] < to }) {
				break
			}
		}
		if p.row == len(taken) {
			taken = append(taken, nil)
		}
		taken[p.row] = append(taken[p.row], [2]float64{from, to})
		list = append(list, p)
	}
	for i := range list { // the first row is the lowest
		list[i].row = len(taken) - 1 - list[i].row
	}
	return len(taken), list
}

// placePoints gives each point the lowest lane in which it hides no other. A
// point for which there is none gets -1; the list has it.
func (t Timeline) placePoints(s *scale) (lanes int, of []int) {
	room := 3.2
	if len(t.Points) > many {
		room = 1.9
	}
	order := make([]int, len(t.Points))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Or(t.Points[a].At.Compare(t.Points[b].At), marked(t.Points[b])-marked(t.Points[a]))
	})
	of = make([]int, len(t.Points))
	var free []float64 // from where on each lane is empty
	for _, i := range order {
		x := s.at(t.Points[i].At)
		to := max(x, s.at(t.Points[i].Until)) + room
		n := slices.IndexFunc(free, func(f float64) bool { return f <= x })
		switch {
		case n >= 0:
			free[n] = to
		case len(free) < maxLanes:
			n = len(free)
			free = append(free, to)
		}
		of[i] = n
	}
	return len(free), of
}

func marked(p Point) int {
	if p.Marked {
		return 1
	}
	return 0
}
