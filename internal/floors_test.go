// Package internal holds no code of its own. Its tests keep the architecture
// that internal/README.md describes: which package may know which, and what
// the theme must never do.
package internal

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// floors says how high each package stands. A package may import packages of
// lower floors only, so there are no cycles and no surprises: to understand one
// you never have to read what is above it.
var floors = map[string]int{
	"tree": 0, "diag": 0, "chart": 0,
	"markdown": 1, "asset": 1,
	"sample": 1, // invented knowledge bases of any size, for measuring
	"kb":     2,
	"schema": 3, // what parse reads, described for editors
	"action": 3, "timeline": 3,
	"review": 3, "meeting": 3,
	"parse":  4,
	"site":   5,
	"ledger": 6,
	"record": 6, // what programs see of an incident
	// insight counts over a site's incidents.
	"insight": 6,
	"view":    7,
	"search":  7,
	"check":   7,
	// scaffold writes files with the addresses that site would give them.
	"scaffold":     7,
	"exchange":     7, // brings foreign post-mortems in, writes incidents out
	"sample/write": 8,
	"render":       8,
	"feed":         8,
	"build":        9,
	"preview":      10,
	// relevance is a command that measures the search, against other programs too.
	"relevance": 10,
}

const module = "debrief/internal/"

// imports returns what each package under internal/ imports outside of its tests:
// package -> import path -> a file that has it.
func imports(t *testing.T) map[string]map[string]string {
	t.Helper()
	all := map[string]map[string]string{}
	eachSource(t, func(file string, f *ast.File) {
		pkg := path.Dir(file)
		if all[pkg] == nil {
			all[pkg] = map[string]string{}
		}
		for _, i := range f.Imports {
			p, err := strconv.Unquote(i.Path.Value)
			if err != nil {
				t.Fatal(err)
			}
			all[pkg][p] = file
		}
	})
	return all
}

// eachSource parses every Go file under internal/ that is not a test.
func eachSource(t *testing.T, use func(file string, f *ast.File)) {
	t.Helper()
	err := filepath.WalkDir(".", func(p string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && d.Name() == "testdata":
			return filepath.SkipDir
		case d.IsDir() || !strings.HasSuffix(p, ".go") || strings.HasSuffix(p, "_test.go"):
			return nil
		}
		f, err := parser.ParseFile(token.NewFileSet(), p, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		use(filepath.ToSlash(p), f)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestImportsPointDown(t *testing.T) {
	for pkg, imported := range imports(t) {
		floor, known := floors[pkg]
		if !known {
			t.Errorf("the package %s has no floor: give it one in the table above", pkg)
			continue
		}
		for p, file := range imported {
			other, ours := strings.CutPrefix(p, module)
			if !ours {
				if strings.HasPrefix(p, "debrief/") {
					t.Errorf("%s imports %s; packages under internal/ get the content and the layouts as values", file, p)
				}
				continue
			}
			if f, known := floors[other]; known && f >= floor {
				t.Errorf("%s imports %s: %s is on floor %d and %s on floor %d", file, p, pkg, floor, other, f)
			}
		}
	}
}

// TestReach keeps what is dangerous or heavy behind one door each.
func TestReach(t *testing.T) {
	only := []struct {
		prefix string   // of the import path
		may    []string // packages that may import it
		why    string
	}{
		{"os/exec", []string{"relevance"}, "debrief starts no other programs"},
		{"net/http", []string{"preview"}, "a build needs no network"},
		{"net", []string{"preview"}, "a build needs no network"},
		{"github.com/yuin/goldmark", []string{"markdown"}, "only markdown knows how Markdown is parsed"},
		{"github.com/alecthomas/chroma", []string{"markdown"}, "only markdown knows how code is coloured"},
		{"github.com/blevesearch", []string{"search", "relevance"}, "only search knows the index; relevance compares it with others"},
		{"github.com/evanw/esbuild", []string{"asset"}, "only asset knows the bundler"},
	}
	for pkg, imported := range imports(t) {
		for p, file := range imported {
			for _, rule := range only {
				exact := p == rule.prefix
				below := strings.HasPrefix(p, rule.prefix+"/") && strings.Contains(rule.prefix, ".")
				if (exact || below) && !slices.Contains(rule.may, pkg) {
					t.Errorf("%s imports %s: %s", file, p, rule.why)
				}
			}
		}
	}
}

// TestTrustedHTML keeps the places few where text is declared to be HTML: each
// one is a place where an author's words could become a script.
func TestTrustedHTML(t *testing.T) {
	trusted := []string{"HTML", "HTMLAttr", "CSS", "JS", "JSStr", "URL", "Srcset"}
	allowed := map[string]bool{"view/frame.go template.HTML": true, "render/shared.go template.HTML": true}
	eachSource(t, func(file string, f *ast.File) {
		ast.Inspect(f, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			if s, ok := call.Fun.(*ast.SelectorExpr); ok && slices.Contains(trusted, s.Sel.Name) {
				if x, ok := s.X.(*ast.Ident); ok && x.Name == "template" && !allowed[file+" template."+s.Sel.Name] {
					t.Errorf("%s converts to template.%s", file, s.Sel.Name)
				}
			}
			return true
		})
	})
}

// TestScriptsOfTheTheme keeps the theme's JavaScript away from everything that
// makes code or HTML out of text. Search results hold the authors' words.
func TestScriptsOfTheTheme(t *testing.T) {
	theme := os.DirFS("../layouts")
	seen := 0
	err := fs.WalkDir(theme, "assets/js", func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		seen++
		text, err := fs.ReadFile(theme, p)
		if err != nil {
			return err
		}
		for n, line := range strings.Split(string(text), "\n") {
			for _, bad := range []string{"innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function", "setAttribute('on", `setAttribute("on`, "javascript:"} {
				if strings.Contains(line, bad) {
					t.Errorf("layouts/%s:%d holds %s", p, n+1, bad)
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if seen == 0 {
		t.Error("there is no JavaScript in layouts/assets/js: has it moved?")
	}
}

// TestEveryFloorIsInhabited keeps the table from listing what has gone.
func TestEveryFloorIsInhabited(t *testing.T) {
	for pkg, floor := range floors {
		if _, err := os.Stat(pkg); err != nil {
			t.Error(fmt.Errorf("floor %d: %w", floor, err))
		}
	}
}
