package view

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"debrief/internal/kb"
	"debrief/internal/site"
)

// Meeting is what the playbook says about meetings of one length. It is not
// changed once it is made, so that what a layout makes of it can be used again.
type Meeting struct {
	Preparation []TaskGroup
	Lengths     []MeetingLength
	Steps       []RunStep
	SlotNames   []string // of the steps, then of the tasks and of the situations, in order
	After       []TaskGroup
	Situations  []Situated
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
	Title string // the words that it begins with, or empty
	Parts []LinePart
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

// RunLine is a line of the script, cut where slots and links are.
type RunLine struct {
	Kind    string // "say", "cue", "pause", "listen", "trouble" or "note"
	Label   string // "Cue"; of a spoken line, who speaks
	Speaker string // who speaks, where that is a slot
	Heading string // of a part of the step, on its first line
	Parts   []LinePart
}

// LinePart is a piece of a line: text, or a slot.
type LinePart struct {
	Text string
	URL  string // where the text leads, or empty
	Slot string // name of the slot; there is no text then
}

// Situated is a situation as the palette lists it.
type Situated struct {
	Key             int
	Title, URL, Cue string
}

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

// meeting is the meeting about an incident of a severity.
func (p *Plan) meeting(severity string) *Meeting {
	all := p.meetings()
	if m, ok := all.of[all.script.Severity[severity]]; ok {
		return m
	}
	return all.usual
}

// meetings are the meetings of a playbook.
type meetings struct {
	script *kb.Script
	of     map[int]*Meeting // by length in minutes
	usual  *Meeting         // where the severity asks for no length
}

func (p *Plan) makeMeetings() *meetings {
	all := &meetings{script: &kb.Script{}, of: map[int]*Meeting{}}
	common := Meeting{Preparation: p.taskGroups(kb.PartPreparation), After: p.taskGroups(kb.PartAfter)}
	for _, s := range p.site.Situations {
		common.Situations = append(common.Situations, Situated{s.Guide.Situation.Key, s.Title, p.site.URL(s.Address), s.Guide.Situation.Cue})
	}
	all.usual = &common
	e := p.playbookPart(kb.PartScript)
	if e == nil || e.Guide.Script == nil {
		return all
	}
	all.script = e.Guide.Script
	for i, chosen := range all.script.Lengths {
		m := common
		for _, minutes := range all.script.Lengths {
			m.Lengths = append(m.Lengths, MeetingLength{minutes, minutes == chosen})
		}
		m.Steps = p.runSteps(e, i)
		m.SlotNames = m.slotNames(p.site.Situations)
		for _, s := range m.Steps {
			for n, l := range s.Lines {
				if i := slices.IndexFunc(m.SlotNames, func(name string) bool { return strings.EqualFold(name, l.Label) }); i >= 0 {
					s.Lines[n].Speaker = m.SlotNames[i]
				}
			}
		}
		all.of[chosen] = &m
	}
	all.usual = all.of[all.script.Lengths[len(all.script.Lengths)/2]]
	return all
}

func (m *Meeting) slotNames(situations []*site.Entry) []string {
	var names []string
	add := func(parts []LinePart) {
		for _, part := range parts {
			if part.Slot != "" && !slices.Contains(names, part.Slot) {
				names = append(names, part.Slot)
			}
		}
	}
	for _, s := range m.Steps {
		for _, l := range s.Lines {
			add(l.Parts)
		}
	}
	for _, g := range slices.Concat(m.Preparation, m.After) {
		for _, t := range g.Tasks {
			add(t.Parts)
		}
	}
	for _, s := range situations {
		for _, text := range slices.Concat(s.Guide.Situation.Say, s.Guide.Situation.DontSay) {
			add(cut(nil, text))
		}
	}
	return names
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
		last.Tasks = append(last.Tasks, Task{t.Title, cut(nil, t.Text)})
	}
	return groups
}

var lineLabels = map[kb.LineKind]string{kb.LineCue: "Cue", kb.LinePause: "Pause", kb.LineListen: "Listen for", kb.LineTrouble: "If it goes wrong"}

// runSteps are the steps of the script. length is the place of the length that is
// chosen at first.
func (p *Plan) runSteps(script *site.Entry, length int) []RunStep {
	targets := p.site.Targets(script)
	var steps []RunStep
	for n, s := range script.Guide.Script.Steps {
		step := RunStep{Number: n + 1, Title: s.Title, URL: p.site.URL(script.Address) + "#" + s.ID, Minutes: s.Minutes, Chosen: s.Minutes[length], Done: s.Done}
		under := ""
		for _, l := range s.Lines {
			line := RunLine{Kind: string(l.Kind), Label: cmp.Or(l.Speaker, lineLabels[l.Kind])}
			if l.Under != under {
				under, line.Heading = l.Under, l.Under
			}
			rest := l.Text
			for _, link := range l.Links {
				if link >= len(targets) || targets[link].Broken != "" {
					continue
				}
				before, after, ok := strings.Cut(rest, script.Doc.Links[link].Text)
				if text := script.Doc.Links[link].Text; ok && text != "" {
					line.Parts = append(cut(line.Parts, before), LinePart{Text: text, URL: targets[link].URL})
					rest = after
				}
			}
			line.Parts = cut(line.Parts, rest)
			step.Lines = append(step.Lines, line)
		}
		steps = append(steps, step)
	}
	return steps
}

var slotText = regexp.MustCompile(`\[[A-Z][^\[\]]{0,40}\]`)

// cut adds a text to the parts of a line, cut where words stand in square brackets.
func cut(parts []LinePart, text string) []LinePart {
	at := 0
	for _, m := range slotText.FindAllStringIndex(text, -1) {
		if at < m[0] {
			parts = append(parts, LinePart{Text: text[at:m[0]]})
		}
		parts = append(parts, LinePart{Slot: text[m[0]+1 : m[1]-1]})
		at = m[1]
	}
	if at < len(text) {
		parts = append(parts, LinePart{Text: text[at:]})
	}
	return parts
}
