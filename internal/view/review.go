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

// homeReviews is how many reviews the front page lists.
const homeReviews = 5

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
	v := Reviews{More: max(0, len(list)-n)}
	for _, d := range list[:min(n, len(list))] {
		v.Rows = append(v.Rows, ReviewRow{d.e.Title, p.site.URL(d.e.Address), p.badge(d.e.Incident.Severity), p.reviewStep(d.step, p.site.Config.Zone)})
	}
	return v
}
