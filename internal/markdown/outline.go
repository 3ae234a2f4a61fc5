package markdown

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"

	"debrief/internal/diag"
)

// BlockKind tells what a piece of a text is.
type BlockKind int

const (
	HeadingBlock   BlockKind = iota
	ParagraphBlock           // also one within a list item, after its first
	ItemBlock                // an item of a list, with its first paragraph
	RowBlock                 // a row of a table
	CodeBlock                // code, or anything else that is not prose
)

// Block is a piece of a text in its outline: what a reader of timelines and
// lists of actions needs to know of it.
type Block struct {
	Kind  BlockKind
	Level int    // of a heading, as shown, 2 to 6 (1 is the title); of an item and what is in it, how deep its list is, from 1
	Text  string // without mark-up; a line of the source each. For a row, its cells with tabs between
	Bold  string // the words in bold that Text begins with, or empty
	Gone  string // the words struck through that Text begins with, or empty
	Cells []Cell // of a row
	Head  bool   // the row is the head of its table
	Box   Box    // of an item
	Quote bool   // it stands in a quotation or an alert
	Links []int  // places in Doc.Links
	ID    string // of the element on the page: a heading's, or the one that Name gave
	Pos   diag.Pos

	node  ast.Node
	below []int // of each line of Text, how many lines below Pos it stands, when these are not 0, 1, 2, ...
}

// Line returns the line of the file on which the nth line of Text stands, from
// 0. They differ where a line is parted by <br>.
func (b *Block) Line(n int) int {
	if len(b.below) > 0 {
		n = b.below[min(n, len(b.below)-1)]
	}
	return b.Pos.Line + n
}

// Cell is a cell of a table.
type Cell struct {
	Text  string
	Links []int // places in Doc.Links
}

// Box is the box of a task list before an item.
type Box int

const (
	NoBox Box = iota
	EmptyBox
	TickedBox
)

// outline lists the blocks of the text in order. The links are numbered already.
func (r *reading) outline(root ast.Node) []Block {
	list := make([]Block, 0, 8+len(r.src)/96) // a block of a post-mortem is about as long
	depth, quotes := 0, 0
	add := func(b Block, n ast.Node) {
		b.node, b.Pos, b.Quote = n, r.at.pos(offset(n)), quotes > 0
		list = append(list, b)
	}
	_ = ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		step := 1
		if !entering {
			step = -1
		}
		switch n.(type) {
		case *ast.List:
			depth += step
		case *ast.Blockquote:
			quotes += step
		}
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Heading:
			level, _ := n.AttributeString(attrLevel)
			shown, _ := level.(int)
			id, _ := n.AttributeString("id")
			name, _ := id.([]byte)
			text, _ := r.block(n)
			add(Block{Kind: HeadingBlock, Level: shown, Text: text, Bold: r.bold(n), Links: linksIn(n), ID: string(name)}, n)
		case *ast.ListItem:
			b := Block{Kind: ItemBlock, Level: depth}
			if first := n.FirstChild(); first != nil && (first.Kind() == ast.KindTextBlock || first.Kind() == ast.KindParagraph) {
				b.Bold, b.Gone, b.Links, b.Box = r.bold(first), r.gone(first), linksIn(first), boxOf(first)
				b.Text, b.below = r.block(first)
			}
			add(b, n)
			return ast.WalkContinue, nil
		case *ast.Paragraph, *ast.TextBlock:
			if p := n.Parent(); p != nil && p.Kind() == ast.KindListItem && p.FirstChild() == n {
				return ast.WalkSkipChildren, nil // the item has it
			}
			b := Block{Kind: ParagraphBlock, Level: depth, Bold: r.bold(n), Links: linksIn(n)}
			b.Text, b.below = r.block(n)
			add(b, n)
		case *east.DefinitionTerm:
			b := Block{Kind: ParagraphBlock, Level: depth, Bold: r.bold(n), Links: linksIn(n)}
			b.Text, b.below = r.block(n)
			add(b, n)
		case *east.TableHeader, *east.TableRow:
			b := Block{Kind: RowBlock, Level: depth, Head: n.Kind() == east.KindTableHeader, Bold: r.bold(n.FirstChild())}
			var texts []string
			for c := n.FirstChild(); c != nil; c = c.NextSibling() {
				text, _ := r.block(c)
				cell := Cell{text, linksIn(c)}
				texts = append(texts, cell.Text)
				b.Links = append(b.Links, cell.Links...)
				b.Cells = append(b.Cells, cell)
			}
			b.Text = strings.Join(texts, "\t")
			add(b, n)
		case *ast.CodeBlock, *ast.FencedCodeBlock, *ast.HTMLBlock:
			add(Block{Kind: CodeBlock, Level: depth}, n)
		default:
			return ast.WalkContinue, nil
		}
		return ast.WalkSkipChildren, nil
	})
	return list
}

// block is the text of a node, and the place of each of its lines when some are
// parted by <br>.
func (r *reading) block(n ast.Node) (text string, below []int) {
	raw := r.lines(n)
	if strings.IndexByte(raw, brokenLine) < 0 {
		return strings.TrimSpace(raw), nil
	}
	trimmed := strings.TrimRight(raw, space)
	line := 0
	for _, c := range []byte(trimmed) {
		if len(below) == 0 && strings.IndexByte(space, c) < 0 {
			below = append(below, line)
		}
		switch c {
		case '\n':
			line++
			fallthrough
		case brokenLine:
			if len(below) > 0 {
				below = append(below, line)
			}
		}
	}
	return strings.ReplaceAll(strings.TrimLeft(trimmed, space), string(rune(brokenLine)), "\n"), below
}

// brokenLine stands for <br> in what lines returns. A text that is read holds no
// NUL of its own.
const (
	brokenLine = 0
	space      = " \t\n\v\f\r\x00"
)

// lines is the text of a node as plain has it, but a line of the source is one,
// and <br> is brokenLine.
func (r *reading) lines(n ast.Node) string {
	var b strings.Builder
	_ = ast.Walk(n, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Text:
			b.WriteString(strings.TrimSuffix(r.words(n), " "))
			switch {
			case n.SoftLineBreak() || n.HardLineBreak():
				b.WriteByte('\n')
			case bytes.HasSuffix(n.Value(r.src), []byte(" ")):
				b.WriteByte(' ')
			}
		case *ast.String:
			b.Write(n.Value)
		case *ast.AutoLink:
			b.Write(n.Label(r.src))
		case *ast.RawHTML:
			if raw := string(n.Segments.Value(r.src)); lineBreak.MatchString(raw) {
				b.WriteByte(brokenLine)
			} else {
				b.WriteString(r.raw(raw))
			}
		case *wikiLink:
			b.WriteString(n.words())
		}
		return ast.WalkContinue, nil
	})
	return b.String()
}

// bold is the words in bold that a node begins with.
func (r *reading) bold(n ast.Node) string {
	if e, ok := start(n).(*ast.Emphasis); ok && e.Level == 2 {
		return strings.TrimSpace(r.plain(e))
	}
	return ""
}

// gone is the words struck through that a node begins with.
func (r *reading) gone(n ast.Node) string {
	if e, ok := start(n).(*east.Strikethrough); ok {
		return strings.TrimSpace(r.lines(e))
	}
	return ""
}

// start is what a node begins with, after the box of a task.
func start(n ast.Node) ast.Node {
	if n == nil {
		return nil
	}
	first := n.FirstChild()
	for first != nil && first.Kind() == east.KindTaskCheckBox {
		first = first.NextSibling()
	}
	return first
}

func boxOf(n ast.Node) Box {
	box, ok := n.FirstChild().(*east.TaskCheckBox)
	switch {
	case !ok:
		return NoBox
	case box.IsChecked:
		return TickedBox
	}
	return EmptyBox
}

// linksIn are the places of a node's links in Doc.Links.
func linksIn(n ast.Node) []int {
	var list []int
	_ = ast.Walk(n, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if v, ok := n.AttributeString(attrLink); ok && entering {
			i, _ := v.(int)
			list = append(list, i)
		}
		return ast.WalkContinue, nil
	})
	return list
}

// Links are the text's links, those of Doc.Links.
func (t *Text) Links() []Link { return t.reading.doc.Links }

// Name gives a block that is no heading an id on the page, so that links can lead
// to it. It is to be called before Doc, and at most once for a block.
func (t *Text) Name(block int, id string) {
	b := &t.Blocks[block]
	if b.Kind != HeadingBlock && b.Kind != CodeBlock {
		b.ID = id
		b.node.SetAttributeString("id", []byte(id))
	}
}
