package markdown

import (
	"html"
	"regexp"
	"strings"
	"testing"

	"github.com/alecthomas/chroma/v2/lexers"
)

var anyTag = regexp.MustCompile(`<[^>]*>`)

// shown is the text that a reader sees of a page that is nothing but code.
func shown(page string) string {
	return strings.TrimSuffix(html.UnescapeString(anyTag.ReplaceAllString(page, "")), "\n")
}

// Colours must never change what the code says, whatever the language makes of
// it, and every language that is promised has a lexer.
func TestLanguages(t *testing.T) {
	const code = "// a < b && \"c\" 'd' `e` #f\n\tif (x) { return $y; } -- z\n<tag attr=\"v\">&amp;</tag>\nSELECT * FROM t WHERE é = '時';\n\n\"not closed\n"
	for language, name := range languages {
		if lexers.Get(name) == nil {
			t.Errorf("chroma has no lexer %q for %q", name, language)
		}
		page := NewParser(Options{}).Parse([]byte("~~~"+language+"\n"+code+"~~~\n"), 1).HTML(nil, 1)
		if _, err := audit(page); err != nil {
			t.Errorf("%s: %v", language, err)
		}
		if got := shown(page); got != code {
			t.Errorf("%s: the code is shown as:\n%s", language, got)
		}
		if !strings.Contains(page, ` data-lang="`+language+`"`) {
			t.Errorf("%s: not marked as such:\n%s", language, page)
		}
	}
}

// Lexers need seconds per megabyte, so what is too large is shown without colours.
func TestHighlightLimits(t *testing.T) {
	line := strings.Repeat("x", 63) + "\n"
	for _, test := range []struct {
		name, code string
		colours    bool
	}{
		{"largest block", strings.Repeat(line, maxHighlight/64), true},
		{"block one byte larger", strings.Repeat(line, maxHighlight/64-1) + "x" + line, false},
		{"longest line", strings.Repeat("x", maxHighlightLine-1) + "\n", true},
		{"line one byte longer", strings.Repeat("x", maxHighlightLine) + "\n", false},
		{"long line at the end", "x\n" + strings.Repeat("x", maxHighlightLine) + "\n", false},
	} {
		t.Run(test.name, func(t *testing.T) {
			page := NewParser(Options{}).Parse([]byte("```go\n"+test.code+"```\n"), 1).HTML(nil, 1)
			if got := strings.Contains(page, `class="chroma"`); got != test.colours {
				t.Errorf("with colours is %v, want %v", got, test.colours)
			}
			if shown(page) != test.code {
				t.Error("the code is not shown as it is")
			}
		})
	}
}

// A Parser is used from many goroutines at once (run with -race), and the same
// text always gives the same page.
func TestConcurrentParse(t *testing.T) {
	src := []byte("# A\n\n## B\n\n## B\n\n[a](b) [[c]] x[^1]\n\n[^1]: d\n\n```go\nfunc f() {}\n```\n\n| a |\n|---|\n| b |\n")
	p := NewParser(Options{})
	want := p.Parse(src, 1)
	pages := make(chan string)
	const n = 8
	for range n {
		go func() {
			p.Parse(src, 1)
			pages <- p.Parse(src, 1).HTML(nil, 1) + want.HTML(nil, 1)
		}()
	}
	for range n {
		if got := <-pages; got != want.HTML(nil, 1)+want.HTML(nil, 1) {
			t.Errorf("two parses of one text differ:\n%s", got)
		}
	}
}
