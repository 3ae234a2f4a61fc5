package record

// Incident is one incident, as in incidents/ID/index.json.
type Incident struct {
	Version      int        `json:"version"`
	ID           string     `json:"id"`
	Title        string     `json:"title"`
	URL          string     `json:"url"`      // of its page
	JSON         string     `json:"json_url"` // of this document
	Path         string     `json:"path"`     // of its file in the content folder
	Status       string     `json:"status"`   // draft, in-review, reviewed, closed
	Severity     *Severity  `json:"severity"`
	Timezone     string     `json:"timezone"` // in which its times are written, "Europe/Berlin"
	Times        Times      `json:"times"`
	Measures     Measures   `json:"measures"`
	Services     []string   `json:"services"`
	Components   []string   `json:"components"`
	Platforms    []Platform `json:"platforms"`
	Tags         []string   `json:"tags"`
	Factors      []string   `json:"factors"`
	Trigger      string     `json:"trigger"`
	Detection    string     `json:"detection"` // how it was noticed
	Impact       Impact     `json:"impact"`
	Safety       string     `json:"safety"` // none-reported, discomfort, near-miss, injury, unknown
	Roles        []Role     `json:"roles"`
	Authors      []string   `json:"authors"`
	Organisation string     `json:"organisation"`
	Meeting      *Time      `json:"meeting"` // of the post-mortem
	Related      []string   `json:"related"` // addresses of the pages that the author calls related
	Links        []Link     `json:"links"`   // elsewhere
	Summary      string     `json:"summary"`
	Headings     []Heading  `json:"headings"`
	Events       []Event    `json:"events"`  // the timeline, in the order written
	Actions      []Action   `json:"actions"` // those of the front matter first
}

// Severity is a grade of the site's scale.
type Severity struct {
	ID   string `json:"id"`   // "SEV1"
	Name string `json:"name"` // "Critical", or empty
	Rank int    `json:"rank"` // from 1, the worst; 0 when it is not on the scale
}

// Time is a point in time as exactly as it is known.
type Time struct {
	At        string `json:"at"`
	Precision string `json:"precision"` // "instant" or "day"
}

// Times are the marks of an incident; nil where one is unknown.
type Times struct {
	Started      *Time `json:"started"`
	Detected     *Time `json:"detected"`
	Acknowledged *Time `json:"acknowledged"`
	Mitigated    *Time `json:"mitigated"`
	Resolved     *Time `json:"resolved"`
}

// Measures are the times from the start to the other marks; nil where one is
// unknown.
type Measures struct {
	ToDetect      *Measure `json:"to_detect"`
	ToAcknowledge *Measure `json:"to_acknowledge"`
	ToMitigate    *Measure `json:"to_mitigate"`
	ToResolve     *Measure `json:"to_resolve"`
}

// Measure is a length of time.
type Measure struct {
	Seconds   int64  `json:"seconds"`
	Precision string `json:"precision"` // "instant", or "day" when it counts whole days
	Stated    bool   `json:"stated"`    // written so in the text; otherwise worked out of two times
}

// Platform is something that the incident happened on.
type Platform struct {
	Device   string `json:"device"`
	Firmware string `json:"firmware"`
	Build    string `json:"build"`
}

// Impact is what an incident did to people.
type Impact struct {
	Summary  string `json:"summary"`
	Users    *int   `json:"users"`
	Sessions *int   `json:"sessions"`
}

// Role is a part in dealing with an incident.
type Role struct {
	Role string `json:"role"` // "commander"
	Who  string `json:"who"`  // mostly a team
}

// Link leads elsewhere.
type Link struct {
	Title string `json:"title"`
	URL   string `json:"url"`
}

// Heading is a part of the text.
type Heading struct {
	Level int    `json:"level"` // from 2; the title is 1
	Text  string `json:"text"`
	URL   string `json:"url"`
}

// Event is an entry of the timeline.
type Event struct {
	At    *Time    `json:"at"`
	Until *Time    `json:"until"` // the end of a range
	About bool     `json:"about"` // written as roughly so
	Text  string   `json:"text"`
	Mark  string   `json:"mark"` // started, detected, acknowledged, mitigated, resolved, or empty
	URL   string   `json:"url"`  // its place on the page
	Links []string `json:"links"`
}

// Action is a piece of work that the post-mortem ends in.
type Action struct {
	ID        string  `json:"id"`
	Title     string  `json:"title"`
	Owner     string  `json:"owner"`
	Due       *string `json:"due"`    // a date
	Type      string  `json:"type"`   // prevent, detect, mitigate, respond, safety
	Status    string  `json:"status"` // proposed, open, done, declined
	Ticket    string  `json:"ticket"` // as written
	TicketURL string  `json:"ticket_url"`
	Result    string  `json:"result"`
	Closed    *string `json:"closed"` // a date
	URL       string  `json:"url"`    // its place on the page
}
