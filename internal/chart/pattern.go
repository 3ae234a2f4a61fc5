package chart

import "strconv"

// grains tell the series of a drawing apart where colours do not: nothing, strokes
// this way and that way, dots, lines. Each is the path of a tile of 6 pixels.
var grains = []string{"", "M-1 1l2-2M0 6L6 0M5 7l2-2", "M-1 5l2 2M0 0L6 6M5-1l2 2", "M2 3h2", "M0 3h6", "M3 0v6"}

// patterns defines what the parts of the columns are filled with.
func (c Columns) patterns(d *drawing) {
	d.open("defs")
	for i, s := range c.Series {
		d.open("pattern", "id", c.ID+"-"+strconv.Itoa(i), "class", s.Class, "width", "6", "height", "6", "patternUnits", "userSpaceOnUse")
		d.empty("rect", "class", "ground", "width", "6", "height", "6")
		if g := grains[i%len(grains)]; g != "" {
			d.empty("path", "class", "grain", "d", g)
		}
		d.close("pattern")
	}
	d.close("defs")
}

// fill is the reference to a series' pattern.
func fill(id string, series int) string { return "url(#" + id + "-" + strconv.Itoa(series) + ")" }

// Swatch draws a small square filled like a series of the drawing, for the words
// that say what each means. The drawing must be on the same page.
func (c Columns) Swatch(series int) SVG {
	var d drawing
	d.open("svg", "class", "drawing swatch", "width", "14", "height", "14", "aria-hidden", "true")
	d.empty("rect", "class", c.Series[series].Class, "x", "1", "y", "1", "width", "12", "height", "12", "fill", fill(c.ID, series))
	d.close("svg")
	return d.svg()
}

// Bar draws a share, from 0 to 1, as a bar for a line of a table. The line says in
// words what the bar shows.
func Bar(share float64) SVG {
	share = min(max(share, 0), 1)
	var d drawing
	d.open("svg", "class", "drawing bar", "width", "100%", "height", "12", "aria-hidden", "true")
	d.empty("rect", "class", "track", "width", "100%", "height", "12")
	if share > 0 {
		d.empty("rect", "class", "share", "width", pct(max(100*share, .5)), "height", "12")
	}
	d.close("svg")
	return d.svg()
}
