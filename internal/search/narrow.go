package search

import (
	"slices"
	"strings"
)

// narrowing is the filters of a query over the documents' facets.
type narrowing struct {
	facets  *facets
	filters []applied
}

// applied is a filter whose values exist.
type applied struct {
	field  string
	values []int // any of which will do
	not    bool
	from   int // for a range of days
	to     int
}

// newNarrowing takes the filters that make sense, and says which do not.
func newNarrowing(f *facets, filters []filter, a *Answer) *narrowing {
	n := &narrowing{facets: f}
	for _, w := range filters {
		switch w.name {
		case "":
			a.Notes = append(a.Notes, Note{Kind: "field", Typed: w.typed, Near: near(w.typed, helpful), All: helpful})
		case "after", "before":
			first, _, ok := daysOf(w.values[0])
			if !ok {
				a.Notes = append(a.Notes, Note{Kind: "date", Field: w.name, Typed: w.values[0]})
				continue
			}
			r := applied{field: "date", not: w.not, from: first, to: 1 << 40}
			if w.name == "before" {
				r.from, r.to = noDay+1, first-1
			}
			n.filters = append(n.filters, r)
		default:
			n.choose(w, a)
		}
	}
	return n
}

// choose takes the values of one filter that exist.
func (n *narrowing) choose(w filter, a *Answer) {
	var values []string
	if f := n.facets.fields[w.name]; f != nil {
		values = f.values
	}
	r := applied{field: w.name, not: w.not}
	for _, typed := range w.values {
		key := fold(typed)
		i := slices.IndexFunc(values, func(v string) bool { return fold(v) == key })
		if i < 0 {
			a.Notes = append(a.Notes, Note{Kind: "value", Field: w.typed, Typed: typed, Near: near(typed, values), All: values[:min(len(values), maxNoteAll)]})
			continue
		}
		r.values = append(r.values, i)
	}
	if len(r.values) > 0 {
		n.filters = append(n.filters, r)
	}
}

// has tells whether a filter lets a document through.
func (n *narrowing) has(f applied, doc int) bool {
	ok := false
	if f.field == "date" {
		day := n.facets.days[doc]
		ok = day != noDay && day >= f.from && day <= f.to
	} else {
		ok = slices.ContainsFunc(n.facets.fields[f.field].docs[doc], func(v int) bool { return slices.Contains(f.values, v) })
	}
	return ok != f.not
}

// allows tells whether all filters let a document through.
func (n *narrowing) allows(doc int) bool { return n.allowsBut(doc, "") }

// allowsBut leaves out the filters by which one field was chosen.
func (n *narrowing) allowsBut(doc int, field string) bool {
	for _, f := range n.filters {
		dates := field == "date" && (f.field == "year" || f.field == "date")
		if (f.field == field || dates) && !f.not {
			continue
		}
		if !n.has(f, doc) {
			return false
		}
	}
	return true
}

// counted are the fields that are counted beside the results.
var counted = []string{"kind", "severity", "service", "factor", "year"}

// count counts the values of the documents that the words found.
func (n *narrowing) count(hits []Hit, a *Answer) {
	for _, field := range counted {
		facet := n.facets.fields[field]
		if facet == nil {
			continue
		}
		counts := make([]int, len(facet.values))
		for _, h := range hits {
			if n.allowsBut(h.Doc, field) {
				for _, v := range facet.docs[h.Doc] {
					counts[v]++
				}
			}
		}
		group := Facet{Field: field}
		for v, c := range counts {
			on := slices.ContainsFunc(n.filters, func(f applied) bool { return f.field == field && !f.not && slices.Contains(f.values, v) })
			if c > 0 || on {
				group.Values = append(group.Values, FacetValue{facet.values[v], c, on})
			}
		}
		if field != "year" && field != "severity" {
			slices.SortStableFunc(group.Values, func(a, b FacetValue) int { return b.N - a.N })
		}
		if len(group.Values) > 0 {
			a.Facets = append(a.Facets, group)
		}
	}
	months := map[string]int{}
	for _, h := range hits {
		if day := n.facets.days[h.Doc]; day != noDay && n.allowsBut(h.Doc, "date") {
			months[dayText(day)[:7]]++
		}
	}
	for m, c := range months {
		a.Months = append(a.Months, Count{m, c})
	}
	slices.SortFunc(a.Months, func(a, b Count) int { return strings.Compare(a.Month, b.Month) })
}
