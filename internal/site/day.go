package site

import (
	"fmt"

	"debrief/internal/kb"
)

// Addresses of pages that are about the incidents as a whole.
const (
	StartAddress    = "start-here/"
	DaysAddress     = "on-this-day/"
	ProgramsAddress = "for-programs/"
)

// Day is the day on which an incident started, in the site's zone. ok is false
// when it is unknown.
func (s *Site) Day(i *kb.Incident) (d kb.Date, ok bool) {
	return i.Started.DateIn(s.Config.Zone), i.Started.Known()
}

// DayAddress is that of the page of a day of the year.
func DayAddress(d kb.Date) string { return fmt.Sprintf("%s%02d-%02d/", DaysAddress, d.Month, d.Day) }
