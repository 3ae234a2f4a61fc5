package chart

import (
	"strconv"
	"unicode/utf8"
)

// Columns are stacks of counts beside each other, mostly in the order of time.
type Columns struct {
	ID      string // unique on the page; ids within the drawing begin with it
	Title   string // for those who cannot see it
	Desc    string // a sentence on what it shows
	Series  []Series
	Columns []Column
	Every   []int // of which steps labels may be left out: 1, 2, 3, 6, 12 for months
}

// Series is what the counts of all columns at one place in their stacks have in
// common.
type Series struct {
	Name  string
	Class string // gives it its colour in the theme
}

// Column is one stack.
type Column struct {
	Name   string // "March 2026"
	Label  string // below it, "Mar"
	Group  string // below that, "2026", at the first column of each group; may be empty
	Number int    // the place in its group: it keeps its label when a step divides this
	Counts []int  // of each series, from the bottom up; none is negative
	URL    string // what is behind it; empty for no link
	Says   string // its counts in words, after the name: "4 incidents, 1 of them SEV1"
}

// How high the parts of the drawing are, and how wide it is at least, in pixels.
const (
	columnsTop    = 18 // room for the numbers on the columns
	columnsPlot   = 150
	columnsLabels = 18 // each of the rows below
	// A drawing of few columns is readable in the narrowest page; one of many has a
	// least width, and its box is scrolled.
	fewColumns      = 16
	narrow, notLess = 290.0, 640.0
	// From this many columns on there is no room for numbers on them.
	numbered = 30
)

// Wide tells whether the drawing should not be narrower than 640 pixels.
func (c Columns) Wide() bool { return len(c.Columns) > fewColumns }

// SVG draws the columns.
func (c Columns) SVG() SVG {
	highest, width, grouped, role := 0, 0, false, "img"
	for _, col := range c.Columns {
		highest = max(highest, sum(col.Counts))
		width = max(width, utf8.RuneCountInString(col.Label))
		grouped = grouped || col.Group != ""
		if col.URL != "" {
			role = "group" // what is in a picture cannot be reached
		}
	}
	scale := ticks(highest)
	height := columnsTop + columnsPlot + columnsLabels
	if grouped {
		height += columnsLabels
	}
	bottom := float64(columnsTop + columnsPlot)
	y := func(n int) float64 { return bottom - columnsPlot*float64(n)/float64(scale[len(scale)-1]) }

	var d drawing
	d.open("svg", "class", "drawing columns", "width", "100%", "height", strconv.Itoa(height), "role", role, "aria-labelledby", c.ID+"-title", "aria-describedby", c.ID+"-desc")
	d.text("title", c.Title, "id", c.ID+"-title")
	d.text("desc", c.Desc, "id", c.ID+"-desc")
	c.patterns(&d)
	d.open("g", "aria-hidden", "true", "class", "scale")
	for _, n := range scale {
		d.empty("line", "x2", "100%", "y1", num(y(n)), "y2", num(y(n)))
		d.text("text", strconv.Itoa(n), "x", "-8", "y", num(y(n)+4), "text-anchor", "end")
	}
	d.close("g")
	c.labels(&d, width)
	for i, col := range c.Columns {
		c.column(&d, i, col, y)
	}
	c.stacks(&d, y)
	d.close("svg")
	return d.svg()
}

// column writes what belongs to a column but its parts: the area that is pointed
// at, over the whole height, and the number.
func (c Columns) column(d *drawing, i int, col Column, y func(int) float64) {
	total := sum(col.Counts)
	if total == 0 {
		return
	}
	element := "g"
	if col.URL != "" {
		element = "a"
	}
	slot := 100 / float64(len(c.Columns))
	d.open(element, "href", col.URL)
	d.text("title", col.Name+": "+col.Says)
	d.empty("rect", "class", "hit", "x", pct(slot*float64(i)), "width", pct(slot), "height", num(y(0)))
	if len(c.Columns) <= numbered {
		d.text("text", strconv.Itoa(total), "class", "number", "x", pct(slot*(float64(i)+.5)), "y", num(y(total)-5), "text-anchor", "middle", "aria-hidden", "true")
	}
	d.close(element)
}

// stacks draws the parts of all columns, those of one series together.
func (c Columns) stacks(d *drawing, y func(int) float64) {
	slot := 100 / float64(len(c.Columns))
	bar := min(slot*.76, 8)
	below := make([]int, len(c.Columns))
	for k, s := range c.Series {
		d.open("g", "class", "stack "+s.Class, "fill", fill(c.ID, k))
		for i, col := range c.Columns {
			n := col.Counts[k]
			if n == 0 {
				continue
			}
			top := y(below[i] + n)
			d.empty("rect", "x", pct(slot*(float64(i)+.5)-bar/2), "y", num(top), "width", pct(bar), "height", num(y(below[i])-top))
			below[i] += n
		}
		d.close("g")
	}
}

// labels writes what stands below the columns, as much of it as there is room for
// in the narrowest drawing.
func (c Columns) labels(d *drawing, width int) {
	slot := 100 / float64(len(c.Columns))
	pixels := narrow
	if c.Wide() {
		pixels = notLess
	}
	room := pixels * slot / 100
	step := every(c.Every, room, float64(width)*charWidth)
	d.open("g", "aria-hidden", "true", "class", "labels")
	free := -labelGap
	for i, col := range c.Columns {
		if col.Number%step == 0 {
			d.text("text", col.Label, "x", pct(slot*(float64(i)+.5)), "y", num(columnsTop+columnsPlot+14), "text-anchor", "middle")
		}
		if col.Group != "" && room*float64(i) >= free {
			d.text("text", col.Group, "class", "group", "x", pct(slot*float64(i)+.4), "y", num(columnsTop+columnsPlot+columnsLabels+14))
			free = room*float64(i) + float64(utf8.RuneCountInString(col.Group))*charWidth + labelGap
		}
	}
	d.close("g")
}

func sum(list []int) int {
	n := 0
	for _, x := range list {
		n += x
	}
	return n
}
