package markdown

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// specExample is one example of the CommonMark specification.
type specExample struct {
	Number   int    `json:"example"`
	Section  string `json:"section"`
	Markdown string `json:"markdown"`
	HTML     string `json:"html"`
}

// specExamples reads the examples of CommonMark 0.31 from goldmark's own
// module, so that no copy of them can go stale here.
func specExamples(t *testing.T) []specExample {
	t.Helper()
	dir, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/yuin/goldmark").Output()
	if err != nil {
		t.Fatalf("find the module of goldmark: %v", err)
	}
	data, err := os.ReadFile(filepath.Join(strings.TrimSpace(string(dir)), "_test", "spec.json"))
	if err != nil {
		t.Fatalf("the CommonMark specification is not where goldmark keeps it: %v", err)
	}
	var examples []specExample
	if err := json.Unmarshal(data, &examples); err != nil {
		t.Fatal(err)
	}
	if len(examples) != 652 {
		t.Fatalf("the CommonMark specification has %d examples, want 652", len(examples))
	}
	return examples
}

// specRenderer writes a tree as the specification does: goldmark's own HTML
// and nothing of ours, so that only the parser is judged.
func specRenderer() renderer.Renderer {
	return renderer.NewRenderer(renderer.WithNodeRenderers(
		util.Prioritized(html.NewRenderer(html.WithXHTML(), html.WithUnsafe()), 1000),
		util.Prioritized(extension.NewTableHTMLRenderer(), 500),
		util.Prioritized(extension.NewStrikethroughHTMLRenderer(), 500),
		util.Prioritized(extension.NewFootnoteHTMLRenderer(), 500),
		util.Prioritized(extension.NewDefinitionListHTMLRenderer(), 500),
		util.Prioritized(extension.NewTaskCheckBoxHTMLRenderer(), 500),
		util.Prioritized(specWiki{}, 500),
	))
}

// specWiki shows where our parser has seen a wiki link.
type specWiki struct{}

func (specWiki) RegisterFuncs(reg renderer.NodeRendererFuncRegisterer) {
	reg.Register(kindWikiLink, func(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
		if entering {
			w.WriteString("<wiki>" + n.(*wikiLink).target + "</wiki>")
		}
		return ast.WalkContinue, nil
	})
}

func renderSpec(t *testing.T, p parser.Parser, src string) string {
	t.Helper()
	var out bytes.Buffer
	root := p.Parse(text.NewReader([]byte(src)))
	if err := specRenderer().Render(&out, []byte(src), root); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// With the parsers that CommonMark asks for and no others, all 652 examples
// come out as the specification has them: goldmark is what it says, and the
// differences below are made by our own choice of further parsers.
func TestSpecPlain(t *testing.T) {
	plain := parser.NewParser(
		parser.WithBlockParsers(parser.DefaultBlockParsers()...),
		parser.WithInlineParsers(parser.DefaultInlineParsers()...),
		parser.WithParagraphTransformers(parser.DefaultParagraphTransformers()...))
	for _, e := range specExamples(t) {
		if got := renderSpec(t, plain, e.Markdown); got != e.HTML {
			t.Errorf("example %d, %s:\n%s\nwant:\n%s\ngot:\n%s", e.Number, e.Section, e.Markdown, e.HTML, got)
		}
	}
}

// specDifferences are the examples, by number, that our parser reads in another
// way than the specification, and why that is meant.
var specDifferences = map[int]string{
	226: "linkify looks for an address after each space, which splits the text and leaves spaces before a hard line break",
	548: "[[foo]] is a wiki link",
	559: "[[*foo* bar]] is a wiki link",
	590: "[[foo]] is a wiki link",
	608: "linkify makes a link of a bare address",
	611: "linkify makes a link of a bare address",
	612: "linkify makes a link of a bare e-mail address",
	635: "linkify, as in 226",
}

// Our parser reads CommonMark as it is specified, except for specDifferences.
// The table is exact in both directions: it cannot hide a new difference, and
// it cannot keep one that is gone.
func TestSpec(t *testing.T) {
	ours := NewParser(Options{RawHTML: true}).parser
	for _, e := range specExamples(t) {
		got := renderSpec(t, ours, e.Markdown)
		why, differs := specDifferences[e.Number]
		switch {
		case !differs && got != e.HTML:
			t.Errorf("example %d, %s:\n%s\nwant:\n%s\ngot:\n%s", e.Number, e.Section, e.Markdown, e.HTML, got)
		case differs && got == e.HTML:
			t.Errorf("example %d is as specified now; take it out of specDifferences (%q)", e.Number, why)
		}
	}
}

// The examples are also hostile input for our own HTML: they hold raw HTML,
// odd URLs and unfinished mark-up of every kind.
func TestSpecOwnHTML(t *testing.T) {
	safe, raw := NewParser(Options{}), NewParser(Options{RawHTML: true})
	for _, e := range specExamples(t) {
		for level := range 3 {
			if _, err := audit(safe.Parse([]byte(e.Markdown), 1).HTML(nil, level)); err != nil {
				t.Errorf("example %d, %s:\n%s\n%v", e.Number, e.Section, e.Markdown, err)
			}
			// Raw HTML need not be balanced, but our holes must all be filled.
			if got := raw.Parse([]byte(e.Markdown), 1).HTML(nil, level); strings.Contains(got, "\x00") || !utf8.ValidString(got) {
				t.Errorf("example %d, %s: raw HTML has holes or is not UTF-8:\n%q", e.Number, e.Section, got)
			}
		}
	}
}
