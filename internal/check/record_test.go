package check_test

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"debrief/internal/check"
	"debrief/internal/diag"
	"debrief/internal/kb"
	"debrief/internal/parse"
	"debrief/internal/site"
	"debrief/internal/tree"
)

var place = regexp.MustCompile(`(?m)^\d+:\d+:`)

// TestRecordRules tries each rule on front matter that breaks it and on some that
// nearly does.
func TestRecordRules(t *testing.T) {
	for _, test := range []struct{ name, front, want string }{
		{"known words", "trigger: Config Change\ndetection: alert\nsafety: near_miss\n", ""},
		{"a trigger nobody knows", "trigger: config-chnage\n",
			`1:1: warning: trigger: "config-chnage" is none of the words that this site uses (did you mean "config-change"?) [unknown-trigger]`},
		{"a detection", "detection: luck\n",
			`1:1: warning: detection: "luck" is none of the words that this site uses (the known ones are alert, customer-report, staff, partner, chance) [unknown-detection]`},
		{"safety", "safety: fine\n",
			`1:1: warning: safety: "fine" is none of the words that this site uses (the known ones are none-reported, discomfort, near-miss, injury, unknown) [unknown-safety]`},
		{"what people wear", "tags: [Tracking]\n",
			`1:1: note: it is about Tracking, and nothing says whether somebody came to harm (add safety: one of none-reported, discomfort, near-miss, injury, unknown) [missing-safety]`},
		{"which is said", "tags: [tracking]\nsafety: unknown\n", ""},
		{"a month and more", "resolved: 2026-04-03T10:00:00Z\n", `1:1: note: it lasted 59 days (check the month and the year; if it is so, all is well) [odd-duration]`},
		{"centuries", "resolved: 2926-04-03T10:00:00Z\n", `1:1: note: it lasted 328777 days (check the month and the year; if it is so, all is well) [odd-duration]`},
		{"half a minute", "resolved: 2026-02-03T10:00:30Z\n", `1:1: note: it lasted less than a minute (check the times; if it is so, all is well) [odd-duration]`},
		{"a day", "resolved: 2026-02-03\n", ""},
	} {
		got := findings(t, "incidents/a.md", "---\n"+complete+test.front+"---\n")
		// The place is that of the key, which TestPlaces of package parse is about.
		if got = place.ReplaceAllString(got, "1:1:"); got != test.want {
			t.Errorf("%s\n got %s\nwant %s", test.name, got, test.want)
		}
	}
}

// checked checks a site of several files on 23 November 2026.
func checked(t *testing.T, settings string, incidents map[string]string) string {
	t.Helper()
	config, found, ok := parse.Config(tree.NewFile("site.yaml", []byte(settings)))
	if !ok {
		t.Fatal(found)
	}
	var corpus kb.Corpus
	parser := parse.NewParser(config)
	for _, p := range slices.Sorted(maps.Keys(incidents)) {
		r := parser.File(tree.NewFile("incidents/"+p+".md", []byte("---\n"+complete+incidents[p]+"---\n")))
		if r.Incident == nil {
			t.Fatal(r.Findings)
		}
		corpus.Incidents = append(corpus.Incidents, r.Incident)
	}
	all := check.All(planned(corpus, config, site.Options{Today: kb.Date{Year: 2026, Month: 11, Day: 23}}))
	var lines []string
	for _, f := range diag.Sort(all) {
		lines = append(lines, strings.TrimPrefix(f.String(), "incidents/"))
	}
	return strings.Join(lines, "\n")
}

func TestVocabularies(t *testing.T) {
	declared := "services: [anchor-api, edge]\nfactors: [missing-alert]\n"
	for _, test := range []struct {
		name, settings string
		incidents      map[string]string
		want           []string
	}{
		{"all is declared", declared, map[string]string{"a": "services: [edge]\nfactors: [missing-alert]\n"}, nil},
		{"nothing is declared", "", map[string]string{"a": "services: [edge]\n"}, nil},
		{"one that is not, in two incidents", declared, map[string]string{"a": "services: [egde]\n", "b": "services: [egde]\n"},
			[]string{`a.md:6:11: warning: the service egde is not declared in site.yaml; 2 incidents name it (did you mean "edge"? otherwise add it to services: in site.yaml) [undeclared-service]`}},
		{"another spelling than the declared one", declared, map[string]string{"a": "services: [anchor_api]\n", "b": "services: [anchor_api]\n"},
			[]string{`a.md:6:11: warning: the service is written anchor_api in 2 incidents, and anchor-api in site.yaml (write anchor-api everywhere) [near-duplicate]`}},
		{"the rarer one is reported", "", map[string]string{"a": "tags: [TravisCI]\n", "b": "tags: [Travis CI]\n", "c": "tags: [Travis CI]\n"},
			[]string{`a.md:6:7: warning: the tag is written TravisCI in 1 incident, and Travis CI in 2 (write Travis CI everywhere) [near-duplicate]`}},
		{"case only, which the site takes for one", "", map[string]string{"a": "tags: [Github]\n", "b": "tags: [GitHub]\n", "c": "tags: [GitHub]\n"},
			[]string{`a.md:6:7: note: the tag is written Github in 1 incident, and GitHub in 2 (write GitHub everywhere) [near-duplicate]`}},
		{"organisations", "", map[string]string{"a": "company: Github\n", "b": "company: GitHub\n", "c": "company: GitHub\n"},
			[]string{`a.md:6:10: warning: the organisation is written Github in 1 incident, and GitHub in 2 (write GitHub everywhere) [near-duplicate]`}},
		{"three spellings", "", map[string]string{"a": "tags: [a b]\n", "b": "tags: [a-b]\n", "c": "tags: [ab]\n", "d": "tags: [ab]\n"},
			[]string{
				`a.md:6:7: warning: the tag is written a b in 1 incident, and ab in 2 (write ab everywhere) [near-duplicate]`,
				`b.md:6:7: warning: the tag is written a-b in 1 incident, and ab in 2 (write ab everywhere) [near-duplicate]`,
			}},
		{"signs tell words apart", "", map[string]string{"a": "tags: [C++]\n", "b": "tags: [C#]\n"}, nil},
		{"platforms", "", map[string]string{"a": "platforms: [{device: Headset Gen2, build: \"1\"}]\n", "b": "platforms: [headset-gen2]\n", "c": "platforms: [headset-gen2]\n"},
			[]string{`a.md:6:12: warning: the platform is written Headset Gen2 in 1 incident, and headset-gen2 in 2 (write headset-gen2 everywhere) [near-duplicate]`}},
	} {
		if got, want := checked(t, test.settings, test.incidents), strings.Join(test.want, "\n"); got != want {
			t.Errorf("%s\n got %s\nwant %s", test.name, got, want)
		}
	}
}

func TestReviewClock(t *testing.T) {
	review := "resolved: 2026-02-05T10:00:00Z\nmeeting: 2026-11-21\n"
	if got := checked(t, "", map[string]string{"a": review}); got != "" {
		t.Errorf("of a closed one: %s", got)
	}
	config, _, _ := parse.Config(tree.NewFile("site.yaml", []byte("clock: {plan: 1 day}\n")))
	text := "---\n" + strings.Replace(complete, "closed", "in-review", 1) + review + "---\n"
	in := parse.NewParser(config).File(tree.NewFile("incidents/a.md", []byte(text))).Incident
	s := planned(kb.Corpus{Incidents: []*kb.Incident{in}}, config, site.Options{Today: kb.Date{Year: 2026, Month: 11, Day: 23}})
	var lines []string
	for _, f := range diag.Sort(check.All(s)) {
		lines = append(lines, f.String())
	}
	hint := " (set status: reviewed when the review is over; clock: in site.yaml says how long it may take) [review-clock]"
	want := "incidents/a.md:4:9: note: the action plan was due on 2026-11-22" + hint
	if got := strings.Join(lines, "\n"); got != want {
		t.Errorf("overdue\n got %s\nwant %s", got, want)
	}
}
