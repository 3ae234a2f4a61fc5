package timeline

import (
	"fmt"
	"time"

	"debrief/internal/diag"
	"debrief/internal/kb"
	"debrief/internal/markdown"
)

// Options are what is known of a document beside its text.
type Options struct {
	Day   kb.When         // when the incident began, as far as it is known without the timeline
	Zone  *time.Location  // of times that name none
	Given bool            // the zone is the document's own, not the site's
	Links []markdown.Link // those of the document, to tell which line a link is on
}

// Event is an event, and the place in the outline of the block that holds it.
type Event struct {
	kb.Event
	Block int
}

// Read reads the timelines of a text. The events are in the order written and
// have no ID yet. The findings have no path.
func Read(blocks []markdown.Block, o Options) ([]Event, []diag.Finding) {
	parts := sections(blocks)
	if len(parts) == 0 {
		return nil, nil
	}
	r := &reader{blocks: blocks, links: o.Links}
	for _, p := range parts {
		r.section(p)
	}
	s := newSettler(r, o, parts[0].from)
	events := s.settle(r.entries)
	mark(events, r.labels(events))
	return kept(events), s.findings
}

// settled is an entry with its moment.
type settled struct {
	Event
	entry int
}

func kept(list []settled) []Event {
	events := make([]Event, len(list))
	for i, e := range list {
		events[i] = e.Event
	}
	return events
}

// labels are what the entries of the events call themselves.
func (r *reader) labels(events []settled) []string {
	list := make([]string, len(events))
	for i, e := range events {
		list[i] = r.entries[e.entry].label
	}
	return list
}

// maxFindings is how many times that cannot be read have a finding each; the
// rest are counted in one.
const maxFindings = 10

// note reports a guess about the order of the entries.
func (s *settler) note(e *entry, text string) {
	s.findings = append(s.findings, diag.Finding{Pos: e.pos, Level: diag.Note, Rule: "timeline-order", Text: text, Hint: "write the day before the time"})
}

func (s *settler) find(pos diag.Pos, text, hint string) {
	switch s.found++; {
	case s.found <= maxFindings:
		s.findings = append(s.findings, diag.Finding{Pos: pos, Level: diag.Note, Rule: "timeline-time", Text: text, Hint: hint})
	case s.found == maxFindings+1:
		s.findings = append(s.findings, diag.Finding{Pos: pos, Level: diag.Note, Rule: "timeline-time"})
		fallthrough
	default:
		s.findings[len(s.findings)-1].Text = fmt.Sprintf("%d more times of the timeline cannot be read, from here on", s.found-maxFindings)
	}
}
