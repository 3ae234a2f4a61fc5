package view

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"debrief/internal/kb"
	"debrief/internal/review"
	"debrief/internal/site"
)

// RunSheet is what a facilitator has open while leading the meeting about one
// incident: the playbook's script, tasks and situations with its facts filled in.
// It is whole without a script; the script adds clocks, notes and what comes of
// them.
type RunSheet struct {
	Frame
	Script      string // URL of its script, fingerprinted
	Style       string // URL of its style sheet, fingerprinted
	WordsURL    string // of the situations' words, which the script fetches once
	ID, Heading string
	IncidentURL string
	Severity    Badge
	Status      string
	Impact      string
	Safety      string // "near miss", or empty
	Resolved    bool
	Duration    string
	When        Stamp // of the meeting
	Roles       []Fact
	Slots       []Slot
	Events      []RunEvent
	*Meeting    // what the playbook says, the same value for all incidents with meetings of one length
	Dues        Dues
}

// Dues is what the script needs to know of the clock of reviews, to say when what
// follows the meeting is due.
type Dues struct {
	Plan, Ratified string // hours, days and business days: "24 0 0"
	Zone           string // of the site, whose days count
	Weekend        string // days of the week, 0 is Sunday: "0 6"
	Holidays       string // days: "2026-12-25 2027-01-01"
}

// Slot is a word in square brackets of the script and what is known to stand for
// it, or an empty Value.
type Slot struct {
	Name, Value string
}

// RunEvent is an event of the timeline.
type RunEvent struct {
	ID   string // of the event's place in this sheet
	At   string // "14:21", or empty when unknown
	Day  string // on the first event of a day
	Mark string // "Detected", where its words do not begin with it
	Lead string // the mark that its words begin with
	Text string // its other words
	URL  string // of the event in the post-mortem
}

// RunSheetFolder is the last part of a run-sheet's address.
const RunSheetFolder = "run-sheet/"

// hasMeeting tells whether the playbook has anything that a run-sheet is made of.
func hasMeeting(s *site.Site) bool {
	return slices.ContainsFunc(s.Guides, func(e *site.Entry) bool { return e.Guide.Part != "" })
}

// RunSheet returns the run-sheet of an incident, by its place in the site.
func (p *Plan) RunSheet(n int) RunSheet {
	e := p.site.Incidents[n]
	i := e.Incident
	v := RunSheet{
		Frame:  p.frame("run-sheet", e.Address+RunSheetFolder, "Run-sheet: "+e.Title, "The meeting about "+e.Title, nil, p.section("Incidents", "incidents/"), *p.ref(e)),
		Script: p.site.URL(p.assets.RunSheet), Style: p.site.URL(p.assets.Meeting), WordsURL: p.site.URL(WordsPath),
		ID: i.ID, Heading: e.Title, IncidentURL: p.site.URL(e.Address), Severity: p.badge(i.Severity), Status: i.Status,
		Impact: cmp.Or(i.Impact.Summary, e.Summary), Safety: words(i.Safety), Resolved: i.Resolved.Known(), Duration: between(i.Started, i.Resolved),
		When: stampIn(i.Meeting, p.site.ZoneOf(e.Incident)), Events: p.runEvents(e), Meeting: p.meeting(i.Severity), Dues: p.dues(i),
	}
	for _, r := range i.Roles {
		v.Roles = append(v.Roles, Fact{Name: capital(strings.ReplaceAll(r.Name, "_", " ")), Text: r.Who})
	}
	for _, name := range v.SlotNames {
		v.Slots = append(v.Slots, Slot{name, p.known(e, name)})
	}
	return v
}

// dues are those of the review of an incident.
func (p *Plan) dues(i *kb.Incident) Dues {
	c := p.site.Config
	span := func(s kb.Span) string { return fmt.Sprint(s.Hours, s.Days, s.BusinessDays) }
	var weekend, holidays []string
	for _, d := range c.Clock.Weekend {
		weekend = append(weekend, strconv.Itoa(int(d)))
	}
	for _, d := range c.Clock.Holidays {
		holidays = append(holidays, d.String())
	}
	r := c.Clock.Of(i.Severity)
	return Dues{span(r.Plan), span(r.Ratified), c.Zone.String(), strings.Join(weekend, " "), strings.Join(holidays, " ")}
}

// roleNames are the names that the script has for roles of a record.
var roleNames = map[string]string{
	"scribe": "note-taker", "executive": "executive 1", "sponsor": "executive 1", "executive-sponsor": "executive 1",
	"engineer": "engineer 1", "safety": "safety representative", "incident-commander": "incident commander", "commander": "incident commander",
}

// known is what a slot stands for, as far as the incident says so.
func (p *Plan) known(e *site.Entry, slot string) string {
	low := strings.ToLower(slot)
	spans := p.site.Config.Clock.Of(e.Incident.Severity)
	after := func(span kb.Span) string {
		if !e.Incident.Meeting.Known() || span.IsZero() {
			return ""
		}
		return stampIn(review.After(p.site.Config, e.Incident.Meeting, span), p.site.ZoneOf(e.Incident)).Text
	}
	switch low {
	case "plan time":
		return after(spans.Plan)
	case "ratification day":
		return after(spans.Ratified)
	case "outage name":
		return e.Title
	case "service":
		return strings.Join(e.Incident.Services, ", ")
	}
	for _, r := range e.Incident.Roles {
		name := strings.ToLower(strings.ReplaceAll(r.Name, "_", "-"))
		if cmp.Or(roleNames[name], strings.ReplaceAll(name, "-", " ")) == low || name == low {
			return r.Who
		}
	}
	return ""
}

func (p *Plan) runEvents(e *site.Entry) []RunEvent {
	zone := p.site.ZoneOf(e.Incident)
	var list []RunEvent
	day := ""
	for n, ev := range e.Incident.Events {
		r := RunEvent{ID: "e-" + strconv.Itoa(n+1), Text: ev.Text, Mark: capital(string(ev.Mark)), URL: p.site.URL(e.Address)}
		if n := len(r.Mark); n < len(r.Text) && strings.EqualFold(r.Text[:n], r.Mark) {
			if after, _ := utf8.DecodeRuneInString(r.Text[n:]); !unicode.IsLetter(after) {
				r.Mark, r.Lead, r.Text = "", r.Text[:n], r.Text[n:]
			}
		}
		if ev.ID != "" {
			r.URL += "#" + ev.ID
		}
		if ev.At.Precision == kb.Instant {
			t := ev.At.Time.In(zone)
			r.At = t.Format("15:04")
			if ev.About {
				r.At = "~" + r.At
			}
			if d := t.Format("2 January 2006"); d != day {
				day, r.Day = d, d+", "+t.Format("MST")
			}
		}
		list = append(list, r)
	}
	return list
}

// Words are the situations with their words, for the palette of a run-sheet.
type Words struct {
	Key     int      `json:"key,omitempty"`
	Title   string   `json:"title"`
	URL     string   `json:"url"`
	Cue     string   `json:"cue"`
	Move    string   `json:"move"`
	Also    []string `json:"also,omitempty"`
	Say     []string `json:"say"`
	DontSay []string `json:"dont_say,omitempty"`
}

// Words returns the words of all situations.
func (p *Plan) Words() []Words {
	list := []Words{}
	for _, e := range p.site.Situations {
		s := e.Guide.Situation
		list = append(list, Words{s.Key, e.Title, p.site.URL(e.Address), s.Cue, s.Move, e.Also, s.Say, s.DontSay})
	}
	return list
}
