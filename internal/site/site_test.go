package site_test

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"debrief/internal/diag"
	"debrief/internal/kb"
	"debrief/internal/markdown"
	"debrief/internal/parse"
	"debrief/internal/site"
	"debrief/internal/tree"
	"debrief/internal/view"
)

// files is a content folder: path -> text.
type files map[string]string

// today is the day of every build in these tests.
var today = kb.Date{Year: 2026, Month: time.May, Day: 4}

// make parses the files as a build does and relates them. The site is at
// https://example.org/kb/ unless site.yaml says otherwise.
func (f files) make(t *testing.T, o site.Options) *site.Site {
	t.Helper()
	if o.Today.IsZero() {
		o.Today = today
	}
	settings := f["site.yaml"]
	if !strings.Contains(settings, "base_url") {
		settings = "base_url: https://example.org/kb/\n" + settings
	}
	config, findings, ok := parse.Config(tree.NewFile("site.yaml", []byte(settings)))
	if !ok {
		t.Fatalf("site.yaml: %v", findings)
	}
	parser := parse.NewParser(config)
	var corpus kb.Corpus
	for _, p := range slices.Sorted(maps.Keys(f)) {
		file := tree.NewFile(p, []byte(f[p]))
		switch {
		case p == "site.yaml":
			continue
		case !parse.IsText(file):
			corpus.Files = append(corpus.Files, p)
			continue
		}
		r := parser.File(file)
		if r.Broken() {
			t.Fatalf("%s: %v", p, r.Findings)
		}
		switch {
		case r.Incident != nil:
			corpus.Incidents = append(corpus.Incidents, r.Incident)
		case r.Guide != nil:
			corpus.Guides = append(corpus.Guides, r.Guide)
		case r.Term != nil:
			corpus.Terms = append(corpus.Terms, r.Term)
		default:
			corpus.Pages = append(corpus.Pages, r.Page)
		}
	}
	s := site.New(corpus, config, o, nil)
	s.Makes = view.New(s, view.Assets{}, nil, nil).Has
	return s
}

// entry returns the page made of a file.
func entry(t *testing.T, s *site.Site, path string) *site.Entry {
	t.Helper()
	i := slices.IndexFunc(s.Entries, func(e *site.Entry) bool { return e.Path == path })
	if i < 0 {
		t.Fatalf("%s is not part of the site; findings: %v", path, s.Findings())
	}
	return s.Entries[i]
}

// paths lists where entries come from.
func paths(entries []*site.Entry) string {
	var list []string
	for _, e := range entries {
		list = append(list, e.Path)
	}
	return strings.Join(list, " ")
}

// lines writes findings as they are printed.
func lines(findings []diag.Finding) string {
	var b strings.Builder
	for _, f := range findings {
		b.WriteString(f.String() + "\n")
	}
	return b.String()
}

func TestOrderOfIncidents(t *testing.T) {
	s := files{
		"incidents/b.md": "---\nid: B\nstarted: 2026-03-01\n---\n",
		"incidents/a.md": "---\nid: A\nstarted: 2026-03-01\n---\n", // same day: the higher id first, as it is the later one
		"incidents/c.md": "---\nstarted: 2026-03-01T09:00:00+02:00\n---\n",
		"incidents/d.md": "---\nstarted: 2026-03-01T08:00:00Z\n---\n", // an hour after c
		"incidents/e.md": "---\nstarted: 1628-08-10\n---\n",
		"incidents/u.md": "# Undated",
		"incidents/2027-01-01-dated-by-its-name.md": "# Later",
	}.make(t, site.Options{})
	want := "incidents/2027-01-01-dated-by-its-name.md incidents/d.md incidents/c.md incidents/b.md incidents/a.md incidents/e.md incidents/u.md"
	if got := paths(s.Incidents); got != want {
		t.Errorf("order of incidents\n got %s\nwant %s", got, want)
	}
}

func TestOrderOfGuidesAndTerms(t *testing.T) {
	s := files{
		"playbook/z.md":     "---\norder: 1\n---\n",
		"playbook/b.md":     "---\norder: 10\n---\n",
		"playbook/a.md":     "# Without an order, so after those with one",
		"playbook/c.md":     "---\norder: 2\n---\n",
		"playbook/index.md": "# The playbook's own words",
		"glossary/2.md":     "# zebra",
		"glossary/1.md":     "# Aardvark",
		"glossary/3.md":     "# alpha",
		"glossary/4.md":     "# Alpha",
	}.make(t, site.Options{})
	if got, want := paths(s.Guides), "playbook/z.md playbook/c.md playbook/b.md playbook/a.md"; got != want {
		t.Errorf("order of guides\n got %s\nwant %s", got, want)
	}
	if got, want := paths(s.Terms), "glossary/1.md glossary/3.md glossary/4.md glossary/2.md"; got != want {
		t.Errorf("order of terms\n got %s\nwant %s", got, want)
	}
	if s.PlaybookIntro == nil || s.PlaybookIntro.Path != "playbook/index.md" {
		t.Error("playbook/index.md is not the playbook's introduction")
	}
}

// TestHidden tells that what is not public is nowhere: not in a list, not in a
// taxonomy, not behind a link.
func TestHidden(t *testing.T) {
	content := files{
		"incidents/open.md":       "---\ntags: [shown]\n---\n",
		"incidents/draft.md":      "---\ndraft: true\ntags: [secret]\naliases: [/old-draft/]\n---\n[[drift]] ![](only-here.png)",
		"incidents/later.md":      "---\npublish: 2026-05-05\ntags: [embargo]\n---\n",
		"incidents/today.md":      "---\npublish: 2026-05-04\n---\n",
		"glossary/drift.md":       "# Drift",
		"incidents/only-here.png": "",
	}
	for _, test := range []struct {
		name    string
		options site.Options
		want    string
	}{
		{"as published", site.Options{}, "incidents/open.md incidents/today.md"},
		{"with drafts", site.Options{Drafts: true}, "incidents/draft.md incidents/open.md incidents/today.md"},
		{"with the future", site.Options{Future: true}, "incidents/later.md incidents/open.md incidents/today.md"},
		{"on the next day", site.Options{Today: kb.Date{Year: 2026, Month: time.May, Day: 5}}, "incidents/later.md incidents/open.md incidents/today.md"},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := content.make(t, test.options)
			var got []string
			for _, e := range s.Entries {
				if e.Incident != nil {
					got = append(got, e.Path)
				}
			}
			if g := strings.Join(got, " "); g != test.want {
				t.Errorf("incidents\n got %s\nwant %s", g, test.want)
			}
			_, secret := s.Taxonomy("tags").Find("secret")
			if secret != test.options.Drafts {
				t.Errorf("the tag of the draft is there: %v", secret)
			}
			if mentioned := len(s.Mentions(entry(t, s, "glossary/drift.md"))) > 0; mentioned != test.options.Drafts {
				t.Errorf("the draft is among the mentions: %v", mentioned)
			}
			if redirected := len(s.Redirects) > 0; redirected != test.options.Drafts {
				t.Errorf("the draft's alias is there: %v", redirected)
			}
			if used := len(s.Files()) > 0; used != test.options.Drafts {
				t.Errorf("the draft's picture is there: %v", used)
			}
		})
	}
}

func TestMentions(t *testing.T) {
	s := files{
		"glossary/drift.md":   "# Drift\n\nSee [itself](drift.md) and [[drift]].",
		"incidents/b.md":      "[[drift]], again [drift](../glossary/drift.md) and [[Drift#]]",
		"incidents/a.md":      "[x](/glossary/drift/)",
		"about.md":            "[x](glossary/drift.md#nowhere)", // broken, so no mention
		"playbook/chapter.md": "No link.",
	}.make(t, site.Options{})
	if got, want := paths(s.Mentions(entry(t, s, "glossary/drift.md"))), "incidents/a.md incidents/b.md"; got != want {
		t.Errorf("mentions\n got %s\nwant %s: once each, in path order, without the page itself", got, want)
	}
	if got := s.Mentions(entry(t, s, "playbook/chapter.md")); len(got) > 0 {
		t.Errorf("nobody links to the chapter, but mentions are %s", paths(got))
	}
}

// TestFiles tells that a co-located file becomes public only when a page leads to it.
func TestFiles(t *testing.T) {
	s := files{
		"incidents/a.md":        "![graph](graph.png) [log](../logs/a.log) [again](graph.png)",
		"about.md":              "[same](/incidents/graph.png)",
		"incidents/graph.png":   "",
		"incidents/unused.png":  "",
		"logs/a.log":            "",
		"incidents/secret.yaml": "",
	}.make(t, site.Options{})
	if got, want := strings.Join(s.Files(), " "), "incidents/graph.png logs/a.log"; got != want {
		t.Errorf("files\n got %s\nwant %s", got, want)
	}
}

func TestTaxonomies(t *testing.T) {
	s := files{
		"site.yaml":      "time_zone: Asia/Tokyo\n",
		"incidents/a.md": "---\nstarted: 2025-12-31T23:00:00Z\nseverity: sev-2\ntags: [C++, DNS]\nservices: [Login]\n---\n",
		"incidents/b.md": "---\nstarted: 2025-12-31\nseverity: SEV1\ntags: [C#, dns, '!!!']\nservices: [login, LOGIN]\n---\n",
		"incidents/c.md": "---\nseverity: purple\ntags: [C, dns]\nservices: [login]\n---\n",
		"incidents/d.md": "---\ntags: ['?', ＤＮＳ, STRASSE]\n---\n",
		"incidents/e.md": "---\ntags: [straße]\n---\n",
	}.make(t, site.Options{})
	var got strings.Builder
	for _, tax := range s.Taxonomies {
		for _, g := range tax.Terms {
			got.WriteString(g.Address + " " + g.Name + ": " + paths(g.Incidents) + "\n")
		}
	}
	// Names with the same slug get a hash unless they are the slug itself; the
	// hash is of the name, so that a new tag never moves an old one.
	want := `services/login/ login: incidents/a.md incidents/b.md incidents/c.md
severities/sev1/ SEV1: incidents/b.md
severities/sev2/ SEV2: incidents/a.md
severities/purple/ purple: incidents/c.md
tags/dns/ dns: incidents/a.md incidents/b.md incidents/c.md
tags/strasse/ STRASSE: incidents/e.md incidents/d.md
tags/x-HASH/ !!!: incidents/b.md
tags/x-HASH/ ?: incidents/d.md
tags/c/ C: incidents/c.md
tags/c-HASH/ C#: incidents/b.md
tags/c-HASH/ C++: incidents/a.md
tags/ｄｎｓ/ ＤＮＳ: incidents/d.md
years/2026/ 2026: incidents/a.md
years/2025/ 2025: incidents/b.md
`
	if g := hashes.ReplaceAllString(got.String(), "-HASH/"); g != want {
		t.Errorf("taxonomies\n got\n%s\nwant\n%s", g, want)
	}
	g, ok := s.Taxonomy("severities").Find("SEV1")
	if !ok || g.Rank != 1 || g.Title != "Critical" {
		t.Errorf("SEV1 is not the worst of the severities: %+v", g)
	}
	if g, ok := s.Taxonomy("tags").Find("  dNs "); !ok || g.Name != "dns" {
		t.Error("a term is not found in another spelling")
	}
	seen := map[string]string{}
	for _, tax := range s.Taxonomies {
		for _, g := range tax.Terms {
			if other, twice := seen[g.Address]; twice {
				t.Errorf("%s and %s share the address %s", g.Name, other, g.Address)
			}
			seen[g.Address] = g.Name
		}
	}
}

// TestSpellingIsStable tells that of equally frequent spellings the same one
// wins every time, although maps are walked in any order.
func TestSpellingIsStable(t *testing.T) {
	content := files{
		"incidents/a.md": "---\ntags: [Kafka]\n---\n", "incidents/b.md": "---\ntags: [kafka]\n---\n", "incidents/c.md": "---\ntags: [KAFKA]\n---\n",
	}
	for range 20 {
		g, _ := content.make(t, site.Options{}).Taxonomy("tags").Find("kafka")
		if g.Name != "KAFKA" {
			t.Fatalf("the spelling is %s, want KAFKA, the first in the alphabet", g.Name)
		}
	}
}

func TestUnpublishable(t *testing.T) {
	for _, p := range []string{"a.png", "x/B.JPG", "a.svg", "a.log", "a.tar.gz", "a.csv"} {
		if why := site.Unpublishable(p); why != "" {
			t.Errorf("%s is refused: %s", p, why)
		}
	}
	for _, p := range []string{"a.html", "a.HTM", "a.xhtml", "a.js", "a.mjs", "a.css", "a.xml", "a.wasm", "a.swf", "a.php", "noext", "a.png.html", "a.svgz", "a.", ""} {
		if site.Unpublishable(p) == "" {
			t.Errorf("%q would be published", p)
		}
	}
}

// A public site has no page that is for internal readers.
func TestPublicSite(t *testing.T) {
	config := kb.DefaultConfig()
	for _, test := range []struct{ site, page, shown bool }{{false, false, true}, {false, true, true}, {true, false, false}, {true, true, true}} {
		config.Public = test.site
		page := &kb.Incident{Page: kb.Page{Path: "incidents/a.md", Title: "a", Public: test.page}}
		s := site.New(kb.Corpus{Incidents: []*kb.Incident{page}}, config, site.Options{}, nil)
		if shown := len(s.Entries) == 1; shown != test.shown {
			t.Errorf("public site %v, public page %v: shown is %v", test.site, test.page, shown)
		}
	}
}

// What a public site says of a link to an internal page does not tell what that
// page's file is called; the finding does.
func TestPublicSiteNamesNoInternalPage(t *testing.T) {
	config := kb.DefaultConfig()
	config.Public = true
	from := &kb.Incident{Page: kb.Page{Path: "incidents/a.md", Title: "a", Public: true}}
	from.Doc = &markdown.Doc{Links: []markdown.Link{{Dest: "merger.md"}, {Dest: "Merger", Kind: markdown.Wiki}}}
	to := &kb.Incident{Page: kb.Page{Path: "incidents/merger.md", Title: "Merger", Doc: &markdown.Doc{}}}
	s := site.New(kb.Corpus{Incidents: []*kb.Incident{from, to}}, config, site.Options{}, nil)
	for _, target := range s.Targets(s.Entries[0]) {
		if target.Broken == "" || strings.Contains(target.Broken, "merger") {
			t.Errorf("a reader is told %q", target.Broken)
		}
	}
	if got := lines(s.Findings()); strings.Count(got, "incidents/merger.md is for internal readers") != 2 {
		t.Errorf("findings:\n%s", got)
	}
}
