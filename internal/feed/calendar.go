package feed

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"debrief/internal/kb"
	"debrief/internal/site"
	"debrief/internal/view"
)

// Calendar returns a calendar as iCalendar (RFC 5545), for programs to subscribe to.
//
// What is due is written as an event (VEVENT) and not as a task (VTODO), which
// would say more: of what people subscribe to, Google's, Apple's and Microsoft's
// calendars show the events and pass over the tasks. An event of a whole day takes
// no time and does not make its reader busy.
//
// There is no METHOD: with one the entries would be messages (RFC 5546), which name
// an organiser; a file without one is read in the same way.
//
// It is a function of the site: the time at which an entry was made, which the
// format demands, is one of the data that is past.
func Calendar(s *site.Site, c view.CalendarFile) []byte {
	w := calendarWriter{}
	w.line("BEGIN", "VCALENDAR")
	w.line("VERSION", "2.0")
	w.line("PRODID", "-//debrief//debrief//EN")
	w.text("NAME", c.Name)
	w.text("X-WR-CALNAME", c.Name) // what NAME is called by those who came before RFC 7986
	w.text("DESCRIPTION", c.Description)
	w.text("X-WR-CALDESC", c.Description)
	w.line("REFRESH-INTERVAL;VALUE=DURATION", "PT12H")
	w.line("X-PUBLISHED-TTL", "PT12H")
	empty := true
	for _, e := range c.Entries {
		if !e.At.Known() {
			continue
		}
		empty = false
		changed := e.Changed
		if !changed.Known() { // that of the entry may be to come
			changed = kb.When{Time: time.Unix(0, 0), Precision: kb.Instant}
		}
		w.line("BEGIN", "VEVENT")
		w.line("UID", uid(s, e.ID))
		w.line("DTSTAMP", stampOf(changed))
		if e.At.Precision == kb.Day {
			w.line("DTSTART;VALUE=DATE", e.At.Time.Format("20060102"))
		} else {
			w.line("DTSTART", stampOf(e.At))
			if e.Length > 0 {
				w.line("DURATION", fmt.Sprintf("PT%dM", int(e.Length.Minutes())))
			}
		}
		w.text("SUMMARY", e.Title)
		w.text("DESCRIPTION", e.Text)
		if e.URL != "" {
			w.line("URL", strings.Map(printable, e.URL))
		}
		w.line("TRANSP", "TRANSPARENT")
		w.line("END", "VEVENT")
	}
	if empty {
		w.zone()
	}
	w.line("END", "VCALENDAR")
	return w.Bytes()
}

// zone writes the zone of all times. It is there when nothing else is, since a
// calendar without any part is not valid.
func (w *calendarWriter) zone() {
	w.line("BEGIN", "VTIMEZONE")
	w.line("TZID", "UTC")
	w.line("BEGIN", "STANDARD")
	w.line("DTSTART", "19700101T000000")
	w.line("TZOFFSETFROM", "+0000")
	w.line("TZOFFSETTO", "+0000")
	w.line("END", "STANDARD")
	w.line("END", "VTIMEZONE")
}

// uid is a name that no other entry in the world has, and that this one keeps.
func uid(s *site.Site, id string) string {
	sum := sha256.Sum256([]byte(s.AbsoluteURL("") + "\n" + id))
	return hex.EncodeToString(sum[:12]) + "@" + s.Config.BaseURL.Hostname()
}

// stampOf is a time in UTC; of a day, its first second.
func stampOf(w kb.When) string {
	if w.Precision == kb.Day {
		return w.Time.Format("20060102") + "T000000Z"
	}
	return w.Time.In(time.UTC).Format("20060102T150405Z")
}

// calendarWriter writes the lines of a calendar.
type calendarWriter struct{ bytes.Buffer }

var calendarText = strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\r\n", `\n`, "\r", `\n`, "\n", `\n`)

// text writes a property whose value is text, unless that is empty.
func (w *calendarWriter) text(name, value string) {
	if value = strings.Map(printable, strings.ToValidUTF8(calendarText.Replace(strings.TrimSpace(value)), "\uFFFD")); value != "" {
		w.line(name, value)
	}
}

// printable drops control characters, which the format has no way to write.
func printable(r rune) rune {
	if r < ' ' || r == 0x7f {
		return -1
	}
	return r
}

// maxOctets is how long a line may be, without its end.
const maxOctets = 75

// line writes a property. A long one goes on in the next line after a space;
// characters of several bytes stay whole.
func (w *calendarWriter) line(name, value string) {
	rest, room := name+":"+value, maxOctets
	for len(rest) > room {
		n := room
		for !utf8.RuneStart(rest[n]) {
			n--
		}
		w.WriteString(rest[:n] + "\r\n ")
		rest, room = rest[n:], maxOctets-1
	}
	w.WriteString(rest + "\r\n")
}
