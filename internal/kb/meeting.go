package kb

// Part is what a page of the playbook is used for in a run-sheet.
type Part string

// The parts. A page without one is only read.
const (
	PartPreparation Part = "preparation" // its tasks are ticked off before the meeting
	PartScript      Part = "script"      // it is the meeting
	PartAfter       Part = "after"       // its tasks follow the meeting
)

// Task is something to tick off.
type Task struct {
	Group string // the heading that it stands under
	Title string // the words in bold that it begins with, or empty
	Text  string // the rest
}

// Script is a meeting as it can be led: steps with a time each, and what is said
// in them.
type Script struct {
	Lengths  []int          // of whole meetings, in minutes, ascending
	Severity map[string]int // the length for a severity, by its id; one of Lengths
	Steps    []Step
}

// Step is a part of a meeting.
type Step struct {
	Title   string
	ID      string // of its heading on the script's page
	Minutes []int  // for each of the script's lengths
	Lines   []Line
	Done    []string // how one can tell that the step has reached its end
}

// LineKind tells what a line of a script is for.
type LineKind string

// The kinds. A line that begins with another word in bold is spoken by whom that
// word names.
const (
	LineSay     LineKind = "say"
	LineCue     LineKind = "cue"     // when to begin
	LinePause   LineKind = "pause"   // what to wait for
	LineListen  LineKind = "listen"  // what to notice
	LineTrouble LineKind = "trouble" // what to do when it goes wrong
	LineNote    LineKind = "note"    // anything else
)

// Line is a line of a script. Words in square brackets in it stand for others:
// "[Engineer 1]".
type Line struct {
	Kind    LineKind
	Speaker string // of a spoken line, "Facilitator"
	Text    string
	Under   string // the heading inside the step that it stands under, or empty
	Links   []int  // places in Doc.Links
}

// Situation is a heated moment and what to say in it.
type Situation struct {
	Cue     string // what one hears
	Move    string // what to do, in a few words
	Say     []string
	DontSay []string
	Key     int // 1 to 9 for those that a single key brings up; 0 otherwise
}

// Card is a moment to practise.
type Card struct {
	Title   string
	ID      string // of its heading
	Scene   string
	Heated  string // what is said to the facilitator
	Replies []Reply
	Next    string // title of the card that follows, or empty
}

// Reply is an answer that a facilitator might give.
type Reply struct {
	Text    string
	LeadsTo string
	Why     string
	Best    bool
	Next    string // title of the card that this reply leads to, or empty for the card's own next
}
