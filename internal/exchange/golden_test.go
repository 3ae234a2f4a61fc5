package exchange

import (
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"debrief/internal/kb"
	"debrief/internal/parse"
	"debrief/internal/tree"
)

var update = flag.Bool("update", false, "write the golden files anew")

// folder writes files into a new folder, path -> text.
func folder(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for p, text := range files {
		put(t, dir, p, text)
	}
	return dir
}

func put(t *testing.T, dir, p, text string) {
	t.Helper()
	name := filepath.Join(dir, filepath.FromSlash(p))
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// bringIn imports a folder, or a file of it, into a content folder.
func bringIn(t *testing.T, from, content string, with func(*Import)) Report {
	t.Helper()
	src, err := OpenSource(from)
	if err != nil {
		t.Fatal(err)
	}
	defer src.Close()
	im := Import{Config: kb.DefaultConfig(), Content: content, Into: "incidents", Name: "../old", IDs: map[string]string{}}
	if with != nil {
		with(&im)
	}
	r, err := im.Run(src)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// texts returns the files in a folder, path -> text.
func texts(t *testing.T, dir string) map[string]string {
	t.Helper()
	all := map[string]string{}
	err := filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(p)
		rel, _ := filepath.Rel(dir, p)
		all[filepath.ToSlash(rel)] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func reportText(r Report) string {
	var b strings.Builder
	for _, f := range r.Files {
		fmt.Fprintf(&b, "%s: %s %s", f.From, f.State, f.To)
		if f.Why != "" {
			fmt.Fprintf(&b, " (%s)", f.Why)
		}
		b.WriteByte('\n')
		for _, x := range f.Read {
			fmt.Fprintf(&b, "  read %s: %s (%s)\n", x.Key, x.Value, x.From)
		}
		for _, x := range f.Guessed {
			fmt.Fprintf(&b, "  guessed %s: %s (%s)\n", x.Key, x.Value, x.From)
		}
		for _, x := range f.Left {
			fmt.Fprintf(&b, "  left %s: %s\n", x.What, x.Why)
		}
		for _, p := range f.Copied {
			fmt.Fprintf(&b, "  copied %s\n", p)
		}
	}
	fmt.Fprintf(&b, "%d other files\n", r.Other)
	return b.String()
}

// TestHouses imports post-mortems in the styles of many houses. In testdata, what
// is under old/ is brought in, and must become what is under content/; what has
// been read, guessed and left is in the report. Every result is read by debrief
// without an error, and a second import changes nothing.
func TestHouses(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no test data", err)
	}
	for _, name := range files {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			old := map[string]string{}
			want := map[string]string{}
			var sources []txtar.File
			for _, f := range archive.Files {
				if p, ok := strings.CutPrefix(f.Name, "old/"); ok {
					old[p] = string(f.Data)
					sources = append(sources, f)
				} else {
					want[f.Name] = string(f.Data)
				}
			}
			from, content := folder(t, old), t.TempDir()
			report := bringIn(t, from, content, nil)
			got := map[string]string{"report": reportText(report)}
			for p, text := range texts(t, content) {
				if p != RecordPath {
					got["content/"+p] = text
				}
			}
			if *update {
				out := &txtar.Archive{Comment: archive.Comment, Files: append(sources, txtar.File{Name: "report", Data: []byte(got["report"])})}
				for _, f := range report.Files {
					if text, ok := got["content/"+f.To]; ok {
						out.Files = append(out.Files, txtar.File{Name: "content/" + f.To, Data: []byte(text)})
					}
				}
				if err := os.WriteFile(name, txtar.Format(out), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			for p, text := range got {
				if want[p] != text && (strings.HasSuffix(p, ".md") || p == "report") {
					t.Errorf("%s is\n%s\nwant\n%s\n(if that is meant, run: go test ./internal/exchange -update)", p, text, want[p])
				}
			}
			for p := range want {
				if _, ok := got[p]; !ok {
					t.Errorf("there is no %s", p)
				}
			}
			reads(t, content)
			before := texts(t, content)
			again := bringIn(t, from, content, nil)
			if n := again.Count(New) + again.Count(Changed) + again.Count(Edited); n > 0 {
				t.Errorf("the second import was not quiet: %s", reportText(again))
			}
			unchanged(t, before, texts(t, content))
		})
	}
}

// reads checks that debrief reads every text of a content folder without an error.
func reads(t *testing.T, content string) {
	t.Helper()
	p := parse.NewParser(kb.DefaultConfig())
	for name, text := range texts(t, content) {
		if strings.HasSuffix(name, ".md") {
			for _, f := range p.File(tree.NewFile(name, []byte(text))).Findings {
				if f.Level > 0 && f.Rule != "unknown-key" {
					t.Errorf("%s: %v", name, f)
				}
			}
		}
	}
}

func unchanged(t *testing.T, before, after map[string]string) {
	t.Helper()
	for p, text := range before {
		if after[p] != text {
			t.Errorf("%s has changed", p)
		}
	}
	for p := range after {
		if _, ok := before[p]; !ok {
			t.Errorf("%s has come", p)
		}
	}
}
