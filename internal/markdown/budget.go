package markdown

import (
	"bytes"
	"strings"
)

// goldmark sets no limits of its own, and some texts of a few kilobytes keep it
// busy for seconds. These limits are far above what people write and keep a
// text of a megabyte within about a second.
const (
	maxDepth    = 32     // block quotes and lists inside one another, on one line
	maxIndent   = 200    // columns before the text of a line, outside of fenced code
	maxNested   = 200000 // lines times the depth at which they stand
	maxColumns  = 128    // of a table
	maxCells    = 20000  // of a table: columns of its head times its lines
	maxBrackets = 2000   // "[" in one paragraph
	maxEmphasis = 10000  // "*", "_" and "~" in one paragraph
	wholeText   = 10     // times as many of each in a whole text
)

// overBudget returns where and why a text costs too much, or an empty string.
func overBudget(src []byte) (offset int, why string) {
	var brackets, emphasis, columns, rows, nested, deep, list int
	var allBrackets, allEmphasis, allCells int
	var code fence
	html := "" // what ends the block of raw HTML, if the line is in one
	for start := 0; start < len(src); {
		line := src[start:]
		if i := bytes.IndexByte(line, '\n'); i >= 0 {
			line = line[:i+1]
		}
		at := start
		start += len(line)
		if code.size > 0 && code.holds(line) {
			continue
		}
		c := containers(line)
		blank := len(bytes.TrimSpace(line)) == 0
		if html == "" {
			html = c.opensHTML()
		}
		inHTML := html != ""
		if inHTML && (html == "\n" && blank || html != "\n" && bytes.Contains(bytes.ToLower(line), []byte(html))) {
			html = ""
		}
		if blank {
			brackets, emphasis, columns, rows = 0, 0, 0, 0
		} else {
			deep = c.depth + c.indent/2
			if c.depth > maxDepth {
				return at, "lists and quotes are nested more than 32 deep"
			}
			if c.indent > maxIndent {
				return at, "the line is indented by more than 200 columns"
			}
			if c.depth > c.quotes {
				list = c.inner
			} else if c.indent < list {
				list = 0
			}
			if !inHTML {
				code = c.opens(list)
			}
		}
		if nested += deep; nested > maxNested {
			return at, "there are too many lines inside nested lists"
		}
		b := bytes.Count(line, []byte("["))
		e := bytes.Count(line, []byte("*")) + bytes.Count(line, []byte("_")) + bytes.Count(line, []byte("~"))
		brackets, emphasis, allBrackets, allEmphasis = brackets+b, emphasis+e, allBrackets+b, allEmphasis+e
		columns = max(columns, delimiterColumns(line))
		if columns > 0 {
			rows++
			allCells += columns
		}
		switch {
		case allBrackets > wholeText*maxBrackets, allEmphasis > wholeText*maxEmphasis, allCells > wholeText*maxCells:
			return at, "the text has more links, emphasis or table cells than a page can show"

		case brackets > maxBrackets:
			return at, "a paragraph has more than 2000 opening brackets"
		case emphasis > maxEmphasis:
			return at, "a paragraph has more than 10000 asterisks and underscores"
		case columns > maxColumns:
			return at, "a table has more than 128 columns"
		case columns*rows > maxCells:
			return at, "a table has more than 20000 cells"
		}
	}
	return 0, ""
}

// prefix is what stands before the text of a line: the marks of the quotes and
// lists that it is in.
type prefix struct {
	depth  int    // how many marks
	quotes int    // how many of them are ">"
	indent int    // columns before the text
	inner  int    // of these, columns that belong to the marks
	doubt  bool   // a mark may be none: ":" without a term, a number within a paragraph
	text   []byte // the rest of the line
}

func containers(line []byte) prefix {
	var p prefix
	for i := 0; i < len(line); i++ {
		switch c := line[i]; {
		case c == ' ':
			p.indent++
		case c == '\t':
			p.indent += 4 - p.indent%4
		case c == '>':
			p.depth++
			p.quotes++
			p.indent++
			p.inner = p.indent
		case (c == '*' || c == '-' || c == '+' || c == ':') && i+1 < len(line) && (line[i+1] == ' ' || line[i+1] == '\t'):
			p.depth++
			p.indent++
			p.inner = p.indent + 1
			p.doubt = p.doubt || c == ':'
		case c >= '0' && c <= '9':
			digits := i
			for digits < len(line) && line[digits] >= '0' && line[digits] <= '9' {
				digits++
			}
			if digits-i > 9 || digits+1 >= len(line) || line[digits] != '.' && line[digits] != ')' || line[digits+1] != ' ' {
				p.text = line[i:]
				return p
			}
			p.depth++
			p.doubt = p.doubt || string(line[i:digits]) != "1"
			p.indent += digits - i + 1
			p.inner = p.indent + 1
			i = digits
		default:
			p.text = line[i:]
			return p
		}
	}
	return p
}

// fence is a block of code between fences. A size of 0 is none.
type fence struct {
	mark   byte // '`' or '~'
	size   int  // of the opening fence
	indent int  // columns to which the list around it is indented
	quotes int  // how many quotes it is in
}

// opens returns the fence that a line opens, if it does. list is the column at
// which the text of the list around the line begins, or 0.
func (p prefix) opens(list int) fence {
	if len(p.text) == 0 || p.doubt || p.text[0] != '`' && p.text[0] != '~' {
		return fence{}
	}
	f := fence{mark: p.text[0], size: run(p.text), quotes: p.quotes}
	if p.depth > p.quotes {
		f.indent = p.inner
	} else if p.depth == 0 && p.indent >= list {
		f.indent = list
	}
	own := f.indent // columns that are not the fence's own
	if p.depth > 0 {
		own = p.inner
	}
	if f.size < 3 || p.indent-own > 3 || f.mark == '`' && bytes.IndexByte(p.text[f.size:], '`') >= 0 {
		return fence{}
	}
	return f
}

// opensHTML returns what ends the block of raw HTML that a line begins: a text,
// or "\n" for a blank line. It is empty when the line begins none. In such a
// block a fence is no fence (https://spec.commonmark.org/0.31.2/#html-blocks).
func (p prefix) opensHTML() string {
	if len(p.text) == 0 || p.text[0] != '<' {
		return ""
	}
	start := strings.ToLower(string(p.text[:min(len(p.text), 12)]))
	for _, kind := range [][2]string{
		{"<!--", "-->"}, {"<?", "?>"}, {"<![cdata[", "]]>"}, {"<!", ">"},
		{"<script", "</script>"}, {"<pre", "</pre>"}, {"<style", "</style>"}, {"<textarea", "</textarea>"},
	} {
		if strings.HasPrefix(start, kind[0]) {
			return kind[1]
		}
	}
	return "\n"
}

// holds tells whether a line belongs to the block of code. It ends the block
// where a closing fence, or the end of the list or quote around it, does.
func (f *fence) holds(line []byte) bool {
	rest, quotes := line, 0
	for quotes < f.quotes {
		trimmed := bytes.TrimLeft(rest, " ")
		if len(trimmed) == 0 || trimmed[0] != '>' {
			*f = fence{}
			return false
		}
		rest, quotes = trimmed[1:], quotes+1
	}
	text := bytes.TrimLeft(rest, " \t")
	if len(bytes.TrimSpace(text)) == 0 {
		return true
	}
	indent := columns(rest[:len(rest)-len(text)])
	if f.quotes > 0 {
		indent += f.indent // the quote's own columns are not counted again
	}
	if indent < f.indent {
		*f = fence{}
		return false
	}
	if n := run(text); text[0] == f.mark && n >= f.size && len(bytes.TrimSpace(text[n:])) == 0 && indent-f.indent <= 3 {
		*f = fence{}
	}
	return true
}

// run is how often a text's first byte stands at its start.
func run(text []byte) int {
	n := 1
	for n < len(text) && text[n] == text[0] {
		n++
	}
	return n
}

func columns(space []byte) int {
	n := 0
	for _, c := range space {
		if c == '\t' {
			n += 4 - n%4
		} else {
			n++
		}
	}
	return n
}

// delimiterColumns is the number of columns that a line such as "|---|:-:|"
// gives a table, or 0 if it is no such line.
func delimiterColumns(line []byte) int {
	if len(bytes.Trim(line, "|:- \t\r\n>")) > 0 || !bytes.Contains(line, []byte("-")) || !bytes.Contains(line, []byte("|")) {
		return 0
	}
	return len(bytes.Fields(bytes.ReplaceAll(bytes.Trim(line, " \t\r\n>"), []byte("|"), []byte(" "))))
}
