package view

import (
	"slices"
	"strings"

	"debrief/internal/kb"
	"debrief/internal/record"
	"debrief/internal/site"
)

func (p *Plan) incident(n int) Incident {
	e := p.site.Incidents[n]
	i := e.Incident
	v := Incident{
		Frame: p.frame("incident", e.Address, e.Title, e.Summary, e, p.section("Incidents", "incidents/")),
		ID:    i.ID, Heading: e.Title, Severity: p.badge(i.Severity), Status: i.Status, Impact: i.Impact.Summary,
		Duration: between(i.Started, i.Resolved), Zone: zone(i), Review: p.review(i),
		Moments: moments(i), Facts: p.facts(i), Course: p.course(e), Actions: p.actionsOf(i),
		Contents: contents(e.Doc), Body: p.body(e), Mentions: p.mentions(e), Related: p.relatedTo(e),
	}
	if hasMeeting(p.site) {
		v.RunSheet = p.site.URL(e.Address + RunSheetFolder)
	}
	v.DataURL = p.site.URL(e.Address + record.FileName)
	if l := i.Stated.ToResolve; v.Duration == "" && l.Known {
		v.Duration = Duration(l.Duration) + ", as stated"
	}
	if e.Summary != e.Doc.Lead { // a summary taken from the text need not be shown twice
		v.Summary = e.Summary
	}
	if i.Safety != "" && i.Safety != "none-reported" {
		v.Safety = words(i.Safety)
	}
	v.Newer, v.Older = p.neighbours(p.site.Incidents, n)
	for _, l := range i.Links {
		if site.AllowedURL(l.URL) {
			v.Links = append(v.Links, Ref{l.Title, l.URL})
		}
	}
	return v
}

// zone names the zone in which an incident's times are written, if it has any.
func zone(i *kb.Incident) string {
	hour := func(w kb.When) bool { return w.Precision == kb.Instant }
	if slices.ContainsFunc(kb.Marks, func(m kb.Mark) bool { return hour(i.Moment(m)) }) ||
		hour(i.Meeting) || slices.ContainsFunc(i.Events, func(e kb.Event) bool { return hour(e.At) }) {
		return i.Zone.String()
	}
	return ""
}

// moments are the five named times, each with how long it took to get there: by
// the times, or else by what the post-mortem says.
func moments(i *kb.Incident) []Moment {
	named := []struct {
		mark   kb.Mark
		verb   string
		stated kb.Length
	}{
		{kb.MarkStarted, "", kb.Length{}}, {kb.MarkDetected, "detect", i.Stated.ToDetect}, {kb.MarkAcknowledged, "acknowledge", kb.Length{}},
		{kb.MarkMitigated, "mitigate", i.Stated.ToMitigate}, {kb.MarkResolved, "resolve", i.Stated.ToResolve},
	}
	list := make([]Moment, len(named))
	for n, m := range named {
		at := i.Moment(m.mark)
		list[n] = Moment{Name: capital(string(m.mark)), Verb: m.verb, At: stampIn(at, i.Zone)}
		if m.verb == "" {
			continue
		}
		if list[n].Took = between(i.Started, at); list[n].Took == "" && m.stated.Known {
			list[n].Took, list[n].Stated = Duration(m.stated.Duration), true
		}
	}
	return list
}

// facts are the rest of the record. What most incidents have is there even when it
// is unknown; the other lines are there when somebody wrote them.
func (p *Plan) facts(i *kb.Incident) []Fact {
	var facts []Fact
	always := func(f Fact) { facts = append(facts, f) }
	given := func(name, text string) {
		if text != "" {
			facts = append(facts, Fact{Name: name, Text: text})
		}
	}
	if i.Impact != (kb.Impact{}) {
		users := Fact{Name: "People affected"}
		if i.Impact.Users.Known {
			users.Text = thousands(i.Impact.Users.N)
		}
		always(users)
		if i.Impact.Sessions.Known {
			given("Sessions affected", thousands(i.Impact.Sessions.N))
		}
	}
	always(Fact{Name: "Services", Refs: p.terms("services", i.Services)})
	given("Components", strings.Join(i.Components, ", "))
	given("Platforms", strings.Join(platforms(i), "; "))
	given("Set off by", words(i.Trigger))
	given("Noticed by", words(i.Detection))
	always(Fact{Name: "Contributing factors", Refs: p.terms("factors", i.Factors)})
	if i.Safety == "none-reported" {
		given("Safety", "none reported")
	}
	always(Fact{Name: "Tags", Refs: p.terms("tags", i.Tags)})
	given("Roles", roles(i))
	always(Fact{Name: "Authors", Text: strings.Join(i.Authors, ", ")})
	given("Organisation", i.Organisation)
	if i.Meeting.Known() {
		always(Fact{Name: "Meeting", At: stampIn(i.Meeting, i.Zone)})
	}
	return facts
}

// roles writes who had which parts: "anchors (owner, commander), safety (scribe)".
func roles(i *kb.Incident) string {
	var who []string
	parts := map[string][]string{}
	for _, r := range i.Roles {
		if parts[r.Who] == nil {
			who = append(who, r.Who)
		}
		parts[r.Who] = append(parts[r.Who], words(r.Name))
	}
	for n, w := range who {
		who[n] = w + " (" + strings.Join(parts[w], ", ") + ")"
	}
	return strings.Join(who, ", ")
}

func platforms(i *kb.Incident) []string {
	var list []string
	for _, p := range i.Platforms {
		list = append(list, p.String())
	}
	return list
}
