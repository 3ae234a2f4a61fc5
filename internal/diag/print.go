package diag

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"unicode"
)

// Style colours parts of a printed finding. The zero Style is plain text.
type Style struct {
	Color bool
}

func (s Style) paint(code, text string) string {
	if !s.Color {
		return text
	}
	return "\x1b[" + code + "m" + text + "\x1b[0m"
}

// Print writes each finding with the line of source it points at and a caret
// under the column. source returns a file's bytes, or nil when there are none.
func Print(w io.Writer, fs []Finding, source func(path string) []byte, style Style) error {
	shownOf := map[string]int{}
	for _, f := range fs {
		if shownOf[f.Path]++; shownOf[f.Path] > maxPerFile {
			continue
		}
		code := map[Level]string{Error: "1;31", Warning: "1;33", Note: "1;36"}[f.Level]
		text := fmt.Sprintf("%s: %s: %s [%s]\n", style.paint("1", shown(f.Where())), style.paint(code, f.Level.String()), shown(f.Text), f.Rule)
		text += Excerpt(source(f.Path), f.Pos, style)
		if f.Hint != "" {
			text += "  " + style.paint("1;32", "hint:") + " " + shown(f.Hint) + "\n"
		}
		if _, err := io.WriteString(w, text); err != nil {
			return err
		}
	}
	for _, path := range slices.Sorted(maps.Keys(shownOf)) {
		if more := shownOf[path] - maxPerFile; more > 0 {
			if _, err := fmt.Fprintf(w, "%s: %d more findings\n", shown(path), more); err != nil {
				return err
			}
		}
	}
	return nil
}

// maxPerFile is how many findings of one file are printed.
const maxPerFile = 100

// excerptWidth is how much of a long line is shown, in characters.
const excerptWidth = 100

// Excerpt returns the line of source at pos and a caret under its column, or
// nothing when there is no such place.
func Excerpt(src []byte, pos Pos, style Style) string {
	if src == nil || pos.Line == 0 || pos.Col == 0 {
		return ""
	}
	line := strings.TrimRight(nthLine(strings.TrimPrefix(string(src), "\ufeff"), pos.Line), "\r")
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
		strings.Repeat(" ", len(number)), strings.Repeat(" ", pos.Col-1-from), style.paint("1;31", "^"))
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

func nthLine(s string, n int) string {
	for ; n > 1; n-- {
		_, rest, ok := strings.Cut(s, "\n")
		if !ok {
			return ""
		}
		s = rest
	}
	line, _, _ := strings.Cut(s, "\n")
	if len(line) > maxLine {
		return ""
	}
	return line
}

// maxLine is the length in bytes of a line beyond which it is not shown.
const maxLine = 16 << 10
