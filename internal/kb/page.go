package kb

import (
	"time"

	"debrief/internal/diag"
	"debrief/internal/markdown"
)

// Kind tells what a page is about.
type Kind int

const (
	KindIncident Kind = iota // a post-mortem
	KindGuide                // a chapter of the playbook
	KindTerm                 // a glossary term
	KindPlain                // any other page
)

// String returns the kind as readers know it.
func (k Kind) String() string {
	return [...]string{"incident", "playbook", "glossary term", "page"}[k]
}

// Page is what every kind of page has.
type Page struct {
	Kind    Kind
	Path    string // of the file in the content folder, "incidents/2026/x.md"
	Title   string
	Summary string   // one sentence, or empty
	Slug    string   // the address that the author asked for, or empty
	Aliases []string // earlier addresses
	Also    []string // what else people call it, and look for it by; of a term, its other names
	Draft   bool
	Public  bool // not for internal readers only
	Publish Date // not shown before this day, when set
	NoTerms bool // glossary terms are not marked on it
	Doc     *markdown.Doc
	At      map[string]diag.Pos // where each front matter key stands
}

// Incident is the record of an incident, its post-mortem.
type Incident struct {
	Page
	ID      string // given, or taken from the file's name
	IDGiven bool

	Status       string // draft, in-review, reviewed, closed; empty when unknown
	Severity     string // the id of one of the site's severities; empty when unknown
	Started      When   // from the front matter, else from the timeline or the file's name
	Detected     When   // these four from the front matter, else from the timeline
	Acknowledged When
	Mitigated    When
	Resolved     When
	Zone         *time.Location // in which its times are shown: the front matter's, the timeline's or the site's; never nil

	Services     []string
	Components   []string
	Platforms    []Platform
	Factors      []string
	Tags         []string
	Authors      []string
	Organisation string
	Related      []string // other pages: ids, titles or paths
	Links        []ExternalLink

	Trigger   string // what set it off, or empty
	Detection string // how it was noticed, or empty
	Impact    Impact
	Safety    string // one of Safeties, or empty
	Roles     []Role // in the order written
	Meeting   When   // of the post-mortem
	Stated    Stated

	Events  []Event  // its timeline, in the order written
	Actions []Action // those of the front matter first, then those of the text
}

// Moment returns the moment of a mark.
func (i *Incident) Moment(m Mark) When {
	switch m {
	case MarkStarted:
		return i.Started
	case MarkDetected:
		return i.Detected
	case MarkAcknowledged:
		return i.Acknowledged
	case MarkMitigated:
		return i.Mitigated
	}
	return i.Resolved
}

// ExternalLink leads to a page elsewhere: a status page, the original report.
type ExternalLink struct {
	Title, URL string
	Key        string // of the front matter that holds it
}

// Guide is a chapter of the playbook. The chapters are sorted by Order, then
// by path.
type Guide struct {
	Page
	Order     int
	Part      Part       // what a run-sheet uses it for
	Tasks     []Task     // of a page for before or after the meeting
	Script    *Script    // of the meeting
	Situation *Situation // set for a page about a heated moment
	Cards     []Card     // of a page to practise with
}

// Term is an entry of the glossary.
type Term struct {
	Page
	Unlinked bool // other pages do not mark it
}

// Statuses are the states that a post-mortem goes through, in order.
var Statuses = []string{"draft", "in-review", "reviewed", "closed"}
