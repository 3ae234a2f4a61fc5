package view

import "debrief/internal/kb"

// Actions is a page of the ledger: what is still to be done on all incidents, or
// the actions of one owner, service, type or state.
type Actions struct {
	Frame
	Heading  string
	Label    string // "Owner", "Service", ...; empty on the first page of the ledger
	Any      bool   // the site has actions
	Tallies  []Tally
	NoneLate bool // nothing is overdue, and this is the page that would begin with it
	Parts    []ActionPart
	Rest     Rest
	Facets   []Facet
	Counted  string // what the facets count, in words, or empty
	Pager    Pager
	Files    []Ref        // the same for programs
	Script   string       // URL of the script that narrows by several things at once, fingerprinted
	ListURL  string       // of the actions as JSON, which it reads
	Chosen   ActionChoice // what it begins with
}

// ActionChoice is what a page of the ledger is narrowed to; each may be empty.
type ActionChoice struct {
	Owner, Service, Type, State string
}

// Rest is the settled actions that a page does not list, and what leads to them.
type Rest struct {
	N          int
	Title, URL string
}

// Tally is one number about the actions.
type Tally struct {
	Name string
	N    int
	URL  string // of the list of them, or empty
	Late bool   // they are overdue
}

// ActionPart is the actions on a page that are alike in how far they are.
type ActionPart struct {
	Title string // "Overdue"
	Late  bool   // they are overdue
	Rows  []ActionRow
}

// ActionRow is the line of an action in the ledger.
type ActionRow struct {
	Title, URL string
	Incident   Ref
	Severity   Badge
	Owners     []Ref  // none when nobody is named
	Due        Stamp  // empty when no day is named
	Late       string // "12 days overdue", or empty
	Type       Ref    // without a title when unknown
	State      string
	Closed     Stamp
	Result     string
	Ticket     Ref // its URL may be empty
}

// Unfinished counts the actions that are neither done nor declined. Open and
// proposed are two states; either may be overdue.
type Unfinished struct {
	Open, Proposed, Overdue int
}

func (u *Unfinished) add(a kb.Action, today kb.Date) {
	switch {
	case a.Settled():
		return
	case a.Status == kb.ActionProposed:
		u.Proposed++
	default:
		u.Open++
	}
	if a.Overdue(today) {
		u.Overdue++
	}
}

// ActionGroups is the list of all owners, services, types or states.
type ActionGroups struct {
	Frame
	Heading string
	Label   string // of one of them
	Rows    []ActionGroup
}

// ActionGroup is the line of an owner, a service and so on.
type ActionGroup struct {
	Name, URL                        string
	None                             bool // those without one
	Overdue, Open, Proposed, Settled int
}
