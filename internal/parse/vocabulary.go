package parse

import (
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"debrief/internal/diag"
	"debrief/internal/kb"
)

// vocabularies reads the words that a site has agreed upon.
func vocabularies(c *kb.Config, m *mapping) {
	for _, item := range m.items("services") {
		s := kb.Service{ID: item.word}
		if sub := item.mapping; sub != nil {
			s = kb.Service{ID: sub.text("id", "name"), Description: sub.text("description"), Owner: sub.text("owner"), URL: sub.text("url")}
			if v, _ := sub.value("url"); v != nil && !webAddress(s.URL) {
				m.find(v, diag.Error, "config", fmt.Sprintf("%q is not an http or https address", s.URL), "")
				s.URL = ""
			}
			sub.unknown(diag.Error)
		}
		if named(m, item, s.ID, "service", len(c.Services), func(i int) string { return c.Services[i].ID }) {
			c.Services = append(c.Services, s)
		}
	}
	c.Factors, c.Triggers, c.Detections = names(m, "factors"), names(m, "triggers"), names(m, "detections")
	for _, item := range m.items("start_here") {
		e := kb.StartEntry{Incident: item.word, At: m.pos(item.node)}
		if sub := item.mapping; sub != nil {
			e.Incident, e.Why = sub.text("incident", "id"), sub.text("why")
			sub.unknown(diag.Error)
		}
		if e.Incident == "" {
			m.find(item.node, diag.Error, "config", "an entry of start_here names no incident", "for example: - {incident: INC-2026-014, why: How our rooms find each other}")
			continue
		}
		c.StartHere = append(c.StartHere, e)
	}
	if v, _ := m.value("ticket_url"); v != nil {
		c.TicketURL = m.text("ticket_url")
		if !strings.Contains(c.TicketURL, "{ticket}") || !webAddress(strings.ReplaceAll(c.TicketURL, "{ticket}", "x")) {
			m.find(v, diag.Error, "config", "ticket_url must be an address that holds {ticket}", "for example https://tickets.example.org/browse/{ticket}")
			c.TicketURL = ""
		}
	}
}

func webAddress(text string) bool {
	u, err := url.Parse(text)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != ""
}

// names reads a vocabulary.
func names(m *mapping, key string) []kb.Name {
	var list []kb.Name
	for _, item := range m.items(key) {
		n := kb.Name{ID: item.word}
		if sub := item.mapping; sub != nil {
			n = kb.Name{ID: sub.text("id", "name"), Description: sub.text("description")}
			sub.unknown(diag.Error)
		}
		if named(m, item, n.ID, strings.TrimSuffix(key, "s"), len(list), func(i int) string { return list[i].ID }) {
			list = append(list, n)
		}
	}
	return list
}

// named tells whether an entry has a name of its own, and reports it otherwise.
func named(m *mapping, item item, id, what string, n int, other func(int) string) bool {
	if id == "" {
		m.find(item.node, diag.Error, "config", "a "+what+" has no id", "for example: - {id: name, description: In a sentence.}")
		return false
	}
	for i := range n {
		if kb.Squash(other(i)) == kb.Squash(id) {
			m.find(item.node, diag.Error, "config", fmt.Sprintf("the %s %s is here twice", what, other(i)), "")
			return false
		}
	}
	return true
}

// clock reads when reviews are due. What is not written stays as it is.
func clock(c *kb.Config, m *mapping) {
	sub := m.mapping("clock")
	if sub == nil {
		return
	}
	c.Clock.Default = review(sub, c.Clock.Default)
	for id, r := range c.Clock.Severity {
		if _, there := sub.values["meeting"]; there { // what a site says for all holds for all
			r.Meeting = c.Clock.Default.Meeting
		}
		r.Plan, r.Ratified, r.Published = c.Clock.Default.Plan, c.Clock.Default.Ratified, c.Clock.Default.Published
		c.Clock.Severity[id] = r
	}
	if own := sub.mapping("severities"); own != nil {
		for _, id := range own.order {
			own.asked[id] = true
			rank := c.SeverityRank(id)
			if rank == 0 {
				own.find(own.keys[id], diag.Error, "config", fmt.Sprintf("%q is not on the scale of severities", id), "")
				continue
			}
			if one := own.mapping(id); one != nil {
				before, ok := c.Clock.Severity[c.Severities[rank-1].ID]
				if !ok {
					before = c.Clock.Default
				}
				c.Clock.Severity[c.Severities[rank-1].ID] = review(one, before)
				one.unknown(diag.Error)
			}
		}
	}
	if v, there := sub.values["weekend"]; there {
		c.Clock.Weekend = nil
		for _, name := range sub.list("weekend") {
			i := slices.IndexFunc(weekdays, func(d time.Weekday) bool { return strings.EqualFold(d.String(), name) })
			if i < 0 {
				sub.find(v, diag.Error, "config", fmt.Sprintf("%q is not a day of the week", name), "for example: weekend: [saturday, sunday]")
				continue
			}
			c.Clock.Weekend = append(c.Clock.Weekend, weekdays[i])
		}
		if len(c.Clock.Weekend) == len(weekdays) {
			sub.find(v, diag.Error, "config", "a week without a working day", "")
			c.Clock.Weekend = nil
		}
	}
	for _, text := range sub.list("holidays") {
		d, err := kb.ParseDate(text)
		if err != nil {
			v, _ := sub.value("holidays")
			sub.find(v, diag.Error, "config", fmt.Sprintf("holidays: %q is not a day", text), "write it as 2026-12-25")
			continue
		}
		c.Clock.Holidays = append(c.Clock.Holidays, d)
	}
	sub.unknown(diag.Error)
}

var weekdays = []time.Weekday{time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday, time.Saturday, time.Sunday}

func review(m *mapping, r kb.Review) kb.Review {
	for _, step := range []struct {
		key  string
		span *kb.Span
	}{{"meeting", &r.Meeting}, {"plan", &r.Plan}, {"ratified", &r.Ratified}, {"published", &r.Published}} {
		key := step.key
		v, there := m.values[key]
		if !there {
			continue
		}
		var ok bool
		if *step.span, ok = spanOf(m.text(key)); !ok {
			m.find(v, diag.Error, "config", fmt.Sprintf("%s: %q is not a length of time", key, m.text(key)), "write it as 24 hours, 3 days or 5 business days, or none")
		}
	}
	return r
}

var spanText = regexp.MustCompile(`^([0-9]{1,4}) ?(h|hours?|d|days?|bd|(?:business|working) days?)$`)

// spanOf reads "24 hours", "3 days", "5 business days" or "none".
func spanOf(text string) (kb.Span, bool) {
	text = strings.ToLower(strings.Join(strings.Fields(text), " "))
	if text == "none" || text == "never" {
		return kb.Span{}, true
	}
	m := spanText.FindStringSubmatch(text)
	if m == nil {
		return kb.Span{}, false
	}
	n, _ := strconv.Atoi(m[1]) // four digits at most
	switch m[2][0] {
	case 'h':
		return kb.Span{Hours: n}, true
	case 'd':
		return kb.Span{Days: n}, true
	}
	return kb.Span{BusinessDays: n}, true
}
