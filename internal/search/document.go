package search

import (
	"slices"
	"strings"

	"debrief/internal/markdown"
	"debrief/internal/site"
)

// Document is what search knows of a page.
type Document struct {
	Key      string // the page's path in the content folder; unique
	ID       string // of an incident
	Title    string
	Kind     string
	URL      string
	Severity string
	Rank     int    // of the severity, 0 when unknown
	Date     string // 2026-03-12, or empty
	Services []string
	Terms    []string // id, severity, services, factors, tags, other names: searched like headings
	Doc      *markdown.Doc
}

// Documents returns the site's pages as search sees them, in the order of
// their paths. A document's place in the list is its number.
func Documents(s *site.Site) []Document {
	docs := make([]Document, 0, len(s.Entries))
	for _, e := range s.Entries {
		d := Document{Key: e.Path, Title: e.Title, Kind: e.Kind.String(), URL: s.URL(e.Address), Doc: e.Doc}
		if i := e.Incident; i != nil {
			d.ID = i.ID
			d.Severity, d.Rank, d.Services = i.Severity, s.Config.SeverityRank(i.Severity), i.Services
			if i.Started.Known() {
				d.Date = i.Started.Time.In(s.Config.Zone).Format("2006-01-02")
			}
			d.Terms = slices.Concat([]string{i.ID, i.Organisation, i.Severity}, i.Services, i.Factors, i.Tags, i.Components, i.Platforms, i.Authors)
		}
		if e.Term != nil {
			d.Terms = e.Term.Also
		}
		docs = append(docs, d)
	}
	return docs
}

// same tells whether two documents have the same words.
func (d Document) same(o Document) bool {
	return d.Doc == o.Doc && d.Title == o.Title && slices.Equal(d.Terms, o.Terms)
}

var parted = strings.NewReplacer("-", " ", "_", " ")

// text is the words of one field.
func (d Document) text(f field) string {
	var b strings.Builder
	line := func(s string) {
		if s != "" {
			b.WriteString(s)
			b.WriteByte('\n')
		}
	}
	switch f {
	case title:
		line(d.Title)
	case headings:
		for _, h := range d.Doc.Headings {
			line(h.Text)
		}
		for _, t := range d.Terms {
			line(t)
			if strings.ContainsAny(t, "-_") { // "key-rotation" is found by "rotation"
				line(parted.Replace(t))
			}
		}
	case body:
		for _, s := range d.Doc.Sections {
			line(s.Text)
		}
	}
	return b.String()
}

// field is a part of a document with a weight of its own.
type field int

const (
	title field = iota
	headings
	body
	fields // how many there are
)

func (f field) name() string { return [...]string{"title", "headings", "body"}[f] }
