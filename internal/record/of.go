package record

import (
	"net/url"
	"time"

	"debrief/internal/kb"
	"debrief/internal/site"
)

// FileName is that of an incident's document, beside its page, and of the index
// at the root.
const FileName = "index.json"

// Of returns the record of an incident, which e must be a page of.
func Of(s *site.Site, e *site.Entry) Incident {
	i := e.Incident
	page := s.AbsoluteURL(e.Address)
	r := Incident{
		Version: Version, ID: i.ID, Title: e.Title, URL: page, JSON: page + FileName, Path: e.Path, Status: i.Status,
		Severity: severity(s.Config, i.Severity), Timezone: i.Zone.String(),
		Times: Times{
			Started: timeOf(i.Started, i.Zone), Detected: timeOf(i.Detected, i.Zone), Acknowledged: timeOf(i.Acknowledged, i.Zone),
			Mitigated: timeOf(i.Mitigated, i.Zone), Resolved: timeOf(i.Resolved, i.Zone),
		},
		Measures: Measures{
			ToDetect:      measure(i.Started, i.Detected, i.Stated.ToDetect),
			ToAcknowledge: measure(i.Started, i.Acknowledged, kb.Length{}),
			ToMitigate:    measure(i.Started, i.Mitigated, i.Stated.ToMitigate),
			ToResolve:     measure(i.Started, i.Resolved, i.Stated.ToResolve),
		},
		Services: names(s, "services", i.Services), Components: list(i.Components), Platforms: make([]Platform, len(i.Platforms)),
		Tags: names(s, "tags", i.Tags), Factors: names(s, "factors", i.Factors),
		Trigger: i.Trigger, Detection: i.Detection, Safety: i.Safety,
		Impact: Impact{Summary: i.Impact.Summary, Users: number(i.Impact.Users), Sessions: number(i.Impact.Sessions)},
		Roles:  make([]Role, len(i.Roles)), Authors: list(i.Authors), Organisation: i.Organisation,
		Meeting: timeOf(i.Meeting, i.Zone), Related: []string{}, Links: []Link{}, Summary: e.Summary,
		Headings: make([]Heading, len(e.Doc.Headings)), Events: make([]Event, len(i.Events)), Actions: make([]Action, len(i.Actions)),
	}
	for n, p := range i.Platforms {
		r.Platforms[n] = Platform(p)
	}
	for n, role := range i.Roles {
		r.Roles[n] = Role{role.Name, role.Who}
	}
	for _, to := range s.Related(e) {
		r.Related = append(r.Related, s.AbsoluteURL(to.Address))
	}
	for _, l := range i.Links {
		if site.AllowedURL(l.URL) {
			r.Links = append(r.Links, Link{l.Title, l.URL})
		}
	}
	for n, h := range e.Doc.Headings {
		r.Headings[n] = Heading{h.Level, h.Text, at(page, h.ID)}
	}
	for n, event := range i.Events {
		r.Events[n] = Event{
			At: timeOf(event.At, i.Zone), Until: timeOf(event.Until, i.Zone), About: event.About,
			Text: event.Text, Mark: string(event.Mark), URL: at(page, event.ID), Links: evidence(s, e, event.Links),
		}
	}
	for n, a := range i.Actions {
		r.Actions[n] = Action{
			ID: a.ID, Title: a.Title, Owner: a.Owner, Due: day(a.Due), Type: string(a.Type), Status: string(a.Status),
			Ticket: a.Ticket, TicketURL: site.TicketURL(s.Config, a.Ticket), Result: a.Result, Closed: day(a.Closed), URL: at(page, site.ActionID(i, n)),
		}
	}
	return r
}

func severity(c kb.Config, id string) *Severity {
	if id == "" {
		return nil
	}
	v := Severity{ID: id, Rank: c.SeverityRank(id)}
	if v.Rank > 0 {
		v.Name = c.Severities[v.Rank-1].Name
	}
	return &v
}

// timeOf is a time in a zone; a day is the same day in each.
func timeOf(w kb.When, zone *time.Location) *Time {
	switch w.Precision {
	case kb.Day:
		return &Time{w.Time.Format(time.DateOnly), "day"}
	case kb.Instant:
		return &Time{w.Time.In(zone).Format(time.RFC3339), "instant"}
	}
	return nil
}

// measure is the time from one moment to another or, where one of them is
// unknown, what the text says. Of days nobody knows the hours, so they are counted
// whole, and two moments on one day are no measure.
func measure(from, to kb.When, stated kb.Length) *Measure {
	if from.Known() && to.Known() && !to.Time.Before(from.Time) {
		seconds := to.Time.Unix() - from.Time.Unix() // a time.Duration ends at 292 years
		if from.Precision == kb.Instant && to.Precision == kb.Instant {
			return &Measure{Seconds: seconds, Precision: "instant"}
		}
		const long = 24 * 60 * 60
		if days := (seconds + long/2) / long; days > 0 {
			return &Measure{Seconds: days * long, Precision: "day"}
		}
	}
	if stated.Known {
		return &Measure{Seconds: int64(stated.Seconds()), Precision: "instant", Stated: true}
	}
	return nil
}

// names writes terms as the site does, each once.
func names(s *site.Site, taxonomy string, terms []string) []string {
	t := s.Taxonomy(taxonomy)
	out := make([]string, 0, len(terms))
	seen := func(name string) bool {
		for _, o := range out {
			if o == name {
				return true
			}
		}
		return false
	}
	for _, term := range terms {
		if g, ok := t.Find(term); ok {
			term = g.Name
		}
		if !seen(term) {
			out = append(out, term)
		}
	}
	return out
}

// evidence is where the links of an event lead; those that lead nowhere are left
// out.
func evidence(s *site.Site, e *site.Entry, links []int) []string {
	out := []string{}
	if len(links) == 0 {
		return out
	}
	targets := s.Targets(e)
	for _, l := range links {
		if l < len(targets) && targets[l].URL != "" {
			if u, err := s.Config.BaseURL.Parse(targets[l].URL); err == nil {
				out = append(out, u.String())
			}
		}
	}
	return out
}

func number(n kb.Number) *int {
	if !n.Known {
		return nil
	}
	return &n.N
}

func day(d kb.Date) *string {
	if d.IsZero() {
		return nil
	}
	text := d.String()
	return &text
}

func list(words []string) []string {
	if words == nil {
		return []string{}
	}
	return words
}

// at is a place on a page, or empty when it has no name.
func at(page, id string) string {
	if id == "" {
		return ""
	}
	return page + "#" + url.PathEscape(id)
}
