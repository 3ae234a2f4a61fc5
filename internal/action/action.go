// Package action reads actions from the text of a post-mortem: from the lists and
// tables of a section that is called Action items, Follow-ups or the like.
//
// People write them in many ways. What is clearly an owner, a day, a type, a state
// or a ticket is taken out of the words; all else stays in the title. Prose in such
// a section is no action, and what is nested below an action belongs to it.
package action

import (
	"fmt"
	"strings"

	"debrief/internal/diag"
	"debrief/internal/kb"
	"debrief/internal/markdown"
)

// Read returns the actions of a text in the order in which they stand, and gives
// each the name on the page that its Anchor holds, "a-1". It is to be called before
// text.Doc.
func Read(text *markdown.Text) ([]kb.Action, []diag.Finding) {
	r := &reader{text: text, blocks: text.Blocks, links: text.Links()}
	for i := range r.blocks {
		r.block(i)
	}
	return r.actions, r.findings
}

// reader walks through the blocks of a text.
type reader struct {
	text     *markdown.Text
	blocks   []markdown.Block
	links    []markdown.Link
	actions  []kb.Action
	findings []diag.Finding

	in      section
	groups  []group // the labels above the place where we are, outermost first
	parent  int     // level of the item that is an action, or 0
	columns columns // of the table that we are in
}

// section is the part of a text that holds actions. The zero section is none.
type section struct {
	by     markdown.BlockKind // what its name stands in
	level  int                // of that block
	open   bool
	filled bool // something was nested below its name
}

// group is a label above some actions: "Detection", "Done".
type group struct {
	level  int // headings count from -6, so that they are above all items
	kind   kb.ActionType
	status kb.ActionStatus
}

func (r *reader) block(i int) {
	b := &r.blocks[i]
	switch {
	case b.Quote:
	case b.Kind == markdown.HeadingBlock:
		r.heading(b)
	case b.Kind == markdown.ParagraphBlock && b.Level == 0:
		r.paragraph(b)
	case b.Kind == markdown.ParagraphBlock && r.parent > 0 && b.Level >= r.parent:
		r.detail(b)
	case b.Kind == markdown.ItemBlock:
		r.item(i)
	case b.Kind == markdown.RowBlock && r.in.open:
		r.row(i)
	}
}

// enter opens a section whose name is the block.
func (r *reader) enter(b *markdown.Block, name string) {
	r.in = section{by: b.Kind, level: b.Level, open: true}
	r.groups, r.parent, r.columns = nil, 0, nil
	r.under(-10, name)
}

func (r *reader) leave() {
	r.in, r.groups, r.parent, r.columns = section{}, nil, 0, nil
}

// under notes what the words of a label say of the actions below it.
func (r *reader) under(level int, words string) {
	for len(r.groups) > 0 && r.groups[len(r.groups)-1].level >= level {
		r.groups = r.groups[:len(r.groups)-1]
	}
	g := group{level: level}
	if n := len(r.groups); n > 0 {
		g.kind, g.status = r.groups[n-1].kind, r.groups[n-1].status
	}
	kind, status := labelled(words)
	if kind != "" {
		g.kind = kind
	}
	if status != "" {
		g.status = status
	}
	r.groups = append(r.groups, g)
}

func (r *reader) heading(b *markdown.Block) {
	r.parent, r.columns = 0, nil
	switch {
	case r.in.open && r.in.by == markdown.HeadingBlock && b.Level > r.in.level:
		r.under(b.Level-7, b.Text)
	case names(b.Text):
		r.enter(b, b.Text)
	default:
		r.leave()
	}
}

// paragraph looks for a label: words in bold alone in their paragraph, or the name
// of a section and a colon.
func (r *reader) paragraph(b *markdown.Block) {
	r.parent, r.columns = 0, nil
	label := strings.TrimRight(b.Text, ": ")
	bold, colon := b.Bold != "" && strings.TrimRight(b.Bold, ": ") == label, strings.HasSuffix(b.Text, ":")
	switch {
	case !bold && !colon:
	case names(label):
		if !r.in.open || r.in.by != markdown.HeadingBlock {
			r.enter(b, label)
		}
	case bold && r.in.open && r.in.by == markdown.ParagraphBlock:
		r.leave()
	case bold && r.in.open && r.in.by == markdown.HeadingBlock:
		r.under(0, label)
	}
}

func (r *reader) item(i int) {
	b := &r.blocks[i]
	if r.in.open && r.in.by == markdown.ItemBlock {
		switch {
		case b.Level > r.in.level:
			r.in.filled = true
		case r.in.filled || b.Bold != "":
			r.leave()
		}
	}
	text := b.Text
	if !r.in.open || r.in.by == markdown.ItemBlock {
		name, rest, ok := sectionItem(b)
		if ok {
			r.enter(b, name)
			text = rest
		}
		if !r.in.open || ok && (text == "" || strings.HasPrefix(text, "\n")) {
			return
		}
	}
	if r.parent > 0 && b.Level > r.parent {
		r.detail(b)
		return
	}
	r.parent = 0
	for len(r.groups) > 0 && r.groups[len(r.groups)-1].level >= b.Level {
		r.groups = r.groups[:len(r.groups)-1]
	}
	if r.isLabel(i) {
		r.under(b.Level, text)
		return
	}
	if r.add(i, text, b.Box, strings.TrimSpace(b.Gone), r.linksOf(b.Links), nil) {
		r.parent = b.Level
	}
}

// sectionItem tells whether an item is the name of a section, as in "**Review
// actions**:" with its actions nested below or written after it.
func sectionItem(b *markdown.Block) (name, rest string, ok bool) {
	name = strings.TrimRight(b.Bold, ": ")
	if name == "" || !names(name) {
		return "", "", false
	}
	rest = strings.TrimPrefix(b.Text, b.Bold)
	if !strings.HasSuffix(b.Bold, ":") && rest != "" && !strings.HasPrefix(rest, ":") {
		return "", "", false
	}
	return name, strings.TrimLeft(rest, ": "), true
}

// isLabel tells whether an item is no action, but the name of those below it.
func (r *reader) isLabel(i int) bool {
	b := &r.blocks[i]
	if i+1 == len(r.blocks) || b.Box != markdown.NoBox {
		return false
	}
	next := &r.blocks[i+1]
	if next.Kind != markdown.ItemBlock || next.Level <= b.Level {
		return false
	}
	words := len(strings.Fields(b.Text))
	switch {
	case isGroup(b.Text):
		return true
	case field(next.Text):
		return false
	}
	return next.Box != markdown.NoBox && words <= 6 || strings.HasSuffix(b.Text, ":") && words <= 3
}

// detail reads what stands below an action: "Owner: tracking". All else is no more
// than a note on it.
func (r *reader) detail(b *markdown.Block) {
	d := draft{Action: r.actions[len(r.actions)-1], links: r.linksOf(b.Links)}
	if d.field(b.Text) {
		r.actions[len(r.actions)-1] = d.Action
	}
	r.report(d.remarks, b.Pos)
}

// add reads an action. columns, when given, sets what the columns of a table say.
// It tells whether there was an action.
func (r *reader) add(i int, text string, box markdown.Box, gone string, links []markdown.Link, columns func(*draft)) bool {
	b := &r.blocks[i]
	d := draft{links: links}
	d.At = b.Pos
	d.Status = ""
	if none(text) {
		return false
	}
	d.read(text, gone)
	if columns != nil {
		columns(&d)
	}
	if n := len(r.groups); n > 0 {
		if d.Type == "" {
			d.Type = r.groups[n-1].kind
		}
		if d.Status == "" && box == markdown.NoBox {
			d.Status = r.groups[n-1].status
		}
	}
	switch {
	case d.Status == kb.ActionDeclined:
	case box == markdown.TickedBox:
		d.Status = kb.ActionDone
	case d.Status != "":
	case d.struck:
		d.Status = kb.ActionDeclined
	case !d.Closed.IsZero():
		d.Status = kb.ActionDone
	default:
		d.Status = kb.ActionOpen
	}
	if d.Title == "" {
		if box != markdown.NoBox || columns != nil {
			r.report([]remark{{diag.Warning, "action", "an action has no title", "say in a few words what is to be done"}}, b.Pos)
		}
		return false
	}
	r.report(d.remarks, b.Pos)
	if d.Anchor = b.ID; d.Anchor == "" {
		r.text.Name(i, fmt.Sprintf("a-%d", len(r.actions)+1))
		d.Anchor = r.text.Blocks[i].ID
	}
	r.actions = append(r.actions, d.Action)
	return true
}

func (r *reader) report(list []remark, at diag.Pos) {
	for _, m := range list {
		r.findings = append(r.findings, diag.Finding{Pos: at, Level: m.level, Rule: m.rule, Text: m.text, Hint: m.hint})
	}
}

func (r *reader) linksOf(numbers []int) []markdown.Link {
	list := make([]markdown.Link, 0, len(numbers))
	for _, n := range numbers {
		list = append(list, r.links[n])
	}
	return list
}
