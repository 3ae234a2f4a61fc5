package markdown

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// wikiLink is [[target]] or [[target|label]].
type wikiLink struct {
	ast.BaseInline
	target, label string
}

var kindWikiLink = ast.NewNodeKind("WikiLink")

func (*wikiLink) Kind() ast.NodeKind { return kindWikiLink }

// words is what the link shows, as far as the text alone can tell.
func (n *wikiLink) words() string {
	if n.label != "" {
		return n.label
	}
	return n.target
}

func (n *wikiLink) Dump(source []byte, level int) {
	ast.DumpHelper(n, source, level, map[string]string{"Target": n.target, "Label": n.label}, nil)
}

type wikiParser struct{}

func (wikiParser) Trigger() []byte { return []byte{'['} }

func (wikiParser) Parse(_ ast.Node, block text.Reader, _ parser.Context) ast.Node {
	line, _ := block.PeekLine()
	if !bytes.HasPrefix(line, []byte("[[")) {
		return nil
	}
	end := bytes.Index(line, []byte("]]"))
	if end < 0 {
		return nil
	}
	inner := string(line[2:end])
	if strings.ContainsAny(inner, "[]`") || strings.HasPrefix(string(line[end+2:]), "(") {
		return nil
	}
	target, label, _ := strings.Cut(inner, "|")
	target = strings.TrimSuffix(target, `\`) // in a table the bar is written \|
	if strings.TrimSpace(target) == "" {
		return nil
	}
	block.Advance(end + 2)
	return &wikiLink{target: strings.TrimSpace(target), label: strings.TrimSpace(label)}
}
