package kb

import (
	"net/url"
	"strings"
	"time"

	"debrief/internal/diag"
)

// Config is a site's own settings, from content/site.yaml.
type Config struct {
	Title       string
	Description string
	BaseURL     *url.URL // absolute; its path begins and ends with a slash
	Language    string   // BCP 47
	Zone        *time.Location
	Severities  []Severity // from the worst on
	Navigation  []NavEntry
	EditURL     string // pattern with {path} for the file's path in the content folder, or empty
	TicketURL   string // pattern with {ticket} for a ticket that is not an address, or empty
	RawHTML     bool
	Public      bool      // the site is for everybody, so internal pages are left out
	Services    []Service // those declared; incidents may name others, which is then reported
	Factors     []Name
	Triggers    []Name
	Detections  []Name
	StartHere   []StartEntry // incidents that explain the systems, chosen by people
	Clock       Clock
}

// Service is a part of the systems that somebody looks after.
type Service struct {
	ID          string // as written in front matter
	Description string
	Owner       string
	URL         string // of its runbook or dashboard, or empty
}

// Name is a word of a vocabulary.
type Name struct {
	ID          string
	Description string
}

// StartEntry names an incident for people who begin here.
type StartEntry struct {
	Incident string // id, title or path
	Why      string // in a sentence, or empty
	At       diag.Pos
}

// Span is a length of time: of the clock, or of days that count.
type Span struct {
	Hours        int
	Days         int
	BusinessDays int
}

// IsZero tells whether nothing is to be done by then.
func (s Span) IsZero() bool { return s == Span{} }

// Clock says when the review of an incident is due.
type Clock struct {
	Default  Review
	Severity map[string]Review // by the severity's id, where it differs
	Weekend  []time.Weekday
	Holidays []Date
}

// Of returns the review of incidents of a severity.
func (c Clock) Of(severity string) Review {
	if r, ok := c.Severity[severity]; ok {
		return r
	}
	return c.Default
}

// Review is how long each step may take. A step with a zero Span is not due.
type Review struct {
	Meeting   Span // from the resolution
	Plan      Span // from the meeting: the action plan is sent
	Ratified  Span // from the meeting: the plan is agreed
	Published Span // from the resolution
}

// DefaultClock is three days to the meeting for the two worst severities, five
// business days for others; a plan after 24 hours, agreed after two business days;
// published after ten.
func DefaultClock() Clock {
	c := Clock{
		Default:  Review{Meeting: Span{BusinessDays: 5}, Plan: Span{Hours: 24}, Ratified: Span{BusinessDays: 2}, Published: Span{BusinessDays: 10}},
		Severity: map[string]Review{},
		Weekend:  []time.Weekday{time.Saturday, time.Sunday},
	}
	soon := c.Default
	soon.Meeting = Span{Days: 3}
	for _, s := range []string{"SEV1", "SEV2"} {
		c.Severity[s] = soon
	}
	return c
}

// Severity is a grade of the site's own scale.
type Severity struct {
	ID          string // as written in front matter, "SEV1"
	Name        string
	Description string
}

// NavEntry is an entry of the main navigation. URL is a path on the site, from
// its root and without the base path, or an address elsewhere.
type NavEntry struct {
	Title, URL string
	At         diag.Pos // of the URL in site.yaml
}

// DefaultConfig is what a site without a site.yaml gets.
func DefaultConfig() Config {
	return Config{
		Title:    "Incidents",
		BaseURL:  &url.URL{Scheme: "http", Host: "localhost:4321", Path: "/"},
		Language: "en",
		Zone:     time.UTC,
		Severities: []Severity{
			{ID: "SEV1", Name: "Critical"}, {ID: "SEV2", Name: "Major"}, {ID: "SEV3", Name: "Minor"}, {ID: "SEV4", Name: "Low"},
		},
		Navigation: []NavEntry{
			{Title: "Incidents", URL: "/incidents/"}, {Title: "Actions", URL: "/actions/"}, {Title: "Insights", URL: "/insights/"}, {Title: "Playbook", URL: "/playbook/"}, {Title: "Glossary", URL: "/glossary/"},
		},
		Clock: DefaultClock(),
	}
}

// SeverityRank returns the place of a severity on the site's scale, from 1, the
// worst. It is 0 for a severity that the site does not know.
func (c Config) SeverityRank(id string) int {
	for i, s := range c.Severities {
		if strings.EqualFold(s.ID, id) {
			return i + 1
		}
	}
	return 0
}
