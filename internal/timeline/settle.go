package timeline

import (
	"fmt"
	"time"

	"debrief/internal/diag"
	"debrief/internal/kb"
	"debrief/internal/markdown"
)

// A time that is this much earlier than the one before it is of the next day; one
// that is less earlier is out of order.
const overnight = 6 * hour

// sure is how much earlier it has to be for nobody to doubt that.
const sure = 18 * hour

// settler makes moments of stamps, in the order written.
type settler struct {
	o        Options
	zone     zone   // that the document gives in a sentence
	zones    []zone // of each timeline
	monthly  order
	findings []diag.Finding
	bad      tally // of times that cannot be read
	notes    tally // of what is out of order

	// Of the timeline that is being read:
	day    kb.Date        // of the entry before, when known
	base   kb.Date        // that was written last
	clock  int            // of the entry before, in seconds of the day, or -1
	loc    *time.Location // of both
	rolled bool           // day is a guess, since the clock went back
	lost   bool           // a day could not be read, so nobody knows the day of what follows
	of     zone           // under a heading that names one
}

// order tells which of the numbers in 01/02/2020 is the month.
type order int

const (
	unknownOrder order = iota
	dayFirstOrder
	monthFirstOrder
)

// newSettler looks at what holds for the whole document. Its first timeline
// begins at the block first.
func newSettler(r *reader, o Options, first int) *settler {
	blocks := r.blocks
	if o.Zone == nil {
		o.Zone = time.UTC
	}
	s := &settler{o: o, zones: r.zones}
	for i := range blocks {
		b := &blocks[i]
		if b.Kind == markdown.RowBlock || b.Kind == markdown.CodeBlock {
			continue
		}
		if i < first && !s.o.Day.Known() && (b.Kind == markdown.HeadingBlock && b.Level == 1 || datesIt(b.Text)) {
			if d := dayIn(b.Text); d.kind == fullDate && d.year >= 100 {
				s.o.Day = kb.When{Time: time.Date(d.year, d.month, d.day, 0, 0, 0, 0, o.Zone), Precision: kb.Day}
			}
		}
		if s.zone.name == "" && saysZone(b.Text) {
			s.zone = zoneSentence(b.Text)
		}
	}
	s.monthly = s.orderOf(r.entries)
	return s
}

// datesIt tells whether a line gives the day of the incident, "Date: 2020-01-20".
func datesIt(text string) bool {
	for _, word := range []string{"date", "incident date", "date of incident", "datum", "day", "when"} {
		if end := wordAt(text, 0, word); end > 0 && end < len(text) && (text[end] == ':' || text[end] == ' ') {
			return true
		}
	}
	return false
}

// saysZone tells whether a block begins with a sentence about all times.
func saysZone(text string) bool {
	for _, word := range []string{"all times", "times are", "times in", "(all times", "note: all times", "all timestamps", "alle zeiten", "time zone", "timezone"} {
		if wordAt(text, 0, word) > 0 {
			return true
		}
	}
	return false
}

// settle gives the entries their moments and leaves out those that are no events.
func (s *settler) settle(entries []entry) []settled {
	parents := parents(entries)
	list := make([]settled, 0, len(entries))
	part, noDay := -1, false
	var usual zone
	var last kb.When
	for i := range entries {
		e := &entries[i]
		if e.part != part {
			part, noDay = e.part, false
			s.day, s.base, s.clock, s.loc, s.rolled, s.lost, s.of = kb.Date{}, kb.Date{}, -1, nil, false, false, zone{}
			usual, last = s.usual(entries[i:]), kb.When{}
		}
		z := s.zoneOf(e, usual)
		if e.group {
			s.of = e.stamp.zone
		}
		ev := kb.Event{About: e.stamp.about, Text: e.text, Links: e.links, Line: e.line}
		if s.moment(&ev, e, z) && !noDay {
			noDay = true
			s.find(e.pos, "nobody can tell the day of this time and of those after it", "write the day in a heading, as in ### 2026-03-12, or started: in the front matter")
		}
		if parents[i] || e.text == "" {
			continue
		}
		if ev.At.Known() {
			if earlier(ev.At, last) {
				hint := "put it in its place, or check the day"
				if e.stamp.date.kind == noDate && e.stamp.plus == 0 && kb.DateOf(ev.At.Time) == kb.DateOf(last.Time) {
					hint = "it is taken for the same day: put it in its place, or write the day when it is of the next one"
				}
				s.note(e, fmt.Sprintf("%s stands below %s, which is later", written(ev.At), written(last)), hint)
			}
			last = ev.At
		}
		list = append(list, settled{Event{ev, e.block}, i})
	}
	return list
}

// earlier tells whether a is certainly before b.
func earlier(a, b kb.When) bool {
	if a.Precision == kb.Instant && b.Precision == kb.Instant || !b.Known() {
		return b.Known() && a.Time.Before(b.Time)
	}
	return kb.DateOf(b.Time).After(kb.DateOf(a.Time))
}

// written is a moment as people write it.
func written(w kb.When) string {
	if w.Precision == kb.Day {
		return w.Time.Format("2006-01-02")
	}
	return w.Time.Format("2006-01-02 15:04 MST")
}

// parents tells which entries are only the day of those below them.
func parents(entries []entry) []bool {
	is := make([]bool, len(entries))
	timed := false
	for i := len(entries) - 1; i >= 0; i-- {
		e := &entries[i]
		if i+1 < len(entries) && entries[i+1].part != e.part {
			timed = false
		}
		if e.group {
			is[i] = timed
			timed = false
		} else if e.stamp.clock.ok {
			timed = true
		}
	}
	return is
}

// usual is the zone of a timeline whose first time names one, as long as no other
// zone is named in it.
func (s *settler) usual(entries []entry) zone {
	var z zone
	first := true
	for i := range entries {
		e := &entries[i]
		if e.part != entries[0].part {
			break
		}
		if !e.stamp.clock.ok || e.stamp.clock.blank {
			continue
		}
		name := e.stamp.zone
		switch {
		case first:
			z = name
		case name.name != "" && name.name != z.name:
			return zone{}
		}
		if first = false; z.name == "" {
			return zone{}
		}
	}
	return z
}

// zoneOf is the zone of an entry's time.
func (s *settler) zoneOf(e *entry, usual zone) zone {
	for _, z := range []zone{e.stamp.zone, e.zone, s.of, s.zones[e.part], s.zone} {
		if z.name != "" {
			return z
		}
	}
	if usual.name != "" && !s.o.Given {
		return usual
	}
	return zone{s.o.Zone.String(), s.o.Zone}
}
