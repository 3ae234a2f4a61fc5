package markdown

import (
	"strings"
	"testing"
)

// A megabyte on one line: where each of its many links is must not be counted
// from the line's start each time. That the test ends is what it shows.
func TestLongLine(t *testing.T) {
	const size = 1 << 20
	for name, unit := range map[string]string{
		"links": "[a](b) ", "wiki links": "[[a]] ", "addresses": "http://a.b/c ", "raw HTML": "<b>a</b> ", "pictures": "![a](b) ", "words": "word é ",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var b strings.Builder
			for b.Len() < size {
				b.WriteString(strings.Repeat(unit, 100) + "\n\n")
			}
			NewParser(Options{}).Parse([]byte(strings.ReplaceAll(b.String(), "\n\n", " ")), 1)
			NewParser(Options{}).Parse([]byte(b.String()), 1)
		})
	}
}
