package markdown

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"debrief/internal/diag"
)

var idPattern = regexp.MustCompile(` id="([^"]*)"`)

// FuzzParse holds for any text at all: no panic; HTML that passes the audit,
// valid UTF-8 if the text is; every id once; every position within the text;
// the same Doc each time.
func FuzzParse(f *testing.F) {
	for _, src := range hostile {
		f.Add(src)
	}
	sources, _ := filepath.Glob("testdata/golden/*.md")
	for _, name := range sources {
		src, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(src))
	}
	p := NewParser(Options{})
	f.Fuzz(func(t *testing.T, src string) {
		const firstLine = 3
		doc := p.Parse([]byte(src), firstLine)
		page := doc.HTML(nil, 1)
		if again := p.Parse([]byte(src), firstLine).HTML(nil, 1); again != page {
			t.Errorf("a second parse differs:\n%q\n%q", page, again)
		}
		if !utf8.ValidString(src) {
			return // package parse refuses such files
		}
		if !utf8.ValidString(page) {
			t.Errorf("not UTF-8: %q", page)
		}
		if _, err := audit(page); err != nil {
			t.Errorf("%v\n%s", err, page)
		}
		seen := map[string]bool{}
		for _, m := range idPattern.FindAllStringSubmatch(page, -1) {
			if seen[m[1]] {
				t.Errorf("the id %q is there twice", m[1])
			}
			seen[m[1]] = true
		}
		lines := strings.Split(src, "\n")
		within := func(what string, pos diag.Pos) {
			i := pos.Line - firstLine
			if i < 0 || i >= len(lines) || pos.Col < 1 || pos.Col > utf8.RuneCountInString(lines[i])+1 {
				t.Errorf("%s is at %d:%d, outside of the text", what, pos.Line, pos.Col)
			}
		}
		for _, l := range doc.Links {
			within("link "+l.Dest, l.Pos)
			if !utf8.ValidString(l.Dest + l.Title + l.Text) {
				t.Errorf("link %+v is not UTF-8", l)
			}
		}
		for _, h := range doc.Headings {
			within("heading "+h.Text, h.Pos)
		}
		for _, finding := range doc.Findings {
			within("finding "+finding.Text, finding.Pos)
		}
	})
}
