package markdown

import (
	"bytes"
	"html"
	"strings"

	"github.com/alecthomas/chroma/v2"
	"github.com/alecthomas/chroma/v2/lexers"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/util"
)

// A block of code beyond these sizes is shown without colours: lexers need
// seconds per megabyte.
const (
	maxHighlight     = 64 << 10  // bytes in a block
	maxHighlights    = 256 << 10 // bytes of code in a text
	maxHighlightLine = 4 << 10   // bytes in a line
)

// languages maps the words after a fence to the lexers that are known to be
// quick and well behaved. Everything else is shown as plain text.
var languages = map[string]string{
	"bash": "Bash", "sh": "Bash", "shell": "Bash", "zsh": "Bash", "console": "Bash Session", "shell-session": "Bash Session",
	"c": "C", "h": "C", "cpp": "C++", "c++": "C++", "cc": "C++", "hpp": "C++", "csharp": "C#", "cs": "C#", "c#": "C#",
	"css": "CSS", "diff": "Diff", "patch": "Diff", "docker": "Docker", "dockerfile": "Docker",
	"glsl": "GLSL", "hlsl": "HLSL", "go": "Go", "golang": "Go", "graphql": "GraphQL", "groovy": "Groovy",
	"hcl": "HCL", "terraform": "Terraform", "tf": "Terraform", "html": "HTML", "http": "HTTP", "ini": "INI", "cfg": "INI",
	"java": "Java", "javascript": "JavaScript", "js": "JavaScript", "json": "JSON", "jsonc": "JSON", "kotlin": "Kotlin", "kt": "Kotlin",
	"lua": "Lua", "make": "Makefile", "makefile": "Makefile", "nginx": "Nginx configuration file",
	"objective-c": "Objective-C", "objc": "Objective-C", "php": "PHP", "powershell": "PowerShell", "ps1": "PowerShell",
	"promql": "PromQL", "properties": "properties", "proto": "Protocol Buffer", "protobuf": "Protocol Buffer",
	"python": "Python", "py": "Python", "ruby": "Ruby", "rb": "Ruby", "rust": "Rust", "rs": "Rust", "scala": "Scala",
	"sql": "SQL", "swift": "Swift", "systemd": "SYSTEMD", "toml": "TOML", "tsx": "TypeScript", "ts": "TypeScript", "typescript": "TypeScript",
	"xml": "XML", "yaml": "YAML", "yml": "YAML",
}

// code writes a block of code, with the classes of chroma where its language
// is known.
func (nodes) code(w util.BufWriter, source []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	text := node.Lines().Value(source)
	language := ""
	if f, ok := node.(*ast.FencedCodeBlock); ok {
		language = strings.ToLower(string(f.Language(source)))
	}
	spans, ok := "", false
	if _, plain := node.AttributeString(attrPlain); !plain {
		spans, ok = highlight(text, language)
	}
	if !ok {
		w.WriteString(`<figure class="code"><pre tabindex="0"><code>`)
		w.WriteString(html.EscapeString(string(text)))
	} else {
		w.WriteString(`<figure class="code"` + attr("data-lang", language) + `><pre tabindex="0" class="chroma"><code>`)
		w.WriteString(spans)
	}
	w.WriteString("</code></pre></figure>\n")
	return ast.WalkSkipChildren, nil
}

func highlight(text []byte, language string) (string, bool) {
	name, ok := languages[language]
	if !ok || len(text) > maxHighlight {
		return "", false
	}
	for line := range bytes.Lines(text) {
		if len(line) > maxHighlightLine {
			return "", false
		}
	}
	lexer := lexers.Get(name)
	if lexer == nil {
		return "", false
	}
	tokens, err := chroma.Coalesce(lexer).Tokenise(nil, string(text))
	if err != nil {
		return "", false
	}
	var b strings.Builder
	b.Grow(3 * len(text))
	for token := tokens(); token != chroma.EOF; token = tokens() {
		if class := tokenClass(token.Type); class != "" && strings.TrimSpace(token.Value) != "" {
			b.WriteString("<span" + attr("class", class) + ">" + html.EscapeString(token.Value) + "</span>")
		} else {
			b.WriteString(html.EscapeString(token.Value))
		}
	}
	return b.String(), true
}

// tokenClass is chroma's short class for a kind of token, or that of the kind
// above it.
func tokenClass(t chroma.TokenType) string {
	for ; t != 0; t = t.Parent() {
		if class, ok := chroma.StandardTypes[t]; ok {
			return class
		}
	}
	return ""
}
