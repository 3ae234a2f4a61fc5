package parse

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"debrief/internal/diag"
	"debrief/internal/kb"
)

// mapping is a YAML mapping that is read key by key. It notes what is wrong
// with each value where that value stands, and at the end which keys nobody
// asked for. Scalars keep the text as written: "1.10" stays "1.10", "no" is
// "no".
type mapping struct {
	key      string     // of the mapping that this one stands in, or empty
	subs     []*mapping // those that were read in it
	values   map[string]*yaml.Node
	keys     map[string]*yaml.Node
	order    []string
	asked    map[string]bool
	line     int // added to the YAML's own line numbers
	last     int // line of the file on which the YAML ends
	findings *[]diag.Finding
}

// breaks takes out what ends a line in YAML and in no editor.
var breaks = strings.NewReplacer("\u0085", " ", "\u2028", " ", "\u2029", " ")

// readMapping parses YAML whose first line is line+1 of the file. ok is false
// when it cannot be read at all.
func readMapping(text []byte, line int, findings *[]diag.Finding) (m *mapping, ok bool) {
	m = &mapping{values: map[string]*yaml.Node{}, keys: map[string]*yaml.Node{}, asked: map[string]bool{}, line: line, findings: findings}
	src := breaks.Replace(string(text))
	m.last = line + 1 + strings.Count(strings.TrimSuffix(src, "\n"), "\n")
	var docs []yaml.Node
	if err := yaml.Load([]byte(src), &docs, yaml.WithAllDocuments()); err != nil {
		m.syntax(err)
		return m, false
	}
	if len(docs) > 1 {
		m.find(&docs[1], diag.Error, "front-matter", "a second YAML document begins here", "keep one block of settings")
		return m, false
	}
	if len(docs) == 0 || len(docs[0].Content) == 0 {
		return m, true
	}
	root := docs[0].Content[0]
	clean(root)
	if !m.sane(root, 0) {
		return m, false
	}
	if root.Kind == yaml.ScalarNode && root.ShortTag() == "!!null" {
		return m, true
	}
	return m, m.take(root)
}

// take makes the pairs of a mapping node readable.
func (m *mapping) take(root *yaml.Node) bool {
	if root.Kind != yaml.MappingNode {
		m.find(root, diag.Error, "front-matter", "expected \"key: value\" lines", "for example: title: What happened")
		return false
	}
	if len(root.Content) > 2*maxKeys {
		m.find(root, diag.Error, "front-matter", fmt.Sprintf("more than %d keys", maxKeys), "")
		return false
	}
	for i := 0; i+1 < len(root.Content); i += 2 {
		key, value := root.Content[i], root.Content[i+1]
		if key.Kind != yaml.ScalarNode {
			m.find(key, diag.Error, "front-matter", "a key must be a plain word", "")
			return false
		}
		if first, twice := m.keys[key.Value]; twice {
			m.find(key, diag.Error, "front-matter", fmt.Sprintf("the key %q is here twice", key.Value), fmt.Sprintf("the first is on line %d", first.Line+m.line))
			return false
		}
		m.keys[key.Value], m.values[key.Value] = key, value
		m.order = append(m.order, key.Value)
	}
	return true
}

// sane refuses what front matter has no use for and an attacker has: anchors,
// aliases, merge keys, explicit tags, deep nesting.
func (m *mapping) sane(n *yaml.Node, depth int) bool {
	refuse := func(what string) bool {
		m.find(n, diag.Error, "front-matter", what+" cannot be used here", "write the value out")
		return false
	}
	switch {
	case depth > maxDepth:
		return refuse("nesting this deep")
	case n.Kind == yaml.AliasNode || n.Anchor != "":
		return refuse("a YAML anchor or alias")
	case n.Style&yaml.TaggedStyle != 0:
		return refuse("a YAML tag")
	case n.Kind == yaml.MappingNode:
		for i := 0; i < len(n.Content); i += 2 {
			if n.Content[i].Value == "<<" && n.Content[i].Style == 0 {
				n = n.Content[i]
				return refuse("a YAML merge key")
			}
		}
	}
	for _, c := range n.Content {
		if !m.sane(c, depth+1) {
			return false
		}
	}
	return true
}

func (m *mapping) syntax(err error) {
	f := diag.Finding{Pos: diag.Pos{Line: m.line + 1, Col: 1}, Level: diag.Error, Rule: "front-matter"}
	text := err.Error()
	var load *yaml.LoadError
	if errors.As(err, &load) {
		text = load.Message
		if load.Mark.Line > 0 {
			f.Pos = diag.Pos{Line: min(m.last, m.line+load.Mark.Line), Col: max(1, load.Mark.Column)}
		}
	}
	text = strings.TrimPrefix(text, "yaml: ")
	f.Text = "not valid YAML: " + text
	switch {
	case strings.Contains(text, "mapping values are not allowed"):
		f.Hint = "put the value in quotes if it holds a colon: title: \"Cache: all nodes down\""
	case strings.Contains(text, "cannot start any token"):
		f.Hint = "indent with spaces, and put a value that begins with @, ` or % in quotes"
	case strings.Contains(text, "unexpected end of stream"):
		f.Hint = "a quote or a bracket is not closed"
	}
	*m.findings = append(*m.findings, f)
}

func (m *mapping) find(n *yaml.Node, level diag.Level, rule, text, hint string) {
	*m.findings = append(*m.findings, diag.Finding{Pos: m.pos(n), Level: level, Rule: rule, Text: text, Hint: hint})
}

func (m *mapping) pos(n *yaml.Node) diag.Pos {
	return diag.Pos{Line: n.Line + m.line, Col: n.Column}
}

// at returns where each key's value stands.
func (m *mapping) at() map[string]diag.Pos {
	at := make(map[string]diag.Pos, len(m.values))
	for k, v := range m.values {
		at[k] = m.pos(v)
	}
	return at
}

// first is the node to point at when something is missing.
func (m *mapping) first() *yaml.Node {
	if len(m.order) == 0 {
		return &yaml.Node{Line: 1, Column: 1}
	}
	return m.keys[m.order[0]]
}

// ignore accepts keys that mean nothing here.
func (m *mapping) ignore(keys ...string) {
	for _, k := range keys {
		m.asked[k] = true
	}
}

// unknown reports the keys that nobody asked for. kept tells whether one of them
// looks as if it should have kept the page back or, in the settings, pages.
func (m *mapping) unknown(level diag.Level) (kept bool) {
	known := make([]string, 0, len(m.asked))
	for k := range m.asked {
		known = append(known, k)
	}
	slices.Sort(known)
	for _, k := range m.order {
		if m.asked[k] {
			continue
		}
		hint, l := "", level
		near := diag.Suggest(k, known)
		switch {
		case m.asked["audience"] && (slices.Contains(keepers, near) || secretive[kb.Squash(k)] || secret(m.values[k])):
			l, kept = diag.Error, true
			hint = "draft: true keeps a page back, publish: 2027-01-31 does until that day, and audience: internal from a public site"
			if !m.asked["draft"] {
				hint = "audience: public makes a site for everybody, audience: internal one for ourselves"
			}
		case near != "":
			hint, l = fmt.Sprintf("did you mean %q?", near), max(level, diag.Warning)
		}
		m.find(m.keys[k], l, "unknown-key", fmt.Sprintf("the key %q means nothing to debrief", k), hint)
	}
	return kept
}
