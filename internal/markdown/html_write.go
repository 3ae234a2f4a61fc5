package markdown

import (
	"html"
	"regexp"
	"strings"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/util"
)

// A hole in a Doc's HTML is "\x00" mark index "\x00", where index is that of
// the link. The input holds no NUL: CommonMark replaces it.
const (
	holeOpen  = "o" // <a href="...">
	holeClose = "c" // </a>
	holeWhole = "w" // a bare wiki link with its words, or an image
)

// The words of the title heading stand between these marks. Nothing else has "t" or
// "T" after two NULs: where holes touch, a letter of theirs follows.
const (
	titleStart = "\x00\x00t\x00"
	titleEnd   = "\x00\x00T\x00"
)

func hole(mark string, link int) string { return "\x00" + mark + itoa(link) + "\x00" }

// attr returns an attribute with a space before it. No attribute is ever
// written in another way.
func attr(name, value string) string { return " " + name + `="` + html.EscapeString(value) + `"` }

// nodes writes those nodes whose HTML is not goldmark's own.
type nodes struct {
	rawHTML bool
}

func (n nodes) RegisterFuncs(reg renderer.NodeRendererFuncRegisterer) {
	reg.Register(ast.KindHeading, n.heading)
	reg.Register(ast.KindLink, n.link)
	reg.Register(ast.KindAutoLink, n.autoLink)
	reg.Register(ast.KindImage, n.whole)
	reg.Register(kindWikiLink, n.wiki)
	reg.Register(ast.KindBlockquote, n.quote)
	reg.Register(ast.KindCodeBlock, n.code)
	reg.Register(ast.KindFencedCodeBlock, n.code)
	reg.Register(ast.KindListItem, n.listItem)
	reg.Register(east.KindTable, n.table)
	reg.Register(east.KindTableCell, n.tableCell)
	reg.Register(east.KindTaskCheckBox, n.checkBox)
	reg.Register(east.KindFootnoteLink, n.footnoteLink)
	reg.Register(east.KindFootnoteBacklink, n.footnoteBacklink)
	reg.Register(east.KindFootnote, n.footnote)
	reg.Register(east.KindFootnoteList, n.footnoteList)
	if !n.rawHTML {
		reg.Register(ast.KindRawHTML, n.rawInline)
		reg.Register(ast.KindHTMLBlock, n.rawBlock)
	}
}

func (nodes) heading(w util.BufWriter, _ []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	level, _ := node.AttributeString(attrLevel)
	shown, _ := level.(int)
	if shown == 1 {
		if entering {
			w.WriteString(titleStart)
		} else {
			w.WriteString(titleEnd)
		}
		return ast.WalkContinue, nil
	}
	value, _ := node.AttributeString("id")
	id, _ := value.([]byte)
	tag := "h" + itoa(max(shown, 2))
	if entering {
		w.WriteString("<" + tag + attr("id", string(id)) + ">")
	} else {
		w.WriteString(` <a class="anchor"` + attr("href", "#"+string(id)) + ` aria-label="Link to this section">#</a></` + tag + ">\n")
	}
	return ast.WalkContinue, nil
}

func linkIndex(node ast.Node) int {
	v, _ := node.AttributeString(attrLink)
	i, _ := v.(int)
	return i
}

func (nodes) link(w util.BufWriter, _ []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	mark := holeClose
	if entering {
		mark = holeOpen
	}
	w.WriteString(hole(mark, linkIndex(node)))
	return ast.WalkContinue, nil
}

func (nodes) autoLink(w util.BufWriter, source []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		i := linkIndex(node)
		label := node.(*ast.AutoLink).Label(source)
		w.WriteString(hole(holeOpen, i) + html.EscapeString(string(label)) + hole(holeClose, i))
	}
	return ast.WalkContinue, nil
}

func (nodes) whole(w util.BufWriter, _ []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		w.WriteString(hole(holeWhole, linkIndex(node)))
	}
	return ast.WalkSkipChildren, nil
}

func (nodes) wiki(w util.BufWriter, _ []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	i := linkIndex(node)
	if label := node.(*wikiLink).label; label != "" {
		w.WriteString(hole(holeOpen, i) + html.EscapeString(label) + hole(holeClose, i))
	} else {
		w.WriteString(hole(holeWhole, i))
	}
	return ast.WalkContinue, nil
}

func (nodes) quote(w util.BufWriter, _ []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	v, isAlert := node.AttributeString(attrAlert)
	kind, _ := v.(string)
	switch {
	case isAlert && entering:
		title := strings.ToUpper(kind[:1]) + kind[1:]
		w.WriteString("<aside" + attr("class", "alert alert-"+kind) + ` role="note"` + attr("aria-label", title) +
			">\n<p class=\"alert-title\">" + title + "</p>\n")
	case isAlert:
		w.WriteString("</aside>\n")
	case entering:
		w.WriteString("<blockquote>\n")
	default:
		w.WriteString("</blockquote>\n")
	}
	return ast.WalkContinue, nil
}

func (nodes) listItem(w util.BufWriter, _ []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		w.WriteString("</li>\n")
		return ast.WalkContinue, nil
	}
	class := ""
	if c := node.FirstChild(); c != nil && c.FirstChild() != nil && c.FirstChild().Kind() == east.KindTaskCheckBox {
		class = attr("class", "task")
	}
	w.WriteString("<li" + idOf(node) + class + ">")
	if c := node.FirstChild(); c != nil && c.Kind() != ast.KindTextBlock {
		w.WriteByte('\n')
	}
	return ast.WalkContinue, nil
}

func (nodes) checkBox(w util.BufWriter, _ []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	if node.(*east.TaskCheckBox).IsChecked {
		w.WriteString(`<input type="checkbox" checked disabled aria-label="Done"> `)
	} else {
		w.WriteString(`<input type="checkbox" disabled aria-label="Not done"> `)
	}
	return ast.WalkContinue, nil
}

func (nodes) table(w util.BufWriter, _ []byte, _ ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		w.WriteString("<div class=\"table\" tabindex=\"0\" role=\"group\" aria-label=\"Table\">\n<table>\n")
	} else {
		w.WriteString("</table>\n</div>\n")
	}
	return ast.WalkContinue, nil
}

func (nodes) tableCell(w util.BufWriter, _ []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	tag := "td"
	if node.Parent().Kind() == east.KindTableHeader {
		tag = "th"
	}
	if !entering {
		w.WriteString("</" + tag + ">\n")
		return ast.WalkContinue, nil
	}
	class := ""
	if a := node.(*east.TableCell).Alignment; a != east.AlignNone {
		class = attr("class", a.String())
	}
	w.WriteString("<" + tag + class + ">")
	return ast.WalkContinue, nil
}

func (n nodes) rawInline(w util.BufWriter, source []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		writeRaw(w, string(node.(*ast.RawHTML).Segments.Value(source)))
	}
	return ast.WalkSkipChildren, nil
}

func (n nodes) rawBlock(w util.BufWriter, source []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	block := node.(*ast.HTMLBlock)
	if entering {
		raw := string(block.Lines().Value(source))
		if block.HasClosure() {
			raw += string(block.ClosureLine.Value(source))
		}
		if !isComment(raw) {
			w.WriteString("<p>")
			writeRaw(w, strings.TrimSpace(raw))
			w.WriteString("</p>\n")
		}
	}
	return ast.WalkContinue, nil
}

// idOf is the id attribute of a block that has been given a name.
func idOf(node ast.Node) string {
	v, _ := node.AttributeString("id")
	if id, ok := v.([]byte); ok {
		return attr("id", string(id))
	}
	return ""
}

// writeRaw shows raw HTML as the text it is, so that a "<service>" in prose is
// not lost. Comments vanish, and a line break, which tables need, is kept.
func writeRaw(w util.BufWriter, raw string) {
	switch {
	case isComment(raw):
	case allowedTag(raw):
		w.WriteString("<br>")
	default:
		w.WriteString(html.EscapeString(raw))
	}
}

var lineBreak = regexp.MustCompile(`(?i)^<br\s*/?>$`)

func allowedTag(raw string) bool { return isComment(raw) || lineBreak.MatchString(raw) }

func isComment(raw string) bool {
	raw = strings.TrimSpace(raw)
	return strings.HasPrefix(raw, "<!--") && strings.HasSuffix(raw, "-->") && strings.Count(raw, "-->") == 1
}
