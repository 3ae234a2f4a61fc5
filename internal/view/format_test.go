package view_test

import (
	"fmt"
	"strings"
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
// is, while a moment is shown in the zone of its incident.
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

// TestOneDay tells that an incident with a zone of its own has one day on all pages,
// also where the site's zone has another one, and another year.
func TestOneDay(t *testing.T) {
	p := planOn(t, "2028-01-01", map[string]string{
		"site.yaml":      "time_zone: UTC\n",
		"incidents/a.md": "---\nid: A\nstarted: 2026-12-31T23:30:00\ntimezone: America/New_York\nservices: [edge]\n---\n", // 4:30 of the next year in UTC
		"incidents/b.md": "---\nid: B\nstarted: 2027-01-01T01:00:00Z\nservices: [edge]\n---\nSee [A](a.md).\n",
		"incidents/c.md": "---\nid: C\nstarted: 2026-12-31T20:00:00Z\nservices: [edge]\nrelated: [A]\n---\n",
	})
	if got := value[view.Incident](t, p, "incidents/a/index.html").Moments[0].At.Text; got != "31 December 2026, 23:30 EST" {
		t.Errorf("its page says %s", got)
	}
	if got := value[view.Incident](t, p, "incidents/c/index.html").Related[0].Date.Text; got != "31 December 2026" {
		t.Errorf("a related page says %s", got)
	}
	var got []string
	for _, g := range value[view.List](t, p, "services/edge/index.html").Groups {
		for _, r := range g.Rows {
			got = append(got, fmt.Sprintf("%s %s %s", g.Title, r.ID, r.Started.Text))
		}
	}
	if got := strings.Join(got, ", "); got != "2027 B 1 Jan 2027, 2026 A 31 Dec 2026, 2026 C 31 Dec 2026" {
		t.Errorf("the list says %s", got)
	}
	if l := value[view.List](t, p, "years/2026/index.html"); l.Total != 2 {
		t.Errorf("%d incidents in 2026", l.Total)
	}
	if d := value[view.Day](t, p, "on-this-day/12-31/index.html"); d.Total != 2 || d.Groups[0].Rows[0].ID != "A" {
		t.Errorf("on its day: %+v", d)
	}
}
