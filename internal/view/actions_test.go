package view_test

import (
	"fmt"
	"strings"
	"testing"

	"debrief/internal/kb"
	"debrief/internal/site"
	"debrief/internal/view"
)

var ledgerDay = kb.Date{Year: 2026, Month: 11, Day: 23}

// inShort writes the parts of a page of the ledger.
func inShort(v view.Actions) string {
	var b strings.Builder
	for _, part := range v.Parts {
		fmt.Fprintf(&b, "%s\n", part.Title)
		for _, r := range part.Rows {
			fmt.Fprintf(&b, "  %s -> %s, %v, %s %s, %s %s\n", r.Title, r.URL, r.Owners, r.Due.Machine, r.Late, r.Ticket.Title, r.Ticket.URL)
		}
	}
	return b.String()
}

func TestActions(t *testing.T) {
	p := planAt(t, map[string]string{
		"site.yaml": "ticket_url: https://t.example.org/{ticket}\n",
		"incidents/a.md": "---\nid: A\nservices: [edge]\nactions:\n- {title: Written above, owner: sre, due: 2026-11-22, ticket: \"#5\"}\n---\n## Actions\n\n" +
			"- [ ] Not yet (@SRE, due 2026-12-01, detect, [A-1](https://t.example.org/kb/issues/1))\n- [ ] Late (@sre, due 2026-10-01, prevent)\n- [ ] Nobody's\n- [x] Done (@sre, done 2026-11-01)\n" +
			"- [ ] Odd (@sre, due 2026-12-02, ticket: javascript:alert(1))\n",
	}, site.Options{Today: ledgerDay}, nil)
	v := value[view.Actions](t, p, "actions/index.html")
	if got, want := inShort(v), `Overdue
  Late -> /kb/incidents/a/#a-2, [{sre /kb/actions/owners/sre/}], 2026-10-01 53 days overdue,  
  Written above -> /kb/incidents/a/#a-f1, [{sre /kb/actions/owners/sre/}], 2026-11-22 1 day overdue, #5 https://t.example.org/5
Open
  Not yet -> /kb/incidents/a/#a-1, [{sre /kb/actions/owners/sre/}], 2026-12-01 , #1 https://t.example.org/kb/issues/1
  Odd -> /kb/incidents/a/#a-5, [{sre /kb/actions/owners/sre/}], 2026-12-02 , javascript:alert(1) https://t.example.org/javascript:alert%281%29
Open, without a due date
  Nobody's -> /kb/incidents/a/#a-3, [],  ,  
`; got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if got, want := fmt.Sprint(v.Tallies), "[{Overdue 2 /kb/actions/states/overdue/ true} {Open 5 /kb/actions/states/open/ false} {Proposed 0  false} "+
		"{Without owner 1 /kb/actions/owners/nobody/ false} {Without due date 1 /kb/actions/states/undated/ false} {Done 1 /kb/actions/states/done/ false} {Declined 0  false}]"; got != want {
		t.Errorf("tallies %s, want %s", got, want)
	}
	if owner := value[view.Actions](t, p, "actions/owners/sre/index.html"); owner.Heading != "sre" || owner.Label != "Owner" || owner.Chosen.Owner != "sre" ||
		len(owner.Parts) != 3 || fmt.Sprint(owner.Facets[0].Terms) != "[{edge /kb/actions/services/edge/  4 0}]" {
		t.Errorf("the owner's page: %+v", owner)
	}
	groups := value[view.ActionGroups](t, p, "actions/owners/index.html")
	if got := fmt.Sprint(groups.Rows); got != "[{sre /kb/actions/owners/sre/ false 2 4 0 1} {Nobody /kb/actions/owners/nobody/ true 0 1 0 0}]" {
		t.Errorf("owners %s", got)
	}
	if got := strings.Join(p.Files(), " "); !strings.Contains(got, "actions.csv actions.ics actions.json actions/owners/sre/actions.ics") {
		t.Errorf("files %s", got)
	}
	if _, ok := p.Page("actions/owners/nobody/page/2/index.html"); ok {
		t.Error("there is a page after the last")
	}
}

// Without actions the page is there and says how to write one; with many it goes
// on over several pages, and of those that are settled a group shows some.
func TestActionsNoneAndMany(t *testing.T) {
	p := plan(t, map[string]string{"incidents/a.md": "# A"})
	if v := value[view.Actions](t, p, "actions/index.html"); v.Any || len(v.Parts) > 0 {
		t.Errorf("%+v", v)
	}
	p = plan(t, map[string]string{"incidents/a.md": "# A\n\n## Actions\n\n" + strings.Repeat("- [ ] open (@sre)\n", 130) + strings.Repeat("- [x] done (@sre)\n", 50)})
	for path, want := range map[string]int{
		"actions/index.html": 100, "actions/page/2/index.html": 30, "actions/owners/sre/index.html": 100, "actions/owners/sre/page/2/index.html": 50,
		"actions/states/done/index.html": 50, "actions/types/no-type/page/2/index.html": 50,
	} {
		v := value[view.Actions](t, p, path)
		n := 0
		for _, part := range v.Parts {
			n += len(part.Rows)
		}
		if n != want || !v.Any {
			t.Errorf("%s has %d actions, want %d", path, n, want)
		}
		if more := path == "actions/owners/sre/page/2/index.html" || path == "actions/types/no-type/page/2/index.html"; (v.Rest.N == 30) != more {
			t.Errorf("%s: the rest is %+v", path, v.Rest)
		}
	}
}

// What is below the ledger's address is its own.
func TestActionsTaken(t *testing.T) {
	p := plan(t, map[string]string{"actions/owners/mine.md": "# Mine", "actions.md": "# Mine", "about.md": "---\naliases: [/actions/old/]\n---\n# About"})
	if f := p.Findings(); len(f) != 3 || f[0].Rule != "duplicate-address" {
		t.Errorf("findings %v", f)
	}
	if !p.Taken("actions/picture.png") {
		t.Error("a file may be where pages of the ledger can come to be")
	}
}
