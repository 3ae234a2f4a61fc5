package view

import (
	"time"

	"debrief/internal/kb"
	"debrief/internal/ledger"
	"debrief/internal/site"
)

// actionsOf makes what an incident's page says of its actions.
func (p *Plan) actionsOf(i *kb.Incident) IncidentActions {
	v := IncidentActions{Total: len(i.Actions)}
	if v.Total == 0 {
		return v
	}
	v.URL, v.LedgerURL = "#"+site.ActionID(i, 0), p.site.URL(ledger.Address)
	today := p.site.Today()
	for n, a := range i.Actions {
		v.add(a, today)
		if !a.Settled() && a.Owner == "" {
			v.Unowned++
		}
		if a.Anchor != "" {
			continue // the text has it
		}
		r := IncidentAction{
			ID: site.ActionID(i, n), Name: a.ID, Title: a.Title, Owner: a.Owner, Type: string(a.Type), State: string(a.Status), Late: a.Overdue(today),
			Due: dateStamp(a.Due), Closed: dateStamp(a.Closed), Result: a.Result, Ticket: ticket(p.site.Config, a.Ticket),
		}
		if !a.Settled() {
			r.Since = openSince(i, today)
		}
		v.Rows = append(v.Rows, r)
	}
	return v
}

// openSince is the day on which the actions of a post-mortem were written down, as
// far as that can be known: that of its meeting, or else of the resolution.
func openSince(i *kb.Incident, today kb.Date) Stamp {
	for _, w := range []kb.When{i.Meeting, i.Resolved} {
		if d := w.DateIn(i.Zone); !d.After(today) && !d.IsZero() {
			return dateStamp(d)
		}
	}
	return Stamp{}
}

func dateStamp(d kb.Date) Stamp {
	if d.IsZero() {
		return Stamp{}
	}
	return stampIn(kb.When{Time: d.Time(), Precision: kb.Day}, time.UTC)
}
