package schema_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"go.yaml.in/yaml/v4"

	"debrief/content"
	"debrief/internal/kb"
	"debrief/internal/parse"
	"debrief/internal/schema"
	"debrief/internal/tree"
	"debrief/layouts"
)

// compile makes a validator of a schema, by somebody else's reading of the standard.
func compile(t *testing.T, s *schema.Schema) *jsonschema.Schema {
	t.Helper()
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(s.JSON()))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("schema.json", value); err != nil {
		t.Fatal(err)
	}
	compiled, err := c.Compile("schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return compiled
}

// value reads YAML as an editor does, by YAML 1.2: a time is a string.
func value(t *testing.T, text string) any {
	t.Helper()
	var n yaml.Node
	if err := yaml.Unmarshal([]byte(text), &n); err != nil {
		t.Fatal(err)
	}
	if len(n.Content) == 0 {
		return nil
	}
	return plain(t, n.Content[0])
}

func plain(t *testing.T, n *yaml.Node) any {
	switch n.Kind {
	case yaml.MappingNode:
		m := map[string]any{}
		for i := 0; i < len(n.Content); i += 2 {
			m[n.Content[i].Value] = plain(t, n.Content[i+1])
		}
		return m
	case yaml.SequenceNode:
		list := []any{}
		for _, c := range n.Content {
			list = append(list, plain(t, c))
		}
		return list
	}
	switch n.ShortTag() {
	case "!!null":
		return nil
	case "!!bool":
		return n.Value == "true"
	case "!!int", "!!float":
		return json.Number(n.Value)
	}
	return n.Value
}

func frontMatter(t *testing.T, text string) string {
	t.Helper()
	_, rest, ok := strings.Cut(text, "---\n")
	front, _, end := strings.Cut(rest, "\n---\n")
	if !ok || !end {
		t.Fatalf("no front matter in %q", text)
	}
	return front
}

func TestIncident(t *testing.T) {
	s := compile(t, schema.Incident(kb.DefaultConfig()))
	for _, test := range []struct {
		name, text string
		valid      bool
	}{
		{"nothing", "", true},
		{"an empty form", "id:\ntitle:\nstatus:\nseverity:\nstarted:\nservices: []\nactions:\nimpact:\nroles:\nplatforms:\n", true},
		{"unknown is empty", `{started: "", severity: "", status: "", safety: ""}`, true},
		{"times", "started: 2026-03-12T13:58:00Z\ndetected: 2026-03-12 14:25\nmitigated: 2026-03-12\nresolved: 1628-08-10T10:00:00.5+01:00\n", true},
		{"a whole one", `
id: 10
severity: SEV1
status: in-review
services: anchors, rooms
platforms: [Quest 3, {device: HoloLens 2, firmware: 1.10}]
impact: {summary: Rooms stayed empty, users: 18400, sessions: "52,000"}
safety: near-miss
roles: {commander: the team on call, observer: [a, b]}
links: [{title: Status, url: https://example.org/}]
actions:
  - {title: Alert earlier, owner: anchors, due: 2026-04-01, type: detect, status: done, closed: 2026-03-30, result: It rang., ticket: 12}
`, true},
		{"impact in a sentence", "impact: Rooms stayed empty.", true},
		{"a key of another tool", "uuid: 1\nstart_time: 2019-06-02T11:45:00-07:00\nweight: 3\nreviewed_by: us", true},
		{"a status that there is not", "status: done", false},
		{"a severity off the scale", "severity: P0", false},
		{"a time in words", "started: yesterday", false},
		{"a year", "started: 2026", false},
		{"a day of a publication in words", "publish: soon", false},
		{"an action without a title", "actions: [{owner: anchors}]", false},
		{"an action of no kind", "actions: [{title: a, type: pray}]", false},
		{"an action that is a word", "actions: [Alert earlier]", false},
		{"a due date in words", "actions: [{title: a, due: next week}]", false},
		{"harm that there is not", "safety: fine", false},
		{"people below none", "impact: {users: -1}", false},
		{"a list for a title", "title: [a]", false},
		{"a draft or not", "draft: perhaps", false},
		{"an audience", "audience: staff", false},
		{"an audience that is empty", "audience:", false},
		{"a draft that is empty", "draft:", false},
		{"a publication that is empty", "publish:", false},
		{"a publication of no letters", `publish_on: ""`, false},
		{"a page that is kept back", "draft: true\npublish: 2027-01-31\naudience: internal", true},
		{"links that are words", "links: [https://example.org/]", false},
	} {
		if err := s.Validate(value(t, test.text)); (err == nil) != test.valid {
			t.Errorf("%s: valid is %v, want %v: %v", test.name, err == nil, test.valid, err)
		}
	}
}

// A site's own words are offered and, where check would complain, asked for.
func TestIncidentOfSite(t *testing.T) {
	c := kb.DefaultConfig()
	c.Severities = []kb.Severity{{ID: "1", Name: "Critical"}, {ID: "2"}}
	c.Services = []kb.Service{{ID: "anchors"}}
	c.Factors = []kb.Name{{ID: "missing-alert"}}
	c.Triggers = []kb.Name{{ID: "moon"}}
	s := schema.Incident(c)
	v := compile(t, s)
	for text, valid := range map[string]bool{"severity: 1": true, `severity: "2"`: true, "severity: 3": false, "severity: SEV1": false, "services: [others]": false, "services: [anchors]": true,
		"services: anchors, others": true, "trigger: sun": false, "trigger: moon": true, "detection: alert": true, "factors: [x]": false, "tags: [x]": true} {
		if err := v.Validate(value(t, text)); (err == nil) != valid {
			t.Errorf("%s: %v, want %v", text, err, valid)
		}
	}
	p := s.Properties
	for key, got := range map[string][]any{"anchors": p.Get("services").Items.Enum, "missing-alert": p.Get("factors").Items.Enum, "moon": p.Get("trigger").Enum, "alert": p.Get("detection").Enum} {
		if len(got) == 0 || got[0] != key {
			t.Errorf("%s is not offered first: %v", key, got)
		}
	}
}

func TestSite(t *testing.T) {
	s := compile(t, schema.Site())
	for _, test := range []struct {
		text  string
		valid bool
	}{
		{"", true},
		{"title: Ours\nseverities: [{id: 1, name: Critical}]\nservices: [rooms, {id: anchors, owner: platform, url: https://example.org/}]\n", true},
		{"clock: {meeting: 3 days, severities: {SEV1: {meeting: 24 hours}}, weekend: [friday, saturday], holidays: [2026-12-25]}", true},
		{"navigation: []\nraw_html: false\nstart_here: [INC-1, {incident: INC-2, why: How rooms work}]", true},
		{"titel: Ours", false},
		{"services: [{id: a, ower: b}]", false},
		{"severities: [{name: Critical}]", false},
		{"severities: [SEV1]", false},
		{"clock: {meeting: soon}", false},
		{"clock: {severities: {SEV1: {meting: 1 day}}}", false},
		{"clock: {holidays: [Christmas]}", false},
		{"audience: staff", false},
		{"audience:", false},
		{"audience: public", true},
		{"raw_html: maybe", false},
	} {
		if err := s.Validate(value(t, test.text)); (err == nil) != test.valid {
			t.Errorf("%s: valid is %v, want %v: %v", test.text, err == nil, test.valid, err)
		}
	}
}

// The starter's own files are as the schemas say.
func TestStarter(t *testing.T) {
	settings, err := fs.ReadFile(content.FS, "site.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if err := compile(t, schema.Site()).Validate(value(t, string(settings))); err != nil {
		t.Error(err)
	}
	config, findings, ok := parse.Config(tree.NewFile(parse.ConfigPath, settings))
	if !ok {
		t.Fatal(findings)
	}
	s := compile(t, schema.Incident(config))
	files, err := tree.FromFS(content.FS)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, f := range files.Files() {
		if strings.HasPrefix(f.Path, "incidents/") && strings.HasSuffix(f.Path, ".md") && !parse.IsIndex(f.Path) {
			n++
			if err := s.Validate(value(t, frontMatter(t, string(f.Data)))); err != nil {
				t.Error(fmt.Errorf("%s: %w", f.Path, err))
			}
		}
	}
	if n == 0 {
		t.Error("the starter has no incidents")
	}
}

// The schemas beside the starter, which is also this repository's own site, are
// those that debrief would write there.
func TestCommitted(t *testing.T) {
	settings, err := fs.ReadFile(content.FS, "site.yaml")
	if err != nil {
		t.Fatal(err)
	}
	config, _, _ := parse.Config(tree.NewFile(parse.ConfigPath, settings))
	for name, s := range map[string]*schema.Schema{"incident": schema.Incident(config), "site": schema.Site()} {
		data, err := os.ReadFile("../../content/.schema/" + name + ".json")
		if err != nil || !bytes.Equal(data, s.JSON()) {
			t.Errorf("content/.schema/%s.json is not up to date (%v); run: go run ./cmd/debrief schema --write", name, err)
		}
	}
}

// What a new incident begins with is as the schema says, unfinished as it is.
func TestArchetype(t *testing.T) {
	data, err := fs.ReadFile(layouts.FS, "archetypes/incident.md")
	if err != nil {
		t.Fatal(err)
	}
	text := strings.NewReplacer("{id}", "INC-2031-001", "{title}", "A title", "{date}", "2031-01-02").Replace(string(data))
	if err := compile(t, schema.Incident(kb.DefaultConfig())).Validate(value(t, frontMatter(t, text))); err != nil {
		t.Error(err)
	}
}
