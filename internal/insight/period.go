package insight

import (
	"time"

	"debrief/internal/kb"
)

// Month is a month of the calendar, as the number of months since the year 0.
type Month int

// NewMonth returns the month of a year.
func NewMonth(year int, m time.Month) Month { return Month(year*12 + int(m) - 1) }

// Year returns the year of the month.
func (m Month) Year() int { return int(m) / 12 }

// Month returns the month's place in its year.
func (m Month) Month() time.Month { return time.Month(int(m)%12 + 1) }

// First returns the first day of the month.
func (m Month) First() kb.Date { return kb.Date{Year: m.Year(), Month: m.Month(), Day: 1} }

// monthOf is the month of a day.
func monthOf(d kb.Date) Month { return NewMonth(d.Year, d.Month) }

// Periods are spans of the calendar of equal length, one after the other.
type Periods struct {
	First Month // of the first one
	Step  int   // months in each
	N     int
}

// The lengths of periods, in months.
const (
	PerMonth   = 1
	PerQuarter = 3
	PerYear    = 12
	PerDecade  = 120
	PerCentury = 1200
)

// NewPeriods parts the time from one month to another, both included, into periods
// of the first of the lengths that makes no more than most of them, or of the last.
func NewPeriods(first, last Month, most int, lengths ...int) Periods {
	var p Periods
	for _, p.Step = range lengths {
		p.First = first / Month(p.Step) * Month(p.Step)
		if p.N = int(last-p.First)/p.Step + 1; p.N <= most {
			break
		}
	}
	return p
}

// Of returns the place of a month's period, or -1 where it is in none.
func (p Periods) Of(m Month) int {
	if i := int(m-p.First) / p.Step; m >= p.First && i < p.N {
		return i
	}
	return -1
}

// At returns the first month of a period. That of the period after the last is
// where they end.
func (p Periods) At(i int) Month { return p.First + Month(i*p.Step) }
