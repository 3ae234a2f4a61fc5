package view

import (
	"cmp"
	"math"
	"slices"

	"debrief/internal/kb"
	"debrief/internal/ledger"
	"debrief/internal/site"
)

// History is what a service's page says before its list: the whole course of the
// service in short.
type History struct {
	Owner      string
	LinkURL    string // of its runbook or dashboard elsewhere, or empty
	Severities []Bar
	Years      []Bar        // the newest first
	Factors    []Recurring  // those of two incidents or more
	Left       []LeftAction // what is due first of the actions that are not finished
	Unfinished Unfinished
	LeftURL    string  // the page with all of them, or empty
	Together   []Count // services that are often involved with it
}

// Bar is a number with the length to draw it at.
type Bar struct {
	Title, URL string
	N          int
	Length     int // of 100, which the largest has
	Rank       int // of a severity
}

// Recurring is a factor that comes back.
type Recurring struct {
	Title, URL string // the search for it in this service
	N          int
}

// LeftAction is a piece of work that is not finished.
type LeftAction struct {
	Title    string
	URL      string // its place on the incident's page
	Incident string // its id
	Owner    string // or empty
	Due      Stamp
	Proposed bool // it is not agreed upon yet
	Overdue  bool
}

// How much of each a service's page shows.
const (
	historyActions  = 10
	historyFactors  = 8
	historyTogether = 8
	historyYears    = 12
)

// history sums up a service.
func (p *Plan) history(g *site.Group) *History {
	h := &History{}
	if s, ok := p.site.Service(g.Name); ok {
		h.Owner, h.LinkURL = s.Owner, s.URL
	}
	if len(g.Incidents) > 1 { // one is read, not counted
		h.Severities = p.bars("severities", g.Incidents, func(i *kb.Incident) string { return i.Severity })
		h.Years = p.bars("years", g.Incidents, p.site.Year)
		h.Years = h.Years[:min(historyYears, len(h.Years))]
	}
	within := filter("service", g.Name)
	for _, c := range p.together(p.site.Taxonomy("factors"), g.Incidents) {
		if c.n < 2 || len(h.Factors) == historyFactors {
			break
		}
		h.Factors = append(h.Factors, Recurring{c.group.Name, p.searchURL(within + " " + filter("factor", c.group.Name)), c.n})
	}
	h.Together = p.often(g)
	p.leftActions(h, g)
	return h
}

// often are the terms of a term's own taxonomy that come with it twice or more.
func (p *Plan) often(g *site.Group) []Count {
	var list []Count
	for _, c := range p.together(g.Taxonomy, g.Incidents) {
		if c.n < 2 || len(list) == historyTogether {
			break
		}
		if c.group != g {
			count := p.count(c.group)
			count.N, count.Description = c.n, ""
			list = append(list, count)
		}
	}
	return list
}

// bars counts a list's incidents by a term each, in the order of the taxonomy.
func (p *Plan) bars(taxonomy string, list []*site.Entry, of func(*kb.Incident) string) []Bar {
	t := p.site.Taxonomy(taxonomy)
	written := map[string]int{}
	for _, e := range list {
		written[of(e.Incident)]++
	}
	counts := map[*site.Group]int{}
	most := 0
	for name, n := range written {
		if g, ok := t.Find(name); ok {
			counts[g] += n
			most = max(most, counts[g])
		}
	}
	var bars []Bar
	for _, g := range t.Terms {
		if n := counts[g]; n > 0 {
			bars = append(bars, Bar{g.Name, p.site.URL(g.Address), n, max(1, n*100/most), g.Rank})
		}
	}
	return bars
}

// leftActions adds what is left to do: what should have been done first, then by
// the day it is due, and what has no day last.
func (p *Plan) leftActions(h *History, g *site.Group) {
	today := p.site.Today()
	type left struct {
		entry  *site.Entry
		n      int
		action kb.Action
	}
	var list []left
	for _, e := range g.Incidents {
		for n, a := range e.Incident.Actions {
			if !a.Settled() {
				list = append(list, left{e, n, a})
				h.Unfinished.add(a, today)
			}
		}
	}
	slices.SortStableFunc(list, func(a, b left) int {
		return cmp.Compare(dueBy(a.action), dueBy(b.action))
	})
	for _, o := range list[:min(historyActions, len(list))] {
		a := LeftAction{
			Title: o.action.Title, URL: p.site.URL(o.entry.Address) + "#" + site.ActionID(o.entry.Incident, o.n), Incident: o.entry.Incident.ID,
			Owner: o.action.Owner, Due: shortDay(o.action.Due), Proposed: o.action.Status == kb.ActionProposed, Overdue: o.action.Overdue(today),
		}
		h.Left = append(h.Left, a)
	}
	if len(list) > 0 {
		h.LeftURL = p.site.URL(ledger.Address + g.Address)
	}
}

// dueBy is a number by which actions are put in order; those without a day come
// last.
func dueBy(a kb.Action) int {
	if a.Due.IsZero() {
		return math.MaxInt
	}
	return a.Due.Year*10000 + int(a.Due.Month)*100 + a.Due.Day
}
