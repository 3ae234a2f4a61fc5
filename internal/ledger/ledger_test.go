package ledger_test

import (
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"debrief/content"
	"debrief/internal/kb"
	"debrief/internal/ledger"
	"debrief/internal/parse"
	"debrief/internal/sample"
	"debrief/internal/site"
	"debrief/internal/tree"
)

var today = kb.Date{Year: 2026, Month: 11, Day: 23}

// siteOf is the site of some files, by their paths.
func siteOf(t *testing.T, files []tree.File) *site.Site {
	t.Helper()
	config := kb.DefaultConfig()
	p := parse.NewParser(config)
	var corpus kb.Corpus
	for _, f := range files {
		if !parse.IsText(f) {
			continue
		}
		if r := p.File(f); r.Incident != nil {
			corpus.Incidents = append(corpus.Incidents, r.Incident)
		}
	}
	return site.New(corpus, config, site.Options{Today: today}, nil)
}

func TestLedger(t *testing.T) {
	s := siteOf(t, []tree.File{
		tree.NewFile("incidents/a.md", []byte(`---
id: A
resolved: 2026-11-13T23:30:00-01:00
services: [edge, Edge, dns]
---
## Actions

- [ ] next week (@Platform, due 2026-11-30, detect)
- [ ] late (@platform, due 2026-11-13, prevent)
- [ ] no day
- [x] done long ago (@platform, done 2026-01-02)
- [x] done (@sre, due 2026-11-01)
- [ ] declined (@sre, declined: no)
`)),
		tree.NewFile("incidents/b.md", []byte(`---
id: B
started: 2026-11-20
actions:
  - {title: very late, due: 2026-10-01, owner: "platform, SRE", status: proposed}
  - {title: an idea, status: proposed, owner: Nobody}
  - {title: due today, due: 2026-11-23, owner: sre}
  - {title: done lately, status: done, closed: 2026-11-01}
---
`)),
		tree.NewFile("incidents/c.md", []byte("## Actions\n\n- [ ] no day at all\n")),
	})
	l := ledger.New(s)
	var got strings.Builder
	for _, r := range l.Rows {
		fmt.Fprintf(&got, "%s %s | %s | %s | late %d, age %d\n", r.Incident.Incident.ID, r.Title, strings.Join(r.Owners, " + "), strings.Join(r.Services, " + "), r.Late, r.Age)
	}
	if want := `B very late | platform + sre |  | late 53, age 3
A late | platform | Edge + dns | late 10, age 9
B due today | sre |  | late 0, age 3
A next week | platform | Edge + dns | late 0, age 9
c no day at all |  |  | late 0, age -1
A no day |  | Edge + dns | late 0, age 9
B an idea |  |  | late 0, age 3
B done lately |  |  | late 0, age 3
A done long ago | platform | Edge + dns | late 0, age 9
A done | sre | Edge + dns | late 0, age 9
A declined | sre | Edge + dns | late 0, age 9
`; got.String() != want {
		t.Errorf("got\n%s\nwant\n%s", got.String(), want)
	}
	if want := (ledger.Totals{All: 11, Open: 5, Proposed: 2, Done: 3, Declined: 1, Overdue: 2, NoOwner: 3, NoDue: 3}); l.Totals != want {
		t.Errorf("totals %+v", l.Totals)
	}
	got.Reset()
	for _, k := range ledger.Kinds {
		for _, g := range l.Groups(k) {
			fmt.Fprintf(&got, "%s %d %s\n", g.Name, g.Totals.All, g.Address)
		}
	}
	if want := `platform 4 actions/owners/platform/
sre 4 actions/owners/sre/
nobody 4 actions/owners/nobody/
dns 6 actions/services/dns/
Edge 6 actions/services/edge/
no service 5 actions/services/no-service/
prevent 1 actions/types/prevent/
detect 1 actions/types/detect/
no type 9 actions/types/no-type/
overdue 2 actions/states/overdue/
open 5 actions/states/open/
undated 3 actions/states/undated/
proposed 2 actions/states/proposed/
done 3 actions/states/done/
declined 1 actions/states/declined/
`; got.String() != want {
		t.Errorf("groups\n%s\nwant\n%s", got.String(), want)
	}
	g, ok := l.Find(ledger.ByOwner, "PLATFORM")
	if !ok {
		t.Fatal("the owner is not found")
	}
	states := map[string]int{}
	for _, c := range l.Count(ledger.ByState, g.Rows) {
		states[c.Name] = c.Totals.All
	}
	if want := map[string]int{"overdue": 2, "open": 2, "proposed": 1, "done": 1}; !reflect.DeepEqual(states, want) {
		t.Errorf("the owner's states: %v", states)
	}
	if _, ok := l.Find(ledger.ByOwner, "platfrom"); ok {
		t.Error("an owner is found that there is not")
	}
}

// What the ledger counts is what the documents hold.
func TestTotals(t *testing.T) {
	starter, err := tree.FromFS(content.FS)
	if err != nil {
		t.Fatal(err)
	}
	bases := map[string][]tree.File{"starter": starter.Files(), "sample": sample.Tree(60).Files()}
	folders, _ := filepath.Glob("../../../shared/corpus/*") // not part of the project
	for _, folder := range folders {
		names, err := filepath.Glob(folder + "/*")
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			if data, err := os.ReadFile(name); err == nil {
				bases[filepath.Base(folder)] = append(bases[filepath.Base(folder)], tree.NewFile("incidents/"+filepath.Base(name), data))
			}
		}
	}
	for name, files := range bases {
		s := siteOf(t, files)
		l := ledger.New(s)
		var want ledger.Totals
		for _, e := range s.Incidents {
			for _, a := range e.Incident.Actions {
				want.All++
				for n, on := range map[*int]bool{
					&want.Open: a.Status == kb.ActionOpen, &want.Proposed: a.Status == kb.ActionProposed,
					&want.Done: a.Status == kb.ActionDone, &want.Declined: a.Status == kb.ActionDeclined,
					&want.Overdue: a.Overdue(today), &want.NoOwner: a.Owner == "" && !a.Settled(), &want.NoDue: a.Due.IsZero() && !a.Settled(),
				} {
					if on {
						*n++
					}
				}
			}
		}
		t.Logf("%s: %d incidents, %+v", name, len(s.Incidents), l.Totals)
		if l.Totals != want || len(l.Rows) != want.All {
			t.Errorf("%s: the ledger has %+v, the documents %+v", name, l.Totals, want)
		}
		for _, k := range []ledger.Kind{ledger.ByType, ledger.ByState} { // an action has one of these
			sum := 0
			for _, g := range l.Groups(k) {
				if g.Name != ledger.Overdue && g.Name != ledger.Undated {
					sum += g.Totals.All
				}
			}
			if sum != want.All {
				t.Errorf("%s: the %s hold %d actions of %d", name, k, sum, want.All)
			}
		}
	}
}
