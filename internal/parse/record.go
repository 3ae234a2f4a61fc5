package parse

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"go.yaml.in/yaml/v4"

	"debrief/internal/diag"
	"debrief/internal/kb"
)

// record reads what an incident's front matter says beyond its times and lists.
func (p *Parser) record(in *kb.Incident, m *mapping) {
	in.Trigger = word(m.text("trigger"), p.config.TriggerIDs())
	in.Detection = word(m.text("detection"), p.config.DetectionIDs())
	in.Safety = word(m.text("safety"), kb.Safeties)
	in.Platforms = platforms(m)
	in.Impact = impact(m)
	in.Roles = roles(m)
	in.Meeting = m.when(in.Zone, "meeting")
	for _, sub := range m.mappings("actions") {
		in.Actions = append(in.Actions, p.action(sub))
	}
}

// zone is the zone of an incident's own, or else the site's.
func (p *Parser) zone(m *mapping) *time.Location {
	name := m.text("timezone", "time_zone")
	if name == "" {
		return p.config.Zone
	}
	zone, err := time.LoadLocation(name)
	if err != nil || name == "Local" {
		v, key := m.value("timezone", "time_zone")
		m.find(v, diag.Error, "front-matter", fmt.Sprintf("%s: %q is not a time zone", key, name), "write it as UTC or Europe/Berlin")
		return p.config.Zone
	}
	return zone
}

// word writes a word as the vocabulary does. One that is not in it stays as it is.
func word(text string, known []string) string {
	if i := slices.IndexFunc(known, func(k string) bool { return kb.Squash(k) == kb.Squash(text) }); i >= 0 {
		return known[i]
	}
	return text
}

// platforms reads a list of devices, as words or as mappings.
func platforms(m *mapping) []kb.Platform {
	var list []kb.Platform
	for _, item := range m.items("platforms") {
		p := kb.Platform{Device: item.word}
		if sub := item.mapping; sub != nil {
			p = kb.Platform{Device: sub.text("device"), Firmware: sub.text("firmware"), Build: sub.text("build")}
			sub.unknown(diag.Note)
		}
		if p != (kb.Platform{}) {
			list = append(list, p)
		}
	}
	return list
}

// impact reads a mapping, or a sentence.
func impact(m *mapping) kb.Impact {
	v, _ := m.value("impact")
	if v != nil && v.Kind == yaml.ScalarNode {
		return kb.Impact{Summary: m.text("impact")}
	}
	sub := m.mapping("impact")
	if sub == nil {
		return kb.Impact{}
	}
	i := kb.Impact{Summary: strings.Join(strings.Fields(sub.text("summary")), " "), Users: sub.amount("users"), Sessions: sub.amount("sessions")}
	sub.unknown(diag.Note)
	return i
}

// roles reads a mapping from a role to who had it.
func roles(m *mapping) []kb.Role {
	sub := m.mapping("roles")
	if sub == nil {
		return nil
	}
	var list []kb.Role
	for _, name := range sub.order {
		if who := strings.Join(sub.list(name), ", "); who != "" {
			list = append(list, kb.Role{Name: strings.Join(strings.Fields(name), " "), Who: who})
		}
	}
	return list
}

// action reads an action of the front matter. Its status is empty when none is
// written.
func (p *Parser) action(m *mapping) kb.Action {
	a := kb.Action{
		ID: m.text("id"), Title: strings.Join(strings.Fields(m.text("title")), " "), Owner: strings.TrimPrefix(m.text("owner"), "@"),
		Due: m.date("due"), Ticket: m.text("ticket"), Result: m.text("result", "reason"), Closed: m.date("closed"),
	}
	title, _ := m.value("title")
	if title == nil {
		title = m.first()
		m.find(title, diag.Error, "action", "an action has no title", "for example: - {title: Alert before a key expires, owner: anchors, due: 2026-04-01}")
	}
	a.At = m.pos(title)
	if v, _ := m.value("type"); v != nil {
		t := kb.ActionType(kb.Squash(m.text("type")))
		if a.Type = t; !slices.Contains(kb.ActionTypes, t) {
			a.Type = ""
			m.choice(v, "type", kb.ActionTypes)
		}
	}
	if v, _ := m.value("status"); v != nil {
		s := kb.ActionStatus(kb.Squash(m.text("status")))
		if a.Status = s; !slices.Contains(kb.ActionStatuses, s) {
			a.Status = ""
			m.choice(v, "status", kb.ActionStatuses)
		}
	} else if !a.Closed.IsZero() {
		a.Status = kb.ActionDone
	}
	m.unknown(diag.Note)
	return a
}

// choice reports a value that is none of those there are.
func (m *mapping) choice(v *yaml.Node, key string, known any) {
	words := strings.Fields(strings.Trim(fmt.Sprint(known), "[]"))
	hint := "the known ones are " + strings.Join(words, ", ")
	if near := diag.Suggest(v.Value, words); near != "" {
		hint = fmt.Sprintf("did you mean %q? %s", near, hint)
	}
	m.find(v, diag.Warning, "unknown-"+key, fmt.Sprintf("%s: %q is not known", key, v.Value), hint)
}
