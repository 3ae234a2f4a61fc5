package markdown

import (
	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/util"
)

// Footnotes are written here because goldmark's own ids hold a colon, which
// has to be escaped wherever CSS or a script names them.

func noteID(index int) string { return "fn-" + itoa(index) }

// referenceID is the id of the place that refers to a note. The first one is
// number 0.
func referenceID(index, number int) string {
	id := "fnref-" + itoa(index)
	if number > 0 {
		id += "-" + itoa(number)
	}
	return id
}

func (nodes) footnoteLink(w util.BufWriter, _ []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		n := node.(*east.FootnoteLink)
		w.WriteString("<sup" + attr("id", referenceID(n.Index, n.RefIndex)) + "><a" + attr("href", "#"+noteID(n.Index)) +
			` class="footnote-ref" role="doc-noteref">` + itoa(n.Index) + "</a></sup>")
	}
	return ast.WalkContinue, nil
}

func (nodes) footnoteBacklink(w util.BufWriter, _ []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		n := node.(*east.FootnoteBacklink)
		w.WriteString("&#160;<a" + attr("href", "#"+referenceID(n.Index, n.RefIndex)) +
			` class="footnote-backref" role="doc-backlink" aria-label="Back to the text">&#x21a9;&#xfe0e;</a>`)
	}
	return ast.WalkContinue, nil
}

func (nodes) footnote(w util.BufWriter, _ []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		w.WriteString("<li" + attr("id", noteID(node.(*east.Footnote).Index)) + ">\n")
	} else {
		w.WriteString("</li>\n")
	}
	return ast.WalkContinue, nil
}

func (nodes) footnoteList(w util.BufWriter, _ []byte, _ ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		w.WriteString("<section class=\"footnotes\" role=\"doc-endnotes\" aria-label=\"Footnotes\">\n<hr>\n<ol>\n")
	} else {
		w.WriteString("</ol>\n</section>\n")
	}
	return ast.WalkContinue, nil
}
