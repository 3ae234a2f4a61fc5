package check_test

import (
	"strings"
	"testing"

	"debrief/internal/check"
	"debrief/internal/kb"
	"debrief/internal/parse"
	"debrief/internal/site"
	"debrief/internal/tree"
)

// actionFindings checks an incident with some actions on 23 November 2026.
func actionFindings(t *testing.T, status, actions string) string {
	t.Helper()
	text := "---\ntitle: T\nseverity: SEV1\nstatus: " + status + "\nstarted: 2026-02-03T23:30:00Z\n---\n\n## Actions\n\n" + actions
	r := parse.NewParser(kb.DefaultConfig()).File(tree.NewFile("incidents/x.md", []byte(text)))
	if r.Broken() {
		t.Fatal(r.Findings)
	}
	s := planned(kb.Corpus{Incidents: []*kb.Incident{r.Incident}}, kb.DefaultConfig(), site.Options{Today: kb.Date{Year: 2026, Month: 11, Day: 23}})
	var lines []string
	for _, f := range check.All(s) {
		if strings.HasPrefix(f.Rule, "action") {
			f.Path, f.Hint = "", ""
			lines = append(lines, f.String())
		}
	}
	return strings.Join(lines, "\n")
}

func TestActions(t *testing.T) {
	for _, test := range []struct{ name, status, actions, want string }{
		{"all is well", "closed", "- [ ] a (@a, due 2026-11-23)\n- [x] b\n- c (proposed)\n- [ ] d (declined: no)\n", ""},
		{"no owner, no day", "reviewed", "- [ ] a (@a)\n- [ ] b (due 2026-12-01)\n",
			":10:1: warning: the action has no due date [action-due]\n:11:1: warning: nobody has this action [action-owner]"},
		{"while in review", "in-review", "- [ ] a (@a)\n", ":10:1: note: the action has no due date [action-due]"},
		{"in a draft", "draft", "- [ ] a\n- ~~b~~\n", ""},
		{"an archive", "closed", "- a\n- b\n- [x] c\n", ":10:1: note: none of the 3 actions has an owner or a due date [action-owner]"},
		{"one alone", "closed", "- a\n", ":10:1: warning: nobody has this action [action-owner]\n:10:1: warning: the action has no due date [action-due]"},
		{"all settled, none with an owner", "closed", "- [x] a\n- [x] b\n", ""},
		{"overdue", "closed", "- [ ] a (@a, due 2026-11-22)\n- [x] b (@a, due 2026-11-22)\n", ":10:1: note: the action was due on 2026-11-22 [action-overdue]"},
		{"declined without a reason", "closed", "- [ ] a (@a, declined)\n", ":10:1: warning: the action is declined, and nobody said why [action-reason]"},
		{"before the incident", "closed", "- [x] a (@a, due 2025-03-01, done 2026-02-02)\n- [x] b (@a, due 2026-02-03)\n",
			":10:1: warning: the action is due on 2025-03-01, before the incident started [action-due]\n:10:1: warning: the action is closed on 2026-02-02, before the incident started [action-closed]"},
		{"an id twice", "closed", "- [x] A1: a\n- [x] A1: b\n- [x] A2: c\n", ":11:1: warning: the action A1 is here twice; the first is in line 10 [action-id]"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := actionFindings(t, test.status, test.actions); got != test.want {
				t.Errorf("got\n%s\nwant\n%s", got, test.want)
			}
		})
	}
}
