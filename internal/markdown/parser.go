package markdown

import (
	"bytes"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"debrief/internal/diag"
)

// Options choose what a Parser lets through.
type Options struct {
	RawHTML bool // write raw HTML as it is; only for sites whose authors are trusted with scripts
}

// Parser parses texts. It is safe for concurrent use.
type Parser struct {
	options  Options
	parser   parser.Parser
	renderer renderer.Renderer
}

// NewParser returns a parser.
func NewParser(o Options) *Parser {
	p := parser.NewParser(
		parser.WithBlockParsers(append(parser.DefaultBlockParsers(),
			util.Prioritized(extension.NewDefinitionListParser(), 101),
			util.Prioritized(extension.NewDefinitionDescriptionParser(), 102),
			util.Prioritized(extension.NewFootnoteBlockParser(), 999))...),
		parser.WithInlineParsers(append(parser.DefaultInlineParsers(),
			util.Prioritized(extension.NewTaskCheckBoxParser(), 0),
			util.Prioritized(extension.NewFootnoteParser(), 101),
			util.Prioritized(wikiParser{}, 150),
			util.Prioritized(extension.NewStrikethroughParser(), 500),
			util.Prioritized(extension.NewLinkifyParser(), 999))...),
		parser.WithParagraphTransformers(append(parser.DefaultParagraphTransformers(),
			util.Prioritized(extension.NewTableParagraphTransformer(), 200))...),
		parser.WithASTTransformers(
			util.Prioritized(extension.NewTableASTTransformer(), 0),
			util.Prioritized(extension.NewFootnoteASTTransformer(), 999)),
	)
	var htmlOptions []html.Option
	if o.RawHTML {
		htmlOptions = append(htmlOptions, html.WithUnsafe())
	}
	r := renderer.NewRenderer(renderer.WithNodeRenderers(
		util.Prioritized(html.NewRenderer(htmlOptions...), 1000),
		util.Prioritized(extension.NewDefinitionListHTMLRenderer(), 500),
		util.Prioritized(extension.NewStrikethroughHTMLRenderer(), 500),
		util.Prioritized(extension.NewTableHTMLRenderer(extension.WithTableCellAlignMethod(extension.TableCellAlignNone)), 500),
		util.Prioritized(nodes{rawHTML: o.RawHTML}, 100),
	))
	return &Parser{options: o, parser: p, renderer: r}
}

// Text is a text that has been read and is not HTML yet.
type Text struct {
	Blocks []Block // its outline; empty for a text that could not be read

	reading reading
	root    ast.Node
	parser  *Parser
}

// Parse reads the text, whose first line is line firstLine of its file, and
// makes its Doc.
func (p *Parser) Parse(src []byte, firstLine int) *Doc { return p.Read(src, firstLine).Doc() }

// Read reads the text, whose first line is line firstLine of its file. Text that
// would cost too much to parse gives a Doc with a finding and no more.
func (p *Parser) Read(src []byte, firstLine int) *Text {
	src = bytes.ReplaceAll(src, []byte{0}, []byte("\uFFFD")) // as CommonMark has it; a hole is marked by NUL
	t := &Text{parser: p, reading: reading{doc: &Doc{}, src: src, at: &positions{src: src, firstLine: firstLine}, rawHTML: p.options.RawHTML}}
	r := &t.reading
	if pos, why := overBudget(src); why != "" {
		r.find(pos, diag.Error, "too-complex", why, "debrief refuses text that would take seconds to parse; split or simplify it")
		return t
	}
	root := p.parser.Parse(text.NewReader(src))
	r.read(root)
	if r.filled > max(100<<10, 2*len(src)) {
		// Holes are filled later; the same long address in a thousand of them must not be.
		r.doc = &Doc{}
		r.find(0, diag.Error, "too-complex", "the addresses and titles of its links add up to far more than the text", "repeat long link definitions less often")
		return t
	}
	t.root, t.Blocks = root, r.outline(root)
	return t
}

// Head returns the Doc that Doc will return, before its HTML is there: all that
// is said of the text, and what was found wrong so far.
func (t *Text) Head() *Doc { return t.reading.doc }

// Doc renders the text.
func (t *Text) Doc() *Doc {
	r := &t.reading
	if t.root == nil {
		return r.doc
	}
	var out bytes.Buffer
	out.Grow(2*len(r.src) + 512)
	if err := t.parser.renderer.Render(&out, r.src, t.root); err != nil {
		// Writing to memory cannot fail, so only a node that no renderer knows can.
		r.find(0, diag.Error, "markdown", "cannot be rendered: "+err.Error(), "")
	}
	r.doc.html = out.String()
	if limit := 16*len(r.src) + 1<<20; len(r.doc.html) > limit {
		r.find(0, diag.Error, "too-complex", "the text grows to more than sixteen times its size as HTML", "repeat long link definitions less often")
		r.doc.html = ""
	}
	return r.doc
}

// positions turns offsets into the text into lines and columns of the file.
type positions struct {
	src       []byte
	firstLine int
	lines     []int // offset of each line's first byte, made when first needed

	// The place asked for last. The next one is often further on in the same
	// line, and counting its characters from the start again and again would take
	// minutes on a line of a megabyte.
	offset, line, col int
}

func (p *positions) pos(offset int) diag.Pos {
	if offset < 0 || offset > len(p.src) {
		return diag.Pos{Line: p.firstLine, Col: 1}
	}
	if p.lines == nil {
		p.lines = append(p.lines, 0)
		for i, b := range p.src {
			if b == '\n' {
				p.lines = append(p.lines, i+1)
			}
		}
	}
	low, high := 0, len(p.lines)
	for high-low > 1 {
		if mid := (low + high) / 2; p.lines[mid] <= offset {
			low = mid
		} else {
			high = mid
		}
	}
	from, col := p.lines[low], 1
	if p.col > 0 && p.line == low && p.offset <= offset {
		from, col = p.offset, p.col
	}
	col += utf8.RuneCount(p.src[from:offset])
	p.offset, p.line, p.col = offset, low, col
	return diag.Pos{Line: p.firstLine + low, Col: col}
}

// offset is where a node begins in the text.
func offset(n ast.Node) int {
	for ; n != nil; n = n.Parent() {
		if p := n.Pos(); p >= 0 {
			return p
		}
	}
	return 0
}
