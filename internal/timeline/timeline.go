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
	r := &reader{blocks: blocks, links: o.Links, entries: make([]entry, 0, 16)}
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

// maxFindings is how many findings of a rule a document has, all of them notes;
// the rest are counted in one more.
const maxFindings = 10

// note reports something about the order of the entries.
func (s *settler) note(e *entry, text, hint string) {
	s.report(&s.notes, diag.Finding{Pos: e.pos, Rule: "timeline-order", Text: text, Hint: hint}, "%d more entries are out of order, from here on")
}

// find reports a time that cannot be read as a whole.
func (s *settler) find(pos diag.Pos, text, hint string) {
	s.report(&s.bad, diag.Finding{Pos: pos, Rule: "timeline-time", Text: text, Hint: hint}, "%d more times cannot be read, from here on")
}

// tally is how many findings of a rule there were, and where the one is that
// counts those after the first.
type tally struct{ n, rest int }

func (s *settler) report(t *tally, f diag.Finding, rest string) {
	switch t.n++; {
	case t.n <= maxFindings:
		s.findings = append(s.findings, f)
	case t.n == maxFindings+1:
		t.rest = len(s.findings)
		s.findings = append(s.findings, diag.Finding{Pos: f.Pos, Rule: f.Rule})
		fallthrough
	default:
		s.findings[t.rest].Text = fmt.Sprintf(rest, t.n-maxFindings)
	}
}
