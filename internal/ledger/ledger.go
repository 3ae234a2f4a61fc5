// Package ledger gathers the actions of all incidents of a site: what is overdue,
// who has it, and how many there are of each kind.
package ledger

import (
	"cmp"
	"slices"
	"strings"

	"debrief/internal/kb"
	"debrief/internal/site"
)

// Row is an action with what the ledger knows about it.
type Row struct {
	kb.Action
	Incident *site.Entry
	N        int      // place in the incident's actions
	Owners   []string // as the ledger spells them; empty when nobody is named
	Services []string // of the incident, as the site spells them
	Age      int      // days since the incident was resolved or, when that is unknown, since it started; -1 when both are
	Late     int      // days overdue, or 0
}

// Kind is one way of grouping actions.
type Kind string

// The ways of grouping.
const (
	ByOwner   Kind = "owners"
	ByService Kind = "services"
	ByType    Kind = "types"
	ByState   Kind = "states"
)

// Kinds are all of them.
var Kinds = []Kind{ByOwner, ByService, ByType, ByState}

// Group is the actions that have something in common. An action can be in several
// groups of a kind: it may have two owners, and is both open and overdue.
type Group struct {
	Kind    Kind
	Name    string // "platform-anchors"; for those that have none, "nobody", "no service" or "no type"
	None    bool   // the group of those that have none
	Address string // from the site's root, "actions/owners/platform-anchors/"
	Rows    []*Row // in the order of the ledger
	Totals  Totals
}

// Totals count actions. Open, Proposed, Done and Declined add up to All.
type Totals struct {
	All, Open, Proposed, Done, Declined int
	Overdue                             int // of those that are open or proposed, like the next two
	NoOwner, NoDue                      int
}

// Unsettled is how many are not done or declined.
func (t Totals) Unsettled() int { return t.Open + t.Proposed }

// Settled is how many are.
func (t Totals) Settled() int { return t.Done + t.Declined }

// Ledger is the actions of a site.
type Ledger struct {
	Rows   []*Row // the overdue first, the longest overdue before others; then by due day; without one; proposed; done; declined
	Totals Totals
	groups map[Kind][]*Group
	byName map[Kind]map[string]*Group
}

// Overdue is the state of the actions whose day has passed.
const Overdue = "overdue"

// Undated is the state of the actions that nobody gave a day, and that are not
// settled.
const Undated = "undated"

// States are what actions can be, as groups.
var States = []string{Overdue, string(kb.ActionOpen), Undated, string(kb.ActionProposed), string(kb.ActionDone), string(kb.ActionDeclined)}

// Address is where the ledger is on the site.
const Address = site.Actions

// New gathers the actions of the site's incidents.
func New(s *site.Site) *Ledger {
	l := &Ledger{groups: map[Kind][]*Group{}, byName: map[Kind]map[string]*Group{}}
	today := s.Today()
	services := s.Taxonomy("services")
	for _, e := range s.Incidents {
		if len(e.Incident.Actions) == 0 {
			continue
		}
		var names []string
		for _, name := range e.Incident.Services {
			if g, ok := services.Find(name); ok && !slices.Contains(names, g.Name) {
				names = append(names, g.Name)
			}
		}
		age := age(s, e.Incident, today)
		for n, a := range e.Incident.Actions {
			r := &Row{Action: a, Incident: e, N: n, Owners: owners(a.Owner), Services: names, Age: age}
			if a.Overdue(today) {
				r.Late = days(a.Due, today)
			}
			l.Rows = append(l.Rows, r)
		}
	}
	slices.SortStableFunc(l.Rows, compare) // of equals, those of the newest incident come first
	l.spell()
	for _, r := range l.Rows {
		l.Totals.add(r)
	}
	l.group(services)
	return l
}

// owners are the names in an action's owner.
func owners(text string) []string {
	var list []string
	for name := range strings.SplitSeq(text, ",") {
		if name = strings.TrimPrefix(strings.Join(strings.Fields(name), " "), "@"); name != "" {
			list = append(list, name)
		}
	}
	return list
}

// age is how many days ago an incident ended or, when that is unknown, began.
func age(s *site.Site, i *kb.Incident, today kb.Date) int {
	w := i.Resolved
	if !w.Known() {
		w = i.Started
	}
	day, ok := s.DayOf(i, w)
	if !ok {
		return -1
	}
	return max(0, days(day, today))
}

// days is how many days lie between two days.
func days(from, to kb.Date) int {
	return int((to.Time().Unix() - from.Time().Unix()) / (24 * 60 * 60))
}

// rank is the part of the ledger in which a row stands.
func rank(r *Row) int {
	switch {
	case r.Late > 0:
		return 0
	case r.Status == kb.ActionDone:
		return 4
	case r.Status == kb.ActionDeclined:
		return 5
	case r.Status == kb.ActionProposed:
		return 3
	case r.Due.IsZero():
		return 2
	}
	return 1
}

func compare(a, b *Row) int {
	x, y := rank(a), rank(b)
	switch {
	case x != y:
		return cmp.Compare(x, y)
	case a.Settled():
		return cmp.Or(later(b.Closed, a.Closed), later(b.Due, a.Due)) // what was settled last comes first
	case a.Due.IsZero() != b.Due.IsZero():
		return later(b.Due, a.Due)
	}
	return later(a.Due, b.Due)
}

func later(a, b kb.Date) int {
	switch {
	case a.After(b):
		return 1
	case b.After(a):
		return -1
	}
	return 0
}

func (t *Totals) add(r *Row) {
	t.All++
	switch r.Status {
	case kb.ActionProposed:
		t.Proposed++
	case kb.ActionDone:
		t.Done++
	case kb.ActionDeclined:
		t.Declined++
	default:
		t.Open++
	}
	if r.Settled() {
		return
	}
	if r.Late > 0 {
		t.Overdue++
	}
	if len(r.Owners) == 0 {
		t.NoOwner++
	}
	if r.Due.IsZero() {
		t.NoDue++
	}
}

// Only returns the part of the ledger that has some of its rows, without groups.
func (l *Ledger) Only(keep func(*Row) bool) *Ledger {
	part := &Ledger{}
	for _, r := range l.Rows {
		if keep(r) {
			part.Rows = append(part.Rows, r)
			part.Totals.add(r)
		}
	}
	return part
}

// In tells whether a row is in a group of the ledger.
func (r *Row) In(g *Group) bool { return slices.Contains(r.names(g.Kind), g.Name) }
