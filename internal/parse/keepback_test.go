package parse

import (
	"testing"

	"debrief/internal/diag"
	"debrief/internal/kb"
	"debrief/internal/schema"
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
		{"a day in words", "---\npublish: 31 Dec 2099\n---\n", false, 1},
		{"a year", "---\npublish: 2099\n---\n", false, 1},
		{"a year by another name", "---\npublishDate: 2099\n---\n", false, 1},
		{"some day", "---\npublish: soon\n---\n", false, 1},
		{"never", "---\npublish: false\n---\n", false, 1},
		{"a list of days", "---\npublish: [2099-01-01]\n---\n", false, 1},
		{"no day", "---\npublish:\n---\n", false, 1},
		{"a day, and none", "---\npublish: 2020-01-31\npublish_on: later\n---\n", false, 1},
		{"draft or not", "---\ndraft:\n---\n", false, 1},
		{"draft or not, in quotes", "---\ndraft: \"\"\n---\n", false, 1},
		{"a list of drafts", "---\ndraft: [true]\n---\n", false, 1},
		{"neither yes nor no", "---\ndraft: maybe\n---\n", false, 1},
		{"in capitals", "---\nDraft: true\n---\n", false, 1},
		{"a slip", "---\ndarft: true\n---\n", false, 1},
		{"a plural", "---\ndrafts: true\n---\n", false, 1},
		{"a key of other tools", "---\npublished: false\n---\n", false, 1},
		{"another", "---\nprivate: true\n---\n", false, 1},
		{"an audience that is misspelt", "---\naudiance: internal\n---\n", false, 1},
		{"an audience in capitals", "---\nAudience: public\n---\n", false, 1},
		{"an audience in short", "---\naud: internal\n---\n", false, 1},
		{"a slip in a day by another name", "---\npublsh_at: 2099-01-01\n---\n", false, 1},
		{"a day after which", "---\npublish_after: 2099-01-01\n---\n", false, 1},
		{"a day of release", "---\nrelease_on: 2099-01-01\n---\n", false, 1},
		{"internal", "---\ninternal: true\n---\n", false, 1},
		{"confidential", "---\nConfidential: true\n---\n", false, 1},
		{"restricted", "---\nrestricted: true\n---\n", false, 1},
		{"a classification", "---\nclassification: internal\n---\n", false, 1},
		{"an access", "---\naccess: team\n---\n", false, 1},
		{"a traffic light", "---\ntlp: red\n---\n", false, 1},
		{"a secret under any key", "---\nreaders: Internal\n---\n", false, 1},
		{"a secret in a list", "---\ngroups: [team, private]\n---\n", false, 1},
		{"a secret under a key that is known", "---\nsummary: internal\n---\n", true, 0},
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
		"audience:": {false, true}, "audience: ~": {false, true}, "audience: null": {false, true}, `audience: ""`: {false, true},
		`audience: " "`: {false, true}, "audience: []": {false, true}, `audience: "\b"`: {false, true},
	} {
		r := NewParser(kb.DefaultConfig()).File(tree.NewFile("page.md", []byte("---\n"+text+"\n---\n")))
		if r.Page == nil || r.Page.Public != want.public || (diag.Count(r.Findings, diag.Error) > 0) != want.bad {
			t.Errorf("%q: %+v, %v", text, r.Page, r.Findings)
		}
	}
}

// Settings from which nobody can tell the audience make the site that shows less.
func TestAudienceOfSite(t *testing.T) {
	for text, want := range map[string]struct{ public, ok bool }{
		"": {false, true}, "audience: internal": {false, true}, "audience: public": {true, true}, "audience: Public": {true, true},
		"audience:": {true, false}, "audience: ~": {true, false}, `audience: ""`: {true, false}, "audience: {}": {true, false},
		"audience: [public]": {true, false}, "audience: staff": {true, false}, "audience: !x internal": {true, false},
		"audiance: public": {true, false}, "Audience: public": {true, false}, "visibility: public": {true, false}, "site_for: internal": {true, false},
		"titel: x": {false, false}, "title: a: b": {true, false}, "- audience": {true, false}, "title: \x00": {true, false},
	} {
		c, findings, ok := Config(tree.NewFile(ConfigPath, []byte(text+"\n")))
		if c.Public != want.public || ok != want.ok {
			t.Errorf("%q: public is %v, ok is %v, %v", text, c.Public, ok, findings)
		}
	}
}

// What of the schema keeps a page back is known as such, and nothing else is.
func TestKeepsBack(t *testing.T) {
	for _, p := range schema.Incident(kb.DefaultConfig()).Properties {
		own := schema.Canonical(p.Name)
		if want := own == "draft" || own == "audience" || own == "publish"; KeepsBack(p.Name) != want {
			t.Errorf("%s: %v, want %v", p.Name, !want, want)
		}
	}
	for key, want := range map[string]bool{"Draft": true, "visibility": true, "Private": true, "embargo-until": true, "audiance": true, "colour": false, "": false} {
		if KeepsBack(key) != want {
			t.Errorf("%s: %v, want %v", key, !want, want)
		}
	}
}
