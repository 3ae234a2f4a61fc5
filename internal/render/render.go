// Package render turns page values into HTML with the theme's layouts.
//
// A layout is a file NAME.html that defines the template "main". It is parsed
// together with base.html and all of partials/, and base.html is what runs. The
// layouts may call nothing but the built-in functions, plural, and shared and slot,
// which render once what many pages have in common, so that a page depends on its
// value alone.
package render

import (
	"bytes"
	"fmt"
	"html"
	"html/template"
	"path"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	"debrief/internal/diag"
	"debrief/internal/tree"
	"debrief/internal/view"
)

// Renderer holds the parsed layouts. It is safe for concurrent use.
type Renderer struct {
	layouts map[string]*template.Template
	source  tree.Tree
	buffers sync.Pool // of *bytes.Buffer, in which pages are made
}

const base = "base.html"

// New parses the layouts. What is wrong with them comes back as findings, with
// paths inside the layouts folder; the layouts concerned cannot be used then.
func New(layouts tree.Tree) (*Renderer, []diag.Finding) {
	r := &Renderer{layouts: map[string]*template.Template{}, source: layouts}
	var findings []diag.Finding
	common := template.New("").Funcs(template.FuncMap{"plural": plural, "slot": slot, "shared": (&shared{}).render})
	for _, f := range layouts.Files() {
		if dir, ext := path.Dir(f.Path), path.Ext(f.Path); ext == ".html" && (f.Path == base || dir == "partials") {
			if err := add(common, f); err != nil {
				findings = append(findings, finding(layouts, f.Path, err))
			}
		}
	}
	if common.Lookup(base) == nil {
		findings = append(findings, diag.Finding{Path: base, Level: diag.Error, Rule: "layout", Text: "the theme has no base.html"})
	}
	for _, f := range layouts.Files() {
		if path.Dir(f.Path) != "." || path.Ext(f.Path) != ".html" || f.Path == base {
			continue
		}
		t, err := common.Clone()
		if err == nil {
			t.Funcs(template.FuncMap{"shared": (&shared{layout: t}).render})
			err = add(t, f)
		}
		if err == nil && t.Lookup("main") == nil {
			err = fmt.Errorf(`the layout defines no template "main"`)
		}
		if err != nil {
			findings = append(findings, finding(layouts, f.Path, err))
			continue
		}
		r.layouts[strings.TrimSuffix(f.Path, ".html")] = t
	}
	return r, findings
}

// add parses a layout and adds it to a set.
func add(set *template.Template, f tree.File) error {
	data, err := f.Bytes()
	if err == nil {
		_, err = set.New(f.Path).Parse(string(data))
	}
	return err
}

// Page returns the HTML of a page. An error is a finding about the layout.
func (r *Renderer) Page(p view.Page) ([]byte, *diag.Finding) {
	if p.To != "" {
		return redirect(p.To), nil
	}
	t, ok := r.layouts[p.Layout]
	if !ok {
		return nil, &diag.Finding{Path: p.Layout + ".html", Level: diag.Error, Rule: "layout", Text: "there is no such layout, or it cannot be used"}
	}
	out, ok := r.buffers.Get().(*bytes.Buffer)
	if !ok {
		out = new(bytes.Buffer)
	}
	defer r.buffers.Put(out)
	out.Reset()
	if err := t.ExecuteTemplate(out, base, p.Value()); err != nil {
		f := finding(r.source, p.Layout+".html", err)
		f.Text += " (on the page " + p.Path + ")"
		return nil, &f
	}
	return bytes.Clone(out.Bytes()), nil
}

// Layouts tells for which layouts the theme has a usable file.
func (r *Renderer) Layouts() map[string]bool {
	names := make(map[string]bool, len(r.layouts))
	for n := range r.layouts {
		names[n] = true
	}
	return names
}

// templateError matches the messages of text/template and html/template, as in
// "template: incident.html:12:4: executing ...".
var templateError = regexp.MustCompile(`^(?:html/)?template: ?([^:]+\.html):(\d+)(?::(\d+))?: (.*)$`)

func finding(layouts tree.Tree, file string, err error) diag.Finding {
	f := diag.Finding{Path: file, Level: diag.Error, Rule: "layout", Text: err.Error()}
	if m := templateError.FindStringSubmatch(err.Error()); m != nil {
		line, _ := strconv.Atoi(m[2])
		offset, _ := strconv.Atoi(m[3])
		f.Path, f.Pos, f.Text = m[1], diag.Pos{Line: line}, m[4]
		if source, ok := layouts.File(f.Path); ok && m[3] != "" {
			text, _ := source.Bytes() // without it there is no column
			lines := strings.SplitAfter(string(text), "\n")
			if line >= 1 && line <= len(lines) {
				f.Pos.Col = 1 + utf8.RuneCountInString(lines[line-1][:min(offset, len(lines[line-1]))])
			}
		}
	}
	return f
}

// redirect is a page that leads on at once, and by a link where that is off.
// It is no layout: html/template has had holes in <meta> refreshes.
func redirect(to string) []byte {
	to = html.EscapeString(to)
	return []byte(`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; base-uri 'none'; form-action 'none'">
<title>Moved</title>
<meta name="robots" content="noindex">
<meta http-equiv="refresh" content="0; url=` + to + `">
<link rel="canonical" href="` + to + `">
</head>
<body>
<p>This page has moved to <a href="` + to + `">` + to + `</a>.</p>
</body>
</html>
`)
}

// plural counts things: "1 incident", "1,204 incidents".
func plural(n int, one, many string) string {
	word := many
	if n == 1 {
		word = one
	}
	digits := strconv.Itoa(n)
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return digits + " " + word
}
