package view_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"debrief/internal/kb"
	"debrief/internal/site"
	"debrief/internal/view"
)

// planOn plans a site as it is on a day.
func planOn(t *testing.T, day string, content map[string]string) *view.Plan {
	t.Helper()
	today, err := kb.ParseDate(day)
	if err != nil {
		t.Fatal(err)
	}
	return planAt(t, content, site.Options{Today: today}, nil)
}

// TestAroundToday is about the incidents of earlier years around a day, over the
// end of a year and on the day that only some years have.
func TestAroundToday(t *testing.T) {
	for _, test := range []struct {
		today   string
		started []string
		want    string
	}{
		{"2026-03-12", []string{"2025-03-12"}, "2025-03-12 a year ago"},
		{"2026-03-12", []string{"2025-03-09", "2025-03-15"}, "2025-03-15 a year ago, 2025-03-09 a year ago"},
		{"2026-03-12", []string{"2025-03-08", "2025-03-16", "2026-03-12", "2026-03-11", "2027-03-12"}, ""},
		{"2026-03-12", []string{"2023-03-12", "2025-03-14", "2025-03-12", "2010-03-12"}, "2025-03-12 a year ago, 2025-03-14 a year ago, 2023-03-12 3 years ago"},
		{"2026-01-01", []string{"2025-12-31", "2024-12-31", "2025-01-02", "2026-01-01"}, "2025-01-02 a year ago, 2024-12-31 a year ago"},
		{"2025-12-31", []string{"2025-01-01", "2024-01-02", "2026-01-01"}, "2025-01-01 a year ago, 2024-01-02 2 years ago"},
		{"2026-03-01", []string{"2024-02-29"}, ""},
		{"2024-02-29", []string{"2023-02-28", "2020-02-29"}, "2023-02-28 a year ago, 2020-02-29 4 years ago"},
		{"2026-08-10", []string{"1628-08-10"}, "1628-08-10 398 years ago"},
		{"2026-03-12", []string{""}, ""},
	} {
		content := map[string]string{}
		for n, s := range test.started {
			content[fmt.Sprintf("incidents/i%d.md", n)] = "---\nstarted: " + s + "\n---\n"
		}
		var got []string
		for _, a := range value[view.Home](t, planOn(t, test.today, content), "index.html").Around {
			got = append(got, a.Started.Machine+" "+a.Ago)
		}
		if got := strings.Join(got, ", "); got != test.want {
			t.Errorf("on %s of %v: %q, want %q", test.today, test.started, got, test.want)
		}
	}
}

func TestDays(t *testing.T) {
	content := map[string]string{
		"site.yaml":      "time_zone: Europe/Berlin\n",
		"incidents/a.md": "---\ntitle: A\nstarted: 2026-02-28T23:30:00Z\n---\n", // the 1st of March in Berlin
		"incidents/b.md": "---\ntitle: B\nstarted: 2024-03-01\n---\n",
		"incidents/c.md": "---\ntitle: C\nstarted: 2024-02-29\n---\n",
		"incidents/d.md": "---\ntitle: D\nstarted: 1961-12-31\n---\n",
		"incidents/e.md": "# Undated",
		"about.md":       "# About\n\n[day](/on-this-day/03-01/) [none](/on-this-day/03-02/) [year](/on-this-day/)\n",
	}
	p := plan(t, content)
	d := value[view.Day](t, p, "on-this-day/03-01/index.html")
	if d.Heading != "1 March" || d.Total != 2 || len(d.Groups) != 2 || d.Groups[0].Title != "2026" || d.Groups[1].Rows[0].Title != "B" {
		t.Errorf("the 1st of March: %+v", d)
	}
	if d.Previous == nil || *d.Previous != (view.Ref{Title: "29 February", URL: "/kb/on-this-day/02-29/"}) || d.Next == nil || d.Next.Title != "31 December" {
		t.Errorf("neighbours %v and %v", d.Previous, d.Next)
	}
	c := value[view.DaysOfYear](t, p, "on-this-day/index.html")
	days, linked := 0, 0
	for _, m := range c.Months {
		days += len(m.Days)
		for _, d := range m.Days {
			if (d.URL == "") != (d.N == 0) || (d.Level == 0) != (d.N == 0) || d.Level > 3 {
				t.Errorf("%s: %+v", m.Name, d)
			}
			if d.URL != "" {
				linked++
			}
		}
	}
	if len(c.Months) != 12 || days != 366 || linked != 3 || c.Total != 4 {
		t.Errorf("%d months, %d days, %d of them linked, %d incidents", len(c.Months), days, linked, c.Total)
	}
	if body := string(value[view.Plain](t, p, "about/index.html").Body); strings.Count(body, `href="/kb/on-this-day/`) != 2 {
		t.Errorf("links to days that are there, and only those: %s", body)
	}
}

func TestStartPage(t *testing.T) {
	content := maps.Clone(small)
	content["site.yaml"] += "start_here:\n- {incident: Old one, why: The first of its kind.}\n"
	p := plan(t, content)
	v := value[view.StartHere](t, p, "start-here/index.html")
	if len(v.Curated) != 1 || v.Curated[0].Why != "The first of its kind." || len(v.Suggested) != 1 || v.Suggested[0].Why != "Covers edge, login, no limit" {
		t.Errorf("start here %+v", v)
	}
	if h := value[view.Home](t, p, "index.html"); len(h.Start) != 2 || h.StartURL != "/kb/start-here/" {
		t.Errorf("the home page begins with %+v", h.Start)
	}
	if h := value[view.Home](t, plan(t, small), "index.html"); len(h.Start) != 0 {
		t.Error("three incidents need no advice where to begin")
	}
}

// past is a service's.
var past = map[string]string{
	"site.yaml":      "services: [{id: edge, owner: edge team, description: The way in., url: \"https://example.org/kb/runbook\"}]\n",
	"incidents/a.md": "---\nid: A\nstarted: 2026-01-01\nseverity: SEV1\nservices: [edge, mail]\nfactors: [no limit, one owner]\ntags: [cache]\nactions:\n- {title: Later, due: 2026-05-01, owner: edge}\n- {title: Done, status: done}\n---\n",
	"incidents/b.md": "---\nid: B\nstarted: 2025-01-01\nseverity: SEV2\nservices: [edge, mail, Mail]\nfactors: [no limit]\ntags: [cache, dns]\nactions:\n- {title: Some day, status: proposed}\n- {title: Sooner, due: 2026-03-01}\n---\n",
	"incidents/c.md": "---\nid: C\nstarted: 2025-02-01\nseverity: SEV2\nservices: [EDGE, login]\nfactors: [no-limit]\ntags: [cache]\n---\n",
	"incidents/d.md": "---\nid: D\nservices: [mail]\n---\n",
}

func TestHistory(t *testing.T) {
	p := planOn(t, "2026-04-01", past)
	l := value[view.List](t, p, "services/edge/index.html")
	h := l.History
	if h == nil || h.Owner != "edge team" || h.LinkURL == "" || l.Note != "The way in." || l.FeedURL != "/kb/services/edge/feed.xml" {
		t.Fatalf("list %+v, history %+v", l, h)
	}
	bars := func(list []view.Bar) string {
		var b []string
		for _, bar := range list {
			b = append(b, fmt.Sprintf("%s %d %d", bar.Title, bar.N, bar.Length))
		}
		return strings.Join(b, ", ")
	}
	if got := bars(h.Severities); got != "SEV1 1 50, SEV2 2 100" {
		t.Errorf("severities %s", got)
	}
	if got := bars(h.Years); got != "2026 1 50, 2025 2 100" {
		t.Errorf("years %s", got)
	}
	if want := []view.Recurring{{Title: "no limit", URL: "/kb/search/?q=service%3Aedge+factor%3A%22no+limit%22", N: 2}}; !slices.Equal(h.Factors, want) {
		t.Errorf("factors %+v", h.Factors)
	}
	if len(h.Together) != 1 || h.Together[0].Title != "mail" || h.Together[0].N != 2 || h.Together[0].URL != "/kb/services/mail/" {
		t.Errorf("together with %+v", h.Together)
	}
	var left []string
	for _, a := range h.Left {
		left = append(left, fmt.Sprintf("%s (%s, %s, %v, %v)", a.Title, a.Incident, a.Due.Text, a.Overdue, a.Proposed))
	}
	if got := strings.Join(left, ", "); got != "Sooner (B, 1 Mar 2026, true, false), Later (A, 1 May 2026, false, false), Some day (B, , false, true)" ||
		h.Unfinished != (view.Unfinished{Open: 2, Proposed: 1, Overdue: 1}) {
		t.Errorf("left: %s, %+v", got, h.Unfinished)
	}
	// They are the first of the service's page in the ledger, owners and order alike.
	q := planOn(t, "2026-04-01", map[string]string{
		"incidents/a.md": "---\nid: A\nservices: [edge]\nactions:\n- {title: Proposed, due: 2026-05-01, status: proposed, owner: SRE}\n- {title: Open, due: 2026-06-01, owner: \"@sre, mail\"}\n" +
			"- {title: Undated, owner: sre}\n- {title: Late, due: 2026-03-01}\n- {title: Done, status: done}\n---\n\n## Actions\n\n- [ ] Text (@sre, due 2026-05-01)\n",
	})
	var here, there []string
	for _, a := range value[view.List](t, q, "services/edge/index.html").History.Left {
		here = append(here, fmt.Sprint(a.Title, " ", a.URL, " ", a.Owner, " ", a.Due.Text))
	}
	for _, part := range value[view.Actions](t, q, "actions/services/edge/index.html").Parts {
		for _, r := range part.Rows {
			var owners []string
			for _, o := range r.Owners {
				owners = append(owners, o.Title)
			}
			if part.Title != "Done" {
				there = append(there, fmt.Sprint(r.Title, " ", r.URL, " ", strings.Join(owners, ", "), " ", r.Due.Text))
			}
		}
	}
	if len(here) != 5 || !slices.Equal(here, there) {
		t.Errorf("left\n%s\nin the ledger\n%s", strings.Join(here, "\n"), strings.Join(there, "\n"))
	}
	if one := value[view.List](t, p, "services/login/index.html").History; len(one.Severities)+len(one.Years)+len(one.Factors) > 0 {
		t.Errorf("one incident is counted: %+v", one)
	}
	if value[view.List](t, p, "tags/cache/index.html").History != nil {
		t.Error("a tag has no history")
	}
}

// TestNarrow tells which terms a list can be narrowed by: those that some of its
// incidents have and others have not.
func TestNarrow(t *testing.T) {
	p := plan(t, past)
	l := value[view.List](t, p, "tags/cache/index.html")
	var got []string
	for _, set := range l.Narrow.Sets {
		for _, c := range set.Terms {
			got = append(got, fmt.Sprintf("%s %d %s", c.Filter, c.N, strings.TrimPrefix(c.URL, "/kb/search/?q=tag%3Acache+")))
		}
	}
	want := `service:mail 2 service%3Amail, service:login 1 service%3Alogin, factor:"no limit" 2 factor%3A%22no+limit%22, ` +
		`factor:no-limit 1 factor%3Ano-limit, factor:"one owner" 1 factor%3A%22one+owner%22, tag:dns 1 tag%3Adns`
	if got := strings.Join(got, ", "); got != want {
		t.Errorf("narrow by\n%s\nwant\n%s", got, want)
	}
	if !l.Narrow.InPlace || !slices.Equal(l.Groups[0].Rows[0].Marks, []string{"service:edge", "service:mail", `factor:"no limit"`, `factor:"one owner"`, "tag:cache"}) {
		t.Errorf("marks %q", l.Groups[0].Rows[0].Marks)
	}
	if n := value[view.List](t, p, "services/login/index.html").Narrow; n != nil {
		t.Errorf("one incident can be narrowed by %+v", n)
	}
	many := map[string]string{}
	for n := range 51 {
		many[fmt.Sprintf("incidents/i%02d.md", n)] = fmt.Sprintf("---\nstarted: 2026-01-02\ntags: [all, t%d]\n---\n", n%2)
	}
	first := value[view.List](t, plan(t, many), "tags/all/index.html")
	if first.Narrow.InPlace || len(first.Groups[0].Rows[0].Marks) > 0 || first.Narrow.Sets[0].Terms[0].N != 26 {
		t.Errorf("a list of two pages: %+v", first.Narrow)
	}
	if value[view.List](t, plan(t, many), "tags/all/page/2/index.html").Narrow != nil {
		t.Error("the second page begins with what is on the first")
	}
}

// TestHomeActions tells what the home page says of the work that is left: what the
// ledger says.
func TestHomeActions(t *testing.T) {
	p := planOn(t, "2026-04-01", past)
	h := value[view.Home](t, p, "index.html")
	if h.Actions != (view.Unfinished{Open: 2, Proposed: 1, Overdue: 1}) || h.ActionsURL != "/kb/actions/" {
		t.Errorf("%+v, at %s", h.Actions, h.ActionsURL)
	}
	tallies := map[string]int{}
	ledger := value[view.Actions](t, p, "actions/index.html")
	for _, tally := range ledger.Tallies {
		tallies[tally.Name] = tally.N
	}
	if tallies["Overdue"] != h.Actions.Overdue || tallies["Open"] != h.Actions.Open || tallies["Proposed"] != h.Actions.Proposed {
		t.Errorf("the ledger says %v", tallies)
	}
	if owner := value[view.Actions](t, p, "actions/owners/edge/index.html"); ledger.Counted == "" || owner.Counted != ledger.Counted {
		t.Errorf("the lists beside the ledger count %q and %q", ledger.Counted, owner.Counted)
	}
	if done := value[view.Actions](t, p, "actions/states/done/index.html"); done.Counted != "" {
		t.Errorf("beside what is done: %q", done.Counted)
	}
}
