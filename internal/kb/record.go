package kb

import (
	"time"

	"debrief/internal/diag"
)

// Mark is a named moment in the course of an incident.
type Mark string

// The marks in the order in which they mostly come.
const (
	MarkStarted      Mark = "started"
	MarkDetected     Mark = "detected"
	MarkAcknowledged Mark = "acknowledged"
	MarkMitigated    Mark = "mitigated"
	MarkResolved     Mark = "resolved"
)

// Marks are all of them, in order.
var Marks = []Mark{MarkStarted, MarkDetected, MarkAcknowledged, MarkMitigated, MarkResolved}

// Event is an entry of a timeline.
type Event struct {
	At      When   // in the zone in which it is written
	Until   When   // the end of a range, "14:02-14:10"; unknown for a single moment
	About   bool   // written as roughly so, "~14:30"
	Seconds bool   // written to the second
	Text    string // without mark-up and without the time
	Mark    Mark   // what the entry says it is, or empty
	Links   []int  // its evidence: places in Doc.Links
	Line    int    // of the file
	ID      string // of the element on the page that holds it
}

// Action is a piece of work that a post-mortem ends in.
type Action struct {
	ID     string // "A1", or empty
	Title  string
	Owner  string       // without "@"; empty when nobody is named
	Due    Date         // zero when no day is named
	Type   ActionType   // empty when unknown
	Status ActionStatus // open unless something else is written
	Ticket string       // "#123", "ANCHOR-12" or an address
	Result string       // whether it worked or, of a declined one, why
	Closed Date         // the day it was done or declined
	Anchor string       // id of the element on the page that holds it; empty when it stands in the front matter
	At     diag.Pos
}

// Settled tells whether nothing is left to do.
func (a Action) Settled() bool { return a.Status == ActionDone || a.Status == ActionDeclined }

// Overdue tells whether the action should have been done before today.
func (a Action) Overdue(today Date) bool {
	return !a.Settled() && !a.Due.IsZero() && today.After(a.Due)
}

// ActionType is what an action is good for.
type ActionType string

// ActionTypes are the known types.
var ActionTypes = []ActionType{"prevent", "detect", "mitigate", "respond", "safety"}

// ActionStatus is how far an action has come.
type ActionStatus string

const (
	ActionProposed ActionStatus = "proposed"
	ActionOpen     ActionStatus = "open"
	ActionDone     ActionStatus = "done"
	ActionDeclined ActionStatus = "declined"
)

// ActionStatuses are all of them, in order.
var ActionStatuses = []ActionStatus{ActionProposed, ActionOpen, ActionDone, ActionDeclined}

// Platform is something that the incident happened on.
type Platform struct {
	Device, Firmware, Build string // each may be empty, not all
}

// String returns "Quest 3, firmware 62.0, build 1204".
func (p Platform) String() string {
	s := p.Device
	add := func(name, value string) {
		switch {
		case value == "":
		case s == "":
			s = name + " " + value
		default:
			s += ", " + name + " " + value
		}
	}
	add("firmware", p.Firmware)
	add("build", p.Build)
	return s
}

// Impact is what an incident did to people.
type Impact struct {
	Summary         string
	Users, Sessions Number
}

// Number is a whole number that may be unknown, and is otherwise not negative.
type Number struct {
	N     int
	Known bool
}

// Length is a length of time that may be unknown.
type Length struct {
	time.Duration
	Known bool
}

// Stated are the lengths that a post-mortem gives in words, "4 hours 42 minutes",
// where the times themselves may be missing.
type Stated struct {
	ToDetect, ToMitigate, ToResolve Length // each from the start
}

// Safeties are the answers to whether somebody came to harm.
var Safeties = []string{"none-reported", "discomfort", "near-miss", "injury", "unknown"}

// Detections are the ways in which an incident is noticed, unless a site has its
// own.
var Detections = []string{"alert", "customer-report", "staff", "partner", "chance"}

// Triggers are what sets incidents off, unless a site has its own.
var Triggers = []string{"config-change", "deployment", "load", "hardware", "expiry", "dependency", "data", "time", "attack"}

// Role is a part that somebody has in dealing with an incident.
type Role struct {
	Name string // "owner", "commander", "scribe", "facilitator" or another word
	Who  string // a person or a team
}
