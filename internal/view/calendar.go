package view

import (
	"time"

	"debrief/internal/kb"
)

// CalendarFile is the days of a calendar that programs subscribe to. Its file has
// the format Calendar.
type CalendarFile struct {
	Name        string
	Description string
	Path        string // of the file
	Entries     []CalendarEntry
}

// CalendarEntry is something that is due: on a day, or at a time.
type CalendarEntry struct {
	ID      string        // stays the same for as long as the entry is about the same thing; it need not be a word
	At      kb.When       // entries whose time is unknown are left out
	Length  time.Duration // of what takes part of a day; 0 where nobody knows
	Changed kb.When       // a time that is past and stays, after which the entry was made, when there is one
	Title   string
	Text    string // may have several lines
	URL     string // absolute, or empty
}
