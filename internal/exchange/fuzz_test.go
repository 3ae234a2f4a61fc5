package exchange

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/rogpeppe/go-internal/txtar"

	"debrief/internal/diag"
	"debrief/internal/kb"
	"debrief/internal/markdown"
	"debrief/internal/tree"
)

// seeds adds the sources of the golden files.
func seeds(f *testing.F, html bool) {
	for _, name := range []string{"html", "labels", "front_matter", "bullets", "headings"} {
		a, err := txtar.ParseFile("testdata/" + name + "_style.txtar")
		if err != nil {
			f.Fatal(err)
		}
		for _, file := range a.Files {
			if strings.HasPrefix(file.Name, "old/") && (formOf(file.Name, file.Data) == htmlText) == html {
				f.Add(strings.TrimPrefix(file.Name, "old/"), string(file.Data))
			}
		}
	}
}

// sound brings bytes in, and checks that debrief reads what comes out as it was
// filled in: no panic, no error, each fact that is told is there.
func sound(t *testing.T, name, text string, html bool) {
	rd := newReader(kb.DefaultConfig())
	d := &draft{reader: rd, file: File{From: name}}
	if !utf8.ValidString(name) || d.read([]byte(text), html) != nil {
		return
	}
	p := markdown.NewParser(markdown.Options{})
	read := p.Read([]byte(d.body), d.line)
	doc := read.Doc()
	if diag.Count(doc.Findings, diag.Error) > 0 {
		return // too complex for debrief, which the import reports
	}
	if doc.Title != "" && !d.has("title") {
		d.takeTitle(doc.Title, "the first heading")
	}
	d.takeLabels(read, doc)
	data, err := d.bytes()
	if err != nil {
		t.Fatal(err)
	}
	r := rd.parser.File(tree.NewFile("incidents/x.md", data))
	for _, f := range r.Findings {
		if f.Level == diag.Error && f.Rule == "front-matter" {
			t.Errorf("%v\n%s", f, data)
		}
	}
	if r.Incident == nil {
		return
	}
	if want := d.text("title"); want != "" && strings.Join(strings.Fields(r.Incident.Title), " ") != strings.Join(strings.Fields(want), " ") {
		t.Errorf("the title is %q, want %q\n%s", r.Incident.Title, want, data)
	}
	if w, err := kb.ParseWhen(d.text("started"), time.UTC); err != nil || w.Known() && !r.Incident.Started.Time.Equal(w.Time) {
		t.Errorf("it started at %v, want %v\n%s", r.Incident.Started, w, data)
	}
}

func FuzzMarkdown(f *testing.F) {
	seeds(f, false)
	f.Fuzz(func(t *testing.T, name, text string) { sound(t, name, text, false) })
}

func FuzzHTML(f *testing.F) {
	seeds(f, true)
	f.Fuzz(func(t *testing.T, name, text string) { sound(t, name, text, true) })
}
