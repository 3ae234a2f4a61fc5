package render_test

import (
	"html/template"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"debrief/internal/render"
	"debrief/internal/tree"
	"debrief/internal/view"
	"debrief/layouts"
)

// values is each layout with the zero value of what it shows.
var values = map[string]any{
	"home": view.Home{}, "list": view.List{}, "taxonomy": view.Taxonomy{}, "incident": view.Incident{},
	"playbook": view.Playbook{}, "guide": view.Guide{}, "situation": view.Situation{}, "runsheet": view.RunSheet{Meeting: &view.Meeting{}}, "practice": view.Practice{}, "glossary": view.Glossary{}, "term": view.Term{},
	"page": view.Plain{}, "search": view.Search{}, "insights": view.Insights{}, "404": view.NotFound{},
	"start": view.StartHere{}, "calendar": view.DaysOfYear{}, "day": view.Day{}, "programs": view.Programs{},
	"actions": view.Actions{}, "action-groups": view.ActionGroups{},
}

func theme(t *testing.T) tree.Tree {
	t.Helper()
	files, err := tree.FromFS(layouts.FS)
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// parsed parses a theme in which nothing may be wrong.
func parsed(t *testing.T, files tree.Tree) *render.Renderer {
	t.Helper()
	r, findings := render.New(files)
	if len(findings) > 0 {
		t.Fatalf("findings %v", findings)
	}
	return r
}

func page(layout string, value any) view.Page {
	return view.Page{Path: "x/index.html", Layout: layout, Value: func() any { return value }}
}

func TestLayouts(t *testing.T) {
	got := slices.Sorted(maps.Keys(parsed(t, theme(t)).Layouts()))
	if want := slices.Sorted(maps.Keys(values)); !slices.Equal(got, want) {
		t.Errorf("layouts %v, want %v", got, want)
	}
}

// TestEveryLayout runs each layout with nothing to show and with something in
// every field. A layout that names a field that is not there fails in one of
// the two, unless it is in a branch that both take.
func TestEveryLayout(t *testing.T) {
	r := parsed(t, theme(t))
	for layout, zero := range values {
		full := reflect.New(reflect.TypeOf(zero)).Elem()
		fill(full, "")
		for name, value := range map[string]any{"zero": zero, "full": full.Interface()} {
			t.Run(layout+" "+name, func(t *testing.T) {
				data, f := r.Page(page(layout, value))
				if f != nil {
					t.Fatal(f)
				}
				nested(t, string(data))
				for _, bad := range []string{"ZgotmplZ", "<no value>", "%!", "<nil>", "<script>alert"} {
					if strings.Contains(string(data), bad) {
						t.Errorf("the page holds %s:\n%s", bad, data)
					}
				}
				if n := strings.Count(string(data), "<h1"); n != 1 {
					t.Errorf("the page has %d headings of level 1", n)
				}
			})
		}
	}
}

// hostile is a text that would break out of an attribute or an element.
const hostile = `"'></title><script>alert(1)</script>`

// fill sets every field of a page value. Text is hostile, URLs are plain, and
// HTML is HTML.
func fill(v reflect.Value, name string) {
	switch v.Kind() {
	case reflect.String:
		switch {
		case v.Type() == reflect.TypeFor[template.HTML]():
			v.SetString("<p>Text</p>")
		case strings.HasSuffix(name, "URL") || slices.Contains([]string{"CSS", "JS", "Icon", "Script", "Newer", "Older", "Canonical"}, name):
			v.SetString("/kb/x/")
		case name == "ID" || name == "Letter" || name == "Language" || name == "Kind":
			v.SetString("x")
		default:
			v.SetString(name + hostile)
		}
	case reflect.Int:
		v.SetInt(2)
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem(), name)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		for i := range v.Len() {
			fill(v.Index(i), name)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			fill(v.Field(i), v.Type().Field(i).Name)
		}
	}
}

var void = []string{"br", "hr", "img", "input", "link", "meta", "path", "circle", "rect"}

// nested checks that every element that is opened is closed, in order. A
// browser would forgive much of this, and show something else than was meant.
func nested(t *testing.T, text string) {
	t.Helper()
	z := html.NewTokenizer(strings.NewReader(text))
	var stack []string
	for {
		switch kind := z.Next(); kind {
		case html.ErrorToken:
			if len(stack) > 0 {
				t.Errorf("never closed: %v", stack)
			}
			return
		case html.StartTagToken:
			if name := z.Token().Data; !slices.Contains(void, name) {
				stack = append(stack, name)
			}
		case html.EndTagToken:
			name := z.Token().Data
			if len(stack) == 0 || stack[len(stack)-1] != name {
				t.Fatalf("</%s> closes %v in\n%s", name, stack, text)
			}
			stack = stack[:len(stack)-1]
		}
	}
}

func TestRedirect(t *testing.T) {
	r := parsed(t, theme(t))
	for _, to := range []string{"/kb/incidents/inc-1/", `/kb/"><script>alert(1)</script>`, "/kb/a'b&c;d/"} {
		data, f := r.Page(view.Page{Path: "old/index.html", To: to})
		if f != nil {
			t.Fatal(f)
		}
		nested(t, string(data))
		doc, err := html.Parse(strings.NewReader(string(data)))
		if err != nil {
			t.Fatal(err)
		}
		var refresh, href string
		for n := range doc.Descendants() {
			for _, a := range n.Attr {
				switch {
				case n.Data == "script":
					t.Errorf("the redirect to %q holds a script", to)
				case n.Data == "meta" && a.Key == "content" && strings.HasPrefix(a.Val, "0;"):
					refresh = a.Val
				case n.Data == "a" && a.Key == "href":
					href = a.Val
				}
			}
		}
		if refresh != "0; url="+to || href != to {
			t.Errorf("the redirect to %q leads to %q and links to %q", to, refresh, href)
		}
	}
}

// TestMistakesInLayouts tells that each mistake comes back with the place where
// it is, so that whoever writes a layout of their own need not guess.
func TestMistakesInLayouts(t *testing.T) {
	for _, test := range []struct {
		name, file, text string
		want             string // start of the finding
	}{
		{"unclosed action", "term.html", "{{define \"main\"}}\n{{.Heading", "term.html:2: error: unclosed action"},
		{"unclosed if", "term.html", "{{define \"main\"}}\n{{if .Heading}}\n{{end}}", "term.html:3: error: unexpected EOF"},
		{"unknown function", "term.html", "{{define \"main\"}}{{upper .Heading}}{{end}}", `term.html:1: error: function "upper" not defined`},
		{"mistake in a partial", "partials/mentions.html", "{{define \"mentions\"}}\n\n{{else}}{{end}}", "partials/mentions.html:3: error: unexpected {{else}}"},
		{"mistake in the base", "base.html", "<html>{{", "base.html:1: error: "},
		{"no main", "term.html", "<p>Hello</p>", `term.html: error: the layout defines no template "main"`},
		{"unknown field", "term.html", "{{define \"main\"}}\n  {{.Headline}}{{end}}", "term.html:2:5: error: executing \"main\" at <.Headline>: can't evaluate field Headline"},
		{"unknown field in a partial", "partials/mentions.html", "{{define \"mentions\"}}{{if .}}{{range .}}\n{{.Nope}}{{end}}{{end}}{{end}}",
			"partials/mentions.html:2:3: error: executing \"mentions\" at <.Nope>: can't evaluate field Nope"},
		{"missing partial", "term.html", "{{define \"main\"}}\n{{template \"nope\" .}}{{end}}", "term.html:2:12: error: no such template \"nope\""},
		{"value in a wrong place", "term.html", "{{define \"main\"}}\n<a href='{{if .Heading}}\"{{else}}'{{end}}>x</a>{{end}}", "term.html:2:15: error: {{if}} branches end in different contexts"},
		{"ends inside of a tag", "term.html", "{{define \"main\"}}\n<a href=\"{{.Heading}}{{end}}", "term.html"},
		{"after letters of two bytes", "term.html", "{{define \"main\"}}\nüüü {{.Headline}}{{end}}", "term.html:2:7: error: executing \"main\" at <.Headline>: can't evaluate field Headline"},
		{"wrong argument", "term.html", "{{define \"main\"}}{{plural .Heading \"a\" \"b\"}}{{end}}", "term.html:1:27: error: executing \"main\" at <.Heading>: wrong type for value; expected int; got string"},
	} {
		t.Run(test.name, func(t *testing.T) {
			r, findings := render.New(theme(t).With(tree.NewFile(test.file, []byte(test.text))))
			full := reflect.New(reflect.TypeFor[view.Term]()).Elem()
			fill(full, "")
			_, failed := r.Page(page("term", full.Interface()))
			if failed == nil {
				t.Fatal("the page is made all the same")
			}
			if len(findings) == 0 {
				findings = append(findings, *failed)
				if !strings.Contains(failed.Text, "(on the page x/index.html)") {
					t.Errorf("the finding does not say which page failed: %s", failed.Text)
				}
			}
			if got := findings[0].String(); !strings.HasPrefix(got, test.want) || !strings.HasSuffix(got, "[layout]") || strings.Contains(got, "template: ") {
				t.Errorf("findings\n got %v\nwant %s", findings, test.want)
			}
		})
	}
}

// TestOneBrokenLayout tells that a mistake in one layout leaves the others usable.
func TestOneBrokenLayout(t *testing.T) {
	r, findings := render.New(theme(t).With(tree.NewFile("term.html", []byte("{{"))))
	if len(findings) != 1 || r.Layouts()["term"] || !r.Layouts()["incident"] {
		t.Errorf("findings %v, layouts %v", findings, r.Layouts())
	}
	if _, f := r.Page(page("incident", view.Incident{})); f != nil {
		t.Error(f)
	}
	if _, f := r.Page(page("term", view.Term{})); f == nil || f.Path != "term.html" {
		t.Errorf("a broken layout gives %v", f)
	}
}

// TestLargeLayouts reads a layout and a partial that are too large to be kept in
// memory, and then again when they are gone.
func TestLargeLayouts(t *testing.T) {
	dir := t.TempDir()
	large := map[string]string{"term.html": `{{define "main"}}A large term.{{end}}`, "footer.html": `{{define "footer"}}A large footer.{{end}}`}
	for name, text := range large {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(strings.Repeat("\n", tree.MaxLoaded)+text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	reader, err := tree.NewReader(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer reader.Close()
	read, _, err := reader.Read()
	if err != nil {
		t.Fatal(err)
	}
	term, _ := read.File("term.html")
	footer, _ := read.File("footer.html")
	footer.Path = "partials/footer.html"
	files := theme(t).With(term).With(footer)
	data, f := parsed(t, files).Page(page("term", view.Term{}))
	if f != nil || !strings.Contains(string(data), "A large term.") || !strings.Contains(string(data), "A large footer.") {
		t.Errorf("%v\n%s", f, data)
	}

	for name := range large {
		if err := os.Remove(filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	_, findings := render.New(files)
	if len(findings) != 2 || findings[0].Path != "partials/footer.html" || findings[1].Path != "term.html" {
		t.Errorf("findings %v, want one for each file", findings)
	}
}

func TestNoTheme(t *testing.T) {
	r, findings := render.New(tree.Tree{})
	if len(findings) != 1 || findings[0].Path != "base.html" {
		t.Errorf("findings %v", findings)
	}
	if _, f := r.Page(page("home", view.Home{})); f == nil {
		t.Error("a page without a layout is made")
	}
}

// TestOverlay tells that a site can replace one file of the theme, a partial
// say, and leave the rest as it is.
func TestOverlay(t *testing.T) {
	over, err := tree.New([]tree.File{tree.NewFile("partials/footer.html", []byte(`{{define "footer"}}<footer>Ours: {{.SiteTitle}}</footer>{{end}}`))})
	if err != nil {
		t.Fatal(err)
	}
	r := parsed(t, tree.Overlay(theme(t), over))
	for layout, value := range values {
		data, f := r.Page(page(layout, value))
		if f != nil {
			t.Fatal(f)
		}
		if !strings.Contains(string(data), "<footer>Ours: </footer>") || strings.Contains(string(data), "Made with") {
			t.Errorf("%s has not got the site's own footer", layout)
		}
	}
}

// TestAnotherLayout tells that layouts which no page uses do no harm.
func TestAnotherLayout(t *testing.T) {
	r := parsed(t, theme(t).With(tree.NewFile("extra.html", []byte(`{{define "main"}}{{plural 1204 "thing" "things"}}, {{plural 1 "thing" "things"}}, {{plural 1000000 "a" "b"}}{{end}}`))))
	data, f := r.Page(page("extra", view.Plain{}))
	if f != nil || !strings.Contains(string(data), "1,204 things, 1 thing, 1,000,000 b") {
		t.Errorf("%v\n%s", f, data)
	}
}

// TestEscaping puts the same hostile text everywhere and counts what becomes of it.
func TestEscaping(t *testing.T) {
	r := parsed(t, theme(t))
	for layout, zero := range values {
		full := reflect.New(reflect.TypeOf(zero)).Elem()
		fill(full, "")
		data, f := r.Page(page(layout, full.Interface()))
		if f != nil {
			t.Fatal(f)
		}
		doc, err := html.Parse(strings.NewReader(string(data)))
		if err != nil {
			t.Fatal(err)
		}
		for n := range doc.Descendants() {
			if n.Type == html.ElementNode && n.Data == "script" && (n.FirstChild != nil || len(n.Attr) == 0) {
				t.Errorf("%s: a text has become a script", layout)
			}
			for _, a := range n.Attr {
				if strings.HasPrefix(a.Key, "on") || a.Key == "style" || a.Key == "srcdoc" {
					t.Errorf("%s: <%s %s=%q>", layout, n.Data, a.Key, a.Val)
				}
			}
		}
		if !strings.Contains(string(data), "&lt;script&gt;alert(1)") {
			t.Errorf("%s shows none of the text", layout)
		}
	}
}
