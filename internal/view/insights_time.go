package view

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"debrief/internal/chart"
	"debrief/internal/insight"
	"debrief/internal/kb"
	"debrief/internal/ledger"
)

// perPeriod is how many incidents there were when.
func (p *Plan) perPeriod(sc scope) Insight {
	o := insight.PerPeriod(p.site, sc.list, sc.year)
	v := Insight{ID: "over-time", Heading: "Incidents per " + unit(o.Step)}
	if o.N == 0 {
		v.Heading = "Incidents over time"
		v.Empty = &Missing{"No incident says when it started yet.", "started: 2026-03-12T07:52:00Z"}
		return v
	}
	c := chart.Columns{ID: v.ID, Title: v.Heading + ", by severity", Every: steps(o.Step)}
	for _, g := range o.Severities {
		name, url, class := p.grade(sc, g)
		c.Series = append(c.Series, chart.Series{Name: name, Class: class})
		v.Legend = append(v.Legend, Key{Name: fmt.Sprintf("%s (%s)", name, thousands(g.N)), URL: url})
	}
	table := Table{Caption: v.Heading + ", by severity", Head: []string{capital(unit(o.Step))}}
	for _, s := range c.Series {
		table.Head = append(table.Head, s.Name)
	}
	table.Head = append(table.Head, "All")
	most, busiest := 0, 0
	for i, counts := range o.Counts {
		col := p.column(o.Periods, i, counts)
		total, parts := 0, []string{}
		row := []Cell{{}}
		for k, n := range counts {
			total += n
			row = append(row, Cell{Text: thousands(n)})
			if n > 0 {
				parts = append(parts, fmt.Sprintf("%s %s", thousands(n), c.Series[k].Name))
			}
		}
		col.Says = counted(total, "incident", "incidents") + " (" + strings.Join(parts, ", ") + ")"
		if total > 0 {
			col.URL = p.during(sc, o.Periods, i)
			v.Links++
		}
		if total > most {
			most, busiest = total, i
		}
		row[0] = Cell{Text: col.Name, URL: col.URL}
		table.Rows = append(table.Rows, append(row, Cell{Text: thousands(total)}))
		c.Columns = append(c.Columns, col)
	}
	c.Desc = fmt.Sprintf("%s. The highest column is %s with %s. The table below has all numbers.", counted(len(sc.list)-o.Undated, "incident", "incidents"), c.Columns[busiest].Name, thousands(most))
	v.Says = sentences(p.trend(sc), undated(o.Undated))
	for i := range v.Legend {
		v.Legend[i].Swatch = drawing(c.Swatch(i))
	}
	v.Drawings = []Drawing{{SVG: drawing(c.SVG()), Wide: c.Wide()}}
	v.Data = []Table{table}
	return v
}

// trend compares a year with the one before, in numbers and no other words: from
// few incidents nothing follows.
func (p *Plan) trend(sc scope) string {
	year, soFar := sc.year, ""
	if year == 0 {
		year = p.site.Today().Year
	}
	if year == p.site.Today().Year {
		soFar = " so far"
	}
	now, before := p.beganIn(sc, year), p.beganIn(sc, year-1)
	if now+before == 0 {
		return counted(len(sc.list), "incident", "incidents") + " in all."
	}
	of := counted(now, "incident", "incidents")
	if sc.year == 0 {
		of = fmt.Sprintf("%s in all, %s", counted(len(sc.list), "incident", "incidents"), orNone(now))
	}
	switch {
	case soFar != "":
		return fmt.Sprintf("%s in %d%s; %s in all of %d.", of, year, soFar, orNone(before), year-1)
	case now == before:
		return fmt.Sprintf("%s in %d, as many as in %d.", of, year, year-1)
	case now < before:
		return fmt.Sprintf("%s in %d, %s fewer than in %d.", of, year, thousands(before-now), year-1)
	}
	return fmt.Sprintf("%s in %d, %s more than in %d.", of, year, thousands(now-before), year-1)
}

// beganIn counts the incidents of a year: those of the service that is looked at, or
// all.
func (p *Plan) beganIn(sc scope, year int) int {
	g, ok := p.site.Taxonomy("years").Find(strconv.Itoa(year))
	switch {
	case !ok:
		return 0
	case sc.service == nil:
		return len(g.Incidents)
	}
	n := 0
	for _, e := range g.Incidents {
		if slices.ContainsFunc(e.Incident.Services, func(name string) bool {
			s, ok := p.site.Taxonomy("services").Find(name)
			return ok && s == sc.service
		}) {
			n++
		}
	}
	return n
}

func undated(n int) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprintf("Without a start, %s not shown.", counted(n, "incident is", "incidents are"))
}

// grade is how a severity is named, where its incidents are, and the class that
// gives it its colour.
func (p *Plan) grade(sc scope, g insight.Grade) (name, url, class string) {
	switch {
	case g.Name == "":
		return "not recorded", "", "ink-none"
	case g.Rank == 0:
		return "another word", p.site.URL("severities/"), "ink-7"
	}
	url = p.find(sc, filter("severity", g.Name))
	if t, ok := p.site.Taxonomy("severities").Find(g.Name); ok {
		url = p.behind(sc, "severity", t)
	}
	return g.Name, url, "sev-" + strconv.Itoa(g.Rank)
}

// during returns the URL of the incidents of a period.
func (p *Plan) during(sc scope, periods insight.Periods, i int) string {
	if periods.Step == insight.PerYear && sc.home == "" {
		if g, ok := p.site.Taxonomy("years").Find(strconv.Itoa(periods.At(i).Year())); ok {
			return p.site.URL(g.Address)
		}
	}
	sc.year = 0 // the days say it
	return p.find(sc, filter("after", periods.At(i).First().String()), filter("before", periods.At(i+1).First().String()))
}

// column names a period.
func (p *Plan) column(periods insight.Periods, i int, counts []int) chart.Column {
	m := periods.At(i)
	c := chart.Column{Name: strconv.Itoa(m.Year()), Label: strconv.Itoa(m.Year()), Number: m.Year(), Counts: counts}
	switch periods.Step {
	case insight.PerMonth:
		c.Name, c.Label, c.Number = m.Month().String()+" "+c.Label, m.Month().String()[:3], int(m.Month())-1
		if i == 0 || c.Number == 0 {
			c.Group = strconv.Itoa(m.Year())
		}
	case insight.PerQuarter:
		c.Number = int(m.Month()) / 3
		c.Label = fmt.Sprintf("Q%d", c.Number+1)
		c.Name = c.Label + " " + c.Name
		if i == 0 || c.Number == 0 {
			c.Group = strconv.Itoa(m.Year())
		}
	case insight.PerDecade, insight.PerCentury:
		c.Name, c.Number = fmt.Sprintf("%d to %d", m.Year(), periods.At(i+1).Year()-1), m.Year()*12/periods.Step
	}
	return c
}

// unit is what a period is called.
func unit(step int) string {
	switch step {
	case insight.PerYear:
		return "year"
	case insight.PerDecade:
		return "decade"
	case insight.PerCentury:
		return "century"
	case insight.PerQuarter:
		return "quarter"
	}
	return "month"
}

// steps are the labels that may be left out, so that those that stay are round.
func steps(step int) []int {
	switch step {
	case insight.PerMonth:
		return []int{1, 2, 3, 6, 12}
	case insight.PerQuarter:
		return []int{1, 2, 4}
	}
	return []int{1, 2, 5, 10, 20, 50}
}

// actionsOverTime is what became of the actions.
func (p *Plan) actionsOverTime(sc scope) Insight {
	a := insight.ActionsOf(p.site, sc.list)
	v := Insight{ID: "actions", Heading: "Actions over time"}
	if a.Total == 0 {
		v.Empty = &Missing{"No incident has actions yet.", "actions:\n  - {title: Warn 30 days before a certificate ends, owner: platform-identity, due: 2026-04-01, type: detect}"}
		return v
	}
	v.Link = &Ref{"All actions", p.site.URL(ledger.Address)}
	if sc.service != nil {
		if g, ok := p.ledger().Find(ledger.ByService, sc.service.Name); ok {
			v.Link = &Ref{"The actions of " + sc.service.Name, p.site.URL(g.Address)}
		}
	}
	proposed := ""
	if a.Proposed > 0 {
		proposed = ", " + thousands(a.Proposed) + " proposed"
	}
	v.Says = fmt.Sprintf("%s: %s done or declined, %s open%s; %s overdue.", counted(a.Total, "action", "actions"), orNone(a.Settled), orNone(a.Open), proposed, orNone(a.OverdueNow))
	v.Notes = append(v.Notes, "Left is what is open or proposed, from when its incident was resolved.")
	if a.ClosedUndated > 0 {
		v.Notes = append(v.Notes, fmt.Sprintf("%s done or declined without a day and cannot be shown (closed: 2026-04-01 says it).", counted(a.ClosedUndated, "action is", "actions are")))
	}
	if a.Undated > 0 {
		v.Notes = append(v.Notes, fmt.Sprintf("%s to incidents without a day and cannot be shown.", counted(a.Undated, "action belongs", "actions belong")))
	}
	if a.N == 0 {
		return v
	}
	every := unit(a.Step)
	table := Table{Caption: "Actions per " + every + ", by type", Head: []string{capital(every), "Left at its end", "Closed in it", "Overdue at its end"}}
	for i := range a.N {
		table.Rows = append(table.Rows, []Cell{{Text: p.column(a.Periods, i, nil).Name}, {Text: byType(a, a.Left[i])}, {Text: byType(a, a.Closed[i])}, {Text: byType(a, a.Overdue[i])}})
	}
	v.Data = []Table{table}
	for k, panel := range []struct {
		heading string
		counts  [][]int
	}{
		{"Left at the end of each " + every, a.Left}, {"Done or declined in each " + every, a.Closed}, {"Overdue at the end of each " + every, a.Overdue},
	} {
		c := chart.Columns{ID: fmt.Sprintf("actions-%d", k), Title: panel.heading + ", by type", Every: steps(a.Step)}
		for i, t := range a.Types {
			c.Series = append(c.Series, chart.Series{Name: typeName(t), Class: typeClass(t)})
			if k == 0 {
				key := Key{Name: typeName(t), Swatch: drawing(c.Swatch(i))}
				if g, ok := p.ledger().Find(ledger.ByType, string(t)); ok && sc.home == "" {
					key.URL = p.site.URL(g.Address)
				}
				v.Legend = append(v.Legend, key)
			}
		}
		all := 0
		for i, counts := range panel.counts {
			col := p.column(a.Periods, i, counts)
			col.Says = byType(a, counts)
			for _, n := range counts {
				all += n
			}
			c.Columns = append(c.Columns, col)
		}
		c.Desc = "The table below has all numbers."
		d := Drawing{Heading: panel.heading, SVG: drawing(c.SVG()), Wide: c.Wide()}
		if all == 0 && k > 0 { // the first holds the fillings that the legend shows
			d.SVG, d.Says = "", "None."
		}
		v.Drawings = append(v.Drawings, d)
	}
	return v
}

// byType writes "5 (prevent 3, detect 2)".
func byType(a insight.Actions, counts []int) string {
	total, parts := 0, []string{}
	for i, n := range counts {
		if total += n; n > 0 {
			parts = append(parts, fmt.Sprintf("%s %s", typeName(a.Types[i]), thousands(n)))
		}
	}
	if total == 0 {
		return "0"
	}
	return fmt.Sprintf("%s (%s)", thousands(total), strings.Join(parts, ", "))
}

// typeClass gives each type of actions a colour of its own.
func typeClass(t kb.ActionType) string {
	for i, known := range kb.ActionTypes {
		if t == known {
			return "ink-" + strconv.Itoa(i+1)
		}
	}
	return "ink-none"
}
