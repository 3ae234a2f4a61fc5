package exchange

import (
	"strings"
	"testing"

	"debrief/internal/kb"
	"debrief/internal/parse"
	"debrief/internal/tree"
)

// What kept a post-mortem back where it comes from keeps it back here, also by a
// value that cannot be used; and the report says so.
func TestKeptBack(t *testing.T) {
	for _, test := range []struct {
		front  string
		hidden bool // from a site for everybody
	}{
		{"tags: [a]", false},
		{"draft: false", false},
		{"audience: public", false},
		{"visibility: public", false},
		{"severity: &x SEV1", false},
		{"colour: !x blue", false},
		{"draft: true", true},
		{"audience: internal", true},
		{"visibility: internal", true},
		{"publish: 2099-01-01", true},
		{"visibility: private", true},
		{"audience: [internal]", true},
		{"audience: team-only", true},
		{"audience: &a internal", true},
		{"audience: !x internal", true},
		{"audience:", true},
		{"draft: maybe", true},
		{"draft: &x true", true},
		{"Draft: !x true", true},
		{"draft: ''", true},
		{"publish: someday", true},
		{"publishDate: 2099", true},
		{"publish_on: !x 2099-01-01", true},
		{"publish_at: ~", true},
		{"private: &x true", true},
		{"classification: &x internal", true},
		{"clearance: secret", true},
		{"draft: false\ndraft: true", true},
		{"draft: false\nvisibility: private", true},
		{"visibility: private\ndraft: false", true},
		{"audience: public\naudience: internal", true},
		{"audience: public\nvisibility: internal", true},
		{"publish: 2020-01-01\npublishDate: 2099-01-01", true},
		{"tags: &x [internal]\naudience: *x", true},
	} {
		t.Run(test.front, func(t *testing.T) {
			from, content := folder(t, map[string]string{"a.md": "---\n" + test.front + "\n---\n\n# A\n"}), t.TempDir()
			r := bringIn(t, from, content, nil)
			f := state(r, "a.md")
			text := texts(t, content)[f.To]
			in := parse.NewParser(kb.DefaultConfig()).File(tree.NewFile(f.To, []byte(text))).Incident
			if in == nil {
				t.Fatal(reportText(r))
			}
			if hidden := in.Draft || !in.Public || !in.Publish.IsZero(); hidden != test.hidden {
				t.Errorf("hidden is %v\n%s\n%s", hidden, text, reportText(r))
			}
			if said := strings.Contains(reportText(r), "guessed draft: true ("); in.Draft && !said && test.front != "draft: true" {
				t.Errorf("the report does not say so\n%s", reportText(r))
			}
		})
	}
}
