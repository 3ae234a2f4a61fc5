package review_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"debrief/internal/kb"
	"debrief/internal/review"
)

func berlin(t *testing.T) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

func when(t *testing.T, text string, zone *time.Location) kb.When {
	t.Helper()
	w, err := kb.ParseWhen(text, zone)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func date(t *testing.T, text string) kb.Date {
	t.Helper()
	d, err := kb.ParseDate(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// write puts a moment as the tests below do: the day of the week with the date,
// and the hour where it is known.
func write(w kb.When) string {
	if w.Precision == kb.Day {
		return w.Time.Format("Mon 2006-01-02")
	}
	return w.Time.Format("Mon 2006-01-02 15:04 MST")
}

func TestAfter(t *testing.T) {
	zone := berlin(t)
	c := kb.DefaultConfig()
	c.Zone, c.Clock.Holidays = zone, []kb.Date{date(t, "2026-12-25"), date(t, "2027-01-01")}
	hours, days, business := func(n int) kb.Span { return kb.Span{Hours: n} }, func(n int) kb.Span { return kb.Span{Days: n} }, func(n int) kb.Span { return kb.Span{BusinessDays: n} }
	for _, test := range []struct {
		from string
		span kb.Span
		want string
	}{
		{"2026-11-23T14:00", days(3), "Thu 2026-11-26"},
		{"2026-11-26T14:00", days(3), "Sun 2026-11-29"}, // days of the calendar, not of work
		{"2026-11-20T23:59", business(5), "Fri 2026-11-27"},
		{"2026-11-21T00:00", business(5), "Fri 2026-11-27"}, // a Saturday: the first day is Monday
		{"2026-11-22T12:00", business(1), "Mon 2026-11-23"},
		{"2026-12-23T12:00", business(2), "Mon 2026-12-28"}, // Friday is a holiday
		{"2026-12-31T23:30", business(1), "Mon 2027-01-04"},
		{"2026-11-23", business(2), "Wed 2026-11-25"},
		{"2026-11-23T14:00", hours(24), "Tue 2026-11-24 14:00 CET"},
		{"2026-11-23", hours(24), "Tue 2026-11-24"},
		{"2026-11-23", hours(36), "Wed 2026-11-25"},
		{"2026-03-28T14:00", hours(24), "Sun 2026-03-29 15:00 CEST"}, // 24 hours are 24 hours
		{"2026-03-28T14:00", days(1), "Sun 2026-03-29"},
		{"2026-10-24T14:00", hours(24), "Sun 2026-10-25 13:00 CET"},
		{"2026-10-23T23:59", business(10), "Fri 2026-11-06"},
		{"1628-08-10", business(5), "Thu 1628-08-17"},
		// The days are those of the site's zone, however the start is written.
		{"2026-11-20T23:30:00Z", business(1), "Mon 2026-11-23"}, // a Saturday there
		{"2026-11-22T20:00:00-05:00", days(1), "Tue 2026-11-24"},
		{"2026-11-23T08:00:00-05:00", hours(24), "Tue 2026-11-24 14:00 CET"},
		{"2026-11-23T14:00", kb.Span{Hours: 12, Days: 1}, "Wed 2026-11-25"},
	} {
		if got := write(review.After(c, when(t, test.from, zone), test.span)); got != test.want {
			t.Errorf("%+v after %s is %s, want %s", test.span, test.from, got, test.want)
		}
	}
	c.Clock.Weekend = []time.Weekday{time.Friday, time.Saturday}
	if got := write(review.After(c, when(t, "2026-11-19", zone), business(1))); got != "Sun 2026-11-22" {
		t.Errorf("with another weekend: %s", got)
	}
}

// steps writes the steps of a review in lines: name, state, day.
func steps(list []review.Step) string {
	var b strings.Builder
	for _, s := range list {
		fmt.Fprintf(&b, "%s %s %s", s.Name, s.State, write(s.Due))
		if s.At.Known() {
			fmt.Fprintf(&b, ", at %s", write(s.At))
		}
		b.WriteByte('\n')
	}
	return b.String()
}

func TestSteps(t *testing.T) {
	plan := []kb.Action{{Title: "Watch it"}}
	for _, test := range []struct {
		name, today, resolved, meeting string
		change                         func(*kb.Config, *kb.Incident)
		want                           string
	}{
		{name: "the worst are met about within three days", today: "2026-11-21", resolved: "2026-11-20T22:59:00Z", want: `meeting due Mon 2026-11-23
plan due Tue 2026-11-24
ratified due Wed 2026-11-25
published due Fri 2026-12-04
`},
		{name: "others within five business days", today: "2026-11-28", resolved: "2026-11-20T22:59:00Z",
			change: func(_ *kb.Config, i *kb.Incident) { i.Severity = "SEV4" }, want: `meeting overdue Fri 2026-11-27
plan due Sat 2026-11-28
ratified due Tue 2026-12-01
published due Fri 2026-12-04
`},
		{name: "the day is that of the site's zone", today: "2026-11-21", resolved: "2026-11-20T23:01:00Z",
			change: func(_ *kb.Config, i *kb.Incident) { i.Severity = "" }, want: `meeting due Fri 2026-11-27
plan due Sat 2026-11-28
ratified due Tue 2026-12-01
published due Fri 2026-12-04
`},
		{name: "a meeting that is planned, and late", today: "2026-11-24", resolved: "2026-11-20T12:00:00Z", meeting: "2026-11-25T14:00:00Z", want: `meeting planned Mon 2026-11-23, at Wed 2026-11-25 15:00 CET
plan due Thu 2026-11-26 15:00 CET
ratified due Fri 2026-11-27
published due Fri 2026-12-04
`},
		{name: "a meeting that was held", today: "2026-11-26", resolved: "2026-11-20T12:00:00Z", meeting: "2026-11-24T14:00:00Z", want: `meeting done Mon 2026-11-23, at Tue 2026-11-24 15:00 CET
plan overdue Wed 2026-11-25 15:00 CET
ratified due Thu 2026-11-26
published due Fri 2026-12-04
`},
		{name: "the plan is there", today: "2026-11-26", resolved: "2026-11-20T12:00:00Z", meeting: "2026-11-24T14:00:00Z",
			change: func(_ *kb.Config, i *kb.Incident) { i.Actions = plan }, want: `meeting done Mon 2026-11-23, at Tue 2026-11-24 15:00 CET
plan done Wed 2026-11-25 15:00 CET
ratified due Thu 2026-11-26
published due Fri 2026-12-04
`},
		{name: "actions before the meeting are no plan yet", today: "2026-11-21", resolved: "2026-11-20",
			change: func(c *kb.Config, i *kb.Incident) {
				i.Actions = plan
				c.Clock.Severity["SEV1"] = kb.Review{Meeting: kb.Span{Days: 1}, Plan: kb.Span{Hours: 24}}
			}, want: `meeting due Sat 2026-11-21
plan due Sun 2026-11-22
`},
		{name: "without a meeting, what counts from it is not due", today: "2026-11-21", resolved: "2026-11-20",
			change: func(c *kb.Config, _ *kb.Incident) {
				c.Clock.Severity["SEV1"] = kb.Review{Plan: kb.Span{Hours: 24}, Published: kb.Span{Days: 2}}
			}, want: "published due Sun 2026-11-22\n"},
		{name: "unless there was one", today: "2026-11-21", resolved: "2026-11-19", meeting: "2026-11-20",
			change: func(c *kb.Config, _ *kb.Incident) {
				c.Clock.Severity["SEV1"] = kb.Review{Plan: kb.Span{Hours: 24}}
			}, want: "plan due Sat 2026-11-21\n"},
		{name: "nothing is due", today: "2026-11-21", resolved: "2026-11-19",
			change: func(c *kb.Config, _ *kb.Incident) { c.Clock.Severity["SEV1"] = kb.Review{} }},
		{name: "not resolved", today: "2026-11-21"},
		{name: "reviewed", today: "2026-11-21", resolved: "2026-11-19", change: func(_ *kb.Config, i *kb.Incident) { i.Status = "reviewed" }},
		{name: "an old archive", today: "2026-11-21", resolved: "2012-11-19", change: func(_ *kb.Config, i *kb.Incident) { i.Status = "" }},
	} {
		t.Run(test.name, func(t *testing.T) {
			c := kb.DefaultConfig()
			c.Zone = berlin(t)
			i := &kb.Incident{Status: "in-review", Severity: "SEV1", Resolved: when(t, test.resolved, c.Zone), Meeting: when(t, test.meeting, c.Zone)}
			if test.change != nil {
				test.change(&c, i)
			}
			if got := steps(review.Steps(c, i, date(t, test.today))); got != test.want {
				t.Errorf("steps\n%swant\n%s", got, test.want)
			}
		})
	}
}

func TestNext(t *testing.T) {
	day := func(text string) kb.When { return when(t, text, time.UTC) }
	list := []review.Step{
		{Name: review.Meeting, State: review.Planned, Due: day("2026-11-20"), At: day("2026-11-26")},
		{Name: review.Plan, State: review.Done, Due: day("2026-11-19")},
		{Name: review.Published, State: review.Due, Due: day("2026-11-25")},
	}
	if got, ok := review.Next(list); !ok || got.Name != review.Published {
		t.Errorf("next is %v", got)
	}
	if got, ok := review.Next(list[:2]); !ok || got.Name != review.Meeting || got.Day() != date(t, "2026-11-26") {
		t.Errorf("next is %v", got)
	}
	if _, ok := review.Next(list[1:2]); ok {
		t.Error("what is done is next")
	}
}
