package feed

import (
	"encoding/xml"
	"time"

	"debrief/internal/kb"
	"debrief/internal/site"
	"debrief/internal/view"
)

// maxEntries is how many of the newest incidents a feed holds.
const maxEntries = 30

// The parts of RFC 4287 that a feed of incidents needs.
type atomFeed struct {
	XMLName xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	Lang    string      `xml:"xml:lang,attr"`
	ID      string      `xml:"id"`
	Title   string      `xml:"title"`
	Sub     string      `xml:"subtitle,omitempty"`
	Updated string      `xml:"updated"`
	Links   []atomLink  `xml:"link"`
	Author  atomPerson  `xml:"author"`
	Entries []atomEntry `xml:"entry"`
}

type atomLink struct {
	Rel  string `xml:"rel,attr"`
	Type string `xml:"type,attr,omitempty"`
	Href string `xml:"href,attr"`
}

type atomPerson struct {
	Name string `xml:"name"`
}

type atomTerm struct {
	Term string `xml:"term,attr"`
}

type atomEntry struct {
	ID         string       `xml:"id"`
	Title      string       `xml:"title"`
	Published  string       `xml:"published,omitempty"`
	Updated    string       `xml:"updated"`
	Links      []atomLink   `xml:"link"`
	Authors    []atomPerson `xml:"author"`
	Categories []atomTerm   `xml:"category"`
	Summary    string       `xml:"summary,omitempty"`
}

// Atom returns a feed of the newest incidents of a list. Times come from the
// incidents alone, so that the feed changes only when they do.
func Atom(s *site.Site, list view.Feed) ([]byte, error) {
	f := atomFeed{
		Lang: s.Config.Language, ID: s.AbsoluteURL(list.Page), Title: list.Title, Sub: list.Description,
		Updated: time.Unix(0, 0).UTC().Format(time.RFC3339),
		Links: []atomLink{
			{Rel: "self", Type: "application/atom+xml", Href: s.AbsoluteURL(list.Self)},
			{Rel: "alternate", Type: "text/html", Href: s.AbsoluteURL(list.Page)},
		},
		Author: atomPerson{s.Config.Title},
	}
	newest := time.Time{}
	for _, e := range list.Incidents[:min(maxEntries, len(list.Incidents))] {
		i := e.Incident
		last := latest(i)
		entry := atomEntry{
			ID: s.AbsoluteURL(e.Address), Title: e.Title, Updated: last.UTC().Format(time.RFC3339),
			Links: []atomLink{{Rel: "alternate", Type: "text/html", Href: s.AbsoluteURL(e.Address)}}, Summary: e.Summary,
		}
		if i.Started.Known() {
			entry.Published = rfc3339(i.Started)
		}
		for _, a := range i.Authors {
			entry.Authors = append(entry.Authors, atomPerson{a})
		}
		for _, term := range terms(i) {
			entry.Categories = append(entry.Categories, atomTerm{term})
		}
		f.Entries = append(f.Entries, entry)
		if last.After(newest) {
			newest = last
		}
	}
	if !newest.IsZero() {
		f.Updated = newest.UTC().Format(time.RFC3339)
	}
	return encode(f)
}

// rfc3339 writes a moment in UTC; a day, in the incident's zone, so that it stays
// that day.
func rfc3339(w kb.When) string {
	if w.Precision == kb.Day {
		return w.Time.Format(time.RFC3339)
	}
	return w.Time.UTC().Format(time.RFC3339)
}

// latest is the last moment that is known of an incident, and 1970 when there
// is none: a feed cannot do without.
func latest(i *kb.Incident) time.Time {
	last, known := time.Unix(0, 0), false
	for _, w := range []kb.When{i.Started, i.Detected, i.Acknowledged, i.Mitigated, i.Resolved} {
		if w.Known() && (!known || w.Time.After(last)) {
			last, known = w.Time, true
		}
	}
	return last
}

// terms is what an incident is about, in words.
func terms(i *kb.Incident) []string {
	var list []string
	for _, words := range [][]string{{i.Severity}, i.Services, i.Factors, i.Tags} {
		for _, w := range words {
			if w != "" {
				list = append(list, w)
			}
		}
	}
	return list
}
