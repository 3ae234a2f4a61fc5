package site_test

import (
	"fmt"
	"strings"
	"testing"

	"debrief/internal/site"
)

var withTerms = files{
	"glossary/drift.md":     "---\ntitle: Drift\nalso: [pose drift]\n---\nDrift is slow. See also an anchor.\n",
	"glossary/anchor.md":    "---\ntitle: Spatial anchor\nalso: [anchor]\n---\nA place.\n",
	"glossary/event.md":     "---\ntitle: Event\nlinked: false\n---\nSomething.\n",
	"incidents/2026/a.md":   "---\ntitle: A drift\n---\n## Drift\n\nPose drift moved two anchors, an event. `drift`\n",
	"incidents/2026/b.md":   "---\ntitle: B\nmark_terms: false\n---\nDrift.\n",
	"playbook/preparing.md": "---\ntitle: C\n---\nAnchors.\n",
}

func usesOf(s *site.Site) string {
	var lines []string
	for _, term := range s.Terms {
		var paths []string
		for _, e := range s.Uses(term) {
			paths = append(paths, e.Path)
		}
		lines = append(lines, fmt.Sprintf("%s: %s", term.Title, strings.Join(paths, " ")))
	}
	return strings.Join(lines, "\n")
}

func TestTerms(t *testing.T) {
	s := withTerms.make(t, site.Options{})
	want := "Drift: incidents/2026/a.md\nEvent: \nSpatial anchor: glossary/drift.md incidents/2026/a.md playbook/preparing.md"
	if got := usesOf(s); got != want {
		t.Errorf("uses:\n%s\nwant:\n%s", got, want)
	}
	a, _ := s.Entry("incidents/2026/a.md")
	page, terms := s.MarkTerms(a, a.Doc.HTML(nil, 0))
	if len(terms) != 2 || !strings.Contains(page, `href="/kb/glossary/drift/" aria-describedby="term-drift">Pose drift</a> moved`) {
		t.Errorf("%d terms in %s", len(terms), page)
	}
	b, _ := s.Entry("incidents/2026/b.md")
	if page, terms := s.MarkTerms(b, "<p>Drift</p>"); page != "<p>Drift</p>" || terms != nil {
		t.Errorf("marked in spite of mark_terms: false: %s", page)
	}
	drift, _ := s.Entry("glossary/drift.md")
	if page, _ := s.MarkTerms(drift, "<p>Drift</p>"); strings.Contains(page, "<a") {
		t.Errorf("a term links to itself: %s", page)
	}
}
