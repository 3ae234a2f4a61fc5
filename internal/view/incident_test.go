package view_test

import (
	"html/template"
	"strings"
	"testing"
	"time"

	"debrief/internal/view"
)

const course = `---
id: INC-1
title: Rooms are full
status: in-review
severity: SEV2
timezone: Europe/Berlin
started: 2026-03-12T23:40
detected: 2026-03-12T23:50
resolved: 2026-03-13T01:10
impact: {summary: Nobody got in., users: 11300}
safety: near-miss
trigger: load
roles: {owner: rooms, commander: rooms, scribe: safety}
meeting: 2026-03-16T10:00
actions:
- {id: A1, title: Count rooms, owner: rooms, due: 2026-04-01, ticket: "#12"}
- {title: Say no sooner, status: declined, reason: It does}
---

## Timeline

| Time | Event | Evidence |
|---|---|---|
| 2026-03-12 23:30 | The invitation goes out | |
| 23:40 | Rooms fill up | [graph](https://example.org/g) |
| ~23:50 | **Detected** by an alert | |
| 00:20 - 00:40 | Hand-started servers | |
| 01:10 | **Resolved** | |

## Action items

- [ ] Warn at 80 % (@rooms, due 2026-12-30, detect)
`

func coursePage(t *testing.T, today string) view.Incident {
	t.Helper()
	p := planOn(t, today, map[string]string{"incidents/a.md": course, "site.yaml": "ticket_url: https://tickets.example.org/{ticket}\n"})
	return value[view.Incident](t, p, "incidents/inc-1/index.html")
}

func TestCourse(t *testing.T) {
	v := coursePage(t, "2026-11-23")
	var rows []string
	for _, r := range v.Course.Rows {
		parts := []string{r.Day.Text, r.At.Text, r.Until.Text, r.Since, r.Mark}
		if r.About {
			parts = append(parts, "about")
		}
		for _, e := range r.Evidence {
			parts = append(parts, e.Title+" "+e.URL)
		}
		rows = append(rows, strings.Join(parts, "|"))
		if !strings.HasPrefix(r.URL, "#") || !strings.Contains(string(v.Body), ` id="`+r.URL[1:]+`"`) {
			t.Errorf("%q leads to %q, which is not in the text", r.Text, r.URL)
		}
	}
	want := []string{
		"12 March 2026|23:30||\u221210 min|", "|23:40||start||graph https://example.org/g", "|23:50||+10 min|detected|about",
		"13 March 2026|00:20|00:40|+40 min|", "|01:10||+1 h 30 min|resolved",
	}
	if strings.Join(rows, "\n") != strings.Join(want, "\n") {
		t.Errorf("rows\n%s\nwant\n%s", strings.Join(rows, "\n"), strings.Join(want, "\n"))
	}
	if v.Zone != "Europe/Berlin" || v.Course.Key != "hollow: about then; pale: without evidence" {
		t.Errorf("zone %q, key %q", v.Zone, v.Course.Key)
	}
	phases := []view.Phase{{Name: "Lead-up", Class: "lead-up", Length: "10 min"}, {Name: "Undetected", Class: "undetected", Length: "10 min"}}
	if len(v.Course.Phases) != 2 || v.Course.Phases[0] != phases[0] || v.Course.Phases[1] != phases[1] {
		t.Errorf("phases %+v: what nobody wrote down has no band", v.Course.Phases)
	}
	svg := string(v.Course.Drawing)
	for _, part := range []string{`class="phase undetected"`, ">Started<", ">Detected<", ">Resolved<", `class="range"`, "point marked about"} {
		if !strings.Contains(svg, part) && !strings.Contains(svg, strings.Replace(part, "marked about", "about marked", 1)) {
			t.Errorf("the drawing has no %s", part)
		}
	}
}

func TestRecordOnThePage(t *testing.T) {
	v := coursePage(t, "2026-11-23")
	facts := map[string]string{}
	for _, f := range v.Facts {
		facts[f.Name] = f.Text + f.At.Text
	}
	for name, want := range map[string]string{"People affected": "11,300", "Set off by": "load", "Roles": "rooms (owner, commander), safety (scribe)", "Meeting": "16 March 2026, 10:00 CET"} {
		if facts[name] != want {
			t.Errorf("%s is %q, want %q", name, facts[name], want)
		}
	}
	if v.Safety != "near miss" || v.Impact != "Nobody got in." {
		t.Errorf("safety %q, impact %q", v.Safety, v.Impact)
	}
	a := v.Actions
	if a.Total != 3 || a.Open != 2 || a.Overdue != 1 || a.Unowned != 0 || len(a.Rows) != 2 {
		t.Fatalf("actions %+v", a)
	}
	row := view.IncidentAction{ID: "a-f1", Name: "A1", Title: "Count rooms", Owner: "rooms", State: "open", Late: true,
		Due: view.Stamp{Text: "1 April 2026", Machine: "2026-04-01"}, Since: view.Stamp{Text: "16 March 2026", Machine: "2026-03-16"},
		Ticket: view.Ref{Title: "#12", URL: "https://tickets.example.org/12"}}
	if a.Rows[0] != row {
		t.Errorf("row\n got %+v\nwant %+v", a.Rows[0], row)
	}
	if r := a.Rows[1]; r.State != "declined" || r.Result != "It does" || r.Late || r.Since.Text != "" {
		t.Errorf("row %+v", r)
	}
}

func TestReview(t *testing.T) {
	steps := func(v view.Incident) string {
		var b strings.Builder
		for _, s := range v.Review {
			b.WriteString(strings.TrimSpace(s.Name+" "+s.State+" "+s.Left) + "\n")
		}
		return b.String()
	}
	for _, test := range []struct {
		today, want string
	}{
		{"2026-03-14", "Meeting planned in 2 days\nAction plan sent due in 3 days\nAction plan agreed due in 4 days\nPublished due in 13 days\n"},
		{"2026-03-16", "Meeting done\nAction plan sent done\nAction plan agreed due in 2 days\nPublished due in 11 days\n"},
		{"2026-03-19", "Meeting done\nAction plan sent done\nAction plan agreed overdue 1 day late\nPublished due in 8 days\n"},
	} {
		if got := steps(coursePage(t, test.today)); got != test.want {
			t.Errorf("on %s\n got %s\nwant %s", test.today, got, test.want)
		}
	}
	p := planOn(t, "2026-03-19", map[string]string{"incidents/a.md": course, "incidents/b.md": strings.Replace(strings.Replace(course, "INC-1", "INC-2", 1), "in-review", "closed", 1)})
	home := value[view.Home](t, p, "index.html").Reviews
	if len(home.Rows) != 1 || home.Rows[0].Step.Name != "Action plan agreed" || home.Rows[0].Step.Left != "1 day late" || home.More != 0 ||
		!home.Pressing || home.Rows[0].What != "Action plan to be agreed upon" || home.Rows[0].Day.Text != "18 Mar 2026" {
		t.Errorf("the front page has %+v", home)
	}
}

// TestRunSheetDues fills in the script, and hands the browser's clock, what the
// incident's page says of its review.
func TestRunSheetDues(t *testing.T) {
	script := "---\nrun_sheet: script\n---\n\n## Agenda\n\n| Step | 30 |\n|--|--|\n| [Close](#close) | 30 |\n\n## Close\n\n**Facilitator:** \"By [Plan Time], then by [Ratification Day].\"\n"
	for _, test := range []struct {
		meeting, clock, want string
		dues                 view.Dues
	}{
		{"2026-03-13T10:00", "plan: 1 business day, ratified: 3 days", "16 March 2026, 16 March 2026", view.Dues{Plan: "0 0 1", Ratified: "0 3 0"}},
		{"2026-03-13T10:00", "plan: 36 hours, ratified: 24 hours", "14 March 2026, 22:00 CET, 14 March 2026, 10:00 CET", view.Dues{Plan: "36 0 0", Ratified: "24 0 0"}},
		{"2026-03-13T20:00:00-05:00", "plan: 1 day, ratified: none", "15 March 2026, ", view.Dues{Plan: "0 1 0", Ratified: "0 0 0"}}, // it is the 14th in Berlin
	} {
		p := planOn(t, "2026-03-13", map[string]string{
			"site.yaml":      "time_zone: Europe/Berlin\nclock: {" + test.clock + ", weekend: [sunday, saturday], holidays: [2026-12-25]}\n",
			"incidents/a.md": strings.Replace(course, "meeting: 2026-03-16T10:00", "meeting: "+test.meeting, 1), "playbook/script.md": script,
		})
		sheet := value[view.RunSheet](t, p, "incidents/inc-1/run-sheet/index.html")
		if got := sheet.Slots[0].Value + ", " + sheet.Slots[1].Value; got != test.want {
			t.Errorf("after %s with %s: %s, want %s", test.meeting, test.clock, got, test.want)
		}
		if test.dues.Zone, test.dues.Weekend, test.dues.Holidays = "Europe/Berlin", "0 6", "2026-12-25"; sheet.Dues != test.dues {
			t.Errorf("with %s the script gets %+v, want %+v", test.clock, sheet.Dues, test.dues)
		}
		for _, s := range value[view.Incident](t, p, "incidents/inc-1/index.html").Review {
			if s.Name == "Action plan sent" && s.Due.Text != sheet.Slots[0].Value || s.Name == "Action plan agreed" && s.Due.Text != sheet.Slots[1].Value {
				t.Errorf("with %s the page says %s: %s", test.clock, s.Name, s.Due.Text)
			}
		}
	}
}

// TestRunSheetMarks tells where the words of an event begin with its mark, which is
// then not written before them once more.
func TestRunSheetMarks(t *testing.T) {
	for _, test := range []struct{ text, mark, lead, rest string }{
		{"**Detected** by an alert", "", "Detected", " by an alert"},
		{"**Detected\u2014**", "", "Detected", "\u2014"}, // more than a byte
		{"**Detected\u2026**", "", "Detected", "\u2026"},
		{"**detected**: by staff", "Detected", "", "by staff"},
		{"Team aware of it", "Detected", "", "Team aware of it"},
	} {
		p := plan(t, map[string]string{
			"incidents/a.md":     "---\nid: A\nstarted: 2026-03-12T10:00\n---\n\n## Timeline\n\n- 10:30 " + test.text + "\n",
			"playbook/before.md": "---\nrun_sheet: preparation\n---\n\n- [ ] Ask\n",
		})
		events := value[view.RunSheet](t, p, "incidents/a/run-sheet/index.html").Events
		if len(events) != 1 || events[0].Mark != test.mark || events[0].Lead != test.lead || events[0].Text != test.rest {
			t.Errorf("%s: %+v", test.text, events)
		}
	}
}

func TestReviewCalendar(t *testing.T) {
	p := planOn(t, "2026-03-14", map[string]string{"incidents/a.md": course, "incidents/b.md": "---\ntitle: Old\nstarted: 2012-01-01\nresolved: 2012-01-02\n---\n"})
	f, ok := p.File(view.ReviewsPath)
	if !ok {
		t.Fatal("there is no calendar")
	}
	var lines []string
	for _, e := range f.Value().(view.CalendarFile).Entries {
		lines = append(lines, e.At.Time.Format("2006-01-02")+" "+e.Title)
		if e.Changed.Time.Format("2006-01-02") != "2026-03-13" { // it was resolved then
			t.Errorf("%s: made on %v", e.Title, e.Changed.Time)
		}
		if want := map[bool]time.Duration{true: time.Hour}[strings.HasPrefix(e.Title, "Post-mortem:")]; e.Length != want {
			t.Errorf("%s takes %v, want %v", e.Title, e.Length, want)
		}
	}
	want := []string{
		"2026-03-16 Post-mortem: Rooms are full", "2026-03-17 Action plan due: Rooms are full",
		"2026-03-18 Action plan to be agreed upon: Rooms are full", "2026-03-27 Post-mortem to be published: Rooms are full",
	}
	if strings.Join(lines, "\n") != strings.Join(want, "\n") {
		t.Errorf("entries\n%s\nwant\n%s", strings.Join(lines, "\n"), strings.Join(want, "\n"))
	}
}

// A moment without an hour makes no band, and two moments no drawing.
func TestNoCourse(t *testing.T) {
	for _, front := range []string{
		"title: Bare", "started: 2026-03-12\ndetected: 2026-03-12T10:00\nresolved: 2026-03-13", "started: 1628-08-10T15:00:00Z\nresolved: 1628-08-10T16:00:00Z",
	} {
		v := value[view.Incident](t, plan(t, map[string]string{"incidents/a.md": "---\n" + front + "\n---\n"}), "incidents/a/index.html")
		if v.Course.Drawing != template.HTML("") || len(v.Course.Phases)+len(v.Course.Rows) > 0 {
			t.Errorf("%s: %+v", front, v.Course)
		}
	}
}
