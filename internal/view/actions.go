package view

import (
	"cmp"
	"fmt"
	"net/url"
	"path"
	"slices"
	"strings"
	"sync"

	"debrief/internal/kb"
	"debrief/internal/ledger"
	"debrief/internal/site"
)

// Paths of the ledger's files for programs.
const (
	ActionsCSVPath      = "actions.csv"
	ActionsJSONPath     = "actions.json"
	ActionsCalendarPath = "actions.ics"
)

const (
	actionsPerPage = 100
	settledListed  = 20  // of those that are done or declined, on pages that are about all states
	settledMost    = 500 // on pages that are about those; older ones are read by nobody, and the files have all
	actionTerms    = 8   // in a list beside the ledger
)

// unfinishedCounted says what the lists beside the ledger count, but for its states.
const unfinishedCounted = "Owners, services and types count what is open or proposed."

// kindNames are what the ways of grouping actions are called.
var kindNames = map[ledger.Kind]struct{ one, many string }{
	ledger.ByOwner: {"Owner", "Owners"}, ledger.ByService: {"Service", "Services"}, ledger.ByType: {"Type", "Types"}, ledger.ByState: {"State", "States"},
}

// ledgerPages are the pages below the ledger's first, and their files. Who the
// owners are can change with any text, while the outline of a plan is kept for
// long; so they are planned for each site, when one of them is asked for.
type ledgerPages struct {
	pages  map[string]planned
	files  map[string]plannedFile
	facets func() []Facet // beside the list of all
}

// inLedger tells whether a path is below the ledger's, which are all its own.
func inLedger(at string) bool { return strings.HasPrefix(strings.ToLower(at), ledger.Address) }

// actions plans the ledger's first page and its files.
func (o *outline) actions() {
	o.add(ledger.Address, "", "actions", func(p *Plan) any { return p.openLedger(1) })
	o.write(ActionsJSONPath, ActionsJSON, func(p *Plan) any { return p.ledger() })
	o.write(ActionsCSVPath, ActionsCSV, func(p *Plan) any { return p.ledger() })
	o.write(ActionsCalendarPath, Calendar, func(p *Plan) any {
		return p.actionCalendar(p.site.Config.Title+": actions", ActionsCalendarPath, p.ledger().Rows)
	})
}

// planLedger plans all else of the ledger.
func (p *Plan) planLedger() *ledgerPages {
	l := p.ledger()
	v := &ledgerPages{map[string]planned{}, map[string]plannedFile{}, sync.OnceValue(func() []Facet { return p.actionFacets("", l.Rows) })}
	pages := func(address string, n, from int, value func(*Plan, int) any) {
		for page := from; page == 1 || (page-1)*actionsPerPage < n; page++ {
			v.pages[pageAddress(address, page)+"index.html"] = planned{layout: "actions", value: func(p *Plan) any { return value(p, page) }}
		}
	}
	pages(ledger.Address, l.Totals.Unsettled(), 2, func(p *Plan, page int) any { return p.openLedger(page) })
	for _, k := range ledger.Kinds {
		if len(l.Groups(k)) == 0 {
			continue
		}
		v.pages[ledger.Address+string(k)+"/index.html"] = planned{layout: "action-groups", value: func(p *Plan) any { return p.actionGroups(k) }}
		for _, g := range l.Groups(k) {
			list := listed(g)
			facets := sync.OnceValue(func() []Facet { return p.actionFacets(k, g.Rows) }) // counts all of them, for each of the pages
			pages(g.Address, len(list), 1, func(p *Plan, page int) any { return p.actionGroup(g, list, facets(), page) })
			if k == ledger.ByOwner && !g.None {
				at := g.Address + ActionsCalendarPath
				v.files[at] = plannedFile{Calendar, func(p *Plan) any {
					return p.actionCalendar(g.Name+": actions", at, g.Rows)
				}}
			}
		}
	}
	return v
}

// listed are the actions on a group's pages: all that are not settled, and some of
// those that are, unless that is what the group is about.
func listed(g *ledger.Group) []*ledger.Row {
	settled := settledListed
	if g.Kind == ledger.ByState {
		settled = settledMost
	}
	return g.Rows[:min(len(g.Rows), g.Totals.Unsettled()+settled)]
}

func (p *Plan) openLedger(page int) Actions {
	l := p.ledger()
	v := p.actionPage(ledger.Address, l.Rows[:l.Totals.Unsettled()], page)
	v.Heading, v.Any = "Actions", len(l.Rows) > 0
	v.NoneLate = page == 1 && l.Totals.Unsettled() > 0 && l.Totals.Overdue == 0
	v.Frame = p.frame("actions", pageAddress(ledger.Address, page), v.Heading, "What is to be done after our incidents: who does it, by when, and what is overdue.", nil)
	v.Frame.DataURL = v.ListURL
	v.Tallies = p.tallies(l.Totals, true)
	v.Facets, v.Counted = p.late().facets(), unfinishedCounted
	v.Files = []Ref{{"CSV", p.site.URL(ActionsCSVPath)}, {"JSON", v.ListURL}, {"Calendar", p.site.URL(ActionsCalendarPath)}}
	return v
}

func (p *Plan) actionGroup(g *ledger.Group, rows []*ledger.Row, facets []Facet, page int) Actions {
	v := p.actionPage(g.Address, rows, page)
	v.Heading, v.Label, v.Any = actionGroupName(g), kindNames[g.Kind].one, true
	title := fmt.Sprintf("Actions · %s: %s", v.Label, v.Heading)
	v.Frame = p.frame("actions", pageAddress(g.Address, page), title, "", nil,
		p.section("Actions", ledger.Address), p.section(kindNames[g.Kind].many, ledger.Address+string(g.Kind)+"/"))
	if v.Facets = facets; g.Kind != ledger.ByState {
		v.Counted = unfinishedCounted
	}
	rest := Rest{N: len(g.Rows) - len(rows), Title: "all as CSV", URL: p.site.URL(ActionsCSVPath)}
	if g.Kind != ledger.ByState {
		v.Tallies = p.tallies(g.Totals, false)
		if g.Totals.Done > 0 {
			rest.Title, rest.URL = "what is done", p.state(string(kb.ActionDone))
		}
	}
	if page == v.Pager.Pages {
		v.Rest = rest
	}
	if g.Kind == ledger.ByOwner && !g.None {
		v.Files = []Ref{{"Calendar", p.site.URL(g.Address + ActionsCalendarPath)}}
	}
	name := g.Name
	if g.None {
		name = "-"
	}
	switch g.Kind {
	case ledger.ByOwner:
		v.Chosen.Owner = name
	case ledger.ByService:
		v.Chosen.Service = name
	case ledger.ByType:
		v.Chosen.Type = name
	case ledger.ByState:
		v.Chosen.State = name
	}
	return v
}

// actionGroupName is what a group is called in a heading.
func actionGroupName(g *ledger.Group) string {
	switch {
	case g.None && g.Kind == ledger.ByOwner:
		return "Nobody"
	case g.None && g.Kind == ledger.ByService:
		return "No service"
	case g.None:
		return "No type"
	case g.Name == ledger.Undated:
		return "No due date"
	case g.Kind == ledger.ByState || g.Kind == ledger.ByType:
		return strings.ToUpper(g.Name[:1]) + g.Name[1:]
	}
	return g.Name
}

// actionPage makes the part of a page that lists actions.
func (p *Plan) actionPage(address string, rows []*ledger.Row, page int) Actions {
	pager, from, to := p.pagerOf(address, page, len(rows), actionsPerPage)
	v := Actions{Pager: pager, ListURL: p.site.URL(ActionsJSONPath)}
	if p.assets.Actions != "" {
		v.Script = p.site.URL(p.assets.Actions)
	}
	for _, r := range rows[from:to] {
		title := partOf(r)
		if n := len(v.Parts); n == 0 || v.Parts[n-1].Title != title {
			v.Parts = append(v.Parts, ActionPart{Title: title, Late: r.Late > 0})
		}
		part := &v.Parts[len(v.Parts)-1]
		part.Rows = append(part.Rows, p.actionRow(r))
	}
	return v
}

// partOf is the heading under which a row stands.
func partOf(r *ledger.Row) string {
	switch {
	case r.Late > 0:
		return "Overdue"
	case r.Status == kb.ActionDone:
		return "Done"
	case r.Status == kb.ActionDeclined:
		return "Declined"
	case r.Status == kb.ActionProposed:
		return "Proposed"
	case r.Due.IsZero():
		return "Open, without a due date"
	}
	return "Open"
}

func (p *Plan) actionRow(r *ledger.Row) ActionRow {
	at := p.site.URL(r.Incident.Address)
	v := ActionRow{
		Title: r.Title, URL: at + "#" + site.ActionID(r.Incident.Incident, r.N), Incident: Ref{r.Incident.Title, at}, Severity: p.badge(r.Incident.Incident.Severity),
		Due: shortDay(r.Due), State: string(r.Status), Closed: shortDay(r.Closed), Result: r.Result, Ticket: ticket(p.site.Config, r.Ticket),
	}
	for _, o := range r.Owners {
		if g, ok := p.ledger().Find(ledger.ByOwner, o); ok {
			v.Owners = append(v.Owners, Ref{o, p.site.URL(g.Address)})
		}
	}
	if r.Type != "" {
		v.Type = Ref{string(r.Type), p.site.URL(ledger.Address + string(ledger.ByType) + "/" + string(r.Type) + "/")}
	}
	if r.Late > 0 {
		v.Late = LateBy(r.Late)
	}
	return v
}

// LateBy says how late an action is: "1 day overdue".
func LateBy(days int) string {
	if days == 1 {
		return "1 day overdue"
	}
	return fmt.Sprintf("%d days overdue", days)
}

// state is the address of the list of the actions of a state.
func (p *Plan) state(name string) string {
	return p.site.URL(ledger.Address + string(ledger.ByState) + "/" + name + "/")
}

// tallies are the numbers above a list. Above that of all actions each leads to
// the list of those that it counts; above others, what there is none of is left out.
func (p *Plan) tallies(t ledger.Totals, whole bool) []Tally {
	owner := p.site.URL(ledger.Address + string(ledger.ByOwner) + "/nobody/")
	list := []Tally{
		{"Overdue", t.Overdue, p.state(ledger.Overdue), t.Overdue > 0}, {"Open", t.Open, p.state(string(kb.ActionOpen)), false},
		{"Proposed", t.Proposed, p.state(string(kb.ActionProposed)), false},
		{"Without owner", t.NoOwner, owner, false}, {"Without due date", t.NoDue, p.state(ledger.Undated), false},
		{"Done", t.Done, p.state(string(kb.ActionDone)), false}, {"Declined", t.Declined, p.state(string(kb.ActionDeclined)), false},
	}
	for i := range list {
		if !whole || list[i].N == 0 { // a list of none has no page
			list[i].URL = ""
		}
	}
	if !whole {
		list = slices.DeleteFunc(list, func(x Tally) bool { return x.N == 0 && x.Name != "Overdue" && x.Name != "Open" })
	}
	return list
}

// actionFacets count some actions in every way but one: how many there are in a
// state, and of the others how many are not settled.
func (p *Plan) actionFacets(but ledger.Kind, rows []*ledger.Row) []Facet {
	var facets []Facet
	for _, k := range ledger.Kinds {
		if k == but {
			continue
		}
		f := Facet{Title: kindNames[k].many, URL: p.site.URL(ledger.Address + string(k) + "/")}
		shown := func(g *ledger.Group) int {
			if k == ledger.ByState || but == ledger.ByState {
				return g.Totals.All
			}
			return g.Totals.Unsettled()
		}
		groups := p.ledger().Count(k, rows)
		if k == ledger.ByOwner || k == ledger.ByService { // the others have an order of their own
			slices.SortStableFunc(groups, func(a, b *ledger.Group) int {
				return cmp.Or(cmp.Compare(one(a.None), one(b.None)), cmp.Compare(shown(b), shown(a)))
			})
		}
		for _, g := range groups {
			n := shown(g)
			switch {
			case n == 0:
			case len(f.Terms) == actionTerms:
				f.More++
			default:
				f.Terms = append(f.Terms, Count{Title: actionGroupName(g), URL: p.site.URL(g.Address), N: n})
			}
		}
		if len(f.Terms) > 0 {
			facets = append(facets, f)
		}
	}
	return facets
}

func (p *Plan) actionGroups(k ledger.Kind) ActionGroups {
	name := kindNames[k]
	v := ActionGroups{
		Frame:   p.frame("actions", ledger.Address+string(k)+"/", "Actions · "+name.many, "", nil, p.section("Actions", ledger.Address)),
		Heading: name.many, Label: name.one,
	}
	for _, g := range p.ledger().Groups(k) {
		v.Rows = append(v.Rows, ActionGroup{
			Name: actionGroupName(g), URL: p.site.URL(g.Address), None: g.None,
			Overdue: g.Totals.Overdue, Open: g.Totals.Open, Proposed: g.Totals.Proposed, Settled: g.Totals.Settled(),
		})
	}
	return v
}

// actionCalendar is the days of the actions that are not settled.
func (p *Plan) actionCalendar(name, at string, rows []*ledger.Row) CalendarFile {
	c := CalendarFile{Name: name, Description: "Actions after incidents, on the day on which they are due", Path: at}
	same := map[string]int{}
	for _, r := range rows {
		i := r.Incident.Incident
		what := r.ID
		if what == "" {
			what = r.Title
		}
		id := "action\n" + r.Incident.Address + "\n" + what
		if same[id]++; same[id] > 1 {
			id = fmt.Sprintf("%s\n%d", id, same[id])
		}
		if r.Settled() || r.Due.IsZero() {
			continue
		}
		text := []string{r.Incident.Title}
		if len(r.Owners) > 0 {
			text = append(text, "Owner: "+strings.Join(r.Owners, ", "))
		}
		if r.Status != kb.ActionOpen {
			text = append(text, "State: "+string(r.Status))
		}
		if t := ticket(p.site.Config, r.Ticket); t.Title != "" {
			text = append(text, "Ticket: "+strings.TrimSpace(t.Title+" "+strings.TrimPrefix(t.URL, t.Title)))
		}
		changed := i.Resolved
		if !changed.Known() {
			changed = i.Started
		}
		c.Entries = append(c.Entries, CalendarEntry{
			ID: id, At: kb.When{Time: r.Due.Time(), Precision: kb.Day},
			Changed: changed, Title: "Due: " + r.Title, Text: strings.Join(text, "\n"),
			URL: p.site.AbsoluteURL(r.Incident.Address) + "#" + site.ActionID(i, r.N),
		})
	}
	return c
}

// ticket links to a ticket. Of an address, its end is shown.
func ticket(c kb.Config, text string) Ref { return Ref{ticketName(text), site.TicketURL(c, text)} }

// ticketName is what people call a ticket: of an address, its end.
func ticketName(text string) string {
	u, err := url.Parse(text)
	if err != nil || u.Host == "" || !site.AllowedURL(text) {
		return text
	}
	name := path.Base(u.Path)
	switch {
	case name == "/" || name == ".":
		return u.Host
	case strings.Trim(name, "0123456789") == "":
		return "#" + name
	}
	return name
}

// one is 1 for what is so.
func one(is bool) int {
	if is {
		return 1
	}
	return 0
}
