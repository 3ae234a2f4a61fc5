package parse

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

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

// value returns the value of the first of the keys that is there and not empty.
func (m *mapping) value(keys ...string) (*yaml.Node, string) {
	var found *yaml.Node
	name := keys[0]
	for _, k := range keys {
		m.asked[k] = true
		v, ok := m.values[k]
		if !ok || v.Kind == yaml.ScalarNode && v.Value == "" || v.Kind != yaml.ScalarNode && len(v.Content) == 0 || v.ShortTag() == "!!null" {
			continue
		}
		if found == nil {
			found, name = v, k
		}
	}
	return found, name
}

// text reads a single value.
func (m *mapping) text(keys ...string) string {
	v, key := m.value(keys...)
	if v == nil {
		return ""
	}
	if v.Kind != yaml.ScalarNode {
		m.find(v, diag.Error, "front-matter", key+" must be a single value", "")
		return ""
	}
	return strings.TrimSpace(v.Value)
}

// clean takes control characters out of all keys and values. YAML has escapes for
// them, and they have no place on a page, in a table or on a terminal. An old
// address is not mended but refused, by package site.
func clean(n *yaml.Node) {
	n.Value = strings.Map(func(r rune) rune {
		if r != '\n' && r != '\t' && unicode.IsControl(r) {
			return -1
		}
		return r
	}, n.Value)
	for i, c := range n.Content {
		if n.Kind == yaml.MappingNode && i%2 == 1 && (n.Content[i-1].Value == "aliases" || n.Content[i-1].Value == "alias") {
			continue
		}
		clean(c)
	}
}

// list reads a list of words. A single value is a list of one; commas part it.
func (m *mapping) list(keys ...string) []string {
	v, key := m.value(keys...)
	if v == nil {
		return nil
	}
	var words []string
	add := func(s string) {
		if s = strings.Join(strings.Fields(s), " "); s != "" && !slices.Contains(words, s) {
			words = append(words, s)
		}
	}
	switch v.Kind {
	case yaml.ScalarNode:
		for part := range strings.SplitSeq(v.Value, ",") {
			add(part)
		}
	case yaml.SequenceNode:
		for _, item := range v.Content {
			if item.Kind != yaml.ScalarNode {
				m.find(item, diag.Error, "front-matter", key+" must be a list of words", "")
				continue
			}
			add(item.Value)
		}
	default:
		m.find(v, diag.Error, "front-matter", key+" must be a list of words", fmt.Sprintf("for example: %s: [one, two]", key))
	}
	return words
}

// when reads a point in time.
func (m *mapping) when(zone *time.Location, keys ...string) kb.When {
	text := m.text(keys...)
	w, err := kb.ParseWhen(text, zone)
	if err != nil {
		v, key := m.value(keys...)
		m.find(v, diag.Error, "front-matter", fmt.Sprintf("%s: %q is not a time", key, text), "write 2026-03-12T14:21:00Z, with an offset such as +01:00, or only the day")
	}
	return w
}

// date reads a day.
func (m *mapping) date(keys ...string) kb.Date {
	text := m.text(keys...)
	if text == "" {
		return kb.Date{}
	}
	d, err := kb.ParseDate(text)
	if err != nil {
		v, key := m.value(keys...)
		m.find(v, diag.Error, "front-matter", fmt.Sprintf("%s: %q is not a day", key, text), "write it as 2026-03-12")
	}
	return d
}

// yes reads true or false. What is neither counts as unclear.
func (m *mapping) yes(key string, unclear bool) bool {
	v, _ := m.value(key)
	switch text := strings.ToLower(m.text(key)); {
	case v == nil, text == "false", text == "no":
		return false
	case text == "true", text == "yes":
		return true
	}
	m.find(v, diag.Error, "front-matter", fmt.Sprintf("%s: %q is neither true nor false", key, m.text(key)), "write true or false")
	return unclear
}

// yesOr reads true or false, and has a value for when neither is written.
func (m *mapping) yesOr(key string, missing bool) bool {
	if v, _ := m.value(key); v == nil {
		return missing
	}
	return m.yes(key, missing)
}

// number reads a whole number.
func (m *mapping) number(keys ...string) int {
	text := m.text(keys...)
	if text == "" {
		return 0
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		v, key := m.value(keys...)
		m.find(v, diag.Error, "front-matter", fmt.Sprintf("%s: %q is not a whole number", key, text), "")
	}
	return n
}

// mappings reads a list of mappings, such as severities.
func (m *mapping) mappings(key string) []*mapping {
	v, _ := m.value(key)
	if v == nil {
		return nil
	}
	if v.Kind != yaml.SequenceNode {
		m.find(v, diag.Error, "front-matter", key+" must be a list", "")
		return nil
	}
	var list []*mapping
	for _, item := range v.Content {
		if sub := m.sub(key, item); sub != nil {
			list = append(list, sub)
		}
	}
	return list
}

// mapping reads a mapping inside of this one, or returns nil.
func (m *mapping) mapping(key string) *mapping {
	v, _ := m.value(key)
	if v == nil {
		return nil
	}
	return m.sub(key, v)
}

func (m *mapping) sub(key string, v *yaml.Node) *mapping {
	sub := &mapping{key: key, values: map[string]*yaml.Node{}, keys: map[string]*yaml.Node{}, asked: map[string]bool{}, line: m.line, findings: m.findings}
	if !sub.take(v) {
		return nil
	}
	m.subs = append(m.subs, sub)
	return sub
}

// item is an entry of a list that may hold words and mappings.
type item struct {
	word    string
	mapping *mapping
	node    *yaml.Node
}

// items reads such a list. Commas part a single value.
func (m *mapping) items(key string) []item {
	v, _ := m.value(key)
	if v == nil {
		return nil
	}
	if v.Kind != yaml.SequenceNode {
		var list []item
		for _, word := range m.list(key) {
			list = append(list, item{word: word, node: v})
		}
		return list
	}
	var list []item
	for _, n := range v.Content {
		if n.Kind != yaml.ScalarNode {
			if sub := m.sub(key, n); sub != nil {
				list = append(list, item{mapping: sub, node: n})
			}
		} else if word := strings.Join(strings.Fields(n.Value), " "); word != "" {
			list = append(list, item{word: word, node: n})
		}
	}
	return list
}

// amount reads a number that may be written with signs between its digits:
// 18400, "18,400".
func (m *mapping) amount(key string) kb.Number {
	text := strings.NewReplacer(",", "", "_", "", " ", "", "'", "").Replace(m.text(key))
	if text == "" {
		return kb.Number{}
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 0 {
		v, _ := m.value(key)
		m.find(v, diag.Error, "front-matter", fmt.Sprintf("%s: %q is not a number", key, m.text(key)), "write a whole number, 18400, and leave the key out when nobody knows")
		return kb.Number{}
	}
	return kb.Number{N: n, Known: true}
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
