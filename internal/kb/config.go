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
	RawHTML     bool
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
			{Title: "Incidents", URL: "/incidents/"}, {Title: "Playbook", URL: "/playbook/"}, {Title: "Glossary", URL: "/glossary/"},
		},
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
