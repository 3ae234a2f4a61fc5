package view

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"debrief/internal/kb"
	"debrief/internal/review"
	"debrief/internal/site"
)

// ReviewsPath is the path of the calendar of reviews.
const ReviewsPath = "calendar.ics"

// homeReviews is how many reviews the front page lists.
const homeReviews = 5

// pressingDays is how many days before a step is due it comes before all else.
const pressingDays = 7

// review makes the steps of an incident's review.
func (p *Plan) review(i *kb.Incident) []ReviewStep {
	var list []ReviewStep
	for _, s := range review.Steps(p.site.Config, i, p.site.Today()) {
		list = append(list, p.reviewStep(s, i.Zone))
	}
	return list
}

// reviewStep writes a step with its times in a zone.
func (p *Plan) reviewStep(s review.Step, zone *time.Location) ReviewStep {
	v := ReviewStep{Name: stepNames[s.Name], State: string(s.State), Due: stampIn(s.Due, zone), At: stampIn(s.At, zone)}
	if s.State == review.Done {
		return v
	}
	switch n := days(p.site.Today(), s.Day()); {
	case n == 0:
		v.Left = "today"
	case n == 1:
		v.Left = "tomorrow"
	case n > 1:
		v.Left = fmt.Sprintf("in %d days", n)
	case n == -1:
		v.Left = "1 day late"
	default:
		v.Left = fmt.Sprintf("%d days late", -n)
	}
	return v
}

var stepNames = map[review.Name]string{
	review.Meeting: "Meeting", review.Plan: "Action plan sent", review.Ratified: "Action plan agreed", review.Published: "Published",
}

// days is how many days b comes after a.
func days(a, b kb.Date) int {
	return int((b.Time().Unix() - a.Time().Unix()) / (24 * 60 * 60))
}

// reviews are the steps that are due next over all incidents, at most n of them.
func (p *Plan) reviews(n int) Reviews {
	type due struct {
		e    *site.Entry
		step review.Step
	}
	var list []due
	for _, e := range p.site.Incidents {
		if s, ok := review.Next(review.Steps(p.site.Config, e.Incident, p.site.Today())); ok {
			list = append(list, due{e, s})
		}
	}
	slices.SortStableFunc(list, func(a, b due) int {
		x, y := a.step.Day(), b.step.Day()
		return cmp.Or(cmp.Compare(x.Year, y.Year), cmp.Compare(x.Month, y.Month), cmp.Compare(x.Day, y.Day), cmp.Compare(a.e.Path, b.e.Path))
	})
	v := Reviews{More: max(0, len(list)-n), URL: p.site.URL(ReviewsPath)}
	for _, d := range list[:min(n, len(list))] {
		what := calendarTitles[d.step.Name]
		if d.step.State == review.Planned {
			what = "Post-mortem meeting planned"
		}
		v.Rows = append(v.Rows, ReviewRow{
			d.e.Title, p.site.URL(d.e.Address), p.badge(d.e.Incident.Severity), shortDay(d.step.Day()), what, p.reviewStep(d.step, p.site.ZoneOf(d.e.Incident)),
		})
	}
	v.Pressing = len(list) > 0 && days(p.site.Today(), list[0].step.Day()) <= pressingDays
	return v
}

// reviewCalendar is what is still to be done for reviews, and the meetings to come.
func (p *Plan) reviewCalendar() CalendarFile {
	c := p.site.Config
	f := CalendarFile{
		Name: c.Title + ": reviews", Description: "Until when post-mortems are to be met about, planned, agreed upon and published, and the meetings that have a day.",
		Path: ReviewsPath,
	}
	for _, e := range p.site.Incidents {
		i := e.Incident
		add := func(name, title string, at kb.When) {
			changed := i.Resolved // and not the meeting, which may be to come
			if !changed.Known() {
				changed = i.Started
			}
			f.Entries = append(f.Entries, CalendarEntry{
				ID: "review " + name + " " + e.Path, At: at, Changed: changed, Title: title + ": " + e.Title,
				Text: i.ID + "\n" + e.Summary, URL: p.site.AbsoluteURL(e.Address),
			})
		}
		if m := i.Meeting; m.Known() && !p.site.Today().After(m.DateIn(c.Zone)) {
			add("held", "Post-mortem", m)
			if m.Precision == kb.Instant {
				f.Entries[len(f.Entries)-1].Length = p.meetingLength(i.Severity)
			}
		}
		for _, s := range review.Steps(c, i, p.site.Today()) {
			if s.State == review.Due || s.State == review.Overdue {
				add(string(s.Name), calendarTitles[s.Name], s.Due)
			}
		}
	}
	return f
}

// meetingLength is how long the meeting about an incident of a severity takes: an
// hour where no script says it.
func (p *Plan) meetingLength(severity string) time.Duration {
	for _, l := range p.meeting(severity).Lengths {
		if l.Chosen {
			return time.Duration(l.Minutes) * time.Minute
		}
	}
	return time.Hour
}

// calendarTitles say what is due on a day, as calendars show it.
var calendarTitles = map[review.Name]string{
	review.Meeting: "Post-mortem meeting due", review.Plan: "Action plan due", review.Ratified: "Action plan to be agreed upon", review.Published: "Post-mortem to be published",
}
