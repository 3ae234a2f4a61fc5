package chart

import (
	"math"
	"strconv"
)

// Drawings are as wide as the page lets them be: across, places are in percent of
// the width, and down, in pixels. So no text in them is ever scaled, and what is
// readable on a wide screen is so on a narrow one. This is all the geometry there
// is: rectangles, lines, circles and text take percentages, paths do not.

// pct writes a place across, to a hundredth of a percent.
func pct(x float64) string {
	return strconv.FormatFloat(math.Round(x*100)/100, 'f', -1, 64) + "%"
}

// ticks returns round numbers from 0 to the first that is not below max: steps of
// 1, 2 or 5 times a power of ten, at most four of them. max is a count; the last
// tick is never 0.
func ticks(max int) []int {
	step := 1
	for _, m := range []int{1, 2, 5} {
		for p := m; p > 0 && p <= math.MaxInt/10; p *= 10 {
			if p*4 >= max && (step*4 < max || p < step) {
				step = p
			}
		}
	}
	list := []int{0, step}
	for last := step; last < max; {
		last += step
		list = append(list, last)
	}
	return list
}

// every returns the first of the steps at which labels do not touch each other:
// room is the space in pixels between two neighbours and width that of the widest
// label. It is the last step where none is large enough.
func every(steps []int, room, width float64) int {
	for _, s := range steps {
		if float64(s)*room >= width+labelGap {
			return s
		}
	}
	return steps[len(steps)-1]
}

// The size of text, in pixels: what a character takes on average, rather too much
// than too little, since the reader's font is not known here.
const (
	charWidth = 7.0
	labelGap  = 3.0
)

// Tick is a labelled place on a scale.
type Tick struct {
	At    float64
	Label string
}

// Durations is a scale of time in seconds. From a minute on it is logarithmic: each
// step to the right is as many times longer as the one before. The first minute,
// with nothing in it, stands before that at full length.
type Durations struct {
	High  float64 // its end; above a minute
	Ticks []Tick
}

// The first minute of the scale, in seconds and in percent of the width.
const (
	firstMinute = 60.0
	minuteWidth = 5.0
)

// lengths are round lengths of time, each with its label.
var lengths = []Tick{
	{60, "1 min"}, {10 * 60, "10 min"}, {3600, "1 h"}, {6 * 3600, "6 h"}, {24 * 3600, "1 d"}, {7 * 24 * 3600, "7 d"},
	{30 * 24 * 3600, "30 d"}, {365 * 24 * 3600, "1 y"}, {10 * 365 * 24 * 3600, "10 y"}, {100 * 365 * 24 * 3600, "100 y"}, {1000 * 365 * 24 * 3600, "1000 y"},
}

// NewDurations returns the scale up to the first round length that is not below
// longest, in seconds, and an hour at least.
func NewDurations(longest float64) Durations {
	var d Durations
	for i, l := range lengths {
		if d.High = l.At; i >= 2 && d.High >= longest {
			break
		}
	}
	last := math.Inf(-1)
	for _, l := range lengths {
		if l.At > d.High {
			break
		}
		// A label takes about an eighth of a narrow drawing. Those at the ends stand
		// inwards of their places, and are always there.
		at := d.at(l.At)
		if at-last < 12 || l.At != d.High && 100-at < 18 {
			continue
		}
		d.Ticks, last = append(d.Ticks, l), max(at, 11)
	}
	return d
}

// at returns the place of a length, in percent.
func (d Durations) at(seconds float64) float64 {
	switch {
	case !(seconds > 0): // NaN too
		return 0
	case seconds < firstMinute:
		return minuteWidth * seconds / firstMinute
	}
	return minuteWidth + (100-minuteWidth)*math.Log(math.Min(seconds, d.High)/firstMinute)/math.Log(d.High/firstMinute)
}
