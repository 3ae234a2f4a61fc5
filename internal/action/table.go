package action

import (
	"strings"

	"debrief/internal/diag"
	"debrief/internal/kb"
	"debrief/internal/markdown"
)

// columns tells which column of a table holds what. Nil is a table that is not
// understood.
type columns map[string]int

// headWords are the names of columns, those that tell more first. The first word
// of a longer name will do, "Owner (team)".
var headWords = []struct {
	field string
	names []string
}{
	{"title", []string{"action item", "action items", "action", "actions", "task", "tasks", "todo", "to do", "follow up", "measure", "measures", "work item", "item", "title",
		"what", "recommendation", "remediation", "step", "next step", "description", "summary", "details", "maßnahme", "maßnahmen", "aufgabe"}},
	{"owner", []string{"owner", "owners", "assignee", "assignees", "assigned to", "assigned", "responsible", "who", "dri", "team", "lead", "verantwortlich", "zuständig"}},
	{"due", []string{"due", "due date", "due by", "deadline", "when", "by when", "target date", "target", "eta", "date", "frist", "fällig", "bis"}},
	{"type", []string{"type", "kind", "category", "typ", "art"}},
	{"status", []string{"status", "state", "progress", "done", "completed"}},
	{"ticket", []string{"ticket", "tickets", "bug", "bugs", "issue", "issues", "jira", "link", "links", "tracker", "tracking", "reference", "pr"}},
	{"closed", []string{"closed", "closed on", "done on", "completed on", "completion date"}},
	{"result", []string{"result", "outcome", "effect"}},
	{"id", []string{"id", "no", "nr"}},
}

// columnsOf reads the head of a table. Without a column for the actions, it is nil.
func columnsOf(head *markdown.Block) columns {
	c := columns{}
	for _, f := range headWords {
	names:
		for _, whole := range []bool{true, false} {
			for _, name := range f.names {
				for i, cell := range head.Cells {
					if words := plain(cell.Text); (words == name || !whole && strings.HasPrefix(words, name+" ")) && !c.has(i) {
						c[f.field] = i
						break names
					}
				}
			}
		}
	}
	if len(head.Cells) > 0 && strings.TrimSpace(head.Cells[0].Text) == "#" {
		c["id"] = 0
	}
	if _, ok := c["title"]; !ok {
		return nil
	}
	return c
}

func (c columns) has(i int) bool {
	for _, n := range c {
		if n == i {
			return true
		}
	}
	return false
}

// row reads a row of a table: the head first, then an action each.
func (r *reader) row(i int) {
	b := &r.blocks[i]
	r.parent = 0
	if b.Head {
		if r.columns = columnsOf(b); r.columns == nil {
			r.report([]remark{{diag.Note, "action-table", "no column of this table is called Action, so its rows are not read as actions",
				"for example: | Action | Owner | Due | Type | Status | Ticket |"}}, b.Pos)
		}
		return
	}
	if r.columns == nil || r.columns["title"] >= len(b.Cells) {
		return
	}
	title := b.Cells[r.columns["title"]]
	r.add(i, title.Text, markdown.NoBox, "", r.linksOf(title.Links), func(d *draft) { r.cells(d, b) })
}

// cells sets what the cells of a row say beside the title.
func (r *reader) cells(d *draft, b *markdown.Block) {
	for _, f := range headWords {
		field := f.field
		n, ok := r.columns[field]
		if !ok || field == "title" || n >= len(b.Cells) {
			continue
		}
		text := strings.Join(strings.Fields(b.Cells[n].Text), " ")
		if field != "ticket" && none(text) && field != "status" {
			continue
		}
		switch field {
		case "owner":
			d.Owner = owner(text)
		case "due":
			d.Due = kb.Date{}
			d.due(text)
		case "closed":
			if day, ok, _ := dayOf(text); ok {
				d.Closed = day
			}
		case "type":
			for _, word := range strings.Fields(plain(text)) {
				if t, ok := typeWords[word]; ok {
					d.Type = t
					break
				}
			}
		case "status":
			d.cellState(text)
		case "ticket":
			links := r.linksOf(b.Cells[n].Links)
			switch {
			case len(links) > 0:
				d.Ticket = links[0].Dest
			case !none(text):
				d.Ticket = text
			}
		case "result":
			d.Result = text
		case "id":
			if strings.ContainsFunc(text, func(r rune) bool { return r >= 'A' }) { // a bare number only counts the rows
				d.ID = text
			}
		}
	}
}

func (d *draft) cellState(text string) {
	status, closed, reason, ok := state(text)
	switch low := strings.ToLower(text); {
	case ok:
		d.Status = status
		if !closed.IsZero() {
			d.Closed = closed
		}
		if reason != "" {
			d.Result = reason
		}
	case low == "x" || low == "[x]" || low == "yes" || low == "y" || low == "☑":
		d.Status = kb.ActionDone
	case plain(text) == "", low == "no", low == "n", low == "[ ]", low == "☐", none(text):
	default:
		d.remarkState(text)
	}
}
