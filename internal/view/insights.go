package view

import (
	"fmt"
	"strconv"
	"strings"

	"debrief/internal/kb"
	"debrief/internal/site"
)

const (
	insightsAddress = "insights/"
	// choicesListed is how many services have a place in the row of links.
	choicesListed = 16
)

// planInsights adds the pages of statistics: of all incidents, of each year, and of
// each service that has enough of them.
func (o *outline) planInsights(s *site.Site) {
	o.add(insightsAddress, "", "insights", func(p *Plan) any { return p.insights(scope{list: p.site.Incidents, address: insightsAddress}) })
	for i, g := range s.Taxonomy("years").Terms {
		o.add(g.Insights(), "", "insights", func(p *Plan) any { return p.insights(p.yearScope(p.site.Taxonomy("years").Terms[i])) })
	}
	o.add(insightsAddress+"services/", "", "taxonomy", func(p *Plan) any { return p.insightServices() })
	for i, g := range s.Taxonomy("services").Terms {
		if address := g.Insights(); address != "" {
			o.add(address, "", "insights", func(p *Plan) any { return p.insights(p.serviceScope(p.site.Taxonomy("services").Terms[i])) })
		}
	}
}

// scope is the incidents that a page of statistics is about.
type scope struct {
	list    []*site.Entry
	address string      // of the page of statistics
	year    int         // when it is about one
	service *site.Group // when it is about one
	home    string      // address of the list of these incidents; empty for all
}

func (p *Plan) yearScope(g *site.Group) scope {
	year, _ := strconv.Atoi(g.Name)
	return scope{list: g.Incidents, address: g.Insights(), year: year, home: g.Address}
}

func (p *Plan) serviceScope(g *site.Group) scope {
	return scope{list: g.Incidents, address: g.Insights(), service: g, home: g.Address}
}

// find returns the URL of the search for the incidents of the scope that also meet
// the filters.
func (p *Plan) find(sc scope, filters ...string) string {
	if sc.service != nil {
		filters = append([]string{filter("service", sc.service.Name)}, filters...)
	}
	if sc.year != 0 {
		filters = append(filters, filter("year", strconv.Itoa(sc.year)))
	}
	filters = append(filters, filter("is", "incident"))
	return p.searchURL(strings.Join(filters, " "))
}

// behind returns the URL of the incidents of the scope that have a term: the term's
// own list where all incidents are looked at, and the search otherwise.
func (p *Plan) behind(sc scope, filterName string, g *site.Group) string {
	if sc.home == "" {
		return p.site.URL(g.Address)
	}
	return p.find(sc, filter(filterName, g.Name))
}

// insights makes a page of statistics.
func (p *Plan) insights(sc scope) Insights {
	v := Insights{Heading: "Insights", Style: p.site.URL(p.assets.Chart), Total: len(sc.list), ListURL: p.site.URL(sc.home), Years: p.yearChoices(sc)}
	var crumbs []Ref
	switch {
	case sc.year != 0:
		v.Heading = "Insights: " + strconv.Itoa(sc.year)
		v.Lead = fmt.Sprintf("What the %s that began in %d have in common.", counted(v.Total, "incident", "incidents"), sc.year)
	case sc.service != nil:
		v.Heading = "Insights: " + sc.service.Name
		v.Lead = fmt.Sprintf("What the %s that involved %s have in common.", counted(v.Total, "incident", "incidents"), sc.service.Name)
	default:
		v.ListURL = p.site.URL("incidents/")
		v.Lead = fmt.Sprintf("What our %s have in common.", counted(v.Total, "incident", "incidents"))
	}
	if v.Total == 1 {
		v.Lead = "There is one incident here, and nothing to compare it with yet."
	}
	if sc.home != "" {
		crumbs = append(crumbs, p.section("Insights", insightsAddress))
	}
	v.Services, v.MoreServices = p.serviceChoices(sc)
	v.MoreServicesURL = p.site.URL(insightsAddress + "services/")
	v.Frame = p.frame("insights", sc.address, v.Heading, v.Lead, nil, crumbs...)
	if v.Total > 0 {
		v.Sections = []Insight{p.perPeriod(sc), p.lengths(sc), p.causes(sc)}
		v.Sections = append(v.Sections, p.involved(sc)...)
		v.Sections = append(v.Sections, p.actionsOverTime(sc), p.records(sc))
	}
	return v
}

func (p *Plan) yearChoices(sc scope) []Choice {
	list := []Choice{{"All years", p.site.URL(insightsAddress), sc.home == ""}}
	for _, g := range p.site.Taxonomy("years").Terms {
		list = append(list, Choice{g.Name, p.site.URL(g.Insights()), sc.year != 0 && g.Name == strconv.Itoa(sc.year)})
	}
	return list
}

// serviceChoices are the services with most incidents and the one that is looked
// at, and how many more have a page of their own.
func (p *Plan) serviceChoices(sc scope) (list []Choice, more int) {
	list = []Choice{{"All services", p.site.URL(insightsAddress), sc.home == ""}}
	for i, g := range p.site.Taxonomy("services").Terms {
		switch {
		case g.Insights() == "":
		case i < choicesListed || g == sc.service:
			list = append(list, Choice{g.Name, p.site.URL(g.Insights()), g == sc.service})
		default:
			more++
		}
	}
	return list, more
}

// insightServices lists the services with their pages of statistics.
func (p *Plan) insightServices() Taxonomy {
	v := Taxonomy{
		Frame:   p.frame("taxonomy", insightsAddress+"services/", "Insights by service", "", nil, p.section("Insights", insightsAddress)),
		Heading: "Insights by service", Terms: []Count{},
		Intro: fmt.Sprintf("Services with fewer than %d incidents have no statistics of their own: their links lead to the list of their incidents.", site.LeastInsights),
	}
	for _, g := range p.site.Taxonomy("services").Terms {
		c := p.count(g)
		if address := g.Insights(); address != "" {
			c.URL = p.site.URL(address)
		}
		v.Terms = append(v.Terms, c)
	}
	return v
}

// counted writes a number with its noun: "1 incident", "1,204 incidents".
func counted(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return thousands(n) + " " + many
}

func orNone(n int) string {
	if n == 0 {
		return "none"
	}
	return thousands(n)
}

// sentences joins sentences; empty ones are left out.
func sentences(list ...string) string {
	var b strings.Builder
	for _, s := range list {
		if s == "" {
			continue
		}
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(s)
	}
	return b.String()
}

// typeName is a type of actions as it is shown.
func typeName(t kb.ActionType) string {
	if t == "" {
		return "no type"
	}
	return string(t)
}
