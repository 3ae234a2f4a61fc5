package view

import (
	"cmp"
	"fmt"
	"html/template"
	"slices"
	"strings"

	"debrief/internal/chart"
	"debrief/internal/insight"
	"debrief/internal/kb"
	"debrief/internal/site"
)

const (
	mostBars   = 12 // lines of a table with bars
	mostHeat   = 8  // factors and services in the table of what goes together
	mostNewest = 10 // incidents that the data of a word names
	// From so many incidents on it is said how many a pair would have by chance.
	enoughForChance, enoughTogether = 30, 5
)

// causes is how incidents were noticed and what set them off.
func (p *Plan) causes(sc scope) Insight {
	v := Insight{ID: "detection", Heading: "How it was noticed, and what set it off"}
	noticed := func(i *kb.Incident) string { return i.Detection }
	setOff := func(i *kb.Incident) string { return i.Trigger }
	detection, trigger := insight.TallyOf(sc.list, noticed), insight.TallyOf(sc.list, setOff)
	if len(detection.Words)+len(trigger.Words) == 0 {
		v.Empty = &Missing{"No incident says how it was noticed or what set it off yet.", "detection: customer-report\ntrigger: deployment"}
		return v
	}
	v.Says = sentences(mostOf(detection, "Noticed most often by"), mostOf(trigger, "Set off most often by"))
	v.Bars = []Bars{tallied("How it was noticed", "Noticed by", detection, nil, dataOf("Noticed by")), tallied("What set it off", "Set off by", trigger, nil, dataOf("Set off by"))}
	v.Data = []Table{p.newest(sc, "Noticed by", detection, noticed), p.newest(sc, "Set off by", trigger, setOff)}
	return v
}

// mostOf says which word most incidents have: "Noticed most often by customer
// report, in 3 of the 6 incidents that say it." It says nothing where two words are
// as frequent, or where each is there once.
func mostOf(t insight.Tally, before string) string {
	if len(t.Words) == 0 || t.Words[0].N == 1 || len(t.Words) > 1 && t.Words[1].N == t.Words[0].N {
		return ""
	}
	said := 0
	for _, w := range t.Words {
		said += w.N
	}
	return fmt.Sprintf("%s %s, in %s of the %s.", before, words(t.Words[0].Name), thousands(t.Words[0].N), counted(said, "incident", "incidents that say it"))
}

// tallied makes a table with bars of words. order is that in which they come; words
// that are not in it follow, the most frequent first. url leads to the incidents of
// a word, and may be nil.
func tallied(heading, of string, t insight.Tally, order []string, url func(string) string) Bars {
	b := Bars{Heading: heading, Of: of}
	list := slices.Clone(t.Words)
	place := func(w insight.Word) int {
		if i := slices.Index(order, strings.ToLower(w.Name)); i >= 0 {
			return i
		}
		return len(order)
	}
	slices.SortStableFunc(list, func(a, b insight.Word) int { return cmp.Compare(place(a), place(b)) })
	most := t.Without
	for _, w := range list {
		most = max(most, w.N)
	}
	rest := 0
	for i, w := range list {
		if i >= mostBars {
			rest += w.N
			continue
		}
		row := BarRow{Name: words(w.Name), N: thousands(w.N), Bar: share(w.N, most)}
		if url != nil {
			row.URL = url(w.Name)
		}
		b.Rows = append(b.Rows, row)
	}
	if more := len(list) - mostBars; more > 0 {
		b.Rest = fmt.Sprintf("%s, with %s, are not listed.", counted(more, "other word", "other words"), counted(rest, "incident", "incidents"))
	}
	if t.Without > 0 {
		b.Rows = append(b.Rows, BarRow{Name: "not recorded", N: thousands(t.Without), Bar: share(t.Without, most), Missing: true})
	}
	return b
}

// dataOf leads from the bar of a word to its row in the data below, which names its
// incidents: neither the site's lists nor the search know these words.
func dataOf(of string) func(word string) string {
	return func(word string) string { return "#" + dataID(of, word) }
}

func dataID(of, word string) string { return "data-" + site.Slug(of+" "+word) }

// newest is the data of a tally, with the newest incidents of each word.
func (p *Plan) newest(sc scope, of string, t insight.Tally, pick func(*kb.Incident) string) Table {
	table := Table{Caption: of, Head: []string{of, "Incidents", fmt.Sprintf("The newest (up to %d)", mostNewest)}}
	links := map[string][]Ref{}
	for _, e := range sc.list { // the newest first
		key := strings.ToLower(strings.TrimSpace(pick(e.Incident)))
		if len(links[key]) < mostNewest {
			links[key] = append(links[key], Ref{e.Incident.ID, p.site.URL(e.Address)})
		}
	}
	list := slices.Clone(t.Words[:min(mostBars, len(t.Words))])
	if t.Without > 0 {
		list = append(list, insight.Word{N: t.Without})
	}
	for _, w := range list {
		name := words(w.Name)
		if name == "" {
			name = "not recorded"
		}
		table.Rows = append(table.Rows, []Cell{{ID: dataID(of, w.Name), Text: name}, {Text: thousands(w.N)}, {Links: links[strings.ToLower(w.Name)]}})
	}
	return table
}

func share(n, most int) template.HTML {
	if most == 0 {
		return drawing(chart.Bar(0))
	}
	return drawing(chart.Bar(float64(n) / float64(most)))
}

// involved is which factors and services the incidents name most often, and which
// of them go together.
func (p *Plan) involved(sc scope) []Insight {
	v := Insight{ID: "involved", Heading: "What was involved"}
	factors, withoutFactors := insight.MostInvolved(p.site.Taxonomy("factors"), sc.list, func(i *kb.Incident) []string { return i.Factors })
	services, withoutServices := insight.MostInvolved(p.site.Taxonomy("services"), sc.list, func(i *kb.Incident) []string { return i.Services })
	of := "Services"
	if sc.service != nil {
		// That all of them involve the one that is looked at is said already.
		of = "Other services"
		services = slices.DeleteFunc(services, func(v insight.Involved) bool { return v.Group == sc.service })
	}
	if len(factors)+len(services) == 0 {
		v.Empty = &Missing{"No incident names a contributing factor or a service yet.", "services: [identity]\nfactors: [expired-credential, missing-alert]"}
		if sc.service != nil {
			v.Empty.Text = "No incident here names a contributing factor or another service."
		}
		return []Insight{v}
	}
	v.Says = "An incident may name several."
	if len(factors) == 1 || len(factors) > 1 && factors[1].N < factors[0].N {
		v.Says = fmt.Sprintf("The factor named most often is %s, in %s of %s. %s", factors[0].Group.Name, thousands(factors[0].N), counted(len(sc.list), "incident", "incidents"), v.Says)
	}
	v.Bars = []Bars{p.shares(sc, "Contributing factors", "Factor", "factor", factors, withoutFactors), p.shares(sc, of, "Service", "service", services, withoutServices)}
	t := insight.Pairs(p.site, sc.list, factors[:min(mostHeat, len(factors))], services[:min(mostHeat, len(services))])
	if pairs, any := p.pairs(sc, t); any {
		return []Insight{v, pairs}
	}
	return []Insight{v}
}

func (p *Plan) shares(sc scope, heading, of, filterName string, list []insight.Involved, without int) Bars {
	b := Bars{Heading: heading, Of: of}
	most := without
	if len(list) > 0 {
		most = max(most, list[0].N)
	}
	for i, v := range list {
		if i == mostBars {
			b.Rest = fmt.Sprintf("%s more are named in no more than %s each.", thousands(len(list)-mostBars), counted(v.N, "incident", "incidents"))
			if len(list) == mostBars+1 {
				b.Rest = fmt.Sprintf("One more is named in %s.", counted(v.N, "incident", "incidents"))
			}
			break
		}
		b.Rows = append(b.Rows, BarRow{Name: v.Group.Name, URL: p.behind(sc, filterName, v.Group), N: thousands(v.N), Bar: share(v.N, most)})
	}
	if without > 0 {
		b.Rows = append(b.Rows, BarRow{Name: "none named", N: thousands(without), Bar: share(without, most), Missing: true})
	}
	return b
}

// pairs is which factors and services occur together. any is false where none do.
func (p *Plan) pairs(sc scope, t insight.Together) (v Insight, any bool) {
	row, column, most, others := t.Most()
	if most == 0 {
		return Insight{}, false
	}
	v = Insight{ID: "together", Heading: "What goes together"}
	v.Says = fmt.Sprintf("Most often together: %s and %s, in %s.", t.Rows[row].Group.Name, t.Columns[column].Group.Name, counted(most, "incident", "incidents"))
	if others > 0 {
		v.Says = fmt.Sprintf("%s are together in %s each, and none in more.", counted(others+1, "pair", "pairs"), counted(most, "incident", "incidents"))
	}
	if len(sc.list) >= enoughForChance && most >= enoughTogether && others == 0 {
		v.Says = sentences(v.Says, fmt.Sprintf("If the two had nothing to do with each other, about %.1f would be expected.", t.Expected(row, column, len(sc.list))))
		v.Notes = []string{"Of many pairs one is always the largest, by chance too."}
	} else if most < enoughTogether {
		v.Notes = []string{"The numbers are too small to tell a pattern from chance."}
	}
	v.Heat = &Heat{Caption: "Incidents with a factor (rows) and a service (columns)"}
	for _, s := range t.Columns {
		v.Heat.Columns = append(v.Heat.Columns, Ref{s.Group.Name, p.behind(sc, "service", s.Group)})
	}
	for i, f := range t.Rows {
		r := HeatRow{Ref: Ref{f.Group.Name, p.behind(sc, "factor", f.Group)}}
		for k, n := range t.Counts[i] {
			c := HeatCell{N: thousands(n)}
			if n > 0 {
				c.Shade = 1 + 3*(n-1)/max(most-1, 1)
				c.URL = p.find(sc, filter("factor", f.Group.Name), filter("service", t.Columns[k].Group.Name))
			}
			r.Cells = append(r.Cells, c)
		}
		v.Heat.Rows = append(v.Heat.Rows, r)
	}
	return v, true
}

// records is how far the post-mortems are, and what was reported on safety.
func (p *Plan) records(sc scope) Insight {
	v := Insight{ID: "records", Heading: "Reviews and safety"}
	status := func(i *kb.Incident) string { return i.Status }
	safety := func(i *kb.Incident) string { return i.Safety }
	statuses, safeties := insight.TallyOf(sc.list, status), insight.TallyOf(sc.list, safety)
	if len(statuses.Words)+len(safeties.Words) == 0 {
		v.Empty = &Missing{"No incident has a status or says whether somebody came to harm yet.", "status: in-review\nsafety: none-reported"}
		return v
	}
	done := 0
	for _, e := range sc.list {
		if s := strings.ToLower(e.Incident.Status); s == "reviewed" || s == "closed" {
			done++
		}
	}
	v.Says = fmt.Sprintf("%s of %s reviewed.", thousands(done), counted(len(sc.list), "post-mortem is", "post-mortems are"))
	v.Bars = []Bars{
		tallied("Status of the post-mortem", "Status", statuses, kb.Statuses, func(status string) string { return p.find(sc, filter("status", status)) }),
		tallied("Safety", "Reported", safeties, kb.Safeties, dataOf("Reported")),
	}
	v.Data = []Table{p.newest(sc, "Reported", safeties, safety)}
	return v
}
