package view

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"debrief/internal/kb"
	"debrief/internal/site"
)

// dayOf is the incidents that started on a day of the year, whatever the year.
type dayOf struct {
	kb.Date         // in a leap year
	incidents []int // places in Site.Incidents, newest first
}

// leapYear has every day that there can be.
const leapYear = 2000

// daysOf groups the incidents by the day of the year, in its order.
func daysOf(s *site.Site) []dayOf {
	var by [13][32]*dayOf
	var days []*dayOf
	for n, e := range s.Incidents {
		d, ok := s.Day(e.Incident)
		if !ok {
			continue
		}
		at := by[d.Month][d.Day]
		if at == nil {
			at = &dayOf{Date: kb.Date{Year: leapYear, Month: d.Month, Day: d.Day}}
			by[d.Month][d.Day] = at
			days = append(days, at)
		}
		at.incidents = append(at.incidents, n)
	}
	slices.SortFunc(days, func(a, b *dayOf) int { return cmp.Or(cmp.Compare(a.Month, b.Month), cmp.Compare(a.Day, b.Day)) })
	list := make([]dayOf, len(days))
	for i, d := range days {
		list[i] = *d
	}
	return list
}

// planDays plans the calendar and the page of each day that has incidents.
func (o *outline) planDays(s *site.Site) {
	o.days = daysOf(s)
	o.add(site.DaysAddress, "", "calendar", func(p *Plan) any { return p.calendar() })
	for i, d := range o.days {
		o.add(site.DayAddress(d.Date), "", "day", func(p *Plan) any { return p.dayPage(i) })
	}
}

// DaysOfYear is a year's days with the incidents of all years on them.
type DaysOfYear struct {
	Frame
	Heading string
	Total   int // incidents with a day
	Months  []Month
}

// Month is a month of any year.
type Month struct {
	Name string
	ID   string
	Days []CalendarDay
}

// CalendarDay is a day of a month.
type CalendarDay struct {
	Number int
	Title  string // "12 March"
	URL    string // empty when there are no incidents
	N      int
	Level  int // 0 for no incidents, to 3 for many
}

// Day is the incidents of one day in all years.
type Day struct {
	Frame
	Heading  string // "12 March"
	Total    int
	Groups   []Group
	Previous *Ref // the next days before and after that have incidents
	Next     *Ref
}

const dayHeading = "On this day"

func (p *Plan) calendar() DaysOfYear {
	v := DaysOfYear{Frame: p.frame("calendar", site.DaysAddress, dayHeading, "", nil, p.section("Incidents", "incidents/")), Heading: dayHeading}
	most := 0
	for _, d := range p.days {
		most = max(most, len(d.incidents))
	}
	next := 0
	for day := time.Date(leapYear, 1, 1, 0, 0, 0, 0, time.UTC); day.Year() == leapYear; day = day.AddDate(0, 0, 1) {
		if day.Day() == 1 {
			v.Months = append(v.Months, Month{Name: day.Month().String(), ID: "month-" + fmt.Sprint(int(day.Month()))})
		}
		c := CalendarDay{Number: day.Day(), Title: day.Format("2 January")}
		if next < len(p.days) && p.days[next].Date == kb.DateOf(day) {
			c.N = len(p.days[next].incidents)
			c.URL = p.site.URL(site.DayAddress(p.days[next].Date))
			c.Level = 1 + (3*c.N-1)/max(most, 3)
			v.Total += c.N
			next++
		}
		m := &v.Months[len(v.Months)-1]
		m.Days = append(m.Days, c)
	}
	return v
}

func (p *Plan) dayPage(i int) Day {
	d := p.days[i]
	list := make([]*site.Entry, len(d.incidents))
	for n, at := range d.incidents {
		list[n] = p.site.Incidents[at]
	}
	heading := dayName(d.Date)
	v := Day{
		Frame: p.frame("day", site.DayAddress(d.Date), dayHeading+": "+heading, "", nil,
			p.section("Incidents", "incidents/"), p.section(dayHeading, site.DaysAddress)),
		Heading: heading, Total: len(list), Groups: p.groups(list),
	}
	near := func(at int) *Ref {
		if at < 0 || at >= len(p.days) {
			return nil
		}
		return &Ref{dayName(p.days[at].Date), p.site.URL(site.DayAddress(p.days[at].Date))}
	}
	v.Previous, v.Next = near(i-1), near(i+1)
	return v
}

func dayName(d kb.Date) string { return fmt.Sprintf("%d %s", d.Day, d.Month) }

// Ago is an incident of an earlier year.
type Ago struct {
	Row
	Ago string // "a year ago"
}

// How far from today, in days, and how many.
const (
	agoDays = 3
	maxAgo  = 3
)

// aroundToday are the incidents of earlier years around the day of the build: the
// most recent year first, and in it those that are nearest.
func (p *Plan) aroundToday() []Ago {
	today := p.site.Today()
	if today.IsZero() {
		return nil
	}
	type found struct{ years, off, at int }
	var all []found
	middle := time.Date(today.Year, today.Month, today.Day, 0, 0, 0, 0, time.UTC)
	for off := -agoDays; off <= agoDays; off++ {
		day := middle.AddDate(0, 0, off)
		i, ok := slices.BinarySearchFunc(p.days, kb.DateOf(day), func(d dayOf, want kb.Date) int {
			return cmp.Or(cmp.Compare(d.Month, want.Month), cmp.Compare(d.Day, want.Day))
		})
		if !ok {
			continue
		}
		for _, at := range p.days[i].incidents {
			d, _ := p.site.Day(p.site.Incidents[at].Incident)
			if years := day.Year() - d.Year; years > 0 {
				all = append(all, found{years, max(off, -off), at})
			}
		}
	}
	slices.SortFunc(all, func(a, b found) int {
		return cmp.Or(cmp.Compare(a.years, b.years), cmp.Compare(a.off, b.off), cmp.Compare(a.at, b.at))
	})
	var list []Ago
	for _, f := range all[:min(maxAgo, len(all))] {
		a := Ago{Row: p.row(p.site.Incidents[f.at]), Ago: "a year ago"}
		if f.years > 1 {
			a.Ago = fmt.Sprintf("%d years ago", f.years)
		}
		list = append(list, a)
	}
	return list
}
