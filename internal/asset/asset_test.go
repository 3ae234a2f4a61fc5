package asset_test

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"debrief/internal/asset"
	"debrief/internal/diag"
	"debrief/internal/tree"
	"debrief/layouts"
)

// theme makes a layouts folder with the entry points, and replaces or adds files.
func theme(t *testing.T, files map[string]string) tree.Tree {
	t.Helper()
	all := map[string]string{asset.MainCSS: "a { color: red }", asset.MainJS: "1;", asset.SearchJS: "2;", asset.PaletteJS: "export const open = 3;", asset.MeetingCSS: "b { color: red }", asset.ChartCSS: "i { color: red }", asset.RunSheetJS: "alert(5)", asset.PracticeJS: "alert(6)", asset.ActionsJS: "alert(7)", asset.Icon: "<svg/>"}
	maps.Copy(all, files)
	var list []tree.File
	for p, text := range all {
		list = append(list, tree.NewFile(p, []byte(text)))
	}
	made, err := tree.New(list)
	if err != nil {
		t.Fatal(err)
	}
	return made
}

// text returns the published bytes of an entry point.
func text(t *testing.T, b asset.Bundle, entry string) string {
	t.Helper()
	data, ok := b.Files[b.Names[entry]]
	if !ok {
		t.Fatalf("%s is not published; names are %v", entry, b.Names)
	}
	return string(data)
}

// TestTheme bundles the theme that debrief comes with.
func TestTheme(t *testing.T) {
	files, err := tree.FromFS(layouts.FS)
	if err != nil {
		t.Fatal(err)
	}
	b, findings := asset.New(files)
	if len(findings) > 0 {
		t.Errorf("findings %v", findings)
	}
	if len(b.Files) != 10 || len(b.Names) != 10 {
		t.Errorf("files %v", slices.Sorted(maps.Keys(b.Files)))
	}
	for entry, name := range b.Names {
		data := b.Files[name]
		if len(data) == 0 {
			t.Errorf("%s is empty", entry)
		}
		for _, bad := range []string{"@import", "http://", "https://", "sourceMappingURL", "import("} {
			if entry == asset.MainJS && bad == "import(" {
				continue // of the palette, whose address is in the page
			}
			if entry != asset.Icon && strings.Contains(strings.ReplaceAll(string(data), "http://www.w3.org/2000/svg", ""), bad) {
				t.Errorf("%s holds %s", name, bad)
			}
		}
	}
}

func TestBundling(t *testing.T) {
	b, findings := asset.New(theme(t, map[string]string{
		asset.MainCSS:                 `@import "./parts/one.css"; .last { background: url("../icons/dot.svg") }`,
		"assets/css/parts/one.css":    `@import "../two.css"; .one { color: rgb(255, 0, 0); }`,
		"assets/css/two.css":          `.two { margin: 0px; }`,
		"assets/icons/dot.svg":        `<svg xmlns="http://www.w3.org/2000/svg"/>`,
		asset.MainJS:                  `import { name } from "./lib/name.js"; import data from "./data.json"; document.title = name + data.n;`,
		"assets/js/lib/name.js":       `export const name = "x" + "y", unused = "never shown";`,
		"assets/js/data.json":         `{"n": 41}`,
		"assets/js/not-imported.js":   `alert("not part of it")`,
		"assets/css/not-imported.css": `.not-imported {}`,
		"node_modules/name/index.js":  `alert("not part of it")`,
		"assets/js/lib/package.json":  `{"main": "x"}`,
		"assets/js/lib/tsconfig.json": `{`,
	}))
	if len(findings) > 0 {
		t.Fatalf("findings %v", findings)
	}
	css := text(t, b, asset.MainCSS)
	one, two, last := strings.Index(css, ".one"), strings.Index(css, ".two"), strings.Index(css, ".last")
	if two < 0 || one < two || last < one || strings.Contains(css, "not-imported") || !strings.Contains(css, "url('data:image/svg+xml") {
		t.Errorf("CSS %s", css)
	}
	js := text(t, b, asset.MainJS)
	if !strings.Contains(js, "41") || strings.Contains(js, "not part") || strings.Contains(js, "never shown") || strings.Contains(js, "import") {
		t.Errorf("JavaScript %s", js)
	}
}

func TestMistakes(t *testing.T) {
	for _, test := range []struct {
		name  string
		files map[string]string
		want  string
	}{
		{"a missing import", map[string]string{asset.MainJS: "\n  import \"./nope.js\";"},
			"assets/js/main.js:2:10: error: there is no file assets/js/nope.js in the layouts folder [theme]"},
		{"a missing import in an import", map[string]string{asset.MainCSS: `@import "./a.css";`, "assets/css/a.css": "\n\n@import \"./nope.css\";"},
			"assets/css/a.css:3:9: error: there is no file assets/css/nope.css in the layouts folder [theme]"},
		{"an import from the disk", map[string]string{asset.MainJS: `import "/etc/passwd";`},
			"assets/js/main.js:1:8: error: there is no file assets/js/etc/passwd in the layouts folder [theme]"},
		{"an import from above", map[string]string{asset.MainJS: `import "../../../../../etc/hosts";`},
			"assets/js/main.js:1:8: error: there is no file ../../../etc/hosts in the layouts folder [theme]"},
		{"an import from the network", map[string]string{asset.MainJS: `import "https://example.com/x.js";`},
			"assets/js/main.js:1:8: error: there is no file assets/js/https:/example.com/x.js in the layouts folder [theme]"},
		{"a font from the network", map[string]string{asset.MainCSS: `a { src: url(https://example.com/x.woff2) }`},
			"assets/css/main.css:1:10: error: there is no file assets/css/https:/example.com/x.woff2 in the layouts folder [theme]"},
		{"a package", map[string]string{asset.MainJS: `import "left-pad";`},
			"assets/js/main.js:1:8: error: there is no file assets/js/left-pad in the layouts folder [theme]"},
		{"a mistake in JavaScript", map[string]string{asset.MainJS: "let a = 1;\nlet ü = ( ;"},
			"assets/js/main.js:2:11: error: Unexpected \";\" [theme]"},
		{"a mistake in CSS", map[string]string{asset.MainCSS: "a { color: red"},
			"assets/css/main.css:1:15: warning: Expected \"}\" to go with \"{\" [theme]"},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, findings := asset.New(theme(t, test.files))
			if len(findings) != 1 || findings[0].String() != test.want {
				t.Errorf("findings\n got %v\nwant [%s]", findings, test.want)
			}
		})
	}
}

func TestMissingEntry(t *testing.T) {
	files := theme(t, nil).Without(asset.SearchJS).Without(asset.Icon)
	b, findings := asset.New(files)
	if len(findings) != 1 || findings[0].String() != "assets/js/search.js: error: the theme has no such file [theme]" {
		t.Errorf("findings %v", findings)
	}
	if len(b.Files) != 8 {
		t.Errorf("files %v", b.Names)
	}
}

// TestLargeFiles bundles files from a folder that are too large to be kept in
// memory, and then again when they are gone.
func TestLargeFiles(t *testing.T) {
	dir := t.TempDir()
	large := map[string]string{"main.js": "alert(8);", "large.css": ".large { color: red }", "favicon.svg": "<svg></svg>"}
	for name, start := range large {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(start+strings.Repeat("\n", tree.MaxLoaded)), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	r, err := tree.NewReader(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	read, _, err := r.Read()
	if err != nil {
		t.Fatal(err)
	}
	files := theme(t, map[string]string{asset.MainCSS: `@import "./large.css";`})
	for name, p := range map[string]string{"main.js": asset.MainJS, "large.css": "assets/css/large.css", "favicon.svg": asset.Icon} {
		f, _ := read.File(name)
		f.Path = p
		files = files.With(f)
	}
	b, findings := asset.New(files)
	if len(findings) > 0 {
		t.Fatalf("findings %v", findings)
	}
	for entry, want := range map[string]string{asset.MainJS: "alert(8)", asset.MainCSS: ".large", asset.Icon: "<svg></svg>"} {
		if got := text(t, b, entry); !strings.Contains(got, want) {
			t.Errorf("%s is published with %d bytes, without %s", entry, len(got), want)
		}
	}

	for name := range large {
		if err := os.Remove(filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	_, findings = asset.New(files)
	var places []string
	for _, f := range findings {
		if f.Level == diag.Error && f.Rule == "theme" {
			places = append(places, f.Path)
		}
	}
	if want := []string{asset.MainCSS, asset.MainJS, asset.Icon}; !slices.Equal(places, want) {
		t.Errorf("errors in %v, want %v: %v", places, want, findings)
	}
}

// TestBroken tells that a page can name every file of the theme, broken or not.
func TestBroken(t *testing.T) {
	b, findings := asset.New(theme(t, map[string]string{asset.MainJS: "let = ;;; ("}))
	if len(findings) == 0 {
		t.Error("no findings")
	}
	if got := text(t, b, asset.MainJS); got != "" {
		t.Errorf("the broken script is %q", got)
	}
}

// TestPalette tells that a page can import the palette and call it, while the
// other scripts leave no names behind them.
func TestPalette(t *testing.T) {
	b, findings := asset.New(theme(t, map[string]string{
		asset.PaletteJS:          `import { shown } from "./lib/shown.js"; export const open = () => shown;`,
		"assets/js/lib/shown.js": `export const shown = 8;`,
		asset.MainJS:             `const at = document.body.dataset.palette; import(at).then((palette) => palette.open());`,
	}))
	if len(findings) > 0 {
		t.Fatalf("findings %v", findings)
	}
	if js := text(t, b, asset.PaletteJS); !strings.Contains(js, " as open}") || strings.Contains(js, "import") {
		t.Errorf("palette %s", js)
	}
	if js := text(t, b, asset.MainJS); !strings.HasPrefix(js, "(()=>{") || !strings.Contains(js, "import(") {
		t.Errorf("main script %s", js)
	}
}

// TestNames tells that a name changes with the bytes of its file and only then,
// so that a browser may keep each file for ever.
func TestNames(t *testing.T) {
	before, _ := asset.New(theme(t, nil))
	again, _ := asset.New(theme(t, nil))
	if !maps.Equal(before.Names, again.Names) {
		t.Errorf("the same files have other names: %v and %v", before.Names, again.Names)
	}
	for _, test := range []struct {
		name, file, text string
		changed          []string
	}{
		{"CSS", asset.MainCSS, "a { color: blue }", []string{asset.MainCSS}},
		{"space in CSS", asset.MainCSS, "a  {  color:red;  }", nil},
		{"a comment in JavaScript", asset.MainJS, "// new\n1;", nil},
		{"JavaScript", asset.SearchJS, "alert(3)", []string{asset.SearchJS}},
		{"the palette", asset.PaletteJS, "export const open = 4;", []string{asset.PaletteJS}},
		{"the icon", asset.Icon, "<svg></svg>", []string{asset.Icon}},
		{"another file", "incident.html", "x", nil},
	} {
		after, findings := asset.New(theme(t, map[string]string{test.file: test.text}))
		if len(findings) > 0 {
			t.Fatal(findings)
		}
		var changed []string
		for _, entry := range []string{asset.MainCSS, asset.MainJS, asset.SearchJS, asset.PaletteJS, asset.Icon} {
			if before.Names[entry] != after.Names[entry] {
				changed = append(changed, entry)
			}
		}
		if !slices.Equal(changed, test.changed) {
			t.Errorf("%s changes the names of %v, want %v", test.name, changed, test.changed)
		}
	}
}
