package view_test

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"debrief/internal/site"
	"debrief/internal/view"
)

// alike plans the pages of a content folder where the given incidents are alike
// to incidents/own.md.
func alike(t *testing.T, content map[string]string, list ...view.Alike) []view.Related {
	t.Helper()
	p := planWith(t, content, func(e *site.Entry) []view.Alike {
		if e.Path != "incidents/own.md" {
			return nil
		}
		return list
	})
	return value[view.Incident](t, p, "incidents/own/index.html").Related
}

// TestRelatedReason says in words what two incidents share.
func TestRelatedReason(t *testing.T) {
	content := map[string]string{"incidents/own.md": "# Own", "incidents/other.md": "# Other"}
	one, two, three := []string{"a"}, []string{"a", "b"}, []string{"a", "b", "c"}
	tests := []struct {
		alike view.Alike
		want  string
	}{
		{view.Alike{}, ""}, // not shown, since nobody could say why
		{view.Alike{Factors: one}, "shares factor a"},
		{view.Alike{Factors: two}, "shares factors a, b"},
		{view.Alike{Services: one}, "shares service a"},
		{view.Alike{Services: three}, "shares services a, b, c"},
		{view.Alike{Tags: one}, "shares tag a"},
		{view.Alike{Tags: two}, "shares tags a, b"},
		{view.Alike{Words: one}, "shares the word a"},
		{view.Alike{Words: three}, "shares the words a, b, c"},
		{view.Alike{Factors: one, Words: two}, "shares factor a and the words a, b"},
		{view.Alike{Services: two, Tags: one}, "shares services a, b and tag a"},
		{view.Alike{Factors: one, Services: one, Words: one}, "shares factor a, service a and the word a"},
		{view.Alike{Factors: two, Services: one, Tags: one, Words: three}, "shares factors a, b, service a, tag a and the words a, b, c"},
	}
	for _, test := range tests {
		test.alike.Path = "incidents/other.md"
		got := alike(t, content, test.alike)
		if test.want == "" && len(got) == 0 {
			continue
		}
		if len(got) != 1 || got[0].Reason != test.want {
			t.Errorf("%+v is shown as %+v, want the reason %q", test.alike, got, test.want)
		}
	}
}

// TestRelated shows pages beside an incident: those that its author names first,
// in the author's order, and none twice.
func TestRelated(t *testing.T) {
	content := map[string]string{
		"incidents/own.md":    "---\ntitle: Own\nrelated: [Drift, INC-7, about.md]\n---\n",
		"incidents/named.md":  "---\nid: INC-7\ntitle: Named\nseverity: SEV1\nstarted: 2026-02-03\n---\n",
		"incidents/found.md":  "---\ntitle: Found\nseverity: SEV2\nstarted: 2026-03-04T10:00:00Z\n---\n",
		"incidents/bare.md":   "# Bare",
		"glossary/drift.md":   "# Drift",
		"incidents/about.md":  "# About an incident",
		"playbook/chapter.md": "# Chapter",
	}
	got := alike(t, content,
		view.Alike{Path: "incidents/named.md", Words: []string{"quorum"}}, // named already
		view.Alike{Path: "incidents/found.md", Services: []string{"edge"}},
		view.Alike{Path: "incidents/gone.md", Words: []string{"quorum"}}, // not on this site
		view.Alike{Path: "incidents/bare.md", Words: []string{"quorum"}})
	want := []view.Related{
		{Title: "Drift", URL: "/kb/glossary/drift/", Kind: "glossary term"},
		{Title: "Named", URL: "/kb/incidents/inc-7/", Severity: view.Badge{Text: "SEV1", Name: "Critical", Rank: 1, URL: "/kb/severities/sev1/"}, Date: view.Stamp{Text: "3 February 2026", Machine: "2026-02-03"}},
		{Title: "About an incident", URL: "/kb/incidents/about/"},
		{Title: "Found", URL: "/kb/incidents/found/", Severity: view.Badge{Text: "SEV2", Name: "Major", Rank: 2, URL: "/kb/severities/sev2/"}, Date: view.Stamp{Text: "4 March 2026", Machine: "2026-03-04"}, Reason: "shares service edge"},
		{Title: "Bare", URL: "/kb/incidents/bare/", Reason: "shares the word quorum"},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("related\n got %s\nwant %s", inLines(got), inLines(want))
	}
}

func inLines(list []view.Related) string {
	var b strings.Builder
	for _, r := range list {
		fmt.Fprintf(&b, "\n  %+v", r)
	}
	return b.String()
}

// TestRelatedNumber tells how many are shown: all that the author names, and some
// others besides.
func TestRelatedNumber(t *testing.T) {
	for _, test := range []struct{ named, alike, want int }{
		{0, 0, 0}, {0, 1, 1}, {0, 4, 4}, {0, 9, 5}, {1, 0, 1}, {3, 9, 8}, {9, 9, 14}, {9, 0, 9},
	} {
		content := map[string]string{}
		var names []string
		var list []view.Alike
		for i := range test.named {
			names = append(names, fmt.Sprintf("named-%d", i))
			content[fmt.Sprintf("incidents/named-%d.md", i)] = "# N"
		}
		for i := range test.alike {
			p := fmt.Sprintf("incidents/alike-%d.md", i)
			content[p] = "# A"
			list = append(list, view.Alike{Path: p, Words: []string{"quorum"}})
		}
		content["incidents/own.md"] = "---\nrelated: [" + strings.Join(names, ", ") + "]\n---\n"
		got := alike(t, content, list...)
		if len(got) != test.want {
			t.Errorf("of %d that are named and %d that are alike %d are shown, want %d", test.named, test.alike, len(got), test.want)
		}
		for i, r := range got {
			if (r.Reason == "") != (i < test.named) {
				t.Errorf("of %d that are named the place %d is %+v", test.named, i, r)
			}
		}
	}
}

// TestRelatedWithoutIndex shows what the author names, when nothing can be searched.
func TestRelatedWithoutIndex(t *testing.T) {
	p := plan(t, map[string]string{"incidents/own.md": "---\nrelated: other\n---\n", "incidents/other.md": "# Other"})
	if got := value[view.Incident](t, p, "incidents/own/index.html").Related; len(got) != 1 || got[0].Title != "Other" {
		t.Errorf("related %+v", got)
	}
	if got := value[view.Incident](t, p, "incidents/other/index.html").Related; len(got) != 0 {
		t.Errorf("related to the other one %+v", got)
	}
}
