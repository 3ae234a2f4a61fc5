package check_test

import (
	"strings"
	"testing"
)

// TestTimeline compares what front matter and timelines say of the same moments.
func TestTimeline(t *testing.T) {
	for _, test := range []struct{ name, front, events, want string }{
		{"both say the same", "detected: 2026-02-03T10:10:00Z\n", "- 10:10 **Detected**: an alert\n- 10:30 Resolved", ""},
		{"in two zones", "detected: 2026-02-03T11:10:00+01:00\n", "- 10:10 UTC **Detected**: an alert", ""},
		{"the same minute", "detected: 2026-02-03T10:10:40Z\n", "- 10:10 **Detected**: an alert", ""},
		{"roughly the same", "detected: 2026-02-03T10:10:00Z\n", "- ~10:30 **Detected**: an alert", ""},
		{"the same day", "detected: 2026-02-03\n", "- 10:30 **Detected**: an alert", ""},
		{"within a range", "mitigated: 2026-02-03T10:20:00Z\n", "- 10:10-10:30 **Mitigated**: a flag", ""},
		{"only the timeline says it", "", "- 10:30 **Detected**: an alert", ""},
		{"another time", "detected: 2026-02-03T10:10:00Z\n", "- 10:30 **Detected**: an alert",
			`6:11: warning: detected: 2026-02-03 10:10 UTC, and the timeline has it at 2026-02-03 10:30 UTC, on line 10 (one of them is wrong, or the entry means something else) [timeline-mark]`},
		{"another day", "resolved: 2026-02-04\n", "- 10:30 **Resolved**: all is well",
			`6:11: warning: resolved: 2026-02-04, and the timeline has it at 2026-02-03 10:30 UTC, on line 10 (one of them is wrong, or the entry means something else) [timeline-mark]`},
		{"by another tool's name", "end_time: 2026-02-04T10:30:00Z\n", "- 10:30 **Resolved**: all is well",
			`6:11: warning: resolved: 2026-02-04 10:30 UTC, and the timeline has it at 2026-02-03 10:30 UTC, on line 10 (one of them is wrong, or the entry means something else) [timeline-mark]`},
		{"the order of marks", "", "- 10:30 **Detected**: an alert\n- 10:20 **Resolved**: all is well", `10:1: warning: resolved comes before detected (check the day and the offset from UTC) [time-order]`},

		{"what led to it", "", "- 2026-01-30 10:00 a plan\n- 2026-02-03 10:00 begins", ""},
		{"long before", "", "- 2025-12-01 10:00 a plan\n- 2025-12-02 10:00 a meeting",
			`9:1: note: 2025-12-01 10:00 UTC is more than 7 days before the start, 2026-02-03 10:00 UTC (check the day, and leave it if that is when it was) [timeline-range]`},
		{"long after", "resolved: 2026-02-03T12:00:00Z\n", "- 2026-02-13 10:00 a report",
			`10:1: note: 2026-02-13 10:00 UTC is more than 7 days after the end, 2026-02-03 12:00 UTC (check the day, and leave it if that is when it was) [timeline-range]`},
		{"last year", "", "- 2025-02-03 10:10 an alert",
			`9:1: warning: 2025-02-03 10:10 UTC is more than 7 days before the start, 2026-02-03 10:00 UTC (is the year right?) [timeline-range]`},
		{"next year", "resolved: 2026-02-03T12:00:00Z\n", "- 2027-02-03 11:00 an alert",
			`10:1: warning: 2027-02-03 11:00 UTC is more than 7 days after the end, 2026-02-03 12:00 UTC (is the year right?) [timeline-range]`},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := findings(t, "incidents/a.md", "---\n"+complete+test.front+"---\n## Timeline\n\n"+test.events+"\n"); got != test.want {
				t.Errorf("\n got %s\nwant %s", got, test.want)
			}
		})
	}
}

// The day in a file's name may be that of the report.
func TestStartOfTheName(t *testing.T) {
	front := strings.ReplaceAll(complete, "started: 2026-02-03T10:00:00Z\n", "")
	if got := findings(t, "incidents/2026-02-05-a.md", "---\n"+front+"---\n## Timeline\n\n- 2026-02-03 10:10 **Detected**: an alert\n"); got != "" {
		t.Error(got)
	}
}
