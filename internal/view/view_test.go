package view_test

import (
	"flag"
	"fmt"
	"html/template"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"debrief/internal/kb"
	"debrief/internal/parse"
	"debrief/internal/site"
	"debrief/internal/tree"
	"debrief/internal/view"
)

var update = flag.Bool("update", false, "write the golden files anew")

// golden compares a text with testdata/NAME.
func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s is not what it was; look at the difference, and if it is right run go test -update\n got\n%s\nwant\n%s", file, got, want)
	}
}

var assets = view.Assets{CSS: "assets/main.css", JS: "assets/main.js", Search: "assets/search.js", Palette: "assets/palette.js", Icon: "assets/favicon.svg"}

// plan parses a content folder, path -> text, and plans its pages. The site is
// at https://example.org/kb/.
func plan(t *testing.T, content map[string]string) *view.Plan {
	t.Helper()
	return planWith(t, content, nil)
}

// planWith plans the pages of a site with what finds related incidents.
func planWith(t *testing.T, content map[string]string, related view.Relate) *view.Plan {
	t.Helper()
	return planAt(t, content, site.Options{}, related)
}

// planAt plans the pages of a site as it is with some options.
func planAt(t *testing.T, content map[string]string, o site.Options, related view.Relate) *view.Plan {
	t.Helper()
	config, findings, ok := parse.Config(tree.NewFile("site.yaml", []byte("base_url: https://example.org/kb/\n"+content["site.yaml"])))
	if !ok {
		t.Fatalf("site.yaml: %v", findings)
	}
	parser := parse.NewParser(config)
	var corpus kb.Corpus
	for _, p := range slices.Sorted(maps.Keys(content)) {
		file := tree.NewFile(p, []byte(content[p]))
		if p == "site.yaml" {
			continue
		}
		if !parse.IsText(file) {
			corpus.Files = append(corpus.Files, p)
			continue
		}
		switch r := parser.File(file); {
		case r.Broken():
			t.Fatalf("%s: %v", p, r.Findings)
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
	made := view.New(s, assets, related, nil)
	s.Makes = made.Has
	return made
}

// value makes the value of the page at a path.
func value[V any](t *testing.T, p *view.Plan, path string) V {
	t.Helper()
	page, ok := p.Page(path)
	if !ok {
		t.Fatalf("there is no page at %s; the paths are\n%s", path, strings.Join(p.Paths(), "\n"))
	}
	v, ok := page.Value().(V)
	if !ok {
		t.Fatalf("the value of %s is a %T", path, page.Value())
	}
	return v
}

// small is a site with one page of every kind.
var small = map[string]string{
	"site.yaml": "title: Lessons\ndescription: What we learnt.\nedit_url: https://git.example.org/kb/edit/{path}\n" +
		"navigation:\n- {title: Incidents, url: /incidents/}\n- {title: Glossary, url: /glossary/}\n- {title: Code, url: \"https://git.example.org/\"}\n",
	"index.md":           "# Lessons\n\nWelcome.",
	"about.md":           "---\ntitle: About\nsummary: Who we are.\naliases: [/team/]\n---\n\nSee [[Cache]].",
	"incidents/index.md": "# Every incident\n\nThey are listed here.",
	"incidents/2026/2026-02-03-cache.md": "---\nid: INC-2026-001\ntitle: Cache melted\nstatus: in-review\nseverity: SEV1\nstarted: 2026-02-03T10:00:00Z\ndetected: 2026-02-03T10:23:00Z\n" +
		"resolved: 2026-02-03T12:07:00Z\nservices: [edge, login]\nfactors: [no limit]\ntags: [cache]\nauthors: [night shift]\nplatforms: [web]\nlinks:\n- {title: Status page, url: \"https://status.example.org/1\"}\n- {title: Bad, url: \"javascript:alert(1)\"}\n---\n\nIt melted.\n\n## What happened\n\nSee [[drift]].\n\n### Then\n\n#### Deeper\n",
	"incidents/2025/old.md": "---\ntitle: Old one\nstarted: 2025-07-01\nresolved: 2025-07-04\n---\n\n## Actions\n\n- [ ] Limit it (@edge, due 2026-02-10, prevent, #7)\n",
	"incidents/unknown.md":  "# Nothing is known",
	"playbook/index.md":     "# How we talk",
	"playbook/1-before.md":  "---\ntitle: Before\norder: 1\nsummary: What to collect.\n---\n\nCollect.",
	"playbook/2-after.md":   "---\ntitle: After\norder: 2\n---\n\nThe lead of the text.",
	"glossary/cache.md":     "---\ntitle: Cache\nalso: [store]\n---\n\nKeeps things.",
	"glossary/drift.md":     "# Drift\n\nMoves things.",
}

func TestPaths(t *testing.T) {
	p := plan(t, small)
	if f := p.Findings(); len(f) > 0 {
		t.Errorf("findings %v", f)
	}
	var b strings.Builder
	for _, path := range p.Paths() {
		page, _ := p.Page(path)
		if page.Path != path {
			t.Errorf("the page at %s says that it is at %s", path, page.Path)
		}
		if page.To != "" {
			fmt.Fprintf(&b, "%s -> %s\n", path, page.To)
		} else {
			fmt.Fprintf(&b, "%s: %s, %T\n", path, page.Layout, page.Value())
		}
	}
	golden(t, "paths.golden", b.String())
}

// TestURLs walks through every value of every page: what is a URL in it has
// the site's base path, or leads elsewhere and says so.
func TestURLs(t *testing.T) {
	p := plan(t, small)
	n := 0
	for _, path := range p.Paths() {
		page, _ := p.Page(path)
		if page.To != "" {
			if !strings.HasPrefix(page.To, "/kb/") {
				t.Errorf("%s leads to %s", path, page.To)
			}
			continue
		}
		eachString(reflect.ValueOf(page.Value()), page.Layout, func(name, s string) {
			last := name[strings.LastIndex(name, ".")+1:]
			isURL := strings.HasSuffix(last, "URL") || slices.Contains([]string{"CSS", "JS", "Icon", "Script", "Canonical"}, last) ||
				(last == "Newer" || last == "Older") && strings.Contains(name, "Pager")
			if !isURL || s == "" {
				return
			}
			n++
			if !strings.HasPrefix(s, "/kb/") && !strings.HasPrefix(s, "#") && !strings.HasPrefix(s, "https://example.org/kb/") &&
				!strings.HasPrefix(s, "https://git.example.org/") && s != "https://status.example.org/1" {
				t.Errorf("%s: %s is %q", path, name, s)
			}
		})
	}
	if n < 200 {
		t.Errorf("only %d URLs were looked at: has a field another name?", n)
	}
}

// eachString calls use for each string in a value with the name of its field.
func eachString(v reflect.Value, name string, use func(name, s string)) {
	switch v.Kind() {
	case reflect.String:
		use(name, v.String())
	case reflect.Pointer:
		if !v.IsNil() {
			eachString(v.Elem(), name, use)
		}
	case reflect.Slice:
		for i := range v.Len() {
			eachString(v.Index(i), name, use)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			eachString(v.Field(i), name+"."+v.Type().Field(i).Name, use)
		}
	}
}

// TestValuesArePlain keeps page values what they are for: data that a layout
// can show and that can be compared, with nothing behind it that it could ask.
func TestValuesArePlain(t *testing.T) {
	seen := map[reflect.Type]bool{}
	var walk func(typ reflect.Type, where string)
	walk = func(typ reflect.Type, where string) {
		if seen[typ] {
			return
		}
		seen[typ] = true
		switch typ.Kind() {
		case reflect.String, reflect.Bool, reflect.Int:
		case reflect.Slice, reflect.Pointer:
			walk(typ.Elem(), where)
		case reflect.Struct:
			if !strings.HasSuffix(typ.PkgPath(), "internal/view") {
				t.Errorf("%s is of the type %s, from outside of this package", where, typ)
				return
			}
			if n := typ.NumMethod() + reflect.PointerTo(typ).NumMethod(); n > 0 {
				t.Errorf("%s has methods, which a layout could call", typ)
			}
			for i := range typ.NumField() {
				f := typ.Field(i)
				if !f.IsExported() {
					t.Errorf("%s.%s is not exported", where, f.Name)
				}
				walk(f.Type, where+"."+f.Name)
			}
		default:
			t.Errorf("%s is a %s", where, typ.Kind())
		}
	}
	more := maps.Clone(small)
	more["playbook/blame.md"] = "---\ncue: Who?\n---\n## Say\n\n- \"A\"\n"
	more["playbook/before.md"] = "---\nrun_sheet: preparation\n---\n- [ ] A\n"
	more["playbook/practice.md"] = "---\npractice: true\n---\n## One\n\n> Who?\n\n- A\n  - **Leads to:** b\n  - **Why:** c\n"
	p := plan(t, more)
	layouts := map[string]bool{}
	for _, path := range p.Paths() {
		if page, _ := p.Page(path); page.To == "" {
			layouts[page.Layout] = true
			walk(reflect.TypeOf(page.Value()), fmt.Sprintf("%T", page.Value()))
		}
	}
	if len(layouts) != 21 {
		t.Errorf("the small site shows %d layouts: %v", len(layouts), layouts)
	}
}

func TestFrame(t *testing.T) {
	p := plan(t, small)
	f := value[view.Incident](t, p, "incidents/inc-2026-001/index.html").Frame
	want := view.Frame{
		Kind: "incident", Language: "en", SiteTitle: "Lessons", Title: "Cache melted", Description: "It melted.",
		Canonical: "https://example.org/kb/incidents/inc-2026-001/", HomeURL: "/kb/", SearchURL: "/kb/search/", IndexURL: "/kb/search/index.json", PaletteURL: "/kb/assets/palette.js", OpenSearchURL: "/kb/opensearch.xml", FeedURL: "/kb/feed.xml",
		JSONFeedURL: "/kb/feed.json", ProgramsURL: "/kb/for-programs/", DataURL: "/kb/incidents/inc-2026-001/index.json",
		CSS: "/kb/assets/main.css", JS: "/kb/assets/main.js", Icon: "/kb/assets/favicon.svg",
		Nav:     []view.NavItem{{"Incidents", "/kb/incidents/", true}, {"Glossary", "/kb/glossary/", false}, {"Code", "https://git.example.org/", false}},
		Crumbs:  []view.Ref{{Title: "Incidents", URL: "/kb/incidents/"}},
		EditURL: "https://git.example.org/kb/edit/incidents/2026/2026-02-03-cache.md",
	}
	if !reflect.DeepEqual(f, want) {
		t.Errorf("frame\n got %+v\nwant %+v", f, want)
	}
	if got := value[view.Taxonomy](t, p, "tags/index.html").Nav[0]; !got.Current {
		t.Error("the list of tags is not in the section of the incidents")
	}
	if got := value[view.Home](t, p, "index.html").Frame; got.Title != "" || got.Nav[0].Current || got.Description != "Welcome." {
		t.Errorf("frame of the home page %+v", got)
	}
}

// TestNavigation tells that the addresses in site.yaml are URLs: they may lead
// to a heading, and one with two slashes leads elsewhere.
func TestNavigation(t *testing.T) {
	for _, test := range []struct{ url, want string }{
		{"/about/", "/kb/about/"},
		{"/", "/kb/"},
		{"/about/#h-team", "/kb/about/#h-team"},
		{"/search/?q=cache", "/kb/search/?q=cache"},
		{"/glossary/%C3%BC/", "/kb/glossary/%C3%BC/"},
		{"https://example.com/", "https://example.com/"},
	} {
		p := plan(t, map[string]string{"site.yaml": "navigation:\n- {title: X, url: \"" + test.url + "\"}\n"})
		if got := value[view.Home](t, p, "index.html").Nav[0].URL; got != test.want {
			t.Errorf("%s leads to %s, want %s", test.url, got, test.want)
		}
	}
}

func TestIncident(t *testing.T) {
	p := plan(t, small)
	v := value[view.Incident](t, p, "incidents/inc-2026-001/index.html")
	moments := []view.Moment{
		{Name: "Started", At: view.Stamp{Text: "3 February 2026, 10:00 UTC", Machine: "2026-02-03T10:00:00Z"}},
		{Name: "Detected", At: view.Stamp{Text: "3 February 2026, 10:23 UTC", Machine: "2026-02-03T10:23:00Z"}, Verb: "detect", Took: "23 min"},
		{Name: "Acknowledged", Verb: "acknowledge"},
		{Name: "Mitigated", Verb: "mitigate"},
		{Name: "Resolved", At: view.Stamp{Text: "3 February 2026, 12:07 UTC", Machine: "2026-02-03T12:07:00Z"}, Verb: "resolve", Took: "2 h 7 min"},
	}
	if !reflect.DeepEqual(v.Moments, moments) {
		t.Errorf("moments\n got %+v\nwant %+v", v.Moments, moments)
	}
	facts := []view.Fact{
		{Name: "Services", Refs: []view.Ref{{Title: "edge", URL: "/kb/services/edge/"}, {Title: "login", URL: "/kb/services/login/"}}},
		{Name: "Platforms", Text: "web"},
		{Name: "Contributing factors", Refs: []view.Ref{{Title: "no limit", URL: "/kb/factors/no-limit/"}}},
		{Name: "Tags", Refs: []view.Ref{{Title: "cache", URL: "/kb/tags/cache/"}}},
		{Name: "Authors", Text: "night shift"},
	}
	if !reflect.DeepEqual(v.Facts, facts) {
		t.Errorf("facts\n got %+v\nwant %+v", v.Facts, facts)
	}
	if want := (view.Badge{Text: "SEV1", Name: "Critical", Rank: 1, URL: "/kb/severities/sev1/"}); v.Severity != want {
		t.Errorf("severity %+v", v.Severity)
	}
	if want := []view.Ref{{Title: "Status page", URL: "https://status.example.org/1"}}; !reflect.DeepEqual(v.Links, want) {
		t.Errorf("links %+v: only the one that is safe may be shown", v.Links)
	}
	if want := []view.Heading{{Level: 2, ID: "h-what-happened", Text: "What happened"}, {Level: 3, ID: "h-then", Text: "Then"}}; !reflect.DeepEqual(v.Contents, want) {
		t.Errorf("contents %+v", v.Contents)
	}
	if v.Newer != nil || v.Older == nil || v.Older.Title != "Old one" {
		t.Errorf("neighbours %v and %v", v.Newer, v.Older)
	}
	if v.Duration != "2 h 7 min" || v.Summary != "" {
		t.Errorf("duration %q; summary %q, which is the first words of the text and need not be shown twice", v.Duration, v.Summary)
	}
}

// TestUnknown tells that what nobody wrote down is shown as unknown, never as
// a guess and never as an empty place.
func TestUnknown(t *testing.T) {
	p := plan(t, small)
	v := value[view.Incident](t, p, "incidents/unknown/index.html")
	if v.Heading != "Nothing is known" || v.ID != "unknown" {
		t.Errorf("heading %q, id %q", v.Heading, v.ID)
	}
	if v.Severity != (view.Badge{Text: "unknown"}) || v.Status != "" || v.Duration != "" {
		t.Errorf("severity %+v, status %q, duration %q", v.Severity, v.Status, v.Duration)
	}
	names := ""
	for _, m := range v.Moments {
		names += m.Name + " "
		if m.At != (view.Stamp{}) || m.Took != "" {
			t.Errorf("%s is %+v", m.Name, m)
		}
	}
	if names != "Started Detected Acknowledged Mitigated Resolved " {
		t.Errorf("moments %s", names)
	}
	for _, f := range v.Facts {
		if f.Text != "" || len(f.Refs) > 0 {
			t.Errorf("%s is %+v", f.Name, f)
		}
	}
	list := value[view.List](t, p, "incidents/index.html")
	if last := list.Groups[len(list.Groups)-1]; last.Title != "Undated" || last.URL != "" || last.Rows[0].Title != "Nothing is known" {
		t.Errorf("the last group is %+v", last)
	}
}

func TestUnknownSeverity(t *testing.T) {
	p := plan(t, map[string]string{"incidents/a.md": "---\nseverity: purple\n---\n"})
	v := value[view.Incident](t, p, "incidents/a/index.html")
	if want := (view.Badge{Text: "purple", URL: "/kb/severities/purple/"}); v.Severity != want {
		t.Errorf("severity %+v, want %+v", v.Severity, want)
	}
}

func TestLists(t *testing.T) {
	p := plan(t, small)
	all := value[view.List](t, p, "incidents/index.html")
	var groups []string
	for _, g := range all.Groups {
		groups = append(groups, fmt.Sprintf("%s %s %d", g.Title, g.URL, len(g.Rows)))
	}
	if got, want := strings.Join(groups, ", "), "2026 /kb/years/2026/ 1, 2025 /kb/years/2025/ 1, Undated  1"; got != want {
		t.Errorf("groups %s, want %s", got, want)
	}
	if all.Heading != "Every incident" || all.Total != 3 || !strings.Contains(string(all.Intro), "listed here") || all.FeedURL != "/kb/feed.xml" {
		t.Errorf("list of all: %+v", all)
	}
	row := all.Groups[1].Rows[0]
	if row.Duration != "3 d" || row.Started != (view.Stamp{Text: "1 Jul 2025", Machine: "2025-07-01"}) {
		t.Errorf("row %+v", row)
	}
	one := value[view.List](t, p, "severities/sev1/index.html")
	if one.Heading != "SEV1 (Critical)" || one.Label != "Severity" || one.Total != 1 || one.Title != "Severity: SEV1 (Critical)" || one.FeedURL != "" {
		t.Errorf("list of SEV1: heading %q, label %q, total %d, title %q", one.Heading, one.Label, one.Total, one.Title)
	}
}

func TestPager(t *testing.T) {
	for _, test := range []struct {
		incidents int
		pages     int
		last      int    // incidents on the last page
		links     string // of the middle page
	}{
		{0, 1, 0, "[1]"},
		{1, 1, 1, "[1]"},
		{50, 1, 50, "[1]"},
		{51, 2, 1, "1 [2]"},
		{1000, 20, 50, "1 ... 9 10 [11] 12 13 ... 20"},
	} {
		t.Run(fmt.Sprint(test.incidents), func(t *testing.T) {
			content := map[string]string{}
			for n := range test.incidents {
				content[fmt.Sprintf("incidents/i%04d.md", n)] = "---\nstarted: 2026-01-02\ntags: [all]\n---\n"
			}
			p := plan(t, content)
			address := func(n int) string {
				if n == 1 {
					return "incidents/"
				}
				return fmt.Sprintf("incidents/page/%d/", n)
			}
			seen := map[string]bool{}
			for n := 1; n <= test.pages; n++ {
				v := value[view.List](t, p, address(n)+"index.html")
				rows := 0
				for _, g := range v.Groups {
					for _, r := range g.Rows {
						rows++
						seen[r.URL] = true
					}
				}
				if want := min(view.PageSize, test.incidents); n < test.pages && rows != want || n == test.pages && rows != test.last {
					t.Errorf("page %d has %d incidents", n, rows)
				}
				newer, older := "", ""
				if n > 1 {
					newer = "/kb/" + address(n-1)
				}
				if n < test.pages {
					older = "/kb/" + address(n+1)
				}
				if v.Pager.Newer != newer || v.Pager.Older != older || v.Pager.Page != n || v.Pager.Pages != test.pages || v.Total != test.incidents {
					t.Errorf("page %d: pager %+v", n, v.Pager)
				}
			}
			if len(seen) != test.incidents {
				t.Errorf("the pages show %d of %d incidents", len(seen), test.incidents)
			}
			if _, more := p.Page(address(test.pages+1) + "index.html"); more {
				t.Error("there is a page too many")
			}
			var links []string
			for _, l := range value[view.List](t, p, address(test.pages/2+1)+"index.html").Pager.Links {
				switch {
				case l.Number == 0:
					links = append(links, "...")
				case l.Current:
					links = append(links, fmt.Sprintf("[%d]", l.Number))
				default:
					links = append(links, fmt.Sprint(l.Number))
				}
			}
			if got := strings.Join(links, " "); got != test.links {
				t.Errorf("links %s, want %s", got, test.links)
			}
		})
	}
}

func TestHome(t *testing.T) {
	content := maps.Clone(small)
	for n := range 12 {
		content[fmt.Sprintf("incidents/x%02d.md", n)] = fmt.Sprintf("---\nstatus: draft\nstarted: 2024-01-%02d\ntags: [t%d]\n---\n", n+1, n)
	}
	h := value[view.Home](t, plan(t, content), "index.html")
	if h.Incidents != 15 || len(h.Latest) != 6 || len(h.Unsettled) != 5 || h.Latest[0].ID != "INC-2026-001" || len(h.Reviews.Rows) != 1 || h.Unsettled[0].ID != "x11" {
		t.Errorf("home: %d incidents, %d latest, %d unsettled beside the reviews that are due %+v", h.Incidents, len(h.Latest), len(h.Unsettled), h.Reviews)
	}
	for _, f := range h.Facets {
		if len(f.Terms) == 0 || f.Title == "Tags" && (len(f.Terms) != 6 || f.More != 7) {
			t.Errorf("facet %s has %d terms and %d more", f.Title, len(f.Terms), f.More)
		}
	}
	if len(h.Playbook) != 2 || h.Playbook[0].Number != 1 || h.Playbook[0].Title != "Before" {
		t.Errorf("playbook %+v", h.Playbook)
	}
}

func TestPlaybookAndGlossary(t *testing.T) {
	p := plan(t, small)
	first, second := value[view.Guide](t, p, "playbook/1-before/index.html"), value[view.Guide](t, p, "playbook/2-after/index.html")
	if first.Previous != nil || first.Next == nil || first.Next.Title != "After" || second.Previous == nil || second.Next != nil {
		t.Error("the chapters do not lead to each other")
	}
	if !first.Chapters[0].Current || first.Chapters[1].Current || second.Number != 2 {
		t.Errorf("chapters %+v", first.Chapters)
	}
	if first.Summary != "What to collect." || second.Summary != "" {
		t.Errorf("summaries %q and %q", first.Summary, second.Summary)
	}
	term := value[view.Term](t, p, "glossary/cache/index.html")
	if want := []view.Mention{{Title: "About", URL: "/kb/about/", Kind: "page"}}; !reflect.DeepEqual(term.Mentions, want) || !slices.Equal(term.Also, []string{"store"}) {
		t.Errorf("term %+v", term)
	}
}

// TestSearch lists what there is to browse on the search page.
func TestSearch(t *testing.T) {
	s := value[view.Search](t, plan(t, small), "search/index.html")
	var years []string
	for _, y := range s.Years {
		years = append(years, fmt.Sprintf("%s %s %d", y.Title, y.URL, y.N))
		if len(y.Rows) != y.N {
			t.Errorf("%s has %d of %d rows", y.Title, len(y.Rows), y.N)
		}
	}
	if got, want := strings.Join(years, ", "), "2026 /kb/years/2026/ 1, 2025 /kb/years/2025/ 1, Undated /kb/incidents/ 1"; got != want {
		t.Errorf("years %s, want %s", got, want)
	}
	if want := []view.Ref{{Title: "Before", URL: "/kb/playbook/1-before/"}, {Title: "After", URL: "/kb/playbook/2-after/"}}; !slices.Equal(s.Chapters, want) {
		t.Errorf("chapters %v", s.Chapters)
	}
	if want := []view.Ref{{Title: "Cache", URL: "/kb/glossary/cache/"}, {Title: "Drift", URL: "/kb/glossary/drift/"}}; !slices.Equal(s.Terms, want) {
		t.Errorf("terms %v", s.Terms)
	}
	want := []view.Example{
		{Label: "Service", Filter: "service:edge", URL: "/kb/search/?q=service%3Aedge"},
		{Label: "Severity", Filter: "severity:SEV1", URL: "/kb/search/?q=severity%3ASEV1"},
		{Label: "Tag", Filter: "tag:cache", URL: "/kb/search/?q=tag%3Acache"},
		{Label: "Contributing factor", Filter: `factor:"no limit"`, URL: "/kb/search/?q=factor%3A%22no+limit%22"},
		{Label: "Year", Filter: "year:2026", URL: "/kb/search/?q=year%3A2026"},
		{Label: "Status of the post-mortem", Filter: "status:in-review", URL: "/kb/search/?q=status%3Ain-review"},
	}
	if !slices.Equal(s.Examples, want) {
		t.Errorf("examples %v", s.Examples)
	}
	if s.Script != "/kb/assets/search.js" || s.IndexURL != "/kb/search/index.json" {
		t.Errorf("script %s, index %s", s.Script, s.IndexURL)
	}
}

// TestManyYears tells that a large site's search page names the newest incidents,
// whole years of them, and leads to the lists of the others.
func TestManyYears(t *testing.T) {
	content := map[string]string{"incidents/undated.md": "# Some day"}
	for year, n := range map[int]int{2026: 300, 2025: 200, 2024: 1, 2023: 2} {
		for i := range n {
			content[fmt.Sprintf("incidents/%d-%03d.md", year, i)] = fmt.Sprintf("---\nstarted: %d-02-03\n---\n", year)
		}
	}
	years := func() string {
		var list []string
		for _, y := range value[view.Search](t, plan(t, content), "search/index.html").Years {
			list = append(list, fmt.Sprintf("%s %s %d of %d", y.Title, y.URL, len(y.Rows), y.N))
		}
		return strings.Join(list, ", ")
	}
	want := "2026 /kb/years/2026/ 300 of 300, 2025 /kb/years/2025/ 200 of 200, 2024 /kb/years/2024/ 0 of 1, 2023 /kb/years/2023/ 0 of 2, Undated /kb/incidents/page/11/ 0 of 1"
	if got := years(); got != want {
		t.Errorf("years\n got %s\nwant %s", got, want)
	}
	content["incidents/2026-999.md"] = "---\nstarted: 2026-03-04\n---\n"
	want = "2026 /kb/years/2026/ 301 of 301, 2025 /kb/years/2025/ 0 of 200, 2024 /kb/years/2024/ 0 of 1, 2023 /kb/years/2023/ 0 of 2, Undated /kb/incidents/page/11/ 0 of 1"
	if got := years(); got != want {
		t.Errorf("years with one more\n got %s\nwant %s", got, want)
	}
}

// TestLetters puts terms under their letters. An id may be on a page only
// once, so each letter is there once.
func TestLetters(t *testing.T) {
	content := map[string]string{}
	for n, title := range []string{"Echo", "Éclair", "Zeta", "zulu", "2FA", "~tilde", "Ärger", "アンカー", "Øre", "_x", "Я", "ß"} {
		content[fmt.Sprintf("glossary/%d.md", n)] = "---\ntitle: " + fmt.Sprintf("%q", title) + "\n---\n"
	}
	g := value[view.Glossary](t, plan(t, content), "glossary/index.html")
	ids, terms := map[string]bool{}, 0
	for _, l := range g.Letters {
		if ids[l.ID] {
			t.Errorf("the letter %s is there twice", l.Letter)
		}
		if strings.ContainsAny(l.ID, " #\"") {
			t.Errorf("%q is no id", l.ID)
		}
		ids[l.ID] = true
		terms += len(l.Terms)
	}
	if terms != len(content) {
		t.Errorf("%d of %d terms are listed", terms, len(content))
	}
}

// TestClash tells that the site's own pages come first, and that the author of
// a page that wanted one of their addresses hears of it.
func TestClash(t *testing.T) {
	many := map[string]string{}
	for n := range 60 {
		many[fmt.Sprintf("incidents/i%02d.md", n)] = "---\ntags: [t]\n---\n"
	}
	for _, test := range []struct {
		file, address, layout string
	}{
		{"search.md", "search/", "search"},
		{"search/index.md", "search/", "search"},
		{"incidents/page/2.md", "incidents/page/2/", "list"},
		{"tags.md", "tags/", "taxonomy"},
		{"tags/t.md", "tags/t/", "list"},
		{"tags/t/page/2.md", "tags/t/page/2/", "list"},
	} {
		t.Run(test.file, func(t *testing.T) {
			content := maps.Clone(many)
			content[test.file] = "# Mine"
			p := plan(t, content)
			page, _ := p.Page(test.address + "index.html")
			if page.Layout != test.layout {
				t.Errorf("at /%s is the layout %s, want %s", test.address, page.Layout, test.layout)
			}
			want := fmt.Sprintf("%s:1:1: error: the address /%s is also that of a page of the site's own (give the page another name, or a slug) [duplicate-address]", test.file, test.address)
			if f := p.Findings(); len(f) != 1 || f[0].String() != want {
				t.Errorf("findings\n got %v\nwant [%s]", f, want)
			}
		})
	}
	t.Run("an alias", func(t *testing.T) {
		p := plan(t, map[string]string{"about.md": "---\naliases: [/search/, /404.html, /incidents/]\n---\n"})
		if f := p.Findings(); len(f) != 3 || f[0].Path != "about.md" {
			t.Errorf("findings %v, want three about about.md", f)
		}
	})
	// A name cannot be a file and a folder at once.
	for _, alias := range []string{"/feed.xml", "/opensearch.xml", "/robots.txt/x/", "/sitemap.xml/", "/about/index.html/more/"} {
		t.Run("the alias "+alias, func(t *testing.T) {
			p := plan(t, map[string]string{"about.md": "---\naliases: [" + alias + "]\n---\n"})
			if f := p.Findings(); len(f) != 1 {
				t.Errorf("findings %v, want one", f)
			}
		})
	}
}

// TestBody tells when the title in the text is shown: only where it says
// something else than the page's title.
func TestBody(t *testing.T) {
	for _, test := range []struct {
		text string
		want template.HTML
	}{
		{"# The title\n\nText.", "<p>Text.</p>\n"},
		{"---\ntitle: THE TITLE\n---\n# The title\n\nText.", "<p>Text.</p>\n"},
		{"---\ntitle: Another\n---\n# The title\n\nText.", "<h2>The title</h2>\n<p>Text.</p>\n"},
	} {
		p := plan(t, map[string]string{"x.md": test.text})
		if got := value[view.Plain](t, p, "x/index.html").Body; got != test.want {
			t.Errorf("%q\n got %q\nwant %q", test.text, got, test.want)
		}
	}
}
