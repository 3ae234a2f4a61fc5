package build_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"debrief/internal/build"
)

// shownRelated is what an incident's page shows as related: address, a space, and
// what stands below the link.
func shownRelated(t *testing.T, s *build.Site, path string) []string {
	t.Helper()
	data, ok, err := s.File(path)
	if err != nil || !ok {
		t.Fatalf("%s: there is one: %v, error: %v", path, ok, err)
	}
	var list []string
	for _, li := range find(t, parseHTML(t, data), "section.related li") {
		links := find(t, li, "a")
		why := find(t, li, "p.why")
		if len(links) != 1 || len(why) != 1 {
			t.Fatalf("%s: %q has %d links and %d reasons", path, words(li), len(links), len(why))
		}
		list = append(list, attribute(links[0], "href")+" "+words(why[0]))
	}
	return list
}

// TestRelated tells what an incident's page shows as related: what its author
// names first, then what is alike, with the reason, and no page twice.
func TestRelated(t *testing.T) {
	content := map[string]string{
		"site.yaml": "base_url: https://example.org/kb/\n",
		"incidents/own.md": "---\nid: INC-1\ntitle: Handshake fails\nservices: [edge]\nfactors: [expired-certificate]\nrelated: [Drift, INC-3]\n---\n" +
			"The handshake failed. The quorum was lost. Sealing stopped.\n",
		"incidents/alike.md":  "---\nid: INC-2\ntitle: Handshake fails again\nseverity: SEV1\nstarted: 2026-02-03T10:00:00Z\nservices: [edge]\n---\nThe handshake failed. The quorum was lost.\n",
		"incidents/named.md":  "---\nid: INC-3\ntitle: Sealing stopped\nservices: [edge]\nfactors: [expired-certificate]\n---\nThe handshake failed. The quorum was lost. Sealing stopped.\n",
		"incidents/hidden.md": "---\nid: INC-4\ntitle: Handshake of a draft\ndraft: true\nservices: [edge]\n---\nThe handshake failed. The quorum was lost. Sealing stopped.\n",
		"glossary/drift.md":   "# Drift\n\nSlow growth of an error.\n",
	}
	for i := range 20 { // about nothing of the kind
		content[fmt.Sprintf("incidents/other-%02d.md", i)] = fmt.Sprintf("# Picnic %c\n\nword%cone word%ctwo\n", 'a'+i, 'a'+i, 'a'+i)
	}
	s := built(t, build.Input{Content: contentOf(t, content), Layouts: theme(t)})
	own := shownRelated(t, s, "incidents/inc-1/index.html")
	want := []string{
		"/kb/glossary/drift/ named by the author",
		"/kb/incidents/inc-3/ named by the author",
		"/kb/incidents/inc-2/ SEV1 · 3 February 2026 · shares service edge and the words ",
	}
	if len(own) != len(want) {
		t.Fatalf("related are\n%s\nwant\n%s", strings.Join(own, "\n"), strings.Join(want, "\n"))
	}
	for i, w := range want {
		if !strings.HasPrefix(own[i], w) {
			t.Errorf("%d. is %q, want %q", i+1, own[i], w)
		}
	}
	// It leads both ways, and nowhere from a page that is like no other.
	if other := shownRelated(t, s, "incidents/inc-2/index.html"); !slices.ContainsFunc(other, func(r string) bool { return strings.HasPrefix(r, "/kb/incidents/inc-1/ shares service edge") }) {
		t.Errorf("related to the other one are %q", other)
	}
	if none := shownRelated(t, s, "incidents/other-00/index.html"); len(none) > 0 {
		t.Errorf("related to a page like no other are %q", none)
	}
}

// TestRelatedOfStarter looks at all incidents of the content that a site begins
// with: no page is there twice, none is its own, each has a reason.
func TestRelatedOfStarter(t *testing.T) {
	s := built(t, build.Input{Content: starter(t), Layouts: theme(t)})
	some := 0
	for _, e := range s.Pages.Entries {
		if e.Incident == nil {
			continue
		}
		seen := map[string]bool{s.Pages.URL(e.Address): true}
		for _, r := range shownRelated(t, s, e.Address+"index.html") {
			some++
			address, why, _ := strings.Cut(r, " ")
			if seen[address] {
				t.Errorf("%s: %s is there twice, or is the page itself", e.Path, address)
			}
			seen[address] = true
			if !strings.Contains(why, "shares ") && !(len(e.Incident.Related) > 0 && strings.HasSuffix(why, "named by the author")) {
				t.Errorf("%s: the reason for %s is %q", e.Path, address, why)
			}
		}
	}
	if some == 0 {
		t.Error("no incident has a related one, so nothing was tested")
	}
}

// TestRelatedFollows changes front matter and text with one builder: the pages show
// what those of a new one do.
func TestRelatedFollows(t *testing.T) {
	content := map[string]string{"site.yaml": "base_url: https://example.org/kb/\n"}
	for i := range 30 {
		content[fmt.Sprintf("incidents/i%02d.md", i)] = fmt.Sprintf("---\ntitle: Incident %c\nservices: [s%d]\n---\nAbout topic%c and matter%c.\n", 'a'+i%26, i%4, 'a'+i%5, 'a'+i%7)
	}
	warm := build.New()
	t.Cleanup(func() { warm.Close() })
	shown := func(s *build.Site) string {
		var all strings.Builder
		for i := range 30 {
			p := fmt.Sprintf("incidents/i%02d/index.html", i)
			fmt.Fprintf(&all, "%s %q\n", p, shownRelated(t, s, p))
		}
		return all.String()
	}
	before := ""
	for _, step := range []struct{ path, text string }{
		{"", ""},
		{"incidents/i00.md", "---\ntitle: Incident a\nservices: [s0]\nrelated: [i07, i08]\n---\nAbout topica and mattera.\n"}, // the author names some
		{"incidents/i00.md", "---\ntitle: Incident a\nservices: [s0]\nrelated: [i08]\n---\nAbout topica and mattera.\n"},
		{"incidents/i01.md", "---\ntitle: Another title\nservices: [s9]\n---\nAbout topica and mattera.\n"}, // on the pages of others too
		{"incidents/i02.md", "---\ntitle: Incident c\nseverity: SEV1\nstarted: 2026-02-03\nservices: [s2]\n---\nAbout topicc and matterc.\n"},
	} {
		if step.path != "" {
			content[step.path] = step.text
		}
		in := build.Input{Content: contentOf(t, content), Layouts: theme(t)}
		in.Options.Today = today
		got, want := shown(warm.Build(in)), shown(built(t, in))
		if got != want {
			t.Errorf("after a change of %s the pages show\n%s\nwant\n%s", step.path, got, want)
		}
		if got == before {
			t.Errorf("the change of %s changes nothing that is shown, so it tests nothing", step.path)
		}
		before = got
	}
}
