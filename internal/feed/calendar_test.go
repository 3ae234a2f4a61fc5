package feed_test

import (
	"net/url"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"debrief/internal/feed"
	"debrief/internal/kb"
	"debrief/internal/site"
	"debrief/internal/view"
)

func calendarSite(t *testing.T) *site.Site {
	t.Helper()
	config := kb.DefaultConfig()
	config.BaseURL = &url.URL{Scheme: "https", Host: "kb.example.org:8443", Path: "/"}
	return site.New(kb.Corpus{}, config, site.Options{}, nil)
}

func TestCalendar(t *testing.T) {
	day := kb.When{Time: time.Date(2026, 4, 1, 0, 0, 0, 0, time.UTC), Precision: kb.Day}
	at := kb.When{Time: time.Date(2026, 3, 13, 10, 0, 0, 0, time.FixedZone("", 3600)), Precision: kb.Instant}
	got := string(feed.Calendar(calendarSite(t), view.CalendarFile{
		Name: "Actions; all, of us", Path: "actions.ics",
		Entries: []view.CalendarEntry{
			{ID: "a", At: day, Changed: at, Title: "Alert, before\na key\\expires", Text: "Owner: anchors;\r\nbell\x07", URL: "https://kb.example.org/incidents/x/#a-1"},
			{ID: "b", At: at, Length: 90 * time.Minute, Title: strings.Repeat("Prüfe ", 30)},
			{ID: "c", Title: "No day"},
		},
	}))
	want := strings.ReplaceAll(`BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//debrief//debrief//EN
NAME:Actions\; all\, of us
X-WR-CALNAME:Actions\; all\, of us
REFRESH-INTERVAL;VALUE=DURATION:PT12H
X-PUBLISHED-TTL:PT12H
BEGIN:VEVENT
UID:9ff7cb2bb57d6a7bb62ea0d1@kb.example.org
DTSTAMP:20260313T090000Z
DTSTART;VALUE=DATE:20260401
SUMMARY:Alert\, before\na key\\expires
DESCRIPTION:Owner: anchors\;\nbell
URL:https://kb.example.org/incidents/x/#a-1
TRANSP:TRANSPARENT
END:VEVENT
BEGIN:VEVENT
`, "\n", "\r\n")
	if uid := between(got, "UID:", "@"); len(uid) == 24 {
		want = strings.Replace(want, between(want, "UID:", "@"), uid, 1) // whatever it is
	}
	if !strings.HasPrefix(got, want) {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if strings.Contains(got, "No day") {
		t.Error("an entry without a day is there")
	}
	for line := range strings.SplitSeq(strings.TrimSuffix(got, "\r\n"), "\r\n") {
		if len(line) > 75 || !utf8.ValidString(line) || strings.ContainsAny(line, "\r\n") {
			t.Errorf("%d octets: %q", len(line), line)
		}
	}
	if !strings.Contains(got, "DTSTAMP:19700101T000000Z\r\nDTSTART:20260313T090000Z\r\nDURATION:PT90M\r\n") {
		t.Errorf("the meeting has no length, or was made on its day: %s", got)
	}
	if whole := strings.ReplaceAll(got, "\r\n ", ""); !strings.Contains(whole, "SUMMARY:"+strings.TrimSpace(strings.Repeat("Prüfe ", 30))+"\r\n") {
		t.Errorf("a folded line is not what it was: %s", whole)
	}
}

// A calendar has one part at least, and that is no entry when there is none.
func TestCalendarEmpty(t *testing.T) {
	got := string(feed.Calendar(calendarSite(t), view.CalendarFile{Name: "Reviews", Entries: []view.CalendarEntry{{ID: "a", Title: "No day"}}}))
	if !strings.Contains(got, "BEGIN:VTIMEZONE\r\n") || strings.Contains(got, "VEVENT") {
		t.Errorf("got\n%s", got)
	}
}

// An entry keeps its name for as long as its ID does, and no other has it.
func TestCalendarUID(t *testing.T) {
	day := kb.When{Time: time.Date(2026, 4, 1, 0, 0, 0, 0, time.UTC), Precision: kb.Day}
	named := func(id, title string) string {
		return between(string(feed.Calendar(calendarSite(t), view.CalendarFile{Entries: []view.CalendarEntry{{ID: id, Title: title, At: day}}})), "UID:", "\r\n")
	}
	if a, b := named("x", "one"), named("x", "another"); a != b {
		t.Errorf("%s and %s", a, b)
	}
	if a, b := named("x", "one"), named("y", "one"); a == b {
		t.Errorf("two have %s", a)
	}
}

func between(s, from, to string) string {
	_, s, _ = strings.Cut(s, from)
	s, _, _ = strings.Cut(s, to)
	return s
}
