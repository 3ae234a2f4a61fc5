package kb

import (
	"testing"
	"time"
)

// Times are written by people and by other tools; what is accepted is listed
// here in full.
func TestParseWhen(t *testing.T) {
	zone := time.FixedZone("", -5*60*60)
	const utc = "2006-01-02T15:04:05.999999999Z"
	for _, test := range []struct {
		text      string
		precision Precision
		want      string // in UTC
	}{
		{"", Unknown, ""},
		{"  \t\n", Unknown, ""},

		{"2026-03-12", Day, "2026-03-12T05:00:00Z"},
		{" 2026-03-12 ", Day, "2026-03-12T05:00:00Z"},
		{"1628-08-10", Day, "1628-08-10T05:00:00Z"},
		{"2024-02-29", Day, "2024-02-29T05:00:00Z"},
		{"9999-12-31", Day, "9999-12-31T05:00:00Z"},

		{"2026-03-12T14:21:30Z", Instant, "2026-03-12T14:21:30Z"},
		{"2026-03-12T14:21Z", Instant, "2026-03-12T14:21:00Z"},
		{"2026-03-12t14:21:30z", Instant, "2026-03-12T14:21:30Z"},
		{"2026-03-12 14:21:30Z", Instant, "2026-03-12T14:21:30Z"},
		{"2026-03-12 14:21:30 Z", Instant, "2026-03-12T14:21:30Z"},
		{"2026-03-12T14:21:30.25Z", Instant, "2026-03-12T14:21:30.25Z"},
		{"2026-03-12T14:21:30.123456789Z", Instant, "2026-03-12T14:21:30.123456789Z"},
		{"2026-03-12T14:21:30+01:00", Instant, "2026-03-12T13:21:30Z"},
		{"2026-03-12T14:21+01:00", Instant, "2026-03-12T13:21:00Z"},
		{"2026-03-12 14:21:30 +01:00", Instant, "2026-03-12T13:21:30Z"},
		{"2026-03-12T14:21:30-07:00", Instant, "2026-03-12T21:21:30Z"},
		{"2026-03-12T14:21:30+05:45", Instant, "2026-03-12T08:36:30Z"},
		{"2026-01-01T00:30:00+14:00", Instant, "2025-12-31T10:30:00Z"},
		{"1628-08-10T16:00:00+01:00", Instant, "1628-08-10T15:00:00Z"},

		// Without an offset: in the site's zone.
		{"2026-03-12T14:21:30", Instant, "2026-03-12T19:21:30Z"},
		{"2026-03-12T14:21", Instant, "2026-03-12T19:21:00Z"},
		{"2026-03-12 14:21:30", Instant, "2026-03-12T19:21:30Z"},
		{"2026-03-12 14:21", Instant, "2026-03-12T19:21:00Z"},
	} {
		got, err := ParseWhen(test.text, zone)
		if err != nil {
			t.Errorf("%q: %v", test.text, err)
			continue
		}
		if got.Precision != test.precision || got.Known() != (test.precision != Unknown) {
			t.Errorf("%q has the precision %d, known is %v, want %d", test.text, got.Precision, got.Known(), test.precision)
		}
		if test.want != "" && got.Time.UTC().Format(utc) != test.want {
			t.Errorf("%q is %s, want %s", test.text, got.Time.UTC().Format(utc), test.want)
		}
	}
	for _, text := range []string{
		"soon", "2026", "2026-03", "2026-3-12", "12.3.2026", "03/12/2026", "20260312", "2026-13-01", "2026-02-30", "2025-02-29", "2026-00-10",
		"0000-00-00", "14:21", "2026-03-12T", "2026-03-12T25:00:00Z", "2026-03-12T24:00:00Z", "2026-03-12T14:60:00Z", "2026-03-12T14:21:60Z",
		"2026-03-12T14Z", "2026-03-12T14:21:30+0100", "2026-03-12T14:21:30 CET", "2026-03-12T14:21:30+25:00", "-2026-03-12", "12026-03-12",
		"2026-03-12T14:21:30Z and more", "2026-03-12 - 2026-03-13", "yesterday", "1773325290",
	} {
		if got, err := ParseWhen(text, zone); err == nil || got.Known() {
			t.Errorf("%q is taken for %v", text, got.Time)
		}
	}
}

// The offset that was written is kept: the page shows the time as the people
// there saw it on the clock.
func TestParseWhenKeepsTheOffset(t *testing.T) {
	w, err := ParseWhen("2026-03-12T14:21:00+05:45", time.UTC)
	if err != nil || w.Time.Format(time.RFC3339) != "2026-03-12T14:21:00+05:45" {
		t.Errorf("got %s, %v", w.Time.Format(time.RFC3339), err)
	}
}

// On the day the clocks change, a day still begins at midnight and an hour that
// does not exist is no error.
func TestParseWhenAcrossDaylightSaving(t *testing.T) {
	zone, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]string{
		"2026-03-29":       "2026-03-28T23:00:00Z",
		"2026-03-30":       "2026-03-29T22:00:00Z",
		"2026-03-29 01:59": "2026-03-29T00:59:00Z",
		"2026-03-29 03:00": "2026-03-29T01:00:00Z",
		"2026-10-25 03:30": "2026-10-25T02:30:00Z",
	} {
		w, err := ParseWhen(text, zone)
		if got := w.Time.UTC().Format(time.RFC3339); err != nil || got != want {
			t.Errorf("%s is %s, %v, want %s", text, got, err, want)
		}
	}
	if w, err := ParseWhen("2026-03-29 02:30", zone); err != nil || !w.Known() {
		t.Errorf("an hour that does not exist: %v, %v", w, err)
	}
}

func TestParseDate(t *testing.T) {
	for text, want := range map[string]Date{
		"2026-04-01": {2026, time.April, 1}, " 2026-04-01\n": {2026, time.April, 1}, "1628-08-10": {1628, time.August, 10},
		"2024-02-29": {2024, time.February, 29}, "0001-01-01": {1, time.January, 1},
	} {
		got, err := ParseDate(text)
		if err != nil || got != want || got.IsZero() {
			t.Errorf("%q is %v, %v, want %v", text, got, err, want)
		}
	}
	for _, text := range []string{"", "2026", "2026-4-1", "01.04.2026", "2026-02-30", "2026-04-01T00:00:00Z", "2026-04-01 x", "today"} {
		if got, err := ParseDate(text); err == nil || !got.IsZero() {
			t.Errorf("%q is taken for %v", text, got)
		}
	}
}

func TestDate(t *testing.T) {
	days := []Date{{}, {1628, time.August, 10}, {2025, time.December, 31}, {2026, time.January, 1}, {2026, time.January, 2}, {2026, time.February, 1}}
	for i, d := range days {
		for j, e := range days {
			if d.After(e) != (i > j) {
				t.Errorf("that %v is after %v is %v", d, e, d.After(e))
			}
		}
	}
	if s := (Date{1628, time.August, 9}).String(); s != "1628-08-09" {
		t.Errorf("got %s, want 1628-08-09", s)
	}
	if !(Date{}).IsZero() || (Date{Year: 1}).IsZero() {
		t.Error("IsZero is wrong")
	}
	// The day is that of the time's own place.
	at := time.Date(2026, 1, 1, 0, 30, 0, 0, time.FixedZone("", 14*60*60))
	if d := DateOf(at); d != (Date{2026, time.January, 1}) {
		t.Errorf("DateOf %v = %v", at, d)
	}
	if d := DateOf(at.UTC()); d != (Date{2025, time.December, 31}) {
		t.Errorf("DateOf %v = %v", at.UTC(), d)
	}
}

func TestSeverityRank(t *testing.T) {
	c := DefaultConfig()
	for id, want := range map[string]int{"SEV1": 1, "sev4": 4, "SEV5": 0, "": 0, "Critical": 0} {
		if got := c.SeverityRank(id); got != want {
			t.Errorf("SeverityRank(%q) = %d, want %d", id, got, want)
		}
	}
}

func TestKindString(t *testing.T) {
	for kind, want := range map[Kind]string{KindIncident: "incident", KindGuide: "playbook", KindTerm: "glossary term", KindPlain: "page"} {
		if kind.String() != want {
			t.Errorf("kind %d is %q, want %q", kind, kind, want)
		}
	}
}
