package insight

import (
	"time"

	"debrief/internal/kb"
	"debrief/internal/site"
)

// openedOn is the day on which an incident's actions begin.
func openedOn(s *site.Site, i *kb.Incident) (kb.Date, bool) {
	if d, ok := s.DayOf(i, i.Resolved); ok {
		return d, true
	}
	return s.Day(i)
}

func earlier(a, b kb.Date) kb.Date {
	if a.After(b) {
		return b
	}
	return a
}

// next is the day after.
func next(d kb.Date) kb.Date {
	return kb.DateOf(time.Date(d.Year, d.Month, d.Day+1, 0, 0, 0, 0, time.UTC))
}
