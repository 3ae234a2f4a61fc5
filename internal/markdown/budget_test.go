package markdown

import (
	"slices"
	"strings"
	"testing"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"

	"debrief/internal/diag"
)

// Each limit is met exactly and then exceeded by one.
func TestBudget(t *testing.T) {
	table := func(columns, lines int) string { // lines count from the one of hyphens on
		return strings.Repeat("|a", columns) + "|\n" + strings.Repeat("|-", columns) + "|\n" + strings.Repeat("|b|\n", lines-1)
	}
	rep := strings.Repeat
	for _, test := range []struct{ name, within, beyond, why string }{
		{"quotes", rep("> ", maxDepth) + "x", rep("> ", maxDepth+1) + "x", "nested"},
		{"quotes without spaces", rep(">", maxDepth) + "x", rep(">", maxDepth+1) + "x", "nested"},
		{"lists", rep("- ", maxDepth) + "x", rep("- ", maxDepth+1) + "x", "nested"},
		{"lists of all marks", rep("- * ", maxDepth/2) + "x", rep("- * ", maxDepth/2) + "+ x", "nested"},
		{"numbered lists", rep("1. ", maxDepth) + "x", rep("1. ", maxDepth+1) + "x", "nested"},
		{"numbered lists in brackets", rep("12) ", maxDepth) + "x", rep("12) ", maxDepth+1) + "x", "nested"},
		{"quotes and lists", rep("> - ", maxDepth/2) + "x", rep("> - ", maxDepth/2) + "> x", "nested"},
		{"nested on a later line", "x\n\n" + rep("> ", maxDepth) + "x", "x\n\n" + rep("> ", maxDepth+1) + "x", "nested"},
		{"spaces", rep(" ", maxIndent) + "x", rep(" ", maxIndent+1) + "x", "indented"},
		{"tabs", rep("\t", maxIndent/4) + "x", rep("\t", maxIndent/4) + " x", "indented"},
		{"a blank line of spaces is none", rep(" ", 10*maxIndent) + "\nx", rep(" ", maxIndent+1) + "x", "indented"},
		{"spaces in fenced code", "```\n" + rep(" ", 10*maxIndent) + "x\n```", "```\n```\n" + rep(" ", maxIndent+1) + "x", "indented"},
		{"columns", table(maxColumns, 2), table(maxColumns+1, 2), "columns"},
		{"cells", table(100, maxCells/100), table(100, maxCells/100+1), "cells"},
		{"cells in a quote", "> |a|b|\n> |-|-|\n" + rep("> |c|\n", maxCells/2-1), "> |a|b|\n> |-|-|\n" + rep("> |c|\n", maxCells/2), "cells"},
		{"cells of two tables", table(100, maxCells/100) + "\n" + table(100, maxCells/100), table(2, maxCells/2+1), "cells"},
		{"brackets", rep("[", maxBrackets), rep("[", maxBrackets+1), "brackets"},
		{"brackets over many lines", rep("[\n", maxBrackets), rep("[\n", maxBrackets+1), "brackets"},
		{"brackets of two paragraphs", rep("[", maxBrackets) + "\n\n" + rep("[", maxBrackets), rep("[", maxBrackets) + "\n[", "brackets"},
		{"brackets in fenced code", "```\n" + rep("[", 2*maxBrackets) + "\n```", "```\n```\n" + rep("[", maxBrackets+1), "brackets"},
		{"asterisks", rep("a*", maxEmphasis), rep("a*", maxEmphasis+1), "asterisks"},
		{"marks of all kinds", rep("a_", maxEmphasis/2) + rep(" ~a", maxEmphasis/2), rep("a*b_c~", maxEmphasis/3+1), "asterisks"},
	} {
		t.Run(test.name, func(t *testing.T) {
			p := NewParser(Options{})
			if doc := p.Parse([]byte(test.within), 1); len(doc.Findings) > 0 {
				t.Errorf("what is within the limit is refused: %v", doc.Findings)
			}
			doc := p.Parse([]byte(test.beyond), 1)
			if len(doc.Findings) != 1 || doc.Findings[0].Rule != "too-complex" || !strings.Contains(doc.Findings[0].Text, test.why) {
				t.Fatalf("findings %v, want one of the rule too-complex about %q", doc.Findings, test.why)
			}
			if doc.HTML(nil, 1) != "" || len(doc.Links) > 0 {
				t.Error("something is left of a text that was refused")
			}
		})
	}
}

// The budget looks at lines and goldmark at blocks. Where they disagree about
// what is fenced code, a text can hide from the budget, or code is refused that
// costs nothing.
func TestBudgetFences(t *testing.T) {
	deep := "\n\n" + strings.Repeat("> ", maxDepth+8) + "x\n"
	for _, test := range []struct {
		name, src string
		code      bool // goldmark takes the deep line for code
	}{
		{"open fence", "```" + deep, true},
		{"closed fence", "```\n```" + deep, false},
		{"open fence of tildes", "~~~\n```" + deep, true},
		{"other kind does not close", "```\n~~~" + deep, true},
		{"longer fence closes", "```\n`````" + deep, false},
		{"shorter fence does not close", "`````\n```" + deep, true},
		{"shorter fence inside", "````\n```\n````" + deep, false},
		{"fence with a word does not close", "```\n```go\n```" + deep, false},
		{"fence with spaces behind closes", "```\n```  " + deep, false},
		{"back quote after the fence makes it text", "``` `" + deep, false},
		{"inline code of three back quotes", "```x```" + deep, false},
		{"back quote after tildes is allowed", "~~~ `" + deep, true},
		{"four spaces make indented code", "    ```" + deep, false},
		{"three spaces make a fence", "   ```" + deep, true},
		{"four spaces do not close", "```\n    ```" + deep, true},
		{"fence in a list", "- ```\n  x\n  ```" + deep, false},
		{"fence in a list ends with the list", "- x\n\n  ```\n\ny" + deep, false},
		{"fence beside a list's mark ends with the list", "- ```\n\ny" + deep, false},
		{"fence in a quote ends with the quote", "> ```" + deep, false},
		{"fence in a comment", "<!--\n```\n-->" + deep, false},
		{"fence in raw HTML", "<pre>\n```\n</pre>" + deep, false},
		{"fence in an HTML block", "<div>\n```\n</div>" + deep, false},
		{"fence that a comment ends in", "```\n<!--\n```" + deep, false},
		{"fence in a footnote", "[^1]: x\n\n    ```\n    y\n    ```" + deep, false},
		{"fence in a definition", "x\n: ```\n  y\n  ```" + deep, false},
		{"fence in a list in a quote", "> - ```\n>   x\n>   ```" + deep, false},
		{"fence in a nested list", "- x\n  - ```\n    y\n    ```" + deep, false},
		{"fence after a list has ended", "- x\n\ny\n\n  ```" + deep, true},
		{"fence in a numbered list", "1. ```\n   x\n   ```" + deep, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			root := NewParser(Options{}).parser.Parse(text.NewReader([]byte(test.src)))
			if isCode := depth(root) < maxDepth; isCode != test.code {
				t.Fatalf("the test is wrong: goldmark nests %d deep", depth(root))
			}
			if refused := refused(test.src); refused == test.code {
				t.Errorf("%q\nrefused is %v, but that the deep line is code is %v", test.src[:len(test.src)-len(deep)], refused, test.code)
			}
		})
	}
}

// refused tells whether a text is over the budget.
func refused(src string) bool {
	return slices.ContainsFunc(NewParser(Options{}).Parse([]byte(src), 1).Findings, func(f diag.Finding) bool { return f.Rule == "too-complex" })
}

// quotes is how deep block quotes are nested.
func quotes(n ast.Node) int {
	deepest := 0
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		deepest = max(deepest, quotes(c))
	}
	if n.Kind() == ast.KindBlockquote {
		deepest++
	}
	return deepest
}

// FuzzBudget looks for a text that hides a costly line from the budget:
// whatever stands before it, the line is refused or goldmark takes it for code.
func FuzzBudget(f *testing.F) {
	for _, src := range []string{"```\n", "``` `\n", "    ```\n", "- ```\n  x\n  ```\n", "> ~~~\n", "- x\n\n  ```\ny\n", "<!--\n```\n-->\n", "1) > ```\n"} {
		f.Add(src)
	}
	p := NewParser(Options{})
	f.Fuzz(func(t *testing.T, src string) {
		if len(src) > 1000 {
			return
		}
		src += "\n\n" + strings.Repeat("> ", maxDepth+8) + "x\n"
		if nested := quotes(p.parser.Parse(text.NewReader([]byte(src)))); nested > maxDepth && !refused(src) {
			t.Errorf("quotes are nested %d deep in %q, and it is not refused", nested, src)
		}
	})
}

func depth(n ast.Node) int {
	deepest := 0
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		deepest = max(deepest, depth(c))
	}
	return deepest + 1
}

// Code is not Markdown: what would be too much of it outside costs nothing here.
func TestBudgetSparesCode(t *testing.T) {
	busy := strings.Repeat(" ", maxIndent+1) + strings.Repeat("[", maxBrackets+1) + strings.Repeat("> ", maxDepth+1) + "\n"
	for name, src := range map[string]string{
		"plain":          "```\n" + busy + "```\n",
		"tildes":         "~~~ text\n" + busy + "~~~\n",
		"longer fence":   "````\n```\n" + busy + "```\n````\n",
		"in a list":      "- x\n\n  ```\n  " + busy + "  ```\n",
		"beside a mark":  "- ```\n  " + busy + "  ```\n",
		"second in list": "- ```\n  x\n  ```\n\n  ```\n  " + busy + "  ```\n",
	} {
		if refused(src) {
			t.Errorf("%s: refused", name)
		}
	}
}

// Each blank line costs goldmark as much as the lists round it are deep, and
// takes one byte: a megabyte of them in a deep list keeps it busy for many
// seconds and takes gigabytes. Nobody writes so many in a row.
func TestBudgetOfBlankLines(t *testing.T) {
	src := strings.Repeat("- ", maxDepth) + "x" + strings.Repeat("\n", 50_000) + "y"
	if !refused(src) {
		t.Error("50000 blank lines in a list 32 deep are not refused")
	}
	if refused("- x" + strings.Repeat("\n", 100) + "y") {
		t.Error("100 blank lines in a list are refused")
	}
}

// A short text must not become a long page by using one long address again and
// again: the addresses count as HTML, although they are filled in later.
func TestBudgetOfOutput(t *testing.T) {
	for name, src := range map[string]string{
		"links":  strings.Repeat("[a] ", 1000) + "\n\n[a]: /" + strings.Repeat("x", 20_000),
		"images": strings.Repeat("![a] ", 1000) + "\n\n[a]: /" + strings.Repeat("x", 20_000),
		"titles": strings.Repeat("[a] ", 1000) + "\n\n[a]: /x '" + strings.Repeat("x", 20_000) + "'",
	} {
		t.Run(name, func(t *testing.T) {
			doc := NewParser(Options{}).Parse([]byte(src), 1)
			size, limit := len(doc.HTML(nil, 1)), 16*len(src)+1<<20
			if size > limit {
				t.Errorf("%d bytes of text give %d bytes of HTML, more than %d, and there are %d findings", len(src), size, limit, len(doc.Findings))
			}
		})
	}
}

// Texts of 100 KB that are known to keep Markdown parsers busy for minutes.
// Each is either refused or parsed; that the test ends is all it shows.
func TestPathological(t *testing.T) {
	const size = 100_000
	fill := func(s string) string { return strings.Repeat(s, size/len(s)) }
	half := func(a, b string) string {
		return strings.Repeat(a, size/2/len(a)) + "x" + strings.Repeat(b, size/2/len(b))
	}
	for name, src := range map[string]string{
		"empty links":          fill("[]("),
		"empty images":         fill("![]("),
		"lists on one line":    fill("* "),
		"quotes on one line":   fill(">"),
		"quotes with spaces":   fill("> "),
		"numbers on one line":  fill("1. "),
		"quotes and lists":     fill("> * "),
		"mixed emphasis":       fill("*a_ "),
		"emphasis both sides":  fill("*a** "),
		"strikethrough":        fill("~a "),
		"brackets":             half("[", "]"),
		"brackets with text":   half("[a", "](b)"),
		"wiki links":           fill("[[a"),
		"wiki links closed":    fill("[[a]]"),
		"wiki links unclosed":  fill("[[a\n"),
		"lists by indentation": staircase("- ", 2, size),
		"list then blanks":     strings.Repeat("- ", maxDepth) + "x\n" + fill("\n") + "y",
		"wide table":           fill("|a") + "\n" + fill("|-") + "\n",
		"table of short rows":  strings.Repeat("|a", 100) + "\n" + strings.Repeat("|-", 100) + "\n" + fill("|x\n"),
		"table rows":           "|a|b|\n|-|-|\n" + fill("|c|d|\n"),
		"long definitions":     "[a]: " + strings.Repeat("x", size/2) + "\n\n" + strings.Repeat("[a] ", size/1000),
		"many definitions":     fill("[a]: b\n"),
		"back quotes":          fill("`a``b```c"),
		"growing back quotes":  growing("`", size),
		"angle brackets":       fill("<a "),
		"declarations":         fill("<!A "),
		"CDATA":                fill("<![CDATA["),
		"instructions":         fill("<?"),
		"comments":             fill("<!--"),
		"entities":             fill("&amp;&#60;&"),
		"addresses":            fill("http://a.b/"),
		"addresses in angles":  fill("<http://a.b"),
		"e-mail addresses":     fill("a@"),
		"footnote marks":       fill("[^1]"),
		"footnotes":            fill("[^1]: a\n"),
		"one footnote":         strings.Repeat("x[^1]\n\n", size/20) + "[^1]: a\n",
		"setext lines":         fill("a\n=\n"),
		"headings":             fill("# a\n"),
		"same headings":        fill("## a\n"),
		"fences":               fill("```\n"),
		"escapes":              fill(`\[`),
		"hard line breaks":     fill("a  \n"),
		"tabs":                 fill("\t"),
		"definition lists":     fill("a\n: b\n"),
		"tasks":                fill("- [ ] a\n\n"),
		"alerts":               fill("> [!NOTE]\n\n"),
		"one long word":        fill("a"),
		"open titles":          fill(`[a](b "`),
		"open destinations":    fill("[a](<b"),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			NewParser(Options{}).Parse([]byte(src), 1).HTML(nil, 1)
		})
	}
}

// staircase indents each line by step columns more than the one before, and
// begins again at the widest that the budget allows.
func staircase(mark string, step, size int) string {
	var b strings.Builder
	for b.Len() < size {
		for indent := 0; indent <= maxIndent-len(mark); indent += step {
			b.WriteString(strings.Repeat(" ", indent) + mark + "x\n")
		}
	}
	return b.String()
}

// growing is mark, then mark twice, then three times and so on, with spaces between.
func growing(mark string, size int) string {
	var b strings.Builder
	for n := 1; b.Len() < size; n++ {
		b.WriteString(strings.Repeat(mark, n) + " ")
	}
	return b.String()
}
