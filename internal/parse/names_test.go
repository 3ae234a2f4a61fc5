package parse

import (
	"strings"
	"testing"

	"debrief/internal/kb"
	"debrief/internal/tree"
)

// A file without front matter is known by its name: its id, its title and,
// where the name begins with one, its date.
func TestNames(t *testing.T) {
	for _, test := range []struct{ path, id, title, started string }{
		{"incidents/INC-2026-014-anchors-drift.md", "INC-2026-014", "Anchors drift", ""},
		{"incidents/INC-2026-014.md", "INC-2026-014", "INC-2026-014", ""},
		{"incidents/PM2021-008 - Login Page Down.md", "PM2021-008", "Login Page Down", ""},
		{"incidents/PM_2021_008_login.md", "PM_2021_008", "Login", ""},
		{"incidents/pm-21-7: lost packets.md", "pm-21-7", "Lost packets", ""},
		{"incidents/2026-03-12-anchor-relocalisation.md", "2026-03-12-anchor-relocalisation", "Anchor relocalisation", "2026-03-12"},
		{"incidents/2026-03-12.md", "2026-03-12", "2026-03-12", "2026-03-12"},
		{"incidents/2020-02-12.html.md.erb", "2020-02-12", "2020-02-12", "2020-02-12"},
		{"incidents/2020-02-12-2.md", "2020-02-12-2", "2020-02-12-2", "2020-02-12"},
		{"incidents/2020-02-12 Lost packets.md", "2020-02-12 Lost packets", "Lost packets", "2020-02-12"},
		{"incidents/1628-08-10-a-ship-sinks.md", "1628-08-10-a-ship-sinks", "A ship sinks", "1628-08-10"},
		{"incidents/2026-02-30-no-such-day.md", "2026-02-30-no-such-day", "No such day", ""},
		{"incidents/2026/lost_packets.markdown", "lost_packets", "Lost packets", ""},
		{"incidents/Some outage", "Some outage", "Some outage", ""},
		{"incidents/v1.2 outage.MD", "v1.2 outage", "V1.2 outage", ""},
		{"incidents/über-last.md", "über-last", "Über last", ""},
		{"incidents/UPPER-Case.md", "UPPER-Case", "UPPER Case", ""},
		{"incidents/-.md", "-", "-", ""},
	} {
		t.Run(test.path, func(t *testing.T) {
			in := incident(t, test.path, "")
			if in.ID != test.id || in.Title != test.title || when(in.Started) != test.started || in.IDGiven {
				t.Errorf("id %q title %q started %q given %v, want %q %q %q false", in.ID, in.Title, when(in.Started), in.IDGiven, test.id, test.title, test.started)
			}
		})
	}
}

// The index of a folder is a plain page, named for its folder.
func TestNamesOfIndexes(t *testing.T) {
	p := NewParser(kb.DefaultConfig())
	for _, test := range []struct{ path, name, title string }{
		{"index.md", "index", "Index"},
		{"README.md", "README", "README"},
		{"incidents/index.md", "incidents", "Incidents"},
		{"incidents/2026/index.md", "2026", "2026"},
		{"teams/lost-packets/README.md", "lost-packets", "Lost packets"},
		{"playbook/_index.md", "playbook", "Playbook"},
		{"about/Index.markdown", "about", "About"},
		{"indexes.md", "indexes", "Indexes"},
	} {
		r := p.File(tree.NewFile(test.path, nil))
		if r.Page == nil || Name(test.path) != test.name || r.Page.Title != test.title {
			t.Errorf("%s: page %+v, name %q, want the name %q and the title %q", test.path, r.Page, Name(test.path), test.name, test.title)
		}
	}
}

func TestIsText(t *testing.T) {
	for _, test := range []struct {
		path, data string
		want       bool
	}{
		{"a.md", "", true},
		{"a.MD", "", true},
		{"a.markdown", "", true},
		{"a.html.md.erb", "", true},
		{"a.png", "# ", false},
		{"a.html", "---\n", false},
		{"a.erb", "---\n", false},
		{"a.txt", "# A", false},
		{"a", "# A", true},
		{"a", "---\ntitle: a\n---\n", true},
		{"a", "---\r\ntitle: a\r\n---\r\n", true},
		{"a", "\ufeff\r\n\n# A", true},
		{"a", "#!/bin/sh", false},
		{"a", "words", false},
		{"a", "", false},
		{"a", strings.Repeat(" ", 100) + "# A", false},
		{"Outage 3. of May", "# A", true},
		{"LICENSE", "   Some License", false},
		{"x/y.z/a", "# A", true},
	} {
		if got := IsText(tree.NewFile(test.path, []byte(test.data))); got != test.want {
			t.Errorf("IsText of %q with %q is %v, want %v", test.path, test.data, got, test.want)
		}
	}
}
