package view

import "html/template"

// Incident is one post-mortem.
type Incident struct {
	Frame
	ID, Heading string
	Summary     string
	Severity    Badge
	Status      string
	Safety      string // "near miss", where something is to be said of people's safety; else empty
	Impact      string // in a sentence, or empty
	Duration    string // from start to resolution, or empty
	Zone        string // in which its times are written, "Europe/Berlin"; empty when it has none with an hour
	Review      []ReviewStep
	Moments     []Moment
	Facts       []Fact
	Course      Course
	Actions     IncidentActions
	Contents    []Heading
	Body        template.HTML
	Links       []Ref  // elsewhere: status pages, the original report
	RunSheet    string // URL of the meeting about it
	Related     []Related
	Mentions    []Mention
	Newer       *Ref
	Older       *Ref
}

// Fact is a named line of an incident's metadata. It has Refs, Text or At; with
// none of them, the fact is unknown and shown as such.
type Fact struct {
	Name string
	Refs []Ref
	Text string
	At   Stamp
}

// Moment is a named time of an incident; an empty Stamp is unknown.
type Moment struct {
	Name   string // "Started", "Detected", ...
	Verb   string // "detect"; empty for the start
	At     Stamp
	Took   string // from the start, "23 min", or empty when unknown
	Stated bool   // Took is what the post-mortem says, not what its times do
}

// Course is the timeline of an incident: a drawing, and the same as rows.
type Course struct {
	Drawing template.HTML // SVG; empty when there is too little to draw
	Phases  []Phase       // the bands of the drawing, in order
	Key     string        // what its points look like, where they differ
	Rows    []EventRow    // in the order written
	Undated int           // rows that the drawing cannot show, since their times are unknown
}

// Phase is a band of a timeline.
type Phase struct {
	Name   string // "Undetected"
	Class  string
	Length string // "23 min"
}

// EventRow is an entry of a timeline.
type EventRow struct {
	Day      Stamp // set where the day is another than that of the row before
	At       Stamp // the hour; empty when unknown
	ThatDay  bool  // the day is known and the hour is not
	Until    Stamp // the end of a range
	About    bool
	Since    string // "+23 min" after the start, or empty
	Text     string
	URL      string // of its place in the text, or empty
	Mark     string // "detected", or empty
	Evidence []Ref
}

// IncidentActions are what the actions of one incident come to, and those of the
// front matter, which stand nowhere else on the page.
type IncidentActions struct {
	Unfinished
	Total, Unowned int    // those without an owner are not settled
	URL            string // of the first of them on the page
	LedgerURL      string // of the page with the actions of all incidents
	Rows           []IncidentAction
}

// IncidentAction is an action of the front matter.
type IncidentAction struct {
	ID     string // of its element
	Name   string // "A1", or empty
	Title  string
	Owner  string
	Type   string
	State  string // proposed, open, done, declined
	Late   bool   // overdue
	Due    Stamp
	Closed Stamp
	Since  Stamp // since when it is open
	Ticket Ref   // the URL may be empty
	Result string
}

// ReviewStep is a step of the review of a post-mortem.
type ReviewStep struct {
	Name  string // "Meeting"
	State string // done, planned, due, overdue
	Due   Stamp
	At    Stamp  // when the meeting is or was, or empty
	Left  string // "in 3 days", "today", "2 days late"; empty when done
}

// Reviews are the steps that are due next, the most pressing first.
type Reviews struct {
	Rows     []ReviewRow
	Pressing bool   // the first is late, or due within a week
	More     int    // incidents that are not listed here
	URL      string // of the calendar with all of them
}

// ReviewRow is what is due next for an incident.
type ReviewRow struct {
	Title, URL string
	Severity   Badge
	Day        Stamp
	What       string // "Post-mortem meeting due"
	Step       ReviewStep
}
