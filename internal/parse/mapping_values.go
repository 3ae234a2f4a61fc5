package parse

import (
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

// The values of a mapping as what they are to be: texts, lists, days, numbers.

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
