package parse

import (
	"fmt"
	"strings"
	"testing"

	"debrief/internal/kb"
	"debrief/internal/tree"
)

// An action that stands in the front matter and in the text is one.
func TestActions(t *testing.T) {
	r := NewParser(kb.DefaultConfig()).File(tree.NewFile("incidents/x.md", []byte(`---
title: x
actions:
  - {id: A1, title: Alert before a key expires, owner: anchors, status: proposed}
  - {title: Rehearse the rotation}
  - {title: In the front matter alone}
---
## Actions

- [x] A1: Alert when a key expires (@edge, due 2026-04-01, detect, #1)
- [x] rehearse the *Rotation* (@edge, due 2026-04-02)
- [ ] In the text alone
- [ ] In the text alone
`)))
	if len(r.Findings) > 0 {
		t.Errorf("findings %v", r.Findings)
	}
	var got strings.Builder
	for _, a := range r.Incident.Actions {
		fmt.Fprintf(&got, "%s|%s|%s|%s|%v|%s|%s|%s\n", a.ID, a.Title, a.Owner, a.Status, a.Due, a.Type, a.Ticket, a.Anchor)
	}
	if want := `A1|Alert before a key expires|anchors|proposed|2026-04-01|detect|#1|a-1
|Rehearse the rotation|edge|done|2026-04-02|||a-2
|In the front matter alone||open|0000-00-00|||
|In the text alone||open|0000-00-00|||a-3
|In the text alone||open|0000-00-00|||a-4
`; got.String() != want {
		t.Errorf("got\n%s\nwant\n%s", got.String(), want)
	}
	if page := r.Incident.Doc.HTML(nil, 0); !strings.Contains(page, `<li id="a-2" `) {
		t.Errorf("no place for an action in %s", page)
	}
	r = NewParser(kb.DefaultConfig()).File(tree.NewFile("playbook/x.md", []byte("## Actions\n\n- [ ] Not an incident's\n")))
	if page := r.Guide.Doc.HTML(nil, 0); strings.Contains(page, `id="a-1"`) {
		t.Errorf("a page that is no incident names actions: %s", page)
	}
}
