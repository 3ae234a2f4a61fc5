package parse

import (
	"fmt"
	"slices"
	"testing"

	"go.yaml.in/yaml/v4"

	"debrief/internal/diag"
	"debrief/internal/kb"
	"debrief/internal/schema"
	"debrief/internal/tree"
)

// example makes a value of a schema, with every key that it knows.
func example(s *schema.Schema) any {
	switch {
	case len(s.Enum) > 0:
		return s.Enum[0]
	case slices.Contains(s.Type, "object"):
		m := yaml.Node{Kind: yaml.MappingNode}
		add := func(key string, value *schema.Schema) {
			var v yaml.Node
			if err := v.Encode(example(value)); err != nil {
				panic(err)
			}
			m.Content = append(m.Content, &yaml.Node{Kind: yaml.ScalarNode, Value: key}, &v)
		}
		for _, p := range s.Properties {
			add(p.Name, p.Schema)
		}
		if s.Other != nil && s.Other.Schema != nil {
			add("SEV1", s.Other.Schema)
		}
		return &m
	case slices.Contains(s.Type, "array"):
		return []any{example(s.Items)}
	case len(s.Examples) > 0:
		return s.Examples[0]
	case slices.Contains(s.Type, "integer"):
		return 1
	}
	return "https://example.org/{path}/{ticket}"
}

// compare reports where the keys that were asked for are not those of a schema.
func compare(t *testing.T, where string, s *schema.Schema, m *mapping) {
	t.Helper()
	for key := range m.asked {
		if s.Properties.Get(key) == nil && (s.Other == nil || s.Other.Schema == nil) {
			t.Errorf("%s%s is read, and not in the schema", where, key)
		}
	}
	for _, p := range s.Properties {
		if !m.asked[p.Name] {
			t.Errorf("%s%s is in the schema, and not read", where, p.Name)
		}
	}
	for _, sub := range m.subs {
		inner := s.Properties.Get(sub.key)
		switch {
		case inner == nil && s.Other != nil && s.Other.Schema != nil:
			inner = s.Other.Schema
		case inner == nil:
			continue // reported
		case inner.Items != nil:
			inner = inner.Items
		}
		compare(t, where+sub.key+".", inner, sub)
	}
}

// The published schema and the reader of front matter know the same keys, also
// inside of lists and groups, and an example of each value is read without a
// complaint.
func TestIncidentSchema(t *testing.T) {
	s := schema.Incident(kb.DefaultConfig())
	text, err := yaml.Marshal(example(s))
	if err != nil {
		t.Fatal(err)
	}
	var findings []diag.Finding
	m, ok := readMapping(text, 1, &findings)
	if !ok {
		t.Fatalf("%s\n%v", text, findings)
	}
	p := NewParser(kb.DefaultConfig())
	p.incident(p.page("incidents/a.md", m, p.markdown.Parse(nil, 1)), m)
	m.ignore(meaningless...)
	compare(t, "", s, m)
	r := p.File(tree.NewFile("incidents/a.md", fmt.Appendf(nil, "---\n%s---\n", text)))
	for _, f := range r.Findings {
		t.Errorf("an example is not understood: %v", f)
	}
}

func TestSiteSchema(t *testing.T) {
	s := schema.Site()
	text, err := yaml.Marshal(example(s))
	if err != nil {
		t.Fatal(err)
	}
	_, findings, _ := Config(tree.NewFile(ConfigPath, text))
	for _, f := range findings {
		t.Errorf("an example is not understood: %v\n%s", f, text)
	}
	findings = nil
	m, ok := readMapping(text, 0, &findings)
	if !ok {
		t.Fatal(findings)
	}
	c := kb.DefaultConfig()
	settings(&c, m)
	compare(t, "", s, m)
}
