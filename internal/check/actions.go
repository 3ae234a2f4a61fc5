package check

import (
	"fmt"

	"debrief/internal/diag"
	"debrief/internal/kb"
)

// actions checks what a post-mortem says is to be done. One that is still being
// written may lack owners and days; when it has been reviewed they are missed. An
// idea needs neither until it is agreed.
func actions(i *kb.Incident, today kb.Date, r report) {
	find := func(a kb.Action, level diag.Level, rule, text, hint string) {
		*r.findings = append(*r.findings, diag.Finding{Path: r.e.Path, Pos: a.At, Level: level, Rule: rule, Text: text, Hint: hint})
	}
	missing := diag.Note
	if i.Status == "reviewed" || i.Status == "closed" {
		missing = diag.Warning
	}
	bare, agreed := bareActions(i)
	if bare && agreed > 1 {
		// In old archives hardly any action has either, and one word about that is enough.
		find(i.Actions[0], diag.Note, "action-owner", fmt.Sprintf("none of the %d actions has an owner or a due date", len(i.Actions)),
			"for example: - [ ] Alert before a key expires (@team, due 2026-04-01)")
	}
	seen := map[string]kb.Action{}
	for _, a := range i.Actions {
		if a.ID != "" {
			if first, twice := seen[a.ID]; twice {
				find(a, diag.Warning, "action-id", fmt.Sprintf("the action %s is here twice; the first is in line %d", a.ID, first.At.Line), "give one of them another id")
			} else {
				seen[a.ID] = a
			}
		}
		if a.Status == kb.ActionOpen && i.Status != "draft" && (!bare || agreed == 1) {
			if a.Owner == "" {
				find(a, missing, "action-owner", "nobody has this action", "name a team, as @team")
			}
			if a.Due.IsZero() {
				find(a, missing, "action-due", "the action has no due date", "write it as due 2026-04-01")
			}
		}
		if a.Status == kb.ActionDeclined && a.Result == "" && i.Status != "draft" {
			find(a, missing, "action-reason", "the action is declined, and nobody said why", "for example: (declined: costs more than it saves)")
		}
		if a.Overdue(today) {
			find(a, diag.Note, "action-overdue", "the action was due on "+a.Due.String(), "tick it when it is done, move the day, or decline it and say why")
		}
		for _, d := range []struct {
			day        kb.Date
			rule, what string
		}{{a.Due, "action-due", "due"}, {a.Closed, "action-closed", "closed"}} {
			if !d.day.IsZero() && i.Started.Known() && i.Started.DateIn(i.Zone).After(d.day) {
				find(a, diag.Warning, d.rule, fmt.Sprintf("the action is %s on %s, before the incident started", d.what, d.day), "check the year")
			}
		}
	}
}

// bareActions tells whether no action has an owner or a day at all, and how many
// of them are agreed and still to be done.
func bareActions(i *kb.Incident) (bare bool, agreed int) {
	bare = true
	for _, a := range i.Actions {
		if a.Owner != "" || !a.Due.IsZero() {
			bare = false
		}
		if a.Status == kb.ActionOpen {
			agreed++
		}
	}
	return bare, agreed
}
