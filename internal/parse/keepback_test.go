package parse

import (
	"testing"

	"debrief/internal/diag"
	"debrief/internal/kb"
	"debrief/internal/tree"
)

// What was meant to keep a page back does so, or is an error: a page must not
// become public by a slip of the pen.
func TestKeptBack(t *testing.T) {
	p := NewParser(kb.DefaultConfig())
	for _, test := range []struct {
		name, text string
		shown      bool // a page that is neither a draft nor to be published later
		errors     int
	}{
		{"nothing", "---\ntitle: x\n---\n", true, 0},
		{"a draft", "---\ndraft: true\n---\n", false, 0},
		{"no draft", "---\ndraft: false\n---\n", true, 0},
		{"a day", "---\npublish: 2027-01-31\n---\n", false, 0},
		{"a day by another name", "---\npublishDate: 2027-01-31\n---\n", false, 0},
		{"neither yes nor no", "---\ndraft: maybe\n---\n", false, 1},
		{"in capitals", "---\nDraft: true\n---\n", false, 1},
		{"a slip", "---\ndarft: true\n---\n", false, 1},
		{"a plural", "---\ndrafts: true\n---\n", false, 1},
		{"a key of other tools", "---\npublished: false\n---\n", false, 1},
		{"another", "---\nprivate: true\n---\n", false, 1},
		{"an audience that is misspelt", "---\naudiance: internal\n---\n", false, 1},
		{"any other key", "---\ncolour: blue\n---\n", true, 0},
		{"after a blank line", "\n---\ndraft: true\n---\n", false, 1},
		{"after a line of spaces", "  \n \n---\ndraft: true\n---\n", false, 1},
		{"in TOML", "+++\ndraft = true\n+++\n", false, 1},
		{"a thematic break", "\n---\n\nText: more.\n", true, 0},
	} {
		r := p.File(tree.NewFile("page.md", []byte(test.text)))
		shown := r.Page != nil && r.Page.Public && !r.Page.Draft && r.Page.Publish.IsZero()
		if shown != test.shown || diag.Count(r.Findings, diag.Error) != test.errors {
			t.Errorf("%s: shown is %v, findings %v", test.name, shown, r.Findings)
		}
	}
}

// A page for internal readers is shown, and not on a site that is for everybody.
func TestAudience(t *testing.T) {
	for text, want := range map[string]struct{ public, bad bool }{
		"": {true, false}, "audience: public": {true, false}, "audience: internal": {false, false},
		"audience: Internal": {false, false}, "audience: staff": {false, true}, "audience: [internal]": {false, true},
	} {
		r := NewParser(kb.DefaultConfig()).File(tree.NewFile("page.md", []byte("---\n"+text+"\n---\n")))
		if r.Page == nil || r.Page.Public != want.public || (diag.Count(r.Findings, diag.Error) > 0) != want.bad {
			t.Errorf("%q: %+v, %v", text, r.Page, r.Findings)
		}
	}
}
