package exchange

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"go.yaml.in/yaml/v4"

	"debrief/internal/diag"
	"debrief/internal/kb"
	"debrief/internal/parse"
	"debrief/internal/schema"
	"debrief/internal/tree"
)

// draft is a post-mortem on its way into a site.
type draft struct {
	reader    *reader
	file      File
	line      int // of the source, on which the body begins
	body      string
	pairs     []pair
	lost      []string // lines of the source's front matter that cannot be used, kept as comments
	date      kb.Date  // of its name, or what it says
	slug      string   // for its name
	named     string   // the id in the source's name
	htmlTitle string   // of a page, for want of a better
}

// pair is a key of the front matter with its value.
type pair struct {
	key   string
	value *yaml.Node
}

// reader is what drafts are tried on.
type reader struct {
	config kb.Config
	parser *parse.Parser
	order  []string // the keys that debrief knows by its own names
}

func newReader(c kb.Config) *reader {
	r := &reader{config: c, parser: parse.NewParser(c)}
	for _, p := range schema.Incident(c).Properties {
		if !p.Deprecated {
			r.order = append(r.order, p.Name)
		}
	}
	return r
}

// complaint says what package parse has against a value, or "".
func (r *reader) complaint(p pair) (text string, unknown bool) {
	front, err := write([]pair{p})
	if err != nil {
		return err.Error(), false
	}
	result := r.parser.File(tree.NewFile("incidents/x.md", fmt.Appendf(nil, "---\n%s---\n", front)))
	for _, f := range result.Findings {
		switch {
		case f.Rule == "unknown-key":
			unknown = true
			if f.Level == diag.Error {
				return f.Text, true
			}
		case f.Level > diag.Note:
			return f.Text, false
		}
	}
	return "", unknown
}

// write writes front matter.
func write(pairs []pair) ([]byte, error) {
	if len(pairs) == 0 {
		return nil, nil
	}
	m := yaml.Node{Kind: yaml.MappingNode}
	for _, p := range pairs {
		m.Content = append(m.Content, &yaml.Node{Kind: yaml.ScalarNode, Value: p.key}, p.value)
	}
	var b bytes.Buffer
	e := yaml.NewEncoder(&b)
	e.SetIndent(2)
	if err := e.Encode(&m); err != nil {
		return nil, err
	}
	return b.Bytes(), e.Close()
}

func (d *draft) has(key string) bool {
	return slices.ContainsFunc(d.pairs, func(p pair) bool { return p.key == key })
}

// text returns the value of a key that is a single one.
func (d *draft) text(key string) string {
	for _, p := range d.pairs {
		if p.key == key && p.value.Kind == yaml.ScalarNode {
			return strings.TrimSpace(p.value.Value)
		}
	}
	return ""
}

// fill sets a key, once, if package parse reads the value without a complaint.
func (d *draft) fill(key string, value *yaml.Node, from string, guessed bool) bool {
	if d.has(key) {
		return false
	}
	p := pair{key, value}
	if why, _ := d.reader.complaint(p); why != "" {
		d.left(key+": "+short(value), why)
		return false
	}
	d.pairs = append(d.pairs, p)
	fact := Fact{key, short(value), from}
	if guessed {
		d.file.Guessed = append(d.file.Guessed, fact)
	} else {
		d.file.Read = append(d.file.Read, fact)
	}
	return true
}

func (d *draft) left(what, why string) {
	d.file.Left = append(d.file.Left, Left{what, why})
}

// bytes is the file as it is to be written.
func (d *draft) bytes() ([]byte, error) {
	pairs := slices.Clone(d.pairs)
	place := func(key string) int {
		if i := slices.Index(d.reader.order, key); i >= 0 {
			return i
		}
		return len(d.reader.order)
	}
	slices.SortStableFunc(pairs, func(a, b pair) int { return place(a.key) - place(b.key) })
	front, err := write(pairs)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	b.WriteString("---\n")
	b.Write(front)
	for _, line := range d.lost {
		fmt.Fprintf(&b, "# %s\n", line)
	}
	b.WriteString("---\n")
	if body := strings.TrimLeft(d.body, "\n"); body != "" {
		b.WriteString("\n" + strings.TrimRight(body, "\n") + "\n")
	}
	return b.Bytes(), nil
}

// word is a value of one word or sentence. Signs that nobody sees have no place in
// one.
func word(s string) *yaml.Node {
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' && r != '\t' {
			return -1
		}
		return r
	}, s)
	return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: s}
}

// moment is a time or a day, which needs no quotes.
func moment(s string) *yaml.Node {
	return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!timestamp", Value: s}
}

// list is a list of words on one line.
func list(words []string) *yaml.Node {
	n := &yaml.Node{Kind: yaml.SequenceNode, Style: yaml.FlowStyle}
	for _, w := range words {
		n.Content = append(n.Content, word(w))
	}
	return n
}

// group is a mapping on one line.
func group(pairs ...pair) *yaml.Node {
	n := &yaml.Node{Kind: yaml.MappingNode, Style: yaml.FlowStyle}
	for _, p := range pairs {
		n.Content = append(n.Content, word(p.key), p.value)
	}
	return n
}

// short is a value for people, on one line.
func short(n *yaml.Node) string {
	var text string
	switch n.Kind {
	case yaml.ScalarNode:
		text = n.Value
	case yaml.SequenceNode:
		var parts []string
		for _, c := range n.Content {
			parts = append(parts, short(c))
		}
		text = strings.Join(parts, ", ")
	default:
		var parts []string
		for i := 0; i+1 < len(n.Content); i += 2 {
			parts = append(parts, n.Content[i].Value+" "+short(n.Content[i+1]))
		}
		text = strings.Join(parts, ", ")
	}
	return cut(text)
}

// cut shortens a text for a report.
func cut(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if r := []rune(s); len(r) > 80 {
		return string(r[:79]) + "…"
	}
	return s
}
