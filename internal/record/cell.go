package record

import (
	"strings"
	"unicode/utf8"
)

// Cell is a text for a cell of a CSV file. What a program for tables would run as
// a formula, also by a sign of East Asian width, has an apostrophe before it, and is
// then taken for text.
func Cell(text string) string {
	if first, _ := utf8.DecodeRuneInString(text); text != "" && strings.ContainsRune("=+-@＝＋－＠\t\r\n", first) {
		return "'" + text
	}
	return text
}
