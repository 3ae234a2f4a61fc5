package scaffold_test

import (
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"debrief/internal/kb"
	"debrief/internal/parse"
	"debrief/internal/scaffold"
	"debrief/internal/tree"
	"debrief/layouts"
)

// onDisk returns every file under a folder.
func onDisk(t *testing.T, dir string) map[string]string {
	t.Helper()
	files, err := tree.FromFS(os.DirFS(dir))
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]string{}
	for _, f := range files.Files() {
		all[f.Path] = string(f.Data)
	}
	return all
}

var starter = map[string]string{"site.yaml": "title: X\n", "index.md": "# X", "incidents/2026/a.md": "# A", "incidents/2026/a.png": "\x89PNG"}

func starterTree(t *testing.T) tree.Tree {
	t.Helper()
	var files []tree.File
	for p, text := range starter {
		files = append(files, tree.NewFile(p, []byte(text)))
	}
	made, err := tree.New(files)
	if err != nil {
		t.Fatal(err)
	}
	return made
}

func TestInit(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "not", "there", "yet")
	if err := scaffold.Init(dir, starterTree(t)); err != nil {
		t.Fatal(err)
	}
	if got := onDisk(t, dir); !maps.Equal(got, starter) {
		t.Errorf("files %v", got)
	}
	err := scaffold.Init(dir, starterTree(t))
	if !errors.Is(err, fs.ErrExist) {
		t.Errorf("the second time the error is %v", err)
	}
}

// TestInitOverwritesNothing puts something in the way of each file in turn. Not
// one other file may then be written: half a starter is worse than none.
func TestInitOverwritesNothing(t *testing.T) {
	for name := range starter {
		for _, kind := range []string{"file", "folder", "link", "dangling link"} {
			t.Run(name+" is a "+kind, func(t *testing.T) {
				dir := t.TempDir()
				p := filepath.Join(dir, filepath.FromSlash(name))
				must(t, os.MkdirAll(filepath.Dir(p), 0o755))
				outside := filepath.Join(t.TempDir(), "mine")
				must(t, os.WriteFile(outside, []byte("mine"), 0o644))
				switch kind {
				case "file":
					must(t, os.WriteFile(p, []byte("mine"), 0o644))
				case "folder":
					must(t, os.Mkdir(p, 0o755))
				case "link":
					must(t, os.Symlink(outside, p))
				default:
					must(t, os.Symlink(filepath.Join(dir, "nowhere"), p))
				}
				err := scaffold.Init(dir, starterTree(t))
				if !errors.Is(err, fs.ErrExist) || !strings.Contains(err.Error(), filepath.FromSlash(name)) {
					t.Errorf("error %v, want one that names %s", err, name)
				}
				count := 0
				must(t, filepath.WalkDir(dir, func(_ string, d fs.DirEntry, err error) error {
					if d.Type().IsRegular() || d.Type()&fs.ModeSymlink != 0 {
						count++
					}
					return err
				}))
				if kind == "folder" && count != 0 || kind != "folder" && count != 1 {
					t.Errorf("there are %d files now", count)
				}
				if data, err := os.ReadFile(outside); err != nil || string(data) != "mine" {
					t.Errorf("the file outside holds %q", data)
				}
			})
		}
	}
}

// TestInitKeepsOthers tells that a folder may hold other things already.
func TestInitKeepsOthers(t *testing.T) {
	dir := t.TempDir()
	must(t, os.WriteFile(filepath.Join(dir, "README"), []byte("mine"), 0o644))
	must(t, scaffold.Init(dir, starterTree(t)))
	if got := onDisk(t, dir); got["README"] != "mine" || len(got) != len(starter)+1 {
		t.Errorf("files %v", got)
	}
}

// TestInitStaysInside tells that a link in the folder leads no file out of it.
func TestInitStaysInside(t *testing.T) {
	dir, outside := t.TempDir(), t.TempDir()
	must(t, os.Symlink(outside, filepath.Join(dir, "incidents")))
	if err := scaffold.Init(dir, starterTree(t)); err == nil {
		t.Error("no error")
	}
	if got := onDisk(t, outside); len(got) > 0 {
		t.Errorf("outside are now %v", got)
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

var today = kb.Date{Year: 2026, Month: time.March, Day: 7}

func TestPath(t *testing.T) {
	for _, test := range []struct{ kind, title, want string }{
		{"incident", "Anchors not found", "incidents/2026/2026-03-07-anchors-not-found.md"},
		{"incident", "!!!", "incidents/2026/2026-03-07-untitled.md"},
		{"incident", "../../x", "incidents/2026/2026-03-07-x.md"},
		{"term", "Spatial anchor", "glossary/spatial-anchor.md"},
		{"term", "Überlast", "glossary/überlast.md"},
		{"page", "About us", "about-us.md"},
		{"page", "", "untitled.md"},
		{"page", strings.Repeat("long ", 40), strings.TrimSuffix(strings.Repeat("long-", 16), "-") + ".md"},
	} {
		p := scaffold.Page{Kind: test.kind, Title: test.title, Today: today}
		if got := p.Path(); got != test.want {
			t.Errorf("%s %q is written to %s, want %s", test.kind, test.title, got, test.want)
		}
	}
}

// TestNew writes a page of each kind with titles that mean something to YAML,
// to a shell or to a template, and reads it back as a build would.
func TestNew(t *testing.T) {
	titles := []string{
		"Plain words", "Cache: all nodes down", `He said "no"`, `C:\temp\x`, "It's \"both\"", "emoji 🔥 fire", "yes", "No", "null", "~", "true", "1.10", "2026-03-12", "0x1F",
		"- leading dash", "? question", ": colon", "# not a comment", "a #b", "a # b", "trailing colon:", "@at", "`ticks`", "%percent", "!tag", "&anchor", "*alias", "<<", "[a, b]", "{a: b}", "| bar", "> more",
		"tab\there", "two\nlines", " spaces around ", "Ünïcödé 再", "{title} {id} {date}", "$(rm -rf /)", `</title><script>alert(1)</script>`, "back\\", `\u0041 \n`, "'single'", "a, b", "bell \x07 escape \x1b",
		"next line \u0085 x", "line separator \u2028 x", "paragraph \u2029 x", "return \r x", "byte order \ufeff x", "delete \x7f x", "ends with a backslash \\\\", "...", "---", "y", "off",
	}
	for kind, archetype := range map[string]string{"incident": "incident.md", "term": "term.md", "page": "page.md"} {
		text, err := fs.ReadFile(layouts.FS, "archetypes/"+archetype)
		if err != nil {
			t.Fatal(err)
		}
		for _, title := range titles {
			t.Run(kind+" "+title, func(t *testing.T) {
				dir := t.TempDir()
				p, err := scaffold.New(dir, text, scaffold.Page{Kind: kind, Title: title, Today: today, ID: "INC-2026-001"})
				if err != nil {
					t.Fatal(err)
				}
				data, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(p)))
				if err != nil {
					t.Fatal(err)
				}
				r := parse.NewParser(kb.DefaultConfig()).File(tree.NewFile(p, data))
				if r.Broken() {
					t.Fatalf("cannot be read again: %v\n%s", r.Findings, data)
				}
				for _, f := range r.Findings {
					t.Errorf("the new page has the finding %v", f)
				}
				got := ""
				switch {
				case r.Incident != nil:
					got = r.Incident.Title
					if r.Incident.ID != "INC-2026-001" || r.Incident.Started.Time.Format("2006-01-02") != "2026-03-07" || r.Incident.Status != "draft" {
						t.Errorf("incident %+v", r.Incident)
					}
				case r.Term != nil:
					got = r.Term.Title
				default:
					got = r.Page.Title
				}
				if printable(got) != printable(title) {
					t.Errorf("the title %q is read as %q", title, got)
				}
			})
		}
	}
}

// printable is a title without what may be lost of it: control characters,
// line ends and spaces around it.
func printable(s string) string {
	s = strings.Map(func(r rune) rune {
		if r < ' ' || r >= 0x7f && r < 0xa0 || r == '\u2028' || r == '\u2029' || r == '\ufeff' {
			return ' '
		}
		return r
	}, s)
	return strings.Join(strings.Fields(s), " ")
}

func TestNewOverwritesNothing(t *testing.T) {
	dir := t.TempDir()
	page := scaffold.Page{Kind: "page", Title: "About"}
	if _, err := scaffold.New(dir, []byte("first {title}"), page); err != nil {
		t.Fatal(err)
	}
	p, err := scaffold.New(dir, []byte("second"), page)
	if !errors.Is(err, fs.ErrExist) || p != "about.md" {
		t.Errorf("path %q, error %v", p, err)
	}
	if got := onDisk(t, dir); !maps.Equal(got, map[string]string{"about.md": "first About"}) {
		t.Errorf("files %v", got)
	}
}

func TestNextID(t *testing.T) {
	for _, test := range []struct {
		ids  string
		want string
	}{
		{"", "INC-2026-001"},
		{"INC-2026-001 INC-2026-002", "INC-2026-003"},
		{"INC-2026-009", "INC-2026-010"},
		{"INC-2026-999", "INC-2026-1000"},
		{"INC-2026-014 INC-2026-003", "INC-2026-015"}, // a gap is left: it may be somebody's draft
		{"INC-2025-031", "INC-2026-001"},
		{"inc-2026-004 INC-2026-001 INC-2026-002", "INC-2026-005"},
		{"PM2026-008 PM2025-001", "PM2026-009"},
		{"PM2026-008 INC-2026-001 INC-2026-002", "INC-2026-003"},
		{"INC-2026-0014", "INC-2026-0015"}, // as wide as those that are there
		{"INC-2026-0014 INC-2026-15", "INC-2026-0016"},
		{"INC-2025-0999 INC-2025-1000", "INC-2026-0001"},
		{"INC-2025-099 INC-2025-1000", "INC-2026-001"},
		{"PM2025-0001 PM2025-12", "PM2026-0001"},
		{"X-2025-1 X-2025-2", "X-2026-1"},
		{"X-2025-9 X-2025-10", "X-2026-1"},
		{"0fbd6c81-6f6e-4f5b-9a41-0bb1bb7d1a55 outage", "INC-2026-001"},
		{"2026-03-12-cache-down 2026-03-12", "INC-2026-001"},
		{"INC-2026-99999999999999999999", "INC-2026-001"},
	} {
		ids := strings.Fields(test.ids)
		for range 2 { // the order of the incidents does not matter
			var incidents []*kb.Incident
			for _, id := range ids {
				incidents = append(incidents, &kb.Incident{ID: id})
			}
			if got := scaffold.NextID(incidents, 2026); got != test.want {
				t.Errorf("after %v comes %s, want %s", ids, got, test.want)
			}
			slices.Reverse(ids)
		}
	}
}
