package ledger

import (
	"cmp"
	"slices"

	"debrief/internal/kb"
	"debrief/internal/site"
)

// Groups returns the groups of a kind: those with the most overdue actions first,
// then with the most that are not settled; types and states in their own order.
func (l *Ledger) Groups(k Kind) []*Group { return l.groups[k] }

// Find returns a group by its name, however it is spelt.
func (l *Ledger) Find(k Kind, name string) (*Group, bool) {
	g, ok := l.byName[k][site.Fold(name)]
	return g, ok
}

// Count groups some of the ledger's rows by a kind. The groups have the names and
// addresses of the whole ledger, without those that would be empty.
func (l *Ledger) Count(k Kind, rows []*Row) []*Group {
	groups := map[string]*Group{}
	var list []*Group
	for _, r := range rows {
		for _, name := range r.names(k) {
			g := groups[name]
			if g == nil {
				whole, _ := l.Find(k, name)
				c := *whole
				c.Rows, c.Totals = nil, Totals{}
				g = &c
				groups[name], list = g, append(list, g)
			}
			g.Totals.add(r)
		}
	}
	order(k, list)
	return list
}

// What the groups are called that hold the actions without an owner, and so on.
var nothing = map[Kind]string{ByOwner: "nobody", ByService: "no service", ByType: "no type"}

// names are the groups of a kind that a row is in.
func (r *Row) names(k Kind) []string {
	var list []string
	switch k {
	case ByOwner:
		list = r.Owners
	case ByService:
		list = r.Services
	case ByType:
		if r.Type != "" {
			list = []string{string(r.Type)}
		}
	case ByState:
		list = []string{string(r.Status)}
		if r.Late > 0 {
			list = append(list, Overdue)
		}
		if r.Due.IsZero() && !r.Settled() {
			list = append(list, Undated)
		}
	}
	if len(list) == 0 {
		return []string{nothing[k]}
	}
	return list
}

// group makes all groups. Those of services have the addresses of their own pages,
// below the ledger's.
func (l *Ledger) group(services *site.Taxonomy) {
	for _, k := range Kinds {
		byName := map[string]*Group{}
		var list []*Group
		for _, r := range l.Rows {
			for _, name := range r.names(k) {
				g := byName[name]
				if g == nil {
					g = &Group{Kind: k, Name: name, None: name == nothing[k]}
					byName[name], list = g, append(list, g)
				}
				g.Rows = append(g.Rows, r)
				g.Totals.add(r)
			}
		}
		order(k, list)
		names := make([]string, len(list))
		for i, g := range list {
			names[i] = g.Name
		}
		l.byName[k] = map[string]*Group{}
		for i, address := range site.Addresses(Address+string(k)+"/", names) {
			g := list[i]
			if t, ok := services.Find(g.Name); ok && k == ByService {
				address = Address + t.Address
			}
			g.Address = address
			l.byName[k][site.Fold(g.Name)] = g
		}
		l.groups[k] = list
	}
}

// spell writes owners that people take for the same in their most frequent
// spelling. Nobody can be called what those without an owner are.
func (l *Ledger) spell() {
	n := map[string]int{}
	for _, r := range l.Rows {
		for _, o := range r.Owners {
			n[o]++
		}
	}
	best := map[string]string{}
	for name, count := range n {
		key := site.Fold(name)
		if b, ok := best[key]; !ok || count > n[b] || count == n[b] && name < b {
			best[key] = name
		}
	}
	for _, r := range l.Rows {
		kept := r.Owners[:0]
		for _, o := range r.Owners {
			if o = best[site.Fold(o)]; site.Fold(o) != nothing[ByOwner] && !slices.Contains(kept, o) {
				kept = append(kept, o)
			}
		}
		r.Owners = kept
	}
}

// Known are the names that the groups of a kind can have, in order; nil for owners
// and services, which can have any.
func Known(k Kind) []string {
	switch k {
	case ByState:
		return States
	case ByType:
		known := make([]string, len(kb.ActionTypes))
		for i, t := range kb.ActionTypes {
			known[i] = string(t)
		}
		return known
	}
	return nil
}

// order sorts groups.
func order(k Kind, list []*Group) {
	known := Known(k)
	slices.SortFunc(list, func(a, b *Group) int {
		switch {
		case a.None != b.None && b.None:
			return -1
		case a.None != b.None:
			return 1
		case k == ByType || k == ByState:
			return cmp.Compare(slices.Index(known, a.Name), slices.Index(known, b.Name))
		}
		return cmp.Or(
			cmp.Compare(b.Totals.Overdue, a.Totals.Overdue),
			cmp.Compare(b.Totals.Unsettled(), a.Totals.Unsettled()),
			cmp.Compare(b.Totals.All, a.Totals.All),
			cmp.Compare(site.Fold(a.Name), site.Fold(b.Name)))
	})
}
