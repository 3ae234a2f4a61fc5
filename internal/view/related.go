package view

import (
	"fmt"
	"strings"

	"debrief/internal/site"
)

// Related is a page that is worth reading beside an incident.
type Related struct {
	Title, URL string
	Kind       string // of a page that is no incident, or empty
	Severity   Badge
	Date       Stamp
	Reason     string // "shares factor expired-certificate and the words handshake, quorum"; empty when an author named the page
}

// Alike is an incident that is like another one, and what the two share.
type Alike struct {
	Path                           string
	Factors, Services, Tags, Words []string
}

// maxRelated is how many related pages are shown besides those that the author
// has named.
const maxRelated = 5

// relatedTo lists what an author has named first, then what is alike.
func (p *Plan) relatedTo(e *site.Entry) []Related {
	var list []Related
	named := map[string]bool{}
	add := func(to *site.Entry, reason string) {
		r := Related{Title: to.Title, URL: p.site.URL(to.Address), Reason: reason}
		if to.Incident != nil {
			if to.Incident.Severity != "" {
				r.Severity = p.badge(to.Incident.Severity)
			}
			day, _ := p.site.Day(to.Incident)
			r.Date = dateStamp(day)
		} else {
			r.Kind = to.Kind.String()
		}
		list = append(list, r)
	}
	for _, to := range p.site.Related(e) {
		named[to.Path] = true
		add(to, "")
	}
	if p.related == nil {
		return list
	}
	for _, a := range p.related(e) {
		reason := a.reason()
		if to, ok := p.site.Entry(a.Path); ok && reason != "" && !named[a.Path] && len(list) < maxRelated+len(named) {
			add(to, reason)
		}
	}
	return list
}

// reason says what two incidents share.
func (a Alike) reason() string {
	var parts []string
	some := func(one, more string, names []string) {
		switch len(names) {
		case 0:
		case 1:
			parts = append(parts, one+" "+names[0])
		default:
			parts = append(parts, more+" "+strings.Join(names, ", "))
		}
	}
	some("factor", "factors", a.Factors)
	some("service", "services", a.Services)
	some("tag", "tags", a.Tags)
	some("the word", "the words", a.Words)
	switch n := len(parts); n {
	case 0:
		return ""
	case 1:
		return "shares " + parts[0]
	default:
		return fmt.Sprintf("shares %s and %s", strings.Join(parts[:n-1], ", "), parts[n-1])
	}
}
