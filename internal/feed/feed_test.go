package feed_test

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"testing"

	"debrief/internal/feed"
	"debrief/internal/kb"
	"debrief/internal/parse"
	"debrief/internal/site"
	"debrief/internal/tree"
	"debrief/internal/view"
)

// made parses a content folder, path -> text. The site is at
// https://example.org/kb/ unless site.yaml says otherwise.
func made(t *testing.T, content map[string]string) *site.Site {
	t.Helper()
	settings := content["site.yaml"]
	if !strings.Contains(settings, "base_url") {
		settings = "base_url: https://example.org/kb/\n" + settings
	}
	config, findings, ok := parse.Config(tree.NewFile("site.yaml", []byte(settings)))
	if !ok {
		t.Fatal(findings)
	}
	parser := parse.NewParser(config)
	var corpus kb.Corpus
	for _, p := range slices.Sorted(maps.Keys(content)) {
		if p == "site.yaml" {
			continue
		}
		switch r := parser.File(tree.NewFile(p, []byte(content[p]))); {
		case r.Broken():
			t.Fatal(r.Findings)
		case r.Incident != nil:
			corpus.Incidents = append(corpus.Incidents, r.Incident)
		case r.Term != nil:
			corpus.Terms = append(corpus.Terms, r.Term)
		case r.Page != nil:
			corpus.Pages = append(corpus.Pages, r.Page)
		}
	}
	return site.New(corpus, config, site.Options{}, nil)
}

// atom is what a feed reader makes of a feed.
type atom struct {
	XMLName xml.Name `xml:"http://www.w3.org/2005/Atom feed"`
	Lang    string   `xml:"http://www.w3.org/XML/1998/namespace lang,attr"`
	ID      string   `xml:"id"`
	Title   string   `xml:"title"`
	Updated string   `xml:"updated"`
	Author  string   `xml:"author>name"`
	Links   []struct {
		Rel  string `xml:"rel,attr"`
		Href string `xml:"href,attr"`
	} `xml:"link"`
	Entries []struct {
		ID        string `xml:"id"`
		Title     string `xml:"title"`
		Updated   string `xml:"updated"`
		Published string `xml:"published"`
		Summary   string `xml:"summary"`
		Link      struct {
			Href string `xml:"href,attr"`
		} `xml:"link"`
		Authors    []string `xml:"author>name"`
		Categories []struct {
			Term string `xml:"term,attr"`
		} `xml:"category"`
	} `xml:"entry"`
}

func read(t *testing.T, s *site.Site) atom {
	t.Helper()
	data, err := feed.Atom(s, allOf(s, view.FeedPath))
	if err != nil {
		t.Fatal(err)
	}
	wellFormed(t, data)
	var a atom
	if err := xml.Unmarshal(data, &a); err != nil {
		t.Fatal(err)
	}
	return a
}

// allOf is the feed of all incidents, as planned.
func allOf(s *site.Site, path string) view.Feed {
	f, _ := view.New(s, view.Assets{}, nil, nil).File(path)
	return f.Value().(view.Feed)
}

func wellFormed(t *testing.T, data []byte) {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(string(data)))
	for {
		if _, err := d.Token(); errors.Is(err, io.EOF) {
			return
		} else if err != nil {
			t.Fatalf("%v in\n%s", err, data)
		}
	}
}

func TestAtom(t *testing.T) {
	a := read(t, made(t, map[string]string{
		"site.yaml":      "title: Lessons\nlanguage: de\n",
		"incidents/a.md": "---\nid: A-1\ntitle: First\nstarted: 2026-02-03T10:00:00+01:00\nresolved: 2026-02-03T12:00:00Z\nseverity: SEV2\nservices: [edge]\ntags: [cache]\nauthors: [night shift, database team]\nsummary: It melted.\n---\n",
		"incidents/b.md": "---\ntitle: Second\nstarted: 2026-02-05\n---\n",
		"incidents/c.md": "---\ntitle: Undated\n---\n",
	}))
	if a.ID != "https://example.org/kb/" || a.Title != "Lessons" || a.Lang != "de" || a.Author != "Lessons" || a.Updated != "2026-02-05T00:00:00Z" {
		t.Errorf("feed %+v", a)
	}
	if len(a.Links) != 2 || a.Links[0].Rel != "self" || a.Links[0].Href != "https://example.org/kb/feed.xml" || a.Links[1].Href != "https://example.org/kb/" {
		t.Errorf("links %+v", a.Links)
	}
	var titles []string
	for _, e := range a.Entries {
		titles = append(titles, e.Title)
		if e.ID != e.Link.Href || !strings.HasPrefix(e.ID, "https://example.org/kb/incidents/") {
			t.Errorf("%s has the id %s and the link %s", e.Title, e.ID, e.Link.Href)
		}
		if e.Updated == "" {
			t.Errorf("%s has no time, which RFC 4287 asks for", e.Title)
		}
	}
	if got := strings.Join(titles, ", "); got != "Second, First, Undated" {
		t.Fatalf("entries %s", got)
	}
	e := a.Entries[1]
	if e.Published != "2026-02-03T09:00:00Z" || e.Updated != "2026-02-03T12:00:00Z" || e.Summary != "It melted." || !slices.Equal(e.Authors, []string{"night shift", "database team"}) {
		t.Errorf("entry %+v", e)
	}
	var terms []string
	for _, c := range e.Categories {
		terms = append(terms, c.Term)
	}
	if got := strings.Join(terms, ", "); got != "SEV2, edge, cache" {
		t.Errorf("categories %s", got)
	}
}

func TestAtomOfNothing(t *testing.T) {
	for name, content := range map[string]map[string]string{"empty": {}, "undated": {"incidents/a.md": "# A"}} {
		if a := read(t, made(t, content)); a.Updated != "1970-01-01T00:00:00Z" || a.Title != "Incidents" {
			t.Errorf("%s: %+v", name, a)
		}
	}
}

// TestAtomOfOldTimes tells that an incident of another century is in the feed
// with its date.
func TestAtomOfOldTimes(t *testing.T) {
	a := read(t, made(t, map[string]string{"incidents/a.md": "---\nstarted: 1628-08-10\nresolved: 1961-04-24\n---\n"}))
	e := a.Entries[0]
	if e.Published != "1628-08-10T00:00:00Z" {
		t.Errorf("published %s", e.Published)
	}
	if e.Updated != "1961-04-24T00:00:00Z" {
		t.Errorf("updated %s, want the last moment that is known", e.Updated)
	}
}

// TestAtomDay tells that a day without an hour stays that day where the incident
// was, wherever the site is.
func TestAtomDay(t *testing.T) {
	a := read(t, made(t, map[string]string{
		"site.yaml": "time_zone: Europe/Berlin\n", "incidents/a.md": "---\nstarted: 2026-02-05\ntimezone: America/New_York\n---\n",
	}))
	if got := a.Entries[0].Published; got != "2026-02-05T00:00:00-05:00" {
		t.Errorf("published %s", got)
	}
}

func TestAtomLimit(t *testing.T) {
	content := map[string]string{}
	for n := range 40 {
		content[fmt.Sprintf("incidents/i%02d.md", n)] = fmt.Sprintf("---\ntitle: T%02d\nstarted: 2026-01-01T00:%02d:00Z\n---\n", n, n)
	}
	a := read(t, made(t, content))
	if len(a.Entries) != 30 || a.Entries[0].Title != "T39" || a.Entries[29].Title != "T10" {
		t.Errorf("%d entries, from %s to %s", len(a.Entries), a.Entries[0].Title, a.Entries[len(a.Entries)-1].Title)
	}
}

// hostile are texts that mean something to some parser.
var hostile = []string{
	`</title><script>alert(1)</script>`, `]]><x>`, `<![CDATA[x]]>`, `"><a href="javascript:alert(1)">`, `&lt;b&gt; &amp; &#x41; &nope;`,
	"bell \x07 escape \x1b[31m form feed \x0c", "right to left \u202e!", "no character \ufffe \uffff", "emoji 🧨", `{{.}}`,
}

// TestHostileTexts tells that a text comes out of the feed as it went in, or
// with a sign in place of what XML cannot hold, and never as mark-up.
func TestHostileTexts(t *testing.T) {
	for _, text := range hostile {
		i := &kb.Incident{
			Page: kb.Page{Path: "incidents/a.md", Title: text, Summary: text},
			ID:   "a", Tags: []string{text}, Authors: []string{text}, Services: []string{text},
		}
		r := parse.NewParser(kb.DefaultConfig()).File(tree.NewFile("incidents/a.md", []byte("x")))
		i.Doc = r.Incident.Doc
		config := kb.DefaultConfig()
		config.Title, config.Description = text, text
		s := site.New(kb.Corpus{Incidents: []*kb.Incident{i}}, config, site.Options{}, nil)
		a := read(t, s)
		want := strings.Map(func(r rune) rune {
			if r < ' ' || r == '\ufffe' || r == '\uffff' {
				return '\ufffd'
			}
			return r
		}, text)
		e := a.Entries[0]
		for name, got := range map[string]string{"feed": a.Title, "title": e.Title, "summary": e.Summary, "author": e.Authors[0], "category": e.Categories[0].Term} {
			if got != want {
				t.Errorf("%s %q, want %q", name, got, want)
			}
		}
		data, err := feed.Sitemap(s, view.New(s, view.Assets{}, nil, nil))
		if err != nil {
			t.Fatal(err)
		}
		wellFormed(t, data)
		o := readOpenSearch(t, s, "assets/favicon.svg")
		for _, got := range []string{o.ShortName, o.LongName, o.Description} {
			if !strings.HasPrefix(strings.Join(strings.Fields(want), " "), got) || got == "" {
				t.Errorf("description of the search %q, want the beginning of %q", got, want)
			}
		}
	}
}

// description is what a browser makes of the description of the search.
type description struct {
	XMLName     xml.Name `xml:"http://a9.com/-/spec/opensearch/1.1/ OpenSearchDescription"`
	ShortName   string   `xml:"ShortName"`
	LongName    string   `xml:"LongName"`
	Description string   `xml:"Description"`
	Image       []string `xml:"Image"`
	URL         struct {
		Type     string `xml:"type,attr"`
		Template string `xml:"template,attr"`
	} `xml:"Url"`
}

func readOpenSearch(t *testing.T, s *site.Site, icon string) description {
	t.Helper()
	data, err := feed.OpenSearch(s, icon)
	if err != nil {
		t.Fatal(err)
	}
	wellFormed(t, data)
	var d description
	if err := xml.Unmarshal(data, &d); err != nil {
		t.Fatal(err)
	}
	return d
}

func TestOpenSearch(t *testing.T) {
	d := readOpenSearch(t, made(t, map[string]string{"site.yaml": "title: Lessons\ndescription: What we learnt.\n"}), "assets/favicon.1.svg")
	if d.ShortName != "Lessons" || d.Description != "What we learnt." {
		t.Errorf("description %+v", d)
	}
	if d.URL.Type != "text/html" || d.URL.Template != "https://example.org/kb/search/?q={searchTerms}" {
		t.Errorf("URL %+v", d.URL)
	}
	if !slices.Equal(d.Image, []string{"https://example.org/kb/assets/favicon.1.svg"}) {
		t.Errorf("images %q", d.Image)
	}
	d = readOpenSearch(t, made(t, map[string]string{"site.yaml": "title: Lessons\n"}), "")
	if d.Description != "Search Lessons" || len(d.Image) > 0 {
		t.Errorf("of a site without a description and an icon: %+v", d)
	}
}

// TestShortName tells that the name fits into what the format allows, and ends
// with a word where it can.
func TestShortName(t *testing.T) {
	for _, test := range []struct{ title, want string }{
		{"Sixteen letters.", "Sixteen letters."},
		{"Post-mortems of the platform team", "Post-mortems of"},
		{"What we learnt, and how", "What we learnt"},
		{"Post-mortems, of the platform team", "Post-mortems, of"},
		{"Vorfallsberichtesammlung", "Vorfallsberichte"},
		{"障害報告書の一覧と用語集とプレイブック", "障害報告書の一覧と用語集とプレイ"},
		{"  a   b ", "a b"},
	} {
		config := kb.DefaultConfig()
		config.Title = test.title
		if got := readOpenSearch(t, site.New(kb.Corpus{}, config, site.Options{}, nil), "").ShortName; got != test.want {
			t.Errorf("%q becomes %q, want %q", test.title, got, test.want)
		}
	}
}

func TestSitemap(t *testing.T) {
	s := made(t, map[string]string{
		"incidents/a b/ü.md": "---\nservices: [R&D]\naliases: [/old/]\n---\n",
		"about.md":           "# About",
		"glossary/x.md":      "# X",
	})
	data, err := feed.Sitemap(s, view.New(s, view.Assets{}, nil, nil))
	if err != nil {
		t.Fatal(err)
	}
	var set struct {
		XMLName xml.Name `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 urlset"`
		URLs    []string `xml:"url>loc"`
	}
	if err := xml.Unmarshal(data, &set); err != nil {
		t.Fatal(err)
	}
	want := "https://example.org/kb/about/ https://example.org/kb/actions/ https://example.org/kb/factors/ https://example.org/kb/for-programs/ https://example.org/kb/glossary/ https://example.org/kb/glossary/x/ " +
		"https://example.org/kb/incidents/a-b/%C3%BC/ https://example.org/kb/incidents/ https://example.org/kb/ https://example.org/kb/insights/ https://example.org/kb/insights/services/ https://example.org/kb/on-this-day/ https://example.org/kb/playbook/ " +
		"https://example.org/kb/services/ https://example.org/kb/services/r-d/ https://example.org/kb/severities/ https://example.org/kb/start-here/ https://example.org/kb/tags/ https://example.org/kb/years/"
	if got := strings.Join(set.URLs, " "); got != want {
		t.Errorf("sitemap\n got %s\nwant %s", got, want)
	}
}

func TestRobots(t *testing.T) {
	want := "User-agent: *\nAllow: /\n\nSitemap: https://example.org/kb/sitemap.xml\n"
	if got := string(feed.Robots(made(t, nil))); got != want {
		t.Errorf("robots.txt %q, want %q", got, want)
	}
}

// The schema of a public site has no word that may occur on internal pages only.
func TestSchemaOfPublicSite(t *testing.T) {
	for _, public := range []bool{false, true} {
		c := kb.DefaultConfig()
		c.Public = public
		c.Services, c.Factors = []kb.Service{{ID: "hidden-service"}}, []kb.Name{{ID: "hidden-factor"}}
		data := feed.Schema(&site.Site{Config: c})
		if strings.Contains(string(data), "hidden") == public {
			t.Errorf("public %v: %s", public, data)
		}
	}
}
