package action

import "testing"

func TestDay(t *testing.T) {
	for text, want := range map[string]string{
		"2026-04-01": "2026-04-01", "2026/4/1": "2026-04-01", "1 April 2026": "2026-04-01", "1st of April 2026": "2026-04-01", "Apr 1, 2026": "2026-04-01",
		"april 1st 2026": "2026-04-01", "01.04.2026": "2026-04-01", "13/04/2026": "2026-04-13", "04/13/2026": "2026-04-13", "Wed, 1 Apr 2026": "2026-04-01",
		"2026-04-01T10:00Z": "2026-04-01", "29 Feb 2028": "2028-02-29", "05/05/2026": "2026-05-05", "2 Sept. 2026": "2026-09-02",
	} {
		if got, ok, _ := dayOf(text); !ok || got.String() != want {
			t.Errorf("%q is %v, %v; want %s", text, got, ok, want)
		}
	}
	for _, text := range []string{"2026-02-31", "04/05/2026", "31.4.2026", "29 Feb 2026", "0000-01-01", "2026-13-01"} {
		if got, ok, shaped := dayOf(text); ok || !shaped {
			t.Errorf("%q is %v, %v, %v; it has the shape of a day and is none", text, got, ok, shaped)
		}
	}
	for _, text := range []string{"", "soon", "next Friday", "Q2 2026", "April", "1 April", "2026", "version 1.2.2026.4", "2026-04-01 or later"} {
		if got, _, shaped := dayOf(text); shaped {
			t.Errorf("%q is taken for the day %v", text, got)
		}
	}
}

func TestNames(t *testing.T) {
	for _, name := range []string{"Action items", "ACTION ITEMS:", "Actions", "5. Action Items", "Follow-up", "Follow-ups", "Follow up(s)", "Follow-up actions", "Remediation", "Next steps",
		"✅ Next steps", "Review actions", "Actions following review", "Corrective actions", "Preventative measures", "Corrective and preventative measures", "Maßnahmen", "Nächste Schritte",
		"Future Actions", "TODO", "To-dos", "Action plan", "Prevention", "Post-incident actions", "Action items and next steps", "Lessons learned and action items"} {
		if !names(name) {
			t.Errorf("%q is the name of no section", name)
		}
	}
	for _, name := range []string{"", "Actions taken", "Timeline", "Lessons learned", "Resolution", "Mitigation", "Immediate response", "What went well", "Reactions", "Action", "Context/Resolution/Review actions", "Next", "Contributing factors"} {
		if names(name) != (name == "Action") {
			t.Errorf("%q is the name of a section", name)
		}
	}
}
