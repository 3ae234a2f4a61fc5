package record

import (
	"debrief/internal/site"
)

// Index is everything that a site has, in short, as in index.json.
type Index struct {
	Version     int        `json:"version"`
	Generator   string     `json:"generator"`
	Title       string     `json:"title"`
	Description string     `json:"description"`
	URL         string     `json:"url"`
	Language    string     `json:"language"`
	Timezone    string     `json:"timezone"`
	Incidents   []Short    `json:"incidents"` // newest first, undated ones last
	Playbook    []Page     `json:"playbook"`
	Glossary    []Page     `json:"glossary"`
	Pages       []Page     `json:"pages"`
	Taxonomies  []Taxonomy `json:"taxonomies"`
}

// Short is an incident in the index; JSON leads to the rest of it.
type Short struct {
	ID       string   `json:"id"`
	Title    string   `json:"title"`
	URL      string   `json:"url"`
	JSON     string   `json:"json_url"`
	Status   string   `json:"status"`
	Severity string   `json:"severity"` // its id
	Started  *Time    `json:"started"`
	Services []string `json:"services"`
	Factors  []string `json:"factors"`
	Tags     []string `json:"tags"`
	Summary  string   `json:"summary"`
}

// Page is any page that is no incident.
type Page struct {
	Title   string   `json:"title"`
	URL     string   `json:"url"`
	Summary string   `json:"summary"`
	Also    []string `json:"also"` // other names of a glossary term
}

// Taxonomy is a way of grouping incidents.
type Taxonomy struct {
	ID    string `json:"id"` // services, factors, severities, tags, years
	Title string `json:"title"`
	URL   string `json:"url"`
	Terms []Term `json:"terms"`
}

// Term is the incidents that have something in common.
type Term struct {
	Name        string `json:"name"`
	Description string `json:"description"`
	Owner       string `json:"owner"` // of a service that has one
	URL         string `json:"url"`
	Incidents   int    `json:"incidents"` // how many
}

// All returns the index of a site.
func All(s *site.Site) Index {
	c := s.Config
	x := Index{
		Version: Version, Generator: Generator, Title: c.Title, Description: c.Description,
		URL: s.AbsoluteURL(""), Language: c.Language, Timezone: c.Zone.String(),
		Incidents: make([]Short, 0, len(s.Incidents)),
		Playbook:  pages(s, s.PlaybookIntro, s.Guides), Glossary: pages(s, s.GlossaryIntro, s.Terms), Pages: pages(s, s.Home, s.Pages),
		Taxonomies: make([]Taxonomy, 0, len(s.Taxonomies)),
	}
	for _, e := range s.Incidents {
		i := e.Incident
		url := s.AbsoluteURL(e.Address)
		x.Incidents = append(x.Incidents, Short{
			ID: i.ID, Title: e.Title, URL: url, JSON: url + FileName, Status: i.Status, Severity: i.Severity,
			Started: timeOf(i.Started, i.Zone), Services: names(s, "services", i.Services), Factors: names(s, "factors", i.Factors),
			Tags: names(s, "tags", i.Tags), Summary: e.Summary,
		})
	}
	for _, t := range s.Taxonomies {
		tax := Taxonomy{ID: t.Key, Title: t.Plural, URL: s.AbsoluteURL(t.Key + "/"), Terms: make([]Term, 0, len(t.Terms))}
		for _, g := range t.Terms {
			term := Term{Name: g.Name, Description: g.Description, URL: s.AbsoluteURL(g.Address), Incidents: len(g.Incidents)}
			if t.Key == "services" {
				if declared, ok := s.Service(g.Name); ok {
					term.Owner = declared.Owner
				}
			}
			tax.Terms = append(tax.Terms, term)
		}
		x.Taxonomies = append(x.Taxonomies, tax)
	}
	return x
}

// pages lists the pages of a kind; first, which may be nil, comes first.
func pages(s *site.Site, first *site.Entry, rest []*site.Entry) []Page {
	list := make([]Page, 0, len(rest)+1)
	add := func(e *site.Entry) {
		p := Page{Title: e.Title, URL: s.AbsoluteURL(e.Address), Summary: e.Summary, Also: []string{}}
		if e.Term != nil {
			p.Also = append(p.Also, e.Term.Also...)
		}
		list = append(list, p)
	}
	if first != nil {
		add(first)
	}
	for _, e := range rest {
		add(e)
	}
	return list
}
