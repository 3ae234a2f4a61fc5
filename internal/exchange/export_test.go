package exchange

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"debrief/internal/kb"
	"debrief/internal/parse"
	"debrief/internal/record"
	"debrief/internal/site"
	"debrief/internal/tree"
)

func siteOf(t *testing.T, incidents ...string) *site.Site {
	t.Helper()
	config := kb.DefaultConfig()
	p := parse.NewParser(config)
	var corpus kb.Corpus
	for i, text := range incidents {
		r := p.File(tree.NewFile("incidents/"+string(rune('a'+i))+".md", []byte(text)))
		if r.Incident == nil {
			t.Fatal(r.Findings)
		}
		corpus.Incidents = append(corpus.Incidents, r.Incident)
	}
	return site.New(corpus, config, site.Options{}, nil)
}

var exported = []string{
	`---
id: INC-1
title: "=1+1"
severity: SEV2
started: 2031-02-03T10:00:00Z
resolved: 2031-02-03T11:30:00Z
services: [rooms, voice]
platforms: [{device: Quest 3, firmware: 62}]
impact: {summary: "@everybody, \"all\"", users: 0}
roles: {commander: the team on call, scribe: rooms}
actions:
  - {title: One, status: done}
  - {title: Two}
---
The lead,
on two lines.

## Lessons

Some **bold** words.
`,
	"---\ntitle: Bare\n---\n",
}

func TestJSONLines(t *testing.T) {
	s := siteOf(t, exported...)
	var b bytes.Buffer
	if err := JSONLines(&b, s); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSuffix(b.String(), "\n"), "\n")
	if len(lines) != len(s.Incidents) {
		t.Fatalf("%d lines of %d incidents", len(lines), len(s.Incidents))
	}
	for n, text := range lines {
		var got struct {
			record.Incident
			Sections []section `json:"sections"`
		}
		if err := json.Unmarshal([]byte(text), &got); err != nil {
			t.Fatal(err)
		}
		if want := record.Of(s, s.Incidents[n]); !reflect.DeepEqual(got.Incident, want) {
			t.Errorf("line %d is not the record: %+v, want %+v", n, got.Incident, want)
		}
		if n == 0 && !reflect.DeepEqual(got.Sections, []section{{"", "The lead, on two lines."}, {"Lessons", "Some bold words."}}) {
			t.Errorf("sections %q", got.Sections)
		}
	}
}

func TestCSV(t *testing.T) {
	var b bytes.Buffer
	if err := CSV(&b, siteOf(t, exported...)); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(&b).ReadAll()
	if err != nil || len(rows) != 3 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	for column, want := range map[string][2]string{
		"id": {"INC-1", "b"}, "title": {"'=1+1", "Bare"}, "severity": {"SEV2", ""}, "started": {"2031-02-03T10:00:00Z", ""}, "detected": {"", ""},
		"seconds_to_resolve": {"5400", ""}, "services": {"rooms; voice", ""}, "platforms": {"Quest 3, firmware 62", ""},
		"impact": {`'@everybody, "all"`, ""}, "users": {"0", ""}, "sessions": {"", ""}, "roles": {"commander: the team on call; scribe: rooms", ""},
		"actions": {"2", "0"}, "actions_settled": {"1", "0"}, "path": {"incidents/a.md", "incidents/b.md"},
	} {
		i := -1
		for n, name := range rows[0] {
			if name == column {
				i = n
			}
		}
		if i < 0 || rows[1][i] != want[0] || rows[2][i] != want[1] {
			t.Errorf("%s: %q", column, rows)
		}
	}
}
