package view

import (
	"strings"

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
	Left       []LeftAction // the first of the ledger that are not finished
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
	Owner    string // as the ledger spells them, or empty
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
	p.leftActions(h, g.Name)
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

// leftActions adds what is left to do, in the ledger's order and with its names. The
// page of one service may cost as much as the ledger takes: unlike the front page it
// is seldom the one that is looked at after a save.
func (p *Plan) leftActions(h *History, service string) {
	g, ok := p.ledger().Find(ledger.ByService, service)
	if !ok || g.Totals.Unsettled() == 0 {
		return
	}
	h.Unfinished = Unfinished{Open: g.Totals.Open, Proposed: g.Totals.Proposed, Overdue: g.Totals.Overdue}
	h.LeftURL = p.site.URL(g.Address)
	for _, r := range g.Rows[:min(historyActions, g.Totals.Unsettled())] { // the settled come last
		i := r.Incident.Incident
		h.Left = append(h.Left, LeftAction{
			Title: r.Title, URL: p.site.URL(r.Incident.Address) + "#" + site.ActionID(i, r.N), Incident: i.ID,
			Owner: strings.Join(r.Owners, ", "), Due: shortDay(r.Due), Proposed: r.Status == kb.ActionProposed, Overdue: r.Late > 0,
		})
	}
}
