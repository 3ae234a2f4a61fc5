package internal

import (
	"fmt"
	"io/fs"
	"os"
	"strings"
	"testing"
	"text/template/parse"

	"golang.org/x/net/html"
)

// action stands in the flattened text of a layout wherever a value would be
// written.
const action = "\x01"

// TestLayoutsLint looks at the layouts as text, with every action replaced by
// a mark. html/template escapes by context and is good at it, but its few
// holes were all in scripts, styles, unquoted attributes and <meta> refreshes.
// The theme stays away from them.
func TestLayoutsLint(t *testing.T) {
	for name, text := range flattened(t, os.DirFS("../layouts")) {
		for _, problem := range lint(text) {
			t.Errorf("layouts/%s: %s", name, problem)
		}
	}
}

// TestLint tries the lint on what it has to find, lest it find nothing.
func TestLint(t *testing.T) {
	for _, test := range []struct{ layout, want string }{
		{`<script src="{{.A}}"></script><a{{if .B}} class="{{.B}}"{{end}} href='{{.C}}'>{{.D}}</a>`, ""},
		{`<meta name="description" content="{{.A}}"><title>{{.B}}</title>`, ""},
		{`<script>let a = {{.A}}</script>`, "an action in <script>"},
		{`<script>{{template "x"}}</script>`, "an action in <script>"},
		{`<style>a { color: {{.A}} }</style>`, "an action in <style>"},
		{`<meta http-equiv="refresh" content="0; url={{.A}}">`, "an action in <meta http-equiv>"},
		{`<a href={{.A}}>x</a>`, "an action in <a> outside of quotes"},
		{`<a {{.A}}>x</a>`, "an action in <a> outside of quotes"},
		{`<a style="color: red">x</a>`, "the attribute style in <a>"},
		{`<a onclick="x()">x</a>`, "the attribute onclick in <a>"},
		{`<script>alert(1)</script>`, "an inline script"},
	} {
		trees, err := parse.Parse("x", test.layout, "", "", map[string]any{})
		if err != nil {
			t.Fatal(err)
		}
		got := strings.Join(lint(flat(trees["x"].Root)), "; ")
		if !strings.Contains(got, test.want) || test.want == "" && got != "" {
			t.Errorf("%s\n got %q\nwant %q", test.layout, got, test.want)
		}
	}
}

// flattened returns the text of every template that the theme defines.
func flattened(t *testing.T, theme fs.FS) map[string]string {
	t.Helper()
	texts := map[string]string{}
	for _, pattern := range []string{"*.html", "partials/*.html"} {
		files, err := fs.Glob(theme, pattern)
		if err != nil || len(files) == 0 {
			t.Fatalf("no layouts match %s: %v", pattern, err)
		}
		for _, file := range files {
			src, err := fs.ReadFile(theme, file)
			if err != nil {
				t.Fatal(err)
			}
			tree := parse.New(file)
			tree.Mode = parse.SkipFuncCheck
			set := map[string]*parse.Tree{}
			if _, err := tree.Parse(string(src), "", "", set); err != nil {
				t.Fatal(err)
			}
			for name, tr := range set {
				texts[fmt.Sprintf("%s %q", file, name)] = flat(tr.Root)
			}
		}
	}
	return texts
}

// flat writes a template with both branches of each condition and a mark for
// each value.
func flat(n parse.Node) string {
	var b strings.Builder
	branch := func(n *parse.BranchNode) {
		b.WriteString(flat(n.List))
		if n.ElseList != nil {
			b.WriteString(flat(n.ElseList))
		}
	}
	switch n := n.(type) {
	case *parse.ListNode:
		for _, c := range n.Nodes {
			b.WriteString(flat(c))
		}
	case *parse.TextNode:
		b.Write(n.Text)
	case *parse.ActionNode:
		if len(n.Pipe.Decl) == 0 {
			b.WriteString(action)
		}
	case *parse.TemplateNode:
		b.WriteString(action)
	case *parse.IfNode:
		branch(&n.BranchNode)
	case *parse.RangeNode:
		branch(&n.BranchNode)
	case *parse.WithNode:
		branch(&n.BranchNode)
	}
	return b.String()
}

func lint(text string) []string {
	var problems []string
	find := func(format string, args ...any) { problems = append(problems, fmt.Sprintf(format, args...)) }
	z := html.NewTokenizer(strings.NewReader(text))
	inside := ""
	for {
		kind := z.Next()
		raw := string(z.Raw())
		switch kind {
		case html.ErrorToken:
			return problems
		case html.TextToken:
			switch {
			case inside != "" && strings.Contains(raw, action):
				find("an action in <%s>", inside)
			case inside != "" && strings.TrimSpace(raw) != "":
				find("an inline %s", inside)
			}
		case html.EndTagToken:
			inside = ""
		case html.StartTagToken, html.SelfClosingTagToken:
			token := z.Token()
			if token.Data == "script" || token.Data == "style" {
				inside = token.Data
			}
			if unquoted(raw) {
				find("an action in <%s> outside of quotes", token.Data)
			}
			for _, a := range token.Attr {
				switch {
				case a.Key == "http-equiv" && token.Data == "meta" && strings.Contains(raw, action):
					find("an action in <meta http-equiv>")
				case a.Key == "style", strings.HasPrefix(a.Key, "on"):
					find("the attribute %s in <%s>", a.Key, token.Data)
				}
			}
		}
	}
}

// unquoted tells whether a tag has an action outside of quotation marks.
func unquoted(tag string) bool {
	quote := rune(0)
	for _, r := range tag {
		switch {
		case quote == 0 && string(r) == action:
			return true
		case quote == 0 && (r == '"' || r == '\''):
			quote = r
		case r == quote:
			quote = 0
		}
	}
	return false
}
