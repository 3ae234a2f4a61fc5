package insight

import (
	"slices"
	"sort"

	"debrief/internal/kb"
	"debrief/internal/site"
)

// Actions is what became of the actions of incidents over time.
type Actions struct {
	Periods
	Types []kb.ActionType // those that occur, in their order; empty, the last, for actions that say none

	// Of each period, of each type.
	Left    [][]int // at its end, or today: neither done nor declined
	Closed  [][]int // within it, done or declined
	Overdue [][]int // at its end, or today: left and past their day

	Total          int // actions
	Settled        int // done or declined
	Open, Proposed int
	OverdueNow     int
	ClosedUndated  int // settled without saying when; in none of the tables
	Undated        int // of incidents that say neither their start nor their resolution; in none of the tables
}

// maxActionPeriods is how many periods there are at most: two years are told by
// months, six by quarters.
const maxActionPeriods = 24

// ActionsOf follows the actions of incidents. An action counts from the day
// that its incident was resolved, else from that of its start, and no later than it
// was closed; days to come count as today.
func ActionsOf(s *site.Site, list []*site.Entry) Actions {
	var a Actions
	today := s.Today()
	types := append(slices.Clone(kb.ActionTypes), "")
	seen := make([]bool, len(types))
	var lives []life
	first := today
	for _, e := range list {
		opened, known := openedOn(s, e.Incident)
		opened = earlier(opened, today)
		for _, action := range e.Incident.Actions {
			a.count(action, today)
			l := life{opened: opened, due: action.Due, kind: slices.Index(types, action.Type)}
			if l.kind < 0 {
				l.kind = len(types) - 1
			}
			switch {
			case action.Settled() && action.Closed.IsZero():
				a.ClosedUndated++
				continue
			case !known && action.Closed.IsZero():
				a.Undated++
				continue
			case action.Settled():
				l.closed = earlier(action.Closed, today)
				if !known {
					l.opened = l.closed
				}
				l.opened = earlier(l.opened, l.closed)
			}
			seen[l.kind] = true
			first = earlier(first, l.opened)
			lives = append(lives, l)
		}
	}
	if len(lives) == 0 {
		return a
	}
	place := make([]int, len(types))
	for i, t := range types {
		if seen[i] {
			place[i] = len(a.Types)
			a.Types = append(a.Types, t)
		}
	}
	a.Periods = NewPeriods(monthOf(first), monthOf(today), maxActionPeriods, PerMonth, PerQuarter, PerYear, PerDecade, PerCentury)
	a.Left, a.Closed, a.Overdue = table(a.N, len(a.Types)), table(a.N, len(a.Types)), table(a.N, len(a.Types))
	for _, l := range lives {
		a.follow(l, place[l.kind], today)
	}
	return a
}

// life is an action from when it was opened to when it was closed.
type life struct {
	opened, closed, due kb.Date // closed and due are zero when there is none
	kind                int
}

func (a *Actions) count(action kb.Action, today kb.Date) {
	a.Total++
	switch {
	case action.Settled():
		a.Settled++
	case action.Status == kb.ActionProposed:
		a.Proposed++
	default:
		a.Open++
	}
	if action.Overdue(today) {
		a.OverdueNow++
	}
}

// follow adds an action to the periods in which it was left, closed or overdue.
func (a *Actions) follow(l life, kind int, today kb.Date) {
	from := a.Of(monthOf(l.opened))
	to := a.N
	if !l.closed.IsZero() {
		to = a.Of(monthOf(l.closed))
		a.Closed[to][kind]++
	}
	for i := from; i < to; i++ {
		a.Left[i][kind]++
	}
	if l.due.IsZero() {
		return
	}
	late := sort.Search(a.N, func(i int) bool {
		if i == a.N-1 {
			return today.After(l.due)
		}
		return a.At(i + 1).First().After(next(l.due))
	})
	for i := max(from, late); i < to; i++ {
		a.Overdue[i][kind]++
	}
}
