package view

import (
	"fmt"
	"strings"

	"debrief/internal/site"
)

// StartHere is the page for people who begin here.
type StartHere struct {
	Frame
	Heading   string
	Curated   []StartRow // chosen by people
	Suggested []StartRow // worked out
}

// StartRow is an incident that explains the systems.
type StartRow struct {
	Row
	Why string // in words; empty where nobody has given a reason
}

func (p *Plan) startHere() StartHere {
	v := StartHere{Frame: p.frame("start", site.StartAddress, "Start here", "Incidents that explain how our systems work and fail.", nil, p.section("Incidents", "incidents/")), Heading: "Start here"}
	v.Curated, v.Suggested = p.startRows(-1)
	return v
}

// startRows are the first n incidents to start with; all when n is negative.
func (p *Plan) startRows(n int) (curated, suggested []StartRow) {
	for _, s := range p.site.StartHere() {
		if n == 0 {
			break
		}
		n--
		row := StartRow{Row: p.row(s.Entry), Why: s.Why}
		if s.Curated {
			curated = append(curated, row)
			continue
		}
		row.Why = reasonToStart(s)
		suggested = append(suggested, row)
	}
	return curated, suggested
}

// startCovers is how many of the services and factors that an incident tells of
// are named.
const startCovers = 5

// reasonToStart says why an incident is suggested: "Mentioned by 4 pages; covers
// anchor-api, expired-certificate".
func reasonToStart(s site.Start) string {
	var parts []string
	switch s.Mention {
	case 0:
	case 1:
		parts = append(parts, "mentioned by 1 page")
	default:
		parts = append(parts, fmt.Sprintf("mentioned by %d pages", s.Mention))
	}
	if len(s.Covers) > 0 {
		var names []string
		for _, g := range s.Covers[:min(startCovers, len(s.Covers))] {
			names = append(names, g.Name)
		}
		text := "covers " + strings.Join(names, ", ")
		if more := len(s.Covers) - len(names); more > 0 {
			text += fmt.Sprintf(" and %d more", more)
		}
		parts = append(parts, text)
	}
	text := strings.Join(parts, "; ")
	if text != "" {
		text = strings.ToUpper(text[:1]) + text[1:]
	}
	return text
}
