package check

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"debrief/internal/diag"
	"debrief/internal/kb"
	"debrief/internal/review"
)

// Lengths of incidents that are more often a slip of the pen than not.
const (
	longest  = 30 * 24 * time.Hour
	shortest = time.Minute
)

// bodily are tags of what people wear or see: an incident with one of them may
// have harmed somebody.
var bodily = []string{"tracking", "boundary", "passthrough", "display"}

// record checks what an incident's front matter says beyond its times.
func record(c kb.Config, i *kb.Incident, today kb.Date, r report) {
	word := func(key, value string, known []string) {
		if value != "" && !slices.Contains(known, value) {
			r.add(diag.Warning, "unknown-"+key, key, fmt.Sprintf("%s: %q is none of the words that this site uses", key, value), didYouMean(value, known))
		}
	}
	word("trigger", i.Trigger, c.TriggerIDs())
	word("detection", i.Detection, c.DetectionIDs())
	word("safety", i.Safety, kb.Safeties)

	if i.Safety == "" {
		for _, tag := range slices.Concat(i.Tags, i.Components) {
			if slices.Contains(bodily, strings.ToLower(tag)) {
				r.add(diag.Note, "missing-safety", "tags", fmt.Sprintf("it is about %s, and nothing says whether somebody came to harm", tag),
					"add safety: one of "+strings.Join(kb.Safeties, ", "))
				break
			}
		}
	}
	if i.Started.Precision == kb.Instant && i.Resolved.Precision == kb.Instant {
		// A time.Duration ends at 292 years, and some incidents are older.
		switch seconds := i.Resolved.Time.Unix() - i.Started.Time.Unix(); {
		case seconds > int64(longest/time.Second):
			r.add(diag.Note, "odd-duration", "resolved", fmt.Sprintf("it lasted %d days", seconds/(24*60*60)), "check the month and the year; if it is so, all is well")
		case seconds >= 0 && seconds < int64(shortest/time.Second):
			r.add(diag.Note, "odd-duration", "resolved", "it lasted less than a minute", "check the times; if it is so, all is well")
		}
	}
	for _, s := range review.Steps(c, i, today) {
		if s.State == review.Overdue {
			r.add(diag.Note, "review-clock", "status", late[s.Name]+" "+s.Day().String(), "set status: reviewed when the review is over; clock: in site.yaml says how long it may take")
			break // the steps after it are late because of it
		}
	}
}

// late says what should have been done by a day.
var late = map[review.Name]string{
	review.Meeting:   "the post-mortem meeting was due on",
	review.Plan:      "the action plan was due on",
	review.Ratified:  "the action plan was to be agreed upon by",
	review.Published: "the post-mortem was to be published by",
}
