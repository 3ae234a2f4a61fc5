package build_test

import (
	"regexp"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// parseHTML parses a page.
func parseHTML(t *testing.T, data []byte) *html.Node {
	t.Helper()
	doc, err := html.Parse(strings.NewReader(string(data)))
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// attribute returns the value of an attribute, or an empty string.
func attribute(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

func has(n *html.Node, key string) bool {
	for _, a := range n.Attr {
		if a.Key == key {
			return true
		}
	}
	return false
}

// words is the text of an element with its white space in order.
func words(n *html.Node) string {
	var b strings.Builder
	if n.Type == html.TextNode {
		b.WriteString(n.Data)
	}
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// step is one part of a selector: a name, a class, an id or an attribute.
var step = regexp.MustCompile(`^([a-z0-9]*)(?:#([\w-]+))?((?:\.[\w-]+)*)(?:\[([\w-]+)(?:="([^"]*)")?\])?$`)

// find returns the elements that a selector means: steps such as
// `li.row`, `#main` or `a[rel="next"]`, each inside of the one before.
func find(t *testing.T, n *html.Node, selector string) []*html.Node {
	t.Helper()
	found := []*html.Node{n}
	for _, part := range strings.Fields(selector) {
		m := step.FindStringSubmatch(part)
		if m == nil {
			t.Fatalf("%q is no selector that this helper knows", part)
		}
		var next []*html.Node
		seen := map[*html.Node]bool{}
		for _, in := range found {
			for d := range in.Descendants() {
				if d.Type == html.ElementNode && matches(d, m) && !seen[d] {
					seen[d] = true
					next = append(next, d)
				}
			}
		}
		found = next
	}
	return found
}

func matches(n *html.Node, m []string) bool {
	classes := strings.Fields(attribute(n, "class"))
	for _, want := range strings.FieldsFunc(m[3], func(r rune) bool { return r == '.' }) {
		ok := false
		for _, c := range classes {
			ok = ok || c == want
		}
		if !ok {
			return false
		}
	}
	return (m[1] == "" || n.Data == m[1]) && (m[2] == "" || attribute(n, "id") == m[2]) &&
		(m[4] == "" || has(n, m[4])) && (m[5] == "" || attribute(n, m[4]) == m[5])
}
