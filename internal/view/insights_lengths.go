package view

import (
	"fmt"
	"slices"
	"time"

	"debrief/internal/chart"
	"debrief/internal/insight"
	"debrief/internal/kb"
	"debrief/internal/site"
)

const (
	// Up to this many lengths each is a point of its own, with a link; more are
	// counted in steps.
	mostPoints = 80
	// From so many on there is a box of quartiles; of fewer it would say more than
	// the numbers do.
	leastBox = 5
	// How many incidents a table of lengths lists.
	mostListed = 80
)

// measures are the lengths of time in the words of the page.
var measures = map[kb.Mark]struct{ id, name, missing, write string }{
	kb.MarkDetected:     {"to-detect", "Time to detect", "No incident says to the minute when it started and when it was detected yet.", "detected: 2026-03-12T08:15:00Z"},
	kb.MarkAcknowledged: {"to-acknowledge", "Time to acknowledge", "No incident says to the minute when it started and when somebody took it on yet.", "acknowledged: 2026-03-12T08:21:00Z"},
	kb.MarkMitigated:    {"to-mitigate", "Time to mitigate", "No incident says to the minute when it started and when its effects ended yet.", "mitigated: 2026-03-12T09:40:00Z"},
	kb.MarkResolved:     {"to-resolve", "Time to resolve", "No incident says to the minute when it started and when it was resolved yet.", "resolved: 2026-03-12T11:05:00Z"},
}

// lengths is how long phases of the incidents took.
func (p *Plan) lengths(sc scope) Insight {
	v := Insight{ID: "durations", Heading: "How long it took"}
	all := make([]insight.Lengths, len(insight.Measured))
	longest, most := 0.0, 0
	for i, m := range insight.Measured {
		all[i] = insight.Until(sc.list, m)
		if known := all[i].Known; len(known) > 0 {
			longest, most = max(longest, known[len(known)-1].Seconds), max(most, len(known))
		}
	}
	if most == 0 {
		v.Empty = &Missing{"No incident says to the minute when it started and when it was detected, mitigated or resolved yet.",
			"started: 2026-03-12T07:52:00Z\ndetected: 2026-03-12T08:15:00Z\nmitigated: 2026-03-12T09:40:00Z\nresolved: 2026-03-12T11:05:00Z"}
		return v
	}
	v.Says = "All times are counted from the start of the incident, on a scale on which each step is several times as long as the one before."
	v.Notes = []string{"Durations say little. They depend on when one begins to count, they differ by orders of magnitude, and a shorter one is not a better response. What happened in that time is on the page of each incident."}
	scale, histogram, hollow := chart.NewDurations(longest), most > mostPoints, false
	numbers := Table{Caption: "In numbers", Head: []string{"", "Incidents", "Shortest", "A quarter up to", "Half up to (median)", "Three quarters up to", "Longest", "Unknown"}}
	for _, l := range all {
		d, links, row := p.spread(l, scale, histogram)
		v.Drawings = append(v.Drawings, d)
		v.Links += links
		if row != nil {
			numbers.Rows = append(numbers.Rows, row)
		}
		hollow = hollow || slices.ContainsFunc(l.Known, func(k insight.Length) bool { return k.Stated })
	}
	if hollow && !histogram {
		v.Notes = append(v.Notes, "A hollow point is a time that the post-mortem states in words, without the moments themselves.")
	}
	v.Data = append(v.Data, numbers)
	if histogram {
		v.Data = append(v.Data, binTable(all))
	} else {
		v.Data = append(v.Data, p.lengthTable(sc, all))
	}
	return v
}

// spread draws one measure, counts its links and sums it up for the table.
func (p *Plan) spread(l insight.Lengths, scale chart.Durations, histogram bool) (Drawing, int, []Cell) {
	m := measures[l.Mark]
	n := len(l.Known)
	d := Drawing{Heading: m.name}
	if n == 0 {
		d.Says, d.Write = sentences(leftOut(l), m.missing), m.write
		return d, 0, nil
	}
	sum := insight.Summarise(l.Seconds())
	s := chart.Spread{ID: m.id, Title: m.name, Scale: scale}
	d.Says = fmt.Sprintf("Half of them took up to %s (the median), and the middle half took from %s to %s.", lengthOf(sum.Median), lengthOf(sum.Q1), lengthOf(sum.Q3))
	switch {
	case n == 1:
		d.Says = "One incident says it: " + lengthOf(sum.Low) + "."
	case n < leastBox:
		d.Says = fmt.Sprintf("Only %d incidents say it, too few to sum up: from %s to %s.", n, lengthOf(sum.Low), lengthOf(sum.High))
	default:
		s.Box = &chart.Box{Low: sum.Low, Q1: sum.Q1, Median: sum.Median, Q3: sum.Q3, High: sum.High}
		d.Says = sentences(counted(n, "incident.", "incidents."), d.Says)
	}
	if l.Unknown > 0 {
		d.Says = sentences(d.Says, fmt.Sprintf("Of %s it is unknown.", thousands(l.Unknown)))
	}
	d.Says = sentences(d.Says, leftOut(l))
	s.Desc = d.Says + " The tables below have the numbers."
	links := 0
	if histogram {
		for _, b := range l.Bins() {
			s.Bins = append(s.Bins, chart.Bin{From: b.From, To: b.To, N: b.N, Name: binName(b) + ": " + counted(b.N, "incident", "incidents")})
		}
	} else {
		for _, k := range l.Known {
			links++
			s.Dots = append(s.Dots, chart.Dot{Seconds: k.Seconds, Hollow: k.Stated, Name: k.Entry.Incident.ID + ": " + lengthOf(k.Seconds), URL: p.site.URL(k.Entry.Address)})
		}
	}
	d.SVG = drawing(s.SVG())
	row := []Cell{{Text: m.name}, {Text: thousands(n)}, {Text: lengthOf(sum.Low)}, {}, {}, {}, {Text: lengthOf(sum.High)}, {Text: thousands(l.Unknown)}}
	for i, q := range []float64{sum.Q1, sum.Median, sum.Q3} {
		if row[3+i].Text = "-"; n >= leastBox {
			row[3+i].Text = lengthOf(q)
		}
	}
	return d, links, row
}

func leftOut(l insight.Lengths) string {
	if l.Negative == 0 {
		return ""
	}
	return fmt.Sprintf("%s left out, since the times are in the wrong order.", counted(l.Negative, "incident is", "incidents are"))
}

// lengthTable lists the lengths of each incident, the newest first.
func (p *Plan) lengthTable(sc scope, all []insight.Lengths) Table {
	t := Table{Caption: "Each incident", Head: []string{"Incident"}}
	known := map[*site.Entry][]Cell{}
	for i, l := range all {
		t.Head = append(t.Head, measures[l.Mark].name)
		for _, k := range l.Known {
			if known[k.Entry] == nil {
				known[k.Entry] = make([]Cell, len(all))
			}
			known[k.Entry][i].Text = lengthOf(k.Seconds)
		}
	}
	for _, e := range sc.list {
		cells, ok := known[e]
		if !ok {
			continue
		}
		if len(t.Rows) == mostListed {
			t.Rest = fmt.Sprintf("These are the newest %d of %s.", mostListed, counted(len(known), "incident", "incidents"))
			break
		}
		for i := range cells {
			if cells[i].Text == "" {
				cells[i].Text = "unknown"
			}
		}
		t.Rows = append(t.Rows, append([]Cell{{Text: e.Incident.ID, URL: p.site.URL(e.Address)}}, cells...))
	}
	return t
}

// binTable counts the lengths by steps.
func binTable(all []insight.Lengths) Table {
	t := Table{Caption: "Incidents by length", Head: []string{"Length"}}
	byEdge := map[float64][]Cell{}
	var bins []insight.Bin
	for i, l := range all {
		t.Head = append(t.Head, measures[l.Mark].name)
		for _, b := range l.Bins() {
			if byEdge[b.From] == nil {
				byEdge[b.From] = make([]Cell, len(all))
				bins = append(bins, b)
			}
			byEdge[b.From][i].Text = thousands(b.N)
		}
	}
	slices.SortFunc(bins, func(a, b insight.Bin) int { return int(min(max(a.From-b.From, -1), 1)) })
	for _, b := range bins {
		cells := byEdge[b.From]
		for i := range cells {
			if cells[i].Text == "" {
				cells[i].Text = "0"
			}
		}
		t.Rows = append(t.Rows, append([]Cell{{Text: binName(b)}}, cells...))
	}
	return t
}

func binName(b insight.Bin) string {
	if b.From == 0 {
		return "under " + lengthOf(b.To)
	}
	return lengthOf(b.From) + " to " + lengthOf(b.To)
}

// lengthOf writes a length in seconds, which may be longer than a time.Duration.
func lengthOf(seconds float64) string {
	const tenYears = 10 * 365 * 24 * 60 * 60
	switch {
	case seconds < 60:
		return fmt.Sprintf("%.0f s", seconds)
	case seconds > tenYears:
		return thousands(int(seconds/(24*60*60)+.5)) + " d"
	}
	return Duration(time.Duration(seconds * float64(time.Second)))
}
