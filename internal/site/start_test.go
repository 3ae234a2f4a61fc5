package site_test

import (
	"fmt"
	"strings"
	"testing"

	"debrief/internal/site"
)

// starts writes what people who begin here are told to read.
func starts(s *site.Site) string {
	var b strings.Builder
	for _, start := range s.StartHere() {
		var covers []string
		for _, g := range start.Covers {
			covers = append(covers, g.Name)
		}
		if start.Curated {
			fmt.Fprintf(&b, "%s: chosen, %q\n", start.Incident.ID, start.Why)
		} else {
			fmt.Fprintf(&b, "%s: %d mentions, covers %s\n", start.Incident.ID, start.Mention, strings.Join(covers, ", "))
		}
	}
	return b.String()
}

func TestStartHere(t *testing.T) {
	content := map[string]string{
		// The only one that tells of the edge and of limits, and two pages say so.
		"incidents/a.md": "---\nid: A\nstatus: closed\nservices: [edge, login]\nfactors: [no limit]\n---\n",
		// As much, but still a draft.
		"incidents/b.md": "---\nid: B\nstatus: draft\nservices: [edge, login]\nfactors: [no limit]\n---\n[[A]]",
		// One thing that A has not.
		"incidents/c.md": "---\nid: C\nstatus: closed\nservices: [login, mail]\n---\n",
		// Nothing new, and nobody mentions it.
		"incidents/d.md": "---\nid: D\nstatus: closed\nseverity: SEV1\nservices: [login]\n---\n",
		// Nothing new, but mentioned.
		"incidents/e.md": "---\nid: E\nservices: [mail]\n---\n",
		"about.md":       "# About\n\n[[A]] [[A]] [[E]]",
	}
	want := "A: 2 mentions, covers login, edge, no limit\nC: 0 mentions, covers mail\nE: 1 mentions, covers \n"
	if got := starts(files(content).make(t, site.Options{})); got != want {
		t.Errorf("suggested\n%swant\n%s", got, want)
	}

	content["site.yaml"] = "start_here:\n- {incident: incidents/d.md, why: The mail.}\n- E\n"
	want = "D: chosen, \"The mail.\"\nE: chosen, \"\"\nA: 2 mentions, covers edge, no limit\n"
	if got := starts(files(content).make(t, site.Options{})); got != want {
		t.Errorf("chosen\n%swant\n%s", got, want)
	}
	if got := starts(files(nil).make(t, site.Options{})); got != "" {
		t.Errorf("of no incidents: %s", got)
	}
}

// TestStartHereIsShort tells how many there are, however many would do.
func TestStartHereIsShort(t *testing.T) {
	content := map[string]string{}
	for n := range 30 {
		content[fmt.Sprintf("incidents/i%02d.md", n)] = fmt.Sprintf("---\nservices: [s%d]\n---\n", n)
	}
	if n := len(files(content).make(t, site.Options{}).StartHere()); n != site.StartLength {
		t.Errorf("%d incidents are suggested, want %d", n, site.StartLength)
	}
}

// TestStartHereNames tells that a name which leads nowhere is reported with its
// place in site.yaml.
func TestStartHereNames(t *testing.T) {
	s := files{
		"site.yaml":           "start_here:\n- INC-2026-014\n- {incident: INC-2026-041, why: A slip.}\n- About\n- Anchors lost\n- secret\n- \"#x\"\n",
		"incidents/a.md":      "---\nid: INC-2026-014\ntitle: Anchors lost\n---\n",
		"incidents/secret.md": "---\ndraft: true\n---\n",
		"about.md":            "# About",
	}.make(t, site.Options{})
	var got []string
	for _, f := range s.Findings() {
		got = append(got, f.String())
	}
	want := []string{
		`site.yaml:4:3: error: start_here: there is no page called "INC-2026-041" (did you mean "INC-2026-014"?) [broken-link]`,
		`site.yaml:5:3: error: start_here: "About" is not an incident (name it by its id, title or path) [broken-link]`,
		`site.yaml:6:3: error: start_here: Anchors lost is here twice [broken-link]`,
		`site.yaml:7:3: error: start_here: incidents/secret.md is a draft [broken-link]`,
		`site.yaml:8:3: error: start_here: "#x" is not an incident (name it by its id, title or path) [broken-link]`,
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("findings\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}
