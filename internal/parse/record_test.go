package parse

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"debrief/internal/diag"
	"debrief/internal/kb"
	"debrief/internal/tree"
)

func record(t *testing.T, front string) (*kb.Incident, []diag.Finding) {
	t.Helper()
	r := NewParser(kb.DefaultConfig()).File(tree.NewFile("incidents/2026/x.md", []byte("---\n"+front+"---\n")))
	if r.Incident == nil {
		t.Fatalf("no incident: %v", r.Findings)
	}
	return r.Incident, r.Findings
}

func TestRecord(t *testing.T) {
	in, findings := record(t, `id: INC-2026-014
title: Shared rooms reject new anchors
timezone: Europe/Berlin
started: 2026-03-12 14:58
trigger: Config Change
detection: customer_report
safety: None reported
platforms:
  - quest-3
  - {device: HoloLens 2, firmware: 22621.1, build: 1.10}
impact:
  summary: Shared rooms could not be joined.
  users: 18,400
  sessions: ""
roles: {commander: Platform on-call, scribe: [support, anchors]}
meeting: 2026-03-14T09:00:00+01:00
actions:
  - id: A1
    title: Alert 14 days before any anchor key expires
    owner: "@platform-anchors"
    due: 2026-04-01
    type: detect
    status: open
    ticket: ANCHOR-12
  - {title: Rehearse the rotation, status: done, closed: 2026-03-20, result: Took four minutes}
  - {title: Two regions, status: Declined, reason: Costs more than it saves}
  - {title: Closed by its day, closed: 2026-03-20}
`)
	for _, f := range findings {
		t.Errorf("finding: %v", f)
	}
	if want := time.Date(2026, 3, 12, 13, 58, 0, 0, time.UTC); !in.Started.Time.Equal(want) || in.Zone.String() != "Europe/Berlin" {
		t.Errorf("started %v in %v", in.Started.Time, in.Zone)
	}
	if in.Trigger != "config-change" || in.Detection != "customer-report" || in.Safety != "none-reported" {
		t.Errorf("words: %q, %q, %q", in.Trigger, in.Detection, in.Safety)
	}
	if want := []kb.Platform{{Device: "quest-3"}, {Device: "HoloLens 2", Firmware: "22621.1", Build: "1.10"}}; !reflect.DeepEqual(in.Platforms, want) {
		t.Errorf("platforms %v", in.Platforms)
	}
	if want := (kb.Impact{Summary: "Shared rooms could not be joined.", Users: kb.Number{N: 18400, Known: true}}); in.Impact != want {
		t.Errorf("impact %+v", in.Impact)
	}
	if want := []kb.Role{{Name: "commander", Who: "Platform on-call"}, {Name: "scribe", Who: "support, anchors"}}; !reflect.DeepEqual(in.Roles, want) {
		t.Errorf("roles %v", in.Roles)
	}
	if !in.Meeting.Known() {
		t.Error("the meeting is unknown")
	}
	closed := kb.Date{Year: 2026, Month: time.March, Day: 20}
	want := []kb.Action{
		{ID: "A1", Title: "Alert 14 days before any anchor key expires", Owner: "platform-anchors", Due: kb.Date{Year: 2026, Month: time.April, Day: 1},
			Type: "detect", Status: kb.ActionOpen, Ticket: "ANCHOR-12", At: diag.Pos{Line: 20, Col: 12}},
		{Title: "Rehearse the rotation", Status: kb.ActionDone, Closed: closed, Result: "Took four minutes", At: diag.Pos{Line: 26, Col: 13}},
		{Title: "Two regions", Status: kb.ActionDeclined, Result: "Costs more than it saves", At: diag.Pos{Line: 27, Col: 13}},
		{Title: "Closed by its day", Status: kb.ActionDone, Closed: closed, At: diag.Pos{Line: 28, Col: 13}},
	}
	if !reflect.DeepEqual(in.Actions, want) {
		t.Errorf("actions\n got %+v\nwant %+v", in.Actions, want)
	}
}

// An impact may be a sentence, and nothing at all is unknown, not zero.
func TestRecordShort(t *testing.T) {
	in, findings := record(t, "impact: Rooms could not be joined\nplatforms: quest-3, hololens-2\n")
	if len(findings) > 0 || in.Impact != (kb.Impact{Summary: "Rooms could not be joined"}) || len(in.Platforms) != 2 {
		t.Errorf("%+v, %v, %v", in.Impact, in.Platforms, findings)
	}
	if in.Zone != time.UTC {
		t.Errorf("the zone is %v", in.Zone)
	}
	in, _ = record(t, "timezone: Europe/Berlin\n")
	if in.Zone.String() != "Europe/Berlin" || in.Started.Known() {
		t.Errorf("%v, %v", in.Zone, in.Started)
	}
}

// Mistakes are said with their place, and the rest is read.
func TestRecordMistakes(t *testing.T) {
	in, findings := record(t, `timezone: Mars
impact: {users: many}
actions:
  - {owner: a}
  - {title: b, type: detekt, status: opne, due: soon}
  - words
`)
	want := []string{"1:11 timezone", "2:17 users", "4:6 an action has no title", "5:22 type", "5:38 status", "5:49 due", "6:5 expected"}
	if len(in.Actions) != 2 || in.Actions[1].Status != kb.ActionOpen || in.Actions[1].Type != "" {
		t.Errorf("actions %+v", in.Actions)
	}
	findings = diag.Sort(findings)
	if len(findings) != len(want) {
		t.Fatalf("%d findings, want %d", len(findings), len(want))
	}
	for i, f := range findings {
		if got := fmt.Sprintf("%d:%d %s", f.Pos.Line-1, f.Pos.Col, f.Text); !strings.HasPrefix(got, want[i]) {
			t.Errorf("got %s, want %s", got, want[i])
		}
	}
}

func TestClock(t *testing.T) {
	config, findings, ok := Config(tree.NewFile(ConfigPath, []byte(`clock:
  plan: 36 hours
  published: none
  severities:
    sev1: {meeting: 2 days}
    SEV4: {meeting: none}
  weekend: [Friday, saturday]
  holidays: [2026-12-25, 2027-01-01]
`)))
	if !ok {
		t.Fatalf("findings %v", findings)
	}
	hours := kb.Span{Hours: 36}
	ratified := kb.Span{BusinessDays: 2}
	want := kb.Clock{
		Default: kb.Review{Meeting: kb.Span{BusinessDays: 5}, Plan: hours, Ratified: ratified},
		Severity: map[string]kb.Review{
			"SEV1": {Meeting: kb.Span{Days: 2}, Plan: hours, Ratified: ratified},
			"SEV2": {Meeting: kb.Span{Days: 3}, Plan: hours, Ratified: ratified},
			"SEV4": {Plan: hours, Ratified: ratified},
		},
		Weekend:  []time.Weekday{time.Friday, time.Saturday},
		Holidays: []kb.Date{{Year: 2026, Month: time.December, Day: 25}, {Year: 2027, Month: time.January, Day: 1}},
	}
	if !reflect.DeepEqual(config.Clock, want) {
		t.Errorf("got  %+v\nwant %+v", config.Clock, want)
	}
}

func TestSpan(t *testing.T) {
	for text, want := range map[string]kb.Span{
		"24 hours": {Hours: 24}, "1 hour": {Hours: 1}, "24h": {Hours: 24}, "3 days": {Days: 3}, "3d": {Days: 3},
		"5 business days": {BusinessDays: 5}, "2 Working Days": {BusinessDays: 2}, "5bd": {BusinessDays: 5}, "none": {}, "0 days": {},
	} {
		if got, ok := spanOf(text); !ok || got != want {
			t.Errorf("%q is %v, %v", text, got, ok)
		}
	}
	for _, text := range []string{"", "soon", "-3 days", "3", "3 weeks", "1.5 days", "99999 hours", "3 days later"} {
		if got, ok := spanOf(text); ok {
			t.Errorf("%q is taken for %v", text, got)
		}
	}
}

// Signs that nobody sees are taken out of every text, also of lists, of the names
// of roles and of the settings.
func TestControlCharacters(t *testing.T) {
	const src = `---
title: "a\e[31mb\0"
services: ["a\e]0;x\ab", "\b"]
tags: "c\x9bd, \0e"
platforms: ["q\e3", {device: "h\x7f2"}]
impact: {summary: "s\e1"}
roles: {"own\e\ner": ["f\0g"]}
actions: [{title: "do\b it", owner: "h\ei"}]
links: [{title: "l\em", url: "https://example.org/\e"}]
---
`
	r := NewParser(kb.DefaultConfig()).File(tree.NewFile("incidents/a.md", []byte(src)))
	if len(r.Findings) > 0 {
		t.Fatal(r.Findings)
	}
	in := r.Incident
	got := fmt.Sprintf("%s %q %q %v %s %q %s %s %v", in.Title, in.Services, in.Tags, in.Platforms, in.Impact.Summary, in.Roles, in.Actions[0].Title, in.Actions[0].Owner, in.Links)
	const want = `a[31mb ["a]0;xb"] ["cd" "e"] [q3 h2] s1 [{"own er" "fg"}] do it hi [{lm https://example.org/ links}]`
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if c, findings, ok := Config(tree.NewFile(ConfigPath, []byte(`services: ["a\eb"]`))); !ok || c.Services[0].ID != "ab" {
		t.Errorf("%q, %v", c.Services, findings)
	}
}
