package parse

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"debrief/internal/diag"
	"debrief/internal/kb"
	"debrief/internal/tree"
)

// incident parses a file that must be an incident without any finding.
func incident(t *testing.T, path, src string) *kb.Incident {
	t.Helper()
	r := NewParser(kb.DefaultConfig()).File(tree.NewFile(path, []byte(src)))
	if r.Incident == nil || len(r.Findings) > 0 {
		t.Fatalf("%s: incident is %v, findings %v", path, r.Incident, r.Findings)
	}
	return r.Incident
}

// summary writes what was read of an incident, one set field on a line.
func summary(in *kb.Incident) string {
	var b strings.Builder
	for _, f := range []struct{ name, value string }{
		{"id", in.ID}, {"title", in.Title}, {"summary", in.Summary}, {"slug", in.Slug}, {"status", in.Status}, {"severity", in.Severity},
		{"started", when(in.Started)}, {"detected", when(in.Detected)}, {"acknowledged", when(in.Acknowledged)},
		{"mitigated", when(in.Mitigated)}, {"resolved", when(in.Resolved)},
		{"services", strings.Join(in.Services, "|")}, {"components", strings.Join(in.Components, "|")}, {"platforms", strings.Trim(fmt.Sprint(in.Platforms), "[]")},
		{"factors", strings.Join(in.Factors, "|")}, {"tags", strings.Join(in.Tags, "|")}, {"authors", strings.Join(in.Authors, "|")},
		{"organisation", in.Organisation}, {"aliases", strings.Join(in.Aliases, "|")},
	} {
		if f.value != "" {
			fmt.Fprintf(&b, "%s: %s\n", f.name, f.value)
		}
	}
	if in.Draft {
		b.WriteString("draft\n")
	}
	if !in.Publish.IsZero() {
		fmt.Fprintf(&b, "publish: %s\n", in.Publish)
	}
	for _, l := range in.Links {
		fmt.Fprintf(&b, "link: %s <%s>\n", l.Title, l.URL)
	}
	return b.String()
}

func when(w kb.When) string {
	switch w.Precision {
	case kb.Day:
		return w.Time.Format("2006-01-02")
	case kb.Instant:
		return w.Time.Format(time.RFC3339)
	}
	return ""
}

func TestIncident(t *testing.T) {
	for _, test := range []struct{ name, src, want string }{
		{"all of our own keys", `---
id: INC-7
title: "Cache: all nodes down"
summary: One
  sentence.
slug: cache
status: In Review
severity: sev-1
started: 2026-03-12T14:21:00+01:00
detected: 2026-03-12 14:25
acknowledged: 2026-03-12T14:30Z
mitigated: 2026-03-12
resolved: 2026-03-12T16:00:30Z
services: [cache, api]
components: node
platforms: [linux]
factors: [a missing alert, "load, twice the usual"]
tags: one, two , one
authors: [the team on call]
organisation: Example
aliases: [/old/]
draft: yes
publish: 2026-04-01
links:
  - {title: Status page, url: https://example.com/1}
  - url: https://example.com/2
---
`, `id: INC-7
title: Cache: all nodes down
summary: One sentence.
slug: cache
status: in-review
severity: SEV1
started: 2026-03-12T14:21:00+01:00
detected: 2026-03-12T14:25:00Z
acknowledged: 2026-03-12T14:30:00Z
mitigated: 2026-03-12
resolved: 2026-03-12T16:00:30Z
services: cache|api
components: node
platforms: linux
factors: a missing alert|load, twice the usual
tags: one|two
authors: the team on call
organisation: Example
aliases: /old/
draft
publish: 2026-04-01
link: Status page <https://example.com/1>
link: https://example.com/2 <https://example.com/2>
`},
		{"keys of other tools", `---
uuid: 0b1e
url: https://example.com/report
archive_url: https://example.com/archive
start_time: 2019-06-02T11:45:00-07:00
end_time: 2019-06-02T15:40:00-07:00
categories:
  - automation
  - config-change
keywords: [network]
company: Example
product: Compute
summary: What happened.
source_published_at: 2019-06-06
source_fetched_at: 2020-01-01
---
`, `id: 0b1e
title: Example Compute
summary: What happened.
started: 2019-06-02T11:45:00-07:00
resolved: 2019-06-02T15:40:00-07:00
services: Compute
factors: automation|config-change
tags: network
organisation: Example
link: Original report <https://example.com/report>
link: Archived copy <https://example.com/archive>
`},
		{"our keys before those of other tools", "---\nend_time: 2020-01-02\nresolved: 2020-01-01\nproduct: b\nservices: a\nuuid: y\nid: x\n---\n",
			"id: x\ntitle: File\nresolved: 2020-01-01\nservices: a\n"},
		{"an empty key of ours gives way", "---\nresolved: \"\"\nend_time: 2020-01-02\nid:\nuuid: y\nservices: ''\nproduct: b\n---\n",
			"id: y\ntitle: File\nresolved: 2020-01-02\nservices: b\n"},
		{"an empty list of ours gives way", "---\nservices: []\nproduct: b\n---\n", "id: file\ntitle: File\nservices: b\n"},
		{"empty values are none", "---\ntitle: \"\"\nid: ''\nstarted: \"\"\nend_time:\nseverity: ~\ntags: \"\"\nservices: [\"\", \" \"]\n---\n# From the body\n\nLead.\n",
			"id: file\ntitle: From the body\nsummary: Lead.\n"},
		{"scalars are kept as they are written", "---\nid: 010\ntitle: 1.10\nseverity: no\nstatus: 1e3\nservices: [on, 0x1F, 2026-01-02, null, true]\n---\n",
			"id: 010\ntitle: 1.10\nstatus: 1e3\nseverity: no\nservices: on|0x1F|2026-01-02|null|true\n"},
		{"severity by its name", "---\nseverity: critical\n---\n", "id: file\ntitle: File\nseverity: SEV1\n"},
		{"severity off the scale", "---\nseverity: P0\n---\n", "id: file\ntitle: File\nseverity: P0\n"},
		{"status of another kind", "---\nstatus: Done\n---\n", "id: file\ntitle: File\nstatus: Done\n"},
		{"title of the body before that of the organisation", "---\ncompany: Example\n---\n# Body\n", "id: file\ntitle: Body\norganisation: Example\n"},
		{"title of front matter before that of the body", "---\ntitle: Front\n---\n# Body\n", "id: file\ntitle: Front\n"},
		{"folded value", "---\nsummary: >\n  one\n  two\n\n  three\n---\n", "id: file\ntitle: File\nsummary: one two three\n"},
		{"CRLF", "---\r\ntitle: a\r\ntags:\r\n- b\r\n---\r\nc\r\n", "id: file\ntitle: a\nsummary: c\ntags: b\n"},
		{"byte order mark", "\ufeff---\ntitle: a\n---\n", "id: file\ntitle: a\n"},
		{"flow style", "---\n{title: a, tags: [b]}\n---\n", "id: file\ntitle: a\ntags: b\n"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := summary(incident(t, "incidents/file.md", test.src)); got != test.want {
				t.Errorf("got:\n%s\nwant:\n%s", got, test.want)
			}
		})
	}
}

// Times without an offset are those of the site's zone.
func TestIncidentZone(t *testing.T) {
	config := kb.DefaultConfig()
	config.Zone = time.FixedZone("", 2*60*60)
	src := "---\nstarted: 2026-03-12\ndetected: 2026-03-12 10:00\nresolved: 2026-03-12T10:00Z\n---\n"
	in := NewParser(config).File(tree.NewFile("incidents/a.md", []byte(src))).Incident
	for i, want := range []string{"2026-03-11T22:00:00Z", "2026-03-12T08:00:00Z", "2026-03-12T10:00:00Z"} {
		w := [...]kb.When{in.Started, in.Detected, in.Resolved}[i]
		if got := w.Time.UTC().Format(time.RFC3339); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

// Findings of later rules point at values by these positions.
func TestAt(t *testing.T) {
	in := incident(t, "incidents/a.md", "\ufeff---\r\ntitle: é\r\ntags:\r\n  - a\r\nseverity:   SEV1\r\n---\r\n")
	for key, want := range map[string]diag.Pos{"title": {Line: 2, Col: 8}, "tags": {Line: 4, Col: 3}, "severity": {Line: 5, Col: 13}} {
		if in.At[key] != want {
			t.Errorf("%s is at %v, want %v", key, in.At[key], want)
		}
	}
}

// The folder tells what a file is about.
func TestKinds(t *testing.T) {
	p := NewParser(kb.DefaultConfig())
	for path, want := range map[string]kb.Kind{
		"incidents/a.md": kb.KindIncident, "incidents/2026/a.md": kb.KindIncident, "incidents/2026/a/index.md": kb.KindIncident, "incidents/2026/index.md": kb.KindPlain, "incidents/2026-03/index.md": kb.KindPlain,
		"incidents/index.md": kb.KindPlain, "incidents/README.md": kb.KindPlain, "incidents/_index.md": kb.KindPlain,
		"playbook/a.md": kb.KindGuide, "playbook/index.md": kb.KindPlain, "glossary/a.md": kb.KindTerm, "glossary/index.md": kb.KindPlain,
		"about.md": kb.KindPlain, "index.md": kb.KindPlain, "incidents.md": kb.KindPlain, "other/incidents/a.md": kb.KindPlain,
	} {
		r := p.File(tree.NewFile(path, []byte("# A\n")))
		set := []bool{kb.KindIncident: r.Incident != nil, kb.KindGuide: r.Guide != nil, kb.KindTerm: r.Term != nil, kb.KindPlain: r.Page != nil}
		for kind, is := range set {
			if is != (kb.Kind(kind) == want) {
				t.Errorf("%s: that it is a %s is %v, want a %s", path, kb.Kind(kind), is, want)
			}
		}
	}
}

func TestGuideAndTerm(t *testing.T) {
	p := NewParser(kb.DefaultConfig())
	r := p.File(tree.NewFile("playbook/a.md", []byte("---\norder: 3\n---\n")))
	if r.Guide == nil || r.Guide.Order != 3 || len(r.Findings) > 0 {
		t.Errorf("guide %+v, findings %v", r.Guide, r.Findings)
	}
	r = p.File(tree.NewFile("playbook/a.md", []byte("---\nweight: 1.5\n---\n")))
	if len(r.Findings) != 1 || r.Findings[0].Pos != (diag.Pos{Line: 2, Col: 9}) {
		t.Errorf("findings %v, want one at 2:9", r.Findings)
	}
	r = p.File(tree.NewFile("glossary/a.md", []byte("---\nalso: [b, c]\n---\n")))
	if r.Term == nil || strings.Join(r.Term.Also, "|") != "b|c" || len(r.Findings) > 0 {
		t.Errorf("term %+v, findings %v", r.Term, r.Findings)
	}
	// A key of another kind of page is unknown here.
	r = p.File(tree.NewFile("about.md", []byte("---\nseverity: SEV1\n---\n")))
	if len(r.Findings) != 1 || r.Findings[0].Rule != "unknown-key" {
		t.Errorf("findings %v, want one of the rule unknown-key", r.Findings)
	}
}
