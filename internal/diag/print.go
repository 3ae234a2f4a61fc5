package diag

import (
	"fmt"
	"io"
	"strings"
	"unicode"
)

// Style colours parts of a printed finding. The zero Style is plain text.
type Style struct {
	Color bool
}

// Paint writes a text in a colour, given by its code as terminals know it ("1;31").
func (s Style) Paint(code, text string) string {
	if !s.Color {
		return text
	}
	return "\x1b[" + code + "m" + text + "\x1b[0m"
}

// Print writes each finding with the line of source it points at and a caret
// under the column. source returns a file's bytes, or nil when there are none;
// it is called once for findings of one file that stand together.
func Print(w io.Writer, fs []Finding, source func(path string) []byte, style Style) error {
	var path string
	var lines []string
	for i, f := range fs {
		if i == 0 || f.Path != path {
			path, lines = f.Path, strings.Split(string(source(f.Path)), "\n")
		}
		code := map[Level]string{Error: "1;31", Warning: "1;33", Note: "1;36"}[f.Level]
		text := fmt.Sprintf("%s: %s: %s [%s]\n", style.Paint("1", shown(f.Where())), style.Paint(code, f.Level.String()), shown(f.Text), f.Rule)
		text += excerpt(lines, f.Pos, style)
		if f.Hint != "" {
			text += "  " + style.Paint("1;32", "hint:") + " " + shown(f.Hint) + "\n"
		}
		if _, err := io.WriteString(w, text); err != nil {
			return err
		}
	}
	return nil
}

// excerptWidth is how much of a long line is shown, in characters.
const excerptWidth = 100

// maxLine is the length in bytes of a line beyond which it is not shown.
const maxLine = 16 << 10

// Excerpt returns the line of source at pos and a caret under its column, or
// nothing when there is no such place.
func Excerpt(src []byte, pos Pos, style Style) string {
	return excerpt(strings.Split(string(src), "\n"), pos, style)
}

func excerpt(lines []string, pos Pos, style Style) string {
	if pos.Line == 0 || pos.Col == 0 || pos.Line > len(lines) || len(lines[pos.Line-1]) > maxLine {
		return ""
	}
	line := strings.TrimRight(strings.TrimPrefix(lines[pos.Line-1], "\ufeff"), "\r")
	runes := []rune(shown(line))
	if pos.Col > len(runes)+1 || len(runes) == 0 {
		return ""
	}
	from := 0
	if pos.Col > excerptWidth-20 {
		from = pos.Col - excerptWidth/2
	}
	to := min(len(runes), from+excerptWidth)
	number := fmt.Sprintf("%5d", pos.Line)
	return fmt.Sprintf("%s | %s\n%s | %s%s\n", number, string(runes[from:to]),
		strings.Repeat(" ", len(number)), strings.Repeat(" ", pos.Col-1-from), style.Paint("1;31", "^"))
}

// shown keeps a file's control characters from steering the terminal, one
// column for each so that the caret stays right.
func shown(s string) string { return strings.Map(visible, s) }

func visible(r rune) rune {
	if r == '\t' {
		return ' '
	}
	if !unicode.IsPrint(r) {
		return '\uFFFD'
	}
	return r
}
