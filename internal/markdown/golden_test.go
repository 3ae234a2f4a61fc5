package markdown

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the golden files anew")

// golden compares got with a file under testdata, or writes it with -update.
func golden(t *testing.T, name, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(name, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatalf("%v (write it with: go test ./internal/markdown -update)", err)
	}
	if got != string(want) {
		t.Errorf("differs from %s; if that is meant, run: go test ./internal/markdown -update\n%s", name, firstDifference(string(want), got))
	}
}

func firstDifference(want, got string) string {
	w, g := strings.Split(want, "\n"), strings.Split(got, "\n")
	i := 0
	for i < len(w) && i < len(g) && w[i] == g[i] {
		i++
	}
	line := func(lines []string) string {
		if i < len(lines) {
			return lines[i]
		}
		return "(no line)"
	}
	return fmt.Sprintf("line %d\nwant: %s\ngot:  %s", i+1, line(w), line(g))
}

// TestGolden shows every construct: NAME.md in testdata/golden gives NAME.html
// and, in NAME.txt, what the Doc says about the text. Links go where target
// sends them.
func TestGolden(t *testing.T) {
	sources, err := filepath.Glob("testdata/golden/*.md")
	if err != nil || len(sources) == 0 {
		t.Fatalf("no golden sources: %v", err)
	}
	p := NewParser(Options{})
	for _, name := range sources {
		stem := strings.TrimSuffix(name, ".md")
		t.Run(filepath.Base(stem), func(t *testing.T) {
			src, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			doc := p.Parse(src, 1)
			var targets []Target
			for _, l := range doc.Links {
				targets = append(targets, target(l))
			}
			html := doc.HTML(targets, 1)
			if _, err := audit(html); err != nil {
				t.Error(err)
			}
			golden(t, stem+".html", html)
			golden(t, stem+".txt", describe(doc))
		})
	}
}

// target stands in for package site: addresses lead away, "missing..." is
// nowhere, and a wiki link is a page of that name.
func target(l Link) Target {
	switch {
	case strings.HasPrefix(l.Dest, "missing"):
		return Target{Text: l.Dest, Broken: `there is no "` + l.Dest + `"`}
	case strings.HasPrefix(l.Dest, "http"), strings.HasPrefix(l.Dest, "mailto:"):
		return Target{URL: l.Dest, Text: l.Dest, External: true}
	case l.Kind == Wiki:
		return Target{URL: "/glossary/" + Anchor(l.Dest) + "/", Text: "Page of " + l.Dest}
	}
	return Target{URL: "/base/" + l.Dest, Text: l.Dest}
}

var trailing = regexp.MustCompile(`[ \t]+\n`)

// describe lists what a Doc says about its text, one thing on a line.
func describe(d *Doc) string {
	var b strings.Builder
	fmt.Fprintf(&b, "title: %q\nlead: %q\n", d.Title, d.Lead)
	for _, h := range d.Headings {
		fmt.Fprintf(&b, "heading: %d:%d level %d #%s %q\n", h.Pos.Line, h.Pos.Col, h.Level, h.ID, h.Text)
	}
	for _, l := range d.Links {
		kind := [...]string{"inline", "auto", "wiki", "image"}[l.Kind]
		fmt.Fprintf(&b, "link: %d:%d %s %q title %q text %q\n", l.Pos.Line, l.Pos.Col, kind, l.Dest, l.Title, l.Text)
	}
	for _, s := range d.Sections {
		fmt.Fprintf(&b, "section: #%s %q\n\t%s\n", s.ID, s.Heading, strings.ReplaceAll(s.Text, "\n", "\n\t"))
	}
	for _, f := range d.Findings {
		fmt.Fprintf(&b, "finding %s\n", f)
	}
	// White space at the end of a line, which editors like to remove, says nothing.
	return trailing.ReplaceAllString(b.String(), "\n")
}
