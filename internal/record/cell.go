package record

import "strings"

// Cell is a text for a cell of a CSV file. What a program for tables would run as
// a formula has an apostrophe before it, and is then taken for text.
func Cell(text string) string {
	if text != "" && strings.ContainsRune("=+-@\t\r", rune(text[0])) {
		return "'" + text
	}
	return text
}
