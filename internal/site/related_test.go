package site_test

import (
	"strings"
	"testing"

	"debrief/internal/site"
)

// TestRelated finds the pages that an incident's front matter names, by whatever
// they are called.
func TestRelated(t *testing.T) {
	const near = "incidents/2026/near.md"
	for _, test := range []struct{ related, want string }{ // want is the paths of pages
		// By id, in any case.
		{"INC-2026-007", near},
		{"inc-2026-007", near},
		// By title, another name, the file's name.
		{"Cache melted", near},
		{"' cache   MELTED '", near},
		{"slow slide", "glossary/drift.md"},
		{"near", near},
		{"Playbook", "playbook/index.md"},
		// By path: from the page's own folder, or from the root; by address.
		{"near.md", near},
		{"../../docs/README.md", "docs/README.md"},
		{"/about.md", "about.md"},
		{"/incidents/inc-2026-007/", near},
		{"/docs/café.md", "docs/café.md"},
		{"/docs/caf%C3%A9.md", "docs/café.md"},
		{"/docs/My%20Notes.md", "docs/My Notes.md"},
		// To a heading, the page will do.
		{"'near#What happened'", near},
		{"'near.md#what-happened'", near},
		{"'./near.md#what-happened'", near},
		// Several, in the author's order; none twice, and not itself.
		{"[drift, INC-2026-007]", "glossary/drift.md " + near},
		{"[INC-2026-007, drift, near, Cache melted, near.md]", near + " glossary/drift.md"},
		{"[from, INC-2026-007, from.md, INC-2026-001]", near},
		{"from", ""},
		{"[]", ""},
		{"", ""},
	} {
		t.Run(test.related, func(t *testing.T) {
			s := linked.with("incidents/2026/from.md", "---\nid: INC-2026-001\nrelated: "+test.related+"\n---\n").make(t, site.Options{})
			if f := s.Findings(); len(f) > 0 {
				t.Errorf("findings %v", f)
			}
			if got := paths(s.Related(entry(t, s, "incidents/2026/from.md"))); got != test.want {
				t.Errorf("related are %q, want %q", got, test.want)
			}
		})
	}
}

// TestRelatedBroken names pages that are not there: each is a finding where it
// stands, and the others are taken.
func TestRelatedBroken(t *testing.T) {
	for _, test := range []struct{ related, want string }{ // want is the only finding, without its path
		{"INC-2026-008", `3:10: error: there is no page called "INC-2026-008" [broken-link]`},
		{"INC2026-007", `3:10: error: there is no page called "INC2026-007" (did you mean "INC-2026-007"?) [broken-link]`},
		{"[drift, Cache meltd]", `3:10: error: there is no page called "Cache meltd" (did you mean "Cache melted"?) [broken-link]`},
		{"quite another thing", `3:10: error: there is no page called "quite another thing" [broken-link]`},
		{"../near.md", `3:10: error: there is no page incidents/near.md (did you mean incidents/2026/near.md?) [broken-link]`},
		{"near2.md", `3:10: error: there is no page incidents/2026/near2.md (did you mean "incidents/2026/near.md"?) [broken-link]`},
		{"../../../secret.md", `3:10: error: ../../../secret.md leads out of the content folder [broken-link]`},
		{"draft", `3:10: error: incidents/draft.md is a draft [broken-link]`},
		{"/incidents/draft.md", `3:10: error: incidents/draft.md is a draft [broken-link]`},
		{"later", `3:10: error: incidents/later.md is to be published on 2026-12-24 [broken-link]`},
		{"near#zzz", `3:10: error: incidents/2026/near.md has no heading "zzz" (its headings are what-happened, what-happened-1, ünïcode--more, h-bridge-failed, 32--of-errors) [broken-anchor]`},
		{"/incidents/2026/graph.png", `3:10: error: "/incidents/2026/graph.png" is not a page [broken-link]`},
		{"/services/", `3:10: error: "/services/" is not a page [broken-link]`},
		{"/incidents/", `3:10: error: "/incidents/" is not a page [broken-link]`},
	} {
		t.Run(test.related, func(t *testing.T) {
			s := linked.with("incidents/2026/from.md", "---\ntitle: From\nrelated: "+test.related+"\n---\n").make(t, site.Options{})
			got := strings.TrimSpace(strings.ReplaceAll(lines(s.Findings()), "incidents/2026/from.md:", ""))
			if got != test.want {
				t.Errorf("%s\n got %s\nwant %s", test.related, got, test.want)
			}
			want := ""
			if strings.Contains(test.related, "drift") {
				want = "glossary/drift.md"
			}
			if got := paths(s.Related(entry(t, s, "incidents/2026/from.md"))); got != want {
				t.Errorf("related are %q, want %q", got, want)
			}
		})
	}
}

// TestRelatedDrafts names a draft where drafts are shown.
func TestRelatedDrafts(t *testing.T) {
	s := linked.with("incidents/2026/from.md", "---\nrelated: draft\n---\n").make(t, site.Options{Drafts: true})
	if got := paths(s.Related(entry(t, s, "incidents/2026/from.md"))); got != "incidents/draft.md" || len(s.Findings()) > 0 {
		t.Errorf("related are %q, findings %v", got, s.Findings())
	}
}

// TestRelatedMentions tells that a page which is named as related knows of it, once,
// as of any link to it.
func TestRelatedMentions(t *testing.T) {
	s := linked.with("incidents/2026/from.md", "---\nrelated: [near, drift, from]\n---\nSee [[near]] and [x](near.md).\n").make(t, site.Options{})
	for _, test := range []struct{ page, want string }{
		{"incidents/2026/near.md", "incidents/2026/from.md"},
		{"glossary/drift.md", "incidents/2026/from.md"},
		{"incidents/2026/from.md", ""},
		{"about.md", ""},
	} {
		if got := paths(s.Mentions(entry(t, s, test.page))); got != test.want {
			t.Errorf("%s is mentioned on %q, want %q", test.page, got, test.want)
		}
	}
}

// TestRelatedIncidentsOnly tells that only incidents name related pages: on another
// page the word is one of the author's own.
func TestRelatedIncidentsOnly(t *testing.T) {
	s := linked.with("docs/other.md", "---\nrelated: near\n---\n").make(t, site.Options{})
	if got := paths(s.Related(entry(t, s, "docs/other.md"))); got != "" {
		t.Errorf("related are %q", got)
	}
}
