package markdown

import (
	"bytes"
	"fmt"
	"html"
	"strings"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/util"

	"debrief/internal/diag"
)

// Attributes that reading leaves on nodes for the renderer.
const (
	attrLink  = "debrief-link"  // index in Doc.Links
	attrLevel = "debrief-level" // shown level of a heading; 1 is the title
	attrAlert = "debrief-alert" // kind of a GitHub alert
	attrPlain = "debrief-plain" // code that is not to be coloured
)

// reading collects what a Doc says about its text, in one walk over the tree.
type reading struct {
	doc     *Doc
	src     []byte
	at      *positions
	rawHTML bool
	ids     map[string]int
	code    int          // bytes of code
	raws    int          // pieces of raw HTML
	filled  int          // bytes that the links will take
	shift   int          // added to every heading's level, so that only the title has level 1
	text    bytes.Buffer // of the section that is being read
}

func (r *reading) find(at int, level diag.Level, rule, text, hint string) {
	r.doc.Findings = append(r.doc.Findings, diag.Finding{Pos: r.at.pos(at), Level: level, Rule: rule, Text: text, Hint: hint})
}

func (r *reading) read(root ast.Node) {
	r.ids = map[string]int{}
	title := titleHeading(root)
	for n := root.FirstChild(); n != nil; n = n.NextSibling() {
		if h, ok := n.(*ast.Heading); ok && h.Level == 1 && h != title {
			r.shift = 1
		}
	}
	r.doc.Sections = []Section{{}}
	_ = ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			switch {
			case n.Kind() == ast.KindHeading:
				r.text.Reset() // a heading's words are not part of the text below it
			case n.Type() == ast.TypeBlock:
				r.text.WriteByte('\n')
			}
			return ast.WalkContinue, nil
		}
		return r.enter(n, title), nil
	})
	r.endSection()
	if more := r.raws - maxRaw; more > 0 {
		r.find(0, diag.Note, "raw-html", fmt.Sprintf("%d more pieces of raw HTML are shown as text", more), "")
	}
}

// titleHeading is the heading of level 1 that stands first, if one does.
func titleHeading(root ast.Node) *ast.Heading {
	for n := root.FirstChild(); n != nil; n = n.NextSibling() {
		switch n := n.(type) {
		case *ast.Heading:
			if n.Level == 1 {
				return n
			}
			return nil
		case *ast.HTMLBlock, *ast.LinkReferenceDefinition:
		default:
			return nil
		}
	}
	return nil
}

func (r *reading) enter(n ast.Node, title *ast.Heading) ast.WalkStatus {
	switch n := n.(type) {
	case *ast.Heading:
		r.heading(n, n == title)
	case *ast.Paragraph:
		if r.doc.Lead == "" && n.Parent() != nil && n.Parent().Kind() == ast.KindDocument {
			r.doc.Lead = strings.Join(strings.Fields(r.plain(n)), " ")
		}
	case *ast.Blockquote:
		r.alert(n)
	case *ast.Link:
		r.link(n, Link{Kind: Inline, Dest: unescape(n.Destination), Title: unescape(n.Title), Text: r.plain(n)})
	case *ast.Image:
		r.link(n, Link{Kind: Image, Dest: unescape(n.Destination), Title: unescape(n.Title), Text: r.plain(n)})
	case *ast.AutoLink:
		dest := string(n.URL(r.src))
		if n.AutoLinkType == ast.AutoLinkEmail && !strings.HasPrefix(strings.ToLower(dest), "mailto:") {
			dest = "mailto:" + dest
		}
		r.link(n, Link{Kind: Auto, Dest: dest, Text: string(n.Label(r.src))})
		r.text.Write(n.Label(r.src))
	case *wikiLink:
		r.link(n, Link{Kind: Wiki, Dest: n.target, Text: n.label})
		r.text.WriteString(n.words())
	case *ast.Text:
		r.text.WriteString(r.words(n))
	case *ast.String:
		r.text.Write(n.Value)
	case *ast.CodeBlock, *ast.FencedCodeBlock:
		code := n.Lines().Value(r.src)
		r.text.Write(code)
		if r.code += len(code); r.code > maxHighlights {
			n.SetAttributeString(attrPlain, true)
		}
	case *ast.HTMLBlock:
		r.htmlBlock(n)
	case *ast.RawHTML:
		raw := string(n.Segments.Value(r.src))
		r.text.WriteString(r.raw(raw))
		if !r.rawHTML && !allowedTag(raw) {
			r.shownAsText(n, raw)
		}
	case *east.TableRow:
		r.row(n)
	case *east.TableCell:
		r.text.WriteByte(' ')
	}
	return ast.WalkContinue
}

func (r *reading) heading(n *ast.Heading, isTitle bool) {
	words := strings.TrimSpace(r.plain(n))
	if isTitle {
		r.doc.Title = words
		n.SetAttributeString(attrLevel, 1)
		return
	}
	r.endSection()
	level := max(2, min(6, n.Level+r.shift))
	id := r.id(words)
	n.SetAttributeString("id", []byte(id))
	n.SetAttributeString(attrLevel, level)
	r.doc.Headings = append(r.doc.Headings, Heading{Level: level, ID: id, Text: words, Pos: r.at.pos(offset(n))})
	r.doc.Sections = append(r.doc.Sections, Section{Heading: words, ID: id})
}

// id makes a heading's anchor as GitHub does, and puts IDPrefix before it.
// A second heading of the same words gets "-1", a third "-2".
func (r *reading) id(words string) string {
	base := IDPrefix + Anchor(words)
	id := base
	for {
		n, taken := r.ids[id]
		if !taken {
			break
		}
		r.ids[id]++
		id = base + "-" + itoa(n+1)
	}
	r.ids[id] = 0
	return id
}

func (r *reading) endSection() {
	s := &r.doc.Sections[len(r.doc.Sections)-1]
	s.Text = string(bytes.TrimSpace(r.text.Bytes()))
	r.text.Reset()
}

func (r *reading) link(n ast.Node, l Link) {
	at := offset(n)
	if l.Kind == Auto { // goldmark gives the place of the character before a bare address
		at += max(0, bytes.Index(r.src[at:], []byte(l.Text)))
		if at > 0 && r.src[at-1] == '<' {
			at--
		}
	}
	l.Pos = r.at.pos(at)
	l.Text = strings.Join(strings.Fields(l.Text), " ")
	for p := n.Parent(); p != nil && !l.Inner; p = p.Parent() {
		l.Inner = p.Kind() == ast.KindLink
	}
	n.SetAttributeString(attrLink, len(r.doc.Links))
	r.filled += len(l.Dest) + len(l.Title)
	r.doc.Links = append(r.doc.Links, l)
}

// row reports a row of a table with more cells than its head: the rest is shown
// nowhere. Most often a bar inside a cell was meant as text.
func (r *reading) row(n *east.TableRow) {
	at := offset(n)
	line, _, _ := bytes.Cut(r.src[min(at, len(r.src)):], []byte("\n"))
	line = bytes.Trim(line, " \t")
	line = bytes.TrimPrefix(line, []byte("|"))
	if !bytes.HasSuffix(line, []byte(`\|`)) {
		line = bytes.TrimSuffix(line, []byte("|"))
	}
	cells := 1 + bytes.Count(line, []byte("|")) - bytes.Count(line, []byte(`\|`))
	if columns := len(n.Alignments); cells > columns && columns > 0 {
		r.find(at, diag.Warning, "table-row", fmt.Sprintf("the row has %d cells and the table %d columns, so the rest is not shown", cells, columns),
			`write a bar inside a cell as \|`)
	}
}

func (r *reading) htmlBlock(n *ast.HTMLBlock) {
	raw := string(n.Lines().Value(r.src))
	if n.HasClosure() {
		raw += string(n.ClosureLine.Value(r.src))
	}
	if r.rawHTML || isComment(raw) {
		return
	}
	r.text.WriteString(raw)
	r.shownAsText(n, raw)
}

// maxRaw is for how many pieces of raw HTML a text has a finding each; the rest
// is counted in one.
const maxRaw = 10

func (r *reading) shownAsText(n ast.Node, raw string) {
	if r.raws++; r.raws <= maxRaw {
		r.find(offset(n), diag.Note, "raw-html", "raw HTML is shown as text: "+short(raw), "write Markdown instead, or set raw_html: true in site.yaml")
	}
}

// plain is the text of a node without any mark-up.
func (r *reading) plain(n ast.Node) string {
	var b strings.Builder
	_ = ast.Walk(n, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Text:
			b.WriteString(r.words(n))
		case *ast.String:
			b.Write(n.Value)
		case *ast.AutoLink:
			b.Write(n.Label(r.src))
		case *ast.RawHTML:
			b.WriteString(r.raw(string(n.Segments.Value(r.src))))
		case *wikiLink:
			b.WriteString(n.words())
		}
		return ast.WalkContinue, nil
	})
	return b.String()
}

// words is the text of a node as it is read, with a space for a line's end.
func (r *reading) words(n *ast.Text) string {
	var text string
	if n.Parent() != nil && n.Parent().Kind() == ast.KindCodeSpan {
		text = string(n.Value(r.src))
	} else {
		text = unescape(n.Value(r.src))
	}
	if n.SoftLineBreak() || n.HardLineBreak() {
		text += " "
	}
	return text
}

// raw is what a reader sees of raw HTML.
func (r *reading) raw(raw string) string {
	switch {
	case lineBreak.MatchString(raw):
		return " "
	case isComment(raw), r.rawHTML:
		return ""
	}
	return raw
}

// unescape resolves backslash escapes and entities, each once.
func unescape(b []byte) string {
	if bytes.IndexByte(b, '\\') < 0 && bytes.IndexByte(b, '&') < 0 {
		return string(b)
	}
	var out strings.Builder
	for i := 0; i < len(b); i++ {
		if b[i] == '\\' && i+1 < len(b) && util.IsPunct(b[i+1]) {
			i++
		} else if b[i] == '&' {
			if end := bytes.IndexByte(b[i:min(len(b), i+maxEntity)], ';'); end > 0 {
				if entity := string(b[i : i+end+1]); html.UnescapeString(entity) != entity {
					out.WriteString(html.UnescapeString(entity))
					i += end
					continue
				}
			}
		}
		out.WriteByte(b[i])
	}
	return out.String()
}

// maxEntity is longer than any entity of HTML.
const maxEntity = 40

func short(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if r := []rune(s); len(r) > 40 {
		return string(r[:40]) + "..."
	}
	return s
}
