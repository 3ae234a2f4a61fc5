package parse

import (
	"cmp"
	"strconv"
	"time"

	"debrief/internal/diag"
	"debrief/internal/kb"
	"debrief/internal/markdown"
	"debrief/internal/timeline"
)

// course reads the timelines of an incident's text, names the places of their
// events, and takes from them the moments that the front matter does not give.
// When nothing else tells when it started, the name of its file does.
func course(in *kb.Incident, m *mapping, text *markdown.Text, findings *[]diag.Finding) {
	zone, _ := m.value("timezone", "time_zone")
	byName := dateFromName(in.Path, in.Zone)
	o := timeline.Options{Day: in.Started, Zone: in.Zone, Given: zone != nil, Links: text.Head().Links}
	if !o.Day.Known() {
		o.Day = byName
	}
	events, bad := timeline.Read(text.Blocks, o)
	*findings = append(*findings, bad...)
	in.Stated = timeline.Stated(text.Blocks)
	if len(events) > 0 {
		in.Events = make([]kb.Event, 0, len(events))
	}
	for i, e := range events {
		b := &text.Blocks[e.Block]
		if b.ID == "" {
			text.Name(e.Block, "t-"+strconv.Itoa(i+1))
		}
		e.ID = b.ID
		in.Events = append(in.Events, e.Event)
		if at := in.Moment(e.Mark); e.Mark != "" && !at.Known() {
			*moment(in, e.Mark) = e.At
		}
	}
	if !in.Started.Known() {
		in.Started = byName
	}
	if zone == nil {
		in.Zone = zoneOf(in.Events, in.Zone)
	}
}

// zoneOf is the zone in which all hours of a timeline are written, so that a page
// shows them as its text does. Of a timeline in several it is the other one.
func zoneOf(events []kb.Event, other *time.Location) *time.Location {
	var zone *time.Location
	for _, e := range events {
		if e.At.Precision != kb.Instant {
			continue
		}
		switch of := e.At.Time.Location(); {
		case zone == nil:
			zone = of
		case of.String() != zone.String():
			return other
		}
	}
	return cmp.Or(zone, other)
}

// moment is where an incident keeps the moment of a mark.
func moment(in *kb.Incident, m kb.Mark) *kb.When {
	switch m {
	case kb.MarkStarted:
		return &in.Started
	case kb.MarkDetected:
		return &in.Detected
	case kb.MarkAcknowledged:
		return &in.Acknowledged
	case kb.MarkMitigated:
		return &in.Mitigated
	}
	return &in.Resolved
}
