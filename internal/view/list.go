package view

import (
	"debrief/internal/kb"
	"debrief/internal/site"
)

// row makes an incident's line in a list.
func (p *Plan) row(e *site.Entry) Row {
	i := e.Incident
	return Row{
		ID: i.ID, Title: e.Title, URL: p.site.URL(e.Address), Summary: e.Summary,
		Severity: p.badge(i.Severity), Status: i.Status,
		Started: p.day(i), Duration: between(i.Started, i.Resolved),
		Services: p.terms("services", i.Services),
	}
}

func (p *Plan) rows(list []*site.Entry) []Row {
	rows := make([]Row, len(list))
	for i, e := range list {
		rows[i] = p.row(e)
	}
	return rows
}

func (p *Plan) badge(severity string) Badge {
	if severity == "" {
		return Badge{Text: "unknown"}
	}
	b := Badge{Text: severity, Rank: p.site.Config.SeverityRank(severity)}
	if b.Rank > 0 {
		b.Name = p.site.Config.Severities[b.Rank-1].Name
	}
	if g, ok := p.site.Taxonomy("severities").Find(severity); ok {
		b.URL = p.site.URL(g.Address)
	}
	return b
}

// terms links each name to its page in a taxonomy.
func (p *Plan) terms(taxonomy string, names []string) []Ref {
	t := p.site.Taxonomy(taxonomy)
	var refs []Ref
	for _, name := range names {
		if g, ok := t.Find(name); ok {
			refs = append(refs, Ref{g.Name, p.site.URL(g.Address)})
		}
	}
	return refs
}

// groups puts rows under their years. The list is sorted by time already.
func (p *Plan) groups(list []*site.Entry) []Group {
	var groups []Group
	for _, e := range list {
		year := p.site.Year(e.Incident)
		title := year
		if year == "" {
			title = "Undated"
		}
		if len(groups) == 0 || groups[len(groups)-1].Title != title {
			g := Group{Title: title}
			if t, ok := p.site.Taxonomy("years").Find(year); ok {
				g.URL = p.site.URL(t.Address)
			}
			groups = append(groups, g)
		}
		last := &groups[len(groups)-1]
		last.Rows = append(last.Rows, p.row(e))
	}
	return groups
}

func (p *Plan) count(g *site.Group) Count {
	c := Count{Title: g.Name, URL: p.site.URL(g.Address), Description: g.Description, N: len(g.Incidents), Rank: g.Rank}
	switch {
	case g.Title != "" && g.Description != "":
		c.Description = g.Title + ": " + g.Description
	case g.Title != "":
		c.Description = g.Title
	}
	return c
}

// facets are the taxonomies with at most n terms each; those without any terms
// are left out.
func (p *Plan) facets(n int) []Facet {
	var facets []Facet
	for _, t := range p.site.Taxonomies {
		f := Facet{Title: t.Plural, URL: p.site.URL(t.Key + "/")}
		for i, g := range t.Terms {
			if i == n {
				f.More = len(t.Terms) - n
				break
			}
			f.Terms = append(f.Terms, p.count(g))
		}
		if len(f.Terms) > 0 {
			facets = append(facets, f)
		}
	}
	return facets
}

func (p *Plan) pager(address string, page, total int) (Pager, int, int) {
	return p.pagerOf(address, page, total, PageSize)
}

// pagerOf is pager for pages of a size of their own.
func (p *Plan) pagerOf(address string, page, total, size int) (Pager, int, int) {
	pages := max(1, (total+size-1)/size)
	pager := Pager{Page: page, Pages: pages}
	url := func(n int) string { return p.site.URL(pageAddress(address, n)) }
	if page > 1 {
		pager.Newer = url(page - 1)
	}
	if page < pages {
		pager.Older = url(page + 1)
	}
	for n, last := 1, 0; n <= pages; n++ {
		if n == 1 || n == pages || n >= page-2 && n <= page+2 {
			if last > 0 && n > last+1 {
				pager.Links = append(pager.Links, PageLink{})
			}
			pager.Links = append(pager.Links, PageLink{n, url(n), n == page})
			last = n
		}
	}
	return pager, (page - 1) * size, min(page*size, total)
}

func (p *Plan) allIncidents(page int) List {
	s := p.site
	pager, from, to := p.pager("incidents/", page, len(s.Incidents))
	l := List{
		Heading: "Incidents", Total: len(s.Incidents), Groups: p.groups(s.Incidents[from:to]),
		Facets: p.facets(8), Pager: pager, FeedURL: s.URL(FeedPath),
	}
	if page == 1 && len(s.Incidents) > 0 {
		p.narrowed(&l, nil, s.Incidents)
		l.Ways = []Ref{p.section("Start here", site.StartAddress), p.section(dayHeading, site.DaysAddress)}
	}
	description := ""
	if e := s.IncidentsIntro; e != nil {
		l.Heading, description = e.Title, e.Summary
		if page == 1 {
			l.Intro = p.body(e)
		}
	}
	l.Frame = p.frame("list", pageAddress("incidents/", page), l.Heading, description, s.IncidentsIntro)
	return l
}

func (p *Plan) group(g *site.Group, page int) List {
	t := g.Taxonomy
	pager, from, to := p.pager(g.Address, page, len(g.Incidents))
	heading := g.Name
	if g.Title != "" {
		heading += " (" + g.Title + ")"
	}
	l := List{
		Frame: p.frame("list", pageAddress(g.Address, page), t.Label+": "+heading, "", nil,
			p.section("Incidents", "incidents/"), p.section(t.Plural, t.Key+"/")),
		Heading: heading, Label: t.Label, Note: g.Description, Total: len(g.Incidents),
		Groups: p.groups(g.Incidents[from:to]), Pager: pager,
	}
	if t.Key == "services" {
		l.FeedURL, l.JSONFeedURL = p.site.URL(g.Address+FeedPath), p.site.URL(g.Address+JSONFeedPath)
	}
	if page == 1 {
		p.narrowed(&l, g, g.Incidents)
		if statistics := g.Insights(); statistics != "" {
			l.Ways = []Ref{p.section("Insights", statistics)}
		}
		switch t.Key {
		case "services":
			l.History = p.history(g)
		case "factors", "tags":
			l.Together = p.often(g)
		}
	}
	return l
}

// narrowed lets the first page of a list be narrowed.
func (p *Plan) narrowed(l *List, within *site.Group, list []*site.Entry) {
	l.Narrow = p.narrow(within, list)
	if l.Narrow == nil || !l.Narrow.InPlace {
		return
	}
	n := 0
	for g := range l.Groups {
		for r := range l.Groups[g].Rows {
			l.Groups[g].Rows[r].Marks = p.marks(list[n])
			n++
		}
	}
}

func (p *Plan) taxonomy(t *site.Taxonomy) Taxonomy {
	v := Taxonomy{
		Frame:   p.frame("taxonomy", t.Key+"/", t.Plural, "", nil, p.section("Incidents", "incidents/")),
		Heading: t.Plural, Terms: []Count{},
	}
	for _, g := range t.Terms {
		v.Terms = append(v.Terms, p.count(g))
	}
	return v
}

// unsettled tells whether a post-mortem is still being worked on.
func unsettled(i *kb.Incident) bool { return i.Status == "draft" || i.Status == "in-review" }
