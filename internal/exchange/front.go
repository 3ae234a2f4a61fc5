package exchange

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"debrief/internal/parse"
	"debrief/internal/schema"
)

// moments are the keys that hold a time.
var moments = []string{"started", "detected", "acknowledged", "mitigated", "resolved", "meeting"}

// takeFront parts a text from its front matter and fills in what that says, by
// debrief's own names for it.
func (d *draft) takeFront(text string) error {
	front, body, bad := parse.FrontMatter([]byte(text))
	if bad != nil && strings.TrimLeft(text, " \t\n") != text { // it begins after blank lines
		front, body, bad = parse.FrontMatter([]byte(strings.TrimLeft(text, " \t\n")))
	}
	if bad != nil && bad.Rule == "front-matter" && !strings.HasPrefix(strings.TrimSpace(text), "+++") {
		d.body, d.line = text, 1 // a line of hyphens that opens nothing
		return nil
	}
	if bad != nil {
		return errors.New(bad.Text)
	}
	d.body = string(body)
	d.line = 1 + strings.Count(text, "\n") - strings.Count(d.body, "\n")
	var root yaml.Node
	if err := yaml.Unmarshal(front, &root); err != nil {
		return fmt.Errorf("its front matter is not valid YAML: %s", strings.TrimPrefix(err.Error(), "yaml: "))
	}
	if len(root.Content) == 0 {
		return nil
	}
	m := root.Content[0]
	if m.Kind != yaml.MappingNode {
		if m.ShortTag() != "!!null" {
			d.body, d.line = text, 1 // lines of hyphens around a paragraph
		}
		return nil
	}
	for i := 0; i+1 < len(m.Content); i += 2 {
		if m.Content[i].Kind != yaml.ScalarNode {
			return fmt.Errorf("its front matter has a key that is no word, on line %d", m.Content[i].Line+1)
		}
		d.takePair(m.Content[i].Value, m.Content[i+1])
	}
	return nil
}

func (d *draft) takePair(key string, value *yaml.Node) {
	own := schema.Canonical(key)
	if key == "visibility" { // as some write it
		own = "audience"
	}
	held := parse.KeepsBack(own)
	if empty(value) {
		if held {
			d.left(key, "has no value")
			d.keepBack(key)
		}
		return
	}
	if d.has(own) {
		own = key // under another tool's name, which gives way to ours
	}
	if d.has(own) {
		d.lost = append(d.lost, key+": "+strings.Join(strings.Fields(inline(value)), " "))
		d.left(key+": "+short(value), "is there twice")
		if held {
			d.keepBack(key)
		}
		return
	}
	switch {
	case value.Kind == yaml.ScalarNode && slices.Contains(moments, own):
		if text, ok := timeIn(value.Value, hints{}); ok {
			value = moment(text)
		}
	case own == "title" && value.Kind == yaml.ScalarNode:
		d.takeTitle(value.Value, "its front matter")
		return
	}
	why, unknown := d.reader.complaint(pair{own, value})
	if why != "" {
		d.lost = append(d.lost, key+": "+strings.Join(strings.Fields(inline(value)), " "))
		d.left(key+": "+short(value), why)
		if unknown || held { // it keeps the page back, or looks as if it did
			d.keepBack(key)
		}
		return
	}
	if unknown {
		d.left(key, "means nothing to debrief, and is kept")
		d.pairs = append(d.pairs, pair{key, value})
		return
	}
	d.pairs = append(d.pairs, pair{own, value})
	if slices.Contains(d.reader.order, own) {
		from := "its front matter"
		if own != key {
			from = key + " in its front matter"
		}
		d.file.Read = append(d.file.Read, Fact{own, short(value), from})
	}
}

// keepBack makes a draft of it for a key that cannot be used, whatever else is
// said of drafts.
func (d *draft) keepBack(key string) {
	if v := strings.ToLower(d.text("draft")); v == "true" || v == "yes" {
		return
	}
	d.pairs = slices.DeleteFunc(d.pairs, func(p pair) bool { return p.key == "draft" })
	d.file.Read = slices.DeleteFunc(d.file.Read, func(f Fact) bool { return f.Key == "draft" })
	d.fill("draft", &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!bool", Value: "true"}, key+" in its front matter", true)
}

// inline is a value on one line of YAML.
func inline(n *yaml.Node) string {
	flow := *n
	flow.Style |= yaml.FlowStyle
	text, err := yaml.Marshal(&flow)
	if err != nil {
		return short(n)
	}
	return string(text)
}

func empty(n *yaml.Node) bool {
	return n.Kind == yaml.ScalarNode && strings.TrimSpace(n.Value) == "" || n.Kind != yaml.ScalarNode && n.Kind != yaml.AliasNode && len(n.Content) == 0 || n.ShortTag() == "!!null"
}
