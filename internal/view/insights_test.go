package view_test

import (
	"fmt"
	"net/url"
	"strings"
	"testing"

	"debrief/internal/view"
)

// incidents are four incidents of two years, all of the service edge and one of
// login, and one that says nothing.
var incidents = map[string]string{
	"incidents/a.md": "---\nid: A\nstarted: 2026-03-02T10:00:00Z\ndetected: 2026-03-02T10:30:00Z\nresolved: 2026-03-02T12:00:00Z\nseverity: SEV1\nservices: [edge, login]\nfactors: [no limit]\n" +
		"detection: alert\ntrigger: load\nstatus: closed\nsafety: near-miss\nactions:\n  - {title: One, type: detect, due: 2026-04-01}\n  - {title: Two, status: done, closed: 2026-05-01}\n---\n",
	"incidents/b.md": "---\nid: B\nstarted: 2026-01-02T10:00:00Z\ndetected: 2026-01-02T10:10:00Z\nresolved: 2026-01-02T09:00:00Z\nseverity: SEV2\nservices: [edge]\nfactors: [no limit]\ndetection: customer-report\nstatus: in-review\n---\n",
	"incidents/c.md": "---\nid: C\nstarted: 2025-01-02\nseverity: SEV2\nservices: [Edge]\n---\n",
	"incidents/d.md": "---\nid: D\nstarted: 2025-06-01\nservices: [edge]\ndetection: alert\n---\n",
	"incidents/e.md": "---\nid: E\n---\n",
}

// sections returns the insights of a page by their ids.
func sections(t *testing.T, p *view.Plan, path string) map[string]view.Insight {
	t.Helper()
	m := map[string]view.Insight{}
	for _, s := range value[view.Insights](t, p, path).Sections {
		m[s.ID] = s
	}
	return m
}

// asked is the query of the search that an address leads to, or the address.
func asked(t *testing.T, address string) string {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	if q := u.Query().Get("q"); q != "" {
		return q
	}
	return address
}

func TestInsightsOfAll(t *testing.T) {
	p := planOn(t, "2026-11-23", incidents)
	v := value[view.Insights](t, p, "insights/index.html")
	if v.Heading != "Insights" || v.Total != 5 || v.ListURL != "/kb/incidents/" {
		t.Errorf("heading %q, total %d, list %s", v.Heading, v.Total, v.ListURL)
	}
	choices := func(list []view.Choice) string {
		var b []string
		for _, c := range list {
			text := c.Title + " " + c.URL
			if c.Current {
				text = "[" + text + "]"
			}
			b = append(b, text)
		}
		return strings.Join(b, ", ")
	}
	if got, want := choices(v.Years), "[All years /kb/insights/], 2026 /kb/insights/2026/, 2025 /kb/insights/2025/"; got != want {
		t.Errorf("years %s, want %s", got, want)
	}
	if got, want := choices(v.Services), "[All services /kb/insights/], edge /kb/insights/services/edge/"; got != want {
		t.Errorf("services %s, want %s", got, want)
	}
	s := sections(t, p, "insights/index.html")
	for id, want := range map[string]string{
		"over-time": "5 incidents in all, 2 in 2026 so far; 2 in all of 2025. Without a start, 1 incident is not shown.",
		"detection": "Noticed most often by alert, in 2 of the 3 incidents that say it.",
		"involved":  "The factor named most often is no limit, in 2 of 5 incidents. An incident may name several.",
		"together":  "Most often together: no limit and edge, in 2 incidents.",
		"actions":   "2 actions: 1 done or declined, 1 open; 1 overdue.",
		"records":   "1 of 5 post-mortems are reviewed.",
	} {
		if got := s[id].Says; got != want {
			t.Errorf("%s says %q, want %q", id, got, want)
		}
	}
	spreads := s["durations"].Drawings
	if got, want := spreads[0].Says, "Only 2 incidents say it, too few to sum up: from 10 min to 30 min. Of 3 it is unknown."; got != want {
		t.Errorf("time to detect says %q, want %q", got, want)
	}
	if strings.Contains(string(spreads[0].SVG), `class="box"`) {
		t.Error("two lengths have a box of quartiles")
	}
	if got, want := spreads[1].Says, "No incident says to the minute when it started and when somebody took it on yet."; got != want || spreads[1].SVG != "" || spreads[1].Write == "" {
		t.Errorf("time to acknowledge says %q, want %q", got, want)
	}
	if got, want := spreads[3].Says, "One incident says it: 2 h. Of 3 it is unknown. 1 incident is left out, since the times are in the wrong order."; got != want {
		t.Errorf("time to resolve says %q, want %q", got, want)
	}
}

// TestInsightsLead tells that what is counted leads to what was counted: to a list
// of the site where there is one, and to the search where there is none.
func TestInsightsLead(t *testing.T) {
	p := planOn(t, "2026-11-23", incidents)
	for _, test := range []struct{ path, month, severity, factor, cell string }{
		{"insights/index.html", "after:2025-01-01 before:2025-02-01 is:incident", "/kb/severities/sev1/", "/kb/factors/no-limit/", `factor:"no limit" service:edge is:incident`},
		{"insights/2026/index.html", "after:2026-01-01 before:2026-02-01 is:incident", "severity:SEV1 year:2026 is:incident", `factor:"no limit" year:2026 is:incident`, `factor:"no limit" service:edge year:2026 is:incident`},
		{"insights/services/edge/index.html", "service:edge after:2025-01-01 before:2025-02-01 is:incident", "service:edge severity:SEV1 is:incident", `service:edge factor:"no limit" is:incident`, `service:edge factor:"no limit" service:login is:incident`},
	} {
		s := sections(t, p, test.path)
		for _, link := range []struct{ what, got, want string }{
			{"a month", s["over-time"].Data[0].Rows[0][0].URL, test.month},
			{"a severity", s["over-time"].Legend[0].URL, test.severity},
			{"a factor", s["involved"].Bars[0].Rows[0].URL, test.factor},
			{"a pair", s["together"].Heat.Rows[0].Cells[0].URL, test.cell},
		} {
			if got := asked(t, link.got); got != link.want {
				t.Errorf("%s: %s leads to %s, want %s", test.path, link.what, got, link.want)
			}
		}
	}
	s := sections(t, p, "insights/index.html")
	newest := s["detection"].Data[0].Rows[0]
	if newest[0].Text != "alert" || fmt.Sprint(newest[2].Links) != "[{A /kb/incidents/a/} {D /kb/incidents/d/}]" {
		t.Errorf("of alert: %+v", newest)
	}
	if l := value[view.List](t, p, "services/edge/index.html"); fmt.Sprint(l.Ways) != "[{Insights /kb/insights/services/edge/}]" {
		t.Errorf("a service leads to %v", l.Ways)
	}
	if l := value[view.List](t, p, "services/login/index.html"); len(l.Ways) > 0 {
		t.Errorf("a service with one incident leads to %v", l.Ways)
	}
}

// TestInsightsOfAYear has all months of the year, and compares it with the one
// before only in numbers.
func TestInsightsOfAYear(t *testing.T) {
	p := planOn(t, "2027-02-01", incidents)
	s := sections(t, p, "insights/2026/index.html")
	if got, want := s["over-time"].Says, "2 incidents in 2026, as many as in 2025."; got != want {
		t.Errorf("says %q, want %q", got, want)
	}
	if n := len(s["over-time"].Data[0].Rows); n != 12 {
		t.Errorf("the year has %d months", n)
	}
	if got, want := sections(t, p, "insights/2025/index.html")["over-time"].Says, "2 incidents in 2025, 2 more than in 2024."; got != want {
		t.Errorf("says %q, want %q", got, want)
	}
}

// TestInsightsByService lists all services, whether or not they have a page.
func TestInsightsByService(t *testing.T) {
	p := planOn(t, "2026-11-23", incidents)
	v := value[view.Taxonomy](t, p, "insights/services/index.html")
	if len(v.Terms) != 2 || v.Terms[0].URL != "/kb/insights/services/edge/" || v.Terms[1].URL != "/kb/services/login/" {
		t.Errorf("services %+v", v.Terms)
	}
	many := map[string]string{}
	for n := range 20 {
		for k := range 3 {
			many[fmt.Sprintf("incidents/i%d-%d.md", n, k)] = fmt.Sprintf("---\nservices: [s%02d]\n---\n", n)
		}
	}
	p = planOn(t, "2026-11-23", many)
	if v := value[view.Insights](t, p, "insights/index.html"); len(v.Services) != 17 || v.MoreServices != 4 {
		t.Errorf("%d services are in the row and %d more", len(v.Services), v.MoreServices)
	}
	// One that has no place in the row has one on its own page.
	if v := value[view.Insights](t, p, "insights/services/s19/index.html"); len(v.Services) != 18 || !v.Services[17].Current || v.MoreServices != 3 {
		t.Errorf("%d services are in the row and %d more", len(v.Services), v.MoreServices)
	}
}

// TestNothingToSee tells that each part says what is missing and how to write it.
func TestNothingToSee(t *testing.T) {
	s := sections(t, planOn(t, "2026-11-23", map[string]string{"incidents/a.md": "# A"}), "insights/index.html")
	for _, id := range []string{"over-time", "durations", "detection", "involved", "actions", "records"} {
		if e := s[id].Empty; e == nil || e.Text == "" || e.Write == "" || len(s[id].Drawings)+len(s[id].Bars)+len(s[id].Data) > 0 {
			t.Errorf("%s is %+v", id, s[id])
		}
	}
	if _, ok := s["together"]; ok {
		t.Error("pairs of nothing are shown")
	}
	if v := value[view.Insights](t, planOn(t, "2026-11-23", nil), "insights/index.html"); v.Total != 0 || v.Sections != nil {
		t.Errorf("of no incidents: %+v", v.Sections)
	}
}

// TestManyLengths draws many lengths as bars, and names no incident then.
func TestManyLengths(t *testing.T) {
	for n, points := range map[int]bool{80: true, 81: false} {
		content := map[string]string{}
		for i := range n {
			content[fmt.Sprintf("incidents/i%03d.md", i)] = fmt.Sprintf("---\nstarted: 2026-01-02T10:00:00Z\nresolved: 2026-01-02T%02d:%02d:00Z\n---\n", 10+i/60, i%60)
		}
		d := sections(t, planOn(t, "2026-11-23", content), "insights/index.html")["durations"]
		svg := string(d.Drawings[3].SVG)
		if strings.Contains(svg, "<circle") != points || strings.Contains(svg, `class="bin"`) == points || !strings.Contains(svg, `class="box"`) {
			t.Errorf("%d lengths: points %v, bars %v", n, strings.Contains(svg, "<circle"), strings.Contains(svg, `class="bin"`))
		}
		if rows := len(d.Data[1].Rows); points && rows != n || !points && rows > 20 {
			t.Errorf("%d lengths: the table has %d rows", n, rows)
		}
		if points == (d.Links == 0) {
			t.Errorf("%d lengths: %d links", n, d.Links)
		}
	}
}
