package exchange

import (
	"bytes"
	"regexp"
	"strings"

	"github.com/JohannesKaufmann/html-to-markdown/v2/converter"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/base"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/commonmark"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/strikethrough"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/table"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// page is what HTML holds beside its text.
type page struct {
	title, author, keywords string
}

// fromHTML converts a page to Markdown.
func fromHTML(text string) (body string, p page, err error) {
	doc, err := html.Parse(strings.NewReader(text))
	if err != nil {
		return "", page{}, err
	}
	for _, n := range elements(doc) {
		switch n.DataAtom {
		case atom.Title:
			if p.title == "" {
				p.title = words(n)
			}
		case atom.Meta:
			content := strings.Join(strings.Fields(attr(n, "content")), " ")
			switch strings.ToLower(attr(n, "name")) {
			case "author":
				p.author = content
			case "keywords":
				p.keywords = content
			}
		}
	}
	for _, n := range elements(doc) {
		switch n.DataAtom {
		case atom.Head, atom.Nav, atom.Script, atom.Style, atom.Noscript, atom.Template, atom.Iframe, atom.Object, atom.Svg, atom.Button, atom.Input, atom.Select:
			if n.Parent != nil {
				n.Parent.RemoveChild(n)
			}
		}
	}
	mendWord(doc)
	mendTables(doc)
	c := converter.NewConverter(converter.WithPlugins(
		base.NewBasePlugin(),
		commonmark.NewCommonmarkPlugin(commonmark.WithBulletListMarker("-"), commonmark.WithListEndComment(false),
			commonmark.WithLinkEmptyHrefBehavior(commonmark.LinkBehaviorSkip)),
		table.NewTablePlugin(table.WithHeaderPromotion(true), table.WithSkipEmptyRows(true), table.WithNewlineBehavior(table.NewlineBehaviorPreserve),
			table.WithCellPaddingBehavior(table.CellPaddingBehaviorMinimal)),
		strikethrough.NewStrikethroughPlugin(),
	))
	out, err := c.ConvertNode(doc)
	if err != nil {
		return "", page{}, err
	}
	out = bytes.ReplaceAll(out, []byte{0}, nil)
	out = spaces.ReplaceAll(out, nil)
	out = escapedBox.ReplaceAll(out, []byte("$1[$2] "))
	return strings.TrimSpace(string(out)) + "\n", p, nil
}

// spaces are those of lines that hold nothing else.
var spaces = regexp.MustCompile(`(?m)^[ \t]+$`)

// escapedBox is the box of a task, which the converter takes for the words that
// it was in HTML.
var escapedBox = regexp.MustCompile(`(?m)^([ \t]*(?:[-*+]|[0-9]+\.) )\\?\[([ xX])\\?\] `)

// mendTables puts the paragraphs of a cell on lines of their own; Markdown has
// cells of one paragraph only.
func mendTables(doc *html.Node) {
	for _, cell := range elements(doc) {
		if cell.DataAtom != atom.Td && cell.DataAtom != atom.Th {
			continue
		}
		first := true
		for c := cell.FirstChild; c != nil; {
			next := c.NextSibling
			if c.Type == html.ElementNode && (c.DataAtom == atom.P || c.DataAtom == atom.Div) {
				if !first {
					cell.InsertBefore(&html.Node{Type: html.ElementNode, Data: "br", DataAtom: atom.Br}, c)
				}
				first = false
				unwrap(c)
			}
			c = next
		}
	}
}

// elements lists the elements below a node in order, so that they may be changed.
func elements(n *html.Node) []*html.Node {
	var list []*html.Node
	for d := range n.Descendants() {
		if d.Type == html.ElementNode {
			list = append(list, d)
		}
	}
	return list
}

// unwrap puts an element's children in its place.
func unwrap(n *html.Node) {
	for c := n.FirstChild; c != nil; {
		next := c.NextSibling
		n.RemoveChild(c)
		n.Parent.InsertBefore(c, n)
		c = next
	}
	n.Parent.RemoveChild(n)
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

// words is the text of an element on one line.
func words(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}
