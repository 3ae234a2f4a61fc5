package timeline

import (
	"fmt"
	"time"

	"debrief/internal/kb"
)

// moment gives an event the moment that its stamp means, as far as it is known.
// dayless tells that the time is known, and its day is not.
func (s *settler) moment(ev *kb.Event, e *entry, z zone) (dayless bool) {
	st := e.stamp
	if e.bad != "" {
		s.find(e.pos, fmt.Sprintf("%q cannot be read as a time", short(e.bad)), hintTime)
		s.lost = true
		return false
	}
	if st.clock.blank {
		s.find(e.pos, "the time of day is left open", "write it, or leave only the day there")
	}
	if st.empty() || st.clock.blank && st.date.kind == noDate {
		return false
	}
	loc := z.loc
	if loc == nil {
		if loc = s.o.Zone; !s.isOwn(z.name) {
			s.find(e.pos, fmt.Sprintf("%s is the name of several zones", z.name), "write the offset, as in 14:02 +05:30, or timezone: Asia/Kolkata in the front matter and no zone here")
			return false
		}
	}
	day, ok := s.dayOf(e, loc)
	if !ok {
		return st.date.kind == noDate && !s.lost
	}
	if !st.clock.ok || st.clock.blank {
		s.clock = -1
		ev.At = kb.When{Time: at(day, clock{}, loc), Precision: kb.Day}
		if last, ok := s.resolve(e, st.last, loc); ok && st.last.kind != noDate {
			ev.Until = kb.When{Time: at(last, clock{}, loc), Precision: kb.Day}
			s.day = last
		}
		return false
	}
	ev.At, ev.Seconds = kb.When{Time: at(day, st.clock, loc), Precision: kb.Instant}, st.clock.seconds
	if st.end.ok && !st.end.blank {
		last := day
		if d, ok := s.resolve(e, st.last, loc); ok && st.last.kind != noDate {
			last = d
		} else if st.end.of() < st.clock.of() {
			last = following(day)
		}
		if st.lastZone.loc != nil {
			loc = st.lastZone.loc
		}
		ev.Until = kb.When{Time: at(last, st.end, loc), Precision: kb.Instant}
	}
	return false
}

const hintTime = "write it as 2026-03-12 14:02 or, where the day is clear, 14:02"

// isOwn tells whether the document's own zone goes by that name.
func (s *settler) isOwn(name string) bool {
	own, _ := time.Date(2020, 1, 1, 0, 0, 0, 0, s.o.Zone).Zone()
	summer, _ := time.Date(2020, 7, 1, 0, 0, 0, 0, s.o.Zone).Zone()
	return own == name || summer == name
}

// dayOf is the day of an entry, which is then that of the entry before the next.
func (s *settler) dayOf(e *entry, loc *time.Location) (kb.Date, bool) {
	shown := s.clock // as it is written there
	s.moveTo(loc)
	st, before := e.stamp, s.clock
	if st.clock.ok && !st.clock.blank {
		s.clock = st.clock.of()
	}
	switch {
	case st.date.kind != noDate:
		day, ok := s.resolve(e, st.date, loc)
		if s.lost = !ok; ok {
			s.day, s.base, s.rolled = day, day, false
		}
		return day, ok
	case s.lost:
		return kb.Date{}, false
	case st.plus > 0:
		if s.base.IsZero() {
			s.base = s.documents(loc, -1)
		}
		if s.base.IsZero() {
			return kb.Date{}, false
		}
		s.day, s.rolled = plus(s.base, st.plus), false
	case s.day.IsZero():
		s.day = s.documents(loc, st.clock.of())
		s.base = s.day
		return s.day, !s.day.IsZero()
	case before < 0:
	default:
		switch step := s.clock - before; {
		case step <= -overnight && s.clock-shown <= -overnight: // by both, when the zones differ
			if s.rolled = true; step > -sure {
				s.note(e, fmt.Sprintf("%s comes after %s and is taken for the next day", clockText(s.clock), clockText(shown)), "write the day before the time")
			}
			s.day = following(s.day)
		case s.rolled && step >= sure: // 23:58, 00:03, 23:59
			s.clock = before
			return plus(s.day, -1), true
		}
	}
	return s.day, true
}

// moveTo tells the day and the time of the entry before in the zone of this one:
// 15:45 in California comes after 23:30 in UTC, on the same day.
func (s *settler) moveTo(loc *time.Location) {
	if s.loc != nil && s.loc != loc && s.clock >= 0 && !s.day.IsZero() {
		c := clock{h: s.clock / hour, m: s.clock % hour / 60, s: s.clock % 60}
		t := at(s.day, c, s.loc).In(loc)
		s.day, s.clock = kb.DateOf(t), (t.Hour()*60+t.Minute())*60+t.Second()
	}
	s.loc = loc
}

// resolve is the day that a written date means.
func (s *settler) resolve(e *entry, d date, loc *time.Location) (kb.Date, bool) {
	if d.kind == eitherDate {
		switch s.monthly {
		case dayFirstOrder:
			d.kind, d.day, d.month = fullDate, d.a, time.Month(d.b)
		case monthFirstOrder:
			d.kind, d.day, d.month = fullDate, d.b, time.Month(d.a)
		default:
			s.find(e.pos, fmt.Sprintf("nobody can tell which of %02d and %02d is the month", d.a, d.b), "write the day as 2026-03-12")
			return kb.Date{}, false
		}
	}
	near := s.day
	if near.IsZero() {
		near = s.documents(loc, -1)
	}
	switch d.kind {
	case noDate:
		return kb.Date{}, false
	case nextDate:
		if near.IsZero() {
			return near, false
		}
		return following(near), true
	case weekdayDate:
		if near.IsZero() {
			return near, false
		}
		days := int(d.week-time.Date(near.Year, near.Month, near.Day, 0, 0, 0, 0, time.UTC).Weekday()+7) % 7
		if s.day.IsZero() && days > 3 {
			days -= 7 // what led to it may be on the days before
		}
		return plus(near, days), true
	}
	switch {
	case d.year == 0 && near.IsZero():
		s.find(e.pos, "nobody can tell the year of this day", "write it as 2026-03-12, or started: in the front matter")
		return kb.Date{}, false
	case d.year == 0:
		return nearest(d, near), true
	case d.year < 70:
		d.year += 2000
	case d.year < 100:
		d.year += 1900
	}
	return d.on(d.year), true
}

// documents is the day on which the incident began. With a clock it is the day
// on which that clock was closest to the beginning, when that was near midnight.
func (s *settler) documents(loc *time.Location, clock int) kb.Date {
	switch s.o.Day.Precision {
	case kb.Day:
		return kb.DateOf(s.o.Day.Time)
	case kb.Instant:
		start := s.o.Day.Time.In(loc)
		day := kb.DateOf(start)
		if clock < 0 {
			return day
		}
		switch later := clock - (start.Hour()*hour + start.Minute()*60); {
		case later >= sure:
			return plus(day, -1)
		case later <= -sure:
			return following(day)
		}
		return day
	}
	return kb.Date{}
}

// nearest is the day without a year that is nearest to another.
func nearest(d date, near kb.Date) kb.Date {
	best, distance := kb.Date{}, 0
	for year := near.Year - 1; year <= near.Year+1; year++ {
		day := d.on(year)
		if plus(day, 0) != day {
			continue // 29 February
		}
		if n := abs(between(near, day)); best.IsZero() || n < distance {
			best, distance = day, n
		}
	}
	if best.IsZero() {
		return plus(d.on(near.Year), 0)
	}
	return best
}

// orderOf tells in which order a document writes the day and the month: by the
// dates where only one is possible, else by which brings them nearer to the day
// of the incident.
func (s *settler) orderOf(entries []entry) order {
	dayFirst, monthFirst := 0, 0
	var open []date
	for i := range entries {
		for _, d := range []date{entries[i].stamp.date, entries[i].stamp.last} {
			switch {
			case d.kind == eitherDate:
				open = append(open, d)
			case d.a > 12:
				dayFirst++
			case d.b > 12:
				monthFirst++
			}
		}
	}
	switch {
	case len(open) == 0:
		return unknownOrder
	case dayFirst > 0 && monthFirst == 0:
		return dayFirstOrder
	case monthFirst > 0 && dayFirst == 0:
		return monthFirstOrder
	case dayFirst > 0 || !s.o.Day.Known():
		return unknownOrder
	}
	day := kb.DateOf(s.o.Day.Time)
	one, other := 0, 0 // how far the dates are from that day
	for _, d := range open {
		year := d.year
		switch {
		case year == 0:
			year = day.Year
		case year < 100:
			year += 2000
		}
		one += min(500, abs(between(day, kb.Date{Year: year, Month: time.Month(d.b), Day: d.a})))
		other += min(500, abs(between(day, kb.Date{Year: year, Month: time.Month(d.a), Day: d.b})))
	}
	far := 45 * len(open)
	switch {
	case one < other && one <= far:
		return dayFirstOrder
	case other < one && other <= far:
		return monthFirstOrder
	}
	return unknownOrder
}

// at is a time of a day in a zone.
func at(d kb.Date, c clock, loc *time.Location) time.Time {
	t := time.Date(d.Year, d.Month, d.Day, c.h, c.m, c.s, 0, loc)
	// An hour that the clocks skip is counted on from before: 02:30 is 03:30 then.
	if before := (c.h-t.Hour())*60 + c.m - t.Minute(); 0 < before && before <= 120 {
		t = t.Add(time.Duration(before) * time.Minute)
	}
	return t
}

func plus(d kb.Date, days int) kb.Date {
	return kb.DateOf(time.Date(d.Year, d.Month, d.Day+days, 0, 0, 0, 0, time.UTC))
}

func following(d kb.Date) kb.Date { return plus(d, 1) }

// between is the number of days from a to b.
func between(a, b kb.Date) int {
	day := func(d kb.Date) int64 {
		return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC).Unix() / (24 * hour)
	}
	return int(day(b) - day(a))
}

func abs(n int) int { return max(n, -n) }

func clockText(seconds int) string {
	return fmt.Sprintf("%02d:%02d", seconds/hour, seconds%hour/60)
}

// short is the beginning of a text that may be long.
func short(s string) string {
	if r := []rune(s[:min(len(s), 200)]); len(r) > 40 {
		return string(r[:40]) + "..."
	}
	return s
}
