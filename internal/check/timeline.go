package check

import (
	"fmt"
	"time"

	"debrief/internal/diag"
	"debrief/internal/kb"
)

// around is how long before the start and after the end of an incident the events
// of its timeline may be without anybody being told.
const around = 7 * 24 * time.Hour

// keys are the names of the marks in front matter, with those that other tools
// give them.
var keys = map[kb.Mark][]string{
	kb.MarkStarted: {"started", "start_time"}, kb.MarkDetected: {"detected"}, kb.MarkAcknowledged: {"acknowledged"},
	kb.MarkMitigated: {"mitigated"}, kb.MarkResolved: {"resolved", "end_time"},
}

// given is the place of the front matter key that gives a mark's moment.
func given(i *kb.Incident, m kb.Mark) (diag.Pos, bool) {
	for _, key := range keys[m] {
		if pos, ok := i.At[key]; ok {
			return pos, true
		}
	}
	return diag.Pos{}, false
}

// marked is the event with a mark.
func marked(i *kb.Incident, m kb.Mark) (kb.Event, bool) {
	for _, e := range i.Events {
		if e.Mark == m {
			return e, true
		}
	}
	return kb.Event{}, false
}

// timeline compares the events of an incident with what its front matter says.
func timeline(i *kb.Incident, r report) {
	for _, m := range kb.Marks {
		e, ok := marked(i, m)
		if pos, has := given(i, m); ok && has && e.At.Known() && differ(e, i.Moment(m), i.Zone) {
			r.at(pos, diag.Warning, "timeline-mark", fmt.Sprintf("%s: %s, and the timeline has it at %s, on line %d", m, in(i.Moment(m), i.Zone), in(e.At, i.Zone), e.Line),
				"one of them is wrong, or the entry means something else")
		}
	}
	if earlier(i.Resolved, i.Started, i.Zone) {
		return // which has a finding of its own
	}
	early, late := 0, 0
	for _, e := range i.Events {
		var side *int
		var text string
		switch {
		case !e.At.Known():
		case i.Started.Known() && e.At.Time.Before(i.Started.Time.Add(-around)):
			side, text = &early, fmt.Sprintf("%s is more than 7 days before the start, %s", in(e.At, i.Zone), in(i.Started, i.Zone))
		case i.Resolved.Known() && e.At.Time.After(i.Resolved.Time.Add(around)):
			side, text = &late, fmt.Sprintf("%s is more than 7 days after the end, %s", in(e.At, i.Zone), in(i.Resolved, i.Zone))
		}
		if side == nil {
			continue
		}
		pos := diag.Pos{Line: e.Line, Col: 1}
		if otherYear(i, e.At.Time) {
			r.at(pos, diag.Warning, "timeline-range", text, "is the year right?")
		} else if *side++; *side == 1 {
			r.at(pos, diag.Note, "timeline-range", text, "check the day, and leave it if that is when it was")
		}
	}
}

// otherYear tells whether a time would be near the incident in the incident's year.
func otherYear(i *kb.Incident, t time.Time) bool {
	for _, w := range []kb.When{i.Started, i.Resolved} {
		if !w.Known() {
			continue
		}
		moved := t.AddDate(w.Time.Year()-t.Year(), 0, 0)
		if d := moved.Sub(w.Time); moved.Year() != t.Year() && d > -around && d < around {
			return true
		}
	}
	return false
}

// differ tells whether an event and a moment are further apart than they are
// exact.
func differ(e kb.Event, w kb.When, zone *time.Location) bool {
	if w.Precision == kb.Day || e.At.Precision == kb.Day {
		day := kb.DateOf(w.Time)
		return day != kb.DateOf(e.At.Time) && w.DateIn(zone) != e.At.DateIn(zone) && day != kb.DateOf(e.At.Time.In(w.Time.Location()))
	}
	exact := time.Minute
	switch {
	case e.About:
		exact = 30 * time.Minute
	case e.Seconds:
		exact = time.Second
	}
	from, to := e.At.Time.Add(-exact), e.At.Time.Add(exact)
	if e.Until.Precision == kb.Instant {
		to = e.Until.Time.Add(exact)
	}
	return !w.Time.After(from) || !w.Time.Before(to)
}

// in writes a moment as it is known.
func in(w kb.When, zone *time.Location) string {
	if w.Precision == kb.Day {
		return w.Time.Format("2006-01-02")
	}
	return w.Time.In(zone).Format("2006-01-02 15:04 MST")
}
