package site

import (
	"cmp"
	"slices"
	"strconv"

	"debrief/internal/kb"
)

// Taxonomy groups the incidents by what they have in common.
type Taxonomy struct {
	Key    string // first part of the address: "services"
	Label  string // of one term: "Service"
	Plural string // "Services"
	Terms  []*Group
	byKey  map[string]*Group
}

// Group is the incidents of one term of a taxonomy.
type Group struct {
	Taxonomy    *Taxonomy
	Name        string
	Title       string // of a severity: "Critical"
	Description string // from the settings, or empty
	Address     string
	Rank        int      // of a severity, from 1; 0 for all else
	Incidents   []*Entry // newest first
}

// LeastInsights is from how many incidents on a service has a page of statistics.
// Two incidents are read sooner than counted.
const LeastInsights = 3

// Insights returns the address of the page of statistics about the group's incidents.
// Each year has one, and each service with enough incidents; for others it is empty.
func (g *Group) Insights() string {
	switch {
	case g.Taxonomy.Key == "years":
		return "insights/" + g.Name + "/"
	case g.Taxonomy.Key == "services" && len(g.Incidents) >= LeastInsights:
		return "insights/" + g.Address
	}
	return ""
}

// Find returns the group of a term, however it is spelt.
func (t *Taxonomy) Find(name string) (*Group, bool) {
	g, ok := t.byKey[fold(name)]
	return g, ok
}

// taxonomies groups the incidents. Terms that differ only in case are one, in
// its most frequent spelling.
func (s *Site) taxonomies() {
	one := func(pick func(*kb.Incident) string) func(*kb.Incident) []string {
		return func(i *kb.Incident) []string {
			if v := pick(i); v != "" {
				return []string{v}
			}
			return nil
		}
	}
	s.Taxonomies = []*Taxonomy{
		s.group("services", "Service", "Services", func(i *kb.Incident) []string { return i.Services }),
		s.group("factors", "Contributing factor", "Contributing factors", func(i *kb.Incident) []string { return i.Factors }),
		s.group("severities", "Severity", "Severities", one(func(i *kb.Incident) string { return i.Severity })),
		s.group("tags", "Tag", "Tags", func(i *kb.Incident) []string { return i.Tags }),
		s.group("years", "Year", "Years", one(s.Year)),
	}
	for _, g := range s.Taxonomies[2].Terms {
		if g.Rank = s.Config.SeverityRank(g.Name); g.Rank > 0 {
			severity := s.Config.Severities[g.Rank-1]
			g.Name, g.Title, g.Description = severity.ID, severity.Name, severity.Description
		}
	}
	for _, declared := range s.Config.Services {
		if g, ok := s.Taxonomies[0].Find(declared.ID); ok {
			g.Description = declared.Description
		}
	}
	for _, declared := range s.Config.Factors {
		if g, ok := s.Taxonomies[1].Find(declared.ID); ok {
			g.Description = declared.Description
		}
	}
	slices.SortStableFunc(s.Taxonomies[2].Terms, func(a, b *Group) int {
		return cmp.Or(compareBool(a.Rank == 0, b.Rank == 0), cmp.Compare(a.Rank, b.Rank))
	})
	slices.SortFunc(s.Taxonomies[4].Terms, func(a, b *Group) int { return cmp.Compare(b.Name, a.Name) })
}

// Year is the year in which an incident started, in its own zone, or empty
// when it is unknown.
func (s *Site) Year(i *kb.Incident) string {
	if d, ok := s.Day(i); ok {
		return strconv.Itoa(d.Year)
	}
	return ""
}

// Taxonomy returns a taxonomy by its key.
func (s *Site) Taxonomy(key string) *Taxonomy {
	for _, t := range s.Taxonomies {
		if t.Key == key {
			return t
		}
	}
	return &Taxonomy{Key: key}
}

func (s *Site) group(key, label, plural string, terms func(*kb.Incident) []string) *Taxonomy {
	t := &Taxonomy{Key: key, Label: label, Plural: plural, byKey: map[string]*Group{}}
	type spelling struct {
		group *Group
		n     int
	}
	spellings := map[string]*spelling{}
	for _, e := range s.Incidents {
		for _, name := range terms(e.Incident) {
			sp := spellings[name]
			if sp == nil {
				k := fold(name)
				if t.byKey[k] == nil {
					t.byKey[k] = &Group{Taxonomy: t}
					t.Terms = append(t.Terms, t.byKey[k])
				}
				sp = &spelling{group: t.byKey[k]}
				spellings[name] = sp
			}
			sp.n++
			if g := sp.group; len(g.Incidents) == 0 || g.Incidents[len(g.Incidents)-1] != e {
				g.Incidents = append(g.Incidents, e)
			}
		}
	}
	for name, sp := range spellings {
		g, best := sp.group, 0
		if b := spellings[g.Name]; g.Name != "" && b != nil {
			best = b.n
		}
		if sp.n > best || sp.n == best && name < g.Name {
			g.Name = name
		}
	}
	slices.SortFunc(t.Terms, func(a, b *Group) int {
		return cmp.Or(cmp.Compare(len(b.Incidents), len(a.Incidents)), cmp.Compare(fold(a.Name), fold(b.Name)))
	})
	t.assignAddresses()
	return t
}

// assignAddresses gives each term its address.
func (t *Taxonomy) assignAddresses() {
	names := make([]string, len(t.Terms))
	for i, g := range t.Terms {
		names[i] = g.Name
	}
	for i, address := range Addresses(t.Key+"/", names) {
		t.Terms[i].Address = address
	}
}
