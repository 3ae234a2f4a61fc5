package view_test

import (
	"testing"
	"time"

	"debrief/internal/view"
)

func TestDuration(t *testing.T) {
	for _, test := range []struct {
		d    time.Duration
		want string
	}{
		{0, "0 min"},
		{29 * time.Second, "0 min"},
		{30 * time.Second, "1 min"},
		{59*time.Minute + 29*time.Second, "59 min"},
		{59*time.Minute + 30*time.Second, "1 h"},
		{2*time.Hour + 7*time.Minute, "2 h 7 min"},
		{47*time.Hour + 59*time.Minute, "47 h 59 min"},
		{48 * time.Hour, "2 d"},
		{48*time.Hour + 29*time.Minute, "2 d"},
		{48*time.Hour + 30*time.Minute, "2 d 1 h"},
		{71*time.Hour + 45*time.Minute, "3 d"},
		{14232 * time.Hour, "593 d"},
	} {
		if got := view.Duration(test.d); got != test.want {
			t.Errorf("Duration(%v) = %q, want %q", test.d, got, test.want)
		}
	}
}

// TestBetween is about durations as far as they are known: of a day alone
// nobody can tell hours.
func TestBetween(t *testing.T) {
	for _, test := range []struct{ started, resolved, want string }{
		{"2026-02-03T10:00:00Z", "2026-02-03T12:07:00Z", "2 h 7 min"},
		{"2026-02-03T10:00:00+01:00", "2026-02-03T10:00:00Z", "1 h"},
		{"2026-02-03T10:00:00Z", "2026-02-03T10:00:00Z", "0 min"},
		{"2026-02-03T10:00:00Z", "2026-02-03T09:00:00Z", ""},
		{"", "2026-02-03T09:00:00Z", ""},
		{"2026-02-03T09:00:00Z", "", ""},
		{"2026-02-03", "2026-02-03", ""},
		{"2026-02-03", "2026-02-04", "1 d"},
		{"2026-02-03", "2026-02-10T12:00:00Z", "8 d"},
		{"2026-02-03T20:00:00Z", "2026-02-03", ""},
		{"2026-02-03T20:00:00Z", "2026-02-04", ""},
		{"2026-02-03T02:00:00Z", "2026-02-04", "1 d"},
		{"1628-08-10", "1961-04-24", "121517 d"},
	} {
		p := plan(t, map[string]string{"incidents/a.md": "---\nstarted: " + test.started + "\nresolved: " + test.resolved + "\n---\n"})
		if got := value[view.Incident](t, p, "incidents/a/index.html").Duration; got != test.want {
			t.Errorf("from %q to %q: %q, want %q", test.started, test.resolved, got, test.want)
		}
	}
}

// TestZone tells that a day stays the day that was written, wherever the site
// is, while a moment is shown in the site's zone.
func TestZone(t *testing.T) {
	for _, test := range []struct{ zone, started, text, machine, year string }{
		{"Pacific/Kiritimati", "2025-12-31", "31 December 2025", "2025-12-31", "years/2025/index.html"},
		{"America/Los_Angeles", "2026-01-01", "1 January 2026", "2026-01-01", "years/2026/index.html"},
		{"Pacific/Kiritimati", "2025-12-31T23:00:00Z", "1 January 2026, 13:00 +14", "2026-01-01T13:00:00+14:00", "years/2026/index.html"},
		{"Europe/Berlin", "2026-07-01T12:00:00Z", "1 July 2026, 14:00 CEST", "2026-07-01T14:00:00+02:00", "years/2026/index.html"},
		{"Europe/Berlin", "2026-07-01T12:00", "1 July 2026, 12:00 CEST", "2026-07-01T12:00:00+02:00", "years/2026/index.html"},
	} {
		p := plan(t, map[string]string{"site.yaml": "time_zone: " + test.zone + "\n", "incidents/a.md": "---\nstarted: " + test.started + "\n---\n"})
		v := value[view.Incident](t, p, "incidents/a/index.html")
		if got := v.Moments[0].At; got != (view.Stamp{Text: test.text, Machine: test.machine}) {
			t.Errorf("%s in %s is %+v", test.started, test.zone, got)
		}
		value[view.List](t, p, test.year)
	}
}
