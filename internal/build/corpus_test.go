package build_test

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"debrief/internal/build"
	"debrief/internal/diag"
	"debrief/internal/parse"
	"debrief/internal/tree"
)

// TestCorpus builds collections of real post-mortems, which nobody wrote for
// debrief: each folder in the one that DEBRIEF_CORPUS names becomes a site's
// incidents. Every Markdown document has to have exactly one page, whatever is
// wrong with it, except those that cannot be read at all. Run it with -v to see
// what is found in them.
func TestCorpus(t *testing.T) {
	dir := os.Getenv("DEBRIEF_CORPUS")
	if dir == "" {
		t.Skip("DEBRIEF_CORPUS names no folder of post-mortems to try; the rest of the tests need none")
	}
	folders, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, folder := range folders {
		if !folder.IsDir() {
			continue
		}
		t.Run(folder.Name(), func(t *testing.T) {
			site := t.TempDir()
			if err := os.CopyFS(filepath.Join(site, "incidents"), os.DirFS(filepath.Join(dir, folder.Name()))); err != nil {
				t.Fatal(err)
			}
			reader, err := tree.NewReader(site)
			if err != nil {
				t.Fatal(err)
			}
			defer reader.Close()
			content, problems, err := reader.Read()
			if err != nil || len(problems) > 0 {
				t.Fatal(problems, err)
			}
			corpus(t, content)
		})
	}
}

func corpus(t *testing.T, content tree.Tree) {
	s := built(t, build.Input{Content: content, Layouts: theme(t)})
	all := output(t, s)
	at := map[string]string{} // file -> address
	taken := map[string]string{}
	for _, e := range s.Pages.Entries {
		if _, twice := at[e.Path]; twice {
			t.Errorf("%s has two pages", e.Path)
		}
		at[e.Path] = e.Address
		if other, twice := taken[e.Address]; twice {
			t.Errorf("%s and %s are both at %s", e.Path, other, e.Address)
		}
		taken[e.Address] = e.Path
		if _, ok := all[e.Address+"index.html"]; !ok {
			t.Errorf("%s has no page at %s", e.Path, e.Address)
		}
	}
	documents := 0
	for _, f := range content.Files() {
		if !parse.IsText(f) {
			t.Logf("no document: %s", f.Path)
			continue
		}
		documents++
		if _, ok := at[f.Path]; !ok {
			t.Errorf("%s has no page", f.Path)
		}
	}
	if problems := audited(t, s); len(problems) > 0 {
		t.Errorf("%d problems in the HTML, the first: %s", len(problems), problems[0])
	}

	byRule := map[string][]diag.Finding{}
	for _, f := range s.Findings() {
		byRule[f.Level.String()+" "+f.Rule] = append(byRule[f.Level.String()+" "+f.Rule], f)
	}
	t.Logf("%d documents, %d files of output", documents, len(all))
	for _, rule := range slices.Sorted(maps.Keys(byRule)) {
		t.Logf("%4d %s", len(byRule[rule]), rule)
		for _, f := range byRule[rule][:min(2, len(byRule[rule]))] {
			t.Logf("       %s", f)
		}
	}
}
