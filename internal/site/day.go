package site

import (
	"cmp"
	"fmt"
	"time"

	"debrief/internal/kb"
)

// Addresses of pages that are about the incidents as a whole.
const (
	StartAddress    = "start-here/"
	DaysAddress     = "on-this-day/"
	ProgramsAddress = "for-programs/"
)

// Day is the day on which an incident started, in its own zone, as its page says.
// ok is false when it is unknown.
func (s *Site) Day(i *kb.Incident) (d kb.Date, ok bool) { return s.DayOf(i, i.Started) }

// DayOf is the day of one of an incident's moments, in the incident's zone.
func (s *Site) DayOf(i *kb.Incident, w kb.When) (d kb.Date, ok bool) {
	return w.DateIn(s.ZoneOf(i)), w.Known()
}

// ZoneOf is the zone of an incident's times.
func (s *Site) ZoneOf(i *kb.Incident) *time.Location { return cmp.Or(i.Zone, s.Config.Zone) }

// DayAddress is that of the page of a day of the year.
func DayAddress(d kb.Date) string { return fmt.Sprintf("%s%02d-%02d/", DaysAddress, d.Month, d.Day) }
