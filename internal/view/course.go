package view

import (
	"slices"
	"strings"
	"time"

	"debrief/internal/chart"
	"debrief/internal/kb"
	"debrief/internal/markdown"
	"debrief/internal/site"
)

// How much of an entry's text the list and the drawing show. The whole of it is in
// the text of the page, to which both lead.
const (
	rowText   = 160
	pointText = 60
	briefText = 30 // of a point that is one of many
	many      = 60
)

// course makes the timeline of an incident, from the entries that its text has and
// from the moments.
func (p *Plan) course(e *site.Entry) Course {
	i := e.Incident
	c := Course{Phases: phases(i)}
	t := chart.Timeline{Zone: i.Zone}
	for _, ph := range c.Phases {
		from, to := span(i, ph.Class)
		t.Phases = append(t.Phases, chart.Phase{From: from, To: to, Class: ph.Class})
	}
	for _, m := range kb.Marks {
		if w := i.Moment(m); w.Precision == kb.Instant {
			t.Labels = append(t.Labels, chart.Label{At: w.Time, Text: capital(string(m))})
		}
	}
	if len(i.Events) > 0 {
		targets := p.site.Targets(e)
		c.Rows = make([]EventRow, len(i.Events))
		words := pointText
		if len(i.Events) > many {
			words = briefText
		}
		day := ""
		for n, event := range i.Events {
			r := p.eventRow(i, event, e.Doc, targets)
			if r.Day.Text == day {
				r.Day = Stamp{}
			} else if r.Day.Text != "" {
				day = r.Day.Text
			}
			c.Rows[n] = r
			if event.At.Precision != kb.Instant {
				c.Undated++
				continue
			}
			point := chart.Point{At: event.At.Time, About: event.About, Marked: event.Mark != "", Evidence: len(r.Evidence) > 0, Href: r.URL,
				Title: strings.TrimSpace(r.Since + " " + shorten(event.Text, words))}
			if event.Until.Precision == kb.Instant {
				point.Until = event.Until.Time
			}
			t.Points = append(t.Points, point)
		}
	}
	if c.Drawing = drawing(t.SVG()); c.Drawing == "" {
		c.Phases = nil
	} else {
		c.Key = key(t.Points)
	}
	return c
}

// key says what the points of a drawing look like, where they differ.
func key(points []chart.Point) string {
	about := slices.ContainsFunc(points, func(p chart.Point) bool { return p.About })
	shown := slices.ContainsFunc(points, func(p chart.Point) bool { return p.Evidence })
	pale := shown && slices.ContainsFunc(points, func(p chart.Point) bool { return !p.Evidence })
	switch {
	case about && pale:
		return "hollow: about then; pale: without evidence"
	case about:
		return "hollow: about then"
	case pale:
		return "pale: without evidence"
	}
	return ""
}

// eventRow makes the row of an entry.
func (p *Plan) eventRow(i *kb.Incident, event kb.Event, doc *markdown.Doc, targets []markdown.Target) EventRow {
	r := EventRow{About: event.About, Text: shorten(event.Text, rowText), Mark: string(event.Mark)}
	if event.ID != "" {
		r.URL = "#" + event.ID
	}
	hour := func(w kb.When) Stamp {
		if w.Precision != kb.Instant {
			return Stamp{}
		}
		t, form := w.Time.In(i.Zone), "15:04"
		if event.Seconds {
			form = "15:04:05"
		}
		return Stamp{t.Format(form), t.Format(time.RFC3339)}
	}
	switch event.At.Precision {
	case kb.Day:
		r.Day, r.ThatDay = stampIn(event.At, i.Zone), true
	case kb.Instant:
		t := event.At.Time.In(i.Zone)
		r.Day = Stamp{t.Format("2 January 2006"), t.Format("2006-01-02")}
	}
	r.At, r.Until = hour(event.At), hour(event.Until)
	r.Since = since(i.Started, event.At)
	for _, n := range event.Links {
		if n >= len(targets) || targets[n].URL == "" || doc.Links[n].Kind == markdown.Image {
			continue
		}
		title := doc.Links[n].Text
		if title == "" {
			title = targets[n].Text
		}
		if title == "" {
			title = shorten(doc.Links[n].Dest, 40)
		}
		r.Evidence = append(r.Evidence, Ref{title, targets[n].URL})
	}
	return r
}

// since is how long after the start something happened: "+23 min", "−5 min" or
// "start". It is empty when an hour is unknown.
func since(start, at kb.When) string {
	if start.Precision != kb.Instant || at.Precision != kb.Instant {
		return ""
	}
	if start.Time.Equal(at.Time) {
		return "start"
	}
	if after := between(start, at); after != "" {
		return "+" + after
	}
	return "\u2212" + between(at, start)
}

// The classes of the phases, in order.
const (
	leadUp     = "lead-up"
	undetected = "undetected"
	response   = "response"
	mitigation = "mitigation"
)

// phases are the parts of an incident that are known: a part whose beginning or
// end nobody wrote down is not there.
func phases(i *kb.Incident) []Phase {
	var list []Phase
	for _, f := range []Phase{{Name: "Lead-up", Class: leadUp}, {Name: "Undetected", Class: undetected}, {Name: "Response", Class: response}, {Name: "Mitigation", Class: mitigation}} {
		from, to := span(i, f.Class)
		if from.IsZero() || !to.After(from) {
			continue
		}
		at := func(t time.Time) kb.When { return kb.When{Time: t, Precision: kb.Instant} }
		f.Length = between(at(from), at(to))
		list = append(list, f)
	}
	return list
}

// span returns the beginning and the end of a phase, both zero when it is not
// known. Only times with an hour count: a band from midnight would be invented.
func span(i *kb.Incident, class string) (from, to time.Time) {
	moment := func(w kb.When) time.Time {
		if w.Precision != kb.Instant {
			return time.Time{}
		}
		return w.Time
	}
	switch class {
	case leadUp:
		to = moment(i.Started)
		for _, e := range i.Events {
			if at := moment(e.At); !at.IsZero() && (from.IsZero() || at.Before(from)) {
				from = at
			}
		}
	case undetected:
		from, to = moment(i.Started), moment(i.Detected)
	case response:
		from, to = moment(i.Detected), moment(i.Mitigated)
	case mitigation:
		from, to = moment(i.Mitigated), moment(i.Resolved)
	}
	if from.IsZero() || to.IsZero() || !to.After(from) {
		return time.Time{}, time.Time{}
	}
	return from, to
}
