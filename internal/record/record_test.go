package record_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"debrief/internal/kb"
	"debrief/internal/parse"
	"debrief/internal/record"
	"debrief/internal/site"
	"debrief/internal/tree"
)

var update = flag.Bool("update", false, "write the golden files")

// made parses a content folder, path -> text.
func made(t *testing.T, content map[string]string) *site.Site {
	t.Helper()
	config, findings, ok := parse.Config(tree.NewFile("site.yaml", []byte("base_url: https://example.org/kb/\n"+content["site.yaml"])))
	if !ok {
		t.Fatal(findings)
	}
	parser := parse.NewParser(config)
	var corpus kb.Corpus
	for _, p := range slices.Sorted(maps.Keys(content)) {
		if p == "site.yaml" {
			continue
		}
		switch r := parser.File(tree.NewFile(p, []byte(content[p]))); {
		case r.Broken():
			t.Fatal(r.Findings)
		case r.Incident != nil:
			corpus.Incidents = append(corpus.Incidents, r.Incident)
		case r.Guide != nil:
			corpus.Guides = append(corpus.Guides, r.Guide)
		case r.Term != nil:
			corpus.Terms = append(corpus.Terms, r.Term)
		case r.Page != nil:
			corpus.Pages = append(corpus.Pages, r.Page)
		}
	}
	return site.New(corpus, config, site.Options{}, nil)
}

// rich is a site that says all that can be said, and little.
var rich = map[string]string{
	"site.yaml": "title: Lessons\ndescription: What we learnt.\nticket_url: https://tickets.example.org/{ticket}\n" +
		"services: [{id: edge, owner: edge team, description: The way in.}]\n",
	"index.md": "# Welcome\n\nRead.",
	"incidents/a.md": `---
id: A-1
title: "Rooms <closed> & \"lost\""
status: reviewed
severity: sev-2
timezone: Europe/Berlin
started: 2026-03-12T13:58:00Z
detected: 2026-03-12T14:21:00Z
mitigated: 2026-03-12
services: [Edge, login]
components: [door]
platforms: [{device: Headset, firmware: "62.0"}]
tags: [keys]
factors: [no limit]
trigger: deployment
detection: alert
safety: none-reported
impact: {summary: Nobody came in., users: 1200}
roles: {commander: edge team}
authors: [night shift]
meeting: 2026-03-14T09:00:00+01:00
related: [B-1, About]
links: [{title: Status, url: "https://status.example.org/1"}]
summary: The door was shut.
actions:
- {id: A1, title: Watch the door, owner: "@edge", due: 2026-04-01, type: detect, status: done, closed: 2026-03-30, ticket: "#12", result: It is watched.}
- {title: Open it}
---

## What happened

It shut.
`,
	"incidents/b.md":      "---\nid: B-1\nservices: [edge]\n---\n",
	"about.md":            "# About\n\nUs.",
	"playbook/1.md":       "# Before\n\nCollect.",
	"glossary/quorum.md":  "---\ntitle: Quorum\nalso: [majority]\n---\n\nEnough of them.",
	"incidents/c.md":      "---\nid: C-1\nstarted: 1628-08-10\nresolved: 1961-04-24\n---\n",
	"incidents/hidden.md": "---\ndraft: true\n---\nNobody may see it.\n",
}

func golden(t *testing.T, name string, v any) {
	t.Helper()
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(v); err != nil {
		t.Fatal(err)
	}
	file := "testdata/" + name
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(b.Bytes(), want) {
		t.Errorf("%s differs; run with -update and look at the difference\n%s", file, b.String())
	}
}

func TestOf(t *testing.T) {
	s := made(t, rich)
	for _, e := range s.Incidents {
		golden(t, strings.ToLower(e.Incident.ID)+".json", record.Of(s, e))
	}
}

func TestAll(t *testing.T) { golden(t, "index.json", record.All(made(t, rich))) }

// TestListsAreNeverNull keeps programs from having to ask twice.
func TestListsAreNeverNull(t *testing.T) {
	s := made(t, map[string]string{"incidents/a.md": ""})
	for name, v := range map[string]any{"incident": record.Of(s, s.Incidents[0]), "index": record.All(s), "index of nothing": record.All(made(t, nil))} {
		data, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		var fields map[string]any
		if err := json.Unmarshal(data, &fields); err != nil {
			t.Fatal(err)
		}
		for key, value := range fields {
			if value == nil && key != "severity" && key != "meeting" {
				t.Errorf("%s: %s is null", name, key)
			}
		}
	}
}

// TestEvents is about the timeline: times in the incident's own zone, and links
// that are whole.
func TestEvents(t *testing.T) {
	s := made(t, map[string]string{"incidents/a.md": "---\ntimezone: Europe/Berlin\n---\n\n[b](b.md) [out](https://example.com/x) [gone](gone.md)\n", "incidents/b.md": "# B"})
	e := s.Incidents[0]
	if e.Path != "incidents/a.md" {
		e = s.Incidents[1]
	}
	clone := *e.Incident
	at := time.Date(2026, 7, 1, 22, 30, 0, 0, time.UTC)
	clone.Events = []kb.Event{
		{At: kb.When{Time: at, Precision: kb.Instant}, Until: kb.When{Time: at.Add(time.Hour), Precision: kb.Instant}, About: true, Text: "It shut.", Mark: kb.MarkStarted, Links: []int{0, 1, 2}, ID: "h-e1"},
		{Text: "Nobody knows when."},
	}
	other := *e
	other.Incident = &clone
	got := record.Of(s, &other).Events
	page := s.AbsoluteURL(e.Address)
	if first := got[0]; first.At.At != "2026-07-02T00:30:00+02:00" || first.Until.At != "2026-07-02T01:30:00+02:00" || !first.About || first.Mark != "started" || first.URL != page+"#h-e1" {
		t.Errorf("event %+v", first)
	}
	if want := []string{"https://example.org/kb/incidents/b/", "https://example.com/x"}; !slices.Equal(got[0].Links, want) {
		t.Errorf("links %q, want %q", got[0].Links, want)
	}
	if second := got[1]; second.At != nil || second.URL != "" || second.Links == nil {
		t.Errorf("event %+v", second)
	}
}

// TestMeasures tells where each length comes from, and how exact it is.
func TestMeasures(t *testing.T) {
	stated := kb.Length{Duration: 90 * time.Minute, Known: true}
	for _, test := range []struct {
		name              string
		started, resolved string
		stated            kb.Length
		want              *record.Measure
	}{
		{"two moments", "2026-02-03T10:00:00Z", "2026-02-03T12:00:00Z", stated, &record.Measure{Seconds: 7200, Precision: "instant"}},
		{"no time at all", "2026-02-03T10:00:00Z", "2026-02-03T10:00:00Z", kb.Length{}, &record.Measure{Seconds: 0, Precision: "instant"}},
		{"unknown", "2026-02-03T10:00:00Z", "", kb.Length{}, nil},
		{"stated", "2026-02-03T10:00:00Z", "", stated, &record.Measure{Seconds: 5400, Precision: "instant", Stated: true}},
		{"backwards", "2026-02-03T10:00:00Z", "2026-02-03T09:00:00Z", kb.Length{}, nil},
		{"one day", "2026-02-03", "2026-02-03", kb.Length{}, nil},
		{"days", "2026-02-03", "2026-02-05", kb.Length{}, &record.Measure{Seconds: 2 * 86400, Precision: "day"}},
		{"days, and stated", "2026-02-03", "2026-02-05", stated, &record.Measure{Seconds: 2 * 86400, Precision: "day"}},
		{"one day, and stated", "2026-02-03", "2026-02-03", stated, &record.Measure{Seconds: 5400, Precision: "instant", Stated: true}},
	} {
		s := made(t, map[string]string{"incidents/a.md": "---\nstarted: " + test.started + "\nresolved: " + test.resolved + "\n---\n"})
		e := *s.Incidents[0]
		clone := *e.Incident
		clone.Stated.ToResolve, e.Incident = test.stated, &clone
		got := record.Of(s, &e).Measures.ToResolve
		if (got == nil) != (test.want == nil) || got != nil && *got != *test.want {
			t.Errorf("%s: %+v, want %+v", test.name, got, test.want)
		}
	}
}
