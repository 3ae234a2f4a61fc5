package insight

import (
	"debrief/internal/kb"
	"debrief/internal/site"
)

// OverTime is how many incidents of each severity started when.
type OverTime struct {
	Periods
	Severities []Grade
	Counts     [][]int // of each period, of each severity
	Undated    int     // incidents without a start
}

// Grade is a severity that incidents have, the worst first.
type Grade struct {
	Name string // empty for those without a severity
	Rank int    // on the site's scale; 0 for the words that it does not know, as one, and for none
	N    int
}

// Other is the name of all severities that the site's scale does not know.
const Other = "other"

// maxPeriods is how many periods there are at most: five years are told by months.
const maxPeriods = 60

// PerPeriod counts incidents by time and severity. The periods reach from the first
// start to the last or to today, or over the one year when that is not 0.
func PerPeriod(s *site.Site, list []*site.Entry, year int) OverTime {
	var o OverTime
	months := make([]Month, 0, len(list))
	grades := make([]int, 0, len(list)) // the place on the scale, then other, then none
	counts := make([]int, len(s.Config.Severities)+2)
	first, last := Month(-1), Month(-1)
	for _, e := range list {
		day, known := s.Day(e.Incident)
		if !known {
			o.Undated++
			continue
		}
		m, g := monthOf(day), gradeOf(s, e.Incident)
		counts[g]++
		months, grades = append(months, m), append(grades, g)
		if first < 0 || m < first {
			first = m
		}
		last = max(last, m)
	}
	switch {
	case year != 0:
		first, last = NewMonth(year, 1), NewMonth(year, 12)
	case first < 0:
		return o
	default:
		last = max(last, monthOf(s.Today()))
	}
	o.Periods = NewPeriods(first, last, maxPeriods, PerMonth, PerYear, PerDecade, PerCentury)
	place := make([]int, len(counts))
	for g, n := range counts {
		if n == 0 {
			continue
		}
		place[g] = len(o.Severities)
		grade := Grade{N: n}
		switch {
		case g < len(s.Config.Severities):
			grade.Name, grade.Rank = s.Config.Severities[g].ID, g+1
		case g == len(s.Config.Severities):
			grade.Name = Other
		}
		o.Severities = append(o.Severities, grade)
	}
	o.Counts = table(o.N, len(o.Severities))
	for i, m := range months {
		if p := o.Of(m); p >= 0 {
			o.Counts[p][place[grades[i]]]++
		}
	}
	return o
}

func gradeOf(s *site.Site, i *kb.Incident) int {
	rank := s.Config.SeverityRank(i.Severity)
	switch {
	case rank > 0:
		return rank - 1
	case i.Severity != "":
		return len(s.Config.Severities)
	}
	return len(s.Config.Severities) + 1
}

// table makes a table of zeros.
func table(rows, columns int) [][]int {
	t := make([][]int, rows)
	for i := range t {
		t[i] = make([]int, columns)
	}
	return t
}
