package view

import (
	"cmp"
	"net/url"
	"slices"
	"strings"
	"unicode"

	"debrief/internal/site"
)

// Narrow leads from a list to the incidents that are in other lists too.
type Narrow struct {
	InPlace bool // the whole list is on one page, so that a script can narrow it there
	Sets    []NarrowSet
	Lists   []Ref // the taxonomies, for those who have no script
}

// NarrowSet is the terms of one taxonomy that a list's incidents have.
type NarrowSet struct {
	Title string
	Terms []Chip
}

// Chip is a term by which a list can be narrowed.
type Chip struct {
	Title  string
	Filter string // in the query language, "tag:cache"
	URL    string // the search for what is in the list and has the term
	N      int    // incidents of the list that have it
}

// narrowing are the taxonomies by which lists can be narrowed, with the names of
// their filters, and how many terms of each are offered.
var narrowing = []struct {
	taxonomy, filter string
	most             int
}{{"services", "service", 6}, {"factors", "factor", 8}, {"tags", "tag", 10}}

// filterOf are the names of the filters of all taxonomies.
var filterOf = map[string]string{"services": "service", "factors": "factor", "tags": "tag", "severities": "severity", "years": "year"}

// filter is a filter of the query language. Signs do not count there, and a quote
// would end the value.
func filter(name, value string) string {
	value = strings.ReplaceAll(value, `"`, " ")
	if strings.ContainsFunc(value, func(r rune) bool { return unicode.IsSpace(r) || r == ',' }) {
		value = `"` + value + `"`
	}
	return name + ":" + value
}

// searchURL is the search for a query.
func (p *Plan) searchURL(query string) string {
	return p.site.URL("search/") + "?q=" + url.QueryEscape(query)
}

// narrow offers the terms that some of a list's incidents have and others have
// not. within is the term that the list is of, or nil for the list of all.
func (p *Plan) narrow(within *site.Group, list []*site.Entry) *Narrow {
	v := &Narrow{InPlace: len(list) <= PageSize}
	query := ""
	if within != nil {
		query = filter(filterOf[within.Taxonomy.Key], within.Name) + " "
	}
	for _, by := range narrowing {
		t := p.site.Taxonomy(by.taxonomy)
		set := NarrowSet{Title: t.Plural}
		for _, c := range p.together(t, list) {
			if len(set.Terms) == by.most {
				break
			}
			if c.n < len(list) {
				text := filter(by.filter, c.group.Name)
				set.Terms = append(set.Terms, Chip{Title: c.group.Name, Filter: text, URL: p.searchURL(query + text), N: c.n})
			}
		}
		if len(set.Terms) > 0 {
			v.Sets = append(v.Sets, set)
			v.Lists = append(v.Lists, Ref{t.Plural, p.site.URL(t.Key + "/")})
		}
	}
	if len(list) < 2 || len(v.Sets) == 0 {
		return nil
	}
	return v
}

// common is a term with the number of incidents of a list that have it.
type common struct {
	group *site.Group
	n     int
}

// together counts the terms of a taxonomy among the incidents of a list, the most
// frequent first.
func (p *Plan) together(t *site.Taxonomy, list []*site.Entry) []common {
	if len(list) == len(p.site.Incidents) { // the taxonomy has counted them
		all := make([]common, len(t.Terms))
		for i, g := range t.Terms {
			all[i] = common{g, len(g.Incidents)}
		}
		return all
	}
	named := map[string]*site.Group{} // by the name as written; nil where there is none
	counts := map[*site.Group]int{}
	var seen []*site.Group // of one incident, which may write a term in two ways
	for _, e := range list {
		seen = seen[:0]
		for _, name := range termsOf(t.Key, e) {
			g, known := named[name]
			if !known {
				g, _ = t.Find(name)
				named[name] = g
			}
			if g != nil && !slices.Contains(seen, g) {
				seen = append(seen, g)
				counts[g]++
			}
		}
	}
	all := make([]common, 0, len(counts))
	for g, n := range counts {
		all = append(all, common{g, n})
	}
	slices.SortFunc(all, func(a, b common) int {
		return cmp.Or(cmp.Compare(b.n, a.n), cmp.Compare(a.group.Address, b.group.Address))
	})
	return all
}

// termsOf are the terms of an incident in a taxonomy, as written.
func termsOf(taxonomy string, e *site.Entry) []string {
	switch taxonomy {
	case "services":
		return e.Incident.Services
	case "factors":
		return e.Incident.Factors
	}
	return e.Incident.Tags
}

// marks are the filters that an incident meets, for the script that narrows a list
// in place.
func (p *Plan) marks(e *site.Entry) []string {
	var list []string
	for _, by := range narrowing {
		t := p.site.Taxonomy(by.taxonomy)
		for _, name := range termsOf(by.taxonomy, e) {
			if g, ok := t.Find(name); ok {
				if mark := filter(by.filter, g.Name); !slices.Contains(list, mark) {
					list = append(list, mark)
				}
			}
		}
	}
	return list
}
