package view

import "debrief/internal/kb"

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
	ID      string  // stays the same for as long as the entry is about the same thing; it need not be a word
	At      kb.When // entries whose time is unknown are left out
	Changed kb.When // the newest time that the entry is known to depend on, when there is one
	Title   string
	Text    string // may have several lines
	URL     string // absolute, or empty
}
