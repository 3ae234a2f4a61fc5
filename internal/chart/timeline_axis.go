package chart

import (
	"slices"
	"strconv"
	"time"
)

const day = 86400

// steps are the distances of ticks in seconds, from the smallest.
var steps = []int64{60, 120, 300, 600, 900, 1800, 3600, 7200, 3 * 3600, 6 * 3600, 12 * 3600, day, 2 * day, 7 * day, 14 * day,
	30 * day, 91 * day, 182 * day, 365 * day, 2 * 365 * day, 5 * 365 * day, 10 * 365 * day, 50 * 365 * day, 100 * 365 * day}

// ticks writes the axis: times of day with the date below where it changes, or
// dates with the year below.
func (t Timeline) ticks(d *drawing, s *scale, y int) {
	per := s.perSecond()
	step := steps[len(steps)-1]
	for _, candidate := range steps {
		if float64(candidate)*per >= perTick {
			step = candidate
			break
		}
	}
	above := "" // the day of the label before
	tick := func(m mark) {
		at, x := m.at, m.x
		anchor := "middle"
		switch {
		case x < 6:
			anchor = "start"
		case x > 94:
			anchor = "end"
		}
		place := percent(x)
		d.empty("line", "class", "tick", "x1", place, "x2", place, "y1", strconv.Itoa(y), "y2", strconv.Itoa(y+4))
		upper, lower := at.Format("15:04"), at.Format("2 Jan")
		machine, form, formBelow := at.Format(time.RFC3339), "clock", "day"
		if step >= day { // a day has the same name in all zones
			upper, lower, machine, form, formBelow = at.Format("2 Jan"), at.Format("2006"), "", "", ""
		}
		if step >= 365*day {
			upper, lower = lower, ""
		}
		d.text("text", upper, "class", "at", "x", place, "y", strconv.Itoa(y+axisRow), "text-anchor", anchor, "data-at", machine, "data-form", form)
		if lower == above {
			if machine == "" {
				return
			}
			lower = "" // in another zone the day may begin here
		} else {
			if above == "" && machine != "" {
				formBelow = "whole" // the first says the year too
			}
			above = lower
			if formBelow == "whole" {
				lower = at.Format("2 Jan 2006")
			}
		}
		d.text("text", lower, "class", "on", "x", place, "y", strconv.Itoa(y+2*axisRow), "text-anchor", anchor, "data-at", machine, "data-form", formBelow)
	}
	marks := t.marks(s, step)
	for n, m := range marks {
		// The last is worth more than those before it: it says when all was over.
		if last := marks[len(marks)-1]; n == len(marks)-1 || m.right() < last.left() {
			tick(m)
		}
	}
}

// mark is a tick with its place.
type mark struct {
	at time.Time
	x  float64
}

// left and right are the ends of its label.
func (m mark) left() float64 {
	switch {
	case m.x < 6:
		return m.x
	case m.x > 94:
		return m.x - tickLabel
	}
	return m.x - tickLabel/2
}

func (m mark) right() float64 { return m.left() + tickLabel + 1 }

// marks are the ticks whose labels do not touch that of the one before, and the
// last one. Of a stretch between two cuts that holds no round time, there is its
// beginning.
func (t Timeline) marks(s *scale, step int64) []mark {
	var list []mark
	end := -1.0
	from := 0
	var last mark
	for n := range s.times {
		if n+1 < len(s.times) && !s.isCut(n) {
			continue
		}
		first, until := t.in(s.times[from]), t.in(s.times[n])
		round := multiples(first, until, step)
		if len(round) == 0 && (step < day || n+1 == len(s.times) && len(list) == 0) {
			round = []time.Time{first}
		}
		for _, at := range round {
			last = mark{at, s.at(at)}
			if last.left() >= end {
				list, end = append(list, last), last.right()
			}
		}
		from = n + 1
	}
	if len(list) > 0 && len(s.cuts) > 0 && list[len(list)-1] != last {
		list = append(list, last)
	}
	return list
}

func (t Timeline) in(unix int64) time.Time { return time.Unix(unix, 0).In(t.Zone) }

// multiples are the round times of a step between two moments, in their zone.
func multiples(from, to time.Time, step int64) []time.Time {
	var list []time.Time
	add := func(at time.Time) bool {
		if at.After(to) || len(list) > 100 {
			return false
		}
		if !at.Before(from) {
			list = append(list, at)
		}
		return true
	}
	y, m, d := from.Date()
	date := func(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 0, 0, 0, 0, from.Location()) }
	switch {
	case step < day:
		_, offset := from.Zone()
		local := from.Unix() + int64(offset)
		first := local - (local%step+step)%step - int64(offset)
		for n := int64(0); add(time.Unix(first+n*step, 0).In(from.Location())); n++ {
		}
	case step < 30*day:
		for n := 0; add(date(y, m, d+n*int(step/day))); n++ {
		}
	case step < 365*day:
		months := slices.Index([]int64{30 * day, 91 * day, 182 * day}, step)
		every := []int{1, 3, 6}[months]
		m -= time.Month((int(m) - 1) % every)
		for n := 0; add(date(y, m+time.Month(n*every), 1)); n++ {
		}
	default:
		every := int(step / (365 * day))
		for n := 0; add(date((y/every+n)*every, 1, 1)); n++ {
		}
	}
	return list
}
