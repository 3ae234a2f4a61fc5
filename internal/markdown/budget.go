package markdown

import "bytes"

// goldmark sets no limits of its own, and some texts of a few kilobytes keep it
// busy for seconds. These limits are far above what people write and keep a
// text of a megabyte within about a second.
const (
	maxDepth    = 32    // block quotes and lists inside one another, on one line
	maxIndent   = 200   // columns before the text of a line, outside of fenced code
	maxColumns  = 128   // of a table
	maxCells    = 20000 // of a table: columns of its head times its lines
	maxBrackets = 5000  // "[" in one paragraph
	maxEmphasis = 10000 // "*", "_" and "~" in one paragraph
)

// overBudget returns where and why a text costs too much, or an empty string.
func overBudget(src []byte) (offset int, why string) {
	var brackets, emphasis, columns, rows int
	var fence []byte
	for start := 0; start < len(src); {
		line := src[start:]
		if i := bytes.IndexByte(line, '\n'); i >= 0 {
			line = line[:i+1]
		}
		trimmed := bytes.TrimLeft(line, " \t")
		if fence != nil {
			if bytes.HasPrefix(trimmed, fence) {
				fence = nil
			}
			start += len(line)
			continue
		}
		if bytes.HasPrefix(trimmed, []byte("```")) || bytes.HasPrefix(trimmed, []byte("~~~")) {
			fence = trimmed[:3]
		}
		depth, indent := prefix(line)
		switch {
		case depth > maxDepth:
			return start, "lists and quotes are nested more than 32 deep"
		case indent > maxIndent:
			return start, "the line is indented by more than 200 columns"
		}
		if len(bytes.TrimSpace(line)) == 0 {
			brackets, emphasis, columns, rows = 0, 0, 0, 0
		}
		brackets += bytes.Count(line, []byte("["))
		emphasis += bytes.Count(line, []byte("*")) + bytes.Count(line, []byte("_")) + bytes.Count(line, []byte("~"))
		columns = max(columns, delimiterColumns(line))
		if columns > 0 {
			rows++
		}
		switch {
		case brackets > maxBrackets:
			return start, "a paragraph has more than 5000 opening brackets"
		case emphasis > maxEmphasis:
			return start, "a paragraph has more than 10000 asterisks and underscores"
		case columns > maxColumns:
			return start, "a table has more than 128 columns"
		case columns*rows > maxCells:
			return start, "a table has more than 20000 cells"
		}
		start += len(line)
	}
	return 0, ""
}

// prefix counts the container marks at the start of a line (">", "-", "1.", ...)
// and the columns before its text.
func prefix(line []byte) (depth, indent int) {
	for i := 0; i < len(line); i++ {
		switch c := line[i]; {
		case c == ' ':
			indent++
		case c == '\t':
			indent += 4 - indent%4
		case c == '>':
			depth++
			indent++
		case (c == '*' || c == '-' || c == '+') && i+1 < len(line) && (line[i+1] == ' ' || line[i+1] == '\t'):
			depth++
			indent++
		case c >= '0' && c <= '9':
			digits := i
			for digits < len(line) && line[digits] >= '0' && line[digits] <= '9' {
				digits++
			}
			if digits-i > 9 || digits+1 >= len(line) || line[digits] != '.' && line[digits] != ')' || line[digits+1] != ' ' {
				return depth, indent
			}
			depth++
			i = digits
		default:
			return depth, indent
		}
	}
	return depth, 0 // a blank line
}

// delimiterColumns is the number of columns that a line such as "|---|:-:|"
// gives a table, or 0 if it is no such line.
func delimiterColumns(line []byte) int {
	if len(bytes.Trim(line, "|:- \t\r\n>")) > 0 || !bytes.Contains(line, []byte("-")) || !bytes.Contains(line, []byte("|")) {
		return 0
	}
	return len(bytes.Fields(bytes.ReplaceAll(bytes.Trim(line, " \t\r\n>"), []byte("|"), []byte(" "))))
}
