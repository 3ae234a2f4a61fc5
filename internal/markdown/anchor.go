package markdown

import (
	"strconv"
	"strings"
	"unicode"
)

// IDPrefix begins every id that comes from a text's own words.
const IDPrefix = "h-"

// Anchor makes a heading's words into an anchor as GitHub does: lower case,
// spaces to hyphens, other punctuation dropped.
func Anchor(words string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(words) {
		switch {
		case unicode.IsLetter(r), unicode.IsNumber(r), unicode.IsMark(r), r == '_', r == '-':
			b.WriteRune(r)
		case unicode.IsSpace(r):
			b.WriteByte('-')
		}
	}
	return b.String()
}

func itoa(n int) string { return strconv.Itoa(n) }
