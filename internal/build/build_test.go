package build_test

import (
	"bytes"
	"flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"

	"debrief/content"
	"debrief/internal/build"
	"debrief/internal/kb"
	"debrief/internal/parse"
	"debrief/internal/site"
	"debrief/internal/tree"
	"debrief/layouts"
)

var update = flag.Bool("update", false, "write the golden files anew")

// today is the day of every build in these tests.
var today = kb.Date{Year: 2026, Month: time.November, Day: 23}

// theme is the theme that debrief comes with.
func theme(t testing.TB) tree.Tree {
	t.Helper()
	files, err := tree.FromFS(layouts.FS)
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// starter is the content that `debrief init` begins with.
func starter(t testing.TB) tree.Tree {
	t.Helper()
	files, err := tree.FromFS(content.FS)
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// contentOf makes a content folder of path -> text.
func contentOf(t testing.TB, files map[string]string) tree.Tree {
	t.Helper()
	var list []tree.File
	for p, text := range files {
		list = append(list, tree.NewFile(p, []byte(text)))
	}
	made, err := tree.New(list)
	if err != nil {
		t.Fatal(err)
	}
	return made
}

// built builds a site with a builder of its own.
func built(t testing.TB, in build.Input) *build.Site {
	t.Helper()
	if in.Options.Today.IsZero() {
		in.Options.Today = today
	}
	b := build.New()
	t.Cleanup(func() {
		if err := b.Close(); err != nil {
			t.Error(err)
		}
	})
	return b.Build(in)
}

// output makes every file of a site.
func output(t testing.TB, s *build.Site) map[string]string {
	t.Helper()
	paths, err := s.Paths()
	if err != nil {
		t.Fatal(err)
	}
	all := make(map[string]string, len(paths))
	for _, p := range paths {
		data, ok, err := s.File(p)
		if err != nil || !ok {
			t.Fatalf("%s: there is one: %v, error: %v", p, ok, err)
		}
		if _, twice := all[p]; twice {
			t.Errorf("the path %s is there twice", p)
		}
		all[p] = string(data)
	}
	return all
}

// findings writes the findings of a site, one on a line.
func findings(s *build.Site) string {
	var b strings.Builder
	for _, f := range s.Findings() {
		b.WriteString(f.String() + "\n")
	}
	return b.String()
}

// difference says in what two outputs differ, or returns an empty string.
func difference(got, want map[string]string) string {
	var b strings.Builder
	for _, p := range slices.Sorted(maps.Keys(want)) {
		switch g, ok := got[p]; {
		case !ok:
			fmt.Fprintf(&b, "%s is missing\n", p)
		case g != want[p]:
			fmt.Fprintf(&b, "%s differs: %s\n", p, firstDifference(g, want[p]))
		}
	}
	for _, p := range slices.Sorted(maps.Keys(got)) {
		if _, ok := want[p]; !ok {
			fmt.Fprintf(&b, "%s is there and should not be\n", p)
		}
	}
	return b.String()
}

func firstDifference(got, want string) string {
	i := 0
	for i < min(len(got), len(want)) && got[i] == want[i] {
		i++
	}
	around := func(s string) string { return s[max(0, i-40):min(len(s), i+80)] }
	return fmt.Sprintf("at byte %d\n\tgot  %q\n\twant %q", i, around(got), around(want))
}

// fingerprint matches the part of a name that changes with the file's bytes.
var fingerprint = regexp.MustCompile(`(assets/[a-z]+\.|search/shard/)[0-9a-f]{8,}`)

// TestGolden builds the small sites in testdata/*.txtar. In an archive,
// content/ and layouts/ are the site's folders (layouts/ lies over the theme),
// and these say what has to come out:
//
//	paths         every path of the output
//	findings      everything that is wrong
//	public/PATH   the bytes of a file
//	select/PATH   lines "SELECTOR => TEXT", see find; "SELECTOR @ATTR => TEXT" is about an attribute
//	never         words that must be in no file at all
//
// go test -update writes the first four anew.
func TestGolden(t *testing.T) {
	archives, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(archives) == 0 {
		t.Fatal("no archives", err)
	}
	for _, file := range archives {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			in := build.Input{Layouts: theme(t)}
			pages := map[string]string{}
			for _, f := range archive.Files {
				if p, ok := strings.CutPrefix(f.Name, build.ContentFolder); ok {
					pages[p] = string(f.Data)
				} else if p, ok := strings.CutPrefix(f.Name, build.LayoutsFolder); ok {
					in.Layouts = in.Layouts.With(tree.NewFile(p, f.Data))
				}
			}
			in.Content = contentOf(t, pages)
			s := built(t, in)
			all := output(t, s)
			for i, f := range archive.Files {
				got, golden := expected(t, s, all, f)
				switch {
				case !golden:
				case *update:
					archive.Files[i].Data = []byte(got)
				case got != string(f.Data):
					t.Errorf("%s: %s\n got\n%s\nwant\n%s", file, f.Name, got, f.Data)
				}
			}
			if *update {
				if err := os.WriteFile(file, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

// expected returns what a part of an archive should hold.
func expected(t *testing.T, s *build.Site, all map[string]string, f txtar.File) (got string, golden bool) {
	t.Helper()
	switch kind, path, _ := strings.Cut(f.Name, "/"); kind {
	case "paths":
		var names []string
		for p := range all {
			names = append(names, fingerprint.ReplaceAllString(p, "${1}HASH"))
		}
		slices.Sort(names) // by their names, not by what the bytes of the theme make of them
		got = strings.Join(names, "\n") + "\n"
	case "findings":
		got = findings(s)
	case "public":
		text, ok := all[path]
		if !ok {
			t.Errorf("there is no file %s", path)
		}
		got = text
	case "select":
		text, ok := all[path]
		if !ok {
			t.Errorf("there is no file %s", path)
		}
		doc := parseHTML(t, []byte(text))
		for line := range strings.Lines(string(f.Data)) {
			query, _, _ := strings.Cut(strings.TrimRight(line, "\n"), " => ")
			selector, attr, _ := strings.Cut(query, " @")
			var texts []string
			for _, n := range find(t, doc, selector) {
				if attr != "" {
					texts = append(texts, attribute(n, attr))
				} else {
					texts = append(texts, words(n))
				}
			}
			got += query + " => " + fingerprint.ReplaceAllString(strings.Join(texts, " | "), "${1}HASH") + "\n"
		}
	case "never":
		for word := range strings.FieldsSeq(string(f.Data)) {
			for p, text := range all {
				if strings.Contains(strings.ToLower(p+"\n"+text), strings.ToLower(word)) {
					t.Errorf("%s holds %q", p, word)
				}
			}
		}
		return "", false
	default:
		return "", false
	}
	return got, true
}

// The days of its actions pass, whatever it says of them.
func TestStarterHasNoFindings(t *testing.T) {
	for _, f := range built(t, build.Input{Content: starter(t), Layouts: theme(t)}).Findings() {
		if f.Rule != "action-overdue" {
			t.Errorf("the starter content has a finding: %v", f)
		}
	}
}

// TestDeterminism builds one input in several ways. A site may depend on
// nothing but its input: not on how many processors there are, in which order
// files were listed, or where on earth the machine is.
func TestDeterminism(t *testing.T) {
	files := map[string]string{}
	for _, f := range starter(t).Files() {
		files[f.Path] = string(f.Data)
	}
	// Equal titles, times and names, and suggestions with two candidates, are
	// where an order can come from a map.
	for n := range 12 {
		files[fmt.Sprintf("incidents/same/%d/same.md", n)] = "---\ntitle: Same\nstarted: 2026-01-01\ntags: [Tag, tag, TAG, C++, C#]\nservices: [one, two]\n---\n" +
			"[[Same]] [x](../nowhere/graph.png) ![x](nope.png) [[Sme]]\n\n## Same\n\n## Same\n"
		files[fmt.Sprintf("incidents/same/%d/graph.png", n)] = "picture"
	}
	in := build.Input{Content: contentOf(t, files), Layouts: theme(t)}
	first := built(t, in)
	want, wantFindings := output(t, first), findings(first)
	compare := func(t *testing.T, in build.Input) {
		t.Helper()
		s := built(t, in)
		if d := difference(output(t, s), want); d != "" {
			t.Errorf("the output differs\n%s", d)
		}
		if got := findings(s); got != wantFindings {
			t.Errorf("the findings differ: %s", firstDifference(got, wantFindings))
		}
	}
	t.Run("again", func(t *testing.T) { compare(t, in) })
	t.Run("files in another order", func(t *testing.T) {
		shuffle := func(files tree.Tree) tree.Tree {
			list := slices.Clone(files.Files())
			rand.New(rand.NewPCG(1, 2)).Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
			shuffled, err := tree.New(list)
			if err != nil {
				t.Fatal(err)
			}
			return shuffled
		}
		compare(t, build.Input{Content: shuffle(in.Content), Layouts: shuffle(in.Layouts)})
	})
	for _, n := range []int{1, 3, 8} {
		t.Run(fmt.Sprintf("on %d processors", n), func(t *testing.T) {
			defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(n))
			compare(t, in)
		})
	}
	t.Run("in another zone", func(t *testing.T) {
		defer func(l *time.Location) { time.Local = l }(time.Local)
		time.Local = time.FixedZone("far", 14*60*60)
		compare(t, in)
	})
}

// TestLenient tells that what is broken is left out, and nothing else.
func TestLenient(t *testing.T) {
	files := starter(t)
	for _, f := range []tree.File{
		tree.NewFile("incidents/no-end.md", []byte("---\ntitle: X\n\nText")),
		tree.NewFile("incidents/bad-yaml.md", []byte("---\ntitle: [\n---\nText")),
		tree.NewFile("incidents/utf16.md", []byte("\xff\xfe#\x00")),
		tree.NewFile("incidents/large.md", bytes.Repeat([]byte("x"), tree.MaxLoaded+1)),
		tree.NewFile("incidents/deep.md", []byte(strings.Repeat("> ", 40)+"x")),
		tree.NewFile("incidents/same-id.md", []byte("---\nid: INC-2026-014\n---\n")),
		tree.NewFile("search.md", []byte("# Mine")),
		tree.NewFile("glossary/fine.md", []byte("# Fine\n\nA [broken link](nowhere.md) breaks no page.")),
	} {
		files = files.With(f)
	}
	clean := output(t, built(t, build.Input{Content: starter(t), Layouts: theme(t)}))
	s := built(t, build.Input{Content: files, Layouts: theme(t)})
	all := output(t, s)
	for p := range clean {
		if _, ok := all[p]; !ok && !fingerprint.MatchString(p) && !strings.HasPrefix(p, "search/") { // those are numbered
			t.Errorf("%s is gone", p)
		}
	}
	for p := range all {
		for _, gone := range []string{"no-end", "bad-yaml", "utf16", "large", "same-id"} {
			if strings.Contains(p, gone) {
				t.Errorf("%s is there", p)
			}
		}
	}
	if _, ok := all["glossary/fine/index.html"]; !ok {
		t.Error("the page with a broken link is gone")
	}
	got := findings(s)
	for _, want := range []string{
		"content/incidents/no-end.md:1:1: error: ", "content/incidents/bad-yaml.md:", "content/incidents/utf16.md: error: ", "content/incidents/large.md: error: ",
		"content/incidents/deep.md:1:1: error: ", "content/incidents/same-id.md:2:5: error: ", "content/search.md:1:1: error: ", "content/glossary/fine.md:3:3: error: ",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no finding begins with %s in\n%s", want, got)
		}
	}
	if want := []string{"incidents/bad-yaml.md", "incidents/deep.md", "incidents/large.md", "incidents/no-end.md", "incidents/utf16.md"}; !slices.Equal(s.Broken(), want) {
		t.Errorf("broken are %v, want %v", s.Broken(), want)
	}
}

// TestOwnNames tells that a file of the content cannot take the place of one
// that the site makes, and cannot be in the way of a page.
func TestOwnNames(t *testing.T) {
	for _, file := range []string{"robots.txt", "search/index.json", "search/doc/0-0.json"} {
		t.Run(file, func(t *testing.T) {
			s := built(t, build.Input{Layouts: theme(t), Content: contentOf(t, map[string]string{"index.md": "[x](" + file + ")", file: "mine"})})
			paths, err := s.Paths()
			if err != nil {
				t.Fatal(err)
			}
			n := 0
			for _, p := range paths {
				if p == file {
					n++
				}
			}
			if n != 1 {
				t.Errorf("the path is there %d times", n)
			}
			if !strings.Contains(findings(s), "content/"+file) && !strings.Contains(findings(s), "content/index.md") {
				t.Errorf("nobody says that the file is not published; findings: %s", findings(s))
			}
		})
	}
	t.Run("a file where a page has its folder", func(t *testing.T) {
		s := built(t, build.Input{Layouts: theme(t), Content: contentOf(t, map[string]string{
			"index.md": "---\naliases: [/data.csv/]\n---\n[x](data.csv)", "data.csv": "1,2",
		})})
		if _, err := s.Publish(t.TempDir(), nil); err != nil || findings(s) == "" {
			t.Errorf("publishing gives the error %v, findings %q, want no error and a finding", err, findings(s))
		}
	})
	t.Run("names that differ in case", func(t *testing.T) {
		s := built(t, build.Input{Layouts: theme(t), Content: contentOf(t, map[string]string{
			"index.md": "![x](a.png) ![x](A.png)", "a.png": "1", "A.png": "2",
		})})
		if findings(s) == "" {
			t.Error("two files that are one on many systems have no finding")
		}
		_, first, _ := s.File("A.png")
		if _, second, _ := s.File("a.png"); !first || second {
			t.Errorf("that the first is there is %v, and the second %v", first, second)
		}
	})
}

// TestRefusedFiles tells that a co-located file with an error is left out, and the
// rest is published without it.
func TestRefusedFiles(t *testing.T) {
	const large = 64<<20 + 1
	for _, test := range []struct {
		name string
		file tree.File
		want string
	}{
		{"a drawing with a script", tree.NewFile("d.svg", []byte(`<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`)), "[unsafe-svg]"},
		{"a drawing with a script, in capitals", tree.NewFile("d.SVG", []byte(`<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>`)), "[unsafe-svg]"},
		{"a large file", tree.File{Path: "film.mp4", Size: large}, "[too-large]"},
		{"a large drawing, which is not read", tree.File{Path: "d.svg", Size: large}, "[too-large]"},
	} {
		t.Run(test.name, func(t *testing.T) {
			p := test.file.Path
			s := built(t, build.Input{Layouts: theme(t), Content: contentOf(t, map[string]string{
				"index.md": "![x](fine.svg) [x](" + p + ")", "fine.svg": `<svg xmlns="http://www.w3.org/2000/svg"/>`,
			}).With(test.file)})
			if data, ok, err := s.File(p); ok || err != nil || data != nil {
				t.Errorf("File(%q) is there: %v, error %v", p, ok, err)
			}
			if got := findings(s); len(s.Findings()) != 1 || !strings.HasPrefix(got, "content/"+p) || !strings.Contains(got, test.want) {
				t.Errorf("findings %q, want one that is %s", got, test.want)
			}
			dir := t.TempDir()
			if _, err := s.Publish(dir, nil); err != nil {
				t.Fatal(err)
			}
			files := published(t, dir)
			if _, ok := files[p]; ok {
				t.Errorf("%s is published", p)
			}
			if _, ok := files["fine.svg"]; !ok {
				t.Error("the file that is fine is not published")
			}
		})
	}
}

// TestFile tells that a site makes the paths that it lists, and no others.
func TestFile(t *testing.T) {
	s := built(t, build.Input{Layouts: theme(t), Content: starter(t).With(tree.NewFile("incidents/secret.csv", []byte("not linked")))})
	for _, p := range []string{
		"", "/", ".", "index.htm", "/index.html", "incidents/", "incidents", "../index.html", "incidents/../index.html", "INDEX.HTML", "site.yaml", "index.md",
		"incidents/secret.csv", "incidents/2026/2026-02-17-frame-pacing.md", "layouts/base.html", "base.html", "search/doc/-1-0.json", "search/doc/00-0.json", "search/doc/0-00.json", "search/doc/0-9.json", "search/doc/0.json", "search/doc/999-0.json", "search/shard/00.bin", "search/shard/-1.bin", "search/spelling/999.bin",
		"search/doc/1e0.json", "search/shard/x.bin", "search/", "assets/main.css", "assets/css/main.css", "index.html\x00", ".debrief.json",
	} {
		if data, ok, err := s.File(p); ok || err != nil || data != nil {
			t.Errorf("File(%q) is there: %v, error %v", p, ok, err)
		}
	}
}

func TestBaseURL(t *testing.T) {
	base, err := parse.BaseURL("https://example.org/kb")
	if err != nil {
		t.Fatal(err)
	}
	s := built(t, build.Input{Content: starter(t), Layouts: theme(t), BaseURL: base})
	doc := parseHTML(t, []byte(output(t, s)["index.html"]))
	for _, n := range find(t, doc, "a[href]") {
		if href := attribute(n, "href"); !strings.HasPrefix(href, "/kb/") && !strings.HasPrefix(href, "#") {
			t.Errorf("the home page links to %s", href)
		}
	}
}

// TestPublish writes a site to a folder, twice the same and then a smaller one.
func TestPublish(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	b := build.New()
	defer b.Close()
	in := build.Input{Content: starter(t), Layouts: theme(t), Options: site.Options{Today: today}}
	s := b.Build(in)
	want := output(t, s)
	calls := 0
	changes, err := s.Publish(dir, func(done, all int) {
		if calls++; done != calls || all != len(want) {
			t.Errorf("progress is %d of %d, want %d of %d", done, all, calls, len(want))
		}
	})
	if err != nil || changes.Written != len(want) || changes.Removed != 0 || calls != len(want) {
		t.Fatalf("the first time: %+v, error %v, %d calls", changes, err, calls)
	}
	if d := difference(published(t, dir), want); d != "" {
		t.Errorf("the folder is not the site\n%s", d)
	}
	if changes, err = b.Build(in).Publish(dir, nil); err != nil || changes != (tree.Changes{Unchanged: len(want)}) {
		t.Errorf("the second time: %+v, error %v", changes, err)
	}

	if err := os.WriteFile(filepath.Join(dir, "CNAME"), []byte("not ours"), 0o644); err != nil {
		t.Fatal(err)
	}
	in.Content = in.Content.Without("incidents/2026/2026-02-17-frame-pacing.md").Without("glossary/drift.md")
	s = b.Build(in)
	want = output(t, s)
	want["CNAME"] = "not ours"
	if changes, err = s.Publish(dir, nil); err != nil || changes.Removed == 0 {
		t.Errorf("after a deletion: %+v, error %v", changes, err)
	}
	if d := difference(published(t, dir), want); d != "" {
		t.Errorf("the folder is not the smaller site\n%s", d)
	}
	if _, err := os.Stat(filepath.Join(dir, "glossary", "drift")); !os.IsNotExist(err) {
		t.Errorf("the folder of the deleted page is still there: %v", err)
	}
}

// published reads a folder without debrief's own list of files.
func published(t *testing.T, dir string) map[string]string {
	t.Helper()
	files, err := tree.FromFS(os.DirFS(dir))
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]string{}
	for _, f := range files.Files() {
		if f.Path != tree.Manifest {
			all[f.Path] = string(f.Data)
		}
	}
	return all
}

// TestPublishFailure tells that a layout which fails stops the publishing, and
// that everything it has begun comes to an end.
func TestPublishFailure(t *testing.T) {
	in := build.Input{Content: starter(t), Layouts: theme(t).With(tree.NewFile("incident.html", []byte("{{define \"main\"}}\n{{.Nope}}{{end}}")))}
	_, err := built(t, in).Publish(t.TempDir(), nil)
	layout, ok := err.(*build.LayoutError)
	if !ok || !strings.HasPrefix(layout.Finding.String(), "layouts/incident.html:2:3: error: ") {
		t.Errorf("error %v, want one about layouts/incident.html:2:3", err)
	}
}

// TestSource tells that a finding can be shown with the line it is about.
func TestSource(t *testing.T) {
	in := build.Input{Content: starter(t), Layouts: theme(t)}
	for _, p := range []string{"content/index.md", "content/site.yaml", "layouts/base.html", "layouts/assets/css/main.css"} {
		if len(in.Source(p)) == 0 {
			t.Errorf("there is no source of %s", p)
		}
	}
	if in.Source("content/none.md") != nil || in.Source("") != nil {
		t.Error("there is a source of nothing")
	}
}

// TestProblems tells that files which cannot be read are errors.
func TestProblems(t *testing.T) {
	in := build.Input{Content: starter(t), Layouts: theme(t), Problems: build.Problems(build.ContentFolder, []tree.Problem{{Path: "x.md", Text: "is a symbolic link"}})}
	if got := findings(built(t, in)); !strings.Contains(got, "content/x.md: error: is a symbolic link") {
		t.Errorf("findings %s", got)
	}
}
