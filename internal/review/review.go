// Package review is the clock of a post-mortem: until when it is to be met about,
// planned, agreed upon and published.
//
// The clock starts when the incident is resolved and runs while its post-mortem
// is a draft or in review. One that is reviewed, closed or says nothing of its
// status has none, so that an archive is not late for ever.
package review

import (
	"slices"
	"time"

	"debrief/internal/kb"
)

// Name is what is to be done.
type Name string

// The steps in the order in which they come.
const (
	Meeting   Name = "meeting"   // people meet about the post-mortem
	Plan      Name = "plan"      // the plan of actions is written and sent
	Ratified  Name = "ratified"  // the plan is agreed upon
	Published Name = "published" // the post-mortem is reviewed
)

// State is how a step stands on a day.
type State string

const (
	Done    State = "done"
	Planned State = "planned" // a meeting that has its day, and that has not come yet
	Due     State = "due"
	Overdue State = "overdue"
)

// Step is a part of a review.
type Step struct {
	Name  Name
	Due   kb.When // in the site's zone; a Day is whole, until midnight
	At    kb.When // when the meeting is or was; otherwise unknown
	State State
}

// Day is the day on which the step is to be done, in the zone that it was made for:
// that of a planned meeting, otherwise that until which it is due.
func (s Step) Day() kb.Date {
	if s.State == Planned {
		return kb.DateOf(s.At.Time)
	}
	return kb.DateOf(s.Due.Time)
}

// Steps returns the steps of an incident's review in order. There are none when
// the clock does not run. Of a meeting that has taken place, the step that is due
// next counts from it; of one that has not, from the day on which it is due.
func Steps(c kb.Config, i *kb.Incident, today kb.Date) []Step {
	if !Runs(i) {
		return nil
	}
	span := c.Clock.Of(i.Severity)
	var steps []Step
	add := func(name Name, from kb.When, length kb.Span, done bool) kb.When {
		if length.IsZero() {
			return kb.When{}
		}
		s := Step{Name: name, Due: After(c, from, length), State: Due}
		switch {
		case done:
			s.State = Done
		case today.After(kb.DateOf(s.Due.Time)):
			s.State = Overdue
		}
		steps = append(steps, s)
		return s.Due
	}

	resolved, meeting := in(c.Zone, i.Resolved), in(c.Zone, i.Meeting)
	met := meeting.Known() && !kb.DateOf(meeting.Time).After(today)
	due := add(Meeting, resolved, span.Meeting, met)
	if meeting.Known() && due.Known() {
		s := &steps[0]
		if s.At = meeting; !met {
			s.State = Planned
		}
	}
	if meeting.Known() {
		due = meeting
	}
	if due.Known() { // without a meeting there is nothing to count from
		add(Plan, due, span.Plan, met && len(i.Actions) > 0)
		add(Ratified, due, span.Ratified, false) // when it is, the post-mortem is reviewed
	}
	add(Published, resolved, span.Published, false)
	return steps
}

// Runs tells whether the clock of an incident runs.
func Runs(i *kb.Incident) bool {
	return (i.Status == "draft" || i.Status == "in-review") && i.Resolved.Known()
}

// Next returns the step that is to be done first of those that are not, and false
// when there is none.
func Next(steps []Step) (Step, bool) {
	var next Step
	for _, s := range steps {
		if s.State != Done && (next.Name == "" || next.Day().After(s.Day())) {
			next = s
		}
	}
	return next, next.Name != ""
}

// in is a moment in a zone. A day is midnight already, in a zone of its own.
func in(zone *time.Location, w kb.When) kb.When {
	if w.Precision == kb.Instant {
		w.Time = w.Time.In(zone)
	}
	return w
}

// After returns the moment that lies a span after another, in the site's zone. Days
// and business days end with the day. Hours do too when the hour of the start is not
// known. The browser's half is after in layouts/assets/js/runsheet/dates.js.
func After(c kb.Config, from kb.When, length kb.Span) kb.When {
	from = in(c.Zone, from)
	to := from
	if length.Days > 0 || length.BusinessDays > 0 {
		y, m, d := from.Time.Date()
		day := time.Date(y, m, d+length.Days, 0, 0, 0, 0, from.Time.Location())
		for range length.BusinessDays {
			day = nextBusinessDay(c.Clock, day)
		}
		to = kb.When{Time: day, Precision: kb.Day}
	}
	if length.Hours > 0 {
		if to.Precision == kb.Instant {
			to.Time = to.Time.Add(time.Duration(length.Hours) * time.Hour)
		} else {
			to.Time = to.Time.AddDate(0, 0, (length.Hours+23)/24)
		}
	}
	return to
}

// nextBusinessDay is the first day after another on which people work.
func nextBusinessDay(c kb.Clock, day time.Time) time.Time {
	for range 366 { // who declares every day a holiday gets a date all the same
		day = day.AddDate(0, 0, 1)
		if !slices.Contains(c.Weekend, day.Weekday()) && !slices.Contains(c.Holidays, kb.DateOf(day)) {
			break
		}
	}
	return day
}
