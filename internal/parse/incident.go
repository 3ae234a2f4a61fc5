package parse

import (
	"slices"
	"strings"

	"debrief/internal/diag"
	"debrief/internal/kb"
)

// incident reads an incident's front matter, under debrief's own names and
// those of other tools.
func (p *Parser) incident(page kb.Page, m *mapping) *kb.Incident {
	zone := p.zone(m)
	in := &kb.Incident{
		Page:         page,
		Zone:         zone,
		ID:           m.text("id", "uuid"),
		Status:       status(m.text("status")),
		Severity:     p.severity(m.text("severity")),
		Started:      m.when(zone, "started", "start_time"),
		Detected:     m.when(zone, "detected"),
		Acknowledged: m.when(zone, "acknowledged"),
		Mitigated:    m.when(zone, "mitigated"),
		Resolved:     m.when(zone, "resolved", "end_time"),
		Services:     m.list("services", "service", "product"),
		Components:   m.list("components"),
		Factors:      m.list("factors", "contributing_factors", "categories"),
		Tags:         m.list("tags", "keywords"),
		Authors:      m.list("authors", "author"),
		Organisation: m.text("organisation", "organization", "company"),
		Related:      m.list("related"),
	}
	p.record(in, m)
	in.IDGiven = in.ID != ""
	if !in.IDGiven {
		in.ID, _ = idFromName(page.Path)
	}
	if m.text("title") == "" && page.Doc.Title == "" && in.Organisation != "" {
		in.Title = strings.Join(append([]string{in.Organisation}, in.Services...), " ")
	}
	for _, l := range []kb.ExternalLink{{Title: "Original report", URL: m.text("url"), Key: "url"}, {Title: "Archived copy", URL: m.text("archive_url"), Key: "archive_url"}} {
		if l.URL != "" {
			in.Links = append(in.Links, l)
		}
	}
	for _, sub := range m.mappings("links") {
		l := kb.ExternalLink{Title: sub.text("title"), URL: sub.text("url"), Key: "links"}
		if l.Title == "" {
			l.Title = l.URL
		}
		sub.unknown(diag.Note)
		in.Links = append(in.Links, l)
	}
	return in
}

// severity writes a severity as the site's scale does: "sev-1" is "SEV1". One
// that is not on the scale stays as it is, for check to report.
func (p *Parser) severity(text string) string {
	for _, s := range p.config.Severities {
		if s.ID == text {
			return text
		}
	}
	for _, s := range p.config.Severities {
		if w := kb.Squash(text); w != "" && (kb.Squash(s.ID) == w || kb.Squash(s.Name) == w) {
			return s.ID
		}
	}
	return text
}

// status writes a status as kb.Statuses does where it is one of them.
func status(text string) string {
	if slices.Contains(kb.Statuses, text) {
		return text
	}
	i := slices.IndexFunc(kb.Statuses, func(s string) bool { return kb.Squash(s) == kb.Squash(text) })
	if i >= 0 {
		return kb.Statuses[i]
	}
	return text
}
