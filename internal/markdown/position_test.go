package markdown

import (
	"fmt"
	"strings"
	"testing"
)

// A finding about a link points at its first character. Columns count
// characters, not bytes, and lines those of the file, in which front matter
// may stand before the text.
func TestLinkPositions(t *testing.T) {
	for _, test := range []struct {
		name, src string
		firstLine int
		want      string // line:column of each link
	}{
		{"start of the text", "[a](b)", 1, "1:1"},
		{"within a line", "see [a](b) and [c](d)", 1, "1:5 1:16"},
		{"second line of a paragraph", "one\ntwo [a](b)", 1, "2:5"},
		{"after front matter", "\n[a](b)\n\n[c](d)", 12, "13:1 15:1"},
		{"after letters of two bytes", "äöü [a](b)", 1, "1:5"},
		{"after letters of three and four bytes", "時🚀 [a](b)", 1, "1:4"},
		{"after a combining mark, which is a character", "e\u0301 [a](b)", 1, "1:4"},
		{"non-ASCII line before it", "ä ö ü\n\n[a](b)", 1, "3:1"},
		{"after a tab", "x\t[a](b)", 1, "1:3"},
		{"emphasis round it", "**[a](b)** *x [c](d)*", 1, "1:3 1:15"},
		{"emphasis within it", "[*a* b](c)", 1, "1:1"},
		{"reference", "[a] and [b][a] [a][]\n\n[a]: c", 1, "1:1 1:9 1:16"},
		{"address in angle brackets", "see <https://example.com>", 1, "1:5"},
		{"bare address", "see https://example.com", 1, "1:5"},
		{"bare address at the start", "https://example.com", 1, "1:1"},
		{"bare address in brackets", "(https://example.com)", 1, "1:2"},
		{"bare address after non-ASCII", "é www.example.com", 1, "1:3"},
		{"e-mail address", "to a@example.com", 1, "1:4"},
		{"wiki link", "é [[a]] [[b|c]]", 1, "1:3 1:9"},
		{"image", "é ![a](b.png)", 1, "1:3"},
		{"image in a link", "x [![a](b.png)](c)", 1, "1:3 1:4"},
		{"heading", "## é [a](b)", 1, "1:6"},
		{"underlined heading", "[a](b)\n---", 1, "1:1"},
		{"list", "- [a](b)\n- x\n  [c](d)", 1, "1:3 3:3"},
		{"numbered list", "10. [a](b)", 1, "1:5"},
		{"nested list", "- x\n  - é [a](b)", 1, "2:7"},
		{"task", "- [ ] [a](b)", 1, "1:7"},
		{"quote", "> é\n> [a](b)", 1, "2:3"},
		{"quote without marks", "> x\n[a](b)", 1, "2:1"},
		{"quote in a list in a quote", "> - > [a](b)", 1, "1:7"},
		{"alert", "> [!NOTE]\n> [a](b)", 1, "2:3"},
		{"table head", "| [a](b) |\n|---|\n| x |", 1, "1:3"},
		{"table", "| a | b |\n|---|---|\n| é | [a](b) [[c]] |", 1, "3:7 3:14"},
		{"table with an escaped bar before it", "| a | b |\n|---|---|\n| x \\| y | [[a\\|b]] [c](d) |", 1, "3:12 3:21"},
		{"table in a list", "- | a |\n  |---|\n  | [a](b) |", 1, "3:5"},
		{"table without bars at its ends", "a | b\n---|---\né | [a](b)", 1, "3:5"},
		{"footnote", "x[^1]\n\n[^1]: [a](b)\n\n    é [c](d)", 1, "3:7 5:7"},
		{"definition", "a\n: é [a](b)", 1, "2:5"},
		{"term", "é [a](b)\n: c", 1, "1:3"},
		{"after code", "`[x](y)` [a](b)", 1, "1:10"},
		{"after an escape", `\[x](y) [a](b)`, 1, "1:9"},
		{"after an entity", "&amp; [a](b)", 1, "1:7"},
		{"after raw HTML", "<b>x</b> [a](b)", 1, "1:10"},
		{"after a hard line break", "x  \n[a](b)\\\n[c](d)", 1, "2:1 3:1"},
		{"over two lines", "x [a\nb](c\n'd') y", 1, "1:3"},
		{"indented", "   [a](b)", 1, "1:4"},
	} {
		t.Run(test.name, func(t *testing.T) {
			doc := NewParser(Options{}).Parse([]byte(test.src), test.firstLine)
			var got []string
			for _, l := range doc.Links {
				got = append(got, fmt.Sprintf("%d:%d", l.Pos.Line, l.Pos.Col))
			}
			if strings.Join(got, " ") != test.want {
				t.Errorf("%q\ngot %s, want %s", test.src, strings.Join(got, " "), test.want)
			}
		})
	}
}

// The same for headings and for findings of the parser's own.
func TestOtherPositions(t *testing.T) {
	for _, test := range []struct{ name, src, want string }{
		{"heading", "x\n\n## é", "heading 12:1"},
		{"underlined heading", "x\n\né\n--", "heading 12:1"},
		{"heading in a quote", "> ## é", "heading 10:3"},
		{"heading in a list", "- x\n\n  ## é", "heading 12:3"},
		{"raw HTML in a line", "é <b>", "finding 10:3"},
		{"raw HTML block", "x\n\n<div>\n", "finding 12:1"},
		{"raw HTML block in a quote", "> <div>\n", "finding 10:3"},
		{"too deep", "x\n\n" + strings.Repeat("> ", 40) + "y", "finding 12:1"},
	} {
		t.Run(test.name, func(t *testing.T) {
			doc := NewParser(Options{}).Parse([]byte(test.src), 10)
			var got []string
			for _, h := range doc.Headings {
				got = append(got, fmt.Sprintf("heading %d:%d", h.Pos.Line, h.Pos.Col))
			}
			for _, f := range doc.Findings {
				got = append(got, fmt.Sprintf("finding %d:%d", f.Pos.Line, f.Pos.Col))
			}
			if strings.Join(got, ", ") != test.want {
				t.Errorf("got %s, want %s", strings.Join(got, ", "), test.want)
			}
		})
	}
}
