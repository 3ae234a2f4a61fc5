package timeline

import (
	"fmt"
	"strings"
	"testing"
)

// String writes a stamp in the notation of the tests: "2020-01-20 14:02:30 UTC",
// "--03-12" without a year, "1/2/2020" where the order is open, "Tue", "next",
// "~" for about, ".." for a range, "+1" for days later, "??" for a time left open.
func (st stamp) String() string {
	var parts []string
	add := func(s string) {
		if s != "" {
			parts = append(parts, s)
		}
	}
	add(st.date.String())
	add(st.clock.String())
	if st.end.ok || st.last.kind != noDate {
		end := strings.TrimSpace(st.last.String() + " " + st.end.String())
		parts = append(parts, "..", end)
	}
	add(st.zone.name)
	if st.plus > 0 {
		add(fmt.Sprintf("+%d", st.plus))
	}
	s := strings.Join(parts, " ")
	if st.about {
		s = "~" + s
	}
	return s
}

func (d date) String() string {
	switch d.kind {
	case fullDate:
		if d.year == 0 {
			return fmt.Sprintf("--%02d-%02d", d.month, d.day)
		}
		return fmt.Sprintf("%04d-%02d-%02d", d.year, d.month, d.day)
	case eitherDate:
		return fmt.Sprintf("%d/%d/%d", d.a, d.b, d.year)
	case weekdayDate:
		return d.week.String()[:3]
	case nextDate:
		return "next"
	}
	return ""
}

func (c clock) String() string {
	switch {
	case !c.ok:
		return ""
	case c.blank:
		return "??"
	case c.seconds:
		return fmt.Sprintf("%02d:%02d:%02d", c.h, c.m, c.s)
	}
	return fmt.Sprintf("%02d:%02d", c.h, c.m)
}

// Lines that begin with a time: the line, the stamp, what follows.
var leads = []struct{ line, stamp, rest string }{
	// The time alone, and signs that part it from the text.
	{"14:02 Alert fires", "14:02", "Alert fires"},
	{"14:02 - Alert fires", "14:02", "Alert fires"},
	{"14:02: Alert fires", "14:02", "Alert fires"},
	{"14:02 – Alert fires", "14:02", "Alert fires"},
	{"14:02— Alert fires", "14:02", "Alert fires"},
	{"14:02, an alert fires", "14:02", "an alert fires"},
	{"14:02 | Alert fires", "14:02", "Alert fires"},
	{"14:02 -> Alert fires", "14:02", "Alert fires"},
	{"14:02 → Alert fires", "14:02", "Alert fires"},
	{"14:02 => Alert fires", "14:02", "Alert fires"},
	{"14:02 • Alert fires", "14:02", "Alert fires"},
	{"[14:02] Alert fires", "14:02", "Alert fires"},
	{"(14:02) Alert fires", "14:02", "Alert fires"},
	{"[14:02:33 UTC] Alert fires", "14:02:33 UTC", "Alert fires"},
	{"• 14:02 Alert fires", "14:02", "Alert fires"},
	{"- 14:02 Alert fires", "14:02", "Alert fires"},
	{"14:02", "14:02", ""},
	{"14:02:", "14:02", ""},
	{"9:29 Alert", "09:29", "Alert"},
	{"00:00 Midnight job", "00:00", "Midnight job"},
	{"24:00 End of the day", "24:00", "End of the day"},
	{"14:02:30 Alert", "14:02:30", "Alert"},
	{"14:02:30.123 Alert", "14:02:30", "Alert"},
	{"14:02:30,123 Alert", "14:02:30", "Alert"},
	{"23:59:60 Leap second", "23:59:59", "Leap second"},
	{"14h02 Alert", "14:02", "Alert"},
	{"14:02h Alert", "14:02", "Alert"},
	{"14:02 hrs Alert", "14:02", "Alert"},
	{"14:02 Uhr Alarm", "14:02", "Alarm"},
	{"14.02 Uhr Alarm", "14:02", "Alarm"},
	{"14.02 UTC Alert", "14:02 UTC", "Alert"},
	{"1402 UTC Alert", "14:02 UTC", "Alert"},
	{"1402Z Alert", "14:02 Z", "Alert"},
	{"noon: the shift changes", "12:00", "the shift changes"},
	{"Midnight - keys expire", "00:00", "keys expire"},
	{"14:02 onwards: errors", "14:02", "errors"},
	{"14:02 (local time) Alert", "14:02", "Alert"},

	{"12.30: Alert", "12:30", "Alert"},
	{"12.30 - Alert", "12:30", "Alert"},
	{"🔥 14:02 Alert", "14:02", "Alert"},
	{"⚠️ 14:02 Alert", "14:02", "Alert"},
	{"14:02 UTC / 06:02 PST: Alert", "14:02 UTC", "Alert"},
	{"14:02 UTC (06:02 PST) Alert", "14:02 UTC", "Alert"},
	{"14:02 CET/CEST Alert", "14:02 CET/CEST", "Alert"},

	// AM and PM.
	{"12:45 PM Alert", "12:45", "Alert"},
	{"12:45 AM Alert", "00:45", "Alert"},
	{"12:00 AM Alert", "00:00", "Alert"},
	{"12:00 PM Alert", "12:00", "Alert"},
	{"1:05 pm - Alert", "13:05", "Alert"},
	{"1:05pm: Alert", "13:05", "Alert"},
	{"01:05 P.M. Alert", "13:05", "Alert"},
	{"1:05 p.m., an alert", "13:05", "an alert"},
	{"2pm Alert", "14:00", "Alert"},
	{"2 pm Alert", "14:00", "Alert"},
	{"2PM PST: Alert", "14:00 PST", "Alert"},
	{"11:59:59 PM Alert", "23:59:59", "Alert"},
	{"2.30pm Alert", "14:30", "Alert"},
	{"13:45 PM Alert", "13:45", "Alert"},
	{"2:30\u202fPM Alert", "14:30", "Alert"},
	{"2:30\u00a0pm Alert", "14:30", "Alert"},
	{"9:31 AM - 11:00 AM PDT Sign-in refuses", "09:31 .. 11:00 PDT", "Sign-in refuses"},
	{"1:30-2:10 PM Alert", "13:30 .. 14:10", "Alert"},
	{"11:30-1:10 PM Alert", "11:30 .. 13:10", "Alert"},
	{"11:30 AM to 1:10 PM Alert", "11:30 .. 13:10", "Alert"},

	// Ranges.
	{"14:02-14:10 Errors", "14:02 .. 14:10", "Errors"},
	{"14:02 - 14:10 Errors", "14:02 .. 14:10", "Errors"},
	{"14:02–14:10 Errors", "14:02 .. 14:10", "Errors"},
	{"14:02 – 14:10 UTC Errors", "14:02 .. 14:10 UTC", "Errors"},
	{"14:02 UTC - 14:10 UTC: Errors", "14:02 .. 14:10 UTC", "Errors"},
	{"14:02 to 15:00 Errors", "14:02 .. 15:00", "Errors"},
	{"14:02 until 15:00, errors", "14:02 .. 15:00", "errors"},
	{"From 14:02 to 15:00 errors", "14:02 .. 15:00", "errors"},
	{"Between 14:02 and 14:10, errors", "14:02 .. 14:10", "errors"},
	{"14:02 -> 14:10 Errors", "14:02 .. 14:10", "Errors"},
	{"14:02 bis 14:10 Uhr Fehler", "14:02 .. 14:10", "Fehler"},
	{"23:50-00:10 Errors", "23:50 .. 00:10", "Errors"},
	{"2022-08-03 12:26-12:?? Fix", "2022-08-03 12:26 .. ??", "Fix"},
	{"2020-10-06 09:00 - 11:00 Search", "2020-10-06 09:00 .. 11:00", "Search"},
	{"2020-10-06 23:00 - 2020-10-07 01:00 Search", "2020-10-06 23:00 .. 2020-10-07 01:00", "Search"},
	{"2020-10-06 - 2020-10-08: Search", "2020-10-06 .. 2020-10-08", "Search"},
	{"14:02 - 15 pods restart", "14:02", "15 pods restart"},
	{"14:02 and 14:10 both fail", "14:02", "and 14:10 both fail"},
	{"14:02 to the team: hello", "14:02", "to the team: hello"},

	// About.
	{"~14:30 Alert", "~14:30", "Alert"},
	{"~ 14:30 Alert", "~14:30", "Alert"},
	{"≈14:30 Alert", "~14:30", "Alert"},
	{"around 14:30 an alert", "~14:30", "an alert"},
	{"Around 14:30, an alert", "~14:30", "an alert"},
	{"about 14:30 Alert", "~14:30", "Alert"},
	{"approx. 14:30 Alert", "~14:30", "Alert"},
	{"approximately 2pm Alert", "~14:00", "Alert"},
	{"ca. 14:30 Alert", "~14:30", "Alert"},
	{"circa 14:30 Alert", "~14:30", "Alert"},
	{"gegen 14:30 Uhr Alarm", "~14:30", "Alarm"},
	{"14:30~ Alert", "~14:30", "Alert"},
	{"14:30ish Alert", "~14:30", "Alert"},
	{"14:30? Alert", "~14:30", "Alert"},
	{"14:30 (approx) Alert", "~14:30", "Alert"},
	{"14:30 UTC (approximately): Alert", "~14:30 UTC", "Alert"},
	{"By 14:30 all was well", "~14:30", "all was well"},
	{"At around 14:30 an alert", "~14:30", "an alert"},
	{"~2026-01-22 13:05 Loop", "~2026-01-22 13:05", "Loop"},
	{"2026-01-22 ~13:05 Loop", "~2026-01-22 13:05", "Loop"},
	{"2020-11-17 10:45~ Upgraded", "~2020-11-17 10:45", "Upgraded"},

	// Zones.
	{"14:02 UTC Alert", "14:02 UTC", "Alert"},
	{"14:02 (UTC) Alert", "14:02 UTC", "Alert"},
	{"14:02 utc Alert", "14:02 UTC", "Alert"},
	{"14:02UTC Alert", "14:02 UTC", "Alert"},
	{"14:02Z Alert", "14:02 Z", "Alert"},
	{"14:02 GMT Alert", "14:02 GMT", "Alert"},
	{"14:02 CET Alert", "14:02 CET", "Alert"},
	{"14:02 CEST – Alert", "14:02 CEST", "Alert"},
	{"2:02 PM PST Alert", "14:02 PST", "Alert"},
	{"2:02 PM PDT - Alert", "14:02 PDT", "Alert"},
	{"14:02 EST Alert", "14:02 EST", "Alert"},
	{"14:02 BST Alert", "14:02 BST", "Alert"},
	{"14:02 IST Alert", "14:02 IST", "Alert"},
	{"14:02 JST Alert", "14:02 JST", "Alert"},
	{"14:02 PT Alert", "14:02 PT", "Alert"},
	{"14:02 ET: Alert", "14:02 ET", "Alert"},
	{"14:02 Pacific Alert", "14:02 PT", "Alert"},
	{"14:02 Pacific Time - Alert", "14:02 PT", "Alert"},
	{"14:02 Pacific Daylight Time - Alert", "14:02 PDT", "Alert"},
	{"14:02 Eastern Standard Time - Alert", "14:02 EST", "Alert"},
	{"14:02 PST (UTC-8) Alert", "14:02 PST", "Alert"},
	{"14:02 Europe/Berlin Alert", "14:02 Europe/Berlin", "Alert"},
	{"14:02 UTC+2 Alert", "14:02 UTC+2", "Alert"},
	{"14:02 GMT-07:00 Alert", "14:02 GMT-07:00", "Alert"},
	{"14:02 (UTC+05:30) Alert", "14:02 UTC+05:30", "Alert"},
	{"14:02+01:00 Alert", "14:02 +01:00", "Alert"},
	{"14:02 +0100 Alert", "14:02 +0100", "Alert"},
	{"14:02 -0700 Alert", "14:02 -0700", "Alert"},
	{"14:02 AWS reports errors", "14:02", "AWS reports errors"},
	{"14:02 Central cluster fails", "14:02", "Central cluster fails"},
	{"14:02 Mountain View office calls", "14:02", "Mountain View office calls"},
	{"14:02 Zookeeper fails", "14:02", "Zookeeper fails"},
	{"14:02 MESZ Alarm", "14:02 MESZ", "Alarm"},

	// Days with times.
	{"2020-01-20 13:50 Alert", "2020-01-20 13:50", "Alert"},
	{"2020-01-20 13:50: Alert", "2020-01-20 13:50", "Alert"},
	{"2020-01-20 - 13:50 - Alert", "2020-01-20 13:50", "Alert"},
	{"2020-01-20, 13:50 Alert", "2020-01-20 13:50", "Alert"},
	{"2020-01-20 at 13:50 an alert", "2020-01-20 13:50", "an alert"},
	{"2020-01-20 @ 13:50 Alert", "2020-01-20 13:50", "Alert"},
	{"2020-01-20T13:50Z Alert", "2020-01-20 13:50 Z", "Alert"},
	{"2020-01-20T13:50:10Z Alert", "2020-01-20 13:50:10 Z", "Alert"},
	{"2020-01-20T13:50:10.123456Z Alert", "2020-01-20 13:50:10 Z", "Alert"},
	{"2020-01-20T13:50:10+01:00 Alert", "2020-01-20 13:50:10 +01:00", "Alert"},
	{"2020-01-20T13:50:10-07:00 Alert", "2020-01-20 13:50:10 -07:00", "Alert"},
	{"2020-01-20T13:50-07:00 Alert", "2020-01-20 13:50 -07:00", "Alert"},
	{"2020-01-20 13:50:10-07:00 Alert", "2020-01-20 13:50:10 -07:00", "Alert"},
	{"2020-01-20 13:50:10 -0700 Alert", "2020-01-20 13:50:10 -0700", "Alert"},
	{"2020-01-20 13:50-14:00 Alert", "2020-01-20 13:50 .. 14:00", "Alert"},
	{"2020-01-20 UTC 13:50 Alert", "2020-01-20", "UTC 13:50 Alert"},
	{"2020/01/20 13:50 Alert", "2020-01-20 13:50", "Alert"},
	{"2020.01.20 13:50 Alert", "2020-01-20 13:50", "Alert"},
	{"2020-1-5 9:05 Alert", "2020-01-05 09:05", "Alert"},
	{"2022-03-10 11.50 Declared", "2022-03-10 11:50", "Declared"},
	{"2025-01-14 1600 Repaired", "2025-01-14 16:00", "Repaired"},
	{"2019-12-03 --:-- Surge", "2019-12-03 ??", "Surge"},
	{"2022-06-02 HH:mm Found", "2022-06-02 ??", "Found"},
	{"2024-03-13 14:?? Scaled", "2024-03-13 ??", "Scaled"},
	{"2023-01-04 (Time TBC)", "2023-01-04 ??", ""},
	{"20.01.2020 13:50 Alarm", "2020-01-20 13:50", "Alarm"},
	{"20.1.2020, 13:50 Uhr: Alarm", "2020-01-20 13:50", "Alarm"},
	{"25/12/2020 13:50 Alert", "2020-12-25 13:50", "Alert"},
	{"12/25/2020 13:50 Alert", "2020-12-25 13:50", "Alert"},
	{"12-25-2020 12:45 PM Alert", "2020-12-25 12:45", "Alert"},
	{"03/04/2020 13:50 Alert", "3/4/2020 13:50", "Alert"},
	{"03/04/20 13:50 Alert", "3/4/20 13:50", "Alert"},
	{"03/03/2020 13:50 Alert", "2020-03-03 13:50", "Alert"},
	{"03/04 13:50 Alert", "3/4/0 13:50", "Alert"},
	{"10/23 9:15 AM Alert", "--10-23 09:15", "Alert"},
	{"12 March 2026 14:02 Alert", "2026-03-12 14:02", "Alert"},
	{"12 March 2026, 14:02 UTC: Alert", "2026-03-12 14:02 UTC", "Alert"},
	{"12 Mar 14:02 Alert", "--03-12 14:02", "Alert"},
	{"12th of March 14:02 Alert", "--03-12 14:02", "Alert"},
	{"12-Mar-2026 14:02 Alert", "2026-03-12 14:02", "Alert"},
	{"2026-Mar-12 14:02 Alert", "2026-03-12 14:02", "Alert"},
	{"March 12th, 14:02 Alert", "--03-12 14:02", "Alert"},
	{"March 12, 2026 14:02 Alert", "2026-03-12 14:02", "Alert"},
	{"March 12th, 2026 at 2:02 PM PST: Alert", "2026-03-12 14:02 PST", "Alert"},
	{"Mar. 12 14:02 Alert", "--03-12 14:02", "Alert"},
	{"Sept 3, 14:02 Alert", "--09-03 14:02", "Alert"},
	{"Monday 20 January, 14:02 Alert", "--01-20 14:02", "Alert"},
	{"Mon, 20 Jan 2020 14:02:03 +0000 Alert", "2020-01-20 14:02:03 +0000", "Alert"},
	{"Monday, January 20th 14:02 Alert", "--01-20 14:02", "Alert"},
	{"Monday 2020-01-20 14:02 Alert", "2020-01-20 14:02", "Alert"},
	{"2020-01-20 (Monday) 14:02 Alert", "2020-01-20 14:02", "Alert"},
	{"2020-01-20 Monday, 14:02: Alert", "2020-01-20 14:02", "Alert"},
	{"2020-01-20 Monday's alert", "2020-01-20", "Monday's alert"},
	{"Mon Mar 12 14:02:33 UTC 2026 Alert", "2026-03-12 14:02:33 UTC", "Alert"},
	{"At approximately 7:31 AM PDT on October 25, 2022, an alert", "~2022-10-25 07:31 PDT", "an alert"},
	{"2018-07-30 ca. 11:20", "~2018-07-30 11:20", ""},
	{"Fri 13 Jan, 9:15am: Alert", "--01-13 09:15", "Alert"},
	{"March 12 - 13:45 Alert", "--03-12 13:45", "Alert"},
	{"Tuesday 14:02 Alert", "Tue 14:02", "Alert"},
	{"Tue 14:02 - Alert", "Tue 14:02", "Alert"},
	{"Next day, 09:00: Alert", "next 09:00", "Alert"},
	{"The following day at 09:00 an alert", "next 09:00", "an alert"},
	{"12. März 2026, 14:02 Uhr: Alarm", "2026-03-12 14:02", "Alarm"},
	{"am 12. März um 14:02 Uhr Alarm", "--03-12 14:02", "Alarm"},
	{"On 12 March at 14:02 an alert", "--03-12 14:02", "an alert"},
	{"At 14:02 on 12 March 2026, an alert", "2026-03-12 14:02", "an alert"},
	{"14:02 UTC on March 12th, an alert", "--03-12 14:02 UTC", "an alert"},
	{"14:02, 12 March 2026: Alert", "2026-03-12 14:02", "Alert"},
	{"14:02 2026-03-12 Alert", "2026-03-12 14:02", "Alert"},
	{"14:02 (12 March) Alert", "--03-12 14:02", "Alert"},
	{"10:30 AM, March 12 - Alert", "--03-12 10:30", "Alert"},
	{"14:02 12 pods restart", "14:02", "12 pods restart"},
	{"14:02 May is informed", "14:02", "May is informed"},
	{"14:02 Monday's backup is used", "14:02", "Monday's backup is used"},
	{"14:02 2 of 3 nodes fail", "14:02", "2 of 3 nodes fail"},
	{"00:10 (+1) Alert", "00:10 +1", "Alert"},
	{"00:10 +1d Alert", "00:10 +1", "Alert"},
	{"00:10 +1 day Alert", "00:10 +1", "Alert"},
	{"00:10 (next day) Alert", "00:10 +1", "Alert"},
	{"00:10 UTC (+1d): Alert", "00:10 UTC +1", "Alert"},
	{"1969-07-20 20:17 UTC Landing", "1969-07-20 20:17 UTC", "Landing"},
	{"1628-08-10 15:00 Departure", "1628-08-10 15:00", "Departure"},

	// Days alone.
	{"2021-12-10 Published", "2021-12-10", "Published"},
	{"2021-12-10: Published", "2021-12-10", "Published"},
	{"2021-12-10", "2021-12-10", ""},
	{"12 March 2026", "2026-03-12", ""},
	{"12 March", "--03-12", ""},
	{"12 March: Alert", "--03-12", "Alert"},
	{"March 12", "--03-12", ""},
	{"March 12 - Alert", "--03-12", "Alert"},
	{"Monday 20 January", "--01-20", ""},
	{"Monday", "Mon", ""},
	{"Monday: Alert", "Mon", "Alert"},
	{"05-08-2023", "5/8/2023", ""},
	{"05-08-2023 Alert", "5/8/2023", "Alert"},
	{"On 12 March the team met", "--03-12", "the team met"},
	{"29 February 2024 Alert", "2024-02-29", "Alert"},
}

func TestLead(t *testing.T) {
	for _, test := range leads {
		st, rest, ok := lead(test.line)
		if got := st.String(); !ok || got != test.stamp || rest != test.rest {
			t.Errorf("%q: got %q and %q (%v), want %q and %q", test.line, got, rest, ok, test.stamp, test.rest)
		}
	}
}

// Lines that begin with no time, although some look like it.
func TestNoLead(t *testing.T) {
	for _, line := range []string{
		"", " ", "-", "Alert fires at 14:02", "192.168.0.1 is down", "10:1 odds", "3:2", "1.14.2 is out", "v1.14 is out", "14 pods restart", "25:10 Alert", "14:60 Alert",
		"20202-01-16 12:00 Alert", "2020-13-01 Alert", "2020-02-30 Alert", "29 February 2023 Alert", "31 April: Alert", "2021/22-??-?? Alert", "2022-02-?? ??:?? Alert",
		"May 3 nodes fail", "Monday was quiet", "March is over", "12 Marching bands", "1/2 of the nodes", "50 % of the nodes", "14:021 Alert", "12:30:45:67 Alert", "00:1A:2B:3C:4D:5E answers",
		"10:30x", "2020 was a good year", "Sunday's deployment", "Atlanta fails", "noontime", "Second alert", "Maybe", "1402 pods restart", "14.02 is out", "1.30: version", "99th percentile", "3rd alert",
		"12 hours later", "5 min later", "+5 min", "T+10: Alert", "??:?? Alert", "By the team", "At the time", "The next step", "between us",
	} {
		if st, rest, ok := lead(line); ok {
			t.Errorf("%q: got %v and %q, want no time", line, st, rest)
		}
	}
}

// Lines that end with a time: the line, the stamp, what is before it.
func TestTail(t *testing.T) {
	for _, test := range []struct{ line, stamp, before string }{
		{"Fault occurs 2020-04-15 07:15", "2020-04-15 07:15", "Fault occurs"},
		{"First detected: 2023-01-11 14:22", "2023-01-11 14:22", "First detected"},
		{"Declared 2022-03-10 11.50", "2022-03-10 11:50", "Declared"},
		{"Repaired: 2025-01-14 1600", "2025-01-14 16:00", "Repaired"},
		{"Detected 2023-01-04 (Time TBC)", "2023-01-04 ??", "Detected"},
		{"Resolved at 2020-04-15 15:09 UTC", "2020-04-15 15:09 UTC", "Resolved"},
		{"Resolved - 15:09", "15:09", "Resolved"},
		{"Resolved – 15:09", "15:09", "Resolved"},
		{"Resolved at 15:09", "15:09", "Resolved"},
		{"Resolved around 3 pm", "~15:00", "Resolved"},
		{"Resolved (15:09)", "15:09", "Resolved"},
		{"Resolved (2020-04-15 15:09 UTC)", "2020-04-15 15:09 UTC", "Resolved"},
		{"Resolved [15:09 UTC].", "15:09 UTC", "Resolved"},
		{"Resolved ~15:09", "~15:09", "Resolved"},
		{"Resolved on 15 April 2020", "2020-04-15", "Resolved"},
		{"Resolved 15 April 2020 at 15:09", "2020-04-15 15:09", "Resolved"},
		{"Errors 14:02 - 14:10", "14:02 .. 14:10", "Errors"},
		{"Errors from 14:02 to 14:10", "14:02 .. 14:10", "Errors"},
		{"Resolved: April 15, 2020 3:09 PM", "2020-04-15 15:09", "Resolved"},
	} {
		st, before, ok := tail(test.line)
		if got := st.String(); !ok || got != test.stamp || before != test.before {
			t.Errorf("%q: got %q and %q (%v), want %q and %q", test.line, got, before, ok, test.stamp, test.before)
		}
	}
	for _, line := range []string{
		"", "Detected 22025-03-18 09:36", "Detected YYYY-MM-DD HH:MM", "Ratio 16:9", "Version 1.14", "On 10.0.0.1", "Port 8080", "Address 00:1A:2B", "Of 2020", "Done in May",
		"Restarted 12 pods", "Resolved on 15 April", "Since Monday", "Resolved 25:10",
	} {
		if st, before, ok := tail(line); ok {
			t.Errorf("%q: got %v and %q, want no time", line, st, before)
		}
	}
}

// Cells that hold a time and nothing else.
func TestWhole(t *testing.T) {
	for cell, want := range map[string]string{
		"2019-11-29 12:00": "2019-11-29 12:00", "  2019-12-04   00:30 ": "2019-12-04 00:30", "2020-10-06 09:00 - 11:00": "2020-10-06 09:00 .. 11:00", "10:45~": "~10:45",
		"2019-12-03 --:--": "2019-12-03 ??", "--:--": "??", "??:??": "??", "TBC": "??", "HH:mm": "??", "1402": "14:02", "14.02": "14:02", "14:02 UTC / 16:02 CEST": "14:02 UTC",
		"14:02 (local)": "14:02", "~14:02": "~14:02", "12 March": "--03-12", "12:45 PM": "12:45", "2pm": "14:00", "Mon 20 Jan 14:02": "--01-20 14:02", "14:02 roughly": "14:02",
		"2020-01-20\n14:02": "2020-01-20 14:02", "2024-04-09 8:40": "2024-04-09 08:40", "12/25/2020": "2020-12-25", "14:02:33.1 Z": "14:02:33",
	} {
		if st, ok := whole(oneLine(cell)); !ok || st.String() != want {
			t.Errorf("%q: got %v (%v), want %s", cell, st, ok, want)
		}
	}
	for _, cell := range []string{"", "-", "20202-01-16 12:00", "2022-02-?? ??:??", "2021/22-??-?? HH:mm", "20xx-MM-DD HH:mm", "morning", "3 of 5", "5 min", "T+5", "Phase 1", "1.5 h"} {
		if st, ok := whole(cell); ok {
			t.Errorf("%q: got %v, want no time", cell, st)
		}
	}
}

func TestAttempt(t *testing.T) {
	for _, word := range []string{"20202-01-16", "14:??", "25:99", "HH:mm", "??:??", "2022-05-??", "YYYY-MM-DD", "20xx-MM-DD", "2021/22-??-??", "22025-03-18", "10:6x"} {
		if !attempt(word) {
			t.Errorf("%q looks like a time", word)
		}
	}
	for _, word := range []string{"", "pods", "10-15", "1:1", "3:2", "v1.14", "10.0.0.1", "x", "--", "my-own-words", "https://x", "a:b", "12", "Mm", "day-to-day"} {
		if attempt(word) {
			t.Errorf("%q looks like no time", word)
		}
	}
}
