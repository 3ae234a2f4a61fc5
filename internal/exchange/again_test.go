package exchange

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"debrief/internal/kb"
)

const one = "# 2031-01-02, One\n\nText. ![g](g.png)\n"

// state returns what became of a source.
func state(r Report, from string) File {
	for _, f := range r.Files {
		if f.From == from {
			return f
		}
	}
	return File{}
}

// An import may be run again and again, whatever people did in between, there and
// here. Nothing that they wrote is ever lost.
func TestAgain(t *testing.T) {
	const to = "incidents/2031/2031-01-02-one.md"
	const picture = "incidents/2031/2031-01-02-one/g.png"
	for _, test := range []struct {
		name    string
		between func(t *testing.T, from, content string)
		want    State
		has     map[string]string // what must be in the files then; "" when a file must not be there
	}{
		{"nothing", func(*testing.T, string, string) {}, Unchanged, map[string]string{to: "Text."}},
		{"changed there", func(t *testing.T, from, _ string) { put(t, from, "one.md", one+"More.\n") }, Changed, map[string]string{to: "More."}},
		{"edited here", func(t *testing.T, _, content string) { put(t, content, to, "ours") }, Unchanged, map[string]string{to: "ours"}},
		{"changed there, edited here", func(t *testing.T, from, content string) {
			put(t, from, "one.md", one+"More.\n")
			put(t, content, to, "ours")
		}, Edited, map[string]string{to: "ours"}},
		{"changed on both sides in the same way", func(t *testing.T, from, content string) {
			put(t, from, "one.md", one+"More.\n")
			put(t, content, to, texts(t, content)[to]+"More.\n")
		}, Unchanged, map[string]string{to: "More."}},
		{"removed here", func(t *testing.T, _, content string) { remove(t, content, to) }, Removed, map[string]string{to: ""}},
		{"removed here, changed there", func(t *testing.T, from, content string) {
			remove(t, content, to)
			put(t, from, "one.md", one+"More.\n")
		}, Removed, map[string]string{to: ""}},
		{"gone there", func(t *testing.T, from, _ string) { remove(t, from, "one.md") }, Gone, map[string]string{to: "Text."}},
		{"the picture changed there", func(t *testing.T, from, _ string) { put(t, from, "g.png", "new") }, Changed, map[string]string{to: "Text.", picture: "new"}},
		{"the picture changed there, and was edited here", func(t *testing.T, from, content string) {
			put(t, from, "g.png", "new")
			put(t, content, picture, "ours")
		}, Unchanged, map[string]string{picture: "ours"}},
		{"the picture was removed here", func(t *testing.T, _, content string) { remove(t, content, picture) }, Unchanged, map[string]string{picture: ""}},
	} {
		t.Run(test.name, func(t *testing.T) {
			from, content := folder(t, map[string]string{"one.md": one, "g.png": "old"}), t.TempDir()
			if r := bringIn(t, from, content, nil); state(r, "one.md").State != New {
				t.Fatal(reportText(r))
			}
			test.between(t, from, content)
			r := bringIn(t, from, content, nil)
			if got := state(r, "one.md").State; got != test.want {
				t.Errorf("it is %s, want %s\n%s", got, test.want, reportText(r))
			}
			after := texts(t, content)
			for p, want := range test.has {
				if text, ok := after[p]; ok != (want != "") || !strings.Contains(text, want) {
					t.Errorf("%s is %q, want %q in it", p, text, want)
				}
			}
			r = bringIn(t, from, content, nil)
			if n := r.Count(New) + r.Count(Changed); n > 0 {
				t.Errorf("and the next import was not quiet: %s", reportText(r))
			}
			unchanged(t, after, texts(t, content))
		})
	}
}

func remove(t *testing.T, dir, p string) {
	t.Helper()
	if err := os.Remove(filepath.Join(dir, filepath.FromSlash(p))); err != nil {
		t.Fatal(err)
	}
}

// A source under another name is the same source; one with the same title is not.
func TestNamesStay(t *testing.T) {
	from, content := folder(t, map[string]string{"a/x.md": "# Lost\n\n1\n", "b/y.md": "# Lost\n\n2\n"}), folder(t, map[string]string{"incidents/lost.md": "ours"})
	rename := func(a, b string) {
		if err := os.Rename(filepath.Join(from, a), filepath.Join(from, b)); err != nil {
			t.Fatal(err)
		}
	}
	rename("a/x.md", "a/notes.md") // names that tell nothing, so the title gives the name
	rename("b/y.md", "b/notes.md")
	r := bringIn(t, from, content, nil)
	if state(r, "a/notes.md").To != "incidents/lost-2.md" || state(r, "b/notes.md").To != "incidents/lost-3.md" {
		t.Fatal(reportText(r))
	}
	before := texts(t, content)
	rename("b/notes.md", "b/z.md")
	r = bringIn(t, from, content, nil)
	if f := state(r, "b/z.md"); f.State != Unchanged || f.To != "incidents/lost-3.md" || r.Count(Gone) > 0 {
		t.Error(reportText(r))
	}
	delete(before, RecordPath)
	after := texts(t, content)
	delete(after, RecordPath)
	unchanged(t, before, after)
	if after["incidents/lost.md"] != "ours" {
		t.Error("a file of ours was replaced")
	}
}

// Two incidents never get one id: the second goes without.
func TestIDs(t *testing.T) {
	from, content := folder(t, map[string]string{"a.md": "---\nid: INC-1\n---\n1\n", "b.md": "---\nid: inc-1\n---\n2\n", "c.md": "---\nid: OURS-1\n---\n3\n"}), t.TempDir()
	ours := func(im *Import) { im.IDs = map[string]string{FoldID("OURS-1"): "incidents/ours.md"} }
	r := bringIn(t, from, content, ours)
	for p, kept := range map[string]bool{"a.md": true, "b.md": false, "c.md": false} {
		f := state(r, p)
		if text := texts(t, content)[f.To]; strings.Contains(text, "id:") != kept || (len(f.Left) > 0) == kept {
			t.Errorf("%s: %s\n%s", p, text, reportText(r))
		}
	}
	r = bringIn(t, from, content, func(im *Import) { // as the command would find them now
		im.IDs = map[string]string{FoldID("OURS-1"): "incidents/ours.md", FoldID("INC-1"): state(r, "a.md").To}
	})
	if r.Count(Unchanged) != 3 {
		t.Error(reportText(r))
	}
}

// A dry run says the same and writes nothing.
func TestDryRun(t *testing.T) {
	from, content := folder(t, map[string]string{"one.md": one, "g.png": "old"}), t.TempDir()
	dry := bringIn(t, from, content, func(im *Import) { im.DryRun = true })
	if n := len(texts(t, content)); n > 0 {
		t.Errorf("%d files were written", n)
	}
	if real := bringIn(t, from, content, nil); reportText(dry) != reportText(real) {
		t.Errorf("dry\n%s\nreal\n%s", reportText(dry), reportText(real))
	}
}

// Nothing outside of the folder is read, and no link is followed.
func TestOutside(t *testing.T) {
	secret := folder(t, map[string]string{"secret.md": "# Secret\n", "secret.png": "secret"})
	from, content := folder(t, map[string]string{
		"one.md":  "# One\n\n![a](link.png) ![b](folder/secret.png) ![c](../" + filepath.Base(secret) + "/secret.png) ![d](a/../../x.png) ![e](/etc/passwd) ![f](.)\n",
		"pipe.md": "# Pipe\n",
	}), t.TempDir()
	for name, to := range map[string]string{"link.png": "secret.png", "link.md": "secret.md", "folder": ""} {
		if err := os.Symlink(filepath.Join(secret, to), filepath.Join(from, name)); err != nil {
			t.Skip(err)
		}
	}
	r := bringIn(t, from, content, nil)
	if f := state(r, "link.md"); f.State != Skipped || len(state(r, "one.md").Left) != 6 {
		t.Error(reportText(r))
	}
	for p, text := range texts(t, content) {
		if p != RecordPath && strings.Contains(text, "secret") && !strings.HasSuffix(p, "one.md") {
			t.Errorf("%s holds %q", p, text)
		}
	}
	// The content folder may hold links as well; nothing is written through one.
	if err := os.Symlink(secret, filepath.Join(content, "incidents", "2031")); err != nil {
		t.Skip(err)
	}
	put(t, from, "two.md", "# 2031-01-02, Two\n")
	src, err := OpenSource(from)
	if err != nil {
		t.Fatal(err)
	}
	defer src.Close()
	if _, err := (Import{Config: kb.DefaultConfig(), Content: content, Into: "incidents", Name: "../old", IDs: map[string]string{}}).Run(src); err == nil {
		t.Error("a link in the content folder was followed")
	}
	if len(texts(t, secret)) != 2 {
		t.Error("something was written through a link")
	}
}

// One file of a folder is the same source as in the whole folder.
func TestOneFile(t *testing.T) {
	from, content := folder(t, map[string]string{"one.md": one, "g.png": "p", "two.md": "# Two\n", "README.md": "# 2031-02-03, In the readme\n"}), t.TempDir()
	r := bringIn(t, filepath.Join(from, "one.md"), content, nil)
	if len(r.Files) != 1 || r.Files[0].State != New || len(r.Files[0].Copied) != 1 {
		t.Fatal(reportText(r))
	}
	r = bringIn(t, filepath.Join(from, "README.md"), content, nil) // asked for by name
	if len(r.Files) != 1 || r.Files[0].State != New {
		t.Error(reportText(r))
	}
	r = bringIn(t, from, content, nil)
	if state(r, "one.md").State != Unchanged || state(r, "two.md").State != New || r.Count(Gone) != 0 {
		t.Error(reportText(r))
	}
}

func TestRecordOfAnother(t *testing.T) {
	for _, text := range []string{
		"{", `{"version": 2}`, `{"version": 1, "files": [{"from": "a", "to": "../../x"}]}`,
		`{"version": 1, "files": [{"from": "../old/one.md", "to": "site.yaml"}]}`,
		`{"version": 1, "files": [{"from": "../old/one.md", "to": "about.md"}]}`,
		`{"version": 1, "files": [{"from": "../old/one.md", "to": "incidents/../about.md"}]}`,
		`{"version": 1, "files": [{"from": "../old/one.md", "to": "incidents/site.yaml"}]}`,
		`{"version": 1, "files": [{"from": "../old/one.md", "to": ""}]}`,
		`{"version": 1, "files": [{"from": "../old/one.md", "to": "incidents/a.md", "copies": [{"to": "site.yaml"}]}]}`,
		`{"version": 1, "files": [{"from": "../old/one.md", "to": "incidents/a.md", "copies": [{"to": "incidents/b/g.png"}]}]}`,
		`{"version": 1, "files": [{"from": "../old/one.md", "to": "incidents/a.md", "copies": [{"to": "incidents/a/b.md"}]}]}`,
	} {
		from, content := folder(t, map[string]string{"one.md": one}), folder(t, map[string]string{RecordPath: text})
		src, err := OpenSource(from)
		if err != nil {
			t.Fatal(err)
		}
		defer src.Close()
		if _, err := (Import{Config: kb.DefaultConfig(), Content: content, Into: "incidents"}).Run(src); err == nil || !strings.Contains(err.Error(), RecordPath) {
			t.Errorf("%s: %v", text, err)
		}
		if texts(t, content)[RecordPath] != text {
			t.Error("the record was replaced")
		}
	}
}
