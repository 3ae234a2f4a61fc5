package parse

import (
	"fmt"
	"strings"
	"testing"

	"debrief/internal/kb"
	"debrief/internal/tree"
)

// What the front matter does not say of an incident's course comes from its
// timeline, and the day of the start in the end from the name of its file.
func TestCourse(t *testing.T) {
	for _, test := range []struct{ name, front, events, want string }{
		{"the front matter before the timeline", "started: 2026-03-12T13:00:00Z\nresolved: 2026-03-13\n", "- 13:58 **Started**: a rotation\n- 14:21 **Detected**: a call\n- 16:05 Resolved",
			"started 2026-03-12T13:00:00Z, detected 2026-03-12T14:21:00Z, resolved 2026-03-13"},
		{"the timeline before the file's name", "", "- 2026-03-11 13:58 **Started**: a rotation\n- 16:05 Resolved", "started 2026-03-11T13:58:00Z, resolved 2026-03-11T16:05:00Z"},
		{"the file's name", "", "- 14:21 a call\n- 14:30 **Mitigated** by a flag", "started 2026-03-14, mitigated 2026-03-14T14:30:00Z"},
		{"an empty key", "detected: \"\"\n", "- 14:21 **Detected**: a call", "started 2026-03-14, detected 2026-03-14T14:21:00Z"},
		{"the document's zone", "timezone: Europe/Berlin\n", "- 14:21 **Detected**: a call\n- 14:22 UTC **Acknowledged**", "started 2026-03-14, detected 2026-03-14T14:21:00+01:00, acknowledged 2026-03-14T14:22:00Z"},
		{"a zone in the text", "started: 2026-03-14T13:00:00Z\n", "All times in CET.\n\n- 14:21 **Detected**: a call", "started 2026-03-14T13:00:00Z, detected 2026-03-14T14:21:00+01:00"},
		{"a mark whose time nobody knows", "", "- 2026-03-40 10:00 **Detected**: a call", "started 2026-03-14"},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := NewParser(kb.DefaultConfig()).File(tree.NewFile("incidents/2026-03-14-x.md", []byte("---\ntitle: T\n"+test.front+"---\n## Timeline\n\n"+test.events+"\n")))
			var got []string
			for _, m := range kb.Marks {
				if w := r.Incident.Moment(m); w.Known() {
					got = append(got, fmt.Sprintf("%s %s", m, when(w)))
				}
			}
			if strings.Join(got, ", ") != test.want {
				t.Errorf("got %s, want %s", strings.Join(got, ", "), test.want)
			}
		})
	}
}

// Each event can be led to. Headings keep the name that they have, and the page
// has each name once.
func TestEventNames(t *testing.T) {
	src := "## Timeline\n\n### 14:21 A call\n\nWords.\n\n### 2026-03-14\n\n- 14:30 one\n\n14:40 two\n14:41 three\n\n| Time | Event |\n|--|--|\n| 14:50 | four |\n\n- **Time to detect**: 23 minutes\n"
	in := NewParser(kb.DefaultConfig()).File(tree.NewFile("incidents/2026-03-14-x.md", []byte(src))).Incident
	page := in.Doc.HTML(nil, 0)
	var ids []string
	for _, e := range in.Events {
		ids = append(ids, e.ID)
		if strings.Count(page, `id="`+e.ID+`"`) != 1 {
			t.Errorf("the page has not one element %q:\n%s", e.ID, page)
		}
	}
	if want := "h-1421-a-call t-2 t-3 t-3 t-5"; strings.Join(ids, " ") != want {
		t.Errorf("names %v, want %s", ids, want)
	}
	if !in.Stated.ToDetect.Known || in.Stated.ToDetect.Minutes() != 23 {
		t.Errorf("stated %+v", in.Stated)
	}
}

// Times are shown as the text has them: in the zone of the front matter, or else in
// the one of all hours of the timeline, or else in the site's.
func TestZone(t *testing.T) {
	for _, test := range []struct{ name, front, events, want string }{
		{"none", "", "- 14:21 a call", "UTC"},
		{"a sentence", "", "All times in CET.\n\n- 14:21 a call\n- 14:30 an alert", "CET"},
		{"a place", "", "All times in Europe/Berlin.\n\n- 14:21 a call", "Europe/Berlin"},
		{"the head of a column", "", "| Time (PST) | Event |\n|--|--|\n| 14:50 | a call |\n| 2026-03-15 | a talk |", "PST"},
		{"each entry", "", "- 14:21 CET a call\n- 14:30 CET an alert", "CET"},
		{"offsets", "", "- 2026-03-14T14:21:00+05:30 a call\n- 2026-03-14T14:25:00+05:30 an alert", "UTC+05:30"},
		{"offsets of summer and winter", "", "- 2026-03-28T14:21:00+01:00 a call\n- 2026-03-29T14:25:00+02:00 an alert", "UTC"},
		{"two zones", "", "- 14:21 CET a call\n- 14:30 PST an alert", "UTC"},
		{"days alone", "", "All times in CET.\n\n- 2026-03-14 a call", "UTC"},
		{"the front matter's", "timezone: Europe/Paris\n", "All times in CET.\n\n- 14:21 a call", "Europe/Paris"},
	} {
		t.Run(test.name, func(t *testing.T) {
			src := "---\n" + test.front + "---\n## Timeline\n\n" + test.events + "\n"
			in := NewParser(kb.DefaultConfig()).File(tree.NewFile("incidents/2026-03-14-x.md", []byte(src))).Incident
			if got := in.Zone.String(); got != test.want {
				t.Errorf("got %s, want %s", got, test.want)
			}
		})
	}
}
