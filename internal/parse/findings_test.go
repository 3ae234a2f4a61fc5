package parse

import (
	"fmt"
	"strings"
	"testing"

	"debrief/internal/diag"
	"debrief/internal/kb"
	"debrief/internal/tree"
)

// mistakes are what goes wrong in the files of a content folder. The golden
// file shows the words that an author reads for each.
var mistakes = []sample{
	// The file itself.
	{"UTF-16, little end first", "\xff\xfea\x00"},
	{"UTF-16, big end first", "\xfe\xff\x00a"},
	{"NUL", "ab\nc\x00d"},
	{"NUL in front matter", "---\ntitle: a\x00\n---\n"},
	{"bad UTF-8", "# ok\n\né\xffz\n"},
	{"bad UTF-8 after CRLF", "---\r\ntitle: a\r\n---\r\né é\xc3\r\n"},
	{"bad UTF-8 after a byte order mark", "\ufeffa\xff"},
	{"cut off in a character", "a\xe2\x82"},

	// The fences.
	{"never closed", "---\ntitle: a\n\nText.\n"},
	{"never closed, CRLF", "---\r\ntitle: a\r\n"},
	{"closed by too many hyphens", "---\ntitle: a\n----\nText.\n"},
	{"closed by an indented fence", "---\ntitle: a\n ---\nText.\n"},
	{"larger than 64 KiB", "---\n" + strings.Repeat("# "+strings.Repeat("x", 61)+"\n", 1025) + "---\n"},

	// YAML.
	{"tab before a key", "---\n\ttitle: a\n---\n"},
	{"tab before an item", "---\ntags:\n\t- a\n---\n"},
	{"colon in a title", "---\ntitle: Cache: all nodes down\n---\n"},
	{"at sign", "---\nauthors: @team\n---\n"},
	{"unclosed quote", "---\ntitle: \"a\n---\n"},
	{"unclosed bracket", "---\ntags: [a\n---\n"},
	{"text behind a quote", "---\ntitle: 'a' b\n---\n"},
	{"word without a colon", "---\ntitle: a\ndraft\n---\n"},
	{"indented key", "---\ntitle: a\n  draft: true\n---\n"},
	{"a list", "---\n- a\n---\n"},
	{"only words", "---\nwhat happened\n---\n"},
	{"key that is a mapping", "---\n? {a: b}\n: c\n---\n"},
	{"key that is a list", "---\n[a]: b\n---\n"},
	{"duplicate key", "---\ntitle: a\ndraft: true\ntitle: b\n---\n"},
	{"second document", "---\ntitle: a\n--- {title: b}\n---\n"},
	{"directive", "---\n%YAML 1.1\n---\n"},
	{"anchor", "---\ntitle: &a b\n---\n"},
	{"alias", "---\ntitle: &a b\nsummary: *a\n---\n"},
	{"alias without an anchor", "---\ntitle: *a\n---\n"},
	{"alias of itself", "---\ntags: &a [*a]\n---\n"},
	{"bomb of aliases", "---\na: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: [*b,*b,*b,*b,*b,*b,*b,*b,*b]\n---\n"},
	{"merge key", "---\n<<: {title: a}\n---\n"},
	{"merge key further in", "---\nlinks:\n  - <<: {title: a}\n---\n"},
	{"tag", "---\ntitle: !!str a\n---\n"},
	{"tag of an application", "---\ntitle: !env HOME\n---\n"},
	{"binary", "---\ntitle: !!binary aGk=\n---\n"},
	{"nested too deep", "---\ntags: " + strings.Repeat("[", maxDepth) + "[a]" + strings.Repeat("]", maxDepth) + "\n---\n"},
	{"too many keys", "---\n" + keys(maxKeys+1) + "---\n"},
	{"control character", "---\ntitle: \"a\x01\"\n---\n"},

	// Keys and values.
	{"misspelt keys", "---\ntitel: a\nStarted: 2026-01-02\nsevrity: SEV1\nservice_: b\n---\n"},
	{"unknown keys", "---\nlayout: post\nwibble: a\n---\n"},
	{"empty key", "---\n: a\n---\n"},
	{"list for a word", "---\ntitle: [a]\nid: [b]\nseverity:\n  - SEV1\n---\n"},
	{"mapping for a word", "---\nstatus: {a: b}\nstarted: {a: b}\n---\n"},
	{"mapping for a list", "---\nservices: {a: b}\n---\n"},
	{"list in a list", "---\ntags: [a, [b], {c: d}, e]\n---\n"},
	{"no truth value", "---\ndraft: maybe\n---\n"},
	{"no times", "---\nstarted: soon\ndetected: 14:21\nresolved: 2026-02-30\nend_time: 2026-03-12T25:00:00Z\n---\n"},
	{"no day", "---\npublish: 12.3.2026\n---\n"},
	{"nothing that keeps it back", "---\npublish: null\ndraft: ~\naudience: \"\"\n---\n"},
	{"keys that keep it back elsewhere", "---\nclassification: internal\nreaders: private\npublishd_at: 2099-01-01\n---\n"},
	{"links that are none", "---\nlinks: https://example.com\n---\n"},
	{"link that is none", "---\nlinks: [https://example.com, {title: a, url: b}]\n---\n"},

	// The body: its lines are those of the file.
	{"finding in the body", "---\ntitle: a\n---\n\né <b>bold</b>\n"},
	{"finding in the body, CRLF", "\ufeff---\r\ntitle: a\r\n---\r\n\r\né <b>\r\n"},
	{"body too complex", "---\ntitle: a\n---\nText.\n\n" + strings.Repeat("> ", 40) + "\n"},

	// No mistakes.
	{"empty file", ""},
	{"only white space", " \n\t\n"},
	{"only front matter", "---\ntitle: a\n---\n"},
	{"only front matter, cut off", "---\ntitle: a\n---"},
	{"empty front matter", "---\n---\nText.\n"},
	{"front matter of a comment", "---\n# nothing yet\n---\n"},
	{"front matter of null", "---\n~\n---\n"},
	{"closed by dots", "---\ntitle: a\n...\nText.\n"},
	{"spaces behind the fences", "--- \ntitle: a\n---\t \nText.\n"},
	{"hyphens inside a value", "---\nsummary: |\n  a\n  ---\n  b\n---\nText.\n"},
	{"four hyphens are a line", "----\ntitle: a\n----\n"},
	{"no front matter", "# Title\n\n---\n\nText.\n"},
	{"old Mac line ends", "---\rtitle: a\r---\rText.\r"},
	{"most keys", "---\n" + keys(maxKeys) + "---\n"},
	{"nested as deep as allowed", "---\nx: " + strings.Repeat("[", maxDepth-2) + "[a]" + strings.Repeat("]", maxDepth-2) + "\n---\n"},
	{"empty values", "---\ntitle: \"\"\nid:\nseverity: ''\nstarted: \"\"\nservices: \"\"\ntags: []\nlinks:\n---\n# T\n"},
}

// keys are n lines of front matter whose keys nobody asks for.
func keys(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "zzzzzz%d: a\n", i)
	}
	return b.String()
}

func TestFindings(t *testing.T) {
	p := NewParser(kb.DefaultConfig())
	var b strings.Builder
	for _, s := range mistakes {
		r := p.File(tree.NewFile("incidents/a.md", []byte(s.src)))
		findings := r.Findings
		if s.name == "most keys" {
			findings = nil // two hundred times the same
		}
		verdict := "read"
		if r.Broken() {
			verdict = "broken"
		}
		b.WriteString(report(s, verdict, findings))
		if r.Broken() != (diag.Count(r.Findings, diag.Error) > 0 && r.Incident == nil) {
			t.Errorf("%s: broken is %v with the findings %v", s.name, r.Broken(), r.Findings)
		}
	}
	golden(t, "testdata/findings.golden", b.String())
}

// A file too large to be held in memory arrives without its data.
func TestTooLarge(t *testing.T) {
	r := NewParser(kb.DefaultConfig()).File(tree.File{Path: "incidents/a.md", Size: tree.MaxLoaded + 1})
	if !r.Broken() || len(r.Findings) != 1 || r.Findings[0].Rule != "too-large" {
		t.Errorf("broken is %v, findings %v, want one of the rule too-large", r.Broken(), r.Findings)
	}
	if r := NewParser(kb.DefaultConfig()).File(tree.NewFile("incidents/a.md", make([]byte, tree.MaxLoaded))); r.Findings[0].Rule == "too-large" {
		t.Error("a file of exactly the largest size is refused as too large")
	}
}

// What is known of the keys of front matter holds for those of a link in it.
func TestKeysOfLinks(t *testing.T) {
	r := NewParser(kb.DefaultConfig()).File(tree.NewFile("incidents/a.md", []byte("---\nlinks: [{titel: a, url: https://example.com}]\n---\n")))
	if len(r.Findings) != 1 || r.Findings[0].Rule != "unknown-key" || r.Findings[0].Pos != (diag.Pos{Line: 2, Col: 10}) {
		t.Errorf("findings %v, want one of the rule unknown-key at 2:10", r.Findings)
	}
}

// YAML counts lines in its own way: some characters of Unicode end one, and the
// end of the text may be on a line of its own. People go by their editor.
func TestLinesAreThoseOfTheEditor(t *testing.T) {
	for _, test := range []struct {
		name, src string
		want      diag.Pos
	}{
		{"next line", "title: a\u0085\ntitel: b\n", diag.Pos{Line: 2, Col: 1}},
		{"line separator", "title: \"a\u2028b\"\ntitel: b\n", diag.Pos{Line: 2, Col: 1}},
		{"paragraph separator", "title: \"a\u2029b\"\ntitel: b\n", diag.Pos{Line: 2, Col: 1}},
		{"no line end at the end", "title: a\ntitel", diag.Pos{Line: 2, Col: 1}},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, findings, _ := Config(tree.NewFile(ConfigPath, []byte(test.src)))
			if len(findings) != 1 || findings[0].Pos != test.want {
				t.Errorf("findings %v, want one at %v", findings, test.want)
			}
		})
	}
}
