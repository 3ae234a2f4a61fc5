package markdown

import (
	"regexp"
	"strings"

	"github.com/yuin/goldmark/ast"
)

var alertMark = regexp.MustCompile(`(?i)^\[!(note|tip|important|warning|caution)\][ \t]*$`)

// alert marks a block quote whose first line is "[!NOTE]" or another of
// GitHub's five kinds, and takes that line out of the text.
func (r *reading) alert(quote *ast.Blockquote) {
	p, ok := quote.FirstChild().(*ast.Paragraph)
	if !ok || p.Lines().Len() == 0 {
		return
	}
	first := p.Lines().At(0)
	m := alertMark.FindStringSubmatch(strings.TrimRight(string(first.Value(r.src)), "\r\n"))
	if m == nil {
		return
	}
	quote.SetAttributeString(attrAlert, strings.ToLower(m[1]))
	for c := p.FirstChild(); c != nil; {
		next := c.NextSibling()
		t, isText := c.(*ast.Text)
		if c.Pos() >= first.Stop || isText && t.Segment.Start >= first.Stop {
			break
		}
		p.RemoveChild(p, c)
		c = next
	}
	if p.ChildCount() == 0 {
		quote.RemoveChild(quote, p)
	}
}
