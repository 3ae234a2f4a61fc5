package view

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

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
	Safety      string // one of kb.Safeties, or empty
	Resolved    bool
	Duration    string
	Meeting     Stamp
	Roles       []Fact
	Slots       []Slot
	Preparation []TaskGroup
	Lengths     []MeetingLength
	Steps       []RunStep
	Events      []RunEvent
	After       []TaskGroup
	Situations  []Situated

	// When what follows the meeting is due, for the script.
	PlanHours    int
	RatifiedDays int    // business days
	Weekend      string // days of the week, 0 is Sunday: "0 6"
	Holidays     string // days: "2026-12-25 2027-01-01"
}

// Slot is a word in square brackets of the script and what is known to stand for
// it, or an empty Value.
type Slot struct {
	Name, Value string
}

// MeetingLength is how long a meeting may be.
type MeetingLength struct {
	Minutes int
	Chosen  bool // by the incident's severity
}

// TaskGroup is tasks under one heading.
type TaskGroup struct {
	Title string
	Tasks []Task
}

// Task is something to tick off.
type Task struct {
	Title, Text string // Title may be empty
}

// RunStep is a step of the meeting.
type RunStep struct {
	Number  int
	Title   string
	URL     string // of the step in the script's page
	Minutes []int  // for each of the lengths
	Chosen  int    // minutes for the length that the severity asks for
	Lines   []RunLine
	Done    []string
}

// RunLine is a line of the script, cut where a slot is.
type RunLine struct {
	Kind    string // "say", "cue", "pause", "listen", "trouble" or "note"
	Label   string // "Cue"; of a spoken line, who speaks
	Heading string // of a part of the step, on its first line
	Parts   []LinePart
	Refs    []Ref // where its links lead
}

// LinePart is a piece of a line: text, or a slot.
type LinePart struct {
	Text string // of a slot, its name
	Slot bool
}

// RunEvent is an event of the timeline.
type RunEvent struct {
	ID   string // of the event's place in this sheet
	At   string // "14:21", or empty when unknown
	Day  string // on the first event of a day
	Text string
	Mark string
	URL  string // of the event in the post-mortem
}

// Situated is a situation as the palette lists it.
type Situated struct {
	Key             int
	Title, URL, Cue string
}

// runSheetFolder is the last part of a run-sheet's address.
const runSheetFolder = "run-sheet/"

// playbookPart returns the first page of the playbook that is used for a part of
// the meeting.
func (p *Plan) playbookPart(part kb.Part) *site.Entry {
	for _, e := range p.site.Guides {
		if e.Guide.Part == part {
			return e
		}
	}
	return nil
}

func (p *Plan) runSheet(n int) RunSheet {
	e := p.site.Incidents[n]
	i := e.Incident
	v := RunSheet{
		Frame:  p.frame("run-sheet", e.Address+runSheetFolder, "Run-sheet: "+e.Title, "The meeting about "+e.Title, nil, p.section("Incidents", "incidents/"), *p.ref(e)),
		Script: p.site.URL(p.assets.RunSheet), Style: p.site.URL(p.assets.Meeting), WordsURL: p.site.URL(WordsPath),
		ID: i.ID, Heading: e.Title, IncidentURL: p.site.URL(e.Address), Severity: p.badge(i.Severity), Status: i.Status,
		Impact: cmp.Or(i.Impact.Summary, e.Summary), Safety: i.Safety, Resolved: i.Resolved.Known(), Duration: between(i.Started, i.Resolved),
		Meeting: p.stamp(i.Meeting), Events: p.runEvents(e),
	}
	v.PlanHours, v.RatifiedDays, v.Weekend, v.Holidays = p.dues(i)
	for _, r := range i.Roles {
		v.Roles = append(v.Roles, Fact{Name: capital(strings.ReplaceAll(r.Name, "_", " ")), Text: r.Who})
	}
	v.Preparation = p.taskGroups(kb.PartPreparation)
	v.After = p.taskGroups(kb.PartAfter)
	if script := p.playbookPart(kb.PartScript); script != nil && script.Guide.Script != nil {
		s := script.Guide.Script
		chosen := s.Severity[i.Severity]
		if chosen == 0 && len(s.Lengths) > 0 {
			chosen = s.Lengths[len(s.Lengths)/2]
		}
		for _, minutes := range s.Lengths {
			v.Lengths = append(v.Lengths, MeetingLength{minutes, minutes == chosen})
		}
		v.Steps = p.runSteps(script, slices.Index(s.Lengths, chosen))
		v.Slots = p.slots(e, v.Steps)
	}
	for _, s := range p.site.Situations {
		v.Situations = append(v.Situations, Situated{s.Guide.Situation.Key, s.Title, p.site.URL(s.Address), s.Guide.Situation.Cue})
	}
	return v
}

// spans are how long the steps of an incident's review may take.
func (p *Plan) spans(i *kb.Incident) kb.Review {
	if r, ok := p.site.Config.Clock.Severity[i.Severity]; ok {
		return r
	}
	return p.site.Config.Clock.Default
}

// dues is what the script needs to know of the clock of reviews.
func (p *Plan) dues(i *kb.Incident) (planHours, ratifiedDays int, weekend, holidays string) {
	c, r := p.site.Config.Clock, p.spans(i)
	var days []string
	for _, d := range c.Weekend {
		days = append(days, strconv.Itoa(int(d)))
	}
	var free []string
	for _, d := range c.Holidays {
		free = append(free, d.String())
	}
	return r.Plan.Hours + 24*(r.Plan.Days+r.Plan.BusinessDays), r.Ratified.BusinessDays + r.Ratified.Days, strings.Join(days, " "), strings.Join(free, " ")
}

func (p *Plan) taskGroups(part kb.Part) []TaskGroup {
	e := p.playbookPart(part)
	if e == nil {
		return nil
	}
	var groups []TaskGroup
	for _, t := range e.Guide.Tasks {
		if len(groups) == 0 || groups[len(groups)-1].Title != t.Group {
			groups = append(groups, TaskGroup{Title: t.Group})
		}
		last := &groups[len(groups)-1]
		last.Tasks = append(last.Tasks, Task{t.Title, t.Text})
	}
	return groups
}

var lineLabels = map[kb.LineKind]string{kb.LineCue: "Cue", kb.LinePause: "Pause", kb.LineListen: "Listen for", kb.LineTrouble: "If it goes wrong"}

func (p *Plan) runSteps(script *site.Entry, length int) []RunStep {
	targets := p.site.Targets(script)
	var steps []RunStep
	for n, s := range script.Guide.Script.Steps {
		step := RunStep{Number: n + 1, Title: s.Title, URL: p.site.URL(script.Address) + "#" + s.ID, Minutes: s.Minutes, Done: s.Done}
		if length >= 0 {
			step.Chosen = s.Minutes[length]
		}
		under := ""
		for _, l := range s.Lines {
			line := RunLine{Kind: string(l.Kind), Label: cmp.Or(l.Speaker, lineLabels[l.Kind]), Parts: cut(l.Text)}
			if l.Under != under {
				under, line.Heading = l.Under, l.Under
			}
			for _, link := range l.Links {
				if link < len(targets) && targets[link].Broken == "" && !targets[link].External {
					line.Refs = append(line.Refs, Ref{cmp.Or(script.Doc.Links[link].Text, targets[link].Text), targets[link].URL})
				}
			}
			step.Lines = append(step.Lines, line)
		}
		steps = append(steps, step)
	}
	return steps
}

var slotText = regexp.MustCompile(`\[[A-Z][^\[\]]{0,40}\]`)

// cut parts a line where words stand in square brackets.
func cut(text string) []LinePart {
	var parts []LinePart
	for text != "" {
		at := slotText.FindStringIndex(text)
		if at == nil {
			return append(parts, LinePart{Text: text})
		}
		if at[0] > 0 {
			parts = append(parts, LinePart{Text: text[:at[0]]})
		}
		parts = append(parts, LinePart{Text: text[at[0]+1 : at[1]-1], Slot: true})
		text = text[at[1]:]
	}
	return parts
}

// slots are the slots of the script, in order, with what the incident knows of
// them.
func (p *Plan) slots(e *site.Entry, steps []RunStep) []Slot {
	var list []Slot
	for _, s := range steps {
		for _, l := range s.Lines {
			for _, part := range l.Parts {
				if part.Slot && !slices.ContainsFunc(list, func(o Slot) bool { return o.Name == part.Text }) {
					list = append(list, Slot{part.Text, p.known(e, part.Text)})
				}
			}
		}
	}
	return list
}

// roleNames are the names that the script has for roles of a record.
var roleNames = map[string]string{
	"scribe": "note-taker", "executive": "executive 1", "sponsor": "executive 1", "executive-sponsor": "executive 1",
	"engineer": "engineer 1", "safety": "safety representative", "incident-commander": "incident commander", "commander": "incident commander",
}

// known is what a slot stands for, as far as the incident says so.
func (p *Plan) known(e *site.Entry, slot string) string {
	low := strings.ToLower(slot)
	spans := p.spans(e.Incident)
	after := func(span kb.Span) string {
		if !e.Incident.Meeting.Known() || span.IsZero() {
			return ""
		}
		return stampIn(review.After(p.site.Config.Clock, e.Incident.Meeting, span), zoneOf(p, e)).Text
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
	zone := zoneOf(p, e)
	var list []RunEvent
	day := ""
	for n, ev := range e.Incident.Events {
		r := RunEvent{ID: "e-" + strconv.Itoa(n+1), Text: ev.Text, Mark: string(ev.Mark), URL: p.site.URL(e.Address)}
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
		list = append(list, Words{s.Key, e.Title, p.site.URL(e.Address), s.Cue, s.Move, s.Words, s.Say, s.DontSay})
	}
	return list
}

func zoneOf(p *Plan, e *site.Entry) *time.Location {
	return cmp.Or(e.Incident.Zone, p.site.Config.Zone)
}
