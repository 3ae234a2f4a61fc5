package check_test

import (
	"strings"
	"testing"

	"debrief/internal/check"
	"debrief/internal/kb"
	"debrief/internal/parse"
	"debrief/internal/site"
	"debrief/internal/tree"
	"debrief/internal/view"
)

// complete is the front matter of an incident about which nothing is missing.
const complete = "title: T\nseverity: SEV1\nstatus: closed\nstarted: 2026-02-03T10:00:00Z\n"

// planned relates the pages of a corpus, and knows what a build would make of them.
func planned(corpus kb.Corpus, config kb.Config, o site.Options) *site.Site {
	s := site.New(corpus, config, o, nil)
	s.Makes = view.New(s, view.Assets{}, nil, nil).Has
	return s
}

// findings checks a site with one page.
func findings(t *testing.T, path, text string) string {
	t.Helper()
	config := kb.DefaultConfig()
	r := parse.NewParser(config).File(tree.NewFile(path, []byte(text)))
	if r.Broken() {
		t.Fatal(r.Findings)
	}
	var corpus kb.Corpus
	switch {
	case r.Incident != nil:
		corpus.Incidents = append(corpus.Incidents, r.Incident)
	case r.Term != nil:
		corpus.Terms = append(corpus.Terms, r.Term)
	case r.Guide != nil:
		corpus.Guides = append(corpus.Guides, r.Guide)
	default:
		corpus.Pages = append(corpus.Pages, r.Page)
	}
	var lines []string
	for _, f := range check.All(planned(corpus, config, site.Options{})) {
		if f.Path != path {
			t.Errorf("the finding %v is about another file", f)
		}
		lines = append(lines, strings.TrimPrefix(f.String(), path+":"))
	}
	return strings.Join(lines, "\n")
}

// TestRules tries each rule on a page that breaks it and on one that nearly does.
func TestRules(t *testing.T) {
	without := func(key string) string {
		var kept []string
		for _, line := range strings.Split(complete, "\n") {
			if !strings.HasPrefix(line, key+":") {
				kept = append(kept, line)
			}
		}
		return strings.Join(kept, "\n")
	}
	for _, test := range []struct {
		name, front, body string
		want              string
	}{
		{"nothing is missing", complete, "", ""},

		{"no title", without("title"), "Text.", `1:1: warning: the title is unknown (add title: to the front matter, or a heading of level 1) [missing-title]`},
		{"a title in the text", without("title"), "# T", ""},

		{"no severity", without("severity"), "", `1:1: warning: the severity is unknown (add severity: one of SEV1, SEV2, SEV3, SEV4) [missing-severity]`},
		{"an empty severity", without("severity") + "severity:\n", "", `5:10: warning: the severity is unknown (add severity: one of SEV1, SEV2, SEV3, SEV4) [missing-severity]`},
		{"a severity of another scale", without("severity") + "severity: SVE1\n", "", `5:11: warning: "SVE1" is not on this site's scale of severities (did you mean "SEV1"?) [unknown-severity]`},
		{"a severity of no scale", without("severity") + "severity: purple\n", "", `5:11: warning: "purple" is not on this site's scale of severities (the known ones are SEV1, SEV2, SEV3, SEV4) [unknown-severity]`},
		{"a severity in another spelling", without("severity") + "severity: sev-1\n", "", ""},
		{"a severity by its name", without("severity") + "severity: critical\n", "", ""},

		{"no status", without("status"), "", `1:1: warning: the status is unknown (add status: one of draft, in-review, reviewed, closed) [missing-status]`},
		{"an unknown status", without("status") + "status: reviewd\n", "", `5:9: warning: "reviewd" is not a status that a post-mortem goes through (did you mean "reviewed"?) [unknown-status]`},
		{"a status in another spelling", without("status") + "status: In Review\n", "", ""},

		{"no start", without("started"), "", `1:1: warning: the start is unknown (add started: 2026-03-12T13:58:00Z, or only the day) [missing-start]`},
		{"a start by another tool's name", without("started") + "start_time: 2026-02-03\n", "", ""},

		{"resolved before the start", complete + "resolved: 2026-02-03T09:59:59Z\n", "", `6:11: warning: resolved comes before started (check the day and the offset from UTC) [time-order]`},
		{"resolved at the start", complete + "resolved: 2026-02-03T10:00:00Z\n", "", `6:11: note: it lasted less than a minute (check the times; if it is so, all is well) [odd-duration]`},
		{"resolved before the start by its offset", complete + "resolved: 2026-02-03T10:30:00+01:00\n", "", `6:11: warning: resolved comes before started (check the day and the offset from UTC) [time-order]`},
		{"resolved on the day of the start", complete + "resolved: 2026-02-03\n", "", ""},
		{"resolved on the day before the start", complete + "resolved: 2026-02-02\n", "", `6:11: warning: resolved comes before started (check the day and the offset from UTC) [time-order]`},
		{"days in the wrong order", without("started") + "started: 2026-02-03\nresolved: 2026-02-02\n", "", `6:11: warning: resolved comes before started (check the day and the offset from UTC) [time-order]`},
		{"detected between", complete + "detected: 2026-02-03T10:10:00Z\nacknowledged: 2026-02-03T10:12:00Z\nmitigated: 2026-02-03T10:40:00Z\nresolved: 2026-02-03T11:00:00Z\n", "", ""},
		{"resolved before it was mitigated", complete + "mitigated: 2026-02-03T12:00:00Z\nresolved: 2026-02-03T11:00:00Z\n", "", `7:11: warning: resolved comes before mitigated (check the day and the offset from UTC) [time-order]`},

		{"a link to a script", complete + "links:\n- {title: X, url: \"javascript:alert(1)\"}\n", "", `7:1: warning: "javascript:alert(1)" is not an address to link to (use http, https or mailto) [link-scheme]`},
		{"a report that is no address", complete + "url: see the wiki\n", "", `6:6: warning: "see the wiki" is not an address to link to (use http, https or mailto) [link-scheme]`},
		{"a link", complete + "url: https://example.com/report\nlinks:\n- url: mailto:team@example.com\n", "", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			front := strings.TrimSpace(test.front)
			if got := findings(t, "incidents/a.md", "---\n"+front+"\n---\n"+test.body); got != test.want {
				t.Errorf("%s\n got %s\nwant %s", front, got, test.want)
			}
		})
	}
}

func TestTerms(t *testing.T) {
	want := `1:1: warning: the term is not explained (write a sentence under the front matter, or add summary:) [missing-summary]`
	if got := findings(t, "glossary/x.md", "# X\n\n## Only a heading\n"); got != want {
		t.Errorf("a term without a word\n got %s\nwant %s", got, want)
	}
	for _, text := range []string{"# X\n\nIt is this.", "---\nsummary: It is this.\n---\n"} {
		if got := findings(t, "glossary/x.md", text); got != "" {
			t.Errorf("%q: %s", text, got)
		}
	}
}

// TestOtherPages tells that rules about incidents are about incidents.
func TestOtherPages(t *testing.T) {
	for _, path := range []string{"about.md", "playbook/x.md", "incidents/index.md", "glossary/index.md"} {
		if got := findings(t, path, ""); got != "" {
			t.Errorf("%s: %s", path, got)
		}
	}
}

// TestNavigation leads to all that a site has, and to what it has not.
func TestNavigation(t *testing.T) {
	for _, test := range []struct{ url, want string }{
		{"/", ""},
		{"/about/", ""},
		{"/incidents/", ""},
		{"/on-this-day/", ""},
		{"/feed.xml", ""},
		{"/actions.csv", ""},
		{"/search/?q=x", ""},
		{"https://example.org/x", ""},
		{"//example.org/x", ""},
		{"/about", "the navigation leads to /about, and there is no such page (end it with a slash)"},
		{"/actions", "the navigation leads to /actions, and there is no such page (end it with a slash)"},
		{"/feed.xml/", "the navigation leads to /feed.xml/, and there is no such page"},
		{"/fed.xml", "the navigation leads to /fed.xml, and there is no such page"},
		{"/actions/owners/edge/", "the navigation leads to /actions/owners/edge/, and there is no such page"},
	} {
		config := kb.DefaultConfig()
		config.Navigation = []kb.NavEntry{{Title: "X", URL: test.url}}
		about := parse.NewParser(config).File(tree.NewFile("about.md", []byte("# About"))).Page
		want := ""
		if test.want != "" {
			want = "site.yaml: error: " + test.want + " [broken-link]"
		}
		var got []string
		for _, f := range check.All(planned(kb.Corpus{Pages: []*kb.Page{about}}, config, site.Options{})) {
			got = append(got, f.String())
		}
		if strings.Join(got, "\n") != want {
			t.Errorf("%s\n got %s\nwant %s", test.url, got, want)
		}
	}
}
