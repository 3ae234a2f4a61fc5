package build_test

import (
	"strings"
	"testing"

	"debrief/internal/build"
	"debrief/internal/parse"
	"debrief/internal/site"
	"debrief/internal/tree"
)

// TestEachEdit makes one edit to the tangled site, and takes it back. It is
// TestWarmEqualsCold without the chance: whatever a Builder may take from the
// site before, there is an edit here after which it must not.
func TestEachEdit(t *testing.T) {
	first := build.Input{Content: contentOf(t, tangled), Layouts: theme(t), Options: site.Options{Today: today}}
	theme := build.New()
	defer theme.Close()
	theme.Build(first)
	cold := func(in build.Input) (map[string]string, string) {
		b := theme.Cold()
		defer b.Close()
		s := b.Build(in)
		return files(t, s), findings(s)
	}
	firstOutput, firstFindings := cold(first)
	warm := theme.Cold()
	defer warm.Close()
	check := func(in build.Input, want map[string]string, wantFindings string) {
		t.Helper()
		s := warm.Build(in)
		if d := difference(files(t, s), want); d != "" {
			t.Errorf("the output differs:\n%s", d)
		}
		if got := findings(s); got != wantFindings {
			t.Errorf("the findings differ: %s", firstDifference(got, wantFindings))
		}
	}
	check(first, firstOutput, firstFindings)

	// replace changes a file; without an old text the new one is the whole file,
	// and without a new text either the file goes.
	replace := func(in build.Input, path, old, new string) build.Input {
		f, ok := in.Content.File(path)
		switch {
		case old == "" && new == "":
			in.Content = in.Content.Without(path)
		case old == "":
			in.Content = in.Content.With(tree.NewFile(path, []byte(new)))
		case !ok || !strings.Contains(string(f.Data), old):
			t.Fatalf("%s does not hold %q", path, old)
		default:
			in.Content = in.Content.With(tree.NewFile(path, []byte(strings.Replace(string(f.Data), old, new, 1))))
		}
		return in
	}
	const a, b, drift, draft = "incidents/a.md", "incidents/b.md", "glossary/drift.md", "draft.md"
	for _, e := range []struct{ name, path, old, new string }{
		{"nothing", a, "First", "First"},
		{"words", a, "Anchors were lost.", "Anchors were found."},
		{"the first words", drift, "Moves.", "Slides."},
		{"title of an incident", a, "title: First", "title: Frist"},
		{"title of a page", "index.md", "# Home", "# House"},
		{"title of a chapter", "playbook/1.md", "# Before", "# Earlier"},
		{"title of a term, in order", drift, "title: Drift", "title: Drifting"},
		{"title of a term, out of order", drift, "title: Drift", "title: Zeta"},
		{"title in the text", b, "# Second, as told", "# As told"},
		{"another name", drift, "also: [slide]", "also: [glide]"},
		{"heading", b, "## Impact", "## Effect"},
		{"second heading of the same words", b, "## Later", "## Impact"},
		{"summary", a, "status: closed", "status: closed\nsummary: In short"},
		{"status", a, "status: closed", "status: draft"},
		{"severity", a, "SEV1", "SEV2"},
		{"severity of no scale", a, "SEV1", "purple"},
		{"severity in another spelling", a, "SEV1", "sev-1"},
		{"no severity", a, "severity: SEV1\n", ""},
		{"start", a, "2026-01-01", "2024-06-01"},
		{"start, only the day", b, "2025-12-31T23:30:00Z", "2025-12-31"},
		{"start, a moment at midnight", a, "2026-01-01", "2026-01-01T00:00:00Z"},
		{"start in another zone", b, "2025-12-31T23:30:00Z", "2026-01-01T00:30:00+01:00"},
		{"end", a, "status: closed", "status: closed\nresolved: 2026-01-03"},
		{"tag", a, "tags: [keys]", "tags: [doors]"},
		{"tag in another spelling", a, "tags: [keys]", "tags: [KEYS]"},
		{"service", a, "services: [runtime]", "services: [store]"},
		{"factor", a, "status: closed", "factors: [no limit]"},
		{"owner of an action", a, "@edge", "@page"},
		{"action gone", a, "- [ ] [Alert](b.md) (@edge, due 2026-01-02, detect)\n", ""},
		{"author", a, "status: closed", "authors: [night shift]"},
		{"organisation", a, "status: closed", "organisation: Other"},
		{"id", a, "id: INC-1", "id: INC-7"},
		{"no id", a, "id: INC-1\n", ""},
		{"id of another", a, "id: INC-1", "id: INC-2"},
		{"slug", a, "id: INC-1", "id: INC-1\nslug: one"},
		{"alias", a, "id: INC-1", "id: INC-1\naliases: [/old/]"},
		{"alias of another's address", a, "id: INC-1", "id: INC-1\naliases: [/glossary/drift/]"},
		{"order", "playbook/1.md", "order: 1", "order: 3"},
		{"new link", "playbook/2.md", "[before]", "[[INC-2]] [before]"},
		{"link gone", "glossary/jump.md", "[[drift]]", "drift"},
		{"link to a file", b, "[[First]]", "![g](graph.svg)"},
		{"last link to a file gone", a, "![g](graph.svg)", ""},
		{"link mended", "playbook/1.md", "[[Sceond]]", "[[Second]]"},
		{"link broken", "playbook/1.md", "[[slide]]", "[[sldie]]"},
		{"made a draft", b, "status: draft", "draft: true"},
		{"made one of the future", b, "status: draft", "publish: 2027-01-01"},
		{"draft changed", draft, "[[Drift]]", "[[INC-1]]"},
		{"draft published", draft, "draft: true", "draft: false"},
		{"draft made one of the future", draft, "draft: true", "publish: 2027-01-01"},
		{"front matter broken", a, "tags: [keys]", "tags: [keys"},
		{"unknown key", a, "tags: [keys]", "tgas: [keys]"},
		{"page gone", drift, "", ""},
		{"draft gone", draft, "", ""},
		{"new page", "glossary/slide.md", "", "# Slide\n\nAlso.\n"},
		{"new page of one address", "glossary/Jump.md", "", "# Jumping\n"},
		{"page where a list was", "incidents/index.md", "", "# All of them\n"},
		{"new picture", "incidents/other.svg", "", "<svg/>"},
		{"picture changed", "incidents/graph.svg", "<svg ", "<svg id='x' "},
		{"picture made unsafe", "incidents/graph.svg", "/>", "><script/></svg>"},
		{"picture gone", "incidents/graph.svg", "", ""},
		{"site title", parse.ConfigPath, "Tangled", "Sorted"},
		{"base URL", parse.ConfigPath, "example.org/", "example.org/kb/"},
		{"time zone", parse.ConfigPath, "title:", "time_zone: Asia/Tokyo\ntitle:"},
		{"language", parse.ConfigPath, "title:", "language: de\ntitle:"},
		{"severities", parse.ConfigPath, "title:", "severities: [{id: SEV2, name: Worst}, {id: SEV1, name: Best}]\ntitle:"},
		{"navigation", parse.ConfigPath, "title:", "navigation: [{title: A, url: /tags/}]\ntitle:"},
		{"edit URL", parse.ConfigPath, "title:", "edit_url: https://git.example.org/{path}\ntitle:"},
		{"raw HTML", parse.ConfigPath, "title:", "raw_html: true\ntitle:"},
		{"settings broken", parse.ConfigPath, "title:", "titel:"},
		{"settings gone", parse.ConfigPath, "", ""},
	} {
		t.Run(e.name, func(t *testing.T) {
			in := replace(first, e.path, e.old, e.new)
			want, wantFindings := cold(in)
			check(in, want, wantFindings)
			check(first, firstOutput, firstFindings)
		})
	}
	for name, change := range map[string]func(in *build.Input){
		"drafts too":  func(in *build.Input) { in.Options.Drafts = true },
		"another day": func(in *build.Input) { in.Options.Today.Year++ },
		"a layout": func(in *build.Input) {
			in.Layouts = in.Layouts.With(tree.NewFile("partials/footer.html", []byte(`{{define "footer"}}{{end}}`)))
		},
		"a broken layout": func(in *build.Input) { in.Layouts = in.Layouts.With(tree.NewFile("term.html", []byte(`{{`))) },
		"no home page":    func(in *build.Input) { in.Content = in.Content.Without("index.md") },
		"every page": func(in *build.Input) {
			for _, f := range in.Content.Files() {
				if strings.HasSuffix(f.Path, ".md") {
					in.Content = in.Content.With(tree.NewFile(f.Path, append(f.Data[:len(f.Data):len(f.Data)], "\nMore.\n"...)))
				}
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			in := first
			change(&in)
			want, wantFindings := cold(in)
			check(in, want, wantFindings)
			check(first, firstOutput, firstFindings)
		})
	}
}
