package parse

import (
	"debrief/internal/action"
	"debrief/internal/diag"
	"debrief/internal/kb"
	"debrief/internal/markdown"
)

// actionsOf reads the actions of a text, and names the places where they stand.
func actionsOf(text *markdown.Text, findings *[]diag.Finding) []kb.Action {
	list, bad := action.Read(text)
	*findings = append(*findings, bad...)
	return list
}

// oneOf joins the actions of the front matter with those of the text. One that is
// in both, by its id or its title, is as the front matter has it; what that does
// not say comes from the text.
func oneOf(front, text []kb.Action) []kb.Action {
	if len(front) == 0 {
		return text
	}
	byID, byTitle := map[string]int{}, map[string]int{}
	for i, a := range front {
		if a.ID != "" {
			byID[kb.Squash(a.ID)] = i
		}
		byTitle[kb.Squash(a.Title)] = i
	}
	list := front
	for _, t := range text {
		i, same := byTitle[kb.Squash(t.Title)]
		if n, ok := byID[kb.Squash(t.ID)]; ok && t.ID != "" {
			i, same = n, true
		}
		if !same || list[i].Anchor != "" {
			list = append(list, t)
			continue
		}
		a := &list[i]
		a.Anchor = t.Anchor
		a.Owner, a.Ticket, a.Result = firstOf(a.Owner, t.Owner), firstOf(a.Ticket, t.Ticket), firstOf(a.Result, t.Result)
		if a.Due.IsZero() {
			a.Due = t.Due
		}
		if a.Closed.IsZero() {
			a.Closed = t.Closed
		}
		if a.Type == "" {
			a.Type = t.Type
		}
		if a.Status == "" {
			a.Status = t.Status
		}
	}
	for i := range list {
		if list[i].Status == "" {
			list[i].Status = kb.ActionOpen
		}
	}
	return list
}
